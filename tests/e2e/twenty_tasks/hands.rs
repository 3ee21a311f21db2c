//! Who does the tasks: hands that press keys and count them, on terminals of every kind the yardstick names.

use std::os::unix::fs::DirBuilderExt;
use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Sender};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::table::{END, ENTER, F4, F8, F9, F10, Seen, TAB_BACK, Task};
use crate::support::{Office, finish};
use crate::terminal::{Says, Terminal};
use crate::ui_drafts::draft;
use pingshen::tui::practice::tasks::UNHELD;

const PROGRAM: &str = env!("CARGO_BIN_EXE_pingshen");
/// How long the database may take to hold what the screen already says.
const PATIENCE: Duration = Duration::from_secs(20);
/// What arrives together with other keys was not typed by a person, and is stopped as a paste is.
const BETWEEN_KEYS: Duration = Duration::from_millis(30);
/// Nobody reads a question in less; what is pressed before it can have arrived is not taken for an answer.
const READING: Duration = Duration::from_millis(300);

/// What hands do, and what eyes wait for.
#[derive(Debug, Clone, Copy)]
pub enum Step {
    /// One key, counted.
    Key(&'static str),
    /// Text that is typed, not counted.
    Type(&'static str),
    /// Waits until the screen shows it.
    See(&'static str),
    /// Waits until it no longer does.
    Gone(&'static str),
    /// Somebody else does something.
    Elsewhere(fn(&Office, &str)),
    /// The line drops; the same person logs in again.
    Drop,
}

/// How somebody works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hand {
    /// By letters where a command has one.
    Letters,
    /// While an input method is on, which swallows letters and sends marks and digits full-width.
    InputMethod,
}

/// What may stand between the program and the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Within {
    Nothing,
    Tmux,
    Screen,
}

/// The terminal one works at, and what happens meanwhile.
#[derive(Debug, Clone, Copy)]
pub struct Scene {
    pub size: (u16, u16),
    pub hand: Hand,
    /// V1.
    pub no_color: bool,
    /// V3.
    pub says: Says,
    /// V4: what the program writes is seen so much later.
    pub delay: Duration,
    /// V5.
    pub within: Within,
    /// V7.
    pub neighbor: bool,
    /// V6: behind which step the program is killed.
    pub killed_behind: Option<usize>,
}

pub const PLAIN: Scene = Scene {
    size: (120, 40),
    hand: Hand::Letters,
    no_color: false,
    says: Says::Narrow,
    delay: Duration::ZERO,
    within: Within::Nothing,
    neighbor: false,
    killed_behind: None,
};

/// The sample county, built once for all tasks; each begins with a copy.
fn county() -> &'static [u8] {
    static COUNTY: OnceLock<Vec<u8>> = OnceLock::new();
    COUNTY.get_or_init(|| {
        let office = Office::empty();
        office.run(&["demo", "--no-open"]).code(0);
        assert!(!office.path("office.db-wal").exists(), "a copy would lack what is still in the log");
        std::fs::read(office.database()).unwrap()
    })
}

/// A county of one's own.
pub fn office() -> Office {
    let office = Office::empty();
    std::fs::write(office.database(), county()).unwrap();
    office
}

/// Finds the code of a project.
fn code_of(office: &Office, name: &str) -> String {
    if name.is_empty() {
        return String::new();
    }
    let filter = format!("名称:{name}");
    let found = office.by("reviewer", &["--json", "list", "--filter", &filter]).code(0).json();
    assert_eq!(found["total"], 1, "{name}: {found}");
    found["items"][0]["code"].as_str().unwrap().to_owned()
}

/// Lists what is in the log behind an entry.
fn log_behind(office: &Office, seq: i64) -> Vec<Value> {
    let log = office.by("auditor", &["--json", "audit", "list", "--limit", "1000"]).code(0).json();
    let entries = log["items"].as_array().unwrap().clone();
    entries.into_iter().filter(|entry| entry["seq"].as_i64().unwrap() > seq).collect()
}

fn log_length(office: &Office) -> i64 {
    office.by("auditor", &["--json", "audit", "head"]).code(0).json()["entries"].as_i64().unwrap()
}

/// A program that keeps terminals, which ends with the test.
enum Keeper {
    Tmux(PathBuf),
    Screen(PathBuf),
}

impl Keeper {
    fn of(within: Within, office: &Office) -> Option<Keeper> {
        match within {
            Within::Nothing => None,
            Within::Tmux => Some(Keeper::Tmux(office.path("tmux"))),
            Within::Screen => {
                let folder = office.path("screen");
                std::fs::DirBuilder::new().mode(0o700).create(&folder).unwrap();
                Some(Keeper::Screen(folder))
            }
        }
    }

