//! What keeps the panel's next step back, each with the place where it is mended; and what does not.

use super::{Line, Pane, Session};
use crate::domain::panel::lack::PanelLack;
use crate::domain::workflow::action::{Action, Key};
use crate::domain::workflow::record::PanelResult;
use crate::domain::workflow::unmet::Unmet;
use crate::service::error::{Error, Invalid};
use crate::service::view::meeting::ItemView;
use crate::wording::{self, sentence::basis};

/// A condition of closing the opinions or of concluding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    /// Enough members sit, and nobody who must stay away.
    Sitting,
    /// Every opinion is in and signed.
    Opinions,
    /// There is a conclusion.
    Result,
    /// With its text.
    Text,
    /// With what must be mended.
    Fixes,
    /// It is what the votes say, or the chair explains it.
    Agreement,
    /// The chair signed.
    Chair,
}

impl Condition {
    /// Names it.
    pub const fn name(self) -> &'static str {
        match self {
            Condition::Sitting => "在座人数、组长、回避符合要求",
            Condition::Opinions => "在座专家的意见均已签名",
            Condition::Result => "已有结论",
            Condition::Text => "已有专家组意见",
            Condition::Fixes => "修改清单与结论相符",
            Condition::Agreement => "结论与票数相符或组长已说明",
            Condition::Chair => "组长已签名",
        }
    }

    const fn of(step: Action) -> &'static [Condition] {
        match step {
            Action::CloseOpinions => &[Condition::Sitting, Condition::Opinions],
            _ => &[Condition::Result, Condition::Text, Condition::Fixes, Condition::Agreement, Condition::Chair],
        }
    }
}

/// Something missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// Which condition it belongs to, where it is one of the panel's.
    pub condition: Option<Condition>,
    /// What is missing, what to do, the article.
    pub text: String,
    /// The member it is about.
    pub member: Option<String>,
}

/// Lists what is missing.
pub fn gaps(item: &ItemView) -> Vec<Gap> {
    let Some(error) = &item.lacks else { return Vec::new() };
    let texts = wording::problem(error).causes;
    let about: Vec<(Option<Condition>, Option<String>)> = match error {
        Error::Refused(unmet) => unmet.iter().map(of_unmet).collect(),
        Error::Invalid(problems) => problems.iter().map(|problem| (of_input(problem), None)).collect(),
        _ => Vec::new(),
    };
    let gap = |(at, text): (usize, String)| {
        let (condition, member) = about.get(at).cloned().unwrap_or_default();
        Gap { condition, text, member }
    };
    texts.into_iter().enumerate().map(gap).collect()
}

fn of_unmet(unmet: &Unmet) -> (Option<Condition>, Option<String>) {
    let Unmet::Panel(lack) = unmet else { return (None, None) };
    match lack {
        PanelLack::OpinionsMissing(names) => (Some(Condition::Opinions), names.first().cloned()),
        PanelLack::Absent(names) => (Some(Condition::Sitting), names.first().cloned()),
        PanelLack::Conflict { name, .. } | PanelLack::ChairAway(name) => (Some(Condition::Sitting), Some(name.clone())),
        PanelLack::TooFewSitting { .. } => (Some(Condition::Sitting), None),
        PanelLack::AgainstTally { .. } => (Some(Condition::Agreement), None),
        PanelLack::FixesMissing | PanelLack::FixesOutOfPlace | PanelLack::FixDue(_) => (Some(Condition::Fixes), None),
        PanelLack::ChairUnsigned(name) => (Some(Condition::Chair), Some(name.clone())),
        PanelLack::NotSitting(name) => (Some(Condition::Chair), Some(name.clone())),
        _ => (None, None),
    }
}

fn of_input(problem: &Invalid) -> Option<Condition> {
    let Invalid::Input(problem) = problem else { return None };
    match Key::parse(&problem.field)? {
        Key::Conclusion => Some(Condition::Result),
        Key::Text => Some(Condition::Text),
        Key::Fixes => Some(Condition::Fixes),
        Key::ChairExplanation => Some(Condition::Agreement),
        Key::SignedBy => Some(Condition::Chair),
        _ => None,
    }
}

/// Lists the conditions of the next step that are met, with the article. While the input itself is incomplete the rules
/// were not asked yet, so only what the sheet shows is told.
pub fn met(item: &ItemView, gaps: &[Gap]) -> Vec<String> {
    let Some(step) = item.next else { return Vec::new() };
    let incomplete = matches!(item.lacks, Some(Error::Invalid(_)));
    let stands = |condition: &&Condition| !gaps.iter().any(|gap| gap.condition == Some(**condition));
    let told = |condition: &&Condition| !incomplete || is_seen(**condition, item);
    let article = basis(Unmet::Panel(PanelLack::NotFormed).rule().article());
    let met = Condition::of(step).iter().filter(stands).filter(told);
    met.map(|condition| format!("{}{article}", condition.name())).collect()
}

fn is_seen(condition: Condition, item: &ItemView) -> bool {
    let result = PanelResult::parse(item.sheet.get(crate::domain::meeting::sheet::Field::Conclusion));
    match condition {
        Condition::Agreement => result.is_some() && result == item.says,
        Condition::Fixes => result == Some(PanelResult::Conditional) && !item.sheet.fixes().is_empty(),
        _ => true,
    }
}

/// Puts the cursor where a gap is mended.
pub fn go_to(session: &mut Session, gap: &Gap) {
    let named = |session: &Session| {
        let seats = session.item().map(|item| item.panel.seats()).unwrap_or_default();
        gap.member.as_ref().and_then(|name| seats.iter().position(|seat| seat.name == *name))
    };
    let to_line = |session: &mut Session, wanted: fn(&Line) -> bool| {
        session.pane = Pane::Conclusion;
        session.line = session.lines().iter().position(wanted).unwrap_or(0);
    };
    match gap.condition {
        Some(Condition::Sitting) => {
            session.pane = Pane::Attendance;
            session.seat = named(session).unwrap_or(session.seat);
        }
        Some(Condition::Opinions) => {
            session.pane = Pane::Votes;
            session.seat = named(session).unwrap_or(session.seat);
        }
        Some(Condition::Result) | None => to_line(session, |line| *line == Line::Result),
        Some(Condition::Text) => to_line(session, |line| *line == Line::Text),
        Some(Condition::Fixes) => to_line(session, |line| *line == Line::NewFix),
        Some(Condition::Agreement) => to_line(session, |line| *line == Line::Explanation),
        Some(Condition::Chair) => {
            let chair = session.item().and_then(|item| item.panel.chair()).map(|seat| seat.expert);
            session.pane = Pane::Conclusion;
            let of_chair = |line: &Line| chair.is_some_and(|chair| *line == Line::Signature(chair));
            session.line = session.lines().iter().position(of_chair).unwrap_or(0);
        }
    }
    session.settle();
}
