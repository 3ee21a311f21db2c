//! A meeting of expert panels by the command line alone: called, attended, written, concluded, ended; and every no.

use serde_json::{Value, json};

use crate::support::{Office, Ran, assert_harmless};

const SECRETARY: &str = "panel-secretary";

/// The sample county, with a second secretary `scribe`.
fn county() -> Office {
    let office = Office::empty();
    office.run(&["demo", "--no-open"]).code(0);
    let unit = "县大数据发展服务中心";
    let scribe = ["user", "add", "scribe", "--name", "刘敏", "--unit", unit, "--role", "panel-secretary"];
    office.by("sysadmin", &scribe).code(0);
    office
}

fn secretary(office: &Office, args: &[&str]) -> Value {
    office.by(SECRETARY, &[&["--json", "meeting"], args].concat()).code(0).json()
}

fn code_of(office: &Office, name: &str) -> String {
    let found = office.by("intake", &["--json", "list", "--filter", name]).code(0).json();
    let items = found["items"].as_array().unwrap();
    let one = items.iter().find(|item| item["name"].as_str().unwrap() == name).unwrap();
    one["code"].as_str().unwrap().to_owned()
}

/// Expects a refusal that names its article, and says what to do.
#[track_caller]
fn refused(ran: Ran, part: &str) {
    let unmet = ran.code(3).json()["error"]["unmet"].clone();
    let told: Vec<&Value> =
        unmet.as_array().unwrap().iter().filter(|it| it["message"].as_str().unwrap().contains(part)).collect();
    let [one] = told.as_slice() else { panic!("{part}: {unmet:#}") };
    assert_eq!((&one["rule"], &one["article"]), (&json!("R8.2"), &json!(8)));
    assert!(!one["remedy"].as_str().unwrap().is_empty());
}

fn states(view: &Value) -> Vec<&str> {
    view["agenda"].as_array().unwrap().iter().map(|line| line["state"].as_str().unwrap()).collect()
}

