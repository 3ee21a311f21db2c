//! The filter line: read after every change, the old result standing until the new text makes sense.

use crate::domain::search::{Filter, FilterProblem, parse};
use crate::tui::editor::{Editor, Limits};
use crate::tui::width::Width;
use crate::wording::labels;

/// The longest filter a person types.
const LONGEST: usize = 400;

/// The filter line.
#[derive(Debug)]
pub struct FilterLine {
    /// The filter in force.
    pub applied: Filter,
    /// What was written for it.
    pub text: String,
    /// The text field, while it is being edited.
    pub editor: Option<Editor>,
    /// What is wrong with what is being typed.
    pub problem: Option<FilterProblem>,
    /// Whether it asks for an order, which lists do not follow.
    pub sorts: bool,
    before: (Filter, String),
}

impl Default for FilterLine {
    fn default() -> Self {
        FilterLine {
            applied: Filter::EVERYTHING,
            text: String::new(),
            editor: None,
            problem: None,
            sorts: false,
            before: (Filter::EVERYTHING, String::new()),
        }
    }
}

impl FilterLine {
    /// Tells whether the line needs a row on the screen.
    pub fn is_shown(&self) -> bool {
        self.editor.is_some() || !self.text.is_empty()
    }

    /// Begins to edit, optionally with a further word.
    pub fn edit(&mut self, word: &str, width: Width) {
        self.before = (self.applied.clone(), self.text.clone());
        let text = if word.is_empty() { self.text.clone() } else { word.to_owned() };
        self.editor = Some(Editor::new(&text, Limits::line(LONGEST)).with_width(width));
    }

    /// Reads what stands in the field; tells whether the filter changed.
    pub fn read(&mut self) -> bool {
        let Some(editor) = &self.editor else { return false };
        self.text = editor.text();
        match parse(&self.text, &labels::FILTER) {
            Ok(query) => {
                let changed = query.filter != self.applied;
                self.problem = None;
                self.sorts = !query.sort.is_empty();
                self.applied = query.filter;
                changed
            }
            Err(problem) => {
                self.problem = Some(problem);
                false
            }
        }
    }

    /// Keeps what was typed, unless it makes no sense; tells whether it was kept.
    pub fn keep(&mut self) -> bool {
        if self.problem.is_some() {
            return false;
        }
        self.editor = None;
        true
    }

    /// Goes back to what was before; tells whether the filter changed.
    pub fn restore(&mut self) -> bool {
        self.editor = None;
        self.problem = None;
        let (filter, text) = self.before.clone();
        let changed = self.applied != filter;
        (self.applied, self.text) = (filter, text);
        changed
    }

    /// Drops one condition.
    pub fn drop_condition(&mut self, index: usize) {
        self.applied = self.applied.without(index);
        self.text = self.applied.shown(&labels::FILTER);
        self.problem = None;
    }
}
