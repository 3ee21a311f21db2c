//! The views a person keeps, and the order of the list: what becomes of the tabs and of the filter line.

use super::update::{load_fresh, show_tab};
use super::{Queue, Tab};
use crate::domain::actor::Role;
use crate::domain::search::{Query, SortBy, SortKey, fold};
use crate::service::views::SavedView;
use crate::tui::effect::{Effect, Question, Source};
use crate::tui::keymap::{Op, key_name};
use crate::tui::state::State;
use crate::tui::widget::palette;
use crate::wording;

/// The columns in the order of their digits.
const COLUMNS: &[SortBy] = &[SortBy::Id, SortBy::Name, SortBy::Amount, SortBy::Due, SortBy::Wait, SortBy::Updated];

/// The word under which the palette keeps a view; what follows is its digit and its name.
pub const KEEP: &str = "存视图";
/// The word under which it removes one.
pub const REMOVE: &str = "删视图";

/// Lays out the tabs: the roles, the views kept, everything.
pub(super) fn tabs(roles: impl Iterator<Item = (Role, Option<i64>)>, views: &[(SavedView, Option<i64>)]) -> Vec<Tab> {
    let tabs = roles.map(|(role, count)| Tab { source: Source::Role(role), count, view: None });
    let kept = views.iter().map(|(view, count)| Tab {
        source: view.source.map_or(Source::Everything, Source::Role),
        count: *count,
        view: Some(view.clone()),
    });
    tabs.chain(kept).chain([Tab { source: Source::Everything, count: None, view: None }]).collect()
}

impl Queue {
    /// Tells the digit of a tab: its place for a role, its own for a kept view whose digit no role has, 0 for everything.
    pub fn digit_of(&self, at: usize) -> Option<u8> {
        let tab = self.tabs.get(at)?;
        match &tab.view {
            Some(view) => (usize::from(view.digit) > self.taken()).then_some(view.digit),
            None if tab.source == Source::Everything => Some(0),
            None => u8::try_from(at + 1).ok().filter(|digit| *digit <= 9),
        }
    }

    /// Puts the tab of a digit as its key shows it.
    pub fn tab_of_digit(&self, digit: u8) -> Option<usize> {
        (0..self.tabs.len()).find(|at| self.digit_of(*at) == Some(digit))
    }

    /// Tells the key of the meetings: the one behind the last role's, for those who follow them.
    pub fn digit_of_meetings(&self) -> Option<u8> {
        let behind = u8::try_from(self.roles() + 1).ok().filter(|digit| *digit <= 9);
        behind.filter(|_| self.follows_meetings)
    }

    /// Counts the digits that are no view's to have: those of the roles and of the meetings.
    fn taken(&self) -> usize {
        self.roles() + usize::from(self.follows_meetings)
    }

    /// Counts the tabs of roles, which have the first digits.
    fn roles(&self) -> usize {
        self.tabs.iter().filter(|tab| tab.view.is_none() && tab.source != Source::Everything).count()
    }

    /// Tells the first digit that is free for a view; where none is, the last.
    fn free_digit(&self) -> u8 {
        (1..=9).find(|digit| usize::from(*digit) > self.taken() && self.tab_of_digit(*digit).is_none()).unwrap_or(9)
    }
}

/// Takes the views that are kept.
pub(super) fn take_views(queue: &mut Queue, views: Vec<(SavedView, Option<i64>)>) {
    let shown = queue.tabs.get(queue.tab).cloned();
    let roles: Vec<(Role, Option<i64>)> = queue
        .tabs
        .iter()
        .filter(|tab| tab.view.is_none())
        .filter_map(|tab| match tab.source {
            Source::Role(role) => Some((role, tab.count)),
            Source::Everything => None,
        })
        .collect();
    queue.tabs = tabs(roles.into_iter(), &views);
    queue.tab = shown.and_then(|tab| place_of(queue, &tab)).unwrap_or(queue.tabs.len().saturating_sub(1));
}

/// Finds the tab shown among tabs that were laid out anew.
pub(super) fn place_of(queue: &Queue, shown: &Tab) -> Option<usize> {
    let digit = |tab: &Tab| tab.view.as_ref().map(|view| view.digit);
    queue.tabs.iter().position(|tab| match shown.view {
        Some(_) => digit(tab) == digit(shown),
        None => tab.view.is_none() && tab.source == shown.source,
    })
}

/// Brings the filter and the order of a view into force, or takes those of the view that is left out of force.
pub(super) fn enter(queue: &mut Queue, to: usize) {
    let text_of = |at: usize| queue.tabs.get(at).and_then(|tab| tab.view.as_ref()).map(|view| view.query.clone());
    match (text_of(queue.tab), text_of(to)) {
        (_, Some(text)) => queue.filter.set(&text),
        // What a person typed goes along from tab to tab; what belongs to a view stays there.
        (Some(_), None) => queue.filter.set(""),
        (None, None) => {}
    }
}

/// Prepares to keep what is shown: the palette opens with the word and a free digit, the name is still to be typed.
pub fn begin_to_keep(state: &mut State) -> Vec<Effect> {
    let text = format!("{KEEP} {} ", state.queue.free_digit());
    palette::open_with(state, &text)
}

