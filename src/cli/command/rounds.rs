//! `rounds`: every round of a project, and what changed between two.

use serde_json::{Value, json};

use super::show::{given_for, hand, opinion};
use super::{code, panel_json};
use crate::cli::args::Rounds as Args;
use crate::cli::failure::Outcome;
use crate::cli::output::{Report, laid_out};
use crate::cli::place::Place;
use crate::domain::checklist::Verdict;
use crate::domain::round::{Change, RoundKind, Said};
use crate::domain::workflow::record::{PanelResult, ReviewResult};
use crate::service::error::{Error, Missing};
use crate::service::view::rounds::{
    AcceptanceComparison, AcceptanceRound, PlanRound, ReviewComparison, ReviewRound, Rounds, RoundsView, Rules, Span,
};
use crate::wording::{self, labels};

/// Shows the rounds of a project, or compares two.
pub fn run(place: &Place, args: &Args) -> Outcome<Report> {
    let (mut service, session) = place.open()?;
    let view = service.ask(&session, Rounds { project: code(&args.code) })?;
    match args.compare {
        None => Ok(Report::new(document(&view), text(&view))),
        Some((one, other)) => compare(&view, args.kind, one, other),
    }
}

fn compare(view: &RoundsView, kind: RoundKind, one: u32, other: u32) -> Outcome<Report> {
    let compared = match kind {
        RoundKind::Acceptance => view.compare_acceptances(one, other).as_ref().map(acceptance_comparison),
        _ => view.compare_reviews(one, other).as_ref().map(review_comparison),
    };
    let known =
        |number: u32| wording::rounds::titles(view).iter().any(|(of, found, _)| *of == kind && *found == number);
    let Some(document) = compared else {
        let missing = if known(one) { other } else { one };
        return Err(Error::from(Missing::Round(kind, missing)).into());
    };
    let text = laid_out(&wording::rounds::compared(view, kind, one, other));
    Ok(Report::new(document, text))
}

fn text(view: &RoundsView) -> String {
    let head = format!("{}  {}", view.code, wording::destruction::name(&view.name));
    let titles = wording::rounds::titles(view);
    if titles.is_empty() {
        return format!("{head}\n尚未申报，没有轮次");
    }
    let pages = titles.iter().map(|(kind, number, _)| laid_out(&wording::rounds::round(view, *kind, *number)));
    std::iter::once(head).chain(pages).collect::<Vec<_>>().join("\n\n")
}

fn document(view: &RoundsView) -> Value {
    json!({
        "code": view.code.as_str(),
        "plans": view.plans.iter().map(plan).collect::<Vec<_>>(),
        "reviews": view.reviews.iter().map(|round| review(round, view)).collect::<Vec<_>>(),
        "acceptances": view.acceptances.iter().map(acceptance).collect::<Vec<_>>(),
    })
}

fn span(span: &Span) -> Value {
    json!({
        "number": span.number,
        "opened_at": span.opened.to_rfc3339(),
        "closed_at": span.closed.map(|at| at.to_rfc3339()),
        "state": if span.is_running() { "running" } else { "frozen" },
    })
}

fn rules(rules: &Rules) -> Value {
    json!({
        "policy": rules.policy,
        "route": rules.route.code(),
        "route_name": labels::route(rules.route),
        "amount_wan": rules.amount.to_string(),
    })
}

/// Lays further fields over the first object.
fn with(first: Value, more: Value) -> Value {
    match (first, more) {
        (Value::Object(mut fields), Value::Object(more)) => {
            fields.extend(more);
            Value::Object(fields)
        }
        (first, _) => first,
    }
}

fn plan(round: &PlanRound) -> Value {
    let votes = round.votes.iter().map(|vote| {
        json!({
            "agency": vote.agency.code(),
            "result": vote.result.code(),
            "opinion": vote.opinion,
            "minutes_no": vote.minutes_no,
            "by": hand(&vote.by),
        })
    });
    let more = json!({
        "votes": votes.collect::<Vec<_>>(),
        "government": round.government.as_ref().map(|decision| json!({
            "result": if decision.approved { "approve" } else { "refuse" },
            "doc_no": decision.doc_no,
            "doc_date": decision.doc_date.to_string(),
            "by": hand(&decision.by),
        })),
    });
    with(with(span(&round.span), rules(&round.rules)), more)
}

