//! Enums, money and moments as SQLite keeps them. What a column holds and the code does not know is an error, never
//! a default.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rusqlite::Row;

use super::error::{StoreError, StoreResult};
use crate::domain::calendar::{Moment, YearMonth, from_millis, parse_date};
use crate::domain::money::Money;
use crate::domain::project::Overlay;

/// A column, by name or, where a row is long and read often, by its place.
#[derive(Debug, Clone, Copy)]
pub enum Column<'c> {
    /// By name.
    Named(&'c str),
    /// By its place; the name is for what is said when something is wrong with it.
    Placed(usize, &'c str),
}

impl<'c> From<&'c str> for Column<'c> {
    fn from(name: &'c str) -> Column<'c> {
        Column::Named(name)
    }
}

impl Column<'_> {
    fn name(&self) -> &str {
        match self {
            Column::Named(name) | Column::Placed(_, name) => name,
        }
    }
}

/// Reads a column.
pub fn get<'c, T: rusqlite::types::FromSql>(row: &Row<'_>, column: impl Into<Column<'c>>) -> StoreResult<T> {
    match column.into() {
        Column::Named(name) => row.get(name).map_err(StoreError::from),
        Column::Placed(place, _) => row.get(place).map_err(StoreError::from),
    }
}

/// Reads a column holding a code.
pub fn code<'c, T>(row: &Row<'_>, column: impl Into<Column<'c>>, parse: fn(&str) -> Option<T>) -> StoreResult<T> {
    let column = column.into();
    let text: String = get(row, column)?;
    parse(&text).ok_or_else(|| unreadable(column.name(), &text))
}

/// Reads a column that may hold a code.
pub fn maybe_code<'c, T>(
    row: &Row<'_>,
    column: impl Into<Column<'c>>,
    parse: fn(&str) -> Option<T>,
) -> StoreResult<Option<T>> {
    let column = column.into();
    let text: Option<String> = get(row, column)?;
    text.map(|text| parse(&text).ok_or_else(|| unreadable(column.name(), &text))).transpose()
}

/// Reads a column holding an amount.
pub fn money<'c>(row: &Row<'_>, column: impl Into<Column<'c>>) -> StoreResult<Money> {
    let column = column.into();
    let fen: i64 = get(row, column)?;
    Money::from_fen(fen).ok_or_else(|| unreadable(column.name(), &fen.to_string()))
}

/// Reads a column that may hold an amount.
pub fn maybe_money<'c>(row: &Row<'_>, column: impl Into<Column<'c>>) -> StoreResult<Option<Money>> {
    let column = column.into();
    let fen: Option<i64> = get(row, column)?;
    fen.map(|fen| Money::from_fen(fen).ok_or_else(|| unreadable(column.name(), &fen.to_string()))).transpose()
}

/// Reads a column holding a moment.
pub fn moment<'c>(row: &Row<'_>, column: impl Into<Column<'c>>) -> StoreResult<Moment> {
    let column = column.into();
    let millis: i64 = get(row, column)?;
    from_millis(millis).ok_or_else(|| unreadable(column.name(), &millis.to_string()))
}

/// Reads a column that may hold a moment.
pub fn maybe_moment<'c>(row: &Row<'_>, column: impl Into<Column<'c>>) -> StoreResult<Option<Moment>> {
    let column = column.into();
    let millis: Option<i64> = get(row, column)?;
    millis.map(|millis| from_millis(millis).ok_or_else(|| unreadable(column.name(), &millis.to_string()))).transpose()
}

/// Reads a column holding a day.
pub fn date<'c>(row: &Row<'_>, column: impl Into<Column<'c>>) -> StoreResult<NaiveDate> {
    code(row, column, parse_date)
}

/// Reads a column that may hold a day.
pub fn maybe_date<'c>(row: &Row<'_>, column: impl Into<Column<'c>>) -> StoreResult<Option<NaiveDate>> {
    maybe_code(row, column, parse_date)
}

/// Reads a column that may hold a month.
pub fn maybe_month<'c>(row: &Row<'_>, column: impl Into<Column<'c>>) -> StoreResult<Option<YearMonth>> {
    maybe_code(row, column, YearMonth::parse)
}

/// Reads a column holding a small count.
pub fn count<'c>(row: &Row<'_>, column: impl Into<Column<'c>>) -> StoreResult<u32> {
    let column = column.into();
    let number: i64 = get(row, column)?;
    u32::try_from(number).map_err(|_| unreadable(column.name(), &number.to_string()))
}

/// Reads a column that may hold a small count.
pub fn maybe_count<'c>(row: &Row<'_>, column: impl Into<Column<'c>>) -> StoreResult<Option<u32>> {
    let column = column.into();
    let number: Option<i64> = get(row, column)?;
    number.map(|n| u32::try_from(n).map_err(|_| unreadable(column.name(), &n.to_string()))).transpose()
}

/// Reads what lies over a project's stage: codes with blanks between them.
pub fn overlays<'c>(row: &Row<'_>, column: impl Into<Column<'c>>) -> StoreResult<BTreeSet<Overlay>> {
    let text: String = get(row, column)?;
    text.split_whitespace().map(|code| Overlay::parse(code).ok_or_else(|| unreadable("overlays", code))).collect()
}

/// Names a value the program cannot read.
pub fn unreadable(column: &str, value: &str) -> StoreError {
    StoreError::Unreadable(format!("{column}={value}"))
}

/// Runs a statement and reads all its rows.
pub fn rows<T>(
    statement: &mut rusqlite::CachedStatement<'_>,
    parameters: impl rusqlite::Params,
    read: impl Fn(&Row<'_>) -> StoreResult<T>,
) -> StoreResult<Vec<T>> {
    let mut found = statement.query(parameters)?;
    let mut all = Vec::new();
    while let Some(row) = found.next()? {
        all.push(read(row)?);
    }
    Ok(all)
}

/// Runs a statement and reads its first row, where there is one.
pub fn first<T>(
    statement: &mut rusqlite::CachedStatement<'_>,
    parameters: impl rusqlite::Params,
    read: impl Fn(&Row<'_>) -> StoreResult<T>,
) -> StoreResult<Option<T>> {
    let mut found = statement.query(parameters)?;
    found.next()?.map(read).transpose()
}
