//! The expert pool: kept by the panel's secretary.

use chrono::Datelike;

use super::expert_facts::{laid_over, line, nobody};
use crate::domain::actor::Actor;
use crate::domain::audit::Detail;
use crate::domain::calendar::YearMonth;
use crate::domain::ids::{AccountId, ExpertId};
use crate::domain::panel::absence::{self, Absence};
use crate::domain::panel::expert::{Expert, ExpertField, PastRole, find};
use crate::domain::permission::matrix::Verb;
use crate::domain::permission::{Denied, Permit, authorize_system};
use crate::service::command::{Command, Done, ExpertFacts, ExpertImport, ExpertRow};
use crate::service::error::{Answer, Error, Invalid, Missing};
use crate::service::gate::{About, Context, Outcome, Work};

/// A change of the pool.
#[derive(Debug)]
pub enum Plan {
    /// Add one.
    Add(Box<Expert>),
    /// Add those of a list who are not there, and change those who are there and differ, where that is wished.
    Import(Listed),
    /// Change one: as it was, as it shall be, and whether it is said to be local.
    Change(Box<Expert>, Box<Expert>, Option<bool>),
    /// Bind one to an account, or to none.
    Bind(Box<Expert>, Option<(AccountId, String)>),
    /// Note that how to reach them was read.
    Contacts {
        /// For what.
        purpose: String,
        /// Of how many.
        experts: usize,
    },
}

/// What a list of experts comes to.
#[derive(Debug, Default)]
pub struct Listed {
    added: Vec<(u32, Expert)>,
    unchanged: Vec<(u32, ExpertId)>,
    differing: Vec<Differing>,
    update: bool,
}

/// An expert of whom a list says something else.
#[derive(Debug)]
struct Differing {
    row: u32,
    before: Expert,
    after: Expert,
    local: Option<bool>,
    fields: Vec<ExpertField>,
}

impl Plan {
    /// Tells what it would lead to.
    pub fn foresee(&self, about: &About) -> Done {
        match self {
            Plan::Import(listed) => Done::Experts(listed.report(&[])),
            _ => Done::System { action: about.action.clone(), subject: String::new() },
        }
    }
}

impl Listed {
    fn report(&self, numbers: &[ExpertId]) -> ExpertImport {
        let added = self.added.iter().enumerate();
        ExpertImport {
            added: added.map(|(place, (row, it))| (*row, numbers.get(place).copied(), it.name.clone())).collect(),
            unchanged: self.unchanged.clone(),
            differing: self
                .differing
                .iter()
                .map(|it| (it.row, it.before.id, it.before.name.clone(), it.fields.clone()))
                .collect(),
            updated: self.update,
        }
    }
}

/// Judges it.
pub fn prepare(context: Context<'_>, command: &Command) -> Answer<(Permit, super::Plan)> {
    let permit = authorize_system(context.actor, Verb::ManageExperts)?;
    let plan = match command {
        Command::AddExpert(new) => {
            let account = new.account.as_deref().map(|code| account(context, code, None)).transpose()?;
            let mut expert = added(context, &new.clone().into())?;
            expert.account = account;
            Plan::Add(Box::new(expert))
        }
        Command::ImportExperts { experts, update, .. } => Plan::Import(listed(context, experts, *update)?),
        Command::SetExpertActive { expert, active, reason } => {
            let facts = ExpertFacts { active: Some((*active, reason.clone())), ..ExpertFacts::default() };
            changed(context, expert, &facts, true)?
        }
        Command::EditExpert { expert, change, correction } => changed(context, expert, change, *correction)?,
        Command::SetExpertAway { expert, from, until, reason } => {
            let add = |absences: &mut Vec<Absence>| absence::add(absences, Absence::new(*from, *until, &line(reason))?);
            away(context, expert, add)?
        }
        Command::SetExpertBack { expert, on } => {
            let on = on.unwrap_or_else(|| context.now.date_naive());
            away(context, expert, |absences| absence::end(absences, on).map(drop))?
        }
        Command::BindExpert { expert, account: code } => {
            let expert = known(context, expert)?;
            if expert.account.is_some() {
                // Whoever holds the account may bind it, but not shake it off.
                not_oneself(context.actor, &expert)?;
            }
            let account = code.as_deref().map(|code| account(context, code, Some(expert.id))).transpose()?;
            Plan::Bind(Box::new(expert), account)
        }
        Command::ReadContacts { purpose } => {
            Plan::Contacts { purpose: line(purpose), experts: context.read.experts()?.len() }
        }
        _ => return Err(Error::Bug("not a command about experts".to_owned())),
    };
    Ok((permit, super::Plan::Experts(plan)))
}

