//! Money: integer 分, written and read in 万元 with up to six decimals.
//!
//! One 万元 is 10,000 元 is 1,000,000 分, so six decimals of 万元 are exactly whole 分 and no amount
//! ever needs a floating-point number.

use std::fmt;
use std::iter::Sum;
use std::ops::Add;

const FEN_PER_WAN: i64 = 1_000_000;
const DECIMALS: usize = 6;
/// 100 亿元: above this a county form holds a slip of the pen, not a project.
const LARGEST: i64 = 1_000_000 * FEN_PER_WAN;

/// A non-negative amount of money in 分.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Money(i64);

/// Why a text is not an acceptable amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MoneyProblem {
    /// Nothing was written.
    #[error("the amount is empty")]
    Empty,
    /// Something other than digits and one decimal point.
    #[error("the amount is not a plain decimal number")]
    NotANumber,
    /// More than six decimals of 万元, that is, less than one 分.
    #[error("the amount has more than six decimals")]
    TooPrecise,
    /// A minus sign.
    #[error("the amount is negative")]
    Negative,
    /// Zero where an amount must be positive.
    #[error("the amount is zero")]
    Zero,
    /// More than 100 亿元.
    #[error("the amount is implausibly large")]
    TooLarge,
}

impl Money {
    /// No money at all.
    pub const ZERO: Money = Money(0);

    /// Makes an amount from whole 分; a negative number is no amount.
    pub const fn from_fen(fen: i64) -> Option<Money> {
        if fen < 0 { None } else { Some(Money(fen)) }
    }

    /// Makes an amount from whole 万元.
    pub const fn from_wan(wan: u32) -> Money {
        Money(wan as i64 * FEN_PER_WAN)
    }

    /// Tells the amount in 分.
    pub const fn fen(self) -> i64 {
        self.0
    }

    /// Tells whether this is no money.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Reads a positive amount written in 万元, such as `99.9999`.
    ///
    /// Only ASCII digits and one point are accepted: what people write on forms (full-width digits, 万元,
    /// thousands separators) is cleaned by the intake of forms, where a doubtful reading can be reported.
    pub fn parse_wan(text: &str) -> Result<Money, MoneyProblem> {
        match Money::parse_wan_or_zero(text)? {
            Money::ZERO => Err(MoneyProblem::Zero),
            amount => Ok(amount),
        }
    }

    /// Reads an amount written in 万元 that may be zero, such as a cut or a yearly price.
    pub fn parse_wan_or_zero(text: &str) -> Result<Money, MoneyProblem> {
        let text = text.trim();
        if text.is_empty() {
            return Err(MoneyProblem::Empty);
        }
        if text.strip_prefix('-').is_some() {
            return Err(MoneyProblem::Negative);
        }
        let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole) || !digits(decimals) {
            return Err(MoneyProblem::NotANumber);
        }
        let decimals = decimals.trim_end_matches('0');
        if decimals.len() > DECIMALS {
            return Err(MoneyProblem::TooPrecise);
        }
        let number =
            |part: &str| part.bytes().try_fold(0i64, |n, b| n.checked_mul(10)?.checked_add(i64::from(b - b'0')));
        let scale = 10i64.pow((DECIMALS - decimals.len()) as u32);
        let fen = number(whole)
            .and_then(|wan| wan.checked_mul(FEN_PER_WAN))
            .and_then(|fen| fen.checked_add(number(decimals)? * scale))
            .ok_or(MoneyProblem::TooLarge)?;
        if fen > LARGEST { Err(MoneyProblem::TooLarge) } else { Ok(Money(fen)) }
    }

    /// Tells how much less `other` is, or zero where it is not less.
    pub fn saturating_sub(self, other: Money) -> Money {
        Money((self.0 - other.0).max(0))
    }
}

/// Writes 万元 with at least two and at most six decimals: `268.00`, `99.9999`.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decimals = format!("{:06}", self.0 % FEN_PER_WAN);
        let kept = decimals.trim_end_matches('0').len().max(2);
        let (kept, _) = decimals.split_at(kept);
        write!(f, "{}.{}", self.0 / FEN_PER_WAN, kept)
    }
}

impl Add for Money {
    type Output = Money;
    fn add(self, other: Money) -> Money {
        Money(self.0.saturating_add(other.0))
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Money>>(amounts: I) -> Money {
        amounts.fold(Money::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_limits_are_told_apart_to_the_last_fen() {
        let just_under = Money::parse_wan("49.999999").unwrap();
        assert_eq!(just_under.fen(), 49_999_999);
        assert!(just_under < Money::from_wan(50));
        assert_eq!(Money::parse_wan("50.000000"), Ok(Money::from_wan(50)));
    }

    #[test]
    fn what_is_no_amount_is_named() {
        for (text, problem) in [
            ("", MoneyProblem::Empty),
            ("约100", MoneyProblem::NotANumber),
            ("1e3", MoneyProblem::NotANumber),
            (".5", MoneyProblem::NotANumber),
            ("5.", MoneyProblem::NotANumber),
            ("1.0000001", MoneyProblem::TooPrecise),
            ("-1", MoneyProblem::Negative),
            ("0.00", MoneyProblem::Zero),
            ("99999999999999999999", MoneyProblem::TooLarge),
        ] {
            assert_eq!(Money::parse_wan(text), Err(problem), "{text}");
        }
    }

    #[test]
    fn two_decimals_are_always_shown_and_no_more_than_needed() {
        for (fen, shown) in [(268_000_000, "268.00"), (99_999_900, "99.9999"), (1, "0.000001")] {
            assert_eq!(Money::from_fen(fen).unwrap().to_string(), shown);
        }
    }

    proptest! {
        #[test]
        fn what_is_printed_reads_back_the_same(fen in 1i64..=LARGEST) {
            let amount = Money::from_fen(fen).unwrap();
            prop_assert_eq!(Money::parse_wan(&amount.to_string()), Ok(amount));
        }
    }
}
