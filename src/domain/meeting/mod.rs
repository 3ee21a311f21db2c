//! 评审会: a day on which panels sit, with an agenda of projects, one writing seat and a pointer everybody follows.
//!
//! The meeting decides nothing. It holds together what belongs to several panels of one day: where and when they met,
//! in which order, who wrote. What a panel hears and concludes is the panel's own ([`panel`](super::panel)); what is
//! written down while it sits, before it is signed, is its [`sheet`].

pub mod sheet;

use std::fmt;

use chrono::NaiveDate;

use super::calendar::Moment;
use super::ids::{AccountId, ProjectCode};
use super::workflow::record::Hand;

/// The number of a meeting that people read and type, such as `2026-03`: year and running number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MeetingCode {
    /// The year.
    pub year: i32,
    /// Which one of the year.
    pub number: u32,
}

impl fmt::Display for MeetingCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{}-{:02}", self.year, self.number))
    }
}

impl MeetingCode {
    /// Takes a number as typed: `2026-03`, `专评2026-3`.
    pub fn typed(text: &str) -> Option<MeetingCode> {
        let (year, number) = text.trim().trim_start_matches("专评").split_once(['-', '－'])?;
        let code = MeetingCode { year: year.parse().ok()?, number: number.parse().ok()? };
        ((1000..=9999).contains(&code.year) && code.number > 0).then_some(code)
    }
}

/// A meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// Its number.
    pub code: MeetingCode,
    /// The day.
    pub day: NaiveDate,
    /// The room.
    pub place: String,
    /// Who called it.
    pub called: Hand,
    /// Who ended it.
    pub ended: Option<Hand>,
    /// The projects, in order.
    pub agenda: Vec<AgendaItem>,
    /// The item being argued.
    pub current: Option<u32>,
    /// Who writes.
    pub seat: Option<WritingSeat>,
}

/// A project on the agenda.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgendaItem {
    /// Its place, 1 for the first.
    pub number: u32,
    /// The project.
    pub project: ProjectCode,
    /// The review round of the panel that sits for it.
    pub round: u32,
    /// Which panel of the round.
    pub session: u32,
    /// When it was first taken up.
    pub begun: Option<Moment>,
    /// Why it was taken off the agenda, and by whom.
    pub withdrawn: Option<(String, Hand)>,
}

/// A meeting on whose agenda a panel is or was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hearing {
    /// The review round of the panel.
    pub round: u32,
    /// Which panel of the round.
    pub session: u32,
    /// The meeting.
    pub meeting: MeetingCode,
    /// Its day.
    pub day: NaiveDate,
    /// The room.
    pub place: String,
    /// Which item of the agenda.
    pub item: u32,
    /// Whether the meeting is over.
    pub is_over: bool,
}

/// The one place from which the record is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WritingSeat {
    /// Whose, since when.
    pub holder: Hand,
    /// At which terminal: one person at two terminals would overwrite each other like two persons.
    pub terminal: String,
}

impl WritingSeat {
    /// Tells whether an account holds it at a terminal.
    pub fn is_held_at(&self, account: AccountId, terminal: &str) -> bool {
        self.holder.account == account && self.terminal == terminal
    }
}

impl Meeting {
    /// Finds an item that is still on the agenda.
    pub fn item(&self, number: u32) -> Option<&AgendaItem> {
        self.agenda.iter().find(|item| item.number == number && item.withdrawn.is_none())
    }

    /// Finds the item of a panel that is still on the agenda.
    pub fn item_of(&self, project: &ProjectCode, round: u32, session: u32) -> Option<&AgendaItem> {
        let same = |item: &&AgendaItem| (&item.project, item.round, item.session) == (project, round, session);
        self.agenda.iter().filter(same).find(|item| item.withdrawn.is_none())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_reads_back_from_what_it_is_written_as() {
        let code = MeetingCode { year: 2026, number: 3 };
        assert_eq!(code.to_string(), "2026-03");
        for typed in ["2026-03", " 专评2026-3 ", "2026－03"] {
            assert_eq!(MeetingCode::typed(typed), Some(code), "{typed}");
        }
        for wrong in ["2026", "2026-0", "26-3", "-3", "", "三月"] {
            assert_eq!(MeetingCode::typed(wrong), None, "{wrong}");
        }
    }
}
