//! A key as the table writes it and as the terminal reports it.

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use super::alias;

/// A key with or without Ctrl; Shift is part of the character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    /// The key.
    pub code: KeyCode,
    /// Whether Ctrl is held.
    pub ctrl: bool,
}

/// A character key.
pub(super) const fn ch(c: char) -> Key {
    Key { code: KeyCode::Char(c), ctrl: false }
}

/// A character key with Ctrl.
pub(super) const fn ctrl(c: char) -> Key {
    Key { code: KeyCode::Char(c), ctrl: true }
}

/// A function key.
pub(super) const fn f(number: u8) -> Key {
    Key { code: KeyCode::F(number), ctrl: false }
}

/// A named key.
pub(super) const fn named(code: KeyCode) -> Key {
    Key { code, ctrl: false }
}

impl Key {
    /// Takes a reported key for one of the table; `None` for releases and for keys no table may use.
    pub fn of(event: KeyEvent) -> Option<Key> {
        let foreign = KeyModifiers::ALT | KeyModifiers::SUPER | KeyModifiers::META | KeyModifiers::HYPER;
        if event.kind == KeyEventKind::Release || event.modifiers.intersects(foreign) {
            return None;
        }
        let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
        let code = match event.code {
            KeyCode::Char(c) if !ctrl => KeyCode::Char(alias::ascii(c)),
            code => code,
        };
        Some(Key { code, ctrl })
    }

    /// Tells whether an input method that is on swallows it.
    pub fn is_letter(self) -> bool {
        matches!(self.code, KeyCode::Char(c) if c.is_ascii_alphabetic()) && !self.ctrl
    }

    /// Tells the digit of a digit key.
    pub fn digit(self) -> Option<u8> {
        match self.code {
            KeyCode::Char(c @ '0'..='9') if !self.ctrl => u8::try_from(c.to_digit(10)?).ok(),
            _ => None,
        }
    }

    /// Names the key for people, in ASCII.
    pub fn name(self) -> String {
        let name = match self.code {
            KeyCode::Char(' ') => "Space".to_owned(),
            KeyCode::Char(c) => c.to_string(),
            KeyCode::F(number) => format!("F{number}"),
            KeyCode::Enter => "Enter".to_owned(),
            KeyCode::Esc => "Esc".to_owned(),
            KeyCode::Tab => "Tab".to_owned(),
            KeyCode::BackTab => "Shift-Tab".to_owned(),
            KeyCode::Up => "上".to_owned(),
            KeyCode::Down => "下".to_owned(),
            KeyCode::Left => "左".to_owned(),
            KeyCode::Right => "右".to_owned(),
            KeyCode::PageUp => "PgUp".to_owned(),
            KeyCode::PageDown => "PgDn".to_owned(),
            KeyCode::Home => "Home".to_owned(),
            KeyCode::End => "End".to_owned(),
            other => format!("{other:?}"),
        };
        if self.ctrl { format!("Ctrl-{name}") } else { name }
    }
}
