//! Forms saved as text with separators: UTF-8, UTF-8 with BOM, GBK or GB18030, and Excel's “Unicode text”.
//!
//! Parsed here rather than by a crate, because rows must count as the spreadsheet program counts them: a blank
//! line is a row, a line break inside quotes is none.

use encoding_rs::{GB18030, UTF_8};

use crate::domain::intake::{Cell, Sheet, UnreadableForm};

use super::grid_in::Grid;

/// Reads the one sheet of a text file.
pub fn read(name: String, bytes: &[u8]) -> Result<Vec<Sheet>, UnreadableForm> {
    let text = decode(bytes)?;
    let mut grid = Grid::default();
    grid.begin_sheet(name)?;
    let separator = separator_of(&text);
    let (mut row, mut column) = (0, 0);
    let mut chars = text.chars().peekable();
    while chars.peek().is_some() {
        let (value, end) = field(&mut chars, separator);
        grid.put(row, column, Cell::Text(value))?;
        match end {
            FieldEnd::Separator => column += 1,
            FieldEnd::Line => (row, column) = (row + 1, 0),
        }
    }
    Ok(grid.finish())
}

fn decode(bytes: &[u8]) -> Result<String, UnreadableForm> {
    // A BOM decides; without one, text that is valid UTF-8 is UTF-8: GBK text practically never is.
    if let Some((encoding, _)) = encoding_rs::Encoding::for_bom(bytes) {
        let (text, _, has_errors) = encoding.decode(bytes);
        return if has_errors { Err(UnreadableForm::UnknownEncoding) } else { Ok(text.into_owned()) };
    }
    for encoding in [UTF_8, GB18030] {
        if let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(bytes) {
            return Ok(text.into_owned());
        }
    }
    Err(UnreadableForm::UnknownEncoding)
}

/// Takes the separator that occurs most often outside quotes.
fn separator_of(text: &str) -> char {
    let mut quoted = false;
    let mut counts = [(',', 0u32), ('\t', 0), (';', 0)];
    for c in text.chars() {
        quoted ^= c == '"';
        if let (false, Some((_, count))) = (quoted, counts.iter_mut().find(|(separator, _)| *separator == c)) {
            *count += 1;
        }
    }
    let [first, rest @ ..] = counts;
    rest.into_iter().fold(first, |best, next| if next.1 > best.1 { next } else { best }).0
}

enum FieldEnd {
    Separator,
    Line,
}

/// Reads one field; only a quote at its very beginning quotes, as in spreadsheet programs.
fn field(chars: &mut std::iter::Peekable<std::str::Chars<'_>>, separator: char) -> (String, FieldEnd) {
    let mut value = String::new();
    let mut quoted = chars.next_if_eq(&'"').is_some();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted => {
                if chars.next_if_eq(&'"').is_some() {
                    value.push('"');
                } else {
                    quoted = false;
                }
            }
            _ if quoted => value.push(c),
            _ if c == separator => return (value, FieldEnd::Separator),
            '\n' => return (value, FieldEnd::Line),
            '\r' => {
                chars.next_if_eq(&'\n');
                return (value, FieldEnd::Line);
            }
            _ => value.push(c),
        }
    }
    (value, FieldEnd::Line)
}
