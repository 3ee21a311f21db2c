//! A database that many share, by the command line: who lets whom in, and whom a session takes nobody's word for.

use std::fs::Permissions;
use std::os::unix::fs::{PermissionsExt, symlink};

use crate::support::{Office, Ran, finish};

const KEY: &str = include_str!("../fixtures/keys/ed25519.pub");
const FINGERPRINT: &str = "SHA256:rvf/9l8JMJ6/yHDo3GnpAQlEDUhCmDYe9TXAzqJXX4E";
const CENTRE: &str = "县大数据发展服务中心";

fn office() -> Office {
    let office = Office::empty();
    office.run(&["init", "--mode", "shared", "--sysadmin", "甲", "--secadmin", "乙", "--auditor", "丙"]).code(0);
    office
}

/// Adds the clerk 张三 with a key in force.
fn with_clerk(office: &Office) {
    let add = ["user", "add", "张三", "--name", "张三", "--unit", CENTRE, "--role", "intake", "--ssh-key", "-"];
    let ran = office.fed("甲", &add, KEY).code(0);
    assert!(ran.stdout.contains("安全管理员启用"), "{}", ran.stdout);
    office.by("乙", &["user", "activate", "张三"]).code(0);
    office.by("乙", &["user", "key", "activate", FINGERPRINT]).code(0);
}

/// Starts a session as sshd would, with what it says of the key and what is asked for.
fn session(office: &Office, vouched: Option<&str>, args: &[&str], asked: &str) -> Ran {
    let database = office.database().to_string_lossy().into_owned();
    let mut command = office.command(&[&["--db", &database, "ssh-session"], args].concat());
    command.env_remove("PINGSHEN_DB").env("SSH_ORIGINAL_COMMAND", asked).env("PATH", "/usr/bin:/bin");
    command.env("SSH_CONNECTION", "10.0.0.7 50000 10.0.0.1 22");
    if let Some(file) = vouched {
        command.env("SSH_USER_AUTH", file);
    }
    finish(command, None)
}

/// Writes what sshd writes, as openly as said.
fn vouch(office: &Office, name: &str, text: &str, mode: u32) -> String {
    let file = office.write(name, text);
    std::fs::set_permissions(&file, Permissions::from_mode(mode)).unwrap();
    file
}

fn line() -> String {
    let (bare, _) = KEY.trim_end().rsplit_once(' ').unwrap();
    format!("publickey {bare}\n")
}

#[test]
fn an_account_with_its_key_is_proposed_whole_or_not_at_all() {
    let office = office();
    let add = ["user", "add", "张三", "--name", "张三", "--unit", CENTRE, "--role", "intake", "--ssh-key", "-"];
    let ran = office.fed("甲", &add, "-----BEGIN OPENSSH PRIVATE KEY-----").code(6);
    assert!(ran.stderr.contains("这是私钥"), "{}", ran.stderr);
    assert!(!office.by("甲", &["user", "list"]).code(0).stdout.contains("张三"));
    with_clerk(&office);
    let keys = office.by("乙", &["--json", "user", "key", "list"]).code(0).json();
    assert_eq!(keys["items"][0]["fingerprint"], FINGERPRINT);
    assert_eq!(keys["items"][0]["status"], "active");
    assert!(office.by("乙", &["user", "key", "list"]).code(0).stdout.contains(FINGERPRINT), "whole, to be copied");
    // The second account with the same key is not made either.
    let other = ["user", "add", "李四", "--name", "李四", "--unit", CENTRE, "--role", "lead", "--ssh-key", "-"];
    office.fed("甲", &other, KEY).code(6);
    assert!(!office.by("甲", &["user", "list"]).code(0).stdout.contains("李四"));
    let revoked = office.by("张三", &["--json", "user", "key", "revoke", FINGERPRINT]).code(0).json();
    assert_eq!(revoked["key_list_current"], true);
    office.by("张三", &["user", "key", "revoke", FINGERPRINT]).code(8);
}

#[test]
fn what_sshd_vouches_for_is_believed_and_nothing_else() {
    let office = office();
    with_clerk(&office);
    let good = vouch(&office, "auth", &line(), 0o600);
    let ran = session(&office, Some(&good), &[], "--json list").code(0);
    assert_eq!(ran.json()["total"], 0);
    session(&office, Some(&good), &["--key", FINGERPRINT], "pingshen list").code(0);

    let link = office.path("link");
    symlink(&good, &link).unwrap();
    let link = link.to_string_lossy().into_owned();
    let other = include_str!("../fixtures/keys/ecdsa.pub");
    let (bare, _) = other.trim_end().rsplit_once(' ').unwrap();
    let other = vouch(&office, "other", &format!("publickey {bare}\n"), 0o600);
    let two = vouch(&office, "two", &line().repeat(2), 0o600);
    let open = vouch(&office, "open", &line(), 0o640);
    let folder = office.path("").to_string_lossy().into_owned();
    for vouched in [None, Some("auth"), Some("/nowhere/auth"), Some(&link), Some(&two), Some(&open), Some(&folder)] {
        let ran = session(&office, vouched, &[], "list").code(4);
        assert!(ran.stderr.contains("未登记的密钥"), "{vouched:?}: {}", ran.stderr);
    }
    session(&office, Some(&other), &[], "list").code(4);
    session(&office, Some(&good), &["--key", "SHA256:Sk6lqgTP0Xb9w1xJ4DFPkwsSnMulVvxI4TcQlakosRc"], "list").code(4);
    let log = office.by("丙", &["--json", "audit", "list"]).code(0).json();
    let turned_away: Vec<&serde_json::Value> =
        log["items"].as_array().unwrap().iter().filter(|entry| entry["action"] == "ssh-session").collect();
    assert_eq!(turned_away.len(), 9);
    assert!(turned_away.iter().all(|it| it["result"] == "denied" && it["detail"]["from"] == "10.0.0.7"));
    office.by("丙", &["audit", "verify"]).code(0);
    // The one who sets sshd up says which database, and nobody says which account.
    session(&office, Some(&good), &["--as", "甲"], "list").code(2);
    let mut command = office.command(&["ssh-session"]);
    command.env("SSH_USER_AUTH", &good);
    finish(command, None).code(2);
}

#[test]
fn a_session_reads_and_writes_no_file_and_says_what_to_do_instead() {
    let office = office();
    with_clerk(&office);
    let good = vouch(&office, "auth", &line(), 0o600);
    let form = crate::support::sample("01_县教育局_申报表.xlsx");
    let ran = session(&office, Some(&good), &[], &format!("import '{form}'")).code(4);
    assert!(ran.stderr.contains("ssh 主机 import - <"), "{}", ran.stderr);
    let target = office.path("out.docx").to_string_lossy().into_owned();
    let ran = session(&office, Some(&good), &[], &format!("document YS2027-0001 opinion -o {target}")).code(4);
    assert!(ran.stderr.contains("-o - >"), "{}", ran.stderr);
    for (asked, code) in [
        ("--as 甲 list", 4),
        ("--db x list", 4),
        ("backup x", 4),
        ("config show", 4),
        ("init", 4),
        ("list 'unbalanced", 2),
        ("list; id", 2),
        ("nonsense", 2),
    ] {
        let ran = session(&office, Some(&good), &[], asked).code(code);
        assert!(!ran.stderr.is_empty() && ran.stdout.is_empty(), "{asked}: {ran:?}");
    }
    assert!(!std::path::Path::new(&target).exists() && !office.path("x").exists());
    // Without a terminal there is no screen.
    session(&office, Some(&good), &[], "").code(2);
}
