//! Completes a declaration: freely while it is a draft, afterwards only what the plan did not settle.

use super::{moved, same_version};
use crate::domain::actor::Role;
use crate::domain::audit::Detail;
use crate::domain::ids::ProjectCode;
use crate::domain::permission::matrix::Verb;
use crate::domain::permission::{Permit, authorize_on};
use crate::domain::project::{Declaration, Project, ResourceCatalogue, Stage};
use crate::domain::route;
use crate::domain::workflow::unmet::Unmet;
use crate::service::command::Done;
use crate::service::error::{Answer, Error, Invalid};
use crate::service::gate::{Context, Outcome, Work};

/// A declaration to write.
#[derive(Debug)]
pub struct Plan {
    project: Project,
    declaration: Declaration,
    /// Whether the way may become a lower one: not once the amount was changed.
    may_lower: bool,
}

impl Plan {
    /// Tells what it would lead to.
    pub fn foresee(&self) -> Done {
        done(&self.project, self.project.version + 1)
    }
}

fn done(project: &Project, version: i64) -> Done {
    Done::Project {
        code: project.code.clone(),
        action: Verb::EditDeclaration.code().to_owned(),
        stage: project.stage,
        version,
        waits: false,
    }
}

/// Judges it.
pub fn prepare(
    context: Context<'_>,
    code: &ProjectCode,
    declaration: &Declaration,
    if_version: Option<i64>,
) -> Answer<(Permit, super::Plan)> {
    let dossier = context.dossier(code)?;
    let may_lower = !dossier.was_changed();
    let permit = authorize_on(context.actor, Verb::EditDeclaration, &dossier.project)?;
    same_version(&dossier, context.actor, if_version)?;
    let project = dossier.project;
    let before = &project.declaration;
    let declaration = Declaration { plan_year: declaration.plan_year.or(before.plan_year), ..declaration.clone() };
    // Names go with their catalogue.
    let declaration = match declaration.catalogue {
        Some(ResourceCatalogue::Entries(_)) => declaration,
        _ => Declaration { catalogue_names: Vec::new(), ..declaration },
    };
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
    if let Some(overlay) = project.stopped() {
        return Err(vec![Unmet::Blocked(overlay)].into());
    }
    // The supervising unit completes what it summarizes; once handed in, the form is its unit's.
    let too_late = permit.capacity() == Role::Supervisor && project.stage != Stage::Draft;
    if too_late || !project.declaration_is_open() {
        return Err(vec![Unmet::DeclarationClosed(project.stage)].into());
    }
    let settled_differs = before.name != declaration.name
        || before.amount != declaration.amount
        || before.funding != declaration.funding
        || before.plan_year != declaration.plan_year
        || before.in_year != declaration.in_year;
    if !project.stage.plan_is_open() && settled_differs {
        return Err(vec![Unmet::SettledByPlan].into());
    }
    Ok((permit, super::Plan::Edit(Plan { project, declaration, may_lower })))
}

/// Writes it, and the route anew where its inputs changed.
pub fn apply(work: &Work<'_>, Plan { project, declaration, may_lower }: Plan) -> Answer<(Outcome, Done)> {
    let context = work.context();
    work.write().write_declaration(project.id, &declaration)?;
    work.write().index_project(project.id);
    let policy = context.policies.get(context.read, &project.policy)?;
    let governing = project.approved.unwrap_or(declaration.amount);
    let route = route::compute(&declaration, governing, &policy);
    // Content that was edited does not lead out of a further review either.
    let may_lower = may_lower && (project.round == 1 || route.code.needs_review());
    let route = if may_lower { route } else { route.not_below(&project.route) };
    if route != project.route {
        work.write().set_route(&project, &declaration, &route, context.now)?;
    }
    let version = moved::moved(work, &project, project.stage, &project.overlays, &policy)?;
    let outcome = Outcome {
        from: Some(project.stage),
        to: Some(project.stage),
        source: Some(work.permit().source()),
        detail: changes(&project.declaration, &declaration),
        ..Outcome::default()
    };
    Ok((outcome, done(&project, version)))
}

/// Lists what changed, old and new, so that the log keeps what the row no longer says.
fn changes(before: &Declaration, after: &Declaration) -> Detail {
    let old = after_pairs(before);
    after_pairs(after)
        .into_iter()
        .zip(old)
        .filter(|((_, new), (_, old))| new != old)
        .fold(Detail::new(), |detail, ((name, new), (_, old))| detail.with(name, format!("{old} -> {new}")))
}

fn after_pairs(declaration: &Declaration) -> Vec<(&'static str, String)> {
    let maybe = |text: Option<String>| text.unwrap_or_default();
    vec![
        ("name", declaration.name.clone()),
        ("plan_year", maybe(declaration.plan_year.map(|year| year.to_string()))),
        ("kind", maybe(declaration.kind.map(|kind| kind.code().to_owned()))),
        ("start", maybe(declaration.start.map(|month| month.to_string()))),
        ("end", maybe(declaration.end.map(|month| month.to_string()))),
        ("amount_wan", declaration.amount.to_string()),
        ("funding", format!("{:?}", declaration.funding)),
        ("basis", declaration.basis.clone()),
        ("necessity", declaration.necessity.clone()),
        ("content", declaration.content.clone()),
        ("leader", declaration.leader.clone()),
        ("contact", declaration.contact.clone()),
        ("phone", declaration.phone.clone()),
        ("filed_on", maybe(declaration.filed_on.map(|day| day.to_string()))),
        ("custom_development", maybe(declaration.custom_development.map(|custom| custom.to_string()))),
        ("designer", maybe(declaration.designer.clone())),
        ("in_year", maybe(declaration.in_year.as_ref().map(|addition| format!("{addition:?}")))),
        ("items", format!("{:?}", declaration.items)),
        ("catalogue_names", declaration.catalogue_names.join("、")),
        ("resource_catalogue", maybe(declaration.catalogue.as_ref().map(|known| format!("{known:?}")))),
        ("deployment", maybe(declaration.deployment.map(|place| place.code().to_owned()))),
        ("network", maybe(declaration.network.map(|network| network.code().to_owned()))),
        ("om", maybe(declaration.operation.as_ref().map(|plan| format!("{plan:?}")))),
    ]
}
