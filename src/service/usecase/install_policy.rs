//! Installs a policy; one that is installed never changes.

use crate::domain::audit::{Detail, digest, hex};
use crate::domain::permission::matrix::Verb;
use crate::domain::permission::{Permit, authorize_system};
use crate::domain::policy::{self, Policy};
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
    let stored = stored(context, policy, text.to_owned());
    let installed = context.read.policy_heads()?;
    if let Some(known) = installed.iter().find(|known| known.digest == stored.digest || known.id == stored.id) {
        return Err(match known.digest == stored.digest {
            true => Invalid::PolicyInstalled(known.id.clone()),
            false => Invalid::PolicyExists(known.id.clone()),
        }
        .into());
    }
    // Two editions of one day would leave it to the order of installing which of them is meant.
    if let Some(other) = installed.into_iter().find(|known| known.effective_from == stored.effective_from) {
        return Err(Invalid::PolicyDateTaken { id: other.id, from: other.effective_from }.into());
    }
    Ok((permit, super::Plan::Policy(Plan(stored))))
}

/// Makes a policy that was read from a text ready to be kept.
pub fn stored(context: Context<'_>, policy: Policy, text: String) -> StoredPolicy {
    StoredPolicy {
        id: policy.id,
        title: policy.title,
        effective_from: policy.effective_from,
        digest: hex(&digest(text.as_bytes())),
        body: text,
        installed_at: context.now,
    }
}

/// Installs it.
pub fn apply(work: &Work<'_>, Plan(policy): Plan) -> Answer<(Outcome, Done)> {
    work.write().add_policy(&policy)?;
    let detail = Detail::new().with("policy", policy.id.clone()).with("digest", policy.digest.clone());
    let outcome = Outcome { detail, ..Outcome::default() };
    Ok((outcome, Done::System { action: Verb::InstallPolicy.code().to_owned(), subject: policy.id }))
}
