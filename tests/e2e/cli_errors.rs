//! Every kind of failure with its exit code, its error document, and nothing a terminal would obey.

use serde_json::Value;

use crate::support::{Office, assert_harmless, replace_bytes};

/// Runs a command with and without `--json` and compares kind and code; tells the error of the document.
#[track_caller]
fn fails(office: &Office, account: &str, args: &[&str], code: i32, kind: &str) -> Value {
    let for_scripts = office.by(account, &[&["--json"], args].concat()).code(code);
    assert_eq!(for_scripts.stderr, "");
    let error = for_scripts.json()["error"].clone();
    assert_eq!(error["kind"], kind);
    for key in ["message", "hint", "unmet"] {
        assert!(error.get(key).is_some(), "{key}");
    }
    let for_people = office.by(account, args).code(code);
    assert_eq!(for_people.stdout, "");
    assert!(for_people.stderr.starts_with("错误："), "{}", for_people.stderr);
    assert!(for_people.stderr.contains("处理："), "{}", for_people.stderr);
    error
}

#[test]
fn every_kind_of_failure_has_its_exit_code() {
    let office = Office::staffed();
    let code = office.import_training_platform();

    fails(&office, "edu", &["lsit"], 2, "usage");
    fails(&office, "edu", &["show"], 2, "usage");
    fails(&office, "edu", &["do", &code, "jump"], 2, "usage");
    let unknown = fails(&office, "edu", &["queue", "--role", "king"], 2, "usage");
    assert!(unknown["message"].as_str().unwrap().contains("panel-secretary"));
    let unknown = fails(&office, "edu", &["list", "--stage", "nowhere"], 2, "usage");
    assert!(unknown["message"].as_str().unwrap().contains("technical-review"));
    fails(&office, "edu", &["list", "--after", "x"], 2, "usage");
    fails(&office, "edu", &["judge", &code], 2, "usage");

    let refused = fails(&office, "intake", &["do", &code, "accept-plan"], 3, "refused");
    assert_eq!(refused["unmet"][0]["rule"], "R5.1");
    assert_eq!(refused["unmet"][0]["article"], 5);
    assert!(refused["unmet"][0]["message"].as_str().unwrap().contains("草稿"));

    fails(&office, "edu", &["user", "list"], 4, "denied");
    fails(&office, "edu", &["do", &code, "vote", "--set", "result=agree"], 4, "denied");

    let edit = ["project", "edit", &code, "--set", "kind=new", "--if-version", "1"];
    office.by("edu", &edit).code(0);
    let conflict = fails(&office, "edu", &edit, 5, "conflict");
    assert_eq!(conflict["current_version"], 2);
    fails(&office, "edu", &["do", &code, "submit", "--if-version", "1"], 5, "conflict");

    let invalid = fails(&office, "edu", &["do", &code, "submit", "--set", "colour=red"], 6, "invalid");
    assert_eq!(invalid["problems"][0]["field"], "colour");
    let filter = fails(&office, "edu", &["list", "--filter", "壮态:草稿"], 6, "invalid");
    assert!(filter["hint"].as_str().unwrap().contains("状态"));
    assert_eq!(filter["problems"][0]["at"], 0);

    fails(&office, "edu", &["--db", "没有.db", "list"], 7, "unavailable");

    fails(&office, "edu", &["show", "YS2099-0001"], 8, "not-found");
    fails(&office, "nobody-known", &["list"], 8, "not-found");
    fails(&office, "intake", &["project", "new", "-"], 6, "invalid");
}

#[test]
fn a_refusal_lists_every_unmet_condition_with_its_rule() {
    let office = Office::staffed();
    let draft = r#"{"name":"甲","unit":"县教育局","amount_wan":"60","unclassified":true}"#;
    let created = office.fed("edu", &["--json", "project", "new", "-"], draft).code(0).json();
    let code = created["code"].as_str().unwrap();
    let refused = fails(&office, "edu", &["do", code, "submit"], 3, "refused");
    let unmet = refused["unmet"].as_array().unwrap();
    assert!(unmet.len() >= 5, "{unmet:?}");
    assert!(
        unmet.iter().all(|one| one["rule"].is_string() && one["message"].is_string() && one["article"].is_number())
    );
    let said = office.by("edu", &["do", code, "submit"]).code(3).stderr;
    assert!(said.contains("〔附件〕"), "{said}");
    let actions = office.by("edu", &["--json", "actions", code]).code(0).json();
    let submit = actions["actions"].as_array().unwrap().iter().find(|one| one["action"] == "submit").unwrap();
    assert_eq!(submit["allowed"], false);
    assert_eq!(submit["kind"], "refused");
    assert_eq!(submit["unmet"].as_array().unwrap().len(), unmet.len());
}

