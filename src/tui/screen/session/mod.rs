//! 评审会 — a meeting while it goes on: who came, how they vote, what they say, what the panel concludes.
//!
//! One terminal writes, the others follow it. What is written is shown at once, handed over one entry after another
//! by the [`outbox`], and shown as saved only when the database has it; words wait there as long as they must.
//!
//! | file | what |
//! |---|---|
//! | `update`, `answering` | opening, loading, keys that mean the same in every pane; what answers do |
//! | `recording` | attendance, votes, the conclusion's digits, signatures, undo |
//! | `steps` | the seat, the agenda, closing, concluding |
//! | `editing`, `drafted` | the text fields, and what is typed in them until the database has it |
//! | `over` | the dialogs: a line, a question, what is missing, versions |
//! | `outbox`, `overlay` | entries on their way, and how they are shown before they arrive |
//! | `papers` | what is printed of it |
//! | `following` | the writer's pointer, and who follows it |
//! | `gaps` | what is missing, and where to mend it |
//! | `view`, `panes`, `conclusion`, `projector` | how it looks |

mod answering;
mod conclusion;
mod drafted;
mod editing;
mod following;
mod gaps;
mod outbox;
mod over;
mod overlay;
mod panes;
mod papers;
mod projector;
mod recording;
mod steps;
#[cfg(test)]
mod tests;
mod update;
mod view;

pub use answering::answer;
pub use drafted::{calling, resume, topic_of};
pub use editing::{paste, take_text};
pub use following::{Pointer, pointer};
pub use outbox::{Outbox, Work};
pub use over::{Over, take_digit as take_dialog_digit, take_op as take_dialog_op, take_text as take_dialog_text};
pub use update::{awaits, close, farewell, load, news, open, replay, take_digit, take_op, tick, wants_tick};
pub use view::{draw_facts, render, status, status_right, title};

use std::collections::{BTreeMap, VecDeque};

use crate::domain::actor::Actor;
use crate::domain::calendar::Moment;
use crate::domain::checklist::Dimension;
use crate::domain::ids::{ExpertId, ProjectCode};
use crate::domain::meeting::MeetingCode;
use crate::domain::meeting::sheet::{Field, FixPart, Noted};
use crate::domain::panel::Seat;
use crate::domain::panel::attendance::Presence;
use crate::service::view::meeting::{ItemView, MeetingView};
use crate::tui::effect::Ticket;
use crate::tui::keymap::{Op, Scope};
use crate::wording::labels;
use editing::Editing;

/// A pane, in the order of Tab.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pane {
    /// 议程.
    Agenda,
    /// 专家签到.
    #[default]
    Attendance,
    /// 表决意见.
    Votes,
    /// 结论.
    Conclusion,
}

impl Pane {
    /// Every pane.
    pub const ALL: [Pane; 4] = [Pane::Agenda, Pane::Attendance, Pane::Votes, Pane::Conclusion];

    /// Names the pane.
    pub const fn name(self) -> &'static str {
        match self {
            Pane::Agenda => "议程",
            Pane::Attendance => "专家签到",
            Pane::Votes => "表决意见",
            Pane::Conclusion => "结论",
        }
    }

    /// Tells its place in the order of Tab.
    pub fn index(self) -> usize {
        Pane::ALL.iter().position(|pane| *pane == self).unwrap_or(0)
    }

    fn beside(self, by: usize) -> Pane {
        Pane::ALL.get((self.index() + by) % Pane::ALL.len()).copied().unwrap_or_default()
    }
}

/// A row of the conclusion the cursor can be on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// The conclusion itself.
    Result,
    /// Its text.
    Text,
    /// Something to mend, by its number on the sheet.
    Fix(u32),
    /// Where the next thing to mend would stand.
    NewFix,
    /// The chair's explanation.
    Explanation,
    /// A member's signature.
    Signature(ExpertId),
}

/// The clock of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Timer {
    /// How many milliseconds it has run.
    pub millis: u64,
    /// Whether it runs.
    pub runs: bool,
}

/// An entry that can be taken back by writing what was there before.
#[derive(Debug, Clone)]
pub enum Undo {
    /// Fields, with what they said.
    Fields(ProjectCode, Vec<(Field, String)>),
    /// Members who had not been noted, or otherwise.
    Attendance(ProjectCode, Vec<(ExpertId, Presence)>),
    /// A declaration to stay away.
    Recusal(ProjectCode, ExpertId),
}

/// A key pressed before the screen could take it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ahead {
    /// A command.
    Op(Op),
    /// A digit.
    Digit(u8),
}

/// The screen.
#[derive(Debug)]
pub struct Session {
    /// Which meeting.
    pub code: MeetingCode,
    /// What was loaded, entries on their way laid over it.
    pub view: Option<Box<MeetingView>>,
    /// The pane with the cursor.
    pub pane: Pane,
    /// The row of the agenda the cursor is on.
    pub agenda: usize,
    /// The member the cursor is on.
    pub seat: usize,
    /// The row of the conclusion the cursor is on.
    pub line: usize,
    /// The text fields in use.
    pub editing: Option<Editing>,
    /// Entries on their way.
    pub outbox: Outbox,
    /// The clock of the item.
    pub timer: Timer,
    /// The clock when others were last told of it.
    pub told: Timer,
    /// Whether the room's picture is shown.
    pub projector: bool,
    /// Whether the writer's pointer is followed, where this terminal does not write.
    pub follows: bool,
    /// The writer's pointer as last heard of.
    pub heard: Option<Pointer>,
    /// When the last entry was saved.
    pub saved: Option<Moment>,
    /// For how many seconds something has been unsaved.
    pub unsaved: u32,
    /// What can be taken back, the last one last.
    pub undo: Vec<Undo>,
    /// What the database said it has of what was typed here.
    stored: BTreeMap<(ProjectCode, Field), String>,
    /// Keys pressed before the screen could take them.
    pub ahead: VecDeque<Ahead>,
    /// The item looked at where that is not the one being argued.
    wanted: Option<u32>,
    /// Whether this terminal held the seat when last heard of.
    held: bool,
    /// Whether the writer is on the way to another item.
    moving: bool,
    /// Whether others wrote something that is not loaded.
    stale: bool,
    /// Whether the next picture is the first of its item, where the cursor is put where the work is.
    fresh: bool,
    /// Whether something was saved since the last picture.
    saves: bool,
    awaited: Option<Ticket>,
    issuing: Option<Ticket>,
    asked: Vec<(Ticket, Field)>,
    found: Vec<(Field, Vec<(Noted, bool)>)>,
}

