//! Index terms: what is stored of a name so that any part of it, its initials and its pinyin find it.
//!
//! The terms are made for an FTS5 table of three columns,
//! `fts5(han, py, spelling, content='', contentless_delete=1, tokenize='ascii')`. The tokenizer is `ascii`, not
//! `unicode61`: it takes every character beyond ASCII as part of a token, while `unicode61` knows only the
//! characters of Unicode 6.1 and would silently cut names at rarer ones (𬭎, 𫟹), and it strips diacritics that
//! we keep. Case and width are folded here already.
//!
//! Only letters and digits count; blanks and punctuation are left out on both sides, so that `2027-0012` is
//! found by `20270012` and 智慧校园（二期） by 校园二期.
//!
//! * `han` holds each pair of neighboring characters and the last character alone. A word is found as a phrase
//!   of its pairs; a single character as the beginning of a pair. The lone last character also keeps a phrase
//!   from running over into the next text.
//! * `py` holds the initials of the pinyin in the same way, `spelling` the syllables one by one. Where
//!   characters have two readings, up to eight readings of the whole text follow each other, the likely one first, chosen so
//!   that any three such characters in a row occur in every combination.

use super::fold::fold;
use super::readings::{Reading, begins_syllable, is_syllable, readings};

/// How many characters of a word are looked at; no name is longer.
const LONGEST_WORD: usize = 256;
/// How many letters are tried as pinyin.
const LONGEST_PINYIN: usize = 48;
/// How many ways of cutting letters into syllables are tried (`xian` is 先 and 西安).
const MOST_CUTS: usize = 8;
/// How many characters with two readings vary independently; their product is the number of readings stored.
const FREE_READINGS: usize = 3;
/// Ends a run of syllables; never part of a query, which holds syllables only.
const BREAK: &str = "0";

/// The three columns of the index, each a text of tokens separated by blanks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Terms {
    /// Pairs of characters.
    pub han: String,
    /// Pairs of pinyin initials.
    pub py: String,
    /// Syllables of pinyin.
    pub spelling: String,
}

impl Terms {
    /// Makes the terms of the texts under which one thing is to be found, such as name, unit and code.
    pub fn of<'a>(texts: impl IntoIterator<Item = &'a str>) -> Terms {
        let mut terms = Terms::default();
        for text in texts {
            let units = units(text);
            push_pairs(&mut terms.han, &units);
            let readings = readings(&units);
            // A text without Chinese characters is its own pinyin and in `han` already.
            if readings.iter().any(Option::is_some) {
                push_initials(&mut terms.py, &units, &readings);
                push_syllables(&mut terms.spelling, &readings);
            }
        }
        terms
    }

    /// Tells whether a typed word finds these terms, as the database would: the same clauses, held against the
    /// same tokens. A word of punctuation alone asks for nothing and finds everything.
    pub fn are_found_by(&self, word: &str) -> bool {
        let clauses = clauses(word, Scope::Everything);
        clauses.is_empty() || clauses.iter().any(|clause| clause.holds(self))
    }
}

/// Composes the FTS5 query for one typed word: part of the text, initials or whole pinyin.
///
/// The expression is complete in itself and may be joined to others by `AND`, `OR` and `NOT`. It holds letters
/// and digits of the word only, each token within quotation marks, so nothing typed can act as syntax. `None`
/// means that the word has neither letter nor digit: it does not narrow the search.
pub fn match_expression(word: &str) -> Option<String> {
    expression(&clauses(word, Scope::Everything))
}

/// Composes the FTS5 query for a word that is meant literally: part of the text, never pinyin.
pub fn literal_expression(word: &str) -> Option<String> {
    expression(&clauses(word, Scope::TextOnly))
}

#[derive(Clone, Copy, PartialEq)]
enum Scope {
    Everything,
    TextOnly,
}

#[derive(Clone, Copy)]
enum Columns {
    Han,
    HanAndInitials,
    Spelling,
}

impl Columns {
    const fn fts(self) -> &'static str {
        match self {
            Columns::Han => "han",
            Columns::HanAndInitials => "{han py}",
            Columns::Spelling => "spelling",
        }
    }
}

/// A row of tokens that must follow each other; with `open_end` the last one may go on.
struct Clause {
    columns: Columns,
    tokens: Vec<String>,
    open_end: bool,
}

impl Clause {
    fn holds(&self, terms: &Terms) -> bool {
        match self.columns {
            Columns::Han => self.holds_in(&terms.han),
            Columns::HanAndInitials => self.holds_in(&terms.han) || self.holds_in(&terms.py),
            Columns::Spelling => self.holds_in(&terms.spelling),
        }
    }

    fn holds_in(&self, column: &str) -> bool {
        let stored: Vec<&str> = column.split(' ').collect();
        let last = self.tokens.len().saturating_sub(1);
        stored.windows(self.tokens.len().max(1)).any(|window| {
            window.iter().zip(&self.tokens).enumerate().all(|(at, (stored, asked))| {
                if self.open_end && at == last { stored.starts_with(asked.as_str()) } else { stored == asked }
            })
        })
    }
}

