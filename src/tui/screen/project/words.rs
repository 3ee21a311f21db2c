//! What the screens say about a project beside its labels.

use crate::domain::calendar::Moment;
use crate::domain::checklist::{Dimension, Verdict};
use crate::domain::project::Stage;
use crate::service::view::checklist::ItemView;
use crate::service::view::show::ProjectView;
use crate::wording::labels;

/// Writes the day of a moment.
pub fn day(moment: Moment) -> String {
    moment.format("%Y-%m-%d").to_string()
}

/// Writes a moment to the minute.
pub fn minute(moment: Moment) -> String {
    moment.format("%m-%d %H:%M").to_string()
}

/// Writes a moment in full.
pub fn moment(moment: Moment) -> String {
    moment.format("%Y-%m-%d %H:%M:%S").to_string()
}

/// Shows an answer as a badge of four cells, readable without color.
pub const fn badge(verdict: Option<Verdict>) -> &'static str {
    match verdict {
        Some(Verdict::Pass) => "[符]",
        Some(Verdict::Fail) => "[否]",
        Some(Verdict::Doubt) => "[疑]",
        Some(Verdict::NotApplicable) => "[免]",
        None => "[  ]",
    }
}

/// Finds the answer shown for an item.
pub fn verdict_of(item: &ItemView) -> Option<Verdict> {
    item.judgement.as_ref().and_then(|judgement| judgement.verdict)
}

/// Tells whether an item still needs work: an answer, or what must accompany it.
pub fn is_unfinished(item: &ItemView) -> bool {
    item.is_open() || item.judgement.as_ref().is_some_and(|judgement| !judgement.lacks().is_empty())
}

/// Tells whether the checklist matters at the project's stage.
pub fn is_under_review(view: &ProjectView) -> bool {
    !view.dossier.judgements.is_empty() || view.dossier.project.stage == Stage::TechnicalReview
}

/// Tells for each dimension how far the review is: `技术可行性 [####--] 4/6`.
pub fn progress_lines(view: &ProjectView) -> Vec<String> {
    const BAR: usize = 6;
    let line = |dimension: &Dimension| {
        let (total, answered) = view.checklist.progress(Some(*dimension));
        let done = (answered * BAR).checked_div(total).unwrap_or(BAR);
        let bar = format!("{}{}", "#".repeat(done), "-".repeat(BAR - done));
        let blanks = " ".repeat(14usize.saturating_sub(2 * labels::dimension(*dimension).chars().count()));
        format!("{}{blanks} [{bar}] {answered}/{total}", labels::dimension(*dimension))
    };
    Dimension::ALL.iter().map(line).collect()
}
