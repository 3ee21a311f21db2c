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
fn r17_1_of_a_frozen_project_nothing_but_thaw_and_destruction_goes_on() {
    for stage in Stage::ALL {
        let frozen = under(*stage, Overlay::SecrecyFrozen);
        for action in Action::ALL {
            let at = Circumstances { dossier: &frozen, policy: &POLICY, capacity: Role::Lead, now: now() };
            let of_the_freeze = matches!(action, Action::Unfreeze | Action::Expunge);
            assert_eq!(conditions(*action, at).is_empty(), of_the_freeze, "{action} at {stage}");
        }
        let roles: Vec<Role> = waiting(&frozen, &POLICY).iter().map(|work| work.role).collect();
        assert_eq!(roles, [Role::Lead, Role::Secadmin]);
    }
}

#[test]
fn r17_1_only_what_is_frozen_is_destroyed_and_of_what_was_destroyed_nothing_goes_on() {
    let mut dossier = complete(Stage::TechnicalReview, "62.5");
    let raw: Raw<'_> = &[("reason", "保密检查通知3号")];
    assert_eq!(take(Action::Expunge, raw, &dossier), Err(vec![Unmet::NotFrozen]));
    dossier.project.overlays = [Overlay::SecrecyFrozen, Overlay::Correcting, Overlay::Suspended].into();
    assert_eq!(take(Action::Expunge, raw, &dossier), Ok(Stage::TechnicalReview));
    dossier.project.destroyed = Some(now());
    for action in Action::ALL {
        let at = Circumstances { dossier: &dossier, policy: &POLICY, capacity: Role::Lead, now: now() };
        let unmet = conditions(*action, at);
        assert!(unmet == [Unmet::Destroyed] || matches!(unmet[..], [Unmet::WrongStage { .. }]), "{action}: {unmet:?}");
    }
    assert_eq!(waiting(&dossier, &POLICY), []);
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
    let terminated = Decision { to: Stage::Terminated, record: Record::None };
    let left = overlays_after(Action::Terminate, &terminated, &before);
    assert_eq!(left, [Overlay::SecrecyFrozen, Overlay::Violation].into());
}

fn change<'a>(amount: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    [&[("reason", "政策调整"), ("amount_wan", amount)], more].concat()
}

#[test]
fn r4_2_a_rise_above_ten_percent_needs_its_adjusted_approval() {
    let dossier = complete(Stage::TechnicalReview, "60");
    assert_eq!(take(Action::Change, &change("66", &[]), &dossier), Ok(Stage::TechnicalReview), "exactly ten");
    let asked = take_as(Role::Unit, Action::Change, &change("66.000001", &[]), &dossier).unwrap();
    assert_eq!(asked.record, Record::ChangeRequest { open: true }, "it waits and governs nothing");
    let adjusted = change("66.000001", &[("adjustment_doc_no", "玉发改〔2027〕9号")]);
    assert_eq!(take(Action::Change, &adjusted, &dossier), Ok(Stage::TechnicalReview));
    assert_eq!(take(Action::Change, &[("reason", "更名")], &dossier), Err(vec![Unmet::ChangeEmpty]));
    let content: Raw<'_> = &[("reason", "更名"), ("content", "模块合并")];
    assert_eq!(take(Action::Change, content, &dossier), Ok(Stage::TechnicalReview));
}

/// A project for which a change to the amount was asked for and waits.
fn asked(stage: Stage, governing: &str, amount: &str) -> Dossier {
    let mut dossier = complete(stage, governing);
    let raw = change(amount, &[]);
    let decision = take_as(Role::Unit, Action::Change, &raw, &dossier).unwrap();
    assert_eq!(decision, Decision { to: stage, record: Record::ChangeRequest { open: true } });
    did(&mut dossier, Action::Change, &raw);
    dossier.deeds.last_mut().unwrap().effective = decision.takes_effect();
    dossier.project.overlays = overlays_after(Action::Change, &decision, &dossier.project.overlays);
    assert_eq!(dossier.project.overlays, [Overlay::Changing].into());
    dossier
}

