//! Statistics: counts and sums over all projects that may be seen.
//!
//! Every statement is about one plan year, so that the index made for it (`project_statistics`) answers; all years are
//! the years one after the other.

use chrono::NaiveDate;
use rusqlite::types::Value;
use rusqlite::{Row, params_from_iter};

use super::error::StoreResult;
use super::page::{COLUMNS, Condition, read_row, seen};
use super::{Reader, codes};
use crate::domain::actor::Role;
use crate::domain::ids::{ProjectCode, ProjectId, UnitId};
use crate::domain::permission::Visibility;
use crate::domain::project::{Overlay, Stage};
use crate::domain::route::RouteCode;
use crate::service::view::row::ProjectRow;
use crate::service::view::stats::{Cut, Cuts, Sums};

/// Of which projects statistics are told.
#[derive(Debug, Clone, Copy)]
pub struct StatsScope<'f> {
    /// What may be seen.
    pub sight: Visibility,
    /// The plan year.
    pub year: i32,
    /// Only of this unit.
    pub unit: Option<UnitId>,
    /// Only what passes.
    pub filter: &'f Condition,
}

impl StatsScope<'_> {
    pub(super) fn condition(self) -> Condition {
        let mut condition = seen(self.sight, None);
        condition.push(" AND p.plan_year = ?", [self.year.into()]);
        if let Some(unit) = self.unit {
            condition.push(" AND p.unit_id = ?", [unit.0.into()]);
        }
        condition.and(self.filter);
        condition
    }
}

/// Projects that are alike in everything statistics group by.
#[derive(Debug, Clone)]
pub struct StatsGroup {
    /// The unit that builds them.
    pub unit: UnitId,
    /// Where they stand.
    pub stage: Stage,
    /// The way they go.
    pub route: RouteCode,
    /// What lies over their stage.
    pub overlays: std::collections::BTreeSet<Overlay>,
    /// How many, and their money; without the cuts of those that were changed.
    pub sums: Sums,
}

/// Projects that came to a stage on the same day.
#[derive(Debug, Clone)]
pub struct Arrivals {
    /// The stage.
    pub stage: Stage,
    /// What lies over it.
    pub overlays: std::collections::BTreeSet<Overlay>,
    /// The day, counted from 1970.
    pub day: i64,
    /// How many.
    pub count: i64,
    /// How many of them are overdue.
    pub overdue: i64,
}

/// Whether a signed opinion of the running round passed the project, so that it has an assessed amount. Nearly always
/// the index alone tells; a later round has an earlier one's amount until its own opinion is signed.
const REVIEWED: &str = "(coalesce(p.assessed_fen, 0) > 0 AND p.stage <> 'review-failed'
    AND (p.round = 1 AND p.stage <> 'terminated' OR EXISTS (SELECT 1 FROM opinion o WHERE o.project_id = p.id
    AND o.round = p.round AND o.signed_by IS NOT NULL AND o.result = 'pass')))";

/// The amount that was approved, which a change does not alter.
const APPROVED: &str = "CASE WHEN p.changed_fen IS NULL THEN p.approved_fen ELSE coalesce((SELECT a.amount_fen
    FROM approval a WHERE a.project_id = p.id ORDER BY a.number DESC LIMIT 1), p.approved_fen) END";

/// The amount that lay before the review, where nothing was changed; else the records must be asked.
const BEFORE: &str = "coalesce(p.approved_fen, p.declared_fen)";

fn sums(row: &Row<'_>) -> StoreResult<Sums> {
    Ok(Sums {
        count: codes::get(row, "n")?,
        amount: codes::money(row, "governing")?,
        declared: codes::money(row, "declared")?,
        approved: codes::money(row, "approved")?,
        assessed: codes::money(row, "assessed")?,
        contract: codes::money(row, "contract")?,
        cuts: Cuts {
            reviewed: codes::get(row, "reviewed")?,
            before: codes::money(row, "before")?,
            count: codes::get(row, "cut_projects")?,
            amount: codes::money(row, "cut")?,
        },
    })
}

