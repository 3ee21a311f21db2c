//! A decision about a finding on its way: who may make it, sending it, and what the answer means.

use crate::domain::findings::Pattern;
use crate::domain::permission::authorize_disposition;
use crate::service::command::{Command, Disposal};
use crate::service::error::Error;
use crate::tui::drafts::Topic;
use crate::tui::effect::{Effect, Reply, Ticket};
use crate::tui::state::State;
use crate::tui::update::explain;
use crate::tui::widget::finding::Decision;
use crate::wording::{self, labels};

use super::update::load;
use super::{Pane, findings};

/// Tells which finding the cursor is on; why nothing can be decided about it where that is so.
///
/// The service has the last word; this only keeps people from writing a reason in vain.
pub fn finding_to_decide(state: &State, accepted: bool) -> Result<Pattern, String> {
    let project = state.project.as_ref().filter(|project| project.pane == Pane::Findings);
    let view = project.and_then(|project| Some((project, project.view.as_deref()?)));
    let Some((project, view)) = view else { return Err("请先转到“疑点”".to_owned()) };
    let Some(item) = findings::under(view, project.finding) else {
        return Err("光标处没有待处理的疑点".to_owned());
    };
    let registered = &view.dossier.project;
    if let Err(denied) = authorize_disposition(&state.me, registered, &item.finding, accepted) {
        return Err(wording::denied(&denied).message);
    }
    if let Some(overlay) = registered.stopped() {
        return Err(format!("项目{}", labels::overlay(overlay)));
    }
    match registered.stage.is_final() {
        true => Err(format!("项目现为：{}", labels::stage(registered.stage))),
        false => Ok(item.finding.pattern),
    }
}

/// Sends a decision.
pub fn dispose(state: &mut State, decision: Decision, reason: String) -> Vec<Effect> {
    let ticket: Ticket = state.tickets.issue();
    let Some(project) = &mut state.project else { return Vec::new() };
    if project.is_acting() {
        return Vec::new();
    }
    if !project.outbox.is_empty() {
        state.mention("正在保存清单，请稍候再办");
        return Vec::new();
    }
    project.disposing = Some((ticket, decision));
    state.drafts.sent(Topic::Finding(project.code.clone(), decision).subject());
    let disposal = Disposal {
        project: project.code.clone(),
        finding: decision.pattern.code().to_owned(),
        accepted: decision.accepted,
        reason,
        if_version: Some(project.version),
    };
    vec![Effect::Execute(ticket, Box::new(Command::DisposeFinding(disposal)))]
}

/// Takes the answer to it.
pub(super) fn disposed(state: &mut State, answer: Result<Reply, Error>) -> Vec<Effect> {
    let Some(project) = &mut state.project else { return Vec::new() };
    let Some((_, decision)) = project.disposing.take() else { return Vec::new() };
    let code = project.code.clone();
    match answer {
        Ok(Reply::Done(_)) => {
            state.drafts.received(&Topic::Finding(code, decision).subject());
            state.dialog = None;
            state.say(format!("已{}疑点：{}", decision.name(), labels::pattern(decision.pattern)));
        }
        Ok(_) => {}
        // The form stays with what was typed.
        Err(error) => explain(state, &error),
    }
    load(state)
}
