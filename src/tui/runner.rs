//! The loop: what comes in becomes messages, messages change the state, effects are performed, a frame is drawn.

use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use super::effect::Effect;
use super::incoming::{self, Incoming};
use super::keymap::translate;
use super::locale::{self, Environment};
use super::message::Message;
use super::newest::Newest;
use super::state::State;
use super::terminal::{self, Terminal};
use super::update::{farewell, start, update, wants_rest, wants_tick};
use super::worker::{self, Job, Order};
use super::{Error, Options, watch};
use crate::service::presence::TerminalId;
use crate::service::view::directory::Myself;
use crate::service::{Service, Session};

/// Why the loop ended.
enum End {
    Quit,
    TerminalGone,
    Signal(i32),
}

/// The way to the worker.
struct Orders {
    orders: Sender<Order>,
    newest: Newest,
}

impl Orders {
    fn send(&self, order: Order) -> Result<(), Error> {
        if let Order::Do(Job::Ask(ticket, question)) = &order {
            self.newest.note(*ticket, question);
        }
        self.orders.send(order).map_err(|_| Error::Worker)
    }
}

/// Runs the terminal UI until the person leaves.
pub fn run(mut service: Service, session: Session, options: Options) -> Result<(), Error> {
    let me = service.ask(&session, Myself).map_err(|_| Error::Worker)?;
    terminal::check()?;
    let environment = Environment::read();
    if !locale::may_go_on(&environment)? {
        return Ok(());
    }
    let mut terminal = Terminal::enter()?;
    let (to, incoming) = mpsc::channel();
    let (orders, for_worker) = mpsc::channel();
    watch::watch(&to)?;
    let id = TerminalId::new();
    let newest = Newest::default();
    let worker = worker::start((service, session), id.clone(), for_worker, to.clone(), newest.clone());
    let orders = Orders { orders, newest };
    let (gauge, typed) = terminal.gauge(options.wide)?;
    for early in typed {
        to.send(early).map_err(|_| Error::Worker)?;
    }
    incoming::read_keyboard(to);
    let mut state = State::new(id, terminal.size(), options.color && environment.has_colors(), me);
    state.gauge = gauge;
    state.width = gauge.width();
    let effects = start(&mut state, options.start);
    perform(effects, &orders, &mut terminal)?;
    let end = serve(&mut state, &mut terminal, &incoming, &orders);
    if matches!(end, Ok(End::TerminalGone) | Err(_)) {
        terminal.is_gone();
    }
    drop(terminal);
    // Words typed a moment ago are handed over; where the worker is gone, there is nobody to hand them to.
    for effect in farewell(&mut state) {
        if let Effect::Execute(ticket, command) = effect {
            let _ = orders.send(Order::Do(Job::Execute(ticket, command)));
        }
    }
    // What was asked for before leaving is still done, and others learn that this terminal is no longer there.
    drop(orders);
    let _ = worker.join();
    match end? {
        End::Quit => Ok(()),
        End::TerminalGone => Err(Error::HungUp),
        End::Signal(signal) => Err(Error::Signal(signal)),
    }
}

