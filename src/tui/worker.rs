//! The thread that owns the service: answers questions, executes commands, notices what other processes wrote.

use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SendError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Instant;

use super::effect::{Pace, Question, Reply, Source, Ticket};
use super::files::{self, Completion};
use super::importing;
use super::incoming::Incoming;
use super::lookout::Lookout;
use super::newest::Newest;
use super::papers;
use super::practice::{self, County, Prepared};
use super::waiting::{MOST_TRIES, Next, Waiting};
use super::widget::rulebook::Contents;
use crate::domain::search::{Filter, Query, parse};
use crate::service::batch::{BatchItem, Otherwise};
use crate::service::command::Command;
use crate::service::demo::Practice;
use crate::service::error::{Error, StoreError};
use crate::service::presence::{Place, TerminalId};
use crate::service::view::directory::Colleagues;
use crate::service::view::directory::Myself;
use crate::service::view::meeting::Meetings;
use crate::service::view::meeting_count::OpenMeetings;
use crate::service::view::plan::{Plan, PlanProjects};
use crate::service::view::policies::Policies;
use crate::service::view::queue::{List, Page, Queue, QueueCounts};
use crate::service::view::rounds::Rounds;
use crate::service::view::rulings::Rulings;
use crate::service::view::show::Show;
use crate::service::view::stats::{ReviewStats, Stats};
use crate::service::views::SavedViews;
use crate::service::{OperationId, Service, Session};
use crate::wording::labels;

/// What the worker is told.
#[derive(Debug)]
pub enum Order {
    /// To do something that is answered.
    Do(Job),
    /// That the terminal is at a place now, and where within it; only the last one matters.
    Be(Place, String),
    /// To look at another pace.
    Look(Pace),
    /// That a key was pressed.
    Key,
}

/// Work for the service.
#[derive(Debug)]
pub enum Job {
    /// A question.
    Ask(Ticket, Question),
    /// A command.
    Execute(Ticket, Box<Command>),
    /// A batch of commands, only to be judged.
    CheckBatch(Ticket, Vec<BatchItem>),
    /// A batch of commands.
    ExecuteBatch(Ticket, Vec<BatchItem>, Otherwise),
}

/// Starts the thread; it ends when the sender of orders is dropped, after what was ordered is done.
pub fn start(
    (service, session): (Service, Session),
    terminal: TerminalId,
    orders: Receiver<Order>,
    to: Sender<Incoming>,
    newest: Newest,
    practice: Option<Practice>,
) -> JoinHandle<()> {
    let practice = Room { county: practice, home: None };
    thread::spawn(move || Worker { service, session, newest, practice }.run(terminal, &orders, &to))
}

/// The service and the person it serves.
pub struct Worker {
    /// The service.
    pub service: Service,
    /// The person.
    pub session: Session,
    /// Which questions were overtaken.
    pub newest: Newest,
    /// Where tasks are practised.
    pub practice: Room,
}

/// Where tasks are practised.
#[derive(Debug, Default)]
pub struct Room {
    /// The county whose copies stand behind the screen; made for the first task.
    county: Option<Practice>,
    /// What stood there before.
    home: Option<(Service, Session)>,
}

impl Worker {
    fn run(&mut self, terminal: TerminalId, orders: &Receiver<Order>, to: &Sender<Incoming>) {
        let mut lookout = Lookout::new(terminal, &self.service, Instant::now());
        // Without anybody to send to, the program is ending.
        let _ = self.serve(&mut lookout, orders, to);
        lookout.leave(&mut self.service);
    }

    fn serve(
        &mut self,
        lookout: &mut Lookout,
        orders: &Receiver<Order>,
        to: &Sender<Incoming>,
    ) -> Result<(), SendError<Incoming>> {
        let mut waiting = Waiting::default();
        let mut ending = false;
        loop {
            let now = Instant::now();
            let first = match waiting.is_idle(now) && !ending {
                true => {
                    let until = waiting.due().map_or(lookout.due(), |due| due.min(lookout.due()));
                    match orders.recv_timeout(until.saturating_duration_since(now)) {
                        Ok(order) => Some(order),
                        Err(RecvTimeoutError::Timeout) => None,
                        // What waits for the database gets a last chance; its words are drafts on the disk.
                        Err(RecvTimeoutError::Disconnected) => {
                            ending = true;
                            None
                        }
                    }
                }
                false => None,
            };
            let now = Instant::now();
            for order in first.into_iter().chain(orders.try_iter()) {
                match order {
                    Order::Do(job) => waiting.push(job),
                    Order::Be(place, pointer) => lookout.go(place, pointer, now),
                    Order::Look(pace) => lookout.look(pace, now),
                    Order::Key => lookout.key(now),
                }
            }
            // Between any two jobs too: who works without a pause hears of others all the same.
            for news in lookout.step(&mut self.service, &self.session, now) {
                to.send(news)?;
            }
            match waiting.take(now, ending) {
                None if ending => return Ok(()),
                None => {}
                Some(Next::Job(job)) if is_replaced(&job, waiting.jobs()) => {}
                Some(Next::Job(Job::Execute(ticket, command))) => {
                    self.try_execute(&mut waiting, (ticket, command), (OperationId::new(), 0), !ending, to)?;
                }
                Some(Next::Again(held)) => {
                    let work = (held.ticket, held.command);
                    self.try_execute(&mut waiting, work, (held.op, held.tries), !ending, to)?;
                }
                // What could not be stored yet is of the database that stands there now.
                Some(Next::Job(Job::Ask(ticket, Question::Practise(_) | Question::LeavePractice)))
                    if waiting.due().is_some() =>
                {
                    to.send(Incoming::Answer(ticket, Err(Error::Unavailable(StoreError::Busy))))?;
                }
                Some(Next::Job(Job::Ask(ticket, question @ (Question::Practise(_) | Question::LeavePractice)))) => {
                    lookout.leave(&mut self.service);
                    let (ticket, answer) = self.answer(Job::Ask(ticket, question));
                    *lookout = lookout.elsewhere(&self.service, Instant::now());
                    to.send(Incoming::Answer(ticket, answer))?;
                }
                Some(Next::Job(job)) => {
                    let (ticket, answer) = self.answer(job);
                    // Nobody waits for what was given up: the question that overtook it is on its way.
                    if !matches!(answer, Err(Error::Unavailable(StoreError::GivenUp))) {
                        to.send(Incoming::Answer(ticket, answer))?;
                    }
                }
            }
        }
    }

