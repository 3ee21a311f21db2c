//! A project as a line of a queue or list.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::domain::actor::Role;
use crate::domain::calendar::Moment;
use crate::domain::ids::{AccountId, ProjectCode, ProjectId};
use crate::domain::money::Money;
use crate::domain::project::{Clock, Overlay, Stage};
use crate::domain::route::RouteCode;
use crate::domain::workflow::action::Action;

/// A project as a line of a queue or list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectRow {
    /// Its number in the database.
    pub id: ProjectId,
    /// Its code.
    pub code: ProjectCode,
    /// Its name.
    pub name: String,
    /// The unit that builds it.
    pub unit: String,
    /// The amount that decides its route.
    pub amount: Money,
    /// Where it stands.
    pub stage: Stage,
    /// The way it goes.
    pub route: RouteCode,
    /// When it came to its stage.
    pub since: Moment,
    /// The clock of its stage.
    pub clock: Clock,
    /// Its version.
    pub version: i64,
    /// Its plan year.
    pub plan_year: i32,
    /// What lies over its stage.
    pub overlays: BTreeSet<Overlay>,
    /// Whether its content was destroyed; then it has neither name nor amount 〔第十七条〕.
    pub destroyed: bool,
    /// The reviewer who holds it: the account and the person's name.
    pub holder: Option<(AccountId, String)>,
    /// In a queue: for which of the account's roles it waits, and for which action.
    pub waiting: Vec<(Role, Action)>,
}

impl ProjectRow {
    /// Tells by how many days the project is overdue; negative while there is time.
    pub fn days_late(&self, today: NaiveDate) -> Option<i64> {
        self.clock.due.map(|due| (today - due).num_days())
    }

    /// Tells whether its day has passed.
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        self.days_late(today).is_some_and(|days| days > 0)
    }
}
