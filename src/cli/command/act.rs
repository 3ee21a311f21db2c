//! `do`: one action of the workflow.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};

use super::{code, done, execute};
use crate::cli::args::Do;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::output::Report;
use crate::cli::place::{Place, file_name};
use crate::documents::json_in::{self, FieldProblem};
use crate::domain::ids::ProjectCode;
use crate::domain::text::clean_text;
use crate::domain::workflow::action::{Action, Kind};
use crate::domain::workflow::input::fields_of;
use crate::service::command::{Act, AttachedFile, Command};
use crate::service::view::show::Show;
use crate::wording::{self, labels};

/// Performs the action.
pub fn run(place: &Place, args: Do) -> Outcome<Report> {
    let action = Action::parse(&args.action).ok_or_else(|| unknown(&args.action))?;
    let mut inputs = match &args.input {
        Some(file) => input_of(place, action, file)?,
        None => BTreeMap::new(),
    };
    inputs.extend(args.set);
    let act = Act {
        project: code(&args.code),
        action,
        inputs,
        note: clean_text(args.note.as_deref().unwrap_or_default()).trim().to_owned(),
        attachments: args.attach.iter().map(|file| attached(place, file)).collect::<Outcome<_>>()?,
        if_version: args.if_version,
    };
    let (what, audit, found) = execute(place, Command::Act(act), args.dry_run)?;
    let report = done(&what, audit.as_ref(), &found);
    match action {
        Action::Change if !args.dry_run => with_request(place, &code(&args.code), report),
        Action::FormPanel | Action::ReplaceExpert | Action::ConfirmPanel => {
            with_advice(place, &code(&args.code), report)
        }
        _ => Ok(report),
    }
}

/// Says what to bear in mind about the members where they are laid down and confirmed. It refuses nothing.
fn with_advice(place: &Place, project: &ProjectCode, mut report: Report) -> Outcome<Report> {
    let (mut service, session) = place.open()?;
    // What was done is done, whether or not the project can still be seen.
    let Ok(view) = service.ask(&session, Show { project: project.clone() }) else { return Ok(report) };
    if let Some(object) = report.document.as_object_mut() {
        object.insert("advice".to_owned(), super::panel_json::advice(&view));
    }
    for hint in super::panel::hints(&view) {
        report.text.push('\n');
        report.text.push_str(&hint);
    }
    Ok(report)
}

/// A change that waits must not read as one that was made.
fn with_request(place: &Place, project: &ProjectCode, mut report: Report) -> Outcome<Report> {
    let (mut service, session) = place.open()?;
    let view = service.ask(&session, Show { project: project.clone() })?;
    let requested = view.dossier.requested();
    if let Some(object) = report.document.as_object_mut() {
        object.insert("requested_wan".to_owned(), json!(requested.map(|amount| amount.to_string())));
    }
    if let Some(requested) = requested {
        report.text.push_str(&format!("\n变更至 {requested} 万元：{}。", wording::change::WAITS));
    }
    Ok(report)
}

pub(super) fn unknown(typed: &str) -> Failure {
    let known: Vec<String> =
        Action::ALL.iter().map(|action| format!("{action}（{}）", labels::action(*action))).collect();
    Failure::usage(format!("没有这个事项：{typed}"), format!("可用的有：{}", known.join("、")))
}

/// Reads the input object: texts as they are, yes and no and counts in their JSON form. Money is a text, because a
/// number of JSON would pass through binary fractions.
pub(super) fn input_of(place: &Place, action: Action, file: &Path) -> Outcome<BTreeMap<String, String>> {
    let what = "输入内容";
    let value = json_in::parse(&place.read_text(file)?).map_err(|problem| Failure::fields(what, vec![problem]))?;
    let Value::Object(object) = value else {
        return Err(Failure::fields(what, vec![FieldProblem::new("", "应为一个 JSON 对象，写作 {…}")]));
    };
    let specs = fields_of(action);
    let mut inputs = BTreeMap::new();
    let mut problems = Vec::new();
    for (key, value) in object {
        let kind = specs.iter().find(|spec| spec.key.code() == key).map(|spec| spec.kind);
        match text_of(kind, value) {
            Ok(Some(text)) => {
                inputs.insert(key, text);
            }
            Ok(None) => {}
            Err(problem) => problems.push(FieldProblem::new(key, problem)),
        }
    }
    if problems.is_empty() { Ok(inputs) } else { Err(Failure::fields(what, problems)) }
}

