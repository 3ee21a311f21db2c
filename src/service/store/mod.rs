//! SQLite, and nothing else: opening the file safely, reading, writing.
//!
//! This module is private to `service`: a front end cannot name it, so nothing is written past the one door.
//! The choices below were measured (several processes, killed and cut off from power); each has its reason beside it.

pub mod account;
pub mod audit;
pub mod backup;
pub mod codes;
mod columns;
pub mod declaration;
pub mod deed;
pub mod destruction;
pub mod disposition;
pub mod dossier;
pub mod error;
pub mod expert;
pub mod judgement;
pub mod key;
pub mod meeting;
pub mod meta;
pub mod opinion;
pub mod order;
pub mod page;
pub mod panel;
pub mod panel_write;
pub mod pending;
pub mod plan;
pub mod policy;
pub mod presence;
pub mod project;
mod provenance;
pub mod record;
pub mod round;
pub mod ruling;
mod schema;
pub mod search;
pub mod seclusion;
pub mod stats;
pub mod stats_review;
pub mod surroundings;
pub mod unit;
pub mod views;

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

use crate::domain::ids::ProjectId;
use error::{StoreError, StoreResult};

/// How long a writer waits for the others, in tries of about a millisecond: 20 seconds.
const PATIENCE: i32 = 16_000;

/// How long, where whoever waits is told of it and tries again: two seconds.
const BRIEF_PATIENCE: i32 = 1_600;

/// The page cache, in KiB; SQLite wants it negative.
const CACHE_KIB: i64 = -16_000;
/// How many steps of a query are taken between two looks whether anybody still waits for it.
const STEPS_BETWEEN_LOOKS: i32 = 4_000;
/// After how many pages the write-ahead log is copied into the file.
const CHECKPOINT_PAGES: i64 = 1_000;

/// An open database.
#[derive(Debug)]
pub struct Database {
    connection: Connection,
    path: PathBuf,
}

impl Database {
    /// Creates the file and its schema; refuses to touch a file that exists.
    pub fn create(path: &Path) -> StoreResult<Database> {
        use rustix::fs::{Mode, OFlags};
        // Created by us with 0600 before SQLite sees it: SQLite would make it readable for the whole machine, and
        // gives -wal and -shm the same mode as the file.
        let file = rustix::fs::open(path, OFlags::CREATE | OFlags::EXCL | OFlags::RDWR, Mode::RUSR | Mode::WUSR);
        match file {
            Ok(descriptor) => drop(descriptor),
            Err(rustix::io::Errno::EXIST) => return Err(StoreError::Exists(path.to_owned())),
            Err(errno) => return Err(StoreError::Unreachable { path: path.to_owned(), detail: errno.to_string() }),
        }
        let created = Database::connect(path).and_then(|mut connection| {
            configure(&connection)?;
            schema::migrate(&mut connection)?;
            Ok(Database { connection, path: path.to_owned() })
        });
        if created.is_err() {
            // A file without our schema would be refused for ever; nothing was stored in it yet.
            let _ = std::fs::remove_file(path);
        }
        created.map_err(|error| error.at(path))
    }

    /// Makes a database that lives in memory, for tests.
    #[cfg(test)]
    pub fn in_memory() -> StoreResult<Database> {
        let mut connection = Connection::open_in_memory()?;
        schema::migrate(&mut connection)?;
        connection.execute_batch("PRAGMA foreign_keys = ON")?;
        plan_once(&connection)?;
        Ok(Database { connection, path: PathBuf::from(":memory:") })
    }

    /// Opens an existing database of ours. What is not ours, damaged, newer or not writable is refused untouched.
    pub fn open(path: &Path) -> StoreResult<Database> {
        Database::open_checked(path).map_err(|error| error.at(path))
    }

    fn open_checked(path: &Path) -> StoreResult<Database> {
        let metadata = match std::fs::metadata(path) {
            Ok(metadata) if metadata.is_file() => metadata,
            Ok(_) => return Err(StoreError::Foreign(path.to_owned())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(StoreError::Missing(path.to_owned()));
            }
            Err(error) => {
                return Err(StoreError::Unreachable { path: path.to_owned(), detail: error.to_string() });
            }
        };
        let mut connection = Database::connect(path)?;
        // Identity first: setting the journal mode would already change a foreign file.
        let application: i64 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
        if application != schema::APPLICATION_ID {
            return Err(StoreError::Foreign(path.to_owned()));
        }
        let found: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
        if found > schema::NEWEST {
            return Err(StoreError::Newer { path: path.to_owned(), found, known: schema::NEWEST });
        }
        check_length(&connection, path)?;
        // The owner of a server may write a file that is marked read-only; the mark is meant all the same.
        if metadata.permissions().readonly() || connection.is_readonly("main")? {
            return Err(StoreError::ReadOnly(path.to_owned()));
        }
        configure(&connection)?;
        if found < schema::NEWEST {
            schema::migrate(&mut connection)?;
        }
        Ok(Database { connection, path: path.to_owned() })
    }

