//! The yearly plan by the command line: a summary sheet, three votes, the government's decision, each for many at once.

use rust_xlsxwriter::Workbook;
use serde_json::json;

use crate::support::{Office, sample};

/// Writes the summary sheet of 县教育局 for three units, the way its clerk would fill it in.
fn summary_sheet(office: &Office, units: &[(&str, &str, &str)]) -> String {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let mut put = |row: u32, column: u16, text: &str| {
        sheet.write_string(row, column, text).unwrap();
    };
    put(0, 0, "县教育局2027年度政务信息化项目建设（新改扩）申报汇总表");
    put(1, 0, "项目建设单位（盖章）：县教育局            填报日期：2026年9月20日");
    let header = [
        "序号",
        "建设单位",
        "项目名称",
        "项目起始\n时间",
        "项目投资额\n（万元）",
        "资金来源",
        "建设依据和标准",
        "建设的必要性\n（以附件形式提交）",
        "建设内容简介\n（以附件形式提交）",
        "主管单位意见\n（若有）",
    ];
    for (column, text) in header.iter().enumerate() {
        put(2, column as u16, text);
    }
    for (number, (unit, name, opinion)) in units.iter().enumerate() {
        let (row, sequence) = (3 + number as u32, (number + 1).to_string());
        let period = "2027年2月-2027年10月";
        let cells = [
            sequence.as_str(),
            unit,
            name,
            period,
            "58",
            "县财政58万元",
            "教育数字化方案",
            "见附件",
            "见附件",
            opinion,
        ];
        for (column, text) in cells.iter().enumerate() {
            put(row, column as u16, text);
        }
    }
    put(3 + units.len() as u32, 0, "单位分管领导：程永福    填报联系人：汪海燕    联系电话：0793-2550101");
    let path = office.path("汇总表.xlsx");
    workbook.save(&path).unwrap();
    path.to_string_lossy().into_owned()
}

/// An office in which 县教育局 supervises two units and any supervising unit may take up 某镇人民政府.
fn supervised() -> Office {
    let office = Office::staffed();
    let through = ["--supervisor", "县教育局"];
    office.run(&[&["unit", "add", "电化教育站", "--kind", "subordinate"][..], &through].concat()).code(0);
    office.run(&[&["unit", "add", "县第一中学", "--kind", "institution"][..], &through].concat()).code(0);
    office.run(&["unit", "add", "某镇人民政府", "--kind", "township"]).code(0);
    office.run(&["unit", "add", "县水利局", "--kind", "county-organ"]).code(0);
    for (account, unit) in [("edu-lead", "县教育局"), ("water-lead", "县水利局")] {
        office.run(&["user", "add", account, "--name", account, "--unit", unit, "--role", "supervisor"]).code(0);
    }
    office
}

const UNITS: &[(&str, &str, &str)] =
    &[("电化教育站", "电教资源库", "已初审"), ("县第一中学", "校园安防升级", ""), ("某镇人民政府", "乡村学校联网", "")];

