//! Takes an action of the workflow.

use chrono::NaiveDate;

use super::moved::moved;
use super::panel;
use super::same_version;
use crate::domain::actor::Role;
use crate::domain::audit::{Detail, digest, hex};
use crate::domain::ids::AccountId;
use crate::domain::permission::{Permit, authorize};
use crate::domain::project::Stage;
use crate::domain::route;
use crate::domain::workflow::action::{Action, Key};
use crate::domain::workflow::dossier::Dossier;
use crate::domain::workflow::input::{FieldProblem, InputProblem, Inputs};
use crate::domain::workflow::record::Record;
use crate::domain::workflow::unmet::Unmet;
use crate::domain::workflow::{Circumstances, Decision, conditions, decide, overlays_after};
use crate::service::OperationId;
use crate::service::command::{Act, AttachedFile, Done};
use crate::service::error::{Answer, Error, Invalid};
use crate::service::gate::{Context, Outcome, Work};
use crate::service::store::account::AccountStatus;
use crate::service::store::opinion::OpinionText;

/// An action to take.
#[derive(Debug)]
pub struct Plan {
    action: Action,
    dossier: Dossier,
    decision: Decision,
    inputs: Inputs,
    note: String,
    attachments: Vec<AttachedFile>,
    reviewer: Option<AccountId>,
}

impl Plan {
    /// Tells what it would lead to.
    pub fn foresee(&self) -> Done {
        self.done(self.dossier.project.version + 1)
    }

    fn done(&self, version: i64) -> Done {
        Done::Project {
            code: self.dossier.project.code.clone(),
            action: self.action.code().to_owned(),
            stage: self.decision.to,
            version,
        }
    }
}

/// Judges it. Permission comes first, then the stage, then the input, then the rules: nobody is asked to correct a
/// field of an action that could not be taken anyway.
pub fn prepare(context: Context<'_>, act: &Act) -> Answer<(Permit, super::Plan)> {
    let dossier = context.dossier(&act.project)?;
    let raw = with_seed(act.action, with_scan(act));
    let authority = raw.get(Key::OnBehalfOf.code()).map(|text| text.trim()).filter(|text| !text.is_empty());
    let permit = authorize(context.actor, act.action, &dossier, authority)?;
    same_version(&dossier.project, act.if_version)?;
    let policy = context.policies.get(context.read, &dossier.project.policy)?;
    let at = Circumstances { dossier: &dossier, policy: &policy, capacity: permit.capacity(), now: context.now };
    let before_input = conditions(act.action, at);
    if before_input.iter().any(|unmet| matches!(unmet, Unmet::WrongStage { .. })) {
        return Err(before_input.into());
    }
    let inputs = Inputs::read(act.action, &raw)
        .map_err(|problems| Error::Invalid(problems.into_iter().map(Invalid::Input).collect()))?;
    let reviewer = named_reviewer(context, &inputs)?;
    if inputs.moment(Key::ReceivedAt).is_some() && !context.actor.has(Role::Intake) {
        return Err(problem(Key::ReceivedAt, FieldProblem::OnlyIntake));
    }
    let decision = decide(act.action, &inputs, at)?;
    let plan = Plan {
        action: act.action,
        decision,
        inputs,
        note: act.note.clone(),
        attachments: act.attachments.clone(),
        reviewer,
        dossier,
    };
    Ok((permit, super::Plan::Act(Box::new(plan))))
}

/// An attached scan stands for its digest.
fn with_scan(act: &Act) -> std::collections::BTreeMap<String, String> {
    let mut raw = act.inputs.clone();
    if let (true, Some(scan)) = (raw.contains_key(Key::OnBehalfOf.code()), act.attachments.first()) {
        raw.entry(Key::ScanDigest.code().to_owned()).or_insert_with(|| hex(&digest(&scan.bytes)));
    }
    raw
}

/// Members are drawn with random bytes where nobody gave a seed.
fn with_seed(
    action: Action,
    mut raw: std::collections::BTreeMap<String, String>,
) -> std::collections::BTreeMap<String, String> {
    let seed = Key::DrawSeed.code();
    if action == Action::DrawPanel && raw.get(seed).is_none_or(|given| given.trim().is_empty()) {
        raw.insert(seed.to_owned(), OperationId::new().as_str().to_owned());
    }
    raw
}

fn named_reviewer(context: Context<'_>, inputs: &Inputs) -> Answer<Option<AccountId>> {
    let Some(code) = inputs.text(Key::Reviewer) else { return Ok(None) };
    match context.read.account(code)? {
        Some(account) if account.status == AccountStatus::Active && account.roles.contains(&Role::Reviewer) => {
            Ok(Some(account.id))
        }
        _ => Err(problem(Key::Reviewer, FieldProblem::Account)),
    }
}

fn problem(key: Key, problem: FieldProblem) -> Error {
    Invalid::Input(InputProblem { field: key.code().to_owned(), problem }).into()
}

