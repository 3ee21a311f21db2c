//! What is wrong with a form, told as facts; the sentences are in `wording::intake`.

use super::amount::AmountProblem;
use super::columns::Field;
use super::funding::FundingDoubt;
use super::period::PeriodProblem;

/// Something about one cell of a form that a person must know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowProblem {
    /// The row, as the spreadsheet program numbers it.
    pub row: u32,
    /// The column as named on the sheet, such as `D 项目投资额`; empty where it concerns no column.
    pub column: String,
    /// What is written there, cut to 60 characters and harmless to show; empty where it may not be shown.
    pub value: String,
    /// What is wrong with it.
    pub kind: ProblemKind,
}

/// What can be wrong with a cell, as a problem (the row is not taken over) or as a warning (it is).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProblemKind {
    /// 项目名称 is empty.
    NameMissing,
    /// The same unit's project of the same name stands in an earlier row.
    NameRepeated {
        /// That row.
        first_row: u32,
    },
    /// The amount is missing or cannot be taken over without guessing.
    Amount(AmountProblem),
    /// The period cannot be read, or ends before it starts.
    Period(PeriodProblem),
    /// The column 涉密 holds neither yes nor no; nothing of the row is taken over or shown.
    SecrecyUnclear,
    /// Warning: the name or a description speaks of secrets; a person must look at the paper.
    SoundsSecret,
    /// Warning: a month at the start or the end of the period is missing.
    MonthsMissing,
    /// Warning: the amount is above 1 亿元, perhaps written in 元.
    AmountUnusual,
    /// Warning: the sources of money are doubtful.
    Funding(FundingDoubt),
    /// Warning: the answer in an optional column is none of those expected, so the field stays empty.
    NotRecognized(Field),
    /// Warning: 填报日期 is no day.
    FilingDayUnreadable,
    /// Warning: so many dangerous characters were taken out.
    CharactersRemoved(u32),
    /// Warning: a column of this table is not known, so its content was not taken over.
    ColumnUnknown,
    /// Warning: two columns have the same meaning; this one was not taken over.
    ColumnRepeated,
    /// Warning: this sheet holds a form as well, which was not taken over.
    OtherSheet,
}

/// Why no form was found.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoForm {
    /// No cell of the file has any content.
    #[error("the file is empty")]
    Empty,
    /// No row has the column names of the declaration form.
    #[error("no table with the columns of the declaration form was found")]
    NoTable,
    /// The table has no column for the amount.
    #[error("the table in row {row} has no column for the amount")]
    NoAmountColumn {
        /// The row of the column names.
        row: u32,
    },
    /// The table has no filled-in row.
    #[error("the form in row {row} has no project")]
    NoProject {
        /// The row of the column names.
        row: u32,
    },
    /// The form as a whole carries a classification, so nothing of it was read.
    #[error("the form carries a classification mark")]
    Secret,
}
