//! What a message does to the state, and what it asks for. Pure: no clock, no terminal, no database.

use std::time::Duration;

use crossterm::event::KeyEvent;

use super::Start;
use super::drafts;
use super::effect::{Effect, Reply, Ticket};
use super::keymap::{HalfPair, Mode, Op, key_name, translate};
use super::message::Message;
use super::mouse;
use super::practice;
use super::screen::{meetings, plan, project, queue, session, stats};
use super::state::{Screen, State};
use super::widget::{self, help::Help};
use crate::domain::text::clean_line;
use crate::service::error::Error;
use crate::wording;

/// Begins: asks what waits.
pub fn start(state: &mut State, start: Start) -> Vec<Effect> {
    let mut effects = queue::begin(state);
    if let Start::Project(code) = start {
        effects.extend(project::open(state, code));
    }
    effects.extend(be_seen(state));
    effects
}

/// Takes a message.
pub fn update(state: &mut State, message: Message) -> Vec<Effect> {
    let before = state.notice.clone();
    let stored = practice::is_of_note(&message);
    let mut effects = take(state, message);
    effects.extend(session::replay(state));
    effects.extend(drafts::arrive(state));
    effects.extend(practice::follow(state, stored));
    if state.notice != before {
        state.keep_notice();
    }
    // First of all on the disk, so that nothing shown is missing there.
    effects.splice(0..0, drafts::keep(state));
    effects.extend(be_seen(state));
    effects
}

/// Takes a key as the terminal reported it; `None` where it means nothing.
pub fn read(state: &mut State, event: KeyEvent) -> Option<Message> {
    let mode = state.mode();
    if mode == Mode::Text {
        state.half_pair = HalfPair::default();
    } else if state.half_pair.completes(event) {
        return None;
    }
    translate(mode, event)
}

/// Lets others know where this terminal is now, whatever brought it there.
fn be_seen(state: &mut State) -> Vec<Effect> {
    let (place, pointer) = state.whereabouts();
    let mut effects = Vec::new();
    if state.seen_at.as_ref().is_none_or(|(before, _)| *before != place) {
        state.others_here.clear();
    }
    let pace = state.pace();
    if std::mem::replace(&mut state.looks, pace) != pace {
        effects.push(Effect::Look(pace));
    }
    let here = Some((place.clone(), pointer.clone()));
    if std::mem::replace(&mut state.seen_at, here.clone()) != here {
        effects.push(Effect::Be(place, pointer));
    }
    effects
}

fn take(state: &mut State, message: Message) -> Vec<Effect> {
    match message {
        Message::Resized(columns, rows) => {
            state.size = (columns, rows);
            stats::resized(state);
            queue::resized(state)
        }
        Message::Answered(ticket, answer) => answered(state, ticket, answer),
        Message::OthersWrote => {
            state.others_wrote = true;
            let mut effects = session::news(state, None);
            effects.extend(project::news(state));
            effects
        }
        Message::Present(others) => {
            let (place, _) = state.whereabouts();
            // News of a place that was left meanwhile is none.
            state.others_here = others.into_iter().filter(|other| other.place == place).collect();
            let writer = state.session.as_ref().and_then(|session| session.view.as_ref()?.meeting.seat.as_ref());
            let terminal = writer.map(|seat| seat.terminal.as_str());
            let writer = state.others_here.iter().find(|other| Some(other.terminal.as_str()) == terminal);
            let pointer = writer.and_then(|writer| session::Pointer::parse(&writer.pointer));
            pointer.map(|pointer| session::news(state, Some(pointer))).unwrap_or_default()
        }
        Message::Rested => queue::rested(state),
        Message::Tick(millis) => {
            state.drafts.tick();
            session::tick(state, millis)
        }
        Message::Draft(news) => {
            state.drafts.hear(news);
            Vec::new()
        }
        Message::Retrying { tries, most, is_full } => {
            let why = if is_full { "磁盘已满" } else { "库忙" };
            let kept = if state.drafts.trouble.is_some() { "文字都在本窗口" } else { "草稿已存本地" };
            state.complain(format!("{why}，{kept}，自动重试 {tries}/{most}"));
            Vec::new()
        }
        Message::Op(Op::Repaint) => vec![Effect::Repaint],
        Message::Op(op) => {
            state.notice = None;
            // An Esc that closed something is not the first of the two that leave the program.
            let closed_something = op == Op::Escape && (state.dialog.is_some() || !state.is_at_root());
            let effects = take_op(state, op);
            state.last_op = Some(op).filter(|_| !closed_something);
            effects
        }
        Message::Digit(digit) => {
            quiet(state);
            take_digit(state, digit)
        }
        Message::Typed(key) => {
            quiet(state);
            take_text(state, key)
        }
        Message::Pasted(text) => {
            quiet(state);
            paste(state, &text)
        }
        Message::Mouse(gesture) => mouse::take(state, gesture),
        Message::Stray(c) => {
            quiet(state);
            offer(state, &c.to_string(), "中文输入法已开（命令用方向键、数字、F 键）")
        }
    }
}

