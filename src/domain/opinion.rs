//! What a sentence of 技术审核意见 rests on 〔第八条〕: the record itself, and a digest of it.
//!
//! An opinion is composed from what was recorded and then written freely. Each composed sentence keeps its source and
//! the source's digest; where the digest is another one later, the sentence tells of something that changed since.

use std::fmt;

use super::audit::{Detail, digest, hex};
use super::calendar::Moment;
use super::checklist::{ChecklistItem, Dimension, Judgement, Verdict};
use super::findings::Pattern;
use super::findings::disposition::Sheet;
use super::ids::{ExpertId, ItemId};
use super::panel::Panel;
use super::policy::Policy;
use super::route::RouteCode;
use super::workflow::dossier::Dossier;

/// Everything an opinion is composed from.
#[derive(Debug, Clone, Copy)]
pub struct Grounds<'a> {
    /// The project with its records; its vetoes are those of the findings.
    pub dossier: &'a Dossier,
    /// The rules of its running round.
    pub policy: &'a Policy,
    /// What was found and what was decided about it.
    pub findings: &'a Sheet,
    /// The present moment.
    pub now: Moment,
}

/// What a sentence rests on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// The project, its scheme and its approval.
    Project,
    /// The verdicts of a dimension.
    Dimension(Dimension),
    /// The answer to an item.
    Item(ItemId),
    /// A finding that was taken up.
    Finding(Pattern),
    /// The panel and what it concluded.
    Panel,
    /// What a member dissented.
    Dissent(ExpertId),
    /// Something the panel wanted mended.
    Fix(u32),
    /// The amounts.
    Amounts,
    /// All verdicts together, the panel's and the findings' included.
    Verdicts,
}

impl fmt::Display for Source {
    /// Writes the code promised to scripts, such as `item:K03`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Source::Project => f.write_str("project"),
            Source::Dimension(dimension) => write!(f, "dimension:{dimension}"),
            Source::Item(item) => write!(f, "item:{item}"),
            Source::Finding(pattern) => write!(f, "finding:{pattern}"),
            Source::Panel => f.write_str("panel"),
            Source::Dissent(expert) => write!(f, "dissent:{expert}"),
            Source::Fix(number) => write!(f, "fix:{number}"),
            Source::Amounts => f.write_str("amounts"),
            Source::Verdicts => f.write_str("verdicts"),
        }
    }
}

impl<'a> Grounds<'a> {
    /// Finds the panel that belongs into an opinion drafted now.
    pub fn panel(self) -> Option<&'a Panel> {
        let of_round = self.dossier.panels.iter().filter(|panel| panel.round == self.dossier.project.round);
        of_round.rev().find(|panel| panel.conclusion.is_some())
    }

    /// Tells whether experts argue the project: because its amount asks for it, or because the Centre does.
    pub fn is_argued(self) -> bool {
        self.dossier.project.route.code == RouteCode::Panel || self.dossier.panel().is_some()
    }

    /// Counts the items nobody answered yet.
    pub fn unanswered(self) -> usize {
        let answers = Dimension::ALL.iter().flat_map(|dimension| self.answers(*dimension));
        answers.filter(|(_, said)| said.is_none()).count()
    }

    /// Lists the items asked of the project with their answers, by dimension.
    pub fn answers(self, dimension: Dimension) -> Vec<(&'a ChecklistItem, Option<&'a Judgement>)> {
        let asked = self.dossier.applicable_items(self.policy).into_iter();
        let asked = asked.filter(|item| item.dimension == dimension);
        asked.map(|item| (item, self.dossier.judgement(&item.id).filter(|it| it.verdict.is_some()))).collect()
    }
}

impl Source {
    /// Digests what the source says now, hexadecimal; none where there is no such source any more.
    pub fn digest(&self, of: Grounds<'_>) -> Option<String> {
        let said = match self {
            Source::Project => Some(project(of)),
            Source::Dimension(dimension) => Some(verdicts(of, &[*dimension])),
            Source::Item(item) => of.dossier.judgement(item).map(judgement),
            Source::Finding(pattern) => finding(of, *pattern),
            Source::Panel => of.panel().map(panel).or_else(|| of.is_argued().then(Detail::new)),
            Source::Dissent(expert) => dissent(of, *expert),
            Source::Fix(number) => fix(of, *number),
            Source::Amounts => Some(amounts(of)),
            Source::Verdicts => Some(everything(of)),
        };
        let named = |said: Detail| digest(&[self.to_string().into_bytes(), vec![0], said.to_bytes()].concat());
        said.map(|said| hex(&named(said)))
    }
}

