//! The forms of an action and of a remark, as dialogs. What is typed and not handed in is kept as a draft.

use crossterm::event::KeyEvent;
use ratatui::layout::Rect;

use super::confirm::{Confirm, is_advised_against, is_outward};
use super::{Dialog, opinion_form};
use crate::domain::checklist::Judgement;
use crate::domain::ids::ItemId;
use crate::domain::workflow::action::{Action, InputSpec};
use crate::service::command::{ItemAnswer, VerdictChange};
use crate::service::view::actions::{ActionStatus, Possibility};
use crate::tui::canvas::Canvas;
use crate::tui::drafts::{Topic, present};
use crate::tui::effect::Effect;
use crate::tui::form::{ActionForm, Outcome, RemarkForm};
use crate::tui::journal::Content;
use crate::tui::keymap::{Op, key_name};
use crate::tui::screen::project;
use crate::tui::state::State;

/// The input of an action.
#[derive(Debug)]
pub struct ActionDialog {
    /// The action.
    pub action: Action,
    /// Its form.
    pub form: ActionForm,
}

/// The texts to a checklist item.
#[derive(Debug)]
pub struct RemarkDialog {
    /// The item.
    pub item: ItemId,
    /// What stood there when the form was opened.
    pub base: Option<Judgement>,
    /// Its form.
    pub form: RemarkForm,
}

/// Lists the fields of an action as this account takes it: those of a transcription only where it transcribes.
pub fn fields(status: &ActionStatus) -> Vec<InputSpec> {
    match status.verdict {
        Possibility::Transcribable(_) => status.fields.clone(),
        _ => {
            let own = status.action.inputs();
            status.fields.iter().filter(|field| own.iter().any(|known| known.key == field.key)).copied().collect()
        }
    }
}

/// Below this height a form is drawn without its frame and title, which only a very small screen excuses.
const SMALLEST_FRAMED: u16 = 6;

/// The area of a form that wants so many rows: in the middle, never over the message line.
pub(super) fn area(state: &State, wanted: impl Fn(u16) -> u16) -> Rect {
    let shell = crate::tui::layout::shell(state.area());
    let width = shell.body.width.saturating_sub(2).min(78);
    let height = wanted(width).max(SMALLEST_FRAMED).min(shell.body.height);
    let x = shell.body.x + (shell.body.width - width) / 2;
    let y = shell.body.y + (shell.body.height - height) / 2;
    Rect { x, y, width, height }
}

impl ActionDialog {
    /// Draws it.
    pub fn render(&self, state: &State, canvas: &mut Canvas<'_>) -> Option<(u16, u16)> {
        let area = area(state, |width| self.form.preferred_height(width));
        canvas.clear(Rect { x: area.x.saturating_sub(1), width: area.width + 1, ..area });
        self.form.render(area, canvas.buffer).map(|place| (place.x, place.y))
    }
}

impl RemarkDialog {
    /// Lays a draft over the form. What was changed in it was written over what stood there when it was begun.
    pub fn put(&mut self, draft: &Content, base: &Content) {
        self.form.put(draft, base);
        for (name, _) in draft.fields.iter().filter(|(name, field)| field.text != base.text(name)) {
            let begun = self.base.take().unwrap_or_else(|| project::blank(self.item.clone()));
            self.base = Some(project::with_text(begun, name, base.text(name)));
        }
    }

    /// Draws it.
    pub fn render(&self, state: &State, canvas: &mut Canvas<'_>) -> Option<(u16, u16)> {
        let area = area(state, |width| self.form.preferred_height(width));
        canvas.clear(Rect { x: area.x.saturating_sub(1), width: area.width + 1, ..area });
        self.form.render(area, canvas.buffer).map(|place| (place.x, place.y))
    }
}

