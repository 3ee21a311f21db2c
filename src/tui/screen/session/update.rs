//! What keys and answers do to a session.

use super::{
    Ahead, Pane, Pointer, Session, Timer, Work, drafted, editing, following, overlay, papers, recording, steps,
};
use crate::domain::meeting::MeetingCode;
use crate::domain::meeting::sheet::Field;
use crate::service::command::MeetingOrder;
use crate::service::view::meeting::ShowMeeting;
use crate::service::view::notes::NoteHistory;
use crate::tui::effect::{Effect, Question, Ticket};
use crate::tui::keymap::Op;
use crate::tui::screen::meetings;
use crate::tui::state::State;

/// Opens a meeting over the list of meetings.
pub fn open(state: &mut State, code: MeetingCode) -> Vec<Effect> {
    state.session = Some(Session::new(code));
    load(state)
}

/// Loads the meeting, with the item looked at.
pub fn load(state: &mut State) -> Vec<Effect> {
    let State { session, tickets, .. } = state;
    let Some(session) = session else { return Vec::new() };
    let ticket = tickets.issue();
    session.awaited = Some(ticket);
    session.stale = false;
    vec![Effect::Ask(ticket, Question::Meeting(ShowMeeting { meeting: session.code, item: session.wanted }))]
}

/// Goes back: from the room's picture to the session, from a look around to the writer, from there to the list. Whoever
/// leaves gets up from the seat.
pub fn close(state: &mut State) -> Vec<Effect> {
    let writes = state.session.as_ref().is_some_and(|session| session.writes(&state.me, state.terminal.as_str()));
    let terminal = state.terminal.as_str().to_owned();
    let Some(session) = &mut state.session else { return Vec::new() };
    if session.projector {
        session.projector = false;
        return Vec::new();
    }
    if !writes && !session.follows && session.writer().is_some() {
        return follow_again(state);
    }
    if !session.is_saved() {
        state.mention("正在保存，请稍候再返回");
        return Vec::new();
    }
    let leave =
        writes.then(|| Work::Order(MeetingOrder::LeaveSeat { meeting: session.code, terminal: terminal.clone() }));
    let mut effects = Vec::new();
    if let Some(work) = leave {
        // Nobody waits for the answer: the seat is free when it arrives.
        effects.push(Effect::Execute(state.tickets.issue(), Box::new(work.command(&terminal))));
    }
    state.session = None;
    effects.extend(meetings::load(state));
    effects
}

fn follow_again(state: &mut State) -> Vec<Effect> {
    let Some(session) = &mut state.session else { return Vec::new() };
    session.follows = true;
    session.wanted = None;
    following::follow(session);
    let said = session.writer().map_or_else(|| "已刷新；秘书席空着".to_owned(), |name| format!("已回到跟随{name}"));
    state.mention(said);
    load(state)
}

/// Tells whether the session waits for an answer.
pub fn awaits(state: &State, ticket: Ticket) -> bool {
    state.session.as_ref().is_some_and(|session| {
        session.awaited == Some(ticket)
            || session.issuing == Some(ticket)
            || session.outbox.awaits(ticket)
            || session.asked.iter().any(|(asked, _)| *asked == ticket)
    })
}

/// Has an entry written, and shows it.
pub fn put(state: &mut State, work: Work) -> Vec<Effect> {
    let State { session, me, .. } = state;
    let Some(session) = session else { return Vec::new() };
    overlay::show_one(session, me, &work);
    session.outbox.put(work);
    send(state)
}

pub(super) fn send(state: &mut State) -> Vec<Effect> {
    let State { session, tickets, terminal, .. } = state;
    let Some(session) = session else { return Vec::new() };
    let Some((ticket, work)) = session.outbox.take_to_send(|| tickets.issue()) else { return Vec::new() };
    vec![Effect::Execute(ticket, Box::new(work.command(terminal.as_str())))]
}

