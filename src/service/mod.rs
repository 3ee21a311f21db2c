//! The one door to the data: [`Service::execute`] for commands, [`Service::ask`] for questions.
//!
//! The database module is private to this one, so a front end cannot write past the door: it would not compile.

pub mod batch;
pub mod clock;
pub mod command;
pub mod demo;
mod desks;
pub mod error;
mod findings;
mod gate;
#[cfg(test)]
mod holder_tests;
mod holders;
pub mod line;
pub mod presence;
pub mod reach;
mod setup;
mod shelf;
mod store;
mod usecase;
pub mod view;
pub mod views;

use std::path::Path;

use clock::Clock;
use command::{Command, Receipt};
use error::{Answer, Error, Missing, StoreError};
pub use gate::Context;
use gate::{Gate, actor};
use reach::Reach;
pub use setup::{FirstAccount, Mode, Setup};
use shelf::PolicyShelf;
use store::Database;
pub use store::account::{Account, AccountStatus};
pub use store::audit::{Break, BrokenAt};
pub use store::backup::BackupReport;
pub use store::key::AccountKey;
use store::presence::Presence;
use view::Query;

/// Who is at the terminal: an account, and the operating system's user behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// The account.
    pub account: String,
    /// The operating system's user.
    pub os_user: String,
}

/// Identifies one command, so that repeating it after an uncertain answer does nothing twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperationId(String);

impl OperationId {
    /// Makes a new one from the moment and random bytes; with the moment first, the index over them grows at one end.
    pub fn new() -> OperationId {
        let millis = std::time::SystemTime::UNIX_EPOCH.elapsed().map_or(0, |since| since.as_millis());
        OperationId(format!("{millis:012x}{}", random_name().chars().take(20).collect::<String>()))
    }

    /// Tells it as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for OperationId {
    fn default() -> Self {
        OperationId::new()
    }
}

/// Makes a name nobody else makes, from random bytes.
fn random_name() -> String {
    let mut bytes = [0u8; 16];
    // Without randomness the moment and the process still tell names apart.
    if rustix::rand::getrandom(&mut bytes, rustix::rand::GetRandomFlags::empty()).is_err() {
        let nanos = std::time::SystemTime::UNIX_EPOCH.elapsed().map_or(0, |since| since.as_nanos());
        bytes = (nanos ^ u128::from(std::process::id()) << 96).to_be_bytes();
    }
    crate::domain::audit::hex(&bytes)
}

/// An open system.
#[derive(Debug)]
pub struct Service {
    database: Database,
    presence: Presence,
    policies: PolicyShelf,
    clock: Clock,
    /// Whether destroyed content may still linger in the file because others were reading it.
    lingers: bool,
    reach: Reach,
}

impl Service {
    /// Opens an existing database.
    pub fn open(path: &Path, clock: Clock) -> Answer<Service> {
        let mut service = Service::over(Database::open(path)?, clock);
        service.stay_secluded()?;
        // What a destruction could not finish, because the program was ended or others were reading, is finished now.
        service.wipe();
        Ok(service)
    }

    fn over(database: Database, clock: Clock) -> Service {
        let file = (!database.is_in_memory()).then(|| database.path());
        let presence = Presence::beside(file);
        Service { database, presence, policies: PolicyShelf::default(), clock, lingers: false, reach: Reach::Machine }
    }

    /// Creates a database with its first unit, accounts and policy.
    pub fn create(path: &Path, setup: &Setup, clock: Clock) -> Answer<Service> {
        if setup.mode == Mode::Shared && path.symlink_metadata().is_err() {
            store::seclusion::check_folder(path)?;
        }
        let mut service = Service::over(Database::create(path)?, clock);
        if let Err(error) = setup::install(&mut service.database, setup, clock.now()) {
            // Without its first contents the file is of no use to anyone, and it would be in the way of the next try.
            drop(service);
            store::take_away(path);
            return Err(error);
        }
        Ok(service)
    }

    /// Creates a database in memory, for tests.
    #[cfg(test)]
    pub fn in_memory(setup: &Setup, clock: Clock) -> Answer<Service> {
        let mut service = Service::over(Database::in_memory()?, clock);
        setup::install(&mut service.database, setup, clock.now())?;
        Ok(service)
    }

