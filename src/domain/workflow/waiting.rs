//! For whom a project waits: the pending work of every role, derived from stage and records.

use super::action::Action;
use super::dossier::Dossier;
use super::record::Agency;
use crate::domain::actor::Role;
use crate::domain::ids::{AccountId, UnitId};
use crate::domain::panel::Panel;
use crate::domain::policy::Policy;
use crate::domain::project::{Overlay, Stage};
use crate::domain::route::RouteCode;

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

/// Lists for whom the project waits, and for what: first what lies over the stage, then the stage itself.
pub fn waiting(dossier: &Dossier, policy: &Policy) -> Vec<Waiting> {
    let project = &dossier.project;
    let shared = |role, expected| Waiting { role, desk: Desk::Shared, expected };
    if project.destroyed.is_some() {
        return Vec::new();
    }
    if project.overlays.contains(&Overlay::SecrecyFrozen) {
        return [Role::Lead, Role::Secadmin].map(|role| shared(role, Action::Unfreeze)).to_vec();
    }
    if project.overlays.contains(&Overlay::Suspended) {
        return vec![shared(Role::Lead, Action::Resume)];
    }
    if project.overlays.contains(&Overlay::Changing) {
        return vec![shared(Role::Planning, Action::Change)];
    }
    if project.overlays.contains(&Overlay::Correcting) {
        return vec![of_unit(dossier, Action::Correct)];
    }
    match project.stage {
        stage if stage < Stage::ReviewPassed => until_review(dossier, policy),
        _ => after_review(dossier),
    }
}

fn of_unit(dossier: &Dossier, expected: Action) -> Waiting {
    Waiting { role: Role::Unit, desk: Desk::Unit(dossier.project.unit.id), expected }
}

fn until_review(dossier: &Dossier, policy: &Policy) -> Vec<Waiting> {
    let project = &dossier.project;
    let shared = |role, expected| Waiting { role, desk: Desk::Shared, expected };
    let unit = |expected| of_unit(dossier, expected);
    match project.stage {
        Stage::Draft => {
            let through = project.unit.kind.reports_through_supervisor();
            let own = unit(if through { Action::ReportToSupervisor } else { Action::Submit });
            // Who handed the form in on a summary sheet takes it on from there.
            let summarizer = project.summarized_by().map(|supervisor| Waiting {
                role: Role::Supervisor,
                desk: Desk::Unit(supervisor),
                expected: Action::ReportToSupervisor,
            });
            [own].into_iter().chain(summarizer).collect()
        }
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
        Stage::Planned if !project.route.code.needs_review() && !policy.small_route.needs_approval => {
            vec![shared(Role::Intake, Action::TakeSmallRoute)]
        }
        Stage::Planned => vec![unit(Action::RequestApproval)],
        Stage::AwaitingApproval => vec![shared(Role::Planning, Action::ApproveProject)],
        Stage::Approved if project.route.code.needs_review() => vec![unit(Action::SubmitScheme)],
        Stage::Approved => vec![shared(Role::Intake, Action::TakeSmallRoute)],
        Stage::SchemeIntake => vec![shared(Role::Intake, Action::AcceptScheme)],
        Stage::TechnicalReview
        | Stage::PanelForming
        | Stage::PanelReviewing
        | Stage::PanelConcluding
        | Stage::Revising => vec![under_review(dossier)],
        Stage::OpinionCheck => vec![shared(Role::Lead, Action::CheckOpinion)],
        Stage::OpinionSigning => vec![shared(Role::Signer, Action::SignOpinion)],
        _ => Vec::new(),
    }
}

/// The review on the reviewer's desk, and while a panel sits on its secretary's.
fn under_review(dossier: &Dossier) -> Waiting {
    let secretary = |expected| Waiting { role: Role::PanelSecretary, desk: Desk::Shared, expected };
    let desk = dossier.project.reviewer.map_or(Desk::Shared, Desk::Account);
    let reviewer = |expected| Waiting { role: Role::Reviewer, desk, expected };
    let panel = dossier.panel();
    match dossier.project.stage {
        Stage::PanelForming if panel.is_some_and(Panel::awaits_confirmation) => {
            Waiting { role: Role::Lead, desk: Desk::Shared, expected: Action::ConfirmPanel }
        }
        Stage::PanelForming => secretary(Action::FormPanel),
        Stage::PanelReviewing if panel.is_some_and(|panel| panel.missing().is_empty()) => {
            secretary(Action::CloseOpinions)
        }
        Stage::PanelReviewing => secretary(Action::RecordExpertOpinion),
        Stage::PanelConcluding => secretary(Action::ConcludePanel),
        Stage::Revising if panel.is_some_and(|panel| panel.open_fixes().next().is_some()) => reviewer(Action::CloseFix),
        Stage::Revising => reviewer(Action::FinishRevision),
        _ if dossier.project.route.code == RouteCode::Panel && dossier.panel_result().is_none() => {
            reviewer(Action::RequestPanel)
        }
        _ => reviewer(Action::DraftOpinion),
    }
}

fn after_review(dossier: &Dossier) -> Vec<Waiting> {
    let shared = |role, expected| vec![Waiting { role, desk: Desk::Shared, expected }];
    let unit = |expected| vec![of_unit(dossier, expected)];
    match dossier.project.stage {
        Stage::ReviewPassed => [shared(Role::Intake, Action::SendToFiling), unit(Action::SendToFiling)].concat(),
        Stage::ReviewFailed => unit(Action::SubmitScheme),
        Stage::FilingReview => shared(Role::Cyberspace, Action::DecideFiling),
        Stage::Filed => unit(Action::EnterProcurement),
        Stage::ProcurementPreparation => unit(preparing(dossier)),
        Stage::Procuring => unit(Action::RegisterContract),
        Stage::ProcurementFailed => unit(Action::RestartProcurement),
        Stage::Contracted => unit(Action::StartImplementation),
        Stage::Implementing | Stage::TrialRun => unit(Action::RequestAcceptance),
        Stage::Acceptance => shared(Role::Reviewer, Action::RecordAcceptance),
        Stage::Accepted => unit(Action::GoLive),
        Stage::AcceptanceFailed => unit(Action::RequestReacceptance),
        Stage::Operating => unit(Action::RequestEvaluation),
        Stage::Evaluation if dossier.last(Action::RecordEvaluation).is_none() => {
            shared(Role::Lead, Action::RecordEvaluation)
        }
        Stage::Evaluation => shared(Role::Intake, Action::Archive),
        Stage::EvaluationRectifying => unit(Action::FinishRectification),
        _ => Vec::new(),
    }
}

/// Tells the next step before procurement: the survey where one is required, the requirement, the start.
fn preparing(dossier: &Dossier) -> Action {
    if dossier.project.route.survey_required && dossier.last(Action::RecordSurvey).is_none() {
        Action::RecordSurvey
    } else if dossier.last_of_round(Action::FixRequirement).is_none() {
        Action::FixRequirement
    } else {
        Action::StartProcurement
    }
}
