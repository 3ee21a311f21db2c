//! What keys and answers do to the list of meetings.

use super::{Agenda, Meetings, Row};
use crate::service::command::MeetingOrder;
use crate::service::error::{Error, Kind};
use crate::tui::drafts::present;
use crate::tui::effect::{Effect, Question, Reply, Ticket};
use crate::tui::keymap::{Op, key_name};
use crate::tui::screen::session::{Over, Work};
use crate::tui::screen::{project, queue, session};
use crate::tui::state::State;
use crate::tui::update::explain;
use crate::tui::widget::Dialog;

/// Opens the list over the queue.
pub fn open(state: &mut State) -> Vec<Effect> {
    if !super::concern(&state.me) {
        state.complain("不能查看：评审会由中心组织，只有办理全部项目的人员可以跟随");
        return Vec::new();
    }
    state.meetings = Some(Meetings::default());
    load(state)
}

/// Loads the list, where it is open.
pub fn load(state: &mut State) -> Vec<Effect> {
    let State { meetings, tickets, .. } = state;
    let Some(meetings) = meetings else { return Vec::new() };
    let ticket = tickets.issue();
    meetings.awaited = Some(ticket);
    vec![Effect::Ask(ticket, Question::Meetings)]
}

/// Goes back to the queue.
pub fn close(state: &mut State) -> Vec<Effect> {
    state.meetings = None;
    queue::refresh(state)
}

/// Tells whether the list waits for an answer.
pub fn awaits(state: &State, ticket: Ticket) -> bool {
    let waits = |meetings: &Meetings| [meetings.awaited, meetings.calling].contains(&Some(ticket));
    state.meetings.as_ref().is_some_and(waits)
}

/// Takes an answer the list waits for.
pub fn answer(state: &mut State, ticket: Ticket, answer: Result<Reply, Error>) -> Vec<Effect> {
    let Some(meetings) = &mut state.meetings else { return Vec::new() };
    if meetings.calling.take_if(|calling| *calling == ticket).is_some() {
        return match answer {
            Ok(_) => {
                state.dialog = None;
                state.drafts.received(&session::calling().subject());
                state.say("已列入评审会。按 Enter 打开");
                load(state)
            }
            Err(error) => {
                explain(state, &error);
                Vec::new()
            }
        };
    }
    meetings.awaited = None;
    match answer {
        Ok(Reply::Meetings(view)) => {
            state.queue.meetings = Some(view.meetings.iter().filter(|line| !line.is_over).count());
            meetings.view = Some(view);
            meetings.settle();
            if std::mem::take(&mut meetings.opens) {
                return open_row(state);
            }
        }
        Ok(_) => {}
        Err(error) => {
            explain(state, &error);
            if error.kind() == Kind::Denied {
                state.meetings = None;
            }
        }
    }
    Vec::new()
}

/// Takes a digit: that of a tab of the queue, which goes there.
pub fn take_digit(state: &mut State, digit: u8) -> Vec<Effect> {
    if state.queue.digit_of_meetings() == Some(digit) || state.queue.tab_of_digit(digit).is_none() {
        return Vec::new();
    }
    state.meetings = None;
    queue::take_digit(state, digit)
}

/// Takes a command of the key table.
pub fn take_op(state: &mut State, op: Op) -> Vec<Effect> {
    let Some(meetings) = &mut state.meetings else { return Vec::new() };
    let by = match op {
        Op::Down => 1,
        Op::Up => -1,
        Op::PageDown => 8,
        Op::PageUp => -8,
        Op::First => isize::MIN / 2,
        Op::Last => isize::MAX / 2,
        Op::Open => return open_row(state),
        Op::Add => return add(state),
        Op::Menu => return end(state),
        Op::NextPane | Op::PreviousPane => {
            state.meetings = None;
            return queue::show_end(state, op == Op::NextPane);
        }
        _ => 0,
    };
    meetings.row = meetings.row.saturating_add_signed(by);
    meetings.settle();
    Vec::new()
}

fn open_row(state: &mut State) -> Vec<Effect> {
    let Some(meetings) = &mut state.meetings else { return Vec::new() };
    if meetings.view.is_none() {
        meetings.opens = true;
        return Vec::new();
    }
    match meetings.current() {
        Some(Row::Meeting(line)) => {
            let code = line.code;
            session::open(state, code)
        }
        Some(Row::Waiting(panel)) => {
            let code = panel.code.clone();
            project::open(state, code)
        }
        None => Vec::new(),
    }
}

/// Calls a meeting, or adds to the one under the cursor.
fn add(state: &mut State) -> Vec<Effect> {
    let width = state.width;
    let Some(meetings) = &state.meetings else { return Vec::new() };
    let Some(view) = &meetings.view else { return Vec::new() };
    if !view.may_call {
        state.complain("不能召集：评审会由专家组秘书召集");
        return Vec::new();
    }
    if view.waiting.is_empty() {
        state.complain("没有待上会的专家组：专家组经评审负责人确认后才能上会");
        return Vec::new();
    }
    let target = match meetings.current() {
        Some(Row::Meeting(line)) if !line.is_over => Some(line.code),
        _ => None,
    };
    let chosen = match meetings.current() {
        Some(Row::Waiting(panel)) => Some(panel.code.clone()),
        _ => None,
    };
    let agenda = Agenda::new(view, target, chosen, width);
    let dialog = Dialog::Session(Box::new(Over::Agenda(Box::new(agenda))));
    present(state, &session::calling(), dialog);
    Vec::new()
}

/// Hands the form in.
pub(super) fn hand_in(state: &mut State, orders: Vec<MeetingOrder>) -> Vec<Effect> {
    let terminal = state.terminal.as_str().to_owned();
    state.drafts.sent(session::calling().subject());
    let State { meetings, tickets, .. } = state;
    let Some(meetings) = meetings else { return Vec::new() };
    let mut effects = Vec::new();
    for order in orders {
        let ticket = tickets.issue();
        // The last one's answer closes the form.
        meetings.calling = Some(ticket);
        effects.push(Effect::Execute(ticket, Box::new(Work::Order(order).command(&terminal))));
    }
    effects
}

fn end(state: &mut State) -> Vec<Effect> {
    let meeting = match state.meetings.as_ref().and_then(Meetings::current) {
        Some(Row::Meeting(line)) => Some(line.code),
        _ => None,
    };
    let add = key_name(Op::Add);
    state.mention(match meeting {
        Some(code) => format!("打开评审会 {code} 后按 F8：收齐意见、定稿、散会；按 {add} 加入议程"),
        None => format!("按 {add} 召集评审会"),
    });
    Vec::new()
}
