//! Amounts that stay below a limit: by splitting, by a hair, by leaving lines out 〔第二条〕〔第八条〕.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Months, NaiveDate};

use super::deployment::line;
use super::evidence::{AmountOf, CountOf, Evidence, ShareOf};
use super::{Case, Finding, Neighbor, Pattern, Severity};
use crate::domain::ids::ProjectCode;
use crate::domain::money::Money;
use crate::domain::project::{ItemCategory, ProjectKind};

pub(super) fn find(case: Case<'_>) -> Vec<Finding> {
    [splitting(case), just_under(case), exclusions(case)].into_iter().flatten().collect()
}

/// The limits at which the review changes, the higher one first.
fn tiers(case: Case<'_>) -> [(AmountOf, Money); 2] {
    let limits = &case.policy.limits;
    [(AmountOf::PanelLimit, limits.panel), (AmountOf::ReviewLimit, limits.review)]
}

/// A filing that may be a part of the same undertaking.
#[derive(Clone)]
struct Part {
    filed: NaiveDate,
    code: ProjectCode,
    name: String,
    unit: String,
    amount: Money,
}

/// Several filings of one kind, each below a limit and together not: within a rolling term of which this filing is a
/// part, for the same plan year, by the same unit or under the same supervising unit.
fn splitting(case: Case<'_>) -> Option<Finding> {
    let project = &case.dossier.project;
    let own = Part {
        filed: case.around.filed,
        code: project.code.clone(),
        name: project.declaration.name.clone(),
        unit: project.unit.name.clone(),
        amount: project.governing_amount(),
    };
    let kin = kinship(case);
    let others: Vec<Part> = case.around.neighbors.iter().filter(|other| kin.includes(other)).map(part).collect();
    tiers(case).into_iter().find_map(|(what, limit)| {
        if own.amount >= limit {
            return None;
        }
        let below = others.iter().filter(|other| other.amount < limit).cloned();
        let months = case.policy.findings.splitting_months;
        let together = greatest_together(&own, below.collect(), Months::new(months))?;
        let sum: Money = together.iter().map(|part| part.amount).sum();
        (together.len() > 1 && sum >= limit).then(|| {
            let projects = together.into_iter().map(|part| Evidence::Project {
                code: part.code,
                name: part.name,
                unit: part.unit,
                amount: part.amount,
                filed: part.filed,
            });
            let facts = [
                Evidence::Amount(AmountOf::Sum, sum),
                Evidence::Amount(what, limit),
                Evidence::Count(CountOf::Months, u64::from(months)),
            ];
            // Below the review's limit nobody would look at the parts at all. Below the panel's each is reviewed, and two
            // honest projects of a busy unit soon add up to it.
            let severity = if what == AmountOf::ReviewLimit { Severity::Major } else { Severity::Minor };
            Finding::new(Pattern::Splitting, severity, projects.chain(facts).collect())
        })
    })
}

fn part(other: &Neighbor) -> Part {
    Part {
        filed: other.filed,
        code: other.code.clone(),
        name: other.name.clone(),
        unit: other.unit_name.clone(),
        amount: other.amount,
    }
}

/// Of all terms that hold this filing, the one with the most money in it; its parts in the order of filing.
fn greatest_together(own: &Part, others: Vec<Part>, months: Months) -> Option<Vec<Part>> {
    let mut parts = others;
    parts.push(own.clone());
    parts.sort_by(|one, other| (one.filed, &one.code).cmp(&(other.filed, &other.code)));
    let within = |from: NaiveDate| {
        // A term of twelve months ends the day before the same day of the next year.
        let end = from.checked_add_months(months).unwrap_or(NaiveDate::MAX);
        let term: Vec<Part> = parts.iter().filter(|part| part.filed >= from && part.filed < end).cloned().collect();
        (own.filed >= from && own.filed < end).then_some(term)
    };
    let sum = |term: &Vec<Part>| term.iter().map(|part| part.amount).sum::<Money>();
    let starts: BTreeSet<NaiveDate> = parts.iter().map(|part| part.filed).collect();
    // Of equal sums the earliest term.
    starts.into_iter().filter_map(within).reduce(|best, next| if sum(&next) > sum(&best) { next } else { best })
}

