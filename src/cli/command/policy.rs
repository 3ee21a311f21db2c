//! `policy`: the dated rules.

use std::path::Path;

use serde_json::{Value, json};

use super::{done, execute};
use crate::cli::args::Policy as Verb;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::output::{Report, Table};
use crate::cli::place::Place;
use crate::domain::policy::{self, Policy};
use crate::service::command::Command;
use crate::service::error::{Error, Invalid};
use crate::service::view::directory::Regulation;
use crate::service::view::policies::{Policies, PolicyOf};
use crate::wording::{self, labels};

/// Runs a command about policies.
pub fn run(place: &Place, verb: Verb) -> Outcome<Report> {
    match verb {
        Verb::List => list(place),
        Verb::Show { id } => show(place, id),
        Verb::Check { file } => check(place, &file),
        Verb::Install { file } => {
            let text = place.read_text(&file)?;
            let (what, audit, found) = execute(place, Command::InstallPolicy { text }, false)?;
            Ok(done(&what, audit.as_ref(), &found))
        }
        Verb::Text { file } => {
            let text = place.read_text(&file)?;
            let (what, audit, found) = execute(place, Command::LoadRegulation { text }, false)?;
            Ok(done(&what, audit.as_ref(), &found))
        }
        Verb::Article { number } => article(place, number),
    }
}

fn list(place: &Place) -> Outcome<Report> {
    let (mut service, session) = place.open()?;
    let policies = service.ask(&session, Policies)?;
    let today = service.now().date_naive();
    let mut table = Table::new(&["规则", "标题", "自", "至", "状态", "在办", "摘要"]);
    let mut items = Vec::new();
    for policy in &policies {
        let to = policy.to.filter(|_| !policy.is_replaced()).map(|day| day.to_string());
        table.row([
            policy.id.clone(),
            policy.title.clone(),
            policy.from.to_string(),
            to.clone().unwrap_or_else(|| "—".to_owned()),
            wording::policy::state(policy, today).to_owned(),
            policy.running.to_string(),
            policy.digest.chars().take(16).collect(),
        ]);
        items.push(json!({
            "id": policy.id,
            "title": policy.title,
            "from": policy.from.to_string(),
            "to": to,
            "digest": policy.digest,
            "in_force": policy.in_force,
            "replaced": policy.is_replaced(),
            "running": policy.running,
            "installed_at": policy.installed_at.to_rfc3339(),
        }));
    }
    Ok(Report::new(json!({ "items": items }), table.text()))
}

fn show(place: &Place, id: Option<String>) -> Outcome<Report> {
    let (mut service, session) = place.open()?;
    let (policy, text) = service.ask(&session, PolicyOf { id })?;
    let mut document = summary(&policy);
    if let Value::Object(fields) = &mut document {
        fields.insert("text".to_owned(), json!(text));
    }
    Ok(Report::new(document, page(&policy)))
}

/// Shows an article: the gist of the policy in force, and the official text where it was loaded.
fn article(place: &Place, number: u8) -> Outcome<Report> {
    let (mut service, session) = place.open()?;
    let (policy, _) = service.ask(&session, PolicyOf { id: None })?;
    let Some(article) = policy.article(number) else {
        return Err(Failure::usage("没有这一条", "请写 1 到 19，附件写 0"));
    };
    let loaded = service.ask(&session, Regulation)?;
    let text = loaded.into_iter().find(|(known, _)| *known == number).map(|(_, text)| text);
    let document = json!({ "article": number, "title": article.title, "gist": article.gist, "text": text });
    let official = text.unwrap_or_else(|| "（未载入办法正文：pingshen policy text 文件）".to_owned());
    let page = format!("{} {}\n要点：{}\n\n{official}", labels::article(number), article.title, article.gist);
    Ok(Report::new(document, page))
}

/// Checks a file; no database is needed.
fn check(place: &Place, file: &Path) -> Outcome<Report> {
    let text = place.read_text(file)?;
    match policy::parse(&text) {
        Ok(policy) => {
            let mut document = summary(&policy);
            if let Value::Object(fields) = &mut document {
                fields.insert("ok".to_owned(), json!(true));
            }
            let said =
                format!("规则文件没有问题：{}（{}），{} 条清单", policy.title, policy.id, policy.checklist.len());
            Ok(Report::new(document, said))
        }
        Err(problems) => {
            let message = format!("规则文件有 {} 处问题", problems.len());
            let failure = Failure::from(Error::Invalid(problems.into_iter().map(Invalid::Policy).collect()));
            Err(Failure { message, hint: "请按提示更正后再检查".to_owned(), ..failure })
        }
    }
}

fn summary(policy: &Policy) -> Value {
    json!({
        "id": policy.id,
        "title": policy.title,
        "effective_from": policy.effective_from.to_string(),
        "limits": {
            "review_wan": policy.limits.review.to_string(),
            "panel_wan": policy.limits.panel.to_string(),
            "survey_wan": policy.limits.survey.to_string(),
            "public_tender_wan": policy.limits.public_tender.to_string(),
        },
        "catalogue": {
            "edition": policy.catalogue.edition,
            "categories": policy.catalogue.categories.iter().map(|category| category.code()).collect::<Vec<_>>(),
        },
        "clocks": policy.clocks.iter().map(|(stage, days)| (stage.code().to_owned(), json!(days)))
            .collect::<serde_json::Map<_, _>>(),
        "checklist": policy.checklist.iter().map(|item| json!({
            "id": item.id.as_str(),
            "dimension": item.dimension.code(),
            "weight": item.weight.code(),
            "articles": item.articles,
            "text": item.text,
        })).collect::<Vec<_>>(),
        "articles": policy.articles.iter().map(|article| json!({
            "number": article.number,
            "title": article.title,
            "gist": article.gist,
        })).collect::<Vec<_>>(),
    })
}

fn page(policy: &Policy) -> String {
    let mut lines = vec![
        format!("{}（{}），{} 起施行", policy.title, policy.id, policy.effective_from),
        format!(
            "技术评审限额 {} 万元，专家论证限额 {} 万元，需求调查限额 {} 万元",
            policy.limits.review, policy.limits.panel, policy.limits.survey
        ),
        format!("集采目录：{}", policy.catalogue.edition),
        String::new(),
        "【办理时限（工作日）】".to_owned(),
    ];
    lines.extend(policy.clocks.iter().map(|(stage, days)| format!("{}：{days}", labels::stage(*stage))));
    lines.push(String::new());
    lines.push("【条款要点】".to_owned());
    lines.extend(
        policy
            .articles
            .iter()
            .map(|article| format!("{} {}：{}", labels::article(article.number), article.title, article.gist)),
    );
    lines.push(String::new());
    lines.push("【评审清单】".to_owned());
    lines.extend(policy.checklist.iter().map(|item| {
        let dimension = labels::dimension(item.dimension);
        format!("{} {}（{dimension}，{}）", item.id, item.text, labels::weight(item.weight))
    }));
    lines.join("\n")
}
