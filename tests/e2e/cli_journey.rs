//! A project of 62.5 万元 walks from the unit's form to a signed opinion by the command line alone.

use serde_json::{Value, json};

use crate::support::{CENTRE, Office, sample};

#[test]
fn a_project_walks_from_the_form_to_a_signed_opinion() {
    let office = Office::staffed();
    let code = office.import_training_platform();
    let queue = office.by("edu", &["--json", "queue"]).code(0).json();
    assert_eq!(queue["total"], 3);
    let mine = queue["items"].as_array().unwrap().iter().find(|item| item["code"] == code.as_str()).unwrap();
    assert_eq!(mine["actions"], json!(["submit"]));
    assert_eq!(mine["amount_wan"], "62.50");
    assert_eq!(mine["stage_name"], "草稿");

    let edit = ["project", "edit", &code, "--set", "kind=new", "--set", "resource_catalogue.entries=12"];
    office.by("edu", &edit).code(0);
    let partial = r#"{"custom_development":true,"items":[{"name":"平台","category":"application-software","amount_wan":"62.5"}]}"#;
    office.fed("edu", &["project", "edit", &code, "--input", "-"], partial).code(0);

    assert_eq!(office.act("edu", &code, "submit", &[]), "plan-intake");
    assert_eq!(office.act("intake", &code, "accept-plan", &[]), "joint-review");
    assert_eq!(office.act("lead", &code, "vote", &["result=agree"]), "joint-review");
    assert_eq!(office.act("planning", &code, "vote", &["result=agree"]), "joint-review");
    assert_eq!(office.act("finance", &code, "vote", &["result=agree"]), "awaiting-government");
    let decision = &["result=approve", "doc_no=玉府办字〔2026〕8号", "doc_date=2026-10-20"];
    assert_eq!(office.act("intake", &code, "record-government-decision", decision), "planned");
    let ex_ante = &["ex_ante_conclusion=予以支持", "ex_ante_date=2026-10-22", "ex_ante_score=85"];
    assert_eq!(office.act("edu", &code, "request-approval", ex_ante), "awaiting-approval");

    let approval = r#"{"doc_no":"玉发改〔2026〕1号","doc_date":"2026-10-25","amount_wan":"62.5"}"#;
    office.fed("planning", &["do", &code, "approve-project", "--input", "-", "--note", "按程序"], approval).code(0);
    assert_eq!(office.act("edu", &code, "submit-scheme", &["designer=某设计院", "version=1.0"]), "scheme-intake");
    assert_eq!(office.act("intake", &code, "accept-scheme", &["reviewer=reviewer"]), "technical-review");

    let opinion = &["result=pass", "assessed_wan=60", "summary=同意", "cut_reason=单价偏高"];
    let refused = office.by("reviewer", &drafting(&code, opinion)).code(3).json();
    assert_eq!(refused["error"]["unmet"][0]["rule"], "R7.3");
    assert_eq!(refused["error"]["unmet"][0]["article"], 7);

    judge_everything(&office, &code);
    assert_eq!(office.act("reviewer", &code, "draft-opinion", opinion), "opinion-check");
    assert_eq!(office.act("lead", &code, "check-opinion", &[]), "opinion-signing");
    assert_eq!(office.act("signer", &code, "sign-opinion", &["doc_no=玉数评〔2026〕3号"]), "review-passed");

    let shown = office.by("edu", &["--json", "show", &code]).code(0).json();
    assert_eq!(shown["amounts"]["assessed"], "60.00");
    assert_eq!(shown["opinions"][0]["doc_no"], "玉数评〔2026〕3号");
    assert!(shown["history"].as_array().unwrap().iter().any(|event| event["note"] == "按程序"));
    every_promised_key_is_there(&shown);
    let read_by_a_person = office.by("edu", &["show", &code]).code(0);
    assert!(read_by_a_person.stdout.contains("玉数评〔2026〕3号"), "{}", read_by_a_person.stdout);

    let verified = office.run(&["--json", "audit", "verify"]).code(0).json();
    assert_eq!(verified["ok"], true);
    assert_eq!(verified["first_bad"], Value::Null);
    let head = verified["head"].as_str().unwrap();
    office.run(&["audit", "verify", "--head", head]).code(0);
    assert_eq!(office.run(&["--json", "audit", "head"]).code(0).json()["head"], head);
}

