//! Reading the filter line character by character, wide or narrow.

use super::field::Field;
use super::fold::half_width;

const LONGEST_NAME: usize = 12;

/// A comparison operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Op {
    Is,
    Equal,
    Above,
    AtLeast,
    Below,
    AtMost,
}

/// A place in the line.
#[derive(Debug, Clone)]
pub(super) struct Cursor {
    chars: Vec<char>,
    at: usize,
}

/// A value as typed.
#[derive(Debug, Clone)]
pub(super) struct Value {
    pub(super) at: usize,
    pub(super) text: String,
    pub(super) quoted: bool,
}

/// What a run of characters without blanks turned out to be.
#[derive(Debug, Clone)]
pub(super) enum Run {
    /// A word.
    Word(String),
    /// The name before an operator, which comes next.
    FieldName(String),
}

impl Cursor {
    pub(super) fn new(text: &str) -> Cursor {
        Cursor { chars: text.chars().collect(), at: 0 }
    }

    pub(super) fn at(&self) -> usize {
        self.at
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.at >= self.chars.len()
    }

    pub(super) fn advance(&mut self) {
        self.at += 1;
    }

    /// Tells the half-width twin of the next character.
    pub(super) fn peek(&self) -> Option<char> {
        self.narrow(self.at)
    }

    /// Tells the half-width twin of the character after the next.
    pub(super) fn peek_second(&self) -> Option<char> {
        self.narrow(self.at + 1)
    }

    /// Gives the text from a place up to here.
    pub(super) fn since(&self, from: usize) -> String {
        self.chars.iter().take(self.at).skip(from).collect()
    }

    fn raw(&self, at: usize) -> Option<char> {
        self.chars.get(at).copied()
    }

    fn narrow(&self, at: usize) -> Option<char> {
        self.raw(at).map(half_width)
    }

    fn ends_word(&self, at: usize) -> bool {
        self.narrow(at).is_none_or(|c| c.is_whitespace() || matches!(c, '(' | ')' | '|' | '"' | ','))
    }

    fn is_operator(&self, at: usize) -> bool {
        self.narrow(at).is_some_and(|c| matches!(c, ':' | '=' | '<' | '>' | '≤' | '≥'))
    }

    /// Tells whether the place holds 《 or 》, an operator after a field name and a title mark elsewhere.
    fn is_title_mark(&self, at: usize) -> bool {
        matches!(self.raw(at), Some('《' | '》' | '〈' | '〉'))
    }

    /// Skips blanks and tells whether there were any. Between conditions a comma is a blank.
    pub(super) fn skip_blanks(&mut self, comma: bool) -> bool {
        let from = self.at;
        while self.peek().is_some_and(|c| c.is_whitespace() || (comma && c == ',')) {
            self.at += 1;
        }
        self.at > from
    }

    fn after_blanks(&self, mut at: usize) -> usize {
        while self.narrow(at).is_some_and(char::is_whitespace) {
            at += 1;
        }
        at
    }

    /// Finds the field whose name stands here, with its operator behind it, and the place of that operator.
    fn field_at(&self, from: usize) -> Option<usize> {
        let mut to = from;
        // The bound keeps a long line cheap; no name is longer.
        while to - from <= LONGEST_NAME && !self.ends_word(to) && !self.is_operator(to) {
            to += 1;
        }
        let name: String = self.chars.iter().take(to).skip(from).collect();
        let operator = self.after_blanks(to);
        (Field::with_part(&name).is_some() && self.is_operator(operator)).then_some(operator)
    }

    /// Tells whether a field with its operator begins here.
    pub(super) fn is_at_field(&self) -> bool {
        self.field_at(self.at).is_some()
    }

    /// Tells whether 非 here means "not", rather than beginning a word such as 非税.
    pub(super) fn is_at_not(&self) -> bool {
        self.raw(self.at) == Some('非') && self.opens_operand(self.at + 1)
    }

    /// Tells whether 或 here means "or", rather than belonging to a word.
    fn is_or(&self, at: usize) -> bool {
        self.raw(at) == Some('或') && self.opens_operand(at + 1)
    }

