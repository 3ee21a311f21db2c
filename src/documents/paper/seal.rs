//! Check codes: the beginning of a digest, in groups a person can read out.

use super::Seal;
use crate::domain::audit::{Detail, digest, hex};
use crate::domain::ids::ProjectCode;
use crate::domain::panel::{Conclusion, Panel};
use crate::domain::workflow::record::{Hand, Opinion};
use crate::service::view::trail::LogMark;

/// How many digits are printed: enough that nobody finds another record with the same ones.
const DIGITS: usize = 16;
const GROUP: usize = 4;

/// Makes a seal of a digest.
pub fn seal(digest: &str, expert: Option<String>, mark: Option<&LogMark>) -> Seal {
    let digits: Vec<char> = digest.chars().take(DIGITS).map(|c| c.to_ascii_uppercase()).collect();
    let groups: Vec<String> = digits.chunks(GROUP).map(|group| group.iter().collect()).collect();
    Seal { expert, check_code: groups.join("-"), digest: digest.to_owned(), mark: mark.cloned() }
}

/// Digests what a panel concluded: members, who of them came, opinions, votes, conclusion, fixes and corrections. Whether a fix was closed
/// is not part of it, so that a paper printed when the panel ended still shows the code of today; a correction is.
pub fn of_conclusion(project: &ProjectCode, panel: &Panel, conclusion: &Conclusion) -> String {
    let tally = conclusion.tally;
    let mut said = Detail::new()
        .with("project", project.as_str())
        .with("session", format!("{}/{}", panel.round, panel.session))
        .with("conclusion", conclusion.result.code())
        .with("text", conclusion.text.clone())
        .with("tally", format!("{}/{}/{}/{}", tally.pass, tally.conditional, tally.supplement, tally.fail))
        .with("by_tally", conclusion.by_tally.code())
        .with("chair_explanation", conclusion.chair_explanation.clone())
        .with("at", conclusion.by.at.to_rfc3339());
    if let Some(closed) = &panel.closed {
        said = said.with("met_on", closed.met_on.to_string()).with("place", closed.place.clone());
    }
    for seat in panel.seats() {
        let opinion = panel.opinion_of(seat.expert).map(|opinion| opinion.digest.as_str()).unwrap_or_default();
        let signed = conclusion.signed_by.contains(&seat.expert);
        let chair = if seat.chair { "chair" } else { "member" };
        let presence = panel.presence(seat.expert);
        let here = format!("{}\n{}\n{chair}\n{presence}\n{opinion}\n{signed}", seat.expert, seat.name);
        said = said.with("seat", here);
    }
    for fix in &panel.fixes {
        said = said.with("fix", format!("{}\n{}\n{}\n{}", fix.number, fix.due, fix.responsible, fix.text));
    }
    for correction in &panel.corrections {
        said = said
            .with("corrected", correction.by.at.to_rfc3339())
            .with("correction", correction.text.clone())
            .with("correction_reason", correction.reason.clone());
    }
    hex(&digest(&said.to_bytes()))
}

/// Digests a signed opinion: what it says, who drafted, checked and signed it, and the panel it rests on.
pub fn of_opinion(project: &ProjectCode, opinion: &Opinion, panel: Option<&Panel>) -> String {
    let hand = |by: Option<&Hand>| by.map(|by| format!("{}\n{}", by.name, by.at.to_rfc3339())).unwrap_or_default();
    let argued = panel.and_then(|panel| Some(of_conclusion(project, panel, panel.conclusion.as_ref()?)));
    let said = Detail::new()
        .with("project", project.as_str())
        .with("opinion", format!("{}/{}", opinion.round, opinion.draft))
        .with("result", opinion.result.code())
        .with("assessed", opinion.assessed.to_string())
        .with("summary", opinion.summary.clone())
        .with("cut_reason", opinion.cut_reason.clone())
        .with("drafted", hand(Some(&opinion.drafted)))
        .with("checked", hand(opinion.checked.as_ref()))
        .with("signed", hand(opinion.signed.as_ref()))
        .with("doc_no", opinion.doc_no.clone().unwrap_or_default())
        .with("doc_date", opinion.doc_date.map(|day| day.to_string()).unwrap_or_default())
        .with("panel", argued.unwrap_or_default());
    hex(&digest(&said.to_bytes()))
}
