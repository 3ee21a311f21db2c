//! The writer, read back: order of elements, bytes, text.

use std::collections::BTreeMap;
use std::io::Cursor;

use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::Event;
use unicode_width::UnicodeWidthStr;

use super::package::parts;
use super::*;
use crate::documents::read_sheets;
use crate::domain::intake::Cell as Read;

fn table() -> Table {
    let mut table = Table::with_head(&[1, 4, 2], &["序号", "内容", "期限"]);
    table.row([Cell::center("1"), Cell::text("补充密码应用方案\n并附测算"), Cell::center("2026-12-01")]);
    table.row([Cell::label("备注"), Cell::blank().span(2)]).room(3);
    table
}

fn section(is_draft: bool) -> Section {
    Section {
        blocks: vec![
            Block::Title(vec!["专家论证评审结论".to_owned()]),
            Block::Heading(Level::First, "一、结论".to_owned()),
            Block::Heading(Level::Second, "（一）总体".to_owned()),
            Block::Heading(Level::Third, "1．细目".to_owned()),
            Block::Paragraph(Paragraph::new([Run::new("原则通过").font(Font::Hei).bold(), Run::new("，甲\n乙<w:p>")])),
            Block::Paragraph(Paragraph::said("2026年11月23日").indent(Indent::Right).align(Align::Right)),
            Block::Signatures(vec![
                Signature { role: "组长".to_owned(), note: String::new() },
                Signature { role: "成员".to_owned(), note: "已签名".to_owned() },
            ]),
            Block::Table(table()),
            Block::Table(Table::ruled("手写：", 2)),
        ],
        is_draft,
        foot: "校验码 0000-0000".to_owned(),
    }
}

/// One section of each kind; the last one ends in a table, where Word wants a paragraph.
fn document(drafts: &[bool]) -> Document {
    Document { title: "试件 <&>".to_owned(), sections: drafts.iter().copied().map(section).collect() }
}

const KINDS: [&[bool]; 4] = [&[true], &[false], &[true, false], &[false, false]];

/// What may stand in an element and in which order, as wml.xsd has it, as far as it is used.
fn schema() -> BTreeMap<&'static str, Vec<&'static str>> {
    let of = |words: &'static str| words.split_whitespace().collect();
    BTreeMap::from([
        ("document", of("body")),
        ("p", of("pPr r fldSimple")),
        ("pPr", of("keepNext keepLines tabs snapToGrid spacing ind jc outlineLvl rPr sectPr")),
        ("rPr", of("rFonts b noProof spacing kern sz szCs u lang")),
        ("tbl", of("tblPr tblGrid tr")),
        ("tblPr", of("tblW tblBorders tblLayout tblCellMar")),
        ("tblBorders", of("top left bottom right insideH insideV")),
        ("tblCellMar", of("top left bottom right")),
        ("tr", of("trPr tc")),
        ("trPr", of("cantSplit trHeight tblHeader")),
        ("tc", of("tcPr p")),
        ("tcPr", of("tcW gridSpan vAlign")),
        ("sectPr", of("headerReference footerReference type pgSz pgMar pgNumType cols docGrid")),
        (
            "settings",
            of(
                "mirrorMargins defaultTabStop evenAndOddHeaders drawingGridVerticalSpacing characterSpacingControl compat",
            ),
        ),
        (
            "compat",
            of("spaceForUL balanceSingleByteDoubleByteWidth doNotLeaveBackslashAlone ulTrailSpace \
                adjustLineHeightInTable useFELayout compatSetting"),
        ),
        ("styles", of("docDefaults style")),
        ("style", of("name qFormat pPr")),
        ("font", of("altName charset family pitch")),
    ])
}

