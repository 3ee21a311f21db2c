//! What has to be written so that a terminal shows the next frame: only what differs, and never a torn column.
//!
//! Terminals disagree about the width of `“ … — ①` and a good deal else. So the cursor is placed anew behind every
//! character that is not beyond doubt, and the cell behind it is written again even where it did not change: a
//! terminal that took two cells where one was expected has covered it. A wrong guess about the width thus costs half
//! a quotation mark, never a border and never the text behind it.

use std::io::Write;

use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};

/// Begins a frame the terminal shows at once; terminals that do not know it ignore it.
const BEGIN_FRAME: &[u8] = b"\x1b[?2026h\x1b[?25l";
const END_FRAME: &[u8] = b"\x1b[?25h\x1b[?2026l";

/// Rewriting so many unchanged cells is shorter than a jump over them.
const SHORT_GAP: u16 = 6;

/// Knows what the terminal shows.
#[derive(Default)]
pub struct Painter {
    shown: Buffer,
    cursor: Option<(u16, u16)>,
}

impl Painter {
    /// Lets the next frame draw every cell: what the terminal shows is no longer known.
    pub fn forget(&mut self) {
        *self = Painter::default();
    }

    /// Tells what to write so that the terminal shows a frame with its cursor at this place; nothing where it does.
    pub fn paint(&mut self, mut next: Buffer, cursor: (u16, u16)) -> Vec<u8> {
        mark_second_halves(&mut next);
        let mut pen = Pen::default();
        let is_known = self.cursor.is_some() && self.shown.area == next.area;
        if !is_known {
            self.shown = Buffer::empty(next.area);
        }
        for y in next.area.top()..next.area.bottom() {
            paint_row(&mut pen, &self.shown, &next, y);
        }
        if is_known && pen.bytes.is_empty() && self.cursor == Some(cursor) {
            return Vec::new();
        }
        pen.wear(Look::default());
        pen.go(cursor);
        let clear: &[u8] = if is_known { b"" } else { b"\x1b[m\x1b[2J" };
        let bytes = [BEGIN_FRAME, clear, &pen.bytes, END_FRAME].concat();
        self.shown = next;
        self.cursor = Some(cursor);
        bytes
    }
}

/// The cell behind a wide character keeps whatever was there before; without a text it equals others of its kind.
fn mark_second_halves(buffer: &mut Buffer) {
    let Rect { width: columns, .. } = buffer.area;
    for y in buffer.area.top()..buffer.area.bottom() {
        let mut x = 0;
        while x < columns {
            let width = buffer.cell((x, y)).map_or(1, cells_of);
            for behind in x.saturating_add(1)..x.saturating_add(width).min(columns) {
                if let Some(cell) = buffer.cell_mut((behind, y)) {
                    cell.reset();
                    cell.set_symbol("");
                }
            }
            x = x.saturating_add(width);
        }
    }
}

fn cells_of(cell: &Cell) -> u16 {
    cell.cell_width().max(1)
}

fn paint_row(pen: &mut Pen, shown: &Buffer, next: &Buffer, y: u16) {
    let end = next.area.right();
    let differs = |x: u16| shown.cell((x, y)) != next.cell((x, y));
    let is_blank = |x: &u16| next.cell((*x, y)).is_some_and(|cell| *cell == Cell::EMPTY);
    let blank_from = (0..end).rev().take_while(is_blank).last().unwrap_or(end);
    // The cell the character before may have covered.
    let mut is_covered = false;
    let mut x = 0;
    while x < end {
        let Some(cell) = next.cell((x, y)) else { return };
        let width = cells_of(cell);
        let changed = is_covered || (x..x.saturating_add(width)).any(differs);
        if changed && x >= blank_from {
            pen.go((x, y));
            pen.wear(Look::default());
            pen.bytes.extend_from_slice(b"\x1b[K");
            return;
        }
        is_covered = changed && !is_certain(cell.symbol());
        if changed {
            bridge(pen, next, (x, y));
            pen.put((x, y), cell, width);
        }
        x = x.saturating_add(width);
    }
}