/// Writes a value of JSON the way `--set` gives it, or says what it should have been.
fn text_of(kind: Option<Kind>, value: Value) -> Result<Option<String>, String> {
    match (kind, value) {
        (_, Value::Null) => Ok(None),
        (_, Value::String(text)) => Ok(Some(text)),
        (Some(Kind::Money | Kind::MoneyOrZero), Value::Number(_)) => {
            Err("金额应写成字符串（万元），如 \"99.9999\"，不能直接写数字".to_owned())
        }
        (_, Value::Number(number)) => Ok(Some(number.to_string())),
        (_, Value::Bool(flag)) => Ok(Some(flag.to_string())),
        (Some(Kind::Lines | Kind::Choices(_)), Value::Array(lines)) => {
            let lines: Option<Vec<&str>> = lines.iter().map(Value::as_str).collect();
            match lines.filter(|lines| lines.iter().all(|line| !line.contains('\n'))) {
                Some(lines) => Ok(Some(lines.join("\n"))),
                None => Err("应为字符串的数组，写作 [\"…\"]".to_owned()),
            }
        }
        (Some(Kind::Records(parts)), Value::Array(records)) => {
            let lines: Option<Vec<String>> = records.iter().map(|record| record_of(parts, record)).collect();
            let expected = || format!("应为对象的数组，每个对象须有且仅有：{}", parts.join("、"));
            lines.map(|lines| Some(lines.join("\n"))).ok_or_else(expected)
        }
        (Some(Kind::Named(_)), Value::Object(texts)) => {
            let line = |(code, text): (&String, &Value)| Some(format!("{code}={}", text.as_str()?));
            let lines: Option<Vec<String>> = texts.iter().filter(|(_, text)| !text.is_null()).map(line).collect();
            match lines {
                Some(lines) => Ok(Some(lines.join("\n"))),
                None => Err("应为对象，每个字段的值为字符串".to_owned()),
            }
        }
        (Some(Kind::Choices(_)), Value::Object(flags)) => {
            let mut chosen = Vec::new();
            for (code, flag) in flags {
                match flag {
                    Value::Bool(true) => chosen.push(code),
                    Value::Bool(false) | Value::Null => {}
                    _ => return Err("每一项应为 true 或 false".to_owned()),
                }
            }
            Ok(Some(chosen.join("\n")))
        }
        (_, Value::Array(_) | Value::Object(_)) => Err("应为字符串".to_owned()),
    }
}

/// Writes an object as a line of parts; none where it has other fields, or one that would break the line.
fn record_of(parts: &[&str], record: &Value) -> Option<String> {
    let object = record.as_object().filter(|object| object.len() == parts.len())?;
    let part = |name: &&str| {
        let text = match object.get(*name)? {
            Value::String(text) => text.clone(),
            Value::Bool(flag) => flag.to_string(),
            _ => return None,
        };
        (!text.trim().is_empty() && !text.contains(['|', '｜', '\n'])).then_some(text)
    };
    Some(parts.iter().map(part).collect::<Option<Vec<_>>>()?.join("|"))
}

fn attached(place: &Place, file: &Path) -> Outcome<AttachedFile> {
    Ok(AttachedFile { name: file_name(file), bytes: place.read_file(file)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARTS: Kind = Kind::Records(&["name", "unit"]);
    const CODES: Kind = Kind::Choices(&["om_price", "data_ownership"]);

    fn read(kind: Kind, value: Value) -> Result<Option<String>, String> {
        text_of(Some(kind), value)
    }

    #[test]
    fn arrays_objects_and_flags_become_what_set_would_give() {
        let text = |text: &str| Ok(Some(text.to_owned()));
        assert_eq!(read(Kind::Lines, json!(["问卷", "咨询"])), text("问卷\n咨询"));
        let members = json!([{ "unit": "县教育局", "name": "张三" }, { "name": "李四", "unit": "县财政局" }]);
        assert_eq!(read(PARTS, members), text("张三|县教育局\n李四|县财政局"));
        assert_eq!(read(CODES, json!({ "om_price": true, "data_ownership": false })), text("om_price"));
        assert_eq!(read(CODES, json!(["om_price", "data_ownership"])), text("om_price\ndata_ownership"));
        assert_eq!(read(Kind::Flag, json!(true)), text("true"));
        assert_eq!(read(Kind::Count(0, 100), json!(86)), text("86"));
        assert_eq!(read(Kind::Line, Value::Null), Ok(None));
    }

    #[test]
    fn what_would_be_read_as_something_else_is_refused() {
        for (kind, value) in [
            (Kind::Money, json!(58)),
            (Kind::Lines, json!(["一\n二"])),
            (Kind::Lines, json!([1])),
            (PARTS, json!([{ "name": "张三" }])),
            (PARTS, json!([{ "name": "张三", "unit": "局", "role": "主任" }])),
            (PARTS, json!([{ "name": "张|三", "unit": "县教育局" }])),
            (CODES, json!({ "om_price": "yes" })),
            (Kind::Line, json!(["一"])),
        ] {
            assert!(read(kind, value.clone()).is_err(), "{value}");
        }
    }
}
