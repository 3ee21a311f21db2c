//! 轮次 — every plan, review and acceptance of the project, read-only, each beside the one before where one asks.

use super::{Pane, view};
use crate::domain::round::RoundKind;
use crate::service::error::Error;
use crate::service::view::rounds::RoundsView;
use crate::tui::canvas::{Sheet, StyledLine};
use crate::tui::effect::{Effect, Question, Reply, Ticket};
use crate::tui::keymap::{Op, key_name};
use crate::tui::state::State;
use crate::tui::theme::Theme;
use crate::tui::update::explain;
use crate::tui::width::Width;
use crate::wording;
use crate::wording::rounds::Line;

/// What the page shows of the rounds.
#[derive(Debug, Default)]
pub struct Rounds {
    view: Option<Box<RoundsView>>,
    /// The round under the cursor, or opened.
    pub selected: usize,
    /// The round under the cursor as a page of its own.
    pub opened: Option<Opened>,
    awaited: Option<Ticket>,
}

/// How a round is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opened {
    /// As it is.
    Alone,
    /// As what changed since the round before.
    Compared,
}

impl Rounds {
    /// Tells whether it waits for an answer.
    pub fn awaits(&self, ticket: Ticket) -> bool {
        self.awaited == Some(ticket)
    }

    /// Lists the rounds by kind and number.
    fn all(&self) -> Vec<(RoundKind, u32)> {
        let titles = self.view.as_deref().map(wording::rounds::titles).unwrap_or_default();
        titles.into_iter().map(|(kind, number, _)| (kind, number)).collect()
    }

    /// Writes the list, one round a line.
    pub fn list(&self, theme: Theme) -> Vec<StyledLine> {
        let Some(view) = self.view.as_deref() else {
            return vec![StyledLine { text: "正在载入 ...".to_owned(), style: theme.plain() }];
        };
        let titles = wording::rounds::titles(view);
        if titles.is_empty() {
            return vec![StyledLine { text: "尚未申报，没有轮次".to_owned(), style: theme.plain() }];
        }
        let line = |(kind, number, _): (RoundKind, u32, String)| {
            let running = wording::rounds::is_running(view, kind, number);
            let badge = if running { "[行]" } else { "[封]" };
            let style = if running { theme.heading() } else { theme.plain() };
            StyledLine { text: format!("{badge} {}", wording::policy::round(kind, number)), style }
        };
        titles.into_iter().map(line).collect()
    }

    /// Writes the round under the cursor, or what changed since the one before.
    pub fn page(&self, cells: u16, width: Width, theme: Theme) -> Vec<StyledLine> {
        let mut sheet = Sheet::new(cells, width, theme);
        let (Some(view), Some((kind, number))) = (self.view.as_deref(), self.all().get(self.selected).copied()) else {
            return sheet.lines;
        };
        let lines = match self.opened {
            Some(Opened::Compared) => wording::rounds::compared(view, kind, number.saturating_sub(1), number),
            _ => wording::rounds::round(view, kind, number),
        };
        write(&mut sheet, &lines);
        sheet.lines
    }
}

/// Writes lines of a page on a sheet.
pub fn write(sheet: &mut Sheet, lines: &[Line]) {
    for line in lines {
        match line {
            Line::Heading(text) => sheet.heading(text),
            Line::Field(name, content) => sheet.field(name, content),
            Line::Text(text) => sheet.text(0, text, sheet.theme().plain()),
        }
    }
}

/// Loads the rounds where their page is shown; elsewhere what was loaded is out of date.
pub fn reload(state: &mut State) -> Vec<Effect> {
    let Some(project) = &mut state.project else { return Vec::new() };
    if project.pane != Pane::Rounds {
        project.rounds.view = None;
        return Vec::new();
    }
    let ticket = state.tickets.issue();
    project.rounds.awaited = Some(ticket);
    vec![Effect::Ask(ticket, Question::Rounds(project.code.clone()))]
}

/// Loads the rounds once their page is shown.
pub fn wanted(state: &mut State) -> Vec<Effect> {
    match &state.project {
        Some(project) if project.rounds.view.is_none() && project.rounds.awaited.is_none() => reload(state),
        _ => Vec::new(),
    }
}

