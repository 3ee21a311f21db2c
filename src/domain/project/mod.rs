//! A project: what was declared, where it stands, which way it goes.

mod clock;
mod declaration;
mod overlay;
mod stage;

pub use clock::Clock;
pub use declaration::*;
pub use overlay::Overlay;
pub use stage::{Phase, Stage};

use std::collections::BTreeSet;

use super::actor::Unit;
use super::calendar::Moment;
use super::ids::{AccountId, ProjectCode, ProjectId, UnitId};
use super::money::Money;
use super::route::Route;

/// A registered project.
#[derive(Debug, Clone, PartialEq)]
pub struct Project {
    /// Its number in the database.
    pub id: ProjectId,
    /// The number people use.
    pub code: ProjectCode,
    /// What was declared.
    pub declaration: Declaration,
    /// The unit that builds it.
    pub unit: Unit,
    /// The unit it reports through, where it does.
    pub supervising_unit: Option<Unit>,
    /// The unit whose account imported the form it came with, where it came with one.
    pub imported_by: Option<UnitId>,
    /// Where it stands.
    pub stage: Stage,
    /// What lies over it.
    pub overlays: BTreeSet<Overlay>,
    /// When its content was destroyed, where it was 〔第十七条〕; what is left is a frozen shell.
    pub destroyed: Option<Moment>,
    /// When it came to this stage.
    pub since: Moment,
    /// The clock of this stage.
    pub clock: Clock,
    /// Grows by one with every change; what a writer saw last must still be true.
    pub version: i64,
    /// The running technical review, 1 for the first; a second review is round 2.
    pub round: u32,
    /// The running way through the plan, 1 for the first; what was returned to its unit begins the next.
    pub plan_round: u32,
    /// When the declaration reached the Centre, where it was submitted 〔第六条〕.
    pub received_at: Option<Moment>,
    /// The amount of the 立项批复, once there is one.
    pub approved: Option<Money>,
    /// The amount the technical review assessed, once an opinion is signed.
    pub assessed: Option<Money>,
    /// The way the project goes, as last computed.
    pub route: Route,
    /// The policy whose rules the running round follows.
    pub policy: String,
    /// The reviewer the scheme was handed to, where one was named.
    pub reviewer: Option<AccountId>,
}

impl Project {
    /// Tells whether the declaration may be edited: at the stages open for it, and where a correction was asked for
    /// before an opinion was drafted.
    pub fn declaration_is_open(&self) -> bool {
        let correcting = self.overlays.contains(&Overlay::Correcting) && self.stage < Stage::OpinionCheck;
        correcting || self.stage.declaration_is_open()
    }

    /// Finds what keeps anything from being written about the project, its freeze first.
    pub fn stopped(&self) -> Option<Overlay> {
        [Overlay::SecrecyFrozen, Overlay::Suspended].into_iter().find(|overlay| self.overlays.contains(overlay))
    }

    /// Tells the supervising unit that handed in the project's form itself, on a summary sheet 〔附件 注〕: it may then
    /// report for the unit. Nobody summarizes for itself.
    pub fn summarized_by(&self) -> Option<UnitId> {
        let supervisor = self.supervising_unit.as_ref()?.id;
        (self.imported_by == Some(supervisor) && supervisor != self.unit.id).then_some(supervisor)
    }

    /// Tells the amount that decides the route: the approved one once it exists, else the declared one.
    pub fn governing_amount(&self) -> Money {
        self.approved.unwrap_or(self.declaration.amount)
    }
}
