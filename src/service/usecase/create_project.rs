//! Registers one draft.

use super::register::{self, Draft, UnitChoice, choose_unit};
use crate::domain::audit::Detail;
use crate::domain::permission::matrix::Verb;
use crate::domain::permission::{Permit, authorize_for_unit};
use crate::domain::project::Stage;
use crate::service::command::{Done, NewDraft};
use crate::service::error::{Answer, Invalid, Missing};
use crate::service::gate::{Context, Outcome, Work};

/// A draft to register.
#[derive(Debug)]
pub struct Plan(Draft);

/// Judges it.
pub fn prepare(context: Context<'_>, new: &NewDraft) -> Answer<(Permit, super::Plan)> {
    register::declared_unclassified(new.candidate.unclassified)?;
    let name = match new.candidate.unit.trim() {
        "" => return Err(Invalid::UnitMissing.into()),
        name => name,
    };
    let unit = choose_unit(context, name, new.unit_kind)?;
    let permit = authorize_for_unit(context.actor, Verb::CreateProject, unit.known())?;
    let supervisor = match &new.supervising_unit {
        Some(name) => match choose_unit(context, name, None)? {
            known @ UnitChoice::Known(_) => Some(known),
            UnitChoice::New(name, ..) => return Err(Missing::Unit(name).into()),
        },
        None => None,
    };
    let draft = register::draft(context, unit, supervisor, &new.candidate.declaration)?;
    Ok((permit, super::Plan::Create(Plan(draft))))
}

/// Registers it.
pub fn apply(work: &Work<'_>, Plan(draft): Plan) -> Answer<(Outcome, Done)> {
    let (_, code) = register::write(work, &draft, None, None)?;
    let detail = Detail::new()
        .with("name", draft.declaration.name.clone())
        .with("amount_wan", draft.declaration.amount.to_string());
    let outcome = Outcome {
        project: Some(code.clone()),
        to: Some(Stage::Draft),
        source: Some(work.permit().source()),
        detail,
        ..Outcome::default()
    };
    Ok((
        outcome,
        Done::Project {
            code,
            action: Verb::CreateProject.code().to_owned(),
            stage: Stage::Draft,
            version: 1,
            waits: false,
        },
    ))
}
