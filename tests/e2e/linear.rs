//! The UI line by line, through a pipe and in a real pty: nothing but text and newlines ever goes over the line.

use serde_json::Value;

use crate::support::{Office, finish};
use crate::terminal::Terminal;

/// An office with a project under technical review.
struct Bench {
    office: Office,
    code: String,
}

impl Bench {
    fn new() -> Bench {
        let office = Office::staffed();
        let code = office.import_training_platform();
        office
            .by("edu", &["project", "edit", &code, "--set", "kind=new", "--set", "resource_catalogue.entries=12"])
            .code(0);
        office.act("edu", &code, "submit", &[]);
        office.act("intake", &code, "accept-plan", &[]);
        for agency in ["lead", "planning", "finance"] {
            office.act(agency, &code, "vote", &["result=agree"]);
        }
        let paper = ["doc_no=玉府办字〔2026〕8号", "doc_date=2026-10-20"];
        office.act("intake", &code, "record-government-decision", &[&["result=approve"], &paper[..]].concat());
        let ex_ante = ["ex_ante_conclusion=予以支持", "ex_ante_date=2026-10-22", "ex_ante_score=85"];
        office.act("edu", &code, "request-approval", &ex_ante);
        office.act("planning", &code, "approve-project", &[&["amount_wan=62.5"], &paper[..]].concat());
        office.act("edu", &code, "submit-scheme", &["designer=某设计院", "version=1.0"]);
        office.act("intake", &code, "accept-scheme", &[]);
        Bench { office, code }
    }

    /// Writes lines into a pipe as an account and tells what came back.
    #[track_caller]
    fn piped(&self, account: &str, lines: &[&str]) -> String {
        let mut command = self.office.command(&["--as", account, "--linear"]);
        command.env("TERM", "dumb");
        let ran = finish(command, Some(&(lines.join("\n") + "\n"))).code(0);
        assert_plain(&ran.stdout);
        assert_eq!(ran.stderr, "");
        ran.stdout
    }

    fn items(&self) -> Vec<Value> {
        let list = self.office.by("reviewer", &["--json", "checklist", &self.code]).code(0).json();
        let of_dimension = |part: &Value| part["items"].as_array().unwrap().clone();
        let items = list["dimensions"].as_array().unwrap().iter().flat_map(of_dimension);
        items.filter(|item| item["applicable"] == true).collect()
    }

    fn stage(&self) -> String {
        let shown = self.office.by("lead", &["--json", "show", &self.code]).code(0).json();
        shown["project"]["stage"].as_str().unwrap().to_owned()
    }
}

#[track_caller]
fn assert_plain(text: &str) {
    assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{text:?}");
    assert!(!text.contains("+--") && !text.contains("   "), "drawn rather than said:\n{text}");
}

#[test]
fn through_a_pipe_a_project_is_opened_judged_and_remarked_and_the_end_of_input_ends_it() {
    let bench = Bench::new();
    let said = bench.piped("reviewer", &["enter", "1 1 3", "接口规范没有写明。", "F8"]);
    assert!(said.contains("教师培训平台"), "{said}");
    assert!(said.contains("已判 B01 为通过") && said.contains("已保存 B03 的意见"), "{said}");
    let items = bench.items();
    let verdicts: Vec<&str> = items.iter().take(3).filter_map(|item| item["verdict"].as_str()).collect();
    assert_eq!(verdicts, ["pass", "pass", "doubt"], "{items:?}");
    assert_eq!(items[2]["remark"], "接口规范没有写明。");
}

