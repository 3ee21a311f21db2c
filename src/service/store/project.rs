//! Projects: the row that says where each one stands.

use std::collections::BTreeSet;

use rusqlite::{Row, named_params, params};

use super::columns::{MOVING, STAYING, moving, staying};
use super::declaration::read_declaration;
use super::error::{StoreError, StoreResult};
use super::{Reader, Writer, codes};
use crate::domain::calendar::Moment;
use crate::domain::ids::{AccountId, ProjectCode, ProjectId, UnitId};
use crate::domain::money::Money;
use crate::domain::project::{Clock, Declaration, Overlay, Project, Stage};
use crate::domain::route::{Route, RouteCode};
use crate::domain::rule::Rule;

/// What a new project row needs beside its declaration.
#[derive(Debug, Clone)]
pub struct NewProject<'a> {
    /// What was declared; its plan year must be set.
    pub declaration: &'a Declaration,
    /// The plan year.
    pub plan_year: i32,
    /// The unit that builds it.
    pub unit: UnitId,
    /// The unit it reports through.
    pub supervisor: Option<UnitId>,
    /// The way it goes.
    pub route: &'a Route,
    /// The import it came with, and its row there.
    pub import: Option<(i64, u32)>,
    /// When the form reached the Centre, where that is already known.
    pub received_at: Option<Moment>,
    /// Now.
    pub now: Moment,
}

/// What commands move about a project.
struct Moving {
    stage: Stage,
    overlays: BTreeSet<Overlay>,
    destroyed: Option<Moment>,
    since: Moment,
    clock: Clock,
    version: i64,
    round: u32,
    plan_round: u32,
    received_at: Option<Moment>,
    approved: Option<Money>,
    assessed: Option<Money>,
    route: Route,
    reviewer: Option<AccountId>,
}

fn read_moving(row: &Row<'_>) -> StoreResult<Moving> {
    let rules: String = codes::get(row, moving!("route_rules"))?;
    Ok(Moving {
        stage: codes::code(row, moving!("stage"), Stage::parse)?,
        overlays: codes::overlays(row, moving!("overlays"))?,
        destroyed: codes::maybe_moment(row, moving!("destroyed_at"))?,
        since: codes::moment(row, moving!("since"))?,
        clock: Clock { due: codes::maybe_date(row, moving!("due"))?, left: codes::get(row, moving!("clock_left"))? },
        version: codes::get(row, moving!("version"))?,
        round: codes::count(row, moving!("round"))?,
        plan_round: codes::count(row, moving!("plan_round"))?,
        received_at: codes::maybe_moment(row, moving!("received_at"))?,
        approved: codes::maybe_money(row, moving!("approved_fen"))?,
        assessed: codes::maybe_money(row, moving!("assessed_fen"))?,
        route: Route {
            code: codes::code(row, moving!("route"), RouteCode::parse)?,
            rules: rules.split_whitespace().filter_map(Rule::parse).collect(),
            survey_required: codes::get(row, moving!("survey_required"))?,
            amount: codes::money(row, moving!("governing_fen"))?,
            policy: codes::get(row, moving!("policy_id"))?,
        },
        reviewer: codes::get::<Option<i64>>(row, moving!("reviewer_id"))?.map(AccountId),
    })
}

impl Moving {
    fn lay_over(self, project: Project) -> Project {
        Project {
            stage: self.stage,
            overlays: self.overlays,
            destroyed: self.destroyed,
            since: self.since,
            clock: self.clock,
            version: self.version,
            round: self.round,
            plan_round: self.plan_round,
            received_at: self.received_at,
            approved: self.approved,
            assessed: self.assessed,
            policy: self.route.policy.clone(),
            route: self.route,
            reviewer: self.reviewer,
            ..project
        }
    }
}

/// A project row with the numbers of its units.
struct Bare {
    id: ProjectId,
    code: ProjectCode,
    declaration: Declaration,
    unit: UnitId,
    supervisor: Option<UnitId>,
    import: Option<i64>,
    moving: Moving,
}

fn read_bare(row: &Row<'_>) -> StoreResult<Bare> {
    Ok(Bare {
        id: ProjectId(codes::get(row, staying!("id"))?),
        code: ProjectCode::typed(&codes::get::<String>(row, staying!("code"))?),
        declaration: read_declaration(row)?,
        unit: UnitId(codes::get(row, staying!("unit_id"))?),
        supervisor: codes::get::<Option<i64>>(row, staying!("supervisor_id"))?.map(UnitId),
        import: codes::get(row, staying!("import_id"))?,
        moving: read_moving(row)?,
    })
}

