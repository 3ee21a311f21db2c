//! Word documents (.docx): the rows of their tables, and the paragraphs around them as rows of one cell.
//!
//! All tables of a document become one sheet, one below the other, because a form that runs over two pages is
//! often two tables. Rows are counted from the first paragraph that has any text.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::domain::intake::{Cell, Sheet, UnreadableForm};

use super::grid_in::{CELL_CHARS, Grid};
use super::xml_in::{attribute, count, damaged, entity};

/// Reads the main part of a document.
pub fn read(name: String, document: &[u8]) -> Result<Vec<Sheet>, UnreadableForm> {
    let mut walker = Walker::default();
    walker.grid.begin_sheet(name)?;
    let mut xml = Reader::from_reader(document);
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
                has_ended |= element.local_name().as_ref() == "document";
                walker.end(element.local_name().as_ref())?;
            }
            Event::Text(text) => walker.text(&text.xml10_content())?,
            Event::CData(text) => walker.text(&text.xml10_content())?,
            Event::GeneralRef(reference) => walker.text(entity(&reference)?.encode_utf8(&mut [0; 4]))?,
            Event::Eof if has_ended => return Ok(walker.grid.finish()),
            Event::Eof => return Err(UnreadableForm::Damaged),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
}

/// Where in the document the reader is.
#[derive(Default)]
struct Walker {
    grid: Grid,
    /// The row that is being filled.
    row: usize,
    /// How many tables deep; a table inside a cell is text of that cell.
    tables: usize,
    /// The next column of the row.
    column: usize,
    /// How many columns the current cell spans.
    span: usize,
    /// Whether the current cell continues the one above it.
    continues: bool,
    /// The text of the current cell or paragraph.
    text: String,
    /// Whether the text stands in `w:t`, where alone it is text.
    in_text: bool,
    /// How deep inside content that is shown twice or not at all.
    skipped: usize,
}

impl Walker {
    fn start(&mut self, element: &BytesStart<'_>) -> Result<(), UnreadableForm> {
        let name = element.local_name();
        let name = name.as_ref();
        // The fallback repeats what stands before it for old programs; deleted text is no text.
        if self.skipped > 0 || matches!(name, "Fallback" | "del" | "moveFrom") {
            self.skipped += 1;
            return Ok(());
        }
        match name {
            "tbl" => {
                if self.tables == 0 {
                    self.end_paragraph_row()?;
                }
                self.tables += 1;
            }
            "tr" if self.tables == 1 => self.column = 0,
            "gridBefore" if self.tables == 1 => self.column = self.column.saturating_add(count(element, "val", 0)?),
            "tc" if self.tables == 1 => {
                self.text.clear();
                self.span = 1;
                self.continues = false;
            }
            "gridSpan" if self.tables == 1 => self.span = count(element, "val", 1)?.max(1),
            "vMerge" if self.tables == 1 => {
                self.continues = attribute(element, "val")?.is_none_or(|value| value != "restart");
            }
            "t" => self.in_text = true,
            "br" | "cr" => self.push("\n")?,
            "tab" if self.in_paragraph() => self.push(" ")?,
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
            "tbl" => self.tables = self.tables.saturating_sub(1),
            "tr" if self.tables == 1 => self.row += 1,
            "tc" if self.tables == 1 => {
                let text = std::mem::take(&mut self.text);
                if self.continues {
                    self.grid.join_below(self.row, self.column);
                } else {
                    self.grid.put(self.row, self.column, Cell::Text(text.trim().to_owned()))?;
                }
                self.column = self.column.saturating_add(self.span);
            }
            "t" => self.in_text = false,
            "p" if self.tables == 0 => self.end_paragraph_row()?,
            "p" => self.push("\n")?,
            _ => {}
        }
        Ok(())
    }

    /// Makes a paragraph outside tables a row of one cell; blank paragraphs are only distance.
    fn end_paragraph_row(&mut self) -> Result<(), UnreadableForm> {
        let text = std::mem::take(&mut self.text);
        if !text.trim().is_empty() {
            self.grid.put(self.row, 0, Cell::Text(text.trim().to_owned()))?;
            self.row += 1;
        }
        Ok(())
    }

    /// Tells whether a tab is a character here; in the properties of a paragraph it is a position.
    fn in_paragraph(&self) -> bool {
        !self.text.is_empty()
    }

    fn text(&mut self, text: &str) -> Result<(), UnreadableForm> {
        if self.in_text && self.skipped == 0 { self.push(text) } else { Ok(()) }
    }

    fn push(&mut self, text: &str) -> Result<(), UnreadableForm> {
        self.text.push_str(text);
        // Checked here as well, so that one endless paragraph does not grow before the grid sees it.
        if self.text.len() > 4 * CELL_CHARS {
            return Err(UnreadableForm::CellTooLong { most: CELL_CHARS as u32 });
        }
        Ok(())
    }
}