fn project(of: Grounds<'_>) -> Detail {
    let (dossier, project) = (of.dossier, &of.dossier.project);
    let said = Detail::new()
        .with("name", project.declaration.name.clone())
        .with("unit", project.unit.name.clone())
        .with("round", project.round.to_string())
        .with("route", project.route.code.code())
        .with("policy", of.policy.id.clone());
    let said = dossier.scheme.iter().fold(said, |said, scheme| {
        said.with("designer", scheme.designer.clone()).with("version", scheme.version.clone())
    });
    dossier.approval.iter().fold(said, |said, approval| {
        said.with("doc_no", approval.doc_no.clone()).with("approved", approval.amount.to_string())
    })
}

fn verdicts(of: Grounds<'_>, dimensions: &[Dimension]) -> Detail {
    let answers = dimensions.iter().flat_map(|dimension| of.answers(*dimension));
    let verdict = |said: Option<&Judgement>| said.and_then(|said| said.verdict).map_or("open", Verdict::code);
    answers.fold(Detail::new(), |all, (item, said)| all.with(item.id.as_str(), verdict(said)))
}

fn judgement(said: &Judgement) -> Detail {
    Detail::new()
        .with("verdict", said.verdict.map_or("open", Verdict::code))
        .with("remark", said.remark.clone())
        .with("suggestion", said.suggestion.clone())
        .with("basis", said.basis.clone())
        .with("cite", said.cite.clone())
}

fn finding(of: Grounds<'_>, pattern: Pattern) -> Option<Detail> {
    let found = of.findings.item(pattern)?;
    let reason = found.decided.last().map(|last| last.reason.clone()).unwrap_or_default();
    let said = Detail::new().with("digest", hex(&found.finding.digest())).with("standing", found.standing.code());
    Some(said.with("reason", reason))
}

fn panel(panel: &Panel) -> Detail {
    let said = Detail::new()
        .with("session", format!("{}/{}", panel.round, panel.session))
        .with("members", panel.seats().iter().map(|seat| seat.expert.to_string()).collect::<Vec<_>>().join(" "))
        .with("sat", panel.sitting().into_iter().map(|seat| seat.expert.to_string()).collect::<Vec<_>>().join(" "))
        .with("chair", panel.chair().map(|chair| chair.expert.to_string()).unwrap_or_default());
    let said = panel
        .closed
        .iter()
        .fold(said, |said, closed| said.with("met_on", closed.met_on.to_string()).with("place", closed.place.clone()));
    let said = panel.conclusion.iter().fold(said, |said, conclusion| {
        let tally = conclusion.tally;
        let signed = conclusion.signed_by.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        said.with("conclusion", conclusion.result.code())
            .with("text", conclusion.text.clone())
            .with("votes", format!("{} {} {} {}", tally.pass, tally.conditional, tally.supplement, tally.fail))
            .with("chair_explanation", conclusion.chair_explanation.clone())
            .with("signed_by", signed)
    });
    panel.corrections.iter().fold(said, |said, it| said.with("correction", format!("{}\0{}", it.text, it.reason)))
}

fn dissent(of: Grounds<'_>, expert: ExpertId) -> Option<Detail> {
    let dissents = of.panel()?.dissents();
    let dissent = dissents.into_iter().find(|dissent| dissent.seat.expert == expert)?;
    Some(Detail::new().with("name", dissent.seat.name.clone()).with("text", dissent.text))
}

fn fix(of: Grounds<'_>, number: u32) -> Option<Detail> {
    let fix = of.panel()?.fixes.iter().find(|fix| fix.number == number)?;
    let page = fix.closed.as_ref().map(|(page, _)| page.clone()).unwrap_or_default();
    let said = Detail::new().with("text", fix.text.clone()).with("responsible", fix.responsible.clone());
    Some(said.with("due", fix.due.to_string()).with("page", page))
}

fn amounts(of: Grounds<'_>) -> Detail {
    let project = &of.dossier.project;
    let declared = project.declaration.amount.to_string();
    Detail::new().with("declared", declared).with("governing", project.governing_amount().to_string())
}

fn everything(of: Grounds<'_>) -> Detail {
    let vetoes = of.findings.bars().iter().fold(verdicts(of, Dimension::ALL), |all, it| all.with("veto", it.code()));
    let conclusion = of.panel().and_then(|panel| panel.conclusion.as_ref());
    vetoes.with("panel", conclusion.map_or("", |conclusion| conclusion.result.code()))
}
