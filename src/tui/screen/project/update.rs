//! What keys and answers do to an open project.

use std::collections::BTreeMap;

use super::verdict::{self, why_not_judge};
use super::{MenuOf, Pane, Project, disposing, editing, findings, panel, rounds, rules, undoing, view, walk};
use crate::domain::ids::ProjectCode;
use crate::domain::workflow::action::Action;
use crate::service::command::{Act, Command, Done, Receipt};
use crate::service::error::{Error, Kind};
use crate::service::view::show::ProjectView;
use crate::tui::drafts::Topic;
use crate::tui::effect::{Effect, Question, Reply, Ticket};
use crate::tui::keymap::Op;
use crate::tui::screen::{plan, queue};
use crate::tui::state::{State, Tone};
use crate::tui::update::explain;
use crate::tui::widget::{self, conflict};
use crate::wording::{self, labels};

/// Opens a project over the queue. The view last used stays, so that one goes through the checklists of a list.
pub fn open(state: &mut State, code: ProjectCode) -> Vec<Effect> {
    let pane = state.project.as_ref().map(|project| project.pane);
    let mut project = Project::new(code);
    project.pane = pane.unwrap_or(Pane::Overview);
    project.chose_pane = pane.is_some();
    state.project = Some(project);
    load(state)
}

/// Opens a project together with what can be done with it.
pub fn open_with_menu(state: &mut State, code: ProjectCode) -> Vec<Effect> {
    let effects = open(state, code);
    if let Some(project) = &mut state.project {
        project.want_menu(MenuOf::Queue);
    }
    effects
}

/// Opens a project, where it is not open already, and begins an action with it.
pub fn open_with_action(state: &mut State, code: ProjectCode, action: Action) -> Vec<Effect> {
    let is_here = |project: &Project| project.code == code && project.view.is_some() && project.is_settled();
    if state.project.as_ref().is_some_and(is_here) {
        return widget::begin_action(state, action);
    }
    let effects = open(state, code);
    if let Some(project) = &mut state.project {
        project.want_menu(MenuOf::Action(action));
    }
    effects
}

/// Shows a view of the open project.
pub fn show_pane(state: &mut State, pane: Pane) -> Vec<Effect> {
    if let Some(project) = &mut state.project {
        (project.pane, project.chose_pane) = (pane, true);
    }
    settle(state);
    rounds::wanted(state)
}

/// Loads the open project.
pub fn load(state: &mut State) -> Vec<Effect> {
    let ticket = state.tickets.issue();
    let Some(project) = &mut state.project else { return Vec::new() };
    project.awaited_view = Some(ticket);
    let mut effects = vec![Effect::Ask(ticket, Question::Project(project.code.clone()))];
    effects.extend(rounds::reload(state));
    effects
}

/// Goes back to the queue, which loads what was changed meanwhile.
pub fn close(state: &mut State) -> Vec<Effect> {
    if rounds::close_page(state) {
        return Vec::new();
    }
    if state.project.as_ref().is_some_and(|project| !project.is_saved() || project.is_acting()) {
        state.mention("正在保存，请稍候再返回");
        return Vec::new();
    }
    if let Some(project) = state.project.take() {
        queue::point_at(&mut state.queue, &project.code);
    }
    queue::refresh(state)
}

/// Tells whether the open project waits for an answer.
pub fn awaits(state: &State, ticket: Ticket) -> bool {
    state.project.as_ref().is_some_and(|project| {
        project.awaited_view == Some(ticket)
            || project.outbox.awaits(ticket)
            || project.rounds.awaits(ticket)
            || project.acting.is_some_and(|(acting, _)| acting == ticket)
            || project.editing == Some(ticket)
            || project.giving_way.as_ref().is_some_and(|(giving, _)| *giving == ticket)
            || project.undoing == Some(ticket)
            || project.disposing.is_some_and(|(disposing, _)| disposing == ticket)
    }) || widget::awaits(state, ticket)
}

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
    state.queue.previewed = None;
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
    state.queue.previewed = None;
    state.drafts.destroy(code.as_str());
    state.say(format!("{code} 的内容已销毁。{}", wording::destruction::ELSEWHERE));
    let effects = queue::refresh(state);
    effects.into_iter().chain(load(state)).collect()
}

/// Executes an action with its input.
pub fn execute_action(state: &mut State, action: Action, inputs: BTreeMap<String, String>) -> Vec<Effect> {
    let ticket = state.tickets.issue();
    let Some(project) = &mut state.project else { return Vec::new() };
    if project.is_acting() {
        return Vec::new();
    }
    if !project.outbox.is_empty() {
        state.mention("正在保存清单，请稍候再办");
        return Vec::new();
    }
    project.acting = Some((ticket, action));
    state.drafts.sent(Topic::Action(project.code.clone(), action).subject());
    let act = Act {
        project: project.code.clone(),
        action,
        inputs,
        note: String::new(),
        attachments: Vec::new(),
        if_version: Some(project.version),
    };
    vec![Effect::Execute(ticket, Box::new(Command::Act(act)))]
}

