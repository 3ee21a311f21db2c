//! What the lines around the table say: the title, the unit, the day, the people.

use chrono::NaiveDate;

use super::amount::AmountUnit;
use super::cell::Cell;
use super::period::read_day;
use super::text::{Lines, clean, fold, squeeze, without_notes};

/// A longer text is no name of a unit or a person.
const LONGEST_NAME: usize = 60;
/// A cell of more bytes is a description of a project, not a line of labels.
const LONGEST_LINE: usize = 4_000;

/// What stands above and below the table and holds for all its rows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Surroundings {
    /// 项目建设单位, from its own line.
    pub unit: Option<String>,
    /// The unit named in the title.
    pub title_unit: Option<String>,
    /// The year in the title.
    pub plan_year: Option<i32>,
    /// 填报日期.
    pub filed_on: Option<NaiveDate>,
    /// 单位分管领导.
    pub leader: String,
    /// 填报联系人.
    pub contact: String,
    /// 联系电话.
    pub phone: String,
    /// 填报日期 as written, where it is no day.
    pub filed_on_unreadable: Option<String>,
    /// A unit of money named outside the table, as in 单位：元.
    pub money: Option<AmountUnit>,
}

impl Surroundings {
    /// Tells the unit: its own line goes before the title.
    pub fn building_unit(&self) -> Option<&str> {
        self.unit.as_deref().or(self.title_unit.as_deref())
    }

    /// Tells whether the other lines name a different unit and so begin another form on the same sheet.
    pub fn is_another_form(&self, other: &Surroundings) -> bool {
        let differs = |own: &Option<String>, other: &Option<String>| own.is_some() && other.is_some() && own != other;
        differs(&self.unit, &other.unit) || differs(&self.title_unit, &other.title_unit)
    }