fn known(context: Context<'_>, meant: &str) -> Answer<Expert> {
    let pool = context.read.experts()?;
    Ok(find(pool.iter(), meant).cloned().ok_or_else(|| Missing::Expert(meant.to_owned()))?)
}

/// Nobody decides from which projects one must stay away oneself.
fn not_oneself(actor: &Actor, expert: &Expert) -> Answer<()> {
    match &expert.account {
        Some((account, _)) if *account == actor.id => Err(Denied::OwnEntry.into()),
        _ => Ok(()),
    }
}

fn disciplines(context: Context<'_>) -> Answer<Vec<String>> {
    let policy = context.policies.in_force(context.read, context.now)?;
    Ok(policy.panel.disciplines.iter().cloned().collect())
}

/// Finds the account of a person who is one expert only.
fn account(context: Context<'_>, code: &str, of: Option<ExpertId>) -> Answer<(AccountId, String)> {
    let account = context.read.account(code)?.ok_or_else(|| Missing::Account(code.to_owned()))?;
    match context.read.expert_of_account(account.id)?.filter(|holder| Some(*holder) != of) {
        Some(holder) => Err(Invalid::AccountBound(code.to_owned(), holder.to_string()).into()),
        None => Ok((account.id, account.code)),
    }
}

fn taken(pool: &[Expert], expert: &Expert) -> Option<Invalid> {
    let same = |it: &&Expert| it.id != expert.id && it.name == expert.name && it.employer == expert.employer;
    pool.iter().find(same).map(|_| Invalid::ExpertExists(expert.name.clone()))
}

fn added(context: Context<'_>, facts: &ExpertFacts) -> Answer<Expert> {
    let (expert, mut problems) = laid_over(&nobody(), facts, &disciplines(context)?);
    problems.extend(taken(&context.read.experts()?, &expert));
    if problems.is_empty() { Ok(expert) } else { Err(Error::Invalid(problems)) }
}

/// Whoever leaves an employer was there lately: that keeps the expert away from its projects as long as any past role
/// does, so the change of employer itself writes the role down.
fn changed(context: Context<'_>, meant: &str, facts: &ExpertFacts, correction: bool) -> Answer<Plan> {
    let before = known(context, meant)?;
    not_oneself(context.actor, &before)?;
    if *facts == ExpertFacts::default() {
        return Err(Invalid::NothingToChange.into());
    }
    let (mut after, mut problems) = laid_over(&before, facts, &disciplines(context)?);
    if after.employer != before.employer && !correction {
        let today = context.now.date_naive();
        let until = YearMonth::new(today.year(), today.month());
        after.past_roles.push(PastRole { body: before.employer.clone(), role: "原工作单位".to_owned(), until });
    }
    problems.extend(taken(&context.read.experts()?, &after));
    match problems.is_empty() {
        true => Ok(Plan::Change(Box::new(before), Box::new(after), facts.local)),
        false => Err(Error::Invalid(problems)),
    }
}

fn away(
    context: Context<'_>,
    meant: &str,
    change: impl FnOnce(&mut Vec<Absence>) -> Result<(), absence::AbsenceProblem>,
) -> Answer<Plan> {
    let before = known(context, meant)?;
    let mut after = before.clone();
    change(&mut after.absences).map_err(Invalid::Absence)?;
    Ok(Plan::Change(Box::new(before), Box::new(after), None))
}

