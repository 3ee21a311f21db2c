//! Two people at two terminals: each sees that the other is there, and no longer when the other is not.

use rustix::process::Signal;

use crate::support::Office;
use crate::terminal::Terminal;

const ENTER: &str = "\r";
const F10: &str = "\x1b[21~";

/// An office where the clerk of the education bureau, the intake clerk and the lead may see one project.
fn office() -> Office {
    let office = Office::staffed();
    let code = office.import_training_platform();
    office.by("edu", &["project", "edit", &code, "--set", "kind=new"]).code(0);
    office.act("edu", &code, "submit", &[]);
    office
}

fn sit_down(office: &Office, account: &str) -> Terminal {
    let terminal = Terminal::spawn_with(env!("CARGO_BIN_EXE_pingshen"), &["--as", account], (80, 24), |command| {
        command.env("HOME", office.path("home")).env("PINGSHEN_DB", office.database());
    });
    terminal.wait_for("队列 >");
    terminal
}

#[track_caller]
fn open_project(terminal: &Terminal) {
    terminal.send("0");
    terminal.wait_for("[0全部");
    terminal.send("/");
    terminal.wait_for("筛选(/)");
    terminal.type_text("教师培训");
    terminal.wait_for("命中 1");
    terminal.send(ENTER);
    terminal.wait_for("规则与条件");
}

#[test]
fn two_at_one_project_see_each_other_until_one_leaves() {
    let office = office();
    let (intake, mut lead) = (sit_down(&office, "intake"), sit_down(&office, "lead"));
    open_project(&intake);
    assert!(!intake.screen().contains("同在本项目"));
    open_project(&lead);
    intake.wait_for("lead 同在本项目");
    lead.wait_for("intake 同在本项目");
    // Back at the queue one is no longer at the project.
    lead.send(F10);
    lead.wait_for("队列 >");
    intake.wait_gone("同在本项目");
    assert!(!lead.screen().contains("同在本项目"));
    lead.send(ENTER);
    intake.wait_for("lead 同在本项目");
    let edu = sit_down(&office, "edu");
    open_project(&edu);
    intake.wait_for("lead等 2 人同在本项目");
    lead.send(F10);
    lead.wait_for("队列 >");
    lead.send(F10);
    assert!(lead.wait_for_exit().success());
    intake.wait_for("教育局经办 同在本项目");
}

#[test]
fn who_is_cut_off_or_ended_is_gone_at_once() {
    let office = office();
    let (watcher, mut cut_off, mut ended) =
        (sit_down(&office, "intake"), sit_down(&office, "lead"), sit_down(&office, "edu"));
    for terminal in [&watcher, &cut_off, &ended] {
        open_project(terminal);
    }
    watcher.wait_for("等 2 人同在本项目");
    cut_off.hang_up();
    assert_eq!(cut_off.wait_for_exit().code(), Some(129));
    watcher.wait_for("教育局经办 同在本项目");
    ended.signal(Signal::TERM);
    assert_eq!(ended.wait_for_exit().code(), Some(143));
    watcher.wait_gone("同在本项目");
}

#[test]
fn where_presence_cannot_be_kept_one_works_as_alone() {
    let office = office();
    std::fs::create_dir(office.path("office.db.presence")).unwrap();
    let (intake, mut lead) = (sit_down(&office, "intake"), sit_down(&office, "lead"));
    open_project(&intake);
    open_project(&lead);
    intake.send(F10);
    intake.wait_for("队列 >");
    lead.send(F10);
    lead.wait_for("队列 >");
    lead.send(F10);
    assert!(lead.wait_for_exit().success());
}