#[test]
fn a_summary_sheet_goes_from_its_file_to_the_countys_plan_in_batches() {
    let office = supervised();
    let sheet = summary_sheet(&office, UNITS);
    let imported = office.by("edu-lead", &["--json", "import", &sheet]).code(0).json();
    let created = imported["created"].as_array().unwrap();
    assert_eq!(created.len(), 3);
    assert_eq!(imported["unit"], "县教育局");
    assert_eq!(office.by("edu-lead", &["--json", "import", &sheet]).json()["duplicates"].as_array().unwrap().len(), 3);

    let plan = ["--json", "plan", "show", "--year", "2027"];
    let seen = office.by("edu-lead", &plan).code(0).json();
    assert_eq!(seen["total"]["states"]["not-received"]["count"], 3);
    assert_eq!(seen["total"]["waiting"], json!({ "report-to-supervisor": 3 }));
    let endorse = ["--json", "plan", "do", "endorse", "--year", "2027", "--set", "opinion=同意汇总上报"];
    let rehearsed = office.by("edu-lead", &[&endorse[..], &["--dry-run"]].concat()).code(0).json();
    assert_eq!((rehearsed["done"].as_array().unwrap().len(), &rehearsed["dry_run"]), (3, &json!(true)));
    assert_eq!(office.by("edu-lead", &plan).json()["total"]["states"]["not-received"]["count"], 3);
    let forwarded = office.by("edu-lead", &endorse).code(0).json();
    assert_eq!(forwarded["done"][0]["stage"], "plan-intake");
    assert!(forwarded["done"][0]["audit"]["hash"].is_string());
    let again = office.by("edu-lead", &endorse).code(0).json();
    assert_eq!((&again["done"], &again["failed"]), (&json!([]), &json!([])));

    let code = forwarded["done"][0]["code"].as_str().unwrap();
    let shown = office.by("intake", &["--json", "show", code]).code(0).json();
    assert_eq!(shown["project"]["supervising_unit"], "县教育局");
    assert_eq!(shown["project"]["supervisor_opinion"], "已初审\n同意汇总上报");
    let told = shown["history"].as_array().unwrap();
    let reported = told.iter().find(|event| event["action"] == "report-to-supervisor").unwrap();
    assert_eq!((&reported["source"], &reported["account"]), (&json!("assisted"), &json!("edu-lead")));

    let batch = |account, action, set: &[&str]| {
        let mut args = vec!["--json", "plan", "do", action, "--year", "2027"];
        set.iter().for_each(|pair| args.extend(["--set", pair]));
        office.by(account, &args).code(0).json()["done"].as_array().unwrap().len()
    };
    assert_eq!(batch("intake", "accept-plan", &[]), 3);
    let minutes = &["result=agree", "minutes_no=玉联审〔2026〕1号"];
    assert_eq!(batch("lead", "vote", minutes), 3);
    assert_eq!(batch("planning", "vote", minutes), 3);
    let county = office.by("finance", &plan).code(0).json();
    assert_eq!(county["total"]["votes"]["planning"], json!({ "agree": 3, "disagree": 0, "return": 0 }));
    assert_eq!(county["total"]["votes"]["finance"]["agree"], 0);
    assert_eq!(county["projects"][0]["votes"], json!({ "centre": "agree", "planning": "agree" }));
    let transcribed = ["on_behalf_of=finance", "result=agree", "doc_no=玉财函〔2026〕9号", "doc_date=2026-10-12"];
    let digest = format!("scan_digest={}", "a".repeat(64));
    assert_eq!(
        batch("intake", "vote", &[&transcribed[..], &[&digest]].concat()),
        3,
        "for an agency without an account"
    );
    let decision = &["result=approve", "doc_no=玉府办字〔2026〕8号", "doc_date=2026-10-20"];
    assert_eq!(batch("intake", "record-government-decision", decision), 3);
    let total = &office.by("lead", &plan).json()["total"];
    assert_eq!((&total["count"], &total["amount_wan"]), (&json!(3), &json!("174.00")));
    assert_eq!(total["states"]["planned"]["count"], 3);
    assert_eq!(office.run(&["--json", "audit", "verify"]).code(0).json()["ok"], true);
    let read = office.by("lead", &["plan", "show", "--unit", "电化教育站"]).code(0).stdout;
    assert!(read.contains("2027 年度计划") && read.contains("电教资源库"), "{read}");
}

