//! Decisions on the way to the review: votes, the government's decision, assessment, approval, scheme.

use rusqlite::{Row, params};

use super::error::StoreResult;
use super::{Reader, Writer, codes};
use crate::domain::audit::{digest, hex};
use crate::domain::calendar::Moment;
use crate::domain::ids::{AccountId, ProjectId};
use crate::domain::money::Money;
use crate::domain::workflow::record::{
    Agency, Approval, ExAnteAssessment, GovernmentDecision, Hand, Scheme, Vote, VoteResult,
};
use crate::service::view::show::AttachmentView;

/// Reads who wrote something down.
pub fn hand(row: &Row<'_>, id: &str, name: &str, at: &str) -> StoreResult<Hand> {
    Ok(Hand { account: AccountId(codes::get(row, id)?), name: codes::get(row, name)?, at: codes::moment(row, at)? })
}

fn by(row: &Row<'_>) -> StoreResult<Hand> {
    hand(row, "account_id", "by_name", "at")
}

impl Reader<'_> {
    /// Lists the votes of the running joint review.
    pub fn votes(self, project: ProjectId) -> StoreResult<Vec<Vote>> {
        codes::rows(
            &mut self.prepare(
                "SELECT v.*, a.name AS by_name FROM vote v JOIN account a ON a.id = v.account_id
                 JOIN project p ON p.id = v.project_id AND p.plan_round = v.plan_round
                 WHERE v.project_id = ?1 ORDER BY v.at",
            )?,
            [project.0],
            |row| {
                Ok(Vote {
                    agency: codes::code(row, "agency", Agency::parse)?,
                    result: codes::code(row, "result", VoteResult::parse)?,
                    opinion: codes::get(row, "opinion")?,
                    minutes_no: codes::get(row, "minutes_no")?,
                    by: by(row)?,
                })
            },
        )
    }

    /// Reads the county government's decision.
    pub fn government_decision(self, project: ProjectId) -> StoreResult<Option<GovernmentDecision>> {
        codes::first(
            &mut self.prepare(
                "SELECT g.*, a.name AS by_name FROM government_decision g JOIN account a ON a.id = g.account_id
                 WHERE g.project_id = ?1 ORDER BY g.plan_round DESC LIMIT 1",
            )?,
            [project.0],
            |row| {
                Ok(GovernmentDecision {
                    approved: codes::get(row, "approved")?,
                    doc_no: codes::get(row, "doc_no")?,
                    doc_date: codes::date(row, "doc_date")?,
                    by: by(row)?,
                })
            },
        )
    }

    /// Reads the latest ex-ante assessment.
    pub fn ex_ante(self, project: ProjectId) -> StoreResult<Option<ExAnteAssessment>> {
        codes::first(
            &mut self.prepare("SELECT * FROM ex_ante WHERE project_id = ?1 ORDER BY at DESC LIMIT 1")?,
            [project.0],
            |row| {
                Ok(ExAnteAssessment {
                    conclusion: codes::get(row, "conclusion")?,
                    date: codes::date(row, "date")?,
                    score: codes::maybe_count(row, "score")?,
                })
            },
        )
    }

    /// Reads the latest approval.
    pub fn approval(self, project: ProjectId) -> StoreResult<Option<Approval>> {
        codes::first(
            &mut self.prepare(
                "SELECT p.*, a.name AS by_name FROM approval p JOIN account a ON a.id = p.account_id
                 WHERE p.project_id = ?1 ORDER BY p.number DESC LIMIT 1",
            )?,
            [project.0],
            |row| {
                Ok(Approval {
                    doc_no: codes::get(row, "doc_no")?,
                    doc_date: codes::date(row, "doc_date")?,
                    amount: codes::money(row, "amount_fen")?,
                    by: by(row)?,
                })
            },
        )
    }

    /// Lists the files that came with a project's actions.
    pub fn attachments(self, project: ProjectId) -> StoreResult<Vec<AttachmentView>> {
        codes::rows(
            &mut self.prepare(
                "SELECT t.id, t.name, t.kind, length(t.bytes) AS size, t.digest, t.at, a.code AS account
                 FROM attachment t JOIN account a ON a.id = t.account_id WHERE t.project_id = ?1 ORDER BY t.id",
            )?,
            [project.0],
            |row| {
                Ok(AttachmentView {
                    id: codes::get(row, "id")?,
                    name: codes::get(row, "name")?,
                    kind: codes::get(row, "kind")?,
                    size: codes::get(row, "size")?,
                    digest: codes::get(row, "digest")?,
                    at: codes::moment(row, "at")?,
                    account: codes::get(row, "account")?,
                })
            },
        )
    }

    /// Reads the scheme handed in for a round.
    pub fn scheme(self, project: ProjectId, round: u32) -> StoreResult<Option<Scheme>> {
        codes::first(
            &mut self.prepare(
                "SELECT s.*, a.name AS by_name FROM scheme s JOIN account a ON a.id = s.account_id
                 WHERE s.project_id = ?1 AND s.round = ?2",
            )?,
            params![project.0, round],
            |row| {
                Ok(Scheme {
                    designer: codes::get(row, "designer")?,
                    version: codes::get(row, "version")?,
                    by: by(row)?,
                })
            },
        )
    }
}