/// Takes news: others wrote something, or the writer's pointer moved. While a dialog is open nothing moves.
pub fn news(state: &mut State, pointer: Option<Pointer>) -> Vec<Effect> {
    let is_open = state.dialog.is_some() || state.project.is_some();
    let writes = state.session.as_ref().is_some_and(|session| session.writes(&state.me, state.terminal.as_str()));
    let Some(session) = &mut state.session else { return Vec::new() };
    let Some(pointer) = pointer else {
        session.stale = true;
        return Vec::new();
    };
    if session.heard.map(|heard| heard.timer) != Some(pointer.timer) && !writes {
        session.timer = pointer.timer;
    }
    session.heard = Some(pointer);
    if !writes && !is_open && following::follow(session) {
        session.stale = true;
    }
    Vec::new()
}

/// Does what had to wait: loads what others wrote once no dialog is open, and takes the keys pressed too early.
pub fn replay(state: &mut State) -> Vec<Effect> {
    let mut effects = Vec::new();
    drafted::settle(state);
    let is_open = state.dialog.is_some() || state.project.is_some();
    let Some(session) = &mut state.session else { return effects };
    if session.stale && !is_open && session.awaited.is_none() && session.outbox.is_empty() {
        effects.extend(load(state));
    }
    while let Some(session) = state.session.as_mut().filter(|session| !session.is_early()) {
        let Some(key) = session.ahead.pop_front() else { break };
        if state.dialog.is_some() || session.editing.is_some() {
            session.ahead.clear();
            break;
        }
        effects.extend(match key {
            Ahead::Op(op) => take_op(state, op),
            Ahead::Digit(digit) => take_digit(state, digit),
        });
    }
    effects
}

/// Tells whether a message once a second is needed: something is unsaved, or a clock runs.
pub fn wants_tick(state: &State) -> bool {
    state
        .session
        .as_ref()
        .is_some_and(|session| session.timer.runs || session.outbox.is_held_up() || !session.is_saved())
}

/// A second passed, or a little more.
pub fn tick(state: &mut State, millis: u64) -> Vec<Effect> {
    let mut effects = editing::flush(state);
    let Some(session) = &mut state.session else { return effects };
    if session.timer.runs {
        session.timer.millis += millis;
    }
    session.unsaved = if session.is_saved() { 0 } else { session.unsaved.saturating_add(1) };
    effects.extend(send(state));
    effects
}

/// Hands over everything typed, for the program is about to end; the answers are not awaited.
pub fn farewell(state: &mut State) -> Vec<Effect> {
    let mut effects = editing::flush(state);
    let State { session, tickets, terminal, .. } = state;
    let Some(session) = session else { return effects };
    let works = session.outbox.drain();
    effects
        .extend(works.iter().map(|work| Effect::Execute(tickets.issue(), Box::new(work.command(terminal.as_str())))));
    effects
}

/// Takes a digit.
pub fn take_digit(state: &mut State, digit: u8) -> Vec<Effect> {
    let Some(session) = &mut state.session else { return Vec::new() };
    if session.is_early() {
        session.ahead.push_back(Ahead::Digit(digit));
        return Vec::new();
    }
    match session.pane {
        _ if session.projector => Vec::new(),
        Pane::Attendance => recording::attend(state, digit),
        Pane::Votes => recording::vote(state, digit),
        Pane::Conclusion => recording::conclude(state, digit),
        Pane::Agenda if digit == 2 => steps::ask_to_withdraw(state),
        Pane::Agenda if digit == 1 => take_op(state, Op::Open),
        Pane::Agenda => Vec::new(),
    }
}

