//! Amounts: splitting, a hair below a limit, exclusions, maintenance.

use super::*;

fn neighbor(number: i64, amount: &str, filed: &str) -> Neighbor {
    Neighbor {
        code: ProjectCode::compose(2027, number),
        name: format!("子系统{number}"),
        unit: UnitId(1),
        unit_name: "县教育局".to_owned(),
        amount: wan(amount),
        filed: day(filed),
        kind: Some(ProjectKind::New),
        categories: BTreeMap::from([(ItemCategory::ApplicationSoftware, wan(amount))]),
    }
}

/// Tells the parts of a split and their sum, for a project of `own` filed on 12 September 2026.
fn split(own: &str, neighbors: Vec<Neighbor>) -> Option<(Vec<String>, Money, Money)> {
    split_of(&innocent(own), neighbors)
}

fn split_of(dossier: &Dossier, neighbors: Vec<Neighbor>) -> Option<(Vec<String>, Money, Money)> {
    let around = Surroundings { neighbors, ..alone() };
    let finding = find(dossier, &around, &POLICY, now()).into_iter().find(|f| f.pattern == Pattern::Splitting)?;
    let facts = &finding.evidence;
    let codes = facts.iter().filter_map(|fact| match fact {
        Evidence::Project { code, .. } => Some(code.to_string()),
        _ => None,
    });
    let limit = evidence::amount(facts, AmountOf::ReviewLimit).or(evidence::amount(facts, AmountOf::PanelLimit));
    Some((codes.collect(), evidence::amount(facts, AmountOf::Sum).unwrap(), limit.unwrap()))
}

#[test]
fn e1_three_filings_in_forty_days_are_listed_with_their_sum() {
    let (codes, sum, limit) =
        split("36", vec![neighbor(3, "31", "2026-10-20"), neighbor(2, "28", "2026-10-01")]).unwrap();
    assert_eq!(codes, ["YS2027-0001", "YS2027-0002", "YS2027-0003"]);
    assert_eq!((sum, limit), (wan("95"), wan("50")));
}

#[test]
fn e1_the_sum_counts_to_the_last_fen() {
    assert_eq!(split("25", vec![neighbor(2, "24.999999", "2026-10-01")]), None);
    assert!(split("25", vec![neighbor(2, "25", "2026-10-01")]).is_some());
    assert_eq!(split("50", vec![neighbor(2, "49", "2026-10-01")]), None, "50 is reviewed anyway, and 99 is no 100");
    let (codes, sum, limit) = split("60", vec![neighbor(2, "40", "2026-10-01")]).unwrap();
    assert_eq!((codes.len(), sum, limit), (2, wan("100"), wan("100")));
    assert_eq!(split("100", vec![neighbor(2, "90", "2026-10-01")]), None, "it goes to the panel by itself");
    assert_eq!(split("49", Vec::new()), None, "one filing is no split");
}

#[test]
fn e1_a_term_of_twelve_months_ends_the_day_before() {
    assert!(split("30", vec![neighbor(2, "30", "2027-09-11")]).is_some());
    assert_eq!(split("30", vec![neighbor(2, "30", "2027-09-12")]), None);
    assert!(split("30", vec![neighbor(2, "30", "2025-09-13")]).is_some());
    assert_eq!(split("30", vec![neighbor(2, "30", "2025-09-12")]), None);
    // Both lie within a year of this one, but not of each other: no term holds all three.
    let apart = vec![neighbor(2, "10", "2026-01-01"), neighbor(3, "15", "2027-06-01")];
    assert_eq!(split("30", apart), None);
    let apart = vec![neighbor(2, "10", "2026-01-01"), neighbor(3, "25", "2027-06-01")];
    assert_eq!(split("30", apart).unwrap().0, ["YS2027-0001", "YS2027-0003"]);
}

