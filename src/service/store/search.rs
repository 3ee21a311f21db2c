//! The search index, and filters as SQL.

use chrono::NaiveDate;
use rusqlite::params;
use rusqlite::types::Value;

use super::error::StoreResult;
use super::page::Condition;
use super::pending::desk_number;
use super::{Reader, Writer};
use crate::domain::actor::{Actor, Role};
use crate::domain::calendar::Moment;
use crate::domain::checklist::{Dimension, Verdict};
use crate::domain::ids::{ItemId, ProjectId};
use crate::domain::money::Money;
use crate::domain::project::Stage;
use crate::domain::route::RouteCode;
use crate::domain::search::{
    Asked, Changed, Due, Filter, Having, Term, Terms, Test, TextTest, Turn, When, Who, fold, literal_expression,
    match_expression,
};
use crate::domain::workflow::waiting::Desk;
use crate::service::desks::desks;

const MILLIS_PER_DAY: i64 = 24 * 60 * 60 * 1000;

impl Writer<'_> {
    /// Notes that a project's words changed. They are written to the search index just before the commit, those of all
    /// projects at once: every statement with triggers that follows a write to the index makes it write out what it
    /// has, which in a form of a thousand rows would be a thousand small indexes to merge.
    pub fn index_project(&self, id: ProjectId) {
        self.to_index.borrow_mut().insert(id);
    }

    /// Writes a project's words to the search index.
    pub(super) fn write_index(&self, id: ProjectId) -> StoreResult<()> {
        let (code, name, unit): (String, String, String) = self
            .prepare("SELECT p.code, p.name, u.name FROM project p JOIN unit u ON u.id = p.unit_id WHERE p.id = ?1")?
            .query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let terms = Terms::of([name.as_str(), &unit, &code]);
        self.prepare("INSERT OR REPLACE INTO search (rowid, han, py, spelling) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![id.0, terms.han, terms.py, terms.spelling])?;
        Ok(())
    }
}

impl Reader<'_> {
    /// Turns a filter into a condition on `p` (project).
    pub fn condition(self, filter: &Filter, asker: &Asker<'_>) -> StoreResult<Condition> {
        let mut condition = Condition::default();
        if *filter != Filter::EVERYTHING {
            Compiler { read: self, actor: asker.actor, now: asker.now, asker }.filter(filter, &mut condition)?;
            condition.of_words_alone = asks_words_alone(filter);
        }
        Ok(condition)
    }
}

fn asks_words_alone(filter: &Filter) -> bool {
    match filter {
        Filter::Term(Term::Word(_) | Term::Quoted(_)) => true,
        Filter::And(parts) | Filter::Or(parts) => parts.iter().all(asks_words_alone),
        Filter::Not(_) | Filter::Term(_) => false,
    }
}

/// Who asks, when, and what the conditions need to know besides.
#[derive(Debug)]
pub struct Asker<'a> {
    /// The person.
    pub actor: &'a Actor,
    /// The moment.
    pub now: Moment,
    /// The items of the checklists in use, with their dimensions, in the order of the policies.
    pub items: Vec<(ItemId, Dimension)>,
    /// The projects of whose panels the person learns nothing: to this person they have none.
    pub apart: Vec<i64>,
}

struct Compiler<'a> {
    asker: &'a Asker<'a>,
    read: Reader<'a>,
    actor: &'a Actor,
    now: Moment,
}

