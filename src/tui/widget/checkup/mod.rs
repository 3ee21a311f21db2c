//! 终端体检: half a minute at the first start on a kind of terminal, later by the palette. Whether characters stand where
//! they should, what was found out about the terminal, which keys arrive, and the keys one's role lives by.
//!
//! Nothing here is asked twice or needed: Esc leaves from every page, and no page needs a letter key.

mod card;
mod pages;
#[cfg(test)]
mod tests;

use crossterm::event::{KeyCode, KeyEvent};

use super::Dialog;
use crate::tui::effect::Effect;
use crate::tui::keymap::Key;
use crate::tui::state::State;
use crate::tui::theme::Theme;
use crate::tui::width::{Gauge, Width};

/// Said of a paste: there is no field here.
pub const NO_FIELD: &str = "体检中没有可粘贴的地方，粘贴的内容未采用";

/// A page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Page {
    /// Whether a line of official Chinese is as wide as it is thought to be.
    Ruler,
    /// What was found out about the terminal.
    Found,
    /// Which keys arrive.
    Keys,
    /// Whether the colors can be read.
    Colors,
    /// What works while an input method is on.
    InputMethod,
    /// The keys of one's role.
    Card,
}

impl Page {
    const ALL: [Page; 6] = [Page::Ruler, Page::Found, Page::Keys, Page::Colors, Page::InputMethod, Page::Card];

    /// Tells where it stands among all, from 0.
    fn at(self) -> usize {
        Page::ALL.iter().position(|page| *page == self).unwrap_or_default()
    }

    fn further(self, by: isize) -> Option<Page> {
        Page::ALL.get(self.at().checked_add_signed(by)?).copied()
    }
}

/// A key that is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trial {
    /// Stands for the function keys.
    F8,
    /// Some clients send Ctrl-h for it.
    Backspace,
    /// Stands for the arrows.
    Up,
}

impl Trial {
    const ALL: [Trial; 3] = [Trial::F8, Trial::Backspace, Trial::Up];

    const fn name(self) -> &'static str {
        match self {
            Trial::F8 => "F8",
            Trial::Backspace => "退格",
            Trial::Up => "方向键上",
        }
    }

    /// Tells whether this is what arrives for it.
    fn is(self, key: Key) -> bool {
        match self {
            Trial::F8 => key == Key { code: KeyCode::F(8), ctrl: false },
            Trial::Up => key == Key { code: KeyCode::Up, ctrl: false },
            Trial::Backspace => key == Key { code: KeyCode::Backspace, ctrl: false } || is_ctrl_h(key),
        }
    }
}

fn is_ctrl_h(key: Key) -> bool {
    key == Key { code: KeyCode::Char('h'), ctrl: true }
}

/// The check-up.
#[derive(Debug)]
pub struct CheckUp {
    page: Page,
    /// Whether the line of the ruler was garbage.
    garbled: bool,
    /// How many of the keys arrived so far.
    arrived: usize,
    /// What the last key on this page came to.
    note: String,
}

/// Opens it at its first page.
pub fn open(state: &mut State) {
    let first = CheckUp { page: Page::Ruler, garbled: false, arrived: 0, note: String::new() };
    state.dialog = Some(Dialog::CheckUp(Box::new(first)));
}

/// Takes a key, whatever it is: what arrives is what is asked.
pub fn take_key(state: &mut State, event: KeyEvent) -> Vec<Effect> {
    let Some(key) = Key::of(event) else { return Vec::new() };
    let Some(Dialog::CheckUp(checkup)) = &mut state.dialog else { return Vec::new() };
    match key.code {
        KeyCode::Esc | KeyCode::F(10) => leave(state),
        KeyCode::Enter | KeyCode::Tab | KeyCode::Right | KeyCode::PageDown => turn(state, 1),
        KeyCode::BackTab | KeyCode::Left | KeyCode::PageUp => turn(state, -1),
        _ => match checkup.page {
            Page::Ruler => return rule(state, key.digit()),
            Page::Colors => color(state, key.digit()),
            Page::Keys => checkup.try_key(key),
            Page::InputMethod => checkup.note = pages::typed(key),
            Page::Found | Page::Card => {}
        },
    }
    Vec::new()
}

/// Goes to another page; behind the last one the work begins.
fn turn(state: &mut State, by: isize) {
    let Some(Dialog::CheckUp(checkup)) = &mut state.dialog else { return };
    checkup.note.clear();
    // The advice on garbage is a page of its own.
    if std::mem::take(&mut checkup.garbled) && by < 0 {
        return;
    }
    match checkup.page.further(by) {
        Some(page) => checkup.page = page,
        None if by > 0 => leave(state),
        None => {}
    }
}

fn leave(state: &mut State) {
    state.dialog = None;
    let key = pages::without_letters(crate::tui::keymap::Op::Palette);
    state.mention(format!("体检结束；再做一次：按 {key}，输入 体检"));
}

/// Takes what the person says of the ruler.
fn rule(state: &mut State, digit: Option<u8>) -> Vec<Effect> {
    let Some(Dialog::CheckUp(checkup)) = &mut state.dialog else { return Vec::new() };
    match digit {
        Some(1) if checkup.garbled => checkup.garbled = false,
        Some(1) => turn(state, 1),
        Some(2) => checkup.garbled = true,
        Some(3) if !checkup.garbled => {
            let wide = !state.width.ambiguous_wide;
            state.width = Width { ambiguous_wide: wide };
            state.gauge = Gauge::Chosen(wide);
            checkup.note = pages::switched(wide);
            // What stands on the screen was laid out for the other width.
            return vec![Effect::Repaint];
        }
        _ => {}
    }
    Vec::new()
}

/// Takes what the person says of the colors.
fn color(state: &mut State, digit: Option<u8>) {
    match digit {
        Some(1) => turn(state, 1),
        Some(2) if state.theme.has_color() => {
            state.theme = Theme::Mono;
            if let Some(Dialog::CheckUp(checkup)) = &mut state.dialog {
                checkup.note = pages::COLORLESS.to_owned();
            }
        }
        _ => {}
    }
}

impl CheckUp {
    fn try_key(&mut self, key: Key) {
        let Some(wanted) = Trial::ALL.get(self.arrived) else { return };
        if wanted.is(key) {
            self.arrived += 1;
            self.note = if is_ctrl_h(key) { pages::CTRL_H.to_owned() } else { String::new() };
        } else {
            self.note = pages::other_key(wanted.name(), key);
        }
    }
}