    /// Tells where the database is.
    pub fn path(&self) -> &Path {
        self.database.path()
    }

    /// Tells what tells this database from every other, a copy of it elsewhere included: its first log entry, and where
    /// it is. Not even a database made anew at the same place has the same.
    pub fn identity(&mut self) -> Answer<String> {
        let mut known = self.database.read()?.read().audit_beginning()?;
        let path = self.database.path();
        let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        known.extend_from_slice(path.as_os_str().as_encoded_bytes());
        Ok(crate::domain::audit::hex(&crate::domain::audit::digest(&known)))
    }

    /// Executes a command, but gives up after two seconds where another process keeps the database busy: for whoever
    /// says so and tries again under the same id.
    pub fn execute_briefly(&mut self, session: &Session, op: OperationId, command: Command) -> Answer<Receipt> {
        self.database.wait_briefly(true)?;
        let answer = self.execute(session, op, command);
        self.database.wait_briefly(false)?;
        answer
    }

    /// Tells how the database is used; needed before anybody has signed in.
    pub fn mode(&mut self) -> Answer<Mode> {
        let snapshot = self.database.read()?;
        let stored = snapshot.read().meta("mode")?.unwrap_or_default();
        Mode::parse(&stored).ok_or_else(|| StoreError::Unreadable(format!("mode {stored}")).into())
    }

    /// Tells whether the database holds invented projects only.
    pub fn holds_sample_data(&mut self) -> Answer<bool> {
        Ok(self.database.read()?.read().meta(setup::SAMPLE)?.as_deref() == Some(setup::YES))
    }

    /// Tells the present moment.
    pub fn now(&self) -> crate::domain::calendar::Moment {
        self.clock.now()
    }

    /// Lets the clock show another moment, for tests.
    #[cfg(test)]
    pub fn set_clock(&mut self, clock: Clock) {
        self.clock = clock;
    }

    /// Finds out who is at the terminal: the account named, or the one bound to the operating system's user.
    pub fn sign_in(&mut self, account: Option<&str>, os_user: &str) -> Answer<Session> {
        let snapshot = self.database.read()?;
        let found = match account {
            Some(code) => snapshot.read().account(code)?.ok_or_else(|| Missing::Account(code.to_owned()))?,
            None => snapshot.read().account_of_os_user(os_user)?.ok_or_else(|| Missing::OsUser(os_user.to_owned()))?,
        };
        let session = Session { account: found.code, os_user: os_user.to_owned() };
        actor(snapshot.read(), &session, &self.reach)?;
        Ok(session)
    }

    /// Executes a command: done and logged, or refused and logged, or the database failed and nothing happened.
    ///
    /// A commit that reports an error may still come true when the file is next opened. So the file is opened afresh
    /// and the log asked whether this very command is in it; if not, it is tried once more under the same id.
    pub fn execute(&mut self, session: &Session, op: OperationId, command: Command) -> Answer<Receipt> {
        let answer = match self.try_execute(session, op.clone(), &command) {
            Err(Error::Unavailable(StoreError::Unconfirmed(why))) => {
                let unconfirmed = |_| Error::Unavailable(StoreError::Unconfirmed(why));
                self.database.reopen().map_err(unconfirmed)?;
                self.try_execute(session, op, &command)
            }
            answered => answered,
        };
        self.keys_may_have_changed([&command]);
        if self.lingers || answer.is_ok() && usecase::destroys(&command) {
            self.wipe();
        }
        answer
    }

    /// Leaves no copy of destroyed content in the file. The destruction itself is done and logged whether or not this
    /// works at once, so a failure is no error of the command; it is tried again.
    fn wipe(&mut self) {
        self.lingers = self.database.wipe().is_err();
    }

