//! Amounts as people write them on forms, read exactly or not at all.

use crate::domain::money::{Money, MoneyProblem};

use super::cell::Cell;
use super::text::squeeze;

/// What a bare number in a column means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AmountUnit {
    /// 元.
    Yuan,
    /// 万元, the unit of the form.
    Wan,
    /// 亿元.
    Yi,
}

impl AmountUnit {
    /// How many places the decimal point moves to the right on the way to 万元.
    const fn shift(self) -> i32 {
        match self {
            AmountUnit::Yuan => -4,
            AmountUnit::Wan => 0,
            AmountUnit::Yi => 4,
        }
    }
}

/// Why a cell holds no amount that could be taken over without guessing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AmountProblem {
    /// Nothing was written.
    #[error("the amount is missing")]
    Missing,
    /// 约100, 100左右, 不超过100.
    #[error("the amount is only approximate")]
    Approximate,
    /// 50-60.
    #[error("the amount is a range")]
    Range,
    /// Anything else that is no number.
    #[error("the amount is not a number")]
    NotANumber,
    /// Less than one 分 is written.
    #[error("the amount has more than six decimals of 万元")]
    TooPrecise,
    /// Less than nothing.
    #[error("the amount is negative")]
    Negative,
    /// Zero.
    #[error("the amount is zero")]
    Zero,
    /// More than 100 亿元.
    #[error("the amount is implausibly large")]
    TooLarge,
}

impl From<MoneyProblem> for AmountProblem {
    fn from(problem: MoneyProblem) -> AmountProblem {
        match problem {
            MoneyProblem::Empty => AmountProblem::Missing,
            MoneyProblem::NotANumber => AmountProblem::NotANumber,
            MoneyProblem::TooPrecise => AmountProblem::TooPrecise,
            MoneyProblem::Negative => AmountProblem::Negative,
            MoneyProblem::Zero => AmountProblem::Zero,
            MoneyProblem::TooLarge => AmountProblem::TooLarge,
        }
    }
}

/// Reads the amount in a cell; a bare number is taken in the column's unit, a written unit goes before it.
pub fn read_amount(cell: &Cell, unit: AmountUnit) -> Result<Money, AmountProblem> {
    match cell {
        Cell::Empty => Err(AmountProblem::Missing),
        Cell::Text(text) | Cell::Number(text) => read_amount_text(text, unit),
        // The number's meaning is lost once a sheet calls it a day.
        Cell::Date(_) => Err(AmountProblem::NotANumber),
    }
}

/// Reads an amount written as text, such as `98.5万元`, `1,200` or `２６８．５`.
pub fn read_amount_text(text: &str, unit: AmountUnit) -> Result<Money, AmountProblem> {
    let text = squeeze(text);
    if text.is_empty() {
        return Err(AmountProblem::Missing);
    }
    let (number, written) = split_unit(&text);
    let number = match (number.strip_prefix(['¥', '\u{ffe5}']), written) {
        // A bare ¥ speaks of 元 in a column of 万元: which of the two is meant nobody can tell.
        (Some(rest), Some(_)) => rest,
        _ => number,
    };
    let Some(plain) = without_separators(number) else {
        return Err(describe(&text));
    };
    Ok(Money::parse_wan(&move_point(&plain, written.unwrap_or(unit).shift()))?)
}

/// Splits off the unit at the end, where one is written.
fn split_unit(text: &str) -> (&str, Option<AmountUnit>) {
    let text = text.strip_suffix('整').unwrap_or(text);
    for (suffix, unit) in [
        ("亿元", AmountUnit::Yi),
        ("万元", AmountUnit::Wan),
        ("元", AmountUnit::Yuan),
        ("圆", AmountUnit::Yuan),
        ("亿", AmountUnit::Yi),
        ("万", AmountUnit::Wan),
    ] {
        if let Some(number) = text.strip_suffix(suffix) {
            return (number, Some(unit));
        }
    }
    (text, None)
}

/// Takes out thousands separators where they stand at every third digit; `None` if it is no such number.
fn without_separators(number: &str) -> Option<String> {
    let (sign, number) = match number.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", number),
    };
    let (whole, decimals) = match number.split_once('.') {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (number, None),
    };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let groups: Vec<&str> = whole.split(',').collect();
    let grouped = match groups.split_first() {
        Some((first, rest)) if !rest.is_empty() => first.len() <= 3 && rest.iter().all(|group| group.len() == 3),
        _ => true,
    };
    if !grouped || !groups.iter().all(|group| digits(group)) || !decimals.is_none_or(digits) {
        return None;
    }
    let whole = groups.concat();
    Some(match decimals {
        Some(decimals) => format!("{sign}{whole}.{decimals}"),
        None => format!("{sign}{whole}"),
    })
}

/// Moves the decimal point of a plain number, so that 元 become 万元 without any arithmetic that could round.
fn move_point(plain: &str, places: i32) -> String {
    let (sign, number) = match plain.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", plain),
    };
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    let mut left: Vec<char> = whole.chars().collect();
    let mut right: Vec<char> = decimals.chars().rev().collect();
    for _ in 0..places.max(0) {
        left.push(right.pop().unwrap_or('0'));
    }
    for _ in places.min(0)..0 {
        right.push(left.pop().unwrap_or('0'));
    }
    if left.is_empty() {
        left.push('0');
    }
    if right.is_empty() {
        right.push('0');
    }
    format!("{sign}{}.{}", left.iter().collect::<String>(), right.iter().rev().collect::<String>())
}

