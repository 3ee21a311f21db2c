//! The loop: what comes in becomes messages, messages change the state, effects are performed, a frame is drawn.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use super::drafts::{self, Keeper, News, Task, Topic};
use super::effect::Effect;
use super::history::History;
use super::incoming::{self, Incoming};
use super::journal::{Found, Owner, Report, Trouble};
use super::keyboard::Keyboard;
use super::keymap::{FILE, put_in_force, read_overrides};
use super::locale::{self, Environment};
use super::look::Look;
use super::message::Message;
use super::newest::Newest;
use super::state::State;
use super::terminal::{self, Gauged, Terminal};
use super::update::{farewell, start, update, wants_rest, wants_tick};
use super::width::Gauge;
use super::worker::{self, Job, Order};
use super::{Error, Options, first_start, watch, widget};
use crate::service::error::Kind;
use crate::service::presence::TerminalId;
use crate::service::view::directory::Myself;
use crate::service::view::show::Show;
use crate::service::{self, Service, Session};

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
    // A county to practise in is made on this machine, so only by who may make files there.
    let may_make_files = service.has_files().map_err(|_| Error::Worker)?;
    let allowed = may_make_files && service.holds_sample_data().map_err(|_| Error::Worker)?;
    let whole = options.practice.is_some();
    terminal::check()?;
    let environment = Environment::read();
    let history = History::of(options.state_folder.as_deref(), &session.account);
    let mut terminal = Terminal::enter()?;
    let (to, incoming) = mpsc::channel();
    let (state_folder, account) = (options.state_folder.clone(), session.account.clone());
    let (keeper, found) = open_journal(options.state_folder.clone(), &mut service, &session, &to);
    let (orders, for_worker) = mpsc::channel();
    watch::watch(&to)?;
    let id = TerminalId::new();
    let newest = Newest::default();
    let worker =
        worker::start((service, session), id.clone(), for_worker, to.clone(), newest.clone(), options.practice);
    let orders = Orders { orders, newest };
    let Gauged { gauge, round_trip, typed } = terminal.gauge(options.wide)?;
    // What the terminal shows counts for more than what the environment says of it.
    if !environment.is_utf8() && !matches!(gauge, Gauge::Measured(_)) {
        drop(terminal);
        if !locale::may_go_on(&environment)? {
            return Ok(());
        }
        terminal = Terminal::enter()?;
    }
    for early in typed {
        to.send(early).map_err(|_| Error::Worker)?;
    }
    incoming::read_keyboard(to);
    let mut state = State::new(id, terminal.size(), options.color && environment.has_colors(), me);
    state.gauge = gauge;
    state.width = gauge.width();
    state.recent = history.read();
    (state.practice.allowed, state.practice.whole) = (allowed, whole);
    let look = Look::of(options.state_folder.as_deref(), &state.me.account, &environment.term);
    state.theme = look.read().filter(|_| state.has_color).unwrap_or(state.theme);
    match &options.keys {
        Ok(Some(text)) => take_keys(&mut state, text),
        Ok(None) => {}
        Err(why) => state.complain(format!("{why}；按键全部按默认")),
    }
    let mut hands = Hands { orders, terminal, keeper, history, look };
    let effects = start(&mut state, options.start);
    hands.perform(&mut state, effects)?;
    let effects = begin_drafts(&mut state, found);
    hands.perform(&mut state, effects)?;
    // Whoever is greeted by an earlier draft is no newcomer; who came to practise is greeted by the tasks.
    if whole {
        widget::practice::open(&mut state);
    } else if state.dialog.is_none() && first_start::is_first(state_folder.as_deref(), &account, &environment.term) {
        widget::checkup::open(&mut state);
    }
    let end = serve(&mut state, &mut hands, &incoming, Keyboard::over(round_trip));
    let Hands { orders, mut terminal, keeper, .. } = hands;
    if matches!(end, Ok(End::TerminalGone) | Err(_)) {
        terminal.is_gone();
    }
    drop(terminal);
    // The disk has everything before the program is gone.
    drop(keeper);
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

/// Opens the journal of the account's drafts in this database, and what earlier programs left in it.
pub(super) fn open_journal(
    folder: Option<PathBuf>,
    service: &mut Service,
    session: &Session,
    to: &Sender<Incoming>,
) -> (Keeper, Result<Vec<Found>, Trouble>) {
    let owner = folder.and_then(|state| {
        let database = service.identity().ok()?;
        Some(Owner { state, database, account: session.account.clone() })
    });
    let mut keeper = Keeper::new(owner, service::clock::Clock::System, telling(to.clone()));
    let found = drafts_found(&mut keeper, service, session);
    (keeper, found)
}

