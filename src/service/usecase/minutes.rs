//! Writes down what happens while a panel sits: who came, and what is said before it is signed.

use super::meeting::{heard, writer_elsewhere};
use crate::domain::audit::{Detail, digest, hex};
use crate::domain::ids::{ExpertId, ProjectCode};
use crate::domain::meeting::sheet::{Field, Sheet};
use crate::domain::panel::attendance::Presence;
use crate::domain::panel::lack::PanelLack;
use crate::domain::panel::{Panel, Seat};
use crate::domain::permission::matrix::Verb;
use crate::domain::permission::{Permit, authorize_panel};
use crate::domain::text::clean_line;
use crate::domain::workflow::dossier::Dossier;
use crate::domain::workflow::input::InputProblem;
use crate::domain::workflow::unmet::Unmet;
use crate::service::command::{Attend, Done, Note};
use crate::service::error::{Answer, Error, Invalid};
use crate::service::gate::{Context, Outcome, Work};
use crate::service::store::panel_write::PanelKey;

/// The code under which the log records who came.
pub const ATTEND: &str = "attend";
/// The code under which the log records what was noted.
pub const NOTE: &str = "note";

/// What will be written.
#[derive(Debug)]
pub struct Plan {
    code: ProjectCode,
    panel: PanelKey,
    entries: Entries,
}

#[derive(Debug)]
enum Entries {
    Attendance(Vec<ExpertId>, Presence, String),
    Fields { changed: Vec<(Field, String)>, same: Vec<(Field, u32)>, aside: Option<String> },
}

impl Plan {
    /// Tells what it would lead to.
    pub fn foresee(&self) -> Done {
        let (versions, aside) = match &self.entries {
            Entries::Attendance(..) => (Vec::new(), None),
            Entries::Fields { same, aside, .. } => (same.clone(), aside.clone()),
        };
        Done::Noted { code: self.code.clone(), versions, aside }
    }
}

/// Judges an entry of the list of those present. Whoever must stay away declares it; taking a declaration back is a
/// declaration too.
pub fn prepare_attendance(context: Context<'_>, attend: &Attend) -> Answer<(Permit, super::Plan)> {
    let dossier = context.dossier(&attend.project)?;
    let permit = authorize_panel(context.actor, Verb::RecordMeeting, &dossier)?;
    let panel = heard(&dossier)?;
    let key = (dossier.project.id, panel.round, panel.session);
    let mut lacks = Vec::new();
    lacks.extend(writer_elsewhere(context, key, &attend.terminal)?.map(PanelLack::SeatHeld));
    lacks.extend(panel.closed.as_ref().map(|_| PanelLack::OpinionsClosed));
    let mut members = Vec::new();
    if attend.experts.is_empty() {
        members.extend(panel.seats().iter().filter(|seat| panel.presence(seat.expert) == Presence::Expected));
    }
    for meant in &attend.experts {
        match panel.seat(meant) {
            Some(seat) if members.iter().any(|other: &&Seat| other.expert == seat.expert) => {}
            Some(seat) => members.push(seat),
            None => lacks.push(PanelLack::NotAMember(meant.trim().to_owned())),
        }
    }
    for seat in &members {
        let name = || seat.name.clone();
        let recused = panel.presence(seat.expert) == Presence::Recused;
        lacks.extend(recused.then(|| PanelLack::DeclaredAway(name())));
        let silent = attend.presence == Presence::Absent && panel.is_locked(seat.expert);
        lacks.extend(silent.then(|| PanelLack::OpinionLocked(name())));
    }
    if attend.presence == Presence::Recused {
        lacks.push(PanelLack::DeclareInstead);
    }
    if !lacks.is_empty() {
        return Err(refused(lacks));
    }
    let members = members.iter().map(|seat| seat.expert).collect();
    let reason = clean_line(&attend.reason).trim().to_owned();
    let entries = Entries::Attendance(members, attend.presence, reason);
    Ok((permit, super::Plan::Minutes(Box::new(Plan { code: attend.project.clone(), panel: key, entries }))))
}