fn quiet(state: &mut State) {
    state.notice = None;
    state.last_op = None;
}

/// A word typed or pasted outside a field runs nothing; in the list, Enter takes it for a filter.
fn offer(state: &mut State, word: &str, why: &str) -> Vec<Effect> {
    let word = clean_line(word).trim().to_owned();
    if state.is_in_queue() && state.dialog.is_none() && !word.is_empty() {
        let so_far = state.offered_word.take().unwrap_or_default();
        let whole: String = format!("{so_far}{word}").chars().take(40).collect();
        state.mention(format!("{why}，{} 作为筛选词「{whole}」", key_name(Op::Open)));
        state.offered_word = Some(whole);
    } else {
        state.mention(format!("{why}，未作为命令"));
    }
    Vec::new()
}

fn answered(state: &mut State, ticket: Ticket, answer: Result<Reply, Error>) -> Vec<Effect> {
    match answer {
        answer if project::awaits(state, ticket) => project::answer(state, ticket, answer),
        answer if session::awaits(state, ticket) => session::answer(state, ticket, answer),
        answer if meetings::awaits(state, ticket) => meetings::answer(state, ticket, answer),
        answer if plan::awaits(state, ticket) => plan::answer(state, ticket, answer),
        answer if stats::awaits(state, ticket) => stats::answer(state, ticket, answer),
        answer if widget::bulk::awaits(state, ticket) => widget::bulk::answer(state, ticket, answer),
        answer if widget::import::awaits(state, ticket) => widget::import::answer(state, answer),
        answer if widget::palette::awaits(state, ticket) => widget::palette::answer(state, answer),
        answer if widget::rulebook::awaits(state, ticket) => widget::rulebook::answer(state, answer),
        answer if practice::awaits(state, ticket) => practice::answer(state, answer),
        answer => queue::answer(state, ticket, answer),
    }
}

fn take_op(state: &mut State, op: Op) -> Vec<Effect> {
    // A word that was typed or pasted outside a field is offered to the filter until something else is pressed.
    let takes_word = op == Op::Open && state.offered_word.is_some() && state.is_in_queue() && state.dialog.is_none();
    let op = if takes_word { Op::Filter } else { op };
    if op != Op::Filter {
        state.offered_word = None;
    }
    if state.dialog.is_some() {
        return widget::take_op(state, op);
    }
    match op {
        Op::Help => {
            state.dialog = Some(widget::Dialog::Help(Box::new(Help::new(state.scope()))));
            Vec::new()
        }
        Op::Palette => widget::palette::open(state),
        Op::Messages => {
            widget::text::open_messages(state);
            Vec::new()
        }
        Op::KeySheet => {
            widget::text::open_sheet(state);
            Vec::new()
        }
        Op::TextPage => {
            widget::text::open_bare(state);
            Vec::new()
        }
        Op::CopyCode => copy_code(state),
        Op::Theme => change_look(state),
        Op::Mouse => take_mouse(state),
        Op::Refresh if matches!(state.screen(), Screen::Session(_)) && state.last_op != Some(Op::Refresh) => {
            state.others_wrote = false;
            session::take_op(state, op)
        }
        Op::Refresh if state.last_op == Some(Op::Refresh) => {
            let mut effects = refresh(state);
            effects.push(Effect::Repaint);
            effects
        }
        Op::Refresh => refresh(state),
        Op::Rulebook => widget::rulebook::open(state),
        Op::CheckUp | Op::Practice if state.by_lines => {
            state.mention("逐行方式没有画面和按键，此项请在全屏界面中进行");
            Vec::new()
        }
        Op::CheckUp => {
            widget::checkup::open(state);
            Vec::new()
        }
        Op::Practice => practice::open(state),
        Op::Drafts => widget::drafts::open(state),
        Op::Back | Op::Escape if state.project.is_some() => close_project(state),
        Op::Back | Op::Escape if state.session.is_some() => session::close(state),
        Op::Back | Op::Escape if state.meetings.is_some() => meetings::close(state),
        Op::Back | Op::Escape if state.plan.is_some() => plan::close(state),
        Op::Back | Op::Escape if state.stats.is_some() => stats::close(state),
        Op::Back => vec![Effect::Quit],
        Op::Escape if state.last_op == Some(Op::Escape) => vec![Effect::Quit],
        Op::Escape => {
            state.mention(format!("再按一次 Esc，或按 {} 退出", key_name(Op::Back)));
            Vec::new()
        }
        op if state.project.is_some() => project::take_op(state, op),
        op if state.session.is_some() => session::take_op(state, op),
        op if state.meetings.is_some() => meetings::take_op(state, op),
        op if state.plan.is_some() => plan::take_op(state, op),
        op if matches!(state.screen(), Screen::Stats(_)) => stats::take_op(state, op),
        op => queue::take_op(state, op),
    }
}

