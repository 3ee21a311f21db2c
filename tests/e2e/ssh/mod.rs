//! People come in over a real sshd with real keys: known ones to the program and nothing else, others not at all.

mod attacks;
mod server;

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;
use std::time::Duration;

use crate::support::{assert_harmless, sample};
use crate::terminal::Terminal;
use server::{CENTRE, Key, SECADMIN, SYSADMIN, Server};

/// What a form of the education bureau is imported with, and by whom.
const FORM: &str = "01_县教育局_申报表.xlsx";

fn with_bureau() -> Server {
    let server = Server::new();
    server.by(SYSADMIN, &["unit", "add", "县教育局", "--kind", "county-organ"], None).code(0);
    server
}

#[test]
fn a_person_comes_in_by_key_imports_through_standard_input_and_exports_through_standard_output() {
    let server = with_bureau();
    let edu = server.person("edu", "县教育局", "unit");
    let form = server.ssh(&edu, &[], &["--json", "import", "-"]).stdin(File::open(sample(FORM)).unwrap()).output();
    let form = form.unwrap();
    assert_eq!(form.status.code(), Some(0), "{}", String::from_utf8_lossy(&form.stderr));
    let report: serde_json::Value = serde_json::from_slice(&form.stdout).unwrap();
    assert_eq!(report["unit"], "县教育局");
    assert!(!report["created"].as_array().unwrap().is_empty());

    let secretary = server.person("secretary", CENTRE, "panel-secretary");
    let add = ["expert", "add", "王专家", "--employer", "省电子院", "--title", "高工", "--discipline", "security"];
    server.asked(&secretary, &add).code(0);
    let export = ["expert", "export", "-o", "-", "--format", "xlsx"];
    let table = server.ssh(&secretary, &[], &export).output().unwrap();
    assert!(table.status.success() && table.stdout.starts_with(b"PK\x03\x04"), "{table:?}");

    // Exit codes come through, and the log tells the key beside the account.
    server.asked(&edu, &["show", "YS1999-0001"]).code(8);
    server.asked(&edu, &["audit", "verify"]).code(4);
    let imported = server.audit().into_iter().find(|entry| entry["action"] == "import").unwrap();
    assert_eq!(imported["account"], "edu");
    assert_eq!(imported["os_user"], format!("{} {}", server.user, edu.fingerprint));
}

fn screen(server: &Server, key: &Key) -> Terminal {
    let mut args = server.client(key);
    args.extend(["-tt".to_owned(), server.host()]);
    let terminal = Terminal::spawn_with("ssh", &args, (80, 24), |command| {
        command.env("HOME", server.home.path());
    });
    // The queue, or what was left open; the last row of a frame has all above it drawn.
    terminal.wait_for("政务信息化项目管理 |");
    terminal.wait_for("宽度:");
    if terminal.screen().contains("终端体检 1/6") {
        // Greeted once, on a kind of terminal where the account never was.
        terminal.send("\x1b[21~");
        terminal.wait_gone("终端体检 1/6");
    }
    terminal
}

/// Has the education bureau hand in its form; tells the code of the project of 62.5 万元.
fn training_platform(server: &Server, edu: &Key) -> String {
    let import = server.ssh(edu, &[], &["--json", "import", "-"]).stdin(File::open(sample(FORM)).unwrap()).output();
    let report: serde_json::Value = serde_json::from_slice(&import.unwrap().stdout).unwrap();
    let made = report["created"].as_array().unwrap();
    let code = made.iter().find(|it| it["name"] == "教师培训平台").unwrap()["code"].as_str().unwrap();
    let facts = ["project", "edit", code, "--set", "kind=new", "--set", "resource_catalogue.entries=12"];
    server.asked(edu, &facts).code(0);
    code.to_owned()
}

