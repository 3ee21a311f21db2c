//! Forms that are imported, and database files that are not what they should be.

use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::Path;

use serde_json::json;

use crate::support::{Office, Ran, finish, replace_bytes, sample};

#[test]
fn all_sample_forms_are_imported_and_none_twice() {
    let office = Office::staffed();
    for (form, created) in [("01_县教育局_申报表.xlsx", 3), ("03_某镇_申报表.docx", 1), ("04_县文旅局_GBK.csv", 1)]
    {
        let rehearsed = office.by("intake", &["--json", "import", &sample(form), "--dry-run"]).code(0).json();
        assert_eq!(rehearsed["created"].as_array().unwrap().len(), created, "{form}");
        assert_eq!(rehearsed["dry_run"], true);
        let report = office.by("intake", &["--json", "import", &sample(form)]).code(0).json();
        for key in ["file", "sheet", "unit", "plan_year", "created", "rejected", "duplicates", "warnings", "dry_run"] {
            assert!(report.get(key).is_some(), "{key}");
        }
        assert_eq!(report["created"].as_array().unwrap().len(), created, "{form}");
        assert_eq!(report["plan_year"], 2027);
        let again = office.by("intake", &["--json", "import", &sample(form)]).code(0).json();
        assert_eq!(again["created"], json!([]), "{form}");
        assert_eq!(again["duplicates"].as_array().unwrap().len(), created, "{form}");
        assert!(again["duplicates"][0]["code"].is_string());
    }
    assert_eq!(office.by("intake", &["--json", "list"]).json()["total"], 5);
}

#[test]
fn a_form_with_errors_is_imported_whole_or_not_at_all() {
    let office = Office::staffed();
    let form = sample("02_县卫健委_含错误.xlsx");
    let rejected = office.by("intake", &["--json", "import", &form]).code(6).json();
    assert_eq!(rejected["error"]["kind"], "invalid");
    let lines = rejected["error"]["import"]["rejected"].as_array().unwrap();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0]["row"], 5);
    assert_eq!(lines[0]["value"], "约100");
    assert_eq!(office.by("intake", &["--json", "list"]).json()["total"], 0);
    let said = office.by("intake", &["import", &form]).code(6).stderr;
    assert!(said.contains("第 5 行 D 项目投资额：“约100”不是确定的金额"), "{said}");

    let taken = office.by("intake", &["--json", "import", &form, "--skip-bad", "--plan-year", "2028"]).code(0).json();
    assert_eq!(taken["created"].as_array().unwrap().len(), 1);
    assert_eq!(taken["rejected"].as_array().unwrap().len(), 2);
    assert_eq!(taken["plan_year"], 2028);
}

const SECRET: &str =
    "序号,项目名称,项目投资额（万元）,资金来源,涉密\n1,甲平台,60,县财政,否\n2,隐龙七号工程,80,县财政,是\n";

#[test]
fn a_secret_row_is_refused_and_its_text_is_stored_nowhere() {
    let office = Office::staffed();
    let form = office.write("某局.csv", SECRET);
    let unit = ["--unit", "县教育局"];
    let refused = office.by("intake", &[&["--json", "import", &form], &unit[..]].concat()).code(3);
    assert_eq!(refused.json()["error"]["unmet"][0]["rule"], "R17.1");
    assert_eq!(refused.json()["error"]["import"]["rejected"][0]["row"], 3);
    let said = office.by("intake", &[&["import", &form], &unit[..]].concat()).code(3);
    let taken = office.by("intake", &[&["--json", "import", &form, "--skip-bad"], &unit[..]].concat()).code(0);
    assert_eq!(taken.json()["created"].as_array().unwrap().len(), 1);
    let log = office.run(&["--json", "audit", "list"]).code(0);
    assert!(log.json()["items"].as_array().unwrap().iter().any(|entry| entry["result"] == "refused"));
    for ran in [&refused, &said, &taken, &log] {
        assert!(!ran.stdout.contains("隐龙") && !ran.stderr.contains("隐龙"), "{ran:?}");
    }
    for ending in ["", "-wal", "-shm", ".presence"] {
        let mut file = office.database().into_os_string();
        file.push(ending);
        let bytes = std::fs::read(file).unwrap_or_default();
        assert!(!bytes.windows("隐龙".len()).any(|window| window == "隐龙".as_bytes()), "{ending}");
    }
}

#[test]
fn the_unit_of_the_command_line_counts() {
    let office = Office::staffed();
    let form = office.write("无单位.csv", SECRET.replace(",是\n", ",否\n").replace("隐龙七号", "乙"));
    office.by("intake", &["import", &form]).code(6);
    let report = office.by("intake", &["--json", "import", &form, "--unit", "县教育局"]).code(0).json();
    assert_eq!(report["unit"], "县教育局");
    assert_eq!(office.by("edu", &["--json", "list"]).json()["total"], 2);
    // A clerk of one unit cannot register projects of another.
    office.by("edu", &["import", &form, "--unit", "县文旅局"]).code(4);
}

