//! What people decided about findings: written once, followed by the next decision, never changed.

use rusqlite::params;

use super::error::StoreResult;
use super::record::hand;
use super::{Reader, Writer, codes};
use crate::domain::audit::{Detail, hex};
use crate::domain::calendar::Moment;
use crate::domain::findings::disposition::Disposition;
use crate::domain::findings::{Finding, Pattern, Severity, evidence};
use crate::domain::ids::{AccountId, ProjectId};

impl Reader<'_> {
    /// Lists what was decided about a project's findings, the last one last.
    pub fn dispositions(self, project: ProjectId) -> StoreResult<Vec<Disposition>> {
        codes::rows(
            &mut self.prepare(
                "SELECT d.*, a.name AS by_name FROM disposition d JOIN account a ON a.id = d.account_id
                 WHERE d.project_id = ?1 ORDER BY d.number",
            )?,
            [project.0],
            |row| {
                let kept = Detail::from_bytes(&codes::get::<Vec<u8>>(row, "evidence")?);
                Ok(Disposition {
                    number: codes::count(row, "number")?,
                    pattern: codes::code(row, "finding", Pattern::parse)?,
                    severity: codes::code(row, "severity", Severity::parse)?,
                    accepted: codes::get(row, "accepted")?,
                    reason: codes::get(row, "reason")?,
                    digest: codes::get(row, "digest")?,
                    evidence: evidence::from_pieces(&kept),
                    withdrawn: codes::get(row, "withdrawn")?,
                    by: hand(row, "account_id", "by_name", "at")?,
                })
            },
        )
    }
}

impl Writer<'_> {
    /// Adds a decision about a finding, with what the finding rests on now.
    pub fn add_disposition(
        &self,
        project: ProjectId,
        finding: &Finding,
        (accepted, reason, withdrawn): (bool, &str, bool),
        by: AccountId,
        now: Moment,
    ) -> StoreResult<()> {
        self.prepare(
            "INSERT INTO disposition (project_id, number, finding, severity, accepted, reason, digest, evidence,
             account_id, at, withdrawn)
             VALUES (?1, (SELECT coalesce(max(number), 0) + 1 FROM disposition WHERE project_id = ?1), ?2, ?3, ?4, ?5,
             ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute(params![
            project.0,
            finding.pattern.code(),
            finding.severity.code(),
            accepted,
            reason,
            hex(&finding.digest()),
            finding.pieces().to_bytes(),
            by.0,
            now.timestamp_millis(),
            withdrawn
        ])?;
        Ok(())
    }
}
