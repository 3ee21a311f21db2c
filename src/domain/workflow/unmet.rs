//! Conditions of the regulation that are not met, each with its facts and the rule it comes from.

use chrono::NaiveDate;

use crate::domain::checklist::{Lack, Verdict};
use crate::domain::findings::Pattern;
use crate::domain::ids::ItemId;
use crate::domain::money::Money;
use crate::domain::panel::lack::PanelLack;
use crate::domain::project::{Overlay, Stage};
use crate::domain::rule::Rule;
use crate::domain::vocabulary::vocabulary;
use crate::domain::workflow::action::Action;
use crate::domain::workflow::record::Agency;

vocabulary!(
    /// A field of the declaration form that must be filled before submission 〔附件〕.
    FormField {
        /// 项目起始时间.
        Period = "period",
        /// 资金来源.
        Funding = "funding",
        /// 建设依据和标准.
        Basis = "basis",
        /// 建设的必要性.
        Necessity = "necessity",
        /// 建设内容简介.
        Content = "content",
        /// 填报联系人.
        Contact = "contact",
        /// 联系电话.
        Phone = "phone",
    }
);

vocabulary!(
    /// A decision that procurement rests on, and procurement itself 〔第七条〕.
    Milestone {
        /// 立项审批.
        Approval = "approval",
        /// 技术评审.
        Review = "review",
        /// 网信备案审查.
        Filing = "filing",
        /// 采购启动.
        Procurement = "procurement",
    }
);

vocabulary!(
    /// A clause every contract must have 〔第九条〕〔第十一条〕〔第十二条〕.
    Clause {
        /// 免费运维期后的年运维费.
        OmPrice = "om_price",
        /// 数据归属.
        DataOwnership = "data_ownership",
        /// 付款与验收挂钩.
        AcceptancePayment = "acceptance_payment",
    }
);

impl Clause {
    /// Tells the rule that asks for the clause.
    pub const fn rule(self) -> Rule {
        match self {
            Clause::OmPrice => Rule::R9_1,
            Clause::DataOwnership => Rule::R11_2,
            Clause::AcceptancePayment => Rule::R12_4,
        }
    }
}

