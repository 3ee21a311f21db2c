//! The order of a list as people ask for it (排序), and where its pages begin.
//!
//! A page is found by the values its last row had (keyset paging), so that what others write in between neither repeats nor
//! skips a row that stayed as it was. The first key is looked up in an index and bounded from the first page on; further
//! keys are sorted among rows equal in the first. At a desk the rows of the desk are sorted, which are one person's work,
//! and only as many are kept as the page shows.

use std::cmp::Ordering;

use rusqlite::Row;
use rusqlite::types::Value;

use super::codes;
use super::error::StoreResult;
use super::page::Condition;
use super::pending::NO_DUE_DAY;
use crate::domain::audit::hex;
use crate::domain::search::{SortBy, SortKey};

/// What a row is ranked by in one column.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Number(i64),
    Text(String),
}

/// Where a row stands: its ranks, and its number, by which rows of equal rank are told apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rung {
    ranks: Vec<Rank>,
    id: i64,
}

/// An order that somebody asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    keys: Vec<SortKey>,
}

impl Order {
    /// Makes an order; `None` where nothing was asked for, and the list follows its own.
    pub fn of(keys: &[SortKey]) -> Option<Order> {
        let mut kept: Vec<SortKey> = Vec::new();
        for key in keys {
            // What is named twice is ordered already.
            if kept.iter().all(|known| known.by != key.by) {
                kept.push(*key);
            }
        }
        (!kept.is_empty()).then_some(Order { keys: kept })
    }

    /// Rows of equal rank follow the direction of the first key, so that one index gives the order either way.
    fn is_descending(&self) -> bool {
        self.keys.first().is_some_and(|key| is_backward(*key))
    }

    /// The place before everything.
    pub fn start(&self) -> Rung {
        let least = |key: &SortKey| match (is_text(key.by), is_backward(*key)) {
            (true, false) => Rank::Text(String::new()),
            (true, true) => Rank::Text(char::MAX.to_string()),
            (false, false) => Rank::Number(i64::MIN),
            (false, true) => Rank::Number(i64::MAX),
        };
        let id = if self.is_descending() { i64::MAX } else { i64::MIN };
        Rung { ranks: self.keys.iter().map(least).collect(), id }
    }

    /// Tells where a row stands.
    pub(super) fn rung(&self, row: &Row<'_>) -> StoreResult<Rung> {
        let rank = |key: &SortKey| {
            Ok(match key.by {
                SortBy::Due => {
                    let due: Option<String> = codes::get(row, "due")?;
                    Rank::Text(due.unwrap_or_else(|| NO_DUE_DAY.to_owned()))
                }
                SortBy::Amount => Rank::Number(codes::get(row, "governing_fen")?),
                SortBy::Name => Rank::Text(codes::get(row, "name")?),
                SortBy::Updated => Rank::Number(codes::get(row, "updated_at")?),
                SortBy::Id => Rank::Number(codes::get(row, "id")?),
                SortBy::Wait => Rank::Number(codes::get(row, "since")?),
            })
        };
        Ok(Rung { ranks: self.keys.iter().map(rank).collect::<StoreResult<_>>()?, id: codes::get(row, "id")? })
    }

    /// Tells which of two places comes first.
    pub fn compare(&self, one: &Rung, other: &Rung) -> Ordering {
        let turned = |ordering: Ordering, backward: bool| if backward { ordering.reverse() } else { ordering };
        let ranks = one.ranks.iter().zip(&other.ranks).zip(&self.keys);
        ranks
            .map(|((one, other), key)| turned(one.cmp(other), is_backward(*key)))
            .find(|ordering| ordering.is_ne())
            .unwrap_or_else(|| turned(one.id.cmp(&other.id), self.is_descending()))
    }

    /// Adds the condition to stand behind a place.
    pub(super) fn behind(&self, place: &Rung, condition: &mut Condition) {
        let bind = |rank: &Rank| match rank {
            Rank::Number(number) => Value::from(*number),
            Rank::Text(text) => Value::from(text.clone()),
        };
        let steps: Vec<(&SortKey, Value)> = self.keys.iter().zip(place.ranks.iter().map(bind)).collect();
        // Said apart, because an index is entered by a plain comparison and not by an alternative.
        if let Some((key, value)) = steps.first() {
            condition.push(column(key.by), []);
            condition.push(if is_backward(**key) { " <= ?" } else { " >= ?" }, [value.clone()]);
            condition.push(" AND ", []);
        }
        for (key, value) in &steps {
            condition.push("(", []);
            condition.push(column(key.by), []);
            condition.push(if is_backward(**key) { " < ?" } else { " > ?" }, [value.clone()]);
            condition.push(" OR ", []);
            condition.push(column(key.by), []);
            condition.push(" = ? AND ", [value.clone()]);
        }
        condition.push(if self.is_descending() { "p.id < ?" } else { "p.id > ?" }, [place.id.into()]);
        steps.iter().for_each(|_| condition.push(")", []));
    }

