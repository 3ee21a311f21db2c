//! Periods and days as people write them on forms.

use chrono::{Datelike, Days, NaiveDate};

use crate::domain::calendar::YearMonth;

use super::cell::Cell;
use super::text::{squeeze, without_notes};

/// Day zero of spreadsheet programs.
const SERIAL_EPOCH: Option<NaiveDate> = NaiveDate::from_ymd_opt(1899, 12, 30);

/// What a cell of 项目起始时间 says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Period {
    /// The first month, where it is named.
    pub start: Option<YearMonth>,
    /// The last month, where it is named.
    pub end: Option<YearMonth>,
    /// Whether something was written but a month at an end is missing, as in 2027年.
    pub months_missing: bool,
}

/// Why a period cannot be taken over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PeriodProblem {
    /// It is not written as years and months.
    #[error("the period cannot be read")]
    Unreadable,
    /// It ends before it starts.
    #[error("the period ends before it starts")]
    Reversed {
        /// The first month as read.
        start: YearMonth,
        /// The last month as read.
        end: YearMonth,
    },
}

/// One end of a period; the month may be missing.
#[derive(Debug, Clone, Copy)]
struct Point {
    year: i32,
    month: Option<u32>,
}

impl Point {
    fn month(self) -> Option<YearMonth> {
        YearMonth::new(self.year, self.month?)
    }

    /// Tells whether year and month exist in the calendar.
    fn is_valid(self) -> bool {
        YearMonth::new(self.year, self.month.unwrap_or(1)).is_some()
    }
}

/// Reads both ends of a period from one cell.
pub fn read_period(cell: &Cell) -> Result<Period, PeriodProblem> {
    let Some((first, second)) = read_points(cell)? else {
        return Ok(Period::default());
    };
    let start = first.month();
    let end = second.and_then(Point::month);
    in_order(start, end)?;
    Ok(Period { start, end, months_missing: start.is_none() || end.is_none() })
}

/// Reads one end of a period from a cell of its own; `None` where the cell is blank or names only a year.
pub fn read_month(cell: &Cell) -> Result<Option<YearMonth>, PeriodProblem> {
    match read_points(cell)? {
        None => Ok(None),
        Some((point, None)) => Ok(point.month()),
        Some((_, Some(_))) => Err(PeriodProblem::Unreadable),
    }
}

/// Checks that the last month does not lie before the first.
pub fn in_order(start: Option<YearMonth>, end: Option<YearMonth>) -> Result<(), PeriodProblem> {
    match (start, end) {
        (Some(start), Some(end)) if end < start => Err(PeriodProblem::Reversed { start, end }),
        _ => Ok(()),
    }
}

fn read_points(cell: &Cell) -> Result<Option<(Point, Option<Point>)>, PeriodProblem> {
    let day = |day: NaiveDate| Point { year: day.year(), month: Some(day.month()) };
    match cell {
        Cell::Empty => Ok(None),
        Cell::Date(date) => Ok(Some((day(*date), None))),
        Cell::Number(number) => match serial_day(number) {
            Some(date) => Ok(Some((day(date), None))),
            // A number 2027.1 may have been typed as 2027.10: the cell no longer tells.
            None if number.split_once('.').is_some_and(|(_, decimals)| decimals == "1") => {
                Err(PeriodProblem::Unreadable)
            }
            None => parse_points(number),
        },
        Cell::Text(text) => parse_points(text),
    }
}

/// Reads the number of a day that lost its date format: in this column no other five-digit number makes sense.
fn serial_day(number: &str) -> Option<NaiveDate> {
    let days: u64 = number.parse().ok()?;
    if !(36_526..=73_415).contains(&days) {
        return None;
    }
    SERIAL_EPOCH?.checked_add_days(Days::new(days))
}

fn parse_points(text: &str) -> Result<Option<(Point, Option<Point>)>, PeriodProblem> {
    let text = without_notes(&squeeze(text));
    if text.is_empty() {
        return Ok(None);
    }
    let text = text.replace("上半年", "1月-6月").replace("下半年", "7月-12月").replace("全年", "1月-12月");
    let mut scanner = Scanner { chars: text.chars().collect(), at: 0 };
    let points = scanner.points().ok_or(PeriodProblem::Unreadable)?;
    let all_valid = points.0.is_valid() && points.1.is_none_or(Point::is_valid);
    if all_valid { Ok(Some(points)) } else { Err(PeriodProblem::Unreadable) }
}

/// Walks through squeezed text such as `2027年3月至2027年12月`.
struct Scanner {
    chars: Vec<char>,
    at: usize,
}