impl Compiler<'_> {
    fn filter(&self, filter: &Filter, into: &mut Condition) -> StoreResult<()> {
        match filter {
            Filter::And(parts) if parts.is_empty() => into.push("TRUE", []),
            Filter::And(parts) => self.joined(parts, " AND ", into)?,
            Filter::Or(parts) => self.joined(parts, " OR ", into)?,
            // Every project has a stage and a way, so "none of these" is "one of the others", which an index answers.
            Filter::Not(part) => match part.as_ref() {
                Filter::Term(Term::State(stages)) => {
                    let others = Stage::ALL.iter().filter(|stage| !stages.contains(stage));
                    one_of("p.stage", others.map(|stage| text(stage.code())), into);
                }
                Filter::Term(Term::Route(routes)) => {
                    let others = RouteCode::ALL.iter().filter(|route| !routes.contains(route));
                    one_of("p.route", others.map(|route| text(route.code())), into);
                }
                part => {
                    // A project without the value at all (no due day) is also "not this".
                    into.push("NOT coalesce((", []);
                    self.filter(part, into)?;
                    into.push("), FALSE)", []);
                }
            },
            Filter::Term(term) => self.term(term, into)?,
        }
        Ok(())
    }

    fn joined(&self, parts: &[Filter], word: &'static str, into: &mut Condition) -> StoreResult<()> {
        let mut separator = "(";
        for part in parts {
            into.push(separator, []);
            self.filter(part, into)?;
            separator = word;
        }
        into.push(")", []);
        Ok(())
    }

    fn term(&self, term: &Term, into: &mut Condition) -> StoreResult<()> {
        match term {
            Term::Word(word) => indexed(match_expression(word), into),
            Term::Quoted(word) => indexed(literal_expression(word), into),
            Term::State(stages) => one_of("p.stage", stages.iter().map(|stage| text(stage.code())), into),
            Term::Route(routes) => one_of("p.route", routes.iter().map(|route| text(route.code())), into),
            Term::Kind(kinds) => one_of("p.kind", kinds.iter().map(|kind| text(kind.code())), into),
            Term::Unit(test) => self.unit(test, into)?,
            Term::Id(test) if test.exact => {
                one_of("p.code", test.texts.iter().map(|code| text(&fold(code).to_uppercase())), into);
            }
            Term::Name(test) if test.exact => one_of("p.name", test.texts.iter().map(|name| text(name)), into),
            Term::Id(test) | Term::Name(test) => {
                let words = test.texts.iter().map(|word| Filter::Term(Term::Word(word.clone())));
                self.filter(&Filter::any_of(words), into)?;
            }
            Term::Amount(test) => compare(Column::Amount, test.map(Money::fen), into),
            Term::Year(test) => compare(Column::Year, test.map(i64::from), into),
            Term::Due(due) => {
                let span = due.resolve(self.now.date_naive());
                into.push("(p.due IS NOT NULL", []);
                if let Some(first) = span.first {
                    into.push(" AND p.due >= ?", [text(&first.to_string())]);
                }
                if let Some(last) = span.last {
                    into.push(" AND p.due <= ?", [text(&last.to_string())]);
                }
                into.push(")", []);
            }
            Term::Wait(test) => self.ago("p.since", test, into),
            Term::Updated(Changed::Ago(test)) => self.ago("p.updated_at", test, into),
            Term::Updated(Changed::On(test)) => self.changed_on(*test, into),
            Term::Edition(test) => compare(Column::Round, test.map(i64::from), into),
            Term::Answered(about, verdicts) => self.answered(about, verdicts, into),
            Term::Has(things) => self.has(things, into),
            Term::Turn(turns) => self.turn(turns, into),
            Term::Owner(people) => self.owner(people, into)?,
        }
        Ok(())
    }

    /// Units are few: they are matched here, by text and pinyin, and named by number.
    fn unit(&self, test: &TextTest, into: &mut Condition) -> StoreResult<()> {
        let fits = |name: &str| {
            test.texts.iter().any(|wanted| match test.exact {
                true => fold(name) == fold(wanted),
                false => Terms::of([name]).are_found_by(wanted),
            })
        };
        let units = self.read.units()?;
        let found = units.iter().filter(|unit| fits(&unit.name)).map(|unit| Value::from(unit.id.0));
        one_of("p.unit_id", found, into);
        Ok(())
    }

    /// An answer counts in the running round alone; those of earlier rounds are for the rounds to show.
    fn answered(&self, about: &Asked, verdicts: &[Verdict], into: &mut Condition) {
        let items = &self.asker.items;
        let is_meant = |(at, (id, dimension)): &(usize, &(ItemId, Dimension))| match about {
            Asked::Anything => true,
            Asked::Dimension(wanted) => dimension == wanted,
            Asked::Item(wanted) => {
                let number = items.iter().take(*at + 1).filter(|(_, other)| other == dimension).count();
                let place = Dimension::ALL.iter().position(|one| one == dimension).map_or(0, |place| place + 1);
                id.as_str() == wanted || format!("{place}.{number}") == *wanted
            }
        };
        let meant = items.iter().enumerate().filter(is_meant).map(|(_, (id, _))| text(id.as_str()));
        into.push("p.id IN (SELECT j.project_id FROM judgement j JOIN project o ON o.id = j.project_id WHERE ", []);
        one_of("j.item", meant, into);
        into.push(" AND ", []);
        one_of("j.verdict", verdicts.iter().map(|verdict| text(verdict.code())), into);
        into.push(" AND j.round = o.round)", []);
    }

    fn has(&self, things: &[Having], into: &mut Condition) {
        let mut separator = "(";
        for thing in things {
            into.push(separator, []);
            separator = " OR ";
            into.push(
                match thing {
                    Having::Panel => "(p.id IN (SELECT project_id FROM panel)",
                    Having::Fix => "(p.id IN (SELECT project_id FROM fix)",
                    Having::Attachment => "p.id IN (SELECT project_id FROM attachment)",
                    Having::Opinion => "p.id IN (SELECT project_id FROM opinion)",
                    Having::Revision => "p.round > 1",
                    Having::Citation => {
                        "p.id IN (SELECT j.project_id FROM judgement j JOIN project o ON o.id = j.project_id \
                         WHERE j.cite <> '' AND j.round = o.round)"
                    }
                },
                [],
            );
            if matches!(thing, Having::Panel | Having::Fix) {
                // Who must stay away from a panel does not learn that there is one.
                for project in &self.asker.apart {
                    into.push(" AND p.id <> ?", [(*project).into()]);
                }
                into.push(")", []);
            }
        }
        into.push(if things.is_empty() { "FALSE" } else { ")" }, []);
    }

    /// A day of the last change, from its first to its last moment where the county is.
    fn changed_on(&self, test: Test<When>, into: &mut Condition) {
        let span = Due::On(test).resolve(self.now.date_naive());
        let zone = self.now.timezone();
        let begins = |day: Option<NaiveDate>| {
            let midnight = day?.and_hms_opt(0, 0, 0)?;
            Some(midnight.and_local_timezone(zone).earliest()?.timestamp_millis())
        };
        into.push("(TRUE", []);
        if let Some(first) = begins(span.first) {
            into.push(" AND p.updated_at >= ?", [first.into()]);
        }
        if let Some(next) = begins(span.last.and_then(|last| last.succ_opt())) {
            into.push(" AND p.updated_at < ?", [next.into()]);
        }
        into.push(")", []);
    }

    /// So many whole days ago; more days is an earlier moment.
    fn ago(&self, moment: &'static str, test: &Test<u32>, into: &mut Condition) {
        let at_least = |days: u32| Value::from(self.now.timestamp_millis() - i64::from(days) * MILLIS_PER_DAY);
        let (least, most) = match *test {
            Test::Equal(days) => (Some(days), Some(days)),
            Test::Above(days) => (Some(days.saturating_add(1)), None),
            Test::AtLeast(days) => (Some(days), None),
            Test::Below(0) => return into.push("FALSE", []),
            Test::Below(days) => (None, Some(days - 1)),
            Test::AtMost(days) => (None, Some(days)),
            Test::Between(low, high) => (Some(low), Some(high)),
        };
        into.push("(TRUE", []);
        if let Some(days) = least {
            into.push(" AND ", []);
            into.push(moment, []);
            into.push(" <= ?", [at_least(days)]);
        }
        if let Some(days) = most {
            into.push(" AND ", []);
            into.push(moment, []);
            into.push(" > ?", [at_least(days.saturating_add(1))]);
        }
        into.push(")", []);
    }

    /// Pending work is found by role and desk; going through the projects and asking of each would walk them all.
    fn turn(&self, turns: &[Turn], into: &mut Condition) {
        let desks: Vec<(Role, Option<Desk>)> = turns
            .iter()
            .flat_map(|turn| match turn {
                Turn::Role(role) => vec![(*role, None)],
                Turn::Me => desks(self.actor, None).into_iter().map(|(role, desk)| (role, Some(desk))).collect(),
            })
            .collect();
        let mut separator = "p.id IN (SELECT w.project_id FROM pending w WHERE ";
        for (role, desk) in &desks {
            into.push(separator, []);
            separator = " OR ";
            match desk {
                None => into.push("w.role = ?", [text(role.code())]),
                Some(desk) => {
                    into.push("(w.role = ? AND w.desk = ?)", [text(role.code()), desk_number(*desk).into()]);
                }
            }
        }
        into.push(if desks.is_empty() { "FALSE" } else { ")" }, []);
    }

    fn owner(&self, people: &[Who], into: &mut Condition) -> StoreResult<()> {
        let accounts = self.read.accounts()?;
        let fits = |name: &str, code: &str, id| {
            people.iter().any(|who| match who {
                Who::Me => id == self.actor.id,
                Who::Named(wanted) => fold(code) == fold(wanted) || Terms::of([name]).are_found_by(wanted),
            })
        };
        let found = accounts.iter().filter(|a| fits(&a.name, &a.code, a.id)).map(|account| Value::from(account.id.0));
        one_of("p.reviewer_id", found, into);
        Ok(())
    }
}

