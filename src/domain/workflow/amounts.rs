//! The eight amounts of a project, kept apart, and how each differs from the one before it.

use super::action::Key;
use super::dossier::{Deed, Dossier};
use crate::domain::calendar::Moment;
use crate::domain::money::Money;
use crate::domain::vocabulary::vocabulary;

vocabulary!(
    /// A step at which a project has an amount of its own.
    AmountStep {
        /// 申报.
        Declared = "declared",
        /// 立项批复.
        Approved = "approved",
        /// 评审核定.
        Assessed = "assessed",
        /// 采购预算.
        Budget = "budget",
        /// 合同.
        Contract = "contract",
        /// 变更后: of the approval, or of the contract once there is one.
        Changed = "changed",
        /// 结算.
        Settled = "settled",
        /// 已付.
        Paid = "paid",
    }
);

/// How an amount differs from that of an earlier step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Drift {
    /// The step.
    pub step: AmountStep,
    /// The earlier step that it is held against.
    pub against: AmountStep,
    /// By how many 分 it is more; below zero, less.
    pub fen: i64,
    /// The same in tenths of a percent of the earlier amount, rounded toward zero.
    pub tenths: i64,
}

impl Dossier {
    /// Tells the amount of a step, where the project has one.
    pub fn amount_of(&self, step: AmountStep) -> Option<Money> {
        let later = self.amounts();
        match step {
            AmountStep::Declared => Some(self.project.declaration.amount),
            // A change moves the amount that governs; what was approved at first stays what it was.
            AmountStep::Approved => self.approval.as_ref().map(|approval| approval.amount).or(self.project.approved),
            AmountStep::Assessed => self.project.assessed,
            AmountStep::Budget => later.budget,
            AmountStep::Contract => later.contract,
            AmountStep::Changed => later.changed,
            AmountStep::Settled => later.settled,
            AmountStep::Paid => later.paid,
        }
    }

    /// Tells by how much the technical review cut the amount that lay before it (核减额), where it did. What was changed
    /// afterwards was not cut by it.
    pub fn cut(&self) -> Option<Money> {
        let (assessed, at) = (self.project.assessed?, self.reviewed_at()?);
        let before = self.changes_of_approval().filter(|deed| deed.by.at <= at).last();
        let reviewed = before.and_then(|deed| deed.inputs.money(Key::Amount)).or(self.amount_of(AmountStep::Approved));
        let reviewed = reviewed.unwrap_or(self.project.declaration.amount);
        Some(reviewed.saturating_sub(assessed)).filter(|cut| !cut.is_zero())
    }

    fn reviewed_at(&self) -> Option<Moment> {
        self.signed_opinion().map(|opinion| opinion.drafted.at)
    }

    /// Lists how each amount there is differs from the one before it in the project's life: 三张皮 show themselves here.
    pub fn drifts(&self) -> Vec<Drift> {
        use AmountStep::{Approved, Assessed, Budget, Changed, Contract, Declared, Settled};
        let reviewed = |deed: &&Deed| self.reviewed_at().is_none_or(|at| deed.by.at <= at);
        let order = match self.last_change_of_approval() {
            _ if self.contract_was_changed() => [Declared, Approved, Assessed, Budget, Contract, Changed, Settled],
            Some(change) if !reviewed(&change) => [Declared, Approved, Assessed, Changed, Budget, Contract, Settled],
            _ => [Declared, Approved, Changed, Assessed, Budget, Contract, Settled],
        };
        let known: Vec<(AmountStep, Money)> =
            order.into_iter().filter_map(|step| Some((step, self.amount_of(step)?))).collect();
        known.iter().zip(known.iter().skip(1)).map(|(before, after)| drift(*before, *after)).collect()
    }
}

fn drift((against, before): (AmountStep, Money), (step, after): (AmountStep, Money)) -> Drift {
    let fen = after.fen() - before.fen();
    let tenths = (i128::from(fen) * 1_000).checked_div(i128::from(before.fen())).unwrap_or(0);
    Drift { step, against, fen, tenths: i64::try_from(tenths).unwrap_or(i64::MAX) }
}