/// Checks a list: every problem of every row at once. Whoever stands in the pool under the same name and employer is the
/// same person.
fn listed(context: Context<'_>, rows: &[ExpertRow], update: bool) -> Answer<Listed> {
    let (known, pool) = (disciplines(context)?, context.read.experts()?);
    let mut found = Listed { update, ..Listed::default() };
    let mut problems = Vec::new();
    let mut seen: Vec<(u32, String, String)> = Vec::new();
    for ExpertRow { row, facts, unread } in rows {
        let mut complain = |problem| problems.push(Invalid::ExpertRow(*row, Box::new(problem)));
        unread.iter().for_each(|(field, word)| complain(Invalid::ExpertWord(*field, word.clone())));
        let (name, employer) = (facts.name.as_deref().map(line), facts.employer.as_deref().map(line));
        let same = |it: &&Expert| Some(&it.name) == name.as_ref() && Some(&it.employer) == employer.as_ref();
        let before = pool.iter().find(same);
        let (after, wrong) = laid_over(before.unwrap_or(&nobody()), facts, &known);
        wrong.into_iter().for_each(&mut complain);
        match seen.iter().find(|(_, name, employer)| *name == after.name && *employer == after.employer) {
            Some((first, _, _)) if !after.name.is_empty() => complain(Invalid::ExpertTwice(*first)),
            _ => seen.push((*row, after.name.clone(), after.employer.clone())),
        }
        let Some(before) = before else {
            found.added.push((*row, after));
            continue;
        };
        // Whoever works at a unit registered here is local, whatever a list says.
        let registered = context.read.unit_named(&after.employer)?.is_some();
        let told = Expert { local: after.local || registered, ..after.clone() };
        match before.differences(&told) {
            fields if fields.is_empty() => found.unchanged.push((*row, before.id)),
            fields => {
                if update {
                    not_oneself(context.actor, before)?;
                }
                let (before, local) = (before.clone(), facts.local);
                found.differing.push(Differing { row: *row, before, after, local, fields });
            }
        }
    }
    if rows.is_empty() {
        problems.push(Invalid::NothingToImport);
    }
    if problems.is_empty() { Ok(found) } else { Err(Error::Invalid(problems)) }
}

/// Carries it out. The log names the experts and what changed; how to reach them it does not say.
pub fn apply(work: &Work<'_>, about: &About, plan: Plan) -> Answer<(Outcome, Done)> {
    let system = |subject: String| Done::System { action: about.action.clone(), subject };
    let (detail, done) = match plan {
        Plan::Add(expert) => {
            let id = work.write().add_expert(&expert, work.context().now)?;
            let account = expert.account.as_ref().map(|(_, code)| code.clone()).unwrap_or_default();
            (named(Detail::new(), id, &expert).with("account", account), system(format!("{id} {}", expert.name)))
        }
        Plan::Import(listed) => imported(work, &listed)?,
        Plan::Change(before, after, local) => {
            work.write().change_expert(&after, local)?;
            let detail = Detail::new().with("expert", before.id.to_string());
            (differences(detail, "", &before, &after), system(format!("{} {}", after.id, after.name)))
        }
        Plan::Bind(expert, account) => {
            work.write().bind_expert(expert.id, account.as_ref().map(|(id, _)| *id))?;
            let before = expert.account.map(|(_, code)| code).unwrap_or_default();
            let after = account.map(|(_, code)| code).unwrap_or_default();
            let detail = Detail::new().with("expert", expert.id.to_string());
            let subject = format!("{} {} {after}", expert.id, expert.name).trim_end().to_owned();
            (detail.with("before", before).with("account", after), system(subject))
        }
        Plan::Contacts { purpose, experts } => {
            let detail = Detail::new().with("purpose", purpose).with("experts", experts.to_string());
            (detail, system(format!("{experts} 位专家")))
        }
    };
    Ok((Outcome { detail, ..Outcome::default() }, done))
}

fn named(detail: Detail, id: ExpertId, expert: &Expert) -> Detail {
    detail.with(&id.to_string(), format!("{} {}", expert.name, expert.employer))
}

fn imported(work: &Work<'_>, listed: &Listed) -> Answer<(Detail, Done)> {
    let (mut detail, mut numbers) = (Detail::new(), Vec::new());
    for (_, expert) in &listed.added {
        let id = work.write().add_expert(expert, work.context().now)?;
        detail = named(detail, id, expert);
        numbers.push(id);
    }
    for it in listed.differing.iter().filter(|_| listed.update) {
        work.write().change_expert(&it.after, it.local)?;
        detail = differences(detail, &format!("{} ", it.before.id), &it.before, &it.after);
    }
    Ok((detail, Done::Experts(listed.report(&numbers))))
}

/// Says in the log what changed, old and new; of a contact only that it did.
fn differences(detail: Detail, prefix: &str, before: &Expert, after: &Expert) -> Detail {
    before.differences(after).into_iter().fold(detail, |detail, field| {
        let said = match field {
            ExpertField::Contact => "changed".to_owned(),
            _ => format!("{} -> {}", before.field(field), after.field(field)),
        };
        detail.with(&format!("{prefix}{}", field.code()), said)
    })
}
