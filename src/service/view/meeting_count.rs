//! Counting: the meetings that are not over, for the tab that leads to them; the votes of an item.

use super::Query;
use super::meeting::{ItemView, SeatState};
use crate::domain::meeting::sheet::Sheet;
use crate::domain::panel::tally::Tally;
use crate::domain::panel::{Panel, Seat};
use crate::domain::policy::PanelRules;
use crate::domain::workflow::record::PanelResult;
use crate::service::error::Answer;
use crate::service::gate::Context;

/// How many meetings are not over; none for an account that does not follow meetings.
#[derive(Debug, Clone, Copy, Default)]
pub struct OpenMeetings;

impl Query for OpenMeetings {
    type Answer = Option<usize>;

    fn answer(self, context: Context<'_>) -> Answer<Option<usize>> {
        if !context.actor.roles.iter().any(|role| role.sees_all_projects()) {
            return Ok(None);
        }
        let mut open = 0;
        for code in context.read.meetings(context.now.date_naive())? {
            let found = context.read.meeting(code)?;
            open += usize::from(found.is_some_and(|(_, meeting)| meeting.ended.is_none()));
        }
        Ok(Some(open))
    }
}

/// Tells how far each member is, the votes, and what they say once somebody voted.
pub(super) fn count(panel: &Panel, sheet: &Sheet, rules: &PanelRules) -> (Vec<SeatState>, Tally, Option<PanelResult>) {
    let state = |seat: &Seat| SeatState {
        voted: sheet.vote(panel, seat.expert).is_some(),
        locked: panel.is_locked(seat.expert),
    };
    let tally = sheet.tally(panel);
    let says = || tally.says(panel.sitting().len(), !sheet.fixes().is_empty(), rules);
    let says = (tally.votes() > 0).then(says);
    (panel.seats().iter().map(state).collect(), tally, says)
}

impl ItemView {
    /// Counts again after a screen laid what is on its way over the sheet or the list of those present; only where the
    /// votes are known at all.
    pub fn recount(&mut self) {
        if self.tally.is_some() {
            let (seats, tally, says) = count(&self.panel, &self.sheet, &self.rules);
            (self.seats, self.tally, self.says) = (seats, Some(tally), says);
        }
    }
}
