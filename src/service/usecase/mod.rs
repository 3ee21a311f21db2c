//! The use cases, one file each: judged first, carried out only with a permit.
//!
//! Each has two halves. `prepare` reads, authorizes and decides, and yields a permit with a plan; it is all that a
//! rehearsal needs. `carry_out` writes the plan and commits it with its entry in the log. A new [`Command`] does not
//! compile until both know it.

mod act;
mod add_ruling;
mod create_project;
mod dispose_finding;
mod edit_declaration;
mod expert_facts;
mod import_projects;
mod install_policy;
mod judge;
mod load_regulation;
mod manage_accounts;
mod manage_experts;
mod manage_keys;
mod manage_units;
mod meeting;
mod minutes;
mod moved;
mod note_backup;
mod panel;
mod register;
mod undo;

pub use minutes::{ATTEND, NOTE};

use super::command::{AuditRef, Command, Done, Receipt};
use super::error::{Answer, Error};
use super::gate::{About, Context, Gate, Work};
use crate::domain::actor::Actor;
use crate::domain::audit::hex;
use crate::domain::ids::ProjectCode;
use crate::domain::permission::Permit;
use crate::domain::permission::matrix::Verb;
use crate::domain::project::Stage;
use crate::domain::undo::{REDO, UNDO};
use crate::domain::workflow::action::Action;
use crate::domain::workflow::dossier::Dossier;

/// The code under which the log records the loading of the regulation's text.
const LOAD_REGULATION: &str = "load-regulation";

/// What a prepared command will do.
#[derive(Debug)]
pub enum Plan {
    /// Register a draft.
    Create(create_project::Plan),
    /// Complete a declaration.
    Edit(edit_declaration::Plan),
    /// Import a form.
    Import(import_projects::Plan),
    /// Take an action.
    Act(Box<act::Plan>),
    /// Answer items.
    Judge(judge::Plan),
    /// Decide about a finding.
    Dispose(dispose_finding::Plan),
    /// Set a value to what it was.
    Undo(Box<undo::Plan>),
    /// Change accounts.
    Accounts(manage_accounts::Plan),
    /// Change keys.
    Keys(Box<manage_keys::Plan>),
    /// Add a unit.
    Units(manage_units::Plan),
    /// Change the expert pool.
    Experts(manage_experts::Plan),
    /// Run a meeting.
    Meeting(Box<meeting::Plan>),
    /// Write down what happens while a panel sits.
    Minutes(Box<minutes::Plan>),
    /// Install a policy.
    Policy(install_policy::Plan),
    /// Register a ruling.
    Ruling(Box<add_ruling::Plan>),
    /// Load the regulation's text.
    Regulation(load_regulation::Plan),
    /// Note a backup.
    Backup(note_backup::Plan),
}

/// Tells what a command is about, for the log; never what it says.
pub fn about(command: &Command) -> About {
    let (action, project) = match command {
        Command::CreateProject(_) => (Verb::CreateProject.code(), None),
        Command::EditDeclaration { project, .. } => (Verb::EditDeclaration.code(), Some(project)),
        Command::ImportProjects(_) => (Verb::Import.code(), None),
        Command::Act(act) => (act.action.code(), Some(&act.project)),
        Command::Judge { project, .. } => (Verb::Judge.code(), Some(project)),
        Command::DisposeFinding(disposal) => (Verb::DisposeFinding.code(), Some(&disposal.project)),
        Command::Undo(order) => (if order.redo { REDO } else { UNDO }, Some(&order.project)),
        Command::AddAccount { .. } => ("add-account", None),
        Command::SetAccountActive { active: true, .. } => ("activate-account", None),
        Command::SetAccountActive { active: false, .. } => ("disable-account", None),
        Command::ChangeRoles { .. } => ("change-roles", None),
        Command::Key(order) => (manage_keys::code(order), None),
        Command::AddUnit { .. } => ("add-unit", None),
        Command::AddExpert(_) => ("add-expert", None),
        Command::ImportExperts { .. } => ("import-experts", None),
        Command::SetExpertActive { active: true, .. } => ("enable-expert", None),
        Command::SetExpertActive { active: false, .. } => ("disable-expert", None),
        Command::EditExpert { .. } => ("edit-expert", None),
        Command::SetExpertAway { .. } => ("expert-away", None),
        Command::SetExpertBack { .. } => ("expert-back", None),
        Command::BindExpert { account: Some(_), .. } => ("bind-expert", None),
        Command::BindExpert { account: None, .. } => ("unbind-expert", None),
        Command::ReadContacts { .. } => ("read-contacts", None),
        Command::Meeting(order) => (meeting::code(order), None),
        Command::Attend(attend) => (minutes::ATTEND, Some(&attend.project)),
        Command::Note(note) => (minutes::NOTE, Some(&note.project)),
        Command::InstallPolicy { .. } => (Verb::InstallPolicy.code(), None),
        Command::AddRuling(_) => (Verb::AddRuling.code(), None),
        Command::LoadRegulation { .. } => (LOAD_REGULATION, None),
        Command::NoteBackup { .. } => (Verb::Backup.code(), None),
    };
    About { action: action.to_owned(), project: project.map(ProjectCode::to_string).unwrap_or_default() }
}

