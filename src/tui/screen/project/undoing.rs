//! Undoing in an open project: the last value one set, or the step one just took.

use super::Project;
use super::update::load;
use crate::domain::workflow::action::Action;
use crate::service::command::{Command, Done, Receipt, Undo};
use crate::service::error::Error;
use crate::service::view::show::ProjectView;
use crate::tui::effect::{Effect, Reply};
use crate::tui::keymap::{Op, key_name};
use crate::tui::state::State;
use crate::tui::update::explain;
use crate::tui::widget;
use crate::wording;

/// Undoes what was done last, or does it again. What is still on its way is stored first: one undoes what was said, not
/// what was said before it.
pub(super) fn undo(state: &mut State, redo: bool) -> Vec<Effect> {
    let Some(project) = &mut state.project else { return Vec::new() };
    if project.is_acting() {
        state.mention("正在办理，请稍候");
        return Vec::new();
    }
    if !project.is_settled() {
        project.wants_undo = Some(redo);
        return Vec::new();
    }
    let recalls = !redo && project.view.as_deref().is_some_and(recalls);
    if recalls {
        return widget::begin_action(state, Action::Recall);
    }
    let ticket = state.tickets.issue();
    let Some(project) = &mut state.project else { return Vec::new() };
    project.undoing = Some(ticket);
    let order = Undo { project: project.code.clone(), operation: None, redo };
    vec![Effect::Execute(ticket, Box::new(Command::Undo(order)))]
}

/// Tells whether the last thing done is a step the account may take back: it is asked about, for it was outward.
fn recalls(view: &ProjectView) -> bool {
    let recall = view.actions.actions.iter().find(|status| status.action == Action::Recall);
    recall.is_some_and(|status| status.verdict.is_open())
}

/// Undoes what was asked for while answers were on their way.
pub(super) fn catch_up(state: &mut State) -> Vec<Effect> {
    let settled = |project: &mut Project| project.wants_undo.take_if(|_| project.outbox.is_empty());
    let wanted = state.project.as_mut().and_then(settled);
    wanted.map(|redo| undo(state, redo)).unwrap_or_default()
}

/// Takes the answer to it.
pub(super) fn undone(state: &mut State, answer: Result<Reply, Error>) -> Vec<Effect> {
    if let Some(project) = &mut state.project {
        project.undoing = None;
    }
    match answer {
        Ok(Reply::Done(receipt)) => say(state, &receipt),
        Ok(_) => {}
        Err(error) => explain(state, &error),
    }
    load(state)
}

/// Says what was undone, puts the cursor on it, and says how it is done again.
fn say(state: &mut State, receipt: &Receipt) {
    let Done::Undone { act, subjects, redo, .. } = &receipt.done else { return };
    if let (Some(project), [item]) = (&mut state.project, subjects.as_slice()) {
        let at = project.items().iter().position(|known| known.item.id.as_str() == item);
        project.item = at.unwrap_or(project.item);
    }
    let back = match redo {
        true => format!("按 {} 撤销", key_name(Op::Undo)),
        false => format!("按 {} 重做", key_name(Op::Redo)),
    };
    state.say(format!("{}。{back}", wording::undone(act, subjects, *redo)));
}
