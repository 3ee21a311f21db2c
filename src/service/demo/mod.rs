//! Sample data, made through the same door as everything else: every unit, account and project of it is the work of
//! commands that were permitted, decided and logged. What the rules would refuse cannot be a sample.

mod bulk;
mod chronicle;
mod county;
mod office_hours;
mod practice;
pub(super) mod random;
mod samples;
mod sitting;
mod story;

use std::cmp::Reverse;
use std::path::Path;

use chronicle::{Chronicle, Event};
pub use county::OPEN_AS;
use office_hours::{DAY, HOUR, OfficeHours};
pub use practice::Practice;
use random::Random;
use sitting::Session;
use story::Step;

use super::clock::Clock;
use super::command::Command;
use super::error::{Answer, Error};
use super::{Service, Setup, store};
use crate::domain::calendar::Moment;
use crate::domain::policy::{self, Policy};

/// What sample data is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DemoOptions {
    /// So many generated projects; none for the few dozen written by hand.
    pub projects: Option<u64>,
    /// The same seed makes the same projects, at the same moment of the clock.
    pub seed: u64,
}

impl Default for DemoOptions {
    fn default() -> Self {
        DemoOptions { projects: None, seed: 1 }
    }
}

/// What sample data was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DemoReport {
    /// How many projects.
    pub projects: u64,
    /// How many units, the Centre included.
    pub units: u64,
    /// How many accounts.
    pub accounts: u64,
    /// How many commands were carried out; each has its entry in the log.
    pub commands: u64,
    /// The account as which to open the terminal UI. The operating system's user is bound to it.
    pub open_as: &'static str,
}

