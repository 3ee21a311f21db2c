//! Makes the text of a new edition from an installed one and the values a ruling changes 〔第十八条〕.
//!
//! The text is edited in place, so that its comments and its order stay what the keepers of the file know. Whether
//! the new values are acceptable is not judged here: the new text is read like any other policy file.

use chrono::NaiveDate;
use toml::de::{DeTable, DeValue};

/// What tells an edition from the one it is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Names the edition.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The first day it applies.
    pub effective_from: NaiveDate,
}

/// Why a value cannot be changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AmendProblem {
    /// Not the name of a setting, such as `small_route.needs_approval`.
    Name(String),
    /// The same setting is given twice.
    Twice(String),
    /// The edition has no such section.
    NoSection(String),
    /// The setting is a list or a part of the file, which only a new policy file changes.
    NotSingle(String),
    /// The value is the one that is in force.
    Unchanged(String),
    /// The text cannot be read at all.
    Unreadable,
}

/// A replacement of a stretch of the text; an empty stretch inserts.
struct Edit {
    from: usize,
    to: usize,
    text: String,
}

/// Tells whether a word has the form of a setting's name: a section and a key.
pub fn is_setting(word: &str) -> bool {
    let is_key = |part: &str| {
        !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-'))
    };
    word.split_once('.').is_some_and(|(section, key)| is_key(section) && is_key(key))
}

