//! 技术审核意见, composed from what was recorded, for the reviewer to go on from 〔第八条〕.
//!
//! The four dimensions come in the regulation's order, then the panel's conclusion as part of the opinion, the amounts,
//! what must be mended, and the conclusion. Nothing is invented: each [`Sentence`] knows the record it tells of.

mod panel;
#[cfg(test)]
mod tests;

pub use panel::of_panel;

use chrono::NaiveDate;

use super::{findings, labels};
use crate::domain::actor::Role;
use crate::domain::checklist::{Dimension, Judgement, Verdict};
use crate::domain::findings::disposition::{Standing, Weighed};
use crate::domain::money::Money;
use crate::domain::opinion::{Grounds, Source};
use crate::domain::workflow::input::LONGEST_TEXT;
use crate::domain::workflow::record::ReviewResult;
use crate::domain::workflow::unmet::Unmet;
use crate::domain::workflow::{Circumstances, bars_to_passing};

/// How much of a remark is quoted where the whole would not fit into an opinion.
const QUOTED: usize = 60;

/// A line of the opinion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// What it says.
    pub text: String,
    /// What it tells of.
    pub source: Source,
    /// Digests what its source said when it was composed, hexadecimal.
    pub digest: String,
}

/// What the reviewer decides and no record tells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Figures<'a> {
    /// The conclusion; none where it is to follow from what bars a passing one.
    pub result: Option<ReviewResult>,
    /// 核定额; none where it is what was asked for.
    pub assessed: Option<Money>,
    /// Why the amount was cut.
    pub cut_reason: &'a str,
}

/// Composes the opinion. Where it would be longer than an opinion may be, remarks are quoted by their beginnings.
pub fn compose(of: Grounds<'_>, figures: Figures<'_>) -> Vec<Sentence> {
    let whole = written(of, figures, usize::MAX);
    match text(&whole).chars().count() > LONGEST_TEXT {
        true => written(of, figures, QUOTED),
        false => whole,
    }
}

/// Joins sentences to the text that is signed.
pub fn text(sentences: &[Sentence]) -> String {
    sentences.iter().map(|sentence| sentence.text.as_str()).collect::<Vec<_>>().join("\n")
}

fn written(of: Grounds<'_>, figures: Figures<'_>, quoted: usize) -> Vec<Sentence> {
    let mut draft = Draft { of, quoted, parts: 0, said: Vec::new() };
    draft.opening();
    Dimension::ALL.iter().for_each(|dimension| draft.dimension(*dimension));
    panel::add(&mut draft);
    draft.amounts(figures);
    draft.demands();
    draft.conclusion(figures);
    draft.said
}

/// Writes a day as official papers do: in full, without zeros before.
fn day(day: NaiveDate) -> String {
    day.format("%Y年%-m月%-d日").to_string()
}

/// Ends a text that does not end by itself.
fn ended(text: &str) -> String {
    let text = text.trim_end();
    if text.ends_with(['。', '！', '？', '；', '.', '!', '?', ';']) {
        text.to_owned()
    } else {
        format!("{text}。")
    }
}

/// The opinion while it is written.
struct Draft<'a> {
    of: Grounds<'a>,
    quoted: usize,
    parts: usize,
    said: Vec<Sentence>,
}

