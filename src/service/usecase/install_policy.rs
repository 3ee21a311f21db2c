//! Installs a policy; one that is installed never changes.

use crate::domain::audit::{Detail, digest, hex};
use crate::domain::permission::matrix::Verb;
use crate::domain::permission::{Permit, authorize_system};
use crate::domain::policy;
use crate::service::command::Done;
use crate::service::error::{Answer, Error, Invalid};
use crate::service::gate::{Context, Outcome, Work};
use crate::service::store::policy::StoredPolicy;

/// A policy to install.
#[derive(Debug)]
pub struct Plan(StoredPolicy);

/// Judges it.
pub fn prepare(context: Context<'_>, text: &str) -> Answer<(Permit, super::Plan)> {
    let permit = authorize_system(context.actor, Verb::InstallPolicy)?;
    let policy =
        policy::parse(text).map_err(|problems| Error::Invalid(problems.into_iter().map(Invalid::Policy).collect()))?;
    if context.read.policy(&policy.id)?.is_some() {
        return Err(Invalid::PolicyExists(policy.id).into());
    }
    let stored = StoredPolicy {
        id: policy.id,
        title: policy.title,
        effective_from: policy.effective_from,
        digest: hex(&digest(text.as_bytes())),
        body: text.to_owned(),
        installed_at: context.now,
    };
    Ok((permit, super::Plan::Policy(Plan(stored))))
}

/// Installs it.
pub fn apply(work: &Work<'_>, Plan(policy): Plan) -> Answer<(Outcome, Done)> {
    work.write().add_policy(&policy)?;
    let detail = Detail::new().with("policy", policy.id.clone()).with("digest", policy.digest.clone());
    let outcome = Outcome { detail, ..Outcome::default() };
    Ok((outcome, Done::System { action: Verb::InstallPolicy.code().to_owned(), subject: policy.id }))
}
