//! The filter as a tree, and how it is written.
//!
//! The tree is what the store compiles to SQL. It keeps days symbolic (`7天`, 本周): a saved view means
//! something else tomorrow. Lists of amounts, days or years are not kept as lists but as [`Filter::Or`].

use std::fmt;

use crate::domain::actor::Role;
use crate::domain::money::Money;
use crate::domain::project::{ProjectKind, Stage};
use crate::domain::route::RouteCode;
use crate::domain::vocabulary::vocabulary;

use super::cursor::{is_bare_word, value_needs_quotes};
use super::field::{Field, Labels};
use super::fold::{fold, half_width};
use super::value::{Due, Test, When, write_amount};

/// What a filter line says: which projects, and in which order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// Which projects.
    pub filter: Filter,
    /// In which order, the first key weighing most; empty for the order of the view.
    pub sort: Vec<SortKey>,
}

/// A condition on projects.
///
/// The parser, [`Filter::all_of`], [`Filter::any_of`] and [`Filter::negated`] keep it flat: no `And` directly
/// within an `And`, no `Or` within an `Or`, no `Not` of a `Not`, no list of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filter {
    /// All of these; of none means every project.
    And(Vec<Filter>),
    /// At least one of these; never empty.
    Or(Vec<Filter>),
    /// Not this.
    Not(Box<Filter>),
    /// A single condition.
    Term(Term),
}

/// A single condition. Where several values are listed, one of them must fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Term {
    /// 编号, 名称 or 单位 holds this word, as text, pinyin initials or pinyin
    /// ([`match_expression`](super::match_expression)).
    Word(String),
    /// 编号, 名称 or 单位 holds this text literally ([`literal_expression`](super::literal_expression)).
    Quoted(String),
    /// 状态: the stage is one of these.
    State(Vec<Stage>),
    /// 单位: the building unit's name.
    Unit(TextTest),
    /// 编号: the project code.
    Id(TextTest),
    /// 名称: the project name.
    Name(TextTest),
    /// 金额: the governing amount.
    Amount(Test<Money>),
    /// 期限: the day the present step is due.
    Due(Due),
    /// 等待: whole days since the project came to its stage.
    Wait(Test<u32>),
    /// 年度: the plan year.
    Year(Test<i32>),
    /// 路线: the way is one of these.
    Route(Vec<RouteCode>),
    /// 轮到: it is the turn of one of these.
    Turn(Vec<Turn>),
    /// 主办: the reviewer in charge is one of these.
    Owner(Vec<Who>),
    /// 类型: the kind is one of these.
    Kind(Vec<ProjectKind>),
}

/// A condition on a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextTest {
    /// With `=` the whole text must be one of these (compared folded); with `:` one is searched as a word.
    pub exact: bool,
    /// The texts as typed.
    pub texts: Vec<String>,
}

/// Whose turn it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// 我: the account that asks.
    Me,
    /// Any account of a role.
    Role(Role),
}

/// A person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// 我: the account that asks.
    Me,
    /// A person or account so named.
    Named(String),
}

vocabulary!(
    /// What results can be sorted by.
    SortBy {
        /// 期限.
        Due = "due",
        /// 金额.
        Amount = "amount",
        /// 名称.
        Name = "name",
        /// 更新 — the last change.
        Updated = "upd",
    }
);

impl SortBy {
    /// Tells the Chinese name in the language.
    pub const fn name(self) -> &'static str {
        match self {
            SortBy::Due => "期限",
            SortBy::Amount => "金额",
            SortBy::Name => "名称",
            SortBy::Updated => "更新",
        }
    }
}

/// One key of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SortKey {
    /// The column.
    pub by: SortBy,
    /// Largest, latest first.
    pub descending: bool,
}

impl Filter {
    /// The filter that every project passes.
    pub const EVERYTHING: Filter = Filter::And(Vec::new());

