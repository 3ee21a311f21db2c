//! How a session looks: where its panes stand, the facts above them, the state of what was typed.

use ratatui::layout::Rect;

use super::{Session, conclusion, gaps, panes, projector};
use crate::domain::panel::attendance::Presence;
use crate::service::view::meeting::{ItemState, ItemView};
use crate::tui::canvas::Canvas;
use crate::tui::layout::{above, beside, shell};
use crate::tui::screen::session::Pane;
use crate::tui::state::State;

/// From so many columns on the conclusion stands beside agenda and experts.
const ROOM_FOR_TWO: u16 = 100;
/// From so many columns on the agenda has a column of its own.
const ROOM_FOR_THREE: u16 = 180;
/// The columns of agenda and experts beside the conclusion.
const EXPERTS: u16 = 50;
/// The columns of the agenda, where it has its own.
const AGENDA: u16 = 44;
/// The columns of the experts, where the agenda has its own.
const EXPERTS_ALONE: u16 = 60;

/// Where the panes stand; those that are not there are not shown.
pub struct Places {
    frame: Rect,
    agenda: Option<Rect>,
    experts: Option<Rect>,
    conclusion: Option<Rect>,
}

fn places(state: &State, session: &Session) -> Places {
    let frame = shell(state.area()).body;
    let inner = Rect {
        x: frame.x + 1.min(frame.width),
        y: frame.y + 1.min(frame.height),
        width: frame.width.saturating_sub(2),
        height: frame.height.saturating_sub(2),
    };
    if frame.width >= ROOM_FOR_THREE {
        let (agenda, rest) = beside(inner, AGENDA);
        let (experts, conclusion) = beside(rest, EXPERTS_ALONE);
        return Places { frame, agenda: Some(agenda), experts: Some(experts), conclusion: Some(conclusion) };
    }
    if frame.width >= ROOM_FOR_TWO {
        let (left, conclusion) = beside(inner, EXPERTS);
        let rows = session.view.as_ref().map_or(0, |view| view.items.len());
        let wanted = u16::try_from(rows).unwrap_or(u16::MAX).saturating_add(1).min(left.height / 3);
        let (agenda, experts) = above(left, wanted);
        return Places { frame, agenda: Some(agenda), experts: Some(experts), conclusion: Some(conclusion) };
    }
    let shown = Some(inner);
    let conclusion = session.pane == Pane::Conclusion || session.editing.is_some();
    let agenda = session.pane == Pane::Agenda && !conclusion;
    Places {
        frame,
        agenda: shown.filter(|_| agenda),
        experts: shown.filter(|_| !agenda && !conclusion),
        conclusion: shown.filter(|_| conclusion),
    }
}

/// Draws the screen; tells where the terminal's cursor stands.
pub fn render(session: &Session, state: &State, canvas: &mut Canvas<'_>) -> Option<(u16, u16)> {
    if session.projector {
        return projector::render(session, state, canvas);
    }
    draw_facts(session, state, canvas);
    let places = places(state, session);
    canvas.frame(places.frame, "");
    let mut cursor = None;
    if let Some(area) = places.agenda {
        cursor = panes::agenda(session, canvas, area).filter(|_| session.pane == Pane::Agenda);
    }
    if let Some(area) = places.experts {
        if let Some(agenda) = places.agenda {
            match agenda.x == area.x {
                true => canvas.rule(Rect { y: agenda.bottom(), height: 1, ..area }, 0),
                false => canvas.divide(places.frame, area.x.saturating_sub(1)),
            }
        }
        let on = matches!(session.pane, Pane::Attendance | Pane::Votes);
        cursor = panes::experts(session, canvas, area).filter(|_| on).or(cursor);
    }
    if let Some(area) = places.conclusion {
        if places.experts.is_some() {
            canvas.divide(places.frame, area.x.saturating_sub(1));
        }
        let area = Rect { x: area.x + 1, width: area.width.saturating_sub(1), ..area };
        let on = session.pane == Pane::Conclusion || session.editing.is_some();
        let caret = conclusion::render(session, canvas, area);
        cursor = caret.filter(|_| on).or(cursor);
    }
    cursor
}

