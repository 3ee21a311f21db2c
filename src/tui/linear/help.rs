//! What works here, as lines: the words of this mode, then the key table of the place.

use super::focus::{self, Asks};
use super::line::OWN;
use crate::tui::keymap::{Mode, Op, digits, in_force, of_scope};
use crate::tui::state::State;

/// Lists what works here.
pub fn lines(state: &State) -> Vec<String> {
    let mut lines = Vec::new();
    let asks = focus::asks(state);
    if let Some(how) = focus::how_to(asks) {
        lines.push(how.to_owned());
        if asks != Asks::Keys {
            lines.push("单独一行只写 F1 到 F10、Esc、Tab、Shift-Tab、Ctrl-u 的，当作按键".to_owned());
            return lines;
        }
    }
    lines.push("一行可写几个命令，用空格分开；有一个认不得，整行不执行；有一个办不成，其后的不执行".to_owned());
    lines.push("空行重复当前内容；/条件 筛选，如 /金额>200万；命令可写按键，也可写名称".to_owned());
    lines.extend(OWN.iter().map(|(_, han, latin, what)| format!("{han} 或 {latin}：{what}")));
    let Mode::Commands(scope) = state.mode() else { return lines };
    let digits = digits(scope);
    if !digits.is_empty() {
        lines.push(format!("数字：{digits}"));
    }
    // The screen has nothing to repaint, and help and palette are this list.
    let left_out = |op: Op| matches!(op, Op::Help | Op::Palette | Op::Repaint | Op::Theme | Op::Mouse);
    let rows = of_scope(scope).filter(|row| !left_out(row.op));
    lines.extend(rows.map(|row| format!("{}：{}，{}", row.word, in_force().all_keys(scope, row), row.explained)));
    lines
}
