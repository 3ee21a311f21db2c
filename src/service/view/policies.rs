//! The dated rules: which edition applies when, and by which one a project is judged.

use std::sync::Arc;

use chrono::NaiveDate;

use super::Query;
use crate::domain::calendar::Moment;
use crate::domain::policy::Policy;
use crate::domain::project::Project;
use crate::domain::round::RoundKind;
use crate::service::error::{Answer, Missing};
use crate::service::gate::Context;
use crate::service::store::policy::PolicyHead;

/// An installed policy as a line of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyLine {
    /// Names the edition.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The first day it applies to newly opened rounds.
    pub from: NaiveDate,
    /// The last day it does, where a later one follows; before `from` where one of the same day replaced it.
    pub to: Option<NaiveDate>,
    /// SM3 of its text.
    pub digest: String,
    /// When it was installed.
    pub installed_at: Moment,
    /// Whether rounds that open today follow it.
    pub in_force: bool,
    /// How many projects that are not finished run under it.
    pub running: u64,
}

impl PolicyLine {
    /// Tells whether no day is left to it, because another edition of the same day was installed later.
    pub fn is_replaced(&self) -> bool {
        self.to.is_some_and(|last| last < self.from)
    }
}

/// All installed policies, the earliest first.
#[derive(Debug, Clone, Copy)]
pub struct Policies;

impl Query for Policies {
    type Answer = Vec<PolicyLine>;

    fn answer(self, context: Context<'_>) -> Answer<Vec<PolicyLine>> {
        let running = context.read.projects_by_policy()?;
        let mut lines = lines(context)?;
        for line in &mut lines {
            line.running = running.iter().filter(|(id, _)| *id == line.id).map(|(_, count)| *count).sum();
        }
        Ok(lines)
    }
}

/// Lists the editions without counting who follows them.
fn lines(context: Context<'_>) -> Answer<Vec<PolicyLine>> {
    let in_force = context.read.policy_on(context.now.date_naive())?;
    let heads = context.read.policy_heads()?;
    let nexts: Vec<Option<NaiveDate>> =
        heads.iter().skip(1).map(|next| Some(next.effective_from)).chain(std::iter::once(None)).collect();
    let line = |(head, next): (PolicyHead, Option<NaiveDate>)| PolicyLine {
        in_force: in_force.as_deref() == Some(head.id.as_str()),
        id: head.id,
        title: head.title,
        from: head.effective_from,
        to: next.and_then(|day| day.pred_opt()),
        digest: head.digest,
        installed_at: head.installed_at,
        running: 0,
    };
    Ok(heads.into_iter().zip(nexts).map(line).collect())
}

/// One policy, or the one in force today.
#[derive(Debug, Clone)]
pub struct PolicyOf {
    /// Its id; none for the one in force.
    pub id: Option<String>,
}

impl Query for PolicyOf {
    type Answer = (Arc<Policy>, String);

    fn answer(self, context: Context<'_>) -> Answer<(Arc<Policy>, String)> {
        let policy = match self.id {
            Some(id) => context.policies.get(context.read, &id)?,
            None => context.policies.in_force(context.read, context.now)?,
        };
        let stored = context.read.policy(&policy.id)?.ok_or_else(|| Missing::Policy(policy.id.clone()))?;
        Ok((policy, stored.body))
    }
}

/// By which edition a project is judged, and since when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RulesOfProject {
    /// The edition of the running round.
    pub edition: PolicyLine,
    /// The round that took it up; none while nothing was submitted, when today's edition is only a forecast.
    pub round: Option<OpenedRound>,
    /// An edition that begins later and does not apply to the running round: the one in force today, else the next.
    pub newer: Option<PolicyLine>,
}

/// Which round took an edition up, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenedRound {
    /// Of what.
    pub kind: RoundKind,
    /// Which one, 1 for the first.
    pub number: u32,
    /// When.
    pub at: Moment,
}

impl RulesOfProject {
    /// Finds the edition of a project's running round.
    pub fn of(context: Context<'_>, project: &Project) -> Answer<RulesOfProject> {
        let lines = lines(context)?;
        let place = lines.iter().position(|line| line.id == project.policy);
        let place = place.ok_or_else(|| Missing::Policy(project.policy.clone()))?;
        let rounds = context.read.rounds(project.id)?;
        // The first review belongs to the submission, so the edition was taken up by the earliest round that has it.
        let round = rounds.iter().filter(|round| round.policy == project.policy).min_by_key(|round| round.opened_at);
        let later = || lines.iter().skip(place + 1).filter(|line| !line.is_replaced());
        let newer = later().find(|line| line.in_force).or_else(|| later().next()).cloned();
        let edition = lines.get(place).cloned().ok_or_else(|| Missing::Policy(project.policy.clone()))?;
        let opened = |round: &crate::service::store::round::StoredRound| OpenedRound {
            kind: round.kind,
            number: round.number,
            at: round.opened_at,
        };
        Ok(RulesOfProject { edition, round: round.map(opened), newer })
    }
}
