//! `judge`: answers to checklist items.

use serde_json::Value;

use super::{code, done, execute};
use crate::cli::args::Judge;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::output::Report;
use crate::cli::place::Place;
use crate::documents::json_in::{self, Fields, Problems};
use crate::domain::checklist::Verdict;
use crate::domain::ids::ItemId;
use crate::service::command::{Command, ItemAnswer, VerdictChange};

const CLEAR: &str = "clear";

/// Answers one item, or those of a file.
pub fn run(place: &Place, args: Judge) -> Outcome<Report> {
    let answers = match (&args.item, &args.input) {
        (Some(item), _) => vec![ItemAnswer {
            item: ItemId::typed(item),
            verdict: args.verdict.as_deref().and_then(change).unwrap_or(VerdictChange::Keep),
            remark: args.remark,
            suggestion: args.suggestion,
            basis: args.basis,
            cite: args.cite,
        }],
        (None, Some(file)) => answers_of(&place.read_text(file)?)?,
        (None, None) => return Err(Failure::usage("没有写明条目", "请写明条目和判断，或用 --input 文件")),
    };
    let command = Command::Judge { project: code(&args.code), answers, if_version: args.if_version };
    let (what, audit, found) = execute(place, command, args.dry_run)?;
    Ok(done(&what, audit.as_ref(), &found))
}

fn change(code: &str) -> Option<VerdictChange> {
    if code == CLEAR { Some(VerdictChange::Clear) } else { Verdict::parse(code).map(VerdictChange::Set) }
}

/// Reads a list of answers, bare or under `items`.
fn answers_of(text: &str) -> Outcome<Vec<ItemAnswer>> {
    let what = "评审清单";
    let value = json_in::parse(text).map_err(|problem| Failure::fields(what, vec![problem]))?;
    let problems = Problems::default();
    let answers = match &value {
        Value::Array(list) => {
            let numbered = list.iter().enumerate();
            numbered
                .filter_map(|(at, item)| Fields::of(item, format!("[{at}]"), &problems))
                .map(|one| answer(&one))
                .collect()
        }
        other => Fields::of(other, String::new(), &problems).map(|object| all_of(&object)).unwrap_or_default(),
    };
    let answers: Vec<Option<ItemAnswer>> = answers;
    let mut problems = problems.into_vec();
    let answers: Vec<ItemAnswer> = answers.into_iter().flatten().collect();
    for (at, answer) in answers.iter().enumerate() {
        if answers.iter().take(at).any(|earlier| earlier.item == answer.item) {
            problems.push(json_in::FieldProblem::new(answer.item.as_str(), "同一条目写了两次，只能保留一次"));
        }
    }
    if problems.is_empty() && answers.is_empty() {
        problems.push(json_in::FieldProblem::new("items", "没有任何条目"));
    }
    if problems.is_empty() { Ok(answers) } else { Err(Failure::fields(what, problems)) }
}

fn all_of(object: &Fields<'_>) -> Vec<Option<ItemAnswer>> {
    object.objects("items").iter().map(answer).collect()
}

fn answer(fields: &Fields<'_>) -> Option<ItemAnswer> {
    let item = fields.line("item");
    let item = fields.needed("item", item);
    let codes: Vec<&str> = Verdict::ALL.iter().map(|verdict| verdict.code()).chain([CLEAR]).collect();
    let verdict = match fields.written("verdict", change, &codes.join("、")) {
        Some(change) => change,
        None => VerdictChange::Keep,
    };
    let text = |name: &'static str| fields.value(name).map(|_| fields.text(name).unwrap_or_default());
    let (remark, suggestion, basis, cite) = (text("remark"), text("suggestion"), text("basis"), text("cite"));
    Some(ItemAnswer { item: ItemId::typed(&item?), verdict, remark, suggestion, basis, cite })
}
