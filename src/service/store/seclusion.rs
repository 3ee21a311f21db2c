//! A shared database is its owner's alone: whoever opens the file itself passes by everything that is decided here.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use super::Database;
use super::error::{StoreError, StoreResult};

/// What of a file's mode lets others in.
const FILE: u32 = 0o077;
/// What of a folder's mode lets others look into it or put another file in the place of one. To pass through is
/// allowed: the list of keys is read by another account.
const FOLDER: u32 = 0o066;

impl Database {
    /// Refuses a file that others on this machine can open, or a folder in which they could replace it.
    pub fn check_seclusion(&self) -> StoreResult<()> {
        if self.is_in_memory() {
            return Ok(());
        }
        closed(&self.path, FILE, false)?;
        check_folder(&self.path)
    }
}

/// Refuses the folder of a file that is to be made.
pub fn check_folder(file: &Path) -> StoreResult<()> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    closed(folder, FOLDER, true)
}

fn closed(path: &Path, forbidden: u32, is_folder: bool) -> StoreResult<()> {
    let facts = std::fs::metadata(path)
        .map_err(|error| StoreError::Unreachable { path: path.to_owned(), detail: error.to_string() })?;
    match facts.permissions().mode() & forbidden == 0 {
        true => Ok(()),
        false => Err(StoreError::Exposed { path: path.to_owned(), is_folder }),
    }
}
