//! What keys and answers do to the queue.

use super::{Load, Queue, Tab, holding, marking, typing, view, views};
use crate::domain::actor::Role;
use crate::domain::ids::ProjectCode;
use crate::domain::search::Filter;
use crate::service::error::Error;
use crate::tui::effect::{Effect, Question, Reply, Ticket};
use crate::tui::keymap::{Op, key_name};
use crate::tui::screen::{meetings, project};
use crate::tui::state::State;
use crate::tui::update::explain;
use crate::tui::widget;

use super::listing::PAGE;

/// Begins with the first role's queue. The tabs stand before their counts are known: a digit typed ahead finds them.
pub fn begin(state: &mut State) -> Vec<Effect> {
    state.queue.follows_meetings = meetings::concern(&state.me);
    state.queue.tabs = views::tabs(state.me.roles.iter().map(|role| (*role, None)), &[]);
    let mut effects = load_fresh(state);
    effects.extend(load_counts(state));
    effects
}

/// Asks how much waits for each role, then for the views kept; the tabs follow.
pub fn load_counts(state: &mut State) -> Vec<Effect> {
    let ticket = state.tickets.issue();
    state.queue.awaited.counts = Some(ticket);
    vec![Effect::Ask(ticket, Question::Counts), views::load_views(state)]
}

/// Asks for the first page of the tab and filter in force.
pub fn load_fresh(state: &mut State) -> Vec<Effect> {
    state.queue.relaxed.clear();
    load(state, Load::Fresh).into_iter().collect()
}

/// Loads what others changed; the cursor stays on its project.
pub fn refresh(state: &mut State) -> Vec<Effect> {
    state.others_wrote = false;
    let mut effects = load_counts(state);
    let page = state.queue.listing.current_page();
    effects.extend(load(state, Load::Again(page)));
    effects
}

fn load(state: &mut State, load: Load) -> Option<Effect> {
    let queue = &mut state.queue;
    // Another line is another list: no page of it but the first is known.
    let load = if std::mem::take(&mut queue.awaited.rest) { Load::Fresh } else { load };
    let after = queue.listing.start_of(load).unwrap_or_default();
    let ticket = state.tickets.issue();
    queue.awaited.page = Some((ticket, load));
    let (source, filter, sort) = (queue.source(), queue.filter.applied.clone(), queue.filter.sort.clone());
    let question = Question::Page { source, filter, sort, after, limit: PAGE };
    Some(Effect::Ask(ticket, question))
}

/// Loads the pages the cursor is about to reach, and the project for the preview.
fn follow(state: &mut State) -> Vec<Effect> {
    let height = usize::from(view::list_height(state));
    state.queue.listing.keep_visible(height);
    let mut effects = Vec::new();
    if !state.queue.is_loading() {
        if !state.queue.listing.is_loaded() {
            effects.extend(load(state, Load::Fresh));
        } else if let Some(wanted) = state.queue.listing.wanted(height) {
            effects.extend(load(state, wanted));
        }
    }
    // A held key goes past projects nobody wants to read: what follows the first preview waits for a rest of the hands.
    if state.queue.previewed.is_none() {
        effects.extend(load_preview(state));
    }
    effects
}

/// Tells whether the preview shows another project than the one under the cursor.
pub fn wants_preview(state: &State) -> bool {
    state.is_in_queue() && state.dialog.is_none() && preview_to_load(state).is_some()
}

/// Tells which project is to be loaded for the preview.
fn preview_to_load(state: &State) -> Option<(ProjectCode, i64)> {
    if !view::shows_preview(state) {
        return None;
    }
    let row = state.queue.listing.current()?;
    let wanted = (row.code.clone(), row.version);
    let is_shown = state.queue.previewed_for.as_ref() == Some(&wanted);
    let is_asked = state.queue.awaited.preview.as_ref().is_some_and(|(_, asked)| *asked == wanted);
    (!is_shown && !is_asked).then_some(wanted)
}

