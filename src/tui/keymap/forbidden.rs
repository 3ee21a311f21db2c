//! Keys no table may use, and why: terminals, multiplexers, input methods and browsers take them. Also how people write
//! a key.

use crossterm::event::KeyCode;

use super::alias;
use super::key::{Key, ch, ctrl, f, named};

/// Why a written key is none to bind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unusable {
    /// Nothing on a keyboard is called so.
    Unknown,
    /// Something else takes it first.
    Forbidden(&'static str),
}

const SWITCH: &str = "输入法或终端用它切换";
const ALT: &str = "tmux 会把 Alt 组合拆成 Esc 和另一个键，Windows 的终端用它开菜单";
const TERMINAL: &str = "终端自己用它滚屏、换标签或粘贴";

/// Tells why a key may not be bound; `None` where it may.
pub fn forbidden(key: Key) -> Option<&'static str> {
    match (key.ctrl, key.code) {
        (true, KeyCode::Char(c)) => forbidden_with_ctrl(c.to_ascii_lowercase()),
        (true, KeyCode::Enter) => Some("多数终端送不到"),
        (true, KeyCode::PageUp | KeyCode::PageDown | KeyCode::Insert) => Some(TERMINAL),
        (true, _) => Some("Ctrl 加此键在各终端送出的不一样"),
        (false, KeyCode::F(11 | 12)) => Some("浏览器和终端用它切换全屏、打开开发工具"),
        (false, KeyCode::F(13..)) => Some("多数键盘没有这个键"),
        (false, KeyCode::Char('~')) => Some("OpenSSH 在回车后把它当作控制符"),
        (false, KeyCode::Char('0'..='9')) => Some("数字的含义随画面而定，不能另作他用"),
        (false, KeyCode::Char(c)) if !c.is_ascii() || c.is_ascii_control() => Some("须切换输入法才能打出"),
        (false, KeyCode::Insert | KeyCode::Delete | KeyCode::Backspace) => Some("用于编辑文字，各终端送出的不一样"),
        _ => None,
    }
}

fn forbidden_with_ctrl(c: char) -> Option<&'static str> {
    match c {
        'd' | 'u' | 'l' | 'k' | 'y' | 'z' => None,
        'b' | 'a' => Some("tmux、screen 的前缀键"),
        ' ' | '.' | '`' | ',' | ';' => Some(SWITCH),
        'i' | 'j' | 'm' | '[' | 'h' => Some("与 Tab、换行、Enter、Esc、Backspace 送出的相同，分不开"),
        '\\' | ']' | '^' | '_' => Some("各终端送出的不一样，也是退出信号和 telnet、mosh 的控制符"),
        's' | 'q' => Some("流量控制键，按下后画面像死机"),
        'w' | 't' | 'n' | 'r' | 'p' | 'f' => Some("浏览器（网页堡垒机）先取走"),
        'c' => Some("中断信号"),
        _ => Some("可用的 Ctrl 组合只有 Ctrl-d、u、k、l、y、z"),
    }
}

/// Reads a key as the table, the help and people write it: `x`, `F8`, `Ctrl-z`, `Space`, `PgDn`, `上`.
pub fn read(written: &str) -> Result<Key, Unusable> {
    let lower = written.to_lowercase().replace('+', "-");
    if let Some(only) = only(written) {
        let key = ch(alias::ascii(only));
        return forbidden(key).map_or(Ok(key), |why| Err(Unusable::Forbidden(why)));
    }
    if lower.contains("alt-") || lower.contains("meta-") || lower.contains("super-") {
        return Err(Unusable::Forbidden(ALT));
    }
    if lower.contains("ctrl-shift-") || lower.contains("shift-ctrl-") {
        return Err(Unusable::Forbidden(SWITCH));
    }
    if let Some(rest) = lower.strip_prefix("ctrl-") {
        let key = match only(rest) {
            Some(c) => ctrl(c),
            None => Key { ctrl: true, ..plain(rest).ok_or(Unusable::Unknown)? },
        };
        return forbidden(key).map_or(Ok(key), |why| Err(Unusable::Forbidden(why)));
    }
    match lower.as_str() {
        "shift-tab" => Ok(named(KeyCode::BackTab)),
        "shift" | "shift-space" => Err(Unusable::Forbidden(SWITCH)),
        "shift-enter" => Err(Unusable::Forbidden("多数终端送不到")),
        "shift-pgup" | "shift-pgdn" | "shift-insert" => Err(Unusable::Forbidden(TERMINAL)),
        other => {
            let key = plain(other).ok_or(Unusable::Unknown)?;
            forbidden(key).map_or(Ok(key), |why| Err(Unusable::Forbidden(why)))
        }
    }
}

fn only(text: &str) -> Option<char> {
    let mut chars = text.chars();
    chars.next().filter(|c| chars.next().is_none() && !"上下左右".contains(*c))
}

fn plain(name: &str) -> Option<Key> {
    let number = name.strip_prefix('f').and_then(|number| number.parse::<u8>().ok());
    let code = match (name, number) {
        (_, Some(number)) => return (1..=24).contains(&number).then(|| f(number)),
        ("space" | "空格", _) => return Some(ch(' ')),
        ("enter" | "回车", _) => KeyCode::Enter,
        ("esc", _) => KeyCode::Esc,
        ("tab", _) => KeyCode::Tab,
        ("up" | "上", _) => KeyCode::Up,
        ("down" | "下", _) => KeyCode::Down,
        ("left" | "左", _) => KeyCode::Left,
        ("right" | "右", _) => KeyCode::Right,
        ("pgup" | "pageup", _) => KeyCode::PageUp,
        ("pgdn" | "pagedown", _) => KeyCode::PageDown,
        ("home", _) => KeyCode::Home,
        ("end", _) => KeyCode::End,
        ("insert", _) => KeyCode::Insert,
        ("delete", _) => KeyCode::Delete,
        ("backspace", _) => KeyCode::Backspace,
        _ => return None,
    };
    Some(named(code))
}