pub(super) fn send(state: &mut State) -> Vec<Effect> {
    let (Some(project), tickets) = (&mut state.project, &mut state.tickets) else { return Vec::new() };
    let Some((ticket, answers)) = project.outbox.take_to_send(|| tickets.issue()) else { return Vec::new() };
    let if_version = Some(project.version);
    let command = Command::Judge { project: project.code.clone(), answers, if_version };
    vec![Effect::Execute(ticket, Box::new(command))]
}

/// Takes a command of the key table.
pub fn take_op(state: &mut State, op: Op) -> Vec<Effect> {
    if rounds::take_op(state, op) {
        return Vec::new();
    }
    let page = isize::try_from(view::page_height(state).max(1)).unwrap_or(1);
    let Some(project) = &mut state.project else { return Vec::new() };
    let panes = Pane::ALL.len();
    let go_to = |index: usize| Pane::ALL.get(index % panes).copied().unwrap_or(Pane::Overview);
    match op {
        Op::NextPane => project.pane = go_to(project.pane.index() + 1),
        Op::PreviousPane => project.pane = go_to(project.pane.index() + panes - 1),
        Op::Opinions => project.pane = Pane::Opinions,
        Op::History => project.pane = Pane::History,
        Op::Findings => project.pane = Pane::Findings,
        Op::Rounds => project.pane = Pane::Rounds,
        Op::Down => move_by(project, 1),
        Op::Up => move_by(project, -1),
        Op::PageDown => move_by(project, page),
        Op::PageUp => move_by(project, -page),
        Op::First => move_by(project, isize::MIN / 2),
        Op::Last => move_by(project, isize::MAX / 2),
        Op::NextProject | Op::PreviousProject if !project.is_saved() || project.is_acting() => {
            state.mention("正在保存，请稍候再换项目");
            return Vec::new();
        }
        Op::NextProject => return open_neighbor(state, 1),
        Op::PreviousProject => return open_neighbor(state, -1),
        Op::NextUnfinished => walk::show_checklist_item(state, 1),
        Op::PreviousUnfinished => walk::show_checklist_item(state, -1),
        Op::More => {
            let lines = view::details_size(state);
            if let Some(project) = &mut state.project {
                let next = project.details_top + lines.1;
                project.details_top = if next >= lines.0 { 0 } else { next };
            }
            return Vec::new();
        }
        Op::Menu => return widget::open_menu(state),
        Op::Undo | Op::Redo => return undoing::undo(state, op == Op::Redo),
        Op::Declaration => return widget::open_declaration(state),
        Op::Remark => return widget::open_remark(state),
        Op::Open if project.pane == Pane::Checklist => return widget::open_remark(state),
        Op::Open if project.pane == Pane::Rules => return open_action(state),
        Op::AcceptFinding => return widget::finding::open(state, true),
        Op::DismissFinding => return widget::finding::open(state, false),
        _ => {}
    }
    settle(state);
    rounds::wanted(state)
}

/// Opens the project before or behind the one open, in the list it was opened from.
fn open_neighbor(state: &mut State, by: isize) -> Vec<Effect> {
    if state.plan.is_some() { plan::open_neighbor(state, by) } else { queue::open_neighbor(state, by) }
}

fn move_by(project: &mut Project, rows: isize) {
    project.details_top = 0;
    let last = |count: usize| count.saturating_sub(1);
    match project.pane {
        Pane::Rules => {
            let count = project.view.as_ref().map_or(0, |view| view.actions.actions.len());
            project.action = project.action.saturating_add_signed(rows).min(last(count));
        }
        Pane::Checklist => {
            project.item = project.item.saturating_add_signed(rows).min(last(project.items().len()));
        }
        Pane::Findings => {
            let count = project.view.as_deref().map_or(0, findings::count);
            project.finding = project.finding.saturating_add_signed(rows).min(last(count));
        }
        pane => {
            if let Some(top) = project.top.get_mut(pane.index()) {
                *top = top.saturating_add_signed(rows);
            }
        }
    }
}

fn open_action(state: &mut State) -> Vec<Effect> {
    let Some(project) = &state.project else { return Vec::new() };
    let Some(view) = &project.view else { return Vec::new() };
    match rules::ordered(&view.actions).get(project.action) {
        Some(status) => {
            let action = status.action;
            widget::begin_action(state, action)
        }
        None => Vec::new(),
    }
}

/// Keeps the cursor on the screen and the pages within their text.
pub(super) fn settle(state: &mut State) {
    let top = view::settled_top(state);
    if let Some(project) = &mut state.project
        && let Some(place) = project.top.get_mut(project.pane.index())
    {
        *place = top;
    }
}
