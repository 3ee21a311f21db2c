//! `checklist`: the items, their answers, and what is still open.

use serde_json::{Map, Value, json};

use super::code;
use super::show::dimensions;
use crate::cli::failure::Outcome;
use crate::cli::output::Report;
use crate::cli::place::Place;
use crate::domain::checklist::Verdict;
use crate::service::view::checklist::{Checklist, ChecklistView, ItemView};
use crate::wording::labels;

/// Shows the checklist.
pub fn run(place: &Place, typed: &str) -> Outcome<Report> {
    let (mut service, session) = place.open()?;
    let view = service.ask(&session, Checklist { project: code(typed) })?;
    let by_dimension = dimensions().map(|(dimension, name)| {
        json!({
            "code": dimension.code(),
            "name": name,
            "items": view.of_dimension(dimension).map(item).collect::<Vec<_>>(),
        })
    });
    let document = json!({
        "code": view.code.as_str(),
        "version": view.version,
        "dimensions": by_dimension.collect::<Vec<_>>(),
        "open": view.open().into_iter().map(|item| item.as_str()).collect::<Vec<_>>(),
    });
    Ok(Report::new(document, text(&view)))
}

/// Counts the applicable items and those answered.
pub fn progress(view: &ChecklistView) -> Value {
    let counts = |(total, answered): (usize, usize)| json!({ "total": total, "answered": answered });
    let by_dimension: Map<String, Value> = dimensions()
        .map(|(dimension, _)| (dimension.code().to_owned(), counts(view.progress(Some(dimension)))))
        .collect();
    let (total, answered) = view.progress(None);
    json!({ "total": total, "answered": answered, "by_dimension": by_dimension })
}

fn item(view: &ItemView) -> Value {
    let said = view.judgement.as_ref();
    json!({
        "id": view.item.id.as_str(),
        "text": view.item.text,
        "weight": view.item.weight.code(),
        "articles": view.item.articles,
        "evidence": view.item.evidence,
        "applicable": view.applicable,
        "verdict": said.and_then(|judgement| judgement.verdict).map(Verdict::code),
        "remark": said.map_or("", |judgement| &judgement.remark),
        "suggestion": said.map_or("", |judgement| &judgement.suggestion),
        "basis": said.map_or("", |judgement| &judgement.basis),
        "cite": said.map_or("", |judgement| &judgement.cite),
    })
}

fn text(view: &ChecklistView) -> String {
    let (total, answered) = view.progress(None);
    let mut lines = vec![format!("{} 评审清单：适用 {total} 条，已判断 {answered} 条", view.code)];
    for (dimension, name) in dimensions() {
        let (total, answered) = view.progress(Some(dimension));
        lines.push(String::new());
        lines.push(format!("【{name}】{answered}/{total}"));
        lines.extend(view.of_dimension(dimension).filter(|item| item.applicable).map(line));
    }
    lines.join("\n")
}

fn line(view: &ItemView) -> String {
    let verdict = view.judgement.as_ref().and_then(|judgement| judgement.verdict);
    let shown = verdict.map_or("未判断", labels::verdict);
    let mut line = format!("{} [{shown}] {}（{}）", view.item.id, view.item.text, labels::weight(view.item.weight));
    if let Some(said) = &view.judgement {
        let parts = [
            (labels::remark(said.verdict), &said.remark),
            ("建议", &said.suggestion),
            ("依据", &said.basis),
            ("位置", &said.cite),
        ];
        for (name, content) in parts.into_iter().filter(|(_, content)| !content.is_empty()) {
            line.push_str(&format!("\n      {name}：{}", content.replace('\n', "\n      ")));
        }
    }
    line
}
