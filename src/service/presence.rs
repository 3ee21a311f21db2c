//! Who is where right now: what a terminal says of itself, and what it learns of others.
//!
//! No record: it is neither logged nor backed up, it is forgotten a minute and a half after the last sign of life, and
//! nothing ever fails because of it. The correctness of what people write rests on versions, not on this.

use std::time::Duration;

use super::gate::actor;
use super::store::presence::{Alive, Row};
use super::{Service, Session, random_name};
use crate::domain::actor::Actor;
use crate::domain::calendar::{Moment, from_millis};
use crate::domain::ids::ProjectCode;
use crate::domain::meeting::MeetingCode;
use crate::domain::permission;
use crate::service::store::Reader;

/// How often a terminal gives a sign of life.
pub const HEARTBEAT: Duration = Duration::from_secs(30);

/// After how many milliseconds without one it counts as gone: three were missed.
const EXPIRY: i64 = 90_000;

/// How many milliseconds a last sign of life is kept for; the longest claim without one is shorter.
const REMEMBERED: i64 = 2 * 60 * 60 * 1_000;

/// No screen needs more characters to say where in it somebody is.
const LONGEST_POINTER: usize = 400;

/// Identifies a running program with a terminal; a person may have several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TerminalId(String);

impl TerminalId {
    /// Makes a new one from random bytes.
    pub fn new() -> TerminalId {
        TerminalId(random_name())
    }

    /// Tells it as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for TerminalId {
    fn default() -> Self {
        TerminalId::new()
    }
}

/// Where somebody is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Place {
    /// At the queue.
    #[default]
    Queue,
    /// In a project.
    Project(ProjectCode),
    /// In a meeting.
    Meeting(MeetingCode),
    /// Where one is alone: a plan, a page of rules.
    Elsewhere,
}

impl Place {
    /// Tells whether people meet there: everywhere else it is nobody's business who is there too.
    pub fn is_shared(&self) -> bool {
        matches!(self, Place::Project(_) | Place::Meeting(_))
    }

    fn what(&self) -> &'static str {
        match self {
            Place::Queue => "queue",
            Place::Project(_) => "project",
            Place::Meeting(_) => "meeting",
            Place::Elsewhere => "elsewhere",
        }
    }

    fn key(&self) -> String {
        match self {
            Place::Project(code) => code.as_str().to_owned(),
            Place::Meeting(code) => code.to_string(),
            Place::Queue | Place::Elsewhere => String::new(),
        }
    }
}

/// Somebody at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whereabouts {
    /// The running program.
    pub terminal: TerminalId,
    /// The account.
    pub account: String,
    /// The person's name.
    pub name: String,
    /// The place.
    pub place: Place,
    /// Where within, in the words of the screen that wrote it.
    pub pointer: String,
    /// How long the person has pressed no key, as last heard.
    pub idle: Duration,
    /// Since when the person is there.
    pub since: Moment,
}

impl Whereabouts {
    /// Tells whether this is what is known already. How long somebody has not pressed a key is no news.
    pub fn is_no_news_after(&self, known: &Whereabouts) -> bool {
        Whereabouts { idle: known.idle, ..self.clone() } == *known
    }
}

impl Service {
    /// Says where a terminal is, which is also its sign of life, and how long no key was pressed there. Tells whether
    /// that could be written; where not, nothing is lost and it may be said again later.
    ///
    /// Who says to be in a project the account may not see is not told to those who are there.
    pub fn be(
        &mut self,
        session: &Session,
        terminal: &TerminalId,
        place: &Place,
        pointer: &str,
        idle: Duration,
    ) -> bool {
        let Some(actor) = self.knows(session, place) else { return false };
        let place = if actor.sees { place } else { &Place::Elsewhere };
        let up = self.clock.uptime();
        let row = Row {
            terminal: terminal.as_str().to_owned(),
            account: session.account.clone(),
            name: actor.name,
            what: place.what().to_owned(),
            place: place.key(),
            pointer: pointer.chars().take(LONGEST_POINTER).collect(),
            last_key: up.millis.saturating_sub(i64::try_from(idle.as_millis()).unwrap_or(i64::MAX)),
            seen: up.millis,
            boot: up.boot.clone(),
            since: self.clock.now().timestamp_millis(),
        };
        self.presence.say(row, &self.remembered()).is_some()
    }

    /// Takes a terminal out: its person left.
    pub fn leave(&mut self, terminal: &TerminalId) {
        // Where this fails, the missing sign of life tells the same a little later.
        let _ = self.presence.take_out(terminal.as_str());
    }

    /// Tells who else is at a place, who came first before who came later: other terminals, the account's own among
    /// them. Nobody is told of where one is alone, nor at a place the account may not see. `None` where nobody knows at
    /// the moment.
    pub fn others(&mut self, session: &Session, terminal: &TerminalId, place: &Place) -> Option<Vec<Whereabouts>> {
        if !place.is_shared() || !self.knows(session, place)?.sees {
            return Some(Vec::new());
        }
        let (up, alive) = (self.clock.uptime(), self.alive());
        let rows = self.presence.at(place.what(), &place.key(), &alive)?;
        let others = rows.into_iter().filter(|row| row.terminal != terminal.as_str());
        let whereabouts = others.filter_map(|row| {
            Some(Whereabouts {
                terminal: TerminalId(row.terminal),
                account: row.account,
                name: row.name,
                place: place.clone(),
                pointer: row.pointer,
                idle: Duration::from_millis(u64::try_from(up.millis.saturating_sub(row.last_key)).unwrap_or(0)),
                since: from_millis(row.since)?,
            })
        });
        Some(whereabouts.collect())
    }

    /// Tells a number that changes when another program said where it is; none where nobody knows at the moment.
    pub fn presence_version(&mut self) -> Option<i64> {
        self.presence.version()
    }

    /// Where somebody was is kept for as long as a claim may be held without a sign of life, so that a program that was
    /// killed does not give its reviewer's claims away at once.
    fn remembered(&self) -> Alive {
        Alive { from: self.alive().to.saturating_sub(EXPIRY + REMEMBERED), ..self.alive() }
    }

    fn alive(&self) -> Alive {
        let up = self.clock.uptime();
        Alive { from: up.millis.saturating_sub(EXPIRY), to: up.millis.saturating_add(EXPIRY), boot: up.boot }
    }

    /// Finds the person behind a session, and whether a place is one the person may see.
    fn knows(&mut self, session: &Session, place: &Place) -> Option<Person> {
        let snapshot = self.database.read().ok()?;
        let actor = actor(snapshot.read(), session, &self.reach).ok()?;
        let sees = sees(snapshot.read(), &actor, place)?;
        Some(Person { name: actor.name, sees })
    }
}

struct Person {
    name: String,
    sees: bool,
}

/// A project is seen by whom it concerns, a meeting by those who may follow it.
fn sees(read: Reader<'_>, actor: &Actor, place: &Place) -> Option<bool> {
    match place {
        Place::Project(code) => {
            let id = read.project_id(code).ok()?;
            let project = id.and_then(|id| read.project(id).transpose()).transpose().ok()?;
            Some(project.is_some_and(|project| permission::may_see(actor, &project)))
        }
        Place::Meeting(_) => Some(actor.roles.iter().any(|role| role.sees_all_projects())),
        Place::Queue | Place::Elsewhere => Some(true),
    }
}
