//! A sheet while it is being read, with the limits that keep a hostile file from exhausting memory.

use crate::domain::intake::{Cell, Merge, Sheet, UnreadableForm};

/// No form is longer.
pub const ROWS: usize = 20_000;
/// No form is wider.
pub const COLUMNS: usize = 100;
/// The most a spreadsheet cell can hold.
pub const CELL_CHARS: usize = 32_768;
/// No form has more sheets.
pub const SHEETS: usize = 64;
/// Cells of all sheets together, the empty ones in between included: some 64 MB.
const ALL_CELLS: usize = ROWS * COLUMNS;
/// Text of all cells together; one string shared by a million cells is copied a million times.
const ALL_BYTES: usize = 64 * 1024 * 1024;
/// Joined cells beyond this number are left apart: looking them up must stay quick.
const MERGES: usize = 2_000;

/// Collects the sheets of one file.
#[derive(Debug, Default)]
pub struct Grid {
    sheets: Vec<Sheet>,
    cells: usize,
    bytes: usize,
}

impl Grid {
    /// Begins the next sheet.
    pub fn begin_sheet(&mut self, name: String) -> Result<(), UnreadableForm> {
        if self.sheets.len() >= SHEETS {
            return Err(UnreadableForm::TooManySheets { most: SHEETS as u32 });
        }
        self.check_text(&name)?;
        self.sheets.push(Sheet { name, first_row: 1, rows: Vec::new(), merges: Vec::new() });
        Ok(())
    }

    /// Puts a cell at an index of the current sheet; an empty one takes no room.
    pub fn put(&mut self, row: usize, column: usize, cell: Cell) -> Result<(), UnreadableForm> {
        match &cell {
            Cell::Empty => return Ok(()),
            Cell::Text(text) if text.is_empty() => return Ok(()),
            Cell::Text(text) | Cell::Number(text) => self.check_text(text)?,
            Cell::Date(_) => {}
        }
        if row >= ROWS {
            return Err(UnreadableForm::TooManyRows { most: ROWS as u32 });
        }
        if column >= COLUMNS {
            return Err(UnreadableForm::TooManyColumns { most: COLUMNS as u32 });
        }
        let Some(sheet) = self.sheets.last_mut() else { return Err(UnreadableForm::Damaged) };
        let new_rows = (row + 1).saturating_sub(sheet.rows.len());
        if new_rows > 0 {
            sheet.rows.resize_with(row + 1, Vec::new);
        }
        let Some(cells) = sheet.rows.get_mut(row) else { return Err(UnreadableForm::Damaged) };
        let new_cells = (column + 1).saturating_sub(cells.len());
        self.cells += new_rows + new_cells;
        if self.cells > ALL_CELLS {
            return Err(UnreadableForm::TooMuchText);
        }
        if new_cells > 0 {
            cells.resize(column + 1, Cell::Empty);
        }
        if let Some(slot) = cells.get_mut(column) {
            *slot = cell;
        }
        Ok(())
    }

    /// Notes cells that are joined from one row down to another; joined sideways only, they need no note.
    pub fn join(&mut self, merge: Merge) {
        if let Some(sheet) = self.sheets.last_mut()
            && merge.top < merge.bottom
            && sheet.merges.len() < MERGES
        {
            sheet.merges.push(merge);
        }
    }

    /// Lengthens by one row the joined cells that begin in the nearest row above in this column.
    pub fn join_below(&mut self, row: usize, column: usize) {
        let Some(sheet) = self.sheets.last_mut() else { return };
        let above = row.saturating_sub(1);
        match sheet.merges.iter_mut().rev().find(|merge| merge.left == column && merge.bottom == above) {
            Some(merge) => merge.bottom = row,
            None => self.join(Merge { top: above, bottom: row, left: column, right: column }),
        }
    }

    /// Hands over what was collected.
    pub fn finish(self) -> Vec<Sheet> {
        self.sheets
    }

    fn check_text(&mut self, text: &str) -> Result<(), UnreadableForm> {
        self.bytes += text.len();
        if text.len() > CELL_CHARS && text.chars().count() > CELL_CHARS {
            return Err(UnreadableForm::CellTooLong { most: CELL_CHARS as u32 });
        }
        if self.bytes > ALL_BYTES { Err(UnreadableForm::TooMuchText) } else { Ok(()) }
    }
}
