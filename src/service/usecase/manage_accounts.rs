//! Accounts: added, activated, disabled, given and taken roles. Never deleted, because the log names them.

use crate::domain::actor::Role;
use crate::domain::audit::Detail;
use crate::domain::ids::UnitId;
use crate::domain::permission::matrix::Verb;
use crate::domain::permission::{Permit, authorize_system};
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
    },
    /// One to let act, or no longer.
    Status(Account, AccountStatus),
    /// One whose roles change.
    Roles(Account, Vec<Role>, Vec<Role>),
}

/// Judges it.
pub fn prepare(context: Context<'_>, command: &Command) -> Answer<(Permit, super::Plan)> {
    let permit = authorize_system(context.actor, Verb::ManageAccounts)?;
    let plan = match command {
        Command::AddAccount { code, name, unit, roles, os_user } => {
            check_new(context, code, roles, os_user.as_deref())?;
            let unit = context.read.unit_named(unit)?.ok_or_else(|| Missing::Unit(unit.clone()))?;
            Plan::Add {
                code: code.clone(),
                name: name.clone(),
                unit: unit.id,
                roles: roles.clone(),
                os_user: os_user.clone(),
            }
        }
        Command::SetAccountActive { code, active } => {
            let status = if *active { AccountStatus::Active } else { AccountStatus::Disabled };
            Plan::Status(find(context, code)?, status)
        }
        Command::ChangeRoles { code, add, remove } => {
            let account = find(context, code)?;
            let left = account.roles.iter().any(|role| !remove.contains(role)) || !add.is_empty();
            if !left {
                return Err(Invalid::RoleMissing.into());
            }
            Plan::Roles(account, add.clone(), remove.clone())
        }
        _ => return Err(Error::Bug("not a command about accounts".to_owned())),
    };
    Ok((permit, super::Plan::Accounts(plan)))
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
        Plan::Add { code, name, unit, roles, os_user } => {
            let now = work.context().now;
            let account = crate::service::store::account::NewAccount {
                code: &code,
                name: &name,
                unit,
                status: AccountStatus::Active,
                os_user: os_user.as_deref(),
                roles: &roles,
            };
            work.write().add_account(&account, now)?;
            let detail = Detail::new()
                .with("account", code.clone())
                .with("roles", codes(&roles))
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
