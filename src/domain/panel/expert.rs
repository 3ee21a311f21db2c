//! The expert pool: who may be asked to sit on a panel.

use std::collections::BTreeSet;

use crate::domain::audit::Detail;
use crate::domain::calendar::YearMonth;
use crate::domain::ids::ExpertId;

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
}

impl Expert {
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
    /// Reads `单位|职务|2025-06`; role and month may be left out. `None` where there is no body, or the month is none.
    pub fn parse(text: &str) -> Option<PastRole> {
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
