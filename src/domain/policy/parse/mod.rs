//! Reads a policy file and reports every problem with its line.
//!
//! The file is kept by the county's staff, so one run names everything that is wrong with it. That is why the parsed
//! table is walked by hand instead of being deserialized: a derived reader stops at its first error, and says it in
//! English.
//!
//! - [`report`] collects problems and knows the lines of the text;
//! - [`syntax`] says in Chinese what is no TOML;
//! - [`value`] reads single values: texts, amounts, dates, codes;
//! - [`sections`], [`panel`], [`calendar`], [`findings`], [`checklist`] and [`questions`] fill the parts of a [`Policy`]
//!   and check them against each other;
//! - [`mod@amend`] makes the text of the next edition from the one in force and a few values.

mod amend;
mod calendar;
mod checklist;
mod findings;
mod panel;
mod questions;
mod report;
mod sections;
mod syntax;
mod value;

pub use amend::{AmendProblem, Identity, amend};
use toml::de::DeTable;

use super::Policy;
use report::Report;
use value::Section;

/// A policy of some seven hundred lines takes 40 KB; far above that the file is something else.
const LARGEST_FILE: usize = 1 << 20;

/// Something wrong in a policy file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyProblem {
    /// The line it stands on, 1 for the first; 0 where the whole file is meant.
    pub line: usize,
    /// What is wrong, in Chinese, for the person who keeps the file. Holds no control characters.
    pub message: String,
}

/// What reading a policy file yields: the policy where the file has no problem, and all problems where it has.
pub type ParsedPolicy = Result<Policy, Vec<PolicyProblem>>;

/// Reads a policy file.
///
/// Problems come in the order of their lines. A file that is no TOML is reported as such and not read further,
/// because whatever follows a slip of syntax may be misread.
pub fn parse(text: &str) -> ParsedPolicy {
    let report = Report::new(text);
    if text.len() > LARGEST_FILE {
        report.whole("文件超过1MB，不是规则文件".to_owned());
        return Err(report.into_problems());
    }
    let (root, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        syntax::report(&errors, &report);
        return Err(report.into_problems());
    }
    let policy = sections::policy(&Section::root(&report, root.get_ref()));
    let problems = report.into_problems();
    match policy {
        Some(policy) if problems.is_empty() => Ok(policy),
        _ => Err(problems),
    }
}
