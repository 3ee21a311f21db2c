//! For whom a project waits: the pending work of every role, derived from stage and records.

use super::action::Action;
use super::dossier::Dossier;
use super::record::Agency;
use crate::domain::actor::Role;
use crate::domain::ids::{AccountId, UnitId};
use crate::domain::project::Stage;

/// Among the accounts of a role, those that are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Desk {
    /// Any account with the role.
    Shared,
    /// Accounts of this unit.
    Unit(UnitId),
    /// This account alone.
    Account(AccountId),
}

/// A piece of pending work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// The role it waits for.
    pub role: Role,
    /// Which of its accounts.
    pub desk: Desk,
    /// The action that is expected next.
    pub expected: Action,
}

/// Lists for whom the project waits, and for what.
pub fn waiting(dossier: &Dossier) -> Vec<Waiting> {
    let project = &dossier.project;
    let shared = |role, expected| Waiting { role, desk: Desk::Shared, expected };
    let unit = |expected| Waiting { role: Role::Unit, desk: Desk::Unit(project.unit.id), expected };
    match project.stage {
        Stage::Draft if project.unit.kind.reports_through_supervisor() => vec![unit(Action::ReportToSupervisor)],
        Stage::Draft => vec![unit(Action::Submit)],
        Stage::AwaitingSupervisor => match &project.supervising_unit {
            Some(supervisor) => {
                vec![Waiting { role: Role::Supervisor, desk: Desk::Unit(supervisor.id), expected: Action::Endorse }]
            }
            None => Vec::new(),
        },
        Stage::PlanIntake => vec![shared(Role::Intake, Action::AcceptPlan)],
        Stage::JointReview => Agency::ALL
            .iter()
            .filter(|agency| !dossier.has_voted(**agency))
            .map(|agency| shared(agency.role(), Action::Vote))
            .collect(),
        Stage::AwaitingGovernment => vec![shared(Role::Intake, Action::RecordGovernmentDecision)],
        Stage::Planned => vec![unit(Action::RequestApproval)],
        Stage::AwaitingApproval => vec![shared(Role::Planning, Action::ApproveProject)],
        Stage::Approved if project.route.code.needs_review() => vec![unit(Action::SubmitScheme)],
        Stage::Approved => vec![shared(Role::Intake, Action::TakeSmallRoute)],
        Stage::SchemeIntake => vec![shared(Role::Intake, Action::AcceptScheme)],
        Stage::TechnicalReview => {
            let desk = project.reviewer.map_or(Desk::Shared, Desk::Account);
            vec![Waiting { role: Role::Reviewer, desk, expected: Action::DraftOpinion }]
        }
        Stage::OpinionCheck => vec![shared(Role::Lead, Action::CheckOpinion)],
        Stage::OpinionSigning => vec![shared(Role::Signer, Action::SignOpinion)],
        Stage::ReviewFailed => vec![unit(Action::SubmitScheme)],
        _ => Vec::new(),
    }
}
