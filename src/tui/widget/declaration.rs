//! What a unit declares, as a form over the project. What is typed and not handed in is kept as a draft.

use crossterm::event::KeyEvent;
use ratatui::layout::Rect;

use super::Dialog;
use super::form::area;
use crate::tui::canvas::Canvas;
use crate::tui::drafts::{Topic, present};
use crate::tui::effect::Effect;
use crate::tui::form::{DeclarationForm, Outcome};
use crate::tui::screen::project;
use crate::tui::state::State;

/// The form over a declaration.
#[derive(Debug)]
pub struct DeclarationDialog {
    /// The form.
    pub form: DeclarationForm,
}

impl DeclarationDialog {
    /// Draws it.
    pub fn render(&self, state: &State, canvas: &mut Canvas<'_>) -> Option<(u16, u16)> {
        let area = area(state, |width| self.form.preferred_height(width));
        canvas.clear(Rect { x: area.x.saturating_sub(1), width: area.width + 1, ..area });
        self.form.render(area, canvas.buffer).map(|place| (place.x, place.y))
    }
}

/// Opens it over the open project, or says why not.
pub fn open(state: &mut State) -> Vec<Effect> {
    let Some(view) = state.project.as_ref().and_then(|project| project.view.as_deref()) else { return Vec::new() };
    let project = &view.dossier.project;
    if let Some(why) = project::why_not_edit(&state.me, project) {
        state.dialog = None;
        state.complain(format!("不能补充申报内容：{why}"));
        return Vec::new();
    }
    let title = format!("申报内容 {}", project.code);
    let form = DeclarationForm::new(&title, &project.declaration, project.stage.plan_is_open(), view.now);
    let form = form.with_width(state.width);
    let topic = Topic::Declaration(project.code.clone());
    present(state, &topic, Dialog::Declaration(Box::new(DeclarationDialog { form })));
    Vec::new()
}

/// Takes a key.
pub fn take_key(state: &mut State, key: KeyEvent) -> Vec<Effect> {
    let Some(project) = &state.project else { return Vec::new() };
    if project.is_acting() {
        state.mention("正在保存，请稍候");
        return Vec::new();
    }
    let Some(Dialog::Declaration(dialog)) = &mut state.dialog else { return Vec::new() };
    match dialog.form.handle(key) {
        Outcome::Stay => {
            let found = dialog.form.found();
            if found > 0 {
                state.complain(format!("有 {found} 处需要更正，已转到第一处"));
            }
            Vec::new()
        }
        Outcome::Cancel(values) => {
            state.dialog = None;
            if !values.is_empty() {
                state.mention("申报内容未保存，所填内容存为草稿，再次打开时恢复");
            }
            Vec::new()
        }
        Outcome::Submit(_) => {
            let declaration = dialog.form.declaration();
            project::edit_declaration(state, declaration)
        }
    }
}
