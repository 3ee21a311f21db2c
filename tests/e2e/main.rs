//! The real program, driven from outside the way people and scripts drive it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::unreachable)]
#![allow(clippy::indexing_slicing, clippy::string_slice, clippy::disallowed_methods)]

mod cli_document;
mod cli_errors;
mod cli_files;
mod cli_findings;
mod cli_journey;
mod cli_meeting;
mod cli_opinion;
mod cli_panel;
mod cli_plan;
mod cli_pool;
mod cli_shared;
mod cli_stats;
mod cli_undo;
mod cli_view;
mod first_start;
mod harness;
mod life_journeys;
mod linear;
mod meeting_journey;
mod ssh;
mod support;
mod terminal;
mod twenty_tasks;
mod ui_drafts;
mod ui_journey;
mod ui_keys;
mod ui_presence;
mod ui_terminal;
