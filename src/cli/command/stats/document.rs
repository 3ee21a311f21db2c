//! Statistics as JSON. Shares are decimal strings in percent, money decimal strings in 万元.

use serde_json::{Map, Value, json};

use crate::domain::checklist::Verdict;
use crate::domain::workflow::record::{PanelResult, ReviewResult};
use crate::service::view::stats::{Cuts, ReviewStatsView, Spread, StatsView, Sums};
use crate::wording::labels;

/// Lays the document out.
pub fn json(stats: &StatsView, reviews: &ReviewStatsView) -> Value {
    let stages = stats.stages.iter().map(|(stage, sums)| {
        let mut object = named(stage.code(), labels::stage(*stage), sums);
        object.insert("final".to_owned(), json!(stage.is_final()));
        Value::Object(object)
    });
    let waiting = stats.waiting.iter().map(|(stage, waiting)| {
        let mut object = spread(&waiting.spread);
        object.insert("code".to_owned(), json!(stage.code()));
        object.insert("name".to_owned(), json!(labels::stage(*stage)));
        object.insert("overdue".to_owned(), json!(waiting.overdue));
        object.insert("standing_still".to_owned(), json!(waiting.still));
        Value::Object(object)
    });
    let largest = stats.largest_cuts.iter().map(|one| {
        json!({
            "code": one.code.as_str(),
            "name": one.name,
            "unit": one.unit,
            "before_wan": one.cut.before.to_string(),
            "cut_wan": one.cut.amount.to_string(),
            "reason": one.reason,
        })
    });
    let phases = stats.phases().into_iter().map(|(phase, (sums, overdue))| {
        let mut object = named(phase.code(), labels::phase(phase), &sums);
        object.insert("overdue".to_owned(), json!(overdue));
        Value::Object(object)
    });
    let years = stats.years.iter().map(|(year, sums)| {
        let mut object = money(sums);
        object.insert("year".to_owned(), json!(year));
        Value::Object(object)
    });
    let units = stats.units.iter().map(|unit| {
        let mut object = money(&unit.sums);
        object.insert("unit".to_owned(), json!(unit.name));
        Value::Object(object)
    });
    let routes = stats.routes.iter().map(|(route, sums)| named(route.code(), labels::route(*route), sums));
    let overlays = stats.overlays.iter().map(|(over, sums)| named(over.code(), labels::overlay(*over), sums));
    json!({
        "year": stats.year,
        "unit": stats.unit,
        "now": stats.now.to_rfc3339(),
        "total": money(&stats.total),
        "under_way": stats.under_way(),
        "years": years.collect::<Vec<_>>(),
        "phases": phases.collect::<Vec<_>>(),
        "stages": stages.collect::<Vec<_>>(),
        "overlays": overlays.collect::<Vec<_>>(),
        "units": units.collect::<Vec<_>>(),
        "routes": routes.collect::<Vec<_>>(),
        "waiting": waiting.collect::<Vec<_>>(),
        "overdue": overdue(stats),
        "cuts": { "total": cuts(&stats.total.cuts), "largest": largest.collect::<Vec<_>>() },
        "reviews": review(reviews),
    })
}

fn overdue(stats: &StatsView) -> Value {
    let by_role = stats
        .overdue
        .by_role
        .iter()
        .map(|(role, count)| json!({ "role": role.code(), "name": labels::role(*role), "count": count }));
    let worst = stats.overdue.worst.iter().map(|late| {
        json!({
            "code": late.code.as_str(),
            "name": late.name,
            "unit": late.unit,
            "stage": late.stage.code(),
            "stage_name": labels::stage(late.stage),
            "due": late.due.to_string(),
            "working_days_late": late.days,
        })
    });
    json!({
        "count": stats.overdue.count,
        "by_role": by_role.collect::<Vec<_>>(),
        "worst": worst.collect::<Vec<_>>(),
    })
}

fn review(reviews: &ReviewStatsView) -> Value {
    let dimensions = reviews.dimensions.iter().map(|(dimension, of)| {
        let verdicts = Verdict::ALL.iter().map(|verdict| (verdict.code().to_owned(), json!(of.of(*verdict))));
        json!({
            "code": dimension.code(),
            "name": labels::dimension(*dimension),
            "verdicts": verdicts.collect::<Map<_, _>>(),
        })
    });
    let reviewers = reviews.reviewers.iter().map(|one| {
        let done = ReviewResult::ALL
            .iter()
            .map(|result| (result.code().to_owned(), json!(one.done.get(result).copied().unwrap_or(0))));
        json!({
            "account": one.account,
            "name": one.name,
            "open": spread(&one.open),
            "signed": done.collect::<Map<_, _>>(),
        })
    });
    let panels = PanelResult::ALL
        .iter()
        .map(|result| (result.code().to_owned(), json!(reviews.panels.get(result).copied().unwrap_or(0))));
    let known = reviews.findings.looked_at.is_some();
    let findings = reviews.findings.patterns.iter().map(|(pattern, of)| {
        json!({
            "id": pattern.code(),
            "name": labels::pattern(*pattern),
            "open": known.then_some(of.open),
            "accepted": of.accepted,
            "dismissed": of.dismissed,
        })
    });
    json!({
        "dimensions": dimensions.collect::<Vec<_>>(),
        "reviewers": reviewers.collect::<Vec<_>>(),
        "panels": panels.collect::<Map<_, _>>(),
        "findings": findings.collect::<Vec<_>>(),
        "findings_looked_at": reviews.findings.looked_at,
    })
}

fn named(code: &str, name: &str, sums: &Sums) -> Map<String, Value> {
    let mut object = money(sums);
    object.insert("code".to_owned(), json!(code));
    object.insert("name".to_owned(), json!(name));
    object
}

fn money(sums: &Sums) -> Map<String, Value> {
    let mut object = Map::new();
    let mut put = |key: &str, value: Value| object.insert(key.to_owned(), value);
    put("count", json!(sums.count));
    put("amount_wan", json!(sums.amount.to_string()));
    put("declared_wan", json!(sums.declared.to_string()));
    put("approved_wan", json!(sums.approved.to_string()));
    put("assessed_wan", json!(sums.assessed.to_string()));
    put("contract_wan", json!(sums.contract.to_string()));
    put("cut", cuts(&sums.cuts));
    object
}

fn cuts(cuts: &Cuts) -> Value {
    json!({
        "reviewed": cuts.reviewed,
        "before_wan": cuts.before.to_string(),
        "count": cuts.count,
        "cut_wan": cuts.amount.to_string(),
        "share_percent": super::list::percent(cuts.per_mille()),
    })
}

fn spread(spread: &Spread) -> Map<String, Value> {
    let values = [
        ("count", json!(spread.count)),
        ("median_days", json!(spread.median)),
        ("p90_days", json!(spread.ninetieth)),
        ("longest_days", json!(spread.longest)),
    ];
    values.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}
