//! Who is where right now: a small file beside the database that may be lost at any moment.
//!
//! It is written without waiting for the disk, and nothing about it is ever an error: a damaged file is thrown away and
//! made anew, one that cannot be had is done without. So every answer here is an [`Option`], `None` when nobody knows.
//! Whoever threw the file away, the others notice that theirs is no longer the one of that name, and follow.

use std::fs::{Metadata, OpenOptions};
use std::io::ErrorKind;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{CachedStatement, Connection, OpenFlags, TransactionBehavior, named_params, params};

use super::codes;
use super::error::StoreError;

/// What the file's name ends in, behind the database's whole name.
pub const ENDING: &str = ".presence";

/// "PSPR": tells our files from every other SQLite file.
const APPLICATION_ID: i64 = 0x5053_5052;
/// The shape of the table.
const VERSION: i64 = 1;
/// Application and version of a file nobody has written to.
const BLANK: (i64, i64) = (0, 0);
const SCHEMA: &str = include_str!("../../../assets/presence.sql");

/// How long a lock is waited for: nobody waits for knowing who is there.
const PATIENCE: Duration = Duration::from_millis(50);

/// The permissions that let somebody read or write.
const ACCESS: u32 = 0o666;
const GROUP_WRITES: u32 = 0o020;

/// What a terminal says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The running program.
    pub terminal: String,
    /// The account.
    pub account: String,
    /// The person's name.
    pub name: String,
    /// The kind of place.
    pub what: String,
    /// Which one of its kind.
    pub place: String,
    /// Where within.
    pub pointer: String,
    /// Which start of the machine the next two count from.
    pub boot: String,
    /// The last sign of life, in milliseconds.
    pub seen: i64,
    /// The last key, in milliseconds.
    pub last_key: i64,
    /// Since when at this place, in milliseconds since 1970.
    pub since: i64,
}

/// Whose signs of life still count: those of this start of the machine, from one moment to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alive {
    /// The start of the machine.
    pub boot: String,
    /// The earliest sign of life that counts.
    pub from: i64,
    /// The latest: one from the future is no sign of life.
    pub to: i64,
}

/// The file, opened when it is first needed.
#[derive(Debug)]
pub struct Presence {
    /// The database it stands beside; none for one in memory.
    database: Option<PathBuf>,
    open: Option<Open>,
    /// How often it was opened: each time its versions begin anew.
    openings: i64,
    /// What this program last said of itself, to be said again in a new file.
    said: Option<Row>,
}

#[derive(Debug)]
struct Open {
    connection: Connection,
    /// Which file it is: device and number.
    file: Option<(u64, u64)>,
}

/// Why there is no answer.
#[derive(Debug)]
enum Hitch {
    /// The file is ours and useless.
    Spoilt,
    /// Somebody is writing; it will pass.
    Busy,
    /// The file cannot be had, or is not ours to touch.
    Barred,
}

type Tried<T> = Result<T, Hitch>;

impl From<StoreError> for Hitch {
    fn from(error: StoreError) -> Hitch {
        match error {
            StoreError::Busy => Hitch::Busy,
            StoreError::Foreign(_) | StoreError::Damaged { .. } | StoreError::Unreadable(_) | StoreError::Sqlite(_) => {
                Hitch::Spoilt
            }
            _ => Hitch::Barred,
        }
    }
}

impl From<rusqlite::Error> for Hitch {
    fn from(error: rusqlite::Error) -> Hitch {
        StoreError::from(error).into()
    }
}

impl From<std::io::Error> for Hitch {
    fn from(_: std::io::Error) -> Hitch {
        Hitch::Barred
    }
}

impl Presence {
    /// Prepares the file beside a database. Nothing is opened: most commands never ask.
    pub fn beside(database: Option<&Path>) -> Presence {
        Presence { database: database.map(Path::to_owned), open: None, openings: 0, said: None }
    }

    /// Says where a terminal is; whose sign of life no longer counts is taken out on the way.
    pub fn say(&mut self, row: Row, alive: &Alive) -> Option<()> {
        self.said = Some(row.clone());
        self.attempt(|connection| {
            let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            tx.prepare_cached("DELETE FROM whereabouts WHERE boot <> ?1 OR seen NOT BETWEEN ?2 AND ?3")?
                .execute(params![alive.boot, alive.from, alive.to])?;
            write(&tx, &row)?;
            Ok(tx.commit()?)
        })
    }

