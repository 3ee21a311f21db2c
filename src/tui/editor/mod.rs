//! A text field without modes: what is typed is the text.
//!
//! `tui_textarea` keeps the lines, the caret and what can be undone. Rows, scrolling and the caret's cell come
//! from [`wrap`], because the crate's own wrapping knows no 禁则, forgets the column when the caret passes a
//! short line, and takes Home and End for the ends of a whole paragraph. Its key table is not used at all: its
//! Ctrl-W deletes a Chinese paragraph as one word.

#[cfg(test)]
mod tests;

use std::cell::Cell;

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use tui_textarea::{CursorMove, TextArea};

use super::width::Width;
use super::wrap::{Row, Rows, wrap};
use crate::domain::text::{clean_line, clean_text, is_forbidden};

/// One step per typed character; 50, the default, would be a sentence.
const UNDO_STEPS: usize = 10_000;
/// The buffer addresses the caret with 16 bits.
const LONGEST_TEXT: usize = 60_000;

/// What a field accepts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    chars: usize,
    single_line: bool,
}

impl Limits {
    /// A field of one line and at most so many characters.
    pub const fn line(chars: usize) -> Limits {
        Limits { chars, single_line: true }
    }

    /// A field of any number of lines and at most so many characters, line breaks included.
    pub const fn text(chars: usize) -> Limits {
        Limits { chars, single_line: false }
    }
}

/// What a key did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Handled {
    /// The text changed.
    Changed,
    /// The caret moved.
    Moved,
    /// Nothing more fits; the limit in characters.
    Full(usize),
    /// Nothing; the key may mean something elsewhere.
    Ignored,
}

impl Handled {
    /// Tells what the message line should say, if anything.
    pub fn message(self) -> Option<String> {
        match self {
            Handled::Full(limit) => Some(format!("已满 {limit} 字，请先删减再输入")),
            Handled::Changed | Handled::Moved | Handled::Ignored => None,
        }
    }
}

/// What became of a pasted text, in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pasted {
    /// Now in the field.
    pub inserted: usize,
    /// Taken out because nobody can see them.
    pub removed: usize,
    /// Left out because the field was full.
    pub cut: usize,
}

impl Pasted {
    /// Tells what the message line should say, if not everything was taken as it was.
    pub fn message(self) -> Option<String> {
        let removed = (self.removed > 0).then(|| format!("去掉 {} 个不可见字符", self.removed));
        let cut = (self.cut > 0).then(|| format!("超出字数上限，末尾 {} 字未粘贴", self.cut));
        let parts: Vec<String> = removed.into_iter().chain(cut).collect();
        (!parts.is_empty()).then(|| format!("已粘贴 {} 字；{}", self.inserted, parts.join("；")))
    }
}

/// The window onto the text as last drawn: the next picture and the vertical keys depend on it.
#[derive(Debug, Clone, Copy)]
struct Seen {
    cells: u16,
    height: u16,
    top: usize,
}

/// A text field.
#[derive(Debug, Clone)]
pub struct Editor {
    buffer: TextArea<'static>,
    limits: Limits,
    width: Width,
    /// The column the caret returns to after passing shorter rows.
    goal: Option<u16>,
    /// After End on a row that goes on below, the caret is shown behind its last character.
    behind_row: bool,
    seen: Cell<Seen>,
}

impl Editor {
    /// Opens a field holding a text, the caret at its end. A text longer than the limit stays whole.
    pub fn new(text: &str, limits: Limits) -> Editor {
        let limits = Limits { chars: limits.chars.min(LONGEST_TEXT), ..limits };
        let mut editor = Editor {
            buffer: TextArea::default(),
            limits,
            width: Width::default(),
            goal: None,
            behind_row: false,
            seen: Cell::new(Seen { cells: 76, height: 10, top: 0 }),
        };
        editor.set_text(text);
        editor
    }

    /// Measures as the terminal in use does.
    pub fn with_width(mut self, width: Width) -> Editor {
        self.width = width;
        self
    }

    /// Gives the text, lines parted by `\n`.
    pub fn text(&self) -> String {
        self.buffer.lines().join("\n")
    }

    /// Replaces the text; what was before cannot be brought back by undo.
    pub fn set_text(&mut self, text: &str) {
        let text = self.cleaned(text);
        self.buffer = TextArea::new(text.split('\n').map(str::to_owned).collect());
        self.buffer.set_max_histories(UNDO_STEPS);
        self.move_to(usize::MAX);
    }

