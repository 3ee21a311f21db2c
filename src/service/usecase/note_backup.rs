//! Notes in the log that a backup was made, with the head it holds: the auditor's anchor.

use crate::domain::audit::Detail;
use crate::domain::permission::matrix::Verb;
use crate::domain::permission::{Permit, authorize_system};
use crate::service::command::Done;
use crate::service::error::Answer;
use crate::service::gate::{Context, Outcome};

/// A backup to note.
#[derive(Debug)]
pub struct Plan {
    file: String,
    head: String,
}

/// Judges it.
pub fn prepare(context: Context<'_>, file: &str, head: &str) -> Answer<(Permit, super::Plan)> {
    let permit = authorize_system(context.actor, Verb::Backup)?;
    Ok((permit, super::Plan::Backup(Plan { file: file.to_owned(), head: head.to_owned() })))
}

/// Notes it.
pub fn apply(plan: Plan) -> (Outcome, Done) {
    let detail = Detail::new().with("file", plan.file.clone()).with("head", plan.head);
    let outcome = Outcome { detail, ..Outcome::default() };
    (outcome, Done::System { action: Verb::Backup.code().to_owned(), subject: plan.file })
}
