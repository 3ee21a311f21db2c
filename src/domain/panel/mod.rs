//! 专家论证 〔第八条〕: who sits on a panel, what they say one by one, and what the panel concludes.
//!
//! - [`expert`]: the pool, [`absence`] when its experts cannot come;
//! - [`recusal`]: who must stay away, by declaration or because of what is known;
//! - [`draw`]: drawing members by lot so that anybody can draw them again;
//! - [`composition`]: when a panel may begin;
//! - [`attendance`]: who came to the meeting, and who therefore sits;
//! - [`tally`]: what the votes say;
//! - [`lack`]: everything that can be missing.
//!
//! The panel advises, the Centre decides: a 不通过 bars a passing opinion, nothing else binds it.

pub mod absence;
pub mod attendance;
pub mod composition;
pub mod draw;
pub mod expert;
pub mod lack;
pub mod recusal;
pub mod tally;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::audit::{Detail, digest, hex};
use super::checklist::Dimension;
use super::ids::{ExpertId, ProjectCode};
use super::vocabulary::vocabulary;
use super::workflow::record::{Hand, PanelResult};
use attendance::Attendance;
use recusal::{Declared, Recusal};
use tally::Tally;

vocabulary!(
    /// How members were found.
    Selection {
        /// 随机抽取.
        Drawn = "drawn",
        /// 指定.
        Chosen = "chosen",
    }
);

/// A panel of a review round: asked for, formed, heard, concluded. A 补充论证 opens the next session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Panel {
    /// The review round.
    pub round: u32,
    /// Which panel of the round, 1 for the first.
    pub session: u32,
    /// Why and for what it was asked for.
    pub request: Request,
    /// Declarations of recusal made for it.
    pub recusals: Vec<Recusal>,
    /// Every draw, the last one last.
    pub draws: Vec<Draw>,
    /// Every list of members, the last one last: a replacement leaves the list before it readable.
    pub formations: Vec<Formation>,
    /// Who confirmed it.
    pub confirmed: Option<Hand>,
    /// Who came to the meeting and who did not, the last entry of each counting.
    pub attendance: Vec<Attendance>,
    /// Every version of every member's opinion.
    pub opinions: Vec<ExpertOpinion>,
    /// When the opinions were complete.
    pub closed: Option<Closing>,
    /// What it concluded.
    pub conclusion: Option<Conclusion>,
    /// What must be mended before a 原则通过 counts.
    pub fixes: Vec<Fix>,
    /// Corrections of a finished record.
    pub corrections: Vec<Correction>,
}

/// What was said when a panel was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Why, where the amount does not ask for a panel.
    pub reason: String,
    /// Vendors that are there already or expected.
    pub vendors: Vec<String>,
    /// Persons or bodies that wrote the requirement survey.
    pub authors: Vec<String>,
    /// The complaint that makes a further panel necessary; it then has other members throughout.
    pub complaint: String,
    /// Who asked.
    pub by: Hand,
}

/// A draw by lot, with everything that is needed to repeat it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draw {
    /// Which draw of the panel.
    pub number: u32,
    /// What the lots were shuffled with.
    pub seed: String,
    /// How many were wanted.
    pub size: u32,
    /// SM3 of the list of candidates.
    pub candidates_digest: String,
    /// Whose lots were in the urn.
    pub candidates: Vec<ExpertId>,
    /// Whose were drawn, in that order.
    pub members: Vec<(ExpertId, String)>,
    /// Who was kept out, and why.
    pub recused: Vec<(ExpertId, String, recusal::Why)>,
    /// The day of the meeting it was made for, where that was known.
    pub meets_on: Option<NaiveDate>,
    /// Why it was drawn again.
    pub reason: String,
    /// Who drew.
    pub by: Hand,
}

/// A list of members as it was laid down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formation {
    /// Which list of the panel.
    pub number: u32,
    /// How the members were found.
    pub selection: Selection,
    /// The seed of the draw it rests on.
    pub draw_seed: Option<String>,
    /// Why these, or why one was replaced.
    pub reason: String,
    /// Who left for whom, where the list comes from a replacement.
    pub replaced: Option<(ExpertId, ExpertId)>,
    /// The members.
    pub seats: Vec<Seat>,
    /// Who laid it down.
    pub by: Hand,
}

