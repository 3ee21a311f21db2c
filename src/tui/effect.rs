//! What an update asks for: questions, commands, and what only the terminal can do.

use std::time::Duration;

use super::drafts::Task;
use super::files::Completion;
use super::importing::Preview;
use super::papers;
use super::practice::Prepared;
use super::theme::Theme;
use super::widget::rulebook::Contents;
use crate::domain::actor::Role;
use crate::domain::ids::ProjectCode;
use crate::domain::search::{Filter, SortKey};
use crate::service::batch::{BatchAnswer, BatchItem, Otherwise};
use crate::service::command::{Command, Done, Receipt};
use crate::service::error::Error;
use crate::service::presence::Place;
use crate::service::view::meeting::{MeetingView, MeetingsView, ShowMeeting};
use crate::service::view::notes::{NoteHistory, NoteHistoryView};
use crate::service::view::plan::{PlanProject, PlanView};
use crate::service::view::queue::Page;
use crate::service::view::rounds::RoundsView;
use crate::service::view::show::ProjectView;
use crate::service::view::stats::{ReviewStatsView, StatsView};
use crate::service::views::SavedView;

/// Ties an answer to what asked for it; an answer nobody waits for any more is dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ticket(u64);

impl Ticket {
    /// Tells its number; a later ticket has a greater one.
    pub(super) const fn number(self) -> u64 {
        self.0
    }
}

/// Hands out tickets.
#[derive(Debug, Default)]
pub struct Tickets(u64);

impl Tickets {
    /// Makes a new one.
    pub fn issue(&mut self) -> Ticket {
        self.0 += 1;
        Ticket(self.0)
    }
}

/// Something to do outside the state.
#[derive(Debug)]
pub enum Effect {
    /// Asks the service.
    Ask(Ticket, Question),
    /// Has the service execute a command.
    Execute(Ticket, Box<Command>),
    /// Has the service judge a batch, item by item.
    CheckBatch(Ticket, Vec<BatchItem>),
    /// Has the service execute a batch, leaving out what cannot be done or doing nothing at all.
    ExecuteBatch(Ticket, Vec<BatchItem>, Otherwise),
    /// Lets others know where this terminal is, and where within the place, in words its screen understands.
    Be(Place, String),
    /// Looks for what others do at another pace.
    Look(Pace),
    /// Gives up what is being looked up for the list: a key changed the line it was asked for.
    GiveUp(Ticket),
    /// Hands a text to the clipboard of the person's own computer.
    Copy(String),
    /// Keeps which commands were run last from the palette, for the next start.
    Remember(Vec<String>),
    /// Keeps the look that was chosen, for the next start.
    KeepTheme(Theme),
    /// Takes the mouse, or gives it back to the terminal.
    Mouse(bool),
    /// Does something in the journal of drafts.
    Draft(Task),
    /// Draws everything anew.
    Repaint,
    /// Ends the program.
    Quit,
}

/// How often to look for what others do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pace {
    /// As one works beside others.
    #[default]
    Usual,
    /// As one follows them.
    Brisk,
}

impl Pace {
    /// Tells the time between two looks; a look costs microseconds.
    pub const fn every(self) -> Duration {
        match self {
            Pace::Usual => Duration::from_secs(1),
            Pace::Brisk => Duration::from_millis(500),
        }
    }
}

/// Where a list comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// What waits for one of the account's roles.
    Role(Role),
    /// Everything the account may see.
    Everything,
}

