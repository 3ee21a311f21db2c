//! 草稿 — what was typed and not handed in, wherever it belongs.

use ratatui::layout::Rect;

use super::Dialog;
use crate::tui::canvas::Canvas;
use crate::tui::drafts;
use crate::tui::effect::Effect;
use crate::tui::journal::Subject;
use crate::tui::keymap::Op;
use crate::tui::state::State;

/// The list.
#[derive(Debug, Default)]
pub struct DraftList {
    selected: usize,
    /// Whether giving up the one under the cursor was asked for, and waits to be asked for again.
    sure: bool,
}

impl DraftList {
    /// Draws it.
    pub fn render(&self, state: &State, canvas: &mut Canvas<'_>) -> Option<(u16, u16)> {
        let waiting = state.drafts.waiting();
        let columns = 78.min(state.size.0.saturating_sub(2));
        let rows = u16::try_from(waiting.len().max(1)).unwrap_or(u16::MAX).saturating_add(4);
        let inner = canvas.popup(state.area(), (columns, rows), &format!("我的草稿 {}", waiting.len()));
        let area = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
        let list = Rect { height: area.height.saturating_sub(2), ..area };
        let height = usize::from(list.height).max(1);
        let top = (self.selected + 1).saturating_sub(height);
        let mut cursor = (area.x, area.y);
        for (row, (at, (subject, draft))) in (0u16..).zip(waiting.iter().enumerate().skip(top).take(height)) {
            let is_selected = at == self.selected;
            let when = draft.at.map(|at| at.format("%m-%d %H:%M").to_string()).unwrap_or_default();
            let elsewhere = draft.found.as_ref().is_some_and(|found| found.elsewhere);
            let note = if elsewhere { "  另一窗口正在编辑" } else { "" };
            let text = format!(
                "{}{when:11} {}  {} 字{note}",
                if is_selected { ">" } else { " " },
                drafts::name(subject),
                typed(draft),
            );
            let style = if is_selected { canvas.theme.focus() } else { canvas.theme.plain() };
            canvas.bar(list, row, &text, style);
            if is_selected {
                cursor = (list.x, list.y + row);
            }
        }
        if waiting.is_empty() {
            canvas.line(list, 0, "没有草稿", canvas.theme.plain());
        }
        let foot = Rect { y: area.bottom().saturating_sub(1), height: 1.min(area.height), ..area };
        canvas.line(foot, 0, "Enter 或 1 打开  3 放弃(留 30 天)  Esc 返回", canvas.theme.key());
        Some(cursor)
    }
}

/// Counts the characters of the fields that were changed.
fn typed(draft: &drafts::Draft) -> usize {
    let changed = draft.content.fields.iter().filter(|(name, field)| field.text != draft.base.content.text(name));
    changed.map(|(_, field)| field.text.chars().count()).sum()
}

/// Opens the list.
pub fn open(state: &mut State) -> Vec<Effect> {
    state.dialog = Some(Dialog::Drafts(DraftList::default()));
    Vec::new()
}

fn selected(state: &State) -> Option<Subject> {
    let Some(Dialog::Drafts(list)) = &state.dialog else { return None };
    state.drafts.waiting().get(list.selected).map(|(subject, _)| (*subject).clone())
}

/// Takes a digit.
pub fn take_digit(state: &mut State, digit: u8) -> Vec<Effect> {
    let Some(subject) = selected(state) else { return Vec::new() };
    let Some(Dialog::Drafts(list)) = &mut state.dialog else { return Vec::new() };
    match digit {
        1 => drafts::resume(state, &subject),
        3 if std::mem::replace(&mut list.sure, true) => {
            (list.sure, list.selected) = (false, list.selected.saturating_sub(1));
            state.drafts.give_up(&subject);
            state.say("草稿已放弃，文件留存 30 天");
            Vec::new()
        }
        3 => {
            state.mention(format!("再按一次 3 放弃：{}", drafts::name(&subject)));
            Vec::new()
        }
        _ => {
            state.mention("请按 1 打开，按 3 放弃");
            Vec::new()
        }
    }
}

/// Takes a command of the key table.
pub fn take_op(state: &mut State, op: Op) -> Vec<Effect> {
    let subject = selected(state);
    let last = state.drafts.waiting().len().saturating_sub(1);
    let Some(Dialog::Drafts(list)) = &mut state.dialog else { return Vec::new() };
    list.sure = false;
    match op {
        Op::Back | Op::Escape => state.dialog = None,
        Op::Down => list.selected = (list.selected + 1).min(last),
        Op::Up => list.selected = list.selected.saturating_sub(1),
        Op::First => list.selected = 0,
        Op::Last => list.selected = last,
        Op::Open => return subject.map(|subject| drafts::resume(state, &subject)).unwrap_or_default(),
        _ => {}
    }
    Vec::new()
}
