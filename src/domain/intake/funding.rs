//! 资金来源 as people write it: `县财政200万元，上级补助68万元`.

use crate::domain::money::Money;
use crate::domain::project::{FundingLevel, FundingLine};

use super::amount::{AmountUnit, read_amount_text};
use super::text::{squeeze, without_notes};

/// The lines of a cell of 资金来源, and what is doubtful about them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Funding {
    /// One line per source; empty as soon as one of them would have to be guessed.
    pub lines: Vec<FundingLine>,
    /// What the person who imports should know.
    pub doubt: Option<FundingDoubt>,
}

/// What is doubtful about the sources of money.
///
/// A warning only: the regulation asks for the sources at submission, and there it is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FundingDoubt {
    /// Several sources, of which one or more have no amount of their own.
    SharesMissing,
    /// A source that is neither the county's money, nor the superior's, nor the unit's own — or more than one.
    UnknownSource,
    /// The shares do not add up to the amount of the project.
    SumDiffers {
        /// What they add up to.
        sum: Money,
        /// What the project costs.
        amount: Money,
    },
}

/// Reads the sources; a single source without an amount pays the whole `total`.
pub fn read_funding(text: &str, total: Option<Money>) -> Funding {
    let doubtful = |doubt| Funding { lines: Vec::new(), doubt: Some(doubt) };
    let parts: Vec<Part> = split(text).iter().filter_map(|part| Part::read(part)).collect();
    let single = parts.len() == 1;
    let mut lines = Vec::with_capacity(parts.len());
    for part in parts {
        let Some(level) = level_of(&part.source) else {
            return doubtful(FundingDoubt::UnknownSource);
        };
        let amount = match (part.share, single, total) {
            (Share::Amount(amount), ..) => amount,
            (Share::None, true, Some(total)) => total,
            // The amount of the project is itself a problem and reported as such.
            (Share::None, true, None) => return Funding::default(),
            (Share::None, false, _) | (Share::Unreadable, ..) => return doubtful(FundingDoubt::SharesMissing),
        };
        lines.push(FundingLine { source: part.source, level, amount });
    }
    let sum: Money = lines.iter().map(|line| line.amount).sum();
    let doubt = match total {
        Some(amount) if !lines.is_empty() && sum != amount => Some(FundingDoubt::SumDiffers { sum, amount }),
        _ => None,
    };
    Funding { lines, doubt }
}

enum Share {
    None,
    Amount(Money),
    Unreadable,
}

/// One source with its share, as written.
struct Part {
    source: String,
    share: Share,
}

impl Part {
    /// Separates the words from the number, whichever comes first; `None` for an empty part.
    fn read(part: &str) -> Option<Part> {
        let is_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
        // 县财政(200万元) and 县财政:200万元 mean the same.
        let inner: String = part.chars().filter(|c| !matches!(c, '(' | ')' | ':' | '为' | '计')).collect();
        let Some(start) = inner.find(is_number) else {
            let source = without_notes(part);
            return (!source.is_empty()).then_some(Part { source, share: Share::None });
        };
        let (before, rest) = inner.split_at(start);
        let number: String = rest.chars().take_while(|c| is_number(*c)).collect();
        let rest: String = rest.chars().skip(number.chars().count()).collect();
        let unit = ["亿元", "万元", "亿", "万", "元"].into_iter().find(|unit| rest.starts_with(unit)).unwrap_or("");
        let after = rest.strip_prefix(unit).unwrap_or(&rest);
        let source = format!("{before}{after}");
        // A second number or a per cent sign: whatever it means, it is not one share of one source.
        if source.contains(|c: char| c.is_ascii_digit() || matches!(c, '%' | '约' | '-' | '~')) {
            return Some(Part { source: before.to_owned(), share: Share::Unreadable });
        }
        let share = match read_amount_text(&format!("{number}{unit}"), AmountUnit::Wan) {
            Ok(amount) => Share::Amount(amount),
            Err(_) => Share::Unreadable,
        };
        Some(Part { source, share })
    }
}

