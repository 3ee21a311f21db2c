//! The papers of a project: what is printed, signed and filed.
//!
//! A [`Paper`] is composed from what the service shows an account, so nobody prints what they may not read. It stays a
//! draft until the record it shows is final; a final one carries
//!
//! - a **check code**, the beginning of the SM3 digest of the record: a paper with another code shows another record;
//! - the entry of the log that made it final, whose hash `audit verify --head` finds in the chain.
//!
//! [`minutes`] are of a whole meeting. [`panel_conclusion`] and [`expert_sheet`] are those of the expert panel 〔第八条〕, [`opinion`] is the Centre's own.

mod expert_sheet;
mod forms;
mod minutes;
mod opinion;
mod panel_conclusion;
mod seal;
#[cfg(test)]
mod tests;

use crate::domain::panel::lack::PanelLack;
use crate::domain::panel::{Panel, Seat};
use crate::domain::project::Overlay;
use crate::domain::vocabulary::vocabulary;
use crate::domain::workflow::record::Opinion;
use crate::domain::workflow::unmet::Unmet;
use crate::service::error::{Answer, Error, Missing};
use crate::service::view::show::ProjectView;
use crate::service::view::trail::{LogMark, Trail};

use super::word::{self, Document, Section};
pub use minutes::compose as minutes;

vocabulary!(
    /// A kind of paper.
    PaperKind {
        /// 技术审核意见书.
        Opinion = "opinion",
        /// 专家论证评审结论.
        PanelConclusion = "panel-conclusion",
        /// 专家个人意见表.
        ExpertSheet = "expert-sheet",
    }
);

impl PaperKind {
    /// Tells the title printed on it.
    pub const fn title(self) -> &'static str {
        match self {
            PaperKind::Opinion => "技术审核意见书",
            PaperKind::PanelConclusion => "专家论证评审结论",
            PaperKind::ExpertSheet => "专家个人意见表",
        }
    }
}

/// Which paper is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Which kind.
    pub kind: PaperKind,
    /// Of which review round; the latest one that has such a record unless told.
    pub round: Option<u32>,
    /// Of which panel of the round; the latest one unless told.
    pub session: Option<u32>,
    /// Of which member, by number or name; of all of them unless told.
    pub expert: Option<String>,
    /// Whether to leave it blank to be filled in by hand, whatever was recorded.
    pub blank: bool,
}

impl Wanted {
    /// Wants the latest of a kind.
    pub fn latest(kind: PaperKind) -> Wanted {
        Wanted { kind, round: None, session: None, expert: None, blank: false }
    }
}

/// A paper, ready to be written as a file or shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// Which kind.
    pub kind: PaperKind,
    /// What its file is called, without a folder.
    pub file_name: String,
    /// The review round.
    pub round: u32,
    /// Which panel of the round, where it is of one.
    pub session: Option<u32>,
    /// What it says.
    pub document: Document,
    /// What ties it to the record, one seal for each section that is final.
    pub seals: Vec<Seal>,
}

/// What ties a printed record to the stored one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seal {
    /// Whose record it is, where it is one member's.
    pub expert: Option<String>,
    /// The beginning of the record's digest, to be read and typed by people.
    pub check_code: String,
    /// The whole digest, hexadecimal.
    pub digest: String,
    /// The entry of the log that made the record final.
    pub mark: Option<LogMark>,
}

impl Paper {
    /// Tells whether any of it is a draft.
    pub fn is_draft(&self) -> bool {
        self.document.sections.iter().any(|section| section.is_draft)
    }

    /// Writes it as a Word document.
    pub fn docx(&self) -> Answer<Vec<u8>> {
        word::docx(&self.document).map_err(|error| Error::Bug(format!("docx: {error}")))
    }

    /// Lays it out as lines of so many cells.
    pub fn lines(&self, width: usize) -> Vec<String> {
        word::plain::lines(&self.document, width)
    }
}

