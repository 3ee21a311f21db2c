//! Units.

use rusqlite::{Row, params};

use super::error::StoreResult;
use super::{Reader, Writer, codes};
use crate::domain::actor::{Unit, UnitKind};
use crate::domain::ids::UnitId;

fn read_unit(row: &Row<'_>) -> StoreResult<Unit> {
    Ok(Unit {
        id: UnitId(codes::get(row, "id")?),
        name: codes::get(row, "name")?,
        kind: codes::code(row, "kind", UnitKind::parse)?,
        supervisor: codes::get::<Option<i64>>(row, "supervisor_id")?.map(UnitId),
        is_centre: codes::get(row, "is_centre")?,
    })
}

impl Reader<'_> {
    /// Finds a unit by number.
    pub fn unit(self, id: UnitId) -> StoreResult<Option<Unit>> {
        codes::first(&mut self.prepare("SELECT * FROM unit WHERE id = ?1")?, [id.0], read_unit)
    }

    /// Finds a unit by name.
    pub fn unit_named(self, name: &str) -> StoreResult<Option<Unit>> {
        codes::first(&mut self.prepare("SELECT * FROM unit WHERE name = ?1")?, [name], read_unit)
    }

    /// Lists all units.
    pub fn units(self) -> StoreResult<Vec<Unit>> {
        codes::rows(&mut self.prepare("SELECT * FROM unit ORDER BY id")?, [], read_unit)
    }
}

impl Writer<'_> {
    /// Adds a unit.
    pub fn add_unit(
        &self,
        name: &str,
        kind: UnitKind,
        supervisor: Option<UnitId>,
        is_centre: bool,
    ) -> StoreResult<UnitId> {
        self.prepare("INSERT INTO unit (name, kind, supervisor_id, is_centre) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![name, kind.code(), supervisor.map(|unit| unit.0), is_centre])?;
        Ok(UnitId(self.tx.last_insert_rowid()))
    }
}
