//! The yearly plan 〔第六条〕: what each unit declared for a year, how far it has come, and what waits for whom.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike;

use super::Query;
use crate::domain::actor::Role;
use crate::domain::calendar::Moment;
use crate::domain::ids::{ProjectCode, ProjectId, UnitId};
use crate::domain::money::Money;
use crate::domain::permission::matrix::{Verb, grants};
use crate::domain::permission::visibility;
use crate::domain::plan::{BULK, PlanState, waits_as};
use crate::domain::project::{InYearReason, Overlay, Stage};
use crate::domain::route::RouteCode;
use crate::domain::workflow::action::Action;
use crate::domain::workflow::record::{Agency, VoteResult};
use crate::domain::workflow::waiting::Desk;
use crate::service::desks::desks;
use crate::service::error::{Answer, Missing};
use crate::service::gate::Context;
use crate::service::store::plan::{Deadlines, PlanScope};

/// A number of projects and their money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// How many.
    pub count: i64,
    /// The sum of the amounts that decide their routes.
    pub amount: Money,
}

impl Tally {
    fn add(&mut self, other: Tally) {
        self.count += other.count;
        self.amount = self.amount + other.amount;
    }
}

/// Where the projects of a unit, or of the county, stand in a plan.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Standing {
    /// All that belong to the plan: withdrawn and exempt ones do not.
    pub all: Tally,
    /// By how far they have come; those outside the plan too.
    pub states: BTreeMap<PlanState, Tally>,
    /// By the way they go.
    pub routes: BTreeMap<RouteCode, Tally>,
    /// Declared as additions in the running year 〔第六条〕第二款.
    pub in_year: Tally,
    /// Arrived after the deadline; they take the way of additions and are never rejected for it.
    pub late: Tally,
    /// The votes on those in joint review.
    pub votes: BTreeMap<(Agency, VoteResult), i64>,
    /// What waits for the account that asks.
    pub waiting: BTreeMap<Action, i64>,
}

impl Standing {
    fn count(&mut self, group: &crate::service::store::plan::PlanGroup) {
        self.states.entry(group.state).or_default().add(group.tally);
        if group.state == PlanState::Outside {
            return;
        }
        self.all.add(group.tally);
        self.routes.entry(group.route).or_default().add(group.tally);
        if group.in_year {
            self.in_year.add(group.tally);
        }
        if group.late {
            self.late.add(group.tally);
        }
    }

    /// Tells how many projects are at a state.
    pub fn at(&self, state: PlanState) -> i64 {
        self.states.get(&state).map_or(0, |tally| tally.count)
    }

    /// Tells how many projects an agency has voted on.
    pub fn voted(&self, agency: Agency) -> i64 {
        self.votes.iter().filter(|((voter, _), _)| *voter == agency).map(|(_, count)| count).sum()
    }

    /// Tells how many projects wait for the account, each once.
    pub fn waits(&self) -> i64 {
        self.waiting.values().sum()
    }

    /// Tells what share of the projects was added in the running year, the late ones included, in thousandths.
    pub fn added_per_mille(&self) -> i64 {
        let added = self.in_year.count + self.late.count;
        (added * 1000 + self.all.count / 2).checked_div(self.all.count).unwrap_or(0)
    }
}

/// A unit's part of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitPlan {
    /// The unit.
    pub id: UnitId,
    /// Its name.
    pub name: String,
    /// Where its projects stand.
    pub standing: Standing,
}

/// The plan of a year, as far as the account may see it.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The year; the latest that has a plan where none is given.
    pub year: Option<i32>,
    /// Only of this unit.
    pub unit: Option<String>,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanView {
    /// The year.
    pub year: i32,
    /// From when on declarations are late, by the policy in force.
    pub late_from: Option<Moment>,
    /// The moment of the answer.
    pub now: Moment,
    /// Each unit, the one with most projects first.
    pub units: Vec<UnitPlan>,
    /// All of them together.
    pub total: Standing,
}

impl Query for Plan {
    type Answer = PlanView;