    fn connect(path: &Path) -> StoreResult<Connection> {
        // Never CREATE: a mistyped path must not become an empty database.
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(path, flags)?;
        connection.busy_handler(Some(wait_a_moment))?;
        Ok(connection)
    }

    /// Has writers wait two seconds for the others instead of twenty, or again twenty: for whoever would rather hear
    /// that the database is busy, and try again.
    pub fn wait_briefly(&mut self, briefly: bool) -> StoreResult<()> {
        Ok(self.connection.busy_handler(Some(if briefly { wait_briefly } else { wait_a_moment }))?)
    }

    /// Closes the file and opens it again, after which it shows what really was made durable.
    pub fn reopen(&mut self) -> StoreResult<()> {
        *self = Database::open(&self.path)?;
        Ok(())
    }

    /// Tells where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Tells whether there is a file at all.
    pub fn is_in_memory(&self) -> bool {
        self.connection.path().is_none_or(str::is_empty)
    }

    /// Begins a writing transaction. IMMEDIATE, because a deferred one that reads first fails under competition
    /// without waiting.
    pub fn write(&mut self) -> StoreResult<Writer<'_>> {
        let tx = self.connection.transaction_with_behavior(TransactionBehavior::Immediate);
        let tx = tx.map_err(|error| StoreError::from(error).at(&self.path))?;
        Ok(Writer { tx, to_index: RefCell::default() })
    }

    /// Begins a reading transaction, so that all of an answer shows one moment.
    pub fn read(&mut self) -> StoreResult<Snapshot<'_>> {
        Ok(Snapshot { tx: self.connection.transaction_with_behavior(TransactionBehavior::Deferred)? })
    }

    /// Makes ready for much writing by this process, or for everyday work again. A page that many commands change is
    /// kept in memory and copied into the file once, not after every transaction; what is committed is on disk all the
    /// same, in the log.
    pub fn expect_much_writing(&self, much: bool) -> StoreResult<()> {
        let (cache, pages) = if much { (-256_000, 32 * CHECKPOINT_PAGES) } else { (CACHE_KIB, CHECKPOINT_PAGES) };
        self.connection.pragma_update(None, "cache_size", cache)?;
        self.connection.pragma_update(None, "wal_autocheckpoint", pages)?;
        Ok(())
    }

    /// Has whatever runs on the connection stopped when a condition becomes true; it is asked every few thousand steps,
    /// some tenths of a millisecond.
    pub fn give_up_when(&mut self, overtaken: Option<impl FnMut() -> bool + Send + 'static>) -> StoreResult<()> {
        Ok(self.connection.progress_handler(STEPS_BETWEEN_LOOKS, overtaken)?)
    }

    /// Tells a number that changes when another process commits; cheap enough to ask every second.
    pub fn data_version(&self) -> StoreResult<i64> {
        let mut statement = self.connection.prepare_cached("PRAGMA data_version")?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }
}

/// Takes a database away with all that stands beside it. Only for one that was never of use to anybody: a half-made
/// one would be in the way of the next try.
pub fn take_away(path: &Path) {
    for ending in ["", "-wal", "-shm", presence::ENDING] {
        let mut file = path.as_os_str().to_owned();
        file.push(ending);
        let _ = std::fs::remove_file(file);
    }
}

fn wait_briefly(tries: i32) -> bool {
    wait_a_moment(tries) && tries < BRIEF_PATIENCE
}

/// Waits 0.5 to 2 ms and lets the writer try again. SQLite's own handler backs off so far that under load one process
/// waits for seconds while others write; short uneven sleeps give everyone a turn.
#[expect(
    clippy::disallowed_methods,
    reason = "SQLite calls this while it waits for a lock; there is no event to await"
)]
fn wait_a_moment(tries: i32) -> bool {
    let spread = u64::from(std::process::id()).wrapping_mul(2_654_435_761).wrapping_add(tries as u64 * 40_503) % 1_500;
    std::thread::sleep(Duration::from_micros(500 + spread));
    tries < PATIENCE
}

/// A file shorter than its own header says was cut off. With a write-ahead log present it may rightly be shorter.
///
/// Others write and leave meanwhile, and the last one to leave moves the log into the file. So the pages are counted
/// first and the file is measured last: what was counted and is no longer in the log by then is in the file.
fn check_length(connection: &Connection, path: &Path) -> StoreResult<()> {
    let pages: i64 = connection.pragma_query_value(None, "page_count", |row| row.get(0))?;
    let size: i64 = connection.pragma_query_value(None, "page_size", |row| row.get(0))?;
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    if std::fs::metadata(PathBuf::from(log)).is_ok_and(|log| log.len() > 0) {
        return Ok(());
    }
    let length = std::fs::metadata(path).map_or(0, |file| file.len());
    match length < (pages * size).unsigned_abs() {
        true => Err(StoreError::Damaged { path: path.to_owned(), detail: "the file was cut off".to_owned() }),
        false => Ok(()),
    }
}

