//! An account out of those that fit, found by its name, pinyin or code and chosen by its digit; an expert, a fix of a
//! list likewise.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::field::{Offer, Took, edited};
use crate::domain::search::fold::half_width;
use crate::domain::search::terms::Terms;
use crate::domain::workflow::action::Kind;
use crate::domain::workflow::input::LONGEST_LINE;
use crate::tui::editor::{Editor, Limits};
use crate::tui::width::Width;

/// One for each digit but 0.
const MOST_SHOWN: usize = 9;

#[derive(Debug, Clone)]
struct Person {
    code: String,
    name: String,
    terms: Terms,
}

/// The accounts on offer, what was typed to find one, and the one chosen.
#[derive(Debug, Clone)]
pub(super) struct Picker {
    people: Vec<Person>,
    filter: Editor,
    chosen: Option<usize>,
    /// Whether what is offered has numbers of its own, by which people speak of it: a digit means that number and not a
    /// place on the list, from which closed ones are gone.
    numbered: bool,
}

impl Picker {
    /// Tells whether a field of the kind offers what is known.
    pub const fn serves(kind: Kind) -> bool {
        matches!(kind, Kind::Account(_) | Kind::Expert | Kind::Fix)
    }

    /// Offers accounts given as code and name; a given text that is none of them stays to be searched for.
    pub fn boxed(kind: Kind, accounts: &[(String, String)], given: &str, width: Width) -> Box<Picker> {
        let person = |(code, name): &(String, String)| Person {
            code: code.clone(),
            name: name.clone(),
            terms: Terms::of([name.as_str(), code.as_str()]),
        };
        let chosen = accounts.iter().position(|(code, _)| code == given.trim());
        let filter = Editor::new(if chosen.is_some() { "" } else { given }, Limits::line(LONGEST_LINE));
        let (people, filter) = (accounts.iter().map(person).collect(), filter.with_width(width));
        Box::new(Picker { people, filter, chosen, numbered: kind == Kind::Fix })
    }

    /// Measures as the terminal in use does.
    pub fn set_width(&mut self, width: Width) {
        self.filter = self.filter.clone().with_width(width);
    }

    /// Tells the code chosen, or else what was typed.
    pub fn value(&self) -> String {
        match self.chosen() {
            Some(person) => person.code.clone(),
            None => self.filter.text().trim().to_owned(),
        }
    }

    /// Tells whether an account is chosen.
    pub fn has_chosen(&self) -> bool {
        self.chosen.is_some()
    }

    fn chosen(&self) -> Option<&Person> {
        self.chosen.and_then(|chosen| self.people.get(chosen))
    }

    /// Tells the person chosen as shown, if one is.
    pub fn chosen_name(&self) -> Option<String> {
        self.chosen().map(|person| match self.numbered {
            true => format!("{} {}", person.code, person.name),
            false => format!("{} ({})", person.name, person.code),
        })
    }

    /// Tells whether there is nobody to choose.
    pub fn is_empty(&self) -> bool {
        self.people.is_empty()
    }

    /// Lends the line in which one types to find somebody.
    pub fn filter(&self) -> &Editor {
        &self.filter
    }

    fn found(&self) -> Vec<usize> {
        let typed = self.filter.text();
        let fits = |person: &Person| typed.split_whitespace().all(|word| person.terms.are_found_by(word));
        (0..self.people.len()).filter(|index| self.people.get(*index).is_some_and(fits)).collect()
    }

    /// Takes a key: a digit chooses, other characters search, the arrows go along, 0 takes back.
    pub fn handle(&mut self, key: KeyEvent) -> Took {
        let command = key.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT);
        let digit = match key.code {
            KeyCode::Char(c) if !command => half_width(c).to_digit(10),
            _ => None,
        };
        match (key.code, digit) {
            (_, Some(0)) => self.choose(None),
            (_, Some(digit)) if self.numbered => {
                let numbered = |person: &Person| person.code == digit.to_string();
                match self.people.iter().position(numbered) {
                    Some(found) => self.choose(Some(found)),
                    None => Took::Note(format!("第 {digit} 项不在未销号的事项中")),
                }
            }
            (_, Some(digit)) => match self.found().get(digit as usize - 1).filter(|_| digit as usize <= MOST_SHOWN) {
                Some(found) => self.choose(Some(*found)),
                None => Took::Note(format!("没有第 {digit} 个账号")),
            },
            (KeyCode::Right | KeyCode::Left, _) => self.go_along(key.code == KeyCode::Right),
            (KeyCode::Backspace | KeyCode::Delete, _) if self.chosen.is_some() => self.choose(None),
            (KeyCode::Up | KeyCode::Down, _) => Took::Nothing,
            _ => {
                let took = edited(self.filter.handle(key));
                if took == Took::Changed {
                    self.chosen = None;
                }
                took
            }
        }
    }

    /// Searches for a pasted text.
    pub fn paste(&mut self, text: &str) -> Took {
        self.chosen = None;
        self.filter.paste(text).message().map_or(Took::Changed, Took::Note)
    }

    fn go_along(&mut self, forward: bool) -> Took {
        let shown: Vec<usize> = self.found().into_iter().take(MOST_SHOWN).collect();
        let at = self.chosen.and_then(|chosen| shown.iter().position(|index| *index == chosen));
        let next = match (at, forward) {
            (Some(at), true) => shown.get(at + 1).or(shown.last()),
            (Some(at), false) => shown.get(at.saturating_sub(1)),
            (None, true) => shown.first(),
            (None, false) => shown.last(),
        };
        match next {
            Some(next) => self.choose(Some(*next)),
            None => Took::Moved,
        }
    }

    fn choose(&mut self, chosen: Option<usize>) -> Took {
        if chosen.is_none() {
            self.filter.set_text("");
        }
        self.chosen = chosen;
        Took::Changed
    }

    /// Chooses the one person found, if what was typed finds only one.
    pub fn leave(&mut self) {
        let typed = self.filter.text();
        if self.chosen.is_none() && !typed.trim().is_empty() {
            let same_code = |index: &&usize| self.people.get(**index).is_some_and(|p| p.code == typed.trim());
            self.chosen = match self.found().as_slice() {
                [one] => Some(*one),
                several => several.iter().find(same_code).copied(),
            };
        }
        if self.chosen.is_some() {
            self.filter.set_text("");
        }
    }

    /// Lists the accounts as they are printed, and tells how many more there are.
    pub fn offers(&self) -> (Vec<Offer>, usize) {
        let found = self.found();
        let offer = |(position, index): (usize, &usize)| {
            let person = self.people.get(*index)?;
            let (digit, text) = match person.code.parse().ok().filter(|_| self.numbered) {
                Some(number) => (number, person.name.clone()),
                None => (position + 1, format!("{} {}", person.name, person.code)),
            };
            Some(Offer { digit, text, chosen: self.chosen == Some(*index) })
        };
        let offers = found.iter().take(MOST_SHOWN).enumerate().filter_map(offer).collect();
        (offers, found.len().saturating_sub(MOST_SHOWN))
    }
}