#[test]
fn a_meeting_goes_from_its_call_to_a_conclusion_and_minutes() {
    let office = county();
    let code = code_of(&office, "馆藏档案数字化与智能检索");
    let list = secretary(&office, &["list"]);
    assert!(list["waiting"].as_array().unwrap().iter().any(|panel| panel["code"] == *code));
    let today = list["today"].as_str().unwrap();
    let call = ["call", "--day", today, "--place", "三楼会议室", &code];
    assert_eq!(secretary(&office, &[&call[..], &["--dry-run"]].concat())["dry_run"], true);
    let called = secretary(&office, &call);
    assert_eq!((&called["action"], &called["subject"]), (&json!("call-meeting"), &json!("2026-03")));
    assert!(secretary(&office, &["list"])["waiting"].as_array().unwrap().iter().all(|panel| panel["code"] != *code));
    // Two of today are not over, so one has to say which.
    office.by(SECRETARY, &["meeting", "show"]).code(2);

    secretary(&office, &["seat", "2026-03", "--take"]);
    secretary(&office, &["take-up", "2026-03", "1"]);
    secretary(&office, &["attend", &code, "Z023", "--absent", "--reason", "发热"]);
    let all = secretary(&office, &["attend", &code, "--present"]);
    let presences: Vec<&str> =
        all["attendance"].as_array().unwrap().iter().map(|it| it["presence"].as_str().unwrap()).collect();
    assert_eq!(presences, ["present", "present", "absent"]);
    let note = |args: &[&str]| office.by(SECRETARY, &[&["--json", "meeting", "note", &code], args].concat());
    refused(note(&["vote/Z023=pass"]), "曹玉梅缺席");
    secretary(&office, &["attend", &code, "曹玉梅", "--present"]);

    let dissent = office.write("保留意见.txt", "一、加工费单价偏高。\n二、检索软件应当复用市级平台。\n");
    let first = note(&["vote/Z014=conditional", "vote/Z014=pass"]).code(6).json();
    assert!(first["error"]["causes"][0].as_str().unwrap().contains("写了两次"));
    let noted =
        note(&["vote/Z014=pass", "score/Z014=86", "vote/Z016=conditional", "said/Z016=补充密评"]).code(0).json();
    assert_eq!((&noted["fields"]["vote/Z014"], &noted["fields"]["said/Z016"]), (&json!(1), &json!(1)));
    note(&["vote/Z023=fail", &format!("dissent/Z023=@{dissent}"), "said/Z023=见保留意见"]).code(0);
    let fed = ["--json", "meeting", "note", &code, "said/Z014=-"];
    office.fed(SECRETARY, &fed, "需求清楚，\n建议实施。\n").code(0);
    // What did not change makes no further version; a change of mind does.
    assert_eq!(note(&["vote/Z014=pass"]).code(0).json()["fields"]["vote/Z014"], 1);
    assert_eq!(note(&["score/Z014=88"]).code(0).json()["fields"]["score/Z014"], 2);
    let versions = secretary(&office, &["history", &code, "score/Z014"])["versions"].clone();
    assert_eq!((&versions[0]["value"], &versions[1]["value"]), (&json!("86"), &json!("88")));

    let early = office.by(SECRETARY, &["--json", "meeting", "close", &code]);
    refused(early, "尚缺签名的意见");
    assert_eq!(secretary(&office, &["sign", &code, "Z014", "--dry-run"])["dry_run"], true);
    for expert in ["Z014", "秦少华", "Z023"] {
        assert_eq!(secretary(&office, &["sign", &code, expert])["action"], "record-expert-opinion");
    }
    let ready = secretary(&office, &["show", "2026-03"])["item"].clone();
    assert_eq!((&ready["next"]["action"], &ready["ready"]), (&json!("close-opinions"), &json!(true)));
    assert_eq!(secretary(&office, &["close", &code])["stage"], "panel-concluding");

    let fix = ["fix/1/text=补充密评", "fix/1/responsible=县档案馆", "fix/1/due=2027-01-31"];
    let words = ["conclusion=conditional", "conclusion-text=原则通过，修改后报中心复核", "signed/Z014=true"];
    note(&[&fix[..], &words].concat()).code(0);
    assert_eq!(secretary(&office, &["conclude", &code])["stage"], "revising");

    let shown = secretary(&office, &["show", "2026-03"]);
    assert_eq!((states(&shown), &shown["agenda"][0]["result"]), (vec!["concluded"], &json!("conditional")));
    let tally = json!({ "pass": 1, "conditional": 1, "supplement": 0, "fail": 1 });
    assert_eq!(shown["item"]["tally"], tally);
    assert_eq!(secretary(&office, &["end", "2026-03"])["action"], "end-meeting");

    let minutes = office.by("lead", &["meeting", "minutes", "2026-03"]).code(0);
    assert_harmless(&minutes);
    for part in [
        "会议地点：三楼会议室",
        "应到 3 人，到会 3 人",
        "通过 1 票，原则通过 1 票，补充论证 0 票，不通过 1 票",
        "论证结论：原则通过",
        "须修改 1：补充密评（责任：县档案馆，2027-01-31 前）",
        "保留意见（曹玉梅，原文）：一、加工费单价偏高。\n　　　　二、检索软件应当复用市级平台。",
        "未在结论上签名：秦少华、曹玉梅",
    ] {
        assert!(minutes.stdout.contains(part), "{part}\n{}", minutes.stdout);
    }
    let document = office.by("lead", &["--json", "meeting", "minutes", "2026-03"]).code(0).json();
    assert_eq!(format!("{}\n", document["text"].as_str().unwrap()), minutes.stdout);
    let paper = office.path("纪要.docx");
    let written = office.by("lead", &["--json", "meeting", "minutes", "2026-03", "-o", paper.to_str().unwrap()]);
    assert_eq!(written.code(0).json()["draft"], false, "the meeting is over");
    assert!(std::fs::read(&paper).unwrap().starts_with(b"PK"));
    office.by("lead", &["meeting", "minutes", "2026-03", "-o", paper.to_str().unwrap()]).code(6);
    assert_eq!(document["items"][0]["panel"]["conclusion"]["result"], "conditional");

    let panel = office.by("lead", &["--json", "panel", "show", &code]).code(0).json()["panels"][0].clone();
    assert_eq!((&panel["meetings"][0]["code"], &panel["meetings"][0]["over"]), (&json!("2026-03"), &json!(true)));
    assert_eq!(panel["attendance"].as_array().unwrap().len(), 4, "every entry of the list stays");
    office.by("auditor", &["audit", "verify"]).code(0);
}

