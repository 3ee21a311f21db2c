//! The one door: nothing is written without a permit, nothing is committed without its entry in the log.
//!
//! [`Gate`] opens an IMMEDIATE transaction that can only be read from. A [`Permit`] turns it into [`Work`], which can
//! be written to and ends in [`Work::commit`] with the entry of the log, or is dropped and leaves no trace.

use super::command::AuditRef;
use super::error::{Answer, Error, Missing};
use super::line::Stranger;
use super::reach::Reach;
use super::shelf::PolicyShelf;
use super::store::account::AccountStatus;
use super::store::{Database, Mark, Reader, Writer};
use super::{Mode, OperationId, Session};
use crate::domain::actor::Actor;
use crate::domain::audit::{AuditResult, Detail, Entry, hex};
use crate::domain::calendar::Moment;
use crate::domain::ids::{ProjectCode, ProjectId};
use crate::domain::panel::recusal;
use crate::domain::permission::{self, Denied, Permit, Source};
use crate::domain::project::Stage;
use crate::domain::workflow::dossier::Dossier;

/// The code under which the log records who came over SSH and was not let in.
const SSH_SESSION: &str = "ssh-session";

/// What a command or question is judged with: a view of the data, the person, the moment, the policies.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The data.
    pub read: Reader<'a>,
    /// The person.
    pub actor: &'a Actor,
    /// The moment.
    pub now: Moment,
    /// The policies.
    pub policies: &'a PolicyShelf,
}

impl Context<'_> {
    /// Tells whether many people work in the database together.
    pub fn is_shared(&self) -> Answer<bool> {
        Ok(self.read.meta("mode")?.as_deref() == Some(Mode::Shared.code()))
    }

    /// Loads the project of a code for a command, which is authorized by what it does.
    pub fn dossier(&self, code: &ProjectCode) -> Answer<Dossier> {
        let missing = || Error::from(Missing::Project(code.clone()));
        let id = self.read.project_id(code)?.ok_or_else(missing)?;
        let mut dossier = self.read.dossier(id)?.ok_or_else(missing)?;
        if !dossier.panels.is_empty() {
            let bound = self.read.bound_experts()?;
            if !bound.is_empty() {
                let policy = self.policies.get(self.read, &dossier.project.policy)?;
                dossier.stay_away = recusal::accounts(&bound, &dossier, self.now.date_naive(), &policy.panel);
            }
        }
        Ok(dossier)
    }

    /// Loads the projects from whose panels the person must stay away; for nearly everybody none.
    pub fn projects_to_stay_away_from(&self) -> Answer<Vec<Dossier>> {
        if self.read.expert_of_account(self.actor.id)?.is_none() {
            return Ok(Vec::new());
        }
        let mut found = Vec::new();
        for code in self.read.projects_with_panels()? {
            let dossier = self.dossier(&code)?;
            found.extend(dossier.recusal_of(self.actor.id).is_some().then_some(dossier));
        }
        Ok(found)
    }

    /// Loads the project of a code for a question, if the person may see it. Whoever must stay away from its panel gets
    /// it without: here, so that no view has to think of it.
    pub fn visible_dossier(&self, code: &ProjectCode) -> Answer<Dossier> {
        let dossier = self.dossier(code)?;
        match permission::may_see(self.actor, &dossier.project) {
            true => Ok(without_panels(dossier, self.actor)),
            false => Err(Denied::NotVisible.into()),
        }
    }
}

/// Takes away from somebody who must stay away whatever a panel left behind: the panels, the pool they are drawn from,
/// the versions of the project that tell how far they are. A party learns what was concluded, as every party does.
fn without_panels(mut dossier: Dossier, actor: &Actor) -> Dossier {
    let Some(recused) = dossier.recusal_of(actor.id) else { return dossier };
    let party = recused.is_party() && !actor.roles.iter().any(|role| role.sees_all_projects());
    dossier.project.version -= dossier.versions_withheld_from(actor.id);
    dossier.panels.retain(|panel| party && panel.conclusion.is_some());
    dossier.pool.clear();
    dossier.last_step = dossier.last_step.filter(|step| !step.action.is_of_panel());
    dossier
}

/// An open door: the transaction has begun, nothing may be written yet.
#[derive(Debug)]
#[must_use = "an open gate holds the database's lock"]
pub struct Gate<'d> {
    writer: Writer<'d>,
    actor: Actor,
    now: Moment,
    op: OperationId,
    policies: &'d PolicyShelf,
}

