//! Where the table of a form begins, and what its columns hold.

use super::amount::AmountUnit;
use super::cell::{Cell, Sheet, column_letters};
use super::columns::{Field, field_of, header_name, unit_in};
use super::text::{Lines, clean};

/// Besides 项目名称, so many known columns make a row the header of a table.
const OTHER_COLUMNS: usize = 2;

/// One column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// What it holds; `None` for a column that is not understood.
    pub field: Option<Field>,
    /// Its name in messages: `D 项目投资额`.
    pub label: String,
    /// Whether an earlier column has the same meaning.
    pub repeats: bool,
}

/// The header of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Index of the first row after the header.
    pub next: usize,
    /// The columns, by their index on the sheet.
    pub columns: Vec<Column>,
    /// The unit its amounts are written in, where the header names one.
    pub unit: Option<AmountUnit>,
}

impl Header {
    /// Reads the header that begins in the row at an index; `None` if it is another row.
    pub fn read(sheet: &Sheet, row: usize) -> Option<Header> {
        let own = sheet.rows.get(row)?;
        let known: Vec<Field> = own.iter().filter_map(|cell| field_of(&cell.shown())).collect();
        let others = known.iter().filter(|field| !matches!(field, Field::Name | Field::Sequence)).count();
        if !known.contains(&Field::Name) || others < OTHER_COLUMNS {
            return None;
        }
        let below = sheet.rows.get(row + 1).filter(|below| is_second_line(below));
        let width = own.len().max(below.map_or(0, Vec::len));
        let mut columns: Vec<Column> = Vec::with_capacity(width);
        let mut unit = None;
        for index in 0..width {
            let above = clean(&own.get(index).map(Cell::shown).unwrap_or_default(), Lines::One).text;
            let under = below.and_then(|cells| cells.get(index)).map(Cell::shown).unwrap_or_default();
            // 开始 below 项目起始时间 says more than the text above it.
            let field = field_of(&under).or_else(|| field_of(&above));
            let name = if field_of(&under).is_some() { header_name(&under) } else { header_name(&above) };
            if field == Some(Field::Amount) {
                unit = unit.or_else(|| unit_in(&above)).or_else(|| unit_in(&under));
            }
            let repeats = field.is_some_and(|field| columns.iter().any(|column| column.field == Some(field)));
            let label = format!("{} {}", column_letters(index), name).trim_end().to_owned();
            columns.push(Column { field, label, repeats });
        }
        Some(Header { next: row + 1 + usize::from(below.is_some()), columns, unit })
    }

    /// Tells where a field stands.
    pub fn index_of(&self, field: Field) -> Option<usize> {
        self.columns.iter().position(|column| column.field == Some(field))
    }

    /// Tells where every column about secrecy stands; a second one is never ignored.
    pub fn secrecy_columns(&self) -> impl Iterator<Item = (usize, bool)> {
        self.columns.iter().enumerate().filter_map(|(index, column)| match column.field {
            Some(Field::Secret) => Some((index, false)),
            Some(Field::Unclassified) => Some((index, true)),
            _ => None,
        })
    }

    /// Names the column of a field in messages.
    pub fn label(&self, field: Field) -> String {
        self.index_of(field)
            .and_then(|index| self.columns.get(index))
            .map(|column| column.label.clone())
            .unwrap_or_default()
    }
}

/// Tells whether a row only divides the columns of the header above it, such as 开始 | 结束.
fn is_second_line(cells: &[Cell]) -> bool {
    let mut fields = cells.iter().filter(|cell| !cell.is_blank()).map(|cell| field_of(&cell.shown()));
    let mut any = false;
    fields.all(|field| {
        any = true;
        field.is_some_and(|field| !matches!(field, Field::Name | Field::Sequence))
    }) && any
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(texts: &[&str]) -> Vec<Cell> {
        texts.iter().map(|text| Cell::Text((*text).to_owned())).collect()
    }

    #[test]
    fn a_header_may_take_two_rows() {
        let sheet = Sheet {
            rows: vec![
                cells(&["序号", "项目名称", "项目起始时间", "", "项目投资额（元）", "资金来源"]),
                cells(&["", "", "开始", "结束"]),
            ],
            ..Sheet::default()
        };
        let header = Header::read(&sheet, 0).unwrap();
        assert_eq!(header.next, 2);
        assert_eq!(header.index_of(Field::End), Some(3));
        assert_eq!(header.label(Field::Amount), "E 项目投资额");
        assert_eq!(header.unit, Some(AmountUnit::Yuan));
    }
}
