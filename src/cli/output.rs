//! What the command line prints: one JSON document, or sentences and tables in Chinese.
//!
//! Everything passes [`harmless`] or [`harmless_json`] last, because a row in the database may have been written by
//! other hands and a terminal would obey what stands in it.

use std::io::{self, Write};

use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use super::failure::Failure;
use crate::domain::text::{clean_line, clean_text, is_forbidden};
use crate::wording::rounds::Line;

/// What a command answers, for scripts and for people.
#[derive(Debug, Clone)]
pub struct Report {
    /// The JSON document.
    pub document: Value,
    /// The same in Chinese.
    pub text: String,
    /// The exit code; 0 unless the answer itself is bad news, such as a broken log.
    pub exit: u8,
}

impl Report {
    /// Makes the answer of a command that was done.
    pub fn new(document: Value, text: impl Into<String>) -> Report {
        Report { document, text: text.into(), exit: 0 }
    }
}

/// Prints an answer. Tells the exit code.
pub fn report(report: &Report, json: bool) -> u8 {
    let text = if json { harmless_json(&report.document) } else { harmless(&report.text) };
    match print(io::stdout(), &text) {
        Ok(()) => report.exit,
        Err(error) => lost(&error),
    }
}

/// Prints a failure. Tells the exit code.
pub fn failure(failure: &Failure, json: bool) -> u8 {
    let printed = match json {
        true => print(io::stdout(), &harmless_json(&failure.document())),
        false => print(io::stderr(), &harmless(&failure.text())),
    };
    // The failure itself tells more than that nobody could be told.
    let _ = printed;
    failure.kind.exit()
}

/// Prints text of the program's own, such as help, exactly as it is. Tells the exit code.
pub fn verbatim(bytes: &[u8]) -> u8 {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
        Ok(()) => 0,
        Err(error) => lost(&error),
    }
}

fn print(mut to: impl Write, text: &str) -> io::Result<()> {
    to.write_all(text.as_bytes())?;
    to.write_all(b"\n")?;
    to.flush()
}

/// Whoever closed the pipe, as `head` does, has read enough; a full disk has lost the answer.
fn lost(error: &io::Error) -> u8 {
    if error.kind() == io::ErrorKind::BrokenPipe {
        return 0;
    }
    let _ = print(io::stderr(), "错误：结果无法输出，请检查标准输出所在的磁盘");
    1
}

/// Takes out of a text whatever a terminal would obey.
pub fn harmless(text: &str) -> String {
    clean_text(text).into_owned()
}

/// Writes a JSON document in which nothing stands that a terminal would obey; nothing is lost, it is escaped.
pub fn harmless_json(document: &Value) -> String {
    // A document of plain values cannot fail to be written.
    let plain = serde_json::to_string_pretty(document).unwrap_or_default();
    if !plain.chars().any(|c| c != '\n' && is_forbidden(c)) {
        return plain;
    }
    let mut escaped = String::with_capacity(plain.len());
    for c in plain.chars() {
        if c == '\n' || !is_forbidden(c) {
            escaped.push(c);
            continue;
        }
        for unit in c.encode_utf16(&mut [0; 2]) {
            escaped.push_str(&format!("\\u{unit:04x}"));
        }
    }
    escaped
}

/// The widest a cell of a table grows before it is cut; the whole text is in `show` and in JSON.
const WIDEST: usize = 48;

/// A table whose columns line up although Chinese characters are two cells wide.
#[derive(Debug, Clone)]
pub struct Table {
    head: Vec<&'static str>,
    rows: Vec<Vec<String>>,
    right: Vec<usize>,
    whole: Vec<usize>,
}

impl Table {
    /// Begins a table with its headings.
    pub fn new(head: &[&'static str]) -> Table {
        Table { head: head.to_vec(), rows: Vec::new(), right: Vec::new(), whole: Vec::new() }
    }

    /// Puts a column of numbers to the right.
    pub fn right(mut self, column: usize) -> Table {
        self.right.push(column);
        self
    }

    /// Never cuts a column, because what stands in it is copied into other commands.
    pub fn whole(mut self, column: usize) -> Table {
        self.whole.push(column);
        self
    }

    /// Adds a row.
    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        let widest = |column: usize| if self.whole.contains(&column) { usize::MAX } else { WIDEST };
        let cells = cells.into_iter().enumerate();
        let row = cells.map(|(column, cell)| cut(&clean_line(&cell), widest(column))).collect();
        self.rows.push(row);
    }

    /// Lays the table out.
    pub fn text(&self) -> String {
        let head: Vec<String> = self.head.iter().map(|&heading| heading.to_owned()).collect();
        let lines = || std::iter::once(&head).chain(&self.rows);
        let widths: Vec<usize> = (0..head.len())
            .map(|column| lines().filter_map(|line| line.get(column)).map(|cell| cell.width()).max().unwrap_or(0))
            .collect();
        let laid: Vec<String> = lines().map(|line| self.line(line, &widths)).collect();
        laid.join("\n")
    }

    fn line(&self, cells: &[String], widths: &[usize]) -> String {
        let mut line = String::new();
        for (column, (cell, width)) in cells.iter().zip(widths).enumerate() {
            let blanks = " ".repeat(width.saturating_sub(cell.width()));
            if self.right.contains(&column) {
                line.push_str(&blanks);
                line.push_str(cell);
            } else {
                line.push_str(cell);
                line.push_str(&blanks);
            }
            line.push_str("  ");
        }
        line.trim_end().to_owned()
    }
}

fn cut(text: &str, widest: usize) -> String {
    if text.width() <= widest {
        return text.to_owned();
    }
    let mut kept = String::new();
    for c in text.chars() {
        kept.push(c);
        if kept.width() > widest - 2 {
            kept.pop();
            break;
        }
    }
    kept.push('…');
    kept
}

/// Lays lines of a page out as text: a blank line before each heading, further paragraphs below the first.
pub fn laid_out(lines: &[Line]) -> String {
    let word = |line: &Line| match line {
        Line::Heading(text) => format!("\n【{text}】"),
        Line::Field(name, content) => format!("{name}：{}", content.trim_end().replace('\n', "\n    ")),
        Line::Text(text) => text.clone(),
    };
    let text = lines.iter().map(word).collect::<Vec<_>>().join("\n");
    // Nothing stands before a heading that comes first.
    text.strip_prefix('\n').map_or(text.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_with_chinese_in_them() {
        let mut table = Table::new(&["编号", "金额"]).right(1);
        table.row(["甲".to_owned(), "1.00".to_owned()]);
        table.row(["YS2027-0001".to_owned(), "268.00".to_owned()]);
        assert_eq!(table.text(), "编号           金额\n甲             1.00\nYS2027-0001  268.00");
    }

    #[test]
    fn nothing_a_terminal_obeys_is_printed() {
        let hostile = "甲\u{1b}[2J\u{9b}31m\u{202e}乙\u{7}";
        let json = harmless_json(&serde_json::json!({ "name": hostile }));
        assert!(json.chars().all(|c| c == '\n' || !is_forbidden(c)), "{json}");
        let back: Value = serde_json::from_str(&json).unwrap();
        assert_eq!(back["name"], hostile);
        assert!(!harmless(hostile).contains('\u{9b}'));
        let mut table = Table::new(&["名称"]);
        table.row([format!("{hostile}\n丙")]);
        assert_eq!(table.text().lines().count(), 2);
    }
}
