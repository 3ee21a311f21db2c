//! Whole forms, written down as people see them: one line per row, `|` between cells.

use super::*;
use crate::domain::calendar::YearMonth;
use crate::domain::money::Money;
use crate::domain::project::{FundingLevel, InYearAddition, InYearReason, ProjectKind, ResourceCatalogue};

const TITLE: &str = "县教育局2027年度政务信息化项目建设（新改扩）申报表";
const HEADER: &str =
    "序号|项目名称|项目起始时间|项目投资额（万元）|资金来源|建设依据和标准|建设的必要性|建设内容简介|主管单位意见";
const WITH_SECRECY: &str = "序号|项目名称|项目投资额（万元）|资金来源|建设内容简介|涉密";

fn sheet(rows: &[&str]) -> Sheet {
    let cells = |row: &&str| row.split('|').map(cell).collect();
    Sheet { name: "申报表".into(), first_row: 1, rows: rows.iter().map(cells).collect(), merges: Vec::new() }
}

fn cell(text: &str) -> Cell {
    if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) }
}

fn read(rows: &[&str]) -> Form {
    read_form(&[sheet(rows)]).unwrap()
}

fn names(form: &Form) -> Vec<(u32, &str)> {
    form.candidates.iter().map(|candidate| (candidate.row, candidate.declaration.name.as_str())).collect()
}

fn kinds(problems: &[RowProblem]) -> Vec<(u32, &str, &str, &ProblemKind)> {
    problems.iter().map(|p| (p.row, p.column.as_str(), p.value.as_str(), &p.kind)).collect()
}

#[test]
fn a_filled_in_form_becomes_candidates_with_everything_around_them() {
    let form = read(&[
        TITLE,
        "项目建设单位（盖章）：县教育局      填报日期：2026 年 9 月 12 日",
        HEADER,
        "1|智慧校园|2027年3月至2027年12月|268|县财政200万元，上级补助68万元|规划|必要|内容|同意",
        "",
        "单位分管领导：李四   填报联系人：张三   联系电话：0793-2550000",
        "注：申报单位为乡镇（街道），由主管单位汇总后统一上报。",
    ]);
    assert_eq!((form.unit.as_deref(), form.plan_year), (Some("县教育局"), Some(2027)));
    assert_eq!((form.problems.len(), form.warnings.len()), (0, 0));
    let [candidate] = form.candidates.as_slice() else { panic!("{form:?}") };
    assert_eq!((candidate.row, candidate.unit.as_str(), candidate.unclassified), (4, "县教育局", true));
    let declaration = &candidate.declaration;
    assert_eq!(declaration.amount, Money::from_wan(268));
    assert_eq!((declaration.start, declaration.end), (YearMonth::new(2027, 3), YearMonth::new(2027, 12)));
    assert_eq!(declaration.funding[1].level, FundingLevel::Superior);
    assert_eq!(declaration.filed_on, chrono::NaiveDate::from_ymd_opt(2026, 9, 12));
    let people = [&declaration.leader, &declaration.contact, &declaration.phone];
    assert_eq!(people, ["李四", "张三", "0793-2550000"]);
    assert_eq!(declaration.plan_year, Some(2027));
    assert_eq!(declaration.supervisor_opinion.as_deref(), Some("同意"));
}

