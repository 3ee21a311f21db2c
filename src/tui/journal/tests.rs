//! The format: what was written is what is read, however much of it is left.

use proptest::prelude::*;

use super::edit::Edit;
use super::record::{FieldEdit, Frame, Header, MAGIC, Reading, Record};
use super::replay::{Health, Unreadable, replay};
use super::{Content, FieldText, Subject};

fn header() -> Record {
    let subject = Subject { object: "YS-2026-0012".to_owned(), form: "remark:K03".to_owned() };
    Record::Header(Header { database: "d".to_owned(), account: "reviewer".to_owned(), subject, version: 7 })
}

fn content(fields: &[(&str, &str)]) -> Content {
    let field = |(name, text): &(&str, &str)| {
        let caret = text.chars().count();
        ((*name).to_owned(), FieldText { text: (*text).to_owned(), caret, top: 0 })
    };
    Content { fields: fields.iter().map(field).collect(), focus: fields[0].0.to_owned() }
}

/// A file in the making: its bytes, and what it says after each record.
struct Written {
    bytes: Vec<u8>,
    next: u32,
    says: Vec<(usize, Content)>,
}

impl Written {
    fn begin(base: Content) -> Written {
        let mut file = Written { bytes: MAGIC.to_vec(), next: 0, says: Vec::new() };
        file.put(header());
        file.put(Record::Snapshot(base.clone()));
        file.says.push((file.bytes.len(), base));
        file
    }

    fn put(&mut self, record: Record) {
        let frame = Frame { number: self.next, at: i64::from(self.next), record };
        frame.write(&mut self.bytes);
        self.next += 1;
    }

    fn edit(&mut self, field: &str, text: &str, caret: usize) {
        let mut now = self.says.last().unwrap().1.clone();
        let length = text.chars().count() as u32;
        let edit = Edit::between(now.text(field), text);
        let caret = caret.min(text.chars().count());
        self.put(Record::Edit(FieldEdit { field: field.to_owned(), edit, length, caret: caret as u32, top: 3 }));
        now.fields.insert(field.to_owned(), FieldText { text: text.to_owned(), caret, top: 3 });
        now.focus = field.to_owned();
        self.says.push((self.bytes.len(), now));
    }

    fn snapshot(&mut self) {
        let now = self.says.last().unwrap().1.clone();
        self.put(Record::Snapshot(now.clone()));
        self.says.push((self.bytes.len(), now));
    }

    /// Tells what may be read from the first so many bytes, and nothing else.
    fn within(&self, length: usize) -> Option<&Content> {
        self.says.iter().rev().find(|(end, _)| *end <= length).map(|(_, content)| content)
    }
}

/// A text as people type, paste and delete it: a place, how much goes, what comes.
#[derive(Debug, Clone)]
struct Stroke {
    field: bool,
    at: usize,
    gone: usize,
    new: String,
    caret: usize,
    snapshot: bool,
}

fn strokes(count: std::ops::Range<usize>) -> impl Strategy<Value = Vec<Stroke>> {
    let new = prop_oneof![
        5 => "[一-龥]{1,4}",
        2 => "[a-z0-9 ]{0,3}",
        1 => Just("\r\n".to_owned()),
        1 => Just("😀👨\u{200d}👩\u{200d}👧".to_owned()),
        1 => Just("e\u{301}“……”\n".to_owned()),
        1 => "[一-龥，。；]{200,300}",
    ];
    let stroke = (any::<bool>(), any::<usize>(), 0..4usize, new, any::<usize>(), 0..20u8).prop_map(
        |(field, at, gone, new, caret, snapshot)| Stroke { field, at, gone, new, caret, snapshot: snapshot == 0 },
    );
    prop::collection::vec(stroke, count)
}

