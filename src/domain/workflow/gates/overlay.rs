//! What lies over a stage, and what can happen at many stages: correction, suspension, withdrawal, termination,
//! freezing, violations, change.

use std::collections::BTreeSet;

use super::super::action::{Action, Key};
use super::super::input::Inputs;
use super::super::record::Record;
use super::super::unmet::Unmet;
use super::super::{Circumstances, Decision};
use crate::domain::actor::Role;
use crate::domain::project::{Overlay, Stage};
use crate::domain::route;

/// Tells which overlay an action lays on, and which it takes away.
const fn effect(action: Action) -> (Option<Overlay>, Option<Overlay>) {
    match action {
        Action::ReturnForCorrection => (Some(Overlay::Correcting), None),
        Action::Correct => (None, Some(Overlay::Correcting)),
        Action::Suspend => (Some(Overlay::Suspended), None),
        Action::Resume => (None, Some(Overlay::Suspended)),
        Action::FreezeSecret => (Some(Overlay::SecrecyFrozen), None),
        Action::Unfreeze => (None, Some(Overlay::SecrecyFrozen)),
        Action::FlagViolation => (Some(Overlay::Violation), None),
        Action::ClearViolation => (None, Some(Overlay::Violation)),
        _ => (None, None),
    }
}

/// Tells what lies over the stage after an action. At a final stage nothing is corrected or resumed any more.
pub fn overlays_after(action: Action, to: Stage, before: &BTreeSet<Overlay>) -> BTreeSet<Overlay> {
    let (on, off) = effect(action);
    let lasting = |overlay: &Overlay| matches!(overlay, Overlay::SecrecyFrozen | Overlay::Violation);
    let kept = before.iter().copied().filter(|overlay| Some(*overlay) != off);
    kept.chain(on).filter(|overlay| !to.is_final() || lasting(overlay)).collect()
}

/// Nothing goes on while a project is frozen, suspended or being corrected, but for what ends that.
pub fn blocked(action: Action, at: Circumstances<'_>) -> Vec<Unmet> {
    let overlays = &at.dossier.project.overlays;
    let (on, off) = effect(action);
    let mut unmet = Vec::new();
    if let Some(overlay) = on.filter(|overlay| overlays.contains(overlay)) {
        unmet.push(Unmet::AlreadyLying(overlay));
    }
    if let Some(overlay) = off.filter(|overlay| !overlays.contains(overlay)) {
        unmet.push(Unmet::NotLying(overlay));
    }
    unmet.extend(overlays.iter().filter(|overlay| !passes(action, **overlay)).map(|overlay| Unmet::Blocked(*overlay)));
    unmet
}

/// Tells whether an action may be taken under an overlay.
fn passes(action: Action, overlay: Overlay) -> bool {
    let of_the_record = matches!(
        action,
        Action::FreezeSecret
            | Action::Unfreeze
            | Action::FlagViolation
            | Action::ClearViolation
            | Action::AskAdvice
            | Action::Advise
    );
    match overlay {
        Overlay::Violation => true,
        Overlay::SecrecyFrozen => matches!(action, Action::Unfreeze),
        Overlay::Suspended => of_the_record || matches!(action, Action::Resume | Action::Withdraw | Action::Terminate),
        Overlay::Correcting | Overlay::Changing => {
            of_the_record
                || matches!(
                    action,
                    Action::Correct | Action::Suspend | Action::Resume | Action::Withdraw | Action::Terminate
                )
        }
    }
}

/// Tells what the action does.
pub fn outcome(action: Action, inputs: &Inputs, at: Circumstances<'_>) -> Result<Decision, Vec<Unmet>> {
    let stays = at.dossier.project.stage;
    let to = match action {
        Action::RuleOut => Stage::OutOfScope,
        Action::Exempt => return exempted(inputs),
        Action::Withdraw => Stage::Withdrawn,
        Action::Terminate => Stage::Terminated,
        Action::Change => return changed(inputs, at),
        _ => stays,
    };
    Ok(Decision { to, record: Record::None })
}

/// 国家和省另有规定: a city's or county's document does not exempt by itself 〔第二条〕.
fn exempted(inputs: &Inputs) -> Result<Decision, Vec<Unmet>> {
    let by_rule = inputs.text(Key::Basis) == Some("national-or-provincial");
    let low = matches!(inputs.text(Key::IssuerLevel), Some("city" | "county"));
    match by_rule && low {
        true => Err(vec![Unmet::IssuerCannotExempt]),
        false => Ok(Decision { to: Stage::Registered, record: Record::None }),
    }
}

/// A rise above the limit goes back for an adjusted approval; one into a higher tier goes back to the review. A fall
/// before a panel was formed lowers the tier only with the lead's word, later never.
fn changed(inputs: &Inputs, at: Circumstances<'_>) -> Result<Decision, Vec<Unmet>> {
    let project = &at.dossier.project;
    let stays = Decision { to: project.stage, record: Record::None };
    let Some(amount) = inputs.money(Key::Amount) else {
        return if inputs.text(Key::Content).is_some() { Ok(stays) } else { Err(vec![Unmet::ChangeEmpty]) };
    };
    let contract = at.dossier.contract_amount().filter(|_| project.stage >= Stage::Contracted);
    let from = contract.unwrap_or_else(|| project.governing_amount());
    let rise = i128::from(amount.fen()) - i128::from(from.fen());
    let limit = i128::from(from.fen()) * i128::from(at.policy.change.approval_basis_points);
    if rise * 10_000 > limit && inputs.text(Key::AdjustmentDocNo).is_none() {
        return Err(vec![Unmet::AdjustmentMissing { from, to: amount }]);
    }
    if contract.is_some() {
        // The deed itself is the contract's new amount; what was approved and reviewed before stays as it was.
        let total = at.dossier.paid();
        let unmet = Unmet::PaymentsAboveContract { total, contract: amount };
        return if total > amount { Err(vec![unmet]) } else { Ok(stays) };
    }
    let next = route::compute(&project.declaration, amount, at.policy);
    let void_opinion = next.code.tier() > project.route.code.tier() && project.stage > Stage::Approved;
    let to = if void_opinion { Stage::Approved } else { project.stage };
    let may_lower = at.capacity == Role::Lead && !at.dossier.panel_was_formed();
    Ok(Decision { to, record: Record::Changed { amount, void_opinion, may_lower } })
}