fn drafting<'a>(code: &'a str, set: &[&'a str]) -> Vec<&'a str> {
    let mut args = vec!["--json", "do", code, "draft-opinion"];
    set.iter().for_each(|pair| args.extend(["--set", *pair]));
    args
}

fn judge_everything(office: &Office, code: &str) {
    let checklist = office.by("reviewer", &["--json", "checklist", code]).code(0).json();
    let dimensions: Vec<&str> =
        checklist["dimensions"].as_array().unwrap().iter().map(|part| part["code"].as_str().unwrap()).collect();
    assert_eq!(dimensions, ["completeness", "feasibility", "sharing", "security"]);
    let open: Vec<&str> = checklist["open"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
    let (first, rest) = open.split_first().unwrap();

    let judged = office.by("reviewer", &["--json", "judge", code, first, "fail", "--remark", "缺页"]).code(0).json();
    assert_eq!(judged["action"], "judge");
    assert_eq!(judged["audit"]["hash"].as_str().unwrap().len(), 64);
    office.by("reviewer", &["judge", code, first, "clear"]).code(0);
    office.by("reviewer", &["judge", code, first, "pass", "--cite", "p.3"]).code(0);

    let answers: Vec<Value> = rest.iter().map(|item| json!({ "item": item, "verdict": "pass" })).collect();
    let input = json!({ "items": answers }).to_string();
    office.fed("reviewer", &["judge", code, "--input", "-"], &input).code(0);
    let after = office.by("reviewer", &["--json", "checklist", code]).code(0).json();
    assert_eq!(after["open"], json!([]));
}

fn every_promised_key_is_there(shown: &Value) {
    let top = [
        "project",
        "route",
        "amounts",
        "gates",
        "findings",
        "checklist",
        "panels",
        "opinions",
        "contract",
        "payments",
        "acceptances",
        "evaluations",
        "attachments",
        "history",
    ];
    let project = [
        "name",
        "unit",
        "unit_kind",
        "supervising_unit",
        "plan_year",
        "kind",
        "start",
        "end",
        "amount_wan",
        "funding",
        "basis",
        "necessity",
        "content",
        "supervisor_opinion",
        "leader",
        "contact",
        "phone",
        "filed_on",
        "unclassified",
        "custom_development",
        "designer",
        "in_year",
        "items",
        "resource_catalogue",
        "deployment",
        "network",
        "om",
        "code",
        "stage",
        "stage_name",
        "overlays",
        "version",
        "round",
    ];
    let inner: [(&str, &[&str]); 4] = [
        ("project", &project),
        ("route", &["code", "reason", "rules", "survey_required", "policy"]),
        ("amounts", &["declared", "approved", "assessed", "budget", "contract", "changed", "settled"]),
        ("checklist", &["total", "answered", "by_dimension"]),
    ];
    top.iter().for_each(|key| assert!(shown.get(key).is_some(), "{key}"));
    for (outer, keys) in inner {
        keys.iter().for_each(|key| assert!(shown[outer].get(key).is_some(), "{outer}.{key}"));
    }
    for key in ["at", "account", "os_user", "action", "from", "to", "source", "note"] {
        assert!(shown["history"][0].get(key).is_some(), "{key}");
    }
}

#[test]
fn a_decision_is_transcribed_with_its_scan() {
    let office = Office::staffed();
    let code = office.import_training_platform();
    office.by("edu", &["project", "edit", &code, "--set", "kind=new"]).code(0);
    office.act("edu", &code, "submit", &[]);
    office.act("intake", &code, "accept-plan", &[]);
    let actions = office.by("intake", &["--json", "actions", &code]).code(0).json();
    let actions = actions["actions"].as_array().unwrap();
    assert!(actions.len() >= 17, "{}", actions.len());
    let vote = actions.iter().find(|action| action["action"] == "vote").unwrap();
    assert_eq!(vote["allowed"], true);
    assert_eq!(vote["on_behalf_of"], "planning");
    let result = vote["input"].as_array().unwrap().iter().find(|field| field["key"] == "result").unwrap();
    assert_eq!(result["required"], true);
    assert_eq!(result["kind"], "choice");
    assert_eq!(result["choices"][0]["code"], "agree");

    let scan = office.write("扫描件.pdf", b"%PDF-1.4 scan");
    let set = ["on_behalf_of=planning", "result=agree", "doc_no=1号", "doc_date=2026-10-20"];
    let mut args = vec!["do", &code, "vote", "--attach", &scan];
    set.iter().for_each(|pair| args.extend(["--set", *pair]));
    office.by("intake", &args).code(0);
    let shown = office.by("intake", &["--json", "show", &code]).code(0).json();
    assert_eq!(shown["history"][0]["source"], "transcribed");
    assert_eq!(shown["attachments"][0]["name"], "扫描件.pdf");
    assert_eq!(shown["attachments"][0]["digest"].as_str().unwrap().len(), 64);
}

#[test]
fn a_draft_is_registered_from_json_and_written_back_whole() {
    let office = Office::staffed();
    let draft = r#"{"name":"甲平台","unit":"县教育局","amount_wan":"99.9999","unclassified":true,
        "funding":[{"source":"县财政","level":"county","amount_wan":"99.9999"}],
        "om":{"free_months":36,"per_year_wan":"6","years":3,"build_cost_wan":"99.9999"}}"#;
    let file = office.write("甲.json", draft);
    let rehearsed = office.by("edu", &["--json", "project", "new", &file, "--dry-run"]).code(0).json();
    assert_eq!(rehearsed["dry_run"], true);
    assert_eq!(office.by("edu", &["--json", "list"]).json()["total"], 0);
    let created = office.by("edu", &["--json", "project", "new", &file]).code(0).json();
    let code = created["code"].as_str().unwrap();
    assert_eq!(created["stage"], "draft");
    assert_eq!(created["version"], 1);
    let shown = office.by("edu", &["--json", "show", code]).code(0).json();
    assert_eq!(shown["project"]["amount_wan"], "99.9999");
    assert_eq!(shown["project"]["om"]["per_year_wan"], "6.00");

    // One field of an object changes, the others stay.
    office.by("edu", &["project", "edit", code, "--set", "om.years=2", "--set", "amount_wan=100"]).code(0);
    let shown = office.by("edu", &["--json", "show", code]).code(0).json();
    assert_eq!(shown["project"]["om"]["years"], 2);
    assert_eq!(shown["project"]["om"]["free_months"], 36);
    assert_eq!(shown["route"]["code"], "panel");
    assert!(shown["route"]["reason"].as_str().unwrap().contains("第八条"));
}

#[test]
fn what_a_rehearsal_allows_is_not_done() {
    let office = Office::staffed();
    let code = office.import_training_platform();
    let rehearsed = office.by("edu", &["--json", "do", &code, "submit", "--dry-run"]).code(0).json();
    assert_eq!(rehearsed["stage"], "plan-intake");
    assert_eq!(rehearsed["audit"], Value::Null);
    assert_eq!(office.by("edu", &["--json", "show", &code]).json()["project"]["stage"], "draft");
}

#[test]
fn lists_are_filtered_and_turned_page_by_page() {
    let office = Office::staffed();
    office.by("edu", &["import", &sample("01_县教育局_申报表.xlsx")]).code(0);
    let mut seen = Vec::new();
    let mut after: Option<String> = None;
    loop {
        let mut args = vec!["--json", "list", "--limit", "2"];
        if let Some(place) = &after {
            args.extend(["--after", place]);
        }
        let page = office.by("edu", &args).code(0).json();
        assert_eq!(page["total"], 3);
        seen.extend(page["items"].as_array().unwrap().iter().map(|item| item["code"].to_string()));
        match page["next"].as_str() {
            Some(next) => after = Some(next.to_owned()),
            None => break,
        }
    }
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 3);
    let large = office.by("edu", &["--json", "list", "--filter", "金额>200万 状态:草稿"]).code(0).json();
    assert_eq!(large["items"][0]["name"], "智慧校园综合管理平台");
    assert_eq!(office.by("edu", &["--json", "list", "--stage", "planned"]).code(0).json()["total"], 0);
    assert_eq!(office.by("edu", &["--json", "queue", "--role", "unit"]).code(0).json()["total"], 3);
}

