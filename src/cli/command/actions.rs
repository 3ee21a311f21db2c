//! `actions`: what the account may do with a project now, and why not.

use serde_json::{Value, json};

use super::code;
use crate::cli::failure::{Outcome, unmet_list};
use crate::cli::output::Report;
use crate::cli::place::Place;
use crate::domain::actor::Role;
use crate::domain::workflow::action::{InputSpec, Kind, Need};
use crate::domain::workflow::table;
use crate::domain::workflow::unmet::Unmet;
use crate::service::view::actions::{ActionList, ActionStatus, Actions, Possibility};
use crate::wording::{self, labels};

/// Lists every action.
pub fn run(place: &Place, typed: &str) -> Outcome<Report> {
    let (mut service, session) = place.open()?;
    let list = service.ask(&session, Actions { project: code(typed) })?;
    let document = json!({
        "code": list.code.as_str(),
        "stage": list.stage.code(),
        "stage_name": labels::stage(list.stage),
        "version": list.version,
        "actions": list.actions.iter().map(action).collect::<Vec<_>>(),
    });
    Ok(Report::new(document, text(&list)))
}

/// Lists the gates of the present stage: each action that leaves it, and what it still lacks, whoever may take it.
pub fn gates(list: &ActionList) -> Vec<Value> {
    let leaves = |status: &&ActionStatus| {
        table::row_of(status.action).is_some_and(|row| row.is_of_the_way() && row.from.contains(&list.stage))
    };
    let gate = |status: &ActionStatus| {
        json!({
            "action": status.action.code(),
            "name": labels::action(status.action),
            "met": status.unmet.is_empty(),
            "unmet": unmet_list(&status.unmet),
        })
    };
    list.actions.iter().filter(leaves).map(gate).collect()
}

fn action(status: &ActionStatus) -> Value {
    let (kind, why, unmet, on_behalf_of) = match &status.verdict {
        Possibility::Allowed => (None, None, json!([]), None),
        Possibility::Transcribable(role) => (None, None, json!([]), Some(role.code())),
        Possibility::Denied(denied) => (Some("denied"), Some(wording::denied(denied).message), json!([]), None),
        Possibility::Refused(conditions) => (Some("refused"), None, unmet_list(conditions), None),
    };
    json!({
        "action": status.action.code(),
        "name": labels::action(status.action),
        "allowed": status.verdict.is_open(),
        "kind": kind,
        "unmet": unmet,
        "why": why,
        "caution": wording::destruction::caution(status.action),
        "on_behalf_of": on_behalf_of,
        "input": status.fields.iter().map(field).collect::<Vec<_>>(),
    })
}

fn field(spec: &InputSpec) -> Value {
    let (kind, choices) = kind(spec.kind);
    let required_when = match spec.need {
        Need::When(other, codes) => json!({ "key": other.code(), "values": codes }),
        Need::Always | Need::Optional => Value::Null,
    };
    let choices: Vec<Value> =
        choices.iter().map(|code| json!({ "code": code, "label": labels::choice(code) })).collect();
    json!({
        "key": spec.key.code(),
        "label": labels::key(spec.key),
        "kind": kind,
        "parts": match spec.kind {
            Kind::Records(parts) => parts,
            _ => &[],
        },
        "least": match spec.kind {
            Kind::Count(least, _) => Some(least),
            _ => None,
        },
        "most": match spec.kind {
            Kind::Count(_, most) => Some(most),
            _ => None,
        },
        "required": spec.need == Need::Always,
        "required_when": required_when,
        "choices": choices,
    })
}

