//! OpenDocument spreadsheets (.ods), as WPS and LibreOffice write them.
//!
//! Read here and not by calamine, which lays out every repeated row and column: `number-rows-repeated` is how ods
//! says that a million rows below are empty, and how a bomb says that they are not. Here an empty repetition only
//! moves on, and a filled one meets the limits of the grid.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::domain::intake::{Cell, ForeignFile, Merge, Sheet, UnreadableForm};

use super::archive_in::Archive;
use super::grid_in::{CELL_CHARS, COLUMNS, Grid, ROWS};
use super::sheet_in::{iso_day, number_cell};
use super::xml_in::{attribute, count, damaged, entity};

/// Reads the sheets of an OpenDocument archive.
pub fn read(archive: &mut Archive<'_>) -> Result<Vec<Sheet>, UnreadableForm> {
    if archive.holds("META-INF/manifest.xml") {
        let manifest = archive.part("META-INF/manifest.xml")?;
        if String::from_utf8_lossy(&manifest).contains("encryption-data") {
            return Err(UnreadableForm::Encrypted);
        }
    }
    let content = archive.part("content.xml")?;
    let mut walker = Walker::default();
    let mut xml = Reader::from_reader(content.as_slice());
    let mut buffer = Vec::new();
    let mut has_ended = false;
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer).map_err(damaged)? {
            Event::Start(element) => walker.start(&element)?,
            Event::Empty(element) => {
                walker.start(&element)?;
                walker.end(element.local_name().as_ref())?;
            }
            Event::End(element) => {
                has_ended |= element.local_name().as_ref() == "document-content";
                walker.end(element.local_name().as_ref())?;
            }
            Event::Text(text) => walker.push(&text.xml10_content())?,
            Event::CData(text) => walker.push(&text.xml10_content())?,
            Event::GeneralRef(reference) => walker.push(entity(&reference)?.encode_utf8(&mut [0; 4]))?,
            Event::Eof if !has_ended => return Err(UnreadableForm::Damaged),
            Event::Eof if !walker.is_spreadsheet => return Err(UnreadableForm::Foreign(ForeignFile::OldWord)),
            Event::Eof => return Ok(walker.grid.finish()),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
}

/// Where in the workbook the reader is.
#[derive(Default)]
struct Walker {
    grid: Grid,
    is_spreadsheet: bool,
    row: usize,
    column: usize,
    /// How many times the current row stands in the sheet.
    row_repeats: usize,
    /// The filled cells of the current row, for its repetitions.
    filled: Vec<(usize, Cell)>,
    cell: OpenCell,
    /// How many `text:p` deep.
    paragraphs: usize,
    /// How deep inside a comment or a drawing.
    skipped: usize,
}

/// A cell between its start and its end.
#[derive(Default)]
struct OpenCell {
    is_open: bool,
    /// Whether it lies under a joined cell and cannot be seen.
    is_covered: bool,
    repeats: usize,
    rows_spanned: usize,
    kind: String,
    value: Option<String>,
    day: Option<String>,
    text: String,
    has_paragraph: bool,
}

impl OpenCell {
    fn content(&self) -> Cell {
        let number = self.value.as_deref().unwrap_or_default();
        let day = self.day.as_deref().and_then(iso_day);
        match (self.kind.as_str(), day) {
            _ if self.is_covered => Cell::Empty,
            ("float" | "currency" | "percentage", _) if !number.is_empty() => number_cell(number),
            ("date", Some(day)) => Cell::Date(day),
            _ if self.text.is_empty() => Cell::Empty,
            _ => Cell::Text(self.text.clone()),
        }
    }
}

impl Walker {
    fn start(&mut self, element: &BytesStart<'_>) -> Result<(), UnreadableForm> {
        let name = element.local_name();
        let name = name.as_ref();
        if self.skipped > 0 || matches!(name, "annotation" | "shapes" | "tracked-changes") {
            self.skipped += 1;
            return Ok(());
        }
        match name {
            "spreadsheet" => self.is_spreadsheet = true,
            "table" => {
                self.grid.begin_sheet(attribute(element, "name")?.unwrap_or_default())?;
                self.row = 0;
            }
            "table-row" => {
                self.column = 0;
                self.row_repeats = count(element, "number-rows-repeated", 1)?.max(1);
                self.filled.clear();
            }
            "table-cell" | "covered-table-cell" => {
                self.cell = OpenCell {
                    is_open: true,
                    is_covered: name == "covered-table-cell",
                    repeats: count(element, "number-columns-repeated", 1)?.max(1),
                    rows_spanned: count(element, "number-rows-spanned", 1)?,
                    kind: attribute(element, "value-type")?.unwrap_or_default(),
                    value: attribute(element, "value")?,
                    day: attribute(element, "date-value")?,
                    ..OpenCell::default()
                };
            }
            "p" => {
                if self.cell.has_paragraph {
                    self.cell.text.push('\n');
                }
                self.cell.has_paragraph = true;
                self.paragraphs += 1;
            }
            // Several blanks in a row are counted, not written.
            "s" => {
                let blanks = count(element, "c", 1)?.min(CELL_CHARS);
                self.push(&" ".repeat(blanks))?;
            }
            "tab" => self.push(" ")?,
            "line-break" => self.push("\n")?,
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), UnreadableForm> {
        if self.skipped > 0 {
            self.skipped -= 1;
            return Ok(());
        }
        match name {
            "p" => self.paragraphs = self.paragraphs.saturating_sub(1),
            "table-cell" | "covered-table-cell" => self.end_cell()?,
            "table-row" => self.end_row()?,
            _ => {}
        }
        Ok(())
    }

    fn end_cell(&mut self) -> Result<(), UnreadableForm> {
        let cell = std::mem::take(&mut self.cell);
        let content = cell.content();
        if content != Cell::Empty {
            if self.column.saturating_add(cell.repeats) > COLUMNS {
                return Err(UnreadableForm::TooManyColumns { most: COLUMNS as u32 });
            }
            for column in self.column..self.column + cell.repeats {
                self.filled.push((column, content.clone()));
            }
        }
        if cell.rows_spanned > 1 && self.column < COLUMNS && self.row < ROWS {
            let bottom = self.row.saturating_add(cell.rows_spanned - 1).min(ROWS);
            self.grid.join(Merge { top: self.row, bottom, left: self.column, right: self.column });
        }
        self.column = self.column.saturating_add(cell.repeats);
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), UnreadableForm> {
        if !self.filled.is_empty() {
            if self.row.saturating_add(self.row_repeats) > ROWS {
                return Err(UnreadableForm::TooManyRows { most: ROWS as u32 });
            }
            for row in self.row..self.row + self.row_repeats {
                for (column, cell) in &self.filled {
                    self.grid.put(row, *column, cell.clone())?;
                }
            }
        }
        self.row = self.row.saturating_add(self.row_repeats);
        Ok(())
    }

    fn push(&mut self, text: &str) -> Result<(), UnreadableForm> {
        if !self.cell.is_open || self.paragraphs == 0 || self.skipped > 0 {
            return Ok(());
        }
        self.cell.text.push_str(text);
        if self.cell.text.len() > 4 * CELL_CHARS {
            return Err(UnreadableForm::CellTooLong { most: CELL_CHARS as u32 });
        }
        Ok(())
    }
}
