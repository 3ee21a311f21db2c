//! What the actions leave behind: decisions and opinions, each written once and never overwritten.

use chrono::NaiveDate;

use crate::domain::actor::Role;
use crate::domain::calendar::Moment;
use crate::domain::ids::AccountId;
use crate::domain::money::Money;
use crate::domain::panel::recusal::Recusal;
use crate::domain::panel::{Closing, Conclusion, Correction, Draw, ExpertOpinion, Fix, Formation, Panel, Request};
use crate::domain::vocabulary::vocabulary;

vocabulary!(
    /// One of the three agencies of the joint review 〔第六条〕.
    Agency {
        /// 县大数据发展服务中心.
        Centre = "centre",
        /// 县发改委.
        Planning = "planning",
        /// 县财政局.
        Finance = "finance",
    }
);

impl Agency {
    /// Tells the role that votes for the agency.
    pub const fn role(self) -> Role {
        match self {
            Agency::Centre => Role::Lead,
            Agency::Planning => Role::Planning,
            Agency::Finance => Role::Finance,
        }
    }

    /// Finds the agency a role votes for.
    pub fn of_role(role: Role) -> Option<Agency> {
        Agency::ALL.iter().copied().find(|agency| agency.role() == role)
    }
}

vocabulary!(
    /// The result of a vote in the joint review.
    VoteResult {
        /// 同意.
        Agree = "agree",
        /// 不同意.
        Disagree = "disagree",
        /// 退回.
        Return = "return",
    }
);

vocabulary!(
    /// The result of a technical review.
    ReviewResult {
        /// 通过.
        Pass = "pass",
        /// 不通过.
        Fail = "fail",
    }
);

/// Who wrote a record down, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hand {
    /// The account.
    pub account: AccountId,
    /// The person's name.
    pub name: String,
    /// When.
    pub at: Moment,
}

/// A vote of the joint review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vote {
    /// Whose.
    pub agency: Agency,
    /// Which way.
    pub result: VoteResult,
    /// Why, unless it agrees.
    pub opinion: String,
    /// 会议纪要文号.
    pub minutes_no: Option<String>,
    /// Who wrote it down.
    pub by: Hand,
}

/// The county government's decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GovernmentDecision {
    /// Whether it approved.
    pub approved: bool,
    /// 文号.
    pub doc_no: String,
    /// The document's date.
    pub doc_date: NaiveDate,
    /// Who wrote it down.
    pub by: Hand,
}

/// 事前绩效评估 〔第十五条〕.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExAnteAssessment {
    /// What it concluded.
    pub conclusion: String,
    /// When.
    pub date: NaiveDate,
    /// Its score, where one was given.
    pub score: Option<u32>,
}

/// 立项批复 〔第四条〕.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    /// 文号.
    pub doc_no: String,
    /// The document's date.
    pub doc_date: NaiveDate,
    /// The approved amount, from now on the governing one.
    pub amount: Money,
    /// Who wrote it down.
    pub by: Hand,
}

/// 技术方案 as handed in for a round 〔第八条〕.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scheme {
    /// 方案编制单位.
    pub designer: String,
    /// Its version, as the designer counts.
    pub version: String,
    /// Who handed it in.
    pub by: Hand,
}

/// 技术审核意见: drafted, checked and signed by three people 〔第八条〕.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opinion {
    /// The round it belongs to.
    pub round: u32,
    /// Which draft of the round, 1 for the first; one sent back is kept and the next gets a new number.
    pub draft: u32,
    /// Its conclusion.
    pub result: ReviewResult,
    /// 核定额.
    pub assessed: Money,
    /// Its text.
    pub summary: String,
    /// Why the amount was cut.
    pub cut_reason: String,
    /// The ruling that lets the Centre review a project of its own.
    pub ruling: Option<String>,
    /// Who drafted it.
    pub drafted: Hand,
    /// Who checked it.
    pub checked: Option<Hand>,
    /// What the checker noted.
    pub check_note: String,
    /// Who sent it back.
    pub sent_back: Option<Hand>,
    /// Why it was sent back.
    pub send_back_reason: String,
    /// Who signed it.
    pub signed: Option<Hand>,
    /// 文号, once signed.
    pub doc_no: Option<String>,
    /// 签发日期, once signed.
    pub doc_date: Option<NaiveDate>,
}

impl Opinion {
    /// Finds the panel the opinion rests on: the last one of its round that had concluded when it was drafted. A panel
    /// called afterwards, after a complaint, belongs to the next draft and changes nothing in this one.
    pub fn panel_in<'p>(&self, panels: &'p [Panel]) -> Option<&'p Panel> {
        let by_then = |panel: &&Panel| {
            let concluded = panel.conclusion.as_ref().map(|conclusion| conclusion.by.at);
            panel.round == self.round && concluded.is_some_and(|at| at <= self.drafted.at)
        };
        panels.iter().rfind(by_then)
    }
}

