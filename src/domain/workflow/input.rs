//! Reads what a person gave for an action against the action's one description of its input.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::action::{Action, InputSpec, Key, Kind, Need};
use crate::domain::calendar::{Moment, parse_date, parse_moment};
use crate::domain::money::{Money, MoneyProblem};
use crate::domain::text::{clean_line, clean_text};

/// The longest line a field takes, in characters.
pub const LONGEST_LINE: usize = 200;
/// The longest text a field takes, in characters.
pub const LONGEST_TEXT: usize = 20_000;

/// A checked value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Text, a code or an account.
    Text(String),
    /// An amount.
    Money(Money),
    /// A day.
    Date(NaiveDate),
    /// A moment.
    Moment(Moment),
    /// A number.
    Number(u32),
    /// Yes or no.
    Flag(bool),
    /// Entries or codes.
    Lines(Vec<String>),
    /// Records, each with its parts in the order of the kind's fields.
    Records(Vec<Vec<String>>),
}

/// Writes the value the way scripts give it.
impl std::fmt::Display for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Value::Text(text) => f.write_str(text),
            Value::Money(amount) => amount.fmt(f),
            Value::Date(date) => date.fmt(f),
            Value::Moment(moment) => f.write_str(&moment.to_rfc3339()),
            Value::Number(number) => number.fmt(f),
            Value::Flag(yes) => yes.fmt(f),
            Value::Lines(lines) => f.write_str(&lines.join("\n")),
            Value::Records(records) => {
                let lines: Vec<String> = records.iter().map(|parts| parts.join("|")).collect();
                f.write_str(&lines.join("\n"))
            }
        }
    }
}

/// What is wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldProblem {
    /// The action knows no such field.
    Unknown,
    /// It must be given.
    Missing,
    /// It must be given because another field has that value.
    MissingBecause(Key),
    /// Not an amount.
    Money(MoneyProblem),
    /// Not a day written as `2026-09-12`.
    Date,
    /// Not a moment written as RFC 3339.
    Moment,
    /// Not a whole number from the first to the second.
    Count(u32, u32),
    /// Neither yes nor no.
    Flag,
    /// A line that is not `code=text` with one of these codes, each once.
    Named(&'static [&'static str]),
    /// A line without all its parts.
    Record {
        /// Which line, 1 for the first.
        line: usize,
        /// The parts it must have.
        parts: &'static [&'static str],
    },
    /// None of the codes.
    Choice(&'static [&'static str]),
    /// No active account with the role.
    Account,
    /// Not 64 hexadecimal digits.
    Digest,
    /// Longer than so many characters.
    TooLong(usize),
    /// No ruling of this number applies today.
    Ruling,
    /// Only the intake clerk may say when a paper form arrived.
    OnlyIntake,
}

/// A field and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputProblem {
    /// The field as given.
    pub field: String,
    /// What is wrong.
    pub problem: FieldProblem,
}

/// What a person gave, read and checked: only fields the action knows, each of its kind.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inputs(BTreeMap<Key, Value>);

impl Inputs {
    /// Reads raw texts against the action's fields; reports every problem.
    pub fn read(action: Action, raw: &BTreeMap<String, String>) -> Result<Inputs, Vec<InputProblem>> {
        Inputs::read_fields(&fields_of(action), raw)
    }

    /// Reads raw texts against fields already listed, as a form on the screen holds them.
    pub fn read_fields(specs: &[InputSpec], raw: &BTreeMap<String, String>) -> Result<Inputs, Vec<InputProblem>> {
        let mut problems = Vec::new();
        let mut values = BTreeMap::new();
        for (field, text) in raw {
            let Some(spec) = Key::parse(field).and_then(|key| specs.iter().find(|spec| spec.key == key)) else {
                problems.push(InputProblem { field: field.clone(), problem: FieldProblem::Unknown });
                continue;
            };
            match read_value(spec.kind, text) {
                Ok(Some(value)) => {
                    values.insert(spec.key, value);
                }
                Ok(None) => {}
                Err(problem) => problems.push(InputProblem { field: field.clone(), problem }),
            }
        }
        let inputs = Inputs(values);
        for spec in specs {
            let named = problems.iter().any(|problem| problem.field == spec.key.code());
            if inputs.0.contains_key(&spec.key) || named {
                continue;
            }
            if let Some(problem) = spec.need.lack(|key| inputs.text(key)) {
                problems.push(InputProblem { field: spec.key.code().to_owned(), problem });
            }
        }
        if problems.is_empty() { Ok(inputs) } else { Err(problems) }
    }

