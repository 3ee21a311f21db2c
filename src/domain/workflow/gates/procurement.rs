//! Survey, requirement, procurement, contract 〔第七条〕〔第八条〕〔第九条〕〔第十一条〕〔第十二条〕.

use chrono::{Months, NaiveDate};

use super::super::action::{Action, Key};
use super::super::input::Inputs;
use super::super::record::Record;
use super::super::unmet::{Clause, Unmet};
use super::super::{Circumstances, Decision};
use crate::domain::money::Money;
use crate::domain::project::Stage;
use crate::domain::route::RouteCode;

/// Where a survey is required it comes before the requirement is fixed 〔第八条〕.
pub fn fix_requirement(at: Circumstances<'_>) -> Vec<Unmet> {
    let missing = at.dossier.project.route.survey_required && at.dossier.last(Action::RecordSurvey).is_none();
    missing.then_some(Unmet::SurveyMissing).into_iter().collect()
}

/// Procurement starts from a fixed requirement, and never past a review that was not passed 〔第八条〕.
pub fn start(at: Circumstances<'_>) -> Vec<Unmet> {
    let fixed = at.dossier.last_of_round(Action::FixRequirement);
    let not_fixed = fixed.is_none().then_some(Unmet::RequirementNotFixed);
    // A survey recorded again after the requirement was fixed must not have ended later either.
    let late = survey_after(fixed.and_then(|deed| deed.inputs.date(Key::Date)), at);
    let decided = super::filing::enter(at).into_iter().chain(super::filing::start(at));
    fix_requirement(at).into_iter().chain(not_fixed).chain(late).chain(decided).collect()
}

/// Tells what the action does.
pub fn outcome(action: Action, inputs: &Inputs, at: Circumstances<'_>) -> Result<Decision, Vec<Unmet>> {
    let (to, unmet) = match action {
        Action::RecordSurvey => (Stage::ProcurementPreparation, surveyed(inputs)),
        Action::FixRequirement => {
            (Stage::ProcurementPreparation, survey_after(inputs.date(Key::Date), at).into_iter().collect())
        }
        Action::StartProcurement => (Stage::Procuring, started(inputs, at)),
        Action::FailProcurement => (Stage::ProcurementFailed, Vec::new()),
        Action::RestartProcurement => (Stage::ProcurementPreparation, Vec::new()),
        _ => (Stage::Contracted, contracted(inputs, at)),
    };
    if unmet.is_empty() { Ok(Decision { to, record: Record::None }) } else { Err(unmet) }
}

fn surveyed(inputs: &Inputs) -> Vec<Unmet> {
    let backwards = inputs.date(Key::Start) > inputs.date(Key::End);
    backwards.then_some(Unmet::SurveyEndsBeforeItStarts).into_iter().collect()
}

fn survey_after(fixed: Option<NaiveDate>, at: Circumstances<'_>) -> Option<Unmet> {
    let fixed = fixed.filter(|_| at.dossier.project.route.survey_required)?;
    let ended = at.dossier.last(Action::RecordSurvey)?.inputs.date(Key::End)?;
    (ended > fixed).then_some(Unmet::SurveyAfterRequirement { ended, fixed })
}

fn started(inputs: &Inputs, at: Circumstances<'_>) -> Vec<Unmet> {
    let project = &at.dossier.project;
    let budget = inputs.money(Key::Budget).unwrap_or_default();
    // An amount that fell by a change after the review binds as well.
    let ceiling = project.assessed.map_or(project.governing_amount(), |it| it.min(project.governing_amount()));
    let below_limit = project.governing_amount() < at.policy.limits.review;
    let e_mall_due =
        project.route.code == RouteCode::EMall || project.route.code == RouteCode::CentreCatalogue && below_limit;
    let elsewhere = inputs.text(Key::Channel) != Some("e-mall") && inputs.text(Key::Reason).is_none();
    // Whoever came here past 进入采购 names the budget's document now at the latest 〔第四条〕.
    let documented = at.dossier.last(Action::EnterProcurement).is_some() || inputs.text(Key::BudgetDocNo).is_some();
    [
        (Unmet::BudgetDocumentMissing, !documented),
        (Unmet::BudgetAboveAssessed { budget, assessed: ceiling }, budget > ceiling),
        (Unmet::ChannelNeedsReason, e_mall_due && elsewhere),
    ]
    .into_iter()
    .filter_map(|(condition, unmet)| unmet.then_some(condition))
    .collect()
}

fn contracted(inputs: &Inputs, at: Circumstances<'_>) -> Vec<Unmet> {
    let amount = inputs.money(Key::Amount).unwrap_or_default();
    let budget = at.dossier.budget().unwrap_or(Money::ZERO);
    let mut unmet = Vec::new();
    if amount > budget {
        unmet.push(Unmet::ContractAboveBudget { contract: amount, budget });
    }
    let longest = at.policy.operation.longest_months;
    match (inputs.date(Key::OmStart), inputs.date(Key::OmEnd)) {
        (Some(start), Some(end)) if end > last_day(start, longest) => {
            unmet.push(Unmet::OperationTooLong { longest_months: longest, last_day: last_day(start, longest) });
        }
        // A term of which one end is not told could be of any length.
        (Some(start), Some(end)) if start > end => unmet.push(Unmet::OperationTermUnclear),
        (Some(_), None) | (None, Some(_)) => unmet.push(Unmet::OperationTermUnclear),
        _ => {}
    }
    let present = inputs.lines(Key::Clauses);
    let missing = Clause::ALL.iter().filter(|clause| !present.iter().any(|code| code == clause.code()));
    unmet.extend(missing.map(|clause| Unmet::ClauseMissing(*clause)));
    unmet
}

/// A term of 36 months from 1 March 2027 ends on 28 February 2030: the day before the same day of the month.
fn last_day(start: NaiveDate, months: u32) -> NaiveDate {
    start.checked_add_months(Months::new(months)).and_then(|day| day.pred_opt()).unwrap_or(NaiveDate::MAX)
}
