//! The expert pool as a list: xlsx for people, csv for whatever reads it next. `experts_in` reads either back identically.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, XlsxError};

use super::csv_out;
use crate::domain::panel::expert::Expert;
use crate::wording::labels;

/// The headings with the widths of their columns in pixels.
const COLUMNS: [(&str, u32); 10] = [
    ("姓名", 80),
    ("工作单位", 220),
    ("职称", 110),
    ("专业", 170),
    ("联系方式", 120),
    ("任职经历", 260),
    ("本县人员", 70),
    ("不能到会", 260),
    ("状态", 60),
    ("停用原因", 140),
];

fn row(expert: &Expert) -> [String; 10] {
    let list = |parts: Vec<String>| parts.join("；");
    let disciplines: Vec<&str> = expert.disciplines.iter().map(|code| labels::discipline(code)).collect();
    [
        expert.name.clone(),
        expert.employer.clone(),
        expert.title.clone(),
        disciplines.join("、"),
        expert.contact.clone(),
        list(expert.past_roles.iter().map(ToString::to_string).collect()),
        if expert.local { "是" } else { "否" }.to_owned(),
        list(expert.absences.iter().map(ToString::to_string).collect()),
        if expert.active { "在用" } else { "停用" }.to_owned(),
        expert.inactive_reason.clone(),
    ]
}

/// Writes the list as text with commas.
pub fn csv(experts: &[Expert]) -> Vec<u8> {
    let head = COLUMNS.map(|(name, _)| name);
    let rows: Vec<Vec<String>> = experts.iter().map(|expert| row(expert).to_vec()).collect();
    csv_out::csv(&head, &rows)
}

/// Writes the list as a workbook. Every cell is text: a telephone number is no amount, and nothing is a formula.
pub fn xlsx(experts: &[Expert]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let head = Format::new().set_bold().set_align(FormatAlign::Center).set_border(FormatBorder::Thin);
    let cell = Format::new().set_num_format("@").set_text_wrap().set_align(FormatAlign::Top);
    let sheet = book.add_worksheet();
    sheet.set_name("专家库")?.set_freeze_panes(1, 0)?;
    for (column, (name, width)) in (0u16..).zip(COLUMNS) {
        sheet.set_column_width_pixels(column, width)?;
        sheet.write_string_with_format(0, column, name, &head)?;
    }
    for (line, expert) in (1u32..).zip(experts) {
        for (column, text) in (0u16..).zip(row(expert)) {
            sheet.write_string_with_format(line, column, text, &cell)?;
        }
    }
    sheet.autofilter(0, 0, u32::try_from(experts.len()).unwrap_or(u32::MAX).max(1), COLUMNS.len() as u16 - 1)?;
    book.save_to_buffer()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::csv_out::FORMULA;
    use crate::documents::{experts_in, form_in};
    use crate::domain::ids::ExpertId;
    use crate::domain::panel::absence::Absence;
    use crate::domain::panel::expert::PastRole;
    use crate::service::command::ExpertFacts;
    use proptest::prelude::*;

    fn known() -> Vec<String> {
        ["architecture", "security", "cost", "business"].map(str::to_owned).to_vec()
    }

    fn expert(name: &str, employer: &str) -> Expert {
        Expert {
            id: ExpertId(1),
            name: name.to_owned(),
            employer: employer.to_owned(),
            title: "教授".to_owned(),
            disciplines: ["cost".to_owned(), "security".to_owned()].into(),
            past_roles: vec![PastRole::parse("某设计院|顾问|2025-06").unwrap(), PastRole::parse("某公司").unwrap()],
            local: true,
            active: false,
            inactive_reason: "退休，\"不再受聘\"".to_owned(),
            contact: "+86 139".to_owned(),
            absences: vec![Absence::parse("2026-12-01|2026-12-20|出差").unwrap()],
            account: None,
        }
    }

    fn facts(expert: &Expert) -> ExpertFacts {
        let texts = |parts: Vec<String>| Some(parts);
        ExpertFacts {
            name: Some(expert.name.clone()),
            employer: Some(expert.employer.clone()),
            title: Some(expert.title.clone()),
            disciplines: texts(expert.disciplines.iter().cloned().collect()),
            past_roles: texts(expert.past_roles.iter().map(ToString::to_string).collect()),
            more_past_roles: Vec::new(),
            contact: Some(expert.contact.clone()),
            local: Some(expert.local),
            absences: texts(expert.absences.iter().map(ToString::to_string).collect()),
            active: Some((expert.active, expert.inactive_reason.clone())),
        }
    }

    fn read_back(file: &str, bytes: &[u8]) -> Vec<ExpertFacts> {
        let rows = experts_in::read(file, bytes, &known()).unwrap();
        assert!(rows.iter().all(|row| row.unread.is_empty()), "{rows:?}");
        rows.into_iter().map(|row| row.facts).collect()
    }

    #[test]
    fn both_lists_read_back_as_they_were_written() {
        let pool = [expert("何明远", "=cmd|' /C calc'!A0"), expert("'@甲", "某大学，分校"), expert("乙", "-1")];
        let said: Vec<ExpertFacts> = pool.iter().map(facts).collect();
        assert_eq!(read_back("a.csv", &csv(&pool)), said);
        assert_eq!(read_back("a.xlsx", &xlsx(&pool).unwrap()), said);
    }

    #[test]
    fn no_cell_of_a_text_file_begins_like_a_formula() {
        let pool = [expert("=1+1", "@SUM(A1)"), expert("'=2", "+3")];
        let sheets = form_in::read_sheets("a.csv", &csv(&pool)).unwrap();
        for row in &sheets[0].rows {
            assert!(row.iter().all(|cell| !cell.shown().starts_with(FORMULA)), "{row:?}");
        }
    }

    #[test]
    fn a_workbook_holds_text_alone_and_keeps_its_headings_in_sight() {
        let bytes = xlsx(&[expert("=1+1", "某大学")]).unwrap();
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let mut sheet = String::new();
        std::io::Read::read_to_string(&mut archive.by_name("xl/worksheets/sheet1.xml").unwrap(), &mut sheet).unwrap();
        assert!(
            !sheet.contains("<f>") && sheet.contains("state=\"frozen\"") && sheet.contains("customWidth"),
            "{sheet}"
        );
    }

    proptest! {
        #[test]
        fn any_name_comes_back_from_either_list(name in "[^\\p{C}\\s；;|｜]{1,12}") {
            let pool = [expert(&name, "某大学")];
            prop_assert_eq!(read_back("a.csv", &csv(&pool)), pool.iter().map(facts).collect::<Vec<_>>());
            prop_assert_eq!(read_back("a.xlsx", &xlsx(&pool).unwrap()), pool.iter().map(facts).collect::<Vec<_>>());
        }
    }
}
