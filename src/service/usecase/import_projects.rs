//! Registers the projects of a form: all of them or none, and none a second time.

use std::collections::BTreeSet;

use super::register::{self, Draft, UnitChoice, choose_unit};
use crate::domain::actor::{Role, UnitKind};
use crate::domain::audit::Detail;
use crate::domain::calendar::Moment;
use crate::domain::ids::{ProjectCode, UnitId};
use crate::domain::permission::matrix::Verb;
use crate::domain::permission::{Permit, authorize_for_unit};
use crate::domain::workflow::action::Key;
use crate::domain::workflow::input::{FieldProblem, InputProblem};
use crate::service::command::{Done, Import, ImportReport};
use crate::service::error::{Answer, Error, Invalid};
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
    let mut permit = None;
    let mut seen = BTreeSet::new();
    let (mut drafts, mut duplicates, mut new_units) = (Vec::<(u32, Draft)>::new(), Vec::new(), Vec::new());
    for candidate in &import.candidates {
        register::declared_unclassified(candidate.unclassified)?;
        if candidate.unit.trim().is_empty() {
            return Err(Invalid::UnitMissing.into());
        }
        let unit = choose_unit(context, candidate.unit.trim(), None)?;
        permit = Some(authorize_for_unit(context.actor, Verb::Import, unit.id().unwrap_or(UnitId(0)))?);
        let draft = register::draft(context, unit, None, &candidate.declaration)?;
        let name = draft.declaration.name.as_str();
        let known = match draft.unit.id() {
            Some(unit) => context.read.project_named(unit, draft.plan_year, name)?,
            None => None,
        };
        let first_time = seen.insert((candidate.unit.trim().to_owned(), draft.plan_year, name.to_owned()));
        if let UnitChoice::New(name, kind) = &draft.unit
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
        None => authorize_for_unit(context.actor, Verb::Import, context.actor.unit)?,
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
