//! What a field of a panel's working sheet said before, and how many meetings are not over.

use super::Query;
use crate::domain::actor::Role;
use crate::domain::ids::ProjectCode;
use crate::domain::meeting::sheet::{Field, Noted};
use crate::domain::permission::Denied;
use crate::service::error::Answer;
use crate::service::gate::Context;

/// How many meetings are not over; none for an account that does not follow meetings.
#[derive(Debug, Clone, Copy, Default)]
pub struct OpenMeetings;

impl Query for OpenMeetings {
    type Answer = Option<usize>;

    fn answer(self, context: Context<'_>) -> Answer<Option<usize>> {
        if !context.actor.roles.iter().any(|role| role.sees_all_projects()) {
            return Ok(None);
        }
        let mut open = 0;
        for code in context.read.meetings(context.now.date_naive())? {
            let found = context.read.meeting(code)?;
            open += usize::from(found.is_some_and(|(_, meeting)| meeting.ended.is_none()));
        }
        Ok(Some(open))
    }
}

/// Every version of a field, those kept aside too: what was typed is never gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteHistory {
    /// The project.
    pub project: ProjectCode,
    /// The review round and which panel of it.
    pub panel: (u32, u32),
    /// The field.
    pub field: Field,
}

/// A version of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteVersion {
    /// What it said, which version it is, who wrote it and when.
    pub noted: Noted,
    /// Whether it was kept beside the sheet, its terminal having lost the writing seat.
    pub aside: bool,
}

impl Query for NoteHistory {
    type Answer = Vec<NoteVersion>;

    /// Members' words are read by who writes them down; everybody else reads the signed opinions once they are in.
    fn answer(self, context: Context<'_>) -> Answer<Vec<NoteVersion>> {
        if !context.actor.has(Role::PanelSecretary) {
            return Err(Denied::NeedsRole { roles: vec![Role::PanelSecretary] }.into());
        }
        let dossier = context.visible_dossier(&self.project)?;
        let key = (dossier.project.id, self.panel.0, self.panel.1);
        let versions = context.read.versions_of_note(key, self.field)?;
        Ok(versions.into_iter().map(|(noted, aside)| NoteVersion { noted, aside }).collect())
    }
}
