//! What digits and signatures record: who came, how a member votes, what the panel concludes; and taking it back.

use super::over::{About, Ask, Over, Purpose, Question, show};
use super::update::put;
use super::{Line, Pane, Session, Undo, Work, steps};
use crate::domain::ids::{ExpertId, ProjectCode};
use crate::domain::meeting::sheet::Field;
use crate::domain::panel::Seat;
use crate::domain::panel::attendance::Presence;
use crate::domain::workflow::action::{Action, Key};
use crate::domain::workflow::record::PanelResult;
use crate::service::view::meeting::ItemView;
use crate::tui::effect::Effect;
use crate::tui::keymap::{Op, key_name};
use crate::tui::screen::project;
use crate::tui::state::State;
use crate::wording::labels;

/// The order of the digits, that of the key table's words.
const RESULTS: [PanelResult; 4] =
    [PanelResult::Pass, PanelResult::Conditional, PanelResult::Fail, PanelResult::Supplement];

/// Tells what a digit stands for; the empty text takes an entry back.
fn result_of(digit: u8) -> Option<&'static str> {
    match digit {
        0 => Some(""),
        digit => RESULTS.get(usize::from(digit) - 1).map(|result| result.code()),
    }
}

fn spoken(value: &str) -> &str {
    PanelResult::parse(value).map_or("（清除）", labels::panel_result)
}

/// Tells whether this terminal may write, and says what to do where it may not.
pub fn may_write(state: &mut State) -> bool {
    let Some(session) = &state.session else { return false };
    if session.writes(&state.me, state.terminal.as_str()) {
        return true;
    }
    let may = session.view.as_ref().is_some_and(|view| view.may_write);
    let text = match (session.writer(), may) {
        (Some(name), true) => format!("秘书席由{name}使用，本终端跟随；按 {} 接管", key_name(Op::TakeSeat)),
        (None, true) => format!("本终端没有在秘书席；按 {} 入席录入", key_name(Op::TakeSeat)),
        (Some(name), false) => format!("由{name}录入，本终端只读跟随"),
        (None, false) => "评审会由专家组秘书录入，本终端只读".to_owned(),
    };
    state.complain(text);
    false
}

/// Tells whether the item shown is still recorded here. After a 补充论证 the project has a new panel; what is typed under
/// the old one would be written to that.
pub fn may_record(state: &mut State) -> bool {
    let done = state.session.as_ref().and_then(Session::item).and_then(|item| item.panel.conclusion.as_ref());
    let Some(result) = done.map(|conclusion| conclusion.result) else { return may_write(state) };
    state.complain(steps::after(result));
    false
}

fn item_and_member(session: &Session) -> Option<(&ItemView, &Seat)> {
    let item = session.item()?;
    Some((item, item.panel.seats().get(session.seat)?))
}

/// Takes a digit of the list of those present.
pub fn attend(state: &mut State, digit: u8) -> Vec<Effect> {
    if !(0..=3).contains(&digit) || !may_record(state) {
        return Vec::new();
    }
    let Some((item, seat)) = state.session.as_ref().and_then(item_and_member) else { return Vec::new() };
    let (code, expert, name, before) =
        (item.code.clone(), seat.expert, seat.name.clone(), item.panel.presence(seat.expert));
    if digit == 0 {
        return attend_others(state, code);
    }
    let presence = if digit == 1 { Presence::Present } else { Presence::Absent };
    match (digit, before) {
        (2, Presence::Recused) => {
            state.mention(format!("{name} 已声明回避"));
            go_down(state);
            Vec::new()
        }
        (2, _) => {
            let lines = vec![format!("{name} 对本项目回避，不计入表决。请写明情形，如：申报单位顾问，已离席")];
            let ask = Ask::new(state, Purpose::Recuse(expert), "回避原因".to_owned(), lines);
            show(state, Over::Line(ask))
        }
        (1, Presence::Recused) => {
            let lines = vec![format!("{name} 已声明回避。改为到会即声明无回避情形，请写明依据")];
            let ask = Ask::new(state, Purpose::Unrecuse(expert), "撤回回避".to_owned(), lines);
            show(state, Over::Line(ask))
        }
        (_, Presence::Recused) => {
            state.complain(format!("{name} 已声明回避，不必记缺席"));
            Vec::new()
        }
        _ => {
            remember(state, Undo::Attendance(code.clone(), vec![(expert, before)]));
            let effects = put(state, Work::Attend(code, vec![expert], presence));
            state.say(format!("{name} {}。按 {} 撤销", labels::presence(presence), key_name(Op::Undo)));
            go_down(state);
            effects
        }
    }
}

