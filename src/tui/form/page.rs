//! The rows of a form before it is known which of them fit: every field with its label, value and remark.

use std::ops::Range;

use ratatui::style::{Modifier, Style};

use super::field::{Entry, Field, Offer};
use super::sheet::Sheet;
use super::words::{self, is_long};
use crate::domain::workflow::action::{Kind, Need};
use crate::tui::editor::Editor;
use crate::tui::width::Width;
use crate::tui::wrap::wrap;

/// Rows of more cells are tiring to read.
const WIDEST_VALUE: u16 = 77;
/// With less room beside the labels, values stand below them.
const NARROWEST_BESIDE: u16 = 30;
/// Holds the largest amount; the unit stands behind.
const AMOUNT_CELLS: u16 = 18;
/// Where labels begin, behind the mark of the focus.
const LABEL_X: u16 = 2;
/// Where values begin that stand below their label.
const BELOW_X: u16 = 4;

/// A stretch of a row.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub x: u16,
    pub text: String,
    pub style: Style,
}

/// Where the text field being typed in stands.
#[derive(Debug, Clone)]
pub(super) struct Opening<'a> {
    pub editor: &'a Editor,
    pub rows: Range<usize>,
    pub x: u16,
    pub cells: u16,
}

/// The rows of all fields.
#[derive(Debug, Default)]
pub(super) struct Page<'a> {
    pub rows: Vec<Vec<Piece>>,
    /// The rows of the field that has the focus.
    pub focus: Range<usize>,
    /// The text field being typed in.
    pub opening: Option<Opening<'a>>,
    /// The caret's column and row where nothing is being typed.
    pub caret: (u16, usize),
}

/// Where labels and values stand.
#[derive(Debug, Clone, Copy)]
struct Columns {
    label: u16,
    value_x: u16,
    cells: u16,
    beside: bool,
}

/// Lays out all fields in so many cells, one of them having the focus; a text in it takes at most so many rows.
pub(super) fn page(sheet: &Sheet, focus: usize, cells: u16, most_rows: u16) -> Page<'_> {
    let mut page = Page::default();
    let columns = columns(sheet, cells);
    let fold_at = sheet.unfoldable();
    for (index, field) in sheet.fields.iter().enumerate().take(sheet.visible()) {
        if fold_at == Some(index) {
            page.line(LABEL_X, words::UNFOLDED, Style::default());
        }
        page.field(sheet, field, index == focus, columns, most_rows);
    }
    if sheet.fields.is_empty() {
        page.caret = (LABEL_X, 0);
        page.focus = 0..1;
        page.line(LABEL_X, words::NOTHING_ASKED, Style::default());
        if let Some(note) = &sheet.note {
            page.line(LABEL_X, &format!("! {note}"), Style::new().add_modifier(Modifier::BOLD));
        }
    }
    if fold_at.is_some() && sheet.is_folded() {
        if sheet.visible() == 0 {
            page.caret = (LABEL_X, page.rows.len());
            page.focus = page.rows.len()..page.rows.len() + 1;
        }
        page.line(LABEL_X, words::FOLDED, Style::default());
    }
    page
}

fn columns(sheet: &Sheet, cells: u16) -> Columns {
    let labels = sheet.fields.iter().take(sheet.visible()).map(|field| sheet.width.of_str(field.spec.label));
    let label = narrow(labels.max().unwrap_or_default());
    let asks = sheet.fields.iter().take(sheet.visible()).any(|field| field.spec.need != Need::Optional);
    let mark = if asks { narrow(sheet.width.of_str(words::REQUIRED)) + 1 } else { 0 };
    let beside_x = LABEL_X + label + 1 + mark + 1;
    let room = cells.saturating_sub(beside_x);
    match room >= NARROWEST_BESIDE {
        true => Columns { label, value_x: beside_x, cells: room.min(WIDEST_VALUE), beside: true },
        false => {
            let room = cells.saturating_sub(BELOW_X).min(WIDEST_VALUE);
            Columns { label, value_x: BELOW_X, cells: room, beside: false }
        }
    }
}

