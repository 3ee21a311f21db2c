//! `view`: the views an account keeps.

use serde_json::json;

use super::page::query_of;
use crate::cli::args::View;
use crate::cli::failure::{Failure, FailureKind, Outcome};
use crate::cli::output::{Report, Table};
use crate::cli::place::Place;
use crate::domain::search;
use crate::service::error::Kind;
use crate::service::view::directory::Myself;
use crate::service::view::queue::{List, Queue};
use crate::service::views::{SavedView, SavedViews};
use crate::service::{Service, Session};
use crate::wording::{self, labels};

/// Runs a command about views.
pub fn run(place: &Place, command: View) -> Outcome<Report> {
    match command {
        View::List => list(place),
        View::Save { digit, name, filter, role } => {
            let query = query_of(Some(&filter))?;
            let view = SavedView::new(digit, &name, role, &query).map_err(|bad| {
                let said = wording::filter::bad_view(bad);
                Failure::usage(said.message, said.remedy)
            })?;
            let (mut service, session) = place.open()?;
            let me = service.ask(&session, Myself)?;
            if let Some(role) = role.filter(|role| !me.has(*role)) {
                let held = me.roles.iter().map(|role| role.code()).collect::<Vec<_>>().join("、");
                let message = format!("本账号没有角色“{}”，该视图不会有项目", labels::role(role));
                return Err(Failure::usage(message, format!("本账号的角色：{held}")));
            }
            service.keep_view(&session, &view)?;
            let text = format!("已保存视图 {} {}：{}", view.digit, view.name, shown(&view));
            Ok(Report::new(json!({ "view": item(&view, None) }), text))
        }
        View::Remove { view } => {
            let (mut service, session) = place.open()?;
            let found = find(&mut service, &session, &view)?;
            service.remove_view(&session, found.digit)?;
            let text = format!("已删除视图 {} {}", found.digit, found.name);
            Ok(Report::new(json!({ "removed": item(&found, None) }), text))
        }
    }
}

/// Finds a view by its digit or its name.
pub(super) fn find(service: &mut Service, session: &Session, wanted: &str) -> Outcome<SavedView> {
    let views = service.ask(session, SavedViews)?;
    let named = |view: &SavedView| view.digit.to_string() == wanted || search::fold(&view.name) == search::fold(wanted);
    let known = views.iter().map(|view| format!("{} {}", view.digit, view.name)).collect::<Vec<_>>().join("，");
    views.into_iter().find(named).ok_or_else(|| {
        let remedy = match known.as_str() {
            "" => "本账号还没有保存视图；用 pingshen view save 保存".to_owned(),
            known => format!("已保存的有：{known}"),
        };
        Failure::new(FailureKind::Service(Kind::NotFound), format!("没有“{wanted}”这个视图"), remedy)
    })
}

fn list(place: &Place) -> Outcome<Report> {
    let (mut service, session) = place.open()?;
    let mut table = Table::new(&["序号", "名称", "来源", "条件", "项目数"]).right(4);
    let mut items = Vec::new();
    let views = service.ask(&session, SavedViews)?;
    for view in &views {
        let total = count(&mut service, &session, view)?;
        table.row([
            view.digit.to_string(),
            view.name.clone(),
            view.source.map_or("全部", labels::role).to_owned(),
            shown(view),
            total.map_or("—".to_owned(), |total| total.to_string()),
        ]);
        items.push(item(view, total));
    }
    let document = json!({ "total": views.len(), "items": items });
    if views.is_empty() {
        return Ok(Report::new(document, "还没有保存视图；用 pingshen view save 序号 名称 --filter 条件 保存"));
    }
    Ok(Report::new(document, table.text()))
}

/// Counts what a view shows; nothing where its words are not understood any more.
fn count(service: &mut Service, session: &Session, view: &SavedView) -> Outcome<Option<i64>> {
    let Ok(search::Query { filter, sort }) = search::parse(&view.query, &labels::FILTER) else { return Ok(None) };
    let page = match view.source {
        Some(role) => service.ask(session, Queue { role: Some(role), filter, sort, after: None, limit: 1 })?,
        None => service.ask(session, List { stage: None, filter, sort, after: None, limit: 1 })?,
    };
    Ok(Some(page.total))
}

/// Says what a view asks for, with the labels of today.
fn shown(view: &SavedView) -> String {
    match search::parse(&view.query, &labels::FILTER) {
        Ok(query) => query.shown(&labels::FILTER),
        Err(_) => view.query.clone(),
    }
}

fn item(view: &SavedView, total: Option<i64>) -> serde_json::Value {
    json!({
        "digit": view.digit,
        "name": view.name,
        "role": view.source.map(|role| role.code()),
        "filter": view.query,
        "total": total,
    })
}
