//! What is appended, and when a file begins and ends.
//!
//! The journal knows what each file says. To write is to append what makes the file say the new content, in one call:
//! after a failure the file is cut back to its last whole record and the next attempt appends what is missing by then.
//! So nobody has to remember what could not be written.

use std::collections::BTreeMap;
use std::os::fd::OwnedFd;
use std::sync::Arc;

use rustix::fs::{FlockOperation, flock, fstat, ftruncate};
use rustix::io::Errno;

use super::edit::Edit;
use super::folder::Folder;
use super::record::{FieldEdit, Frame, Header, MAGIC, Record};
use super::sync::{Due, Report, Syncer};
use super::{Base, Content, Owner, Subject, Trouble};
use crate::domain::calendar::Moment;

/// After so many bytes a snapshot saves whoever reads the file back from going through every key.
pub(super) const BETWEEN_SNAPSHOTS: u64 = 64 * 1024;

/// The drafts of one account in one database, as this program writes them.
#[derive(Debug)]
pub struct Journal {
    pub(super) owner: Owner,
    pub(super) folder: Folder,
    folder_again: Arc<OwnedFd>,
    pub(super) files: BTreeMap<Subject, Written>,
    syncer: Syncer,
    appends: u64,
}

/// A file of this program.
#[derive(Debug)]
pub(super) struct Written {
    pub name: String,
    /// Open and locked while the form is.
    pub file: Option<Arc<OwnedFd>>,
    /// How many bytes of whole records it has.
    pub length: u64,
    pub next: u32,
    pub since_snapshot: u64,
    /// What it says.
    pub says: Content,
}

impl Journal {
    /// Opens the journal; `report` hears from the disk, on a thread of its own.
    pub fn open(owner: Owner, report: impl Fn(Report) + Send + 'static) -> Result<Journal, Trouble> {
        let folder = Folder::open(&owner)?;
        let folder_again = Arc::new(folder.drafts.try_clone().map_err(|_| Trouble::from(Errno::MFILE))?);
        let syncer = Syncer::start(report);
        Ok(Journal { owner, folder, folder_again, files: BTreeMap::new(), syncer, appends: 0 })
    }

    /// Makes the file of a form say what the form holds now, before anybody sees it there. Tells the number of the
    /// append, by which the disk says that it keeps it; nothing where the file says so already.
    ///
    /// # Errors
    ///
    /// What could not be written is written with the next call.
    pub fn write(
        &mut self,
        subject: &Subject,
        base: &Base,
        content: &Content,
        now: Moment,
    ) -> Result<Option<u64>, Trouble> {
        self.reopen(subject);
        let at = now.timestamp_millis();
        let Some(written) = self.files.get_mut(subject) else {
            return self.begin(subject, base, content, at).map(Some);
        };
        let Some(file) = written.file.clone() else { return Ok(None) };
        let mut records = Vec::new();
        if written.since_snapshot > BETWEEN_SNAPSHOTS.max(content.characters() as u64 * 3) {
            records.push(Record::Snapshot(content.clone()));
        } else {
            records.extend(edits(&written.says, content).into_iter().map(Record::Edit));
        }
        if records.is_empty() {
            return Ok(None);
        }
        let is_snapshot = matches!(records.first(), Some(Record::Snapshot(_)));
        written.append(&file, records, at)?;
        written.says.clone_from(content);
        if is_snapshot {
            written.since_snapshot = 0;
        }
        Ok(Some(self.keep(file, false)))
    }

    /// Begins a file.
    pub(super) fn begin(&mut self, subject: &Subject, base: &Base, content: &Content, at: i64) -> Result<u64, Trouble> {
        let (name, file) = self.folder.create()?;
        let file = Arc::new(file);
        let says = content.clone();
        let mut written = Written { name, file: Some(Arc::clone(&file)), length: 0, next: 0, since_snapshot: 0, says };
        let header = Header {
            database: self.owner.database.clone(),
            account: self.owner.account.clone(),
            subject: subject.clone(),
            version: base.version,
        };
        let mut records = vec![Record::Header(header), Record::Snapshot(base.content.clone())];
        let edits = edits(&base.content, content);
        records.extend(edits.into_iter().map(Record::Edit));
        if let Err(trouble) = written.append(&file, records, at) {
            // Half a beginning is of no use to anybody.
            let _ = self.folder.remove(&written.name);
            return Err(trouble);
        }
        self.files.insert(subject.clone(), written);
        Ok(self.keep(file, true))
    }

    fn keep(&mut self, file: Arc<OwnedFd>, is_new: bool) -> u64 {
        self.appends += 1;
        let folder = is_new.then(|| Arc::clone(&self.folder_again));
        self.syncer.keep(Due { file, folder, append: self.appends });
        self.appends
    }

