//! What can go wrong with the database, sorted by what a person can do about it.

use std::path::PathBuf;

use rusqlite::ErrorCode;

/// A failure of the database.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no file.
    #[error("no database at {0}")]
    Missing(PathBuf),
    /// A file that must not exist yet is there.
    #[error("a file already exists at {0}")]
    Exists(PathBuf),
    /// The file is not a database of this program.
    #[error("{0} is not a pingshen database")]
    Foreign(PathBuf),
    /// The file was written by a newer program.
    #[error("{path} has schema {found}, this program knows {known}")]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its schema.
        found: i64,
        /// The newest schema this program knows.
        known: i64,
    },
    /// The file is damaged.
    #[error("{path} is damaged: {detail}")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What SQLite said.
        detail: String,
    },
    /// The file or its folder cannot be written.
    #[error("{0} cannot be written")]
    ReadOnly(PathBuf),
    /// Others on this machine could read or write the shared database.
    #[error("{path} is open to others")]
    Exposed {
        /// The file or folder.
        path: PathBuf,
        /// Whether it is the folder.
        is_folder: bool,
    },
    /// Somebody else held the lock past the wait.
    #[error("the database stayed locked")]
    Busy,
    /// Nobody waits for the answer any more.
    #[error("given up")]
    GivenUp,
    /// The disk is full.
    #[error("the disk is full")]
    Full,
    /// The file cannot be reached at all.
    #[error("{path}: {detail}")]
    Unreachable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        detail: String,
    },
    /// The commit was reported as failed; whether it took effect is not known.
    #[error("the commit is unconfirmed: {0}")]
    Unconfirmed(String),
    /// A stored value this program cannot read.
    #[error("stored value not understood: {0}")]
    Unreadable(String),
    /// Anything else SQLite reports: a fault of this program.
    #[error("sqlite: {0}")]
    Sqlite(#[source] rusqlite::Error),
}

/// The result of a database operation.
pub type StoreResult<T> = Result<T, StoreError>;

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> StoreError {
        let unknown = PathBuf::new;
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Busy,
            Some(ErrorCode::OperationInterrupted) => StoreError::GivenUp,
            Some(ErrorCode::DiskFull) => StoreError::Full,
            Some(ErrorCode::ReadOnly) => StoreError::ReadOnly(unknown()),
            Some(ErrorCode::NotADatabase) => StoreError::Foreign(unknown()),
            Some(ErrorCode::DatabaseCorrupt) => StoreError::Damaged { path: unknown(), detail: error.to_string() },
            Some(ErrorCode::CannotOpen | ErrorCode::SystemIoFailure | ErrorCode::PermissionDenied) => {
                StoreError::Unreachable { path: unknown(), detail: error.to_string() }
            }
            _ => StoreError::Sqlite(error),
        }
    }
}

impl StoreError {
    /// Names the file the failure is about, where SQLite did not.
    pub fn at(self, file: &std::path::Path) -> StoreError {
        let path = file.to_owned();
        match self {
            StoreError::ReadOnly(_) => StoreError::ReadOnly(path),
            StoreError::Foreign(_) => StoreError::Foreign(path),
            StoreError::Damaged { detail, .. } => StoreError::Damaged { path, detail },
            StoreError::Unreachable { detail, .. } => StoreError::Unreachable { path, detail },
            other => other,
        }
    }
}
