//! Enums, money and moments as SQLite keeps them. What a column holds and the code does not know is an error, never
//! a default.

use chrono::NaiveDate;
use rusqlite::Row;

use super::error::{StoreError, StoreResult};
use crate::domain::calendar::{Moment, YearMonth, from_millis, parse_date};
use crate::domain::money::Money;

/// Reads a column.
pub fn get<T: rusqlite::types::FromSql>(row: &Row<'_>, column: &str) -> StoreResult<T> {
    row.get(column).map_err(StoreError::from)
}

/// Reads a column holding a code.
pub fn code<T>(row: &Row<'_>, column: &str, parse: fn(&str) -> Option<T>) -> StoreResult<T> {
    let text: String = get(row, column)?;
    parse(&text).ok_or_else(|| unreadable(column, &text))
}

/// Reads a column that may hold a code.
pub fn maybe_code<T>(row: &Row<'_>, column: &str, parse: fn(&str) -> Option<T>) -> StoreResult<Option<T>> {
    let text: Option<String> = get(row, column)?;
    text.map(|text| parse(&text).ok_or_else(|| unreadable(column, &text))).transpose()
}

/// Reads a column holding an amount.
pub fn money(row: &Row<'_>, column: &str) -> StoreResult<Money> {
    let fen: i64 = get(row, column)?;
    Money::from_fen(fen).ok_or_else(|| unreadable(column, &fen.to_string()))
}

/// Reads a column that may hold an amount.
pub fn maybe_money(row: &Row<'_>, column: &str) -> StoreResult<Option<Money>> {
    let fen: Option<i64> = get(row, column)?;
    fen.map(|fen| Money::from_fen(fen).ok_or_else(|| unreadable(column, &fen.to_string()))).transpose()
}

/// Reads a column holding a moment.
pub fn moment(row: &Row<'_>, column: &str) -> StoreResult<Moment> {
    let millis: i64 = get(row, column)?;
    from_millis(millis).ok_or_else(|| unreadable(column, &millis.to_string()))
}

/// Reads a column that may hold a moment.
pub fn maybe_moment(row: &Row<'_>, column: &str) -> StoreResult<Option<Moment>> {
    let millis: Option<i64> = get(row, column)?;
    millis.map(|millis| from_millis(millis).ok_or_else(|| unreadable(column, &millis.to_string()))).transpose()
}

/// Reads a column holding a day.
pub fn date(row: &Row<'_>, column: &str) -> StoreResult<NaiveDate> {
    code(row, column, parse_date)
}

/// Reads a column that may hold a day.
pub fn maybe_date(row: &Row<'_>, column: &str) -> StoreResult<Option<NaiveDate>> {
    maybe_code(row, column, parse_date)
}

/// Reads a column that may hold a month.
pub fn maybe_month(row: &Row<'_>, column: &str) -> StoreResult<Option<YearMonth>> {
    maybe_code(row, column, YearMonth::parse)
}

/// Reads a column holding a small count.
pub fn count(row: &Row<'_>, column: &str) -> StoreResult<u32> {
    let number: i64 = get(row, column)?;
    u32::try_from(number).map_err(|_| unreadable(column, &number.to_string()))
}

/// Reads a column that may hold a small count.
pub fn maybe_count(row: &Row<'_>, column: &str) -> StoreResult<Option<u32>> {
    let number: Option<i64> = get(row, column)?;
    number.map(|n| u32::try_from(n).map_err(|_| unreadable(column, &n.to_string()))).transpose()
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
