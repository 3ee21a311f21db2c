//! Takes an action of the workflow.

use std::sync::Arc;

use chrono::NaiveDate;

use super::meeting::writer_elsewhere;
use super::moved::{moved, moved_at};
use super::panel;
use super::{same_version, undo};
use crate::domain::actor::Role;
use crate::domain::audit::{ALSO_DESTROYED, DUE_BEFORE, Detail, LEFT_BEFORE, digest, hex};
use crate::domain::calendar::Moment;
use crate::domain::ids::AccountId;
use crate::domain::panel::lack::PanelLack;
use crate::domain::permission::{Permit, authorize};
use crate::domain::policy::Policy;
use crate::domain::project::Stage;
use crate::domain::round::RoundKind;
use crate::domain::route::{self, Route};
use crate::domain::ruling::{Ruling, cited_number};
use crate::domain::undo::{Change, Swap};
use crate::domain::workflow::action::{Action, Key};
use crate::domain::workflow::dossier::Dossier;
use crate::domain::workflow::input::{FieldProblem, InputProblem, Inputs};
use crate::domain::workflow::recall::{Recallability, recallability};
use crate::domain::workflow::record::{Opinion, Recalled, Record};
use crate::domain::workflow::unmet::Unmet;
use crate::domain::workflow::{Circumstances, Decision, conditions, decide, overlays_after};
use crate::service::command::{Act, AttachedFile, Done};
use crate::service::error::{Answer, Error, Invalid};
use crate::service::findings::bars;
use crate::service::gate::{Context, Outcome, Work};
use crate::service::random_name;
use crate::service::store::account::AccountStatus;
use crate::service::store::deed::NewDeed;
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
    /// Whose the project is before and after, where the action is about that.
    holder: Option<Change>,
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
            waits: matches!(self.decision.record, Record::ChangeRequest { open: true }),
        }
    }
}

