//! Where the lines of a text break, by cells and with 禁则: the same rows for drawing, caret and height.
//!
//! A row never exceeds its cells. No row begins with a closing mark (`，。）》”…`) and none ends with an opening
//! one (`（《“`); Latin words and numbers stay whole unless longer than a row. Where a row is full at a blank
//! between words, the blank is left out like a line break.

#[cfg(test)]
mod tests;

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::width::Width;

/// Fewer cells cannot hold the widest character beside another one; narrower asks are widened to this.
const FEWEST_CELLS: u16 = 4;

/// One row on the screen: a stretch of the text in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// The first character.
    pub start: usize,
    /// The end; a line break or blank left out stands here, or the next row begins.
    pub end: usize,
    /// The cells the row takes.
    pub width: u16,
}

/// The rows of a text, and where each of its characters stands in them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rows {
    rows: Vec<Row>,
    /// For every offset, the end included: its column within its row.
    columns: Vec<u16>,
    /// For every offset: whether a caret may stand there, that is, between graphemes.
    stops: Vec<bool>,
}

/// What a reader takes for one character.
#[derive(Clone, Copy)]
struct Unit {
    start: usize,
    end: usize,
    width: u16,
    first: char,
    last: char,
}

impl Unit {
    /// Tells whether this is a blank between words, without anything joined to it.
    fn is_blank(&self) -> bool {
        self.first == ' ' && self.end == self.start + 1
    }
}

/// Breaks a text of any number of lines into rows of at most so many cells. There is always at least one row.
pub fn wrap(text: &str, cells: u16, width: Width) -> Rows {
    let cells = cells.max(FEWEST_CELLS);
    let length = text.chars().count();
    let mut rows = Rows { rows: Vec::new(), columns: vec![0; length + 1], stops: vec![false; length + 1] };
    let mut start = 0;
    for line in text.split('\n') {
        let units = units(line, start, cells, width);
        let end = units.last().map_or(start, |unit| unit.end);
        break_line(&units, (start, end), cells, &mut rows);
        start = end + 1;
    }
    rows
}

fn units(line: &str, start: usize, cells: u16, width: Width) -> Vec<Unit> {
    let mut units = Vec::new();
    let mut at = start;
    let mut push = |piece: &str| {
        let (mut chars, mut last) = (piece.chars(), piece.chars());
        if let (Some(first), Some(last)) = (chars.next(), last.next_back()) {
            let end = at + piece.chars().count();
            units.push(Unit { start: at, end, width: width.of_grapheme(piece), first, last });
            at = end;
        }
    };
    for grapheme in line.graphemes(true) {
        if width.of_grapheme(grapheme) <= cells {
            push(grapheme);
        } else {
            // A made-up cluster wider than the whole row.
            let mut bytes = [0; 4];
            grapheme.chars().for_each(|c| push(c.encode_utf8(&mut bytes)));
        }
    }
    units
}

fn break_line(units: &[Unit], (start, end): (usize, usize), cells: u16, rows: &mut Rows) {
    let mut from = 0;
    loop {
        let fits = from + fitting(units.get(from..).unwrap_or_default(), cells);
        let (to, next) = match fits < units.len() {
            true => break_point(units, from, fits, cells),
            false => (units.len(), units.len()),
        };
        let row = units.get(from..to).unwrap_or_default();
        let row_start = units.get(from).map_or(end, |unit| unit.start).max(start);
        rows.push(row, row_start);
        // A blank left out at the very end still has a place behind it, on a row of its own.
        if next >= units.len() && to == next {
            return;
        }
        from = next;
    }
}

/// Counts the units that fit into so many cells.
fn fitting(units: &[Unit], cells: u16) -> usize {
    let mut used = 0u16;
    units
        .iter()
        .take_while(|unit| {
            used = used.saturating_add(unit.width);
            used <= cells
        })
        .count()
}

/// Tells where the row that begins at `from` ends and where the next begins; the units up to `full` fit.
fn break_point(units: &[Unit], from: usize, full: usize, cells: u16) -> (usize, usize) {
    let pair = |at: usize| Some((units.get(at.checked_sub(1)?)?, units.get(at)?));
    let keeps_marks = |at: usize| pair(at).is_some_and(|(before, after)| marks_allow(before, after));
    let keeps_words = |at: usize| pair(at).is_some_and(|(before, after)| words_allow(before, after));
    let next_is_fine = units.get(full + 1).is_none_or(|unit| !is_closing(unit.first));
    if full > from && units.get(full).is_some_and(Unit::is_blank) && next_is_fine {
        return (full, full + 1);
    }
    // Nothing keeps a token longer than a row whole; moving it down would only waste the rest of this row.
    let token = latin_token(units, full);
    let token_width: u32 = units.get(token.clone()).unwrap_or_default().iter().map(|u| u32::from(u.width)).sum();
    let in_token = (token.start < full && token_width > u32::from(cells)).then(|| {
        let lowest = token.start.max(from);
        (lowest + 1..=full).rev().find(|at| keeps_marks(*at)).unwrap_or(full)
    });
    let at = in_token
        .or_else(|| (from + 1..=full).rev().find(|at| keeps_marks(*at) && keeps_words(*at)))
        .or_else(|| (from + 1..=full).rev().find(|at| keeps_marks(*at)))
        .unwrap_or(full.max(from + 1));
    (at, at)
}

