//! Findings with what was decided about them: reads what the patterns look at, and hands it to the rules.

use super::error::Answer;
use super::gate::Context;
use crate::domain::findings::disposition::Sheet;
use crate::domain::findings::{Pattern, find, vetoes};
use crate::domain::policy::Policy;
use crate::domain::workflow::dossier::Dossier;

/// Finds what is worth a look in a project. For one project at a time: it reads others.
pub fn sheet(context: Context<'_>, dossier: &Dossier, policy: &Policy) -> Answer<Sheet> {
    // Where the content was destroyed there is nothing left to look at; what is empty now was not so when filed.
    if dossier.project.destroyed.is_some() {
        return Ok(Sheet::default());
    }
    // The panel's limit is the highest below which filings are added up; a policy keeps the limits in this order.
    let around = context.read.surroundings(&dossier.project, policy.limits.panel)?;
    let found = find(dossier, &around, policy, context.now);
    Ok(Sheet::weigh(found, context.read.dispositions(dossier.project.id)?))
}

/// Finds the vetoes that bar a passing opinion, as [`sheet`] would, without reading anything around the project.
pub fn bars(context: Context<'_>, dossier: &Dossier, policy: &Policy) -> Answer<Vec<Pattern>> {
    let found = vetoes(&dossier.project.declaration, policy);
    if found.is_empty() {
        return Ok(Vec::new());
    }
    Ok(Sheet::weigh(found, context.read.dispositions(dossier.project.id)?).bars())
}
