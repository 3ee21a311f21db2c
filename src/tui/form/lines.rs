//! Lists written one line each: the sources of money and the list of contents.
//!
//! A line shows less than what it stands for: an item has a quantity and a price of one, a source a level. So a line
//! that is left as it was keeps all of it, and one that is changed keeps what still fits.

use crate::domain::intake::AmountProblem;
use crate::domain::intake::FundingDoubt;
use crate::domain::intake::amount::{AmountUnit, read_amount_text};
use crate::domain::intake::funding::read_funding;
use crate::domain::money::Money;
use crate::domain::project::{Exclusion, FundingLevel, FundingLine, ItemCategory, LineItem};
use crate::domain::text::clean_line;
use crate::wording::labels;

/// Writes the sources of money, one line each.
pub(super) fn funding_text(lines: &[FundingLine]) -> String {
    lines.iter().map(shown_funding).collect::<Vec<_>>().join("\n")
}

/// Writes `县财政 200.00`, and the level behind it where the name does not tell it.
fn shown_funding(line: &FundingLine) -> String {
    let short = format!("{} {}", clean_line(&line.source), line.amount);
    let told = read_funding(&short, None).lines.first().is_some_and(|read| read.level == line.level);
    if told { short } else { format!("{short} {}", labels::funding_level(line.level)) }
}

/// Reads the sources of money. A single source without an amount pays the whole `total`.
pub(super) fn read_funding_text(
    text: &str,
    before: &[FundingLine],
    total: Option<Money>,
) -> Result<Vec<FundingLine>, String> {
    let mut lines = Vec::new();
    let total = total.filter(|_| written(text).count() == 1);
    for (number, line) in written(text) {
        match before.iter().find(|known| shown_funding(known) == line) {
            Some(known) => lines.push(known.clone()),
            None => lines.extend(read_source(line, total).map_err(|why| format!("第 {number} 行{why}"))?),
        }
    }
    Ok(lines)
}

fn read_source(line: &str, total: Option<Money>) -> Result<Vec<FundingLine>, String> {
    if let Some(known) = source_with_level(line) {
        return known.map(|known| vec![known]);
    }
    let funding = read_funding(line, total);
    match funding.doubt {
        Some(FundingDoubt::UnknownSource) => {
            Err("看不出是县级财政、上级补助还是自筹，请写成：来源 金额 上级补助".to_owned())
        }
        _ if funding.lines.is_empty() => Err("没有写明金额，请写成：县财政 200".to_owned()),
        _ if funding.lines.iter().any(|line| line.amount.is_zero()) => Err("的金额为零，请写明金额".to_owned()),
        // Whether the shares add up is told beside the field; a draft may be saved before they do.
        Some(FundingDoubt::SharesMissing | FundingDoubt::SumDiffers { .. }) | None => Ok(funding.lines),
    }
}

/// Reads `彩票公益金 30 上级补助`: a source whose name does not tell its level.
fn source_with_level(line: &str) -> Option<Result<FundingLine, String>> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let (level, rest) = words.split_last()?;
    let level = FundingLevel::ALL.iter().find(|known| labels::funding_level(**known) == *level)?;
    let (amount, source) = rest.split_last().filter(|(_, source)| !source.is_empty())?;
    let read = read_amount_text(amount, AmountUnit::Wan).map_err(amount_problem);
    Some(read.map(|amount| FundingLine { source: source.join(" "), level: *level, amount }))
}

/// Writes the list of contents: `名称 | 类别 | 金额`, and behind it why a line is left out of account.
pub(super) fn items_text(items: &[LineItem]) -> String {
    items.iter().map(shown_item).collect::<Vec<_>>().join("\n")
}

fn shown_item(item: &LineItem) -> String {
    let excluded = item.excluded.map(|why| format!(" | {}", labels::exclusion(why))).unwrap_or_default();
    format!("{} | {} | {}{excluded}", clean_line(&item.name).trim(), labels::item_category(item.category), item.amount)
}

