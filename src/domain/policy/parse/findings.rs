//! Reads what is taken for a finding: shares, terms, and the words of the lexicons.

use super::sections::CATEGORY;
use super::value::Value;
use crate::domain::policy::FindingRules;

const KEYS: &[&str] = &[
    "just_under_percent",
    "splitting_months",
    "hardware_share_percent",
    "copied_percent",
    "paid_before_acceptance_percent",
    "bespoke_unit_price",
    "compute",
    "room_words",
    "network_words",
    "hardware_words",
    "bespoke_words",
    "development_words",
    "migration_words",
    "negations",
];

/// A longer entry is a sentence, which nobody writes the same way twice.
const LONGEST_WORD: usize = 20;

/// Reads the section.
pub(super) fn rules(value: &Value<'_>) -> Option<FindingRules> {
    let section = value.section(KEYS)?;
    let percent = |key| section.read(key, Value::percent);
    let words = |key| section.read(key, |value| value.distinct(word));
    let just_under = percent("just_under_percent");
    if just_under.is_some_and(|points| points < 5_000) {
        section.complain("just_under_percent", "不足一半的不是贴线，应为50以上");
    }
    let months = section.read("splitting_months", |value| value.number(1..=36));
    let (hardware, copied) = (percent("hardware_share_percent"), percent("copied_percent"));
    let paid = percent("paid_before_acceptance_percent");
    let price = section.read("bespoke_unit_price", Value::money);
    let compute = section.read("compute", |value| value.set(|category| category.code(&CATEGORY)));
    let (room, network) = (words("room_words"), words("network_words"));
    let (hardware_words, bespoke) = (words("hardware_words"), words("bespoke_words"));
    let (development, migration) = (words("development_words"), words("migration_words"));
    let negations = words("negations");
    Some(FindingRules {
        just_under_basis_points: just_under?,
        splitting_months: months?,
        hardware_share_basis_points: hardware?,
        copied_basis_points: copied?,
        paid_before_acceptance_basis_points: paid?,
        bespoke_unit_price: price?,
        compute: compute?,
        room_words: room?,
        network_words: network?,
        hardware_words: hardware_words?,
        bespoke_words: bespoke?,
        development_words: development?,
        migration_words: migration?,
        negations: negations?,
    })
}

fn word(value: &Value<'_>) -> Option<String> {
    let word = value.text()?;
    match word.chars().count() {
        0..=LONGEST_WORD => Some(word),
        length => {
            value.complain(format!("共{length}字，字词不得超过{LONGEST_WORD}字"));
            None
        }
    }
}
