//! A list of experts as the office keeps it: one header row, one expert a row, in any of the formats forms come in.

use super::csv_out::unguarded;
use super::form_in::{self, UnreadableForm};
use crate::domain::intake::Sheet;
use crate::domain::panel::absence::SEPARATORS;
use crate::domain::panel::expert::ExpertField;
use crate::service::command::{ExpertFacts, ExpertRow};
use crate::wording::labels;

/// Why a file holds no list of experts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoList {
    /// The file cannot be read.
    Unreadable(UnreadableForm),
    /// No row has the headings 姓名 and 工作单位.
    NoHeader,
}

/// Where each column is.
#[derive(Debug, Default)]
struct Columns {
    name: Option<usize>,
    employer: Option<usize>,
    title: Option<usize>,
    disciplines: Option<usize>,
    contact: Option<usize>,
    past_roles: Option<usize>,
    local: Option<usize>,
    absences: Option<usize>,
    status: Option<usize>,
    inactive_reason: Option<usize>,
}

/// A sheet while it is read.
struct List<'a> {
    sheet: &'a Sheet,
    columns: Columns,
    /// Whether the file is plain text, in which an apostrophe guards what would be a formula.
    guarded: bool,
}

/// Reads the list. Disciplines may stand as codes or as their Chinese names; about what has no column nothing is said.
pub fn read(file: &str, bytes: &[u8], disciplines: &[String]) -> Result<Vec<ExpertRow>, NoList> {
    let sheets = form_in::read_sheets(file, bytes).map_err(NoList::Unreadable)?;
    let found = sheets.iter().find_map(|sheet| Some((sheet, header(sheet)?)));
    let (sheet, (head, columns)) = found.ok_or(NoList::NoHeader)?;
    // Office documents are archives or compound files.
    let guarded = !bytes.starts_with(b"PK") && !bytes.starts_with(b"\xd0\xcf");
    let list = List { sheet, columns, guarded };
    let rows = (head + 1..sheet.rows.len()).map(|row| list.expert(row, disciplines));
    let is_blank = |text: &Option<String>| text.as_deref().unwrap_or_default().is_empty();
    Ok(rows.filter(|row| !(is_blank(&row.facts.name) && is_blank(&row.facts.employer))).collect())
}

/// How far down the headings may stand.
const DEEPEST_HEADER: usize = 20;

fn header(sheet: &Sheet) -> Option<(usize, Columns)> {
    (0..sheet.rows.len().min(DEEPEST_HEADER)).find_map(|row| {
        let mut columns = Columns::default();
        for column in 0..sheet.rows.get(row).map_or(0, Vec::len) {
            let heading: String = sheet.cell(row, column).shown().chars().filter(|c| !c.is_whitespace()).collect();
            let place = match heading.as_str() {
                "姓名" | "专家姓名" => &mut columns.name,
                "工作单位" | "单位" | "所在单位" => &mut columns.employer,
                "职称" | "职务职称" | "职务/职称" => &mut columns.title,
                "专业" | "专业领域" | "评审专业" => &mut columns.disciplines,
                "联系电话" | "联系方式" | "电话" | "手机" => &mut columns.contact,
                "任职经历" | "兼职" | "任职或受聘情况" => &mut columns.past_roles,
                "本县" | "本县人员" | "是否本县" => &mut columns.local,
                "不能到会" | "不能到会期间" | "请假" => &mut columns.absences,
                "状态" | "是否在用" => &mut columns.status,
                "停用原因" => &mut columns.inactive_reason,
                _ => continue,
            };
            place.get_or_insert(column);
        }
        (columns.name.is_some() && columns.employer.is_some()).then_some((row, columns))
    })
}

/// Reads yes and no; an empty cell says no. `None` for a word that is neither.
fn yes(word: &str) -> Option<bool> {
    match word {
        "是" | "√" | "本县" | "true" => Some(true),
        "" | "否" | "×" | "外县" | "false" => Some(false),
        _ => None,
    }
}