/// Loads the project under the cursor for the preview.
pub(super) fn load_preview(state: &mut State) -> Option<Effect> {
    let wanted = preview_to_load(state)?;
    let ticket = state.tickets.issue();
    state.queue.awaited.preview = Some((ticket, wanted.clone()));
    Some(Effect::Ask(ticket, Question::Preview(wanted.0)))
}

/// Takes an answer, if it is one the queue waits for.
pub fn answer(state: &mut State, ticket: Ticket, answer: Result<Reply, Error>) -> Vec<Effect> {
    let awaited = &mut state.queue.awaited;
    if awaited.page.is_some_and(|(asked, _)| asked == ticket) {
        let load = awaited.page.take().map_or(Load::Fresh, |(_, load)| load);
        return take_page(state, load, answer);
    }
    if awaited.holding == Some(ticket) {
        return holding::answer(state, answer);
    }
    if awaited.marking == Some(ticket) {
        marking::answer(state, answer);
        return Vec::new();
    }
    if awaited.counts == Some(ticket) {
        awaited.counts = None;
        match answer {
            Ok(Reply::Counts(counts, meetings)) => {
                state.queue.meetings = meetings;
                return take_counts(state, &counts);
            }
            Ok(_) => {}
            Err(error) => explain(state, &error),
        }
    } else if awaited.preview.as_ref().is_some_and(|(asked, _)| *asked == ticket) {
        // What cannot be read is not asked for again and again.
        state.queue.previewed_for = awaited.preview.take().map(|(_, wanted)| wanted);
        if let Ok(Reply::Project(view)) = answer {
            state.queue.previewed = Some(view);
        }
    } else if awaited.totals == Some(ticket) {
        awaited.totals = None;
        if let Ok(Reply::Totals(totals)) = answer {
            let mut found: Vec<(usize, i64)> = totals.into_iter().enumerate().filter(|(_, total)| *total > 0).collect();
            found.sort_by_key(|(_, total)| std::cmp::Reverse(*total));
            found.truncate(9);
            state.queue.relaxed = found;
        }
    } else if awaited.views == Some(ticket) {
        awaited.views = None;
        match answer {
            Ok(Reply::Views(kept)) => views::take_views(&mut state.queue, kept),
            Ok(_) => {}
            Err(error) => explain(state, &error),
        }
    }
    Vec::new()
}

fn take_page(state: &mut State, load: Load, answer: Result<Reply, Error>) -> Vec<Effect> {
    match answer {
        Ok(Reply::Page(page)) => {
            state.queue.now = Some(page.now);
            state.queue.marks.learn(&page.rows);
            state.queue.listing.take(load, page);
        }
        Ok(_) => {}
        Err(error) => {
            explain(state, &error);
            return Vec::new();
        }
    }
    if std::mem::take(&mut state.queue.awaited.open_only_hit) && state.queue.listing.total() == 1 {
        return open(state);
    }
    if let Some(effects) = seek(state) {
        return effects;
    }
    let mut effects = follow(state);
    effects.extend(ask_what_to_drop(state));
    effects
}

/// Goes on looking for the project the cursor was on, page by page; one that is too far is given up.
fn seek(state: &mut State) -> Option<Vec<Effect>> {
    let code = state.queue.seek.take()?;
    if state.queue.listing.select(&code) {
        return None;
    }
    if state.queue.listing.may_go_on() {
        state.queue.seek = Some(code);
        return Some(load(state, Load::Next).into_iter().collect());
    }
    if state.queue.listing.total() == 0 {
        return None;
    }
    state.mention(format!("{code} 排在很后面，光标已回到首行"));
    Some(load(state, Load::Fresh).into_iter().collect())
}

