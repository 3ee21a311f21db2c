//! The working sheet of a sitting panel: votes, words and fixes as they are written down, field by field.
//!
//! Nothing on it binds anybody. A member's part becomes an opinion when it is signed, the panel's part a conclusion when
//! the record is finalised; both are then what the actions of the workflow make of these fields. Every version of a
//! field stays.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::Meeting;
use crate::domain::calendar::parse_date;
use crate::domain::checklist::Dimension;
use crate::domain::ids::ExpertId;
use crate::domain::panel::Panel;
use crate::domain::panel::tally::Tally;
use crate::domain::text::{clean_line, clean_text};
use crate::domain::vocabulary::vocabulary;
use crate::domain::workflow::action::{Action, Key};
use crate::domain::workflow::input::{FieldProblem, LONGEST_LINE, LONGEST_TEXT};
use crate::domain::workflow::record::{Hand, PanelResult};

vocabulary!(
    /// A part of a fix.
    FixPart {
        /// What is to be mended.
        Text = "text",
        /// Who mends it.
        Responsible = "responsible",
        /// Until when.
        Due = "due",
    }
);

/// A field of the sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// A member's vote.
    Vote(ExpertId),
    /// A member's opinion.
    Said(ExpertId),
    /// What a member said to a dimension.
    Dimension(ExpertId, Dimension),
    /// A member's dissent.
    Dissent(ExpertId),
    /// A member's score.
    Score(ExpertId),
    /// Whether a member signed the panel's conclusion.
    Signed(ExpertId),
    /// The panel's conclusion.
    Conclusion,
    /// Its text.
    ConclusionText,
    /// The chair's explanation of a conclusion against the votes.
    Explanation,
    /// A part of a fix.
    Fix(u32, FixPart),
}

/// The most fixes a sheet holds.
const MOST_FIXES: u32 = 99;
/// The highest score.
const BEST: u32 = 100;
/// What a signature is written down as.
const YES: &str = "true";

impl Field {
    /// Reads a field as it is stored and typed: `vote/Z012`, `conclusion-text`, `fix/1/due`.
    pub fn parse(text: &str) -> Option<Field> {
        let mut parts = text.trim().split('/');
        let (name, of, part) = (parts.next()?, parts.next(), parts.next());
        if parts.next().is_some() {
            return None;
        }
        let expert = || of.filter(|_| part.is_none()).and_then(ExpertId::typed);
        match (name, of) {
            ("conclusion", None) => Some(Field::Conclusion),
            ("conclusion-text", None) => Some(Field::ConclusionText),
            ("explanation", None) => Some(Field::Explanation),
            ("vote", Some(_)) => expert().map(Field::Vote),
            ("said", Some(_)) => expert().map(Field::Said),
            ("dissent", Some(_)) => expert().map(Field::Dissent),
            ("score", Some(_)) => expert().map(Field::Score),
            ("signed", Some(_)) => expert().map(Field::Signed),
            ("fix", Some(number)) => {
                let number = number.parse().ok().filter(|number| (1..=MOST_FIXES).contains(number))?;
                Some(Field::Fix(number, FixPart::parse(part?)?))
            }
            (dimension, Some(_)) => Some(Field::Dimension(expert()?, Dimension::parse(dimension)?)),
            _ => None,
        }
    }

    /// Tells whose part of the sheet it is on; none for the panel's.
    pub fn member(self) -> Option<ExpertId> {
        match self {
            Field::Vote(expert) | Field::Said(expert) | Field::Dissent(expert) | Field::Score(expert) => Some(expert),
            Field::Dimension(expert, _) => Some(expert),
            Field::Signed(_) | Field::Conclusion | Field::ConclusionText | Field::Explanation | Field::Fix(..) => None,
        }
    }

