//! The text of 技术审核意见 as the program would write it, offered to the reviewer while the form is filled in.

use std::collections::BTreeMap;

use crate::domain::money::Money;
use crate::domain::opinion::Grounds;
use crate::domain::workflow::action::{Action, Key};
use crate::domain::workflow::record::ReviewResult;
use crate::service::view::show::ProjectView;
use crate::tui::form::ActionForm;
use crate::wording::opinion::{Figures, compose, text};

/// Says where the text comes from, above the fields.
pub const HEADING: &[&str] =
    &["审核意见已按记录拟好，随结果、核定额、核减理由更新；改动后以你写的为准。", "F4 清空拟稿，空着时再按取回。"];

/// Composes the text from the record and from what the form holds.
pub fn composed(view: &ProjectView, values: &BTreeMap<String, String>) -> String {
    let value = |key: Key| values.get(key.code()).map(String::as_str).unwrap_or_default();
    let figures = Figures {
        result: ReviewResult::parse(value(Key::Result)),
        assessed: Money::parse_wan_or_zero(value(Key::Assessed)).ok(),
        cut_reason: value(Key::CutReason),
    };
    let (dossier, findings) = (&view.dossier, &view.findings);
    text(&compose(Grounds { dossier, policy: &view.policy, findings, now: view.now }, figures))
}

/// Offers the text again after something in the form, or in the record, changed. What the person wrote stays.
pub fn offer(form: &mut ActionForm, action: Action, view: &ProjectView) {
    if action == Action::DraftOpinion {
        let text = composed(view, &form.values());
        form.offer(Key::Summary, &text);
    }
}
