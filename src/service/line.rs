//! People who come in over SSH: told apart by their keys, let in as long as these are in force.
//!
//! sshd asks which keys may come in before anybody is known. So that nothing of the program touches the database for a
//! stranger, the keys stand in a list beside it, readable by the account that sshd asks as; it names nobody. The list
//! decides only who may knock: who it is and whether the key is in force, the database says at every command.

use std::io::{self, Read, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use super::command::Command;
use super::error::Answer;
use super::reach::Reach;
use super::{Mode, OperationId, Service, Session, gate, usecase};
use crate::domain::key::{Fingerprint, PublicKey};
use crate::domain::permission::Denied;

/// What stands behind the database's name in the list's.
const ENDING: &str = ".keys";

/// The largest list read; a county has a thousandth of it.
const LARGEST: u64 = 4 * 1024 * 1024;

/// How often the list is written again because the keys changed meanwhile.
const TRIES: u32 = 20;

/// A stranger at the door, for the log.
#[derive(Debug, Clone, Copy)]
pub struct Stranger<'a> {
    /// The operating system's user.
    pub os_user: &'a str,
    /// The key, where one was shown.
    pub key: Option<&'a Fingerprint>,
    /// From which address, where sshd told.
    pub from: &'a str,
}

impl Service {
    /// Tells from where the program is used.
    pub fn reach(&self) -> &Reach {
        &self.reach
    }

    /// Tells whether files of this machine may be named: not by who came in over SSH, nor on the screens of a database
    /// that many share.
    pub fn has_files(&mut self) -> Answer<bool> {
        Ok(self.reach.has_files() && self.mode()? == Mode::Local)
    }

    /// Lets in who holds a key, or says no and logs it. From then on nothing is done or told without this key being in
    /// force.
    pub fn come_in(&mut self, key: &Fingerprint, os_user: &str, from: &str) -> Answer<Session> {
        self.reach = Reach::Line(key.clone());
        let snapshot = self.database.read()?;
        let found = snapshot.read().key(key)?.filter(|found| found.is_in_force());
        if let Some(found) = found {
            // The log tells the key beside the account: one person may hold several.
            let session = Session { account: found.account_code, os_user: format!("{os_user} {key}") };
            if gate::actor(snapshot.read(), &session, &self.reach).is_ok() {
                return Ok(session);
            }
        }
        drop(snapshot);
        self.turn_away(Stranger { os_user, key: Some(key), from })?;
        Err(Denied::UnknownKey.into())
    }

    /// Logs that somebody nobody knows was at the door.
    pub fn turn_away(&mut self, stranger: Stranger<'_>) -> Answer<()> {
        gate::note_stranger(&mut self.database, &OperationId::new(), self.clock.now(), stranger)
    }

    /// Refuses a shared database that others on this machine could read or write: whoever opens the file itself passes
    /// by everything that is decided here.
    pub(super) fn stay_secluded(&mut self) -> Answer<()> {
        if self.mode()? == Mode::Shared {
            self.database.check_seclusion()?;
        }
        Ok(())
    }

    /// Writes the list of keys anew after a command that may have changed it. It was done whether or not this works:
    /// [`Service::key_list_is_current`] tells.
    pub(super) fn keys_may_have_changed<'c>(&mut self, commands: impl IntoIterator<Item = &'c Command>) {
        if commands.into_iter().any(usecase::concerns_keys) {
            let _ = self.publish_keys();
        }
    }

    /// Writes the list of keys beside the database. Tells how many there are.
    pub fn publish_keys(&mut self) -> Answer<Result<usize, io::Error>> {
        let list = list_beside(self.database.path());
        if self.database.is_in_memory() || self.mode()? != Mode::Shared {
            return Ok(Ok(0));
        }
        let mut keys = self.keys_that_let_in()?;
        for _ in 0..TRIES {
            if let Err(error) = replace(&list, &written(&keys)) {
                return Ok(Err(error));
            }
            // Another process may have changed the keys and written its list before this one: the last to look is right.
            let now = self.keys_that_let_in()?;
            if now == keys {
                break;
            }
            keys = now;
        }
        Ok(Ok(keys.len()))
    }

    /// Tells whether the list says what the database says.
    pub fn key_list_is_current(&mut self) -> Answer<bool> {
        if self.database.is_in_memory() || self.mode()? != Mode::Shared {
            return Ok(true);
        }
        let keys = self.keys_that_let_in()?;
        Ok(read_list(&list_beside(self.database.path())).is_ok_and(|list| list == keys))
    }

    fn keys_that_let_in(&mut self) -> Answer<Vec<PublicKey>> {
        let keys = self.database.read()?.read().keys_that_let_in()?;
        Ok(keys.into_iter().map(|key| PublicKey { comment: String::new(), ..key }).collect())
    }
}

/// Names the list of the keys of a database.
pub fn list_beside(database: &Path) -> PathBuf {
    let mut list = database.as_os_str().to_owned();
    list.push(ENDING);
    PathBuf::from(list)
}

/// Reads a list; the database is not touched. A list that others may write is none.
pub fn read_list(list: &Path) -> io::Result<Vec<PublicKey>> {
    let file = std::fs::File::open(list)?;
    let facts = file.metadata()?;
    if !facts.is_file() || facts.mode() & 0o022 != 0 {
        return Err(io::Error::from(io::ErrorKind::PermissionDenied));
    }
    let mut text = String::new();
    file.take(LARGEST).read_to_string(&mut text)?;
    Ok(text.lines().filter_map(read_line).collect())
}

fn read_line(line: &str) -> Option<PublicKey> {
    let mut words = line.split(' ');
    let fingerprint = Fingerprint::parse(words.next()?)?;
    let key = PublicKey::of(words.next()?, words.next()?)?;
    (key.fingerprint == fingerprint && words.next().is_none()).then_some(key)
}

/// Writes a list. Whose the keys are is not in it, nor what people wrote behind them.
fn written(keys: &[PublicKey]) -> String {
    keys.iter().map(|key| format!("{} {} {}\n", key.fingerprint, key.kind, key.blob)).collect()
}

fn replace(list: &Path, text: &str) -> io::Result<()> {
    let mut beside = list.as_os_str().to_owned();
    beside.push(format!(".{}.tmp", super::random_name()));
    let beside = PathBuf::from(beside);
    let write = || {
        let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&beside)?;
        file.write_all(text.as_bytes())?;
        // Public keys are no secret, and the account that sshd asks as is another one.
        file.set_permissions(std::fs::Permissions::from_mode(0o644))?;
        file.sync_all()?;
        std::fs::rename(&beside, list)
    };
    let written = write();
    if written.is_err() {
        let _ = std::fs::remove_file(&beside);
    }
    written
}
