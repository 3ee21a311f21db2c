//! What works here: the key table of the screen below, found by typing, run by Enter. The palette is the same list.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::layout::Rect;

use super::Dialog;
use crate::domain::search::fold;
use crate::tui::canvas::Canvas;
use crate::tui::editor::{Editor, Limits};
use crate::tui::effect::Effect;
use crate::tui::keymap::{Binding, Group, Op, Scope, digits, of_scope};
use crate::tui::screen::queue::views;
use crate::tui::state::State;
use crate::tui::update::run;

/// The overlay.
#[derive(Debug)]
pub struct Help {
    scope: Scope,
    title: &'static str,
    editor: Editor,
    selected: usize,
}

impl Help {
    /// Opens the help of a screen.
    pub fn new(scope: Scope) -> Help {
        Help { scope, title: "帮助: 此处可用的按键", editor: Editor::new("", Limits::line(40)), selected: 0 }
    }

    /// Opens the palette of a screen.
    pub fn palette(scope: Scope) -> Help {
        Help { title: "命令", ..Help::new(scope) }
    }

    /// Writes into the palette what is still to be completed.
    pub fn with(mut self, typed: &str) -> Help {
        self.editor = Editor::new(typed, Limits::line(40));
        self
    }

    /// Takes a paste; tells what to say about it.
    pub fn paste(&mut self, text: &str) -> Option<String> {
        self.selected = 0;
        self.editor.paste(text).message()
    }

    /// Lists the commands that match what was typed, group by group.
    fn entries(&self) -> Vec<&'static Binding> {
        let text = self.editor.text();
        // A command with what it is to be done with is found by its own word.
        let typed = fold(views::command_of(&text).map_or(text.trim(), |_| views::KEEP));
        let matches = |binding: &&Binding| {
            let text = fold(&format!("{} {} {}", binding.word, binding.explained, binding.all_keys()));
            typed.is_empty() || text.contains(&typed)
        };
        let groups = [Group::See, Group::Judge, Group::Write, Group::Hand, Group::Move];
        let of_group = |group: Group| of_scope(self.scope).filter(move |binding| binding.group == group);
        groups.into_iter().flat_map(of_group).filter(matches).collect()
    }

    /// Draws it.
    pub fn render(&self, state: &State, canvas: &mut Canvas<'_>) -> Option<(u16, u16)> {
        let entries = self.entries();
        let rows = u16::try_from(of_scope(self.scope).count()).unwrap_or(u16::MAX).saturating_add(6);
        let inner = canvas.popup(state.area(), (74, rows), self.title);
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
            let keys = canvas.width.pad(&binding.all_keys(), 20);
            let word = canvas.width.pad(binding.word, 8);
            let text = format!("{mark}{} {word} {keys} {}", binding.group.name(), binding.explained);
            let style = if is_selected { canvas.theme.focus() } else { canvas.theme.plain() };
            canvas.bar(list, u16::try_from(row).unwrap_or(u16::MAX), &text, style);
        }
        if entries.is_empty() {
            canvas.line(list, 0, "没有匹配的命令", canvas.theme.plain());
        }
        let foot = Rect { y: inner.bottom().saturating_sub(1), height: 1.min(inner.height), ..inner };
        canvas.line(foot, 0, "输入文字查找  上下移动  Enter 执行  Esc 返回", canvas.theme.key());
        Some(self.editor.cursor_position(field))
    }
}

/// Takes a key.
pub fn take_text(state: &mut State, key: KeyEvent) -> Vec<Effect> {
    let Some(Dialog::Help(help)) = &mut state.dialog else { return Vec::new() };
    let last = help.entries().len().saturating_sub(1);
    match key.code {
        KeyCode::Esc | KeyCode::F(10) | KeyCode::F(1) => state.dialog = None,
        KeyCode::Down => help.selected = (help.selected + 1).min(last),
        KeyCode::Up => help.selected = help.selected.saturating_sub(1),
        KeyCode::PageDown => help.selected = (help.selected + 8).min(last),
        KeyCode::PageUp => help.selected = help.selected.saturating_sub(8),
        KeyCode::Enter => {
            let typed = help.editor.text();
            let op: Option<Op> = help.entries().get(help.selected).map(|binding| binding.op);
            let in_queue = help.scope == Scope::Queue;
            state.dialog = None;
            if let Some(effects) = in_queue.then(|| views::run_typed(state, &typed)).flatten() {
                return effects;
            }
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
