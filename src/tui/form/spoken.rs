//! What a form says of the field that has the focus, in words: for linear mode, where nobody sees the others.

use super::field::{Entry, Field};
use super::sheet::Sheet;
use super::words::{self, is_long};
use super::{ActionForm, DeclarationForm, RemarkForm};
use crate::domain::workflow::action::Kind;

/// How a field takes what is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// One line of text.
    Line,
    /// Several.
    Text,
    /// The digit of one option.
    Choice,
    /// The digits of any options.
    Choices,
    /// The digit of somebody offered, or the beginning of a name.
    Person,
}

/// The field that has the focus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoken {
    /// What the form is about.
    pub title: String,
    /// What must be known first.
    pub heading: Vec<String>,
    /// The field's name in the answer.
    pub name: &'static str,
    /// Its label.
    pub label: &'static str,
    /// Whether it must be filled in.
    pub required: bool,
    /// How it takes what is typed.
    pub takes: Takes,
    /// What it holds, as people read it.
    pub value: String,
    /// Its options: digit, name, whether it is chosen.
    pub offers: Vec<(usize, String, bool)>,
    /// What it expects.
    pub hint: Option<String>,
    /// What the last key could not do.
    pub note: Option<String>,
    /// What is wrong with it.
    pub problem: Option<String>,
    /// Which field of how many it is, from 1.
    pub place: (usize, usize),
}

impl Sheet {
    fn spoken(&self) -> Option<Spoken> {
        let field = self.fields.get(self.focus())?;
        let required = self.lack(field).is_some();
        let (value, offers) = contents(field);
        let wrong = || field.problem_shown(self.lack(field), true).map(|found| words::wrong(self, field, &found));
        Some(Spoken {
            title: self.title.clone(),
            heading: self.heading.clone(),
            name: field.spec.name,
            label: field.spec.label,
            required,
            takes: takes(field),
            value,
            offers,
            hint: words::hint(field, required),
            note: self.note.clone(),
            problem: wrong().or_else(|| field.saying(true)),
            place: (self.focus() + 1, self.visible()),
        })
    }
}

fn takes(field: &Field) -> Takes {
    match (&field.entry, field.spec.kind) {
        (Entry::Choice(_), Kind::Choices(_)) => Takes::Choices,
        (Entry::Choice(_), _) => Takes::Choice,
        (Entry::Account(_), _) => Takes::Person,
        (Entry::Text(_), kind) if is_long(kind) => Takes::Text,
        (Entry::Text(_), _) => Takes::Line,
    }
}

fn contents(field: &Field) -> (String, Vec<(usize, String, bool)>) {
    match &field.entry {
        Entry::Text(editor) => (editor.text(), Vec::new()),
        Entry::Choice(choice) => {
            let offers = choice.offers();
            let chosen: Vec<&str> = offers.iter().filter(|it| it.chosen).map(|it| it.text.as_str()).collect();
            (chosen.join("、"), offers.iter().map(|it| (it.digit, it.text.clone(), it.chosen)).collect())
        }
        Entry::Account(picker) => {
            let value = picker.chosen_name().unwrap_or_else(|| picker.value());
            (value, picker.offers().0.into_iter().map(|it| (it.digit, it.text, it.chosen)).collect())
        }
    }
}

impl ActionForm {
    /// Tells the field that has the focus; none where nothing is asked.
    pub fn spoken(&self) -> Option<Spoken> {
        self.sheet.spoken()
    }

    /// Tells whether a character would become text.
    pub fn inserts(&self, c: char) -> bool {
        self.sheet.inserts(c)
    }
}

impl RemarkForm {
    /// Tells the field that has the focus.
    pub fn spoken(&self) -> Option<Spoken> {
        self.sheet.spoken()
    }

    /// Tells whether a character would become text.
    pub fn inserts(&self, c: char) -> bool {
        self.sheet.inserts(c)
    }
}

impl DeclarationForm {
    /// Tells the field that has the focus.
    pub fn spoken(&self) -> Option<Spoken> {
        self.sheet.spoken()
    }

    /// Tells whether a character would become text.
    pub fn inserts(&self, c: char) -> bool {
        self.sheet.inserts(c)
    }
}