    /// Tells what a value is stored as, or what is wrong with it. An empty value takes the entry back.
    pub fn read(self, value: &str) -> Result<String, FieldProblem> {
        let text = match self.is_long() {
            true => clean_text(value).trim().to_owned(),
            false => clean_line(value).trim().to_owned(),
        };
        let longest = if self.is_long() { LONGEST_TEXT } else { LONGEST_LINE };
        if text.chars().count() > longest {
            return Err(FieldProblem::TooLong(longest));
        }
        let problem = match self {
            _ if text.is_empty() => None,
            Field::Vote(_) | Field::Conclusion => {
                PanelResult::parse(&text).is_none().then_some(FieldProblem::Choice(RESULTS))
            }
            Field::Score(_) => {
                text.parse().ok().is_none_or(|score: u32| score > BEST).then_some(FieldProblem::Count(0, BEST))
            }
            Field::Signed(_) => (text != YES).then_some(FieldProblem::Flag),
            Field::Fix(_, FixPart::Due) => parse_date(&text).is_none().then_some(FieldProblem::Date),
            _ => None,
        };
        problem.map_or(Ok(text), Err)
    }

    /// Tells whether it takes several lines.
    pub fn is_long(self) -> bool {
        matches!(
            self,
            Field::Said(_)
                | Field::Dimension(..)
                | Field::Dissent(_)
                | Field::ConclusionText
                | Field::Explanation
                | Field::Fix(_, FixPart::Text)
        )
    }
}

const RESULTS: &[&str] = &["pass", "conditional", "supplement", "fail"];

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Field::Vote(expert) => write!(f, "vote/{expert}"),
            Field::Said(expert) => write!(f, "said/{expert}"),
            Field::Dimension(expert, dimension) => write!(f, "{}/{expert}", dimension.code()),
            Field::Dissent(expert) => write!(f, "dissent/{expert}"),
            Field::Score(expert) => write!(f, "score/{expert}"),
            Field::Signed(expert) => write!(f, "signed/{expert}"),
            Field::Conclusion => f.write_str("conclusion"),
            Field::ConclusionText => f.write_str("conclusion-text"),
            Field::Explanation => f.write_str("explanation"),
            Field::Fix(number, part) => write!(f, "fix/{number}/{}", part.code()),
        }
    }
}

/// A field's last value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noted {
    /// What it says.
    pub value: String,
    /// Which version, 1 for the first.
    pub version: u32,
    /// Who wrote it.
    pub by: Hand,
}

/// The sheet: the last version of every field that says something.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet(BTreeMap<Field, Noted>);

/// A fix as it stands on the sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FixNote {
    /// Its number on the sheet; numbers of fixes taken back are not used again.
    pub number: u32,
    /// What is to be mended.
    pub text: String,
    /// Who mends it.
    pub responsible: String,
    /// Until when, as typed.
    pub due: String,
}

impl FromIterator<(Field, Noted)> for Sheet {
    fn from_iter<I: IntoIterator<Item = (Field, Noted)>>(fields: I) -> Sheet {
        Sheet(fields.into_iter().collect())
    }
}

impl Sheet {
    /// Tells what a field says; empty where it says nothing.
    pub fn get(&self, field: Field) -> &str {
        self.0.get(&field).map_or("", |noted| noted.value.as_str())
    }

    /// Tells a field's last value, who wrote it and which version it is.
    pub fn noted(&self, field: Field) -> Option<&Noted> {
        self.0.get(&field)
    }

    /// Goes through the fields, in order.
    pub fn iter(&self) -> impl Iterator<Item = (Field, &Noted)> {
        self.0.iter().map(|(field, noted)| (*field, noted))
    }

    /// Takes a value as the last one of its field; the front end shows it before the database has it.
    pub fn put(&mut self, field: Field, noted: Noted) {
        self.0.insert(field, noted);
    }

    /// Leaves only what is the panel's, not a member's.
    pub fn of_the_panel(self) -> Sheet {
        Sheet(self.0.into_iter().filter(|(field, _)| field.member().is_none()).collect())
    }

    /// Tells a member's vote: the signed one, else the one on the sheet.
    pub fn vote(&self, panel: &Panel, expert: ExpertId) -> Option<PanelResult> {
        let signed = panel.opinion_of(expert).filter(|opinion| opinion.signed);
        signed.map(|opinion| opinion.conclusion).or_else(|| PanelResult::parse(self.get(Field::Vote(expert))))
    }

    /// Counts the votes of those who sit, signed or not.
    pub fn tally(&self, panel: &Panel) -> Tally {
        Tally::of(panel.sitting().iter().filter_map(|seat| self.vote(panel, seat.expert)))
    }

