//! Fields of filing and procurement.

use super::{APPROVE_OR_REFUSE, InputSpec, Key, Kind, optional, required, when};

/// 备案审查.
pub const DECIDE_FILING: &[InputSpec] = &[
    required(Key::Result, APPROVE_OR_REFUSE),
    optional(Key::FilingNo, Kind::Line),
    required(Key::DocDate, Kind::Date),
    when(Key::Reason, Kind::Text, Key::Result, &["refuse"]),
];
/// 进入采购.
pub const ENTER: &[InputSpec] = &[required(Key::BudgetDocNo, Kind::Line)];
/// 登记需求调查; a survey nobody answered is none 〔第八条〕.
pub const SURVEY: &[InputSpec] = &[
    required(Key::Methods, Kind::Lines),
    required(Key::Respondents, Kind::Count(1, 100_000)),
    required(Key::Start, Kind::Date),
    required(Key::End, Kind::Date),
    optional(Key::ArchiveNo, Kind::Line),
];
/// 确定采购需求.
pub const FIX_REQUIREMENT: &[InputSpec] = &[required(Key::Date, Kind::Date)];
/// 启动采购; the reason is for a channel other than the e-mall where that one is due, the budget document for a project
/// that came here without 进入采购.
pub const START: &[InputSpec] = &[
    required(Key::Channel, Kind::Choice(&["e-mall", "central", "decentralized"])),
    required(Key::Method, Kind::Line),
    required(Key::Budget, Kind::Money),
    optional(Key::Reason, Kind::Text),
    optional(Key::BudgetDocNo, Kind::Line),
];
/// 合同备案.
pub const CONTRACT: &[InputSpec] = &[
    required(Key::Vendor, Kind::Line),
    required(Key::Amount, Kind::Money),
    required(Key::SignedOn, Kind::Date),
    required(Key::Clauses, Kind::Choices(&["om_price", "data_ownership", "acceptance_payment"])),
    optional(Key::OmStart, Kind::Date),
    optional(Key::OmEnd, Kind::Date),
    optional(Key::OmPerYear, Kind::MoneyOrZero),
    optional(Key::FreeOmMonths, Kind::Count(0, 240)),
];
