//! What earlier programs left: listed, taken up, given up for the trash, gone after the receipt, destroyed.

use rustix::fs::{AtFlags, FallocateFlags, fallocate, fdatasync, fstat, renameat, unlinkat};
use rustix::io::Errno;

use super::folder::{names_in, read};
use super::replay::{Health, Replay, replay};
use super::writer::{Journal, Written};
use super::{Base, Content, Subject, Trouble};
use crate::domain::calendar::{Moment, from_millis};

/// How long what was given up can be brought back.
const TRASH_DAYS: i64 = 30;

/// A draft that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The name of its file.
    pub name: String,
    /// What it is about.
    pub subject: Subject,
    /// On what it rests.
    pub base: Base,
    /// What the form held last.
    pub content: Content,
    /// When that was written.
    pub at: Moment,
    /// Whether the person left the form; else the program ended under it.
    pub rested: bool,
    /// Whether another program of this person has it open.
    pub elsewhere: bool,
    /// What was typed behind a damaged place of the file, where there is one.
    pub fragments: Option<String>,
}

impl Journal {
    /// Lists the drafts of earlier and other programs, the latest first, and clears the trash of what is too old.
    ///
    /// A file that cannot be read is left where it is: an administrator may still make something of it.
    pub fn found(&self, now: Moment) -> Result<Vec<Found>, Trouble> {
        self.clear_trash(now);
        let mut found = Vec::new();
        for name in self.folder.names()? {
            if self.files.values().any(|written| written.name == name) {
                continue;
            }
            let Ok((file, locked)) = self.folder.reopen(&name) else { continue };
            let Some(replay) = read(&file).ok().and_then(|bytes| self.mine(&bytes)) else { continue };
            let fragments = match replay.health {
                Health::Damaged { fragments } => Some(fragments),
                Health::Whole | Health::Torn => None,
            };
            if replay.content.says_the_same_as(&replay.base) && fragments.is_none() {
                // The form was opened and left as it was; nobody wants to hear of it.
                if locked {
                    let _ = self.folder.remove(&name);
                }
                continue;
            }
            found.push(Found {
                name,
                subject: replay.header.subject,
                base: Base { version: replay.header.version, content: replay.base },
                content: replay.content,
                at: from_millis(replay.at).unwrap_or(now),
                rested: replay.rested,
                elsewhere: !locked,
                fragments,
            });
        }
        found.sort_by(|a, b| b.at.cmp(&a.at).then_with(|| a.name.cmp(&b.name)));
        Ok(found)
    }

    fn mine(&self, bytes: &[u8]) -> Option<Replay> {
        let is_mine = |replay: &Replay| {
            replay.header.database == self.owner.database && replay.header.account == self.owner.account
        };
        replay(bytes).ok().filter(is_mine)
    }

    /// Takes a draft up: it is locked, and what is typed next is appended to it. Tells whether that could be done;
    /// where not, another program has it by now.
    pub fn take_up(&mut self, found: &Found, now: Moment) -> bool {
        let Ok((file, true)) = self.folder.reopen(&found.name) else { return false };
        let Some(replay) = read(&file).ok().and_then(|bytes| self.mine(&bytes)) else { return false };
        if replay.content != found.content {
            return false;
        }
        if let Health::Damaged { .. } = replay.health {
            // What is readable goes to a file of its own; this one stays for whoever can make more of it.
            self.files.remove(&found.subject);
            let begun = self.begin(&found.subject, &found.base, &found.content, now.timestamp_millis());
            return begun.is_ok() && self.folder.give_up(&found.name, now.timestamp_millis()).is_ok();
        }
        // A torn end would stand before what is appended.
        if rustix::fs::ftruncate(&file, replay.good).is_err() {
            return false;
        }
        let written = Written {
            name: found.name.clone(),
            file: Some(std::sync::Arc::new(file)),
            length: replay.good,
            next: replay.next,
            since_snapshot: replay.good,
            says: replay.content,
        };
        self.files.insert(found.subject.clone(), written);
        true
    }

    /// Lets the file of a form go: what it said is in the database, or was never different from it.
    pub fn finish(&mut self, subject: &Subject) {
        if let Some(written) = self.files.remove(subject) {
            let _ = self.folder.remove(&written.name);
        }
    }

    /// Gives the draft of a form up; for a while it can be brought back.
    pub fn give_up(&mut self, subject: &Subject, now: Moment) {
        if let Some(written) = self.files.remove(subject) {
            let _ = self.folder.give_up(&written.name, now.timestamp_millis());
        }
    }

    /// Gives a draft up that was found and not taken up.
    pub fn give_up_found(&mut self, name: &str, now: Moment) {
        if matches!(self.folder.reopen(name), Ok((_, true))) {
            let _ = self.folder.give_up(name, now.timestamp_millis());
        }
    }

    /// Destroys every draft about an object, those in the trash and in use elsewhere too: what stands there must not
    /// exist any more.
    pub fn destroy(&mut self, object: &str) {
        self.files.retain(|subject, _| subject.object != object);
        for folder in [&self.folder.drafts, &self.folder.trash] {
            for name in names_in(folder).unwrap_or_default() {
                let flags = rustix::fs::OFlags::RDWR.union(rustix::fs::OFlags::NOFOLLOW);
                let Ok(file) = rustix::fs::openat(folder, &name, flags, rustix::fs::Mode::empty()) else { continue };
                let replay = read(&file).ok().and_then(|bytes| self.mine(&bytes));
                if replay.is_some_and(|replay| replay.header.subject.object == object) {
                    let length = fstat(&file).map_or(0, |facts| u64::try_from(facts.st_size).unwrap_or(0));
                    overwrite(&file, length);
                    let _ = unlinkat(folder, &name, AtFlags::empty());
                }
            }
        }
    }

    fn clear_trash(&self, now: Moment) {
        let oldest = now.timestamp_millis() - TRASH_DAYS * 24 * 60 * 60 * 1000;
        for name in names_in(&self.folder.trash).unwrap_or_default() {
            let given_up = name.split('-').next().and_then(|millis| millis.parse::<i64>().ok());
            if given_up.is_some_and(|at| at < oldest) {
                let _ = unlinkat(&self.folder.trash, &name, AtFlags::empty());
            }
        }
    }
}

impl super::folder::Folder {
    fn give_up(&self, name: &str, millis: i64) -> Result<(), Trouble> {
        Ok(renameat(&self.drafts, name, &self.trash, format!("{millis}-{name}"))?)
    }
}

/// Overwrites a file, so that its words do not stay in blocks nobody uses.
fn overwrite(file: &std::os::fd::OwnedFd, length: u64) {
    let zeros = vec![0; 64 * 1024];
    let mut at = 0;
    while at < length {
        let left = usize::try_from(length - at).unwrap_or(usize::MAX).min(zeros.len());
        match rustix::io::pwrite(file, zeros.get(..left).unwrap_or_default(), at) {
            Ok(0) => break,
            Ok(count) => at += count as u64,
            Err(Errno::INTR) => {}
            Err(_) => {
                let _ = fallocate(file, FallocateFlags::ZERO_RANGE, at, length - at);
                break;
            }
        }
    }
    let _ = fdatasync(file);
}
