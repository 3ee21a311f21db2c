//! What each action asks of the person who performs it: the one description from which forms, JSON and checks come.

mod delivery;
mod overlay;
mod panel;
mod plan;
mod procurement;
mod review;

use super::action::Action;
use crate::domain::actor::Role;
use crate::domain::vocabulary::vocabulary;

vocabulary!(
    /// A field of an action's input; its code is the `--set` key and the JSON field.
    Key {
        /// For whom a decision is transcribed (代录).
        OnBehalfOf = "on_behalf_of",
        /// SM3 digest of the scanned decision.
        ScanDigest = "scan_digest",
        /// 文号.
        DocNo = "doc_no",
        /// Date of the document.
        DocDate = "doc_date",
        /// When the paper form reached the Centre.
        ReceivedAt = "received_at",
        /// 意见.
        Opinion = "opinion",
        /// 结果.
        Result = "result",
        /// 会议纪要文号.
        MinutesNo = "minutes_no",
        /// 事前绩效评估结论.
        ExAnteConclusion = "ex_ante_conclusion",
        /// 事前绩效评估日期.
        ExAnteDate = "ex_ante_date",
        /// 事前绩效评估得分.
        ExAnteScore = "ex_ante_score",
        /// 金额.
        Amount = "amount_wan",
        /// 理由.
        Reason = "reason",
        /// 方案编制单位.
        Designer = "designer",
        /// 方案版本.
        Version = "version",
        /// 评审员.
        Reviewer = "reviewer",
        /// 核定额.
        Assessed = "assessed_wan",
        /// 审核意见.
        Summary = "summary",
        /// 核减理由.
        CutReason = "cut_reason",
        /// 解释口径 that lets the Centre review a project of its own.
        Ruling = "ruling",
        /// 备注.
        Note = "note",
        /// 认定依据.
        Basis = "basis",
        /// 发文层级.
        IssuerLevel = "issuer_level",
        /// 备案号.
        FilingNo = "filing_no",
        /// 预算文号.
        BudgetDocNo = "budget_doc_no",
        /// 调查方式.
        Methods = "methods",
        /// 调查对象数.
        Respondents = "respondents",
        /// 开始日期.
        Start = "start",
        /// 结束日期.
        End = "end",
        /// 档号.
        ArchiveNo = "archive_no",
        /// 日期.
        Date = "date",
        /// 采购渠道.
        Channel = "channel",
        /// 采购方式.
        Method = "method",
        /// 采购预算.
        Budget = "budget_wan",
        /// 供应商.
        Vendor = "vendor",
        /// 签订日期.
        SignedOn = "signed_on",
        /// 运维起始日.
        OmStart = "om_start",
        /// 运维终止日.
        OmEnd = "om_end",
        /// 每年运维费.
        OmPerYear = "om_per_year_wan",
        /// 免费运维月数.
        FreeOmMonths = "free_om_months",
        /// 合同条款.
        Clauses = "clauses",
        /// 成员.
        Members = "members",
        /// 建设单位验收结论.
        UnitResult = "unit_result",
        /// 中心验收结论.
        CentreResult = "centre_result",
        /// 数据已汇聚.
        DataAggregated = "data_aggregated",
        /// 问题.
        Issues = "issues",
        /// 答复.
        Answers = "answers",
        /// 付款性质.
        PaymentKind = "kind",
        /// 得分.
        Score = "score",
        /// 等级.
        Grade = "grade",
        /// 结果应用.
        Use = "use",
        /// 补正事项.
        Items = "items",
        /// 变更内容.
        Content = "content",
        /// 调整批复文号.
        AdjustmentDocNo = "adjustment_doc_no",
        /// 所违反的规则.
        RuleId = "rule",
        /// 事实.
        Facts = "facts",
        /// 征求对象.
        To = "to",
        /// 专家.
        Expert = "expert",
        /// 替换的专家.
        Replacement = "replacement",
        /// 人数.
        Size = "size",
        /// 产生方式.
        Selection = "selection",
        /// 抽取种子.
        DrawSeed = "draw_seed",
        /// 回避情形.
        Ground = "ground",
        /// 回避声明.
        Declaration = "declaration",
        /// 需求调查编制人.
        Authors = "authors",
        /// 投诉或异议.
        Complaint = "complaint",
        /// 结论.
        Conclusion = "conclusion",
        /// 各维度意见.
        Dimensions = "dimensions",
        /// 正文.
        Text = "text",
        /// 保留意见.
        Dissent = "dissent",
        /// 已签名.
        Signed = "signed",
        /// 会议日期.
        MetOn = "met_on",
        /// 会议地点.
        Place = "place",
        /// 修改清单.
        Fixes = "fixes",
        /// 组长说明.
        ChairExplanation = "chair_explanation",
        /// 签名的专家.
        SignedBy = "signed_by",
        /// 修改事项编号.
        Fix = "fix",
        /// 修改所在页码.
        PageRef = "page_ref",
    }
);

/// What kind of value a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One line of text.
    Line,
    /// Text of several paragraphs.
    Text,
    /// A positive amount in 万元.
    Money,
    /// An amount in 万元 that may be zero.
    MoneyOrZero,
    /// A day.
    Date,
    /// A moment with its offset.
    Moment,
    /// A whole number from the first to the second.
    Count(u32, u32),
    /// Yes or no.
    Flag,
    /// One of these codes.
    Choice(&'static [&'static str]),
    /// Any of these codes.
    Choices(&'static [&'static str]),
    /// Entries, one a line.
    Lines,
    /// Records, one a line, their parts separated by `|`; in JSON an array of objects with these fields.
    Records(&'static [&'static str]),
    /// A text for some of these codes, one a line as `code=text`; in JSON an object with these fields.
    Named(&'static [&'static str]),
    /// An expert, by number or name.
    Expert,
    /// One of the fixes that are still open, by number.
    Fix,
    /// An active account holding the role.
    Account(Role),
    /// An SM3 digest: 64 hexadecimal digits.
    Digest,
}

