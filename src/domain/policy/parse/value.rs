//! Reads single values of a policy file, each with the problem it has.
//!
//! A reader returns `None` only after it has reported why: a policy is accepted when the report is empty, so nothing
//! that was dropped on the way can go unnoticed.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use chrono::NaiveDate;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::report::{Report, advice, is_unseen, shown};
use crate::domain::calendar::parse_date;
use crate::domain::money::{Money, MoneyProblem};
use crate::domain::policy::EMBEDDED;
use crate::domain::policy::Share;

/// Longer texts belong into the official wording, not into a policy file.
const LONGEST_TEXT: usize = 500;
const LONGEST_CODE: usize = 40;
const WHOLE: u32 = 10_000;

/// A fixed vocabulary whose codes a value may hold.
pub(super) struct Vocabulary<T: 'static> {
    /// What a code of it names, in Chinese.
    pub(super) what: &'static str,
    /// All values.
    pub(super) all: &'static [T],
    /// Tells the code of a value.
    pub(super) code: fn(T) -> &'static str,
}

/// A value with its place.
#[derive(Clone)]
pub(super) struct Value<'a> {
    report: &'a Report<'a>,
    path: String,
    offset: usize,
    value: &'a DeValue<'a>,
}

/// A table with its place.
pub(super) struct Section<'a> {
    report: &'a Report<'a>,
    path: String,
    /// Where it begins; `None` for the file itself.
    offset: Option<usize>,
    table: &'a DeTable<'a>,
}

