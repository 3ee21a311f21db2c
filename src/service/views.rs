//! The views a person keeps: a list, a filter and an order under a digit.
//!
//! A preference and no record: it decides nothing about any project, whoever keeps it may change and remove it, and nobody
//! else sees it. So it passes no permit and leaves no entry in the log, which is there for what was done to projects and
//! people. It is stored beside the account all the same, to be there at every terminal and in every backup.

use super::error::{Answer, StoreError};
use super::gate::{Context, actor};
use super::store::views::StoredView;
use super::view::Query;
use super::{Service, Session};
use crate::domain::actor::Role;
use crate::domain::search;
use crate::domain::text::clean_line;

/// The longest name, in characters: it is a tab among others.
const LONGEST_NAME: usize = 12;

/// A view a person keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedView {
    /// The digit it is opened by, 1 to 9.
    pub digit: u8,
    /// What it is called.
    pub name: String,
    /// What waits for one of the account's roles; nothing for all projects it may see.
    pub source: Option<Role>,
    /// The filter and the order, in the filter language with codes.
    pub query: String,
}

/// Why a view cannot be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadView {
    /// The digit is not one of 1 to 9.
    #[error("not a digit from 1 to 9")]
    Digit,
    /// The name is empty or too long.
    #[error("empty or too long a name")]
    Name,
}

impl SavedView {
    /// Makes one, if its digit and name will do.
    pub fn new(digit: u8, name: &str, source: Option<Role>, query: &search::Query) -> Result<SavedView, BadView> {
        let name = clean_line(name).trim().to_owned();
        match (digit, name.chars().count()) {
            (0 | 10.., _) => Err(BadView::Digit),
            (_, length) if length == 0 || length > LONGEST_NAME => Err(BadView::Name),
            _ => Ok(SavedView { digit, name, source, query: query.to_string() }),
        }
    }
}

/// The views the account keeps, in the order of their digits.
#[derive(Debug, Clone, Copy)]
pub struct SavedViews;

impl Query for SavedViews {
    type Answer = Vec<SavedView>;

    fn answer(self, context: Context<'_>) -> Answer<Vec<SavedView>> {
        let read = |stored: StoredView| {
            let source = match stored.source.as_str() {
                "" => None,
                code => Some(Role::parse(code).ok_or_else(|| StoreError::Unreadable(format!("role {code}")))?),
            };
            Ok(SavedView { digit: stored.digit, name: stored.name, source, query: stored.query })
        };
        context.read.views(context.actor.id)?.into_iter().map(read).collect()
    }
}

impl Service {
    /// Keeps a view, in place of what was under its digit.
    pub fn keep_view(&mut self, session: &Session, view: &SavedView) -> Answer<()> {
        let writer = self.database.write()?;
        let me = actor(writer.read(), session, &self.reach)?;
        let source = view.source.map_or(String::new(), |role| role.code().to_owned());
        let stored = StoredView { digit: view.digit, name: view.name.clone(), source, query: view.query.clone() };
        writer.keep_view(me.id, &stored)?;
        Ok(writer.commit()?)
    }

    /// Removes the view under a digit; tells whether there was one.
    pub fn remove_view(&mut self, session: &Session, digit: u8) -> Answer<bool> {
        let writer = self.database.write()?;
        let me = actor(writer.read(), session, &self.reach)?;
        let was_there = writer.remove_view(me.id, digit)?;
        writer.commit()?;
        Ok(was_there)
    }
}