/// A word of punctuation alone narrows nothing.
fn indexed(expression: Option<String>, into: &mut Condition) {
    match expression {
        Some(expression) => {
            into.push("p.id IN (SELECT rowid FROM search WHERE search MATCH ?)", [expression.into()]);
        }
        None => into.push("TRUE", []),
    }
}

/// `IN` rather than a chain of `OR`, because an index answers it; of no values it is false.
fn one_of(column: &'static str, values: impl Iterator<Item = Value>, into: &mut Condition) {
    into.push(column, []);
    let mut separator = " IN (";
    for value in values {
        into.push(separator, []);
        into.push("?", [value]);
        separator = ", ";
    }
    into.push(if separator == ", " { ")" } else { " IN ()" }, []);
}

enum Column {
    Amount,
    Round,
    Year,
}

fn compare(column: Column, test: Test<i64>, into: &mut Condition) {
    into.push(
        match column {
            Column::Amount => "p.governing_fen",
            Column::Year => "p.plan_year",
            Column::Round => "p.round",
        },
        [],
    );
    match test {
        Test::Equal(value) => into.push(" = ?", [value.into()]),
        Test::Above(value) => into.push(" > ?", [value.into()]),
        Test::AtLeast(value) => into.push(" >= ?", [value.into()]),
        Test::Below(value) => into.push(" < ?", [value.into()]),
        Test::AtMost(value) => into.push(" <= ?", [value.into()]),
        Test::Between(low, high) => into.push(" BETWEEN ? AND ?", [low.into(), high.into()]),
    }
}

fn text(value: &str) -> Value {
    Value::from(value.to_owned())
}
