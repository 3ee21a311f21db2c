//! The expert panel: asked for, formed, heard, concluded, and its conditions mended 〔第八条〕.

use super::super::action::{Action, Key};
use super::super::input::Inputs;
use super::super::record::{Hand, PanelRecord, PanelResult, Record};
use super::super::unmet::Unmet;
use super::super::{Circumstances, Decision};
use crate::domain::calendar::parse_date;
use crate::domain::checklist::Dimension;
use crate::domain::ids::AccountId;
use crate::domain::panel::attendance::Vacancy;
use crate::domain::panel::composition::{continuity, lacks, smallest};
use crate::domain::panel::expert::{Expert, find};
use crate::domain::panel::lack::PanelLack;
use crate::domain::panel::recusal::{Declared, Ground, Recusal};
use crate::domain::panel::{
    Closing, Conclusion, Correction, ExpertOpinion, Fix, Formation, Panel, Request, Seat, Selection, draw,
};
use crate::domain::project::Stage;
use crate::domain::route::RouteCode;

type Written = Result<PanelRecord, Vec<PanelLack>>;

/// Before the opinion the panel was heard where the way asks for one, and it was large enough for the amount 〔第八条〕.
pub fn heard(at: Circumstances<'_>) -> Option<Unmet> {
    let due = at.dossier.project.route.code == RouteCode::Panel;
    match at.dossier.panel().filter(|panel| panel.conclusion.is_some()) {
        None => due.then_some(Unmet::PanelMissing),
        Some(panel) => too_small(panel, at).map(Unmet::Panel),
    }
}

/// An amount that rose since may ask for a larger panel than the one that sat.
fn too_small(panel: &Panel, at: Circumstances<'_>) -> Option<PanelLack> {
    let (members, needed) = (panel.sitting().len(), smallest(&at.dossier.project, &at.policy.panel));
    (members < needed as usize).then_some(PanelLack::TooFew { members, needed })
}

/// Lists the conditions that do not depend on the action's input.
pub fn conditions(action: Action, at: Circumstances<'_>) -> Vec<Unmet> {
    let panel = at.dossier.panel();
    let found = match (action, panel) {
        (Action::ConfirmPanel, Some(panel)) => standing(panel, at),
        (Action::CloseOpinions, Some(panel)) => complete(panel, at),
        (Action::FinishRevision, Some(panel)) => {
            let open: Vec<_> = panel.open_fixes().map(|fix| (fix.number, fix.text.clone())).collect();
            (!open.is_empty()).then_some(PanelLack::FixesOpen(open)).into_iter().collect()
        }
        (Action::CorrectPanelRecord, _) => {
            let concluded = at.dossier.panels.iter().any(|panel| panel.conclusion.is_some());
            (!concluded).then_some(PanelLack::NothingToCorrect).into_iter().collect()
        }
        (Action::RequestPanel, _) | (_, Some(_)) => Vec::new(),
        (_, None) => vec![PanelLack::NotFormed],
    };
    found.into_iter().map(Unmet::Panel).collect()
}

/// What the members lack, those who should have stayed included.
fn standing(panel: &Panel, at: Circumstances<'_>) -> Vec<PanelLack> {
    let (dossier, rules, today) = (at.dossier, &at.policy.panel, at.now.date_naive());
    let changed = continuity(panel, dossier, today, rules);
    lacks(panel, dossier, today, rules).into_iter().chain(changed).collect()
}

/// Enough members sit, the opinion of each is in and locked, and nobody who has to stay away is among them.
fn complete(panel: &Panel, at: Circumstances<'_>) -> Vec<PanelLack> {
    let missing = names(&panel.missing());
    let missing = (!missing.is_empty()).then_some(PanelLack::OpinionsMissing(missing));
    missing.into_iter().chain(quorum(panel, at)).collect()
}

