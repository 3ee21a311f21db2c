//! Backup while others work: a compact copy made by SQLite itself, checked before it gets its name.

use std::path::Path;

use super::Database;
use super::audit::BrokenAt;
use super::error::{StoreError, StoreResult};

/// A backup that was made and checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupReport {
    /// How many entries its log has.
    pub entries: i64,
    /// The head of its log.
    pub head: Vec<u8>,
    /// Its size in bytes.
    pub size: u64,
}

impl Database {
    /// Writes a checked copy to `target`, which must not exist.
    ///
    /// `VACUUM INTO` copies one moment in one step; the page-wise backup starts over with every commit of another
    /// process and does not finish while people work. Until the copy is checked it has a name of its own.
    pub fn backup(&self, target: &Path) -> StoreResult<BackupReport> {
        if target.exists() {
            return Err(StoreError::Exists(target.to_owned()));
        }
        let unreachable =
            |error: std::io::Error| StoreError::Unreachable { path: target.to_owned(), detail: error.to_string() };
        let mut unfinished = target.as_os_str().to_owned();
        unfinished.push(".unfinished");
        let unfinished = std::path::PathBuf::from(unfinished);
        let name = unfinished.to_str().ok_or_else(|| StoreError::Unreadable("the path is not UTF-8".to_owned()))?;
        let report = self
            .connection
            .execute("VACUUM INTO ?1", [name])
            .map_err(|error| StoreError::from(error).at(target))
            .and_then(|_| check(&unfinished))
            .and_then(|report| {
                restrict(&unfinished).map_err(unreachable)?;
                std::fs::rename(&unfinished, target).map_err(unreachable)?;
                sync_folder(target).map_err(unreachable)?;
                Ok(report)
            });
        if report.is_err() {
            let _ = std::fs::remove_file(&unfinished);
        }
        report
    }
}

/// A backup that cannot be opened, or whose log does not verify, is none.
fn check(copy: &Path) -> StoreResult<BackupReport> {
    let damaged = |detail: String| StoreError::Damaged { path: copy.to_owned(), detail };
    let connection = rusqlite::Connection::open_with_flags(copy, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let verdict: String = connection.pragma_query_value(None, "quick_check", |row| row.get(0))?;
    if verdict != "ok" {
        return Err(damaged(verdict));
    }
    let (entries, head, broken) = super::Reader { connection: &connection }.verify_audit(|_, _| {})?;
    if let Some(BrokenAt { seq, .. }) = broken {
        return Err(damaged(format!("audit entry {seq}")));
    }
    let size = std::fs::metadata(copy).map_or(0, |metadata| metadata.len());
    Ok(BackupReport { entries, head: head.to_vec(), size })
}

/// Makes the copy as private as the original, and durable.
fn restrict(copy: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(copy, std::fs::Permissions::from_mode(0o600))?;
    std::fs::File::open(copy)?.sync_all()
}

fn sync_folder(target: &Path) -> std::io::Result<()> {
    let folder = target.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::File::open(folder)?.sync_all()
}
