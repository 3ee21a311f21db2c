//! The expert pool by the command line alone: lists out and in, absences, what the recused are told, what is refused.

use serde_json::{Value, json};

use crate::support::Office;

/// The sample county, and the code of its project of 268 万元 with a panel asked for.
fn county() -> (Office, String) {
    let office = Office::empty();
    office.run(&["demo", "--no-open"]).code(0);
    let found = office.by("reviewer", &["--json", "list", "--filter", "智慧校园"]).code(0).json();
    let code = found["items"][0]["code"].as_str().unwrap().to_owned();
    office.act("reviewer", &code, "request-panel", &[]);
    (office, code)
}

fn secretary(office: &Office, args: &[&str]) -> Value {
    office.by("panel-secretary", &[&["--json"], args].concat()).code(0).json()
}

/// Draws so many, the first from outside first; that one leads.
fn drawn(office: &Office, code: &str, size: &str) -> Vec<String> {
    let draw = secretary(office, &["panel", "draw", code, "--size", size, "--seed", "一", "--reason", "试"]);
    let pool = secretary(office, &["expert", "list"]);
    let is_local = |id: &str| pool["items"].as_array().unwrap().iter().any(|it| it["id"] == id && it["local"] == true);
    let mut members: Vec<String> =
        draw["member_ids"].as_array().unwrap().iter().map(|id| id.as_str().unwrap().to_owned()).collect();
    let chair = members.iter().position(|id| !is_local(id)).unwrap();
    members.swap(0, chair);
    members
}

fn form(office: &Office, code: &str, members: &[&str], chairs: &[usize]) {
    let seat =
        |(place, id): (usize, &&str)| json!({ "expert": id, "chair": chairs.contains(&place), "declaration": "clear" });
    let members: Vec<Value> = members.iter().enumerate().map(seat).collect();
    let input = json!({ "members": members, "selection": "chosen", "reason": "专家库小" });
    office.fed("panel-secretary", &["do", code, "form-panel", "--input", "-"], &input.to_string()).code(0);
}

fn opinion(expert: &str, conclusion: &str, dissent: &str, reason: &str) -> String {
    let input = json!({
        "expert": expert, "conclusion": conclusion, "text": "意见", "dissent": dissent, "signed": true, "reason": reason,
    });
    input.to_string()
}

fn say(office: &Office, code: &str, said: &str) {
    office.fed("panel-secretary", &["do", code, "record-expert-opinion", "--input", "-"], said).code(0);
}

/// Has something refused, and checks that every condition says what is wrong, by which rule and article, and what to do.
/// Tells the messages in one text.
fn refused(ran: crate::support::Ran) -> (usize, String) {
    let error = ran.code(3).json()["error"].clone();
    assert!(!error["hint"].as_str().unwrap().is_empty(), "{error}");
    let unmet = error["unmet"].as_array().unwrap();
    let mut said = String::new();
    for condition in unmet {
        let text = |key: &str| condition[key].as_str().unwrap_or_else(|| panic!("{key}: {condition}"));
        assert!(text("rule").starts_with('R') && text("basis").starts_with('第'), "{condition}");
        assert!(!text("message").is_empty() && !text("remedy").is_empty(), "{condition}");
        said += text("message");
        said.push('\n');
    }
    (unmet.len(), said)
}

