//! One of a few codes, chosen by its digit.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::field::{Offer, Took};
use super::words;
use crate::domain::search::fold::half_width;

/// The codes on offer and the one chosen.
#[derive(Debug, Clone)]
pub(super) struct Choice {
    codes: &'static [&'static str],
    chosen: Option<usize>,
}

impl Choice {
    /// Offers codes; a given text that is none of them chooses nothing.
    pub fn new(codes: &'static [&'static str], given: &str) -> Choice {
        Choice { codes, chosen: codes.iter().position(|code| *code == given.trim()) }
    }

    /// Tells the code chosen, or nothing.
    pub fn value(&self) -> &'static str {
        self.chosen.and_then(|chosen| self.codes.get(chosen)).copied().unwrap_or_default()
    }

    /// Takes a key: a digit chooses, the arrows go along, 0 and Backspace take back.
    pub fn handle(&mut self, key: KeyEvent) -> Took {
        let last = self.codes.len().saturating_sub(1);
        let chosen = match key.code {
            KeyCode::Char(_) if key.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT) => {
                return Took::Nothing;
            }
            KeyCode::Char(c) => match half_width(c).to_digit(10).map(|digit| digit as usize) {
                Some(0) => None,
                Some(digit) if digit <= self.codes.len() => Some(digit - 1),
                _ => return Took::Note("此项按数字选择".to_owned()),
            },
            KeyCode::Right => Some(self.chosen.map_or(0, |chosen| (chosen + 1).min(last))),
            KeyCode::Left => Some(self.chosen.map_or(last, |chosen| chosen.saturating_sub(1))),
            KeyCode::Backspace | KeyCode::Delete => None,
            _ => return Took::Nothing,
        };
        self.choose(chosen)
    }

    /// Takes a pasted code, label or digit; any other text is refused with a word about it.
    pub fn paste(&mut self, text: &str) -> Took {
        let text = text.trim();
        let named = |code: &&'static str| *code == text || words::choice(code) == text;
        match self.codes.iter().position(named) {
            Some(found) => self.choose(Some(found)),
            None => Took::Note("此项按数字选择，未粘贴".to_owned()),
        }
    }

    fn choose(&mut self, chosen: Option<usize>) -> Took {
        let before = std::mem::replace(&mut self.chosen, chosen);
        if before == chosen { Took::Moved } else { Took::Changed }
    }

    /// Lists the options as they are printed.
    pub fn offers(&self) -> Vec<Offer> {
        let offer = |(index, code): (usize, &&str)| Offer {
            digit: index + 1,
            text: words::choice(code).to_owned(),
            chosen: self.chosen == Some(index),
        };
        self.codes.iter().enumerate().map(offer).collect()
    }
}
