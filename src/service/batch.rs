//! Many commands at once, such as one vote on every project of a plan.
//!
//! A batch is one transaction, and yet every command in it is judged for itself, with its own permit and its own entry
//! in the log: nothing is possible in a batch that would not be possible one by one. An item that is answered with no
//! is left out and its no logged, like everywhere; the others go on, unless all or nothing was wanted.

use std::collections::BTreeMap;

use super::command::{Act, Command, Done, Receipt};
use super::error::{Answer, Error, StoreError};
use super::gate::{Context, Gate, actor};
use super::holders::{self, AtWork};
use super::{OperationId, Service, Session, usecase};
use crate::domain::ids::ProjectCode;
use crate::domain::project::Stage;
use crate::domain::workflow::action::Action;

/// One item of a batch: what is done about one thing.
#[derive(Debug, Clone)]
pub struct BatchItem {
    /// Identifies it, so that repeating the batch after an uncertain answer does nothing twice.
    pub op: OperationId,
    /// What is done, one after the other: all of it or none.
    pub commands: Vec<Command>,
}

impl BatchItem {
    /// Makes an item that was never tried before.
    pub fn new(commands: Vec<Command>) -> BatchItem {
        BatchItem { op: OperationId::new(), commands }
    }

    /// Makes the item that takes an action on a project of a plan, as it was seen. A draft that its supervising unit
    /// summarizes is reported and forwarded in one go; the history tells both 〔附件 注〕.
    pub fn of_plan(
        (project, stage, version): (&ProjectCode, Stage, i64),
        action: Action,
        inputs: &BTreeMap<String, String>,
        note: &str,
    ) -> BatchItem {
        let act = |action, inputs, if_version| {
            let (project, note, attachments) = (project.clone(), note.to_owned(), Vec::new());
            Command::Act(Act { project, action, inputs, note, attachments, if_version })
        };
        BatchItem::new(match (action, stage) {
            (Action::Endorse, Stage::Draft) => {
                vec![act(Action::ReportToSupervisor, BTreeMap::new(), Some(version)), act(action, inputs.clone(), None)]
            }
            _ => vec![act(action, inputs.clone(), Some(version))],
        })
    }

    /// Names each command's operation: the last one's is the item's own, for when it is done the item is.
    fn steps(&self) -> impl Iterator<Item = (OperationId, &Command)> {
        let last = self.commands.len().saturating_sub(1);
        self.commands.iter().enumerate().map(move |(number, command)| match number == last {
            true => (self.op.clone(), command),
            false => (OperationId(format!("{}/{}", self.op.as_str(), number + 1)), command),
        })
    }
}

/// What to do when an item cannot be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Otherwise {
    /// It is left out; the others are done.
    LeaveOut,
    /// Nothing is done.
    Nothing,
}

/// What became of an item.
#[derive(Debug)]
pub enum BatchAnswer {
    /// It was done.
    Done(Receipt),
    /// It was not done, and why.
    Failed(Error),
    /// It could have been done, but another could not, and all or nothing was wanted.
    HeldBack(Done),
}

impl BatchAnswer {
    /// Tells what was done.
    pub fn receipt(&self) -> Option<&Receipt> {
        match self {
            BatchAnswer::Done(receipt) => Some(receipt),
            BatchAnswer::Failed(_) | BatchAnswer::HeldBack(_) => None,
        }
    }
}

impl Service {
    /// Judges every item without executing or logging it: what it would lead to, or why it would not be done.
    pub fn check_batch(&mut self, session: &Session, items: &[BatchItem]) -> Answer<Vec<Answer<Done>>> {
        let at_work = self.at_work(items.iter().flat_map(|item| &item.commands))?;
        if items.iter().all(|item| item.commands.len() <= 1) {
            let snapshot = self.database.read()?;
            let actor = actor(snapshot.read(), session, &self.reach)?;
            let now = self.clock.now();
            let context = Context { read: snapshot.read(), actor: &actor, now, policies: &self.policies };
            let judge = |command: &Command| {
                holders::prepare(context, command, &at_work).map(|(_, plan)| usecase::foresee(command, &plan))
            };
            return items
                .iter()
                .flat_map(|item| item.commands.first())
                .map(|command| survive(judge(command)))
                .collect();
        }
        // What a second step would meet is known only after the first: all is done and then forgotten.
        let Some(gate) = self.open_batch(session, items)? else { return Ok(Vec::new()) };
        let (forgotten, answers) = run(gate, items, &at_work)?;
        drop(forgotten);
        Ok(answers.into_iter().map(|answer| answer.map(|receipt| receipt.done)).collect())
    }