    /// Lists the fixes that say something.
    pub fn fixes(&self) -> Vec<FixNote> {
        let text = |number, part| self.get(Field::Fix(number, part)).to_owned();
        let fix = |number| FixNote {
            number,
            text: text(number, FixPart::Text),
            responsible: text(number, FixPart::Responsible),
            due: text(number, FixPart::Due),
        };
        let says = |fix: &FixNote| !(fix.text.is_empty() && fix.responsible.is_empty() && fix.due.is_empty());
        self.fix_numbers().into_iter().map(fix).filter(says).collect()
    }

    /// Tells the number of the next fix.
    pub fn next_fix(&self) -> u32 {
        self.fix_numbers().last().map_or(1, |last| (last + 1).min(MOST_FIXES))
    }

    fn fix_numbers(&self) -> BTreeSet<u32> {
        let number = |field: &Field| match field {
            Field::Fix(number, _) => Some(*number),
            _ => None,
        };
        self.0.keys().filter_map(number).collect()
    }

    /// Writes the input of [`Action::RecordExpertOpinion`] that signs and locks a member's part.
    pub fn opinion_inputs(&self, expert: ExpertId) -> BTreeMap<String, String> {
        let dimension = |dimension: &Dimension| {
            let said = self.get(Field::Dimension(expert, *dimension));
            (!said.is_empty()).then(|| format!("{}={}", dimension.code(), without_codes(said)))
        };
        let dimensions: Vec<String> = Dimension::ALL.iter().filter_map(dimension).collect();
        filled([
            (Key::Expert, expert.to_string()),
            (Key::Conclusion, self.get(Field::Vote(expert)).to_owned()),
            (Key::Text, self.get(Field::Said(expert)).to_owned()),
            (Key::Dissent, self.get(Field::Dissent(expert)).to_owned()),
            (Key::Score, self.get(Field::Score(expert)).to_owned()),
            (Key::Dimensions, dimensions.join("\n")),
            (Key::Signed, YES.to_owned()),
        ])
    }

    /// Writes the input of [`Action::ConcludePanel`].
    pub fn conclusion_inputs(&self, panel: &Panel) -> BTreeMap<String, String> {
        let fix = |fix: FixNote| format!("{}|{}|{}", one_part(&fix.text), one_part(&fix.responsible), fix.due);
        let fixes: Vec<String> = self.fixes().into_iter().map(fix).collect();
        let signed = panel.sitting().into_iter().filter(|seat| self.get(Field::Signed(seat.expert)) == YES);
        let signed: Vec<String> = signed.map(|seat| seat.expert.to_string()).collect();
        filled([
            (Key::Conclusion, self.get(Field::Conclusion).to_owned()),
            (Key::Text, self.get(Field::ConclusionText).to_owned()),
            (Key::ChairExplanation, self.get(Field::Explanation).to_owned()),
            (Key::Fixes, fixes.join("\n")),
            (Key::SignedBy, signed.join("\n")),
        ])
    }

    /// Writes the input of the action that ends what the panel is at: closing the opinions, or concluding.
    pub fn next_inputs(&self, action: Action, panel: &Panel, meeting: &Meeting) -> BTreeMap<String, String> {
        match action {
            Action::CloseOpinions => {
                filled([(Key::MetOn, meeting.day.to_string()), (Key::Place, meeting.place.clone())])
            }
            _ => self.conclusion_inputs(panel),
        }
    }
}

fn filled<const N: usize>(inputs: [(Key, String); N]) -> BTreeMap<String, String> {
    let given = inputs.into_iter().filter(|(_, value)| !value.is_empty());
    given.map(|(key, value)| (key.code().to_owned(), value)).collect()
}