    fn answer(self, context: Context<'_>) -> Answer<PlanView> {
        let year = match self.year {
            Some(year) => year,
            // Before anything was declared people look at the year to come.
            None => context.read.latest_plan_year()?.unwrap_or(context.now.year() + 1),
        };
        let unit = unit_of(context, self.unit.as_deref())?;
        let scope = PlanScope { sight: visibility(context.actor), year, unit, stage: None };
        let mut units: BTreeMap<UnitId, UnitPlan> = BTreeMap::new();
        let mut total = Standing::default();
        for group in context.read.plan_groups(scope, &deadlines(context, year)?)? {
            let empty = || UnitPlan { id: group.unit, name: group.unit_name.clone(), standing: Standing::default() };
            units.entry(group.unit).or_insert_with(empty).standing.count(&group);
            total.count(&group);
        }
        for (unit, agency, result, count) in context.read.plan_votes(scope)? {
            let of_unit = units.get_mut(&unit).map(|unit| &mut unit.standing);
            for standing in of_unit.into_iter().chain([&mut total]) {
                *standing.votes.entry((agency, result)).or_default() += count;
            }
        }
        for (_, (_, unit, action)) in work(context, year, unit, None)? {
            let of_unit = units.get_mut(&unit).map(|unit| &mut unit.standing);
            for standing in of_unit.into_iter().chain([&mut total]) {
                *standing.waiting.entry(action).or_default() += 1;
            }
        }
        let policy = context.policies.in_force(context.read, context.now)?;
        let mut units: Vec<UnitPlan> = units.into_values().collect();
        // The largest share of the plan first; the order then stays while votes are cast.
        units.sort_by(|a, b| (b.standing.all.count, &a.name).cmp(&(a.standing.all.count, &b.name)));
        Ok(PlanView { year, late_from: policy.plan.late_from(year), now: context.now, units, total })
    }
}

/// The projects of a plan, each with its votes.
#[derive(Debug, Clone)]
pub struct PlanProjects {
    /// The year.
    pub year: i32,
    /// Only of this unit.
    pub unit: Option<String>,
    /// Only at this stage.
    pub stage: Option<Stage>,
}

/// A project of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanProject {
    /// Its number in the database.
    pub id: ProjectId,
    /// Its code.
    pub code: ProjectCode,
    /// Its name.
    pub name: String,
    /// The unit that builds it.
    pub unit: String,
    /// Where it stands.
    pub stage: Stage,
    /// How far it has come in the plan.
    pub state: PlanState,
    /// The way it goes.
    pub route: RouteCode,
    /// What lies over its stage.
    pub overlays: BTreeSet<Overlay>,
    /// Its version.
    pub version: i64,
    /// The amount that decides its route.
    pub amount: Money,
    /// Why it is added in the running year, where it is.
    pub in_year: Option<InYearReason>,
    /// When it reached the Centre.
    pub received_at: Option<Moment>,
    /// Whether that was after the deadline.
    pub late: bool,
    /// The votes on it while it is in joint review.
    pub votes: Vec<(Agency, VoteResult)>,
    /// For which actions it waits for the account that asks.
    pub waiting: Vec<Action>,
}

impl PlanProject {
    /// Finds how an agency voted.
    pub fn vote_of(&self, agency: Agency) -> Option<VoteResult> {
        self.votes.iter().find(|(voter, _)| *voter == agency).map(|(_, result)| *result)
    }
}

impl Query for PlanProjects {
    type Answer = Vec<PlanProject>;

    fn answer(self, context: Context<'_>) -> Answer<Vec<PlanProject>> {
        let unit = unit_of(context, self.unit.as_deref())?;
        let scope = PlanScope { sight: visibility(context.actor), year: self.year, unit, stage: self.stage };
        let mut projects = context.read.plan_projects(scope, &deadlines(context, self.year)?)?;
        // Both lists are in the order of the projects' numbers.
        let mut by_id: BTreeMap<ProjectId, &mut PlanProject> =
            projects.iter_mut().map(|project| (project.id, project)).collect();
        for (id, agency, result) in context.read.plan_votes_each(scope)? {
            if let Some(project) = by_id.get_mut(&id) {
                project.votes.push((agency, result));
            }
        }
        for ((id, _), (_, _, action)) in work(context, self.year, unit, None)? {
            if let Some(project) = by_id.get_mut(&id) {
                project.waiting.push(action);
            }
        }
        Ok(projects)
    }
}

