//! Fields of the way from the form to the approval.

use super::{APPROVE_OR_REFUSE, InputSpec, Key, Kind, SCORE, optional, required, when};

/// An opinion.
pub const OPINION: &[InputSpec] = &[required(Key::Opinion, Kind::Text)];
/// 同意汇总: the moment is the paper's, where the clerk transcribes it.
pub const ENDORSE: &[InputSpec] = &[required(Key::Opinion, Kind::Text), optional(Key::ReceivedAt, Kind::Moment)];
/// 申报.
pub const SUBMIT: &[InputSpec] = &[optional(Key::ReceivedAt, Kind::Moment)];
/// 认定条线/另有规定.
pub const EXEMPT: &[InputSpec] = &[
    required(Key::Basis, Kind::Choice(&["national-or-provincial", "line-special"])),
    required(Key::IssuerLevel, Kind::Choice(&["national", "provincial", "city", "county"])),
    required(Key::DocNo, Kind::Line),
    required(Key::Reason, Kind::Text),
];
/// 联合审议表决.
pub const VOTE: &[InputSpec] = &[
    required(Key::Result, Kind::Choice(&["agree", "disagree", "return"])),
    when(Key::Opinion, Kind::Text, Key::Result, &["disagree", "return"]),
    optional(Key::MinutesNo, Kind::Line),
];
/// 登记县政府决定.
pub const GOVERNMENT: &[InputSpec] =
    &[required(Key::Result, APPROVE_OR_REFUSE), required(Key::DocNo, Kind::Line), required(Key::DocDate, Kind::Date)];
/// 报立项.
pub const REQUEST_APPROVAL: &[InputSpec] = &[
    optional(Key::ExAnteConclusion, Kind::Text),
    optional(Key::ExAnteDate, Kind::Date),
    optional(Key::ExAnteScore, SCORE),
];
/// 批准立项.
pub const APPROVE: &[InputSpec] =
    &[required(Key::DocNo, Kind::Line), required(Key::DocDate, Kind::Date), required(Key::Amount, Kind::Money)];
/// 转小额流程; the reason is for a decision that does not apply by the rules in force.
pub const SMALL_ROUTE: &[InputSpec] = &[optional(Key::Reason, Kind::Text)];