impl<'a> Value<'a> {
    fn new(report: &'a Report<'a>, path: String, value: &'a Spanned<DeValue<'a>>) -> Value<'a> {
        Value { report, path, offset: value.span().start, value: value.get_ref() }
    }

    /// Reports a problem of this value.
    pub(super) fn complain(&self, message: impl AsRef<str>) {
        self.report.at(self.offset, format!("{}：{}", self.path, message.as_ref()));
    }

    fn refuse<T>(&self, message: impl AsRef<str>) -> Option<T> {
        self.complain(message);
        None
    }

    fn refuse_type<T>(&self, expected: &str) -> Option<T> {
        let found = match self.value {
            DeValue::String(_) => "文字",
            DeValue::Integer(_) => "整数",
            DeValue::Float(_) => "小数",
            DeValue::Boolean(_) => "true或false",
            DeValue::Datetime(_) => "日期或时间",
            DeValue::Array(_) => "列表",
            DeValue::Table(_) => "一节",
        };
        self.refuse(format!("应为{expected}，现为{found}"))
    }

    fn string(&self, expected: &str) -> Option<&'a str> {
        match self.value {
            DeValue::String(text) => Some(text.trim()),
            _ => self.refuse_type(expected),
        }
    }

    /// Reads a text for people: one line, not empty, nothing unseen in it.
    pub(super) fn text(&self) -> Option<String> {
        let text = self.string("加引号的文字")?;
        if let Some(c) = text.chars().find(|c| is_unseen(*c)) {
            return self.refuse(format!("含有控制字符或不可见字符U+{:04X}，请删去", u32::from(c)));
        }
        match text.chars().count() {
            0 => self.refuse("不能为空"),
            1..=LONGEST_TEXT => Some(text.to_owned()),
            length => self.refuse(format!("共{length}字，不得超过{LONGEST_TEXT}字")),
        }
    }

    /// Reads a code of an open vocabulary: small letters, digits and hyphens.
    pub(super) fn slug(&self) -> Option<String> {
        let text = self.string("加引号的代码")?;
        let starts = text.starts_with(|c: char| c.is_ascii_lowercase());
        let plain = text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        if starts && plain && text.len() <= LONGEST_CODE {
            Some(text.to_owned())
        } else {
            self.refuse(format!("代码只能由小写英文字母、数字和连字符组成，以字母开头，现为“{}”", shown(text)))
        }
    }

    /// Reads the name of a setting, such as `small_route.needs_approval`.
    pub(super) fn setting(&self) -> Option<String> {
        let text = self.string("加引号的设置名")?;
        if super::amend::is_setting(text) {
            Some(text.to_owned())
        } else {
            self.refuse(format!("设置名应写成“节.键”，如“small_route.needs_approval”，现为“{}”", shown(text)))
        }
    }

    /// Reads the number of a checklist item, such as `K03`.
    pub(super) fn item_number(&self) -> Option<String> {
        let text = self.string("加引号的编号")?;
        let mut rest = text.chars();
        let letter = rest.next().is_some_and(|c| c.is_ascii_uppercase());
        if letter && rest.clone().count() == 2 && rest.all(|c| c.is_ascii_digit()) {
            Some(text.to_owned())
        } else {
            self.refuse(format!("编号应为一个大写字母加两位数字，如“K03”，现为“{}”", shown(text)))
        }
    }

    /// Reads one code of a fixed vocabulary.
    pub(super) fn code<T: Copy>(&self, vocabulary: &Vocabulary<T>) -> Option<T> {
        let text = self.string(&format!("加引号的{}代码", vocabulary.what))?;
        find(text, vocabulary).or_else(|| self.refuse(unknown_code(text, vocabulary)))
    }

    /// Reads an amount in 万元.
    pub(super) fn money(&self) -> Option<Money> {
        let text = self.string("加引号的万元金额（如 \"50\"）")?;
        let problem = match Money::parse_wan(text) {
            Ok(amount) => return Some(amount),
            Err(MoneyProblem::Empty) => "为空",
            Err(MoneyProblem::NotANumber) => "不是数字，只能写数字和一个小数点",
            Err(MoneyProblem::TooPrecise) => "小数超过六位（不足一分）",
            Err(MoneyProblem::Negative) => "不能是负数",
            Err(MoneyProblem::Zero) => "不能是零",
            Err(MoneyProblem::TooLarge) => "过大，超过100亿元",
        };
        self.refuse(format!("金额“{}”{problem}；应为万元数，如 \"50\"", shown(text)))
    }

    /// Reads a share in percent, as basis points.
    pub(super) fn percent(&self) -> Option<u32> {
        let text = self.string("加引号的百分数（如 \"10\"）")?;
        match basis_points(text) {
            Some(points @ 1..=WHOLE) => Some(points),
            _ => self
                .refuse(format!("比例“{}”有误，应为大于0、不超过100的百分数，最多两位小数，不写百分号", shown(text))),
        }
    }

    /// Reads a share such as `2/3`: more than nothing, at most the whole.
    pub(super) fn share(&self) -> Option<Share> {
        let text = self.string("加引号的比例（如 \"2/3\"）")?;
        let parts = text.split_once('/').and_then(|(parts, whole)| {
            let number = |text: &str| text.trim().parse::<u32>().ok();
            Some(Share { parts: number(parts)?, whole: number(whole)? })
        });
        match parts {
            Some(share) if (1..=share.whole).contains(&share.parts) && share.whole <= 100 => Some(share),
            _ => self.refuse(format!("比例“{}”有误，应写成几分之几，如 \"2/3\"，大于0、不超过1", shown(text))),
        }
    }

    /// Reads a whole number of a range.
    pub(super) fn number(&self, range: RangeInclusive<u32>) -> Option<u32> {
        let expected = format!("{}到{}的整数（不加引号）", range.start(), range.end());
        let DeValue::Integer(integer) = self.value else {
            return self.refuse_type(&expected);
        };
        match u32::from_str_radix(integer.as_str(), integer.radix()) {
            Ok(number) if range.contains(&number) => Some(number),
            _ => self.refuse(format!("应为{expected}，现为{}", shown(integer.as_str()))),
        }
    }

    /// Reads yes or no.
    pub(super) fn boolean(&self) -> Option<bool> {
        match self.value {
            DeValue::Boolean(answer) => Some(*answer),
            _ => self.refuse_type("true或false（不加引号）"),
        }
    }

    /// Reads a day, with or without quotes.
    pub(super) fn date(&self) -> Option<NaiveDate> {
        let text = match self.value {
            DeValue::String(text) => text.trim().to_owned(),
            DeValue::Datetime(moment) => moment.to_string(),
            _ => return self.refuse_type("日期（如 \"2026-09-30\"）"),
        };
        parse_date(&text)
            .or_else(|| self.refuse(format!("日期“{}”有误：没有这一天，或者不是2026-09-30这样的写法", shown(&text))))
    }

    /// Reads a list, leaving out the elements that have a problem of their own.
    pub(super) fn list<T>(&self, read: impl Fn(&Value<'a>) -> Option<T>) -> Option<Vec<T>> {
        let DeValue::Array(elements) = self.value else {
            return self.refuse_type("方括号括起的列表");
        };
        let element = |(index, value)| Value::new(self.report, format!("{}第{}项", self.path, index + 1), value);
        Some(elements.iter().enumerate().map(element).filter_map(|value| read(&value)).collect())
    }

    /// Reads a list that names each thing once and at least one, in the order written.
    pub(super) fn distinct<T: Ord + Clone>(&self, read: impl Fn(&Value<'a>) -> Option<T>) -> Option<Vec<T>> {
        if matches!(self.value, DeValue::Array(elements) if elements.is_empty()) {
            return self.refuse("至少要有一项");
        }
        let mut seen = BTreeSet::new();
        let elements = self.list(|element| Some((read(element)?, element.clone())))?;
        let distinct = elements.into_iter().filter_map(|(value, element)| {
            if seen.insert(value.clone()) { Some(value) } else { element.refuse("与前面重复") }
        });
        Some(distinct.collect())
    }

    /// Reads a list that names each thing once and at least one, where the order says nothing.
    pub(super) fn set<T: Ord + Clone>(&self, read: impl Fn(&Value<'a>) -> Option<T>) -> Option<BTreeSet<T>> {
        self.distinct(read).map(BTreeSet::from_iter)
    }

    /// Reads a table that may hold these keys and no other.
    pub(super) fn section(&self, keys: &[&str]) -> Option<Section<'a>> {
        let section = self.open_section()?;
        section.refuse_keys_beyond(keys);
        Some(section)
    }

    /// Reads a table of any keys.
    pub(super) fn open_section(&self) -> Option<Section<'a>> {
        match self.value {
            DeValue::Table(table) => {
                Some(Section { report: self.report, path: self.path.clone(), offset: Some(self.offset), table })
            }
            _ => self.refuse_type("一节"),
        }
    }
}

