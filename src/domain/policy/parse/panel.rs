//! Reads the rules of the expert panel.

use super::value::{Section, Value, Vocabulary};
use crate::domain::panel::attendance::Vacancy;
use crate::domain::policy::{Limits, PanelRules, Policy};

/// Fewer than three is no panel; a county does not seat more than 21.
const SIZES: std::ops::RangeInclusive<u32> = 3..=21;

const VACANCY: Vocabulary<Vacancy> =
    Vocabulary { what: "缺席、回避的处理方式", all: Vacancy::ALL, code: Vacancy::code };

const KEYS: &[&str] = &[
    "smallest",
    "smallest_large",
    "large_from",
    "smallest_voluntary",
    "disciplines",
    "home",
    "external_share",
    "favourable_share",
    "continuity_share",
    "recusal_years",
    "opinion_valid_months",
    "vacancy",
    "minutes_per_item",
    "load_per_year",
    "pairing_per_year",
];

/// Reads the section, against the limits where they could be read.
pub(super) fn panel(value: &Value<'_>, limits: Option<&Limits>) -> Option<PanelRules> {
    let section = value.section(KEYS)?;
    let size = |key| {
        let size = section.read(key, |value| value.number(SIZES));
        // An even panel can tie, and a tie is no conclusion.
        if size.is_some_and(|size| size % 2 == 0) {
            section.complain(key, "专家人数应为单数");
        }
        size
    };
    let smallest = size("smallest");
    let smallest_large = size("smallest_large");
    let smallest_voluntary = size("smallest_voluntary");
    let large_from = section.read("large_from", Value::money);
    let disciplines = section.read("disciplines", |value| value.set(Value::slug));

    if let (Some(smallest), Some(large)) = (smallest, smallest_large)
        && large < smallest
    {
        section.complain("smallest_large", "大额项目的专家人数少于一般项目");
    }
    if let (Some(smallest), Some(voluntary)) = (smallest, smallest_voluntary)
        && voluntary > smallest
    {
        section.complain("smallest_voluntary", "自行组织论证的专家人数多于必须论证的项目");
    }
    if let (Some(from), Some(limits)) = (large_from, limits)
        && from < limits.panel
    {
        section.complain("large_from", format!("大额起点{from}万元低于专家论证限额{}万元", limits.panel));
    }
    if let (Some(smallest), Some(disciplines)) = (smallest, &disciplines)
        && disciplines.len() > smallest as usize
    {
        section.complain("disciplines", format!("专业多于专家组最少人数{smallest}人，无法各有一名"));
    }
    Some(PanelRules {
        smallest: smallest?,
        smallest_large: smallest_large?,
        large_from: large_from?,
        smallest_voluntary: smallest_voluntary?,
        disciplines: disciplines?,
        home: later(&section, "home", Value::text, |rules| rules.home)?,
        external_share: later(&section, "external_share", Value::share, |rules| rules.external_share)?,
        favourable_share: later(&section, "favourable_share", Value::share, |rules| rules.favourable_share)?,
        continuity_share: later(&section, "continuity_share", Value::share, |rules| rules.continuity_share)?,
        recusal_years: later(&section, "recusal_years", |value| value.number(1..=20), |rules| rules.recusal_years)?,
        opinion_valid_months: later(
            &section,
            "opinion_valid_months",
            |value| value.number(1..=60),
            |rules| rules.opinion_valid_months,
        )?,
        vacancy: later(&section, "vacancy", |value| value.code(&VACANCY), |rules| rules.vacancy)?,
        minutes_per_item: later(
            &section,
            "minutes_per_item",
            |value| value.number(1..=480),
            |rules| rules.minutes_per_item,
        )?,
        load_per_year: later(&section, "load_per_year", |value| value.number(1..=366), |rules| rules.load_per_year)?,
        pairing_per_year: later(
            &section,
            "pairing_per_year",
            |value| value.number(1..=366),
            |rules| rules.pairing_per_year,
        )?,
    })
}

/// Reads a key that editions installed before it was thought of do not have; they follow the edition that comes with
/// the program, which has them all (a test proves it).
fn later<'a, T>(
    section: &Section<'a>,
    key: &str,
    read: impl FnOnce(&Value<'a>) -> Option<T>,
    usual: impl FnOnce(PanelRules) -> T,
) -> Option<T> {
    match section.holds(key) {
        true => section.read(key, read),
        false => Policy::county_default().ok().map(|policy| usual(policy.panel)),
    }
}