#[test]
fn panel_refusals_say_the_article_what_to_do_and_everything_at_once() {
    let (office, code) = county();
    let confirm = || office.by("lead", &["--json", "do", &code, "confirm-panel"]);
    let expect = |ran, parts: &[&str]| {
        let (count, said) = refused(ran);
        assert_eq!(count, parts.len(), "{said}");
        for part in parts {
            assert!(said.contains(part), "{part}: {said}");
        }
    };
    let seven = drawn(&office, &code, "7");
    let five = drawn(&office, &code, "5");
    let names: Vec<&str> = five.iter().map(String::as_str).collect();
    let six: Vec<&str> = seven[..6].iter().map(String::as_str).collect();

    form(&office, &code, &names[..4], &[0]);
    let (_, said) = refused(confirm());
    assert!(said.contains("专家组 4 人，至少须 5 人") && said.contains("专家组 4 人，不是单数"), "{said}");
    form(&office, &code, &six, &[0]);
    assert!(refused(confirm()).1.contains("专家组 6 人，不是单数"));
    form(&office, &code, &names, &[]);
    expect(confirm(), &["专家组没有组长"]);
    form(&office, &code, &names, &[0, 1]);
    assert!(refused(confirm()).1.contains("专家组有 2 位组长"));
    let pool = secretary(&office, &["expert", "list"]);
    let local = pool["items"].as_array().unwrap().iter().find(|it| it["local"] == true).unwrap()["id"].clone();
    let outsiders: Vec<&str> = names.iter().copied().filter(|id| local != *id).take(4).collect();
    form(&office, &code, &[&[local.as_str().unwrap()], &outsiders[..]].concat(), &[0]);
    assert!(refused(confirm()).1.contains("是本县单位人员"));
    // Z024 works for the body that wrote the scheme; the last one is taken out of use. Both are told at once.
    let last = names[4];
    office.by("panel-secretary", &["expert", "disable", last, "--reason", "退休"]).code(0);
    form(&office, &code, &[&names[..3], &["Z024", last]].concat(), &[0, 1]);
    let (_, said) = refused(confirm());
    for part in ["严守正应当回避：工作单位是方案编制单位", "已在专家库停用", "专家组有 2 位组长"]
    {
        assert!(said.contains(part), "{part}: {said}");
    }
    office.by("panel-secretary", &["expert", "enable", last]).code(0);

    form(&office, &code, &names, &[0]);
    office.act("lead", &code, "confirm-panel", &[]);
    for (place, vote) in ["pass", "pass", "pass", "fail"].iter().enumerate() {
        let dissent = if *vote == "fail" { "与上级平台重复" } else { "" };
        say(&office, &code, &opinion(names[place], vote, dissent, ""));
    }
    let close =
        || office.by("panel-secretary", &["--json", "do", &code, "close-opinions", "--set", "met_on=2026-11-23"]);
    expect(close(), &["尚缺签名的意见"]);
    let record = |said: String| {
        office.fed("panel-secretary", &["--json", "do", &code, "record-expert-opinion", "--input", "-"], &said)
    };
    expect(record(opinion(names[0], "fail", "", "")), &["意见已签名锁定"]);
    expect(record(opinion(names[3], "fail", "", "笔误")), &["保留意见被删改"]);
    expect(record(opinion(names[3], "fail", "", "")), &["意见已签名锁定", "保留意见被删改"]);
    say(&office, &code, &opinion(names[4], "fail", "", ""));
    close().code(0);

    let signed = format!("signed_by={}", names.join("\n"));
    let conclude = |conclusion: &str, signed: &str| {
        let conclusion = format!("conclusion={conclusion}");
        let set = ["--set", &conclusion, "--set", "text=结论", "--set", signed];
        office.by("panel-secretary", &[&["--json", "do", &code, "conclude-panel"], &set[..]].concat())
    };
    expect(conclude("pass", &signed), &["按票数应为“补充论证”"]);
    expect(conclude("conditional", &signed), &["按票数应为“补充论证”", "没有修改清单"]);
    let unsigned = format!("signed_by={}", names[1]);
    expect(conclude("conditional", &unsigned), &["按票数应为“补充论证”", "没有修改清单", "没有在结论上签名"]);
}

#[test]
fn a_list_goes_out_and_comes_in_identically_as_workbook_and_as_text() {
    let (office, _) = county();
    let far = ["--from", "2027-02-01", "--until", "2027-02-20", "--reason", "=出差"];
    office.by("panel-secretary", &[&["expert", "away", "Z003"], &far[..]].concat()).code(0);
    office.by("panel-secretary", &["expert", "disable", "Z004", "--reason", "退休"]).code(0);
    office.by("panel-secretary", &["expert", "edit", "Z005", "--contact", "+86-793-1", "--title", "@研究员"]).code(0);
    let pool = |office: &Office| {
        let mut pool = secretary(office, &["expert", "list"])["items"].clone();
        // Work done in this county stays in it.
        for item in pool.as_array_mut().unwrap() {
            for gone in ["served", "panels", "overloaded", "paired"] {
                item.as_object_mut().unwrap().remove(gone);
            }
        }
        pool
    };
    let whole = pool(&office);
    let denied = ["expert", "export", "-o", "x.csv", "--contacts"];
    office.by("lead", &denied).code(4);
    for (file, more) in [("a.xlsx", &["--contacts"][..]), ("a.csv", &["--contacts"]), ("b.csv", &[])] {
        let path = office.path(file).to_string_lossy().into_owned();
        let told = secretary(&office, &[&["expert", "export", "-o", &path], more].concat());
        assert_eq!(told["contacts"], !more.is_empty());
        office.by("panel-secretary", &["expert", "export", "-o", &path]).code(6);
        let other = Office::staffed();
        let account = ["user", "add", "panel-secretary", "--name", "秘书", "--unit", "县大数据发展服务中心"];
        other.run(&[&account[..], &["--role", "panel-secretary"]].concat()).code(0);
        let dry = secretary(&other, &["expert", "import", &path, "--dry-run"]);
        assert_eq!(
            (dry["dry_run"].as_bool(), dry["added"].as_array().unwrap().len()),
            (Some(true), whole.as_array().unwrap().len())
        );
        other.by("panel-secretary", &["expert", "import", &path]).code(0);
        assert_eq!(pool(&other), whole, "{file}");
        let again = secretary(&office, &["expert", "import", &path]);
        assert_eq!(again["unchanged"].as_array().unwrap().len(), whole.as_array().unwrap().len(), "{again}");
    }
    let stdout = office.by("panel-secretary", &["expert", "export", "-o", "-"]).code(0).stdout;
    assert!(stdout.contains("姓名,工作单位,职称") && stdout.contains(",'@研究员,") && stdout.contains("139*****"));
    let numbers = ["expert", "export", "-o", "-", "--contacts"];
    assert!(office.by("panel-secretary", &numbers).code(0).stdout.contains(",'+86-793-1,"));
    let log = office.by("auditor", &["--json", "audit", "list"]).code(0).stdout;
    assert!(log.contains("read-contacts") && !log.contains("+86-793-1"));
    let nameless = office.by("panel-secretary", &["--json", "expert", "export", "-o", "experts"]).code(2).json();
    assert!(nameless["error"]["hint"].as_str().unwrap().contains("--format"));
}

