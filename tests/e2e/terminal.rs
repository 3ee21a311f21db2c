//! A real terminal without glass: a pty with a program behind it, and the screen it would show.
//!
//! Nothing here sleeps. A reader thread feeds the emulator and announces every change; who waits for a text is woken
//! by it, and gives up, showing the screen, only after a patience no healthy machine needs.
//!
//! The pty is opened with rustix and the program started through `setsid`: a hang-up must really close the last
//! descriptor of the master, without a key being typed on the way, and a library that keeps a reader or says good-bye
//! with a newline cannot do that.

use std::ffi::OsStr;
use std::num::NonZeroU16;
use std::os::fd::OwnedFd;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{Mode, OFlags};
use rustix::process::{Pid, PidfdFlags, Resource, Rlimit, Signal, getrlimit, kill_process, pidfd_open, prlimit};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};

/// How long nothing expected may happen before a test fails.
const PATIENCE: Duration = Duration::from_secs(60);

const WHERE_IS_THE_CURSOR: &[u8] = b"\x1b[6n";

/// A terminal with a program in it.
pub struct Terminal {
    master: Option<Arc<OwnedFd>>,
    stop: Option<OwnedFd>,
    reader: Option<JoinHandle<()>>,
    shared: Arc<Shared>,
    child: Child,
    patience: Duration,
}

/// How wide the terminal says it shows `“`, when asked where its cursor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Says {
    /// One cell, as the emulator shows it.
    Narrow,
    /// Two cells.
    Wide,
    /// Nothing.
    Nothing,
}

struct Shared {
    state: Mutex<State>,
    changed: Condvar,
    delay: AtomicU64,
}

struct State {
    parser: vt100::Parser,
    written: Vec<u8>,
    ended: bool,
}

impl Terminal {
    /// Starts a program in a terminal of so many columns and rows.
    pub fn spawn<S: AsRef<OsStr>>(program: impl AsRef<OsStr>, args: &[S], size: (u16, u16)) -> Terminal {
        Terminal::spawn_with(program, args, size, |_| {})
    }

    /// Starts a program whose environment is prepared first.
    pub fn spawn_with<S: AsRef<OsStr>>(
        program: impl AsRef<OsStr>,
        args: &[S],
        size: (u16, u16),
        prepare: impl FnOnce(&mut Command),
    ) -> Terminal {
        Terminal::spawn_saying(Says::Narrow, program, args, size, prepare)
    }

    /// Starts a program in a terminal that answers questions about its cursor in a way of its own.
    pub fn spawn_saying<S: AsRef<OsStr>>(
        says: Says,
        program: impl AsRef<OsStr>,
        args: &[S],
        size: (u16, u16),
        prepare: impl FnOnce(&mut Command),
    ) -> Terminal {
        let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC).unwrap();
        grantpt(&master).unwrap();
        unlockpt(&master).unwrap();
        let name = ptsname(&master, Vec::new()).unwrap();
        let slave = rustix::fs::open(name, OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC, Mode::empty()).unwrap();
        tcsetwinsize(&master, window(size)).unwrap();
        let end = || Stdio::from(slave.try_clone().unwrap());
        let mut command = Command::new("setsid");
        command.arg("--ctty").arg(program).args(args).stdin(end()).stdout(end()).stderr(end());
        command.env("TERM", "xterm-256color").env("LC_ALL", "C.UTF-8");
        prepare(&mut command);
        crate::first_start::skip(&command, args);
        let child = command.spawn().unwrap();
        // The command holds descriptors of the slave, which would keep the terminal open for ever.
        drop((command, slave));

