//! The ways through the workflow: between them they come to every stage that the table leads to.

use crate::domain::actor::Role;
use crate::domain::project::Stage;
use crate::domain::workflow::action::Action;

/// What a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// An action.
    Act(Action),
    /// Answering every open item.
    Judge,
}

/// A step with where it leads.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    /// What is done.
    pub what: What,
    /// In which role, where more than one may.
    pub by: Option<Role>,
    /// What is given otherwise than usual.
    pub with: &'static [(&'static str, &'static str)],
    /// Where it leads.
    pub to: Stage,
}

/// A way from the draft to somewhere.
#[derive(Debug, Clone)]
pub struct Journey {
    /// 项目投资额 in 万元.
    pub wan: &'static str,
    /// 是否定制开发.
    pub custom: bool,
    /// The steps.
    pub steps: Vec<Step>,
}

impl Journey {
    /// Lists where the project stands before the first step and after every one.
    pub fn stages(&self) -> impl Iterator<Item = Stage> + '_ {
        std::iter::once(Stage::Draft).chain(self.steps.iter().map(|step| step.to))
    }
}

const fn go(action: Action, to: Stage) -> Step {
    Step { what: What::Act(action), by: None, with: &[], to }
}

impl Step {
    const fn by(self, role: Role) -> Step {
        Step { by: Some(role), ..self }
    }

    const fn with(self, with: &'static [(&'static str, &'static str)]) -> Step {
        Step { with, ..self }
    }
}

/// From the draft to the approval.
const TO_APPROVED: &[Step] = &[
    go(Action::Submit, Stage::PlanIntake),
    go(Action::AcceptPlan, Stage::JointReview),
    go(Action::Vote, Stage::JointReview).by(Role::Lead),
    go(Action::Vote, Stage::JointReview).by(Role::Planning),
    go(Action::Vote, Stage::AwaitingGovernment).by(Role::Finance),
    go(Action::RecordGovernmentDecision, Stage::Planned),
    go(Action::RequestApproval, Stage::AwaitingApproval),
    go(Action::ApproveProject, Stage::Approved),
];

/// From the approval to the reviewer's desk, every item answered.
const TO_JUDGED: &[Step] = &[
    go(Action::SubmitScheme, Stage::SchemeIntake),
    go(Action::AcceptScheme, Stage::TechnicalReview),
    Step { what: What::Judge, by: None, with: &[], to: Stage::TechnicalReview },
];

/// From the reviewer's desk to the signature.
const TO_SIGNED: &[Step] = &[
    go(Action::DraftOpinion, Stage::OpinionCheck),
    go(Action::CheckOpinion, Stage::OpinionSigning),
    go(Action::SignOpinion, Stage::ReviewPassed),
    go(Action::SendToFiling, Stage::FilingReview),
];

/// From the filing to the archive; whatever can fail fails once.
const TO_ARCHIVED: &[Step] = &[
    go(Action::DecideFiling, Stage::Filed),
    go(Action::EnterProcurement, Stage::ProcurementPreparation),
    go(Action::RecordSurvey, Stage::ProcurementPreparation),
    go(Action::FixRequirement, Stage::ProcurementPreparation),
    go(Action::StartProcurement, Stage::Procuring),
    go(Action::FailProcurement, Stage::ProcurementFailed),
    go(Action::RestartProcurement, Stage::ProcurementPreparation),
    go(Action::StartProcurement, Stage::Procuring),
    go(Action::RegisterContract, Stage::Contracted),
    go(Action::RegisterPayment, Stage::Contracted),
    go(Action::StartImplementation, Stage::Implementing),
    go(Action::StartTrial, Stage::TrialRun),
    go(Action::RequestAcceptance, Stage::Acceptance),
    go(Action::RecordAcceptance, Stage::AcceptanceFailed).with(&[("centre_result", "fail")]),
    go(Action::RequestReacceptance, Stage::Acceptance),
    go(Action::RecordAcceptance, Stage::Accepted),
    go(Action::GoLive, Stage::Operating),
    go(Action::RequestEvaluation, Stage::Evaluation),
    go(Action::RecordEvaluation, Stage::EvaluationRectifying).with(&[("issues", "使用率偏低")]),
    go(Action::FinishRectification, Stage::Evaluation),
    go(Action::RecordEvaluation, Stage::Evaluation),
    go(Action::Archive, Stage::Archived),
];

