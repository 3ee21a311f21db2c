//! Steps of the meeting: the seat, the agenda, closing the opinions, concluding.

use super::over::{About, Ask, Over, Purpose, Question, show};
use super::recording::may_write;
use super::update::put;
use super::{Session, Timer, Work, editing, gaps};
use crate::domain::meeting::sheet::Field;
use crate::domain::workflow::action::Action;
use crate::domain::workflow::record::PanelResult;
use crate::service::command::MeetingOrder;
use crate::service::view::meeting::{ItemLine, ItemState, ItemView};
use crate::tui::effect::Effect;
use crate::tui::keymap::{Op, key_name};
use crate::tui::screen::project;
use crate::tui::state::State;
use crate::tui::widget::Dialog;
use crate::wording::labels;

/// Writes several entries.
pub fn put_all(state: &mut State, works: Vec<Work>) -> Vec<Effect> {
    works.into_iter().flat_map(|work| put(state, work)).collect()
}

/// Takes the seat; from somebody else only with a reason.
pub fn take_seat(state: &mut State) -> Vec<Effect> {
    let Some(session) = &state.session else { return Vec::new() };
    let Some(view) = session.view.as_deref() else { return Vec::new() };
    if session.writes(&state.me, state.terminal.as_str()) {
        state.mention("本终端已在秘书席");
        return Vec::new();
    }
    if !view.may_write {
        let why = if view.meeting.ended.is_some() { "会议已经结束" } else { "秘书席由专家组秘书使用" };
        state.complain(format!("不能接管：{why}"));
        return Vec::new();
    }
    match view.meeting.seat.as_ref().filter(|seat| seat.holder.account != state.me.id) {
        Some(seat) => {
            let lines = vec![
                format!("秘书席现由{}使用（{} 起）。", seat.holder.name, seat.holder.at.format("%H:%M")),
                "接管后对方终端转为跟随，其未存的文字留在历史。请写明理由".to_owned(),
            ];
            let ask = Ask::new(state, Purpose::TakeSeat, "接管秘书席".to_owned(), lines);
            show(state, Over::Line(ask))
        }
        None => sit_down(state, String::new()),
    }
}

/// Sits down to write.
pub fn sit_down(state: &mut State, reason: String) -> Vec<Effect> {
    let terminal = state.terminal.as_str().to_owned();
    let Some(session) = &state.session else { return Vec::new() };
    let order = MeetingOrder::TakeSeat { meeting: session.code, terminal, reason };
    put(state, Work::Order(order))
}

fn is_on(line: &&ItemLine) -> bool {
    !matches!(line.state, ItemState::Withdrawn(_))
}

/// Goes to the item before or behind the one shown: the writer takes it up, others look at it.
pub fn turn(state: &mut State, by: isize) -> Vec<Effect> {
    let Some(session) = &state.session else { return Vec::new() };
    let Some(view) = &session.view else { return Vec::new() };
    let items: Vec<u32> = view.items.iter().filter(is_on).map(|line| line.number).collect();
    let shown = session.item().map(|item| item.number).or(session.wanted);
    let at = shown.and_then(|shown| items.iter().position(|number| *number == shown));
    let next = match at {
        Some(at) => at.checked_add_signed(by).and_then(|at| items.get(at)),
        None => items.first(),
    };
    match next.copied() {
        Some(next) => go_to_item(state, next),
        None => {
            state.mention(if by > 0 { "已是最后一个议题" } else { "已是第一个议题" });
            Vec::new()
        }
    }
}

/// Goes to an item.
pub fn go_to_item(state: &mut State, number: u32) -> Vec<Effect> {
    let mut effects = editing::finish(state);
    let writes = state.session.as_ref().is_some_and(|session| session.writes(&state.me, state.terminal.as_str()));
    let terminal = state.terminal.as_str().to_owned();
    let Some(session) = &mut state.session else { return effects };
    if writes {
        session.moving = true;
        session.timer = Timer::default();
        session.told = session.timer;
        let order = MeetingOrder::TakeUp { meeting: session.code, item: number, terminal };
        effects.extend(put(state, Work::Order(order)));
    } else {
        session.follows = false;
        session.wanted = Some(number);
        session.fresh = true;
        effects.extend(super::update::load(state));
    }
    effects
}

