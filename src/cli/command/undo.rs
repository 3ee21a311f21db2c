//! `undo`: sets back what one did oneself.

use super::{code, done, execute};
use crate::cli::args::Undo as Args;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::output::Report;
use crate::cli::place::Place;
use crate::domain::workflow::unmet::Unmet;
use crate::service::command::{Command, Undo};
use crate::service::error::Error;
use crate::service::view::last_act::LastProject;

/// Undoes the last act, or the one named.
pub fn run(place: &Place, args: Args) -> Outcome<Report> {
    let project = match &args.code {
        Some(typed) => code(typed),
        None => {
            let (mut service, session) = place.open()?;
            let last = service.ask(&session, LastProject)?;
            last.ok_or_else(|| Failure::from(Error::from(vec![Unmet::NothingToUndo])))?
        }
    };
    let order = Undo { project, operation: args.op, redo: args.redo };
    let (what, audit, found) = execute(place, Command::Undo(order), args.dry_run)?;
    Ok(done(&what, audit.as_ref(), &found))
}
