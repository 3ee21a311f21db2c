//! Expert panels as scripts read them.

use chrono::NaiveDate;
use serde_json::{Map, Value, json};

use crate::domain::meeting::Hearing;
use crate::domain::panel::recusal::Why;
use crate::domain::panel::tally::Tally;
use crate::domain::panel::{Dissent, Draw, ExpertOpinion, Fix, Formation, Panel, Seat};
use crate::domain::workflow::record::Hand;
use crate::service::view::experts::{Advice, MemberAdvice};
use crate::service::view::rounds::{ReviewRound, RoundsView};
use crate::service::view::show::ProjectView;
use crate::wording::labels;

/// Writes every panel. Opinions and votes stand there from the moment the last opinion is in.
pub fn panels(view: &ProjectView) -> Value {
    written(&view.dossier.panels, &view.panel_progress, &view.hearings, view.now.date_naive())
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

/// Writes the panels of a round in the same way.
pub fn of_round(round: &ReviewRound, view: &RoundsView) -> Value {
    written(&round.panels, &view.panel_progress, &[], view.today)
}

/// Whoever has recorded an opinion concerns the last panel alone, and only until it closes.
fn written(panels: &[Panel], progress: &[(String, bool)], hearings: &[Hearing], today: NaiveDate) -> Value {
    let last = panels.len().saturating_sub(1);
    let one = |(place, panel)| write(panel, if place == last { progress } else { &[] }, hearings, today);
    panels.iter().enumerate().map(one).collect()
}

/// Writes the panel's part of an opinion: what was concluded by which votes, each dissent, and where each fix is closed.
pub fn part(panel: &Panel) -> Value {
    let Some(conclusion) = &panel.conclusion else { return Value::Null };
    let (closed, chair) = (panel.closed.as_ref(), panel.chair());
    json!({
        "round": panel.round,
        "session": panel.session,
        "conclusion": conclusion.result.code(),
        "conclusion_name": labels::panel_result(conclusion.result),
        "text": conclusion.text,
        "by_tally": conclusion.by_tally.code(),
        "chair_explanation": conclusion.chair_explanation,
        "tally": votes(conclusion.tally),
        "met_on": closed.map(|closed| closed.met_on.to_string()),
        "place": closed.map(|closed| closed.place.as_str()),
        "members": panel.seats().iter().map(|seat| seat.name.as_str()).collect::<Vec<_>>(),
        "chair": chair.map(|seat| json!({
            "expert": seat.expert.to_string(),
            "name": seat.name,
            "employer": seat.employer,
        })),
        "unsigned": panel.unsigned().iter().map(|seat| seat.name.as_str()).collect::<Vec<_>>(),
        "dissents": dissents(panel),
        "fixes": panel.fixes.iter().map(|it| fix(it, None)).collect::<Vec<_>>(),
    })
}

fn dissents(panel: &Panel) -> Vec<Value> {
    let dissent = |dissent: &Dissent<'_>| {
        json!({
            "expert": dissent.seat.expert.to_string(),
            "name": dissent.seat.name,
            "text": dissent.text,
            "stayed": dissent.stayed,
        })
    };
    panel.dissents().iter().map(dissent).collect()
}

/// Writes votes by value.
pub fn votes(tally: Tally) -> Value {
    json!({
        "pass": tally.pass,
        "conditional": tally.conditional,
        "supplement": tally.supplement,
        "fail": tally.fail,
    })
}

/// Writes a panel as far as the view it comes from tells it, and whose opinions are recorded and locked.
pub fn one(panel: &Panel, progress: &[(String, bool)], today: NaiveDate) -> Value {
    write(panel, progress, &[], today)
}

fn write(panel: &Panel, progress: &[(String, bool)], hearings: &[Hearing], today: NaiveDate) -> Value {
    let here = |hearing: &&Hearing| (hearing.round, hearing.session) == (panel.round, panel.session);
    let open = panel.is_open_to_read();
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
        "members": panel.seats().iter().map(|it| seat(it, panel, progress)).collect::<Vec<_>>(),
        "confirmed": panel.confirmed.as_ref().map(hand),
        "meetings": hearings.iter().filter(here).map(|it| json!({
            "code": it.meeting.to_string(),
            "item": it.item,
            "day": it.day.to_string(),
            "place": it.place,
            "over": it.is_over,
        })).collect::<Vec<_>>(),
        "attendance": panel.attendance.iter().map(|it| json!({
            "expert": it.expert.to_string(),
            "presence": it.presence.code(),
            "reason": it.reason,
            "by": hand(&it.by),
        })).collect::<Vec<_>>(),
        "opinions": panel.opinions.iter().map(|it| opinion(it, panel)).collect::<Vec<_>>(),
        "closed": panel.closed.as_ref().map(|it| json!({
            "met_on": it.met_on.to_string(),
            "place": it.place,
            "by": hand(&it.by),
        })),
        "tally": open.then(|| votes(panel.tally())),
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
        "fixes": panel.fixes.iter().map(|it| fix(it, Some(today))).collect::<Vec<_>>(),
        "dissents": open.then(|| dissents(panel)),
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

fn seat(seat: &Seat, panel: &Panel, progress: &[(String, bool)]) -> Value {
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
        "presence": panel.presence(seat.expert).code(),
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

/// Writes a fix; beside a signed opinion it is told without the passing of time.
fn fix(fix: &Fix, today: Option<NaiveDate>) -> Value {
    let mut written = json!({
        "number": fix.number,
        "text": fix.text,
        "responsible": fix.responsible,
        "due": fix.due.to_string(),
        "closed": fix.closed.is_some(),
        "page_ref": fix.closed.as_ref().map(|(page, _)| page),
        "by": fix.closed.as_ref().map(|(_, by)| hand(by)),
    });
    if let (Value::Object(fields), Some(today)) = (&mut written, today) {
        fields.insert("overdue".to_owned(), json!(fix.days_late(today).is_some()));
    }
    written
}

fn hand(by: &Hand) -> Value {
    json!({ "name": by.name, "at": by.at.to_rfc3339() })
}