impl Writer<'_> {
    /// Adds a vote to the running joint review.
    pub fn add_vote(
        &self,
        project: ProjectId,
        vote: (Agency, VoteResult),
        opinion: &str,
        minutes_no: Option<&str>,
        by: AccountId,
        now: Moment,
    ) -> StoreResult<()> {
        self.prepare(
            "INSERT INTO vote (project_id, plan_round, agency, result, opinion, minutes_no, account_id, at)
             SELECT id, plan_round, ?2, ?3, ?4, ?5, ?6, ?7 FROM project WHERE id = ?1",
        )?
        .execute(params![
            project.0,
            vote.0.code(),
            vote.1.code(),
            opinion,
            minutes_no,
            by.0,
            now.timestamp_millis()
        ])?;
        Ok(())
    }

    /// Adds the county government's decision.
    pub fn add_government_decision(
        &self,
        project: ProjectId,
        approved: bool,
        doc_no: &str,
        doc_date: chrono::NaiveDate,
        by: AccountId,
        now: Moment,
    ) -> StoreResult<()> {
        self.prepare(
            "INSERT INTO government_decision (project_id, plan_round, approved, doc_no, doc_date, account_id, at)
             SELECT id, plan_round, ?2, ?3, ?4, ?5, ?6 FROM project WHERE id = ?1",
        )?
        .execute(params![project.0, approved, doc_no, doc_date.to_string(), by.0, now.timestamp_millis()])?;
        Ok(())
    }

    /// Adds an ex-ante assessment.
    pub fn add_ex_ante(&self, project: ProjectId, assessment: &ExAnteAssessment, now: Moment) -> StoreResult<()> {
        self.prepare("INSERT INTO ex_ante (project_id, at, conclusion, date, score) VALUES (?1, ?2, ?3, ?4, ?5)")?
            .execute(params![
                project.0,
                now.timestamp_millis(),
                assessment.conclusion,
                assessment.date.to_string(),
                assessment.score
            ])?;
        Ok(())
    }

    /// Adds an approval.
    pub fn add_approval(
        &self,
        project: ProjectId,
        doc_no: &str,
        doc_date: chrono::NaiveDate,
        amount: Money,
        by: AccountId,
        now: Moment,
    ) -> StoreResult<()> {
        self.prepare(
            "INSERT INTO approval (project_id, number, doc_no, doc_date, amount_fen, account_id, at)
             SELECT ?1, coalesce(max(number), 0) + 1, ?2, ?3, ?4, ?5, ?6 FROM approval WHERE project_id = ?1",
        )?
        .execute(params![
            project.0,
            doc_no,
            doc_date.to_string(),
            amount.fen(),
            by.0,
            now.timestamp_millis()
        ])?;
        Ok(())
    }

    /// Adds the scheme of the running round.
    pub fn add_scheme(
        &self,
        project: ProjectId,
        designer: &str,
        version: &str,
        by: AccountId,
        now: Moment,
    ) -> StoreResult<()> {
        self.prepare(
            "INSERT INTO scheme (project_id, round, designer, version, account_id, at)
             SELECT id, round, ?2, ?3, ?4, ?5 FROM project WHERE id = ?1",
        )?
        .execute(params![project.0, designer, version, by.0, now.timestamp_millis()])?;
        Ok(())
    }
}

impl Writer<'_> {
    /// Stores a file that came with an action.
    pub fn add_attachment(
        &self,
        project: ProjectId,
        name: &str,
        kind: &str,
        bytes: &[u8],
        context: crate::service::gate::Context<'_>,
    ) -> StoreResult<()> {
        self.prepare(
            "INSERT INTO attachment (project_id, name, kind, digest, bytes, account_id, at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            project.0,
            name,
            kind,
            hex(&digest(bytes)),
            bytes,
            context.actor.id.0,
            context.now.timestamp_millis()
        ])?;
        Ok(())
    }
}
