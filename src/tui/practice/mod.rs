//! 练习: the twenty tasks of the yardstick in a county that is thrown away, with a coach who counts the keys.
//!
//! | file | what |
//! |---|---|
//! | [`tasks`] | the table: a task is a row |
//! | `press`, `ways` | the reference keys, named after the key table |
//! | `county` | what the service does before a task, and is asked to tell whether it is done |
//! | `stage` | how the screen gets to where a task begins |
//!
//! Every task begins with a fresh copy of the county, as the account it is for: the worker puts one in place of the other,
//! and the screen begins anew. Keys are counted in one place, where the keyboard is read. Whether a task is done is
//! looked at whenever something was stored or shown, never by the clock.

mod county;
mod press;
mod stage;
pub mod tasks;
#[cfg(test)]
mod tests;
mod ways;

use std::collections::BTreeMap;

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

pub use county::{County, Prepared};
pub use press::{count as keys_of, way};
use tasks::{TASKS, Task, task};

use super::drafts::Drafts;
use super::effect::{Effect, Question, Reply, Ticket};
use super::keymap::{Mode, Op, key_name};
use super::message::Message;
use super::state::State;
use super::update::{explain, start};
use super::{Start, widget};
use crate::domain::calendar::Moment;
use crate::domain::ids::ProjectCode;
use crate::service::error::Error;

/// Said where there are no invented projects.
pub const ONLY_SAMPLES: &str = "练习只在演示数据中进行：pingshen demo --practice";

/// What the screen knows of practising.
#[derive(Debug, Default)]
pub struct Practice {
    /// Whether the database holds invented projects only.
    pub allowed: bool,
    /// Whether the whole sitting is practice: there is no other database to go back to.
    pub whole: bool,
    /// Whether the county on the screen is one that is thrown away.
    in_county: bool,
    /// The fewest keys for each task of this sitting.
    best: BTreeMap<u8, usize>,
    /// The task under way, or done last.
    pub running: Option<Running>,
    /// A county that is being prepared, and for which task; none to go back.
    asked: Option<(Ticket, Option<&'static Task>)>,
    /// What was typed in the database one came from.
    set_aside: Drafts,
    /// When the sentence of a task was broken off.
    broken_off_at: Option<Moment>,
}

/// A task on the screen.
#[derive(Debug)]
pub struct Running {
    /// Which.
    pub task: &'static Task,
    /// How many keys were pressed.
    pub keys: usize,
    phase: Phase,
    code: ProjectCode,
    /// Whether the database held what it should when it was last asked.
    holds: bool,
    /// What the worker was asked about the task.
    checking: Option<Ticket>,
    /// Whether something was stored since.
    again: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// The screen goes to where the task begins; so many steps are behind it.
    Staging(u8),
    Counting,
    Done,
    GivenUp,
}

impl Running {
    /// Tells whether keys are being counted.
    pub fn is_counting(&self) -> bool {
        self.phase == Phase::Counting
    }
}

impl Practice {
    /// Tells whether what is on the screen is thrown away with the county: nothing of it is kept on the disk.
    pub fn is_on(&self) -> bool {
        self.whole || self.in_county
    }

    /// Tells whether there is a database to go back to.
    pub fn can_leave(&self) -> bool {
        self.in_county && !self.whole
    }

    /// Tells the fewest keys a task took in this sitting.
    pub fn best(&self, task: &Task) -> Option<usize> {
        self.best.get(&task.number).copied()
    }

    /// Tells whether the way of a task may be shown: it was done, or given up.
    pub fn knows(&self, task: &Task) -> bool {
        let ended = |running: &Running| matches!(running.phase, Phase::Done | Phase::GivenUp);
        self.best(task).is_some()
            || self.running.as_ref().is_some_and(|running| running.task.number == task.number && ended(running))
    }

    /// Says in a few cells how it stands, for the title.
    pub fn badge(&self) -> String {
        if self.asked.is_some() {
            return "练习 准备中  ".to_owned();
        }
        match &self.running {
            Some(Running { task, keys, phase: Phase::Counting | Phase::Done, .. }) => {
                format!("练习{} {keys}/{}键  ", task.number, task.max)
            }
            Some(running) => format!("练习{}  ", running.task.number),
            None if self.is_on() => "练习  ".to_owned(),
            None => String::new(),
        }
    }