fn clauses(word: &str, scope: Scope) -> Vec<Clause> {
    let mut units = units(word);
    units.truncate(LONGEST_WORD);
    let ascii = units.iter().all(char::is_ascii);
    let letters: String = units.iter().collect();
    let tokens: Vec<String> = match units.as_slice() {
        [] => return Vec::new(),
        [one] => vec![one.to_string()],
        more => more.windows(2).map(|pair| pair.iter().collect()).collect(),
    };
    let pinyin = scope == Scope::Everything && ascii && units.iter().any(char::is_ascii_alphabetic);
    let columns = if pinyin { Columns::HanAndInitials } else { Columns::Han };
    let mut clauses = vec![Clause { columns, tokens, open_end: units.len() == 1 }];
    if pinyin && units.len() <= LONGEST_PINYIN && units.iter().all(char::is_ascii_alphabetic) {
        let cuts = syllable_cuts(&letters);
        clauses.extend(cuts.into_iter().map(|tokens| Clause { columns: Columns::Spelling, tokens, open_end: true }));
    }
    clauses
}

fn expression(clauses: &[Clause]) -> Option<String> {
    let written: Vec<String> = clauses
        .iter()
        .map(|clause| {
            let star = if clause.open_end { " *" } else { "" };
            format!("{} : \"{}\"{star}", clause.columns.fts(), clause.tokens.join(" "))
        })
        .collect();
    (!written.is_empty()).then(|| format!("({})", written.join(" OR ")))
}

/// Gives the letters and digits of a text, folded.
fn units(text: &str) -> Vec<char> {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

fn push_token(column: &mut String, token: &str) {
    if !column.is_empty() {
        column.push(' ');
    }
    column.push_str(token);
}

fn push_pairs(column: &mut String, units: &[char]) {
    for pair in units.windows(2) {
        push_token(column, &pair.iter().collect::<String>());
    }
    if let Some(last) = units.last() {
        push_token(column, &last.to_string());
    }
}

fn initial(spelling: &str) -> Option<char> {
    spelling.chars().next()
}

fn push_initials(column: &mut String, units: &[char], readings: &[Option<Reading>]) {
    let choices: Vec<(char, Option<char>)> = units
        .iter()
        .zip(readings)
        .map(|(unit, reading)| match reading {
            Some(reading) => {
                let first = initial(reading.first).unwrap_or(*unit);
                (first, reading.second.and_then(initial).filter(|second| *second != first))
            }
            None => (*unit, None),
        })
        .collect();
    for letters in combinations(&choices) {
        push_pairs(column, &letters);
    }
}

fn push_syllables(column: &mut String, readings: &[Option<Reading>]) {
    let choices: Vec<(&str, Option<&str>)> = readings
        .iter()
        .map(|reading| reading.map_or((BREAK, None), |reading| (reading.first, reading.second)))
        .collect();
    for syllables in combinations(&choices) {
        for syllable in syllables {
            push_token(column, syllable);
        }
        push_token(column, BREAK);
    }
}

/// Gives up to eight readings of a text. Characters with a choice take turns at three switches, so any three of
/// them in a row, hence nearly every query, meet every combination.
fn combinations<T: Copy>(choices: &[(T, Option<T>)]) -> Vec<Vec<T>> {
    let open = choices.iter().filter(|(_, second)| second.is_some()).count();
    (0..1usize << open.min(FREE_READINGS))
        .map(|switches| {
            let mut met = 0;
            choices
                .iter()
                .map(|(first, second)| match second {
                    Some(second) => {
                        let switch = switches >> (met % FREE_READINGS) & 1;
                        met += 1;
                        if switch == 1 { *second } else { *first }
                    }
                    None => *first,
                })
                .collect()
        })
        .collect()
}

/// Cuts letters into syllables in every way, within bounds. The last piece may be the beginning of a syllable,
/// but one whole syllable is asked for: `zh` alone would find every name with a 中, 智 or 政.
fn syllable_cuts(letters: &str) -> Vec<Vec<String>> {
    let letters: Vec<char> = letters.chars().collect();
    let piece = |from: usize, to: usize| -> String { letters.iter().skip(from).take(to - from).collect() };
    // cuts[at]: the ways of cutting what begins at `at`; filled from the end.
    let mut cuts: Vec<Vec<Vec<String>>> = vec![Vec::new(); letters.len() + 1];
    for from in (0..letters.len()).rev() {
        let mut found = Vec::new();
        let longest = letters.len().min(from + 6);
        for to in (from + 1..=longest).rev() {
            let head = piece(from, to);
            if to == letters.len() {
                if is_syllable(&head) || (from > 0 && begins_syllable(&head)) {
                    found.push(vec![head]);
                }
            } else if is_syllable(&head) {
                let tails = cuts.get(to).into_iter().flatten();
                found.extend(tails.map(|tail| std::iter::once(head.clone()).chain(tail.iter().cloned()).collect()));
            }
        }
        found.truncate(MOST_CUTS);
        if let Some(slot) = cuts.get_mut(from) {
            *slot = found;
        }
    }
    cuts.into_iter().next().unwrap_or_default()
}
