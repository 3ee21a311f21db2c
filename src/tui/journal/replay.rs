//! A file read back: the texts after some whole number of edits, never others.

use super::Content;
use super::record::{FieldEdit, Frame, Header, MAGIC, Reading, Record};

/// Whether a file could be read to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Health {
    /// Yes.
    Whole,
    /// All but its last record, which was not written to its end.
    Torn,
    /// There is a damaged place with readable records behind it.
    Damaged {
        /// What was typed behind it and is in no later snapshot: where it belongs is not known.
        fragments: String,
    },
}

/// A file read back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replay {
    /// Whose, about what.
    pub header: Header,
    /// What the form held when it was opened.
    pub base: Content,
    /// What it held last.
    pub content: Content,
    /// When that was written, in milliseconds.
    pub at: i64,
    /// Whether the person left the form; else the program ended under it.
    pub rested: bool,
    /// Whether it could be read to its end.
    pub health: Health,
    /// The number the next record has.
    pub next: u32,
    /// How many bytes were read; anything behind them is torn.
    pub good: u64,
}

/// Why nothing can be read back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// Not a file of this format.
    Foreign,
    /// The program ended before anything was written to it.
    Empty,
    /// Its beginning is damaged.
    Damaged,
}

/// Reads a file back.
pub fn replay(bytes: &[u8]) -> Result<Replay, Unreadable> {
    let Some(mut rest) = bytes.strip_prefix(MAGIC) else {
        return Err(if MAGIC.starts_with(bytes) { Unreadable::Empty } else { Unreadable::Foreign });
    };
    let mut replay = match Frame::read(rest) {
        Reading::Whole(Frame { number: 0, at, record: Record::Header(header) }, length) => {
            rest = rest.get(length..).unwrap_or_default();
            Replay::of(header, at)
        }
        _ => return Err(if find_frame(rest, 0).is_some() { Unreadable::Damaged } else { Unreadable::Empty }),
    };
    let mut has_base = false;
    let mut fragments = None::<String>;
    while !rest.is_empty() {
        let (frame, length) = match Frame::read(rest) {
            Reading::Whole(frame, length)
                if frame.number == replay.next || fragments.is_some() && frame.number > replay.next =>
            {
                (frame, length)
            }
            _ => {
                // Behind a torn end there is nothing; behind a damaged place there may be.
                let Some(skipped) = find_frame(rest, replay.next) else { break };
                rest = rest.get(skipped..).unwrap_or_default();
                fragments.get_or_insert_default();
                continue;
            }
        };
        rest = rest.get(length..).unwrap_or_default();
        replay.rested = frame.record == Record::Rest;
        match frame.record {
            Record::Header(_) => return Err(Unreadable::Damaged),
            Record::Snapshot(content) => {
                if !std::mem::replace(&mut has_base, true) {
                    // Where the base itself is lost, a later state is the only one there is to compare with.
                    replay.base = content.clone();
                }
                replay.content = content;
                fragments.iter_mut().for_each(String::clear);
            }
            Record::Edit(edit) => {
                if fragments.is_some() || applied(&mut replay.content, &edit).is_none() {
                    let typed = edit.edit.map(|edit| edit.new).unwrap_or_default();
                    fragments.get_or_insert_default().push_str(&typed);
                }
            }
            Record::Rest => {}
        }
        replay.at = frame.at;
        replay.next = frame.number.saturating_add(1);
        replay.good = (bytes.len() - rest.len()) as u64;
    }
    replay.health = match fragments {
        Some(fragments) => Health::Damaged { fragments },
        None if !has_base => return Err(Unreadable::Empty),
        None if rest.is_empty() => Health::Whole,
        None => Health::Torn,
    };
    Ok(replay)
}

impl Replay {
    fn of(header: Header, at: i64) -> Replay {
        let (base, content) = (Content::default(), Content::default());
        Replay { header, base, content, at, rested: false, health: Health::Whole, next: 1, good: 0 }
    }
}

/// Applies an edit; `None`, and nothing changed, where it does not fit the text.
fn applied(content: &mut Content, edit: &FieldEdit) -> Option<()> {
    let mut field = content.fields.get(&edit.field).cloned().unwrap_or_default();
    if let Some(change) = &edit.edit {
        field.text = change.apply(&field.text)?;
    }
    let length = u32::try_from(field.text.chars().count()).ok()?;
    if length != edit.length || edit.caret > length {
        return None;
    }
    field.caret = usize::try_from(edit.caret).ok()?;
    field.top = usize::try_from(edit.top).ok()?;
    content.fields.insert(edit.field.clone(), field);
    content.focus.clone_from(&edit.field);
    Some(())
}

/// Tells where the next whole frame begins that may follow.
fn find_frame(bytes: &[u8], next: u32) -> Option<usize> {
    (0..bytes.len()).find(|at| {
        let here = bytes.get(*at..).map(Frame::read);
        matches!(here, Some(Reading::Whole(frame, _)) if frame.number >= next)
    })
}
