//! The loop: what comes in becomes messages, messages change the state, effects are performed, a frame is drawn.

use std::sync::mpsc::{self, Receiver, Sender};

use super::effect::Effect;
use super::incoming::{self, Incoming};
use super::keymap::translate;
use super::message::Message;
use super::state::State;
use super::terminal::Terminal;
use super::update::{start, update};
use super::worker::{self, Job};
use super::{Error, Options, watch};
use crate::service::view::directory::Myself;
use crate::service::{Service, Session};

/// Why the loop ended.
enum End {
    Quit,
    TerminalGone,
    Signal(i32),
}

/// Runs the terminal UI until the person leaves.
pub fn run(mut service: Service, session: Session, options: Options) -> Result<(), Error> {
    let me = service.ask(&session, Myself).map_err(|_| Error::Worker)?;
    let mut terminal = Terminal::enter()?;
    let (to, incoming) = mpsc::channel();
    let (jobs, for_worker) = mpsc::channel();
    watch::watch(&to)?;
    let worker = worker::start(service, session, for_worker, to.clone());
    incoming::read_keyboard(to);
    let mut state = State::new(terminal.size(), options.color, me);
    let effects = start(&mut state, options.start);
    perform(effects, &jobs, &mut terminal)?;
    let end = serve(&mut state, &mut terminal, &incoming, &jobs);
    if matches!(end, Ok(End::TerminalGone) | Err(_)) {
        terminal.is_gone();
    }
    drop(terminal);
    // What was asked for before leaving is still done.
    drop(jobs);
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
    jobs: &Sender<Job>,
) -> Result<End, Error> {
    terminal.draw(state)?;
    while let Ok(first) = incoming.recv() {
        // A burst of keys is one frame.
        for next in std::iter::once(first).chain(incoming.try_iter()) {
            let message = match next {
                Incoming::Key(key) => translate(state.mode(), key),
                Incoming::Paste(text) => Some(Message::Pasted(text)),
                Incoming::Resize(columns, rows) => Some(Message::Resized(columns, rows)),
                Incoming::Answer(ticket, answer) => Some(Message::Answered(ticket, answer)),
                Incoming::OthersWrote => Some(Message::OthersWrote),
                Incoming::TerminalGone => return Ok(End::TerminalGone),
                Incoming::Signal(signal) => return Ok(End::Signal(signal)),
            };
            let effects = message.map(|message| update(state, message)).unwrap_or_default();
            if let Some(end) = perform(effects, jobs, terminal)? {
                return Ok(end);
            }
        }
        terminal.draw(state)?;
    }
    Ok(End::Quit)
}

fn perform(effects: Vec<Effect>, jobs: &Sender<Job>, terminal: &mut Terminal) -> Result<Option<End>, Error> {
    let broken = |_| Error::Worker;
    for effect in effects {
        match effect {
            Effect::Ask(ticket, question) => jobs.send(Job::Ask(ticket, question)).map_err(broken)?,
            Effect::Execute(ticket, command) => jobs.send(Job::Execute(ticket, command)).map_err(broken)?,
            Effect::CheckBatch(ticket, items) => jobs.send(Job::CheckBatch(ticket, items)).map_err(broken)?,
            Effect::ExecuteBatch(ticket, items) => {
                jobs.send(Job::ExecuteBatch(ticket, items)).map_err(broken)?;
            }
            Effect::Repaint => terminal.repaint()?,
            Effect::Quit => return Ok(Some(End::Quit)),
        }
    }
    Ok(None)
}
