//! Every round of a project: plans, technical reviews, acceptances, the earlier ones as they were left.

mod compare;
#[cfg(test)]
mod tests;

pub use compare::{AcceptanceComparison, ReviewComparison};

use chrono::NaiveDate;

use super::Query;
use super::show::{keep_unread, progress};
use crate::domain::calendar::Moment;
use crate::domain::checklist::{Judgement, Verdict};
use crate::domain::ids::ProjectCode;
use crate::domain::money::Money;
use crate::domain::panel::Panel;
use crate::domain::project::{Project, Stage};
use crate::domain::round::RoundKind;
use crate::domain::route::RouteCode;
use crate::domain::workflow::action::Action;
use crate::domain::workflow::dossier::Deed;
use crate::domain::workflow::record::{GovernmentDecision, Opinion, Scheme, Vote, VoteResult};
use crate::service::error::Answer;
use crate::service::gate::Context;
use crate::service::store::round::{StoredRound, StoredRoute};

/// The rounds of a project.
#[derive(Debug, Clone)]
pub struct Rounds {
    /// The project.
    pub project: ProjectCode,
}

/// The answer.
#[derive(Debug, Clone, PartialEq)]
pub struct RoundsView {
    /// The project.
    pub code: ProjectCode,
    /// Its name.
    pub name: String,
    /// 计划申报.
    pub plans: Vec<PlanRound>,
    /// 技术评审.
    pub reviews: Vec<ReviewRound>,
    /// 验收.
    pub acceptances: Vec<AcceptanceRound>,
    /// Whose opinions the running panel has, and whether they are signed and locked.
    pub panel_progress: Vec<(String, bool)>,
    /// The day of the answer.
    pub today: NaiveDate,
}

/// From when to when a round ran.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Which one, 1 for the first.
    pub number: u32,
    /// When it was opened.
    pub opened: Moment,
    /// When it ended; from then on it is frozen. None while it runs.
    pub closed: Option<Moment>,
}

impl Span {
    /// Tells whether it still runs.
    pub fn is_running(&self) -> bool {
        self.closed.is_none()
    }
}

/// The rules and the way of a round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// The policy it follows.
    pub policy: String,
    /// The policy's title.
    pub title: String,
    /// The way the project went in it, as last computed then.
    pub route: RouteCode,
    /// The amount that way was computed from.
    pub amount: Money,
}

/// A round of the plan 〔第六条〕.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanRound {
    /// From when to when.
    pub span: Span,
    /// By which rules.
    pub rules: Rules,
    /// The votes of the joint review.
    pub votes: Vec<Vote>,
    /// The county government's decision.
    pub government: Option<GovernmentDecision>,
}

/// A round of the technical review 〔第七条〕〔第八条〕.
#[derive(Debug, Clone, PartialEq)]
pub struct ReviewRound {
    /// From when to when.
    pub span: Span,
    /// By which rules.
    pub rules: Rules,
    /// The scheme handed in for it.
    pub scheme: Option<Scheme>,
    /// Every answer, in the order of the checklist.
    pub answers: Vec<Answered>,
    /// Every expert panel of it, the last one last; what may not be read yet is left out.
    pub panels: Vec<Panel>,
    /// Every opinion drafted in it, the last one last.
    pub opinions: Vec<Opinion>,
}

/// An answer with its question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The question, as the round's policy asks it.
    pub question: String,
    /// What was noted.
    pub judgement: Judgement,
}

/// A round of the acceptance 〔第十二条〕.
#[derive(Debug, Clone, PartialEq)]
pub struct AcceptanceRound {
    /// From when to when.
    pub span: Span,
    /// How it was asked for; a further acceptance says what was done about the issues of the one before.
    pub request: Deed,
    /// Its result.
    pub result: Option<Deed>,
}

impl ReviewRound {
    /// Finds the last panel of the round that concluded.
    pub fn concluded_panel(&self) -> Option<&Panel> {
        self.panels.iter().rfind(|panel| panel.conclusion.is_some())
    }

    /// Counts the answers of a kind.
    pub fn count(&self, verdict: Verdict) -> usize {
        self.answers.iter().filter(|answered| answered.judgement.verdict == Some(verdict)).count()
    }
}

impl RoundsView {
    /// Compares two review rounds, the earlier one first.
    pub fn compare_reviews(&self, one: u32, other: u32) -> Option<ReviewComparison> {
        let find = |number| self.reviews.iter().find(|round| round.span.number == number);
        Some(compare::reviews(find(one.min(other))?, find(one.max(other))?))
    }

    /// Compares two acceptances, the earlier one first.
    pub fn compare_acceptances(&self, one: u32, other: u32) -> Option<AcceptanceComparison> {
        let find = |number| self.acceptances.iter().find(|round| round.span.number == number);
        Some(compare::acceptances(find(one.min(other))?, find(one.max(other))?))
    }
}

impl Query for Rounds {
    type Answer = RoundsView;

