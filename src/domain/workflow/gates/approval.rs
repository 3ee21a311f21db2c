//! From the plan to the technical scheme on the reviewer's desk 〔第四条〕〔第八条〕〔第十一条〕〔第十五条〕.

use super::super::action::{Action, Key};
use super::super::input::Inputs;
use super::super::record::{ExAnteAssessment, Record};
use super::super::unmet::{Milestone, Unmet};
use super::super::{Circumstances, Decision};
use crate::domain::project::{ResourceCatalogue, Stage};

/// The resource catalogue is a condition of every approval 〔第十一条〕.
pub fn catalogue(at: Circumstances<'_>) -> Option<Unmet> {
    let catalogue = at.dossier.project.declaration.catalogue.as_ref();
    (!catalogue.is_some_and(ResourceCatalogue::is_sufficient)).then_some(Unmet::CatalogueMissing)
}

/// What must be known before approval is asked for; the assessment itself comes with the input.
pub fn request(at: Circumstances<'_>) -> Vec<Unmet> {
    let kind = at.dossier.project.declaration.kind.is_none().then_some(Unmet::KindMissing);
    kind.into_iter().chain(catalogue(at)).collect()
}

/// The catalogue condition holds at decision time too.
pub fn approval(at: Circumstances<'_>) -> Vec<Unmet> {
    catalogue(at).into_iter().collect()
}

/// Only projects with a technical review hand in a scheme 〔第八条〕.
pub fn scheme(at: Circumstances<'_>) -> Vec<Unmet> {
    match at.dossier.project.route.code.needs_review() {
        true => Vec::new(),
        false => vec![Unmet::NoReviewOnSmallRoute],
    }
}

/// Only projects without a technical review take the small way, and straight from the plan only where the rules in
/// force ask for no approval 〔第四条〕〔第七条〕.
pub fn small_route(at: Circumstances<'_>) -> Vec<Unmet> {
    let project = &at.dossier.project;
    let unapproved = project.stage == Stage::Planned && at.policy.small_route.needs_approval;
    [
        (Unmet::ReviewRequired, project.route.code.needs_review()),
        (Unmet::MilestoneMissing(Milestone::Approval), unapproved),
    ]
    .into_iter()
    .filter_map(|(condition, unmet)| unmet.then_some(condition))
    .collect()
}

/// A decision that does not apply is left out with a reason on record, never silently 〔第七条〕.
fn left_out(inputs: &Inputs, at: Circumstances<'_>) -> Vec<Unmet> {
    if inputs.text(Key::Reason).is_some() {
        return Vec::new();
    }
    [
        (Milestone::Approval, at.dossier.project.stage == Stage::Planned),
        (Milestone::Filing, !at.policy.small_route.needs_filing),
    ]
    .into_iter()
    .filter_map(|(milestone, left_out)| left_out.then_some(Unmet::LeftOutWithoutReason(milestone)))
    .collect()
}

/// Tells what the action does.
pub fn outcome(action: Action, inputs: &Inputs, at: Circumstances<'_>) -> Result<Decision, Vec<Unmet>> {
    let text = |key| inputs.text(key).unwrap_or_default().to_owned();
    let (to, record) = match action {
        Action::RequestApproval => {
            let assessment = assessment(inputs, at);
            let kind = at.dossier.project.declaration.kind;
            let needed = kind.is_some_and(|kind| at.policy.ex_ante_kinds.contains(&kind));
            if needed && assessment.is_none() {
                return Err(vec![Unmet::ExAnteMissing]);
            }
            (Stage::AwaitingApproval, Record::ExAnte(assessment))
        }
        Action::ApproveProject => (
            Stage::Approved,
            Record::Approval {
                doc_no: text(Key::DocNo),
                doc_date: inputs.date(Key::DocDate).unwrap_or_else(|| at.now.date_naive()),
                amount: inputs.money(Key::Amount).unwrap_or(at.dossier.project.declaration.amount),
            },
        ),
        Action::RefuseProject => (Stage::Rejected, Record::None),
        Action::SubmitScheme => (
            Stage::SchemeIntake,
            Record::Scheme {
                designer: text(Key::Designer),
                version: text(Key::Version),
                new_round: at.dossier.project.stage == Stage::ReviewFailed,
            },
        ),
        Action::TakeSmallRoute => {
            let unmet = left_out(inputs, at);
            if !unmet.is_empty() {
                return Err(unmet);
            }
            match at.policy.small_route.needs_filing {
                true => (Stage::FilingReview, Record::None),
                false => (Stage::ProcurementPreparation, Record::None),
            }
        }
        _ => (Stage::TechnicalReview, Record::Assignment(inputs.text(Key::Reviewer).map(str::to_owned))),
    };
    Ok(Decision { to, record })
}

/// An assessment counts once it has a conclusion and a date; one already on record need not be given again.
fn assessment(inputs: &Inputs, at: Circumstances<'_>) -> Option<ExAnteAssessment> {
    match (inputs.text(Key::ExAnteConclusion), inputs.date(Key::ExAnteDate)) {
        (Some(conclusion), Some(date)) => {
            Some(ExAnteAssessment { conclusion: conclusion.to_owned(), date, score: inputs.number(Key::ExAnteScore) })
        }
        _ => at.dossier.ex_ante.clone(),
    }
}
