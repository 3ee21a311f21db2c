//! What can be wrong with a filter line; the words for people are in `wording`.

use super::field::Field;

/// What is wrong with a filter line, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{kind} at character {at}: {word:?}")]
pub struct FilterProblem {
    /// The place of the word, in characters from 0.
    pub at: usize,
    /// The word.
    pub word: String,
    /// What is wrong with it.
    pub kind: FilterProblemKind,
}

/// The ways in which a filter line can be wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FilterProblemKind {
    /// No field has this name.
    #[error("unknown field")]
    UnknownField {
        /// The field whose name is most like it.
        nearest: Option<Field>,
    },
    /// The grammar knows the name, the county keeps no such data.
    #[error("no data for this field")]
    NoData {
        /// The field that comes nearest.
        nearest: Option<Field>,
    },
    /// There is no such dimension.
    #[error("no such part of the checklist")]
    UnknownPart {
        /// The field.
        field: Field,
    },
    /// No stage, way, role, kind or column is called so.
    #[error("unknown value")]
    UnknownValue {
        /// The field.
        field: Field,
        /// The label most like it.
        nearest: Option<&'static str>,
    },
    /// Not an amount, day, number of days or year.
    #[error("not a value of this field")]
    BadValue {
        /// The field.
        field: Field,
    },
    /// A range that ends before it begins.
    #[error("backwards range")]
    BackwardsRange {
        /// The field.
        field: Field,
    },
    /// The field cannot be compared so.
    #[error("operator does not fit the field")]
    WrongOperator {
        /// The field.
        field: Field,
    },
    /// A field and an operator without a value.
    #[error("missing value")]
    MissingValue {
        /// The field.
        field: Field,
    },
    /// An operator without a field.
    #[error("missing field")]
    MissingField,
    /// Nothing after 非, `-` or 或, or between parentheses.
    #[error("missing condition")]
    MissingTerm,
    /// A quotation mark without its partner.
    #[error("unclosed quotation mark")]
    UnclosedQuote,
    /// An opening parenthesis without its partner.
    #[error("unclosed parenthesis")]
    UnclosedParenthesis,
    /// A closing parenthesis without its partner.
    #[error("unexpected parenthesis")]
    UnexpectedParenthesis,
    /// 排序 within parentheses or after 非: it orders the whole result or nothing.
    #[error("sort order inside a condition")]
    SortInside,
    /// Too many parentheses within each other.
    #[error("nested too deeply")]
    TooDeep,
    /// The line is too long.
    #[error("line too long")]
    TooLong,
}