/// A part of a record ends at a bar and at the end of the line, so neither may stand within one.
fn one_part(text: &str) -> String {
    text.replace(['|', '｜'], "/").lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A line that begins like the next dimension would be taken for it.
fn without_codes(text: &str) -> String {
    let begins = |line: &str| {
        let before = line.split(['=', '＝']).next().map(str::trim);
        line.contains(['=', '＝']) && before.is_some_and(|code| Dimension::parse(code).is_some())
    };
    text.lines().fold(String::new(), |all, line| match all.is_empty() {
        true => line.to_owned(),
        false => format!("{all}{}{line}", if begins(line) { ' ' } else { '\n' }),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::AccountId;
    use crate::domain::workflow::input::Inputs;

    fn noted(value: &str) -> Noted {
        let at = chrono::DateTime::UNIX_EPOCH.fixed_offset();
        Noted { value: value.to_owned(), version: 1, by: Hand { account: AccountId(1), name: "刘敏".to_owned(), at } }
    }

    fn sheet(fields: &[(&str, &str)]) -> Sheet {
        fields.iter().map(|(field, value)| (Field::parse(field).unwrap(), noted(value))).collect()
    }

    #[test]
    fn a_field_reads_back_from_what_it_is_written_as() {
        let experts = [ExpertId(1), ExpertId(1234)];
        let of = |expert: ExpertId| {
            let dimensions = Dimension::ALL.iter().map(move |dimension| Field::Dimension(expert, *dimension));
            [Field::Vote, Field::Said, Field::Dissent, Field::Score, Field::Signed]
                .map(|field| field(expert))
                .into_iter()
                .chain(dimensions)
        };
        let fixes = FixPart::ALL.iter().map(|part| Field::Fix(7, *part));
        let panel = [Field::Conclusion, Field::ConclusionText, Field::Explanation];
        for field in experts.into_iter().flat_map(of).chain(fixes).chain(panel) {
            assert_eq!(Field::parse(&field.to_string()), Some(field), "{field}");
        }
        for wrong in ["", "vote", "vote/Z1/x", "fix/0/text", "fix/1", "fix/100/due", "color/Z001", "conclusion/Z001"] {
            assert_eq!(Field::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_value_that_its_field_cannot_hold_is_told() {
        let expert = ExpertId(1);
        assert_eq!(Field::Vote(expert).read(" pass "), Ok("pass".to_owned()));
        assert_eq!(Field::Vote(expert).read("同意"), Err(FieldProblem::Choice(RESULTS)));
        assert_eq!(Field::Score(expert).read("101"), Err(FieldProblem::Count(0, 100)));
        assert_eq!(Field::Fix(1, FixPart::Due).read("3月"), Err(FieldProblem::Date));
        assert_eq!(Field::Score(expert).read(""), Ok(String::new()));
        let long = "长".repeat(LONGEST_TEXT + 1);
        assert_eq!(Field::Said(expert).read(&long), Err(FieldProblem::TooLong(LONGEST_TEXT)));
        assert_eq!(Field::ConclusionText.read("甲\u{1b}[2J\n乙 "), Ok("甲[2J\n乙".to_owned()));
    }

    #[test]
    fn what_the_sheet_hands_in_is_read_as_it_was_meant() {
        let sheet = sheet(&[
            ("vote/Z001", "conditional"),
            ("said/Z001", "架构可行"),
            ("security/Z001", "密评\nsharing=未列\n其余可行"),
            ("sharing/Z001", "目录齐全"),
        ]);
        let inputs = Inputs::read(Action::RecordExpertOpinion, &sheet.opinion_inputs(ExpertId(1))).unwrap();
        let dimensions = inputs.records(Key::Dimensions);
        assert_eq!(dimensions, [["sharing", "目录齐全"], ["security", "密评 sharing=未列\n其余可行"]]);
        assert_eq!((inputs.text(Key::Conclusion), inputs.flag(Key::Signed)), (Some("conditional"), Some(true)));
    }

    #[test]
    fn a_fix_that_was_taken_back_is_not_handed_in_and_its_number_not_used_again() {
        let sheet = sheet(&[
            ("fix/1/text", ""),
            ("fix/2/text", "补列密评|费用\n并说明"),
            ("fix/2/responsible", "县教育局"),
            ("fix/2/due", "2026-12-20"),
        ]);
        assert_eq!(sheet.fixes().len(), 1);
        assert_eq!(sheet.next_fix(), 3);
        let panel = crate::domain::panel::attendance::tests::empty_panel();
        let inputs = sheet.conclusion_inputs(&panel);
        assert_eq!(inputs["fixes"], "补列密评/费用 并说明|县教育局|2026-12-20");
    }
}