impl Service {
    /// Creates a database full of sample data. Its log begins months before the present moment of the clock and never
    /// goes backward, which is why creating and filling cannot be had one without the other.
    ///
    /// Should it fail half-way, what is there of the file is taken away again.
    pub fn create_demo(
        path: &Path,
        os_user: &str,
        clock: Clock,
        options: DemoOptions,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Answer<(Service, DemoReport)> {
        let plan = Plan::of(clock.now(), options)?;
        let mut service = Service::create(path, &county::setup(os_user), Clock::Fixed(plan.hours.at(0)))?;
        match fill(&mut service, os_user, &plan, progress) {
            Ok(report) => {
                service.clock = clock;
                Ok((service, report))
            }
            Err(error) => {
                drop(service);
                // It held invented projects only, and the error tells what is wrong.
                store::take_away(path);
                Err(error)
            }
        }
    }

    /// Creates sample data in memory, for tests.
    #[cfg(test)]
    pub fn demo_in_memory(clock: Clock, options: DemoOptions) -> Answer<(Service, DemoReport)> {
        let plan = Plan::of(clock.now(), options)?;
        let mut service = Service::in_memory(&county::setup("os"), Clock::Fixed(plan.hours.at(0)))?;
        let report = fill(&mut service, "os", &plan, &mut |_, _| {})?;
        service.clock = clock;
        Ok((service, report))
    }
}

/// Tells what a database of sample data begins with: local use, the county's policy, the Centre's accounts, the
/// operating system's user bound to the reviewer.
pub fn setup(os_user: &str) -> Setup {
    county::setup(os_user)
}

/// What will be made, and the office hours in which it will have happened.
struct Plan {
    now: Moment,
    options: DemoOptions,
    policy: Policy,
    hours: OfficeHours,
}

/// The working days over which the hand-written projects came about; the first one goes to setting the system up. A
/// whole life to the archive takes more than a year.
const DAYS_BY_HAND: usize = 360;

impl Plan {
    fn of(now: Moment, options: DemoOptions) -> Answer<Plan> {
        let parsed = policy::parse(policy::EMBEDDED);
        let policy = parsed.map_err(|problems| Error::Bug(format!("the embedded policy: {problems:?}")))?;
        let days = options.projects.map_or(DAYS_BY_HAND, bulk::days);
        let hours = OfficeHours::before(now, days, &policy.working_days);
        Ok(Plan { now, options, policy, hours })
    }
}

fn fill(service: &mut Service, os_user: &str, plan: &Plan, progress: &mut dyn FnMut(u64, u64)) -> Answer<DemoReport> {
    let mut chronicle = Chronicle::begin(os_user, plan.options.seed);
    let (units, accounts) = found_county(service, &mut chronicle, plan.hours.at(HOUR))?;
    let projects = match plan.options.projects {
        Some(count) => bulk::fill(service, &mut chronicle, plan, count, progress)?,
        None => fill_by_hand(service, &mut chronicle, plan, progress)?,
    };
    Ok(DemoReport { projects, units, accounts, commands: chronicle.commands(), open_as: OPEN_AS })
}

/// Registers the units and accounts beside the Centre's, and introduces everyone who will act.
fn found_county(service: &mut Service, chronicle: &mut Chronicle, at: Moment) -> Answer<(u64, u64)> {
    for unit in county::UNITS {
        let supervisor = unit.supervisor.map(str::to_owned);
        let command = Command::AddUnit { name: unit.name.to_owned(), kind: unit.kind, supervisor };
        chronicle.command(service, "sysadmin", at, command)?;
    }
    let clerks = county::UNITS.iter().map(|unit| (unit.account, unit.clerk, unit.name, unit.roles()));
    let authorities =
        county::AUTHORITIES.iter().map(|(account, name, unit, role)| (*account, *name, *unit, vec![*role]));
    for (account, name, unit, roles) in clerks.chain(authorities) {
        chronicle.command(
            service,
            "sysadmin",
            at,
            Command::AddAccount {
                code: account.to_owned(),
                name: name.to_owned(),
                unit: unit.to_owned(),
                roles,
                os_user: None,
            },
        )?;
    }
    let mut accounts = 0;
    for account in county::accounts() {
        chronicle.introduce(service, account)?;
        accounts += 1;
    }
    for expert in samples::panel::experts() {
        chronicle.command(service, "panel-secretary", at, Command::AddExpert(expert))?;
    }
    Ok((county::UNITS.len() as u64 + 1, accounts))
}

/// Lays the stories of the hand-written projects side by side and carries them out in the order of their moments.
fn fill_by_hand(
    service: &mut Service,
    chronicle: &mut Chronicle,
    plan: &Plan,
    progress: &mut dyn FnMut(u64, u64),
) -> Answer<u64> {
    let mut random = Random::new(plan.options.seed);
    let mut events: Vec<Event> = Vec::new();
    let mut sittings = Session::ALL.map(|session| (session, Vec::new()));
    let mut projects = 0;
    for sample in samples::all() {
        let mut story = sample.story(&plan.policy)?;
        // The last step lies as many days back as the table says; the ones before are counted back from it, and those
        // before a meeting from the day on which it was called.
        let mut back = sample.idle * DAY + random.below(DAY);
        let mut laid = |steps: Vec<Step>, back: &mut u64| {
            for step in steps.into_iter().rev() {
                let gap = step.after + random.below(HOUR.min(step.after.max(1)));
                let at = plan.hours.length().saturating_sub(*back).max(DAY);
                events.push(Event { at: plan.hours.at(at), project: projects, step });
                *back += gap;
            }
        };
        if let Some((session, at_it)) = story.sitting {
            laid(story.steps.split_off(at_it.end), &mut back);
            let item = (projects, story.steps.split_off(at_it.start));
            sittings.iter_mut().filter(|(of, _)| *of == session).for_each(|(_, items)| items.push(item.clone()));
            back = back.max(session.called() + HOUR);
        }
        laid(story.steps, &mut back);
        projects += 1;
    }
    // The steps of a project were pushed last first, and a stable sort of the whole must keep them in order.
    events.reverse();
    for (session, mut items) in sittings {
        // What came furthest was heard first.
        items.sort_by_key(|(_, steps)| Reverse(steps.len()));
        events.extend(sitting::events(session, items, &plan.hours, plan.now));
    }
    events.sort_by_key(|event| event.at);
    let total = projects as u64;
    progress(0, total);
    chronicle.carry_out(service, events, &mut vec![None; projects])?;
    progress(total, total);
    Ok(total)
}

#[cfg(test)]
mod tests;