fn kind(kind: Kind) -> (&'static str, &'static [&'static str]) {
    match kind {
        // A fix was a line before screens offered the open ones; what scripts write is the same.
        Kind::Line | Kind::Fix => ("line", &[]),
        Kind::Text => ("text", &[]),
        Kind::Money => ("money", &[]),
        Kind::MoneyOrZero => ("money-or-zero", &[]),
        Kind::Date => ("date", &[]),
        Kind::Moment => ("moment", &[]),
        Kind::Count(..) => ("count", &[]),
        Kind::Flag => ("flag", &["true", "false"]),
        Kind::Choices(codes) => ("choices", codes),
        Kind::Lines => ("lines", &[]),
        Kind::Records(_) => ("records", &[]),
        Kind::Named(codes) => ("named", codes),
        Kind::Choice(codes) => ("choice", codes),
        Kind::Account(_) => ("account", &[]),
        Kind::Expert => ("expert", &[]),
        Kind::Digest => ("digest", &[]),
    }
}

fn text(list: &ActionList) -> String {
    let here = |status: &&ActionStatus| table::row_of(status.action).is_some_and(|row| row.from.contains(&list.stage));
    let mut lines = vec![format!("{} 现为“{}”（第 {} 版）", list.code, labels::stage(list.stage), list.version)];
    for status in list.actions.iter().filter(here) {
        lines.push(format!("{}（{}）：{}", labels::action(status.action), status.action, verdict(status)));
        if status.verdict.is_open() {
            lines.extend(status.fields.iter().map(|spec| format!("    {}", field_line(spec))));
        }
    }
    let elsewhere = list.actions.len() - list.actions.iter().filter(here).count();
    lines.push(format!("另有 {elsewhere} 个事项属于其他环节；全部事项见 --json"));
    lines.join("\n")
}

fn verdict(status: &ActionStatus) -> String {
    match &status.verdict {
        Possibility::Allowed => "可以办理".to_owned(),
        Possibility::Transcribable(role) => {
            format!("可以代录，须填写 on_behalf_of={}（{}）", role.code(), authority(*role))
        }
        Possibility::Denied(denied) => format!("无权办理，{}", wording::denied(denied).message),
        Possibility::Refused(conditions) => {
            let said: Vec<String> = conditions.iter().map(condition).collect();
            format!("不能办理\n{}", said.join("\n"))
        }
    }
}

fn condition(unmet: &Unmet) -> String {
    let basis = wording::sentence::basis(unmet.rule().article());
    format!("  · {}{basis}", wording::unmet(unmet).message)
}

fn authority(role: Role) -> &'static str {
    labels::role(role)
}

fn field_line(spec: &InputSpec) -> String {
    let need = match spec.need {
        Need::Always => "必填".to_owned(),
        Need::Optional => "选填".to_owned(),
        Need::When(other, []) => format!("填写{}时必填", labels::key(other)),
        Need::When(other, codes) => {
            let named: Vec<&str> = codes.iter().map(|code| labels::choice(code)).collect();
            format!("{}为{}时必填", labels::key(other), named.join("、"))
        }
    };
    let (_, choices) = kind(spec.kind);
    let choices: Vec<String> = choices.iter().map(|code| format!("{code}={}", labels::choice(code))).collect();
    let choices = if choices.is_empty() { String::new() } else { format!("：{}", choices.join("、")) };
    let format = match spec.kind {
        Kind::Choices(_) => "（可多选，用逗号隔开）".to_owned(),
        Kind::Lines => "：每行一条".to_owned(),
        Kind::Named(_) => "：每行一项，写作 代码=内容".to_owned(),
        Kind::Records(parts) => {
            let parts: Vec<&str> = parts.iter().map(|part| labels::part(part)).collect();
            format!("：每行一条，依次写明 {}", parts.join("|"))
        }
        _ => String::new(),
    };
    format!("{}  {}（{need}）{choices}{format}", spec.key.code(), labels::key(spec.key))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::workflow::action::{Action, Key};

    #[test]
    fn a_script_is_told_the_least_and_the_most_of_a_number() {
        let of = |action: Action, key: Key| field(action.inputs().iter().find(|spec| spec.key == key).unwrap());
        let asked = of(Action::RecordSurvey, Key::Respondents);
        assert_eq!((&asked["least"], &asked["most"]), (&json!(1), &json!(100_000)));
        let score = of(Action::RecordExpertOpinion, Key::Score);
        assert_eq!((&score["least"], &score["most"]), (&json!(0), &json!(100)));
        let methods = of(Action::RecordSurvey, Key::Methods);
        assert_eq!((&methods["least"], &methods["most"]), (&Value::Null, &Value::Null));
    }
}
