//! From the form to the signed opinion.

use super::*;
use crate::domain::findings::Pattern;

#[test]
fn r5_1_an_action_out_of_turn_is_refused_with_the_stages_it_needs() {
    let dossier = complete(Stage::PlanIntake, "62.5");
    let needed = &[Stage::Draft];
    assert_eq!(take(Action::Submit, &[], &dossier), Err(vec![Unmet::WrongStage { stage: Stage::PlanIntake, needed }]));
}

#[test]
fn ra_1_a_form_with_an_empty_field_is_not_submitted() {
    let spoils: [Spoil<FormField, Declaration>; 7] = [
        (FormField::Period, |form| form.end = None),
        (FormField::Funding, |form| form.funding.clear()),
        (FormField::Basis, |form| form.basis = "　 ".to_owned()),
        (FormField::Necessity, |form| form.necessity.clear()),
        (FormField::Content, |form| form.content.clear()),
        (FormField::Contact, |form| form.contact.clear()),
        (FormField::Phone, |form| form.phone.clear()),
    ];
    assert_eq!(spoils.map(|(field, _)| field), FormField::ALL);
    let dossier = complete(Stage::Draft, "62.5");
    for (field, spoil) in spoils {
        let missing = Unmet::FormFieldMissing(field);
        gate(Action::Submit, &[], &dossier, |dossier| spoil(&mut dossier.project.declaration), missing);
    }
}

#[test]
fn r2_2_funding_one_fen_short_of_the_amount_is_not_submitted() {
    let (declared, sum) = (wan("62.5"), wan("62.499999"));
    gate(
        Action::Submit,
        &[],
        &complete(Stage::Draft, "62.5"),
        |dossier| dossier.project.declaration.funding[0].amount = sum,
        Unmet::FundingMismatch { declared, sum },
    );
}

#[test]
fn ra_2_a_township_reports_through_its_supervising_unit() {
    let mut township = complete(Stage::Draft, "62.5");
    let supervisor = Unit { id: UnitId(2), ..township.project.unit.clone() };
    township.project.supervising_unit = Some(supervisor);
    township.project.unit.kind = UnitKind::Township;
    let itself = |dossier: &mut Dossier| dossier.project.supervising_unit = Some(dossier.project.unit.clone());
    gate(Action::ReportToSupervisor, &[], &township, itself, Unmet::SupervisingUnitMissing);
    let spoil = |dossier: &mut Dossier| dossier.project.supervising_unit = None;
    gate(Action::ReportToSupervisor, &[], &township, spoil, Unmet::SupervisingUnitMissing);
    gate(
        Action::Submit,
        &[],
        &complete(Stage::Draft, "62.5"),
        |dossier| dossier.project.unit.kind = UnitKind::Subordinate,
        Unmet::ReportsThroughSupervisor,
    );
}

#[test]
fn r6_3_an_addition_in_the_running_year_brings_papers_and_reasons() {
    let mut dossier = complete(Stage::PlanIntake, "62.5");
    dossier.project.declaration.in_year = Some(InYearAddition {
        reason: InYearReason::Superior,
        doc_no: Some("赣府发〔2026〕3号".to_owned()),
        explanation: "上级部署".to_owned(),
        funding_request: true,
        construction_plan: true,
    });
    let spoils: [Spoil<Unmet, InYearAddition>; 4] = [
        (Unmet::FundingRequestMissing, |addition| addition.funding_request = false),
        (Unmet::ConstructionPlanMissing, |addition| addition.construction_plan = false),
        (Unmet::InYearExplanationMissing, |addition| addition.explanation.clear()),
        (Unmet::SuperiorDocumentMissing, |addition| addition.doc_no = Some(" ".to_owned())),
    ];
    for (condition, spoil) in spoils {
        let spoil = |dossier: &mut Dossier| spoil(dossier.project.declaration.in_year.as_mut().unwrap());
        gate(Action::AcceptPlan, &[], &dossier, spoil, condition);
    }
    let other = dossier.project.declaration.in_year.as_mut().unwrap();
    (other.reason, other.doc_no) = (InYearReason::Other, None);
    assert_eq!(take(Action::AcceptPlan, &[], &dossier), Ok(Stage::JointReview), "another reason needs no number");
}