    /// Tells the words that run a program within it, as it comes: no one's configuration is read.
    fn words(&self) -> (&'static str, Vec<String>) {
        let words: Vec<&str> = match self {
            Keeper::Tmux(socket) => {
                vec!["-u", "-S", socket.to_str().unwrap(), "-f", "/dev/null", "new-session", PROGRAM]
            }
            Keeper::Screen(_) => vec!["-U", "-c", "/dev/null", "-S", "tasks", PROGRAM],
        };
        let name = if matches!(self, Keeper::Tmux(_)) { "tmux" } else { "screen" };
        (name, words.into_iter().map(str::to_owned).collect())
    }
}

impl std::ops::Drop for Keeper {
    fn drop(&mut self) {
        let _ = match self {
            Keeper::Tmux(socket) => Command::new("tmux").arg("-S").arg(socket).arg("kill-server").output(),
            Keeper::Screen(folder) => {
                Command::new("screen").env("SCREENDIR", folder).args(["-S", "tasks", "-X", "quit"]).output()
            }
        };
    }
}

/// Somebody at a terminal.
struct Hands<'t> {
    task: &'t Task,
    scene: Scene,
    office: &'t Office,
    code: &'t str,
    terminal: Terminal,
    keys: usize,
    keeper: Option<Keeper>,
}

impl Hands<'_> {
    fn sit_down<'t>(task: &'t Task, scene: Scene, office: &'t Office, code: &'t str) -> Hands<'t> {
        let keeper = Keeper::of(scene.within, office);
        let terminal = open(task, scene, office, keeper.as_ref());
        let hands = Hands { task, scene, office, code, terminal, keys: 0, keeper };
        hands.terminal.wait_for("队列 >");
        // The digits of the views stand once they were counted.
        hands.terminal.wait_for("  1/");
        hands
    }

    #[track_caller]
    fn take(&mut self, steps: &[Step]) {
        for step in steps {
            match *step {
                Step::Key(key) => {
                    self.keys += 1;
                    self.press(key);
                    self.terminal.bytes_within(BETWEEN_KEYS);
                }
                Step::Type(text) => {
                    self.terminal.type_text(text);
                    self.terminal.bytes_within(BETWEEN_KEYS);
                }
                Step::See(text) => {
                    self.terminal.wait_for(text);
                    if text.starts_with("1 ") {
                        self.terminal.wait_still(READING);
                    }
                }
                Step::Gone(text) => self.terminal.wait_gone(text),
                Step::Elsewhere(act) => act(self.office, self.code),
                Step::Drop => {
                    self.terminal.hang_up();
                    self.terminal.wait_for_exit();
                    self.terminal = open(self.task, self.scene, self.office, self.keeper.as_ref());
                }
            }
        }
    }

    fn press(&self, key: &str) {
        match self.scene.hand {
            Hand::Letters => self.terminal.send(key),
            Hand::InputMethod => self.terminal.send(&full_width(key)),
        }
    }

    fn wrong(&self) -> Option<String> {
        let screen = self.terminal.screen();
        (self.task.wrong)(&Seen { office: self.office, code: self.code, screen: &screen })
    }

    /// Kills the program and goes on as its person would: the draft that is offered is taken up, else one begins anew,
    /// behind the answers that are stored.
    fn be_killed(&mut self, steps: &[Step], behind: usize) {
        self.terminal.kill_9();
        self.terminal.wait_drained();
        self.terminal.wait_for_exit();
        self.terminal = open(self.task, self.scene, self.office, self.keeper.as_ref());
        self.terminal.wait_until("the start", |screen| screen.contains("[1 恢复]") || screen.contains("  1/"));
        // The title tells of drafts from the first frame on; the place of this one is still being opened.
        let screen = self.terminal.screen();
        let has_draft = screen.lines().next().is_some_and(|title| title.contains("草稿 "));
        // What was already being handed in is listed, and not in the way.
        let rests = screen.contains("处草稿没有提交");
        if (has_draft && !rests) || screen.contains("[1 恢复]") {
            self.terminal.wait_for("[1 恢复]");
            let typed = steps.iter().take(behind + 1).rposition(|step| matches!(step, Step::Type(_)));
            let typed = typed.expect("a draft is of something typed");
            if let (true, Step::Type(text)) = (typed == behind, steps[typed]) {
                // What had not been read yet is gone with the line, and typed again behind what is there.
                let draft = draft(&self.office.path("state"));
                let rest = text.strip_prefix(draft.text(&draft.focus)).expect("the draft is the begin of the text");
                self.take(&[Step::Key("1"), Step::Gone("[1 恢复]")]);
                self.terminal.type_text(rest);
            } else {
                self.take(&[Step::Key("1"), Step::Gone("[1 恢复]")]);
            }
            return self.take(&steps[typed + 1..]);
        }
        if self.wrong().is_none() {
            return;
        }
        self.take(self.task.start);
        if rests {
            self.take(&[Step::Key(ENTER), Step::See("[1 恢复]"), Step::Key("1"), Step::Gone("[1 恢复]")]);
            let typed = steps.iter().take(behind + 1).rposition(|step| matches!(step, Step::Type(_)));
            return self.take(&steps[typed.expect("a draft is of something typed") + 1..]);
        }
        let list = self.office.by("reviewer", &["--json", "checklist", self.code]);
        let stored = if self.task.number == 5 { list.code(0).stdout.matches("\"pass\"").count() } else { 0 };
        self.take(&steps[stored..]);
    }
}