/// Finds out why a text is no number, so that the message fits what was written.
fn describe(text: &str) -> AmountProblem {
    let vague = ["约", "左右", "上下", "近", "余", "多", "不超过", "以内", "以上", "以下", "暂", "预计", "估", "几"];
    if vague.iter().any(|word| text.contains(word)) {
        return AmountProblem::Approximate;
    }
    let mut before_digit = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let dash = matches!(c, '-' | '~' | '～' | '〜' | '—' | '–' | '－' | '至' | '到');
        if dash && before_digit && chars.clone().any(|next| next.is_ascii_digit()) {
            return AmountProblem::Range;
        }
        before_digit = before_digit || c.is_ascii_digit();
    }
    AmountProblem::NotANumber
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Result<String, AmountProblem> {
        read_amount_text(text, AmountUnit::Wan).map(|money| money.to_string())
    }

    #[test]
    fn what_people_write_is_read_exactly() {
        for (text, wan) in [
            ("268", "268.00"),
            ("49.99", "49.99"),
            ("６２．５", "62.50"),
            ("98.5万元", "98.50"),
            ("98.5 万", "98.50"),
            ("1,200", "1200.00"),
            ("1，200.50", "1200.50"),
            ("1,234,567元", "123.4567"),
            ("985000元", "98.50"),
            ("¥985,000元整", "98.50"),
            ("￥98.5万元", "98.50"),
            ("0.01元", "0.000001"),
            ("1.2亿元", "12000.00"),
            ("0.00012亿", "1.20"),
            (" 268 \n", "268.00"),
            ("0049.990", "49.99"),
        ] {
            assert_eq!(read(text).as_deref(), Ok(wan), "{text}");
        }
        assert_eq!(read_amount_text("2,680,000", AmountUnit::Yuan), Ok(Money::from_wan(268)));
        assert_eq!(read_amount_text("268万元", AmountUnit::Yuan), Ok(Money::from_wan(268)));
    }

    #[test]
    fn what_is_doubtful_is_a_problem_and_never_a_guess() {
        for (text, problem) in [
            ("", AmountProblem::Missing),
            ("约100", AmountProblem::Approximate),
            ("100左右", AmountProblem::Approximate),
            ("100多万", AmountProblem::Approximate),
            ("不超过100", AmountProblem::Approximate),
            ("50-60", AmountProblem::Range),
            ("50—60万元", AmountProblem::Range),
            ("50至60", AmountProblem::Range),
            ("1.2.3", AmountProblem::NotANumber),
            ("12,34", AmountProblem::NotANumber),
            ("1234,567", AmountProblem::NotANumber),
            ("壹佰万元", AmountProblem::NotANumber),
            ("待定", AmountProblem::NotANumber),
            ("1e3", AmountProblem::NotANumber),
            ("¥100", AmountProblem::NotANumber),
            ("=1+1", AmountProblem::NotANumber),
            ("#REF!", AmountProblem::NotANumber),
            ("万元", AmountProblem::NotANumber),
            ("1.0000001", AmountProblem::TooPrecise),
            ("0.001元", AmountProblem::TooPrecise),
            ("-5", AmountProblem::Negative),
            ("0", AmountProblem::Zero),
            ("0.00万元", AmountProblem::Zero),
            ("2680000000", AmountProblem::TooLarge),
        ] {
            assert_eq!(read(text), Err(problem), "{text}");
        }
    }

    proptest! {
        #[test]
        fn cleaning_never_panics_and_what_it_accepts_prints_back(text in "\\PC*") {
            if let Ok(money) = read_amount_text(&text, AmountUnit::Wan) {
                prop_assert_eq!(read_amount_text(&money.to_string(), AmountUnit::Wan), Ok(money));
            }
        }

        #[test]
        fn number_like_text_never_panics_and_prints_back(
            text in "[-¥￥]?[0-9０-９,，.．]{0,14}(万元|元|亿|万|亿元|整)?", unit in 0..3usize,
        ) {
            let unit = [AmountUnit::Yuan, AmountUnit::Wan, AmountUnit::Yi][unit];
            if let Ok(money) = read_amount_text(&text, unit) {
                prop_assert_eq!(read_amount_text(&money.to_string(), AmountUnit::Wan), Ok(money));
            }
        }

        #[test]
        fn every_way_of_writing_an_amount_gives_the_same_amount(fen in 1i64..=1_000_000_000_000) {
            let money = Money::from_fen(fen).unwrap();
            let yuan = format!("{}.{:02}元", fen / 100, fen % 100);
            prop_assert_eq!(read_amount_text(&yuan, AmountUnit::Wan), Ok(money));
            let wide: String = format!("{money}万元").chars()
                .map(|c| if c.is_ascii() { char::from_u32(u32::from(c) + 0xfee0).unwrap() } else { c }).collect();
            prop_assert_eq!(read_amount_text(&wide, AmountUnit::Yuan), Ok(money));
        }
    }
}
