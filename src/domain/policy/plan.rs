//! The yearly plan's deadline as a moment 〔第六条〕.

use chrono::{NaiveDate, NaiveTime, TimeZone};

use super::PlanRules;
use crate::domain::calendar::{Moment, from_millis};

impl PlanRules {
    /// Tells the first moment at which a declaration for the plan of that year is late: 00:00 on the county's clock of
    /// the day after the last day, because 每年9月底前 includes the whole of the last day.
    pub fn late_from(&self, plan_year: i32) -> Option<Moment> {
        let last_day = NaiveDate::from_ymd_opt(plan_year - 1, self.deadline_month, self.deadline_day)?;
        let midnight = last_day.succ_opt()?.and_time(NaiveTime::MIN);
        // Whatever moment it is, its offset is the county's.
        from_millis(0)?.timezone().from_local_datetime(&midnight).single()
    }

    /// Tells whether a declaration that arrived at that moment is late for the plan of that year.
    pub fn is_late(&self, plan_year: i32, received_at: Moment) -> bool {
        self.late_from(plan_year).is_some_and(|late| received_at >= late)
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::calendar::parse_moment;
    use crate::domain::policy::Policy;

    #[test]
    fn r6_1_the_whole_of_30_september_is_in_time_wherever_the_moment_was_written_down() {
        let rules = Policy::county_default().unwrap().plan;
        for (received, late) in [
            ("2026-09-30T23:59:59+08:00", false),
            ("2026-10-01T00:00:00+08:00", true),
            ("2026-09-30T15:59:59Z", false),
            ("2026-09-30T16:00:00Z", true),
            ("2026-09-30T11:59:59-04:00", false),
            ("2026-09-30T12:00:00-04:00", true),
        ] {
            assert_eq!(rules.is_late(2027, parse_moment(received).unwrap()), late, "{received}");
        }
        assert!(rules.is_late(2026, parse_moment("2026-09-12T09:00:00+08:00").unwrap()), "last year's plan is closed");
    }
}