/// A condition that is not met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unmet {
    /// The project is not at a stage in which this can be done.
    WrongStage {
        /// Where it is.
        stage: Stage,
        /// Where it would have to be.
        needed: &'static [Stage],
    },
    /// A field of the form is empty.
    FormFieldMissing(FormField),
    /// The funding lines do not sum to the amount.
    FundingMismatch {
        /// The declared amount.
        declared: Money,
        /// What the lines sum to.
        sum: Money,
    },
    /// A township or subordinate unit reports through its supervising unit.
    ReportsThroughSupervisor,
    /// No supervising unit is named to report through.
    SupervisingUnitMissing,
    /// An in-year addition lacks its 项目资金需求.
    FundingRequestMissing,
    /// An in-year addition lacks its 项目建设方案.
    ConstructionPlanMissing,
    /// An in-year addition does not say why.
    InYearExplanationMissing,
    /// 上级要求 without the superior document's number.
    SuperiorDocumentMissing,
    /// A late plan without the papers of an in-year addition, where the county asks for them.
    LatePapersMissing {
        /// When it arrived.
        received: NaiveDate,
        /// When it was due.
        last_day: NaiveDate,
    },
    /// The agency has already voted.
    AlreadyVoted(Agency),
    /// The kind of project is not stated, so whether an ex-ante assessment is needed cannot be told.
    KindMissing,
    /// The ex-ante assessment is missing.
    ExAnteMissing,
    /// Neither catalogue entries nor a statement that there are none.
    CatalogueMissing,
    /// The project goes the small way; there is no technical review to hand a scheme in for.
    NoReviewOnSmallRoute,
    /// The project needs a technical review and cannot take the small way.
    ReviewRequired,
    /// Checklist items without an answer.
    ItemsUnanswered(Vec<ItemId>),
    /// An answer lacks what must accompany it.
    AnswerIncomplete {
        /// The item.
        item: ItemId,
        /// The answer.
        verdict: Verdict,
        /// What it lacks.
        lacks: Vec<Lack>,
    },
    /// No concluded expert panel in this round.
    PanelMissing,
    /// Something of the expert panel.
    Panel(PanelLack),
    /// The expert panel concluded 不通过.
    PanelFailed,
    /// A veto item is not passed, so the opinion cannot be 通过.
    VetoItemOpen {
        /// The item.
        item: ItemId,
        /// Its answer.
        verdict: Verdict,
    },
    /// A veto was found and not ruled out by the lead, so the opinion cannot be 通过.
    VetoFindingOpen(Pattern),
    /// The assessed amount is above the governing one.
    AssessedAboveGoverning {
        /// What was assessed.
        assessed: Money,
        /// What is approved.
        governing: Money,
    },
    /// A passing opinion assesses nothing.
    AssessedZero,
    /// The amount was cut without a reason.
    CutReasonMissing {
        /// By how much.
        cut: Money,
    },
    /// The Centre reviews a project of its own without citing the ruling that lets it.
    RulingMissing,
    /// There is no drafted opinion to act on.
    OpinionMissing,
    /// A decision that procurement rests on is missing.
    MilestoneMissing(Milestone),
    /// A decision is left out by the rules in force, and nobody says why it does not apply.
    LeftOutWithoutReason(Milestone),
    /// Two of the steps are dated in the wrong order.
    OutOfOrder {
        /// Which comes first.
        earlier: Milestone,
        /// Its date.
        first: NaiveDate,
        /// Which comes after it.
        later: Milestone,
        /// Its date.
        second: NaiveDate,
    },
    /// A requirement survey is needed and none is on record.
    SurveyMissing,
    /// The survey ends before it starts.
    SurveyEndsBeforeItStarts,
    /// The survey ended after the requirement was fixed.
    SurveyAfterRequirement {
        /// When the survey ended.
        ended: NaiveDate,
        /// When the requirement was fixed.
        fixed: NaiveDate,
    },
    /// The procurement requirement is not fixed yet.
    RequirementNotFixed,
    /// No budget document is on record.
    BudgetDocumentMissing,
    /// The budget is above what was assessed.
    BudgetAboveAssessed {
        /// The budget.
        budget: Money,
        /// What was assessed, or approved where there was no review.
        assessed: Money,
    },
    /// A small project is procured elsewhere than in the e-mall without a reason.
    ChannelNeedsReason,
    /// The contract is above the budget.
    ContractAboveBudget {
        /// The contract.
        contract: Money,
        /// The budget.
        budget: Money,
    },
    /// The maintenance term is too long.
    OperationTooLong {
        /// The longest term.
        longest_months: u32,
        /// The last day it may have.
        last_day: NaiveDate,
    },
    /// The maintenance term lacks one of its ends, or ends before it starts.
    OperationTermUnclear,
    /// The contract lacks a clause.
    ClauseMissing(Clause),
    /// The acceptance team is too small.
    AcceptanceTeamTooSmall {
        /// How many were named.
        team: usize,
        /// How many are needed.
        needed: u32,
    },
    /// Remaining money before acceptance.
    PaymentBeforeAcceptance,
    /// More paid than contracted.
    PaymentsAboveContract {
        /// The sum of all payments, this one included.
        total: Money,
        /// The contract.
        contract: Money,
    },
    /// The project was not accepted.
    NotAccepted,
    /// No evaluation is on record.
    EvaluationMissing,
    /// The survey is not bound with the procurement file.
    SurveyNotBound,
    /// Only the nation and the province exempt; a city's or county's document does not.
    IssuerCannotExempt,
    /// Something lies over the stage that must be ended first.
    Blocked(Overlay),
    /// Nothing of the kind lies over the stage.
    NotLying(Overlay),
    /// It lies over the stage already.
    AlreadyLying(Overlay),
    /// Only a frozen project's content is destroyed.
    NotFrozen,
    /// The content was destroyed; nothing can be done with the project any more.
    Destroyed,
    /// Above this rise the approval must be adjusted first.
    AdjustmentMissing {
        /// The governing amount.
        from: Money,
        /// The amount asked for.
        to: Money,
    },
    /// A request for a change is open; it is answered by an amount.
    RequestOpen {
        /// The amount that governs.
        from: Money,
        /// What is asked for.
        requested: Money,
    },
    /// More than the open request asks for.
    AboveRequested {
        /// What is asked for.
        requested: Money,
        /// The amount given now.
        amount: Money,
    },
    /// A contract is not raised into a tier whose review the project did not pass.
    ContractAcrossTier {
        /// The contract.
        from: Money,
        /// The amount asked for.
        to: Money,
    },
    /// A change that changes nothing.
    ChangeEmpty,
    /// Nobody declared that the project holds no secrets.
    NotDeclaredUnclassified,
    /// The declaration can no longer be completed at this stage.
    DeclarationClosed(Stage),
    /// Name, money and year were settled by the joint review and change only through a change procedure.
    SettledByPlan,
    /// The project has ended; nothing is decided about its findings any more.
    FindingsClosed(Stage),
    /// The project has a reviewer already.
    AlreadyClaimed,
    /// The project has no reviewer.
    NotClaimed,
    /// The reviewer is at work: the program runs, or something was done within so many minutes.
    HolderAtWork {
        /// After how many minutes without a sign of life another may take over.
        minutes: u32,
    },
    /// The last thing done is no step that could be taken back.
    NothingToRecall,
    /// The last step took effect and is not taken back.
    StepFinal(Action),
    /// The time in which the step could be taken back is over.
    GraceOver {
        /// The step.
        action: Action,
        /// How many minutes there were.
        minutes: u32,
    },
    /// The account did nothing with the project that could be undone, or nothing was undone.
    NothingToUndo,
    /// Somebody changed the value since; named is what it is the value of.
    ChangedSince(String),
    /// Answers are given while the technical review runs.
    ReviewNotRunning(Stage),
}

