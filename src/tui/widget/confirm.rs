//! The question before an outward step, answered with a digit: letters may be swallowed by an input method, and the
//! key that opened the dialog must not answer it.

use std::collections::BTreeMap;

use super::Dialog;
use super::form::ActionDialog;
use crate::domain::workflow::action::{Action, Key};
use crate::tui::canvas::{Canvas, Sheet};
use crate::tui::effect::Effect;
use crate::tui::screen::project;
use crate::tui::state::State;
use crate::wording::{self, labels};

/// The question.
#[derive(Debug)]
pub struct Confirm {
    action: Action,
    inputs: BTreeMap<String, String>,
    /// The form it came from, to go back to.
    form: Option<Box<ActionDialog>>,
}

/// Tells whether an action is asked about before it is taken: what leaves the house, what rejects, what destroys.
pub fn is_outward(action: Action, inputs: &BTreeMap<String, String>) -> bool {
    let result = inputs.get(Key::Result.code()).map(String::as_str);
    match action {
        Action::ReportToSupervisor
        | Action::Submit
        | Action::Decline
        | Action::RefuseProject
        | Action::ApproveProject
        | Action::SubmitScheme
        | Action::SignOpinion
        | Action::SendBack
        | Action::RecordGovernmentDecision
        | Action::Expunge
        | Action::DraftOpinion
        | Action::CheckOpinion
        | Action::ReturnForCorrection
        | Action::TakeOver => true,
        Action::Vote => result != Some("agree"),
        _ => false,
    }
}

/// Tells whether something is to be borne in mind before the members of a panel are confirmed; then it is asked, and the
/// question says what.
pub fn is_advised_against(state: &State, action: Action) -> bool {
    let view = state.project.as_ref().and_then(|project| project.view.as_deref());
    action == Action::ConfirmPanel && view.is_some_and(|view| !view.advice.is_empty())
}

impl Confirm {
    /// Asks about an action without input.
    pub fn plain(action: Action) -> Confirm {
        Confirm { action, inputs: BTreeMap::new(), form: None }
    }

    /// Asks about an action with the input of its form.
    pub fn of_form(dialog: Box<ActionDialog>, inputs: BTreeMap<String, String>) -> Confirm {
        Confirm { action: dialog.action, inputs, form: Some(dialog) }
    }

    /// Lends the form it came from.
    pub fn form(&self) -> Option<&ActionDialog> {
        self.form.as_deref()
    }

    /// Tells the step that a recall takes back.
    fn recalled(&self, state: &State) -> Option<Action> {
        let view = state.project.as_ref()?.view.as_deref()?;
        let step = view.dossier.last_step.as_ref().filter(|_| self.action == Action::Recall)?;
        Some(step.action)
    }

    /// Draws it.
    pub fn render(&self, state: &State, canvas: &mut Canvas<'_>) -> Option<(u16, u16)> {
        let columns = 64.min(state.size.0.saturating_sub(2));
        let mut sheet = Sheet::new(columns.saturating_sub(4), canvas.width, canvas.theme);
        if let Some(view) = state.project.as_ref().and_then(|project| project.view.as_deref()) {
            let project = &view.dossier.project;
            let name = wording::destruction::name(&project.declaration.name);
            sheet.text(0, &format!("{} {name}", project.code), canvas.theme.plain());
            for about in view.advice.iter().filter(|_| self.action == Action::ConfirmPanel) {
                sheet.marked("[注]", &labels::advice(about), canvas.theme.warning());
            }
        }
        if let Some(step) = self.recalled(state) {
            sheet.text(0, &format!("上一步: {}", labels::action(step)), canvas.theme.plain());
        }
        for (field, value) in self.inputs.iter().filter(|(_, value)| !value.trim().is_empty()) {
            let name = match Key::parse(field) {
                Some(key) => labels::key(key),
                None => field,
            };
            let shown: String = labels::choice(value).chars().take(60).collect();
            sheet.text(0, &format!("{name}: {shown}"), canvas.theme.plain());
        }
        sheet.blank();
        sheet.text(0, "1 确认   2 返回", canvas.theme.key());
        let rows = u16::try_from(sheet.lines.len()).unwrap_or(u16::MAX).saturating_add(2);
        let minutes = state
            .project
            .as_ref()
            .and_then(|project| project.view.as_deref())
            .map_or(0, |view| view.policy.handling.grace_minutes);
        let title = format!("{}: {}", labels::action(self.action), wording::way_back(self.action, minutes));
        let inner = canvas.popup(state.area(), (columns, rows), &title);
        canvas.lines(
            ratatui::layout::Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner },
            &sheet.lines,
            0,
        );
        // The cursor stands on the safe choice.
        Some((inner.x + 10, inner.bottom().saturating_sub(1)))
    }
}

/// Takes the step.
pub fn go_on(state: &mut State) -> Vec<Effect> {
    let Some(Dialog::Confirm(confirm)) = &state.dialog else { return Vec::new() };
    let (action, inputs) = (confirm.action, confirm.inputs.clone());
    project::execute_action(state, action, inputs)
}

/// Goes back to the form, or to the project.
pub fn go_back(state: &mut State) {
    match state.dialog.take() {
        Some(Dialog::Confirm(confirm)) => state.dialog = confirm.form.map(Dialog::Action),
        other => state.dialog = other,
    }
}

/// Goes back to the form where the step failed.
pub(super) fn back_to_form(state: &mut State) {
    if matches!(state.dialog, Some(Dialog::Confirm(_))) {
        go_back(state);
    }
}
