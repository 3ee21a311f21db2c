//! Forms as they really arrive: the counties' own samples, every format, and files made to do harm.

use std::io::{Cursor, Read, Write};

use chrono::NaiveDate;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::*;
use crate::documents::grid_in::{COLUMNS, ROWS};
use crate::domain::calendar::YearMonth;
use crate::domain::intake::{AmountProblem, Cell, Form, ProblemKind, RowProblem, read_form};
use crate::domain::project::FundingLevel;

const SAMPLE_01: &[u8] = include_bytes!("../../../assets/sample/01_县教育局_申报表.xlsx");
const SAMPLE_02: &[u8] = include_bytes!("../../../assets/sample/02_县卫健委_含错误.xlsx");
const SAMPLE_03: &[u8] = include_bytes!("../../../assets/sample/03_某镇_申报表.docx");
const SAMPLE_04: &[u8] = include_bytes!("../../../assets/sample/04_县文旅局_GBK.csv");
// Written by xlwt 1.3.0 and odfpy 1.4.1.
const XLS: &[u8] = include_bytes!("../../../tests/fixtures/forms/水利局.xls");
const ODS: &[u8] = include_bytes!("../../../tests/fixtures/forms/林业局.ods");

const HEADER: [&str; 5] = ["序号", "项目名称", "项目起始\n时间", "项目投资额\n（万元）", "资金来源"];

fn form(name: &str, bytes: &[u8]) -> Form {
    read_form(&read_sheets(name, bytes).unwrap_or_else(|reason| panic!("{name}: {reason}"))).unwrap()
}

/// A candidate as row, name, amount, start, end and number of sources.
type Brief<'a> = (u32, &'a str, String, Option<YearMonth>, Option<YearMonth>, usize);

fn candidates(form: &Form) -> Vec<Brief<'_>> {
    let all = form.candidates.iter();
    all.map(|c| {
        let d = &c.declaration;
        (c.row, d.name.as_str(), d.amount.to_string(), d.start, d.end, d.funding.len())
    })
    .collect()
}

fn said(problems: &[RowProblem]) -> Vec<(u32, &str, &str, &ProblemKind)> {
    problems.iter().map(|p| (p.row, p.column.as_str(), p.value.as_str(), &p.kind)).collect()
}

fn month(year: i32, month: u32) -> Option<YearMonth> {
    YearMonth::new(year, month)
}

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Rewrites the parts of an archive.
fn rewritten(bytes: &[u8], change: impl Fn(&str, String) -> String) -> Vec<u8> {
    let mut old = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = Vec::new();
    for index in 0..old.len() {
        let mut part = old.by_index(index).unwrap();
        let mut content = String::new();
        part.read_to_string(&mut content).unwrap();
        let name = part.name().unwrap().into_owned();
        parts.push((name.clone(), change(&name, content)));
    }
    zipped(&parts.iter().map(|(name, content)| (name.as_str(), content.as_bytes())).collect::<Vec<_>>())
}

fn docx(body: &str) -> Vec<u8> {
    let document = format!("<w:document xmlns:w=\"w\" xmlns:mc=\"mc\"><w:body>{body}</w:body></w:document>");
    zipped(&[("word/document.xml", document.as_bytes())])
}

fn ods(table: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"><office:body>\
         <office:spreadsheet><table:table table:name=\"表\">{table}</table:table></office:spreadsheet></office:body>\
         </office:document-content>"
    );
    zipped(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content.as_bytes())])
}

