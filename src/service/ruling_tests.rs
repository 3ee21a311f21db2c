//! The register of interpretations, and the editions rulings bring about.

use super::command::{Command, Done, NewRuling};
use super::edition_tests::{at, edition, install};
use super::error::{Error, Invalid, Kind};
use super::tests::{County, draft};
use super::view::policies::{Policies, PolicyOf};
use super::view::rulings::{Register, Rulings};
use super::view::show::Show;
use crate::domain::calendar::parse_date;
use crate::domain::checklist::Verdict;
use crate::domain::money::Money;
use crate::domain::policy::AmendProblem;
use crate::domain::project::Stage;
use crate::domain::ruling::RulingProblem;
use crate::domain::workflow::action::Action;
use crate::domain::workflow::unmet::{Milestone, Unmet};

fn ruling(number: u32, settings: &[(&str, &str)]) -> NewRuling {
    NewRuling {
        question: Some(number),
        text: String::new(),
        answer: "50万元以下的项目不再单独立项。".to_owned(),
        articles: vec![7, 4],
        doc_no: format!("玉数解〔2026〕{number}号"),
        doc_date: parse_date("2026-09-10").unwrap(),
        signer: "王主任".to_owned(),
        effective_from: None,
        settings: settings.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
    }
}

fn add(county: &mut County, ruling: NewRuling) -> Result<Done, Error> {
    county.run("lead", Command::AddRuling(ruling))
}

fn register(county: &mut County) -> Register {
    county.0.ask(&County::session("unit"), Rulings).unwrap()
}

fn problems(answer: Result<Done, Error>) -> Vec<Invalid> {
    match answer.unwrap_err() {
        Error::Invalid(problems) => problems,
        other => panic!("{other:?}"),
    }
}

#[test]
fn r18_1_the_lead_rules_and_everybody_reads_the_register() {
    let mut county = County::new();
    assert_eq!(register(&mut county).questions.len(), 15);
    let denied = county.run("secadmin", Command::AddRuling(ruling(9, &[]))).unwrap_err();
    assert_eq!(denied.kind(), Kind::Denied);
    add(&mut county, ruling(9, &[])).unwrap();
    let own = NewRuling { question: None, text: "监理费是否计入？".to_owned(), ..ruling(8, &[]) };
    add(&mut county, own).unwrap();
    let register = register(&mut county);
    let answer = &register.questions[8].rulings[0];
    assert_eq!((answer.ruling.number, answer.ruling.articles.as_slice(), answer.in_force), (1, &[7, 4][..], true));
    assert_eq!((answer.ruling.by.name.as_str(), answer.edition.as_ref()), ("lead", None));
    assert_eq!(register.others[0].ruling.text, "监理费是否计入？");
    assert_eq!(register.rulings().count(), 2);
    let lines = county.0.ask(&County::session("unit"), Policies).unwrap();
    assert_eq!(lines.len(), 1, "a ruling that changes no setting makes no edition");
}

#[test]
fn r18_1_a_ruling_that_changes_a_setting_makes_a_dated_edition_with_every_comment_kept() {
    let mut county = County::new();
    let running = county.bring_to_review("62.5");
    let changes = &[("small_route.needs_approval", "false"), ("limits.review", "60")];
    let later = NewRuling { effective_from: parse_date("2027-01-01"), ..ruling(3, changes) };
    add(&mut county, later).unwrap();
    let lines = county.0.ask(&County::session("unit"), Policies).unwrap();
    let told: Vec<_> = lines.iter().map(|line| (line.id.as_str(), line.in_force, line.running)).collect();
    assert_eq!(told, [("yushan-2026", true, 1), ("yushan-2026-k1", false, 0)]);
    let (policy, text) = county.0.ask(&County::session("unit"), PolicyOf { id: Some(lines[1].id.clone()) }).unwrap();
    assert!(!policy.small_route.needs_approval && policy.limits.review == Money::from_wan(60));
    assert!(policy.title.ends_with("（至解释口径第1号）"), "{}", policy.title);
    assert_eq!(text.matches('#').count(), crate::domain::policy::EMBEDDED.matches('#').count());
    assert_eq!(register(&mut county).questions[2].rulings[0].edition.as_ref().unwrap().id, "yushan-2026-k1");
    at(&mut county, "2027-01-04T09:00:00+08:00");
    let project = county.0.ask(&County::session("lead"), Show { project: running }).unwrap();
    assert_eq!(project.policy.id, "yushan-2026", "what runs keeps its rules");
    assert_eq!(project.rules.newer.unwrap().id, "yushan-2026-k1");
}

