//! 回避: who must stay away from a project, because the expert says so or because of what is known.

use chrono::{Datelike, NaiveDate};

use super::absence::Absence;
use super::expert::{Expert, PastRole};
use super::{Formation, Panel, Seat};
use crate::domain::calendar::{YearMonth, parse_date};
use crate::domain::ids::{AccountId, ExpertId};
use crate::domain::policy::PanelRules;
use crate::domain::vocabulary::vocabulary;
use crate::domain::workflow::action::{Action, Key};
use crate::domain::workflow::dossier::Dossier;
use crate::domain::workflow::record::Hand;

vocabulary!(
    /// What a member of a list declared.
    Declared {
        /// 声明无回避情形.
        Clear = "clear",
        /// 声明应当回避.
        Recuse = "recuse",
        /// 尚未声明.
        Pending = "pending",
    }
);

vocabulary!(
    /// Why an expert declares to stay away.
    Ground {
        /// 无回避情形: takes an earlier declaration back.
        None = "none",
        /// 任职或受聘: works or worked for a party, or is retained by it.
        Employment = "employment",
        /// 近亲属 does.
        Kinship = "kinship",
        /// 纠纷: a dispute with a party.
        Dispute = "dispute",
        /// 参与编制或论证采购需求.
        Drafting = "drafting",
        /// 控制关系或持股.
        Shareholding = "shareholding",
        /// 其他可能影响公正的情形.
        Other = "other",
    }
);

vocabulary!(
    /// Whose side an expert must not be on.
    Party {
        /// 建设单位.
        Builder = "builder",
        /// 主管单位.
        Supervisor = "supervisor",
        /// 方案编制单位.
        Designer = "designer",
        /// 现有或预期供应商.
        Vendor = "vendor",
        /// 需求调查编制人.
        SurveyAuthor = "survey-author",
    }
);

/// A declaration made by an expert for this project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recusal {
    /// Who.
    pub expert: ExpertId,
    /// 姓名.
    pub name: String,
    /// Why; [`Ground::None`] takes it back.
    pub ground: Ground,
    /// In words.
    pub text: String,
    /// Who wrote it down.
    pub by: Hand,
}

/// Why an expert is kept out of a draw. All but an absence keep the expert out of the panel, too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// The expert declared so.
    Declared(Ground),
    /// The expert works at a party.
    Employer(Party),
    /// The expert works or recently worked for a party beside the employment.
    PastRole(Party),
    /// The expert wrote the survey.
    Author,
    /// The expert sat on an earlier panel, and after a complaint all are others.
    EarlierPanel,
    /// The expert cannot come that day: no conflict, the next panel may have the expert again.
    Away(Absence),
}

impl Why {
    /// Tells the code under which it is stored and shown to scripts.
    pub fn code(&self) -> String {
        match self {
            Why::Declared(ground) => format!("declared:{ground}"),
            Why::Employer(party) => format!("employer:{party}"),
            Why::PastRole(party) => format!("past-role:{party}"),
            Why::Author => "author".to_owned(),
            Why::EarlierPanel => "earlier-panel".to_owned(),
            Why::Away(absence) => format!("away:{}/{}", absence.from, absence.until),
        }
    }

    /// Finds what a code stands for; the reason of an absence is not in it.
    pub fn parse(code: &str) -> Option<Why> {
        let (kind, of) = code.split_once(':').unwrap_or((code, ""));
        match kind {
            "declared" => Ground::parse(of).map(Why::Declared),
            "employer" => Party::parse(of).map(Why::Employer),
            "past-role" => Party::parse(of).map(Why::PastRole),
            "author" => Some(Why::Author),
            "earlier-panel" => Some(Why::EarlierPanel),
            "away" => {
                let (from, until) = of.split_once('/')?;
                let (from, until) = (parse_date(from)?, parse_date(until)?);
                Some(Why::Away(Absence { from, until, reason: String::new() }))
            }
            _ => None,
        }
    }
}

/// The parties of a project.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parties(Vec<(Party, String)>);

