//! What of the environment counts in a session over SSH: a short list of variables, each judged by what it says.
//!
//! Whoever connects may send variables, and what lets them through is not set here. So the session runs in an
//! environment of its own: where there is anything else, the program starts itself over with only what counts.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;

use rustix::process::{DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit, umask};

use crate::cli::failure::{Failure, FailureKind, Outcome};
use crate::service::error::Kind;

/// What sshd says: kept as it is, because it is read with care where it is used.
const OF_SSHD: &[&str] = &["SSH_ORIGINAL_COMMAND", "SSH_USER_AUTH", "SSH_CONNECTION"];

/// What the person's own terminal says of itself, each with the most characters it may have.
const OF_THE_TERMINAL: &[(&str, usize)] = &[("TERM", 32), ("LANG", 40), ("LC_ALL", 40), ("LC_CTYPE", 40)];

/// Where nobody says which characters the terminal shows, it is taken for one of today.
const USUAL_LOCALE: &str = "C.UTF-8";

/// Starts the program over where anything stands in the environment that does not count.
#[expect(clippy::disallowed_methods, reason = "this is no other program: it is this one, with a clean environment")]
pub fn keep_only_what_counts() -> Outcome<()> {
    let given: BTreeMap<OsString, OsString> = std::env::vars_os().collect();
    let counting = what_counts(&given);
    if counting == given {
        return Ok(());
    }
    let failed = |error: std::io::Error| {
        let message = format!("会话无法开始：{error}");
        Failure::new(FailureKind::Service(Kind::Unavailable), message, "请系统管理员检查程序的安装")
    };
    let program = std::env::current_exe().map_err(failed)?;
    let mut again = std::process::Command::new(program);
    again.args(std::env::args_os().skip(1)).env_clear().envs(counting);
    // Comes back only where it failed.
    Err(failed(again.exec()))
}

fn what_counts(given: &BTreeMap<OsString, OsString>) -> BTreeMap<OsString, OsString> {
    let mut counting = BTreeMap::new();
    for name in OF_SSHD {
        if let Some(value) = given.get(OsStr::new(name)) {
            counting.insert(OsString::from(name), value.clone());
        }
    }
    for (name, most) in OF_THE_TERMINAL {
        if let Some(value) = given.get(OsStr::new(name)).filter(|value| is_plain(value, *most)) {
            counting.insert(OsString::from(name), value.clone());
        }
    }
    if ["LANG", "LC_ALL", "LC_CTYPE"].iter().all(|name| !counting.contains_key(OsStr::new(name))) {
        counting.insert(OsString::from("LANG"), OsString::from(USUAL_LOCALE));
    }
    counting
}

/// The names of terminals and of locales need no more than this.
fn is_plain(value: &OsStr, most: usize) -> bool {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"._+-@".contains(byte);
    (1..=most).contains(&value.len()) && value.as_bytes().iter().all(plain)
}

/// Takes away what a session never needs. What the system does not know is no reason to turn people away.
pub fn harden() {
    umask(rustix::fs::Mode::from_raw_mode(0o077));
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    // All sessions have one user: none of them is to look into another's memory.
    let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    let _ = rustix::thread::set_no_new_privs(true);
}

/// Tells what was asked for; nothing where somebody wants the screen.
pub fn asked() -> Option<OsString> {
    std::env::var_os("SSH_ORIGINAL_COMMAND").filter(|line| !line.is_empty())
}

/// Tells the file in which sshd says with which key somebody came in.
pub fn authentication() -> Option<PathBuf> {
    std::env::var_os("SSH_USER_AUTH").map(PathBuf::from).filter(|path| path.is_absolute())
}

/// Tells the address somebody came from.
pub fn client() -> String {
    let said = std::env::var("SSH_CONNECTION").unwrap_or_default();
    let address = said.split(' ').next().unwrap_or_default();
    address.chars().filter(|c| c.is_ascii_hexdigit() || ".:%".contains(*c)).take(64).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vars(pairs: &[(&str, &str)]) -> BTreeMap<OsString, OsString> {
        pairs.iter().map(|(name, value)| (OsString::from(name), OsString::from(value))).collect()
    }

    #[test]
    fn nothing_of_the_environment_counts_but_what_is_on_the_list() {
        let given = vars(&[
            ("PINGSHEN_DB", "/tmp/x.db"),
            ("PINGSHEN_AS", "signer"),
            ("EDITOR", "sh"),
            ("PATH", "/tmp"),
            ("LD_PRELOAD", "/tmp/x.so"),
            ("HOME", "/tmp"),
            ("XDG_DATA_HOME", "/tmp"),
            ("TZ", "/tmp/zone"),
            ("TERM", "xterm-256color"),
            ("LANG", "zh_CN.UTF-8"),
            ("SSH_CONNECTION", "10.0.0.7 50000 10.0.0.1 22"),
            ("SSH_ORIGINAL_COMMAND", "queue; sh"),
        ]);
        let counting = what_counts(&given);
        let names: Vec<&str> = counting.keys().map(|name| name.to_str().unwrap()).collect();
        assert_eq!(names, ["LANG", "SSH_CONNECTION", "SSH_ORIGINAL_COMMAND", "TERM"]);
        assert_eq!(what_counts(&counting), counting, "started over once, never twice");
    }

    #[test]
    fn a_terminal_or_locale_with_anything_odd_in_its_name_is_none() {
        for odd in ["", "xterm;sh", "../../x", "a b", "x\u{1b}[2J", &"x".repeat(33), "终端"] {
            let counting = what_counts(&vars(&[("TERM", odd), ("LC_ALL", odd)]));
            assert!(!counting.contains_key(OsStr::new("TERM")), "{odd:?}");
        }
        assert_eq!(what_counts(&vars(&[("LC_ALL", "$(id)")])), vars(&[("LANG", USUAL_LOCALE)]));
        assert_eq!(what_counts(&vars(&[("LANG", "zh_CN.GBK")])), vars(&[("LANG", "zh_CN.GBK")]));
    }
}
