//! The expert pool: kept by the panel's secretary.

use crate::domain::audit::Detail;
use crate::domain::ids::ExpertId;
use crate::domain::panel::expert::{Expert, PastRole, find};
use crate::domain::permission::matrix::Verb;
use crate::domain::permission::{Permit, authorize_system};
use crate::domain::text::clean_line;
use crate::service::command::{Command, Done, NewExpert};
use crate::service::error::{Answer, Error, Invalid, Missing};
use crate::service::gate::{About, Context, Outcome, Work};

/// A change of the pool.
#[derive(Debug)]
pub enum Plan {
    /// Add these.
    Add(Vec<Expert>),
    /// Take one into use or out of it.
    SetActive {
        /// Who.
        expert: ExpertId,
        /// The name.
        name: String,
        /// Whether the expert may be asked.
        active: bool,
        /// Why not.
        reason: String,
    },
}

/// Judges it.
pub fn prepare(context: Context<'_>, command: &Command) -> Answer<(Permit, super::Plan)> {
    let permit = authorize_system(context.actor, Verb::ManageExperts)?;
    let plan = match command {
        Command::AddExpert(new) => Plan::Add(added(context, std::slice::from_ref(new)).map_err(only)?),
        Command::ImportExperts { experts, .. } => Plan::Add(added(context, experts)?),
        Command::SetExpertActive { expert, active, reason } => {
            let pool = context.read.experts()?;
            let found = find(pool.iter(), expert).ok_or_else(|| Missing::Expert(expert.clone()))?;
            let reason = clean_line(reason).trim().to_owned();
            Plan::SetActive { expert: found.id, name: found.name.clone(), active: *active, reason }
        }
        _ => return Err(Error::Bug("not a command about experts".to_owned())),
    };
    Ok((permit, super::Plan::Experts(plan)))
}

/// One expert has no row.
fn only(error: Error) -> Error {
    match error {
        Error::Invalid(problems) => Error::Invalid(
            problems
                .into_iter()
                .map(|problem| match problem {
                    Invalid::ExpertRow(_, inner) => *inner,
                    other => other,
                })
                .collect(),
        ),
        other => other,
    }
}

/// Checks what was given: every problem of every row at once.
fn added(context: Context<'_>, given: &[NewExpert]) -> Answer<Vec<Expert>> {
    let policy = context.policies.in_force(context.read, context.now)?;
    let known: Vec<String> = policy.panel.disciplines.iter().cloned().collect();
    let mut pool = context.read.experts()?;
    let there = pool.len();
    let mut problems = Vec::new();
    for (index, new) in given.iter().enumerate() {
        let mut complain = |problem| problems.push(Invalid::ExpertRow(index as u32 + 1, Box::new(problem)));
        let line = |text: &str| clean_line(text).trim().to_owned();
        let (name, employer) = (line(&new.name), line(&new.employer));
        if name.is_empty() || ExpertId::typed(&name).is_some() {
            complain(Invalid::ExpertName(name.clone()));
        }
        if employer.is_empty() {
            complain(Invalid::ExpertEmployerMissing);
        }
        if pool.iter().any(|expert| expert.name == name && expert.employer == employer) {
            complain(Invalid::ExpertExists(name.clone()));
        }
        if new.disciplines.is_empty() {
            complain(Invalid::DisciplineUnknown(String::new(), known.clone()));
        }
        for code in new.disciplines.iter().filter(|code| !known.contains(code)) {
            complain(Invalid::DisciplineUnknown(code.clone(), known.clone()));
        }
        let mut past_roles = Vec::new();
        for text in &new.past_roles {
            match PastRole::parse(&line(text)) {
                Some(role) => past_roles.push(role),
                None => complain(Invalid::PastRole(text.clone())),
            }
        }
        pool.push(Expert {
            id: ExpertId(0),
            name,
            employer,
            title: line(&new.title),
            disciplines: new.disciplines.iter().cloned().collect(),
            past_roles,
            local: new.local,
            active: true,
            inactive_reason: String::new(),
            contact: line(&new.contact),
        });
    }
    if given.is_empty() {
        problems.push(Invalid::NothingToImport);
    }
    if problems.is_empty() { Ok(pool.split_off(there)) } else { Err(Error::Invalid(problems)) }
}

/// Carries it out. The log names the experts; how to reach them it does not say.
pub fn apply(work: &Work<'_>, about: &About, plan: Plan) -> Answer<(Outcome, Done)> {
    let (detail, subject) = match plan {
        Plan::Add(experts) => {
            let (mut detail, mut names) = (Detail::new(), Vec::new());
            for expert in &experts {
                let id = work.write().add_expert(expert, work.context().now)?;
                detail = detail.with(&id.to_string(), format!("{} {}", expert.name, expert.employer));
                names.push(format!("{id} {}", expert.name));
            }
            let subject = if names.len() > 3 { format!("{} 位专家", names.len()) } else { names.join("、") };
            (detail, subject)
        }
        Plan::SetActive { expert, name, active, reason } => {
            work.write().set_expert_active(expert, active, if active { "" } else { &reason })?;
            let detail = Detail::new().with("expert", expert.to_string()).with("reason", reason);
            (detail, format!("{expert} {name}"))
        }
    };
    let outcome = Outcome { detail, ..Outcome::default() };
    Ok((outcome, Done::System { action: about.action.clone(), subject }))
}
