//! Whether a person is at a kind of terminal for the first time: a mark in the folder of the person's state says no.

use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;

/// Tells whether an account was never at this kind of terminal, and marks that it was now.
///
/// Where no mark can be left, nobody is greeted: better never than at every start.
pub fn is_first(folder: Option<&Path>, account: &str, term: &str) -> bool {
    folder.is_some_and(|folder| mark(folder, account, term).is_ok())
}

/// Leaves the mark; fails where it is there.
fn mark(folder: &Path, account: &str, term: &str) -> io::Result<()> {
    let marks = folder.join("checkup");
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(&marks)?;
    let name = format!("{}@{}", safe(account), safe(term));
    std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(marks.join(name)).map(drop)
}

/// Makes a name of a file of what comes from outside.
fn safe(name: &str) -> String {
    let safe = |c: char| if c.is_alphanumeric() || matches!(c, '-' | '_') { c } else { '_' };
    name.chars().map(safe).take(60).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn each_account_is_greeted_once_on_each_kind_of_terminal() {
        let folder = tempfile::tempdir().unwrap();
        let state = folder.path().join("state/pingshen");
        let greets = |account: &str, term: &str| is_first(Some(&state), account, term);
        assert!(greets("zhang", "xterm-256color"));
        assert!(!greets("zhang", "xterm-256color"));
        assert!(greets("zhang", "screen") && greets("li", "screen"));
        assert!(!greets("li", "screen"));
        let mode = std::fs::metadata(state.join("checkup/li@screen")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn where_nothing_can_be_remembered_nobody_is_greeted() {
        assert!(!is_first(None, "zhang", "xterm"));
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        std::fs::write(&file, "").unwrap();
        assert!(!is_first(Some(&file), "zhang", "xterm"));
    }

    #[test]
    fn neither_account_nor_terminal_is_a_path() {
        let folder = tempfile::tempdir().unwrap();
        assert!(is_first(Some(folder.path()), "../../x", "/etc"));
        assert!(folder.path().join("checkup/______x@_etc").exists());
    }
}
