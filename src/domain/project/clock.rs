//! The clock of a stage: the day by which it should be left, or how much time was left when it was stopped.
//!
//! It only ever tells; nothing is decided because a day has passed.

use chrono::NaiveDate;

use crate::domain::calendar::WorkingDays;

/// The clock of a stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Clock {
    /// The day by which the stage should be left; none where the stage has no target, or while the clock stands still.
    pub due: Option<NaiveDate>,
    /// While it stands still: the working days that were left, below zero those it was late by. Never zero: whoever was
    /// stopped on the last day has the next working day for what the last day was for.
    pub left: Option<i32>,
}

impl Clock {
    /// Starts the clock of a stage that should be left by a day.
    pub fn running(due: Option<NaiveDate>) -> Clock {
        Clock { due, left: None }
    }

    /// Stops it. What stands still already, or never ran, stays as it is, so that two reasons to stop count once.
    pub fn stopped(self, today: NaiveDate, calendar: &WorkingDays) -> Clock {
        let Some(due) = self.due else { return self };
        let whole = |days: u32| i32::try_from(days.max(1)).unwrap_or(i32::MAX);
        let left = match due < today {
            true => -whole(calendar.between(due, today)),
            false => whole(calendar.between(today, due)),
        };
        Clock { due: None, left: Some(left) }
    }

    /// Lets it go on: what was left is left from here on, and what was late is as late as it was. A stop is no pardon,
    /// and being stopped makes nobody late.
    pub fn resumed(self, today: NaiveDate, calendar: &WorkingDays) -> Clock {
        let Some(left) = self.left else { return self };
        let days = left.unsigned_abs();
        let due = if left < 0 { calendar.before(today, days) } else { calendar.after(today, days) };
        Clock::running(Some(due))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::parse_date;
    use crate::domain::policy::Policy;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        parse_date(text).unwrap()
    }

    /// Stops on one day and lets go on another, by the calendar of 2026.
    fn due_after(due: &str, stopped: &str, resumed: &str) -> (i32, String) {
        let calendar = Policy::county_default().unwrap().working_days;
        let still = Clock::running(Some(day(due))).stopped(day(stopped), &calendar);
        assert_eq!(still.due, None);
        let again = still.resumed(day(resumed), &calendar);
        assert_eq!(again.left, None);
        (still.left.unwrap(), again.due.unwrap().to_string())
    }

    #[test]
    fn what_was_left_is_left_after_the_national_day_and_make_up_days_count() {
        // 20 September and 10 October 2026 are worked, 1 to 7 October are not.
        assert_eq!(due_after("2026-09-24", "2026-09-17", "2026-09-17"), (6, "2026-09-24".to_owned()), "the same day");
        assert_eq!(due_after("2026-10-12", "2026-09-29", "2026-10-08"), (5, "2026-10-14".to_owned()));
        assert_eq!(due_after("2026-09-30", "2026-09-28", "2026-09-30"), (2, "2026-10-09".to_owned()));
        assert_eq!(due_after("2026-09-30", "2026-09-28", "2026-10-04"), (2, "2026-10-09".to_owned()), "on a holiday");
        assert_eq!(due_after("2026-10-12", "2026-10-09", "2026-11-06"), (2, "2026-11-10".to_owned()));
    }

    #[test]
    fn on_the_last_day_one_working_day_is_left() {
        assert_eq!(due_after("2026-09-30", "2026-09-30", "2026-10-07"), (1, "2026-10-08".to_owned()));
    }

    #[test]
    fn what_was_late_stays_as_late_as_it_was() {
        assert_eq!(due_after("2026-09-24", "2026-09-29", "2026-09-29").1, "2026-09-24");
        let (left, due) = due_after("2026-09-28", "2026-09-30", "2026-10-12");
        assert_eq!((left, due.as_str()), (-2, "2026-10-09"));
        // Late only by days off: still late.
        assert_eq!(due_after("2026-09-30", "2026-10-03", "2026-10-08"), (-1, "2026-09-30".to_owned()));
    }

    #[test]
    fn a_stage_without_a_target_has_none_after_a_stop() {
        let calendar = WorkingDays::default();
        let clock = Clock::running(None);
        assert_eq!(clock.stopped(day("2026-09-30"), &calendar).resumed(day("2026-10-09"), &calendar), clock);
    }

    proptest! {
        #[test]
        fn stops_neither_add_to_what_was_left_nor_take_from_it(
            due in 0u64..60, stops in prop::collection::vec((0u64..9, 0u64..30), 1..6),
        ) {
            let calendar = Policy::county_default().unwrap().working_days;
            let mut today = day("2026-08-20");
            let start = today;
            let mut clock = Clock::running(Some(calendar.after(today, due as u32 + 1)));
            let mut worked = 0;
            for (running, standing) in stops {
                let stop = today + chrono::Days::new(running);
                worked += calendar.between(today, stop);
                let on_time = clock.due.unwrap() >= stop;
                let still = clock.stopped(stop, &calendar);
                prop_assert_eq!(still.stopped(stop, &calendar), still, "two reasons to stop count once");
                prop_assert_eq!(still.left.unwrap() > 0, on_time);
                today = stop + chrono::Days::new(standing);
                clock = still.resumed(today, &calendar);
                prop_assert_eq!(clock.due.unwrap() >= today, on_time);
            }
            let left = i64::from(due as u32 + 1) - i64::from(worked);
            if left > 1 {
                prop_assert_eq!(clock.due.unwrap(), calendar.after(today, left as u32), "since {}", start);
            }
        }
    }
}
