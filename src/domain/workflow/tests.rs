//! Every gate with its datum and without it, under the rule it comes from; and the table, walked at random.

use std::sync::LazyLock;

use super::action::Action;
use super::dossier::Dossier;
use super::input::Inputs;
use super::record::{
    Agency, Approval, ExAnteAssessment, GovernmentDecision, Hand, Opinion, PanelResult, Record, ReviewResult, Vote,
    VoteResult,
};
use super::unmet::{FormField, Unmet};
use super::waiting::waiting;
use super::{Circumstances, Decision, conditions, decide, table};
use crate::domain::actor::{Role, Unit, UnitKind};
use crate::domain::calendar::{Moment, YearMonth, parse_date, parse_moment};
use crate::domain::checklist::{Judgement, Lack, Verdict, Weight};
use crate::domain::ids::{AccountId, ItemId, ProjectCode, ProjectId, UnitId};
use crate::domain::money::Money;
use crate::domain::policy::Policy;
use crate::domain::project::{
    Declaration, FundingLevel, FundingLine, InYearAddition, InYearReason, Project, ProjectKind, ResourceCatalogue,
    Stage,
};
use crate::domain::route;
use proptest::prelude::*;

static POLICY: LazyLock<Policy> = LazyLock::new(|| Policy::county_default().unwrap());

type Raw<'a> = &'a [(&'a str, &'a str)];

/// What is missing, and how to take it away.
type Spoil<What, From> = (What, fn(&mut From));

fn wan(text: &str) -> Money {
    Money::parse_wan(text).unwrap()
}

fn now() -> Moment {
    parse_moment("2026-10-20T09:00:00+08:00").unwrap()
}

fn hand(account: i64) -> Hand {
    Hand { account: AccountId(account), name: String::new(), at: now() }
}

/// A project whose every datum is in place; a test takes one away.
fn complete(stage: Stage, amount: &str) -> Dossier {
    let amount = wan(amount);
    let declaration = Declaration {
        name: "教师培训平台".to_owned(),
        plan_year: Some(2027),
        kind: Some(ProjectKind::New),
        start: YearMonth::new(2027, 5),
        end: YearMonth::new(2027, 11),
        amount,
        funding: vec![FundingLine { source: "县财政".to_owned(), level: FundingLevel::County, amount }],
        basis: "实施方案".to_owned(),
        necessity: "见附件".to_owned(),
        content: "见附件".to_owned(),
        contact: "办公室".to_owned(),
        phone: "0793-2550000".to_owned(),
        catalogue: Some(ResourceCatalogue::Entries(12)),
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
        stage,
        since: now(),
        version: 1,
        round: 1,
        received_at: Some(now()),
        approved: None,
        assessed: None,
        policy: POLICY.id.clone(),
        reviewer: None,
    };
    let mut dossier = Dossier {
        project,
        votes: Vec::new(),
        government: None,
        ex_ante: None,
        approval: None,
        scheme: None,
        judgements: Vec::new(),
        panel: None,
        opinions: Vec::new(),
    };
    dossier.judgements = answers(&dossier, Verdict::Pass);
    dossier
}

fn answers(dossier: &Dossier, verdict: Verdict) -> Vec<Judgement> {
    let answer = |item: ItemId| Judgement {
        item,
        verdict: Some(verdict),
        remark: "问题".to_owned(),
        suggestion: "建议".to_owned(),
        basis: "依据".to_owned(),
        cite: String::new(),
    };
    dossier.applicable_items(&POLICY).into_iter().map(|item| answer(item.id.clone())).collect()
}

fn with_opinion(stage: Stage, result: ReviewResult) -> Dossier {
    let mut dossier = complete(stage, "62.5");
    dossier.opinions = vec![opinion(result)];
    dossier
}

fn opinion(result: ReviewResult) -> Opinion {
    Opinion {
        round: 1,
        draft: 1,
        result,
        assessed: wan("60"),
        summary: "同意".to_owned(),
        cut_reason: "单价偏高".to_owned(),
        ruling: None,
        drafted: hand(1),
        checked: None,
        check_note: String::new(),
        sent_back: None,
        send_back_reason: String::new(),
        signed: None,
        doc_no: None,
        doc_date: None,
    }
}

