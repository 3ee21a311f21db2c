//! The conversation: a line is heard, done, and answered with what changed. Pure but for the [`Machine`] it drives.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::focus::{self, Asks};
use super::help;
use super::line::{self, Own, Token, key};
use super::page::{details, page};
use super::plain::{Part, drawn};
use crate::tui::form::Takes;
use crate::tui::keymap::{Mode, Op, of_scope, translate};
use crate::tui::message::Message;
use crate::tui::state::{Screen, State, Tone};
use crate::tui::widget::Dialog;

/// The state machine, and what lets it settle.
pub trait Machine {
    /// Lends the state.
    fn state(&mut self) -> &mut State;
    /// Lets something happen, and waits until every answer to it has come.
    fn tell(&mut self, message: Message);
    /// Tells whether the person left.
    fn is_over(&self) -> bool;
}

/// A page of more lines is told by its beginning; all of it on demand.
const LONG_PAGE: usize = 14;
/// How much of it.
const BEGINNING: usize = 6;
/// More layers than any screen has lie between it and the way out.
const DEEPEST: usize = 12;

/// What was told so far, so that only what changed is told.
#[derive(Debug, Default)]
pub struct Talk {
    place: String,
    focus: Vec<String>,
    dialog: Vec<String>,
    asks: Option<Asks>,
    news: bool,
    last: Vec<String>,
    said: Vec<String>,
}

impl Talk {
    /// Says what one finds on coming in.
    pub fn begin(&mut self, machine: &mut impl Machine) -> Vec<String> {
        self.say("逐行方式。一行可写一个或几个命令，用空格分开；空行重复当前内容；输入 ? 看可用的命令");
        self.hear_notice(machine);
        self.tell_changes(machine);
        std::mem::take(&mut self.said)
    }

    /// Does what a line says and tells what changed.
    pub fn hear(&mut self, machine: &mut impl Machine, typed: &str) -> Vec<String> {
        let line = line::spelled(typed);
        match focus::asks(machine.state()) {
            Asks::Commands if line.trim().is_empty() => self.focus.clear(),
            Asks::Commands => self.take_commands(machine, &line),
            // An arrow pressed to correct a word cannot be undone in a line read whole: better asked again than kept.
            _ if typed.contains('\u{1b}') && line::named_keys(&line).is_none() => {
                self.say("这一行含有方向键等按键，没有写入，请重写这一行");
            }
            asks => self.take_text(machine, asks, &line),
        }
        if !machine.is_over() {
            self.tell_changes(machine);
        }
        std::mem::take(&mut self.said)
    }

    /// Goes back until nothing is open: what was typed becomes a draft on the way.
    pub fn leave(&mut self, machine: &mut impl Machine) -> Vec<String> {
        for _ in 0..DEEPEST {
            if machine.is_over() {
                break;
            }
            match machine.state().mode() {
                Mode::Text => self.press(machine, key(KeyCode::Esc)),
                Mode::Commands(_) => self.tell(machine, Message::Op(Op::Back)),
            };
        }
        std::mem::take(&mut self.said)
    }

    fn say(&mut self, line: impl Into<String>) {
        self.said.push(line.into());
    }

    /// Tells the message line, and whether it is no complaint.
    fn hear_notice(&mut self, machine: &mut impl Machine) -> bool {
        let Some(notice) = machine.state().notice.take() else { return true };
        self.last.push(notice.text.clone());
        self.say(notice.text);
        notice.tone != Tone::Bad
    }

    fn tell(&mut self, machine: &mut impl Machine, message: Message) -> bool {
        machine.tell(message);
        self.hear_notice(machine)
    }

    fn press(&mut self, machine: &mut impl Machine, key: KeyEvent) -> bool {
        match translate(machine.state().mode(), key) {
            Some(message) => self.tell(machine, message),
            None => {
                self.say("此键在此处不起作用");
                false
            }
        }
    }

    fn take_commands(&mut self, machine: &mut impl Machine, line: &str) {
        match line::commands(line) {
            Ok(tokens) => self.run_all(machine, tokens),
            Err(word) => self.say(format!("不认识 {word}，整行未执行；输入 ? 看此处可用的命令")),
        }
    }

    fn run_all(&mut self, machine: &mut impl Machine, tokens: Vec<Token>) {
        self.last.clear();
        let count = tokens.len();
        for (at, token) in tokens.into_iter().enumerate() {
            if machine.is_over() {
                return;
            }
            // What is typed ahead as commands never becomes text by accident.
            if !fits(focus::asks(machine.state()), &token) {
                self.say(format!("此处要填写文字，其后 {} 个命令未执行", count - at));
                return;
            }
            let went_well = self.run(machine, token);
            if !went_well && at + 1 < count {
                self.say(format!("其后 {} 个命令未执行", count - at - 1));
                return;
            }
        }
    }

