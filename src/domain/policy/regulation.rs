//! The regulation's own text, article by article, where a county loads it.
//!
//! The program ships only gists in its own words; the official text is the county's to load.

use std::collections::BTreeMap;

use super::LAST_ARTICLE;

/// The number under which the attachment is kept.
pub const ATTACHMENT: u8 = 0;

/// What a text of the regulation lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticlesMissing(pub Vec<u8>);

/// Splits the official text into its articles. Chapter headings fall away; what follows 附件 is the attachment.
pub fn split(text: &str) -> Result<BTreeMap<u8, String>, ArticlesMissing> {
    let mut articles: BTreeMap<u8, String> = BTreeMap::new();
    let mut current = None;
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if let Some(number) = begins_article(line) {
            current = Some(number);
        } else if line.starts_with("附件") && articles.contains_key(&LAST_ARTICLE) {
            current = Some(ATTACHMENT);
        } else if is_chapter(line) {
            continue;
        }
        if let Some(number) = current {
            let article = articles.entry(number).or_default();
            if !article.is_empty() {
                article.push('\n');
            }
            article.push_str(line);
        }
    }
    let missing: Vec<u8> = (1..=LAST_ARTICLE).filter(|number| !articles.contains_key(number)).collect();
    if missing.is_empty() { Ok(articles) } else { Err(ArticlesMissing(missing)) }
}

/// Finds the number of an article that a line begins, also behind an editor's bookmark mark.
fn begins_article(line: &str) -> Option<u8> {
    let line = match line.strip_prefix('[') {
        Some(marked) => marked.split_once(']')?.1,
        None => line,
    };
    let (numeral, _) = line.strip_prefix('第')?.split_once('条')?;
    chinese_number(numeral).filter(|number| (1..=LAST_ARTICLE).contains(number))
}

fn is_chapter(line: &str) -> bool {
    line.strip_prefix('第').and_then(|rest| rest.split_once('章')).is_some_and(|(n, _)| chinese_number(n).is_some())
}

fn chinese_number(numeral: &str) -> Option<u8> {
    let digit = |c: char| "一二三四五六七八九".chars().position(|known| known == c).map(|at| at as u8 + 1);
    match numeral.chars().collect::<Vec<_>>().as_slice() {
        ['十'] => Some(10),
        ['十', unit] => Some(10 + digit(*unit)?),
        [unit] => digit(*unit),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn regulation(last: u8) -> String {
        let numerals = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
        let name = |n: u8| match n {
            1..=10 => numerals[usize::from(n) - 1].to_owned(),
            _ => format!("十{}", numerals[usize::from(n) - 11]),
        };
        let articles: Vec<String> = (1..=last).map(|n| format!("第{}条　正文{n}", name(n))).collect();
        format!("办法\n第一章　总　则\n[bookmark: _GoBack]{}\n　续行\n附件：表\n", articles.join("\n"))
    }

    #[test]
    fn each_article_keeps_its_own_lines() {
        let articles = split(&regulation(19)).unwrap();
        assert_eq!(articles.len(), 20);
        assert_eq!(articles[&19], "第十九条　正文19\n续行");
        assert_eq!(articles[&ATTACHMENT], "附件：表");
    }

    #[test]
    fn a_text_with_articles_missing_is_not_taken() {
        assert_eq!(split(&regulation(17)), Err(ArticlesMissing(vec![18, 19])));
    }
}
