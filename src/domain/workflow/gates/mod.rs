//! The gates: per phase, the conditions of each action and what the action then does.

mod approval;
mod delivery;
mod filing;
mod holder;
mod overlay;
mod panel;
mod plan;
mod procurement;
mod review;

pub use overlay::overlays_after;
pub use review::bars_to_passing;

use super::action::Action;
use super::input::Inputs;
use super::unmet::Unmet;
use super::{Circumstances, Decision, recall};

/// Lists the conditions that do not depend on the action's input: what lies over the stage, then the action's own.
pub fn conditions(action: Action, at: Circumstances<'_>) -> Vec<Unmet> {
    if at.dossier.project.destroyed.is_some() {
        // What is gone lacks everything; nothing else need be told.
        return vec![Unmet::Destroyed];
    }
    overlay::blocked(action, at).into_iter().chain(own_conditions(action, at)).collect()
}

fn own_conditions(action: Action, at: Circumstances<'_>) -> Vec<Unmet> {
    match action {
        Action::ReportToSupervisor | Action::Submit => plan::submission(action, at),
        Action::Endorse | Action::Decline => Vec::new(),
        Action::AcceptPlan => plan::acceptance(at),
        Action::Vote => plan::vote(at),
        Action::RecordGovernmentDecision | Action::RefuseProject => Vec::new(),
        Action::RequestApproval => approval::request(at),
        Action::ApproveProject => approval::approval(at),
        Action::SubmitScheme => approval::scheme(at),
        Action::TakeSmallRoute => approval::small_route(at),
        Action::AcceptScheme => Vec::new(),
        Action::RequestPanel
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
        | Action::CorrectPanelRecord => panel::conditions(action, at),
        Action::DraftOpinion => review::draft(at),
        Action::CheckOpinion | Action::SignOpinion | Action::SendBack => review::running_opinion(at),
        Action::EnterProcurement => filing::enter(at),
        Action::FixRequirement => procurement::fix_requirement(at),
        Action::StartProcurement => procurement::start(at),
        Action::GoLive => delivery::go_live(at),
        Action::Archive => delivery::archive(at),
        Action::RuleOut | Action::Exempt | Action::SendToFiling | Action::DecideFiling => Vec::new(),
        Action::RecordSurvey | Action::FailProcurement | Action::RestartProcurement => Vec::new(),
        Action::RegisterContract | Action::StartImplementation | Action::StartTrial => Vec::new(),
        Action::RequestAcceptance | Action::RecordAcceptance | Action::RequestReacceptance => Vec::new(),
        Action::RegisterPayment | Action::RequestEvaluation | Action::RecordEvaluation => Vec::new(),
        Action::FinishRectification | Action::ReturnForCorrection | Action::Correct | Action::Change => Vec::new(),
        Action::Suspend | Action::Resume | Action::Withdraw | Action::Terminate => Vec::new(),
        Action::FreezeSecret | Action::Unfreeze | Action::FlagViolation | Action::ClearViolation => Vec::new(),
        Action::Expunge => overlay::expunge(at),
        Action::AskAdvice | Action::Advise => Vec::new(),
        Action::Claim | Action::Release | Action::TakeOver | Action::Assign => holder::conditions(action, at),
        Action::Recall => recall::conditions(at),
    }
}

/// Tells what the action does with its input, or the conditions its input does not meet.
pub fn outcome(action: Action, inputs: &Inputs, at: Circumstances<'_>) -> Result<Decision, Vec<Unmet>> {
    match action {
        Action::ReportToSupervisor
        | Action::Endorse
        | Action::Decline
        | Action::Submit
        | Action::AcceptPlan
        | Action::Vote
        | Action::RecordGovernmentDecision => Ok(plan::outcome(action, inputs, at)),
        Action::RequestApproval
        | Action::ApproveProject
        | Action::RefuseProject
        | Action::SubmitScheme
        | Action::TakeSmallRoute
        | Action::AcceptScheme => approval::outcome(action, inputs, at),
        Action::RequestPanel
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
        | Action::CorrectPanelRecord => panel::outcome(action, inputs, at),
        Action::DraftOpinion | Action::CheckOpinion | Action::SignOpinion | Action::SendBack => {
            review::outcome(action, inputs, at)
        }
        Action::SendToFiling | Action::DecideFiling | Action::EnterProcurement => filing::outcome(action, inputs, at),
        Action::RecordSurvey
        | Action::FixRequirement
        | Action::StartProcurement
        | Action::FailProcurement
        | Action::RestartProcurement
        | Action::RegisterContract => procurement::outcome(action, inputs, at),
        Action::StartImplementation
        | Action::StartTrial
        | Action::RequestAcceptance
        | Action::RecordAcceptance
        | Action::RequestReacceptance
        | Action::RegisterPayment
        | Action::GoLive
        | Action::RequestEvaluation
        | Action::RecordEvaluation
        | Action::FinishRectification
        | Action::Archive => delivery::outcome(action, inputs, at),
        Action::RuleOut
        | Action::Exempt
        | Action::ReturnForCorrection
        | Action::Correct
        | Action::Change
        | Action::Suspend
        | Action::Resume
        | Action::Withdraw
        | Action::Terminate
        | Action::FreezeSecret
        | Action::Unfreeze
        | Action::Expunge
        | Action::FlagViolation
        | Action::ClearViolation
        | Action::AskAdvice
        | Action::Advise => overlay::outcome(action, inputs, at),
        Action::Claim | Action::Release | Action::TakeOver | Action::Assign => Ok(holder::outcome(action, inputs, at)),
        Action::Recall => recall::outcome(at),
    }
}