/// A vacant seat is filled, or, where the county lets a panel go on, enough of the others sit and the chair does.
fn quorum(panel: &Panel, at: Circumstances<'_>) -> Vec<PanelLack> {
    let rules = &at.policy.panel;
    let conflicts = lacks(panel, at.dossier, at.now.date_naive(), rules);
    let conflicts = conflicts.into_iter().filter(|lack| matches!(lack, PanelLack::Conflict { .. }));
    match rules.vacancy {
        Vacancy::Replace => {
            let absent = names(&panel.absent());
            let absent = (!absent.is_empty()).then_some(PanelLack::Absent(absent));
            absent.into_iter().chain(conflicts).collect()
        }
        Vacancy::GoOn => {
            let sits = |name: &str| panel.sitting().iter().any(|seat| seat.name == name);
            let sits = |lack: &PanelLack| matches!(lack, PanelLack::Conflict { name, .. } if sits(name));
            let (sitting, needed) = (panel.sitting().len(), smallest(&at.dossier.project, rules));
            let few = (sitting < needed as usize).then_some(PanelLack::TooFewSitting { sitting, needed });
            let chair = panel.chair().filter(|chair| !panel.sits(chair));
            let chair = chair.map(|chair| PanelLack::ChairAway(chair.name.clone()));
            few.into_iter().chain(chair).chain(conflicts.filter(sits)).collect()
        }
    }
}

fn names(seats: &[&Seat]) -> Vec<String> {
    seats.iter().map(|seat| seat.name.clone()).collect()
}

/// Tells what the action does.
pub fn outcome(action: Action, inputs: &Inputs, at: Circumstances<'_>) -> Result<Decision, Vec<Unmet>> {
    let stays = at.dossier.project.stage;
    let refused = |lacks: Vec<PanelLack>| lacks.into_iter().map(Unmet::Panel).collect::<Vec<_>>();
    if action == Action::FinishRevision {
        return Ok(Decision { to: Stage::TechnicalReview, record: Record::None });
    }
    if action == Action::RequestPanel {
        let record = requested(inputs, at).map_err(refused)?;
        return Ok(Decision { to: Stage::PanelForming, record: Record::Panel(record) });
    }
    // Without a panel the conditions have said so already.
    let Some(panel) = at.dossier.panel().or(at.dossier.panels.last()) else { return Err(Vec::new()) };
    let written = match action {
        Action::DeclareRecusal => declared(inputs, at),
        Action::DrawPanel => drawn(inputs, panel, at),
        Action::FormPanel => formed(inputs, panel, at),
        Action::ConfirmPanel => Ok(PanelRecord::Confirmed),
        Action::ReplaceExpert => replaced(inputs, panel, at),
        Action::RecordExpertOpinion => said(inputs, panel, at),
        Action::CloseOpinions => Ok(closed(inputs, at)),
        Action::ConcludePanel => concluded(inputs, panel, at),
        Action::CloseFix => fixed(inputs, panel),
        _ => Ok(PanelRecord::Corrected(Correction {
            text: text(inputs, Key::Text),
            reason: text(inputs, Key::Reason),
            by: hand(at),
        })),
    };
    let record = written.map_err(refused)?;
    let to = match &record {
        PanelRecord::Confirmed => Stage::PanelReviewing,
        PanelRecord::Closed(_) => Stage::PanelConcluding,
        PanelRecord::Concluded(conclusion, _) => match conclusion.result {
            PanelResult::Pass | PanelResult::Fail => Stage::TechnicalReview,
            PanelResult::Conditional => Stage::Revising,
            PanelResult::Supplement => Stage::PanelReviewing,
        },
        _ => stays,
    };
    Ok(Decision { to, record: Record::Panel(record) })
}

fn text(inputs: &Inputs, key: Key) -> String {
    inputs.text(key).unwrap_or_default().to_owned()
}

/// Whoever writes it down; the service knows who that is and puts the name in.
fn hand(at: Circumstances<'_>) -> Hand {
    Hand { account: AccountId(0), name: String::new(), at: at.now }
}

fn none_of(lacks: impl IntoIterator<Item = Option<PanelLack>>) -> Result<(), Vec<PanelLack>> {
    let lacks: Vec<PanelLack> = lacks.into_iter().flatten().collect();
    if lacks.is_empty() { Ok(()) } else { Err(lacks) }
}