/// Composes a paper, or tells why there is none.
pub fn paper(view: &ProjectView, trail: &Trail, wanted: &Wanted) -> Answer<Paper> {
    let project = &view.dossier.project;
    if view.destroyed.is_some() || project.destroyed.is_some() {
        return Err(Error::Refused(vec![Unmet::Destroyed]));
    }
    // What may be a secret leaves the system on no paper while that is open 〔第十七条〕.
    if project.overlays.contains(&Overlay::SecrecyFrozen) {
        return Err(Error::Refused(vec![Unmet::Blocked(Overlay::SecrecyFrozen)]));
    }
    let (sections, seals, of, whose) = match wanted.kind {
        PaperKind::Opinion => {
            let said = drafted(view, wanted.round)?;
            let (section, seal) = opinion::compose(view, trail, said);
            (vec![section], seal.into_iter().collect(), (said.round, None), format!("第{}稿", said.draft))
        }
        PaperKind::PanelConclusion => {
            let panel = chosen(view, wanted)?;
            let (sections, seals) = panel_conclusion::compose(view, trail, panel);
            (sections, seals, (panel.round, Some(panel.session)), format!("第{}次", panel.session))
        }
        PaperKind::ExpertSheet => {
            let panel = chosen(view, wanted)?;
            let (sheets, whose) = sheets(view, trail, panel, wanted)?;
            let whose = whose.map(|name| format!("_{name}")).unwrap_or_default();
            (sheets.0.0, sheets.0.1, (panel.round, Some(panel.session)), format!("第{}次{whose}", panel.session))
        }
    };
    let title = wanted.kind.title();
    Ok(Paper {
        kind: wanted.kind,
        file_name: forms::file_name(&format!("{}_{title}_第{}轮{whose}", project.code, of.0)),
        round: of.0,
        session: of.1,
        document: Document { title: format!("{title}（{}）", project.declaration.name), sections },
        seals,
    })
}

/// Composes the sheets that are wanted of a panel; tells whose it is where only one is.
fn sheets(view: &ProjectView, trail: &Trail, panel: &Panel, wanted: &Wanted) -> Answer<(Sheets, Option<String>)> {
    let member = match &wanted.expert {
        Some(meant) => Some(
            panel
                .seat(meant)
                .ok_or_else(|| Error::Refused(vec![Unmet::Panel(PanelLack::NotAMember(meant.trim().to_owned()))]))?,
        ),
        None => None,
    };
    let seats: Vec<&Seat> = member.map_or_else(|| panel.sitting(), |seat| vec![seat]);
    // Before the last opinion is in, a file of all sheets would lay one member's words before another's eyes. The view
    // holds only what the reader wrote down, which may be printed for its own member.
    let read = !wanted.blank && (panel.is_open_to_read() || member.is_some());
    let sheets = seats.into_iter().map(|seat| expert_sheet::compose(view, trail, panel, seat, read)).collect();
    Ok((sheets, member.map(|seat| seat.name.clone())))
}

/// Finds the last opinion that was not sent back.
fn drafted(view: &ProjectView, round: Option<u32>) -> Answer<&Opinion> {
    let fits = |said: &&Opinion| said.sent_back.is_none() && round.is_none_or(|round| round == said.round);
    Ok(view.dossier.opinions.iter().rfind(fits).ok_or(Missing::Opinion(round))?)
}

/// Composes every paper of the latest panel that there is: the conclusion, and the sheets of all members.
pub fn panel_papers(view: &ProjectView, trail: &Trail) -> Vec<Paper> {
    let kinds = [PaperKind::PanelConclusion, PaperKind::ExpertSheet];
    kinds.into_iter().filter_map(|kind| paper(view, trail, &Wanted::latest(kind)).ok()).collect()
}

/// Sheets put together.
struct Sheets((Vec<Section>, Vec<Seal>));

impl FromIterator<(Section, Option<Seal>)> for Sheets {
    fn from_iter<I: IntoIterator<Item = (Section, Option<Seal>)>>(sheets: I) -> Sheets {
        let (sections, seals): (Vec<Section>, Vec<Option<Seal>>) = sheets.into_iter().unzip();
        Sheets((sections, seals.into_iter().flatten().collect()))
    }
}

fn chosen<'v>(view: &'v ProjectView, wanted: &Wanted) -> Answer<&'v Panel> {
    let fits = |panel: &&Panel| {
        wanted.round.is_none_or(|round| round == panel.round)
            && wanted.session.is_none_or(|session| session == panel.session)
    };
    match view.dossier.panels.iter().rfind(fits) {
        Some(panel) if !panel.seats().is_empty() => Ok(panel),
        None if wanted.round.is_some() || wanted.session.is_some() => {
            Err(Missing::Panel { round: wanted.round, session: wanted.session }.into())
        }
        _ => Err(Error::Refused(vec![Unmet::Panel(PanelLack::NotFormed)])),
    }
}
