//! Two people at the same item: which of its texts both changed.
//!
//! Each text of an answer is compared by itself with the one it was written over. What only one of the two changed is
//! merged without a word; what both changed differently is a clash, and the person decides.

use crate::domain::checklist::{Judgement, Verdict};
use crate::domain::ids::ItemId;
use crate::service::command::{ItemAnswer, VerdictChange};
use crate::wording::labels;

/// A part of the answer to an item that is changed by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The verdict.
    Verdict,
    /// What is wrong.
    Remark,
    /// What to do about it.
    Suggestion,
    /// What that rests on.
    Basis,
    /// Where it stands.
    Cite,
}

/// A part that was written over by somebody else while it was changed here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// The item.
    pub item: ItemId,
    /// The part.
    pub part: Part,
    /// What both began with.
    pub base: String,
    /// What stands there now.
    pub theirs: String,
    /// What was to be written.
    pub mine: String,
}

impl Part {
    const ALL: [Part; 5] = [Part::Verdict, Part::Remark, Part::Suggestion, Part::Basis, Part::Cite];

    /// Names the part as the form of the remark does.
    pub const fn label(self) -> &'static str {
        match self {
            Part::Verdict => "判断",
            Part::Remark => "问题描述",
            Part::Suggestion => "修改建议",
            Part::Basis => "参考依据",
            Part::Cite => "引用位置",
        }
    }

    /// Names the part's field of the form; the verdict has none.
    pub const fn field(self) -> Option<&'static str> {
        match self {
            Part::Verdict => None,
            Part::Remark => Some("remark"),
            Part::Suggestion => Some("suggestion"),
            Part::Basis => Some("basis"),
            Part::Cite => Some("cite"),
        }
    }

    /// Tells the part of what stands at an item; a verdict by its code, nothing as an empty text.
    pub fn of(self, judgement: Option<&Judgement>) -> String {
        let Some(judgement) = judgement else { return String::new() };
        match self {
            Part::Verdict => judgement.verdict.map(Verdict::code).unwrap_or_default().to_owned(),
            Part::Remark => judgement.remark.clone(),
            Part::Suggestion => judgement.suggestion.clone(),
            Part::Basis => judgement.basis.clone(),
            Part::Cite => judgement.cite.clone(),
        }
    }

    /// Tells what an answer makes of the part; `None` where it leaves it alone.
    fn given(self, answer: &ItemAnswer) -> Option<String> {
        match self {
            Part::Verdict => match answer.verdict {
                VerdictChange::Keep => None,
                VerdictChange::Clear => Some(String::new()),
                VerdictChange::Set(verdict) => Some(verdict.code().to_owned()),
            },
            Part::Remark => answer.remark.clone(),
            Part::Suggestion => answer.suggestion.clone(),
            Part::Basis => answer.basis.clone(),
            Part::Cite => answer.cite.clone(),
        }
    }

    /// Writes a text into the part of an answer.
    fn give(self, answer: &mut ItemAnswer, text: Option<String>) {
        match self {
            Part::Verdict => {
                answer.verdict = match text {
                    None => VerdictChange::Keep,
                    Some(code) => Verdict::parse(&code).map_or(VerdictChange::Clear, VerdictChange::Set),
                };
            }
            Part::Remark => answer.remark = text,
            Part::Suggestion => answer.suggestion = text,
            Part::Basis => answer.basis = text,
            Part::Cite => answer.cite = text,
        }
    }

    /// Shows a text of the part to a reader.
    pub fn shown(self, text: &str) -> String {
        match (self, Verdict::parse(text)) {
            (_, _) if text.trim().is_empty() => "（空）".to_owned(),
            (Part::Verdict, Some(verdict)) => labels::verdict(verdict).to_owned(),
            _ => text.to_owned(),
        }
    }
}

impl Clash {
    /// The answer that writes this text and nothing else.
    pub fn answer(&self, text: String) -> ItemAnswer {
        let mut answer = nothing(self.item.clone());
        self.part.give(&mut answer, Some(text));
        answer
    }

    /// What stood at the item when this text was begun, as far as this text is concerned.
    pub fn begun_with(&self) -> Judgement {
        let begun = blank(self.item.clone());
        match self.part.field() {
            None => Judgement { verdict: Verdict::parse(&self.base), ..begun },
            Some(field) => with_text(begun, field, &self.base),
        }
    }

    /// Both texts, theirs first.
    pub fn both(&self) -> String {
        [self.theirs.trim_end(), self.mine.trim_end()]
            .iter()
            .filter(|text| !text.is_empty())
            .copied()
            .collect::<Vec<_>>()
            .join("\n")
    }
}

/// What stands at an item nobody answered.
pub fn blank(item: ItemId) -> Judgement {
    let (remark, suggestion, basis, cite) = Default::default();
    Judgement { item, verdict: None, remark, suggestion, basis, cite }
}

/// What stands at an item, with another text in a field of the remark's form.
pub fn with_text(mut judgement: Judgement, field: &str, text: &str) -> Judgement {
    let place = match Part::ALL.iter().find(|part| part.field() == Some(field)) {
        Some(Part::Remark) => &mut judgement.remark,
        Some(Part::Suggestion) => &mut judgement.suggestion,
        Some(Part::Basis) => &mut judgement.basis,
        Some(Part::Cite) => &mut judgement.cite,
        Some(Part::Verdict) | None => return judgement,
    };
    text.clone_into(place);
    judgement
}

