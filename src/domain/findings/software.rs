//! Bespoke work sold as a product, to do without the requirement survey 〔第八条〕.

use super::deployment::line;
use super::evidence::{AmountOf, Evidence};
use super::lexicon::in_name;
use super::{Case, Finding, Pattern, Severity};
use crate::domain::project::{ItemCategory, LineItem};

pub(super) fn find(case: Case<'_>) -> Vec<Finding> {
    bespoke(case).into_iter().collect()
}

/// A word of bespoke work is plain enough; a single dear licence alone may well be a product, so it weighs less.
fn bespoke(case: Case<'_>) -> Option<Finding> {
    let said = &case.dossier.project.declaration;
    if said.custom_development == Some(true) {
        return None;
    }
    let rules = &case.policy.findings;
    let sold_as_software = |item: &&LineItem| {
        matches!(
            item.category,
            ItemCategory::ApplicationSoftware | ItemCategory::GeneralSoftware | ItemCategory::Integration
        )
    };
    let named = said.items.iter().filter(sold_as_software).filter_map(|item| {
        let hit = in_name(&item.name, &rules.bespoke_words)?;
        Some(line(item, Some(hit.word)))
    });
    let mut evidence: Vec<Evidence> = named.collect();
    let severity = if evidence.is_empty() { Severity::Minor } else { Severity::Major };
    let dear = |item: &&LineItem| {
        item.category == ItemCategory::ApplicationSoftware
            && is_single(item)
            && item.unit_price.unwrap_or(item.amount) >= rules.bespoke_unit_price
    };
    let single: Vec<&LineItem> = said.items.iter().filter(dear).collect();
    let fresh = single.iter().map(|item| line(item, None)).filter(|one| !holds(&evidence, one)).collect::<Vec<_>>();
    if !single.is_empty() {
        evidence.extend(fresh);
        evidence.push(Evidence::Amount(AmountOf::UnitPriceFrom, rules.bespoke_unit_price));
    }
    (!evidence.is_empty()).then(|| Finding::new(Pattern::BespokeAsProduct, severity, evidence))
}

/// Tells whether a line is among the facts already, with the word that was hit in it.
fn holds(evidence: &[Evidence], wanted: &Evidence) -> bool {
    let named = |fact: &Evidence| match fact {
        Evidence::Line { name, amount, .. } => Some((name.clone(), *amount)),
        _ => None,
    };
    evidence.iter().any(|fact| named(fact).is_some() && named(fact) == named(wanted))
}

/// Tells whether exactly one is bought: `1`, `1套`, `一套`; a quantity that is not given is one.
fn is_single(item: &LineItem) -> bool {
    let Some(quantity) = item.quantity.as_deref() else { return true };
    let folded = crate::domain::search::fold(quantity.trim());
    let digits: String = folded.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
    let (whole, decimals) = digits.split_once('.').unwrap_or((&digits, ""));
    match whole {
        "" => folded.is_empty() || folded.starts_with('一'),
        number => number == "1" && decimals.chars().all(|c| c == '0'),
    }
}
