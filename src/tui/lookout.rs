//! The worker's look around: says where this terminal is, and notices what others wrote and who else is there.
//!
//! It knows no clock: every step is given the moment, and [`Lookout::due`] tells when the next one is worth taking. The
//! pace is that of people: one is told of others within two seconds, writes where one is at once and its pointer a few
//! times a second at most, and says nothing to the screen while nothing changes.

use std::time::{Duration, Instant};

use super::effect::Pace;
use super::incoming::Incoming;
use crate::service::presence::{HEARTBEAT, Place, TerminalId, Whereabouts};
use crate::service::{Service, Session};

/// The least time between two pointers: a cursor that runs down a list is written five times a second.
const POINTER_PAUSE: Duration = Duration::from_millis(200);

/// After so many looks without an answer, who was there is no longer shown: it can be written nowhere any more.
const MOST_MISSES: u32 = 3;

/// What the worker knows of others and has said of itself.
#[derive(Debug)]
pub struct Lookout {
    terminal: TerminalId,
    pace: Pace,
    next_look: Instant,
    /// The version of the database that is known.
    data: Option<i64>,
    /// The version of presence that is known.
    presence: Option<i64>,
    /// Looks in a row at which nobody knew who is there.
    misses: u32,
    /// Where this terminal is.
    here: Option<(Place, String)>,
    /// Where others read that it is.
    said: Option<(Place, String)>,
    next_word: Instant,
    next_heartbeat: Instant,
    last_key: Instant,
    /// Whether to find out who is there, whatever the versions say.
    asks: bool,
    /// Who is there as far as the screen knows.
    told: Vec<Whereabouts>,
}

impl Lookout {
    /// Begins to look around. Until it is said where the terminal is, nobody learns of it.
    pub fn new(terminal: TerminalId, service: &Service, now: Instant) -> Lookout {
        Lookout {
            terminal,
            pace: Pace::default(),
            next_look: now + Pace::default().every(),
            data: service.data_version().ok(),
            presence: None,
            misses: 0,
            here: None,
            said: None,
            next_word: now,
            next_heartbeat: now,
            last_key: now,
            asks: false,
            told: Vec::new(),
        }
    }

    /// Begins anew over another database, at the same terminal.
    pub fn elsewhere(&self, service: &Service, now: Instant) -> Lookout {
        Lookout::new(self.terminal.clone(), service, now)
    }

    /// Takes note of where the terminal is.
    pub fn go(&mut self, place: Place, pointer: String, now: Instant) {
        if self.here.as_ref().is_none_or(|(before, _)| *before != place) {
            self.next_word = now;
            self.asks = true;
            self.misses = 0;
            // The screen forgot whom it knew when it went.
            self.told.clear();
        }
        self.here = Some((place, pointer));
    }

    /// Looks at another pace.
    pub fn look(&mut self, pace: Pace, now: Instant) {
        self.pace = pace;
        self.next_look = self.next_look.min(now + pace.every());
    }

    /// Takes note of a key.
    pub fn key(&mut self, now: Instant) {
        self.last_key = now;
    }

    /// Tells when there is something to do again.
    pub fn due(&self) -> Instant {
        let mut due = self.next_look;
        if self.here.is_some() {
            due = due.min(self.next_heartbeat);
        }
        if self.here != self.said {
            due = due.min(self.next_word);
        }
        due
    }

    /// Does what is due, and tells what the screen does not know yet.
    pub fn step(&mut self, service: &mut Service, session: &Session, now: Instant) -> Vec<Incoming> {
        self.say(service, session, now);
        let mut news = Vec::new();
        if now >= self.next_look {
            self.next_look = now + self.pace.every();
            let data = service.data_version().ok();
            if data.is_some() && data != self.data {
                self.data = data;
                news.push(Incoming::OthersWrote);
            }
            self.notice(service);
        }
        if std::mem::take(&mut self.asks) {
            news.extend(self.find_out(service, session));
        }
        news
    }

    /// Says good-bye.
    pub fn leave(&self, service: &mut Service) {
        service.leave(&self.terminal);
    }

    fn say(&mut self, service: &mut Service, session: &Session, now: Instant) {
        let Some((place, pointer)) = &self.here else { return };
        let is_new = self.here != self.said && now >= self.next_word;
        let is_heartbeat = now >= self.next_heartbeat;
        if !is_new && !is_heartbeat {
            return;
        }
        let idle = now.saturating_duration_since(self.last_key);
        let pause = match service.be(session, &self.terminal, place, pointer, idle) {
            true => {
                self.said.clone_from(&self.here);
                POINTER_PAUSE
            }
            false => self.pace.every(),
        };
        self.next_word = now + pause;
        self.next_heartbeat = now + HEARTBEAT;
        // Who stopped giving signs of life changed nothing that could be noticed.
        self.asks |= is_heartbeat;
    }

    fn meets_others(&self) -> bool {
        self.here.as_ref().is_some_and(|(place, _)| place.is_shared())
    }

    fn notice(&mut self, service: &mut Service) {
        if !self.meets_others() {
            return;
        }
        let presence = service.presence_version();
        self.misses = if presence.is_some() { 0 } else { self.misses.saturating_add(1) };
        self.asks |= presence != self.presence || self.misses == MOST_MISSES;
        self.presence = presence;
    }

    fn find_out(&mut self, service: &mut Service, session: &Session) -> Option<Incoming> {
        let (place, _) = self.here.as_ref().filter(|(place, _)| place.is_shared())?;
        let Some(others) = service.others(session, &self.terminal, place).or_else(|| self.gives_up()) else {
            // Whatever version the next look finds is another one.
            self.presence = None;
            return None;
        };
        let known = others.len() == self.told.len()
            && others.iter().zip(&self.told).all(|(other, known)| other.is_no_news_after(known));
        if known {
            return None;
        }
        self.told.clone_from(&others);
        Some(Incoming::Presence(others))
    }

    fn gives_up(&self) -> Option<Vec<Whereabouts>> {
        (self.misses >= MOST_MISSES).then(Vec::new)
    }
}

#[cfg(test)]
mod tests;
