//! How long the answers take, at growing numbers of projects.
//!
//! ```text
//! cargo bench                                                  # 1 000 and 10 000 projects
//! PINGSHEN_BENCH_PROJECTS=1000,100000,1000000 cargo bench      # other numbers
//! cargo bench -- queue                                         # only some
//! ```
//!
//! Each number of projects gets one file of sample data, made at first need through the service's own door (100 000
//! take about a minute). Machines differ and are noisy: read the medians side by side, growth before size, and every
//! command against `one_write_forced_to_the_disk`, which is what the disk itself takes.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use divan::Bencher;
use divan::counter::ItemsCount;
use pingshen::domain::checklist::Verdict;
use pingshen::domain::money::Money;
use pingshen::domain::project::{ProjectKind, Stage};
use pingshen::domain::search::{Filter, Term, Test};
use pingshen::service::clock::Clock;
use pingshen::service::command::{Command, ItemAnswer, VerdictChange};
use pingshen::service::demo::{DemoOptions, OPEN_AS};
use pingshen::service::view::audit::{AuditHead, AuditVerify};
use pingshen::service::view::checklist::Checklist;
use pingshen::service::view::plan::{Plan, PlanProjects};
use pingshen::service::view::queue::{List, Page, Queue, QueueCounts, StageCounts};
use pingshen::service::view::show::Show;
use pingshen::service::{OperationId, Service, Session};

fn main() {
    // What an earlier run left behind; the files of this one are left for a look at them.
    let _ = std::fs::remove_dir_all(folder());
    std::fs::create_dir_all(folder()).unwrap();
    divan::main();
}

/// Beside the build and not in the system's folder, which may live in memory and have no disk to wait for.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench")
}

fn sizes() -> Vec<u64> {
    let wanted = std::env::var("PINGSHEN_BENCH_PROJECTS").unwrap_or_else(|_| "1000,10000".to_owned());
    wanted.split(',').map(|size| size.trim().parse().expect("a number of projects")).collect()
}

/// Opens the sample data of a size.
fn filled(projects: u64) -> Service {
    static FILLING: Mutex<()> = Mutex::new(());
    let _one_at_a_time = FILLING.lock().unwrap();
    let path = folder().join(format!("{projects}.db"));
    if !path.exists() {
        let options = DemoOptions { projects: Some(projects), ..DemoOptions::default() };
        Service::create_demo(&path, "", Clock::System, options, &mut |_, _| {}).unwrap();
    }
    Service::open(&path, Clock::System).unwrap()
}

fn session(account: &str) -> Session {
    Session { account: account.to_owned(), os_user: String::new() }
}

fn list(service: &mut Service, filter: Filter) -> Page {
    service.ask(&session("lead"), List { stage: None, filter, sort: Vec::new(), after: None, limit: 50 }).unwrap()
}

fn queue(service: &mut Service, after: Option<String>) -> Page {
    let queue = Queue { role: None, filter: Filter::EVERYTHING, sort: Vec::new(), after, limit: 50 };
    service.ask(&session(OPEN_AS), queue).unwrap()
}

#[divan::bench(args = sizes())]
fn opening_the_file(bencher: Bencher<'_, '_>, projects: u64) {
    let path = filled(projects).path().to_owned();
    bencher.bench_local(|| Service::open(&path, Clock::System).unwrap());
}

#[divan::bench(args = sizes())]
fn first_page_of_a_queue(bencher: Bencher<'_, '_>, projects: u64) {
    let mut service = filled(projects);
    bencher.bench_local(|| queue(&mut service, None));
}

#[divan::bench(args = sizes())]
fn next_page_of_a_queue(bencher: Bencher<'_, '_>, projects: u64) {
    let mut service = filled(projects);
    let next = queue(&mut service, None).next;
    bencher.bench_local(|| queue(&mut service, next.clone()));
}

#[divan::bench(args = sizes())]
fn counts_of_all_queues_and_stages(bencher: Bencher<'_, '_>, projects: u64) {
    let mut service = filled(projects);
    bencher.bench_local(|| {
        let stages = service.ask(&session("lead"), StageCounts).unwrap();
        (service.ask(&session("lead"), QueueCounts).unwrap(), stages)
    });
}

