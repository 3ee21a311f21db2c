//! Units, accounts and the regulation's text.

use super::Query;
use crate::domain::actor::{Actor, Role, Unit};
use crate::domain::permission::authorize_system;
use crate::domain::permission::matrix::Verb;
use crate::service::error::Answer;
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

/// The articles of the regulation's official text, where the county loaded it.
#[derive(Debug, Clone, Copy)]
pub struct Regulation;

impl Query for Regulation {
    type Answer = Vec<(u8, String)>;

    fn answer(self, context: Context<'_>) -> Answer<Vec<(u8, String)>> {
        Ok(context.read.articles()?)
    }
}