/// Below the limit the Centre may ask for a panel and says why. A panel that has concluded is not asked again until it
/// says something else; a complaint, or an amount that outgrew it, brings another.
fn requested(inputs: &Inputs, at: Circumstances<'_>) -> Written {
    let voluntary = at.dossier.project.route.code != RouteCode::Panel;
    let complaint = text(inputs, Key::Complaint);
    let again = at.dossier.panel().filter(|panel| panel.conclusion.is_some());
    let outgrown = again.is_some_and(|panel| too_small(panel, at).is_some());
    none_of([
        (voluntary && inputs.text(Key::Reason).is_none()).then_some(PanelLack::ReasonMissing),
        (again.is_some() && !outgrown && complaint.is_empty()).then_some(PanelLack::AlreadyConcluded),
    ])?;
    Ok(PanelRecord::Requested(Request {
        reason: text(inputs, Key::Reason),
        vendors: inputs.lines(Key::Vendor).to_vec(),
        authors: inputs.lines(Key::Authors).to_vec(),
        complaint,
        by: hand(at),
    }))
}

fn expert<'a>(meant: &str, at: Circumstances<'a>) -> Result<&'a Expert, PanelLack> {
    find(at.dossier.pool.iter(), meant).ok_or_else(|| PanelLack::ExpertUnknown(meant.to_owned()))
}

fn declared(inputs: &Inputs, at: Circumstances<'_>) -> Written {
    let expert = expert(inputs.text(Key::Expert).unwrap_or_default(), at).map_err(|lack| vec![lack])?;
    Ok(PanelRecord::Declared(Recusal {
        expert: expert.id,
        name: expert.name.clone(),
        ground: inputs.text(Key::Ground).and_then(Ground::parse).unwrap_or(Ground::Other),
        text: text(inputs, Key::Reason),
        by: hand(at),
    }))
}

fn drawn(inputs: &Inputs, panel: &Panel, at: Circumstances<'_>) -> Written {
    let size = inputs.number(Key::Size).unwrap_or_default();
    let needed = smallest(&at.dossier.project, &at.policy.panel);
    let (reason, seed) = (text(inputs, Key::Reason), text(inputs, Key::DrawSeed));
    let meets_on = inputs.date(Key::MetOn);
    none_of([
        size.is_multiple_of(2).then_some(PanelLack::DrawSizeEven(size)),
        (size < needed).then_some(PanelLack::TooFew { members: size as usize, needed }),
        (!panel.draws.is_empty() && reason.is_empty()).then_some(PanelLack::RedrawNeedsReason),
        meets_on.filter(|day| *day < at.now.date_naive()).map(PanelLack::MeetingPast),
    ])?;
    let asked = draw::Asked { seed: &seed, size, reason: &reason, meets_on };
    let drawn = draw::draw(&asked, panel, at.dossier, hand(at), &at.policy.panel);
    drawn.map(PanelRecord::Drawn).map_err(|lack| vec![lack])
}

/// Writes a list of members down. Whether the list can be a panel is asked when it is confirmed. An expert who is said to
/// be away may be named all the same: a diary is hearsay, and whoever promised on the telephone to come must not be kept
/// out by an old entry. The page of the panel warns of it; a draw, which asks nobody, leaves such an expert out.
fn formed(inputs: &Inputs, panel: &Panel, at: Circumstances<'_>) -> Written {
    let mut lacks = Vec::new();
    let mut seats: Vec<Seat> = Vec::new();
    for record in inputs.records(Key::Members) {
        match member(record, at) {
            Ok(seat) if seats.iter().any(|other| other.expert == seat.expert) => {
                lacks.push(PanelLack::NamedTwice(seat.name));
            }
            Ok(seat) => seats.push(seat),
            Err(lack) => lacks.push(lack),
        }
    }
    let selection = inputs.text(Key::Selection).and_then(Selection::parse).unwrap_or(Selection::Chosen);
    let draw_seed = inputs.text(Key::DrawSeed).map(str::to_owned).filter(|_| selection == Selection::Drawn);
    let reason = text(inputs, Key::Reason);
    if selection == Selection::Drawn && !rests_on_draw(&seats, draw_seed.as_deref(), panel) {
        lacks.push(PanelLack::DrawDiffers);
    }
    if !lacks.is_empty() {
        return Err(lacks);
    }
    let number = panel.formations.len() as u32 + 1;
    Ok(PanelRecord::Formed(Formation { number, selection, draw_seed, reason, replaced: None, seats, by: hand(at) }))
}

/// Only the last draw counts, and all of it: nobody picks among the drawn.
fn rests_on_draw(seats: &[Seat], seed: Option<&str>, panel: &Panel) -> bool {
    panel.draws.last().is_some_and(|draw| {
        Some(draw.seed.as_str()) == seed
            && draw.members.len() == seats.len()
            && seats.iter().all(|seat| draw.members.iter().any(|(id, _)| *id == seat.expert))
    })
}

