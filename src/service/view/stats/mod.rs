//! Statistics: how many projects stand where, the money of each step, how long what waits, what the reviews cut.
//!
//! Everything is counted among what the account may see. Integers only: shares are told in thousandths.

mod review;
mod waiting;

pub use review::{
    DimensionStats, FindingStats, MOST_LOOKED_AT, PatternStats, ReviewStats, ReviewStatsView, ReviewerStats,
};
pub use waiting::{Late, Overdue, Spread, StageWaiting};

use std::collections::BTreeMap;

use super::Query;
use crate::domain::actor::Role;
use crate::domain::calendar::Moment;
use crate::domain::ids::{ProjectCode, ProjectId, UnitId};
use crate::domain::money::Money;
use crate::domain::permission::visibility;
use crate::domain::project::{Overlay, Phase, Stage};
use crate::domain::route::RouteCode;
use crate::domain::search::Filter;
use crate::service::error::{Answer, Missing};
use crate::service::gate::Context;
use crate::service::store::page::Condition;
use crate::service::store::stats::{StatsGroup, StatsScope};

/// How many single projects a list of the worst or the largest names.
const LISTED: usize = 10;

/// What the reviews cut from the amounts that lay before them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cuts {
    /// How many projects a signed opinion passed.
    pub reviewed: i64,
    /// What lay before their reviews.
    pub before: Money,
    /// How many of them were cut.
    pub count: i64,
    /// By how much.
    pub amount: Money,
}

impl Cuts {
    fn add(&mut self, other: Cuts) {
        self.reviewed += other.reviewed;
        self.before = self.before + other.before;
        self.count += other.count;
        self.amount = self.amount + other.amount;
    }

    /// Tells what share of the amounts was cut, in thousandths.
    pub fn per_mille(&self) -> i64 {
        per_mille(self.amount.fen(), self.before.fen())
    }
}

/// Tells a share in thousandths, rounded to the nearest; of nothing it is none.
pub fn per_mille(part: i64, whole: i64) -> i64 {
    let (part, whole) = (i128::from(part), i128::from(whole));
    (part * 1_000 + whole / 2).checked_div(whole).and_then(|share| i64::try_from(share).ok()).unwrap_or(0)
}

/// A number of projects and the money of each step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sums {
    /// How many.
    pub count: i64,
    /// The sum of the amounts that decide their routes.
    pub amount: Money,
    /// 申报.
    pub declared: Money,
    /// 立项批复.
    pub approved: Money,
    /// 评审核定, of those that were passed.
    pub assessed: Money,
    /// 合同.
    pub contract: Money,
    /// What the reviews cut.
    pub cuts: Cuts,
}

impl Sums {
    fn add(&mut self, other: Sums) {
        self.count += other.count;
        self.amount = self.amount + other.amount;
        self.declared = self.declared + other.declared;
        self.approved = self.approved + other.approved;
        self.assessed = self.assessed + other.assessed;
        self.contract = self.contract + other.contract;
        self.cuts.add(other.cuts);
    }
}

/// What the review cut from one project's amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cut {
    /// What lay before it.
    pub before: Money,
    /// What it cut.
    pub amount: Money,
}

/// A project whose amount was cut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CutProject {
    /// Its code.
    pub code: ProjectCode,
    /// Its name.
    pub name: String,
    /// The unit that builds it.
    pub unit: String,
    /// By how much.
    pub cut: Cut,
    /// Why, in the words of the opinion.
    pub reason: String,
}

/// A unit's part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitStats {
    /// Its name.
    pub name: String,
    /// Its projects and their money.
    pub sums: Sums,
}

/// Statistics of the projects the account may see.
#[derive(Debug, Clone)]
pub struct Stats {
    /// Only of this plan year.
    pub year: Option<i32>,
    /// Only of this unit.
    pub unit: Option<String>,
    /// Only what passes.
    pub filter: Filter,
}

impl Stats {
    /// Asks for everything.
    pub const EVERYTHING: Stats = Stats { year: None, unit: None, filter: Filter::EVERYTHING };
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatsView {
    /// The year asked for.
    pub year: Option<i32>,
    /// The unit asked for.
    pub unit: Option<String>,
    /// The moment of the answer.
    pub now: Moment,
    /// All of them together.
    pub total: Sums,
    /// Every year that has projects, whatever was asked for; of the others only those asked for.
    pub years: BTreeMap<i32, Sums>,
    /// By where they stand, in the order of the life.
    pub stages: BTreeMap<Stage, Sums>,
    /// By what lies over their stage; such a project counts at its stage as well.
    pub overlays: BTreeMap<Overlay, Sums>,
    /// By the way they go.
    pub routes: BTreeMap<RouteCode, Sums>,
    /// By unit, the one with the largest declared amount first.
    pub units: Vec<UnitStats>,
    /// How long the projects wait at each stage.
    pub waiting: BTreeMap<Stage, StageWaiting>,
    /// What is overdue.
    pub overdue: Overdue,
    /// The largest cuts, the largest first.
    pub largest_cuts: Vec<CutProject>,
}

impl StatsView {
    /// Adds the stages up to the parts of the life, all of them, each with how many of its projects are overdue.
    pub fn phases(&self) -> BTreeMap<Phase, (Sums, i64)> {
        let mut phases: BTreeMap<Phase, (Sums, i64)> =
            Phase::ALL.iter().map(|phase| (*phase, Default::default())).collect();
        for (stage, sums) in &self.stages {
            let (phase, overdue) = phases.entry(stage.phase()).or_default();
            phase.add(*sums);
            *overdue += self.waiting.get(stage).map_or(0, |waiting| waiting.overdue);
        }
        phases
    }

