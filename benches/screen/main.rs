//! How long a person waits for the screen, beside a bare program that shows the same file as a plain list.
//!
//! ```text
//! cargo bench --bench screen                                       # 1 000 and 10 000 projects
//! PINGSHEN_BENCH_PROJECTS=1000,1000000 cargo bench --bench screen  # other numbers
//! ```
//!
//! Both programs run on a terminal of their own, one after the other in every round, so that whatever slows the machine
//! slows both. A time runs from the key to the moment an emulator shows what the key is for; what the emulator takes is
//! in both. Every line tells min, median, 99th percentile and maximum in milliseconds, and the ratio of the medians.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::print_stdout)]
#![allow(clippy::float_arithmetic, clippy::disallowed_methods)]

mod bare;
// The tests' own terminal: a pty and an emulator.
#[allow(dead_code)]
#[path = "../../tests/e2e/terminal.rs"]
mod terminal;

/// The check-up of the first start is left in a start of its own, see [`measure`].
mod first_start {
    pub fn skip<S>(_: &std::process::Command, _: &[S]) {}
}

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use pingshen::service::Service;
use pingshen::service::clock::Clock;
use pingshen::service::demo::{DemoOptions, OPEN_AS};
use terminal::Terminal;

const SIZE: (u16, u16) = (120, 40);
const STARTS: usize = 20;
const PRESSES: usize = 200;
const IDLE: Duration = Duration::from_secs(20);

const DOWN: &str = "\x1b[B";
const PAGE_DOWN: &str = "\x1b[6~";
const HOME: &str = "\x1b[H";
const END: &str = "\x1b[F";
const F10: &str = "\x1b[21~";

fn main() {
    let args: Vec<String> = std::env::args().collect();
    if let [_, first, database] = args.as_slice()
        && first == bare::FLAG
    {
        bare::run(Path::new(database)).unwrap();
        return;
    }
    let wanted = std::env::var("PINGSHEN_BENCH_PROJECTS").unwrap_or_else(|_| "1000,10000".to_owned());
    for size in wanted.split(',') {
        measure(size.trim().parse().expect("a number of projects"));
    }
}

/// One of the two programs.
#[derive(Clone, Copy)]
enum Program {
    Ours,
    Bare,
}

impl Program {
    fn start(self, database: &Path) -> Terminal {
        let path = database.to_string_lossy().into_owned();
        let home = database.parent().unwrap().to_owned();
        let prepare = move |command: &mut std::process::Command| {
            command.env("HOME", &home).env("PINGSHEN_STATE_DIR", home.join("state")).env("LANG", "C.UTF-8");
        };
        let terminal = match self {
            Program::Ours => {
                let args = ["--db", &path, "--as", OPEN_AS];
                Terminal::spawn_with(env!("CARGO_BIN_EXE_pingshen"), &args, SIZE, prepare)
            }
            Program::Bare => {
                let itself = std::env::current_exe().unwrap();
                Terminal::spawn_with(itself, &[bare::FLAG, &path], SIZE, prepare)
            }
        };
        terminal.patience(Duration::from_secs(60))
    }

    /// Starts and goes to the list of all projects.
    fn at_list(self, database: &Path) -> Terminal {
        let terminal = self.start(database);
        terminal.wait_for("  1/");
        if matches!(self, Program::Ours) {
            terminal.send("0");
            terminal.wait_for("[0全部");
            terminal.wait_for("  1/");
        }
        terminal
    }

    fn leave(mut terminal: Terminal) {
        terminal.send(F10);
        terminal.wait_for_exit();
    }
}

/// The sample data of a size, beside the build and not in a folder that may live in memory.
fn filled(projects: u64) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("screen");
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(format!("{projects}.db"));
    if !path.exists() {
        let options = DemoOptions { projects: Some(projects), ..DemoOptions::default() };
        let began = Instant::now();
        Service::create_demo(&path, "", Clock::System, options, &mut |_, _| {}).unwrap();
        println!("{projects:>9} projects made in {:.1} s", began.elapsed().as_secs_f64());
    }
    path
}