impl Scanner {
    fn points(&mut self) -> Option<(Point, Option<Point>)> {
        self.skip(&['从', '自', '由']);
        let first = self.point(None)?;
        self.skip(&['起', '初', '份']);
        if self.is_done() {
            return Some((first, None));
        }
        if !self.skip(&['至', '到', '-', '—', '–', '―', '‐', '‑', '−', '─', '一', '~', '～', '〜', '∼'])
        {
            return None;
        }
        // Nothing after the dash: the end was left open.
        if self.is_done() {
            return Some((first, None));
        }
        let second = self.point(Some(first.year))?;
        self.skip(&['份', '底', '末', '止']);
        self.is_done().then_some((first, Some(second)))
    }

    /// Reads a year with or without month and day; a month alone belongs to the year `carried` over.
    fn point(&mut self, carried: Option<i32>) -> Option<Point> {
        let digits = self.digits();
        let number: u32 = if digits.is_empty() { 0 } else { digits.parse().ok()? };
        match (digits.len(), carried) {
            (0, Some(year)) => {
                let next_year = self.word("次年") || self.word("翌年") || self.word("第二年");
                if !next_year && !self.word("当年") && !self.word("同年") && !self.word("本年") {
                    return None;
                }
                let year = if next_year { year + 1 } else { year };
                Some(Point { year, month: self.month_after_year() })
            }
            (1 | 2, Some(year)) => {
                self.eat('月');
                self.day_of_month();
                Some(Point { year, month: Some(number) })
            }
            (4, _) => {
                let year = i32::try_from(number).ok()?;
                if self.eat('年') {
                    self.eat('度');
                    return Some(Point { year, month: self.month_after_year() });
                }
                Some(Point { year, month: self.month_after_separator() })
            }
            // 202703, 20270301
            (6 | 8, _) => {
                let month = if digits.len() == 8 { number / 100 % 100 } else { number % 100 };
                let year = if digits.len() == 8 { number / 10_000 } else { number / 100 };
                Some(Point { year: i32::try_from(year).ok()?, month: Some(month) })
            }
            _ => None,
        }
    }

    fn month_after_year(&mut self) -> Option<u32> {
        let back = self.at;
        let digits = self.digits();
        if digits.is_empty() || digits.len() > 2 {
            self.at = back;
            return None;
        }
        self.eat('月');
        self.eat('份');
        self.day_of_month();
        digits.parse().ok()
    }

    /// Reads `.3`, `-03` or `/3/1` after a year; `-2027` after a year is the next year instead.
    fn month_after_separator(&mut self) -> Option<u32> {
        let back = self.at;
        let separator = self.peek().filter(|c| matches!(c, '.' | '-' | '/' | '、'))?;
        self.at += 1;
        let month = self.digits();
        if month.is_empty() || month.len() > 2 {
            self.at = back;
            return None;
        }
        self.eat('月');
        let back = self.at;
        let day = if self.eat(separator) { self.digits() } else { String::new() };
        // 2027-03-12 is a day; in 2027.3.1-2027.9.30 the day ends at another sign; 2027-03-2027-12 has none.
        if day.is_empty() || day.len() > 2 || self.peek().is_some_and(|c| matches!(c, '月' | '年')) {
            self.at = back;
        } else {
            self.eat('日');
        }
        month.parse().ok()
    }

    fn day_of_month(&mut self) {
        let back = self.at;
        let digits = self.digits();
        if digits.is_empty() || digits.len() > 2 || !(self.eat('日') || self.eat('号')) {
            self.at = back;
        }
    }

    fn digits(&mut self) -> String {
        let digits: String =
            self.chars.iter().skip(self.at).take_while(|c| c.is_ascii_digit()).take(9).copied().collect();
        self.at += digits.len();
        digits
    }

    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn eat(&mut self, c: char) -> bool {
        let found = self.peek() == Some(c);
        self.at += usize::from(found);
        found
    }

    fn word(&mut self, word: &str) -> bool {
        let found = self.chars.iter().skip(self.at).take(word.chars().count()).copied().eq(word.chars());
        self.at += if found { word.chars().count() } else { 0 };
        found
    }

    fn skip(&mut self, any: &[char]) -> bool {
        let before = self.at;
        while self.peek().is_some_and(|c| any.contains(&c)) {
            self.at += 1;
        }
        self.at > before
    }

    fn is_done(&self) -> bool {
        self.at >= self.chars.len()
    }
}

