//! Typing a filter: the line is read at every key, the list is asked for once the hands rest.
//!
//! A key never waits: what is still being looked up for the line before is given up at once, the old result stays on the
//! screen until the new one is there. Time is no business of this module: it says that it wants to hear of a rest, and
//! is told of it.

use std::time::Duration;

use crossterm::event::{KeyCode, KeyEvent};

use super::update::{load_fresh, load_preview, open, resized, take_op};
use super::views;
use crate::tui::effect::Effect;
use crate::tui::keymap::Op;
use crate::tui::state::State;

/// How long the hands rest before the list is asked for: longer than between two keys of a word, shorter than a pause that
/// is felt.
pub const REST: Duration = Duration::from_millis(150);

const WRONG: &str = "筛选条件有误，请更正，或按 Esc 恢复原条件";

/// Takes a key for the filter line.
pub fn take_text(state: &mut State, key: KeyEvent) -> Vec<Effect> {
    match key.code {
        KeyCode::Enter => enter(state),
        KeyCode::Esc => {
            let is_typing = std::mem::take(&mut state.queue.awaited.rest);
            match state.queue.filter.restore() || is_typing {
                true => load_fresh(state),
                false => resized(state),
            }
        }
        KeyCode::F(2) => keep(state),
        KeyCode::Up => take_op(state, Op::Up),
        KeyCode::Down => take_op(state, Op::Down),
        _ => {
            let Some(editor) = &mut state.queue.filter.editor else { return Vec::new() };
            if let Some(message) = editor.handle(key).message() {
                state.complain(message);
            }
            read_filter(state)
        }
    }
}

/// Leaves the line; what is found is opened where it is the only one. Enter is no key to wait after.
fn enter(state: &mut State) -> Vec<Effect> {
    if !state.queue.filter.keep() {
        state.complain(WRONG);
        return Vec::new();
    }
    if state.queue.is_typing() {
        state.queue.awaited.open_only_hit = true;
        return load_fresh(state);
    }
    if state.queue.is_loading() {
        state.queue.awaited.open_only_hit = true;
    } else if state.queue.listing.total() == 1 {
        return open(state);
    }
    resized(state)
}

/// Leaves the line and keeps it as a view: its digit is offered, its name is asked.
fn keep(state: &mut State) -> Vec<Effect> {
    if !state.queue.filter.keep() {
        state.complain(WRONG);
        return Vec::new();
    }
    let mut effects = match state.queue.is_typing() {
        true => load_fresh(state),
        false => resized(state),
    };
    effects.extend(views::begin_to_keep(state));
    effects
}

/// Takes a paste for the filter line.
pub fn paste(state: &mut State, text: &str) -> Vec<Effect> {
    let Some(editor) = &mut state.queue.filter.editor else { return Vec::new() };
    if let Some(message) = editor.paste(text).message() {
        state.mention(message);
    }
    read_filter(state)
}

/// Reads the line; where it means something else now, what was asked before is given up and a rest is waited for.
pub(super) fn read_filter(state: &mut State) -> Vec<Effect> {
    if !state.queue.filter.read() {
        return resized(state);
    }
    let queue = &mut state.queue;
    queue.relaxed.clear();
    queue.seek = None;
    (queue.awaited.page, queue.awaited.totals, queue.awaited.open_only_hit) = (None, None, false);
    queue.awaited.rest = true;
    vec![Effect::GiveUp(state.tickets.issue())]
}

/// The hands rest: asks for what the line says by now.
pub fn rested(state: &mut State) -> Vec<Effect> {
    match state.queue.is_typing() {
        true => load_fresh(state),
        false => load_preview(state).into_iter().collect(),
    }
}
