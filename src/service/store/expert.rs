//! The expert pool.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rusqlite::params;

use super::error::StoreResult;
use super::{Reader, Writer, codes};
use crate::domain::calendar::Moment;
use crate::domain::ids::{AccountId, ExpertId, ProjectCode, ProjectId};
use crate::domain::panel::absence::Absence;
use crate::domain::panel::expert::{Expert, PastRole};
use crate::domain::workflow::record::PanelResult;

impl Reader<'_> {
    /// Lists the pool, those out of use included. Whoever works at a unit registered here counts as local, whatever was
    /// said when the expert was added.
    pub fn experts(self) -> StoreResult<Vec<Expert>> {
        let disciplines = self.by_expert("SELECT expert_id, discipline AS text FROM expert_discipline")?;
        let mut past_roles: BTreeMap<i64, Vec<PastRole>> = BTreeMap::new();
        let roles =
            codes::rows(&mut self.prepare("SELECT * FROM expert_past_role ORDER BY expert_id, line")?, [], |row| {
                let role = PastRole {
                    body: codes::get(row, "body")?,
                    role: codes::get(row, "role")?,
                    until: codes::maybe_month(row, "until")?,
                };
                Ok((codes::get::<i64>(row, "expert_id")?, role))
            })?;
        for (expert, role) in roles {
            past_roles.entry(expert).or_default().push(role);
        }
        let mut absences: BTreeMap<i64, Vec<Absence>> = BTreeMap::new();
        let away =
            codes::rows(&mut self.prepare("SELECT * FROM expert_absence ORDER BY expert_id, line")?, [], |row| {
                let absence = Absence {
                    from: codes::date(row, "since")?,
                    until: codes::date(row, "until")?,
                    reason: codes::get(row, "reason")?,
                };
                Ok((codes::get::<i64>(row, "expert_id")?, absence))
            })?;
        for (expert, absence) in away {
            absences.entry(expert).or_default().push(absence);
        }
        codes::rows(
            &mut self.prepare(
                "SELECT e.*, a.code AS account_code, (e.local OR EXISTS (SELECT 1 FROM unit u WHERE u.name = e.employer)) AS is_local
                 FROM expert e LEFT JOIN account a ON a.id = e.account_id ORDER BY e.id",
            )?,
            [],
            |row| {
                let id: i64 = codes::get(row, "id")?;
                let account: Option<i64> = codes::get(row, "account_id")?;
                Ok(Expert {
                    id: ExpertId(id),
                    name: codes::get(row, "name")?,
                    employer: codes::get(row, "employer")?,
                    title: codes::get(row, "title")?,
                    disciplines: disciplines.get(&id).cloned().unwrap_or_default().into_iter().collect(),
                    past_roles: past_roles.get(&id).cloned().unwrap_or_default(),
                    local: codes::get(row, "is_local")?,
                    active: codes::get(row, "active")?,
                    inactive_reason: codes::get(row, "inactive_reason")?,
                    contact: codes::get(row, "contact")?,
                    absences: absences.get(&id).cloned().unwrap_or_default(),
                    account: account.zip(codes::get(row, "account_code")?).map(|(id, code)| (AccountId(id), code)),
                })
            },
        )
    }

    fn by_expert(self, sql: &str) -> StoreResult<BTreeMap<i64, Vec<String>>> {
        let mut found: BTreeMap<i64, Vec<String>> = BTreeMap::new();
        let read = |row: &rusqlite::Row<'_>| Ok((codes::get::<i64>(row, "expert_id")?, codes::get(row, "text")?));
        for (expert, text) in codes::rows(&mut self.prepare(sql)?, [], read)? {
            found.entry(expert).or_default().push(text);
        }
        Ok(found)
    }

    /// Lists on which panels experts sat since a moment, by the day of their confirmation.
    pub fn panels_served(self, since: Moment) -> StoreResult<Vec<Served>> {
        codes::rows(
            &mut self.prepare(
                "SELECT m.expert_id, p.id AS project_id, p.code, p.name, u.name AS unit, s.round, s.session, s.met_on,
                     m.chair, c.result, c.signed_by, s.closed_at IS NOT NULL AND EXISTS (
                         SELECT 1 FROM expert_opinion o WHERE o.project_id = m.project_id AND o.round = m.round
                             AND o.session = m.session AND o.expert_id = m.expert_id AND o.dissent <> '') AS dissented
                 FROM panel s CROSS JOIN panel_member m
                     ON m.project_id = s.project_id AND m.round = s.round AND m.session = s.session
                 JOIN project p ON p.id = m.project_id JOIN unit u ON u.id = p.unit_id
                 LEFT JOIN panel_conclusion c
                     ON c.project_id = s.project_id AND c.round = s.round AND c.session = s.session
                 WHERE s.confirmed_at >= ?1 AND m.formation =
                     (SELECT max(f.number) FROM panel_formation f
                      WHERE f.project_id = m.project_id AND f.round = m.round AND f.session = m.session)
                 ORDER BY m.expert_id, p.code, m.round, m.session",
            )?,
            [since.timestamp_millis()],
            |row| {
                let expert: i64 = codes::get(row, "expert_id")?;
                let signed_by: Option<String> = codes::get(row, "signed_by")?;
                let signed = |list: String| list.split(' ').any(|one| one.parse() == Ok(expert));
                Ok(Served {
                    expert: ExpertId(expert),
                    project: ProjectId(codes::get(row, "project_id")?),
                    code: ProjectCode::typed(&codes::get::<String>(row, "code")?),
                    name: codes::get(row, "name")?,
                    unit: codes::get(row, "unit")?,
                    round: codes::count(row, "round")?,
                    session: codes::count(row, "session")?,
                    met_on: codes::maybe_date(row, "met_on")?,
                    chair: codes::get(row, "chair")?,
                    conclusion: codes::maybe_code(row, "result", PanelResult::parse)?,
                    signed: signed_by.map(signed),
                    dissented: codes::get(row, "dissented")?,
                })
            },
        )
    }

    /// Finds the expert an account is bound to.
    pub fn expert_of_account(self, account: AccountId) -> StoreResult<Option<ExpertId>> {
        let mut statement = self.prepare("SELECT id FROM expert WHERE account_id = ?1")?;
        codes::first(&mut statement, [account.0], |row| Ok(ExpertId(codes::get(row, "id")?)))
    }

    /// Lists the experts who hold accounts.
    pub fn bound_experts(self) -> StoreResult<Vec<Expert>> {
        let mut statement =
            self.prepare("SELECT EXISTS (SELECT 1 FROM expert WHERE account_id IS NOT NULL) AS some")?;
        match codes::first(&mut statement, [], |row| codes::get(row, "some"))? {
            // Counties where nobody is bound do not pay for reading the pool with every project that has a panel.
            Some(true) => Ok(self.experts()?.into_iter().filter(|expert| expert.account.is_some()).collect()),
            _ => Ok(Vec::new()),
        }
    }

    /// Lists the projects that have a panel.
    pub fn projects_with_panels(self) -> StoreResult<Vec<ProjectCode>> {
        let mut statement = self.prepare(
            "SELECT p.code FROM project p WHERE EXISTS (SELECT 1 FROM panel s WHERE s.project_id = p.id) ORDER BY p.id",
        )?;
        codes::rows(&mut statement, [], |row| Ok(ProjectCode::typed(&codes::get::<String>(row, "code")?)))
    }
}