#[test]
fn only_the_clerk_tells_when_a_paper_form_arrived() {
    let office = Office::staffed();
    let args = ["--json", "import", &sample("01_县教育局_申报表.xlsx"), "--received-at", "2026-09-29T10:00:00+08:00"];
    let refused = office.by("edu", &args).code(6).json();
    assert_eq!(refused["error"]["problems"][0]["field"], "received_at");
    let report = office.by("intake", &args).code(0).json();
    let code = report["created"][0]["code"].as_str().unwrap();
    let shown = office.by("intake", &["--json", "show", code]).code(0).json();
    assert_eq!(shown["project"]["received_at"], "2026-09-29T10:00:00+08:00");
}

#[test]
fn what_is_no_form_is_refused_with_a_reason() {
    let office = Office::staffed();
    for (name, content) in
        [("空.csv", ""), ("图.xlsx", "\u{89}PNG"), ("网页.xls", "<html></html>"), ("名单.csv", "甲,乙\n1,2\n")]
    {
        let file = office.write(name, content);
        let ran = office.by("intake", &["--json", "import", &file]).code(6);
        assert_eq!(ran.json()["error"]["kind"], "invalid", "{name}");
    }
    office.by("intake", &["import", "没有这个文件.xlsx"]).code(6);
}

/// Runs `list` against a file and expects it unavailable and untouched.
#[track_caller]
fn refused_untouched(office: &Office, file: &Path, said: &str) {
    let before = std::fs::read(file).unwrap();
    let path = file.to_string_lossy();
    let ran: Ran = office.run(&["--db", &path, "--json", "list"]).code(7);
    assert_eq!(ran.json()["error"]["kind"], "unavailable");
    let message = office.run(&["--db", &path, "list"]).code(7).stderr;
    assert!(message.contains(said), "{message}");
    assert_eq!(std::fs::read(file).unwrap(), before);
}

#[test]
fn a_file_that_is_not_ours_damaged_or_newer_is_left_alone() {
    let office = Office::staffed();
    let missing = office.path("没有.db");
    office.run(&["--db", &missing.to_string_lossy(), "list"]).code(7);
    assert!(!missing.exists());

    office.write("文字.db", "这不是数据库，只是一段文字。".repeat(100));
    refused_untouched(&office, &office.path("文字.db"), "不是本系统的数据库");
    office.write("空.db", "");
    refused_untouched(&office, &office.path("空.db"), "不是本系统的数据库");

    let whole = std::fs::read(office.database()).unwrap();
    // Bytes 60 and 68 of the header of an SQLite file: the version of the schema, and whose file it is.
    let mut newer = whole.clone();
    newer[60..64].copy_from_slice(&9_999u32.to_be_bytes());
    office.write("新.db", &newer);
    refused_untouched(&office, &office.path("新.db"), "更新版本");
    let mut foreign = whole.clone();
    foreign[68..72].copy_from_slice(&1u32.to_be_bytes());
    office.write("别家.db", &foreign);
    refused_untouched(&office, &office.path("别家.db"), "不是本系统的数据库");
    office.write("截断.db", &whole[..whole.len() / 2]);
    refused_untouched(&office, &office.path("截断.db"), "损坏");
}

/// Whoever runs the tests may be root, whom no permission stops; then the program runs as nobody.
fn as_stranger(office: &Office, args: &[&str]) -> Option<Ran> {
    let is_root = std::fs::metadata("/proc/self").unwrap().uid() == 0;
    let folder = office.path("");
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o777)).unwrap();
    let mut command = office.command(args);
    if is_root {
        command.uid(65_534).gid(65_534);
    }
    is_root.then(|| finish(command, None))
}

#[test]
fn a_file_that_may_not_be_written_is_left_alone() {
    let office = Office::local();
    std::fs::set_permissions(office.database(), std::fs::Permissions::from_mode(0o444)).unwrap();
    let before = std::fs::read(office.database()).unwrap();
    let account = office.run(&["--json", "config", "show"]).json()["os_user"].as_str().unwrap().to_owned();
    let args = ["--as", &account, "list"];
    let ran = as_stranger(&office, &args).unwrap_or_else(|| office.run(&args)).code(7);
    assert!(ran.stderr.contains("不可写"), "{}", ran.stderr);
    assert_eq!(std::fs::read(office.database()).unwrap(), before);
}