/// The smallest container of old office files: header, one sector of chains, one of directory.
fn compound(names: &[&str]) -> Vec<u8> {
    let mut bytes = vec![0u8; 3 * 512];
    bytes[..8].copy_from_slice(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
    bytes[30] = 9;
    bytes[32] = 6;
    for (at, value) in [(44, 1), (48, 1u32), (56, 4096), (60, !1), (68, !1), (76, 0)] {
        bytes[at..at + 4].copy_from_slice(&value.to_le_bytes());
    }
    bytes[80..512].fill(0xff);
    bytes[512..1024].fill(0xff);
    bytes[512..520].copy_from_slice(&[0xfd, 0xff, 0xff, 0xff, 0xfe, 0xff, 0xff, 0xff]);
    for (index, name) in std::iter::once(&"Root Entry").chain(names).enumerate() {
        let at = 1024 + 128 * index;
        for (unit, c) in name.encode_utf16().enumerate() {
            bytes[at + 2 * unit..at + 2 * unit + 2].copy_from_slice(&c.to_le_bytes());
        }
        bytes[at + 116..at + 120].copy_from_slice(&(!1u32).to_le_bytes());
    }
    bytes
}

#[test]
fn the_education_bureaus_workbook_is_read_whole() {
    let form = form("01.xlsx", SAMPLE_01);
    assert_eq!((form.sheet.as_str(), form.unit.as_deref(), form.plan_year), ("申报表", Some("县教育局"), Some(2027)));
    assert_eq!(
        candidates(&form),
        [
            (4, "智慧校园综合管理平台", "268.00".into(), month(2027, 3), month(2027, 12), 2),
            (5, "校园视频会议系统升级", "49.99".into(), month(2027, 4), month(2027, 9), 1),
            (6, "教师培训平台", "62.50".into(), month(2027, 5), month(2027, 11), 1),
        ]
    );
    assert_eq!((said(&form.problems), said(&form.warnings)), (vec![], vec![]));
    let declaration = &form.candidates[0].declaration;
    assert_eq!(declaration.funding[1].level, FundingLevel::Superior);
    assert_eq!(form.candidates[2].declaration.funding[0].level, FundingLevel::SelfRaised);
    assert_eq!((declaration.contact.as_str(), declaration.phone.as_str()), ("办公室", "0793-2550000"));
    assert_eq!((declaration.leader.as_str(), declaration.filed_on), ("", NaiveDate::from_ymd_opt(2026, 9, 12)));
    assert_eq!(declaration.basis, "教育信息化规划；国家教育管理信息标准");
    assert!(form.candidates.iter().all(|candidate| candidate.unit == "县教育局" && candidate.unclassified));
}

#[test]
fn the_health_commissions_errors_are_all_found_at_once() {
    let form = form("02.xlsx", SAMPLE_02);
    assert_eq!(candidates(&form), [(4, "基层医疗数据质控系统", "99.99".into(), month(2027, 3), None, 1)]);
    assert_eq!(
        said(&form.problems),
        [
            (5, "D 项目投资额", "约100", &ProblemKind::Amount(AmountProblem::Approximate)),
            (6, "B 项目名称", "", &ProblemKind::NameMissing),
        ]
    );
    assert_eq!(
        said(&form.warnings),
        [
            (4, "C 项目起始时间", "2027-03-01", &ProblemKind::MonthsMissing),
            (5, "C 项目起始时间", "2027年", &ProblemKind::MonthsMissing),
            (6, "C 项目起始时间", "2027年", &ProblemKind::MonthsMissing),
        ]
    );
}

#[test]
fn the_towns_word_document_is_read_like_a_sheet() {
    let form = form("03_某镇_申报表.docx", SAMPLE_03);
    assert_eq!(form.unit.as_deref(), Some("某镇人民政府"));
    assert_eq!(candidates(&form), [(4, "基层治理一张图", "58.00".into(), month(2027, 2), month(2027, 10), 2)]);
    assert_eq!((said(&form.problems), said(&form.warnings)), (vec![], vec![]));
    let declaration = &form.candidates[0].declaration;
    assert_eq!(declaration.supervisor_opinion.as_deref(), Some("同意上报"));
    assert_eq!(declaration.filed_on, NaiveDate::from_ymd_opt(2026, 9, 20));
}

#[test]
fn the_tourism_bureaus_gbk_text_is_read() {
    let form = form("04.csv", SAMPLE_04);
    assert_eq!((form.unit.as_deref(), form.plan_year), (Some("县文旅局"), Some(2027)));
    assert_eq!(candidates(&form), [(3, "景区客流监测小程序", "49.99".into(), month(2027, 1), month(2027, 6), 1)]);
    assert_eq!((said(&form.problems), said(&form.warnings)), (vec![], vec![]));
}

#[test]
fn an_old_excel_file_is_read_with_dates_long_texts_and_without_hidden_sheets() {
    let form = form("水利局.xls", XLS);
    assert_eq!((form.sheet.as_str(), form.unit.as_deref()), ("申报表", Some("县水利局")));
    assert_eq!(
        candidates(&form),
        [
            (4, "山洪预警平台", "49.99".into(), month(2027, 3), None, 1),
            (5, "水库监测系统", "268.00".into(), month(2027, 3), month(2027, 9), 2),
            (6, "河长制平台", "99.99".into(), month(2027, 4), month(2027, 9), 1),
        ]
    );
    // Texts that run over several records, wide and narrow.
    let lengths = form.candidates.iter().map(|c| c.declaration.basis.chars().count());
    assert_eq!(lengths.collect::<Vec<_>>(), [6000, 6001, 9000]);
    assert_eq!(form.candidates[0].declaration.contact, "张三");
    assert_eq!((form.problems.len(), form.warnings.len()), (0, 1));
}

#[test]
fn an_open_document_sheet_is_read_with_a_million_empty_rows_below() {
    let form = form("林业局.ods", ODS);
    assert_eq!(form.unit.as_deref(), Some("县林业局"));
    assert_eq!(
        candidates(&form),
        [
            (6, "林火监测", "99.99".into(), month(2027, 3), None, 1),
            (7, "古树名木平台", "62.50".into(), month(2027, 1), month(2027, 6), 2),
        ]
    );
    assert_eq!(form.problems, []);
}

#[test]
fn a_workbook_that_was_worked_on_is_still_understood() {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().set_name("封面").unwrap().write(0, 0, "申报材料").unwrap();
    let hidden = workbook.add_worksheet().set_name("旧").unwrap().set_hidden(true);
    hidden.write_row(0, 0, HEADER).unwrap();
    hidden.write_row(1, 0, ["1", "隐藏的旧项目", "2027年3月", "1", "县财政"]).unwrap();
    let sheet = workbook.add_worksheet().set_name("申报表").unwrap();
    let (plain, date) = (Format::new(), Format::new().set_num_format("yyyy\"年\"m\"月\""));
    sheet.merge_range(3, 0, 3, 8, "县水利局2027年度政务信息化项目建设申报表", &plain).unwrap();
    sheet.write_row(6, 0, HEADER).unwrap();
    sheet.merge_range(6, 8, 7, 8, "是否\n涉密", &plain).unwrap();
    for (row, name) in [(8, "甲平台"), (9, "乙\n平台"), (11, "丙平台"), (12, "青石工程"), (13, "丁平台")]
    {
        sheet.write(row, 1, name).unwrap();
        sheet.write(row, 4, "县财政").unwrap();
    }
    sheet.write_with_format(8, 2, ExcelDateTime::from_ymd(2027, 3, 1).unwrap(), &date).unwrap();
    sheet.write(8, 3, "９８．５万元").unwrap();
    sheet.write(9, 3, "1，200.50").unwrap();
    sheet.set_row_hidden(10).unwrap();
    sheet.write(11, 3, Formula::new("=60+2.5").set_result("62.5")).unwrap();
    sheet.write(12, 3, 50).unwrap();
    sheet.write(12, 8, "是").unwrap();
    sheet.write(13, 3, 0.1 + 0.2).unwrap();
    sheet.write(14, 0, "合计").unwrap().write(14, 3, Formula::new("=SUM(D9:D14)").set_result("1411.8")).unwrap();
    // A border painted over a thousand columns is no content.
    sheet.write_blank(2, 1000, &Format::new().set_bold()).unwrap();
    let form = form("改名.docx", &workbook.save_to_buffer().unwrap());
    let read: Vec<(u32, &str, String)> =
        candidates(&form).into_iter().map(|(row, name, amount, ..)| (row, name, amount)).collect();
    assert_eq!(
        read,
        [
            (9, "甲平台", "98.50".to_owned()),
            (10, "乙平台", "1200.50".to_owned()),
            (12, "丙平台", "62.50".to_owned()),
            (14, "丁平台", "0.30".to_owned()),
        ]
    );
    assert_eq!((form.secret_rows.as_slice(), form.problems.as_slice()), (&[13][..], &[][..]));
    assert_eq!(form.candidates[0].declaration.start, month(2027, 3));
    assert!(!format!("{form:?}").contains("青石"));
}

#[test]
fn text_files_are_read_in_every_usual_encoding() {
    let text = "县文旅局2027年度政务信息化项目申报表\r\n\r\n序号,项目名称,\"项目投资额\r\n（万元）\",资金来源,建设内容\r\n\
                1,\"甲\"\"新\"\"平台\",\"1,200\",\"县财政,自筹\",\"一、甲\r\n二、乙\"\r\n2,\u{1b}[2J乙平台,=1+1,县财政,\r\n";
    let (gbk, ..) = encoding_rs::GBK.encode(text);
    let utf16: Vec<u8> = text.replace(",序", "序").encode_utf16().flat_map(u16::to_le_bytes).collect();
    for bytes in [
        text.as_bytes().to_vec(),
        [b"\xef\xbb\xbf", text.as_bytes()].concat(),
        gbk.into_owned(),
        [b"\xff\xfe".to_vec(), utf16].concat(),
    ] {
        let form = form("申报.txt", &bytes);
        assert_eq!(form.sheet, "申报");
        let declaration = &form.candidates[0].declaration;
        assert_eq!((form.candidates[0].row, declaration.name.as_str()), (4, "甲\"新\"平台"));
        assert_eq!(declaration.content, "一、甲\n二、乙");
        let problem = (5, "C 项目投资额", "=1+1", &ProblemKind::Amount(AmountProblem::NotANumber));
        assert_eq!(said(&form.problems), [problem]);
        assert!(said(&form.warnings).contains(&(5, "B 项目名称", "乙平台", &ProblemKind::CharactersRemoved(4))));
    }
    let tabs = "项目名称\t项目投资额\t资金来源\n甲平台\t30\t县财政，自筹\n";
    assert_eq!(form("x", tabs.as_bytes()).candidates.len(), 1);
    assert_eq!(read_sheets("x.csv", b"\x81\x20\xff\xff\n"), Err(UnreadableForm::UnknownEncoding));
}

#[test]
fn word_tables_with_joined_cells_keep_their_columns() {
    let cell = |properties: &str, text: &str| {
        format!("<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>")
    };
    let row = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
    let plain = |text: &str| cell("", text);
    let table = [
        row(&["单位", "项目名称", "项目投资额", "资金来源"].map(plain)),
        row(&[
            cell("<w:vMerge w:val=\"restart\"/>", "县医院"),
            plain("甲&amp;乙&#24179;台"),
            plain("30"),
            plain("县财政"),
        ]),
        row(&[cell("<w:vMerge/>", ""), plain("丙平台"), plain("40"), plain("县财政")]),
        row(&[cell("<w:gridSpan w:val=\"2\"/>", "合计"), plain("70"), plain("")]),
    ];
    let body = format!(
        "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr></w:p><w:p><w:r><w:t>县卫健委</w:t></w:r><w:r><w:t>2027年度\
         政务信息化项目汇总表</w:t></w:r><w:del><w:r><w:t>删去</w:t></w:r></w:del><mc:Fallback><w:r><w:t>重复</w:t></w:r>\
         </mc:Fallback></w:p><w:tbl>{}</w:tbl>",
        table.concat()
    );
    let form = form("汇总.docx", &docx(&body));
    assert_eq!(form.unit.as_deref(), Some("县卫健委"));
    let read: Vec<(u32, &str, &str)> =
        form.candidates.iter().map(|c| (c.row, c.unit.as_str(), c.declaration.name.as_str())).collect();
    assert_eq!(read, [(3, "县医院", "甲&乙平台"), (4, "县医院", "丙平台")]);
    assert_eq!(form.problems, []);
    let entity = docx("<w:p><w:r><w:t>&bomb;</w:t></w:r></w:p>");
    assert_eq!(read_sheets("x.docx", &entity), Err(UnreadableForm::Damaged));
}

#[test]
fn a_file_that_is_no_form_is_named_for_what_it_is() {
    let foreign = |what| Err(UnreadableForm::Foreign(what));
    assert_eq!(read_sheets("x.xlsx", b""), Err(UnreadableForm::Empty));
    assert_eq!(read_sheets("x.xlsx", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), foreign(ForeignFile::Picture));
    assert_eq!(read_sheets("x.xlsx", b"%PDF-1.7"), foreign(ForeignFile::Pages));
    assert_eq!(read_sheets("x.xls", b"\xef\xbb\xbf <html><table>"), foreign(ForeignFile::Markup));
    assert_eq!(read_sheets("x.xls", b"ab\0cd"), foreign(ForeignFile::Unknown));
    assert_eq!(read_sheets("x.xlsx", &zipped(&[("a.txt", b"a")])), foreign(ForeignFile::Archive));
    assert_eq!(read_sheets("x.xlsx", &zipped(&[("xl/workbook.bin", b"a")])), foreign(ForeignFile::BinaryExcel));
    assert_eq!(read_sheets("x.doc", &compound(&["WordDocument"])), foreign(ForeignFile::OldWord));
    assert_eq!(read_sheets("x.xls", &compound(&["Book"])), foreign(ForeignFile::OldExcel));
    assert_eq!(read_sheets("x.xlsx", &compound(&["EncryptedPackage"])), Err(UnreadableForm::Encrypted));
}

#[test]
fn a_truncated_file_is_damaged_wherever_it_was_cut() {
    for (name, whole) in [("1.xlsx", SAMPLE_01), ("3.docx", SAMPLE_03), ("林.ods", ODS), ("水.xls", XLS)] {
        for part in [600, whole.len() / 2, whole.len() * 9 / 10] {
            assert_eq!(read_sheets(name, &whole[..part]), Err(UnreadableForm::Damaged), "{name} {part}");
        }
    }
}

#[test]
fn a_sparse_sheet_costs_nothing() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write(0, 0, "a").unwrap().write(1_048_575, 16_383, "b").unwrap();
    let bytes = workbook.save_to_buffer().unwrap();
    assert_eq!(read_sheets("x.xlsx", &bytes), Err(UnreadableForm::TooManyRows { most: ROWS as u32 }));
    let filled = "<table:table-cell office:value-type=\"string\"><text:p>a</text:p></table:table-cell>";
    let rows = ods(&format!("<table:table-row table:number-rows-repeated=\"1048576\">{filled}</table:table-row>"));
    assert_eq!(read_sheets("x.ods", &rows), Err(UnreadableForm::TooManyRows { most: ROWS as u32 }));
    let wide = filled.replacen("cell ", "cell table:number-columns-repeated=\"16384\" ", 1);
    let columns = ods(&format!("<table:table-row>{wide}</table:table-row>"));
    assert_eq!(read_sheets("x.ods", &columns), Err(UnreadableForm::TooManyColumns { most: COLUMNS as u32 }));
}