/// Splits at the signs and words between sources; a comma inside `1,200` does not split.
fn split(text: &str) -> Vec<String> {
    // Line breaks separate as well, so they are kept out of the squeezing.
    let lines: Vec<String> = text.lines().map(squeeze).collect();
    let chars: Vec<char> = lines.join("\n").chars().collect();
    let digit = |index: Option<usize>| index.and_then(|index| chars.get(index)).is_some_and(char::is_ascii_digit);
    let mut parts = vec![String::new()];
    let mut depth = 0u32;
    for (index, c) in chars.iter().copied().enumerate() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let thousands = c == ','
            && digit(index.checked_sub(1))
            && (1..=3).all(|ahead| digit(Some(index + ahead)))
            && !digit(Some(index + 4));
        let separates = matches!(c, ',' | '、' | ';' | '。' | '+' | '\n' | '/' | '和' | '及' | '与');
        if separates && !thousands && depth == 0 {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(c);
        }
    }
    parts
}

/// Tells whose money a source is; `None` if the words name nobody, or more than one.
fn level_of(source: &str) -> Option<FundingLevel> {
    let names = |words: &[&str]| words.iter().any(|word| source.contains(word));
    if names(&["自筹", "自有", "自行解决", "自行承担"]) {
        return Some(FundingLevel::SelfRaised);
    }
    let superior = names(&["上级", "中央", "国家", "国债", "省级", "省财政", "省补", "省厅", "省本级"])
        || names(&["市级", "市财政", "市补", "市本级", "部级", "转移支付"]);
    let county = names(&["县财政", "县级", "县本级", "本级财政", "县配套", "县预算", "本县"])
        || (names(&["财政", "预算"]) && !superior);
    match (superior, county) {
        (true, false) => Some(FundingLevel::Superior),
        (false, true) => Some(FundingLevel::County),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, total: u32) -> Vec<(String, FundingLevel, String)> {
        let funding = read_funding(text, Some(Money::from_wan(total)));
        assert_eq!(funding.doubt, None, "{text}");
        funding.lines.into_iter().map(|line| (line.source, line.level, line.amount.to_string())).collect()
    }

    #[test]
    fn each_source_becomes_a_line_with_its_level() {
        use FundingLevel::{County, SelfRaised, Superior};
        let line = |source: &str, level, amount: &str| (source.to_owned(), level, amount.to_owned());
        let both = vec![line("县财政", County, "200.00"), line("上级补助", Superior, "68.00")];
        for text in [
            "县财政200万元，上级补助68万元",
            "县财政：200万元；上级补助：68万元",
            "县财政（200万元）、上级补助（68万元）",
            "县财政 200 万\n上级补助 68 万",
            "县财政2,000,000元+上级补助680000元",
            "200万元县财政,68万元上级补助",
        ] {
            assert_eq!(lines(text, 268), both, "{text}");
        }
        assert_eq!(lines("县财政40万元，镇自筹18万元", 58)[1], line("镇自筹", SelfRaised, "18.00"));
        assert_eq!(lines("县财政", 50), [line("县财政", County, "50.00")]);
        assert_eq!(lines("自筹资金", 50), [line("自筹资金", SelfRaised, "50.00")]);
        assert_eq!(lines("中央预算内资金", 50), [line("中央预算内资金", Superior, "50.00")]);
        assert_eq!(lines("县财政1,200万元", 1200), [line("县财政", County, "1200.00")]);
        assert_eq!(lines("", 50), []);
    }

    #[test]
    fn what_would_be_a_guess_is_left_out_with_a_warning() {
        for (text, doubt) in [
            ("县财政，自筹", FundingDoubt::SharesMissing),
            ("县财政200万元，其余自筹", FundingDoubt::SharesMissing),
            ("县财政50%，自筹50%", FundingDoubt::SharesMissing),
            ("县财政约200万元", FundingDoubt::SharesMissing),
            ("社会资本", FundingDoubt::UnknownSource),
            ("上级补助县级配套", FundingDoubt::UnknownSource),
            ("市场监管专项", FundingDoubt::UnknownSource),
        ] {
            let funding = read_funding(text, Some(Money::from_wan(268)));
            assert_eq!(funding, Funding { lines: Vec::new(), doubt: Some(doubt) }, "{text}");
        }
    }

    #[test]
    fn shares_that_do_not_add_up_are_kept_and_reported() {
        let funding = read_funding("县财政200万元，自筹60万元", Some(Money::from_wan(268)));
        assert_eq!(funding.lines.len(), 2);
        let doubt = FundingDoubt::SumDiffers { sum: Money::from_wan(260), amount: Money::from_wan(268) };
        assert_eq!(funding.doubt, Some(doubt));
    }

    #[test]
    fn without_an_amount_of_the_project_nothing_is_doubted_twice() {
        assert_eq!(read_funding("县财政", None), Funding::default());
    }
}
