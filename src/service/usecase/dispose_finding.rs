//! Decides about a finding: takes it up (采纳) or rules it out (排除), with a reason that is kept.

use super::{moved, same_version};
use crate::domain::audit::{Detail, hex};
use crate::domain::findings::{Finding, Pattern};
use crate::domain::permission::matrix::Verb;
use crate::domain::permission::{Permit, authorize_disposition, authorize_on};
use crate::domain::project::Project;
use crate::domain::text::clean_text;
use crate::domain::workflow::action::Key;
use crate::domain::workflow::input::{FieldProblem, InputProblem, LONGEST_TEXT};
use crate::domain::workflow::unmet::Unmet;
use crate::service::command::{Disposal, Done};
use crate::service::error::{Answer, Invalid, Missing};
use crate::service::findings::sheet;
use crate::service::gate::{Context, Outcome, Work};

/// A decision to write.
#[derive(Debug)]
pub struct Plan {
    project: Project,
    finding: Finding,
    accepted: bool,
    reason: String,
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
    let project = &dossier.project;
    // Who may decide about none of them learns nothing about which there are.
    drop(authorize_on(context.actor, Verb::DisposeFinding, project)?);
    same_version(&dossier, context.actor, disposal.if_version)?;
    if let Some(overlay) = project.stopped() {
        return Err(vec![Unmet::Blocked(overlay)].into());
    }
    if project.stage.is_final() {
        return Err(vec![Unmet::FindingsClosed(project.stage)].into());
    }
    let policy = context.policies.get(context.read, &project.policy)?;
    let found = sheet(context, &dossier, &policy)?;
    let known = Pattern::typed(&disposal.finding).and_then(|pattern| found.item(pattern));
    let finding = match known {
        Some(item) => item.finding.clone(),
        None => return Err(Missing::Finding(disposal.finding.trim().to_owned()).into()),
    };
    let permit = authorize_disposition(context.actor, project, &finding, disposal.accepted)?;
    let reason = clean_text(&disposal.reason).trim().to_owned();
    let problem = match reason.chars().count() {
        0 => Some(FieldProblem::Missing),
        1..=LONGEST_TEXT => None,
        _ => Some(FieldProblem::TooLong(LONGEST_TEXT)),
    };
    if let Some(problem) = problem {
        return Err(Invalid::Input(InputProblem { field: Key::Reason.code().to_owned(), problem }).into());
    }
    let plan = Plan { finding, accepted: disposal.accepted, reason, project: dossier.project };
    Ok((permit, super::Plan::Dispose(plan)))
}

/// Writes it.
pub fn apply(work: &Work<'_>, plan: Plan) -> Answer<(Outcome, Done)> {
    let context = work.context();
    let (project, finding) = (&plan.project, &plan.finding);
    work.write().add_disposition(project.id, finding, (plan.accepted, &plan.reason), context.actor.id, context.now)?;
    let policy = context.policies.get(context.read, &project.policy)?;
    let version = moved::moved(work, project, project.stage, &project.overlays, &policy)?;
    let detail = Detail::new()
        .with("finding", finding.pattern.code())
        .with("severity", finding.severity.code())
        .with("decision", if plan.accepted { "accepted" } else { "dismissed" })
        .with("reason", plan.reason.clone())
        .with("digest", hex(&finding.digest()))
        .with("version", version.to_string());
    let outcome = Outcome {
        from: Some(project.stage),
        to: Some(project.stage),
        source: Some(work.permit().source()),
        detail,
        ..Outcome::default()
    };
    Ok((outcome, plan.done(version)))
}
