//! The command line: arguments become a command or a question of the service, its answer a JSON document or Chinese
//! sentences. It has no rules of its own.
//!
//! - [`args`]: the commands and their arguments; [`value`]: what an argument may say;
//! - [`usage`]: help and wrong arguments in Chinese;
//! - [`place`]: which database, which account; [`person`]: which user of the operating system;
//! - [`command`]: one file per noun;
//! - [`output`]: what is printed; [`failure`]: what went wrong, for scripts and for people.

mod args;
mod command;
mod failure;
mod output;
mod person;
mod place;
mod usage;
mod value;

use std::ffi::OsString;

use failure::Outcome;
use place::Place;
use usage::Reading;

/// What is left to do after the command line was read.
#[derive(Debug)]
pub enum Next {
    /// Nothing: the program ends with this code.
    Exit(u8),
    /// Open the terminal UI.
    Screen(Start),
}

/// With what the terminal UI starts.
#[derive(Debug)]
pub struct Start {
    /// Which database, which account.
    pub place: Place,
    /// Whether colors are unwanted.
    pub no_color: bool,
}

/// Reads the command line and runs its command.
pub fn run(args: impl IntoIterator<Item = OsString>) -> Next {
    let args: Vec<OsString> = args.into_iter().collect();
    // Wanted even where the rest of the line cannot be read: a script reads the error as JSON too.
    let json = args.iter().skip(1).take_while(|arg| *arg != "--").any(|arg| arg == "--json");
    let line = match usage::read(args) {
        Reading::Line(line) => line,
        Reading::Page(page) => return Next::Exit(output::verbatim(page.as_bytes())),
        Reading::Wrong(failure) => return Next::Exit(output::failure(&failure, json)),
    };
    let place = match Place::find(&line.global) {
        Ok(place) => place,
        Err(failure) => return Next::Exit(output::failure(&failure, json)),
    };
    let answer = match line.command {
        None => return Next::Screen(Start { place, no_color: line.global.no_color }),
        Some(noun) => command::run(&place, noun),
    };
    Next::Exit(match answer {
        Ok(command::Answer::Report(report)) => output::report(&report, json),
        Ok(command::Answer::Verbatim(bytes)) => output::verbatim(&bytes),
        Err(failure) => output::failure(&failure, json),
    })
}
