//! The yearly plan: counted and listed over the index of plan years, never over the whole table.

use chrono::{DateTime, FixedOffset};
use rusqlite::types::Value;
use rusqlite::{Row, params_from_iter};

use super::error::StoreResult;
use super::page::{Condition, seen};
use super::pending::desk_number;
use super::{Reader, codes};
use crate::domain::actor::Role;
use crate::domain::ids::{ProjectCode, ProjectId, UnitId};
use crate::domain::permission::Visibility;
use crate::domain::plan::PlanState;
use crate::domain::project::{InYearReason, Stage};
use crate::domain::route::RouteCode;
use crate::domain::workflow::action::Action;
use crate::domain::workflow::record::{Agency, VoteResult};
use crate::domain::workflow::waiting::Desk;
use crate::service::view::plan::{PlanItem, PlanProject, Tally};

/// The moments from which declarations are late, by policy, as a JSON object: a project is judged by the policy it was
/// handed in under.
#[derive(Debug, Clone)]
pub struct Deadlines(String);

impl Deadlines {
    /// Writes them down.
    pub fn new(by_policy: &[(String, DateTime<FixedOffset>)]) -> Deadlines {
        // A policy's id is made of letters, digits and dashes: nothing in it needs an escape.
        let pairs =
            by_policy.iter().map(|(policy, at)| ["\"", policy, "\":", &at.timestamp_millis().to_string()].concat());
        Deadlines(["{", &pairs.collect::<Vec<_>>().join(","), "}"].concat())
    }
}

/// Of which projects the plan is told.
#[derive(Debug, Clone, Copy)]
pub struct PlanScope {
    /// What may be seen.
    pub sight: Visibility,
    /// The plan year.
    pub year: i32,
    /// Only of this unit.
    pub unit: Option<UnitId>,
    /// Only at this stage.
    pub stage: Option<Stage>,
}

impl PlanScope {
    fn condition(self) -> Condition {
        let mut condition = seen(self.sight, self.stage);
        // Few projects are at the one stage that is asked for, so its index is better than that of the year; the plus
        // tells SQLite so, which knows neither number.
        match self.stage {
            Some(_) => condition.push(" AND +p.plan_year = ?", [self.year.into()]),
            None => condition.push(" AND p.plan_year = ?", [self.year.into()]),
        }
        if let Some(unit) = self.unit {
            condition.push(" AND p.unit_id = ?", [unit.0.into()]);
        }
        condition
    }
}

/// Projects that are alike in everything the plan counts.
#[derive(Debug, Clone)]
pub struct PlanGroup {
    /// The unit that builds them.
    pub unit: UnitId,
    /// Its name.
    pub unit_name: String,
    /// How far they have come.
    pub state: PlanState,
    /// The way they go.
    pub route: RouteCode,
    /// Whether they were declared as additions in the running year.
    pub in_year: bool,
    /// Whether they arrived after the deadline.
    pub late: bool,
    /// How many, and their money.
    pub tally: Tally,
}

/// Whether a project arrived late. An addition in the running year has no deadline to miss.
const LATE: &str = "(p.in_year_reason IS NULL AND coalesce(p.received_at >= d.at, FALSE))";

const DEADLINES: &str = "WITH d (policy, at) AS MATERIALIZED (SELECT key, value FROM json_each(?))";

fn state(row: &Row<'_>) -> StoreResult<PlanState> {
    Ok(PlanState::of(codes::code(row, "stage", Stage::parse)?, codes::get(row, "returned")?))
}