    fn run(&mut self, machine: &mut impl Machine, token: Token) -> bool {
        match token {
            Token::Key(KeyEvent { code: KeyCode::F(1 | 9), .. }) => self.own(machine, Own::Help),
            Token::Key(key) if is_clearing(key) && focus::text(machine.state()).is_some() => {
                self.clear(machine);
                true
            }
            Token::Key(key) => self.press(machine, key),
            Token::Own(own) => self.own(machine, own),
            Token::Word(word) => {
                let found = match machine.state().mode() {
                    Mode::Commands(scope) => of_scope(scope).find(|row| row.word == word).map(|row| row.op),
                    Mode::Text => None,
                };
                match found {
                    Some(op) => self.tell(machine, Message::Op(op)),
                    None => {
                        self.say(format!("此处没有 {word} 这个命令"));
                        false
                    }
                }
            }
            Token::Filter(text) => {
                let has_filter = match machine.state().mode() {
                    Mode::Commands(scope) => of_scope(scope).any(|row| row.op == Op::Filter),
                    Mode::Text => false,
                };
                if !has_filter {
                    self.say("此处不能筛选，请先返回队列");
                    return false;
                }
                self.tell(machine, Message::Op(Op::Filter)) && self.write_line(machine, &text)
            }
            Token::Palette(text) => self.run_palette(machine, &text),
        }
    }

    /// Has the palette find a command and runs it; the palette itself is never left open, nobody could see it.
    fn run_palette(&mut self, machine: &mut impl Machine, text: &str) -> bool {
        self.tell(machine, Message::Op(Op::Palette));
        self.tell(machine, Message::Pasted(text.to_owned()));
        let found = matches!(&machine.state().dialog, Some(Dialog::Palette(palette)) if palette.finds_any());
        if !found {
            machine.state().dialog = None;
            self.say(format!("没有“{text}”这个命令"));
            return false;
        }
        let went_well = self.press(machine, key(KeyCode::Enter));
        let is_open = matches!(machine.state().dialog, Some(Dialog::Palette(_)));
        if is_open {
            machine.state().dialog = None;
        }
        went_well && !is_open
    }

    fn own(&mut self, machine: &mut impl Machine, own: Own) -> bool {
        let lines = match own {
            Own::Read => page(machine.state()),
            Own::Detail => details(machine.state()),
            Own::Where => focus::whereabouts(machine.state()),
            Own::Help => {
                let state = machine.state();
                let mut lines = help::lines(state);
                // A line of text cannot ask for the page: who asks for help hears it.
                if focus::asks(state) != Asks::Commands {
                    lines.extend(page(state));
                }
                lines
            }
            Own::Again if self.last.is_empty() => vec!["没有消息".to_owned()],
            Own::Again => self.last.clone(),
            Own::Leave => self.leave(machine),
        };
        self.said.extend(lines);
        true
    }

    fn take_text(&mut self, machine: &mut impl Machine, asks: Asks, line: &str) {
        let literal = line.strip_prefix(['.', '。']);
        match (literal, asks) {
            (Some(""), _) => {
                self.end_field(machine);
            }
            (None, _) if line::named_keys(line).is_some() => {
                self.run_all(machine, line::named_keys(line).unwrap_or_default());
            }
            (_, Asks::Commands | Asks::Keys) => self.take_commands(machine, line),
            (_, Asks::Line) => {
                self.write_line(machine, literal.unwrap_or(line));
            }
            (_, Asks::Text) => self.append(machine, literal.unwrap_or(line)),
            // Nobody and no option is called so.
            (None, Asks::Answer(_)) if matches!(line::commands(line).as_deref(), Ok([Token::Own(_)])) => {
                self.take_commands(machine, line);
            }
            (_, Asks::Answer(takes)) => self.answer(machine, takes, literal.unwrap_or(line).trim()),
        }
    }

    fn end_field(&mut self, machine: &mut impl Machine) -> bool {
        let state = machine.state();
        let ends = focus::field(state).is_some() || state.is_writing();
        self.press(machine, key(if ends { KeyCode::F(2) } else { KeyCode::Enter }))
    }

    /// Puts a line in place of what the field holds and hands it on; an empty one leaves it as it is.
    fn write_line(&mut self, machine: &mut impl Machine, text: &str) -> bool {
        if matches!(text.trim(), "+" | "-") && focus::field(machine.state()).is_some() {
            // Steps a day, as on the screen.
            let step = if text.trim() == "+" { '+' } else { '-' };
            return self.press(machine, key(KeyCode::Char(step)));
        }
        let mut went_well = true;
        if !text.trim().is_empty() {
            self.clear(machine);
            went_well = self.tell(machine, Message::Pasted(text.to_owned()));
        }
        went_well && self.press(machine, key(KeyCode::Enter))
    }

    fn append(&mut self, machine: &mut impl Machine, text: &str) {
        let held = focus::text(machine.state()).unwrap_or_default();
        let piece = if held.is_empty() { text.to_owned() } else { format!("\n{text}") };
        if !piece.is_empty() {
            self.tell(machine, Message::Pasted(piece));
        }
    }

