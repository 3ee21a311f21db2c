//! What keys and answers do to the queue.

use crossterm::event::KeyEvent;

use super::{Load, Queue, Tab, view};
use crate::domain::actor::Role;
use crate::domain::ids::ProjectCode;
use crate::service::error::Error;
use crate::tui::effect::{Effect, Question, Reply, Source, Ticket};
use crate::tui::keymap::{Op, key_name};
use crate::tui::screen::{meetings, project};
use crate::tui::state::State;
use crate::tui::update::explain;
use crate::tui::widget;

use super::listing::PAGE;

/// Begins with the first role's queue. The tabs stand before their counts are known: a digit typed ahead finds them.
pub fn begin(state: &mut State) -> Vec<Effect> {
    state.queue.tabs = tabs(state.me.roles.iter().map(|role| (*role, None)));
    let mut effects = load_counts(state);
    effects.extend(load_fresh(state));
    effects
}

/// One tab for each role, then everything.
fn tabs(roles: impl Iterator<Item = (Role, Option<i64>)>) -> Vec<Tab> {
    let tabs = roles.map(|(role, count)| Tab { source: Source::Role(role), count });
    tabs.chain([Tab { source: Source::Everything, count: None }]).collect()
}

/// Asks how much waits for each role; the tabs follow.
pub fn load_counts(state: &mut State) -> Vec<Effect> {
    let ticket = state.tickets.issue();
    state.queue.awaited.counts = Some(ticket);
    vec![Effect::Ask(ticket, Question::Counts)]
}

/// Asks for the first page of the tab and filter in force.
pub fn load_fresh(state: &mut State) -> Vec<Effect> {
    state.queue.relaxed = None;
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
    let after = queue.listing.start_of(load).unwrap_or_default();
    let ticket = state.tickets.issue();
    queue.awaited.page = Some((ticket, load));
    let question = Question::Page { source: queue.source(), filter: queue.filter.applied.clone(), after, limit: PAGE };
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
    effects.extend(load_preview(state));
    effects
}

fn load_preview(state: &mut State) -> Option<Effect> {
    if !view::shows_preview(state) {
        return None;
    }
    let row = state.queue.listing.current()?;
    let (code, version) = (row.code.clone(), row.version);
    let shown = state.queue.previewed.as_ref().map(|view| &view.dossier.project);
    let is_shown = shown.is_some_and(|project| project.code == code && project.version == version);
    let is_asked = state.queue.awaited.preview.as_ref().is_some_and(|(_, asked)| *asked == code);
    if is_shown || is_asked {
        return None;
    }
    let ticket = state.tickets.issue();
    state.queue.awaited.preview = Some((ticket, code.clone()));
    Some(Effect::Ask(ticket, Question::Preview(code)))
}

/// Takes an answer, if it is one the queue waits for.
pub fn answer(state: &mut State, ticket: Ticket, answer: Result<Reply, Error>) -> Vec<Effect> {
    let awaited = &mut state.queue.awaited;
    if awaited.page.is_some_and(|(asked, _)| asked == ticket) {
        let load = awaited.page.take().map_or(Load::Fresh, |(_, load)| load);
        return take_page(state, load, answer);
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
        awaited.preview = None;
        if let Ok(Reply::Project(view)) = answer {
            state.queue.previewed = Some(view);
        }
    } else if awaited.totals == Some(ticket) {
        awaited.totals = None;
        if let Ok(Reply::Totals(totals)) = answer {
            let best = totals.into_iter().enumerate().max_by_key(|(_, total)| *total);
            state.queue.relaxed = best.filter(|(_, total)| *total > 0);
        }
    }
    Vec::new()
}

