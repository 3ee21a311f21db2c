//! What every change of a project has in common: its new stage and version, its clock, its pending work.

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
    await_work(work, project, policy)?;
    Ok(project.version + 1)
}

/// Rewrites a project's pending work from what is stored now.
pub fn await_work(work: &Work<'_>, project: &Project, policy: &Policy) -> Answer<()> {
    let read = work.context().read;
    let vanished = || Error::Bug("a project vanished".to_owned());
    let (standing, due) = read.standing(project)?.ok_or_else(vanished)?;
    let waiting = waiting(&standing, policy);
    // Whoever teaches `waiting` to look at more must teach it to the shorter reading, too.
    debug_assert_eq!(Some(&waiting), read.dossier(project.id)?.map(|whole| self::waiting(&whole, policy)).as_ref());
    work.write().set_pending(project.id, due, &waiting)?;
    if !standing.deeds.is_empty() {
        work.write().set_amounts(project.id, &standing.amounts())?;
    }
    Ok(())
}
