//! From the signed opinion to the archive.

use super::*;

/// A project whose decisions all stand, with the survey done and the requirement fixed.
fn prepared(stage: Stage, amount: &str) -> Dossier {
    let mut dossier = complete(stage, amount);
    let amount = wan(amount);
    dossier.approval = Some(Approval { doc_no: "1号".to_owned(), doc_date: day("2026-10-20"), amount, by: hand(1) });
    dossier.project.approved = Some(amount);
    dossier.project.assessed = Some(wan("60").min(amount));
    let signed = Opinion { signed: Some(hand(3)), doc_date: Some(day("2026-11-20")), ..opinion(ReviewResult::Pass) };
    dossier.opinions = vec![signed];
    did(&mut dossier, Action::DecideFiling, &[("result", "approve"), ("doc_date", "2026-12-01")]);
    did(&mut dossier, Action::EnterProcurement, &[("budget_doc_no", "玉财预1号")]);
    did(&mut dossier, Action::RecordSurvey, SURVEY);
    did(&mut dossier, Action::FixRequirement, &[("date", "2026-12-20")]);
    dossier
}

const SURVEY: Raw<'_> = &[
    ("methods", "问卷\n咨询"),
    ("respondents", "5"),
    ("start", "2026-12-02"),
    ("end", "2026-12-20"),
    ("archive_no", "档-7"),
];
const START: Raw<'_> = &[("channel", "central"), ("method", "公开招标"), ("budget_wan", "60")];
const CONTRACT: Raw<'_> = &[
    ("vendor", "某公司"),
    ("amount_wan", "58"),
    ("signed_on", "2027-02-01"),
    ("clauses", "om_price,data_ownership,acceptance_payment"),
];
const MEMBERS: &str = "张三|县教育局|主任\n李四|县财政局|科长\n王五|某学院|教授";

fn contracted(stage: Stage) -> Dossier {
    let mut dossier = prepared(stage, "62.5");
    did(&mut dossier, Action::StartProcurement, START);
    did(&mut dossier, Action::RegisterContract, CONTRACT);
    dossier
}

fn acceptance<'a>(members: &'a str, unit: &'a str, centre: &'a str, data: &'a str) -> [(&'a str, &'a str); 5] {
    [
        ("members", members),
        ("unit_result", unit),
        ("centre_result", centre),
        ("data_aggregated", data),
        ("doc_date", "2027-09-01"),
    ]
}

fn accepted(stage: Stage) -> Dossier {
    let mut dossier = contracted(stage);
    did(&mut dossier, Action::RecordAcceptance, &acceptance(MEMBERS, "pass", "pass", "true"));
    dossier
}

#[test]
fn r7_4_approval_review_and_filing_follow_each_other_to_the_day() {
    let filing = |date| [("result", "approve"), ("doc_date", date)];
    let dossier = prepared(Stage::FilingReview, "62.5");
    assert_eq!(take(Action::DecideFiling, &filing("2026-11-20"), &dossier), Ok(Stage::Filed), "the same day will do");
    let early = Unmet::OutOfOrder {
        earlier: Milestone::Review,
        first: day("2026-11-20"),
        later: Milestone::Filing,
        second: day("2026-11-19"),
    };
    assert_eq!(take(Action::DecideFiling, &filing("2026-11-19"), &dossier), Err(vec![early]));
    let refusal: Raw<'_> = &[("result", "refuse"), ("doc_date", "2026-11-19"), ("reason", "未定级")];
    assert_eq!(take(Action::DecideFiling, refusal, &dossier), Ok(Stage::Rejected), "a refusal waits for no order");
}

#[test]
fn r7_4_procurement_starts_no_day_before_the_filing_it_rests_on() {
    let mut dossier = prepared(Stage::ProcurementPreparation, "62.5");
    for (filed, allowed) in [(now().date_naive(), true), (now().date_naive() + chrono::Days::new(1), false)] {
        let filing = [("result", "approve"), ("doc_date", &*filed.to_string())];
        did(&mut dossier, Action::DecideFiling, &filing);
        let early = Unmet::OutOfOrder {
            earlier: Milestone::Filing,
            first: filed,
            later: Milestone::Procurement,
            second: now().date_naive(),
        };
        let expected = if allowed { Ok(Stage::Procuring) } else { Err(vec![early]) };
        assert_eq!(take(Action::StartProcurement, START, &dossier), expected, "{filed}");
    }
}

