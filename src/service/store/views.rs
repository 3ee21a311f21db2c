//! The views people keep.

use rusqlite::params;

use super::error::StoreResult;
use super::{Reader, Writer, codes};
use crate::domain::ids::AccountId;

/// A kept view as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredView {
    /// The digit it is opened by.
    pub digit: u8,
    /// What its owner calls it.
    pub name: String,
    /// The code of a role, or nothing for all projects.
    pub source: String,
    /// What it asks for, in the filter language.
    pub query: String,
}

impl Reader<'_> {
    /// Lists the views of an account in the order of their digits.
    pub fn views(self, account: AccountId) -> StoreResult<Vec<StoredView>> {
        let mut statement =
            self.prepare("SELECT digit, name, source, query FROM saved_view WHERE account_id = ?1 ORDER BY digit")?;
        codes::rows(&mut statement, [account.0], |row| {
            Ok(StoredView {
                digit: codes::get(row, "digit")?,
                name: codes::get(row, "name")?,
                source: codes::get(row, "source")?,
                query: codes::get(row, "query")?,
            })
        })
    }
}

impl Writer<'_> {
    /// Keeps a view under its digit, in place of what was there.
    pub fn keep_view(&self, account: AccountId, view: &StoredView) -> StoreResult<()> {
        self.prepare(
            "INSERT OR REPLACE INTO saved_view (account_id, digit, name, source, query) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![account.0, view.digit, view.name, view.source, view.query])?;
        Ok(())
    }

    /// Removes the view under a digit; tells whether there was one.
    pub fn remove_view(&self, account: AccountId, digit: u8) -> StoreResult<bool> {
        let mut statement = self.prepare("DELETE FROM saved_view WHERE account_id = ?1 AND digit = ?2")?;
        Ok(statement.execute(params![account.0, digit])? > 0)
    }
}
