//! 年度计划 — the projects of one year on their way to the county government's approval 〔第六条〕.

use super::project::Stage;
use super::vocabulary::vocabulary;
use super::workflow::action::Action;

vocabulary!(
    /// How far a project has come in the plan of its year.
    PlanState {
        /// 未报: with its unit or its supervising unit.
        NotReceived = "not-received",
        /// 待受理.
        AtIntake = "at-intake",
        /// 联合审议.
        JointReview = "joint-review",
        /// 待批准.
        AwaitingGovernment = "awaiting-government",
        /// 已列入, and everything that comes after.
        Planned = "planned",
        /// 退回: sent back to its unit, which has not reported again.
        Returned = "returned",
        /// 未通过.
        Rejected = "rejected",
        /// 不列入: withdrawn, not covered by the regulation, or only registered.
        Outside = "outside",
    }
);

impl PlanState {
    /// Tells the state of a project at a stage; `returned` means that it was sent back to its unit before.
    pub const fn of(stage: Stage, returned: bool) -> PlanState {
        match stage {
            Stage::Draft if returned => PlanState::Returned,
            Stage::Draft | Stage::AwaitingSupervisor => PlanState::NotReceived,
            Stage::PlanIntake => PlanState::AtIntake,
            Stage::JointReview => PlanState::JointReview,
            Stage::AwaitingGovernment => PlanState::AwaitingGovernment,
            Stage::Rejected => PlanState::Rejected,
            Stage::Withdrawn | Stage::OutOfScope | Stage::Registered => PlanState::Outside,
            Stage::Planned
            | Stage::AwaitingApproval
            | Stage::Approved
            | Stage::SchemeIntake
            | Stage::TechnicalReview
            | Stage::PanelForming
            | Stage::PanelReviewing
            | Stage::PanelConcluding
            | Stage::Revising
            | Stage::OpinionCheck
            | Stage::OpinionSigning
            | Stage::ReviewPassed
            | Stage::ReviewFailed
            | Stage::FilingReview
            | Stage::Filed
            | Stage::ProcurementPreparation
            | Stage::Procuring
            | Stage::ProcurementFailed
            | Stage::Contracted
            | Stage::Implementing
            | Stage::TrialRun
            | Stage::Acceptance
            | Stage::Accepted
            | Stage::AcceptanceFailed
            | Stage::Operating
            | Stage::Evaluation
            | Stage::EvaluationRectifying
            | Stage::Archived
            | Stage::Terminated => PlanState::Planned,
        }
    }
}

/// The actions that may be taken on many projects of a plan at once: those whose input can be the same for all.
pub const BULK: &[Action] = &[
    Action::ReportToSupervisor,
    Action::Endorse,
    Action::Decline,
    Action::Submit,
    Action::AcceptPlan,
    Action::Vote,
    Action::RecordGovernmentDecision,
];

/// Lists the actions for which a project waits when it can take one: what is declined waits to be endorsed, and what
/// a supervising unit summarizes it may report and endorse in one go.
pub const fn waits_as(action: Action) -> &'static [Action] {
    match action {
        Action::Endorse => &[Action::Endorse, Action::ReportToSupervisor],
        Action::Decline => &[Action::Endorse],
        Action::ReportToSupervisor => &[Action::ReportToSupervisor],
        Action::Submit => &[Action::Submit],
        Action::AcceptPlan => &[Action::AcceptPlan],
        Action::Vote => &[Action::Vote],
        Action::RecordGovernmentDecision => &[Action::RecordGovernmentDecision],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bulk_action_finds_the_projects_that_wait_for_it() {
        for action in Action::ALL {
            assert_eq!(BULK.contains(action), !waits_as(*action).is_empty(), "{action}");
        }
    }

    #[test]
    fn a_returned_draft_is_not_one_that_was_never_handed_in() {
        assert_eq!(PlanState::of(Stage::Draft, false), PlanState::NotReceived);
        assert_eq!(PlanState::of(Stage::Draft, true), PlanState::Returned);
        assert_eq!(PlanState::of(Stage::PlanIntake, true), PlanState::AtIntake);
    }
}
