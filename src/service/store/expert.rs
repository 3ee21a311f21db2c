//! The expert pool.

use std::collections::BTreeMap;

use rusqlite::params;

use super::error::StoreResult;
use super::{Reader, Writer, codes};
use crate::domain::calendar::Moment;
use crate::domain::ids::ExpertId;
use crate::domain::panel::expert::{Expert, PastRole};

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
        codes::rows(
            &mut self.prepare(
                "SELECT e.*, (e.local OR EXISTS (SELECT 1 FROM unit u WHERE u.name = e.employer)) AS is_local
                 FROM expert e ORDER BY e.id",
            )?,
            [],
            |row| {
                let id: i64 = codes::get(row, "id")?;
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

    /// Lists on which panels experts sat since a moment: the expert, the project's code and unit.
    pub fn panels_served(self, since: Moment) -> StoreResult<Vec<(ExpertId, String, String)>> {
        codes::rows(
            &mut self.prepare(
                "SELECT m.expert_id, p.code, u.name AS unit FROM panel s CROSS JOIN panel_member m
                     ON m.project_id = s.project_id AND m.round = s.round AND m.session = s.session
                 JOIN project p ON p.id = m.project_id JOIN unit u ON u.id = p.unit_id
                 WHERE s.confirmed_at >= ?1 AND m.formation =
                     (SELECT max(f.number) FROM panel_formation f
                      WHERE f.project_id = m.project_id AND f.round = m.round AND f.session = m.session)
                 ORDER BY m.expert_id, p.code, m.round, m.session",
            )?,
            [since.timestamp_millis()],
            |row| Ok((ExpertId(codes::get(row, "expert_id")?), codes::get(row, "code")?, codes::get(row, "unit")?)),
        )
    }
}

impl Writer<'_> {
    /// Adds an expert; tells the number.
    pub fn add_expert(&self, expert: &Expert, now: Moment) -> StoreResult<ExpertId> {
        self.prepare(
            "INSERT INTO expert (name, employer, title, contact, local, active, created_at)
             VALUES (?1, ?2, ?3, ?4, ?5, 1, ?6)",
        )?
        .execute(params![
            expert.name,
            expert.employer,
            expert.title,
            expert.contact,
            expert.local,
            now.timestamp_millis()
        ])?;
        let id = self.tx.last_insert_rowid();
        for discipline in &expert.disciplines {
            self.prepare("INSERT INTO expert_discipline (expert_id, discipline) VALUES (?1, ?2)")?
                .execute(params![id, discipline])?;
        }
        for (line, role) in expert.past_roles.iter().enumerate() {
            self.prepare(
                "INSERT INTO expert_past_role (expert_id, line, body, role, until) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![
                id,
                line as i64 + 1,
                role.body,
                role.role,
                role.until.map(|month| month.to_string())
            ])?;
        }
        Ok(ExpertId(id))
    }

    /// Takes an expert into use or out of it.
    pub fn set_expert_active(&self, expert: ExpertId, active: bool, reason: &str) -> StoreResult<()> {
        self.prepare("UPDATE expert SET active = ?2, inactive_reason = ?3 WHERE id = ?1")?
            .execute(params![expert.0, active, reason])?;
        Ok(())
    }
}
