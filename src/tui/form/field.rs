//! One field of a form: what it holds, the keys it takes, what is wrong with it.

use chrono::{Days, NaiveDate};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::aid::Aid;
use super::choice::Choice;
use super::dates::{self, Reading};
use super::picker::Picker;
use super::words::is_long;
use crate::domain::calendar::Moment;
use crate::domain::search::fold::half_width;
use crate::domain::workflow::action::{InputSpec, Key, Kind, Need};
use crate::domain::workflow::input::{FieldProblem, LONGEST_LINE, LONGEST_TEXT, read_value};
use crate::tui::editor::{Editor, Handled, Limits};
use crate::tui::width::Width;
use crate::wording::labels;

/// What a field is: its name in the answer, its label, what it takes and when it must be given.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spec {
    pub name: &'static str,
    pub label: &'static str,
    pub kind: Kind,
    pub need: Need,
    /// How it is read beyond its kind.
    pub aid: Option<Aid>,
}

impl From<InputSpec> for Spec {
    fn from(spec: InputSpec) -> Spec {
        Spec { name: spec.key.code(), label: labels::key(spec.key), kind: spec.kind, need: spec.need, aid: None }
    }
}

impl Spec {
    /// Tells whether the field belongs to a transcription alone, which most people never make.
    pub fn is_of_transcription(&self) -> bool {
        self.name == Key::OnBehalfOf.code() || matches!(self.need, Need::When(Key::OnBehalfOf, _))
    }

    /// Tells whether what is typed is folded to ASCII: here nothing else can be meant.
    fn folds(&self) -> bool {
        matches!(
            self.kind,
            Kind::Money | Kind::MoneyOrZero | Kind::Date | Kind::Moment | Kind::Count(..) | Kind::Digest
        )
    }
}

/// An option of a field that offers some.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Offer {
    pub digit: usize,
    pub text: String,
    pub chosen: bool,
}

/// What a key did to a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Took {
    /// The value changed.
    Changed,
    /// The key was used up, the value is the same.
    Moved,
    /// Nothing was done, for this reason.
    Note(String),
    /// The key means nothing to this field.
    Nothing,
}

/// Translates what the editor did.
pub(super) fn edited(handled: Handled) -> Took {
    match (handled.message(), handled) {
        (Some(message), _) => Took::Note(message),
        (None, Handled::Changed) => Took::Changed,
        (None, Handled::Moved | Handled::Full(_)) => Took::Moved,
        (None, Handled::Ignored) => Took::Nothing,
    }
}

/// How a field is edited.
#[derive(Debug, Clone)]
pub(super) enum Entry {
    Text(Box<Editor>),
    Choice(Choice),
    Account(Box<Picker>),
}

/// A field.
#[derive(Debug, Clone)]
pub(super) struct Field {
    pub spec: Spec,
    pub entry: Entry,
    /// What it held when the form was opened.
    initial: String,
    /// Whether anything was done to it, so that speaking of problems is no nagging.
    touched: bool,
    /// Whether it was left since, so that what looks unfinished is wrong.
    left: bool,
    /// What the rules said about this value when it was handed in.
    told: Option<FieldProblem>,
    /// What the form says about this value beside the others.
    said: Option<String>,
    /// What `+` writes into an empty date, where the form has dates.
    now: Option<Moment>,
    width: Width,
}

impl Field {
    /// Opens a field holding a text.
    pub fn new(spec: Spec, given: &str, accounts: &[(String, String)], now: Option<Moment>, width: Width) -> Field {
        let entry = match spec.kind {
            Kind::Choice(codes) => Entry::Choice(Choice::new(codes, given)),
            Kind::Choices(codes) => Entry::Choice(Choice::several(codes, given)),
            Kind::Flag => Entry::Choice(Choice::new(&["true", "false"], given)),
            kind if Picker::serves(kind) => Entry::Account(Picker::boxed(kind, accounts, given, width)),
            kind => {
                let limits = if is_long(kind) { Limits::text(LONGEST_TEXT) } else { Limits::line(LONGEST_LINE) };
                Entry::Text(Box::new(Editor::new(&as_typed(kind, given), limits).with_width(width)))
            }
        };
        let mut field = Field {
            spec,
            entry,
            initial: String::new(),
            touched: false,
            left: false,
            told: None,
            said: None,
            now,
            width,
        };
        field.initial = field.value();
        field
    }

    /// Measures as the terminal in use does.
    pub fn set_width(&mut self, width: Width) {
        self.width = width;
        match &mut self.entry {
            Entry::Text(editor) => **editor = editor.as_ref().clone().with_width(width),
            Entry::Account(picker) => picker.set_width(width),
            Entry::Choice(_) => {}
        }
    }

