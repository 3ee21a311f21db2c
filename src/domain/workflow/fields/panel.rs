//! Fields of the expert panel.

use super::{InputSpec, Key, Kind, SCORE, optional, required, when};

const RESULT: Kind = Kind::Choice(&["pass", "conditional", "supplement", "fail"]);

/// 提请专家论证; the reason is for a panel the amount does not ask for.
pub const REQUEST: &[InputSpec] = &[
    optional(Key::Reason, Kind::Text),
    optional(Key::Vendor, Kind::Lines),
    optional(Key::Authors, Kind::Lines),
    optional(Key::Complaint, Kind::Text),
];
/// 回避声明.
pub const DECLARE: &[InputSpec] = &[
    required(Key::Expert, Kind::Expert),
    required(
        Key::Ground,
        Kind::Choice(&["employment", "kinship", "dispute", "drafting", "shareholding", "other", "none"]),
    ),
    when(Key::Reason, Kind::Text, Key::Ground, &["other", "none"]),
];
/// 抽取专家; without a seed one is made from random bytes. Whoever is away on the day of the meeting, or today where no
/// day is given, is left out.
pub const DRAW: &[InputSpec] = &[
    required(Key::Size, Kind::Count(0, 99)),
    optional(Key::MetOn, Kind::Date),
    optional(Key::DrawSeed, Kind::Line),
    optional(Key::Reason, Kind::Text),
];
/// 组建专家组.
pub const FORM: &[InputSpec] = &[
    required(Key::Members, Kind::Records(&["expert", "chair", "declaration"])),
    required(Key::Selection, Kind::Choice(&["drawn", "chosen"])),
    when(Key::DrawSeed, Kind::Line, Key::Selection, &["drawn"]),
    when(Key::Reason, Kind::Text, Key::Selection, &["chosen"]),
];
/// 更换专家; who comes takes the place of who goes, the chair's included.
pub const REPLACE: &[InputSpec] = &[
    required(Key::Expert, Kind::Expert),
    required(Key::Replacement, Kind::Expert),
    required(Key::Declaration, Kind::Choice(&["clear", "recuse", "pending"])),
    required(Key::Reason, Kind::Text),
];
/// 录入专家意见; the reason is for correcting one that is locked.
pub const OPINION: &[InputSpec] = &[
    required(Key::Expert, Kind::Expert),
    required(Key::Conclusion, RESULT),
    required(Key::Text, Kind::Text),
    optional(Key::Dissent, Kind::Text),
    required(Key::Signed, Kind::Flag),
    optional(Key::Dimensions, Kind::Named(&["completeness", "feasibility", "sharing", "security"])),
    optional(Key::Score, SCORE),
    optional(Key::Reason, Kind::Text),
];
/// 意见收齐.
pub const CLOSE: &[InputSpec] = &[required(Key::MetOn, Kind::Date), optional(Key::Place, Kind::Line)];
/// 形成论证结论.
pub const CONCLUDE: &[InputSpec] = &[
    required(Key::Conclusion, RESULT),
    required(Key::Text, Kind::Text),
    optional(Key::Fixes, Kind::Records(&["text", "responsible", "due"])),
    optional(Key::ChairExplanation, Kind::Text),
    required(Key::SignedBy, Kind::Lines),
];
/// 销号.
pub const CLOSE_FIX: &[InputSpec] = &[required(Key::Fix, Kind::Fix), required(Key::PageRef, Kind::Line)];
/// 更正论证记录.
pub const CORRECT: &[InputSpec] = &[required(Key::Text, Kind::Text), required(Key::Reason, Kind::Text)];
