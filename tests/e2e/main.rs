//! The real program, driven from outside the way people and scripts drive it.

mod cli_errors;
mod cli_files;
mod cli_journey;
mod support;
