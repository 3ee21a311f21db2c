//! Dates as the county counts them: Shanghai time, months of a plan, working days.

use std::collections::BTreeSet;
use std::fmt;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, Weekday};

/// A moment on the county's clock (+08:00, no daylight saving).
pub type Moment = DateTime<FixedOffset>;

const SECONDS_EAST: i32 = 8 * 3600;

/// Moves a moment onto the county's clock.
pub fn county_time(moment: DateTime<FixedOffset>) -> Moment {
    match FixedOffset::east_opt(SECONDS_EAST) {
        Some(offset) => moment.with_timezone(&offset),
        None => moment,
    }
}

/// Tells the moment that many milliseconds after 1970-01-01 00:00 UTC, on the county's clock.
pub fn from_millis(millis: i64) -> Option<Moment> {
    DateTime::from_timestamp_millis(millis).map(|utc| county_time(utc.fixed_offset()))
}

/// Reads a moment written as RFC 3339, such as `2026-09-30T23:59:59+08:00`.
pub fn parse_moment(text: &str) -> Option<Moment> {
    DateTime::parse_from_rfc3339(text.trim()).ok().map(county_time)
}

/// Reads a date written as `2026-09-12`.
pub fn parse_date(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d").ok().filter(|date| (1990..=2100).contains(&date.year()))
}

/// A month of a year, the grain in which forms give a project's start and end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct YearMonth {
    year: i32,
    month: u32,
}

impl YearMonth {
    /// Makes a month; `None` unless the month is 1 to 12 and the year 1990 to 2100.
    pub fn new(year: i32, month: u32) -> Option<YearMonth> {
        ((1990..=2100).contains(&year) && (1..=12).contains(&month)).then_some(YearMonth { year, month })
    }

    /// Reads `2027-03`.
    pub fn parse(text: &str) -> Option<YearMonth> {
        let (year, month) = text.trim().split_once('-')?;
        if year.len() != 4 || month.len() != 2 {
            return None;
        }
        YearMonth::new(year.parse().ok()?, month.parse().ok()?)
    }

    /// Tells the year.
    pub fn year(self) -> i32 {
        self.year
    }

    /// Tells the month, 1 to 12.
    pub fn month(self) -> u32 {
        self.month
    }
}

impl fmt::Display for YearMonth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

/// The days on which offices work: Monday to Friday, corrected by the yearly 调休 table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WorkingDays {
    /// Days off that fall on a weekday.
    pub holidays: BTreeSet<NaiveDate>,
    /// Days of work that fall on a weekend.
    pub make_up: BTreeSet<NaiveDate>,
}

impl WorkingDays {
    /// Tells whether offices work on this day.
    pub fn works_on(&self, day: NaiveDate) -> bool {
        let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        if weekend { self.make_up.contains(&day) } else { !self.holidays.contains(&day) }
    }

    /// Tells the day that lies `days` working days after `start`, the start itself not counted.
    pub fn after(&self, start: NaiveDate, days: u32) -> NaiveDate {
        start
            .iter_days()
            .skip(1)
            .filter(|day| self.works_on(*day))
            .nth(days.saturating_sub(1) as usize)
            .unwrap_or(start)
    }

    /// Counts the working days that follow `start` up to `end`, the end included.
    pub fn between(&self, start: NaiveDate, end: NaiveDate) -> u32 {
        let days = start.iter_days().skip(1).take_while(|day| *day <= end).filter(|day| self.works_on(*day));
        u32::try_from(days.count()).unwrap_or(u32::MAX)
    }

    /// Tells the working day after which, up to and including `end`, so many working days have passed.
    pub fn before(&self, end: NaiveDate, days: u32) -> NaiveDate {
        let back = std::iter::successors(Some(end), |day| day.pred_opt());
        back.filter(|day| self.works_on(*day)).nth(days as usize).unwrap_or(end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        parse_date(text).unwrap()
    }

    #[test]
    fn working_days_skip_weekends_and_holidays_and_count_make_up_days() {
        let plain = WorkingDays::default();
        assert_eq!(plain.after(day("2026-11-20"), 1), day("2026-11-23"));
        let table = WorkingDays {
            holidays: [day("2026-10-01"), day("2026-10-02")].into(),
            make_up: [day("2026-10-10")].into(),
        };
        assert_eq!(table.after(day("2026-09-30"), 1), day("2026-10-05"));
        assert_eq!(table.after(day("2026-10-09"), 1), day("2026-10-10"));
    }

    #[test]
    fn a_moment_is_shown_on_the_countys_clock() {
        let moment = parse_moment("2026-09-30T15:59:59Z").unwrap();
        assert_eq!(moment.to_rfc3339(), "2026-09-30T23:59:59+08:00");
    }

    #[test]
    fn a_month_reads_back_and_nonsense_does_not() {
        assert_eq!(YearMonth::parse("2027-03").unwrap().to_string(), "2027-03");
        for text in ["2027-13", "2027", "27-03", "2027-3", "2027-00"] {
            assert_eq!(YearMonth::parse(text), None, "{text}");
        }
    }
}
