//! `--linear`: the same state machine without a screen. Lines are read in cooked mode, and what changed is answered in
//! plain lines, never with a cursor movement or an escape sequence: for screen readers, `TERM=dumb`, pipes, bad lines.
//!
//! | file | what |
//! |---|---|
//! | `line` | what a typed line means |
//! | `talk` | a line is heard, done, and answered |
//! | `focus` | what has the focus, in sentences |
//! | `plain` | any screen or dialog drawn off screen, borders taken away |
//! | `page` | a whole page on demand |
//! | `help` | what works here |
//!
//! A line is done to its end, every answer awaited, before the next one is read: a script never overtakes itself, and
//! what is told is what is stored. What others write is told with the next line, never in the middle of one.

mod focus;
mod help;
mod line;
mod page;
mod plain;
mod talk;
#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::io::{self, BufRead, IsTerminal, Read, Write};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use super::drafts::Keeper;
use super::effect::{Effect, Ticket};
use super::history::History;
use super::incoming::Incoming;
use super::message::Message;
use super::newest::Newest;
use super::runner::{Clock, begin_drafts, open_journal, take_keys};
use super::state::State;
use super::update::{farewell, start, update, wants_rest, wants_tick};
use super::worker::{self, Job, Order};
use super::{Error, Options, watch};
use crate::service::presence::TerminalId;
use crate::service::view::directory::Myself;
use crate::service::{Service, Session};
use plain::{COLUMNS, ROWS};
use talk::{Machine, Talk};

/// A longer line is no command and no line of an opinion.
const LONGEST_LINE: u64 = 1 << 20;

/// What reaches the program.
enum Heard {
    Line(String),
    /// A line that is no text, or too long for one.
    Unreadable,
    /// Nothing comes any more.
    End,
    News(Incoming),
}

/// Why the conversation ended.
#[derive(Debug, Clone, Copy)]
enum End {
    Quit,
    HungUp,
    Signal(i32),
    Worker,
}

/// Runs the UI line by line until the person leaves or the input ends.
pub fn run(mut service: Service, session: Session, options: Options) -> Result<(), Error> {
    let me = service.ask(&session, Myself).map_err(|_| Error::Worker)?;
    let history = History::of(options.state_folder.as_deref(), &session.account);
    let at_a_terminal = io::stdin().is_terminal();
    let (to, heard) = mpsc::channel();
    let (news_to, news) = mpsc::channel();
    let (orders, for_worker) = mpsc::channel();
    watch::watch_signals(news_to.clone())?;
    let (keeper, found) = open_journal(options.state_folder.clone(), &mut service, &session, &news_to);
    let id = TerminalId::new();
    let worker = worker::start((service, session), id.clone(), for_worker, news_to, Newest::default(), None);
    pass_on(news, to.clone());
    read_lines(to);
    let mut state = State::new(id, (COLUMNS, ROWS), false, me);
    state.by_lines = true;
    state.recent = history.read();
    match &options.keys {
        Ok(Some(text)) => take_keys(&mut state, text),
        Ok(None) => {}
        Err(why) => state.complain(format!("{why}；按键全部按默认")),
    }
    let effects = start(&mut state, options.start);
    let mut live =
        Live { history, keeper, state, orders, heard, jobs: VecDeque::new(), ahead: VecDeque::new(), end: None };
    live.perform(effects);
    live.settle();
    let effects = begin_drafts(&mut live.state, found);
    live.perform(effects);
    live.settle();
    converse(&mut live);
    let hung_up = at_a_terminal && is_hung_up();
    let Live { mut state, orders, end, keeper, .. } = live;
    // The disk has everything before the program is gone.
    drop(keeper);
    for effect in farewell(&mut state) {
        if let Effect::Execute(ticket, command) = effect {
            // Where the worker is gone, there is nobody to hand it to.
            let _ = orders.send(Order::Do(Job::Execute(ticket, command)));
        }
    }
    drop(orders);
    let _ = worker.join();
    match end {
        Some(End::HungUp) => Err(Error::HungUp),
        Some(End::Signal(signal)) => Err(Error::Signal(signal)),
        Some(End::Worker) => Err(Error::Worker),
        _ if hung_up => Err(Error::HungUp),
        _ => Ok(()),
    }
}

