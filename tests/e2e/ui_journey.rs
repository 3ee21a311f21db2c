//! A project of 62.5 万元 walks from the unit's form to a signed opinion by the terminal UI alone, in a real pty: each
//! step by the person whose turn it is, with keys that work while a Chinese input method is on.

use serde_json::Value;

use crate::support::{Office, sample};
use crate::terminal::Terminal;

const ENTER: &str = "\r";
const TAB: &str = "\t";
const F7: &str = "\x1b[18~";
const F8: &str = "\x1b[19~";
const F10: &str = "\x1b[21~";

/// The UI of one account.
struct Screen(Terminal);

impl Screen {
    fn of(office: &Office, account: &str, size: (u16, u16)) -> Screen {
        let program = env!("CARGO_BIN_EXE_pingshen");
        let terminal = Terminal::spawn_with(program, &["--as", account], size, |command| {
            command.env("HOME", office.path("home")).env("PINGSHEN_DB", office.database());
        });
        terminal.wait_for("队列 >");
        Screen(terminal)
    }

    /// Finds the project among all of the account's and opens it.
    #[track_caller]
    fn open_platform(&self) {
        self.0.send("0");
        self.0.wait_for("[0全部");
        self.0.send(F7);
        self.0.wait_for("筛选(/)");
        self.0.type_text("教师培训");
        self.0.wait_for("命中 1");
        self.0.send(ENTER);
        self.0.wait_for("规则与条件");
    }

    /// Chooses an entry of the action menu by its digit.
    #[track_caller]
    fn choose(&self, entry: &str) {
        self.0.send(F8);
        self.0.wait_until("the menu to offer the entry", |screen| digit_before(screen, entry).is_some());
        let digit = digit_before(&self.0.screen(), entry).unwrap();
        self.0.send(&digit.to_string());
    }

    /// Hands a form in, confirms where that is asked, and waits for the answer.
    #[track_caller]
    fn hand_in(&self, action: &str) {
        let done = format!("已办理：{action}");
        self.0.wait_until("the form or the question", |screen| {
            screen.contains("F8 提交") || screen.contains("1 确认") || screen.contains(&done)
        });
        if self.0.screen().contains("F8 提交") {
            self.0.send(F8);
            self.0.wait_gone("F8 提交");
        }
        self.0.wait_until("the question or the answer", |screen| screen.contains("1 确认") || screen.contains(&done));
        if self.0.screen().contains("1 确认") {
            self.0.send("1");
        }
        self.0.wait_for(&done);
    }

    /// Takes an action whose form is filled by these keys.
    #[track_caller]
    fn act(&self, action: &str, keys: &[&str]) {
        self.choose(action);
        if !keys.is_empty() {
            self.0.wait_for("F8 提交");
            for key in keys {
                self.0.send(key);
            }
        }
        self.hand_in(action);
    }

    fn leave(self) {
        self.0.send(F10);
        self.0.wait_for("队列 >");
        self.leave_the_queue();
    }

    fn leave_the_queue(mut self) {
        self.0.send(F10);
        assert!(self.0.wait_for_exit().success());
    }
}

/// Finds the digit under which the menu offers an entry.
fn digit_before(screen: &str, entry: &str) -> Option<char> {
    screen.lines().find_map(|line| {
        let (before, after) = line.split_once(entry)?;
        let ends = after.starts_with(' ') || after.starts_with('|');
        before.trim_end().chars().last().filter(|digit| ends && digit.is_ascii_digit())
    })
}

/// One step by one person. Amounts that stand already are offered by the form and need not be typed.
#[track_caller]
fn step(office: &Office, account: &str, action: &str, keys: &[&str]) {
    let screen = Screen::of(office, account, (80, 24));
    screen.open_platform();
    screen.act(action, keys);
    screen.leave();
}

