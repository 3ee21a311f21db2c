//! What is written down while a panel sits: the sheet of a project's panel, and every version of one of its fields.

use super::Query;
use crate::domain::actor::Role;
use crate::domain::ids::ProjectCode;
use crate::domain::meeting::Meeting;
use crate::domain::meeting::sheet::{Field, Noted, Sheet};
use crate::domain::panel::Panel;
use crate::domain::panel::lack::PanelLack;
use crate::domain::permission::Denied;
use crate::domain::workflow::unmet::Unmet;
use crate::service::error::Answer;
use crate::service::gate::Context;
use crate::service::store::panel_write::PanelKey;

/// The working sheet of a project's running panel, for those who write it.
#[derive(Debug, Clone)]
pub struct WorkingSheet {
    /// The project.
    pub project: ProjectCode,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetView {
    /// The panel, with every opinion.
    pub panel: Panel,
    /// What its sheet says.
    pub sheet: Sheet,
    /// The meeting that is not over and has it on its agenda.
    pub meeting: Option<Meeting>,
}

/// Every version of a field of the sheet of a project's running panel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteHistory {
    /// The project.
    pub project: ProjectCode,
    /// The field.
    pub field: Field,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteHistoryView {
    /// The review round of the panel.
    pub round: u32,
    /// Which panel of the round.
    pub session: u32,
    /// The versions, the first one first, each with whether it was kept beside the sheet: whoever wrote it did not hold
    /// the writing seat any more.
    pub versions: Vec<(Noted, bool)>,
}

impl Query for WorkingSheet {
    type Answer = SheetView;

    fn answer(self, context: Context<'_>) -> Answer<SheetView> {
        may_write(context)?;
        let (panel, key) = running(context, &self.project)?;
        let code = context.read.meeting_of_panel(key)?;
        let found = code.map(|code| context.read.meeting(code)).transpose()?.flatten();
        Ok(SheetView { panel, sheet: context.read.sheet(key)?, meeting: found.map(|(_, meeting)| meeting) })
    }
}

impl Query for NoteHistory {
    type Answer = NoteHistoryView;

    /// A member's part is for those who write only, even later: what the member signed is the opinion. The panel's part
    /// may be read by who sees every project, once the opinions are closed.
    fn answer(self, context: Context<'_>) -> Answer<NoteHistoryView> {
        let follows = context.actor.roles.iter().any(|role| role.sees_all_projects());
        if !follows {
            may_write(context)?;
        }
        let (panel, key) = running(context, &self.project)?;
        if self.field.member().is_some() || !panel.is_open_to_read() {
            may_write(context)?;
        }
        let versions = context.read.versions_of_note(key, self.field)?;
        Ok(NoteHistoryView { round: panel.round, session: panel.session, versions })
    }
}

fn may_write(context: Context<'_>) -> Answer<()> {
    match context.actor.has(Role::PanelSecretary) {
        true => Ok(()),
        false => Err(Denied::NeedsRole { roles: vec![Role::PanelSecretary] }.into()),
    }
}

fn running(context: Context<'_>, project: &ProjectCode) -> Answer<(Panel, PanelKey)> {
    let dossier = context.visible_dossier(project)?;
    let none = || vec![Unmet::Panel(PanelLack::NotFormed)];
    let panel = dossier.panel().ok_or_else(none)?;
    Ok((panel.clone(), (dossier.project.id, panel.round, panel.session)))
}