fn converse(live: &mut Live) {
    let mut talk = Talk::default();
    let greeting = talk.begin(live);
    live.speak(&greeting);
    let mut clock = Clock::default();
    while !live.is_over() {
        let answer = match live.next(&mut clock) {
            Heard::Line(line) => {
                live.order(Order::Key);
                talk.hear(live, &line)
            }
            Heard::Unreadable => vec!["这一行不是 UTF-8 文字，或者太长，未执行".to_owned()],
            Heard::News(news) => {
                live.take(news);
                live.settle();
                continue;
            }
            Heard::End => {
                let farewell = talk.leave(live);
                live.end.get_or_insert(End::Quit);
                farewell
            }
        };
        live.speak(&answer);
    }
}

/// The state machine over the worker thread.
struct Live {
    history: History,
    keeper: Keeper,
    state: State,
    orders: Sender<Order>,
    heard: Receiver<Heard>,
    jobs: VecDeque<Job>,
    /// Lines that came before the one under way was done.
    ahead: VecDeque<Heard>,
    end: Option<End>,
}

impl Machine for Live {
    fn state(&mut self) -> &mut State {
        &mut self.state
    }

    fn tell(&mut self, message: Message) {
        let effects = update(&mut self.state, message);
        self.perform(effects);
        // Whoever has written a whole line rests.
        if wants_rest(&self.state).is_some() {
            let effects = update(&mut self.state, Message::Rested);
            self.perform(effects);
        }
        self.settle();
    }

    fn is_over(&self) -> bool {
        self.end.is_some()
    }
}

impl Live {
    fn order(&mut self, order: Order) {
        if self.orders.send(order).is_err() {
            self.end = Some(End::Worker);
        }
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Ask(ticket, question) => self.jobs.push_back(Job::Ask(ticket, question)),
                Effect::Execute(ticket, command) => self.jobs.push_back(Job::Execute(ticket, command)),
                Effect::CheckBatch(ticket, items) => self.jobs.push_back(Job::CheckBatch(ticket, items)),
                Effect::ExecuteBatch(ticket, items, otherwise) => {
                    self.jobs.push_back(Job::ExecuteBatch(ticket, items, otherwise))
                }
                Effect::Be(place, pointer) => self.order(Order::Be(place, pointer)),
                Effect::Look(pace) => self.order(Order::Look(pace)),
                // One question is under way at a time, so that none is overtaken; and there is no screen to paint or
                // point at.
                Effect::GiveUp(_) | Effect::Repaint | Effect::KeepTheme(_) => {}
                Effect::Mouse(_) => self.state.mention("逐行方式没有画面，用不着鼠标"),
                // The clipboard is reached by an escape sequence only.
                Effect::Copy(text) => self.state.mention(format!("逐行方式不能写剪贴板，内容是：{text}")),
                Effect::Draft(task) => {
                    if let Some(news) = self.keeper.perform(task) {
                        self.state.drafts.hear(news);
                    }
                }
                Effect::Remember(recent) => self.history.write(&recent),
                Effect::Quit => self.end = Some(End::Quit),
            }
        }
    }

    /// Has every job done, one after another: the worker leaves out questions a later one replaces, and would not say.
    fn settle(&mut self) {
        while let Some(job) = self.jobs.pop_front() {
            let ticket = ticket_of(&job);
            self.order(Order::Do(job));
            // A signal ends the wait: the worker finishes what it has begun before the program ends.
            while !matches!(self.end, Some(End::Signal(_) | End::HungUp | End::Worker)) {
                match self.heard.recv() {
                    Ok(Heard::News(news)) => {
                        if self.take(news) == Some(ticket) {
                            break;
                        }
                    }
                    Ok(line) => self.ahead.push_back(line),
                    Err(_) => self.end = Some(End::Worker),
                }
            }
        }
    }

    /// Takes what is no line; tells which question it answers.
    fn take(&mut self, news: Incoming) -> Option<Ticket> {
        let (message, answered) = match news {
            Incoming::Answer(ticket, answer) => (Message::Answered(ticket, answer), Some(ticket)),
            Incoming::OthersWrote => (Message::OthersWrote, None),
            Incoming::Presence(others) => (Message::Present(others), None),
            Incoming::Disk(report) => (Message::Draft(self.keeper.hear(report)?), None),
            Incoming::Retrying { tries, most, is_full } => (Message::Retrying { tries, most, is_full }, None),
            Incoming::TerminalGone => {
                self.end = Some(End::HungUp);
                return None;
            }
            Incoming::Signal(signal) => {
                self.end = Some(End::Signal(signal));
                return None;
            }
            Incoming::Keys(_) | Incoming::Paste(_) | Incoming::Mouse(_) | Incoming::Resize(..) => return None,
        };
        let effects = update(&mut self.state, message);
        self.perform(effects);
        answered
    }

    /// Waits for the next thing; the seconds a screen asks for pass meanwhile.
    fn next(&mut self, clock: &mut Clock) -> Heard {
        loop {
            if let Some(line) = self.ahead.pop_front() {
                return line;
            }
            let heard = match clock.wait(wants_tick(&self.state)) {
                None => self.heard.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(patience) => self.heard.recv_timeout(patience),
            };
            if let Some(millis) = clock.struck() {
                self.tell(Message::Tick(millis));
            }
            match heard {
                Ok(heard) => self.ahead.push_back(heard),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Heard::End,
            }
        }
    }

    /// Writes lines at once; who does not read them any more has hung up.
    fn speak(&mut self, lines: &[String]) {
        if matches!(self.end, Some(End::HungUp)) || lines.is_empty() {
            return;
        }
        let mut text = String::new();
        for line in lines {
            text.extend(line.chars().filter(|c| !c.is_control()));
            text.push('\n');
        }
        let mut out = io::stdout().lock();
        if out.write_all(text.as_bytes()).and_then(|()| out.flush()).is_err() {
            self.end = Some(End::HungUp);
        }
    }
}