impl Draft<'_> {
    fn say(&mut self, source: Source, text: String) {
        let digest = source.digest(self.of).unwrap_or_default();
        self.said.push(Sentence { text, source, digest });
    }

    /// Begins the next part.
    fn part(&mut self, source: Source, name: &str, text: &str) {
        let numeral = "一二三四五六七八九十".chars().nth(self.parts).unwrap_or('·');
        self.parts += 1;
        self.say(source, format!("{numeral}、{name}：{text}"));
    }

    /// Writes somebody's words on one line, as much as there is room for.
    fn quote(&self, words: &str) -> String {
        let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
        match line.chars().count() > self.quoted {
            true => format!("{}……（全文见评审清单）", line.chars().take(self.quoted).collect::<String>()),
            false => line,
        }
    }

    fn opening(&mut self) {
        let (dossier, project) = (self.of.dossier, &self.of.dossier.project);
        let way = if self.of.is_argued() { "专家论证和中心评审" } else { "中心评审" };
        let scheme =
            dossier.scheme.as_ref().map(|scheme| format!("（{}编制，版本 {}）", scheme.designer, scheme.version));
        let opening = format!(
            "依据《政务信息化项目管理办法》第七条、第八条和《{}》，县大数据发展服务中心对{}报送的{}（编号 {}）技术方案{}进行第 {} 轮技术评审，方式为{way}。",
            self.of.policy.title,
            project.unit.name,
            project.declaration.name,
            project.code,
            scheme.unwrap_or_default(),
            project.round,
        );
        let approved = dossier
            .approval
            .as_ref()
            .map(|approval| format!("项目经{}批准立项，批复金额 {} 万元。", approval.doc_no, approval.amount));
        self.say(Source::Project, format!("{opening}{}", approved.unwrap_or_default()));
    }

    fn dimension(&mut self, dimension: Dimension) {
        let answers = self.of.answers(dimension);
        let name = labels::dimension(dimension);
        if answers.is_empty() {
            return self.part(Source::Dimension(dimension), name, "本项目无适用的评审事项。");
        }
        let count = |wanted: Option<Verdict>| {
            answers.iter().filter(|(_, said)| said.and_then(|said| said.verdict) == wanted).count()
        };
        let mut counts = vec![format!("共 {} 项", answers.len())];
        for verdict in [Verdict::Pass, Verdict::Fail, Verdict::Doubt] {
            counts.push(format!("{} {} 项", labels::verdict(verdict), count(Some(verdict))));
        }
        for (name, number) in [("不适用", count(Some(Verdict::NotApplicable))), ("尚未判断", count(None))] {
            if number > 0 {
                counts.push(format!("{name} {number} 项"));
            }
        }
        self.part(Source::Dimension(dimension), name, &format!("{}。", counts.join("，")));
        let told = answers.iter().filter_map(|(_, said)| *said);
        let told = told.filter(|said| matches!(said.verdict, Some(Verdict::Fail | Verdict::Doubt)));
        for (place, said) in told.enumerate() {
            let text = format!("{}. {}", place + 1, self.problem(said));
            self.say(Source::Item(said.item.clone()), text);
        }
    }

    fn problem(&self, said: &Judgement) -> String {
        let verdict = said.verdict.map_or("", labels::verdict);
        let place = if said.cite.is_empty() { String::new() } else { format!("，方案 {}", said.cite) };
        let part = |name: &str, words: &str| match words.trim().is_empty() {
            true => String::new(),
            false => format!("{name}{}", ended(&self.quote(words))),
        };
        let [remark, suggestion, basis] =
            [part("", &said.remark), part("建议：", &said.suggestion), part("依据：", &said.basis)];
        format!("[{} {verdict}{place}] {remark}{suggestion}{basis}", said.item)
    }

    fn bars(&self) -> Vec<Unmet> {
        let Grounds { dossier, policy, now, .. } = self.of;
        bars_to_passing(Circumstances { dossier, policy, capacity: Role::Reviewer, now })
    }

    /// Tells the conclusion: the reviewer's, or once everything is judged and argued what nothing speaks against.
    fn result(&self, figures: Figures<'_>) -> Option<ReviewResult> {
        let is_ripe = self.of.unanswered() == 0 && (!self.of.is_argued() || self.of.panel().is_some());
        let proposed = || if self.bars().is_empty() { ReviewResult::Pass } else { ReviewResult::Fail };
        figures.result.or_else(|| is_ripe.then(proposed))
    }

    fn amounts(&mut self, figures: Figures<'_>) {
        let asked = self.of.dossier.project.governing_amount();
        let assessed = figures.assessed.unwrap_or(asked);
        let text = match asked.saturating_sub(assessed) {
            _ if assessed.is_zero() || self.result(figures) == Some(ReviewResult::Fail) => {
                format!("报审额 {asked} 万元，本轮不核定投资。")
            }
            Money::ZERO => format!("报审额 {asked} 万元，核定额 {assessed} 万元，未核减。"),
            cut => {
                let reason = figures.cut_reason.trim();
                let reason = match reason.is_empty() {
                    true => String::new(),
                    false => format!("核减理由：{}", ended(&self.quote(reason))),
                };
                format!("报审额 {asked} 万元，核定额 {assessed} 万元，核减额 {cut} 万元。{reason}")
            }
        };
        self.part(Source::Amounts, "投资意见", &text);
    }

    fn demands(&mut self) {
        let listed = |wanted: Verdict| -> Vec<String> {
            let answers = Dimension::ALL.iter().flat_map(|dimension| self.of.answers(*dimension));
            let answers = answers.filter(|(_, said)| said.and_then(|said| said.verdict) == Some(wanted));
            answers.map(|(item, _)| item.id.to_string()).collect()
        };
        let (failed, doubted) = (listed(Verdict::Fail), listed(Verdict::Doubt));
        let mut parts = Vec::new();
        if !failed.is_empty() {
            let count = failed.len();
            parts.push(format!("对不通过的 {count} 项（{}），建设单位应按上述建议修改完善技术方案", failed.join("、")));
        }
        if !doubted.is_empty() {
            let count = doubted.len();
            parts.push(format!("对存疑的 {count} 项（{}），建设单位应补充说明或者佐证材料", doubted.join("、")));
        }
        let found: Vec<&Weighed> =
            self.of.findings.items.iter().filter(|item| item.standing == Standing::Accepted).collect();
        let text = match (parts.is_empty(), found.is_empty()) {
            (true, true) => "无。".to_owned(),
            (true, false) => "经核实，存在下列问题，建设单位应予改正：".to_owned(),
            (false, true) => format!("{}。", parts.join("；")),
            (false, false) => format!("{}；经核实还存在下列问题，应予改正：", parts.join("；")),
        };
        self.part(Source::Verdicts, "须整改事项", &text);
        for (place, item) in found.into_iter().enumerate() {
            let reason = item.decided.last().map(|last| last.reason.as_str()).unwrap_or_default();
            let reason = if reason.is_empty() { String::new() } else { ended(&self.quote(reason)) };
            let text = format!("{}. {}{reason}", place + 1, ended(&findings::message(&item.finding)));
            self.say(Source::Finding(item.finding.pattern), text);
        }
    }

    fn conclusion(&mut self, figures: Figures<'_>) {
        let months = self.of.policy.panel.opinion_valid_months;
        match self.result(figures) {
            None => {
                let open = match self.of.unanswered() {
                    0 => "待专家论证形成结论后确定。".to_owned(),
                    open => format!("评审清单还有 {open} 项未判断，判完后确定。"),
                };
                self.part(Source::Verdicts, "评审结论", &open);
            }
            Some(ReviewResult::Pass) => {
                let text = format!("通过。本意见自签发之日起 {months} 个月内有效。");
                self.part(Source::Verdicts, "评审结论", &text);
            }
            Some(ReviewResult::Fail) => {
                let text = "不通过。项目不予招标采购；修改完善后，可以重新报送技术方案。";
                self.part(Source::Verdicts, "评审结论", text);
                for (place, bar) in self.bars().iter().enumerate() {
                    let (source, why) = barred(bar);
                    self.say(source, format!("{}. {why}", place + 1));
                }
            }
        }
    }
}

/// Says why an opinion cannot pass, as an opinion says it.
fn barred(bar: &Unmet) -> (Source, String) {
    match bar {
        Unmet::VetoItemOpen { item, verdict } => {
            (Source::Item(item.clone()), format!("否决事项 {item} 判为{}。", labels::verdict(*verdict)))
        }
        Unmet::VetoFindingOpen(pattern) => {
            (Source::Finding(*pattern), format!("否决类疑点（{}）没有排除。", labels::pattern(*pattern)))
        }
        Unmet::PanelFailed => (Source::Panel, "专家论证结论为不通过。".to_owned()),
        other => (Source::Project, ended(&super::unmet(other).message)),
    }
}
