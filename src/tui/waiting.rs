//! Jobs that wait for the service, and the command that waits for a database that is busy or full.
//!
//! A command that could not be written is tried again under its own id, so that it takes effect once whatever the first
//! attempt came to. Until then other commands wait behind it; questions are answered all the while.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use super::effect::Ticket;
use super::worker::Job;
use crate::service::OperationId;
use crate::service::command::Command;

/// How often a command is tried, its first time not counted.
pub const MOST_TRIES: u32 = 10;

/// How long between two tries; the database itself waits before it says that it is busy.
const PAUSE: Duration = Duration::from_secs(1);

/// A command that is tried again.
#[derive(Debug)]
pub struct Held {
    /// What asked for it.
    pub ticket: Ticket,
    /// The command.
    pub command: Box<Command>,
    /// Its id, the same for every try.
    pub op: OperationId,
    /// How often it was tried again.
    pub tries: u32,
    due: Instant,
}

/// What is to be done next.
#[derive(Debug)]
pub enum Next {
    /// A job, for the first time.
    Job(Job),
    /// A command, once more.
    Again(Held),
}

/// The jobs.
#[derive(Debug, Default)]
pub struct Waiting {
    jobs: VecDeque<Job>,
    held: Option<Held>,
}

impl Waiting {
    /// Takes a job.
    pub fn push(&mut self, job: Job) {
        self.jobs.push_back(job);
    }

    /// Lists the jobs.
    pub fn jobs(&self) -> &VecDeque<Job> {
        &self.jobs
    }

    /// Tells when the held command is due.
    pub fn due(&self) -> Option<Instant> {
        self.held.as_ref().map(|held| held.due)
    }

    /// Tells whether something can be done now.
    pub fn is_idle(&self, now: Instant) -> bool {
        let due = self.held.as_ref().is_some_and(|held| held.due <= now);
        !due && !self.jobs.iter().any(|job| self.held.is_none() || is_question(job))
    }

    /// Takes what is to be done next; `ending` waits for nothing any more.
    pub fn take(&mut self, now: Instant, ending: bool) -> Option<Next> {
        if let Some(held) = self.held.take_if(|held| ending || held.due <= now) {
            return Some(Next::Again(held));
        }
        let at = match self.held {
            None => 0,
            Some(_) => self.jobs.iter().position(is_question)?,
        };
        self.jobs.remove(at).map(Next::Job)
    }

    /// Holds a command back to try it again; tells for the which time that will be. `None` where it was tried often
    /// enough.
    pub fn hold(
        &mut self,
        (ticket, command): (Ticket, Box<Command>),
        op: OperationId,
        tries: u32,
        now: Instant,
    ) -> Option<u32> {
        let tries = (tries < MOST_TRIES).then_some(tries + 1)?;
        self.held = Some(Held { ticket, command, op, tries, due: now + PAUSE });
        Some(tries)
    }
}

fn is_question(job: &Job) -> bool {
    matches!(job, Job::Ask(..) | Job::CheckBatch(..))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::ProjectCode;
    use crate::tui::effect::{Question, Tickets};

    fn command() -> Box<Command> {
        Box::new(Command::Judge { project: ProjectCode::typed("YS2027-0001"), answers: Vec::new(), if_version: None })
    }

    fn ticket_of(next: Option<Next>) -> Option<Ticket> {
        next.map(|next| match next {
            Next::Job(Job::Ask(ticket, _) | Job::Execute(ticket, _)) => ticket,
            Next::Job(Job::CheckBatch(ticket, _) | Job::ExecuteBatch(ticket, ..)) => ticket,
            Next::Again(held) => held.ticket,
        })
    }

    #[test]
    fn while_a_command_waits_questions_are_answered_and_no_command_overtakes_it() {
        let (mut waiting, mut tickets, now) = (Waiting::default(), Tickets::default(), Instant::now());
        let (first, second, question) = (tickets.issue(), tickets.issue(), tickets.issue());
        let op = OperationId::new();
        assert_eq!(waiting.hold((first, command()), op.clone(), 0, now), Some(1));
        waiting.push(Job::Execute(second, command()));
        waiting.push(Job::Ask(question, Question::Counts));
        assert!(!waiting.is_idle(now));
        assert_eq!(ticket_of(waiting.take(now, false)), Some(question));
        assert!(waiting.is_idle(now));
        assert_eq!(ticket_of(waiting.take(now, false)), None);
        let later = waiting.due().unwrap();
        assert!(!waiting.is_idle(later));
        match waiting.take(later, false) {
            Some(Next::Again(held)) => assert_eq!((held.ticket, held.op, held.tries), (first, op, 1)),
            other => panic!("{other:?}"),
        }
        assert_eq!(ticket_of(waiting.take(later, false)), Some(second));
    }

    #[test]
    fn a_program_that_ends_tries_at_once_and_one_that_tried_often_enough_gives_up() {
        let (mut waiting, mut tickets, now) = (Waiting::default(), Tickets::default(), Instant::now());
        let ticket = tickets.issue();
        assert!(waiting.hold((ticket, command()), OperationId::new(), MOST_TRIES - 1, now).is_some());
        assert_eq!(ticket_of(waiting.take(now, true)), Some(ticket));
        assert_eq!(waiting.hold((ticket, command()), OperationId::new(), MOST_TRIES, now), None);
        assert!(waiting.take(now, true).is_none());
    }
}