    /// Says what is to be done, or how it went, for the message line where nothing else is said.
    pub fn line(&self) -> Option<String> {
        let running = self.running.as_ref().filter(|_| self.asked.is_none())?;
        let Running { task, keys, .. } = running;
        let head = format!("练习 {}/{} {}", task.number, LAST, task.words);
        Some(match running.phase {
            Phase::Staging(_) => format!("正在准备{head}"),
            Phase::Counting => format!("{head}  {}", counted(task, *keys)),
            Phase::Done => done(task, *keys),
            Phase::GivenUp => given_up(task),
        })
    }
}

/// So many tasks the yardstick has.
const LAST: u8 = 20;

/// Says how many keys were pressed, of how many.
fn counted(task: &Task, keys: usize) -> String {
    format!("已按 {keys}/{} 键", task.max)
}

/// Names the most keys a task may take.
pub fn most(task: &Task) -> String {
    match task.max == task.max_without_letters {
        true => task.max.to_string(),
        false => format!("{}（不用字母 {}）", task.max, task.max_without_letters),
    }
}

/// Names the reference keys of a task, both ways where they differ.
pub fn reference(task: &Task) -> String {
    let (letters, without) = (way(task.letters, true), way(task.without_letters, false));
    if letters == without { letters } else { format!("{letters}；不用字母 {without}") }
}

fn next() -> String {
    format!("下一题 {} 练习", key_name_without_letters(Op::Palette))
}

fn key_name_without_letters(op: Op) -> String {
    let keys = super::keymap::binding_of(op).map(|binding| binding.own_keys()).unwrap_or_default();
    let free = keys.iter().find(|key| !key.is_letter() && !matches!(key.code, KeyCode::Char(_)));
    free.map_or_else(|| key_name(op), |key| key.name())
}

fn done(task: &Task, keys: usize) -> String {
    let verdict = if keys > task.max_without_letters { "超过上限" } else { "完成" };
    format!("{verdict}：用了 {keys}/{} 键。参考：{}。{}", most(task), reference(task), next())
}

fn given_up(task: &Task) -> String {
    format!("已放弃第 {} 题。参考：{}。{}", task.number, reference(task), next())
}

/// Opens the list of tasks, or says why not.
pub fn open(state: &mut State) -> Vec<Effect> {
    if !state.practice.allowed {
        state.complain(ONLY_SAMPLES);
        return Vec::new();
    }
    widget::practice::open(state);
    Vec::new()
}

/// Begins a task: the county is made afresh.
pub fn begin(state: &mut State, task: &'static Task) -> Vec<Effect> {
    ask(state, Some(task), Question::Practise(task.number))
}

/// Goes back to the database one came from.
pub fn leave(state: &mut State) -> Vec<Effect> {
    ask(state, None, Question::LeavePractice)
}

fn ask(state: &mut State, task: Option<&'static Task>, question: Question) -> Vec<Effect> {
    state.dialog = None;
    let ticket = state.tickets.issue();
    state.practice.asked = Some((ticket, task));
    vec![Effect::Ask(ticket, question)]
}

/// Gives the task under way up, which shows how it would have gone.
pub fn give_up(state: &mut State) -> Vec<Effect> {
    state.dialog = None;
    match &mut state.practice.running {
        Some(running) if matches!(running.phase, Phase::Staging(_) | Phase::Counting) => {
            running.phase = Phase::GivenUp;
            let text = given_up(running.task);
            state.say(text);
        }
        _ => state.mention("没有正在练习的题"),
    }
    Vec::new()
}

/// Counts a key that was pressed. Characters that go into a text are free, as is taking them back; everything else is a
/// key: commands, digits that choose, Enter, keys that move.
pub fn press(state: &mut State, event: KeyEvent) {
    let is_free = event.kind == KeyEventKind::Release || is_typed(state, event) || is_second_half(state, event);
    if let Some(running) = state.practice.running.as_mut().filter(|running| running.is_counting() && !is_free) {
        running.keys += 1;
    }
}

fn is_typed(state: &State, event: KeyEvent) -> bool {
    if state.mode() != Mode::Text || event.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT) {
        return false;
    }
    let c = match event.code {
        KeyCode::Char(c) => c,
        KeyCode::Backspace | KeyCode::Delete => return true,
        _ => return false,
    };
    state.dialog.as_ref().is_none_or(|dialog| dialog.inserts(c))
}

/// An input method writes some marks twice for one key.
fn is_second_half(state: &State, event: KeyEvent) -> bool {
    state.mode() != Mode::Text && state.half_pair.would_complete(event)
}

/// Tells whether the practice waits for an answer.
pub fn awaits(state: &State, ticket: Ticket) -> bool {
    let practice = &state.practice;
    let checking = practice.running.as_ref().and_then(|running| running.checking);
    practice.asked.is_some_and(|(asked, _)| asked == ticket) || checking == Some(ticket)
}

