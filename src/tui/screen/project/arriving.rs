//! What the service answers to an open project, and what others wrote to it.

use super::update::{load, send, settle};
use super::verdict::{self, why_not_judge};
use super::{MenuOf, Pane, disposing, editing, findings, panel, rounds, undoing};
use crate::domain::workflow::action::Action;
use crate::service::command::{Done, Receipt};
use crate::service::error::{Error, Kind};
use crate::service::view::show::ProjectView;
use crate::tui::drafts::Topic;
use crate::tui::effect::{Effect, Reply, Ticket};
use crate::tui::screen::queue;
use crate::tui::state::{State, Tone};
use crate::tui::update::explain;
use crate::tui::widget::{self, conflict};
use crate::wording::{self, labels};

/// Takes an answer the project waits for.
pub fn answer(state: &mut State, ticket: Ticket, answer: Result<Reply, Error>) -> Vec<Effect> {
    let Some(project) = &mut state.project else { return Vec::new() };
    if project.awaited_view == Some(ticket) {
        project.awaited_view = None;
        return match answer {
            Ok(Reply::Project(view)) => take_view(state, view),
            Ok(_) => Vec::new(),
            Err(error) => {
                // What was done itself may take a project out of one's sight, as thawing does for 安全管理员.
                match state.notice.take_if(|notice| notice.tone == Tone::Good && error.kind() == Kind::Denied) {
                    Some(notice) => state.say(format!("{}。此后你无权查看", notice.text)),
                    None => explain(state, &error),
                }
                // A project that can no longer be seen has no screen, and nothing of it stays in the program.
                match error.kind() {
                    Kind::NotFound | Kind::Denied => forget(state),
                    _ => Vec::new(),
                }
            }
        };
    }
    if project.outbox.awaits(ticket) {
        return judged(state, answer);
    }
    if project.rounds.awaits(ticket) {
        return rounds::answer(state, answer);
    }
    if let Some((_, action)) = project.acting.filter(|(acting, _)| *acting == ticket) {
        project.acting = None;
        return acted(state, action, answer);
    }
    if project.giving_way.as_ref().is_some_and(|(giving, _)| *giving == ticket) {
        return verdict::gave_way(state, answer);
    }
    if project.editing == Some(ticket) {
        return editing::edited(state, answer);
    }
    if project.undoing == Some(ticket) {
        return undoing::undone(state, answer);
    }
    if project.disposing.is_some_and(|(disposing, _)| disposing == ticket) {
        return disposing::disposed(state, answer);
    }
    widget::answer(state, answer)
}

/// Drops everything known of the open project, what was typed about it included: it may be frozen as a secret.
fn forget(state: &mut State) -> Vec<Effect> {
    if let Some(project) = state.project.take() {
        state.drafts.forget(project.code.as_str());
    }
    state.dialog = None;
    state.queue.forget_preview();
    queue::refresh(state)
}

fn take_view(state: &mut State, mut view: Box<ProjectView>) -> Vec<Effect> {
    let Some(project) = &mut state.project else { return Vec::new() };
    project.version = view.checklist.version;
    if view.dossier.project.destroyed.is_some() {
        state.drafts.destroy(project.code.as_str());
    }
    let told = project.outbox.reconcile(&view.checklist);
    project.clashes.extend(told.clashes);
    project.outbox.show_over(&mut view.checklist.items);
    let first_time = project.view.is_none();
    let before = project.view.as_deref().map(|view| view.history.as_slice()).unwrap_or_default();
    let news = conflict::news(before, &view.history, &state.me.account);
    project.view = Some(view);
    project.item = project.item.min(project.items().len().saturating_sub(1));
    let found = project.view.as_deref().map_or(0, findings::count);
    project.finding = project.finding.min(found.saturating_sub(1));
    if first_time {
        project.item = project.items().iter().position(|item| item.is_open()).unwrap_or(0);
        project.finding = project.view.as_deref().map_or(0, findings::first_open);
        // Whoever is to review begins where the work is.
        let work = project.view.as_deref().and_then(|view| match panel::is_argued(view) {
            true => Some(Pane::Panel),
            false => why_not_judge(view).is_none().then_some(Pane::Checklist),
        });
        if let (Some(pane), false) = (work, project.chose_pane) {
            project.pane = pane;
        }
    }
    let wants_menu = project.wants_menu.take_if(|_| project.outbox.is_empty());
    if !told.lost.is_empty() {
        let items: Vec<&str> = told.lost.iter().map(|item| item.as_str()).collect();
        state.complain(format!("{} 已不适用于本项目，你的判断未写入", items.join(" ")));
    } else if let (Some(news), None) = (news, &state.notice) {
        state.mention(news);
    }
    settle(state);
    editing::rebase(state);
    match wants_menu {
        Some(MenuOf::Queue) => widget::open_queue_menu(state),
        Some(MenuOf::Project) => widget::open_menu(state),
        Some(MenuOf::Action(action)) => return widget::begin_action(state, action),
        None => Vec::new(),
    };
    let mut effects = send(state);
    effects.extend(undoing::catch_up(state));
    conflict::open_next(state);
    effects
}

