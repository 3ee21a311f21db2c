//! The state of the terminal: screens, dialog, message line. Changed only by `update`, read only by `view`.

use std::collections::VecDeque;

use ratatui::layout::Rect;

use super::drafts::Drafts;
use super::effect::{Pace, Ticket, Tickets};
use super::keymap::{HalfPair, Mode, Op, Scope};
use super::practice::Practice;
use super::screen::meetings::Meetings;
use super::screen::plan::PlanScreen;
use super::screen::project::Project;
use super::screen::queue::Queue;
use super::screen::session::{self, Session};
use super::screen::stats::StatsScreen;
use super::theme::Theme;
use super::widget::Dialog;
use super::widget::bulk::Bulk;
use super::width::{Gauge, Width};
use crate::domain::actor::Actor;
use crate::domain::checklist::Judgement;
use crate::domain::ids::ProjectCode;
use crate::domain::workflow::action::{Action, Key};
use crate::service::presence::{Place, TerminalId, Whereabouts};

/// Below this nothing can be laid out.
pub const SMALLEST: (u16, u16) = (60, 18);

/// How much a message weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Something was done.
    Good,
    /// Something to know.
    Plain,
    /// Something did not happen.
    Bad,
}

/// What the message line says until the next key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// In one sentence.
    pub text: String,
    /// How much it weighs.
    pub tone: Tone,
}