        let (rows, columns) = cells(size);
        let state = State { parser: vt100::Parser::new(rows, columns, 0), written: Vec::new(), ended: false };
        let shared = Arc::new(Shared { state: Mutex::new(state), changed: Condvar::new(), delay: AtomicU64::new(0) });
        let master = Arc::new(master);
        let (stopped, stop) = std::io::pipe().unwrap();
        let reader = {
            let (master, shared) = (Arc::clone(&master), Arc::clone(&shared));
            std::thread::spawn(move || read_on(&master, says, &OwnedFd::from(stopped), &shared))
        };
        Terminal {
            master: Some(master),
            stop: Some(OwnedFd::from(stop)),
            reader: Some(reader),
            shared,
            child,
            patience: PATIENCE,
        }
    }

    /// Gives up sooner, for tests of the harness itself.
    pub fn patience(mut self, patience: Duration) -> Terminal {
        self.patience = patience;
        self
    }

    /// Shows what the program writes so much later, as a long line does: keys and what they did are that far apart.
    pub fn delayed(self, delay: Duration) -> Terminal {
        self.shared.delay.store(delay.as_millis() as u64, Ordering::Relaxed);
        self
    }

    /// Sends bytes as the keyboard would: `"\r"` is Enter, `"\x1b[A"` the up key.
    pub fn send(&self, keys: &str) {
        let master = self.master.as_ref().expect("the terminal is hung up");
        let mut rest = keys.as_bytes();
        while !rest.is_empty() {
            let written = rustix::io::write(master, rest).unwrap();
            rest = &rest[written..];
        }
    }

    /// Types a text, such as an input method commits it.
    pub fn type_text(&self, text: &str) {
        self.send(text);
    }

    /// Waits until the screen shows a text.
    #[track_caller]
    pub fn wait_for(&self, text: &str) {
        self.wait_until(&format!("{text:?} to appear"), |screen| screen.contains(text));
    }

    /// Waits until the screen no longer shows a text.
    #[track_caller]
    pub fn wait_gone(&self, text: &str) {
        self.wait_until(&format!("{text:?} to disappear"), |screen| !screen.contains(text));
    }

    /// Waits until the screen is as wanted.
    #[track_caller]
    pub fn wait_until(&self, what: &str, wanted: impl Fn(&str) -> bool) {
        let deadline = Instant::now() + self.patience;
        let mut state = self.state();
        loop {
            let screen = text_of(state.parser.screen());
            if wanted(&screen) {
                return;
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if state.ended || left.is_zero() {
                let why = if state.ended { "the program ended" } else { "nothing happened any more" };
                drop(state);
                panic!("waiting for {what}, but {why}; the screen:\n{screen}");
            }
            state = self.shared.changed.wait_timeout(state, left).unwrap().0;
        }
    }

    /// Tells what the screen shows, blanks at the ends of lines left out.
    pub fn screen(&self) -> String {
        text_of(self.state().parser.screen())
    }

    /// Tells where the cursor is: row and column from 0.
    pub fn cursor(&self) -> (u16, u16) {
        self.state().parser.screen().cursor_position()
    }

    /// Tells whether the program has the alternate screen, as full-screen programs do.
    pub fn is_full_screen(&self) -> bool {
        self.state().parser.screen().alternate_screen()
    }

    /// Tells how many bytes the program has written so far.
    pub fn bytes_written(&self) -> u64 {
        self.state().written.len() as u64
    }

    /// Waits so long for the program to write anything, and tells how much it has written by then.
    pub fn bytes_within(&self, patience: Duration) -> u64 {
        let state = self.state();
        let before = state.written.len();
        let waited = self.shared.changed.wait_timeout_while(state, patience, |state| state.written.len() == before);
        waited.unwrap().0.written.len() as u64
    }

    /// Waits until nothing was written for so long.
    pub fn wait_still(&self, long: Duration) {
        let mut before = self.bytes_written();
        loop {
            let now = self.bytes_within(long);
            if now == before {
                return;
            }
            before = now;
        }
    }

    /// Gives what the program has written so far.
    pub fn transcript(&self) -> Vec<u8> {
        self.state().written.clone()
    }

    /// Tells whether the program has never written an escape sequence.
    pub fn is_plain(&self) -> bool {
        !self.state().written.contains(&0x1b)
    }

    /// Gives the terminal another number of columns and rows.
    pub fn resize(&self, size: (u16, u16)) {
        let (rows, columns) = cells(size);
        self.state().parser.set_size(rows, columns);
        tcsetwinsize(self.master.as_ref().expect("the terminal is hung up"), window(size)).unwrap();
    }

    /// Sends a signal to the program.
    pub fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.child), signal).unwrap();
    }

    /// Kills the program without a chance to tidy up.
    pub fn kill_9(&self) {
        self.signal(Signal::KILL);
    }

    /// Has no file of the program grow beyond so many bytes, as if the disk were full; `None` gives the room back.
    pub fn limit_files(&self, bytes: Option<u64>) {
        let pid = Pid::from_child(&self.child);
        let before = getrlimit(Resource::Fsize);
        let limit = Rlimit { current: bytes.or(before.maximum), maximum: before.maximum };
        prlimit(Some(pid), Resource::Fsize, limit).unwrap();
    }

    /// Takes the terminal away, as a dropped connection does: what was not read is lost, and the program is told.
    pub fn hang_up(&mut self) {
        drop(self.stop.take());
        if let Some(reader) = self.reader.take() {
            reader.join().unwrap();
        }
        let master = self.master.take().and_then(Arc::into_inner);
        drop(master.expect("the terminal is hung up once"));
    }

    /// Waits until the program has ended and everything it wrote is on the screen.
    #[track_caller]
    pub fn wait_drained(&self) {
        let deadline = Instant::now() + self.patience;
        let mut state = self.state();
        while !state.ended {
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(!left.is_zero(), "the terminal stays open");
            state = self.shared.changed.wait_timeout(state, left).unwrap().0;
        }
    }

    /// Reads what the kernel knows about the program.
    pub fn told_by_the_kernel(&self, file: &str) -> String {
        std::fs::read_to_string(format!("/proc/{}/{file}", self.child.id())).unwrap()
    }

    /// Tells the seconds of processor time of a program that has ended or not, in hundredths.
    pub fn processor_ticks(&self) -> u64 {
        let stat = self.told_by_the_kernel("stat");
        let (_, fields) = stat.rsplit_once(')').unwrap();
        let fields: Vec<u64> = fields.split_whitespace().skip(11).take(2).map(|field| field.parse().unwrap()).collect();
        fields.iter().sum()
    }

    /// Waits until the program has ended, and tells its processor time, in hundredths of a second, and its status.
    #[track_caller]
    pub fn wait_for_end(&mut self) -> (u64, ExitStatus) {
        let process = pidfd_open(Pid::from_child(&self.child), PidfdFlags::empty()).unwrap();
        let patience = Timespec::try_from(self.patience).unwrap();
        let ended = poll(&mut [PollFd::new(&process, PollFlags::IN)], Some(&patience)).unwrap();
        assert!(ended > 0, "the program does not end; the screen:\n{}", self.screen());
        // Not waited for yet, it can still be asked.
        (self.processor_ticks(), self.child.wait().unwrap())
    }

    /// Waits until the program has ended.
    #[track_caller]
    pub fn wait_for_exit(&mut self) -> ExitStatus {
        if let Some(status) = self.child.try_wait().unwrap() {
            return status;
        }
        let process = pidfd_open(Pid::from_child(&self.child), PidfdFlags::empty()).unwrap();
        let patience = Timespec::try_from(self.patience).unwrap();
        let ended = poll(&mut [PollFd::new(&process, PollFlags::IN)], Some(&patience)).unwrap();
        assert!(ended > 0, "the program does not end; the screen:\n{}", self.screen());
        self.child.wait().unwrap()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.shared.state.lock().unwrap()
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        drop(self.stop.take());
        if let Some(reader) = self.reader.take() {
            let _ = reader.join();
        }
    }
}

