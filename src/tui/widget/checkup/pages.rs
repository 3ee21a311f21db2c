//! What the pages of the check-up say, and how they are drawn.

use crossterm::event::KeyCode;
use ratatui::layout::Rect;

use super::{CheckUp, Page, Trial, card};
use crate::tui::canvas::{Canvas, Sheet, StyledLine};
use crate::tui::keymap::{Key, Op, in_force, key_name};
use crate::tui::layout::shell;
use crate::tui::state::{SMALLEST, State};
use crate::tui::width::Gauge;

/// Official Chinese with every kind of character terminals disagree about.
const RULER: &str = "政务信息化“十四五”规划——①";

/// For whom Chinese is garbage: in ASCII, which every terminal shows.
const UTF8: [&str; 7] = [
    "Set your client to UTF-8, then log in again:",
    "  Xshell     File > Properties > Terminal > Encoding",
    "  MobaXterm  Edit session > Terminal settings > Charset",
    "  PuTTY      Window > Translation > UTF-8",
    "  Windows    chcp 65001, then ssh again",
    "  tmux       tmux -u;  server: export LANG=C.UTF-8",
    "1 = test line again   Enter = go on   Esc = leave",
];

/// Said where the colors were switched off.
pub const COLORLESS: &str = "已不用颜色，只对这次有效。以后启动加 --no-color，或设环境变量 NO_COLOR=1";
/// Said of a client that sends another key for Backspace.
pub const CTRL_H: &str = "收到的是 Ctrl-h，文字框里按退格处理";

/// Says that the other width is in force.
pub fn switched(wide: bool) -> String {
    let (cells, option) = if wide { ("两格", "wide") } else { ("一格", "narrow") };
    format!(
        "已改按{cells}显示，只对这次有效；对齐了按 1。以后启动加 --char-width {option}（或设 PINGSHEN_WIDTH={option}）"
    )
}

/// Says what arrived in place of the key that was asked for.
pub fn other_key(wanted: &str, key: Key) -> String {
    format!("收到的是 {}，不是 {wanted}；没有 {wanted} 的，按 Enter 继续", key.name())
}

/// Says what arrived while an input method should be on.
pub fn typed(key: Key) -> String {
    match key.code {
        KeyCode::Down if !key.ctrl => "收到 方向键下：方向键、数字、F 键在输入法里照常可用，按 Enter 继续".to_owned(),
        KeyCode::Char(c) if c.is_ascii_alphabetic() => {
            format!("收到字母 {c}：输入法没有打开，或是英文状态；切到中文后再按 方向键下")
        }
        KeyCode::Char(c) if !c.is_ascii() => format!("收到文字 {c}：输入法已打开；再按 方向键下"),
        _ => format!("收到 {}，照常可用；请再按 方向键下", key.name()),
    }
}

impl Page {
    const fn title(self) -> &'static str {
        match self {
            Page::Ruler => "字符宽度",
            Page::Found => "终端情况",
            Page::Keys => "按键",
            Page::Colors => "颜色",
            Page::InputMethod => "输入法",
            Page::Card => "今天常用的五个键",
        }
    }
}

impl CheckUp {
    /// Draws it.
    pub fn render(&self, state: &State, canvas: &mut Canvas<'_>) -> Option<(u16, u16)> {
        let title = format!("终端体检 {}/{} {}", self.page.at() + 1, Page::ALL.len(), self.page.title());
        let shell = shell(state.area());
        let within = Rect { y: shell.tabs.y, height: shell.message.y.saturating_sub(shell.tabs.y), ..state.area() };
        let inner = canvas.popup(within, (80, 20), &title);
        let area = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
        let foot = Rect { y: area.bottom().saturating_sub(1), height: 1.min(area.height), ..area };
        let body = Rect { height: area.height.saturating_sub(1), ..area };
        let lines = self.lines(state, canvas, area.width);
        canvas.lines(body, &lines, 0);
        let keys = match self.page {
            Page::Ruler if self.garbled => "1 重看  Enter 继续  Esc 跳过体检",
            Page::Ruler => "1 正常  2 乱码  3 右边没对齐  Esc 跳过体检",
            Page::Colors if state.theme.has_color() => "1 看得清  2 看不清  左 上一页  Esc 跳过体检",
            Page::Card => "Enter 开始工作  左 上一页",
            _ => "Enter 下一页  左 上一页  Esc 跳过体检",
        };
        canvas.line(foot, 0, keys, canvas.theme.key());
        Some((foot.x, foot.y))
    }

