//! Sample data by the hundred thousand.
//!
//! Projects come in batches, one batch each wave; in every wave each batch takes its next step. So the log stays in
//! the order of time over all projects, while only the few batches under way are touched, which the database keeps in
//! memory however many projects there are. A wave is one transaction.

mod later;
mod words;

use std::collections::VecDeque;

use super::Plan;
use super::chronicle::{Chronicle, Event};
use super::office_hours::DAY;
use super::random::Random;
use super::story::Step;
use crate::domain::ids::ProjectCode;
use crate::service::Service;
use crate::service::error::Answer;

/// How many projects are registered in a wave at most: few enough that what all batches under way touch stays in the
/// processor's cache, many enough that the commits do not count.
const LARGEST_BATCH: u64 = 400;
/// In how many batches few projects come: enough for months that look busy.
const FEWEST_BATCHES: u64 = 50;
/// How many steps the longest story has; the waves that the last batch still needs.
const LONGEST_STORY: u64 = 34;

fn batch_size(projects: u64) -> u64 {
    projects.div_ceil(FEWEST_BATCHES).clamp(1, LARGEST_BATCH)
}

fn waves(projects: u64) -> u64 {
    projects.div_ceil(batch_size(projects)) + LONGEST_STORY
}

/// Tells over how many working days so many projects came about, the first day going to setting the system up.
pub fn days(projects: u64) -> usize {
    let waves = waves(projects);
    // Four days a wave, so that a project takes some months; where the waves are many, less.
    let days = (waves * 4).min(280 + waves / 2);
    usize::try_from(days + 1).unwrap_or(usize::MAX)
}

/// A batch under way.
struct Batch {
    codes: Vec<Option<ProjectCode>>,
    stories: Vec<std::vec::IntoIter<Step>>,
}

/// Makes so many projects. Progress is told in projects but counted in waves, whose work is much the same.
pub fn fill(
    service: &mut Service,
    chronicle: &mut Chronicle,
    plan: &Plan,
    projects: u64,
    progress: &mut dyn FnMut(u64, u64),
) -> Answer<u64> {
    let mut random = Random::new(plan.options.seed);
    let mut under_way: VecDeque<Batch> = VecDeque::new();
    let (mut begun, mut wave) = (0, 0);
    let span = plan.hours.length().saturating_sub(DAY) / waves(projects);
    service.database.expect_much_writing(true)?;
    while begun < projects || !under_way.is_empty() {
        let size = batch_size(projects).min(projects - begun);
        if size > 0 {
            let stories = (0..size).map(|_| words::story(&mut random, &plan.policy)).collect::<Answer<Vec<_>>>()?;
            let stories: Vec<_> = stories.into_iter().map(|story| story.steps.into_iter()).collect();
            under_way.push_back(Batch { codes: vec![None; stories.len()], stories });
            begun += size;
        }
        carry_on(service, chronicle, &mut under_way, |part| plan.hours.at(DAY + wave * span + part * span / PARTS))?;
        // Batches began in this order, but a later one may have the shorter stories.
        under_way.retain(|batch| batch.stories.iter().any(|story| story.len() > 0));
        wave += 1;
        progress((projects * wave / waves(projects)).min(projects), projects);
    }
    service.database.expect_much_writing(false)?;
    progress(projects, projects);
    Ok(projects)
}

/// Into how many parts a wave's time is divided.
const PARTS: u64 = 1_000_000;

/// Takes the next step of every story under way. The batches' steps are spread over the wave like shuffled cards: all
/// kinds of work go on all the time, yet each batch is gone through in its order.
fn carry_on(
    service: &mut Service,
    chronicle: &mut Chronicle,
    under_way: &mut VecDeque<Batch>,
    moment: impl Fn(u64) -> crate::domain::calendar::Moment,
) -> Answer<()> {
    let mut codes: Vec<Option<ProjectCode>> = Vec::new();
    let mut steps: Vec<(u64, usize, Step)> = Vec::new();
    for batch in under_way.iter_mut() {
        let first = codes.len();
        codes.append(&mut batch.codes);
        let taken: Vec<(usize, Step)> =
            batch.stories.iter_mut().enumerate().filter_map(|(at, story)| Some((first + at, story.next()?))).collect();
        let count = taken.len().max(1) as u64;
        steps.extend((0..).zip(taken).map(|(number, (project, step))| (number * PARTS / count, project, step)));
    }
    steps.sort_by_key(|(part, project, _)| (*part, *project));
    let events = steps.into_iter().map(|(part, project, step)| Event { at: moment(part), project, step });
    chronicle.carry_out(service, events, &mut codes)?;
    let mut codes = codes.into_iter();
    for batch in under_way.iter_mut() {
        batch.codes = codes.by_ref().take(batch.stories.len()).collect();
    }
    Ok(())
}
