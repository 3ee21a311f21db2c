//! Draws a form into an area of any size: frame, heading, the rows that fit, the keys; and tells the caret's cell.

use std::ops::Range;

use ratatui::buffer::{Buffer, CellDiffOption, CellWidth};
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

use super::page::{Page, page};
use super::sheet::Sheet;
use super::words;
use crate::tui::wrap::wrap;

/// Smaller areas are for the fields alone.
const SMALLEST_FRAME: (u16, u16) = (24, 6);
/// The label above a text and the hint below it stay in sight while it is typed.
const ROWS_AROUND_TEXT: u16 = 2;

impl Sheet {
    /// Tells how many rows show everything, the frame included, whichever field has the focus: a dialog of this
    /// height does not change its size while one goes through it.
    pub fn preferred_height(&self, width: u16) -> u16 {
        let inside = width.saturating_sub(2);
        let rows = (0..self.visible().max(1)).map(|focus| page(self, focus, inside, u16::MAX).rows.len()).max();
        let rows = rows.unwrap_or_default() + self.heading_rows(inside).len();
        u16::try_from(rows).unwrap_or(u16::MAX).saturating_add(3)
    }

    /// Draws the form and tells the caret's cell; `None` only where there is no cell at all.
    pub fn render(&self, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let area = area.intersection(buf.area);
        if area.is_empty() {
            return None;
        }
        clear(area, buf);
        let framed = area.width >= SMALLEST_FRAME.0 && area.height >= SMALLEST_FRAME.1;
        let inside = if framed { self.frame(area, buf) } else { area };
        let body = self.heading(inside, buf);
        let body = if framed { self.keys(body, buf) } else { body };
        let most_rows = body.height.saturating_sub(ROWS_AROUND_TEXT).max(1);
        let page = page(self, self.focus(), body.width, most_rows);
        let top = self.scroll(&page, usize::from(body.height));
        for (row, y) in page.rows.iter().skip(top).zip(body.top()..body.bottom()) {
            for piece in row {
                let x = body.x.saturating_add(piece.x);
                self.width.draw(buf, (x, y), &piece.text, body.right().saturating_sub(x), piece.style);
            }
        }
        Some(caret(&page, top, body, buf))
    }

    /// Draws the frame and gives what is inside.
    fn frame(&self, area: Rect, buf: &mut Buffer) -> Rect {
        let across = usize::from(area.width.saturating_sub(2));
        let line = |buf: &mut Buffer, y: u16, text: &str| {
            self.width.draw(buf, (area.x, y), text, area.width, Style::new());
        };
        line(buf, area.y, &format!("+{}+", "-".repeat(across)));
        line(buf, area.bottom().saturating_sub(1), &format!("+{}+", "-".repeat(across)));
        for y in area.top().saturating_add(1)..area.bottom().saturating_sub(1) {
            line(buf, y, &format!("|{}|", " ".repeat(across)));
        }
        let title = format!(" {} ", self.width.cut(&self.title, across.saturating_sub(4)));
        let bold = Style::new().add_modifier(Modifier::BOLD);
        self.width.draw(buf, (area.x + 2, area.y), &title, area.width.saturating_sub(3), bold);
        Rect { x: area.x + 1, y: area.y + 1, width: area.width - 2, height: area.height - 2 }
    }

    fn heading_rows(&self, cells: u16) -> Vec<String> {
        let room = cells.saturating_sub(3).min(76);
        let wrapped = |text: &String| {
            let rows = wrap(text, room, self.width);
            rows.texts(text, 0, rows.rows().len())
        };
        self.heading.iter().flat_map(wrapped).collect()
    }

    /// Draws what the form is about, in at most a third of the rows, and gives the rest.
    fn heading(&self, inside: Rect, buf: &mut Buffer) -> Rect {
        let rows = self.heading_rows(inside.width);
        let most = usize::from(inside.height / 3);
        for (index, (text, y)) in rows.iter().take(most).zip(inside.top()..).enumerate() {
            let more = if index + 1 == most && rows.len() > most { " .." } else { "" };
            let cells = inside.width.saturating_sub(2);
            self.width.draw(buf, (inside.x + 2, y), &format!("{text}{more}"), cells, Style::new());
        }
        let taken = u16::try_from(rows.len().min(most)).unwrap_or_default();
        Rect { y: inside.y + taken, height: inside.height - taken, ..inside }
    }

    /// Draws the keys and which field of how many this is into the last row, and gives the rest.
    fn keys(&self, inside: Rect, buf: &mut Buffer) -> Rect {
        let Some(height) = inside.height.checked_sub(1).filter(|height| *height > 0) else {
            return inside;
        };
        let y = inside.y + height;
        let count = match self.visible() {
            0 => String::new(),
            fields => format!("{}/{fields}", self.focus() + 1),
        };
        let taken = u16::try_from(self.width.of_str(&count)).unwrap_or_default();
        let room = usize::from(inside.width.saturating_sub(taken + 4));
        let keys = words::KEYS.iter().find(|keys| self.width.of_str(keys) <= room).copied().unwrap_or_default();
        let bold = Style::new().add_modifier(Modifier::BOLD);
        self.width.draw(buf, (inside.x + 2, y), keys, inside.width.saturating_sub(2), bold);
        let x = inside.right().saturating_sub(taken + 1);
        self.width.draw(buf, (x, y), &count, taken, Style::new());
        Rect { height, ..inside }
    }

    /// Scrolls just far enough to show the field that has the focus, and above all its caret.
    fn scroll(&self, page: &Page<'_>, height: usize) -> usize {
        let lowest = page.rows.len().saturating_sub(height);
        let caret = page.opening.as_ref().map_or(page.caret.1..page.caret.1 + 1, |opening| opening.rows.clone());
        let top = self.top.get().min(lowest);
        let top = shifted(shifted(top, height, &page.focus), height, &caret);
        self.top.set(top);
        top
    }
}

fn shifted(top: usize, height: usize, rows: &Range<usize>) -> usize {
    top.max(rows.end.saturating_sub(height)).min(rows.start)
}

/// Draws the text being typed and tells the caret's cell.
fn caret(page: &Page<'_>, top: usize, body: Rect, buf: &mut Buffer) -> Position {
    let down = |row: usize| u16::try_from(row.saturating_sub(top)).unwrap_or(u16::MAX);
    let (x, y) = match &page.opening {
        Some(opening) => {
            let height = u16::try_from(opening.rows.len()).unwrap_or(u16::MAX);
            let (x, y) = (body.x.saturating_add(opening.x), body.y.saturating_add(down(opening.rows.start)));
            let area = Rect { x, y, width: opening.cells, height }.intersection(body);
            opening.editor.render(area, buf);
            opening.editor.cursor_position(area)
        }
        None => (body.x.saturating_add(page.caret.0), body.y.saturating_add(down(page.caret.1))),
    };
    let last = (body.right().saturating_sub(1).max(body.x), body.bottom().saturating_sub(1).max(body.y));
    Position { x: x.clamp(body.x, last.0), y: y.clamp(body.y, last.1) }
}

/// Makes room. A wide character reaching in from the left loses its half, or it would swallow the frame.
fn clear(area: Rect, buf: &mut Buffer) {
    for y in area.top()..area.bottom() {
        if let Some(left) = area.x.checked_sub(1)
            && let Some(cell) = buf.cell_mut((left, y))
            && cell.cell_width() > 1
        {
            cell.set_symbol(" ").set_diff_option(CellDiffOption::None);
        }
        for x in area.left()..area.right() {
            if let Some(cell) = buf.cell_mut((x, y)) {
                cell.reset();
            }
        }
    }
}
