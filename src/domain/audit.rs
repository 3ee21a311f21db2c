//! The log that convinces: every answered command as one entry of an SM3 chain.
//!
//! An entry chains the *digest* of what was said, never the words themselves. Words that must be destroyed later
//! (a secret that slipped in, 〔第十七条〕) can go, and the chain still verifies. The exact bytes that were hashed are
//! kept, so no re-serialization can ever break it.

use sm3::{Digest, Sm3};

use super::vocabulary::vocabulary;
use super::workflow::action::Action;

/// An SM3 digest.
pub type Hash = [u8; 32];

/// What precedes the hashed bytes; a change of their layout gets a new tag and leaves old entries as they are.
const TAG: &[u8] = b"PINGSHEN-AUDIT-1\0";

/// The head of an empty chain.
pub const GENESIS: Hash = [0; 32];

/// The piece of a destruction's detail that names entries beyond the project's own whose details went with it.
pub const ALSO_DESTROYED: &str = "also_destroyed";

/// What the names of pieces begin with that are for the program, to undo what an entry tells of; people are not shown
/// them.
pub const FOR_THE_PROGRAM: char = '~';

/// The pieces of a step's detail that tell the clock of the stage it left, so that a recall sets it as it was.
pub const DUE_BEFORE: &str = "~due";
/// See [`DUE_BEFORE`].
pub const LEFT_BEFORE: &str = "~left";
/// The entry of the log that an entry undoes, by its number.
pub const UNDOES: &str = "~undoes";

vocabulary!(
    /// How a command was answered.
    AuditResult {
        /// Done.
        Done = "done",
        /// The account may not.
        Denied = "denied",
        /// A rule forbids it now.
        Refused = "refused",
        /// Someone changed it first.
        Conflict = "conflict",
        /// The input was not acceptable, or something was not found.
        Failed = "failed",
    }
);

/// The facts of an entry that are chained as they are; none of them is content.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entry {
    /// Its place in the chain, from 1 without gaps.
    pub seq: i64,
    /// When, in milliseconds since 1970 UTC.
    pub at_millis: i64,
    /// The account.
    pub account: String,
    /// The operating system's user.
    pub os_user: String,
    /// What was asked.
    pub action: String,
    /// The project's number, or empty.
    pub project: String,
    /// How it was answered.
    pub result: String,
    /// The stage before, or empty.
    pub from: String,
    /// The stage after, or empty.
    pub to: String,
    /// In whose name, or empty.
    pub source: String,
    /// Identifies the command, so that a repeated one is recognized.
    pub op_id: String,
    /// The digest of the detail.
    pub detail_digest: Vec<u8>,
}

impl Entry {
    /// Writes the bytes that are hashed: each field with its length before it, in fixed order.
    pub fn canonical(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(256);
        bytes.extend_from_slice(&self.seq.to_be_bytes());
        bytes.extend_from_slice(&self.at_millis.to_be_bytes());
        for text in self.texts() {
            push(&mut bytes, text.as_bytes());
        }
        push(&mut bytes, &self.detail_digest);
        bytes
    }

    /// Tells whether the entry tells of the destruction of a project's content 〔第十七条〕.
    pub fn is_destruction(&self) -> bool {
        self.action == Action::Expunge.code() && self.result == AuditResult::Done.code() && !self.project.is_empty()
    }

    fn texts(&self) -> [&String; 9] {
        [
            &self.account,
            &self.os_user,
            &self.action,
            &self.project,
            &self.result,
            &self.from,
            &self.to,
            &self.source,
            &self.op_id,
        ]
    }

    /// Reads the bytes back; `None` where they are not an entry's.
    pub fn from_canonical(bytes: &[u8]) -> Option<Entry> {
        let (seq, rest) = take_number(bytes)?;
        let (at_millis, mut rest) = take_number(rest)?;
        let mut text = || {
            let (field, after) = take(rest)?;
            rest = after;
            String::from_utf8(field.to_vec()).ok()
        };
        let mut entry = Entry {
            seq,
            at_millis,
            account: text()?,
            os_user: text()?,
            action: text()?,
            project: text()?,
            result: text()?,
            from: text()?,
            to: text()?,
            source: text()?,
            op_id: text()?,
            detail_digest: Vec::new(),
        };
        let (digest, rest) = take(rest)?;
        entry.detail_digest = digest.to_vec();
        rest.is_empty().then_some(entry)
    }
}