#[test]
fn every_problem_of_the_form_is_reported_at_once() {
    let form = read(&[
        HEADER,
        "1||2027年9月至2027年3月|约100|县财政|x|x|x",
        "2|甲平台|立项后6个月||县财政",
        "3|乙平台|2027年|50-60|自筹",
        "4|丙平台|2027年3月|30|县财政，自筹",
        "5|丙平台|2027年3月-5月|30|县财政",
    ]);
    let (march, september) = (YearMonth::new(2027, 3).unwrap(), YearMonth::new(2027, 9).unwrap());
    let reversed = PeriodProblem::Reversed { start: september, end: march };
    assert_eq!(
        kinds(&form.problems),
        [
            (2, "B 项目名称", "", &ProblemKind::NameMissing),
            (2, "C 项目起始时间", "2027年9月至2027年3月", &ProblemKind::Period(reversed)),
            (2, "D 项目投资额", "约100", &ProblemKind::Amount(AmountProblem::Approximate)),
            (3, "C 项目起始时间", "立项后6个月", &ProblemKind::Period(PeriodProblem::Unreadable)),
            (3, "D 项目投资额", "", &ProblemKind::Amount(AmountProblem::Missing)),
            (4, "D 项目投资额", "50-60", &ProblemKind::Amount(AmountProblem::Range)),
            (6, "B 项目名称", "丙平台", &ProblemKind::NameRepeated { first_row: 5 }),
        ]
    );
    assert_eq!(
        kinds(&form.warnings),
        [
            (4, "C 项目起始时间", "2027年", &ProblemKind::MonthsMissing),
            (5, "C 项目起始时间", "2027年3月", &ProblemKind::MonthsMissing),
            (5, "E 资金来源", "县财政，自筹", &ProblemKind::Funding(FundingDoubt::SharesMissing)),
        ]
    );
    assert_eq!(names(&form), [(5, "丙平台")]);
}

#[test]
fn rows_that_are_no_projects_are_passed_over() {
    let form = read(&[
        TITLE,
        HEADER,
        "1|2|3|4|5|6|7|8|9",
        "示例|某某平台|2027年1月至2027年6月|100|县财政",
        "例|",
        "一、新建项目",
        "1|甲平台|2027年3月-5月|30|县财政",
        "小计||| 30",
        "2",
        "3|……|…|…",
        "| | |",
        HEADER,
        "4|乙平台|2027年3月-5月|40|县财政",
        "|合  计（万元）||70",
        "总计：2个项目|||70",
        "填表说明：金额以万元为单位。",
        "本表一式三份。",
    ]);
    assert_eq!(names(&form), [(7, "甲平台"), (13, "乙平台")]);
    assert_eq!((form.problems, form.warnings), (vec![], vec![]));
}

#[test]
fn a_secret_row_leaves_its_number_and_nothing_else() {
    let form = read(&[
        TITLE,
        WITH_SECRECY,
        "1|普通平台|30|县财政|内容|否",
        "2|青石工程|约99|来源甲|青石内容|是",
        "3|青石二期|50|来源乙|青石\u{202e}内容|机密",
        "4|青石三期|50|县财政|密级：机密★10年|",
        "|青石四期||联系人：青石员|联系电话：青石话|涉密",
        "5|青石五期|约50|县财政|青石内容|待定",
        "6|末尾平台|30|县财政|内容|不涉密",
    ]);
    assert_eq!(names(&form), [(3, "普通平台"), (9, "末尾平台")]);
    assert_eq!(form.secret_rows, [4, 5, 6, 7]);
    assert_eq!(kinds(&form.problems), [(8, "F 涉密", "", &ProblemKind::SecrecyUnclear)]);
    let everything = format!("{form:?}");
    for word in ["青石", "来源甲", "约99", "★"] {
        assert!(!everything.contains(word), "{word} survived in {everything}");
    }
}

#[test]
fn rows_joined_to_a_secret_row_are_secret_too() {
    let mut sheet = sheet(&[WITH_SECRECY, "1|青石工程|50|县财政|甲|是", "|||自筹|青石续|", "2|普通|3|县财政|内容|否"]);
    sheet.merges.push(Merge { top: 1, bottom: 2, left: 1, right: 1 });
    let form = read_form(&[sheet]).unwrap();
    assert_eq!(form.secret_rows, [2, 3]);
    assert_eq!(names(&form), [(4, "普通")]);
    assert!(!format!("{form:?}").contains("青石"));
}

#[test]
fn a_form_that_is_itself_classified_is_refused_whole() {
    let rows = ["机密★10年", TITLE, HEADER, "1|甲平台|2027年3月-5月|30|县财政"];
    assert_eq!(read_form(&[sheet(&rows)]), Err(NoForm::Secret));
}

