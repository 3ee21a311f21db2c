//! Carries the steps of many projects out in the order in which they happen, through the one door: every step is a
//! command with its permit and its entry in the log; a batch of them becomes true with one commit.

use std::collections::BTreeMap;

use super::story::{Documents, Step};
use crate::domain::actor::Actor;
use crate::domain::calendar::Moment;
use crate::domain::ids::ProjectCode;
use crate::domain::meeting::MeetingCode;
use crate::service::command::{Command, Done};
use crate::service::error::{Answer, Error, Kind};
use crate::service::gate::{About, Gate, actor};
use crate::service::reach::Reach;
use crate::service::usecase;
use crate::service::{OperationId, Service, Session};

/// A step with its moment and the project it is about, by its place among the codes.
#[derive(Debug)]
pub struct Event {
    /// When.
    pub at: Moment,
    /// The project's place among the codes.
    pub project: usize,
    /// What happens.
    pub step: Step,
}

/// The people who act, and where the running numbers stand.
#[derive(Debug)]
pub struct Chronicle {
    os_user: String,
    people: BTreeMap<&'static str, Actor>,
    documents: Documents,
    /// The meeting called last.
    meeting: Option<MeetingCode>,
    operation: u64,
    seed: u64,
}

impl Chronicle {
    /// Begins a chronicle that the operating system's user is answerable for.
    pub fn begin(os_user: &str, seed: u64) -> Chronicle {
        let os_user = os_user.to_owned();
        let documents = Documents::default();
        Chronicle { os_user, people: BTreeMap::new(), documents, meeting: None, operation: 0, seed }
    }

    /// Tells how many commands were carried out.
    pub fn commands(&self) -> u64 {
        self.operation
    }

    /// Reads the person behind an account that will act.
    pub fn introduce(&mut self, service: &mut Service, account: &'static str) -> Answer<()> {
        let session = self.session(account);
        let snapshot = service.database.read()?;
        self.people.insert(account, actor(snapshot.read(), &session, &Reach::Machine)?);
        Ok(())
    }

    fn session(&self, account: &str) -> Session {
        Session { account: account.to_owned(), os_user: self.os_user.clone() }
    }

    /// Operations are numbered, not drawn: random ids would scatter over their index, and a million projects would
    /// wait for the disk.
    fn next_operation(&mut self) -> OperationId {
        self.operation += 1;
        OperationId(format!("demo-{:x}-{:08}", self.seed, self.operation))
    }

    /// Carries one command out that is not about a project.
    pub fn command(&mut self, service: &mut Service, who: &str, at: Moment, command: Command) -> Answer<Done> {
        let op = self.next_operation();
        let session = self.session(who);
        let about = usecase::about(&command);
        let gate = Gate::open(&mut service.database, (&session, &Reach::Machine), op, at, &service.policies, &about)?;
        let (permit, plan) = usecase::prepare(gate.context(), &command).map_err(|error| unfit(&command, error))?;
        Ok(usecase::carry_out(gate.pass(permit), about, plan)?.done)
    }

    /// Carries steps out, in one transaction. They stand in the order in which they happen; a project's code is noted
    /// when it is registered.
    pub fn carry_out(
        &mut self,
        service: &mut Service,
        events: impl IntoIterator<Item = Event>,
        codes: &mut [Option<ProjectCode>],
    ) -> Answer<()> {
        let mut events = events.into_iter().peekable();
        let Some(first) = events.peek() else { return Ok(()) };
        let session = self.session(first.step.who);
        let nothing = OperationId(String::new());
        let batch = About { action: "demo".to_owned(), project: String::new() };
        let mut gate = Gate::open(
            &mut service.database,
            (&session, &Reach::Machine),
            nothing,
            first.at,
            &service.policies,
            &batch,
        )?;
        while let Some(Event { at, project, step }) = events.next() {
            let person = self.people.get(step.who).cloned();
            let person = person.ok_or_else(|| Error::Bug(format!("nobody is {} in the sample data", step.who)))?;
            let code = codes.get(project).and_then(Option::as_ref);
            let command = step.what.command((code, self.meeting), at, &mut self.documents);
            let command = command.ok_or_else(|| Error::Bug("a sample project acts before it exists".to_owned()))?;
            gate = gate.next(person, self.next_operation(), at);
            let (permit, plan) = usecase::prepare(gate.context(), &command).map_err(|error| unfit(&command, error))?;
            let about = usecase::about(&command);
            let work = gate.pass(permit);
            let done = match events.peek() {
                Some(_) => {
                    let (next, _, done) = usecase::carry_on(work, &about, plan)?;
                    gate = next;
                    done
                }
                None => {
                    let receipt = usecase::carry_out(work, about, plan)?;
                    self.note(codes, project, receipt.done);
                    return Ok(());
                }
            };
            self.note(codes, project, done);
        }
        Ok(())
    }

    fn note(&mut self, codes: &mut [Option<ProjectCode>], project: usize, done: Done) {
        match (codes.get_mut(project), done) {
            (Some(slot @ None), Done::Project { code, .. }) => *slot = Some(code),
            (_, Done::System { subject, .. }) => self.meeting = MeetingCode::typed(&subject).or(self.meeting),
            _ => {}
        }
    }
}

/// A refused sample is a fault of the sample, which the person who asked for sample data can do nothing about.
fn unfit(command: &Command, error: Error) -> Error {
    match error.kind() {
        Kind::Unavailable | Kind::Bug => error,
        _ => Error::Bug(format!("sample data: {} was answered with {error}", usecase::about(command).action)),
    }
}
