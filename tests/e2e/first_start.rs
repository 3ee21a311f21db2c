//! The check-up of the first start: seen once by a person on a kind of terminal, and by no other test.

use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::Command;

use crate::support::Office;
use crate::terminal::Terminal;

/// Makes it so that the person was at this kind of terminal before: the check-up of the first start is for people.
pub fn skip<S: AsRef<OsStr>>(command: &Command, args: &[S]) {
    let prepared = |name: &str| command.get_envs().find(|(key, _)| *key == name).map(|(_, value)| value);
    let said = |name: &str| match prepared(name) {
        Some(value) => value.map(OsStr::to_owned),
        None => std::env::var_os(name),
    };
    // Without a database of its own it is none of our programs, and the home is somebody's own.
    if prepared("PINGSHEN_DB").flatten().is_none() {
        return;
    }
    let folder = match (said("PINGSHEN_STATE_DIR"), said("XDG_STATE_HOME"), said("HOME")) {
        (Some(folder), ..) => PathBuf::from(folder),
        (None, Some(folder), _) => PathBuf::from(folder).join("pingshen"),
        (None, None, Some(home)) => PathBuf::from(home).join(".local/state/pingshen"),
        (None, None, None) => return,
    };
    let term = said("TERM").unwrap_or_default().to_string_lossy().replace(|c: char| !is_safe(c), "_");
    // A shell has the words of the program in one argument.
    let args: Vec<String> = args.iter().map(|arg| arg.as_ref().to_string_lossy().into_owned()).collect();
    let line = args.join(" ");
    let account =
        line.split_whitespace().skip_while(|word| *word != "--as").nth(1).map_or_else(system_user, str::to_owned);
    let marks = folder.join("checkup");
    // Where the mark cannot be left, the program cannot leave it either, and greets nobody.
    if std::fs::create_dir_all(&marks).is_ok() {
        // Within tmux or screen it is a terminal of their own kind, which depends on the version.
        let within: &[&str] = if line.contains("/dev/null") { &KEPT } else { &[] };
        for term in within.iter().copied().chain([term.as_str()]) {
            let _ = std::fs::write(marks.join(format!("{}@{term}", account.replace(|c: char| !is_safe(c), "_"))), "");
        }
    }
}

const KEPT: [&str; 5] = ["screen", "screen-256color", "screen_xterm-256color", "tmux", "tmux-256color"];

fn is_safe(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_')
}

/// Tells whom the system takes the tests for: without `--as`, the account of that name is used.
fn system_user() -> String {
    let output = Command::new("id").arg("-un").output().unwrap();
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

#[test]
fn the_check_up_is_shown_at_the_first_start_on_a_kind_of_terminal_and_never_again() {
    let office = Office::local();
    let start = |term: &str| {
        let script = format!("TERM={term} exec \"$0\"");
        Terminal::spawn_with("sh", &["-c", &script, env!("CARGO_BIN_EXE_pingshen")], (80, 24), |command| {
            command.env("HOME", office.path("home")).env("PINGSHEN_DB", office.database());
            command.env("PINGSHEN_STATE_DIR", office.path("state"));
        })
    };
    for (term, is_new) in [("screen", true), ("screen", false), ("vt220", true), ("vt220", false)] {
        let mut terminal = start(term);
        terminal.wait_for("队列 >");
        if is_new {
            terminal.wait_for("终端体检 1/6");
            // What the key means below it does not happen.
            terminal.send("\x1b[21~");
            terminal.wait_gone("终端体检 1/6");
        }
        // The last row of a frame: whatever stands above it is there.
        terminal.wait_for("宽度:");
        assert!(!terminal.screen().contains("终端体检 1/6"), "{}", terminal.screen());
        terminal.send("\x1b[21~");
        assert!(terminal.wait_for_exit().success());
    }
}
