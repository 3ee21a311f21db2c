//! Amounts in words: their names, and how they differ.

use crate::domain::money::Money;
use crate::domain::workflow::amounts::{AmountStep, Drift};

/// Names the amount of a step.
pub const fn name(step: AmountStep) -> &'static str {
    match step {
        AmountStep::Declared => "申报额",
        AmountStep::Approved => "批复额",
        AmountStep::Assessed => "核定额",
        AmountStep::Budget => "采购预算",
        AmountStep::Contract => "合同价",
        AmountStep::Changed => "变更后",
        AmountStep::Settled => "结算额",
        AmountStep::Paid => "已付款",
    }
}

/// Says how an amount differs from the one before it: `比批复额减 2.50 (4.0%)`.
pub fn drift(drift: &Drift) -> String {
    let against = name(drift.against);
    let word = match drift.fen {
        0 => return format!("与{against}一致"),
        fen if fen > 0 => "增",
        _ => "减",
    };
    format!("比{against}{word} {} ({})", difference(drift.fen), percent(drift.tenths))
}

/// Writes a difference without its sign.
pub fn difference(fen: i64) -> Money {
    Money::from_fen(fen.checked_abs().unwrap_or(i64::MAX)).unwrap_or(Money::ZERO)
}

/// Writes tenths of a percent without their sign.
pub fn percent(tenths: i64) -> String {
    let tenths = tenths.unsigned_abs();
    format!("{}.{}%", tenths / 10, tenths % 10)
}
