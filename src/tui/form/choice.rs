//! One or several of a few codes, chosen by their digits.

use std::collections::BTreeSet;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::field::{Offer, Took};
use super::words;
use crate::domain::search::fold::half_width;

/// The codes on offer and those chosen.
#[derive(Debug, Clone)]
pub(super) struct Choice {
    codes: &'static [&'static str],
    chosen: BTreeSet<usize>,
    several: bool,
}

impl Choice {
    /// Offers codes of which one is chosen; a given text that is none of them chooses nothing.
    pub fn new(codes: &'static [&'static str], given: &str) -> Choice {
        Choice {
            codes,
            chosen: codes.iter().position(|code| *code == given.trim()).into_iter().collect(),
            several: false,
        }
    }

    /// Offers codes of which any may be chosen; given ones are separated by commas or blanks.
    pub fn several(codes: &'static [&'static str], given: &str) -> Choice {
        let given: Vec<&str> = given.split([',', ' ', '\n']).collect();
        let chosen = (0..codes.len()).filter(|index| codes.get(*index).is_some_and(|code| given.contains(code)));
        Choice { codes, chosen: chosen.collect(), several: true }
    }

    /// Tells what is chosen, as the rules read it, or nothing.
    pub fn value(&self) -> String {
        let chosen: Vec<&str> = self.chosen.iter().filter_map(|index| self.codes.get(*index).copied()).collect();
        chosen.join(",")
    }

    /// Tells the first code chosen, by which other fields are asked for.
    pub fn code(&self) -> Option<&'static str> {
        self.chosen.first().and_then(|index| self.codes.get(*index)).copied()
    }

    /// Takes a key: a digit chooses, the arrows go along, 0 and Backspace take back. Where several may be chosen, a
    /// digit also takes back and the arrows mean nothing.
    pub fn handle(&mut self, key: KeyEvent) -> Took {
        let last = self.codes.len().saturating_sub(1);
        let first = self.chosen.first().copied();
        let chosen = match key.code {
            KeyCode::Char(_) if key.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT) => {
                return Took::Nothing;
            }
            KeyCode::Char(c) => match half_width(c).to_digit(10).map(|digit| digit as usize) {
                Some(0) => None,
                Some(digit) if digit <= self.codes.len() && self.several => return self.toggle(digit - 1),
                Some(digit) if digit <= self.codes.len() => Some(digit - 1),
                _ => return Took::Note("此项按数字选择".to_owned()),
            },
            KeyCode::Right | KeyCode::Left if self.several => return Took::Note("此项按数字选择".to_owned()),
            KeyCode::Right => Some(first.map_or(0, |chosen| (chosen + 1).min(last))),
            KeyCode::Left => Some(first.map_or(last, |chosen| chosen.saturating_sub(1))),
            KeyCode::Backspace | KeyCode::Delete => None,
            _ => return Took::Nothing,
        };
        self.choose(chosen)
    }

    fn toggle(&mut self, index: usize) -> Took {
        if !self.chosen.remove(&index) {
            self.chosen.insert(index);
        }
        Took::Changed
    }

    /// Takes a pasted code, label or digit; any other text is refused with a word about it.
    pub fn paste(&mut self, text: &str) -> Took {
        let text = text.trim();
        let named = |code: &&'static str| *code == text || words::choice(code) == text;
        match self.codes.iter().position(named) {
            Some(found) if self.several => self.toggle(found),
            Some(found) => self.choose(Some(found)),
            None => Took::Note("此项按数字选择，未粘贴".to_owned()),
        }
    }

    fn choose(&mut self, chosen: Option<usize>) -> Took {
        let chosen = chosen.into_iter().collect();
        let before = std::mem::replace(&mut self.chosen, chosen);
        if before == self.chosen { Took::Moved } else { Took::Changed }
    }

    /// Lists the options as they are printed.
    pub fn offers(&self) -> Vec<Offer> {
        let offer = |(index, code): (usize, &&str)| Offer {
            digit: index + 1,
            text: words::choice(code).to_owned(),
            chosen: self.chosen.contains(&index),
        };
        self.codes.iter().enumerate().map(offer).collect()
    }
}
