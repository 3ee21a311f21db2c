//! Queues and lists: what waits for an account, and all it may see.

use std::collections::BTreeMap;

use super::Query;
use super::row::ProjectRow;
use crate::domain::actor::Role;
use crate::domain::calendar::Moment;
use crate::domain::ids::ProjectId;
use crate::domain::permission::visibility;
use crate::domain::project::Stage;
use crate::domain::search::{Filter, SortKey, Term};
use crate::domain::workflow::record::Agency;
use crate::domain::workflow::waiting::Desk;
use crate::service::desks::desks;
use crate::service::error::Answer;
use crate::service::gate::Context;
use crate::service::store::order::{Order, Rung};
use crate::service::store::page::{Condition, QueuePlace, has_no_due_day};
use crate::service::store::pending::NO_DUE_DAY;
use crate::service::store::search::Asker;

/// A page of projects.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// How many there are on all pages.
    pub total: i64,
    /// Where the next page begins, unless this is the last.
    pub next: Option<String>,
    /// The projects.
    pub rows: Vec<ProjectRow>,
    /// The moment of the answer, by which days are counted.
    pub now: Moment,
}

/// What waits for this account, the most urgent first.
#[derive(Debug, Clone)]
pub struct Queue {
    /// Only for one of its roles.
    pub role: Option<Role>,
    /// Only what passes.
    pub filter: Filter,
    /// In another order than the most urgent first.
    pub sort: Vec<SortKey>,
    /// After this place, as told by an earlier page.
    pub after: Option<String>,
    /// How many at most.
    pub limit: usize,
}

impl Query for Queue {
    type Answer = Page;

    fn answer(self, context: Context<'_>) -> Answer<Page> {
        let mut filter = condition(context, &self.filter)?;
        let recused = Recused::of(context)?;
        recused.leave_out(&mut filter);
        if let Some(order) = Order::of(&self.sort) {
            return self.in_order(context, &order, &filter, &recused);
        }
        let after = self.after.as_deref().and_then(place).unwrap_or_else(QueuePlace::start);
        let mut merged: BTreeMap<QueuePlace, ProjectRow> = BTreeMap::new();
        let desks = desks(context.actor, self.role);
        let total = count(context, &desks, &filter)?;
        for (role, desk) in desks {
            for (place, row) in context.read.queue_page(role, desk, &after, &filter, self.limit + 1)? {
                match merged.get_mut(&place) {
                    // Two of the account's roles wait for the same project: one line, both reasons.
                    Some(known) => known.waiting.extend(row.waiting),
                    None => {
                        merged.insert(place, row);
                    }
                }
            }
        }
        let more = merged.len() > self.limit;
        let page: Vec<(QueuePlace, ProjectRow)> = merged.into_iter().take(self.limit).collect();
        let next = page.last().filter(|_| more).map(|(place, _)| cursor(place));
        let rows = page.into_iter().map(|(_, row)| recused.told(row)).collect();
        Ok(Page { total, next, rows, now: context.now })
    }
}

impl Queue {
    fn in_order(self, context: Context<'_>, order: &Order, filter: &Condition, recused: &Recused) -> Answer<Page> {
        let after = self.after.as_deref().and_then(|cursor| order.place(cursor)).unwrap_or_else(|| order.start());
        let desks = desks(context.actor, self.role);
        let total = count(context, &desks, filter)?;
        let mut merged: BTreeMap<ProjectId, (Rung, ProjectRow)> = BTreeMap::new();
        for desk in desks {
            for (rung, row) in context.read.queue_page_in_order(desk, (order, &after), filter, self.limit + 1)? {
                match merged.get_mut(&row.id) {
                    Some((_, known)) => known.waiting.extend(row.waiting),
                    None => {
                        merged.insert(row.id, (rung, row));
                    }
                }
            }
        }
        let mut rows: Vec<(Rung, ProjectRow)> = merged.into_values().collect();
        rows.sort_by(|(one, _), (other, _)| order.compare(one, other));
        Ok(page_in_order(rows, (order, self.limit), total, (context, recused)))
    }
}