    /// Takes a terminal out. A file that is not open is not opened for it.
    pub fn take_out(&mut self, terminal: &str) -> Option<()> {
        self.said = None;
        let connection = &self.open.as_ref()?.connection;
        connection.execute("DELETE FROM whereabouts WHERE terminal = ?1", [terminal]).ok().map(|_| ())
    }

    /// Tells who is at a place, who came first before who came later.
    pub fn at(&mut self, what: &str, place: &str, alive: &Alive) -> Option<Vec<Row>> {
        self.attempt(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT terminal, account, name, what, place, pointer, boot, seen, last_key, since FROM whereabouts \
                 WHERE what = ?1 AND place = ?2 AND boot = ?3 AND seen BETWEEN ?4 AND ?5 ORDER BY since, terminal",
            )?;
            read(&mut statement, params![what, place, alive.boot, alive.from, alive.to])
        })
    }

    /// Tells the last sign of life of an account in this start of the machine, wherever its program is or was.
    pub fn last_seen(&mut self, account: &str, boot: &str) -> Option<i64> {
        let seen: Option<i64> = self.attempt(|connection| {
            let mut statement =
                connection.prepare_cached("SELECT max(seen) FROM whereabouts WHERE account = ?1 AND boot = ?2")?;
            Ok(statement.query_row([account, boot], |row| row.get(0))?)
        })?;
        seen
    }

    /// Tells a number that changes when another program wrote, or the file is another one.
    pub fn version(&mut self) -> Option<i64> {
        let version: i64 = self.attempt(|connection| {
            let mut statement = connection.prepare_cached("PRAGMA data_version")?;
            Ok(statement.query_row([], |row| row.get(0))?)
        })?;
        Some((self.openings << 32) | version)
    }

    /// Does something with the file; where that shows that it is spoilt, once more with a new one.
    fn attempt<T>(&mut self, work: impl Fn(&mut Connection) -> Tried<T>) -> Option<T> {
        let answer = match self.opened().and_then(&work) {
            Err(Hitch::Spoilt) => {
                self.throw_away();
                self.opened().and_then(&work)
            }
            answer => answer,
        };
        if let Err(Hitch::Spoilt | Hitch::Barred) = answer {
            self.open = None;
        }
        answer.ok()
    }

    /// Gives the connection to the file that has the name now.
    fn opened(&mut self) -> Tried<&mut Connection> {
        if let (Some(open), Some(path)) = (&self.open, self.path())
            && open.file != std::fs::symlink_metadata(path).ok().as_ref().map(identity)
        {
            self.open = None;
        }
        if self.open.is_none() {
            let open = self.connect()?;
            self.openings += 1;
            if let Some(row) = &self.said {
                write(&open.connection, row)?;
            }
            open.connection.set_prepared_statement_cache_capacity(8);
            self.open = Some(open);
        }
        self.open.as_mut().map(|open| &mut open.connection).ok_or(Hitch::Barred)
    }

    fn connect(&self) -> Tried<Open> {
        let Some((path, database)) = self.path().zip(self.database.as_deref()) else {
            let mut connection = Connection::open_in_memory()?;
            prepare(&mut connection)?;
            return Ok(Open { connection, file: None });
        };
        let database = std::fs::metadata(database)?;
        let found = match std::fs::symlink_metadata(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                create(&path, &database)?;
                std::fs::symlink_metadata(&path)?
            }
            found => found?,
        };
        if !is_ours(&found, &database) {
            return Err(Hitch::Barred);
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(&path, flags)?;
        prepare(&mut connection)?;
        Ok(Open { connection, file: Some(identity(&found)) })
    }

    /// Removes the file, if it is one of ours; the next opening makes another.
    fn throw_away(&mut self) {
        self.open = None;
        let Some((path, database)) = self.path().zip(self.database.as_deref()) else { return };
        let (found, database) = (std::fs::symlink_metadata(&path), std::fs::metadata(database));
        if found.is_ok_and(|found| database.is_ok_and(|database| is_ours(&found, &database))) {
            let _ = std::fs::remove_file(path);
        }
    }

    fn path(&self) -> Option<PathBuf> {
        let mut path = self.database.as_ref()?.as_os_str().to_owned();
        path.push(ENDING);
        Some(PathBuf::from(path))
    }
}