fn attend_others(state: &mut State, code: ProjectCode) -> Vec<Effect> {
    let Some(item) = state.session.as_ref().and_then(Session::item) else { return Vec::new() };
    let is_open = |seat: &&Seat| item.panel.presence(seat.expert) == Presence::Expected;
    let others: Vec<ExpertId> = item.panel.seats().iter().filter(is_open).map(|seat| seat.expert).collect();
    if others.is_empty() {
        state.mention("各位专家均已签到");
        return Vec::new();
    }
    let count = others.len();
    let before = others.iter().map(|expert| (*expert, Presence::Expected)).collect();
    remember(state, Undo::Attendance(code.clone(), before));
    let effects = put(state, Work::Attend(code, others, Presence::Present));
    state.say(format!("其余 {count} 位到会。按 {} 撤销", key_name(Op::Undo)));
    effects
}

/// Declares that a member stays away, or sits after all.
pub fn declare(state: &mut State, expert: ExpertId, ground: &str, reason: String) -> Vec<Effect> {
    let Some(item) = state.session.as_ref().and_then(Session::item) else { return Vec::new() };
    let code = item.code.clone();
    let input = |key: Key, value: &str| (key.code().to_owned(), value.to_owned());
    let inputs = vec![input(Key::Expert, &expert.to_string()), input(Key::Ground, ground), input(Key::Reason, &reason)];
    let mut effects = put(state, Work::Act(code.clone(), Action::DeclareRecusal, inputs));
    if ground == "none" {
        effects.extend(put(state, Work::Attend(code, vec![expert], Presence::Present)));
    } else {
        remember(state, Undo::Recusal(code, expert));
    }
    go_down(state);
    effects
}

fn go_down(state: &mut State) {
    if let Some(session) = &mut state.session {
        session.seat += 1;
        session.settle();
    }
}

fn remember(state: &mut State, undo: Undo) {
    if let Some(session) = &mut state.session {
        session.undo.push(undo);
    }
}

/// Says why a member's part is not written now.
fn why_not_write(item: &ItemView, seat: &Seat) -> Option<String> {
    let presence = item.panel.presence(seat.expert);
    if !item.panel.sits(seat) {
        return Some(format!("{} {}，不表决、不计票", seat.name, labels::presence(presence)));
    }
    if item.panel.closed.is_some() {
        return Some(format!("意见已收齐，{} 的表决不再改动", seat.name));
    }
    let locked = item.panel.is_locked(seat.expert);
    locked.then(|| format!("{} 已签名，意见已锁定；确有错误的按 Enter 写明理由更正", seat.name))
}

/// Takes a digit of the votes.
pub fn vote(state: &mut State, digit: u8) -> Vec<Effect> {
    let Some(value) = result_of(digit) else { return Vec::new() };
    if !may_record(state) {
        return Vec::new();
    }
    let Some((item, seat)) = state.session.as_ref().and_then(item_and_member) else { return Vec::new() };
    if let Some(why) = why_not_write(item, seat) {
        state.complain(why);
        return Vec::new();
    }
    let (field, name) = (Field::Vote(seat.expert), seat.name.clone());
    let effects = note(state, field, value);
    state.say(format!("{name} {}。按 {} 撤销", spoken(value), key_name(Op::Undo)));
    if let Some(session) = &mut state.session
        && !value.is_empty()
        && !go_to_voter(session, session.seat + 1)
    {
        state.say(format!("{name} {}，在座专家均已表态。按 {} 撤销", spoken(value), key_name(Op::Undo)));
    }
    effects
}

/// Goes to the first member from a row on who sits and has no vote, else to the first of all; tells whether there is one.
pub fn go_to_voter(session: &mut Session, from: usize) -> bool {
    let Some(item) = session.item() else { return false };
    let waits = |seat: &Seat| item.panel.sits(seat) && item.sheet.vote(&item.panel, seat.expert).is_none();
    let seats = item.panel.seats();
    let later = seats.iter().enumerate().skip(from).find(|(_, seat)| waits(seat));
    let found = later.or_else(|| seats.iter().enumerate().find(|(_, seat)| waits(seat))).map(|(at, _)| at);
    session.seat = found.unwrap_or(session.seat);
    found.is_some()
}