    /// Tells how many characters stand before the caret.
    pub fn caret_offset(&self) -> usize {
        let (row, column) = (self.buffer.cursor().0, self.buffer.cursor().1);
        self.buffer.lines().iter().take(row).map(|line| line.chars().count() + 1).sum::<usize>() + column
    }

    /// Puts the caret behind so many characters, or at the end.
    pub fn set_caret_offset(&mut self, offset: usize) {
        self.move_to(offset);
    }

    /// Takes a key.
    pub fn handle(&mut self, key: KeyEvent) -> Handled {
        if key.kind == KeyEventKind::Release {
            return Handled::Ignored;
        }
        let foreign = KeyModifiers::ALT | KeyModifiers::SUPER | KeyModifiers::META | KeyModifiers::HYPER;
        if key.modifiers.intersects(foreign) {
            return Handled::Ignored;
        }
        if key.modifiers.contains(KeyModifiers::CONTROL) {
            return match key.code {
                // Some terminals send these for Backspace and Enter.
                KeyCode::Char('h') => self.delete_back(),
                KeyCode::Char('j' | 'm') => self.new_line(),
                KeyCode::Char('u') => self.delete_in_row(true),
                KeyCode::Char('k') => self.delete_in_row(false),
                KeyCode::Char('z') => self.time_travel(TextArea::undo),
                KeyCode::Char('y') => self.time_travel(TextArea::redo),
                _ => Handled::Ignored,
            };
        }
        match key.code {
            KeyCode::Char(c) => self.type_char(c),
            KeyCode::Enter => self.new_line(),
            KeyCode::Backspace => self.delete_back(),
            KeyCode::Delete => self.delete_ahead(),
            KeyCode::Left => self.moved(|rows, at| rows.previous_stop(at)),
            KeyCode::Right => self.moved(|rows, at| rows.next_stop(at)),
            KeyCode::Up => self.move_rows(-1),
            KeyCode::Down => self.move_rows(1),
            KeyCode::PageUp => self.move_rows(-self.page()),
            KeyCode::PageDown => self.move_rows(self.page()),
            KeyCode::Home => {
                let start = self.row().start;
                self.moved(|_, _| start)
            }
            KeyCode::End => {
                let end = self.row().end;
                let handled = self.moved(|_, _| end);
                self.behind_row = true;
                handled
            }
            _ => Handled::Ignored,
        }
    }

    /// Inserts a pasted text, cleaned and cut to what fits, as one step of undo.
    pub fn paste(&mut self, text: &str) -> Pasted {
        let cleaned = self.cleaned(text);
        let whole = cleaned.chars().count();
        let room = self.limits.chars.saturating_sub(self.length());
        let taken: String = cleaned.chars().take(room).collect();
        let inserted = taken.chars().count();
        if inserted > 0 {
            self.settle();
            self.buffer.insert_str(taken);
        }
        // Line breaks and tabs are controls too, but they are kept in one form or another.
        let kept = |c: char| matches!(c, '\t' | '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}');
        let removed = text.chars().filter(|c| is_forbidden(*c) && !kept(*c)).count();
        Pasted { inserted, removed, cut: whole - inserted }
    }

    /// Draws the text. The last column stays free: a caret behind a full row stands there.
    pub fn render(&self, area: Rect, buf: &mut Buffer) {
        let Some((rows, seen)) = self.laid_out(area) else {
            return;
        };
        self.seen.set(seen);
        let texts = rows.texts(&self.text(), seen.top, usize::from(area.height));
        for (y, text) in (area.top()..area.bottom()).zip(texts) {
            self.width.draw(buf, (area.x, y), &text, seen.cells, Style::default());
        }
    }

    /// Tells the cell for the terminal's own cursor, where an input method opens its window.
    pub fn cursor_position(&self, area: Rect) -> (u16, u16) {
        let Some((rows, seen)) = self.laid_out(area) else {
            return (area.x, area.y);
        };
        let (row, column) = self.caret_cell(&rows);
        let down = u16::try_from(row.saturating_sub(seen.top)).unwrap_or_default();
        let rightmost = area.right().saturating_sub(1);
        (area.x.saturating_add(column).min(rightmost), area.y.saturating_add(down))
    }

    fn cleaned(&self, text: &str) -> String {
        if self.limits.single_line { clean_line(text).into_owned() } else { clean_text(text).into_owned() }
    }

    fn length(&self) -> usize {
        let lines = self.buffer.lines();
        lines.iter().map(|line| line.chars().count()).sum::<usize>() + lines.len().saturating_sub(1)
    }

