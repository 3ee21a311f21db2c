//! Statistics against what is counted by hand: over every project of the sample data, listed and shown one by one.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

use super::demo::DemoOptions;
use super::view::queue::List;
use super::view::row::ProjectRow;
use super::view::show::{ProjectView, Show};
use super::view::stats::{Cuts, Late, ReviewStats, Spread, StageWaiting, Stats, StatsView, Sums};
use super::*;
use crate::domain::calendar::parse_moment;
use crate::domain::checklist::{Dimension, Verdict};
use crate::domain::findings::Pattern;
use crate::domain::findings::disposition::Standing;
use crate::domain::money::Money;
use crate::domain::policy::Policy;
use crate::domain::project::{Overlay, Stage};
use crate::domain::search::{Filter, Term, Test};
use crate::domain::workflow::amounts::AmountStep;
use crate::domain::workflow::record::{PanelResult, ReviewResult};

/// The sample data, made once for all these tests: they only ask.
fn demo() -> MutexGuard<'static, Service> {
    static DEMO: LazyLock<Mutex<Service>> = LazyLock::new(|| {
        let now = Clock::Fixed(parse_moment("2026-11-23T10:40:00+08:00").unwrap());
        Mutex::new(Service::demo_in_memory(now, DemoOptions::default()).unwrap().0)
    });
    DEMO.lock().unwrap_or_else(PoisonError::into_inner)
}

fn session(account: &str) -> Session {
    Session { account: account.to_owned(), os_user: "os".to_owned() }
}

/// Everything an account may see, listed and shown one by one.
fn seen(service: &mut Service, account: &str) -> Vec<(ProjectRow, ProjectView)> {
    let list = List { stage: None, filter: Filter::EVERYTHING, sort: Vec::new(), after: None, limit: 10_000 };
    let rows = service.ask(&session(account), list).unwrap().rows;
    let show = |row: ProjectRow| {
        let view = service.ask(&session(account), Show { project: row.code.clone() }).unwrap();
        (row, view)
    };
    rows.into_iter().map(show).collect()
}

fn sums<'p>(projects: impl IntoIterator<Item = &'p (ProjectRow, ProjectView)>) -> Sums {
    let mut sums = Sums::default();
    for (row, view) in projects {
        let dossier = &view.dossier;
        let of = |step| dossier.amount_of(step).unwrap_or_default();
        sums.count += 1;
        sums.amount = sums.amount + row.amount;
        sums.declared = sums.declared + of(AmountStep::Declared);
        sums.approved = sums.approved + of(AmountStep::Approved);
        sums.contract = sums.contract + of(AmountStep::Contract);
        let passed = dossier.signed_opinion().is_some_and(|opinion| opinion.result == ReviewResult::Pass);
        if passed && let Some(assessed) = dossier.project.assessed.filter(|assessed| !assessed.is_zero()) {
            let amount = dossier.cut().unwrap_or_default();
            sums.assessed = sums.assessed + assessed;
            sums.cuts.reviewed += 1;
            sums.cuts.before = sums.cuts.before + assessed + amount;
            sums.cuts.count += i64::from(!amount.is_zero());
            sums.cuts.amount = sums.cuts.amount + amount;
        }
    }
    sums
}

fn grouped<K: Ord>(projects: &[(ProjectRow, ProjectView)], keys: impl Fn(&ProjectRow) -> Vec<K>) -> BTreeMap<K, Sums> {
    let wanted: BTreeSet<K> = projects.iter().flat_map(|(row, _)| keys(row)).collect();
    let of = |key: &K| sums(projects.iter().filter(|(row, _)| keys(row).contains(key)));
    wanted.into_iter().map(|key| (of(&key), key)).map(|(sums, key)| (key, sums)).collect()
}

