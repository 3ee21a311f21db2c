//! Reads the table of holidays and make-up days, as the State Council publishes it.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate, Weekday};

use super::value::{Section, Value};
use crate::domain::calendar::WorkingDays;

/// No holiday lasts a month; a longer one is a slip of the pen in the year or month.
const LONGEST_HOLIDAY: i64 = 31;

/// Reads the table.
///
/// The file gives each holiday from its first to its last day, weekends included, as the notice does; the calendar
/// keeps the weekdays of them, because weekends are off anyway.
pub(super) fn working_days<'a>(value: &Value<'a>) -> Option<WorkingDays> {
    let mut off = BTreeSet::new();
    let mut make_up = Vec::new();
    for holiday in value.list(|value| value.section(&["name", "from", "to", "work_on"]))? {
        holiday.read("name", Value::text);
        let days = days_off(&holiday);
        if days.iter().any(|day| off.contains(day)) {
            holiday.complain("from", "与另一个假期重叠");
        }
        off.extend(days);
        let days = |value: &Value<'a>| value.list(|day| Some((day.date()?, day.clone())));
        make_up.extend(holiday.read("work_on", days).unwrap_or_default());
    }
    let mut worked = BTreeSet::new();
    for (day, place) in make_up {
        if !is_weekend(day) {
            place.complain(format!("{day}不是周末，本来就上班"));
        } else if off.contains(&day) {
            place.complain(format!("{day}既列为放假，又列为上班"));
        } else if !worked.insert(day) {
            place.complain(format!("{day}重复列为上班日"));
        }
    }
    Some(WorkingDays { holidays: off.into_iter().filter(|day| !is_weekend(*day)).collect(), make_up: worked })
}

fn days_off(holiday: &Section<'_>) -> BTreeSet<NaiveDate> {
    let from = holiday.read("from", Value::date);
    let to = holiday.read("to", Value::date);
    let (Some(from), Some(to)) = (from, to) else {
        return BTreeSet::new();
    };
    match (to - from).num_days() {
        0..LONGEST_HOLIDAY => from.iter_days().take_while(|day| *day <= to).collect(),
        days => {
            holiday.complain("to", if days < 0 { "结束日早于开始日" } else { "假期超过31天" });
            BTreeSet::new()
        }
    }
}

fn is_weekend(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}
