//! What an account may do with a project now, and why not.

use super::Query;
use crate::domain::actor::Role;
use crate::domain::ids::ProjectCode;
use crate::domain::permission::{Denied, authorize};
use crate::domain::project::Stage;
use crate::domain::workflow::action::{Action, InputSpec, Key};
use crate::domain::workflow::input::fields_of;
use crate::domain::workflow::unmet::Unmet;
use crate::domain::workflow::waiting::waiting;
use crate::domain::workflow::{Circumstances, conditions, table};
use crate::service::error::Answer;
use crate::service::gate::Context;

/// Every action of the workflow for this project and account.
#[derive(Debug, Clone)]
pub struct Actions {
    /// The project.
    pub project: ProjectCode,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionList {
    /// The project.
    pub code: ProjectCode,
    /// Where it stands.
    pub stage: Stage,
    /// Its version.
    pub version: i64,
    /// What the project waits for, whoever it is to do it.
    pub expected: Vec<Action>,
    /// Every action.
    pub actions: Vec<ActionStatus>,
}

/// One action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionStatus {
    /// Which.
    pub action: Action,
    /// Whether it could be taken now, its input permitting.
    pub verdict: Possibility,
    /// What it lacks, whoever may take it; empty at stages that it does not leave.
    pub unmet: Vec<Unmet>,
    /// The fields it asks for.
    pub fields: Vec<InputSpec>,
}

/// Whether an action could be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Possibility {
    /// Yes.
    Allowed,
    /// Yes, by transcribing the decision of an authority of this role (代录).
    Transcribable(Role),
    /// The account may not.
    Denied(Denied),
    /// A rule forbids it now.
    Refused(Vec<Unmet>),
}

impl Possibility {
    /// Tells whether the action could be taken, in one's own name or by transcribing.
    pub fn is_open(&self) -> bool {
        matches!(self, Possibility::Allowed | Possibility::Transcribable(_))
    }
}

impl Query for Actions {
    type Answer = ActionList;

    fn answer(self, context: Context<'_>) -> Answer<ActionList> {
        let dossier = context.visible_dossier(&self.project)?;
        let policy = context.policies.get(context.read, &dossier.project.policy)?;
        let at = |capacity| Circumstances { dossier: &dossier, policy: &policy, capacity, now: context.now };
        let possibility = |action: Action| match authorize(context.actor, action, &dossier, None) {
            Ok(permit) => match conditions(action, at(permit.capacity())) {
                unmet if unmet.is_empty() => Possibility::Allowed,
                unmet => Possibility::Refused(unmet),
            },
            Err(denied) => match transcribing(context, action, &dossier) {
                Some(role) => match conditions(action, at(role)) {
                    unmet if unmet.is_empty() => Possibility::Transcribable(role),
                    unmet => Possibility::Refused(unmet),
                },
                None => Possibility::Denied(denied),
            },
        };
        // A capacity without a vote: the gates of the stage are told apart from what this account has already done.
        let outsider = Role::Oversight;
        // When the paper form arrived is for the intake clerk to say.
        let clerk = context.actor.has(Role::Intake);
        let fields = |action| {
            let mut fields = fields_of(action);
            fields.retain(|field| clerk || field.key != Key::ReceivedAt);
            fields
        };
        // What a panel lacks names its members, whom the unit is not to know while they sit.
        let knows_experts = context.actor.roles.iter().any(|role| role.sees_all_projects());
        let stays_away = dossier.recusal_of(context.actor.id).is_some();
        let told = |action: Action, mut unmet: Vec<Unmet>| {
            unmet.retain(|condition| knows_experts || !matches!(condition, Unmet::Panel(_)));
            // What the panel's steps lack is not told to whoever must stay away; without the panel it would be wrong, too.
            unmet.retain(|_| !(stays_away && action.is_barred_by_recusal()));
            unmet
        };
        let is_told = |action: &Action| !(stays_away && action.is_barred_by_recusal());
        let actions = table::TABLE
            .iter()
            .map(|row| ActionStatus {
                action: row.action,
                verdict: possibility(row.action),
                unmet: match row.from.contains(&dossier.project.stage) {
                    true => told(row.action, conditions(row.action, at(outsider))),
                    false => Vec::new(),
                },
                fields: fields(row.action),
            })
            .collect();
        Ok(ActionList {
            code: self.project,
            stage: dossier.project.stage,
            version: dossier.project.version,
            expected: waiting(&dossier, &policy).into_iter().map(|work| work.expected).filter(is_told).collect(),
            actions,
        })
    }
}

/// Finds an authority whose decision the account could transcribe; in a vote, one that has not voted yet.
fn transcribing(
    context: Context<'_>,
    action: Action,
    dossier: &crate::domain::workflow::dossier::Dossier,
) -> Option<Role> {
    let candidates = [Role::Planning, Role::Finance, Role::Cyberspace, Role::Supervisor];
    let fitting =
        candidates.into_iter().filter(|role| authorize(context.actor, action, dossier, Some(role.code())).is_ok());
    let voted = |role: &Role| {
        crate::domain::workflow::record::Agency::of_role(*role).is_some_and(|agency| dossier.has_voted(agency))
    };
    let fitting: Vec<Role> = fitting.collect();
    fitting.iter().copied().find(|role| action != Action::Vote || !voted(role)).or(fitting.first().copied())
}
