//! Opinions: drafted, checked and signed, each draft kept.

use rusqlite::{Row, params};

use super::error::StoreResult;
use super::record::hand;
use super::{Reader, Writer, codes};
use crate::domain::calendar::Moment;
use crate::domain::ids::{AccountId, ProjectId};
use crate::domain::money::Money;
use crate::domain::workflow::record::{Opinion, ReviewResult};

fn read_opinion(row: &Row<'_>) -> StoreResult<Opinion> {
    Ok(Opinion {
        round: codes::count(row, "round")?,
        draft: codes::count(row, "draft")?,
        result: codes::code(row, "result", ReviewResult::parse)?,
        assessed: codes::money(row, "assessed_fen")?,
        summary: codes::get(row, "summary")?,
        cut_reason: codes::get(row, "cut_reason")?,
        ruling: codes::get(row, "ruling")?,
        drafted: hand(row, "drafted_by", "drafter", "drafted_at")?,
        checked: maybe_hand(row, "checked_by", "checker", "checked_at")?,
        check_note: codes::get(row, "check_note")?,
        sent_back: maybe_hand(row, "sent_back_by", "sender", "sent_back_at")?,
        send_back_reason: codes::get(row, "send_back_reason")?,
        signed: maybe_hand(row, "signed_by", "signer", "signed_at")?,
        doc_no: codes::get(row, "doc_no")?,
        doc_date: codes::maybe_date(row, "doc_date")?,
    })
}

/// Reads who wrote something down, where somebody did.
pub fn maybe_hand(
    row: &Row<'_>,
    id: &str,
    name: &str,
    at: &str,
) -> StoreResult<Option<crate::domain::workflow::record::Hand>> {
    match codes::get::<Option<i64>>(row, id)? {
        Some(_) => hand(row, id, name, at).map(Some),
        None => Ok(None),
    }
}

/// What a new draft says.
#[derive(Debug, Clone, Copy)]
pub struct OpinionText<'a> {
    /// Its conclusion.
    pub result: ReviewResult,
    /// 核定额.
    pub assessed: Money,
    /// Its text.
    pub summary: &'a str,
    /// Why the amount was cut.
    pub cut_reason: &'a str,
    /// The ruling for the Centre's own project.
    pub ruling: Option<&'a str>,
}

impl Reader<'_> {
    /// Lists every opinion of a project, the last one last.
    pub fn opinions(self, project: ProjectId) -> StoreResult<Vec<Opinion>> {
        codes::rows(
            &mut self.prepare(
                "SELECT o.*, d.name AS drafter, c.name AS checker, b.name AS sender, s.name AS signer
                 FROM opinion o JOIN account d ON d.id = o.drafted_by
                 LEFT JOIN account c ON c.id = o.checked_by LEFT JOIN account b ON b.id = o.sent_back_by
                 LEFT JOIN account s ON s.id = o.signed_by
                 WHERE o.project_id = ?1 ORDER BY o.round, o.draft",
            )?,
            [project.0],
            read_opinion,
        )
    }
}

impl Writer<'_> {
    /// Adds a draft with the round's next number.
    pub fn add_opinion(
        &self,
        project: ProjectId,
        round: u32,
        text: OpinionText<'_>,
        by: AccountId,
        now: Moment,
    ) -> StoreResult<()> {
        self.prepare(
            "INSERT INTO opinion (project_id, round, draft, result, assessed_fen, summary, cut_reason, ruling,
             drafted_by, drafted_at)
             SELECT ?1, ?2, coalesce(max(draft), 0) + 1, ?3, ?4, ?5, ?6, ?7, ?8, ?9 FROM opinion
             WHERE project_id = ?1 AND round = ?2",
        )?
        .execute(params![
            project.0,
            round,
            text.result.code(),
            text.assessed.fen(),
            text.summary,
            text.cut_reason,
            text.ruling,
            by.0,
            now.timestamp_millis()
        ])?;
        Ok(())
    }

    /// Notes who checked the running draft.
    pub fn check_opinion(
        &self,
        project: ProjectId,
        of: (u32, u32),
        note: &str,
        by: AccountId,
        now: Moment,
    ) -> StoreResult<()> {
        self.prepare(
            "UPDATE opinion SET checked_by = ?4, checked_at = ?5, check_note = ?6
             WHERE project_id = ?1 AND round = ?2 AND draft = ?3",
        )?
        .execute(params![project.0, of.0, of.1, by.0, now.timestamp_millis(), note])?;
        Ok(())
    }

    /// Notes who sent the running draft back.
    pub fn send_back_opinion(
        &self,
        project: ProjectId,
        of: (u32, u32),
        reason: &str,
        by: AccountId,
        now: Moment,
    ) -> StoreResult<()> {
        self.prepare(
            "UPDATE opinion SET sent_back_by = ?4, sent_back_at = ?5, send_back_reason = ?6
             WHERE project_id = ?1 AND round = ?2 AND draft = ?3",
        )?
        .execute(params![project.0, of.0, of.1, by.0, now.timestamp_millis(), reason])?;
        Ok(())
    }

    /// Takes the check of the running draft back; the log keeps that and by whom it was checked.
    pub fn uncheck_opinion(&self, project: ProjectId, of: (u32, u32)) -> StoreResult<()> {
        self.prepare(
            "UPDATE opinion SET checked_by = NULL, checked_at = NULL, check_note = ''
             WHERE project_id = ?1 AND round = ?2 AND draft = ?3",
        )?
        .execute(params![project.0, of.0, of.1])?;
        Ok(())
    }

    /// Puts a draft that was sent back on its way again.
    pub fn resume_opinion(&self, project: ProjectId, of: (u32, u32)) -> StoreResult<()> {
        self.prepare(
            "UPDATE opinion SET sent_back_by = NULL, sent_back_at = NULL, send_back_reason = ''
             WHERE project_id = ?1 AND round = ?2 AND draft = ?3",
        )?
        .execute(params![project.0, of.0, of.1])?;
        Ok(())
    }

    /// Notes who signed the running draft; from then on it is final.
    pub fn sign_opinion(
        &self,
        project: ProjectId,
        of: (u32, u32),
        document: (&str, chrono::NaiveDate),
        by: AccountId,
        now: Moment,
    ) -> StoreResult<()> {
        self.prepare(
            "UPDATE opinion SET signed_by = ?4, signed_at = ?5, doc_no = ?6, doc_date = ?7
             WHERE project_id = ?1 AND round = ?2 AND draft = ?3",
        )?
        .execute(params![
            project.0,
            of.0,
            of.1,
            by.0,
            now.timestamp_millis(),
            document.0,
            document.1.to_string()
        ])?;
        Ok(())
    }
}