    fn try_execute(&mut self, session: &Session, op: OperationId, command: &Command) -> Answer<Receipt> {
        let about = usecase::about(command);
        let at_work = self.at_work(std::iter::once(command))?;
        let gate =
            Gate::open(&mut self.database, (session, &self.reach), op, self.clock.now(), &self.policies, &about)?;
        if let Some(receipt) = usecase::already_done(&gate)? {
            return Ok(receipt);
        }
        match holders::prepare(gate.context(), command, &at_work) {
            Ok((permit, plan)) => usecase::carry_out(gate.pass(permit), about, plan),
            Err(error) => Err(gate.refuse(&about, error)),
        }
    }

    /// Judges a command without executing or logging it: what it would lead to, or why it would not be done.
    pub fn rehearse(&mut self, session: &Session, command: &Command) -> Answer<command::Done> {
        let at_work = self.at_work(std::iter::once(command))?;
        let snapshot = self.database.read()?;
        let actor = actor(snapshot.read(), session, &self.reach)?;
        let context = Context { read: snapshot.read(), actor: &actor, now: self.clock.now(), policies: &self.policies };
        let (_, plan) = holders::prepare(context, command, &at_work)?;
        usecase::told(context, usecase::foresee(command, &plan))
    }

    /// Answers a question. Nobody learns what the account may not see.
    pub fn ask<Q: Query>(&mut self, session: &Session, query: Q) -> Answer<Q::Answer> {
        let snapshot = self.database.read()?;
        let actor = actor(snapshot.read(), session, &self.reach)?;
        query.answer(Context { read: snapshot.read(), actor: &actor, now: self.clock.now(), policies: &self.policies })
    }

    /// Gives up what is being read as soon as nobody waits for the answer any more; it then ends in
    /// [`StoreError::GivenUp`]. To be taken back before anything is executed.
    pub fn give_up_reading_when(&mut self, overtaken: Option<impl FnMut() -> bool + Send + 'static>) {
        // Where SQLite will not have it, the answer comes late: no reason to fail.
        let _ = self.database.give_up_when(overtaken);
    }

    /// Tells the pool with how to reach the experts, and notes in the log that this was read and for what: personal data is
    /// not looked at unseen.
    pub fn contacts(&mut self, session: &Session, purpose: &str) -> Answer<Vec<view::experts::ExpertLine>> {
        let note = Command::ReadContacts { purpose: purpose.to_owned() };
        self.execute(session, OperationId::new(), note)?;
        self.ask(session, view::experts::Experts { contacts: true })
    }

    /// Makes a checked backup while others work, and notes it in the log.
    pub fn backup(&mut self, session: &Session, target: &Path) -> Answer<BackupReport> {
        let name = target.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let note = |head: String| Command::NoteBackup { file: name.clone(), head };
        // Who may not is told, and logged, before anything is copied.
        if self.rehearse(session, &note(String::new())).is_err() {
            self.execute(session, OperationId::new(), note(String::new()))?;
        }
        let report = self.database.backup(target)?;
        self.execute(session, OperationId::new(), note(crate::domain::audit::hex(&report.head)))?;
        Ok(report)
    }

    /// Tells a number that changes when another process wrote something.
    pub fn data_version(&self) -> Result<i64, StoreError> {
        self.database.data_version()
    }
}

#[cfg(test)]
mod audit_tests;
#[cfg(test)]
mod batch_tests;
#[cfg(test)]
mod clock_tests;
#[cfg(test)]
mod count_tests;
#[cfg(test)]
mod edition_tests;
#[cfg(test)]
mod findings_tests;
#[cfg(test)]
mod life_tests;
#[cfg(test)]
mod meeting_tests;
#[cfg(test)]
mod panel_round_tests;
#[cfg(test)]
mod panel_tests;
#[cfg(test)]
mod pool_tests;
#[cfg(test)]
mod presence_tests;
#[cfg(test)]
mod proof;
#[cfg(test)]
mod queue_tests;
#[cfg(test)]
mod recall_tests;
#[cfg(test)]
mod refusal_tests;
#[cfg(test)]
mod ruling_tests;
#[cfg(test)]
mod search_tests;
#[cfg(test)]
mod shared_tests;
#[cfg(test)]
mod stats_tests;
#[cfg(test)]
mod summary_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod undo_tests;
#[cfg(test)]
mod year_plan_tests;