/// Tells what an input method that is on sends for a key: digits and marks full-width.
pub fn full_width(key: &str) -> String {
    let mut chars = key.chars();
    let only = chars.next().filter(|c| c.is_ascii_graphic() && chars.next().is_none());
    only.and_then(|c| char::from_u32(u32::from(c) + 0xFEE0)).map_or_else(|| key.to_owned(), String::from)
}

fn open(task: &Task, scene: Scene, office: &Office, keeper: Option<&Keeper>) -> Terminal {
    let prepare = |command: &mut Command| {
        command.env("HOME", office.path("home")).env("PINGSHEN_DB", office.database());
        command.env("PINGSHEN_STATE_DIR", office.path("state")).env_remove("NO_COLOR").env_remove("TMUX");
        if scene.no_color {
            command.env("NO_COLOR", "1");
        }
    };
    let person = ["--as", task.row().account];
    let terminal = match keeper {
        None => Terminal::spawn_saying(scene.says, PROGRAM, &person, scene.size, prepare),
        Some(keeper) => {
            let (name, around) = keeper.words();
            let words = around.into_iter().chain(person.map(str::to_owned)).collect::<Vec<String>>();
            Terminal::spawn_saying(scene.says, name, &words, scene.size, |command| {
                prepare(command);
                if let Keeper::Screen(folder) = keeper {
                    command.env("SCREENDIR", folder);
                }
            })
        }
    };
    terminal.delayed(scene.delay)
}

