//! The places that share commands: the lists the key table is written with.

use super::op::Scope;

/// Every place there is.
pub const EVERYWHERE: &[Scope] = &[
    Scope::Queue,
    Scope::Plan,
    Scope::PlanProjects,
    Scope::Stats,
    Scope::Page,
    Scope::Rules,
    Scope::Checklist,
    Scope::Findings,
    Scope::Rounds,
    Scope::Meetings,
    Scope::Agenda,
    Scope::Attendance,
    Scope::Votes,
    Scope::Conclusion,
    Scope::Projector,
    Scope::Choice,
];
/// Every place but a dialog.
pub const SCREENS: &[Scope] = &[
    Scope::Queue,
    Scope::Plan,
    Scope::PlanProjects,
    Scope::Stats,
    Scope::Page,
    Scope::Rules,
    Scope::Checklist,
    Scope::Findings,
    Scope::Rounds,
    Scope::Meetings,
    Scope::Agenda,
    Scope::Attendance,
    Scope::Votes,
    Scope::Conclusion,
    Scope::Projector,
];
#[rustfmt::skip]
/// What has views beside each other.
pub const VIEWS: &[Scope] = &[
    Scope::Queue, Scope::Stats, Scope::Page, Scope::Rules, Scope::Checklist, Scope::Findings, Scope::Rounds,
    Scope::Meetings, Scope::Agenda, Scope::Attendance, Scope::Votes, Scope::Conclusion,
];
/// Where something can be done.
pub const MENUS: &[Scope] = &[
    Scope::Queue,
    Scope::PlanProjects,
    Scope::Page,
    Scope::Rules,
    Scope::Checklist,
    Scope::Findings,
    Scope::Rounds,
    Scope::Meetings,
    Scope::Agenda,
    Scope::Attendance,
    Scope::Votes,
    Scope::Conclusion,
];
/// The panes of a session.
pub const SESSION: &[Scope] = &[Scope::Agenda, Scope::Attendance, Scope::Votes, Scope::Conclusion];
/// Those with what can be looked up or written.
pub const SHEETS: &[Scope] = &[Scope::Votes, Scope::Conclusion];
/// The panes, and what the room sees of them.
pub const MEETING: &[Scope] = &[Scope::Agenda, Scope::Attendance, Scope::Votes, Scope::Conclusion, Scope::Projector];
/// What has a history.
pub const HISTORIES: &[Scope] =
    &[Scope::Page, Scope::Rules, Scope::Checklist, Scope::Findings, Scope::Rounds, Scope::Votes, Scope::Conclusion];
/// What belongs to a year.
pub const YEARS: &[Scope] = &[Scope::Plan, Scope::PlanProjects, Scope::Stats];
/// Lists whose lines can be marked.
pub const MARKED: &[Scope] = &[Scope::Queue, Scope::PlanProjects];
/// The views of a project.
pub const PROJECT: &[Scope] = &[Scope::Page, Scope::Rules, Scope::Checklist, Scope::Findings, Scope::Rounds];

/// Where a project is under the cursor.
pub const NUMBERED: &[Scope] = &[
    Scope::Queue,
    Scope::PlanProjects,
    Scope::Page,
    Scope::Rules,
    Scope::Checklist,
    Scope::Findings,
    Scope::Rounds,
    Scope::Agenda,
    Scope::Attendance,
    Scope::Votes,
    Scope::Conclusion,
];
/// Where values can be written back.
#[rustfmt::skip]
pub const HELD: &[Scope] = &[
    Scope::Queue, Scope::PlanProjects, Scope::Page, Scope::Rules, Scope::Checklist, Scope::Findings, Scope::Rounds,
];
/// The same, and the panes of a session.
pub const UNDOABLE: &[Scope] = &[
    Scope::Queue,
    Scope::PlanProjects,
    Scope::Page,
    Scope::Rules,
    Scope::Checklist,
    Scope::Findings,
    Scope::Rounds,
    Scope::Agenda,
    Scope::Attendance,
    Scope::Votes,
    Scope::Conclusion,
];