#[test]
fn r7_4_procurement_rests_on_three_decisions() {
    let dossier = prepared(Stage::Filed, "62.5");
    let raw: Raw<'_> = &[("budget_doc_no", "玉财预〔2027〕1号")];
    let spoils: [Spoil<Milestone, Dossier>; 3] = [
        (Milestone::Approval, |dossier| dossier.approval = None),
        (Milestone::Review, |dossier| dossier.opinions[0].result = ReviewResult::Fail),
        (Milestone::Filing, |dossier| drop(dossier.deeds.remove(0))),
    ];
    for (milestone, spoil) in spoils {
        gate(Action::EnterProcurement, raw, &dossier, spoil, Unmet::MilestoneMissing(milestone));
    }
    let mut next_round = dossier;
    next_round.project.round = 2;
    let missing = [Milestone::Review, Milestone::Filing].map(Unmet::MilestoneMissing).to_vec();
    assert_eq!(take(Action::EnterProcurement, raw, &next_round), Err(missing), "an earlier round's do not count");
}

#[test]
fn r7_4_the_small_way_needs_the_decisions_its_policy_names() {
    let mut dossier = prepared(Stage::Filed, "49.999999");
    dossier.opinions.clear();
    dossier.deeds.clear();
    dossier.approval = None;
    let mut policy = POLICY.clone();
    let reasons: [Raw<'_>; 2] = [&[], &[("reason", "解释口径第3号")]];
    for (needs_approval, needs_filing, reason) in [
        (true, true, reasons[1]),
        (false, true, reasons[1]),
        (true, false, reasons[1]),
        (false, false, reasons[1]),
        (false, false, reasons[0]),
    ] {
        (policy.small_route.needs_approval, policy.small_route.needs_filing) = (needs_approval, needs_filing);
        dossier.deeds.clear();
        did(&mut dossier, Action::TakeSmallRoute, reason);
        let at = Circumstances { dossier: &dossier, policy: &policy, capacity: Role::Unit, now: now() };
        let missing = [(Milestone::Approval, needs_approval), (Milestone::Filing, needs_filing)];
        let missing = missing.into_iter().filter(|(_, needed)| *needed || reason.is_empty());
        let missing: Vec<Unmet> = missing.map(|(milestone, _)| Unmet::MilestoneMissing(milestone)).collect();
        assert_eq!(conditions(Action::EnterProcurement, at), missing, "{needs_approval} {needs_filing} {reason:?}");
    }
}

#[test]
fn r4_3_no_procurement_starts_without_the_budgets_document() {
    let dossier = prepared(Stage::ProcurementPreparation, "62.5");
    let past_the_door = |dossier: &mut Dossier| dossier.deeds.retain(|deed| deed.action != Action::EnterProcurement);
    gate(Action::StartProcurement, START, &dossier, past_the_door, Unmet::BudgetDocumentMissing);
    let mut small = dossier;
    past_the_door(&mut small);
    let named = [START, &[("budget_doc_no", "玉财预1号")]].concat();
    assert_eq!(take(Action::StartProcurement, &named, &small), Ok(Stage::Procuring), "named at the last moment");
}

#[test]
fn r8_7_where_a_survey_is_required_it_ends_before_the_requirement_is_fixed() {
    let mut dossier = prepared(Stage::ProcurementPreparation, "62.5");
    dossier.project.route.survey_required = true;
    let fix = |date| [("date", date)];
    let stays = Stage::ProcurementPreparation;
    assert_eq!(take(Action::FixRequirement, &fix("2026-12-20"), &dossier), Ok(stays), "on its last day");
    let (ended, fixed) = (day("2026-12-20"), day("2026-12-19"));
    let late = Unmet::SurveyAfterRequirement { ended, fixed };
    assert_eq!(take(Action::FixRequirement, &fix("2026-12-19"), &dossier), Err(vec![late]));
    let no_survey = |dossier: &mut Dossier| dossier.deeds.retain(|deed| deed.action != Action::RecordSurvey);
    gate(Action::FixRequirement, &fix("2026-12-20"), &dossier, no_survey, Unmet::SurveyMissing);
    gate(Action::StartProcurement, START, &dossier, no_survey, Unmet::SurveyMissing);
    let again = |dossier: &mut Dossier| {
        let later = [&SURVEY[..3], &[("end", "2026-12-21")]].concat();
        did(dossier, Action::RecordSurvey, &later);
    };
    let late = Unmet::SurveyAfterRequirement { ended: day("2026-12-21"), fixed: ended };
    gate(Action::StartProcurement, START, &dossier, again, late);
    let backwards = [&SURVEY[..2], &[("start", "2026-12-21"), ("end", "2026-12-20")]].concat();
    assert_eq!(take(Action::RecordSurvey, &backwards, &dossier), Err(vec![Unmet::SurveyEndsBeforeItStarts]));
}

#[test]
fn r8_7_a_survey_asked_somebody() {
    let read = |asked: &str| {
        let given = SURVEY.iter().map(|(key, text)| (key.to_string(), text.to_string()));
        let told = (Key::Respondents.code().to_owned(), asked.to_owned());
        Inputs::read(Action::RecordSurvey, &given.chain([told]).collect())
    };
    let problem = InputProblem { field: "respondents".to_owned(), problem: FieldProblem::Count(1, 100_000) };
    for nobody in ["0", "００", "-1"] {
        assert_eq!(read(nobody).unwrap_err(), std::slice::from_ref(&problem), "{nobody}");
    }
    assert_eq!(read("1").unwrap().number(Key::Respondents), Some(1));
}

#[test]
fn r8_7_procurement_starts_from_a_fixed_requirement() {
    let dossier = prepared(Stage::ProcurementPreparation, "62.5");
    gate(Action::StartProcurement, START, &dossier, |dossier| drop(dossier.deeds.pop()), Unmet::RequirementNotFixed);
}

#[test]
fn r8_4_what_did_not_pass_is_not_procured() {
    let dossier = prepared(Stage::ProcurementPreparation, "62.5");
    let spoil = |dossier: &mut Dossier| dossier.opinions[0].result = ReviewResult::Fail;
    gate(Action::StartProcurement, START, &dossier, spoil, Unmet::MilestoneMissing(Milestone::Review));
}

#[test]
fn r4_3_the_budget_stays_within_what_was_assessed_to_the_fen() {
    let mut dossier = prepared(Stage::ProcurementPreparation, "62.5");
    let start = |budget| [("channel", "central"), ("method", "公开招标"), ("budget_wan", budget)];
    assert_eq!(take(Action::StartProcurement, &start("60"), &dossier), Ok(Stage::Procuring));
    let above =
        |budget, assessed| Err(vec![Unmet::BudgetAboveAssessed { budget: wan(budget), assessed: wan(assessed) }]);
    assert_eq!(take(Action::StartProcurement, &start("60.000001"), &dossier), above("60.000001", "60"));
    dossier.project.approved = Some(wan("55"));
    assert_eq!(take(Action::StartProcurement, &start("60"), &dossier), above("60", "55"), "an amount that fell binds");
}

#[test]
fn r8_5_below_the_limit_another_channel_than_the_e_mall_needs_its_reason() {
    let start = |channel, reason: Raw<'static>| {
        [&[("channel", channel), ("method", "询价"), ("budget_wan", "40")], reason].concat()
    };
    for server in [false, true] {
        let mut small = prepared(Stage::ProcurementPreparation, "49.999999");
        if server {
            small.project.route.code = route::RouteCode::CentreCatalogue;
        }
        small.project.assessed = None;
        assert_eq!(take(Action::StartProcurement, &start("e-mall", &[]), &small), Ok(Stage::Procuring));
        let refused = take(Action::StartProcurement, &start("central", &[]), &small);
        assert_eq!(refused, Err(vec![Unmet::ChannelNeedsReason]));
        let reasoned = start("central", &[("reason", "卖场无此品目")]);
        assert_eq!(take(Action::StartProcurement, &reasoned, &small), Ok(Stage::Procuring));
    }
    let large = prepared(Stage::ProcurementPreparation, "50");
    assert_eq!(take(Action::StartProcurement, &start("central", &[]), &large), Ok(Stage::Procuring));
}

