//! Where many share a database: three administrators who check each other, keys proposed by one and put into force by
//! another, and who comes in by them.

use std::path::PathBuf;

use super::command::{Command, KeyOrder};
use super::error::{Error, Invalid, Missing, StoreError};
use super::line::{list_beside, read_list};
use super::reach::Reach;
use super::tests::{clock, setup};
use super::view::audit::AuditList;
use super::view::directory::{Accounts, Myself};
use super::view::keys::Keys;
use super::*;
use crate::domain::actor::Role;
use crate::domain::key::{Fingerprint, KeyProblem, PublicKey};
use crate::domain::permission::Denied;

const ED25519: &str = include_str!("../../tests/fixtures/keys/ed25519.pub");
const ECDSA: &str = include_str!("../../tests/fixtures/keys/ecdsa.pub");
const RSA: &str = include_str!("../../tests/fixtures/keys/rsa2048.pub");

fn first(code: &str, role: Role) -> FirstAccount {
    FirstAccount { code: code.to_owned(), name: code.to_owned(), roles: vec![role], os_user: None }
}

fn shared() -> Setup {
    let accounts =
        vec![first("sysadmin", Role::Sysadmin), first("secadmin", Role::Secadmin), first("auditor", Role::Auditor)];
    Setup { mode: Mode::Shared, accounts, ..setup() }
}

/// A shared database on disk, with the folder that goes with it.
struct Office {
    service: Service,
    _folder: tempfile::TempDir,
    path: PathBuf,
}

impl Office {
    fn new() -> Office {
        let folder = tempfile::tempdir().unwrap();
        let private = std::os::unix::fs::PermissionsExt::from_mode(0o700);
        std::fs::set_permissions(folder.path(), private).unwrap();
        let path = folder.path().join("office.db");
        let service = Service::create(&path, &shared(), clock()).unwrap();
        Office { service, _folder: folder, path }
    }

    fn run(&mut self, account: &str, command: Command) -> Answer<()> {
        self.service.execute(&session(account), OperationId::new(), command).map(drop)
    }

    fn hire(&mut self, code: &str, role: Role) {
        self.run("sysadmin", add(code, &[role])).unwrap();
        self.run("secadmin", active(code, true)).unwrap();
    }

    fn let_in(&mut self, code: &str, line: &str) -> Fingerprint {
        self.run("sysadmin", propose(code, line)).unwrap();
        let fingerprint = fingerprint(line);
        self.run("secadmin", activate(&fingerprint)).unwrap();
        fingerprint
    }

    fn listed(&self) -> Vec<Fingerprint> {
        read_list(&list_beside(&self.path)).unwrap().into_iter().map(|key| key.fingerprint).collect()
    }

    /// Comes in as another process would.
    fn come_in(&self, key: &Fingerprint) -> (Service, Answer<Session>) {
        let mut service = Service::open(&self.path, clock()).unwrap();
        let session = service.come_in(key, "pingshen", "10.0.0.7");
        (service, session)
    }
}

fn session(account: &str) -> Session {
    Session { account: account.to_owned(), os_user: "os".to_owned() }
}

fn fingerprint(line: &str) -> Fingerprint {
    PublicKey::read(line).unwrap().fingerprint
}

fn add(code: &str, roles: &[Role]) -> Command {
    let unit = setup::CENTRE.to_owned();
    Command::AddAccount { code: code.to_owned(), name: code.to_owned(), unit, roles: roles.to_vec(), os_user: None }
}

fn active(code: &str, active: bool) -> Command {
    Command::SetAccountActive { code: code.to_owned(), active }
}

fn roles(code: &str, add: &[Role], remove: &[Role]) -> Command {
    Command::ChangeRoles { code: code.to_owned(), add: add.to_vec(), remove: remove.to_vec() }
}

fn propose(account: &str, line: &str) -> Command {
    Command::Key(KeyOrder::Propose { account: account.to_owned(), line: line.to_owned() })
}

fn activate(fingerprint: &Fingerprint) -> Command {
    Command::Key(KeyOrder::Activate { fingerprint: fingerprint.to_string() })
}

fn revoke(fingerprint: &Fingerprint) -> Command {
    Command::Key(KeyOrder::Revoke { fingerprint: fingerprint.to_string() })
}

fn log() -> AuditList {
    AuditList { project: None, since_millis: 0, before: None, limit: 1000 }
}

