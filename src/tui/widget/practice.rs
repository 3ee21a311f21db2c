//! 练习 — the list of the tasks: whose each is, in how many keys, and what it took so far.

use ratatui::layout::Rect;

use super::Dialog;
use crate::tui::canvas::{Canvas, paragraph};
use crate::tui::effect::Effect;
use crate::tui::keymap::Op;
use crate::tui::layout::shell;
use crate::tui::practice::tasks::{Scene, TASKS, Task};
use crate::tui::practice::{begin, first_of, give_up, leave, most, reference};
use crate::tui::state::State;

/// Rows below the list that tell of the task under the cursor, and the keys.
const FOOT: u16 = 4;

/// The list.
#[derive(Debug, Default)]
pub struct TaskList {
    selected: usize,
    /// The first digit of a number that may have a second one.
    typed: u8,
}

/// Opens it on the task behind the one done last, or on the first one for the account.
pub fn open(state: &mut State) {
    let last = state.practice.running.as_ref().map(|running| running.task.number);
    let behind = last.and_then(|last| TASKS.iter().position(|task| task.number > last && task.is_on_screen()));
    let selected = behind.unwrap_or_else(|| first_of(&state.me.account));
    state.dialog = Some(Dialog::Practice(TaskList { selected, typed: 0 }));
}

impl TaskList {
    fn task(&self) -> Option<&'static Task> {
        TASKS.get(self.selected)
    }

    /// Draws it.
    pub fn render(&self, state: &State, canvas: &mut Canvas<'_>) -> Option<(u16, u16)> {
        let shell = shell(state.area());
        let within = Rect { y: shell.tabs.y, height: shell.message.y.saturating_sub(shell.tabs.y), ..state.area() };
        let rows = u16::try_from(TASKS.len()).unwrap_or(u16::MAX).saturating_add(FOOT + 3);
        let inner = canvas.popup(within, (100, rows), "练习: 常办的事，按得越少越好");
        let area = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
        let head = Rect { height: 1.min(area.height), ..area };
        let list = Rect { y: area.y + 1, height: area.height.saturating_sub(FOOT + 1), ..area };
        let foot = Rect { y: area.bottom().saturating_sub(FOOT), height: FOOT.min(area.height), ..area };
        let words = usize::from(area.width).saturating_sub(32);
        let width = canvas.width;
        let row = |mark: &str, number: &str, what: &str, who: &str, most: &str, best: &str| {
            let pad = |text: &str, cells: usize| width.pad(&width.cut(text, cells), cells);
            format!("{mark}{} {} {} {} {}", pad(number, 3), pad(what, words), pad(who, 15), pad(most, 5), pad(best, 4))
        };
        let heading = row(" ", "题", "要办的事", "账号", "最多", "最好");
        canvas.line(head, 0, &heading, canvas.theme.heading());
        let top = (self.selected + 1).saturating_sub(usize::from(list.height));
        let mut cursor = (list.x, list.y);
        let shown = TASKS.iter().enumerate().skip(top).take(usize::from(list.height));
        for (y, (at, task)) in (0u16..).zip(shown) {
            let is_selected = at == self.selected;
            let best = state.practice.best(task).map_or("-".to_owned(), |keys| keys.to_string());
            let number = task.number.to_string();
            let mark = if is_selected { ">" } else { " " };
            let text = row(mark, &number, task.words, task.account, &task.max.to_string(), &best);
            let style = match (is_selected, task.is_on_screen()) {
                (true, _) => canvas.theme.focus(),
                (false, true) => canvas.theme.plain(),
                (false, false) => canvas.theme.faint(),
            };
            canvas.bar(list, y, &text, style);
            if is_selected {
                cursor = (list.x, list.y + y);
            }
        }
        for (y, line) in (0u16..).zip(self.told(state, area.width).iter().take(usize::from(FOOT) - 1)) {
            canvas.line(foot, y, line, canvas.theme.plain());
        }
        let out = if state.practice.can_leave() { "  9 结束练习" } else { "" };
        let keys = format!("Enter 开始  0 放弃本题，看参考按键{out}  数字 选题  Esc 返回");
        canvas.line(foot, FOOT - 1, &keys, canvas.theme.key());
        Some(cursor)
    }

    /// Tells more of the task under the cursor.
    fn told(&self, state: &State, cells: u16) -> Vec<String> {
        let Some(task) = self.task() else { return Vec::new() };
        let text = match task.scene {
            Scene::Elsewhere(way) => format!("{}。{way}", task.words),
            _ if state.practice.knows(task) => {
                format!("{}。最多 {} 键。参考按键：{}", task.words, most(task), reference(task))
            }
            _ => format!("{}。最多 {} 键；输入的文字不计", task.words, most(task)),
        };
        paragraph(&text, cells, state.width)
    }
}

/// Takes a digit: the number of a task.
pub fn take_digit(state: &mut State, digit: u8) -> Vec<Effect> {
    let can_leave = state.practice.can_leave();
    let Some(Dialog::Practice(list)) = &mut state.dialog else { return Vec::new() };
    let place = |number: u8| TASKS.iter().position(|task| task.number == number);
    let both = list.typed * 10 + digit;
    if let (true, Some(at)) = (list.typed > 0, place(both)) {
        (list.selected, list.typed) = (at, 0);
        return Vec::new();
    }
    match digit {
        0 => return give_up(state),
        9 if can_leave => return leave(state),
        _ => {}
    }
    list.typed = if digit <= 2 { digit } else { 0 };
    if let Some(at) = place(digit) {
        list.selected = at;
    }
    Vec::new()
}

/// Takes a command of the key table.
pub fn take_op(state: &mut State, op: Op) -> Vec<Effect> {
    let Some(Dialog::Practice(list)) = &mut state.dialog else { return Vec::new() };
    let last = TASKS.len().saturating_sub(1);
    list.typed = 0;
    match op {
        Op::Back | Op::Escape => state.dialog = None,
        Op::Down => list.selected = (list.selected + 1).min(last),
        Op::Up => list.selected = list.selected.saturating_sub(1),
        Op::PageDown => list.selected = (list.selected + 8).min(last),
        Op::PageUp => list.selected = list.selected.saturating_sub(8),
        Op::First => list.selected = 0,
        Op::Last => list.selected = last,
        Op::Open => {
            let Some(task) = list.task() else { return Vec::new() };
            if let Scene::Elsewhere(way) = task.scene {
                state.mention(way);
                return Vec::new();
            }
            return begin(state, task);
        }
        _ => {}
    }
    Vec::new()
}
