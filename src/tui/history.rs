//! Which commands a person ran last from the palette, kept between two starts: names of commands only, never anything
//! typed. Nothing waits for it or fails because of it.

use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use super::widget::palette::REMEMBERED;

/// Where it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct History {
    path: Option<PathBuf>,
}

impl History {
    /// Keeps it in the state directory, for one account.
    pub fn of(folder: Option<&Path>, account: &str) -> History {
        History { path: folder.map(|folder| folder.join(format!("recent-{}", safe(account)))) }
    }

    /// Reads it; a file that is not there or no text is none.
    pub fn read(&self) -> Vec<String> {
        let text = self.path.as_ref().and_then(|path| std::fs::read_to_string(path).ok()).unwrap_or_default();
        let is_code = |line: &&str| {
            !line.is_empty() && line.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "- ".contains(c))
        };
        text.lines().filter(is_code).take(REMEMBERED).map(str::to_owned).collect()
    }

    /// Writes it, whole or not at all.
    pub fn write(&self, recent: &[String]) {
        if let Some(path) = &self.path {
            // Lost, the list is made anew by use; a person at work is not to be bothered with it.
            let _ = replace(path, &recent.join("\n"));
        }
    }
}

/// Writes a small file, whole or not at all.
pub(super) fn replace(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    }
    let beside = path.with_extension(format!("{}.tmp", std::process::id()));
    let mut file = std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&beside)?;
    file.write_all(text.as_bytes())?;
    std::fs::rename(&beside, path)
}

/// Makes a part of a file's name of what comes from outside.
pub(super) fn safe(name: &str) -> String {
    let safe = |c: char| if c.is_alphanumeric() || matches!(c, '-' | '_') { c } else { '_' };
    name.chars().map(safe).take(60).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn what_is_remembered_is_there_at_the_next_start_for_this_account_alone() {
        let folder = tempfile::tempdir().unwrap();
        let deeper = folder.path().join("state/pingshen");
        let mine = History::of(Some(&deeper), "zhang");
        assert_eq!(mine.read(), Vec::<String>::new());
        mine.write(&["do vote".to_owned(), "help".to_owned()]);
        assert_eq!(mine.read(), ["do vote", "help"]);
        assert_eq!(History::of(Some(&deeper), "li").read(), Vec::<String>::new());
        let mode = std::fs::metadata(deeper.join("recent-zhang")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn an_account_is_no_path_and_a_spoiled_file_no_matter() {
        let folder = tempfile::tempdir().unwrap();
        let history = History::of(Some(folder.path()), "../../x");
        history.write(&["help".to_owned()]);
        assert!(folder.path().join("recent-______x").exists());
        std::fs::write(folder.path().join("recent-______x"), "help\n意见\n\x1b[2J\nplan").unwrap();
        assert_eq!(history.read(), ["help", "plan"]);
        History::default().write(&["help".to_owned()]);
    }
}
