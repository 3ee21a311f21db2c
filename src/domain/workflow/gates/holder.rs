//! Whose the project is while it is reviewed: claimed, released, taken over, assigned.

use super::super::action::{Action, Key};
use super::super::input::Inputs;
use super::super::record::Record;
use super::super::unmet::Unmet;
use super::super::{Circumstances, Decision};

/// What is nobody's can be claimed, what is somebody's released and taken over.
pub fn conditions(action: Action, at: Circumstances<'_>) -> Vec<Unmet> {
    let is_held = at.dossier.project.reviewer.is_some();
    let unmet = match action {
        Action::Claim if is_held => Some(Unmet::AlreadyClaimed),
        Action::Release | Action::TakeOver if !is_held => Some(Unmet::NotClaimed),
        _ => None,
    };
    unmet.into_iter().collect()
}

/// Tells what the action does.
pub fn outcome(action: Action, inputs: &Inputs, at: Circumstances<'_>) -> Decision {
    let record = match action {
        Action::Assign => Record::Assignment(inputs.text(Key::Reviewer).map(str::to_owned)),
        _ => Record::Held(action != Action::Release),
    };
    Decision { to: at.dossier.project.stage, record }
}
