//! From the signed opinion through the filing review to the door of procurement 〔第七条〕.

use super::super::action::{Action, Key};
use super::super::input::Inputs;
use super::super::record::{Record, ReviewResult};
use super::super::unmet::{Milestone, Unmet};
use super::super::{Circumstances, Decision};
use crate::domain::project::Stage;
use chrono::NaiveDate;

/// Before procurement every decision stands, or does not apply by the project's way and for a reason on record
/// 〔第七条〕.
pub fn enter(at: Circumstances<'_>) -> Vec<Unmet> {
    let (dossier, small) = (at.dossier, !at.dossier.project.route.code.needs_review());
    let rules = &at.policy.small_route;
    let reason = dossier.last(Action::TakeSmallRoute).is_some_and(|deed| deed.inputs.text(Key::Reason).is_some());
    let left_out = |needed: bool| small && !needed && reason;
    let passed = dossier.signed_opinion().is_some_and(|opinion| opinion.result == ReviewResult::Pass);
    [
        (Milestone::Approval, dossier.approval.is_some() || left_out(rules.needs_approval)),
        (Milestone::Review, passed || small),
        (Milestone::Filing, dossier.filed_on().is_some() || left_out(rules.needs_filing)),
    ]
    .into_iter()
    .filter_map(|(milestone, done)| (!done).then_some(Unmet::MilestoneMissing(milestone)))
    .collect()
}

/// Tells what the action does.
pub fn outcome(action: Action, inputs: &Inputs, at: Circumstances<'_>) -> Result<Decision, Vec<Unmet>> {
    let to = match action {
        Action::SendToFiling => Stage::FilingReview,
        Action::EnterProcurement => Stage::ProcurementPreparation,
        _ if inputs.text(Key::Result) == Some("refuse") => Stage::Rejected,
        _ => {
            let unmet = out_of_order(inputs.date(Key::DocDate), None, at);
            if !unmet.is_empty() {
                return Err(unmet);
            }
            Stage::Filed
        }
    };
    Ok(Decision { to, record: Record::None })
}

/// Procurement starts today; none of the decisions it rests on may be dated later 〔第七条〕.
pub fn start(at: Circumstances<'_>) -> Vec<Unmet> {
    out_of_order(at.dossier.filed_on(), Some(at.now.date_naive()), at)
}

/// The approval comes first, then the review, then the filing, then procurement 〔第七条〕.
fn out_of_order(filing: Option<NaiveDate>, procurement: Option<NaiveDate>, at: Circumstances<'_>) -> Vec<Unmet> {
    let approval = at.dossier.approval.as_ref().map(|approval| (Milestone::Approval, approval.doc_date));
    let review = at.dossier.signed_opinion().and_then(|opinion| opinion.doc_date).map(|day| (Milestone::Review, day));
    let filing = filing.map(|day| (Milestone::Filing, day));
    let procurement = procurement.map(|day| (Milestone::Procurement, day));
    let dated: Vec<(Milestone, NaiveDate)> = [approval, review, filing, procurement].into_iter().flatten().collect();
    dated
        .windows(2)
        .filter_map(|pair| match pair {
            [(earlier, first), (later, second)] if first > second => {
                Some(Unmet::OutOfOrder { earlier: *earlier, first: *first, later: *later, second: *second })
            }
            _ => None,
        })
        .collect()
}