/// Reads the list of contents.
pub(super) fn read_items_text(text: &str, before: &[LineItem]) -> Result<Vec<LineItem>, String> {
    let mut left: Vec<&LineItem> = before.iter().collect();
    // Lines left alone are found first, so that a changed one cannot take what belongs to them.
    let untouched: Vec<Option<LineItem>> = written(text)
        .map(|(_, line)| {
            let at = left.iter().position(|item| shown_item(item) == line)?;
            Some(left.remove(at).clone())
        })
        .collect();
    let same_count = untouched.len() == before.len();
    let mut items = Vec::new();
    for (place, ((number, line), untouched)) in written(text).zip(untouched).enumerate() {
        if let Some(item) = untouched {
            items.push(item);
            continue;
        }
        let read = read_item(line).map_err(|why| format!("第 {number} 行{why}"))?;
        let by_name = left.iter().position(|item| item.name == read.name);
        let by_place = || left.iter().position(|item| same_count && before.get(place) == Some(*item));
        let origin = by_name.or_else(by_place).map(|at| left.remove(at));
        // Quantity and price of one belong to the amount they make; with another amount they would be wrong.
        let origin = origin.filter(|origin| origin.amount == read.amount);
        items.push(LineItem {
            quantity: origin.and_then(|origin| origin.quantity.clone()),
            unit_price: origin.and_then(|origin| origin.unit_price),
            ..read
        });
    }
    Ok(items)
}

fn read_item(line: &str) -> Result<LineItem, String> {
    let parts: Vec<&str> = line.split(['|', '｜', '\t']).map(str::trim).collect();
    let (name, category, amount, excluded) = match *parts.as_slice() {
        [name, category, amount] => (name, category, amount, None),
        [name, category, amount, excluded] => (name, category, amount, Some(excluded).filter(|why| !why.is_empty())),
        _ => return Err("请写成：名称 | 类别 | 金额".to_owned()),
    };
    if name.is_empty() {
        return Err("没有名称".to_owned());
    }
    let category = category_of(category).ok_or_else(|| {
        let known: Vec<&str> = ItemCategory::ALL.iter().map(|known| labels::item_category(*known)).collect();
        format!("的类别不认识，可填：{}", known.join("、"))
    })?;
    let amount = read_amount_text(amount, AmountUnit::Wan).map_err(amount_problem)?;
    let excluded = excluded.map(|why| exclusion_of(why).ok_or_else(exclusions)).transpose()?;
    Ok(LineItem { name: name.to_owned(), category, quantity: None, unit_price: None, amount, excluded })
}

/// Finds a category by its label, its code, or a part that only one label has.
fn category_of(text: &str) -> Option<ItemCategory> {
    let label = |known: &&ItemCategory| labels::item_category(**known);
    let whole = ItemCategory::ALL.iter().find(|known| label(known) == text || known.code() == text);
    let mut alike = ItemCategory::ALL.iter().filter(|known| text.chars().count() > 1 && label(known).contains(text));
    let only = alike.next().filter(|_| alike.next().is_none());
    whole.or(only).copied()
}

fn exclusion_of(text: &str) -> Option<Exclusion> {
    Exclusion::ALL.iter().find(|known| labels::exclusion(**known) == text || known.code() == text).copied()
}

fn exclusions() -> String {
    let known: Vec<&str> = Exclusion::ALL.iter().map(|known| labels::exclusion(*known)).collect();
    format!("的第四栏只填不计入管理的原因：{}", known.join("、"))
}

fn amount_problem(problem: AmountProblem) -> String {
    let what = match problem {
        AmountProblem::Missing => "没有写明金额",
        AmountProblem::Approximate => "的金额不确定",
        AmountProblem::Range => "的金额是一个区间",
        AmountProblem::NotANumber => "的金额不是数字",
        AmountProblem::TooPrecise => "的金额小于一分钱的部分无法记账",
        AmountProblem::Negative => "的金额是负数",
        AmountProblem::Zero => "的金额为零",
        AmountProblem::TooLarge => "的金额超过100亿元",
    };
    format!("{what}，请填写万元数，如 18.6")
}

/// Tells how many lines there are and what they add up to, where all of them read.
pub(super) fn sum_of(amounts: impl Iterator<Item = Money>) -> (usize, Money) {
    amounts.fold((0, Money::ZERO), |(count, sum), amount| (count + 1, sum + amount))
}

