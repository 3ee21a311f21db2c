//! Fields of what may happen at many stages.

use super::{InputSpec, Key, Kind, optional, required};

/// 退回补正.
pub const RETURN_FOR_CORRECTION: &[InputSpec] = &[required(Key::Items, Kind::Lines)];
/// 变更.
pub const CHANGE: &[InputSpec] = &[
    required(Key::Reason, Kind::Text),
    optional(Key::Amount, Kind::Money),
    optional(Key::Content, Kind::Text),
    optional(Key::AdjustmentDocNo, Kind::Line),
];
/// 终止.
pub const TERMINATE: &[InputSpec] = &[required(Key::Reason, Kind::Text), required(Key::DocNo, Kind::Line)];
/// 销毁内容. One line: the reason outlives the content, and whoever has much room repeats what must go.
pub const EXPUNGE: &[InputSpec] = &[required(Key::Reason, Kind::Line)];
/// 违规挂牌.
pub const FLAG_VIOLATION: &[InputSpec] = &[required(Key::RuleId, Kind::Line), required(Key::Facts, Kind::Text)];
/// 征求会签.
pub const ASK_ADVICE: &[InputSpec] = &[required(Key::To, Kind::Line)];
