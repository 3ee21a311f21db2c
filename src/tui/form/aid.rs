//! Fields that are read in their own way: years, months, counts, lists, the resource catalogue.

use super::lines::{read_funding_text, read_items_text, sum_of};
use crate::domain::calendar::YearMonth;
use crate::domain::intake::Cell;
use crate::domain::intake::period::read_month;
use crate::domain::money::Money;
use crate::domain::project::ResourceCatalogue;
use crate::domain::search::fold::half_width;

/// How a field is read beyond its kind, and what is said about it; both get the text and what it was at first.
#[derive(Debug, Clone, Copy)]
pub(super) struct Aid {
    /// Says what is wrong with it.
    pub flaw: fn(&str, &str) -> Option<String>,
    /// Says what it expects.
    pub hint: fn(&str, &str) -> String,
}

/// A year.
pub(super) const YEAR: Aid = Aid {
    flaw: |text, _| year(text).is_none().then(|| "不是有效年度，请按 2027 填写".to_owned()),
    hint: |_, _| "如 2027".to_owned(),
};

/// A month of a year.
pub(super) const MONTH: Aid =
    Aid { flaw: |text, _| month(text).err(), hint: |_, _| "如 2027-03 或 2027年3月".to_owned() };

/// Months without payment.
pub(super) const MONTHS: Aid = Aid {
    flaw: |text, _| count(text, 600).is_none().then(|| "请填写 0 到 600 的整数".to_owned()),
    hint: |_, _| "月数，如 36".to_owned(),
};

/// Years of a contract.
pub(super) const YEARS: Aid = Aid {
    flaw: |text, _| count(text, 50).is_none().then(|| "请填写 0 到 50 的整数".to_owned()),
    hint: |_, _| "年数，如 3".to_owned(),
};

/// The resource catalogue.
pub(super) const CATALOGUE: Aid = Aid {
    flaw: |text, _| catalogue(text).err(),
    hint: |_, _| "填目录条数，如 12；没有信息资源的填：不涉及 理由".to_owned(),
};

/// The sources of money.
pub(super) const FUNDING: Aid = Aid {
    flaw: |text, before| {
        changed_lines(text, before, |lines, alone| {
            // What the project costs does not matter here, only that a single source may leave its share out.
            read_funding_text(lines, &[], alone.then(|| Money::from_wan(1))).map(drop)
        })
        .err()
    },
    hint: |text, _| {
        const EXPECTED: &str = "每行一项：县财政 200";
        match read_funding_text(text, &[], None) {
            Ok(lines) => {
                let (count, sum) = sum_of(lines.iter().map(|line| line.amount));
                format!("{EXPECTED}；现有 {count} 项，合计 {sum} 万元")
            }
            Err(_) => EXPECTED.to_owned(),
        }
    },
};

/// The list of contents.
pub(super) const ITEMS: Aid = Aid {
    flaw: |text, before| changed_lines(text, before, |lines, _| read_items_text(lines, &[]).map(drop)).err(),
    hint: |text, _| {
        const EXPECTED: &str = "每行一项：名称 | 类别 | 金额";
        match read_items_text(text, &[]) {
            Ok(items) => {
                let (count, sum) = sum_of(items.iter().map(|item| item.amount));
                format!("{EXPECTED}；现有 {count} 项，合计 {sum} 万元")
            }
            Err(_) => EXPECTED.to_owned(),
        }
    },
};

/// Checks the lines that are not as they were, each under its number, and tells whether there is one line in all.
fn changed_lines(text: &str, before: &str, read: impl Fn(&str, bool) -> Result<(), String>) -> Result<(), String> {
    let known: Vec<&str> = before.lines().map(str::trim).collect();
    let lines: Vec<&str> = text.lines().map(|line| if known.contains(&line.trim()) { "" } else { line }).collect();
    let alone = text.lines().filter(|line| !line.trim().is_empty()).count() == 1;
    read(&lines.join("\n"), alone)
}

