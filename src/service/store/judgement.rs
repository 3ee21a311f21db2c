//! Answers to checklist items, with everything they ever said.

use rusqlite::{Row, params};

use super::error::StoreResult;
use super::{Reader, Writer, codes};
use crate::domain::calendar::Moment;
use crate::domain::checklist::{Judgement, Verdict};
use crate::domain::ids::{AccountId, ItemId, ProjectId};

fn read_judgement(row: &Row<'_>) -> StoreResult<Judgement> {
    Ok(Judgement {
        item: ItemId::typed(&codes::get::<String>(row, "item")?),
        verdict: codes::maybe_code(row, "verdict", Verdict::parse)?,
        remark: codes::get(row, "remark")?,
        suggestion: codes::get(row, "suggestion")?,
        basis: codes::get(row, "basis")?,
        cite: codes::get(row, "cite")?,
    })
}

impl Reader<'_> {
    /// Lists the answers of a round.
    pub fn judgements(self, project: ProjectId, round: u32) -> StoreResult<Vec<Judgement>> {
        codes::rows(
            &mut self.prepare("SELECT * FROM judgement WHERE project_id = ?1 AND round = ?2 ORDER BY item")?,
            params![project.0, round],
            read_judgement,
        )
    }
}

impl Writer<'_> {
    /// Writes an answer; the one it replaces goes to the history.
    pub fn write_judgement(
        &self,
        project: ProjectId,
        round: u32,
        judgement: &Judgement,
        by: AccountId,
        now: Moment,
    ) -> StoreResult<()> {
        self.keep_judgement(project, round, &judgement.item)?;
        self.prepare(
            "INSERT INTO judgement (project_id, round, item, verdict, remark, suggestion, basis, cite, version,
             account_id, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 1, ?9, ?10)
             ON CONFLICT (project_id, round, item) DO UPDATE SET verdict = ?4, remark = ?5, suggestion = ?6,
             basis = ?7, cite = ?8, version = version + 1, account_id = ?9, at = ?10",
        )?
        .execute(params![
            project.0,
            round,
            judgement.item.as_str(),
            judgement.verdict.map(Verdict::code),
            judgement.remark,
            judgement.suggestion,
            judgement.basis,
            judgement.cite,
            by.0,
            now.timestamp_millis()
        ])?;
        Ok(())
    }

    /// Takes an answer back; what it said goes to the history.
    pub fn clear_judgement(&self, project: ProjectId, round: u32, item: &ItemId) -> StoreResult<()> {
        self.keep_judgement(project, round, item)?;
        self.prepare("DELETE FROM judgement WHERE project_id = ?1 AND round = ?2 AND item = ?3")?.execute(params![
            project.0,
            round,
            item.as_str()
        ])?;
        Ok(())
    }

    fn keep_judgement(&self, project: ProjectId, round: u32, item: &ItemId) -> StoreResult<()> {
        self.prepare(
            "INSERT INTO judgement_history (project_id, round, item, verdict, remark, suggestion, basis, cite, version,
             account_id, at) SELECT project_id, round, item, verdict, remark, suggestion, basis, cite, version,
             account_id, at FROM judgement WHERE project_id = ?1 AND round = ?2 AND item = ?3",
        )?
        .execute(params![project.0, round, item.as_str()])?;
        Ok(())
    }
}