fn vote(agency: Agency) -> Vote {
    Vote { agency, result: VoteResult::Agree, opinion: String::new(), minutes_no: None, by: hand(1) }
}

fn take_as(capacity: Role, action: Action, raw: Raw<'_>, dossier: &Dossier) -> Result<Decision, Vec<Unmet>> {
    let raw = raw.iter().map(|(key, value)| (key.to_string(), value.to_string())).collect();
    let inputs = Inputs::read(action, &raw).unwrap();
    decide(action, &inputs, Circumstances { dossier, policy: &POLICY, capacity, now: now() })
}

fn take(action: Action, raw: Raw<'_>, dossier: &Dossier) -> Result<Stage, Vec<Unmet>> {
    take_as(Role::Intake, action, raw, dossier).map(|decision| decision.to)
}

/// Takes the action on the complete project, then on the spoiled one: it leads on, then it is refused for exactly
/// this condition.
fn gate(action: Action, raw: Raw<'_>, dossier: &Dossier, spoil: impl FnOnce(&mut Dossier), condition: Unmet) {
    assert!(take(action, raw, dossier).is_ok(), "{action}: {:?}", take(action, raw, dossier));
    let mut spoiled = dossier.clone();
    spoil(&mut spoiled);
    assert_eq!(take(action, raw, &spoiled), Err(vec![condition]), "{action}");
}

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
    township.project.supervising_unit = Some(township.project.unit.clone());
    township.project.unit.kind = UnitKind::Township;
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
fn r7_4_the_small_way_leads_past_the_filing_only_where_the_policy_says_so() {
    let dossier = complete(Stage::Approved, "18");
    let mut policy = POLICY.clone();
    for (needs_filing, to) in [(true, Stage::FilingReview), (false, Stage::ProcurementPreparation)] {
        policy.small_route.needs_filing = needs_filing;
        let at = Circumstances { dossier: &dossier, policy: &policy, capacity: Role::Intake, now: now() };
        assert_eq!(decide(Action::TakeSmallRoute, &Inputs::default(), at).unwrap().to, to);
    }
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
    above.panel = Some(PanelResult::Pass);
    gate(Action::DraftOpinion, &raw("100"), &above, |dossier| dossier.panel = None, Unmet::PanelMissing);
}

