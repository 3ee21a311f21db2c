//! The expert pool, with what each expert did, and what to bear in mind before a panel is confirmed.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use chrono::Months;

use super::Query;
use crate::domain::actor::{Actor, Role};
use crate::domain::calendar::Moment;
use crate::domain::ids::{ExpertId, ProjectCode, ProjectId};
use crate::domain::panel::absence::Absence;
use crate::domain::panel::expert::{Expert, find, masked};
use crate::domain::permission::{Denied, may_see};
use crate::domain::policy::PanelRules;
use crate::domain::workflow::dossier::Dossier;
use crate::service::error::{Answer, Missing};
use crate::service::gate::Context;
use crate::service::store::expert::Served;

/// The pool.
#[derive(Debug, Clone, Copy, Default)]
pub struct Experts {
    /// Whether the secretary wants to know how to reach them. Only the service sets it, where it has noted in the log
    /// that they were read: [`Service::contacts`](crate::service::Service::contacts).
    pub(in crate::service) contacts: bool,
}

/// An expert of the pool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpertLine {
    /// The expert, the contact masked unless the secretary asked for it.
    pub expert: Expert,
    /// Projects argued within the last year, one for each panel; those the reader may see.
    pub served: Vec<String>,
    /// How many panels that were within the last year.
    pub panels: usize,
    /// Whether that is so much that it should be pointed out.
    pub overloaded: bool,
    /// Units for whose projects the expert sat so often that it should be pointed out, and how often.
    pub paired: Vec<(String, usize)>,
    /// Why the expert cannot come today.
    pub away: Option<Absence>,
}

/// Tells whether an account may see the pool: those who work with panels.
fn may_see_pool(actor: &Actor) -> Answer<()> {
    match actor.roles.iter().any(|role| role.is_of_the_centre()) {
        true => Ok(()),
        false => {
            let roles = Role::ALL.iter().copied().filter(|role| role.is_of_the_centre()).collect();
            Err(Denied::NeedsRole { roles }.into())
        }
    }
}

/// The panels experts sat on, as far as the reader may know of them.
struct Record {
    served: Vec<Served>,
    visible: BTreeMap<ProjectId, bool>,
}

impl Record {
    /// Reads all since a moment. A panel the reader must stay away from is in none of it, not even as a number.
    fn read(context: Context<'_>, since: Moment) -> Answer<Record> {
        let away: Vec<ProjectId> = context.projects_to_stay_away_from()?.iter().map(|it| it.project.id).collect();
        let mut served = context.read.panels_served(since)?;
        served.retain(|one| !away.contains(&one.project));
        let mut visible = BTreeMap::new();
        for one in &served {
            if let Entry::Vacant(place) = visible.entry(one.project) {
                let project = context.read.project(one.project)?;
                place.insert(project.is_some_and(|project| may_see(context.actor, &project)));
            }
        }
        Ok(Record { served, visible })
    }

    fn of_last_year(context: Context<'_>) -> Answer<Record> {
        Record::read(context, context.now.checked_sub_months(Months::new(12)).unwrap_or(context.now))
    }

    fn is_visible(&self, one: &Served) -> bool {
        self.visible.get(&one.project) == Some(&true)
    }

    fn of(&self, expert: ExpertId) -> impl Iterator<Item = &Served> {
        self.served.iter().filter(move |one| one.expert == expert)
    }

    /// Counts an expert's panels for each unit.
    fn units(&self, expert: ExpertId) -> BTreeMap<&str, usize> {
        let mut units = BTreeMap::new();
        for one in self.of(expert) {
            *units.entry(one.unit.as_str()).or_default() += 1;
        }
        units
    }
}

fn line(context: Context<'_>, record: &Record, mut expert: Expert, rules: &PanelRules, contacts: bool) -> ExpertLine {
    let panels = record.of(expert.id).count();
    let often = |(_, count): &(&str, usize)| *count >= rules.pairing_per_year as usize;
    let paired = record.units(expert.id).into_iter().filter(often).map(|(unit, count)| (unit.to_owned(), count));
    let served = record.of(expert.id).filter(|one| record.is_visible(one)).map(|one| one.code.to_string());
    if !contacts {
        expert.contact = masked(&expert.contact);
    }
    ExpertLine {
        served: served.collect(),
        panels,
        overloaded: panels >= rules.load_per_year as usize,
        paired: paired.collect(),
        away: expert.away_on(context.now.date_naive()).cloned(),
        expert,
    }
}

impl Query for Experts {
    type Answer = Vec<ExpertLine>;

    fn answer(self, context: Context<'_>) -> Answer<Vec<ExpertLine>> {
        may_see_pool(context.actor)?;
        if self.contacts && !context.actor.has(Role::PanelSecretary) {
            return Err(Denied::NeedsRole { roles: vec![Role::PanelSecretary] }.into());
        }
        let policy = context.policies.in_force(context.read, context.now)?;
        let record = Record::of_last_year(context)?;
        let line = |expert| line(context, &record, expert, &policy.panel, self.contacts);
        Ok(context.read.experts()?.into_iter().map(line).collect())
    }
}

