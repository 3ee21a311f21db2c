//! Writing a file whole or not at all.

use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// Why a file was not written.
#[derive(Debug)]
pub enum NotWritten {
    /// There is one already, and nobody said it may be replaced.
    Exists,
    /// The path is a folder's.
    Folder,
    /// The path names no file.
    NoName,
    /// The system refused.
    Failed(io::Error),
}

/// Writes a file that nobody else can read. One that is there is replaced only where the person said so: everything is
/// written beside it first and takes its place in one step.
pub fn write(path: &Path, bytes: &[u8], replace: bool) -> Result<(), NotWritten> {
    if path.is_dir() {
        return Err(NotWritten::Folder);
    }
    if !replace && path.symlink_metadata().is_ok() {
        return Err(NotWritten::Exists);
    }
    let mut beside = std::ffi::OsString::from(".");
    beside.push(path.file_name().ok_or(NotWritten::NoName)?);
    beside.push(format!(".{}.tmp", std::process::id()));
    let beside = path.with_file_name(beside);
    let write = || {
        let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&beside)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        // A link is made only where nothing stands; a rename replaces what does.
        if replace { std::fs::rename(&beside, path) } else { std::fs::hard_link(&beside, path) }
    };
    let written = write();
    let _ = std::fs::remove_file(&beside);
    written.map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => NotWritten::Exists,
        _ => NotWritten::Failed(error),
    })
}
