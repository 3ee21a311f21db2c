//! JSON from scripts, walked by hand: a derived reader stops at its first error and says it in English, but whoever
//! wrote the file wants every problem at once, each with the path of its field.
//!
//! A field that is not asked for is a problem too, so that a mistyped name never passes silently.

use std::cell::RefCell;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use crate::domain::money::{Money, MoneyProblem};
use crate::domain::text::{clean_line, clean_text};
use crate::domain::workflow::input::{LONGEST_LINE, LONGEST_TEXT};
use crate::wording::problem::money;

/// Something wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldProblem {
    /// The path of the field, such as `items[2].amount_wan`; empty where the whole document is meant.
    pub field: String,
    /// What is wrong and what is expected, in Chinese.
    pub message: String,
}

impl FieldProblem {
    /// Notes a problem.
    pub fn new(field: impl Into<String>, message: impl Into<String>) -> FieldProblem {
        FieldProblem { field: clean_line(&field.into()).into_owned(), message: message.into() }
    }
}

/// The problems found so far; shared by all readers of one document.
#[derive(Debug, Default)]
pub struct Problems(RefCell<Vec<FieldProblem>>);

impl Problems {
    /// Adds one.
    pub fn add(&self, field: impl Into<String>, message: impl Into<String>) {
        self.0.borrow_mut().push(FieldProblem::new(field, message));
    }

    /// Gives all of them.
    pub fn into_vec(self) -> Vec<FieldProblem> {
        self.0.into_inner()
    }
}

/// Reads a text as JSON. A field that stands twice is refused: which of the two was meant cannot be told, and
/// `"unclassified"` decides whether anything is stored at all.
pub fn parse(text: &str) -> Result<Value, FieldProblem> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match serde_json::from_str::<Strict>(text) {
        Ok(Strict(value)) => Ok(value),
        Err(error) => {
            let said = error.to_string();
            let what = match said.strip_prefix(TWICE).and_then(|rest| rest.split(TWICE).next()) {
                Some(field) => format!("字段“{}”出现了两次，只能保留一个", clean_line(field)),
                None if error.is_eof() => "内容不完整，括号或引号没有结束".to_owned(),
                None => "不是合法的 JSON".to_owned(),
            };
            Err(FieldProblem::new("", format!("第 {} 行第 {} 列：{what}", error.line(), error.column())))
        }
    }
}

/// Stands around the name of a repeated field in the error of the reader below; no person ever sees it.
const TWICE: &str = "\u{1}";

/// A value none of whose objects has a field twice.
struct Strict(Value);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Strict, D::Error> {
        deserializer.deserialize_any(StrictVisitor).map(Strict)
    }
}

struct StrictVisitor;

impl<'de> Visitor<'de> for StrictVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    // Kept only to be refused where it stands; no amount is ever read from it.
    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(Strict(item)) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(name) = fields.next_key::<String>()? {
            let Strict(value) = fields.next_value()?;
            if object.contains_key(&name) {
                return Err(serde::de::Error::custom(format!("{TWICE}{name}{TWICE}")));
            }
            object.insert(name, value);
        }
        Ok(Value::Object(object))
    }
}

/// An object whose fields are taken one by one; what was not taken when it is dropped is reported as unknown.
#[derive(Debug)]
pub struct Fields<'v> {
    path: String,
    object: &'v Map<String, Value>,
    problems: &'v Problems,
    known: RefCell<Vec<&'static str>>,
}

impl Drop for Fields<'_> {
    fn drop(&mut self) {
        let known = self.known.borrow();
        for name in self.object.keys().filter(|name| !known.contains(&name.as_str())) {
            self.problems.add(self.place(name), format!("没有这个字段；可用的有：{}", known.join("、")));
        }
    }
}

