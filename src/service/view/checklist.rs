//! The checklist of a project's running round, with its answers.

use super::Query;
use crate::domain::checklist::{ChecklistItem, Dimension, Judgement};
use crate::domain::ids::{ItemId, ProjectCode};
use crate::domain::policy::Policy;
use crate::domain::workflow::dossier::Dossier;
use crate::service::error::Answer;
use crate::service::gate::Context;

/// The checklist of a project.
#[derive(Debug, Clone)]
pub struct Checklist {
    /// The project.
    pub project: ProjectCode,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChecklistView {
    /// The project.
    pub code: ProjectCode,
    /// Its version.
    pub version: i64,
    /// The items in the order of the policy, those that do not apply included.
    pub items: Vec<ItemView>,
}

/// An item with its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemView {
    /// The question.
    pub item: ChecklistItem,
    /// Whether it is asked of this project.
    pub applicable: bool,
    /// What was noted.
    pub judgement: Option<Judgement>,
}

impl ItemView {
    /// Tells whether it still waits for an answer.
    pub fn is_open(&self) -> bool {
        self.applicable && self.judgement.as_ref().is_none_or(|judgement| judgement.verdict.is_none())
    }
}

impl ChecklistView {
    /// Lays the policy's checklist beside the answers of the running round.
    pub fn of(dossier: &Dossier, policy: &Policy) -> ChecklistView {
        let applicable: Vec<&ItemId> = dossier.applicable_items(policy).into_iter().map(|item| &item.id).collect();
        let items = policy
            .checklist
            .iter()
            .map(|item| ItemView {
                item: item.clone(),
                applicable: applicable.contains(&&item.id),
                judgement: dossier.judgement(&item.id).cloned(),
            })
            .collect();
        ChecklistView { code: dossier.project.code.clone(), version: dossier.project.version, items }
    }

    /// Lists the items of a dimension.
    pub fn of_dimension(&self, dimension: Dimension) -> impl Iterator<Item = &ItemView> {
        self.items.iter().filter(move |view| view.item.dimension == dimension)
    }

    /// Counts the applicable items and those answered, of a dimension or of all.
    pub fn progress(&self, dimension: Option<Dimension>) -> (usize, usize) {
        let asked = self
            .items
            .iter()
            .filter(|view| view.applicable && dimension.is_none_or(|wanted| view.item.dimension == wanted));
        asked.fold((0, 0), |(total, answered), view| (total + 1, answered + usize::from(!view.is_open())))
    }

    /// Lists the items that wait for an answer.
    pub fn open(&self) -> Vec<&ItemId> {
        self.items.iter().filter(|view| view.is_open()).map(|view| &view.item.id).collect()
    }
}

impl Query for Checklist {
    type Answer = ChecklistView;

    fn answer(self, context: Context<'_>) -> Answer<ChecklistView> {
        let dossier = context.visible_dossier(&self.project)?;
        let policy = context.policies.get(context.read, &dossier.project.policy)?;
        Ok(ChecklistView::of(&dossier, &policy))
    }
}