/// Begins with what earlier programs left, or with the trouble of reading it.
pub(super) fn begin_drafts(state: &mut State, found: Result<Vec<Found>, Trouble>) -> Vec<Effect> {
    let found = found.unwrap_or_else(|trouble| {
        state.drafts.hear(News::Trouble(trouble));
        Vec::new()
    });
    drafts::begin(state, found)
}

/// Lists what earlier programs left, as far as the account may see what it is about. Of what was destroyed meanwhile
/// nothing is left here either.
fn drafts_found(keeper: &mut Keeper, service: &mut Service, session: &Session) -> Result<Vec<Found>, Trouble> {
    let mut found = keeper.found()?;
    let mut seen: BTreeMap<String, bool> = BTreeMap::new();
    found.retain(|found| {
        let Some(project) = Topic::of(&found.subject).and_then(|topic| topic.project().cloned()) else { return true };
        *seen.entry(found.subject.object.clone()).or_insert_with(|| match service.ask(session, Show { project }) {
            Ok(view) if view.dossier.project.destroyed.is_some() => {
                keeper.perform(Task::Destroy(found.subject.object.clone()));
                false
            }
            Ok(_) => true,
            Err(error) => !matches!(error.kind(), Kind::NotFound | Kind::Denied),
        })
    });
    Ok(found)
}

/// Passes on what the disk says.
fn telling(to: Sender<Incoming>) -> Box<dyn Fn() -> Box<dyn Fn(Report) + Send> + Send> {
    Box::new(move || {
        let to = to.clone();
        // Without anybody to tell, the program is ending.
        Box::new(move |report| drop(to.send(Incoming::Disk(report))))
    })
}

fn serve(
    state: &mut State,
    hands: &mut Hands,
    incoming: &Receiver<Incoming>,
    mut keyboard: Keyboard,
) -> Result<End, Error> {
    hands.terminal.draw(state)?;
    let mut clock = Clock::default();
    let mut last_key = LastKey(Instant::now());
    loop {
        let rest = last_key.rest_left(wants_rest(state), Instant::now());
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
        let mut changed = false;
        if let Some(millis) = clock.struck() {
            changed = true;
            let effects = update(state, Message::Tick(millis));
            if let Some(end) = hands.perform(state, effects)? {
                return Ok(end);
            }
        }
        // A burst of keys is one frame.
        for next in first.into_iter().chain(incoming.try_iter()) {
            keys |= matches!(next, Incoming::Keys(_) | Incoming::Paste(_) | Incoming::Mouse(_));
            // What looks the same is not drawn again: the line is idle while nothing happens.
            let shown = matches!(next, Incoming::Disk(_)).then(|| drafts_shown(state));
            let message = match next {
                Incoming::Keys(pressed) => {
                    changed = true;
                    if let Some(end) =
                        keyboard.press(state, &pressed, |state, effects| hands.perform(state, effects))?
                    {
                        return Ok(end);
                    }
                    continue;
                }
                Incoming::Paste(text) => Some(Message::Pasted(text)),
                Incoming::Mouse(gesture) => Some(Message::Mouse(gesture)),
                Incoming::Resize(columns, rows) => {
                    // Even back at the size it had, the terminal may have cut off or moved what it showed.
                    hands.terminal.repaint();
                    Some(Message::Resized(columns, rows))
                }
                Incoming::Answer(ticket, answer) => Some(Message::Answered(ticket, answer)),
                Incoming::OthersWrote => Some(Message::OthersWrote),
                Incoming::Presence(others) => Some(Message::Present(others)),
                Incoming::Disk(report) => hands.keeper.hear(report).map(Message::Draft),
                Incoming::Retrying { tries, most, is_full } => Some(Message::Retrying { tries, most, is_full }),
                Incoming::TerminalGone => return Ok(End::TerminalGone),
                Incoming::Signal(signal) => return Ok(End::Signal(signal)),
            };
            let effects = message.map(|message| update(state, message)).unwrap_or_default();
            if let Some(end) = hands.perform(state, effects)? {
                return Ok(end);
            }
            changed |= shown.is_none_or(|shown| shown != drafts_shown(state));
        }
        if keys {
            last_key = LastKey(Instant::now());
            hands.orders.send(Order::Key)?;
        } else if last_key.rest_left(wants_rest(state), Instant::now()) == Some(Duration::ZERO) {
            changed = true;
            let effects = update(state, Message::Rested);
            if let Some(end) = hands.perform(state, effects)? {
                return Ok(end);
            }
        }
        if changed {
            keyboard.shows(state);
            hands.terminal.draw(state)?;
        }
    }
}

