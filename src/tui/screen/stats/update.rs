//! What keys and answers do to the statistics.

use super::{Page, StatsScreen, Target, chart, view};
use crate::service::error::Error;
use crate::tui::effect::{Effect, Question, Reply, Ticket};
use crate::tui::keymap::Op;
use crate::tui::screen::{plan, project, queue};
use crate::tui::state::State;
use crate::tui::update::explain;

/// Opens the statistics of all years over the queue; where they are below it already, goes back to them.
pub fn open(state: &mut State) -> Vec<Effect> {
    if !plan::concerns(&state.me) {
        state.complain("不能查看：三员不参与业务办理，没有可统计的项目");
        return Vec::new();
    }
    if state.stats.is_some() {
        return close(state);
    }
    state.stats = Some(StatsScreen::default());
    load(state)
}

/// Loads what is shown.
pub fn load(state: &mut State) -> Vec<Effect> {
    let State { stats, tickets, .. } = state;
    let Some(stats) = stats else { return Vec::new() };
    let ticket = tickets.issue();
    stats.awaited = Some(ticket);
    // What is shown stays until the new numbers are there; the reviews' come when their page is looked at.
    let mut effects = vec![Effect::Ask(ticket, Question::Stats(stats.year))];
    if stats.page == Page::Findings {
        effects.extend(load_reviews(state));
    } else {
        stats.reviews = None;
    }
    effects
}

fn load_reviews(state: &mut State) -> Option<Effect> {
    let stats = state.stats.as_mut()?;
    let ticket = state.tickets.issue();
    stats.awaited_reviews = Some(ticket);
    Some(Effect::Ask(ticket, Question::ReviewStats(stats.year)))
}

/// Goes back: from the list to the bar it was opened from, from the statistics to the queue.
pub fn close(state: &mut State) -> Vec<Effect> {
    let Some(stats) = &mut state.stats else { return Vec::new() };
    match stats.before.take() {
        Some(before) => queue::show_again(state, before),
        None => {
            state.stats = None;
            queue::refresh(state)
        }
    }
}

/// Tells whether the statistics wait for an answer.
pub fn awaits(state: &State, ticket: Ticket) -> bool {
    state.stats.as_ref().is_some_and(|stats| [stats.awaited, stats.awaited_reviews].contains(&Some(ticket)))
}

/// Takes an answer the statistics wait for.
pub fn answer(state: &mut State, ticket: Ticket, answer: Result<Reply, Error>) -> Vec<Effect> {
    let Some(stats) = &mut state.stats else { return Vec::new() };
    let awaited = if stats.awaited == Some(ticket) { &mut stats.awaited } else { &mut stats.awaited_reviews };
    *awaited = None;
    match answer {
        Ok(Reply::Stats(view)) => {
            if view.year.is_none() {
                stats.years = view.years.keys().copied().collect();
            }
            stats.view = Some(view);
        }
        Ok(Reply::ReviewStats(reviews)) => stats.reviews = Some(reviews),
        Ok(_) => {}
        Err(error) => explain(state, &error),
    }
    settle(state);
    Vec::new()
}

/// Takes a digit: the page of that number.
pub fn take_digit(state: &mut State, digit: u8) -> Vec<Effect> {
    let page = usize::from(digit).checked_sub(1).and_then(|index| Page::ALL.get(index));
    page.map(|page| show(state, *page)).unwrap_or_default()
}

fn show(state: &mut State, page: Page) -> Vec<Effect> {
    let Some(stats) = &mut state.stats else { return Vec::new() };
    (stats.page, stats.at, stats.top) = (page, 0, 0);
    let lacks = page == Page::Findings && stats.reviews.is_none() && stats.awaited_reviews.is_none();
    if lacks { load_reviews(state).into_iter().collect() } else { Vec::new() }
}

/// Takes a command of the key table.
pub fn take_op(state: &mut State, op: Op) -> Vec<Effect> {
    let height = view::list_height(state);
    let Some(stats) = &mut state.stats else { return Vec::new() };
    let last = stats.entries(&stats.blocks()).len().saturating_sub(1);
    let page = stats.page.index();
    let turned = |by: usize| Page::ALL.get((page + by) % Page::ALL.len()).copied().unwrap_or_default();
    match op {
        Op::Down => stats.at = (stats.at + 1).min(last),
        Op::Up => stats.at = stats.at.saturating_sub(1),
        Op::PageDown => stats.at = (stats.at + height.max(1)).min(last),
        Op::PageUp => stats.at = stats.at.saturating_sub(height.max(1)),
        Op::First => stats.at = 0,
        Op::Last => stats.at = last,
        Op::NextPane => return show(state, turned(1)),
        Op::PreviousPane => return show(state, turned(Page::ALL.len() - 1)),
        Op::NextYear => return turn_year(state, true),
        Op::PreviousYear => return turn_year(state, false),
        Op::Open => return open_target(state),
        _ => {}
    }
    settle(state);
    Vec::new()
}

/// Goes round: all years, then one after the other.
fn turn_year(state: &mut State, forward: bool) -> Vec<Effect> {
    let Some(stats) = &mut state.stats else { return Vec::new() };
    let at = stats.year.and_then(|year| stats.years.iter().position(|one| *one == year));
    let next = match (at, forward) {
        (None, true) => Some(0),
        (None, false) => stats.years.len().checked_sub(1),
        (Some(at), true) => Some(at + 1),
        (Some(at), false) => at.checked_sub(1),
    };
    stats.year = next.and_then(|next| stats.years.get(next)).copied();
    (stats.at, stats.top) = (0, 0);
    load(state)
}

fn open_target(state: &mut State) -> Vec<Effect> {
    let Some(stats) = &state.stats else { return Vec::new() };
    let blocks = stats.blocks();
    let Some(entry) = stats.entries(&blocks).get(stats.at).copied() else { return Vec::new() };
    match entry.target.clone() {
        Some(Target::Project(code)) => project::open(state, code),
        Some(Target::Filter(filter)) => {
            let (before, effects) = queue::show_filtered(state, filter);
            if let Some(stats) = &mut state.stats {
                stats.before = Some(before);
            }
            effects
        }
        None => {
            state.mention(format!("“{}”不能按条件列出项目", entry.name));
            Vec::new()
        }
    }
}

/// Lays the page out for another size of the terminal.
pub fn resized(state: &mut State) {
    settle(state);
}

/// Keeps the cursor on a line and its line on the screen, with the heading above it where that fits.
fn settle(state: &mut State) {
    let height = view::list_height(state).max(1);
    let Some(stats) = &mut state.stats else { return };
    let blocks = stats.blocks();
    let lines = chart::lines(&blocks);
    stats.at = stats.at.min(stats.entries(&blocks).len().saturating_sub(1));
    let on = lines.iter().position(|line| matches!(line, chart::Line::Entry(_, _, number) if *number == stats.at));
    let on = on.unwrap_or(0);
    // The first entry of a block brings its heading along.
    let first = match on.checked_sub(1).and_then(|before| lines.get(before)) {
        Some(chart::Line::Head(_)) if height > 1 => on - 1,
        _ => on,
    };
    // What follows the last entry is shown with it.
    let end = if stats.at + 1 == stats.entries(&blocks).len() { lines.len() } else { on + 1 };
    stats.top = stats.top.max(end.saturating_sub(height)).min(first);
}
