//! How long projects wait at their stages, in working days, and what is overdue.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Offset};

use super::{Asked, LISTED};
use crate::domain::actor::Role;
use crate::domain::calendar::WorkingDays;
use crate::domain::ids::ProjectCode;
use crate::domain::project::{Overlay, Stage};
use crate::service::error::Answer;
use crate::service::gate::Context;

/// How waiting times are spread; in working days, today included and the day of arrival not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Spread {
    /// Of how many projects.
    pub count: i64,
    /// Half of them wait no longer.
    pub median: u32,
    /// Nine of ten wait no longer.
    pub ninetieth: u32,
    /// The longest.
    pub longest: u32,
}

impl Spread {
    /// Takes days with how many projects wait so long.
    pub fn of(waits: &BTreeMap<u32, i64>) -> Spread {
        let count: i64 = waits.values().sum();
        // The nearest rank: the project at this place, when all stand in order.
        let at = |tenths: i64| {
            let rank = (count * tenths + 9) / 10;
            let mut passed = 0;
            let reached = |(_, many): &(&u32, &i64)| {
                passed += **many;
                passed >= rank
            };
            waits.iter().find(reached).map_or(0, |(days, _)| *days)
        };
        let longest = waits.last_key_value().map_or(0, |(days, _)| *days);
        Spread { count, median: at(5), ninetieth: at(9), longest }
    }
}

/// How long projects wait at a stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StageWaiting {
    /// Of those whose clock runs.
    pub spread: Spread,
    /// How many are overdue.
    pub overdue: i64,
    /// How many stand still: nobody can act on them now.
    pub still: i64,
}

/// An overdue project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Late {
    /// Its code.
    pub code: ProjectCode,
    /// Its name.
    pub name: String,
    /// The unit that builds it.
    pub unit: String,
    /// Where it stands.
    pub stage: Stage,
    /// The day by which it should have left.
    pub due: NaiveDate,
    /// By how many working days it is late.
    pub days: u32,
}

/// What is overdue.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Overdue {
    /// How many projects.
    pub count: i64,
    /// By the role whose turn it is; one that waits for two roles counts for both.
    pub by_role: BTreeMap<Role, i64>,
    /// Those that are late longest.
    pub worst: Vec<Late>,
}

/// Counts working days up to today: the calendar is walked once, however many days are asked for.
pub(super) struct Elapsed<'c> {
    calendar: &'c WorkingDays,
    today: NaiveDate,
    known: BTreeMap<NaiveDate, u32>,
}

impl Elapsed<'_> {
    pub(super) fn new(calendar: &WorkingDays, today: NaiveDate) -> Elapsed<'_> {
        Elapsed { calendar, today, known: BTreeMap::from([(today, 0)]) }
    }

    /// Tells how many working days followed a day until today.
    pub(super) fn since(&mut self, day: NaiveDate) -> u32 {
        if day >= self.today {
            return 0;
        }
        if let Some(days) = self.known.get(&day) {
            return *days;
        }
        let (known, days) = self.known.range(day..).next().map_or((self.today, 0), |(known, days)| (*known, *days));
        let days = days + self.calendar.between(day, known);
        self.known.insert(day, days);
        days
    }

    /// The same for a day counted from 1970.
    pub(super) fn since_number(&mut self, day: i64) -> u32 {
        const SECONDS: i64 = 86_400;
        DateTime::from_timestamp(day.saturating_mul(SECONDS), 0).map_or(0, |at| self.since(at.date_naive()))
    }
}

/// Tells how far the county's clock is from UTC, in milliseconds.
pub(super) fn offset(context: Context<'_>) -> i64 {
    i64::from(context.now.offset().fix().local_minus_utc()) * 1_000
}

/// Finds how long projects wait, and which are overdue longest; whose turn they are is asked elsewhere.
pub(super) fn find(context: Context<'_>, asked: &Asked) -> Answer<(BTreeMap<Stage, StageWaiting>, Overdue)> {
    let policy = context.policies.in_force(context.read, context.now)?;
    let today = context.now.date_naive();
    let mut elapsed = Elapsed::new(&policy.working_days, today);
    let mut found: BTreeMap<Stage, (BTreeMap<u32, i64>, StageWaiting)> = BTreeMap::new();
    let mut worst = Vec::new();
    for scope in asked.scopes(context) {
        let arrivals = context.read.stats_arrivals(scope, today, offset(context))?;
        for arrived in arrivals.into_iter().filter(|arrived| !arrived.stage.is_final()) {
            let (waits, stage) = found.entry(arrived.stage).or_default();
            stage.overdue += arrived.overdue;
            match arrived.overlays.iter().copied().any(Overlay::stops_clock) {
                true => stage.still += arrived.count,
                false => *waits.entry(elapsed.since_number(arrived.day)).or_default() += arrived.count,
            }
        }
        worst.extend(context.read.stats_worst(scope, today, LISTED)?);
    }
    worst.sort_by_key(|row| (row.clock.due, row.id));
    worst.truncate(LISTED);
    let late = worst.into_iter().filter_map(|row| {
        let due = row.clock.due?;
        let days = policy.working_days.between(due, today);
        Some(Late { code: row.code, name: row.name, unit: row.unit, stage: row.stage, due, days })
    });
    let worst = late.collect();
    let waiting: BTreeMap<Stage, StageWaiting> = found
        .into_iter()
        .map(|(stage, (waits, waiting))| (stage, StageWaiting { spread: Spread::of(&waits), ..waiting }))
        .collect();
    let count = waiting.values().map(|stage| stage.overdue).sum();
    Ok((waiting, Overdue { count, by_role: BTreeMap::new(), worst }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::parse_date;

    #[test]
    fn half_and_nine_tenths_are_the_nearest_ranks() {
        let waits = |days: &[u32]| {
            let mut waits = BTreeMap::new();
            days.iter().for_each(|day| *waits.entry(*day).or_default() += 1);
            let spread = Spread::of(&waits);
            (spread.count, spread.median, spread.ninetieth, spread.longest)
        };
        assert_eq!(waits(&[]), (0, 0, 0, 0));
        assert_eq!(waits(&[7]), (1, 7, 7, 7));
        assert_eq!(waits(&[1, 3]), (2, 1, 3, 3));
        assert_eq!(waits(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 50]), (10, 5, 9, 50));
        assert_eq!(waits(&[2, 2, 2, 2, 9]), (5, 2, 9, 9));
    }

    #[test]
    fn working_days_are_the_calendars_whatever_the_order_they_are_asked_in() {
        let calendar = crate::domain::policy::Policy::county_default().unwrap().working_days;
        let today = parse_date("2026-10-12").unwrap();
        let mut elapsed = Elapsed::new(&calendar, today);
        for back in [20, 3, 300, 40, 0, 21, 1, 300] {
            let day = today - chrono::Days::new(back);
            assert_eq!(elapsed.since(day), calendar.between(day, today), "{day}");
        }
        assert_eq!(elapsed.since(today + chrono::Days::new(3)), 0);
    }
}
