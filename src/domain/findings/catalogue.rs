//! The resource catalogue: missing, waived, copied 〔第十一条〕.

use super::deployment::line;
use super::evidence::{CountOf, Evidence, Passage, ShareOf};
use super::{Case, Finding, Pattern, Severity};
use crate::domain::project::{ItemCategory, ProjectKind, ResourceCatalogue, Stage};

pub(super) fn find(case: Case<'_>) -> Vec<Finding> {
    [missing_or_waived(case), copied(case)].into_iter().flatten().collect()
}

/// Before the review the catalogue may still come, and the approval asks for it; at the review it must be there.
fn missing_or_waived(case: Case<'_>) -> Option<Finding> {
    let project = &case.dossier.project;
    let said = &project.declaration;
    match &said.catalogue {
        Some(ResourceCatalogue::NotApplicable(reason)) if !reason.trim().is_empty() => {
            let holds_data =
                |category| matches!(category, ItemCategory::ApplicationSoftware | ItemCategory::InformationResource);
            let lines = said.items.iter().filter(|item| holds_data(item.category)).map(|item| line(item, None));
            let mut evidence: Vec<Evidence> = lines.collect();
            if evidence.is_empty() {
                return None;
            }
            let around = reason.trim().to_owned();
            evidence.insert(0, Evidence::Words { passage: Passage::Waiver, word: String::new(), around });
            Some(Finding::new(Pattern::CatalogueWaived, Severity::Minor, evidence))
        }
        known if known.as_ref().is_some_and(ResourceCatalogue::is_sufficient) => None,
        _ => {
            let severity = if project.stage >= Stage::SchemeIntake { Severity::Major } else { Severity::Note };
            let entries = Evidence::Count(CountOf::CatalogueNames, 0);
            Some(Finding::new(Pattern::CatalogueMissing, severity, vec![entries]))
        }
    }
}

/// Too many names of another project's catalogue. A unit that rebuilds a system of its own rightly keeps the catalogue.
fn copied(case: Case<'_>) -> Option<Finding> {
    let project = &case.dossier.project;
    let names = u32::try_from(project.declaration.catalogue_names.len()).ok().filter(|names| *names > 0)?;
    let points = case.policy.findings.copied_basis_points;
    let is_new = project.declaration.kind.is_none_or(|kind| kind == ProjectKind::New);
    let of_others = |shared: u32| u64::from(shared) * 10_000 > u64::from(names) * u64::from(points);
    let copied = case.around.catalogues.iter().filter(|other| is_new || other.unit != project.unit.id);
    let copied: Vec<_> = copied.filter(|other| of_others(other.shared)).collect();
    if copied.is_empty() {
        return None;
    }
    let mut evidence = vec![
        Evidence::Count(CountOf::CatalogueNames, u64::from(names)),
        Evidence::Share(ShareOf::Ceiling, u64::from(points)),
    ];
    for other in copied {
        evidence.push(Evidence::Project {
            code: other.code.clone(),
            name: other.name.clone(),
            unit: other.unit_name.clone(),
            amount: other.amount,
            filed: other.filed,
        });
        evidence.push(Evidence::Count(CountOf::SharedNames, u64::from(other.shared)));
    }
    Some(Finding::new(Pattern::CatalogueCopied, Severity::Major, evidence))
}
