//! Pages of queues and lists: keyset paging over an index, never a walk through the table.

use rusqlite::Row;
use rusqlite::types::Value;

use super::error::StoreResult;
use super::order::{Order, Rung};
use super::pending::{NO_DUE_DAY, desk_number};
use super::{Reader, codes};
use crate::domain::actor::Role;
use crate::domain::ids::{AccountId, ProjectCode, ProjectId};
use crate::domain::permission::{Scope, Visibility};
use crate::domain::project::{Clock, Stage};
use crate::domain::route::RouteCode;
use crate::domain::workflow::action::Action;
use crate::domain::workflow::waiting::Desk;
use crate::service::view::row::ProjectRow;

/// A place in a queue, after which the next page begins: the due day and the project.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct QueuePlace {
    /// The due day, or [`NO_DUE_DAY`].
    pub due: String,
    /// The project.
    pub project: ProjectId,
}

impl QueuePlace {
    /// The place before everything.
    pub fn start() -> QueuePlace {
        QueuePlace { due: String::new(), project: ProjectId(0) }
    }
}

/// A condition in SQL with its parameters: fragments are fixed texts of this program, values are always bound.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Condition {
    sql: String,
    values: Vec<Value>,
    /// Whether it asks for words and for nothing else, so that a project's number is all it needs.
    pub of_words_alone: bool,
}

impl Condition {
    /// Adds a fragment and its values.
    pub fn push(&mut self, fragment: &'static str, values: impl IntoIterator<Item = Value>) {
        self.sql.push_str(fragment);
        self.values.extend(values);
    }

    /// Adds `AND` and another condition in brackets, unless that one is empty.
    pub fn and(&mut self, other: &Condition) {
        if !other.sql.is_empty() {
            self.sql.push_str(" AND (");
            self.sql.push_str(&other.sql);
            self.sql.push(')');
            self.values.extend(other.values.iter().cloned());
        }
    }

    /// Leaves projects out.
    pub fn keep_out(&mut self, projects: &[i64]) {
        for project in projects {
            let before = std::mem::take(self);
            self.push("p.id <> ?", [(*project).into()]);
            self.and(&before);
        }
    }

    /// Tells the fragments.
    pub(super) fn sql(&self) -> &str {
        &self.sql
    }

    /// Hands over the values.
    pub(super) fn into_values(self) -> Vec<Value> {
        self.values
    }

    /// Tells whether it restricts nothing.
    pub fn is_empty(&self) -> bool {
        self.sql.is_empty()
    }
}

pub(super) const COLUMNS: &str =
    "p.id, p.code, p.name, u.name AS unit_name, p.governing_fen, p.stage, p.route, p.since, p.due,
    p.version, p.plan_year, p.updated_at, p.overlays, p.destroyed_at, p.clock_left, p.reviewer_id,
    (SELECT name FROM account WHERE id = p.reviewer_id) AS holder";

pub(super) fn read_row(row: &Row<'_>) -> StoreResult<ProjectRow> {
    Ok(ProjectRow {
        id: ProjectId(codes::get(row, "id")?),
        code: ProjectCode::typed(&codes::get::<String>(row, "code")?),
        name: codes::get(row, "name")?,
        unit: codes::get(row, "unit_name")?,
        amount: codes::money(row, "governing_fen")?,
        stage: codes::code(row, "stage", Stage::parse)?,
        route: codes::code(row, "route", RouteCode::parse)?,
        since: codes::moment(row, "since")?,
        clock: Clock { due: codes::maybe_date(row, "due")?, left: codes::get(row, "clock_left")? },
        version: codes::get(row, "version")?,
        plan_year: codes::get(row, "plan_year")?,
        overlays: codes::overlays(row, "overlays")?,
        destroyed: codes::maybe_moment(row, "destroyed_at")?.is_some(),
        holder: match codes::get::<Option<i64>>(row, "reviewer_id")? {
            Some(id) => Some((AccountId(id), codes::get(row, "holder")?)),
            None => None,
        },
        waiting: Vec::new(),
    })
}

