//! Reads the open questions with which the register of interpretations begins 〔第十八条〕.

use std::collections::BTreeMap;

use super::checklist::{article_number, refuse_repetition};
use super::value::{Section, Value};
use crate::domain::policy::Question;

/// Reads the questions: each number once.
pub(super) fn questions(value: &Value<'_>) -> Option<Vec<Question>> {
    let sections = value.list(|value| value.section(&["number", "text", "articles", "practice", "settings"]))?;
    let mut seen = BTreeMap::new();
    Some(sections.iter().filter_map(|section| question(section, &mut seen)).collect())
}

fn question(section: &Section<'_>, seen: &mut BTreeMap<u32, usize>) -> Option<Question> {
    let number = section.read("number", |value| value.number(1..=999));
    let text = section.read("text", Value::text);
    let articles = section.read("articles", |value| value.distinct(article_number));
    let practice = section.read("practice", Value::text);
    let settings = section.read_or("settings", Vec::new(), |value| value.distinct(Value::setting));
    if let Some(number) = number {
        let earlier = seen.insert(number, section.line("number"));
        refuse_repetition(section, "number", &format!("问题{number}"), earlier);
    }
    Some(Question { number: number?, text: text?, articles: articles?, practice: practice?, settings: settings? })
}
