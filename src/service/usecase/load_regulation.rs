//! Loads the regulation's official text, after which screens show the article itself.

use std::collections::BTreeMap;

use crate::domain::audit::{Detail, digest, hex};
use crate::domain::permission::matrix::Verb;
use crate::domain::permission::{Permit, authorize_system};
use crate::domain::policy::regulation;
use crate::domain::text::clean_text;
use crate::service::command::Done;
use crate::service::error::{Answer, Invalid};
use crate::service::gate::{Context, Outcome, Work};

/// A text to load.
#[derive(Debug)]
pub struct Plan {
    articles: BTreeMap<u8, String>,
    digest: String,
}

/// Judges it.
pub fn prepare(context: Context<'_>, text: &str) -> Answer<(Permit, super::Plan)> {
    let permit = authorize_system(context.actor, Verb::InstallPolicy)?;
    let articles = regulation::split(&clean_text(text)).map_err(|missing| Invalid::ArticlesMissing(missing.0))?;
    Ok((permit, super::Plan::Regulation(Plan { articles, digest: hex(&digest(text.as_bytes())) })))
}

/// Loads it.
pub fn apply(work: &Work<'_>, plan: Plan) -> Answer<(Outcome, Done)> {
    for (number, text) in &plan.articles {
        work.write().set_article(*number, text)?;
    }
    let outcome = Outcome { detail: Detail::new().with("digest", plan.digest.clone()), ..Outcome::default() };
    Ok((outcome, Done::System { action: super::LOAD_REGULATION.to_owned(), subject: plan.digest }))
}
