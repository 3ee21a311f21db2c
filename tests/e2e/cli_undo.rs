//! Taking back by the command line alone: a verdict undone, a project claimed and taken over, a step recalled.

use serde_json::{Value, json};

use crate::support::Office;

/// The sample county, and the code of a project under review that nobody holds.
fn unclaimed() -> (Office, String) {
    let office = Office::empty();
    office.run(&["demo", "--no-open"]).code(0);
    let list = ["--json", "list", "--stage", "technical-review", "--limit", "50"];
    let found = office.by("reviewer", &list).code(0).json();
    let codes: Vec<String> =
        found["items"].as_array().unwrap().iter().map(|item| item["code"].as_str().unwrap().to_owned()).collect();
    let free = |code: &&String| office.by("reviewer", &["do", code, "claim", "--dry-run"]).code == 0;
    let code = codes.iter().find(free).expect("a project nobody holds").clone();
    (office, code)
}

fn items(office: &Office, code: &str) -> Vec<Value> {
    let list = office.by("reviewer", &["--json", "checklist", code]).code(0).json();
    let dimensions = list["dimensions"].as_array().unwrap().clone();
    let all = dimensions.iter().flat_map(|dimension| dimension["items"].as_array().unwrap().clone());
    all.filter(|item| item["applicable"] == true).collect()
}

fn entries(office: &Office) -> i64 {
    office.by("auditor", &["--json", "audit", "head"]).code(0).json()["entries"].as_i64().unwrap()
}

#[test]
fn a_verdict_is_undone_and_done_again() {
    let (office, code) = unclaimed();
    let before = items(&office, &code);
    let item = before[0]["id"].as_str().unwrap();
    let verdict = if before[0]["verdict"] == "pass" { "doubt" } else { "pass" };
    office.by("reviewer", &["judge", &code, item, verdict]).code(0);
    let dry = office.by("reviewer", &["--json", "undo", "--dry-run"]).code(0).json();
    assert_eq!((&dry["dry_run"], &dry["undone"]), (&json!(true), &json!("judge")));
    let done = office.by("reviewer", &["--json", "undo"]).code(0).json();
    assert_eq!((&done["code"], &done["action"], &done["subjects"]), (&json!(code), &json!("undo"), &json!([item])));
    assert_eq!(items(&office, &code)[0]["verdict"], before[0]["verdict"]);
    office.by("reviewer", &["undo", &code, "--redo"]).code(0);
    assert_eq!(items(&office, &code)[0]["verdict"], verdict);
    let said = office.by("reviewer", &["undo", &code]).code(0);
    assert!(said.stdout.starts_with("已撤销："), "{}", said.stdout);
    office.by("reviewer", &["undo", "2099-0001"]).code(8);
}

#[test]
fn a_claim_is_held_back_from_others_while_its_holder_is_at_work() {
    let (office, code) = unclaimed();
    let add = ["user", "add", "second", "--name", "孙文", "--unit", "县大数据发展服务中心", "--role", "reviewer"];
    office.by("sysadmin", &add).code(0);
    office.by("secadmin", &["user", "activate", "second"]);
    office.by("reviewer", &["do", &code, "claim"]).code(0);
    let mine = ["--json", "list", "--filter", &format!("主办:我 编号:{code}")].map(str::to_owned);
    let mine: Vec<&str> = mine.iter().map(String::as_str).collect();
    assert_eq!(office.by("reviewer", &mine).code(0).json()["total"], 1);
    office.by("second", &["do", &code, "claim"]).code(3);
    let take = ["--json", "do", &code, "take-over", "--set", "reason=休假"];
    let refused = office.by("second", &take).code(3).json();
    assert!(refused["error"]["unmet"][0]["message"].as_str().unwrap().contains("正在办理"), "{refused}");
    office.by("reviewer", &["undo", &code]).code(0);
    office.by("second", &["do", &code, "claim"]).code(0);
    office.by("reviewer", &["do", &code, "release"]).code(4);
    office.by("lead", &["do", &code, "release"]).code(0);
}

#[test]
fn a_step_is_recalled_by_who_took_it_and_the_log_grows() {
    let (office, code) = unclaimed();
    let start = entries(&office);
    office.by("reviewer", &["do", &code, "return-for-correction", "--set", "items=补充目录"]).code(0);
    office.by("lead", &["do", &code, "recall"]).code(4);
    let recalled = office.by("reviewer", &["--json", "do", &code, "recall"]).code(0).json();
    assert_eq!(recalled["stage"], "technical-review");
    let again = office.by("reviewer", &["--json", "do", &code, "recall"]).code(3).json();
    assert!(again["error"]["unmet"][0]["message"].as_str().unwrap().contains("没有可以收回的步骤"), "{again}");
    assert_eq!(entries(&office), start + 4);
    office.by("auditor", &["audit", "verify"]).code(0);
}
