//! A page of text over the screen: the last messages, the key sheet, and the page without borders to copy from.

use ratatui::layout::Rect;

use super::Dialog;
use crate::tui::canvas::{Canvas, paragraph};
use crate::tui::clipboard;
use crate::tui::effect::Effect;
use crate::tui::keymap::{Op, in_force, sheet};
use crate::tui::layout::shell;
use crate::tui::screen::project;
use crate::tui::state::{Screen, State, Tone};
use crate::tui::view::render;
use crate::tui::{Width, screen_text};

/// The page.
#[derive(Debug)]
pub struct TextPage {
    title: &'static str,
    lines: Vec<String>,
    top: usize,
    /// Without borders, so that the terminal's own selection takes text alone.
    bare: bool,
}

/// Opens the last messages, the newest first.
pub fn open_messages(state: &mut State) {
    let badge = |tone: Tone| match tone {
        Tone::Good => "[办]",
        Tone::Plain => "[知]",
        Tone::Bad => "[误]",
    };
    let said: Vec<String> =
        state.messages.iter().rev().map(|notice| format!("{} {}", badge(notice.tone), notice.text)).collect();
    let lines = if said.is_empty() { vec!["还没有消息".to_owned()] } else { broken(&said, state.width) };
    open(state, TextPage { title: "消息: 最近的在前", lines, top: 0, bare: false });
}

/// Opens the key sheet, without borders as it is printed.
pub fn open_sheet(state: &mut State) {
    let lines = sheet(in_force());
    open(state, TextPage { title: "", lines, top: 0, bare: true });
}

/// Opens the page to copy from.
pub fn open_bare(state: &mut State) {
    let lines = bare_lines(state);
    open(state, TextPage { title: "", lines, top: 0, bare: true });
}

fn open(state: &mut State, page: TextPage) {
    state.dialog = Some(Dialog::Text(Box::new(page)));
}

fn broken(lines: &[String], width: Width) -> Vec<String> {
    lines.iter().flat_map(|line| paragraph(line, 74, width)).collect()
}

/// Tells what the screen says: of a project its whole view, not only the part on the screen; elsewhere what is seen.
fn bare_lines(state: &State) -> Vec<String> {
    match state.screen() {
        Screen::Project(_) => project::plain_lines(state),
        _ => {
            let area = state.area();
            let mut buffer = ratatui::buffer::Buffer::empty(area);
            render(state, &mut buffer);
            let bottom = usize::from(shell(area).message.y);
            let text = screen_text(&buffer);
            text.lines().take(bottom).filter_map(unframed).collect()
        }
    }
}

/// Takes the borders off a line; none where it was nothing else.
fn unframed(line: &str) -> Option<String> {
    let inner = line.trim_matches(|c: char| c == '|' || c == ' ');
    let is_border = !inner.is_empty() && inner.starts_with('+') && inner.ends_with('+') && inner.contains("--");
    match is_border {
        true => {
            let title = inner.trim_matches(|c: char| matches!(c, '+' | '-' | ' '));
            (!title.is_empty() && !title.contains("--")).then(|| title.to_owned())
        }
        false => Some(line.trim_matches('|').trim_end().to_owned()),
    }
}

/// Takes a command of the key table.
pub fn take_op(state: &mut State, op: Op) {
    let height = usize::from(text_area(state).height).max(1);
    let Some(Dialog::Text(page)) = &mut state.dialog else { return };
    let rows = isize::try_from(height).unwrap_or(1);
    let by = match op {
        Op::Back | Op::Escape => {
            state.dialog = None;
            return;
        }
        Op::Down => 1,
        Op::Up => -1,
        Op::PageDown => rows,
        Op::PageUp => -rows,
        Op::First => isize::MIN / 2,
        Op::Last => isize::MAX / 2,
        _ => return,
    };
    let last = page.lines.len().saturating_sub(height);
    page.top = page.top.saturating_add_signed(by).min(last);
}

/// Takes a digit: 1 copies the whole page.
pub fn take_digit(state: &mut State, digit: u8) -> Vec<Effect> {
    let Some(Dialog::Text(page)) = &state.dialog else { return Vec::new() };
    if digit != 1 {
        state.mention("按 1 复制全文，按 Esc 返回");
        return Vec::new();
    }
    let (text, what) = (page.lines.join("\n"), format!("全文 {} 行", page.lines.len()));
    copy(state, text, &what)
}

/// Sends a text to the clipboard and says what was sent.
pub fn copy(state: &mut State, text: String, what: &str) -> Vec<Effect> {
    let bytes = text.len();
    if bytes > clipboard::LARGEST {
        state.complain(format!("未复制：{what}有 {} KB，超过终端剪贴板的 70 KB；请用文本页分段选取", bytes / 1024));
        return Vec::new();
    }
    state.say(format!("已送往剪贴板：{what}（{bytes} 字节）。粘贴不出的终端，请用命令“文本页”选取"));
    vec![Effect::Copy(text)]
}

impl TextPage {
    /// Draws it.
    pub fn render(&self, state: &State, canvas: &mut Canvas<'_>) -> Option<(u16, u16)> {
        let area = text_area(state);
        let keys =
            if self.bare { "1复制全文 上下翻阅 Esc返回" } else { "1复制全文  上下翻阅  Esc返回" };
        let message = shell(state.area()).message;
        if self.bare {
            let above = Rect { height: message.y, ..state.area() };
            canvas.clear(above);
            canvas.clear(shell(state.area()).hints);
            canvas.line(shell(state.area()).hints, 0, keys, canvas.theme.key());
        } else {
            let body = shell(state.area()).body;
            canvas.clear(body);
            canvas.frame(body, self.title);
            let foot = Rect { y: body.bottom().saturating_sub(2), height: 1, ..area };
            canvas.line(foot, 0, keys, canvas.theme.key());
        }
        let shown = usize::from(area.height);
        for (row, line) in (0..area.height).zip(self.lines.iter().skip(self.top)) {
            canvas.line(area, row, line, canvas.theme.plain());
        }
        let below = self.lines.len().saturating_sub(self.top + shown);
        if below > 0 {
            let last = if self.bare { shell(state.area()).hints } else { Rect { y: area.bottom(), height: 1, ..area } };
            let text = format!("下面还有 {below} 行");
            canvas.right(last, 0, last.x + 30, &text, canvas.theme.plain());
        }
        Some((area.x, area.y))
    }
}

/// Where the lines stand: the whole screen above the message line, or within the frame.
fn text_area(state: &State) -> Rect {
    let bare = matches!(&state.dialog, Some(Dialog::Text(page)) if page.bare);
    let shell = shell(state.area());
    if bare {
        return Rect { height: shell.message.y, ..state.area() };
    }
    let body = shell.body;
    let (width, height) = (body.width.saturating_sub(4), body.height.saturating_sub(4));
    Rect { x: body.x + 2.min(body.width), y: body.y + 1.min(body.height), width, height }
}
