//! The form of an action, generated from the description of its input.

use std::collections::BTreeMap;

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::Outcome;
use super::field::Spec;
use super::sheet::{Asked, Sheet};
use crate::domain::calendar::Moment;
use crate::domain::workflow::action::{InputSpec, Key, Kind, Need};
use crate::domain::workflow::input::{InputProblem, Inputs};
use crate::tui::journal::Content;
use crate::tui::width::Width;

/// Said where the person wrote on from an offered text, and what it was made of changed afterwards.
const OFFER_CHANGED: &str = "改稿以后，结果、金额或者记录有变化，请核对文字";

/// What is asked of the person who takes an action.
#[derive(Debug, Clone)]
pub struct ActionForm {
    specs: Vec<InputSpec>,
    pub(super) sheet: Sheet,
    /// The text last offered for a field, as the field holds it.
    offered: Option<(Key, String)>,
}

impl ActionForm {
    /// Opens the form for these fields. `accounts` are those an account field may name, as code and name; `now`
    /// is what `+` writes into an empty date.
    ///
    /// A date that may be left out is today's when the paper is made here, so it is filled in; a date that must
    /// be given stands on somebody else's paper and is left to be read from it.
    pub fn new(
        title: &str,
        fields: Vec<InputSpec>,
        defaults: BTreeMap<Key, String>,
        accounts: Vec<(String, String)>,
        now: Moment,
    ) -> ActionForm {
        let own_paper = |spec: &InputSpec| spec.key == Key::DocDate && spec.need == Need::Optional;
        let today = fields.iter().any(own_paper).then(|| now.date_naive().to_string());
        let given = |spec: &Spec| {
            let default = Key::parse(spec.name).and_then(|key| defaults.get(&key)).cloned();
            let dated = spec.kind == Kind::Date && spec.name == Key::DocDate.code();
            default.or_else(|| today.clone().filter(|_| dated))
        };
        let specs = fields.iter().copied().map(Spec::from).collect();
        let sheet = Sheet::new(title, Vec::new(), specs, given, accounts, Some(now));
        ActionForm { specs: fields, sheet, offered: None }
    }

    /// Says above the fields what must be known first.
    pub fn with_heading(mut self, lines: &[&str]) -> ActionForm {
        self.sheet.heading = lines.iter().map(|line| (*line).to_owned()).collect();
        self
    }

    /// Measures as the terminal in use does.
    pub fn with_width(mut self, width: Width) -> ActionForm {
        self.sheet.set_width(width);
        self
    }

    /// Tells what the fields hold, as typed: what a draft is made of.
    pub fn content(&self) -> Content {
        self.sheet.content()
    }

    /// Names a field.
    pub fn label(&self, field: &str) -> Option<&'static str> {
        self.sheet.named(field).map(|field| field.spec.label)
    }

    /// Lays a draft over what the fields hold; `base` is what they held when it was begun.
    pub fn put(&mut self, draft: &Content, base: &Content) {
        self.sheet.put(draft, base);
        self.offered = None;
    }

    /// Offers a text for a field: it stands there until the person writes another one, and gives way to a later offer
    /// only as long as it is word for word what was offered before.
    pub fn offer(&mut self, key: Key, text: &str) {
        let Some(held) = self.held(key) else { return };
        let is_ours = match &self.offered {
            Some((_, offered)) => *offered == held,
            None => held.trim().is_empty() || held == text,
        };
        let changed = self.offered.as_ref().is_some_and(|(_, offered)| offered != text);
        match is_ours {
            true if held != text => self.sheet.fill(key.code(), text),
            // A sum in the text may no longer be the one beside it, and nobody else would see it.
            false if changed && !held.trim().is_empty() => self.sheet.say(key.code(), OFFER_CHANGED),
            _ => {}
        }
        let offered = if is_ours { self.held(key) } else { Some(text.to_owned()) };
        self.offered = offered.map(|offered| (key, offered));
    }

    fn held(&self, key: Key) -> Option<String> {
        self.sheet.named(key.code()).map(|field| field.value())
    }

    /// Takes away the text that was offered, or puts it back where nothing is written: at one key, and never over what
    /// the person wrote.
    fn turn_offer(&mut self) {
        let Some((key, text)) = self.offered.clone() else { return };
        let held = self.held(key).unwrap_or_default();
        let change = match held.trim().is_empty() {
            true => Some(text.as_str()),
            false => (held == text).then_some(""),
        };
        match change {
            Some(text) => self.sheet.fill(key.code(), text),
            None => self.sheet.note = Some("拟稿已改动，清空后才能重新取用".to_owned()),
        }
        self.sheet.focus_first(|field| field.spec.name == key.code());
    }

    /// Tells what the fields hold, as typed so far: to be written to the journal of drafts.
    pub fn values(&self) -> BTreeMap<String, String> {
        self.sheet.values(false)
    }

    /// Tells whether anything was changed since the form was opened.
    pub fn is_changed(&self) -> bool {
        self.sheet.is_changed()
    }

    /// Takes a key.
    pub fn handle(&mut self, key: KeyEvent) -> Outcome {
        if key.code == KeyCode::F(4) && key.kind != KeyEventKind::Release && self.offered.is_some() {
            self.turn_offer();
            return Outcome::Stay;
        }
        match self.sheet.handle(key) {
            Asked::Nothing => Outcome::Stay,
            Asked::Cancel if self.is_changed() => Outcome::Cancel(self.values()),
            Asked::Cancel => Outcome::Cancel(BTreeMap::new()),
            Asked::Submit => self.submit(),
        }
    }

    fn submit(&mut self) -> Outcome {
        let mut problems = self.sheet.check();
        let values = self.values();
        // The rules have the last word: what they would refuse is never handed in.
        if let Err(found) = Inputs::read_fields(&self.specs, &values) {
            let known: Vec<String> = problems.iter().map(|problem| problem.field.clone()).collect();
            problems.extend(found.into_iter().filter(|problem| !known.contains(&problem.field)));
        }
        if problems.is_empty() {
            return Outcome::Submit(values);
        }
        self.sheet.go_to_first(&problems);
        Outcome::Stay
    }

    /// Tells whether nothing more must be filled in behind the field that has the focus, which is one line.
    pub fn asks_no_more(&self) -> bool {
        self.sheet.asks_no_more()
    }

    /// Takes a pasted text into the field that has the focus.
    pub fn paste(&mut self, text: &str) {
        self.sheet.paste(text);
    }

    /// Shows what the service said about the values handed in, and goes to the first of them.
    pub fn set_problems(&mut self, problems: &[InputProblem]) {
        self.sheet.set_problems(problems);
    }

    /// Tells how many rows it takes to show everything, the frame included.
    pub fn preferred_height(&self, width: u16) -> u16 {
        self.sheet.preferred_height(width)
    }

    /// Draws the form and tells the cell of the caret, where an input method opens its window.
    pub fn render(&self, area: Rect, buf: &mut Buffer) -> Option<Position> {
        self.sheet.render(area, buf)
    }
}