/// Chains an entry to the one before it.
pub fn chain(previous: &Hash, canonical: &[u8]) -> Hash {
    Sm3::new().chain_update(TAG).chain_update(previous).chain_update(canonical).finalize().into()
}

/// Digests a detail. The salt keeps short contents from being guessed after they were destroyed.
pub fn digest_detail(salt: &[u8], detail: &[u8]) -> Hash {
    Sm3::new().chain_update(salt).chain_update(detail).finalize().into()
}

/// Digests the bytes of a file or text.
pub fn digest(bytes: &[u8]) -> Hash {
    Sm3::digest(bytes).into()
}

/// Writes a digest as hexadecimal digits.
pub fn hex(hash: &[u8]) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What was said with a command: the content that may be destroyed while its digest stays.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Detail(Vec<(String, String)>);

impl Detail {
    /// Starts without content.
    pub fn new() -> Detail {
        Detail::default()
    }

    /// Adds a named piece of content; empty ones are left out.
    pub fn with(mut self, name: &str, content: impl Into<String>) -> Detail {
        let content = content.into();
        if !content.is_empty() {
            self.0.push((name.to_owned(), content));
        }
        self
    }

    /// Goes through the pieces.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, content)| (name.as_str(), content.as_str()))
    }

    /// Finds a piece.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter().find(|(known, _)| *known == name).map(|(_, content)| content)
    }

    /// Leaves out what is for the program alone.
    pub fn for_people(mut self) -> Detail {
        self.0.retain(|(name, _)| !name.starts_with(FOR_THE_PROGRAM));
        self
    }

    /// Writes the bytes that are digested and stored.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for (name, content) in &self.0 {
            push(&mut bytes, name.as_bytes());
            push(&mut bytes, content.as_bytes());
        }
        bytes
    }

    /// Reads the bytes back; what is no detail reads as far as it is one.
    pub fn from_bytes(mut bytes: &[u8]) -> Detail {
        let mut pieces = Vec::new();
        while let Some((name, rest)) = take(bytes) {
            let Some((content, rest)) = take(rest) else { break };
            pieces.push((String::from_utf8_lossy(name).into_owned(), String::from_utf8_lossy(content).into_owned()));
            bytes = rest;
        }
        Detail(pieces)
    }
}

fn push(bytes: &mut Vec<u8>, field: &[u8]) {
    bytes.extend_from_slice(&(field.len() as u64).to_be_bytes());
    bytes.extend_from_slice(field);
}

fn take(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<8>()?;
    rest.split_at_checked(usize::try_from(u64::from_be_bytes(*length)).ok()?)
}

fn take_number(bytes: &[u8]) -> Option<(i64, &[u8])> {
    let (number, rest) = bytes.split_first_chunk::<8>()?;
    Some((i64::from_be_bytes(*number), rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_digest_is_sm3() {
        assert_eq!(hex(&digest(b"abc")), "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    }

    proptest! {
        #[test]
        fn an_entry_reads_back_from_its_bytes(seq in 1i64.., at_millis: i64, texts: [String; 9], digest: Vec<u8>) {
            let [account, os_user, action, project, result, from, to, source, op_id] = texts;
            let entry = Entry {
                seq, at_millis, account, os_user, action, project, result, from, to, source, op_id,
                detail_digest: digest,
            };
            prop_assert_eq!(Entry::from_canonical(&entry.canonical()), Some(entry));
        }

        #[test]
        fn arbitrary_bytes_never_break_the_reading(bytes: Vec<u8>) {
            let _ = Entry::from_canonical(&bytes);
            let _ = Detail::from_bytes(&bytes);
        }

        #[test]
        fn a_detail_reads_back(pieces: Vec<(String, String)>) {
            let detail = pieces.iter().fold(Detail::new(), |d, (k, v)| d.with(k, v.as_str()));
            prop_assert_eq!(Detail::from_bytes(&detail.to_bytes()), detail);
        }
    }
}