/// Cuts what was read one row too far.
fn page_in_order(
    mut rows: Vec<(Rung, ProjectRow)>,
    (order, limit): (&Order, usize),
    total: i64,
    (context, recused): (Context<'_>, &Recused),
) -> Page {
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).map(|(rung, _)| order.cursor(rung));
    let rows = rows.into_iter().map(|(_, row)| recused.told(row)).collect();
    Page { total, next, rows, now: context.now }
}

/// Turns a filter into a condition as this person asks it.
pub(super) fn condition(context: Context<'_>, filter: &Filter) -> Answer<Condition> {
    let mut items = Vec::new();
    let mut apart = Vec::new();
    // Read only where something asks for it: a filter is typed key by key.
    if filter.any(&|term| matches!(term, Term::Answered(..))) {
        for id in context.read.policy_ids()? {
            let policy = context.policies.get(context.read, &id)?;
            for item in &policy.checklist {
                if items.iter().all(|(known, _)| *known != item.id) {
                    items.push((item.id.clone(), item.dimension));
                }
            }
        }
    }
    if filter.any(&|term| matches!(term, Term::Has(_))) {
        apart.extend(context.projects_to_stay_away_from()?.into_iter().map(|dossier| dossier.project.id.0));
    }
    let asker = Asker { actor: context.actor, now: context.now, items, apart };
    Ok(context.read.condition(filter, &asker)?)
}

/// Tells whether a place may be one of the queue in this order; of another it would silently mean the first page.
pub fn is_place_in_queue(cursor: &str, sort: &[SortKey]) -> bool {
    match Order::of(sort) {
        Some(order) => order.place(cursor).is_some(),
        None => place(cursor).is_some(),
    }
}

/// Tells whether a place may be one of the list in this order.
pub fn is_place_in_list(cursor: &str, sort: &[SortKey]) -> bool {
    match Order::of(sort) {
        Some(order) => order.place(cursor).is_some(),
        None => cursor.parse::<i64>().is_ok(),
    }
}

/// The projects from whose panels the person must stay away, each with the versions that are not told.
struct Recused(BTreeMap<ProjectId, (Stage, i64)>);

impl Recused {
    fn of(context: Context<'_>) -> Answer<Recused> {
        let found = context.projects_to_stay_away_from()?.into_iter().map(|dossier| {
            let withheld = dossier.versions_withheld_from(context.actor.id);
            (dossier.project.id, (dossier.project.stage, withheld))
        });
        Ok(Recused(found.collect()))
    }

    /// Leaves out what waits for a step of the panel, or of the opinion that rests on it: this person may not take it,
    /// and which step it is would tell how far the panel is.
    fn leave_out(&self, filter: &mut Condition) {
        let barred = self.0.iter().filter(|(_, (stage, _))| rests_on_panel(*stage)).map(|(id, _)| id.0);
        filter.keep_out(&barred.collect::<Vec<i64>>());
    }

    fn told(&self, mut row: ProjectRow) -> ProjectRow {
        row.version -= self.0.get(&row.id).map_or(0, |(_, withheld)| *withheld);
        row
    }
}

/// Tells whether a project waits for the panel, or for the opinion that rests on it.
const fn rests_on_panel(stage: Stage) -> bool {
    matches!(
        stage,
        Stage::TechnicalReview
            | Stage::PanelForming
            | Stage::PanelReviewing
            | Stage::PanelConcluding
            | Stage::Revising
            | Stage::OpinionCheck
            | Stage::OpinionSigning
    )
}

/// Counts what waits at desks, each project once. Only the joint review waits for several roles at a time, so only
/// its agencies' desks are looked through for projects counted twice; the others tell their number at once.
fn count(context: Context<'_>, desks: &[(Role, Desk)], filter: &Condition) -> Answer<i64> {
    let (voting, alone): (Vec<_>, Vec<_>) = desks.iter().partition(|(role, _)| Agency::of_role(*role).is_some());
    let mut total = match voting.as_slice() {
        [] => 0,
        [(role, desk)] => context.read.queue_count(*role, *desk, filter)?,
        several => context.read.queue_count_of_several(several, filter)?,
    };
    for (role, desk) in alone {
        total += context.read.queue_count(role, desk, filter)?;
    }
    Ok(total)
}

