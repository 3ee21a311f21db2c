//! The text in a dialog: whether there is any, a paste into it, and what it holds as a draft.

use super::Dialog;
use crate::tui::journal::Content;

impl Dialog {
    /// Tells whether keys are text.
    pub fn takes_text(&self) -> bool {
        match self {
            Dialog::Help(_)
            | Dialog::Palette(_)
            | Dialog::Action(_)
            | Dialog::Remark(_)
            | Dialog::Finding(_)
            | Dialog::Declaration(_)
            | Dialog::ImportFile(_)
            | Dialog::BulkForm(_)
            // It asks which keys arrive, so it gets them as they are.
            | Dialog::CheckUp(_) => true,
            Dialog::Session(over) => over.takes_text(),
            _ => false,
        }
    }

    /// Tells whether a character would become text, rather than choose something.
    pub fn inserts(&self, c: char) -> bool {
        match self {
            Dialog::Action(dialog) => dialog.form.inserts(c),
            Dialog::Remark(dialog) => dialog.form.inserts(c),
            Dialog::Finding(dialog) => dialog.form.inserts(c),
            Dialog::Declaration(dialog) => dialog.form.inserts(c),
            Dialog::BulkForm(dialog) => dialog.form.inserts(c),
            Dialog::CheckUp(_) => false,
            other => other.takes_text(),
        }
    }

    /// Takes a paste; tells what to say about it.
    pub fn paste(&mut self, text: &str, recent: &[String]) -> Option<String> {
        match self {
            Dialog::Help(help) => return help.paste(text),
            Dialog::Palette(palette) => return palette.paste(text, recent),
            Dialog::ImportFile(dialog) => return dialog.paste(text),
            Dialog::CheckUp(_) => return Some(super::checkup::NO_FIELD.to_owned()),
            Dialog::Session(over) => return over.paste(text),
            Dialog::Action(dialog) => dialog.form.paste(text),
            Dialog::Remark(dialog) => dialog.form.paste(text),
            Dialog::Finding(dialog) => dialog.form.paste(text),
            Dialog::Declaration(dialog) => dialog.form.paste(text),
            Dialog::BulkForm(dialog) => dialog.form.paste(text),
            Dialog::Menu(_)
            | Dialog::Confirm(_)
            | Dialog::Conflict(_)
            | Dialog::ImportPreview(_)
            | Dialog::BulkCheck(_)
            | Dialog::Text(_)
            | Dialog::Rulebook(_)
            | Dialog::Restore(_)
            | Dialog::Practice(_)
            | Dialog::Drafts(_) => {}
        }
        None
    }

    /// Tells what its form holds; none where it has no form, or one nobody would miss.
    pub fn content(&self) -> Option<Content> {
        match self {
            Dialog::Action(dialog) => Some(dialog.form.content()),
            Dialog::Confirm(confirm) => confirm.form().map(|dialog| dialog.form.content()),
            Dialog::Remark(dialog) => Some(dialog.form.content()),
            Dialog::Finding(dialog) => Some(dialog.form.content()),
            Dialog::Declaration(dialog) => Some(dialog.form.content()),
            Dialog::BulkForm(dialog) => Some(dialog.form.content()),
            Dialog::Session(over) => over.content(),
            Dialog::Help(_)
            | Dialog::Palette(_)
            | Dialog::Conflict(_)
            | Dialog::Text(_)
            | Dialog::ImportFile(_)
            | Dialog::Menu(_)
            | Dialog::ImportPreview(_)
            | Dialog::BulkCheck(_)
            | Dialog::Rulebook(_)
            | Dialog::Restore(_)
            | Dialog::CheckUp(_)
            | Dialog::Practice(_)
            | Dialog::Drafts(_) => None,
        }
    }

    /// Lays a draft over its form; `base` is what the form held when the draft was begun.
    pub fn put(&mut self, draft: &Content, base: &Content) {
        match self {
            Dialog::Action(dialog) => dialog.form.put(draft, base),
            Dialog::Remark(dialog) => dialog.put(draft, base),
            Dialog::Finding(dialog) => dialog.form.put(draft, base),
            Dialog::Declaration(dialog) => dialog.form.put(draft, base),
            Dialog::BulkForm(dialog) => dialog.form.put(draft, base),
            Dialog::Session(over) => over.put(draft),
            _ => {}
        }
    }

    /// Names a field of its form for people.
    pub fn label(&self, field: &str) -> String {
        let label = match self {
            Dialog::Action(dialog) => dialog.form.label(field),
            Dialog::Remark(dialog) => dialog.form.label(field),
            Dialog::Finding(dialog) => dialog.form.label(field),
            Dialog::Declaration(dialog) => dialog.form.label(field),
            Dialog::BulkForm(dialog) => dialog.form.label(field),
            _ => None,
        };
        label.unwrap_or("内容").to_owned()
    }
}