#[test]
fn r18_1_later_rulings_build_on_the_edition_in_force_on_their_day_and_name_those_that_lack_them() {
    let mut county = County::new();
    install(&mut county, edition("yushan-2028", "2028-01-01", "80")).unwrap();
    at(&mut county, "2026-09-14T09:00:00+08:00");
    add(&mut county, ruling(3, &[("small_route.needs_approval", "false")])).unwrap();
    add(&mut county, ruling(4, &[("operation.ceiling_percent", "12")])).unwrap();
    let (policy, _) = county.0.ask(&County::session("unit"), PolicyOf { id: None }).unwrap();
    assert_eq!(policy.id, "yushan-2026-k2", "of two editions of one day the later one counts, and has both");
    assert!(!policy.small_route.needs_approval && policy.operation.ceiling_basis_points == 1200);
    let lines = county.0.ask(&County::session("unit"), Policies).unwrap();
    let replaced: Vec<_> = lines.iter().map(|line| (line.id.as_str(), line.is_replaced())).collect();
    assert_eq!(
        replaced,
        [("yushan-2026", false), ("yushan-2026-k1", true), ("yushan-2026-k2", false), ("yushan-2028", false)]
    );
    let register = register(&mut county);
    assert_eq!(register.questions[3].rulings[0].without, ["yushan-2028"]);
    let next = NewRuling { effective_from: parse_date("2028-02-01"), ..ruling(12, &[("limits.review", "90")]) };
    add(&mut county, next).unwrap();
    at(&mut county, "2028-02-01T09:00:00+08:00");
    let (policy, _) = county.0.ask(&County::session("unit"), PolicyOf { id: None }).unwrap();
    assert_eq!((policy.id.as_str(), policy.small_route.needs_approval), ("yushan-2028-k3", true));
}

#[test]
fn r18_1_an_unacceptable_ruling_is_told_with_every_problem_and_changes_nothing() {
    let mut county = County::new();
    let bad = NewRuling {
        question: Some(99),
        answer: " ".to_owned(),
        articles: vec![20],
        doc_no: String::new(),
        doc_date: parse_date("2026-09-13").unwrap(),
        signer: String::new(),
        effective_from: parse_date("2026-09-11"),
        ..ruling(3, &[("limits.review", "60")])
    };
    let (day, today) = (parse_date("2026-09-13").unwrap(), parse_date("2026-09-12").unwrap());
    let expected = [
        RulingProblem::AnswerMissing,
        RulingProblem::ArticleUnknown(20),
        RulingProblem::DocNoMissing,
        RulingProblem::DocDateAhead(day),
        RulingProblem::SignerMissing,
        RulingProblem::BeforeItsDocument(day),
        RulingProblem::InThePast(today),
        RulingProblem::QuestionUnknown(99),
    ];
    assert_eq!(problems(add(&mut county, bad)), expected.map(Invalid::Ruling));
    let both = NewRuling { signer: String::new(), ..ruling(3, &[("limits.review", "一百")]) };
    assert_eq!(problems(add(&mut county, both)).len(), 2, "what is said and what is set are told together");
    let unknown = problems(add(&mut county, ruling(3, &[("no.such", "1"), ("limits.review", "50")])));
    let settings = [AmendProblem::NoSection("no.such".to_owned()), AmendProblem::Unchanged("limits.review".to_owned())];
    assert_eq!(unknown, settings.map(RulingProblem::Setting).map(Invalid::Ruling));
    let value = problems(add(&mut county, ruling(3, &[("limits.review", "一百")])));
    assert!(matches!(&value[..], [Invalid::Policy(problem)] if problem.line == 0 && problem.message.contains("一百")));
    let above = problems(add(&mut county, ruling(3, &[("limits.review", "150")])));
    assert!(matches!(&above[..], [Invalid::Policy(problem)] if problem.message.contains("专家论证限额")), "{above:?}");
    assert_eq!(register(&mut county).rulings().count(), 0);
    add(&mut county, ruling(3, &[])).unwrap();
    let again = NewRuling { question: Some(4), ..ruling(3, &[]) };
    assert_eq!(problems(add(&mut county, again)), [Invalid::Ruling(RulingProblem::DocNoTaken(1))]);
}

