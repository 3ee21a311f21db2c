//! Building, acceptance, payment, use, evaluation, archive 〔第十二条〕〔第十三条〕〔第十五条〕.

use std::collections::BTreeSet;

use super::super::action::{Action, Key};
use super::super::input::Inputs;
use super::super::record::Record;
use super::super::unmet::Unmet;
use super::super::{Circumstances, Decision};
use crate::domain::money::Money;
use crate::domain::project::Stage;

/// Only what was accepted goes into use 〔第十三条〕.
pub fn go_live(at: Circumstances<'_>) -> Vec<Unmet> {
    (!at.dossier.is_accepted()).then_some(Unmet::NotAccepted).into_iter().collect()
}

/// An archive needs its evaluation, and the survey bound with the procurement file 〔第八条〕〔第十五条〕.
pub fn archive(at: Circumstances<'_>) -> Vec<Unmet> {
    let survey = at.dossier.last(Action::RecordSurvey);
    let unbound = at.dossier.project.route.survey_required
        && survey.is_none_or(|survey| survey.inputs.text(Key::ArchiveNo).is_none());
    let unscored = at.dossier.last(Action::RecordEvaluation).is_none();
    [(Unmet::EvaluationMissing, unscored), (Unmet::SurveyNotBound, unbound)]
        .into_iter()
        .filter_map(|(condition, unmet)| unmet.then_some(condition))
        .collect()
}

/// Tells what the action does.
pub fn outcome(action: Action, inputs: &Inputs, at: Circumstances<'_>) -> Result<Decision, Vec<Unmet>> {
    let stays = at.dossier.project.stage;
    let (to, unmet) = match action {
        Action::StartImplementation => (Stage::Implementing, Vec::new()),
        Action::StartTrial => (Stage::TrialRun, Vec::new()),
        Action::RequestAcceptance | Action::RequestReacceptance => (Stage::Acceptance, Vec::new()),
        Action::RecordAcceptance => accepted(inputs, at),
        Action::RegisterPayment => (stays, paid(inputs, at)),
        Action::GoLive => (Stage::Operating, Vec::new()),
        Action::RequestEvaluation | Action::FinishRectification => (Stage::Evaluation, Vec::new()),
        Action::RecordEvaluation if !inputs.lines(Key::Issues).is_empty() => (Stage::EvaluationRectifying, Vec::new()),
        Action::RecordEvaluation => (Stage::Evaluation, Vec::new()),
        _ => (Stage::Archived, Vec::new()),
    };
    if unmet.is_empty() { Ok(Decision { to, record: Record::None }) } else { Err(unmet) }
}

/// Both parts pass and the data are shared, or it is not accepted 〔第十一条〕〔第十二条〕.
fn accepted(inputs: &Inputs, at: Circumstances<'_>) -> (Stage, Vec<Unmet>) {
    let needed = at.policy.acceptance.smallest_team;
    // Who is named twice is one person all the same.
    let named = |member: &Vec<String>| member.iter().take(2).cloned().collect::<Vec<String>>();
    let team = inputs.records(Key::Members).iter().map(named).collect::<BTreeSet<_>>().len();
    let too_small = (team < needed as usize).then_some(Unmet::AcceptanceTeamTooSmall { team, needed });
    let passes = |key| inputs.text(key) == Some("pass");
    let good = passes(Key::UnitResult) && passes(Key::CentreResult) && inputs.flag(Key::DataAggregated) == Some(true);
    let to = if good { Stage::Accepted } else { Stage::AcceptanceFailed };
    (to, too_small.into_iter().collect())
}

/// Remaining money only after acceptance, and never more than the contract 〔第十二条〕.
fn paid(inputs: &Inputs, at: Circumstances<'_>) -> Vec<Unmet> {
    let amount = inputs.money(Key::Amount).unwrap_or_default();
    let contract = at.dossier.contract_amount().unwrap_or(Money::ZERO);
    let total = at.dossier.paid() + amount;
    let remaining = inputs.text(Key::PaymentKind) == Some("remaining");
    [
        (Unmet::PaymentBeforeAcceptance, remaining && !at.dossier.is_accepted()),
        (Unmet::PaymentsAboveContract { total, contract }, total > contract),
    ]
    .into_iter()
    .filter_map(|(condition, unmet)| unmet.then_some(condition))
    .collect()
}
