//! The fields of a form together: which has the focus, which are folded away, what is wrong with them.

use std::cell::Cell;
use std::collections::BTreeMap;

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use super::field::{Entry, Field, Spec, Took};
use crate::domain::calendar::Moment;
use crate::domain::workflow::action::{Kind, Need};
use crate::domain::workflow::input::{FieldProblem, InputProblem};
use crate::tui::width::Width;
use crate::wording;

/// What the form around is to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    Nothing,
    Cancel,
    Submit,
}

/// Fields one below the other.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    pub title: String,
    /// What the form is about, above the fields.
    pub heading: Vec<String>,
    pub fields: Vec<Field>,
    pub width: Width,
    /// The one line about the last key, if it did not do what one may have expected.
    pub note: Option<String>,
    /// The first row shown when last drawn.
    pub top: Cell<usize>,
    focus: usize,
    folded: bool,
    accounts: Vec<(String, String)>,
}

impl Sheet {
    /// Opens a form; `given` tells what a field holds at first.
    pub fn new(
        title: &str,
        heading: Vec<String>,
        specs: Vec<Spec>,
        given: impl Fn(&Spec) -> Option<String>,
        accounts: Vec<(String, String)>,
        now: Option<Moment>,
    ) -> Sheet {
        let width = Width::default();
        let (rest, folded): (Vec<Spec>, Vec<Spec>) = specs.into_iter().partition(|spec| !spec.is_of_transcription());
        // What is given is never hidden: it will be handed in.
        let unfold = folded.iter().any(|spec| given(spec).is_some_and(|text| !text.trim().is_empty()));
        let open = |spec: Spec| Field::new(spec, given(&spec).as_deref().unwrap_or_default(), &accounts, now, width);
        let fields: Vec<Field> = rest.into_iter().chain(folded).map(open).collect();
        // The first field still to be filled in has the focus.
        let focus = fields.iter().position(|field| field.value().trim().is_empty()).unwrap_or_default();
        let mut sheet = Sheet {
            title: title.to_owned(),
            heading,
            fields,
            width,
            note: None,
            top: Cell::new(0),
            focus: 0,
            folded: !unfold,
            accounts,
        };
        sheet.focus = if focus < sheet.visible() { focus } else { 0 };
        sheet
    }

    /// Measures as the terminal in use does.
    pub fn set_width(&mut self, width: Width) {
        self.width = width;
        self.fields.iter_mut().for_each(|field| field.set_width(width));
    }

    /// Goes to a field.
    pub fn go_to_named(&mut self, name: &str) {
        if let Some(at) = self.fields.iter().position(|field| field.spec.name == name) {
            self.go_to(at);
        }
    }

    /// Tells the position of the field that has the focus.
    pub fn focus(&self) -> usize {
        self.focus
    }

    /// Tells how many fields are shown; those folded away are the last.
    pub fn visible(&self) -> usize {
        if self.folded { self.unfoldable().unwrap_or(self.fields.len()) } else { self.fields.len() }
    }

    /// Tells whether the fields of a transcription are folded away.
    pub fn is_folded(&self) -> bool {
        self.folded
    }

    /// Tells where the fields begin that can be folded away.
    pub fn unfoldable(&self) -> Option<usize> {
        self.fields.iter().position(|field| field.spec.is_of_transcription())
    }

    fn holds_transcription(&self) -> bool {
        let mut fields = self.fields.iter().filter(|field| field.spec.is_of_transcription());
        fields.any(|field| !field.value().trim().is_empty())
    }

    /// Tells what the fields hold; blank ones only where asked for.
    pub fn values(&self, blank_too: bool) -> BTreeMap<String, String> {
        let values = self.fields.iter().map(|field| (field.spec.name.to_owned(), field.value()));
        values.filter(|(_, value)| blank_too || !value.trim().is_empty()).collect()
    }

    /// Tells whether anything was changed.
    pub fn is_changed(&self) -> bool {
        self.fields.iter().any(Field::is_changed)
    }