/// The answer to an item that leaves everything as it is.
fn nothing(item: ItemId) -> ItemAnswer {
    ItemAnswer { item, verdict: VerdictChange::Keep, remark: None, suggestion: None, basis: None, cite: None }
}

/// Parts an answer into what can be written now and what clashes with what somebody else wrote.
pub(super) fn part(
    answer: ItemAnswer,
    base: Option<&Judgement>,
    now: Option<&Judgement>,
) -> (Option<ItemAnswer>, Vec<Clash>) {
    let mut free = nothing(answer.item.clone());
    let mut clashes = Vec::new();
    // Taking an answer back takes its texts along: it is written over nothing but what was seen.
    let clears = answer.verdict == VerdictChange::Clear;
    for part in Part::ALL {
        let Some(mine) = part.given(&answer) else { continue };
        let (base_text, theirs) = (part.of(base), part.of(now));
        let untouched = if clears && part == Part::Verdict { base == now } else { base_text == theirs };
        if !clears && (mine == theirs || mine == base_text) {
            continue;
        }
        match untouched {
            true => part.give(&mut free, Some(mine)),
            false => clashes.push(Clash { item: answer.item.clone(), part, base: base_text, theirs, mine }),
        }
    }
    let says_something = free != nothing(free.item.clone());
    (says_something.then_some(free), clashes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn judgement(verdict: Option<Verdict>, [remark, suggestion, basis, cite]: [&str; 4]) -> Judgement {
        let text = str::to_owned;
        let item = ItemId::typed("K05");
        Judgement {
            item,
            verdict,
            remark: text(remark),
            suggestion: text(suggestion),
            basis: text(basis),
            cite: text(cite),
        }
    }

    fn answer(texts: [&str; 4]) -> ItemAnswer {
        let [remark, suggestion, basis, cite] = texts.map(|text| Some(text.to_owned()));
        ItemAnswer { remark, suggestion, basis, cite, ..nothing(ItemId::typed("K05")) }
    }

    #[test]
    fn different_texts_merge_without_a_word() {
        let base = judgement(Some(Verdict::Fail), ["甲", "", "", ""]);
        let now = judgement(Some(Verdict::Fail), ["甲", "他的建议", "", ""]);
        let (free, clashes) = part(answer(["我的问题", "", "", ""]), Some(&base), Some(&now));
        let free = free.unwrap();
        assert_eq!((free.remark.as_deref(), free.suggestion, clashes), (Some("我的问题"), None, Vec::new()));
    }

    #[test]
    fn the_same_text_is_for_the_person_to_decide() {
        let base = judgement(None, ["共同", "", "", ""]);
        let now = judgement(Some(Verdict::Pass), ["他的", "", "", "p.3"]);
        let (free, clashes) = part(answer(["我的", "", "依据", ""]), Some(&base), Some(&now));
        assert_eq!(free.unwrap().basis.as_deref(), Some("依据"));
        let [clash] = clashes.as_slice() else { panic!("{clashes:?}") };
        assert_eq!(
            (clash.part, clash.base.as_str(), clash.theirs.as_str(), clash.mine.as_str()),
            (Part::Remark, "共同", "他的", "我的")
        );
        assert_eq!(clash.both(), "他的\n我的");
    }

    #[test]
    fn the_same_change_by_both_is_no_clash_and_nothing_to_write() {
        let now = judgement(None, ["同", "", "", ""]);
        assert_eq!(part(answer(["同", "", "", ""]), None, Some(&now)), (None, Vec::new()));
    }

    #[test]
    fn taking_an_answer_back_takes_no_text_along_that_was_not_seen() {
        let clear = ItemAnswer { verdict: VerdictChange::Clear, ..nothing(ItemId::typed("K05")) };
        let base = judgement(Some(Verdict::Pass), ["", "", "", ""]);
        let now = judgement(Some(Verdict::Pass), ["他写的", "", "", ""]);
        let (free, clashes) = part(clear.clone(), Some(&base), Some(&now));
        assert_eq!((free, clashes.len()), (None, 1));
        assert_eq!(part(clear.clone(), Some(&base), Some(&base)).0, Some(clear));
    }

    proptest! {
        /// Whatever both did: every text of mine that is a change is written, told, or stands there already; and
        /// nothing that somebody else wrote is written over untold.
        #[test]
        fn no_word_of_either_is_lost(base in [ "[甲乙]?", "[甲乙]?", "[甲乙]?", "[甲乙]?" ], theirs in [ "[甲乙丙]?", "[甲乙丙]?", "[甲乙丙]?", "[甲乙丙]?" ], mine in [ "[甲乙丁]?", "[甲乙丁]?", "[甲乙丁]?", "[甲乙丁]?" ]) {
            let of = |texts: &[String; 4]| judgement(None, [0, 1, 2, 3].map(|at: usize| texts[at].as_str()));
            let (before, now) = (of(&base), of(&theirs));
            let (free, clashes) = part(answer([0, 1, 2, 3].map(|at: usize| mine[at].as_str())), Some(&before), Some(&now));
            for kind in Part::ALL.into_iter().filter(|part| *part != Part::Verdict) {
                let (base, theirs) = (kind.of(Some(&before)), kind.of(Some(&now)));
                let written = free.as_ref().and_then(|free| kind.given(free));
                let told = clashes.iter().any(|clash| clash.part == kind);
                let mine = kind.of(Some(&of(&mine)));
                prop_assert!(mine == base || mine == theirs || told || written == Some(mine));
                prop_assert!(written.is_none() || theirs == base);
            }
        }
    }
}
