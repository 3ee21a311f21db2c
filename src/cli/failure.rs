//! A command that did not succeed: kind and exit code for scripts, sentences for people.

use serde_json::{Map, Value, json};

use crate::documents::json_in::FieldProblem;
use crate::domain::workflow::unmet::Unmet;
use crate::service::error::{Error, Invalid, Kind, StoreError};
use crate::wording::{self, labels};

/// What a failure is called in JSON, and the exit code it ends with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailureKind {
    /// Wrong arguments.
    Usage,
    /// Any failure of the service.
    Service(Kind),
}

impl FailureKind {
    /// Tells the word promised to scripts.
    pub fn code(self) -> &'static str {
        match self {
            FailureKind::Usage => "usage",
            FailureKind::Service(Kind::Bug) => "bug",
            FailureKind::Service(Kind::Refused) => "refused",
            FailureKind::Service(Kind::Denied) => "denied",
            FailureKind::Service(Kind::Conflict) => "conflict",
            FailureKind::Service(Kind::Invalid) => "invalid",
            FailureKind::Service(Kind::Unavailable) => "unavailable",
            FailureKind::Service(Kind::NotFound) => "not-found",
        }
    }

    /// Tells the exit code promised to scripts.
    pub fn exit(self) -> u8 {
        match self {
            FailureKind::Service(Kind::Bug) => 1,
            FailureKind::Usage => 2,
            FailureKind::Service(Kind::Refused) => 3,
            FailureKind::Service(Kind::Denied) => 4,
            FailureKind::Service(Kind::Conflict) => 5,
            FailureKind::Service(Kind::Invalid) => 6,
            FailureKind::Service(Kind::Unavailable) => 7,
            FailureKind::Service(Kind::NotFound) => 8,
        }
    }
}

/// A command that did not succeed.
#[derive(Debug)]
pub struct Failure {
    /// Its kind.
    pub kind: FailureKind,
    /// In one sentence, what did not happen.
    pub message: String,
    /// Why, one line per reason.
    pub causes: Vec<String>,
    /// What to do.
    pub hint: String,
    /// Further keys of the error document.
    pub more: Vec<(String, Value)>,
}

/// What a command comes to.
pub type Outcome<T> = Result<T, Failure>;

impl Failure {
    /// Makes a failure of a kind.
    pub fn new(kind: FailureKind, message: impl Into<String>, hint: impl Into<String>) -> Failure {
        Failure { kind, message: message.into(), causes: Vec::new(), hint: hint.into(), more: Vec::new() }
    }

    /// Wrong arguments.
    pub fn usage(message: impl Into<String>, hint: impl Into<String>) -> Failure {
        Failure::new(FailureKind::Usage, message, hint)
    }

    /// An input that is not acceptable.
    pub fn invalid(message: impl Into<String>, hint: impl Into<String>) -> Failure {
        Failure::new(FailureKind::Service(Kind::Invalid), message, hint)
    }

    /// Fields that are not acceptable, each named.
    pub fn fields(what: &str, problems: Vec<FieldProblem>) -> Failure {
        let message = format!("{what}有 {} 处问题，未办理", problems.len());
        let mut failure = Failure::invalid(message, "请按提示更正后重试");
        failure.causes = problems
            .iter()
            .map(|problem| match problem.field.as_str() {
                "" => problem.message.clone(),
                field => format!("{field}：{}", problem.message),
            })
            .collect();
        let listed = problems.iter().map(|problem| json!({ "field": problem.field, "message": problem.message }));
        failure.with("problems", listed.collect())
    }

    /// Adds a key to the error document.
    pub fn with(mut self, key: &str, value: Value) -> Failure {
        self.more.push((key.to_owned(), value));
        self
    }

    /// Writes the error document.
    pub fn document(&self) -> Value {
        let mut error = Map::new();
        error.insert("kind".to_owned(), json!(self.kind.code()));
        error.insert("message".to_owned(), json!(self.message));
        error.insert("hint".to_owned(), json!(self.hint));
        error.insert("causes".to_owned(), json!(self.causes));
        error.insert("unmet".to_owned(), json!([]));
        error.extend(self.more.clone());
        json!({ "error": error })
    }

    /// Writes the failure for a person.
    pub fn text(&self) -> String {
        let mut lines = vec![format!("错误：{}", self.message)];
        lines.extend(self.causes.iter().map(|cause| format!("  · {cause}")));
        if !self.hint.is_empty() {
            lines.push(format!("处理：{}", self.hint));
        }
        lines.join("\n")
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        let said = wording::problem(&error);
        let failure = Failure {
            causes: said.causes,
            ..Failure::new(FailureKind::Service(error.kind()), said.title, said.remedy)
        };
        match &error {
            Error::Refused(conditions) => failure.with("unmet", unmet_list(conditions)),
            Error::Invalid(problems) => failure.with("problems", problems.iter().map(invalid).collect()),
            Error::Conflict { code, current } => {
                failure.with("code", json!(code.as_str())).with("current_version", json!(current))
            }
            _ => failure,
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Failure {
        Error::from(error).into()
    }
}

/// Writes conditions that are not met.
pub fn unmet_list(conditions: &[Unmet]) -> Value {
    let written = conditions.iter().map(|condition| {
        let (rule, said) = (condition.rule(), wording::unmet(condition));
        json!({
            "rule": rule.id(),
            "article": rule.article(),
            "basis": labels::article(rule.article()),
            "message": said.message,
            "remedy": said.remedy,
        })
    });
    written.collect()
}

fn invalid(problem: &Invalid) -> Value {
    let message = wording::problem::invalid(problem);
    match problem {
        Invalid::Input(input) => {
            json!({ "field": input.field, "message": wording::problem::field_problem(&input.problem) })
        }
        Invalid::Policy(line) => json!({ "line": line.line, "message": line.message }),
        Invalid::NameMissing => json!({ "field": "name", "message": message }),
        Invalid::AmountMissing => json!({ "field": "amount_wan", "message": message }),
        Invalid::UnitMissing => json!({ "field": "unit", "message": message }),
        Invalid::UnitNotRegistered { row, .. } => json!({ "row": row, "field": "unit", "message": message }),
        Invalid::TwiceInForm(row) => json!({ "row": row, "message": message }),
        Invalid::ItemNotApplicable(item) => json!({ "item": item.as_str(), "message": message }),
        _ => json!({ "message": message }),
    }
}