#[test]
fn r4_2_a_change_that_was_asked_for_waits_for_its_approval_and_nothing_else_goes_on() {
    let dossier = asked(Stage::ReviewPassed, "60", "80");
    let waits: Vec<_> = waiting(&dossier, &POLICY).iter().map(|work| (work.role, work.expected)).collect();
    assert_eq!(waits, [(Role::Planning, Action::Change)]);
    assert_eq!((dossier.requested(), dossier.project.governing_amount()), (Some(wan("80")), wan("60")));
    assert!(!dossier.was_changed());
    assert_eq!(dossier.amounts().changed, None);
    let blocked = take(Action::SendToFiling, &[], &dossier);
    assert_eq!(blocked, Err(vec![Unmet::Blocked(Overlay::Changing)]));
    let reason: Raw<'_> = &[("reason", "暂缓")];
    assert!(take(Action::Suspend, reason, &dossier).is_ok());
    let at = Circumstances { dossier: &dossier, policy: &POLICY, capacity: Role::Lead, now: now() };
    let passes = |action: &&Action| conditions(**action, at).is_empty();
    let open: Vec<Action> = Action::ALL.iter().filter(passes).copied().collect();
    let record = [Action::FreezeSecret, Action::FlagViolation, Action::AskAdvice, Action::Advise];
    let ends = [Action::Change, Action::Suspend, Action::Terminate];
    assert!(open.iter().all(|action| record.contains(action) || ends.contains(action)), "{open:?}");
}

#[test]
fn r4_2_an_open_request_takes_effect_with_the_adjusted_approval_alone_and_never_above_what_was_asked() {
    let dossier = asked(Stage::ReviewPassed, "60", "80");
    let doc = [("adjustment_doc_no", "玉发改〔2027〕9号")];
    let answer = |amount, more: &[(&'static str, &'static str)]| {
        take_as(Role::Planning, Action::Change, &change(amount, more), &dossier)
    };
    let missing = Unmet::AdjustmentMissing { from: wan("60"), to: wan("80") };
    assert_eq!(answer("80", &[]), Err(vec![missing]), "asking again is no approval");
    let above = Unmet::AboveRequested { requested: wan("80"), amount: wan("80.000001") };
    assert_eq!(answer("80.000001", &doc), Err(vec![above]));
    let empty = take(Action::Change, &[("reason", "更名"), ("content", "合并")], &dossier);
    assert_eq!(empty, Err(vec![Unmet::RequestOpen { from: wan("60"), requested: wan("80") }]));
    for amount in ["80", "70"] {
        let done = answer(amount, &doc).unwrap();
        assert!(matches!(done.record, Record::Changed { amount: to, .. } if to == wan(amount)), "{done:?}");
        assert_eq!(overlays_after(Action::Change, &done, &dossier.project.overlays), BTreeSet::new());
    }
    let within = answer("66", &[]).unwrap();
    assert!(matches!(within.record, Record::Changed { .. }), "up to ten percent needs no adjusted approval");
    let back = answer("60", &[]).unwrap();
    assert_eq!(back.record, Record::ChangeRequest { open: false });
    assert_eq!(overlays_after(Action::Change, &back, &dossier.project.overlays), BTreeSet::new());
}

#[test]
fn r4_2_an_approved_request_across_a_tier_voids_the_opinion_only_then() {
    let dossier = asked(Stage::ReviewPassed, "62.5", "109.76");
    let doc = [("adjustment_doc_no", "玉发改〔2027〕9号")];
    let done = take_as(Role::Planning, Action::Change, &change("109.76", &doc), &dossier).unwrap();
    assert_eq!((done.to, void(&done)), (Stage::Approved, true));
}