/// Asks why the item under the cursor is taken off the agenda.
pub fn ask_to_withdraw(state: &mut State) -> Vec<Effect> {
    if !may_write(state) {
        return Vec::new();
    }
    let Some(session) = &state.session else { return Vec::new() };
    let line = session.view.as_ref().and_then(|view| view.items.get(session.agenda)).filter(is_on);
    let Some(line) = line else { return Vec::new() };
    let name = line.project.as_ref().map_or("", |(_, name)| name.as_str());
    let lines = vec![format!("第 {} 项 {name} 撤出本次议程，可列入以后的评审会。请写明理由", line.number)];
    let ask = Ask::new(state, Purpose::Withdraw(line.number), "撤出议程".to_owned(), lines);
    show(state, Over::Line(ask))
}

/// Takes an item off the agenda.
pub fn withdraw(state: &mut State, item: u32, reason: String) -> Vec<Effect> {
    let Some(session) = &state.session else { return Vec::new() };
    let order = MeetingOrder::Withdraw { meeting: session.code, item, reason };
    put(state, Work::Order(order))
}

/// Says what comes after a conclusion.
pub fn after(result: PanelResult) -> String {
    let next = key_name(Op::NextItem);
    match result {
        PanelResult::Supplement => {
            format!("本议题已定稿。补充论证另开一次：返回「评审会」将其列入议程；按 {next} 到下一议题")
        }
        _ => format!("本议题已定稿，更正用更正单；按 {next} 到下一议题"),
    }
}

/// Goes on to what comes next: closing the opinions, concluding, the next item, the end. What was just typed counts,
/// so it is looked at only when everything arrived.
pub fn advance(state: &mut State) -> Vec<Effect> {
    let writes = state.session.as_ref().is_some_and(|session| session.writes(&state.me, state.terminal.as_str()));
    let may = state.session.as_ref().and_then(|session| session.view.as_ref()).is_some_and(|view| view.may_write);
    if !writes && may {
        return take_seat(state);
    }
    if !may_write(state) {
        return Vec::new();
    }
    let Some(item) = state.session.as_ref().and_then(Session::item) else { return ask_to_end(state) };
    match item.next {
        Some(Action::ConcludePanel) => {
            let result = labels::choice(item.sheet.get(Field::Conclusion)).to_owned();
            let signed = item.panel.sitting();
            let signed = signed.iter().filter(|seat| !item.sheet.get(Field::Signed(seat.expert)).is_empty()).count();
            let lines = vec![
                format!("{} {}", item.code, item.name),
                format!("结论：{result}   签名 {signed}/{}", item.panel.sitting().len()),
                "定稿后只能以更正单修改。请输入项目编号的后四位数字".to_owned(),
            ];
            let ask =
                Ask::new(state, Purpose::Conclude { ready: false, entered: false }, "论证结论定稿".to_owned(), lines);
            let effects = show(state, Over::Line(ask));
            checked(state);
            effects
        }
        Some(_) => {
            let question =
                Question { about: About::Checking, title: "意见收齐".to_owned(), lines: vec![item.name.clone()] };
            let effects = show(state, Over::Question(question));
            checked(state);
            effects
        }
        None => {
            let lines = state.session.as_ref().and_then(|session| session.view.as_ref());
            let open = |line: &&ItemLine| {
                !matches!(line.state, ItemState::Withdrawn(_) | ItemState::Concluded(_)) && line.project.is_some()
            };
            match lines.is_some_and(|view| view.items.iter().any(|line| open(&line))) {
                true => {
                    let done = state.session.as_ref().and_then(Session::item);
                    let done = done.and_then(|item| item.panel.conclusion.as_ref()).map(|conclusion| conclusion.result);
                    state.mention(match done {
                        Some(result) => after(result),
                        None => format!("本议题现在没有可办的步骤；按 {} 到下一议题", key_name(Op::NextItem)),
                    });
                    Vec::new()
                }
                false => ask_to_end(state),
            }
        }
    }
}

/// Asks whether the meeting is over.
pub fn ask_to_end(state: &mut State) -> Vec<Effect> {
    if !may_write(state) {
        return Vec::new();
    }
    let Some(view) = state.session.as_ref().and_then(|session| session.view.as_ref()) else { return Vec::new() };
    let open = view.items.iter().filter(|line| {
        !matches!(line.state, ItemState::Withdrawn(_) | ItemState::Concluded(_)) && line.project.is_some()
    });
    let lines = vec![match open.count() {
        0 => "各议题均已有结论".to_owned(),
        count => format!("还有 {count} 个议题没有结论，散会后可列入以后的评审会"),
    }];
    show(state, Over::Question(Question { about: About::End, title: "散会".to_owned(), lines }))
}