#[test]
fn in_a_shared_database_only_the_owner_of_the_file_names_another_account() {
    let office = Office::empty();
    let shared = ["init", "--mode", "shared"];
    office.run(&shared).code(2);
    office.run(&[&shared[..], &["--sysadmin", "甲", "--secadmin", "甲", "--auditor", "丙"]].concat()).code(2);
    office.run(&[&shared[..], &["--sysadmin", "甲", "--secadmin", "乙", "--auditor", "丙"]].concat()).code(0);
    office.by("甲", &["user", "list"]).code(0);
    office.by("丙", &["audit", "verify"]).code(0);
    office.by("甲", &["audit", "verify"]).code(4);
    // The operating system's user of the test is bound to no account.
    office.run(&["list"]).code(8);
}

#[test]
fn a_shared_database_that_others_could_open_is_not_opened_and_says_how_to_close_it() {
    let office = Office::empty();
    office.run(&["init", "--mode", "shared", "--sysadmin", "甲", "--secadmin", "乙", "--auditor", "丙"]).code(0);
    let folder = office.path("");
    for (path, mode, advice) in [
        (office.database(), 0o660, "chmod 0600"),
        (office.database(), 0o604, "chmod 0600"),
        (folder.clone(), 0o755, "chmod 0711"),
        (folder.clone(), 0o730, "chmod 0711"),
    ] {
        let before = std::fs::metadata(&path).unwrap().permissions();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
        let ran = office.by("甲", &["user", "list"]).code(7);
        assert!(ran.stderr.contains(advice), "{}", ran.stderr);
        std::fs::set_permissions(&path, before).unwrap();
    }
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o711)).unwrap();
    office.by("甲", &["user", "list"]).code(0);
    // Another user of the machine passes through the folder and stops at the file.
    if let Some(ran) = as_stranger(&office, &["--as", "甲", "user", "list"]) {
        ran.code(7);
    }
    // A database of one's own is nobody's business.
    let local = Office::local();
    std::fs::set_permissions(local.database(), std::fs::Permissions::from_mode(0o644)).unwrap();
    local.run(&["list"]).code(0);
}

#[test]
fn a_database_is_never_overwritten() {
    let office = Office::local();
    let before = std::fs::read(office.database()).unwrap();
    let ran = office.run(&["--json", "init"]).code(7);
    assert_eq!(ran.json()["error"]["kind"], "unavailable");
    assert_eq!(std::fs::read(office.database()).unwrap(), before);
    let other = Office::empty();
    let policy = other.write("坏规则.toml", "id = 1");
    let refused = other.run(&["--json", "init", "--policy", &policy]).code(6).json();
    assert!(refused["error"]["problems"][0]["line"].is_number());
    assert!(!other.database().exists());
}

#[test]
fn sample_data_is_made_once_and_can_be_worked_with() {
    let office = Office::empty();
    let made = office.run(&["--json", "demo"]).code(0).json();
    let projects = made["projects"].as_i64().unwrap();
    assert!(projects >= 20, "{made}");
    let before = std::fs::read(office.database()).unwrap();
    // Sample data that is there is opened as it is; a database at work is never taken for it.
    assert_eq!(office.run(&["--json", "demo"]).code(0).json()["created"], false);
    Office::local().run(&["demo", "--no-open"]).code(7);
    assert_eq!(std::fs::read(office.database()).unwrap(), before);
    let open_as = made["open_as"].as_str().unwrap();
    assert_eq!(office.run(&["--json", "config", "show"]).json()["signed_in_as"], open_as);
    assert!(office.run(&["--json", "queue"]).code(0).json()["total"].as_i64().unwrap() > 0);
    let other = Office::empty();
    other.run(&["demo", "--projects", "12", "--seed", "7", "--no-open"]).code(0);
    assert!(other.run(&["--json", "list"]).code(0).json()["total"].as_i64().unwrap() > 0);
    other.run(&["demo", "--projects", "0"]).code(2);
}

#[test]
fn without_a_terminal_no_screen_is_opened() {
    let office = Office::local();
    assert!(office.run(&[]).code(2).stderr.contains("不是终端"));
    assert_eq!(office.run(&["--json"]).code(2).json()["error"]["kind"], "usage");
    assert!(Office::empty().run(&[]).code(7).stderr.contains("pingshen init"));
}

#[test]
fn a_log_changed_by_other_hands_is_found() {
    let office = Office::staffed();
    let code = office.import_training_platform();
    office.by("edu", &["do", &code, "submit", "--note", "UNTOUCHED-NOTE"]).code(0);
    office.run(&["audit", "verify"]).code(0);
    assert!(replace_bytes(&office.database(), b"UNTOUCHED-NOTE", b"DOCTORED--NOTE") > 0);
    let ran = office.run(&["--json", "audit", "verify"]).code(1).json();
    assert_eq!(ran["ok"], false);
    assert!(ran["first_bad"]["seq"].is_number());
    assert!(office.run(&["audit", "verify"]).code(1).stdout.contains("日志已被破坏"));
}
