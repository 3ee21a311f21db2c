//! What answers do to a session: a new picture, an entry that arrived, one that was refused.

use super::over::{Over, show};
use super::update::{load, put, send};
use super::{Pane, Session, Undo, Work, drafted, editing, following, overlay, papers, recording, steps};
use crate::domain::meeting::sheet::Field;
use crate::domain::panel::attendance::Presence;
use crate::domain::workflow::action::Action;
use crate::domain::workflow::record::PanelResult;
use crate::service::command::{Done, MeetingOrder, Receipt};
use crate::service::error::{Error, Kind, StoreError};
use crate::service::view::meeting::{ItemState, MeetingView};
use crate::tui::effect::{Effect, Reply, Ticket};
use crate::tui::keymap::{Op, key_name};
use crate::tui::screen::meetings;
use crate::tui::state::State;
use crate::tui::update::explain;

/// Takes an answer the session waits for.
pub fn answer(state: &mut State, ticket: Ticket, answer: Result<Reply, Error>) -> Vec<Effect> {
    let Some(session) = &mut state.session else { return Vec::new() };
    if session.issuing == Some(ticket) {
        session.issuing = None;
        return papers::issued(state, answer);
    }
    if session.outbox.awaits(ticket) {
        return written(state, answer);
    }
    if let Some(at) = session.asked.iter().position(|(asked, _)| *asked == ticket) {
        let (_, field) = session.asked.remove(at);
        return found(state, field, answer);
    }
    session.awaited = None;
    match answer {
        Ok(Reply::Meeting(view)) => take_view(state, view),
        Ok(_) => Vec::new(),
        Err(error) => {
            explain(state, &error);
            if matches!(error.kind(), Kind::NotFound | Kind::Denied) {
                state.session = None;
                return meetings::load(state);
            }
            Vec::new()
        }
    }
}

/// Takes the versions of one of the fields that were asked for; the last one's answer opens the dialog.
fn found(state: &mut State, field: Field, answer: Result<Reply, Error>) -> Vec<Effect> {
    let Some(session) = &mut state.session else { return Vec::new() };
    match answer {
        Ok(Reply::NoteHistory(view)) if !view.versions.is_empty() => session.found.push((field, view.versions)),
        Ok(_) => {}
        Err(error) => {
            session.asked.clear();
            explain(state, &error);
            return Vec::new();
        }
    }
    match (session.asked.is_empty(), std::mem::take(&mut session.found)) {
        (false, found) => session.found = found,
        (true, found) if found.is_empty() => state.mention("光标处还没有填写过"),
        (true, found) => return show(state, Over::History(found, 0)),
    }
    Vec::new()
}

fn take_view(state: &mut State, view: Box<MeetingView>) -> Vec<Effect> {
    let State { session, me, terminal, .. } = state;
    let Some(session) = session else { return Vec::new() };
    let first = session.view.is_none();
    let before = session.item().map(|item| item.code.clone());
    let now = view.now;
    session.view = Some(view);
    session.moving &= !session.outbox.is_empty();
    overlay::show_over(session, me);
    if session.saves && session.is_saved() {
        session.saved = Some(now);
        session.saves = false;
        session.unsaved = 0;
    }
    let writes = session.writes(me, terminal.as_str());
    let lost = session.held && !writes;
    session.held = writes;
    let moved = before.is_some() && before != session.item().map(|item| item.code.clone());
    if first || std::mem::take(&mut session.fresh) || (moved && (writes || session.follows)) {
        begin_item(session);
    }
    if !writes {
        following::follow(session);
    }
    session.settle();
    let mut effects = Vec::new();
    if lost {
        effects.extend(lose_seat(state));
    }
    if first {
        effects.extend(sit_where_free(state));
    }
    effects.extend(steps::checked(state));
    effects
}

/// Puts the cursor where the work of an item is.
fn begin_item(session: &mut Session) {
    let current = session.item().map(|item| item.number);
    let items = session.view.as_ref().map(|view| view.items.as_slice()).unwrap_or_default();
    session.agenda = items.iter().position(|line| Some(line.number) == current).unwrap_or(0);
    let Some(item) = session.item() else {
        session.pane = Pane::Agenda;
        return;
    };
    let seats = item.panel.seats();
    let unnoted = seats.iter().position(|seat| item.panel.presence(seat.expert) == Presence::Expected);
    let closed = item.panel.closed.is_some();
    session.line = 0;
    match unnoted {
        Some(at) if !closed => (session.pane, session.seat) = (Pane::Attendance, at),
        _ if !closed => {
            session.pane = Pane::Votes;
            session.seat = 0;
            recording::go_to_voter(session, 0);
        }
        _ => session.pane = Pane::Conclusion,
    }
}

