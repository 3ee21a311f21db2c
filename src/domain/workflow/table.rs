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
    /// Whether the project may also stay where it is.
    pub stays: bool,
}

impl Row {
    /// Tells whether the action belongs to the way itself, rather than to what may happen at many stages.
    pub fn is_of_the_way(&self) -> bool {
        self.from.len() <= 3
    }

    /// Tells whether the action may lead from one stage to another.
    pub fn leads(&self, from: Stage, to: Stage) -> bool {
        self.from.contains(&from) && (self.to.contains(&to) || self.stays && from == to)
    }
}

const fn row(action: Action, from: &'static [Stage], to: &'static [Stage]) -> Row {
    Row { action, from, to, stays: to.is_empty() }
}

const fn row_or_stay(action: Action, from: &'static [Stage], to: &'static [Stage]) -> Row {
    Row { action, from, to, stays: true }
}

/// Stages in which a review is on and a correction may be asked for.
const UNDER_REVIEW: &[Stage] = &[
    Stage::PlanIntake,
    Stage::JointReview,
    Stage::AwaitingGovernment,
    Stage::AwaitingApproval,
    Stage::SchemeIntake,
    Stage::TechnicalReview,
    Stage::FilingReview,
    Stage::Acceptance,
];

/// Stages in which the approved content may be changed.
const CHANGEABLE: &[Stage] = &[
    Stage::Approved,
    Stage::SchemeIntake,
    Stage::TechnicalReview,
    Stage::ReviewPassed,
    Stage::ReviewFailed,
    Stage::FilingReview,
    Stage::Filed,
    Stage::ProcurementPreparation,
    Stage::Contracted,
    Stage::Implementing,
];

/// Stages in which the record of a concluded panel may be corrected: until its opinion is signed.
const PANEL_ON_RECORD: &[Stage] = &[
    Stage::TechnicalReview,
    Stage::PanelForming,
    Stage::PanelReviewing,
    Stage::Revising,
    Stage::OpinionCheck,
    Stage::OpinionSigning,
];

/// Stages in which a reviewer holds the project.
const HELD_IN: &[Stage] =
    &[Stage::TechnicalReview, Stage::PanelForming, Stage::PanelReviewing, Stage::PanelConcluding, Stage::Revising];

/// Stages a step is taken back to.
const RECALLED_TO: &[Stage] =
    &[Stage::Draft, Stage::TechnicalReview, Stage::OpinionCheck, Stage::OpinionSigning, Stage::ReviewPassed];

/// Stages in which money is paid.
const PAID_IN: &[Stage] = &[
    Stage::Contracted,
    Stage::Implementing,
    Stage::TrialRun,
    Stage::Acceptance,
    Stage::AcceptanceFailed,
    Stage::Accepted,
    Stage::Operating,
];

/// Every stage that is not final.
const LIVING: &[Stage] = &[
    Stage::Draft,
    Stage::AwaitingSupervisor,
    Stage::PlanIntake,
    Stage::JointReview,
    Stage::AwaitingGovernment,
    Stage::Planned,
    Stage::AwaitingApproval,
    Stage::Approved,
    Stage::SchemeIntake,
    Stage::TechnicalReview,
    Stage::PanelForming,
    Stage::PanelReviewing,
    Stage::PanelConcluding,
    Stage::Revising,
    Stage::OpinionCheck,
    Stage::OpinionSigning,
    Stage::ReviewPassed,
    Stage::ReviewFailed,
    Stage::FilingReview,
    Stage::Filed,
    Stage::ProcurementPreparation,
    Stage::Procuring,
    Stage::ProcurementFailed,
    Stage::Contracted,
    Stage::Implementing,
    Stage::TrialRun,
    Stage::Acceptance,
    Stage::AcceptanceFailed,
    Stage::Accepted,
    Stage::Operating,
    Stage::Evaluation,
    Stage::EvaluationRectifying,
];

/// Stages before a signature, in which the unit may still withdraw.
const BEFORE_SIGNING: &[Stage] = LIVING.split_at(place(Stage::ReviewPassed)).0;

/// Stages after the plan was approved, in which a project can be terminated.
const AFTER_PLANNED: &[Stage] = LIVING.split_at(place(Stage::Planned)).1;