/// Runs what was typed into the palette, if it is about views: `存视图 7 资金大户`, `删视图 7`.
pub fn run_typed(state: &mut State, typed: &str) -> Option<Vec<Effect>> {
    let (word, rest) = command_of(typed)?;
    let mut words = rest.splitn(2, char::is_whitespace);
    let digit = words.next().and_then(|word| fold(word).parse::<u8>().ok()).unwrap_or(0);
    let name = words.next().unwrap_or_default();
    Some(if word == KEEP { keep(state, digit, name) } else { remove(state, digit) })
}

/// Tells which of the two commands was typed and what stands behind it.
pub fn command_of(typed: &str) -> Option<(&'static str, &str)> {
    let typed = typed.trim_start();
    [KEEP, REMOVE].into_iter().find_map(|word| {
        let rest = typed.strip_prefix(word)?;
        Some((word, rest.trim())).filter(|(_, rest)| !rest.is_empty())
    })
}

fn keep(state: &mut State, digit: u8, name: &str) -> Vec<Effect> {
    let queue = &state.queue;
    let tab = queue.tab_of_digit(digit).and_then(|at| queue.tabs.get(at));
    if let Some(tab) = tab.filter(|tab| tab.view.is_none()) {
        let free = queue.free_digit();
        state.complain(format!("{digit} 已是“{}”，请换一个数字，如 {free}", tab.name()));
        return Vec::new();
    }
    if queue.digit_of_meetings() == Some(digit) {
        let free = queue.free_digit();
        state.complain(format!("{digit} 已是“评审会”，请换一个数字，如 {free}"));
        return Vec::new();
    }
    let source = match queue.source() {
        Source::Role(role) => Some(role),
        Source::Everything => None,
    };
    let query = Query { filter: queue.filter.applied.clone(), sort: queue.filter.sort.clone() };
    match SavedView::new(digit, name, source, &query) {
        Ok(view) => {
            state.say(format!("已存为视图 {digit} {}，按 {digit} 打开", view.name));
            ask(state, Question::KeepView(Box::new(view)))
        }
        Err(bad) => {
            let said = wording::filter::bad_view(bad);
            state.complain(format!(
                "{}：{}，如 {KEEP} {} 资金大户",
                said.message,
                said.remedy,
                state.queue.free_digit()
            ));
            Vec::new()
        }
    }
}

fn remove(state: &mut State, digit: u8) -> Vec<Effect> {
    let queue = &state.queue;
    let view = queue.tab_of_digit(digit).and_then(|at| queue.tabs.get(at)).and_then(|tab| tab.view.as_ref());
    let Some(name) = view.map(|view| view.name.clone()) else {
        state.complain(format!("没有以 {digit} 打开的视图"));
        return Vec::new();
    };
    let is_shown = queue.tab_of_digit(digit) == Some(queue.tab);
    let mut effects = match is_shown {
        true => show_tab(state, 0),
        false => Vec::new(),
    };
    state.say(format!("已删除视图 {digit} {name}"));
    effects.extend(ask(state, Question::RemoveView(digit)));
    effects
}

fn ask(state: &mut State, question: Question) -> Vec<Effect> {
    let ticket = state.tickets.issue();
    state.queue.awaited.views = Some(ticket);
    vec![Effect::Ask(ticket, question)]
}

/// Asks by which column to sort; the next digit answers.
pub fn begin_to_sort(state: &mut State) {
    state.queue.sorting = true;
    let columns: Vec<String> = COLUMNS.iter().enumerate().map(|(at, by)| format!("{}{}", at + 1, by.name())).collect();
    state.mention(format!("按哪一列排序：{} 0恢复；同一列再选一次则倒序", columns.join(" ")));
}

/// Sorts by the column of a digit; by the same one again the other way round; 0 gives the list its own order back.
pub(super) fn sort_by(state: &mut State, digit: u8) -> Vec<Effect> {
    let column = usize::from(digit).checked_sub(1).and_then(|at| COLUMNS.get(at).copied());
    let sort = match (digit, column) {
        (0, _) => Vec::new(),
        (_, Some(by)) => {
            let again = state.queue.filter.sort == [SortKey { by, descending: false }];
            vec![SortKey { by, descending: again }]
        }
        (_, None) => {
            state.mention(format!("没有这一列；按 {} 重选", key_name(Op::Sort)));
            return Vec::new();
        }
    };
    state.queue.filter.set_sort(sort);
    // The list is another one, the person still looks at the same project.
    state.queue.seek = state.queue.listing.current().map(|row| row.code.clone());
    state.mention(format!("排序：{}", order_name(&state.queue.filter.sort)));
    load_fresh(state)
}

/// Says how the list is ordered.
pub(super) fn order_name(sort: &[SortKey]) -> String {
    let name = |key: &SortKey| format!("{}({})", key.by.name(), if key.descending { "降" } else { "升" });
    match sort {
        [] => "默认".to_owned(),
        keys => keys.iter().map(name).collect::<Vec<_>>().join(" "),
    }
}

/// Asks for the views beside the counts of the roles.
pub(super) fn load_views(state: &mut State) -> Effect {
    let ticket = state.tickets.issue();
    state.queue.awaited.views = Some(ticket);
    Effect::Ask(ticket, Question::Views)
}
