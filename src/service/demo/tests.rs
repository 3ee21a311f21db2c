//! The sample data as a whole.

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::domain::actor::Role;
use crate::domain::calendar::parse_moment;
use crate::domain::project::{Overlay, Stage};
use crate::domain::route::RouteCode;
use crate::domain::search::Filter;
use crate::domain::workflow::action::Action;
use crate::domain::workflow::table::TABLE;
use crate::service::view::audit::{AuditHead, AuditVerify};
use crate::service::view::meeting::{ItemState, Meetings, ShowMeeting};
use crate::service::view::queue::{List, Page, Queue, QueueCounts, StageCounts};
use crate::service::view::show::Show;
use crate::service::{OperationId, Session};

fn clock() -> Clock {
    Clock::Fixed(parse_moment("2026-11-23T10:40:00+08:00").unwrap())
}

fn by_hand() -> Service {
    Service::demo_in_memory(clock(), DemoOptions::default()).unwrap().0
}

fn session(account: &str) -> Session {
    Session { account: account.to_owned(), os_user: "os".to_owned() }
}

fn all(service: &mut Service) -> Page {
    let list = List { stage: None, filter: Filter::EVERYTHING, sort: Vec::new(), after: None, limit: 10_000 };
    service.ask(&session("intake"), list).unwrap()
}

fn everything(service: &mut Service) -> Vec<String> {
    all(service)
        .rows
        .into_iter()
        .map(|row| format!("{:?}", service.ask(&session("intake"), Show { project: row.code }).unwrap().dossier))
        .collect()
}

#[test]
fn the_same_seed_makes_the_same_projects_and_another_seed_others() {
    for projects in [None, Some(60)] {
        let make = |seed| Service::demo_in_memory(clock(), DemoOptions { projects, seed }).unwrap().0;
        let first = everything(&mut make(5));
        assert_eq!(first, everything(&mut make(5)));
        assert_ne!(first, everything(&mut make(6)));
    }
}

#[test]
fn every_stage_the_workflow_leads_to_has_a_project() {
    let mut service = by_hand();
    // The security administrator alone sees what was frozen; nobody sees more than the intake clerk otherwise.
    let counts: BTreeMap<Stage, i64> = service.ask(&session("intake"), StageCounts).unwrap().into_iter().collect();
    for stage in reachable() {
        assert!(counts.get(&stage).is_some_and(|n| *n > 0), "{stage}");
    }
}

/// What the workflow's table leads to from a draft.
fn reachable() -> BTreeSet<Stage> {
    let mut found = BTreeSet::from([Stage::Draft]);
    let onward = |found: &BTreeSet<Stage>| {
        let rows = TABLE.iter().filter(|row| row.from.iter().any(|from| found.contains(from)));
        rows.flat_map(|row| row.to).copied().find(|to| !found.contains(to))
    };
    while let Some(next) = onward(&found) {
        found.insert(next);
    }
    found
}

#[test]
fn every_overlay_lies_over_a_project_and_one_violation_was_cleared() {
    let mut service = by_hand();
    let lead = session("lead");
    let list = List { stage: None, filter: Filter::EVERYTHING, sort: Vec::new(), after: None, limit: 10_000 };
    let rows = service.ask(&lead, list).unwrap().rows;
    let views: Vec<_> =
        rows.iter().map(|row| service.ask(&lead, Show { project: row.code.clone() }).unwrap()).collect();
    let dossiers = || views.iter().map(|view| &view.dossier);
    // A change is decided at once, so nothing is ever seen lying there.
    for overlay in Overlay::ALL.iter().filter(|overlay| **overlay != Overlay::Changing) {
        assert!(dossiers().any(|dossier| dossier.project.overlays.contains(overlay)), "{overlay}");
    }
    for action in [Action::ClearViolation, Action::Correct, Action::Change, Action::Advise] {
        assert!(dossiers().any(|dossier| dossier.last(action).is_some()), "{action}");
    }
    let settled = dossiers().filter(|dossier| dossier.settled().is_some()).count();
    assert!(settled >= 3, "{settled} projects are paid to the end");
}

#[test]
fn everyone_who_takes_part_finds_work() {
    let mut service = by_hand();
    let idle: Vec<&str> = county::accounts()
        .filter(|account| !WITHOUT_A_QUEUE.contains(account))
        .filter(|account| {
            let queue = Queue { role: None, filter: Filter::EVERYTHING, sort: Vec::new(), after: None, limit: 1 };
            service.ask(&session(account), queue).unwrap().total == 0
        })
        .collect();
    assert!(idle.is_empty(), "{idle:?} have nothing to do");
}

