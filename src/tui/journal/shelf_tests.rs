//! The journal on a disk: what one program wrote another finds, and nobody else.

use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use tempfile::TempDir;

use super::sync::Report;
use super::writer::BETWEEN_SNAPSHOTS;
use super::{Base, Content, FieldText, Journal, Owner, Subject, Trouble};
use crate::domain::calendar::{Moment, parse_moment};

fn now() -> Moment {
    parse_moment("2026-09-12T14:03:20+08:00").unwrap()
}

fn owner(state: &Path) -> Owner {
    Owner { state: state.to_owned(), database: "d1".to_owned(), account: "reviewer".to_owned() }
}

fn open(state: &Path) -> (Journal, Receiver<Report>) {
    let (to, reports) = channel();
    (Journal::open(owner(state), move |report| drop(to.send(report))).unwrap(), reports)
}

fn remark() -> Subject {
    Subject { object: "YS-2026-0012".to_owned(), form: "remark:K03".to_owned() }
}

fn typed(text: &str) -> Content {
    let field = FieldText { text: text.to_owned(), caret: text.chars().count(), top: 0 };
    Content { fields: [("remark".to_owned(), field)].into(), focus: "remark".to_owned() }
}

fn base() -> Base {
    Base { version: 3, content: typed("") }
}