fn lose_seat(state: &mut State) -> Vec<Effect> {
    let effects = editing::finish(state);
    let Some(session) = &mut state.session else { return effects };
    session.follows = true;
    let writer = session.writer().map(str::to_owned);
    if session.view.as_ref().is_some_and(|view| view.meeting.ended.is_some()) {
        state.say("已散会，记录不再改动");
        return effects;
    }
    state.complain(match writer {
        Some(name) => format!("秘书席已由{name}接管，本终端转为跟随；你的文字都在历史中"),
        None => "秘书席已空出，本终端转为跟随".to_owned(),
    });
    effects
}

/// Sits down where the seat is free or the account's own at another terminal, and takes the first item up where none is.
fn sit_where_free(state: &mut State) -> Vec<Effect> {
    let Some(session) = &state.session else { return Vec::new() };
    let Some(view) = session.view.as_deref().filter(|view| view.may_write) else { return Vec::new() };
    let seat = view.meeting.seat.as_ref();
    if seat.is_some_and(|seat| seat.holder.account != state.me.id) {
        let name = session.writer().unwrap_or_default().to_owned();
        state.mention(format!("秘书席由{name}使用，本终端跟随；按 {} 接管", key_name(Op::TakeSeat)));
        return Vec::new();
    }
    let first = view.items.iter().find(|line| !matches!(line.state, ItemState::Withdrawn(_)) && line.project.is_some());
    let first = first.filter(|_| view.meeting.current.is_none()).map(|line| line.number);
    let held = seat.is_some_and(|seat| seat.is_held_at(state.me.id, state.terminal.as_str()));
    let mut effects = if held { Vec::new() } else { steps::sit_down(state, String::new()) };
    let terminal = state.terminal.as_str().to_owned();
    if let (Some(item), Some(session)) = (first, &mut state.session) {
        session.moving = true;
        let order = MeetingOrder::TakeUp { meeting: session.code, item, terminal };
        effects.extend(put(state, Work::Order(order)));
    } else if let Some(session) = &mut state.session {
        session.moving = !held;
    }
    effects
}

fn written(state: &mut State, answer: Result<Reply, Error>) -> Vec<Effect> {
    let Some(session) = &mut state.session else { return Vec::new() };
    if let Err(Error::Unavailable(StoreError::Busy)) = &answer {
        session.outbox.put_back();
        let tries = session.outbox.tries;
        state.complain(format!("库忙，文字都在，自动重试（第 {tries} 次）"));
        return Vec::new();
    }
    let Some(work) = session.outbox.answered() else { return Vec::new() };
    match answer {
        Ok(Reply::Done(receipt)) => done(state, &work, receipt),
        Ok(_) => {}
        Err(error) => failed(state, work, &error),
    }
    let effects = send(state);
    if effects.is_empty() { load(state) } else { effects }
}

fn done(state: &mut State, work: &Work, receipt: Receipt) {
    drafted::written(state, work);
    let Some(session) = &mut state.session else { return };
    session.saves = true;
    match (work, receipt.done) {
        (_, Done::Noted { aside: Some(name), .. }) => {
            state.complain(format!(
                "秘书席由{name}使用：你录入的文字没有写入，已另存在历史中，按 {} 查看",
                key_name(Op::History)
            ));
        }
        (Work::Act(code, action, _), _) => match action {
            Action::ConcludePanel => {
                session.undo.retain(|undo| !of_project(undo, code));
                let says = session.item().and_then(|item| PanelResult::parse(item.sheet.get(Field::Conclusion)));
                state.say(steps::after(says.unwrap_or(PanelResult::Pass)));
            }
            Action::CloseOpinions => {
                session.pane = Pane::Conclusion;
                session.line = 0;
                state.say("意见已收齐。现在录入结论");
            }
            Action::RecordExpertOpinion => state.say("已签名并锁定"),
            _ => {}
        },
        (Work::Order(order), _) => match order {
            MeetingOrder::TakeUp { .. } => {
                session.wanted = None;
                session.fresh = true;
            }
            MeetingOrder::TakeSeat { .. } => {
                session.wanted = None;
                state.say("本终端在秘书席，录入的内容即时保存");
            }
            MeetingOrder::Withdraw { item, .. } => state.say(format!("第 {item} 项已撤出议程")),
            MeetingOrder::End { .. } => state.say("已散会"),
            _ => {}
        },
        _ => {}
    }
}

fn of_project(undo: &Undo, project: &crate::domain::ids::ProjectCode) -> bool {
    match undo {
        Undo::Fields(code, _) | Undo::Attendance(code, _) | Undo::Recusal(code, _) => code == project,
    }
}

/// What the rules refused is told, and words stay here until they are mended or taken back.
fn failed(state: &mut State, work: Work, error: &Error) {
    explain(state, error);
    let Some(session) = &mut state.session else { return };
    match work {
        Work::Order(MeetingOrder::TakeUp { .. }) => session.moving = false,
        // The words are still a draft.
        Work::Note(..) | Work::Attend(..) | Work::Act(..) | Work::Order(_) => {}
    }
}
