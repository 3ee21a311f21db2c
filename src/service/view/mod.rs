//! The questions that can be asked, each with its answer: read models for screens and scripts.

pub mod actions;
pub mod audit;
pub mod checklist;
pub mod directory;
pub mod experts;
pub mod findings;
pub mod keys;
pub mod last_act;
pub mod meeting;
pub mod meeting_count;
pub mod notes;
pub mod plan;
pub mod policies;
pub mod proceedings;
pub mod queue;
pub mod rounds;
pub mod row;
pub mod rulings;
pub mod show;
pub mod stats;
pub mod trail;

use super::error::Answer;
use super::gate::Context;

/// A question. What an answer holds is filtered by what the account may see.
pub trait Query {
    /// What is answered.
    type Answer;

    /// Answers it.
    fn answer(self, context: Context<'_>) -> Answer<Self::Answer>;
}
