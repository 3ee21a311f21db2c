//! The form of the remark on a checklist item: what is wrong, what to do about it, what that rests on, and where.

use std::collections::BTreeMap;

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::Outcome;
use super::field::Spec;
use super::sheet::{Asked, Sheet};
use crate::domain::checklist::{ChecklistItem, Judgement};
use crate::domain::workflow::action::{Kind, Need};
use crate::domain::workflow::input::InputProblem;
use crate::tui::journal::Content;
use crate::tui::width::Width;
use crate::wording::labels;

/// The names of the fields are those of `judge --remark … --cite …`.
const FIELDS: [Spec; 4] = [
    Spec { name: "remark", label: "问题描述", kind: Kind::Text, need: Need::Optional, aid: None },
    Spec { name: "suggestion", label: "修改建议", kind: Kind::Text, need: Need::Optional, aid: None },
    Spec { name: "basis", label: "参考依据", kind: Kind::Text, need: Need::Optional, aid: None },
    Spec { name: "cite", label: "引用位置", kind: Kind::Line, need: Need::Optional, aid: None },
];

/// The remark on a checklist item.
///
/// Which texts a verdict needs is for [`Judgement::lacks`] to say; a remark may be saved before it is complete.
#[derive(Debug, Clone)]
pub struct RemarkForm {
    pub(super) sheet: Sheet,
}

impl RemarkForm {
    /// Opens the remark on an item, with what was answered before.
    pub fn new(item: &ChecklistItem, before: Option<&Judgement>) -> RemarkForm {
        let given = |spec: &Spec| {
            before.map(|judgement| match spec.name {
                "remark" => judgement.remark.clone(),
                "suggestion" => judgement.suggestion.clone(),
                "basis" => judgement.basis.clone(),
                _ => judgement.cite.clone(),
            })
        };
        let title = format!("{} 备注", item.id.as_str());
        let heading = vec![item.text.clone()];
        let verdict = before.and_then(|judgement| judgement.verdict);
        let named = |spec: Spec| match spec.name {
            "remark" => Spec { label: labels::remark(verdict), ..spec },
            _ => spec,
        };
        let fields = FIELDS.into_iter().map(named).collect();
        RemarkForm { sheet: Sheet::new(&title, heading, fields, given, Vec::new(), None) }
    }

    /// Measures as the terminal in use does.
    pub fn with_width(mut self, width: Width) -> RemarkForm {
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
    }

    /// Puts a text into a field and goes to its end.
    pub fn fill(&mut self, field: &str, text: &str) {
        self.sheet.restore_changed(&BTreeMap::from([(field.to_owned(), text.to_owned())]));
        self.sheet.go_to_named(field);
    }

    /// Tells what all four fields hold, as typed so far; an emptied one is there as an empty text, because a text
    /// left out would stay as it was.
    pub fn values(&self) -> BTreeMap<String, String> {
        self.sheet.values(true)
    }

    /// Tells whether anything was changed since the form was opened.
    pub fn is_changed(&self) -> bool {
        self.sheet.is_changed()
    }

    /// Takes a key.
    pub fn handle(&mut self, key: KeyEvent) -> Outcome {
        match self.sheet.handle(key) {
            Asked::Nothing => Outcome::Stay,
            Asked::Cancel if self.is_changed() => Outcome::Cancel(self.values()),
            Asked::Cancel => Outcome::Cancel(BTreeMap::new()),
            Asked::Submit => {
                let problems = self.sheet.check();
                if problems.is_empty() {
                    return Outcome::Submit(self.values());
                }
                self.sheet.go_to_first(&problems);
                Outcome::Stay
            }
        }
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
