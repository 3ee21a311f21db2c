//! The reference keys of a task, named after the key table: a key somebody changed is told as it is now.

use crate::tui::keymap::{Key, Op, Scope, binding_of, in_force};

/// A step of the reference way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Press {
    /// A command of the key table at a place.
    Op(Op, Scope),
    /// The same digit so many times.
    Digit(u8, usize),
    /// A key of a form or a dialog, which nobody can change.
    Named(&'static str),
    /// Something that is typed, and is not counted; named by what it is.
    Text(&'static str),
}

impl Press {
    /// Counts its keys.
    pub const fn keys(self) -> usize {
        match self {
            Press::Op(..) | Press::Named(_) => 1,
            Press::Digit(_, times) => times,
            Press::Text(_) => 0,
        }
    }

    /// Names it for people, by a key without letters where an input method is on.
    fn name(self, with_letters: bool) -> String {
        match self {
            Press::Op(op, scope) => {
                let keys = binding_of(op).map(|binding| in_force().keys(scope, binding)).unwrap_or_default();
                let fits = |key: &&Key| with_letters || !key.is_letter();
                keys.iter().find(fits).map(|key| key.name()).unwrap_or_else(|| in_force().key_name(Op::Palette))
            }
            Press::Digit(digit, 1) => digit.to_string(),
            Press::Digit(digit, times) => format!("{digit}({times}次)"),
            Press::Named(name) => name.to_owned(),
            Press::Text(what) => format!("〔{what}〕"),
        }
    }
}

/// Names a way of keys.
pub fn way(presses: &[Press], with_letters: bool) -> String {
    let names: Vec<String> = presses.iter().map(|press| press.name(with_letters)).collect();
    names.join(" ")
}

/// Counts its keys.
pub fn count(presses: &[Press]) -> usize {
    presses.iter().map(|press| press.keys()).sum()
}
