//! The intake of declaration forms: from the cells of a sheet to candidates for projects, with all problems.

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
