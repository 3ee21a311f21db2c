//! `show`: one project, whole.

use serde_json::{Map, Value, json};

use super::{checklist, code};
use crate::cli::failure::Outcome;
use crate::cli::output::Report;
use crate::cli::place::Place;
use crate::documents::project_json;
use crate::domain::checklist::Dimension;
use crate::domain::money::Money;
use crate::domain::workflow::record::{Hand, Opinion};
use crate::service::view::show::{Event, ProjectView, Show};
use crate::wording::{self, labels};

/// Shows a project.
pub fn run(place: &Place, typed: &str) -> Outcome<Report> {
    let (mut service, session) = place.open()?;
    let view = service.ask(&session, Show { project: code(typed) })?;
    Ok(Report::new(document(&view), super::sheet::text(&view)))
}

/// Why the project goes its way.
pub fn route_reason(view: &ProjectView) -> String {
    let project = &view.dossier.project;
    wording::route::reason(&project.route, project.approved, &view.policy)
}

fn document(view: &ProjectView) -> Value {
    let dossier = &view.dossier;
    let project = &dossier.project;
    let money = |amount: Option<Money>| json!(amount.map(|amount| amount.to_string()));
    let mut fields = project_json::write(project);
    let standing = [
        ("code", json!(project.code.as_str())),
        ("stage", json!(project.stage.code())),
        ("stage_name", json!(labels::stage(project.stage))),
        ("overlays", json!([])),
        ("version", json!(project.version)),
        ("round", json!(project.round)),
        ("since", json!(project.since.to_rfc3339())),
        ("due", json!(view.due.map(|due| due.to_string()))),
        ("overdue", json!(view.due.is_some_and(|due| due < view.now.date_naive()))),
        ("received_at", json!(project.received_at.map(|at| at.to_rfc3339()))),
    ];
    fields.extend(standing.map(|(name, value)| (name.to_owned(), value)));
    json!({
        "project": fields,
        "route": {
            "code": project.route.code.code(),
            "name": labels::route(project.route.code),
            "reason": route_reason(view),
            "rules": project.route.rules.iter().map(|rule| rule.id()).collect::<Vec<_>>(),
            "survey_required": project.route.survey_required,
            "policy": project.policy,
        },
        "amounts": {
            "declared": project.declaration.amount.to_string(),
            "approved": money(project.approved),
            "assessed": money(project.assessed),
            "budget": null,
            "contract": null,
            "changed": null,
            "settled": null,
        },
        "gates": super::actions::gates(&view.actions),
        "findings": [],
        "checklist": checklist::progress(&view.checklist),
        "panels": [],
        "opinions": dossier.opinions.iter().map(opinion).collect::<Vec<_>>(),
        "contract": null,
        "payments": [],
        "acceptances": [],
        "evaluations": [],
        "votes": votes(view),
        "government": dossier.government.as_ref().map(|decision| json!({
            "result": if decision.approved { "approve" } else { "refuse" },
            "doc_no": decision.doc_no,
            "doc_date": decision.doc_date.to_string(),
            "by": hand(&decision.by),
        })),
        "ex_ante": dossier.ex_ante.as_ref().map(|assessment| json!({
            "conclusion": assessment.conclusion,
            "date": assessment.date.to_string(),
            "score": assessment.score,
        })),
        "approval": dossier.approval.as_ref().map(|approval| json!({
            "doc_no": approval.doc_no,
            "doc_date": approval.doc_date.to_string(),
            "amount_wan": approval.amount.to_string(),
            "by": hand(&approval.by),
        })),
        "scheme": dossier.scheme.as_ref().map(|scheme| json!({
            "designer": scheme.designer,
            "version": scheme.version,
            "by": hand(&scheme.by),
        })),
        "attachments": view.attachments.iter().map(|file| json!({
            "id": file.id,
            "name": file.name,
            "kind": file.kind,
            "version": 1,
            "size": file.size,
            "digest": file.digest,
            "at": file.at.to_rfc3339(),
            "account": file.account,
        })).collect::<Vec<_>>(),
        "provenance": view.provenance.as_ref().map(|from| json!({
            "file": from.file,
            "sheet": from.sheet,
            "row": from.row,
            "digest": from.digest,
        })),
        "history": view.history.iter().map(event).collect::<Vec<_>>(),
    })
}

fn votes(view: &ProjectView) -> Value {
    let written = view.dossier.votes.iter().map(|vote| {
        json!({
            "agency": vote.agency.code(),
            "result": vote.result.code(),
            "opinion": vote.opinion,
            "minutes_no": vote.minutes_no,
            "by": hand(&vote.by),
        })
    });
    written.collect()
}

fn hand(hand: &Hand) -> Value {
    json!({ "name": hand.name, "at": hand.at.to_rfc3339() })
}

fn opinion(opinion: &Opinion) -> Value {
    json!({
        "round": opinion.round,
        "draft": opinion.draft,
        "result": opinion.result.code(),
        "assessed_wan": opinion.assessed.to_string(),
        "summary": opinion.summary,
        "cut_reason": opinion.cut_reason,
        "ruling": opinion.ruling,
        "drafted": hand(&opinion.drafted),
        "checked": opinion.checked.as_ref().map(hand),
        "check_note": opinion.check_note,
        "sent_back": opinion.sent_back.as_ref().map(hand),
        "send_back_reason": opinion.send_back_reason,
        "signed": opinion.signed.as_ref().map(hand),
        "doc_no": opinion.doc_no,
        "doc_date": opinion.doc_date.map(|day| day.to_string()),
    })
}

fn event(event: &Event) -> Value {
    let detail: Map<String, Value> =
        event.detail.iter().map(|(name, content)| (name.to_owned(), json!(content))).collect();
    json!({
        "seq": event.seq,
        "at": event.at.to_rfc3339(),
        "account": event.account,
        "name": event.name,
        "os_user": event.os_user,
        "action": event.action,
        "from": event.from,
        "to": event.to,
        "source": event.source,
        "note": event.detail.get("note").unwrap_or_default(),
        "detail": detail,
    })
}

/// The dimensions with their names, in the order of the regulation.
pub fn dimensions() -> impl Iterator<Item = (Dimension, &'static str)> {
    Dimension::ALL.iter().map(|dimension| (*dimension, labels::dimension(*dimension)))
}
