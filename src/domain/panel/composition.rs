//! When a panel may begin (county settings within 〔第八条〕).

use chrono::NaiveDate;

use super::lack::PanelLack;
use super::recusal::{Declared, reasons};
use super::{Panel, Seat};
use crate::domain::policy::PanelRules;
use crate::domain::project::Project;
use crate::domain::route::RouteCode;
use crate::domain::workflow::dossier::Dossier;

/// Tells the smallest panel the project needs: fewer where the Centre calls one of its own accord.
pub fn smallest(project: &Project, rules: &PanelRules) -> u32 {
    match project.route.code {
        RouteCode::Panel if project.governing_amount() >= rules.large_from => rules.smallest_large,
        RouteCode::Panel => rules.smallest,
        _ => rules.smallest_voluntary,
    }
}

/// Tells how many of so many must come from outside.
pub fn external_needed(members: usize, project: &Project, rules: &PanelRules) -> usize {
    match project.unit.is_centre {
        true => members,
        false => (0..=members).find(|some| rules.external_share.is_reached(*some, members)).unwrap_or(members),
    }
}

/// Lists everything a panel lacks before it can begin, or go on after a replacement.
pub fn lacks(panel: &Panel, dossier: &Dossier, today: NaiveDate, rules: &PanelRules) -> Vec<PanelLack> {
    let seats = panel.seats();
    if seats.is_empty() {
        return vec![PanelLack::NotFormed];
    }
    let mut lacks = number(seats, &dossier.project, rules);
    lacks.extend(chair(seats));
    lacks.extend(outsiders(seats, &dossier.project, rules));
    if seats.len() >= rules.disciplines.len() {
        let covered = |code: &&String| seats.iter().any(|seat| seat.disciplines.contains(*code));
        lacks.extend(rules.disciplines.iter().filter(|code| !covered(code)).cloned().map(PanelLack::DisciplineMissing));
    }
    let undeclared: Vec<String> =
        seats.iter().filter(|seat| seat.declaration == Declared::Pending).map(|seat| seat.name.clone()).collect();
    lacks.extend((!undeclared.is_empty()).then_some(PanelLack::DeclarationMissing(undeclared)));
    for seat in seats {
        lacks.extend(objections(seat, panel, dossier, today, rules));
    }
    lacks
}

fn number(seats: &[Seat], project: &Project, rules: &PanelRules) -> Vec<PanelLack> {
    let (members, needed) = (seats.len(), smallest(project, rules));
    let few = (members < needed as usize).then_some(PanelLack::TooFew { members, needed });
    let even = (members % 2 == 0).then_some(PanelLack::Even(members));
    few.into_iter().chain(even).collect()
}

fn chair(seats: &[Seat]) -> Vec<PanelLack> {
    let chairs: Vec<&Seat> = seats.iter().filter(|seat| seat.chair).collect();
    let number = match chairs.len() {
        0 => Some(PanelLack::NoChair),
        1 => None,
        _ => Some(PanelLack::SeveralChairs(chairs.iter().map(|seat| seat.name.clone()).collect())),
    };
    let local = chairs.iter().filter(|seat| seat.local).map(|seat| PanelLack::ChairLocal(seat.name.clone()));
    number.into_iter().chain(local).collect()
}

fn outsiders(seats: &[Seat], project: &Project, rules: &PanelRules) -> Option<PanelLack> {
    let locals: Vec<String> = seats.iter().filter(|seat| seat.local).map(|seat| seat.name.clone()).collect();
    let external = seats.len() - locals.len();
    let needed = external_needed(seats.len(), project, rules);
    match project.unit.is_centre {
        true => (!locals.is_empty()).then_some(PanelLack::SelfBuiltNotExternal(locals)),
        false => (external < needed).then_some(PanelLack::TooFewExternal { external, needed }),
    }
}

/// What speaks against a member: taken out of use in the pool, or bound to a party.
fn objections(
    seat: &Seat,
    panel: &Panel,
    dossier: &Dossier,
    today: NaiveDate,
    rules: &PanelRules,
) -> impl Iterator<Item = PanelLack> + use<> {
    let name = seat.name.clone();
    let known = dossier.pool.iter().find(|expert| expert.id == seat.expert);
    let inactive = known.is_none_or(|expert| !expert.active).then(|| PanelLack::Inactive(name.clone()));
    let why = known.map(|expert| reasons(expert, panel, dossier, today, rules)).unwrap_or_default();
    let conflict = (!why.is_empty()).then_some(PanelLack::Conflict { name, why });
    inactive.into_iter().chain(conflict)
}

/// A 补充论证 keeps enough of those who sat before it. Who is no longer in use or has to stay away cannot be kept, and
/// is not named among those who could.
pub fn continuity(panel: &Panel, dossier: &Dossier, today: NaiveDate, rules: &PanelRules) -> Option<PanelLack> {
    let of_before = |other: &&Panel| other.round == panel.round && other.session + 1 == panel.session;
    let earlier = dossier.panels.iter().find(of_before)?.seats();
    if !panel.request.complaint.is_empty() {
        return None;
    }
    let (seats, before) = (panel.seats(), earlier.len());
    let is_here = |seat: &&Seat| seats.iter().any(|here| here.expert == seat.expert);
    let kept = earlier.iter().filter(is_here).count();
    if rules.continuity_share.is_reached(kept, before) {
        return None;
    }
    let needed = (0..=before).find(|some| rules.continuity_share.is_reached(*some, before)).unwrap_or(before);
    let fit = |seat: &&Seat| objections(seat, panel, dossier, today, rules).next().is_none();
    let absent = earlier.iter().filter(|seat| !is_here(seat)).filter(fit).map(|seat| seat.name.clone()).collect();
    Some(PanelLack::Discontinuous { kept, before, needed, absent })
}