/// Makes the file as private as the database, before SQLite sees it, and whose the database is.
fn create(path: &Path, database: &Metadata) -> Tried<()> {
    let file = match OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        // Another program was faster.
        Err(error) if error.kind() == ErrorKind::AlreadyExists => return Ok(()),
        file => file?,
    };
    // Where several users of the system share a database by its group, they share this too. Only root can give a file
    // to another user.
    if std::os::unix::fs::fchown(&file, Some(database.uid()), Some(database.gid())).is_err() {
        let _ = std::os::unix::fs::fchown(&file, None, Some(database.gid()));
    }
    Ok(file.set_permissions(PermissionsExt::from_mode(database.mode() & ACCESS))?)
}

/// Tells whether the file was made by somebody who may write the database; in a folder for everybody a stranger could
/// have put it there. A link leads elsewhere, and with two names it would be locked under one and not the other.
fn is_ours(found: &Metadata, database: &Metadata) -> bool {
    let by_owner = [database.uid(), rustix::process::geteuid().as_raw()].contains(&found.uid());
    let by_group = database.mode() & GROUP_WRITES != 0 && found.gid() == database.gid();
    found.is_file() && found.nlink() == 1 && (by_owner || by_group)
}

fn identity(file: &Metadata) -> (u64, u64) {
    (file.dev(), file.ino())
}

/// Makes sure the file is ours and has our table, then sets it up for speed: a crash may spoil it, and that is fine.
fn prepare(connection: &mut Connection) -> Tried<()> {
    connection.busy_timeout(PATIENCE)?;
    let shape = |connection: &Connection| -> Tried<(i64, i64)> {
        let application = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
        Ok((application, connection.pragma_query_value(None, "user_version", |row| row.get(0))?))
    };
    let found = shape(connection)?;
    match found {
        (APPLICATION_ID, VERSION) | BLANK => {}
        (APPLICATION_ID, older) if older < VERSION => return Err(Hitch::Spoilt),
        // A newer program is at work here, or the file is somebody else's.
        _ => return Err(Hitch::Barred),
    }
    let mode: String = connection.pragma_update_and_check(None, "journal_mode", "MEMORY", |row| row.get(0))?;
    if mode != "memory" {
        return Err(Hitch::Spoilt);
    }
    connection.pragma_update(None, "synchronous", "OFF")?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.pragma_update(None, "trusted_schema", "OFF")?;
    connection.pragma_update(None, "cell_size_check", "ON")?;
    connection.pragma_update(None, "secure_delete", "ON")?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    if found != BLANK {
        return Ok(());
    }
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Read again under the lock: another program may have made the table since.
    if shape(&tx)? == BLANK {
        let things: i64 = tx.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        if things > 0 {
            return Err(Hitch::Barred);
        }
        tx.execute_batch(SCHEMA)?;
        tx.pragma_update(None, "user_version", VERSION)?;
        tx.pragma_update(None, "application_id", APPLICATION_ID)?;
    }
    Ok(tx.commit()?)
}

fn write(connection: &Connection, row: &Row) -> Tried<()> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO whereabouts (terminal, account, name, what, place, pointer, boot, seen, last_key, since) \
         VALUES (:terminal, :account, :name, :what, :place, :pointer, :boot, :seen, :last_key, :since) \
         ON CONFLICT (terminal) DO UPDATE SET account = :account, name = :name, what = :what, place = :place, \
         pointer = :pointer, boot = :boot, seen = :seen, last_key = :last_key, \
         since = iif(what = :what AND place = :place, since, :since)",
    )?;
    statement.execute(named_params! {
        ":terminal": row.terminal, ":account": row.account, ":name": row.name, ":what": row.what,
        ":place": row.place, ":pointer": row.pointer, ":boot": row.boot, ":seen": row.seen,
        ":last_key": row.last_key, ":since": row.since,
    })?;
    Ok(())
}

fn read(statement: &mut CachedStatement<'_>, of: impl rusqlite::Params) -> Tried<Vec<Row>> {
    let mut rows = statement.query(of)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(Row {
            terminal: codes::get(row, "terminal")?,
            account: codes::get(row, "account")?,
            name: codes::get(row, "name")?,
            what: codes::get(row, "what")?,
            place: codes::get(row, "place")?,
            pointer: codes::get(row, "pointer")?,
            boot: codes::get(row, "boot")?,
            seen: codes::get(row, "seen")?,
            last_key: codes::get(row, "last_key")?,
            since: codes::get(row, "since")?,
        });
    }
    Ok(found)
}

#[cfg(test)]
pub(in crate::service) mod tests {
    use super::*;

    /// Opens the file the way another program would.
    pub(in crate::service) fn open(path: &Path) -> Connection {
        Connection::open(path).unwrap()
    }
}