#[test]
fn e1_filings_are_of_one_kind_by_what_most_of_their_money_buys() {
    let mut other = neighbor(2, "30", "2026-10-01");
    other.categories =
        BTreeMap::from([(ItemCategory::Operation, wan("20")), (ItemCategory::ApplicationSoftware, wan("10"))]);
    assert_eq!(split("30", vec![other.clone()]), None);
    other.categories =
        BTreeMap::from([(ItemCategory::CloudService, wan("10")), (ItemCategory::ApplicationSoftware, wan("20"))]);
    assert!(split("30", vec![other.clone()]).is_some());
    // Without a list of contents the kind decides, where it is known.
    other.categories.clear();
    assert!(split("30", vec![other.clone()]).is_some());
    other.kind = Some(ProjectKind::Service);
    assert_eq!(split("30", vec![other.clone()]), None);
    let mut unknown = innocent("30");
    unknown.project.declaration.kind = None;
    other.kind = None;
    assert_eq!(split_of(&unknown, vec![other]), None, "of two forms that say neither, nothing is known");
}

#[test]
fn e2_just_under_a_limit_begins_at_its_share_to_the_last_fen() {
    let under = |amount: &str, custom: bool| {
        spoiled(amount, |said| said.custom_development = Some(custom))
            .into_iter()
            .any(|(pattern, severity)| pattern == Pattern::JustUnder && severity == Severity::Minor)
    };
    for (amount, expected) in [
        ("47.499999", false),
        ("47.500000", true),
        ("49.999999", true),
        ("50.000000", false),
        ("94.999999", false),
        ("95.000000", true),
        ("99.990000", true),
        ("100.000000", false),
        ("189.999999", false),
        ("190.000000", true),
        ("199.999999", true),
        ("200.000000", false),
    ] {
        assert_eq!(under(amount, false), expected, "{amount}");
    }
    assert!(under("49.99", true));
    assert!(!under("199", true), "bespoke work needs its survey anyway");
}

#[test]
fn e4_exclusions_weigh_where_only_they_keep_the_managed_amount_below_a_limit() {
    let excluding = |amount: &str, excluded: &str| {
        spoiled(amount, |said| {
            said.items.push(LineItem {
                excluded: Some(Exclusion::Sporadic),
                ..item("台式计算机", ItemCategory::Other, excluded)
            });
        })
    };
    assert_eq!(excluding("62.5", "12.500000"), [(Pattern::Exclusions, Severity::Note)]);
    assert_eq!(excluding("62.5", "12.500001"), [(Pattern::TierLowered, Severity::Major)]);
    assert_eq!(excluding("50", "0.000001"), [(Pattern::TierLowered, Severity::Major)]);
    assert_eq!(excluding("120", "30"), [(Pattern::TierLowered, Severity::Major)]);
    assert_eq!(excluding("62.5", "62.5").first(), Some(&(Pattern::TierLowered, Severity::Major)));
}

fn maintained(kind: ProjectKind, per_year: &str, build_cost: Option<&str>) -> Option<(Pattern, Severity)> {
    let share = |(pattern, _): &(Pattern, Severity)| {
        matches!(pattern, Pattern::OperationShare | Pattern::OperationShareUnknown)
    };
    spoiled("62.5", |said| {
        said.kind = Some(kind);
        said.items.clear();
        said.operation = Some(OperationPlan {
            free_months: 12,
            per_year: Money::parse_wan_or_zero(per_year).unwrap(),
            years: 1,
            build_cost: build_cost.map(wan),
        });
    })
    .into_iter()
    .find(share)
}

#[test]
fn r9_3_the_share_is_exact_at_six_and_ten_percent() {
    let noted = Some((Pattern::OperationShare, Severity::Note));
    let grave = Some((Pattern::OperationShare, Severity::Major));
    for (per_year, expected) in [
        ("6.000000", None),
        ("6.000001", noted),
        ("6.01", noted),
        ("10.000000", noted),
        ("10.000001", grave),
        ("10.01", grave),
    ] {
        for kind in [ProjectKind::New, ProjectKind::Operation] {
            assert_eq!(maintained(kind, per_year, Some("100")), expected, "{per_year}");
        }
    }
    assert_eq!(maintained(ProjectKind::New, "0", Some("100")), None);
}

