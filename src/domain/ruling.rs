//! 解释口径 — what the Centre decided where the text leaves a question open 〔第十八条〕.
//!
//! A ruling that changes a setting brings about a new dated edition of the policy: there is one mechanism for rules
//! that change, and a round follows the edition of its day whatever brought that edition about.

use chrono::NaiveDate;

use super::policy::{AmendProblem, Identity, Policy};
use super::workflow::record::Hand;

/// A registered ruling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ruling {
    /// Its number in the register, by which opinions cite it.
    pub number: u32,
    /// The open question it answers, where it is one of the policy's.
    pub question: Option<u32>,
    /// The question in words.
    pub text: String,
    /// The answer.
    pub answer: String,
    /// The articles it interprets.
    pub articles: Vec<u8>,
    /// 文号.
    pub doc_no: String,
    /// The document's date.
    pub doc_date: NaiveDate,
    /// Who signed the document.
    pub signer: String,
    /// The first day it applies.
    pub effective_from: NaiveDate,
    /// The settings it changes, with their values.
    pub settings: Vec<(String, String)>,
    /// The edition of the policy it brought about, where it changes a setting.
    pub policy: Option<String>,
    /// Who registered it.
    pub by: Hand,
}

/// What is wrong with a ruling to register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RulingProblem {
    /// Neither a question's number nor a question in words.
    QuestionMissing,
    /// The policy has no such question.
    QuestionUnknown(u32),
    /// No answer.
    AnswerMissing,
    /// No article is named.
    ArticlesMissing,
    /// The regulation has no such article.
    ArticleUnknown(u8),
    /// No document number.
    DocNoMissing,
    /// The document's number stands in the register already, under this ruling.
    DocNoTaken(u32),
    /// The document is dated after today.
    DocDateAhead(NaiveDate),
    /// Nobody signed.
    SignerMissing,
    /// It would apply before its document was made.
    BeforeItsDocument(NaiveDate),
    /// It would change the rules of days that are past.
    InThePast(NaiveDate),
    /// A text is too long.
    TooLong(usize),
    /// A setting cannot be changed that way.
    Setting(AmendProblem),
}

/// Reads how an opinion cites a ruling: `3`, `第3号`, `解释口径第3号`.
pub fn cited_number(text: &str) -> Option<u32> {
    let text = text.trim();
    let text = text.strip_prefix("解释口径").unwrap_or(text).trim_start();
    let text = text.strip_prefix('第').unwrap_or(text);
    let text = text.strip_suffix('号').unwrap_or(text).trim();
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| is_number)
}

/// Names the edition a ruling makes of another one; the traces of earlier rulings in its name give way.
pub fn identity(base: &Policy, number: u32, effective_from: NaiveDate) -> Identity {
    let plain_id = match base.id.rsplit_once("-k") {
        Some((plain, ruling)) if !ruling.is_empty() && ruling.bytes().all(|byte| byte.is_ascii_digit()) => plain,
        _ => &base.id,
    };
    let plain_title = base.title.split_once(TITLE_MARK).map_or(base.title.as_str(), |(plain, _)| plain);
    Identity {
        id: format!("{plain_id}-k{number}"),
        title: format!("{plain_title}{TITLE_MARK}{number}号）"),
        effective_from,
    }
}

/// What the title of an edition made by a ruling has behind that of the edition it was made of.
const TITLE_MARK: &str = "（至解释口径第";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ruling_is_cited_by_its_number_however_it_is_written() {
        for text in ["3", " 第3号", "解释口径第3号", "解释口径 3 号"] {
            assert_eq!(cited_number(text), Some(3), "{text}");
        }
        for text in ["", "第号", "三", "3-1", "玉数解〔2026〕3号", "-3", "+3", "99999999999"] {
            assert_eq!(cited_number(text), None, "{text}");
        }
    }

    #[test]
    fn an_edition_made_by_several_rulings_names_the_last() {
        let county = Policy::county_default().unwrap();
        let day = county.effective_from;
        let first = identity(&county, 3, day);
        assert_eq!(
            (first.id.as_str(), first.title.ends_with("（2026年版）（至解释口径第3号）")),
            ("yushan-2026-k3", true)
        );
        let next = Policy { id: first.id, title: first.title, ..county };
        let second = identity(&next, 12, day);
        assert_eq!((second.id.as_str(), second.title.matches("解释").count()), ("yushan-2026-k12", 1));
    }
}
