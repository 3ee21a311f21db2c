//! The actions of the workflow and what each asks of the person who performs it.

use crate::domain::actor::Role;
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
        /// 拟定技术审核意见.
        DraftOpinion = "draft-opinion",
        /// 审核同意.
        CheckOpinion = "check-opinion",
        /// 签发.
        SignOpinion = "sign-opinion",
        /// 退回 (of a drafted opinion).
        SendBack = "send-back",
    }
);

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
        /// 批复金额.
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
    /// A whole number from 0 to 100.
    Score,
    /// One of these codes.
    Choice(&'static [&'static str]),
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

const PASS_OR_FAIL: Kind = Kind::Choice(&["pass", "fail"]);
const APPROVE_OR_REFUSE: Kind = Kind::Choice(&["approve", "refuse"]);

impl Action {
    /// Lists the fields of the action's own input, in the order in which a person fills them.
    pub const fn inputs(self) -> &'static [InputSpec] {
        match self {
            Action::ReportToSupervisor | Action::AcceptPlan | Action::TakeSmallRoute => &[],
            Action::Endorse | Action::Decline => const { &[required(Key::Opinion, Kind::Text)] },
            Action::Submit => const { &[optional(Key::ReceivedAt, Kind::Moment)] },
            Action::Vote => {
                const {
                    &[
                        required(Key::Result, Kind::Choice(&["agree", "disagree", "return"])),
                        when(Key::Opinion, Kind::Text, Key::Result, &["disagree", "return"]),
                        optional(Key::MinutesNo, Kind::Line),
                    ]
                }
            }
            Action::RecordGovernmentDecision => {
                const {
                    &[
                        required(Key::Result, APPROVE_OR_REFUSE),
                        required(Key::DocNo, Kind::Line),
                        required(Key::DocDate, Kind::Date),
                    ]
                }
            }
            Action::RequestApproval => {
                const {
                    &[
                        optional(Key::ExAnteConclusion, Kind::Text),
                        optional(Key::ExAnteDate, Kind::Date),
                        optional(Key::ExAnteScore, Kind::Score),
                    ]
                }
            }
            Action::ApproveProject => {
                const {
                    &[
                        required(Key::DocNo, Kind::Line),
                        required(Key::DocDate, Kind::Date),
                        required(Key::Amount, Kind::Money),
                    ]
                }
            }
            Action::RefuseProject | Action::SendBack => const { &[required(Key::Reason, Kind::Text)] },
            Action::SubmitScheme => {
                const { &[required(Key::Designer, Kind::Line), required(Key::Version, Kind::Line)] }
            }
            Action::AcceptScheme => const { &[optional(Key::Reviewer, Kind::Account(Role::Reviewer))] },
            Action::DraftOpinion => {
                const {
                    &[
                        required(Key::Result, PASS_OR_FAIL),
                        required(Key::Assessed, Kind::MoneyOrZero),
                        required(Key::Summary, Kind::Text),
                        optional(Key::CutReason, Kind::Text),
                        optional(Key::Ruling, Kind::Line),
                    ]
                }
            }
            Action::CheckOpinion => const { &[optional(Key::Note, Kind::Text)] },
            Action::SignOpinion => const { &[required(Key::DocNo, Kind::Line), optional(Key::DocDate, Kind::Date)] },
        }
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
        )
    }

    /// Lists the further fields of a transcription; the document's number and date become required with it.
    pub const fn transcription_inputs() -> &'static [InputSpec] {
        const {
            &[
                optional(Key::OnBehalfOf, Kind::Choice(&["supervisor", "planning", "finance", "government"])),
                when(Key::DocNo, Kind::Line, Key::OnBehalfOf, &[]),
                when(Key::DocDate, Kind::Date, Key::OnBehalfOf, &[]),
                when(Key::ScanDigest, Kind::Digest, Key::OnBehalfOf, &[]),
            ]
        }
    }
}
