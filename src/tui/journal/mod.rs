//! The journal of drafts: every edit of every text field is on disk before it is on the screen.
//!
//! A file is what one program wrote about one form of one object: who, in which database, what the fields held when the
//! form was opened, then edit after edit. A program that is killed, hung up on or panics loses nothing; a power cut
//! costs what was typed in the last 50 milliseconds. Whole files, not rows of the database: a locked, full or vanished
//! database must not cost a word.
//!
//! ```text
//! <state>/drafts/<database>/<account>/<random>.draft   0600, in folders of 0700, symbolic links refused
//!                                    /trash/…          what was given up, for 30 days
//! header │ snapshot: the base │ edit │ edit │ … │ snapshot every 64 KB │ edit │ … │ rest
//! ```
//!
//! | file | what |
//! |---|---|
//! | `edit` | the difference between two texts, and a text with it applied |
//! | `record` | records as bytes: framed, numbered, checked by CRC |
//! | `replay` | a file read back: the text after some whole number of edits, never another |
//! | `folder` | the folders, safe from other hands |
//! | `writer` | what is appended, and when a file begins and ends |
//! | `sync` | the thread that has the disk keep it |
//! | `shelf` | what earlier programs left, and the trash |
//!
//! A file is locked while its form is open, so that a second program of the same person leaves it alone.

mod edit;
mod folder;
mod record;
mod replay;
mod shelf;
mod sync;
mod writer;

#[cfg(test)]
mod shelf_tests;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::path::PathBuf;

pub use replay::{Health, Replay, Unreadable, replay};
pub use shelf::Found;
pub use sync::Report;
pub use writer::Journal;

/// What a draft is about: a form of an object.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Subject {
    /// The object, mostly the code of a project.
    pub object: String,
    /// Which of its forms.
    pub form: String,
}

/// What a field holds, as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FieldText {
    /// The text.
    pub text: String,
    /// How many characters stand before the caret.
    pub caret: usize,
    /// The first row of it on the screen.
    pub top: usize,
}

/// What a form holds, as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Content {
    /// The fields by their names.
    pub fields: BTreeMap<String, FieldText>,
    /// The field with the focus.
    pub focus: String,
}

impl Content {
    /// Tells whether the fields hold the same texts, wherever the carets stand.
    pub fn says_the_same_as(&self, other: &Content) -> bool {
        let texts = |content: &Content| -> Vec<(String, String)> {
            let filled = content.fields.iter().filter(|(_, field)| !field.text.is_empty());
            filled.map(|(name, field)| (name.clone(), field.text.clone())).collect()
        };
        texts(self) == texts(other)
    }

    /// Tells the text of a field; one that is not there holds nothing.
    pub fn text(&self, name: &str) -> &str {
        self.fields.get(name).map(|field| field.text.as_str()).unwrap_or_default()
    }

    /// Counts the characters of all fields.
    pub fn characters(&self) -> usize {
        self.fields.values().map(|field| field.text.chars().count()).sum()
    }
}

/// On what a draft rests.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Base {
    /// The version of the object when the form was opened.
    pub version: i64,
    /// What the form held then.
    pub content: Content,
}

/// Whose drafts, of which database, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owner {
    /// The folder of the person's state on this machine.
    pub state: PathBuf,
    /// What tells the database from every other.
    pub database: String,
    /// The account.
    pub account: String,
}

/// Why the journal cannot be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// The disk is full, or the file may not grow.
    Full,
    /// Nothing may be written there.
    Forbidden,
    /// A symbolic link, or a folder or file of somebody else.
    Unsafe,
    /// There is no folder for the state of this person.
    Nowhere,
    /// The disk or the system failed.
    Failed(String),
}

impl From<rustix::io::Errno> for Trouble {
    fn from(errno: rustix::io::Errno) -> Trouble {
        use rustix::io::Errno;
        match errno {
            Errno::NOSPC | Errno::DQUOT | Errno::FBIG => Trouble::Full,
            Errno::ROFS | Errno::ACCESS | Errno::PERM => Trouble::Forbidden,
            Errno::LOOP | Errno::NOTDIR => Trouble::Unsafe,
            other => Trouble::Failed(other.to_string()),
        }
    }
}
