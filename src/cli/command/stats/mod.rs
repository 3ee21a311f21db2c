//! `stats`: how many projects stand where, the money of each step, what waits, what the reviews cut.

mod document;
mod list;
mod sheet;

use super::Answer;
use super::page::filter_of;
use crate::cli::args::Stats as Arguments;
use crate::cli::failure::Outcome;
use crate::cli::output::Report;
use crate::cli::place::Place;
use crate::service::view::stats::{ReviewStats, Stats};

/// Tells the statistics of what the account may see.
pub fn run(place: &Place, args: Arguments) -> Outcome<Answer> {
    let filter = filter_of(args.filter.as_deref())?;
    let (mut service, session) = place.open()?;
    let asked = Stats { year: args.year, unit: args.unit, filter };
    let stats = service.ask(&session, asked.clone())?;
    if args.csv {
        return Ok(Answer::Verbatim(list::csv(&stats)));
    }
    let reviews = service.ask(&session, ReviewStats(asked))?;
    Ok(Answer::Report(Report::new(document::json(&stats, &reviews), sheet::text(&stats, &reviews))))
}
