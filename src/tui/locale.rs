//! What the environment says about the terminal: whether it reads UTF-8, whether it has colors.

use std::io::{self, Write};

use super::Error;

/// What the variables of the environment say.
#[derive(Debug, PartialEq, Eq)]
pub struct Environment {
    /// The locale that counts for characters; empty where none is set.
    pub locale: String,
    /// The kind of terminal.
    pub term: String,
}

impl Environment {
    /// Reads the variables.
    pub fn read() -> Environment {
        let read = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(read).unwrap_or_default();
        Environment { locale, term: read("TERM").unwrap_or_default() }
    }

    /// Tells whether Chinese arrives at the terminal as Chinese.
    pub fn is_utf8(&self) -> bool {
        let locale = self.locale.to_ascii_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    }

    /// Tells whether the terminal has colors; an unknown one has.
    pub fn has_colors(&self) -> bool {
        let monochrome = ["vt52", "vt100", "vt102", "vt220", "vt320", "ansi-m", "screen.vt100"];
        !monochrome.contains(&self.term.as_str()) && !self.term.ends_with("-mono") && !self.term.ends_with("-m")
    }

    /// Says in plain ASCII, which every terminal shows, what is wrong and how to mend it.
    pub fn warning(&self) -> String {
        let locale = match self.locale.as_str() {
            "" => "not set".to_owned(),
            // What comes from outside is not to write to the terminal by itself.
            locale => locale.chars().map(|c| if c.is_ascii_graphic() { c } else { '?' }).take(40).collect(),
        };
        format!(
            "LANG is {locale}. Chinese text needs UTF-8.\r\n\
             Set LANG=zh_CN.UTF-8 or C.UTF-8, and the character set of your terminal to UTF-8:\r\n\
             \x20   export LANG=C.UTF-8\r\n\
             The next line must be Chinese, not garbage:\r\n\
             \x20   中文显示正常\r\n\
             Press Enter to continue in UTF-8, or q and Enter to leave: "
        )
    }
}

/// Asks whether to go on where nothing promises UTF-8; tells whether to.
pub fn may_go_on(environment: &Environment) -> Result<bool, Error> {
    let mut out = io::stdout().lock();
    out.write_all(environment.warning().as_bytes())?;
    out.flush()?;
    // One line exactly, past the buffer of the standard input: what is typed behind it is for the screen.
    let mut answer = [0; 256];
    let read = loop {
        match rustix::io::read(io::stdin(), &mut answer) {
            Err(rustix::io::Errno::INTR) => {}
            Ok(0) | Err(_) => return Ok(false),
            Ok(read) => break read,
        }
    };
    let leaves = answer.iter().take(read).find(|byte| !byte.is_ascii_whitespace());
    Ok(!matches!(leaves, Some(b'q' | b'Q')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(locale: &str, term: &str) -> Environment {
        Environment { locale: locale.to_owned(), term: term.to_owned() }
    }

    #[test]
    fn only_a_locale_that_says_so_is_utf8() {
        for locale in ["C.UTF-8", "zh_CN.utf8", "en_US.UTF-8"] {
            assert!(environment(locale, "xterm").is_utf8(), "{locale}");
        }
        for locale in ["", "C", "POSIX", "zh_CN.GBK", "zh_CN"] {
            assert!(!environment(locale, "xterm").is_utf8(), "{locale}");
        }
    }

    #[test]
    fn terminals_without_colors_are_asked_for_none() {
        assert!(!environment("C.UTF-8", "vt100").has_colors());
        assert!(!environment("C.UTF-8", "xterm-mono").has_colors());
        assert!(environment("C.UTF-8", "linux").has_colors() && environment("C.UTF-8", "screen").has_colors());
    }

    #[test]
    fn the_warning_begins_in_ascii_and_obeys_nothing() {
        let warning = environment("C\x1b[2J", "xterm").warning();
        assert!(warning.starts_with("LANG is C?[2J. Chinese text needs UTF-8."), "{warning}");
        assert!(!warning.contains('\x1b'));
        assert!(environment("", "xterm").warning().starts_with("LANG is not set."));
    }
}
