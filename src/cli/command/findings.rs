//! `findings`: what the structure of a project suggests, and why. `finding`: what a person decides about one.

use serde_json::{Value, json};

use super::{code, done, execute};
use crate::cli::args::Finding as Args;
use crate::cli::failure::Outcome;
use crate::cli::output::{Report, Table};
use crate::cli::place::Place;
use crate::domain::findings::disposition::{Disposition, Sheet, Standing, Weighed};
use crate::service::command::{Command, Disposal};
use crate::service::view::findings::{FindingList, Findings};
use crate::wording::{findings as words, labels};

/// Lists the findings of a project.
pub fn list(place: &Place, typed: &str) -> Outcome<Report> {
    let (mut service, session) = place.open()?;
    let view = service.ask(&session, Findings { project: code(typed) })?;
    let document = json!({
        "code": view.code.as_str(),
        "version": view.version,
        "items": items(&view.sheet),
        "past": view.sheet.gone.iter().map(decision).collect::<Vec<_>>(),
    });
    Ok(Report::new(document, text(&view)))
}

/// Decides about one.
pub fn decide(place: &Place, args: Args) -> Outcome<Report> {
    let disposal = Disposal {
        project: code(&args.code),
        finding: args.id,
        accepted: args.accept,
        reason: args.reason,
        if_version: args.if_version,
    };
    let (what, audit, found) = execute(place, Command::DisposeFinding(disposal), args.dry_run)?;
    Ok(done(&what, audit.as_ref(), &found))
}

/// Writes every finding.
pub fn items(sheet: &Sheet) -> Vec<Value> {
    sheet.items.iter().map(item).collect()
}

/// Writes what is open, for the receipt of a command.
pub fn open(sheet: &Sheet) -> Vec<Value> {
    let brief = |item: &Weighed| {
        let finding = &item.finding;
        json!({
            "id": finding.pattern.code(),
            "rule": finding.pattern.rule(),
            "article": finding.pattern.article(),
            "severity": finding.severity.code(),
            "message": words::message(finding),
            "status": item.standing.code(),
        })
    };
    sheet.open().map(brief).collect()
}

fn item(item: &Weighed) -> Value {
    let finding = &item.finding;
    // The reason of an open finding's earlier decision is in its history: it was given for other evidence.
    let last = item.decided.last().filter(|_| item.standing != Standing::Open);
    json!({
        "id": finding.pattern.code(),
        "rule": finding.pattern.rule(),
        "article": finding.pattern.article(),
        "severity": finding.severity.code(),
        "message": words::message(finding),
        "evidence": finding.evidence.iter().map(words::evidence).collect::<Vec<_>>(),
        "status": item.standing.code(),
        "reason": last.map(|disposition| disposition.reason.as_str()),
        "lead_only": finding.is_for_the_lead(),
        "history": item.decided.iter().map(decision).collect::<Vec<_>>(),
    })
}

fn decision(disposition: &Disposition) -> Value {
    let standing = disposition.standing();
    json!({
        "id": disposition.pattern.code(),
        "severity": disposition.severity.code(),
        "status": standing.code(),
        "reason": disposition.reason,
        "evidence": disposition.evidence.iter().map(words::evidence).collect::<Vec<_>>(),
        "digest": disposition.digest,
        "name": disposition.by.name,
        "at": disposition.by.at.to_rfc3339(),
    })
}

fn text(view: &FindingList) -> String {
    let sheet = &view.sheet;
    if sheet.items.is_empty() && sheet.gone.is_empty() {
        return format!("{} 没有发现疑点", view.code);
    }
    let open = sheet.open().count();
    let mut lines = vec![format!("{} 疑点 {} 项，待处理 {open} 项", view.code, sheet.items.len()), String::new()];
    let mut table = Table::new(&["疑点", "级别", "状态", "名称", "依据"]);
    for item in &sheet.items {
        let finding = &item.finding;
        table.row([
            finding.pattern.code().to_owned(),
            labels::severity(finding.severity).to_owned(),
            labels::standing(item.standing).to_owned(),
            labels::pattern(finding.pattern).to_owned(),
            labels::article(finding.pattern.article()),
        ]);
    }
    if !sheet.items.is_empty() {
        lines.push(table.text());
    }
    for item in &sheet.items {
        let finding = &item.finding;
        lines.push(String::new());
        lines.push(format!("{} {}", finding.pattern.code(), words::message(finding)));
        lines.extend(finding.evidence.iter().map(|fact| format!("    {}", words::evidence(fact))));
        lines.extend(item.decided.iter().map(|past| format!("  {}", words::decision(past))));
        if item.standing == Standing::Open && !item.decided.is_empty() {
            lines.push("  依据已变化，须重新处理".to_owned());
        }
    }
    if !sheet.gone.is_empty() {
        lines.extend([String::new(), "已不再出现的疑点：".to_owned()]);
        lines.extend(sheet.gone.iter().map(|past| format!("  {} {}", past.pattern.code(), words::decision(past))));
    }
    lines.join("\n")
}