/// Ends the meeting.
pub fn end(state: &mut State) -> Vec<Effect> {
    let Some(session) = &state.session else { return Vec::new() };
    let order = MeetingOrder::End { meeting: session.code };
    put(state, Work::Order(order))
}

/// Looks at the conditions once everything arrived: a dialog that waits for it goes on.
pub fn checked(state: &mut State) -> Vec<Effect> {
    let settled = state.session.as_ref().is_some_and(|session| session.outbox.is_empty() && session.awaited.is_none());
    let waits = match &state.dialog {
        Some(Dialog::Session(over)) => match &**over {
            Over::Question(question) => question.about == About::Checking,
            Over::Line(ask) => matches!(ask.purpose, Purpose::Conclude { ready: false, .. }),
            _ => false,
        },
        _ => false,
    };
    let Some(item) = state.session.as_ref().and_then(Session::item).filter(|_| settled && waits) else {
        return Vec::new();
    };
    let gaps = gaps::gaps(item);
    if !gaps.is_empty() {
        return show(state, Over::Gaps(gaps, 0));
    }
    let lines = confirm_lines(item);
    let Some(Dialog::Session(over)) = &mut state.dialog else { return Vec::new() };
    match &mut **over {
        Over::Question(question) => {
            *question = Question { about: About::Close, title: "意见收齐".to_owned(), lines };
        }
        Over::Line(ask) => {
            let entered = ask.purpose == Purpose::Conclude { ready: false, entered: true };
            ask.purpose = Purpose::Conclude { ready: true, entered };
            let text = ask.editor.text();
            if entered {
                return take_code(state, true, text.trim());
            }
        }
        _ => {}
    }
    Vec::new()
}

fn confirm_lines(item: &ItemView) -> Vec<String> {
    let tally = item.panel.tally();
    vec![
        format!("{} {}", item.code, item.name),
        format!(
            "在座 {} 位的意见均已签名：通过 {}  原则通过 {}  补充论证 {}  不通过 {}",
            item.panel.sitting().len(),
            tally.pass,
            tally.conditional,
            tally.supplement,
            tally.fail
        ),
        "收齐后意见公开，不再改动；随后形成论证结论".to_owned(),
    ]
}

/// Closes the opinions.
pub fn close_opinions(state: &mut State) -> Vec<Effect> {
    act(state, Action::CloseOpinions)
}

/// Takes the end of the project's code, and concludes.
pub fn take_code(state: &mut State, ready: bool, typed: &str) -> Vec<Effect> {
    let Some(item) = state.session.as_ref().and_then(Session::item) else { return Vec::new() };
    let digits: String = item.code.as_str().chars().filter(char::is_ascii_digit).collect();
    let skipped = digits.chars().count().saturating_sub(4);
    let wanted: String = digits.chars().skip(skipped).collect();
    let typed: String = typed.chars().map(crate::tui::keymap::alias::ascii).collect();
    let Some(Dialog::Session(over)) = &mut state.dialog else { return Vec::new() };
    let Over::Line(ask) = &mut **over else { return Vec::new() };
    if typed != wanted {
        ask.problem = Some("与项目编号的后四位数字不符，请核对后重新输入".to_owned());
        ask.editor.set_text("");
        ask.purpose = Purpose::Conclude { ready, entered: false };
        return Vec::new();
    }
    if !ready {
        ask.purpose = Purpose::Conclude { ready, entered: true };
        return Vec::new();
    }
    state.dialog = None;
    act(state, Action::ConcludePanel)
}

fn act(state: &mut State, action: Action) -> Vec<Effect> {
    let Some(session) = &state.session else { return Vec::new() };
    let Some(view) = &session.view else { return Vec::new() };
    let Some(item) = view.item.as_deref() else { return Vec::new() };
    let inputs = item.sheet.next_inputs(action, &item.panel, &view.meeting).into_iter().collect();
    put(state, Work::Act(item.code.clone(), action, inputs))
}

/// Opens the form that replaces the member under the cursor, for whoever confirms panels.
pub fn replace_member(state: &mut State) -> Vec<Effect> {
    let Some(item) = state.session.as_ref().and_then(Session::item) else { return Vec::new() };
    if !state.me.has(crate::domain::actor::Role::Lead) {
        let role = labels::role(crate::domain::actor::Role::Lead);
        state.complain(format!(
            "更换专家由{role}办理：请其在本项目按 F8 选「{}」",
            labels::action(Action::ReplaceExpert)
        ));
        return Vec::new();
    }
    let code = item.code.clone();
    project::open_with_action(state, code, Action::ReplaceExpert)
}