    /// Reads back what was stored for an action that was taken. What this program does not know, or no longer reads, is
    /// left out: an old record is never refused.
    pub fn stored<'a>(action: Action, pieces: impl Iterator<Item = (&'a str, &'a str)>) -> Inputs {
        let specs = fields_of(action);
        let read = |(field, text): (&str, &str)| {
            let spec = Key::parse(field).and_then(|key| specs.iter().find(|spec| spec.key == key))?;
            Some((spec.key, read_value(spec.kind, text).ok().flatten()?))
        };
        Inputs(pieces.filter_map(read).collect())
    }

    /// Tells a text, code or account; `None` where it was not given.
    pub fn text(&self, key: Key) -> Option<&str> {
        match self.0.get(&key) {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// Tells an amount.
    pub fn money(&self, key: Key) -> Option<Money> {
        match self.0.get(&key) {
            Some(Value::Money(amount)) => Some(*amount),
            _ => None,
        }
    }

    /// Tells a day.
    pub fn date(&self, key: Key) -> Option<NaiveDate> {
        match self.0.get(&key) {
            Some(Value::Date(date)) => Some(*date),
            _ => None,
        }
    }

    /// Tells a moment.
    pub fn moment(&self, key: Key) -> Option<Moment> {
        match self.0.get(&key) {
            Some(Value::Moment(moment)) => Some(*moment),
            _ => None,
        }
    }

    /// Tells a number.
    pub fn number(&self, key: Key) -> Option<u32> {
        match self.0.get(&key) {
            Some(Value::Number(number)) => Some(*number),
            _ => None,
        }
    }

    /// Tells yes or no.
    pub fn flag(&self, key: Key) -> Option<bool> {
        match self.0.get(&key) {
            Some(Value::Flag(yes)) => Some(*yes),
            _ => None,
        }
    }

    /// Lists entries or codes; none where the field was not given.
    pub fn lines(&self, key: Key) -> &[String] {
        match self.0.get(&key) {
            Some(Value::Lines(lines)) => lines,
            _ => &[],
        }
    }

    /// Lists records; none where the field was not given.
    pub fn records(&self, key: Key) -> &[Vec<String>] {
        match self.0.get(&key) {
            Some(Value::Records(records)) => records,
            _ => &[],
        }
    }

    /// Goes through all values given, in the order of the vocabulary.
    pub fn iter(&self) -> impl Iterator<Item = (Key, &Value)> {
        self.0.iter().map(|(key, value)| (*key, value))
    }
}

impl Need {
    /// Tells what is wrong when the field is left out, if anything; `given` tells what another field holds.
    pub fn lack<'a>(self, given: impl Fn(Key) -> Option<&'a str>) -> Option<FieldProblem> {
        match self {
            Need::Always => Some(FieldProblem::Missing),
            Need::Optional => None,
            Need::When(other, codes) => {
                let given = given(other)?;
                (codes.is_empty() || codes.contains(&given)).then_some(FieldProblem::MissingBecause(other))
            }
        }
    }
}

/// Lists every field of an action, those of a transcription included; an own field keeps its stricter need.
pub fn fields_of(action: Action) -> Vec<InputSpec> {
    let mut specs = action.inputs().to_vec();
    if action.transcribable() {
        for extra in Action::transcription_inputs() {
            if !specs.iter().any(|spec| spec.key == extra.key) {
                specs.push(*extra);
            }
        }
    }
    specs
}

/// Reads one text as a value of the kind; blank text counts as not given.
pub fn read_value(kind: Kind, text: &str) -> Result<Option<Value>, FieldProblem> {
    let text = match kind {
        Kind::Text | Kind::Lines | Kind::Records(_) | Kind::Choices(_) | Kind::Named(_) => clean_text(text),
        _ => clean_line(text),
    };
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let limited = |limit: usize| match text.chars().count() > limit {
        true => Err(FieldProblem::TooLong(limit)),
        false => Ok(Value::Text(text.to_owned())),
    };
    match kind {
        Kind::Line | Kind::Account(_) | Kind::Expert | Kind::Fix => limited(LONGEST_LINE),
        Kind::Text => limited(LONGEST_TEXT),
        Kind::Money => Money::parse_wan(text).map(Value::Money).map_err(FieldProblem::Money),
        Kind::MoneyOrZero => Money::parse_wan_or_zero(text).map(Value::Money).map_err(FieldProblem::Money),
        Kind::Date => parse_date(text).map(Value::Date).ok_or(FieldProblem::Date),
        Kind::Moment => parse_moment(text).map(Value::Moment).ok_or(FieldProblem::Moment),
        Kind::Count(least, most) => match text.parse::<u32>() {
            Ok(number) if (least..=most).contains(&number) => Ok(Value::Number(number)),
            _ => Err(FieldProblem::Count(least, most)),
        },
        Kind::Flag => match text {
            "true" | "yes" | "是" => Ok(Value::Flag(true)),
            "false" | "no" | "否" => Ok(Value::Flag(false)),
            _ => Err(FieldProblem::Flag),
        },
        Kind::Lines => limited(LONGEST_TEXT).map(|_| Value::Lines(entries(text))),
        Kind::Choices(codes) => {
            let chosen: Vec<String> =
                text.split([',', '，', '、', ' ', '\n']).filter(|code| !code.is_empty()).map(str::to_owned).collect();
            match chosen.iter().all(|code| codes.contains(&code.as_str())) {
                true => Ok(Value::Lines(chosen)),
                false => Err(FieldProblem::Choice(codes)),
            }
        }
        Kind::Named(codes) => limited(LONGEST_TEXT).and_then(|_| named(text, codes)),
        Kind::Records(parts) => limited(LONGEST_TEXT).and_then(|_| records(text, parts)),
        Kind::Choice(codes) => match codes.contains(&text) {
            true => Ok(Value::Text(text.to_owned())),
            false => Err(FieldProblem::Choice(codes)),
        },
        Kind::Digest => match text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit()) {
            true => Ok(Value::Text(text.to_lowercase())),
            false => Err(FieldProblem::Digest),
        },
    }
    .map(Some)
}