#[test]
fn words_of_secrecy_warn_without_repeating_them() {
    let form = read(&[HEADER, "1|涉密网络改造|2027年3月-5月|30|县财政", "2|商用密码应用改造|2027年3月-5月|30|县财政"]);
    assert_eq!(kinds(&form.warnings), [(2, "B 项目名称", "", &ProblemKind::SoundsSecret)]);
    assert_eq!(form.candidates.len(), 2);
}

#[test]
fn a_summary_of_several_units_keeps_them_apart() {
    let mut summary = sheet(&[
        "县卫健委2027年度政务信息化项目建设汇总表",
        "序号|建设单位|项目名称|项目投资额（万元）|资金来源",
        "1|县医院|甲平台|30|县财政",
        "2||乙平台|40|县财政",
        "3|县疾控中心|甲平台|50|县财政",
        "4||丙平台|60|县财政",
    ]);
    summary.merges.push(Merge { top: 2, bottom: 3, left: 1, right: 1 });
    let form = read_form(&[summary]).unwrap();
    let units: Vec<&str> = form.candidates.iter().map(|candidate| candidate.unit.as_str()).collect();
    assert_eq!(units, ["县医院", "县医院", "县疾控中心", "县卫健委"]);
    assert_eq!(form.problems, []);
}

#[test]
fn forms_below_each_other_keep_their_own_people() {
    let form = read(&[
        "甲镇2027年度政务信息化项目建设申报表",
        HEADER,
        "1|甲平台|2027年3月-5月|30|县财政",
        "填报联系人：张三",
        "乙镇2027年度政务信息化项目建设申报表",
        HEADER,
        "1|甲平台|2027年3月-5月|30|县财政",
        "填报联系人：李四",
    ]);
    let people: Vec<(&str, &str)> =
        form.candidates.iter().map(|c| (c.unit.as_str(), c.declaration.contact.as_str())).collect();
    assert_eq!(people, [("甲镇", "张三"), ("乙镇", "李四")]);
}

#[test]
fn optional_columns_fill_their_fields_or_warn() {
    let form = read(&[
        "项目名称|开始时间|结束时间|总投资（元）|建设性质|是否定制开发|信息资源目录条数|方案编制单位|部署方式|网络|领导批示",
        "甲平台|2027.3|2027.10|2,680,000|新建|是|42|某设计院|政务云|政务外网|",
        "乙平台|2027年10月|2027年3月|300000|改扩建|看情况|若干|/|云上|内网|同意",
    ]);
    let declaration = &form.candidates[0].declaration;
    assert_eq!(declaration.amount, Money::from_wan(268));
    assert_eq!(declaration.kind, Some(ProjectKind::New));
    assert_eq!(declaration.custom_development, Some(true));
    assert_eq!(declaration.catalogue, Some(ResourceCatalogue::Entries(42)));
    assert_eq!((declaration.start, declaration.end), (YearMonth::new(2027, 3), YearMonth::new(2027, 10)));
    assert_eq!(form.problems.len(), 1);
    let warned: Vec<&str> = form.warnings.iter().map(|warning| warning.column.as_str()).collect();
    assert_eq!(warned, ["K 领导批示", "E 建设性质", "F 是否定制开发", "G 信息资源目录条数", "I 部署方式", "J 网络"]);
}

#[test]
fn the_unit_of_money_beside_the_table_counts() {
    let form = read(&["|||单位：元", "序号|项目名称|项目投资额|资金来源", "1|甲平台|268000|县财政"]);
    assert_eq!(form.candidates[0].declaration.amount.to_string(), "26.80");
}

