//! What keys and answers do to the yearly plan.

use super::{Opened, PlanScreen, concerns, view};
use crate::domain::ids::ProjectCode;
use crate::service::error::Error;
use crate::service::view::plan::PlanProject;
use crate::tui::effect::{Effect, Question, Reply, Ticket};
use crate::tui::keymap::{Op, key_name};
use crate::tui::marks::{self, Target, full};
use crate::tui::screen::project;
use crate::tui::state::State;
use crate::tui::update::explain;
use crate::tui::widget;

/// The years that can be gone through.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2100;

/// Opens the latest plan over the queue.
pub fn open(state: &mut State) -> Vec<Effect> {
    if !concerns(&state.me) {
        state.complain("不能查看：三员不参与业务办理，没有可见的年度计划");
        return Vec::new();
    }
    state.plan = Some(PlanScreen::default());
    load(state)
}

/// Loads the plan shown, and the projects shown of it.
pub fn load(state: &mut State) -> Vec<Effect> {
    let State { plan, tickets, .. } = state;
    let Some(plan) = plan else { return Vec::new() };
    let ticket = tickets.issue();
    plan.awaited = Some(ticket);
    let mut effects = vec![Effect::Ask(ticket, Question::Plan(plan.year))];
    effects.extend(load_projects(state));
    effects
}

fn load_projects(state: &mut State) -> Option<Effect> {
    let plan = state.plan.as_mut()?;
    let (year, opened) = (plan.year()?, plan.opened.as_ref()?);
    let question = Question::PlanProjects { year, unit: opened.unit.clone() };
    let ticket = state.tickets.issue();
    plan.awaited_projects = Some(ticket);
    Some(Effect::Ask(ticket, question))
}

/// Goes back: from the projects to the units, from the units to the queue.
pub fn close(state: &mut State) -> Vec<Effect> {
    let Some(plan) = &mut state.plan else { return Vec::new() };
    if plan.opened.take().is_some() {
        plan.awaited_projects = None;
        return Vec::new();
    }
    state.plan = None;
    crate::tui::screen::queue::refresh(state)
}

/// Tells whether the plan waits for an answer.
pub fn awaits(state: &State, ticket: Ticket) -> bool {
    let waits = |plan: &PlanScreen| [plan.awaited, plan.awaited_projects].contains(&Some(ticket));
    state.plan.as_ref().is_some_and(waits)
}

/// Takes an answer the plan waits for.
pub fn answer(state: &mut State, ticket: Ticket, answer: Result<Reply, Error>) -> Vec<Effect> {
    let Some(plan) = &mut state.plan else { return Vec::new() };
    let awaited = if plan.awaited == Some(ticket) { &mut plan.awaited } else { &mut plan.awaited_projects };
    *awaited = None;
    match answer {
        Ok(Reply::Plan(view)) => {
            take_plan(plan, view);
            if std::mem::take(&mut plan.opens) {
                return open_unit(state);
            }
        }
        Ok(Reply::PlanProjects(rows)) => take_projects(plan, rows),
        Ok(_) => {}
        Err(error) => explain(state, &error),
    }
    settle(state);
    Vec::new()
}

/// The cursor stays on its unit, wherever that stands now.
fn take_plan(plan: &mut PlanScreen, view: Box<crate::service::view::plan::PlanView>) {
    let before = plan.lines().get(plan.cursor.at).map(|(unit, _)| unit.map(str::to_owned));
    plan.year = Some(view.year);
    plan.view = Some(view);
    let place = before.and_then(|unit| plan.lines().iter().position(|(name, _)| *name == unit.as_deref()));
    plan.cursor.at = place.unwrap_or(plan.cursor.at);
}

/// The cursor stays on its project, and marks on theirs.
fn take_projects(plan: &mut PlanScreen, rows: Vec<PlanProject>) {
    let Some(opened) = &mut plan.opened else { return };
    let before = opened.rows.get(opened.cursor.at).map(|row| row.code.clone());
    opened.rows = rows;
    opened.is_loaded = true;
    // The whole unit is here: what is not listed any more is out of one's sight.
    opened.marks.retain(|code| opened.rows.iter().any(|row| row.code == *code));
    opened.marks.learn(&opened.rows);
    let place = before.and_then(|code| opened.rows.iter().position(|row| row.code == code));
    opened.cursor.at = place.unwrap_or(opened.cursor.at);
}

/// Takes a command of the key table.
pub fn take_op(state: &mut State, op: Op) -> Vec<Effect> {
    let page = isize::try_from(view::list_height(state)).unwrap_or(1).max(1);
    let Some(plan) = &mut state.plan else { return Vec::new() };
    let count = plan.opened.as_ref().map_or(plan.lines().len(), |opened| opened.rows.len());
    let is_early = plan.opened.as_ref().is_some_and(|opened| !opened.is_loaded);
    if is_early && matches!(op, Op::Mark | Op::MarkAll | Op::MarkRange | Op::Menu) {
        state.mention("项目正在载入，请稍候");
        return Vec::new();
    }
    let cursor = plan.opened.as_mut().map_or(&mut plan.cursor, |opened| &mut opened.cursor);
    match op {
        Op::Down => cursor.go_by(1, count),
        Op::Up => cursor.go_by(-1, count),
        Op::PageDown => cursor.go_by(page, count),
        Op::PageUp => cursor.go_by(-page, count),
        Op::First => cursor.go_by(isize::MIN / 2, count),
        Op::Last => cursor.go_by(isize::MAX / 2, count),
        Op::NextYear => return turn_year(state, 1),
        Op::PreviousYear => return turn_year(state, -1),
        Op::Open if plan.opened.is_some() => return open_project(state),
        Op::Open => return open_unit(state),
        Op::Mark => mark(state),
        Op::MarkAll => mark_all(state),
        Op::MarkRange => mark_range(state),
        Op::Undo | Op::Redo => {
            return widget::bulk::undo(state, op == Op::Redo).unwrap_or_else(|| {
                state.mention("没有可以撤销的成批办理");
                Vec::new()
            });
        }
        Op::MarkNone => {
            if let Some(opened) = &mut plan.opened {
                opened.marks.clear();
            }
        }
        Op::Menu => {
            widget::bulk::open_menu(state);
            return Vec::new();
        }
        _ => {}
    }
    settle(state);
    Vec::new()
}