/// Checks every element that the schema above tells of; elements that may stand in any order are told apart by name.
fn misplaced(part: &str, xml: &str) -> Vec<String> {
    let schema = schema();
    let mut open: Vec<(String, usize)> = Vec::new();
    let mut wrong = Vec::new();
    let mut reader = Reader::from_str(xml);
    let mut enter = |name: &str, open: &mut Vec<(String, usize)>| {
        let Some((parent, last)) = open.last_mut() else { return };
        let Some(order) = schema.get(parent.as_str()) else { return };
        // A run after a field is no disorder: both are content.
        let free = parent == "p" && name != "pPr";
        match order.iter().position(|known| *known == name) {
            None => wrong.push(format!("{part}: {name} in {parent}")),
            Some(place) if place < *last && !free => wrong.push(format!("{part}: {name} late in {parent}")),
            Some(place) => *last = place,
        }
    };
    loop {
        match reader.read_event().unwrap() {
            Event::Start(element) => {
                let name = element.local_name().as_ref().to_owned();
                enter(&name, &mut open);
                open.push((name, 0));
            }
            Event::Empty(element) => enter(element.local_name().as_ref(), &mut open),
            Event::End(_) => {
                open.pop();
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(open.is_empty(), "{part} is not closed");
    wrong
}

#[test]
fn every_element_stands_where_the_schema_wants_it() {
    assert!(!misplaced("x", "<w:pPr><w:jc/><w:spacing/></w:pPr>").is_empty(), "the check can fail");
    assert!(!misplaced("x", "<w:rPr><w:i/></w:rPr>").is_empty(), "what is not known is told");
    for drafts in KINDS {
        for (name, xml) in parts(&document(drafts)) {
            assert_eq!(misplaced(&name, &xml), [""; 0], "{name}");
        }
    }
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    for drafts in KINDS {
        assert_eq!(docx(&document(drafts)).unwrap(), docx(&document(drafts)).unwrap());
    }
    let names: Vec<String> = parts(&document(&[true])).into_iter().map(|(name, _)| name).collect();
    assert!(names.is_sorted());
    assert_eq!(names[0], "[Content_Types].xml");
}

#[test]
fn every_part_is_announced_and_every_reference_leads_somewhere() {
    for drafts in KINDS {
        let parts = parts(&document(drafts));
        let text = |name: &str| parts.iter().find(|(part, _)| *part == name).unwrap().1.clone();
        for (name, _) in parts.iter().filter(|(name, _)| name.starts_with("word/") && !name.contains("_rels")) {
            assert!(text("[Content_Types].xml").contains(&format!("PartName=\"/{name}\"")), "{name}");
            let target = name.trim_start_matches("word/");
            let is_main = target == "document.xml";
            assert!(
                is_main || text("word/_rels/document.xml.rels").contains(&format!("Target=\"{target}\"")),
                "{name}"
            );
        }
        for reference in text("word/document.xml").split("r:id=\"").skip(1) {
            let id = reference.split('"').next().unwrap();
            assert!(text("word/_rels/document.xml.rels").contains(&format!("Id=\"{id}\"")), "{id}");
        }
        assert_eq!(parts.iter().any(|(name, _)| name.starts_with("word/header")), drafts.contains(&true));
    }
}

#[test]
fn what_was_written_is_read_back_by_the_reader_of_forms() {
    let sheets = read_sheets("试件.docx", &docx(&document(&[false])).unwrap()).unwrap();
    let texts: Vec<String> = sheets[0]
        .rows
        .iter()
        .flatten()
        .filter_map(|cell| match cell {
            Read::Text(text) => Some(text.clone()),
            _ => None,
        })
        .collect();
    for said in
        ["专家论证评审结论", "一、结论", "补充密码应用方案\n并附测算", "原则通过，甲\n乙<w:p>", "2026年11月23日"]
    {
        assert!(texts.iter().any(|text| text == said), "{said}: {texts:#?}");
    }
}

#[test]
fn two_tables_in_a_row_stay_two_and_none_is_the_last_thing() {
    let parts = parts(&document(&[false]));
    let body = &parts.iter().find(|(name, _)| name == "word/document.xml").unwrap().1;
    assert_eq!(body.matches("<w:tbl>").count(), 2);
    assert!(!body.contains("</w:tbl><w:tbl>") && !body.contains("</w:tbl><w:sectPr>"));
}

#[test]
fn the_page_is_that_of_an_official_letter() {
    let parts = parts(&document(&[true]));
    let text = |name: &str| parts.iter().find(|(part, _)| *part == name).unwrap().1.clone();
    let body = text("word/document.xml");
    for expected in [
        "<w:pgSz w:w=\"11906\" w:h=\"16838\"/>",
        "w:top=\"2098\" w:right=\"1474\" w:bottom=\"1984\" w:left=\"1587\"",
        "<w:docGrid w:type=\"lines\" w:linePitch=\"579\"/>",
        "<w:spacing w:val=\"-5\"/>",
        "<w:spacing w:line=\"579\" w:lineRule=\"exact\"/>",
        "w:eastAsia=\"方正小标宋简体\"",
        "w:eastAsia=\"楷体_GB2312\"",
        "<w:sz w:val=\"44\"/>",
        "<w:tblHeader/>",
        "<w:cantSplit/>",
    ] {
        assert!(body.contains(expected), "{expected}");
    }
    const { assert!(LINE * 22 <= 16838 - 2098 - 1984 && TEXT_WIDTH == 11906 - 1587 - 1474, "22 lines of 156 mm fit") };
    assert!(text("word/settings.xml").contains("<w:evenAndOddHeaders/>"));
    assert!(text("word/footer1.xml").contains("w:pos=\"8565\"") && text("word/footer2.xml").contains("w:left=\"280\""));
    assert!(
        text("word/header1.xml").contains("string=\"草稿\"") && text("word/header2.xml").contains("string=\"草稿\"")
    );
}

#[test]
fn a_row_of_many_words_may_run_over_a_page_and_a_short_one_may_not() {
    let mut table = Table::new(&[1]);
    assert!(table.row([Cell::text("短")]).is_kept_whole());
    assert!(!table.row([Cell::text("长".repeat(301))]).is_kept_whole());
    assert_eq!(Table::new(&[1, 4, 2]).widths().iter().sum::<u32>(), TEXT_WIDTH);
}

#[test]
fn as_text_no_line_is_wider_than_asked_and_columns_line_up() {
    for width in [20, 28, 40, 80, 120] {
        for line in plain::lines(&document(&[true]), width) {
            assert!(line.width() <= width, "{width}: {line}");
        }
    }
    let text = plain::lines(&document(&[true]), 60).join("\n");
    let expected = "\
+---------+------------------------------+-----------------+
|  序号   |             内容             |      期限       |
+---------+------------------------------+-----------------+
|    1    | 补充密码应用方案             |   2026-12-01    |
|         | 并附测算                     |                 |
+---------+------------------------------+-----------------+
|  备注   |                                                |
+---------+------------------------------------------------+";
    let table: Vec<usize> = expected.lines().map(UnicodeWidthStr::width).collect();
    assert_eq!(table, vec![60; 8], "the sample itself lines up");
    assert!(text.contains(expected), "{text}");
    assert!(text.contains("【草稿】") && text.contains("组长：____"));
}

proptest! {
    #[test]
    fn whatever_is_said_the_file_is_sound_and_says_it(text in any::<String>()) {
        let said = Document { title: text.clone(), sections: vec![Section { blocks: vec![Block::Paragraph(Paragraph::said(&text))], ..Section::default() }] };
        for (name, xml) in parts(&said) {
            prop_assert!(misplaced(&name, &xml).is_empty());
        }
        let bytes = docx(&said).unwrap();
        prop_assert!(zip::ZipArchive::new(Cursor::new(bytes)).is_ok());
        let clean = crate::domain::text::clean_text(&text);
        prop_assert!(clean.chars().filter(|c| !c.is_whitespace()).count() <= parts(&said)[4].1.chars().count());
    }
}
