//! Undoes what a person did: the earlier value is written as a new entry, through the same questions as any other.
//!
//! Who may not set the value any more may not undo either, and what somebody changed since is left alone.

use super::{dispose_finding, judge, moved};
use crate::domain::audit::{Detail, UNDOES};
use crate::domain::permission::matrix::Verb;
use crate::domain::permission::{Permit, authorize_on};
use crate::domain::project::Project;
use crate::domain::undo::{self, Change, Past, Swap};
use crate::domain::workflow::action::Action;
use crate::domain::workflow::dossier::Dossier;
use crate::domain::workflow::unmet::Unmet;
use crate::service::command::{Done, Undo};
use crate::service::error::{Answer, Error};
use crate::service::gate::{Context, Outcome, Work};

/// What is undone, and how.
#[derive(Debug)]
pub struct Plan {
    past: Past,
    redo: bool,
    subjects: Vec<String>,
    back: Back,
}

/// The value to write.
#[derive(Debug)]
enum Back {
    Answers(judge::Plan),
    Finding(dispose_finding::Plan),
    Holder { project: Box<Project>, change: Swap<Option<String>> },
}

impl Plan {
    /// Tells what it would lead to.
    pub fn foresee(&self) -> Done {
        let done = match &self.back {
            Back::Answers(plan) => plan.foresee(),
            Back::Finding(plan) => plan.foresee(),
            Back::Holder { project, .. } => held(project, project.version + 1),
        };
        self.told(done)
    }

    fn told(&self, done: Done) -> Done {
        match done {
            Done::Project { code, stage, version, .. } => Done::Undone {
                code,
                act: self.past.action.clone(),
                subjects: self.subjects.clone(),
                redo: self.redo,
                stage,
                version,
            },
            other => other,
        }
    }
}

fn held(project: &Project, version: i64) -> Done {
    Done::Project {
        code: project.code.clone(),
        action: undo::UNDO.to_owned(),
        stage: project.stage,
        version,
        waits: false,
    }
}

/// Judges it.
pub fn prepare(context: Context<'_>, order: &Undo) -> Answer<(Permit, super::Plan)> {
    let dossier = context.dossier(&order.project)?;
    let past = target(context, &dossier, order)?;
    let change = past.change.clone().ok_or_else(nothing)?;
    let subjects = subjects(&change);
    let (permit, back) = match change {
        Change::Answers(answers) => {
            let (permit, plan) = judge::prepare_values(context, dossier, &answers)?;
            (permit, Back::Answers(plan))
        }
        Change::Finding(pattern, swap) => {
            let (permit, plan) = dispose_finding::prepare_value(context, dossier, pattern, &swap)?;
            (permit, Back::Finding(plan))
        }
        Change::Holder(swap) => prepare_holder(context, dossier, &past, swap)?,
    };
    Ok((permit, super::Plan::Undo(Box::new(Plan { past, redo: order.redo, subjects, back }))))
}

fn nothing() -> Error {
    vec![Unmet::NothingToUndo].into()
}

/// Finds what is meant among what the person did with the project.
fn target(context: Context<'_>, dossier: &Dossier, order: &Undo) -> Answer<Past> {
    let entries = context.read.past_of(dossier.project.code.as_str(), &context.actor.account)?;
    let found = match &order.operation {
        None => undo::next(&entries, order.redo),
        Some(operation) => {
            let named = context.read.audit_of_operation(operation)?;
            named.and_then(|named| undo::standing(&entries, named.entry.seq))
        }
    };
    found.cloned().ok_or_else(nothing)
}

fn subjects(change: &Change) -> Vec<String> {
    match change {
        Change::Answers(answers) => answers.iter().map(|(item, _)| item.to_string()).collect(),
        Change::Finding(pattern, _) => vec![pattern.code().to_owned()],
        Change::Holder(_) => Vec::new(),
    }
}

/// Whoever gave the project to somebody may take it back and give it to whom it was before, if it is still where it was
/// given.
fn prepare_holder(
    context: Context<'_>,
    dossier: Dossier,
    past: &Past,
    changed: Swap<Option<String>>,
) -> Answer<(Permit, Back)> {
    // The undoing of an undoing asks for the role of what was done first; both are of those who may hold or give.
    let verbs = [Action::parse(&past.action), Some(Action::Release), Some(Action::Assign)];
    let verb = verbs.into_iter().flatten().find(|action| undo::is_value(*action)).unwrap_or(Action::Release);
    let permit = authorize_on(context.actor, Verb::Act(verb), &dossier.project)?;
    if let Some(overlay) = dossier.project.stopped() {
        return Err(vec![Unmet::Blocked(overlay)].into());
    }
    let now = code_of(context, &dossier.project)?;
    if now != changed.after {
        return Err(vec![Unmet::ChangedSince(dossier.project.code.to_string())].into());
    }
    let change = Swap { before: now, after: changed.before };
    Ok((permit, Back::Holder { project: Box::new(dossier.project), change }))
}

/// Tells whose a project is, by account.
pub fn code_of(context: Context<'_>, project: &Project) -> Answer<Option<String>> {
    let Some(holder) = project.reviewer else { return Ok(None) };
    let accounts = context.read.accounts()?;
    Ok(accounts.into_iter().find(|account| account.id == holder).map(|account| account.code))
}

/// Writes it.
pub fn apply(work: &Work<'_>, plan: Plan) -> Answer<(Outcome, Done)> {
    let Plan { past, redo, subjects, back } = plan;
    let (outcome, done) = match back {
        Back::Answers(plan) => judge::apply(work, plan)?,
        Back::Finding(plan) => dispose_finding::apply(work, plan)?,
        Back::Holder { ref project, ref change } => apply_holder(work, project, change)?,
    };
    let outcome = Outcome { detail: outcome.detail.with(UNDOES, past.seq.to_string()), ..outcome };
    let told = match done {
        Done::Project { code, stage, version, .. } => {
            Done::Undone { code, act: past.action, subjects, redo, stage, version }
        }
        other => other,
    };
    Ok((outcome, told))
}

fn apply_holder(work: &Work<'_>, project: &Project, change: &Swap<Option<String>>) -> Answer<(Outcome, Done)> {
    let context = work.context();
    let holder = match &change.after {
        Some(code) => context.read.account(code)?.map(|account| account.id),
        None => None,
    };
    work.write().set_reviewer(project.id, holder)?;
    let policy = context.policies.get(context.read, &project.policy)?;
    let version = moved::moved(work, project, project.stage, &project.overlays, &policy)?;
    let detail = Detail::new().with("reviewer", change.after.clone().unwrap_or_default());
    let outcome = Outcome {
        from: Some(project.stage),
        to: Some(project.stage),
        source: Some(work.permit().source()),
        detail: Change::Holder(change.clone()).write(detail).with("version", version.to_string()),
        ..Outcome::default()
    };
    Ok((outcome, held(project, version)))
}
