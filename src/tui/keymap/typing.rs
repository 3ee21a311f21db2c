//! Keys that belong together: pairs an input method writes for one key, and bursts that nobody typed.
//!
//! Where a terminal knows no bracketed paste, a paste arrives as keys. It must not run what it spells: a telephone
//! number on a checklist would be judgements.

use std::collections::BTreeSet;

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use super::merged::Keymap;
use super::op::{Op, Scope};
use super::{Mode, alias};
use crate::tui::message::Message;

/// Nobody presses so many keys between two readings of the keyboard, as far as they differ.
const LONGEST_TYPED: usize = 10;
/// A key that is held down repeats itself; a row of digits has few.
const FEWEST_DIFFERENT: usize = 4;

/// The first half of `……` or `——`, which input methods write for one key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct HalfPair(Option<char>);

impl HalfPair {
    /// Tells whether a key would be the second half, without taking it.
    pub fn would_complete(self, event: KeyEvent) -> bool {
        let mut half = self;
        half.completes(event)
    }

    /// Tells whether a key is the second half of a pair, which means nothing more.
    pub fn completes(&mut self, event: KeyEvent) -> bool {
        let half = match event.code {
            KeyCode::Char(c) if alias::comes_in_pairs(c) => Some(c),
            _ => None,
        };
        let completes = half.is_some() && self.0 == half;
        self.0 = if completes { None } else { half };
        completes
    }
}

/// Tells how many of the keys that came at once, and are commands, nobody typed, and what they spell.
///
/// Han characters come from an input method: whatever comes with them is of the same text. Without any, only a long run
/// is taken for a paste. A key that only opens a text field is let through: what follows may be meant for the field.
/// Where a paste was stopped a moment ago, what `goes_on` is its rest.
pub fn burst(keymap: &Keymap, mode: Mode, keys: &[KeyEvent], goes_on: bool) -> Option<(usize, String)> {
    let Mode::Commands(scope) = mode else { return None };
    let run: Vec<char> = keys.iter().map_while(|key| spelled(*key)).collect();
    let first = keys.first()?;
    // Within a dialog, Enter may begin what is under the cursor.
    let opens =
        scope != Scope::Choice && matches!(keymap.translate(mode, *first), Some(Message::Op(op)) if opens_a_field(op));
    // Han characters alone are what an input method committed: they run nothing and are offered as they are.
    let hans = run.iter().filter(|c| alias::is_han(**c)).count();
    let with_han = hans > 0 && hans < run.len();
    let printable: BTreeSet<char> = run.iter().copied().filter(|c| !c.is_control()).collect();
    let is_long = run.len() >= LONGEST_TYPED && printable.len() >= FEWEST_DIFFERENT;
    let goes_on = goes_on && !run.is_empty();
    (goes_on || !opens && (with_han || is_long)).then(|| (run.len(), run.iter().collect()))
}

/// Tells what a key would have been in a pasted text.
fn spelled(event: KeyEvent) -> Option<char> {
    if event.kind == KeyEventKind::Release || event.modifiers.intersects(!KeyModifiers::SHIFT) {
        return None;
    }
    match event.code {
        KeyCode::Char(c) => Some(c),
        KeyCode::Enter => Some('\n'),
        KeyCode::Tab => Some('\t'),
        _ => None,
    }
}

/// Tells whether a command may do no more than open a text field.
fn opens_a_field(op: Op) -> bool {
    matches!(
        op,
        Op::Filter
            | Op::Palette
            | Op::Help
            | Op::Remark
            | Op::Open
            | Op::Add
            | Op::Declaration
            | Op::Import
            | Op::AcceptFinding
            | Op::DismissFinding
    )
}