/// Tells how many living stages come before one; they stand in the order of a project's life.
const fn place(stage: Stage) -> usize {
    let (mut rest, mut before) = (LIVING, 0);
    while let [first, after @ ..] = rest {
        if *first as u8 == stage as u8 {
            break;
        }
        (rest, before) = (after, before + 1);
    }
    before
}

/// An empty list of destinations: the project stays where it is.
const STAYS: &[Stage] = &[];

/// The table itself. A project moves only along its rows.
#[rustfmt::skip]
pub const TABLE: &[Row] = &[
    row(Action::ReportToSupervisor,       &[Stage::Draft],              &[Stage::AwaitingSupervisor]),
    row(Action::Endorse,                  &[Stage::AwaitingSupervisor], &[Stage::PlanIntake]),
    row(Action::Decline,                  &[Stage::AwaitingSupervisor], &[Stage::Draft]),
    row(Action::Submit,                   &[Stage::Draft],              &[Stage::PlanIntake]),
    row(Action::AcceptPlan,               &[Stage::PlanIntake],         &[Stage::JointReview]),
    row(Action::RuleOut,                  &[Stage::PlanIntake],         &[Stage::OutOfScope]),
    row(Action::Exempt,                   &[Stage::PlanIntake],         &[Stage::Registered]),
    row(Action::Vote,                     &[Stage::JointReview],        &[Stage::JointReview, Stage::AwaitingGovernment, Stage::Rejected, Stage::Draft]),
    row(Action::RecordGovernmentDecision, &[Stage::AwaitingGovernment], &[Stage::Planned, Stage::Rejected]),
    row(Action::RequestApproval,          &[Stage::Planned],            &[Stage::AwaitingApproval]),
    row(Action::ApproveProject,           &[Stage::AwaitingApproval],   &[Stage::Approved]),
    row(Action::RefuseProject,            &[Stage::AwaitingApproval],   &[Stage::Rejected]),
    row(Action::SubmitScheme,             &[Stage::Approved, Stage::ReviewFailed], &[Stage::SchemeIntake]),
    row(Action::TakeSmallRoute,           &[Stage::Approved, Stage::Planned], &[Stage::FilingReview, Stage::ProcurementPreparation]),
    row(Action::AcceptScheme,             &[Stage::SchemeIntake],       &[Stage::TechnicalReview]),
    row(Action::DraftOpinion,             &[Stage::TechnicalReview],    &[Stage::OpinionCheck]),
    row(Action::CheckOpinion,             &[Stage::OpinionCheck],       &[Stage::OpinionSigning]),
    row(Action::SignOpinion,              &[Stage::OpinionSigning],     &[Stage::ReviewPassed, Stage::ReviewFailed]),
    row(Action::SendBack,                 &[Stage::OpinionCheck, Stage::OpinionSigning], &[Stage::TechnicalReview]),
    row(Action::RequestPanel,             &[Stage::TechnicalReview],    &[Stage::PanelForming]),
    row(Action::DeclareRecusal,           &[Stage::PanelForming, Stage::PanelReviewing], STAYS),
    row(Action::DrawPanel,                &[Stage::PanelForming],       STAYS),
    row(Action::FormPanel,                &[Stage::PanelForming],       STAYS),
    row(Action::ConfirmPanel,             &[Stage::PanelForming],       &[Stage::PanelReviewing]),
    row(Action::ReplaceExpert,            &[Stage::PanelReviewing],     STAYS),
    row(Action::RecordExpertOpinion,      &[Stage::PanelReviewing],     STAYS),
    row(Action::CloseOpinions,            &[Stage::PanelReviewing],     &[Stage::PanelConcluding]),
    row(Action::ConcludePanel,            &[Stage::PanelConcluding],    &[Stage::TechnicalReview, Stage::Revising, Stage::PanelReviewing]),
    row(Action::CloseFix,                 &[Stage::Revising],           STAYS),
    row(Action::FinishRevision,           &[Stage::Revising],           &[Stage::TechnicalReview]),
    row(Action::SendToFiling,             &[Stage::ReviewPassed],       &[Stage::FilingReview]),
    row(Action::DecideFiling,             &[Stage::FilingReview],       &[Stage::Filed, Stage::Rejected]),
    row(Action::EnterProcurement,         &[Stage::Filed],              &[Stage::ProcurementPreparation]),
    row(Action::RecordSurvey,             &[Stage::ProcurementPreparation], STAYS),
    row(Action::FixRequirement,           &[Stage::ProcurementPreparation], STAYS),
    row(Action::StartProcurement,         &[Stage::ProcurementPreparation], &[Stage::Procuring]),
    row(Action::FailProcurement,          &[Stage::Procuring],          &[Stage::ProcurementFailed]),
    row(Action::RestartProcurement,       &[Stage::ProcurementFailed],  &[Stage::ProcurementPreparation]),
    row(Action::RegisterContract,         &[Stage::Procuring],          &[Stage::Contracted]),
    row(Action::StartImplementation,      &[Stage::Contracted],         &[Stage::Implementing]),
    row(Action::StartTrial,               &[Stage::Implementing],       &[Stage::TrialRun]),
    row(Action::RequestAcceptance,        &[Stage::Implementing, Stage::TrialRun], &[Stage::Acceptance]),
    row(Action::RecordAcceptance,         &[Stage::Acceptance],         &[Stage::Accepted, Stage::AcceptanceFailed]),
    row(Action::RequestReacceptance,      &[Stage::AcceptanceFailed],   &[Stage::Acceptance]),
    row(Action::RegisterPayment,          PAID_IN,                      STAYS),
    row(Action::GoLive,                   &[Stage::Accepted],           &[Stage::Operating]),
    row(Action::RequestEvaluation,        &[Stage::Operating],          &[Stage::Evaluation]),
    row(Action::RecordEvaluation,         &[Stage::Evaluation],         &[Stage::Evaluation, Stage::EvaluationRectifying]),
    row(Action::FinishRectification,      &[Stage::EvaluationRectifying], &[Stage::Evaluation]),
    row(Action::Archive,                  &[Stage::Evaluation],         &[Stage::Archived]),
    row(Action::CorrectPanelRecord,       PANEL_ON_RECORD,              STAYS),
    row(Action::ReturnForCorrection,      UNDER_REVIEW,                 STAYS),
    row(Action::Correct,                  UNDER_REVIEW,                 STAYS),
    row_or_stay(Action::Change,           CHANGEABLE,                   &[Stage::Approved]),
    row(Action::Suspend,                  LIVING,                       STAYS),
    row(Action::Resume,                   LIVING,                       STAYS),
    row(Action::Withdraw,                 BEFORE_SIGNING,               &[Stage::Withdrawn]),
    row(Action::Terminate,                AFTER_PLANNED,                &[Stage::Terminated]),
    row(Action::FreezeSecret,             Stage::ALL,                   STAYS),
    row(Action::Unfreeze,                 Stage::ALL,                   STAYS),
    row(Action::Expunge,                  Stage::ALL,                   STAYS),
    row(Action::FlagViolation,            Stage::ALL,                   STAYS),
    row(Action::ClearViolation,           Stage::ALL,                   STAYS),
    row(Action::AskAdvice,                LIVING,                       STAYS),
    row(Action::Advise,                   LIVING,                       STAYS),
    row(Action::Claim,                    HELD_IN,                      STAYS),
    row(Action::Release,                  HELD_IN,                      STAYS),
    row(Action::TakeOver,                 HELD_IN,                      STAYS),
    row(Action::Assign,                   HELD_IN,                      STAYS),
    row_or_stay(Action::Recall,           LIVING,                       RECALLED_TO),
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
    fn the_living_stages_are_those_that_are_not_final() {
        let living: Vec<Stage> = Stage::ALL.iter().copied().filter(|stage| !stage.is_final()).collect();
        let mut listed = LIVING.to_vec();
        listed.sort();
        assert_eq!(listed, living);
        assert_eq!(
            (BEFORE_SIGNING.last(), AFTER_PLANNED.first()),
            (Some(&Stage::OpinionSigning), Some(&Stage::Planned))
        );
    }

    #[test]
    fn only_freezes_and_flags_touch_a_final_stage_and_they_never_move_it() {
        let of_the_record =
            [Action::FreezeSecret, Action::Unfreeze, Action::Expunge, Action::FlagViolation, Action::ClearViolation];
        for row in TABLE {
            if of_the_record.contains(&row.action) {
                assert!(row.to.is_empty() && row.from == Stage::ALL, "{}", row.action);
            } else {
                assert!(row.from.iter().all(|stage| !stage.is_final()), "{}", row.action);
            }
            assert!(row.stays || !row.to.is_empty(), "{}", row.action);
        }
    }
}
