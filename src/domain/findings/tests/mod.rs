//! Every pattern with its datum and without it, at its boundaries to the 分, the second and the day.

mod content;
mod deliveries;
mod money;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use proptest::prelude::*;

use super::disposition::{Disposition, Sheet, Standing};
use super::evidence::{AmountOf, DayOf, Evidence, ShareOf, from_pieces, pieces};
use super::*;
use crate::domain::actor::{Unit, UnitKind};
use crate::domain::audit::hex;
use crate::domain::calendar::{parse_date, parse_moment};
use crate::domain::ids::{AccountId, ProjectId};
use crate::domain::project::{
    Declaration, Deployment, Exclusion, InYearAddition, InYearReason, LineItem, Network, OperationPlan, Project,
    ResourceCatalogue,
};
use crate::domain::route;
use crate::domain::workflow::action::Action;
use crate::domain::workflow::dossier::Deed;
use crate::domain::workflow::input::Inputs;
use crate::domain::workflow::record::{Approval, Hand, Opinion, ReviewResult};

static POLICY: LazyLock<Policy> = LazyLock::new(|| Policy::county_default().unwrap());

fn wan(text: &str) -> Money {
    Money::parse_wan(text).unwrap()
}

fn day(text: &str) -> NaiveDate {
    parse_date(text).unwrap()
}

fn at(text: &str) -> Moment {
    parse_moment(text).unwrap()
}

fn now() -> Moment {
    at("2026-10-20T09:00:00+08:00")
}

fn hand(at: Moment) -> Hand {
    Hand { account: AccountId(1), name: "张三".to_owned(), at }
}

fn item(name: &str, category: ItemCategory, amount: &str) -> LineItem {
    LineItem { name: name.to_owned(), category, quantity: None, unit_price: None, amount: wan(amount), excluded: None }
}

/// A project in which nothing is worth a look.
fn innocent(amount: &str) -> Dossier {
    let amount = wan(amount);
    let declaration = Declaration {
        name: "教师培训平台".to_owned(),
        plan_year: Some(2027),
        kind: Some(ProjectKind::New),
        amount,
        content: "建设报名、课程、学分三个模块，部署于县政务云。".to_owned(),
        custom_development: Some(true),
        catalogue: Some(ResourceCatalogue::Entries(12)),
        deployment: Some(Deployment::GovernmentCloud),
        network: Some(Network::GovernmentExtranet),
        items: vec![LineItem { amount, ..item("培训管理软件", ItemCategory::ApplicationSoftware, "1") }],
        ..Declaration::default()
    };
    let unit = Unit {
        id: UnitId(1),
        name: "县教育局".to_owned(),
        kind: UnitKind::CountyOrgan,
        supervisor: None,
        is_centre: false,
    };
    let project = Project {
        id: ProjectId(1),
        code: ProjectCode::compose(2027, 1),
        route: route::compute(&declaration, amount, &POLICY),
        declaration,
        unit,
        supervising_unit: None,
        imported_by: None,
        stage: Stage::TechnicalReview,
        overlays: BTreeSet::new(),
        clock: Default::default(),
        destroyed: None,
        since: now(),
        version: 1,
        round: 1,
        plan_round: 1,
        received_at: Some(at("2026-09-12T09:00:00+08:00")),
        approved: None,
        assessed: None,
        policy: POLICY.id.clone(),
        reviewer: None,
    };
    Dossier {
        project,
        votes: Vec::new(),
        government: None,
        ex_ante: None,
        approval: None,
        scheme: None,
        judgements: Vec::new(),
        panels: Vec::new(),
        pool: Vec::new(),
        stay_away: Vec::new(),
        opinions: Vec::new(),
        deeds: Vec::new(),
        vetoes: Vec::new(),
        last_step: None,
    }
}

fn alone() -> Surroundings {
    Surroundings { filed: day("2026-09-12"), neighbors: Vec::new(), catalogues: Vec::new() }
}

fn found(dossier: &Dossier) -> Vec<Finding> {
    find(dossier, &alone(), &POLICY, now())
}

fn patterns(dossier: &Dossier) -> Vec<Pattern> {
    found(dossier).into_iter().map(|finding| finding.pattern).collect()
}

