//! Loads everything the rules need to know about one project.

use super::Reader;
use super::error::StoreResult;
use crate::domain::ids::ProjectId;
use crate::domain::project::{Project, Stage};
use crate::domain::workflow::dossier::Dossier;

/// Tells whether members of a panel may be sought or changed at a stage.
const fn seeks_members(stage: Stage) -> bool {
    matches!(stage, Stage::PanelForming | Stage::PanelReviewing)
}

/// Tells whether whose turn it is depends on the panel.
const fn turns_on_panel(stage: Stage) -> bool {
    matches!(
        stage,
        Stage::TechnicalReview | Stage::PanelForming | Stage::PanelReviewing | Stage::PanelConcluding | Stage::Revising
    )
}

impl Reader<'_> {
    /// Reads a project with the records of its running rounds.
    pub fn dossier(self, id: ProjectId) -> StoreResult<Option<Dossier>> {
        let Some(project) = self.project(id)? else { return Ok(None) };
        let round = project.round;
        // What is left of records whose content was destroyed says nothing; the log tells who acted when.
        let whole = project.destroyed.is_none();
        // Most projects are young: what cannot exist before a stage is not asked for.
        let planned = whole && project.stage >= Stage::JointReview;
        // A change may have led back from a review whose opinion became void and stays readable.
        let reviewed = whole && (project.stage >= Stage::SchemeIntake || round > 1);
        Ok(Some(Dossier {
            votes: if planned { self.votes(id)? } else { Vec::new() },
            government: if planned { self.government_decision(id)? } else { None },
            ex_ante: if planned { self.ex_ante(id)? } else { None },
            approval: if planned { self.approval(id)? } else { None },
            scheme: if reviewed { self.scheme(id, round)? } else { None },
            judgements: if reviewed { self.judgements(id, round)? } else { Vec::new() },
            panels: if reviewed { self.panels(id)? } else { Vec::new() },
            pool: if seeks_members(project.stage) { self.experts()? } else { Vec::new() },
            stay_away: Vec::new(),
            opinions: if reviewed { self.opinions(id)? } else { Vec::new() },
            deeds: if whole { self.deeds(id)? } else { Vec::new() },
            vetoes: Vec::new(),
            last_step: if whole { self.last_step(&project)? } else { None },
            project,
        }))
    }

    /// Reads again, after a command, what [`waiting`](crate::domain::workflow::waiting::waiting) looks at: where the
    /// project stands, the votes while they are cast, what was done after the review.
    pub fn standing(self, before: &Project) -> StoreResult<Option<Dossier>> {
        let Some(project) = self.moved_project(before)? else { return Ok(None) };
        let votes = if project.stage == Stage::JointReview { self.votes(project.id)? } else { Vec::new() };
        let deeds = if project.stage >= Stage::ReviewPassed { self.deeds(project.id)? } else { Vec::new() };
        let panels = if turns_on_panel(project.stage) { self.panels(project.id)? } else { Vec::new() };
        let dossier = Dossier {
            project,
            votes,
            government: None,
            ex_ante: None,
            approval: None,
            scheme: None,
            judgements: Vec::new(),
            panels,
            pool: Vec::new(),
            stay_away: Vec::new(),
            opinions: Vec::new(),
            deeds,
            vetoes: Vec::new(),
            last_step: None,
        };
        Ok(Some(dossier))
    }
}