impl Parties {
    /// Gathers them: who builds, who supervises, who wrote the scheme, who sells, who wrote the survey.
    pub fn of(dossier: &Dossier, panel: &Panel) -> Parties {
        let project = &dossier.project;
        let mut parties = Parties::default();
        parties.add(Party::Builder, &project.unit.name);
        parties.add(Party::Supervisor, project.supervising_unit.as_ref().map_or("", |unit| &unit.name));
        parties.add(Party::Designer, dossier.scheme.as_ref().map_or("", |scheme| &scheme.designer));
        parties.add(Party::Designer, project.declaration.designer.as_deref().unwrap_or_default());
        for vendor in &panel.request.vendors {
            parties.add(Party::Vendor, vendor);
        }
        let contract = dossier.last(Action::RegisterContract);
        parties.add(Party::Vendor, contract.and_then(|deed| deed.inputs.text(Key::Vendor)).unwrap_or_default());
        for author in &panel.request.authors {
            parties.add(Party::SurveyAuthor, author);
        }
        parties
    }

    /// Adds one; a blank name is nobody's.
    pub fn add(&mut self, party: Party, name: &str) {
        if !name.trim().is_empty() {
            self.0.push((party, name.to_owned()));
        }
    }

    /// Goes through them.
    pub fn iter(&self) -> impl Iterator<Item = (Party, &str)> {
        self.0.iter().map(|(party, name)| (*party, name.as_str()))
    }

    /// Tells what is known against an expert. Past roles count for some years only.
    pub fn against(&self, expert: &Expert, today: NaiveDate, rules: &PanelRules) -> Vec<Why> {
        let same = |a: &str, b: &str| is_same_body(a, b, &rules.home);
        let mut found = Vec::new();
        for (party, name) in &self.0 {
            if *party == Party::SurveyAuthor && expert.name == name.trim() {
                found.push(Why::Author);
            }
            if same(&expert.employer, name) {
                found.push(Why::Employer(*party));
            }
            let recent = |role: &&PastRole| same(&role.body, name) && !is_over(role, today, rules.recusal_years);
            if expert.past_roles.iter().any(|role| recent(&role)) {
                found.push(Why::PastRole(*party));
            }
        }
        found.dedup();
        found
    }
}

/// Tells everything that keeps an expert out of a panel: what is known, what the expert declared last, and after a
/// complaint a seat on an earlier panel of the project.
pub fn reasons(expert: &Expert, panel: &Panel, dossier: &Dossier, today: NaiveDate, rules: &PanelRules) -> Vec<Why> {
    let mut why = Parties::of(dossier, panel).against(expert, today, rules);
    why.extend(declared(&dossier.panels, expert.id).map(Why::Declared));
    let earlier = |other: &&Panel| (other.round, other.session) < (panel.round, panel.session);
    let sat = |other: &Panel| other.formations.iter().any(|list| list.seats.iter().any(|s| s.expert == expert.id));
    if !panel.request.complaint.is_empty() && dossier.panels.iter().filter(earlier).any(sat) {
        why.push(Why::EarlierPanel);
    }
    why
}

/// An account whose holder is recused as an expert.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaysAway {
    /// The account.
    pub account: AccountId,
    /// As which expert.
    pub expert: ExpertId,
    /// Why, each reason once.
    pub why: Vec<Why>,
}

impl StaysAway {
    /// Tells whether nothing else is known than that the holder works for the body that builds or supervises: then the
    /// account is the party's own, and what the panel concluded is told to the party.
    pub fn is_party(&self) -> bool {
        let own = |why: &Why| matches!(why, Why::Employer(Party::Builder | Party::Supervisor));
        self.why.iter().all(own)
    }
}

/// Tells which accounts must stay away from the panels of a project: those whose holders any panel there is, or was,
/// could not have had as members. Whoever is out of use in the pool is still who they are.
pub fn accounts(bound: &[Expert], dossier: &Dossier, today: NaiveDate, rules: &PanelRules) -> Vec<StaysAway> {
    let recused = |expert: &Expert| {
        let (account, _) = expert.account.as_ref()?;
        let mut why = Vec::new();
        for one in dossier.panels.iter().flat_map(|panel| reasons(expert, panel, dossier, today, rules)) {
            if !why.contains(&one) {
                why.push(one);
            }
        }
        (!why.is_empty()).then_some(StaysAway { account: *account, expert: expert.id, why })
    };
    bound.iter().filter_map(recused).collect()
}

