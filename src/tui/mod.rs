//! The terminal: screens, keys, and how Chinese text is laid out in cells.
//!
//! [`width`] is the only judge of how wide a text is, [`wrap`] of where its lines break; chrome, editor, caret
//! and truncation all ask these two, so that they cannot disagree. [`form`] holds the dialogs in which one fills in.

pub mod editor;
pub mod form;
pub mod screen_text;
pub mod width;
pub mod wrap;

pub use editor::{Editor, Handled, Limits, Pasted};
pub use screen_text::screen_text;
pub use width::Width;
pub use wrap::{Row, Rows, wrap};
