//! What every change of a project has in common: its new stage and version, its clock, its pending work.

use crate::domain::policy::Policy;
use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::domain::project::{Clock, Overlay, Project, Stage};
use crate::domain::workflow::waiting::waiting;
use crate::service::error::{Answer, Error};
use crate::service::gate::Work;

/// Moves a project, or keeps it where it is, under what then lies over it, and rewrites its pending work. Tells its new
/// version.
pub fn moved(
    work: &Work<'_>,
    project: &Project,
    to: Stage,
    overlays: &BTreeSet<Overlay>,
    policy: &Policy,
) -> Answer<i64> {
    let clock = clock_after(project, to, overlays, policy, work.context().now.date_naive());
    moved_at(work, project, to, clock, policy)
}

/// Moves a project under a clock that is known: that of the stage it is taken back to.
pub fn moved_at(work: &Work<'_>, project: &Project, to: Stage, clock: Clock, policy: &Policy) -> Answer<i64> {
    let now = work.context().now;
    if !work.write().move_project(project, to, clock, now)? {
        return Err(Error::Conflict { code: project.code.clone(), current: project.version });
    }
    await_work(work, project, policy)?;
    Ok(project.version + 1)
}

/// A stage entered has its whole time; one that was left standing goes on where it stood. A stage entered while
/// something stops the clock has its whole time kept for later.
fn clock_after(project: &Project, to: Stage, overlays: &BTreeSet<Overlay>, policy: &Policy, today: NaiveDate) -> Clock {
    let clock = if to == project.stage { project.clock } else { Clock::running(policy.due(to, today)) };
    match overlays.iter().any(|overlay| overlay.stops_clock()) {
        true => clock.stopped(today, &policy.working_days),
        false => clock.resumed(today, &policy.working_days),
    }
}

/// Rewrites a project's pending work from what is stored now.
pub fn await_work(work: &Work<'_>, project: &Project, policy: &Policy) -> Answer<()> {
    let read = work.context().read;
    let vanished = || Error::Bug("a project vanished".to_owned());
    let standing = read.standing(project)?.ok_or_else(vanished)?;
    let waiting = waiting(&standing, policy);
    // Whoever teaches `waiting` to look at more must teach it to the shorter reading, too.
    debug_assert_eq!(Some(&waiting), read.dossier(project.id)?.map(|whole| self::waiting(&whole, policy)).as_ref());
    work.write().set_pending(project.id, standing.project.clock.due, &waiting)?;
    if !standing.deeds.is_empty() {
        work.write().set_amounts(project.id, &standing.amounts())?;
    }
    Ok(())
}