    /// Takes the file of a form that was left up again. Where another program has it, or wrote to it, or took it away,
    /// it is forgotten: what is typed next goes to a new one.
    fn reopen(&mut self, subject: &Subject) {
        let Some(written) = self.files.get_mut(subject).filter(|written| written.file.is_none()) else { return };
        let same = |file: &OwnedFd| fstat(file).is_ok_and(|facts| u64::try_from(facts.st_size) == Ok(written.length));
        match self.folder.reopen(&written.name) {
            Ok((file, true)) if same(&file) => written.file = Some(Arc::new(file)),
            _ => {
                self.files.remove(subject);
            }
        }
    }

    /// Notes that a form was left; its draft stays, for any program of this person.
    pub fn rest(&mut self, subject: &Subject, now: Moment) {
        let Some(written) = self.files.get_mut(subject) else { return };
        let Some(file) = written.file.take() else { return };
        // Not knowing that it was left costs a question at the next start, no word.
        if written.append(&file, vec![Record::Rest], now.timestamp_millis()).is_ok() {
            self.keep(Arc::clone(&file), false);
        }
        // The thread still has the file, and with it the lock.
        let _ = flock(&*file, FlockOperation::Unlock);
    }

    /// Trusts no file any more, because the disk would not keep one: everything is written anew.
    pub fn distrust(&mut self) {
        self.files.clear();
    }
}

impl Written {
    /// Appends records in one write, or nothing.
    pub fn append(&mut self, file: &OwnedFd, records: Vec<Record>, at: i64) -> Result<(), Trouble> {
        let mut bytes = if self.next == 0 { MAGIC.to_vec() } else { Vec::new() };
        let first = self.next;
        for (number, record) in (first..).zip(records) {
            Frame { number, at, record }.write(&mut bytes);
            self.next = number.saturating_add(1);
        }
        let written = write_whole(file, &bytes);
        if let Err(trouble) = written {
            self.next = first;
            // What was written of it would only be in the way.
            let _ = ftruncate(file, self.length);
            return Err(trouble);
        }
        self.length += bytes.len() as u64;
        self.since_snapshot += bytes.len() as u64;
        Ok(())
    }
}

fn write_whole(file: &OwnedFd, bytes: &[u8]) -> Result<(), Trouble> {
    let mut rest = bytes;
    while !rest.is_empty() {
        match rustix::io::write(file, rest) {
            Ok(0) => return Err(Trouble::Full),
            // A disk that takes less than all says why at the next attempt.
            Ok(count) => rest = rest.get(count..).unwrap_or_default(),
            Err(Errno::INTR) => {}
            Err(errno) => return Err(errno.into()),
        }
    }
    Ok(())
}

/// Tells what makes one content of another, the field with the focus last: where the caret stands is told by the last.
fn edits(before: &Content, after: &Content) -> Vec<FieldEdit> {
    let mut names: Vec<&String> = after.fields.keys().filter(|name| **name != after.focus).collect();
    names.extend(after.fields.get_key_value(&after.focus).map(|(name, _)| name));
    let edit = |name: &String| {
        let now = after.fields.get(name)?;
        let was = before.fields.get(name);
        let refocused = *name == after.focus && before.focus != after.focus;
        if was == Some(now) && !refocused {
            return None;
        }
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Some(FieldEdit {
            field: name.clone(),
            edit: Edit::between(before.text(name), &now.text),
            length: number(now.text.chars().count()),
            caret: number(now.caret),
            top: number(now.top),
        })
    };
    let mut edits: Vec<FieldEdit> = names.into_iter().filter_map(edit).collect();
    let gone = before.fields.iter().filter(|(name, field)| !field.text.is_empty() && !after.fields.contains_key(*name));
    let emptied = gone.map(|(name, field)| FieldEdit {
        field: name.clone(),
        edit: Edit::between(&field.text, ""),
        length: 0,
        caret: 0,
        top: 0,
    });
    // Before the others, so that the last is the one with the focus.
    edits.splice(0..0, emptied);
    if edits.last().is_some_and(|edit| edit.field != after.focus) {
        edits.extend(after.fields.get(&after.focus).map(|field| FieldEdit {
            field: after.focus.clone(),
            edit: None,
            length: u32::try_from(field.text.chars().count()).unwrap_or(u32::MAX),
            caret: u32::try_from(field.caret).unwrap_or(u32::MAX),
            top: u32::try_from(field.top).unwrap_or(u32::MAX),
        }));
    }
    edits
}