#[test]
fn r9_3_a_share_above_a_limit_never_looks_as_if_it_kept_it() {
    assert_eq!(share(wan("10.000001"), wan("100")), 1001);
    assert_eq!(share(wan("10"), wan("100")), 1000);
    assert_eq!(share(wan("1"), Money::ZERO), 0);
}

#[test]
fn r9_3_an_unknown_build_cost_is_a_finding_not_a_pass() {
    let unknown = Some((Pattern::OperationShareUnknown, Severity::Major));
    assert_eq!(maintained(ProjectKind::Operation, "20", None), unknown);
    let nothing_said = spoiled("20", |said| {
        (said.kind, said.operation) = (Some(ProjectKind::Operation), None);
        said.items = vec![item("系统运维", ItemCategory::Operation, "20")];
    });
    assert_eq!(nothing_said, [(Pattern::OperationShareUnknown, Severity::Major)]);
    // What is built is itself the cost of building.
    assert_eq!(maintained(ProjectKind::New, "3.75", None), None);
    assert_eq!(maintained(ProjectKind::New, "3.750001", None), Some((Pattern::OperationShare, Severity::Note)));
}

#[test]
fn r9_3_the_contract_replaces_what_was_declared() {
    let mut dossier = innocent("62.5");
    let plan = OperationPlan { free_months: 12, per_year: wan("3"), years: 3, build_cost: Some(wan("60")) };
    dossier.project.declaration.operation = Some(plan);
    assert_eq!(patterns(&dossier), []);
    let contract = [
        ("vendor", "某公司"),
        ("amount_wan", "50"),
        ("signed_on", "2027-02-01"),
        ("clauses", "om_price,data_ownership,acceptance_payment"),
    ];
    let mut signed = dossier.clone();
    did(&mut signed, Action::RegisterContract, &contract);
    assert_eq!(patterns(&signed), [], "3 of 50 is six percent");
    did(&mut dossier, Action::RegisterContract, &[&contract[..], &[("om_per_year_wan", "5.000001")]].concat());
    let finding = the(Pattern::OperationShare, &dossier).unwrap();
    assert_eq!(finding.severity, Severity::Major);
    assert_eq!(evidence::amount(&finding.evidence, AmountOf::Contract), Some(wan("50")));
}

#[test]
fn r9_4_the_sum_of_all_years_decides_the_tier() {
    let years = |declared: &str, per_year: &str, years: u32| {
        spoiled(declared, |said| {
            said.kind = Some(ProjectKind::Operation);
            said.items.clear();
            said.operation =
                Some(OperationPlan { free_months: 0, per_year: wan(per_year), years, build_cost: Some(wan("1000")) });
        })
        .into_iter()
        .find(|(pattern, _)| *pattern == Pattern::SeveralYears)
        .map(|(_, severity)| severity)
    };
    assert_eq!(years("60", "20", 3), Some(Severity::Note));
    assert_eq!(years("20", "20", 3), Some(Severity::Major), "only one year was declared");
    assert_eq!(years("20", "20", 2), None);
    assert_eq!(years("50", "25", 2), Some(Severity::Note), "50 is inclusive");
    assert_eq!(years("49", "24.5", 2), None);
    assert_eq!(years("60", "60", 1), None);
}

#[test]
fn e10_an_operation_project_builds_nothing_new() {
    let operating = |name: &str, category| {
        spoiled("20", |said| {
            said.kind = Some(ProjectKind::Operation);
            said.items = vec![item(name, category, "20")];
            said.operation =
                Some(OperationPlan { free_months: 0, per_year: wan("20"), years: 1, build_cost: Some(wan("1000")) });
        })
    };
    let built = [(Pattern::DevelopmentInOperation, Severity::Major)];
    assert_eq!(operating("系统运维服务", ItemCategory::Operation), []);
    assert_eq!(operating("运维及新增功能", ItemCategory::Operation), built);
    assert_eq!(operating("移动端", ItemCategory::ApplicationSoftware), built);
    let new = spoiled("20", |said| said.items = vec![item("平台开发", ItemCategory::ApplicationSoftware, "20")]);
    assert_eq!(new, []);
}