    fn answer(self, context: Context<'_>) -> Answer<RoundsView> {
        let mut dossier = context.visible_dossier(&self.project)?;
        let panel_progress = progress(&dossier, context);
        keep_unread(&mut dossier.panels, context);
        let project = &dossier.project;
        let stored = context.read.rounds(project.id)?;
        let routes = context.read.routes(project.id)?;
        let of_kind = |kind| -> Vec<&StoredRound> { stored.iter().filter(|round| round.kind == kind).collect() };
        let (plans, reviews) = (of_kind(RoundKind::Plan), of_kind(RoundKind::Review));
        // What a later round computed is not the way of an earlier one, and the first review ends the plan's reign.
        let next_of = |rounds: &[&StoredRound], place: usize| rounds.get(place + 1).map(|next| next.opened_at);

        let votes = context.read.votes_of_rounds(project.id)?;
        let governments = context.read.governments_of_rounds(project.id)?;
        let mut plan_rounds = Vec::new();
        for (place, round) in plans.iter().enumerate() {
            let votes: Vec<Vote> = of_round(&votes, round.number);
            let government = of_round(&governments, round.number).pop();
            let next = next_of(&plans, place);
            let decided = plan_decided(&votes, government.as_ref());
            let left = project.stage == Stage::Draft || project.stage > Stage::AwaitingGovernment;
            let closed = decided.or(next).or_else(|| left.then_some(project.since));
            let until = next.or(reviews.first().map(|review| review.opened_at));
            let rules = rules(context, round, &routes, until)?;
            let span = Span { number: round.number, opened: round.opened_at, closed };
            plan_rounds.push(PlanRound { span, rules, votes, government });
        }

        let schemes = context.read.schemes_of_rounds(project.id)?;
        let mut review_rounds = Vec::new();
        for (place, round) in reviews.iter().enumerate() {
            let opinions: Vec<Opinion> =
                dossier.opinions.iter().filter(|opinion| opinion.round == round.number).cloned().collect();
            let signed = opinions.iter().find_map(|opinion| opinion.signed.as_ref()).map(|hand| hand.at);
            let next = next_of(&reviews, place);
            let closed = signed.or(next).or_else(|| ended(project));
            let span = Span { number: round.number, opened: round.opened_at, closed };
            review_rounds.push(ReviewRound {
                span,
                rules: rules(context, round, &routes, next)?,
                scheme: of_round(&schemes, round.number).pop(),
                answers: answers(context, project, round)?,
                panels: dossier.panels.iter().filter(|panel| panel.round == round.number).cloned().collect(),
                opinions,
            });
        }
        let acceptances = acceptances(&dossier.deeds, project);
        Ok(RoundsView {
            code: project.code.clone(),
            name: project.declaration.name.clone(),
            plans: plan_rounds,
            reviews: review_rounds,
            acceptances,
            panel_progress,
            today: context.now.date_naive(),
        })
    }
}

fn of_round<T: Clone>(records: &[(u32, T)], number: u32) -> Vec<T> {
    records.iter().filter(|(round, _)| *round == number).map(|(_, record)| record.clone()).collect()
}

/// Tells when a plan was decided: by the county government, or by a vote that was no agreement.
fn plan_decided(votes: &[Vote], government: Option<&GovernmentDecision>) -> Option<Moment> {
    let refused = votes.iter().find(|vote| vote.result != VoteResult::Agree);
    government.map(|decision| decision.by.at).or(refused.map(|vote| vote.by.at))
}

/// Tells when a project ended, where it did before its round came to a conclusion.
fn ended(project: &Project) -> Option<Moment> {
    project.stage.is_final().then_some(project.since)
}

fn rules(context: Context<'_>, round: &StoredRound, routes: &[StoredRoute], until: Option<Moment>) -> Answer<Rules> {
    let policy = context.policies.get(context.read, &round.policy)?;
    let computed = |route: &&StoredRoute| route.policy == round.policy && until.is_none_or(|until| route.at < until);
    let same_policy = |route: &&StoredRoute| route.policy == round.policy;
    // A route computed in the very moment the next round opened is that one's, unless there is no other.
    let route = routes.iter().rfind(computed).or_else(|| routes.iter().find(same_policy)).or(routes.last());
    Ok(Rules {
        policy: round.policy.clone(),
        title: policy.title.clone(),
        route: route.map_or(RouteCode::EMall, |route| route.code),
        amount: route.map_or(Money::ZERO, |route| route.amount),
    })
}

fn answers(context: Context<'_>, project: &Project, round: &StoredRound) -> Answer<Vec<Answered>> {
    let policy = context.policies.get(context.read, &round.policy)?;
    let place = |judgement: &Judgement| policy.checklist.iter().position(|item| item.id == judgement.item);
    let mut judgements = context.read.judgements(project.id, round.number)?;
    judgements.sort_by_key(|judgement| place(judgement).unwrap_or(usize::MAX));
    let question = |judgement: Judgement| Answered {
        question: policy.item(&judgement.item).map(|item| item.text.clone()).unwrap_or_default(),
        judgement,
    };
    Ok(judgements.into_iter().map(question).collect())
}

/// Pairs each request with the result that follows it.
fn acceptances(deeds: &[Deed], project: &Project) -> Vec<AcceptanceRound> {
    let mut rounds: Vec<AcceptanceRound> = Vec::new();
    for deed in deeds {
        match deed.action {
            Action::RequestAcceptance | Action::RequestReacceptance => {
                let number = u32::try_from(rounds.len()).unwrap_or(u32::MAX).saturating_add(1);
                let span = Span { number, opened: deed.by.at, closed: ended(project) };
                rounds.push(AcceptanceRound { span, request: deed.clone(), result: None });
            }
            Action::RecordAcceptance => {
                if let Some(round) = rounds.last_mut() {
                    round.span.closed = Some(deed.by.at);
                    round.result = Some(deed.clone());
                }
            }
            _ => {}
        }
    }
    rounds
}
