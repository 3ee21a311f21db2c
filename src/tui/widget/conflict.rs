//! Somebody else changed the text that was just to be saved: what both began with, theirs, mine, and what to keep.
//!
//! Whatever is chosen, both texts are in the history: a text that gives way is written first and then written over, in
//! one go.

use ratatui::layout::Rect;

use super::Dialog;
use super::form::open_remark_with;
use crate::service::batch::{BatchItem, Otherwise};
use crate::service::command::Command;
use crate::service::view::show::Event;
use crate::tui::canvas::{Canvas, Sheet};
use crate::tui::effect::Effect;
use crate::tui::screen::project::{self, Clash, Part};
use crate::tui::state::State;
use crate::wording::labels;

/// The widest the question is drawn.
const COLUMNS: u16 = 78;

/// The question about one text.
#[derive(Debug)]
pub struct Conflict {
    clash: Clash,
    /// Who changed it, and when, as the history tells.
    by: String,
}

/// Asks about the next text both changed, unless something else is being answered.
pub fn open_next(state: &mut State) {
    if state.dialog.is_some() {
        return;
    }
    let Some(project) = &mut state.project else { return };
    let Some(clash) = project.clashes.pop_front() else { return };
    let history = project.view.as_deref().map(|view| view.history.as_slice()).unwrap_or_default();
    let by = author(history, &clash);
    state.mention(format!("{} 的{}，你和他人都改了", clash.item, clash.part.label()));
    state.dialog = Some(Dialog::Conflict(Box::new(Conflict { clash, by })));
}

/// Tells who wrote to the item last.
fn author(history: &[Event], clash: &Clash) -> String {
    let wrote = |event: &&Event| event.detail.get(clash.item.as_str()).is_some();
    let last = history.iter().find(wrote);
    last.map_or_else(|| "他人".to_owned(), |event| format!("{} {}", event.name, event.at.format("%H:%M")))
}

impl Conflict {
    /// Draws it; the cursor stands on the choice that loses nothing.
    pub fn render(&self, state: &State, canvas: &mut Canvas<'_>) -> Option<(u16, u16)> {
        let columns = COLUMNS.min(state.size.0.saturating_sub(2));
        let mut sheet = Sheet::new(columns.saturating_sub(4), canvas.width, canvas.theme);
        let theme = canvas.theme;
        let Clash { part, base, theirs, mine, .. } = &self.clash;
        for (heading, text) in [("共同底稿", base), (&*format!("{} 改为", self.by), theirs), ("我改为", mine)]
        {
            sheet.heading(heading);
            sheet.text(2, &part.shown(text), theme.plain());
        }
        let room = usize::from(state.size.1.saturating_sub(6));
        if sheet.lines.len() > room {
            sheet.lines.truncate(room.saturating_sub(1));
            sheet.text(2, "（后文略，两份全文都在历史里）", theme.warning());
        }
        sheet.blank();
        let choices = match part {
            Part::Verdict => "1 我的为准   2 他人为准",
            _ => "1 我的为准   2 他人为准   3 合并编辑   4 两段都留",
        };
        sheet.text(0, &format!("{choices}   （两份都留历史）"), theme.key());
        let rows = u16::try_from(sheet.lines.len()).unwrap_or(u16::MAX).saturating_add(2);
        let title = format!("{} {}：{} 已改", self.clash.item, part.label(), self.by);
        let inner = canvas.popup(state.area(), (columns, rows), &title);
        let text = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
        canvas.lines(text, &sheet.lines, 0);
        Some((inner.x + 1, inner.bottom().saturating_sub(1)))
    }
}

/// Takes what was chosen.
pub fn take_digit(state: &mut State, digit: u8) -> Vec<Effect> {
    let Some(Dialog::Conflict(conflict)) = &state.dialog else { return Vec::new() };
    let clash = conflict.clash.clone();
    let is_text = clash.part != Part::Verdict;
    match digit {
        1 => settle(state, &clash, clash.mine.clone(), "已按你的保存"),
        2 if !is_text => {
            state.dialog = None;
            state.say(format!("{} 的判断以他人的为准", clash.item));
            Vec::new()
        }
        2 => give_way(state, &clash),
        3 if is_text => {
            state.dialog = None;
            let together = clash.both();
            open_remark_with(state, &clash, &together);
            Vec::new()
        }
        4 if is_text => settle(state, &clash, clash.both(), "两段都已保存"),
        _ => {
            remind(state);
            Vec::new()
        }
    }
}

/// Says what to press.
pub fn remind(state: &mut State) {
    state.mention("请按数字选择；文字都还在");
}

fn settle(state: &mut State, clash: &Clash, text: String, said: &str) -> Vec<Effect> {
    state.dialog = None;
    let effects = project::judge(state, clash.answer(text));
    state.say(format!("{} {}：{said}，他人的留在历史里", clash.item, clash.part.label()));
    effects
}

/// Writes mine and theirs over it again, so that mine is in the history, too.
fn give_way(state: &mut State, clash: &Clash) -> Vec<Effect> {
    state.dialog = None;
    let ticket = state.tickets.issue();
    let Some(project) = &mut state.project else { return Vec::new() };
    let judge = |text: &str, if_version| Command::Judge {
        project: project.code.clone(),
        answers: vec![clash.answer(text.to_owned())],
        if_version,
    };
    let item = BatchItem::new(vec![judge(&clash.mine, Some(project.version)), judge(&clash.theirs, None)]);
    project.giving_way = Some((ticket, clash.clone()));
    state.say(format!("{} {}：以他人的为准，你写的留在历史里", clash.item, clash.part.label()));
    vec![Effect::ExecuteBatch(ticket, vec![item], Otherwise::LeaveOut)]
}

/// Tells what others did to the project since it was loaded last, in one line.
pub fn news(before: &[Event], now: &[Event], me: &str) -> Option<String> {
    let known = before.iter().map(|event| event.seq).max()?;
    let mut fresh = now.iter().filter(|event| event.seq > known && event.account != me);
    let last = fresh.next()?;
    let more = fresh.count();
    let what = labels::logged(&last.action);
    let items: Vec<&str> = last.detail.iter().map(|(key, _)| key).take(3).collect();
    let of = if last.action == "judge" { format!(" {}", items.join(" ")) } else { String::new() };
    let and = if more == 0 { String::new() } else { format!("，另有 {more} 条") };
    Some(format!("{} {} {what}{of}{and}，已载入（光标不动）", last.name, last.at.format("%H:%M")))
}
