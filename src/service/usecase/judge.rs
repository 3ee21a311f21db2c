//! Answers checklist items.

use super::{moved, same_version};
use crate::domain::audit::Detail;
use crate::domain::checklist::{Judgement, Verdict};
use crate::domain::ids::{ItemId, ProjectCode};
use crate::domain::permission::matrix::Verb;
use crate::domain::permission::{Permit, authorize_on};
use crate::domain::project::{Project, Stage};
use crate::domain::text::{clean_line, clean_text};
use crate::domain::workflow::dossier::Dossier;
use crate::domain::workflow::unmet::Unmet;
use crate::service::command::{Done, ItemAnswer, VerdictChange};
use crate::service::error::{Answer, Error, Invalid, Missing};
use crate::service::gate::{Context, Outcome, Work};

/// Answers to write: the new answer of each item, or `None` where it is taken back.
#[derive(Debug)]
pub struct Plan {
    project: Project,
    answers: Vec<(ItemId, Option<Judgement>)>,
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
    let permit = authorize_on(context.actor, Verb::Judge, &dossier.project)?;
    same_version(&dossier, context.actor, if_version)?;
    if let Some(overlay) = dossier.project.stopped() {
        return Err(vec![Unmet::Blocked(overlay)].into());
    }
    if dossier.project.stage != Stage::TechnicalReview {
        return Err(vec![Unmet::ReviewNotRunning(dossier.project.stage)].into());
    }
    let policy = context.policies.get(context.read, &dossier.project.policy)?;
    if let Some(unknown) = answers.iter().find(|answer| policy.item(&answer.item).is_none()) {
        return Err(Missing::Item(unknown.item.clone()).into());
    }
    let applicable = dossier.applicable_items(&policy);
    let strangers: Vec<Invalid> = answers
        .iter()
        .filter(|answer| !applicable.iter().any(|item| item.id == answer.item))
        .map(|answer| Invalid::ItemNotApplicable(answer.item.clone()))
        .collect();
    if !strangers.is_empty() {
        return Err(Error::Invalid(strangers));
    }
    let answers = answers.iter().map(|answer| (answer.item.clone(), merged(&dossier, answer))).collect();
    Ok((permit, super::Plan::Judge(Plan { project: dossier.project, answers })))
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
    for (item, judgement) in &plan.answers {
        match judgement {
            Some(judgement) => work.write().write_judgement(project.id, project.round, judgement, by, now)?,
            None => work.write().clear_judgement(project.id, project.round, item)?,
        }
        detail = detail.with(item.as_str(), said(judgement.as_ref()));
    }
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
