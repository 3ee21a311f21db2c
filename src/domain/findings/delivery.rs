//! The order of what happened after the review: approval before contract, acceptance before use and payment 〔第七条〕
//! 〔第十二条〕〔第十三条〕.

use chrono::{Months, NaiveDate};

use super::evidence::{AmountOf, DayOf, Evidence, ShareOf};
use super::{Case, Finding, Pattern, Severity, exceeds, share};
use crate::domain::calendar::county_time;
use crate::domain::money::Money;
use crate::domain::workflow::action::{Action, Key};
use crate::domain::workflow::dossier::Deed;

pub(super) fn find(case: Case<'_>) -> Vec<Finding> {
    [out_of_order(case), used_early(case), endless_trial(case), paid_early(case)].into_iter().flatten().collect()
}

fn day_of(case: Case<'_>, action: Action, key: Key) -> Option<NaiveDate> {
    case.dossier.last(action).and_then(|deed| deed.inputs.date(key))
}

/// Finds the acceptance that both parts passed, with its place among the deeds.
fn acceptance(case: Case<'_>) -> Option<(usize, NaiveDate)> {
    let passed = |deed: &Deed| {
        let passes = |key| deed.inputs.text(key) == Some("pass");
        deed.action == Action::RecordAcceptance
            && passes(Key::UnitResult)
            && passes(Key::CentreResult)
            && deed.inputs.flag(Key::DataAggregated) == Some(true)
    };
    let at = case.dossier.deeds.iter().position(passed)?;
    Some((at, case.dossier.deeds.get(at)?.inputs.date(Key::DocDate)?))
}

/// 未批先建: buying, signing, building or using before the dates of the decisions it rests on. The same day is in order.
fn out_of_order(case: Case<'_>) -> Option<Finding> {
    let dossier = case.dossier;
    let opinion = dossier.signed_opinion().and_then(|opinion| opinion.doc_date);
    let decisions = [
        (DayOf::Approval, dossier.approval.as_ref().map(|approval| approval.doc_date)),
        (DayOf::Opinion, opinion.filter(|_| dossier.project.route.code.needs_review())),
        (DayOf::Filing, dossier.filed_on()),
    ];
    let decisions = decisions.into_iter().filter_map(|(what, day)| Some((what, day?)));
    let procurement = dossier.last(Action::StartProcurement).map(|deed| county_time(deed.by.at).date_naive());
    let steps = [
        (DayOf::Procurement, procurement),
        (DayOf::Contract, day_of(case, Action::RegisterContract, Key::SignedOn)),
        (DayOf::Implementation, day_of(case, Action::StartImplementation, Key::Date)),
        (DayOf::GoLive, day_of(case, Action::GoLive, Key::Date)),
    ];
    let steps: Vec<(DayOf, NaiveDate)> = steps.into_iter().filter_map(|(what, day)| Some((what, day?))).collect();
    let decisions: Vec<(DayOf, NaiveDate)> = decisions.collect();
    let early = |step: &&(DayOf, NaiveDate)| decisions.iter().any(|(_, decided)| step.1 < *decided);
    let passed_over = |decision: &&(DayOf, NaiveDate)| steps.iter().any(|(_, taken)| *taken < decision.1);
    let facts = decisions.iter().filter(passed_over).chain(steps.iter().filter(early));
    let evidence: Vec<Evidence> = facts.map(|(what, day)| Evidence::Day(*what, *day)).collect();
    (!evidence.is_empty()).then(|| Finding::new(Pattern::OutOfOrder, Severity::Major, evidence))
}

fn used_early(case: Case<'_>) -> Option<Finding> {
    let used = day_of(case, Action::GoLive, Key::Date)?;
    let accepted = acceptance(case).map(|(_, day)| day);
    if accepted.is_some_and(|accepted| accepted <= used) {
        return None;
    }
    let accepted = accepted.map(|day| Evidence::Day(DayOf::Acceptance, day));
    let evidence = std::iter::once(Evidence::Day(DayOf::GoLive, used)).chain(accepted).collect();
    Some(Finding::new(Pattern::UsedEarly, Severity::Major, evidence))
}

/// A trial is no use, as long as it ends: with the request for acceptance.
fn endless_trial(case: Case<'_>) -> Option<Finding> {
    let started = day_of(case, Action::StartTrial, Key::Date)?;
    let ended = day_of(case, Action::RequestAcceptance, Key::Date);
    let last = started.checked_add_months(Months::new(case.policy.acceptance.longest_trial_months))?;
    if ended.unwrap_or_else(|| county_time(case.now).date_naive()) <= last {
        return None;
    }
    let ended = ended.map(|day| Evidence::Day(DayOf::TrialEnd, day));
    let known = [Evidence::Day(DayOf::TrialStart, started), Evidence::Day(DayOf::TrialLimit, last)];
    Some(Finding::new(Pattern::EndlessTrial, Severity::Major, known.into_iter().chain(ended).collect()))
}

/// What was paid before the acceptance counts by both orders, that of the dates and that of the register: a payment that
/// was registered after the acceptance with an earlier date was paid early all the same.
fn paid_early(case: Case<'_>) -> Option<Finding> {
    let contract = case.dossier.contract_amount().filter(|contract| !contract.is_zero())?;
    let accepted = acceptance(case);
    let payments = case.dossier.deeds.iter().enumerate().filter(|(_, deed)| deed.action == Action::RegisterPayment);
    let early = payments.filter(|(at, deed)| {
        let dated_before = |day: NaiveDate| deed.inputs.date(Key::Date).is_some_and(|paid| paid < day);
        accepted.is_none_or(|(place, day)| *at < place || dated_before(day))
    });
    let paid: Money = early.filter_map(|(_, deed)| deed.inputs.money(Key::Amount)).sum();
    let limit = case.policy.findings.paid_before_acceptance_basis_points;
    if !exceeds(paid, contract, limit) {
        return None;
    }
    let mut evidence = vec![
        Evidence::Amount(AmountOf::PaidEarly, paid),
        Evidence::Amount(AmountOf::Contract, contract),
        Evidence::Share(ShareOf::Found, share(paid, contract)),
        Evidence::Share(ShareOf::Ceiling, u64::from(limit)),
    ];
    evidence.extend(accepted.map(|(_, day)| Evidence::Day(DayOf::Acceptance, day)));
    Some(Finding::new(Pattern::PaidEarly, Severity::Major, evidence))
}
