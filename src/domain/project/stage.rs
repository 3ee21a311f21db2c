//! Where a project stands.

use crate::domain::vocabulary::vocabulary;

vocabulary!(
    /// The stage of a project, in the order of its life.
    Stage {
        /// 草稿.
        Draft = "draft",
        /// 待主管单位汇总.
        AwaitingSupervisor = "awaiting-supervisor",
        /// 计划待受理.
        PlanIntake = "plan-intake",
        /// 待联合审议.
        JointReview = "joint-review",
        /// 待县政府批准.
        AwaitingGovernment = "awaiting-government",
        /// 已列入计划.
        Planned = "planned",
        /// 待立项审批.
        AwaitingApproval = "awaiting-approval",
        /// 已立项.
        Approved = "approved",
        /// 技术方案待受理.
        SchemeIntake = "scheme-intake",
        /// 技术评审中.
        TechnicalReview = "technical-review",
        /// 待组建专家组.
        PanelForming = "panel-forming",
        /// 专家论证中.
        PanelReviewing = "panel-reviewing",
        /// 待形成论证结论.
        PanelConcluding = "panel-concluding",
        /// 修改完善中.
        Revising = "revising",
        /// 待审核.
        OpinionCheck = "opinion-check",
        /// 待签发.
        OpinionSigning = "opinion-signing",
        /// 技术评审通过.
        ReviewPassed = "review-passed",
        /// 技术评审未通过.
        ReviewFailed = "review-failed",
        /// 待网信备案审查.
        FilingReview = "filing-review",
        /// 已备案.
        Filed = "filed",
        /// 采购准备.
        ProcurementPreparation = "procurement-preparation",
        /// 采购中.
        Procuring = "procuring",
        /// 废标流标.
        ProcurementFailed = "procurement-failed",
        /// 已签合同.
        Contracted = "contracted",
        /// 建设实施中.
        Implementing = "implementing",
        /// 试运行.
        TrialRun = "trial-run",
        /// 待验收.
        Acceptance = "acceptance",
        /// 验收合格.
        Accepted = "accepted",
        /// 验收不合格整改中.
        AcceptanceFailed = "acceptance-failed",
        /// 正式运行.
        Operating = "operating",
        /// 待绩效评价.
        Evaluation = "evaluation",
        /// 绩效整改中.
        EvaluationRectifying = "evaluation-rectifying",
        /// 已归档.
        Archived = "archived",
        /// 备案登记(条线/另有规定).
        Registered = "registered",
        /// 不纳入管理.
        OutOfScope = "out-of-scope",
        /// 不予通过.
        Rejected = "rejected",
        /// 已撤回.
        Withdrawn = "withdrawn",
        /// 已终止.
        Terminated = "terminated",
    }
);

vocabulary!(
    /// A part of the life, for whoever looks at many projects at once.
    Phase {
        /// 申报审议.
        Planning = "planning",
        /// 立项.
        Approval = "approval",
        /// 技术评审.
        Review = "review",
        /// 备案采购.
        Procurement = "procurement",
        /// 建设验收.
        Delivery = "delivery",
        /// 运行评价.
        Operation = "operation",
        /// 办结.
        Completed = "completed",
        /// 终止和不纳入.
        Ended = "ended",
    }
);

impl Stage {
    /// Tells to which part of the life a stage belongs.
    pub const fn phase(self) -> Phase {
        match self {
            Stage::Draft
            | Stage::AwaitingSupervisor
            | Stage::PlanIntake
            | Stage::JointReview
            | Stage::AwaitingGovernment => Phase::Planning,
            Stage::Planned | Stage::AwaitingApproval | Stage::Approved => Phase::Approval,
            Stage::SchemeIntake
            | Stage::TechnicalReview
            | Stage::PanelForming
            | Stage::PanelReviewing
            | Stage::PanelConcluding
            | Stage::Revising
            | Stage::OpinionCheck
            | Stage::OpinionSigning
            | Stage::ReviewFailed => Phase::Review,
            Stage::ReviewPassed
            | Stage::FilingReview
            | Stage::Filed
            | Stage::ProcurementPreparation
            | Stage::Procuring
            | Stage::ProcurementFailed => Phase::Procurement,
            Stage::Contracted | Stage::Implementing | Stage::TrialRun | Stage::Acceptance | Stage::AcceptanceFailed => {
                Phase::Delivery
            }
            Stage::Accepted | Stage::Operating | Stage::Evaluation | Stage::EvaluationRectifying => Phase::Operation,
            Stage::Archived | Stage::Registered => Phase::Completed,
            Stage::OutOfScope | Stage::Rejected | Stage::Withdrawn | Stage::Terminated => Phase::Ended,
        }
    }

    /// Tells whether nothing more can happen to a project that reached this stage.
    pub const fn is_final(self) -> bool {
        matches!(
            self,
            Stage::Archived
                | Stage::Registered
                | Stage::OutOfScope
                | Stage::Rejected
                | Stage::Withdrawn
                | Stage::Terminated
        )
    }

    /// Tells whether the declaration may still be edited: until the technical scheme is handed in, what the form
    /// lacks (such as the resource catalogue) may be added.
    pub const fn declaration_is_open(self) -> bool {
        matches!(self, Stage::Draft | Stage::PlanIntake | Stage::Planned | Stage::Approved | Stage::ReviewFailed)
    }

    /// Tells whether name, money and year may still change without a change procedure: until the joint review begins.
    pub const fn plan_is_open(self) -> bool {
        matches!(self, Stage::Draft | Stage::PlanIntake)
    }
}