/// Tells what the title row names.
pub fn title(session: &Session) -> String {
    let Some(view) = &session.view else { return format!("评审会 {}", session.code) };
    let on: Vec<u32> = view
        .items
        .iter()
        .filter(|line| !matches!(line.state, ItemState::Withdrawn(_)))
        .map(|line| line.number)
        .collect();
    match session.item() {
        Some(item) => {
            let place = on.iter().position(|number| *number == item.number).map_or(0, |at| at + 1);
            format!("评审会 {} > {place}/{} {} {}", session.code, on.len(), item.name, item.code)
        }
        None => format!("评审会 {} > 0/{}", session.code, on.len()),
    }
}

/// Draws the votes, what is missing and the clock, in the row below the title.
pub fn draw_facts(session: &Session, state: &State, canvas: &mut Canvas<'_>) {
    let area = shell(state.area()).tabs;
    let Some(item) = session.item() else {
        canvas.line(area, 0, " 议程中没有可看的议题", canvas.theme.heading());
        return;
    };
    let clock = clock(session, item);
    let clock_style = if is_over(session, item) { canvas.theme.failure() } else { canvas.theme.heading() };
    let wide = usize::from(area.width) > canvas.width.of_str(&facts(item, true)) + clock.len() + 2;
    let x = canvas.line(area, 0, &facts(item, wide), canvas.theme.heading());
    canvas.right(area, 0, x.saturating_add(1), &clock, clock_style);
}

fn facts(item: &ItemView, wide: bool) -> String {
    let seats = item.panel.seats();
    let present = seats.iter().filter(|seat| item.panel.presence(seat.expert) == Presence::Present).count();
    let sitting = item.panel.sitting();
    let voted = item.seats.iter().zip(seats).filter(|(state, seat)| state.voted && item.panel.sits(seat)).count();
    let open = sitting.len().saturating_sub(voted);
    let missing = gaps::gaps(item).len();
    let missing = match (item.next, missing) {
        (None, _) => String::new(),
        (Some(_), 0) => "[齐]".to_owned(),
        (Some(_), count) => format!("[缺]{count}"),
    };
    let [pass, conditional, supplement, fail] = match item.tally {
        Some(tally) => [tally.pass, tally.conditional, tally.supplement, tally.fail].map(|count| count.to_string()),
        None => ["-", "-", "-", "-"].map(str::to_owned),
    };
    match wide {
        true => format!(
            " 到会 {present}/{}  通过 {pass}  原则通过 {conditional}  补充论证 {supplement}  不通过 {fail}  未表态 {open}  {missing}",
            seats.len()
        ),
        false => format!(
            " 到会{present}/{} 通过{pass} 原则{conditional} 补充{supplement} 否{fail} 未表{open} {missing}",
            seats.len()
        ),
    }
}

fn is_over(session: &Session, item: &ItemView) -> bool {
    session.timer.millis / 1000 > u64::from(item.rules.minutes_per_item) * 60
}

/// Tells the clock, against the minutes an item is meant to take.
pub(super) fn clock(session: &Session, item: &ItemView) -> String {
    let seconds = session.timer.millis / 1000;
    let stands = if session.timer.runs || seconds == 0 { "" } else { "停" };
    format!("计时 {:02}:{:02}/{}:00{stands} ", seconds / 60, seconds % 60, item.rules.minutes_per_item)
}

/// Tells what the status row says.
pub fn status(session: &Session) -> String {
    let (at, count) = match session.pane {
        Pane::Agenda => (session.agenda, session.view.as_ref().map_or(0, |view| view.items.len())),
        Pane::Attendance | Pane::Votes => (session.seat, session.item().map_or(0, |item| item.panel.seats().len())),
        Pane::Conclusion => (session.line, session.lines().len()),
    };
    let at = if count == 0 { 0 } else { at + 1 };
    let saved = match (session.is_saved(), session.saved) {
        (false, _) => format!("  未存 {} 秒", session.unsaved),
        (true, Some(at)) => format!("  已存 {}", at.format("%H:%M:%S")),
        (true, None) => String::new(),
    };
    format!(" 评审会  {} {at}/{count}{saved}", session.pane.name())
}

/// Tells who writes, at the right of the status row.
pub fn status_right(session: &Session, state: &State) -> String {
    let over = session.view.as_ref().is_some_and(|view| view.meeting.ended.is_some());
    match (session.writes(&state.me, state.terminal.as_str()), session.writer()) {
        (true, _) => "本终端录入 ".to_owned(),
        (false, Some(name)) if session.follows => format!("跟随{name} 只读 "),
        (false, Some(name)) => format!("{name}录入  自行查看(F5 回到跟随) "),
        (false, None) if over => "已散会 ".to_owned(),
        (false, None) => "秘书席空 ".to_owned(),
    }
}