#[test]
fn r4_3_the_contract_stays_within_the_budget_to_the_fen() {
    let dossier = contracted(Stage::Procuring);
    let contract = |amount| [&[("amount_wan", amount)], &CONTRACT[..1], &CONTRACT[2..]].concat();
    assert_eq!(take(Action::RegisterContract, &contract("60"), &dossier), Ok(Stage::Contracted));
    let above = Unmet::ContractAboveBudget { contract: wan("60.000001"), budget: wan("60") };
    assert_eq!(take(Action::RegisterContract, &contract("60.000001"), &dossier), Err(vec![above]));
}

#[test]
fn r9_2_maintenance_lasts_36_months_to_the_day() {
    let dossier = contracted(Stage::Procuring);
    for (start, last, after) in [("2027-03-01", "2030-02-28", "2030-03-01"), ("2027-03-15", "2030-03-14", "2030-03-15")]
    {
        let term = |end| [CONTRACT, &[("om_start", start), ("om_end", end)]].concat();
        assert_eq!(take(Action::RegisterContract, &term(last), &dossier), Ok(Stage::Contracted));
        let too_long = Unmet::OperationTooLong { longest_months: 36, last_day: day(last) };
        assert_eq!(take(Action::RegisterContract, &term(after), &dossier), Err(vec![too_long]));
    }
    let unclear: [Raw<'_>; 3] = [
        &[("om_start", "2027-03-01")],
        &[("om_end", "2031-03-01")],
        &[("om_start", "2027-03-02"), ("om_end", "2027-03-01")],
    ];
    for term in unclear {
        let refused = take(Action::RegisterContract, &[CONTRACT, term].concat(), &dossier);
        assert_eq!(refused, Err(vec![Unmet::OperationTermUnclear]), "{term:?}");
    }
}