    fn lines(&self, state: &State, canvas: &Canvas<'_>, cells: u16) -> Vec<StyledLine> {
        let theme = canvas.theme;
        let mut sheet = Sheet::new(cells, canvas.width, theme);
        match self.page {
            Page::Ruler if self.garbled => {
                UTF8.iter()
                    .for_each(|line| sheet.lines.push(StyledLine { text: (*line).to_owned(), style: theme.plain() }));
                sheet.text(0, "客户端字符集改为 UTF-8 后重新登录", theme.plain());
            }
            Page::Ruler => {
                sheet.text(0, "下面一行的字应当完整，两个竖线上下对齐：", theme.plain());
                sheet.blank();
                let dashes = "-".repeat(canvas.width.of_str(RULER));
                sheet.lines.push(StyledLine { text: format!("  {RULER}|"), style: theme.heading() });
                sheet.lines.push(StyledLine { text: format!("  {dashes}|"), style: theme.plain() });
                sheet.blank();
                sheet.text(0, "没对齐，是指有字被盖住一半，或字间有空隙", theme.plain());
                sheet.text(0, "Garbled? Press 2. Esc leaves.", theme.plain());
            }
            Page::Found => found(state, &mut sheet),
            Page::Keys => self.keys(&mut sheet),
            Page::Colors => colors(state, &mut sheet),
            Page::InputMethod => {
                sheet.text(0, "请切到中文输入法，再按 方向键下。", theme.heading());
                sheet.blank();
                sheet.text(
                    0,
                    "输入法开着时，字母会进输入法的窗口；方向键、数字、F 键和标点（全角也行）照常是命令。",
                    theme.plain(),
                );
                let key = without_letters(Op::Palette);
                sheet.text(0, &format!("没有别的键的命令：按 {key}，输入中文名称。"), theme.plain());
            }
            Page::Card => card::write(state, canvas.width, &mut sheet),
        }
        if !self.note.is_empty() {
            sheet.blank();
            sheet.text(0, &self.note, theme.warning());
        }
        sheet.lines
    }

    fn keys(&self, sheet: &mut Sheet) {
        let theme = sheet.theme();
        sheet.text(0, "请依次按下列三个键，收到的会打上记号：", theme.plain());
        sheet.blank();
        for (at, trial) in Trial::ALL.iter().enumerate() {
            let (mark, style) = match at.cmp(&self.arrived) {
                std::cmp::Ordering::Less => ("[到] ", theme.plain()),
                std::cmp::Ordering::Equal => (">请按", theme.heading()),
                std::cmp::Ordering::Greater => ("     ", theme.plain()),
            };
            sheet.text(2, &format!("{mark} {}", trial.name()), style);
        }
        sheet.blank();
        let text = match self.arrived == Trial::ALL.len() {
            true => "三个键都收到了，按 Enter 继续。".to_owned(),
            // What is reached by a function key is reached otherwise, too.
            false => format!(
                "收不到 F 键的：办理按 {}，命令按 {}；设置里把功能键改为 xterm 或 VT220。",
                key_name(Op::Menu),
                key_name(Op::Palette)
            ),
        };
        sheet.text(0, &text, theme.plain());
    }
}

/// Names the key of a command that an input method lets through.
pub(super) fn without_letters(op: Op) -> String {
    let binding = crate::tui::keymap::binding_of(op);
    let keys = binding.and_then(|binding| Some(in_force().keys(*binding.scopes.first()?, binding)));
    let keys = keys.unwrap_or_default();
    keys.iter().rfind(|key| !key.is_letter()).map(|key| key.name()).unwrap_or_else(|| key_name(op))
}

fn found(state: &State, sheet: &mut Sheet) {
    let plain = sheet.theme().plain();
    let wide = |wide: bool| if wide { "占两格" } else { "占一格" };
    let width = match state.gauge {
        Gauge::NotAsked => "没有测，按一格显示".to_owned(),
        Gauge::Silent => "终端没有答复，按一格显示；没对齐的，回上一页按 3".to_owned(),
        Gauge::Measured(is_wide) => format!("{}（终端答复）", wide(is_wide)),
        Gauge::Chosen(is_wide) => format!("{}（本人指定）", wide(is_wide)),
    };
    let (columns, rows) = state.size;
    let roomy = if columns < 80 || rows < 24 { "，建议放大到 80x24 以上" } else { "" };
    let colors = if state.theme.has_color() { "使用" } else { "不用，以粗体、反显代替" };
    sheet.marked("宽度", &format!("引号、破折号、省略号、带圈数字{width}"), plain);
    sheet.marked("边框", "用 + - | 三个字符，各种终端都是一格，不会错位", plain);
    sheet.marked("窗口", &format!("{columns}x{rows}，至少 {}x{}{roomy}", SMALLEST.0, SMALLEST.1), plain);
    sheet.marked("颜色", colors, plain);
    sheet.blank();
    sheet.text(0, "画面错乱时按 Ctrl-l 重绘。", plain);
}

fn colors(state: &State, sheet: &mut Sheet) {
    let theme = sheet.theme();
    if state.theme.has_color() {
        sheet.text(0, "下面五行都看得清吗？", theme.plain());
    } else {
        sheet.text(0, "现在不用颜色，意思由文字、粗体、反显表示：", theme.plain());
    }
    sheet.blank();
    sheet.text(2, "标题和要点", theme.heading());
    sheet.text(2, "按键提示", theme.key());
    sheet.text(2, "需要注意", theme.warning());
    sheet.text(2, "未办成、已超期", theme.failure());
    sheet.text(2, "此刻不能用的", theme.faint());
}
