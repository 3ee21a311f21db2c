//! Dated rules: a new edition applies to the rounds that open from its day, and to no other.

use super::clock::Clock;
use super::command::{Command, Done};
use super::error::{Error, Invalid};
use super::tests::{County, draft};
use super::view::checklist::Checklist;
use super::view::policies::{Policies, PolicyLine, RulesOfProject};
use super::view::show::Show;
use crate::domain::calendar::{Moment, parse_moment};
use crate::domain::checklist::Verdict;
use crate::domain::ids::ProjectCode;
use crate::domain::policy::EMBEDDED;
use crate::domain::project::{Project, Stage};
use crate::domain::route::RouteCode;
use crate::domain::workflow::action::Action;

/// The year's last second, and the next year's first.
const OLD_YEAR: &str = "2026-12-31T23:59:59+08:00";
const NEW_YEAR: &str = "2027-01-01T00:00:00+08:00";

/// An edition that begins another day, with a higher limit, a shorter clock and another item.
pub(super) fn edition(id: &str, from: &str, limit: &str) -> String {
    let changes = [
        ("id = \"yushan-2026\"", format!("id = \"{id}\"")),
        ("effective_from = \"2026-01-01\"", format!("effective_from = \"{from}\"")),
        ("\nreview = \"50\"", format!("\nreview = \"{limit}\"")),
        ("technical-review = 15", "technical-review = 3".to_owned()),
        ("id = \"A12\"", "id = \"A13\"".to_owned()),
    ];
    changes.into_iter().fold(EMBEDDED.to_owned(), |text, (old, new)| {
        assert_eq!(text.matches(old).count(), 1, "{old}");
        text.replace(old, &new)
    })
}

pub(super) fn moment(text: &str) -> Moment {
    parse_moment(text).unwrap()
}

pub(super) fn at(county: &mut County, text: &str) {
    county.0.set_clock(Clock::Fixed(moment(text)));
}

pub(super) fn install(county: &mut County, text: String) -> Result<Done, Error> {
    county.run("secadmin", Command::InstallPolicy { text })
}

/// A county in which the edition of 2027 was installed well before it begins.
fn county() -> County {
    let mut county = County::new();
    install(&mut county, edition("yushan-2027", "2027-01-01", "60")).unwrap();
    county
}

fn rules(county: &mut County, code: &ProjectCode) -> (Project, RulesOfProject) {
    let view = county.0.ask(&County::session("intake"), Show { project: code.clone() }).unwrap();
    assert_eq!(view.policy.id, view.dossier.project.policy);
    (view.dossier.project, view.rules)
}

fn due(county: &mut County, code: &ProjectCode) -> String {
    county.0.ask(&County::session("lead"), Show { project: code.clone() }).unwrap().due.unwrap().to_string()
}

fn asks(county: &mut County, code: &ProjectCode, item: &str) -> bool {
    let checklist = county.0.ask(&County::session("reviewer"), Checklist { project: code.clone() }).unwrap();
    checklist.items.iter().any(|view| view.item.id.as_str() == item)
}

fn rounds(county: &mut County, code: &ProjectCode) -> Vec<(String, u32, String)> {
    let snapshot = county.0.database.read().unwrap();
    let id = snapshot.read().project_id(code).unwrap().unwrap();
    let rounds = snapshot.read().rounds(id).unwrap();
    rounds.into_iter().map(|round| (round.kind.code().to_owned(), round.number, round.policy)).collect()
}

pub(super) fn fail_review(county: &mut County, code: &ProjectCode) {
    county.judge_all(code, Verdict::Pass);
    let opinion = &[("result", "fail"), ("assessed_wan", "0"), ("summary", "退回修改")];
    county.act("reviewer", code, Action::DraftOpinion, opinion).unwrap();
    county.act("lead", code, Action::CheckOpinion, &[]).unwrap();
    let signed = county.act("signer", code, Action::SignOpinion, &[("doc_no", "玉数评〔2027〕1号")]);
    assert_eq!(signed.unwrap(), Stage::ReviewFailed);
}

#[test]
fn what_was_submitted_in_the_old_years_last_second_keeps_the_old_rules_through_its_round() {
    let mut county = county();
    at(&mut county, OLD_YEAR);
    let old = county.register("55");
    county.act("intake", &old, Action::Submit, &[]).unwrap();
    at(&mut county, NEW_YEAR);
    let new = county.register("55");
    county.act("intake", &new, Action::Submit, &[]).unwrap();

    let (project, known) = rules(&mut county, &old);
    assert_eq!((project.policy.as_str(), project.route.code), ("yushan-2026", RouteCode::Centre));
    assert_eq!(known.newer.unwrap().id, "yushan-2027");
    assert_eq!(known.round.unwrap().at, moment(OLD_YEAR));
    let (project, known) = rules(&mut county, &new);
    assert_eq!((project.policy.as_str(), project.route.code), ("yushan-2027", RouteCode::EMall), "55 is below 60");
    assert_eq!(known.newer, None);

    at(&mut county, "2027-01-11T09:00:00+08:00");
    finish_plan(&mut county, &old);
    assert_eq!(due(&mut county, &old), "2027-02-01", "15 working days, not the 3 of the new edition");
    assert!(asks(&mut county, &old, "A12") && !asks(&mut county, &old, "A13"));
    fail_review(&mut county, &old);
    assert_eq!(rules(&mut county, &old).0.policy, "yushan-2026", "a round ends by the rules it began with");
}

