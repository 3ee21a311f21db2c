//! Clocks that stand still, over the whole service and the working days of 2026.

use super::clock::Clock;
use super::tests::County;
use super::view::queue::Queue;
use super::view::show::Show;
use crate::domain::calendar::parse_moment;
use crate::domain::ids::ProjectCode;
use crate::domain::project::Stage;
use crate::domain::search::Filter;
use crate::domain::workflow::action::Action;

const ITEMS: &[(&str, &str)] = &[("items", "补目录")];
const ANSWERS: &[(&str, &str)] = &[("answers", "已补")];
const REASON: &[(&str, &str)] = &[("reason", "待政策明确")];

impl County {
    fn on(&mut self, day: &str) -> &mut County {
        let now = parse_moment(&format!("{day}T10:00:00+08:00")).unwrap();
        self.0.set_clock(Clock::Fixed(now));
        self
    }

    /// Tells the due day and what was left when the clock was stopped.
    fn clock(&mut self, code: &ProjectCode) -> (Option<String>, Option<i32>) {
        let view = self.0.ask(&County::session("lead"), Show { project: code.clone() }).unwrap();
        let clock = view.dossier.project.clock;
        assert_eq!(view.due, clock.due);
        (clock.due.map(|day| day.to_string()), clock.left)
    }
}

fn due(day: &str) -> (Option<String>, Option<i32>) {
    (Some(day.to_owned()), None)
}

fn left(days: i32) -> (Option<String>, Option<i32>) {
    (None, Some(days))
}

#[test]
fn r5_1_a_correction_stops_the_clock_and_what_was_left_is_left_after_the_holidays() {
    let mut county = County::new();
    let code = county.on("2026-09-24").register("62.5");
    county.bring_to(&code, Stage::PlanIntake);
    assert_eq!(county.clock(&code), due("2026-10-09"), "five working days: 28 to 30 September, 8 and 9 October");
    county.on("2026-09-28").act("intake", &code, Action::ReturnForCorrection, ITEMS).unwrap();
    assert_eq!(county.clock(&code), left(4));
    county.on("2026-10-08").act("intake", &code, Action::Correct, ANSWERS).unwrap();
    assert_eq!(county.clock(&code), due("2026-10-13"), "9, 10 (worked for the holidays), 12, 13 October");
}

#[test]
fn several_stops_in_a_row_cost_no_time_and_give_none() {
    let mut county = County::new();
    let code = county.on("2026-11-02").register("62.5");
    county.bring_to(&code, Stage::PlanIntake);
    assert_eq!(county.clock(&code), due("2026-11-09"));
    county.on("2026-11-03").act("intake", &code, Action::ReturnForCorrection, ITEMS).unwrap();
    assert_eq!(county.clock(&code), left(4));
    // A second reason to stop lies over the first; only with the last of them does it go on.
    county.on("2026-11-05").act("lead", &code, Action::Suspend, REASON).unwrap();
    assert_eq!(county.clock(&code), left(4));
    county.on("2026-11-11").act("lead", &code, Action::Resume, REASON).unwrap();
    assert_eq!(county.clock(&code), left(4), "still being corrected");
    county.on("2026-11-12").act("intake", &code, Action::Correct, ANSWERS).unwrap();
    assert_eq!(county.clock(&code), due("2026-11-18"));
    county.on("2026-11-13").act("intake", &code, Action::ReturnForCorrection, ITEMS).unwrap();
    assert_eq!(county.clock(&code), left(3));
    county.on("2026-11-13").act("intake", &code, Action::Correct, ANSWERS).unwrap();
    assert_eq!(county.clock(&code), due("2026-11-18"), "stopped and let go on one day");
    let queue = Queue { role: None, filter: Filter::EVERYTHING, sort: Vec::new(), after: None, limit: 9 };
    let page = county.0.ask(&County::session("intake"), queue).unwrap();
    assert_eq!(page.rows[0].clock.due.map(|day| day.to_string()), Some("2026-11-18".to_owned()));
    county.on("2026-11-18").act("intake", &code, Action::ReturnForCorrection, ITEMS).unwrap();
    county.on("2026-11-20").act("intake", &code, Action::Correct, ANSWERS).unwrap();
    assert_eq!(county.clock(&code), due("2026-11-23"), "stopped on the last day: one day is left");
}

#[test]
fn a_project_that_was_late_when_it_was_stopped_stays_as_late_as_it_was() {
    let mut county = County::new();
    let code = county.on("2026-11-02").register("62.5");
    county.bring_to(&code, Stage::PlanIntake);
    county.on("2026-11-11").act("lead", &code, Action::Suspend, REASON).unwrap();
    assert_eq!(county.clock(&code), left(-2));
    let queue = || Queue { role: None, filter: Filter::EVERYTHING, sort: Vec::new(), after: None, limit: 9 };
    let row = county.0.ask(&County::session("lead"), queue()).unwrap().rows.remove(0);
    assert!(!row.is_overdue(parse_moment("2026-11-30T10:00:00+08:00").unwrap().date_naive()));
    county.on("2026-11-25").act("lead", &code, Action::Resume, REASON).unwrap();
    assert_eq!(county.clock(&code), due("2026-11-23"));
    let row = county.0.ask(&County::session("intake"), queue()).unwrap().rows.remove(0);
    assert!(row.is_overdue(parse_moment("2026-11-25T10:00:00+08:00").unwrap().date_naive()));
}

#[test]
fn r17_1_the_clock_stands_still_while_a_project_is_frozen_but_not_under_a_violation() {
    let mut county = County::new();
    let code = county.on("2026-11-02").register("62.5");
    county.bring_to(&code, Stage::PlanIntake);
    let facts = &[("rule", "R7.4"), ("facts", "未批先建")];
    county.on("2026-11-03").act("lead", &code, Action::FlagViolation, facts).unwrap();
    assert_eq!(county.clock(&code), due("2026-11-09"));
    county.on("2026-11-04").act("lead", &code, Action::FreezeSecret, REASON).unwrap();
    assert_eq!(county.clock(&code), left(3));
    county.on("2026-11-06").act("lead", &code, Action::Unfreeze, REASON).unwrap();
    assert_eq!(county.clock(&code), due("2026-11-11"));
}

#[test]
fn a_stage_left_while_the_clock_stands_still_takes_nothing_with_it() {
    let mut county = County::new();
    let code = county.on("2026-11-02").register("62.5");
    county.bring_to(&code, Stage::PlanIntake);
    county.on("2026-11-03").act("lead", &code, Action::Suspend, REASON).unwrap();
    let stage = county.on("2026-11-05").act("intake", &code, Action::Withdraw, REASON).unwrap();
    assert_eq!((stage, county.clock(&code)), (Stage::Withdrawn, (None, None)));
}
