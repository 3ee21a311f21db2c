//! Registers the projects of a form: all of them or none, and none a second time.

use std::collections::BTreeSet;

use super::register::{self, Draft, UnitChoice, choose_unit};
use crate::domain::actor::{Role, Unit, UnitKind};
use crate::domain::audit::Detail;
use crate::domain::calendar::Moment;
use crate::domain::ids::ProjectCode;
use crate::domain::permission::matrix::Verb;
use crate::domain::permission::{Denied, Permit, Source, authorize_for_unit};
use crate::domain::workflow::action::Key;
use crate::domain::workflow::input::{FieldProblem, InputProblem};
use crate::service::command::{Done, Import, ImportReport};
use crate::service::error::{Answer, Error, Invalid, Missing};
use crate::service::gate::{Context, Outcome, Work};

/// A form to register.
#[derive(Debug)]
pub struct Plan {
    file: String,
    sheet: String,
    digest: String,
    drafts: Vec<(u32, Draft)>,
    duplicates: Vec<(u32, ProjectCode)>,
    new_units: Vec<(String, UnitKind)>,
    received_at: Option<Moment>,
    left_out: Vec<u32>,
}

impl Plan {
    /// Tells what it would register.
    pub fn foresee(&self) -> ImportReport {
        ImportReport {
            created: self.drafts.iter().map(|(row, draft)| (*row, None, draft.declaration.name.clone())).collect(),
            duplicates: self.duplicates.clone(),
            new_units: self.new_units.clone(),
        }
    }
}

/// Judges it: every unit must be one the account may act for.
pub fn prepare(context: Context<'_>, import: &Import) -> Answer<(Permit, super::Plan)> {
    if import.candidates.is_empty() && import.left_out.is_empty() {
        return Err(Invalid::NothingToImport.into());
    }
    if import.received_at.is_some() && !context.actor.has(Role::Intake) {
        // The plan's deadline hangs on this moment 〔第六条〕; who it binds must not be the one who tells it.
        let field = Key::ReceivedAt.code().to_owned();
        return Err(Invalid::Input(InputProblem { field, problem: FieldProblem::OnlyIntake }).into());
    }
    let named = named_supervisor(context, import)?;
    let strangers = unregistered(context, import)?;
    if !strangers.is_empty() {
        return Err(Error::Invalid(strangers));
    }
    let mut permit = None;
    let mut seen = BTreeSet::new();
    let (mut drafts, mut duplicates, mut new_units) = (Vec::<(u32, Draft)>::new(), Vec::new(), Vec::new());
    for candidate in &import.candidates {
        register::declared_unclassified(candidate.unclassified)?;
        if candidate.unit.trim().is_empty() {
            return Err(Invalid::UnitMissing.into());
        }
        let unit = summarized(choose_unit(context, candidate.unit.trim(), None)?, named.as_ref());
        let leave = authorize_for_unit(context.actor, Verb::Import, unit.known())?;
        let supervisor = match leave.capacity() {
            Role::Supervisor => context.read.unit(context.actor.unit)?,
            _ => named.clone().filter(|named| unit.id() != Some(named.id)),
        };
        // One sheet is one entry of the log: it says 代办 as soon as anything in it was done for another unit.
        if permit.as_ref().is_none_or(|permit: &Permit| permit.source() == Source::Direct) {
            permit = Some(leave);
        }
        let supervisor = supervisor.map(|unit| UnitChoice::Known(Box::new(unit)));
        let draft = register::draft(context, unit, supervisor, &candidate.declaration)?;
        let name = draft.declaration.name.as_str();
        let known = match draft.unit.id() {
            Some(unit) => context.read.project_named(unit, draft.plan_year, name)?,
            None => None,
        };
        let first_time = seen.insert((candidate.unit.trim().to_owned(), draft.plan_year, name.to_owned()));
        if let UnitChoice::New(name, kind, _) = &draft.unit
            && !new_units.iter().any(|(known, _)| known == name)
        {
            new_units.push((name.clone(), *kind));
        }
        match known {
            Some(code) => duplicates.push((candidate.row, code)),
            None if !first_time => return Err(Error::Invalid(vec![Invalid::TwiceInForm(candidate.row)])),
            None => drafts.push((candidate.row, draft)),
        }
    }
    let permit = match permit {
        Some(permit) => permit,
        // Only rows that must leave no trace: the attempt is logged all the same.
        None => authorize_for_unit(context.actor, Verb::Import, context.read.unit(context.actor.unit)?.as_ref())?,
    };
    let plan = Plan {
        file: import.file.clone(),
        sheet: import.sheet.clone(),
        digest: import.digest.clone(),
        drafts,
        duplicates,
        new_units,
        received_at: import.received_at,
        left_out: import.left_out.clone(),
    };
    Ok((permit, super::Plan::Import(plan)))
}

