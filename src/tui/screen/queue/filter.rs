//! The filter line: read after every change, the old result standing until the new text makes sense.

use crate::domain::search::{Filter, FilterProblem, Query, SortKey, parse};
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
    /// The order in force; empty for the list's own.
    pub sort: Vec<SortKey>,
    before: (Filter, Vec<SortKey>, String),
}

impl Default for FilterLine {
    fn default() -> Self {
        FilterLine {
            applied: Filter::EVERYTHING,
            text: String::new(),
            editor: None,
            problem: None,
            sort: Vec::new(),
            before: (Filter::EVERYTHING, Vec::new(), String::new()),
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
        self.before = (self.applied.clone(), self.sort.clone(), self.text.clone());
        let text = if word.is_empty() { self.text.clone() } else { word.to_owned() };
        self.editor = Some(Editor::new(&text, Limits::line(LONGEST)).with_width(width));
    }

    /// Reads what stands in the field; tells whether the filter changed.
    pub fn read(&mut self) -> bool {
        let Some(editor) = &self.editor else { return false };
        self.text = editor.text();
        match parse(&self.text, &labels::FILTER) {
            Ok(query) => {
                let changed = query.filter != self.applied || query.sort != self.sort;
                self.problem = None;
                (self.applied, self.sort) = (query.filter, query.sort);
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
        let (filter, sort, text) = self.before.clone();
        let changed = self.applied != filter || self.sort != sort;
        (self.applied, self.sort, self.text) = (filter, sort, text);
        changed
    }

    /// Puts a filter in force that nobody typed.
    pub fn of(filter: Filter) -> FilterLine {
        FilterLine { text: filter.shown(&labels::FILTER), applied: filter, ..FilterLine::default() }
    }

    /// Drops one condition.
    pub fn drop_condition(&mut self, index: usize) {
        self.applied = self.applied.without(index);
        self.write();
    }

    /// Orders the list so.
    pub fn set_sort(&mut self, sort: Vec<SortKey>) {
        self.sort = sort;
        self.write();
    }

    /// Brings a text into force, written in the words of today; one that makes no sense any more is shown with what is
    /// wrong with it, and everything is listed.
    pub fn set(&mut self, text: &str) {
        self.editor = None;
        match parse(text, &labels::FILTER) {
            Ok(query) => {
                (self.applied, self.sort) = (query.filter, query.sort);
                self.write();
            }
            Err(problem) => {
                *self = FilterLine { text: text.to_owned(), problem: Some(problem), ..FilterLine::default() };
            }
        }
    }

    /// Writes what is in force.
    fn write(&mut self) {
        let query = Query { filter: self.applied.clone(), sort: self.sort.clone() };
        self.text = query.shown(&labels::FILTER);
        self.problem = None;
    }
}
