//! A draft that an earlier program left is offered before its form is opened: 恢复, 比对, 放弃.

use ratatui::layout::Rect;

use super::Dialog;
use crate::tui::canvas::{Canvas, Sheet};
use crate::tui::drafts::{self, Draft};
use crate::tui::effect::Effect;
use crate::tui::journal::{Base, Subject};
use crate::tui::keymap::Op;
use crate::tui::state::State;
use crate::wording::labels;

/// The offer.
#[derive(Debug)]
pub struct Restore {
    subject: Subject,
    /// What the form holds now.
    base: Base,
    /// The form, as it is without the draft.
    form: Dialog,
    comparing: bool,
    top: usize,
}

impl Restore {
    /// Offers a draft of a form.
    pub fn new(subject: Subject, base: Base, form: Dialog) -> Restore {
        Restore { subject, base, form, comparing: false, top: 0 }
    }

    /// Draws it.
    pub fn render(&self, state: &State, canvas: &mut Canvas<'_>) -> Option<(u16, u16)> {
        let draft = state.drafts.of(&self.subject)?;
        let columns = 78.min(state.size.0.saturating_sub(2));
        let mut sheet = Sheet::new(columns.saturating_sub(4), canvas.width, canvas.theme);
        sheet.text(0, &self.offer(draft), canvas.theme.heading());
        for line in self.warnings(draft) {
            sheet.text(0, &line, canvas.theme.warning());
        }
        if self.comparing {
            self.compare(draft, &mut sheet);
        }
        sheet.blank();
        let rows = u16::try_from(sheet.lines.len()).unwrap_or(u16::MAX).saturating_add(3);
        let inner = canvas.popup(state.area(), (columns, rows), &drafts::name(&self.subject));
        let area = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
        let body = Rect { height: area.height.saturating_sub(1), ..area };
        let last = sheet.lines.len().saturating_sub(usize::from(body.height));
        canvas.lines(body, &sheet.lines, self.top.min(last));
        let foot = Rect { y: area.bottom().saturating_sub(1), height: 1.min(area.height), ..area };
        let keys = match self.comparing {
            true => "[1 恢复]  2 收起比对  3 放弃(留 30 天)  上下翻看  Esc 以后再说",
            false => "[1 恢复]  2 比对  3 放弃(留 30 天)  Esc 以后再说",
        };
        canvas.line(foot, 0, keys, canvas.theme.key());
        // The cursor stands on the choice that loses nothing.
        Some((foot.x + 1, foot.y))
    }

    fn offer(&self, draft: &Draft) -> String {
        let at = draft.at.map(|at| at.format("%H:%M").to_string()).unwrap_or_default();
        let (mine, stored) = (draft.content.characters(), self.base.content.characters());
        let more = match mine.checked_sub(stored) {
            Some(0) => "与已存字数相同".to_owned(),
            Some(more) => format!("比已存多 {more} 字"),
            None => format!("比已存少 {} 字", stored - mine),
        };
        format!("恢复 {at} 草稿({more})")
    }

    fn warnings(&self, draft: &Draft) -> Vec<String> {
        let mut lines = Vec::new();
        let changed = drafts::others_changed(draft, &self.base.content);
        if !changed.is_empty() {
            let names: Vec<String> = changed.iter().map(|field| self.form.label(field)).collect();
            lines.push(format!("起草以后，已存的内容又被改过：{}。请先比对", names.join("、")));
        }
        if let Some(found) = &draft.found {
            if found.elsewhere {
                lines.push("这份草稿正在另一窗口编辑；恢复的是此刻的副本".to_owned());
            }
            if let Some(fragments) = &found.fragments {
                let count = fragments.chars().count();
                lines.push(format!("草稿文件中间有损坏，其后读出 {count} 字，位置不明，见比对"));
            }
        }
        lines
    }

    fn compare(&self, draft: &Draft, sheet: &mut Sheet) {
        let plain = sheet.theme().plain();
        let shown = |text: &str| match text {
            "" => "（空）".to_owned(),
            text => labels::choice(text).to_owned(),
        };
        for (name, field) in &draft.content.fields {
            let stored = self.base.content.text(name);
            if field.text == draft.base.content.text(name) || field.text == stored {
                continue;
            }
            sheet.blank();
            sheet.heading(&self.form.label(name));
            sheet.text(0, &format!("已存：{}", shown(stored)), plain);
            sheet.text(0, &format!("草稿：{}", shown(&field.text)), plain);
        }
        let fragments = draft.found.as_ref().and_then(|found| found.fragments.as_deref()).unwrap_or_default();
        if !fragments.is_empty() {
            sheet.blank();
            sheet.heading("损坏处之后读出的文字");
            sheet.text(0, fragments, plain);
        }
    }
}

/// Takes a digit.
pub fn take_digit(state: &mut State, digit: u8) -> Vec<Effect> {
    if digit == 2 {
        if let Some(Dialog::Restore(restore)) = &mut state.dialog {
            (restore.comparing, restore.top) = (!restore.comparing, 0);
        }
        return Vec::new();
    }
    if !matches!(digit, 1 | 3) {
        state.mention("请按 1 恢复，2 比对，3 放弃；Esc 以后再说");
        return Vec::new();
    }
    let Some(Dialog::Restore(restore)) = state.dialog.take() else { return Vec::new() };
    let Restore { subject, base, form, .. } = *restore;
    if digit == 1 {
        drafts::put_back(state, subject, base, form);
        state.say("已恢复草稿，接着写即可");
    } else {
        state.drafts.give_up(&subject);
        state.drafts.open(subject, base);
        state.dialog = Some(form);
        state.say("草稿已放弃，文件留存 30 天");
    }
    Vec::new()
}

/// Takes a command of the key table.
pub fn take_op(state: &mut State, op: Op) {
    let Some(Dialog::Restore(restore)) = &mut state.dialog else { return };
    match op {
        Op::Back | Op::Escape => {
            state.dialog = None;
            let key = crate::tui::keymap::key_name(Op::Drafts);
            state.mention(format!("草稿仍在，按 {key} 查看"));
        }
        Op::Down => restore.top += 1,
        Op::Up => restore.top = restore.top.saturating_sub(1),
        Op::PageDown => restore.top += 8,
        Op::PageUp => restore.top = restore.top.saturating_sub(8),
        Op::First => restore.top = 0,
        _ => state.mention("请按 1 恢复，2 比对，3 放弃；Esc 以后再说"),
    }
}
