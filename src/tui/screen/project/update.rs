//! What keys do to an open project.

use std::collections::BTreeMap;

use super::{MenuOf, Pane, Project, findings, rounds, rules, undoing, view, walk};
use crate::domain::ids::ProjectCode;
use crate::domain::workflow::action::Action;
use crate::service::command::{Act, Command};
use crate::tui::drafts::Topic;
use crate::tui::effect::{Effect, Question, Ticket};
use crate::tui::keymap::Op;
use crate::tui::screen::{plan, queue};
use crate::tui::state::State;
use crate::tui::widget;

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
        Op::Repeat => return super::verdict::repeat(state),
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