/// Takes a key for the form of an action.
pub fn take_action_key(state: &mut State, key: KeyEvent) -> Vec<Effect> {
    if state.project.as_ref().is_some_and(project::Project::is_acting) {
        state.mention("正在办理，请稍候");
        return Vec::new();
    }
    let Some(Dialog::Action(mut dialog)) = state.dialog.take() else { return Vec::new() };
    // Before the key for what was pasted since the last one, after it for what the key changed.
    offer_opinion(state, &mut dialog);
    let outcome = dialog.form.handle(key);
    offer_opinion(state, &mut dialog);
    match outcome {
        Outcome::Stay => state.dialog = Some(Dialog::Action(dialog)),
        Outcome::Cancel(values) if values.is_empty() => {}
        Outcome::Cancel(_) => state.mention("已填内容存为草稿，再次办理时恢复"),
        Outcome::Submit(inputs) => {
            if is_outward(dialog.action, &inputs) || is_advised_against(state, dialog.action) {
                state.dialog = Some(Dialog::Confirm(Box::new(Confirm::of_form(dialog, inputs))));
            } else {
                let action = dialog.action;
                state.dialog = Some(Dialog::Action(dialog));
                return project::execute_action(state, action, inputs);
            }
        }
    }
    Vec::new()
}

fn offer_opinion(state: &State, dialog: &mut ActionDialog) {
    if let Some(view) = state.project.as_ref().and_then(|project| project.view.as_deref()) {
        opinion_form::offer(&mut dialog.form, dialog.action, view);
    }
}

/// Opens the texts to the item under the cursor.
pub fn open_remark(state: &mut State) {
    let Some(project) = &state.project else { return };
    let Some(view) = project.view.as_deref() else { return };
    if let Some(why) = project::why_not_judge(view) {
        state.complain(format!("不能填写意见：{why}"));
        return;
    }
    let Some(item) = project.items().get(project.item).copied() else { return };
    let form = RemarkForm::new(&item.item, item.judgement.as_ref()).with_width(state.width);
    let base = item.judgement.clone();
    let item = item.item.id.clone();
    let topic = Topic::Remark(project.code.clone(), item.clone());
    present(state, &topic, Dialog::Remark(Box::new(RemarkDialog { item, base, form })));
}

/// Opens the texts to an item whose text two people wrote, with both in the field.
pub fn open_remark_with(state: &mut State, clash: &project::Clash, text: &str) {
    let Some(project) = &mut state.project else { return };
    let Some(at) = project.items().iter().position(|item| item.item.id == clash.item) else { return };
    project.item = at;
    let seen = project.items().get(at).and_then(|item| item.judgement.clone());
    open_remark(state);
    if let (Some(Dialog::Remark(dialog)), Some(field)) = (&mut state.dialog, clash.part.field()) {
        dialog.form.fill(field, text);
        // A draft of it was laid over the form; theirs was seen since.
        dialog.base = seen;
    }
}

/// Takes a key for the texts to an item.
pub fn take_remark_key(state: &mut State, key: KeyEvent) -> Vec<Effect> {
    let Some(Dialog::Remark(mut dialog)) = state.dialog.take() else { return Vec::new() };
    match dialog.form.handle(key) {
        Outcome::Stay => {
            state.dialog = Some(Dialog::Remark(dialog));
            Vec::new()
        }
        Outcome::Cancel(values) => {
            if !values.is_empty() {
                state.mention(format!("{} 的意见未保存，存为草稿，再次打开时恢复", dialog.item));
            } else if project::is_unfinished(state, &dialog.item) {
                let (write, next) = (key_name(Op::Remark), key_name(Op::NextUnfinished));
                state.mention(format!("{} 还缺说明，按 {write} 填写；按 {next} 到下一未完", dialog.item));
            }
            Vec::new()
        }
        Outcome::Submit(mut values) => {
            if let Some(project) = &state.project {
                let topic = Topic::Remark(project.code.clone(), dialog.item.clone());
                state.drafts.sent(topic.subject());
            }
            let answer = ItemAnswer {
                item: dialog.item.clone(),
                verdict: VerdictChange::Keep,
                remark: values.remove("remark"),
                suggestion: values.remove("suggestion"),
                basis: values.remove("basis"),
                cite: values.remove("cite"),
            };
            let effects = project::judge_over(state, answer, dialog.base);
            state.say(format!("已保存 {} 的意见", dialog.item));
            project::show_checklist_item(state, 1);
            effects
        }
    }
}
