//! The filter as a tree, and how it is written.
//!
//! The tree is what the store compiles to SQL. It keeps days symbolic (`7天`, 本周): a saved view means
//! something else tomorrow. Lists of amounts, days or years are not kept as lists but as [`Filter::Or`].

use std::fmt;

use crate::domain::actor::Role;
use crate::domain::checklist::{Dimension, Verdict};
use crate::domain::money::Money;
use crate::domain::project::{ProjectKind, Stage};
use crate::domain::route::RouteCode;
use crate::domain::vocabulary::vocabulary;

use super::field::{Field, Labels};
use super::fold::fold;
use super::value::{Changed, Due, Test};
use super::write::write_all;

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
    /// 更新: the last change.
    Updated(Changed),
    /// 版本: which version of the technical scheme is before the review; 0 before there is any.
    Edition(Test<u32>),
    /// 维度, 条目: in the running round one of these answers was given to something of the checklist.
    Answered(Asked, Vec<Verdict>),
    /// 有: one of these belongs to the project.
    Has(Vec<Having>),
}

/// What of the checklist is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// Any item.
    Anything,
    /// Any item of a dimension.
    Dimension(Dimension),
    /// The item of an id, or of a place: 2.4 is the fourth of the second dimension.
    Item(String),
}

vocabulary!(
    /// What can belong to a project.
    Having {
        /// 专家 — an expert panel of any round.
        Panel = "panel",
        /// 引证 — a page cited in the checklist of the running round.
        Citation = "citation",
        /// 附件.
        Attachment = "attachment",
        /// 意见 — a technical opinion, drafted or signed.
        Opinion = "opinion",
        /// 整改 — an item the panel wants changed, closed or not.
        Fix = "fix",
        /// 补正 — a scheme in a second or later version.
        Revision = "revision",
    }
);

impl Having {
    /// Tells the Chinese name in the language.
    pub const fn name(self) -> &'static str {
        match self {
            Having::Panel => "专家",
            Having::Citation => "引证",
            Having::Attachment => "附件",
            Having::Opinion => "意见",
            Having::Fix => "整改",
            Having::Revision => "补正",
        }
    }
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
        /// 编号.
        Id = "id",
        /// 等待 — the longest first, when ascending the newest.
        Wait = "wait",
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
            SortBy::Id => "编号",
            SortBy::Wait => "等待",
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

    /// Tells whether any condition within is of a kind.
    pub fn any(&self, is: &impl Fn(&Term) -> bool) -> bool {
        match self {
            Filter::And(parts) | Filter::Or(parts) => parts.iter().any(|part| part.any(is)),
            Filter::Not(part) => part.any(is),
            Filter::Term(term) => is(term),
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

/// Tells whether a word means the one who asks.
pub(super) fn is_me(word: &str) -> bool {
    matches!(fold(word).as_str(), "我" | "me")
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
