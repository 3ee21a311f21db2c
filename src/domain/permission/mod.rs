//! Who may do what: an actor and a target yield a [`Permit`], or a [`Denied`] that says why not.
//!
//! A permit has private fields and cannot be made elsewhere, so nothing is written for which nobody was asked.

mod duties;
pub mod matrix;

use super::actor::{Actor, Role, Unit};
use super::findings::Finding;
use super::ids::{AccountId, ProjectId, UnitId};
use super::panel::recusal::Why;
use super::project::{Overlay, Project, Stage};
use super::vocabulary::vocabulary;
use super::workflow::action::{Action, Key};
use super::workflow::dossier::Dossier;
use super::workflow::input::Inputs;
use super::workflow::record::Agency;
use duties::{assigned, concerns, separate_duties, stays_away};
use matrix::{Relation, Verb};

vocabulary!(
    /// In whose name a record came about.
    Source {
        /// By the person whose decision it is.
        Direct = "direct",
        /// By the intake clerk, or the supervising unit, for a unit (代办).
        Assisted = "assisted",
        /// By the intake clerk from an authority's paper (代录).
        Transcribed = "transcribed",
    }
);

/// Leave to do one thing to one target, once.
#[derive(Debug)]
#[must_use = "a permit that is not used permits nothing"]
pub struct Permit {
    verb: Verb,
    project: Option<ProjectId>,
    capacity: Role,
    source: Source,
}

impl Permit {
    /// Tells what is permitted.
    pub fn verb(&self) -> Verb {
        self.verb
    }

    /// Tells the project it is permitted on.
    pub fn project(&self) -> Option<ProjectId> {
        self.project
    }

    /// Tells the role in which the person acts; that of the authority where a decision is transcribed.
    pub fn capacity(&self) -> Role {
        self.capacity
    }

    /// Tells in whose name the record comes about.
    pub fn source(&self) -> Source {
        self.source
    }
}

vocabulary!(
    /// A step of an opinion that the same person may not take twice.
    OpinionStep {
        /// 拟定.
        Drafted = "drafted",
        /// 审核.
        Checked = "checked",
    }
);

/// Why an account may not do something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Denied {
    /// None of the account's roles may.
    NeedsRole {
        /// The roles that may.
        roles: Vec<Role>,
    },
    /// The role may, but only for projects of the account's own unit.
    OtherUnit,
    /// The role may, but only for projects that report through the account's unit.
    OtherSupervisor,
    /// The role may, but only for projects whose forms the account's unit handed in itself.
    NotSummarized,
    /// The account already took a step of this opinion; draft, check and signature are three people's.
    SamePerson(OpinionStep),
    /// The account froze the project itself; its content is destroyed by somebody else.
    FrozeIt,
    /// The scheme was handed to another reviewer.
    AssignedToOther,
    /// The last step was taken by somebody else.
    NotOwnStep(Action),
    /// The account holds the project itself.
    HoldsIt,
    /// The decision cannot be transcribed for that authority.
    CannotTranscribe,
    /// As an expert the account's holder must stay away from the project's panel, and from the opinion that rests on it.
    Recused(Vec<Why>),
    /// Nobody changes the pool's entry about oneself: it decides from which projects one must stay away.
    OwnEntry,
    /// The account may not see the project.
    NotVisible,
    /// The account has been disabled or was never activated.
    NotActive,
    /// The key with which the person came in was revoked, or is none of the account's.
    KeyNotInForce,
    /// The key is nobody's, or not in force.
    UnknownKey,
    /// Who proposed an account or a key does not put it into force.
    OwnProposal,
    /// Nobody gives or takes his own roles, or lets himself act.
    OwnAccount,
}

impl Denied {
    /// Tells the code under which the log records it.
    pub const fn code(&self) -> &'static str {
        match self {
            Denied::NeedsRole { .. } => "needs-role",
            Denied::OtherUnit => "other-unit",
            Denied::OtherSupervisor => "other-supervisor",
            Denied::NotSummarized => "not-summarized",
            Denied::SamePerson(_) => "same-person",
            Denied::FrozeIt => "froze-it",
            Denied::AssignedToOther => "assigned-to-other",
            Denied::NotOwnStep(_) => "not-own-step",
            Denied::HoldsIt => "holds-it",
            Denied::CannotTranscribe => "cannot-transcribe",
            Denied::Recused(_) => "recused",
            Denied::OwnEntry => "own-entry",
            Denied::NotVisible => "not-visible",
            Denied::NotActive => "not-active",
            Denied::KeyNotInForce => "key-not-in-force",
            Denied::UnknownKey => "unknown-key",
            Denied::OwnProposal => "own-proposal",
            Denied::OwnAccount => "own-account",
        }
    }
}

