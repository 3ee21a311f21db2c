//! Terminals as they are: narrow, wide, silent, tiny, without color, hardly able to do anything.

use std::process::Command;

use crate::support::Office;
use crate::terminal::{Says, Terminal};

const F10: &str = "\x1b[21~";
const DOWN: &str = "\x1b[B";

fn open(office: &Office, says: Says, args: &[&str], size: (u16, u16), prepare: impl FnOnce(&mut Command)) -> Terminal {
    Terminal::spawn_saying(says, env!("CARGO_BIN_EXE_pingshen"), args, size, |command| {
        command.env("HOME", office.path("home")).env("PINGSHEN_DB", office.database());
        prepare(command);
    })
}

fn sit_down(office: &Office, says: Says, args: &[&str], prepare: impl FnOnce(&mut Command)) -> Terminal {
    let terminal = open(office, says, args, (100, 30), prepare);
    terminal.wait_for("队列 >");
    terminal
}

fn leave(mut terminal: Terminal) {
    terminal.send(F10);
    assert!(terminal.wait_for_exit().success());
}

#[test]
fn the_status_line_tells_how_wide_quotation_marks_are_and_whether_that_is_known() {
    let office = Office::local();
    for (says, args, told) in [
        (Says::Narrow, &[][..], "宽度:窄"),
        (Says::Wide, &[][..], "宽度:宽"),
        (Says::Nothing, &[][..], "宽度:未测"),
        (Says::Wide, &["--char-width", "narrow"][..], "宽度:窄"),
        (Says::Nothing, &["--char-width", "wide"][..], "宽度:宽"),
    ] {
        let terminal = sit_down(&office, says, args, |_| {});
        terminal.wait_for(told);
        // The character it asked with is gone.
        assert!(!terminal.screen().contains('“'), "{}", terminal.screen());
        leave(terminal);
    }
    let terminal = sit_down(&office, Says::Narrow, &[], |command| {
        command.env("PINGSHEN_WIDTH", "wide");
    });
    terminal.wait_for("宽度:宽");
    leave(terminal);
}

#[test]
fn what_is_typed_before_the_terminal_has_answered_is_not_lost() {
    let office = Office::staffed();
    for says in [Says::Narrow, Says::Nothing] {
        // Type-ahead, Shift-F3 included: its code looks much like an answer.
        let terminal = open(&office, says, &["--as", "intake"], (100, 30), |_| {});
        terminal.send("\x1b[1;2R0");
        terminal.wait_for("[0全部");
        assert_eq!(terminal.screen().contains("未测"), says == Says::Nothing);
    }
}

#[test]
fn what_comes_in_one_piece_before_the_answer_is_stopped_as_a_paste_like_any_other() {
    let office = Office::staffed();
    let terminal = open(&office, Says::Narrow, &["--as", "intake"], (100, 30), |_| {});
    terminal.send("0智慧校园建设");
    terminal.wait_for("[1受理员");
    terminal.wait_for("已拦截粘贴 7 字");
}

#[test]
fn an_answer_that_comes_late_is_no_key() {
    let office = Office::staffed();
    let terminal = sit_down(&office, Says::Nothing, &["--as", "intake"], |_| {});
    terminal.wait_for("宽度:未测");
    let before = terminal.screen();
    terminal.send("\x1b[2;3R\x1b[1;2R");
    terminal.send("0");
    terminal.wait_for("[0全部");
    terminal.send("/");
    terminal.wait_for("筛选(/)");
    terminal.send("\x1b[2;3R甲");
    terminal.wait_for("筛选(/): 甲");
    assert!(!terminal.screen().contains("2;3R"), "{before}\n{}", terminal.screen());
}

#[test]
fn a_storm_of_sizes_leaves_the_right_picture() {
    let office = Office::staffed();
    office.import_training_platform();
    let terminal = sit_down(&office, Says::Narrow, &["--as", "intake"], |_| {});
    terminal.send("0");
    terminal.wait_for("教师培训平台");
    let sizes = [(200, 60), (1, 1), (60, 18), (59, 17), (2, 40), (120, 40), (40, 2), (80, 24), (1, 60), (200, 1)];
    for round in 0..6 {
        for (at, size) in sizes.iter().enumerate() {
            terminal.resize(*size);
            if (round + at) % 3 == 0 {
                terminal.send(DOWN);
            }
        }
    }
    terminal.resize((50, 15));
    terminal.wait_for("窗口过小 50x15，至少 60x18");
    // Another size and back before a frame is drawn: what was cut off comes back too.
    terminal.resize((100, 30));
    terminal.resize((20, 5));
    terminal.resize((100, 30));
    let whole = |screen: &str| {
        screen.contains("教师培训")
            && screen.contains("校园视频")
            && screen.contains("宽度:窄")
            && screen.contains("[0全部")
            && screen.lines().count() == 30
    };
    terminal.wait_until("the whole picture", whole);
    // Drawn anew from nothing, it is the same.
    let before = terminal.screen();
    let bytes = terminal.bytes_written();
    terminal.send("\x0c");
    terminal.wait_until("the repaint", |_| true);
    while terminal.bytes_written() == bytes {
        std::thread::yield_now();
    }
    terminal.wait_until("the same picture", |screen| screen == before);
    leave(terminal);
}

