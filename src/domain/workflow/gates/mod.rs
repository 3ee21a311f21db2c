//! The gates: per phase, the conditions of each action and what the action then does.

mod approval;
mod plan;
mod review;

use super::action::Action;
use super::input::Inputs;
use super::unmet::Unmet;
use super::{Circumstances, Decision};

/// Lists the conditions that do not depend on the action's input.
pub fn conditions(action: Action, at: Circumstances<'_>) -> Vec<Unmet> {
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
        Action::DraftOpinion => review::draft(at),
        Action::CheckOpinion | Action::SignOpinion | Action::SendBack => review::running_opinion(at),
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
        Action::DraftOpinion | Action::CheckOpinion | Action::SignOpinion | Action::SendBack => {
            review::outcome(action, inputs, at)
        }
    }
}