/// Takes a submitted project to its technical review.
pub(super) fn finish_plan(county: &mut County, code: &ProjectCode) {
    let doc: &[(&str, &str)] = &[("doc_no", "玉府办字〔2027〕8号"), ("doc_date", "2027-01-10")];
    let agree: &[(&str, &str)] = &[("result", "agree")];
    let decided = [&[("result", "approve")], doc].concat();
    let approved = [&[("amount_wan", "55")], doc].concat();
    let ex_ante: &[(&str, &str)] = &[("ex_ante_conclusion", "予以支持"), ("ex_ante_date", "2027-01-10")];
    let scheme: &[(&str, &str)] = &[("designer", "某设计院"), ("version", "1.0")];
    for (account, action, inputs) in [
        ("intake", Action::AcceptPlan, &[][..]),
        ("lead", Action::Vote, agree),
        ("planning", Action::Vote, agree),
        ("finance", Action::Vote, agree),
        ("intake", Action::RecordGovernmentDecision, &decided),
        ("intake", Action::RequestApproval, ex_ante),
        ("planning", Action::ApproveProject, &approved),
        ("intake", Action::SubmitScheme, scheme),
        ("intake", Action::AcceptScheme, &[]),
    ] {
        county.act(account, code, action, inputs).unwrap_or_else(|error| panic!("{action}: {error:?}"));
    }
}

#[test]
fn a_second_review_opened_in_january_follows_the_new_rules_and_does_not_escape_the_review() {
    let mut county = county();
    at(&mut county, OLD_YEAR);
    let code = county.register("55");
    county.act("intake", &code, Action::Submit, &[]).unwrap();
    finish_plan(&mut county, &code);
    fail_review(&mut county, &code);
    at(&mut county, "2027-01-11T09:00:00+08:00");
    let scheme = &[("designer", "某设计院"), ("version", "2.0")];
    county.act("intake", &code, Action::SubmitScheme, scheme).unwrap();
    county.act("intake", &code, Action::AcceptScheme, &[]).unwrap();
    let (project, known) = rules(&mut county, &code);
    assert_eq!((project.round, project.policy.as_str()), (2, "yushan-2027"));
    assert_eq!(project.route.code, RouteCode::Centre, "the higher limit does not end a review that failed");
    assert_eq!(known.newer, None);
    assert_eq!(due(&mut county, &code), "2027-01-14", "3 working days");
    assert!(asks(&mut county, &code, "A13") && !asks(&mut county, &code, "A12"));
    let named = |kind: &str, number, policy: &str| (kind.to_owned(), number, policy.to_owned());
    assert_eq!(
        rounds(&mut county, &code),
        [named("plan", 1, "yushan-2026"), named("review", 1, "yushan-2026"), named("review", 2, "yushan-2027")]
    );
}

#[test]
fn a_plan_that_was_returned_and_filed_again_follows_the_rules_of_its_new_arrival() {
    let mut county = county();
    at(&mut county, OLD_YEAR);
    let code = county.register("55");
    county.act("intake", &code, Action::Submit, &[]).unwrap();
    county.act("intake", &code, Action::AcceptPlan, &[]).unwrap();
    at(&mut county, NEW_YEAR);
    county.act("lead", &code, Action::Vote, &[("result", "return"), ("opinion", "预算不清")]).unwrap();
    assert_eq!(rules(&mut county, &code).0.policy, "yushan-2026", "until it is filed again nothing changes");
    county.act("intake", &code, Action::Submit, &[]).unwrap();
    let (project, known) = rules(&mut county, &code);
    assert_eq!((project.policy.as_str(), project.route.code), ("yushan-2027", RouteCode::EMall));
    assert_eq!(project.received_at, Some(moment(OLD_YEAR)), "whether the plan was late is told by its first arrival");
    assert_eq!((known.round.unwrap().number, known.round.unwrap().at), (2, moment(NEW_YEAR)));
}

#[test]
fn a_paper_form_follows_the_rules_of_the_day_it_arrived() {
    let mut county = county();
    at(&mut county, NEW_YEAR);
    let code = county.register("55");
    county.act("intake", &code, Action::Submit, &[("received_at", OLD_YEAR)]).unwrap();
    let (project, _) = rules(&mut county, &code);
    assert_eq!((project.policy.as_str(), project.route.code), ("yushan-2026", RouteCode::Centre));
}