impl Reader<'_> {
    /// Lists the years that have projects, the first one first. Goes from one year to the next through the index.
    pub fn stats_years(self) -> StoreResult<Vec<i32>> {
        let sql = "WITH RECURSIVE y (year) AS (SELECT min(plan_year) FROM project UNION ALL
             SELECT (SELECT min(p.plan_year) FROM project p WHERE p.plan_year > y.year) FROM y WHERE y.year IS NOT NULL)
             SELECT year FROM y WHERE year IS NOT NULL";
        codes::rows(&mut self.prepare(sql)?, [], |row| codes::get(row, "year"))
    }

    /// Counts and adds up a year by everything that is grouped by.
    pub fn stats_groups(self, scope: StatsScope<'_>) -> StoreResult<Vec<StatsGroup>> {
        let condition = scope.condition();
        let sql = [
            "SELECT unit_id, stage, route, overlays, count(*) AS n, sum(governing_fen) AS governing,
             sum(declared_fen) AS declared, coalesce(sum(approved), 0) AS approved,
             coalesce(sum(iif(reviewed, assessed_fen, 0)), 0) AS assessed, coalesce(sum(contract_fen), 0) AS contract,
             sum(reviewed AND changed_fen IS NULL) AS reviewed,
             sum(iif(reviewed AND changed_fen IS NULL, before, 0)) AS before,
             sum(reviewed AND changed_fen IS NULL AND before > assessed_fen) AS cut_projects,
             sum(iif(reviewed AND changed_fen IS NULL, max(before - assessed_fen, 0), 0)) AS cut
             FROM (SELECT p.unit_id, p.stage, p.route, p.overlays, p.governing_fen, p.declared_fen, p.assessed_fen,
             p.contract_fen, p.changed_fen, ",
            APPROVED,
            " AS approved, ",
            BEFORE,
            " AS before, ",
            REVIEWED,
            " AS reviewed FROM project p WHERE ",
            condition.sql(),
            ") GROUP BY unit_id, stage, route, overlays",
        ]
        .concat();
        codes::rows(&mut self.prepare(&sql)?, params_from_iter(condition.into_values()), |row| {
            Ok(StatsGroup {
                unit: UnitId(codes::get(row, "unit_id")?),
                stage: codes::code(row, "stage", Stage::parse)?,
                route: codes::code(row, "route", RouteCode::parse)?,
                overlays: codes::overlays(row, "overlays")?,
                sums: sums(row)?,
            })
        })
    }

    /// Lists the reviewed projects whose amount was changed after its approval: what their review cut is in the records.
    pub fn stats_changed(self, scope: StatsScope<'_>) -> StoreResult<Vec<ProjectId>> {
        let condition = scope.condition();
        let sql =
            ["SELECT p.id FROM project p WHERE p.changed_fen IS NOT NULL AND ", REVIEWED, " AND ", condition.sql()]
                .concat();
        codes::rows(&mut self.prepare(&sql)?, params_from_iter(condition.into_values()), |row| {
            Ok(ProjectId(codes::get(row, "id")?))
        })
    }

    /// Finds the largest cuts among the projects that were not changed.
    pub fn stats_largest_cuts(self, scope: StatsScope<'_>, limit: usize) -> StoreResult<Vec<(ProjectId, Cut)>> {
        let condition = scope.condition();
        let sql = [
            "SELECT id, before, before - assessed_fen AS cut FROM (SELECT p.id, p.assessed_fen, ",
            BEFORE,
            " AS before FROM project p WHERE p.changed_fen IS NULL AND ",
            BEFORE,
            " > p.assessed_fen AND ",
            REVIEWED,
            " AND ",
            condition.sql(),
            ") ORDER BY cut DESC, id LIMIT ?",
        ]
        .concat();
        let limit = Value::from(i64::try_from(limit).unwrap_or(i64::MAX));
        let values = condition.into_values().into_iter().chain([limit]);
        codes::rows(&mut self.prepare(&sql)?, params_from_iter(values), |row| {
            let cut = Cut { before: codes::money(row, "before")?, amount: codes::money(row, "cut")? };
            Ok((ProjectId(codes::get(row, "id")?), cut))
        })
    }

    /// Tells how a project is called, and why its amount was cut.
    pub fn stats_cut_project(self, id: ProjectId) -> StoreResult<Option<(ProjectCode, String, String, String)>> {
        let sql = "SELECT p.code, p.name, u.name AS unit_name, coalesce((SELECT o.cut_reason FROM opinion o
             WHERE o.project_id = p.id AND o.round = p.round AND o.signed_by IS NOT NULL ORDER BY o.draft DESC LIMIT 1),
             '') AS reason FROM project p JOIN unit u ON u.id = p.unit_id WHERE p.id = ?1";
        codes::first(&mut self.prepare(sql)?, [id.0], |row| {
            let code = ProjectCode::typed(&codes::get::<String>(row, "code")?);
            Ok((code, codes::get(row, "name")?, codes::get(row, "unit_name")?, codes::get(row, "reason")?))
        })
    }

    /// Counts the projects at each stage by the day they came to it. `offset` is the county's distance from UTC in
    /// milliseconds.
    pub fn stats_arrivals(self, scope: StatsScope<'_>, today: NaiveDate, offset: i64) -> StoreResult<Vec<Arrivals>> {
        const DAY: i64 = 86_400_000;
        let condition = scope.condition();
        let sql = [
            "SELECT p.stage, p.overlays, (p.since + ?) / ? AS day, count(*) AS n, coalesce(sum(p.due < ?), 0) AS late
             FROM project p WHERE ",
            condition.sql(),
            " GROUP BY p.stage, p.overlays, day",
        ]
        .concat();
        let first = [Value::from(offset), DAY.into(), today.to_string().into()];
        let values = first.into_iter().chain(condition.into_values());
        codes::rows(&mut self.prepare(&sql)?, params_from_iter(values), |row| {
            Ok(Arrivals {
                stage: codes::code(row, "stage", Stage::parse)?,
                overlays: codes::overlays(row, "overlays")?,
                day: codes::get(row, "day")?,
                count: codes::get(row, "n")?,
                overdue: codes::get(row, "late")?,
            })
        })
    }

    /// Counts the overdue projects by the role whose turn it is; one that waits for two roles counts for both.
    pub fn stats_overdue_roles(self, scope: StatsScope<'_>, today: NaiveDate) -> StoreResult<Vec<(Role, i64)>> {
        let condition = scope.condition();
        let sql = [
            "SELECT q.role, count(DISTINCT p.id) AS n FROM project p CROSS JOIN pending q ON q.project_id = p.id
             WHERE p.due < ? AND ",
            condition.sql(),
            " GROUP BY q.role",
        ]
        .concat();
        let values = std::iter::once(Value::from(today.to_string())).chain(condition.into_values());
        codes::rows(&mut self.prepare(&sql)?, params_from_iter(values), |row| {
            Ok((codes::code(row, "role", Role::parse)?, codes::get(row, "n")?))
        })
    }

    /// Lists the projects that are overdue longest.
    pub fn stats_worst(self, scope: StatsScope<'_>, today: NaiveDate, limit: usize) -> StoreResult<Vec<ProjectRow>> {
        let condition = scope.condition();
        let sql = [
            "SELECT ",
            COLUMNS,
            " FROM project p JOIN unit u ON u.id = p.unit_id WHERE p.due < ? AND ",
            condition.sql(),
            " ORDER BY p.due, p.id LIMIT ?",
        ]
        .concat();
        let values = std::iter::once(Value::from(today.to_string())).chain(condition.into_values());
        let values = values.chain([Value::from(i64::try_from(limit).unwrap_or(i64::MAX))]);
        codes::rows(&mut self.prepare(&sql)?, params_from_iter(values), read_row)
    }
}
