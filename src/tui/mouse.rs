//! The mouse, where a person asked for it: the wheel moves the cursor, a click puts it on a row. Neither changes data.
//!
//! Off at first: a program that has the mouse takes the terminal's own selecting and copying away.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::buffer::Buffer;

use super::effect::Effect;
use super::keymap::{Mode, Op};
use super::message::Message;
use super::state::State;
use super::update::update;
use super::view::render;

/// What was done with the mouse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gesture {
    /// The wheel turned so many notches, down where positive.
    Wheel(i16),
    /// The left button was pressed on a row.
    Click(u16),
}

impl Gesture {
    /// Reads what the terminal reported; `None` where it means nothing here.
    pub fn of(event: MouseEvent) -> Option<Gesture> {
        match event.kind {
            MouseEventKind::ScrollDown => Some(Gesture::Wheel(1)),
            MouseEventKind::ScrollUp => Some(Gesture::Wheel(-1)),
            MouseEventKind::Down(MouseButton::Left) => Some(Gesture::Click(event.row)),
            _ => None,
        }
    }
}

/// How many rows a notch of the wheel moves.
const ROWS: usize = 3;

/// Takes a gesture. In a text nothing is moved: the caret is the hand's.
pub fn take(state: &mut State, gesture: Gesture) -> Vec<Effect> {
    if state.mode() == Mode::Text {
        return Vec::new();
    }
    match gesture {
        Gesture::Wheel(notches) => {
            let op = if notches > 0 { Op::Down } else { Op::Up };
            (0..usize::from(notches.unsigned_abs()) * ROWS).flat_map(|_| update(state, Message::Op(op))).collect()
        }
        Gesture::Click(row) => go_to(state, row),
    }
}

/// Moves the cursor to a row of the screen, step by step, as keys would: whatever stands between, no screen needs to
/// know where it drew what. A row the cursor cannot stand on leaves it at the next one that it can.
fn go_to(state: &mut State, row: u16) -> Vec<Effect> {
    let mut effects = Vec::new();
    let mut buffer = Buffer::empty(state.area());
    let mut here = render(state, &mut buffer).1;
    while here != row {
        let op = if here < row { Op::Down } else { Op::Up };
        effects.extend(update(state, Message::Op(op)));
        buffer.reset();
        let there = render(state, &mut buffer).1;
        let passed = (here < row) == (there > row) && there != row;
        if there == here || passed {
            break;
        }
        here = there;
    }
    effects
}
