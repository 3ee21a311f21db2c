//! Reads a filter line.
//!
//! ```text
//! query = or ; or = and { ("|" | "或") and } ; and = term { term }
//! term  = [ "-" | "非" ] ( field op value | word | quoted | "(" query ")" )
//! op    = ":" | "=" | ">" | ">=" | "<" | "<="
//! value = one { "," one } | "(" one { "," one } ")" ; one = word | quoted | a..b
//! ```
//!
//! What a Chinese input method writes is taken for its ASCII twin (`：` `＞` `《` `（` `，` `“`). Chinese text has
//! no blanks, so 非 and 或 are operators only where an operand or a blank follows: 非税收入 is a word. A dash
//! standing alone is ignored, because names are pasted with them.

use super::condition::{answered, asked, compares, condition, sort_key};
use super::cursor::{Cursor, Op, Run, Value};
use super::field::{Field, Labels};
use super::filter::{Filter, Query, SortKey, Term};
use super::problem::{FilterProblem, FilterProblemKind as Kind};

/// More than anyone types; a paste by mistake.
const LONGEST: usize = 2_000;
const DEEPEST: usize = 32;

type Parsed<T> = Result<T, FilterProblem>;

/// Reads a filter line. An empty one asks for every project.
pub fn parse(text: &str, labels: &Labels) -> Parsed<Query> {
    if text.chars().count() > LONGEST {
        return Err(FilterProblem { at: LONGEST, word: String::new(), kind: Kind::TooLong });
    }
    let mut parser = Parser { cursor: Cursor::new(text), labels, sort: Vec::new() };
    let filter = parser.either(0)?;
    if !parser.cursor.is_at_end() {
        return Err(parser.problem(parser.cursor.at(), ")", Kind::UnexpectedParenthesis));
    }
    Ok(Query { filter, sort: parser.sort })
}

struct Parser<'a> {
    cursor: Cursor,
    labels: &'a Labels,
    sort: Vec<SortKey>,
}