    /// Puts a draft in place of what it holds; what it held at first still counts as unchanged.
    pub fn restore(&mut self, given: &str, accounts: &[(String, String)]) {
        let fresh = Field::new(self.spec, given, accounts, self.now, self.width);
        self.entry = fresh.entry;
        self.touched = self.is_changed();
        self.told = None;
        self.said = None;
    }

    /// Tells what it holds, in the form the rules read; a text that does not read stays as typed.
    pub fn value(&self) -> String {
        match &self.entry {
            Entry::Choice(choice) => choice.value(),
            Entry::Account(picker) => picker.value(),
            Entry::Text(editor) if is_long(self.spec.kind) => editor.text(),
            Entry::Text(editor) => {
                let text = editor.text().trim().to_owned();
                match self.spec.kind {
                    Kind::Date => match dates::date(&text) {
                        Reading::Whole(day) => day.to_string(),
                        Reading::Unfinished | Reading::Wrong => text,
                    },
                    Kind::Moment => match dates::moment(&text) {
                        Reading::Whole(moment) => moment.to_rfc3339(),
                        Reading::Unfinished | Reading::Wrong => text,
                    },
                    _ => text,
                }
            }
        }
    }

    /// Tells whether it holds something else than at first.
    pub fn is_changed(&self) -> bool {
        self.value() != self.initial
    }

    /// Tells whether Enter belongs to the text.
    pub fn takes_enter(&self) -> bool {
        is_long(self.spec.kind)
    }

    /// Takes a key that does not move between fields.
    pub fn handle(&mut self, key: KeyEvent) -> Took {
        let key = if self.spec.folds() { folded(key) } else { key };
        if let Some(took) = self.step_day(key) {
            return self.note_change(took);
        }
        let took = match &mut self.entry {
            Entry::Choice(choice) => choice.handle(key),
            Entry::Account(picker) => picker.handle(key),
            Entry::Text(editor) => {
                let before = editor.caret_offset();
                let took = edited(editor.handle(key));
                // At its first or last row the key leads out of the field.
                let stuck = matches!(key.code, KeyCode::Up | KeyCode::Down) && before == editor.caret_offset();
                if stuck { Took::Nothing } else { took }
            }
        };
        self.note_change(took)
    }

    fn note_change(&mut self, took: Took) -> Took {
        if took == Took::Changed {
            self.touch();
        }
        took
    }

    /// Steps a day with `+` and `-`, from today where nothing is typed yet.
    ///
    /// `-` also stands between year, month and day, so it steps only where the day is complete.
    fn step_day(&mut self, key: KeyEvent) -> Option<Took> {
        let Entry::Text(editor) = &mut self.entry else { return None };
        let forward = match key.code {
            KeyCode::Char('+') => true,
            KeyCode::Char('-') => false,
            _ => return None,
        };
        let text = editor.text();
        let stepped = match (self.spec.kind, text.trim().is_empty()) {
            (Kind::Date, true) => self.now.map(|now| now.date_naive().to_string()),
            (Kind::Date, false) => match dates::date(&text) {
                Reading::Whole(day) => Some(next_day(day, forward).to_string()),
                Reading::Unfinished | Reading::Wrong => None,
            },
            (Kind::Moment, true) => self.now.map(|now| dates::shown(to_the_minute(now))),
            _ => None,
        };
        let text = stepped?;
        editor.set_text(&text);
        Some(Took::Changed)
    }

    /// Takes a pasted text.
    pub fn paste(&mut self, text: &str) -> Took {
        let folds = self.spec.folds();
        let before = self.value();
        let took = match &mut self.entry {
            Entry::Choice(choice) => choice.paste(text),
            Entry::Account(picker) => picker.paste(text),
            Entry::Text(editor) => {
                let folded = if folds { text.trim().chars().map(half_width).collect() } else { text.to_owned() };
                let folded = match self.spec.kind {
                    // The unit the form already shows; any other would change the amount and stays to be seen.
                    Kind::Money | Kind::MoneyOrZero => folded.trim_end_matches("万元").to_owned(),
                    Kind::Digest => folded.split_whitespace().collect(),
                    _ => folded,
                };
                editor.paste(&folded).message().map_or(Took::Changed, Took::Note)
            }
        };
        if self.value() != before {
            self.touch();
        }
        took
    }

    fn touch(&mut self) {
        self.touched = true;
        self.told = None;
        self.said = None;
    }