fn check(stats: &StatsView, projects: &[(ProjectRow, ProjectView)]) {
    assert_eq!(stats.total, sums(projects));
    assert_eq!(stats.stages, grouped(projects, |row| vec![row.stage]));
    assert_eq!(stats.routes, grouped(projects, |row| vec![row.route]));
    assert_eq!(stats.years, grouped(projects, |row| vec![row.plan_year]));
    assert_eq!(stats.overlays, grouped(projects, |row| row.overlays.iter().copied().collect()));
    let units: BTreeMap<String, Sums> = stats.units.iter().map(|unit| (unit.name.clone(), unit.sums)).collect();
    assert_eq!(units, grouped(projects, |row| vec![row.unit.clone()]));
    assert!(stats.units.is_sorted_by(|a, b| a.sums.declared >= b.sums.declared));
}

fn check_waiting(stats: &StatsView, projects: &[(ProjectRow, ProjectView)]) {
    let calendar = Policy::county_default().unwrap().working_days;
    let today = stats.now.date_naive();
    let mut expected: BTreeMap<Stage, StageWaiting> = BTreeMap::new();
    let mut waits: BTreeMap<Stage, Vec<u32>> = BTreeMap::new();
    for (row, _) in projects.iter().filter(|(row, _)| !row.stage.is_final()) {
        let stage = expected.entry(row.stage).or_default();
        stage.overdue += i64::from(row.is_overdue(today));
        let days = waits.entry(row.stage).or_default();
        match row.overlays.iter().any(|overlay| overlay.stops_clock()) {
            true => stage.still += 1,
            false => days.push(calendar.between(row.since.date_naive(), today)),
        }
    }
    for (stage, days) in &mut waits {
        days.sort_unstable();
        let rank = |tenths: usize| days.get((days.len() * tenths).div_ceil(10).max(1) - 1).copied().unwrap_or(0);
        let count = days.len() as i64;
        let spread = Spread { count, median: rank(5), ninetieth: rank(9), longest: days.last().copied().unwrap_or(0) };
        expected.get_mut(stage).unwrap().spread = spread;
    }
    assert_eq!(stats.waiting, expected);
    let mut late: Vec<&ProjectRow> = projects.iter().map(|(row, _)| row).filter(|row| row.is_overdue(today)).collect();
    late.sort_by_key(|row| (row.clock.due, row.id));
    assert_eq!(stats.overdue.count, late.len() as i64);
    let worst = late.iter().take(10).map(|row| Late {
        code: row.code.clone(),
        name: row.name.clone(),
        unit: row.unit.clone(),
        stage: row.stage,
        due: row.clock.due.unwrap(),
        days: calendar.between(row.clock.due.unwrap(), today),
    });
    assert_eq!(stats.overdue.worst, worst.collect::<Vec<_>>());
}

#[test]
fn the_numbers_are_those_of_the_projects_one_by_one_for_everybody() {
    let mut service = demo();
    for account in ["intake", "lead", "planning", "secadmin", "jyj"] {
        let Ok(stats) = service.ask(&session(account), Stats::EVERYTHING) else { panic!("{account}") };
        let projects = seen(&mut service, account);
        check(&stats, &projects);
        check_waiting(&stats, &projects);
    }
    let stats = service.ask(&session("intake"), Stats::EVERYTHING).unwrap();
    assert!(stats.total.cuts.count > 2 && stats.overdue.count > 2 && stats.overlays.contains_key(&Overlay::Suspended));
}

#[test]
fn the_largest_cuts_are_told_with_their_reasons() {
    let mut service = demo();
    let stats = service.ask(&session("lead"), Stats::EVERYTHING).unwrap();
    let projects = seen(&mut service, "lead");
    let passed = |view: &ProjectView| view.dossier.signed_opinion().is_some_and(|o| o.result == ReviewResult::Pass);
    let mut cuts: Vec<(Money, i64, &str)> = projects
        .iter()
        .filter(|(_, view)| passed(view))
        .filter_map(|(row, view)| {
            Some((view.dossier.cut()?, -row.id.0, view.dossier.signed_opinion()?.cut_reason.as_str()))
        })
        .collect();
    cuts.sort_unstable();
    let expected: Vec<(Money, &str)> = cuts.iter().rev().take(10).map(|(cut, _, why)| (*cut, *why)).collect();
    let told: Vec<(Money, &str)> = stats.largest_cuts.iter().map(|cut| (cut.cut.amount, cut.reason.as_str())).collect();
    assert_eq!(told, expected);
    assert!(expected.iter().all(|(_, why)| !why.is_empty()), "{expected:?}");
}