#[test]
fn r6_2_each_agency_votes_once_and_the_third_agreement_moves_the_project_on() {
    let mut dossier = complete(Stage::JointReview, "62.5");
    let agree: Raw<'_> = &[("result", "agree")];
    for agency in Agency::ALL {
        let to = take_as(agency.role(), Action::Vote, agree, &dossier).unwrap().to;
        let last = *agency == Agency::Finance;
        assert_eq!(to, if last { Stage::AwaitingGovernment } else { Stage::JointReview });
        dossier.votes.push(vote(*agency));
        let again = take_as(agency.role(), Action::Vote, agree, &dossier);
        assert_eq!(again, Err(vec![Unmet::AlreadyVoted(*agency)]));
    }
}

#[test]
fn r6_2_one_disagreement_rejects_and_one_return_sends_back() {
    let mut dossier = complete(Stage::JointReview, "62.5");
    dossier.votes = vec![vote(Agency::Centre), vote(Agency::Planning)];
    for (result, to) in [("disagree", Stage::Rejected), ("return", Stage::Draft)] {
        let raw: Raw<'_> = &[("result", result), ("opinion", "重复建设")];
        assert_eq!(take_as(Role::Finance, Action::Vote, raw, &dossier).unwrap().to, to);
    }
}

const EX_ANTE: Raw<'_> = &[("ex_ante_conclusion", "予以支持"), ("ex_ante_date", "2026-10-19")];

#[test]
fn r15_1_a_new_project_needs_its_ex_ante_assessment() {
    let dossier = complete(Stage::Planned, "62.5");
    assert_eq!(take(Action::RequestApproval, EX_ANTE, &dossier), Ok(Stage::AwaitingApproval));
    assert_eq!(take(Action::RequestApproval, &[], &dossier), Err(vec![Unmet::ExAnteMissing]));
    let half: Raw<'_> = &[("ex_ante_conclusion", "予以支持")];
    assert_eq!(take(Action::RequestApproval, half, &dossier), Err(vec![Unmet::ExAnteMissing]), "no date");
    let mut rebuild = dossier;
    rebuild.project.declaration.kind = Some(ProjectKind::Rebuild);
    assert_eq!(take(Action::RequestApproval, &[], &rebuild), Ok(Stage::AwaitingApproval), "only new ones need it");
}

#[test]
fn r15_1_an_assessment_on_record_is_not_asked_for_again() {
    let mut dossier = complete(Stage::Planned, "62.5");
    let date = parse_date("2026-10-01").unwrap();
    dossier.ex_ante = Some(ExAnteAssessment { conclusion: "予以支持".to_owned(), date, score: Some(88) });
    assert_eq!(take(Action::RequestApproval, &[], &dossier), Ok(Stage::AwaitingApproval));
}

#[test]
fn r15_1_without_its_kind_nobody_can_tell_whether_a_project_needs_assessment() {
    let spoil = |dossier: &mut Dossier| dossier.project.declaration.kind = None;
    gate(Action::RequestApproval, EX_ANTE, &complete(Stage::Planned, "62.5"), spoil, Unmet::KindMissing);
}

const APPROVAL: Raw<'_> = &[("doc_no", "玉发改〔2026〕1号"), ("doc_date", "2026-10-20"), ("amount_wan", "62.5")];
const PASS: Raw<'_> = &[("result", "pass"), ("assessed_wan", "62.5"), ("summary", "同意")];
const FAIL: Raw<'_> = &[("result", "fail"), ("assessed_wan", "0"), ("summary", "不同意")];

#[test]
fn r11_3_without_the_resource_catalogue_nothing_is_approved() {
    let moments = [
        (Action::RequestApproval, EX_ANTE, Stage::Planned),
        (Action::ApproveProject, APPROVAL, Stage::AwaitingApproval),
        (Action::DraftOpinion, PASS, Stage::TechnicalReview),
    ];
    let insufficient =
        [None, Some(ResourceCatalogue::Entries(0)), Some(ResourceCatalogue::NotApplicable(" ".to_owned()))];
    for (action, raw, stage) in moments {
        for catalogue in &insufficient {
            let spoil = |dossier: &mut Dossier| dossier.project.declaration.catalogue = catalogue.clone();
            gate(action, raw, &complete(stage, "62.5"), spoil, Unmet::CatalogueMissing);
        }
    }
    let mut hardware = complete(Stage::AwaitingApproval, "62.5");
    hardware.project.declaration.catalogue = Some(ResourceCatalogue::NotApplicable("纯硬件".to_owned()));
    assert_eq!(take(Action::ApproveProject, APPROVAL, &hardware), Ok(Stage::Approved), "a reasoned statement counts");
}