fn narrow(cells: usize) -> u16 {
    u16::try_from(cells).unwrap_or(u16::MAX)
}

impl<'a> Page<'a> {
    fn line(&mut self, x: u16, text: &str, style: Style) {
        self.rows.push(vec![Piece { x, text: text.to_owned(), style }]);
    }

    fn add(&mut self, row: usize, piece: Piece) {
        while self.rows.len() <= row {
            self.rows.push(Vec::new());
        }
        if let Some(pieces) = self.rows.get_mut(row) {
            pieces.push(piece);
        }
    }

    fn field(&mut self, sheet: &Sheet, field: &'a Field, focused: bool, columns: Columns, most_rows: u16) {
        let first = self.rows.len();
        let lack = sheet.lack(field);
        self.label(sheet.width, field, focused, lack.is_some(), columns);
        let row = if columns.beside { first } else { self.rows.len() };
        if focused {
            // On the first option, which stands between brackets or blanks.
            self.caret = (columns.value_x + 1, row);
        }
        match &field.entry {
            Entry::Text(editor) if focused => {
                let cells = self.unit(sheet.width, field, row, columns);
                let (fewest, most) = if is_long(field.spec.kind) { (3, 8) } else { (1, 3) };
                let wanted = wrap(&editor.text(), cells.saturating_sub(1), sheet.width).rows().len();
                let height = narrow(wanted).clamp(fewest, most).min(most_rows.max(1));
                self.open(editor, row, height, columns.value_x, cells);
            }
            Entry::Text(editor) => {
                let cells = self.unit(sheet.width, field, row, columns);
                let most = if is_long(field.spec.kind) { 3 } else { 2 };
                let text = editor.text();
                self.text(sheet.width, &text, row, most, Columns { cells, ..columns });
            }
            Entry::Choice(choice) => {
                let none = lack.is_none().then_some(choice.value().is_empty());
                self.offers(sheet.width, choice.offers(), none, row, focused, columns);
            }
            Entry::Account(picker) if focused => {
                match picker.chosen_name() {
                    Some(name) => {
                        let behind = narrow(sheet.width.of_str(&name)).min(columns.cells.saturating_sub(1));
                        self.caret = (columns.value_x + behind, row);
                        self.text(sheet.width, &name, row, 1, columns);
                    }
                    None => self.open(picker.filter(), row, 1, columns.value_x, columns.cells),
                }
                let (offers, _) = picker.offers();
                self.offers(sheet.width, offers, None, row + 1, false, columns);
            }
            Entry::Account(picker) => {
                let text = picker.chosen_name().unwrap_or_else(|| picker.value());
                self.text(sheet.width, &text, row, 1, columns);
            }
        }
        self.beneath(sheet, field, focused, lack.is_some(), columns);
        if focused {
            self.focus = first..self.rows.len();
        }
    }

    fn label(&mut self, width: Width, field: &Field, focused: bool, required: bool, columns: Columns) {
        let row = self.rows.len();
        let style = if focused { Style::new().add_modifier(Modifier::REVERSED) } else { Style::new() };
        self.add(row, Piece { x: 0, text: if focused { ">" } else { " " }.to_owned(), style });
        self.add(row, Piece { x: LABEL_X, text: field.spec.label.to_owned(), style });
        if required {
            let behind = if columns.beside { columns.label } else { narrow(width.of_str(field.spec.label)) };
            let style = Style::new().add_modifier(Modifier::BOLD);
            self.add(row, Piece { x: LABEL_X + behind + 1, text: words::REQUIRED.to_owned(), style });
        }
    }