    /// Tells whether an operand begins here, further operators before it left aside, or the word ends.
    fn opens_operand(&self, mut at: usize) -> bool {
        loop {
            if self.ends_word(at) || self.field_at(at).is_some() {
                return true;
            }
            if !matches!(self.narrow(at), Some('非' | '或' | '-')) {
                return false;
            }
            at += 1;
        }
    }

    /// Tells whether nothing follows that a negation could apply to.
    pub(super) fn is_before_no_operand(&self) -> bool {
        self.peek().is_none_or(|c| c.is_whitespace() || matches!(c, ')' | '|' | ',')) || self.is_or(self.at)
    }

    /// Takes `|` or 或.
    pub(super) fn take_or(&mut self) -> bool {
        let found = self.peek() == Some('|') || self.is_or(self.at);
        self.at += usize::from(found);
        found
    }

    /// Takes a word, or the name before an operator.
    pub(super) fn take_run(&mut self) -> Run {
        if let Some(operator) = self.field_at(self.at) {
            let from = self.at;
            while !self.ends_word(self.at) && !self.is_operator(self.at) {
                self.at += 1;
            }
            let name = self.since(from);
            self.at = operator;
            return Run::FieldName(name);
        }
        let from = self.at;
        while !self.ends_word(self.at) {
            if self.is_operator(self.at) && !self.is_title_mark(self.at) {
                return Run::FieldName(self.since(from));
            }
            if self.at > from && self.is_or(self.at) {
                break;
            }
            self.at += 1;
        }
        Run::Word(self.since(from))
    }

    /// Takes an operator; `:>` is taken as `>`.
    pub(super) fn take_operator(&mut self) -> Option<Op> {
        let first = self.peek()?;
        let equal_follows = self.peek_second() == Some('=');
        let (op, length) = match first {
            ':' => (Op::Is, 1),
            '=' => (Op::Equal, 1),
            '≥' => (Op::AtLeast, 1),
            '≤' => (Op::AtMost, 1),
            '>' if equal_follows => (Op::AtLeast, 2),
            '>' => (Op::Above, 1),
            '<' if equal_follows => (Op::AtMost, 2),
            '<' => (Op::Below, 1),
            _ => return None,
        };
        self.at += length;
        match op {
            // 名称:《办法》 is not a comparison.
            Op::Is if !self.is_title_mark(self.at) => Some(self.take_operator().unwrap_or(op)),
            _ => Some(op),
        }
    }

    /// Takes a quoted text; `None` when it is not closed. Doubled marks within stand for one.
    pub(super) fn take_quoted(&mut self) -> Option<String> {
        self.advance();
        let mut text = String::new();
        while let Some(c) = self.raw(self.at) {
            self.at += 1;
            if half_width(c) == '"' {
                if self.raw(self.at) != Some(c) {
                    return Some(text);
                }
                self.at += 1;
            }
            text.push(c);
        }
        None
    }

    /// Takes a value that is not quoted; it may be empty.
    pub(super) fn take_value(&mut self) -> Value {
        let from = self.at;
        while !self.ends_word(self.at) && self.raw(self.at) != Some('、') && !self.is_or(self.at) {
            self.at += 1;
        }
        Value { at: from, text: self.since(from), quoted: false }
    }

    /// Takes the comma between values.
    pub(super) fn take_comma(&mut self) -> bool {
        let found = self.peek() == Some(',') || self.raw(self.at) == Some('、');
        self.at += usize::from(found);
        found
    }
}

/// Tells whether a text, written as it is, reads as one word and nothing else.
pub(super) fn is_bare_word(text: &str) -> bool {
    let mut cursor = Cursor::new(text);
    let starts_plain = !cursor.is_at_end() && cursor.peek() != Some('-') && !cursor.is_at_not();
    starts_plain
        && !cursor.is_or(0)
        && matches!(cursor.take_run(), Run::Word(word) if word == text)
        && cursor.is_at_end()
}

/// Tells whether a text must be quoted to be read as one value; rather once too often.
pub(super) fn value_needs_quotes(text: &str) -> bool {
    let mut cursor = Cursor::new(text);
    cursor.is_at_end()
        || cursor.peek() == Some('-')
        || (0..cursor.chars.len()).any(|at| cursor.is_operator(at))
        || text.contains('或')
        || cursor.take_value().text != text
}
