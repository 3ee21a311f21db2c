//! A window onto a list that may hold a million projects: a few pages in memory, the cursor anywhere among them.
//!
//! The service tells a page's beginning only by the end of the page before, so pages are reached one after another.
//! The beginning of every page ever reached is kept (a few bytes each), which makes going back as cheap as going on.

use std::collections::VecDeque;

use crate::domain::ids::{AccountId, ProjectCode, ProjectId};
use crate::service::view::queue::Page;
use crate::service::view::row::ProjectRow;

/// How many projects a page holds.
pub const PAGE: usize = 100;
/// How many pages are kept.
const KEPT: usize = 5;
/// A jump further than this many pages goes one page at a time.
const LONGEST_JUMP: usize = 20;

/// Which page is being loaded, and what it will do to the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Load {
    /// The first page; the cursor goes to the top.
    Fresh,
    /// This page anew, with the cursor kept on its project.
    Again(usize),
    /// The page behind the window.
    Next,
    /// The page before the window.
    Previous,
}

/// The window.
#[derive(Debug, Default)]
pub struct Listing {
    pages: VecDeque<Vec<ProjectRow>>,
    first_page: usize,
    /// Where each page begins; the first begins nowhere.
    starts: Vec<Option<String>>,
    total: usize,
    selected: usize,
    top: usize,
    goal: Option<usize>,
    loaded: bool,
}

impl Listing {
    /// Tells how many there are on all pages.
    pub fn total(&self) -> usize {
        self.total
    }

    /// Tells whether a first answer came.
    pub fn is_loaded(&self) -> bool {
        self.loaded
    }

    /// Tells the place of the cursor among all.
    pub fn selected(&self) -> usize {
        self.selected
    }

    /// Tells the place of the first row on the screen.
    pub fn top(&self) -> usize {
        self.top
    }

    /// Finds the row at a place, if it is in the window.
    pub fn row(&self, place: usize) -> Option<&ProjectRow> {
        let page = (place / PAGE).checked_sub(self.first_page)?;
        self.pages.get(page)?.get(place % PAGE)
    }

    /// Finds the row the cursor is on.
    pub fn current(&self) -> Option<&ProjectRow> {
        self.row(self.selected)
    }

    /// Counts the rows in memory.
    pub fn held(&self) -> usize {
        self.pages.iter().map(Vec::len).sum()
    }

    /// Tells where a page to load begins, if that is known.
    pub fn start_of(&self, load: Load) -> Option<Option<String>> {
        match load {
            Load::Fresh => Some(None),
            Load::Again(page) => self.starts.get(page).cloned(),
            Load::Next => self.starts.get(self.first_page + self.pages.len()).cloned(),
            Load::Previous => self.first_page.checked_sub(1).and_then(|page| self.starts.get(page).cloned()),
        }
    }

    /// Tells the page the cursor is on.
    pub fn current_page(&self) -> usize {
        self.selected / PAGE
    }

    /// Tells which page should be loaded, given how many rows the screen shows.
    pub fn wanted(&self, height: usize) -> Option<Load> {
        if !self.loaded {
            return None;
        }
        let more = self.start_of(Load::Next).is_some();
        let beyond = self.goal.is_some_and(|goal| goal >= self.end());
        if more && (beyond || self.selected + 2 * height >= self.end()) {
            return Some(Load::Next);
        }
        let before = self.first_page > 0 && self.selected < self.first_page * PAGE + height;
        before.then_some(Load::Previous)
    }

    /// Takes a page.
    pub fn take(&mut self, load: Load, page: Page) {
        self.total = usize::try_from(page.total).unwrap_or(0);
        self.loaded = true;
        match load {
            Load::Fresh => {
                self.replace(0, page);
                (self.selected, self.top, self.goal) = (0, 0, None);
            }
            Load::Again(number) => {
                let known = self.current().map(|row| row.id);
                let offset = self.selected % PAGE;
                self.replace(number, page);
                let found = known.and_then(|id| self.place_of(id));
                self.selected = found.unwrap_or(number * PAGE + offset).min(self.end().saturating_sub(1));
            }
            Load::Next => {
                let number = self.first_page + self.pages.len();
                self.set_start(number + 1, page.next);
                self.pages.push_back(page.rows);
                if self.pages.len() > KEPT {
                    self.pages.pop_front();
                    self.first_page += 1;
                }
            }
            Load::Previous => self.take_previous(page),
        }
        self.chase();
    }