    /// Tells what is wrong with a field when it is blank, as the other fields stand now.
    pub fn lack(&self, field: &Field) -> Option<FieldProblem> {
        field.spec.need.lack(|key| match self.named(key.code()).map(|field| &field.entry) {
            Some(Entry::Choice(choice)) => choice.code(),
            _ => None,
        })
    }

    /// Finds a field.
    pub fn named(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.spec.name == name)
    }

    /// Tells whether a character would become text in the field that has the focus, rather than choose something there.
    pub fn inserts(&self, c: char) -> bool {
        match self.fields.get(self.focus).map(|field| &field.entry) {
            Some(Entry::Text(_)) => true,
            // Its digits choose, full-width ones too.
            Some(Entry::Account(_)) => !c.is_numeric(),
            Some(Entry::Choice(_)) | None => false,
        }
    }

    /// Tells whether the field that has the focus is the last one shown, or names an account behind which nothing need
    /// be filled in; Enter means nothing else there.
    pub fn asks_no_more(&self) -> bool {
        let behind = self.fields.get(self.focus + 1..self.visible()).unwrap_or_default();
        let is_enough = |field: &Field| {
            let names = matches!(field.spec.kind, Kind::Account(_)) && !field.value().trim().is_empty();
            behind.is_empty() || names && behind.iter().all(|field| field.spec.need == Need::Optional)
        };
        self.fields.get(self.focus).is_some_and(|field| !field.takes_enter() && is_enough(field))
    }

    /// Takes a key.
    pub fn handle(&mut self, key: KeyEvent) -> Asked {
        if key.kind == KeyEventKind::Release {
            return Asked::Nothing;
        }
        let key = canonical(key);
        self.note = None;
        match key.code {
            KeyCode::Esc | KeyCode::F(10) => return Asked::Cancel,
            KeyCode::F(8) => return Asked::Submit,
            KeyCode::F(2) if self.focus + 1 >= self.visible() => return Asked::Submit,
            KeyCode::F(3) => self.turn_fold(),
            KeyCode::Tab => self.go_round(true),
            KeyCode::BackTab => self.go_round(false),
            KeyCode::F(2) => self.go_round(true),
            _ => self.pass_on(key),
        }
        Asked::Nothing
    }

    fn pass_on(&mut self, key: KeyEvent) {
        let Some(field) = self.fields.get_mut(self.focus) else { return };
        if key.code == KeyCode::Enter && !field.takes_enter() {
            // Enter alone hands nothing in: a line too many would decide a project.
            match self.focus + 1 < self.visible() {
                true => self.go_to(self.focus + 1),
                false => self.note = Some("已是最后一项，按 F8 提交".to_owned()),
            }
            return;
        }
        match (field.handle(key), key.code) {
            (Took::Nothing, KeyCode::Up) => self.go_to(self.focus.saturating_sub(1)),
            (Took::Nothing, KeyCode::Down) => self.go_to((self.focus + 1).min(self.visible().saturating_sub(1))),
            (took, _) => self.heed(took),
        }
    }

    fn heed(&mut self, took: Took) {
        match took {
            Took::Changed => self.fields.iter_mut().for_each(Field::forget_lack),
            Took::Note(note) => self.note = Some(note),
            Took::Moved | Took::Nothing => {}
        }
    }

    /// Takes a pasted text.
    pub fn paste(&mut self, text: &str) {
        self.note = None;
        if let Some(field) = self.fields.get_mut(self.focus) {
            let took = field.paste(text);
            self.fields.iter_mut().for_each(Field::forget_lack);
            self.heed(took);
        }
    }

    fn go_round(&mut self, forward: bool) {
        let count = self.visible().max(1);
        self.go_to(if forward { (self.focus + 1) % count } else { (self.focus + count - 1) % count });
    }

    fn go_to(&mut self, focus: usize) {
        if focus != self.focus {
            if let Some(field) = self.fields.get_mut(self.focus) {
                field.leave();
            }
            self.focus = focus;
        }
    }

    fn turn_fold(&mut self) {
        let Some(first) = self.unfoldable() else { return };
        if self.folded {
            self.folded = false;
            self.go_to(first);
        } else if self.holds_transcription() {
            // Hidden values would be handed in unseen.
            self.note = Some("代录已有内容，清空后才能收起".to_owned());
        } else {
            self.folded = true;
            self.go_to(self.focus.min(first.saturating_sub(1)));
        }
    }

    /// Gives every field its regular form, as when it is left, and lists what is wrong with what they hold.
    pub fn check(&mut self) -> Vec<InputProblem> {
        self.fields.iter_mut().for_each(Field::leave);
        let problem = |field: &Field| {
            let lack = || self.lack(field).filter(|_| field.value().trim().is_empty());
            let problem = field.problem().or_else(lack)?;
            Some(InputProblem { field: field.spec.name.to_owned(), problem })
        };
        self.fields.iter().filter_map(problem).collect()
    }

    /// Goes to the first field with a problem; one that no field shows is said in the note.
    pub fn go_to_first(&mut self, problems: &[InputProblem]) {
        self.focus_first(|field| problems.iter().any(|problem| problem.field == field.spec.name));
        let stray = problems.iter().find(|problem| self.named(&problem.field).is_none());
        self.note = stray.map(wording::problem::input);
    }

    /// Puts the focus on a field without leaving the one that has it: neither was typed in.
    pub fn focus_on(&mut self, name: &str) {
        self.folded &= !self.holds_transcription();
        if let Some(at) = self.fields.iter().position(|field| field.spec.name == name) {
            self.folded &= at < self.visible();
            self.focus = at;
        }
    }

    /// Goes to the first field of which something is true.
    pub fn focus_first(&mut self, wanted: impl Fn(&Field) -> bool) {
        if let Some(first) = self.fields.iter().position(wanted) {
            self.folded &= first < self.visible();
            self.go_to(first);
        }
    }

    /// Tells what the changed fields hold, emptied ones included.
    pub fn changed(&self) -> BTreeMap<String, String> {
        let changed = self.fields.iter().filter(|field| field.is_changed());
        changed.map(|field| (field.spec.name.to_owned(), field.value())).collect()
    }

    /// Puts a draft in place of what the fields it names hold; the others stay as they are.
    pub fn restore_changed(&mut self, draft: &BTreeMap<String, String>) {
        for field in &mut self.fields {
            if let Some(text) = draft.get(field.spec.name) {
                field.restore(text, &self.accounts);
            }
        }
    }

    /// Fills a field in as if it had been opened with the text: nobody changed it yet.
    pub fn fill(&mut self, name: &str, text: &str) {
        for field in self.fields.iter_mut().filter(|field| field.spec.name == name) {
            *field = Field::new(field.spec, text, &self.accounts, None, self.width);
        }
    }

    /// Says something about a field until its value changes.
    pub fn say(&mut self, name: &str, words: impl Into<String>) {
        if let Some(field) = self.fields.iter_mut().find(|field| field.spec.name == name) {
            field.say(Some(words.into()));
        }
    }

    /// Shows what the rules said when the form was handed in.
    pub fn set_problems(&mut self, problems: &[InputProblem]) {
        for field in &mut self.fields {
            if let Some(found) = problems.iter().find(|problem| problem.field == field.spec.name) {
                field.tell(found.problem.clone());
            }
        }
        self.go_to_first(problems);
    }
}

/// Gives a key the name it has on every terminal.
fn canonical(key: KeyEvent) -> KeyEvent {
    let control = key.modifiers.contains(KeyModifiers::CONTROL);
    let code = match key.code {
        KeyCode::Char('j' | 'm') if control => KeyCode::Enter,
        KeyCode::Char('i') if control => KeyCode::Tab,
        KeyCode::Char('h') if control => KeyCode::Backspace,
        KeyCode::Tab if key.modifiers.contains(KeyModifiers::SHIFT) => KeyCode::BackTab,
        _ => return key,
    };
    KeyEvent { code, modifiers: KeyModifiers::NONE, ..key }
}
