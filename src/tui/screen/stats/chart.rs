//! Bars beside their numbers, of ASCII alone: `#` what matters, `=` the rest of what it is part of.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::Target;
use crate::domain::money::Money;
use crate::domain::text::clean_line;
use crate::tui::canvas::Canvas;
use crate::tui::width::Width;

/// The narrowest bar that says anything.
const NARROWEST_BAR: usize = 8;
/// The widest bar the eye still compares.
const WIDEST_BAR: usize = 60;

/// A column of numbers.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Its heading.
    pub name: &'static str,
    /// Its cells.
    pub width: usize,
    /// From how many columns of the pane on it is shown.
    pub from: u16,
}

/// What stands right of the numbers.
#[derive(Debug, Clone, PartialEq)]
pub enum Right {
    /// A bar: a part, and the whole it belongs to.
    Bar(i64, i64),
    /// Words.
    Text(String),
}

/// A line that counts something.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// What is counted.
    pub name: String,
    /// The numbers, one for each column.
    pub cells: Vec<String>,
    /// What stands right of them.
    pub right: Right,
    /// What Enter shows.
    pub target: Option<Target>,
    /// Whether it asks for attention.
    pub urgent: bool,
}

/// Lines that belong together.
#[derive(Debug, Clone)]
pub struct Block {
    /// What they count.
    pub title: &'static str,
    /// Their columns.
    pub columns: Vec<Column>,
    /// What the bars mean.
    pub legend: &'static str,
    /// The lines.
    pub entries: Vec<Entry>,
    /// What to know about them; said alone where there is no line.
    pub note: String,
}

/// A line of the pane.
#[derive(Debug, Clone, Copy)]
pub enum Line<'b> {
    /// A heading with the names of the columns.
    Head(&'b Block),
    /// The line of that number among those that count something.
    Entry(&'b Block, &'b Entry, usize),
    /// What to know.
    Note(&'b str),
    /// Nothing.
    Blank,
}

/// Lays blocks out one below the other.
pub fn lines(blocks: &[Block]) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut number = 0;
    for block in blocks {
        if !lines.is_empty() {
            lines.push(Line::Blank);
        }
        lines.push(Line::Head(block));
        for entry in &block.entries {
            lines.push(Line::Entry(block, entry, number));
            number += 1;
        }
        if !block.note.is_empty() {
            lines.push(Line::Note(&block.note));
        }
    }
    lines
}

/// Writes an amount in 万元 in so many cells: exactly where it fits, else rounded and said so.
pub fn wan(amount: Money, cells: usize) -> String {
    const FEN: i64 = 1_000_000;
    let exact = amount.to_string();
    match exact.len() <= cells {
        true => exact,
        false => format!("约{}", (amount.fen() + FEN / 2) / FEN),
    }
}

/// Draws a bar of so many cells for the largest whole.
pub fn bar(part: i64, whole: i64, largest: i64, cells: usize) -> String {
    let scaled = |value: i64| {
        let cells = i128::try_from(cells).unwrap_or(0);
        let exact = (i128::from(value.max(0)) * cells + i128::from(largest) / 2).checked_div(i128::from(largest));
        // What is there at all is seen.
        usize::try_from(exact.unwrap_or(0)).unwrap_or(0).max(usize::from(value > 0))
    };
    let part = scaled(part.min(whole));
    let whole = scaled(whole).max(part);
    format!("{}{}", "#".repeat(part), "=".repeat(whole - part))
}

/// Where things stand in a pane.
pub struct Layout {
    name: usize,
    pane: u16,
}

impl Layout {
    /// Lays a pane out.
    pub fn of(area: Rect) -> Layout {
        let name = match area.width {
            0..70 => 18,
            70..110 => 24,
            110..150 => 36,
            _ => 48,
        };
        Layout { name, pane: area.width }
    }