#[test]
fn a_year_a_unit_and_a_filter_narrow_what_is_counted() {
    let mut service = demo();
    let projects = seen(&mut service, "planning");
    let whole = service.ask(&session("planning"), Stats::EVERYTHING).unwrap();
    assert!(whole.years.len() > 1, "{:?}", whole.years);
    for year in whole.years.keys() {
        let asked = Stats { year: Some(*year), ..Stats::EVERYTHING };
        let stats = service.ask(&session("planning"), asked).unwrap();
        let of_year: Vec<_> = projects.iter().filter(|(row, _)| row.plan_year == *year).cloned().collect();
        check(&stats, &of_year);
        check_waiting(&stats, &of_year);
    }
    let unit = whole.units[0].name.clone();
    let stats = service.ask(&session("planning"), Stats { unit: Some(unit.clone()), ..Stats::EVERYTHING }).unwrap();
    assert_eq!(stats.total, sums(projects.iter().filter(|(row, _)| row.unit == unit)));
    let filter = Filter::Term(Term::Amount(Test::AtLeast(Money::from_wan(100))));
    let stats = service.ask(&session("planning"), Stats { filter, ..Stats::EVERYTHING }).unwrap();
    assert_eq!(stats.total, sums(projects.iter().filter(|(row, _)| row.amount >= Money::from_wan(100))));
    let unknown = Stats { unit: Some("没有的单位".to_owned()), ..Stats::EVERYTHING };
    assert!(service.ask(&session("planning"), unknown).is_err());
    let empty = service.ask(&session("planning"), Stats { year: Some(2001), ..Stats::EVERYTHING }).unwrap();
    assert_eq!((empty.total, empty.units.len()), (Sums::default(), 0));
}

#[test]
fn a_share_is_rounded_and_of_nothing_there_is_none() {
    let cuts = |amount, before| Cuts {
        before: Money::from_wan(before),
        amount: Money::from_wan(amount),
        reviewed: 1,
        count: 1,
    };
    assert_eq!([cuts(1, 3), cuts(2, 3), cuts(0, 9), cuts(0, 0)].map(|cuts| cuts.per_mille()), [333, 667, 0, 0]);
}

#[test]
fn overdue_work_is_counted_for_the_roles_whose_turn_it_is() {
    let mut service = demo();
    let stats = service.ask(&session("intake"), Stats::EVERYTHING).unwrap();
    let today = stats.now.date_naive();
    let mut expected = BTreeMap::new();
    for (row, view) in seen(&mut service, "intake").iter().filter(|(row, _)| row.is_overdue(today)) {
        let policy = Policy::county_default().unwrap();
        let roles: BTreeSet<_> = domain_waiting(view, &policy).into_iter().collect();
        assert!(!row.stage.is_final());
        roles.into_iter().for_each(|role| *expected.entry(role).or_insert(0) += 1);
    }
    assert_eq!(stats.overdue.by_role, expected);
}

fn domain_waiting(view: &ProjectView, policy: &Policy) -> Vec<crate::domain::actor::Role> {
    crate::domain::workflow::waiting::waiting(&view.dossier, policy).into_iter().map(|one| one.role).collect()
}