/// Puts values into the text and gives it another identity.
pub fn amend(text: &str, identity: &Identity, settings: &[(String, String)]) -> Result<String, Vec<AmendProblem>> {
    let (root, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        return Err(vec![AmendProblem::Unreadable]);
    }
    let root = root.get_ref();
    let mut edits = Vec::new();
    let mut problems = Vec::new();
    for (place, (name, value)) in settings.iter().enumerate() {
        let twice = settings.iter().take(place).any(|(earlier, _)| earlier == name);
        match if twice { Err(AmendProblem::Twice(name.clone())) } else { setting(text, root, name, value) } {
            Ok(edit) => edits.push(edit),
            Err(problem) => problems.push(problem),
        }
    }
    let date = identity.effective_from.to_string();
    for (key, value) in [("id", &identity.id), ("title", &identity.title), ("effective_from", &date)] {
        match root.get(key) {
            Some(old) => edits.push(Edit { from: old.span().start, to: old.span().end, text: quoted(value) }),
            None => problems.push(AmendProblem::Unreadable),
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    // From the end backwards, so that the places of the edits still to come stay true.
    edits.sort_by_key(|edit| edit.from);
    let mut amended = text.to_owned();
    for edit in edits.into_iter().rev() {
        amended.replace_range(edit.from..edit.to, &edit.text);
    }
    Ok(amended)
}

fn setting(text: &str, root: &DeTable<'_>, name: &str, value: &str) -> Result<Edit, AmendProblem> {
    let (section, key) =
        name.split_once('.').filter(|_| is_setting(name)).ok_or_else(|| AmendProblem::Name(name.to_owned()))?;
    let table = match root.get(section).map(|value| value.get_ref()) {
        Some(DeValue::Table(table)) => table,
        Some(_) => return Err(AmendProblem::NotSingle(name.to_owned())),
        None => return Err(AmendProblem::NoSection(name.to_owned())),
    };
    let Some(old) = table.get(key) else {
        // A key the edition does not know yet goes below the section's last one; whether there is such a key is told
        // by reading the new text.
        let last = table.values().map(|value| value.span().end).max().unwrap_or_default();
        let rest = text.get(last..).unwrap_or_default();
        let end = last + rest.find('\n').unwrap_or(rest.len());
        return Ok(Edit { from: end, to: end, text: format!("\n{key} = {}", bare_or_quoted(value)) });
    };
    let written = match old.get_ref() {
        DeValue::Array(_) | DeValue::Table(_) => return Err(AmendProblem::NotSingle(name.to_owned())),
        DeValue::String(_) => quoted(value),
        _ => bare_or_quoted(value),
    };
    match text.get(old.span()) == Some(&written) {
        true => Err(AmendProblem::Unchanged(name.to_owned())),
        false => Ok(Edit { from: old.span().start, to: old.span().end, text: written }),
    }
}

/// Writes a number or yes and no as they are, anything else between quotes; a value of the wrong kind is then told by
/// the reader, in its own words.
fn bare_or_quoted(value: &str) -> String {
    let value = value.trim();
    let is_number = !value.is_empty() && value.len() <= 9 && value.chars().all(|c| c.is_ascii_digit());
    if is_number || matches!(value, "true" | "false") { value.to_owned() } else { quoted(value) }
}

/// Writes a text between quotes. What is not seen is escaped, and then refused by the reader of the file.
fn quoted(value: &str) -> String {
    let mut text = String::from("\"");
    for c in value.trim().chars() {
        match c {
            '"' | '\\' => text.extend(['\\', c]),
            c if c.is_control() => text.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => text.push(c),
        }
    }
    text.push('"');
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::parse_date;
    use crate::domain::money::Money;
    use crate::domain::policy::{EMBEDDED, Policy, parse};

    fn next() -> Identity {
        Identity {
            id: "yushan-2026-k1".to_owned(),
            title: "第1号".to_owned(),
            effective_from: parse_date("2027-01-01").unwrap(),
        }
    }

    fn amended(settings: &[(&str, &str)]) -> Result<String, Vec<AmendProblem>> {
        let settings: Vec<(String, String)> =
            settings.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        amend(EMBEDDED, &next(), &settings)
    }

    #[test]
    fn values_change_in_place_and_every_comment_stays() {
        let text = amended(&[
            ("limits.review", "60"),
            ("small_route.needs_filing", "false"),
            ("panel.smallest", "7"),
            ("operation.ceiling_percent", "12"),
        ])
        .unwrap();
        let policy = parse(&text).unwrap();
        let county = Policy::county_default().unwrap();
        assert_eq!((policy.id.as_str(), policy.effective_from), ("yushan-2026-k1", next().effective_from));
        assert_eq!(policy.limits.review, Money::from_wan(60));
        assert!(!policy.small_route.needs_filing && policy.small_route.needs_approval);
        assert_eq!((policy.panel.smallest, policy.operation.ceiling_basis_points), (7, 1200));
        assert_eq!(policy.checklist, county.checklist);
        let comments = |text: &str| text.matches('#').count();
        assert_eq!((text.lines().count(), comments(&text)), (EMBEDDED.lines().count(), comments(EMBEDDED)));
    }

    #[test]
    fn a_key_the_edition_lacks_is_added_to_its_section() {
        let lacking = EMBEDDED.replace("late_needs_in_year_papers = false", "#");
        assert!(!parse(&lacking).unwrap().plan.late_needs_in_year_papers);
        let settings = [("plan.late_needs_in_year_papers".to_owned(), "true".to_owned())];
        let text = amend(&lacking, &next(), &settings).unwrap();
        assert!(parse(&text).unwrap().plan.late_needs_in_year_papers);
        assert_eq!(text.lines().count(), lacking.lines().count() + 1);
        let unknown = amended(&[("plan.no_such_key", "1")]).unwrap();
        let problems = parse(&unknown).unwrap_err();
        assert!(problems[0].message.contains("no_such_key"), "{problems:?}");
    }

    #[test]
    fn what_is_no_single_setting_is_refused_and_every_problem_told() {
        let problems = amended(&[
            ("id", "x"),
            ("nothing.there", "1"),
            ("catalogue.categories", "server"),
            ("questions.number", "1"),
            ("limits.review", "50"),
            ("limits.panel", "120"),
            ("limits.panel", "130"),
        ])
        .unwrap_err();
        assert_eq!(
            problems,
            [
                AmendProblem::Name("id".to_owned()),
                AmendProblem::NoSection("nothing.there".to_owned()),
                AmendProblem::NotSingle("catalogue.categories".to_owned()),
                AmendProblem::NotSingle("questions.number".to_owned()),
                AmendProblem::Unchanged("limits.review".to_owned()),
                AmendProblem::Twice("limits.panel".to_owned()),
            ]
        );
    }

    #[test]
    fn a_value_cannot_break_out_of_its_place() {
        for value in ["50\"\nid = \"x", "50\\", "50\n[limits]", "\u{1b}[31m", "七十", ""] {
            let text = amended(&[("limits.review", value)]).unwrap();
            let problems = parse(&text).unwrap_err();
            assert!(problems.iter().all(|problem| problem.message.contains("limits.review")), "{value}: {problems:?}");
        }
        let text = amended(&[("small_route.needs_filing", "no")]).unwrap();
        assert!(parse(&text).unwrap_err()[0].message.contains("true或false"));
    }

    #[test]
    fn every_setting_the_questions_name_can_be_changed() {
        for question in Policy::county_default().unwrap().questions {
            for name in question.settings {
                let amended = amended(&[(&name, "1")]);
                assert!(amended.is_ok(), "{name}: {amended:?}");
            }
        }
    }
}
