//! The columns of a project row by their places, worked out while compiling.
//!
//! A row of SQLite finds a column's name by comparing it with one name after the other. For most rows that is nothing;
//! the project has more than fifty columns and is read twice for every command.

use super::codes::Column;

/// What stays. Selected after [`MOVING`].
pub const STAYING: &str =
    "id, code, unit_id, supervisor_id, plan_year, name, kind, start_month, end_month, declared_fen,
    basis, necessity, content, supervisor_opinion, leader, contact, phone, filed_on, custom_development, designer,
    in_year_reason, in_year_doc_no, in_year_explanation, in_year_funding, in_year_plan, catalogue_entries,
    catalogue_reason, deployment, network, om_free_months, om_per_year_fen, om_years, om_build_cost_fen, import_id";

/// What commands move. Also selected alone, to see what a command did.
pub const MOVING: &str =
    "stage, since, due, version, round, plan_round, received_at, approved_fen, assessed_fen, governing_fen,
    route, route_rules, survey_required, policy_id, reviewer_id, overlays, destroyed_at, clock_left";

/// Counts the columns of a list.
pub const fn count(list: &str) -> usize {
    let (mut rest, mut number) = (list.as_bytes(), 1);
    while let [byte, after @ ..] = rest {
        if *byte == b',' {
            number += 1;
        }
        rest = after;
    }
    number
}

/// Tells the place of a column in a list that follows so many others; a name that is not in it does not compile.
#[expect(clippy::panic, reason = "it is evaluated while compiling, where a panic is an error message")]
pub const fn place(others: usize, list: &str, name: &'static str) -> Column<'static> {
    let (mut rest, mut number) = (list.as_bytes().trim_ascii_start(), others);
    while !begins_with(rest, name.as_bytes()) {
        match rest {
            [b',', after @ ..] => (rest, number) = (after.trim_ascii_start(), number + 1),
            [_, after @ ..] => rest = skipped_to_comma(after),
            [] => panic!("no such column"),
        }
    }
    Column::Placed(number, name)
}

const fn begins_with(mut text: &[u8], mut word: &[u8]) -> bool {
    while let ([letter, text_after @ ..], [wanted, word_after @ ..]) = (text, word) {
        if *letter != *wanted {
            return false;
        }
        (text, word) = (text_after, word_after);
    }
    word.is_empty() && matches!(text, [] | [b',', ..])
}

const fn skipped_to_comma(mut text: &[u8]) -> &[u8] {
    while let [letter, after @ ..] = text {
        if *letter == b',' {
            return text;
        }
        text = after;
    }
    text
}

/// Names a column of [`STAYING`].
macro_rules! staying {
    ($name:literal) => {
        const {
            use $crate::service::store::columns::{MOVING, STAYING, count, place};
            place(count(MOVING), STAYING, $name)
        }
    };
}

/// Names a column of [`MOVING`].
macro_rules! moving {
    ($name:literal) => {
        const { $crate::service::store::columns::place(0, $crate::service::store::columns::MOVING, $name) }
    };
}

pub(super) use {moving, staying};