    /// Takes over everything the other lines say.
    pub fn absorb(&mut self, other: Surroundings) {
        self.unit = other.unit.or(self.unit.take());
        self.title_unit = other.title_unit.or(self.title_unit.take());
        self.plan_year = other.plan_year.or(self.plan_year);
        self.filed_on = other.filed_on.or(self.filed_on);
        self.money = other.money.or(self.money);
        for (own, other) in
            [(&mut self.leader, other.leader), (&mut self.contact, other.contact), (&mut self.phone, other.phone)]
        {
            if !other.is_empty() {
                *own = other;
            }
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Label {
    Unit,
    FiledOn,
    Leader,
    Contact,
    Phone,
}

/// The labels of the lines around the table, longer ones first so that 填报联系人 is not taken for 联系人.
const LABELS: &[(&str, Label)] = &[
    ("项目建设单位", Label::Unit),
    ("项目申报单位", Label::Unit),
    ("单位分管领导", Label::Leader),
    ("填报联系人", Label::Contact),
    ("建设单位", Label::Unit),
    ("申报单位", Label::Unit),
    ("填报单位", Label::Unit),
    ("项目单位", Label::Unit),
    ("单位名称", Label::Unit),
    ("分管领导", Label::Leader),
    ("填报日期", Label::FiledOn),
    ("填报时间", Label::FiledOn),
    ("申报日期", Label::FiledOn),
    ("填表日期", Label::FiledOn),
    ("联系电话", Label::Phone),
    ("联系方式", Label::Phone),
    ("填报人", Label::Contact),
    ("填表人", Label::Contact),
    ("联系人", Label::Contact),
    ("日期", Label::FiledOn),
    ("电话", Label::Phone),
];

/// Between two cells of a row, where a label may end without a colon.
const BORDER: char = '\u{1f}';

/// Reads the labelled values of a row, such as `填报联系人：张三  联系电话：…`; `None` if it has no label.
pub fn read_labels(cells: &[Cell]) -> Option<Surroundings> {
    let shown: Vec<String> = cells
        .iter()
        .filter(|cell| !cell.is_blank())
        .map(Cell::shown)
        .filter(|text| text.len() <= LONGEST_LINE)
        .map(|text| clean(&fold(&text), Lines::Many).text)
        .collect();
    let line: Vec<char> = shown.join(&BORDER.to_string()).chars().collect();
    let mut found: Vec<(Label, usize, usize)> = Vec::new();
    let mut at = 0;
    while at < line.len() {
        match label_at(&line, at) {
            Some((label, value)) => {
                found.push((label, at, value));
                at = value;
            }
            None => at += 1,
        }
    }
    if found.is_empty() {
        return None;
    }
    let mut surroundings = Surroundings::default();
    for (index, (label, _, value)) in found.iter().enumerate() {
        let end = found.get(index + 1).map_or(line.len(), |(_, start, _)| *start);
        let text: String = line.iter().skip(*value).take(end - value).collect();
        let text = text.replace(BORDER, " ");
        take(&mut surroundings, *label, text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '_' | ',' | ';')));
    }
    Some(surroundings)
}

fn take(surroundings: &mut Surroundings, label: Label, text: &str) {
    let name = |text: &str| {
        let text = clean(text, Lines::One).text;
        if text.chars().count() > LONGEST_NAME { String::new() } else { text }
    };
    match label {
        Label::Unit => {
            surroundings.unit = Some(without_notes(&name(text)).trim().to_owned()).filter(|unit| is_name(unit));
        }
        Label::FiledOn => match read_day(&Cell::Text(text.to_owned())) {
            Ok(day) => surroundings.filed_on = day,
            Err(_) => surroundings.filed_on_unreadable = Some(name(text)),
        },
        Label::Leader => surroundings.leader = name(text),
        Label::Contact => surroundings.contact = name(text),
        Label::Phone => surroundings.phone = name(text),
    }
}

/// Finds a label that begins at an index; tells it and where its value begins.
fn label_at(line: &[char], at: usize) -> Option<(Label, usize)> {
    let before = at.checked_sub(1).and_then(|index| line.get(index));
    let boundary = before.is_none_or(|c| c.is_whitespace() || *c == BORDER || c.is_ascii_punctuation());
    for (name, label) in LABELS {
        // 日期 within a sentence is a word, 填报日期： in the middle of a line still is a label.
        if !boundary && name.chars().count() < 4 {
            continue;
        }
        let Some(mut end) = matches_spaced(line, at, name) else { continue };
        end = skip_blanks(line, end);
        if line.get(end) == Some(&'(') {
            let close = line.iter().skip(end).take(20).position(|c| *c == ')');
            end = skip_blanks(line, close.map_or(end, |close| end + close + 1));
        }
        match line.get(end) {
            Some(':') => return Some((*label, end + 1)),
            Some(&BORDER) if boundary => return Some((*label, end + 1)),
            _ => {}
        }
    }
    None
}

/// Matches the letters of a label, blanks between them allowed (联 系 人).
fn matches_spaced(line: &[char], at: usize, name: &str) -> Option<usize> {
    let mut end = at;
    for (index, wanted) in name.chars().enumerate() {
        if index > 0 {
            end = skip_blanks(line, end);
        }
        if line.get(end) != Some(&wanted) {
            return None;
        }
        end += 1;
    }
    Some(end)
}

fn skip_blanks(line: &[char], at: usize) -> usize {
    at + line.iter().skip(at).take_while(|c| c.is_whitespace()).count()
}

/// Finds the unit of money in a line such as 单位：万元 beside the table.
pub fn read_money_unit(cells: &[Cell]) -> Option<AmountUnit> {
    cells.iter().map(|cell| squeeze(&cell.shown())).find_map(|text| {
        let (_, unit) = text.rsplit_once("单位:")?;
        match unit.trim_start_matches("人民币").trim_end_matches(')') {
            "元" => Some(AmountUnit::Yuan),
            "万元" => Some(AmountUnit::Wan),
            "亿元" => Some(AmountUnit::Yi),
            _ => None,
        }
    })
}

/// Reads unit and year from the title, such as 县教育局2027年度政务信息化项目建设（新改扩）申报表; `None` if it is none.
pub fn read_title(text: &str) -> Option<Surroundings> {
    let title = squeeze(&clean(text, Lines::One).text);
    let is_title = ["申报表", "计划表", "汇总表", "信息化项目"].iter().any(|word| title.contains(word));
    if !is_title || title.chars().count() > LONGEST_NAME + 40 {
        return None;
    }
    let (before_year, plan_year, after_year) = split_year(&title);
    let subject = ["政务信息化", "信息化项目", "信息化建设", "项目建设", "项目申报", "申报表", "计划表", "汇总表"];
    let unit_of = |part: &str| {
        let prefixes = subject.iter().filter_map(|word| part.split_once(word)).map(|(before, _)| before);
        let unit = prefixes.min_by_key(|before| before.len()).unwrap_or(part);
        let unit = unit.split_once(':').filter(|(before, _)| before.starts_with("附件")).map_or(unit, |(_, unit)| unit);
        Some(unit.trim_start_matches("附件").trim_start_matches("关于").to_owned()).filter(|unit| is_name(unit))
    };
    let unit = unit_of(&before_year).or_else(|| after_year.as_deref().and_then(unit_of));
    Some(Surroundings { title_unit: unit, plan_year, ..Surroundings::default() })
}

/// Splits a title at its first year; written in digits or as 二〇二七.
fn split_year(title: &str) -> (String, Option<i32>, Option<String>) {
    let digit =
        |c: char| "〇一二三四五六七八九".chars().position(|d| d == c).and_then(|d| char::from_digit(d as u32, 10));
    let chars: Vec<char> = title.chars().collect();
    for (at, window) in chars.windows(5).enumerate() {
        let [digits @ .., year_sign] = window else { continue };
        let digits: String = digits
            .iter()
            .filter_map(|c| {
                if *c == '○' || *c == '零' { Some('0') } else { digit(*c).or(c.is_ascii_digit().then_some(*c)) }
            })
            .collect();
        let year = digits.parse::<i32>().ok().filter(|year| digits.len() == 4 && (2000..=2100).contains(year));
        if *year_sign == '年' && year.is_some() {
            let before = chars.iter().take(at).collect();
            let after: String = chars.iter().skip(at + 5).collect();
            return (before, year, Some(after.trim_start_matches('度').to_owned()));
        }
    }
    (title.to_owned(), None, None)
}

/// Tells whether a name was really filled in: XX单位 is the printed form's blank.
fn is_name(text: &str) -> bool {
    let rest = text.replace(['X', 'x', '×', '_', '*', ' '], "");
    let blank = matches!(rest.as_str(), "" | "单位" | "年度" | "单位年度" | "县" | "单位年")
        && (rest != text || rest.is_empty());
    !blank && text.chars().count() <= LONGEST_NAME
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(texts: &[&str]) -> Vec<Cell> {
        texts.iter().map(|text| Cell::Text((*text).to_owned())).collect()
    }

    #[test]
    fn the_title_names_unit_and_year() {
        for (title, unit, year) in [
            ("县教育局2027年度政务信息化项目建设（新改扩）申报表", Some("县教育局"), Some(2027)),
            ("2027年度县教育局政务信息化项目建设申报表", Some("县教育局"), Some(2027)),
            ("附件1：县教育局２０２７年政务信息化项目申报表", Some("县教育局"), Some(2027)),
            ("县教育局二〇二七年度政务信息化项目建设申报表", Some("县教育局"), Some(2027)),
            ("XX单位XX年度政务信息化项目建设（新改扩）申报表", None, None),
            ("2027年度政务信息化项目建设申报表", None, Some(2027)),
            ("县教育局政务信息化项目汇总表", Some("县教育局"), None),
        ] {
            let read = read_title(title).unwrap();
            assert_eq!((read.building_unit(), read.plan_year), (unit, year), "{title}");
        }
        assert_eq!(read_title("封面"), None);
    }

    #[test]
    fn labels_are_read_however_they_are_spread() {
        let line = "项目建设单位（盖章）：县教育局        填报日期：2026 年 9 月 12 日";
        let read = read_labels(&cells(&[line])).unwrap();
        assert_eq!(read.unit.as_deref(), Some("县教育局"));
        assert_eq!(read.filed_on, NaiveDate::from_ymd_opt(2026, 9, 12));
        let people = [
            vec!["单位分管领导：李四   填报联系人：张三  联系电话：0793-2550000"],
            vec!["单位分管领导", "李四", "填报联系人", "张三", "联系电话", "0793-2550000"],
            vec!["单位分管领导（签字）: 李四", "联 系 人：张三", "电话：0793-2550000"],
        ];
        for line in people {
            let read = read_labels(&cells(&line)).unwrap();
            assert_eq!(
                (read.leader.as_str(), read.contact.as_str(), read.phone.as_str()),
                ("李四", "张三", "0793-2550000"),
                "{line:?}"
            );
        }
        let blank = read_labels(&cells(&["项目建设单位（盖章）：     填报日期：  年  月  日"])).unwrap();
        assert_eq!(blank, Surroundings::default());
    }

    #[test]
    fn a_sentence_about_units_is_no_label() {
        assert_eq!(read_labels(&cells(&["注：申报单位为乡镇（街道），由主管单位汇总后统一上报。"])), None);
    }
}