/// A question for the service.
#[derive(Debug, Clone, PartialEq)]
pub enum Question {
    /// How much waits for each role.
    Counts,
    /// A page of a list.
    Page {
        /// Where from.
        source: Source,
        /// Only what passes.
        filter: Filter,
        /// In another order than its own.
        sort: Vec<SortKey>,
        /// After this place.
        after: Option<String>,
        /// How many at most.
        limit: usize,
    },
    /// The projects of a whole list, to mark them; answered as [`Question::Page`].
    WholeList {
        /// Where from.
        source: Source,
        /// Only what passes.
        filter: Filter,
        /// In another order than its own.
        sort: Vec<SortKey>,
        /// How many at most.
        limit: usize,
    },
    /// The views kept, and how much each shows.
    Views,
    /// To keep a view; answered as [`Question::Views`].
    KeepView(Box<SavedView>),
    /// To remove the view under a digit; answered as [`Question::Views`].
    RemoveView(u8),
    /// How many pass each of these filters: tells which condition left nothing.
    Totals {
        /// Where from.
        source: Source,
        /// The filters.
        filters: Vec<Filter>,
    },
    /// The plan of a year, of the latest where none is given.
    Plan(Option<i32>),
    /// The projects of a plan, of one unit or of all.
    PlanProjects {
        /// The year.
        year: i32,
        /// The unit.
        unit: Option<String>,
    },
    /// The statistics of a year, of all where none is given.
    Stats(Option<i32>),
    /// The same of the reviews.
    ReviewStats(Option<i32>),
    /// A project for the preview; only the last one asked for matters.
    Preview(ProjectCode),
    /// A project, whole.
    Project(ProjectCode),
    /// Every round of a project.
    Rounds(ProjectCode),
    /// The editions of the rules and the register of interpretations.
    Rulebook,
    /// The accounts of a role, code and name.
    Colleagues(Role),
    /// Whether forms are read here.
    ImportDoor,
    /// To practise this task: another county stands behind the screen from the answer on.
    Practise(u8),
    /// Whether the database holds what this task asks for.
    Practised(u8),
    /// To have somebody else do what this task needs somebody else to do.
    PracticeElsewhere(u8),
    /// To go back to the database one came from; answered as [`Question::Practise`].
    LeavePractice,
    /// What may follow the beginning of a path.
    Complete(String),
    /// What the form of this path would register.
    ImportPreview(String),
    /// The meetings, and the panels that wait for one.
    Meetings,
    /// A meeting.
    Meeting(ShowMeeting),
    /// Every version of a field of a panel's sheet.
    NoteHistory(NoteHistory),
    /// Papers of a meeting, written as files.
    Papers(papers::Request),
}

impl Question {
    /// The kinds that answer the line of the list: its page, and what could be dropped where nothing is found.
    pub(super) const OF_THE_LINE: [usize; 2] = [0, 2];

    /// Tells the kind of a question that a later one of the same kind makes pointless; nothing for the others.
    pub(super) const fn kind(&self) -> Option<usize> {
        match self {
            Question::Page { .. } => Some(0),
            Question::Preview(_) => Some(1),
            Question::Totals { .. } => Some(2),
            Question::Counts => Some(3),
            Question::Views => Some(4),
            Question::Plan(_) => Some(5),
            Question::PlanProjects { .. } => Some(6),
            Question::Meetings => Some(7),
            Question::Meeting(_) => Some(8),
            Question::Stats(_) => Some(9),
            Question::ReviewStats(_) => Some(10),
            _ => None,
        }
    }

    /// Tells whether a later question of the same kind makes this one pointless.
    pub fn is_replaced_by(&self, later: &Question) -> bool {
        self.kind().is_some() && self.kind() == later.kind()
    }
}

/// An answer.
#[derive(Debug)]
pub enum Reply {
    /// To [`Question::Counts`]: for each role; and the meetings that are not over, where the account follows them.
    Counts(Vec<(Role, i64)>, Option<usize>),
    /// To [`Question::Page`].
    Page(Page),
    /// To [`Question::Views`]; a view whose words are not understood any more shows nobody knows how much.
    Views(Vec<(SavedView, Option<i64>)>),
    /// To [`Question::Totals`].
    Totals(Vec<i64>),
    /// To [`Question::Plan`].
    Plan(Box<PlanView>),
    /// To [`Question::PlanProjects`].
    PlanProjects(Vec<PlanProject>),
    /// To [`Question::Stats`].
    Stats(Box<StatsView>),
    /// To [`Question::ReviewStats`].
    ReviewStats(Box<ReviewStatsView>),
    /// A batch was judged: for each item what it would lead to, or why not.
    Checked(Vec<Result<Done, Error>>),
    /// A batch was executed: what became of each item.
    Batch(Vec<BatchAnswer>),
    /// To [`Question::Preview`] and [`Question::Project`].
    Project(Box<ProjectView>),
    /// To [`Question::Rounds`].
    Rounds(Box<RoundsView>),
    /// To [`Question::Rulebook`].
    Rulebook(Box<Contents>),
    /// To [`Question::Colleagues`]: code and name.
    Colleagues(Vec<(String, String)>),
    /// To [`Question::ImportDoor`]: why not, where they are not.
    ImportDoor(Option<String>),
    /// To [`Question::Complete`].
    Completed(Completion),
    /// To [`Question::ImportPreview`]: the form, or in Chinese why it cannot be read.
    ImportPreview(Box<Result<Preview, String>>),
    /// To [`Question::Meetings`].
    Meetings(Box<MeetingsView>),
    /// To [`Question::Meeting`].
    Meeting(Box<MeetingView>),
    /// To [`Question::NoteHistory`].
    NoteHistory(Box<NoteHistoryView>),
    /// To [`Question::Papers`]: where they are, or in Chinese why there are none.
    Papers(Result<papers::Written, String>),
    /// To [`Question::Practise`].
    Prepared(Box<Prepared>),
    /// To [`Question::Practised`].
    Holds(bool),
    /// A command was done.
    Done(Receipt),
}
