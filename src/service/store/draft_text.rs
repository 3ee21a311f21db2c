//! Texts being written, kept until the command they belong to is done.

use rusqlite::params;

use super::error::StoreResult;
use super::{Reader, Writer, codes};
use crate::domain::calendar::Moment;
use crate::domain::ids::{AccountId, ProjectId};

/// A text being written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftText {
    /// Which field of the project, such as `K03.remark`.
    pub field: String,
    /// The text.
    pub text: String,
    /// Where the caret stood, in characters.
    pub caret: usize,
    /// When it was last changed.
    pub at: Moment,
}

impl Reader<'_> {
    /// Lists the texts an account is writing on a project.
    pub fn draft_texts(self, account: AccountId, project: ProjectId) -> StoreResult<Vec<DraftText>> {
        codes::rows(
            &mut self.prepare("SELECT * FROM draft_text WHERE account_id = ?1 AND project_id = ?2")?,
            params![account.0, project.0],
            |row| {
                Ok(DraftText {
                    field: codes::get(row, "field")?,
                    text: codes::get(row, "text")?,
                    caret: codes::count(row, "caret")? as usize,
                    at: codes::moment(row, "at")?,
                })
            },
        )
    }
}

impl Writer<'_> {
    /// Keeps a text being written.
    pub fn keep_draft_text(
        &self,
        account: AccountId,
        project: ProjectId,
        field: &str,
        text: &str,
        caret: usize,
        now: Moment,
    ) -> StoreResult<()> {
        self.prepare(
            "INSERT INTO draft_text (account_id, project_id, field, text, caret, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (account_id, project_id, field) DO UPDATE SET text = ?4, caret = ?5, at = ?6",
        )?
        .execute(params![account.0, project.0, field, text, caret as i64, now.timestamp_millis()])?;
        Ok(())
    }

    /// Drops a text whose command is done.
    pub fn drop_draft_text(&self, account: AccountId, project: ProjectId, field: &str) -> StoreResult<()> {
        self.prepare("DELETE FROM draft_text WHERE account_id = ?1 AND project_id = ?2 AND field = ?3")?
            .execute(params![account.0, project.0, field])?;
        Ok(())
    }
}
