//! Statistics of the reviews: verdicts by dimension, the work of each reviewer, what panels concluded, what was found.

use std::collections::BTreeMap;

use super::waiting::{Elapsed, offset};
use super::{Asked, Spread, Stats};
use crate::domain::checklist::{Dimension, Verdict};
use crate::domain::findings::Pattern;
use crate::domain::findings::disposition::Standing;
use crate::domain::ids::AccountId;
use crate::domain::project::Stage;
use crate::domain::workflow::record::{PanelResult, ReviewResult};
use crate::service::error::Answer;
use crate::service::findings::sheet;
use crate::service::gate::Context;
use crate::service::view::Query;

/// In how many projects findings are looked for at most: each one reads what lies around it.
pub const MOST_LOOKED_AT: usize = 200;

/// Statistics of the reviews of the projects the account may see.
#[derive(Debug, Clone)]
pub struct ReviewStats(pub Stats);

/// The verdicts of a dimension 〔第七条〕.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DimensionStats {
    /// How many items were answered so, over all projects.
    pub verdicts: BTreeMap<Verdict, i64>,
}

impl DimensionStats {
    /// Tells how many items were answered so.
    pub fn of(&self, verdict: Verdict) -> i64 {
        self.verdicts.get(&verdict).copied().unwrap_or(0)
    }

    /// Tells how many items were answered.
    pub fn answered(&self) -> i64 {
        self.verdicts.values().sum()
    }
}

/// A reviewer's work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewerStats {
    /// The name on the command line.
    pub account: String,
    /// The person's name.
    pub name: String,
    /// Projects before the person, and how long they have stood at their stage.
    pub open: Spread,
    /// Signed opinions the person drafted, by what they say.
    pub done: BTreeMap<ReviewResult, i64>,
}

/// How often a pattern was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PatternStats {
    /// Nobody disposed of it yet; only in projects under review.
    pub open: i64,
    /// Taken up.
    pub accepted: i64,
    /// Ruled out.
    pub dismissed: i64,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FindingStats {
    /// By pattern.
    pub patterns: BTreeMap<Pattern, PatternStats>,
    /// In how many projects under review findings were looked for; none where they are too many to look at. Then what
    /// is open is not known, and everything else is what was decided last.
    pub looked_at: Option<i64>,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReviewStatsView {
    /// By dimension, all four.
    pub dimensions: BTreeMap<Dimension, DimensionStats>,
    /// By reviewer, the one with most before them first.
    pub reviewers: Vec<ReviewerStats>,
    /// What panels concluded.
    pub panels: BTreeMap<PanelResult, i64>,
    /// What was found.
    pub findings: FindingStats,
}

/// Tells whether a project is under technical review.
const fn is_under_review(stage: Stage) -> bool {
    matches!(
        stage,
        Stage::TechnicalReview
            | Stage::PanelForming
            | Stage::PanelReviewing
            | Stage::PanelConcluding
            | Stage::Revising
            | Stage::OpinionCheck
            | Stage::OpinionSigning
    )
}

impl Query for ReviewStats {
    type Answer = ReviewStatsView;

    fn answer(self, context: Context<'_>) -> Answer<ReviewStatsView> {
        let asked = Asked::of(context, &self.0)?.without_panels_to_stay_away_from(context)?;
        let mut panels = BTreeMap::new();
        for scope in asked.scopes(context) {
            for (result, count) in context.read.stats_panels(scope)? {
                *panels.entry(result).or_default() += count;
            }
        }
        Ok(ReviewStatsView {
            dimensions: dimensions(context, &asked)?,
            reviewers: reviewers(context, &asked)?,
            panels,
            findings: findings(context, &asked)?,
        })
    }
}

fn under_review() -> Vec<Stage> {
    Stage::ALL.iter().copied().filter(|stage| is_under_review(*stage)).collect()
}

fn dimensions(context: Context<'_>, asked: &Asked) -> Answer<BTreeMap<Dimension, DimensionStats>> {
    let mut found: BTreeMap<Dimension, DimensionStats> =
        Dimension::ALL.iter().map(|dimension| (*dimension, DimensionStats::default())).collect();
    for scope in asked.scopes(context) {
        for (policy, item, verdict, count) in context.read.stats_verdicts(scope)? {
            let policy = context.policies.get(context.read, &policy)?;
            // An item that the rules in force for the project do not know any more belongs to no dimension.
            if let Some(known) = policy.checklist.iter().find(|known| known.id == item) {
                *found.entry(known.dimension).or_default().verdicts.entry(verdict).or_default() += count;
            }
        }
    }
    Ok(found)
}

#[derive(Default)]
struct Work {
    waits: BTreeMap<u32, i64>,
    done: BTreeMap<ReviewResult, i64>,
}

fn reviewers(context: Context<'_>, asked: &Asked) -> Answer<Vec<ReviewerStats>> {
    let policy = context.policies.in_force(context.read, context.now)?;
    let mut elapsed = Elapsed::new(&policy.working_days, context.now.date_naive());
    let mut work: BTreeMap<AccountId, Work> = BTreeMap::new();
    for scope in asked.scopes(context) {
        for (account, day, count) in context.read.stats_open_reviews(scope, &under_review(), offset(context))? {
            *work.entry(account).or_default().waits.entry(elapsed.since_number(day)).or_default() += count;
        }
        for (account, result, count) in context.read.stats_signed_opinions(scope)? {
            *work.entry(account).or_default().done.entry(result).or_default() += count;
        }
    }
    let accounts = context.read.accounts()?;
    let mut found: Vec<ReviewerStats> = accounts
        .into_iter()
        .filter_map(|account| {
            let work = work.remove(&account.id)?;
            let open = Spread::of(&work.waits);
            Some(ReviewerStats { account: account.code, name: account.name, open, done: work.done })
        })
        .collect();
    found.sort_by(|a, b| (b.open.count, &a.account).cmp(&(a.open.count, &b.account)));
    Ok(found)
}

/// Counts findings: in projects under review as they stand now, in the others as they were decided last.
fn findings(context: Context<'_>, asked: &Asked) -> Answer<FindingStats> {
    let mut found = FindingStats::default();
    let mut looked_at = Vec::new();
    for scope in asked.scopes(context) {
        looked_at.extend(context.read.stats_projects_at(scope, &under_review(), MOST_LOOKED_AT + 1)?);
    }
    let can_look = looked_at.len() <= MOST_LOOKED_AT;
    let but = if can_look { under_review() } else { Vec::new() };
    for scope in asked.scopes(context) {
        for (pattern, accepted, count) in context.read.stats_decided_findings(scope, &but)? {
            let stats = found.patterns.entry(pattern).or_default();
            *(if accepted { &mut stats.accepted } else { &mut stats.dismissed }) += count;
        }
    }
    if !can_look {
        return Ok(found);
    }
    found.looked_at = i64::try_from(looked_at.len()).ok();
    for code in looked_at {
        let dossier = context.dossier(&code)?;
        let policy = context.policies.get(context.read, &dossier.project.policy)?;
        for item in sheet(context, &dossier, &policy)?.items {
            let stats = found.patterns.entry(item.finding.pattern).or_default();
            match item.standing {
                Standing::Open => stats.open += 1,
                Standing::Accepted => stats.accepted += 1,
                Standing::Dismissed => stats.dismissed += 1,
            }
        }
    }
    Ok(found)
}
