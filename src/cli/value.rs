//! Values of arguments, each refused with a Chinese sentence that says what is expected.

use chrono::NaiveDate;

use crate::cli::args::ListFormat;
use crate::documents::paper::PaperKind;
use crate::domain::actor::{Role, UnitKind};
use crate::domain::calendar::{Moment, parse_date, parse_moment};
use crate::domain::meeting::MeetingCode;
use crate::domain::money::Money;
use crate::domain::project::Stage;
use crate::domain::round::RoundKind;
use crate::domain::text::clean_line;
use crate::domain::workflow::input::LONGEST_LINE;
use crate::domain::workflow::record::ReviewResult;
use crate::service::Mode;

fn one_of<T: Copy>(found: Option<T>, what: &str, all: &[T], code: fn(T) -> &'static str) -> Result<T, String> {
    found.ok_or_else(|| {
        let codes: Vec<&str> = all.iter().map(|value| code(*value)).collect();
        format!("没有这个{what}；可用的有：{}", codes.join("、"))
    })
}

/// Reads a name: one line, nothing invisible in it.
pub fn name(text: &str) -> Result<String, String> {
    let name = clean_line(text).trim().to_owned();
    match name.chars().count() {
        0 => Err("不能为空".to_owned()),
        1..=LONGEST_LINE => Ok(name),
        _ => Err(format!("超过 {LONGEST_LINE} 字")),
    }
}

/// How wide the terminal shows `“` and its like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// As it says when asked.
    Auto,
    /// One cell.
    Narrow,
    /// Two cells.
    Wide,
}

impl Width {
    const ALL: &[Width] = &[Width::Auto, Width::Narrow, Width::Wide];

    const fn code(self) -> &'static str {
        match self {
            Width::Auto => "auto",
            Width::Narrow => "narrow",
            Width::Wide => "wide",
        }
    }
}

/// Reads a width.
pub fn width(text: &str) -> Result<Width, String> {
    let found = Width::ALL.iter().copied().find(|width| width.code() == text);
    one_of(found, "宽度", Width::ALL, Width::code)
}

/// Reads a role.
pub fn role(text: &str) -> Result<Role, String> {
    one_of(Role::parse(text), "角色", Role::ALL, Role::code)
}

/// Reads a stage.
pub fn stage(text: &str) -> Result<Stage, String> {
    one_of(Stage::parse(text), "状态", Stage::ALL, Stage::code)
}

/// Reads how a database is used.
pub fn mode(text: &str) -> Result<Mode, String> {
    one_of(Mode::parse(text), "使用方式", Mode::ALL, Mode::code)
}

/// Reads a kind of unit.
pub fn unit_kind(text: &str) -> Result<UnitKind, String> {
    one_of(UnitKind::parse(text), "单位类型", UnitKind::ALL, UnitKind::code)
}

/// Reads a kind of paper.
pub fn paper(text: &str) -> Result<PaperKind, String> {
    one_of(PaperKind::parse(text), "文书", PaperKind::ALL, PaperKind::code)
}

/// Reads how many cells a line has.
pub fn cells(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|cells| (20..=400).contains(cells)).ok_or_else(|| "应为 20 到 400 的整数".to_owned())
}

/// Reads what happens to a verdict.
pub fn verdict(text: &str) -> Result<String, String> {
    let codes = ["pass", "fail", "doubt", "na", "clear"];
    match codes.contains(&text) {
        true => Ok(text.to_owned()),
        false => Err(format!("没有这个判断；可用的有：{}", codes.join("、"))),
    }
}

/// Reads the conclusion of an opinion.
pub fn review_result(text: &str) -> Result<ReviewResult, String> {
    one_of(ReviewResult::parse(text), "结论", ReviewResult::ALL, ReviewResult::code)
}

/// Reads an amount in 万元; nothing is an amount as well.
pub fn amount(text: &str) -> Result<Money, String> {
    Money::parse_wan_or_zero(text).map_err(|_| "应为万元金额，最多 6 位小数，如 268.5".to_owned())
}