fn take_page(state: &mut State, load: Load, answer: Result<Reply, Error>) -> Vec<Effect> {
    match answer {
        Ok(Reply::Page(page)) => {
            state.queue.now = Some(page.now);
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
    let mut effects = follow(state);
    effects.extend(ask_what_to_drop(state));
    effects
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
    let source = state.queue.source();
    let roles = counts.iter().map(|(role, count)| (*role, Some(*count)));
    state.queue.tabs = tabs(roles);
    let tabs = &state.queue.tabs;
    state.queue.tab = tabs.iter().position(|tab| tab.source == source).unwrap_or(0);
    Vec::new()
}

/// Lays the list out for another size of the terminal.
pub fn resized(state: &mut State) -> Vec<Effect> {
    follow(state)
}

fn show_tab(state: &mut State, tab: usize) -> Vec<Effect> {
    if tab >= state.queue.tabs.len() {
        return Vec::new();
    }
    state.queue.tab = tab;
    state.queue.listing = super::Listing::default();
    state.queue.previewed = None;
    let mut effects = load_counts(state);
    effects.extend(load_fresh(state));
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
    let tab = state.queue.tabs.iter().position(|tab| tab.source == Source::Everything);
    tab.map(|tab| show_tab(state, tab)).unwrap_or_default()
}

/// Takes a command of the key table.
pub fn take_op(state: &mut State, op: Op) -> Vec<Effect> {
    let page = isize::try_from(view::list_height(state)).unwrap_or(1).max(1);
    let tabs = state.queue.tabs.len().max(1);
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
        Op::Plan => return super::super::plan::open(state),
        Op::Import => return widget::import::open(state),
        Op::Preview => state.queue.preview = !state.queue.preview,
        Op::Filter => {
            let word = state.offered_word.take().unwrap_or_default();
            state.queue.filter.edit(&word, state.width);
            return read_filter(state);
        }
        Op::Refresh => return refresh(state),
        _ => {}
    }
    follow(state)
}

/// Takes a digit: the tab of that number.
pub fn take_digit(state: &mut State, digit: u8) -> Vec<Effect> {
    if meetings::concern(&state.me) && state.queue.digit_of_meetings() == Some(digit) {
        return meetings::open(state);
    }
    match state.queue.tab_of_digit(digit) {
        Some(tab) => show_tab(state, tab),
        None => Vec::new(),
    }
}

fn open(state: &mut State) -> Vec<Effect> {
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
    match state.queue.relaxed.take() {
        Some((index, _)) => {
            state.queue.filter.drop_condition(index);
            load_fresh(state)
        }
        None => Vec::new(),
    }
}

/// Takes a key for the filter line.
pub fn take_text(state: &mut State, key: KeyEvent) -> Vec<Effect> {
    use crossterm::event::KeyCode;
    match key.code {
        KeyCode::Enter => {
            if !state.queue.filter.keep() {
                state.complain("筛选条件有误，请更正，或按 Esc 恢复原条件");
                return Vec::new();
            }
            if state.queue.filter.sorts {
                state.mention("列表按期限先后排列，排序条件不起作用");
            }
            if state.queue.is_loading() {
                state.queue.awaited.open_only_hit = true;
            } else if state.queue.listing.total() == 1 {
                return open(state);
            }
            resized(state)
        }
        KeyCode::Esc => match state.queue.filter.restore() {
            true => load_fresh(state),
            false => resized(state),
        },
        KeyCode::Up | KeyCode::Down => take_op(state, if key.code == KeyCode::Up { Op::Up } else { Op::Down }),
        _ => {
            let Some(editor) = &mut state.queue.filter.editor else { return Vec::new() };
            if let Some(message) = editor.handle(key).message() {
                state.complain(message);
            }
            read_filter(state)
        }
    }
}

/// Takes a paste for the filter line.
pub fn paste(state: &mut State, text: &str) -> Vec<Effect> {
    let Some(editor) = &mut state.queue.filter.editor else { return Vec::new() };
    if let Some(message) = editor.paste(text).message() {
        state.mention(message);
    }
    read_filter(state)
}

fn read_filter(state: &mut State) -> Vec<Effect> {
    match state.queue.filter.read() {
        true => load_fresh(state),
        false => resized(state),
    }
}

/// Puts the cursor on a project, where it is in the window.
pub fn point_at(queue: &mut Queue, code: &ProjectCode) {
    queue.listing.select(code);
}
