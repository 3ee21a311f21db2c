//! Whether the reviewer who holds a project is at work: then nobody takes it over, for one can be asked.
//!
//! The claim itself stands in the database and in its log. That somebody is at work is told by the presence file, by
//! the clock that nobody sets, or by what was last done with the project; where the file is lost, the log alone tells.

use std::collections::BTreeMap;

use super::command::{Act, Command};
use super::error::{Answer, Error};
use super::{Service, usecase};
use crate::domain::ids::ProjectCode;
use crate::domain::workflow::action::Action;
use crate::domain::workflow::unmet::Unmet;

const MINUTE: i64 = 60_000;

/// The projects whose reviewers are at work, with after how many minutes without a sign of life they are not.
pub type AtWork = BTreeMap<ProjectCode, u32>;

impl Service {
    /// Finds the projects that commands would take over from somebody at work.
    pub(super) fn at_work<'c>(&mut self, commands: impl Iterator<Item = &'c Command>) -> Answer<AtWork> {
        let taken_over = |command: &'c Command| match command {
            Command::Act(Act { action: Action::TakeOver, project, .. }) => Some(project),
            _ => None,
        };
        let wanted: Vec<&ProjectCode> = commands.filter_map(taken_over).collect();
        let mut found = AtWork::new();
        if wanted.is_empty() {
            return Ok(found);
        }
        let (up, now) = (self.clock.uptime(), self.clock.now().timestamp_millis());
        let snapshot = self.database.read()?;
        let read = snapshot.read();
        for code in wanted {
            let Some(id) = read.project_id(code)? else { continue };
            let Some(project) = read.project(id)? else { continue };
            let accounts = read.accounts()?;
            let Some(holder) = accounts.iter().find(|account| Some(account.id) == project.reviewer) else { continue };
            let minutes = self.policies.get(read, &project.policy)?.handling.claim_minutes;
            let span = i64::from(minutes) * MINUTE;
            let last = read.last_done_by(code.as_str(), &holder.code)?;
            let by_log = last.is_some_and(|at| (0..span).contains(&(now - at)));
            let mut open = || self.presence.last_seen(&holder.code, &up.boot).map(|seen| up.millis - seen);
            if by_log || open().is_some_and(|ago| (0..span).contains(&ago)) {
                found.insert(code.clone(), minutes);
            }
        }
        Ok(found)
    }
}

/// Holds a prepared command back where it would take a project over from somebody at work.
pub fn ask_first<T>(at_work: &AtWork, command: &Command, prepared: T) -> Answer<T> {
    match command {
        Command::Act(Act { action: Action::TakeOver, project, .. }) => match at_work.get(project) {
            Some(minutes) => Err(Error::from(vec![Unmet::HolderAtWork { minutes: *minutes }])),
            None => Ok(prepared),
        },
        _ => Ok(prepared),
    }
}

/// Prepares a command, unless the one it would take a project from can be asked.
pub fn prepare(
    context: super::gate::Context<'_>,
    command: &Command,
    at_work: &AtWork,
) -> Answer<(crate::domain::permission::Permit, usecase::Plan)> {
    usecase::prepare(context, command).and_then(|prepared| ask_first(at_work, command, prepared))
}
