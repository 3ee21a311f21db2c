//! The keys: the command line each command of the key table names, a person's `keys.toml`, and the palette by an input
//! method, through the real program.

use pingshen::tui::keymap::{Cli, TABLE};

use crate::support::Office;
use crate::terminal::Terminal;

const ENTER: &str = "\r";
const F1: &str = "\x1bOP";
const F9: &str = "\x1b[20~";
const F10: &str = "\x1b[21~";

/// Opens the UI of an account at an office, with the office's folder as its home.
fn screen(office: &Office, account: &str) -> Terminal {
    let terminal = Terminal::spawn_with(env!("CARGO_BIN_EXE_pingshen"), &["--as", account], (80, 24), |command| {
        command.env("HOME", office.path("")).env("PINGSHEN_DB", office.database());
        command.env_remove("XDG_CONFIG_HOME").env_remove("XDG_STATE_HOME");
    });
    terminal.wait_for("队列 >");
    terminal
}

/// Writes the account's `keys.toml`, where `config show` says it is read.
fn write_keys(office: &Office, text: &str) {
    let shown = office.run(&["--json", "config", "show"]).code(0).json();
    let path = std::path::PathBuf::from(shown["keys"].as_str().unwrap());
    assert!(path.starts_with(office.path("")), "{}", path.display());
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

#[test]
fn every_command_line_the_key_table_names_is_one_the_program_knows() {
    let office = Office::empty();
    let mut seen = std::collections::BTreeSet::new();
    for binding in TABLE {
        let (Cli::Changes(line) | Cli::Reads(line)) = binding.cli else { continue };
        if !seen.insert(line) {
            continue;
        }
        let verb = binding.cli.verb().unwrap();
        let help = office.run(&[verb.as_slice(), &["--help"]].concat()).code(0).stdout;
        let usage = help.lines().find(|line| line.contains("pingshen")).unwrap_or_default();
        assert!(usage.contains(&verb.join(" ")), "{line}: {help}");
        for option in line.split(' ').filter(|word| word.starts_with("--")) {
            assert!(help.contains(option), "{line}: no {option} in\n{help}");
        }
    }
    assert!(seen.len() > 10);
}

#[test]
fn a_fault_in_keys_toml_is_told_with_its_line_and_the_default_key_stays() {
    let office = Office::staffed();
    office.run(&["config", "check"]).code(0);
    write_keys(&office, "[queue]\nhelp = [\"Ctrl-b\", \"F1\"]\nplan = [\"W\", \"F4\"]\n");

    let checked = office.run(&["config", "check"]).code(6);
    assert!(checked.stderr.contains("第 2 行：不能用键“Ctrl-b”：tmux、screen 的前缀键"), "{}", checked.stderr);
    let checked = office.run(&["--json", "config", "check"]).code(6).json();
    assert_eq!(checked["error"]["problems"][0]["line"], 2, "{checked}");
    let sheet = office.run(&["keys"]).code(0).stdout;
    assert!(sheet.lines().any(|line| line.contains("年度计划") && line.contains("W F4")), "{sheet}");

    let mut terminal = screen(&office, "intake");
    terminal.wait_for("keys.toml 有 1 处未采用：第 2 行");
    terminal.send("?");
    terminal.wait_for("帮助: 此处可用的按键");
    terminal.send(F1);
    terminal.wait_for("评审 pingshen 按键表");
    terminal.send("\x1b");
    terminal.wait_for("队列 >");
    terminal.send("W");
    terminal.wait_for("年度计划");
    terminal.send(F10);
    terminal.wait_for("队列 >");
    terminal.send(F10);
    assert!(terminal.wait_for_exit().success());
}

#[test]
fn the_palette_runs_an_action_with_no_letter_typed() {
    let office = Office::staffed();
    office.import_training_platform();
    let terminal = screen(&office, "edu");
    terminal.send("0");
    terminal.wait_for("[0全部");
    terminal.send("：");
    terminal.wait_for("编号直达");
    terminal.type_text("申报");
    terminal.wait_for("命令行: pingshen do");
    terminal.send(ENTER);
    terminal.wait_until("the form or the question", |screen| screen.contains("F8 提交") || screen.contains("1 确认"));
    if terminal.screen().contains("F8 提交") {
        terminal.send("\x1b[19~");
        terminal.wait_for("1 确认");
    }
    terminal.send("１");
    terminal.wait_for("已办理：申报");

    // What is done is kept among the messages, found by its word.
    terminal.send(F9);
    terminal.wait_for("编号直达");
    terminal.type_text("消息");
    terminal.wait_until("the entry", |screen| screen.contains(">消息"));
    terminal.send(ENTER);
    terminal.wait_for("[办] 已办理：申报");
}

#[test]
fn esc_and_f10_that_arrive_together_close_the_help_and_leave_and_press_no_digit() {
    let office = Office::staffed();
    let mut terminal = screen(&office, "lead");
    terminal.send(F1);
    terminal.wait_for("帮助");
    terminal.wait_for("Enter 执行");
    // One packet of a slow line.
    terminal.send(&format!("\x1b{F10}"));
    assert!(terminal.wait_for_exit().success());
}

#[test]
fn what_arrives_in_one_piece_outside_a_field_is_a_paste_and_judges_nothing() {
    let office = Office::empty();
    office.run(&["demo", "--no-open"]).code(0);
    let code = "YS2027-0051";
    let before = office.by("reviewer", &["--json", "checklist", code]).code(0).stdout;
    let mut terminal = screen(&office, "reviewer");
    for (keys, seen) in [("0", "[0全部"), ("/", "筛选(/)"), ("校园安全", "命中 1"), (ENTER, "B12")] {
        terminal.send(keys);
        terminal.wait_for(seen);
    }
    terminal.send("1方案没有列密评费用\r12\r");
    terminal.wait_for("已拦截");
    // A moment later, for what follows at once is still the paste, the same digit by itself judges.
    terminal.wait_still(std::time::Duration::from_millis(300));
    terminal.send("1");
    terminal.wait_for("已判 B01 为通过");
    terminal.send("u");
    terminal.wait_for("已撤销");
    terminal.send(F10);
    terminal.wait_for("队列 >");
    terminal.send(F10);
    assert!(terminal.wait_for_exit().success());
    let verdicts = |text: &str| text.matches("\"verdict\"").count();
    let after = office.by("reviewer", &["--json", "checklist", code]).code(0).stdout;
    assert_eq!((verdicts(&after), after.contains("\"pass\"")), (verdicts(&before), before.contains("\"pass\"")));
}