/// Reads a year.
pub(super) fn year(text: &str) -> Option<i32> {
    let folded = folded(text);
    let digits = folded.trim_end_matches('年').trim_end();
    let year: i32 = digits.parse().ok()?;
    (digits.chars().count() == 4 && (2000..=2100).contains(&year)).then_some(year)
}

/// Reads a month.
pub(super) fn month(text: &str) -> Result<YearMonth, String> {
    match read_month(&Cell::Text(text.to_owned())) {
        Ok(Some(month)) => Ok(month),
        Ok(None) => Err("没有写明月份，请按 2027-03 填写".to_owned()),
        Err(_) => Err("不是有效月份，请按 2027-03 或 2027年3月 填写".to_owned()),
    }
}

/// Reads a small number.
pub(super) fn count(text: &str, most: u32) -> Option<u32> {
    let folded = folded(text);
    let digits = folded.trim_end_matches(['个', '月', '年']).trim_end();
    let is_number = !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit());
    digits.parse().ok().filter(|count| is_number && *count <= most)
}

/// Writes the resource catalogue.
pub(super) fn catalogue_text(catalogue: &ResourceCatalogue) -> String {
    match catalogue {
        ResourceCatalogue::Entries(entries) => entries.to_string(),
        ResourceCatalogue::NotApplicable(reason) => format!("不涉及 {reason}"),
    }
}

/// Reads the resource catalogue.
pub(super) fn catalogue(text: &str) -> Result<ResourceCatalogue, String> {
    let text = text.trim();
    if let Some(reason) = text.strip_prefix("不涉及").or_else(|| text.strip_prefix("不适用")) {
        let reason = reason.trim_start_matches([':', '：', ',', '，', '、', ' ', '\u{3000}']).trim_end();
        return match reason.is_empty() {
            true => Err("请写明不涉及的理由，如：不涉及 只更换终端设备".to_owned()),
            false => Ok(ResourceCatalogue::NotApplicable(reason.to_owned())),
        };
    }
    let folded = folded(text);
    match count(folded.trim_start_matches('共').trim_end_matches(['条', '项']), 1_000_000) {
        Some(0) => Err("没有信息资源的，请填：不涉及 理由".to_owned()),
        Some(entries) => Ok(ResourceCatalogue::Entries(entries)),
        None => Err("请填写目录条数，或：不涉及 理由".to_owned()),
    }
}

fn folded(text: &str) -> String {
    let folded: String = text.chars().map(half_width).collect();
    folded.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_years_and_counts_read_however_they_are_written() {
        let march = YearMonth::new(2027, 3).unwrap();
        for text in ["2027-03", "2027-3", "2027年3月", "2027.3", "2027/03", "２０２７年３月"] {
            assert_eq!(month(text), Ok(march), "{text}");
        }
        assert!(month("2027").unwrap_err().contains("没有写明月份"));
        assert!(month("明年").is_err() && month("2027-13").is_err());
        assert_eq!((year("２０２７年"), year("27"), year("2127")), (Some(2027), None, None));
        assert_eq!((count("36个月", 600), count("601", 600), count("-1", 600)), (Some(36), None, None));
    }

    #[test]
    fn the_catalogue_is_a_number_or_a_reason() {
        assert_eq!(catalogue("共12条"), Ok(ResourceCatalogue::Entries(12)));
        let none = ResourceCatalogue::NotApplicable("只换终端，无数据".to_owned());
        assert_eq!(catalogue("不涉及：只换终端，无数据"), Ok(none.clone()));
        assert_eq!(catalogue(&catalogue_text(&none)), Ok(none));
        for text in ["不涉及", "0", "若干"] {
            assert!(catalogue(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_line_that_was_there_before_is_never_found_fault_with() {
        let before = "市场监管专项 3.5\n县财政 200";
        assert_eq!((FUNDING.flaw)("市场监管专项 3.5\n县财政 210", before), None);
        assert!((FUNDING.flaw)("市场监管专项 4\n县财政 200", before).unwrap().starts_with("第 1 行"));
        assert_eq!((FUNDING.flaw)("县财政", ""), None);
        assert!((FUNDING.flaw)("县财政\n自筹", "").is_some());
    }
}