#[test]
fn r7_4_by_ruling_a_small_project_goes_from_the_plan_straight_to_procurement_with_its_budget_document() {
    let mut county = County::new();
    let strict = county.create(draft("18"));
    county.bring_to(&strict, Stage::Planned);
    add(&mut county, ruling(3, &[("small_route.needs_approval", "false"), ("small_route.needs_filing", "false")]))
        .unwrap();
    let free = {
        let mut other = draft("18");
        other.candidate.declaration.name = "另一个小项目".to_owned();
        county.create(other)
    };
    county.bring_to(&free, Stage::Planned);
    let reason: &[(&str, &str)] = &[("reason", "依据解释口径第1号，不办理立项审批和备案审查")];
    let refused = county.act("intake", &strict, Action::TakeSmallRoute, reason).unwrap_err();
    assert!(matches!(refused, Error::Refused(unmet) if unmet == [Unmet::MilestoneMissing(Milestone::Approval)]));
    let silent = county.act("intake", &free, Action::TakeSmallRoute, &[]).unwrap_err();
    let missing = [Milestone::Approval, Milestone::Filing].map(Unmet::LeftOutWithoutReason);
    assert!(matches!(silent, Error::Refused(unmet) if unmet == missing));
    let stage = county.act("intake", &free, Action::TakeSmallRoute, reason).unwrap();
    assert_eq!(stage, Stage::ProcurementPreparation);
    county.act("intake", &free, Action::FixRequirement, &[("date", "2026-09-12")]).unwrap();
    let start: &[(&str, &str)] = &[("channel", "e-mall"), ("method", "直购"), ("budget_wan", "18")];
    let refused = county.act("finance", &free, Action::StartProcurement, start).unwrap_err();
    assert!(matches!(refused, Error::Refused(unmet) if unmet == [Unmet::BudgetDocumentMissing]));
    let named = [start, &[("budget_doc_no", "玉财预1号")]].concat();
    assert_eq!(county.act("finance", &free, Action::StartProcurement, &named).unwrap(), Stage::Procuring);
}

#[test]
fn r4_1_the_centres_own_project_cites_a_ruling_that_is_registered_and_applies() {
    let mut county = County::new();
    let mut own = draft("62.5");
    own.candidate.unit = super::setup::CENTRE.to_owned();
    let code = county.create(own);
    county.bring_to(&code, Stage::TechnicalReview);
    county.judge_all(&code, Verdict::Pass);
    let draft_citing = |county: &mut County, cited: &str| {
        let opinion = [("result", "pass"), ("assessed_wan", "62.5"), ("summary", "同意"), ("ruling", cited)];
        let given = if cited.is_empty() { &opinion[..3] } else { &opinion[..] };
        county.act("reviewer", &code, Action::DraftOpinion, given)
    };
    let refused = draft_citing(&mut county, "").unwrap_err();
    assert!(matches!(refused, Error::Refused(unmet) if unmet == [Unmet::RulingMissing]));
    assert_eq!(draft_citing(&mut county, "解释口径第1号").unwrap_err().kind(), Kind::Invalid, "no such ruling");
    let later = NewRuling { effective_from: parse_date("2027-01-01"), ..ruling(9, &[]) };
    add(&mut county, later).unwrap();
    assert_eq!(draft_citing(&mut county, "1").unwrap_err().kind(), Kind::Invalid, "it does not apply yet");
    let now = NewRuling { doc_no: "玉数解〔2026〕20号".to_owned(), ..ruling(9, &[]) };
    add(&mut county, now).unwrap();
    assert_eq!(draft_citing(&mut county, "我说了算").unwrap_err().kind(), Kind::Invalid);
    assert_eq!(draft_citing(&mut county, "解释口径第2号").unwrap(), Stage::OpinionCheck);
}