/// When a field must be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Always.
    Always,
    /// Never, but it may be.
    Optional,
    /// When another field has one of these codes.
    When(Key, &'static [&'static str]),
}

/// A field of an action's input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InputSpec {
    /// Which field.
    pub key: Key,
    /// What it takes.
    pub kind: Kind,
    /// When it must be given.
    pub need: Need,
}

const fn required(key: Key, kind: Kind) -> InputSpec {
    InputSpec { key, kind, need: Need::Always }
}

const fn optional(key: Key, kind: Kind) -> InputSpec {
    InputSpec { key, kind, need: Need::Optional }
}

const fn when(key: Key, kind: Kind, other: Key, codes: &'static [&'static str]) -> InputSpec {
    InputSpec { key, kind, need: Need::When(other, codes) }
}

const SCORE: Kind = Kind::Count(0, 100);
const PASS_OR_FAIL: Kind = Kind::Choice(&["pass", "fail"]);
const APPROVE_OR_REFUSE: Kind = Kind::Choice(&["approve", "refuse"]);
const REASON: &[InputSpec] = &[required(Key::Reason, Kind::Text)];

impl Action {
    /// Lists the fields of the action's own input, in the order in which a person fills them.
    pub const fn inputs(self) -> &'static [InputSpec] {
        match self {
            Action::ReportToSupervisor | Action::AcceptPlan | Action::SendToFiling => &[],
            Action::TakeSmallRoute => plan::SMALL_ROUTE,
            Action::RestartProcurement | Action::RequestEvaluation => &[],
            Action::Endorse => plan::ENDORSE,
            Action::Decline => plan::OPINION,
            Action::Submit => plan::SUBMIT,
            Action::RuleOut => REASON,
            Action::Exempt => plan::EXEMPT,
            Action::Vote => plan::VOTE,
            Action::RecordGovernmentDecision => plan::GOVERNMENT,
            Action::RequestApproval => plan::REQUEST_APPROVAL,
            Action::ApproveProject => plan::APPROVE,
            Action::RefuseProject | Action::SendBack => REASON,
            Action::SubmitScheme => review::SUBMIT_SCHEME,
            Action::AcceptScheme => review::ACCEPT_SCHEME,
            Action::RequestPanel => panel::REQUEST,
            Action::DeclareRecusal => panel::DECLARE,
            Action::DrawPanel => panel::DRAW,
            Action::FormPanel => panel::FORM,
            Action::ConfirmPanel | Action::FinishRevision => review::CHECK_OPINION,
            Action::ReplaceExpert => panel::REPLACE,
            Action::RecordExpertOpinion => panel::OPINION,
            Action::CloseOpinions => panel::CLOSE,
            Action::ConcludePanel => panel::CONCLUDE,
            Action::CloseFix => panel::CLOSE_FIX,
            Action::CorrectPanelRecord => panel::CORRECT,
            Action::DraftOpinion => review::DRAFT_OPINION,
            Action::CheckOpinion => review::CHECK_OPINION,
            Action::SignOpinion => review::SIGN_OPINION,
            Action::DecideFiling => procurement::DECIDE_FILING,
            Action::EnterProcurement => procurement::ENTER,
            Action::RecordSurvey => procurement::SURVEY,
            Action::FixRequirement => procurement::FIX_REQUIREMENT,
            Action::StartProcurement => procurement::START,
            Action::FailProcurement => REASON,
            Action::RegisterContract => procurement::CONTRACT,
            Action::StartImplementation | Action::StartTrial | Action::RequestAcceptance | Action::GoLive => {
                delivery::DATE
            }
            Action::RecordAcceptance => delivery::ACCEPTANCE,
            Action::RequestReacceptance | Action::FinishRectification => delivery::ANSWERS,
            Action::RegisterPayment => delivery::PAYMENT,
            Action::RecordEvaluation => delivery::EVALUATION,
            Action::Archive => delivery::ARCHIVE,
            Action::ReturnForCorrection => overlay::RETURN_FOR_CORRECTION,
            Action::Correct => delivery::ANSWERS,
            Action::Change => overlay::CHANGE,
            Action::Suspend | Action::Resume | Action::Withdraw => REASON,
            Action::Terminate => overlay::TERMINATE,
            Action::FreezeSecret | Action::Unfreeze | Action::ClearViolation => REASON,
            Action::Expunge => overlay::EXPUNGE,
            Action::FlagViolation => overlay::FLAG_VIOLATION,
            Action::AskAdvice => overlay::ASK_ADVICE,
            Action::Advise => plan::OPINION,
            Action::Claim | Action::Release | Action::Recall => &[],
            Action::TakeOver => review::TAKE_OVER,
            Action::Assign => review::ASSIGN,
        }
    }

    /// Lists the further fields of a transcription; the document's number and date become required with it.
    pub const fn transcription_inputs() -> &'static [InputSpec] {
        const {
            &[
                optional(
                    Key::OnBehalfOf,
                    Kind::Choice(&["supervisor", "planning", "finance", "cyberspace", "government"]),
                ),
                when(Key::DocNo, Kind::Line, Key::OnBehalfOf, &[]),
                when(Key::DocDate, Kind::Date, Key::OnBehalfOf, &[]),
                when(Key::ScanDigest, Kind::Digest, Key::OnBehalfOf, &[]),
            ]
        }
    }
}