#[test]
fn r8_2_a_contract_is_not_raised_across_a_tier() {
    for stage in [Stage::Contracted, Stage::Implementing] {
        let mut dossier = complete(stage, "99");
        let contract: Raw<'_> = &[
            ("vendor", "某公司"),
            ("amount_wan", "95"),
            ("signed_on", "2027-02-01"),
            ("clauses", "om_price,data_ownership,acceptance_payment"),
        ];
        did(&mut dossier, Action::RegisterContract, contract);
        assert_eq!(take(Action::Change, &change("99.999999", &[]), &dossier), Ok(stage));
        let across = Unmet::ContractAcrossTier { from: wan("95"), to: wan("100") };
        assert_eq!(take(Action::Change, &change("100", &[]), &dossier), Err(vec![across]));
        let far = Unmet::ContractAcrossTier { from: wan("95"), to: wan("150") };
        let asked = take(Action::Change, &change("150", &[]), &dossier);
        assert_eq!(asked, Err(vec![far]), "it is not even asked for");
    }
}

#[test]
fn the_eight_amounts_are_kept_apart_and_each_is_held_against_the_one_before() {
    use super::super::amounts::AmountStep;
    let mut dossier = complete(Stage::Contracted, "62.5");
    let approval = Approval { doc_no: String::new(), doc_date: day("2026-10-20"), amount: wan("60"), by: hand(1) };
    (dossier.approval, dossier.project.approved) = (Some(approval), Some(wan("66")));
    did(&mut dossier, Action::Change, &change("66", &[]));
    dossier.project.assessed = Some(wan("64"));
    let start: Raw<'_> = &[("channel", "central"), ("method", "公开招标"), ("budget_wan", "64")];
    did(&mut dossier, Action::StartProcurement, start);
    let contract: Raw<'_> = &[
        ("vendor", "某公司"),
        ("amount_wan", "50"),
        ("signed_on", "2027-02-01"),
        ("clauses", "om_price,data_ownership,acceptance_payment"),
    ];
    did(&mut dossier, Action::RegisterContract, contract);
    let amounts = |dossier: &Dossier| AmountStep::ALL.iter().map(|step| dossier.amount_of(*step)).collect::<Vec<_>>();
    let known = |texts: &[&str]| texts.iter().map(|text| Some(wan(text))).collect::<Vec<_>>();
    assert_eq!(amounts(&dossier)[..6], known(&["62.5", "60", "64", "64", "50", "66"]));
    let drifts: Vec<_> = dossier.drifts().iter().map(|drift| (drift.step.code(), drift.tenths)).collect();
    let expected = [("approved", -40), ("changed", 100), ("assessed", -30), ("budget", 0), ("contract", -218)];
    assert_eq!(drifts, expected);
    assert_eq!(dossier.cut(), None, "no opinion of this round cut anything");
    dossier.opinions = vec![Opinion { signed: Some(hand(3)), ..opinion(ReviewResult::Pass) }];
    assert_eq!(dossier.cut(), Some(wan("2")));
    let later = Hand { at: now() + chrono::Days::new(9), ..hand(1) };
    dossier.deeds[0].by = later;
    assert_eq!(dossier.cut(), None, "what was changed afterwards was not cut by the review");
    let after: Vec<_> = dossier.drifts().iter().map(|drift| (drift.step.code(), drift.against.code())).collect();
    assert_eq!(after[1..3], [("assessed", "approved"), ("changed", "assessed")]);
    dossier.deeds[0].by = hand(1);
    did(&mut dossier, Action::Change, &change("54", &[]));
    let paid: Raw<'_> = &[("amount_wan", "54"), ("kind", "remaining"), ("date", "2027-09-02")];
    did(&mut dossier, Action::RegisterPayment, paid);
    assert_eq!(amounts(&dossier), known(&["62.5", "60", "64", "64", "50", "54", "54", "54"]));
    let last: Vec<_> = dossier.drifts().iter().rev().take(2).map(|drift| (drift.step, drift.against)).collect();
    assert_eq!(last, [(AmountStep::Settled, AmountStep::Changed), (AmountStep::Changed, AmountStep::Contract)]);
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
    dossier.panels = vec![panel::concluded(PanelResult::Pass)];
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
