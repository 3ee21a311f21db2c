//! Fields of the technical review.

use super::{InputSpec, Key, Kind, PASS_OR_FAIL, optional, required};
use crate::domain::actor::Role;

/// 报送技术方案.
pub const SUBMIT_SCHEME: &[InputSpec] = &[required(Key::Designer, Kind::Line), required(Key::Version, Kind::Line)];
/// 受理方案.
pub const ACCEPT_SCHEME: &[InputSpec] = &[optional(Key::Reviewer, Kind::Account(Role::Reviewer))];
/// 接管. One line, so that Enter hands it in.
pub const TAKE_OVER: &[InputSpec] = &[required(Key::Reason, Kind::Line)];
/// 指派.
pub const ASSIGN: &[InputSpec] =
    &[required(Key::Reviewer, Kind::Account(Role::Reviewer)), optional(Key::Reason, Kind::Line)];
/// 拟定技术审核意见.
pub const DRAFT_OPINION: &[InputSpec] = &[
    required(Key::Result, PASS_OR_FAIL),
    required(Key::Assessed, Kind::MoneyOrZero),
    required(Key::Summary, Kind::Text),
    optional(Key::CutReason, Kind::Text),
    optional(Key::Ruling, Kind::Line),
];
/// 审核同意.
pub const CHECK_OPINION: &[InputSpec] = &[optional(Key::Note, Kind::Text)];
/// 签发.
pub const SIGN_OPINION: &[InputSpec] = &[required(Key::DocNo, Kind::Line), optional(Key::DocDate, Kind::Date)];
