//! Forms: fields one below the other, filled by keys alone, also while a Chinese input method is on.
//!
//! [`ActionForm`] is generated from the one description of an action's input, so the screen asks for exactly what
//! the rules read. [`RemarkForm`] takes the remark on a checklist item, [`DeclarationForm`] what a unit declares. All
//! are pure: a key changes the form and may have an [`Outcome`]; what becomes of it is the caller's business.
//!
//! | file | what |
//! |---|---|
//! | `sheet` | the fields together: focus, folding, checking |
//! | `field` | one field: what it holds, the keys it takes, what is wrong with it |
//! | `choice`, `picker` | the fields that offer options: codes, accounts |
//! | `dates` | days and moments as people write them |
//! | `aid`, `lines` | fields of the declaration read in their own way: months, counts, lists |
//! | `draft` | what a form holds as a draft |
//! | `page`, `view` | rows of the fields; frame, scrolling, caret |
//! | `spoken` | what has the focus, in words |
//! | `words` | hints and problems in Chinese |

mod action;
mod aid;
mod choice;
mod dates;
mod declaration;
mod draft;
mod field;
mod lines;
mod page;
mod picker;
mod remark;
mod sheet;
mod spoken;
mod view;
mod words;

#[cfg(test)]
mod looks;
#[cfg(test)]
mod offer_tests;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

pub use action::ActionForm;
pub use declaration::DeclarationForm;
pub use remark::RemarkForm;
pub use spoken::{Spoken, Takes};

/// Names a code of a choice.
pub fn choice_name(code: &str) -> &str {
    words::choice(code)
}

/// Writes a day out that was typed as people write it (`2026年9月1日`, `20260901`); none while it is not whole.
pub fn typed_day(text: &str) -> Option<String> {
    match dates::date(text) {
        dates::Reading::Whole(day) => Some(day.to_string()),
        _ => None,
    }
}

/// What a key led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The form stays open.
    Stay,
    /// The person left; what was typed so far, to be kept as a draft. Empty where nothing was changed.
    Cancel(BTreeMap<String, String>),
    /// Everything is filled in and reads well.
    Submit(BTreeMap<String, String>),
}