#[test]
fn a_project_walks_from_the_form_to_a_signed_opinion_on_the_screen() {
    let office = Office::staffed();
    import_the_form(&office);
    complete_and_submit(&office);
    step(&office, "intake", "受理", &[]);
    for agency in ["lead", "planning", "finance"] {
        step(&office, agency, "联合审议表决", &["1"]);
    }
    step(&office, "intake", "登记县政府决定", &["1", TAB, "玉府办字〔2026〕8号", TAB, "2026-10-20"]);
    step(&office, "edu", "报立项", &["予以支持", TAB, "2026-10-22", TAB, "85"]);
    step(&office, "planning", "批准立项", &["玉发改〔2026〕1号", TAB, "2026-10-25"]);
    step(&office, "edu", "报送技术方案", &["某设计院", TAB, "1.0"]);
    step(&office, "intake", "受理方案", &[]);
    judge_and_draft(&office);
    step(&office, "lead", "审核同意", &["情况属实"]);
    step(&office, "signer", "签发", &["玉数评〔2026〕3号"]);

    let shown = office.by("lead", &["--json", "show", "YS2027-0003"]).code(0).json();
    assert_eq!(shown["project"]["stage"], "review-passed");
    assert_eq!(shown["opinions"][0]["doc_no"], "玉数评〔2026〕3号");
    assert_eq!(shown["amounts"]["assessed"], "62.50");
    let verified = office.run(&["--json", "audit", "verify"]).code(0).json();
    assert_eq!((&verified["ok"], &verified["first_bad"]), (&Value::Bool(true), &Value::Null));
}

/// The intake clerk imports the form from its file and sees what was registered.
fn import_the_form(office: &Office) {
    let screen = Screen::of(office, "intake", (80, 24));
    screen.0.send("+");
    screen.0.wait_for("文件");
    screen.0.type_text(&sample("01_县教育局_申报表.xlsx"));
    screen.0.send(ENTER);
    screen.0.wait_for("教师培训平台");
    screen.0.wait_for("1 导入");
    screen.0.send("1");
    screen.0.wait_for("YS2027-0003");
    screen.leave_the_queue();
}

/// The unit adds what the form has no column for, then submits.
fn complete_and_submit(office: &Office) {
    let screen = Screen::of(office, "edu", (80, 24));
    screen.open_platform();
    screen.choose("补充申报内容");
    screen.0.wait_for("建设性质");
    let catalogue = "信息资源目录";
    screen.0.send("1");
    screen.0.wait_for("[1 新建]");
    let on_catalogue = |screen: &str| screen.lines().any(|line| line.contains('>') && line.contains(catalogue));
    // Field by field, as a person does who does not know how many there are.
    for _ in 0..30 {
        if on_catalogue(&screen.0.screen()) {
            break;
        }
        // The rest of the screen changes by itself, when a draft was kept.
        let focus = |screen: &str| screen.lines().find(|line| line.contains("|>")).map(str::to_owned);
        let before = focus(&screen.0.screen());
        screen.0.send(TAB);
        screen.0.wait_until("the next field", |now| focus(now) != before);
    }
    assert!(on_catalogue(&screen.0.screen()), "{}", screen.0.screen());
    screen.0.type_text("12");
    screen.0.send(F8);
    screen.0.wait_for("已保存申报内容");
    screen.act("申报", &[]);
    screen.leave();
}

/// The reviewer answers every item with a digit, then drafts the opinion.
fn judge_and_draft(office: &Office) {
    let screen = Screen::of(office, "reviewer", (80, 24));
    screen.open_platform();
    screen.0.wait_for("1通过 2不通过");
    let open: usize = screen
        .0
        .screen()
        .split_once("技术评审清单 0/")
        .and_then(|(_, rest)| rest.chars().take_while(char::is_ascii_digit).collect::<String>().parse().ok())
        .expect("the count of open items");
    for _ in 0..open {
        screen.0.send("1");
    }
    screen.0.wait_for("全部条目均已判断");
    screen.act("拟定技术审核意见", &["1", TAB, TAB, "建设内容完整，技术路线可行，同意通过。"]);
    screen.leave();
}
