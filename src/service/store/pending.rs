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
    /// Replaces the project's pending work. What stays as it was is left alone: every row written moves two counts.
    pub fn set_pending(&self, project: ProjectId, due: Option<chrono::NaiveDate>, work: &[Waiting]) -> StoreResult<()> {
        let due = due.map_or(NO_DUE_DAY.to_owned(), |day| day.to_string());
        let wanted = work.iter().map(|one| (one.role.code(), desk_number(one.desk), one.expected.code()));
        let mut wanted: Vec<(&str, i64, &str)> = wanted.collect();
        let kept = codes::rows(
            &mut self.prepare("SELECT role, desk, due, expected FROM pending WHERE project_id = ?1")?,
            [project.0],
            |row| {
                Ok((
                    codes::get::<String>(row, "role")?,
                    codes::get::<i64>(row, "desk")?,
                    codes::get::<String>(row, "due")?,
                    codes::get::<String>(row, "expected")?,
                ))
            },
        )?;
        for (role, desk, until, expected) in kept {
            let same = wanted.iter().position(|one| until == due && *one == (role.as_str(), desk, expected.as_str()));
            match same {
                Some(place) => drop(wanted.swap_remove(place)),
                None => {
                    self.prepare("DELETE FROM pending WHERE role = ?1 AND desk = ?2 AND due = ?3 AND project_id = ?4")?
                        .execute(params![role, desk, until, project.0])?;
                }
            }
        }
        for (role, desk, expected) in wanted {
            self.prepare("INSERT INTO pending (role, desk, due, project_id, expected) VALUES (?1, ?2, ?3, ?4, ?5)")?
                .execute(params![role, desk, due, project.0, expected])?;
        }
        Ok(())
    }
}