/// Takes a command of the key table.
pub fn take_op(state: &mut State, op: Op) -> Vec<Effect> {
    let writes = state.session.as_ref().is_some_and(|session| session.writes(&state.me, state.terminal.as_str()));
    let Some(session) = &mut state.session else { return Vec::new() };
    if session.is_early() {
        session.ahead.push_back(Ahead::Op(op));
        return Vec::new();
    }
    let moves = matches!(
        op,
        Op::Down | Op::Up | Op::PageDown | Op::PageUp | Op::First | Op::Last | Op::NextPane | Op::PreviousPane
    );
    // Looking around is left alone until one comes back.
    session.follows &= writes || !moves;
    match op {
        Op::Down => go(session, 1),
        Op::Up => go(session, -1),
        Op::PageDown => go(session, 8),
        Op::PageUp => go(session, -8),
        Op::First => go(session, isize::MIN / 2),
        Op::Last => go(session, isize::MAX / 2),
        Op::NextPane => turn_pane(session, 1),
        Op::PreviousPane => turn_pane(session, Pane::ALL.len() - 1),
        Op::Open | Op::Remark => return open_row(state),
        Op::Add => {
            return if recording::may_record(state) { editing::open_new_fix(state) } else { Vec::new() };
        }
        Op::Sign => return recording::sign(state),
        Op::SignAll => return recording::sign_all(state),
        Op::NextItem => return steps::turn(state, 1),
        Op::PreviousItem => return steps::turn(state, -1),
        Op::Timer if writes => {
            session.timer.runs = !session.timer.runs;
            session.told = session.timer;
        }
        Op::TimerReset if writes => {
            session.timer = Timer::default();
            session.told = session.timer;
        }
        Op::Timer | Op::TimerReset => state.mention("计时由秘书席控制"),
        Op::Projector => session.projector = !session.projector,
        Op::TakeSeat => return steps::take_seat(state),
        Op::Undo => return recording::undo(state),
        Op::Papers => return papers::ask(state),
        Op::ReplaceMember => return steps::replace_member(state),
        Op::Menu => return steps::advance(state),
        Op::History => return ask_history(state),
        Op::Refresh if writes => return load(state),
        Op::Refresh => return follow_again(state),
        _ => {}
    }
    Vec::new()
}

fn go(session: &mut Session, by: isize) {
    let row = match session.pane {
        Pane::Agenda => &mut session.agenda,
        Pane::Attendance | Pane::Votes => &mut session.seat,
        Pane::Conclusion => &mut session.line,
    };
    *row = row.saturating_add_signed(by);
    session.settle();
}

fn turn_pane(session: &mut Session, by: usize) {
    session.pane = session.pane.beside(by);
    match session.pane {
        Pane::Votes => {
            recording::go_to_voter(session, 0);
        }
        Pane::Conclusion if session.item().is_some_and(|item| item.sheet.get(Field::Conclusion).is_empty()) => {
            session.line = 0;
        }
        _ => {}
    }
    session.settle();
}

fn open_row(state: &mut State) -> Vec<Effect> {
    let Some(session) = &state.session else { return Vec::new() };
    let pane = session.pane;
    match pane {
        Pane::Agenda => {
            let number = session.view.as_ref().and_then(|view| view.items.get(session.agenda)).map(|line| line.number);
            number.map(|number| steps::go_to_item(state, number)).unwrap_or_default()
        }
        Pane::Attendance => {
            state.mention("按数字签到：1 到会 2 回避 3 缺席 0 其余到会");
            Vec::new()
        }
        Pane::Votes => recording::open_member(state),
        Pane::Conclusion if !recording::may_record(state) => Vec::new(),
        Pane::Conclusion => match session_line_is_text(state) {
            true => editing::open(state),
            false => {
                state.mention("按数字选结论；签名按 Space，在座专家全签按 *");
                Vec::new()
            }
        },
    }
}

fn session_line_is_text(state: &State) -> bool {
    let line = state.session.as_ref().and_then(|session| session.lines().get(session.line).copied());
    !matches!(line, Some(super::Line::Result | super::Line::Signature(_)) | None)
}

fn ask_history(state: &mut State) -> Vec<Effect> {
    let State { session, tickets, .. } = state;
    let Some(session) = session else { return Vec::new() };
    let Some(project) = session.item().map(|item| item.code.clone()) else { return Vec::new() };
    let asked: Vec<(Ticket, Field)> = session.fields().into_iter().map(|field| (tickets.issue(), field)).collect();
    let ask = |(ticket, field): &(Ticket, Field)| {
        Effect::Ask(*ticket, Question::NoteHistory(NoteHistory { project: project.clone(), field: *field }))
    };
    let effects: Vec<Effect> = asked.iter().map(ask).collect();
    (session.asked, session.found) = (asked, Vec::new());
    if effects.is_empty() {
        state.mention("光标移到专家的表决意见或者结论的一行，再看各版本");
    }
    effects
}