#[test]
fn r9_1_r11_2_r12_4_a_contract_has_its_three_clauses() {
    let dossier = contracted(Stage::Procuring);
    for missing in Clause::ALL {
        let others: Vec<&str> = Clause::ALL.iter().filter(|clause| *clause != missing).map(|c| c.code()).collect();
        let clauses = others.join(",");
        let raw = [&CONTRACT[..3], &[("clauses", clauses.as_str())]].concat();
        assert_eq!(take(Action::RegisterContract, &raw, &dossier), Err(vec![Unmet::ClauseMissing(*missing)]));
    }
}

#[test]
fn r12_1_the_acceptance_team_has_three_members() {
    let dossier = contracted(Stage::Acceptance);
    let of_two = MEMBERS.rsplit_once('\n').unwrap().0;
    let three = acceptance(MEMBERS, "pass", "pass", "true");
    assert_eq!(take(Action::RecordAcceptance, &three, &dossier), Ok(Stage::Accepted));
    let refused = take(Action::RecordAcceptance, &acceptance(of_two, "pass", "pass", "true"), &dossier);
    assert_eq!(refused, Err(vec![Unmet::AcceptanceTeamTooSmall { team: 2, needed: 3 }]));
    let one_twice = format!("{of_two}\n{}", of_two.lines().next().unwrap().replace("主任", "组长"));
    let refused = take(Action::RecordAcceptance, &acceptance(&one_twice, "pass", "pass", "true"), &dossier);
    assert_eq!(refused, Err(vec![Unmet::AcceptanceTeamTooSmall { team: 2, needed: 3 }]), "one person named twice");
}

