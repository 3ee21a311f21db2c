//! Rounds: how often a project was planned, reviewed and accepted, and what changed from one time to the next.
//!
//! A returned plan, a second review and a second acceptance each open a new round; the earlier ones stay as they were,
//! readable and comparable.

use std::collections::BTreeSet;

use super::checklist::{Judgement, Verdict};
use super::ids::ItemId;
use super::money::Money;
use super::vocabulary::vocabulary;
use super::workflow::record::{Opinion, ReviewResult};

vocabulary!(
    /// What a round is a round of.
    RoundKind {
        /// 计划申报.
        Plan = "plan",
        /// 技术评审.
        Review = "review",
        /// 验收.
        Acceptance = "acceptance",
    }
);

/// An answer that is not what it was in the round before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerChange {
    /// The item.
    pub item: ItemId,
    /// What was answered before, and why; none where the item had no answer.
    pub before: Option<Said>,
    /// What is answered now, and why; none where it has no answer.
    pub after: Option<Said>,
}

/// An answer in short.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Which way; none where only a text was noted.
    pub verdict: Option<Verdict>,
    /// Why.
    pub remark: String,
}

/// A value before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change<T> {
    /// In the earlier round.
    pub before: T,
    /// In the later round.
    pub after: T,
}

impl<T: PartialEq> Change<T> {
    /// Tells the change where there is one.
    pub fn between(before: T, after: T) -> Option<Change<T>> {
        (before != after).then_some(Change { before, after })
    }
}

/// Lists the items whose verdict or remark is not the same, in the order of their numbers.
pub fn answers_changed(before: &[Judgement], after: &[Judgement]) -> Vec<AnswerChange> {
    let find = |answers: &[Judgement], item: &ItemId| {
        let said = |answer: &Judgement| Said { verdict: answer.verdict, remark: answer.remark.clone() };
        answers.iter().find(|answer| answer.item == *item).map(said)
    };
    let items: BTreeSet<&ItemId> = before.iter().chain(after).map(|answer| &answer.item).collect();
    let change =
        |item: &ItemId| AnswerChange { item: item.clone(), before: find(before, item), after: find(after, item) };
    items.into_iter().map(change).filter(|change| change.before != change.after).collect()
}

/// Finds the opinion that counts for a round: the signed one, else the last draft.
pub fn opinion_that_counts(opinions: &[Opinion]) -> Option<&Opinion> {
    opinions.iter().rfind(|opinion| opinion.signed.is_some()).or(opinions.last())
}

/// Tells what an opinion concluded and how much it assessed.
pub fn concluded(opinions: &[Opinion]) -> Option<(ReviewResult, Money)> {
    opinion_that_counts(opinions).map(|opinion| (opinion.result, opinion.assessed))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(item: &str, verdict: Option<Verdict>, remark: &str) -> Judgement {
        Judgement {
            item: ItemId::typed(item),
            verdict,
            remark: remark.to_owned(),
            suggestion: String::new(),
            basis: String::new(),
            cite: String::new(),
        }
    }

    #[test]
    fn only_items_that_say_something_else_are_listed() {
        let before = [
            answer("K01", Some(Verdict::Pass), ""),
            answer("K02", Some(Verdict::Fail), "缺目录"),
            answer("K03", Some(Verdict::Doubt), "不清楚"),
            answer("K04", Some(Verdict::Pass), ""),
        ];
        let after = [
            answer("K01", Some(Verdict::Pass), ""),
            answer("K02", Some(Verdict::Pass), ""),
            answer("K03", Some(Verdict::Doubt), "仍不清楚"),
            answer("K05", None, "待核"),
        ];
        let changed = answers_changed(&before, &after);
        let items: Vec<&str> = changed.iter().map(|change| change.item.as_str()).collect();
        assert_eq!(items, ["K02", "K03", "K04", "K05"]);
        assert_eq!(changed[2].after, None, "an answer that is no longer given");
        assert_eq!(changed[3].before, None, "an answer that was not given before");
        assert_eq!(answers_changed(&after, &after), []);
    }
}
