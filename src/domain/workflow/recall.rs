//! Taking back the step just taken (收回): what somebody may undo alone as long as nobody built on it, and what not.
//!
//! A step hands the project on to somebody else. Within the grace period of the county's policy the person who took it
//! may take it back; the log keeps the step and tells of its recall. A decision that others may rely on from the moment
//! it is made, a signature, a vote, an approval, is never taken back: it is followed by another decision.

use chrono::TimeDelta;

use super::action::Action;
use super::dossier::Step;
use super::record::{Recalled, Record};
use super::unmet::Unmet;
use super::{Circumstances, Decision};

/// What becomes of a step whose author wants it back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recallability {
    /// It can be taken back, and this must be mended.
    Yes(Recalled),
    /// It took effect for others, or cannot be made undone.
    Final,
    /// It has an inverse of its own, or hands nothing on.
    ByItsOwn,
}

/// Tells it of every action. The one place where this is decided.
pub const fn recallability(action: Action) -> Recallability {
    match action {
        Action::DraftOpinion => Recallability::Yes(Recalled::Draft),
        Action::CheckOpinion => Recallability::Yes(Recalled::Check),
        Action::SendBack => Recallability::Yes(Recalled::SendBack),
        Action::ReturnForCorrection => Recallability::Yes(Recalled::Correction),
        Action::ReportToSupervisor | Action::SendToFiling => Recallability::Yes(Recalled::Stage),
        Action::SignOpinion
        | Action::Endorse
        | Action::Decline
        | Action::Submit
        | Action::AcceptPlan
        | Action::RuleOut
        | Action::Exempt
        | Action::Vote
        | Action::RecordGovernmentDecision
        | Action::RequestApproval
        | Action::ApproveProject
        | Action::RefuseProject
        | Action::SubmitScheme
        | Action::TakeSmallRoute
        | Action::AcceptScheme
        | Action::RequestPanel
        | Action::DeclareRecusal
        | Action::DrawPanel
        | Action::FormPanel
        | Action::ConfirmPanel
        | Action::ReplaceExpert
        | Action::RecordExpertOpinion
        | Action::CloseOpinions
        | Action::ConcludePanel
        | Action::CloseFix
        | Action::FinishRevision
        | Action::CorrectPanelRecord
        | Action::DecideFiling
        | Action::EnterProcurement
        | Action::RecordSurvey
        | Action::FixRequirement
        | Action::StartProcurement
        | Action::FailProcurement
        | Action::RestartProcurement
        | Action::RegisterContract
        | Action::StartImplementation
        | Action::StartTrial
        | Action::RequestAcceptance
        | Action::RecordAcceptance
        | Action::RequestReacceptance
        | Action::RegisterPayment
        | Action::GoLive
        | Action::RequestEvaluation
        | Action::RecordEvaluation
        | Action::FinishRectification
        | Action::Archive
        | Action::Correct
        | Action::Change
        | Action::Withdraw
        | Action::Terminate
        | Action::Expunge
        | Action::AskAdvice
        | Action::Advise => Recallability::Final,
        Action::Suspend
        | Action::Resume
        | Action::FreezeSecret
        | Action::Unfreeze
        | Action::FlagViolation
        | Action::ClearViolation
        | Action::Claim
        | Action::Release
        | Action::TakeOver
        | Action::Assign
        | Action::Recall => Recallability::ByItsOwn,
    }
}

/// Tells the last step and what its recall mends, where it can be taken back by its kind.
pub fn recallable(step: Option<&Step>) -> Option<(&Step, Recalled)> {
    let step = step?;
    match recallability(step.action) {
        Recallability::Yes(recalled) => Some((step, recalled)),
        Recallability::Final | Recallability::ByItsOwn => None,
    }
}

/// Lists what stands in the way: nothing to take back, a step that is final, the grace period over.
pub fn conditions(at: Circumstances<'_>) -> Vec<Unmet> {
    let last = at.dossier.last_step.as_ref();
    let Some((step, _)) = recallable(last) else {
        return match last.map(|step| (step.action, recallability(step.action))) {
            // How far a panel is, nobody learns from a refusal; that it has concluded, the stage tells.
            Some((action, Recallability::Final)) if !action.is_of_panel() || action == Action::ConcludePanel => {
                vec![Unmet::StepFinal(action)]
            }
            _ => vec![Unmet::NothingToRecall],
        };
    };
    let minutes = at.policy.handling.grace_minutes;
    let over = at.now - step.at > TimeDelta::minutes(i64::from(minutes));
    over.then_some(Unmet::GraceOver { action: step.action, minutes }).into_iter().collect()
}

/// Tells what the recall does: back to the stage the step left.
pub fn outcome(at: Circumstances<'_>) -> Result<Decision, Vec<Unmet>> {
    match recallable(at.dossier.last_step.as_ref()) {
        Some((step, recalled)) => Ok(Decision { to: step.from, record: Record::Recalled(recalled) }),
        None => Err(Vec::new()),
    }
}