impl Parser<'_> {
    fn problem(&self, at: usize, word: &str, kind: Kind) -> FilterProblem {
        FilterProblem { at, word: word.to_owned(), kind }
    }

    fn either(&mut self, depth: usize) -> Parsed<Filter> {
        let mut parts = vec![self.all(depth)?];
        let mut or_at = self.cursor.at();
        while self.cursor.take_or() {
            if parts.contains(&Filter::EVERYTHING) {
                return Err(self.problem(or_at, &self.cursor.since(or_at), Kind::MissingTerm));
            }
            parts.push(self.all(depth)?);
            if parts.last() == Some(&Filter::EVERYTHING) {
                return Err(self.problem(or_at, &self.cursor.since(or_at), Kind::MissingTerm));
            }
            or_at = self.cursor.at();
        }
        Ok(Filter::any_of(parts))
    }

    fn all(&mut self, depth: usize) -> Parsed<Filter> {
        let mut parts = Vec::new();
        loop {
            self.cursor.skip_blanks(true);
            let before = self.cursor.clone();
            if matches!(self.cursor.peek(), None | Some(')')) || self.cursor.take_or() {
                self.cursor = before;
                return Ok(Filter::all_of(parts));
            }
            parts.extend(self.negatable(depth)?);
        }
    }

    /// Reads a condition with the negations before it; `None` for a lone dash or a sort order.
    fn negatable(&mut self, depth: usize) -> Parsed<Option<Filter>> {
        let start = self.cursor.at();
        let mut negations = 0usize;
        loop {
            if self.cursor.peek() == Some('-') {
                self.cursor.advance();
            } else if self.cursor.is_at_not() {
                self.cursor.advance();
                self.cursor.skip_blanks(false);
            } else {
                break;
            }
            negations += 1;
        }
        if negations > 0 && self.cursor.is_before_no_operand() {
            let skipped = self.cursor.since(start);
            return match skipped.contains('非') {
                true => Err(self.problem(start, skipped.trim_end(), Kind::MissingTerm)),
                false => Ok(None),
            };
        }
        let operand = self.operand(depth, negations > 0)?;
        Ok(operand.map(|filter| if negations % 2 == 1 { filter.negated() } else { filter }))
    }

    fn operand(&mut self, depth: usize, negated: bool) -> Parsed<Option<Filter>> {
        let start = self.cursor.at();
        match self.cursor.peek() {
            Some('(') => self.group(depth).map(Some),
            Some('"') => match self.cursor.take_quoted() {
                Some(text) if text.trim().is_empty() => {
                    Err(self.problem(start, &self.cursor.since(start), Kind::MissingTerm))
                }
                Some(text) => Ok(Some(Filter::Term(Term::Quoted(text)))),
                None => Err(self.problem(start, &self.cursor.since(start), Kind::UnclosedQuote)),
            },
            _ => match self.cursor.take_run() {
                Run::Word(word) => Ok(Some(Filter::Term(Term::Word(word)))),
                Run::FieldName(name) => self.field(start, &name, depth > 0 || negated),
            },
        }
    }

    fn group(&mut self, depth: usize) -> Parsed<Filter> {
        let start = self.cursor.at();
        if depth >= DEEPEST {
            return Err(self.problem(start, "(", Kind::TooDeep));
        }
        self.cursor.advance();
        let inner = self.either(depth + 1)?;
        if self.cursor.peek() != Some(')') {
            return Err(self.problem(start, "(", Kind::UnclosedParenthesis));
        }
        self.cursor.advance();
        match inner {
            Filter::And(parts) if parts.is_empty() => {
                Err(self.problem(start, &self.cursor.since(start), Kind::MissingTerm))
            }
            inner => Ok(inner),
        }
    }

    fn field(&mut self, start: usize, name: &str, inside: bool) -> Parsed<Option<Filter>> {
        if name.is_empty() {
            let op_at = self.cursor.at();
            self.cursor.take_operator();
            return Err(self.problem(op_at, &self.cursor.since(op_at), Kind::MissingField));
        }
        let Some((field, part)) = Field::with_part(name) else {
            if let Some(nearest) = Field::without_data(name) {
                return Err(self.problem(start, name, Kind::NoData { nearest }));
            }
            return Err(self.problem(start, name, Kind::UnknownField { nearest: Field::nearest(name) }));
        };
        if field == Field::Sort && inside {
            return Err(self.problem(start, name, Kind::SortInside));
        }
        let op_at = self.cursor.at();
        let op = self.cursor.take_operator().unwrap_or(Op::Is);
        let written = self.cursor.since(op_at);
        if !compares(field) && !matches!(op, Op::Is | Op::Equal) {
            return Err(self.problem(op_at, &written, Kind::WrongOperator { field }));
        }
        let values = self.values(start, field)?;
        if !matches!(op, Op::Is | Op::Equal) && values.len() > 1 {
            return Err(self.problem(op_at, &written, Kind::WrongOperator { field }));
        }
        if field == Field::Sort {
            for value in &values {
                self.sort.push(sort_key(value)?);
            }
        }
        if matches!(field, Field::Dimension | Field::Item) {
            let about = asked(field, &part).ok_or_else(|| self.problem(start, name, Kind::UnknownPart { field }))?;
            return answered(about, &values, self.labels).map(Some);
        }
        condition(field, op, &values, self.labels)
    }

    /// Reads the values behind an operator: at least one, none of them empty.
    fn values(&mut self, start: usize, field: Field) -> Parsed<Vec<Value>> {
        let missing = |parser: &Self| {
            Err(parser.problem(start, parser.cursor.since(start).trim_end(), Kind::MissingValue { field }))
        };
        if self.cursor.skip_blanks(false) && self.cursor.is_at_field() {
            return missing(self);
        }
        let open_at = self.cursor.at();
        let grouped = self.cursor.peek() == Some('(');
        if grouped {
            self.cursor.advance();
        }
        let mut values = Vec::new();
        loop {
            self.cursor.skip_blanks(false);
            let at = self.cursor.at();
            let value = if self.cursor.peek() == Some('"') {
                match self.cursor.take_quoted() {
                    Some(text) => Value { at, text, quoted: true },
                    None => return Err(self.problem(at, &self.cursor.since(at), Kind::UnclosedQuote)),
                }
            } else {
                self.cursor.take_value()
            };
            if value.text.trim().is_empty() {
                return missing(self);
            }
            values.push(value);
            if grouped {
                self.cursor.skip_blanks(false);
            }
            if !self.cursor.take_comma() {
                break;
            }
            // 单位:教育局，状态:已立项 — a comma of prose, not of a list.
            self.cursor.skip_blanks(false);
            if !grouped && self.cursor.is_at_field() {
                break;
            }
        }
        if grouped {
            if self.cursor.peek() != Some(')') {
                return Err(self.problem(open_at, "(", Kind::UnclosedParenthesis));
            }
            self.cursor.advance();
        }
        Ok(values)
    }
}
