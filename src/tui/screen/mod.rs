//! The screens: each a folder with its state, its update and its view.

pub mod meetings;
pub mod plan;
pub mod project;
pub mod queue;
pub mod session;
pub mod stats;
