//! Fields of building, acceptance, payment and evaluation.

use super::{InputSpec, Key, Kind, PASS_OR_FAIL, SCORE, optional, required};

/// The day something happened.
pub const DATE: &[InputSpec] = &[required(Key::Date, Kind::Date)];
/// 登记验收.
pub const ACCEPTANCE: &[InputSpec] = &[
    required(Key::Members, Kind::Records(&["name", "unit", "role"])),
    required(Key::UnitResult, PASS_OR_FAIL),
    required(Key::CentreResult, PASS_OR_FAIL),
    required(Key::DataAggregated, Kind::Flag),
    optional(Key::Issues, Kind::Lines),
    required(Key::DocDate, Kind::Date),
];
/// What was done about each point.
pub const ANSWERS: &[InputSpec] = &[required(Key::Answers, Kind::Text)];
/// 登记付款.
pub const PAYMENT: &[InputSpec] = &[
    required(Key::Amount, Kind::Money),
    required(Key::PaymentKind, Kind::Choice(&["advance", "milestone", "remaining"])),
    required(Key::Date, Kind::Date),
];
/// 登记绩效评价.
pub const EVALUATION: &[InputSpec] = &[
    required(Key::Score, SCORE),
    optional(Key::Grade, Kind::Line),
    optional(Key::Issues, Kind::Lines),
    optional(Key::Use, Kind::Choice(&["priority", "normal", "cut", "stop"])),
];
/// 归档.
pub const ARCHIVE: &[InputSpec] = &[required(Key::ArchiveNo, Kind::Line)];