    fn columns<'b>(&self, block: &'b Block) -> impl Iterator<Item = (usize, &'b Column)> {
        let pane = self.pane;
        block.columns.iter().enumerate().filter(move |(_, column)| column.from <= pane)
    }

    fn line(&self, width: Width, name: &str, block: &Block, cell: impl Fn(usize, &Column) -> String) -> String {
        let mut text = width.pad(&clean_line(name), self.name);
        for (at, column) in self.columns(block) {
            text.push(' ');
            text.push_str(&width.pad_left(&cell(at, column), column.width));
        }
        text
    }

    /// Draws a line; tells whether it is the one the cursor is on.
    pub fn draw(&self, canvas: &mut Canvas<'_>, area: Rect, row: u16, line: Line<'_>, at: usize) -> bool {
        match line {
            Line::Blank => false,
            Line::Note(text) => {
                canvas.line(area, row, &format!("  {text}"), canvas.theme.plain());
                false
            }
            Line::Head(block) => {
                let text = self.line(canvas.width, block.title, block, |_, column| column.name.to_owned());
                let text = if block.entries.is_empty() { block.title.to_owned() } else { text };
                let x = canvas.line(area, row, &format!("  {text}"), canvas.theme.heading());
                let rest = Rect { x, width: area.right().saturating_sub(x), ..area };
                if canvas.width.of_str(block.legend) + 2 <= usize::from(rest.width) {
                    canvas.line(rest, row, &format!("  {}", block.legend), canvas.theme.plain());
                }
                false
            }
            Line::Entry(block, entry, number) => {
                let cell = |at: usize, _: &Column| entry.cells.get(at).cloned().unwrap_or_default();
                let text = self.line(canvas.width, &entry.name, block, cell);
                let style = if entry.urgent { canvas.theme.warning() } else { canvas.theme.plain() };
                let x = canvas.line(area, row, &format!("  {text}"), style);
                self.draw_right(
                    canvas,
                    Rect { x, width: area.right().saturating_sub(x), ..area },
                    row,
                    block,
                    entry,
                    style,
                );
                if number == at {
                    let head = u16::try_from(self.name + 2).unwrap_or(area.width).min(area.width);
                    let name = canvas.width.cut(&clean_line(&entry.name), self.name);
                    canvas.bar(Rect { width: head, ..area }, row, &format!("> {name}"), canvas.theme.focus());
                }
                number == at
            }
        }
    }

    fn draw_right(&self, canvas: &mut Canvas<'_>, rest: Rect, row: u16, block: &Block, entry: &Entry, style: Style) {
        let room = usize::from(rest.width).saturating_sub(3).min(WIDEST_BAR);
        let text = match &entry.right {
            Right::Text(text) => canvas.width.cut(&clean_line(text), usize::from(rest.width).saturating_sub(3)),
            Right::Bar(..) if room < NARROWEST_BAR => return,
            Right::Bar(part, whole) => {
                let wholes = block.entries.iter().filter_map(|entry| match entry.right {
                    Right::Bar(_, whole) => Some(whole),
                    Right::Text(_) => None,
                });
                bar(*part, *whole, wholes.max().unwrap_or(0), room)
            }
        };
        canvas.line(rest, row, &format!("  {text}"), style);
    }
}

#[cfg(test)]
mod unit_tests {
    use super::*;

    #[test]
    fn a_bar_is_as_long_as_its_share_and_what_is_there_at_all_is_seen() {
        assert_eq!(bar(0, 10, 10, 10), "==========");
        assert_eq!(bar(5, 10, 10, 10), "#####=====");
        assert_eq!(bar(10, 10, 20, 10), "#####");
        assert_eq!(bar(1, 1000, 1000, 10), "#=========");
        assert_eq!(bar(0, 1, 1000, 10), "=");
        assert_eq!((bar(0, 0, 0, 10).as_str(), bar(0, 0, 9, 10).as_str()), ("", ""));
        assert_eq!(bar(i64::MAX, i64::MAX, i64::MAX, 60).len(), 60);
    }

    #[test]
    fn an_amount_that_does_not_fit_is_rounded_and_says_so() {
        assert_eq!(wan(Money::from_wan(268), 10), "268.00");
        assert_eq!(wan(Money::from_fen(123_456_789_012).unwrap(), 10), "约123457");
    }
}
