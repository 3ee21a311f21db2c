//! The hand-written projects: what each declares and how far it has come.
//!
//! The tables hold texts; [`Sample::story`] turns an entry into the steps that people took.

mod after;
mod approval;
mod aside;
mod delivery;
mod desks;
mod early;
mod known;
mod late;
mod lines;
pub mod panel;
mod planning;
mod procurement;
mod remarks;
mod review;
mod sitting;
mod use_phase;

use super::county::{self, Body, OPEN_AS};
use super::office_hours::{DAY, HOUR};
use super::story::{Story, answer, text};
use crate::domain::checklist::{ChecklistItem, Verdict, natures};
use crate::domain::intake::Candidate;
use crate::domain::money::Money;
use crate::domain::policy::Policy;
use crate::domain::project::{
    Declaration, Deployment, FundingLevel, FundingLine, InYearAddition, InYearReason, ItemCategory, Network,
    OperationPlan, ProjectKind, ResourceCatalogue,
};
use crate::domain::workflow::action::{Action, Key};
use crate::service::command::{ItemAnswer, NewDraft};
use crate::service::error::{Answer, Error};
use after::After;
use lines::{funding_line, line_item, wan};

/// What is said of the resource catalogue.
#[derive(Debug, Clone, Copy)]
pub enum Resources {
    /// So many entries.
    Entries(u32),
    /// None, with the reason.
    NotApplicable(&'static str),
    /// Nothing yet.
    Unsaid,
}

/// An answer with its words.
#[derive(Debug, Clone, Copy)]
pub struct Remark {
    /// The item.
    pub item: &'static str,
    /// The answer.
    pub verdict: Verdict,
    /// 问题描述, 修改建议, 参考依据, and the place in the scheme.
    pub words: [&'static str; 4],
}

/// An opinion on a scheme.
#[derive(Debug, Clone, Copy)]
pub struct Draft {
    /// Its conclusion.
    pub result: &'static str,
    /// 核定额.
    pub assessed: &'static str,
    /// Its text.
    pub summary: &'static str,
    /// Why the amount was cut.
    pub cut: &'static str,
}

/// How far a project has come.
#[derive(Debug, Clone, Copy)]
pub enum Stop {
    /// Not handed in.
    Drafted,
    /// With the supervising unit.
    AwaitingSupervisor,
    /// Sent back by the supervising unit.
    SentBackBySupervisor(&'static str),
    /// Handed in.
    PlanIntake,
    /// So many agencies have agreed.
    JointReview(usize),
    /// Turned down by an agency: who, which way, why.
    TurnedDown(&'static str, &'static str, &'static str),
    /// All three agreed.
    AwaitingGovernment,
    /// The government refused.
    RefusedByGovernment,
    /// In the plan.
    Planned,
    /// Approval was asked for.
    AwaitingApproval,
    /// Approval was refused.
    ApprovalRefused(&'static str),
    /// Approved.
    Approved,
    /// On the small way.
    SmallRoute,
    /// The scheme was handed in.
    SchemeIntake,
    /// Under review: so many items of a hundred are answered.
    Reviewing(usize),
    /// Every item is answered and an opinion drafted.
    OpinionCheck(Draft),
    /// The opinion was sent back by the lead.
    SentBack(Draft, &'static str),
    /// The opinion was checked.
    OpinionSigning(Draft),
    /// The opinion was signed.
    Signed(Draft),
    /// A first opinion failed, a second scheme is under review: so many items of a hundred are answered.
    SecondRound(Draft, usize),
}

/// A hand-written project.
#[derive(Debug, Clone, Copy)]
pub struct Sample {
    /// The unit that builds it.
    pub unit: &'static str,
    /// The unit it reports through, where that is not the usual one.
    pub through: Option<&'static str>,
    /// 项目名称.
    pub name: &'static str,
    /// 建设性质.
    pub kind: ProjectKind,
    /// 项目投资额 in 万元.
    pub wan: &'static str,
    /// 资金来源; the county's budget where nothing is said.
    pub funding: &'static [(&'static str, FundingLevel, &'static str)],
    /// Name, category, quantity, price of one, price of the line.
    pub items: &'static [(&'static str, ItemCategory, &'static str, &'static str, &'static str)],
    /// 建设依据.
    pub basis: &'static str,
    /// 必要性.
    pub necessity: &'static str,
    /// 内容.
    pub content: &'static str,
    /// 信息资源目录.
    pub resources: Resources,
    /// 是否定制开发.
    pub custom: Option<bool>,
    /// Where it runs.
    pub deployment: Option<Deployment>,
    /// On which network.
    pub network: Option<Network>,
    /// Free months, yearly price, years.
    pub operation: Option<(u32, &'static str, u32)>,
    /// Added in the running year: why, by which document, in words.
    pub in_year: Option<(InYearReason, &'static str, &'static str)>,
    /// First and last month.
    pub months: (u32, u32),
    /// 立项批复金额 where it is not what was declared.
    pub approved: Option<&'static str>,
    /// 方案编制单位.
    pub designer: &'static str,
    /// The reviewer it was handed to.
    pub reviewer: Option<&'static str>,
    /// Answers that are not simply yes.
    pub remarks: &'static [Remark],
    /// What experts had to do with it.
    pub panel: Option<panel::Tale>,
    /// How far it has come on the way to the signed opinion.
    pub stop: Stop,
    /// What happened to it then.
    pub then: &'static [After],
    /// How many working days ago the last of it was.
    pub idle: u64,
}

/// What most samples have in common.
const USUAL: Sample = Sample {
    unit: "",
    through: None,
    name: "",
    kind: ProjectKind::New,
    wan: "",
    funding: &[],
    items: &[],
    basis: "",
    necessity: "",
    content: "",
    resources: Resources::Entries(12),
    custom: Some(false),
    deployment: Some(Deployment::GovernmentCloud),
    network: Some(Network::GovernmentExtranet),
    operation: None,
    in_year: None,
    months: (3, 12),
    approved: None,
    designer: "江西信诚工程咨询有限公司",
    reviewer: None,
    remarks: &[],
    panel: None,
    stop: Stop::Drafted,
    then: &[],
    idle: 1,
};

/// Goes through every hand-written project.
pub fn all() -> impl Iterator<Item = &'static Sample> {
    let to_the_opinion =
        [known::SAMPLES, early::SAMPLES, planning::SAMPLES, approval::SAMPLES, review::SAMPLES, late::SAMPLES];
    let beyond = [desks::SAMPLES, procurement::SAMPLES, delivery::SAMPLES, use_phase::SAMPLES, aside::SAMPLES];
    let argued = [panel::SAMPLES, sitting::SAMPLES];
    to_the_opinion.into_iter().chain(beyond).chain(argued).flatten()
}

impl Sample {
    fn body(&self) -> Answer<&'static Body> {
        county::unit(self.unit).ok_or_else(|| Error::Bug(format!("sample unit {} is unknown", self.unit)))
    }

    /// Tells the declaration; what depends on the day it is made is added when it happens.
    pub fn declaration(&self) -> Answer<Declaration> {
        let body = self.body()?;
        let amount = wan(self.wan)?;
        let funding = match self.funding {
            [] => vec![FundingLine { source: "县财政".to_owned(), level: FundingLevel::County, amount }],
            lines => lines.iter().map(funding_line).collect::<Answer<Vec<_>>>()?,
        };
        Ok(Declaration {
            name: self.name.to_owned(),
            kind: Some(self.kind),
            amount,
            funding,
            basis: self.basis.to_owned(),
            necessity: self.necessity.to_owned(),
            content: self.content.to_owned(),
            leader: body.leader.to_owned(),
            contact: body.clerk.to_owned(),
            phone: body.phone.to_owned(),
            custom_development: self.custom,
            in_year: self.in_year.map(|(reason, document, explanation)| InYearAddition {
                reason,
                doc_no: (!document.is_empty()).then(|| document.to_owned()),
                explanation: explanation.to_owned(),
                funding_request: true,
                construction_plan: true,
            }),
            items: self.items.iter().map(line_item).collect::<Answer<Vec<_>>>()?,
            catalogue: match self.resources {
                Resources::Entries(entries) => Some(ResourceCatalogue::Entries(entries)),
                Resources::NotApplicable(why) => Some(ResourceCatalogue::NotApplicable(why.to_owned())),
                Resources::Unsaid => None,
            },
            deployment: self.deployment,
            network: self.network,
            operation: match self.operation {
                Some((free_months, per_year, years)) => {
                    Some(OperationPlan { free_months, per_year: wan(per_year)?, years, build_cost: Some(amount) })
                }
                None => None,
            },
            ..Declaration::default()
        })
    }

    /// Tells what happened to the project.
    pub fn story(&self, policy: &Policy) -> Answer<Story> {
        let body = self.body()?;
        let declaration = self.declaration()?;
        let amount = self.approved.map_or(Ok(declaration.amount), wan)?;
        let items: Vec<&ChecklistItem> = {
            let natures = natures(&declaration);
            policy.checklist.iter().filter(|item| item.applies(&natures)).collect()
        };
        let draft = NewDraft {
            candidate: Candidate { row: 0, unit: self.unit.to_owned(), declaration, unclassified: true },
            unit_kind: None,
            supervising_unit: self.through.map(str::to_owned),
        };
        let begun = Story::begin(body.account, draft, self.months);
        let arrived = self.carried(begun, body, amount, &items)?;
        Ok(self.then.iter().fold(arrived, |story, after| after.happened(story)))
    }

    /// Goes from stop to stop until the one where the project stands.
    fn carried(&self, begun: Story, body: &Body, amount: Money, items: &[&ChecklistItem]) -> Answer<Story> {
        let arrived = match (body.supervisor, self.stop) {
            (_, Stop::Drafted) => return Ok(begun),
            (Some(_), Stop::AwaitingSupervisor) => return Ok(begun.reported()),
            (Some(usual), stop) => {
                let supervisor = self.through.unwrap_or(usual);
                let account = county::unit(supervisor).map_or("supervisor", |unit| unit.account);
                let reported = begun.reported();
                if let Stop::SentBackBySupervisor(why) = stop {
                    return Ok(reported.answered_by_supervisor(account, Action::Decline, why));
                }
                reported.answered_by_supervisor(account, Action::Endorse, "情况属实，同意汇总上报。")
            }
            (None, _) => begun.submitted(),
        };
        let accepted = match self.stop {
            Stop::PlanIntake => return Ok(arrived),
            _ => arrived.accepted(),
        };
        let agreed = match self.stop {
            Stop::JointReview(agencies) => return Ok(accepted.agreed_by(agencies)),
            Stop::TurnedDown(agency, result, why) => return Ok(accepted.agreed_by(1).turned_down(agency, result, why)),
            _ => accepted.agreed_by(3),
        };
        let planned = match self.stop {
            Stop::AwaitingGovernment => return Ok(agreed),
            Stop::RefusedByGovernment => return Ok(agreed.decided_by_government("refuse")),
            _ => agreed.decided_by_government("approve"),
        };
        let requested = match self.stop {
            Stop::Planned => return Ok(planned),
            _ => planned.approval_requested(self.kind == ProjectKind::New),
        };
        let approved = match self.stop {
            Stop::AwaitingApproval => return Ok(requested),
            Stop::ApprovalRefused(why) => {
                return Ok(requested.act("planning", 3 * DAY, Action::RefuseProject, vec![(Key::Reason, text(why))]));
            }
            _ => requested.approved(amount),
        };
        match self.stop {
            Stop::Approved => Ok(approved),
            Stop::SmallRoute => Ok(approved.act("intake", DAY, Action::TakeSmallRoute, Vec::new())),
            Stop::SchemeIntake => Ok(approved.scheme_submitted(self.designer, "V1.0")),
            _ => {
                Ok(self
                    .reviewed(approved.scheme_submitted(self.designer, "V1.0").scheme_accepted(self.reviewer), items))
            }
        }
    }

    fn reviewed(&self, begun: Story, items: &[&ChecklistItem]) -> Story {
        let reviewer = self.reviewer.unwrap_or(OPEN_AS);
        let begun = self.panel.iter().fold(begun, |story, tale| tale.told(story, reviewer));
        let answered = |story: Story, percent: usize, remarks: &[Remark]| {
            let some = items.iter().take((items.len() * percent).div_ceil(100));
            story.judged(reviewer, some.map(|item| self.answer(item, remarks)).collect())
        };
        let drafted = |story: Story, draft: &Draft| {
            let given = [
                (Key::Result, draft.result),
                (Key::Assessed, draft.assessed),
                (Key::Summary, draft.summary),
                (Key::CutReason, draft.cut),
            ];
            let given = given.into_iter().filter(|(_, words)| !words.is_empty()).map(|(key, words)| (key, text(words)));
            story.act(reviewer, 5 * HOUR, Action::DraftOpinion, given.collect())
        };
        let checked = |story: Story| {
            story.act("lead", 3 * HOUR, Action::CheckOpinion, vec![(Key::Note, text("已复核，结论与清单记录一致。"))])
        };
        match &self.stop {
            Stop::OpinionCheck(draft) => drafted(answered(begun, 100, self.remarks), draft),
            Stop::SentBack(draft, why) => drafted(answered(begun, 100, self.remarks), draft).act(
                "lead",
                4 * HOUR,
                Action::SendBack,
                vec![(Key::Reason, text(*why))],
            ),
            Stop::OpinionSigning(draft) => checked(drafted(answered(begun, 100, self.remarks), draft)),
            Stop::Signed(draft) => checked(drafted(answered(begun, 100, self.remarks), draft)).signed(),
            Stop::SecondRound(draft, percent) => {
                let failed = checked(drafted(answered(begun, 100, self.remarks), draft)).signed();
                let again = failed.scheme_submitted(self.designer, "V2.0").scheme_accepted(self.reviewer);
                answered(again, *percent, &[])
            }
            Stop::Reviewing(percent) => answered(begun, *percent, self.remarks),
            _ => begun,
        }
    }

    /// Answers an item: as the table says, or as most schemes deserve.
    fn answer(&self, item: &ChecklistItem, remarks: &[Remark]) -> ItemAnswer {
        let said = |words: &str| (!words.is_empty()).then(|| words.to_owned());
        if let Some(remark) = remarks.iter().find(|remark| remark.item == item.id.as_str()) {
            let [problem, suggestion, basis, cite] = remark.words;
            return ItemAnswer {
                remark: said(problem),
                suggestion: said(suggestion),
                basis: said(basis),
                cite: said(cite),
                ..answer(&item.id, remark.verdict)
            };
        }
        match remarks::not_applicable(item.id.as_str(), self) {
            Some(why) => ItemAnswer { remark: said(why), ..answer(&item.id, Verdict::NotApplicable) },
            None => ItemAnswer { cite: said(remarks::place(item.id.as_str())), ..answer(&item.id, Verdict::Pass) },
        }
    }
}
