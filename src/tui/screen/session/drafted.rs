//! What is typed in a meeting, as drafts: kept on this machine until the database says that it has it.

use super::over::{Ask, Over, Purpose};
use super::{Editing, Session, Work, editing};
use crate::domain::ids::ProjectCode;
use crate::domain::meeting::MeetingCode;
use crate::domain::meeting::sheet::Field;
use crate::domain::workflow::action::{Action, Key};
use crate::service::command::MeetingOrder;
use crate::tui::drafts::{Draft, Topic};
use crate::tui::effect::Effect;
use crate::tui::journal::{Content, FieldText};
use crate::tui::state::State;

/// The one field of a line that is asked for.
const LINE: &str = "line";

impl Editing {
    /// Tells what the fields hold, as typed.
    pub fn content(&self) -> Content {
        let typed = |field: &editing::EditField| {
            let text = FieldText { text: field.editor.text(), caret: field.editor.caret_offset(), top: 0 };
            (field.field.to_string(), text)
        };
        let focus = self.fields.get(self.at).map(|field| field.field.to_string()).unwrap_or_default();
        Content { fields: self.fields.iter().map(typed).collect(), focus }
    }

    /// Lays a draft over what the fields hold; what was not changed in it stays as it is.
    pub fn put(&mut self, draft: &Draft) {
        for field in &mut self.fields {
            let name = field.field.to_string();
            let Some(typed) = draft.content.fields.get(&name) else { continue };
            if typed.text != draft.base.content.text(&name) {
                field.editor.set_text(&typed.text);
            }
            if field.editor.text() == typed.text {
                field.editor.set_caret_offset(typed.caret);
            }
        }
        let at = self.fields.iter().position(|field| field.field.to_string() == draft.content.focus);
        self.at = at.unwrap_or(self.at);
    }
}

impl Over {
    /// Tells what its fields hold; nothing where nobody would miss it.
    pub fn content(&self) -> Option<Content> {
        match self {
            Over::Line(Ask { editor, .. }) => {
                let text = FieldText { text: editor.text(), caret: editor.caret_offset(), top: 0 };
                Some(Content { fields: [(LINE.to_owned(), text)].into(), focus: LINE.to_owned() })
            }
            Over::Agenda(agenda) => Some(agenda.content()),
            Over::Question(_) | Over::Gaps(..) | Over::History(..) => None,
        }
    }

    /// Lays a draft over its fields.
    pub fn put(&mut self, draft: &Content) {
        match self {
            Over::Line(ask) => {
                if let Some(field) = draft.fields.get(LINE) {
                    ask.editor.set_text(&field.text);
                    ask.editor.set_caret_offset(field.caret);
                }
            }
            Over::Agenda(agenda) => agenda.put(draft),
            Over::Question(_) | Over::Gaps(..) | Over::History(..) => {}
        }
    }
}

/// Tells which draft a dialog is.
pub fn topic_of(state: &State, over: &Over) -> Option<Topic> {
    match over {
        Over::Line(ask) => topic_of_purpose(state.session.as_ref()?.code, &ask.purpose),
        Over::Agenda(_) => Some(calling()),
        Over::Question(_) | Over::Gaps(..) | Over::History(..) => None,
    }
}

/// The form that calls a meeting.
pub fn calling() -> Topic {
    Topic::Meeting("meetings".to_owned(), "agenda".to_owned())
}

/// Names what a line is asked for. The digits that conclude and the name of a folder are no words of anybody's work.
pub(super) fn topic_of_purpose(meeting: MeetingCode, purpose: &Purpose) -> Option<Topic> {
    let what = match purpose {
        Purpose::Recuse(expert) => format!("recuse/{expert}"),
        Purpose::Unrecuse(expert) => format!("sit/{expert}"),
        Purpose::TakeSeat => "seat".to_owned(),
        Purpose::Withdraw(item) => format!("withdraw/{item}"),
        Purpose::Papers(_) | Purpose::Conclude { .. } => return None,
    };
    Some(Topic::Meeting(meeting.to_string(), what))
}

/// Something typed is in the database.
pub(super) fn written(state: &mut State, work: &Work) {
    let Some(session) = &mut state.session else { return };
    let what = match work {
        Work::Note(project, fields) => {
            for (field, value) in fields {
                session.stored.insert((project.clone(), *field), value.clone());
            }
            return;
        }
        Work::Act(_, Action::DeclareRecusal, inputs) => {
            let expert = inputs.iter().find(|(name, _)| name == Key::Expert.code());
            let expert = expert.map(|(_, expert)| expert.as_str()).unwrap_or_default();
            vec![format!("recuse/{expert}"), format!("sit/{expert}")]
        }
        Work::Order(MeetingOrder::TakeSeat { .. }) => vec!["seat".to_owned()],
        Work::Order(MeetingOrder::Withdraw { item, .. }) => vec![format!("withdraw/{item}")],
        Work::Act(..) | Work::Attend(..) | Work::Order(_) => Vec::new(),
    };
    let meeting = session.code.to_string();
    for what in what {
        state.drafts.received(&Topic::Meeting(meeting.clone(), what).subject());
    }
}

/// Lets drafts go whose every word is in the database.
pub(super) fn settle(state: &mut State) {
    let Some(session) = &state.session else { return };
    let in_use = session.editing.as_ref().map(|editing| &editing.subject);
    let is_stored = |code: &ProjectCode, draft: &Draft| {
        draft.content.fields.iter().all(|(name, field)| {
            field.text == draft.base.content.text(name)
                || Field::parse(name).is_some_and(|known| is_stored(session, code, known, &field.text))
        })
    };
    let drafts = state.drafts.all().filter(|(subject, draft)| match Topic::of(subject) {
        Some(Topic::Sheet(meeting, code, _)) => {
            meeting == session.code && Some(*subject) != in_use && draft.found.is_none() && is_stored(&code, draft)
        }
        _ => false,
    });
    let done: Vec<_> = drafts.map(|(subject, _)| subject.clone()).collect();
    for subject in done {
        state.drafts.finish(&subject);
    }
}

fn is_stored(session: &Session, code: &ProjectCode, field: Field, text: &str) -> bool {
    let value = field.read(&editing::readable(field, text)).ok();
    value.is_some() && value.as_ref() == session.stored.get(&(code.clone(), field))
}

/// Opens the fields of a draft once the meeting is there; `None` as long as it is not.
pub fn resume(state: &mut State, code: &ProjectCode, field: Field) -> Option<Vec<Effect>> {
    let Some(session) = &state.session else { return Some(Vec::new()) };
    if session.is_early() || session.awaited.is_some() || !session.outbox.is_empty() {
        return None;
    }
    let is_here = session.item().is_some_and(|item| item.code == *code);
    if !is_here || !session.writes(&state.me, state.terminal.as_str()) {
        state.mention(format!("{code} 有没写完的文字；入席并到该议题后打开原处，即恢复"));
        return Some(Vec::new());
    }
    Some(editing::open_field(state, field))
}
