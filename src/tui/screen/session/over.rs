//! The dialogs of a session: one line to type, a question for a digit, what is missing, the versions of a field.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::layout::Rect;

use super::gaps::{self, Gap};
use super::{drafted, papers, recording, steps};
use crate::domain::ids::ExpertId;
use crate::domain::meeting::sheet::Field;
use crate::domain::meeting::sheet::Noted;
use crate::tui::canvas::{Canvas, Sheet};
use crate::tui::drafts::present;
use crate::tui::editor::{Editor, Limits};
use crate::tui::effect::Effect;
use crate::tui::keymap::Op;
use crate::tui::papers::Choice;
use crate::tui::screen::meetings::Agenda;
use crate::tui::state::State;
use crate::tui::widget::Dialog;
use crate::wording::labels;

/// A dialog.
#[derive(Debug)]
pub enum Over {
    /// One line.
    Line(Ask),
    /// A question.
    Question(Question),
    /// What is missing.
    Gaps(Vec<Gap>, usize),
    /// The versions of fields, the last one first, and the first row shown.
    History(Vec<(Field, Vec<(Noted, bool)>)>, usize),
    /// A meeting to be called, or panels to be added to one.
    Agenda(Box<Agenda>),
}

/// What a line is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// Why a member stays away.
    Recuse(ExpertId),
    /// Why a member may sit after all.
    Unrecuse(ExpertId),
    /// Why the seat is taken over.
    TakeSeat,
    /// Why an item is taken off the agenda.
    Withdraw(u32),
    /// The folder into which papers are written.
    Papers(Choice),
    /// The end of the project's code, which concludes; whether the conditions were looked at, and whether Enter was
    /// pressed before they were.
    Conclude {
        /// The picture is the latest, and nothing is missing.
        ready: bool,
        /// Enter was pressed early.
        entered: bool,
    },
}

/// A line that is asked for.
#[derive(Debug)]
pub struct Ask {
    /// What for.
    pub purpose: Purpose,
    title: String,
    lines: Vec<String>,
    /// What was typed.
    pub editor: Editor,
    /// What is wrong with it.
    pub problem: Option<String>,
}

impl Ask {
    /// Asks.
    pub fn new(state: &State, purpose: Purpose, title: String, lines: Vec<String>) -> Ask {
        let editor = Editor::new("", Limits::line(200)).with_width(state.width);
        Ask { purpose, title, lines, editor, problem: None }
    }

    /// Begins with a text.
    pub fn with_text(mut self, text: &str) -> Ask {
        self.editor.paste(text);
        self
    }
}

/// What a question is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// Signing for members.
    Sign(Vec<ExpertId>),
    /// Closing the opinions.
    Close,
    /// Ending the meeting.
    End,
    /// Which papers are wanted.
    Papers,
    /// Looking at what is missing, the picture being on its way.
    Checking,
}

/// A question for a digit.
#[derive(Debug)]
pub struct Question {
    /// What about.
    pub about: About,
    /// Its title.
    pub title: String,
    /// What to know before answering.
    pub lines: Vec<String>,
}

impl Over {
    /// Tells whether keys are text.
    pub fn takes_text(&self) -> bool {
        matches!(self, Over::Line(_) | Over::Agenda(_))
    }

    /// Takes a paste; tells what to say about it.
    pub fn paste(&mut self, text: &str) -> Option<String> {
        match self {
            Over::Line(ask) => ask.editor.paste(text).message(),
            Over::Agenda(agenda) => agenda.paste(text),
            Over::Question(_) | Over::Gaps(..) | Over::History(..) => None,
        }
    }

