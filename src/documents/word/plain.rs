//! A document as lines of text: what a terminal shows before the paper is issued, and what scripts read.

use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};
use unicode_width::UnicodeWidthStr;

use super::frame::DRAFT;
use super::model::{Align, Block, Cell, Document, Indent, Paragraph, Row, Signature, Table};
use crate::domain::text::clean_text;

/// The narrowest a text is laid out; a narrower place shows lines that are too long for it.
const NARROWEST: usize = 20;
/// The fewest cells of a column, two characters; with less, a table is told cell by cell.
const NARROWEST_COLUMN: usize = 4;

/// Lays a document out in lines of so many cells.
pub fn lines(document: &Document, width: usize) -> Vec<String> {
    let width = width.max(NARROWEST);
    let mut page = Page { width, lines: Vec::new() };
    for (place, section) in document.sections.iter().enumerate() {
        if place > 0 {
            page.push("");
            page.push(&"=".repeat(width));
        }
        if section.is_draft {
            page.push(&aligned(&format!("【{DRAFT}】"), Align::Right, width));
        }
        section.blocks.iter().for_each(|block| page.block(block));
        if !section.foot.is_empty() {
            page.push("");
            page.wrapped(&section.foot, "", Align::Left);
        }
    }
    page.lines
}

struct Page {
    width: usize,
    lines: Vec<String>,
}

impl Page {
    fn push(&mut self, line: &str) {
        self.lines.push(line.trim_end().to_owned());
    }

    fn wrapped(&mut self, text: &str, indent: &str, align: Align) {
        for line in wrapped(text, indent, self.width) {
            self.push(&aligned(&line, align, self.width));
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Title(lines) => {
                self.push("");
                lines.iter().for_each(|line| self.wrapped(line, "", Align::Center));
                self.push("");
            }
            Block::Heading(_, text) => {
                self.push("");
                self.wrapped(text, "    ", Align::Left);
            }
            Block::Paragraph(it) => self.paragraph(it),
            Block::Table(it) => self.table(it),
            Block::Signatures(lines) => {
                self.push("");
                lines.iter().for_each(|it| self.signature(it));
            }
        }
    }

    fn paragraph(&mut self, it: &Paragraph) {
        let (indent, align) = match it.indent {
            Indent::First => ("    ", it.align),
            Indent::None => ("", it.align),
            Indent::Right => ("", Align::Right),
        };
        self.wrapped(&it.text(), indent, align);
    }

    fn signature(&mut self, it: &Signature) {
        let role = format!("    {}：", it.role);
        let blank = "_".repeat(self.width.saturating_sub(role.width()).min(20));
        self.wrapped(&format!("{role}{blank} {}", it.note), "", Align::Left);
    }

    fn table(&mut self, table: &Table) {
        let columns = columns(table, self.width);
        if columns.iter().any(|cells| *cells < NARROWEST_COLUMN) && table.shares.len() > 1 {
            return table.rows.iter().for_each(|row| self.told(row, table));
        }
        let mut edge = String::new();
        for row in &table.rows {
            let laid = laid_out(row, &columns);
            // A line between two rows has a corner wherever either has an edge.
            let own = rule(row, &columns);
            self.push(&joined(&edge, &own));
            laid.iter().for_each(|line| self.lines.push(line.clone()));
            edge = own;
        }
        self.push(&edge);
    }

    /// Tells a row where there is no room for columns.
    fn told(&mut self, row: &Row, table: &Table) {
        if table.head > 0 && table.rows.first() == Some(row) {
            return;
        }
        let heads = table.rows.first().filter(|heads| table.head > 0 && heads.cells.len() == row.cells.len());
        self.push("");
        let mut column = 0;
        for cell in &row.cells {
            let head = heads.and_then(|heads| heads.cells.get(column)).map(text_of).unwrap_or_default();
            let said = text_of(cell);
            let line = if head.is_empty() { said } else { format!("{head}：{said}") };
            self.wrapped(&line, "", Align::Left);
            column += cell.span;
        }
    }
}

fn text_of(cell: &Cell) -> String {
    cell.paragraphs.iter().map(Paragraph::text).collect::<Vec<_>>().join("\n")
}

/// Wraps a text: no line begins with a closing mark nor ends with an opening one.
fn wrapped(text: &str, indent: &str, width: usize) -> Vec<String> {
    let options = Options::new(width)
        .initial_indent(indent)
        .word_separator(WordSeparator::UnicodeBreakProperties)
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit);
    let text = clean_text(text);
    text.split('\n').flat_map(|line| textwrap::wrap(line, &options)).map(std::borrow::Cow::into_owned).collect()
}

fn aligned(line: &str, align: Align, width: usize) -> String {
    let rest = width.saturating_sub(line.width());
    match align {
        Align::Both | Align::Left => line.to_owned(),
        Align::Center => format!("{}{line}", " ".repeat(rest / 2)),
        Align::Right => format!("{}{line}", " ".repeat(rest)),
    }
}

/// Shares the cells of a line among the columns; a line and a blank stand between each and its text.
fn columns(table: &Table, width: usize) -> Vec<usize> {
    let room = width.saturating_sub(table.shares.len() * 3 + 1);
    let whole = table.shares.iter().sum::<u32>().max(1) as usize;
    let (mut before, mut used) = (0, 0);
    let shares = table.shares.iter().map(|share| {
        before += *share as usize;
        let edge = before * room / whole;
        let cells = edge - used;
        used = edge;
        cells
    });
    shares.collect()
}

/// Tells the cells of a row's columns, those that are spanned taken together.
fn spans(row: &Row, columns: &[usize]) -> Vec<usize> {
    let mut column = 0;
    let cells = row.cells.iter().map(|cell| {
        let spanned = columns.iter().skip(column).take(cell.span);
        column += cell.span;
        spanned.sum::<usize>() + cell.span.saturating_sub(1) * 3
    });
    cells.collect()
}

fn rule(row: &Row, columns: &[usize]) -> String {
    let parts: Vec<String> = spans(row, columns).into_iter().map(|cells| "-".repeat(cells + 2)).collect();
    format!("+{}+", parts.join("+"))
}

fn joined(above: &str, below: &str) -> String {
    match above.is_empty() {
        true => below.to_owned(),
        false => above.chars().zip(below.chars()).map(|(a, b)| if a == '+' || b == '+' { '+' } else { a }).collect(),
    }
}

fn laid_out(row: &Row, columns: &[usize]) -> Vec<String> {
    let widths = spans(row, columns);
    let cells: Vec<Vec<String>> = row.cells.iter().zip(&widths).map(|(cell, cells)| cell_lines(cell, *cells)).collect();
    let height = cells.iter().map(Vec::len).max().unwrap_or_default();
    let line = |place: usize| {
        let one = |(cell, width): (&Vec<String>, &usize)| {
            let text = cell.get(place).map(String::as_str).unwrap_or_default();
            format!(" {text}{} ", " ".repeat(width.saturating_sub(text.width())))
        };
        format!("|{}|", cells.iter().zip(&widths).map(one).collect::<Vec<_>>().join("|"))
    };
    (0..height).map(line).collect()
}

fn cell_lines(cell: &Cell, cells: usize) -> Vec<String> {
    let one = |it: &Paragraph| {
        let lines = wrapped(&it.text(), "", cells).into_iter();
        lines.map(|line| aligned(line.trim_end(), it.align, cells)).collect::<Vec<_>>()
    };
    cell.paragraphs.iter().flat_map(one).collect()
}
