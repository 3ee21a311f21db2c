//! The first contents of a database: the Centre, the first accounts, the policy.

use super::error::{Answer, Error, Invalid};
use super::store::Database;
use super::store::account::{AccountStatus, NewAccount};
use super::store::policy::StoredPolicy;
use crate::domain::actor::{Role, UnitKind};
use crate::domain::audit::{AuditResult, Detail, Entry, digest, hex};
use crate::domain::calendar::Moment;
use crate::domain::policy;
use crate::domain::vocabulary::vocabulary;

vocabulary!(
    /// How a database is used.
    Mode {
        /// By one person on one machine.
        Local = "local",
        /// By many people on one server.
        Shared = "shared",
    }
);

/// An account that exists from the beginning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstAccount {
    /// Its name on the command line.
    pub code: String,
    /// The person's name.
    pub name: String,
    /// Its roles.
    pub roles: Vec<Role>,
    /// The operating system user bound to it.
    pub os_user: Option<String>,
}

/// What a new database begins with.
#[derive(Debug, Clone)]
pub struct Setup {
    /// How it is used.
    pub mode: Mode,
    /// The first accounts, all of the Centre.
    pub accounts: Vec<FirstAccount>,
    /// The policy file's text.
    pub policy: String,
    /// The operating system's user who sets it up.
    pub os_user: String,
    /// Whether it is to hold invented projects.
    pub sample: bool,
}

/// The fact that tells sample data from real data, and its value for sample data.
pub const SAMPLE: &str = "sample";
/// The value of [`SAMPLE`] for sample data.
pub const YES: &str = "yes";

/// The Centre's name.
pub const CENTRE: &str = "县大数据发展服务中心";

/// Writes the first contents, with the log's first entry, in one transaction.
pub fn install(database: &mut Database, setup: &Setup, now: Moment) -> Answer<()> {
    let policy = policy::parse(&setup.policy)
        .map_err(|problems| Error::Invalid(problems.into_iter().map(Invalid::Policy).collect()))?;
    let writer = database.write()?;
    writer.set_meta("mode", setup.mode.code())?;
    writer.set_meta(SAMPLE, if setup.sample { YES } else { "no" })?;
    writer.set_meta("created_at", &now.to_rfc3339())?;
    let centre = writer.add_unit(CENTRE, UnitKind::Institution, None, true)?;
    for account in &setup.accounts {
        let new = NewAccount {
            code: &account.code,
            name: &account.name,
            unit: centre,
            status: AccountStatus::Active,
            os_user: account.os_user.as_deref(),
            roles: &account.roles,
        };
        writer.add_account(&new, now)?;
    }
    writer.add_policy(&StoredPolicy {
        id: policy.id.clone(),
        title: policy.title,
        effective_from: policy.effective_from,
        digest: hex(&digest(setup.policy.as_bytes())),
        body: setup.policy.clone(),
        installed_at: now,
    })?;
    let entry = Entry {
        at_millis: now.timestamp_millis(),
        account: setup.accounts.first().map(|account| account.code.clone()).unwrap_or_default(),
        os_user: setup.os_user.clone(),
        action: "init".to_owned(),
        result: AuditResult::Done.code().to_owned(),
        op_id: super::OperationId::new().as_str().to_owned(),
        ..Entry::default()
    };
    let accounts: Vec<&str> = setup.accounts.iter().map(|account| account.code.as_str()).collect();
    let detail =
        Detail::new().with("mode", setup.mode.code()).with("policy", policy.id).with("accounts", accounts.join(" "));
    writer.append_audit(entry, &detail)?;
    writer.commit()?;
    Ok(())
}