fn played(strokes: &[Stroke], before: &str) -> Written {
    let mut file = Written::begin(content(&[("remark", before), ("cite", "第3页")]));
    for stroke in strokes {
        let field = if stroke.field { "remark" } else { "cite" };
        let mut text: Vec<char> = file.says.last().unwrap().1.text(field).chars().collect();
        let at = stroke.at % (text.len() + 1);
        let gone = stroke.gone.min(text.len() - at);
        text.splice(at..at + gone, stroke.new.chars());
        let text: String = text.into_iter().collect();
        let caret = stroke.caret % (text.chars().count() + 1);
        file.edit(field, &text, caret);
        if stroke.snapshot {
            file.snapshot();
        }
    }
    file
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn an_edit_makes_the_one_text_of_the_other(before in "[一二三\r\n😀a]{0,12}", after in "[一二三\r\n😀a]{0,12}") {
        match Edit::between(&before, &after) {
            Some(edit) => prop_assert_eq!(edit.apply(&before), Some(after)),
            None => prop_assert_eq!(before, after),
        }
    }

    #[test]
    fn a_file_cut_anywhere_says_what_was_typed_up_to_some_key(strokes in strokes(1..8)) {
        let file = played(&strokes, "系统采用国密算法");
        for length in 0..=file.bytes.len() {
            let read = replay(&file.bytes[..length]);
            match file.within(length) {
                Some(expected) => {
                    let read = read.unwrap();
                    prop_assert_eq!(&read.content, expected);
                    let torn = !file.says.iter().any(|(end, _)| *end == length);
                    prop_assert_eq!(read.health == Health::Torn, torn);
                    prop_assert!(matches!(read.health, Health::Whole | Health::Torn));
                }
                None => prop_assert_eq!(read, Err(Unreadable::Empty)),
            }
        }
    }

    #[test]
    fn a_changed_byte_never_makes_a_wrong_text(
        strokes in strokes(2..10),
        at in any::<prop::sample::Index>(),
        bit in 0..8u8,
    ) {
        let file = played(&strokes, "底稿");
        let mut bytes = file.bytes.clone();
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        match replay(&bytes) {
            Err(_) => prop_assert!(at < file.says[0].0, "only a damaged beginning makes a file unreadable"),
            Ok(read) => {
                prop_assert_ne!(&read.health, &Health::Whole, "the damage is noticed");
                let said = file.says.iter().any(|(_, content)| *content == read.content);
                let nothing = read.content == Content::default();
                prop_assert!(said || nothing && at < file.says[0].0, "{:?}", read.content);
            }
        }
    }

    #[test]
    fn a_lost_stretch_is_told_and_what_stands_behind_it_is_kept(
        strokes in strokes(6..12),
        from in any::<prop::sample::Index>(),
    ) {
        let mut file = played(&strokes, "底稿");
        let from = from.index(file.says.len() - 2);
        let (start, end) = (file.says[from].0, file.says[from + 1].0);
        file.edit("remark", "最后一句", 4);
        let mut bytes = file.bytes.clone();
        bytes.drain(start..end);
        let read = replay(&bytes).unwrap();
        let Health::Damaged { fragments } = &read.health else { panic!("{:?}", read.health) };
        prop_assert!(file.says.iter().any(|(_, content)| *content == read.content));
        // The last edit replaced a text, so its new characters are all there is of it.
        let last = Edit::between(file.says[file.says.len() - 2].1.text("remark"), "最后一句").unwrap();
        prop_assert!(fragments.ends_with(&last.new));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2))]

    #[test]
    fn long_texts_come_back_whole(strokes in strokes(20..40), before in "[一-龥\n]{19000,20000}") {
        let file = played(&strokes, &before);
        let read = replay(&file.bytes).unwrap();
        prop_assert_eq!(&read.content, &file.says.last().unwrap().1);
        prop_assert_eq!(read.base.text("remark"), before);
        prop_assert_eq!(read.health, Health::Whole);
    }
}

#[test]
fn a_damaged_place_is_passed_where_a_snapshot_follows() {
    let mut file = Written::begin(content(&[("remark", "")]));
    file.edit("remark", "一", 1);
    let damaged = file.bytes.len() - 3;
    file.edit("remark", "一二", 2);
    file.snapshot();
    file.edit("remark", "一二三", 3);
    file.bytes[damaged] ^= 0x55;
    let read = replay(&file.bytes).unwrap();
    assert_eq!(read.content.text("remark"), "一二");
    assert_eq!(read.health, Health::Damaged { fragments: "三".to_owned() });
}

#[test]
fn zeros_behind_the_last_record_are_a_torn_end() {
    let mut file = Written::begin(content(&[("remark", "")]));
    file.edit("remark", "密评费用", 4);
    let good = file.bytes.len();
    file.bytes.extend([0; 4096]);
    let read = replay(&file.bytes).unwrap();
    assert_eq!((read.content.text("remark"), read.good), ("密评费用", good as u64));
    assert_eq!(read.health, Health::Torn);
}

#[test]
fn a_foreign_file_is_not_read_as_a_draft() {
    assert_eq!(replay(b"SQLite format 3\0"), Err(Unreadable::Foreign));
    assert_eq!(replay(b""), Err(Unreadable::Empty));
    assert_eq!(replay(&[MAGIC, &[0; 100]].concat()), Err(Unreadable::Empty));
}

#[test]
fn a_length_nobody_writes_is_no_reason_to_ask_for_memory() {
    let mut bytes = Vec::new();
    Frame { number: 0, at: 0, record: Record::Rest }.write(&mut bytes);
    bytes[2..6].copy_from_slice(&u32::MAX.to_le_bytes());
    assert_eq!(Frame::read(&bytes), Reading::Other);
}

#[test]
fn whether_the_form_was_left_is_known() {
    let mut file = Written::begin(content(&[("remark", "")]));
    file.edit("remark", "一", 1);
    assert!(!replay(&file.bytes).unwrap().rested);
    file.put(Record::Rest);
    assert!(replay(&file.bytes).unwrap().rested);
    file.edit("remark", "一二", 2);
    assert!(!replay(&file.bytes).unwrap().rested);
}
