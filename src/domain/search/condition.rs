//! Makes a condition of a field, an operator and values.

use crate::domain::actor::Role;
use crate::domain::checklist::{Dimension, Verdict};
use crate::domain::project::{ProjectKind, Stage};
use crate::domain::route::RouteCode;

use super::cursor::{Op, Value};
use super::field::{Field, Labels, meant, nearest};
use super::filter::{Asked, Filter, Having, SortBy, SortKey, Term, TextTest, Turn, Who, is_me};
use super::fold::fold;
use super::problem::{FilterProblem, FilterProblemKind as Kind};
use super::value::{Changed, Due, Test, When, amount_unit, read_amount, read_days, read_edition, read_when, read_year};

type Parsed<T> = Result<T, FilterProblem>;

fn problem(value: &Value, kind: Kind) -> FilterProblem {
    FilterProblem { at: value.at, word: value.text.clone(), kind }
}

/// Tells whether values of the field have an order, so that they can be compared.
pub(super) fn compares(field: Field) -> bool {
    matches!(field, Field::Amount | Field::Due | Field::Wait | Field::Year | Field::Updated | Field::Edition)
}

/// Makes the condition; `None` for 排序, which is no condition.
pub(super) fn condition(field: Field, op: Op, values: &[Value], labels: &Labels) -> Parsed<Option<Filter>> {
    let text = || TextTest { exact: op == Op::Equal, texts: values.iter().map(|v| v.text.clone()).collect() };
    let term = match field {
        Field::State => Term::State(choices(field, values, Stage::ALL, |s| [(labels.stage)(s), s.code()])?),
        Field::Route => Term::Route(choices(field, values, RouteCode::ALL, |r| [(labels.route)(r), r.code()])?),
        Field::Kind => Term::Kind(choices(field, values, ProjectKind::ALL, |k| [(labels.kind)(k), k.code()])?),
        Field::Turn => Term::Turn(turns(values, labels)?),
        Field::Unit => Term::Unit(text()),
        Field::Id => Term::Id(text()),
        Field::Name => Term::Name(text()),
        Field::Owner => Term::Owner(values.iter().map(person).collect()),
        // What is asked of the checklist is read by `answered`, for its name may hold a part.
        Field::Sort | Field::Dimension | Field::Item => return Ok(None),
        Field::Has => Term::Has(choices(field, values, Having::ALL, |h| [h.name(), h.code()])?),
        // 无:专家,附件 has neither: the opposite of having one of them.
        Field::Lacks => {
            let things = choices(field, values, Having::ALL, |h| [h.name(), h.code()])?;
            return Ok(Some(Filter::Term(Term::Has(things)).negated()));
        }
        Field::Amount | Field::Due | Field::Wait | Field::Year | Field::Updated | Field::Edition => {
            let terms = values.iter().map(|value| comparison(field, op, value).map(Filter::Term));
            return terms.collect::<Parsed<Vec<_>>>().map(|terms| Some(Filter::any_of(terms)));
        }
    };
    Ok(Some(Filter::Term(term)))
}

/// Tells what of the checklist a part of a field's name means; nothing where there is no such dimension.
pub(super) fn asked(field: Field, part: &str) -> Option<Asked> {
    match (field, part) {
        (_, "") => Some(Asked::Anything),
        (Field::Dimension, number) => {
            let place = number.parse::<usize>().ok()?.checked_sub(1)?;
            Dimension::ALL.get(place).map(|dimension| Asked::Dimension(*dimension))
        }
        (_, item) => Some(Asked::Item(item.to_uppercase())),
    }
}

/// Makes the condition on answers to the checklist. 是 and 否 are short for 通过 and 不通过.
pub(super) fn answered(about: Asked, values: &[Value], labels: &Labels) -> Parsed<Filter> {
    let field = if matches!(about, Asked::Item(_)) { Field::Item } else { Field::Dimension };
    let mut verdicts = Vec::new();
    for value in values {
        match fold(value.text.trim()).as_str() {
            "是" | "符合" | "yes" => verdicts.push(Verdict::Pass),
            "否" | "不符合" => verdicts.push(Verdict::Fail),
            _ => {
                let names = |v| [(labels.verdict)(v), v.code()];
                verdicts.extend(choices(field, std::slice::from_ref(value), Verdict::ALL, names)?);
            }
        }
    }
    verdicts.sort();
    verdicts.dedup();
    Ok(Filter::Term(Term::Answered(about, verdicts)))
}

fn person(value: &Value) -> Who {
    if !value.quoted && is_me(&value.text) { Who::Me } else { Who::Named(value.text.clone()) }
}