#[test]
fn the_directory_lists_units_accounts_and_policies() {
    let office = Office::staffed();
    let users = office.run(&["--json", "user", "list"]).code(0).json();
    assert_eq!(users["items"].as_array().unwrap().len(), CENTRE.len() + 2);
    office.run(&["user", "disable", "finance"]).code(0);
    office.by("finance", &["queue"]).code(4);
    office.run(&["user", "activate", "finance"]).code(0);
    office.run(&["user", "role", "finance", "--add", "planning", "--remove", "finance"]).code(0);
    let users = office.run(&["--json", "user", "list"]).code(0).json();
    let finance = users["items"].as_array().unwrap().iter().find(|user| user["account"] == "finance").unwrap();
    assert_eq!(finance["roles"], json!(["planning"]));
    let units = office.run(&["--json", "unit", "list"]).code(0).json();
    assert!(units["items"].as_array().unwrap().iter().any(|unit| unit["name"] == "县教育局"));
    let policies = office.run(&["--json", "policy", "list"]).code(0).json();
    assert_eq!(policies["items"][0]["id"], "yushan-2026");
    let shown = office.run(&["--json", "policy", "show"]).code(0).json();
    assert_eq!(shown["limits"]["panel_wan"], "100.00");
    let log = office.run(&["--json", "audit", "list", "--limit", "1"]).code(0).json();
    assert_eq!(log["items"][0]["result"], "done");
    assert!(log["next"].is_number());
    let settings = office.run(&["--json", "config", "show"]).code(0).json();
    assert_eq!(settings["mode"], "local");
    assert_eq!(settings["database"]["source"], "environment");
    assert!(office.run(&["completions", "bash"]).code(0).stdout.contains("pingshen"));
    assert!(office.run(&["man"]).code(0).stdout.contains("pingshen"));
}

