//! Judging checklist items by digits, and going from one to the next.

use super::judging::{after, answer_of_digit};
use super::update::{load, send, settle};
use super::{Pane, Project, rounds, walk, words};
use crate::domain::checklist::Judgement;
use crate::domain::ids::ItemId;
use crate::domain::project::Stage;
use crate::domain::workflow::action::Action;
use crate::service::batch::BatchAnswer;
use crate::service::command::{ItemAnswer, VerdictChange};
use crate::service::error::Error;
use crate::service::view::actions::Possibility;
use crate::service::view::show::ProjectView;
use crate::tui::effect::{Effect, Reply};
use crate::tui::keymap::{Op, key_name};
use crate::tui::state::State;
use crate::tui::update::explain;
use crate::tui::widget::conflict;
use crate::wording::{self, labels};

/// Gives an answer: shown at once, sent as soon as it can be.
pub fn judge(state: &mut State, answer: ItemAnswer) -> Vec<Effect> {
    let Some(project) = &mut state.project else { return Vec::new() };
    let Some(view) = &mut project.view else { return Vec::new() };
    if let Some(item) = view.checklist.items.iter_mut().find(|item| item.item.id == answer.item) {
        let base = item.judgement.take();
        item.judgement = after(base.clone(), &answer);
        state.last_judgement.clone_from(&item.judgement);
        project.outbox.put(answer, base);
    }
    send(state)
}

/// Answers an item over what stood there when its text was begun, which may not be what stands there now.
pub fn judge_over(state: &mut State, answer: ItemAnswer, base: Option<Judgement>) -> Vec<Effect> {
    let Some(project) = &mut state.project else { return Vec::new() };
    let Some(view) = &mut project.view else { return Vec::new() };
    let now = view.checklist.items.iter().find(|item| item.item.id == answer.item);
    if now.is_none_or(|item| item.judgement == base) {
        return judge(state, answer);
    }
    project.outbox.put_late(answer, base);
    let told = project.outbox.reconcile(&view.checklist);
    project.clashes.extend(told.clashes);
    project.outbox.show_over(&mut view.checklist.items);
    let effects = send(state);
    conflict::open_next(state);
    effects
}

/// Takes the answer to a text that gave way to somebody else's.
pub(super) fn gave_way(state: &mut State, answer: Result<Reply, Error>) -> Vec<Effect> {
    let Some(project) = &mut state.project else { return Vec::new() };
    let Some((_, clash)) = project.giving_way.take() else { return Vec::new() };
    let failure = match answer {
        Ok(Reply::Batch(answers)) => answers.into_iter().find_map(|answer| match answer {
            BatchAnswer::Failed(error) => Some(error),
            _ => None,
        }),
        Ok(_) => None,
        Err(error) => Some(error),
    };
    if let Some(error) = failure {
        explain(state, &error);
        // Somebody wrote again: it is asked anew, over what stands there now.
        if let Some(project) = &mut state.project {
            project.outbox.put_late(clash.answer(clash.mine.clone()), Some(clash.begun_with()));
        }
    }
    load(state)
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
        return rounds::wanted(state);
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
    walk::told_verdict(state, item.as_str(), verdict);
    settle(state);
    effects
}

/// Gives the item under the cursor the answer that was given last, texts included; the place it rests on is another.
pub fn repeat(state: &mut State) -> Vec<Effect> {
    let Some(project) = &state.project else { return Vec::new() };
    if let Some(why) = project.view.as_deref().and_then(why_not_judge) {
        state.complain(format!("不能判断：{why}"));
        return Vec::new();
    }
    let items = project.items();
    let Some(item) = items.get(project.item) else { return Vec::new() };
    let Some(last) = state.last_judgement.clone().filter(|last| last.item != item.item.id) else {
        state.mention("没有可以重复的判断：请先判断一条，再到另一条");
        return Vec::new();
    };
    let texts = |of: &Judgement| [of.remark.clone(), of.suggestion.clone(), of.basis.clone()];
    let mine = item.judgement.as_ref().map(texts).unwrap_or_default();
    let differs = mine.iter().zip(texts(&last)).any(|(mine, last)| !mine.is_empty() && *mine != last);
    let id = item.item.id.clone();
    if differs {
        let key = key_name(Op::Remark);
        state.complain(format!("{id} 已写有别的说明，未覆盖；要改的请按 {key}"));
        return Vec::new();
    }
    let text = |text: String| Some(text).filter(|text| !text.is_empty());
    let answer = ItemAnswer {
        item: id.clone(),
        verdict: last.verdict.map_or(VerdictChange::Keep, VerdictChange::Set),
        remark: text(last.remark),
        suggestion: text(last.suggestion),
        basis: text(last.basis),
        cite: None,
    };
    let verdict = answer.verdict;
    let effects = judge(state, answer);
    walk::told_verdict(state, id.as_str(), verdict);
    if verdict == VerdictChange::Keep {
        state.say(format!("已写入 {id} 的说明。按 {} 撤销", key_name(Op::Undo)));
    }
    settle(state);
    effects
}

/// Tells whether an item still waits for a verdict or for the reasons of one.
pub fn is_unfinished(state: &State, item: &ItemId) -> bool {
    let items = state.project.as_ref().map(Project::items).unwrap_or_default();
    items.iter().any(|known| known.item.id == *item && words::is_unfinished(known))
}
