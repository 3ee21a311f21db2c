//! Collects problems and knows the lines of the text.

use std::cell::RefCell;

use super::PolicyProblem;

/// How much of a faulty text a message repeats.
const SHOWN: usize = 40;

/// The problems found so far.
///
/// Shared by all readers of values, which only ever add to it; hence the cell.
pub(super) struct Report<'t> {
    text: &'t str,
    problems: RefCell<Vec<PolicyProblem>>,
}

impl<'t> Report<'t> {
    /// Starts without problems.
    pub(super) fn new(text: &'t str) -> Report<'t> {
        Report { text, problems: RefCell::default() }
    }

    /// Adds a problem at a byte of the text.
    pub(super) fn at(&self, offset: usize, message: String) {
        self.add(self.line_of(offset), message);
    }

    /// Adds a problem of the whole file.
    pub(super) fn whole(&self, message: String) {
        self.add(0, message);
    }

    /// Adds a problem on a line.
    pub(super) fn add(&self, line: usize, message: String) {
        self.problems.borrow_mut().push(PolicyProblem { line, message });
    }

    /// Tells the line of a byte of the text, 1 for the first.
    pub(super) fn line_of(&self, offset: usize) -> usize {
        1 + self.text.bytes().take(offset).filter(|byte| *byte == b'\n').count()
    }

    /// Tells the words of a line, safe to show.
    pub(super) fn line_text(&self, line: usize) -> String {
        shown(self.text.lines().nth(line.saturating_sub(1)).unwrap_or_default().trim())
    }

    /// Tells the text between two bytes, safe to show.
    pub(super) fn between(&self, span: std::ops::Range<usize>) -> String {
        shown(self.text.get(span).unwrap_or_default())
    }

    /// Gives all problems in the order of their lines.
    pub(super) fn into_problems(self) -> Vec<PolicyProblem> {
        let mut problems = self.problems.into_inner();
        problems.sort_by_key(|problem| problem.line);
        problems
    }
}

/// Tells whether a character is not seen, or changes how its neighbors are seen.
///
/// Such characters drive the terminal or hide what a text says: a policy must read the same on every screen.
pub(super) fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Makes a text of the file safe and short enough to repeat in a message.
pub(super) fn shown(text: &str) -> String {
    let mut kept: String = text.chars().take(SHOWN).map(|c| if is_unseen(c) { '\u{fffd}' } else { c }).collect();
    if text.chars().nth(SHOWN).is_some() {
        kept.push('…');
    }
    kept
}

/// Words what may be written instead of something unknown: the nearest choice, or all of them.
pub(super) fn advice(typed: &str, choices: &[&str]) -> String {
    // Two slips in a short word are another word; long codes are forgiven a little more.
    let near = |distance: usize| distance <= 1 + typed.chars().count().min(SHOWN) / 4;
    let nearest = choices.iter().map(|choice| (distance(typed, choice), choice)).min();
    match nearest {
        Some((slips, choice)) if near(slips) => format!("是否应为“{choice}”？"),
        _ => format!("可用的有：{}", choices.join("、")),
    }
}

/// Counts the letters to change, add or drop to make one word of the other; very long words are cut.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.chars().take(2 * SHOWN).enumerate() {
        let mut previous = i + 1;
        let mut next = vec![previous];
        for ((b, left_above), above) in other.iter().zip(&row).zip(row.iter().skip(1)) {
            let same = a.to_lowercase().eq(b.to_lowercase());
            previous = (left_above + usize::from(!same)).min(above + 1).min(previous + 1);
            next.push(previous);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}
