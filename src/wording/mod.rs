//! Everything a person reads that more than one front end shows.
//!
//! The rules speak in enums with facts; the Chinese sentences are made here, by exhaustive matches, so that a new
//! problem does not compile until somebody has said what it means and what to do about it.
//!
//! - [`intake`]: what is wrong with a declaration form.

pub mod intake;
