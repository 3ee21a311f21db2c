//! What works here: the key table of the screen below, found by typing, run by Enter. Its own key once more shows every
//! key on one page.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::layout::Rect;

use super::Dialog;
use crate::domain::search::{Terms, fold};
use crate::tui::canvas::Canvas;
use crate::tui::editor::{Editor, Limits};
use crate::tui::effect::Effect;
use crate::tui::keymap::{Binding, Group, Op, Scope, alias, digits, in_force, of_scope};
use crate::tui::state::State;
use crate::tui::update::run;

/// The overlay.
#[derive(Debug)]
pub struct Help {
    scope: Scope,
    editor: Editor,
    selected: usize,
}

impl Help {
    /// Opens the help of a screen.
    pub fn new(scope: Scope) -> Help {
        Help { scope, editor: Editor::new("", Limits::line(40)), selected: 0 }
    }

    /// Takes a paste; tells what to say about it.
    pub fn paste(&mut self, text: &str) -> Option<String> {
        self.selected = 0;
        self.editor.paste(text).message()
    }

    /// Lists the commands that match what was typed, group by group; the one whose key it is stands first.
    fn entries(&self) -> Vec<&'static Binding> {
        let text = self.editor.text();
        let typed = fold(text.trim());
        // Keys tell capitals from small letters, words do not.
        let key: String = text.trim().chars().map(alias::ascii).collect();
        let has_key = |binding: &Binding| {
            let keys = in_force().keys(self.scope, binding);
            keys.iter().any(|own| own.name() == key || key.chars().count() > 1 && fold(&own.name()) == typed)
        };
        let matches = |binding: &&Binding| {
            let texts = [binding.word, binding.explained, binding.aliases, binding.op.code()];
            typed.is_empty() || has_key(binding) || Terms::of(texts).are_found_by(&typed)
        };
        let of_group = |group: Group| of_scope(self.scope).filter(move |binding| binding.group == group);
        let mut found: Vec<_> = Group::ALL.into_iter().flat_map(of_group).filter(matches).collect();
        found.sort_by_key(|binding| !has_key(binding));
        found
    }

    /// Draws it.
    pub fn render(&self, state: &State, canvas: &mut Canvas<'_>) -> Option<(u16, u16)> {
        let entries = self.entries();
        let rows = u16::try_from(of_scope(self.scope).count()).unwrap_or(u16::MAX).saturating_add(6);
        let inner = canvas.popup(state.area(), (74, rows), "帮助: 此处可用的按键");
        let inner = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
        let x = canvas.line(inner, 0, "查找: ", canvas.theme.heading());
        let field = Rect { x, width: inner.right().saturating_sub(x), height: 1.min(inner.height), ..inner };
        self.editor.render(field, canvas.buffer);
        canvas.line(inner, 1, digits(self.scope), canvas.theme.plain());
        let list = Rect { y: inner.y + 2.min(inner.height), height: inner.height.saturating_sub(4), ..inner };
        let height = usize::from(list.height);
        let top = (self.selected + 1).saturating_sub(height);
        for (row, (at, binding)) in entries.iter().enumerate().skip(top).take(height).enumerate() {
            let is_selected = at == self.selected;
            let mark = if is_selected { ">" } else { " " };
            let keys = canvas.width.pad(&in_force().all_keys(self.scope, binding), 20);
            let word = canvas.width.pad(binding.word, 8);
            let text = format!("{mark}{} {word} {keys} {}", binding.group.name(), binding.explained);
            let style = if is_selected { canvas.theme.focus() } else { canvas.theme.plain() };
            canvas.bar(list, u16::try_from(row).unwrap_or(u16::MAX), &text, style);
        }
        if entries.is_empty() {
            canvas.line(list, 0, "没有匹配的命令", canvas.theme.plain());
        }
        let foot = Rect { y: inner.bottom().saturating_sub(1), height: 1.min(inner.height), ..inner };
        canvas.line(foot, 0, "输入名称、拼音、首字母查找  Enter 执行  F1 按键表  Esc 返回", canvas.theme.key());
        Some(self.editor.cursor_position(field))
    }
}

/// Takes a key.
pub fn take_text(state: &mut State, key: KeyEvent) -> Vec<Effect> {
    let Some(Dialog::Help(help)) = &mut state.dialog else { return Vec::new() };
    let last = help.entries().len().saturating_sub(1);
    match key.code {
        KeyCode::Esc | KeyCode::F(10) => state.dialog = None,
        KeyCode::F(1) => super::text::open_sheet(state),
        KeyCode::Down => help.selected = (help.selected + 1).min(last),
        KeyCode::Up => help.selected = help.selected.saturating_sub(1),
        KeyCode::PageDown => help.selected = (help.selected + 8).min(last),
        KeyCode::PageUp => help.selected = help.selected.saturating_sub(8),
        KeyCode::Enter => {
            let op: Option<Op> = help.entries().get(help.selected).map(|binding| binding.op);
            state.dialog = None;
            return op.map(|op| run(state, op)).unwrap_or_default();
        }
        _ => {
            let handled = help.editor.handle(key);
            help.selected = 0;
            if let Some(message) = handled.message() {
                state.complain(message);
            }
        }
    }
    Vec::new()
}
