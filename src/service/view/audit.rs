//! The log: read by auditors, verified by anyone who may.

use std::collections::BTreeSet;

use super::Query;
use crate::domain::audit::{Detail, Entry, hex};
use crate::domain::ids::ProjectCode;
use crate::domain::permission::authorize_system;
use crate::domain::permission::matrix::Verb;
use crate::service::error::Answer;
use crate::service::gate::Context;
use crate::service::store::audit::BrokenAt;
use crate::service::usecase::is_of_panel;

/// A page of the log, the newest entry first.
#[derive(Debug, Clone)]
pub struct AuditList {
    /// Only of one project.
    pub project: Option<ProjectCode>,
    /// Only since this moment, in milliseconds since 1970 UTC.
    pub since_millis: i64,
    /// Before this entry, as told by an earlier page.
    pub before: Option<i64>,
    /// How many at most.
    pub limit: u32,
}

/// A page of the log.
#[derive(Debug, Clone)]
pub struct AuditPage {
    /// The entries.
    pub entries: Vec<AuditLine>,
    /// Where the next page begins, unless this is the last.
    pub next: Option<i64>,
}

/// An entry of the log.
#[derive(Debug, Clone)]
pub struct AuditLine {
    /// What is chained.
    pub entry: Entry,
    /// Its hash, hexadecimal.
    pub hash: String,
    /// What was said, unless it was destroyed.
    pub detail: Option<Detail>,
}

impl Query for AuditList {
    type Answer = AuditPage;

    fn answer(self, context: Context<'_>) -> Answer<AuditPage> {
        let _permit = authorize_system(context.actor, Verb::ReadAudit)?;
        let before = self.before.unwrap_or(i64::MAX);
        let project = self.project.as_ref().map(ProjectCode::as_str);
        let stored = context.read.audit_page(project, self.since_millis, before, self.limit)?;
        let next = stored.last().filter(|_| stored.len() == self.limit as usize).map(|last| last.entry.seq);
        let away = from_whom_to_stay_away(context)?;
        let entries = stored
            .into_iter()
            .filter(|stored| !(away.contains(&stored.entry.project) && is_of_panel(&stored.entry.action)))
            .map(|stored| AuditLine { entry: stored.entry, hash: hex(&stored.hash), detail: stored.detail })
            .collect();
        Ok(AuditPage { entries, next })
    }
}

/// Tells from which projects' panels the reader must stay away, as codes. An entry left out leaves a gap in the numbers;
/// in the entries of one project that tells nothing, because those of all the others lie between them.
fn from_whom_to_stay_away(context: Context<'_>) -> Answer<BTreeSet<String>> {
    let recused = context.projects_to_stay_away_from()?;
    Ok(recused.into_iter().map(|dossier| dossier.project.code.to_string()).collect())
}

/// Walks the whole chain; optionally looks for a head that was noted elsewhere, such as on a printed opinion.
#[derive(Debug, Clone)]
pub struct AuditVerify {
    /// A hash that must occur in the chain, hexadecimal.
    pub head: Option<String>,
}

/// What walking the chain found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChainReport {
    /// How many good entries there are before the first bad one.
    pub entries: i64,
    /// The last good entry's hash.
    pub head: String,
    /// The first bad entry.
    pub broken: Option<BrokenAt>,
    /// Whether the head looked for occurs; `None` where none was given.
    pub head_found: Option<bool>,
}

impl ChainReport {
    /// Tells whether nothing is wrong.
    pub fn is_intact(&self) -> bool {
        self.broken.is_none() && self.head_found != Some(false)
    }
}

impl Query for AuditVerify {
    type Answer = ChainReport;

    fn answer(self, context: Context<'_>) -> Answer<ChainReport> {
        let _permit = authorize_system(context.actor, Verb::ReadAudit)?;
        let wanted = self.head.map(|head| head.trim().to_lowercase());
        let mut found = false;
        let (entries, head, broken) = context.read.verify_audit(|_, hash| {
            if let Some(wanted) = &wanted
                && !found
            {
                found = hex(hash) == *wanted;
            }
        })?;
        Ok(ChainReport { entries, head: hex(&head), broken, head_found: wanted.map(|_| found) })
    }
}

/// The head of the chain: how many entries there are, and the hash of the last.
#[derive(Debug, Clone, Copy)]
pub struct AuditHead;

impl Query for AuditHead {
    type Answer = (i64, String);

    fn answer(self, context: Context<'_>) -> Answer<(i64, String)> {
        let _permit = authorize_system(context.actor, Verb::ReadAudit)?;
        let (entries, head) = context.read.audit_head()?;
        Ok((entries, hex(&head)))
    }
}
