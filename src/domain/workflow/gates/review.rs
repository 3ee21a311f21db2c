//! The technical review and its written opinion 〔第七条〕〔第八条〕.

use super::super::action::{Action, Key};
use super::super::input::Inputs;
use super::super::record::{PanelResult, Record, ReviewResult};
use super::super::unmet::Unmet;
use super::super::{Circumstances, Decision};
use super::approval::catalogue;
use crate::domain::checklist::{Verdict, Weight};
use crate::domain::project::Stage;

/// Every item answered, every answer complete, and the panel heard where the way asks for one.
pub fn draft(at: Circumstances<'_>) -> Vec<Unmet> {
    let dossier = at.dossier;
    let items = dossier.applicable_items(at.policy);
    let unanswered: Vec<_> =
        items.iter().filter(|item| dossier.verdict(&item.id).is_none()).map(|item| item.id.clone()).collect();
    let incomplete = items.iter().filter_map(|item| dossier.judgement(&item.id)).filter_map(|judgement| {
        let lacks = judgement.lacks();
        let verdict = judgement.verdict.filter(|_| !lacks.is_empty())?;
        Some(Unmet::AnswerIncomplete { item: judgement.item.clone(), verdict, lacks })
    });
    let first = (!unanswered.is_empty()).then_some(Unmet::ItemsUnanswered(unanswered));
    first.into_iter().chain(incomplete).chain(super::panel::heard(at)).collect()
}

/// Checking, signing and sending back need an opinion on its way.
pub fn running_opinion(at: Circumstances<'_>) -> Vec<Unmet> {
    match at.dossier.running_opinion() {
        Some(_) => Vec::new(),
        None => vec![Unmet::OpinionMissing],
    }
}

/// What stands in the way of a passing opinion, whatever its input says. Screens show it while the checklist is worked.
pub fn bars_to_passing(at: Circumstances<'_>) -> Vec<Unmet> {
    let vetoes = at.dossier.applicable_items(at.policy).into_iter().filter(|item| item.weight == Weight::Veto);
    let open = vetoes.filter_map(|item| {
        let verdict = at.dossier.verdict(&item.id)?;
        matches!(verdict, Verdict::Fail | Verdict::Doubt)
            .then(|| Unmet::VetoItemOpen { item: item.id.clone(), verdict })
    });
    let panel = (at.dossier.panel_result() == Some(PanelResult::Fail)).then_some(Unmet::PanelFailed);
    let found = at.dossier.vetoes.iter().map(|pattern| Unmet::VetoFindingOpen(*pattern));
    open.chain(found).chain(panel).chain(catalogue(at)).collect()
}

/// Tells what the action does.
pub fn outcome(action: Action, inputs: &Inputs, at: Circumstances<'_>) -> Result<Decision, Vec<Unmet>> {
    let text = |key| inputs.text(key).unwrap_or_default().to_owned();
    let (to, record) = match action {
        Action::DraftOpinion => return drafted(inputs, at),
        Action::CheckOpinion => (Stage::OpinionSigning, Record::OpinionCheck { note: text(Key::Note) }),
        Action::SendBack => (Stage::TechnicalReview, Record::OpinionSentBack { reason: text(Key::Reason) }),
        _ => {
            let Some(opinion) = at.dossier.running_opinion() else { return Err(Vec::new()) };
            let to = match opinion.result {
                ReviewResult::Pass => Stage::ReviewPassed,
                ReviewResult::Fail => Stage::ReviewFailed,
            };
            let doc_date = inputs.date(Key::DocDate).unwrap_or_else(|| at.now.date_naive());
            (to, Record::OpinionSigned { doc_no: text(Key::DocNo), doc_date, assessed: opinion.assessed })
        }
    };
    Ok(Decision { to, record })
}

fn drafted(inputs: &Inputs, at: Circumstances<'_>) -> Result<Decision, Vec<Unmet>> {
    let project = &at.dossier.project;
    let result = inputs.text(Key::Result).and_then(ReviewResult::parse).unwrap_or(ReviewResult::Fail);
    let assessed = inputs.money(Key::Assessed).unwrap_or_default();
    let governing = project.governing_amount();
    let cut_reason = inputs.text(Key::CutReason).unwrap_or_default().to_owned();
    let ruling = inputs.text(Key::Ruling).map(str::to_owned);
    let mut unmet = Vec::new();
    if assessed > governing {
        unmet.push(Unmet::AssessedAboveGoverning { assessed, governing });
    }
    if result == ReviewResult::Pass {
        unmet.extend(bars_to_passing(at));
        if assessed.is_zero() {
            unmet.push(Unmet::AssessedZero);
        } else if assessed < governing && cut_reason.is_empty() {
            unmet.push(Unmet::CutReasonMissing { cut: governing.saturating_sub(assessed) });
        }
    }
    if project.unit.is_centre && ruling.is_none() {
        unmet.push(Unmet::RulingMissing);
    }
    match unmet.is_empty() {
        true => Ok(Decision {
            to: Stage::OpinionCheck,
            record: Record::OpinionDraft {
                result,
                assessed,
                summary: inputs.text(Key::Summary).unwrap_or_default().to_owned(),
                cut_reason,
                ruling,
            },
        }),
        false => Err(unmet),
    }
}
