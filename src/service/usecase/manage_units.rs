//! Units: added by the system administrator or the intake clerk.

use crate::domain::actor::UnitKind;
use crate::domain::audit::Detail;
use crate::domain::ids::UnitId;
use crate::domain::permission::matrix::Verb;
use crate::domain::permission::{Permit, authorize_system};
use crate::service::command::Done;
use crate::service::error::{Answer, Invalid, Missing};
use crate::service::gate::{Context, Outcome, Work};

/// A unit to add.
#[derive(Debug)]
pub struct Plan {
    name: String,
    kind: UnitKind,
    supervisor: Option<UnitId>,
}

/// Judges it.
pub fn prepare(
    context: Context<'_>,
    name: &str,
    kind: UnitKind,
    supervisor: Option<&str>,
) -> Answer<(Permit, super::Plan)> {
    let permit = authorize_system(context.actor, Verb::ManageUnits)?;
    let name = name.trim();
    if name.is_empty() {
        return Err(Invalid::UnitMissing.into());
    }
    if context.read.unit_named(name)?.is_some() {
        return Err(Invalid::UnitExists(name.to_owned()).into());
    }
    let supervisor = match supervisor {
        Some(name) => Some(context.read.unit_named(name)?.ok_or_else(|| Missing::Unit(name.to_owned()))?.id),
        None => None,
    };
    Ok((permit, super::Plan::Units(Plan { name: name.to_owned(), kind, supervisor })))
}

/// Adds it.
pub fn apply(work: &Work<'_>, plan: Plan) -> Answer<(Outcome, Done)> {
    work.write().add_unit(&plan.name, plan.kind, plan.supervisor, false)?;
    let detail = Detail::new().with("unit", plan.name.clone()).with("kind", plan.kind.code());
    let outcome = Outcome { detail, ..Outcome::default() };
    Ok((outcome, Done::System { action: "add-unit".to_owned(), subject: plan.name }))
}