#[test]
fn r8_2_a_panel_that_said_no_bars_a_passing_opinion_only() {
    let mut dossier = complete(Stage::TechnicalReview, "62.5");
    let spoil = |dossier: &mut Dossier| dossier.panel = Some(PanelResult::Fail);
    gate(Action::DraftOpinion, PASS, &dossier, spoil, Unmet::PanelFailed);
    spoil(&mut dossier);
    assert_eq!(take(Action::DraftOpinion, FAIL, &dossier), Ok(Stage::OpinionCheck));
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

/// Writes down what a decision says, the way the service does.
fn carry_out(dossier: &mut Dossier, decision: Decision) {
    match decision.record {
        Record::Vote { agency, result, .. } => dossier.votes.push(Vote { result, ..vote(agency) }),
        Record::Government { approved, doc_no, doc_date } => {
            dossier.government = Some(GovernmentDecision { approved, doc_no, doc_date, by: hand(1) });
        }
        Record::ExAnte(assessment) => dossier.ex_ante = assessment,
        Record::Approval { doc_no, doc_date, amount } => {
            dossier.approval = Some(Approval { doc_no, doc_date, amount, by: hand(1) });
            dossier.project.approved = Some(amount);
        }
        Record::Scheme { new_round, .. } => dossier.project.round += u32::from(new_round),
        Record::OpinionDraft { result, assessed, .. } => {
            dossier.opinions.push(Opinion { round: dossier.project.round, assessed, ..opinion(result) });
        }
        Record::OpinionCheck { .. } => dossier.opinions.last_mut().unwrap().checked = Some(hand(2)),
        Record::OpinionSentBack { .. } => dossier.opinions.last_mut().unwrap().sent_back = Some(hand(2)),
        Record::OpinionSigned { .. } => dossier.opinions.last_mut().unwrap().signed = Some(hand(3)),
        Record::None | Record::SupervisorOpinion(_) | Record::Received(_) | Record::Assignment(_) => {}
    }
    dossier.project.stage = decision.to;
    if decision.to == Stage::Draft {
        dossier.votes.clear();
    }
}

/// A plausible input, one of several answers chosen by `choice`.
fn some_input(action: Action, choice: u8) -> Vec<(&'static str, &'static str)> {
    let pick = |answers: &[&'static str]| answers[usize::from(choice) % answers.len()];
    let fields = super::input::fields_of(action).into_iter().filter(|spec| spec.key.code() != "on_behalf_of");
    fields
        .filter_map(|spec| {
            let value = match spec.key.code() {
                "result" if action == Action::Vote => pick(&["agree", "agree", "agree", "return", "disagree"]),
                "result" if action == Action::RecordGovernmentDecision => pick(&["approve", "approve", "refuse"]),
                "result" => pick(&["pass", "fail"]),
                "amount_wan" => pick(&["62.5", "49.999999", "100"]),
                "assessed_wan" => pick(&["62.5", "62.5", "0"]),
                "doc_date" | "ex_ante_date" => "2026-10-20",
                "ex_ante_score" => "90",
                "received_at" | "scan_digest" | "reviewer" | "ruling" => return None,
                _ => "说明",
            };
            Some((spec.key.code(), value))
        })
        .collect()
}

proptest! {
    #[test]
    fn a_project_moves_only_along_the_rows_of_the_table_and_always_waits_for_somebody(
        steps in prop::collection::vec((any::<prop::sample::Index>(), 0u8..10, 0u8..30), 0..60),
        township: bool,
    ) {
        let mut dossier = complete(Stage::Draft, "62.5");
        if township {
            dossier.project.supervising_unit = Some(dossier.project.unit.clone());
            dossier.project.unit.kind = UnitKind::Township;
        }
        for (which, wild, choice) in steps {
            let stage = dossier.project.stage;
            let fitting: Vec<Action> = table::actions_at(stage).collect();
            let action = match wild {
                0 | 1 => *which.get(Action::ALL),
                _ if fitting.is_empty() => break,
                _ => *which.get(&fitting),
            };
            let capacity = Agency::ALL[usize::from(choice) % 3].role();
            let before = dossier.clone();
            let answer = take_as(capacity, action, &some_input(action, choice), &dossier);
            let row = table::row_of(action).unwrap();
            match answer {
                Ok(decision) => {
                    prop_assert!(row.from.contains(&stage) && row.to.contains(&decision.to), "{action} at {stage}");
                    carry_out(&mut dossier, decision);
                }
                Err(unmet) => {
                    prop_assert!(!unmet.is_empty(), "{action} at {stage} is refused without a reason");
                    prop_assert_eq!(&before, &dossier);
                }
            }
            let stage = dossier.project.stage;
            let open: Vec<Action> = table::actions_at(stage).collect();
            let awaited = waiting(&dossier);
            prop_assert_eq!(awaited.is_empty(), open.is_empty(), "{} waits for {:?}", stage, awaited);
            prop_assert!(awaited.iter().all(|work| open.contains(&work.expected)));
        }
    }

    #[test]
    fn what_is_listed_as_unmet_before_the_input_is_refused_with_every_input(which: prop::sample::Index, choice: u8) {
        let dossier = complete(Stage::Approved, "62.5");
        let action = *which.get(Action::ALL);
        let at = Circumstances { dossier: &dossier, policy: &POLICY, capacity: Role::Intake, now: now() };
        if !conditions(action, at).is_empty() {
            prop_assert!(take(action, &some_input(action, choice), &dossier).is_err());
        }
    }
}
