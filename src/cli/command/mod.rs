//! The commands, one file per noun. Each turns arguments into a command or a question and the answer into a
//! [`Report`].

mod account;
mod act;
mod actions;
mod audit;
mod backup;
mod checklist;
mod config;
mod demo;
mod document;
mod expert;
mod expert_card;
mod findings;
mod import;
mod init;
mod judge;
mod key;
mod meeting;
mod opinion;
mod page;
mod panel;
mod panel_json;
mod plan;
mod policy;
mod project;
mod rounds;
mod ruling;
mod sheet;
mod shell;
mod show;
mod stats;
mod undo;
mod unit;
mod view;

use serde_json::{Value, json};

use super::args::{Config, Noun};
use super::failure::{Failure, Outcome};
use super::output::Report;
use super::place::Place;
use crate::domain::findings::disposition::Sheet;
use crate::domain::ids::ProjectCode;
use crate::domain::undo::{REDO, UNDO};
use crate::domain::workflow::action::Action;
use crate::service::command::{AuditRef, Command, Done};
use crate::service::view::findings::Findings;
use crate::service::{OperationId, Service, Session};
use crate::wording::{self, labels};

/// What a command prints.
#[derive(Debug)]
pub enum Answer {
    /// A JSON document or Chinese text.
    Report(Report),
    /// Exactly these bytes, such as a completion script.
    Verbatim(Vec<u8>),
    /// Nothing yet: the terminal UI opens there.
    Screen(Place),
    /// Nothing yet: the terminal UI knows its keys, and what is wrong with a person's changes of them.
    Keys(KeysTask),
}

/// What is asked of the terminal UI about its keys.
#[derive(Debug)]
pub enum KeysTask {
    /// To list them on a page.
    List,
    /// To check a file.
    Check(Option<std::path::PathBuf>),
}

/// Runs a command.
pub fn run(place: &Place, noun: Noun) -> Outcome<Answer> {
    let report = match noun {
        Noun::Init(args) => init::run(place, &args),
        Noun::User(command) => account::run(place, command),
        Noun::Unit(command) => unit::run(place, command),
        Noun::Project(command) => project::run(place, command),
        Noun::Import(args) => import::run(place, &args),
        Noun::Queue(args) => page::queue(place, args),
        Noun::List(args) => page::list(place, args),
        Noun::View(command) => view::run(place, command),
        Noun::Show(args) => show::run(place, &args.code),
        Noun::Rounds(args) => rounds::run(place, &args),
        Noun::Actions(args) => actions::run(place, &args.code),
        Noun::Do(args) => act::run(place, args),
        Noun::Plan(command) => plan::run(place, command),
        Noun::Stats(args) => return stats::run(place, args),
        Noun::Judge(args) => judge::run(place, args),
        Noun::Undo(args) => undo::run(place, args),
        Noun::Checklist(args) => checklist::run(place, &args.code),
        Noun::Expert(command) => return expert::run(place, command),
        Noun::Panel(command) => panel::run(place, command),
        Noun::Meeting(command) => return meeting::run(place, command),
        Noun::Opinion(command) => opinion::run(place, command),
        Noun::Findings(args) => findings::list(place, &args.code),
        Noun::Finding(args) => findings::decide(place, args),
        Noun::Policy(command) => policy::run(place, command),
        Noun::Ruling(command) => ruling::run(place, command),
        Noun::Audit(command) => audit::run(place, command),
        Noun::Config(Config::Check { file }) => return Ok(Answer::Keys(KeysTask::Check(file))),
        Noun::Keys => return Ok(Answer::Keys(KeysTask::List)),
        Noun::Config(command) => config::run(place, &command),
        Noun::AuthorizedKeys(args) => return key::authorized(place, &args),
        // What a session asks for is run as its own line, with its own place.
        Noun::SshSession(_) => Err(Failure::usage("会话中不能再开会话", "请直接写命令，如 ssh 主机 queue")),
        Noun::Backup(args) => backup::run(place, &args),
        Noun::Document(args) => return document::run(place, &args),
        Noun::Demo(args) => return demo::run(place, &args),
        Noun::Completions(args) => return Ok(Answer::Verbatim(shell::completions(args.shell))),
        Noun::Man => return shell::manual().map(Answer::Verbatim),
    };
    report.map(Answer::Report)
}

