//! The program: reads the command line and starts the terminal UI or a command.

use std::process::ExitCode;

use pingshen::cli::{self, Next};

fn main() -> ExitCode {
    match cli::run(std::env::args_os()) {
        Next::Exit(code) => ExitCode::from(code),
        Next::Screen(_) => ExitCode::from(2),
    }
}