/// Judges what is to be noted. What comes from a terminal that lost the writing seat is not refused: the words are kept
/// beside the sheet, because whoever typed them has no other place for them.
pub fn prepare_note(context: Context<'_>, note: &Note) -> Answer<(Permit, super::Plan)> {
    let dossier = context.dossier(&note.project)?;
    let permit = authorize_panel(context.actor, Verb::RecordMeeting, &dossier)?;
    let panel = heard(&dossier)?;
    let key = (dossier.project.id, panel.round, panel.session);
    let sheet = context.read.sheet(key)?;
    let aside = writer_elsewhere(context, key, &note.terminal)?;
    let (mut problems, mut lacks) = (Vec::new(), Vec::new());
    let (mut changed, mut same) = (Vec::new(), Vec::new());
    for (field, value) in &note.fields {
        lacks.extend(may_be_noted(*field, panel));
        match field.read(value) {
            Err(problem) => problems.push(Invalid::Input(InputProblem { field: field.to_string(), problem })),
            Ok(value) if aside.is_none() && value == sheet.get(*field) => same.push((*field, version(&sheet, *field))),
            Ok(value) => changed.push((*field, value)),
        }
    }
    lacks.dedup();
    match (problems.is_empty(), lacks.is_empty()) {
        (_, false) => return Err(refused(lacks)),
        (false, true) => return Err(Error::Invalid(problems)),
        (true, true) => {}
    }
    let entries = Entries::Fields { changed, same, aside };
    Ok((permit, super::Plan::Minutes(Box::new(Plan { code: note.project.clone(), panel: key, entries }))))
}

fn refused(lacks: Vec<PanelLack>) -> Error {
    lacks.into_iter().map(Unmet::Panel).collect::<Vec<_>>().into()
}

fn version(sheet: &Sheet, field: Field) -> u32 {
    sheet.noted(field).map_or(0, |noted| noted.version)
}

/// A member's part is written while the member sits, has not signed, and the opinions are open.
fn may_be_noted(field: Field, panel: &Panel) -> Option<PanelLack> {
    let (member, signs) = match field {
        Field::Signed(expert) => (Some(expert), true),
        field => (field.member(), false),
    };
    let expert = member?;
    let seat: Option<&Seat> = panel.seats().iter().find(|seat| seat.expert == expert);
    let Some(seat) = seat else { return Some(PanelLack::NotAMember(expert.to_string())) };
    if !panel.sits(seat) {
        return Some(PanelLack::NotSitting(seat.name.clone()));
    }
    if signs {
        return None;
    }
    let closed = panel.closed.is_some().then_some(PanelLack::OpinionsClosed);
    closed.or_else(|| panel.is_locked(expert).then(|| PanelLack::OpinionLocked(seat.name.clone())))
}

/// Tells what a command that was done before noted then, from the log's word about it.
pub fn noted_before(context: Context<'_>, dossier: &Dossier, at_millis: i64, said: &Detail) -> Answer<Done> {
    let key = dossier.panel().map(|panel| (dossier.project.id, panel.round, panel.session));
    let mut versions = Vec::new();
    for field in said.iter().filter_map(|(name, _)| Field::parse(name)) {
        let Some(key) = key else { continue };
        let then = context.read.versions_of_note(key, field)?;
        let then = then.into_iter().find(|(noted, _)| noted.by.at.timestamp_millis() == at_millis);
        versions.extend(then.map(|(noted, _)| (field, noted.version)));
    }
    let aside = said.get("aside").filter(|name| !name.is_empty()).map(str::to_owned);
    Ok(Done::Noted { code: dossier.project.code.clone(), versions, aside })
}

/// Writes it. The log tells which fields were written and the digest of each text, so that nobody reads in it what a
/// member says before the last one is in; of a vote, which is one of four words, not even that.
pub fn apply(work: &Work<'_>, plan: Plan) -> Answer<(Outcome, Done)> {
    let (write, pen) = (work.write(), (work.context().actor.id, work.context().now));
    let mut detail = Detail::new();
    let done = match plan.entries {
        Entries::Attendance(members, presence, reason) => {
            for expert in &members {
                write.add_attendance(plan.panel, (*expert, presence, &reason), pen)?;
            }
            let members: Vec<String> = members.iter().map(ToString::to_string).collect();
            detail = detail.with("experts", members.join(" ")).with("presence", presence.code()).with("reason", reason);
            Done::Noted { code: plan.code, versions: Vec::new(), aside: None }
        }
        Entries::Fields { changed, same: mut versions, aside } => {
            for (field, value) in &changed {
                let version = write.add_note(plan.panel, (*field, value, aside.is_some()), pen)?;
                let said = if field.is_long() { hex(&digest(value.as_bytes())) } else { version.to_string() };
                detail = detail.with(&field.to_string(), said);
                versions.push((*field, version));
            }
            detail = detail.with("aside", aside.clone().unwrap_or_default());
            Done::Noted { code: plan.code, versions, aside }
        }
    };
    Ok((Outcome { source: Some(work.permit().source()), detail, ..Outcome::default() }, done))
}
