//! Excel 97–2003 workbooks (.xls): the records of the `Workbook` stream (MS-XLS, BIFF8).
//!
//! Read here and not by calamine, because its xls reader lays out whole sheets, copies one shared string into any
//! number of cells, reserves what the file claims and indexes without looking; none of that can be counted from
//! outside. Of the several hundred kinds of records a form needs a dozen.

use std::collections::BTreeMap;

use crate::domain::intake::{Cell, ForeignFile, Merge, Sheet, UnreadableForm};

use super::compound_in::{u16_at, u32_at, u64_at};
use super::grid_in::{CELL_CHARS, Grid, SHEETS};
use super::sheet_in::number_cell;
use super::xls_text_in::{Pieces, date_format, day_of, read_text};

const BOF: u16 = 0x0809;
const EOF: u16 = 0x000a;
const CONTINUE: u16 = 0x003c;

/// Reads the visible sheets of a `Workbook` stream.
pub fn read(stream: &[u8]) -> Result<Vec<Sheet>, UnreadableForm> {
    let globals = Globals::read(stream)?;
    let mut grid = Grid::default();
    for (start, name) in &globals.sheets {
        grid.begin_sheet(name.clone())?;
        read_sheet(stream.get(*start..).ok_or(UnreadableForm::Damaged)?, &globals, &mut grid)?;
    }
    Ok(grid.finish())
}

/// A record with the pieces that continue it.
struct Record<'a> {
    kind: u16,
    pieces: Vec<&'a [u8]>,
}

impl<'a> Record<'a> {
    /// The record's own data, without continuations.
    fn data(&self) -> &'a [u8] {
        self.pieces.first().copied().unwrap_or_default()
    }
}

/// Walks the records from a position on; the stream must go on until its end record.
struct Records<'a> {
    stream: &'a [u8],
    at: usize,
}

impl<'a> Records<'a> {
    fn next(&mut self) -> Result<Record<'a>, UnreadableForm> {
        let (kind, data) = self.piece()?;
        let mut pieces = vec![data];
        while u16_at(self.stream, self.at) == Ok(CONTINUE) {
            pieces.push(self.piece()?.1);
        }
        Ok(Record { kind, pieces })
    }

    fn piece(&mut self) -> Result<(u16, &'a [u8]), UnreadableForm> {
        let kind = u16_at(self.stream, self.at)?;
        let start = self.at + 4;
        let end = start + usize::from(u16_at(self.stream, self.at + 2)?);
        self.at = end;
        Ok((kind, self.stream.get(start..end).ok_or(UnreadableForm::Damaged)?))
    }
}

/// What holds for all sheets.
#[derive(Default)]
struct Globals {
    /// Where each visible worksheet begins, and its name.
    sheets: Vec<(usize, String)>,
    strings: Vec<String>,
    /// For each cell format, whether it shows a number as a day.
    is_date: Vec<bool>,
    since_1904: bool,
}

impl Globals {
    fn read(stream: &[u8]) -> Result<Globals, UnreadableForm> {
        let mut globals = Globals::default();
        let mut formats = BTreeMap::new();
        let mut used_formats = Vec::new();
        let mut records = Records { stream, at: 0 };
        loop {
            let record = records.next()?;
            let data = record.data();
            match record.kind {
                BOF if u16_at(data, 0)? != 0x0600 => return Err(UnreadableForm::Foreign(ForeignFile::OldExcel)),
                0x002f => return Err(UnreadableForm::Encrypted),
                0x0022 => globals.since_1904 = u16_at(data, 0)? == 1,
                0x0085 => globals.add_sheet(data)?,
                0x041e => {
                    let text = read_text(&mut Pieces::new(&record.pieces, 2), false)?;
                    formats.insert(u16_at(data, 0)?, date_format(&text));
                }
                0x00e0 => used_formats.push(u16_at(data, 2)?),
                0x00fc => globals.strings = read_strings(&record)?,
                EOF => break,
                _ => {}
            }
        }
        let is_date = |format: &u16| {
            formats.get(format).copied().unwrap_or(matches!(format, 14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58))
        };
        globals.is_date = used_formats.iter().map(is_date).collect();
        Ok(globals)
    }

    /// Notes a sheet unless it is hidden or no worksheet.
    fn add_sheet(&mut self, data: &[u8]) -> Result<(), UnreadableForm> {
        let (visibility, kind) = (data.get(4), data.get(5));
        if self.sheets.len() > SHEETS {
            return Err(UnreadableForm::TooManySheets { most: SHEETS as u32 });
        }
        if visibility.is_some_and(|hidden| hidden & 3 == 0) && kind == Some(&0) {
            let name = read_text(&mut Pieces::new(&[data], 6), true)?;
            self.sheets.push((u32_at(data, 0)? as usize, name));
        }
        Ok(())
    }
}

/// Reads the table of strings the cells share; the count it claims is not believed.
fn read_strings(record: &Record<'_>) -> Result<Vec<String>, UnreadableForm> {
    let mut pieces = Pieces::new(&record.pieces, 8);
    let mut strings = Vec::new();
    while !pieces.is_done() {
        strings.push(read_text(&mut pieces, false)?);
    }
    Ok(strings)
}

