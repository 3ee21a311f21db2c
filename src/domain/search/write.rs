//! How a single condition is written, with codes or with the labels of the screen.

use std::fmt;

use super::cursor::{is_bare_word, value_needs_quotes};
use super::field::{Field, Labels};
use super::filter::{Asked, Having, Term, TextTest, Turn, Who, is_me};
use super::fold::half_width;
use super::value::{Changed, Due, Test, When, write_amount};
use crate::domain::checklist::{Dimension, Verdict};

impl Term {
    pub(super) fn write(&self, f: &mut impl fmt::Write, labels: Option<&Labels>) -> fmt::Result {
        let field = |f: &mut _, field: Field| fmt::Write::write_str(f, field.name());
        match self {
            Term::Word(word) if is_bare_word(word) => f.write_str(word),
            Term::Word(text) | Term::Quoted(text) => f.write_str(&quoted(text)),
            Term::State(stages) => list(f, Field::State, stages, |s| labels.map_or(s.code(), |l| (l.stage)(s))),
            Term::Route(routes) => list(f, Field::Route, routes, |r| labels.map_or(r.code(), |l| (l.route)(r))),
            Term::Kind(kinds) => list(f, Field::Kind, kinds, |k| labels.map_or(k.code(), |l| (l.kind)(k))),
            Term::Turn(turns) => list(f, Field::Turn, turns, |turn| match turn {
                Turn::Me => "我",
                Turn::Role(role) => labels.map_or(role.code(), |l| (l.role)(role)),
            }),
            Term::Owner(people) => {
                write!(f, "{}:", Field::Owner.name())?;
                write_all(f, people, ",", |f, who| match who {
                    Who::Me => f.write_char('我'),
                    // Someone whose name is 我 is told from oneself by quotation marks.
                    Who::Named(name) if is_me(name) => f.write_str(&quoted(name)),
                    Who::Named(name) => f.write_str(&value(name)),
                })
            }
            Term::Unit(test) => test.write(f, Field::Unit),
            Term::Id(test) => test.write(f, Field::Id),
            Term::Name(test) => test.write(f, Field::Name),
            Term::Amount(test) => field(f, Field::Amount).and_then(|()| test.write(f, write_amount)),
            Term::Due(Due::Overdue) => write!(f, "{}:逾期", Field::Due.name()),
            // `:` before a distance is short for "within".
            Term::Due(Due::On(Test::Equal(when @ When::In(..)))) => write!(f, "{}={when}", Field::Due.name()),
            Term::Due(Due::On(test)) => field(f, Field::Due).and_then(|()| test.write(f, |when| when.to_string())),
            Term::Wait(test) => field(f, Field::Wait).and_then(|()| test.write(f, |days| format!("{days}天"))),
            Term::Updated(Changed::Ago(Test::Equal(days))) => write!(f, "{}={days}天", Field::Updated.name()),
            Term::Updated(Changed::Ago(test)) => {
                field(f, Field::Updated).and_then(|()| test.write(f, |days| format!("{days}天")))
            }
            Term::Updated(Changed::On(test)) => {
                field(f, Field::Updated).and_then(|()| test.write(f, |when| when.to_string()))
            }
            Term::Edition(test) => field(f, Field::Edition).and_then(|()| test.write(f, |edition| edition.to_string())),
            Term::Answered(about, verdicts) => {
                match about {
                    Asked::Anything => field(f, Field::Dimension)?,
                    Asked::Dimension(dimension) => {
                        let place = Dimension::ALL.iter().position(|one| one == dimension).unwrap_or_default();
                        write!(f, "{}{}", Field::Dimension.name(), place + 1)?;
                    }
                    Asked::Item(item) => write!(f, "{}{item}", Field::Item.name())?,
                }
                f.write_char(':')?;
                let name = |verdict: &Verdict| labels.map_or(verdict.code(), |l| (l.verdict)(*verdict));
                write_all(f, verdicts, ",", |f, verdict| f.write_str(&value(name(verdict))))
            }
            Term::Has(things) => list(f, Field::Has, things, Having::name),
            Term::Year(test) => field(f, Field::Year).and_then(|()| test.write(f, |year| year.to_string())),
        }
    }
}

impl TextTest {
    fn write(&self, f: &mut impl fmt::Write, field: Field) -> fmt::Result {
        write!(f, "{}{}", field.name(), if self.exact { '=' } else { ':' })?;
        write_all(f, &self.texts, ",", |f, text| f.write_str(&value(text)))
    }
}

fn list<W: fmt::Write, T: Copy>(
    f: &mut W,
    field: Field,
    values: &[T],
    name: impl Fn(T) -> &'static str,
) -> fmt::Result {
    write!(f, "{}:", field.name())?;
    write_all(f, values, ",", |f, one| f.write_str(&value(name(*one))))
}

pub(super) fn write_all<W: fmt::Write, T>(
    f: &mut W,
    parts: &[T],
    between: &str,
    mut write: impl FnMut(&mut W, &T) -> fmt::Result,
) -> fmt::Result {
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            f.write_str(between)?;
        }
        write(f, part)?;
    }
    Ok(())
}

fn value(text: &str) -> String {
    if value_needs_quotes(text) { quoted(text) } else { text.to_owned() }
}

/// Puts a text in quotation marks; those within are doubled, of whatever shape, since all shapes are equal.
fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for c in text.chars() {
        quoted.push(c);
        if half_width(c) == '"' {
            quoted.push(c);
        }
    }
    quoted.push('"');
    quoted
}