impl<'d> Gate<'d> {
    /// Begins the transaction and reads afresh who is asking, so that a disabled account stops at once; its attempt is
    /// logged like every other no.
    pub fn open(
        database: &'d mut Database,
        (session, reach): (&Session, &Reach),
        op: OperationId,
        now: Moment,
        policies: &'d PolicyShelf,
        about: &About,
    ) -> Answer<Gate<'d>> {
        let writer = database.write()?;
        match actor(writer.read(), session, reach) {
            Ok(actor) => Ok(Gate { writer, actor, now, op, policies }),
            Err(error) => {
                let outcome = Outcome::default();
                let person = (session.account.as_str(), session.os_user.as_str());
                Err(note_refusal(writer, error, |result| entry(person, &op, now, about, result, &outcome)))
            }
        }
    }

    /// Tells what a command is judged with.
    pub fn context(&self) -> Context<'_> {
        Context { read: self.writer.read(), actor: &self.actor, now: self.now, policies: self.policies }
    }

    /// Tells which command this is.
    pub fn operation(&self) -> &OperationId {
        &self.op
    }

    /// Lets the holder of a permit through.
    pub fn pass(self, permit: Permit) -> Work<'d> {
        Work { gate: self, permit }
    }

    /// Answers with no: the entry is written all the same, and the error handed on.
    pub fn refuse(self, about: &About, error: Error) -> Error {
        let Gate { writer, actor, now, op, .. } = self;
        let outcome = Outcome::default();
        let person = (actor.account.as_str(), actor.os_user.as_str());
        note_refusal(writer, error, |result| entry(person, &op, now, about, result, &outcome))
    }
}

fn entry(
    (account, os_user): (&str, &str),
    op: &OperationId,
    now: Moment,
    about: &About,
    result: AuditResult,
    outcome: &Outcome,
) -> Entry {
    Entry {
        at_millis: now.timestamp_millis(),
        account: account.to_owned(),
        os_user: os_user.to_owned(),
        action: about.action.clone(),
        project: about.project.clone(),
        result: result.code().to_owned(),
        from: outcome.from.map(Stage::code).unwrap_or_default().to_owned(),
        to: outcome.to.map(Stage::code).unwrap_or_default().to_owned(),
        source: outcome.source.map(Source::code).unwrap_or_default().to_owned(),
        op_id: op.as_str().to_owned(),
        ..Entry::default()
    }
}

fn refusal(error: &Error) -> Option<AuditResult> {
    match error {
        Error::Denied(_) => Some(AuditResult::Denied),
        Error::Refused(_) => Some(AuditResult::Refused),
        Error::Conflict { .. } => Some(AuditResult::Conflict),
        Error::Invalid(_) | Error::NotFound(_) => Some(AuditResult::Failed),
        // Nothing can be written where the database itself failed.
        Error::Unavailable(_) | Error::Bug(_) => None,
    }
}

fn note_refusal(writer: Writer<'_>, error: Error, entry: impl FnOnce(AuditResult) -> Entry) -> Error {
    let Some(result) = refusal(&error) else { return error };
    let detail = Detail::new().with("why", reasons(&error));
    match writer.append_audit(entry(result), &detail).and_then(|_| writer.commit()) {
        Ok(()) => error,
        Err(failure) => failure.into(),
    }
}

/// Logs that somebody whose key nobody knows came over SSH.
pub fn note_stranger(database: &mut Database, op: &OperationId, now: Moment, stranger: Stranger<'_>) -> Answer<()> {
    let about = About { action: SSH_SESSION.to_owned(), project: String::new() };
    let written = entry(("", stranger.os_user), op, now, &about, AuditResult::Denied, &Outcome::default());
    let detail = Detail::new()
        .with("why", Denied::UnknownKey.code())
        .with("fingerprint", stranger.key.map(ToString::to_string).unwrap_or_default())
        .with("from", stranger.from);
    let writer = database.write()?;
    writer.append_audit(written, &detail)?;
    Ok(writer.commit()?)
}

/// Reads the person behind a session; one who is not active may do nothing, nor one whose key is no longer in force.
pub fn actor(read: Reader<'_>, session: &Session, reach: &Reach) -> Answer<Actor> {
    let account = read.account(&session.account)?.ok_or_else(|| Missing::Account(session.account.clone()))?;
    if let Some(fingerprint) = reach.key() {
        let key = read.key(fingerprint)?.filter(|key| key.is_in_force() && key.account == account.id);
        key.ok_or(Denied::KeyNotInForce)?;
    }
    match account.status {
        AccountStatus::Active => Ok(account.into_actor(&session.os_user)),
        AccountStatus::Proposed | AccountStatus::Disabled => Err(Denied::NotActive.into()),
    }
}