/// The projects of a plan that wait for the account with an action.
#[derive(Debug, Clone)]
pub struct PlanWork {
    /// The year.
    pub year: i32,
    /// Only of this unit.
    pub unit: Option<String>,
    /// The action.
    pub action: Action,
    /// For the clerk who transcribes: the authority whose decision it is.
    pub on_behalf_of: Option<Role>,
}

/// A project of a plan that waits for an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanItem {
    /// Its number in the database.
    pub id: ProjectId,
    /// Its code.
    pub code: ProjectCode,
    /// Its name.
    pub name: String,
    /// The unit that builds it.
    pub unit: String,
    /// Where it stands.
    pub stage: Stage,
    /// Its version.
    pub version: i64,
}

impl PlanItem {
    /// Names a project of which nothing is known.
    pub fn unknown(code: ProjectCode) -> PlanItem {
        let (name, unit) = (String::new(), String::new());
        PlanItem { id: ProjectId(0), code, name, unit, stage: Stage::Draft, version: 0 }
    }
}

impl From<&PlanProject> for PlanItem {
    fn from(project: &PlanProject) -> PlanItem {
        PlanItem {
            id: project.id,
            code: project.code.clone(),
            name: project.name.clone(),
            unit: project.unit.clone(),
            stage: project.stage,
            version: project.version,
        }
    }
}

impl Query for PlanWork {
    type Answer = Vec<PlanItem>;

    fn answer(self, context: Context<'_>) -> Answer<Vec<PlanItem>> {
        let unit = unit_of(context, self.unit.as_deref())?;
        let expected = waits_as(self.action);
        let found = work(context, self.year, unit, Some((self.action, self.on_behalf_of)))?;
        let mut items: BTreeMap<ProjectId, PlanItem> = BTreeMap::new();
        for ((id, _), (item, _, action)) in found {
            if expected.contains(&action) {
                items.insert(id, item);
            }
        }
        Ok(items.into_values().collect())
    }
}

/// What waits for the account in a plan, by project and by what is waited for: a project that waits for two roles of one
/// person waits once.
type Work = BTreeMap<(ProjectId, Action), (PlanItem, UnitId, Action)>;

/// Finds what waits at the account's own desks; for one action also what the clerk may do for a unit (代办) or transcribe
/// for an authority (代录).
fn work(context: Context<'_>, year: i32, unit: Option<UnitId>, wanted: Option<(Action, Option<Role>)>) -> Answer<Work> {
    let actions = wanted.map_or(BULK.to_vec(), |(action, _)| vec![action]);
    let may =
        |role: &Role| actions.iter().any(|act| grants(Verb::Act(*act)).iter().any(|(granted, _)| granted == role));
    let own = desks(context.actor, None).into_iter().map(|(role, desk)| (role, Some(desk)));
    let mut places: Vec<(Role, Option<Desk>)> = own.filter(|(role, _)| may(role)).collect();
    if let Some((action, behalf)) = wanted
        && context.actor.has(Role::Intake)
    {
        let assists = grants(Verb::Act(action)).iter().any(|(role, _)| *role == Role::Unit);
        places.extend(assists.then_some((Role::Unit, None)));
        places.extend(behalf.filter(may).map(|role| (role, None)));
    }
    let mut found = Work::new();
    for (role, desk) in places {
        for (item, unit, expected) in context.read.plan_pending(role, desk, year, unit)? {
            if BULK.contains(&expected) {
                found.insert((item.id, expected), (item, unit, expected));
            }
        }
    }
    Ok(found)
}

fn unit_of(context: Context<'_>, name: Option<&str>) -> Answer<Option<UnitId>> {
    let Some(name) = name.map(str::trim) else { return Ok(None) };
    match context.read.unit_named(name)? {
        Some(unit) => Ok(Some(unit.id)),
        None => Err(Missing::Unit(name.to_owned()).into()),
    }
}

/// Tells for every policy from when on a declaration for that year's plan is late under it.
fn deadlines(context: Context<'_>, year: i32) -> Answer<Deadlines> {
    let mut by_policy = Vec::new();
    for stored in context.read.policy_ids()? {
        let policy = context.policies.get(context.read, &stored)?;
        by_policy.extend(policy.plan.late_from(year).map(|late| (stored, late)));
    }
    Ok(Deadlines::new(&by_policy))
}
