//! Registers a ruling, and installs the edition of the policy it brings about 〔第十八条〕.

use chrono::NaiveDate;

use super::install_policy;
use crate::domain::audit::Detail;
use crate::domain::permission::matrix::Verb;
use crate::domain::permission::{Permit, authorize_system};
use crate::domain::policy::{self, Policy, amend};
use crate::domain::ruling::{self, Ruling, RulingProblem};
use crate::domain::text::{clean_line, clean_text};
use crate::domain::workflow::input::{LONGEST_LINE, LONGEST_TEXT};
use crate::domain::workflow::record::Hand;
use crate::service::command::{Done, NewRuling};
use crate::service::error::{Answer, Error, Invalid, Missing};
use crate::service::gate::{Context, Outcome, Work};
use crate::service::store::policy::StoredPolicy;

/// A ruling to register.
#[derive(Debug)]
pub struct Plan {
    ruling: Ruling,
    edition: Option<StoredPolicy>,
}

/// Judges it.
pub fn prepare(context: Context<'_>, new: &NewRuling) -> Answer<(Permit, super::Plan)> {
    let permit = authorize_system(context.actor, Verb::AddRuling)?;
    let known = context.read.rulings()?;
    let number = known.last().map_or(1, |last| last.number + 1);
    let from = begins(context, new);
    let day = context.read.policy_on(from)?.ok_or_else(|| Missing::Policy(String::new()))?;
    let base = context.policies.get(context.read, &day)?;
    let text = asked(new, &base);
    let mut problems: Vec<Invalid> =
        faults(context, new, from, &known).into_iter().chain(text.clone().err()).map(Invalid::Ruling).collect();
    let edition = match amended(context, new, &base, number, from) {
        Ok(edition) => edition,
        Err(Error::Invalid(more)) => {
            problems.extend(more);
            None
        }
        Err(error) => return Err(error),
    };
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let ruling = Ruling {
        number,
        question: new.question,
        text: text.unwrap_or_default(),
        answer: clean_text(&new.answer).trim().to_owned(),
        articles: new.articles.clone(),
        doc_no: line(&new.doc_no),
        doc_date: new.doc_date,
        signer: line(&new.signer),
        effective_from: from,
        settings: new.settings.clone(),
        policy: edition.as_ref().map(|edition| edition.id.clone()),
        by: Hand { account: context.actor.id, name: String::new(), at: context.now },
    };
    Ok((permit, super::Plan::Ruling(Box::new(Plan { ruling, edition }))))
}

fn line(text: &str) -> String {
    clean_line(text).trim().to_owned()
}

/// Tells the first day it applies: the day said, else its document's; one that changes settings begins today at the
/// earliest, because what was decided under the old ones stays decided.
fn begins(context: Context<'_>, new: &NewRuling) -> NaiveDate {
    let today = context.now.date_naive();
    new.effective_from.unwrap_or(if new.settings.is_empty() { new.doc_date } else { new.doc_date.max(today) })
}

/// Tells the question in words: that of the policy, or the one given.
fn asked(new: &NewRuling, policy: &Policy) -> Result<String, RulingProblem> {
    match (new.question, line(&new.text)) {
        (Some(number), _) => match policy.question(number) {
            Some(question) => Ok(question.text.clone()),
            None => Err(RulingProblem::QuestionUnknown(number)),
        },
        (None, text) if text.is_empty() => Err(RulingProblem::QuestionMissing),
        (None, text) => Ok(text),
    }
}

fn faults(context: Context<'_>, new: &NewRuling, from: NaiveDate, known: &[Ruling]) -> Vec<RulingProblem> {
    let today = context.now.date_naive();
    let doc_no = line(&new.doc_no);
    let unknown = new.articles.iter().find(|article| **article > policy::LAST_ARTICLE);
    let taken = known.iter().find(|ruling| !doc_no.is_empty() && ruling.doc_no == doc_no);
    let too_long = |text: &str, most: usize| (text.chars().count() > most).then_some(RulingProblem::TooLong(most));
    [
        new.answer.trim().is_empty().then_some(RulingProblem::AnswerMissing),
        new.articles.is_empty().then_some(RulingProblem::ArticlesMissing),
        unknown.map(|article| RulingProblem::ArticleUnknown(*article)),
        doc_no.is_empty().then_some(RulingProblem::DocNoMissing),
        taken.map(|ruling| RulingProblem::DocNoTaken(ruling.number)),
        (new.doc_date > today).then_some(RulingProblem::DocDateAhead(new.doc_date)),
        line(&new.signer).is_empty().then_some(RulingProblem::SignerMissing),
        (from < new.doc_date).then_some(RulingProblem::BeforeItsDocument(new.doc_date)),
        (!new.settings.is_empty() && from < today).then_some(RulingProblem::InThePast(today)),
        too_long(&new.answer, LONGEST_TEXT),
        too_long(&new.text, LONGEST_LINE),
        too_long(&new.doc_no, LONGEST_LINE),
        too_long(&new.signer, LONGEST_LINE),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Makes the new edition of the one in force on the day, and reads it like any policy file; none where nothing changes.
fn amended(
    context: Context<'_>,
    new: &NewRuling,
    base: &Policy,
    number: u32,
    from: NaiveDate,
) -> Answer<Option<StoredPolicy>> {
    if new.settings.is_empty() {
        return Ok(None);
    }
    let body = context.read.policy(&base.id)?.ok_or_else(|| Missing::Policy(base.id.clone()))?.body;
    let identity = ruling::identity(base, number, from);
    let said = |problem| Invalid::Ruling(RulingProblem::Setting(problem));
    let text = amend(&body, &identity, &new.settings)
        .map_err(|problems| Error::Invalid(problems.into_iter().map(said).collect()))?;
    let read = policy::parse(&text).map_err(|problems| {
        // The lines are those of a text the person has not seen.
        let unplaced = problems.into_iter().map(|problem| policy::PolicyProblem { line: 0, ..problem });
        Error::Invalid(unplaced.map(Invalid::Policy).collect())
    })?;
    if context.read.policy(&read.id)?.is_some() {
        return Err(Invalid::PolicyExists(read.id).into());
    }
    Ok(Some(install_policy::stored(context, read, text)))
}

/// Registers it.
pub fn apply(work: &Work<'_>, Plan { ruling, edition }: Plan) -> Answer<(Outcome, Done)> {
    if let Some(edition) = &edition {
        work.write().add_policy(edition)?;
    }
    work.write().add_ruling(&ruling, ruling.by.account)?;
    let articles: Vec<String> = ruling.articles.iter().map(u8::to_string).collect();
    let detail = Detail::new()
        .with("ruling", ruling.number.to_string())
        .with("question", ruling.text)
        .with("answer", ruling.answer)
        .with("articles", articles.join(" "))
        .with("doc_no", ruling.doc_no)
        .with("doc_date", ruling.doc_date.to_string())
        .with("signer", ruling.signer)
        .with("effective_from", ruling.effective_from.to_string());
    let settings = ruling.settings.iter().map(|(name, value)| format!("{name}={value}"));
    let detail = match edition {
        Some(edition) => detail
            .with("settings", settings.collect::<Vec<_>>().join(" "))
            .with("policy", edition.id)
            .with("digest", edition.digest),
        None => detail,
    };
    let outcome = Outcome { detail, ..Outcome::default() };
    let subject = ruling.number.to_string();
    Ok((outcome, Done::System { action: Verb::AddRuling.code().to_owned(), subject }))
}
