//! From one checklist item to the next.

use super::update::settle;
use super::{Pane, Project, words};
use crate::domain::workflow::action::Action;
use crate::domain::workflow::unmet::Unmet;
use crate::service::command::VerdictChange;
use crate::service::view::actions::Possibility;
use crate::service::view::checklist::ItemView;
use crate::service::view::show::ProjectView;
use crate::tui::keymap::{Op, key_name};
use crate::tui::state::State;
use crate::tui::widget;
use crate::wording::labels;

/// Says what was judged and goes on to the next item without an answer. A verdict that needs its reasons asks for them
/// at once: were the cursor to stay, the digit meant for the next item would judge this one again; were it to go on,
/// the reasons would be written to the wrong one.
pub(super) fn told_verdict(state: &mut State, item: &str, verdict: VerdictChange) {
    let Some(project) = &mut state.project else { return };
    let said = match verdict {
        VerdictChange::Set(verdict) => format!("已判 {item} 为{}", labels::verdict(verdict)),
        VerdictChange::Clear => {
            state.say(format!("已清除 {item} 的判断。按 {} 撤销", key_name(Op::Undo)));
            return;
        }
        VerdictChange::Keep => return,
    };
    if project.items().get(project.item).is_some_and(|item| words::is_unfinished(item)) {
        widget::open_remark(state);
        state.say(format!("{said}，请填写说明；Esc 以后再填"));
        return;
    }
    let next = next_of(project, 1, |item| item.is_open());
    let text = match next {
        Some(at) => {
            project.item = at;
            project.details_top = 0;
            let code = project.items().get(at).map(|item| item.item.id.to_string()).unwrap_or_default();
            format!("{said}。转到下一未判 {code}")
        }
        None => format!("{said}。全部条目均已判断"),
    };
    state.say(format!("{text}。按 {} 撤销", key_name(Op::Undo)));
}

/// Finds the next item of a kind in a direction, going round.
fn next_of(project: &Project, step: isize, wanted: impl Fn(&ItemView) -> bool) -> Option<usize> {
    let items = project.items();
    let count = isize::try_from(items.len()).ok()?;
    let from = isize::try_from(project.item).ok()?;
    (1..=count)
        .filter_map(|by| usize::try_from((from + step * by).rem_euclid(count)).ok())
        .find(|at| items.get(*at).is_some_and(|item| wanted(item)))
}

/// Goes to the next item that needs work.
pub fn show_checklist_item(state: &mut State, step: isize) {
    let Some(project) = &mut state.project else { return };
    match next_of(project, step, words::is_unfinished) {
        Some(at) => (project.item, project.details_top) = (at, 0),
        None => state.mention("全部条目均已完成"),
    }
    settle(state);
}

/// Tells whether answers to the checklist are what an action waits for.
pub fn lacks_answers(view: &ProjectView, action: Action) -> bool {
    let status = view.actions.actions.iter().find(|status| status.action == action);
    let is_answer = |unmet: &Unmet| matches!(unmet, Unmet::ItemsUnanswered(_) | Unmet::AnswerIncomplete { .. });
    match status.map(|status| &status.verdict) {
        Some(Possibility::Refused(unmet)) => unmet.iter().any(is_answer),
        _ => false,
    }
}

/// Goes to the first item of the checklist that needs work.
pub fn show_first_gap(state: &mut State) {
    if let Some(project) = &mut state.project
        && let Some(first) = project.items().iter().position(|item| words::is_unfinished(item))
    {
        (project.pane, project.item, project.details_top) = (Pane::Checklist, first, 0);
    }
    settle(state);
}
