//! From keys to messages: the one table, the aliases of input methods, and the lookup.

pub mod alias;
mod key;
mod table;
#[cfg(test)]
mod tests;

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind};

pub use key::Key;
pub use table::{BY_PLACE, Binding, Group, Op, Scope, TABLE, digits, of_scope};

use super::message::Message;

/// Who gets the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// The table, as far as it works here.
    Commands(Scope),
    /// A text field: what is typed is text.
    Text,
}

/// Translates a key; `None` where it means nothing.
pub fn translate(mode: Mode, event: KeyEvent) -> Option<Message> {
    let key = Key::of(event);
    let repaint = key.filter(|key| binding_of(Op::Repaint).is_some_and(|binding| binding.has(*key)));
    if repaint.is_some() {
        return Some(Message::Op(Op::Repaint));
    }
    match mode {
        Mode::Text if event.kind == KeyEventKind::Release => None,
        Mode::Text => Some(Message::Typed(event)),
        Mode::Commands(scope) => {
            let key = key?;
            if let Some(digit) = key.digit() {
                return Some(Message::Digit(digit));
            }
            if let Some(binding) = of_scope(scope).find(|binding| binding.has(key)) {
                return Some(Message::Op(binding.op));
            }
            match key.code {
                KeyCode::Char(c) if !key.ctrl && alias::is_han(c) => Some(Message::Stray(c)),
                _ => None,
            }
        }
    }
}

/// Finds the row of a command.
pub fn binding_of(op: Op) -> Option<&'static Binding> {
    TABLE.iter().find(|binding| binding.op == op)
}

/// Names the key of a command for people.
pub fn key_name(op: Op) -> String {
    binding_of(op).map(Binding::shown_key).unwrap_or_default()
}
