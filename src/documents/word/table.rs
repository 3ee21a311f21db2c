//! Tables as WordprocessingML: fixed widths, headings on every page, rows that do not break.

use super::body::paragraph;
use super::model::{Cell, Row, Table};

/// Writes a table.
pub fn table(it: &Table) -> String {
    let widths = it.widths();
    let whole: u32 = widths.iter().sum();
    let grid: String = widths.iter().map(|width| format!("<w:gridCol w:w=\"{width}\"/>")).collect();
    let edge = |name| format!("<w:{name} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>");
    let edges: String = ["top", "left", "bottom", "right", "insideH", "insideV"].map(edge).concat();
    let rows: String = it.rows.iter().enumerate().map(|(place, row)| one(row, place < it.head, &widths)).collect();
    format!(
        "<w:tbl><w:tblPr><w:tblW w:w=\"{whole}\" w:type=\"dxa\"/><w:tblBorders>{edges}</w:tblBorders>\
         <w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:top w:w=\"60\" w:type=\"dxa\"/><w:left w:w=\"85\" \
         w:type=\"dxa\"/><w:bottom w:w=\"60\" w:type=\"dxa\"/><w:right w:w=\"85\" w:type=\"dxa\"/></w:tblCellMar>\
         </w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )
}

fn one(row: &Row, is_head: bool, widths: &[u32]) -> String {
    let mut properties = String::new();
    if row.is_kept_whole() {
        properties.push_str("<w:cantSplit/>");
    }
    if row.height > 0 {
        properties.push_str(&format!("<w:trHeight w:val=\"{}\" w:hRule=\"atLeast\"/>", row.height));
    }
    if is_head {
        properties.push_str("<w:tblHeader/>");
    }
    let mut column = 0;
    let cells: String = row
        .cells
        .iter()
        .map(|it| {
            let width: u32 = widths.iter().skip(column).take(it.span).sum();
            column += it.span;
            cell(it, width)
        })
        .collect();
    let properties = if properties.is_empty() { properties } else { format!("<w:trPr>{properties}</w:trPr>") };
    format!("<w:tr>{properties}{cells}</w:tr>")
}

fn cell(it: &Cell, width: u32) -> String {
    let span = if it.span > 1 { format!("<w:gridSpan w:val=\"{}\"/>", it.span) } else { String::new() };
    let content: String = it.paragraphs.iter().map(|text| paragraph(text, None)).collect();
    format!(
        "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{span}<w:vAlign w:val=\"center\"/></w:tcPr>{content}</w:tc>"
    )
}
