//! Records as bytes: framed, numbered, checked by CRC.
//!
//! ```text
//! frame   = mark (2) length (4) crc (4) payload
//! payload = number (4) moment (8) kind (1) body       all numbers little-endian, texts with their length before them
//! ```
//!
//! Numbers go up by one, so that a lost or doubled record is noticed. The mark lets a reader find its feet again behind
//! a damaged place.

use std::collections::BTreeMap;

use super::edit::Edit;
use super::{Content, FieldText, Subject};

/// The first bytes of a file: what it is, and in which version of the format.
pub(super) const MAGIC: &[u8] = b"PSDRAFT\x01";

/// The first bytes of a frame; they occur in no text, because no UTF-8 holds them.
const MARK: [u8; 2] = [0xF5, 0xFE];
const BEFORE_PAYLOAD: usize = 10;

/// No record is longer: a whole form of the longest texts is a tenth of it.
const LONGEST: usize = 16 * 1024 * 1024;

/// Whose file it is and what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// What tells the database from every other.
    pub database: String,
    /// The account.
    pub account: String,
    /// The form of which object.
    pub subject: Subject,
    /// The version of the object when the form was opened.
    pub version: i64,
}

/// A change of one field, and where its caret stands afterwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FieldEdit {
    pub field: String,
    /// Nothing, where only the caret moved.
    pub edit: Option<Edit>,
    /// How many characters the field holds afterwards: a second look at whether it was the right text.
    pub length: u32,
    pub caret: u32,
    pub top: u32,
}

/// A record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Record {
    Header(Header),
    Snapshot(Content),
    Edit(FieldEdit),
    /// The form was left; the draft stays.
    Rest,
}

/// A record with its number and the moment it was written, in milliseconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Frame {
    pub number: u32,
    pub at: i64,
    pub record: Record,
}

/// What stands at a place of a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// A whole frame, and how many bytes it has.
    Whole(Frame, usize),
    /// Something else, or less.
    Other,
}

impl Frame {
    /// Writes it.
    pub fn write(&self, bytes: &mut Vec<u8>) {
        let mut payload = Vec::new();
        payload.extend(self.number.to_le_bytes());
        payload.extend(self.at.to_le_bytes());
        match &self.record {
            Record::Header(header) => {
                payload.push(1);
                let subject = &header.subject;
                for text in [&header.database, &header.account, &subject.object, &subject.form] {
                    put_text(&mut payload, text);
                }
                payload.extend(header.version.to_le_bytes());
            }
            Record::Snapshot(content) => {
                payload.push(2);
                put_text(&mut payload, &content.focus);
                put_number(&mut payload, content.fields.len());
                for (name, field) in &content.fields {
                    put_text(&mut payload, name);
                    put_text(&mut payload, &field.text);
                    put_number(&mut payload, field.caret);
                    put_number(&mut payload, field.top);
                }
            }
            Record::Edit(edit) => {
                payload.push(3);
                put_text(&mut payload, &edit.field);
                let (at, gone, new) =
                    edit.edit.as_ref().map_or((0, 0, ""), |edit| (edit.at, edit.gone, edit.new.as_str()));
                payload.extend(at.to_le_bytes());
                payload.extend(gone.to_le_bytes());
                put_text(&mut payload, new);
                for number in [edit.length, edit.caret, edit.top] {
                    payload.extend(number.to_le_bytes());
                }
            }
            Record::Rest => payload.push(4),
        }
        bytes.extend(MARK);
        put_number(bytes, payload.len());
        bytes.extend(crc32fast::hash(&payload).to_le_bytes());
        bytes.extend(payload);
    }

    /// Reads what stands at the beginning of these bytes.
    pub fn read(bytes: &[u8]) -> Reading {
        let whole = || {
            let mut head = Bytes(bytes);
            let mark = head.take(MARK.len())?;
            let length = head.number()?;
            let crc = head.u32()?;
            if mark != MARK || length > LONGEST {
                return None;
            }
            let payload = head.take(length)?;
            if crc32fast::hash(payload) != crc {
                return None;
            }
            Some((Frame::of_payload(payload)?, BEFORE_PAYLOAD + length))
        };
        whole().map_or(Reading::Other, |(frame, length)| Reading::Whole(frame, length))
    }

    fn of_payload(payload: &[u8]) -> Option<Frame> {
        let mut bytes = Bytes(payload);
        let (number, at) = (bytes.u32()?, bytes.i64()?);
        let record = match bytes.take(1)? {
            [1] => {
                let (database, account) = (bytes.text()?, bytes.text()?);
                let subject = Subject { object: bytes.text()?, form: bytes.text()? };
                Record::Header(Header { database, account, subject, version: bytes.i64()? })
            }
            [2] => {
                let focus = bytes.text()?;
                let count = bytes.number()?;
                let mut fields = BTreeMap::new();
                for _ in 0..count {
                    let name = bytes.text()?;
                    let field = FieldText { text: bytes.text()?, caret: bytes.number()?, top: bytes.number()? };
                    fields.insert(name, field);
                }
                Record::Snapshot(Content { fields, focus })
            }
            [3] => {
                let field = bytes.text()?;
                let edit = Edit { at: bytes.u32()?, gone: bytes.u32()?, new: bytes.text()? };
                let edit = (edit.gone > 0 || !edit.new.is_empty()).then_some(edit);
                let (length, caret, top) = (bytes.u32()?, bytes.u32()?, bytes.u32()?);
                Record::Edit(FieldEdit { field, edit, length, caret, top })
            }
            [4] => Record::Rest,
            _ => return None,
        };
        bytes.0.is_empty().then_some(Frame { number, at, record })
    }
}

fn put_number(bytes: &mut Vec<u8>, number: usize) {
    bytes.extend(u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes());
}

fn put_text(bytes: &mut Vec<u8>, text: &str) {
    put_number(bytes, text.len());
    bytes.extend(text.as_bytes());
}

/// Bytes still to be read.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn u32(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(self.take(4)?.try_into().ok()?))
    }

    fn i64(&mut self) -> Option<i64> {
        Some(i64::from_le_bytes(self.take(8)?.try_into().ok()?))
    }

    fn number(&mut self) -> Option<usize> {
        usize::try_from(self.u32()?).ok()
    }

    fn text(&mut self) -> Option<String> {
        let length = self.number()?;
        String::from_utf8(self.take(length)?.to_vec()).ok()
    }
}
