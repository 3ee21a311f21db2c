//! Not one character is lost: the program is killed, hung up on, ended, and has no disk; what was typed comes back.

#![expect(clippy::print_stdout, reason = "the figures of the reliability tests are reported, not only checked")]

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use pingshen::tui::journal::{Content, replay};
use rustix::process::Signal;

use crate::support::Office;
use crate::terminal::Terminal;

const PROGRAM: &str = env!("CARGO_BIN_EXE_pingshen");
const ENTER: &str = "\r";
const ESC: &str = "\x1b";
const F8: &str = "\x1b[19~";

/// A random number good enough to choose keys by; the seed is printed where a test fails.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound as u64) as usize
    }
}

/// An office where the lead is to vote on one project.
fn office() -> Office {
    let office = Office::staffed();
    let code = office.import_training_platform();
    office.by("edu", &["project", "edit", &code, "--set", "kind=new"]).code(0);
    office.act("edu", &code, "submit", &[]);
    office.act("intake", &code, "accept-plan", &[]);
    office
}

fn sit_down(office: &Office, state: &Path) -> Terminal {
    Terminal::spawn_with(PROGRAM, &["--as", "lead"], (80, 24), |command| {
        command.env("HOME", office.path("home")).env("PINGSHEN_DB", office.database());
        command.env("PINGSHEN_STATE_DIR", state);
    })
}

/// Opens the form of the vote: a choice, a text of several lines, a line.
fn open_form(terminal: &Terminal) {
    terminal.wait_for("教师培训平台");
    terminal.send(ENTER);
    terminal.wait_for("规则与条件");
    terminal.wait_for("62.50");
    terminal.send(F8);
    terminal.wait_for("1 联合审议表决");
    terminal.send("1");
    terminal.wait_for("F8 提交");
}

/// Finds the journals below a folder, the trash left out.
fn journals(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    // Beside them the folder has marks of the check-up.
    let is_other = |path: &PathBuf| path.ends_with("trash") || path.ends_with("checkup");
    let paths = entries.map(|entry| entry.unwrap().path()).filter(|path| !is_other(path));
    paths.flat_map(|path| if path.is_dir() { journals(&path) } else { vec![path] }).collect()
}

/// Reads the one draft back.
pub fn draft(state: &Path) -> Content {
    let found = journals(state);
    assert_eq!(found.len(), 1, "{found:?}");
    replay(&std::fs::read(&found[0]).unwrap()).unwrap().content
}

/// What the two text fields of the form hold, and where the caret is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Model {
    texts: [Vec<char>; 2],
    carets: [usize; 2],
    focus: usize,
}

const NAMES: [&str; 2] = ["opinion", "minutes_no"];
const LABELS: [&str; 2] = ["意见", "会议纪要文号"];

impl Model {
    fn of(content: &Content) -> Model {
        let mut model =
            Model { focus: NAMES.iter().position(|name| *name == content.focus).unwrap(), ..Model::default() };
        for (at, name) in NAMES.iter().enumerate() {
            let field = &content.fields[*name];
            (model.texts[at], model.carets[at]) = (field.text.chars().collect(), field.caret);
        }
        model
    }

    fn text(&self, at: usize) -> String {
        self.texts[at].iter().collect()
    }

    fn insert(&mut self, text: &str) {
        let (at, caret) = (self.focus, self.carets[self.focus]);
        let count = text.chars().count();
        self.texts[at].splice(caret..caret, text.chars());
        self.carets[at] += count;
    }

    /// Takes a key and tells what the keyboard sends for it.
    fn press(&mut self, random: &mut Random) -> String {
        let (at, caret) = (self.focus, self.carets[self.focus]);
        let length = self.texts[at].len();
        // Nothing at all is what the form held before, and no draft.
        let total: usize = self.texts.iter().map(Vec::len).sum();
        // No field grows beyond its row, so that the screen shows all of it.
        let key = if length > 20 { 12 + random.below(3) } else { random.below(18) };
        match key {
            0..=7 => {
                let c = char::from_u32(0x4E00 + random.below(0x3000) as u32).unwrap();
                self.insert(&c.to_string());
                c.to_string()
            }
            8 => {
                let c = char::from(b'a' + random.below(26) as u8);
                self.insert(&c.to_string());
                c.to_string()
            }
            9 => {
                let text: String =
                    (0..3).map(|_| char::from_u32(0x4E00 + random.below(0x3000) as u32).unwrap()).collect();
                self.insert(&text);
                format!("\x1b[200~{text}\x1b[201~")
            }
            10 | 11 if caret < length => {
                self.carets[at] += 1;
                "\x1b[C".to_owned()
            }
            12..=14 if caret > 0 && total > 1 => {
                self.texts[at].remove(caret - 1);
                self.carets[at] -= 1;
                "\x7f".to_owned()
            }
            15 if caret < length && total > 1 => {
                self.texts[at].remove(caret);
                "\x1b[3~".to_owned()
            }
            16 if caret > 0 => {
                self.carets[at] -= 1;
                "\x1b[D".to_owned()
            }
            17 => {
                self.focus = 1 - at;
                // Forward to the second field, back to the first.
                if at == 0 { "\t".to_owned() } else { "\x1b[Z".to_owned() }
            }
            _ => {
                self.carets[at] = 0;
                "\x1b[H".to_owned()
            }
        }
    }
}