    /// Executes a command; where the database is busy or full, holds it back to try it again.
    fn try_execute(
        &mut self,
        waiting: &mut Waiting,
        (ticket, command): (Ticket, Box<Command>),
        (op, tries): (OperationId, u32),
        patient: bool,
        to: &Sender<Incoming>,
    ) -> Result<(), SendError<Incoming>> {
        let answer = self.service.execute_briefly(&self.session, op.clone(), (*command).clone());
        let is_full = matches!(&answer, Err(Error::Unavailable(StoreError::Full)));
        let passes = matches!(&answer, Err(Error::Unavailable(StoreError::Busy | StoreError::Full)));
        let again = (passes && patient).then(|| waiting.hold((ticket, command), op, tries, Instant::now())).flatten();
        to.send(match again {
            Some(tries) => Incoming::Retrying { tries, most: MOST_TRIES, is_full },
            None => Incoming::Answer(ticket, answer.map(Reply::Done)),
        })
    }

    /// Does one job.
    pub fn answer(&mut self, job: Job) -> (Ticket, Result<Reply, Error>) {
        match job {
            Job::Ask(ticket, question) => {
                let followed = self.newest.follow(ticket, &question);
                let is_followed = followed.is_some();
                if let Some(followed) = followed {
                    self.service.give_up_reading_when(Some(move || followed.is_overtaken()));
                }
                let answer = self.ask(question);
                if is_followed {
                    // What comes next may be a command, and those are never given up half-way.
                    self.service.give_up_reading_when(None::<fn() -> bool>);
                }
                (ticket, answer)
            }
            Job::Execute(ticket, command) => {
                (ticket, self.service.execute(&self.session, OperationId::new(), *command).map(Reply::Done))
            }
            Job::CheckBatch(ticket, items) => {
                (ticket, self.service.check_batch(&self.session, &items).map(Reply::Checked))
            }
            Job::ExecuteBatch(ticket, items, otherwise) => {
                let answers = self.service.execute_batch(&self.session, &items, otherwise);
                (ticket, answers.map(Reply::Batch))
            }
        }
    }

    /// Puts a fresh county behind the screen.
    fn practise(&mut self, number: u8) -> Result<Reply, Error> {
        let task = practice::numbered(number)?;
        let os_user = self.session.os_user.clone();
        let county = match &mut self.practice.county {
            Some(county) => county,
            none => none.insert(Practice::make(&os_user)?),
        };
        let (mut service, session) = county.open(task.account)?;
        let prepared = County::of(task, &mut service, &session)?.prepare(task)?;
        let before = (std::mem::replace(&mut self.service, service), std::mem::replace(&mut self.session, session));
        self.practice.home.get_or_insert(before);
        Ok(Reply::Prepared(Box::new(prepared)))
    }

    /// Puts what stood there before behind the screen again.
    fn leave_practice(&mut self) -> Result<Reply, Error> {
        if let Some((service, session)) = self.practice.home.take() {
            (self.service, self.session) = (service, session);
        }
        let me = self.service.ask(&self.session, Myself)?;
        Ok(Reply::Prepared(Box::new(Prepared { me, code: None, now: self.service.now() })))
    }

    fn practised(&mut self, number: u8) -> Result<Reply, Error> {
        let task = practice::numbered(number)?;
        let mut county = County::of(task, &mut self.service, &self.session)?;
        (task.holds)(&mut county).map(Reply::Holds)
    }

    fn practise_elsewhere(&mut self, number: u8) -> Result<Reply, Error> {
        let task = practice::numbered(number)?;
        let mut county = County::of(task, &mut self.service, &self.session)?;
        (task.elsewhere)(&mut county)?;
        Ok(Reply::Holds(false))
    }

