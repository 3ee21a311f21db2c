//! Accounts: added, activated, disabled, given and taken roles. Never deleted, because the log names them.

use std::collections::BTreeSet;

use crate::domain::actor::Role;
use crate::domain::audit::Detail;
use crate::domain::ids::UnitId;
use crate::domain::permission::matrix::Verb;
use crate::domain::permission::{Denied, Permit, authorize_system};
use crate::service::command::{Command, Done};
use crate::service::error::{Answer, Error, Invalid, Missing};
use crate::service::gate::{About, Context, Outcome, Work};
use crate::service::store::account::{Account, AccountStatus};

/// A change of accounts.
#[derive(Debug)]
pub enum Plan {
    /// One to add.
    Add {
        /// Its name on the command line.
        code: String,
        /// The person's name.
        name: String,
        /// The person's unit.
        unit: UnitId,
        /// Its roles.
        roles: Vec<Role>,
        /// The operating system user bound to it.
        os_user: Option<String>,
        /// Whether it may act at once.
        status: AccountStatus,
    },
    /// One to let act, or no longer.
    Status(Account, AccountStatus),
    /// One whose roles change.
    Roles(Account, Vec<Role>, Vec<Role>),
}

/// Judges it.
pub fn prepare(context: Context<'_>, command: &Command) -> Answer<(Permit, super::Plan)> {
    let shared = context.is_shared()?;
    let permit = authorize_system(context.actor, verb(command, shared))?;
    let plan = match command {
        Command::AddAccount { code, name, unit, roles, os_user } => {
            check_new(context, code, roles, os_user.as_deref())?;
            if shared {
                stand_alone(roles.iter().copied())?;
            }
            let unit = context.read.unit_named(unit)?.ok_or_else(|| Missing::Unit(unit.clone()))?;
            Plan::Add {
                code: code.clone(),
                name: name.clone(),
                unit: unit.id,
                roles: roles.clone(),
                os_user: os_user.clone(),
                // Where many work together, who chooses people does not let them in (三员分立).
                status: if shared { AccountStatus::Proposed } else { AccountStatus::Active },
            }
        }
        Command::SetAccountActive { code, active } => {
            let status = if *active { AccountStatus::Active } else { AccountStatus::Disabled };
            let account = find(context, code)?;
            if shared && *active && account.id == context.actor.id {
                return Err(Denied::OwnAccount.into());
            }
            if shared && !*active {
                leaves_one(context, &account, &[])?;
            }
            Plan::Status(account, status)
        }
        Command::ChangeRoles { code, add, remove } => {
            let account = find(context, code)?;
            let left = account.roles.iter().any(|role| !remove.contains(role)) || !add.is_empty();
            if !left {
                return Err(Invalid::RoleMissing.into());
            }
            if shared && account.id == context.actor.id {
                return Err(Denied::OwnAccount.into());
            }
            if shared {
                let kept = kept_roles(&account, add, remove);
                stand_alone(kept.iter().copied())?;
                leaves_one(context, &account, &kept)?;
            }
            Plan::Roles(account, add.clone(), remove.clone())
        }
        _ => return Err(Error::Bug("not a command about accounts".to_owned())),
    };
    Ok((permit, super::Plan::Accounts(plan)))
}

/// Tells what it takes: one person alone does everything about accounts; where many work together, the system
/// administrator proposes, the security administrator lets in and gives roles, and either ends.
fn verb(command: &Command, shared: bool) -> Verb {
    match command {
        Command::AddAccount { .. } if shared => Verb::ProposeAccounts,
        Command::SetAccountActive { active: true, .. } | Command::ChangeRoles { .. } if shared => Verb::GrantAccounts,
        _ => Verb::ManageAccounts,
    }
}

/// An administrator holds one role and no other.
fn stand_alone(roles: impl Iterator<Item = Role>) -> Answer<()> {
    let roles: BTreeSet<Role> = roles.collect();
    match roles.len() > 1 && roles.iter().any(|role| role.is_administrator()) {
        true => Err(Invalid::AdministratorAlone.into()),
        false => Ok(()),
    }
}

fn kept_roles(account: &Account, add: &[Role], remove: &[Role]) -> Vec<Role> {
    account.roles.iter().filter(|role| !remove.contains(role)).chain(add).copied().collect()
}

/// Refuses to leave one of the three administrators' posts empty: nobody could fill it again.
fn leaves_one(context: Context<'_>, account: &Account, kept: &[Role]) -> Answer<()> {
    let given_up: Vec<Role> =
        account.roles.iter().filter(|role| role.is_administrator() && !kept.contains(role)).copied().collect();
    if account.status != AccountStatus::Active || given_up.is_empty() {
        return Ok(());
    }
    let others = context.read.accounts()?;
    let holds = |other: &Account, role| {
        other.id != account.id && other.status == AccountStatus::Active && other.roles.contains(&role)
    };
    match given_up.iter().find(|role| !others.iter().any(|other| holds(other, **role))) {
        Some(role) => Err(Invalid::LastAdministrator(*role).into()),
        None => Ok(()),
    }
}

fn find(context: Context<'_>, code: &str) -> Answer<Account> {
    Ok(context.read.account(code)?.ok_or_else(|| Missing::Account(code.to_owned()))?)
}

fn check_new(context: Context<'_>, code: &str, roles: &[Role], os_user: Option<&str>) -> Answer<()> {
    let mut problems = Vec::new();
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    if code.is_empty() || code.chars().count() > 64 || !code.chars().all(plain) {
        problems.push(Invalid::AccountName(code.to_owned()));
    }
    if context.read.account(code)?.is_some() {
        problems.push(Invalid::AccountExists(code.to_owned()));
    }
    if roles.is_empty() {
        problems.push(Invalid::RoleMissing);
    }
    if let Some(os_user) = os_user
        && context.read.account_of_os_user(os_user)?.is_some()
    {
        problems.push(Invalid::OsUserTaken(os_user.to_owned()));
    }
    if problems.is_empty() { Ok(()) } else { Err(Error::Invalid(problems)) }
}

/// Makes it.
pub fn apply(work: &Work<'_>, about: &About, plan: Plan) -> Answer<(Outcome, Done)> {
    let (subject, detail) = match plan {
        Plan::Add { code, name, unit, roles, os_user, status } => {
            let now = work.context().now;
            let account = crate::service::store::account::NewAccount {
                code: &code,
                name: &name,
                unit,
                status,
                os_user: os_user.as_deref(),
                roles: &roles,
            };
            work.write().add_account(&account, now)?;
            let detail = Detail::new()
                .with("account", code.clone())
                .with("roles", codes(&roles))
                .with("status", status.code())
                .with("os_user", os_user.unwrap_or_default());
            (code, detail)
        }
        Plan::Status(account, status) => {
            work.write().set_account_status(account.id, status)?;
            let detail = Detail::new().with("account", account.code.clone()).with("status", status.code());
            (account.code, detail)
        }
        Plan::Roles(account, add, remove) => {
            for role in &remove {
                work.write().remove_role(account.id, *role)?;
            }
            for role in &add {
                work.write().add_role(account.id, *role)?;
            }
            let detail = Detail::new()
                .with("account", account.code.clone())
                .with("add", codes(&add))
                .with("remove", codes(&remove));
            (account.code, detail)
        }
    };
    let outcome = Outcome { detail, ..Outcome::default() };
    Ok((outcome, Done::System { action: about.action.clone(), subject }))
}

fn codes(roles: &[Role]) -> String {
    roles.iter().map(|role| role.code()).collect::<Vec<_>>().join(" ")
}
