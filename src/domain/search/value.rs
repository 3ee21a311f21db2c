//! Values of the filter language: amounts, days, and the comparisons they stand in.

use std::fmt;

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::domain::calendar::parse_date;
use crate::domain::money::Money;

use super::fold::fold;

/// A comparison with a value, or two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Test<T> {
    /// `:` and `=`.
    Equal(T),
    /// `>`.
    Above(T),
    /// `>=`, and `a..`.
    AtLeast(T),
    /// `<`.
    Below(T),
    /// `<=`, and `..b`.
    AtMost(T),
    /// `a..b`, both ends included.
    Between(T, T),
}

impl<T: PartialOrd> Test<T> {
    /// Tells whether a value passes.
    pub fn is_met_by(&self, value: &T) -> bool {
        match self {
            Test::Equal(wanted) => value == wanted,
            Test::Above(limit) => value > limit,
            Test::AtLeast(limit) => value >= limit,
            Test::Below(limit) => value < limit,
            Test::AtMost(limit) => value <= limit,
            Test::Between(low, high) => low <= value && value <= high,
        }
    }
}

impl<T> Test<T> {
    /// Writes the operator and the values.
    pub(super) fn write(&self, f: &mut impl fmt::Write, one: impl Fn(&T) -> String) -> fmt::Result {
        match self {
            Test::Equal(value) => write!(f, ":{}", one(value)),
            Test::Above(value) => write!(f, ">{}", one(value)),
            Test::AtLeast(value) => write!(f, ">={}", one(value)),
            Test::Below(value) => write!(f, "<{}", one(value)),
            Test::AtMost(value) => write!(f, "<={}", one(value)),
            Test::Between(low, high) => write!(f, ":{}..{}", one(low), one(high)),
        }
    }
}

impl<T> Test<T> {
    /// Gives the same comparison of what the values are turned into.
    pub fn map<U>(self, to: impl Fn(T) -> U) -> Test<U> {
        match self {
            Test::Equal(value) => Test::Equal(to(value)),
            Test::Above(value) => Test::Above(to(value)),
            Test::AtLeast(value) => Test::AtLeast(to(value)),
            Test::Below(value) => Test::Below(to(value)),
            Test::AtMost(value) => Test::AtMost(to(value)),
            Test::Between(low, high) => Test::Between(to(low), to(high)),
        }
    }
}

/// The unit of a distance of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ahead {
    /// 天.
    Days,
    /// 周.
    Weeks,
    /// 月.
    Months,
}

/// A day as the filter names it; what it means depends on the day of asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// A date.
    Date(NaiveDate),
    /// 今日.
    Today,
    /// 本周, Monday to Sunday.
    ThisWeek,
    /// So many days, weeks or months from today.
    In(u16, Ahead),
}

impl When {
    /// Tells whether a range from this to the other is backwards on every day; only dates can be told apart
    /// before one knows what today is.
    pub(super) fn is_surely_after(&self, other: &When) -> bool {
        matches!((self, other), (When::Date(from), When::Date(to)) if from > to)
    }

    /// Tells the first and the last day meant.
    fn days(self, today: NaiveDate) -> (NaiveDate, NaiveDate) {
        let one = |day: Option<NaiveDate>| (day.unwrap_or(NaiveDate::MAX), day.unwrap_or(NaiveDate::MAX));
        match self {
            When::Date(day) => (day, day),
            When::Today => (today, today),
            When::ThisWeek => {
                let since_monday = u64::from(today.weekday().num_days_from_monday());
                let monday = today.checked_sub_days(Days::new(since_monday)).unwrap_or(today);
                (monday, monday.checked_add_days(Days::new(6)).unwrap_or(today))
            }
            When::In(count, Ahead::Days) => one(today.checked_add_days(Days::new(count.into()))),
            When::In(count, Ahead::Weeks) => one(today.checked_add_days(Days::new(u64::from(count) * 7))),
            When::In(count, Ahead::Months) => one(today.checked_add_months(Months::new(count.into()))),
        }
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            When::Date(day) => write!(f, "{}", day.format("%Y-%m-%d")),
            When::Today => f.write_str("今日"),
            When::ThisWeek => f.write_str("本周"),
            When::In(count, Ahead::Days) => write!(f, "{count}天"),
            When::In(count, Ahead::Weeks) => write!(f, "{count}周"),
            When::In(count, Ahead::Months) => write!(f, "{count}月"),
        }
    }
}

/// A condition on the day something is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// 逾期: the day has passed.
    Overdue,
    /// A comparison with a day. `期限:7天` is read as "within seven days", that is `<=`; what is overdue
    /// already is included, for it is the more urgent.
    On(Test<When>),
}

/// A condition on the day of the last change: a day, or how many days ago.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Changed {
    /// So many whole days ago, as 等待 counts them.
    Ago(Test<u32>),
    /// On a day, before or after it.
    On(Test<When>),
}

/// An inclusive stretch of days; an absent end is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateSpan {
    /// The first day, where there is one.
    pub first: Option<NaiveDate>,
    /// The last day, where there is one.
    pub last: Option<NaiveDate>,
}

impl DateSpan {
    /// Tells whether a day lies within.
    pub fn contains(&self, day: NaiveDate) -> bool {
        self.first.is_none_or(|first| first <= day) && self.last.is_none_or(|last| day <= last)
    }
}

