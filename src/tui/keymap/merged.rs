//! The table with what a person changed laid over it: what lookup, hints, help, palette and the printed sheet read.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind};

use super::key::Key;
use super::op::{Op, Scope};
use super::table::{Binding, TABLE, of_scope};
use super::{Mode, alias};
use crate::tui::message::Message;

/// The keys in force. The default one is the table as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Keymap {
    changed: BTreeMap<(Scope, Op), Vec<Key>>,
}

/// Set once, before the first key is read; a program has one keyboard and reads its keys from one place.
static IN_FORCE: OnceLock<Keymap> = OnceLock::new();
static DEFAULT: Keymap = Keymap { changed: BTreeMap::new() };

/// Gives the keys in force.
pub fn in_force() -> &'static Keymap {
    IN_FORCE.get().unwrap_or(&DEFAULT)
}

/// Puts keys in force for the life of the program; the first to do so has the say.
pub fn put_in_force(keymap: Keymap) {
    let _ = IN_FORCE.set(keymap);
}

impl Keymap {
    /// Gives a command other keys at a place.
    pub(super) fn change(&mut self, scope: Scope, op: Op, keys: Vec<Key>) {
        self.changed.insert((scope, op), keys);
    }

    /// Gives a command its keys of the table back.
    pub(super) fn restore(&mut self, scope: Scope, op: Op) {
        self.changed.remove(&(scope, op));
    }

    /// Lists the keys of a command at a place, the one people are told first.
    pub fn keys(&self, scope: Scope, binding: &Binding) -> Vec<Key> {
        self.changed.get(&(scope, binding.op)).cloned().unwrap_or_else(|| binding.own_keys())
    }

    /// Names the key people are told at a place; empty where only the palette leads there.
    pub fn shown_key(&self, scope: Scope, binding: &Binding) -> String {
        self.keys(scope, binding).first().map(|key| key.name()).unwrap_or_default()
    }

    /// Names all keys of a command at a place.
    pub fn all_keys(&self, scope: Scope, binding: &Binding) -> String {
        let names: Vec<String> = self.keys(scope, binding).iter().map(|key| key.name()).collect();
        names.join(" ")
    }

    /// Finds what a key means at a place.
    pub fn meaning(&self, scope: Scope, key: Key) -> Option<&'static Binding> {
        of_scope(scope).find(|binding| self.keys(scope, binding).contains(&key))
    }

    /// Translates a key; `None` where it means nothing.
    pub fn translate(&self, mode: Mode, event: KeyEvent) -> Option<Message> {
        let key = Key::of(event);
        let repaint = super::binding_of(Op::Repaint);
        let scope = match mode {
            Mode::Commands(scope) => scope,
            Mode::Text => Scope::Queue,
        };
        if key.zip(repaint).is_some_and(|(key, repaint)| key.ctrl && self.keys(scope, repaint).contains(&key)) {
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
                if let Some(binding) = self.meaning(scope, key) {
                    return Some(Message::Op(binding.op));
                }
                match key.code {
                    KeyCode::Char(c) if !key.ctrl && alias::is_han(c) => Some(Message::Stray(c)),
                    _ => None,
                }
            }
        }
    }

    /// Names the key of a command where its place is not known: one that does it wherever the command works, if there
    /// is one.
    pub fn key_name(&self, op: Op) -> String {
        let Some(binding) = TABLE.iter().find(|binding| binding.op == op) else { return String::new() };
        let at = |scope: &Scope| self.keys(*scope, binding);
        let first = binding.scopes.first().map(at).unwrap_or_default();
        let everywhere = |key: &&Key| binding.scopes.iter().all(|scope| at(scope).contains(key));
        first.iter().find(everywhere).or(first.first()).map(|key| key.name()).unwrap_or_default()
    }
}