    /// Executes a batch. Every answer is in the place of its item.
    pub fn execute_batch(
        &mut self,
        session: &Session,
        items: &[BatchItem],
        otherwise: Otherwise,
    ) -> Answer<Vec<BatchAnswer>> {
        let answers = match self.try_batch(session, items, otherwise) {
            // As with a single command: the file itself knows whether the commit came true.
            Err(Error::Unavailable(StoreError::Unconfirmed(why))) => {
                let unconfirmed = |_| Error::Unavailable(StoreError::Unconfirmed(why));
                self.database.reopen().map_err(unconfirmed)?;
                self.try_batch(session, items, otherwise)
            }
            answered => answered,
        };
        self.keys_may_have_changed(items.iter().flat_map(|item| &item.commands));
        answers
    }

    fn try_batch(&mut self, session: &Session, items: &[BatchItem], otherwise: Otherwise) -> Answer<Vec<BatchAnswer>> {
        let at_work = self.at_work(items.iter().flat_map(|item| &item.commands))?;
        let Some(gate) = self.open_batch(session, items)? else { return Ok(Vec::new()) };
        let whole = gate.mark()?;
        let (gate, answers) = run(gate, items, &at_work)?;
        if otherwise == Otherwise::LeaveOut || answers.iter().all(Result::is_ok) {
            gate.keep(whole)?;
            gate.close()?;
            let told = |answer| match answer {
                Ok(receipt) => BatchAnswer::Done(receipt),
                Err(error) => BatchAnswer::Failed(error),
            };
            return Ok(answers.into_iter().map(told).collect());
        }
        gate.undo(whole)?;
        let (mut gate, mut told) = (gate, Vec::new());
        for (item, answer) in items.iter().zip(answers) {
            told.push(match answer {
                Ok(receipt) => BatchAnswer::HeldBack(receipt.done),
                Err(error) => {
                    let (actor, now) = (gate.context().actor.clone(), gate.context().now);
                    gate = gate.next(actor, item.op.clone(), now);
                    BatchAnswer::Failed(note(&gate, item, error)?)
                }
            });
        }
        gate.close()?;
        Ok(told)
    }

    fn open_batch(&mut self, session: &Session, items: &[BatchItem]) -> Answer<Option<Gate<'_>>> {
        let first = items.iter().find_map(|item| Some((item.op.clone(), item.commands.first()?)));
        let Some((op, command)) = first else { return Ok(None) };
        let about = usecase::about(command);
        Gate::open(&mut self.database, (session, &self.reach), op, self.clock.now(), &self.policies, &about).map(Some)
    }
}

/// Does one item after the other. What one is answered with no is logged, unless the database itself failed.
fn run<'d>(gate: Gate<'d>, items: &[BatchItem], at_work: &AtWork) -> Answer<(Gate<'d>, Vec<Answer<Receipt>>)> {
    let (actor, now) = (gate.context().actor.clone(), gate.context().now);
    let (mut gate, mut answers) = (gate, Vec::new());
    for item in items {
        gate = gate.next(actor.clone(), item.op.clone(), now);
        if let Some(receipt) = usecase::already_done(&gate)? {
            answers.push(Ok(receipt));
            continue;
        }
        let mark = gate.mark()?;
        let mut answer = Err(Error::Bug("an item of a batch without a command".to_owned()));
        for (op, command) in item.steps() {
            gate = gate.next(actor.clone(), op, now);
            match holders::prepare(gate.context(), command, at_work) {
                Ok((permit, plan)) => {
                    let about = usecase::about(command);
                    let (next, audit, done) = usecase::carry_on(gate.pass(permit), &about, plan)?;
                    (gate, answer) = (next, Ok(Receipt { audit, done }));
                }
                Err(error) => {
                    answer = Err(error);
                    break;
                }
            }
        }
        match answer {
            Ok(receipt) => {
                gate.keep(mark)?;
                answers.push(Ok(receipt));
            }
            Err(error) => {
                gate.undo(mark)?;
                answers.push(Err(note(&gate, item, error)?));
            }
        }
    }
    Ok((gate, answers))
}

/// Logs that an item was answered with no.
fn note(gate: &Gate<'_>, item: &BatchItem, error: Error) -> Answer<Error> {
    match item.commands.last() {
        Some(command) => gate.note(&usecase::about(command), error),
        None => Err(error),
    }
}

/// An item's no is an answer; a database that failed is not.
fn survive(answer: Answer<Done>) -> Answer<Answer<Done>> {
    match answer {
        Err(error @ (Error::Unavailable(_) | Error::Bug(_))) => Err(error),
        answered => Ok(answered),
    }
}