#[test]
fn tasks_of_the_yardstick_are_done_by_lines() {
    let bench = Bench::new();
    // 1: the most overdue; 2: by a few characters among all; both open it.
    for lines in [&["enter"][..], &["0 /教师培训"][..]] {
        let said = bench.piped("reviewer", lines);
        assert!(said.contains(&format!("教师培训平台，{}，技术评审清单", bench.code)), "{said}");
    }
    // 5: ten items; 7: a remark of two hundred characters, and on to the next unjudged item.
    let remark = "方案补充了密码应用章节，但未列密评费用，亦未说明密钥轮换与应急处置责任单位。".repeat(6);
    let said = bench.piped(
        "reviewer",
        &["enter 1 1 1 1 1 1 1 1", "3", "缺接口规范", "F8", "4", "由县里统一提供", "F8", "1 F4", &remark, "F8"],
    );
    assert!(said.contains("已保存"), "{said}");
    let items = bench.items();
    let count = |verdict: &str| items.iter().filter(|item| item["verdict"] == verdict).count();
    assert_eq!((count("pass"), count("doubt"), count("na")), (9, 1, 1), "{items:?}");
    assert!(items.iter().any(|item| item["remark"].as_str().is_some_and(|text| text.contains(&remark))), "{items:?}");
    // 9: why it cannot be handed on, with the article.
    let said = bench.piped("reviewer", &["enter", "F8", "看"]);
    assert!(said.contains("〔第"), "{said}");
}

#[test]
fn in_a_terminal_an_opinion_is_drafted_and_no_escape_is_ever_written() {
    let bench = Bench::new();
    let program = env!("CARGO_BIN_EXE_pingshen");
    let mut terminal = Terminal::spawn_with(program, &["--as", "reviewer", "--linear"], (200, 200), |command| {
        command.env("HOME", bench.office.path("home")).env("PINGSHEN_DB", bench.office.database()).env("TERM", "dumb");
    });
    terminal.wait_for("输入 ? 看可用的命令");
    let before = terminal.bytes_written();
    terminal.send("enter\n");
    terminal.wait_for("B01，未判");
    let opened = terminal.bytes_written();
    for at in 1..=bench.items().len() {
        terminal.send("1\n");
        if terminal.screen().contains("全部条目均已判断") {
            break;
        }
        terminal.wait_until("the answer", |screen| {
            screen.contains("全部条目均已判断") || screen.matches("已判 ").count() >= at
        });
    }
    let judged = terminal.bytes_written();
    report(&[("打开项目", opened - before), ("判完清单", judged - opened)]);
    assert!(opened - before < 600, "{}", opened - before);
    terminal.send("F8\n");
    terminal.wait_for("1 拟定技术审核意见");
    terminal.send("1\n");
    terminal.wait_for("第 1 栏");
    terminal.send("1\n");
    terminal.wait_for("第 2 栏");
    terminal.send("F8\n");
    terminal.wait_for("1 确认");
    terminal.send("1\n");
    terminal.wait_for("已办理：拟定技术审核意见");
    terminal.send("退出\n");
    assert!(terminal.wait_for_exit().success());
    assert!(!terminal.is_full_screen());
    assert!(terminal.is_plain(), "an escape was written");
    assert_eq!(bench.stage(), "opinion-check");
}

#[test]
fn a_terminal_that_hangs_up_ends_it_and_what_was_judged_is_stored() {
    let bench = Bench::new();
    let program = env!("CARGO_BIN_EXE_pingshen");
    let mut terminal = Terminal::spawn_with(program, &["--as", "reviewer", "--linear"], (200, 60), |command| {
        command.env("HOME", bench.office.path("home")).env("PINGSHEN_DB", bench.office.database());
    });
    terminal.wait_for("输入 ? 看可用的命令");
    terminal.send("enter 1\n");
    terminal.wait_for("已判 B01 为通过");
    terminal.hang_up();
    assert_eq!(terminal.wait_for_exit().code(), Some(129));
    assert_eq!(bench.items()[0]["verdict"], "pass");
}

#[test]
fn where_the_flag_means_nothing_it_is_refused() {
    let office = Office::local();
    let ran = office.run(&["--linear", "queue"]).code(2);
    assert!(ran.stderr.contains("--linear"), "{ran:?}");
}

/// Prints what the line carried, for whoever compares.
#[expect(clippy::print_stdout, reason = "a figure to be read beside the result of the test")]
fn report(figures: &[(&str, u64)]) {
    for (what, bytes) in figures {
        println!("逐行方式 {what}：{bytes} 字节");
    }
}