fn member(record: &[String], at: Circumstances<'_>) -> Result<Seat, PanelLack> {
    let [meant, chair, declaration] = record else { return Err(PanelLack::ExpertUnknown(String::new())) };
    let expert = expert(meant, at)?;
    let chair = match chair.as_str() {
        "true" | "yes" | "是" | "组长" | "chair" => true,
        "false" | "no" | "否" | "成员" | "组员" | "member" => false,
        other => return Err(PanelLack::WordUnknown(other.to_owned())),
    };
    let declaration = match declaration.as_str() {
        "true" | "是" | "已声明" | "无" | "无回避" | "无回避情形" => Declared::Clear,
        "false" | "否" | "未声明" | "未交" => Declared::Pending,
        "回避" | "应回避" => Declared::Recuse,
        code => Declared::parse(code).ok_or_else(|| PanelLack::WordUnknown(code.to_owned()))?,
    };
    Ok(seat(expert, chair, declaration))
}

fn seat(expert: &Expert, chair: bool, declaration: Declared) -> Seat {
    Seat {
        expert: expert.id,
        name: expert.name.clone(),
        employer: expert.employer.clone(),
        title: expert.title.clone(),
        disciplines: expert.disciplines.clone(),
        local: expert.local,
        chair,
        declaration,
    }
}

/// Puts another expert in a member's place; the new list must be a panel at once, because the session goes on.
fn replaced(inputs: &Inputs, panel: &Panel, at: Circumstances<'_>) -> Written {
    let (out, comes) = (text(inputs, Key::Expert), text(inputs, Key::Replacement));
    let leaving = panel.seat(&out).ok_or_else(|| vec![PanelLack::NotAMember(out.clone())])?;
    let coming = expert(&comes, at).map_err(|lack| vec![lack])?;
    if panel.seats().iter().any(|seat| seat.expert == coming.id) {
        return Err(vec![PanelLack::NamedTwice(coming.name.clone())]);
    }
    let declaration = inputs.text(Key::Declaration).and_then(Declared::parse).unwrap_or(Declared::Pending);
    let takes = |it: &Seat| if it.expert == leaving.expert { seat(coming, it.chair, declaration) } else { it.clone() };
    let formation = Formation {
        number: panel.formations.len() as u32 + 1,
        selection: Selection::Chosen,
        draw_seed: None,
        reason: text(inputs, Key::Reason),
        replaced: Some((leaving.expert, coming.id)),
        seats: panel.seats().iter().map(takes).collect(),
        by: hand(at),
    };
    let mut after = panel.clone();
    after.formations.push(formation.clone());
    let lacks = standing(&after, at);
    if lacks.is_empty() { Ok(PanelRecord::Formed(formation)) } else { Err(lacks) }
}

/// Records a version of a member's opinion. One that is signed is locked: what comes after it corrects it openly, says
/// why, and keeps every word of a dissent.
fn said(inputs: &Inputs, panel: &Panel, at: Circumstances<'_>) -> Written {
    let meant = text(inputs, Key::Expert);
    let seat = panel.seat(&meant).ok_or_else(|| vec![PanelLack::NotAMember(meant.clone())])?;
    let before = panel.opinion_of(seat.expert);
    let dimension = |record: &Vec<String>| Some((Dimension::parse(record.first()?)?, record.get(1)?.clone()));
    let opinion = ExpertOpinion {
        expert: seat.expert,
        version: before.map_or(1, |opinion| opinion.version + 1),
        conclusion: inputs.text(Key::Conclusion).and_then(PanelResult::parse).unwrap_or(PanelResult::Supplement),
        text: text(inputs, Key::Text),
        dissent: text(inputs, Key::Dissent),
        signed: inputs.flag(Key::Signed) == Some(true),
        dimensions: inputs.records(Key::Dimensions).iter().filter_map(dimension).collect(),
        score: inputs.number(Key::Score),
        reason: text(inputs, Key::Reason),
        digest: String::new(),
        by: hand(at),
    };
    let locked = before.filter(|opinion| opinion.signed);
    let name = || seat.name.clone();
    none_of([
        (!panel.sits(seat)).then(|| PanelLack::NotSitting(name())),
        (locked.is_some() && opinion.reason.is_empty()).then(|| PanelLack::OpinionLocked(name())),
        (locked.is_some() && !opinion.signed).then(|| PanelLack::OpinionsMissing(vec![name()])),
        before.filter(|it| !opinion.dissent.contains(&it.dissent)).map(|_| PanelLack::DissentRemoved(name())),
    ])?;
    let of = (panel.round, panel.session);
    Ok(PanelRecord::Opinion(opinion.sealed(&at.dossier.project.code, of)))
}