impl Reader<'_> {
    /// Reads the next page of one desk.
    pub fn queue_page(
        self,
        role: Role,
        desk: Desk,
        after: &QueuePlace,
        filter: &Condition,
        limit: usize,
    ) -> StoreResult<Vec<(QueuePlace, ProjectRow)>> {
        let mut condition = Condition::default();
        condition.push(
            "q.role = ? AND q.desk = ? AND (q.due, q.project_id) > (?, ?)",
            [
                Value::from(role.code().to_owned()),
                desk_number(desk).into(),
                after.due.clone().into(),
                after.project.0.into(),
            ],
        );
        condition.and(filter);
        let sql = [
            "SELECT q.expected, q.due AS place, ",
            COLUMNS,
            " FROM pending q CROSS JOIN project p ON p.id = q.project_id JOIN unit u ON u.id = p.unit_id WHERE ",
            &condition.sql,
            " ORDER BY q.due, q.project_id LIMIT ?",
        ];
        condition.values.push((limit as i64).into());
        codes::rows(&mut self.prepare(&sql.concat())?, rusqlite::params_from_iter(condition.values), |row| {
            let mut found = read_row(row)?;
            found.waiting.push((role, codes::code(row, "expected", Action::parse)?));
            Ok((QueuePlace { due: codes::get(row, "place")?, project: found.id }, found))
        })
    }

    /// Reads the next page of one desk in an order that was asked for.
    pub fn queue_page_in_order(
        self,
        (role, desk): (Role, Desk),
        (order, after): (&Order, &Rung),
        filter: &Condition,
        limit: usize,
    ) -> StoreResult<Vec<(Rung, ProjectRow)>> {
        let mut condition = Condition::default();
        condition
            .push("q.role = ? AND q.desk = ? AND ", [Value::from(role.code().to_owned()), desk_number(desk).into()]);
        order.behind(after, &mut condition);
        condition.and(filter);
        order.write(&mut condition);
        let sql = [
            "SELECT q.expected, ",
            COLUMNS,
            // A desk is entered by its key and sorted; entering by the order would walk the projects of all desks.
            " FROM pending q CROSS JOIN project p ON p.id = q.project_id JOIN unit u ON u.id = p.unit_id WHERE ",
            &condition.sql,
            " LIMIT ?",
        ];
        condition.values.push((limit as i64).into());
        codes::rows(&mut self.prepare(&sql.concat())?, rusqlite::params_from_iter(condition.values), |row| {
            let mut found = read_row(row)?;
            found.waiting.push((role, codes::code(row, "expected", Action::parse)?));
            Ok((order.rung(row)?, found))
        })
    }

    /// Counts the projects of a desk that meet a filter.
    pub fn queue_count(self, role: Role, desk: Desk, filter: &Condition) -> StoreResult<i64> {
        if filter.is_empty() {
            return self.pending_count(role, desk);
        }
        let mut condition = Condition::default();
        condition.push("q.role = ? AND q.desk = ?", [Value::from(role.code().to_owned()), desk_number(desk).into()]);
        condition.and(filter);
        let sql = ["SELECT count(*) AS n FROM pending q JOIN project p ON p.id = q.project_id WHERE ", &condition.sql];
        self.count(&sql.concat(), condition)
    }

    /// Counts the projects that wait at any of several desks and meet a filter, each of them once.
    pub fn queue_count_of_several(self, desks: &[(Role, Desk)], filter: &Condition) -> StoreResult<i64> {
        let mut condition = Condition::default();
        let mut separator = "(";
        for (role, desk) in desks {
            condition.push(separator, []);
            condition.push("(q.role = ? AND q.desk = ?)", [role.code().to_owned().into(), desk_number(*desk).into()]);
            separator = " OR ";
        }
        condition.push(")", []);
        condition.and(filter);
        let sql = [
            "SELECT count(DISTINCT q.project_id) AS n FROM pending q JOIN project p ON p.id = q.project_id WHERE ",
            &condition.sql,
        ];
        self.count(&sql.concat(), condition)
    }

    /// Reads the next page of all projects that may be seen, the newest first.
    pub fn list_page(
        self,
        sight: Visibility,
        stage: Option<Stage>,
        before: i64,
        filter: &Condition,
        limit: usize,
    ) -> StoreResult<Vec<ProjectRow>> {
        if sight.scope == Scope::Nothing && !sight.frozen {
            return Ok(Vec::new());
        }
        let mut condition = seen(sight, stage);
        condition.push(" AND p.id < ?", [before.into()]);
        condition.and(filter);
        let sql = [
            "SELECT ",
            COLUMNS,
            " FROM project p JOIN unit u ON u.id = p.unit_id WHERE ",
            &condition.sql,
            " ORDER BY p.id DESC LIMIT ?",
        ];
        condition.values.push((limit as i64).into());
        codes::rows(&mut self.prepare(&sql.concat())?, rusqlite::params_from_iter(condition.values), read_row)
    }

    /// Reads the next page of all projects that may be seen in an order that was asked for.
    pub fn list_page_in_order(
        self,
        (sight, stage): (Visibility, Option<Stage>),
        (order, after): (&Order, &Rung),
        filter: &Condition,
        limit: usize,
    ) -> StoreResult<Vec<(Rung, ProjectRow)>> {
        if sight.scope == Scope::Nothing && !sight.frozen {
            return Ok(Vec::new());
        }
        let mut condition = seen(sight, stage);
        condition.push(" AND ", []);
        order.behind(after, &mut condition);
        condition.and(filter);
        order.write(&mut condition);
        let sql =
            ["SELECT ", COLUMNS, " FROM project p JOIN unit u ON u.id = p.unit_id WHERE ", &condition.sql, " LIMIT ?"];
        condition.values.push((limit as i64).into());
        codes::rows(&mut self.prepare(&sql.concat())?, rusqlite::params_from_iter(condition.values), |row| {
            Ok((order.rung(row)?, read_row(row)?))
        })
    }

    /// Counts all projects that may be seen and meet a filter.
    pub fn list_count(self, sight: Visibility, stage: Option<Stage>, filter: &Condition) -> StoreResult<i64> {
        if sight.scope == Scope::Nothing && !sight.frozen {
            return Ok(0);
        }
        if let (Scope::All { drafts }, true) = (sight.scope, filter.is_empty()) {
            return self.counted(drafts, sight.frozen, stage);
        }
        self.count_seen(sight, stage, filter)
    }

    fn count_seen(self, sight: Visibility, stage: Option<Stage>, filter: &Condition) -> StoreResult<i64> {
        let mut condition = seen(sight, stage);
        condition.and(filter);
        let words_alone = filter.of_words_alone && stage.is_none() && matches!(sight.scope, Scope::All { .. });
        // Hits of a word are numbers; SQLite would look each up in the wide row rather than in the narrow index.
        let table = if words_alone { "project p INDEXED BY project_sight" } else { "project p" };
        let sql = ["SELECT count(*) AS n FROM ", table, " WHERE ", &condition.sql];
        self.count(&sql.concat(), condition)
    }

    /// Counts all projects by the counters of the stages, which know nothing of freezes. The frozen are few, and an
    /// index holds them.
    fn counted(self, drafts: bool, frozen: bool, stage: Option<Stage>) -> StoreResult<i64> {
        let at_stages = |stage: Option<Stage>| -> StoreResult<i64> {
            let mut statement =
                self.prepare("SELECT coalesce(sum(n), 0) AS n FROM stage_count WHERE ?1 IS NULL OR stage = ?1")?;
            let count = codes::first(&mut statement, [stage.map(Stage::code)], |row| codes::get(row, "n"))?;
            Ok(count.unwrap_or(0))
        };
        let frozen_at = |stage| self.count_seen(ONLY_FROZEN, stage, &Condition::default());
        let with_drafts = stage.is_none_or(|stage| stage == Stage::Draft);
        let unseen_drafts = match with_drafts && !drafts {
            true => at_stages(Some(Stage::Draft))? - frozen_at(Some(Stage::Draft))?,
            false => 0,
        };
        let unseen_frozen = if frozen { 0 } else { frozen_at(stage)? };
        Ok(at_stages(stage)? - unseen_drafts - unseen_frozen)
    }

    fn count(self, sql: &str, condition: Condition) -> StoreResult<i64> {
        let count = codes::first(&mut self.prepare(sql)?, rusqlite::params_from_iter(condition.values), |row| {
            codes::get(row, "n")
        })?;
        Ok(count.unwrap_or(0))
    }

    /// Tells how many projects stand at each stage.
    pub fn stage_counts(self) -> StoreResult<Vec<(Stage, i64)>> {
        codes::rows(&mut self.prepare("SELECT stage, n FROM stage_count WHERE n > 0")?, [], |row| {
            Ok((codes::code(row, "stage", Stage::parse)?, codes::get(row, "n")?))
        })
    }
}

