//! What may happen at many stages: exemption, correction, suspension, freezing, change.

use super::*;

fn under(stage: Stage, overlay: Overlay) -> Dossier {
    let mut dossier = complete(stage, "62.5");
    dossier.project.overlays.insert(overlay);
    dossier
}

#[test]
fn r2_3_only_the_nation_and_the_province_exempt_by_their_own_rules() {
    let dossier = complete(Stage::PlanIntake, "62.5");
    let exempt = |basis, level| {
        let raw = [("basis", basis), ("issuer_level", level), ("doc_no", "1号"), ("reason", "统建")];
        take(Action::Exempt, &raw, &dossier)
    };
    for level in ["national", "provincial"] {
        assert_eq!(exempt("national-or-provincial", level), Ok(Stage::Registered));
    }
    for level in ["city", "county"] {
        assert_eq!(exempt("national-or-provincial", level), Err(vec![Unmet::IssuerCannotExempt]));
        assert_eq!(exempt("line-special", level), Ok(Stage::Registered));
    }
}

#[test]
fn r5_1_while_a_correction_is_awaited_the_review_rests() {
    let dossier = complete(Stage::JointReview, "62.5");
    let spoil = |dossier: &mut Dossier| {
        dossier.project.overlays.insert(Overlay::Correcting);
    };
    let agree: Raw<'_> = &[("result", "agree")];
    gate(Action::Vote, agree, &dossier, spoil, Unmet::Blocked(Overlay::Correcting));
    let correcting = under(Stage::JointReview, Overlay::Correcting);
    assert_eq!(waiting(&correcting, &POLICY)[0].expected, Action::Correct);
    let end = |dossier: &mut Dossier| dossier.project.overlays.clear();
    gate(Action::Correct, &[("answers", "已补")], &correcting, end, Unmet::NotLying(Overlay::Correcting));
    let twice = take(Action::ReturnForCorrection, &[("items", "补附件")], &correcting);
    let blocked = Unmet::Blocked(Overlay::Correcting);
    assert_eq!(twice, Err(vec![Unmet::AlreadyLying(Overlay::Correcting), blocked]));
}

#[test]
fn r17_1_of_a_frozen_project_nothing_but_the_thaw_goes_on() {
    for stage in Stage::ALL {
        let frozen = under(*stage, Overlay::SecrecyFrozen);
        for action in Action::ALL {
            let at = Circumstances { dossier: &frozen, policy: &POLICY, capacity: Role::Lead, now: now() };
            assert_eq!(conditions(*action, at).is_empty(), *action == Action::Unfreeze, "{action} at {stage}");
        }
        let roles: Vec<Role> = waiting(&frozen, &POLICY).iter().map(|work| work.role).collect();
        assert_eq!(roles, [Role::Lead, Role::Secadmin]);
    }
}

#[test]
fn r5_1_a_suspended_project_waits_for_the_lead_alone() {
    let suspended = under(Stage::TechnicalReview, Overlay::Suspended);
    assert_eq!(
        waiting(&suspended, &POLICY).iter().map(|work| (work.role, work.expected)).collect::<Vec<_>>(),
        [(Role::Lead, Action::Resume)]
    );
    let raw: Raw<'_> = &[("reason", "恢复")];
    let end = |dossier: &mut Dossier| dossier.project.overlays.clear();
    gate(Action::Resume, raw, &suspended, end, Unmet::NotLying(Overlay::Suspended));
}

#[test]
fn at_a_final_stage_only_freezes_and_violations_stay() {
    let before = Overlay::ALL.iter().copied().collect();
    let left = overlays_after(Action::Terminate, Stage::Terminated, &before);
    assert_eq!(left, [Overlay::SecrecyFrozen, Overlay::Violation].into());
}

fn change<'a>(amount: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    [&[("reason", "政策调整"), ("amount_wan", amount)], more].concat()
}

#[test]
fn r4_2_a_rise_above_ten_percent_needs_its_adjusted_approval() {
    let dossier = complete(Stage::TechnicalReview, "60");
    assert_eq!(take(Action::Change, &change("66", &[]), &dossier), Ok(Stage::TechnicalReview), "exactly ten");
    let missing = Unmet::AdjustmentMissing { from: wan("60"), to: wan("66.000001") };
    assert_eq!(take(Action::Change, &change("66.000001", &[]), &dossier), Err(vec![missing]));
    let adjusted = change("66.000001", &[("adjustment_doc_no", "玉发改〔2027〕9号")]);
    assert_eq!(take(Action::Change, &adjusted, &dossier), Ok(Stage::TechnicalReview));
    assert_eq!(take(Action::Change, &[("reason", "更名")], &dossier), Err(vec![Unmet::ChangeEmpty]));
    let content: Raw<'_> = &[("reason", "更名"), ("content", "模块合并")];
    assert_eq!(take(Action::Change, content, &dossier), Ok(Stage::TechnicalReview));
}

#[test]
fn r8_2_a_rise_into_a_higher_tier_voids_the_opinion_and_goes_back() {
    let dossier = complete(Stage::ReviewPassed, "98");
    let decide = |amount| take_as(Role::Unit, Action::Change, &change(amount, &[]), &dossier).unwrap();
    let below = decide("99.999999");
    assert_eq!((below.to, void(&below)), (Stage::ReviewPassed, false));
    let across = decide("100");
    assert_eq!((across.to, void(&across)), (Stage::Approved, true));
}

fn void(decision: &Decision) -> bool {
    matches!(decision.record, Record::Changed { void_opinion: true, .. })
}

#[test]
fn r8_3_a_fall_lowers_the_way_only_with_the_leads_word_and_never_past_a_panel() {
    let mut dossier = complete(Stage::TechnicalReview, "100");
    let may_lower = |capacity, dossier: &Dossier| {
        let decision = take_as(capacity, Action::Change, &change("60", &[]), dossier).unwrap();
        matches!(decision.record, Record::Changed { may_lower: true, .. })
    };
    assert!(may_lower(Role::Lead, &dossier) && !may_lower(Role::Unit, &dossier));
    dossier.panel = Some(PanelResult::Pass);
    assert!(!may_lower(Role::Lead, &dossier));
    let lower = route::compute(&dossier.project.declaration, wan("60"), &POLICY);
    assert_eq!(lower.clone().not_below(&dossier.project.route).code, route::RouteCode::Panel);
    assert_eq!(lower.clone().not_below(&lower).code, route::RouteCode::Centre);
}

#[test]
fn r12_4_a_contract_is_not_changed_below_what_was_paid() {
    let mut dossier = complete(Stage::Contracted, "62.5");
    let contract: Raw<'_> = &[
        ("vendor", "某公司"),
        ("amount_wan", "50"),
        ("signed_on", "2027-02-01"),
        ("clauses", "om_price,data_ownership,acceptance_payment"),
    ];
    did(&mut dossier, Action::RegisterContract, contract);
    let paid: Raw<'_> = &[("amount_wan", "30"), ("kind", "advance"), ("date", "2027-03-01")];
    did(&mut dossier, Action::RegisterPayment, paid);
    assert_eq!(take(Action::Change, &change("30", &[]), &dossier), Ok(Stage::Contracted));
    let below = Unmet::PaymentsAboveContract { total: wan("30"), contract: wan("29.999999") };
    assert_eq!(take(Action::Change, &change("29.999999", &[]), &dossier), Err(vec![below]));
    did(&mut dossier, Action::Change, &change("54", &[]));
    assert_eq!(dossier.contract_amount(), Some(wan("54")));
    assert_eq!((dossier.amounts().contract, dossier.amounts().changed), (Some(wan("50")), Some(wan("54"))));
}
