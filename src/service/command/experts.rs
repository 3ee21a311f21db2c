//! What is said of experts, and what an import of them comes to.

use crate::domain::ids::ExpertId;
use crate::domain::panel::expert::ExpertField;

/// An expert to add.
#[derive(Debug, Clone, Default)]
pub struct NewExpert {
    /// 姓名.
    pub name: String,
    /// 工作单位.
    pub employer: String,
    /// 职称.
    pub title: String,
    /// What the expert is an expert of, as the policy's codes.
    pub disciplines: Vec<String>,
    /// Where else the expert worked or advised, each as `单位|职务|2025-06`.
    pub past_roles: Vec<String>,
    /// How to reach the expert.
    pub contact: String,
    /// Whether the expert belongs to a body of this county that is not registered here.
    pub local: bool,
    /// The account the expert holds.
    pub account: Option<String>,
}

/// What is said of an expert; what is not said stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExpertFacts {
    /// 姓名.
    pub name: Option<String>,
    /// 工作单位.
    pub employer: Option<String>,
    /// 职称.
    pub title: Option<String>,
    /// What the expert is an expert of, as the policy's codes.
    pub disciplines: Option<Vec<String>>,
    /// Where else the expert worked or advised, each as `单位|职务|2025-06`.
    pub past_roles: Option<Vec<String>>,
    /// More of these, beside those that are known.
    pub more_past_roles: Vec<String>,
    /// How to reach the expert.
    pub contact: Option<String>,
    /// Whether the expert belongs to a body of this county that is not registered here.
    pub local: Option<bool>,
    /// When the expert cannot come, each as `2026-12-01|2026-12-20|出差`.
    pub absences: Option<Vec<String>>,
    /// Whether the expert may be asked, and else why not.
    pub active: Option<(bool, String)>,
}

impl From<NewExpert> for ExpertFacts {
    fn from(new: NewExpert) -> ExpertFacts {
        ExpertFacts {
            name: Some(new.name),
            employer: Some(new.employer),
            title: Some(new.title),
            disciplines: Some(new.disciplines),
            past_roles: Some(new.past_roles),
            more_past_roles: Vec::new(),
            contact: Some(new.contact),
            local: Some(new.local),
            absences: None,
            active: None,
        }
    }
}

/// A row of a list of experts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExpertRow {
    /// The row in the file, 1 for the first.
    pub row: u32,
    /// What stands in it.
    pub facts: ExpertFacts,
    /// Words that stand for nothing in their column.
    pub unread: Vec<(ExpertField, String)>,
}

/// What an import of experts did, or would do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExpertImport {
    /// Experts added: row, number (none in a preview), name.
    pub added: Vec<(u32, Option<ExpertId>, String)>,
    /// Experts who were there just so: row and number.
    pub unchanged: Vec<(u32, ExpertId)>,
    /// Experts who were there and of whom the file says something else: row, number, name, in what.
    pub differing: Vec<(u32, ExpertId, String, Vec<ExpertField>)>,
    /// Whether those were changed to what the file says.
    pub updated: bool,
}