#[test]
fn what_a_meeting_may_not_do_is_refused_with_its_article() {
    let office = county();
    let (code, waits) = (code_of(&office, "文化遗产数字化保护与展示"), code_of(&office, "馆藏档案数字化与智能检索"));
    let by = |account: &str, args: &[&str]| office.by(account, &[&["--json", "meeting"], args].concat());
    let day = ["call", "--day", "2026-12-01"];

    // Of several projects each is told with its reasons.
    let forming = code_of(&office, "城市地下管网综合管理平台");
    let told = by(SECRETARY, &[&day[..], &[&forming, &waits, &code]].concat()).code(3).json();
    let named: Vec<&str> =
        told["error"]["unmet"].as_array().unwrap().iter().map(|it| it["code"].as_str().unwrap()).collect();
    assert_eq!(named, [&forming, &code]);
    refused(by(SECRETARY, &[&day[..], &[&code]].concat()), "已列入评审会专评2026-02的议程");
    by(SECRETARY, &[&day[..], &["YS2000-0001"]].concat()).code(8);
    by(SECRETARY, &["add", "2026-99", &waits]).code(8);

    refused(by(SECRETARY, &["add", "2026-01", &waits]), "已经结束");
    refused(by(SECRETARY, &["take-up", "2026-01", "1"]), "已经结束");
    by(SECRETARY, &["take-up", "2026-02", "9"]).code(8);
    by("lead", &["show", "2026-02", "--item", "9"]).code(8);
    refused(by(SECRETARY, &["withdraw", "2026-02", "3"]), "没有写明为何撤下");
    refused(by(SECRETARY, &["withdraw", "2026-02", "1", "--reason", "改期"]), "已形成论证结论");

    // Who signed has signed, and who did not vote has nothing to sign.
    let note = |field: &str| by(SECRETARY, &["note", &code, field]);
    refused(note("vote/Z014=fail"), "已签名锁定");
    refused(by(SECRETARY, &["sign", &code, "Z014"]), "已签名锁定");
    refused(by(SECRETARY, &["attend", &code, "Z014", "--absent"]), "已签名锁定");
    refused(by(SECRETARY, &["sign", &code, "Z001"]), "Z001");
    refused(note("vote/Z001=pass"), "Z001");
    by(SECRETARY, &["sign", &code, "Z015"]).code(6);
    let wrong = note("vote/Z015=同意").code(6).json();
    assert_eq!(wrong["error"]["problems"][0]["field"], "vote/Z015");
    assert_eq!(note("color/Z015=red").code(6).json()["error"]["problems"][0]["field"], "color/Z015");
    note("said/Z015=@没有这个文件.txt").code(6);

    // One writes. What the other one typed is kept, but not on the sheet.
    by("scribe", &["seat", "2026-02", "--take"]).code(0);
    for args in [&["take-up", "2026-02", "3"][..], &["end", "2026-02"], &["seat", "2026-02", "--leave"]] {
        refused(by(SECRETARY, args), "由刘敏在秘书席录入");
    }
    refused(by(SECRETARY, &["attend", &code, "Z015", "--present"]), "由刘敏在秘书席录入");
    refused(by(SECRETARY, &["sign", &code, "Z016"]), "由刘敏在秘书席录入");
    refused(by(SECRETARY, &["seat", "2026-02", "--take"]), "没有写明为何接管");
    let aside = note("said/Z016=另一台终端上的话").code(0).json();
    assert_eq!(aside["aside"], "刘敏");
    let versions = secretary(&office, &["history", &code, "said/Z016"])["versions"].clone();
    assert_eq!((&versions[0]["aside"], &versions[1]["aside"]), (&json!(false), &json!(true)));
    let sheet = secretary(&office, &["show", "2026-02", "--item", "2"])["item"]["sheet"].clone();
    assert_eq!(sheet["said/Z016"]["version"], 1);
    by(SECRETARY, &["seat", "2026-02", "--take", "--reason", "刘敏离会"]).code(0);
    by(SECRETARY, &["seat", "2026-02", "--leave"]).code(0);

    for account in ["reviewer", "lead", "jyj", "sysadmin"] {
        for args in [
            &["call", "--day", "2026-12-01", &waits][..],
            &["end", "2026-02"],
            &["note", &code, "vote/Z015=pass"],
            &["attend", &code, "--present"],
            &["sign", &code, "Z016"],
            &["close", &code],
            &["conclude", &code],
            &["history", &code, "vote/Z016"],
        ] {
            assert_eq!(by(account, args).code(4).json()["error"]["kind"], "denied", "{account} {args:?}");
        }
    }
    by("jyj", &["list"]).code(4);
    for wrong in [&["seat", "2026-02"][..], &["attend", &code], &["show", "三月"], &["call", &waits]] {
        by(SECRETARY, wrong).code(2);
    }
    // Every no of a command stands in the log.
    let log = office.by("auditor", &["--json", "audit", "list"]).code(0).json();
    let results = |result: &str| log["items"].as_array().unwrap().iter().filter(|it| it["result"] == result).count();
    assert!(results("denied") >= 20 && results("refused") >= 10);
}

