//! The declaration on its way: who may change it, sending it, and what the answer means.

use crate::domain::actor::{Actor, Role};
use crate::domain::permission::authorize_on;
use crate::domain::permission::matrix::Verb;
use crate::domain::project::{Declaration, Project, Stage};
use crate::service::command::{Command, Done, Receipt};
use crate::service::error::Error;
use crate::tui::drafts::Topic;
use crate::tui::effect::{Effect, Reply};
use crate::tui::state::State;
use crate::tui::update::explain;
use crate::tui::widget::Dialog;
use crate::wording::{self, labels};

use super::update::load;

/// Tells why the account cannot change the declaration; `None` where it can.
///
/// The service has the last word; this only keeps people from filling in a form in vain.
pub fn why_not_edit(me: &Actor, project: &Project) -> Option<String> {
    if let Err(denied) = authorize_on(me, Verb::EditDeclaration, project) {
        return Some(wording::denied(&denied).message);
    }
    let summarizes = project.summarized_by() == Some(me.unit) && !me.has(Role::Intake);
    let closed = !project.stage.declaration_is_open() || summarizes && project.stage != Stage::Draft;
    closed.then(|| format!("项目现为：{}，申报内容不再修改", labels::stage(project.stage)))
}

/// Tells whether declarations are among the account's business at all.
pub fn declares(me: &Actor) -> bool {
    me.has(Role::Unit) || me.has(Role::Intake) || me.has(Role::Supervisor)
}

/// Sends a declaration as it shall be.
pub fn edit_declaration(state: &mut State, declaration: Declaration) -> Vec<Effect> {
    let ticket = state.tickets.issue();
    let Some(project) = &mut state.project else { return Vec::new() };
    if project.is_acting() {
        return Vec::new();
    }
    if !project.outbox.is_empty() {
        state.mention("正在保存清单，请稍候再办");
        return Vec::new();
    }
    project.editing = Some(ticket);
    state.drafts.sent(Topic::Declaration(project.code.clone()).subject());
    let command = Command::EditDeclaration {
        project: project.code.clone(),
        declaration: Box::new(declaration),
        if_version: Some(project.version),
    };
    vec![Effect::Execute(ticket, Box::new(command))]
}

/// Takes the answer to it.
pub(super) fn edited(state: &mut State, answer: Result<Reply, Error>) -> Vec<Effect> {
    let Some(project) = &mut state.project else { return Vec::new() };
    project.editing = None;
    let code = project.code.clone();
    match answer {
        Ok(Reply::Done(Receipt { done: Done::Project { version, .. }, .. })) => {
            project.version = version;
            state.drafts.received(&Topic::Declaration(code).subject());
            state.dialog = None;
            state.say("已保存申报内容");
        }
        Ok(_) => {}
        Err(error) => {
            explain(state, &error);
            if let Some(Dialog::Declaration(dialog)) = &mut state.dialog {
                let problem = wording::problem(&error);
                dialog.form.refuse(problem.causes.first().unwrap_or(&problem.title));
            }
        }
    }
    // What others wrote meanwhile is laid under what was typed.
    load(state)
}

/// Lays what is typed over the declaration as it was loaded last, where somebody else changed it.
pub(super) fn rebase(state: &mut State) {
    let Some(view) = state.project.as_ref().and_then(|project| project.view.as_deref()) else { return };
    if let Some(Dialog::Declaration(dialog)) = &mut state.dialog {
        let project = &view.dossier.project;
        dialog.form.rebase(&project.declaration, project.stage.plan_is_open());
    }
}