/// What makes another filing one of the same kind.
struct Kinship {
    main: BTreeSet<ItemCategory>,
    kind: Option<ProjectKind>,
}

/// Filings are compared by the category most of their money goes into: nearly every project has a line of cloud service
/// or integration, and that two have one says nothing. Where a list of contents is missing, the kind decides.
fn kinship(case: Case<'_>) -> Kinship {
    let said = &case.dossier.project.declaration;
    let mut sums = BTreeMap::new();
    for item in &said.items {
        let sum = sums.entry(item.category).or_insert(Money::ZERO);
        *sum = *sum + item.amount;
    }
    Kinship { main: main_categories(&sums), kind: said.kind }
}

fn main_categories(sums: &BTreeMap<ItemCategory, Money>) -> BTreeSet<ItemCategory> {
    let most = sums.values().max();
    sums.iter().filter(|(_, sum)| Some(*sum) == most).map(|(category, _)| *category).collect()
}

impl Kinship {
    fn includes(&self, other: &Neighbor) -> bool {
        let main = main_categories(&other.categories);
        match self.main.is_empty() || main.is_empty() {
            true => self.kind.is_some() && self.kind == other.kind,
            false => !self.main.is_disjoint(&main),
        }
    }
}

/// 贴线申报: a hair below a limit. The survey's limit does not matter to a project that needs a survey anyway.
fn just_under(case: Case<'_>) -> Option<Finding> {
    let said = &case.dossier.project.declaration;
    let survey = (AmountOf::SurveyLimit, case.policy.limits.survey);
    let survey = Some(survey).filter(|_| said.custom_development != Some(true));
    let percent = case.policy.findings.just_under_basis_points;
    let near = |limit: Money| said.amount < limit && !falls_short(said.amount, limit, percent);
    let (what, limit) = tiers(case).into_iter().chain(survey).find(|(_, limit)| near(*limit))?;
    let evidence = vec![
        Evidence::Amount(AmountOf::Declared, said.amount),
        Evidence::Amount(what, limit),
        Evidence::Share(ShareOf::Normal, u64::from(percent)),
    ];
    Some(Finding::new(Pattern::JustUnder, Severity::Minor, evidence))
}

/// Tells whether an amount is less than so many basis points of a limit.
fn falls_short(amount: Money, limit: Money, basis_points: u32) -> bool {
    i128::from(amount.fen()) * 10_000 < i128::from(limit.fen()) * i128::from(basis_points)
}

/// Lines said to lie outside the regulation: worth checking always, and grave where only they keep the managed amount
/// below a limit. The way itself goes by the declared amount, so that nobody walks around a review.
fn exclusions(case: Case<'_>) -> Option<Finding> {
    let said = &case.dossier.project.declaration;
    let lines: Vec<Evidence> =
        said.items.iter().filter(|item| item.excluded.is_some()).map(|item| line(item, None)).collect();
    if lines.is_empty() {
        return None;
    }
    let managed = said.managed_amount();
    let amounts = [Evidence::Amount(AmountOf::Declared, said.amount), Evidence::Amount(AmountOf::Managed, managed)];
    let lowered = tiers(case).into_iter().find(|(_, limit)| managed < *limit && *limit <= said.amount);
    let limit = lowered.map(|(what, limit)| Evidence::Amount(what, limit));
    let (pattern, severity) = match lowered {
        Some(_) => (Pattern::TierLowered, Severity::Major),
        None => (Pattern::Exclusions, Severity::Note),
    };
    Some(Finding::new(pattern, severity, lines.into_iter().chain(amounts).chain(limit).collect()))
}