#[test]
fn r8_5_a_small_project_has_no_scheme_to_hand_in() {
    let raw: Raw<'_> = &[("designer", "某设计院"), ("version", "1.0")];
    let small = complete(Stage::Approved, "49.999999").project.route;
    let spoil = |dossier: &mut Dossier| dossier.project.route = small;
    gate(Action::SubmitScheme, raw, &complete(Stage::Approved, "50"), spoil, Unmet::NoReviewOnSmallRoute);
}

#[test]
fn r7_2_a_project_that_needs_review_cannot_take_the_small_way() {
    let large = complete(Stage::Approved, "50").project.route;
    let spoil = |dossier: &mut Dossier| dossier.project.route = large;
    gate(Action::TakeSmallRoute, &[], &complete(Stage::Approved, "49.999999"), spoil, Unmet::ReviewRequired);
}

#[test]
fn r7_4_the_small_way_leads_past_the_filing_only_where_the_policy_says_so_and_with_a_reason() {
    let dossier = complete(Stage::Approved, "18");
    let mut policy = POLICY.clone();
    let reason = |text: &str| {
        let raw = [("reason".to_owned(), text.to_owned())].into();
        Inputs::read(Action::TakeSmallRoute, &raw).unwrap()
    };
    let unsaid = Unmet::LeftOutWithoutReason(Milestone::Filing);
    for (needs_filing, text, to) in [
        (true, "", Ok(Stage::FilingReview)),
        (false, "解释口径第3号", Ok(Stage::ProcurementPreparation)),
        (false, "", Err(vec![unsaid])),
    ] {
        policy.small_route.needs_filing = needs_filing;
        let at = Circumstances { dossier: &dossier, policy: &policy, capacity: Role::Intake, now: now() };
        let taken = decide(Action::TakeSmallRoute, &reason(text), at).map(|decision| decision.to);
        assert_eq!(taken, to, "{needs_filing} {text}");
    }
}

#[test]
fn r7_4_the_small_way_begins_at_the_plan_only_where_no_approval_is_needed() {
    let dossier = complete(Stage::Planned, "18");
    let mut policy = POLICY.clone();
    let reason = Inputs::read(Action::TakeSmallRoute, &[("reason".to_owned(), "口径".to_owned())].into()).unwrap();
    for needs_approval in [true, false] {
        policy.small_route.needs_approval = needs_approval;
        let at = Circumstances { dossier: &dossier, policy: &policy, capacity: Role::Intake, now: now() };
        let taken = decide(Action::TakeSmallRoute, &reason, at).map(|decision| decision.to);
        let unreasoned = decide(Action::TakeSmallRoute, &Inputs::default(), at).map(|decision| decision.to);
        let expected: Vec<(Role, Action)> =
            waiting(&dossier, &policy).into_iter().map(|work| (work.role, work.expected)).collect();
        if needs_approval {
            assert_eq!(taken, Err(vec![Unmet::MilestoneMissing(Milestone::Approval)]));
            assert_eq!(expected, [(Role::Unit, Action::RequestApproval)]);
        } else {
            assert_eq!(taken, Ok(Stage::FilingReview));
            assert_eq!(unreasoned, Err(vec![Unmet::LeftOutWithoutReason(Milestone::Approval)]));
            assert_eq!(expected, [(Role::Intake, Action::TakeSmallRoute)], "and the queue says whose turn it is");
        }
    }
}

#[test]
fn r6_1_a_late_plan_brings_the_papers_of_an_addition_where_the_county_asks_for_them() {
    let mut dossier = complete(Stage::PlanIntake, "62.5");
    let mut policy = POLICY.clone();
    let accept = |dossier: &Dossier, policy: &Policy| {
        let at = Circumstances { dossier, policy, capacity: Role::Intake, now: now() };
        decide(Action::AcceptPlan, &Inputs::default(), at).map(|decision| decision.to)
    };
    let moment = |text| Some(parse_moment(text).unwrap());
    dossier.project.received_at = moment("2026-10-01T00:00:00+08:00");
    assert_eq!(accept(&dossier, &policy), Ok(Stage::JointReview), "by default it is only late");
    policy.plan.late_needs_in_year_papers = true;
    let late = Unmet::LatePapersMissing { received: day("2026-10-01"), last_day: day("2026-09-30") };
    assert_eq!(accept(&dossier, &policy), Err(vec![late]));
    dossier.project.declaration.in_year = Some(InYearAddition {
        reason: InYearReason::Other,
        doc_no: None,
        explanation: "资金刚落实".to_owned(),
        funding_request: true,
        construction_plan: false,
    });
    assert_eq!(accept(&dossier, &policy), Err(vec![Unmet::ConstructionPlanMissing]));
    dossier.project.declaration.in_year.as_mut().unwrap().construction_plan = true;
    assert_eq!(accept(&dossier, &policy), Ok(Stage::JointReview));
    dossier.project.declaration.in_year = None;
    dossier.project.received_at = moment("2026-09-30T23:59:59+08:00");
    assert_eq!(accept(&dossier, &policy), Ok(Stage::JointReview), "the last day counts to its end");
}

