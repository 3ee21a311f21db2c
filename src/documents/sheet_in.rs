//! Excel workbooks (.xlsx, .xlsm), read cell by cell.
//!
//! calamine's `worksheet_range` lays a sheet out from its first to its last cell: A1 and XFD1048576, 1.7 KB of
//! file, become 549 GB. Its cell reader only hands out what is there, and the grid refuses what is too far out.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, DataRef, DataType, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use chrono::NaiveDate;
use quick_xml::events::Event;

use crate::domain::intake::cell::fifteen_digits;
use crate::domain::intake::{Cell, Merge, Sheet, UnreadableForm};

use super::archive_in::Archive;
use super::grid_in::{COLUMNS, Grid, ROWS};
use super::xml_in::{count, damaged};

/// Reads the visible sheets of a workbook; the archive was measured before.
pub fn read(archive: &mut Archive<'_>, bytes: &[u8]) -> Result<Vec<Sheet>, UnreadableForm> {
    check_string_count(archive)?;
    // A fault of the parser must cost one file, not the session of everybody's work.
    catch_unwind(AssertUnwindSafe(|| read_workbook(bytes))).unwrap_or(Err(UnreadableForm::Damaged))
}

fn read_workbook(bytes: &[u8]) -> Result<Vec<Sheet>, UnreadableForm> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(reason)?;
    let sheets: Vec<_> = workbook.sheets_metadata().to_vec();
    let mut grid = Grid::default();
    for sheet in sheets {
        if sheet.typ != SheetType::WorkSheet || sheet.visible != SheetVisible::Visible {
            continue;
        }
        grid.begin_sheet(sheet.name.clone())?;
        read_cells(&mut workbook, &sheet.name, &mut grid)?;
        // Cells that are joined wrongly are not joined; their content was read.
        for area in workbook.merge_cells_by_sheet_name(&sheet.name).unwrap_or_default() {
            let (top, left) = (area.start.0 as usize, area.start.1 as usize);
            let (bottom, right) = (area.end.0 as usize, area.end.1 as usize);
            if left < COLUMNS && top < ROWS {
                grid.join(Merge { top, bottom: bottom.min(ROWS), left, right });
            }
        }
    }
    Ok(grid.finish())
}

fn read_cells(workbook: &mut Xlsx<Cursor<&[u8]>>, sheet: &str, grid: &mut Grid) -> Result<(), UnreadableForm> {
    let mut cells = workbook.worksheet_cells_reader(sheet).map_err(reason)?;
    while let Some(found) = cells.next_cell().map_err(reason)? {
        let (row, column) = found.get_position();
        grid.put(row as usize, column as usize, cell(found.get_value()))?;
    }
    Ok(())
}

/// calamine reserves room for as many strings as the file claims to have, before it reads the first.
fn check_string_count(archive: &mut Archive<'_>) -> Result<(), UnreadableForm> {
    let parts: Vec<String> =
        archive.names().iter().filter(|name| name.to_lowercase().ends_with("sharedstrings.xml")).cloned().collect();
    for part in parts {
        let content = archive.part(&part)?;
        let mut xml = quick_xml::Reader::from_reader(content.as_slice());
        let mut buffer = Vec::new();
        loop {
            buffer.clear();
            match xml.read_event_into(&mut buffer).map_err(damaged)? {
                Event::Start(element) if element.local_name().as_ref() == "sst" => {
                    if count(&element, "uniqueCount", 0)? > ROWS * COLUMNS {
                        return Err(UnreadableForm::Bomb);
                    }
                    break;
                }
                Event::Eof => break,
                _ => {}
            }
        }
    }
    Ok(())
}

fn cell(value: &DataRef<'_>) -> Cell {
    match value {
        DataRef::Empty => Cell::Empty,
        DataRef::String(text) => Cell::Text(text.clone()),
        DataRef::SharedString(text) => Cell::Text((*text).to_owned()),
        // `Display` writes the shortest digits that mean the same number; no arithmetic is done with it.
        DataRef::Float(number) => number_cell(&number.to_string()),
        DataRef::Int(number) => number_cell(&number.to_string()),
        DataRef::Bool(yes) => Cell::Text(if *yes { "TRUE" } else { "FALSE" }.to_owned()),
        DataRef::DateTime(moment) => match Data::DateTime(*moment).as_date() {
            Some(day) if moment.is_datetime() => Cell::Date(day),
            _ => number_cell(&moment.to_string()),
        },
        DataRef::DateTimeIso(text) => iso_day(text).map_or_else(|| Cell::Text(text.clone()), Cell::Date),
        DataRef::DurationIso(text) => Cell::Text(text.clone()),
        DataRef::Error(error) => Cell::Text(error.to_string()),
    }
}

/// Makes the cell of a number as the spreadsheet program shows it.
pub fn number_cell(digits: &str) -> Cell {
    fifteen_digits(digits).map_or_else(|| Cell::Text(digits.to_owned()), Cell::Number)
}

/// Reads the day at the beginning of `2027-03-01T00:00:00`.
pub fn iso_day(text: &str) -> Option<NaiveDate> {
    let day = text.split_once('T').map_or(text, |(day, _)| day);
    NaiveDate::parse_from_str(day, "%Y-%m-%d").ok()
}

fn reason(error: XlsxError) -> UnreadableForm {
    match error {
        XlsxError::Password => UnreadableForm::Encrypted,
        _ => UnreadableForm::Damaged,
    }
}
