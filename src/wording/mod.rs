//! Everything a person reads that more than one front end shows.
//!
//! The rules speak in enums with facts; the Chinese sentences are made here, by exhaustive matches, so that a new
//! problem does not compile until somebody has said what it means and what to do about it.
//!
//! - [`labels`]: the Chinese name of every code; [`brief`]: those that must fit a column.
//! - [`problem`](mod@problem): refusals and errors: what is wrong, what to do, the article it rests on.
//! - [`findings`]: what was found in a project, and why.
//! - [`intake`]: what is wrong with a declaration form.
//! - [`amounts`]: the money of each step, and how it differs; [`change`]: one that only waits;
//!   [`clock`]: a clock that stands still; [`destruction`]: a project whose content is gone.
//! - [`filter`]: what is wrong with a filter line; [`route`]: why a project goes the way it goes.
//! - [`opinion`]: 技术审核意见, composed from what was recorded.
//! - [`panel`]: what an expert panel did, line by line.
//! - [`policy`]: which edition of the rules applies, and what a round is called;
//!   [`rounds`], [`rulings`]: those pages, line by line.

pub mod amounts;
pub mod brief;
pub mod change;
pub mod clock;
pub mod destruction;
pub mod filter;
pub mod findings;
pub mod intake;
pub mod labels;
pub mod meeting;
pub mod opinion;
pub mod panel;
pub mod policy;
pub mod problem;
pub mod rounds;
pub mod route;
pub mod rulings;
pub mod sentence;
mod taken_back;

pub use problem::{Problem, problem};
pub use sentence::{Sentence, denied, unmet};
pub use taken_back::{undone, way_back};
