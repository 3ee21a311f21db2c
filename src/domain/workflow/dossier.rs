//! 卷宗 — everything the rules need to know about one project.

use super::record::{
    Agency, Approval, ExAnteAssessment, GovernmentDecision, Opinion, PanelResult, Scheme, Vote, VoteResult,
};
use crate::domain::checklist::{ChecklistItem, Judgement, Verdict, natures};
use crate::domain::ids::ItemId;
use crate::domain::policy::Policy;
use crate::domain::project::Project;

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
    /// What the running round's panel concluded, if one did.
    pub panel: Option<PanelResult>,
    /// Every opinion, the last one last.
    pub opinions: Vec<Opinion>,
}

impl Dossier {
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
