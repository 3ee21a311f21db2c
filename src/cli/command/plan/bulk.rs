//! `plan do`: one action on every project of a plan that waits for the account with it.
//!
//! Exit codes: 0 when every project was done (also when there was none), 3 when some were left out, whatever the reason:
//! each of those carries its own error. What is wrong with the call itself, such as a field that no project could
//! take, ends with the code of its own kind and does nothing.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{input_of, unknown};
use crate::cli::args::PlanDo;
use crate::cli::command::{audit_json, code};
use crate::cli::failure::{Failure, FailureKind, Outcome};
use crate::cli::output::Report;
use crate::cli::place::Place;
use crate::domain::actor::Role;
use crate::domain::plan::BULK;
use crate::domain::text::{clean_line, clean_text};
use crate::domain::workflow::action::{Action, Key};
use crate::domain::workflow::input::Inputs;
use crate::service::batch::{BatchAnswer, BatchItem, Otherwise};
use crate::service::command::{AuditRef, Done};
use crate::service::error::{Error, Invalid, Kind, Missing};
use crate::service::view::plan::{PlanItem, PlanProjects, PlanWork};
use crate::service::{Service, Session};
use crate::wording::labels;

/// What became of one project.
struct Fate {
    project: PlanItem,
    end: End,
}

enum End {
    Done(Done, Option<AuditRef>),
    Failed(Failure),
    /// It could have been done, but others could not.
    HeldBack,
}

/// Takes the action on every project it is due for.
pub fn run(place: &Place, args: PlanDo) -> Outcome<Report> {
    let action = Action::parse(&args.action).ok_or_else(|| unknown(&args.action))?;
    if !BULK.contains(&action) {
        let known: Vec<String> = BULK.iter().map(|bulk| format!("{bulk}（{}）", labels::action(*bulk))).collect();
        let message = format!("“{}”须逐个项目办理", labels::action(action));
        return Err(Failure::usage(message, format!("可成批办理的有：{}", known.join("、"))));
    }
    let mut inputs = match &args.input {
        Some(file) => input_of(place, action, file)?,
        None => BTreeMap::new(),
    };
    inputs.extend(args.set.iter().cloned());
    // The same for all projects, so what is wrong with it is said once.
    Inputs::read(action, &inputs)
        .map_err(|problems| Failure::from(Error::Invalid(problems.into_iter().map(Invalid::Input).collect())))?;
    let (mut service, session) = place.open()?;
    let (chosen, mut fates) = choose(&mut service, &session, &args, action, &inputs)?;
    let note = clean_text(args.note.as_deref().unwrap_or_default()).trim().to_owned();
    let items: Vec<BatchItem> = chosen
        .iter()
        .map(|item| BatchItem::of_plan((&item.code, item.stage, item.version), action, &inputs, &note))
        .collect();
    let otherwise = if args.all_or_nothing { Otherwise::Nothing } else { Otherwise::LeaveOut };
    let ends = if args.dry_run {
        let told = service.check_batch(&session, &items)?;
        let end = |answer: Result<Done, Error>| match answer {
            Ok(done) => End::Done(done, None),
            Err(error) => End::Failed(error.into()),
        };
        told.into_iter().map(end).collect::<Vec<_>>()
    } else if otherwise == Otherwise::Nothing && !fates.is_empty() {
        // A project that does not exist is one that could not be done.
        chosen.iter().map(|_| End::HeldBack).collect()
    } else {
        service.execute_batch(&session, &items, otherwise)?.into_iter().map(end).collect::<Vec<_>>()
    };
    fates.extend(chosen.into_iter().zip(ends).map(|(project, end)| Fate { project, end }));
    Ok(report(&args, action, &fates))
}

fn end(answer: BatchAnswer) -> End {
    match answer {
        BatchAnswer::Done(receipt) => End::Done(receipt.done, Some(receipt.audit)),
        BatchAnswer::Failed(error) => End::Failed(error.into()),
        BatchAnswer::HeldBack(_) => End::HeldBack,
    }
}