/// Reads a field off the screen: what stands behind its label.
fn shown(screen: &str, at: usize) -> Option<String> {
    let label = LABELS[at];
    let row = screen.lines().find(|line| {
        let line = line.trim_start_matches(['|', ' ', '>']);
        line.starts_with(label) && !line.starts_with("意见：")
    })?;
    let (_, rest) = row.split_once(label)?;
    let value = rest.trim_start().trim_start_matches("必填").trim_start();
    Some(value.trim_end_matches('|').trim_end().trim_end_matches('|').trim_end().to_owned())
}

/// Kills a program again and again while its person types; tells how many keys were on the screen, and how many were
/// in the journal without having been shown.
fn type_and_kill(office: &Office, state: &Path, kills: usize, seed: u64) -> (usize, usize) {
    let mut random = Random(seed);
    let (mut keys, mut unseen) = (0, 0);
    let mut terminal = sit_down(office, state);
    open_form(&terminal);
    terminal.send("\t");
    terminal.wait_until("the second field", |screen| screen.lines().any(|line| line.contains("> 意见")));
    terminal.send("起");
    // The rules below the form begin with a day 起 too.
    terminal.wait_until("the first character", |screen| shown(screen, 0).as_deref() == Some("起"));
    let mut model = Model { texts: [vec!['起'], Vec::new()], carets: [1, 0], focus: 0 };
    for kill in 0..kills {
        // Everything that may stand in the field from here on, in this order.
        let mut states = vec![model.clone()];
        let burst = 1 + random.below(10);
        let mut sent = String::new();
        for _ in 0..burst {
            sent += &model.press(&mut random);
            states.push(model.clone());
        }
        let seen = random.below(burst + 1);
        terminal.send(&sent);
        let is =
            |screen: &str, model: &Model| (0..2).all(|at| shown(screen, at).is_some_and(|text| text == model.text(at)));
        if seen > 0 {
            terminal.wait_until("what was typed", |screen| states[seen..].iter().any(|state| is(screen, state)));
        }
        terminal.kill_9();
        terminal.wait_drained();
        terminal.wait_for_exit();
        let screen = terminal.screen();
        let on_screen = states.iter().position(|state| is(&screen, state));
        let on_screen =
            on_screen.unwrap_or_else(|| panic!("seed {seed} kill {kill}: the screen\n{screen}\n{states:?}"));
        let restored = Model::of(&draft(state));
        let on_disk = states.iter().rposition(|state| *state == restored);
        let on_disk = on_disk.unwrap_or_else(|| panic!("seed {seed} kill {kill}: {restored:?} was never typed"));
        assert!(on_disk >= on_screen, "seed {seed} kill {kill}: shown {on_screen}, kept {on_disk}\n{screen}");
        keys += on_disk;
        unseen += on_disk - on_screen;
        // The next program offers it, and one key goes on at the same caret.
        model = restored;
        terminal = sit_down(office, state);
        terminal.wait_for("[1 恢复]");
        terminal.send("1");
        terminal.wait_until("the draft", |screen| {
            let focused = screen.lines().any(|line| line.contains(&format!("> {}", LABELS[model.focus])));
            is(screen, &model) && focused
        });
    }
    terminal.kill_9();
    (keys, unseen)
}

#[test]
fn killed_at_two_hundred_moments_not_one_character_that_was_shown_is_missing() {
    let office = office();
    let started = Instant::now();
    let counts: Vec<(usize, usize)> = std::thread::scope(|scope| {
        let office = &office;
        let typists: Vec<_> = (0..4)
            .map(|typist: u64| {
                let state = office.path(&format!("state{typist}"));
                scope.spawn(move || type_and_kill(office, &state, 50, 0x9E37_79B9 * (typist + 1)))
            })
            .collect();
        typists.into_iter().map(|typist| typist.join().unwrap()).collect()
    });
    let (keys, unseen) = counts.into_iter().fold((0, 0), |(a, b), (c, d)| (a + c, b + d));
    let seconds = started.elapsed().as_secs();
    println!("T21 kills=200 keys={keys} kept_before_shown={unseen} lost=0 wrong=0 seconds={seconds}");
    assert!(keys > 400, "hardly anything was typed: {keys}");
}

