//! Registering a draft: what a new project, typed or imported, has in common.

use crate::domain::actor::{Unit, UnitKind};
use crate::domain::calendar::Moment;
use crate::domain::ids::{ProjectCode, ProjectId, UnitId};
use crate::domain::project::Declaration;
use crate::domain::route;
use crate::domain::workflow::unmet::Unmet;
use crate::service::error::{Answer, Error, Invalid};
use crate::service::gate::{Context, Work};
use crate::service::store::project::NewProject;
use chrono::Datelike;

/// A draft that may be registered.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The unit that builds it.
    pub unit: UnitChoice,
    /// The unit it reports through.
    pub supervisor: Option<UnitChoice>,
    /// The plan year.
    pub plan_year: i32,
    /// What was declared.
    pub declaration: Declaration,
}

/// A unit that exists, or one to register on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnitChoice {
    /// One that exists.
    Known(Box<Unit>),
    /// One to register: its name, its kind, the unit it reports through.
    New(String, UnitKind, Option<UnitId>),
}

impl UnitChoice {
    /// Tells the unit's number, where it has one.
    pub fn id(&self) -> Option<UnitId> {
        match self {
            UnitChoice::Known(unit) => Some(unit.id),
            UnitChoice::New(..) => None,
        }
    }

    /// Tells the unit, where it is registered.
    pub fn known(&self) -> Option<&Unit> {
        match self {
            UnitChoice::Known(unit) => Some(unit),
            UnitChoice::New(..) => None,
        }
    }
}

/// Nothing may be kept of a project that nobody declared free of secrets 〔第十七条〕.
pub fn declared_unclassified(unclassified: bool) -> Answer<()> {
    if unclassified { Ok(()) } else { Err(vec![Unmet::NotDeclaredUnclassified].into()) }
}

/// Finds a unit by name, or proposes to register it.
pub fn choose_unit(context: Context<'_>, name: &str, kind: Option<UnitKind>) -> Answer<UnitChoice> {
    match context.read.unit_named(name)? {
        Some(unit) => Ok(UnitChoice::Known(Box::new(unit))),
        None => Ok(UnitChoice::New(name.to_owned(), kind.unwrap_or_else(|| UnitKind::guess(name)), None)),
    }
}

/// Checks what even a draft needs.
pub fn draft(
    context: Context<'_>,
    unit: UnitChoice,
    supervisor: Option<UnitChoice>,
    declaration: &Declaration,
) -> Answer<Draft> {
    let mut problems = Vec::new();
    if declaration.name.trim().is_empty() {
        problems.push(Invalid::NameMissing);
    }
    if declaration.amount.is_zero() {
        problems.push(Invalid::AmountMissing);
    }
    if declaration.contradicts_catalogue() {
        problems.push(Invalid::CatalogueNames { names: declaration.catalogue_names.len() });
    }
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    // A plan is made for the year to come; what is added in the running year says so itself.
    let this_year = context.now.year();
    let plan_year =
        declaration.plan_year.unwrap_or(if declaration.in_year.is_some() { this_year } else { this_year + 1 });
    let declaration = Declaration { plan_year: Some(plan_year), ..declaration.clone() };
    Ok(Draft { unit, supervisor, plan_year, declaration })
}

/// Writes a draft and its pending work. Tells its number and code.
pub fn write(
    work: &Work<'_>,
    draft: &Draft,
    import: Option<(i64, u32)>,
    received_at: Option<Moment>,
) -> Answer<(ProjectId, ProjectCode)> {
    let context = work.context();
    let unit = realize(work, &draft.unit)?;
    let supervisor = match &draft.supervisor {
        Some(choice) => Some(realize(work, choice)?),
        None => context.read.unit(unit)?.and_then(|unit| unit.supervisor),
    };
    let policy = context.policies.in_force(context.read, context.now)?;
    let route = route::compute(&draft.declaration, draft.declaration.amount, &policy);
    let (id, code) = work.write().add_project(&NewProject {
        declaration: &draft.declaration,
        plan_year: draft.plan_year,
        unit,
        supervisor,
        route: &route,
        import,
        received_at,
        now: context.now,
    })?;
    work.write().index_project(id);
    let project = context.read.project(id)?.ok_or_else(|| Error::Bug("a project vanished".to_owned()))?;
    super::moved::await_work(work, &project, &policy)?;
    Ok((id, code))
}

fn realize(work: &Work<'_>, choice: &UnitChoice) -> Answer<UnitId> {
    match choice {
        UnitChoice::Known(unit) => Ok(unit.id),
        // Registered meanwhile by another row of the same form.
        UnitChoice::New(name, kind, supervisor) => match work.context().read.unit_named(name)? {
            Some(unit) => Ok(unit.id),
            None => Ok(work.write().add_unit(name, *kind, *supervisor, false)?),
        },
    }
}