/// The plan of a year by units, with what the screen shows beside it: all projects of the first unit.
#[divan::bench(args = sizes())]
fn plan_of_a_year(bencher: Bencher<'_, '_>, projects: u64) {
    let mut service = filled(projects);
    bencher.bench_local(|| {
        let plan = service.ask(&session("lead"), Plan { year: None, unit: None }).unwrap();
        let unit = plan.units.first().map(|unit| unit.name.clone());
        service.ask(&session("lead"), PlanProjects { year: plan.year, unit, stage: None }).unwrap()
    });
}

#[divan::bench(args = sizes())]
fn first_page_of_all_projects(bencher: Bencher<'_, '_>, projects: u64) {
    let mut service = filled(projects);
    bencher.bench_local(|| list(&mut service, Filter::EVERYTHING));
}

/// Filters as they are typed, page and number of hits together.
mod filter {
    use super::*;

    fn measured(bencher: Bencher<'_, '_>, projects: u64, term: &Term) {
        let mut service = filled(projects);
        bencher.bench_local(|| list(&mut service, Filter::Term(term.clone())));
    }

    #[divan::bench(args = sizes())]
    fn by_a_chinese_word(bencher: Bencher<'_, '_>, projects: u64) {
        measured(bencher, projects, &Term::Word("平台".to_owned()));
    }

    #[divan::bench(args = sizes())]
    fn by_one_chinese_character(bencher: Bencher<'_, '_>, projects: u64) {
        measured(bencher, projects, &Term::Word("教".to_owned()));
    }

    #[divan::bench(args = sizes())]
    fn by_pinyin_initials(bencher: Bencher<'_, '_>, projects: u64) {
        measured(bencher, projects, &Term::Word("jypt".to_owned()));
    }

    #[divan::bench(args = sizes())]
    fn by_amount(bencher: Bencher<'_, '_>, projects: u64) {
        measured(bencher, projects, &Term::Amount(Test::AtLeast(Money::from_wan(100))));
    }

    #[divan::bench(args = sizes())]
    fn by_kind(bencher: Bencher<'_, '_>, projects: u64) {
        measured(bencher, projects, &Term::Kind(vec![ProjectKind::New]));
    }

    #[divan::bench(args = sizes())]
    fn by_stage(bencher: Bencher<'_, '_>, projects: u64) {
        measured(bencher, projects, &Term::State(vec![Stage::TechnicalReview, Stage::OpinionCheck]));
    }
}

#[divan::bench(args = sizes())]
fn one_project_whole(bencher: Bencher<'_, '_>, projects: u64) {
    let mut service = filled(projects);
    let code = queue(&mut service, None).rows[0].code.clone();
    bencher.bench_local(|| service.ask(&session(OPEN_AS), Show { project: code.clone() }).unwrap());
}

/// A command from permission to the forced commit, its entry in the log included.
#[divan::bench(args = sizes())]
fn one_command_end_to_end(bencher: Bencher<'_, '_>, projects: u64) {
    let mut service = filled(projects);
    let reviewer = session(OPEN_AS);
    let project = queue(&mut service, None).rows[0].code.clone();
    let checklist = service.ask(&reviewer, Checklist { project: project.clone() }).unwrap();
    let item = checklist.items.iter().find(|view| view.applicable).unwrap().item.id.clone();
    let mut verdicts = [Verdict::Pass, Verdict::Doubt].into_iter().cycle();
    bencher.bench_local(|| {
        let answer = ItemAnswer {
            item: item.clone(),
            verdict: VerdictChange::Set(verdicts.next().unwrap()),
            remark: None,
            suggestion: None,
            basis: None,
            cite: None,
        };
        let command = Command::Judge { project: project.clone(), answers: vec![answer], if_version: None };
        service.execute(&reviewer, OperationId::new(), command).unwrap()
    });
}

/// What the disk takes for the smallest write that survives a power cut.
#[divan::bench]
fn one_write_forced_to_the_disk(bencher: Bencher<'_, '_>) {
    let mut file = std::fs::File::create(folder().join("probe")).unwrap();
    bencher.bench_local(|| {
        file.write_all(&[0; 4096]).unwrap();
        file.sync_data().unwrap();
    });
}

#[divan::bench(args = sizes(), sample_count = 10)]
fn verifying_the_log(bencher: Bencher<'_, '_>, projects: u64) {
    let mut service = filled(projects);
    let auditor = session("auditor");
    let (entries, _) = service.ask(&auditor, AuditHead).unwrap();
    bencher.counter(ItemsCount::new(entries.unsigned_abs())).bench_local(|| {
        let report = service.ask(&auditor, AuditVerify { head: None }).unwrap();
        assert!(report.is_intact());
        report
    });
}