/// Takes the answer it waits for.
pub fn answer(state: &mut State, answer: Result<Reply, Error>) -> Vec<Effect> {
    let Some(project) = &mut state.project else { return Vec::new() };
    project.rounds.awaited = None;
    match answer {
        Ok(Reply::Rounds(view)) => {
            let first_time = project.rounds.view.is_none();
            project.rounds.view = Some(view);
            let last = project.rounds.all().len().saturating_sub(1);
            // The latest round is what one comes for.
            project.rounds.selected = if first_time { last } else { project.rounds.selected.min(last) };
        }
        Ok(_) => {}
        Err(error) => explain(state, &error),
    }
    super::update::settle(state);
    Vec::new()
}

/// Goes back from an opened round to the list; tells whether there was one.
pub fn close_page(state: &mut State) -> bool {
    let opened = state.project.as_mut().filter(|project| project.pane == Pane::Rounds);
    let was_open = opened.and_then(|project| project.rounds.opened.take()).is_some();
    if was_open {
        to_top(state);
        super::update::settle(state);
    }
    was_open
}

/// Takes a command that means something of its own here; tells whether it did.
pub fn take_op(state: &mut State, op: Op) -> bool {
    let page = isize::try_from(view::page_height(state).max(1)).unwrap_or(1);
    let Some(project) = state.project.as_mut().filter(|project| project.pane == Pane::Rounds) else { return false };
    let rounds = &mut project.rounds;
    match op {
        Op::Open if rounds.view.is_some() && !rounds.all().is_empty() => rounds.opened = Some(Opened::Alone),
        Op::Compare => return compare(state),
        Op::Down => go(state, 1),
        Op::Up => go(state, -1),
        Op::PageDown => go(state, page),
        Op::PageUp => go(state, -page),
        Op::First => go(state, isize::MIN / 2),
        Op::Last => go(state, isize::MAX / 2),
        _ => return false,
    }
    if op == Op::Open {
        to_top(state);
    }
    super::update::settle(state);
    true
}

/// Moves the cursor in the list, or the text of an opened round.
fn go(state: &mut State, rows: isize) {
    let Some(project) = &mut state.project else { return };
    if project.rounds.opened.is_some() {
        if let Some(top) = project.top.get_mut(Pane::Rounds.index()) {
            *top = top.saturating_add_signed(rows);
        }
        return;
    }
    let last = project.rounds.all().len().saturating_sub(1);
    project.rounds.selected = project.rounds.selected.saturating_add_signed(rows).min(last);
    project.details_top = 0;
}

fn to_top(state: &mut State) {
    if let Some(top) = state.project.as_mut().and_then(|project| project.top.get_mut(Pane::Rounds.index())) {
        *top = 0;
    }
}

/// Shows what changed since the round before, or the round itself again.
fn compare(state: &mut State) -> bool {
    let Some(project) = &mut state.project else { return false };
    let Some((kind, number)) = project.rounds.all().get(project.rounds.selected).copied() else { return true };
    match (project.rounds.opened, kind, number) {
        (Some(Opened::Compared), ..) => project.rounds.opened = Some(Opened::Alone),
        (_, RoundKind::Plan, _) => {
            state.mention("计划申报不作比较，请打开后逐轮查看");
            return true;
        }
        (.., 1) => {
            state.mention("这是第 1 轮，没有前一轮可以比较");
            return true;
        }
        _ => project.rounds.opened = Some(Opened::Compared),
    }
    to_top(state);
    super::update::settle(state);
    true
}

/// Says in the frame how to go on.
pub fn legend(rounds: &Rounds) -> String {
    let comparable = matches!(rounds.all().get(rounds.selected), Some((kind, 2..)) if *kind != RoundKind::Plan);
    let compare = match rounds.opened {
        _ if !comparable => String::new(),
        Some(Opened::Compared) => format!("  {}本轮全文", key_name(Op::Compare)),
        _ => format!("  {}与前一轮比较", key_name(Op::Compare)),
    };
    match rounds.opened {
        Some(_) => format!("只读{compare}  {}返回列表", key_name(Op::Back)),
        None => format!("{}打开{compare}", key_name(Op::Open)),
    }
}
