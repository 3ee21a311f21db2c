//! 统计 — five pages of figures and bars: where projects stand, the units' money, how long things wait, what was cut,
//! what was found. Enter shows in the list what a bar counts, Esc comes back.

mod chart;
mod pages;
#[cfg(test)]
mod tests;
mod update;
mod view;

pub use update::{answer, awaits, close, load, open, resized, take_digit, take_op};
pub use view::render;

use crate::domain::ids::ProjectCode;
use crate::domain::search::Filter;
use crate::service::view::stats::{ReviewStatsView, StatsView};
use crate::tui::effect::Ticket;
use crate::tui::screen::queue::Before;
use chart::{Block, Entry};

/// A page; its digit is its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Page {
    /// 漏斗.
    #[default]
    Funnel,
    /// 单位.
    Units,
    /// 时限.
    Waiting,
    /// 核减.
    Cuts,
    /// 疑点.
    Findings,
}

impl Page {
    const ALL: [Page; 5] = [Page::Funnel, Page::Units, Page::Waiting, Page::Cuts, Page::Findings];

    const fn name(self) -> &'static str {
        match self {
            Page::Funnel => "漏斗",
            Page::Units => "单位",
            Page::Waiting => "时限",
            Page::Cuts => "核减",
            Page::Findings => "疑点",
        }
    }

    fn index(self) -> usize {
        Page::ALL.iter().position(|page| *page == self).unwrap_or(0)
    }
}

/// What Enter shows.
#[derive(Debug, Clone, PartialEq)]
pub enum Target {
    /// The projects that pass.
    Filter(Filter),
    /// One project.
    Project(ProjectCode),
}

/// The screen.
#[derive(Debug, Default)]
pub struct StatsScreen {
    /// What was loaded.
    view: Option<Box<StatsView>>,
    /// The same of the reviews, which takes longer and is loaded when its page is first shown.
    reviews: Option<Box<ReviewStatsView>>,
    page: Page,
    /// The line the cursor is on, among those of the page that count something.
    at: usize,
    /// The first line on the screen.
    top: usize,
    /// The year asked for; none for all.
    year: Option<i32>,
    /// The years there are.
    years: Vec<i32>,
    /// What the list showed before it showed what a bar counts; while it does, this screen is below it.
    before: Option<Before>,
    awaited: Option<Ticket>,
    awaited_reviews: Option<Ticket>,
}

impl StatsScreen {
    /// Tells whether the list is shown instead.
    pub fn is_away(&self) -> bool {
        self.before.is_some()
    }

    /// Tells what the title row names.
    pub fn title(&self) -> String {
        format!("统计 > {}", self.page.name())
    }

    /// Tells what the status row says.
    pub fn status(&self) -> String {
        let count = self.entries(&self.blocks()).len();
        let place = if count == 0 { 0 } else { self.at + 1 };
        let loading = if self.awaited.is_some() || self.awaited_reviews.is_some() { "  正在统计" } else { "" };
        format!(" 统计  {}  {place}/{count}{loading}", self.page.name())
    }

    /// Lists what the page shows.
    fn blocks(&self) -> Vec<Block> {
        let Some(view) = self.view.as_deref() else { return Vec::new() };
        match self.page {
            Page::Funnel => pages::funnel(view),
            Page::Units => pages::units(view),
            Page::Waiting => pages::waiting(view),
            Page::Cuts => pages::cuts(view),
            Page::Findings => self.reviews.as_deref().map(|reviews| pages::findings(view, reviews)).unwrap_or_default(),
        }
    }

    fn entries<'b>(&self, blocks: &'b [Block]) -> Vec<&'b Entry> {
        blocks.iter().flat_map(|block| &block.entries).collect()
    }
}
