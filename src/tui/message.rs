//! What can happen to the state: a key's meaning, a paste, an answer, news from outside.

use crossterm::event::KeyEvent;

use super::drafts::News;
use super::effect::{Reply, Ticket};
use super::keymap::Op;
use super::mouse::Gesture;
use crate::service::error::Error;
use crate::service::presence::Whereabouts;

/// Something that happened.
#[derive(Debug)]
pub enum Message {
    /// A command of the key table.
    Op(Op),
    /// A digit outside text; what it means is printed on the screen.
    Digit(u8),
    /// A key for the text field in use.
    Typed(KeyEvent),
    /// A Chinese character outside a text field.
    Stray(char),
    /// Something done with the mouse.
    Mouse(Gesture),
    /// A pasted text.
    Pasted(String),
    /// The terminal has this many columns and rows now.
    Resized(u16, u16),
    /// An answer came.
    Answered(Ticket, Result<Reply, Error>),
    /// So many milliseconds passed; sent about once a second, and only while the state asks for it.
    Tick(u64),
    /// No key came for the time the state asked to be told of.
    Rested,
    /// Another process wrote something.
    OthersWrote,
    /// These others are at the place shown now.
    Present(Vec<Whereabouts>),
    /// News of the journal of drafts.
    Draft(News),
    /// The database was busy or full; the command is tried again.
    Retrying {
        /// For the which time.
        tries: u32,
        /// Of how many.
        most: u32,
        /// Whether the disk is full; else others keep the database busy.
        is_full: bool,
    },
}