/// A panel an expert sat on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Served {
    /// The expert.
    pub expert: ExpertId,
    /// The project.
    pub project: ProjectId,
    /// Its code.
    pub code: ProjectCode,
    /// Its name.
    pub name: String,
    /// The unit that builds it.
    pub unit: String,
    /// The review round.
    pub round: u32,
    /// The session of the round.
    pub session: u32,
    /// When it met; not yet where none.
    pub met_on: Option<NaiveDate>,
    /// Whether the expert led it.
    pub chair: bool,
    /// What it concluded.
    pub conclusion: Option<PanelResult>,
    /// Whether the expert signed the conclusion, once there is one.
    pub signed: Option<bool>,
    /// Whether the expert dissented; told only once the opinions may be read.
    pub dissented: bool,
}

impl Writer<'_> {
    /// Adds an expert; tells the number.
    pub fn add_expert(&self, expert: &Expert, now: Moment) -> StoreResult<ExpertId> {
        self.prepare(
            "INSERT INTO expert (name, employer, title, contact, local, active, inactive_reason, created_at, account_id)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            expert.name,
            expert.employer,
            expert.title,
            expert.contact,
            expert.local,
            expert.active,
            expert.inactive_reason,
            now.timestamp_millis(),
            expert.account.as_ref().map(|(id, _)| id.0)
        ])?;
        let id = ExpertId(self.tx.last_insert_rowid());
        self.add_lists(id, expert)?;
        Ok(id)
    }

    /// Writes what is known of an expert now. Panels keep what was known when their members were laid down.
    /// Whether the expert is local stays as it was said unless it is said again.
    pub fn change_expert(&self, expert: &Expert, local: Option<bool>) -> StoreResult<()> {
        self.prepare(
            "UPDATE expert SET name = ?2, employer = ?3, title = ?4, contact = ?5, local = coalesce(?6, local), active = ?7,
             inactive_reason = ?8 WHERE id = ?1",
        )?
        .execute(params![
            expert.id.0,
            expert.name,
            expert.employer,
            expert.title,
            expert.contact,
            local,
            expert.active,
            expert.inactive_reason
        ])?;
        self.prepare("DELETE FROM expert_discipline WHERE expert_id = ?1")?.execute([expert.id.0])?;
        self.prepare("DELETE FROM expert_past_role WHERE expert_id = ?1")?.execute([expert.id.0])?;
        self.prepare("DELETE FROM expert_absence WHERE expert_id = ?1")?.execute([expert.id.0])?;
        self.add_lists(expert.id, expert)
    }

    fn add_lists(&self, id: ExpertId, expert: &Expert) -> StoreResult<()> {
        for discipline in &expert.disciplines {
            self.prepare("INSERT INTO expert_discipline (expert_id, discipline) VALUES (?1, ?2)")?
                .execute(params![id.0, discipline])?;
        }
        for (line, role) in expert.past_roles.iter().enumerate() {
            self.prepare(
                "INSERT INTO expert_past_role (expert_id, line, body, role, until) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![
                id.0,
                line as i64 + 1,
                role.body,
                role.role,
                role.until.map(|month| month.to_string())
            ])?;
        }
        for (line, absence) in expert.absences.iter().enumerate() {
            self.prepare(
                "INSERT INTO expert_absence (expert_id, line, since, until, reason) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![
                id.0,
                line as i64 + 1,
                absence.from.to_string(),
                absence.until.to_string(),
                absence.reason
            ])?;
        }
        Ok(())
    }

    /// Binds an expert to an account, or to none.
    pub fn bind_expert(&self, expert: ExpertId, account: Option<AccountId>) -> StoreResult<()> {
        self.prepare("UPDATE expert SET account_id = ?2 WHERE id = ?1")?
            .execute(params![expert.0, account.map(|account| account.0)])?;
        Ok(())
    }
}
