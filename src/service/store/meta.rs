//! Facts about the database itself.

use rusqlite::params;

use super::error::StoreResult;
use super::{Reader, Writer, codes};

impl Reader<'_> {
    /// Reads a fact.
    pub fn meta(self, key: &str) -> StoreResult<Option<String>> {
        codes::first(&mut self.prepare("SELECT value FROM meta WHERE key = ?1")?, [key], |row| codes::get(row, "value"))
    }
}

impl Writer<'_> {
    /// Writes a fact.
    pub fn set_meta(&self, key: &str, value: &str) -> StoreResult<()> {
        self.prepare("INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2")?
            .execute(params![key, value])?;
        Ok(())
    }
}
