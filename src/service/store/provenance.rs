//! Where projects came from: the form they were imported with, and whose account imported it.

use super::error::StoreResult;
use super::{Reader, codes};
use crate::domain::ids::{ProjectId, UnitId};
use crate::service::view::show::Provenance;

impl Reader<'_> {
    /// Tells the unit whose account ran an import.
    pub(super) fn importing_unit(self, run: i64) -> StoreResult<Option<UnitId>> {
        codes::first(
            &mut self
                .prepare("SELECT a.unit_id FROM import_run r JOIN account a ON a.id = r.account_id WHERE r.id = ?1")?,
            [run],
            |row| Ok(UnitId(codes::get(row, "unit_id")?)),
        )
    }

    /// Tells where a project was imported from.
    pub fn provenance(self, id: ProjectId) -> StoreResult<Option<Provenance>> {
        codes::first(
            &mut self.prepare(
                "SELECT r.file, r.sheet, p.import_row, r.digest, r.at, a.code AS account, a.name AS name
                 FROM project p JOIN import_run r ON r.id = p.import_id JOIN account a ON a.id = r.account_id
                 WHERE p.id = ?1",
            )?,
            [id.0],
            |row| {
                Ok(Provenance {
                    file: codes::get(row, "file")?,
                    sheet: codes::get(row, "sheet")?,
                    row: codes::count(row, "import_row")?,
                    digest: codes::get(row, "digest")?,
                    at: codes::moment(row, "at")?,
                    account: codes::get(row, "account")?,
                    name: codes::get(row, "name")?,
                })
            },
        )
    }
}