fn measure(projects: u64) {
    let database = filled(projects);
    let first = Program::Ours.start(&database);
    first.wait_for("  1/");
    first.wait_for("宽度:");
    if first.screen().contains("终端体检") {
        first.send("\x1b");
        first.wait_gone("终端体检 1");
    }
    Program::leave(first);
    let [mut ours, mut bare] = [Vec::new(), Vec::new()];
    for _ in 0..STARTS {
        for (program, times) in [(Program::Ours, &mut ours), (Program::Bare, &mut bare)] {
            let began = Instant::now();
            let terminal = program.start(&database);
            terminal.wait_for("  1/");
            times.push(began.elapsed());
            Program::leave(terminal);
        }
    }
    tell(projects, "start to list", ours, bare);

    let lists = [Program::Ours.at_list(&database), Program::Bare.at_list(&database)];
    for (what, there, seen, back, home) in [
        ("one row down", DOWN, "  2/", HOME, "  1/"),
        ("a page down", PAGE_DOWN, "", HOME, "  1/"),
        ("to the end", END, "", HOME, "  1/"),
        ("open a project", "\r", "规则与条件", F10, "  1/"),
    ] {
        let [mut forth, mut again] = [[Vec::new(), Vec::new()], [Vec::new(), Vec::new()]];
        for _ in 0..PRESSES {
            for (which, terminal) in lists.iter().enumerate() {
                forth[which].push(key(terminal, there, seen));
                // What follows a key, such as the preview, is not to be part of the next one.
                terminal.bytes_within(Duration::from_millis(if which == 0 { 30 } else { 2 }));
                again[which].push(key(terminal, back, home));
            }
        }
        let [ours, bare] = forth;
        tell(projects, what, ours, bare);
        let [ours, bare] = again;
        tell(projects, &format!("back from: {what}"), ours, bare);
    }
    let [ours, bare] = lists;
    let memory = [resident_kib(&ours), resident_kib(&bare)];
    println!("{projects:>9}  {:<34} {} KiB, bare {} KiB", "resident memory", memory[0], memory[1]);
    let (before, written) = (ours.processor_ticks(), ours.bytes_written());
    let bytes = ours.bytes_within(IDLE) - written;
    let ticks = ours.processor_ticks() - before;
    println!("{projects:>9}  {:<34} {bytes} bytes, {ticks} hundredths of a CPU second", format!("idle for {IDLE:?}"));
    [ours, bare].into_iter().for_each(Program::leave);
}

fn resident_kib(terminal: &Terminal) -> u64 {
    let status = terminal.told_by_the_kernel("status");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

/// Tells the place of the cursor.
fn place(screen: &str) -> u64 {
    let status = screen.lines().rev().find(|line| line.contains('/')).unwrap();
    let (place, _) = status.split_whitespace().find_map(|word| word.split_once('/')).unwrap();
    place.parse().unwrap()
}

/// Presses a key and waits for what it is for; without a text, for another row under the cursor.
fn key(terminal: &Terminal, key: &str, seen: &str) -> Duration {
    let before = if seen.is_empty() { place(&terminal.screen()) } else { 0 };
    let began = Instant::now();
    terminal.send(key);
    match seen {
        "" => terminal.wait_until("another row", |screen| place(screen) != before),
        text => terminal.wait_for(text),
    }
    began.elapsed()
}

fn tell(projects: u64, what: &str, ours: Vec<Duration>, bare: Vec<Duration>) {
    let (ours, bare) = (Figures::of(ours), Figures::of(bare));
    let ratio = ours.median / bare.median;
    println!("{projects:>9}  {what:<34} {ours}   bare {bare}   x {ratio:.2}");
}

struct Figures {
    min: f64,
    median: f64,
    most: f64,
    max: f64,
}

impl Figures {
    fn of(mut times: Vec<Duration>) -> Figures {
        times.sort_unstable();
        let at = |part: usize| times[(times.len() - 1) * part / 100].as_secs_f64() * 1000.0;
        Figures { min: at(0), median: at(50), most: at(99), max: at(100) }
    }
}

impl std::fmt::Display for Figures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:7.2} {:7.2} {:7.2} {:7.2}", self.min, self.median, self.most, self.max)
    }
}
