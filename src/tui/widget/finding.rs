//! The reason of a decision about a finding, as a dialog. What is typed and not handed in is kept as a draft.

use std::collections::BTreeMap;

use crossterm::event::KeyEvent;
use ratatui::layout::Rect;

use super::Dialog;
use super::form::area;
use crate::domain::findings::Pattern;
use crate::domain::workflow::action::{InputSpec, Key, Kind, Need};
use crate::tui::canvas::Canvas;
use crate::tui::drafts::{Topic, present};
use crate::tui::effect::Effect;
use crate::tui::form::{ActionForm, Outcome};
use crate::tui::screen::project;
use crate::tui::state::State;
use crate::wording::labels;

/// What is asked: always a reason, and nothing else.
const REASON: InputSpec = InputSpec { key: Key::Reason, kind: Kind::Text, need: Need::Always };

/// A decision about a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decision {
    /// The finding.
    pub pattern: Pattern,
    /// Whether it is taken up; else it is ruled out.
    pub accepted: bool,
}

impl Decision {
    /// Names what is done.
    pub const fn name(self) -> &'static str {
        if self.accepted { "采纳" } else { "排除" }
    }
}

/// The dialog.
#[derive(Debug)]
pub struct FindingDialog {
    /// What is decided.
    pub decision: Decision,
    /// The form with the reason.
    pub form: ActionForm,
}

impl FindingDialog {
    /// Draws it.
    pub fn render(&self, state: &State, canvas: &mut Canvas<'_>) -> Option<(u16, u16)> {
        let area = area(state, |width| self.form.preferred_height(width));
        canvas.clear(Rect { x: area.x.saturating_sub(1), width: area.width + 1, ..area });
        self.form.render(area, canvas.buffer).map(|place| (place.x, place.y))
    }
}

/// Opens the reason of a decision about the finding under the cursor.
pub fn open(state: &mut State, accepted: bool) -> Vec<Effect> {
    let pattern = match project::finding_to_decide(state, accepted) {
        Ok(pattern) => pattern,
        Err(why) => {
            let name = if accepted { "采纳" } else { "排除" };
            state.complain(format!("不能{name}：{why}"));
            return Vec::new();
        }
    };
    let decision = Decision { pattern, accepted };
    let Some(project) = &state.project else { return Vec::new() };
    let Some(view) = project.view.as_deref() else { return Vec::new() };
    let title = format!("{}疑点：{}", decision.name(), labels::pattern(pattern));
    let form = ActionForm::new(&title, vec![REASON], BTreeMap::new(), Vec::new(), view.now).with_width(state.width);
    let topic = Topic::Finding(project.code.clone(), decision);
    present(state, &topic, Dialog::Finding(Box::new(FindingDialog { decision, form })));
    Vec::new()
}

/// Takes a key.
pub fn take_key(state: &mut State, key: KeyEvent) -> Vec<Effect> {
    if state.project.as_ref().is_some_and(project::Project::is_acting) {
        state.mention("正在办理，请稍候");
        return Vec::new();
    }
    let Some(Dialog::Finding(mut dialog)) = state.dialog.take() else { return Vec::new() };
    match dialog.form.handle(key) {
        Outcome::Stay => state.dialog = Some(Dialog::Finding(dialog)),
        Outcome::Cancel(values) if values.is_empty() => {}
        Outcome::Cancel(_) => state.mention("理由未提交，存为草稿，再次打开时恢复"),
        Outcome::Submit(values) => {
            let reason = values.get(Key::Reason.code()).cloned().unwrap_or_default();
            let decision = dialog.decision;
            state.dialog = Some(Dialog::Finding(dialog));
            return project::dispose(state, decision, reason);
        }
    }
    Vec::new()
}