#[test]
fn reviews_are_counted_as_the_projects_tell_them_one_by_one() {
    let mut service = demo();
    let stats = service.ask(&session("lead"), ReviewStats(Stats::EVERYTHING)).unwrap();
    let projects = seen(&mut service, "lead");
    let mut verdicts: BTreeMap<(Dimension, Verdict), i64> = BTreeMap::new();
    let mut panels: BTreeMap<PanelResult, i64> = BTreeMap::new();
    let mut done: BTreeMap<(String, ReviewResult), i64> = BTreeMap::new();
    let mut findings: BTreeMap<(Pattern, Standing), i64> = BTreeMap::new();
    let policy = Policy::county_default().unwrap();
    for (row, view) in &projects {
        for judgement in &view.dossier.judgements {
            let item = policy.checklist.iter().find(|item| item.id == judgement.item).unwrap();
            if let Some(verdict) = judgement.verdict {
                *verdicts.entry((item.dimension, verdict)).or_default() += 1;
            }
        }
        for panel in &view.dossier.panels {
            panel.conclusion.iter().for_each(|conclusion| *panels.entry(conclusion.result).or_default() += 1);
        }
        for opinion in view.dossier.opinions.iter().filter(|opinion| opinion.signed.is_some()) {
            *done.entry((opinion.drafted.name.clone(), opinion.result)).or_default() += 1;
        }
        let under_review = (Stage::TechnicalReview..=Stage::OpinionSigning).contains(&row.stage);
        if under_review {
            for item in &view.findings.items {
                *findings.entry((item.finding.pattern, item.standing)).or_default() += 1;
            }
        } else {
            let all = view.findings.items.iter().flat_map(|item| &item.decided).chain(&view.findings.gone);
            let mut last: BTreeMap<Pattern, (u32, bool)> = BTreeMap::new();
            for decided in all {
                let known = last.entry(decided.pattern).or_default();
                *known = (*known).max((decided.number, decided.accepted));
            }
            for (pattern, (_, accepted)) in last {
                let standing = if accepted { Standing::Accepted } else { Standing::Dismissed };
                *findings.entry((pattern, standing)).or_default() += 1;
            }
        }
    }
    let told = stats
        .dimensions
        .iter()
        .flat_map(|(dimension, of)| of.verdicts.iter().map(|(verdict, count)| ((*dimension, *verdict), *count)));
    assert_eq!(told.collect::<BTreeMap<_, _>>(), verdicts);
    assert_eq!(stats.panels, panels);
    let told = stats
        .reviewers
        .iter()
        .flat_map(|reviewer| reviewer.done.iter().map(|(result, count)| ((reviewer.name.clone(), *result), *count)));
    assert_eq!(told.collect::<BTreeMap<_, _>>(), done);
    let open: i64 = stats.reviewers.iter().map(|reviewer| reviewer.open.count).sum();
    let before_reviewers = projects.iter().filter(|(row, view)| {
        (Stage::TechnicalReview..=Stage::OpinionSigning).contains(&row.stage) && view.dossier.project.reviewer.is_some()
    });
    assert_eq!(open, before_reviewers.count() as i64);
    let told = stats.findings.patterns.iter().flat_map(|(pattern, of)| {
        let by = [(Standing::Open, of.open), (Standing::Accepted, of.accepted), (Standing::Dismissed, of.dismissed)];
        by.into_iter().filter(|(_, count)| *count > 0).map(|(standing, count)| ((*pattern, standing), count))
    });
    assert_eq!(told.collect::<BTreeMap<_, _>>(), findings);
    assert!(!verdicts.is_empty() && !panels.is_empty() && !done.is_empty() && !findings.is_empty());
}

#[test]
fn the_three_administrators_count_nothing_but_what_the_security_administrator_may_see() {
    let mut service = demo();
    let count = |service: &mut Service, account| service.ask(&session(account), Stats::EVERYTHING).unwrap().total.count;
    assert_eq!(count(&mut service, "sysadmin"), 0);
    let frozen = count(&mut service, "secadmin");
    assert!(frozen > 0);
    assert_eq!(count(&mut service, "lead"), count(&mut service, "planning") + frozen);
    assert!(service.ask(&session("jyj"), Stats::EVERYTHING).unwrap().units.len() < 10);
}
