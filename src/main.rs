//! The program: reads the command line and starts the terminal UI or a command.

use std::io::Write;
use std::process::ExitCode;

use pingshen::cli::{self, Next, Start};
use pingshen::tui;

fn main() -> ExitCode {
    match cli::run(std::env::args_os()) {
        Next::Exit(code) => ExitCode::from(code),
        Next::Screen(start) => screen(*start),
    }
}

fn screen(start: Start) -> ExitCode {
    let options = tui::Options { color: start.color, start: tui::Start::Queue };
    let Err(error) = tui::run(start.service, start.session, options) else { return ExitCode::SUCCESS };
    // Where the terminal is gone there is nobody left to tell.
    let _ = writeln!(std::io::stderr(), "错误：{error}");
    let code = match &error {
        tui::Error::NotATerminal | tui::Error::DumbTerminal => 2,
        other => other.signal_exit_code().unwrap_or(1),
    };
    ExitCode::from(code)
}
