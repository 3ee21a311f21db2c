//! `do`: one action of the workflow.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use super::{code, done, execute};
use crate::cli::args::Do;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::output::Report;
use crate::cli::place::{Place, file_name, read_file, read_text};
use crate::documents::json_in::{self, FieldProblem};
use crate::domain::text::clean_text;
use crate::domain::workflow::action::{Action, Kind};
use crate::domain::workflow::input::fields_of;
use crate::service::command::{Act, AttachedFile, Command};
use crate::wording::labels;

/// Performs the action.
pub fn run(place: &Place, args: Do) -> Outcome<Report> {
    let action = Action::parse(&args.action).ok_or_else(|| unknown(&args.action))?;
    let mut inputs = match &args.input {
        Some(file) => input_of(action, file)?,
        None => BTreeMap::new(),
    };
    inputs.extend(args.set);
    let act = Act {
        project: code(&args.code),
        action,
        inputs,
        note: clean_text(args.note.as_deref().unwrap_or_default()).trim().to_owned(),
        attachments: args.attach.iter().map(|file| attached(file)).collect::<Outcome<_>>()?,
        if_version: args.if_version,
    };
    let (what, audit) = execute(place, Command::Act(act), args.dry_run)?;
    Ok(done(&what, audit.as_ref()))
}

fn unknown(typed: &str) -> Failure {
    let known: Vec<String> =
        Action::ALL.iter().map(|action| format!("{action}（{}）", labels::action(*action))).collect();
    Failure::usage(format!("没有这个事项：{typed}"), format!("可用的有：{}", known.join("、")))
}

/// Reads the input object: texts as they are, yes and no and counts in their JSON form. Money is a text, because a
/// number of JSON would pass through binary fractions.
fn input_of(action: Action, file: &Path) -> Outcome<BTreeMap<String, String>> {
    let what = "输入内容";
    let value = json_in::parse(&read_text(file)?).map_err(|problem| Failure::fields(what, vec![problem]))?;
    let Value::Object(object) = value else {
        return Err(Failure::fields(what, vec![FieldProblem::new("", "应为一个 JSON 对象，写作 {…}")]));
    };
    let specs = fields_of(action);
    let is_money = |key: &str| {
        let spec = specs.iter().find(|spec| spec.key.code() == key);
        spec.is_some_and(|spec| matches!(spec.kind, Kind::Money | Kind::MoneyOrZero))
    };
    let mut inputs = BTreeMap::new();
    let mut problems = Vec::new();
    for (key, value) in object {
        match value {
            Value::Null => {}
            Value::String(text) => {
                inputs.insert(key, text);
            }
            Value::Number(_) if is_money(&key) => {
                problems.push(FieldProblem::new(key, "金额应写成字符串（万元），如 \"99.9999\"，不能直接写数字"));
            }
            Value::Number(number) => {
                inputs.insert(key, number.to_string());
            }
            Value::Bool(flag) => {
                inputs.insert(key, flag.to_string());
            }
            Value::Array(_) | Value::Object(_) => problems.push(FieldProblem::new(key, "应为字符串")),
        }
    }
    if problems.is_empty() { Ok(inputs) } else { Err(Failure::fields(what, problems)) }
}

fn attached(file: &Path) -> Outcome<AttachedFile> {
    Ok(AttachedFile { name: file_name(file), bytes: read_file(file)? })
}