/// From the reviewer's desk through an expert panel to what it concludes.
const TO_CONCLUDING: &[Step] = &[
    go(Action::RequestPanel, Stage::PanelForming),
    go(Action::DrawPanel, Stage::PanelForming),
    go(Action::FormPanel, Stage::PanelForming),
    go(Action::ConfirmPanel, Stage::PanelReviewing),
    SAYS,
    SAYS,
    SAYS,
    SAYS,
    SAYS,
    go(Action::CloseOpinions, Stage::PanelConcluding),
];

/// The next member's opinion.
const SAYS: Step = go(Action::RecordExpertOpinion, Stage::PanelReviewing);

/// Argued again, then mended.
const ARGUED_AGAIN: &[Step] = &[
    go(Action::ConcludePanel, Stage::PanelReviewing).with(&[("conclusion", "supplement")]),
    SAYS,
    SAYS,
    SAYS,
    SAYS,
    SAYS,
    go(Action::CloseOpinions, Stage::PanelConcluding),
    go(Action::ConcludePanel, Stage::Revising)
        .with(&[("conclusion", "conditional"), ("fixes", "补充密评方案|县教育局|2026-12-01")]),
    go(Action::CloseFix, Stage::Revising),
    go(Action::FinishRevision, Stage::TechnicalReview),
];

/// Asked for again after a complaint.
const AFTER_A_COMPLAINT: &[Step] = &[
    go(Action::ConcludePanel, Stage::TechnicalReview),
    go(Action::RequestPanel, Stage::PanelForming).with(&[("complaint", "程序不当")]),
];

const FAILED_REVIEW: &[Step] = &[
    go(Action::DraftOpinion, Stage::OpinionCheck).with(&[("result", "fail")]),
    go(Action::CheckOpinion, Stage::OpinionSigning),
    go(Action::SignOpinion, Stage::ReviewFailed),
];

const THROUGH_THE_SUPERVISOR: &[Step] =
    &[go(Action::ReportToSupervisor, Stage::AwaitingSupervisor), go(Action::Endorse, Stage::PlanIntake)];

/// The way of a project that the Centre reviews, from the form to the archive.
pub fn reviewed() -> Journey {
    let steps = [TO_APPROVED, TO_JUDGED, TO_SIGNED, TO_ARCHIVED].concat();
    Journey { wan: "62.5", custom: true, steps }
}

/// The small way, from the form to the archive.
pub fn small() -> Journey {
    let steps = [TO_APPROVED, &[go(Action::TakeSmallRoute, Stage::FilingReview)], TO_ARCHIVED].concat();
    Journey { wan: "49.999999", custom: true, steps }
}

/// Every way: the whole lives first, then the ones that end early or turn aside.
pub fn all() -> Vec<Journey> {
    let aside = |parts: &[&[Step]]| Journey { wan: "62.5", custom: false, steps: parts.concat() };
    let argued = |parts: &[&[Step]]| Journey { wan: "120", custom: true, steps: parts.concat() };
    vec![
        reviewed(),
        argued(&[TO_APPROVED, TO_JUDGED, TO_CONCLUDING, ARGUED_AGAIN, TO_SIGNED]),
        argued(&[TO_APPROVED, TO_JUDGED, TO_CONCLUDING, AFTER_A_COMPLAINT]),
        small(),
        aside(&[THROUGH_THE_SUPERVISOR]),
        aside(&[TO_APPROVED, TO_JUDGED, FAILED_REVIEW]),
        aside(&[&TO_APPROVED[..1], &[go(Action::RuleOut, Stage::OutOfScope)]]),
        aside(&[&TO_APPROVED[..1], &[go(Action::Exempt, Stage::Registered)]]),
        aside(&[&TO_APPROVED[..7], &[go(Action::RefuseProject, Stage::Rejected)]]),
        aside(&[&[go(Action::Withdraw, Stage::Withdrawn)]]),
        aside(&[TO_APPROVED, &[go(Action::Terminate, Stage::Terminated)]]),
    ]
}
