//! Keys that let people in over SSH: proposed by one person, put into force by another, revoked by anybody whom it
//! concerns.

use crate::domain::audit::Detail;
use crate::domain::ids::AccountId;
use crate::domain::key::{Fingerprint, PublicKey};
use crate::domain::permission::matrix::Verb;
use crate::domain::permission::{Denied, Permit, authorize_key, authorize_system};
use crate::service::command::{Done, KeyOrder};
use crate::service::error::{Answer, Invalid, Missing};
use crate::service::gate::{About, Context, Outcome, Work};
use crate::service::store::key::AccountKey;

/// A change of keys.
#[derive(Debug)]
pub enum Plan {
    /// One to propose for an account.
    Propose(AccountId, String, PublicKey),
    /// One to put into force.
    Activate(AccountKey),
    /// One to end.
    Revoke(AccountKey),
}

/// Tells the code under which the log records an order.
pub const fn code(order: &KeyOrder) -> &'static str {
    match order {
        KeyOrder::Propose { .. } => "propose-key",
        KeyOrder::Activate { .. } => "activate-key",
        KeyOrder::Revoke { .. } => "revoke-key",
    }
}

/// Judges it.
pub fn prepare(context: Context<'_>, order: &KeyOrder) -> Answer<(Permit, super::Plan)> {
    let (permit, plan) = match order {
        KeyOrder::Propose { account, line } => {
            let owner = context.read.account(account)?.ok_or_else(|| Missing::Account(account.clone()))?;
            let permit = authorize_key(context.actor, owner.id, Verb::ProposeAccounts)?;
            let key = PublicKey::read(line).map_err(Invalid::Key)?;
            if context.read.key(&key.fingerprint)?.is_some() {
                return Err(Invalid::KeyTaken(key.fingerprint).into());
            }
            (permit, Plan::Propose(owner.id, owner.code, key))
        }
        KeyOrder::Activate { fingerprint } => {
            let permit = authorize_system(context.actor, Verb::GrantAccounts)?;
            let found = find(context, fingerprint)?;
            if found.activated.is_some() {
                return Err(Invalid::KeyInForce(found.key.fingerprint).into());
            }
            if found.added.account == context.actor.id {
                return Err(Denied::OwnProposal.into());
            }
            (permit, Plan::Activate(found))
        }
        KeyOrder::Revoke { fingerprint } => {
            let found = find(context, fingerprint)?;
            (authorize_key(context.actor, found.account, Verb::ManageAccounts)?, Plan::Revoke(found))
        }
    };
    if !context.is_shared()? {
        return Err(Invalid::KeysUnused.into());
    }
    Ok((permit, super::Plan::Keys(Box::new(plan))))
}

fn find(context: Context<'_>, typed: &str) -> Answer<AccountKey> {
    let missing = || Missing::Key(typed.to_owned());
    let fingerprint = Fingerprint::parse(typed.trim()).ok_or_else(missing)?;
    Ok(context.read.key(&fingerprint)?.ok_or_else(missing)?)
}

/// Makes it.
pub fn apply(work: &Work<'_>, about: &About, plan: Plan) -> Answer<(Outcome, Done)> {
    let context = work.context();
    let (by, now) = (context.actor.id, context.now);
    let (account, key) = match plan {
        Plan::Propose(owner, account, key) => {
            work.write().propose_key(owner, &key, by, now)?;
            (account, key)
        }
        Plan::Activate(found) => {
            work.write().activate_key(found.id, by, now)?;
            (found.account_code, found.key)
        }
        Plan::Revoke(found) => {
            work.write().revoke_key(found.id, by, now)?;
            (found.account_code, found.key)
        }
    };
    let detail = Detail::new()
        .with("account", account.clone())
        .with("kind", key.kind)
        .with("fingerprint", key.fingerprint.to_string());
    let subject = format!("{account} {}", key.fingerprint);
    Ok((Outcome { detail, ..Outcome::default() }, Done::System { action: about.action.clone(), subject }))
}