    /// Asks for all of these.
    pub fn all_of(parts: impl IntoIterator<Item = Filter>) -> Filter {
        let flat = parts.into_iter().flat_map(|part| match part {
            Filter::And(inner) => inner,
            other => vec![other],
        });
        single_or(flat.collect(), Filter::And)
    }

    /// Asks for at least one of these; of none, for everything.
    pub fn any_of(parts: impl IntoIterator<Item = Filter>) -> Filter {
        let flat: Vec<Filter> = parts
            .into_iter()
            .flat_map(|part| match part {
                Filter::Or(inner) => inner,
                other => vec![other],
            })
            .collect();
        if flat.contains(&Filter::EVERYTHING) { Filter::EVERYTHING } else { single_or(flat, Filter::Or) }
    }

    /// Asks for the opposite.
    pub fn negated(self) -> Filter {
        match self {
            Filter::Not(inner) => *inner,
            other => Filter::Not(Box::new(other)),
        }
    }

    /// Lists the parts that must all hold, so that each can be tried without.
    pub fn conjuncts(&self) -> &[Filter] {
        match self {
            Filter::And(parts) => parts,
            other => std::slice::from_ref(other),
        }
    }

    /// Gives the filter without its `index`-th conjunct.
    pub fn without(&self, index: usize) -> Filter {
        let kept = self.conjuncts().iter().enumerate().filter(|(at, _)| *at != index);
        Filter::all_of(kept.map(|(_, part)| part.clone()))
    }

    /// Writes the filter for people, with the labels of the screen instead of codes; it reads back the same.
    pub fn shown(&self, labels: &Labels) -> String {
        let mut text = String::new();
        // Writing to a String cannot fail.
        let _ = self.write(&mut text, Some(labels));
        text
    }

    fn write(&self, f: &mut impl fmt::Write, labels: Option<&Labels>) -> fmt::Result {
        match self {
            Filter::And(parts) => write_all(f, parts, " ", |f, part| match part {
                Filter::Or(_) | Filter::And(_) => part.write_grouped(f, labels),
                _ => part.write(f, labels),
            }),
            Filter::Or(parts) => write_all(f, parts, " 或 ", |f, part| match part {
                Filter::Or(_) => part.write_grouped(f, labels),
                _ => part.write(f, labels),
            }),
            Filter::Not(part) => {
                f.write_char('-')?;
                match part.as_ref() {
                    Filter::Term(term) => term.write(f, labels),
                    part => part.write_grouped(f, labels),
                }
            }
            Filter::Term(term) => term.write(f, labels),
        }
    }

    fn write_grouped(&self, f: &mut impl fmt::Write, labels: Option<&Labels>) -> fmt::Result {
        f.write_char('(')?;
        self.write(f, labels)?;
        f.write_char(')')
    }
}

fn single_or(mut parts: Vec<Filter>, many: fn(Vec<Filter>) -> Filter) -> Filter {
    match parts.pop() {
        Some(only) if parts.is_empty() => only,
        Some(last) => {
            parts.push(last);
            many(parts)
        }
        None => Filter::EVERYTHING,
    }
}