/// Goes through the lines with something on them, each with its number.
fn written(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.lines().map(str::trim).enumerate();
    lines.map(|(at, line)| (at + 1, line)).filter(|(_, line)| !line.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(source: &str, level: FundingLevel, wan: &str) -> FundingLine {
        FundingLine { source: source.to_owned(), level, amount: Money::parse_wan(wan).unwrap() }
    }

    #[test]
    fn sources_are_read_the_way_people_write_them() {
        let both =
            vec![source("县财政", FundingLevel::County, "200"), source("上级补助", FundingLevel::Superior, "68")];
        for text in
            ["县财政 200\n上级补助 68", "县财政200万元，上级补助68万元", "\n县财政 200.00 县级财政\n\n上级补助 68"]
        {
            assert_eq!(read_funding_text(text, &[], None).as_ref(), Ok(&both), "{text}");
        }
        assert_eq!(read_funding_text("县财政", &[], Some(Money::from_wan(50))).unwrap()[0].amount, Money::from_wan(50));
        assert_eq!(
            read_funding_text("彩票公益金 30 上级补助", &[], None),
            Ok(vec![source("彩票公益金", FundingLevel::Superior, "30")])
        );
        for (text, said) in [
            ("县财政 200\n社会资本 30", "第 2 行看不出"),
            ("县财政", "第 1 行没有写明金额"),
            ("彩票公益金 约30 自筹", "第 1 行的金额不确定"),
        ] {
            assert!(read_funding_text(text, &[], None).unwrap_err().starts_with(said), "{text}");
        }
    }

    #[test]
    fn every_source_comes_back_as_it_is_shown() {
        let known = vec![
            source("县财政", FundingLevel::County, "200"),
            source("市场监管专项", FundingLevel::Superior, "3.5"),
            source("上级 补助, 以及 县级 配套", FundingLevel::County, "1"),
        ];
        assert_eq!(read_funding_text(&funding_text(&known), &known, None), Ok(known));
    }

    fn item(name: &str, wan: &str) -> LineItem {
        LineItem {
            name: name.to_owned(),
            category: ItemCategory::Server,
            quantity: Some("2".to_owned()),
            unit_price: Some(Money::from_wan(3)),
            amount: Money::parse_wan(wan).unwrap(),
            excluded: None,
        }
    }

    #[test]
    fn a_line_left_alone_keeps_what_it_does_not_show() {
        let known = vec![item("应用|服务器", "6"), item("机柜", "6"), item("机柜", "6")];
        let text = items_text(&known);
        assert_eq!(read_items_text(&text, &known), Ok(known.clone()));
        let longer = format!("{text}\n课程软件 ｜ 应用软件 ｜ 44.5万元 | 零散购置");
        let items = read_items_text(&longer, &known).unwrap();
        assert_eq!(items[..3], known);
        assert_eq!(
            (items[3].category, items[3].excluded),
            (ItemCategory::ApplicationSoftware, Some(Exclusion::Sporadic))
        );
    }

    #[test]
    fn quantity_and_price_stay_only_with_the_amount_they_make() {
        let known = vec![item("机柜", "6"), item("网关", "6")];
        let renamed = read_items_text("标准机柜 | 机房 | 6\n网关 | 服务器 | 7", &known).unwrap();
        assert_eq!((renamed[0].quantity.as_deref(), renamed[0].category), (Some("2"), ItemCategory::MachineRoom));
        assert_eq!((renamed[1].quantity.as_deref(), renamed[1].unit_price), (None, None));
    }

    #[test]
    fn a_line_that_does_not_read_says_what_it_lacks() {
        for (text, said) in [
            ("机柜 6", "第 1 行请写成"),
            ("机柜 | 软件 | 6", "第 1 行的类别不认识"),
            ("\n机柜 | 机房 | 约6", "第 2 行的金额不确定"),
            (" | 机房 | 6", "第 1 行没有名称"),
            ("机柜 | 机房 | 6 | 不知道", "第 1 行的第四栏"),
        ] {
            assert!(read_items_text(text, &[]).unwrap_err().starts_with(said), "{text}");
        }
        assert_eq!(category_of("运维"), Some(ItemCategory::Operation));
    }
}