impl Session {
    fn new(code: MeetingCode) -> Session {
        Session {
            code,
            view: None,
            pane: Pane::Attendance,
            agenda: 0,
            seat: 0,
            line: 0,
            editing: None,
            outbox: Outbox::default(),
            timer: Timer::default(),
            told: Timer::default(),
            projector: false,
            follows: true,
            heard: None,
            saved: None,
            unsaved: 0,
            undo: Vec::new(),
            stored: BTreeMap::new(),
            ahead: VecDeque::new(),
            wanted: None,
            held: false,
            moving: false,
            stale: false,
            fresh: true,
            saves: false,
            awaited: None,
            issuing: None,
            asked: Vec::new(),
            found: Vec::new(),
        }
    }

    /// Tells which keys work here.
    pub fn scope(&self) -> Scope {
        match self.pane {
            _ if self.projector => Scope::Projector,
            Pane::Agenda => Scope::Agenda,
            Pane::Attendance => Scope::Attendance,
            Pane::Votes => Scope::Votes,
            Pane::Conclusion => Scope::Conclusion,
        }
    }

    /// Tells the item shown.
    pub fn item(&self) -> Option<&ItemView> {
        self.view.as_ref()?.item.as_deref()
    }

    /// Tells the member under the cursor.
    pub fn member(&self) -> Option<&Seat> {
        self.item()?.panel.seats().get(self.seat)
    }

    /// Tells whether this terminal writes.
    pub fn writes(&self, me: &Actor, terminal: &str) -> bool {
        let held = |view: &&MeetingView| {
            let seat = view.meeting.seat.as_ref();
            view.may_write && seat.is_some_and(|seat| seat.is_held_at(me.id, terminal))
        };
        self.view.as_deref().filter(held).is_some()
    }

    /// Tells who else writes.
    pub fn writer(&self) -> Option<&str> {
        self.view.as_ref()?.meeting.seat.as_ref().map(|seat| seat.holder.name.as_str())
    }

    /// Tells whether nothing waits to be saved.
    pub fn is_saved(&self) -> bool {
        self.outbox.is_empty() && self.editing.as_ref().is_none_or(|editing| !editing.is_unsaved())
    }

    /// Tells whether a picture is on its way that the next key may depend on.
    fn is_early(&self) -> bool {
        self.view.is_none() || self.moving
    }

    /// Lists the rows of the conclusion.
    pub fn lines(&self) -> Vec<Line> {
        let Some(item) = self.item() else { return Vec::new() };
        let fixes = item.sheet.fixes();
        let signatures = item.panel.sitting().into_iter().map(|seat| Line::Signature(seat.expert));
        [Line::Result, Line::Text]
            .into_iter()
            .chain(fixes.iter().map(|fix| Line::Fix(fix.number)))
            .chain([Line::NewFix, Line::Explanation])
            .chain(signatures)
            .collect()
    }

    /// Lists the fields under the cursor: all of a member's, or those of a row of the conclusion.
    pub fn fields(&self) -> Vec<Field> {
        match self.pane {
            Pane::Votes => {
                let Some(expert) = self.member().map(|seat| seat.expert) else { return Vec::new() };
                let dimensions = Dimension::ALL.iter().map(|dimension| Field::Dimension(expert, *dimension));
                let first = [Field::Vote(expert), Field::Said(expert)].into_iter();
                first.chain(dimensions).chain([Field::Dissent(expert), Field::Score(expert)]).collect()
            }
            Pane::Conclusion => self.lines().get(self.line).map_or_else(Vec::new, |line| match line {
                Line::Result => vec![Field::Conclusion],
                Line::Text => vec![Field::ConclusionText],
                Line::Fix(number) => FixPart::ALL.iter().map(|part| Field::Fix(*number, *part)).collect(),
                Line::NewFix => Vec::new(),
                Line::Explanation => vec![Field::Explanation],
                Line::Signature(expert) => vec![Field::Signed(*expert)],
            }),
            Pane::Agenda | Pane::Attendance => Vec::new(),
        }
    }

    /// Names a field, with the member's name where it is a member's.
    pub fn name_of(&self, field: Field) -> String {
        let member = field.member().or(match field {
            Field::Signed(expert) => Some(expert),
            _ => None,
        });
        let named = labels::sheet_field(field);
        let seats = self.item().map(|item| item.panel.seats()).unwrap_or_default();
        match seats.iter().find(|seat| Some(seat.expert) == member) {
            Some(seat) => named.replace(&seat.expert.to_string(), &seat.name),
            None => named,
        }
    }

    /// Keeps the cursors within what there is.
    fn settle(&mut self) {
        let last = |count: usize| count.saturating_sub(1);
        self.agenda = self.agenda.min(last(self.view.as_ref().map_or(0, |view| view.items.len())));
        self.seat = self.seat.min(last(self.item().map_or(0, |item| item.panel.seats().len())));
        self.line = self.line.min(last(self.lines().len()));
    }
}
