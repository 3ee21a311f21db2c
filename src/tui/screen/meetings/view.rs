//! How the list of meetings looks.

use ratatui::layout::Rect;

use super::{Meetings, Row};
use crate::domain::text::clean_line;
use crate::service::view::meeting::{MeetingLine, MeetingsView, WaitingPanel};
use crate::tui::canvas::Canvas;
use crate::tui::keymap::{Op, key_name};
use crate::tui::layout::shell;
use crate::tui::screen::queue::Queue;
use crate::tui::state::State;

/// Writes the tab of the meetings in the queue's row of tabs.
pub fn tab_text(queue: &Queue) -> String {
    let digit = queue.digit_of_meetings().map(|digit| digit.to_string()).unwrap_or_default();
    match queue.meetings {
        Some(count) => format!("{digit}评审会 {count}"),
        None => format!("{digit}评审会"),
    }
}

/// Draws the screen; tells where the terminal's cursor stands.
pub fn render(meetings: &Meetings, state: &State, canvas: &mut Canvas<'_>) -> Option<(u16, u16)> {
    let shell = shell(state.area());
    let tab = format!(
        " [{}]  待上会 {}",
        tab_text(&state.queue),
        meetings.view.as_ref().map_or(0, |view| view.waiting.len())
    );
    canvas.line(shell.tabs, 0, &tab, canvas.theme.heading());
    let area = canvas.frame(shell.body, "");
    let view = meetings.view.as_deref()?;
    let heading = format!("   {} {} {} {}", "评审会     ", "日期        ", "议题      ", "地点");
    canvas.line(area, 0, &heading, canvas.theme.heading());
    let rows = Rect { y: area.y + 1.min(area.height), height: area.height.saturating_sub(1), ..area };
    if meetings.rows().is_empty() {
        let text = match view.may_call {
            true => format!("还没有评审会，也没有待上会的专家组。专家组经确认后，按 {} 召集", key_name(Op::Add)),
            false => "还没有评审会".to_owned(),
        };
        canvas.line(rows, 0, &format!(" {text}"), canvas.theme.plain());
        return Some((rows.x, rows.y));
    }
    let gap = u16::try_from(view.meetings.len()).unwrap_or(u16::MAX);
    let top = u16::try_from(meetings.row).unwrap_or(u16::MAX).saturating_add(4).saturating_sub(rows.height);
    let mut cursor = None;
    for (at, row) in meetings.rows().into_iter().enumerate() {
        let number = u16::try_from(at).unwrap_or(u16::MAX);
        let below = if number >= gap { 2 } else { 0 };
        let Some(y) = number.saturating_add(below).checked_sub(top) else { continue };
        let on = at == meetings.row;
        let text = match row {
            Row::Meeting(line) => meeting_text(canvas, view, line),
            Row::Waiting(panel) => waiting_text(canvas, panel),
        };
        let style = if on { canvas.theme.focus() } else { canvas.theme.plain() };
        canvas.line(rows, y, &format!("{}{text}", if on { "> " } else { "  " }), style);
        if on {
            cursor = Some((rows.x, rows.y + y.min(rows.height.saturating_sub(1))));
        }
    }
    if let Some(y) = gap.saturating_add(1).checked_sub(top)
        && !view.waiting.is_empty()
    {
        let hint =
            if view.may_call { format!("（按 {} 列入评审会）", key_name(Op::Add)) } else { String::new() };
        canvas.line(rows, y, &format!(" 待上会的专家组{hint}"), canvas.theme.heading());
    }
    cursor
}

fn meeting_text(canvas: &Canvas<'_>, view: &MeetingsView, line: &MeetingLine) -> String {
    let day = match (line.is_over, line.day == view.today) {
        (true, _) => "已散会".to_owned(),
        (false, true) => "今日".to_owned(),
        (false, false) => line.day.format("%m-%d").to_string(),
    };
    let writer = line.writer.as_ref().map(|name| format!("  {name}录入中")).unwrap_or_default();
    format!(
        "{} {} {} {}{writer}",
        canvas.width.pad(&format!("专评{}", line.code), 12),
        canvas.width.pad(&day, 12),
        canvas.width.pad(&format!("{}/{} 已定", line.concluded, line.items), 10),
        clean_line(&line.place)
    )
}

fn waiting_text(canvas: &Canvas<'_>, panel: &WaitingPanel) -> String {
    format!(
        "{} {} {} 万元  专家 {}  {} 确认  {}",
        canvas.width.pad(panel.code.as_str(), 12),
        canvas.width.pad(&clean_line(&panel.name), 28),
        canvas.width.pad_left(&panel.amount.to_string(), 9),
        panel.members,
        panel.since.format("%m-%d"),
        clean_line(&panel.unit)
    )
}