#[test]
fn the_screen_opens_at_80_by_24_and_takes_chinese() {
    let server = with_bureau();
    let edu = server.person("edu", "县教育局", "unit");
    training_platform(&server, &edu);
    let terminal = screen(&server, &edu);
    terminal.send("0");
    terminal.wait_for("[0全部");
    terminal.send("\x1b[18~");
    terminal.wait_for("筛选(/)");
    terminal.type_text("教师培训");
    terminal.wait_for("命中 1");
    assert!(terminal.screen().contains("教师培训平台"), "{}", terminal.screen());
    // What the screen keeps is beside the database, for nobody but the service user.
    let state = server.at("state");
    let mode = std::process::Command::new("stat").args(["-c", "%a %U", &state]).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&mode.stdout).trim(), format!("700 {}", server.user));
}

#[test]
fn t18_t19_a_client_killed_or_frozen_leaves_no_session_behind_and_not_a_character_is_lost() {
    let mut server = Server::installed();
    // As it is shipped, but a dead line is cleared after two seconds, not thirty.
    let block = server.block().replace("ClientAliveInterval 15", "ClientAliveInterval 1");
    assert_ne!(block, server.block());
    server.start(&block);
    server.by(SYSADMIN, &["unit", "add", "县教育局", "--kind", "county-organ"], None).code(0);
    let edu = server.person("edu", "县教育局", "unit");
    let lead = server.person("lead", CENTRE, "lead");
    server.member("intake", "intake");
    let code = training_platform(&server, &edu);
    server.asked(&edu, &["do", &code, "submit"]).code(0);
    server.by("intake", &["do", &code, "accept-plan"], None).code(0);

    let said = "同意列入，建议压减测算费用，网络安全等级保护另行论证。";
    let mut terminal = screen(&server, &lead);
    terminal.wait_for("教师培训平台");
    terminal.send("\r");
    terminal.wait_for("62.50");
    terminal.send("\x1b[19~");
    terminal.wait_for("1 联合审议表决");
    terminal.send("1");
    terminal.wait_for("F8 提交");
    terminal.send("\t");
    terminal.type_text(said);
    terminal.wait_for("另行论证");
    terminal.kill_9();
    server.wait_until_alone(Duration::from_secs(10));

    // Another machine, another line: the words are there, and more are added.
    terminal = screen(&server, &lead);
    terminal.wait_for("[1 恢复]");
    terminal.send("1");
    terminal.wait_for("另行论证");
    terminal.type_text("请附目录");
    terminal.wait_for("请附目录");
    terminal.signal(rustix::process::Signal::STOP);
    server.wait_until_alone(Duration::from_secs(20));
    assert!(server.log().contains("Timeout, client not responding"), "{}", server.log());
    let again = screen(&server, &lead);
    again.wait_for("[1 恢复]");
    again.send("1");
    again.wait_for("请附目录");
    // The frozen client goes with the test.
    terminal.kill_9();
}

#[test]
fn t28_strangers_revoked_and_not_yet_activated_keys_do_not_come_in() {
    let server = with_bureau();
    let edu = server.person("edu", "县教育局", "unit");
    let stranger = server.key("stranger");
    let refused = |key| {
        let ran = server.asked(key, &["list"]).code(255);
        assert!(ran.stderr.contains("Permission denied") && ran.stdout.is_empty(), "{ran:?}");
    };
    refused(&stranger);
    // Proposed by the owner, over the line; in force only when another person says so.
    let next = server.key("next");
    let propose = server.ssh(&edu, &[], &["user", "key", "add", "edu", "-"]);
    crate::support::finish(propose, Some(&next.public)).code(0);
    refused(&next);
    server.by(SYSADMIN, &["user", "key", "activate", &next.fingerprint], None).code(4);
    server.by(SECADMIN, &["user", "key", "activate", &next.fingerprint], None).code(0);
    server.asked(&next, &["list"]).code(0);
    // A key opens for one person only, even after the old one is gone.
    let again = server.ssh(&next, &[], &["user", "key", "add", "edu", "-"]);
    crate::support::finish(again, Some(&edu.public)).code(6);
    server.asked(&next, &["user", "key", "revoke", &edu.fingerprint]).code(0);
    refused(&edu);
    server.asked(&next, &["list"]).code(0);
    // An account that is disabled takes its keys with it.
    server.by(SYSADMIN, &["user", "disable", "edu"], None).code(0);
    refused(&next);
}

