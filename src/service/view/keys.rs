//! The keys with which people come in over SSH.

use super::Query;
use crate::domain::actor::Role;
use crate::domain::permission::authorize_system;
use crate::domain::permission::matrix::Verb;
use crate::service::error::Answer;
use crate::service::gate::Context;
use crate::service::store::key::AccountKey;

/// All keys, or those of one account: everybody sees his own, the administrators all of them.
#[derive(Debug, Clone)]
pub struct Keys {
    /// The account, or nothing for all.
    pub account: Option<String>,
}

impl Query for Keys {
    type Answer = Vec<AccountKey>;

    fn answer(self, context: Context<'_>) -> Answer<Vec<AccountKey>> {
        let own = self.account.as_ref() == Some(&context.actor.account);
        if !own && !context.actor.has(Role::Auditor) {
            let _permit = authorize_system(context.actor, Verb::ManageAccounts)?;
        }
        let mut keys = context.read.keys()?;
        keys.retain(|key| self.account.as_ref().is_none_or(|account| key.account_code == *account));
        Ok(keys)
    }
}
