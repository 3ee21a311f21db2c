//! The policies of the database, read once and kept.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::error::{Answer, Error, Missing};
use super::store::Reader;
use crate::domain::calendar::Moment;
use crate::domain::policy::{self, Policy};

/// Policies by id. An installed policy never changes, so what was read once stays true.
#[derive(Debug, Default)]
pub struct PolicyShelf(RefCell<BTreeMap<String, Arc<Policy>>>);

impl PolicyShelf {
    /// Finds a policy.
    pub fn get(&self, read: Reader<'_>, id: &str) -> Answer<Arc<Policy>> {
        if let Some(known) = self.0.borrow().get(id) {
            return Ok(Arc::clone(known));
        }
        let stored = read.policy(id)?.ok_or_else(|| Missing::Policy(id.to_owned()))?;
        let parsed = policy::parse(&stored.body)
            .map_err(|problems| Error::Bug(format!("stored policy {id} does not parse: {problems:?}")))?;
        let parsed = Arc::new(parsed);
        self.0.borrow_mut().insert(id.to_owned(), Arc::clone(&parsed));
        Ok(parsed)
    }

    /// Finds the policy in force at a moment.
    pub fn in_force(&self, read: Reader<'_>, at: Moment) -> Answer<Arc<Policy>> {
        let id = read.policy_on(at.date_naive())?.ok_or_else(|| Missing::Policy(String::new()))?;
        self.get(read, &id)
    }
}