/// Writes the few cells between the cursor and a place again, where that is shorter than a jump.
fn bridge(pen: &mut Pen, next: &Buffer, (x, y): (u16, u16)) {
    let Some(from) = pen.at.filter(|(_, row)| *row == y).map(|(column, _)| column) else { return };
    let cells: Vec<(u16, &Cell)> = (from..x).filter_map(|x| Some((x, next.cell((x, y))?))).collect();
    let plain = |(_, cell): &(u16, &Cell)| is_ascii(cell.symbol()) && Look::of(cell) == pen.look;
    if cells.len() <= usize::from(SHORT_GAP) && cells.iter().all(plain) {
        for (x, cell) in cells {
            pen.put((x, y), cell, 1);
        }
    }
}

fn is_ascii(symbol: &str) -> bool {
    matches!(symbol.as_bytes(), [b' '..=b'~'])
}

/// Tells whether every terminal gives a character the same cells: ASCII one, Chinese and its punctuation two.
fn is_certain(symbol: &str) -> bool {
    let mut chars = symbol.chars();
    let (Some(only), None) = (chars.next(), chars.next()) else { return false };
    is_ascii(symbol)
        || matches!(only, '\u{3000}'..='\u{3029}' | '\u{3041}'..='\u{3096}' | '\u{30a0}'..='\u{30ff}')
        || matches!(only, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
        || matches!(only, '\u{ff01}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}')
}

/// How a cell looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Look {
    front: Color,
    back: Color,
    modifier: Modifier,
}

impl Look {
    fn of(cell: &Cell) -> Look {
        Look { front: cell.fg, back: cell.bg, modifier: cell.modifier }
    }
}

/// Writes cells, knowing where the terminal's cursor is and how it writes.
#[derive(Default)]
struct Pen {
    bytes: Vec<u8>,
    /// Where the cursor is, where that is beyond doubt.
    at: Option<(u16, u16)>,
    look: Look,
}

impl Pen {
    fn go(&mut self, place: (u16, u16)) {
        if self.at != Some(place) {
            let (x, y) = place;
            // Writing to memory does not fail.
            let _ = write!(self.bytes, "\x1b[{};{}H", u32::from(y) + 1, u32::from(x) + 1);
            self.at = Some(place);
        }
    }

    fn wear(&mut self, look: Look) {
        if self.look == look {
            return;
        }
        self.look = look;
        let mut codes = String::new();
        let modifiers = [
            (Modifier::BOLD, ";1"),
            (Modifier::DIM, ";2"),
            (Modifier::ITALIC, ";3"),
            (Modifier::UNDERLINED, ";4"),
            (Modifier::REVERSED, ";7"),
        ];
        for (modifier, code) in modifiers {
            if look.modifier.contains(modifier) {
                codes.push_str(code);
            }
        }
        for (color, base) in [(look.front, 30), (look.back, 40)] {
            if let Some(number) = sixteen(color) {
                codes.push_str(&format!(";{}", base + number));
            }
        }
        let _ = write!(self.bytes, "\x1b[{}m", if codes.is_empty() { String::new() } else { format!("0{codes}") });
    }

    fn put(&mut self, (x, y): (u16, u16), cell: &Cell, width: u16) {
        self.go((x, y));
        self.wear(Look::of(cell));
        let is_certain = is_certain(cell.symbol());
        if !is_certain && width > 1 {
            // Where the terminal takes one cell, the other must not keep what was there.
            self.bytes.extend(std::iter::repeat_n(b' ', usize::from(width)));
            self.at = None;
            self.go((x, y));
        }
        self.bytes.extend_from_slice(cell.symbol().as_bytes());
        self.at = is_certain.then(|| (x.saturating_add(width), y));
    }
}

/// Tells the number of one of the sixteen colors a person may have chosen for the terminal; others are not used.
fn sixteen(color: Color) -> Option<u8> {
    Some(match color {
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 60,
        Color::LightRed => 61,
        Color::LightGreen => 62,
        Color::LightYellow => 63,
        Color::LightBlue => 64,
        Color::LightMagenta => 65,
        Color::LightCyan => 66,
        Color::White => 67,
        Color::Reset | Color::Rgb(..) | Color::Indexed(_) => return None,
    })
}