fn serve(
    state: &mut State,
    terminal: &mut Terminal,
    incoming: &Receiver<Incoming>,
    orders: &Orders,
) -> Result<End, Error> {
    terminal.draw(state)?;
    let mut clock = Clock::default();
    let mut hands = Hands(Instant::now());
    loop {
        let rest = hands.rest_left(wants_rest(state), Instant::now());
        let first = match clock.wait(wants_tick(state)).into_iter().chain(rest).min() {
            None => incoming.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(patience) => incoming.recv_timeout(patience),
        };
        let first = match first {
            Ok(first) => Some(first),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => return Ok(End::Quit),
        };
        let mut keys = false;
        if let Some(millis) = clock.struck() {
            let effects = update(state, Message::Tick(millis));
            if let Some(end) = perform(effects, orders, terminal)? {
                return Ok(end);
            }
        }
        // A burst of keys is one frame.
        for next in first.into_iter().chain(incoming.try_iter()) {
            keys |= matches!(next, Incoming::Key(_) | Incoming::Paste(_));
            let message = match next {
                Incoming::Key(key) => translate(state.mode(), key),
                Incoming::Paste(text) => Some(Message::Pasted(text)),
                Incoming::Resize(columns, rows) => {
                    // Even back at the size it had, the terminal may have cut off or moved what it showed.
                    terminal.repaint();
                    Some(Message::Resized(columns, rows))
                }
                Incoming::Answer(ticket, answer) => Some(Message::Answered(ticket, answer)),
                Incoming::OthersWrote => Some(Message::OthersWrote),
                Incoming::Presence(others) => Some(Message::Present(others)),
                Incoming::TerminalGone => return Ok(End::TerminalGone),
                Incoming::Signal(signal) => return Ok(End::Signal(signal)),
            };
            let effects = message.map(|message| update(state, message)).unwrap_or_default();
            if let Some(end) = perform(effects, orders, terminal)? {
                return Ok(end);
            }
        }
        if keys {
            hands = Hands(Instant::now());
            orders.send(Order::Key)?;
        } else if hands.rest_left(wants_rest(state), Instant::now()) == Some(Duration::ZERO) {
            let effects = update(state, Message::Rested);
            if let Some(end) = perform(effects, orders, terminal)? {
                return Ok(end);
            }
        }
        terminal.draw(state)?;
    }
}

/// When the last key came.
struct Hands(Instant);

impl Hands {
    /// Tells how much of a rest is left, where one is waited for.
    fn rest_left(&self, wanted: Option<Duration>, now: Instant) -> Option<Duration> {
        wanted.map(|rest| (self.0 + rest).saturating_duration_since(now))
    }
}

/// Strikes once a second while the state asks for it; else nobody is woken.
#[derive(Default)]
struct Clock {
    last: Option<Instant>,
}

impl Clock {
    const SECOND: Duration = Duration::from_secs(1);

    /// Tells how long to wait for something else at most; for ever where no second is asked for.
    fn wait(&mut self, wanted: bool) -> Option<Duration> {
        let now = Instant::now();
        self.last = wanted.then(|| self.last.unwrap_or(now));
        self.last.map(|last| (last + Clock::SECOND).saturating_duration_since(now))
    }

    /// Tells how many milliseconds passed, where a second is over.
    fn struck(&mut self) -> Option<u64> {
        let passed = self.last?.elapsed();
        if passed < Clock::SECOND {
            return None;
        }
        self.last = Some(Instant::now());
        Some(u64::try_from(passed.as_millis()).unwrap_or(u64::MAX))
    }
}

fn perform(effects: Vec<Effect>, orders: &Orders, terminal: &mut Terminal) -> Result<Option<End>, Error> {
    for effect in effects {
        let order = match effect {
            Effect::Ask(ticket, question) => Order::Do(Job::Ask(ticket, question)),
            Effect::Execute(ticket, command) => Order::Do(Job::Execute(ticket, command)),
            Effect::CheckBatch(ticket, items) => Order::Do(Job::CheckBatch(ticket, items)),
            Effect::ExecuteBatch(ticket, items) => Order::Do(Job::ExecuteBatch(ticket, items)),
            Effect::Be(place, pointer) => Order::Be(place, pointer),
            Effect::Look(pace) => Order::Look(pace),
            Effect::GiveUp(ticket) => {
                orders.newest.overtake_the_line(ticket);
                continue;
            }
            Effect::Repaint => {
                terminal.repaint();
                continue;
            }
            Effect::Quit => return Ok(Some(End::Quit)),
        };
        orders.send(order)?;
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rest_is_counted_from_the_last_key_and_only_where_one_is_waited_for() {
        let start = Instant::now();
        let rest = Duration::from_millis(150);
        let later = |millis| start + Duration::from_millis(millis);
        let hands = Hands(start);
        assert_eq!(hands.rest_left(None, later(10)), None, "nobody is woken for nothing");
        assert_eq!(hands.rest_left(Some(rest), later(100)), Some(Duration::from_millis(50)));
        assert_eq!(Hands(later(100)).rest_left(Some(rest), later(110)), Some(Duration::from_millis(140)));
        assert_eq!(hands.rest_left(Some(rest), later(400)), Some(Duration::ZERO));
    }
}
