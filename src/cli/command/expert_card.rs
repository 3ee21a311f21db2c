//! `expert show`: one expert, with the panels served.

use serde_json::{Value, json};

use super::expert::{item, remarks};
use crate::cli::failure::Outcome;
use crate::cli::output::Report;
use crate::cli::place::Place;
use crate::service::view::experts::{ExpertCard, ExpertHistory, PanelServed};
use crate::wording::labels;

/// Shows an expert.
pub fn show(place: &Place, expert: String) -> Outcome<Report> {
    let (mut service, session) = place.open()?;
    let history = service.ask(&session, ExpertCard { expert })?;
    let mut document = item(&history.line);
    if let Value::Object(fields) = &mut document {
        fields.insert("remarks".to_owned(), json!(remarks(&history.line)));
        fields.insert("history".to_owned(), history.panels.iter().map(served).collect());
    }
    Ok(Report::new(document, text(&history)))
}

fn served(one: &PanelServed) -> Value {
    let panel = &one.panel;
    json!({
        "code": one.project.as_ref().map(|(code, _)| code.as_str()),
        "name": one.project.as_ref().map(|(_, name)| name),
        "round": panel.round,
        "session": panel.session,
        "met_on": panel.met_on.map(|day| day.to_string()),
        "role": if panel.chair { "chair" } else { "member" },
        "conclusion": panel.conclusion.map(|result| result.code()),
        "signed": panel.signed,
        "dissented": panel.dissented,
    })
}

fn text(history: &ExpertHistory) -> String {
    let it = &history.line.expert;
    let disciplines: Vec<&str> = it.disciplines.iter().map(|code| labels::discipline(code)).collect();
    let mut lines = vec![format!("{} {}", it.id, it.name)];
    let mut field = |name: &str, text: String| {
        if !text.is_empty() {
            lines.push(format!("{name}：{text}"));
        }
    };
    field("工作单位", it.employer.clone());
    field("职称", it.title.clone());
    field("专业", disciplines.join("、"));
    field("联系方式", it.contact.clone());
    field("账号", it.account.as_ref().map(|(_, code)| code.clone()).unwrap_or_default());
    for role in &it.past_roles {
        let until = role.until.map_or("至今".to_owned(), |month| format!("至 {month}"));
        field("任职经历", format!("{} {} {until}", role.body, role.role));
    }
    for absence in &it.absences {
        field("不能到会", format!("{} 至 {}，{}", absence.from, absence.until, absence.reason));
    }
    field("备注", remarks(&history.line).join("；"));
    lines.push(format!("参加论证 {} 次，近一年 {} 次", history.panels.len(), history.line.panels));
    lines.extend(history.panels.iter().map(panel));
    lines.join("\n")
}

fn panel(one: &PanelServed) -> String {
    let panel = &one.panel;
    let project = match &one.project {
        Some((code, name)) => format!("{code} {name}"),
        None => "（无权查看的项目）".to_owned(),
    };
    let day = panel.met_on.map_or("尚未开会".to_owned(), |day| day.to_string());
    let role = if panel.chair { "组长" } else { "成员" };
    let conclusion = panel.conclusion.map_or("", labels::panel_result);
    let signed = match panel.signed {
        Some(true) => "已签名",
        Some(false) => "未签名",
        None => "",
    };
    let dissent = if panel.dissented { "有保留意见" } else { "" };
    let words = [day.as_str(), &project, role, conclusion, signed, dissent];
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    format!("  {}", words.join(" "))
}
