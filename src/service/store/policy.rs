//! Installed policies, stored whole.

use chrono::NaiveDate;
use rusqlite::{Row, params};

use super::error::StoreResult;
use super::{Reader, Writer, codes};
use crate::domain::calendar::Moment;
use crate::domain::project::Stage;

/// An installed policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredPolicy {
    /// Names the edition.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The first day it applies.
    pub effective_from: NaiveDate,
    /// SM3 of its text.
    pub digest: String,
    /// Its text.
    pub body: String,
    /// When it was installed.
    pub installed_at: Moment,
}

/// An installed policy without its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyHead {
    /// Names the edition.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The first day it applies.
    pub effective_from: NaiveDate,
    /// SM3 of its text.
    pub digest: String,
    /// When it was installed.
    pub installed_at: Moment,
}

fn read_policy(row: &Row<'_>) -> StoreResult<StoredPolicy> {
    Ok(StoredPolicy {
        id: codes::get(row, "id")?,
        title: codes::get(row, "title")?,
        effective_from: codes::date(row, "effective_from")?,
        digest: codes::get(row, "digest")?,
        body: codes::get(row, "body")?,
        installed_at: codes::moment(row, "installed_at")?,
    })
}

impl Reader<'_> {
    /// Finds an installed policy.
    pub fn policy(self, id: &str) -> StoreResult<Option<StoredPolicy>> {
        codes::first(&mut self.prepare("SELECT * FROM policy WHERE id = ?1")?, [id], read_policy)
    }

    /// Finds the id of the policy in force on a day; before the first one, the first one. Of two that begin on the same
    /// day the one installed later counts. The id alone: a policy's text
    /// is long, and who asks every few milliseconds has read it before.
    pub fn policy_on(self, day: NaiveDate) -> StoreResult<Option<String>> {
        codes::first(
            &mut self.prepare(
                "SELECT id FROM policy ORDER BY effective_from <= ?1 DESC,
                 CASE WHEN effective_from <= ?1 THEN effective_from END DESC, effective_from, rowid DESC LIMIT 1",
            )?,
            [day.to_string()],
            |row| codes::get(row, "id"),
        )
    }

    /// Lists the ids of all installed policies.
    pub fn policy_ids(self) -> StoreResult<Vec<String>> {
        codes::rows(&mut self.prepare("SELECT id FROM policy ORDER BY id")?, [], |row| codes::get(row, "id"))
    }

    /// Lists the articles of the official text, where it was loaded.
    pub fn articles(self) -> StoreResult<Vec<(u8, String)>> {
        codes::rows(&mut self.prepare("SELECT number, text FROM article ORDER BY number")?, [], |row| {
            Ok((codes::get(row, "number")?, codes::get(row, "text")?))
        })
    }

    /// Lists every installed policy without its text, the earliest first; of the same day, the one that counts last.
    pub fn policy_heads(self) -> StoreResult<Vec<PolicyHead>> {
        codes::rows(
            &mut self.prepare(
                "SELECT id, title, effective_from, digest, installed_at FROM policy ORDER BY effective_from, rowid",
            )?,
            [],
            |row| {
                Ok(PolicyHead {
                    id: codes::get(row, "id")?,
                    title: codes::get(row, "title")?,
                    effective_from: codes::date(row, "effective_from")?,
                    digest: codes::get(row, "digest")?,
                    installed_at: codes::moment(row, "installed_at")?,
                })
            },
        )
    }

    /// Counts the projects that run under each policy; what is finished runs under none.
    pub fn projects_by_policy(self) -> StoreResult<Vec<(String, u64)>> {
        let counted = codes::rows(
            &mut self.prepare("SELECT policy_id, stage, count(*) AS n FROM project GROUP BY policy_id, stage")?,
            [],
            |row| {
                let stage = codes::code(row, "stage", Stage::parse)?;
                Ok((codes::get(row, "policy_id")?, stage, u64::from(codes::count(row, "n")?)))
            },
        )?;
        Ok(counted.into_iter().filter(|(_, stage, _)| !stage.is_final()).map(|(id, _, n)| (id, n)).collect())
    }
}

impl Writer<'_> {
    /// Stores an article of the official text.
    pub fn set_article(&self, number: u8, text: &str) -> StoreResult<()> {
        self.prepare(
            "INSERT INTO article (number, text) VALUES (?1, ?2) ON CONFLICT (number) DO UPDATE SET text = ?2",
        )?
        .execute(params![number, text])?;
        Ok(())
    }

    /// Stores a policy.
    pub fn add_policy(&self, policy: &StoredPolicy) -> StoreResult<()> {
        self.prepare(
            "INSERT INTO policy (id, title, effective_from, digest, body, installed_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            policy.id,
            policy.title,
            policy.effective_from.to_string(),
            policy.digest,
            policy.body,
            policy.installed_at.timestamp_millis()
        ])?;
        Ok(())
    }
}
