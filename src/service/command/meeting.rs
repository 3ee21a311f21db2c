//! What can be asked of a meeting of expert panels, and what is written down while one sits.

use chrono::NaiveDate;

use crate::domain::ids::ProjectCode;
use crate::domain::meeting::MeetingCode;
use crate::domain::meeting::sheet::Field;
use crate::domain::panel::attendance::Presence;

/// What happens to a meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MeetingOrder {
    /// It is called for a day.
    Call {
        /// The day.
        day: NaiveDate,
        /// The room.
        place: String,
        /// The projects, in order.
        projects: Vec<ProjectCode>,
    },
    /// A project comes onto the agenda, at its end.
    Add {
        /// The meeting.
        meeting: MeetingCode,
        /// The project.
        project: ProjectCode,
    },
    /// A project is taken off the agenda.
    Withdraw {
        /// The meeting.
        meeting: MeetingCode,
        /// The item.
        item: u32,
        /// Why.
        reason: String,
    },
    /// An item is taken up; everybody's terminal follows.
    TakeUp {
        /// The meeting.
        meeting: MeetingCode,
        /// The item.
        item: u32,
        /// Where it is asked from.
        terminal: String,
    },
    /// Somebody sits down to write; from another account's hands only with a reason.
    TakeSeat {
        /// The meeting.
        meeting: MeetingCode,
        /// At which terminal.
        terminal: String,
        /// Why it is taken from whoever has it.
        reason: String,
    },
    /// Whoever writes gets up.
    LeaveSeat {
        /// The meeting.
        meeting: MeetingCode,
        /// At which terminal.
        terminal: String,
    },
    /// The meeting is over.
    End {
        /// The meeting.
        meeting: MeetingCode,
    },
}

/// Whether a member of a panel came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attend {
    /// The project.
    pub project: ProjectCode,
    /// The members' numbers or names; all who have not been noted yet where there are none.
    pub experts: Vec<String>,
    /// Present or absent; who must stay away declares so.
    pub presence: Presence,
    /// Why not.
    pub reason: String,
    /// Where it is written.
    pub terminal: String,
}

/// Fields of a panel's working sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The project.
    pub project: ProjectCode,
    /// The fields with what they say now; all of them, or none.
    pub fields: Vec<(Field, String)>,
    /// Where it is written.
    pub terminal: String,
}
