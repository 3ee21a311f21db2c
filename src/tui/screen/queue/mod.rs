//! 队列 — what waits for the account, and all projects it may see.

mod filter;
mod holding;
#[cfg(test)]
mod holding_tests;
pub mod listing;
#[cfg(test)]
mod tests;
mod update;
mod view;

pub use filter::FilterLine;
pub use listing::{Listing, Load};
pub use update::{
    Before, answer, begin, open_neighbor, paste, point_at, refresh, resized, show_again, show_end, show_everything,
    show_filtered, take_digit, take_op, take_text,
};
pub use view::render;

use crate::domain::calendar::Moment;
use crate::domain::ids::ProjectCode;
use crate::service::view::show::ProjectView;
use crate::tui::effect::{Source, Ticket};
use crate::wording::labels;

/// A tab: a list and how much it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tab {
    /// Where its list comes from.
    pub source: Source,
    /// How much waits there, once known.
    pub count: Option<i64>,
}

impl Tab {
    /// Names the tab.
    pub fn name(&self) -> &'static str {
        match self.source {
            Source::Role(role) => labels::role(role),
            Source::Everything => "全部",
        }
    }
}

/// The screen.
#[derive(Debug, Default)]
pub struct Queue {
    /// One tab per role, then everything.
    pub tabs: Vec<Tab>,
    /// The tab shown.
    pub tab: usize,
    /// The filter line.
    pub filter: FilterLine,
    /// The list.
    pub listing: Listing,
    /// Whether the preview is shown where there is no room for it by itself.
    pub preview: bool,
    /// The project in the preview.
    pub previewed: Option<Box<ProjectView>>,
    /// The moment of the last answer, by which days are counted.
    pub now: Option<Moment>,
    /// Which condition to drop where nothing is found, and how many there are without it.
    pub relaxed: Option<(usize, i64)>,
    /// How many meetings are not over, once known.
    pub meetings: Option<usize>,
    /// The project claimed or released here last.
    pub held: Option<ProjectCode>,
    awaited: Awaited,
}

/// The answers waited for; all others are stale.
#[derive(Debug, Default)]
struct Awaited {
    page: Option<(Ticket, Load)>,
    counts: Option<Ticket>,
    preview: Option<(Ticket, ProjectCode)>,
    totals: Option<Ticket>,
    holding: Option<Ticket>,
    /// Opens the only hit when it comes.
    open_only_hit: bool,
}

impl Queue {
    /// Tells where the list shown comes from.
    pub fn source(&self) -> Source {
        self.tabs.get(self.tab).map_or(Source::Everything, |tab| tab.source)
    }

    /// Tells whether a page is being loaded.
    pub fn is_loading(&self) -> bool {
        self.awaited.page.is_some()
    }

    /// Tells the key of the meetings: the one behind the last role's.
    pub fn digit_of_meetings(&self) -> Option<u8> {
        u8::try_from(self.tabs.len()).ok().filter(|digit| (1..=9).contains(digit))
    }

    /// Puts the number of a tab as its key shows it: 1 to 9, and 0 for everything.
    pub fn tab_of_digit(&self, digit: u8) -> Option<usize> {
        let everything = self.tabs.iter().position(|tab| tab.source == Source::Everything);
        match digit {
            0 => everything,
            digit => Some(usize::from(digit) - 1).filter(|tab| *tab < self.tabs.len()),
        }
    }
}
