//! The workflow as a table: which action leaves which stage and where it may lead.

use super::action::Action;
use crate::domain::project::Stage;

/// One row: an action, the stages it may be taken in, and every stage it may lead to.
pub struct Row {
    /// The action.
    pub action: Action,
    /// The stages it leaves.
    pub from: &'static [Stage],
    /// The stages it may lead to, in the order of the decision that chooses.
    pub to: &'static [Stage],
}

const fn row(action: Action, from: &'static [Stage], to: &'static [Stage]) -> Row {
    Row { action, from, to }
}

/// The table itself. A project moves only along its rows.
#[rustfmt::skip]
pub const TABLE: &[Row] = &[
    row(Action::ReportToSupervisor,       &[Stage::Draft],              &[Stage::AwaitingSupervisor]),
    row(Action::Endorse,                  &[Stage::AwaitingSupervisor], &[Stage::PlanIntake]),
    row(Action::Decline,                  &[Stage::AwaitingSupervisor], &[Stage::Draft]),
    row(Action::Submit,                   &[Stage::Draft],              &[Stage::PlanIntake]),
    row(Action::AcceptPlan,               &[Stage::PlanIntake],         &[Stage::JointReview]),
    row(Action::Vote,                     &[Stage::JointReview],        &[Stage::JointReview, Stage::AwaitingGovernment, Stage::Rejected, Stage::Draft]),
    row(Action::RecordGovernmentDecision, &[Stage::AwaitingGovernment], &[Stage::Planned, Stage::Rejected]),
    row(Action::RequestApproval,          &[Stage::Planned],            &[Stage::AwaitingApproval]),
    row(Action::ApproveProject,           &[Stage::AwaitingApproval],   &[Stage::Approved]),
    row(Action::RefuseProject,            &[Stage::AwaitingApproval],   &[Stage::Rejected]),
    row(Action::SubmitScheme,             &[Stage::Approved, Stage::ReviewFailed], &[Stage::SchemeIntake]),
    row(Action::TakeSmallRoute,           &[Stage::Approved],           &[Stage::FilingReview, Stage::ProcurementPreparation]),
    row(Action::AcceptScheme,             &[Stage::SchemeIntake],       &[Stage::TechnicalReview]),
    row(Action::DraftOpinion,             &[Stage::TechnicalReview],    &[Stage::OpinionCheck]),
    row(Action::CheckOpinion,             &[Stage::OpinionCheck],       &[Stage::OpinionSigning]),
    row(Action::SignOpinion,              &[Stage::OpinionSigning],     &[Stage::ReviewPassed, Stage::ReviewFailed]),
    row(Action::SendBack,                 &[Stage::OpinionCheck, Stage::OpinionSigning], &[Stage::TechnicalReview]),
];

/// Finds the row of an action.
pub fn row_of(action: Action) -> Option<&'static Row> {
    TABLE.iter().find(|row| row.action == action)
}

/// Lists the actions that leave a stage.
pub fn actions_at(stage: Stage) -> impl Iterator<Item = Action> {
    TABLE.iter().filter(move |row| row.from.contains(&stage)).map(|row| row.action)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_has_exactly_one_row() {
        for action in Action::ALL {
            assert_eq!(TABLE.iter().filter(|row| row.action == *action).count(), 1, "{action}");
        }
    }

    #[test]
    fn no_row_leaves_a_final_stage() {
        for row in TABLE {
            assert!(row.from.iter().all(|stage| !stage.is_final()), "{}", row.action);
            assert!(!row.to.is_empty(), "{}", row.action);
        }
    }
}