/// When the last key came.
struct LastKey(Instant);

impl LastKey {
    /// Tells how much of a rest is left, where one is waited for.
    fn rest_left(&self, wanted: Option<Duration>, now: Instant) -> Option<Duration> {
        wanted.map(|rest| (self.0 + rest).saturating_duration_since(now))
    }
}

/// What the screen tells of the drafts.
fn drafts_shown(state: &State) -> (Option<String>, Option<u32>, Option<Trouble>) {
    let drafts = &state.drafts;
    (drafts.kept.map(|at| at.format("%T").to_string()), drafts.unkept, drafts.trouble.clone())
}

/// Strikes once a second while the state asks for it; else nobody is woken.
#[derive(Default)]
pub(super) struct Clock {
    last: Option<Instant>,
}

impl Clock {
    const SECOND: Duration = Duration::from_secs(1);

    /// Tells how long to wait for something else at most; for ever where no second is asked for.
    pub fn wait(&mut self, wanted: bool) -> Option<Duration> {
        let now = Instant::now();
        self.last = wanted.then(|| self.last.unwrap_or(now));
        self.last.map(|last| (last + Clock::SECOND).saturating_duration_since(now))
    }

    /// Tells how many milliseconds passed, where a second is over.
    pub fn struck(&mut self) -> Option<u64> {
        let passed = self.last?.elapsed();
        if passed < Clock::SECOND {
            return None;
        }
        self.last = Some(Instant::now());
        Some(u64::try_from(passed.as_millis()).unwrap_or(u64::MAX))
    }
}

/// Puts the keys of a person's `keys.toml` in force. What is wrong with it is said, and kept among the messages.
pub(super) fn take_keys(state: &mut State, text: &str) {
    let (keymap, problems) = read_overrides(text);
    put_in_force(keymap);
    for problem in problems.iter().rev() {
        let count = problems.len();
        state.complain(format!("{FILE} 有 {count} 处未采用：第 {} 行，{}", problem.line, problem.message));
        state.keep_notice();
    }
}

/// What effects are performed with.
struct Hands {
    orders: Orders,
    terminal: Terminal,
    keeper: Keeper,
    history: History,
    look: Look,
}

impl Hands {
    fn perform(&mut self, state: &mut State, effects: Vec<Effect>) -> Result<Option<End>, Error> {
        for effect in effects {
            let order = match effect {
                Effect::Ask(ticket, question) => Order::Do(Job::Ask(ticket, question)),
                Effect::Execute(ticket, command) => Order::Do(Job::Execute(ticket, command)),
                Effect::CheckBatch(ticket, items) => Order::Do(Job::CheckBatch(ticket, items)),
                Effect::ExecuteBatch(ticket, items, otherwise) => {
                    Order::Do(Job::ExecuteBatch(ticket, items, otherwise))
                }
                Effect::Be(place, pointer) => Order::Be(place, pointer),
                Effect::Look(pace) => Order::Look(pace),
                Effect::Draft(task) => {
                    if let Some(news) = self.keeper.perform(task) {
                        state.drafts.hear(news);
                    }
                    continue;
                }
                Effect::GiveUp(ticket) => {
                    self.orders.newest.overtake_the_line(ticket);
                    continue;
                }
                Effect::Copy(text) => {
                    self.terminal.copy(&text)?;
                    continue;
                }
                Effect::Remember(recent) => {
                    self.history.write(&recent);
                    continue;
                }
                Effect::KeepTheme(theme) => {
                    self.look.write(theme);
                    continue;
                }
                Effect::Mouse(takes) => {
                    self.terminal.take_mouse(takes)?;
                    continue;
                }
                Effect::Repaint => {
                    self.terminal.repaint();
                    continue;
                }
                Effect::Quit => return Ok(Some(End::Quit)),
            };
            self.orders.send(order)?;
        }
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rest_is_counted_from_the_last_key_and_only_where_one_is_waited_for() {
        let start = Instant::now();
        let rest = Duration::from_millis(150);
        let later = |millis| start + Duration::from_millis(millis);
        let hands = LastKey(start);
        assert_eq!(hands.rest_left(None, later(10)), None, "nobody is woken for nothing");
        assert_eq!(hands.rest_left(Some(rest), later(100)), Some(Duration::from_millis(50)));
        assert_eq!(LastKey(later(100)).rest_left(Some(rest), later(110)), Some(Duration::from_millis(140)));
        assert_eq!(hands.rest_left(Some(rest), later(400)), Some(Duration::ZERO));
    }
}
