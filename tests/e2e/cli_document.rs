//! Papers by the command line: the panel's conclusion and its members' sheets, as files and as text.

use std::os::unix::fs::PermissionsExt;

use serde_json::{Value, json};

use crate::support::{Office, assert_harmless};

/// The sample county, and the code of a project at a stage.
fn county(stage: &str, name: &str) -> (Office, String) {
    let office = Office::empty();
    office.run(&["demo", "--no-open"]).code(0);
    let found = office.by("lead", &["--json", "list", "--stage", stage, "--filter", name]).code(0).json();
    let code = found["items"][0]["code"].as_str().unwrap().to_owned();
    (office, code)
}

#[test]
fn a_conclusion_is_written_once_and_replaced_only_where_asked() {
    let (office, code) = county("revising", "农产品");
    let file = office.path("结论.docx").to_string_lossy().into_owned();
    let issue = ["--json", "document", &code, "panel-conclusion", "-o", &file];
    let told = office.by("lead", &issue).code(0).json();
    for (key, expected) in [
        ("code", json!(code)),
        ("kind", json!("panel-conclusion")),
        ("kind_name", json!("专家论证评审结论")),
        ("round", json!(1)),
        ("session", json!(1)),
        ("draft", json!(false)),
        ("file", json!(file)),
    ] {
        assert_eq!(told[key], expected, "{key}");
    }
    assert_eq!(told["digest"].as_str().unwrap().len(), 64);
    assert_eq!(told["check_code"].as_str().unwrap().len(), 19);
    let head = told["seals"][0]["audit"]["hash"].as_str().unwrap();
    office.by("auditor", &["audit", "verify", "--head", head]).code(0);
    let bytes = std::fs::read(&file).unwrap();
    assert!(bytes.starts_with(b"PK") && told["size"] == bytes.len());
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);

    std::fs::write(&file, "别的文件").unwrap();
    let again = office.by("lead", &issue).code(6).json();
    assert!(again["error"]["message"].as_str().unwrap().contains("已存在，未覆盖"), "{again}");
    assert_eq!(std::fs::read(&file).unwrap(), "别的文件".as_bytes());
    let replaced = office.by("lead", &[&issue[..], &["--force"]].concat()).code(0).json();
    assert_eq!(std::fs::read(&file).unwrap(), bytes, "the same record gives the same bytes");
    assert_eq!(replaced["digest"], told["digest"]);
    let mut names = std::fs::read_dir(office.path("")).unwrap().map(|it| it.unwrap().file_name());
    assert!(!names.any(|name| name.to_string_lossy().ends_with(".tmp")), "nothing is left beside it");
}

#[test]
fn a_paper_leaves_through_standard_output_or_as_text() {
    let (office, code) = county("revising", "农产品");
    let mut command = office.command(&["--as", "lead", "document", &code, "panel-conclusion", "-o", "-"]);
    let output = command.output().unwrap();
    assert!(output.status.success() && output.stdout.starts_with(b"PK") && output.stderr.is_empty());
    let file = office.path("同.docx").to_string_lossy().into_owned();
    office.by("lead", &["document", &code, "panel-conclusion", "-o", &file]).code(0);
    assert_eq!(std::fs::read(&file).unwrap(), output.stdout);

    let text = office.by("lead", &["document", &code, "panel-conclusion", "--text", "--width", "60"]).code(0);
    assert_harmless(&text);
    for said in ["专家论证评审结论", "☑原则通过", "保留意见", "校验码"] {
        assert!(text.stdout.contains(said), "{said}: {}", text.stdout);
    }
    let lines = office.by("lead", &["--json", "document", &code, "panel-conclusion", "--text"]).code(0).json();
    assert!(lines["lines"].as_array().unwrap().len() > 30 && lines["file"] == Value::Null);

    office.by("lead", &["document", &code, "panel-conclusion", "--text", "--expert", "Z001"]).code(2);
    office.by("lead", &["document", &code, "opinion", "--text"]).code(8);
    let both = office.by("lead", &["--json", "document", &code, "panel-conclusion", "-o", "-"]).code(2);
    assert_eq!(both.json()["error"]["kind"], "usage");
    office.by("lead", &["document", &code, "panel-conclusion"]).code(2);
    office.by("lead", &["document", &code, "minutes", "--text"]).code(2);
    office.by("lead", &["document", &code, "panel-conclusion", "-o", "没有/的目录/甲.docx"]).code(6);
    office.by("lead", &["document", &code, "panel-conclusion", "-o", "."]).code(6);
}