/// The rules and fields behind a no: ids only, never what a person typed.
fn reasons(error: &Error) -> String {
    let words: Vec<String> = match error {
        Error::Refused(unmet) => unmet.iter().map(|condition| condition.rule().id().to_owned()).collect(),
        Error::Denied(denied) => vec![denied.code().to_owned()],
        Error::Invalid(problems) => vec![format!("{} problem(s)", problems.len())],
        Error::Conflict { current, .. } => vec![format!("version {current}")],
        _ => Vec::new(),
    };
    words.join(" ")
}

/// What a command is about, for the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// What was asked.
    pub action: String,
    /// The project's code, or empty.
    pub project: String,
}

/// What a command changed, for the log.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// The project, where it is not in [`About`] because it was only just registered.
    pub project: Option<ProjectCode>,
    /// The stage before.
    pub from: Option<Stage>,
    /// The stage after.
    pub to: Option<Stage>,
    /// In whose name.
    pub source: Option<Source>,
    /// What was said.
    pub detail: Detail,
}

/// Permitted work: writes, then commits with its entry in the log.
#[derive(Debug)]
#[must_use = "work that is dropped is rolled back"]
pub struct Work<'d> {
    gate: Gate<'d>,
    permit: Permit,
}

impl<'d> Work<'d> {
    /// Writes.
    pub fn write(&self) -> &Writer<'d> {
        &self.gate.writer
    }

    /// Tells what the work is judged with.
    pub fn context(&self) -> Context<'_> {
        self.gate.context()
    }

    /// Tells what is permitted.
    pub fn permit(&self) -> &Permit {
        &self.permit
    }

    /// Tells the project the work is permitted on.
    pub fn project(&self) -> Answer<ProjectId> {
        self.permit.project().ok_or_else(|| Error::Bug("work on a project without one".to_owned()))
    }

    /// Writes the entry of the log and makes everything true at once. The only commit there is.
    pub fn commit(self, about: &About, outcome: Outcome) -> Answer<AuditRef> {
        let (gate, audit) = self.record(about, outcome)?;
        gate.writer.commit()?;
        Ok(audit)
    }

    /// Writes the entry of the log and opens the gate again in the same transaction: a batch is many commands, each
    /// with its permit and entry, made true by the last one's commit.
    pub fn record(self, about: &About, outcome: Outcome) -> Answer<(Gate<'d>, AuditRef)> {
        let Gate { actor, op, now, .. } = &self.gate;
        let person = (actor.account.as_str(), actor.os_user.as_str());
        let mut entry = entry(person, op, *now, about, AuditResult::Done, &outcome);
        if let Some(code) = &outcome.project {
            entry.project = code.to_string();
        }
        let (seq, hash) = self.gate.writer.append_audit(entry, &outcome.detail)?;
        Ok((self.gate, AuditRef { seq, hash: hex(&hash) }))
    }
}

/// What a batch needs beside single commands: several of them in one transaction, some of them answered with no.
impl<'d> Gate<'d> {
    /// Goes on with the next command of a batch.
    pub fn next(self, actor: Actor, op: OperationId, now: Moment) -> Gate<'d> {
        Gate { actor, op, now, ..self }
    }

    /// Marks a place of the batch to return to.
    pub fn mark(&self) -> Answer<Mark> {
        Ok(self.writer.mark()?)
    }

    /// Keeps what was done since a mark.
    pub fn keep(&self, mark: Mark) -> Answer<()> {
        Ok(self.writer.keep(mark)?)
    }

    /// Undoes what was done since a mark, the entries of the log included.
    pub fn undo(&self, mark: Mark) -> Answer<()> {
        Ok(self.writer.undo(mark)?)
    }

    /// Writes the entry of a command that was answered with no, and lets the batch go on. A database that failed ends
    /// the batch.
    pub fn note(&self, about: &About, error: Error) -> Answer<Error> {
        let Some(result) = refusal(&error) else { return Err(error) };
        let person = (self.actor.account.as_str(), self.actor.os_user.as_str());
        let entry = entry(person, &self.op, self.now, about, result, &Outcome::default());
        self.writer.append_audit(entry, &Detail::new().with("why", reasons(&error)))?;
        Ok(error)
    }

    /// Ends a batch and makes all of it true at once: every command in it left its entry already.
    pub fn close(self) -> Answer<()> {
        Ok(self.writer.commit()?)
    }
}