#[test]
fn nobody_but_the_secretaries_learns_a_vote_before_the_last_opinion_is_in() {
    let office = county();
    let code = code_of(&office, "文化遗产数字化保护与展示");
    for reader in ["reviewer", "lead", "intake", "oversight"] {
        for args in [
            &["meeting", "show", "2026-02", "--item", "2"][..],
            &["meeting", "minutes", "2026-02"],
            &["panel", "show", &code],
            &["show", &code],
        ] {
            for json in [&[][..], &["--json"]] {
                let seen = office.by(reader, &[json, args].concat()).code(0).stdout;
                for word in ["采集范围与保护急需不符", "重复采集的费用", "采集精度"] {
                    assert!(!seen.contains(word), "{reader} {args:?}: {word}");
                }
            }
        }
        let item = office.by(reader, &["--json", "meeting", "show", "--item", "2"]).code(0).json()["item"].clone();
        assert_eq!((&item["tally"], &item["says"], &item["next"]), (&Value::Null, &Value::Null, &Value::Null));
        assert!(item["sheet"].as_object().unwrap().is_empty());
        assert!(item["members"].as_array().unwrap().iter().all(|member| member["vote"].is_null()));
        assert_eq!((&item["members"][0]["locked"], &item["members"][2]["voted"]), (&json!(true), &json!(false)));
    }
    // The secretary sees the votes, the minutes tell them to nobody.
    let item = secretary(&office, &["show", "--item", "2"])["item"].clone();
    assert_eq!((&item["members"][3]["vote"], &item["tally"]["fail"]), (&json!("fail"), &json!(1)));
    let minutes = office.by(SECRETARY, &["--json", "meeting", "minutes"]).code(0);
    assert!(!minutes.stdout.contains("重复采集的费用"));
    assert_eq!(minutes.json()["items"][1]["panel"]["opinions"], json!([]));
    // The unit does not learn who its experts are from what was noted.
    let shown = office.by("wlj", &["--json", "show", &code]).code(0).stdout;
    assert!(shown.contains("\"note\"") && !shown.contains("Z016") && !shown.contains("Z023"));
}