/// Accounts for which no project ever waits: those who run the system, and who only gives advice when asked.
const WITHOUT_A_QUEUE: &[&str] = &["sysadmin", "auditor", "oversight", "panel-secretary"];

#[test]
fn the_log_is_intact_and_never_goes_back_in_time() {
    for projects in [None, Some(120)] {
        let options = DemoOptions { projects, seed: 3 };
        let (mut service, report) = Service::demo_in_memory(clock(), options).unwrap();
        let auditor = session("auditor");
        assert!(service.ask(&auditor, AuditVerify { head: None }).unwrap().is_intact());
        let (entries, _) = service.ask(&auditor, AuditHead).unwrap();
        assert_eq!(entries as u64, report.commands + 1, "one entry for each command, one for the beginning");
        let snapshot = service.database.read().unwrap();
        let page = snapshot.read().audit_page(None, 0, i64::MAX, 100_000).unwrap();
        let moments: Vec<i64> = page.iter().rev().map(|stored| stored.entry.at_millis).collect();
        assert_eq!(moments.len() as i64, entries);
        assert!(moments.is_sorted());
        assert!(moments.last().unwrap() < &clock().now().timestamp_millis());
    }
}

#[test]
fn the_known_undertakings_go_the_way_their_facts_say() {
    let mut service = by_hand();
    let expected = [
        ("智慧校园综合管理平台", "268.00", RouteCode::Panel, true),
        ("电子病历系统升级改造", "100.00", RouteCode::Panel, true),
        ("基层医疗数据质控系统", "99.99", RouteCode::Centre, false),
        ("不动产档案数字化加工", "50.00", RouteCode::Centre, false),
        ("景区客流监测小程序", "49.99", RouteCode::EMall, true),
        ("业务服务器购置", "18.60", RouteCode::CentreCatalogue, false),
        ("养老服务平台·居家上门服务子系统", "36.00", RouteCode::EMall, false),
        ("养老服务平台·机构监管子系统", "28.00", RouteCode::EMall, false),
        ("养老服务平台·高龄津贴发放子系统", "31.00", RouteCode::EMall, false),
        ("智慧城管视频专网及机房", "186.00", RouteCode::Panel, false),
    ];
    let rows = all(&mut service).rows;
    for (name, amount, route, survey) in expected {
        let row = rows.iter().find(|row| row.name == name).unwrap_or_else(|| panic!("{name} is missing"));
        let view = service.ask(&session("intake"), Show { project: row.code.clone() }).unwrap();
        let project = view.dossier.project;
        let found = (project.declaration.amount.to_string(), project.route.code, project.route.survey_required);
        assert_eq!(found, (amount.to_owned(), route, survey), "{name}");
        assert_eq!(project.declaration.plan_year, Some(2027), "{name}");
    }
}

#[test]
fn what_is_declared_adds_up() {
    for sample in samples::all() {
        let declaration = sample.declaration().unwrap();
        let items = declaration.items.iter().map(|item| item.amount).sum();
        assert_eq!((declaration.amount, declaration.amount), (declaration.funding_sum(), items), "{}", sample.name);
    }
}

#[test]
fn the_reviewer_finds_work_of_every_kind() {
    let mut service = by_hand();
    let queue = Queue { role: None, filter: Filter::EVERYTHING, sort: Vec::new(), after: None, limit: 100 };
    let page = service.ask(&session(OPEN_AS), queue).unwrap();
    assert!(page.total >= 8, "{}", page.total);
    let today = page.now.date_naive();
    let late = page.rows.iter().filter(|row| row.is_overdue(today)).count();
    assert!((1..page.rows.len()).contains(&late), "{late} of {} are overdue", page.rows.len());
    let views: Vec<_> = page
        .rows
        .iter()
        .map(|row| service.ask(&session(OPEN_AS), Show { project: row.code.clone() }).unwrap())
        .collect();
    let dossiers = || views.iter().map(|view| &view.dossier);
    assert!(dossiers().any(|dossier| dossier.judgements.is_empty()));
    assert!(dossiers().any(|dossier| !dossier.judgements.is_empty()));
    assert!(dossiers().any(|dossier| dossier.project.round == 2));
    assert!(dossiers().any(|dossier| dossier.opinions.iter().any(|opinion| opinion.sent_back.is_some())));
}

#[test]
fn the_one_who_made_the_data_is_the_reviewer() {
    let mut service = by_hand();
    assert_eq!(service.sign_in(None, "os").unwrap(), session(OPEN_AS));
    for account in county::accounts() {
        service.sign_in(Some(account), "os").unwrap();
    }
    let roles: Vec<Role> = {
        let accounts = service.ask(&session("auditor"), crate::service::view::directory::Accounts).unwrap();
        accounts.into_iter().flat_map(|account| account.roles).collect()
    };
    for role in Role::ALL {
        assert!(roles.contains(role), "nobody is {role}");
    }
}