/// Where a filter leaves nothing, asks how much there would be without each of its conditions.
fn ask_what_to_drop(state: &mut State) -> Option<Effect> {
    let filter = &state.queue.filter.applied;
    if state.queue.listing.total() > 0 || filter.conjuncts().is_empty() {
        return None;
    }
    let filters = (0..filter.conjuncts().len()).map(|index| filter.without(index)).collect();
    let ticket = state.tickets.issue();
    state.queue.awaited.totals = Some(ticket);
    Some(Effect::Ask(ticket, Question::Totals { source: state.queue.source(), filters }))
}

fn take_counts(state: &mut State, counts: &[(Role, i64)]) -> Vec<Effect> {
    let queue = &mut state.queue;
    let shown = queue.tabs.get(queue.tab).cloned();
    let kept: Vec<_> = queue.tabs.iter().filter_map(|tab| Some((tab.view.clone()?, tab.count))).collect();
    let roles = counts.iter().map(|(role, count)| (*role, Some(*count)));
    queue.tabs = views::tabs(roles, &kept);
    queue.tab = shown.and_then(|tab| views::place_of(queue, &tab)).unwrap_or(0);
    Vec::new()
}

/// Lays the list out for another size of the terminal.
pub fn resized(state: &mut State) -> Vec<Effect> {
    follow(state)
}

/// Shows a tab.
pub fn show_tab(state: &mut State, tab: usize) -> Vec<Effect> {
    if tab >= state.queue.tabs.len() {
        return Vec::new();
    }
    views::enter(&mut state.queue, tab);
    turn_to(state, tab)
}

/// Turns to a tab with the filter that is in force.
fn turn_to(state: &mut State, tab: usize) -> Vec<Effect> {
    state.queue.tab = tab;
    state.queue.seek = None;
    state.queue.listing = super::Listing::default();
    state.queue.forget_preview();
    let mut effects = load_fresh(state);
    effects.extend(load_counts(state));
    effects
}

/// Shows the first tab, or the last, as one comes from the meetings beyond the last.
pub fn show_end(state: &mut State, first: bool) -> Vec<Effect> {
    let tab = if first { 0 } else { state.queue.tabs.len().saturating_sub(1) };
    show_tab(state, tab)
}

/// Shows everything, unfiltered: what was just registered waits for nobody yet.
pub fn show_everything(state: &mut State) -> Vec<Effect> {
    state.queue.filter = super::FilterLine::default();
    let tab = state.queue.tab_of_digit(0);
    tab.map(|tab| show_tab(state, tab)).unwrap_or_default()
}

/// What the list showed before something else was shown in it.
#[derive(Debug)]
pub struct Before {
    tab: Option<Tab>,
    filter: super::FilterLine,
}

/// Shows everything that passes a filter, and tells what was shown before.
pub fn show_filtered(state: &mut State, filter: Filter) -> (Before, Vec<Effect>) {
    let line = std::mem::replace(&mut state.queue.filter, super::FilterLine::of(filter));
    let before = Before { tab: state.queue.tabs.get(state.queue.tab).cloned(), filter: line };
    let everything = state.queue.tab_of_digit(0).unwrap_or(0);
    (before, turn_to(state, everything))
}

/// Shows again what was shown before.
pub fn show_again(state: &mut State, before: Before) -> Vec<Effect> {
    state.queue.filter = before.filter;
    let tab = before.tab.and_then(|tab| views::place_of(&state.queue, &tab));
    turn_to(state, tab.unwrap_or(0))
}