fn review(round: &ReviewRound, view: &RoundsView) -> Value {
    let answers = round.answers.iter().map(|answered| {
        let said = &answered.judgement;
        json!({
            "id": said.item.as_str(),
            "text": answered.question,
            "verdict": said.verdict.map(Verdict::code),
            "remark": said.remark,
            "suggestion": said.suggestion,
            "basis": said.basis,
            "cite": said.cite,
        })
    });
    let more = json!({
        "scheme": round.scheme.as_ref().map(|scheme| json!({
            "designer": scheme.designer,
            "version": scheme.version,
            "by": hand(&scheme.by),
        })),
        "answers": answers.collect::<Vec<_>>(),
        "panels": panel_json::of_round(round, view),
        "opinions": round.opinions.iter().map(|it| opinion(it, &round.panels)).collect::<Vec<_>>(),
    });
    with(with(span(&round.span), rules(&round.rules)), more)
}

fn acceptance(round: &AcceptanceRound) -> Value {
    let more = json!({
        "request": given_for(&round.request),
        "result": round.result.as_ref().map(given_for),
    });
    with(span(&round.span), more)
}

fn change<T>(change: Option<&Change<T>>, value: impl Fn(&T) -> Value) -> Value {
    json!(change.map(|change| json!({ "before": value(&change.before), "after": value(&change.after) })))
}

fn review_comparison(compared: &ReviewComparison) -> Value {
    let said = |said: &Option<Said>| {
        json!(said.as_ref().map(|said| json!({ "verdict": said.verdict.map(Verdict::code), "remark": said.remark })))
    };
    json!({
        "kind": RoundKind::Review.code(),
        "before": compared.before,
        "after": compared.after,
        "policy": change(compared.policy.as_ref(), |id| json!(id)),
        "route": change(compared.route.as_ref(), |route| json!(route.code())),
        "scheme_version": change(compared.scheme.as_ref(), |version| json!(version)),
        "result": change(compared.result.as_ref(), |result| json!(result.map(ReviewResult::code))),
        "assessed_wan": change(compared.assessed.as_ref(), |amount| json!(amount.map(|amount| amount.to_string()))),
        "panel": change(compared.panel.as_ref(), |result| json!(result.map(PanelResult::code))),
        "panel_votes": change(compared.votes.as_ref(), |votes| json!(votes.map(panel_json::votes))),
        "panel_joined": compared.joined,
        "panel_left": compared.left,
        "answers": compared.answers.iter().map(|answer| json!({
            "id": answer.item.as_str(),
            "before": said(&answer.before),
            "after": said(&answer.after),
        })).collect::<Vec<_>>(),
        "unchanged": compared.unchanged,
        "pending": compared.pending,
    })
}

fn acceptance_comparison(compared: &AcceptanceComparison) -> Value {
    let members = |members: &[Vec<String>]| {
        let member = |parts: &Vec<String>| {
            let part = |place: usize| parts.get(place).cloned().unwrap_or_default();
            json!({ "name": part(0), "unit": part(1), "role": part(2) })
        };
        members.iter().map(member).collect::<Vec<_>>()
    };
    json!({
        "kind": RoundKind::Acceptance.code(),
        "before": compared.before,
        "after": compared.after,
        "unit_result": change(compared.unit_result.as_ref(), |code| json!(code)),
        "centre_result": change(compared.centre_result.as_ref(), |code| json!(code)),
        "data_aggregated": change(compared.data_aggregated.as_ref(), |flag| json!(flag)),
        "joined": members(&compared.joined),
        "left": members(&compared.left),
        "issues": { "settled": compared.settled, "raised": compared.raised, "remaining": compared.remaining },
        "answers": compared.answers,
    })
}