fn the(pattern: Pattern, dossier: &Dossier) -> Option<Finding> {
    found(dossier).into_iter().find(|finding| finding.pattern == pattern)
}

/// Spoils an innocent project and tells what is then found.
fn spoiled(amount: &str, spoil: impl FnOnce(&mut Declaration)) -> Vec<(Pattern, Severity)> {
    let mut dossier = innocent(amount);
    spoil(&mut dossier.project.declaration);
    found(&dossier).into_iter().map(|finding| (finding.pattern, finding.severity)).collect()
}

fn did(dossier: &mut Dossier, action: Action, raw: &[(&str, &str)]) {
    let raw = raw.iter().map(|(key, value)| (key.to_string(), value.to_string())).collect();
    let inputs = Inputs::read(action, &raw).unwrap();
    dossier.deeds.push(Deed { action, round: 1, effective: true, inputs, by: hand(at("2027-02-01T09:00:00+08:00")) });
}

#[test]
fn nothing_is_found_in_an_innocent_project() {
    assert_eq!(patterns(&innocent("62.5")), []);
}

#[test]
fn a_finding_is_known_by_its_id_however_it_is_typed() {
    for pattern in Pattern::ALL {
        assert_eq!(Pattern::typed(&format!(" {} ", pattern.code().to_lowercase())), Some(*pattern));
        assert!(pattern.code().starts_with(pattern.rule()) && !pattern.rule().contains('-'), "{pattern}");
    }
    assert_eq!((Pattern::HiddenRoom.rule(), Pattern::HiddenRoom.article()), ("E6", 10));
    assert_eq!(Pattern::typed("E9"), None);
}

fn disposition(finding: &Finding, accepted: bool) -> Disposition {
    Disposition {
        withdrawn: false,
        number: 1,
        pattern: finding.pattern,
        severity: finding.severity,
        accepted,
        reason: "已核实".to_owned(),
        digest: hex(&finding.digest()),
        evidence: finding.evidence.clone(),
        by: hand(now()),
    }
}

#[test]
fn a_disposition_holds_while_the_evidence_is_the_same_and_is_shown_afterwards() {
    let mut dossier = innocent("62.5");
    dossier.project.declaration.network = Some(Network::Private);
    let seen = the(Pattern::PrivateNetwork, &dossier).unwrap();
    let sheet = |dossier: &Dossier, accepted| Sheet::weigh(found(dossier), vec![disposition(&seen, accepted)]);
    let standing = |sheet: &Sheet| sheet.item(Pattern::PrivateNetwork).map(|item| (item.standing, item.decided.len()));
    assert_eq!(standing(&sheet(&dossier, false)), Some((Standing::Dismissed, 1)));
    assert_eq!(sheet(&dossier, false).bars(), []);
    assert_eq!(standing(&sheet(&dossier, true)), Some((Standing::Accepted, 1)));
    assert_eq!(sheet(&dossier, true).bars(), [Pattern::PrivateNetwork], "the fault is real");
    dossier.project.declaration.items.push(item("裸光纤租用", ItemCategory::DedicatedLine, "5"));
    assert_eq!(standing(&sheet(&dossier, false)), Some((Standing::Open, 1)));
    assert_eq!(sheet(&dossier, false).bars(), [Pattern::PrivateNetwork]);
    let gone = sheet(&innocent("62.5"), false);
    assert_eq!((gone.items.len(), gone.gone.len()), (0, 1));
}

#[test]
fn only_the_lead_rules_out_a_veto_and_maintenance_above_the_ceiling() {
    let finding = |pattern, severity| Finding::new(pattern, severity, Vec::new()).is_for_the_lead();
    assert!(finding(Pattern::OwnHardware, Severity::Veto));
    assert!(finding(Pattern::OperationShare, Severity::Major));
    assert!(!finding(Pattern::OperationShare, Severity::Note));
    assert!(!finding(Pattern::Splitting, Severity::Major));
}

fn any_money() -> impl Strategy<Value = Money> {
    prop_oneof![Just(0i64), 0..400_000_000i64, Just(i64::MAX)].prop_map(|fen| Money::from_fen(fen).unwrap())
}

