//! A list of experts as the office keeps it: one header row, one expert a row, in any of the formats forms come in.

use super::form_in::{self, UnreadableForm};
use crate::domain::intake::Sheet;
use crate::service::command::NewExpert;
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
}

/// Reads the list. Disciplines may stand as codes or as their Chinese names.
pub fn read(file: &str, bytes: &[u8], disciplines: &[String]) -> Result<Vec<NewExpert>, NoList> {
    let sheets = form_in::read_sheets(file, bytes).map_err(NoList::Unreadable)?;
    let found = sheets.iter().find_map(|sheet| Some((sheet, header(sheet)?)));
    let (sheet, (head, columns)) = found.ok_or(NoList::NoHeader)?;
    let rows = (head + 1..sheet.rows.len()).map(|row| expert(sheet, row, &columns, disciplines));
    Ok(rows.filter(|expert| !(expert.name.is_empty() && expert.employer.is_empty())).collect())
}

/// How far down the headings may stand.
const DEEPEST_HEADER: usize = 20;

fn header(sheet: &Sheet) -> Option<(usize, Columns)> {
    (0..sheet.rows.len().min(DEEPEST_HEADER)).find_map(|row| {
        let mut columns = Columns::default();
        for column in 0..sheet.rows.get(row).map_or(0, Vec::len) {
            let heading: String = text(sheet, row, Some(column)).chars().filter(|c| !c.is_whitespace()).collect();
            let place = match heading.as_str() {
                "姓名" | "专家姓名" => &mut columns.name,
                "工作单位" | "单位" | "所在单位" => &mut columns.employer,
                "职称" | "职务职称" | "职务/职称" => &mut columns.title,
                "专业" | "专业领域" | "评审专业" => &mut columns.disciplines,
                "联系电话" | "联系方式" | "电话" | "手机" => &mut columns.contact,
                "任职经历" | "兼职" | "任职或受聘情况" => &mut columns.past_roles,
                "本县" | "本县人员" | "是否本县" => &mut columns.local,
                _ => continue,
            };
            place.get_or_insert(column);
        }
        (columns.name.is_some() && columns.employer.is_some()).then_some((row, columns))
    })
}

fn text(sheet: &Sheet, row: usize, column: Option<usize>) -> String {
    column.map(|column| sheet.cell(row, column).shown().trim().to_owned()).unwrap_or_default()
}

fn expert(sheet: &Sheet, row: usize, columns: &Columns, disciplines: &[String]) -> NewExpert {
    let several = |text: String, separators: &[char]| -> Vec<String> {
        text.split(separators).map(str::trim).filter(|one| !one.is_empty()).map(str::to_owned).collect()
    };
    let code = |said: String| {
        let known = disciplines.iter().find(|code| labels::discipline(code) == said);
        known.cloned().unwrap_or(said)
    };
    let fields = several(text(sheet, row, columns.disciplines), &[',', '，', '、', ';', '；', '\n']);
    NewExpert {
        name: text(sheet, row, columns.name),
        employer: text(sheet, row, columns.employer),
        title: text(sheet, row, columns.title),
        disciplines: fields.into_iter().map(code).collect(),
        past_roles: several(text(sheet, row, columns.past_roles), &[';', '；', '\n']),
        contact: text(sheet, row, columns.contact),
        local: matches!(text(sheet, row, columns.local).as_str(), "是" | "√" | "本县" | "true"),
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
        assert_eq!(experts.len(), 1);
        assert_eq!((experts[0].name.as_str(), &experts[0].disciplines), ("何明远", &known));
        assert_eq!(experts[0].past_roles, ["某设计院|顾问|2025-06", "某公司"]);
        assert_eq!(read("a.csv", "项目名称,金额\n甲,1\n".as_bytes(), &known).err(), Some(NoList::NoHeader));
    }
}
