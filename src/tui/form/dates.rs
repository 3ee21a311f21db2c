//! Days and moments as people write them: `2026-9-1`, `20260901`, `2026/9/1`, `2026年9月1日`, and a time behind.

use chrono::{NaiveDate, NaiveTime, Timelike};

use crate::domain::calendar::{Moment, parse_date, parse_moment};
use crate::domain::search::fold::half_width;

/// How far a text being typed has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading<T> {
    /// It is one.
    Whole(T),
    /// It may become one.
    Unfinished,
    /// It cannot become one.
    Wrong,
}

/// Reads a day.
pub(super) fn date(text: &str) -> Reading<NaiveDate> {
    let text = folded(text);
    if text.chars().all(|c| c.is_ascii_digit()) {
        return run_of_digits(&text);
    }
    let text = text.strip_suffix(['日', '号']).unwrap_or(&text);
    let groups: Vec<&str> = text.split(['-', '/', '.', '年', '月']).map(str::trim).collect();
    // `2026-`, `2026年9月`: the group behind the last mark is still to come.
    let (groups, open) = match groups.split_last() {
        Some((&"", before)) => (before.to_vec(), true),
        _ => (groups, false),
    };
    let numbers: Option<Vec<u32>> = groups.iter().map(|group| number(group)).collect();
    match (numbers.as_deref(), groups.first().map(|year| year.len())) {
        (Some([_]), Some(4)) => Reading::Unfinished,
        (Some([_, month]), Some(4)) if *month <= 12 => Reading::Unfinished,
        (Some([year, month, day]), Some(4)) if !open => match whole(*year, *month, *day) {
            Reading::Wrong if groups.last() == Some(&"0") => Reading::Unfinished,
            reading => reading,
        },
        _ => Reading::Wrong,
    }
}

/// Reads a moment; without an offset it is the county's time.
pub(super) fn moment(text: &str) -> Reading<Moment> {
    let text = folded(text);
    if let Some(moment) = parse_moment(&text) {
        return Reading::Whole(moment);
    }
    let Some((day, time)) = text.split_once(['T', ' ', '日', '号']) else {
        return match date(&text) {
            Reading::Wrong => Reading::Wrong,
            Reading::Whole(_) | Reading::Unfinished => Reading::Unfinished,
        };
    };
    let (Reading::Whole(day), time) = (date(day), time.trim()) else {
        return Reading::Wrong;
    };
    match time_of_day(time).and_then(|time| parse_moment(&format!("{day}T{time}+08:00"))) {
        Some(moment) => Reading::Whole(moment),
        // Also the beginning of an offset.
        None if time.chars().all(|c| c.is_ascii_digit() || ":时点分.+-".contains(c)) => Reading::Unfinished,
        None => Reading::Wrong,
    }
}

/// Shows a moment the way it is typed; only a fraction of a second needs the long form.
pub(super) fn shown(moment: Moment) -> String {
    match (moment.nanosecond(), moment.second()) {
        (0, 0) => moment.format("%Y-%m-%d %H:%M").to_string(),
        (0, _) => moment.format("%Y-%m-%d %H:%M:%S").to_string(),
        _ => moment.to_rfc3339(),
    }
}

fn folded(text: &str) -> String {
    let folded: String = text.chars().map(half_width).collect();
    folded.trim().to_owned()
}

fn number(group: &str) -> Option<u32> {
    let digits = !group.is_empty() && group.chars().all(|c| c.is_ascii_digit());
    group.parse().ok().filter(|_| digits)
}

fn run_of_digits(text: &str) -> Reading<NaiveDate> {
    let part = |from: usize, count: usize| number(&text.chars().skip(from).take(count).collect::<String>());
    match (text.len(), part(0, 4), part(4, 2), part(6, 2)) {
        (0..8, ..) => Reading::Unfinished,
        (8, Some(year), Some(month), Some(day)) => whole(year, month, day),
        _ => Reading::Wrong,
    }
}

fn whole(year: u32, month: u32, day: u32) -> Reading<NaiveDate> {
    parse_date(&format!("{year:04}-{month:02}-{day:02}")).map_or(Reading::Wrong, Reading::Whole)
}

/// Reads `14:30`, `14:30:05`, `14时30分`, `14点`.
fn time_of_day(text: &str) -> Option<NaiveTime> {
    let on_the_hour = text.ends_with(['时', '点']);
    let text = text.strip_suffix(['分', '秒', '时', '点']).unwrap_or(text);
    let groups: Vec<u32> = text.split([':', '时', '点', '分']).map(number).collect::<Option<_>>()?;
    match *groups.as_slice() {
        [hour] if on_the_hour => NaiveTime::from_hms_opt(hour, 0, 0),
        [hour, minute] => NaiveTime::from_hms_opt(hour, minute, 0),
        [hour, minute, second] => NaiveTime::from_hms_opt(hour, minute, second),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_reads_however_it_is_written() {
        for text in [
            "2026-9-1",
            "2026-09-01",
            "20260901",
            "2026/9/1",
            "2026.9.1",
            "2026年9月1日",
            "2026 年 9 月 1 日",
            "２０２６－９－１",
            "2026。9。1",
            " 2026年09月01号 ",
        ] {
            assert_eq!(date(text), Reading::Whole(parse_date("2026-09-01").unwrap()), "{text}");
        }
    }

    #[test]
    fn a_day_half_typed_is_told_from_a_wrong_one() {
        for text in ["", "2", "2026", "2026-", "2026-9", "2026-9-", "2026年", "2026年9月", "202609", "2026-9-0"] {
            assert_eq!(date(text), Reading::Unfinished, "{text}");
        }
        for text in
            ["2026-13", "2026-9-31", "20261301", "26-9-1", "明天", "2026-9-1-", "2026-9-1x", "202609011", "-9-1"]
        {
            assert_eq!(date(text), Reading::Wrong, "{text}");
        }
    }

    #[test]
    fn a_moment_reads_without_an_offset() {
        let meant = parse_moment("2026-09-01T14:30:00+08:00").unwrap();
        for text in [
            "2026-9-1 14:30",
            "20260901 14:30",
            "2026年9月1日14时30分",
            "2026年9月1日 14：30",
            "2026-09-01T14:30:00+08:00",
            "2026-09-01T06:30:00Z",
        ] {
            assert_eq!(moment(text), Reading::Whole(meant), "{text}");
        }
        for text in ["", "2026-9-1", "2026-9-1 1", "2026-9-1 14:", "2026-09-01T14:30:00+08"] {
            assert_eq!(moment(text), Reading::Unfinished, "{text}");
        }
        for text in ["明天 9:00", "2026-9-1 下午", "2026-13-1 9:00"] {
            assert_eq!(moment(text), Reading::Wrong, "{text}");
        }
    }

    #[test]
    fn a_moment_is_shown_as_it_is_typed_and_reads_back() {
        for (text, as_shown) in [
            ("2026-09-01T06:30:00Z", "2026-09-01 14:30"),
            ("2026-09-01T14:30:05+08:00", "2026-09-01 14:30:05"),
            ("2026-09-01T14:30:05.250+08:00", "2026-09-01T14:30:05.250+08:00"),
        ] {
            let meant = parse_moment(text).unwrap();
            assert_eq!(shown(meant), as_shown);
            assert_eq!(moment(as_shown), Reading::Whole(meant));
        }
    }
}