vocabulary!(
    /// What an expert panel concluded 〔第八条〕.
    PanelResult {
        /// 通过.
        Pass = "pass",
        /// 原则通过.
        Conditional = "conditional",
        /// 补充论证.
        Supplement = "supplement",
        /// 不通过.
        Fail = "fail",
    }
);

/// What an action writes down about the panel. All but the first belong to the panel of the running round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PanelRecord {
    /// A panel asked for.
    Requested(Request),
    /// A declaration of recusal.
    Declared(Recusal),
    /// A draw.
    Drawn(Draw),
    /// A list of members.
    Formed(Formation),
    /// The members confirmed.
    Confirmed,
    /// A version of an opinion.
    Opinion(ExpertOpinion),
    /// All opinions in.
    Closed(Closing),
    /// The conclusion, with what must be mended. A 补充论证 opens the next session with the same members.
    Concluded(Conclusion, Vec<Fix>),
    /// A fix closed: which, and where it is mended.
    FixClosed(u32, String),
    /// A correction of the last concluded panel's record.
    Corrected(Correction),
}

vocabulary!(
    /// A step that was taken back, as far as a record of it must be mended.
    Recalled {
        /// The draft of the opinion stays, as one that is on its way no more.
        Draft = "draft",
        /// The opinion is not checked.
        Check = "check",
        /// The opinion is on its way again.
        SendBack = "send-back",
        /// Nothing is asked of the unit any more.
        Correction = "correction",
        /// Only the stage is another.
        Stage = "stage",
    }
);

/// What an action writes down, beside the new stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Record {
    /// Nothing but the stage.
    None,
    /// The supervising unit's opinion, with which it returned the declaration.
    SupervisorOpinion(String),
    /// The supervising unit's opinion, with which it forwarded the declaration, and when that reached the Centre.
    Endorsed {
        /// What it says.
        opinion: String,
        /// When it arrived.
        at: Moment,
    },
    /// When the declaration reached the Centre.
    Received(Moment),
    /// A vote.
    Vote {
        /// Whose.
        agency: Agency,
        /// Which way.
        result: VoteResult,
        /// Why.
        opinion: String,
        /// 会议纪要文号.
        minutes_no: Option<String>,
    },
    /// The county government's decision.
    Government {
        /// Whether it approved.
        approved: bool,
        /// 文号.
        doc_no: String,
        /// The document's date.
        doc_date: NaiveDate,
    },
    /// The ex-ante assessment, where one was given.
    ExAnte(Option<ExAnteAssessment>),
    /// The approval.
    Approval {
        /// 文号.
        doc_no: String,
        /// The document's date.
        doc_date: NaiveDate,
        /// The approved amount.
        amount: Money,
    },
    /// A scheme handed in; after a failed review it opens the next round.
    Scheme {
        /// 方案编制单位.
        designer: String,
        /// Its version.
        version: String,
        /// Whether it opens a new round.
        new_round: bool,
    },
    /// The reviewer the scheme goes to, where one was named.
    Assignment(Option<String>),
    /// Whose the project is from now on: the person's who acts, or nobody's.
    Held(bool),
    /// The last step taken back.
    Recalled(Recalled),
    /// A change asked for, or such a request taken back; no amount takes effect.
    ChangeRequest {
        /// Whether it is asked for; else it is taken back or refused.
        open: bool,
    },
    /// A changed amount.
    Changed {
        /// The amount that governs from now on.
        amount: Money,
        /// Whether it leads into a higher tier: the opinion is void and the next review round opens.
        void_opinion: bool,
        /// Whether the way may become a lower one; otherwise a fall leaves it as it is.
        may_lower: bool,
    },
    /// An opinion drafted.
    OpinionDraft {
        /// Its conclusion.
        result: ReviewResult,
        /// 核定额.
        assessed: Money,
        /// Its text.
        summary: String,
        /// Why the amount was cut.
        cut_reason: String,
        /// The ruling for the Centre's own project.
        ruling: Option<String>,
    },
    /// Every content destroyed; stage, people, days and digests stay.
    Destruction,
    /// The running opinion checked.
    OpinionCheck {
        /// What the checker noted.
        note: String,
    },
    /// The running opinion sent back.
    OpinionSentBack {
        /// Why.
        reason: String,
    },
    /// Something of the expert panel.
    Panel(PanelRecord),
    /// The running opinion signed.
    OpinionSigned {
        /// 文号.
        doc_no: String,
        /// 签发日期.
        doc_date: NaiveDate,
        /// The assessed amount, which the project now carries.
        assessed: Money,
    },
}
