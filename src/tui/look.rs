//! Which look a person chose on a kind of terminal, kept between two starts. Nothing waits for it or fails because of it.

use std::path::{Path, PathBuf};

use super::history::{replace, safe};
use super::theme::Theme;

/// Where it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Look {
    path: Option<PathBuf>,
}

impl Look {
    /// Keeps it in the state directory, for one account on one kind of terminal: another one has another ground.
    pub fn of(folder: Option<&Path>, account: &str, term: &str) -> Look {
        Look { path: folder.map(|folder| folder.join(format!("look-{}@{}", safe(account), safe(term)))) }
    }

    /// Reads it; nothing where none was chosen.
    pub fn read(&self) -> Option<Theme> {
        let text = std::fs::read_to_string(self.path.as_ref()?).ok()?;
        Theme::parse(text.trim())
    }

    /// Writes it.
    pub fn write(&self, theme: Theme) {
        if let Some(path) = &self.path {
            // Lost, it is chosen again.
            let _ = replace(path, theme.name());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_look_is_kept_for_each_person_and_kind_of_terminal() {
        let folder = tempfile::tempdir().unwrap();
        let look = |account, term| Look::of(Some(folder.path()), account, term);
        assert_eq!(look("zhang", "xterm").read(), None);
        look("zhang", "xterm").write(Theme::LightGround);
        assert_eq!(look("zhang", "xterm").read(), Some(Theme::LightGround));
        assert_eq!((look("zhang", "linux").read(), look("li", "xterm").read()), (None, None));
        std::fs::write(folder.path().join("look-zhang@xterm"), "花").unwrap();
        assert_eq!((look("zhang", "xterm").read(), Look::default().read()), (None, None));
    }
}