/// Reads the name of a shell.
pub fn shell(text: &str) -> Result<clap_complete::Shell, String> {
    text.parse().map_err(|_| "可用的有：bash、zsh、fish、elvish、powershell".to_owned())
}

/// Reads the format of a list.
pub fn list_format(text: &str) -> Result<ListFormat, String> {
    match text {
        "csv" => Ok(ListFormat::Csv),
        "xlsx" => Ok(ListFormat::Xlsx),
        _ => Err("可用的有：csv、xlsx".to_owned()),
    }
}

/// Reads yes or no.
pub fn yes_or_no(text: &str) -> Result<bool, String> {
    match text {
        "是" | "true" | "yes" => Ok(true),
        "否" | "false" | "no" => Ok(false),
        _ => Err("应为 是 或 否".to_owned()),
    }
}

/// Reads a moment.
pub fn moment(text: &str) -> Result<Moment, String> {
    parse_moment(text).ok_or_else(|| "应写成 2026-09-30T17:00:00+08:00".to_owned())
}

/// Reads a day.
pub fn date(text: &str) -> Result<NaiveDate, String> {
    parse_date(text).ok_or_else(|| "应写成 2026-09-12".to_owned())
}

/// Reads the number of a meeting.
pub fn meeting(text: &str) -> Result<MeetingCode, String> {
    MeetingCode::typed(text).ok_or_else(|| "应写成 2026-03".to_owned())
}

/// Reads the place of an item on an agenda.
pub fn item(text: &str) -> Result<u32, String> {
    text.parse().ok().filter(|item| *item > 0).ok_or_else(|| "应为议程中的序号，如 1".to_owned())
}

/// Reads two rounds to compare.
pub fn two_rounds(text: &str) -> Result<(u32, u32), String> {
    let number = |part: &str| part.trim().parse().ok().filter(|number| *number > 0);
    let pair = text.split_once([',', '，']).and_then(|(one, other)| Some((number(one)?, number(other)?)));
    pair.filter(|(one, other)| one != other).ok_or_else(|| "应写成两个不同的轮次，如 1,2".to_owned())
}

/// Reads a kind of round that can be compared.
pub fn compared_kind(text: &str) -> Result<RoundKind, String> {
    let kinds = &[RoundKind::Review, RoundKind::Acceptance];
    one_of(RoundKind::parse(text).filter(|kind| kinds.contains(kind)), "类别", kinds, RoundKind::code)
}

/// Reads a moment, or a day from its beginning.
pub fn since(text: &str) -> Result<Moment, String> {
    let day = parse_date(text).and_then(|day| parse_moment(&format!("{day}T00:00:00+08:00")));
    day.or_else(|| parse_moment(text)).ok_or_else(|| "应写成 2026-09-12 或 2026-09-12T09:00:00+08:00".to_owned())
}

/// Reads a plan year.
pub fn year(text: &str) -> Result<i32, String> {
    text.parse().ok().filter(|year| (2000..=2100).contains(year)).ok_or_else(|| "应为 2000 到 2100 的年度".to_owned())
}

/// Reads how many projects are wanted.
pub fn projects(text: &str) -> Result<u64, String> {
    let count = text.parse().ok().filter(|count| (1..=2_000_000).contains(count));
    count.ok_or_else(|| "应为 1 到 2000000 的整数".to_owned())
}

/// Reads the digit of a view, as an input method may write it.
pub fn digit(text: &str) -> Result<u8, String> {
    let digit = crate::domain::search::fold(text).parse().ok().filter(|digit| (1..=9).contains(digit));
    digit.ok_or_else(|| "应为 1 到 9 的数字".to_owned())
}

/// Reads the size of a page.
pub fn limit(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|limit| (1..=1000).contains(limit)).ok_or_else(|| "应为 1 到 1000 的整数".to_owned())
}

/// Reads `key=value`.
pub fn setting(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((key, value)) if !key.trim().is_empty() => Ok((key.trim().to_owned(), value.to_owned())),
        _ => Err("应写成 字段=值，如 result=agree".to_owned()),
    }
}
