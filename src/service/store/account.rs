//! Accounts and their roles.

use rusqlite::{Row, params};

use super::error::StoreResult;
use super::{Reader, Writer, codes};
use crate::domain::actor::{Actor, Role};
use crate::domain::calendar::Moment;
use crate::domain::ids::{AccountId, UnitId};
use crate::domain::vocabulary::vocabulary;

vocabulary!(
    /// Whether an account may act.
    AccountStatus {
        /// Proposed by the system administrator, not yet activated.
        Proposed = "proposed",
        /// May act.
        Active = "active",
        /// May not act any more; never deleted, because the log names it.
        Disabled = "disabled",
    }
);

/// An account as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its number.
    pub id: AccountId,
    /// Its name on the command line.
    pub code: String,
    /// The person's name.
    pub name: String,
    /// The person's unit.
    pub unit: UnitId,
    /// The unit's name.
    pub unit_name: String,
    /// Whether it may act.
    pub status: AccountStatus,
    /// The operating system's user bound to it.
    pub os_user: Option<String>,
    /// Every role it holds.
    pub roles: Vec<Role>,
}

/// An account to add.
#[derive(Debug, Clone, Copy)]
pub struct NewAccount<'a> {
    /// Its name on the command line.
    pub code: &'a str,
    /// The person's name.
    pub name: &'a str,
    /// The person's unit.
    pub unit: UnitId,
    /// Whether it may act.
    pub status: AccountStatus,
    /// The operating system's user bound to it.
    pub os_user: Option<&'a str>,
    /// Its roles.
    pub roles: &'a [Role],
}

impl Account {
    /// Turns the account into the person behind a command.
    pub fn into_actor(self, os_user: &str) -> Actor {
        Actor {
            id: self.id,
            account: self.code,
            name: self.name,
            unit: self.unit,
            unit_name: self.unit_name,
            roles: self.roles,
            os_user: os_user.to_owned(),
        }
    }
}

const SELECT: &str = "SELECT a.*, u.name AS unit_name,
    (SELECT group_concat(role, ' ') FROM account_role r WHERE r.account_id = a.id) AS roles
    FROM account a JOIN unit u ON u.id = a.unit_id";

fn read_account(row: &Row<'_>) -> StoreResult<Account> {
    let roles: Option<String> = codes::get(row, "roles")?;
    let roles = roles.unwrap_or_default();
    let mut roles = roles
        .split_whitespace()
        .map(|code| Role::parse(code).ok_or_else(|| codes::unreadable("role", code)))
        .collect::<StoreResult<Vec<Role>>>()?;
    roles.sort();
    Ok(Account {
        id: AccountId(codes::get(row, "id")?),
        code: codes::get(row, "code")?,
        name: codes::get(row, "name")?,
        unit: UnitId(codes::get(row, "unit_id")?),
        unit_name: codes::get(row, "unit_name")?,
        status: codes::code(row, "status", AccountStatus::parse)?,
        os_user: codes::get(row, "os_user")?,
        roles,
    })
}

impl Reader<'_> {
    /// Finds an account by its name on the command line.
    pub fn account(self, code: &str) -> StoreResult<Option<Account>> {
        codes::first(&mut self.prepare(&format_select("WHERE a.code = ?1"))?, [code], read_account)
    }

    /// Finds the account bound to an operating system user.
    pub fn account_of_os_user(self, os_user: &str) -> StoreResult<Option<Account>> {
        codes::first(&mut self.prepare(&format_select("WHERE a.os_user = ?1"))?, [os_user], read_account)
    }

    /// Lists all accounts.
    pub fn accounts(self) -> StoreResult<Vec<Account>> {
        codes::rows(&mut self.prepare(&format_select("ORDER BY a.id"))?, [], read_account)
    }
}

/// Joins the fixed select with a fixed tail; nothing a person typed ever becomes SQL.
fn format_select(tail: &'static str) -> String {
    [SELECT, tail].join(" ")
}

impl Writer<'_> {
    /// Adds an account.
    pub fn add_account(&self, new: &NewAccount<'_>, now: Moment) -> StoreResult<AccountId> {
        self.prepare(
            "INSERT INTO account (code, name, unit_id, status, os_user, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            new.code,
            new.name,
            new.unit.0,
            new.status.code(),
            new.os_user,
            now.timestamp_millis()
        ])?;
        let id = AccountId(self.tx.last_insert_rowid());
        for role in new.roles {
            self.add_role(id, *role)?;
        }
        Ok(id)
    }

    /// Gives an account a role it may already hold.
    pub fn add_role(&self, account: AccountId, role: Role) -> StoreResult<()> {
        self.prepare("INSERT OR IGNORE INTO account_role (account_id, role) VALUES (?1, ?2)")?
            .execute(params![account.0, role.code()])?;
        Ok(())
    }

    /// Takes a role away.
    pub fn remove_role(&self, account: AccountId, role: Role) -> StoreResult<()> {
        self.prepare("DELETE FROM account_role WHERE account_id = ?1 AND role = ?2")?
            .execute(params![account.0, role.code()])?;
        Ok(())
    }

    /// Changes whether an account may act.
    pub fn set_account_status(&self, account: AccountId, status: AccountStatus) -> StoreResult<()> {
        self.prepare("UPDATE account SET status = ?2 WHERE id = ?1")?.execute(params![account.0, status.code()])?;
        Ok(())
    }
}
