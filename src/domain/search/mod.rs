//! Search: what people type to find projects, and what is stored so that it is found.
//!
//! [`fold()`] makes full-width and half-width, capital and small letters equal. [`terms`] turns names into index
//! terms and a typed word into a query over them: by text, by pinyin initials, by whole pinyin. [`filter`] is
//! the language of the filter line (`状态:技术评审中 金额>200万 期限<7天`) as a tree, [`parse()`] reads it.

mod condition;
mod cursor;
pub mod field;
pub mod filter;
pub mod fold;
pub mod parse;
pub mod problem;
mod readings;
pub mod terms;
pub mod value;
mod write;

#[cfg(test)]
mod grammar_tests;
#[cfg(test)]
mod tests;

pub use field::{Field, Labels};
pub use filter::{Asked, Filter, Having, Query, SortBy, SortKey, Term, TextTest, Turn, Who};
pub use fold::fold;
pub use parse::parse;
pub use problem::{FilterProblem, FilterProblemKind};
pub use terms::{Terms, literal_expression, match_expression};
pub use value::{Ahead, Changed, DateSpan, Due, Test, When};