/// Tells why an expert declared to stay away from the project, where the last declaration says so. A declaration is made
/// by itself or with a list of members.
pub fn declared(panels: &[Panel], expert: ExpertId) -> Option<Ground> {
    let of_list = |list: &Formation| {
        let stays_away = |seat: &Seat| seat.expert == expert && seat.declaration == Declared::Recuse;
        list.seats.iter().any(stays_away).then_some((list.by.at, Ground::Other))
    };
    let by_itself = panels.iter().flat_map(|panel| &panel.recusals).filter(|recusal| recusal.expert == expert);
    let by_itself = by_itself.map(|recusal| (recusal.by.at, recusal.ground));
    let declarations = panels.iter().flat_map(|panel| &panel.formations).filter_map(of_list).chain(by_itself);
    let (_, last) = declarations.max_by_key(|(at, _)| *at)?;
    Some(last).filter(|ground| *ground != Ground::None)
}

/// Tells whether two names are the same body, or one is part of the other: the county's own name before a name and
/// blanks or brackets in it make no difference, and 县教育局信息中心 is of 县教育局. 铅山县教育局 is another county's.
pub fn is_same_body(one: &str, other: &str, home: &str) -> bool {
    let (one, other) = (plain(one, home), plain(other, home));
    let (short, long) = if one.len() <= other.len() { (&one, &other) } else { (&other, &one) };
    !short.is_empty() && (short == long || short.chars().count() >= SHORTEST_PART && long.starts_with(short.as_str()))
}

/// A shorter beginning than this is shared by bodies that have nothing to do with each other.
const SHORTEST_PART: usize = 3;

fn plain(name: &str, home: &str) -> String {
    let bare: String = name.chars().filter(|c| !c.is_whitespace() && !"()（）".contains(*c)).collect();
    let rest = bare.strip_prefix(home).unwrap_or(&bare);
    rest.strip_prefix('县').unwrap_or(rest).to_owned()
}

fn is_over(role: &PastRole, today: NaiveDate, years: u32) -> bool {
    let years = i32::try_from(years).unwrap_or(i32::MAX);
    let oldest = YearMonth::new(today.year().saturating_sub(years), today.month());
    role.until.zip(oldest).is_some_and(|(until, oldest)| until < oldest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::parse_date;
    use crate::domain::policy::Policy;
    use std::collections::BTreeSet;

    fn expert(employer: &str, past: &[&str]) -> Expert {
        Expert {
            id: ExpertId(1),
            name: "何明远".to_owned(),
            employer: employer.to_owned(),
            title: "教授".to_owned(),
            disciplines: BTreeSet::new(),
            past_roles: past.iter().map(|text| PastRole::parse(text).unwrap()).collect(),
            local: false,
            active: true,
            inactive_reason: String::new(),
            contact: String::new(),
            absences: Vec::new(),
            account: None,
        }
    }

    fn against(expert: &Expert, party: Party, name: &str) -> Vec<Why> {
        let mut parties = Parties::default();
        parties.add(party, name);
        let rules = Policy::county_default().unwrap().panel;
        parties.against(expert, parse_date("2026-11-20").unwrap(), &rules)
    }

    #[test]
    fn r8_2_an_employer_is_recognized_under_its_long_and_short_name() {
        for (employer, unit, same) in [
            ("玉山县教育局", "县教育局", true),
            ("县教育局信息中心", "玉山县教育局", true),
            ("玉山县人民医院", "县人民医院", true),
            ("江西某信息技术 有限公司", "江西某信息技术有限公司", true),
            ("铅山县教育局", "县教育局", false),
            ("上饶市教育局", "县教育局", false),
            ("某某大学", "某某大学附属医院", true),
            ("县", "县教育局", false),
            ("", "", false),
        ] {
            assert_eq!(is_same_body(employer, unit, "玉山县"), same, "{employer} {unit}");
        }
    }

    #[test]
    fn r8_2_employer_and_recent_roles_keep_an_expert_away_and_old_ones_do_not() {
        let designer = "某设计院";
        assert_eq!(against(&expert("某设计院", &[]), Party::Designer, designer), [Why::Employer(Party::Designer)]);
        let past = |until: &str| expert("某大学", &[&format!("某设计院|顾问{until}")]);
        assert_eq!(against(&past(""), Party::Designer, designer), [Why::PastRole(Party::Designer)]);
        assert_eq!(against(&past("|2023-11"), Party::Designer, designer), [Why::PastRole(Party::Designer)]);
        assert_eq!(against(&past("|2023-10"), Party::Designer, designer), []);
        assert_eq!(against(&expert("某大学", &[]), Party::SurveyAuthor, "何明远"), [Why::Author]);
    }
}
