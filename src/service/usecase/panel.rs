//! Writes down what an action does to the expert panel.

use crate::domain::audit::Detail;
use crate::domain::panel::{Formation, Panel, Request};
use crate::domain::workflow::action::{Action, Key};
use crate::domain::workflow::dossier::Dossier;
use crate::domain::workflow::input::Inputs;
use crate::domain::workflow::record::{PanelRecord, PanelResult};
use crate::service::error::{Answer, Error};
use crate::service::gate::Work;

/// Writes it.
pub fn write(work: &Work<'_>, dossier: &Dossier, record: &PanelRecord) -> Answer<()> {
    let (write, context) = (work.write(), work.context());
    let (project, pen) = (work.project()?, (context.actor.id, context.now));
    let round = dossier.project.round;
    if let PanelRecord::Requested(asked) = record {
        let session = next_session(dossier, round);
        return Ok(write.add_panel((project, round, session), asked, pen, None)?);
    }
    if let PanelRecord::Corrected(correction) = record {
        let concluded = dossier.panels.iter().rfind(|panel| panel.conclusion.is_some()).ok_or_else(vanished)?;
        let key = (project, concluded.round, concluded.session);
        return Ok(write.add_panel_correction(key, correction, pen)?);
    }
    let panel = dossier.panel().ok_or_else(vanished)?;
    let key = (project, panel.round, panel.session);
    match record {
        PanelRecord::Requested(_) | PanelRecord::Corrected(_) => {}
        PanelRecord::Declared(recusal) => write.add_recusal(key, recusal, pen)?,
        PanelRecord::Drawn(draw) => write.add_draw(key, draw, pen)?,
        PanelRecord::Formed(formation) => write.add_formation(key, formation, pen)?,
        PanelRecord::Confirmed => write.confirm_panel(key, pen)?,
        PanelRecord::Opinion(opinion) => write.add_expert_opinion(key, opinion, pen)?,
        PanelRecord::Closed(closing) => write.close_panel(key, closing, pen)?,
        PanelRecord::Concluded(conclusion, fixes) => {
            write.add_conclusion(key, conclusion, fixes, pen)?;
            if conclusion.result == PanelResult::Supplement {
                let next = (project, panel.round, panel.session + 1);
                write.add_panel(next, &goes_on(panel), pen, panel.confirmed.as_ref())?;
                write.add_formation(next, &the_same(panel).ok_or_else(vanished)?, pen)?;
            }
        }
        PanelRecord::FixClosed(number, page) => write.close_fix(key, (*number, page), pen)?,
    }
    Ok(())
}

fn vanished() -> Error {
    Error::Bug("a panel vanished".to_owned())
}

fn next_session(dossier: &Dossier, round: u32) -> u32 {
    let sessions = dossier.panels.iter().filter(|panel| panel.round == round).map(|panel| panel.session);
    sessions.max().unwrap_or(0) + 1
}

/// A 补充论证 goes on with what the panel was asked for, but a complaint was answered by the panel that sat.
fn goes_on(panel: &Panel) -> Request {
    Request { complaint: String::new(), ..panel.request.clone() }
}

/// A 补充论证 begins with the members there were.
fn the_same(panel: &Panel) -> Option<Formation> {
    let last = panel.formations.last()?;
    Some(Formation { number: 1, replaced: None, ..last.clone() })
}

/// What the log says of an action: everything, but of a member's opinion only that it came. Its words are read where
/// they stand, and not before the last one is in.
pub fn said(action: Action, inputs: &Inputs, record: Option<&PanelRecord>, detail: Detail) -> Detail {
    let blind = action == Action::RecordExpertOpinion;
    let told = |key: Key| !blind || matches!(key, Key::Expert | Key::Signed);
    let detail = inputs
        .iter()
        .filter(|(key, _)| told(*key))
        .fold(detail, |detail, (key, value)| detail.with(key.code(), value.to_string()));
    match record {
        Some(PanelRecord::Opinion(opinion)) => {
            detail.with("opinion_version", opinion.version.to_string()).with("digest", opinion.digest.clone())
        }
        Some(PanelRecord::Drawn(draw)) => {
            let members: Vec<String> = draw.members.iter().map(|(id, name)| format!("{id} {name}")).collect();
            detail.with("members", members.join("\n")).with("candidates_digest", draw.candidates_digest.clone())
        }
        _ => detail,
    }
}