#[test]
fn every_problem_of_a_project_json_is_told_at_once() {
    let office = Office::staffed();
    let bad = r#"{"unit":"县教育局","amount_wan":60,"unclassified":true,"colour":1,"items":[{"name":"甲","category":"server"}]}"#;
    let ran = office.fed("edu", &["--json", "project", "new", "-"], bad).code(6).json();
    let fields: Vec<&str> =
        ran["error"]["problems"].as_array().unwrap().iter().map(|one| one["field"].as_str().unwrap()).collect();
    for field in ["name", "amount_wan", "colour", "items[0].amount_wan"] {
        assert!(fields.contains(&field), "{field} in {fields:?}");
    }
    let secret = r#"{"name":"甲","unit":"县教育局","amount_wan":"60","unclassified":false}"#;
    let ran = office.fed("edu", &["--json", "project", "new", "-"], secret).code(3).json();
    assert_eq!(ran["error"]["unmet"][0]["rule"], "R17.1");
    let code = office.import_training_platform();
    office.by("edu", &["project", "edit", &code, "--set", "unclassified=false"]).code(3);
    office.by("edu", &["project", "edit", &code, "--set", "unit=县文旅局"]).code(6);
    office.by("edu", &["project", "edit", &code]).code(2);
}

#[test]
fn money_given_as_a_number_is_refused_by_name() {
    let office = Office::staffed();
    let code = office.import_training_platform();
    let input = r#"{"doc_no":"1号","doc_date":"2026-10-25","amount_wan":62.5}"#;
    let args = ["--json", "do", &code, "approve-project", "--input", "-"];
    let ran = office.fed("planning", &args, input).code(6).json();
    assert_eq!(ran["error"]["problems"][0]["field"], "amount_wan");
    for broken in ["{", "[]", "\"x\"", ""] {
        office.fed("planning", &args, broken).code(6);
    }
}

#[test]
fn a_policy_file_is_checked_without_a_database() {
    let office = Office::empty();
    let good = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/policy/yushan-2026.toml");
    assert_eq!(office.run(&["--json", "policy", "check", good]).code(0).json()["ok"], true);
    let bad = office.write("坏.toml", "id = \"x\"\ntitle = 3\n");
    let ran = office.run(&["--json", "policy", "check", &bad]).code(6).json();
    assert!(ran["error"]["problems"].as_array().unwrap().len() > 1);
    assert!(!office.database().exists());
    let staffed = Office::local();
    staffed.run(&["policy", "install", good]).code(6);
}

#[test]
fn hostile_text_reaches_no_terminal() {
    let office = Office::staffed();
    let draft =
        r#"{"name":"HOSTILE-NAME","unit":"县教育局","amount_wan":"60","unclassified":true,"content":"HOSTILE-NAME"}"#;
    let created = office.fed("edu", &["--json", "project", "new", "-"], draft).code(0).json();
    let code = created["code"].as_str().unwrap();
    assert!(replace_bytes(&office.database(), b"HOSTILE-NAME", b"\x1b[2J\xc2\x9b31m\x07ab") > 0);
    for args in [
        &["list"][..],
        &["queue"],
        &["show", code],
        &["actions", code],
        &["checklist", code],
        &["--json", "list"],
        &["--json", "show", code],
    ] {
        assert_harmless(&office.by("edu", args).code(0));
    }
    assert_harmless(&office.run(&["--json", "audit", "list"]).code(0));
    for args in [
        &["show", "\u{1b}[2J"][..],
        &["\u{1b}]0;x\u{7}"],
        &["queue", "--role", "\u{1b}[31m"],
        &["list", "--filter", "金额>\u{1b}[31m"],
        &["--db", "\u{1b}[2J.db", "list"],
        &["import", "\u{1b}[2J.xlsx"],
        &["do", code, "submit", "--set", "\u{1b}[1m=\u{9b}x"],
    ] {
        let ran = office.by("edu", args);
        assert!(ran.code > 1, "{args:?}");
        assert_harmless(&ran);
        assert_harmless(&office.by("edu", &[&["--json"], args].concat()));
    }
}

#[test]
fn help_and_version_are_printed_in_chinese() {
    let office = Office::empty();
    for args in [&["--help"][..], &["do", "--help"], &["user", "add", "-h"]] {
        let help = office.run(args).code(0).stdout;
        assert!(help.contains("用法：pingshen") && !help.contains("Usage"), "{help}");
    }
    assert!(office.run(&["--version"]).code(0).stdout.starts_with("pingshen "));
}