/// Reads the day of 填报日期; `Ok(None)` where the blanks of the printed form (年 月 日) were left empty.
pub fn read_day(cell: &Cell) -> Result<Option<NaiveDate>, PeriodProblem> {
    let text = match cell {
        Cell::Empty => return Ok(None),
        Cell::Date(day) => return Ok(Some(*day)),
        Cell::Number(number) => match serial_day(number) {
            Some(day) => return Ok(Some(day)),
            None => number,
        },
        Cell::Text(text) => text,
    };
    let text = squeeze(text);
    if text.chars().all(|c| matches!(c, '年' | '月' | '日' | '_' | '/' | '-' | '.')) {
        return Ok(None);
    }
    let mut parts = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    let mut next = || parts.next().filter(|part| part.len() <= 4).and_then(|part| part.parse::<u32>().ok());
    let day = next().zip(next()).zip(next()).and_then(|((year, month), day)| {
        let year = i32::try_from(year).ok().filter(|year| (1990..=2100).contains(year))?;
        NaiveDate::from_ymd_opt(year, month, day)
    });
    day.map(Some).ok_or(PeriodProblem::Unreadable)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> (Option<String>, Option<String>) {
        let period = read_period(&Cell::Text(text.to_owned())).unwrap_or_else(|problem| panic!("{text}: {problem}"));
        (period.start.map(|month| month.to_string()), period.end.map(|month| month.to_string()))
    }

    #[test]
    fn every_usual_way_of_writing_a_period_is_read() {
        for (text, start, end) in [
            ("2027年3月至2027年12月", "2027-03", "2027-12"),
            ("2027.4-2027.9", "2027-04", "2027-09"),
            ("2027年5月—2027年11月", "2027-05", "2027-11"),
            ("2027年5月——2028年11月", "2027-05", "2028-11"),
            ("2027年1月-6月", "2027-01", "2027-06"),
            ("2027年1-6月", "2027-01", "2027-06"),
            ("2027-03～2027-12", "2027-03", "2027-12"),
            ("2027-03-2027-12", "2027-03", "2027-12"),
            ("2027.3.1-2027.12.31", "2027-03", "2027-12"),
            ("2027/3/1至2027/12/31", "2027-03", "2027-12"),
            ("2027年3月1日至2027年12月31日", "2027-03", "2027-12"),
            ("２０２７年３月－２０２７年１２月", "2027-03", "2027-12"),
            ("2027 年 3 月\n至 2027 年 12 月", "2027-03", "2027-12"),
            ("2027年3月至次年2月", "2027-03", "2028-02"),
            ("202703-202712", "2027-03", "2027-12"),
            ("2027年上半年", "2027-01", "2027-06"),
            ("2027年3月起至2027年12月底（9个月）", "2027-03", "2027-12"),
            ("2027.10-12", "2027-10", "2027-12"),
        ] {
            assert_eq!(read(text), (Some(start.to_owned()), Some(end.to_owned())), "{text}");
        }
    }

    #[test]
    fn a_missing_end_is_left_open() {
        for text in ["2027/3", "2027年3月", "2027-03-12", "2027年3月至", "2027.03"] {
            assert_eq!(read(text), (Some("2027-03".to_owned()), None), "{text}");
        }
        for text in ["2027年", "2027", "2027年度", "2027年至2028年", "2027-2028"] {
            assert_eq!(read(text), (None, None), "{text}");
        }
        let march = Cell::Date(NaiveDate::from_ymd_opt(2027, 3, 1).unwrap());
        for cell in [march, Cell::Number("46447".into())] {
            let period = read_period(&cell).unwrap();
            assert_eq!((period.start, period.end), (YearMonth::new(2027, 3), None));
            assert!(period.months_missing);
        }
        assert_eq!(read_period(&Cell::Text("  ".into())), Ok(Period::default()));
    }

    #[test]
    fn what_is_no_period_is_a_problem() {
        for text in
            ["立项后6个月", "2027年13月", "3月-6月", "2027年3月至x", "1.2.3.4", "27年3月", "2027年0月", "2200年1月"]
        {
            assert_eq!(read_period(&Cell::Text(text.into())), Err(PeriodProblem::Unreadable), "{text}");
        }
        assert_eq!(read_period(&Cell::Number("2027.1".into())), Err(PeriodProblem::Unreadable));
        let reversed = read_period(&Cell::Text("2027年9月至2027年3月".into()));
        assert!(matches!(reversed, Err(PeriodProblem::Reversed { .. })));
    }

    #[test]
    fn the_day_of_filing_is_read_with_or_without_gaps() {
        let day = NaiveDate::from_ymd_opt(2026, 9, 12);
        for text in ["2026 年 9 月 12 日", "2026年9月12日", "2026-09-12", "2026.9.12", "２０２６／９／１２"]
        {
            assert_eq!(read_day(&Cell::Text(text.into())), Ok(day), "{text}");
        }
        for text in ["", "  年  月  日", "____年__月__日"] {
            assert_eq!(read_day(&Cell::Text(text.into())), Ok(None), "{text}");
        }
        for text in ["2026年9月", "昨天", "2026-13-01"] {
            assert_eq!(read_day(&Cell::Text(text.into())), Err(PeriodProblem::Unreadable), "{text}");
        }
    }

    proptest! {
        #[test]
        fn reading_never_panics(text in "[0-9年月日至到.\\-/～ 起底次]{0,24}|\\PC{0,40}") {
            let _ = read_period(&Cell::Text(text.clone()));
            let _ = read_day(&Cell::Text(text.clone()));
            let _ = read_month(&Cell::Number(text));
        }
    }
}