#[test]
fn every_row_that_is_wrong_is_named_and_nothing_is_imported() {
    let (office, _) = county();
    let before = secretary(&office, &["expert", "list"])["total"].clone();
    let list = "专家名单\n姓名,工作单位,专业,本县,不能到会\n甲,某大学,诗歌,是,\n乙,,技术架构,大概,下周\n";
    let file = office.write("wrong.csv", list);
    let error = office.by("panel-secretary", &["--json", "expert", "import", &file]).code(6).json()["error"].clone();
    let text = error["causes"].to_string();
    assert!(text.contains("第 3 行：没有专业“诗歌”") && text.contains("第 4 行：缺少专家的工作单位"), "{text}");
    assert!(text.contains("第 4 行：“本县人员”一栏不认识“大概”") && text.contains("第 4 行：“下周”不是"), "{text}");
    assert_eq!(secretary(&office, &["expert", "list"])["total"], before);
}

#[test]
fn an_absent_expert_is_not_drawn_and_the_card_tells_everything() {
    let (office, code) = county();
    let someone = drawn(&office, &code, "5").remove(1);
    let period = ["--from", "2026-01-01", "--until", "2099-12-31", "--reason", "援藏"];
    office.by("panel-secretary", &[&["expert", "away", &someone], &period[..]].concat()).code(0);
    let draw = secretary(&office, &["panel", "draw", &code, "--size", "5", "--seed", "一", "--reason", "试"]);
    assert!(!draw["member_ids"].as_array().unwrap().iter().any(|id| *id == someone.as_str()));
    let kept_out = draw["recused"].as_array().unwrap().iter().find(|it| it["expert"] == someone.as_str()).unwrap();
    assert!(kept_out["why"].as_str().unwrap().contains("援藏"), "{kept_out}");
    let card = secretary(&office, &["expert", "show", &someone]);
    assert_eq!((card["away"].as_bool(), card["absences"][0]["reason"].as_str()), (Some(true), Some("援藏")));
    assert!(
        office.by("lead", &["expert", "show", &someone]).code(0).stdout.contains("不能到会：2026-01-01 至 2099-12-31")
    );
    office.by("panel-secretary", &["expert", "back", &someone]).code(0);
    office.by("panel-secretary", &["expert", "back", &someone]).code(6);
}

#[test]
fn a_recused_account_reads_the_same_bytes_with_no_opinion_as_with_three() {
    let (office, code) = county();
    let names = drawn(&office, &code, "5");
    form(&office, &code, &names.iter().map(String::as_str).collect::<Vec<_>>(), &[0]);
    office.act("lead", &code, "confirm-panel", &[]);
    let add = ["expert", "add", "王某", "--employer", "上饶市数智工程设计院有限公司", "--discipline", "cost"];
    office.by("panel-secretary", &[&add[..], &["--account", "lead"]].concat()).code(0);
    let told = || {
        let mut all = String::new();
        let asked: [&[&str]; 8] = [
            &["show", &code],
            &["panel", "show", &code],
            &["actions", &code],
            &["rounds", &code],
            &["findings", &code],
            &["checklist", &code],
            &["queue"],
            &["list"],
        ];
        for asked in asked {
            all += &office.by("lead", asked).code(0).stdout;
            all += &office.by("lead", &[&["--json"], asked].concat()).code(0).stdout;
        }
        all
    };
    let before = told();
    assert!(before.contains("你作为专家应当回避本项目的专家论证"), "{before}");
    for name in &names[..3] {
        say(&office, &code, &opinion(name, "pass", "", ""));
    }
    assert_eq!(told(), before);
    let tried = office.by("lead", &["--json", "do", &code, "replace-expert"]).code(4).json();
    assert!(tried["error"]["message"].as_str().unwrap().len() > 3, "{tried}");
    assert!(tried.to_string().contains("应当回避"), "{tried}");
}
