//! `meeting minutes`: what a meeting of panels did, as text or on paper.

use std::path::Path;

use serde_json::json;

use super::{json as written, meant};
use crate::cli::args::Minutes;
use crate::cli::command::Answer;
use crate::cli::command::document::{leave_the_server, to_a_terminal};
use crate::cli::failure::Outcome;
use crate::cli::output::Report;
use crate::cli::place::Place;
use crate::documents::paper;
use crate::documents::word::docx;
use crate::domain::audit::{digest, hex};
use crate::service::error::Error;
use crate::service::view::proceedings::{Proceedings, ProceedingsView};
use crate::wording::meeting::minutes;

/// Writes them where the person said, or as text.
pub fn run(place: &Place, args: &Minutes) -> Outcome<Answer> {
    let Some(path) = &args.output else { return text(place, args).map(Answer::Report) };
    let to_stdout = path == Path::new("-");
    if to_stdout {
        to_a_terminal()?;
    }
    let view = ask(place, args, (!to_stdout).then_some(path))?;
    let (_, document) = paper::minutes(&view);
    let bytes = docx(&document).map_err(|error| Error::Bug(format!("docx: {error}")))?;
    if to_stdout {
        return Ok(Answer::Verbatim(bytes));
    }
    place.write_file(path, &bytes, args.force)?;
    let code = view.meeting.meeting.code.to_string();
    let report = json!({
        "code": code,
        "kind": "minutes",
        "file": path.to_string_lossy(),
        "draft": view.meeting.meeting.ended.is_none(),
        "size": bytes.len(),
        "digest": hex(&digest(&bytes)),
        "digest_algorithm": "SM3",
    });
    let said = format!("已写入 {}：专评{code}会议纪要，{} 字节", path.display(), bytes.len());
    Ok(Answer::Report(Report::new(report, said)))
}

/// Tells them as text.
pub fn text(place: &Place, args: &Minutes) -> Outcome<Report> {
    let view = ask(place, args, None)?;
    let text = minutes(&view).text();
    let document = match args.text {
        true => json!({ "code": view.meeting.meeting.code.to_string(), "text": text }),
        false => written::minutes(&view, &text),
    };
    Ok(Report::new(document, text))
}

fn ask(place: &Place, args: &Minutes, path: Option<&Path>) -> Outcome<ProceedingsView> {
    let (mut service, session) = place.open()?;
    let meeting = meant(&mut service, &session, args.meeting)?;
    if let Some(path) = path {
        leave_the_server(&mut service, path, &format!("meeting minutes {meeting}"))?;
    }
    Ok(service.ask(&session, Proceedings { meeting })?)
}
