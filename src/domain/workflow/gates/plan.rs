//! From the form to the county government's decision 〔第六条〕〔附件〕.

use super::super::action::{Action, Key};
use super::super::input::Inputs;
use super::super::record::{Agency, Record, VoteResult};
use super::super::unmet::{FormField, Unmet};
use super::super::{Circumstances, Decision};
use crate::domain::project::{Declaration, InYearReason, Stage};

/// The form is complete, its money adds up, and the unit reports the way its kind must.
pub fn submission(action: Action, at: Circumstances<'_>) -> Vec<Unmet> {
    let project = &at.dossier.project;
    let mut unmet: Vec<Unmet> = missing_fields(&project.declaration).into_iter().map(Unmet::FormFieldMissing).collect();
    let (declared, sum) = (project.declaration.amount, project.declaration.funding_sum());
    if !project.declaration.funding.is_empty() && declared != sum {
        unmet.push(Unmet::FundingMismatch { declared, sum });
    }
    match action {
        Action::Submit if project.unit.kind.reports_through_supervisor() => {
            unmet.push(Unmet::ReportsThroughSupervisor);
        }
        Action::ReportToSupervisor
            if project.supervising_unit.as_ref().is_none_or(|unit| unit.id == project.unit.id) =>
        {
            unmet.push(Unmet::SupervisingUnitMissing);
        }
        _ => {}
    }
    unmet
}

/// Stamp and signature stay on the paper form, so the leader's name is recorded but not asked for.
fn missing_fields(declaration: &Declaration) -> Vec<FormField> {
    let blank = |text: &str| text.trim().is_empty();
    [
        (FormField::Period, declaration.start.is_none() || declaration.end.is_none()),
        (FormField::Funding, declaration.funding.is_empty()),
        (FormField::Basis, blank(&declaration.basis)),
        (FormField::Necessity, blank(&declaration.necessity)),
        (FormField::Content, blank(&declaration.content)),
        (FormField::Contact, blank(&declaration.contact)),
        (FormField::Phone, blank(&declaration.phone)),
    ]
    .into_iter()
    .filter_map(|(field, missing)| missing.then_some(field))
    .collect()
}

/// An addition in the running year brings both attachments and a reason, and so does a late plan where the county asks
/// for it 〔第六条〕.
pub fn acceptance(at: Circumstances<'_>) -> Vec<Unmet> {
    let Some(addition) = &at.dossier.project.declaration.in_year else {
        return late(at).filter(|_| at.policy.plan.late_needs_in_year_papers).into_iter().collect();
    };
    let no_document = addition.doc_no.as_deref().is_none_or(|no| no.trim().is_empty());
    [
        (Unmet::FundingRequestMissing, !addition.funding_request),
        (Unmet::ConstructionPlanMissing, !addition.construction_plan),
        (Unmet::InYearExplanationMissing, addition.explanation.trim().is_empty()),
        (Unmet::SuperiorDocumentMissing, addition.reason == InYearReason::Superior && no_document),
    ]
    .into_iter()
    .filter_map(|(condition, missing)| missing.then_some(condition))
    .collect()
}

/// Tells whether the plan arrived after its last day.
fn late(at: Circumstances<'_>) -> Option<Unmet> {
    let project = &at.dossier.project;
    let received = project.received_at?.date_naive();
    let last_day = at.policy.plan.last_day(project.declaration.plan_year?)?;
    (received > last_day).then_some(Unmet::LatePapersMissing { received, last_day })
}

/// One vote per agency 〔第六条〕.
pub fn vote(at: Circumstances<'_>) -> Vec<Unmet> {
    Agency::of_role(at.capacity)
        .filter(|agency| at.dossier.has_voted(*agency))
        .map(Unmet::AlreadyVoted)
        .into_iter()
        .collect()
}

/// Tells what the action does.
pub fn outcome(action: Action, inputs: &Inputs, at: Circumstances<'_>) -> Decision {
    let opinion = || inputs.text(Key::Opinion).unwrap_or_default().to_owned();
    let received = || inputs.moment(Key::ReceivedAt).unwrap_or(at.now);
    let approved = inputs.text(Key::Result) == Some("approve");
    let (to, record) = match action {
        Action::ReportToSupervisor => (Stage::AwaitingSupervisor, Record::None),
        Action::Endorse => {
            (Stage::PlanIntake, Record::Endorsed { opinion: with_the_forms(opinion(), at), at: received() })
        }
        Action::Decline => (Stage::Draft, Record::SupervisorOpinion(opinion())),
        Action::AcceptPlan => (Stage::JointReview, Record::None),
        Action::Vote => return cast(inputs, opinion(), at),
        Action::RecordGovernmentDecision => (
            if approved { Stage::Planned } else { Stage::Rejected },
            Record::Government {
                approved,
                doc_no: inputs.text(Key::DocNo).unwrap_or_default().to_owned(),
                doc_date: inputs.date(Key::DocDate).unwrap_or_else(|| at.now.date_naive()),
            },
        ),
        _ => (Stage::PlanIntake, Record::Received(received())),
    };
    Decision { to, record }
}

/// A summary sheet has an opinion of its own on every project, and one opinion forwards them all: both are kept. What was
/// returned before carries the words it was returned with, which the new opinion replaces.
fn with_the_forms(opinion: String, at: Circumstances<'_>) -> String {
    let project = &at.dossier.project;
    let written = project.declaration.supervisor_opinion.as_deref().map(str::trim).unwrap_or_default();
    let keeps = project.summarized_by().is_some() && project.plan_round == 1;
    match keeps && !written.is_empty() && !opinion.contains(written) {
        true => format!("{written}\n{opinion}"),
        false => opinion,
    }
}

/// All three must agree; one disagreement rejects, one return sends the form back 〔第六条〕.
fn cast(inputs: &Inputs, opinion: String, at: Circumstances<'_>) -> Decision {
    let agency = Agency::of_role(at.capacity).unwrap_or(Agency::Centre);
    let result = inputs.text(Key::Result).and_then(VoteResult::parse).unwrap_or(VoteResult::Return);
    let to = match result {
        VoteResult::Agree if at.dossier.others_agree(agency) => Stage::AwaitingGovernment,
        VoteResult::Agree => Stage::JointReview,
        VoteResult::Disagree => Stage::Rejected,
        VoteResult::Return => Stage::Draft,
    };
    let minutes_no = inputs.text(Key::MinutesNo).map(str::to_owned);
    Decision { to, record: Record::Vote { agency, result, opinion, minutes_no } }
}