    /// Tells how many projects are on their way: at a stage after which something must still happen.
    pub fn under_way(&self) -> i64 {
        self.stages.iter().filter(|(stage, _)| !stage.is_final()).map(|(_, sums)| sums.count).sum()
    }
}

/// What all statements of an answer have in common.
struct Asked {
    years: Vec<i32>,
    unit: Option<UnitId>,
    filter: Condition,
}

impl Asked {
    fn of(context: Context<'_>, asked: &Stats) -> Answer<Asked> {
        let unit = match asked.unit.as_deref().map(str::trim) {
            None => None,
            Some(name) => {
                let unit = context.read.unit_named(name)?.ok_or_else(|| Missing::Unit(name.to_owned()))?;
                Some(unit.id)
            }
        };
        let all = context.read.stats_years()?;
        let years = all.into_iter().filter(|year| asked.year.is_none_or(|wanted| wanted == *year)).collect();
        Ok(Asked { years, unit, filter: super::queue::condition(context, &asked.filter)? })
    }

    fn scopes<'f>(&'f self, context: Context<'_>) -> impl Iterator<Item = StatsScope<'f>> {
        let sight = visibility(context.actor);
        self.years.iter().map(move |year| StatsScope { sight, year: *year, unit: self.unit, filter: &self.filter })
    }

    /// Leaves out the projects whose panels the person must stay away from: how far those are is not told either.
    fn without_panels_to_stay_away_from(mut self, context: Context<'_>) -> Answer<Asked> {
        let barred = context.projects_to_stay_away_from()?;
        self.filter.keep_out(&barred.iter().map(|dossier| dossier.project.id.0).collect::<Vec<i64>>());
        Ok(self)
    }
}

impl Query for Stats {
    type Answer = StatsView;

    fn answer(self, context: Context<'_>) -> Answer<StatsView> {
        let asked = Asked::of(context, &self)?;
        let mut found = Grouped::default();
        let mut cuts: Vec<(ProjectId, Cut)> = Vec::new();
        for scope in asked.scopes(context) {
            for group in context.read.stats_groups(scope)? {
                found.add(scope.year, &group);
            }
            cuts.extend(context.read.stats_largest_cuts(scope, LISTED)?);
            for project in context.read.stats_changed(scope)? {
                cuts.extend(found.add_changed(context, scope.year, project)?);
            }
        }
        cuts.sort_by_key(|(id, cut)| (std::cmp::Reverse(cut.amount), *id));
        cuts.truncate(LISTED);
        let mut largest_cuts = Vec::new();
        for (id, cut) in cuts {
            let project = context.read.stats_cut_project(id)?;
            largest_cuts.extend(project.map(|(code, name, unit, reason)| CutProject { code, name, unit, cut, reason }));
        }
        let mut names: BTreeMap<UnitId, String> =
            context.read.units()?.into_iter().map(|unit| (unit.id, unit.name)).collect();
        let named = |(id, sums)| Some(UnitStats { name: names.remove(&id)?, sums });
        let mut units: Vec<UnitStats> = found.units.into_iter().filter_map(named).collect();
        units.sort_by(|a, b| (b.sums.declared, &a.name).cmp(&(a.sums.declared, &b.name)));
        let (waiting, overdue) = waiting::find(context, &asked)?;
        let overdue = Overdue { by_role: overdue_roles(context, asked)?, ..overdue };
        Ok(StatsView {
            year: self.year,
            unit: self.unit,
            now: context.now,
            total: found.total,
            years: found.years,
            stages: found.stages,
            overlays: found.overlays,
            routes: found.routes,
            units,
            waiting,
            overdue,
            largest_cuts,
        })
    }
}

fn overdue_roles(context: Context<'_>, asked: Asked) -> Answer<BTreeMap<Role, i64>> {
    let asked = asked.without_panels_to_stay_away_from(context)?;
    let mut roles = BTreeMap::new();
    for scope in asked.scopes(context) {
        for (role, count) in context.read.stats_overdue_roles(scope, context.now.date_naive())? {
            *roles.entry(role).or_default() += count;
        }
    }
    Ok(roles)
}

#[derive(Default)]
struct Grouped {
    total: Sums,
    years: BTreeMap<i32, Sums>,
    stages: BTreeMap<Stage, Sums>,
    overlays: BTreeMap<Overlay, Sums>,
    routes: BTreeMap<RouteCode, Sums>,
    units: BTreeMap<UnitId, Sums>,
}

impl Grouped {
    fn add(&mut self, year: i32, group: &StatsGroup) {
        self.total.add(group.sums);
        self.years.entry(year).or_default().add(group.sums);
        self.stages.entry(group.stage).or_default().add(group.sums);
        self.routes.entry(group.route).or_default().add(group.sums);
        self.units.entry(group.unit).or_default().add(group.sums);
        for overlay in &group.overlays {
            self.overlays.entry(*overlay).or_default().add(group.sums);
        }
    }

    /// Adds what the review cut from a project that was changed: what lay before it is in its records.
    fn add_changed(&mut self, context: Context<'_>, year: i32, id: ProjectId) -> Answer<Option<(ProjectId, Cut)>> {
        let Some(dossier) = context.read.dossier(id)? else { return Ok(None) };
        let project = &dossier.project;
        let amount = dossier.cut().unwrap_or_default();
        let before = project.assessed.unwrap_or_default() + amount;
        let cuts = Cuts { reviewed: 1, before, count: i64::from(!amount.is_zero()), amount };
        let sums = Sums { cuts, ..Sums::default() };
        let group = StatsGroup {
            unit: project.unit.id,
            stage: project.stage,
            route: project.route.code,
            overlays: project.overlays.clone(),
            sums,
        };
        self.add(year, &group);
        Ok((!amount.is_zero()).then_some((id, Cut { before, amount })))
    }
}
