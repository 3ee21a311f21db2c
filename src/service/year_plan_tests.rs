//! The yearly plan: what is counted, what is late, and who sees it.

use super::command::{Command, NewDraft};
use super::tests::{County, draft};
use super::view::plan::{Plan, PlanProjects, PlanView, Standing};
use crate::domain::actor::{Role, UnitKind};
use crate::domain::money::Money;
use crate::domain::plan::PlanState;
use crate::domain::project::{InYearAddition, InYearReason, Stage};
use crate::domain::workflow::action::Action;
use crate::domain::workflow::record::{Agency, VoteResult};
use crate::service::error::{Error, Missing};

fn named(name: &str, unit: &str, wan: &str) -> NewDraft {
    let mut new = draft(wan);
    new.candidate.declaration.name = name.to_owned();
    new.candidate.unit = unit.to_owned();
    new
}

fn ask(county: &mut County, account: &str, unit: Option<&str>) -> PlanView {
    let plan = Plan { year: Some(2027), unit: unit.map(str::to_owned) };
    county.0.ask(&County::session(account), plan).unwrap()
}

fn add_clerk(county: &mut County, code: &str, unit: &str, role: Role) {
    let (code, name, unit) = (code.to_owned(), code.to_owned(), unit.to_owned());
    let add = Command::AddAccount { code, name, unit, roles: vec![role], os_user: None };
    county.run("sysadmin", add).unwrap();
}

#[test]
fn r6_1_late_is_what_arrives_on_1_october_and_later_and_it_counts_as_added() {
    let mut county = County::new();
    for (received, late) in [
        ("2026-09-30T23:59:59+08:00", false),
        ("2026-10-01T00:00:00+08:00", true),
        ("2026-09-30T15:59:59Z", false),
        ("2026-09-30T16:00:00Z", true),
    ] {
        let code = county.create(named(received, "县教育局", "62.5"));
        county.act("intake", &code, Action::Submit, &[("received_at", received)]).unwrap();
        let projects = PlanProjects { year: 2027, unit: None, stage: None };
        let projects = county.0.ask(&County::session("lead"), projects).unwrap();
        let project = projects.iter().find(|project| project.code == code).unwrap();
        assert_eq!((project.late, project.stage), (late, Stage::PlanIntake), "{received}");
        county.act("intake", &code, Action::AcceptPlan, &[]).unwrap_or_else(|error| panic!("{received}: {error}"));
    }
    let total = ask(&mut county, "lead", None).total;
    assert_eq!((total.all.count, total.late.count, total.in_year.count), (4, 2, 0));
    assert_eq!(total.added_per_mille(), 500);
}

#[test]
fn r6_3_an_addition_in_the_running_year_is_counted_apart_and_is_never_late() {
    let mut county = County::new();
    county.create(named("计划内", "县教育局", "62.5"));
    let mut added = named("年中追加", "县教育局", "30");
    added.candidate.declaration.plan_year = Some(2027);
    added.candidate.declaration.in_year = Some(InYearAddition {
        reason: InYearReason::Other,
        doc_no: None,
        explanation: "防汛应急".to_owned(),
        funding_request: true,
        construction_plan: true,
    });
    let code = county.create(added);
    county.act("intake", &code, Action::Submit, &[("received_at", "2027-05-06T09:00:00+08:00")]).unwrap();
    let total = ask(&mut county, "intake", None).total;
    assert_eq!((total.all.count, total.in_year.count, total.late.count), (2, 1, 0));
    assert_eq!(total.in_year.amount, Money::from_wan(30));
    assert_eq!(total.added_per_mille(), 500);
}

