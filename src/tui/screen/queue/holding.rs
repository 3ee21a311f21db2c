//! Claiming in the queue: taking the project under the cursor, giving it back, taking it over.

use std::collections::BTreeMap;

use super::update::{load_counts, refresh, resized};
use crate::domain::ids::ProjectCode;
use crate::domain::workflow::action::Action;
use crate::service::command::{Act, Command, Done, Undo};
use crate::service::error::Error;
use crate::tui::effect::{Effect, Reply};
use crate::tui::keymap::{Op, key_name};
use crate::tui::screen::project;
use crate::tui::state::State;
use crate::tui::update::explain;
use crate::wording;

/// Claims the project under the cursor, or releases it where it is one's own.
pub(super) fn claim(state: &mut State) -> Vec<Effect> {
    let Some(row) = state.queue.listing.current() else { return Vec::new() };
    let (code, version) = (row.code.clone(), row.version);
    let action = match &row.holder {
        Some((holder, _)) if *holder == state.me.id => Action::Release,
        Some((_, name)) => {
            let why = format!("{code} 由{name}主办；其不在的，按 {} 接管", key_name(Op::TakeOver));
            state.complain(why);
            return Vec::new();
        }
        None => Action::Claim,
    };
    let act = Act {
        project: code.clone(),
        action,
        inputs: BTreeMap::new(),
        note: String::new(),
        attachments: Vec::new(),
        if_version: Some(version),
    };
    execute(state, code, Command::Act(act))
}

/// Opens the form in which one says why the project is taken over.
pub(super) fn take_over(state: &mut State) -> Vec<Effect> {
    match state.queue.listing.current().map(|row| row.code.clone()) {
        Some(code) => project::open_with_action(state, code, Action::TakeOver),
        None => Vec::new(),
    }
}

/// Undoes the claim or release made here, or does it again.
pub(super) fn undo(state: &mut State, redo: bool) -> Vec<Effect> {
    match state.queue.held.clone() {
        Some(code) => {
            let order = Undo { project: code.clone(), operation: None, redo };
            execute(state, code, Command::Undo(order))
        }
        None => {
            state.mention("队列中没有可以撤销的认领");
            Vec::new()
        }
    }
}

fn execute(state: &mut State, code: ProjectCode, command: Command) -> Vec<Effect> {
    if state.queue.awaited.holding.is_some() {
        return Vec::new();
    }
    let ticket = state.tickets.issue();
    state.queue.awaited.holding = Some(ticket);
    state.queue.held = Some(code);
    state.bulk.forget();
    vec![Effect::Execute(ticket, Box::new(command))]
}

/// Takes the answer. What was claimed or released stays where it stands, though the list may be one of what nobody holds:
/// the next key is meant for this project, and would be for another one if it left the list.
pub(super) fn answer(state: &mut State, answer: Result<Reply, Error>) -> Vec<Effect> {
    state.queue.awaited.holding = None;
    let mut stands = false;
    match answer {
        Ok(Reply::Done(receipt)) => {
            let again = key_name(Op::Redo);
            let back = key_name(Op::Undo);
            match &receipt.done {
                Done::Project { code, action, version, .. } if action == Action::Claim.code() => {
                    let me = (state.me.id, state.me.name.clone());
                    state.queue.listing.set_holder(code, *version, Some(me));
                    stands = true;
                    state.say(format!("已认领 {code}，由你主办。按 {back} 撤销"));
                }
                Done::Project { code, version, .. } => {
                    state.queue.listing.set_holder(code, *version, None);
                    stands = true;
                    state.say(format!("已释放 {code}。按 {back} 撤销"));
                }
                Done::Undone { code, act, subjects, redo, .. } => {
                    let how = if *redo { format!("按 {back} 撤销") } else { format!("按 {again} 重做") };
                    state.say(format!("{code} {}。{how}", wording::undone(act, subjects, *redo)));
                }
                _ => {}
            }
        }
        Ok(_) => {}
        Err(error) => explain(state, &error),
    }
    // Where the project was opened meanwhile, that screen loads what it needs.
    match state.project.is_some() {
        true => project::load(state),
        false if stands => load_counts(state).into_iter().chain(resized(state)).collect(),
        false => refresh(state),
    }
}
