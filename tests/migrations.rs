//! Old databases open, keep what they hold, and end with exactly the schema of a new one.
//!
//! Each released schema leaves a small file in `tests/fixtures/`, which is never changed afterwards. To keep the
//! present one (again, while it is unreleased), run
//! `PINGSHEN_KEEP_DATABASE=1 cargo test --test migrations` and commit the file.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::unreachable)]
#![allow(clippy::indexing_slicing, clippy::string_slice, clippy::disallowed_methods)]

use std::path::{Path, PathBuf};

use pingshen::domain::actor::Role;
use pingshen::domain::calendar::YearMonth;
use pingshen::domain::intake::Candidate;
use pingshen::domain::money::Money;
use pingshen::domain::project::{Declaration, FundingLevel, FundingLine, ProjectKind, ResourceCatalogue};
use pingshen::domain::search::Filter;
use pingshen::service::clock::Clock;
use pingshen::service::command::{Act, Command, Done, NewDraft};
use pingshen::service::view::audit::AuditVerify;
use pingshen::service::view::queue::List;
use pingshen::service::{FirstAccount, Mode, OperationId, Service, Session, Setup};
use rusqlite::Connection;

const ROLES: &[Role] = &[Role::Intake, Role::Lead, Role::Auditor];

fn session() -> Session {
    Session { account: "keeper".to_owned(), os_user: "os".to_owned() }
}

fn create(path: &Path) -> Service {
    let keeper =
        FirstAccount { code: "keeper".to_owned(), name: "保管员".to_owned(), roles: ROLES.to_vec(), os_user: None };
    let setup = Setup {
        mode: Mode::Local,
        accounts: vec![keeper],
        policy: pingshen::domain::policy::EMBEDDED.to_owned(),
        os_user: "os".to_owned(),
        sample: false,
    };
    Service::create(path, &setup, Clock::System).unwrap()
}

fn draft() -> NewDraft {
    let amount = Money::from_wan(80);
    let declaration = Declaration {
        name: "教师培训平台".to_owned(),
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
    let candidate = Candidate { row: 0, unit: "县教育局".to_owned(), declaration, unclassified: true };
    NewDraft { candidate, unit_kind: None, supervising_unit: None }
}

/// Fills a database with a project under way and compacts it into a file that is worth keeping.
fn keep(target: &Path) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("full.db");
    let mut service = create(&path);
    let created = service.execute(&session(), OperationId::new(), Command::CreateProject(draft())).unwrap();
    let Done::Project { code, .. } = created.done else { panic!("{created:?}") };
    for (action, inputs) in [("submit", None), ("accept-plan", None), ("vote", Some(("result", "agree")))] {
        let act = Act {
            project: code.clone(),
            action: pingshen::domain::workflow::action::Action::parse(action).unwrap(),
            inputs: inputs.into_iter().map(|(key, value): (&str, &str)| (key.to_owned(), value.to_owned())).collect(),
            note: String::new(),
            attachments: Vec::new(),
            if_version: None,
        };
        service.execute(&session(), OperationId::new(), Command::Act(act)).unwrap();
    }
    drop(service);
    let connection = Connection::open(&path).unwrap();
    connection.execute_batch("PRAGMA journal_mode = DELETE; PRAGMA page_size = 512; VACUUM").unwrap();
    std::fs::remove_file(target).ok();
    connection.execute("VACUUM INTO ?1", [target.to_str().unwrap()]).unwrap();
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

fn version(path: &Path) -> i64 {
    Connection::open(path).unwrap().pragma_query_value(None, "user_version", |row| row.get(0)).unwrap()
}

/// The schema as SQLite keeps it, in an order that does not depend on history.
fn schema(path: &Path) -> Vec<String> {
    let connection = Connection::open(path).unwrap();
    let mut statement = connection
        .prepare("SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_schema ORDER BY 1")
        .unwrap();
    let rows = statement.query_map([], |row| row.get(0)).unwrap();
    rows.map(|row: Result<String, _>| row.unwrap().split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

/// Every kept file, copied to where it may be changed.
fn kept(folder: &Path) -> Vec<PathBuf> {
    let mut copies = Vec::new();
    for entry in std::fs::read_dir(fixtures()).unwrap() {
        let file = entry.unwrap().path();
        if file.extension().is_some_and(|extension| extension == "db") {
            let copy = folder.join(file.file_name().unwrap());
            std::fs::write(&copy, std::fs::read(&file).unwrap()).unwrap();
            copies.push(copy);
        }
    }
    copies
}

#[test]
fn every_kept_database_ends_with_the_schema_of_a_new_one_and_keeps_what_it_holds() {
    let folder = tempfile::tempdir().unwrap();
    let new = folder.path().join("new.db");
    drop(create(&new));
    let present = fixtures().join(format!("v{}.db", version(&new)));
    if std::env::var_os("PINGSHEN_KEEP_DATABASE").is_some() {
        keep(&present);
    }
    assert!(present.exists(), "the present schema is not kept: see the head of this file");

    for old in kept(folder.path()) {
        let name = old.file_name().unwrap().to_str().unwrap().to_owned();
        assert_eq!(name, format!("v{}.db", version(&old)), "a kept file is named for its schema");
        let mut service = Service::open(&old, Clock::System).unwrap();
        let list = List { stage: None, filter: Filter::EVERYTHING, sort: Vec::new(), after: None, limit: 10 };
        let page = service.ask(&session(), list).unwrap();
        assert_eq!(page.rows.first().map(|row| row.name.as_str()), Some("教师培训平台"), "{name}");
        let report = service.ask(&session(), AuditVerify { head: None }).unwrap();
        assert!(report.is_intact() && report.entries >= 5, "{name}: {report:?}");
        drop(service);
        assert_eq!(version(&old), version(&new), "{name}");
        let (upgraded, fresh) = (schema(&old), schema(&new));
        let differing: Vec<_> = upgraded
            .iter()
            .filter(|it| !fresh.contains(it))
            .chain(fresh.iter().filter(|it| !upgraded.contains(it)))
            .collect();
        assert!(differing.is_empty(), "{name} differs from a new database: {differing:#?}");
    }
}

#[test]
fn a_database_of_a_newer_program_is_left_untouched() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("newer.db");
    drop(create(&path));
    let newer = version(&path) + 1;
    Connection::open(&path).unwrap().pragma_update(None, "user_version", newer).unwrap();
    assert!(Service::open(&path, Clock::System).is_err());
    assert_eq!(version(&path), newer);
}

#[test]
fn a_database_of_another_program_is_left_untouched() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("foreign.db");
    Connection::open(&path).unwrap().execute_batch("CREATE TABLE note (text TEXT)").unwrap();
    let before = std::fs::read(&path).unwrap();
    assert!(Service::open(&path, Clock::System).is_err());
    assert_eq!(std::fs::read(&path).unwrap(), before);
}