#[test]
fn what_was_typed_survives_every_other_end_too() {
    let office = office();
    for (name, end) in [("term", Some(Signal::TERM)), ("hup", Some(Signal::HUP)), ("gone", None)] {
        let state = office.path(name);
        let mut terminal = sit_down(&office, &state);
        open_form(&terminal);
        terminal.send("\t");
        terminal.type_text("同意，建议压减测算费用");
        terminal.wait_for("建议压减测算费用");
        match end {
            Some(signal) => terminal.signal(signal),
            None => terminal.hang_up(),
        }
        let started = Instant::now();
        let (ticks, _) = terminal.wait_for_end();
        let took = started.elapsed();
        assert_eq!(draft(&state).text("opinion"), "同意，建议压减测算费用", "{name}");
        let again = sit_down(&office, &state);
        again.wait_for("[1 恢复]");
        again.send("1");
        again.wait_for("同意，建议压减测算费用");
        println!("T20 end={name} gone_ms={} processor_ms={}", took.as_millis(), ticks * 10);
    }
}

#[test]
fn a_program_that_ignores_the_hang_up_signal_is_gone_within_two_seconds_all_the_same() {
    let office = office();
    let state = office.path("state");
    let script = "trap '' HUP; exec \"$0\" --as lead";
    let mut terminal = Terminal::spawn_with("sh", &["-c", script, PROGRAM], (80, 24), |command| {
        command.env("HOME", office.path("home")).env("PINGSHEN_DB", office.database());
        command.env("PINGSHEN_STATE_DIR", &state);
    });
    open_form(&terminal);
    terminal.send("\t");
    terminal.type_text("线断了也不丢");
    terminal.wait_for("线断了也不丢");
    let before = terminal.processor_ticks();
    terminal.hang_up();
    let started = Instant::now();
    let (ticks, status) = terminal.wait_for_end();
    let took = started.elapsed();
    println!("T20 sighup=ignored gone_ms={} processor_ms={}", took.as_millis(), (ticks - before) * 10);
    assert_eq!(status.code(), Some(129));
    assert!(took < Duration::from_secs(2), "{took:?}");
    assert!(ticks - before < 20, "{} hundredths of a second", ticks - before);
    assert_eq!(draft(&state).text("opinion"), "线断了也不丢");
}

#[test]
fn a_full_disk_is_told_loses_nothing_in_the_window_and_is_written_once_there_is_room() {
    let office = office();
    let state = office.path("state");
    let terminal = sit_down(&office, &state);
    open_form(&terminal);
    terminal.send("\t");
    terminal.wait_until("the second field", |screen| screen.lines().any(|line| line.contains("> 意见")));
    terminal.type_text("盘满以前");
    terminal.wait_for("盘满以前");
    terminal.wait_for("草稿已存");
    let before = draft(&state).text("opinion").to_owned();
    // No file may grow; the signal that comes with it must not end the program.
    terminal.limit_files(Some(64));
    terminal.type_text("，盘满以后");
    terminal.wait_for("盘满以前，盘满以后");
    terminal.wait_for("草稿写不进磁盘：磁盘已满");
    assert_eq!(draft(&state).text("opinion"), before, "no half of a record");
    terminal.wait_for("未存 2 秒");
    terminal.type_text("，一字不少");
    terminal.wait_for("盘满以前，盘满以后，一字不少");
    terminal.limit_files(None);
    terminal.wait_for("草稿已存");
    assert_eq!(draft(&state).text("opinion"), "盘满以前，盘满以后，一字不少");
    terminal.kill_9();
}

#[test]
fn a_locked_database_is_told_and_what_was_handed_in_is_saved_once_it_is_free() {
    let office = office();
    let state = office.path("state");
    let terminal = sit_down(&office, &state);
    open_form(&terminal);
    terminal.send("1\t");
    terminal.type_text("同意立项");
    terminal.wait_for("同意立项");
    let other = rusqlite::Connection::open(office.database()).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    terminal.send(F8);
    terminal.wait_for("库忙，草稿已存本地，自动重试 1/10");
    assert_eq!(draft(&state).text("opinion"), "同意立项");
    other.execute_batch("ROLLBACK").unwrap();
    terminal.wait_gone("> 意见");
    terminal.wait_gone("自动重试");
    assert_eq!(journals(&state), [] as [PathBuf; 0], "the receipt ends the draft");
    terminal.kill_9();
}

#[test]
fn nothing_is_written_to_an_idle_terminal_once_the_draft_is_kept() {
    let office = office();
    let state = office.path("state");
    let mut terminal = sit_down(&office, &state);
    open_form(&terminal);
    terminal.send("\t");
    terminal.type_text("写完停手");
    terminal.wait_for("写完停手");
    terminal.wait_for("草稿已存");
    let before = terminal.bytes_written();
    // Longer than the journal's clock and the look at others' work.
    terminal = terminal.patience(Duration::from_millis(2_500));
    let waiting = std::panic::AssertUnwindSafe(|| terminal.wait_until("nothing", |_| false));
    assert!(std::panic::catch_unwind(waiting).is_err());
    assert_eq!(terminal.bytes_written(), before);
    terminal.send(ESC);
}
