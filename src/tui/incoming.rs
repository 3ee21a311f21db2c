//! Everything that reaches the program from outside, in one channel; and the thread that reads the keyboard.

use std::sync::mpsc::Sender;
use std::thread;
use std::time::Duration;

use crossterm::event::{self, Event, KeyEvent};

use super::effect::{Reply, Ticket};
use super::journal::Report;
use super::mouse::Gesture;
use super::typeahead::mended;
use crate::service::error::Error;
use crate::service::presence::Whereabouts;

/// Something from outside.
#[derive(Debug)]
pub enum Incoming {
    /// Keys that were read at once, in their order.
    Keys(Vec<KeyEvent>),
    /// A paste.
    Paste(String),
    /// Something done with the mouse.
    Mouse(Gesture),
    /// The terminal has this many columns and rows now.
    Resize(u16, u16),
    /// An answer.
    Answer(Ticket, Result<Reply, Error>),
    /// Another process wrote something.
    OthersWrote,
    /// These others are at the place shown now.
    Presence(Vec<Whereabouts>),
    /// The disk says what it keeps of the drafts.
    Disk(Report),
    /// The database was busy or full; the command is tried again.
    Retrying {
        /// For the which time.
        tries: u32,
        /// Of how many.
        most: u32,
        /// Whether the disk is full; else others keep the database busy.
        is_full: bool,
    },
    /// The terminal is gone: nothing may be written to it any more.
    TerminalGone,
    /// The program was asked to end by this signal.
    Signal(i32),
}

/// Nothing longer is read at once; a longer paste goes on in the next reading.
const LONGEST_READING: usize = 16_384;

/// How long the library is asked to wait for what came in the same reading. Asked for no time at all it does not even
/// look at what it has read already; of less than a millisecond it waits none.
const AT_ONCE: Duration = Duration::from_micros(50);

/// Reads the keyboard until the terminal or the program ends.
pub fn read_keyboard(to: Sender<Incoming>) {
    thread::spawn(move || {
        loop {
            for incoming in reading() {
                let gone = matches!(incoming, Incoming::TerminalGone);
                if to.send(incoming).is_err() || gone {
                    return;
                }
            }
        }
    });
}

/// Waits for something to be typed and takes what came with it: keys that arrive together may be a paste.
fn reading() -> Vec<Incoming> {
    let mut all: Vec<Incoming> = Vec::new();
    let mut count = 0;
    loop {
        count += 1;
        match event::read() {
            Ok(Event::Key(key)) => match all.last_mut() {
                Some(Incoming::Keys(keys)) => keys.push(key),
                _ => all.push(Incoming::Keys(vec![key])),
            },
            Ok(Event::Paste(text)) => all.push(Incoming::Paste(text)),
            Ok(Event::Resize(columns, rows)) => all.push(Incoming::Resize(columns, rows)),
            Ok(Event::Mouse(event)) => all.extend(Gesture::of(event).map(Incoming::Mouse)),
            Ok(_) => {}
            Err(_) => {
                all.push(Incoming::TerminalGone);
                return all;
            }
        }
        if count >= LONGEST_READING || !matches!(event::poll(AT_ONCE), Ok(true)) {
            break;
        }
    }
    for incoming in &mut all {
        if let Incoming::Keys(keys) = incoming {
            *keys = mended(std::mem::take(keys));
        }
    }
    all
}
