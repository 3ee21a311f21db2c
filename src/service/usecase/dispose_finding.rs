//! Decides about a finding: takes it up (采纳) or rules it out (排除), with a reason that is kept.

use super::{moved, same_version};
use crate::domain::audit::{Detail, hex};
use crate::domain::findings::disposition::{Standing, Weighed};
use crate::domain::findings::{Finding, Pattern};
use crate::domain::permission::matrix::Verb;
use crate::domain::permission::{Permit, authorize_disposition, authorize_on};
use crate::domain::project::Project;
use crate::domain::text::clean_text;
use crate::domain::undo::{Change, Decided, Swap};
use crate::domain::workflow::action::Key;
use crate::domain::workflow::dossier::Dossier;
use crate::domain::workflow::input::{FieldProblem, InputProblem, LONGEST_TEXT};
use crate::domain::workflow::unmet::Unmet;
use crate::service::command::{Disposal, Done};
use crate::service::error::{Answer, Error, Invalid, Missing};
use crate::service::findings::sheet;
use crate::service::gate::{Context, Outcome, Work};

/// A decision to write.
#[derive(Debug)]
pub struct Plan {
    project: Project,
    finding: Finding,
    decision: Swap<Decided>,
}

impl Plan {
    /// Tells what it would lead to.
    pub fn foresee(&self) -> Done {
        self.done(self.project.version + 1)
    }

    fn done(&self, version: i64) -> Done {
        Done::Project {
            code: self.project.code.clone(),
            action: Verb::DisposeFinding.code().to_owned(),
            stage: self.project.stage,
            version,
            waits: false,
        }
    }
}

/// Judges it. What is decided about is the finding as it is now: whoever saw an older one sees it first.
pub fn prepare(context: Context<'_>, disposal: &Disposal) -> Answer<(Permit, super::Plan)> {
    let dossier = context.dossier(&disposal.project)?;
    let item = found(context, &dossier, &disposal.finding, disposal.if_version)?;
    let permit = authorize_disposition(context.actor, &dossier.project, &item.finding, disposal.accepted)?;
    let reason = clean_text(&disposal.reason).trim().to_owned();
    let problem = match reason.chars().count() {
        0 => Some(FieldProblem::Missing),
        1..=LONGEST_TEXT => None,
        _ => Some(FieldProblem::TooLong(LONGEST_TEXT)),
    };
    if let Some(problem) = problem {
        return Err(Invalid::Input(InputProblem { field: Key::Reason.code().to_owned(), problem }).into());
    }
    let decision = Swap { before: item.decision(), after: Some((disposal.accepted, reason)) };
    let plan = Plan { finding: item.finding, decision, project: dossier.project };
    Ok((permit, super::Plan::Dispose(plan)))
}

/// Judges whether what was decided may be set to what it was: it must still be what it became. A finding that is decided
/// about again is so by whoever may decide that way.
pub fn prepare_value(
    context: Context<'_>,
    dossier: Dossier,
    pattern: Pattern,
    changed: &Swap<Decided>,
) -> Answer<(Permit, Plan)> {
    let item = found(context, &dossier, pattern.code(), None)?;
    let accepted = changed.before.as_ref().or(changed.after.as_ref()).is_some_and(|(accepted, _)| *accepted);
    let permit = authorize_disposition(context.actor, &dossier.project, &item.finding, accepted)?;
    let now = item.decision();
    if now != changed.after {
        return Err(vec![Unmet::ChangedSince(pattern.code().to_owned())].into());
    }
    let decision = Swap { before: now, after: changed.before.clone() };
    Ok((permit, Plan { finding: item.finding, decision, project: dossier.project }))
}

/// Finds the finding as it is now.
fn found(context: Context<'_>, dossier: &Dossier, typed: &str, if_version: Option<i64>) -> Answer<Weighed> {
    let project = &dossier.project;
    // Who may decide about none of them learns nothing about which there are.
    drop(authorize_on(context.actor, Verb::DisposeFinding, project)?);
    same_version(dossier, context.actor, if_version)?;
    if let Some(overlay) = project.stopped() {
        return Err(vec![Unmet::Blocked(overlay)].into());
    }
    if project.stage.is_final() {
        return Err(vec![Unmet::FindingsClosed(project.stage)].into());
    }
    let policy = context.policies.get(context.read, &project.policy)?;
    let found = sheet(context, dossier, &policy)?;
    let known = Pattern::typed(typed).and_then(|pattern| found.item(pattern));
    known.cloned().ok_or_else(|| Missing::Finding(typed.trim().to_owned()).into())
}

/// Writes it.
pub fn apply(work: &Work<'_>, plan: Plan) -> Answer<(Outcome, Done)> {
    let context = work.context();
    let (project, finding) = (&plan.project, &plan.finding);
    let Swap { before, after } = &plan.decision;
    let none = Error::Bug("nothing decided about a finding twice".to_owned());
    // What is taken back keeps its reason beside it.
    let (accepted, reason) = after.as_ref().or(before.as_ref()).ok_or(none)?;
    let written = (*accepted, reason.as_str(), after.is_none());
    work.write().add_disposition(project.id, finding, written, context.actor.id, context.now)?;
    let policy = context.policies.get(context.read, &project.policy)?;
    let version = moved::moved(work, project, project.stage, &project.overlays, &policy)?;
    let detail = Detail::new()
        .with("finding", finding.pattern.code())
        .with("severity", finding.severity.code())
        .with("decision", standing(after).code())
        .with("reason", reason.clone())
        .with("digest", hex(&finding.digest()))
        .with("version", version.to_string());
    let detail = Change::Finding(finding.pattern, plan.decision.clone()).write(detail);
    let outcome = Outcome {
        from: Some(project.stage),
        to: Some(project.stage),
        source: Some(work.permit().source()),
        detail,
        ..Outcome::default()
    };
    Ok((outcome, plan.done(version)))
}

fn standing(decided: &Decided) -> Standing {
    match decided {
        Some((true, _)) => Standing::Accepted,
        Some((false, _)) => Standing::Dismissed,
        None => Standing::Open,
    }
}
