//! Foreign text made harmless and comparable.
//!
//! What a stranger typed into a form ends up on terminals, in Word files and in the audit log. Control
//! characters, escape sequences and invisible or direction-changing characters are taken out here, once, and the
//! person who imports is told. A cell that begins with `= + - @` needs no treatment: it is text and stays text.

use std::iter::Peekable;

/// Characters of a value shown in a problem.
const SHOWN_CHARS: usize = 60;

/// Whether a field holds one line or several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lines {
    /// One line: breaks inside the cell are only layout.
    One,
    /// Several lines: breaks are kept.
    Many,
}

/// Text after the dangerous characters were taken out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cleaned {
    /// What remains, trimmed.
    pub text: String,
    /// How many characters were taken out.
    pub removed: u32,
}

/// Takes out control characters, escape sequences, and invisible or direction-changing characters.
pub fn clean(text: &str, lines: Lines) -> Cleaned {
    let mut kept = String::with_capacity(text.len());
    let mut removed = 0u32;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            // An unfinished sequence would swallow everything after it, so only its introducer goes then.
            '\u{1b}' | '\u{9b}' | '\u{9d}' | '\u{90}' => removed += 1 + skip_sequence(c, &mut chars),
            '\r' => {
                chars.next_if_eq(&'\n');
                kept.push('\n');
            }
            '\n' => kept.push('\n'),
            '\t' => kept.push(' '),
            _ if is_dangerous(c) => removed += 1,
            _ => kept.push(c),
        }
    }
    let text = match lines {
        Lines::Many => kept.lines().map(str::trim_end).collect::<Vec<_>>().join("\n").trim().to_owned(),
        Lines::One => one_line(&kept),
    };
    Cleaned { text, removed }
}

/// Tells whether a character may do something other than be seen.
pub fn is_dangerous(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{fff9}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}' | '\u{e0000}'..='\u{e007f}')
}

/// Skips the rest of an escape sequence that is complete; tells how many characters that were.
fn skip_sequence<I: Iterator<Item = char> + Clone>(introducer: char, chars: &mut Peekable<I>) -> u32 {
    let mut ahead = chars.clone();
    let mut length = 0;
    let kind = if introducer == '\u{1b}' {
        length += 1;
        ahead.next()
    } else {
        Some(introducer)
    };
    let complete = match kind {
        Some('[' | '\u{9b}') => {
            let end = ahead.by_ref().inspect(|_| length += 1).find(|c| !matches!(c, '\u{20}'..='\u{3f}'));
            matches!(end, Some('\u{40}'..='\u{7e}'))
        }
        Some(']' | 'P' | '\u{9d}' | '\u{90}') => loop {
            length += 1;
            match ahead.next() {
                Some('\u{7}' | '\u{9c}') => break true,
                Some('\u{1b}') if ahead.next_if_eq(&'\\').is_some() => {
                    length += 1;
                    break true;
                }
                Some('\n') | None => break false,
                Some(_) => {}
            }
        },
        _ => false,
    };
    if complete {
        *chars = ahead;
        length
    } else {
        0
    }
}

/// Joins lines: Chinese runs on without a space, other words keep one.
fn one_line(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let ascii_meets = joined.chars().last().is_some_and(|c| c.is_ascii_alphanumeric())
            && line.chars().next().is_some_and(|c| c.is_ascii_alphanumeric());
        if ascii_meets {
            joined.push(' ');
        }
        joined.push_str(line);
    }
    joined
}

/// Turns full-width letters, digits and signs into their ordinary form, so that `２６８．５` compares as `268.5`.
pub fn fold(text: &str) -> String {
    text.chars().map(fold_char).collect()
}

fn fold_char(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => u32::from(c).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(c),
        '\u{3000}' | '\u{a0}' => ' ',
        '〔' | '【' => '[',
        '〕' | '】' => ']',
        _ => c,
    }
}

/// Reduces text to what is compared: full-width forms folded, white space and invisible characters gone.
pub fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !is_dangerous(*c)).map(fold_char).collect()
}

/// Takes out bracketed notes, such as （盖章） or （以附件形式提交）; expects folded text.
pub fn without_notes(folded: &str) -> String {
    let mut kept = String::with_capacity(folded.len());
    let mut depth = 0u32;
    for c in folded.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' if depth > 0 => depth -= 1,
            _ if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    // An unclosed bracket is a slip of the pen, not a note that swallows the rest.
    if depth > 0 { folded.to_owned() } else { kept }
}

/// Shortens a value to what a message has room for.
pub fn shorten(text: &str) -> String {
    let line = one_line(text);
    if line.chars().count() <= SHOWN_CHARS {
        return line;
    }
    line.chars().take(SHOWN_CHARS - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_acts_on_a_terminal_is_left() {
        for (text, kept) in [
            ("甲\u{1b}[2J乙", "甲乙"),
            ("甲\u{1b}]0;pwn\u{7}乙", "甲乙"),
            ("甲\u{1b}]52;c;AAAA\u{1b}\\乙", "甲乙"),
            ("甲\u{9b}31m乙", "甲乙"),
            ("甲\u{1b}]没有结束的序列", "甲]没有结束的序列"),
            ("甲\u{1b}[没有结束", "甲[没有结束"),
            ("\u{202e}甲\u{200b}乙\u{feff}\0", "甲乙"),
            ("甲\u{e0041}\u{2028}乙", "甲乙"),
        ] {
            let cleaned = clean(text, Lines::One);
            assert_eq!(cleaned.text, kept, "{text:?}");
            assert!(cleaned.removed > 0);
            assert!(!cleaned.text.chars().any(is_dangerous));
        }
    }

    #[test]
    fn ordinary_text_passes_unchanged_and_unreported() {
        for text in ["智慧校园", "=HYPERLINK(\"x\")", "+1", "-1", "@SUM(1)", "“引号”——①"] {
            assert_eq!(clean(text, Lines::One), Cleaned { text: text.to_owned(), removed: 0 });
        }
    }

    #[test]
    fn breaks_are_layout_in_one_line_and_kept_in_many() {
        assert_eq!(clean("智慧校园\r\n 平台", Lines::One).text, "智慧校园平台");
        assert_eq!(clean("IPv6\nplan", Lines::One).text, "IPv6 plan");
        assert_eq!(clean("一、甲\r二、乙\n", Lines::Many).text, "一、甲\n二、乙");
    }

    #[test]
    fn notes_and_width_do_not_matter_when_comparing() {
        assert_eq!(without_notes(&squeeze("项目投资额\n（万元）")), "项目投资额");
        assert_eq!(squeeze("２６８．５ 万　元"), "268.5万元");
        assert_eq!(without_notes("未闭合(括号"), "未闭合(括号");
    }

    #[test]
    fn a_long_value_is_cut_at_sixty_characters() {
        let long = "长".repeat(100);
        assert_eq!(shorten(&long).chars().count(), 60);
        assert!(shorten(&long).ends_with('…'));
    }
}
