//! `plan`: the yearly plan, and one action on many of its projects.

mod bulk;
mod sheet;

use super::act::{input_of, unknown};
use crate::cli::args::{Plan as Arguments, PlanShow};
use crate::cli::failure::Outcome;
use crate::cli::output::Report;
use crate::cli::place::Place;
use crate::domain::project::Stage;
use crate::service::view::plan::{Plan, PlanProjects};

/// Runs a command about the plan.
pub fn run(place: &Place, command: Arguments) -> Outcome<Report> {
    match command {
        Arguments::Show(args) => show(place, args),
        Arguments::Do(args) => bulk::run(place, args),
    }
}

/// Shows the plan of a year: with a unit its projects, without one those in joint review.
fn show(place: &Place, PlanShow { year, unit }: PlanShow) -> Outcome<Report> {
    let (mut service, session) = place.open()?;
    let plan = service.ask(&session, Plan { year, unit: unit.clone() })?;
    let stage = unit.is_none().then_some(Stage::JointReview);
    let projects = service.ask(&session, PlanProjects { year: plan.year, unit, stage })?;
    Ok(sheet::report(&plan, &projects, stage))
}