#[test]
fn one_that_cannot_be_done_is_left_out_told_and_ends_with_3() {
    let office = supervised();
    let sheet = summary_sheet(&office, UNITS);
    let imported = office.by("edu-lead", &["--json", "import", &sheet]).code(0).json();
    let codes: Vec<&str> =
        imported["created"].as_array().unwrap().iter().map(|line| line["code"].as_str().unwrap()).collect();
    office.fed("edu-lead", &["project", "edit", codes[1], "--input", "-"], r#"{"basis":""}"#).code(0);
    let endorse = ["plan", "do", "endorse", "--year", "2027", "--set", "opinion=同意"];
    let whole = office.by("edu-lead", &[&["--json"][..], &endorse, &["--all-or-nothing"]].concat()).code(3).json();
    assert_eq!(whole["done"], json!([]));
    let kinds: Vec<&str> =
        whole["failed"].as_array().unwrap().iter().map(|line| line["error"]["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["held-back", "refused", "held-back"]);
    let said = office.by("edu-lead", &endorse).code(3).stdout;
    assert!(said.contains("已办 2，未办 1") && said.contains("申报表缺少：建设依据和标准"), "{said}");

    let some = ["--json", "plan", "do", "accept-plan", "--year", "2027", "--code", codes[1], "--code", "YS2027-0999"];
    let told = office.by("intake", &some).code(3).json();
    let kinds: Vec<&str> =
        told["failed"].as_array().unwrap().iter().map(|line| line["error"]["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["not-found", "refused"]);
    assert_eq!(told["failed"][1]["error"]["unmet"][0]["rule"], "R5.1");

    let opinionless = office.by("edu-lead", &["--json", "plan", "do", "endorse", "--year", "2027"]).code(6).json();
    assert_eq!(opinionless["error"]["problems"][0]["field"], "opinion");
    let single = office.by("planning", &["plan", "do", "approve-project", "--year", "2027"]).code(2).stderr;
    assert!(single.contains("须逐个项目办理"), "{single}");
}

#[test]
fn the_supervisor_of_another_unit_is_denied_and_a_mistyped_unit_is_told() {
    let office = supervised();
    let sheet = summary_sheet(&office, UNITS);
    office.by("water-lead", &["import", &sheet]).code(4);
    let strangers = summary_sheet(&office, &[("电化教育所", "甲", ""), UNITS[0]]);
    let told = office.by("edu-lead", &["--json", "import", &strangers]).code(6).json();
    assert_eq!(told["error"]["problems"][0]["row"], 4);
    assert!(told["error"]["problems"][0]["message"].as_str().unwrap().contains("电化教育所"), "{told}");
    let by_the_clerk = office.by("intake", &["--json", "import", &strangers, "--supervisor", "县教育局"]).code(0);
    assert_eq!(by_the_clerk.json()["created"].as_array().unwrap().len(), 2);
}

#[test]
fn a_towns_own_form_is_taken_up_by_the_supervisor_of_its_line_and_completed_before_it_goes_on() {
    let office = supervised();
    let form = sample("03_某镇_申报表.docx");
    let created = office.by("water-lead", &["--json", "import", &form]).code(0).json();
    let code = created["created"][0]["code"].as_str().unwrap().to_owned();
    office.by("intake", &["do", &code, "submit"]).code(3);
    let endorse = ["--json", "plan", "do", "endorse", "--year", "2027", "--set", "opinion=同意"];
    let gaps = office.by("water-lead", &endorse).code(3).json();
    assert_eq!(gaps["failed"][0]["error"]["unmet"].as_array().unwrap().len(), 2, "contact and telephone");
    let filled = r#"{"contact":"尹建中","phone":"0793-2550152"}"#;
    office.fed("water-lead", &["project", "edit", &code, "--input", "-"], filled).code(0);
    office.by("edu-lead", &["project", "edit", &code, "--set", "contact=别人"]).code(4);
    assert_eq!(office.by("water-lead", &endorse).code(0).json()["done"][0]["stage"], "plan-intake");
    let shown = office.by("intake", &["--json", "show", &code]).code(0).json();
    assert_eq!(shown["project"]["supervisor_opinion"], "同意上报\n同意");
}

#[test]
fn an_addition_in_the_running_year_goes_no_further_than_intake_without_its_papers() {
    let office = Office::staffed();
    let form = office.write(
        "追加.csv",
        "县教育局2026年度政务信息化项目申报表\n\
         序号,项目名称,项目起始时间,项目投资额（万元）,资金来源,建设依据和标准,建设的必要性,建设内容简介,当年新增原因,资金需求,联系人,联系电话\n\
         1,校园安全应急平台,2026年11月-2027年2月,30,县财政,省厅通知,见附件,见附件,上级要求,已附,李芳,0793-2550000\n",
    );
    let imported = office.by("edu", &["--json", "import", &form, "--unit", "县教育局"]).code(0).json();
    let code = imported["created"][0]["code"].as_str().unwrap().to_owned();
    assert_eq!(imported["plan_year"], 2026);
    let shown = office.by("edu", &["--json", "show", &code]).code(0).json();
    assert_eq!(shown["project"]["in_year"]["reason"], "superior");
    assert_eq!(office.act("edu", &code, "submit", &[]), "plan-intake");
    let accept = ["--json", "plan", "do", "accept-plan", "--year", "2026"];
    let refused = office.by("intake", &accept).code(3).json();
    let rules: Vec<&str> = refused["failed"][0]["error"]["unmet"]
        .as_array()
        .unwrap()
        .iter()
        .map(|unmet| unmet["rule"].as_str().unwrap())
        .collect();
    assert_eq!(rules, ["R6.3"; 3], "the plan, the reason in words, the document's number");
    let papers =
        ["in_year.construction_plan=true", "in_year.explanation=省厅统一部署", "in_year.doc_no=赣教发〔2026〕9号"];
    let mut edit = vec!["project", "edit", &code];
    papers.iter().for_each(|paper| edit.extend(["--set", paper]));
    office.by("edu", &edit).code(0);
    assert_eq!(office.by("intake", &accept).code(0).json()["done"][0]["stage"], "joint-review");
    let total = &office.by("lead", &["--json", "plan", "show", "--year", "2026"]).code(0).json()["total"];
    assert_eq!((&total["in_year"]["count"], &total["late"]["count"]), (&json!(1), &json!(0)));
    assert_eq!(total["in_year_share_percent"], "100.0");
}
