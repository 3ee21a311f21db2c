//! The clock of the sample data: it runs in office hours only, so that histories look as if people had made them.

use chrono::NaiveDate;

use crate::domain::calendar::{Moment, WorkingDays, county_time, from_millis};

const MINUTE: u64 = 60_000;
/// 08:30 to 12:00.
const MORNING: u64 = 210 * MINUTE;
/// 14:30 to 17:30.
const AFTERNOON: u64 = 180 * MINUTE;
/// The office hours of one day, in milliseconds.
pub const DAY: u64 = MORNING + AFTERNOON;
/// One office hour, in milliseconds.
pub const HOUR: u64 = 60 * MINUTE;

const OPENS: u64 = (8 * 60 + 30) * MINUTE;
const OPENS_AGAIN: u64 = (14 * 60 + 30) * MINUTE;
const DAY_OF_24_HOURS: i64 = 24 * 60 * 60 * 1000;
const EAST: i64 = 8 * 60 * 60 * 1000;

/// The office hours of a number of working days, as one unbroken span of time.
#[derive(Debug, Clone)]
pub struct OfficeHours {
    /// The working days, the earliest first.
    days: Vec<NaiveDate>,
    end: Moment,
}

impl OfficeHours {
    /// Takes the last `days` working days before the day of `end`: nothing happens after `end`.
    pub fn before(end: Moment, days: usize, calendar: &WorkingDays) -> OfficeHours {
        let end = county_time(end);
        let past = std::iter::successors(end.date_naive().pred_opt(), NaiveDate::pred_opt);
        let mut days: Vec<NaiveDate> = past.filter(|day| calendar.works_on(*day)).take(days).collect();
        days.reverse();
        OfficeHours { days, end }
    }

    /// Tells how long the span is, in milliseconds of office time.
    pub fn length(&self) -> u64 {
        self.days.len() as u64 * DAY
    }

    /// Tells the moment that lies so many milliseconds of office time after the beginning of the span.
    pub fn at(&self, elapsed: u64) -> Moment {
        let clock = match elapsed % DAY {
            morning if morning < MORNING => OPENS + morning,
            afternoon => OPENS_AGAIN + (afternoon - MORNING),
        };
        let day = usize::try_from(elapsed / DAY).ok().and_then(|number| self.days.get(number));
        let midnight =
            day.map(|day| day.signed_duration_since(NaiveDate::default()).num_days() * DAY_OF_24_HOURS - EAST);
        midnight.and_then(|midnight| from_millis(midnight + clock as i64)).unwrap_or(self.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::parse_moment;

    fn two_days() -> OfficeHours {
        let sunday = parse_moment("2026-11-22T03:00:00+08:00").unwrap();
        OfficeHours::before(sunday, 2, &WorkingDays::default())
    }

    #[test]
    fn the_span_runs_from_morning_to_evening_of_working_days_only() {
        let hours = two_days();
        assert_eq!(hours.length(), 2 * DAY);
        assert_eq!(hours.at(0).to_rfc3339(), "2026-11-19T08:30:00+08:00");
        assert_eq!(hours.at(MORNING).to_rfc3339(), "2026-11-19T14:30:00+08:00");
        assert_eq!(hours.at(DAY).to_rfc3339(), "2026-11-20T08:30:00+08:00");
        assert_eq!(hours.at(2 * DAY - MINUTE).to_rfc3339(), "2026-11-20T17:29:00+08:00");
    }

    #[test]
    fn later_on_the_span_is_never_earlier_on_the_calendar() {
        let hours = two_days();
        let moments: Vec<Moment> = (0..=200).map(|step| hours.at(step * hours.length() / 200)).collect();
        assert!(moments.is_sorted());
        assert_eq!(moments.last().unwrap().to_rfc3339(), "2026-11-22T03:00:00+08:00");
    }
}
