//! The intake of declaration forms: from the cells of a sheet to candidates for projects, with all problems.
//!
//! `documents` turns bytes into [`Sheet`]s; [`read_form`] finds the form among them and reads it:
//!
//! - [`header`]: where the table begins, and its [`columns`]; [`around`]: the lines above and below it;
//! - [`form`]: what each row is — a project, a total, a note, a repeated header;
//! - `row`: one project, with the readers of [`amount`], [`period`], [`funding`] and [`choice`];
//! - [`text`]: foreign text made harmless before it goes anywhere.
//!
//! Nothing is guessed. What cannot be read exactly is a [`RowProblem`], and all of a file are reported at once.
//! A row marked 涉密 leaves its number and nothing else 〔第十七条〕.

pub mod amount;
pub mod around;
pub mod cell;
pub mod choice;
pub mod columns;
pub mod form;
pub mod funding;
pub mod header;
pub mod period;
pub mod problem;
mod row;
pub mod text;
pub mod unreadable;

#[cfg(test)]
mod tests;

pub use amount::AmountProblem;
pub use cell::{Cell, Merge, Sheet};
pub use columns::Field;
pub use form::{Form, read_form};
pub use funding::FundingDoubt;
pub use period::PeriodProblem;
pub use problem::{NoForm, ProblemKind, RowProblem};
pub use unreadable::{ForeignFile, UnreadableForm};

use super::project::Declaration;

/// A project read from a form, not yet registered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The row of the sheet it stands in, as the spreadsheet program numbers it.
    pub row: u32,
    /// The unit that builds it, as written.
    pub unit: String,
    /// What was declared.
    pub declaration: Declaration,
    /// Whether the 不涉密 declaration stands; `false` means the project must leave no trace 〔第十七条〕.
    pub unclassified: bool,
}