fn read_sheet(stream: &[u8], globals: &Globals, grid: &mut Grid) -> Result<(), UnreadableForm> {
    let mut records = Records { stream, at: 0 };
    // Charts inside the sheet are streams of their own, with cells of their own.
    let mut depth = 0u32;
    let mut formula_at = None;
    loop {
        let record = records.next()?;
        match record.kind {
            BOF => depth += 1,
            EOF if depth <= 1 => return Ok(()),
            EOF => depth -= 1,
            _ if depth > 1 => {}
            0x00e5 => join_cells(record.data(), grid)?,
            // The text a formula came to stands in a record of its own.
            0x0207 => {
                if let Some((row, column)) = formula_at.take() {
                    let text = read_text(&mut Pieces::new(&record.pieces, 0), false)?;
                    grid.put(row, column, Cell::Text(text))?;
                }
            }
            kind => {
                let cell = CellRecord { data: record.data(), pieces: &record.pieces, globals };
                if cell.read(kind, grid)? {
                    formula_at = Some(cell.place()?);
                }
            }
        }
    }
}

/// A record that may be one or more cells.
struct CellRecord<'a, 'b> {
    data: &'a [u8],
    pieces: &'b [&'a [u8]],
    globals: &'b Globals,
}

impl CellRecord<'_, '_> {
    fn place(&self) -> Result<(usize, usize), UnreadableForm> {
        Ok((usize::from(u16_at(self.data, 0)?), usize::from(u16_at(self.data, 2)?)))
    }

    /// Puts the cells of the record; tells whether the text of a formula follows.
    fn read(&self, kind: u16, grid: &mut Grid) -> Result<bool, UnreadableForm> {
        let put = |grid: &mut Grid, cell| {
            let (row, column) = self.place()?;
            grid.put(row, column, cell)
        };
        match kind {
            0x0203 => put(grid, self.number(&f64::from_bits(u64_at(self.data, 6)?).to_string(), 4)?)?,
            0x027e => put(grid, self.number(&packed_number(u32_at(self.data, 6)?), 4)?)?,
            0x00bd => {
                let (row, first) = self.place()?;
                // Six bytes a cell, after row and first column, before the last column.
                let cells = self.data.len().saturating_sub(6) / 6;
                for index in 0..cells {
                    let at = 4 + 6 * index;
                    grid.put(row, first + index, self.number(&packed_number(u32_at(self.data, at + 2)?), at)?)?;
                }
            }
            0x00fd => {
                let text = self.globals.strings.get(u32_at(self.data, 6)? as usize).ok_or(UnreadableForm::Damaged)?;
                put(grid, Cell::Text(text.clone()))?;
            }
            0x0204 => put(grid, Cell::Text(read_text(&mut Pieces::new(self.pieces, 6), false)?))?,
            0x0205 => put(grid, yes_or_error(u16_at(self.data, 6)?))?,
            0x0006 => {
                let value = u64_at(self.data, 6)?;
                if value >> 48 != 0xffff {
                    put(grid, self.number(&f64::from_bits(value).to_string(), 4)?)?;
                    return Ok(false);
                }
                match value & 0xff {
                    0 => return Ok(true),
                    1 | 2 => put(grid, yes_or_error(((value >> 16 & 0xff) | (value & 2) << 7) as u16))?,
                    _ => {}
                }
            }
            _ => {}
        }
        Ok(false)
    }

    /// Makes the cell of a number, a day where its format at the offset shows one.
    fn number(&self, digits: &str, format_at: usize) -> Result<Cell, UnreadableForm> {
        let format = usize::from(u16_at(self.data, format_at)?);
        let is_date = self.globals.is_date.get(format).copied().unwrap_or(false);
        Ok(match number_cell(digits) {
            Cell::Number(shown) if is_date => {
                day_of(&shown, self.globals.since_1904).map_or(Cell::Number(shown), Cell::Date)
            }
            other => other,
        })
    }
}

/// Tells the digits of a packed number; its division by a hundred is done on the digits.
fn packed_number(packed: u32) -> String {
    let digits = if packed & 2 != 0 {
        // Shifting the sign along.
        (packed.cast_signed() >> 2).to_string()
    } else {
        f64::from_bits(u64::from(packed & !3) << 32).to_string()
    };
    if packed & 1 != 0 { format!("{digits}e-2") } else { digits }
}

/// Makes the cell of a truth value or, where the high byte says so, of an error.
fn yes_or_error(value: u16) -> Cell {
    let [low, is_error] = value.to_le_bytes();
    let text = match (is_error != 0, low) {
        (false, 0) => "FALSE",
        (false, _) => "TRUE",
        (true, 0x07) => "#DIV/0!",
        (true, 0x17) => "#REF!",
        (true, 0x2a) => "#N/A",
        (true, _) => "#VALUE!",
    };
    Cell::Text(text.to_owned())
}

fn join_cells(data: &[u8], grid: &mut Grid) -> Result<(), UnreadableForm> {
    for index in 0..usize::from(u16_at(data, 0)?) {
        let at = |offset: usize| u16_at(data, 2 + 8 * index + offset).map(usize::from);
        let (top, bottom, left, right) = (at(0)?, at(2)?, at(4)?, at(6)?);
        grid.join(Merge { top, bottom, left, right });
    }
    Ok(())
}

// A string longer than a cell can hold is refused by the grid; this keeps the reader from building one first.
const _: () = assert!(CELL_CHARS <= u16::MAX as usize);
