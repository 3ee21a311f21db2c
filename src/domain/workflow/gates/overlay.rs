//! What lies over a stage, and what can happen at many stages: correction, suspension, withdrawal, termination,
//! freezing, violations, change.

use std::collections::BTreeSet;

use super::super::action::{Action, Key};
use super::super::input::Inputs;
use super::super::record::{Recalled, Record};
use super::super::unmet::Unmet;
use super::super::{Circumstances, Decision};
use crate::domain::actor::Role;
use crate::domain::money::Money;
use crate::domain::project::{Overlay, Stage};
use crate::domain::route;

/// Tells which overlay an action lays on, and which it takes away, whatever its input.
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

/// Tells what lies over the stage after an action. A change lays itself over it while it waits for its adjusted
/// approval. At a final stage nothing is corrected or resumed any more.
pub fn overlays_after(action: Action, decision: &Decision, before: &BTreeSet<Overlay>) -> BTreeSet<Overlay> {
    let (on, off) = match (action, &decision.record) {
        (Action::Change, Record::ChangeRequest { open: true }) => (Some(Overlay::Changing), None),
        (Action::Change, _) => (None, Some(Overlay::Changing)),
        (_, Record::Recalled(Recalled::Correction)) => (None, Some(Overlay::Correcting)),
        _ => effect(action),
    };
    let lasting = |overlay: &Overlay| matches!(overlay, Overlay::SecrecyFrozen | Overlay::Violation);
    let kept = before.iter().copied().filter(|overlay| Some(*overlay) != off);
    kept.chain(on).filter(|overlay| !decision.to.is_final() || lasting(overlay)).collect()
}

/// Nothing goes on while a project is frozen, suspended or being corrected, but for what ends that.
///
/// Where the content was destroyed there is nothing left to act on 〔第十七条〕.
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
            | Action::Expunge
            | Action::FlagViolation
            | Action::ClearViolation
            | Action::AskAdvice
            | Action::Advise
    ) || action.is_of_holder();
    match overlay {
        Overlay::Violation => true,
        Overlay::SecrecyFrozen => matches!(action, Action::Unfreeze | Action::Expunge),
        Overlay::Suspended => of_the_record || ends_or_rests(action) && !matches!(action, Action::Suspend),
        Overlay::Correcting => {
            of_the_record || ends_or_rests(action) || matches!(action, Action::Correct | Action::Recall)
        }
        Overlay::Changing => of_the_record || ends_or_rests(action) || matches!(action, Action::Change),
    }
}

const fn ends_or_rests(action: Action) -> bool {
    matches!(action, Action::Suspend | Action::Resume | Action::Withdraw | Action::Terminate)
}

/// Only what is frozen is destroyed: the freeze is the first pair of eyes, the destruction the second 〔第十七条〕.
pub fn expunge(at: Circumstances<'_>) -> Vec<Unmet> {
    let project = &at.dossier.project;
    let loose = project.destroyed.is_none() && !project.overlays.contains(&Overlay::SecrecyFrozen);
    loose.then_some(Unmet::NotFrozen).into_iter().collect()
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
        Action::Expunge => return Ok(Decision { to: stays, record: Record::Destruction }),
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

/// A rise above the limit takes effect with its adjusted approval alone; asked for without one, it waits for it, and
/// nothing else goes on. One into a higher tier goes back to the review. A fall before a panel was formed lowers the
/// tier only with the lead's word, later never.
///
/// While a request is open, a change answers it: with the adjusted approval and up to what was asked for it takes
/// effect; back to the amount that governs, the request is taken back or refused.
fn changed(inputs: &Inputs, at: Circumstances<'_>) -> Result<Decision, Vec<Unmet>> {
    let project = &at.dossier.project;
    let stays = |record| Ok(Decision { to: project.stage, record });
    let from = at.dossier.changeable_amount();
    let requested = at.dossier.requested();
    let amount = match (inputs.money(Key::Amount), requested) {
        (Some(amount), Some(_)) if amount == from => {
            return stays(Record::ChangeRequest { open: false });
        }
        (Some(amount), Some(requested)) if amount > requested => {
            return Err(vec![Unmet::AboveRequested { requested, amount }]);
        }
        (Some(amount), _) => amount,
        (None, Some(requested)) => return Err(vec![Unmet::RequestOpen { from, requested }]),
        (None, None) if inputs.text(Key::Content).is_some() => return stays(Record::None),
        (None, None) => return Err(vec![Unmet::ChangeEmpty]),
    };
    let next = route::compute(&project.declaration, amount, at.policy);
    let rises_across_tier = next.code.tier() > project.route.code.tier();
    let of_contract = project.stage >= Stage::Contracted;
    let unmet = if of_contract { contract_bars(amount, from, rises_across_tier, at) } else { Vec::new() };
    if !unmet.is_empty() {
        return Err(unmet);
    }
    let rise = i128::from(amount.fen()) - i128::from(from.fen());
    let limit = i128::from(from.fen()) * i128::from(at.policy.change.approval_basis_points);
    if rise * 10_000 > limit && inputs.text(Key::AdjustmentDocNo).is_none() {
        return match requested {
            Some(_) => Err(vec![Unmet::AdjustmentMissing { from, to: amount }]),
            None => stays(Record::ChangeRequest { open: true }),
        };
    }
    if of_contract {
        // The deed itself is the contract's new amount; what was approved and reviewed before stays as it was.
        return stays(Record::None);
    }
    let void_opinion = rises_across_tier && project.stage > Stage::Approved;
    let to = if void_opinion { Stage::Approved } else { project.stage };
    let may_lower = at.capacity == Role::Lead && !at.dossier.panel_was_formed();
    Ok(Decision { to, record: Record::Changed { amount, void_opinion, may_lower } })
}

/// A contract is not changed below what was paid, nor raised into a tier whose review the project never passed: it was
/// procured on the strength of the lower one, and after the contract there is no way back to a review 〔第八条〕.
fn contract_bars(amount: Money, from: Money, rises_across_tier: bool, at: Circumstances<'_>) -> Vec<Unmet> {
    let total = at.dossier.paid();
    [
        (Unmet::PaymentsAboveContract { total, contract: amount }, total > amount),
        (Unmet::ContractAcrossTier { from, to: amount }, rises_across_tier && amount > from),
    ]
    .into_iter()
    .filter_map(|(condition, unmet)| unmet.then_some(condition))
    .collect()
}
