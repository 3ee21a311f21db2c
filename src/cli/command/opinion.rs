//! `opinion`: the text of 技术审核意见 as the record has it.

use serde_json::{Value, json};

use super::code;
use crate::cli::args::Opinion as Arguments;
use crate::cli::failure::Outcome;
use crate::cli::output::Report;
use crate::cli::place::Place;
use crate::domain::opinion::Grounds;
use crate::domain::workflow::action::Action;
use crate::domain::workflow::table;
use crate::domain::workflow::unmet::Unmet;
use crate::service::error::Error;
use crate::service::view::show::{ProjectView, Show};
use crate::wording::opinion::{Figures, Sentence, compose, text};

/// Composes an opinion. Nothing is written: what is signed is what the reviewer hands in.
pub fn run(place: &Place, command: Arguments) -> Outcome<Report> {
    let Arguments::Compose { code: typed, result, assessed, cut_reason } = command;
    let (mut service, session) = place.open()?;
    let view = service.ask(&session, Show { project: code(&typed) })?;
    reviewed(&view)?;
    let (dossier, findings) = (&view.dossier, &view.findings);
    let grounds = Grounds { dossier, policy: &view.policy, findings, now: view.now };
    let said = compose(grounds, Figures { result, assessed, cut_reason: &cut_reason });
    let document = json!({
        "code": dossier.project.code.as_str(),
        "stage": dossier.project.stage.code(),
        "version": dossier.project.version,
        "round": dossier.project.round,
        "text": text(&said),
        "sentences": said.iter().map(sentence).collect::<Vec<_>>(),
        "open": view.checklist.open().iter().map(|item| item.as_str()).collect::<Vec<_>>(),
    });
    Ok(Report::new(document, text(&said)))
}

/// Before a scheme was handed in there is nothing to give an opinion on.
fn reviewed(view: &ProjectView) -> Outcome<()> {
    if view.dossier.scheme.is_some() {
        return Ok(());
    }
    let needed = table::row_of(Action::DraftOpinion).map_or(&[][..], |row| row.from);
    let stage = view.dossier.project.stage;
    Err(Error::Refused(vec![Unmet::WrongStage { stage, needed }]).into())
}

fn sentence(said: &Sentence) -> Value {
    json!({ "text": said.text, "source": said.source.to_string(), "digest": said.digest })
}
