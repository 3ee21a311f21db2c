//! What the screens draw, as plain lines: drawn off screen, borders and padding taken away.
//!
//! This is how a screen without words of its own here is told: whatever it shows is told, faithfully if not elegantly.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::tui::canvas::Canvas;
use crate::tui::screen::{meetings, plan, project, queue, session, stats};
use crate::tui::state::{Screen, State};
use crate::tui::{screen_text, widget};

/// The columns drawn: wide enough for every text, too narrow for panes beside each other.
pub const COLUMNS: u16 = 76;
/// The rows a person pages by.
pub const ROWS: u16 = 30;
/// The rows drawn where everything is wanted.
const ALL_ROWS: u16 = 400;
/// The rows above what a screen fills: title and tabs.
const HEAD: usize = 2;

/// What is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The tabs of the screen below any dialog.
    Tabs,
    /// What that screen fills.
    Body,
    /// The dialog.
    Dialog,
}

/// A drawn part.
#[derive(Debug, Default)]
pub struct Drawn {
    /// Its lines; those that were only border are gone.
    pub lines: Vec<String>,
    /// The line the cursor is on.
    pub focus: Option<String>,
    /// What stands below the line that parts a list from what is said of its focus.
    pub details: Vec<String>,
}

/// Draws a part as tall as a person pages by, or as tall as it may be.
pub fn drawn(state: &mut State, part: Part, whole: bool) -> Drawn {
    let size = state.size;
    state.size = (COLUMNS, if whole { ALL_ROWS } else { ROWS });
    let drawn = draw(state, part);
    state.size = size;
    drawn
}

fn draw(state: &State, part: Part) -> Drawn {
    let mut buffer = Buffer::empty(Rect::new(0, 0, state.size.0, state.size.1));
    let mut canvas = Canvas { buffer: &mut buffer, width: state.width, theme: state.theme };
    let cursor = match (part, state.screen()) {
        (Part::Dialog, _) => widget::render(state, &mut canvas),
        (_, Screen::Project(_)) => project::render(state, &mut canvas),
        (_, Screen::Session(open)) => session::render(open, state, &mut canvas),
        (_, Screen::Meetings(open)) => meetings::render(open, state, &mut canvas),
        (_, Screen::Plan(open)) => plan::render(open, state, &mut canvas),
        (_, Screen::Stats(open)) => stats::render(open, state, &mut canvas),
        (_, Screen::Queue) => queue::render(state, &mut canvas),
    };
    let text = screen_text(&buffer);
    let rows: Vec<&str> = text.lines().collect();
    let rows_of = match part {
        Part::Tabs => 1..HEAD,
        Part::Body => HEAD..rows.len(),
        Part::Dialog => 0..rows.len(),
    };
    let focus = cursor.map(|(_, y)| usize::from(y)).filter(|y| rows_of.contains(y));
    let lines = rows.get(rows_of).unwrap_or_default().iter().filter_map(|row| said(row)).collect();
    let parting = rows.iter().position(|row| is_parting(row)).filter(|_| part == Part::Body);
    let below = parting.and_then(|at| rows.get(at + 1..)).unwrap_or_default();
    let details = below.iter().filter_map(|row| said(row)).collect();
    Drawn { lines, focus: focus.and_then(|y| rows.get(y)).and_then(|row| said(row)), details }
}

/// Tells a line across within a frame from its borders.
fn is_parting(row: &str) -> bool {
    let inner = row.trim().trim_matches('|');
    inner.chars().count() > usize::from(COLUMNS / 2) && inner.chars().all(|c| c == '-')
}

/// Takes border and padding from a row; none where nothing is left.
pub fn said(row: &str) -> Option<String> {
    let row = row.trim();
    // A border may carry a title, or how much is below.
    let is_border = |mark: char| mark == '+' || mark == '-';
    let inner = match row.starts_with(['+', '-']) && row.ends_with(['+', '-']) {
        true => row.trim_matches(|c: char| is_border(c) || c == ' '),
        false => row.trim_matches(|c: char| c == '|' || c == ' '),
    };
    let inner = inner.trim_start_matches('>').trim();
    let words = inner.replace("[  ]", "[空]").replace("[    ]", "[空]");
    let parts: Vec<&str> = words.split("  ").map(str::trim).filter(|part| !part.is_empty()).collect();
    let text = parts.join("，");
    (!text.chars().all(|c| is_border(c) || c == '|' || c == ' ')).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn borders_and_padding_are_taken_away_and_titles_stay() {
        assert_eq!(said("+--------+"), None);
        assert_eq!(said("|        |"), None);
        assert_eq!(said("|--------|"), None);
        assert_eq!(said("+- 办理 ----------+").as_deref(), Some("办理"));
        assert_eq!(said(" | >1 签发             可办  | ").as_deref(), Some("1 签发，可办"));
        assert_eq!(said("| [  ] B01 问题 |").as_deref(), Some("[空] B01 问题"));
    }
}