impl Unmet {
    /// Tells the rule the condition comes from.
    pub fn rule(&self) -> Rule {
        match self {
            Unmet::WrongStage { .. } => Rule::R5_1,
            Unmet::FormFieldMissing(_) => Rule::RA_1,
            Unmet::FundingMismatch { .. } => Rule::R2_2,
            Unmet::ReportsThroughSupervisor | Unmet::SupervisingUnitMissing => Rule::RA_2,
            Unmet::FundingRequestMissing
            | Unmet::ConstructionPlanMissing
            | Unmet::InYearExplanationMissing
            | Unmet::SuperiorDocumentMissing => Rule::R6_3,
            Unmet::LatePapersMissing { .. } => Rule::R6_1,
            Unmet::AlreadyVoted(_) => Rule::R6_2,
            Unmet::KindMissing | Unmet::ExAnteMissing => Rule::R15_1,
            Unmet::CatalogueMissing => Rule::R11_3,
            Unmet::NoReviewOnSmallRoute => Rule::R8_5,
            Unmet::ReviewRequired => Rule::R7_2,
            Unmet::ItemsUnanswered(_) | Unmet::AnswerIncomplete { .. } => Rule::R7_3,
            Unmet::PanelMissing | Unmet::PanelFailed | Unmet::Panel(_) => Rule::R8_2,
            Unmet::VetoItemOpen { .. } => Rule::R8_4,
            Unmet::VetoFindingOpen(pattern) => pattern.basis(),
            Unmet::AssessedAboveGoverning { .. }
            | Unmet::AssessedZero
            | Unmet::CutReasonMissing { .. }
            | Unmet::OpinionMissing => Rule::R8_6,
            Unmet::RulingMissing => Rule::R4_1,
            Unmet::MilestoneMissing(Milestone::Review) => Rule::R8_4,
            Unmet::MilestoneMissing(_) | Unmet::LeftOutWithoutReason(_) | Unmet::OutOfOrder { .. } => Rule::R7_4,
            Unmet::SurveyMissing
            | Unmet::SurveyEndsBeforeItStarts
            | Unmet::SurveyAfterRequirement { .. }
            | Unmet::RequirementNotFixed
            | Unmet::SurveyNotBound => Rule::R8_7,
            Unmet::BudgetDocumentMissing | Unmet::BudgetAboveAssessed { .. } | Unmet::ContractAboveBudget { .. } => {
                Rule::R4_3
            }
            Unmet::ChannelNeedsReason => Rule::R8_5,
            Unmet::OperationTooLong { .. } | Unmet::OperationTermUnclear => Rule::R9_2,
            Unmet::ClauseMissing(clause) => clause.rule(),
            Unmet::AcceptanceTeamTooSmall { .. } => Rule::R12_1,
            Unmet::PaymentBeforeAcceptance | Unmet::PaymentsAboveContract { .. } => Rule::R12_4,
            Unmet::NotAccepted => Rule::R13_1,
            Unmet::EvaluationMissing => Rule::R15_2,
            Unmet::IssuerCannotExempt => Rule::R2_3,
            Unmet::Blocked(Overlay::SecrecyFrozen) | Unmet::AlreadyLying(Overlay::SecrecyFrozen) => Rule::R17_1,
            Unmet::NotFrozen | Unmet::Destroyed => Rule::R17_1,
            Unmet::Blocked(_) | Unmet::NotLying(_) | Unmet::AlreadyLying(_) => Rule::R5_1,
            Unmet::AdjustmentMissing { .. }
            | Unmet::RequestOpen { .. }
            | Unmet::AboveRequested { .. }
            | Unmet::ChangeEmpty => Rule::R4_2,
            Unmet::ContractAcrossTier { .. } => Rule::R8_2,
            Unmet::NotDeclaredUnclassified => Rule::R17_1,
            Unmet::DeclarationClosed(_) | Unmet::FindingsClosed(_) => Rule::R5_1,
            Unmet::SettledByPlan => Rule::R6_2,
            Unmet::AlreadyClaimed | Unmet::NotClaimed | Unmet::HolderAtWork { .. } => Rule::R4_1,
            // What was issued stays what it is; before that the register tells how things stand.
            Unmet::StepFinal(Action::SignOpinion) => Rule::R8_6,
            Unmet::NothingToUndo | Unmet::ChangedSince(_) => Rule::R5_1,
            Unmet::NothingToRecall | Unmet::StepFinal(_) | Unmet::GraceOver { .. } => Rule::R5_1,
            Unmet::ReviewNotRunning(_) => Rule::R7_3,
        }
    }
}
