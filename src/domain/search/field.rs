//! The fields of the filter language, and the labels under which their values are known.

use crate::domain::actor::Role;
use crate::domain::checklist::{Dimension, Verdict};
use crate::domain::project::{ProjectKind, Stage};
use crate::domain::route::RouteCode;
use crate::domain::vocabulary::vocabulary;

use super::fold::fold;

vocabulary!(
    /// A field of the filter language; its code is the English name in the language.
    Field {
        /// 状态.
        State = "state",
        /// 单位.
        Unit = "unit",
        /// 编号.
        Id = "id",
        /// 名称.
        Name = "name",
        /// 金额.
        Amount = "amount",
        /// 期限.
        Due = "due",
        /// 等待 — days since the project came to its stage.
        Wait = "wait",
        /// 年度 — the plan year.
        Year = "year",
        /// 路线.
        Route = "route",
        /// 轮到 — whose turn it is.
        Turn = "turn",
        /// 主办.
        Owner = "owner",
        /// 类型.
        Kind = "kind",
        /// 更新 — the last change.
        Updated = "upd",
        /// 版本 — which version of the technical scheme is before the review.
        Edition = "ver",
        /// 维度 — answers to the checklist by dimension; the dimension may be part of the name: 维度2.
        Dimension = "dim",
        /// 条目 — answers to the checklist by item; the item may be part of the name: 条目B04, 条目2.4.
        Item = "item",
        /// 有 — something belongs to the project.
        Has = "has",
        /// 无 — something does not.
        Lacks = "no",
        /// 排序 — not a condition but the order of the result.
        Sort = "sort",
    }
);

impl Field {
    /// Tells the Chinese name in the language.
    pub const fn name(self) -> &'static str {
        match self {
            Field::State => "状态",
            Field::Unit => "单位",
            Field::Id => "编号",
            Field::Name => "名称",
            Field::Amount => "金额",
            Field::Due => "期限",
            Field::Wait => "等待",
            Field::Year => "年度",
            Field::Route => "路线",
            Field::Turn => "轮到",
            Field::Owner => "主办",
            Field::Kind => "类型",
            Field::Updated => "更新",
            Field::Edition => "版本",
            Field::Dimension => "维度",
            Field::Item => "条目",
            Field::Has => "有",
            Field::Lacks => "无",
            Field::Sort => "排序",
        }
    }

    /// Finds the field of a typed name: Chinese, English or an alias, in any width and case.
    pub fn typed(name: &str) -> Option<Field> {
        let name = fold(name);
        match name.as_str() {
            "org" => Some(Field::Unit),
            "code" => Some(Field::Id),
            "type" => Some(Field::Kind),
            _ => Field::ALL.iter().copied().find(|field| name == field.name() || name == field.code()),
        }
    }

    /// Finds the field of a typed name, and what of the checklist is part of that name (维度2, 条目B04).
    pub(super) fn with_part(name: &str) -> Option<(Field, String)> {
        if let Some(field) = Field::typed(name) {
            return Some((field, String::new()));
        }
        let name = fold(name);
        [Field::Dimension, Field::Item].into_iter().find_map(|field| {
            let part = name.strip_prefix(field.name()).or_else(|| name.strip_prefix(field.code()))?;
            names_a_part(field, part).then(|| (field, part.to_owned()))
        })
    }

    /// Tells a name of the grammar for which the county keeps no data, and the field that comes nearest.
    pub(super) fn without_data(name: &str) -> Option<Option<Field>> {
        match fold(name).as_str() {
            "标签" | "tag" => Some(Some(Field::Kind)),
            "正文" | "text" => Some(Some(Field::Name)),
            "列" | "cols" => Some(Some(Field::Sort)),
            _ => None,
        }
    }

    /// Finds the field whose name is most like a mistyped one; `None` where nothing is alike.
    pub fn nearest(name: &str) -> Option<Field> {
        let names = Field::ALL.iter().flat_map(|field| [(*field, field.name()), (*field, field.code())]);
        nearest(&fold(name), names)
    }
}

/// How the enumerations are called on the screen; the words live in `wording` and are lent to the parser.
#[derive(Debug, Clone, Copy)]
pub struct Labels {
    /// The label of a stage.
    pub stage: fn(Stage) -> &'static str,
    /// The label of a way.
    pub route: fn(RouteCode) -> &'static str,
    /// The label of a role.
    pub role: fn(Role) -> &'static str,
    /// The label of a kind of project.
    pub kind: fn(ProjectKind) -> &'static str,
    /// The label of an answer to the checklist.
    pub verdict: fn(Verdict) -> &'static str,
    /// The label of a dimension of the checklist.
    pub dimension: fn(Dimension) -> &'static str,
}

/// Tells whether a text behind the name of a field says which dimension or item: 2, or B04 and 2.4.
fn names_a_part(field: Field, part: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.len() <= 3 && text.bytes().all(|b| b.is_ascii_digit());
    match field {
        Field::Dimension => digits(part),
        _ => {
            let number = part.trim_start_matches(|c: char| c.is_ascii_lowercase());
            let (before, behind) = number.split_once('.').unwrap_or((number, "1"));
            part.chars().count() <= 7 && digits(before) && digits(behind)
        }
    }
}

/// Finds the values meant by a code, a label or the beginning of one.
///
/// A whole code or label means that value alone; a beginning means every value that begins so.
pub(super) fn meant<T: Copy>(typed: &str, values: &[T], names: impl Fn(T) -> [&'static str; 2]) -> Vec<T> {
    let typed = fold(typed.trim());
    let matching = |hit: fn(&str, &str) -> bool| -> Vec<T> {
        values.iter().copied().filter(|value| names(*value).iter().any(|name| hit(&fold(name), &typed))).collect()
    };
    match matching(|name, typed| name == typed) {
        exact if !exact.is_empty() => exact,
        _ => matching(|name, typed| name.starts_with(typed)),
    }
}

/// Finds the name most like a mistyped one: the fewest changed characters, and at least one in its place.
pub(super) fn nearest<'a, T>(typed: &str, names: impl Iterator<Item = (T, &'a str)>) -> Option<T> {
    let typed: Vec<char> = typed.chars().collect();
    names
        .map(|(value, name)| {
            let name: Vec<char> = fold(name).chars().collect();
            (distance(&typed, &name), name.len().max(typed.len()), value)
        })
        .filter(|(changes, longer, _)| changes < longer)
        .min_by_key(|(changes, ..)| *changes)
        .map(|(.., value)| value)
}

/// Counts the characters to insert, delete or replace to get from one word to the other (Levenshtein).
fn distance(from: &[char], to: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (i, a) in from.iter().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        let mut next = vec![left];
        for (b, above) in to.iter().zip(row.iter().skip(1)) {
            left = (left + 1).min(above + 1).min(diagonal + usize::from(a != b));
            diagonal = *above;
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}
