//! How the screen gets to where a task begins, step by step as the answers come; nothing of it is counted.

use std::collections::BTreeMap;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::tasks::{BOTH, BROKEN_OFF, Scene, Task};
use crate::domain::calendar::Moment;
use crate::domain::ids::ProjectCode;
use crate::domain::search::parse;
use crate::tui::drafts::{self, Topic};
use crate::tui::effect::{Effect, Question};
use crate::tui::journal::{Base, Content, FieldText, Found};
use crate::tui::screen::project::{self, Pane};
use crate::tui::screen::queue;
use crate::tui::state::State;
use crate::tui::widget::{self, Dialog};
use crate::wording::labels;

/// What comes next.
pub enum Step {
    /// An answer is on its way.
    Wait,
    /// This, and then another step.
    Next(Vec<Effect>),
    /// The task can begin.
    Ready,
}

/// The field of a remark that is written in.
const FIELD: &str = "remark";

/// Sets out to where a task begins.
pub fn begin(state: &mut State, task: &Task, now: Moment) -> Vec<Effect> {
    let code = code(state);
    match task.scene {
        Scene::Queue | Scene::Elsewhere(_) => Vec::new(),
        Scene::Hit => match parse(&format!("名称:{}", task.about), &labels::FILTER) {
            Ok(query) => queue::show_filtered(state, query.filter).1,
            Err(_) => Vec::new(),
        },
        Scene::Project | Scene::LastItem | Scene::Clash => project::open(state, code),
        // The draft needs the item's name, which the project tells.
        Scene::Draft => {
            let effects = project::open(state, code);
            state.practice.broken_off_at = Some(now);
            effects
        }
    }
}

/// Takes the next step, if what the last one asked for is there.
pub fn go_on(state: &mut State, step: u8) -> Step {
    let Some(running) = &state.practice.running else { return Step::Wait };
    let is_ready = match running.task.scene {
        Scene::Queue | Scene::Hit | Scene::Elsewhere(_) => state.queue.is_settled(),
        _ => running.checking.is_none() && is_there(state),
    };
    if !is_ready {
        return Step::Wait;
    }
    match (running.task.scene, step) {
        (Scene::LastItem, 0) => {
            if let Some(project) = &mut state.project {
                project.item = project.items().len().saturating_sub(1);
            }
            Step::Next(Vec::new())
        }
        (Scene::Draft, 0) => Step::Next(break_off(state)),
        (Scene::Draft, _) => match state.dialog {
            Some(Dialog::Restore(_)) => Step::Ready,
            _ => Step::Wait,
        },
        (Scene::Clash, 0) => Step::Next(write_both(state)),
        (Scene::Clash, 1) => {
            let key = KeyEvent::new(KeyCode::F(8), KeyModifiers::NONE);
            Step::Next(widget::take_text(state, key))
        }
        (Scene::Clash, _) => match state.dialog {
            Some(Dialog::Conflict(_)) => Step::Ready,
            _ => Step::Wait,
        },
        _ => Step::Ready,
    }
}

fn code(state: &State) -> ProjectCode {
    state.practice.running.as_ref().map_or_else(|| ProjectCode::typed(""), |running| running.code.clone())
}

/// Tells whether the project is shown whole, the checklist before it.
fn is_there(state: &State) -> bool {
    state.project.as_ref().is_some_and(|project| project.view.is_some() && project.awaits_nothing())
}

/// Leaves a draft of the first item's remark as a program does that ends under it, and comes back to it.
fn break_off(state: &mut State) -> Vec<Effect> {
    let Some(item) = state.project.as_ref().and_then(|project| Some(project.items().first()?.item.id.clone())) else {
        return Vec::new();
    };
    let (before, behind) = BROKEN_OFF;
    let text = FieldText { text: format!("{before}{behind}"), caret: before.chars().count(), top: 0 };
    let Some(at) = state.practice.broken_off_at.take() else { return Vec::new() };
    let found = Found {
        name: String::new(),
        subject: Topic::Remark(code(state), item).subject(),
        base: Base { version: 0, content: Content::default() },
        content: Content { fields: BTreeMap::from([(FIELD.to_owned(), text)]), focus: FIELD.to_owned() },
        at,
        rested: false,
        elsewhere: false,
        fragments: None,
    };
    drafts::begin(state, vec![found])
}

/// Writes a remark, and has somebody else write the same one meanwhile.
fn write_both(state: &mut State) -> Vec<Effect> {
    if let Some(project) = &mut state.project {
        (project.pane, project.item) = (Pane::Checklist, 0);
    }
    let mut effects = widget::open_remark(state);
    if let Some(Dialog::Remark(dialog)) = &mut state.dialog {
        dialog.form.fill(FIELD, BOTH.0);
    }
    let ticket = state.tickets.issue();
    if let Some(running) = &mut state.practice.running {
        running.checking = Some(ticket);
        effects.push(Effect::Ask(ticket, Question::PracticeElsewhere(running.task.number)));
    }
    effects
}