fn turn_year(state: &mut State, by: i32) -> Vec<Effect> {
    let Some(plan) = &mut state.plan else { return Vec::new() };
    let Some(year) = plan.year().map(|year| year + by).filter(|year| YEARS.contains(year)) else { return Vec::new() };
    plan.year = Some(year);
    if let Some(opened) = &mut plan.opened {
        // Another year's projects: nothing of what was marked is there.
        *opened = Opened { unit: opened.unit.take(), ..Opened::default() };
    }
    load(state)
}

fn open_unit(state: &mut State) -> Vec<Effect> {
    let Some(plan) = &mut state.plan else { return Vec::new() };
    let Some((unit, _)) = plan.lines().get(plan.cursor.at).copied() else {
        plan.opens = plan.view.is_none();
        return Vec::new();
    };
    let unit = unit.map(str::to_owned);
    plan.opened = Some(Opened { unit, ..Opened::default() });
    load_projects(state).into_iter().collect()
}

fn open_project(state: &mut State) -> Vec<Effect> {
    let opened = state.plan.as_ref().and_then(|plan| plan.opened.as_ref());
    let code = opened.and_then(|opened| opened.rows.get(opened.cursor.at)).map(|row| row.code.clone());
    code.map(|code| project::open(state, code)).unwrap_or_default()
}

/// Opens the project before or behind the one open.
pub fn open_neighbor(state: &mut State, by: isize) -> Vec<Effect> {
    let Some(opened) = state.plan.as_mut().and_then(|plan| plan.opened.as_mut()) else { return Vec::new() };
    let before = opened.cursor.at;
    opened.cursor.go_by(by, opened.rows.len());
    if opened.cursor.at == before {
        state.mention(if by > 0 { "已是列表中最后一个项目" } else { "已是列表中第一个项目" });
        return Vec::new();
    }
    settle(state);
    open_project(state)
}

fn mark(state: &mut State) {
    let Some(opened) = state.plan.as_mut().and_then(|plan| plan.opened.as_mut()) else { return };
    let Some(target) = opened.rows.get(opened.cursor.at).map(Target::from) else { return };
    if !opened.marks.turn(target) {
        state.complain(full());
        return;
    }
    opened.cursor.go_by(1, opened.rows.len());
}

/// Marks what waits for the account; where that is marked already, everything.
fn mark_all(state: &mut State) {
    let Some(opened) = state.plan.as_mut().and_then(|plan| plan.opened.as_mut()) else { return };
    let chosen = |wanted: fn(&PlanProject) -> bool| {
        opened.rows.iter().filter(|row| wanted(row)).map(Target::from).collect::<Vec<Target>>()
    };
    let (waiting, all) = (chosen(|row| !row.waiting.is_empty()), chosen(|_| true));
    let again = waiting.is_empty() || waiting.iter().all(|target| opened.marks.has(&target.code));
    let (chosen, said) = match again {
        true => (all, "全部项目，可能含有不能办的，办理前会逐个检查"),
        false => (waiting, "等待你办理的项目"),
    };
    opened.marks.clear();
    let left = opened.marks.add(chosen);
    let count = opened.marks.len();
    let further = if again { String::new() } else { format!("；再按 {} 标记全部", key_name(Op::MarkAll)) };
    match left {
        0 => state.mention(format!("已标记 {count} 个{said}{further}")),
        _ => state.complain(marks::cut(count, left)),
    }
}

fn mark_range(state: &mut State) {
    let Some(opened) = state.plan.as_mut().and_then(|plan| plan.opened.as_mut()) else { return };
    let rows = &opened.rows;
    let place_of = |code: &ProjectCode| rows.iter().position(|row| row.code == *code);
    let stretch = opened.marks.stretch(opened.cursor.at, place_of, |place| rows.get(place).map(Target::from));
    let said = marks::said(&stretch);
    state.mention(said);
}

/// Keeps the cursors on the screen.
pub(super) fn settle(state: &mut State) {
    let height = view::list_height(state);
    let Some(plan) = &mut state.plan else { return };
    let count = plan.lines().len();
    plan.cursor.settle(count, height);
    if let Some(opened) = &mut plan.opened {
        opened.cursor.settle(opened.rows.len(), height);
    }
}

impl Opened {
    /// Tells whether it is known that there is no project.
    pub fn is_empty(&self) -> bool {
        self.is_loaded && self.rows.is_empty()
    }
}
