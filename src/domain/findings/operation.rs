//! Maintenance: what it costs a year, for how many years, and what hides in it 〔第九条〕.

use super::deployment::line;
use super::evidence::{AmountOf, CountOf, Evidence, ShareOf};
use super::lexicon::in_name;
use super::{Case, Finding, Pattern, Severity, exceeds, share};
use crate::domain::money::Money;
use crate::domain::project::{ItemCategory, ProjectKind};
use crate::domain::workflow::action::{Action, Key};

pub(super) fn find(case: Case<'_>) -> Vec<Finding> {
    [yearly_share(case), several_years(case), development(case)].into_iter().flatten().collect()
}

fn is_operation(case: Case<'_>) -> bool {
    case.dossier.project.declaration.kind == Some(ProjectKind::Operation)
}

/// Tells the yearly price: the contract's where it names one, else the declared one.
fn yearly(case: Case<'_>) -> Option<Money> {
    let contract = case.dossier.last(Action::RegisterContract).and_then(|deed| deed.inputs.money(Key::OmPerYear));
    contract.or(case.dossier.project.declaration.operation.as_ref().map(|plan| plan.per_year))
}

/// Tells the cost of building: the contract's price, else what was declared as such, else what the building itself was
/// approved for. The contract of an operation project is not what the system cost to build.
fn build_cost(case: Case<'_>) -> Option<(AmountOf, Money)> {
    let project = &case.dossier.project;
    let declared = project.declaration.operation.as_ref().and_then(|plan| plan.build_cost);
    let declared = declared.map(|cost| (AmountOf::BuildCost, cost));
    if is_operation(case) {
        return declared;
    }
    let contract = case.dossier.contract_amount().map(|amount| (AmountOf::Contract, amount));
    contract.or(declared).or(Some((AmountOf::BuildCost, project.governing_amount())))
}

/// 一般不得超过建设成本的 6–10 %: nothing up to the lower share, a note up to the upper one, grave above it. Where the
/// cost of building is unknown, that itself is the finding: it is no pass.
fn yearly_share(case: Case<'_>) -> Option<Finding> {
    let yearly = yearly(case).filter(|yearly| !yearly.is_zero());
    if yearly.is_none() && !is_operation(case) {
        return None;
    }
    let known = yearly.map(|yearly| Evidence::Amount(AmountOf::Yearly, yearly));
    let cost = build_cost(case).filter(|(_, cost)| !cost.is_zero());
    let (Some(yearly), Some((what, cost))) = (yearly, cost) else {
        // An operation project whose price a year is nothing has nothing to compare.
        if known.is_none() && case.dossier.project.declaration.operation.is_some() {
            return None;
        }
        let kind = case.dossier.project.declaration.kind.map(Evidence::Kind);
        let evidence = kind.into_iter().chain(known).chain(cost.map(|(what, cost)| Evidence::Amount(what, cost)));
        return Some(Finding::new(Pattern::OperationShareUnknown, Severity::Major, evidence.collect()));
    };
    let rules = &case.policy.operation;
    let severity = match () {
        () if exceeds(yearly, cost, rules.ceiling_basis_points) => Severity::Major,
        () if exceeds(yearly, cost, rules.normal_basis_points) => Severity::Note,
        () => return None,
    };
    let evidence = vec![
        Evidence::Amount(AmountOf::Yearly, yearly),
        Evidence::Amount(what, cost),
        Evidence::Share(ShareOf::Found, share(yearly, cost)),
        Evidence::Share(ShareOf::Normal, u64::from(rules.normal_basis_points)),
        Evidence::Share(ShareOf::Ceiling, u64::from(rules.ceiling_basis_points)),
    ];
    Some(Finding::new(Pattern::OperationShare, severity, evidence))
}

/// The total decides the tier. Where one year stays below a limit that all years reach, both are shown; where only one
/// year was declared, the declaration is too low for its tier.
fn several_years(case: Case<'_>) -> Option<Finding> {
    let project = &case.dossier.project;
    let plan = project.declaration.operation.as_ref().filter(|plan| is_operation(case) && plan.years > 1)?;
    let all = Money::from_fen(plan.per_year.fen().saturating_mul(i64::from(plan.years)))?;
    let limits = &case.policy.limits;
    let mut tiers = [(AmountOf::PanelLimit, limits.panel), (AmountOf::ReviewLimit, limits.review)].into_iter();
    let (what, limit) = tiers.find(|(_, limit)| plan.per_year < *limit && *limit <= all)?;
    let declared = project.governing_amount();
    let severity = if declared < limit { Severity::Major } else { Severity::Note };
    let evidence = vec![
        Evidence::Amount(AmountOf::Declared, declared),
        Evidence::Amount(AmountOf::Yearly, plan.per_year),
        Evidence::Count(CountOf::Years, u64::from(plan.years)),
        Evidence::Amount(AmountOf::AllYears, all),
        Evidence::Amount(what, limit),
    ];
    Some(Finding::new(Pattern::SeveralYears, severity, evidence))
}

/// New functions inside maintenance escape their review.
fn development(case: Case<'_>) -> Option<Finding> {
    if !is_operation(case) {
        return None;
    }
    let said = &case.dossier.project.declaration;
    let words = &case.policy.findings.development_words;
    let lines = said.items.iter().filter_map(|item| {
        let word = in_name(&item.name, words).map(|hit| hit.word);
        let built = matches!(item.category, ItemCategory::ApplicationSoftware | ItemCategory::Integration);
        (built || word.is_some()).then(|| line(item, word))
    });
    let mut evidence: Vec<Evidence> = lines.collect();
    if evidence.is_empty() {
        return None;
    }
    evidence.insert(0, Evidence::Kind(ProjectKind::Operation));
    Some(Finding::new(Pattern::DevelopmentInOperation, Severity::Major, evidence))
}