/// Takes it.
pub fn apply(work: &Work<'_>, plan: Plan) -> Answer<(Outcome, Done)> {
    let project = &plan.dossier.project;
    let id = work.project()?;
    if plan.action.is_deed() {
        let (source, context) = (work.permit().source(), work.context());
        work.write().add_deed(id, plan.action, &plan.inputs, source, context.actor.id, context.now)?;
    }
    write_record(work, &plan)?;
    let overlays = overlays_after(plan.action, plan.decision.to, &project.overlays);
    if overlays != project.overlays {
        work.write().set_overlays(id, &overlays)?;
    }
    if plan.decision.to == Stage::Draft {
        // What was returned starts its joint review afresh.
        work.write().open_plan_round(id)?;
    }
    for file in &plan.attachments {
        work.write().add_attachment(id, &file.name, plan.action.code(), &file.bytes, work.context())?;
    }
    let policy = reroute(work, &plan)?;
    let version = moved(work, project, plan.decision.to, &policy)?;
    let outcome = Outcome {
        project: None,
        from: Some(project.stage),
        to: Some(plan.decision.to),
        source: Some(work.permit().source()),
        detail: detail(&plan, version),
    };
    Ok((outcome, plan.done(version)))
}

fn detail(plan: &Plan, version: i64) -> Detail {
    let record = match &plan.decision.record {
        Record::Panel(record) => Some(record),
        _ => None,
    };
    let said = panel::said(plan.action, &plan.inputs, record, Detail::new().with("note", plan.note.clone()));
    let files = plan
        .attachments
        .iter()
        .fold(said, |detail, file| detail.with("attachment", format!("{} {}", file.name, hex(&digest(&file.bytes)))));
    files.with("version", version.to_string())
}

fn write_record(work: &Work<'_>, plan: &Plan) -> Answer<()> {
    let (write, context) = (work.write(), work.context());
    let (id, by, now) = (work.project()?, context.actor.id, context.now);
    let running = plan.dossier.running_opinion().map_or((0, 0), |opinion| (opinion.round, opinion.draft));
    let day = |day: &NaiveDate| *day;
    match &plan.decision.record {
        Record::None => {}
        Record::SupervisorOpinion(opinion) => write.set_supervisor_opinion(id, opinion)?,
        Record::Received(at) => write.set_received(id, plan.dossier.project.received_at.unwrap_or(*at))?,
        Record::Vote { agency, result, opinion, minutes_no } => {
            write.add_vote(id, (*agency, *result), opinion, minutes_no.as_deref(), by, now)?;
        }
        Record::Government { approved, doc_no, doc_date } => {
            write.add_government_decision(id, *approved, doc_no, day(doc_date), by, now)?;
        }
        Record::ExAnte(Some(assessment)) => write.add_ex_ante(id, assessment, now)?,
        Record::ExAnte(None) => {}
        Record::Approval { doc_no, doc_date, amount } => {
            write.add_approval(id, doc_no, day(doc_date), *amount, by, now)?;
            write.set_approved(id, *amount)?;
        }
        Record::Scheme { designer, version, new_round } => {
            if *new_round {
                write.open_review_round(id)?;
            }
            write.add_scheme(id, designer, version, by, now)?;
        }
        Record::Changed { amount, void_opinion, .. } => {
            write.set_approved(id, *amount)?;
            if *void_opinion {
                write.void_assessed(id)?;
                write.open_review_round(id)?;
            }
        }
        Record::Assignment(_) => write.set_reviewer(id, plan.reviewer)?,
        Record::OpinionDraft { result, assessed, summary, cut_reason, ruling } => {
            let text =
                OpinionText { result: *result, assessed: *assessed, summary, cut_reason, ruling: ruling.as_deref() };
            write.add_opinion(id, plan.dossier.project.round, text, by, now)?;
        }
        Record::OpinionCheck { note } => write.check_opinion(id, running, note, by, now)?,
        Record::OpinionSentBack { reason } => write.send_back_opinion(id, running, reason, by, now)?,
        Record::Panel(record) => panel::write(work, &plan.dossier, record)?,
        Record::OpinionSigned { doc_no, doc_date, assessed } => {
            write.sign_opinion(id, running, (doc_no, day(doc_date)), by, now)?;
            write.set_assessed(id, *assessed)?;
        }
    }
    Ok(())
}

/// Computes the route anew where its inputs or its rules changed, and tells the policy of the running round: the one
/// in force when the declaration arrived, and for a further review round the one in force when it opens.
fn reroute(work: &Work<'_>, plan: &Plan) -> Answer<std::sync::Arc<crate::domain::policy::Policy>> {
    let context = work.context();
    let project = &plan.dossier.project;
    let rules_from = match &plan.decision.record {
        Record::Received(at) => Some(project.received_at.unwrap_or(*at)),
        Record::Scheme { new_round: true, .. } | Record::Changed { void_opinion: true, .. } => Some(context.now),
        _ => None,
    };
    let policy = match rules_from {
        Some(moment) => context.policies.in_force(context.read, moment)?,
        None => context.policies.get(context.read, &project.policy)?,
    };
    let governing = match &plan.decision.record {
        Record::Approval { amount, .. } | Record::Changed { amount, .. } => *amount,
        _ => project.governing_amount(),
    };
    let route = route::compute(&project.declaration, governing, &policy);
    let route = match may_lower(plan) {
        true => route,
        false => route.not_below(&project.route),
    };
    if route != project.route {
        work.write().set_route(project, &project.declaration, &route, context.now)?;
    }
    Ok(policy)
}

/// An approval settles the way anew. After a change the amount's fall lowers it only where that was allowed then.
fn may_lower(plan: &Plan) -> bool {
    match &plan.decision.record {
        Record::Received(_) | Record::Approval { .. } => true,
        Record::Changed { may_lower, .. } => *may_lower,
        _ => !plan.dossier.was_changed(),
    }
}