fn closed(inputs: &Inputs, at: Circumstances<'_>) -> PanelRecord {
    let met_on = inputs.date(Key::MetOn).unwrap_or_else(|| at.now.date_naive());
    PanelRecord::Closed(Closing { met_on, place: text(inputs, Key::Place), by: hand(at) })
}

/// The conclusion follows the votes, or the chair says why not. The chair signs; whoever does not is named by the record.
fn concluded(inputs: &Inputs, panel: &Panel, at: Circumstances<'_>) -> Written {
    let result = inputs.text(Key::Conclusion).and_then(PanelResult::parse).unwrap_or(PanelResult::Supplement);
    let (tally, members) = (panel.tally(), panel.sitting().len());
    let mut lacks = quorum(panel, at);
    let mut fixes = Vec::new();
    for (index, record) in inputs.records(Key::Fixes).iter().enumerate() {
        match fix(index, record) {
            Ok(fix) => fixes.push(fix),
            Err(lack) => lacks.push(lack),
        }
    }
    let mut signed_by = Vec::new();
    for meant in inputs.lines(Key::SignedBy).iter().flat_map(|line| line.split([',', '，', '、'])) {
        match panel.seat(meant) {
            Some(seat) if !panel.sits(seat) => lacks.push(PanelLack::NotSitting(seat.name.clone())),
            Some(seat) if !signed_by.contains(&seat.expert) => signed_by.push(seat.expert),
            Some(_) => {}
            None => lacks.push(PanelLack::NotAMember(meant.trim().to_owned())),
        }
    }
    let says = tally.says(members, !inputs.records(Key::Fixes).is_empty(), &at.policy.panel);
    let explanation = text(inputs, Key::ChairExplanation);
    let listed = !inputs.records(Key::Fixes).is_empty();
    let conditional = result == PanelResult::Conditional;
    let unsigned_chair = panel.chair().filter(|chair| !signed_by.contains(&chair.expert));
    lacks.extend((result != says && explanation.is_empty()).then_some(PanelLack::AgainstTally {
        conclusion: result,
        says,
        tally,
    }));
    lacks.extend((conditional && !listed).then_some(PanelLack::FixesMissing));
    lacks.extend((!conditional && listed).then_some(PanelLack::FixesOutOfPlace));
    lacks.extend(unsigned_chair.map(|chair| PanelLack::ChairUnsigned(chair.name.clone())));
    if !lacks.is_empty() {
        return Err(lacks);
    }
    let conclusion = Conclusion {
        result,
        text: text(inputs, Key::Text),
        tally,
        by_tally: says,
        chair_explanation: explanation,
        signed_by,
        by: hand(at),
    };
    Ok(PanelRecord::Concluded(conclusion, fixes))
}

fn fix(index: usize, record: &[String]) -> Result<Fix, PanelLack> {
    let [text, responsible, due] = record else { return Err(PanelLack::FixDue(String::new())) };
    let due = parse_date(due).ok_or_else(|| PanelLack::FixDue(text.clone()))?;
    Ok(Fix { number: index as u32 + 1, text: text.clone(), responsible: responsible.clone(), due, closed: None })
}

fn fixed(inputs: &Inputs, panel: &Panel) -> Written {
    let meant = text(inputs, Key::Fix);
    let number = meant.trim().parse::<u32>().ok();
    match panel.fixes.iter().find(|fix| Some(fix.number) == number) {
        None => Err(vec![PanelLack::FixUnknown(meant)]),
        Some(fix) if fix.closed.is_some() => Err(vec![PanelLack::FixClosed(fix.number)]),
        Some(fix) => Ok(PanelRecord::FixClosed(fix.number, text(inputs, Key::PageRef))),
    }
}
