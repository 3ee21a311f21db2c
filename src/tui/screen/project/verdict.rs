//! Judging checklist items by digits, and going from one to the next.

use super::judging::{after, answer_of_digit};
use super::update::{send, settle};
use super::{Pane, Project, words};
use crate::domain::ids::ItemId;
use crate::domain::project::Stage;
use crate::domain::workflow::action::Action;
use crate::service::command::{ItemAnswer, VerdictChange};
use crate::service::view::actions::Possibility;
use crate::service::view::checklist::ItemView;
use crate::service::view::show::ProjectView;
use crate::tui::effect::Effect;
use crate::tui::state::State;
use crate::tui::widget;
use crate::wording::{self, labels};

/// Gives an answer: shown at once, sent as soon as it can be.
pub fn judge(state: &mut State, answer: ItemAnswer) -> Vec<Effect> {
    let Some(project) = &mut state.project else { return Vec::new() };
    let Some(view) = &mut project.view else { return Vec::new() };
    if let Some(item) = view.checklist.items.iter_mut().find(|item| item.item.id == answer.item) {
        let base = item.judgement.take();
        item.judgement = after(base.clone(), &answer);
        project.outbox.put(answer, base);
    }
    send(state)
}

/// Tells why the account cannot answer items; `None` where it can.
pub fn why_not_judge(view: &ProjectView) -> Option<String> {
    let status = view.actions.actions.iter().find(|status| status.action == Action::DraftOpinion)?;
    match &status.verdict {
        Possibility::Denied(denied) => Some(wording::denied(denied).message),
        _ if view.dossier.project.stage != Stage::TechnicalReview => {
            Some(format!("项目现为：{}，不在技术评审中", labels::stage(view.dossier.project.stage)))
        }
        _ => None,
    }
}

/// Takes a digit: an answer in the checklist, a view elsewhere.
pub fn take_digit(state: &mut State, digit: u8) -> Vec<Effect> {
    let Some(project) = &mut state.project else { return Vec::new() };
    if project.pane != Pane::Checklist {
        if let Some(pane) = usize::from(digit).checked_sub(1).and_then(|at| Pane::ALL.get(at)) {
            project.pane = *pane;
            settle(state);
        }
        return Vec::new();
    }
    let Some(view) = &project.view else { return Vec::new() };
    if let Some(why) = why_not_judge(view) {
        state.complain(format!("不能判断：{why}"));
        return Vec::new();
    }
    let Some(item) = project.items().get(project.item).map(|item| item.item.id.clone()) else { return Vec::new() };
    let Some(answer) = answer_of_digit(item.clone(), digit) else {
        state.mention("请按 1 到 4 判断，按 0 清除");
        return Vec::new();
    };
    let verdict = answer.verdict;
    let effects = judge(state, answer);
    told_verdict(state, item.as_str(), verdict);
    settle(state);
    effects
}

/// Says what was judged and goes on to the next item without an answer. A verdict that needs its reasons asks for them
/// at once: were the cursor to stay, the digit meant for the next item would judge this one again; were it to go on,
/// the reasons would be written to the wrong one.
fn told_verdict(state: &mut State, item: &str, verdict: VerdictChange) {
    let Some(project) = &mut state.project else { return };
    let said = match verdict {
        VerdictChange::Set(verdict) => format!("已判 {item} 为{}", labels::verdict(verdict)),
        VerdictChange::Clear => {
            state.say(format!("已清除 {item} 的判断"));
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
    state.say(text);
}

/// Tells whether an item still waits for a verdict or for the reasons of one.
pub fn is_unfinished(state: &State, item: &ItemId) -> bool {
    let items = state.project.as_ref().map(Project::items).unwrap_or_default();
    items.iter().any(|known| known.item.id == *item && words::is_unfinished(known))
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