#[test]
fn r7_3_no_opinion_while_an_item_is_unanswered() {
    let dossier = complete(Stage::TechnicalReview, "62.5");
    let last = dossier.judgements.last().unwrap().item.clone();
    let condition = || Unmet::ItemsUnanswered(vec![last.clone()]);
    gate(Action::DraftOpinion, PASS, &dossier, |dossier| drop(dossier.judgements.pop()), condition());
    let noted = |dossier: &mut Dossier| dossier.judgements.last_mut().unwrap().verdict = None;
    gate(Action::DraftOpinion, FAIL, &dossier, noted, condition());
}

#[test]
fn r7_3_an_answer_of_no_brings_problem_suggestion_and_basis() {
    let mut dossier = complete(Stage::TechnicalReview, "62.5");
    let item = dossier.judgements[0].item.clone();
    let needs: [(Verdict, &[Lack]); 3] =
        [(Verdict::Fail, Lack::ALL), (Verdict::Doubt, Lack::ALL), (Verdict::NotApplicable, &[Lack::Remark])];
    for (verdict, lacks) in needs {
        dossier.judgements[0].verdict = Some(verdict);
        for lack in lacks {
            let spoil = |dossier: &mut Dossier| match lack {
                Lack::Remark => dossier.judgements[0].remark.clear(),
                Lack::Suggestion => dossier.judgements[0].suggestion.clear(),
                Lack::Basis => dossier.judgements[0].basis.clear(),
            };
            let condition = Unmet::AnswerIncomplete { item: item.clone(), verdict, lacks: vec![*lack] };
            gate(Action::DraftOpinion, FAIL, &dossier, spoil, condition);
        }
    }
}

#[test]
fn r8_2_panel_from_100_wan() {
    let raw = |amount| [("result", "pass"), ("assessed_wan", amount), ("summary", "同意")];
    let below = complete(Stage::TechnicalReview, "99.999999");
    assert_eq!(take(Action::DraftOpinion, &raw("99.999999"), &below), Ok(Stage::OpinionCheck));
    let mut above = complete(Stage::TechnicalReview, "100");
    above.panels = vec![panel::concluded(PanelResult::Pass)];
    gate(Action::DraftOpinion, &raw("100"), &above, |dossier| dossier.panels.clear(), Unmet::PanelMissing);
}

#[test]
fn r8_2_a_panel_that_said_no_bars_a_passing_opinion_only() {
    let mut dossier = complete(Stage::TechnicalReview, "62.5");
    let spoil = |dossier: &mut Dossier| dossier.panels = vec![panel::concluded(PanelResult::Fail)];
    gate(Action::DraftOpinion, PASS, &dossier, spoil, Unmet::PanelFailed);
    spoil(&mut dossier);
    assert_eq!(take(Action::DraftOpinion, FAIL, &dossier), Ok(Stage::OpinionCheck));
}

#[test]
fn r10_a_veto_that_was_found_bars_a_passing_opinion_only() {
    for pattern in [Pattern::OwnHardware, Pattern::HiddenRoom, Pattern::PrivateNetwork] {
        let dossier = complete(Stage::TechnicalReview, "62.5");
        let spoil = |dossier: &mut Dossier| dossier.vetoes.push(pattern);
        gate(Action::DraftOpinion, PASS, &dossier, spoil, Unmet::VetoFindingOpen(pattern));
        assert_eq!(Unmet::VetoFindingOpen(pattern).rule().article(), 10);
    }
    let mut dossier = complete(Stage::TechnicalReview, "62.5");
    dossier.vetoes.push(Pattern::OwnHardware);
    let fail: Raw<'_> = &[("result", "fail"), ("assessed_wan", "0"), ("summary", "不同意")];
    assert_eq!(take(Action::DraftOpinion, fail, &dossier), Ok(Stage::OpinionCheck));
}

