//! Units, accounts and policies.

use std::sync::Arc;

use chrono::NaiveDate;

use super::Query;
use crate::domain::actor::{Actor, Role, Unit};
use crate::domain::permission::authorize_system;
use crate::domain::permission::matrix::Verb;
use crate::domain::policy::Policy;
use crate::service::error::{Answer, Missing};
use crate::service::gate::Context;
use crate::service::store::account::{Account, AccountStatus};

/// Who is asking.
#[derive(Debug, Clone, Copy)]
pub struct Myself;

impl Query for Myself {
    type Answer = Actor;

    fn answer(self, context: Context<'_>) -> Answer<Actor> {
        Ok(context.actor.clone())
    }
}

/// All units.
#[derive(Debug, Clone, Copy)]
pub struct Units;

impl Query for Units {
    type Answer = Vec<Unit>;

    fn answer(self, context: Context<'_>) -> Answer<Vec<Unit>> {
        Ok(context.read.units()?)
    }
}

/// All accounts; for the administrators.
#[derive(Debug, Clone, Copy)]
pub struct Accounts;

impl Query for Accounts {
    type Answer = Vec<Account>;

    fn answer(self, context: Context<'_>) -> Answer<Vec<Account>> {
        if !context.actor.has(Role::Auditor) {
            let _permit = authorize_system(context.actor, Verb::ManageAccounts)?;
        }
        Ok(context.read.accounts()?)
    }
}

/// The active accounts of a role, name and code: to whom a scheme can be handed.
#[derive(Debug, Clone, Copy)]
pub struct Colleagues {
    /// The role.
    pub role: Role,
}

impl Query for Colleagues {
    type Answer = Vec<(String, String)>;

    fn answer(self, context: Context<'_>) -> Answer<Vec<(String, String)>> {
        let accounts = context.read.accounts()?.into_iter();
        let fitting = accounts.filter(|a| a.status == AccountStatus::Active && a.roles.contains(&self.role));
        Ok(fitting.map(|account| (account.code, account.name)).collect())
    }
}

/// An installed policy as a line of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyLine {
    /// Names the edition.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The first day it applies.
    pub from: NaiveDate,
    /// The last day it applies, where a later one follows.
    pub to: Option<NaiveDate>,
    /// SM3 of its text.
    pub digest: String,
}

/// All installed policies, the earliest first.
#[derive(Debug, Clone, Copy)]
pub struct Policies;

impl Query for Policies {
    type Answer = Vec<PolicyLine>;

    fn answer(self, context: Context<'_>) -> Answer<Vec<PolicyLine>> {
        let stored = context.read.policies()?;
        let starts: Vec<NaiveDate> = stored.iter().map(|policy| policy.effective_from).collect();
        let line = |(policy, next): (_, Option<&NaiveDate>)| {
            let policy: crate::service::store::policy::StoredPolicy = policy;
            PolicyLine {
                id: policy.id,
                title: policy.title,
                from: policy.effective_from,
                to: next.and_then(|day| day.pred_opt()),
                digest: policy.digest,
            }
        };
        let nexts = starts.iter().skip(1).map(Some).chain(std::iter::once(None));
        Ok(stored.into_iter().zip(nexts).map(line).collect())
    }
}

/// The articles of the regulation's official text, where the county loaded it.
#[derive(Debug, Clone, Copy)]
pub struct Regulation;

impl Query for Regulation {
    type Answer = Vec<(u8, String)>;

    fn answer(self, context: Context<'_>) -> Answer<Vec<(u8, String)>> {
        Ok(context.read.articles()?)
    }
}

/// One policy, or the one in force today.
#[derive(Debug, Clone)]
pub struct PolicyOf {
    /// Its id; none for the one in force.
    pub id: Option<String>,
}

impl Query for PolicyOf {
    type Answer = (Arc<Policy>, String);

    fn answer(self, context: Context<'_>) -> Answer<(Arc<Policy>, String)> {
        let policy = match self.id {
            Some(id) => context.policies.get(context.read, &id)?,
            None => context.policies.in_force(context.read, context.now)?,
        };
        let stored = context.read.policy(&policy.id)?.ok_or_else(|| Missing::Policy(policy.id.clone()))?;
        Ok((policy, stored.body))
    }
}