/// Loads what others wrote to the open project. Not while a form is open: what is typed there is compared when it is
/// saved, with what it was typed over.
pub fn news(state: &mut State) -> Vec<Effect> {
    let is_free = state.dialog.is_none()
        && state.project.as_ref().is_some_and(|project| project.is_settled() && !project.is_acting());
    if !is_free {
        return Vec::new();
    }
    // The list below is loaded anew when one goes back to it.
    state.others_wrote = false;
    load(state)
}

fn judged(state: &mut State, answer: Result<Reply, Error>) -> Vec<Effect> {
    let Some(project) = &mut state.project else { return Vec::new() };
    match answer {
        Ok(Reply::Done(Receipt { done: Done::Project { version, .. }, .. })) => {
            project.version = version;
            let code = project.code.clone();
            for item in project.outbox.done() {
                state.drafts.received(&Topic::Remark(code.clone(), item).subject());
            }
            let effects = send(state);
            if effects.is_empty() { load(state) } else { effects }
        }
        Ok(_) => Vec::new(),
        Err(Error::Conflict { .. }) => {
            project.outbox.conflicted();
            load(state)
        }
        Err(error) => {
            let count = project.outbox.give_up();
            explain(state, &error);
            if let Some(notice) = &mut state.notice {
                notice.text = format!("{count} 项判断未写入。{}", notice.text);
            }
            load(state)
        }
    }
}

fn acted(state: &mut State, action: Action, answer: Result<Reply, Error>) -> Vec<Effect> {
    match answer {
        Ok(Reply::Done(receipt)) => {
            state.dialog = None;
            if let Some(project) = &state.project {
                state.drafts.received(&Topic::Action(project.code.clone(), action).subject());
            }
            if action == Action::Expunge {
                return expunged(state);
            }
            match receipt.done {
                Done::Project { waits: true, .. } => state.say(format!(
                    "{}：{}。{}",
                    wording::change::ASKED,
                    labels::action(action),
                    wording::change::WAITS
                )),
                Done::Project { stage, .. } => {
                    state.say(format!("已办理：{}。项目现为：{}", labels::action(action), labels::stage(stage)));
                }
                _ => state.say(format!("已办理：{}", labels::action(action))),
            }
            load(state)
        }
        Ok(_) => Vec::new(),
        Err(error) => {
            explain(state, &error);
            widget::action_failed(state, &error);
            // The form stays with what was typed; the conditions it was opened under are read again.
            load(state)
        }
    }
}

/// Nothing of what was destroyed stays in the program: neither what was shown nor what was typed.
fn expunged(state: &mut State) -> Vec<Effect> {
    let Some(project) = &mut state.project else { return Vec::new() };
    let code = project.code.clone();
    project.view = None;
    state.queue.forget_preview();
    state.drafts.destroy(code.as_str());
    state.say(format!("{code} 的内容已销毁。{}", wording::destruction::ELSEWHERE));
    let effects = queue::refresh(state);
    effects.into_iter().chain(load(state)).collect()
}