fn cursor(place: &QueuePlace) -> String {
    let due = if has_no_due_day(place) { "-" } else { &place.due };
    format!("{due}_{}", place.project.0)
}

fn place(cursor: &str) -> Option<QueuePlace> {
    let (due, project) = cursor.split_once('_')?;
    let due = if due == "-" { NO_DUE_DAY } else { due };
    Some(QueuePlace { due: due.to_owned(), project: ProjectId(project.parse().ok()?) })
}

/// All projects the account may see, the newest first.
#[derive(Debug, Clone)]
pub struct List {
    /// Only those at a stage.
    pub stage: Option<Stage>,
    /// Only what passes.
    pub filter: Filter,
    /// In another order than the newest first.
    pub sort: Vec<SortKey>,
    /// After this place, as told by an earlier page.
    pub after: Option<String>,
    /// How many at most.
    pub limit: usize,
}

impl Query for List {
    type Answer = Page;

    fn answer(self, context: Context<'_>) -> Answer<Page> {
        let sight = visibility(context.actor);
        let filter = condition(context, &self.filter)?;
        if let Some(order) = Order::of(&self.sort) {
            let after = self.after.as_deref().and_then(|cursor| order.place(cursor)).unwrap_or_else(|| order.start());
            let total = context.read.list_count(sight, self.stage, &filter)?;
            let place = (&order, &after);
            let rows = context.read.list_page_in_order((sight, self.stage), place, &filter, self.limit + 1)?;
            return Ok(page_in_order(rows, (&order, self.limit), total, (context, &Recused::of(context)?)));
        }
        let before = self.after.as_deref().and_then(|cursor| cursor.parse().ok()).unwrap_or(i64::MAX);
        let total = context.read.list_count(sight, self.stage, &filter)?;
        let mut rows = context.read.list_page(sight, self.stage, before, &filter, self.limit + 1)?;
        let more = rows.len() > self.limit;
        rows.truncate(self.limit);
        let next = rows.last().filter(|_| more).map(|row| row.id.0.to_string());
        let recused = Recused::of(context)?;
        let rows = rows.into_iter().map(|row| recused.told(row)).collect();
        Ok(Page { total, next, rows, now: context.now })
    }
}

/// How much waits for each of the account's roles.
#[derive(Debug, Clone, Copy)]
pub struct QueueCounts;

impl Query for QueueCounts {
    type Answer = Vec<(Role, i64)>;

    fn answer(self, context: Context<'_>) -> Answer<Vec<(Role, i64)>> {
        let mut counts: Vec<(Role, i64)> = Vec::new();
        let mut filter = Condition::default();
        Recused::of(context)?.leave_out(&mut filter);
        for (role, desk) in desks(context.actor, None) {
            let count = context.read.queue_count(role, desk, &filter)?;
            match counts.last_mut().filter(|(last, _)| *last == role) {
                Some((_, sum)) => *sum += count,
                None => counts.push((role, count)),
            }
        }
        Ok(counts)
    }
}

/// How many projects stand at each stage; for accounts that see all projects.
#[derive(Debug, Clone, Copy)]
pub struct StageCounts;

impl Query for StageCounts {
    type Answer = Vec<(Stage, i64)>;

    fn answer(self, context: Context<'_>) -> Answer<Vec<(Stage, i64)>> {
        let sight = visibility(context.actor);
        let everything = Condition::default();
        let mut counts = Vec::new();
        for stage in Stage::ALL {
            match context.read.list_count(sight, Some(*stage), &everything)? {
                0 => {}
                count => counts.push((*stage, count)),
            }
        }
        Ok(counts)
    }
}