impl Due {
    /// Tells which days are meant when asked on this day.
    pub fn resolve(self, today: NaiveDate) -> DateSpan {
        let before = |day: NaiveDate| DateSpan { first: None, last: day.pred_opt() };
        match self {
            Due::Overdue => before(today),
            Due::On(Test::Below(when)) => before(when.days(today).0),
            Due::On(Test::AtMost(when)) => DateSpan { first: None, last: Some(when.days(today).1) },
            Due::On(Test::Above(when)) => DateSpan { first: when.days(today).1.succ_opt(), last: None },
            Due::On(Test::AtLeast(when)) => DateSpan { first: Some(when.days(today).0), last: None },
            Due::On(Test::Equal(when)) => Due::On(Test::Between(when, when)).resolve(today),
            Due::On(Test::Between(from, to)) => {
                DateSpan { first: Some(from.days(today).0), last: Some(to.days(today).1) }
            }
        }
    }
}

/// Reads a day: a date, 今日, 本周, or a distance such as `7d` and `2周`.
pub(super) fn read_when(text: &str) -> Option<When> {
    let text = fold(text);
    match text.as_str() {
        "今日" | "今天" | "today" => return Some(When::Today),
        "本周" | "week" => return Some(When::ThisWeek),
        _ => {}
    }
    let (number, unit) = number_and_unit(&text)?;
    let ahead = match unit.as_str() {
        "d" | "天" | "日" => Some(Ahead::Days),
        "w" | "周" => Some(Ahead::Weeks),
        "m" | "月" | "个月" => Some(Ahead::Months),
        _ => None,
    };
    match ahead {
        Some(ahead) => number.parse().ok().map(|count| When::In(count, ahead)),
        None => {
            let dashes: String =
                text.chars().filter(|c| *c != '日').map(|c| if "/年月".contains(c) { '-' } else { c }).collect();
            parse_date(&dashes).map(When::Date)
        }
    }
}

/// Reads a duration in days: `3`, `3天`, `2w`; a month counts as 30 days.
pub(super) fn read_days(text: &str) -> Option<u32> {
    let text = fold(text);
    let (number, unit) = number_and_unit(&text)?;
    let days = match unit.as_str() {
        "" | "d" | "天" | "日" => 1,
        "w" | "周" => 7,
        "m" | "月" | "个月" => 30,
        _ => return None,
    };
    number.parse::<u16>().ok().map(|count| u32::from(count) * days)
}

/// Reads which version of a scheme: `2`, `2版`, `v2`.
pub(super) fn read_edition(text: &str) -> Option<u32> {
    let text = fold(text);
    let digits = text.trim_start_matches(['v', '第']).trim_end_matches(['版', '稿', '轮', '次']);
    digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse::<u16>().ok().map(u32::from)).flatten()
}

/// Reads a plan year: `2027` or `2027年`.
pub(super) fn read_year(text: &str) -> Option<i32> {
    let text = fold(text);
    let digits = text.strip_suffix('年').unwrap_or(&text);
    let year = digits.parse().ok().filter(|_| digits.bytes().all(|b| b.is_ascii_digit()))?;
    (1990..=2100).contains(&year).then_some(year)
}

/// Reads an amount: `200`, `200万`, `1.5亿`, `5000元`. Without a unit it is 万元, or that of the other end of a range.
pub(super) fn read_amount(text: &str, unit_of_range: Option<char>) -> Option<Money> {
    let text = fold(text);
    let number = text.trim_end_matches(['万', '亿', '元']);
    let (whole, decimals) = number.split_once('.').unwrap_or((number, "0"));
    let digits = |part: &str| !part.is_empty() && part.len() <= 18 && part.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !digits(decimals) {
        return None;
    }
    let wan = match amount_unit(&text).or(unit_of_range) {
        None | Some('万') => format!("{whole}.{decimals}"),
        Some('亿') => shift(whole, decimals, 4),
        Some('元') => shift(whole, decimals, -4),
        Some(_) => return None,
    };
    Money::parse_wan_or_zero(&wan).ok()
}

/// Tells the unit an amount is written with; 万元 and 亿元 are 万 and 亿.
pub(super) fn amount_unit(text: &str) -> Option<char> {
    let unit: Vec<char> = text.chars().skip_while(|c| c.is_numeric() || matches!(c, '.' | '．' | '。')).collect();
    match unit.as_slice() {
        ['万'] | ['万', '元'] => Some('万'),
        ['亿'] | ['亿', '元'] => Some('亿'),
        ['元'] => Some('元'),
        [] => None,
        // Something that is no unit; reading such an amount fails.
        _ => Some('?'),
    }
}

/// Moves the decimal point without leaving decimal digits, so that no 分 is lost to rounding.
fn shift(whole: &str, decimals: &str, places: i32) -> String {
    let digits: Vec<char> = whole.chars().chain(decimals.chars()).collect();
    let point = whole.len() as i32 + places;
    let zeros_before = (1 - point).max(0) as usize;
    let zeros_behind = (point + 1 - digits.len() as i32).max(0) as usize;
    let padded: Vec<char> =
        std::iter::repeat_n('0', zeros_before).chain(digits).chain(std::iter::repeat_n('0', zeros_behind)).collect();
    let (before, behind) = padded.split_at(point.max(1) as usize);
    format!("{}.{}", before.iter().collect::<String>(), behind.iter().collect::<String>())
}

/// Writes an amount in 万, without idle zeros.
pub(super) fn write_amount(amount: &Money) -> String {
    let text = amount.to_string();
    format!("{}万", text.trim_end_matches('0').trim_end_matches('.'))
}

fn number_and_unit(text: &str) -> Option<(String, String)> {
    let number: String = text.chars().take_while(char::is_ascii_digit).collect();
    let unit = text.chars().skip_while(char::is_ascii_digit).collect();
    (!number.is_empty()).then_some((number, unit))
}