#[track_caller]
fn denied<T: std::fmt::Debug>(answer: Answer<T>, expected: &Denied) {
    match answer {
        Err(Error::Denied(denied)) => assert_eq!(&denied, expected),
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn invalid<T: std::fmt::Debug>(answer: Answer<T>, expected: Invalid) {
    match answer {
        Err(Error::Invalid(problems)) => assert_eq!(problems, [expected]),
        other => panic!("{other:?}"),
    }
}

#[test]
fn who_proposes_an_account_does_not_let_it_in_and_who_lets_it_in_does_not_propose_it() {
    let mut office = Office::new();
    let only = |role| Denied::NeedsRole { roles: vec![role] };
    denied(office.run("secadmin", add("zhang", &[Role::Intake])), &only(Role::Sysadmin));
    office.run("sysadmin", add("zhang", &[Role::Intake])).unwrap();
    denied(office.service.ask(&session("zhang"), Myself), &Denied::NotActive);
    denied(office.run("sysadmin", active("zhang", true)), &only(Role::Secadmin));
    office.run("secadmin", active("zhang", true)).unwrap();
    office.service.ask(&session("zhang"), Myself).unwrap();
    denied(office.run("sysadmin", roles("zhang", &[Role::Lead], &[])), &only(Role::Secadmin));
    office.run("secadmin", roles("zhang", &[Role::Reviewer], &[Role::Intake])).unwrap();
    // Either ends it at once.
    office.run("sysadmin", active("zhang", false)).unwrap();
    denied(office.service.ask(&session("zhang"), Myself), &Denied::NotActive);
}

#[test]
fn the_three_administrators_stay_three_and_none_does_anything_else() {
    let mut office = Office::new();
    invalid(office.run("sysadmin", add("both", &[Role::Sysadmin, Role::Secadmin])), Invalid::AdministratorAlone);
    invalid(office.run("sysadmin", add("both", &[Role::Auditor, Role::Lead])), Invalid::AdministratorAlone);
    invalid(office.run("secadmin", roles("auditor", &[Role::Reviewer], &[])), Invalid::AdministratorAlone);
    denied(office.run("secadmin", roles("secadmin", &[Role::Sysadmin], &[Role::Secadmin])), &Denied::OwnAccount);
    for last in [Role::Sysadmin, Role::Auditor] {
        invalid(office.run("secadmin", active(last.code(), false)), Invalid::LastAdministrator(last));
        invalid(office.run("secadmin", roles(last.code(), &[Role::Intake], &[last])), Invalid::LastAdministrator(last));
    }
    invalid(office.run("sysadmin", active("secadmin", false)), Invalid::LastAdministrator(Role::Secadmin));
    office.hire("second", Role::Auditor);
    office.run("secadmin", active("auditor", false)).unwrap();
    let accounts = office.service.ask(&session("sysadmin"), Accounts).unwrap();
    assert!(accounts.iter().all(|account| account.roles.len() == 1));
}

#[test]
fn a_key_opens_only_after_another_person_put_it_into_force() {
    let mut office = Office::new();
    office.hire("zhang", Role::Intake);
    let key = fingerprint(ED25519);
    // One's own, by oneself; another's, only by the system administrator.
    office.run("zhang", propose("zhang", ED25519)).unwrap();
    denied(office.run("zhang", propose("auditor", ECDSA)), &Denied::NeedsRole { roles: vec![Role::Sysadmin] });
    denied(office.come_in(&key).1, &Denied::UnknownKey);
    denied(office.run("zhang", activate(&key)), &Denied::NeedsRole { roles: vec![Role::Secadmin] });
    office.run("secadmin", activate(&key)).unwrap();
    invalid(office.run("secadmin", activate(&key)), Invalid::KeyInForce(key.clone()));
    let (mut service, session) = office.come_in(&key);
    let session = session.unwrap();
    assert_eq!((session.account.as_str(), session.os_user), ("zhang", format!("pingshen {key}")));
    assert_eq!(service.reach(), &Reach::Line(key.clone()));
    assert!(!service.has_files().unwrap());
    // What the security administrator proposes himself, he does not put into force.
    let own = fingerprint(ECDSA);
    office.run("secadmin", propose("secadmin", ECDSA)).unwrap();
    denied(office.run("secadmin", activate(&own)), &Denied::OwnProposal);
}

#[test]
fn a_key_is_one_persons_and_only_a_strong_bare_key_is_taken() {
    let mut office = Office::new();
    office.hire("zhang", Role::Intake);
    let key = office.let_in("zhang", ED25519);
    invalid(office.run("sysadmin", propose("auditor", ED25519)), Invalid::KeyTaken(key.clone()));
    let short = include_str!("../../tests/fixtures/keys/rsa1024.pub");
    invalid(office.run("sysadmin", propose("zhang", short)), Invalid::Key(KeyProblem::ShortRsa(1024)));
    let forced = format!("command=\"sh\" {RSA}");
    invalid(office.run("sysadmin", propose("zhang", &forced)), Invalid::Key(KeyProblem::Options));
    // Revoked, it may become another's: a machine changes hands.
    office.run("zhang", revoke(&key)).unwrap();
    assert!(matches!(office.run("zhang", revoke(&key)), Err(Error::NotFound(Missing::Key(_)))));
    assert_eq!(office.let_in("auditor", ED25519), key);
    let keys = office.service.ask(&session("secadmin"), Keys { account: None }).unwrap();
    assert_eq!(keys.iter().map(|key| key.is_in_force()).collect::<Vec<_>>(), [false, true]);
    // Everybody sees his own keys and no more.
    let own = |account: &str| Keys { account: Some(account.to_owned()) };
    assert_eq!(office.service.ask(&session("zhang"), own("zhang")).unwrap().len(), 1);
    assert!(office.service.ask(&session("zhang"), own("auditor")).is_err());
    assert!(office.service.ask(&session("zhang"), Keys { account: None }).is_err());
}

#[test]
fn a_key_revoked_in_an_open_session_neither_writes_nor_reads_any_more() {
    let mut office = Office::new();
    office.hire("zhang", Role::Intake);
    let (old, new) = (office.let_in("zhang", ED25519), office.let_in("zhang", ECDSA));
    let (mut lost, lost_session) = office.come_in(&old);
    let (mut kept, kept_session) = office.come_in(&new);
    let (lost_session, kept_session) = (lost_session.unwrap(), kept_session.unwrap());
    let unit = |name: &str| Command::AddUnit {
        name: name.to_owned(),
        kind: crate::domain::actor::UnitKind::CountyOrgan,
        supervisor: None,
    };
    lost.execute(&lost_session, OperationId::new(), unit("县教育局")).unwrap();
    office.run("zhang", revoke(&old)).unwrap();
    denied(lost.execute(&lost_session, OperationId::new(), unit("县卫健局")), &Denied::KeyNotInForce);
    denied(lost.ask(&lost_session, Myself), &Denied::KeyNotInForce);
    denied(lost.rehearse(&lost_session, &unit("县卫健局")), &Denied::KeyNotInForce);
    kept.execute(&kept_session, OperationId::new(), unit("县卫健局")).unwrap();
    // The attempt stands in the log; the account's other key goes on until the account ends.
    office.run("secadmin", active("zhang", false)).unwrap();
    denied(kept.ask(&kept_session, Myself), &Denied::NotActive);
    let entries = office.service.ask(&session("auditor"), log()).unwrap();
    assert!(entries.entries.iter().any(|it| it.entry.account == "zhang" && it.entry.result == "denied"));
}

#[test]
fn the_list_follows_every_key_and_account_and_names_nobody() {
    let mut office = Office::new();
    office.hire("zhang", Role::Intake);
    office.run("sysadmin", propose("zhang", ED25519)).unwrap();
    assert_eq!(office.listed(), []);
    let key = fingerprint(ED25519);
    office.run("secadmin", activate(&key)).unwrap();
    let other = office.let_in("auditor", RSA);
    assert_eq!(office.listed(), [key.clone(), other.clone()]);
    let text = std::fs::read_to_string(list_beside(&office.path)).unwrap();
    assert!(!text.contains("zhang") && !text.contains("张三"), "{text}");
    office.run("sysadmin", active("zhang", false)).unwrap();
    assert_eq!(office.listed(), std::slice::from_ref(&other));
    office.run("auditor", revoke(&other)).unwrap();
    assert_eq!(office.listed(), []);
    assert!(office.service.key_list_is_current().unwrap());
    // A list that others could have written is none, and one that is missing is made again.
    let list = list_beside(&office.path);
    std::fs::remove_file(&list).unwrap();
    assert!(!office.service.key_list_is_current().unwrap());
    assert_eq!(office.service.publish_keys().unwrap().unwrap(), 0);
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(&list, std::fs::Permissions::from_mode(0o666)).unwrap();
    assert!(read_list(&list).is_err());
}

#[test]
fn a_shared_database_is_made_only_where_nobody_else_can_reach_it() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
    let path = folder.path().join("office.db");
    match Service::create(&path, &shared(), clock()) {
        Err(Error::Unavailable(StoreError::Exposed { path: named, is_folder: true })) => {
            assert_eq!(named, folder.path());
        }
        other => panic!("{other:?}"),
    }
    assert!(!path.exists());
}

#[test]
fn where_one_person_works_alone_there_are_no_keys() {
    let mut service = Service::in_memory(&setup(), clock()).unwrap();
    let answer = service.execute(&session("sysadmin"), OperationId::new(), propose("intake", ED25519));
    invalid(answer.map(drop), Invalid::KeysUnused);
    denied(service.come_in(&fingerprint(ED25519), "os", ""), &Denied::UnknownKey);
}