/// Takes a digit of the conclusion.
pub fn conclude(state: &mut State, digit: u8) -> Vec<Effect> {
    let Some(value) = result_of(digit) else { return Vec::new() };
    if !may_record(state) {
        return Vec::new();
    }
    let Some(session) = &mut state.session else { return Vec::new() };
    if session.lines().get(session.line) != Some(&Line::Result) {
        state.mention("光标移到「结论」一行再按数字（Home 到首行）");
        return Vec::new();
    }
    session.line = 1;
    let effects = note(state, Field::Conclusion, value);
    state.say(format!("结论：{}。按 {} 撤销", spoken(value), key_name(Op::Undo)));
    effects
}

fn note(state: &mut State, field: Field, value: &str) -> Vec<Effect> {
    notes(state, vec![(field, value.to_owned())])
}

fn notes(state: &mut State, fields: Vec<(Field, String)>) -> Vec<Effect> {
    let Some(item) = state.session.as_ref().and_then(Session::item) else { return Vec::new() };
    let code = item.code.clone();
    let before = fields.iter().map(|(field, _)| (*field, item.sheet.get(*field).to_owned())).collect();
    remember(state, Undo::Fields(code.clone(), before));
    put(state, Work::Note(code, fields))
}

/// Signs for the member under the cursor: locks the opinion, or stands under the conclusion.
pub fn sign(state: &mut State) -> Vec<Effect> {
    if !may_record(state) {
        return Vec::new();
    }
    let Some(session) = &state.session else { return Vec::new() };
    if session.pane == Pane::Votes {
        return ask_to_lock(state);
    }
    match session.lines().get(session.line) {
        Some(Line::Signature(expert)) => {
            let (expert, signed) = (*expert, is_signed(session, *expert));
            let effects = note(state, Field::Signed(expert), if signed { "" } else { "true" });
            if let Some(session) = &mut state.session {
                session.line += 1;
                session.settle();
            }
            effects
        }
        _ => {
            state.mention(format!("光标移到签名行再按；按 {} 在座专家全签", key_name(Op::SignAll)));
            Vec::new()
        }
    }
}

fn is_signed(session: &Session, expert: ExpertId) -> bool {
    session.item().is_some_and(|item| !item.sheet.get(Field::Signed(expert)).is_empty())
}

fn ask_to_lock(state: &mut State) -> Vec<Effect> {
    let Some((item, seat)) = state.session.as_ref().and_then(item_and_member) else { return Vec::new() };
    let why = why_not_write(item, seat).or_else(|| incomplete(item, seat));
    if let Some(why) = why {
        state.complain(why);
        return Vec::new();
    }
    let said: Vec<String> = item.sheet.get(Field::Said(seat.expert)).lines().take(3).map(str::to_owned).collect();
    let vote = item.sheet.get(Field::Vote(seat.expert));
    let mut lines = vec![format!("{}：{}", seat.name, spoken(vote))];
    lines.extend(said);
    let dissent = item.sheet.get(Field::Dissent(seat.expert));
    lines.extend((!dissent.is_empty()).then(|| format!("保留意见：{dissent}")));
    lines.push("签名后锁定，以后只能写明理由更正".to_owned());
    let about = About::Sign(vec![seat.expert]);
    show(state, Over::Question(Question { about, title: "签名并锁定".to_owned(), lines }))
}

fn incomplete(item: &ItemView, seat: &Seat) -> Option<String> {
    let missing = match (item.sheet.get(Field::Vote(seat.expert)), item.sheet.get(Field::Said(seat.expert))) {
        ("", _) => "还没有表决",
        (_, "") => "还没有意见文字，按 Enter 填写",
        _ => return None,
    };
    Some(format!("{} {missing}，不能签名", seat.name))
}