#[test]
fn bombs_are_refused_before_they_go_off() {
    let blank = vec![b' '; 8 * 1024 * 1024];
    assert_eq!(read_sheets("x.xlsx", &zipped(&[("xl/a.xml", &blank)])), Err(UnreadableForm::Bomb));
    let names: Vec<String> = (0..2_001).map(|index| format!("xl/{index}")).collect();
    let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    assert_eq!(read_sheets("x.xlsx", &zipped(&parts)), Err(UnreadableForm::TooManyParts { most: 2_000 }));
    let mut workbook = Workbook::new();
    workbook.add_worksheet().write(0, 0, "a").unwrap();
    let claim = |part: &str, content: String| match part {
        "xl/sharedStrings.xml" => content.replace("uniqueCount=\"1\"", "uniqueCount=\"99999999999\""),
        _ => content,
    };
    let claiming = rewritten(&workbook.save_to_buffer().unwrap(), claim);
    assert_eq!(read_sheets("x.xlsx", &claiming), Err(UnreadableForm::Bomb));
    // One long string shared by thousands of cells is copied for each.
    let mut workbook = Workbook::new();
    let (sheet, long) = (workbook.add_worksheet(), "长".repeat(30_000));
    for row in 0..1_000 {
        sheet.write(row, 0, &long).unwrap();
    }
    assert_eq!(read_sheets("x.xlsx", &workbook.save_to_buffer().unwrap()), Err(UnreadableForm::TooMuchText));
    let too_long = format!("a,{}", "长".repeat(32_769));
    assert_eq!(read_sheets("x.csv", too_long.as_bytes()), Err(UnreadableForm::CellTooLong { most: 32_768 }));
    let too_large = vec![b'a'; 20 * 1024 * 1024 + 1];
    assert_eq!(read_sheets("x.csv", &too_large), Err(UnreadableForm::TooLarge { mebibytes: 20 }));
}