impl Term {
    fn write(&self, f: &mut impl fmt::Write, labels: Option<&Labels>) -> fmt::Result {
        let field = |f: &mut _, field: Field| fmt::Write::write_str(f, field.name());
        match self {
            Term::Word(word) if is_bare_word(word) => f.write_str(word),
            Term::Word(text) | Term::Quoted(text) => f.write_str(&quoted(text)),
            Term::State(stages) => list(f, Field::State, stages, |s| labels.map_or(s.code(), |l| (l.stage)(s))),
            Term::Route(routes) => list(f, Field::Route, routes, |r| labels.map_or(r.code(), |l| (l.route)(r))),
            Term::Kind(kinds) => list(f, Field::Kind, kinds, |k| labels.map_or(k.code(), |l| (l.kind)(k))),
            Term::Turn(turns) => list(f, Field::Turn, turns, |turn| match turn {
                Turn::Me => "我",
                Turn::Role(role) => labels.map_or(role.code(), |l| (l.role)(role)),
            }),
            Term::Owner(people) => {
                write!(f, "{}:", Field::Owner.name())?;
                write_all(f, people, ",", |f, who| match who {
                    Who::Me => f.write_char('我'),
                    // Someone whose name is 我 is told from oneself by quotation marks.
                    Who::Named(name) if is_me(name) => f.write_str(&quoted(name)),
                    Who::Named(name) => f.write_str(&value(name)),
                })
            }
            Term::Unit(test) => test.write(f, Field::Unit),
            Term::Id(test) => test.write(f, Field::Id),
            Term::Name(test) => test.write(f, Field::Name),
            Term::Amount(test) => field(f, Field::Amount).and_then(|()| test.write(f, write_amount)),
            Term::Due(Due::Overdue) => write!(f, "{}:逾期", Field::Due.name()),
            // `:` before a distance is short for "within".
            Term::Due(Due::On(Test::Equal(when @ When::In(..)))) => write!(f, "{}={when}", Field::Due.name()),
            Term::Due(Due::On(test)) => field(f, Field::Due).and_then(|()| test.write(f, |when| when.to_string())),
            Term::Wait(test) => field(f, Field::Wait).and_then(|()| test.write(f, |days| format!("{days}天"))),
            Term::Year(test) => field(f, Field::Year).and_then(|()| test.write(f, |year| year.to_string())),
        }
    }
}

impl TextTest {
    fn write(&self, f: &mut impl fmt::Write, field: Field) -> fmt::Result {
        write!(f, "{}{}", field.name(), if self.exact { '=' } else { ':' })?;
        write_all(f, &self.texts, ",", |f, text| f.write_str(&value(text)))
    }
}

/// Tells whether a word means the one who asks.
pub(super) fn is_me(word: &str) -> bool {
    matches!(fold(word).as_str(), "我" | "me")
}

fn list<W: fmt::Write, T: Copy>(
    f: &mut W,
    field: Field,
    values: &[T],
    name: impl Fn(T) -> &'static str,
) -> fmt::Result {
    write!(f, "{}:", field.name())?;
    write_all(f, values, ",", |f, one| f.write_str(&value(name(*one))))
}

fn write_all<W: fmt::Write, T>(
    f: &mut W,
    parts: &[T],
    between: &str,
    mut write: impl FnMut(&mut W, &T) -> fmt::Result,
) -> fmt::Result {
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            f.write_str(between)?;
        }
        write(f, part)?;
    }
    Ok(())
}

fn value(text: &str) -> String {
    if value_needs_quotes(text) { quoted(text) } else { text.to_owned() }
}

/// Puts a text in quotation marks; those within are doubled, of whatever shape, since all shapes are equal.
fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for c in text.chars() {
        quoted.push(c);
        if half_width(c) == '"' {
            quoted.push(c);
        }
    }
    quoted.push('"');
    quoted
}

/// Writes the filter with codes, the form to keep: it does not change when a label does.
impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, None)
    }
}

impl Query {
    /// Writes the query for people; it reads back the same.
    pub fn shown(&self, labels: &Labels) -> String {
        self.joined(self.filter.shown(labels))
    }

    fn joined(&self, filter: String) -> String {
        if self.sort.is_empty() {
            return filter;
        }
        let keys: Vec<String> = self.sort.iter().map(SortKey::to_string).collect();
        let sort = format!("{}:{}", Field::Sort.name(), keys.join(","));
        if filter.is_empty() { sort } else { format!("{filter} {sort}") }
    }
}

/// Writes the query with codes, the form to keep.
impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.joined(self.filter.to_string()))
    }
}

impl fmt::Display for SortKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", if self.descending { "-" } else { "" }, self.by.name())
    }
}