/// Finds the unit for which the clerk imports a summary sheet.
fn named_supervisor(context: Context<'_>, import: &Import) -> Answer<Option<Unit>> {
    let Some(name) = &import.supervising_unit else { return Ok(None) };
    let unit = context.read.unit_named(name.trim())?.ok_or_else(|| Missing::Unit(name.trim().to_owned()))?;
    match context.actor.has(Role::Intake) || unit.id == context.actor.unit {
        true => Ok(Some(unit)),
        false => Err(Denied::NeedsRole { roles: vec![Role::Intake] }.into()),
    }
}

/// Lists the rows whose unit nobody registered. A mistyped name must not become a unit, and a supervising unit must not
/// take the name of one that is not its own: units are registered by the clerk, who knows the county's.
fn unregistered(context: Context<'_>, import: &Import) -> Answer<Vec<Invalid>> {
    if context.actor.has(Role::Intake) || !context.actor.has(Role::Supervisor) {
        return Ok(Vec::new());
    }
    let mut strangers = Vec::new();
    for candidate in import.candidates.iter().filter(|candidate| !candidate.unit.trim().is_empty()) {
        if candidate.unclassified && context.read.unit_named(candidate.unit.trim())?.is_none() {
            let unit = candidate.unit.trim().to_owned();
            strangers.push(Invalid::UnitNotRegistered { row: candidate.row, unit });
        }
    }
    Ok(strangers)
}

/// A unit first met on a summary sheet is registered under who summarizes it; a township under nobody, because its
/// supervising unit is another for every line of business 〔附件 注〕.
fn summarized(unit: UnitChoice, named: Option<&Unit>) -> UnitChoice {
    match (unit, named) {
        (UnitChoice::New(name, UnitKind::CountyOrgan, _), Some(named)) => {
            UnitChoice::New(name, UnitKind::Subordinate, Some(named.id))
        }
        (UnitChoice::New(name, kind, _), Some(named)) if kind != UnitKind::Township => {
            UnitChoice::New(name, kind, Some(named.id))
        }
        (unit, _) => unit,
    }
}

/// Registers it.
pub fn apply(work: &Work<'_>, plan: Plan) -> Answer<(Outcome, Done)> {
    let context = work.context();
    let run = match plan.drafts.is_empty() {
        true => None,
        false => {
            Some(work.write().add_import_run(&plan.file, &plan.sheet, &plan.digest, context.actor.id, context.now)?)
        }
    };
    let mut created = Vec::new();
    for (row, draft) in &plan.drafts {
        let import = run.map(|run| (run, *row));
        let (_, code) = register::write(work, draft, import, plan.received_at)?;
        created.push((*row, Some(code), draft.declaration.name.clone()));
    }
    let codes: Vec<String> =
        created.iter().filter_map(|(_, code, _)| code.as_ref().map(ProjectCode::to_string)).collect();
    let rows: Vec<String> = plan.left_out.iter().map(u32::to_string).collect();
    let detail = Detail::new()
        .with("file", plan.file)
        .with("digest", plan.digest)
        .with("created", codes.join(" "))
        .with("duplicates", plan.duplicates.len().to_string())
        .with("rows_left_out", rows.join(" "));
    let outcome = Outcome { source: Some(work.permit().source()), detail, ..Outcome::default() };
    let report = ImportReport { created, duplicates: plan.duplicates, new_units: plan.new_units };
    Ok((outcome, Done::Imported(report)))
}
