//! The findings of a project, with what they rest on and what was decided about them.

use std::collections::BTreeMap;

use super::Query;
use crate::domain::findings::disposition::Sheet;
use crate::domain::findings::evidence::Evidence;
use crate::domain::ids::ProjectCode;
use crate::domain::permission::may_see;
use crate::domain::policy::Policy;
use crate::domain::workflow::dossier::Dossier;
use crate::service::error::Answer;
use crate::service::findings::sheet;
use crate::service::gate::Context;

/// The findings of a project.
#[derive(Debug, Clone)]
pub struct Findings {
    /// The project.
    pub project: ProjectCode,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingList {
    /// The project.
    pub code: ProjectCode,
    /// Its version.
    pub version: i64,
    /// What was found and decided.
    pub sheet: Sheet,
}

impl Query for Findings {
    type Answer = FindingList;

    fn answer(self, context: Context<'_>) -> Answer<FindingList> {
        let dossier = context.visible_dossier(&self.project)?;
        let policy = context.policies.get(context.read, &dossier.project.policy)?;
        let sheet = visible_sheet(context, &dossier, &policy)?;
        Ok(FindingList { code: self.project, version: dossier.project.version, sheet })
    }
}

/// Finds what is worth a look in a project, and withholds from the reader which other projects are behind it where they
/// are not the reader's to see: a unit learns that a sum was reached, not what its neighbors are planning, and what a
/// decision rested on is not shown any more once it is frozen as a suspected secret 〔第十七条〕.
pub fn visible_sheet(context: Context<'_>, dossier: &Dossier, policy: &Policy) -> Answer<Sheet> {
    let mut sheet = sheet(context, dossier, policy)?;
    let mut seen: BTreeMap<ProjectCode, bool> = BTreeMap::from([(dossier.project.code.clone(), true)]);
    let found = sheet.items.iter_mut().flat_map(|item| {
        let decided = item.decided.iter_mut().map(|disposition| &mut disposition.evidence);
        std::iter::once(&mut item.finding.evidence).chain(decided)
    });
    let gone = sheet.gone.iter_mut().map(|disposition| &mut disposition.evidence);
    for fact in found.chain(gone).flatten() {
        let Evidence::Project { code, amount, .. } = fact else { continue };
        let visible = match seen.get(code) {
            Some(known) => *known,
            None => is_visible(context, code)?,
        };
        seen.insert(code.clone(), visible);
        if !visible {
            *fact = Evidence::Withheld { amount: *amount };
        }
    }
    Ok(sheet)
}

fn is_visible(context: Context<'_>, code: &ProjectCode) -> Answer<bool> {
    let Some(id) = context.read.project_id(code)? else { return Ok(false) };
    Ok(context.read.project(id)?.is_some_and(|project| may_see(context.actor, &project)))
}