/// Asks for leave to act on a project.
pub fn authorize(
    actor: &Actor,
    action: Action,
    dossier: &Dossier,
    on_behalf_of: Option<&str>,
) -> Result<Permit, Denied> {
    let (capacity, source) = match on_behalf_of {
        Some(authority) => transcribe(actor, action, authority)?,
        None => own_capacity(actor, action, dossier)?,
    };
    stays_away(actor, action, dossier)?;
    separate_duties(actor, action, dossier)?;
    concerns(actor, action, capacity, dossier)?;
    let asked = dossier.project.overlays.contains(&Overlay::Changing);
    if (action, capacity) == (Action::Change, Role::Planning) && !asked {
        return Err(Denied::NeedsRole { roles: vec![Role::Unit, Role::Lead, Role::Intake] });
    }
    Ok(Permit { verb: Verb::Act(action), project: Some(dossier.project.id), capacity, source })
}

/// Tells for whom the input says the decision is transcribed.
pub fn on_behalf_of(inputs: &Inputs) -> Option<&str> {
    inputs.text(Key::OnBehalfOf)
}

/// Asks for leave to do something to a project outside the workflow, such as judging an item.
pub fn authorize_on(actor: &Actor, verb: Verb, project: &Project) -> Result<Permit, Denied> {
    let (capacity, source) = capacity_for(actor, verb, Some(project), &[])?;
    if verb == Verb::Judge || verb == Verb::DisposeFinding && capacity == Role::Reviewer {
        assigned(actor, project)?;
    }
    Ok(Permit { verb, project: Some(project.id), capacity, source })
}

/// Asks for leave to do something about a project's panel that is no action of the workflow, such as noting who came.
pub fn authorize_panel(actor: &Actor, verb: Verb, dossier: &Dossier) -> Result<Permit, Denied> {
    let permit = authorize_on(actor, verb, &dossier.project)?;
    match dossier.recusal_of(actor.id) {
        Some(recused) => Err(Denied::Recused(recused.why.clone())),
        None => Ok(permit),
    }
}

/// Asks for leave to decide about a finding. A veto, and maintenance above the ceiling, is ruled out by the lead alone
/// 〔第九条〕〔第十条〕; anybody who reviews may take it up.
pub fn authorize_disposition(
    actor: &Actor,
    project: &Project,
    finding: &Finding,
    accepted: bool,
) -> Result<Permit, Denied> {
    let permit = authorize_on(actor, Verb::DisposeFinding, project)?;
    match !accepted && finding.is_for_the_lead() && permit.capacity != Role::Lead {
        true => Err(Denied::NeedsRole { roles: vec![Role::Lead] }),
        false => Ok(permit),
    }
}

/// Asks for leave to do something that concerns no project yet; `unit` is the unit it is done for, none where it is not
/// registered yet.
pub fn authorize_for_unit(actor: &Actor, verb: Verb, unit: Option<&Unit>) -> Result<Permit, Denied> {
    let grants = matrix::grants(verb);
    let held: Vec<_> = grants.iter().filter(|(role, _)| actor.has(*role)).collect();
    let fits = held.iter().find(|(_, relation)| match relation {
        Relation::Any => true,
        Relation::OwnUnit => unit.is_some_and(|unit| unit.id == actor.unit),
        Relation::Supervises => unit.is_some_and(|unit| unit.may_report_through(actor.unit)),
        Relation::Summarizes => false,
    });
    match (fits, held.as_slice()) {
        (Some((role, _)), _) => Ok(Permit { verb, project: None, capacity: *role, source: source_of(verb, *role) }),
        (None, []) => Err(needs_role(verb)),
        (None, [(_, Relation::Supervises), ..]) => Err(Denied::OtherSupervisor),
        (None, _) => Err(Denied::OtherUnit),
    }
}

/// Asks for leave to run the system: accounts, units, policy, the log.
pub fn authorize_system(actor: &Actor, verb: Verb) -> Result<Permit, Denied> {
    let (capacity, source) = capacity_for(actor, verb, None, &[])?;
    Ok(Permit { verb, project: None, capacity, source })
}

/// Asks for leave to do something about an account's keys: everybody may about his own, because who fears for a key must
/// not have to wait for anybody; about another's only who may by his role.
pub fn authorize_key(actor: &Actor, owner: AccountId, verb: Verb) -> Result<Permit, Denied> {
    match actor.roles.first() {
        Some(role) if owner == actor.id => Ok(Permit { verb, project: None, capacity: *role, source: Source::Direct }),
        _ => authorize_system(actor, verb),
    }
}

fn own_capacity(actor: &Actor, action: Action, dossier: &Dossier) -> Result<(Role, Source), Denied> {
    // One person may sit for two agencies; the vote then counts for the one that has not voted yet.
    let done: Vec<Role> = match action {
        Action::Vote => Agency::ALL.iter().filter(|a| dossier.has_voted(**a)).map(|a| a.role()).collect(),
        _ => Vec::new(),
    };
    if let (Action::ReturnForCorrection, Some(turn)) = (action, turn_at(dossier.project.stage)) {
        return match turn.iter().find(|role| actor.has(**role)) {
            Some(role) => Ok((*role, Source::Direct)),
            None => Err(Denied::NeedsRole { roles: turn.to_vec() }),
        };
    }
    let (role, source) = capacity_for(actor, Verb::Act(action), Some(&dossier.project), &done)?;
    let source = if action == Action::RecordGovernmentDecision { Source::Transcribed } else { source };
    Ok((role, source))
}