    fn take_previous(&mut self, page: Page) {
        let Some(number) = self.first_page.checked_sub(1) else { return };
        let fits = page.rows.len() == PAGE && self.starts.get(self.first_page) == Some(&page.next);
        if !fits {
            // Others wrote in between: what stands behind this page is read again when it is needed.
            self.replace(number, page);
            self.selected = self.selected.min(self.end().saturating_sub(1));
            return;
        }
        self.pages.push_front(page.rows);
        self.first_page = number;
        if self.pages.len() > KEPT {
            self.pages.pop_back();
        }
    }

    fn replace(&mut self, number: usize, page: Page) {
        if number == 0 {
            self.starts = vec![None];
        }
        self.set_start(number + 1, page.next);
        self.pages.clear();
        self.pages.push_back(page.rows);
        self.first_page = number;
    }

    fn set_start(&mut self, number: usize, start: Option<String>) {
        self.starts.truncate(number);
        if start.is_some() && self.starts.len() == number {
            self.starts.push(start);
        }
    }

    fn end(&self) -> usize {
        self.first_page * PAGE + self.held()
    }

    fn place_of(&self, id: ProjectId) -> Option<usize> {
        let at = self.pages.iter().flatten().position(|row| row.id == id)?;
        Some(self.first_page * PAGE + at)
    }

    /// Moves the cursor towards its goal as far as the window goes.
    fn chase(&mut self) {
        let last = self.end().saturating_sub(1);
        if let Some(goal) = self.goal {
            self.selected = goal.clamp(self.first_page * PAGE, last.max(self.first_page * PAGE));
            let reached = goal <= last || self.start_of(Load::Next).is_none();
            if reached {
                self.goal = None;
            }
        }
        self.selected = self.selected.min(last);
    }

    /// Tells whether the cursor is on its way to the very end.
    pub fn is_chasing(&self) -> bool {
        self.goal.is_some_and(|goal| goal + 1 == self.total)
    }

    /// Moves the cursor by so many rows.
    pub fn go_by(&mut self, rows: isize) {
        self.go_to(self.selected.saturating_add_signed(rows));
    }

    /// Moves the cursor to a place among all. What lies far outside the window is approached page by page.
    pub fn go_to(&mut self, place: usize) {
        let place = place.min(self.total.saturating_sub(1));
        let nearest = self.end().saturating_add(LONGEST_JUMP * PAGE);
        let first = self.first_page * PAGE;
        if place < first {
            // Backwards, pages are adjacent to the window or far; the first page is always known.
            self.goal = None;
            self.selected = first;
            if first.saturating_sub(place) > PAGE {
                self.rewind();
            }
            return;
        }
        self.goal = Some(if place > nearest { self.end() } else { place });
        self.chase();
    }

    /// Forgets the window; the first page is loaded again.
    fn rewind(&mut self) {
        self.pages.clear();
        self.first_page = 0;
        (self.selected, self.top, self.loaded) = (0, 0, false);
    }

    /// Puts the cursor on a project of the window; tells whether it is there.
    pub fn select(&mut self, code: &ProjectCode) -> bool {
        match self.place_of_code(code) {
            Some(place) => {
                self.selected = place;
                true
            }
            None => false,
        }
    }

    /// Finds the place of a project, if it is in the window.
    pub fn place_of_code(&self, code: &ProjectCode) -> Option<usize> {
        let at = self.pages.iter().flatten().position(|row| row.code == *code)?;
        Some(self.first_page * PAGE + at)
    }

    /// Notes who holds a project now, where it stands: it keeps its place even if the filter would no longer find it.
    pub fn set_holder(&mut self, code: &ProjectCode, version: i64, holder: Option<(AccountId, String)>) {
        if let Some(row) = self.pages.iter_mut().flatten().find(|row| row.code == *code) {
            (row.version, row.holder) = (version, holder);
        }
    }

    /// Tells whether there is a further page that is not too far to look through.
    pub fn may_go_on(&self) -> bool {
        self.first_page + self.pages.len() < LONGEST_JUMP && self.start_of(Load::Next).is_some()
    }

