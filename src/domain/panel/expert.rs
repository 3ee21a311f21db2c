//! The expert pool: who may be asked to sit on a panel.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::absence::{Absence, SEPARATORS};
use crate::domain::audit::Detail;
use crate::domain::calendar::YearMonth;
use crate::domain::ids::{AccountId, ExpertId};
use crate::domain::vocabulary::vocabulary;

/// An expert of the pool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expert {
    /// The expert's number.
    pub id: ExpertId,
    /// 姓名.
    pub name: String,
    /// 工作单位.
    pub employer: String,
    /// 职称.
    pub title: String,
    /// What the expert is an expert of, as the policy's codes.
    pub disciplines: BTreeSet<String>,
    /// Where else the expert worked, advised or was retained.
    pub past_roles: Vec<PastRole>,
    /// Whether the expert belongs to a body of this county, and so cannot lead a panel.
    pub local: bool,
    /// Whether the expert may be asked at all.
    pub active: bool,
    /// Why not, where the expert may not.
    pub inactive_reason: String,
    /// How to reach the expert; shown masked.
    pub contact: String,
    /// When the expert cannot come, in the order of days.
    pub absences: Vec<Absence>,
    /// The account the expert holds, number and name; people of the Centre and of units sit on panels, too.
    pub account: Option<(AccountId, String)>,
}

impl Expert {
    /// Finds the absence on a day.
    pub fn away_on(&self, day: NaiveDate) -> Option<&Absence> {
        self.absences.iter().find(|absence| absence.covers(day))
    }

    /// Writes what a draw was made from: a change of any of it changes the digest of the candidate list.
    pub fn line(&self) -> Vec<u8> {
        let list = |parts: Vec<String>| parts.join("\n");
        Detail::new()
            .with("expert", self.id.to_string())
            .with("name", self.name.clone())
            .with("employer", self.employer.clone())
            .with("title", self.title.clone())
            .with("disciplines", list(self.disciplines.iter().cloned().collect()))
            .with("past_roles", list(self.past_roles.iter().map(ToString::to_string).collect()))
            .with("local", self.local.to_string())
            .to_bytes()
    }
}

vocabulary!(
    /// Something the pool knows of an expert and that changes over time.
    ExpertField {
        /// 姓名.
        Name = "name",
        /// 工作单位.
        Employer = "employer",
        /// 职称.
        Title = "title",
        /// 专业.
        Disciplines = "disciplines",
        /// 任职经历.
        PastRoles = "past_roles",
        /// 联系方式.
        Contact = "contact",
        /// 本县人员.
        Local = "local",
        /// 不能到会.
        Absences = "absences",
        /// 在用或停用.
        Status = "status",
    }
);

impl Expert {
    /// Writes a field as the log and a comparison show it.
    pub fn field(&self, field: ExpertField) -> String {
        let list = |parts: Vec<String>| parts.join("；");
        match field {
            ExpertField::Name => self.name.clone(),
            ExpertField::Employer => self.employer.clone(),
            ExpertField::Title => self.title.clone(),
            ExpertField::Disciplines => list(self.disciplines.iter().cloned().collect()),
            ExpertField::PastRoles => list(self.past_roles.iter().map(ToString::to_string).collect()),
            ExpertField::Contact => self.contact.clone(),
            ExpertField::Local => self.local.to_string(),
            ExpertField::Absences => list(self.absences.iter().map(ToString::to_string).collect()),
            ExpertField::Status if self.active => "active".to_owned(),
            ExpertField::Status => format!("disabled {}", self.inactive_reason).trim_end().to_owned(),
        }
    }

    /// Lists the fields in which two accounts of an expert differ.
    pub fn differences(&self, other: &Expert) -> Vec<ExpertField> {
        ExpertField::ALL.iter().copied().filter(|field| self.field(*field) != other.field(*field)).collect()
    }
}

/// A role an expert has or had beside the employment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastRole {
    /// At which body.
    pub body: String,
    /// As what.
    pub role: String,
    /// Until which month; `None` while it lasts.
    pub until: Option<YearMonth>,
}

impl PastRole {
    /// Reads `单位|职务|2025-06`; role and month may be left out. `None` where there is no body, or the month is none, or
    /// a semicolon stands in it, which separates roles in the lists people keep.
    pub fn parse(text: &str) -> Option<PastRole> {
        if text.contains(SEPARATORS) {
            return None;
        }
        let mut parts = text.split(['|', '｜']).map(str::trim);
        let body = parts.next().filter(|body| !body.is_empty())?.to_owned();
        let role = parts.next().unwrap_or_default().to_owned();
        let until = match parts.next().filter(|text| !text.is_empty()) {
            Some(month) => Some(YearMonth::parse(month)?),
            None => None,
        };
        parts.next().is_none().then_some(PastRole { body, role, until })
    }
}

impl std::fmt::Display for PastRole {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}|{}", self.body, self.role)?;
        match self.until {
            Some(month) => write!(f, "|{month}"),
            None => Ok(()),
        }
    }
}

/// Finds the expert a person means: by number, or by a name that only one of them has.
pub fn find<'e>(pool: impl Iterator<Item = &'e Expert> + Clone, meant: &str) -> Option<&'e Expert> {
    let meant = meant.trim();
    if let Some(id) = ExpertId::typed(meant) {
        return pool.clone().find(|expert| expert.id == id);
    }
    let mut named = pool.filter(|expert| expert.name == meant);
    let found = named.next()?;
    named.next().is_none().then_some(found)
}

/// Hides the middle of a telephone number or address: enough is left to recognize it, not to use it.
pub fn masked(contact: &str) -> String {
    let chars: Vec<char> = contact.trim().chars().collect();
    if chars.is_empty() {
        return String::new();
    }
    let kept = if chars.len() >= 9 { 3 } else { 1 };
    let shown = |c: char, place: usize| if place < kept || place + kept >= chars.len() { c } else { '*' };
    match chars.len() {
        1 | 2 => "**".to_owned(),
        _ => chars.iter().enumerate().map(|(place, c)| shown(*c, place)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contact_is_recognized_but_not_told() {
        assert_eq!(masked("13907931234"), "139*****234");
        assert_eq!(masked("2550000"), "2*****0");
        assert_eq!(masked("12"), "**");
        assert_eq!(masked(" "), "");
    }

    #[test]
    fn a_past_role_reads_back_from_what_it_is_written_as() {
        let role = PastRole::parse("某设计院｜顾问｜2025-06").unwrap();
        assert_eq!((role.body.as_str(), role.role.as_str()), ("某设计院", "顾问"));
        assert_eq!(PastRole::parse(&role.to_string()), Some(role));
        let lasting = PastRole::parse("某公司").unwrap();
        assert_eq!((lasting.until, PastRole::parse(&lasting.to_string())), (None, Some(lasting.clone())));
        assert_eq!(PastRole::parse("某公司|顾问|去年"), None);
        assert_eq!(PastRole::parse("|顾问"), None);
    }
}