fn ticket_of(job: &Job) -> Ticket {
    match job {
        Job::Ask(ticket, _) | Job::Execute(ticket, _) | Job::CheckBatch(ticket, _) | Job::ExecuteBatch(ticket, ..) => {
            *ticket
        }
    }
}

/// Brings the worker's answers and the signals into the one channel that lines come through.
fn pass_on(news: Receiver<Incoming>, to: Sender<Heard>) {
    thread::spawn(move || {
        for incoming in news {
            if to.send(Heard::News(incoming)).is_err() {
                return;
            }
        }
    });
}

/// Reads lines until there are none.
fn read_lines(to: Sender<Heard>) {
    thread::spawn(move || {
        let mut input = io::stdin().lock();
        loop {
            let heard = read_line(&mut input);
            let ends = matches!(heard, Heard::End);
            if to.send(heard).is_err() || ends {
                return;
            }
        }
    });
}

fn read_line(input: &mut impl BufRead) -> Heard {
    let mut bytes = Vec::new();
    let mut is_too_long = false;
    loop {
        let read = input.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut bytes);
        let read = match read {
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            // A terminal that is gone.
            Err(_) => return Heard::End,
        };
        if read == 0 && bytes.is_empty() && !is_too_long {
            return Heard::End;
        }
        if read == 0 || bytes.ends_with(b"\n") {
            break;
        }
        is_too_long |= bytes.len() as u64 >= LONGEST_LINE;
        if is_too_long {
            bytes.clear();
        }
    }
    match String::from_utf8(bytes) {
        Ok(line) if !is_too_long => Heard::Line(line.trim_end_matches(['\n', '\r']).to_owned()),
        _ => Heard::Unreadable,
    }
}

/// Tells whether the terminal lines came from is gone; its input then ends as if the person had ended it.
fn is_hung_up() -> bool {
    let input = io::stdin();
    let mut watched = [PollFd::new(&input, PollFlags::empty())];
    let at_once = Timespec { tv_sec: 0, tv_nsec: 0 };
    let polled = poll(&mut watched, Some(&at_once));
    polled.is_ok() && watched.iter().any(|fd| fd.revents().intersects(PollFlags::HUP | PollFlags::ERR))
}