/// The screen on top.
#[derive(Debug, Clone, Copy)]
pub enum Screen<'s> {
    /// A project.
    Project(&'s Project),
    /// A meeting.
    Session(&'s Session),
    /// The meetings.
    Meetings(&'s Meetings),
    /// A plan.
    Plan(&'s PlanScreen),
    /// The statistics.
    Stats(&'s StatsScreen),
    /// The list.
    Queue,
}

/// Everything shown.
#[derive(Debug)]
pub struct State {
    /// Which terminal this is, where a person has several.
    pub terminal: TerminalId,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// How things look.
    pub theme: Theme,
    /// Whether the terminal and the person allow colors.
    pub has_color: bool,
    /// Whether the mouse is the program's.
    pub has_mouse: bool,
    /// How wide characters are.
    pub width: Width,
    /// How that came to be known.
    pub gauge: Gauge,
    /// Who is at the terminal.
    pub me: Actor,
    /// The list, always there below everything else.
    pub queue: Queue,
    /// The statistics open over it; or below it, while the list shows what one of their bars counts.
    pub stats: Option<StatsScreen>,
    /// The yearly plan open over it.
    pub plan: Option<PlanScreen>,
    /// The list of meetings open over it.
    pub meetings: Option<Meetings>,
    /// The meeting open over that.
    pub session: Option<Session>,
    /// The project open over that.
    pub project: Option<Project>,
    /// The dialog over that; there is never more than one.
    pub dialog: Option<Dialog>,
    /// The message line.
    pub notice: Option<Notice>,
    /// Whether others wrote something that is not loaded.
    pub others_wrote: bool,
    /// Who else is at the place shown.
    pub others_here: Vec<Whereabouts>,
    /// Where others were last told this terminal is.
    pub seen_at: Option<(Place, String)>,
    /// How often others are looked for.
    pub looks: Pace,
    /// The last command, so that a repeated key can mean more.
    pub last_op: Option<Op>,
    /// Hands out tickets.
    pub tickets: Tickets,
    /// The action whose form waits for the accounts it may name.
    pub opening: Option<(Ticket, Action)>,
    /// What is done with many projects.
    pub bulk: Bulk,
    /// What the import of a form waits for.
    pub importing: Option<Ticket>,
    /// What the page of the rules waits for.
    pub reading_rules: Option<Ticket>,
    /// What was typed and is not in the database.
    pub drafts: Drafts,
    /// A Chinese word or paste that Enter takes to the filter line.
    pub offered_word: Option<String>,
    /// The first half of a mark that input methods write twice.
    pub half_pair: HalfPair,
    /// What the message line said, the latest last.
    pub messages: VecDeque<Notice>,
    /// What was run last from the palette, the latest first.
    pub recent: Vec<String>,
    /// What the palette waits for.
    pub palette_asked: Option<Ticket>,
    /// What was answered last in a checklist, to be answered again.
    pub last_judgement: Option<Judgement>,
    /// The value of a field that was named together with its action.
    pub given: Option<(Action, Key, &'static str)>,
    /// The tasks one practises.
    pub practice: Practice,
    /// Whether lines are read and written in place of a screen.
    pub by_lines: bool,
}

impl State {
    /// Begins with nothing loaded but who is there: what may be done depends on it from the first key on.
    pub fn new(terminal: TerminalId, size: (u16, u16), color: bool, me: Actor) -> State {
        State {
            terminal,
            size,
            theme: if color { Theme::Usual } else { Theme::Mono },
            has_color: color,
            has_mouse: false,
            width: Width::default(),
            gauge: Gauge::default(),
            me,
            queue: Queue::default(),
            plan: None,
            stats: None,
            meetings: None,
            session: None,
            project: None,
            dialog: None,
            notice: None,
            others_wrote: false,
            others_here: Vec::new(),
            seen_at: None,
            looks: Pace::default(),
            last_op: None,
            tickets: Tickets::default(),
            opening: None,
            bulk: Bulk::default(),
            importing: None,
            reading_rules: None,
            drafts: Drafts::default(),
            offered_word: None,
            half_pair: HalfPair::default(),
            messages: VecDeque::new(),
            recent: Vec::new(),
            palette_asked: None,
            last_judgement: None,
            given: None,
            practice: Practice::default(),
            by_lines: false,
        }
    }

    /// Tells who gets the keys.
    pub fn mode(&self) -> Mode {
        match &self.dialog {
            Some(dialog) if dialog.takes_text() => Mode::Text,
            Some(_) => Mode::Commands(Scope::Choice),
            None if self.bulk.is_opening() || self.is_writing() => Mode::Text,
            None if self.is_in_queue() && self.queue.filter.editor.is_some() => Mode::Text,
            None => Mode::Commands(self.scope()),
        }
    }

    /// Tells the scope of the screen below any dialog.
    pub fn scope(&self) -> Scope {
        match self.screen() {
            Screen::Project(project) => project.scope(),
            Screen::Session(session) => session.scope(),
            Screen::Meetings(_) => Scope::Meetings,
            Screen::Plan(plan) => plan.scope(),
            Screen::Stats(_) => Scope::Stats,
            Screen::Queue => Scope::Queue,
        }
    }

    /// Tells the project the cursor is on, whatever is open.
    pub fn code_under_cursor(&self) -> Option<ProjectCode> {
        match self.screen() {
            Screen::Project(project) => Some(project.code.clone()),
            Screen::Session(session) => session.item().map(|item| item.code.clone()),
            Screen::Meetings(_) | Screen::Stats(_) => None,
            Screen::Plan(plan) => {
                let opened = plan.opened.as_ref()?;
                opened.rows.get(opened.cursor.at).map(|row| row.code.clone())
            }
            Screen::Queue => self.queue.listing.current().map(|row| row.code.clone()),
        }
    }

    /// Keeps what the message line says, for those who read slower than it changes.
    pub fn keep_notice(&mut self) {
        const KEPT: usize = 200;
        if let Some(notice) = &self.notice {
            self.messages.push_back(notice.clone());
            if self.messages.len() > KEPT {
                self.messages.pop_front();
            }
        }
    }

    /// Tells whether nothing is open over the list.
    pub fn is_in_queue(&self) -> bool {
        matches!(self.screen(), Screen::Queue)
    }

    /// Tells whether going back leaves the program: the queue with nothing below it.
    pub fn is_at_root(&self) -> bool {
        self.is_in_queue() && self.stats.is_none()
    }

    /// Tells the screen on top of all others.
    pub fn screen(&self) -> Screen<'_> {
        let project = self.project.as_ref().map(Screen::Project);
        let session = || self.session.as_ref().map(Screen::Session);
        let meetings = || self.meetings.as_ref().map(Screen::Meetings);
        let plan = || self.plan.as_ref().map(Screen::Plan);
        let stats = || self.stats.as_ref().filter(|stats| !stats.is_away()).map(Screen::Stats);
        project.or_else(session).or_else(meetings).or_else(plan).or_else(stats).unwrap_or(Screen::Queue)
    }

    /// Tells whether a text of a session is being written.
    pub fn is_writing(&self) -> bool {
        matches!(self.screen(), Screen::Session(session) if session.editing.is_some())
    }

    /// Tells where this terminal is, and where within the place; others are told whenever the answer changes. Only a
    /// screen where one follows others has anything to say about the within.
    pub fn whereabouts(&self) -> (Place, String) {
        match self.screen() {
            Screen::Project(project) => (Place::Project(project.code.clone()), String::new()),
            Screen::Session(session) => {
                let pointer = session::pointer(session, &self.me, self.terminal.as_str());
                (Place::Meeting(session.code), pointer.map(session::Pointer::text).unwrap_or_default())
            }
            Screen::Meetings(_) | Screen::Plan(_) | Screen::Stats(_) => (Place::Elsewhere, String::new()),
            Screen::Queue => (Place::Queue, String::new()),
        }
    }

    /// Tells how often to look for what others do here: in a meeting every terminal follows.
    pub fn pace(&self) -> Pace {
        match self.whereabouts().0 {
            Place::Meeting(_) => Pace::Brisk,
            Place::Queue | Place::Project(_) | Place::Elsewhere => Pace::Usual,
        }
    }

    /// Tells the whole area.
    pub fn area(&self) -> Rect {
        Rect::new(0, 0, self.size.0, self.size.1)
    }

    /// Tells whether anything can be laid out.
    pub fn is_too_small(&self) -> bool {
        self.size.0 < SMALLEST.0 || self.size.1 < SMALLEST.1
    }

    /// Says that something was done.
    pub fn say(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice { text: text.into(), tone: Tone::Good });
    }

    /// Says something to know.
    pub fn mention(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice { text: text.into(), tone: Tone::Plain });
    }

    /// Says that something did not happen.
    pub fn complain(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice { text: text.into(), tone: Tone::Bad });
    }
}