    /// Scrolls to show the cursor, and leaves no row empty that something could fill. A step over the edge turns half a
    /// page: on a slow line every row drawn anew is waited for, and row by row each step would draw them all.
    pub fn keep_visible(&mut self, height: usize) {
        let height = height.max(1);
        let half = (height / 2).max(1);
        if self.selected == self.top + height {
            self.top += half;
        } else if self.selected + 1 == self.top {
            self.top = self.top.saturating_sub(half);
        }
        let lowest = (self.selected + 1).saturating_sub(height);
        let fullest = self.total.saturating_sub(height);
        self.top = self.top.min(fullest).clamp(lowest, self.selected.max(lowest));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::parse_moment;
    use crate::domain::money::Money;
    use crate::domain::project::Stage;
    use crate::domain::route::RouteCode;

    const MANY: usize = 1_000_000;

    fn page(from: usize, total: usize) -> Page {
        let now = parse_moment("2026-09-12T09:00:00+08:00").unwrap();
        let row = |at: usize| ProjectRow {
            id: ProjectId(at as i64),
            code: ProjectCode::compose(2027, at as i64),
            name: format!("项目{at}"),
            unit: "县教育局".to_owned(),
            amount: Money::from_wan(1),
            stage: Stage::Draft,
            route: RouteCode::EMall,
            since: now,
            clock: Default::default(),
            version: 1,
            plan_year: 2027,
            overlays: Default::default(),
            destroyed: false,
            holder: None,
            waiting: Vec::new(),
        };
        let end = (from + PAGE).min(total);
        let next = (end < total).then(|| end.to_string());
        Page { total: total as i64, next, rows: (from..end).map(row).collect(), now }
    }

    /// Answers what the listing wants until it is content.
    fn serve(listing: &mut Listing, total: usize) -> usize {
        let mut asked = 0;
        loop {
            let load = if listing.is_loaded() { listing.wanted(20) } else { Some(Load::Fresh) };
            let Some(load) = load else { return asked };
            let start = listing.start_of(load).unwrap().map_or(0, |start| start.parse().unwrap());
            listing.take(load, page(start, total));
            asked += 1;
            assert!(asked < 100);
        }
    }

    #[test]
    fn going_down_a_million_rows_keeps_a_few_pages_in_memory() {
        let mut listing = Listing::default();
        serve(&mut listing, MANY);
        for step in 0..400 {
            listing.go_by(50);
            serve(&mut listing, MANY);
            assert!(listing.held() <= KEPT * PAGE);
            assert_eq!(listing.current().unwrap().id.0 as usize, listing.selected(), "step {step}");
        }
        assert_eq!(listing.selected(), 20_000);
        for _ in 0..100 {
            listing.go_by(-50);
            serve(&mut listing, MANY);
            assert_eq!(listing.current().unwrap().id.0 as usize, listing.selected());
        }
        assert_eq!(listing.selected(), 15_000);
        listing.go_to(0);
        serve(&mut listing, MANY);
        assert_eq!((listing.selected(), listing.current().unwrap().id.0), (0, 0));
    }

    #[test]
    fn the_end_of_a_list_of_a_thousand_is_one_key_away() {
        let mut listing = Listing::default();
        serve(&mut listing, 1_050);
        listing.go_to(usize::MAX);
        serve(&mut listing, 1_050);
        assert_eq!(listing.current().unwrap().id.0, 1_049);
    }

    #[test]
    fn loading_again_leaves_the_cursor_on_its_project() {
        let mut listing = Listing::default();
        serve(&mut listing, 300);
        listing.go_to(130);
        serve(&mut listing, 300);
        let shifted = page(98, 300);
        listing.take(Load::Again(1), shifted);
        assert_eq!(listing.current().unwrap().id.0, 130);
    }

    #[test]
    fn an_empty_list_has_no_row_under_the_cursor() {
        let mut listing = Listing::default();
        serve(&mut listing, 0);
        listing.go_by(1);
        listing.go_by(-1);
        listing.go_to(usize::MAX);
        listing.keep_visible(0);
        assert_eq!((listing.selected(), listing.current().is_none()), (0, true));
    }
}
