//! Marking in the queue, and what is done with the marked projects.

use super::{holding, update};
use crate::domain::ids::ProjectCode;
use crate::domain::workflow::action::Action;
use crate::service::error::Error;
use crate::service::view::queue::Page;
use crate::tui::effect::{Effect, Question, Reply};
use crate::tui::keymap::Op;
use crate::tui::marks::{self, MOST, Target, full};
use crate::tui::screen::project;
use crate::tui::state::State;
use crate::tui::update::explain;
use crate::tui::widget::bulk;

/// Takes a command that marks or acts on what is marked; `None` where it is none of these now.
pub(super) fn take_op(state: &mut State, op: Op) -> Option<Vec<Effect>> {
    let is_of_marks = matches!(op, Op::Mark | Op::MarkAll | Op::MarkRange | Op::MarkNone);
    let acts = matches!(op, Op::Menu | Op::Claim | Op::Assign | Op::TakeOver | Op::Undo | Op::Redo);
    if state.queue.awaited.marking.is_some() && (is_of_marks || acts) {
        // Done now it would be done with something else than what one sees marked a moment later.
        state.mention("正在标记，请稍候");
        return Some(Vec::new());
    }
    let has_marks = !state.queue.marks.is_empty();
    match op {
        Op::Mark => mark(state),
        Op::MarkAll => return Some(mark_all(state)),
        Op::MarkRange => mark_range(state),
        Op::MarkNone => state.queue.marks.clear(),
        Op::Menu if has_marks => bulk::open_menu(state),
        Op::Claim if has_marks => return Some(bulk::begin(state, Action::Claim)),
        Op::Assign if has_marks => return Some(bulk::begin(state, Action::Assign)),
        Op::Assign => {
            let code = state.queue.listing.current().map(|row| row.code.clone());
            return Some(code.map(|code| project::open_with_action(state, code, Action::Assign)).unwrap_or_default());
        }
        Op::Undo | Op::Redo => {
            let redo = op == Op::Redo;
            return Some(bulk::undo(state, redo).unwrap_or_else(|| holding::undo(state, redo)));
        }
        _ => return None,
    }
    Some(update::resized(state))
}

fn mark(state: &mut State) {
    let Some(target) = state.queue.listing.current().map(Target::from) else { return };
    match state.queue.marks.turn(target) {
        true => state.queue.listing.go_by(1),
        false => state.complain(full()),
    }
}

/// Marks everything the list holds under its filter, not only what is on the screen.
fn mark_all(state: &mut State) -> Vec<Effect> {
    let queue = &mut state.queue;
    let total = queue.listing.total();
    let rows = (0..total).map_while(|place| queue.listing.row(place)).map(Target::from);
    let rows: Vec<Target> = rows.take(MOST + 1).collect();
    if !queue.is_loading() && queue.listing.is_loaded() && (rows.len() == total || rows.len() > MOST) {
        take(state, rows, total);
        return Vec::new();
    }
    let (source, filter, sort) = (queue.source(), queue.filter.applied.clone(), queue.filter.sort.clone());
    let ticket = state.tickets.issue();
    state.queue.awaited.marking = Some(ticket);
    vec![Effect::Ask(ticket, Question::WholeList { source, filter, sort, limit: MOST })]
}

/// Takes the answer with the whole list.
pub(super) fn answer(state: &mut State, answer: Result<Reply, Error>) {
    state.queue.awaited.marking = None;
    match answer {
        Ok(Reply::Page(Page { rows, total, .. })) => {
            let total = usize::try_from(total).unwrap_or_default();
            take(state, rows.iter().map(Target::from).collect(), total);
        }
        Ok(_) => {}
        Err(error) => explain(state, &error),
    }
}

fn take(state: &mut State, rows: Vec<Target>, total: usize) {
    let marks = &mut state.queue.marks;
    let told = rows.len();
    let left = marks.add(rows) + total.saturating_sub(told);
    let marked = marks.len();
    match left {
        0 if total == 0 => state.mention("列表中没有项目可标记"),
        0 if marked <= total => state.mention(format!("已标记列出的全部 {total} 个项目")),
        0 => state.mention(format!("已标记列出的全部 {total} 个项目，连同以前标记的共 {marked} 个")),
        left => state.complain(marks::cut(marked, left)),
    }
}

fn mark_range(state: &mut State) {
    let queue = &mut state.queue;
    let listing = &queue.listing;
    let place_of = |code: &ProjectCode| listing.place_of_code(code);
    let at = |place: usize| listing.row(place).map(Target::from);
    let stretch = queue.marks.stretch(listing.selected(), place_of, at);
    state.mention(marks::said(&stretch));
}