#[test]
fn every_state_is_counted_and_what_left_the_plan_is_no_part_of_its_sum() {
    let mut county = County::new();
    let mut at = |name: &str, stage| {
        let code = county.create(named(name, "县教育局", "60"));
        if stage != Stage::Draft {
            county.bring_to(&code, stage);
        }
        code
    };
    at("草稿", Stage::Draft);
    at("待受理", Stage::PlanIntake);
    let voted = at("审议中", Stage::JointReview);
    at("待批准", Stage::AwaitingGovernment);
    at("已列入", Stage::Planned);
    at("评审中", Stage::TechnicalReview);
    let returned = at("退回", Stage::JointReview);
    let rejected = at("未通过", Stage::JointReview);
    let withdrawn = at("撤回", Stage::PlanIntake);
    county.act("finance", &voted, Action::Vote, &[("result", "agree")]).unwrap();
    county.act("planning", &returned, Action::Vote, &[("result", "return"), ("opinion", "补充依据")]).unwrap();
    county.act("planning", &rejected, Action::Vote, &[("result", "disagree"), ("opinion", "重复建设")]).unwrap();
    county.act("intake", &withdrawn, Action::Withdraw, &[("reason", "资金未落实")]).unwrap();
    let view = ask(&mut county, "intake", None);
    let [unit] = view.units.as_slice() else { panic!("{:?}", view.units) };
    assert_eq!((unit.name.as_str(), &unit.standing), ("县教育局", &view.total));
    let Standing { all, states, routes, votes, .. } = &view.total;
    assert_eq!((all.count, all.amount), (8, Money::from_wan(480)));
    for state in PlanState::ALL {
        let expected = if *state == PlanState::Planned { 2 } else { 1 };
        assert_eq!(states.get(state).map(|tally| tally.count), Some(expected), "{state}");
    }
    assert_eq!(routes.values().map(|tally| tally.count).sum::<i64>(), 8);
    assert_eq!(votes.iter().collect::<Vec<_>>(), [(&(Agency::Finance, VoteResult::Agree), &1)]);
    let waiting: Vec<(&Action, &i64)> = view.total.waiting.iter().collect();
    assert_eq!(waiting, [(&Action::AcceptPlan, &1), (&Action::RecordGovernmentDecision, &1)]);
    assert_eq!(ask(&mut county, "finance", None).total.waits(), 0, "it has voted on the only one");
    assert_eq!(ask(&mut county, "planning", None).total.waits(), 1);
}

#[test]
fn a_unit_sees_its_own_part_of_the_plan_and_nobody_sees_others_drafts() {
    let mut county = County::new();
    let unit = Command::AddUnit { name: "县水利局".to_owned(), kind: UnitKind::CountyOrgan, supervisor: None };
    county.run("sysadmin", unit).unwrap();
    county.create(named("草稿", "县教育局", "60"));
    let mine = county.create(named("雨情监测", "县水利局", "60"));
    add_clerk(&mut county, "water", "县水利局", Role::Unit);
    let names = |view: PlanView| view.units.into_iter().map(|unit| unit.name).collect::<Vec<_>>();
    assert_eq!(names(ask(&mut county, "water", None)), ["县水利局"]);
    assert_eq!(ask(&mut county, "water", None).total.waiting.get(&Action::Submit), Some(&1));
    assert!(names(ask(&mut county, "lead", None)).is_empty(), "drafts are their units' own");
    assert!(names(ask(&mut county, "auditor", None)).is_empty());
    county.bring_to(&mine, Stage::PlanIntake);
    assert_eq!(names(ask(&mut county, "lead", None)), ["县水利局"]);
    assert!(ask(&mut county, "lead", Some("县教育局")).units.is_empty());
    let unknown = Plan { year: None, unit: Some("县海洋局".to_owned()) };
    let missing = county.0.ask(&County::session("lead"), unknown).unwrap_err();
    assert!(matches!(missing, Error::NotFound(Missing::Unit(_))));
    let latest = county.0.ask(&County::session("lead"), Plan { year: None, unit: None }).unwrap();
    assert_eq!(latest.year, 2027);
    county.act("lead", &mine, Action::FreezeSecret, &[("reason", "疑似涉密")]).unwrap();
    assert_eq!(names(ask(&mut county, "intake", None)), ["县教育局"], "frozen ones are hidden here, too");
}
