//! 规则与口径 — the editions of the rules and the register of interpretations, read-only 〔第十八条〕.

use chrono::NaiveDate;
use ratatui::layout::Rect;

use super::Dialog;
use crate::service::error::Error;
use crate::service::view::policies::PolicyLine;
use crate::service::view::rulings::Register;
use crate::tui::canvas::{Canvas, Sheet, StyledLine};
use crate::tui::effect::{Effect, Question, Reply, Ticket};
use crate::tui::keymap::Op;
use crate::tui::layout::shell;
use crate::tui::screen::project::write_lines;
use crate::tui::state::State;
use crate::tui::theme::Theme;
use crate::tui::update::explain;
use crate::tui::width::Width;
use crate::wording;

/// What the page shows.
#[derive(Debug)]
pub struct Contents {
    /// The editions of the rules.
    pub policies: Vec<PolicyLine>,
    /// The register of interpretations.
    pub register: Register,
    /// Today.
    pub today: NaiveDate,
}

/// Which half is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Half {
    /// 规则版本.
    Editions,
    /// 解释口径.
    Register,
}

/// The page.
#[derive(Debug)]
pub struct Rulebook {
    contents: Contents,
    half: Half,
    top: usize,
}

/// Asks for what the page shows.
pub fn open(state: &mut State) -> Vec<Effect> {
    let ticket = state.tickets.issue();
    state.reading_rules = Some(ticket);
    vec![Effect::Ask(ticket, Question::Rulebook)]
}

/// Tells whether the page waits for an answer.
pub fn awaits(state: &State, ticket: Ticket) -> bool {
    state.reading_rules == Some(ticket)
}

/// Takes the answer it waits for.
pub fn answer(state: &mut State, answer: Result<Reply, Error>) -> Vec<Effect> {
    state.reading_rules = None;
    match answer {
        // Whoever began something else meanwhile is not interrupted.
        Ok(Reply::Rulebook(contents)) if state.dialog.is_none() => {
            let page = Rulebook { contents: *contents, half: Half::Editions, top: 0 };
            state.dialog = Some(Dialog::Rulebook(Box::new(page)));
        }
        Ok(_) => {}
        Err(error) => explain(state, &error),
    }
    Vec::new()
}

/// Takes a command of the key table.
pub fn take_op(state: &mut State, op: Op) {
    let area = text_area(state);
    let (height, width, theme) = (usize::from(area.height).max(1), state.width, state.theme);
    let Some(Dialog::Rulebook(page)) = &mut state.dialog else { return };
    let rows = isize::try_from(height).unwrap_or(1);
    let by = match op {
        Op::Back | Op::Escape => {
            state.dialog = None;
            return;
        }
        Op::Down => 1,
        Op::Up => -1,
        Op::PageDown => rows,
        Op::PageUp => -rows,
        Op::First => isize::MIN / 2,
        Op::Last => isize::MAX / 2,
        _ => return,
    };
    let last = page.lines(area.width, width, theme).len().saturating_sub(height);
    page.top = page.top.saturating_add_signed(by).min(last);
}

/// Takes a digit: which half is shown.
pub fn take_digit(state: &mut State, digit: u8) {
    let Some(Dialog::Rulebook(page)) = &mut state.dialog else { return };
    let half = match digit {
        1 => Half::Editions,
        2 => Half::Register,
        _ => {
            state.mention("请按 1 看规则版本，按 2 看解释口径");
            return;
        }
    };
    (page.half, page.top) = (half, 0);
}

impl Rulebook {
    fn lines(&self, cells: u16, width: Width, theme: Theme) -> Vec<StyledLine> {
        let mut sheet = Sheet::new(cells, width, theme);
        let lines = match self.half {
            Half::Editions => wording::rulings::editions(&self.contents.policies, self.contents.today),
            Half::Register => wording::rulings::register(&self.contents.register),
        };
        write_lines(&mut sheet, &lines);
        sheet.lines
    }

    /// Draws it.
    pub fn render(&self, state: &State, canvas: &mut Canvas<'_>) -> Option<(u16, u16)> {
        let body = shell(state.area()).body;
        canvas.clear(body);
        let title = match self.half {
            Half::Editions => "规则版本: 新开的轮次适用当日现行的一版，已开始的轮次不变",
            Half::Register => "解释口径: 办法没有写明的问题、现行做法和中心的解释",
        };
        canvas.frame(body, title);
        let area = text_area(state);
        let lines = self.lines(area.width, canvas.width, canvas.theme);
        let shown = canvas.lines(area, &lines, self.top);
        let below = lines.len().saturating_sub(self.top + usize::from(shown));
        let foot = Rect { y: body.bottom().saturating_sub(2), height: 1, ..area };
        let (one, two) = match self.half {
            Half::Editions => ("[1规则版本]", " 2解释口径 "),
            Half::Register => (" 1规则版本 ", "[2解释口径]"),
        };
        let x = canvas.line(foot, 0, &format!("{one} {two}  上下翻阅  Esc返回"), canvas.theme.key());
        if below > 0 {
            canvas.right(foot, 0, x.saturating_add(2), &format!("下面还有 {below} 行"), canvas.theme.plain());
        }
        Some((area.x, area.y))
    }
}

/// Where the lines stand: within the frame, above the keys.
fn text_area(state: &State) -> Rect {
    let body = shell(state.area()).body;
    let (width, height) = (body.width.saturating_sub(4), body.height.saturating_sub(4));
    Rect { x: body.x + 2.min(body.width), y: body.y + 1.min(body.height), width, height }
}
