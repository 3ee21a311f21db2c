//! 卷宗 — everything the rules need to know about one project.

use chrono::NaiveDate;

use super::action::{Action, Key};
use super::input::Inputs;
use super::record::{
    Agency, Approval, ExAnteAssessment, GovernmentDecision, Hand, Opinion, PanelResult, Scheme, Vote, VoteResult,
};
use crate::domain::calendar::Moment;
use crate::domain::checklist::{ChecklistItem, Judgement, Verdict, natures};
use crate::domain::findings::Pattern;
use crate::domain::ids::{AccountId, ItemId};
use crate::domain::money::Money;
use crate::domain::panel::Panel;
use crate::domain::panel::expert::Expert;
use crate::domain::panel::recusal::StaysAway;
use crate::domain::policy::Policy;
use crate::domain::project::{Clock, Overlay, Project, Stage};

/// A project with the records of its running rounds.
#[derive(Debug, Clone, PartialEq)]
pub struct Dossier {
    /// The project.
    pub project: Project,
    /// The votes of the running joint review.
    pub votes: Vec<Vote>,
    /// The county government's decision.
    pub government: Option<GovernmentDecision>,
    /// The ex-ante assessment.
    pub ex_ante: Option<ExAnteAssessment>,
    /// The approval.
    pub approval: Option<Approval>,
    /// The scheme of the running round.
    pub scheme: Option<Scheme>,
    /// The answers of the running round.
    pub judgements: Vec<Judgement>,
    /// Every expert panel, the last one last.
    pub panels: Vec<Panel>,
    /// The expert pool, read while members are sought.
    pub pool: Vec<Expert>,
    /// Accounts whose holders must stay away from the panels, because as experts they are recused; the service fills it
    /// in for projects that have a panel.
    pub stay_away: Vec<StaysAway>,
    /// Every opinion, the last one last.
    pub opinions: Vec<Opinion>,
    /// Every action that was taken after the review, with its input, the last one last.
    pub deeds: Vec<Deed>,
    /// Vetoes found that nobody with the right to it ruled out; there only where the service loads a project to draft
    /// its opinion or to show it whole.
    pub vetoes: Vec<Pattern>,
    /// The last thing done with the project, where that was a step of the workflow.
    pub last_step: Option<Step>,
}

/// The last step of the workflow, as the log tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Which action.
    pub action: Action,
    /// The account that took it.
    pub account: String,
    /// When.
    pub at: Moment,
    /// The stage it left.
    pub from: Stage,
    /// The clock of that stage; none where the log does not tell it.
    pub clock: Option<Clock>,
}

/// An action that was taken, with what was given for it: the record of everything that has no record of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deed {
    /// Which action.
    pub action: Action,
    /// The review round it was taken in.
    pub round: u32,
    /// Whether it took effect. A change that waits for its adjusted approval, and one that takes such a request back,
    /// do not.
    pub effective: bool,
    /// What was given.
    pub inputs: Inputs,
    /// Who took it.
    pub by: Hand,
}

impl Deed {
    /// Tells whether it is this action and took effect.
    pub fn is_effective(&self, action: Action) -> bool {
        self.action == action && self.effective
    }
}

/// The money of a project after its review 〔第四条〕〔第十二条〕.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Amounts {
    /// 采购预算.
    pub budget: Option<Money>,
    /// 合同价.
    pub contract: Option<Money>,
    /// 变更后的金额: of the contract once there is one, before that of the approval.
    pub changed: Option<Money>,
    /// 结算额.
    pub settled: Option<Money>,
    /// 已付款; none before there is a contract.
    pub paid: Option<Money>,
}

impl Dossier {
    /// Tells whether and why an account must stay away from the panels.
    pub fn recusal_of(&self, account: AccountId) -> Option<&StaysAway> {
        self.stay_away.iter().find(|one| one.account == account)
    }

    /// Tells how many versions of the project an account does not learn of: those that steps of the panels left behind
    /// without moving the project. A version that grew by three would tell that three opinions came.
    pub fn versions_withheld_from(&self, account: AccountId) -> i64 {
        match self.recusal_of(account) {
            Some(_) => i64::try_from(crate::domain::panel::silent_steps(&self.panels)).unwrap_or(i64::MAX),
            None => 0,
        }
    }

    /// Finds what was noted to an item.
    pub fn judgement(&self, item: &ItemId) -> Option<&Judgement> {
        self.judgements.iter().find(|judgement| judgement.item == *item)
    }

    /// Finds the answer to an item, if it has one.
    pub fn verdict(&self, item: &ItemId) -> Option<Verdict> {
        self.judgement(item).and_then(|judgement| judgement.verdict)
    }

