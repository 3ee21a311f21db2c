//! Expert panels as scripts read them.

use serde_json::{Map, Value, json};

use crate::domain::panel::recusal::Why;
use crate::domain::panel::{Draw, ExpertOpinion, Fix, Formation, Panel, Seat};
use crate::domain::workflow::record::Hand;
use crate::service::view::experts::{Advice, MemberAdvice};
use crate::service::view::show::ProjectView;
use crate::wording::labels;

/// Writes every panel. Opinions and votes stand there from the moment the last opinion is in.
pub fn panels(view: &ProjectView) -> Value {
    let running = view.dossier.panel().map(|panel| (panel.round, panel.session));
    let one = |panel: &Panel| {
        let progress: &[(String, bool)] =
            if running == Some((panel.round, panel.session)) { &view.panel_progress } else { &[] };
        write(panel, progress)
    };
    view.dossier.panels.iter().map(one).collect()
}

/// Writes what to bear in mind about the members of the running panel.
pub fn advice(view: &ProjectView) -> Value {
    let one = |about: &MemberAdvice| {
        let code = match &about.advice {
            Advice::Loaded(_) => "loaded",
            Advice::Paired(..) => "paired",
            Advice::Away(_) => "away",
        };
        json!({
            "expert": about.expert.to_string(),
            "name": about.name,
            "code": code,
            "message": labels::advice(about),
        })
    };
    view.advice.iter().map(one).collect()
}

/// Writes why the reader must stay away from the panel; null for everybody else.
pub fn stay_away(view: &ProjectView) -> Value {
    let one = |why: &Why| json!({ "code": why.code(), "why": labels::why(why) });
    view.stay_away.as_ref().map_or(Value::Null, |why| why.iter().map(one).collect())
}

fn write(panel: &Panel, progress: &[(String, bool)]) -> Value {
    let open = panel.is_open_to_read();
    let tally = panel.tally();
    json!({
        "round": panel.round,
        "session": panel.session,
        "reason": panel.request.reason,
        "vendors": panel.request.vendors,
        "authors": panel.request.authors,
        "complaint": panel.request.complaint,
        "requested": hand(&panel.request.by),
        "recusals": panel.recusals.iter().map(|it| json!({
            "expert": it.expert.to_string(),
            "name": it.name,
            "ground": it.ground.code(),
            "text": it.text,
            "by": hand(&it.by),
        })).collect::<Vec<_>>(),
        "draws": panel.draws.iter().map(draw).collect::<Vec<_>>(),
        "formations": panel.formations.iter().map(formation).collect::<Vec<_>>(),
        "members": panel.seats().iter().map(|it| seat(it, progress)).collect::<Vec<_>>(),
        "confirmed": panel.confirmed.as_ref().map(hand),
        "opinions": panel.opinions.iter().map(|it| opinion(it, panel)).collect::<Vec<_>>(),
        "closed": panel.closed.as_ref().map(|it| json!({
            "met_on": it.met_on.to_string(),
            "place": it.place,
            "by": hand(&it.by),
        })),
        "tally": open.then(|| json!({
            "pass": tally.pass,
            "conditional": tally.conditional,
            "supplement": tally.supplement,
            "fail": tally.fail,
        })),
        "conclusion": panel.conclusion.as_ref().map(|it| json!({
            "result": it.result.code(),
            "result_name": labels::panel_result(it.result),
            "text": it.text,
            "by_tally": it.by_tally.code(),
            "chair_explanation": it.chair_explanation,
            "signed_by": it.signed_by.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "unsigned": panel.unsigned().iter().map(|seat| seat.name.as_str()).collect::<Vec<_>>(),
            "by": hand(&it.by),
        })),
        "fixes": panel.fixes.iter().map(fix).collect::<Vec<_>>(),
        "corrections": panel.corrections.iter().map(|it| json!({
            "text": it.text,
            "reason": it.reason,
            "by": hand(&it.by),
        })).collect::<Vec<_>>(),
    })
}

/// Writes a draw with everything that is needed to repeat it.
pub fn draw(draw: &Draw) -> Value {
    json!({
        "number": draw.number,
        "members": draw.members.iter().map(|(id, name)| format!("{id} {name}")).collect::<Vec<_>>(),
        "member_ids": draw.members.iter().map(|(id, _)| id.to_string()).collect::<Vec<_>>(),
        "size": draw.size,
        "seed": draw.seed,
        "candidates_digest": draw.candidates_digest,
        "candidates": draw.candidates.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "recused": draw.recused.iter().map(|(id, name, why)| json!({
            "expert": id.to_string(),
            "name": name,
            "why": labels::why(why),
            "code": why.code(),
        })).collect::<Vec<_>>(),
        "meets_on": draw.meets_on.map(|day| day.to_string()),
        "reason": draw.reason,
        "by": hand(&draw.by),
    })
}

fn formation(list: &Formation) -> Value {
    json!({
        "number": list.number,
        "selection": list.selection.code(),
        "draw_seed": list.draw_seed,
        "reason": list.reason,
        "replaced": list.replaced.map(|(out, comes)| json!({ "out": out.to_string(), "in": comes.to_string() })),
        "members": list.seats.iter().map(|it| it.expert.to_string()).collect::<Vec<_>>(),
        "by": hand(&list.by),
    })
}

fn seat(seat: &Seat, progress: &[(String, bool)]) -> Value {
    let signed = progress.iter().find(|(name, _)| *name == seat.name).map(|(_, signed)| *signed);
    json!({
        "expert": seat.expert.to_string(),
        "name": seat.name,
        "employer": seat.employer,
        "title": seat.title,
        "disciplines": seat.disciplines,
        "local": seat.local,
        "chair": seat.chair,
        "declaration": seat.declaration.code(),
        "recorded": signed.is_some(),
        "locked": signed == Some(true),
    })
}

fn opinion(opinion: &ExpertOpinion, panel: &Panel) -> Value {
    let lists = panel.formations.iter().flat_map(|list| &list.seats);
    let name = lists.filter(|seat| seat.expert == opinion.expert).map(|seat| seat.name.as_str()).next();
    let dimensions: Map<String, Value> =
        opinion.dimensions.iter().map(|(dimension, text)| (dimension.code().to_owned(), json!(text))).collect();
    json!({
        "expert": opinion.expert.to_string(),
        "name": name,
        "version": opinion.version,
        "conclusion": opinion.conclusion.code(),
        "text": opinion.text,
        "dissent": opinion.dissent,
        "signed": opinion.signed,
        "dimensions": dimensions,
        "score": opinion.score,
        "reason": opinion.reason,
        "digest": opinion.digest,
        "by": hand(&opinion.by),
    })
}

fn fix(fix: &Fix) -> Value {
    json!({
        "number": fix.number,
        "text": fix.text,
        "responsible": fix.responsible,
        "due": fix.due.to_string(),
        "closed": fix.closed.is_some(),
        "page_ref": fix.closed.as_ref().map(|(page, _)| page),
        "by": fix.closed.as_ref().map(|(_, by)| hand(by)),
    })
}

fn hand(by: &Hand) -> Value {
    json!({ "name": by.name, "at": by.at.to_rfc3339() })
}
