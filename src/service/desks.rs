//! The desks an account sits at: where its pending work is found.

use crate::domain::actor::{Actor, Role};
use crate::domain::workflow::waiting::Desk;

/// Lists the desks of an account, or of one of its roles.
pub fn desks(actor: &Actor, role: Option<Role>) -> Vec<(Role, Desk)> {
    let held = actor.roles.iter().copied().filter(|held| role.is_none_or(|role| role == *held));
    held.flat_map(|role| match role {
        Role::Unit | Role::Supervisor => vec![(role, Desk::Unit(actor.unit))],
        Role::Reviewer => vec![(role, Desk::Account(actor.id)), (role, Desk::Shared)],
        _ => vec![(role, Desk::Shared)],
    })
    .collect()
}