    /// Writes the unit behind an amount and tells how many cells the amount has.
    fn unit(&mut self, width: Width, field: &Field, row: usize, columns: Columns) -> u16 {
        if !matches!(field.spec.kind, Kind::Money | Kind::MoneyOrZero) {
            return columns.cells;
        }
        let cells = columns.cells.saturating_sub(narrow(width.of_str(words::UNIT)) + 1).min(AMOUNT_CELLS);
        let piece = Piece { x: columns.value_x + cells + 1, text: words::UNIT.to_owned(), style: Style::new() };
        self.add(row, piece);
        cells
    }

    fn open(&mut self, editor: &'a Editor, row: usize, height: u16, x: u16, cells: u16) {
        let rows = row..row + usize::from(height);
        while self.rows.len() < rows.end {
            self.rows.push(Vec::new());
        }
        self.opening = Some(Opening { editor, rows, x, cells });
    }

    /// Writes the beginning of a text; `..` tells that it goes on.
    fn text(&mut self, width: Width, text: &str, row: usize, most: usize, columns: Columns) {
        if text.is_empty() {
            return;
        }
        let cells = columns.cells.saturating_sub(1);
        let rows = wrap(text, cells, width);
        let more = rows.rows().len() > most;
        for (offset, mut line) in rows.texts(text, 0, most).into_iter().enumerate() {
            if more && offset + 1 == most {
                line = match width.of_str(&line) + 3 <= usize::from(cells) {
                    true => format!("{line} .."),
                    // Blanks make it too long, so that it is cut and marked.
                    false => width.cut(&format!("{line}   "), usize::from(cells)),
                };
            }
            self.add(row + offset, Piece { x: columns.value_x, text: line, style: Style::new() });
        }
    }

    /// Prints options one behind the other; `none` is whether the option of choosing nothing is chosen.
    fn offers(
        &mut self,
        width: Width,
        offers: Vec<Offer>,
        none: Option<bool>,
        row: usize,
        caret: bool,
        columns: Columns,
    ) {
        let none = none.map(|chosen| Offer { digit: 0, text: words::NONE.to_owned(), chosen });
        let (mut row, mut x) = (row, columns.value_x);
        for offer in offers.into_iter().chain(none) {
            let text = format!("{} {}", offer.digit, offer.text);
            let text = width.cut(&text, usize::from(columns.cells.saturating_sub(2)));
            let cells = narrow(width.of_str(&text)) + 2;
            if x > columns.value_x && x + cells > columns.value_x + columns.cells {
                (row, x) = (row + 1, columns.value_x);
            }
            let (text, style) = match offer.chosen {
                true => (format!("[{text}]"), Style::new().add_modifier(Modifier::BOLD)),
                false => (format!(" {text} "), Style::new()),
            };
            if caret && offer.chosen {
                self.caret = (x + 1, row);
            }
            self.add(row, Piece { x, text, style });
            x += cells + 1;
        }
    }

    /// Writes the problem, or while the field has the focus what it expects.
    fn beneath(&mut self, sheet: &Sheet, field: &Field, focused: bool, required: bool, columns: Columns) {
        let problem = field.problem_shown(sheet.lack(field), focused).map(|found| words::wrong(sheet, field, &found));
        let problem = problem.or_else(|| field.saying(focused));
        let hint = || words::hint(field, required).filter(|_| focused);
        let note = sheet.note.clone().filter(|_| focused);
        let (text, style) = match (note, problem) {
            (Some(note), _) => (format!("! {note}"), Style::new().add_modifier(Modifier::BOLD)),
            (None, Some(problem)) => (format!("! {problem}"), Style::new().add_modifier(Modifier::BOLD)),
            (None, None) => match hint() {
                Some(hint) => (hint, Style::new().add_modifier(Modifier::DIM)),
                None => return,
            },
        };
        let rows = wrap(&text, columns.cells.saturating_sub(1), sheet.width);
        for line in rows.texts(&text, 0, 3) {
            self.line(columns.value_x, &line, style);
        }
    }
}
