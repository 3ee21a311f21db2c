//! Search: what people type to find projects, and what is stored so that it is found.
//!
//! [`fold`] makes full-width and half-width, capital and small letters equal. [`terms`] turns names into index
//! terms and a typed word into a query over them: by text, by pinyin initials, by whole pinyin.

pub mod fold;
mod readings;
pub mod terms;

pub use fold::fold;
pub use terms::{Terms, literal_expression, match_expression};
