//! `queue` and `list`: pages of projects.

use serde_json::{Value, json};

use crate::cli::args::{List, Paging, Queue};
use crate::cli::failure::{Failure, Outcome};
use crate::cli::output::{Report, Table};
use crate::cli::place::Place;
use crate::domain::search::{self, Filter, Query};
use crate::service::view::queue;
use crate::service::view::row::ProjectRow;
use crate::wording::{self, labels};

/// Lists what waits for the account.
pub fn queue(place: &Place, args: Queue) -> Outcome<Report> {
    let Paging { filter, limit, after } = args.paging;
    let Query { filter, sort } = query_of(filter.as_deref())?;
    check_place(after.as_deref(), |place| queue::is_place_in_queue(place, &sort))?;
    let (mut service, session) = place.open()?;
    let page = service.ask(&session, queue::Queue { role: args.role, filter, sort, after, limit })?;
    Ok(report(&page, "没有待办的项目"))
}

/// Lists all projects the account may see.
pub fn list(place: &Place, args: List) -> Outcome<Report> {
    let Paging { filter, limit, after } = args.paging;
    let asked = query_of(filter.as_deref())?;
    let (mut service, session) = place.open()?;
    let Some(view) = args.view else {
        let Query { filter, sort } = asked;
        check_place(after.as_deref(), |place| queue::is_place_in_list(place, &sort))?;
        let page = service.ask(&session, queue::List { stage: args.stage, filter, sort, after, limit })?;
        return Ok(report(&page, "没有符合条件的项目"));
    };
    let view = super::view::find(&mut service, &session, &view)?;
    let kept = query_of(Some(&view.query))?;
    // What is asked besides narrows the view; another order takes the place of the view's.
    let stage = args.stage.map(|stage| Filter::Term(search::Term::State(vec![stage])));
    let filter = Filter::all_of([kept.filter, asked.filter].into_iter().chain(stage));
    let sort = if asked.sort.is_empty() { kept.sort } else { asked.sort };
    let page = match view.source {
        Some(role) => {
            check_place(after.as_deref(), |place| queue::is_place_in_queue(place, &sort))?;
            service.ask(&session, queue::Queue { role: Some(role), filter, sort, after, limit })?
        }
        None => {
            check_place(after.as_deref(), |place| queue::is_place_in_list(place, &sort))?;
            service.ask(&session, queue::List { stage: None, filter, sort, after, limit })?
        }
    };
    Ok(report(&page, "没有符合条件的项目"))
}

/// A place that no page told must not silently mean the first page: a script would read it for ever.
fn check_place(after: Option<&str>, well_formed: impl Fn(&str) -> bool) -> Outcome<()> {
    match after {
        Some(place) if !well_formed(place) => {
            Err(Failure::usage(format!("“{place}”不是上一页给出的位置"), "请原样使用上一页给出的 next"))
        }
        _ => Ok(()),
    }
}

/// Reads a filter line.
pub(super) fn query_of(text: Option<&str>) -> Outcome<Query> {
    search::parse(text.unwrap_or_default(), &labels::FILTER).map_err(|problem| {
        let said = wording::filter::problem(&problem);
        let listed = json!([{ "field": "filter", "at": problem.at, "word": problem.word, "message": said.message }]);
        Failure::invalid(said.message, said.remedy).with("problems", listed)
    })
}

/// Reads a filter line where nothing is listed, so that an order would order nothing.
pub(super) fn filter_of(text: Option<&str>) -> Outcome<Filter> {
    let Query { filter, sort } = query_of(text)?;
    match sort.is_empty() {
        true => Ok(filter),
        false => Err(Failure::invalid("统计不能用“排序”", "请去掉“排序”；要按次序列出项目，请用 pingshen list")),
    }
}

fn report(page: &queue::Page, none: &str) -> Report {
    let today = page.now.date_naive();
    let items: Vec<Value> = page.rows.iter().map(|row| item(row, row.is_overdue(today))).collect();
    let document = json!({ "total": page.total, "next": page.next, "items": items });
    if page.rows.is_empty() {
        return Report::new(document, none);
    }
    let mut table = Table::new(&["编号", "名称", "单位", "金额(万元)", "状态", "期限", "待办事项"]).right(3);
    for row in &page.rows {
        let due = match (row.clock.due, row.days_late(today)) {
            (None, _) if let Some(left) = row.clock.left.filter(|_| !row.destroyed) => wording::clock::stopped(left),
            (Some(due), Some(late)) if late > 0 => format!("{due} 逾期{late}天"),
            (Some(due), _) => due.to_string(),
            (None, _) => "—".to_owned(),
        };
        table.row([
            row.code.to_string(),
            wording::destruction::name(&row.name).to_owned(),
            row.unit.clone(),
            if row.destroyed { "—".to_owned() } else { row.amount.to_string() },
            labels::stage(row.stage).to_owned(),
            due,
            row.waiting.iter().map(|(_, action)| labels::action(*action)).collect::<Vec<_>>().join("、"),
        ]);
    }
    let mut text = format!("{}\n共 {} 个项目", table.text(), page.total);
    if let Some(next) = &page.next {
        text.push_str(&format!("，以上 {} 个；继续查看请加 --after {next}", page.rows.len()));
    }
    Report::new(document, text)
}

fn item(row: &ProjectRow, overdue: bool) -> Value {
    let waits =
        row.waiting.iter().map(|(role, action)| format!("等待{}{}", labels::role(*role), labels::action(*action)));
    json!({
        "code": row.code.as_str(),
        "name": row.name,
        "unit": row.unit,
        "amount_wan": (!row.destroyed).then(|| row.amount.to_string()),
        "destroyed": row.destroyed,
        "stage": row.stage.code(),
        "stage_name": labels::stage(row.stage),
        "overlays": row.overlays.iter().map(|overlay| overlay.code()).collect::<Vec<_>>(),
        "route": row.route.code(),
        "plan_year": row.plan_year,
        "since": row.since.to_rfc3339(),
        "due": row.clock.due.map(|due| due.to_string()),
        "clock_left": row.clock.left.filter(|_| !row.destroyed),
        "overdue": overdue,
        "actions": row.waiting.iter().map(|(_, action)| action.code()).collect::<Vec<_>>(),
        "reason": waits.collect::<Vec<_>>().join("；"),
        "version": row.version,
    })
}
