//! What every change of a project has in common: its new stage and version, its clock, its pending work.

use crate::domain::ids::ProjectId;
use crate::domain::policy::Policy;
use crate::domain::project::{Project, Stage};
use crate::domain::workflow::waiting::waiting;
use crate::service::error::{Answer, Error};
use crate::service::gate::Work;

/// Moves a project, or keeps it where it is, and rewrites its pending work. Tells its new version.
pub fn moved(work: &Work<'_>, project: &Project, to: Stage, policy: &Policy) -> Answer<i64> {
    let now = work.context().now;
    let due = policy.due(to, now.date_naive());
    if !work.write().move_project(project, to, due, now)? {
        return Err(Error::Conflict { code: project.code.clone(), current: project.version });
    }
    await_work(work, project.id)?;
    Ok(project.version + 1)
}

/// Rewrites a project's pending work from what is stored now.
pub fn await_work(work: &Work<'_>, id: ProjectId) -> Answer<()> {
    let context = work.context();
    let dossier = context.read.dossier(id)?.ok_or_else(|| Error::Bug("a project vanished".to_owned()))?;
    let due = context.read.project_due(id)?;
    work.write().set_pending(id, due, &waiting(&dossier))?;
    Ok(())
}
