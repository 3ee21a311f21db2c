//! 规则与条件 — every action of the workflow: possible now, or what stands against it and on which article that rests.

use std::collections::BTreeSet;

use crate::domain::actor::Role;
use crate::domain::project::Stage;
use crate::domain::workflow::action::Action;
use crate::domain::workflow::unmet::Unmet;
use crate::domain::workflow::{Circumstances, bars_to_passing};
use crate::service::view::actions::{ActionList, ActionStatus, Possibility};
use crate::service::view::show::ProjectView;
use crate::tui::canvas::{Sheet, StyledLine};
use crate::tui::keymap::{Op, key_name};
use crate::tui::theme::Theme;
use crate::tui::width::Width;
use crate::wording::sentence::basis;
use crate::wording::{self, labels};

/// How near an action is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Nearness {
    Possible,
    /// The stage is right; something is missing.
    Missing,
    /// Somebody else's to do now.
    Others,
    /// Not at this stage.
    Elsewhere,
}

fn nearness(actions: &ActionList, status: &ActionStatus) -> Nearness {
    let at_stage = crate::domain::workflow::table::actions_at(actions.stage).any(|action| action == status.action);
    match &status.verdict {
        verdict if verdict.is_open() => Nearness::Possible,
        _ if !at_stage => Nearness::Elsewhere,
        Possibility::Denied(_) => Nearness::Others,
        _ => Nearness::Missing,
    }
}

/// Lists the actions: first what the project waits for and what else the stage is there for, possible or not, then the
/// nearest of the others.
pub fn ordered(actions: &ActionList) -> Vec<&ActionStatus> {
    let on_the_way = |status: &ActionStatus| {
        let row = crate::domain::workflow::table::row_of(status.action);
        row.is_some_and(|row| row.is_of_the_way()) && nearness(actions, status) <= Nearness::Missing
    };
    let expected = |status: &ActionStatus| {
        actions.expected.contains(&status.action) && nearness(actions, status) <= Nearness::Missing
    };
    let mut sorted: Vec<&ActionStatus> = actions.actions.iter().collect();
    sorted.sort_by_key(|status| (!expected(status), !on_the_way(status), nearness(actions, status)));
    sorted
}

/// Says in one sentence why an action cannot be taken; empty where it can.
pub fn why_not(verdict: &Possibility) -> String {
    match verdict {
        Possibility::Allowed | Possibility::Transcribable(_) => String::new(),
        Possibility::Denied(denied) => wording::denied(denied).message,
        Possibility::Refused(unmet) => {
            let first = unmet.first().map(said).unwrap_or_default();
            if unmet.len() > 1 { format!("{first} (共 {} 项)", unmet.len()) } else { first }
        }
    }
}

fn said(unmet: &Unmet) -> String {
    format!("{}{}", wording::unmet(unmet).message, basis(unmet.rule().article()))
}

fn badge(nearness: Nearness) -> &'static str {
    match nearness {
        Nearness::Possible => "[可]",
        Nearness::Missing => "[缺]",
        Nearness::Others => "[他]",
        Nearness::Elsewhere => "[  ]",
    }
}

/// Writes the list of actions, one line each.
pub(super) fn list(view: &ProjectView, theme: Theme) -> Vec<StyledLine> {
    let line = |status: &&ActionStatus| {
        let nearness = nearness(&view.actions, status);
        let style = match nearness {
            Nearness::Possible => theme.heading(),
            Nearness::Missing => theme.warning(),
            Nearness::Others => theme.plain(),
            Nearness::Elsewhere => theme.faint(),
        };
        StyledLine { text: format!("{} {}", badge(nearness), labels::action(status.action)), style }
    };
    ordered(&view.actions).iter().map(line).collect()
}

/// Writes what stands against the action under the cursor, or how to take it.
pub(super) fn details(view: &ProjectView, selected: usize, cells: u16, width: Width, theme: Theme) -> Vec<StyledLine> {
    let mut sheet = Sheet::new(cells, width, theme);
    let actions = ordered(&view.actions);
    let Some(status) = actions.get(selected) else { return sheet.lines };
    sheet.text(0, labels::action(status.action), theme.heading());
    sheet.blank();
    match &status.verdict {
        Possibility::Allowed => sheet.text(0, &format!("条件齐备，按 {} 办理", key_name(Op::Open)), theme.plain()),
        Possibility::Transcribable(role) => {
            let text = format!("可代录{}的决定，按 {} 办理", labels::role(*role), key_name(Op::Open));
            sheet.text(0, &text, theme.plain());
        }
        Possibility::Denied(denied) => {
            let said = wording::denied(denied);
            sheet.marked("[否]", &said.message, theme.plain());
            sheet.text(5, &said.remedy, theme.plain());
        }
        Possibility::Refused(unmet) => {
            for condition in unmet {
                add_condition(&mut sheet, condition);
            }
            let articles: BTreeSet<u8> = unmet.iter().map(|condition| condition.rule().article()).collect();
            for article in articles.iter().filter_map(|number| view.policy.article(*number)) {
                sheet.text(0, &format!("{}{}", basis(article.number), article.gist), theme.faint());
            }
        }
    }
    if status.action == Action::DraftOpinion && view.actions.stage == Stage::TechnicalReview {
        add_bars(&mut sheet, view);
    }
    sheet.lines
}

/// A failing opinion can be drafted; what bars a passing one is told before anybody begins to write it.
fn add_bars(sheet: &mut Sheet, view: &ProjectView) {
    let (dossier, policy) = (&view.dossier, view.policy.as_ref());
    let bars = bars_to_passing(Circumstances { dossier, policy, capacity: Role::Reviewer, now: view.now });
    if bars.is_empty() {
        return;
    }
    sheet.blank();
    sheet.text(0, &format!("意见拟为“通过”还有 {} 项障碍", bars.len()), sheet.theme().heading());
    for condition in &bars {
        add_condition(sheet, condition);
    }
}

fn add_condition(sheet: &mut Sheet, condition: &Unmet) {
    let theme = sheet.theme();
    let said = wording::unmet(condition);
    let rule = condition.rule();
    sheet.marked("[缺]", &said.message, theme.warning());
    sheet.text(5, &said.remedy, theme.plain());
    sheet.text(5, &format!("依据 {} {}", rule.id(), basis(rule.article())), theme.plain());
    sheet.blank();
}