    fn answer(&mut self, machine: &mut impl Machine, takes: Takes, text: &str) {
        let digits: Vec<char> = text.split_whitespace().filter_map(digit).collect();
        let is_digits = digits.len() == text.split_whitespace().count();
        if !text.is_empty() && is_digits {
            for digit in &digits {
                self.press(machine, key(KeyCode::Char(*digit)));
            }
        } else if !text.is_empty() {
            self.tell(machine, Message::Pasted(text.to_owned()));
        }
        // A line answers a field; of several one may want more.
        let refused = focus::field(machine.state()).is_some_and(|field| field.note.is_some());
        if !refused && (takes != Takes::Choices || text.is_empty()) {
            self.press(machine, key(KeyCode::Enter));
        }
    }

    /// Empties the field, whose caret is at its end: row by row, as a key does it.
    fn clear(&mut self, machine: &mut impl Machine) {
        let mut held = focus::text(machine.state()).unwrap_or_default();
        while !held.is_empty() {
            machine.tell(Message::Typed(KeyEvent::new(KeyCode::Char('u'), KeyModifiers::CONTROL)));
            machine.tell(Message::Typed(key(KeyCode::Backspace)));
            let left = focus::text(machine.state()).unwrap_or_default();
            if left == held {
                return;
            }
            held = left;
        }
    }

    fn tell_changes(&mut self, machine: &mut impl Machine) {
        let state = machine.state();
        let (asks, others) = (focus::asks(state), state.others_wrote);
        if others && !self.news && !matches!(state.screen(), Screen::Session(_)) {
            self.say("有他人更新，输入 F5 载入");
        }
        self.news = others;
        let place = focus::place(state);
        let moved = place != self.place;
        if moved {
            self.say(place.clone());
        }
        self.place = place;
        self.tell_dialog(state, moved);
        let focus = focus::focus(state);
        let grows =
            asks == Asks::Text && self.asks == Some(Asks::Text) && !moved && heads(&focus) == heads(&self.focus);
        if grows && focus != self.focus {
            let count = focus::text(state).unwrap_or_default().chars().count();
            self.say(format!("共 {count} 字"));
        } else if moved || focus != self.focus || self.said.is_empty() {
            let told: Vec<String> = focus.iter().filter(|line| !self.said.contains(line)).cloned().collect();
            self.said.extend(told);
        }
        self.focus = focus;
        if self.asks != Some(asks) || moved {
            self.said.extend(focus::how_to(asks).map(str::to_owned));
        }
        self.asks = Some(asks);
    }

    /// Tells what a dialog says when it opens, and later what is new in it.
    fn tell_dialog(&mut self, state: &mut State, opened: bool) {
        let form = focus::field(state);
        if let (Some(field), true) = (&form, opened) {
            self.said.extend(field.heading.iter().cloned());
        }
        if state.dialog.is_none() || form.is_some() {
            self.dialog.clear();
            return;
        }
        let lines = drawn(state, Part::Dialog, false).lines;
        if opened {
            self.dialog.clear();
        }
        let fresh: Vec<String> = lines.iter().skip(1).filter(|line| !self.dialog.contains(line)).cloned().collect();
        match &state.dialog {
            Some(Dialog::Menu(_)) if opened => {
                let (open, closed): (Vec<String>, Vec<String>) =
                    fresh.into_iter().partition(|line| line.starts_with(|c: char| c.is_ascii_digit()));
                // The last line names the keys.
                let closed = closed.len().saturating_sub(1);
                self.said.extend(open);
                self.say(format!("写数字选择；另有 {closed} 项现在不能办，输入 看 听原因；q 返回"));
            }
            _ if fresh.len() > LONG_PAGE => {
                let count = fresh.len();
                self.said.extend(fresh.into_iter().take(BEGINNING));
                self.say(format!("还有 {} 行，输入 看 全部朗读", count - BEGINNING));
            }
            _ => self.said.extend(fresh),
        }
        self.dialog = lines;
    }
}

/// Tells whether a command may be done where something is asked for.
fn fits(asks: Asks, token: &Token) -> bool {
    let is_char = matches!(token, Token::Key(KeyEvent { code: KeyCode::Char(_), modifiers: KeyModifiers::NONE, .. }));
    match asks {
        Asks::Commands => true,
        Asks::Line | Asks::Text => matches!(token, Token::Key(_)) && !is_char,
        Asks::Answer(_) | Asks::Keys => matches!(token, Token::Key(_) | Token::Own(_)),
    }
}

fn is_clearing(key: KeyEvent) -> bool {
    key.code == KeyCode::Char('u') && key.modifiers == KeyModifiers::CONTROL
}

fn digit(word: &str) -> Option<char> {
    let mut chars = word.chars().map(crate::tui::keymap::alias::ascii);
    chars.next().filter(|c| c.is_ascii_digit() && chars.next().is_none())
}

/// Tells which field it is, whatever it holds.
fn heads(focus: &[String]) -> Option<&str> {
    focus.first().and_then(|line| line.split(['：', ':']).next())
}
