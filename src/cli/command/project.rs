//! `project`: one draft from JSON, and what is added to it later.

use std::path::Path;

use serde_json::{Map, Value, json};

use super::{code, done, execute, found_in};
use crate::cli::args::Project as Verb;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::output::Report;
use crate::cli::place::Place;
use crate::documents::json_in::{self, FieldProblem};
use crate::documents::project_json;
use crate::domain::ids::ProjectCode;
use crate::domain::intake::Candidate;
use crate::domain::workflow::unmet::Unmet;
use crate::service::OperationId;
use crate::service::command::{Command, Done, NewDraft};
use crate::service::error::Error;
use crate::service::view::show::Show;

const WHAT: &str = "项目内容";

/// Runs a command about one project's declaration.
pub fn run(place: &Place, verb: Verb) -> Outcome<Report> {
    match verb {
        Verb::New { file, dry_run } => create(place, &file, dry_run),
        Verb::Edit { code: typed, set, input, if_version, dry_run } => {
            let mut changes = match &input {
                Some(file) => object_of(place, file)?,
                None => Map::new(),
            };
            set_fields(&mut changes, &set)?;
            if changes.is_empty() {
                return Err(Failure::usage("没有要改的字段", "请用 --set 字段=值 或 --input 文件"));
            }
            edit(place, code(&typed), changes, if_version, dry_run)
        }
    }
}

fn create(place: &Place, file: &Path, dry_run: bool) -> Outcome<Report> {
    let value = Value::Object(object_of(place, file)?);
    let project = project_json::read(&value).map_err(|problems| Failure::fields(WHAT, problems))?;
    let draft = NewDraft {
        candidate: Candidate {
            row: 0,
            unit: project.unit,
            declaration: project.declaration,
            unclassified: project.unclassified,
        },
        unit_kind: project.unit_kind,
        supervising_unit: project.supervising_unit,
    };
    let (what, audit, found) = execute(place, Command::CreateProject(draft), dry_run)?;
    if let (Done::System { action, .. }, None) = (&what, &audit) {
        let document = json!({
            "code": null,
            "action": action,
            "stage": "draft",
            "version": null,
            "audit": null,
            "findings": [],
            "dry_run": true,
        });
        return Ok(Report::new(document, "检查通过，可以登记（未写入）。"));
    }
    Ok(done(&what, audit.as_ref(), &found))
}

/// Lays the changes over what is declared now. A change of the same version is what the person meant: whoever does
/// not say which version was seen still never overwrites what somebody else wrote between reading and writing.
fn edit(
    place: &Place,
    project: ProjectCode,
    changes: Map<String, Value>,
    if_version: Option<i64>,
    dry_run: bool,
) -> Outcome<Report> {
    let (mut service, session) = place.open()?;
    let view = service.ask(&session, Show { project: project.clone() })?;
    let registered = &view.dossier.project;
    let before = project_json::write(registered);
    let fixed = ["unit", "unit_kind", "supervising_unit"];
    let moved: Vec<FieldProblem> = fixed
        .iter()
        .filter(|name| changes.get(**name).is_some_and(|wanted| before.get(**name) != Some(wanted)))
        .map(|name| FieldProblem::new(*name, "登记后不能更改单位；确需更改的请重新登记"))
        .collect();
    if !moved.is_empty() {
        return Err(Failure::fields(WHAT, moved));
    }
    if changes.get("unclassified").is_some_and(|still| *still != Value::Bool(true)) {
        return Err(Error::Refused(vec![Unmet::NotDeclaredUnclassified]).into());
    }
    let changes: Map<String, Value> =
        changes.into_iter().map(|(name, value)| (name.clone(), laid(before.get(&name), &name, value))).collect();
    let declaration = project_json::lay_over(&registered.declaration, &Value::Object(changes))
        .map_err(|problems| Failure::fields(WHAT, problems))?;
    let command = Command::EditDeclaration {
        project,
        declaration: Box::new(declaration),
        if_version: Some(if_version.unwrap_or(registered.version)),
    };
    if dry_run {
        let what = service.rehearse(&session, &command)?;
        return Ok(done(&what, None, &found_in(&mut service, &session, &what)));
    }
    let receipt = service.execute(&session, OperationId::new(), command)?;
    let found = found_in(&mut service, &session, &receipt.done);
    Ok(done(&receipt.done, Some(&receipt.audit), &found))
}

/// Fields of an object change one by one, everything else as a whole; of the catalogue's two forms the one given
/// replaces the other.
fn laid(before: Option<&Value>, name: &str, change: Value) -> Value {
    match (before, change) {
        (Some(Value::Object(old)), Value::Object(new)) if name != "resource_catalogue" => {
            old.clone().into_iter().chain(new).collect::<Map<_, _>>().into()
        }
        (_, change) => change,
    }
}

fn object_of(place: &Place, file: &Path) -> Outcome<Map<String, Value>> {
    let value = json_in::parse(&place.read_text(file)?).map_err(|problem| Failure::fields(WHAT, vec![problem]))?;
    match value {
        Value::Object(object) => Ok(object),
        _ => Err(Failure::fields(WHAT, vec![FieldProblem::new("", "应为一个 JSON 对象，写作 {…}")])),
    }
}

/// Fields that hold something else than text; for them the value is JSON: `om={"free_months":36,…}`.
const NOT_TEXT: &[&str] = &[
    "plan_year",
    "funding",
    "unclassified",
    "custom_development",
    "in_year",
    "items",
    "resource_catalogue",
    "om",
    "entries",
    "names",
    "free_months",
    "years",
    "funding_request",
    "construction_plan",
];

/// Takes `key=value` and `outer.inner=value`; an empty value takes the field away.
fn set_fields(changes: &mut Map<String, Value>, set: &[(String, String)]) -> Outcome<()> {
    let mut problems = Vec::new();
    for (key, text) in set {
        let (outer, inner) = match key.split_once('.') {
            Some((outer, inner)) => (outer, Some(inner)),
            None => (key.as_str(), None),
        };
        let value = if text.is_empty() {
            Value::Null
        } else if NOT_TEXT.contains(&inner.unwrap_or(outer)) {
            match json_in::parse(text) {
                Ok(value) => value,
                Err(_) => {
                    problems.push(FieldProblem::new(key.as_str(), "该字段不是文字，值应为 JSON，如 12、true、{…}"));
                    continue;
                }
            }
        } else {
            Value::String(text.clone())
        };
        match inner {
            None => {
                changes.insert(outer.to_owned(), value);
            }
            Some(inner) => {
                let within = changes.entry(outer).or_insert_with(|| Value::Object(Map::new()));
                match within {
                    Value::Object(object) => {
                        object.insert(inner.to_owned(), value);
                    }
                    _ => problems.push(FieldProblem::new(key.as_str(), "与另一处对同一字段的设置矛盾")),
                }
            }
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(Failure::fields(WHAT, problems)) }
}