/// A member, as the pool described the expert then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    /// The expert.
    pub expert: ExpertId,
    /// 姓名.
    pub name: String,
    /// 工作单位.
    pub employer: String,
    /// 职称.
    pub title: String,
    /// What the member is an expert of.
    pub disciplines: BTreeSet<String>,
    /// Whether the member belongs to a body of this county.
    pub local: bool,
    /// Whether the member leads the panel.
    pub chair: bool,
    /// What the member declared about recusal.
    pub declaration: Declared,
}

/// A version of a member's opinion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpertOpinion {
    /// Whose.
    pub expert: ExpertId,
    /// Which version, 1 for the first.
    pub version: u32,
    /// The member's vote.
    pub conclusion: PanelResult,
    /// Its text.
    pub text: String,
    /// 保留意见, word for word.
    pub dissent: String,
    /// Whether the member signed; a signed version is locked.
    pub signed: bool,
    /// What was said to each dimension.
    pub dimensions: BTreeMap<Dimension, String>,
    /// A score, where one was given.
    pub score: Option<u32>,
    /// Why a locked version was corrected.
    pub reason: String,
    /// SM3 of all of the above.
    pub digest: String,
    /// Who recorded it.
    pub by: Hand,
}

impl ExpertOpinion {
    /// Digests what the member said. Project and session go in too, so that one sheet cannot stand for another.
    pub fn sealed(mut self, project: &ProjectCode, of: (u32, u32)) -> ExpertOpinion {
        let said = Detail::new()
            .with("project", project.as_str())
            .with("session", format!("{}/{}", of.0, of.1))
            .with("expert", self.expert.to_string())
            .with("version", self.version.to_string())
            .with("conclusion", self.conclusion.code())
            .with("text", self.text.clone())
            .with("dissent", self.dissent.clone())
            .with("signed", self.signed.to_string())
            .with("score", self.score.map(|score| score.to_string()).unwrap_or_default())
            .with("reason", self.reason.clone());
        let all = self.dimensions.iter().fold(said, |all, (dimension, text)| all.with(dimension.code(), text.clone()));
        self.digest = hex(&digest(&all.to_bytes()));
        self
    }
}

/// The end of the members' writing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closing {
    /// When the panel met.
    pub met_on: NaiveDate,
    /// Where.
    pub place: String,
    /// Who noted it.
    pub by: Hand,
}

/// What a panel concluded. Written once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conclusion {
    /// The conclusion.
    pub result: PanelResult,
    /// Its text.
    pub text: String,
    /// The votes.
    pub tally: Tally,
    /// What the votes say.
    pub by_tally: PanelResult,
    /// The chair's explanation, where the conclusion is another.
    pub chair_explanation: String,
    /// Who signed.
    pub signed_by: Vec<ExpertId>,
    /// Who wrote it down.
    pub by: Hand,
}

/// Something to mend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// Its number on the list.
    pub number: u32,
    /// What.
    pub text: String,
    /// Who mends it.
    pub responsible: String,
    /// Until when.
    pub due: NaiveDate,
    /// Where in the revised scheme, and who closed it.
    pub closed: Option<(String, Hand)>,
}

impl Fix {
    /// Tells how many days it is late; none where it is closed or there is still time.
    pub fn days_late(&self, today: NaiveDate) -> Option<i64> {
        let late = (today - self.due).num_days();
        (self.closed.is_none() && late > 0).then_some(late)
    }
}

/// 保留意见, word for word, with whose it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dissent<'a> {
    /// Whose.
    pub seat: &'a Seat,
    /// The words.
    pub text: &'a str,
    /// Whether its author sat to the end and voted.
    pub stayed: bool,
}

/// A correction of a finished record: the record stays as it is, this stands beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// What is right.
    pub text: String,
    /// Why it was wrong.
    pub reason: String,
    /// Who wrote it down.
    pub by: Hand,
}