/// Signs for everybody: what is complete is locked, after a question; under the conclusion stand all who sit.
pub fn sign_all(state: &mut State) -> Vec<Effect> {
    if !may_record(state) {
        return Vec::new();
    }
    let Some(session) = &state.session else { return Vec::new() };
    let Some(item) = session.item() else { return Vec::new() };
    if session.pane == Pane::Conclusion {
        let unsigned = item.panel.sitting().into_iter().map(|seat| seat.expert);
        let fields: Vec<_> = unsigned
            .filter(|expert| !is_signed(session, *expert))
            .map(|expert| (Field::Signed(expert), "true".to_owned()))
            .collect();
        let said = match fields.len() {
            0 => "在座专家均已签名".to_owned(),
            count => format!("{count} 位在座专家在结论上签名。按 {} 撤销", key_name(Op::Undo)),
        };
        let effects = if fields.is_empty() { Vec::new() } else { notes(state, fields) };
        state.say(said);
        return effects;
    }
    let ready = |seat: &&Seat| why_not_write(item, seat).is_none() && incomplete(item, seat).is_none();
    let seats: Vec<&Seat> = item.panel.seats().iter().filter(ready).collect();
    if seats.is_empty() {
        state.complain("没有可以签名的意见：须有表决和意见文字");
        return Vec::new();
    }
    let line = |seat: &&Seat| {
        let vote = spoken(item.sheet.get(Field::Vote(seat.expert)));
        let said = item.sheet.get(Field::Said(seat.expert)).lines().next().unwrap_or_default();
        format!("{}：{vote}。{said}", seat.name)
    };
    let mut lines: Vec<String> = seats.iter().map(line).collect();
    lines.push("签名后锁定，以后只能写明理由更正".to_owned());
    let about = About::Sign(seats.iter().map(|seat| seat.expert).collect());
    show(state, Over::Question(Question { about, title: format!("{} 位签名并锁定", lines.len() - 1), lines }))
}

/// Signs and locks the parts of members.
pub fn lock(state: &mut State, experts: &[ExpertId]) -> Vec<Effect> {
    let Some(item) = state.session.as_ref().and_then(Session::item) else { return Vec::new() };
    let code = item.code.clone();
    let inputs = |expert: &ExpertId| item.sheet.opinion_inputs(*expert).into_iter().collect();
    let acts: Vec<Work> =
        experts.iter().map(|expert| Work::Act(code.clone(), Action::RecordExpertOpinion, inputs(expert))).collect();
    let effects: Vec<Effect> = acts.into_iter().flat_map(|act| put(state, act)).collect();
    if let Some(session) = &mut state.session {
        session.seat += 1;
        session.settle();
    }
    effects
}

/// Opens what the member said: the fields, or where it is locked the form that corrects it.
pub fn open_member(state: &mut State) -> Vec<Effect> {
    if !may_record(state) {
        return Vec::new();
    }
    let Some((item, seat)) = state.session.as_ref().and_then(item_and_member) else { return Vec::new() };
    if item.panel.is_locked(seat.expert) && item.panel.closed.is_none() && item.panel.sits(seat) {
        let (code, name) = (item.code.clone(), seat.name.clone());
        let effects = project::open_with_action(state, code, Action::RecordExpertOpinion);
        state.mention(format!("{name} 的意见已锁定；更正须写明理由，原意见留在历史"));
        return effects;
    }
    if let Some(why) = why_not_write(item, seat) {
        state.complain(why);
        return Vec::new();
    }
    super::editing::open(state)
}

/// Writes what was there before the last entry.
pub fn undo(state: &mut State) -> Vec<Effect> {
    if !may_write(state) {
        return Vec::new();
    }
    let here = state.session.as_ref().and_then(Session::item).map(|item| item.code.clone());
    let last = state.session.as_mut().and_then(|session| session.undo.pop());
    let Some(last) = last else {
        state.mention("本终端没有可撤销的录入");
        return Vec::new();
    };
    let of = match &last {
        Undo::Fields(code, _) | Undo::Attendance(code, _) | Undo::Recusal(code, _) => code.clone(),
    };
    let elsewhere = if here.as_ref() == Some(&of) { String::new() } else { format!("（{of}）") };
    let effects = match last {
        Undo::Fields(code, fields) => put(state, Work::Note(code, fields)),
        Undo::Attendance(code, members) => steps::put_all(
            state,
            members.into_iter().map(|(expert, before)| Work::Attend(code.clone(), vec![expert], before)).collect(),
        ),
        Undo::Recusal(code, expert) => {
            let input = |key: Key, value: &str| (key.code().to_owned(), value.to_owned());
            let inputs = vec![
                input(Key::Expert, &expert.to_string()),
                input(Key::Ground, "none"),
                input(Key::Reason, "误录，撤销"),
            ];
            put(state, Work::Act(code, Action::DeclareRecusal, inputs))
        }
    };
    state.say(format!("已撤销上一次录入{elsewhere}；历史中两者都在"));
    effects
}
