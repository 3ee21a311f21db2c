//! The form that calls a meeting, or adds panels to one: a day, a room, and the panels that wait, chosen with Space.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::layout::Rect;

use super::update;
use crate::domain::ids::ProjectCode;
use crate::domain::meeting::MeetingCode;
use crate::service::command::MeetingOrder;
use crate::service::view::meeting::{MeetingsView, WaitingPanel};
use crate::tui::canvas::Canvas;
use crate::tui::editor::{Editor, Limits};
use crate::tui::effect::Effect;
use crate::tui::form::typed_day;
use crate::tui::journal::{Content, FieldText};
use crate::tui::keymap::alias;
use crate::tui::screen::session::Over;
use crate::tui::state::State;
use crate::tui::widget::Dialog;
use crate::tui::width::Width;

/// The form.
#[derive(Debug)]
pub struct Agenda {
    /// The meeting that gets further panels; none for a new one.
    target: Option<MeetingCode>,
    day: Editor,
    place: Editor,
    panels: Vec<(WaitingPanel, bool)>,
    row: usize,
    focus: Focus,
    problem: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Focus {
    Day,
    Place,
    Panels,
}

impl Agenda {
    /// Opens it.
    pub fn new(view: &MeetingsView, target: Option<MeetingCode>, chosen: Option<ProjectCode>, width: Width) -> Agenda {
        let line = |text: &str| Editor::new(text, Limits::line(200)).with_width(width);
        let panels: Vec<(WaitingPanel, bool)> =
            view.waiting.iter().map(|panel| (panel.clone(), chosen.as_ref() == Some(&panel.code))).collect();
        let row = panels.iter().position(|(_, chosen)| *chosen).unwrap_or(0);
        let focus = if target.is_some() { Focus::Panels } else { Focus::Day };
        let day = line(&view.today.to_string());
        Agenda { target, day, place: line(""), panels, row, focus, problem: None }
    }

    /// Takes a paste; tells what to say about it.
    pub fn paste(&mut self, text: &str) -> Option<String> {
        self.editor()?.paste(text).message()
    }

    /// Tells what its fields hold, as typed, and which panels are chosen.
    pub fn content(&self) -> Content {
        let typed = |editor: &Editor| FieldText { text: editor.text(), caret: editor.caret_offset(), top: 0 };
        let chosen = self.panels.iter().filter(|(_, chosen)| *chosen).map(|(panel, _)| panel.code.as_str());
        let panels = FieldText { text: chosen.collect::<Vec<_>>().join(" "), caret: 0, top: 0 };
        let fields = [("day", typed(&self.day)), ("place", typed(&self.place)), ("panels", panels)];
        let focus = match self.focus {
            Focus::Day => "day",
            Focus::Place => "place",
            Focus::Panels => "panels",
        };
        Content { fields: fields.map(|(name, text)| (name.to_owned(), text)).into(), focus: focus.to_owned() }
    }

    /// Lays a draft over the fields.
    pub fn put(&mut self, draft: &Content) {
        for (name, editor) in [("day", &mut self.day), ("place", &mut self.place)] {
            if let Some(field) = draft.fields.get(name) {
                editor.set_text(&field.text);
                editor.set_caret_offset(field.caret);
            }
        }
        let chosen: Vec<&str> = draft.text("panels").split(' ').collect();
        for (panel, is_chosen) in &mut self.panels {
            *is_chosen = chosen.contains(&panel.code.as_str());
        }
        self.focus = match (draft.focus.as_str(), self.target) {
            (_, Some(_)) | ("panels", None) => Focus::Panels,
            ("place", None) => Focus::Place,
            _ => Focus::Day,
        };
    }

    /// Tells whether a text has the focus, rather than the list.
    pub fn is_in_text(&self) -> bool {
        self.focus != Focus::Panels
    }

    fn editor(&mut self) -> Option<&mut Editor> {
        match self.focus {
            Focus::Day => Some(&mut self.day),
            Focus::Place => Some(&mut self.place),
            Focus::Panels => None,
        }
    }

    fn go(&mut self, ahead: bool) {
        self.focus = match (self.focus, ahead, self.target) {
            (_, _, Some(_)) => Focus::Panels,
            (Focus::Day, true, _) | (Focus::Panels, false, _) => Focus::Place,
            (Focus::Place, true, _) | (Focus::Day, false, _) => Focus::Panels,
            (Focus::Panels, true, _) | (Focus::Place, false, _) => Focus::Day,
        };
    }