/// Counts the steps of panels that left their project at the stage where it stood.
pub fn silent_steps(panels: &[Panel]) -> usize {
    let mut steps = 0;
    for (place, panel) in panels.iter().enumerate() {
        let before = place.checked_sub(1).and_then(|before| panels.get(before)).filter(|it| it.round == panel.round);
        let before = before.and_then(|panel| panel.conclusion.as_ref()).map(|it| it.result);
        // A 补充论证 begins with the members there were: that list is no step of its own.
        let inherited = usize::from(before == Some(PanelResult::Supplement));
        let closed = panel.fixes.iter().filter(|fix| fix.closed.is_some()).count();
        steps += panel.recusals.len() + panel.draws.len() + panel.formations.len().saturating_sub(inherited);
        steps += panel.opinions.len() + closed + panel.corrections.len();
    }
    steps
}

impl Panel {
    /// Lists the members.
    pub fn seats(&self) -> &[Seat] {
        self.formations.last().map_or(&[], |formation| &formation.seats)
    }

    /// Finds a member by number or name.
    pub fn seat(&self, meant: &str) -> Option<&Seat> {
        let id = ExpertId::typed(meant);
        self.seats().iter().find(|seat| Some(seat.expert) == id || seat.name == meant.trim())
    }

    /// Finds the member who leads, where exactly one does.
    pub fn chair(&self) -> Option<&Seat> {
        let mut chairs = self.seats().iter().filter(|seat| seat.chair);
        chairs.next().filter(|_| chairs.next().is_none())
    }

    /// Finds the last version of a member's opinion.
    pub fn opinion_of(&self, expert: ExpertId) -> Option<&ExpertOpinion> {
        self.opinions.iter().rfind(|opinion| opinion.expert == expert)
    }

    /// Tells whether a member's opinion is signed and locked.
    pub fn is_locked(&self, expert: ExpertId) -> bool {
        self.opinion_of(expert).is_some_and(|opinion| opinion.signed)
    }

    /// Lists the members who sit and whose signed opinion is missing.
    pub fn missing(&self) -> Vec<&Seat> {
        self.sitting().into_iter().filter(|seat| !self.is_locked(seat.expert)).collect()
    }

    /// Counts the votes of the members who sit, unsigned ones not.
    pub fn tally(&self) -> Tally {
        let opinions = self.sitting().into_iter().filter_map(|seat| self.opinion_of(seat.expert));
        Tally::of(opinions.filter(|opinion| opinion.signed).map(|opinion| opinion.conclusion))
    }

    /// Lists what members dissented, under their signatures. To replace its author is no way to be rid of a dissent, nor
    /// is sending them away, so those who left stand behind those who stayed.
    pub fn dissents(&self) -> Vec<Dissent<'_>> {
        let mut seats: Vec<(&Seat, bool)> = self.sitting().into_iter().map(|seat| (seat, true)).collect();
        for seat in self.formations.iter().flat_map(|list| &list.seats) {
            if !seats.iter().any(|(known, _)| known.expert == seat.expert) {
                seats.push((seat, false));
            }
        }
        let mut dissents = Vec::new();
        for (seat, stayed) in seats {
            let opinion = self.opinion_of(seat.expert).filter(|opinion| opinion.signed && !opinion.dissent.is_empty());
            dissents.extend(opinion.map(|opinion| Dissent { seat, text: &opinion.dissent, stayed }));
        }
        dissents
    }

    /// Lists the fixes that are not closed.
    pub fn open_fixes(&self) -> impl Iterator<Item = &Fix> {
        self.fixes.iter().filter(|fix| fix.closed.is_none())
    }

    /// Tells whether the members' opinions may be read: from the moment the last one is in and locked.
    pub fn is_open_to_read(&self) -> bool {
        self.closed.is_some()
    }

    /// Tells whether the list of members looks as if only the lead's word were missing.
    pub fn awaits_confirmation(&self) -> bool {
        let seats = self.seats();
        seats.len() % 2 == 1
            && self.chair().is_some_and(|chair| !chair.local)
            && seats.iter().all(|seat| seat.declaration == Declared::Clear)
    }

    /// Lists the members who sat and whose signature is missing from the conclusion.
    pub fn unsigned(&self) -> Vec<&Seat> {
        let Some(conclusion) = &self.conclusion else { return Vec::new() };
        self.sitting().into_iter().filter(|seat| !conclusion.signed_by.contains(&seat.expert)).collect()
    }
}