    /// Adds the order itself.
    pub(super) fn write(&self, condition: &mut Condition) {
        condition.push(" ORDER BY ", []);
        for key in &self.keys {
            condition.push(column(key.by), []);
            condition.push(if is_backward(*key) { " DESC, " } else { ", " }, []);
        }
        condition.push(if self.is_descending() { "p.id DESC" } else { "p.id" }, []);
    }

    /// Writes a place so that it can be handed out; texts as hexadecimal digits, for a name may hold anything. It does not
    /// begin with a dash, for people hand it back as the value of an option.
    pub fn cursor(&self, place: &Rung) -> String {
        let mut text = String::new();
        for (key, rank) in self.keys.iter().zip(&place.ranks) {
            let value = match rank {
                Rank::Number(number) => number.to_string(),
                Rank::Text(value) => hex(value.as_bytes()),
            };
            text.push_str(&format!("{}{}.{value}~", key.by.code(), if key.descending { "-" } else { "" }));
        }
        format!("{text}_{}", place.id)
    }

    /// Reads a place that was handed out for this very order.
    pub fn place(&self, cursor: &str) -> Option<Rung> {
        let (ranks, id) = cursor.rsplit_once('_')?;
        let parts: Vec<&str> = ranks.strip_suffix('~')?.split('~').collect();
        if parts.len() != self.keys.len() {
            return None;
        }
        let rank = |(part, key): (&&str, &SortKey)| {
            let value = part.strip_prefix(key.by.code())?.strip_prefix(if key.descending { "-" } else { "" })?;
            let value = value.strip_prefix('.')?;
            Some(match is_text(key.by) {
                true => Rank::Text(unhex(value)?),
                false => Rank::Number(value.parse().ok()?),
            })
        };
        let ranks = parts.iter().zip(&self.keys).map(rank).collect::<Option<Vec<Rank>>>()?;
        Some(Rung { ranks, id: id.parse().ok()? })
    }
}

/// Days waited grow while the moment since when lies further back.
fn is_backward(key: SortKey) -> bool {
    key.descending != (key.by == SortBy::Wait)
}

const fn is_text(by: SortBy) -> bool {
    matches!(by, SortBy::Due | SortBy::Name)
}

/// Each of these is the first column of an index.
const fn column(by: SortBy) -> &'static str {
    match by {
        SortBy::Due => "coalesce(p.due, '9999-12-31')",
        SortBy::Amount => "p.governing_fen",
        SortBy::Name => "p.name",
        SortBy::Updated => "p.updated_at",
        SortBy::Id => "p.id",
        SortBy::Wait => "p.since",
    }
}

fn unhex(text: &str) -> Option<String> {
    let digits: Vec<u8> =
        text.chars().map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok())).collect::<Option<_>>()?;
    let bytes = digits.chunks(2).map(|pair| match pair {
        [high, low] => Some(high * 16 + low),
        _ => None,
    });
    String::from_utf8(bytes.collect::<Option<Vec<u8>>>()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(keys: &[(SortBy, bool)]) -> Order {
        let keys: Vec<SortKey> =
            keys.iter().map(|(by, descending)| SortKey { by: *by, descending: *descending }).collect();
        Order::of(&keys).unwrap()
    }

    #[test]
    fn a_place_is_written_and_read_back_for_every_column_and_direction() {
        for by in SortBy::ALL {
            for descending in [false, true] {
                let order = order(&[(*by, descending), (SortBy::Amount, true)]);
                let rank = if is_text(*by) { Rank::Text("“十四五”~_.".to_owned()) } else { Rank::Number(-7) };
                let ranks = vec![rank, Rank::Number(5)];
                let place = Rung { ranks: ranks.into_iter().take(order.keys.len()).collect(), id: 9 };
                assert_eq!(order.place(&order.cursor(&place)), Some(place.clone()), "{by:?} {descending}");
                assert!(!order.cursor(&place).starts_with('-'), "{by:?} {descending}");
            }
        }
    }

    #[test]
    fn a_place_of_another_order_is_none() {
        let (due, amount) = (order(&[(SortBy::Due, false)]), order(&[(SortBy::Amount, false)]));
        let cursor = amount.cursor(&amount.start());
        for wrong in [cursor.as_str(), "", "_", "12", "due.zz~_1", "due.3~_1", "due.~", "2026-01-01_12"] {
            assert_eq!(due.place(wrong), None, "{wrong}");
        }
        let down = order(&[(SortBy::Amount, true)]);
        assert_eq!(down.place(&cursor), None);
    }

    #[test]
    fn a_column_named_twice_orders_once() {
        let key = |descending| SortKey { by: SortBy::Amount, descending };
        assert_eq!(Order::of(&[key(true), key(false)]), Order::of(&[key(true)]));
        assert_eq!(Order::of(&[]), None);
    }
}