#[test]
fn counts_kept_beside_two_thousand_projects_equal_the_real_ones() {
    let options = DemoOptions { projects: Some(2_000), seed: 11 };
    let (mut service, report) = Service::demo_in_memory(clock(), options).unwrap();
    assert_eq!(report.projects, 2_000);
    let page = all(&mut service);
    assert_eq!((page.total, page.rows.len()), (2_000, 2_000));
    let mut real: BTreeMap<Stage, i64> = BTreeMap::new();
    for row in &page.rows {
        *real.entry(row.stage).or_default() += 1;
    }
    let kept: BTreeMap<Stage, i64> = service.ask(&session("intake"), StageCounts).unwrap().into_iter().collect();
    assert_eq!(kept, real);
    for stage in reachable().into_iter().filter(|stage| !OF_PANELS.contains(stage)) {
        assert!(real.contains_key(&stage), "{stage}");
    }
    for account in county::accounts() {
        let counted: i64 = service.ask(&session(account), QueueCounts).unwrap().iter().map(|(_, count)| count).sum();
        let found: usize = [None]
            .into_iter()
            .map(|role| Queue { role, filter: Filter::EVERYTHING, sort: Vec::new(), after: None, limit: 10_000 })
            .map(|queue| service.ask(&session(account), queue).unwrap())
            .map(|page| page.rows.iter().map(|row| row.waiting.len()).sum::<usize>())
            .sum();
        assert_eq!(counted, found as i64, "{account}");
    }
}

/// Panels are made by hand only.
const OF_PANELS: &[Stage] = &[Stage::PanelForming, Stage::PanelReviewing, Stage::PanelConcluding, Stage::Revising];

#[test]
fn a_meeting_of_today_is_half_way_and_one_of_last_week_over_at_whatever_time_it_is_asked() {
    for now in ["2026-11-23T10:40:00+08:00", "2026-11-22T00:20:00+08:00"] {
        let clock = Clock::Fixed(parse_moment(now).unwrap());
        let mut service = Service::demo_in_memory(clock, DemoOptions::default()).unwrap().0;
        let secretary = session("panel-secretary");
        let list = service.ask(&secretary, Meetings).unwrap();
        let [today, last_week] = list.meetings.as_slice() else { panic!("{:?}", list.meetings) };
        assert_eq!((today.day, today.items, today.concluded, today.is_over), (list.today, 3, 1, false), "{now}");
        assert_eq!((last_week.items, last_week.concluded, last_week.is_over), (2, 2, true), "{now}");
        assert!((5..=14).contains(&(list.today - last_week.day).num_days()), "{now}: {}", last_week.day);
        assert!(!list.waiting.is_empty());

        let look = |item| ShowMeeting { meeting: today.code, item: Some(item) };
        let view = service.ask(&secretary, look(1)).unwrap();
        let states: Vec<&ItemState> = view.items.iter().map(|item| &item.state).collect();
        assert!(matches!(states[..], [ItemState::Concluded(_), ItemState::Current, ItemState::Waiting]), "{states:?}");
        assert!(view.meeting.seat.is_none());
        let half_way = service.ask(&secretary, look(2)).unwrap().item.unwrap();
        let (voted, locked) = half_way
            .seats
            .iter()
            .fold((0, 0), |(voted, locked), seat| (voted + usize::from(seat.voted), locked + usize::from(seat.locked)));
        assert_eq!((half_way.seats.len(), voted, locked), (5, 3, 1));
        let untouched = service.ask(&secretary, look(3)).unwrap().item.unwrap();
        assert_eq!((untouched.needed, untouched.seats.len()), (7, 7));
        assert!(untouched.panel.attendance.is_empty() && untouched.begun.is_none());
    }
}

#[test]
fn a_file_of_sample_data_opens_again_and_a_second_one_does_not_overwrite_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("demo.db");
    let options = DemoOptions { projects: Some(30), seed: 1 };
    let mut told = Vec::new();
    let (service, _) =
        Service::create_demo(&path, "os", clock(), options, &mut |done, total| told.push((done, total))).unwrap();
    drop(service);
    assert_eq!(told.last(), Some(&(30, 30)));
    assert!(told.is_sorted());
    assert_eq!(all(&mut Service::open(&path, clock()).unwrap()).total, 30);
    assert!(Service::create_demo(&path, "os", clock(), options, &mut |_, _| {}).is_err());
    assert_eq!(all(&mut Service::open(&path, clock()).unwrap()).total, 30);
    let _ = OperationId::new();
}