#[test]
fn a_ruling_makes_an_edition_and_rounds_are_told_and_compared() {
    let office = Office::staffed();
    let listed = office.by("edu", &["--json", "ruling", "list"]).code(0).json();
    assert_eq!(listed["questions"].as_array().unwrap().len(), 15);
    assert_eq!(listed["questions"][2]["settings"][0], "small_route.needs_approval");
    let ruling = [
        "--json",
        "ruling",
        "add",
        "--question",
        "3",
        "--answer",
        "不再单独立项",
        "--article",
        "7",
        "4",
        "--doc-no",
        "玉数解〔2026〕1号",
        "--doc-date",
        "2026-01-05",
        "--signer",
        "王志强",
        "--set",
        "small_route.needs_approval=false",
    ];
    let denied = office.by("edu", &ruling).code(4).json();
    assert_eq!(denied["error"]["kind"], "denied");
    office.by("lead", &[&ruling[..], &["--dry-run"]].concat()).code(0);
    assert_eq!(office.by("lead", &["--json", "policy", "list"]).code(0).json()["items"].as_array().unwrap().len(), 1);
    let added = office.by("lead", &ruling).code(0).json();
    assert_eq!((&added["number"], &added["policy"]), (&json!(1), &json!("yushan-2026-k1")));
    assert_eq!(added["settings"], json!({ "small_route.needs_approval": "false" }));
    let twice = office.by("lead", &ruling).code(6);
    assert!(twice.json()["error"]["message"].as_str().is_some(), "{twice:?}");
    let items = office.by("edu", &["--json", "policy", "list"]).code(0).json()["items"].clone();
    assert_eq!((&items[0]["in_force"], &items[1]["in_force"]), (&json!(false), &json!(true)));
    office.by("lead", &["ruling", "add", "--answer", "a"]).code(2);

    let code = office.import_training_platform();
    let fresh = office.by("edu", &["--json", "rounds", &code]).code(0).json();
    assert_eq!((&fresh["plans"], &fresh["reviews"], &fresh["acceptances"]), (&json!([]), &json!([]), &json!([])));
    assert_eq!(office.act("edu", &code, "submit", &[]), "plan-intake");
    let rounds = office.by("edu", &["--json", "rounds", &code]).code(0).json();
    assert_eq!(
        (&rounds["plans"][0]["state"], &rounds["plans"][0]["policy"]),
        (&json!("running"), &json!("yushan-2026-k1"))
    );
    let shown = office.by("edu", &["--json", "show", &code]).code(0).json();
    assert_eq!((&shown["rules"]["policy"]["id"], &shown["rules"]["newer"]), (&json!("yushan-2026-k1"), &Value::Null));
    let missing = office.by("edu", &["--json", "rounds", &code, "--compare", "1,2"]).code(8).json();
    assert_eq!(missing["error"]["kind"], "not-found");
    office.by("edu", &["rounds", &code, "--compare", "1,1"]).code(2);
    office.by("edu", &["rounds", &code, "--compare", "1,2", "--kind", "plan"]).code(2);
}
