//! What a role may do and this person still may not: duties kept apart, people who must stay away, what is another's.

use super::{Denied, OpinionStep};
use crate::domain::actor::{Actor, Role};
use crate::domain::ids::AccountId;
use crate::domain::project::{Project, Stage};
use crate::domain::workflow::action::Action;
use crate::domain::workflow::dossier::Dossier;
use crate::domain::workflow::recall::recallable;

/// Draft, check and signature are three people's, a scheme handed to a reviewer is that reviewer's, and nobody destroys
/// what the same person froze: what is destroyed cannot be looked at again 〔第十七条〕.
pub(super) fn separate_duties(actor: &Actor, action: Action, dossier: &Dossier) -> Result<(), Denied> {
    let reviewing = dossier.project.stage == Stage::TechnicalReview;
    let of_reviewer =
        matches!(action, Action::DraftOpinion | Action::RequestPanel | Action::CloseFix | Action::FinishRevision);
    if of_reviewer || action == Action::ReturnForCorrection && reviewing {
        // A reviewer who must stay away from the panel cannot take these steps; then any other may.
        let held_up = dossier.project.reviewer.is_some_and(|reviewer| dossier.recusal_of(reviewer).is_some());
        return if held_up { Ok(()) } else { assigned(actor, &dossier.project) };
    }
    if action == Action::Expunge {
        let froze = dossier.last(Action::FreezeSecret).is_some_and(|freeze| freeze.by.account == actor.id);
        return if froze { Err(Denied::FrozeIt) } else { Ok(()) };
    }
    let Some(opinion) = dossier.running_opinion() else { return Ok(()) };
    let is_me = |id: AccountId| id == actor.id;
    let drafted = is_me(opinion.drafted.account);
    let checked = opinion.checked.as_ref().is_some_and(|hand| is_me(hand.account));
    match action {
        Action::CheckOpinion | Action::SignOpinion if drafted => Err(Denied::SamePerson(OpinionStep::Drafted)),
        Action::SignOpinion if checked => Err(Denied::SamePerson(OpinionStep::Checked)),
        _ => Ok(()),
    }
}

/// A step is taken back by who took it, a project released by who holds it or by the lead; nobody takes it over from
/// oneself.
pub(super) fn concerns(actor: &Actor, action: Action, capacity: Role, dossier: &Dossier) -> Result<(), Denied> {
    match action {
        Action::Recall => match recallable(dossier.last_step.as_ref()) {
            Some((step, _)) if step.account != actor.account => Err(Denied::NotOwnStep(step.action)),
            _ => Ok(()),
        },
        Action::Release if capacity != Role::Lead => assigned(actor, &dossier.project),
        Action::TakeOver if dossier.project.reviewer == Some(actor.id) => Err(Denied::HoldsIt),
        _ => Ok(()),
    }
}

/// Whoever is recused as an expert changes nothing of the panel, and takes no step of the Centre's opinion, which rests
/// on what the panel said and quotes it 〔第八条〕.
pub(super) fn stays_away(actor: &Actor, action: Action, dossier: &Dossier) -> Result<(), Denied> {
    match dossier.recusal_of(actor.id) {
        Some(recused) if action.is_barred_by_recusal() => Err(Denied::Recused(recused.why.clone())),
        _ => Ok(()),
    }
}

pub(super) fn assigned(actor: &Actor, project: &Project) -> Result<(), Denied> {
    match project.reviewer {
        Some(reviewer) if reviewer != actor.id => Err(Denied::AssignedToOther),
        _ => Ok(()),
    }
}
