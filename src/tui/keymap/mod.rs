//! From keys to messages: the one table, what a person changed in it, the aliases of input methods, and the lookup.
//!
//! | file | what |
//! |---|---|
//! | `op`, `table` | the commands, their places, and the table with their four doors |
//! | `merged` | the table with a person's changes laid over it: what everything reads |
//! | `overrides`, `forbidden` | `keys.toml`, and the keys nobody may bind |
//! | [`alias`], `typing` | what an input method sends for a key; pairs, bursts and pastes |
//! | `sheet` | every key on one page |

pub mod alias;
mod forbidden;
mod key;
mod merged;
mod op;
mod overrides;
#[cfg(test)]
mod overrides_tests;
mod places;
mod sheet;
mod table;
#[cfg(test)]
mod tests;
mod typing;

use crossterm::event::KeyEvent;

pub use forbidden::{Unusable, forbidden, read as read_key};
pub use key::Key;
pub use merged::{Keymap, in_force, put_in_force};
pub use op::{Group, Op, Scope};
pub use overrides::{FILE, Problem, read as read_overrides};
pub use sheet::sheet;
pub use table::{BY_PLACE, Binding, Cli, TABLE, digits, of_scope};
pub use typing::{HalfPair, burst};

use super::message::Message;

/// Who gets the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// The table, as far as it works here.
    Commands(Scope),
    /// A text field: what is typed is text.
    Text,
}

/// Translates a key by the keys in force; `None` where it means nothing.
pub fn translate(mode: Mode, event: KeyEvent) -> Option<Message> {
    in_force().translate(mode, event)
}

/// Finds the row of a command.
pub fn binding_of(op: Op) -> Option<&'static Binding> {
    TABLE.iter().find(|binding| binding.op == op)
}

/// Names the key of a command for people.
pub fn key_name(op: Op) -> String {
    in_force().key_name(op)
}