#[test]
fn t28_a_list_that_lags_behind_lets_nobody_do_anything_and_the_log_says_who_tried() {
    let server = with_bureau();
    let edu = server.person("edu", "县教育局", "unit");
    let list = std::fs::read_to_string(server.at("pingshen.db.keys")).unwrap();
    assert!(list.contains(&edu.fingerprint) && !list.contains("edu"), "{list}");
    server.by(SECADMIN, &["user", "key", "revoke", &edu.fingerprint], None).code(0);
    server.write_list(&list);
    let ran = server.asked(&edu, &["list"]).code(4);
    assert!(ran.stderr.contains("未登记的密钥"), "{}", ran.stderr);
    let denied = server.audit().into_iter().find(|entry| entry["action"] == "ssh-session").unwrap();
    assert_eq!((&denied["result"], &denied["account"]), (&"denied".into(), &"".into()), "{denied}");
    assert_eq!(denied["detail"]["fingerprint"], edu.fingerprint, "{denied}");
    assert_eq!(denied["detail"]["from"], "127.0.0.1", "{denied}");
}

#[test]
fn t28_a_key_revoked_during_a_session_writes_nothing_more() {
    let server = with_bureau();
    let edu = server.person("edu", "县教育局", "unit");
    let code = training_platform(&server, &edu);
    let mut session = server.ssh(&edu, &[], &["--linear"]).stdin(Stdio::piped()).spawn().unwrap();
    let mut to = session.stdin.take().unwrap();
    let mut lines = BufReader::new(session.stdout.take().unwrap()).lines().map(Result::unwrap);
    to.write_all("0 /教师培训\nF8\n1\n".as_bytes()).unwrap();
    assert!(lines.any(|line| line.contains("1 确认")), "one word from handing it in");
    server.by(SECADMIN, &["user", "key", "revoke", &edu.fingerprint], None).code(0);
    to.write_all(b"1\n").unwrap();
    assert!(lines.any(|line| line.contains("密钥已吊销")), "the open session writes nothing");
    drop(to);
    session.wait().unwrap();
    let shown = server.by("edu", &["--json", "show", &code], None).code(0).json();
    assert_eq!(shown["project"]["stage"], "draft");
    let denied = server.audit().into_iter().find(|entry| entry["action"] == "submit").unwrap();
    assert_eq!((&denied["result"], &denied["account"]), (&"denied".into(), &"edu".into()), "{denied}");
}

#[test]
fn t31_another_user_of_the_machine_reaches_neither_the_file_nor_an_account() {
    let server = Server::installed();
    let other = server.keys_user.clone();
    let ran = crate::support::finish(server.program(&other, &["--as", SYSADMIN, "user", "list"]), None).code(7);
    assert_harmless(&ran);
    // The list is all it reads.
    let list = crate::support::finish(server.program(&other, &["authorized-keys", &server.user]), None).code(0);
    assert_eq!(list.stdout, "");
    let key = server.person("edu", CENTRE, "intake");
    let lines = |user: &str, args: &[&str]| {
        crate::support::finish(server.program(user, &[&["authorized-keys"], args].concat()), None).code(0).stdout
    };
    let line = lines(&other, &[&server.user, &key.fingerprint]);
    assert!(line.starts_with("restrict,pty,command=\""), "{line}");
    assert!(line.trim_end().ends_with(key.public.trim_end().rsplit_once(' ').unwrap().0), "{line}");
    // Were the block to match more users than it should, none of them could be come in as with these keys.
    for (user, fingerprint) in [("root", key.fingerprint.as_str()), (&server.user, "SHA256:x"), (&other, "")] {
        assert_eq!(lines(&other, &[user, fingerprint]), "", "{user} {fingerprint}");
    }
}