#[test]
fn without_color_not_one_color_is_written() {
    let office = Office::staffed();
    office.import_training_platform();
    for variable in [None, Some(("NO_COLOR", "1")), Some(("TERM", "vt100"))] {
        let args: &[&str] = if variable.is_none() { &["--as", "intake", "--no-color"] } else { &["--as", "intake"] };
        let terminal = sit_down(&office, Says::Narrow, args, |command| {
            command.envs(variable);
        });
        terminal.send("0");
        terminal.wait_for("教师培训平台");
        terminal.send("\r");
        terminal.wait_for("规则与条件");
        let codes = looks(&terminal.transcript());
        assert!(codes.contains(&7) && codes.contains(&1), "{codes:?}");
        assert!(!codes.iter().any(|code| (30..=49).contains(code) || (90..=107).contains(code)), "{codes:?}");
        terminal.send(F10);
        terminal.wait_for("队列 >");
        leave(terminal);
    }
}

/// Collects the codes of every change of the looks.
fn looks(bytes: &[u8]) -> Vec<u16> {
    let text = String::from_utf8_lossy(bytes);
    let sequences = text.split("\x1b[").skip(1);
    let codes = sequences.filter_map(|rest| rest.split_once('m').map(|(codes, _)| codes));
    let numbers = codes.filter(|codes| codes.chars().all(|c| c.is_ascii_digit() || c == ';'));
    numbers.flat_map(|codes| codes.split(';').filter_map(|code| code.parse().ok()).collect::<Vec<u16>>()).collect()
}

#[test]
fn a_terminal_that_cannot_show_screens_is_told_what_to_use_instead() {
    let office = Office::local();
    for term in [Some("dumb"), Some(""), None] {
        let mut terminal = open(&office, Says::Nothing, &[], (80, 24), |command| {
            match term {
                Some(term) => command.env("TERM", term),
                None => command.env_remove("TERM"),
            };
        });
        let status = terminal.wait_for_exit();
        assert_eq!(status.code(), Some(2));
        terminal.wait_for("pingshen queue");
        assert!(!terminal.transcript().contains(&0x1b), "{}", terminal.screen());
    }
}

#[test]
fn old_kinds_of_terminals_are_served_too() {
    let office = Office::local();
    for term in ["linux", "screen", "vt100", "tmux-256color", "xterm"] {
        let terminal = sit_down(&office, Says::Narrow, &[], |command| {
            command.env("TERM", term);
        });
        terminal.wait_for("宽度:窄");
        leave(terminal);
    }
}

#[test]
fn a_terminal_that_shows_chinese_is_believed_whatever_the_locale_says() {
    let office = Office::local();
    for locale in ["", "C", "zh_CN.GBK"] {
        let terminal = sit_down(&office, Says::Narrow, &[], |command| {
            command.env("LC_ALL", locale).env("LANG", locale);
        });
        assert!(!String::from_utf8_lossy(&terminal.transcript()).contains("LANG is"));
        leave(terminal);
    }
}

#[test]
fn the_mouse_is_taken_when_asked_and_always_given_back() {
    let office = Office::local();
    let database = office.path("many.db");
    let name = database.to_string_lossy().into_owned();
    office.run(&["--db", &name, "demo", "--projects", "30", "--no-open"]).code(0);
    let mut terminal = sit_down(&office, Says::Narrow, &["--db", &name, "--as", "lead"], |_| {});
    terminal.send("0");
    terminal.wait_for("[0全部");
    terminal.wait_for("  1/");
    let takes = |terminal: &Terminal, text: &str| String::from_utf8_lossy(&terminal.transcript()).contains(text);
    assert!(!takes(&terminal, "\x1b[?1000h"));
    // Without having asked, what looks like the wheel does nothing.
    terminal.type_text(":鼠标");
    terminal.wait_for("开关鼠标");
    terminal.send("\r");
    terminal.wait_for("鼠标已开");
    terminal.send("\x1b[<65;10;10M");
    terminal.wait_for("  4/");
    terminal.send("\x1b[<0;10;7M\x1b[<0;10;7m");
    terminal.wait_for("  3/");
    assert!(!takes(&terminal, "\x1b[?1000l"));
    terminal.send(F10);
    assert!(terminal.wait_for_exit().success());
    assert!(takes(&terminal, "\x1b[?1000l"));
}

