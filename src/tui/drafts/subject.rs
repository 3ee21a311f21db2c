//! Which form a draft belongs to, what it holds now, and what people call it.

use crate::domain::findings::Pattern;
use crate::domain::ids::{ItemId, ProjectCode};
use crate::domain::meeting::MeetingCode;
use crate::domain::meeting::sheet::Field;
use crate::domain::workflow::action::Action;
use crate::tui::journal::{Content, Subject, Trouble};
use crate::tui::screen::session;
use crate::tui::state::{Screen, State};
use crate::tui::widget::Dialog;
use crate::tui::widget::finding::Decision;
use crate::wording::labels;

/// A form that can be a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Topic {
    /// The input of an action.
    Action(ProjectCode, Action),
    /// What the unit declares.
    Declaration(ProjectCode),
    /// The texts to a checklist item.
    Remark(ProjectCode, ItemId),
    /// Why a finding is taken up or ruled out.
    Finding(ProjectCode, Decision),
    /// Fields of a panel's sheet, named by the first of them.
    Sheet(MeetingCode, ProjectCode, Field),
    /// The input of an action on many projects.
    Bulk(Action),
    /// A line a meeting asks for, or the form that calls one.
    Meeting(String, String),
}

impl Topic {
    /// Names it for the journal.
    pub fn subject(&self) -> Subject {
        let (object, form) = match self {
            Topic::Action(code, action) => (code.to_string(), format!("action:{}", action.code())),
            Topic::Declaration(code) => (code.to_string(), "declaration".to_owned()),
            Topic::Remark(code, item) => (code.to_string(), format!("remark:{item}")),
            Topic::Finding(code, decision) => {
                let way = if decision.accepted { "accept" } else { "dismiss" };
                (code.to_string(), format!("{way}:{}", decision.pattern.code()))
            }
            Topic::Sheet(meeting, code, field) => (code.to_string(), format!("sheet:{meeting}:{field}")),
            Topic::Bulk(action) => ("plan".to_owned(), format!("bulk:{}", action.code())),
            Topic::Meeting(of, what) => (of.clone(), format!("meeting:{what}")),
        };
        Subject { object, form }
    }

    /// Reads it back; `None` for what this program does not know.
    pub fn of(subject: &Subject) -> Option<Topic> {
        let code = || ProjectCode::typed(&subject.object);
        let (kind, rest) = subject.form.split_once(':').unwrap_or((&subject.form, ""));
        let decision = |accepted: bool| {
            let pattern = Pattern::parse(rest)?;
            Some(Topic::Finding(code(), Decision { pattern, accepted }))
        };
        match kind {
            "action" => Some(Topic::Action(code(), Action::parse(rest)?)),
            "declaration" => Some(Topic::Declaration(code())),
            "remark" => Some(Topic::Remark(code(), ItemId::typed(rest))),
            "accept" => decision(true),
            "dismiss" => decision(false),
            "sheet" => {
                let (meeting, field) = rest.split_once(':')?;
                Some(Topic::Sheet(MeetingCode::typed(meeting)?, code(), Field::parse(field)?))
            }
            "bulk" => Some(Topic::Bulk(Action::parse(rest)?)),
            "meeting" => Some(Topic::Meeting(subject.object.clone(), rest.to_owned())),
            _ => None,
        }
    }

    /// Tells the project it is about.
    pub fn project(&self) -> Option<&ProjectCode> {
        match self {
            Topic::Action(code, _)
            | Topic::Declaration(code)
            | Topic::Remark(code, _)
            | Topic::Finding(code, _)
            | Topic::Sheet(_, code, _) => Some(code),
            Topic::Bulk(_) | Topic::Meeting(..) => None,
        }
    }

    /// Names it for people.
    pub fn name(&self) -> String {
        match self {
            Topic::Action(code, action) => format!("{code} {}", labels::action(*action)),
            Topic::Declaration(code) => format!("{code} 申报内容"),
            Topic::Remark(code, item) => format!("{code} {item} 备注"),
            Topic::Finding(code, decision) => {
                format!("{code} {}疑点：{}", decision.name(), labels::pattern(decision.pattern))
            }
            Topic::Sheet(meeting, code, field) => {
                format!("{code} 评审会 {meeting} {}", labels::sheet_field(*field))
            }
            Topic::Bulk(action) => format!("成批办理：{}", labels::action(*action)),
            Topic::Meeting(of, _) => format!("评审会 {of}"),
        }
    }
}

/// Names a draft for people, also one this program does not know.
pub fn name(subject: &Subject) -> String {
    Topic::of(subject).map_or_else(|| subject.object.clone(), |topic| topic.name())
}

/// Tells the form in use and what it holds. One that waits below a question is still in use; one a found draft is
/// offered for is not yet.
pub fn in_use(state: &State) -> Option<(Subject, Content)> {
    let topic = match &state.dialog {
        Some(dialog) => topic_of(state, dialog)?,
        None => match state.screen() {
            Screen::Session(session) => {
                let editing = session.editing.as_ref()?;
                return Some((editing.subject.clone(), editing.content()));
            }
            _ => return None,
        },
    };
    let content = state.dialog.as_ref().and_then(Dialog::content)?;
    Some((topic.subject(), content))
}

fn topic_of(state: &State, dialog: &Dialog) -> Option<Topic> {
    let code = || state.project.as_ref().map(|project| project.code.clone());
    match dialog {
        Dialog::Action(dialog) => Some(Topic::Action(code()?, dialog.action)),
        Dialog::Confirm(confirm) => Some(Topic::Action(code()?, confirm.form()?.action)),
        Dialog::Remark(dialog) => Some(Topic::Remark(code()?, dialog.item.clone())),
        Dialog::Finding(dialog) => Some(Topic::Finding(code()?, dialog.decision)),
        Dialog::Declaration(_) => Some(Topic::Declaration(code()?)),
        Dialog::BulkForm(dialog) => Some(Topic::Bulk(dialog.action)),
        Dialog::Session(over) => session::topic_of(state, over),
        Dialog::Help(_)
        | Dialog::Palette(_)
        | Dialog::Conflict(_)
        | Dialog::Text(_)
        | Dialog::Menu(_)
        | Dialog::ImportFile(_)
        | Dialog::ImportPreview(_)
        | Dialog::Rulebook(_)
        | Dialog::BulkCheck(_)
        | Dialog::Restore(_)
        | Dialog::Practice(_)
        | Dialog::CheckUp(_)
        | Dialog::Drafts(_) => None,
    }
}

/// Says why drafts cannot be kept, and what to do.
pub fn trouble(trouble: &Trouble) -> String {
    let why = match trouble {
        Trouble::Full => "磁盘已满",
        Trouble::Forbidden => "状态目录不可写",
        Trouble::Unsafe => "状态目录不安全（有符号链接，或属于他人）",
        Trouble::Nowhere => "找不到用户状态目录",
        Trouble::Failed(why) => return format!("草稿写不进磁盘：{why}。文字都在本窗口，请尽快提交，勿关窗口"),
    };
    format!("草稿写不进磁盘：{why}。文字都在本窗口，请尽快提交，勿关窗口")
}