/// Tells whose turn it is at a stage under review: who may ask for a correction there.
const fn turn_at(stage: Stage) -> Option<&'static [Role]> {
    match stage {
        Stage::PlanIntake | Stage::AwaitingGovernment | Stage::SchemeIntake => Some(&[Role::Intake]),
        Stage::JointReview => Some(&[Role::Lead, Role::Planning, Role::Finance]),
        Stage::AwaitingApproval => Some(&[Role::Planning]),
        Stage::TechnicalReview | Stage::Acceptance => Some(&[Role::Reviewer]),
        Stage::FilingReview => Some(&[Role::Cyberspace]),
        _ => None,
    }
}

fn capacity_for(actor: &Actor, verb: Verb, project: Option<&Project>, done: &[Role]) -> Result<(Role, Source), Denied> {
    let held: Vec<_> = matrix::grants(verb).iter().filter(|(role, _)| actor.has(*role)).collect();
    let fitting: Vec<Role> = held
        .iter()
        .filter(|(_, relation)| project.is_none_or(|project| relates(actor, *relation, project)))
        .map(|(role, _)| *role)
        .collect();
    let chosen = fitting.iter().find(|role| !done.contains(role)).or(fitting.first());
    match (chosen, held.first()) {
        (Some(role), _) => Ok((*role, source_of(verb, *role))),
        (None, Some((_, Relation::Supervises))) => Err(Denied::OtherSupervisor),
        (None, Some((_, Relation::Summarizes))) => {
            let supervises = project.is_some_and(|project| relates(actor, Relation::Supervises, project));
            Err(if supervises { Denied::NotSummarized } else { Denied::OtherSupervisor })
        }
        (None, Some(_)) => Err(Denied::OtherUnit),
        (None, None) => Err(needs_role(verb)),
    }
}

fn relates(actor: &Actor, relation: Relation, project: &Project) -> bool {
    match relation {
        Relation::Any => true,
        Relation::OwnUnit => project.unit.id == actor.unit,
        Relation::Supervises => project.supervising_unit.as_ref().is_some_and(|unit| unit.id == actor.unit),
        Relation::Summarizes => project.summarized_by() == Some(actor.unit),
    }
}

/// What units do themselves, the intake clerk or the supervising unit may do for them; the history says so.
fn source_of(verb: Verb, role: Role) -> Source {
    let of_units = matrix::grants(verb).iter().any(|(role, _)| *role == Role::Unit);
    if matches!(role, Role::Intake | Role::Supervisor) && of_units { Source::Assisted } else { Source::Direct }
}

fn needs_role(verb: Verb) -> Denied {
    Denied::NeedsRole { roles: matrix::grants(verb).iter().map(|(role, _)| *role).collect() }
}

fn transcribe(actor: &Actor, action: Action, authority: &str) -> Result<(Role, Source), Denied> {
    if !actor.has(Role::Intake) {
        return Err(Denied::NeedsRole { roles: vec![Role::Intake] });
    }
    // The county government has no role of its own: its decision has an action that only the clerk performs.
    let role = if authority == "government" { Some(Role::Intake) } else { Role::parse(authority) };
    let may = |role: &Role| matrix::grants(Verb::Act(action)).iter().any(|(granted, _)| granted == role);
    match role.filter(|role| action.transcribable() && may(role)) {
        Some(role) => Ok((role, Source::Transcribed)),
        None => Err(Denied::CannotTranscribe),
    }
}

/// Which projects an actor may see at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Visibility {
    /// Of those that are not frozen.
    pub scope: Scope,
    /// Whether frozen ones, suspected of holding secrets, are seen 〔第十七条〕.
    pub frozen: bool,
}

/// Which projects an actor may see, the frozen ones aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Every registered project, and drafts too for the intake clerk.
    All {
        /// Whether drafts of units are seen.
        drafts: bool,
    },
    /// Projects of this unit and those that report through it.
    Unit(UnitId),
    /// None: the three administrators take no part in the business.
    Nothing,
}

/// Tells which projects an actor may see.
pub fn visibility(actor: &Actor) -> Visibility {
    let scope = if actor.roles.iter().any(|role| role.sees_all_projects()) {
        Scope::All { drafts: actor.has(Role::Intake) }
    } else if actor.has(Role::Unit) || actor.has(Role::Supervisor) {
        Scope::Unit(actor.unit)
    } else {
        Scope::Nothing
    };
    Visibility { scope, frozen: actor.has(Role::Lead) || actor.has(Role::Secadmin) }
}

/// Tells whether an actor may see a project.
pub fn may_see(actor: &Actor, project: &Project) -> bool {
    let sight = visibility(actor);
    if project.overlays.contains(&Overlay::SecrecyFrozen) {
        return sight.frozen;
    }
    let mine =
        project.unit.id == actor.unit || project.supervising_unit.as_ref().is_some_and(|unit| unit.id == actor.unit);
    match sight.scope {
        Scope::All { drafts: true } => true,
        Scope::All { drafts: false } => mine || project.stage != Stage::Draft,
        Scope::Unit(_) => mine,
        Scope::Nothing => false,
    }
}