/// Tells whether an entry of the log is about an expert panel, by the code of what was asked.
pub fn is_of_panel(code: &str) -> bool {
    Action::parse(code).is_some_and(Action::is_of_panel) || [minutes::ATTEND, minutes::NOTE].contains(&code)
}

/// Tells whether a command destroys content, after which the file is written anew.
pub fn destroys(command: &Command) -> bool {
    matches!(command, Command::Act(act) if act.action == Action::Expunge)
}

/// Tells whether a command may change whose keys let somebody in.
pub fn concerns_keys(command: &Command) -> bool {
    matches!(command, Command::Key(_) | Command::SetAccountActive { .. })
}

/// Judges a command: a permit and a plan, or why not.
pub fn prepare(context: Context<'_>, command: &Command) -> Answer<(Permit, Plan)> {
    match command {
        Command::CreateProject(draft) => create_project::prepare(context, draft),
        Command::EditDeclaration { project, declaration, if_version } => {
            edit_declaration::prepare(context, project, declaration, *if_version)
        }
        Command::ImportProjects(import) => import_projects::prepare(context, import),
        Command::Act(act) => act::prepare(context, act),
        Command::Judge { project, answers, if_version } => judge::prepare(context, project, answers, *if_version),
        Command::DisposeFinding(disposal) => dispose_finding::prepare(context, disposal),
        Command::Undo(order) => undo::prepare(context, order),
        Command::AddAccount { .. } | Command::SetAccountActive { .. } | Command::ChangeRoles { .. } => {
            manage_accounts::prepare(context, command)
        }
        Command::Key(order) => manage_keys::prepare(context, order),
        Command::AddUnit { name, kind, supervisor } => {
            manage_units::prepare(context, name, *kind, supervisor.as_deref())
        }
        Command::AddExpert(_)
        | Command::ImportExperts { .. }
        | Command::SetExpertActive { .. }
        | Command::EditExpert { .. }
        | Command::SetExpertAway { .. }
        | Command::SetExpertBack { .. }
        | Command::BindExpert { .. }
        | Command::ReadContacts { .. } => manage_experts::prepare(context, command),
        Command::Meeting(order) => meeting::prepare(context, order),
        Command::Attend(attend) => minutes::prepare_attendance(context, attend),
        Command::Note(note) => minutes::prepare_note(context, note),
        Command::InstallPolicy { text } => install_policy::prepare(context, text),
        Command::AddRuling(ruling) => add_ruling::prepare(context, ruling),
        Command::LoadRegulation { text } => load_regulation::prepare(context, text),
        Command::NoteBackup { file, head } => note_backup::prepare(context, file, head),
    }
}

/// Carries a prepared command out.
pub fn carry_out(work: Work<'_>, about: About, plan: Plan) -> Answer<Receipt> {
    let (outcome, done) = apply(&work, &about, plan)?;
    let done = told(work.context(), done)?;
    let audit = work.commit(&about, outcome)?;
    Ok(Receipt { audit, done })
}

/// Carries a prepared command out as part of a batch.
pub fn carry_on<'d>(work: Work<'d>, about: &About, plan: Plan) -> Answer<(Gate<'d>, AuditRef, Done)> {
    let (outcome, done) = apply(&work, about, plan)?;
    let done = told(work.context(), done)?;
    let (gate, audit) = work.record(about, outcome)?;
    Ok((gate, audit, done))
}