#[test]
fn r12_2_r11_5_unit_and_centre_both_accept_and_the_data_flow() {
    let dossier = contracted(Stage::Acceptance);
    for (unit, centre, data) in [("fail", "pass", "true"), ("pass", "fail", "true"), ("pass", "pass", "false")] {
        let raw = acceptance(MEMBERS, unit, centre, data);
        assert_eq!(take(Action::RecordAcceptance, &raw, &dossier), Ok(Stage::AcceptanceFailed));
    }
}

#[test]
fn r12_4_remaining_money_follows_acceptance() {
    let payment = |kind| [("amount_wan", "10"), ("kind", kind), ("date", "2027-09-10")];
    let done = accepted(Stage::Accepted);
    let spoil = |dossier: &mut Dossier| drop(dossier.deeds.pop());
    gate(Action::RegisterPayment, &payment("remaining"), &done, spoil, Unmet::PaymentBeforeAcceptance);
    let open = contracted(Stage::Implementing);
    assert_eq!(take(Action::RegisterPayment, &payment("milestone"), &open), Ok(Stage::Implementing));
}

#[test]
fn r12_4_all_payments_stay_within_the_contract_to_the_fen() {
    let mut dossier = contracted(Stage::Contracted);
    let payment = |amount| [("amount_wan", amount), ("kind", "advance"), ("date", "2027-03-10")];
    did(&mut dossier, Action::RegisterPayment, &payment("30"));
    assert_eq!(take(Action::RegisterPayment, &payment("28"), &dossier), Ok(Stage::Contracted));
    let too_much = Unmet::PaymentsAboveContract { total: wan("58.000001"), contract: wan("58") };
    assert_eq!(take(Action::RegisterPayment, &payment("28.000001"), &dossier), Err(vec![too_much]));
}

#[test]
fn r13_1_nothing_unaccepted_goes_into_use() {
    let raw: Raw<'_> = &[("date", "2027-09-15")];
    let spoil = |dossier: &mut Dossier| drop(dossier.deeds.pop());
    gate(Action::GoLive, raw, &accepted(Stage::Accepted), spoil, Unmet::NotAccepted);
}

#[test]
fn r15_2_an_archive_holds_its_evaluation_and_the_bound_survey() {
    let mut dossier = accepted(Stage::Evaluation);
    dossier.project.route.survey_required = true;
    did(&mut dossier, Action::RecordEvaluation, &[("score", "91")]);
    let raw: Raw<'_> = &[("archive_no", "档-2027-7")];
    gate(Action::Archive, raw, &dossier, |dossier| drop(dossier.deeds.pop()), Unmet::EvaluationMissing);
    let unbound = |dossier: &mut Dossier| did(dossier, Action::RecordSurvey, &SURVEY[..4]);
    gate(Action::Archive, raw, &dossier, unbound, Unmet::SurveyNotBound);
}

#[test]
fn r15_2_an_evaluation_with_issues_leads_to_rectification() {
    let dossier = accepted(Stage::Evaluation);
    assert_eq!(take(Action::RecordEvaluation, &[("score", "91")], &dossier), Ok(Stage::Evaluation));
    let issues: Raw<'_> = &[("score", "70"), ("issues", "使用率低")];
    assert_eq!(take(Action::RecordEvaluation, issues, &dossier), Ok(Stage::EvaluationRectifying));
}

#[test]
fn what_was_stored_for_a_deed_reads_back_the_same() {
    for raw in [SURVEY, CONTRACT, &acceptance(MEMBERS, "pass", "fail", "false")] {
        let action = [Action::RecordSurvey, Action::RegisterContract, Action::RecordAcceptance]
            .into_iter()
            .find(|action| raw.iter().all(|(key, _)| action.inputs().iter().any(|spec| spec.key.code() == *key)))
            .unwrap();
        let raw = raw.iter().map(|(key, value)| (key.to_string(), value.to_string())).collect();
        let inputs = Inputs::read(action, &raw).unwrap();
        let stored: Vec<_> = inputs.iter().map(|(key, value)| (key.code(), value.to_string())).collect();
        let again = Inputs::stored(action, stored.iter().map(|(key, value)| (*key, value.as_str())));
        assert_eq!(again, inputs);
    }
}
