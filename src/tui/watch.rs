//! Watches for the end that comes from outside: signals, and a terminal that is gone.
//!
//! The keyboard thread cannot do this: with the terminal gone its library asks again and again at full speed and never
//! returns, and a flag set by a signal handler is never looked at.

use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM, SIGXFSZ};
use signal_hook::iterator::Signals;

use super::Error;
use super::incoming::Incoming;

/// How long a command under way may take before the program ends without it; the database rolls it back.
const GRACE: Duration = Duration::from_millis(1_500);

/// Ends the program as a shell expects of one that a hang-up ended.
const HUNG_UP: i32 = 128 + SIGHUP;

/// Begins to watch.
pub fn watch(to: &Sender<Incoming>) -> Result<(), Error> {
    watch_signals(to.clone())?;
    watch_terminal(to.clone());
    Ok(())
}

/// Begins to watch for signals alone: a pipe whose writer has closed it may still hold lines to be read.
pub(super) fn watch_signals(to: Sender<Incoming>) -> Result<(), Error> {
    let mut signals = Signals::new([SIGHUP, SIGTERM, SIGINT])?;
    // A file that may not grow is told to whoever writes it; unhandled, the signal would end the program instead.
    signal_hook::flag::register(SIGXFSZ, Arc::default())?;
    thread::spawn(move || {
        if let Some(signal) = signals.forever().next() {
            let incoming = if signal == SIGHUP { Incoming::TerminalGone } else { Incoming::Signal(signal) };
            let _ = to.send(incoming);
            end_after_grace(128 + signal);
        }
    });
    Ok(())
}

/// Waits for the hang-up of the terminal; with no events asked for, `poll` reports nothing else.
fn watch_terminal(to: Sender<Incoming>) {
    thread::spawn(move || {
        let input = std::io::stdin();
        loop {
            let mut watched = [PollFd::new(&input, PollFlags::empty())];
            match poll(&mut watched, None) {
                Err(Errno::INTR) => {}
                Err(_) => return,
                Ok(_) => {
                    let gone = PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL;
                    if watched.iter().any(|fd| fd.revents().intersects(gone)) {
                        let _ = to.send(Incoming::TerminalGone);
                        end_after_grace(HUNG_UP);
                    }
                }
            }
        }
    });
}

/// The main thread may be stuck writing to a terminal that is gone; usually it has ended the program long before.
#[expect(clippy::exit, clippy::disallowed_methods, reason = "there is nobody left to wait for, and nothing to unwind")]
fn end_after_grace(code: i32) -> ! {
    thread::sleep(GRACE);
    std::process::exit(code)
}