    /// Wraps for an area and scrolls just far enough to keep the caret in it; `None` where there is no room.
    fn laid_out(&self, area: Rect) -> Option<(Rows, Seen)> {
        let cells = area.width.checked_sub(1).filter(|cells| *cells > 0 && area.height > 0)?;
        let rows = wrap(&self.text(), cells, self.width);
        let (caret, _) = self.caret_cell(&rows);
        let height = usize::from(area.height);
        let lowest = rows.rows().len().saturating_sub(height);
        let top = self.seen.get().top.min(lowest).min(caret).max((caret + 1).saturating_sub(height));
        Some((rows, Seen { cells, height: area.height, top }))
    }

    fn rows(&self) -> Rows {
        wrap(&self.text(), self.seen.get().cells, self.width)
    }

    fn caret_cell(&self, rows: &Rows) -> (usize, u16) {
        let offset = self.caret_offset();
        let (row, column) = rows.caret_cell(offset);
        let above = row.checked_sub(1).and_then(|above| rows.rows().get(above).map(|row| (above, row)));
        match above {
            Some((above, ended)) if self.behind_row && ended.end == offset => (above, ended.width),
            _ => (row, column),
        }
    }

    /// Tells the row the caret stands in.
    fn row(&self) -> Row {
        let rows = self.rows();
        let (row, _) = self.caret_cell(&rows);
        rows.rows().get(row).copied().unwrap_or(Row { start: 0, end: 0, width: 0 })
    }

    fn page(&self) -> isize {
        isize::try_from(self.seen.get().height.saturating_sub(1).max(1)).unwrap_or(1)
    }

    /// Forgets what only vertical movement and End remember.
    fn settle(&mut self) {
        self.goal = None;
        self.behind_row = false;
    }

    fn move_to(&mut self, offset: usize) {
        self.settle();
        let lines = self.buffer.lines();
        let mut left = offset;
        let mut place = (lines.len().saturating_sub(1), usize::MAX);
        for (row, line) in lines.iter().enumerate() {
            let length = line.chars().count();
            if left <= length {
                place = (row, left);
                break;
            }
            left -= length + 1;
        }
        let narrow = |number: usize| u16::try_from(number).unwrap_or(u16::MAX);
        self.buffer.move_cursor(CursorMove::Jump(narrow(place.0), narrow(place.1)));
    }

    fn moved(&mut self, to: impl Fn(&Rows, usize) -> usize) -> Handled {
        let to = to(&self.rows(), self.caret_offset());
        self.move_to(to);
        Handled::Moved
    }

    fn move_rows(&mut self, by: isize) -> Handled {
        let rows = self.rows();
        let (row, column) = self.caret_cell(&rows);
        let goal = self.goal.unwrap_or(column);
        let last = rows.rows().len().saturating_sub(1);
        self.move_to(rows.offset_at(row.saturating_add_signed(by).min(last), goal));
        self.goal = Some(goal);
        Handled::Moved
    }

    fn type_char(&mut self, c: char) -> Handled {
        if is_forbidden(c) {
            return Handled::Ignored;
        }
        if self.length() >= self.limits.chars {
            return Handled::Full(self.limits.chars);
        }
        self.settle();
        self.buffer.insert_char(c);
        Handled::Changed
    }

    fn new_line(&mut self) -> Handled {
        if self.limits.single_line {
            return Handled::Ignored;
        }
        if self.length() >= self.limits.chars {
            return Handled::Full(self.limits.chars);
        }
        self.settle();
        self.buffer.insert_newline();
        Handled::Changed
    }

    fn delete_back(&mut self) -> Handled {
        let at = self.caret_offset();
        self.delete(self.rows().previous_stop(at), at)
    }

    fn delete_ahead(&mut self) -> Handled {
        let at = self.caret_offset();
        self.delete(at, self.rows().next_stop(at))
    }

    /// Deletes from the caret to the beginning or the end of its row.
    fn delete_in_row(&mut self, back: bool) -> Handled {
        let at = self.caret_offset();
        let row = self.row();
        if back { self.delete(row.start, at) } else { self.delete(at, row.end) }
    }

    fn delete(&mut self, from: usize, to: usize) -> Handled {
        if from >= to {
            return Handled::Ignored;
        }
        self.move_to(from);
        self.buffer.delete_str(to - from);
        Handled::Changed
    }

    fn time_travel(&mut self, step: impl Fn(&mut TextArea<'static>) -> bool) -> Handled {
        self.settle();
        if step(&mut self.buffer) { Handled::Changed } else { Handled::Ignored }
    }
}