impl Reader<'_> {
    /// Counts a plan by unit and by everything else that matters.
    pub fn plan_groups(self, scope: PlanScope, deadlines: &Deadlines) -> StoreResult<Vec<PlanGroup>> {
        let condition = scope.condition();
        let sql = [
            DEADLINES,
            " SELECT p.unit_id, u.name AS unit_name, p.stage, p.route, p.plan_round > 1 AS returned,
              p.in_year_reason IS NOT NULL AS in_year, ",
            LATE,
            " AS late, count(*) AS n, sum(p.governing_fen) AS fen
              FROM project p LEFT JOIN d ON d.policy = p.policy_id JOIN unit u ON u.id = p.unit_id WHERE ",
            condition.sql(),
            " GROUP BY p.unit_id, p.stage, p.route, returned, in_year, late",
        ]
        .concat();
        let values = std::iter::once(Value::from(deadlines.0.clone())).chain(condition.into_values());
        codes::rows(&mut self.prepare(&sql)?, params_from_iter(values), |row| {
            Ok(PlanGroup {
                unit: UnitId(codes::get(row, "unit_id")?),
                unit_name: codes::get(row, "unit_name")?,
                state: state(row)?,
                route: codes::code(row, "route", RouteCode::parse)?,
                in_year: codes::get(row, "in_year")?,
                late: codes::get(row, "late")?,
                tally: Tally { count: codes::get(row, "n")?, amount: codes::money(row, "fen")? },
            })
        })
    }

    /// Counts the votes on a plan's projects that are in joint review, by unit.
    pub fn plan_votes(self, scope: PlanScope) -> StoreResult<Vec<(UnitId, Agency, VoteResult, i64)>> {
        let condition = PlanScope { stage: Some(Stage::JointReview), ..scope }.condition();
        let sql = [
            "SELECT p.unit_id, v.agency, v.result, count(*) AS n FROM project p CROSS JOIN vote v
             ON v.project_id = p.id AND v.plan_round = p.plan_round WHERE ",
            condition.sql(),
            " GROUP BY p.unit_id, v.agency, v.result",
        ];
        codes::rows(&mut self.prepare(&sql.concat())?, params_from_iter(condition.into_values()), |row| {
            Ok((
                UnitId(codes::get(row, "unit_id")?),
                codes::code(row, "agency", Agency::parse)?,
                codes::code(row, "result", VoteResult::parse)?,
                codes::get(row, "n")?,
            ))
        })
    }

    /// Lists a plan's projects, in the order of their codes. Sorted afterwards, so that SQLite may find a unit's projects
    /// by the unit instead of walking the year in order.
    pub fn plan_projects(self, scope: PlanScope, deadlines: &Deadlines) -> StoreResult<Vec<PlanProject>> {
        let condition = scope.condition();
        let sql = [
            DEADLINES,
            " SELECT p.id, p.code, p.name, u.name AS unit_name, p.stage, p.route, p.version, p.governing_fen,
              p.plan_round > 1 AS returned, p.in_year_reason, p.received_at, p.overlays, ",
            LATE,
            " AS late FROM project p LEFT JOIN d ON d.policy = p.policy_id JOIN unit u ON u.id = p.unit_id WHERE ",
            condition.sql(),
            " ORDER BY +p.id",
        ]
        .concat();
        let values = std::iter::once(Value::from(deadlines.0.clone())).chain(condition.into_values());
        codes::rows(&mut self.prepare(&sql)?, params_from_iter(values), |row| {
            Ok(PlanProject {
                id: ProjectId(codes::get(row, "id")?),
                code: ProjectCode::typed(&codes::get::<String>(row, "code")?),
                name: codes::get(row, "name")?,
                unit: codes::get(row, "unit_name")?,
                stage: codes::code(row, "stage", Stage::parse)?,
                state: state(row)?,
                route: codes::code(row, "route", RouteCode::parse)?,
                overlays: codes::overlays(row, "overlays")?,
                version: codes::get(row, "version")?,
                amount: codes::money(row, "governing_fen")?,
                in_year: codes::maybe_code(row, "in_year_reason", InYearReason::parse)?,
                received_at: codes::maybe_moment(row, "received_at")?,
                late: codes::get(row, "late")?,
                votes: Vec::new(),
                waiting: Vec::new(),
            })
        })
    }

    /// Lists the votes on a plan's projects that are in joint review.
    pub fn plan_votes_each(self, scope: PlanScope) -> StoreResult<Vec<(ProjectId, Agency, VoteResult)>> {
        let condition = PlanScope { stage: Some(Stage::JointReview), ..scope }.condition();
        let sql = [
            "SELECT p.id, v.agency, v.result FROM project p CROSS JOIN vote v
             ON v.project_id = p.id AND v.plan_round = p.plan_round WHERE ",
            condition.sql(),
            " ORDER BY v.at",
        ];
        codes::rows(&mut self.prepare(&sql.concat())?, params_from_iter(condition.into_values()), |row| {
            Ok((
                ProjectId(codes::get(row, "id")?),
                codes::code(row, "agency", Agency::parse)?,
                codes::code(row, "result", VoteResult::parse)?,
            ))
        })
    }

    /// Lists the projects of a plan that wait for a role, at one desk or at any, and the action each waits for.
    pub fn plan_pending(
        self,
        role: Role,
        desk: Option<Desk>,
        year: i32,
        unit: Option<UnitId>,
    ) -> StoreResult<Vec<(PlanItem, UnitId, Action)>> {
        let mut condition = Condition::default();
        condition.push("q.role = ? AND p.plan_year = ?", [Value::from(role.code().to_owned()), year.into()]);
        if let Some(desk) = desk {
            condition.push(" AND q.desk = ?", [desk_number(desk).into()]);
        }
        if let Some(unit) = unit {
            condition.push(" AND p.unit_id = ?", [unit.0.into()]);
        }
        let sql = [
            "SELECT p.id, p.code, p.name, p.unit_id, u.name AS unit_name, p.stage, p.version, q.expected
             FROM pending q CROSS JOIN project p ON p.id = q.project_id JOIN unit u ON u.id = p.unit_id WHERE ",
            condition.sql(),
            " ORDER BY p.id",
        ];
        codes::rows(&mut self.prepare(&sql.concat())?, params_from_iter(condition.into_values()), |row| {
            let item = PlanItem {
                id: ProjectId(codes::get(row, "id")?),
                code: ProjectCode::typed(&codes::get::<String>(row, "code")?),
                name: codes::get(row, "name")?,
                unit: codes::get(row, "unit_name")?,
                stage: codes::code(row, "stage", Stage::parse)?,
                version: codes::get(row, "version")?,
            };
            Ok((item, UnitId(codes::get(row, "unit_id")?), codes::code(row, "expected", Action::parse)?))
        })
    }

    /// Finds the latest year that has a plan.
    pub fn latest_plan_year(self) -> StoreResult<Option<i32>> {
        let mut statement = self.prepare("SELECT max(plan_year) AS year FROM project")?;
        Ok(codes::first(&mut statement, [], |row| codes::get::<Option<i32>>(row, "year"))?.flatten())
    }
}
