//! The expert panel by the command line alone: the pool, the draw, the members, their opinions, the conclusion.

use serde_json::{Value, json};

use crate::support::Office;

/// The sample county, and the code of its project of 268 万元 under technical review.
fn county() -> (Office, String) {
    let office = Office::empty();
    office.run(&["demo", "--no-open"]).code(0);
    let found = office.by("reviewer", &["--json", "list", "--filter", "智慧校园"]).code(0).json();
    let code = found["items"][0]["code"].as_str().unwrap().to_owned();
    (office, code)
}

fn secretary(office: &Office, args: &[&str]) -> Value {
    office.by("panel-secretary", &[&["--json"], args].concat()).code(0).json()
}

/// Hands in members as the JSON of the interface has them; the first one leads.
fn form(office: &Office, code: &str, members: &[&str], selection: &Value) {
    let seat = |(place, id): (usize, &&str)| json!({ "expert": id, "chair": place == 0, "declaration": "clear" });
    let mut input = json!({ "members": members.iter().enumerate().map(seat).collect::<Vec<_>>() });
    for (key, value) in selection.as_object().unwrap() {
        input[key] = value.clone();
    }
    office.fed("panel-secretary", &["do", code, "form-panel", "--input", "-"], &input.to_string()).code(0);
}

fn say(office: &Office, code: &str, expert: &str, conclusion: &str) {
    let input = json!({
        "expert": expert,
        "conclusion": conclusion,
        "text": "只有收齐以后才能看到的意见",
        "signed": true,
        "dimensions": { "completeness": "优", "feasibility": "良", "sharing": "优", "security": "良，建议补充密评" },
        "score": 88,
    });
    office.fed("panel-secretary", &["do", code, "record-expert-opinion", "--input", "-"], &input.to_string()).code(0);
}

#[test]
fn a_drawn_panel_hears_its_members_blind_and_concludes_by_their_votes() {
    let (office, code) = county();
    assert_eq!(office.act("reviewer", &code, "request-panel", &[]), "panel-forming");
    let draw = |seed, more: &[&str]| {
        secretary(&office, &[&["panel", "draw", &code, "--size", "5", "--seed", seed], more].concat())
    };
    let first = draw("一", &[]);
    assert_eq!(first["members"].as_array().unwrap().len(), 5);
    assert_eq!(first["candidates_digest"].as_str().unwrap().len(), 64);
    let recused = first["recused"].as_array().unwrap();
    assert!(recused.iter().any(|it| it["expert"] == "Z024" && it["why"].as_str().unwrap().contains("方案编制单位")));
    let again = draw("一", &["--reason", "复核"]);
    assert_eq!((&first["members"], &first["candidates_digest"]), (&again["members"], &again["candidates_digest"]));
    let unreasoned = ["--json", "panel", "draw", &code, "--size", "5"];
    assert_eq!(office.by("panel-secretary", &unreasoned).code(3).json()["error"]["unmet"][0]["rule"], "R8.2");

    let pool = secretary(&office, &["expert", "list"]);
    let is_local = |id: &str| pool["items"].as_array().unwrap().iter().any(|it| it["id"] == id && it["local"] == true);
    let drawn: Vec<&str> = again["member_ids"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
    let chair = drawn.iter().position(|id| !is_local(id)).unwrap();
    let mut members = drawn.clone();
    members.swap(0, chair);
    form(&office, &code, &members, &json!({ "selection": "drawn", "draw_seed": "一" }));
    assert_eq!(office.act("lead", &code, "confirm-panel", &[]), "panel-reviewing");

    for expert in &members[..4] {
        say(&office, &code, expert, "pass");
    }
    let early = office.by("panel-secretary", &["--json", "do", &code, "close-opinions", "--set", "met_on=2026-11-23"]);
    assert_eq!(early.code(3).json()["error"]["unmet"].as_array().unwrap().len(), 1);
    for reader in ["lead", "reviewer", "intake"] {
        let seen = office.by(reader, &["--json", "show", &code]).code(0);
        assert!(!seen.stdout.contains("只有收齐以后"), "{reader}");
        let panels = seen.json()["panels"].clone();
        assert_eq!(panels[0]["tally"], Value::Null);
        assert_eq!(panels[0]["members"].as_array().unwrap().iter().filter(|it| it["locked"] == true).count(), 4);
    }
    say(&office, &code, members[4], "conditional");
    let met = ["met_on=2026-11-23", "place=二楼会议室"];
    assert_eq!(office.act("panel-secretary", &code, "close-opinions", &met), "panel-concluding");
    let signed = format!("signed_by={}", members[..4].join("\n"));
    let conclusion = ["conclusion=pass", "text=方案可行", &signed];
    assert_eq!(office.act("panel-secretary", &code, "conclude-panel", &conclusion), "technical-review");

    let shown = office.by("lead", &["--json", "show", &code]).code(0).json();
    let panel = &shown["panels"][0];
    assert_eq!(panel["tally"], json!({ "pass": 4, "conditional": 1, "supplement": 0, "fail": 0 }));
    assert_eq!(panel["conclusion"]["unsigned"].as_array().unwrap().len(), 1);
    assert_eq!(panel["opinions"][0]["dimensions"]["security"], "良，建议补充密评");
    let read = office.by("lead", &["panel", "show", &code]).code(0).stdout;
    assert!(read.contains("结论：通过") && read.contains("未签名："), "{read}");
}

#[test]
fn what_a_panel_lacks_is_told_all_at_once() {
    let (office, code) = county();
    office.act("reviewer", &code, "request-panel", &[]);
    let chosen = json!({ "selection": "chosen", "reason": "试" });
    form(&office, &code, &["Z011", "Z024", "Z002", "Z003"], &chosen);
    let refused = office.by("lead", &["--json", "do", &code, "confirm-panel"]).code(3).json();
    let messages: Vec<&str> =
        refused["error"]["unmet"].as_array().unwrap().iter().map(|it| it["message"].as_str().unwrap()).collect();
    for part in ["至少须 5 人", "不是单数", "组长蒋文清是本县单位人员", "没有业务领域专家", "严守正应当回避"]
    {
        assert!(messages.iter().any(|message| message.contains(part)), "{part}: {messages:#?}");
    }
}

#[test]
fn the_pool_is_imported_listed_masked_and_switched_off() {
    let (office, _) = county();
    let list = "姓名,工作单位,职称,专业,联系电话\n甲某,外县某大学,教授,网络安全与密码,13812345678\n";
    let file = office.write("experts.csv", list);
    office.by("panel-secretary", &["expert", "import", &file]).code(0);
    let again = secretary(&office, &["expert", "import", &file]);
    assert_eq!((again["added"].as_array().unwrap().len(), again["unchanged"][0]["row"].as_i64()), (0, Some(2)));
    office.by("reviewer", &["expert", "disable", "甲某"]).code(4);
    office.by("panel-secretary", &["expert", "disable", "甲某", "--reason", "退休"]).code(0);
    office.by("panel-secretary", &["expert", "disable", "乙某"]).code(8);
    let pool = secretary(&office, &["expert", "list"]);
    let last = pool["items"].as_array().unwrap().last().unwrap().clone();
    assert_eq!((last["contact"].as_str(), last["active"].as_bool()), (Some("138*****678"), Some(false)));
    office.by("lead", &["expert", "list", "--contacts"]).code(4);
    office.by("jyj", &["expert", "list"]).code(4);
}
