//! `show`: one project, whole.

use chrono::Months;
use serde_json::{Map, Value, json};

use super::{checklist, code};
use crate::cli::failure::Outcome;
use crate::cli::output::Report;
use crate::cli::place::Place;
use crate::documents::project_json;
use crate::domain::checklist::Dimension;
use crate::domain::money::Money;
use crate::domain::panel::Panel;
use crate::domain::workflow::action::{Action, Key, Kind};
use crate::domain::workflow::amounts::{AmountStep, Drift};
use crate::domain::workflow::dossier::{Deed, Dossier};
use crate::domain::workflow::input::{Value as Given, fields_of};
use crate::domain::workflow::record::{Hand, Opinion};
use crate::service::view::policies::PolicyLine;
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
    let amounts = dossier.amounts();
    let money = |amount: Option<Money>| json!(amount.map(|amount| amount.to_string()));
    let mut fields = project_json::write(project);
    let standing = [
        ("code", json!(project.code.as_str())),
        ("stage", json!(project.stage.code())),
        ("stage_name", json!(labels::stage(project.stage))),
        ("overlays", json!(project.overlays.iter().map(|overlay| overlay.code()).collect::<Vec<_>>())),
        ("version", json!(project.version)),
        ("round", json!(project.round)),
        ("since", json!(project.since.to_rfc3339())),
        ("due", json!(view.due.map(|due| due.to_string()))),
        ("overdue", json!(view.due.is_some_and(|due| due < view.now.date_naive()))),
        ("clock_left", json!(project.clock.left.filter(|_| view.destroyed.is_none()))),
        ("received_at", json!(project.received_at.map(|at| at.to_rfc3339()))),
    ];
    if view.destroyed.is_some() {
        // The columns that must hold an amount hold none that was ever declared.
        fields.insert("amount_wan".to_owned(), Value::Null);
    }
    fields.extend(standing.map(|(name, value)| (name.to_owned(), value)));
    json!({
        "project": fields,
        "route": {
            "code": project.route.code.code(),
            "name": labels::route(project.route.code),
            "reason": view.destroyed.is_none().then(|| route_reason(view)),
            "rules": project.route.rules.iter().map(|rule| rule.id()).collect::<Vec<_>>(),
            "survey_required": project.route.survey_required,
            "policy": project.policy,
        },
        "amounts": {
            "declared": money(Some(project.declaration.amount).filter(|_| view.destroyed.is_none())),
            "approved": money(dossier.amount_of(AmountStep::Approved)),
            "governing": money(Some(project.governing_amount()).filter(|_| view.destroyed.is_none())),
            "assessed": money(project.assessed),
            "budget": money(amounts.budget),
            "contract": money(amounts.contract),
            "changed": money(amounts.changed),
            "settled": money(amounts.settled),
            "paid": money(amounts.paid),
            "cut": money(dossier.cut()),
            "requested": money(dossier.requested()),
            "drift": drifts(view),
        },
        "rules": rules(view),
        "gates": super::actions::gates(&view.actions),
        "findings": super::findings::items(&view.findings),
        "checklist": checklist::progress(&view.checklist),
        "panels": super::panel_json::panels(view),
        "stay_away": super::panel_json::stay_away(view),
        "opinions": dossier.opinions.iter().map(|it| dated_opinion(it, view)).collect::<Vec<_>>(),
        "contract": deeds(dossier, Action::RegisterContract).pop(),
        "payments": deeds(dossier, Action::RegisterPayment),
        "acceptances": deeds(dossier, Action::RecordAcceptance),
        "evaluations": deeds(dossier, Action::RecordEvaluation),
        "deeds": dossier.deeds.iter().map(given_for).collect::<Vec<_>>(),
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
        "destroyed": view.destroyed.as_ref().map(hand),
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

/// How each amount differs from the one before it, with the sign of the change.
fn drifts(view: &ProjectView) -> Vec<Value> {
    let drifts = if view.destroyed.is_some() { Vec::new() } else { view.dossier.drifts() };
    let drift = |drift: &Drift| {
        let sign = if drift.fen < 0 { "-" } else { "" };
        json!({
            "step": drift.step.code(),
            "against": drift.against.code(),
            "difference_wan": format!("{sign}{}", wording::amounts::difference(drift.fen)),
            "percent": format!("{sign}{}", wording::amounts::percent(drift.tenths)),
        })
    };
    drifts.iter().map(drift).collect()
}

/// By which edition of the rules the running round goes, and which newer one it does not follow.
fn rules(view: &ProjectView) -> Value {
    let line = |line: &PolicyLine| {
        json!({
            "id": line.id,
            "title": line.title,
            "from": line.from.to_string(),
            "to": line.to.filter(|_| !line.is_replaced()).map(|day| day.to_string()),
            "in_force": line.in_force,
        })
    };
    json!({
        "policy": line(&view.rules.edition),
        "round": view.rules.round.map(|opened| json!({
            "kind": opened.kind.code(),
            "number": opened.number,
            "opened_at": opened.at.to_rfc3339(),
        })),
        "newer": view.rules.newer.as_ref().map(line),
        "note": wording::policy::newer(&view.rules),
    })
}

fn deeds(dossier: &Dossier, action: Action) -> Vec<Value> {
    dossier.deeds.iter().filter(|known| known.action == action).map(given_for).collect()
}

/// An action that was taken: the fields of its input under their own names, as `do --input` reads them.
pub fn given_for(deed: &Deed) -> Value {
    let mut object: Map<String, Value> =
        deed.inputs.iter().map(|(key, value)| (key.code().to_owned(), given(deed.action, key, value))).collect();
    object.insert("action".to_owned(), json!(deed.action.code()));
    object.insert("round".to_owned(), json!(deed.round));
    object.insert("effective".to_owned(), json!(deed.effective));
    object.insert("by".to_owned(), hand(&deed.by));
    Value::Object(object)
}

fn given(action: Action, key: Key, value: &Given) -> Value {
    let kind = fields_of(action).into_iter().find(|spec| spec.key == key).map(|spec| spec.kind);
    match (value, kind) {
        (Given::Number(number), _) => json!(number),
        (Given::Flag(yes), _) => json!(yes),
        (Given::Lines(chosen), Some(Kind::Choices(codes))) => {
            let flag = |code: &&str| ((*code).to_owned(), json!(chosen.iter().any(|it| it == code)));
            Value::Object(codes.iter().map(flag).collect())
        }
        (Given::Lines(lines), _) => json!(lines),
        (Given::Records(records), Some(Kind::Named(_))) => {
            let field = |record: &Vec<String>| Some((record.first()?.clone(), json!(record.get(1)?)));
            Value::Object(records.iter().filter_map(field).collect())
        }
        (Given::Records(records), Some(Kind::Records(parts))) => {
            let object = |record: &Vec<String>| -> Value {
                parts.iter().zip(record).map(|(part, text)| ((*part).to_owned(), json!(text))).collect()
            };
            records.iter().map(object).collect()
        }
        (other, _) => json!(other.to_string()),
    }
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

/// Who wrote something down, and when.
pub fn hand(hand: &Hand) -> Value {
    json!({ "name": hand.name, "at": hand.at.to_rfc3339() })
}

/// An opinion, and until when it is good once it is signed.
fn dated_opinion(said: &Opinion, view: &ProjectView) -> Value {
    let months = Months::new(view.policy.panel.opinion_valid_months);
    let valid_until = said.doc_date.and_then(|day| day.checked_add_months(months)?.pred_opt());
    let mut written = opinion(said, &view.dossier.panels);
    if let Value::Object(fields) = &mut written {
        fields.insert("valid_until".to_owned(), json!(valid_until.map(|day| day.to_string())));
    }
    written
}

/// An opinion with every step it took, and the panel's part in it.
pub fn opinion(opinion: &Opinion, panels: &[Panel]) -> Value {
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
        "panel": opinion.panel_in(panels).map(super::panel_json::part),
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
