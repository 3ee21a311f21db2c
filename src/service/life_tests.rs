//! The whole life of a project, from the form to the archive, over a real SQLite in memory.

use super::clock::Clock;
use super::command::Command;
use super::error::{Error, Kind};
use super::tests::{County, draft};
use super::view::queue::{List, Queue};
use super::view::show::Show;
use crate::domain::actor::{Role, UnitKind};
use crate::domain::calendar::parse_moment;
use crate::domain::checklist::Verdict;
use crate::domain::ids::ProjectCode;
use crate::domain::money::Money;
use crate::domain::project::{Overlay, Stage};
use crate::domain::route::RouteCode;
use crate::domain::search::Filter;
use crate::domain::workflow::action::{Action, Key};
use crate::domain::workflow::amounts::AmountStep;
use crate::domain::workflow::dossier::Dossier;
use crate::domain::workflow::unmet::{Milestone, Unmet};

type Step<'a> = (&'a str, Action, &'a [(&'a str, &'a str)], Stage);

const CONTRACT: &[(&str, &str)] = &[
    ("vendor", "某公司"),
    ("amount_wan", "40"),
    ("signed_on", "2027-01-10"),
    ("clauses", "om_price,data_ownership,acceptance_payment"),
];
const ACCEPTANCE: &[(&str, &str)] = &[
    ("members", "张三|县教育局|主任\n李四|县财政局|科长\n王五|某学院|教授"),
    ("unit_result", "pass"),
    ("centre_result", "pass"),
    ("data_aggregated", "true"),
    ("doc_date", "2027-09-01"),
];

/// The usual county, with a person of the unit that builds, on the last day of the year: the papers of these lives
/// are dated until then.
fn county() -> County {
    let mut county = County::new();
    county.0.set_clock(Clock::Fixed(parse_moment("2026-12-31T09:00:00+08:00").unwrap()));
    let unit = "县教育局".to_owned();
    let kind = UnitKind::CountyOrgan;
    county.run("sysadmin", Command::AddUnit { name: unit.clone(), kind, supervisor: None }).unwrap();
    let (code, roles) = ("edu".to_owned(), vec![Role::Unit]);
    let account = Command::AddAccount { code: code.clone(), name: "经办人".to_owned(), unit, roles, os_user: None };
    county.run("sysadmin", account).unwrap();
    county.run("secadmin", Command::SetAccountActive { code, active: true }).unwrap();
    county
}