impl<'a> Section<'a> {
    /// Takes the file itself as a table.
    pub(super) fn root(report: &'a Report<'a>, table: &'a DeTable<'a>) -> Section<'a> {
        Section { report, path: String::new(), offset: None, table }
    }

    /// Tells whether a key is there.
    pub(super) fn holds(&self, key: &str) -> bool {
        self.table.get(key).is_some()
    }

    /// Reads the value of a key that must be there.
    pub(super) fn read<T>(&self, key: &str, read: impl FnOnce(&Value<'a>) -> Option<T>) -> Option<T> {
        match self.value(key) {
            Some(value) => read(&value),
            None => {
                match self.offset {
                    Some(offset) => self.report.at(offset, format!("{}：缺少“{key}”", self.path)),
                    None => self.report.whole(format!("缺少“{key}”")),
                }
                None
            }
        }
    }

    /// Reads the value of a key that may be left out.
    pub(super) fn read_or<T>(&self, key: &str, absent: T, read: impl FnOnce(&Value<'a>) -> Option<T>) -> Option<T> {
        match self.value(key) {
            Some(value) => read(&value),
            None => Some(absent),
        }
    }

    /// Reads a part of the file that editions made before it existed lack: there the program's own edition speaks.
    pub(super) fn read_or_embedded<T>(&self, key: &str, read: impl Fn(&Value<'_>) -> Option<T>) -> Option<T> {
        if let Some(value) = self.value(key) {
            return read(&value);
        }
        let report = Report::new(EMBEDDED);
        let (root, _) = DeTable::parse_recoverable(EMBEDDED);
        Section::root(&report, root.get_ref()).read(key, read)
    }

    /// Reports a problem of the value of a key.
    pub(super) fn complain(&self, key: &str, message: impl AsRef<str>) {
        if let Some(value) = self.value(key) {
            value.complain(message);
        }
    }

    /// Tells the line of the value of a key; 0 where there is none.
    pub(super) fn line(&self, key: &str) -> usize {
        self.value(key).map_or(0, |value| self.report.line_of(value.offset))
    }

    /// Reports every key outside these.
    pub(super) fn refuse_keys_beyond(&self, keys: &[&str]) {
        for key in self.table.keys().filter(|key| !keys.contains(&key.get_ref().as_ref())) {
            let name = key.get_ref();
            let message = format!("不认识的键“{}”，{}", shown(name), advice(name, keys));
            let place = if self.path.is_empty() { message } else { format!("{}：{message}", self.path) };
            self.report.at(key.span().start, place);
        }
    }

    /// Reads keys that are codes of a fixed vocabulary, with their values.
    pub(super) fn coded<T: Copy>(&self, vocabulary: &Vocabulary<T>) -> Vec<(T, Value<'a>)> {
        let mut pairs = Vec::new();
        for (key, value) in self.table.iter() {
            let name = key.get_ref();
            match find(name, vocabulary) {
                Some(code) => pairs.push((code, Value::new(self.report, self.path_of(name), value))),
                None => {
                    let message = format!("{}：{}", self.path, unknown_code(name, vocabulary));
                    self.report.at(key.span().start, message);
                }
            }
        }
        pairs
    }

    fn value(&self, key: &str) -> Option<Value<'a>> {
        self.table.get(key).map(|value| Value::new(self.report, self.path_of(key), value))
    }

    fn path_of(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }
}

fn find<T: Copy>(text: &str, vocabulary: &Vocabulary<T>) -> Option<T> {
    vocabulary.all.iter().copied().find(|value| (vocabulary.code)(*value) == text)
}

fn unknown_code<T: Copy>(text: &str, vocabulary: &Vocabulary<T>) -> String {
    let codes: Vec<&str> = vocabulary.all.iter().map(|value| (vocabulary.code)(*value)).collect();
    format!("不认识的{}代码“{}”，{}", vocabulary.what, shown(text), advice(text, &codes))
}

/// Reads `6`, `6.5` or `6.25` percent as 600, 650 or 625 basis points, without floating-point numbers.
fn basis_points(text: &str) -> Option<u32> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
    let digits =
        |part: &str, most: usize| (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole, 3) || !digits(decimals, 2) {
        return None;
    }
    let hundredths: u32 = format!("{decimals:0<2}").parse().ok()?;
    Some(whole.parse::<u32>().ok()? * 100 + hundredths)
}