fn any_of<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = T> {
    proptest::sample::select(all)
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[机柜UPSups专网不购 ，。、开发定制迁移Ａ\n]{0,12}"]
}

prop_compose! {
    fn any_item()(
        name in any_text(),
        category in any_of(ItemCategory::ALL),
        quantity in proptest::option::of(any_text()),
        unit_price in proptest::option::of(any_money()),
        amount in any_money(),
        excluded in proptest::option::of(any_of(Exclusion::ALL)),
    ) -> LineItem {
        LineItem { name, category, quantity, unit_price, amount, excluded }
    }
}

prop_compose! {
    fn any_declaration()(
        (name, content) in (any_text(), any_text()),
        (plan_year, amount) in (proptest::option::of(any::<i32>()), any_money()),
        kind in proptest::option::of(any_of(ProjectKind::ALL)),
        items in proptest::collection::vec(any_item(), 0..5),
        custom_development in any::<Option<bool>>(),
        in_year in proptest::option::of((any_of(InYearReason::ALL), any::<Option<String>>(), any_text())),
        catalogue in proptest::option::of(prop_oneof![
            any::<u32>().prop_map(ResourceCatalogue::Entries),
            any_text().prop_map(ResourceCatalogue::NotApplicable),
        ]),
        catalogue_names in proptest::collection::vec(any_text(), 0..4),
        deployment in proptest::option::of(any_of(Deployment::ALL)),
        network in proptest::option::of(any_of(Network::ALL)),
        operation in proptest::option::of((any_money(), any::<u32>(), proptest::option::of(any_money()))),
    ) -> Declaration {
        Declaration {
            name,
            content,
            plan_year,
            amount,
            kind,
            items,
            custom_development,
            in_year: in_year.map(|(reason, doc_no, explanation)| InYearAddition {
                reason,
                doc_no,
                explanation,
                funding_request: true,
                construction_plan: true,
            }),
            catalogue,
            catalogue_names,
            deployment,
            network,
            operation: operation.map(|(per_year, years, build_cost)| OperationPlan {
                free_months: 0,
                per_year,
                years,
                build_cost,
            }),
            ..Declaration::default()
        }
    }
}

proptest! {
    #[test]
    fn any_declaration_at_any_stage_is_looked_at_without_harm(
        declaration in any_declaration(),
        stage in any_of(Stage::ALL),
        seconds in -10_000_000_000i64..10_000_000_000,
    ) {
        let mut dossier = innocent("62.5");
        dossier.project.declaration = declaration;
        dossier.project.stage = stage;
        let now = crate::domain::calendar::from_millis(seconds * 1000).unwrap();
        dossier.project.received_at = Some(now);
        let found = find(&dossier, &alone(), &POLICY, now);
        prop_assert_eq!(&find(&dossier, &alone(), &POLICY, now), &found);
        let barring: Vec<Finding> = found.iter().filter(|f| f.severity == Severity::Veto).cloned().collect();
        prop_assert_eq!(vetoes(&dossier.project.declaration, &POLICY), barring, "no other family has a veto");
        let seen: BTreeSet<Pattern> = found.iter().map(|finding| finding.pattern).collect();
        prop_assert_eq!(seen.len(), found.len(), "one finding of a pattern");
        for finding in &found {
            prop_assert!(!finding.evidence.is_empty(), "{} without a reason", finding.pattern);
        }
    }

    #[test]
    fn evidence_reads_back_from_its_pieces(declaration in any_declaration()) {
        let mut dossier = innocent("62.5");
        // Text from outside is cleaned before it comes here.
        let clean = |text: &str| crate::domain::text::clean_line(text).into_owned();
        dossier.project.declaration = Declaration {
            content: clean(&declaration.content),
            name: clean(&declaration.name),
            items: declaration.items.iter().map(|i| LineItem { name: clean(&i.name), ..i.clone() }).collect(),
            in_year: None,
            catalogue: None,
            ..declaration
        };
        for finding in found(&dossier) {
            prop_assert_eq!(from_pieces(&pieces(&finding.evidence)), finding.evidence);
        }
    }
}
