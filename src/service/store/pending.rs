//! Pending work, rewritten whenever a project moves.

use rusqlite::params;

use super::error::StoreResult;
use super::{Reader, Writer, codes};
use crate::domain::actor::Role;
use crate::domain::ids::ProjectId;
use crate::domain::workflow::waiting::{Desk, Waiting};

/// What stands in `due` where no day is set, so that such work sorts last.
pub const NO_DUE_DAY: &str = "9999-12-31";

/// Numbers a desk the way the table does.
pub fn desk_number(desk: Desk) -> i64 {
    match desk {
        Desk::Shared => 0,
        Desk::Unit(unit) => unit.0,
        Desk::Account(account) => -account.0,
    }
}

impl Reader<'_> {
    /// Tells how much work waits at a desk.
    pub fn pending_count(self, role: Role, desk: Desk) -> StoreResult<i64> {
        let mut statement = self.prepare("SELECT n FROM pending_count WHERE role = ?1 AND desk = ?2")?;
        let count = codes::first(&mut statement, params![role.code(), desk_number(desk)], |row| codes::get(row, "n"))?;
        Ok(count.unwrap_or(0))
    }
}

impl Writer<'_> {
    /// Replaces the project's pending work.
    pub fn set_pending(&self, project: ProjectId, due: Option<chrono::NaiveDate>, work: &[Waiting]) -> StoreResult<()> {
        self.prepare("DELETE FROM pending WHERE project_id = ?1")?.execute([project.0])?;
        let due = due.map_or(NO_DUE_DAY.to_owned(), |day| day.to_string());
        let mut insert =
            self.prepare("INSERT INTO pending (role, desk, due, project_id, expected) VALUES (?1, ?2, ?3, ?4, ?5)")?;
        for waiting in work {
            insert.execute(params![
                waiting.role.code(),
                desk_number(waiting.desk),
                due,
                project.0,
                waiting.expected.code()
            ])?;
        }
        Ok(())
    }
}