/// Does a task, and tells in how many keys. Fails where it took more than it may, where the database does not hold what
/// it should, and where anything was done to another project.
#[track_caller]
pub fn perform(task: &Task, scene: Scene) -> usize {
    let steps = if scene.hand == Hand::Letters { task.letters } else { task.without_letters };
    let keys: Vec<&str> =
        steps.iter().filter_map(|step| if let Step::Key(key) = step { Some(*key) } else { None }).collect();
    assert!(keys.iter().all(|key| may_be_pressed(key, scene.hand)), "{}: {keys:?}", task.number);

    let office = office();
    let code = code_of(&office, task.row().about);
    (task.before)(&office, &code);
    let before = log_length(&office);
    let name = format!("task {} {}: {scene:?}", task.number, task.row().words);
    let ended = AtomicBool::new(false);
    let (count, screen) = std::thread::scope(|scope| {
        let (begins, begun) = mpsc::channel();
        let neighbor = scene.neighbor.then(|| scope.spawn(|| edit_others(&office, &code, begins, &ended)));
        let _end = OnDrop(&ended);
        if scene.neighbor {
            begun.recv().expect("somebody else at work");
        }
        let mut hands = Hands::sit_down(task, scene, &office, &code);
        hands.take(task.start);
        hands.keys = 0;
        match scene.killed_behind {
            None => hands.take(steps),
            Some(behind) => {
                hands.take(&steps[..=behind]);
                hands.be_killed(steps, behind);
            }
        }
        let deadline = Instant::now() + PATIENCE;
        while let Some(wrong) = hands.wrong() {
            let screen = hands.terminal.screen();
            assert!(Instant::now() < deadline, "{name}: {wrong}; the screen:\n{screen}");
            hands.terminal.bytes_within(Duration::from_millis(50));
        }
        ended.store(true, Ordering::Relaxed);
        if let Some(neighbor) = neighbor {
            assert!(neighbor.join().unwrap() > 0, "{name}: nobody edited anything meanwhile");
        }
        (hands.keys, hands.terminal.screen())
    });
    // What is done again after a kill is counted by nobody.
    let most = if scene.hand == Hand::Letters { task.row().max } else { task.row().max_without_letters };
    assert!(count <= most || scene.killed_behind.is_some(), "{name}: {count} keys, {most} at most");
    only_this_project(task, &office, &code, before, &format!("{name}\n{screen}"));
    count
}

#[track_caller]
fn only_this_project(task: &Task, office: &Office, code: &str, before: i64, name: &str) {
    for entry in log_behind(office, before).iter().filter(|entry| entry["account"] == task.row().account) {
        let is_of_it = task.of_many || entry["project"].is_null() || entry["project"] == code;
        assert!(is_of_it, "{name}: another project was touched: {entry}");
    }
}

/// Does a task line by line through a pipe. The lines are none that count: there is no key to save.
#[track_caller]
pub fn perform_by_lines(task: &Task) {
    let office = office();
    let code = code_of(&office, task.row().about);
    (task.before)(&office, &code);
    let before = log_length(&office);
    let mut command = office.command(&["--as", task.row().account, "--linear"]);
    command.env("TERM", "dumb");
    let said = finish(command, Some(&(task.lines.join("\n") + "\n"))).code(0).stdout;
    let wrong = (task.wrong)(&Seen { office: &office, code: &code, screen: &said });
    assert_eq!(wrong, None, "task {} by lines:\n{said}", task.number);
    only_this_project(task, &office, &code, before, &said);
}

/// Tells whether a key is one that arrives everywhere; letters are none for who works with an input method.
fn may_be_pressed(key: &str, hand: Hand) -> bool {
    const NAMED: [&str; 8] = [ENTER, TAB_BACK, END, F4, F8, F9, F10, super::table::CTRL_Z];
    let mut chars = key.chars();
    let only = chars.next().filter(|_| chars.next().is_none());
    let is_typed = |c: char| c.is_ascii_graphic() && c != '~' && (hand == Hand::Letters || !c.is_ascii_alphabetic());
    NAMED.contains(&key) || only.is_some_and(is_typed)
}

/// Sets a flag, however one leaves.
struct OnDrop<'f>(&'f AtomicBool);

impl std::ops::Drop for OnDrop<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Answers items of other projects' checklists until it is told to stop; tells how often.
fn edit_others(office: &Office, code: &str, begins: Sender<()>, ended: &AtomicBool) -> usize {
    // Hers first; where the task takes over the only one of hers, those nobody holds.
    let codes = ["状态:技术评审中 主办:李娜", UNHELD].into_iter().find_map(|filter| {
        let found = office.by("reviewer2", &["--json", "list", "--filter", filter]).code(0).json();
        let items = found["items"].as_array().unwrap().iter();
        let codes = items.map(|row| row["code"].as_str().unwrap().to_owned()).filter(|other| other != code);
        Some(codes.collect::<Vec<String>>()).filter(|codes| !codes.is_empty())
    });
    let codes = codes.expect("projects of others");
    let mut edits = 0;
    while !ended.load(Ordering::Relaxed) {
        let remark = format!("第 {edits} 次改");
        let at = &codes[edits % codes.len()];
        office.by("reviewer2", &["judge", at, "B01", "doubt", "--remark", &remark]).code(0);
        edits += 1;
        let _ = begins.send(());
    }
    edits
}