/// Reads whether an expert is in use; an empty cell says so. `None` for a word that says neither.
fn in_use(word: &str) -> Option<bool> {
    match word {
        "" | "在用" | "启用" | "正常" | "是" => Some(true),
        "停用" | "已停用" | "否" => Some(false),
        _ => None,
    }
}

impl List<'_> {
    fn text(&self, row: usize, column: Option<usize>) -> Option<String> {
        let shown = self.sheet.cell(row, column?).shown();
        let text = if self.guarded { unguarded(&shown) } else { &shown };
        Some(text.trim().to_owned())
    }

    fn several(&self, row: usize, column: Option<usize>, separators: &[char]) -> Option<Vec<String>> {
        let text = self.text(row, column)?;
        Some(text.split(separators).map(str::trim).filter(|one| !one.is_empty()).map(str::to_owned).collect())
    }

    fn expert(&self, row: usize, disciplines: &[String]) -> ExpertRow {
        let columns = &self.columns;
        let code = |said: String| {
            let known = disciplines.iter().find(|code| labels::discipline(code) == said);
            known.cloned().unwrap_or(said)
        };
        let mut unread = Vec::new();
        let mut word = |field, column, read: fn(&str) -> Option<bool>| {
            let word = self.text(row, column)?;
            let read = read(&word);
            if read.is_none() {
                unread.push((field, word));
            }
            read
        };
        let local = word(ExpertField::Local, columns.local, yes);
        let active = word(ExpertField::Status, columns.status, in_use);
        let fields = self.several(row, columns.disciplines, &[',', '，', '、', ';', '；', '\n']);
        let facts = ExpertFacts {
            name: self.text(row, columns.name),
            employer: self.text(row, columns.employer),
            title: self.text(row, columns.title),
            disciplines: fields.map(|fields| fields.into_iter().map(code).collect()),
            past_roles: self.several(row, columns.past_roles, &SEPARATORS),
            more_past_roles: Vec::new(),
            contact: self.text(row, columns.contact),
            local,
            absences: self.several(row, columns.absences, &SEPARATORS),
            active: active.map(|active| (active, self.text(row, columns.inactive_reason).unwrap_or_default())),
        };
        ExpertRow { row: row as u32 + self.sheet.first_row, facts, unread }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_reads_with_headings_anywhere_and_disciplines_by_name() {
        let csv = "玉山县专家库\n序号,姓名,工作单位,职称,专业,联系电话,任职经历\n\
                   1,何明远,某大学,教授,\"技术架构、security\",13907931234,某设计院|顾问|2025-06；某公司\n,,,,,,\n";
        let known: Vec<String> = ["architecture", "security"].map(str::to_owned).to_vec();
        let experts = read("a.csv", csv.as_bytes(), &known).unwrap();
        assert_eq!((experts.len(), experts[0].row), (1, 3));
        let facts = &experts[0].facts;
        assert_eq!((facts.name.as_deref(), facts.disciplines.as_ref()), (Some("何明远"), Some(&known)));
        assert_eq!(facts.past_roles.as_deref(), Some(&["某设计院|顾问|2025-06", "某公司"].map(str::to_owned)[..]));
        assert_eq!((facts.local, &facts.absences), (None, &None), "about what has no column nothing is said");
        assert_eq!(read("a.csv", "项目名称,金额\n甲,1\n".as_bytes(), &known).err(), Some(NoList::NoHeader));
    }

    #[test]
    fn a_word_that_stands_for_nothing_is_no_guess() {
        let csv = "姓名,工作单位,本县人员,状态,停用原因\n甲,某大学,大概,退休,\n乙,某大学,否,停用,调离\n";
        let rows = read("a.csv", csv.as_bytes(), &[]).unwrap();
        let words = [(ExpertField::Local, "大概".to_owned()), (ExpertField::Status, "退休".to_owned())];
        assert_eq!((rows[0].unread.as_slice(), rows[0].facts.local), (&words[..], None));
        assert_eq!(
            (rows[1].facts.local, rows[1].facts.active.clone()),
            (Some(false), Some((false, "调离".to_owned())))
        );
    }
}