/// Finds the projects: those that wait for the account, or exactly those that were named, whether they wait or not: why
/// one cannot be done is then told like everywhere.
fn choose(
    service: &mut Service,
    session: &Session,
    args: &PlanDo,
    action: Action,
    inputs: &BTreeMap<String, String>,
) -> Outcome<(Vec<PlanItem>, Vec<Fate>)> {
    let (year, unit) = (args.year, args.unit.clone());
    if args.code.is_empty() {
        let on_behalf_of = inputs.get(Key::OnBehalfOf.code()).and_then(|code| Role::parse(code.trim()));
        return Ok((service.ask(session, PlanWork { year, unit, action, on_behalf_of })?, Vec::new()));
    }
    let projects = service.ask(session, PlanProjects { year, unit, stage: None })?;
    let (mut chosen, mut fates) = (Vec::<PlanItem>::new(), Vec::new());
    for typed in &args.code {
        let code = code(typed);
        if chosen.iter().any(|item| item.code == code) {
            continue;
        }
        match projects.iter().find(|project| project.code == code) {
            Some(project) => chosen.push(PlanItem::from(project)),
            None => {
                let failure = Failure::from(Error::from(Missing::Project(code.clone())));
                fates.push(Fate { project: PlanItem::unknown(code), end: End::Failed(failure) });
            }
        }
    }
    Ok((chosen, fates))
}

fn report(args: &PlanDo, action: Action, fates: &[Fate]) -> Report {
    let failed = fates.iter().filter(|fate| !matches!(fate.end, End::Done(..))).count();
    let document = json!({
        "year": args.year,
        "action": action.code(),
        "done": fates.iter().filter_map(done).collect::<Vec<_>>(),
        "failed": fates.iter().filter_map(refused).collect::<Vec<_>>(),
        "dry_run": args.dry_run,
    });
    let exit = if failed == 0 { 0 } else { FailureKind::Service(Kind::Refused).exit() };
    Report { exit, ..Report::new(document, text(args, action, fates)) }
}

fn done(fate: &Fate) -> Option<Value> {
    let End::Done(Done::Project { code, stage, version, .. }, audit) = &fate.end else { return None };
    Some(json!({
        "code": code.as_str(),
        "name": fate.project.name,
        "stage": stage.code(),
        "stage_name": labels::stage(*stage),
        "version": version,
        "audit": audit_json(audit.as_ref()),
    }))
}

fn refused(fate: &Fate) -> Option<Value> {
    let error = match &fate.end {
        End::Done(..) => return None,
        End::Failed(failure) => failure.document().get("error").cloned().unwrap_or_default(),
        End::HeldBack => json!({ "kind": "held-back", "message": HELD_BACK, "hint": "", "causes": [], "unmet": [] }),
    };
    Some(json!({ "code": fate.project.code.as_str(), "name": fate.project.name, "error": error }))
}

const HELD_BACK: &str = "本可办理；因有项目不能办，全部未办";

fn text(args: &PlanDo, action: Action, fates: &[Fate]) -> String {
    let name = labels::action(action);
    if fates.is_empty() {
        return format!("{} 年度计划中没有等待本账号“{name}”的项目", args.year);
    }
    let (able, unable) = if args.dry_run { ("可办", "不可办") } else { ("已办", "未办") };
    let count = fates.iter().filter(|fate| matches!(fate.end, End::Done(..))).count();
    let mut lines = vec![format!("{name}：{able} {count}，{unable} {}", fates.len() - count)];
    for Fate { project, end } in fates {
        let head = format!("{} {}", project.code, clean_line(&project.name));
        match end {
            End::Done(Done::Project { stage, .. }, _) => {
                let leads = if args.dry_run { "办后为" } else { "现为" };
                lines.push(format!("  {able}  {head}，{leads}“{}”", labels::stage(*stage)));
            }
            End::Done(..) => lines.push(format!("  {able}  {head}")),
            End::Failed(failure) => {
                lines.push(format!("  {unable}  {head}：{}", failure.message));
                lines.extend(failure.causes.iter().map(|cause| format!("        · {cause}")));
            }
            End::HeldBack => lines.push(format!("  {unable}  {head}：{HELD_BACK}")),
        }
    }
    if args.dry_run {
        lines.push("以上只是检查，未写入".to_owned());
    }
    lines.join("\n")
}