#[test]
fn the_look_is_there_again_at_the_next_start_on_the_same_kind_of_terminal() {
    let office = Office::local();
    let sit = |term: &str| {
        sit_down(&office, Says::Narrow, &[], |command| {
            command.env("TERM", term).env("PINGSHEN_STATE_DIR", office.path("state"));
        })
    };
    let look = |terminal: &Terminal, name: &str| {
        terminal.type_text(":主题");
        terminal.wait_for("换一种配色");
        terminal.send("\r");
        terminal.wait_for(&format!("配色: {name}"));
    };
    let terminal = sit("xterm-256color");
    look(&terminal, "高对比");
    look(&terminal, "浅底");
    leave(terminal);
    let terminal = sit("xterm-256color");
    look(&terminal, "单色");
    leave(terminal);
    let terminal = sit("linux");
    look(&terminal, "高对比");
    leave(terminal);
}

#[test]
fn where_neither_locale_nor_terminal_speaks_for_utf8_ascii_says_so_first() {
    let office = Office::local();
    for locale in ["C", "POSIX", "zh_CN.GBK"] {
        let mut terminal = open(&office, Says::Nothing, &[], (100, 30), |command| {
            command.env("LC_ALL", locale);
        });
        terminal.wait_for(&format!("LANG is {locale}. Chinese text needs UTF-8."));
        terminal.wait_for("Press Enter to continue");
        if locale == "C" {
            terminal.send("q\r");
        } else {
            terminal.send("\r");
            terminal.wait_for("队列 >");
            terminal.send(F10);
        }
        assert!(terminal.wait_for_exit().success());
    }
}

/// Prints what keys cost on the line, the preview of each project included, which comes behind its own move.
#[test]
#[expect(clippy::print_stdout, reason = "the figures are what one runs it for")]
fn a_held_key_costs_no_more_than_its_end_and_idleness_nothing() {
    let office = Office::local();
    let database = office.path("many.db");
    let name = database.to_string_lossy().into_owned();
    office.run(&["--db", &name, "demo", "--projects", "200", "--no-open"]).code(0);
    let terminal = open(&office, Says::Narrow, &["--db", &name, "--as", "lead"], (120, 40), |_| {});
    terminal.wait_for("队列 >");
    terminal.send("0");
    terminal.wait_for("[0全部");
    terminal.wait_for("  1/1");
    let row_down = |row: usize, quiet: u64| {
        let before = settled(&terminal, quiet);
        terminal.send(DOWN);
        terminal.wait_for(&format!(" {row}/1"));
        settled(&terminal, quiet) - before
    };
    let told = |what: &str, mut costs: Vec<u64>| {
        costs.sort_unstable();
        let mean = costs.iter().sum::<u64>() / costs.len() as u64;
        println!("{what} at 120x40: min {} mean {mean} max {} bytes", costs[0], costs[costs.len() - 1]);
        mean
    };
    // The first page: the cursor moves and nothing else, until the hands rest and the preview comes.
    told("one row down", (2..=24).map(|row| row_down(row, 30)).collect());
    let mean = told("one row down, the list scrolled", (25..=60).map(|row| row_down(row, 30)).collect());
    told("one row down and its preview", (61..=70).map(|row| row_down(row, REST)).collect());
    // A held key: what came in one burst is one frame.
    let before = settled(&terminal, REST);
    terminal.send(&DOWN.repeat(40));
    terminal.wait_for(" 110/1");
    let held = settled(&terminal, REST) - before;
    println!("forty rows down held: {held} bytes");
    assert!(held < 20 * mean, "forty rows {held}, one {mean}");
    // Others' news arrive every second and write nothing where nothing changed.
    let before = settled(&terminal, REST);
    assert_eq!(terminal.bytes_within(std::time::Duration::from_millis(1500)), before, "idle");
}

/// Longer than the hands rest before a preview comes, and than it takes to come.
const REST: u64 = 600;

/// Waits until nothing more is written for a moment and tells how much was.
fn settled(terminal: &Terminal, quiet: u64) -> u64 {
    loop {
        let before = terminal.bytes_written();
        if terminal.bytes_within(std::time::Duration::from_millis(quiet)) == before {
            return before;
        }
    }
}