impl Reader<'_> {
    /// Finds a project's number by its code.
    pub fn project_id(self, code: &ProjectCode) -> StoreResult<Option<ProjectId>> {
        codes::first(&mut self.prepare("SELECT id FROM project WHERE code = ?1")?, [code.as_str()], |row| {
            Ok(ProjectId(codes::get(row, "id")?))
        })
    }

    /// Reads a project whole.
    pub fn project(self, id: ProjectId) -> StoreResult<Option<Project>> {
        let sql = ["SELECT ", MOVING, ", ", STAYING, " FROM project WHERE id = ?1"].concat();
        let Some(bare) = codes::first(&mut self.prepare(&sql)?, [id.0], read_bare)? else { return Ok(None) };
        let missing = || StoreError::Unreadable(format!("unit of project {}", id.0));
        let unit = self.unit(bare.unit)?.ok_or_else(missing)?;
        let supervising_unit = bare.supervisor.map(|unit| self.unit(unit)).transpose()?.flatten();
        let declaration = self.with_lists(id, bare.declaration)?;
        let moving = bare.moving;
        Ok(Some(Project {
            id: bare.id,
            code: bare.code,
            declaration,
            unit,
            supervising_unit,
            imported_by: bare.import.map(|run| self.importing_unit(run)).transpose()?.flatten(),
            stage: moving.stage,
            overlays: moving.overlays,
            destroyed: moving.destroyed,
            since: moving.since,
            clock: moving.clock,
            version: moving.version,
            round: moving.round,
            plan_round: moving.plan_round,
            received_at: moving.received_at,
            approved: moving.approved,
            assessed: moving.assessed,
            policy: moving.route.policy.clone(),
            route: moving.route,
            reviewer: moving.reviewer,
        }))
    }

    /// Reads again what commands move about a project that was read before in the same transaction. Its declaration,
    /// which may have been written meanwhile, is not read again.
    pub fn moved_project(self, before: &Project) -> StoreResult<Option<Project>> {
        let sql = ["SELECT ", MOVING, " FROM project WHERE id = ?1"].concat();
        let found = codes::first(&mut self.prepare(&sql)?, [before.id.0], read_moving)?;
        Ok(found.map(|moving| moving.lay_over(before.clone())))
    }

    /// Finds a project of the same unit, plan year and name.
    pub fn project_named(self, unit: UnitId, plan_year: i32, name: &str) -> StoreResult<Option<ProjectCode>> {
        codes::first(
            &mut self.prepare(
                "SELECT code FROM project WHERE unit_id = ?1 AND plan_year = ?2 AND name = ?3 ORDER BY id LIMIT 1",
            )?,
            params![unit.0, plan_year, name],
            |row| Ok(ProjectCode::typed(&codes::get::<String>(row, "code")?)),
        )
    }
}