    /// Draws it.
    pub fn render(&self, state: &State, canvas: &mut Canvas<'_>) -> Option<(u16, u16)> {
        if let Over::Agenda(agenda) = self {
            return agenda.render(state, canvas);
        }
        let columns = 76.min(state.size.0.saturating_sub(2));
        let mut sheet = Sheet::new(columns.saturating_sub(4), canvas.width, canvas.theme);
        let (plain, key) = (canvas.theme.plain(), canvas.theme.key());
        let mut focus = None;
        let title = match self {
            Over::Line(ask) => {
                ask.lines.iter().for_each(|line| sheet.text(0, line, plain));
                sheet.text(0, ask.problem.as_deref().unwrap_or_default(), canvas.theme.warning());
                focus = Some(sheet.lines.len());
                sheet.blank();
                sheet.blank();
                sheet.text(0, "Enter 确定   Esc 返回", key);
                ask.title.clone()
            }
            Over::Question(question) => {
                question.lines.iter().for_each(|line| sheet.text(0, line, plain));
                sheet.blank();
                let choice = match question.about {
                    About::Checking => "正在核对，请稍候",
                    About::Papers => "按数字选   Esc 返回",
                    _ => "1 确认   2 返回",
                };
                sheet.text(0, choice, key);
                question.title.clone()
            }
            Over::Gaps(gaps, selected) => {
                for (at, gap) in gaps.iter().enumerate() {
                    let style = if at == *selected { canvas.theme.focus() } else { plain };
                    sheet.marked("[缺]", &gap.text, style);
                }
                sheet.blank();
                sheet.text(0, "上下移动   Enter 去补   Esc 返回", key);
                format!("还不能办理：{} 项条件未满足", gaps.len())
            }
            Over::History(fields, _) => {
                for (field, versions) in fields {
                    let name = state.session.as_ref().map_or_else(String::new, |session| session.name_of(*field));
                    sheet.heading(&format!("{name}  共 {} 版", versions.len()));
                    versions.iter().rev().for_each(|version| tell(&mut sheet, *field, version));
                }
                "各版本，最近的在前；上下翻看".to_owned()
            }
            Over::Agenda(_) => String::new(),
        };
        let rows = u16::try_from(sheet.lines.len()).unwrap_or(u16::MAX).saturating_add(2);
        let inner = canvas.popup(state.area(), (columns, rows), &title);
        let area = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
        let room = usize::from(area.height);
        let top = match self {
            Over::History(_, top) => (*top).min(sheet.lines.len().saturating_sub(room)),
            Over::Gaps(_, selected) if *selected + 3 > room => selected + 3 - room,
            _ => 0,
        };
        canvas.lines(area, &sheet.lines, top);
        match (self, focus) {
            (Over::Line(ask), Some(row)) => {
                let row = u16::try_from(row).unwrap_or(0).min(area.height.saturating_sub(1));
                let field = Rect { y: area.y + row, height: 1, ..area };
                canvas.line(field, 0, "> ", canvas.theme.focus());
                let field = Rect { x: field.x + 2, width: field.width.saturating_sub(2), ..field };
                ask.editor.render(field, canvas.buffer);
                Some(ask.editor.cursor_position(field))
            }
            // The cursor stands on the safe choice.
            (Over::Question(_), _) => Some((area.x + 9, area.bottom().saturating_sub(1))),
            _ => Some((area.x, area.y)),
        }
    }
}

/// Tells a version: who wrote it, when, and what it said.
fn tell(sheet: &mut Sheet, field: Field, (noted, aside): &(Noted, bool)) {
    let plain = sheet.theme().plain();
    let aside = if *aside { "  另存（不在秘书席录入）" } else { "" };
    let at = noted.by.at.format("%m-%d %H:%M:%S");
    sheet.text(1, &format!("第 {} 版  {}  {at}{aside}", noted.version, noted.by.name), plain);
    let said = match field {
        Field::Vote(_) | Field::Conclusion => labels::choice(&noted.value),
        _ => noted.value.as_str(),
    };
    sheet.text(3, if said.is_empty() { "（清除）" } else { said }, plain);
}

/// Opens a dialog.
pub fn show(state: &mut State, over: Over) -> Vec<Effect> {
    let topic = drafted::topic_of(state, &over);
    let dialog = Dialog::Session(Box::new(over));
    match topic {
        Some(topic) => present(state, &topic, dialog),
        None => state.dialog = Some(dialog),
    }
    Vec::new()
}

fn over(state: &mut State) -> Option<&mut Over> {
    match &mut state.dialog {
        Some(Dialog::Session(over)) => Some(over),
        _ => None,
    }
}

