//! The expert pool, with what each expert did lately.

use chrono::Months;

use super::Query;
use crate::domain::actor::{Actor, Role};
use crate::domain::ids::ExpertId;
use crate::domain::panel::expert::{Expert, masked};
use crate::domain::permission::Denied;
use crate::service::error::Answer;
use crate::service::gate::Context;

/// The pool.
#[derive(Debug, Clone, Copy, Default)]
pub struct Experts {
    /// Whether the secretary wants to know how to reach them.
    pub contacts: bool,
}

/// An expert of the pool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpertLine {
    /// The expert, the contact masked unless the secretary asked for it.
    pub expert: Expert,
    /// Projects argued within the last year, one for each panel.
    pub served: Vec<String>,
    /// Whether that is so much that it should be pointed out.
    pub overloaded: bool,
    /// Units for whose projects the expert sat so often that it should be pointed out, and how often.
    pub paired: Vec<(String, usize)>,
}

/// Tells whether an account may see the pool: those who work with panels.
fn may_see(actor: &Actor) -> bool {
    actor.roles.iter().any(|role| role.is_of_the_centre())
}

impl Query for Experts {
    type Answer = Vec<ExpertLine>;

    fn answer(self, context: Context<'_>) -> Answer<Vec<ExpertLine>> {
        if !may_see(context.actor) {
            let roles = Role::ALL.iter().copied().filter(|role| role.is_of_the_centre()).collect();
            return Err(Denied::NeedsRole { roles }.into());
        }
        if self.contacts && !context.actor.has(Role::PanelSecretary) {
            return Err(Denied::NeedsRole { roles: vec![Role::PanelSecretary] }.into());
        }
        let policy = context.policies.in_force(context.read, context.now)?;
        let year_ago = context.now.checked_sub_months(Months::new(12)).unwrap_or(context.now);
        let served = context.read.panels_served(year_ago)?;
        let line = |mut expert: Expert| {
            let mine = |one: &&(ExpertId, String, String)| one.0 == expert.id;
            let projects: Vec<String> = served.iter().filter(mine).map(|(_, code, _)| code.clone()).collect();
            let mut units: Vec<&str> = served.iter().filter(mine).map(|(_, _, unit)| unit.as_str()).collect();
            units.sort_unstable();
            let pairs = units.chunk_by(|one, other| one == other);
            let often = |count: usize| count >= policy.panel.pairing_per_year as usize;
            let paired = pairs.filter_map(|same| Some((same.first()?.to_string(), same.len())));
            let paired = paired.filter(|(_, count)| often(*count)).collect();
            if !self.contacts {
                expert.contact = masked(&expert.contact);
            }
            ExpertLine {
                overloaded: projects.len() >= policy.panel.load_per_year as usize,
                served: projects,
                paired,
                expert,
            }
        };
        Ok(context.read.experts()?.into_iter().map(line).collect())
    }
}

/// The disciplines an expert can have by the policy in force.
#[derive(Debug, Clone, Copy)]
pub struct Disciplines;

impl Query for Disciplines {
    type Answer = Vec<String>;

    fn answer(self, context: Context<'_>) -> Answer<Vec<String>> {
        let policy = context.policies.in_force(context.read, context.now)?;
        Ok(policy.panel.disciplines.iter().cloned().collect())
    }
}
