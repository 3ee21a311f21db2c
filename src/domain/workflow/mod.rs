//! The workflow: one function answers "may this happen now?" with a decision or with every unmet condition.
//!
//! [`decide`] looks up the action's row in the [`table`], asks the gates of its phase, and says where the project
//! goes and what is written down. It knows nothing about permission: who may act is answered by
//! [`permission`](super::permission) first.

pub mod action;
pub mod amounts;
pub mod dossier;
pub mod fields;
mod gates;
pub mod input;
pub mod recall;
pub mod record;
pub mod table;
pub mod unmet;
pub mod waiting;

pub use gates::{bars_to_passing, overlays_after};

use super::actor::Role;
use super::calendar::Moment;
use super::policy::Policy;
use super::project::Stage;
use action::Action;
use dossier::Dossier;
use input::Inputs;
use record::Record;
use unmet::Unmet;

/// What an action does to a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The stage it leads to.
    pub to: Stage,
    /// What is written down.
    pub record: Record,
}

impl Decision {
    /// Tells whether what was asked for takes effect, rather than waiting for somebody's leave or being taken back.
    pub fn takes_effect(&self) -> bool {
        !matches!(self.record, Record::ChangeRequest { .. })
    }
}

/// The circumstances in which an action is judged.
#[derive(Debug, Clone, Copy)]
pub struct Circumstances<'a> {
    /// The project with its records.
    pub dossier: &'a Dossier,
    /// The rules of its running round.
    pub policy: &'a Policy,
    /// The role in which the person acts; that of the authority where a decision is transcribed.
    pub capacity: Role,
    /// The present moment.
    pub now: Moment,
}

/// Decides an action with its input: where it leads and what it writes, or every condition that is not met.
pub fn decide(action: Action, inputs: &Inputs, at: Circumstances<'_>) -> Result<Decision, Vec<Unmet>> {
    let mut unmet = conditions(action, at);
    let decision = gates::outcome(action, inputs, at);
    match decision {
        Ok(decision) if unmet.is_empty() => Ok(decision),
        Ok(_) => Err(unmet),
        Err(more) => {
            unmet.extend(more);
            Err(unmet)
        }
    }
}

/// Lists the conditions of an action that can be judged before its input is known.
pub fn conditions(action: Action, at: Circumstances<'_>) -> Vec<Unmet> {
    let stage = at.dossier.project.stage;
    match table::row_of(action) {
        Some(row) if !row.from.contains(&stage) => vec![Unmet::WrongStage { stage, needed: row.from }],
        _ => gates::conditions(action, at),
    }
}

#[cfg(test)]
mod tests;
