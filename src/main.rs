//! The program: reads the command line, then runs a command or opens the terminal UI.

use std::process::ExitCode;

use pingshen::cli::{self, Next};
use pingshen::tui;

fn main() -> ExitCode {
    let start = match cli::run(std::env::args_os()) {
        Next::Exit(code) => return ExitCode::from(code),
        Next::Keys { text } => {
            let (keymap, _) = tui::keymap::read_overrides(&text);
            return ExitCode::from(cli::keys_listed(&tui::keymap::sheet(&keymap)));
        }
        Next::CheckKeys { path, text, json } => {
            let (_, problems) = tui::keymap::read_overrides(text.as_deref().unwrap_or_default());
            let problems: Vec<(usize, String)> =
                problems.into_iter().map(|problem| (problem.line, problem.message)).collect();
            return ExitCode::from(cli::keys_checked(&path, text.is_some(), &problems, json));
        }
        Next::Screen(start) => start,
    };
    let cli::Begun { service, session, practice } = match cli::begin(&start) {
        Ok(begun) => begun,
        Err(code) => return ExitCode::from(code),
    };
    let options = tui::Options {
        color: start.color,
        start: tui::Start::Queue,
        keys: start.keys_text(),
        state_folder: start.state_folder(),
        wide: start.wide,
        practice,
    };
    let ended = match start.linear {
        true => tui::run_linear(service, session, options),
        false => tui::run(service, session, options),
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            ExitCode::from(error.signal_exit_code().unwrap_or_else(|| cli::screen_failed(&error.to_string())))
        }
    }
}
