//! The text fields of a session: what is typed is handed over within a second, and at once when one goes elsewhere.

use crossterm::event::{KeyCode, KeyEvent};

use super::update::put;
use super::{Line, Pane, Session, Undo, Work, steps};
use crate::domain::checklist::Dimension;
use crate::domain::ids::{ExpertId, ProjectCode};
use crate::domain::meeting::sheet::{Field, FixPart};
use crate::domain::workflow::input::{LONGEST_LINE, LONGEST_TEXT};
use crate::tui::drafts::Topic;
use crate::tui::editor::{Editor, Limits};
use crate::tui::effect::Effect;
use crate::tui::journal::{Base, Subject};
use crate::tui::state::State;
use crate::tui::width::Width;
use crate::wording::{self, labels};

/// The fields in use.
#[derive(Debug)]
pub struct Editing {
    /// What they belong to.
    pub title: String,
    /// The project.
    pub project: ProjectCode,
    /// The draft they are until everything is handed over.
    pub subject: Subject,
    /// The fields, one below the other.
    pub fields: Vec<EditField>,
    /// The one that has the caret.
    pub at: usize,
}

/// A field in use.
#[derive(Debug)]
pub struct EditField {
    /// Which one.
    pub field: Field,
    /// Its name.
    pub label: String,
    /// Its text.
    pub editor: Editor,
    /// What it said when it was opened.
    before: String,
    /// What was handed over last.
    told: String,
}

impl EditField {
    fn new(field: Field, label: String, said: &str, width: Width) -> EditField {
        let limits = if field.is_long() { Limits::text(LONGEST_TEXT) } else { Limits::line(LONGEST_LINE) };
        let editor = Editor::new(said, limits).with_width(width);
        EditField { field, label, editor, before: said.to_owned(), told: said.to_owned() }
    }

    /// Tells what is to be handed over; none where that is what was handed over last, or where it cannot be read.
    fn news(&self) -> Option<String> {
        let value = self.field.read(&readable(self.field, &self.editor.text())).ok()?;
        (value != self.told).then_some(value)
    }

    /// Says what is wrong with the text.
    pub fn problem(&self) -> Option<String> {
        let problem = self.field.read(&readable(self.field, &self.editor.text())).err();
        problem.map(|problem| wording::problem::field_problem(&problem))
    }
}

/// Writes a day out that was typed as people write it; all else stays.
pub(super) fn readable(field: Field, text: &str) -> String {
    match field {
        Field::Fix(_, FixPart::Due) => crate::tui::form::typed_day(text).unwrap_or_else(|| text.to_owned()),
        _ => text.to_owned(),
    }
}

impl Editing {
    /// Tells whether something typed was not handed over.
    pub fn is_unsaved(&self) -> bool {
        self.fields.iter().any(|field| field.news().is_some())
    }

    fn current(&mut self) -> Option<&mut EditField> {
        self.fields.get_mut(self.at)
    }
}

/// Opens the fields of what the cursor is on.
pub fn open(state: &mut State) -> Vec<Effect> {
    let Some(session) = &state.session else { return Vec::new() };
    let target = match session.pane {
        Pane::Votes => session.member().map(|seat| seat.expert).map(Target::Member),
        Pane::Conclusion => session.lines().get(session.line).and_then(|line| match line {
            Line::Text => Some(Target::Panel(Field::ConclusionText)),
            Line::Explanation => Some(Target::Panel(Field::Explanation)),
            Line::Fix(number) => Some(Target::Fix(*number)),
            Line::NewFix => session.item().map(|item| Target::Fix(item.sheet.next_fix())),
            Line::Result | Line::Signature(_) => None,
        }),
        Pane::Agenda | Pane::Attendance => None,
    };
    match target {
        Some(target) => open_at(state, target),
        None => Vec::new(),
    }
}

/// Opens the fields among which one is.
pub fn open_field(state: &mut State, field: Field) -> Vec<Effect> {
    let target = match field {
        Field::Fix(number, _) => Target::Fix(number),
        field => field.member().map_or(Target::Panel(field), Target::Member),
    };
    open_at(state, target)
}

/// Opens the fields of a new thing to mend.
pub fn open_new_fix(state: &mut State) -> Vec<Effect> {
    let number = state.session.as_ref().and_then(Session::item).map(|item| item.sheet.next_fix());
    number.map(|number| open_at(state, Target::Fix(number))).unwrap_or_default()
}

#[derive(Clone, Copy)]
enum Target {
    Member(ExpertId),
    Panel(Field),
    Fix(u32),
}

