//! Where a system runs and over what: rooms, hardware, private networks 〔第十条〕.

use super::evidence::{AmountOf, Evidence, Passage, ShareOf};
use super::lexicon::{in_name, in_text};
use super::{Case, Finding, Pattern, Severity, exceeds, share};
use crate::domain::money::Money;
use crate::domain::policy::{FindingRules, Policy};
use crate::domain::project::{Declaration, Deployment, ItemCategory, LineItem, Network, ProjectKind};

pub(super) fn find(case: Case<'_>) -> Vec<Finding> {
    let vetoes = vetoes(&case.dossier.project.declaration, case.policy);
    vetoes.into_iter().chain(hidden_hardware(case)).chain(no_migration(case)).collect()
}

/// Finds what the article forbids to build.
pub(super) fn vetoes(said: &Declaration, policy: &Policy) -> Vec<Finding> {
    let rules = &policy.findings;
    [own_hardware(said, rules), hidden_room(said, rules), private_network(said, rules)].into_iter().flatten().collect()
}

pub(super) fn line(item: &LineItem, word: Option<String>) -> Evidence {
    Evidence::Line {
        name: item.name.clone(),
        category: item.category,
        amount: item.amount,
        word,
        excluded: item.excluded,
    }
}

/// 原则上 no data rooms, no compute or storage hardware: rent, host, or use the cloud.
fn own_hardware(said: &Declaration, rules: &FindingRules) -> Option<Finding> {
    let own_room = (said.deployment == Some(Deployment::OwnMachineRoom)).then_some(Deployment::OwnMachineRoom);
    let lines = said.items.iter().filter(|item| rules.compute.contains(&item.category)).map(|item| line(item, None));
    let evidence: Vec<Evidence> = own_room.into_iter().map(Evidence::Deployment).chain(lines).collect();
    (!evidence.is_empty()).then(|| Finding::new(Pattern::OwnHardware, Severity::Veto, evidence))
}

fn hidden_room(said: &Declaration, rules: &FindingRules) -> Option<Finding> {
    let evidence = traces(said, ItemCategory::MachineRoom, &rules.room_words, &rules.negations);
    (!evidence.is_empty()).then(|| Finding::new(Pattern::HiddenRoom, building(said), evidence))
}

/// 不再建设专网, without an 原则上: leased lines, dark fibre and overlays are its disguises.
fn private_network(said: &Declaration, rules: &FindingRules) -> Option<Finding> {
    let declared = said.network.filter(|network| *network == Network::Private).map(Evidence::Network);
    let hidden = traces(said, ItemCategory::DedicatedLine, &rules.network_words, &rules.negations);
    let evidence: Vec<Evidence> = declared.into_iter().chain(hidden).collect();
    (!evidence.is_empty()).then(|| Finding::new(Pattern::PrivateNetwork, building(said), evidence))
}

/// The article forbids building. What an operation project keeps running was built before and is to be phased out: that
/// needs a reason, not a veto.
fn building(said: &Declaration) -> Severity {
    if said.kind == Some(ProjectKind::Operation) { Severity::Major } else { Severity::Veto }
}

/// Finds lines of a category or with a word of the lexicon, and the words in the name and the description.
fn traces(said: &Declaration, category: ItemCategory, words: &[String], negations: &[String]) -> Vec<Evidence> {
    let lines = said.items.iter().filter_map(|item| {
        let word = in_name(&item.name, words).map(|hit| hit.word);
        (item.category == category || word.is_some()).then(|| line(item, word))
    });
    let texts = [(Passage::Name, &said.name), (Passage::Content, &said.content)];
    let passages = texts.into_iter().filter_map(|(passage, text)| {
        let hit = in_text(text, words, negations)?;
        Some(Evidence::Words { passage, word: hit.word, around: hit.around })
    });
    lines.chain(passages).collect()
}

/// Hardware named in a line that claims to be software, or too great a share of a project with software in it.
fn hidden_hardware(case: Case<'_>) -> Option<Finding> {
    let said = &case.dossier.project.declaration;
    let rules = &case.policy.findings;
    let disguised = said.items.iter().filter(|item| is_soft(item.category)).filter_map(|item| {
        let hit = in_name(&item.name, &rules.hardware_words)?;
        Some(line(item, Some(hit.word)))
    });
    let mut evidence: Vec<Evidence> = disguised.collect();
    let sum = |wanted: fn(&&LineItem) -> bool| -> Money { said.items.iter().filter(wanted).map(|i| i.amount).sum() };
    let hardware = sum(|item| item.category.is_hardware());
    let contents = sum(|_| true);
    let holds_software = said.items.iter().any(|item| is_soft(item.category));
    if holds_software && exceeds(hardware, contents, rules.hardware_share_basis_points) {
        evidence.extend([
            Evidence::Amount(AmountOf::Hardware, hardware),
            Evidence::Amount(AmountOf::Contents, contents),
            Evidence::Share(ShareOf::Found, share(hardware, contents)),
            Evidence::Share(ShareOf::Ceiling, u64::from(rules.hardware_share_basis_points)),
        ]);
        evidence.extend(said.items.iter().filter(|item| item.category.is_hardware()).map(|item| line(item, None)));
    }
    (!evidence.is_empty()).then(|| Finding::new(Pattern::HiddenHardware, Severity::Major, evidence))
}

/// Categories that claim to be software or work. Rented servers of a cloud are what the article asks for, and a line of
/// operation names the devices it looks after.
pub(super) const fn is_soft(category: ItemCategory) -> bool {
    matches!(
        category,
        ItemCategory::BasicSoftware
            | ItemCategory::GeneralSoftware
            | ItemCategory::ApplicationSoftware
            | ItemCategory::SecuritySoftware
            | ItemCategory::Integration
            | ItemCategory::InformationResource
            | ItemCategory::Other
    )
}

/// Existing systems move step by step into the county's data centre: an upgrade says how, unless it runs there.
fn no_migration(case: Case<'_>) -> Option<Finding> {
    let said = &case.dossier.project.declaration;
    let kind = said.kind.filter(|kind| matches!(kind, ProjectKind::Rebuild | ProjectKind::Expand))?;
    let software = said.items.is_empty() || said.items.iter().any(|item| is_soft(item.category));
    let words = &case.policy.findings.migration_words;
    let told = in_text(&said.content, words, &[]).is_some()
        || said.items.iter().any(|item| in_name(&item.name, words).is_some());
    let there = said.deployment == Some(Deployment::GovernmentCloud);
    if told || there || !software {
        return None;
    }
    let place = said.deployment.map(Evidence::Deployment);
    let evidence = std::iter::once(Evidence::Kind(kind)).chain(place).collect();
    Some(Finding::new(Pattern::NoMigration, Severity::Minor, evidence))
}