fn configure(connection: &Connection) -> StoreResult<()> {
    // FULL, because with NORMAL acknowledged work is lost when the power goes.
    let mode: String = connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))?;
    if mode != "wal" {
        return Err(StoreError::Unreadable(format!("journal_mode={mode}")));
    }
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", "ON")?;
    // A planted view or trigger must not be able to call functions of ours.
    connection.pragma_update(None, "trusted_schema", "OFF")?;
    connection.pragma_update(None, "cell_size_check", "ON")?;
    connection.pragma_update(None, "recursive_triggers", "ON")?;
    // What is destroyed must not linger in free pages 〔第十七条〕.
    connection.pragma_update(None, "secure_delete", "ON")?;
    // A reader that forgot to finish must not let the log grow without bound on disk.
    connection.pragma_update(None, "journal_size_limit", 64 * 1024 * 1024)?;
    // Otherwise what a statement with triggers might have to undo is written to a file in the folder for temporary
    // files, 25 pages a command: slow, and contents of ours have no business there.
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.pragma_update(None, "cache_size", CACHE_KIB)?;
    connection.pragma_update(None, "wal_autocheckpoint", CHECKPOINT_PAGES)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, false)?;
    plan_once(connection)?;
    connection.set_prepared_statement_cache_capacity(128);
    Ok(())
}

/// Lets a statement keep its plan whatever is bound to it. Otherwise SQLite plans a cached statement anew at nearly every
/// use, because the cache clears its parameters in between: that alone took half of the time of a command.
fn plan_once(connection: &Connection) -> StoreResult<()> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}

/// Reads from the database, inside whichever transaction it was made by.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'c> {
    connection: &'c Connection,
}

impl<'c> Reader<'c> {
    fn prepare(self, sql: &str) -> StoreResult<rusqlite::CachedStatement<'c>> {
        Ok(self.connection.prepare_cached(sql)?)
    }
}

/// A reading transaction.
#[derive(Debug)]
pub struct Snapshot<'c> {
    tx: Transaction<'c>,
}

impl Snapshot<'_> {
    /// Reads within it.
    pub fn read(&self) -> Reader<'_> {
        Reader { connection: &self.tx }
    }
}

/// A place within a writing transaction to return to.
#[derive(Debug)]
#[must_use = "a mark is kept or undone"]
pub struct Mark {
    to_index: BTreeSet<ProjectId>,
}

/// A writing transaction; dropped without commit it leaves no trace.
#[derive(Debug)]
#[must_use = "a transaction that is dropped is rolled back"]
pub struct Writer<'c> {
    tx: Transaction<'c>,
    /// Projects whose words changed; see [`Writer::index_project`].
    to_index: RefCell<BTreeSet<ProjectId>>,
}

impl<'c> Writer<'c> {
    /// Reads within it.
    pub fn read(&self) -> Reader<'_> {
        Reader { connection: &self.tx }
    }

    fn prepare(&self, sql: &str) -> StoreResult<rusqlite::CachedStatement<'_>> {
        Ok(self.tx.prepare_cached(sql)?)
    }

    /// Marks a place to return to, within the transaction.
    pub fn mark(&self) -> StoreResult<Mark> {
        self.tx.execute_batch("SAVEPOINT mark")?;
        Ok(Mark { to_index: self.to_index.borrow().clone() })
    }

    /// Keeps what was written since a mark; marks are given up in the reverse order in which they were made.
    pub fn keep(&self, _: Mark) -> StoreResult<()> {
        Ok(self.tx.execute_batch("RELEASE mark")?)
    }

    /// Undoes what was written since a mark.
    pub fn undo(&self, mark: Mark) -> StoreResult<()> {
        self.tx.execute_batch("ROLLBACK TO mark; RELEASE mark")?;
        self.to_index.replace(mark.to_index);
        Ok(())
    }

    /// Makes it all true at once.
    pub fn commit(self) -> StoreResult<()> {
        for project in self.to_index.take() {
            self.write_index(project)?;
        }
        // After a failed fsync the transaction may still come back with the next opening, so "failed" would be a lie.
        self.tx.commit().map_err(|error| StoreError::Unconfirmed(error.to_string()))
    }
}

#[cfg(test)]
mod destruction_tests;
#[cfg(test)]
mod disposition_tests;
#[cfg(test)]
mod forgery_tests;
#[cfg(test)]
mod frozen_tests;
#[cfg(test)]
mod key_tests;
#[cfg(test)]
mod meeting_tests;
#[cfg(test)]
mod opening_tests;
#[cfg(test)]
mod panel_tests;
#[cfg(test)]
mod plan_tests;
