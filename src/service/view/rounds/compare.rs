//! What changed from one round to a later one.

use super::{AcceptanceRound, ReviewRound};
use crate::domain::checklist::Judgement;
use crate::domain::money::Money;
use crate::domain::panel::tally::Tally;
use crate::domain::panel::{Panel, Seat};
use crate::domain::round::{AnswerChange, Change, answers_changed, concluded};
use crate::domain::route::RouteCode;
use crate::domain::workflow::action::Key;
use crate::domain::workflow::record::{PanelResult, ReviewResult};

/// What changed between two review rounds.
#[derive(Debug, Clone, PartialEq)]
pub struct ReviewComparison {
    /// The earlier one.
    pub before: u32,
    /// The later one.
    pub after: u32,
    /// The policy.
    pub policy: Option<Change<String>>,
    /// The way.
    pub route: Option<Change<RouteCode>>,
    /// The scheme's version.
    pub scheme: Option<Change<Option<String>>>,
    /// The opinion's conclusion.
    pub result: Option<Change<Option<ReviewResult>>>,
    /// The assessed amount.
    pub assessed: Option<Change<Option<Money>>>,
    /// What the panel concluded.
    pub panel: Option<Change<Option<PanelResult>>>,
    /// Its votes.
    pub votes: Option<Change<Option<Tally>>>,
    /// Experts who did not argue before.
    pub joined: Vec<String>,
    /// Experts who no longer argue.
    pub left: Vec<String>,
    /// Items whose verdict or remark is not the same.
    pub answers: Vec<AnswerChange>,
    /// How many answers stayed the same.
    pub unchanged: usize,
    /// How many items answered before wait for their answer, while the later round runs.
    pub pending: usize,
}

/// What changed between two acceptances.
#[derive(Debug, Clone, PartialEq)]
pub struct AcceptanceComparison {
    /// The earlier one.
    pub before: u32,
    /// The later one.
    pub after: u32,
    /// The unit's conclusion.
    pub unit_result: Option<Change<Option<String>>>,
    /// The Centre's conclusion.
    pub centre_result: Option<Change<Option<String>>>,
    /// Whether the data are shared.
    pub data_aggregated: Option<Change<Option<bool>>>,
    /// Members who were not there before.
    pub joined: Vec<Vec<String>>,
    /// Members who are no longer there.
    pub left: Vec<Vec<String>>,
    /// Issues that are no longer raised.
    pub settled: Vec<String>,
    /// Issues that were not raised before.
    pub raised: Vec<String>,
    /// Issues that are still raised.
    pub remaining: Vec<String>,
    /// What the unit said was done about the issues.
    pub answers: Option<String>,
}

pub(super) fn reviews(before: &ReviewRound, after: &ReviewRound) -> ReviewComparison {
    let version = |round: &ReviewRound| round.scheme.as_ref().map(|scheme| scheme.version.clone());
    let said = |round: &ReviewRound| -> Vec<Judgement> {
        round.answers.iter().map(|answered| answered.judgement.clone()).collect()
    };
    let (first, second) = (concluded(&before.opinions), concluded(&after.opinions));
    let mut answers = answers_changed(&said(before), &said(after));
    let differing = answers.len();
    // While a round runs, what it has not answered yet is open and no change.
    answers.retain(|change| change.after.is_some() || !after.span.is_running());
    let pending = differing - answers.len();
    let changed = |item| answers.iter().any(|change: &AnswerChange| change.item == item);
    let unchanged = after.answers.iter().filter(|answered| !changed(answered.judgement.item.clone())).count();
    let (old, new) = (before.concluded_panel(), after.concluded_panel());
    let panel_result = |panel: Option<&Panel>| panel?.conclusion.as_ref().map(|conclusion| conclusion.result);
    let votes = |panel: Option<&Panel>| panel?.conclusion.as_ref().map(|conclusion| conclusion.tally);
    ReviewComparison {
        panel: Change::between(panel_result(old), panel_result(new)),
        votes: Change::between(votes(old), votes(new)),
        joined: only_in(new, old),
        left: only_in(old, new),
        before: before.span.number,
        after: after.span.number,
        policy: Change::between(before.rules.policy.clone(), after.rules.policy.clone()),
        route: Change::between(before.rules.route, after.rules.route),
        scheme: Change::between(version(before), version(after)),
        result: Change::between(first.map(|it| it.0), second.map(|it| it.0)),
        assessed: Change::between(first.map(|it| it.1), second.map(|it| it.1)),
        unchanged,
        pending,
        answers,
    }
}

/// Lists the members of a panel who are not in the other one; who left is known only once there is another one.
fn only_in(panel: Option<&Panel>, other: Option<&Panel>) -> Vec<String> {
    let (Some(panel), Some(other)) = (panel, other) else { return Vec::new() };
    let is_there = |seat: &&Seat| other.seats().iter().any(|there| there.expert == seat.expert);
    panel.seats().iter().filter(|seat| !is_there(seat)).map(|seat| seat.name.clone()).collect()
}

pub(super) fn acceptances(before: &AcceptanceRound, after: &AcceptanceRound) -> AcceptanceComparison {
    let text = |round: &AcceptanceRound, key| {
        round.result.as_ref().and_then(|result| result.inputs.text(key)).map(str::to_owned)
    };
    let data = |round: &AcceptanceRound| round.result.as_ref().and_then(|it| it.inputs.flag(Key::DataAggregated));
    let issues = |round: &AcceptanceRound| -> Vec<String> {
        round.result.as_ref().map(|result| result.inputs.lines(Key::Issues).to_vec()).unwrap_or_default()
    };
    let members = |round: &AcceptanceRound| -> Vec<Vec<String>> {
        round.result.as_ref().map(|result| result.inputs.records(Key::Members).to_vec()).unwrap_or_default()
    };
    // Before the later one has a result nothing is known to be settled, and nobody to have left.
    let known = after.result.is_some();
    let (old, new) = (issues(before), issues(after));
    let (team, later_team) = (members(before), members(after));
    let settled: Vec<String> = old.iter().filter(|issue| known && !new.contains(issue)).cloned().collect();
    AcceptanceComparison {
        before: before.span.number,
        after: after.span.number,
        unit_result: Change::between(text(before, Key::UnitResult), text(after, Key::UnitResult)),
        centre_result: Change::between(text(before, Key::CentreResult), text(after, Key::CentreResult)),
        data_aggregated: Change::between(data(before), data(after)),
        joined: later_team.iter().filter(|member| !team.contains(member)).cloned().collect(),
        left: team.iter().filter(|member| known && !later_team.contains(member)).cloned().collect(),
        remaining: old.iter().filter(|issue| !settled.contains(issue)).cloned().collect(),
        settled,
        raised: new.into_iter().filter(|issue| !old.contains(issue)).collect(),
        answers: after.request.inputs.text(Key::Answers).map(str::to_owned),
    }
}
