//! The journal behind the drafts, for whoever performs effects: opened when it can be, tried again when it could not.

use super::{News, Task};
use crate::service::clock::Clock;
use crate::tui::journal::{Found, Journal, Owner, Report, Trouble};

/// How news of the disk is passed on, from a thread of its own.
type Tell = Box<dyn Fn() -> Box<dyn Fn(Report) + Send> + Send>;

/// Keeps the drafts of one account in one database.
pub struct Keeper {
    owner: Option<Owner>,
    journal: Option<Journal>,
    tell: Tell,
    clock: Clock,
    /// The append the disk is waited for.
    awaited: Option<u64>,
}

impl Keeper {
    /// Begins. Without an owner, because there is no folder for the state of this person, every draft is in trouble.
    pub fn new(owner: Option<Owner>, clock: Clock, tell: Tell) -> Keeper {
        Keeper { owner, journal: None, tell, clock, awaited: None }
    }

    fn journal(&mut self) -> Result<&mut Journal, Trouble> {
        if self.journal.is_none() {
            let owner = self.owner.clone().ok_or(Trouble::Nowhere)?;
            self.journal = Some(Journal::open(owner, (self.tell)())?);
        }
        self.journal.as_mut().ok_or(Trouble::Nowhere)
    }

    /// Lists what earlier programs left.
    pub fn found(&mut self) -> Result<Vec<Found>, Trouble> {
        let now = self.clock.now();
        self.journal()?.found(now)
    }

    /// Does a task; tells what there is to tell at once.
    pub fn perform(&mut self, task: Task) -> Option<News> {
        let now = self.clock.now();
        let journal = match self.journal() {
            Ok(journal) => journal,
            // Only what has to be written is missed.
            Err(trouble) => return matches!(task, Task::Keep { .. }).then_some(News::Trouble(trouble)),
        };
        match task {
            Task::Keep { subject, base, content } => match journal.write(&subject, &base, &content, now) {
                Ok(Some(append)) => self.awaited = Some(append),
                Ok(None) if self.awaited.is_none() => return Some(News::Kept(now)),
                Ok(None) => {}
                Err(trouble) => return Some(News::Trouble(trouble)),
            },
            Task::Rest(subject) => journal.rest(&subject, now),
            Task::Finish(subject) => journal.finish(&subject),
            Task::TakeUp(found) => {
                // Where another program was faster, what is typed next goes to a file of its own.
                journal.take_up(&found, now);
            }
            Task::GiveUp(name) => journal.give_up_found(&name, now),
            Task::GiveUpOwn(subject) => journal.give_up(&subject, now),
            Task::Destroy(object) => journal.destroy(&object),
        }
        None
    }

    /// Hears from the disk; tells what that means for what was typed.
    pub fn hear(&mut self, report: Report) -> Option<News> {
        match report {
            Report::Kept(append) => {
                let all = self.awaited.take_if(|awaited| *awaited <= append).is_some();
                all.then(|| News::Kept(self.clock.now()))
            }
            Report::Failed(trouble) => {
                self.awaited = None;
                if let Some(journal) = &mut self.journal {
                    journal.distrust();
                }
                Some(News::Trouble(trouble))
            }
        }
    }
}

impl std::fmt::Debug for Keeper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Keeper").field("owner", &self.owner).finish_non_exhaustive()
    }
}