/// A program that typed this and was killed.
fn killed_after(state: &Path, texts: &[&str]) {
    let (mut journal, _reports) = open(state);
    for text in texts {
        journal.write(&remark(), &base(), &typed(text), now()).unwrap();
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

#[test]
fn what_a_killed_program_typed_is_found_by_the_next() {
    let state = TempDir::new().unwrap();
    killed_after(state.path(), &["方", "方案", "方案未列", "方案未列密评费用"]);
    let (journal, _reports) = open(state.path());
    let found = journal.found(now()).unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!((&found[0].subject, found[0].content.text("remark")), (&remark(), "方案未列密评费用"));
    assert_eq!(found[0].content.fields["remark"].caret, 8);
    assert_eq!((found[0].base.version, found[0].at), (3, now()));
    assert!(!found[0].rested && !found[0].elsewhere && found[0].fragments.is_none());
}

#[test]
fn a_draft_taken_up_goes_on_in_the_same_file() {
    let state = TempDir::new().unwrap();
    killed_after(state.path(), &["方案"]);
    let (mut journal, _reports) = open(state.path());
    let found = journal.found(now()).unwrap().remove(0);
    assert!(journal.take_up(&found, now()));
    journal.write(&remark(), &base(), &typed("方案未列"), now()).unwrap();
    drop(journal);
    assert_eq!(files(state.path()).len(), 1);
    let (journal, _reports) = open(state.path());
    assert_eq!(journal.found(now()).unwrap()[0].content.text("remark"), "方案未列");
}

#[test]
fn a_torn_end_is_cut_off_before_more_is_written() {
    let state = TempDir::new().unwrap();
    killed_after(state.path(), &["方案", "方案未列"]);
    let file = files(state.path()).remove(0);
    let bytes = std::fs::read(&file).unwrap();
    std::fs::write(&file, &bytes[..bytes.len() - 2]).unwrap();
    let (mut journal, _reports) = open(state.path());
    let found = journal.found(now()).unwrap().remove(0);
    assert_eq!(found.content.text("remark"), "方案");
    assert!(journal.take_up(&found, now()));
    journal.write(&remark(), &base(), &typed("方案缺"), now()).unwrap();
    drop(journal);
    let (journal, _reports) = open(state.path());
    assert_eq!(journal.found(now()).unwrap()[0].content.text("remark"), "方案缺");
}

#[test]
fn a_damaged_draft_is_told_and_kept_when_it_is_taken_up() {
    let state = TempDir::new().unwrap();
    killed_after(state.path(), &["方案", "方案未列", "方案未列密评", "方案未列密评费用"]);
    let file = files(state.path()).remove(0);
    let mut bytes = std::fs::read(&file).unwrap();
    let at = bytes.windows(6).position(|window| window == "未列".as_bytes()).unwrap();
    bytes[at] ^= 1;
    std::fs::write(&file, &bytes).unwrap();
    let (mut journal, _reports) = open(state.path());
    let found = journal.found(now()).unwrap().remove(0);
    assert_eq!(found.content.text("remark"), "方案");
    assert_eq!(found.fragments.as_deref(), Some("密评费用"));
    assert!(journal.take_up(&found, now()));
    drop(journal);
    let left = files(state.path());
    assert_eq!(left.len(), 2, "{left:?}");
    assert!(left.iter().any(|path| path.parent().unwrap().ends_with("trash")));
    let (journal, _reports) = open(state.path());
    assert_eq!(journal.found(now()).unwrap().len(), 1);
}

#[test]
fn a_draft_in_use_is_left_to_the_program_that_has_it() {
    let state = TempDir::new().unwrap();
    let (mut first, _reports) = open(state.path());
    first.write(&remark(), &base(), &typed("正在写"), now()).unwrap();
    let (mut second, _reports) = open(state.path());
    let found = second.found(now()).unwrap().remove(0);
    assert!(found.elsewhere);
    assert!(!second.take_up(&found, now()));
    second.give_up_found(&found.name, now());
    first.write(&remark(), &base(), &typed("正在写字"), now()).unwrap();
    first.rest(&remark(), now());
    let found = second.found(now()).unwrap().remove(0);
    assert!(!found.elsewhere && found.rested);
    assert!(second.take_up(&found, now()));
    // What the first types next goes to a file of its own: two drafts, no word lost.
    second.write(&remark(), &base(), &typed("正在写字接着写"), now()).unwrap();
    first.write(&remark(), &base(), &typed("正在写字回来写"), now()).unwrap();
    drop((first, second));
    let (third, _reports) = open(state.path());
    let texts: Vec<String> =
        third.found(now()).unwrap().iter().map(|found| found.content.text("remark").to_owned()).collect();
    assert_eq!(texts.len(), 2);
    assert!(texts.contains(&"正在写字接着写".to_owned()) && texts.contains(&"正在写字回来写".to_owned()));
}

#[test]
fn a_draft_that_was_left_goes_on_where_it_was() {
    let state = TempDir::new().unwrap();
    let (mut journal, _reports) = open(state.path());
    journal.write(&remark(), &base(), &typed("一"), now()).unwrap();
    journal.rest(&remark(), now());
    journal.write(&remark(), &base(), &typed("一二"), now()).unwrap();
    assert_eq!(files(state.path()).len(), 1);
    drop(journal);
    let (journal, _reports) = open(state.path());
    let found = journal.found(now()).unwrap().remove(0);
    assert_eq!((found.content.text("remark"), found.rested), ("一二", false));
}

#[test]
fn two_databases_and_two_accounts_never_mix() {
    let state = TempDir::new().unwrap();
    killed_after(state.path(), &["方案"]);
    for (database, account) in [("d2", "reviewer"), ("d1", "lead"), ("d1", "../d1/_reviewer"), ("D1", "reviewer")] {
        let other = Owner { database: database.to_owned(), account: account.to_owned(), ..owner(state.path()) };
        let journal = Journal::open(other, |_| {}).unwrap();
        assert_eq!(journal.found(now()).unwrap(), [], "{database} {account}");
    }
    // Nor where somebody moves a file: it says itself whose it is.
    let file = files(state.path()).remove(0);
    let other = Owner { account: "lead".to_owned(), ..owner(state.path()) };
    let journal = Journal::open(other, |_| {}).unwrap();
    let folder = state.path().join("drafts/_d1/_lead");
    std::fs::rename(&file, folder.join(file.file_name().unwrap())).unwrap();
    assert_eq!(journal.found(now()).unwrap(), []);
}

#[test]
fn others_can_neither_read_nor_redirect_the_drafts() {
    let state = TempDir::new().unwrap();
    killed_after(state.path(), &["方案"]);
    let mode = |path: &Path| std::fs::symlink_metadata(path).unwrap().permissions().mode() & 0o777;
    let file = files(state.path()).remove(0);
    assert_eq!(mode(&file), 0o600);
    for folder in ["drafts", "drafts/_d1", "drafts/_d1/_reviewer", "drafts/_d1/_reviewer/trash"] {
        assert_eq!(mode(&state.path().join(folder)), 0o700, "{folder}");
    }
    // A folder that was opened to others is closed again.
    std::fs::set_permissions(state.path().join("drafts"), std::fs::Permissions::from_mode(0o777)).unwrap();
    drop(open(state.path()));
    assert_eq!(mode(&state.path().join("drafts")), 0o700);
    // A journal that is a link to elsewhere is not read.
    let elsewhere = state.path().join("elsewhere.draft");
    std::fs::rename(&file, &elsewhere).unwrap();
    symlink(&elsewhere, &file).unwrap();
    let (journal, _reports) = open(state.path());
    assert_eq!(journal.found(now()).unwrap(), []);
    // Nor a folder.
    let other = TempDir::new().unwrap();
    symlink(state.path().join("drafts"), other.path().join("drafts")).unwrap();
    let refused = Journal::open(owner(other.path()), |_| {}).unwrap_err();
    assert_eq!(refused, Trouble::Unsafe);
}

#[test]
fn a_finished_draft_is_gone_and_one_given_up_stays_thirty_days() {
    let state = TempDir::new().unwrap();
    let (mut journal, _reports) = open(state.path());
    journal.write(&remark(), &base(), &typed("方案"), now()).unwrap();
    journal.finish(&remark());
    assert_eq!(files(state.path()), [] as [PathBuf; 0]);
    journal.write(&remark(), &base(), &typed("方案"), now()).unwrap();
    journal.give_up(&remark(), now());
    assert_eq!(journal.found(now()).unwrap(), []);
    let days = |days: i64| now() + chrono::TimeDelta::days(days);
    journal.found(days(29)).unwrap();
    assert_eq!(files(state.path()).len(), 1);
    journal.found(days(31)).unwrap();
    assert_eq!(files(state.path()), [] as [PathBuf; 0]);
}

#[test]
fn what_was_opened_and_left_as_it_was_is_no_draft() {
    let state = TempDir::new().unwrap();
    killed_after(state.path(), &["一", ""]);
    let (journal, _reports) = open(state.path());
    assert_eq!(journal.found(now()).unwrap(), []);
    assert_eq!(files(state.path()), [] as [PathBuf; 0]);
}

#[test]
fn of_a_destroyed_project_no_draft_is_left_on_the_disk() {
    let state = TempDir::new().unwrap();
    let (mut journal, _reports) = open(state.path());
    let another = Subject { object: "YS-2026-0013".to_owned(), ..remark() };
    journal.write(&another, &base(), &typed("别的项目"), now()).unwrap();
    journal.write(&remark(), &base(), &typed("机密一"), now()).unwrap();
    journal.give_up(&remark(), now());
    journal.write(&remark(), &base(), &typed("机密二"), now()).unwrap();
    // What still has the file open sees that the words themselves are overwritten.
    let secret = |path: &PathBuf| String::from_utf8_lossy(&std::fs::read(path).unwrap()).contains("机密");
    let held: Vec<std::fs::File> =
        files(state.path()).iter().filter(|path| secret(path)).map(|path| std::fs::File::open(path).unwrap()).collect();
    assert_eq!(held.len(), 2);
    journal.destroy(&remark().object);
    for mut file in held {
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut file, &mut bytes).unwrap();
        assert!(bytes.iter().all(|byte| *byte == 0));
    }
    let left = files(state.path());
    assert_eq!(left.len(), 1);
    assert!(!secret(&left[0]));
}

#[test]
fn the_disk_says_when_it_keeps_what_was_typed() {
    let state = TempDir::new().unwrap();
    let (mut journal, reports) = open(state.path());
    let mut last = 0;
    for text in ["一", "一二", "一二三"] {
        last = journal.write(&remark(), &base(), &typed(text), now()).unwrap().unwrap();
    }
    assert_eq!(journal.write(&remark(), &base(), &typed("一二三"), now()).unwrap(), None, "it says so already");
    let kept = || reports.recv_timeout(Duration::from_secs(30)).unwrap();
    while kept() != Report::Kept(last) {}
}

#[test]
fn a_folder_that_is_gone_or_closed_is_trouble_and_the_next_attempt_writes_everything() {
    let state = TempDir::new().unwrap();
    let (mut journal, _reports) = open(state.path());
    let folder = state.path().join("drafts/_d1/_reviewer");
    let away = state.path().join("away");
    std::fs::rename(&folder, &away).unwrap();
    std::fs::remove_dir(away.join("trash")).unwrap();
    std::fs::remove_dir(&away).unwrap();
    let trouble = journal.write(&remark(), &base(), &typed("方"), now()).unwrap_err();
    assert!(matches!(trouble, Trouble::Failed(_)), "{trouble:?}");
    assert!(Journal::open(owner(Path::new("/proc/nowhere")), |_| {}).is_err());
    let (mut journal, _reports) = open(state.path());
    journal.write(&remark(), &base(), &typed("方案"), now()).unwrap();
    drop(journal);
    let (journal, _reports) = open(state.path());
    assert_eq!(journal.found(now()).unwrap()[0].content.text("remark"), "方案");
}

#[test]
fn a_long_session_is_read_back_from_its_last_snapshot() {
    let state = TempDir::new().unwrap();
    let (mut journal, _reports) = open(state.path());
    let mut text = String::new();
    let keys = BETWEEN_SNAPSHOTS / 40;
    for key in 0..keys {
        text.push(if key % 7 == 0 { '，' } else { '评' });
        journal.write(&remark(), &base(), &typed(&text), now()).unwrap();
    }
    drop(journal);
    let length = std::fs::metadata(files(state.path()).remove(0)).unwrap().len();
    assert!(length > BETWEEN_SNAPSHOTS + text.len() as u64, "a snapshot was written: {length}");
    let (journal, _reports) = open(state.path());
    assert_eq!(journal.found(now()).unwrap()[0].content.text("remark"), text);
}
