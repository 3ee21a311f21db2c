//! Findings by the command line alone: what is suggested and why, who decides about it, what it bars.

use serde_json::{Value, json};

use crate::support::Office;

fn project(name: &str, amount: &str) -> Value {
    json!({
        "name": name, "unit": "县教育局", "plan_year": 2090, "kind": "new", "start": "2090-03", "end": "2090-12",
        "amount_wan": amount, "funding": [{ "source": "县财政", "level": "county", "amount_wan": amount }],
        "basis": "实施方案", "necessity": "见附件", "content": "见附件", "contact": "办公室", "phone": "0793-2550000",
        "unclassified": true, "custom_development": true, "deployment": "government-cloud",
        "network": "government-extranet",
        "items": [{ "name": "平台", "category": "application-software", "amount_wan": amount }],
    })
}

/// Registers a project and tells the receipt.
fn register(office: &Office, project: &Value) -> Value {
    office.fed("edu", &["--json", "project", "new", "-"], &project.to_string()).code(0).json()
}

fn ids(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap()).collect()
}

fn findings(office: &Office, account: &str, code: &str) -> Value {
    office.by(account, &["--json", "findings", code]).code(0).json()
}

#[test]
fn findings_are_listed_with_their_reasons_and_decided_about() {
    let office = Office::staffed();
    let mut hall = project("城管视频专网", "86");
    hall["network"] = json!("private");
    hall["resource_catalogue"] = json!({ "names": ["点位信息", "设备信息"] });
    let receipt = register(&office, &hall);
    assert_eq!(ids(&receipt["findings"]), ["E6-network"]);
    assert_eq!(receipt["findings"][0]["severity"], "veto");
    let code = receipt["code"].as_str().unwrap();

    let shown = office.by("edu", &["--json", "show", code]).code(0).json();
    assert_eq!(shown["project"]["resource_catalogue"], json!({ "entries": 2, "names": ["点位信息", "设备信息"] }));
    assert_eq!(ids(&shown["findings"]), ["E6-network"]);
    office.by("edu", &["do", code, "submit"]).code(0);

    let listed = findings(&office, "reviewer", code);
    let item = &listed["items"][0];
    for key in ["id", "rule", "article", "severity", "message", "evidence", "status", "reason"] {
        assert!(item.get(key).is_some(), "{key}: {item}");
    }
    assert_eq!((&item["rule"], &item["article"], &item["status"]), (&json!("E6"), &json!(10), &json!("open")));
    assert_eq!(item["evidence"][0], "网络：专网");
    assert_eq!(item["reason"], Value::Null);

    let dismiss = ["--json", "finding", code, "E6-network", "--dismiss", "--reason", "省级文件要求"];
    let denied = office.by("reviewer", &dismiss).code(4).json();
    assert_eq!(denied["error"]["kind"], "denied");
    office.by("reviewer", &["finding", code, "e6-network", "--accept"]).code(2);
    office.by("reviewer", &["finding", code, "E6-network", "--accept", "--reason", " "]).code(6);
    office.by("reviewer", &["finding", code, "E1", "--accept", "--reason", "属实"]).code(8);
    office.by("reviewer", &["finding", code, "E6-network", "--accept", "--dismiss", "--reason", "属实"]).code(2);
    office.by("edu", &["finding", code, "E6-network", "--accept", "--reason", "属实"]).code(4);
    let dry = [&dismiss[..], &["--dry-run"]].concat();
    assert_eq!(office.by("lead", &dry).code(0).json()["dry_run"], true);
    assert_eq!(findings(&office, "lead", code)["items"][0]["status"], "open");
    office.by("lead", &[&dismiss[..], &["--if-version", "1"]].concat()).code(5);

    let done = office.by("lead", &dismiss).code(0).json();
    assert_eq!((&done["action"], ids(&done["findings"]).len()), (&json!("dispose-finding"), 0));
    let listed = findings(&office, "reviewer", code);
    let item = &listed["items"][0];
    assert_eq!((&item["status"], &item["reason"]), (&json!("dismissed"), &json!("省级文件要求")));
    assert_eq!(item["history"][0]["name"], "lead");

    let edit = ["project", "edit", code, "--set", "content=租用裸光纤连接各点位"];
    office.by("edu", &edit).code(0);
    let listed = findings(&office, "reviewer", code);
    assert_eq!(listed["items"][0]["status"], "open", "the evidence changed");
    assert_eq!(listed["items"][0]["history"][0]["reason"], "省级文件要求");

    let read = office.by("reviewer", &["findings", code]).code(0).stdout;
    for words in ["疑似建设专网", "否决", "网络：专网", "裸光纤", "省级文件要求", "须重新处理", "第十条"]
    {
        assert!(read.contains(words), "{words}: {read}");
    }
    let sheet = office.by("reviewer", &["show", code]).code(0).stdout;
    assert!(sheet.contains("【疑点】") && sheet.contains("疑似建设专网"), "{sheet}");
}

#[test]
fn three_small_filings_of_one_unit_are_named_together() {
    let office = Office::staffed();
    let codes = [("居家上门子系统", "36"), ("机构监管子系统", "28"), ("高龄津贴子系统", "31")].map(|(name, amount)| {
        let receipt = register(&office, &project(name, amount));
        let code = receipt["code"].as_str().unwrap().to_owned();
        office.by("edu", &["do", &code, "submit"]).code(0);
        code
    });
    let listed = findings(&office, "intake", &codes[0]);
    let splitting = listed["items"].as_array().unwrap().iter().find(|item| item["id"] == "E1").unwrap();
    assert_eq!((&splitting["severity"], &splitting["article"]), (&json!("major"), &json!(8)));
    let evidence = splitting["evidence"].to_string();
    assert!(codes.iter().all(|code| evidence.contains(code.as_str())), "{evidence}");
    assert!(evidence.contains("合计：95.00 万元"), "{evidence}");
    assert!(splitting["message"].as_str().unwrap().contains("3 个"), "{splitting}");
}

#[test]
fn names_of_a_catalogue_must_fit_its_entries() {
    let office = Office::staffed();
    for catalogue in [
        json!({ "entries": 1, "names": ["甲", "乙"] }),
        json!({ "names": ["甲", "甲"] }),
        json!({ "names": ["甲", " "] }),
        json!({ "names": "甲" }),
        json!({ "names": ["甲"], "not_applicable": "没有" }),
    ] {
        let mut faulty = project("目录", "62.5");
        faulty["resource_catalogue"] = catalogue.clone();
        let ran = office.fed("edu", &["--json", "project", "new", "-"], &faulty.to_string());
        assert_eq!(ran.code(6).json()["error"]["kind"], "invalid", "{catalogue}");
    }
}