fn walk(county: &mut County, code: &ProjectCode, steps: &[Step<'_>]) {
    for (account, action, inputs, to) in steps {
        let stage = county.act(account, code, *action, inputs).unwrap_or_else(|error| panic!("{action}: {error:?}"));
        assert_eq!(stage, *to, "{action}");
    }
}

fn dossier(county: &mut County, code: &ProjectCode) -> Dossier {
    county.0.ask(&County::session("lead"), Show { project: code.clone() }).unwrap().dossier
}

fn wan(text: &str) -> Money {
    Money::parse_wan(text).unwrap()
}

fn waits_for(county: &mut County, account: &str, code: &ProjectCode) -> Vec<Action> {
    let queue = Queue { role: None, filter: Filter::EVERYTHING, sort: Vec::new(), after: None, limit: 50 };
    let page = county.0.ask(&County::session(account), queue).unwrap();
    let row = page.rows.into_iter().find(|row| row.code == *code);
    row.map(|row| row.waiting.into_iter().map(|(_, action)| action).collect()).unwrap_or_default()
}

fn refused(answer: super::Answer<Stage>) -> Vec<Unmet> {
    match answer.unwrap_err() {
        Error::Refused(unmet) => unmet,
        other => panic!("{other:?}"),
    }
}

fn reviewed(county: &mut County, wan: &str) -> ProjectCode {
    let code = county.bring_to_review(wan);
    county.judge_all(&code, Verdict::Pass);
    let opinion = &[("result", "pass"), ("assessed_wan", "45"), ("summary", "同意"), ("cut_reason", "单价偏高")];
    county.act("reviewer", &code, Action::DraftOpinion, opinion).unwrap();
    county.act("lead", &code, Action::CheckOpinion, &[]).unwrap();
    let doc = &[("doc_no", "玉数评〔2026〕3号"), ("doc_date", "2026-11-20")];
    county.act("signer", &code, Action::SignOpinion, doc).unwrap();
    code
}

#[test]
fn a_reviewed_project_walks_from_the_opinion_to_the_archive() {
    let mut county = county();
    let code = reviewed(&mut county, "62.5");
    assert_eq!(waits_for(&mut county, "intake", &code), [Action::SendToFiling]);
    walk(
        &mut county,
        &code,
        &[
            ("intake", Action::SendToFiling, &[], Stage::FilingReview),
            ("cyberspace", Action::DecideFiling, &[("result", "approve"), ("doc_date", "2026-12-01")], Stage::Filed),
            ("finance", Action::EnterProcurement, &[("budget_doc_no", "玉财预1号")], Stage::ProcurementPreparation),
            ("edu", Action::FixRequirement, &[("date", "2026-12-05")], Stage::ProcurementPreparation),
        ],
    );
    let start = |budget| [("channel", "central"), ("method", "公开招标"), ("budget_wan", budget)];
    let above = refused(county.act("edu", &code, Action::StartProcurement, &start("45.000001")));
    assert!(matches!(above[..], [Unmet::BudgetAboveAssessed { .. }]));
    let payment = |wan, kind| [("amount_wan", wan), ("kind", kind), ("date", "2027-03-01")];
    walk(
        &mut county,
        &code,
        &[
            ("edu", Action::StartProcurement, &start("45"), Stage::Procuring),
            ("edu", Action::FailProcurement, &[("reason", "不足三家")], Stage::ProcurementFailed),
            ("edu", Action::RestartProcurement, &[], Stage::ProcurementPreparation),
            ("edu", Action::StartProcurement, &start("44"), Stage::Procuring),
            ("edu", Action::RegisterContract, CONTRACT, Stage::Contracted),
            ("finance", Action::RegisterPayment, &payment("12", "advance"), Stage::Contracted),
            ("edu", Action::StartImplementation, &[("date", "2027-02-01")], Stage::Implementing),
            ("edu", Action::StartTrial, &[("date", "2027-06-01")], Stage::TrialRun),
            ("edu", Action::RequestAcceptance, &[("date", "2027-08-20")], Stage::Acceptance),
        ],
    );
    let early = refused(county.act("finance", &code, Action::RegisterPayment, &payment("28", "remaining")));
    assert_eq!(early, [Unmet::PaymentBeforeAcceptance]);
    let failed = [ACCEPTANCE, &[("centre_result", "fail"), ("issues", "目录未挂接")]].concat();
    walk(
        &mut county,
        &code,
        &[
            ("reviewer", Action::RecordAcceptance, &failed, Stage::AcceptanceFailed),
            ("edu", Action::RequestReacceptance, &[("answers", "已挂接")], Stage::Acceptance),
            ("reviewer", Action::RecordAcceptance, ACCEPTANCE, Stage::Accepted),
            ("edu", Action::GoLive, &[("date", "2027-09-05")], Stage::Operating),
            ("finance", Action::RegisterPayment, &payment("28", "remaining"), Stage::Operating),
            ("edu", Action::RequestEvaluation, &[], Stage::Evaluation),
        ],
    );
    assert_eq!(
        refused(county.act("intake", &code, Action::Archive, &[("archive_no", "1")])),
        [Unmet::EvaluationMissing]
    );
    let issues = &[("score", "85"), ("issues", "使用率低"), ("use", "normal")];
    walk(
        &mut county,
        &code,
        &[
            ("lead", Action::RecordEvaluation, issues, Stage::EvaluationRectifying),
            ("edu", Action::FinishRectification, &[("answers", "已培训")], Stage::Evaluation),
            ("intake", Action::Archive, &[("archive_no", "档-2027-7")], Stage::Archived),
        ],
    );
    let dossier = dossier(&mut county, &code);
    let amounts = dossier.amounts();
    let wan = |wan| Some(Money::from_wan(wan));
    assert_eq!((amounts.budget, amounts.contract, amounts.changed), (wan(44), wan(40), None));
    assert_eq!((amounts.settled, amounts.paid), (wan(40), wan(40)));
    let team = dossier.last(Action::RecordAcceptance).unwrap().inputs.records(Key::Members).to_vec();
    assert_eq!(team[2], ["王五", "某学院", "教授"]);
    let snapshot = county.0.database.read().unwrap();
    let (_, _, broken) = snapshot.read().verify_audit(|_, _| {}).unwrap();
    assert_eq!(broken, None);
}

#[test]
fn a_small_custom_project_walks_the_e_mall_route_with_its_survey() {
    let mut county = county();
    let mut small = draft("49.99");
    small.candidate.declaration.custom_development = Some(true);
    let code = county.create(small);
    county.bring_to(&code, Stage::Approved);
    walk(
        &mut county,
        &code,
        &[
            ("intake", Action::TakeSmallRoute, &[], Stage::FilingReview),
            ("cyberspace", Action::DecideFiling, &[("result", "approve"), ("doc_date", "2026-12-01")], Stage::Filed),
            ("edu", Action::EnterProcurement, &[("budget_doc_no", "玉财预1号")], Stage::ProcurementPreparation),
        ],
    );
    assert_eq!(waits_for(&mut county, "edu", &code), [Action::RecordSurvey]);
    let fixed = &[("date", "2026-12-20")];
    assert_eq!(refused(county.act("edu", &code, Action::FixRequirement, fixed)), [Unmet::SurveyMissing]);
    let survey = &[("methods", "问卷\n咨询"), ("respondents", "3"), ("start", "2026-12-02"), ("end", "2026-12-20")];
    let bound = [&survey[..], &[("archive_no", "档-7")]].concat();
    let start = |channel| [("channel", channel), ("method", "直购"), ("budget_wan", "49.99")];
    walk(
        &mut county,
        &code,
        &[
            ("edu", Action::RecordSurvey, survey, Stage::ProcurementPreparation),
            ("edu", Action::RecordSurvey, &bound, Stage::ProcurementPreparation),
            ("edu", Action::FixRequirement, fixed, Stage::ProcurementPreparation),
        ],
    );
    let elsewhere = refused(county.act("edu", &code, Action::StartProcurement, &start("decentralized")));
    assert_eq!(elsewhere, [Unmet::ChannelNeedsReason]);
    walk(
        &mut county,
        &code,
        &[
            ("edu", Action::StartProcurement, &start("e-mall"), Stage::Procuring),
            ("edu", Action::RegisterContract, CONTRACT, Stage::Contracted),
            ("edu", Action::StartImplementation, &[("date", "2027-02-01")], Stage::Implementing),
            ("edu", Action::RequestAcceptance, &[("date", "2027-08-20")], Stage::Acceptance),
            ("reviewer", Action::RecordAcceptance, ACCEPTANCE, Stage::Accepted),
            ("edu", Action::GoLive, &[("date", "2027-09-05")], Stage::Operating),
            ("edu", Action::RequestEvaluation, &[], Stage::Evaluation),
            ("planning", Action::RecordEvaluation, &[("score", "91")], Stage::Evaluation),
            ("intake", Action::Archive, &[("archive_no", "档-2027-8")], Stage::Archived),
        ],
    );
}

#[test]
fn a_change_into_a_higher_tier_voids_the_opinion_and_opens_the_next_round() {
    let mut county = county();
    let code = reviewed(&mut county, "62.5");
    let change: &[(&str, &str)] =
        &[("amount_wan", "109.76"), ("reason", "增加模块"), ("adjustment_doc_no", "玉发改〔2027〕9号")];
    walk(&mut county, &code, &[("edu", Action::Change, change, Stage::Approved)]);
    let changed = dossier(&mut county, &code);
    assert_eq!(changed.project.route.code, RouteCode::Panel);
    assert_eq!((changed.project.round, changed.project.assessed), (2, None));
    assert_eq!(changed.opinions.len(), 1, "the void opinion stays readable");
    assert_eq!(changed.signed_opinion(), None);
    assert_eq!(waits_for(&mut county, "edu", &code), [Action::SubmitScheme]);
    let fall: &[(&str, &str)] = &[("amount_wan", "62.5"), ("reason", "取消模块")];
    walk(
        &mut county,
        &code,
        &[
            ("edu", Action::Change, fall, Stage::Approved),
            ("edu", Action::SubmitScheme, &[("designer", "某院"), ("version", "2.0")], Stage::SchemeIntake),
        ],
    );
    assert_eq!(dossier(&mut county, &code).project.route.code, RouteCode::Panel, "a fall lowers nothing by itself");
    walk(&mut county, &code, &[("lead", Action::Change, fall, Stage::SchemeIntake)]);
    assert_eq!(dossier(&mut county, &code).project.route.code, RouteCode::Centre, "but with the lead's word");
}

#[test]
fn r4_2_a_rise_above_the_limit_waits_for_its_adjusted_approval() {
    let mut county = county();
    let code = reviewed(&mut county, "62.5");
    let denied = county.act("planning", &code, Action::Change, &[("reason", "主动调整"), ("amount_wan", "60")]);
    assert_eq!(denied.unwrap_err().kind(), Kind::Denied, "发改委 answers, it does not ask");
    let asked: &[(&str, &str)] = &[("amount_wan", "80"), ("reason", "增加模块"), ("content", "两个模块")];
    walk(&mut county, &code, &[("edu", Action::Change, asked, Stage::ReviewPassed)]);
    let waiting = dossier(&mut county, &code);
    assert_eq!(waiting.project.overlays, [Overlay::Changing].into());
    assert_eq!((waiting.requested(), waiting.project.governing_amount()), (Some(wan("80")), wan("62.5")));
    assert_eq!(waiting.project.clock.due, None, "the clock stands still");
    assert_eq!(waits_for(&mut county, "planning", &code), [Action::Change]);
    assert_eq!(waits_for(&mut county, "intake", &code), []);
    let blocked = refused(county.act("intake", &code, Action::SendToFiling, &[]));
    assert_eq!(blocked, [Unmet::Blocked(Overlay::Changing)]);
    let again = refused(county.act("lead", &code, Action::Change, asked));
    assert!(matches!(again[..], [Unmet::AdjustmentMissing { .. }]), "{again:?}");
    let back: &[(&str, &str)] = &[("amount_wan", "62.5"), ("reason", "不予调整")];
    walk(&mut county, &code, &[("planning", Action::Change, back, Stage::ReviewPassed)]);
    let as_before = dossier(&mut county, &code);
    assert_eq!((as_before.project.overlays.len(), as_before.amounts().changed), (0, None));
    assert_eq!(as_before.project.assessed, Some(wan("45")), "the opinion stands");
    let digest = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0";
    let paper: &[(&str, &str)] = &[
        ("amount_wan", "70"),
        ("reason", "调整批复"),
        ("adjustment_doc_no", "玉发改〔2027〕9号"),
        ("doc_no", "玉发改〔2027〕9号"),
        ("doc_date", "2026-12-01"),
        ("on_behalf_of", Role::Planning.code()),
        ("scan_digest", digest),
    ];
    walk(
        &mut county,
        &code,
        &[("edu", Action::Change, asked, Stage::ReviewPassed), ("intake", Action::Change, paper, Stage::ReviewPassed)],
    );
    let changed = dossier(&mut county, &code);
    assert_eq!((changed.project.overlays.len(), changed.amounts().changed), (0, Some(wan("70"))));
    assert_eq!(changed.project.governing_amount(), wan("70"));
    assert_eq!(changed.amount_of(AmountStep::Approved), Some(wan("62.5")), "the approval stays what it was");
}

#[test]
fn r6_1_an_endorsed_declaration_reaches_the_centre_when_it_is_endorsed_or_when_the_clerk_says() {
    for (account, given, expected) in [
        ("supervisor", None, "2026-12-31T09:00:00+08:00"),
        ("intake", Some("2026-09-10T15:00:00+08:00"), "2026-09-10T15:00:00+08:00"),
    ] {
        let mut county = county();
        let (unit, kind) = ("县农业农村局".to_owned(), UnitKind::CountyOrgan);
        county.run("sysadmin", Command::AddUnit { name: unit.clone(), kind, supervisor: None }).unwrap();
        let (code, roles) = ("supervisor".to_owned(), vec![Role::Supervisor]);
        let name = "主管".to_owned();
        let add = Command::AddAccount { code: code.clone(), name, unit: unit.clone(), roles, os_user: None };
        county.run("sysadmin", add).unwrap();
        county.run("secadmin", Command::SetAccountActive { code, active: true }).unwrap();
        let mut town = draft("62.5");
        town.candidate.unit = "冰溪镇".to_owned();
        town.unit_kind = Some(UnitKind::Township);
        town.supervising_unit = Some(unit);
        let code = county.create(town);
        county.act("intake", &code, Action::ReportToSupervisor, &[]).unwrap();
        let mut endorse = vec![("opinion", "同意")];
        if let Some(moment) = given {
            let digest = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0";
            let paper = [("doc_no", "玉农1号"), ("doc_date", "2026-09-09"), ("scan_digest", digest)];
            endorse.extend(paper);
            endorse.extend([("on_behalf_of", "supervisor"), ("received_at", moment)]);
        } else {
            let own = [("opinion", "同意"), ("received_at", "2026-09-01T09:00:00+08:00")];
            let refused = county.act(account, &code, Action::Endorse, &own).unwrap_err();
            assert_eq!(refused.kind(), Kind::Invalid, "who it binds does not tell when it arrived");
        }
        assert_eq!(county.act(account, &code, Action::Endorse, &endorse).unwrap(), Stage::PlanIntake);
        let project = dossier(&mut county, &code).project;
        assert_eq!(project.received_at.map(|at| at.to_rfc3339()), Some(expected.to_owned()), "{account}");
        assert_eq!(project.declaration.supervisor_opinion.as_deref(), Some("同意"));
    }
}

#[test]
fn procurement_without_the_filing_is_refused_by_name() {
    let mut county = county();
    let code = reviewed(&mut county, "62.5");
    walk(&mut county, &code, &[("edu", Action::SendToFiling, &[], Stage::FilingReview)]);
    let refusal = county.act("edu", &code, Action::EnterProcurement, &[("budget_doc_no", "1")]);
    assert!(matches!(refused(refusal)[..], [Unmet::WrongStage { .. }]));
    let early =
        county.act("cyberspace", &code, Action::DecideFiling, &[("result", "approve"), ("doc_date", "2026-11-19")]);
    assert!(matches!(refused(early)[..], [Unmet::OutOfOrder { earlier: Milestone::Review, .. }]));
}

#[test]
fn a_frozen_project_is_seen_by_the_lead_and_the_security_administrator_alone() {
    let mut county = county();
    let code = county.bring_to_review("62.5");
    let reason = &[("reason", "正文疑似涉密")];
    walk(&mut county, &code, &[("lead", Action::FreezeSecret, reason, Stage::TechnicalReview)]);
    let everything = || List { stage: None, filter: Filter::EVERYTHING, sort: Vec::new(), after: None, limit: 50 };
    for (account, sees) in [("edu", 0), ("intake", 0), ("reviewer", 0), ("finance", 0), ("lead", 1), ("secadmin", 1)] {
        let session = County::session(account);
        let page = county.0.ask(&session, everything()).unwrap();
        assert_eq!((page.total, page.rows.len()), (sees, sees as usize), "{account}");
        let shown = county.0.ask(&session, Show { project: code.clone() }).map(|view| view.dossier.project.overlays);
        match sees {
            0 => assert_eq!(shown.unwrap_err().kind(), Kind::Denied, "{account}"),
            _ => assert_eq!(shown.unwrap(), [Overlay::SecrecyFrozen].into(), "{account}"),
        }
    }
    assert_eq!(waits_for(&mut county, "reviewer", &code), []);
    assert_eq!(waits_for(&mut county, "secadmin", &code), [Action::Unfreeze]);
    walk(&mut county, &code, &[("secadmin", Action::Unfreeze, reason, Stage::TechnicalReview)]);
    assert_eq!(waits_for(&mut county, "reviewer", &code), [Action::DraftOpinion]);
    assert_eq!(county.0.ask(&County::session("intake"), everything()).unwrap().total, 1);
}

#[test]
fn a_frozen_draft_is_hidden_from_its_unit_and_counted_for_those_who_judge_it() {
    let mut county = county();
    let (code, _) = (county.register("62.5"), county.register("50"));
    let reason = &[("reason", "正文疑似涉密")];
    walk(&mut county, &code, &[("lead", Action::FreezeSecret, reason, Stage::Draft)]);
    for stage in [None, Some(Stage::Draft)] {
        for (account, sees) in [("edu", 1), ("intake", 1), ("reviewer", 0), ("lead", 1), ("secadmin", 1)] {
            let list = List { stage, filter: Filter::EVERYTHING, sort: Vec::new(), after: None, limit: 50 };
            let page = county.0.ask(&County::session(account), list).unwrap();
            assert_eq!((page.total, page.rows.len()), (sees, sees as usize), "{account} {stage:?}");
        }
    }
}

#[test]
fn a_correction_is_asked_for_by_whose_turn_it_is_and_the_unit_may_edit_meanwhile() {
    let mut county = county();
    let code = county.register("62.5");
    county.bring_to(&code, Stage::AwaitingApproval);
    let items = &[("items", "补目录\n补附件")];
    let denied = county.act("reviewer", &code, Action::ReturnForCorrection, items).unwrap_err();
    assert!(matches!(denied, Error::Denied(_)), "{denied:?}");
    walk(&mut county, &code, &[("planning", Action::ReturnForCorrection, items, Stage::AwaitingApproval)]);
    assert_eq!(waits_for(&mut county, "planning", &code), []);
    assert!(dossier(&mut county, &code).project.declaration_is_open());
    walk(&mut county, &code, &[("edu", Action::Correct, &[("answers", "已补")], Stage::AwaitingApproval)]);
    assert_eq!(waits_for(&mut county, "planning", &code), [Action::ApproveProject]);
}

#[test]
fn a_filing_is_transcribed_for_an_office_without_an_account() {
    let mut county = county();
    let code = reviewed(&mut county, "62.5");
    let digest = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0";
    let paper: &[(&str, &str)] = &[
        ("result", "approve"),
        ("doc_date", "2026-12-01"),
        ("doc_no", "玉网信1号"),
        ("on_behalf_of", Role::Cyberspace.code()),
        ("scan_digest", digest),
    ];
    walk(
        &mut county,
        &code,
        &[
            ("intake", Action::SendToFiling, &[], Stage::FilingReview),
            ("intake", Action::DecideFiling, paper, Stage::Filed),
        ],
    );
}