/// The frozen projects and no others.
const ONLY_FROZEN: Visibility = Visibility { scope: Scope::Nothing, frozen: true };

/// What a person sees, in terms of `hidden`: 1 a draft, 2 frozen, 0 neither.
pub(super) fn seen(sight: Visibility, stage: Option<Stage>) -> Condition {
    let mut condition = Condition::default();
    match (sight.scope, sight.frozen) {
        (Scope::All { drafts: true }, true) => condition.push("TRUE", []),
        (Scope::All { drafts: true }, false) => condition.push("p.hidden <> 2", []),
        (Scope::All { drafts: false }, true) => condition.push("p.hidden <> 1", []),
        (Scope::All { drafts: false }, false) => condition.push("p.hidden = 0", []),
        (Scope::Unit(unit), frozen) => {
            let own = [unit.0.into(), unit.0.into()];
            match frozen {
                true => condition.push("((p.unit_id = ? OR p.supervisor_id = ?) OR p.hidden = 2)", own),
                false => condition.push("(p.unit_id = ? OR p.supervisor_id = ?) AND p.hidden <> 2", own),
            }
        }
        (Scope::Nothing, true) => condition.push("p.hidden = 2", []),
        (Scope::Nothing, false) => condition.push("FALSE", []),
    }
    if let Some(stage) = stage {
        condition.push(" AND p.stage = ?", [stage.code().to_owned().into()]);
    }
    condition
}

/// Tells whether a place stands for work without a due day.
pub fn has_no_due_day(place: &QueuePlace) -> bool {
    place.due == NO_DUE_DAY
}
