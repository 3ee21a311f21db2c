//! 队列 — what waits for the account, and all projects it may see.

mod filter;
mod holding;
#[cfg(test)]
mod holding_tests;
pub mod listing;
mod marking;
#[cfg(test)]
mod marking_tests;
#[cfg(test)]
mod tests;
mod typing;
mod update;
mod view;
pub mod views;
#[cfg(test)]
mod views_tests;

pub use filter::FilterLine;
pub use listing::{Listing, Load};
pub use typing::{REST, paste, rested, take_text};
pub use update::{
    Before, answer, begin, open_neighbor, point_at, refresh, resized, show_again, show_end, show_everything,
    show_filtered, show_tab, take_digit, take_op, wants_preview,
};
pub use view::{render, time_left};

use crate::domain::calendar::Moment;
use crate::domain::ids::ProjectCode;
use crate::service::view::show::ProjectView;
use crate::service::views::SavedView;
use crate::tui::effect::{Source, Ticket};
use crate::tui::marks::{Marks, Target};
use crate::wording::labels;

/// A tab: a list and how much it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tab {
    /// Where its list comes from.
    pub source: Source,
    /// How much waits there, once known.
    pub count: Option<i64>,
    /// The view kept by the person that this is.
    pub view: Option<SavedView>,
}

impl Tab {
    /// Names the tab.
    pub fn name(&self) -> &str {
        match (&self.view, self.source) {
            (Some(view), _) => &view.name,
            (None, Source::Role(role)) => labels::role(role),
            (None, Source::Everything) => "全部",
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
    /// For which line of the list it was loaded.
    previewed_for: Option<(ProjectCode, i64)>,
    /// The moment of the last answer, by which days are counted.
    pub now: Option<Moment>,
    /// Which conditions can be dropped where nothing is found, and how many there are without each; the most first.
    pub relaxed: Vec<(usize, i64)>,
    /// The project the cursor returns to once it is found in a list that was ordered anew.
    seek: Option<ProjectCode>,
    /// Whether the next digit names a column to sort by.
    sorting: bool,
    /// How many meetings are not over, once known.
    pub meetings: Option<usize>,
    /// Whether the account follows the meetings, whose key then is the one behind the last role's.
    pub follows_meetings: bool,
    /// The marked projects, whether the list shows them just now or not.
    pub marks: Marks,
    /// The project claimed or released here last.
    pub held: Option<ProjectCode>,
    awaited: Awaited,
}

/// The answers waited for; all others are stale.
#[derive(Debug, Default)]
struct Awaited {
    page: Option<(Ticket, Load)>,
    counts: Option<Ticket>,
    preview: Option<(Ticket, (ProjectCode, i64))>,
    totals: Option<Ticket>,
    views: Option<Ticket>,
    /// The line was changed; the list is asked for once the hands rest.
    rest: bool,
    holding: Option<Ticket>,
    marking: Option<Ticket>,
    /// Opens the only hit when it comes.
    open_only_hit: bool,
}

impl Queue {
    /// Tells where the list shown comes from.
    pub fn source(&self) -> Source {
        self.tabs.get(self.tab).map_or(Source::Everything, |tab| tab.source)
    }

    /// Lists what is done with many: the marked projects, without marks the one under the cursor.
    pub fn targets(&self) -> Vec<Target> {
        match self.marks.is_empty() {
            true => self.listing.current().map(Target::from).into_iter().collect(),
            false => self.marks.targets().cloned().collect(),
        }
    }

    /// Tells whether a page is being loaded.
    pub fn is_loading(&self) -> bool {
        self.awaited.page.is_some() || self.awaited.rest
    }

    /// Tells whether the list, the counts and the views are there.
    pub fn is_settled(&self) -> bool {
        !self.is_loading() && self.awaited.counts.is_none() && self.awaited.views.is_none()
    }

    /// Tells whether the line was changed and the list is not asked for yet.
    pub fn is_typing(&self) -> bool {
        self.awaited.rest
    }

    /// Drops what the preview shows; it is loaded anew.
    pub fn forget_preview(&mut self) {
        (self.previewed, self.previewed_for) = (None, None);
    }
}