    /// Is left: what was typed takes its regular form.
    pub fn leave(&mut self) {
        self.touched = true;
        self.left = true;
        match (&mut self.entry, self.spec.kind) {
            (Entry::Account(picker), _) => picker.leave(),
            (Entry::Text(editor), Kind::Date | Kind::Moment) => {
                let text = editor.text();
                let regular = as_typed(self.spec.kind, &text);
                if regular != text {
                    editor.set_text(&regular);
                }
            }
            _ => {}
        }
    }

    /// Keeps what the rules said about its value until it changes.
    pub fn tell(&mut self, problem: FieldProblem) {
        self.told = Some(problem);
        self.touched = true;
    }

    /// Keeps what the form says about its value until it changes; nothing takes it back.
    pub fn say(&mut self, words: Option<String>) {
        self.said = words;
    }

    /// Says what is wrong with a value that is read in its own way. What nobody changed is not found fault with.
    pub fn flaw(&self) -> Option<String> {
        let (value, aid) = (self.value(), self.spec.aid?);
        let is_new = !value.trim().is_empty() && value != self.initial;
        is_new.then(|| (aid.flaw)(&value, &self.initial)).flatten()
    }

    /// Says what the form has to say about its value, given whether it is being typed in for the first time.
    pub fn saying(&self, typing: bool) -> Option<String> {
        let flaw = || self.flaw().filter(|_| self.touched && (!typing || self.left));
        self.said.clone().or_else(flaw)
    }

    /// Says what it expects in its own words.
    pub fn hint(&self) -> Option<String> {
        self.spec.aid.map(|aid| (aid.hint)(&self.value(), &self.initial))
    }

    /// Forgets being told that it lacks a value, because another field changed on which that may rest.
    pub fn forget_lack(&mut self) {
        if matches!(self.told, Some(FieldProblem::Missing | FieldProblem::MissingBecause(_))) {
            self.told = None;
        }
    }

    /// Tells what is wrong with its value; nothing is wrong with a blank one.
    pub fn problem(&self) -> Option<FieldProblem> {
        if let Entry::Account(picker) = &self.entry
            && !picker.has_chosen()
            && !picker.value().is_empty()
        {
            return Some(FieldProblem::Account);
        }
        read_value(self.spec.kind, &self.value()).err()
    }

    /// Tells the problem to show, given what is wrong when it is blank and whether it is being typed in.
    pub fn problem_shown(&self, lack: Option<FieldProblem>, typing: bool) -> Option<FieldProblem> {
        if self.told.is_some() {
            return self.told.clone();
        }
        let value = self.value();
        if value.trim().is_empty() {
            return lack.filter(|_| self.left);
        }
        let patient = typing && !self.left && self.is_unfinished();
        self.problem().filter(|_| self.touched && !patient)
    }

    /// Tells whether typing on may still make it right.
    fn is_unfinished(&self) -> bool {
        let Entry::Text(editor) = &self.entry else { return true };
        let text = editor.text();
        let digits = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
        match self.spec.kind {
            Kind::Money | Kind::MoneyOrZero => {
                text.strip_suffix('.').is_some_and(digits) || text.chars().all(|c| matches!(c, '0' | '.'))
            }
            Kind::Date => dates::date(&text) == Reading::Unfinished,
            Kind::Moment => dates::moment(&text) == Reading::Unfinished,
            Kind::Digest => text.chars().count() < 64 && text.chars().all(|c| c.is_ascii_hexdigit()),
            _ => false,
        }
    }
}

/// Writes a value the way a person types it.
fn as_typed(kind: Kind, text: &str) -> String {
    match kind {
        Kind::Date => match dates::date(text) {
            Reading::Whole(day) => day.to_string(),
            Reading::Unfinished | Reading::Wrong => text.to_owned(),
        },
        Kind::Moment => match dates::moment(text) {
            Reading::Whole(moment) => dates::shown(moment),
            Reading::Unfinished | Reading::Wrong => text.to_owned(),
        },
        _ => text.to_owned(),
    }
}

fn folded(key: KeyEvent) -> KeyEvent {
    match key.code {
        KeyCode::Char(c) if !key.modifiers.contains(KeyModifiers::CONTROL) => {
            KeyEvent { code: KeyCode::Char(half_width(c)), ..key }
        }
        _ => key,
    }
}

fn next_day(day: NaiveDate, forward: bool) -> NaiveDate {
    let one = Days::new(1);
    let next = if forward { day.checked_add_days(one) } else { day.checked_sub_days(one) };
    next.unwrap_or(day)
}

/// Nobody stamps a paper to the second.
fn to_the_minute(moment: Moment) -> Moment {
    use chrono::Timelike;
    moment.with_nanosecond(0).and_then(|moment| moment.with_second(0)).unwrap_or(moment)
}