/// Finds the Latin word or number around a place.
fn latin_token(units: &[Unit], at: usize) -> Range<usize> {
    let latin = |at: usize| units.get(at).is_some_and(|unit| is_latin(unit.first));
    let start = (0..at).rev().take_while(|before| latin(*before)).last().unwrap_or(at);
    let end = (at..units.len()).take_while(|at| latin(*at)).last().map_or(at, |last| last + 1);
    start..end
}

fn marks_allow(before: &Unit, after: &Unit) -> bool {
    let within_dash = before.last == '—' && after.first == '—';
    !is_closing(after.first) && !is_opening(before.last) && !within_dash
}

fn words_allow(before: &Unit, after: &Unit) -> bool {
    after.first != ' ' && !(is_latin(before.last) && is_latin(after.first))
}

/// Tells whether a character belongs to Latin words, numbers and codes such as `ISO9001`, `2027-0012`, `486.0`.
fn is_latin(c: char) -> bool {
    c.is_ascii_graphic() || (c.is_alphanumeric() && (c as u32) < 0x2E80)
}

/// Tells whether a mark must not begin a row.
fn is_closing(c: char) -> bool {
    matches!(
        c,
        ',' | '.'
            | ';'
            | ':'
            | '!'
            | '?'
            | ')'
            | ']'
            | '}'
            | '%'
            | '，'
            | '。'
            | '、'
            | '；'
            | '：'
            | '！'
            | '？'
            | '…'
            | '·'
            | '～'
            | '）'
            | '》'
            | '〉'
            | '」'
            | '』'
            | '】'
            | '〕'
            | '〗'
            | '］'
            | '｝'
            | '”'
            | '’'
            | '％'
            | '‰'
            | '℃'
    )
}

/// Tells whether a mark must not end a row.
fn is_opening(c: char) -> bool {
    matches!(
        c,
        '(' | '['
            | '{'
            | '（'
            | '《'
            | '〈'
            | '「'
            | '『'
            | '【'
            | '〔'
            | '〖'
            | '［'
            | '｛'
            | '“'
            | '‘'
            | '￥'
            | '¥'
    )
}

impl Rows {
    fn push(&mut self, units: &[Unit], start: usize) {
        let mut column = 0u16;
        for unit in units {
            for offset in unit.start..unit.end {
                self.place(offset, column, offset == unit.start);
            }
            column = column.saturating_add(unit.width);
        }
        let end = units.last().map_or(start, |unit| unit.end);
        // The next row takes this over where it begins right here.
        self.place(end, column, true);
        self.rows.push(Row { start, end, width: column });
    }

    fn place(&mut self, offset: usize, column: u16, stop: bool) {
        if let (Some(place), Some(stops)) = (self.columns.get_mut(offset), self.stops.get_mut(offset)) {
            *place = column;
            *stops = stop;
        }
    }

    /// Lists the rows, never none.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Tells the length of the text in characters.
    pub fn text_length(&self) -> usize {
        self.columns.len().saturating_sub(1)
    }

    /// Tells the row and column of a caret before the character at `offset`. At a break within a line it stands
    /// at the beginning of the lower row.
    pub fn caret_cell(&self, offset: usize) -> (usize, u16) {
        let offset = offset.min(self.text_length());
        let row = self.rows.partition_point(|row| row.start <= offset).saturating_sub(1);
        (row, self.columns.get(offset).copied().unwrap_or_default())
    }

    /// Tells the offset of the caret in a row at a column, or as far to the left as a caret can stand.
    pub fn offset_at(&self, row: usize, column: u16) -> usize {
        let row = row.min(self.rows.len().saturating_sub(1));
        let Some(Row { start, end, .. }) = self.rows.get(row).copied() else {
            return 0;
        };
        // The end of a row that goes on right below belongs to the row below.
        let ends_here = self.rows.get(row + 1).is_none_or(|next| next.start > end);
        let end = if ends_here { end } else { end.saturating_sub(1) };
        let fits = |offset: &usize| self.is_stop(*offset) && self.columns.get(*offset).is_some_and(|c| *c <= column);
        (start..=end).rev().find(fits).unwrap_or(start)
    }

    fn is_stop(&self, offset: usize) -> bool {
        self.stops.get(offset).copied().unwrap_or_default()
    }

    /// Tells the next place of the caret, one grapheme on; the end of the text stays.
    pub fn next_stop(&self, offset: usize) -> usize {
        let length = self.text_length();
        (offset + 1..=length).find(|offset| self.is_stop(*offset)).unwrap_or(length)
    }

    /// Tells the place of the caret one grapheme back; the beginning stays.
    pub fn previous_stop(&self, offset: usize) -> usize {
        (0..offset.min(self.text_length() + 1)).rev().find(|offset| self.is_stop(*offset)).unwrap_or(0)
    }

    /// Gives what stands in so many rows from one on, `text` being what was wrapped.
    pub fn texts(&self, text: &str, from: usize, count: usize) -> Vec<String> {
        let mut chars = text.chars();
        let mut at = 0;
        let shown = self.rows.iter().skip(from).take(count);
        shown
            .map(|row| {
                chars.by_ref().take(row.start - at).for_each(drop);
                at = row.end;
                chars.by_ref().take(row.end - row.start).collect()
            })
            .collect()
    }
}
