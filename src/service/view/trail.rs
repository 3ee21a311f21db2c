//! Where a project's records stand in the log: what is printed on a paper so that it can be held against the chain.

use super::Query;
use crate::domain::audit::hex;
use crate::domain::calendar::{Moment, from_millis};
use crate::domain::ids::ProjectCode;
use crate::domain::workflow::action::Action;
use crate::service::error::{Answer, StoreError};
use crate::service::gate::Context;

/// The actions that make a record final which is printed, or add to it afterwards.
const PRINTED: &[Action] =
    &[Action::RecordExpertOpinion, Action::ConcludePanel, Action::CorrectPanelRecord, Action::SignOpinion];

/// Asks for the entries behind the printed records of a project.
#[derive(Debug, Clone)]
pub struct PaperTrail {
    /// The project.
    pub project: ProjectCode,
}

/// An entry of the log, as far as anybody who sees the project may know it. Its hash was the head of the chain when the
/// record was made, and stays in the chain: `audit verify --head` finds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogMark {
    /// What was done.
    pub action: Action,
    /// When.
    pub at: Moment,
    /// Its place in the chain.
    pub seq: i64,
    /// Its hash, hexadecimal.
    pub hash: String,
}

/// The entries, in the order of the log.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trail(pub Vec<LogMark>);

impl Trail {
    /// Finds the entry of an action taken at a moment. Of several at the same moment it is the last, behind which all of
    /// them stand.
    pub fn of(&self, action: Action, at: Moment) -> Option<&LogMark> {
        self.0.iter().rfind(|mark| mark.action == action && mark.at == at)
    }
}

impl Query for PaperTrail {
    type Answer = Trail;

    fn answer(self, context: Context<'_>) -> Answer<Trail> {
        let dossier = context.visible_dossier(&self.project)?;
        let mut marks = Vec::new();
        for action in PRINTED {
            for stored in context.read.audit_of_action(dossier.project.code.as_str(), action.code())? {
                let at = from_millis(stored.entry.at_millis)
                    .ok_or_else(|| StoreError::Unreadable("the moment of an audit entry".to_owned()))?;
                marks.push(LogMark { action: *action, at, seq: stored.entry.seq, hash: hex(&stored.hash) });
            }
        }
        marks.sort_by_key(|mark| mark.seq);
        Ok(Trail(marks))
    }
}