#[test]
fn a_townships_declaration_arrives_with_the_endorsement_of_its_supervisor() {
    use crate::domain::actor::{Role, UnitKind};
    let mut county = county();
    let unit = |name: &str, kind, supervisor: Option<&str>| Command::AddUnit {
        name: name.to_owned(),
        kind,
        supervisor: supervisor.map(str::to_owned),
    };
    county.run("sysadmin", unit("县农业农村局", UnitKind::CountyOrgan, None)).unwrap();
    county.run("sysadmin", unit("冰溪街道", UnitKind::Township, Some("县农业农村局"))).unwrap();
    let account = Command::AddAccount {
        code: "boss".to_owned(),
        name: "主管".to_owned(),
        unit: "县农业农村局".to_owned(),
        roles: vec![Role::Supervisor],
        os_user: None,
    };
    county.run("sysadmin", account).unwrap();
    county.run("secadmin", Command::SetAccountActive { code: "boss".to_owned(), active: true }).unwrap();
    at(&mut county, OLD_YEAR);
    let mut township = draft("55");
    township.candidate.unit = "冰溪街道".to_owned();
    let code = county.create(township);
    county.act("intake", &code, Action::ReportToSupervisor, &[]).unwrap();
    at(&mut county, NEW_YEAR);
    county.act("boss", &code, Action::Endorse, &[("opinion", "同意")]).unwrap();
    let (project, _) = rules(&mut county, &code);
    assert_eq!((project.received_at, project.policy.as_str()), (Some(moment(NEW_YEAR)), "yushan-2027"));
}

#[test]
fn a_change_that_voids_the_opinion_opens_a_round_by_the_rules_of_its_day() {
    let mut county = county();
    at(&mut county, OLD_YEAR);
    let code = county.register("55");
    county.act("intake", &code, Action::Submit, &[]).unwrap();
    finish_plan(&mut county, &code);
    at(&mut county, "2027-01-11T09:00:00+08:00");
    let change = &[
        ("amount_wan", "120"),
        ("reason", "增加模块"),
        ("adjustment_doc_no", "玉发改〔2027〕9号"),
        ("content", "模块"),
    ];
    assert_eq!(county.act("lead", &code, Action::Change, change).unwrap(), Stage::Approved);
    let (project, known) = rules(&mut county, &code);
    assert_eq!((project.round, project.policy.as_str()), (2, "yushan-2027"));
    assert_eq!(known.round.unwrap().number, 2);
    at(&mut county, "2027-02-01T09:00:00+08:00");
    install(&mut county, edition("yushan-2027-2", "2027-02-01", "40")).unwrap();
    county.act("intake", &code, Action::SubmitScheme, &[("designer", "某院"), ("version", "2.0")]).unwrap();
    assert_eq!(rules(&mut county, &code).0.policy, "yushan-2027", "the round was open before its scheme came");
}

#[test]
fn installing_touches_nothing_that_runs() {
    let mut county = County::new();
    let code = county.bring_to_review("55");
    let before = county.0.ask(&County::session("lead"), Show { project: code.clone() }).unwrap().dossier;
    install(&mut county, edition("yushan-2026-2", "2026-02-01", "60")).unwrap();
    let after = county.0.ask(&County::session("lead"), Show { project: code.clone() }).unwrap();
    assert_eq!(before, after.dossier);
    assert!(after.rules.newer.unwrap().in_force, "and it says that newer rules are in force for others");
}

#[test]
fn the_list_tells_from_when_to_when_and_who_runs_under_each() {
    let mut county = county();
    at(&mut county, OLD_YEAR);
    let (one, two) = (county.register("55"), county.register("62.5"));
    county.act("intake", &one, Action::Submit, &[]).unwrap();
    county.act("intake", &two, Action::Submit, &[]).unwrap();
    at(&mut county, NEW_YEAR);
    let three = county.register("70");
    county.act("intake", &three, Action::Submit, &[]).unwrap();
    county.act("intake", &two, Action::Withdraw, &[("reason", "不建了")]).unwrap();
    let lines = county.0.ask(&County::session("lead"), Policies).unwrap();
    let told = |line: &PolicyLine| {
        (line.id.clone(), line.from.to_string(), line.to.map(|day| day.to_string()), line.in_force, line.running)
    };
    assert_eq!(
        lines.iter().map(told).collect::<Vec<_>>(),
        [
            ("yushan-2026".to_owned(), "2026-01-01".to_owned(), Some("2026-12-31".to_owned()), false, 1),
            ("yushan-2027".to_owned(), "2027-01-01".to_owned(), None, true, 1),
        ]
    );
}

#[test]
fn an_edition_is_installed_once_under_one_id_and_alone_on_its_day() {
    let mut county = county();
    let problem = |answer: Result<Done, Error>| match answer.unwrap_err() {
        Error::Invalid(problems) => problems,
        other => panic!("{other:?}"),
    };
    let same = edition("yushan-2027", "2027-01-01", "60");
    assert_eq!(problem(install(&mut county, same)), [Invalid::PolicyInstalled("yushan-2027".to_owned())]);
    let other = edition("yushan-2027", "2027-06-01", "60");
    assert_eq!(problem(install(&mut county, other)), [Invalid::PolicyExists("yushan-2027".to_owned())]);
    let day = edition("yushan-2027-x", "2027-01-01", "60");
    let taken = Invalid::PolicyDateTaken { id: "yushan-2027".to_owned(), from: moment(NEW_YEAR).date_naive() };
    assert_eq!(problem(install(&mut county, day)), [taken]);
}