#[test]
fn whoever_may_not_read_it_prints_no_paper_and_no_opinion_leaks_before_the_last_is_in() {
    let (office, code) = county("panel-reviewing", "文化遗产");
    let shown = office.by("panel-secretary", &["--json", "panel", "show", &code]).code(0).json();
    let panel = &shown["panels"][0];
    let opinions = panel["opinions"].as_array().unwrap();
    assert!(!opinions.is_empty(), "{shown}");
    let said = opinions[0]["text"].as_str().unwrap();
    let expert = opinions[0]["expert"].as_str().unwrap();

    let sheets = |account: &str, more: &[&str]| {
        office.by(account, &[&["document", &code, "expert-sheet", "--text", "--width", "200"], more].concat())
    };
    for account in ["panel-secretary", "lead", "reviewer"] {
        let all = sheets(account, &[]).code(0).stdout;
        assert!(!all.contains(said) && all.contains("□优"), "{account}: {all}");
    }
    assert!(sheets("panel-secretary", &["--expert", expert]).code(0).stdout.contains(said));
    assert!(!sheets("lead", &["--expert", expert]).code(0).stdout.contains(said));
    assert!(!sheets("panel-secretary", &["--expert", expert, "--blank"]).code(0).stdout.contains(said));
    sheets("panel-secretary", &["--expert", "Z999"]).code(3);
    sheets("panel-secretary", &["--session", "7"]).code(8);

    let draft = office.by("lead", &["--json", "document", &code, "panel-conclusion"]).code(0).json();
    assert_eq!((draft["draft"].as_bool(), &draft["check_code"]), (Some(true), &Value::Null));
    assert!(office.by("lead", &["document", &code, "panel-conclusion", "--text"]).stdout.contains("【草稿】"));

    // Its own unit does not learn who the experts are while they judge; others do not see the project at all.
    let unit = office.by("lead", &["--json", "show", &code]).json()["project"]["unit"].as_str().unwrap().to_owned();
    let users = office.by("sysadmin", &["--json", "user", "list"]).code(0).json();
    let clerks = users["items"].as_array().unwrap().iter().filter(|it| it["roles"] == json!(["unit"]));
    let (own, others): (Vec<&Value>, Vec<&Value>) = clerks.partition(|it| it["unit"] == unit.as_str());
    sheets(own[0]["account"].as_str().unwrap(), &[]).code(3);
    sheets(others[0]["account"].as_str().unwrap(), &[]).code(4);
    sheets("sysadmin", &[]).code(4);
}

#[test]
fn a_shared_database_writes_no_file_on_the_server() {
    let office = Office::empty();
    office.run(&["init", "--mode", "shared", "--sysadmin", "甲", "--secadmin", "乙", "--auditor", "丙"]).code(0);
    let file = office.path("甲.docx");
    let path = file.to_string_lossy();
    let ran = office.by("甲", &["document", "YS2027-0001", "panel-conclusion", "-o", &path]).code(4);
    assert!(ran.stderr.contains("ssh 主机 document YS2027-0001 panel-conclusion -o - > 文件.docx"), "{}", ran.stderr);
    assert!(!file.exists());
    // Through standard output it goes as far as the project, which is not there.
    office.by("甲", &["document", "YS2027-0001", "panel-conclusion", "-o", "-"]).code(8);
}