fn change_look(state: &mut State) -> Vec<Effect> {
    if !state.has_color {
        state.mention("终端没有颜色，或者启动时选择了不用颜色，只能是单色");
        return Vec::new();
    }
    state.theme = state.theme.next();
    state.say(format!("配色: {}。再执行一次换下一种", state.theme.name()));
    vec![Effect::KeepTheme(state.theme)]
}

fn take_mouse(state: &mut State) -> Vec<Effect> {
    state.has_mouse = !state.has_mouse;
    state.say(match state.has_mouse {
        true => "鼠标已开：滚轮移动，点击选中；要用终端自己的选取，请按住 Shift 或再执行一次",
        false => "鼠标已关：终端自己的选取可用",
    });
    vec![Effect::Mouse(state.has_mouse)]
}

fn copy_code(state: &mut State) -> Vec<Effect> {
    match state.code_under_cursor() {
        Some(code) => widget::text::copy(state, code.to_string(), code.as_str()),
        None => {
            state.mention("光标处没有项目，没有编号可复制");
            Vec::new()
        }
    }
}

/// Goes back to the plan or the queue, which load what was changed meanwhile.
fn close_project(state: &mut State) -> Vec<Effect> {
    let mut effects = project::close(state);
    if state.project.is_none() {
        effects.extend(plan::load(state));
        effects.extend(meetings::load(state));
        effects.extend(session::load(state));
    }
    effects
}

/// Tells whether a message once a second is asked for.
pub fn wants_tick(state: &State) -> bool {
    session::wants_tick(state) || state.drafts.wants_tick()
}

/// Tells after how long a rest of the hands [`Message::Rested`] is asked for.
pub fn wants_rest(state: &State) -> Option<Duration> {
    (state.queue.is_typing() || queue::wants_preview(state)).then_some(queue::REST)
}

/// Hands over what was typed a moment ago: the program is about to end.
pub fn farewell(state: &mut State) -> Vec<Effect> {
    session::farewell(state)
}

/// Runs a command of the palette as if its key had been pressed.
pub fn run(state: &mut State, op: Op) -> Vec<Effect> {
    update(state, Message::Op(op))
}

fn refresh(state: &mut State) -> Vec<Effect> {
    let mut effects = queue::refresh(state);
    effects.extend(plan::load(state));
    effects.extend(stats::load(state));
    effects.extend(meetings::load(state));
    effects.extend(session::load(state));
    if state.project.is_some() {
        effects.extend(project::load(state));
    }
    effects
}

fn take_digit(state: &mut State, digit: u8) -> Vec<Effect> {
    if state.dialog.is_some() {
        widget::take_digit(state, digit)
    } else if state.project.is_some() {
        project::take_digit(state, digit)
    } else if state.session.is_some() {
        session::take_digit(state, digit)
    } else if state.meetings.is_some() {
        meetings::take_digit(state, digit)
    } else if state.plan.is_some() {
        Vec::new()
    } else if matches!(state.screen(), Screen::Stats(_)) {
        stats::take_digit(state, digit)
    } else {
        queue::take_digit(state, digit)
    }
}

fn take_text(state: &mut State, key: KeyEvent) -> Vec<Effect> {
    if state.dialog.is_some() {
        widget::take_text(state, key)
    } else if state.bulk.is_opening() {
        widget::bulk::take_key(state, key)
    } else if state.is_writing() {
        session::take_text(state, key)
    } else {
        queue::take_text(state, key)
    }
}

fn paste(state: &mut State, text: &str) -> Vec<Effect> {
    if let Some(dialog) = &mut state.dialog
        && dialog.takes_text()
    {
        let message = dialog.paste(text, &state.recent);
        if let Some(message) = message {
            state.mention(message);
        }
        return Vec::new();
    }
    if state.dialog.is_none() && state.is_writing() {
        if let Some(message) = session::paste(state, text) {
            state.mention(message);
        }
        return Vec::new();
    }
    if state.dialog.is_none() && state.is_in_queue() && state.queue.filter.editor.is_some() {
        return queue::paste(state, text);
    }
    let why = format!("已拦截粘贴 {} 字", text.chars().count());
    offer(state, text, &why)
}

/// Says why something did not happen.
pub fn explain(state: &mut State, error: &Error) {
    let problem = wording::problem(error);
    let cause = problem.causes.first().map(|cause| format!("：{cause}")).unwrap_or_default();
    let remedy = if problem.causes.len() > 1 { String::new() } else { format!("。{}", problem.remedy) };
    state.complain(format!("{}{cause}{remedy}", problem.title));
}
