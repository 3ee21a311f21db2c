//! When and why a project was filed 〔第六条〕.

use chrono::NaiveDate;

use super::evidence::{DayOf, Evidence, Passage};
use super::{Case, Finding, Pattern, Severity};
use crate::domain::calendar::county_time;
use crate::domain::project::InYearReason;

pub(super) fn find(case: Case<'_>) -> Vec<Finding> {
    [filed_late(case), in_year(case)].into_iter().flatten().collect()
}

/// The deadline is inclusive to 24:00 on the county's clock. A project that says itself that it is added in the running
/// year has no deadline; it has the way of 〔第六条〕(2).
fn filed_late(case: Case<'_>) -> Option<Finding> {
    let project = &case.dossier.project;
    let declaration = &project.declaration;
    let (received, year) = (county_time(project.received_at?), declaration.plan_year?);
    let plan = &case.policy.plan;
    let deadline = NaiveDate::from_ymd_opt(year.checked_sub(1)?, plan.deadline_month, plan.deadline_day)?;
    let late = declaration.in_year.is_none() && plan.is_late(year, received);
    let evidence = || vec![Evidence::Received(received), Evidence::Day(DayOf::Deadline, deadline)];
    late.then(|| Finding::new(Pattern::FiledLate, Severity::Major, evidence()))
}

fn in_year(case: Case<'_>) -> Option<Finding> {
    let addition = case.dossier.project.declaration.in_year.as_ref()?;
    let unproven = addition.doc_no.as_deref().is_none_or(|number| number.trim().is_empty());
    let pattern = match addition.reason {
        InYearReason::Other => Pattern::InYearOther,
        InYearReason::Superior if unproven => Pattern::SuperiorUnproven,
        InYearReason::Superior => return None,
    };
    let said = Evidence::Words {
        passage: Passage::Explanation,
        word: String::new(),
        around: addition.explanation.trim().to_owned(),
    };
    Some(Finding::new(pattern, Severity::Major, vec![Evidence::Reason(addition.reason), said]))
}