/// Takes a command of the key table.
pub fn take_op(state: &mut State, op: Op) -> Vec<Effect> {
    let page = isize::try_from(view::list_height(state)).unwrap_or(1).max(1);
    let tabs = state.queue.tabs.len().max(1);
    state.queue.sorting = false;
    // Who moves the cursor has found where to look.
    state.queue.seek = None;
    if let Some(effects) = marking::take_op(state, op) {
        return effects;
    }
    let listing = &mut state.queue.listing;
    match op {
        Op::Down => listing.go_by(1),
        Op::Up => listing.go_by(-1),
        Op::PageDown => listing.go_by(page),
        Op::PageUp => listing.go_by(-page),
        Op::First => listing.go_to(0),
        Op::Last => {
            listing.go_to(usize::MAX);
            if listing.selected() + 1 < listing.total() && !listing.is_chasing() {
                state.mention(format!("列表很长，每按一次前进一页；可按 {} 筛选", key_name(Op::Filter)));
            }
        }
        // Beyond the last tab stands that of the meetings, a screen of its own.
        Op::NextPane if state.queue.tab + 1 == tabs && meetings::concern(&state.me) => return meetings::open(state),
        Op::PreviousPane if state.queue.tab == 0 && meetings::concern(&state.me) => return meetings::open(state),
        Op::NextPane => return show_tab(state, (state.queue.tab + 1) % tabs),
        Op::PreviousPane => return show_tab(state, (state.queue.tab + tabs - 1) % tabs),
        Op::Meetings => return meetings::open(state),
        Op::Open if listing.is_loaded() && listing.total() == 0 => return relax(state),
        Op::Open => return open(state),
        Op::Menu => {
            let code = listing.current().map(|row| row.code.clone());
            return match code {
                Some(code) => project::open_with_menu(state, code),
                None => widget::open_queue_menu(state),
            };
        }
        Op::Claim => return holding::claim(state),
        Op::TakeOver => return holding::take_over(state),
        Op::Plan => return super::super::plan::open(state),
        Op::Stats => return super::super::stats::open(state),
        Op::Import => return widget::import::open(state),
        Op::Preview => state.queue.preview = !state.queue.preview,
        Op::Filter => {
            let word = state.offered_word.take().unwrap_or_default();
            state.queue.filter.edit(&word, state.width);
            return typing::read_filter(state);
        }
        Op::Refresh => return refresh(state),
        Op::Sort => {
            views::begin_to_sort(state);
            return Vec::new();
        }
        Op::KeepView => {
            return views::begin_to_keep(state);
        }
        _ => {}
    }
    follow(state)
}

/// Takes a digit: the column to sort by where that was asked, the condition to drop where nothing was found, else the tab
/// of that number. What it means stands on the screen.
pub fn take_digit(state: &mut State, digit: u8) -> Vec<Effect> {
    if std::mem::take(&mut state.queue.sorting) {
        return views::sort_by(state, digit);
    }
    let offered = usize::from(digit).checked_sub(1).and_then(|at| state.queue.relaxed.get(at).copied());
    if let Some((index, _)) = offered.filter(|_| state.queue.listing.total() == 0) {
        return drop_condition(state, index);
    }
    if state.queue.digit_of_meetings() == Some(digit) {
        return meetings::open(state);
    }
    match state.queue.tab_of_digit(digit) {
        Some(tab) => show_tab(state, tab),
        None => Vec::new(),
    }
}

pub(super) fn open(state: &mut State) -> Vec<Effect> {
    match state.queue.listing.current() {
        Some(row) => {
            let code = row.code.clone();
            project::open(state, code)
        }
        None => Vec::new(),
    }
}

/// Opens the project before or behind the one open.
pub fn open_neighbor(state: &mut State, by: isize) -> Vec<Effect> {
    let before = state.queue.listing.selected();
    state.queue.listing.go_by(by);
    if state.queue.listing.selected() == before {
        state.mention(if by > 0 { "已是列表中最后一个项目" } else { "已是列表中第一个项目" });
        return Vec::new();
    }
    let mut effects = follow(state);
    effects.extend(open(state));
    effects
}

/// Drops the condition that leaves nothing.
pub fn relax(state: &mut State) -> Vec<Effect> {
    match state.queue.relaxed.first() {
        Some((index, _)) => drop_condition(state, *index),
        None => Vec::new(),
    }
}

fn drop_condition(state: &mut State, index: usize) -> Vec<Effect> {
    state.queue.filter.drop_condition(index);
    load_fresh(state)
}

/// Puts the cursor on a project, where it is in the window.
pub fn point_at(queue: &mut Queue, code: &ProjectCode) {
    queue.listing.select(code);
}