    /// Draws it.
    pub fn render(&self, state: &State, canvas: &mut Canvas<'_>) -> Option<(u16, u16)> {
        let rows = u16::try_from(self.panels.len()).unwrap_or(u16::MAX).saturating_add(9);
        let title = match self.target {
            Some(code) => format!("加入评审会 {code} 的议程"),
            None => "召集评审会".to_owned(),
        };
        let inner = canvas.popup(state.area(), (76, rows), &title);
        let area = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
        let mut y = area.y;
        let mut cursor = None;
        if self.target.is_none() {
            for (focus, name, editor) in [(Focus::Day, "日期: ", &self.day), (Focus::Place, "地点: ", &self.place)]
            {
                let row = Rect { y, height: 1, ..area };
                let on = self.focus == focus;
                let style = if on { canvas.theme.focus() } else { canvas.theme.heading() };
                let x = canvas.line(row, 0, name, style);
                let field = Rect { x, width: row.right().saturating_sub(x), ..row };
                editor.render(field, canvas.buffer);
                cursor = if on { Some(editor.cursor_position(field)) } else { cursor };
                y += 1;
            }
        }
        canvas.line(Rect { y, height: 1, ..area }, 0, "待上会的专家组（按选定的先后列入）", canvas.theme.heading());
        y += 1;
        let foot = area.bottom().saturating_sub(2);
        let list = Rect { y, height: foot.saturating_sub(y), ..area };
        let top = (self.row + 1).saturating_sub(usize::from(list.height).max(1));
        for (row, (at, (panel, chosen))) in
            (0u16..).zip(self.panels.iter().enumerate().skip(top).take(usize::from(list.height)))
        {
            let on = self.focus == Focus::Panels && at == self.row;
            let mark = if *chosen { "[选]" } else { "[  ]" };
            let text = format!(
                "{}{mark} {} {}  {}  专家 {}",
                if on { ">" } else { " " },
                panel.code,
                panel.name,
                panel.unit,
                panel.members
            );
            canvas.line(list, row, &text, if on { canvas.theme.focus() } else { canvas.theme.plain() });
            if on {
                cursor = Some((list.x, list.y + row));
            }
        }
        let foot = Rect { y: foot, height: 2, ..area };
        canvas.line(foot, 0, self.problem.as_deref().unwrap_or_default(), canvas.theme.warning());
        canvas.line(foot, 1, "Tab 换栏  Space 选定  F8 提交  Esc 返回", canvas.theme.key());
        cursor
    }
}

/// Tells what the form asks for, or what is wrong with it.
fn orders(form: &Agenda) -> Result<Vec<MeetingOrder>, String> {
    let chosen: Vec<ProjectCode> =
        form.panels.iter().filter(|(_, chosen)| *chosen).map(|(panel, _)| panel.code.clone()).collect();
    if chosen.is_empty() {
        return Err("请按 Space 选定要上会的专家组".to_owned());
    }
    if let Some(meeting) = form.target {
        return Ok(chosen.into_iter().map(|project| MeetingOrder::Add { meeting, project }).collect());
    }
    let day = typed_day(&form.day.text()).and_then(|day| crate::domain::calendar::parse_date(&day));
    let Some(day) = day else { return Err("日期请按 2026-09-12 填写".to_owned()) };
    let place = form.place.text().trim().to_owned();
    if place.is_empty() {
        return Err("请填写地点".to_owned());
    }
    Ok(vec![MeetingOrder::Call { day, place, projects: chosen }])
}

/// Takes a key for the form.
pub fn take_form_key(state: &mut State, key: KeyEvent) -> Vec<Effect> {
    let Some(Dialog::Session(over)) = &mut state.dialog else { return Vec::new() };
    let Over::Agenda(form) = &mut **over else { return Vec::new() };
    form.problem = None;
    let in_list = form.focus == Focus::Panels;
    match key.code {
        KeyCode::Esc | KeyCode::F(10) => state.dialog = None,
        KeyCode::F(8 | 2) => return submit(state),
        KeyCode::Enter if in_list => return submit(state),
        KeyCode::Tab | KeyCode::F(6) | KeyCode::Enter => form.go(true),
        KeyCode::BackTab => form.go(false),
        KeyCode::Down if in_list => form.row = (form.row + 1).min(form.panels.len().saturating_sub(1)),
        KeyCode::Up if in_list && form.row == 0 => form.go(false),
        KeyCode::Up if in_list => form.row -= 1,
        KeyCode::Down => form.go(true),
        KeyCode::Up => form.go(false),
        KeyCode::Char(c) if in_list => {
            if alias::ascii(c) == ' '
                && let Some((_, chosen)) = form.panels.get_mut(form.row)
            {
                *chosen = !*chosen;
                form.row = (form.row + 1).min(form.panels.len().saturating_sub(1));
            }
        }
        _ => {
            if let Some(editor) = form.editor() {
                let handled = editor.handle(key);
                form.problem = handled.message();
            }
        }
    }
    Vec::new()
}

fn submit(state: &mut State) -> Vec<Effect> {
    let Some(Dialog::Session(over)) = &mut state.dialog else { return Vec::new() };
    let Over::Agenda(form) = &mut **over else { return Vec::new() };
    match orders(form) {
        Ok(orders) => update::hand_in(state, orders),
        Err(problem) => {
            form.problem = Some(problem);
            Vec::new()
        }
    }
}
