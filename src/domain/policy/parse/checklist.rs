//! Reads the checklist of the technical review and the gists of the articles.

use std::collections::{BTreeMap, BTreeSet};

use super::value::{Section, Value, Vocabulary};
use crate::domain::checklist::{ChecklistItem, Dimension, Nature, Weight};
use crate::domain::ids::ItemId;
use crate::domain::policy::{Article, LAST_ARTICLE};

const DIMENSION: Vocabulary<Dimension> = Vocabulary { what: "维度", all: Dimension::ALL, code: Dimension::code };
const WEIGHT: Vocabulary<Weight> = Vocabulary { what: "级别", all: Weight::ALL, code: Weight::code };
const NATURE: Vocabulary<Nature> = Vocabulary { what: "适用对象", all: Nature::ALL, code: Nature::code };

/// What the items read so far have used.
#[derive(Default)]
struct Seen {
    /// Numbers, with the line of each.
    numbers: BTreeMap<String, usize>,
    dimensions: BTreeSet<Dimension>,
}

/// Reads the checklist: each number once, each dimension with at least one question 〔第七条〕.
pub(super) fn items(value: &Value<'_>) -> Option<Vec<ChecklistItem>> {
    let keys = &["id", "dimension", "text", "evidence", "articles", "weight", "applies_to"];
    let mut seen = Seen::default();
    let sections = value.list(|value| value.section(keys))?;
    let items = sections.iter().filter_map(|section| item(section, &mut seen)).collect();
    for dimension in Dimension::ALL.iter().filter(|dimension| !seen.dimensions.contains(dimension)) {
        value.complain(format!("维度“{dimension}”没有检查项，四个维度都要有"));
    }
    Some(items)
}

fn item(section: &Section<'_>, seen: &mut Seen) -> Option<ChecklistItem> {
    let id = section.read("id", Value::item_number);
    let dimension = section.read("dimension", |value| value.code(&DIMENSION));
    let text = section.read("text", Value::text);
    let evidence = section.read("evidence", Value::text);
    // In the order written: the first article is the main one.
    let articles = section.read("articles", |value| value.distinct(article_number));
    let weight = section.read("weight", |value| value.code(&WEIGHT));
    let applies_to = section.read("applies_to", |value| value.set(|nature| nature.code(&NATURE)));
    if let Some(id) = &id {
        let earlier = seen.numbers.insert(id.clone(), section.line("id"));
        refuse_repetition(section, "id", &format!("编号{id}"), earlier);
    }
    // Noted even where the item has another fault, which is no reason to call its dimension empty.
    seen.dimensions.extend(dimension);
    Some(ChecklistItem {
        id: ItemId::typed(&id?),
        dimension: dimension?,
        text: text?,
        evidence: evidence?,
        articles: articles?,
        weight: weight?,
        applies_to: applies_to?,
    })
}

/// Reads the gists: every article and the attachment once.
pub(super) fn articles(value: &Value<'_>) -> Option<Vec<Article>> {
    let sections = value.list(|value| value.section(&["number", "title", "gist"]))?;
    let mut seen = BTreeMap::new();
    let articles = sections.iter().filter_map(|section| article(section, &mut seen)).collect();
    let missing: Vec<String> = (0..=LAST_ARTICLE).filter(|number| !seen.contains_key(number)).map(name).collect();
    if !missing.is_empty() {
        value.complain(format!("缺少{}的要点", missing.join("、")));
    }
    Some(articles)
}

fn article(section: &Section<'_>, seen: &mut BTreeMap<u8, usize>) -> Option<Article> {
    let number = section.read("number", article_number);
    let title = section.read("title", Value::text);
    let gist = section.read("gist", Value::text);
    if let Some(number) = number {
        refuse_repetition(section, "number", &name(number), seen.insert(number, section.line("number")));
    }
    Some(Article { number: number?, title: title?, gist: gist? })
}

pub(super) fn article_number(value: &Value<'_>) -> Option<u8> {
    value.number(0..=u32::from(LAST_ARTICLE)).and_then(|number| u8::try_from(number).ok())
}

pub(super) fn refuse_repetition(section: &Section<'_>, key: &str, what: &str, earlier: Option<usize>) {
    if let Some(line) = earlier {
        section.complain(key, format!("{what}重复，第{line}行已经用过"));
    }
}

fn name(article: u8) -> String {
    if article == 0 { "附件（0）".to_owned() } else { format!("第{article}条") }
}