/// Judges it. Permission comes first, then the stage, then the input, then the rules: nobody is asked to correct a
/// field of an action that could not be taken anyway.
pub fn prepare(context: Context<'_>, act: &Act) -> Answer<(Permit, super::Plan)> {
    let mut dossier = context.dossier(&act.project)?;
    let raw = with_seed(act.action, with_scan(act));
    let authority = raw.get(Key::OnBehalfOf.code()).map(|text| text.trim()).filter(|text| !text.is_empty());
    let permit = authorize(context.actor, act.action, &dossier, authority)?;
    same_version(&dossier, context.actor, act.if_version)?;
    let policy = context.policies.get(context.read, &dossier.project.policy)?;
    if act.action == Action::DraftOpinion {
        // Only here do findings decide anything.
        dossier.vetoes = bars(context, &dossier, &policy)?;
    }
    let at = Circumstances { dossier: &dossier, policy: &policy, capacity: permit.capacity(), now: context.now };
    let before_input = conditions(act.action, at);
    let hopeless = |unmet: &Unmet| matches!(unmet, Unmet::WrongStage { .. } | Unmet::Destroyed);
    if before_input.iter().any(hopeless) {
        return Err(before_input.into());
    }
    written_by_the_seat(context, act.action, &dossier)?;
    let inputs = Inputs::read(act.action, &raw)
        .map_err(|problems| Error::Invalid(problems.into_iter().map(Invalid::Input).collect()))?;
    let reviewer = named_reviewer(context, &inputs)?;
    registered_ruling(context, &inputs)?;
    if inputs.moment(Key::ReceivedAt).is_some() && !context.actor.has(Role::Intake) {
        return Err(problem(Key::ReceivedAt, FieldProblem::OnlyIntake));
    }
    let decision = decide(act.action, &inputs, at)?;
    let plan = Plan {
        holder: holder(context, act.action, &dossier, &inputs)?,
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

/// While a meeting hears the panel, only the person in its writing seat signs opinions and conclusions for it.
fn written_by_the_seat(context: Context<'_>, action: Action, dossier: &Dossier) -> Answer<()> {
    let recorded = matches!(action, Action::RecordExpertOpinion | Action::CloseOpinions | Action::ConcludePanel);
    let Some(panel) = dossier.panel().filter(|_| recorded) else { return Ok(()) };
    match writer_elsewhere(context, (dossier.project.id, panel.round, panel.session), "")? {
        Some(name) => Err(vec![Unmet::Panel(PanelLack::SeatHeld(name))].into()),
        None => Ok(()),
    }
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
        raw.insert(seed.to_owned(), random_name());
    }
    raw
}

/// Tells whose the project is before an action that is about that, and whose after.
fn holder(context: Context<'_>, action: Action, dossier: &Dossier, inputs: &Inputs) -> Answer<Option<Change>> {
    if !action.is_of_holder() {
        return Ok(None);
    }
    let after = match action {
        Action::Release => None,
        Action::Assign => inputs.text(Key::Reviewer).map(str::to_owned),
        _ => Some(context.actor.account.clone()),
    };
    Ok(Some(Change::Holder(Swap { before: undo::code_of(context, &dossier.project)?, after })))
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

/// What an opinion cites must stand in the register and apply 〔第十八条〕.
fn registered_ruling(context: Context<'_>, inputs: &Inputs) -> Answer<()> {
    let Some(cited) = inputs.text(Key::Ruling) else { return Ok(()) };
    let today = context.now.date_naive();
    let number = cited_number(cited);
    let applies = |ruling: &Ruling| Some(ruling.number) == number && ruling.effective_from <= today;
    match context.read.rulings()?.iter().any(applies) {
        true => Ok(()),
        false => Err(problem(Key::Ruling, FieldProblem::Ruling)),
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
        let deed =
            NewDeed { action: plan.action, inputs: &plan.inputs, source, effective: plan.decision.takes_effect() };
        work.write().add_deed(id, deed, context.actor.id, context.now)?;
    }
    let also_destroyed = write_record(work, &plan)?;
    let overlays = overlays_after(plan.action, &plan.decision, &project.overlays);
    if overlays != project.overlays {
        work.write().set_overlays(id, &overlays)?;
    }
    let is_recall = plan.action == Action::Recall;
    if plan.decision.to == Stage::Draft && !is_recall {
        // What was returned starts its joint review afresh.
        work.write().open_plan_round(id)?;
    }
    for file in &plan.attachments {
        work.write().add_attachment(id, &file.name, plan.action.code(), &file.bytes, work.context())?;
    }
    let policy = reroute(work, &plan)?;
    let before = plan.dossier.last_step.as_ref().filter(|_| is_recall).and_then(|step| step.clock);
    let version = match before {
        Some(clock) => moved_at(work, project, plan.decision.to, clock, &policy)?,
        None => moved(work, project, plan.decision.to, &overlays, &policy)?,
    };
    let outcome = Outcome {
        project: None,
        from: Some(project.stage),
        to: Some(plan.decision.to),
        source: Some(work.permit().source()),
        detail: detail(&plan, version).with(ALSO_DESTROYED, also_destroyed),
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
    with_way_back(plan, files).with("version", version.to_string())
}

/// Adds what a recall needs of a step that can be taken back, and keeps what a recall wipes out of the records.
fn with_way_back(plan: &Plan, detail: Detail) -> Detail {
    let clock = plan.dossier.project.clock;
    let taken_back = |opinion: &Opinion| match plan.decision.record {
        Record::Recalled(Recalled::Check) => opinion.check_note.clone(),
        Record::Recalled(Recalled::SendBack) => opinion.send_back_reason.clone(),
        _ => String::new(),
    };
    let detail = match (recallability(plan.action), plan.dossier.last_step.as_ref()) {
        (Recallability::Yes(_), _) => detail
            .with(DUE_BEFORE, clock.due.map(|due| due.to_string()).unwrap_or_default())
            .with(LEFT_BEFORE, clock.left.map(|left| left.to_string()).unwrap_or_default()),
        (_, Some(step)) if plan.action == Action::Recall => detail.with("recalled", step.action.code()),
        _ => detail,
    };
    let reason = plan.inputs.text(Key::Reason).filter(|_| plan.action.is_of_holder()).unwrap_or_default();
    let detail = plan.holder.iter().fold(detail.with("reason", reason), |detail, change| change.write(detail));
    detail.with("was_noted", plan.dossier.opinions.last().map(taken_back).unwrap_or_default())
}

/// Writes what the action leaves behind. Tells the entries of the log that were emptied with a project's content.
fn write_record(work: &Work<'_>, plan: &Plan) -> Answer<String> {
    let (write, context) = (work.write(), work.context());
    let (id, by, now) = (work.project()?, context.actor.id, context.now);
    let running = plan.dossier.running_opinion().map_or((0, 0), |opinion| (opinion.round, opinion.draft));
    let last = plan.dossier.opinions.last().map_or((0, 0), |opinion| (opinion.round, opinion.draft));
    let day = |day: &NaiveDate| *day;
    match &plan.decision.record {
        Record::None | Record::ChangeRequest { .. } => {}
        Record::SupervisorOpinion(opinion) => write.set_supervisor_opinion(id, opinion)?,
        Record::Endorsed { opinion, at } => {
            write.set_supervisor_opinion(id, opinion)?;
            write.set_received(id, plan.dossier.project.received_at.unwrap_or(*at))?;
        }
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
        Record::Held(held) => write.set_reviewer(id, held.then_some(by))?,
        Record::Recalled(recalled) => match recalled {
            // Sent back without a reason by its own author: taken back.
            Recalled::Draft => write.send_back_opinion(id, running, "", by, now)?,
            Recalled::Check => write.uncheck_opinion(id, running)?,
            Recalled::SendBack => write.resume_opinion(id, last)?,
            Recalled::Correction | Recalled::Stage => {}
        },
        Record::OpinionDraft { result, assessed, summary, cut_reason, ruling } => {
            let text =
                OpinionText { result: *result, assessed: *assessed, summary, cut_reason, ruling: ruling.as_deref() };
            write.add_opinion(id, plan.dossier.project.round, text, by, now)?;
        }
        Record::Destruction => {
            let entries = write.destroy_content(&plan.dossier.project, by, now)?;
            return Ok(entries.iter().map(i64::to_string).collect::<Vec<_>>().join(" "));
        }
        Record::OpinionCheck { note } => write.check_opinion(id, running, note, by, now)?,
        Record::OpinionSentBack { reason } => write.send_back_opinion(id, running, reason, by, now)?,
        Record::Panel(record) => panel::write(work, &plan.dossier, record)?,
        Record::OpinionSigned { doc_no, doc_date, assessed } => {
            write.sign_opinion(id, running, (doc_no, day(doc_date)), by, now)?;
            write.set_assessed(id, *assessed)?;
        }
    }
    Ok(String::new())
}

/// A round that an action opens.
struct Opening {
    kind: RoundKind,
    at: Moment,
    /// Whether it follows the rules of that moment, rather than those of the round before.
    new_rules: bool,
}

/// Tells which round an action opens, and from when its rules are.
///
/// A plan follows the rules of the day the declaration arrived; one that was returned and filed again, those of its
/// new arrival. The first review belongs to the submission, each further one follows the rules of the day it opens.
fn opening(work: &Work<'_>, plan: &Plan) -> Answer<Option<Opening>> {
    let (read, now) = (work.context().read, work.context().now);
    let project = &plan.dossier.project;
    let open = |kind, at, new_rules| Some(Opening { kind, at, new_rules });
    Ok(match &plan.decision.record {
        Record::Received(arrived) | Record::Endorsed { at: arrived, .. } => {
            let first = read.plan_round(project.id)? == 1;
            open(RoundKind::Plan, project.received_at.filter(|_| first).unwrap_or(*arrived), true)
        }
        Record::Scheme { new_round, .. } => open(RoundKind::Review, now, *new_round),
        Record::Changed { void_opinion: true, .. } => open(RoundKind::Review, now, true),
        _ => None,
    })
}

/// Computes the route anew where its inputs or its rules changed, and tells the policy of the running round.
fn reroute(work: &Work<'_>, plan: &Plan) -> Answer<Arc<Policy>> {
    let context = work.context();
    let project = &plan.dossier.project;
    let opening = opening(work, plan)?;
    let policy = match opening.as_ref().filter(|opening| opening.new_rules) {
        Some(opening) => context.policies.in_force(context.read, opening.at)?,
        None => context.policies.get(context.read, &project.policy)?,
    };
    if let Some(opening) = &opening {
        work.write().note_round(project.id, opening.kind, &policy.id, opening.at)?;
    }
    if plan.decision.record == Record::Destruction {
        // What the way was computed from is gone; the way itself stays.
        return Ok(policy);
    }
    let governing = match &plan.decision.record {
        Record::Approval { amount, .. } | Record::Changed { amount, .. } => *amount,
        _ => project.governing_amount(),
    };
    let route = route::compute(&project.declaration, governing, &policy);
    let route = match may_lower(plan, &route) {
        true => route,
        false => route.not_below(&project.route),
    };
    if route != project.route {
        work.write().set_route(project, &project.declaration, &route, context.now)?;
    }
    Ok(policy)
}

/// An arrival and an approval settle the way anew. Who failed a review does not escape the next one because newer rules
/// begin higher. After a change the amount's fall lowers the way only where that was allowed then.
fn may_lower(plan: &Plan, route: &Route) -> bool {
    match &plan.decision.record {
        Record::Received(_) | Record::Endorsed { .. } | Record::Approval { .. } => true,
        Record::Changed { may_lower, .. } => *may_lower,
        Record::Scheme { new_round: true, .. } => route.code.needs_review(),
        _ => !plan.dossier.was_changed() && (plan.dossier.project.round == 1 || route.code.needs_review()),
    }
}
