//! Conditions of the regulation that are not met, each with its facts and the rule it comes from.

use crate::domain::checklist::{Lack, Verdict};
use crate::domain::ids::ItemId;
use crate::domain::money::Money;
use crate::domain::project::Stage;
use crate::domain::rule::Rule;
use crate::domain::vocabulary::vocabulary;
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
    /// The expert panel concluded 不通过.
    PanelFailed,
    /// A veto item is not passed, so the opinion cannot be 通过.
    VetoItemOpen {
        /// The item.
        item: ItemId,
        /// Its answer.
        verdict: Verdict,
    },
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
    /// Nobody declared that the project holds no secrets.
    NotDeclaredUnclassified,
    /// The declaration can no longer be completed at this stage.
    DeclarationClosed(Stage),
    /// Name, money and year were settled by the joint review and change only through a change procedure.
    SettledByPlan,
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
            Unmet::AlreadyVoted(_) => Rule::R6_2,
            Unmet::KindMissing | Unmet::ExAnteMissing => Rule::R15_1,
            Unmet::CatalogueMissing => Rule::R11_3,
            Unmet::NoReviewOnSmallRoute => Rule::R8_5,
            Unmet::ReviewRequired => Rule::R7_2,
            Unmet::ItemsUnanswered(_) | Unmet::AnswerIncomplete { .. } => Rule::R7_3,
            Unmet::PanelMissing | Unmet::PanelFailed => Rule::R8_2,
            Unmet::VetoItemOpen { .. } => Rule::R8_4,
            Unmet::AssessedAboveGoverning { .. }
            | Unmet::AssessedZero
            | Unmet::CutReasonMissing { .. }
            | Unmet::OpinionMissing => Rule::R8_6,
            Unmet::RulingMissing => Rule::R4_1,
            Unmet::NotDeclaredUnclassified => Rule::R17_1,
            Unmet::DeclarationClosed(_) => Rule::R5_1,
            Unmet::SettledByPlan => Rule::R6_2,
            Unmet::ReviewNotRunning(_) => Rule::R7_3,
        }
    }
}