/// Takes a command of the key table.
pub fn take_op(state: &mut State, op: Op) -> Vec<Effect> {
    if matches!(op, Op::Back | Op::Escape) {
        state.dialog = None;
        return Vec::new();
    }
    match over(state) {
        Some(Over::Gaps(gaps, selected)) => {
            let last = gaps.len().saturating_sub(1);
            match op {
                Op::Down => *selected = (*selected + 1).min(last),
                Op::Up => *selected = selected.saturating_sub(1),
                Op::First => *selected = 0,
                Op::Last => *selected = last,
                Op::Open => {
                    let gap = gaps.get(*selected).cloned();
                    state.dialog = None;
                    if let (Some(gap), Some(session)) = (gap, &mut state.session) {
                        gaps::go_to(session, &gap);
                    }
                }
                _ => {}
            }
        }
        Some(Over::History(_, top)) => match op {
            Op::Down => *top += 1,
            Op::Up => *top = top.saturating_sub(1),
            Op::PageDown => *top += 8,
            Op::PageUp => *top = top.saturating_sub(8),
            Op::First => *top = 0,
            Op::Open => state.dialog = None,
            _ => {}
        },
        Some(Over::Question(question)) if question.about == About::Checking => {}
        Some(Over::Question(question)) if question.about == About::Papers => state.mention("请按数字选，按 Esc 返回"),
        Some(Over::Question(_)) => state.mention("请按 1 确认，按 2 返回"),
        _ => {}
    }
    Vec::new()
}

/// Takes a digit.
pub fn take_digit(state: &mut State, digit: u8) -> Vec<Effect> {
    let Some(Over::Question(question)) = over(state) else { return Vec::new() };
    let about = question.about.clone();
    match (digit, about) {
        (_, About::Checking) => Vec::new(),
        (digit, About::Papers) => {
            Choice::of_digit(digit).map_or_else(Vec::new, |choice| papers::ask_folder(state, choice))
        }
        (1, about) => {
            state.dialog = None;
            match about {
                About::Sign(experts) => recording::lock(state, &experts),
                About::Close => steps::close_opinions(state),
                About::End => steps::end(state),
                About::Checking | About::Papers => Vec::new(),
            }
        }
        (2, _) => {
            state.dialog = None;
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// Takes a key for the text.
pub fn take_text(state: &mut State, key: KeyEvent) -> Vec<Effect> {
    if matches!(over(state), Some(Over::Agenda(_))) {
        return crate::tui::screen::meetings::take_form_key(state, key);
    }
    let Some(Over::Line(ask)) = over(state) else { return Vec::new() };
    match key.code {
        KeyCode::Esc | KeyCode::F(10) => {
            state.dialog = None;
            Vec::new()
        }
        KeyCode::Enter => {
            let (purpose, text) = (ask.purpose.clone(), ask.editor.text().trim().to_owned());
            if text.is_empty() {
                ask.problem = Some("请填写，或按 Esc 返回".to_owned());
                return Vec::new();
            }
            answer(state, purpose, text)
        }
        _ => {
            ask.problem = None;
            let message = ask.editor.handle(key).message();
            if let Some(message) = message {
                state.complain(message);
            }
            Vec::new()
        }
    }
}

fn answer(state: &mut State, purpose: Purpose, text: String) -> Vec<Effect> {
    if let Purpose::Conclude { ready, .. } = purpose {
        return steps::take_code(state, ready, &text);
    }
    state.dialog = None;
    let topic = state.session.as_ref().and_then(|session| drafted::topic_of_purpose(session.code, &purpose));
    if let Some(topic) = topic {
        state.drafts.sent(topic.subject());
    }
    match purpose {
        Purpose::Recuse(expert) => recording::declare(state, expert, "other", text),
        Purpose::Unrecuse(expert) => recording::declare(state, expert, "none", text),
        Purpose::TakeSeat => steps::sit_down(state, text),
        Purpose::Withdraw(item) => steps::withdraw(state, item, text),
        Purpose::Papers(choice) => papers::issue(state, choice, text),
        Purpose::Conclude { .. } => Vec::new(),
    }
}