impl Writer<'_> {
    /// Notes a run of the import.
    pub fn add_import_run(
        &self,
        file: &str,
        sheet: &str,
        digest: &str,
        account: AccountId,
        now: Moment,
    ) -> StoreResult<i64> {
        self.prepare("INSERT INTO import_run (file, sheet, digest, account_id, at) VALUES (?1, ?2, ?3, ?4, ?5)")?
            .execute(params![file, sheet, digest, account.0, now.timestamp_millis()])?;
        Ok(self.tx.last_insert_rowid())
    }

    /// Adds a project in draft and gives it the next code of its plan year.
    pub fn add_project(&self, new: &NewProject<'_>) -> StoreResult<(ProjectId, ProjectCode)> {
        let number: i64 = self
            .prepare(
                "INSERT INTO code_sequence (plan_year, last) VALUES (?1, 1)
                 ON CONFLICT (plan_year) DO UPDATE SET last = last + 1 RETURNING last",
            )?
            .query_row([new.plan_year], |row| row.get(0))?;
        let code = ProjectCode::compose(new.plan_year, number);
        let now = new.now.timestamp_millis();
        self.prepare(
            "INSERT INTO project (code, unit_id, supervisor_id, plan_year, name, declared_fen, basis, necessity,
             content, leader, contact, phone, stage, since, version, round, plan_round, governing_fen, route,
             route_rules, survey_required, policy_id, import_id, import_row, received_at, created_at, updated_at)
             VALUES (:code, :unit, :supervisor, :plan_year, :name, 1, '', '', '', '', '', '', :stage, :now, 1, 1, 1,
             :governing, :route, :rules, :survey, :policy, :import, :import_row, :received, :now, :now)",
        )?
        .execute(named_params! {
            ":code": code.as_str(),
            ":unit": new.unit.0,
            ":supervisor": new.supervisor.map(|unit| unit.0),
            ":plan_year": new.plan_year,
            ":name": new.declaration.name,
            ":stage": Stage::Draft.code(),
            ":now": now,
            ":governing": new.route.amount.fen(),
            ":route": new.route.code.code(),
            ":rules": rules_text(new.route),
            ":survey": new.route.survey_required,
            ":policy": new.route.policy,
            ":import": new.import.map(|(run, _)| run),
            ":import_row": new.import.map(|(_, row)| row),
            ":received": new.received_at.map(|at| at.timestamp_millis()),
        })?;
        let id = ProjectId(self.tx.last_insert_rowid());
        self.write_declaration(id, new.declaration)?;
        self.note_route(id, 1, new.declaration, new.route, new.now)?;
        Ok((id, code))
    }

    /// Moves a project to a stage, if it still has the version that was judged. Tells whether it had.
    pub fn move_project(&self, project: &Project, to: Stage, clock: Clock, now: Moment) -> StoreResult<bool> {
        let changed = self
            .prepare(
                "UPDATE project SET stage = :to, version = version + 1, updated_at = :now,
                 since = CASE WHEN stage = :to THEN since ELSE :now END, due = :due, clock_left = :left
                 WHERE id = :id AND version = :version",
            )?
            .execute(named_params! {
                ":to": to.code(),
                ":now": now.timestamp_millis(),
                ":due": clock.due.map(|day| day.to_string()),
                ":left": clock.left,
                ":id": project.id.0,
                ":version": project.version,
            })?;
        Ok(changed == 1)
    }

    /// Stores a newly computed route and notes it in the history.
    pub fn set_route(
        &self,
        project: &Project,
        declaration: &Declaration,
        route: &Route,
        now: Moment,
    ) -> StoreResult<()> {
        self.prepare(
            "UPDATE project SET governing_fen = ?2, route = ?3, route_rules = ?4, survey_required = ?5, policy_id = ?6
             WHERE id = ?1",
        )?
        .execute(params![
            project.id.0,
            route.amount.fen(),
            route.code.code(),
            rules_text(route),
            route.survey_required,
            route.policy
        ])?;
        self.note_route(project.id, project.version + 1, declaration, route, now)
    }

    fn note_route(
        &self,
        id: ProjectId,
        version: i64,
        declaration: &Declaration,
        route: &Route,
        now: Moment,
    ) -> StoreResult<()> {
        let categories: Vec<&str> = declaration.items.iter().map(|item| item.category.code()).collect();
        self.prepare(
            "INSERT INTO route_history (project_id, at, version, amount_fen, categories, custom, route, rules,
             survey_required, policy_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute(params![
            id.0,
            now.timestamp_millis(),
            version,
            route.amount.fen(),
            categories.join(" "),
            declaration.custom_development,
            route.code.code(),
            rules_text(route),
            route.survey_required,
            route.policy
        ])?;
        Ok(())
    }

    /// Notes when the declaration reached the Centre, unless it is known already.
    pub fn set_received(&self, id: ProjectId, at: Moment) -> StoreResult<()> {
        self.prepare("UPDATE project SET received_at = ?2 WHERE id = ?1")?
            .execute(params![id.0, at.timestamp_millis()])?;
        Ok(())
    }

    /// Notes the supervising unit's opinion.
    pub fn set_supervisor_opinion(&self, id: ProjectId, opinion: &str) -> StoreResult<()> {
        self.prepare("UPDATE project SET supervisor_opinion = ?2 WHERE id = ?1")?.execute(params![id.0, opinion])?;
        Ok(())
    }

    /// Notes what lies over the stage.
    pub fn set_overlays(&self, id: ProjectId, overlays: &BTreeSet<Overlay>) -> StoreResult<()> {
        let codes: Vec<&str> = overlays.iter().map(|overlay| overlay.code()).collect();
        self.prepare("UPDATE project SET overlays = ?2 WHERE id = ?1")?.execute(params![id.0, codes.join(" ")])?;
        Ok(())
    }

    /// Notes the reviewer the scheme goes to.
    pub fn set_reviewer(&self, id: ProjectId, reviewer: Option<AccountId>) -> StoreResult<()> {
        self.prepare("UPDATE project SET reviewer_id = ?2 WHERE id = ?1")?
            .execute(params![id.0, reviewer.map(|account| account.0)])?;
        Ok(())
    }

    /// Opens the next round of the joint review, so that earlier votes stay as they are.
    pub fn open_plan_round(&self, id: ProjectId) -> StoreResult<()> {
        self.prepare("UPDATE project SET plan_round = plan_round + 1 WHERE id = ?1")?.execute([id.0])?;
        Ok(())
    }

    /// Opens the next round of the technical review; the earlier one stays readable and frozen.
    pub fn open_review_round(&self, id: ProjectId) -> StoreResult<()> {
        self.prepare("UPDATE project SET round = round + 1, reviewer_id = NULL WHERE id = ?1")?.execute([id.0])?;
        Ok(())
    }
}

fn rules_text(route: &Route) -> String {
    let ids: Vec<&str> = route.rules.iter().map(|rule| rule.id()).collect();
    ids.join(" ")
}