fn entries(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// Reads records: one a line, their parts separated by `|`, a comma or blanks, as people write lists of names.
fn records(text: &str, parts: &'static [&'static str]) -> Result<Value, FieldProblem> {
    let read = |(index, line): (usize, &String)| {
        let separators: &[char] =
            if line.contains(['|', '｜']) { &['|', '｜'] } else { &[',', '，', '、', ' ', '　'] };
        let found: Vec<String> =
            line.split(separators).map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect();
        match found.len() == parts.len() {
            true => Ok(found),
            false => Err(FieldProblem::Record { line: index + 1, parts }),
        }
    };
    entries(text).iter().enumerate().map(read).collect::<Result<_, _>>().map(Value::Records)
}

/// Reads texts under their codes: each begins with its code and `=` and goes on over the lines after it.
fn named(text: &str, codes: &'static [&'static str]) -> Result<Value, FieldProblem> {
    let mut found: Vec<Vec<String>> = Vec::new();
    for line in text.lines() {
        let begins = line.split_once(['=', '＝']).map(|(code, rest)| (code.trim(), rest.trim()));
        if let Some((code, rest)) = begins.filter(|(code, _)| codes.contains(code)) {
            if found.iter().any(|one| one.first().is_some_and(|known| known == code)) {
                return Err(FieldProblem::Named(codes));
            }
            found.push(vec![code.to_owned(), rest.to_owned()]);
        } else if let Some(said) = found.last_mut().and_then(|last| last.last_mut()) {
            said.push('\n');
            said.push_str(line.trim_end());
        } else {
            return Err(FieldProblem::Named(codes));
        }
    }
    found.retain(|one| one.last().is_some_and(|said| !said.trim().is_empty()));
    Ok(Value::Records(found))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(action: Action, given: &[(&str, &str)]) -> Result<Inputs, Vec<InputProblem>> {
        Inputs::read(action, &given.iter().map(|(k, v)| (k.to_string(), v.to_string())).collect())
    }

    #[test]
    fn every_problem_is_told_at_once() {
        let problems =
            read(Action::ApproveProject, &[("doc_date", "2026-13-01"), ("amount_wan", "约100"), ("colour", "red")])
                .unwrap_err();
        let fields: Vec<&str> = problems.iter().map(|p| p.field.as_str()).collect();
        assert_eq!(fields, ["amount_wan", "colour", "doc_date", "doc_no"]);
    }

    #[test]
    fn an_opinion_is_needed_unless_the_vote_agrees() {
        assert!(read(Action::Vote, &[("result", "agree")]).is_ok());
        let problems = read(Action::Vote, &[("result", "disagree")]).unwrap_err();
        assert_eq!(problems[0].problem, FieldProblem::MissingBecause(Key::Result));
    }

    #[test]
    fn a_transcription_needs_the_papers_number_date_and_scan() {
        let problems = read(Action::Vote, &[("result", "agree"), ("on_behalf_of", "finance")]).unwrap_err();
        let fields: Vec<&str> = problems.iter().map(|p| p.field.as_str()).collect();
        assert_eq!(fields, ["doc_no", "doc_date", "scan_digest"]);
    }

    #[test]
    fn escape_sequences_do_not_survive_reading() {
        let inputs = read(Action::Decline, &[("opinion", "不同意\u{1b}[2J\n请补正")]).unwrap();
        assert_eq!(inputs.text(Key::Opinion), Some("不同意[2J\n请补正"));
    }
}