    /// Lists the checklist items that apply to the project.
    pub fn applicable_items<'p>(&self, policy: &'p Policy) -> Vec<&'p ChecklistItem> {
        let natures = natures(&self.project.declaration);
        policy.checklist.iter().filter(|item| item.applies(&natures)).collect()
    }

    /// Finds the opinion that is on its way: drafted in this round, not sent back and not signed.
    pub fn running_opinion(&self) -> Option<&Opinion> {
        self.opinions.last().filter(|opinion| {
            opinion.round == self.project.round && opinion.sent_back.is_none() && opinion.signed.is_none()
        })
    }

    /// Finds the panel of the running round: the last one that was asked for.
    pub fn panel(&self) -> Option<&Panel> {
        self.panels.last().filter(|panel| panel.round == self.project.round)
    }

    /// Tells what the running round's panel concluded, if it did. One that is argued again has not concluded yet.
    pub fn panel_result(&self) -> Option<PanelResult> {
        self.panel()?.conclusion.as_ref().map(|conclusion| conclusion.result)
    }

    /// Tells whether members of a panel were ever found: from then on a fall of the amount lowers nothing.
    pub fn panel_was_formed(&self) -> bool {
        self.panels.iter().any(|panel| !panel.seats().is_empty())
    }

    /// Finds the last time an action was taken.
    pub fn last(&self, action: Action) -> Option<&Deed> {
        self.deeds.iter().rfind(|deed| deed.action == action)
    }

    /// Finds the last time an action was taken in the running round.
    pub fn last_of_round(&self, action: Action) -> Option<&Deed> {
        self.deeds.iter().rfind(|deed| deed.action == action && deed.round == self.project.round)
    }

    /// Finds the signed opinion of the running round.
    pub fn signed_opinion(&self) -> Option<&Opinion> {
        self.opinions.iter().rfind(|opinion| opinion.round == self.project.round && opinion.signed.is_some())
    }

    /// Tells the date of the filing, where it was approved.
    pub fn filed_on(&self) -> Option<NaiveDate> {
        let filing = self.last_of_round(Action::DecideFiling)?;
        filing.inputs.date(Key::DocDate).filter(|_| filing.inputs.text(Key::Result) == Some("approve"))
    }

    /// Tells the budget of the running procurement; one that failed leaves none.
    pub fn budget(&self) -> Option<Money> {
        let of_procurement = |deed: &&Deed| matches!(deed.action, Action::StartProcurement | Action::FailProcurement);
        let last = self.deeds.iter().rev().find(of_procurement)?;
        last.inputs.money(Key::Budget)
    }

    /// Tells the amount of the contract, changes included.
    pub fn contract_amount(&self) -> Option<Money> {
        let contract = self.deeds.iter().rposition(|deed| deed.action == Action::RegisterContract)?;
        self.changed_amount().or_else(|| self.deeds.get(contract)?.inputs.money(Key::Amount))
    }

    /// Tells what the contract was changed to, where it was.
    pub fn changed_amount(&self) -> Option<Money> {
        let contract = self.deeds.iter().rposition(|deed| deed.action == Action::RegisterContract)?;
        let since = self.deeds.iter().skip(contract).rev();
        since.filter(|deed| deed.is_effective(Action::Change)).find_map(|deed| deed.inputs.money(Key::Amount))
    }

    /// Lists the changes of the approved amount, which came before any contract.
    pub fn changes_of_approval(&self) -> impl Iterator<Item = &Deed> {
        let before = self.deeds.iter().take_while(|deed| deed.action != Action::RegisterContract);
        before.filter(|deed| deed.is_effective(Action::Change) && deed.inputs.money(Key::Amount).is_some())
    }

    /// Finds the last change of the approved amount.
    pub fn last_change_of_approval(&self) -> Option<&Deed> {
        self.changes_of_approval().last()
    }

    /// Tells whether the contract was changed.
    pub fn contract_was_changed(&self) -> bool {
        self.changed_amount().is_some()
    }

    /// Tells what was paid in all once the remaining money was paid: the settled amount.
    pub fn settled(&self) -> Option<Money> {
        let is_last = |deed: &Deed| {
            deed.action == Action::RegisterPayment && deed.inputs.text(Key::PaymentKind) == Some("remaining")
        };
        self.deeds.iter().any(is_last).then(|| self.paid())
    }

    /// Tells the money of every step, each kept apart.
    pub fn amounts(&self) -> Amounts {
        let contract = self.last(Action::RegisterContract).and_then(|deed| deed.inputs.money(Key::Amount));
        Amounts {
            budget: self.budget(),
            contract,
            changed: self.changed_amount().or_else(|| self.last_change_of_approval()?.inputs.money(Key::Amount)),
            settled: self.settled(),
            paid: contract.map(|_| self.paid()),
        }
    }

    /// Tells whether anything was changed after the approval.
    pub fn was_changed(&self) -> bool {
        self.deeds.iter().any(|deed| deed.is_effective(Action::Change))
    }

    /// Tells the amount that an open request for a change asks for.
    pub fn requested(&self) -> Option<Money> {
        let open = self.project.overlays.contains(&Overlay::Changing);
        self.last(Action::Change).filter(|deed| open && !deed.effective)?.inputs.money(Key::Amount)
    }

    /// Tells the amount that a change starts from: the contract's once there is one, else the governing one.
    pub fn changeable_amount(&self) -> Money {
        let contract = self.contract_amount().filter(|_| self.project.stage >= Stage::Contracted);
        contract.unwrap_or_else(|| self.project.governing_amount())
    }

    /// Tells what was paid so far.
    pub fn paid(&self) -> Money {
        let payments = self.deeds.iter().filter(|deed| deed.action == Action::RegisterPayment);
        payments.filter_map(|deed| deed.inputs.money(Key::Amount)).sum()
    }

    /// Tells whether the project was accepted, by both parts and with its data shared.
    pub fn is_accepted(&self) -> bool {
        self.last(Action::RecordAcceptance).is_some_and(|acceptance| {
            let passes = |key| acceptance.inputs.text(key) == Some("pass");
            passes(Key::UnitResult)
                && passes(Key::CentreResult)
                && acceptance.inputs.flag(Key::DataAggregated) == Some(true)
        })
    }

    /// Tells whether an agency has voted in the running joint review.
    pub fn has_voted(&self, agency: Agency) -> bool {
        self.votes.iter().any(|vote| vote.agency == agency)
    }

    /// Tells whether every agency but this one has agreed.
    pub fn others_agree(&self, agency: Agency) -> bool {
        Agency::ALL
            .iter()
            .filter(|other| **other != agency)
            .all(|other| self.votes.iter().any(|vote| vote.agency == *other && vote.result == VoteResult::Agree))
    }
}
