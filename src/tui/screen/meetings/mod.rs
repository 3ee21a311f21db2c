//! 评审会 — the meetings, today's first, and the panels that wait for one.

mod agenda;
#[cfg(test)]
mod tests;
mod update;
mod view;

pub use agenda::{Agenda, take_form_key};
pub use update::{answer, awaits, close, load, open, take_digit, take_op};
pub use view::{render, tab_text};

use crate::domain::actor::Actor;
use crate::service::view::meeting::{MeetingLine, MeetingsView, WaitingPanel};
use crate::tui::effect::Ticket;

/// Tells whether meetings are among the account's business at all.
pub fn concern(me: &Actor) -> bool {
    me.roles.iter().any(|role| role.sees_all_projects())
}

/// The screen.
#[derive(Debug, Default)]
pub struct Meetings {
    /// What was loaded.
    pub view: Option<Box<MeetingsView>>,
    /// The row the cursor is on: the meetings, then the panels that wait.
    pub row: usize,
    /// Whether the row under the cursor is opened as soon as it is there: fast hands do not press twice.
    opens: bool,
    awaited: Option<Ticket>,
    calling: Option<Ticket>,
}

/// A row of the list.
#[derive(Debug, Clone, Copy)]
pub enum Row<'v> {
    /// A meeting.
    Meeting(&'v MeetingLine),
    /// A panel that waits for one.
    Waiting(&'v WaitingPanel),
}

impl Meetings {
    /// Lists the rows.
    pub fn rows(&self) -> Vec<Row<'_>> {
        let Some(view) = &self.view else { return Vec::new() };
        view.meetings.iter().map(Row::Meeting).chain(view.waiting.iter().map(Row::Waiting)).collect()
    }

    /// Tells the row under the cursor.
    pub fn current(&self) -> Option<Row<'_>> {
        self.rows().get(self.row).copied()
    }

    /// Tells what the status row says.
    pub fn status(&self) -> String {
        let count = self.rows().len();
        let place = if count == 0 { 0 } else { self.row + 1 };
        let loading = if self.awaited.is_some() { "  载入中" } else { "" };
        format!(" 评审会  {place}/{count}{loading}")
    }

    fn settle(&mut self) {
        self.row = self.row.min(self.rows().len().saturating_sub(1));
    }
}