/// Takes an answer it waits for.
pub fn answer(state: &mut State, answer: Result<Reply, Error>) -> Vec<Effect> {
    if let Some((_, task)) = state.practice.asked.take() {
        return match answer {
            Ok(Reply::Prepared(prepared)) => enter(state, task, *prepared),
            Ok(_) => Vec::new(),
            Err(error) => {
                explain(state, &error);
                Vec::new()
            }
        };
    }
    let Some(running) = &mut state.practice.running else { return Vec::new() };
    running.checking = None;
    match answer {
        Ok(Reply::Holds(holds)) => running.holds = holds,
        Ok(_) => {}
        Err(error) => explain(state, &error),
    }
    Vec::new()
}

/// Begins anew with another database behind the screen.
fn enter(state: &mut State, task: Option<&'static Task>, prepared: Prepared) -> Vec<Effect> {
    let mut fresh = State::new(state.terminal.clone(), state.size, state.has_color, prepared.me);
    (fresh.width, fresh.gauge, fresh.by_lines) = (state.width, state.gauge, state.by_lines);
    (fresh.theme, fresh.has_mouse) = (state.theme, state.has_mouse);
    fresh.recent = std::mem::take(&mut state.recent);
    fresh.messages = std::mem::take(&mut state.messages);
    fresh.tickets = std::mem::take(&mut state.tickets);
    fresh.practice = std::mem::take(&mut state.practice);
    let practice = &mut fresh.practice;
    if !practice.in_county {
        practice.set_aside = std::mem::take(&mut state.drafts);
    }
    practice.in_county = task.is_some();
    practice.running = task.map(|task| Running {
        task,
        keys: 0,
        phase: Phase::Staging(0),
        code: prepared.code.unwrap_or_else(|| ProjectCode::typed("")),
        holds: false,
        checking: None,
        again: true,
    });
    if task.is_none() {
        fresh.drafts = std::mem::take(&mut practice.set_aside);
    }
    *state = fresh;
    let mut effects = start(state, Start::Queue);
    match task {
        Some(task) => effects.extend(stage::begin(state, task, prepared.now)),
        None => state.mention("练习结束，已回到原来的数据"),
    }
    effects
}

/// Tells whether a message may have changed what the database holds.
pub fn is_of_note(message: &Message) -> bool {
    matches!(message, Message::Answered(_, Ok(Reply::Done(_) | Reply::Batch(_) | Reply::Views(_))))
}

/// Sees how the task stands after a message; `stored` where something may have been stored.
pub fn follow(state: &mut State, stored: bool) -> Vec<Effect> {
    let Some(running) = &mut state.practice.running else { return Vec::new() };
    running.again |= stored;
    match running.phase {
        Phase::Staging(step) => match stage::go_on(state, step) {
            stage::Step::Wait => Vec::new(),
            stage::Step::Next(effects) => {
                advance(state, Phase::Staging(step + 1));
                // Where nothing is asked for, nothing comes to go on with.
                if effects.is_empty() { follow(state, stored) } else { effects }
            }
            stage::Step::Ready => {
                advance(state, Phase::Counting);
                state.notice = None;
                follow(state, true)
            }
        },
        Phase::Counting if running.again && running.checking.is_none() => {
            running.again = false;
            let ticket = state.tickets.issue();
            running.checking = Some(ticket);
            vec![Effect::Ask(ticket, Question::Practised(running.task.number))]
        }
        Phase::Counting => {
            let (task, code) = (running.task, running.code.clone());
            if running.holds && running.checking.is_none() && (task.shows)(state, &code) {
                finish(state);
            }
            Vec::new()
        }
        Phase::Done | Phase::GivenUp => Vec::new(),
    }
}

fn advance(state: &mut State, phase: Phase) {
    if let Some(running) = &mut state.practice.running {
        running.phase = phase;
    }
}

fn finish(state: &mut State) {
    advance(state, Phase::Done);
    let practice = &mut state.practice;
    let Some(Running { task, keys, .. }) = &practice.running else { return };
    let best = practice.best.entry(task.number).or_insert(*keys);
    *best = (*best).min(*keys);
    let text = done(task, *keys);
    state.say(text);
}

/// Tells the first task of an account, where the list begins.
pub fn first_of(account: &str) -> usize {
    TASKS.iter().position(|task| task.account == account).unwrap_or(0)
}

/// Finds the task of a number, for the worker.
pub fn numbered(number: u8) -> Result<&'static Task, Error> {
    task(number).ok_or_else(|| Error::Bug(format!("task {number}")))
}