/// Feeds the emulator until the program's end of the terminal is closed, or nobody wants to know any more.
fn read_on(master: &OwnedFd, says: Says, stopped: &OwnedFd, shared: &Shared) {
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let mut ready = [PollFd::new(master, PollFlags::IN), PollFd::new(stopped, PollFlags::IN)];
        match poll(&mut ready, None) {
            Err(rustix::io::Errno::INTR) => continue,
            Err(_) => break,
            Ok(_) if !ready[1].revents().is_empty() => break,
            Ok(_) => {}
        }
        match rustix::io::read(master, &mut buffer) {
            Err(rustix::io::Errno::INTR) => {}
            Ok(0) | Err(_) => break,
            Ok(read) => {
                let delay = Duration::from_millis(shared.delay.load(Ordering::Relaxed));
                if !delay.is_zero() {
                    let delay = Timespec::try_from(delay).unwrap();
                    let _ = poll(&mut [PollFd::new(stopped, PollFlags::IN)], Some(&delay));
                }
                let mut state = shared.state.lock().unwrap();
                state.parser.process(&buffer[..read]);
                state.written.extend_from_slice(&buffer[..read]);
                // The program asks once, at its start, and writes nothing before it has the answer.
                if says != Says::Nothing && state.written.ends_with(WHERE_IS_THE_CURSOR) {
                    let (row, column) = state.parser.screen().cursor_position();
                    let further = if says == Says::Wide { 2 } else { 1 };
                    let answer = format!("\x1b[{};{}R", row + 1, column + further);
                    let _ = rustix::io::write(master, answer.as_bytes());
                }
                shared.changed.notify_all();
            }
        }
    }
    shared.state.lock().unwrap().ended = true;
    shared.changed.notify_all();
}

/// Writes a screen as text: the cell behind a wide glyph belongs to the glyph and is left out.
fn text_of(screen: &vt100::Screen) -> String {
    let (rows, columns) = screen.size();
    let line = |row: u16| {
        let cells = (0..columns.get()).filter_map(|column| screen.cell(row, column));
        let line: String = cells
            .filter(|cell| !cell.is_wide_continuation())
            .map(|cell| if cell.has_contents() { cell.contents() } else { " " })
            .collect();
        line.trim_end().to_owned()
    };
    (0..rows.get()).map(line).collect::<Vec<_>>().join("\n")
}

fn window((columns, rows): (u16, u16)) -> Winsize {
    Winsize { ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 }
}

fn cells((columns, rows): (u16, u16)) -> (NonZeroU16, NonZeroU16) {
    let cell = |count: u16| NonZeroU16::new(count).expect("a terminal has at least one cell");
    (cell(rows), cell(columns))
}
