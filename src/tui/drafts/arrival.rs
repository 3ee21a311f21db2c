//! Going to the screen of a draft, and what becomes of a draft when its form is opened.

use super::{Draft, Topic};
use crate::domain::meeting::MeetingCode;
use crate::domain::plan::BULK;
use crate::service::view::show::ProjectView;
use crate::tui::effect::Effect;
use crate::tui::journal::{Base, Content, Found, Subject};
use crate::tui::screen::{meetings, plan, project, queue, session};
use crate::tui::state::State;
use crate::tui::widget::restore::Restore;
use crate::tui::widget::{self, Dialog};
use crate::wording::labels;

/// Begins with what earlier programs left. Where the last one ended under a form, that form is gone to.
pub fn begin(state: &mut State, found: Vec<Found>) -> Vec<Effect> {
    let broken_off = found.iter().find(|found| !found.rested && !found.elsewhere);
    let subject = broken_off.map(|found| found.subject.clone());
    let others = found.iter().filter(|found| !found.elsewhere).count();
    state.drafts.adopt(found);
    match subject {
        Some(subject) => resume(state, &subject),
        None => {
            if others > 0 {
                let key = crate::tui::keymap::key_name(crate::tui::keymap::Op::Drafts);
                state.mention(format!("有 {others} 处草稿没有提交，按 {key} 查看"));
            }
            Vec::new()
        }
    }
}

/// Goes to the screen a draft belongs to; its form opens there as soon as the screen is loaded.
pub fn resume(state: &mut State, subject: &Subject) -> Vec<Effect> {
    let Some(topic) = Topic::of(subject) else { return Vec::new() };
    state.dialog = None;
    state.drafts.resume = Some(subject.clone());
    match topic {
        Topic::Sheet(meeting, ..) => {
            state.project = None;
            session::open(state, meeting)
        }
        Topic::Bulk(action) => {
            // On which projects, is for the person to say again.
            state.drafts.resume = None;
            let effects = if BULK.contains(&action) { plan::open(state) } else { queue::refresh(state) };
            state.mention(format!("有没提交的草稿：标记项目，再次办理{}时恢复", labels::action(action)));
            effects
        }
        Topic::Meeting(meeting, _) => {
            state.drafts.resume = None;
            let effects = match MeetingCode::typed(&meeting) {
                Some(meeting) => session::open(state, meeting),
                None => meetings::open(state),
            };
            state.mention("有没提交的草稿：再次办理时恢复");
            effects
        }
        topic => topic.project().cloned().map(|code| project::open(state, code)).unwrap_or_default(),
    }
}

/// Opens the form that is being gone to, once its screen is there.
pub fn arrive(state: &mut State) -> Vec<Effect> {
    let Some(topic) = state.drafts.resume.as_ref().and_then(Topic::of) else { return Vec::new() };
    if let Topic::Sheet(_, code, field) = topic {
        return match session::resume(state, &code, field) {
            Some(effects) => {
                state.drafts.resume = None;
                effects
            }
            None => Vec::new(),
        };
    }
    let Some(project) = state.project.as_mut().filter(|project| Some(&project.code) == topic.project()) else {
        // The project cannot be seen any more, which was said.
        state.drafts.resume = None;
        return Vec::new();
    };
    if project.view.is_none() || !project.is_settled() {
        return Vec::new();
    }
    state.drafts.resume = None;
    match topic {
        Topic::Action(_, action) => widget::begin_action(state, action),
        Topic::Declaration(_) => widget::open_declaration(state),
        Topic::Remark(_, item) => {
            let found = project.items().iter().position(|known| known.item.id == item);
            match found {
                Some(at) => {
                    (project.pane, project.item) = (project::Pane::Checklist, at);
                    widget::open_remark(state)
                }
                None => {
                    state.complain(format!("{item} 已不在清单中，草稿仍在“草稿”列表"));
                    Vec::new()
                }
            }
        }
        Topic::Finding(_, decision) => {
            let at = project.view.as_deref().and_then(|view| project::finding_place(view, decision.pattern));
            (project.pane, project.finding) = (project::Pane::Findings, at.unwrap_or(project.finding));
            widget::finding::open(state, decision.accepted)
        }
        Topic::Sheet(..) | Topic::Bulk(_) | Topic::Meeting(..) => Vec::new(),
    }
}

/// Tells the version a draft about an open project rests on.
fn version(state: &State) -> i64 {
    let view = state.project.as_ref().and_then(|project| project.view.as_deref());
    view.map_or(0, |view: &ProjectView| view.dossier.project.version)
}

/// Opens a form. A draft this program made is put into it at once; about one an earlier program left, the person is
/// asked.
pub fn present(state: &mut State, topic: &Topic, mut form: Dialog) {
    let subject = topic.subject();
    let base = Base { version: version(state), content: form.content().unwrap_or_default() };
    let known = state.drafts.known.get(&subject);
    if known.is_some_and(|draft| draft.content.says_the_same_as(&base.content)) {
        // It was handed in just before the program ended, or somebody else wrote the very same.
        state.drafts.finish(&subject);
    }
    match state.drafts.known.get(&subject) {
        None => {}
        Some(Draft { found: Some(_), .. }) => {
            let restore = Restore::new(subject, base, form);
            state.dialog = Some(Dialog::Restore(Box::new(restore)));
            return;
        }
        Some(draft) => {
            let changed = others_changed(draft, &base.content);
            form.put(&draft.content, &draft.base.content);
            state.mention(match changed.is_empty() {
                true => "已恢复上次未提交的草稿".to_owned(),
                false => format!("已恢复上次未提交的草稿；其间他人改过 {} 项，请核对", changed.len()),
            });
        }
    }
    state.drafts.open(subject, base);
    state.dialog = Some(form);
    widget::refresh_offer(state);
}

/// Puts a draft that was found into its form.
pub fn put_back(state: &mut State, subject: Subject, base: Base, mut form: Dialog) {
    if let Some(draft) = state.drafts.of(&subject) {
        form.put(&draft.content, &draft.base.content);
        state.drafts.kept = draft.at;
        state.drafts.claim(&subject, &base, form.content().unwrap_or_default());
    }
    state.drafts.open(subject, base);
    state.dialog = Some(form);
    widget::refresh_offer(state);
}

/// Lists the fields that both the draft and somebody else changed since.
pub fn others_changed(draft: &Draft, stored: &Content) -> Vec<String> {
    let mine = draft.content.fields.keys().filter(|name| draft.content.text(name) != draft.base.content.text(name));
    mine.filter(|name| stored.text(name) != draft.base.content.text(name)).cloned().collect()
}
