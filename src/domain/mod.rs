//! The rules of the trade, pure: no clock, no database, no terminal.

pub mod actor;
pub mod audit;
pub mod calendar;
pub mod checklist;
pub mod findings;
pub mod ids;
pub mod intake;
pub mod key;
pub mod meeting;
pub mod money;
pub mod opinion;
pub mod panel;
pub mod permission;
pub mod plan;
pub mod policy;
pub mod project;
pub mod round;
pub mod route;
pub mod rule;
pub mod ruling;
pub mod search;
pub mod text;
pub mod undo;
pub(crate) mod vocabulary;
pub mod workflow;