/// One expert with the panels served.
#[derive(Debug, Clone)]
pub struct ExpertCard {
    /// The expert's number, or a name only one of them has.
    pub expert: String,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpertHistory {
    /// The expert, the contact masked.
    pub line: ExpertLine,
    /// Every panel the expert sat on, the last one first; of projects the reader may not see neither number nor name.
    pub panels: Vec<PanelServed>,
}

/// A panel an expert sat on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PanelServed {
    /// The project's number and name, where the reader may see it.
    pub project: Option<(ProjectCode, String)>,
    /// The panel.
    pub panel: Served,
}

impl Query for ExpertCard {
    type Answer = ExpertHistory;

    fn answer(self, context: Context<'_>) -> Answer<ExpertHistory> {
        may_see_pool(context.actor)?;
        let pool = context.read.experts()?;
        let expert = find(pool.iter(), &self.expert).cloned().ok_or_else(|| Missing::Expert(self.expert.clone()))?;
        let policy = context.policies.in_force(context.read, context.now)?;
        let ever = Record::read(context, Moment::default())?;
        let mut panels: Vec<PanelServed> = ever
            .of(expert.id)
            .map(|one| {
                let seen = ever.is_visible(one);
                let project = seen.then(|| (one.code.clone(), one.name.clone()));
                let mut panel = one.clone();
                if !seen {
                    // Unit, number and name say the same as the code.
                    (panel.code, panel.name, panel.unit) = (ProjectCode::typed(""), String::new(), String::new());
                }
                PanelServed { project, panel }
            })
            .collect();
        panels.sort_by_key(|one| std::cmp::Reverse((one.panel.met_on, one.panel.project, one.panel.session)));
        let line = line(context, &Record::of_last_year(context)?, expert, &policy.panel, false);
        Ok(ExpertHistory { line, panels })
    }
}

/// Something to bear in mind about a member; it refuses nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Advice {
    /// The expert sat on so many panels within a year.
    Loaded(usize),
    /// The expert sat so often within a year for the unit that builds.
    Paired(String, usize),
    /// The expert is said to be away on the day.
    Away(Absence),
}

/// What to bear in mind about one member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberAdvice {
    /// The member.
    pub expert: ExpertId,
    /// 姓名.
    pub name: String,
    /// What.
    pub advice: Advice,
}

/// Lists what to bear in mind about the members of the running panel, or about those drawn where nobody is laid down yet,
/// until it has concluded. The panel itself is not counted: what counts is what came before it.
pub fn advice(context: Context<'_>, dossier: &Dossier, rules: &PanelRules) -> Answer<Vec<MemberAdvice>> {
    let Some(panel) = dossier.panel().filter(|panel| panel.conclusion.is_none()) else { return Ok(Vec::new()) };
    let seats = panel.seats().iter().map(|seat| (seat.expert, seat.name.clone()));
    let mut members: Vec<(ExpertId, String)> = seats.collect();
    let draw = panel.draws.last();
    if members.is_empty() {
        members = draw.map(|draw| draw.members.clone()).unwrap_or_default();
    }
    let mut record = Record::of_last_year(context)?;
    record.served.retain(|one| one.project != dossier.project.id);
    let today = context.now.date_naive();
    let day = draw.and_then(|draw| draw.meets_on).unwrap_or(today).max(today);
    let unit = &dossier.project.unit.name;
    let mut found = Vec::new();
    for (expert, name) in members {
        let known = dossier.pool.iter().find(|known| known.id == expert).filter(|_| !panel.is_open_to_read());
        let away = known.and_then(|known| known.away_on(day)).cloned().map(Advice::Away);
        let panels = record.of(expert).count();
        let loaded = (panels >= rules.load_per_year as usize).then_some(Advice::Loaded(panels));
        let often = record.units(expert).get(unit.as_str()).copied().unwrap_or_default();
        let paired = (often >= rules.pairing_per_year as usize).then(|| Advice::Paired(unit.clone(), often));
        let about = |advice| MemberAdvice { expert, name: name.clone(), advice };
        found.extend([away, loaded, paired].into_iter().flatten().map(about));
    }
    Ok(found)
}

/// The disciplines an expert can have by the policy in force.
#[derive(Debug, Clone, Copy)]
pub struct Disciplines;

impl Query for Disciplines {
    type Answer = Vec<String>;

    fn answer(self, context: Context<'_>) -> Answer<Vec<String>> {
        let policy = context.policies.in_force(context.read, context.now)?;
        Ok(policy.panel.disciplines.iter().cloned().collect())
    }
}