fn apply(work: &Work<'_>, about: &About, plan: Plan) -> Answer<(super::gate::Outcome, Done)> {
    match plan {
        Plan::Create(plan) => create_project::apply(work, plan),
        Plan::Edit(plan) => edit_declaration::apply(work, plan),
        Plan::Import(plan) => import_projects::apply(work, plan),
        Plan::Act(plan) => act::apply(work, *plan),
        Plan::Judge(plan) => judge::apply(work, plan),
        Plan::Dispose(plan) => dispose_finding::apply(work, plan),
        Plan::Undo(plan) => undo::apply(work, *plan),
        Plan::Accounts(plan) => manage_accounts::apply(work, about, plan),
        Plan::Keys(plan) => manage_keys::apply(work, about, *plan),
        Plan::Units(plan) => manage_units::apply(work, plan),
        Plan::Experts(plan) => manage_experts::apply(work, about, plan),
        Plan::Meeting(plan) => meeting::apply(work, about, *plan),
        Plan::Minutes(plan) => minutes::apply(work, *plan),
        Plan::Policy(plan) => install_policy::apply(work, plan),
        Plan::Ruling(plan) => add_ruling::apply(work, *plan),
        Plan::Regulation(plan) => load_regulation::apply(work, plan),
        Plan::Backup(plan) => Ok(note_backup::apply(plan)),
    }
}

/// Tells what a prepared command would do.
pub fn foresee(command: &Command, plan: &Plan) -> Done {
    let about = about(command);
    match plan {
        Plan::Act(plan) => plan.foresee(),
        Plan::Import(plan) => Done::Imported(plan.foresee()),
        Plan::Edit(plan) => plan.foresee(),
        Plan::Judge(plan) => plan.foresee(),
        Plan::Dispose(plan) => plan.foresee(),
        Plan::Undo(plan) => plan.foresee(),
        Plan::Experts(plan) => plan.foresee(&about),
        Plan::Minutes(plan) => plan.foresee(),
        Plan::Meeting(_)
        | Plan::Regulation(_)
        | Plan::Create(_)
        | Plan::Accounts(_)
        | Plan::Keys(_)
        | Plan::Units(_)
        | Plan::Policy(_)
        | Plan::Ruling(_)
        | Plan::Backup(_) => Done::System { action: about.action, subject: String::new() },
    }
}

/// What a person is told of what was done: whoever must stay away from a panel counts the project's versions without it.
pub fn told(context: Context<'_>, done: Done) -> Answer<Done> {
    if context.read.expert_of_account(context.actor.id)?.is_none() {
        return Ok(done);
    }
    match done {
        Done::Project { code, action, stage, version, waits } => {
            let version = version - context.dossier(&code)?.versions_withheld_from(context.actor.id);
            Ok(Done::Project { code, action, stage, version, waits })
        }
        Done::Undone { code, act, subjects, redo, stage, version } => {
            let version = version - context.dossier(&code)?.versions_withheld_from(context.actor.id);
            Ok(Done::Undone { code, act, subjects, redo, stage, version })
        }
        other => Ok(other),
    }
}

/// Finds the receipt of a command that was done before under the same id: a repeated command does nothing twice.
pub fn already_done(gate: &Gate<'_>) -> Answer<Option<Receipt>> {
    let context = gate.context();
    let Some(found) = context.read.audit_of_operation(gate.operation().as_str())? else { return Ok(None) };
    let audit = AuditRef { seq: found.entry.seq, hash: hex(&found.hash) };
    let action = found.entry.action.clone();
    let said = found.detail.unwrap_or_default();
    if found.entry.project.is_empty() {
        let subject = said.get("meeting").unwrap_or_default().to_owned();
        return Ok(Some(Receipt { audit, done: Done::System { action, subject } }));
    }
    let code = ProjectCode::typed(&found.entry.project);
    let dossier = context.dossier(&code)?;
    if [ATTEND, NOTE].contains(&action.as_str()) {
        let done = minutes::noted_before(context, &dossier, found.entry.at_millis, &said)?;
        return Ok(Some(Receipt { audit, done }));
    }
    let waits = action == Action::Change.code() && dossier.requested().is_some();
    let stage = Stage::parse(&found.entry.to).unwrap_or(dossier.project.stage);
    let version = dossier.project.version - dossier.versions_withheld_from(context.actor.id);
    Ok(Some(Receipt { audit, done: Done::Project { code, action, stage, version, waits } }))
}

/// Refuses a command made in sight of an older version. Who must stay away from a panel saw another number than the
/// others, and is told that one.
fn same_version(dossier: &Dossier, actor: &Actor, if_version: Option<i64>) -> Answer<()> {
    let current = dossier.project.version - dossier.versions_withheld_from(actor.id);
    match if_version {
        Some(seen) if seen != current => Err(Error::Conflict { code: dossier.project.code.clone(), current }),
        _ => Ok(()),
    }
}