fn choices<T: Copy + Ord>(
    field: Field,
    values: &[Value],
    all: &[T],
    names: impl Fn(T) -> [&'static str; 2],
) -> Parsed<Vec<T>> {
    let mut chosen = Vec::new();
    for value in values {
        let found = meant(&value.text, all, &names);
        if found.is_empty() {
            let known = all.iter().flat_map(|one| {
                let [label, code] = names(*one);
                [(label, label), (label, code)]
            });
            let nearest = nearest(&fold(&value.text), known);
            return Err(problem(value, Kind::UnknownValue { field, nearest }));
        }
        chosen.extend(found);
    }
    chosen.sort();
    chosen.dedup();
    Ok(chosen)
}

fn turns(values: &[Value], labels: &Labels) -> Parsed<Vec<Turn>> {
    let mut turns = Vec::new();
    for value in values {
        if is_me(&value.text) {
            turns.push(Turn::Me);
            continue;
        }
        let roles = choices(Field::Turn, std::slice::from_ref(value), Role::ALL, |r| [(labels.role)(r), r.code()])?;
        turns.extend(roles.into_iter().map(Turn::Role));
    }
    Ok(turns)
}

/// Reads one key of an order, `-` for descending.
pub(super) fn sort_key(value: &Value) -> Parsed<SortKey> {
    let typed = fold(value.text.trim());
    let (descending, name) = match typed.strip_prefix('-') {
        Some(name) => (true, name),
        None => (false, typed.as_str()),
    };
    match meant(name, SortBy::ALL, |by| [by.name(), by.code()]).first() {
        Some(by) if !name.is_empty() => Ok(SortKey { by: *by, descending }),
        _ => {
            let names = SortBy::ALL.iter().flat_map(|by| [(by.name(), by.name()), (by.name(), by.code())]);
            Err(problem(value, Kind::UnknownValue { field: Field::Sort, nearest: nearest(name, names) }))
        }
    }
}

fn comparison(field: Field, op: Op, value: &Value) -> Parsed<Term> {
    match field {
        Field::Due => due(op, value).map(Term::Due),
        Field::Updated => changed(op, value).map(Term::Updated),
        Field::Edition => test(field, op, value, |part, _| read_edition(part), u32::gt).map(Term::Edition),
        Field::Wait => test(field, op, value, |part, _| read_days(part), u32::gt).map(Term::Wait),
        Field::Year => test(field, op, value, |part, _| read_year(part), i32::gt).map(Term::Year),
        _ => test(field, op, value, read_amount, PartialOrd::gt).map(Term::Amount),
    }
}

fn due(op: Op, value: &Value) -> Parsed<Due> {
    let field = Field::Due;
    if matches!(fold(value.text.trim()).as_str(), "逾期" | "overdue") {
        return match op {
            Op::Is | Op::Equal => Ok(Due::Overdue),
            _ => Err(problem(value, Kind::WrongOperator { field })),
        };
    }
    let test = test(field, op, value, |part, _| read_when(part), When::is_surely_after)?;
    Ok(Due::On(match (op, test) {
        // "期限:7天" asks what is due within seven days, not on the seventh.
        (Op::Is, Test::Equal(when @ When::In(..))) => Test::AtMost(when),
        (_, test) => test,
    }))
}

/// A day is a day; a number of days tells how long ago, as it does for 等待.
fn changed(op: Op, value: &Value) -> Parsed<Changed> {
    let field = Field::Updated;
    let ago = test(field, op, value, |part, _| read_days(part), u32::gt);
    if let Ok(test) = ago {
        return Ok(Changed::Ago(match (op, test) {
            // "更新:3天" asks what changed within three days, as "期限:7天" does.
            (Op::Is, Test::Equal(days)) => Test::AtMost(days),
            (_, test) => test,
        }));
    }
    let day = |part: &str| read_when(part).filter(|when| !matches!(when, When::In(..)));
    test(field, op, value, |part, _| day(part), When::is_surely_after).map(Changed::On)
}

/// Reads one value or a range. `read` is told the unit of the range's end, for `1..2亿` means from 1亿.
fn test<T>(
    field: Field,
    op: Op,
    value: &Value,
    read: impl Fn(&str, Option<char>) -> Option<T>,
    after: impl Fn(&T, &T) -> bool,
) -> Parsed<Test<T>> {
    let bad = || problem(value, Kind::BadValue { field });
    let text = fold(value.text.trim());
    let Some((low, high)) = text.split_once("..") else {
        let value = read(&text, None).ok_or_else(bad)?;
        return Ok(match op {
            Op::Is | Op::Equal => Test::Equal(value),
            Op::Above => Test::Above(value),
            Op::AtLeast => Test::AtLeast(value),
            Op::Below => Test::Below(value),
            Op::AtMost => Test::AtMost(value),
        });
    };
    if !matches!(op, Op::Is | Op::Equal) {
        return Err(problem(value, Kind::WrongOperator { field }));
    }
    match (low, high) {
        ("", high) => read(high, None).map(Test::AtMost).ok_or_else(bad),
        (low, "") => read(low, None).map(Test::AtLeast).ok_or_else(bad),
        (low, high) => {
            let (low, high) = (read(low, amount_unit(high)).ok_or_else(bad)?, read(high, None).ok_or_else(bad)?);
            if after(&low, &high) {
                Err(problem(value, Kind::BackwardsRange { field }))
            } else {
                Ok(Test::Between(low, high))
            }
        }
    }
}
