//! The actions of the workflow.

pub use super::fields::{InputSpec, Key, Kind, Need};
use crate::domain::vocabulary::vocabulary;

vocabulary!(
    /// Something a person does to a project.
    Action {
        /// 报主管单位.
        ReportToSupervisor = "report-to-supervisor",
        /// 同意汇总.
        Endorse = "endorse",
        /// 退回 (by the supervising unit).
        Decline = "decline",
        /// 申报.
        Submit = "submit",
        /// 受理.
        AcceptPlan = "accept-plan",
        /// 认定不纳入 〔第二条〕.
        RuleOut = "rule-out",
        /// 认定条线/另有规定 〔第二条〕.
        Exempt = "exempt",
        /// 联合审议表决.
        Vote = "vote",
        /// 登记县政府决定.
        RecordGovernmentDecision = "record-government-decision",
        /// 报立项.
        RequestApproval = "request-approval",
        /// 批准立项.
        ApproveProject = "approve-project",
        /// 不予立项.
        RefuseProject = "refuse-project",
        /// 报送技术方案.
        SubmitScheme = "submit-scheme",
        /// 转小额流程.
        TakeSmallRoute = "take-small-route",
        /// 受理方案.
        AcceptScheme = "accept-scheme",
        /// 提请专家论证 〔第八条〕.
        RequestPanel = "request-panel",
        /// 回避声明.
        DeclareRecusal = "declare-recusal",
        /// 抽取专家.
        DrawPanel = "draw-panel",
        /// 组建专家组.
        FormPanel = "form-panel",
        /// 确认专家组.
        ConfirmPanel = "confirm-panel",
        /// 更换专家.
        ReplaceExpert = "replace-expert",
        /// 录入专家意见.
        RecordExpertOpinion = "record-expert-opinion",
        /// 意见收齐.
        CloseOpinions = "close-opinions",
        /// 形成论证结论.
        ConcludePanel = "conclude-panel",
        /// 销号.
        CloseFix = "close-fix",
        /// 复核通过.
        FinishRevision = "finish-revision",
        /// 更正论证记录.
        CorrectPanelRecord = "correct-panel-record",
        /// 拟定技术审核意见.
        DraftOpinion = "draft-opinion",
        /// 审核同意.
        CheckOpinion = "check-opinion",
        /// 签发.
        SignOpinion = "sign-opinion",
        /// 退回 (of a drafted opinion).
        SendBack = "send-back",
        /// 送网信备案.
        SendToFiling = "send-to-filing",
        /// 备案审查.
        DecideFiling = "decide-filing",
        /// 进入采购.
        EnterProcurement = "enter-procurement",
        /// 登记需求调查.
        RecordSurvey = "record-survey",
        /// 确定采购需求.
        FixRequirement = "fix-requirement",
        /// 启动采购.
        StartProcurement = "start-procurement",
        /// 废标流标.
        FailProcurement = "fail-procurement",
        /// 重新采购.
        RestartProcurement = "restart-procurement",
        /// 合同备案.
        RegisterContract = "register-contract",
        /// 开工.
        StartImplementation = "start-implementation",
        /// 试运行.
        StartTrial = "start-trial",
        /// 申请验收.
        RequestAcceptance = "request-acceptance",
        /// 登记验收.
        RecordAcceptance = "record-acceptance",
        /// 整改后再验收.
        RequestReacceptance = "request-reacceptance",
        /// 登记付款.
        RegisterPayment = "register-payment",
        /// 投入正式使用.
        GoLive = "go-live",
        /// 申请评价.
        RequestEvaluation = "request-evaluation",
        /// 登记绩效评价.
        RecordEvaluation = "record-evaluation",
        /// 整改完成.
        FinishRectification = "finish-rectification",
        /// 归档.
        Archive = "archive",
        /// 退回补正.
        ReturnForCorrection = "return-for-correction",
        /// 补正完成.
        Correct = "correct",
        /// 变更.
        Change = "change",
        /// 暂停.
        Suspend = "suspend",
        /// 恢复.
        Resume = "resume",
        /// 撤回.
        Withdraw = "withdraw",
        /// 终止.
        Terminate = "terminate",
        /// 涉密冻结 〔第十七条〕.
        FreezeSecret = "freeze-secret",
        /// 解冻.
        Unfreeze = "unfreeze",
        /// 销毁内容 〔第十七条〕.
        Expunge = "expunge",
        /// 违规挂牌 〔第十六条〕.
        FlagViolation = "flag-violation",
        /// 摘牌.
        ClearViolation = "clear-violation",
        /// 征求会签.
        AskAdvice = "ask-advice",
        /// 会签意见.
        Advise = "advise",
        /// 认领: the reviewer takes the project.
        Claim = "claim",
        /// 释放: the project is anybody's again.
        Release = "release",
        /// 接管: another reviewer takes the project over.
        TakeOver = "take-over",
        /// 指派: the lead gives the project to a reviewer.
        Assign = "assign",
        /// 收回: the step just taken is taken back.
        Recall = "recall",
    }
);

impl Action {
    /// Tells whether the action is kept as a [`Deed`](super::dossier::Deed): everything that has no record of its own
    /// and of which later gates or readers ask. A destruction leaves no deed: what is given for a deed is destroyed.
    pub const fn is_deed(self) -> bool {
        !self.is_of_panel()
            && !matches!(
                self,
                Action::ReportToSupervisor
                    | Action::Endorse
                    | Action::Decline
                    | Action::Submit
                    | Action::AcceptPlan
                    | Action::Vote
                    | Action::RecordGovernmentDecision
                    | Action::RequestApproval
                    | Action::ApproveProject
                    | Action::SubmitScheme
                    | Action::AcceptScheme
                    | Action::DraftOpinion
                    | Action::CheckOpinion
                    | Action::SignOpinion
                    | Action::SendBack
                    | Action::Expunge
            )
    }

    /// Tells whether the action belongs to the expert panel, which has records of its own.
    pub const fn is_of_panel(self) -> bool {
        matches!(
            self,
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
                | Action::CorrectPanelRecord
        )
    }

    /// Tells whether whoever must stay away from the panel must stay away from this, too: the panel's own steps, and those
    /// of the Centre's opinion, which quotes it 〔第八条〕.
    pub const fn is_barred_by_recusal(self) -> bool {
        let of_opinion =
            matches!(self, Action::DraftOpinion | Action::CheckOpinion | Action::SignOpinion | Action::SendBack);
        self.is_of_panel() || of_opinion || matches!(self, Action::Claim | Action::TakeOver)
    }

    /// Tells whether the action only says whose the project is while it is reviewed. The reviewer a scheme was handed to
    /// on intake and one who claims it are the same thing, so that there is one answer to whose work it is.
    pub const fn is_of_holder(self) -> bool {
        matches!(self, Action::Claim | Action::Release | Action::TakeOver | Action::Assign)
    }

    /// Tells whether the decision may be transcribed by the intake clerk for an authority without an account (代录).
    pub const fn transcribable(self) -> bool {
        matches!(
            self,
            Action::Endorse
                | Action::Decline
                | Action::Vote
                | Action::RecordGovernmentDecision
                | Action::ApproveProject
                | Action::RefuseProject
                | Action::DecideFiling
                | Action::EnterProcurement
                | Action::StartProcurement
                | Action::FailProcurement
                | Action::RestartProcurement
                | Action::RegisterContract
                | Action::RegisterPayment
                | Action::RecordEvaluation
                | Action::Change
        )
    }
}
