//! What was undone or done again, in one sentence.

use super::labels;
use crate::domain::undo;
use crate::domain::workflow::action::Action;
use crate::domain::workflow::recall::{Recallability, recallability};

/// The most subjects that are named.
const NAMED: usize = 6;

/// Says what was undone: `已撤销：评审判断 K01 K02`.
pub fn undone(act: &str, subjects: &[String], redo: bool) -> String {
    let verb = if redo { "已重做" } else { "已撤销" };
    let named: Vec<&str> = subjects.iter().take(NAMED).map(String::as_str).collect();
    let more = if subjects.len() > NAMED { format!(" 等 {} 项", subjects.len()) } else { String::new() };
    let about = if named.is_empty() { String::new() } else { format!(" {}{more}", named.join(" ")) };
    match redo {
        // An undoing done again names what was undone only by its subjects.
        true => format!(
            "{verb}{}",
            if about.is_empty() { "：认领、指派".to_owned() } else { format!("：{}", about.trim_start()) }
        ),
        false => format!("{verb}：{}{about}", labels::logged(act)),
    }
}

/// Says beforehand how an action can be taken back.
pub fn way_back(action: Action, minutes: u32) -> String {
    match recallability(action) {
        Recallability::Yes(_) => format!("后手办理以前，{minutes} 分钟内可以收回"),
        _ if undo::is_value(action) => "可以撤销".to_owned(),
        Recallability::Final => "办理后不能自行撤回".to_owned(),
        Recallability::ByItsOwn => "请确认".to_owned(),
    }
}
