//! 技术评审清单 — the questions a technical review answers, in the regulation's four dimensions 〔第七条〕.

use std::collections::BTreeSet;

use super::ids::ItemId;
use super::project::{Declaration, ItemCategory, ProjectKind};
use super::vocabulary::vocabulary;

vocabulary!(
    /// The four dimensions of 〔第七条〕.
    Dimension {
        /// 建设内容完整性.
        Completeness = "completeness",
        /// 技术可行性.
        Feasibility = "feasibility",
        /// 信息资源共享.
        Sharing = "sharing",
        /// 信息安全.
        Security = "security",
    }
);

vocabulary!(
    /// How much an item weighs in the conclusion.
    Weight {
        /// 否决 — while it is not passed the opinion cannot be 通过.
        Veto = "veto",
        /// 重大.
        Major = "major",
        /// 一般.
        Minor = "minor",
    }
);

vocabulary!(
    /// What a project is made of, which decides the items that apply to it.
    Nature {
        /// Software and services.
        Software = "software",
        /// Hardware.
        Hardware = "hardware",
        /// Operation and maintenance.
        Operation = "operation",
    }
);

vocabulary!(
    /// The answer to an item.
    Verdict {
        /// 通过.
        Pass = "pass",
        /// 不通过.
        Fail = "fail",
        /// 存疑.
        Doubt = "doubt",
        /// 不适用.
        NotApplicable = "na",
    }
);

/// A question of the checklist, as the policy states it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChecklistItem {
    /// Its number, such as `K03`.
    pub id: ItemId,
    /// The dimension it belongs to.
    pub dimension: Dimension,
    /// The question.
    pub text: String,
    /// The evidence to look for.
    pub evidence: String,
    /// The articles it rests on; 0 stands for the attachment.
    pub articles: Vec<u8>,
    /// How much it weighs.
    pub weight: Weight,
    /// The natures of project it applies to.
    pub applies_to: BTreeSet<Nature>,
}

impl ChecklistItem {
    /// Tells whether the question is asked of a project of these natures.
    pub fn applies(&self, natures: &BTreeSet<Nature>) -> bool {
        self.applies_to.iter().any(|nature| natures.contains(nature))
    }
}

/// An answer a reviewer gave, with what must accompany it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// The item answered.
    pub item: ItemId,
    /// The answer; `None` while only a remark was noted, which leaves the item open.
    pub verdict: Option<Verdict>,
    /// 问题描述, or the reason of a 不适用.
    pub remark: String,
    /// 修改建议.
    pub suggestion: String,
    /// 参考依据.
    pub basis: String,
    /// The place in the scheme it rests on, such as `p.31`.
    pub cite: String,
}

vocabulary!(
    /// Something an answer still lacks.
    Lack {
        /// 问题描述.
        Remark = "remark",
        /// 修改建议.
        Suggestion = "suggestion",
        /// 参考依据.
        Basis = "basis",
    }
);

impl Judgement {
    /// Lists what the answer still lacks: 不通过 and 存疑 need remark, suggestion and basis, 不适用 a reason.
    pub fn lacks(&self) -> Vec<Lack> {
        let needed: &[(Lack, &str)] = match self.verdict {
            None | Some(Verdict::Pass) => &[],
            Some(Verdict::NotApplicable) => &[(Lack::Remark, &self.remark)],
            Some(Verdict::Fail | Verdict::Doubt) => {
                &[(Lack::Remark, &self.remark), (Lack::Suggestion, &self.suggestion), (Lack::Basis, &self.basis)]
            }
        };
        needed.iter().filter(|(_, text)| text.trim().is_empty()).map(|(lack, _)| *lack).collect()
    }
}

/// Tells what a project is made of, from its kind and its list of contents.
///
/// A declaration without a list of contents counts as software unless it is maintenance: the form of the attachment
/// has no such list, and asking too much is safer than too little.
pub fn natures(declaration: &Declaration) -> BTreeSet<Nature> {
    let mut natures: BTreeSet<Nature> = declaration
        .items
        .iter()
        .map(|item| match item.category {
            ItemCategory::Operation => Nature::Operation,
            category if category.is_hardware() => Nature::Hardware,
            _ => Nature::Software,
        })
        .collect();
    if declaration.kind == Some(ProjectKind::Operation) {
        natures.insert(Nature::Operation);
    }
    if natures.is_empty() {
        natures.insert(Nature::Software);
    }
    natures
}
