//! The terminal harness itself, tried on programs whose behavior is known.

use std::os::unix::process::ExitStatusExt;
use std::time::Duration;

use crate::terminal::Terminal;

const SIZE: (u16, u16) = (40, 6);

fn shell(script: &str) -> Terminal {
    Terminal::spawn("sh", &["-c", script], SIZE)
}

#[test]
fn typed_chinese_stands_on_the_screen_without_gaps() {
    let terminal = Terminal::spawn("cat", &[""; 0], SIZE);
    terminal.type_text("教育e网：政务");
    terminal.send("\r");
    // Once from the echo of the line, once from the program.
    terminal.wait_until("two lines", |screen| screen.lines().take(2).eq(["教育e网：政务"; 2]));
    assert_eq!(terminal.cursor(), (2, 0));
}

#[test]
fn every_byte_the_program_writes_is_counted_and_none_more() {
    let mut terminal = shell("stty -opost; printf 'abc\\n政'");
    terminal.wait_for("政");
    assert!(terminal.wait_for_exit().success());
    assert_eq!(terminal.bytes_written(), 7);
}

#[test]
fn the_program_learns_the_size_and_its_change() {
    let terminal = shell("trap 'stty size; exit' WINCH; stty size; sleep 1000 & wait");
    terminal.wait_for("6 40");
    terminal.resize((100, 30));
    terminal.wait_for("30 100");
}

#[test]
fn the_alternate_screen_comes_and_goes() {
    let mut terminal = shell("echo before; printf '\\033[?1049h'; echo inside; read go; printf '\\033[?1049l'");
    terminal.wait_for("inside");
    assert!(terminal.is_full_screen());
    terminal.send("\r");
    terminal.wait_for_exit();
    terminal.wait_for("before");
    terminal.wait_gone("inside");
    assert!(!terminal.is_full_screen());
}

#[test]
fn a_killed_program_has_no_chance_to_tidy_up() {
    let mut terminal = shell("trap 'echo tidied' EXIT HUP TERM INT; echo ready; read line");
    terminal.wait_for("ready");
    terminal.kill_9();
    assert_eq!(terminal.wait_for_exit().signal(), Some(9));
    assert!(!terminal.screen().contains("tidied"));
}

#[test]
fn a_program_whose_terminal_vanishes_is_told_so_and_gets_no_key() {
    let folder = tempfile::tempdir().unwrap();
    let note = folder.path().join("note");
    let script = format!(
        "trap 'echo gone > {0}; exit 3' HUP; echo ready; read line && echo key > {0}; sleep 9 & wait",
        note.display()
    );
    let mut terminal = shell(&script);
    terminal.wait_for("ready");
    terminal.hang_up();
    assert_eq!(terminal.wait_for_exit().code(), Some(3));
    assert_eq!(std::fs::read_to_string(note).unwrap(), "gone\n");
}

#[test]
fn who_waits_in_vain_is_shown_the_screen() {
    for script in ["echo something else; read line", "echo something else"] {
        let terminal = shell(script).patience(Duration::from_millis(300));
        let waiting = std::panic::AssertUnwindSafe(|| terminal.wait_for("what never comes"));
        let message = *std::panic::catch_unwind(waiting).unwrap_err().downcast::<String>().unwrap();
        assert!(message.contains("something else"), "{message}");
    }
}
