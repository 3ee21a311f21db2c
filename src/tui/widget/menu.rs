//! The actions of a project: those possible numbered, the others below with the reason.

use ratatui::layout::Rect;

use crate::domain::actor::Actor;
use crate::domain::project::Stage;
use crate::domain::workflow::action::Action;
use crate::service::view::actions::{ActionStatus, Possibility};
use crate::service::view::show::ProjectView;
use crate::tui::canvas::Canvas;
use crate::tui::keymap::Op;
use crate::tui::screen::project::{declares, lacks_answers, ordered, why_not, why_not_edit};
use crate::tui::state::State;
use crate::wording::labels;

/// The menu.
#[derive(Debug, Default)]
pub struct Menu {
    entries: Vec<Entry>,
    selected: usize,
}

/// What an entry begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// An action of the workflow.
    Action(Action),
    /// Completing the declaration.
    Declaration,
    /// Registering the projects of a form.
    Import,
    /// The yearly plan.
    Plan,
    /// An action on every marked project.
    Bulk(Action),
}

#[derive(Debug)]
struct Entry {
    step: Step,
    is_open: bool,
    /// By transcribing somebody's decision, or why not.
    note: String,
}

impl Step {
    fn name(self) -> &'static str {
        match self {
            Step::Action(action) => labels::action(action),
            Step::Declaration => "补充申报内容",
            Step::Import => "导入申报表",
            Step::Plan => "年度计划",
            Step::Bulk(action) => labels::action(action),
        }
    }
}

impl Menu {
    /// Opens it over what the account may do with a project.
    pub fn new(me: &Actor, view: &ProjectView) -> Menu {
        let entry = |status: &&ActionStatus| Entry {
            step: Step::Action(status.action),
            is_open: status.verdict.is_open(),
            note: match &status.verdict {
                Possibility::Transcribable(role) => format!("代录{}的决定", labels::role(*role)),
                verdict => why_not(verdict),
            },
        };
        let mut entries: Vec<Entry> = ordered(&view.actions).iter().map(entry).collect();
        // What nobody holds is claimed first, so that it has its number whatever else is possible; once the opinion can
        // be drafted or something else is due, that is what one came for.
        let drafts = entries.iter().any(|entry| entry.is_open && entry.step == Step::Action(Action::DraftOpinion));
        let begins = view.dossier.project.stage == Stage::TechnicalReview && !drafts;
        let is_claim = |entry: &Entry| begins && entry.step == Step::Action(Action::Claim);
        entries.sort_by_key(|entry| (!entry.is_open, !is_claim(entry)));
        let claims = entries.iter().any(|entry| entry.is_open && is_claim(entry));
        if declares(me) {
            let note = why_not_edit(me, &view.dossier.project);
            // Below the actions that are possible, so that they keep their numbers.
            let place = entries.iter().position(|entry| !entry.is_open).filter(|_| note.is_none());
            let is_open = note.is_none();
            let entry = Entry { step: Step::Declaration, is_open, note: note.unwrap_or_default() };
            entries.insert(place.unwrap_or(entries.len()), entry);
        }
        // What the reviewer came for says what it lacks; from there Enter goes to the first gap.
        let awaited = |entry: &Entry| !entry.is_open && entry.step == Step::Action(Action::DraftOpinion);
        let gap = entries.iter().position(awaited).filter(|_| !claims && lacks_answers(view, Action::DraftOpinion));
        Menu { entries, selected: gap.unwrap_or(0) }
    }

    /// Adds what can be done in the queue, whichever project the cursor is on.
    pub fn with(mut self, steps: &[Step]) -> Menu {
        let place = self.entries.iter().position(|entry| !entry.is_open).unwrap_or(self.entries.len());
        let further = steps.iter().map(|step| Entry { step: *step, is_open: true, note: String::new() });
        self.entries.splice(place..place, further);
        self
    }

    /// Opens it over what can be done with many projects: each action, whether it can be, and a note.
    pub fn of_many(actions: Vec<(Action, bool, String)>) -> Menu {
        let entry = |(action, is_open, note)| Entry { step: Step::Bulk(action), is_open, note };
        let entries: Vec<Entry> = actions.into_iter().map(entry).collect();
        let selected = entries.iter().position(|entry| entry.is_open).unwrap_or_default();
        Menu { entries, selected }
    }

    /// Tells what is under the cursor.
    pub fn chosen(&self) -> Option<Step> {
        self.entries.get(self.selected).map(|entry| entry.step)
    }

    /// Tells what is possible under a number.
    pub fn numbered(&self, digit: u8) -> Option<Step> {
        let at = usize::from(digit).checked_sub(1)?;
        self.entries.get(at).filter(|entry| entry.is_open).map(|entry| entry.step)
    }

    /// Moves the cursor.
    pub fn take_op(&mut self, op: Op) {
        let last = self.entries.len().saturating_sub(1);
        self.selected = match op {
            Op::Down => (self.selected + 1).min(last),
            Op::Up => self.selected.saturating_sub(1),
            Op::PageDown => (self.selected + 8).min(last),
            Op::PageUp => self.selected.saturating_sub(8),
            Op::First => 0,
            Op::Last => last,
            _ => self.selected,
        };
    }

    /// Draws it.
    pub fn render(&self, state: &State, canvas: &mut Canvas<'_>) -> Option<(u16, u16)> {
        let rows = u16::try_from(self.entries.len()).unwrap_or(u16::MAX).saturating_add(4);
        let inner = canvas.popup(state.area(), (74, rows), "办理");
        let keys = "数字选择  上下移动  Enter 办理  Esc 返回";
        canvas.line(Rect { y: inner.bottom().saturating_sub(1), height: 1, ..inner }, 0, keys, canvas.theme.key());
        let list = Rect { height: inner.height.saturating_sub(2), ..inner };
        let height = usize::from(list.height);
        let top = (self.selected + 1).saturating_sub(height);
        let mut cursor = None;
        for (row, (at, entry)) in self.entries.iter().enumerate().skip(top).take(height).enumerate() {
            let row = u16::try_from(row).unwrap_or(u16::MAX);
            let is_selected = at == self.selected;
            let mark = if is_selected { ">" } else { " " };
            let number = if entry.is_open && at < 9 { format!("{}", at + 1) } else { " ".to_owned() };
            let name = canvas.width.pad(entry.step.name(), 18);
            let text = format!("{mark}{number} {name} {}", entry.note);
            let style = match (is_selected, entry.is_open) {
                (true, _) => canvas.theme.focus(),
                (false, true) => canvas.theme.plain(),
                (false, false) => canvas.theme.faint(),
            };
            canvas.bar(list, row, &text, style);
            if is_selected {
                cursor = Some((list.x, list.y.saturating_add(row)));
            }
        }
        cursor
    }
}