fn open_at(state: &mut State, target: Target) -> Vec<Effect> {
    let State { session, width, drafts, .. } = state;
    let Some(session) = session else { return Vec::new() };
    let Some(item) = session.view.as_ref().and_then(|view| view.item.as_deref()) else { return Vec::new() };
    let (title, fields) = match target {
        Target::Member(expert) => {
            let name = item.panel.seats().iter().find(|seat| seat.expert == expert).map(|seat| seat.name.as_str());
            let dimensions = Dimension::ALL.iter().map(|dimension| Field::Dimension(expert, *dimension));
            let fields = std::iter::once(Field::Said(expert)).chain(dimensions);
            let fields: Vec<Field> = fields.chain([Field::Dissent(expert), Field::Score(expert)]).collect();
            (format!("{} 的意见", name.unwrap_or_default()), fields)
        }
        Target::Panel(field) => (label(field), vec![field]),
        Target::Fix(number) => {
            let parts = FixPart::ALL.iter().map(|part| Field::Fix(number, *part)).collect();
            (format!("修改清单 第 {number} 项（清空即删去）"), parts)
        }
    };
    let Some(first) = fields.first() else { return Vec::new() };
    let project = item.code.clone();
    let subject = Topic::Sheet(session.code, project.clone(), *first).subject();
    let opened = |field: Field| EditField::new(field, label(field), item.sheet.get(field), *width);
    // Versions only grow: their sum tells whether anybody wrote to any of the fields.
    let versions = fields.iter().filter_map(|field| item.sheet.noted(*field)).map(|noted| i64::from(noted.version));
    let version = versions.sum();
    let fields: Vec<EditField> = fields.into_iter().map(opened).collect();
    let mut editing = Editing { title, project, subject: subject.clone(), fields, at: 0 };
    let base = Base { version, content: editing.content() };
    if let Some(draft) = drafts.of(&subject) {
        editing.put(draft);
    }
    let restored = editing.fields.iter().any(|field| field.editor.text() != field.before);
    drafts.claim(&subject, &base, editing.content());
    drafts.open(subject, base);
    session.editing = Some(editing);
    if restored {
        state.mention("已恢复上次未能写入的文字");
    }
    Vec::new()
}

fn label(field: Field) -> String {
    match field {
        Field::Said(_) => "意见".to_owned(),
        Field::Dissent(_) => "保留意见".to_owned(),
        Field::Score(_) => "评分（0 至 100，可不填）".to_owned(),
        Field::Dimension(_, dimension) => labels::dimension(dimension).to_owned(),
        Field::Fix(_, FixPart::Text) => "修改事项".to_owned(),
        Field::Fix(_, FixPart::Responsible) => "责任人".to_owned(),
        Field::Fix(_, FixPart::Due) => "期限".to_owned(),
        field => labels::sheet_field(field),
    }
}

/// Hands over what was typed; nothing where all of it was.
pub fn flush(state: &mut State) -> Vec<Effect> {
    let Some(editing) = state.session.as_mut().and_then(|session| session.editing.as_mut()) else { return Vec::new() };
    let mut fields = Vec::new();
    for field in &mut editing.fields {
        if let Some(value) = field.news() {
            field.told.clone_from(&value);
            fields.push((field.field, value));
        }
    }
    if fields.is_empty() {
        return Vec::new();
    }
    let work = Work::Note(editing.project.clone(), fields);
    put(state, work)
}

/// Leaves the fields; what was typed is handed over, and what cannot be read waits here to be mended.
pub fn finish(state: &mut State) -> Vec<Effect> {
    let effects = flush(state);
    let Some(session) = &mut state.session else { return effects };
    let Some(editing) = session.editing.take() else { return effects };
    let mut wrong = None;
    for field in &editing.fields {
        if let Some(problem) = field.problem() {
            wrong = Some(format!("{}：{problem}；所填内容尚未写入，再次打开可以更正", field.label));
        }
    }
    let changed = editing.fields.iter().filter(|field| field.told != field.before);
    let before: Vec<(Field, String)> = changed.map(|field| (field.field, field.before.clone())).collect();
    if !before.is_empty() {
        session.undo.push(Undo::Fields(editing.project, before));
    }
    session.settle();
    if let Some(wrong) = wrong {
        state.complain(wrong);
    }
    effects
}

/// Takes a key for the text.
pub fn take_text(state: &mut State, key: KeyEvent) -> Vec<Effect> {
    let Some(editing) = state.session.as_mut().and_then(|session| session.editing.as_mut()) else { return Vec::new() };
    let last = editing.fields.len().saturating_sub(1);
    let is_line = editing.current().is_some_and(|field| !field.field.is_long());
    match key.code {
        KeyCode::F(2 | 10) | KeyCode::Esc => return finish(state),
        KeyCode::F(8) => {
            let mut effects = finish(state);
            effects.extend(steps::advance(state));
            return effects;
        }
        KeyCode::Enter if is_line && editing.at == last => return finish(state),
        KeyCode::Tab | KeyCode::F(6) => {
            editing.at = if editing.at == last { 0 } else { editing.at + 1 };
            return flush(state);
        }
        KeyCode::Enter if is_line => {
            editing.at += 1;
            return flush(state);
        }
        KeyCode::BackTab => {
            editing.at = editing.at.checked_sub(1).unwrap_or(last);
            return flush(state);
        }
        _ => {}
    }
    let handled = editing.current().map(|field| field.editor.handle(key));
    if let Some(message) = handled.and_then(crate::tui::editor::Handled::message) {
        state.complain(message);
    }
    Vec::new()
}

/// Takes a paste; tells what to say about it.
pub fn paste(state: &mut State, text: &str) -> Option<String> {
    let editing = state.session.as_mut()?.editing.as_mut()?;
    editing.current()?.editor.paste(text).message()
}