impl<'v> Fields<'v> {
    /// Takes a value that must be an object.
    pub fn of(value: &'v Value, path: String, problems: &'v Problems) -> Option<Fields<'v>> {
        match value {
            Value::Object(object) => Some(Fields { path, object, problems, known: RefCell::default() }),
            _ => {
                problems.add(path, "应为对象，写作 {…}");
                None
            }
        }
    }

    /// Tells the path of a field.
    pub fn place(&self, name: &str) -> String {
        if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) }
    }

    /// Reports a problem of a field.
    pub fn problem(&self, name: &str, message: impl Into<String>) {
        self.problems.add(self.place(name), message);
    }

    /// Takes a field as it is; null counts as not given.
    pub fn value(&self, name: &'static str) -> Option<&'v Value> {
        let mut known = self.known.borrow_mut();
        if !known.contains(&name) {
            known.push(name);
        }
        self.object.get(name).filter(|value| !value.is_null())
    }

    /// Tells whether a field stands there at all, be it null.
    pub fn has(&self, name: &str) -> bool {
        self.object.contains_key(name)
    }

    fn string(&self, name: &'static str) -> Option<&'v str> {
        match self.value(name)? {
            Value::String(text) => Some(text),
            _ => {
                self.problem(name, "应为字符串，写在双引号内");
                None
            }
        }
    }

    fn limited(&self, name: &str, text: &str, limit: usize) -> Option<String> {
        let text = text.trim();
        if text.chars().count() > limit {
            self.problem(name, format!("超过 {limit} 字"));
        }
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// Takes a text of one line; a blank one counts as not given.
    pub fn line(&self, name: &'static str) -> Option<String> {
        self.limited(name, &clean_line(self.string(name)?), LONGEST_LINE)
    }

    /// Takes a text of several lines; a blank one counts as not given.
    pub fn text(&self, name: &'static str) -> Option<String> {
        self.limited(name, &clean_text(self.string(name)?), LONGEST_TEXT)
    }

    /// Takes a list of lines, each once and none blank; none where it is not given.
    pub fn lines(&self, name: &'static str, most: usize) -> Vec<String> {
        let list = match self.value(name) {
            None => return Vec::new(),
            Some(Value::Array(list)) if list.len() <= most => list,
            Some(_) => {
                self.problem(name, format!("应为列表，写作 [\"…\"]，不超过 {most} 项"));
                return Vec::new();
            }
        };
        let mut lines: Vec<String> = Vec::with_capacity(list.len());
        for (at, value) in list.iter().enumerate() {
            let place = format!("{name}[{at}]");
            match value.as_str().and_then(|text| self.limited(&place, &clean_line(text), LONGEST_LINE)) {
                Some(line) if lines.contains(&line) => self.problem(&place, "与前面重复"),
                Some(line) => lines.push(line),
                None => self.problem(&place, "应为不空的字符串"),
            }
        }
        lines
    }

    /// Takes yes or no.
    pub fn flag(&self, name: &'static str) -> Option<bool> {
        match self.value(name)? {
            Value::Bool(flag) => Some(*flag),
            _ => {
                self.problem(name, "应为 true 或 false");
                None
            }
        }
    }

    /// Takes a whole number within bounds.
    pub fn number(&self, name: &'static str, least: i64, most: i64) -> Option<i64> {
        let number = self.value(name)?.as_i64().filter(|number| (least..=most).contains(number));
        if number.is_none() {
            self.problem(name, format!("应为 {least} 到 {most} 之间的整数"));
        }
        number
    }

    /// Takes a positive amount in 万元, which is a text: a number of JSON would pass through binary fractions.
    pub fn money(&self, name: &'static str) -> Option<Money> {
        self.amount(name, Money::parse_wan)
    }

    /// Takes an amount in 万元 that may be zero.
    pub fn money_or_zero(&self, name: &'static str) -> Option<Money> {
        self.amount(name, Money::parse_wan_or_zero)
    }

    fn amount(&self, name: &'static str, parse: fn(&str) -> Result<Money, MoneyProblem>) -> Option<Money> {
        let text = match self.value(name)? {
            Value::String(text) => text,
            Value::Number(_) => {
                self.problem(name, "金额应写成字符串（万元），如 \"99.9999\"，不能直接写数字");
                return None;
            }
            _ => {
                self.problem(name, "金额应写成字符串（万元），如 \"99.9999\"");
                return None;
            }
        };
        parse(text).map_err(|problem| self.problem(name, money(problem))).ok()
    }

    /// Takes a code of a fixed vocabulary.
    pub fn code<T: Copy>(
        &self,
        name: &'static str,
        parse: fn(&str) -> Option<T>,
        all: &[T],
        code: fn(T) -> &'static str,
    ) -> Option<T> {
        let text = self.string(name)?;
        let found = parse(text.trim());
        if found.is_none() {
            let codes: Vec<&str> = all.iter().map(|value| code(*value)).collect();
            self.problem(name, format!("应为以下之一：{}", codes.join("、")));
        }
        found
    }

    /// Takes a value written in a form of its own, such as a day.
    pub fn written<T>(&self, name: &'static str, parse: fn(&str) -> Option<T>, expected: &str) -> Option<T> {
        let found = parse(self.string(name)?.trim());
        if found.is_none() {
            self.problem(name, format!("应写成 {expected}"));
        }
        found
    }

    /// Takes an object.
    pub fn object(&self, name: &'static str) -> Option<Fields<'v>> {
        let value = self.value(name)?;
        Fields::of(value, self.place(name), self.problems)
    }

    /// Takes a list of objects.
    pub fn objects(&self, name: &'static str) -> Vec<Fields<'v>> {
        match self.value(name) {
            None => Vec::new(),
            Some(Value::Array(items)) => {
                let numbered = items.iter().enumerate();
                numbered
                    .filter_map(|(at, item)| Fields::of(item, format!("{}[{at}]", self.place(name)), self.problems))
                    .collect()
            }
            Some(_) => {
                self.problem(name, "应为列表，写作 […]");
                Vec::new()
            }
        }
    }

    /// Tells a value that must be given; reports it where neither it nor another problem of it is known.
    pub fn needed<T>(&self, name: &str, value: Option<T>) -> Option<T> {
        if value.is_none() && self.object.get(name).is_none_or(is_blank) {
            self.problem(name, "必须填写");
        }
        value
    }
}

fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        _ => false,
    }
}