    fn ask(&mut self, question: Question) -> Result<Reply, Error> {
        let (service, session) = (&mut self.service, &self.session);
        match question {
            Question::Practise(number) => self.practise(number),
            Question::Practised(number) => self.practised(number),
            Question::PracticeElsewhere(number) => self.practise_elsewhere(number),
            Question::LeavePractice => self.leave_practice(),
            Question::Counts => {
                let counts = service.ask(session, QueueCounts)?;
                Ok(Reply::Counts(counts, service.ask(session, OpenMeetings)?))
            }
            Question::Page { source, filter, sort, after, limit } => {
                self.page(source, Query { filter, sort }, after, limit).map(Reply::Page)
            }
            Question::WholeList { source, filter, sort, limit } => {
                self.page(source, Query { filter, sort }, None, limit).map(Reply::Page)
            }
            Question::Views => self.views(),
            Question::KeepView(view) => {
                service.keep_view(session, &view)?;
                self.views()
            }
            Question::RemoveView(digit) => {
                service.remove_view(session, digit)?;
                self.views()
            }
            Question::Totals { source, filters } => {
                let totals = filters.into_iter().map(|filter| self.total(source, filter));
                totals.collect::<Result<Vec<i64>, Error>>().map(Reply::Totals)
            }
            Question::Plan(year) => {
                service.ask(session, Plan { year, unit: None }).map(|plan| Reply::Plan(Box::new(plan)))
            }
            Question::Stats(year) => {
                service.ask(session, Stats { year, ..Stats::EVERYTHING }).map(|stats| Reply::Stats(Box::new(stats)))
            }
            Question::ReviewStats(year) => {
                let asked = ReviewStats(Stats { year, ..Stats::EVERYTHING });
                service.ask(session, asked).map(|stats| Reply::ReviewStats(Box::new(stats)))
            }
            Question::PlanProjects { year, unit } => {
                service.ask(session, PlanProjects { year, unit, stage: None }).map(Reply::PlanProjects)
            }
            Question::Preview(project) | Question::Project(project) => {
                service.ask(session, Show { project }).map(|view| Reply::Project(Box::new(view)))
            }
            Question::Rounds(project) => {
                service.ask(session, Rounds { project }).map(|view| Reply::Rounds(Box::new(view)))
            }
            Question::Rulebook => {
                let policies = service.ask(session, Policies)?;
                let register = service.ask(session, Rulings)?;
                let today = service.now().date_naive();
                Ok(Reply::Rulebook(Box::new(Contents { policies, register, today })))
            }
            Question::Colleagues(role) => service.ask(session, Colleagues { role }).map(Reply::Colleagues),
            Question::Meetings => service.ask(session, Meetings).map(|view| Reply::Meetings(Box::new(view))),
            Question::Meeting(show) => service.ask(session, show).map(|view| Reply::Meeting(Box::new(view))),
            Question::NoteHistory(field) => service.ask(session, field).map(|view| Reply::NoteHistory(Box::new(view))),
            Question::ImportDoor => importing::closed(service).map(Reply::ImportDoor),
            Question::Complete(path) => Ok(Reply::Completed(self.complete(&path)?)),
            Question::Papers(request) => papers::write(service, session, &request).map(Reply::Papers),
            Question::ImportPreview(path) => {
                importing::preview(service, session, &path).map(|read| Reply::ImportPreview(Box::new(read)))
            }
        }
    }

    /// Nobody looks around on a shared machine.
    fn complete(&mut self, path: &str) -> Result<Completion, Error> {
        match importing::closed(&mut self.service)? {
            Some(_) => Ok(Completion::default()),
            None => Ok(files::complete(path)),
        }
    }

    fn page(&mut self, source: Source, query: Query, after: Option<String>, limit: usize) -> Result<Page, Error> {
        let (service, session) = (&mut self.service, &self.session);
        let Query { filter, sort } = query;
        match source {
            Source::Role(role) => service.ask(session, Queue { role: Some(role), filter, sort, after, limit }),
            Source::Everything => service.ask(session, List { stage: None, filter, sort, after, limit }),
        }
    }

    fn total(&mut self, source: Source, filter: Filter) -> Result<i64, Error> {
        Ok(self.page(source, Query { filter, sort: Vec::new() }, None, 1)?.total)
    }

    fn views(&mut self) -> Result<Reply, Error> {
        let mut counted = Vec::new();
        for view in self.service.ask(&self.session, SavedViews)? {
            let source = view.source.map_or(Source::Everything, Source::Role);
            let total = match parse(&view.query, &labels::FILTER) {
                Ok(query) => Some(self.total(source, query.filter)?),
                Err(_) => None,
            };
            counted.push((view, total));
        }
        Ok(Reply::Views(counted))
    }
}

/// Tells whether a later question makes this one pointless: while one types, only the last filter matters.
fn is_replaced(job: &Job, later: &VecDeque<Job>) -> bool {
    let Job::Ask(_, question) = job else { return false };
    later.iter().any(|job| matches!(job, Job::Ask(_, later) if question.is_replaced_by(later)))
}