#[test]
fn r8_4_an_open_veto_item_bars_a_passing_opinion_only() {
    let dossier = complete(Stage::TechnicalReview, "62.5");
    let veto = POLICY.checklist.iter().find(|item| item.weight == Weight::Veto).unwrap().id.clone();
    for verdict in [Verdict::Fail, Verdict::Doubt] {
        let spoil = |dossier: &mut Dossier| {
            dossier.judgements.iter_mut().find(|judgement| judgement.item == veto).unwrap().verdict = Some(verdict);
        };
        gate(Action::DraftOpinion, PASS, &dossier, spoil, Unmet::VetoItemOpen { item: veto.clone(), verdict });
        let mut open = dossier.clone();
        spoil(&mut open);
        assert_eq!(take(Action::DraftOpinion, FAIL, &open), Ok(Stage::OpinionCheck));
    }
}

#[test]
fn r8_6_the_assessed_amount_is_positive_and_at_most_the_governing_one_and_a_cut_has_its_reason() {
    let dossier = complete(Stage::TechnicalReview, "62.5");
    let draft = |assessed: &str, cut_reason: &str| {
        let raw: Raw<'_> =
            &[("result", "pass"), ("assessed_wan", assessed), ("summary", "同意"), ("cut_reason", cut_reason)];
        take(Action::DraftOpinion, raw, &dossier)
    };
    assert_eq!(draft("62.500000", ""), Ok(Stage::OpinionCheck));
    let (assessed, governing) = (wan("62.500001"), wan("62.5"));
    assert_eq!(draft("62.500001", ""), Err(vec![Unmet::AssessedAboveGoverning { assessed, governing }]));
    assert_eq!(draft("0", ""), Err(vec![Unmet::AssessedZero]));
    let cut = wan("0.000001");
    assert_eq!(draft("62.499999", ""), Err(vec![Unmet::CutReasonMissing { cut }]));
    assert_eq!(draft("62.499999", "单价偏高"), Ok(Stage::OpinionCheck));
}

#[test]
fn r8_6_the_approved_amount_governs_once_it_exists() {
    let mut dossier = complete(Stage::TechnicalReview, "62.5");
    dossier.project.approved = Some(wan("60"));
    let (assessed, governing) = (wan("62.5"), wan("60"));
    let refused = take(Action::DraftOpinion, PASS, &dossier);
    assert_eq!(refused, Err(vec![Unmet::AssessedAboveGoverning { assessed, governing }]));
}

#[test]
fn r4_1_the_centre_reviews_its_own_project_only_by_a_ruling() {
    let mut dossier = complete(Stage::TechnicalReview, "62.5");
    let spoil = |dossier: &mut Dossier| dossier.project.unit.is_centre = true;
    gate(Action::DraftOpinion, PASS, &dossier, spoil, Unmet::RulingMissing);
    spoil(&mut dossier);
    let ruled = [PASS, &[("ruling", "解释口径第9号")]].concat();
    assert_eq!(take(Action::DraftOpinion, &ruled, &dossier), Ok(Stage::OpinionCheck));
}

#[test]
fn r8_6_what_is_checked_signed_or_sent_back_is_an_opinion_on_its_way() {
    let steps: [(Action, Raw<'_>, Stage); 3] = [
        (Action::CheckOpinion, &[], Stage::OpinionCheck),
        (Action::SignOpinion, &[("doc_no", "1号")], Stage::OpinionSigning),
        (Action::SendBack, &[("reason", "补充依据")], Stage::OpinionSigning),
    ];
    let spoils: [fn(&mut Opinion); 3] = [
        |opinion| opinion.round = 0,
        |opinion| opinion.sent_back = Some(hand(2)),
        |opinion| opinion.signed = Some(hand(3)),
    ];
    for (action, raw, stage) in steps {
        let dossier = with_opinion(stage, ReviewResult::Pass);
        gate(action, raw, &dossier, |dossier| dossier.opinions.clear(), Unmet::OpinionMissing);
        for spoil in spoils {
            gate(action, raw, &dossier, |dossier| spoil(&mut dossier.opinions[0]), Unmet::OpinionMissing);
        }
    }
}

#[test]
fn r8_6_the_signature_leads_where_the_opinion_says() {
    for (result, to) in [(ReviewResult::Pass, Stage::ReviewPassed), (ReviewResult::Fail, Stage::ReviewFailed)] {
        let dossier = with_opinion(Stage::OpinionSigning, result);
        assert_eq!(take(Action::SignOpinion, &[("doc_no", "1号")], &dossier), Ok(to));
    }
}

#[test]
fn every_unmet_condition_is_told_at_once() {
    let mut dossier = complete(Stage::Draft, "62.5");
    dossier.project.unit.kind = UnitKind::Township;
    dossier.project.declaration.funding[0].amount = wan("1");
    dossier.project.declaration.phone.clear();
    assert_eq!(take(Action::Submit, &[], &dossier).unwrap_err().len(), 3);
}