#[test]
fn the_form_is_found_on_the_second_sheet_and_a_third_is_not_forgotten() {
    let cover = Sheet { name: "封面".into(), ..sheet(&["政务信息化项目申报材料", "2026年9月"]) };
    let one = sheet(&["", "", "", "", "", TITLE, HEADER, "1|甲平台|2027年3月-5月|30|县财政"]);
    let other = Sheet { name: "续表".into(), ..sheet(&[HEADER, "1|乙平台|2027年3月-5月|30|县财政"]) };
    let form = read_form(&[cover, one, other]).unwrap();
    assert_eq!((form.sheet.as_str(), names(&form)), ("申报表", vec![(8, "甲平台")]));
    assert_eq!(kinds(&form.warnings), [(1, "", "续表", &ProblemKind::OtherSheet)]);
}

#[test]
fn why_there_is_no_form_is_told() {
    assert_eq!(read_form(&[]), Err(NoForm::Empty));
    assert_eq!(read_form(&[sheet(&["", " | "])]), Err(NoForm::Empty));
    assert_eq!(read_form(&[sheet(&["姓名|电话", "张三|1"])]), Err(NoForm::NoTable));
    assert_eq!(read_form(&[sheet(&[TITLE, HEADER, "1", "2", "合计"])]), Err(NoForm::NoProject { row: 2 }));
    let without_amount = sheet(&["序号|项目名称|资金来源|建设内容", "1|甲|县财政|x"]);
    assert_eq!(read_form(&[without_amount]), Err(NoForm::NoAmountColumn { row: 1 }));
}

#[test]
fn dangerous_characters_are_removed_and_reported_and_formulas_stay_text() {
    let form = read(&[
        HEADER,
        "1|=cmd()!A0|2027年3月-5月|30|县财政",
        "2|智慧\u{1b}]0;x\u{7}校园\u{202e}|2027年3月-5月|30|县财政|@SUM(1)|+1|-1",
    ]);
    let declaration = &form.candidates[1].declaration;
    assert_eq!(form.candidates[0].declaration.name, "=cmd()!A0");
    assert_eq!(declaration.name, "智慧校园");
    assert_eq!([&declaration.basis, &declaration.necessity, &declaration.content], ["@SUM(1)", "+1", "-1"]);
    assert!(kinds(&form.warnings).contains(&(3, "B 项目名称", "智慧校园", &ProblemKind::CharactersRemoved(7))));
    assert!(!format!("{form:?}").contains("\\u{1b}"));
}

#[test]
fn an_amount_that_was_perhaps_written_in_yuan_is_doubted() {
    let form = read(&[HEADER, "1|甲平台|2027年3月-5月|490000|县财政"]);
    assert_eq!(kinds(&form.warnings), [(2, "D 项目投资额", "490000", &ProblemKind::AmountUnusual)]);
}

#[test]
fn r6_3_an_addition_in_the_running_year_is_read_from_its_own_columns() {
    let header = "序号|项目名称|项目投资额（万元）|资金来源|年中追加原因|上级文件文号|追加理由|资金需求|建设方案（另附）|项目建设方案";
    let form = read(&[
        header,
        "1|防汛会商系统|48|县财政|上级要求|赣水发〔2027〕3号|省厅部署|已附||是",
        "2|甲平台|30|县财政",
        "3|乙平台|30|县财政||||是",
        "4|丙平台|30|县财政|领导要求",
    ]);
    let additions: Vec<Option<InYearAddition>> =
        form.candidates.iter().map(|candidate| candidate.declaration.in_year.clone()).collect();
    let addition = InYearAddition {
        reason: InYearReason::Superior,
        doc_no: Some("赣水发〔2027〕3号".to_owned()),
        explanation: "省厅部署".to_owned(),
        funding_request: true,
        construction_plan: true,
    };
    assert_eq!(additions, [Some(addition), None, None, None]);
    let doubts: Vec<(u32, &str)> = form
        .warnings
        .iter()
        .filter(|warning| warning.kind == ProblemKind::NotRecognized(Field::InYearReason))
        .map(|warning| (warning.row, warning.value.as_str()))
        .collect();
    assert_eq!(doubts, [(4, ""), (5, "领导要求")]);
}