/// Executes a command, or only judges it. Also tells what is found in the project it was about.
fn execute(place: &Place, command: Command, dry_run: bool) -> Outcome<(Done, Option<AuditRef>, Sheet)> {
    let (mut service, session) = place.open()?;
    let (what, audit) = match dry_run {
        true => (service.rehearse(&session, &command)?, None),
        false => {
            let receipt = service.execute(&session, OperationId::new(), command)?;
            (receipt.done, Some(receipt.audit))
        }
    };
    let found = found_in(&mut service, &session, &what);
    Ok((what, audit, found))
}

/// Tells what is found in the project a command was about. What was done is done: where it can no longer be seen,
/// nothing is told rather than failing.
fn found_in(service: &mut Service, session: &Session, what: &Done) -> Sheet {
    let (Done::Project { code, .. } | Done::Undone { code, .. }) = what else { return Sheet::default() };
    let found = service.ask(session, Findings { project: code.clone() });
    found.map(|list| list.sheet).unwrap_or_default()
}

/// Takes a project's code as typed.
fn code(typed: &str) -> ProjectCode {
    ProjectCode::typed(typed)
}

fn audit_json(audit: Option<&AuditRef>) -> Value {
    json!(audit.map(|audit| json!({ "seq": audit.seq, "hash": audit.hash })))
}

/// Reports what a command did to a project, or to the system.
fn done(done: &Done, audit: Option<&AuditRef>, found: &Sheet) -> Report {
    let entry = audit.map(|audit| format!("日志第 {} 条。", audit.seq));
    let verb = match (done, audit.is_some()) {
        (Done::Project { waits: true, .. }, true) => wording::change::ASKED,
        (Done::Project { waits: true, .. }, false) => "检查通过，可以登记申请，登记后尚不生效（未写入）",
        (_, true) => "已办理",
        (_, false) => "检查通过，可以办理（未写入）",
    };
    match done {
        Done::Project { code, action, stage, version, .. } => {
            let document = json!({
                "code": code.as_str(),
                "action": action,
                "stage": stage.code(),
                "stage_name": labels::stage(*stage),
                "version": version,
                "audit": audit_json(audit),
                "findings": findings::open(found),
                "dry_run": audit.is_none(),
            });
            let now = if audit.is_some() { "现为" } else { "将为" };
            let text = format!(
                "{verb}：{}。{code} {now}“{}”，第 {version} 版。{}{}",
                labels::logged(action),
                labels::stage(*stage),
                entry.unwrap_or_default(),
                wording::findings::open(found).map_or_else(String::new, |open| format!("\n疑点 {open}"))
            );
            let destroyed = action == Action::Expunge.code() && audit.is_some();
            let after = if destroyed { format!("\n{}。", wording::destruction::ELSEWHERE) } else { String::new() };
            Report::new(document, text + &after)
        }
        Done::Undone { code, act, subjects, redo, stage, version } => {
            let what = wording::undone(act, subjects, *redo);
            let document = json!({
                "code": code.as_str(),
                "action": if *redo { REDO } else { UNDO },
                "undone": act,
                "subjects": subjects,
                "stage": stage.code(),
                "stage_name": labels::stage(*stage),
                "version": version,
                "audit": audit_json(audit),
                "dry_run": audit.is_none(),
            });
            let said = if audit.is_some() { "" } else { "（未写入）" };
            Report::new(document, format!("{what}{said}。{code} 第 {version} 版。{}", entry.unwrap_or_default()))
        }
        Done::System { action, subject } => {
            let document = json!({
                "action": action,
                "subject": subject,
                "audit": audit_json(audit),
                "dry_run": audit.is_none(),
            });
            let text = format!("{verb}：{} {subject}。{}", labels::logged(action), entry.unwrap_or_default());
            Report::new(document, text)
        }
        Done::Experts(report) => expert::imported(report, verb, audit),
        Done::Noted { code, versions, aside } => {
            let fields: serde_json::Map<String, Value> =
                versions.iter().map(|(field, version)| (field.to_string(), json!(version))).collect();
            let document = json!({
                "code": code.as_str(),
                "fields": fields,
                "aside": aside,
                "audit": audit_json(audit),
                "dry_run": audit.is_none(),
            });
            let said = wording::meeting::noted(versions, aside.as_deref());
            Report::new(document, format!("{verb}：{code}。{said}{}", entry.unwrap_or_default()))
        }
        Done::Imported(report) => {
            let document = json!({ "created": report.created.len(), "audit": audit_json(audit) });
            Report::new(document, format!("{verb}：导入 {} 个项目。", report.created.len()))
        }
    }
}
