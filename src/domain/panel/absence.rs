//! 不能到会: the days on which an expert cannot come, as the secretary was told.

use chrono::NaiveDate;

use crate::domain::calendar::parse_date;

/// A time for which an expert said not to be available.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Absence {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub until: NaiveDate,
    /// Why.
    pub reason: String,
}

/// Why a text is no absence, or one cannot be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AbsenceProblem {
    /// Not written as one writes an absence.
    Unreadable(String),
    /// It ends before it begins.
    Backwards,
    /// Nobody said why.
    Unreasoned,
    /// Some of its days are taken by another one.
    Overlaps(Absence),
    /// There is none on that day.
    NoneOn(NaiveDate),
}

impl Absence {
    /// Checks its days and its reason. A semicolon separates absences in the lists people keep, so none stands in one.
    pub fn new(from: NaiveDate, until: NaiveDate, reason: &str) -> Result<Absence, AbsenceProblem> {
        let reason = reason.trim();
        if until < from {
            return Err(AbsenceProblem::Backwards);
        }
        match reason {
            "" => Err(AbsenceProblem::Unreasoned),
            text if text.contains(SEPARATORS) => Err(AbsenceProblem::Unreadable(text.to_owned())),
            text => Ok(Absence { from, until, reason: text.to_owned() }),
        }
    }

    /// Reads `2026-12-01|2026-12-20|出差`.
    pub fn parse(text: &str) -> Result<Absence, AbsenceProblem> {
        let unreadable = || AbsenceProblem::Unreadable(text.to_owned());
        let parts: Vec<&str> = text.split(['|', '｜']).map(str::trim).collect();
        let [from, until, reason] = parts[..] else { return Err(unreadable()) };
        let day = |text: &str| parse_date(text).ok_or_else(unreadable);
        Absence::new(day(from)?, day(until)?, reason)
    }

    /// Tells whether the expert is away on a day.
    pub fn covers(&self, day: NaiveDate) -> bool {
        (self.from..=self.until).contains(&day)
    }
}

/// What separates one from the next in a list written in one cell.
pub const SEPARATORS: [char; 3] = [';', '；', '\n'];

impl std::fmt::Display for Absence {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}|{}|{}", self.from, self.until, self.reason)
    }
}

/// Adds one, in the order of days. A day is taken by one absence only, or nobody would know which reason counts.
pub fn add(absences: &mut Vec<Absence>, new: Absence) -> Result<(), AbsenceProblem> {
    if let Some(other) = absences.iter().find(|other| other.from <= new.until && new.from <= other.until) {
        return Err(AbsenceProblem::Overlaps(other.clone()));
    }
    absences.push(new);
    absences.sort();
    Ok(())
}

/// Ends the absence of a day the day before: whoever comes back on the first day was not away at all.
pub fn end(absences: &mut Vec<Absence>, back_on: NaiveDate) -> Result<Absence, AbsenceProblem> {
    let none = AbsenceProblem::NoneOn(back_on);
    let Some(place) = absences.iter().position(|absence| absence.covers(back_on)) else { return Err(none) };
    let ended = absences.remove(place);
    if let Some(last) = back_on.pred_opt().filter(|last| *last >= ended.from) {
        absences.insert(place, Absence { until: last, ..ended.clone() });
    }
    Ok(ended)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        parse_date(text).unwrap()
    }

    #[test]
    fn an_absence_reads_back_from_what_it_is_written_as() {
        let absence = Absence::parse("2026-12-01｜2026-12-20｜出差").unwrap();
        assert_eq!(Absence::parse(&absence.to_string()), Ok(absence.clone()));
        assert!(absence.covers(day("2026-12-01")) && absence.covers(day("2026-12-20")));
        assert!(!absence.covers(day("2026-11-30")) && !absence.covers(day("2026-12-21")));
        assert_eq!(Absence::parse("2026-12-02|2026-12-01|出差"), Err(AbsenceProblem::Backwards));
        assert_eq!(Absence::parse("2026-12-02|2026-12-02| "), Err(AbsenceProblem::Unreasoned));
        for text in ["下周", "2026-12-01|出差", "2026-12-01|2026-12-40|出差", "2026-12-01|2026-12-02|病；休"] {
            assert!(matches!(Absence::parse(text), Err(AbsenceProblem::Unreadable(_))), "{text}");
        }
    }

    #[test]
    fn no_day_has_two_reasons() {
        let mut absences = vec![Absence::parse("2026-12-10|2026-12-20|出差").unwrap()];
        for taken in ["2026-12-20|2026-12-25|休假", "2026-12-01|2026-12-31|病休", "2026-12-12|2026-12-12|会议"] {
            let added = add(&mut absences, Absence::parse(taken).unwrap());
            assert!(matches!(added, Err(AbsenceProblem::Overlaps(_))), "{taken}");
        }
        add(&mut absences, Absence::parse("2026-12-01|2026-12-09|休假").unwrap()).unwrap();
        assert_eq!(absences.iter().map(|it| it.reason.as_str()).collect::<Vec<_>>(), ["休假", "出差"]);
    }

    #[test]
    fn whoever_comes_back_early_was_away_until_the_day_before() {
        let mut absences = vec![Absence::parse("2026-12-10|2026-12-20|出差").unwrap()];
        assert_eq!(end(&mut absences, day("2026-12-21")), Err(AbsenceProblem::NoneOn(day("2026-12-21"))));
        end(&mut absences, day("2026-12-15")).unwrap();
        assert_eq!((absences[0].from, absences[0].until), (day("2026-12-10"), day("2026-12-14")));
        end(&mut absences, day("2026-12-10")).unwrap();
        assert_eq!(absences, []);
    }
}
