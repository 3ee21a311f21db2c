//! Answers checklist items.

use super::{moved, same_version};
use crate::domain::audit::Detail;
use crate::domain::checklist::{Judgement, Verdict};
use crate::domain::ids::{ItemId, ProjectCode};
use crate::domain::permission::matrix::Verb;
use crate::domain::permission::{Permit, authorize_on};
use crate::domain::project::{Project, Stage};
use crate::domain::text::{clean_line, clean_text};
use crate::domain::undo::{Change, Swap};
use crate::domain::workflow::dossier::Dossier;
use crate::domain::workflow::unmet::Unmet;
use crate::service::command::{Done, ItemAnswer, VerdictChange};
use crate::service::error::{Answer, Error, Invalid, Missing};
use crate::service::gate::{Context, Outcome, Work};

/// Answers to write: the new answer of each item, or `None` where it is taken back.
#[derive(Debug)]
pub struct Plan {
    project: Project,
    answers: Vec<(ItemId, Swap<Option<Judgement>>)>,
}

impl Plan {
    /// Tells what it would lead to.
    pub fn foresee(&self) -> Done {
        self.done(self.project.version + 1)
    }

    fn done(&self, version: i64) -> Done {
        Done::Project {
            code: self.project.code.clone(),
            action: Verb::Judge.code().to_owned(),
            stage: self.project.stage,
            version,
            waits: false,
        }
    }
}

/// Judges whether they may be given.
pub fn prepare(
    context: Context<'_>,
    code: &ProjectCode,
    answers: &[ItemAnswer],
    if_version: Option<i64>,
) -> Answer<(Permit, super::Plan)> {
    let dossier = context.dossier(code)?;
    let items = answers.iter().map(|answer| answer.item.clone());
    let permit = may_answer(context, &dossier, items, if_version)?;
    let swap = |answer: &ItemAnswer| Swap {
        before: dossier.judgement(&answer.item).cloned(),
        after: merged(&dossier, answer),
    };
    let answers = answers.iter().map(|answer| (answer.item.clone(), swap(answer))).collect();
    Ok((permit, super::Plan::Judge(Plan { project: dossier.project, answers })))
}

/// Judges whether answers may be set to what they were: each must still be what it became.
pub fn prepare_values(
    context: Context<'_>,
    dossier: Dossier,
    changed: &[(ItemId, Swap<Option<Judgement>>)],
) -> Answer<(Permit, Plan)> {
    let permit = may_answer(context, &dossier, changed.iter().map(|(item, _)| item.clone()), None)?;
    let since: Vec<Unmet> = changed
        .iter()
        .filter(|(item, swap)| dossier.judgement(item) != swap.after.as_ref())
        .map(|(item, _)| Unmet::ChangedSince(item.to_string()))
        .collect();
    if !since.is_empty() {
        return Err(since.into());
    }
    let back = |swap: &Swap<Option<Judgement>>| Swap { before: swap.after.clone(), after: swap.before.clone() };
    let answers = changed.iter().map(|(item, swap)| (item.clone(), back(swap))).collect();
    Ok((permit, Plan { project: dossier.project, answers }))
}

fn may_answer(
    context: Context<'_>,
    dossier: &Dossier,
    items: impl Iterator<Item = ItemId> + Clone,
    if_version: Option<i64>,
) -> Answer<Permit> {
    let permit = authorize_on(context.actor, Verb::Judge, &dossier.project)?;
    same_version(dossier, context.actor, if_version)?;
    if let Some(overlay) = dossier.project.stopped() {
        return Err(vec![Unmet::Blocked(overlay)].into());
    }
    if dossier.project.stage != Stage::TechnicalReview {
        return Err(vec![Unmet::ReviewNotRunning(dossier.project.stage)].into());
    }
    let policy = context.policies.get(context.read, &dossier.project.policy)?;
    if let Some(unknown) = items.clone().find(|item| policy.item(item).is_none()) {
        return Err(Missing::Item(unknown).into());
    }
    let applicable = dossier.applicable_items(&policy);
    let strangers: Vec<Invalid> = items
        .filter(|wanted| !applicable.iter().any(|item| item.id == *wanted))
        .map(Invalid::ItemNotApplicable)
        .collect();
    match strangers.is_empty() {
        true => Ok(permit),
        false => Err(Error::Invalid(strangers)),
    }
}

/// Lays an answer over the one that stands; texts not given stay.
fn merged(dossier: &Dossier, answer: &ItemAnswer) -> Option<Judgement> {
    let before = dossier.judgement(&answer.item);
    let verdict = match answer.verdict {
        VerdictChange::Clear => return None,
        VerdictChange::Keep => before.and_then(|judgement| judgement.verdict),
        VerdictChange::Set(verdict) => Some(verdict),
    };
    let kept = |given: &Option<String>, old: Option<&String>| match given {
        Some(text) => clean_text(text).trim_end().to_owned(),
        None => old.cloned().unwrap_or_default(),
    };
    Some(Judgement {
        item: answer.item.clone(),
        verdict,
        remark: kept(&answer.remark, before.map(|judgement| &judgement.remark)),
        suggestion: kept(&answer.suggestion, before.map(|judgement| &judgement.suggestion)),
        basis: kept(&answer.basis, before.map(|judgement| &judgement.basis)),
        cite: clean_line(&kept(&answer.cite, before.map(|judgement| &judgement.cite))).into_owned(),
    })
}

/// Writes them.
pub fn apply(work: &Work<'_>, plan: Plan) -> Answer<(Outcome, Done)> {
    let context = work.context();
    let (project, by, now) = (&plan.project, context.actor.id, context.now);
    let mut detail = Detail::new();
    for (item, swap) in &plan.answers {
        match &swap.after {
            Some(judgement) => work.write().write_judgement(project.id, project.round, judgement, by, now)?,
            None => work.write().clear_judgement(project.id, project.round, item)?,
        }
        detail = detail.with(item.as_str(), said(swap.after.as_ref()));
    }
    let detail = Change::Answers(plan.answers.clone()).write(detail);
    let policy = context.policies.get(context.read, &project.policy)?;
    let version = moved::moved(work, project, project.stage, &project.overlays, &policy)?;
    let outcome = Outcome {
        from: Some(project.stage),
        to: Some(project.stage),
        source: Some(work.permit().source()),
        detail,
        ..Outcome::default()
    };
    Ok((outcome, plan.done(version)))
}

fn said(judgement: Option<&Judgement>) -> String {
    let Some(judgement) = judgement else { return "clear".to_owned() };
    let verdict = judgement.verdict.map_or("-", Verdict::code);
    [verdict, &judgement.remark, &judgement.suggestion, &judgement.basis, &judgement.cite]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" | ")
}