#[test]
fn a_container_whose_chains_run_in_circles_is_damaged() {
    let mut circle = compound(&["Workbook"]);
    circle[516..520].copy_from_slice(&1u32.to_le_bytes());
    assert_eq!(read_sheets("x.xls", &circle), Err(UnreadableForm::Damaged));
}

#[test]
fn damaged_bytes_never_panic() {
    let mut archive = ZipArchive::new(Cursor::new(SAMPLE_03)).unwrap();
    let mut document = Vec::new();
    archive.by_name("word/document.xml").unwrap().read_to_end(&mut document).unwrap();
    let mut random = 88_172_645_463_325_252u64;
    let mut next = |below: usize| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        (random % below as u64) as usize
    };
    for _ in 0..400 {
        let (mut xls, mut word) = (XLS.to_vec(), document.clone());
        for _ in 0..1 + next(8) {
            // Mostly the tables at the front, where the structure is.
            let at = if next(2) == 0 { next(4096) } else { next(xls.len()) };
            xls[at] = next(256) as u8;
            let at = next(word.len());
            word[at] = next(256) as u8;
        }
        for sheets in [read_sheets("x.xls", &xls), word_in::read("x".into(), &word)].into_iter().flatten() {
            assert!(
                sheets.iter().flat_map(|sheet| &sheet.rows).flatten().all(|cell| cell != &Cell::Text(String::new()))
            );
            let _ = read_form(&sheets);
        }
    }
}
