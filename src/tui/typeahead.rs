//! What was typed before the keyboard thread read: bytes become the keys its library would have made of them.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::incoming::Incoming;

const PASTE_BEGINS: &[u8] = b"\x1b[200~";
const PASTE_ENDS: &[u8] = b"\x1b[201~";

/// Something typed.
enum Typed {
    Key(KeyEvent),
    Paste(String),
}

/// The next thing in a stretch of bytes.
enum Piece {
    /// Something, and how many bytes it took.
    Whole(Option<Typed>, usize),
    /// The rest is not there yet.
    Cut,
}

/// Tells whether nothing has begun that is not at its end; a lone Esc may be the begin of a key.
pub fn is_whole(bytes: &[u8]) -> bool {
    read(bytes).1
}

/// Makes keys and pastes of bytes. What is cut off at the end is left out, but for an Esc, which is a key by itself.
pub fn keys(bytes: &[u8]) -> Vec<Incoming> {
    read(bytes).0
}

/// Puts right what the keyboard's library makes of Esc and a function key that arrive together, as on a slow line they
/// do: it takes both escapes for the one key, and the rest of the other, `[19~`, for four. Digits among them would
/// judge an item.
pub fn mended(keys: Vec<KeyEvent>) -> Vec<KeyEvent> {
    let mut mended = Vec::with_capacity(keys.len());
    let mut rest = keys.as_slice();
    while let Some((first, behind)) = rest.split_first() {
        mended.push(*first);
        rest = behind;
        if *first == KeyEvent::new(KeyCode::Esc, KeyModifiers::NONE)
            && let Some((key, length)) = torn(behind)
        {
            mended.push(key);
            rest = behind.get(length..).unwrap_or_default();
        }
    }
    mended
}

/// Finds the key whose code, without its escape, these keys begin with.
fn torn(keys: &[KeyEvent]) -> Option<(KeyEvent, usize)> {
    const LONGEST: usize = 12;
    let ascii = |key: &KeyEvent| match key.code {
        KeyCode::Char(c) if key.modifiers.difference(KeyModifiers::SHIFT).is_empty() => u8::try_from(c).ok(),
        _ => None,
    };
    let typed = keys.iter().take(LONGEST).map_while(ascii);
    let bytes: Vec<u8> = std::iter::once(0x1b).chain(typed).collect();
    if !matches!(bytes.get(1), Some(b'[' | b'O')) {
        return None;
    }
    match next(&bytes) {
        Piece::Whole(Some(Typed::Key(key)), length) => Some((key, length.checked_sub(1)?)),
        _ => None,
    }
}

fn read(bytes: &[u8]) -> (Vec<Incoming>, bool) {
    let mut found = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        match next(rest) {
            Piece::Whole(incoming, length) => {
                incoming.into_iter().for_each(|typed| add(&mut found, typed));
                rest = rest.get(length..).unwrap_or_default();
            }
            Piece::Cut => {
                if rest == b"\x1b" {
                    add(&mut found, key(KeyCode::Esc, KeyModifiers::NONE));
                }
                return (found, false);
            }
        }
    }
    (found, true)
}

/// Keys that were read together stay together, as those the keyboard thread reads do: they may be a paste.
fn add(all: &mut Vec<Incoming>, typed: Typed) {
    match (all.last_mut(), typed) {
        (Some(Incoming::Keys(keys)), Typed::Key(key)) => keys.push(key),
        (_, Typed::Key(key)) => all.push(Incoming::Keys(vec![key])),
        (_, Typed::Paste(text)) => all.push(Incoming::Paste(text)),
    }
}

fn key(code: KeyCode, modifiers: KeyModifiers) -> Typed {
    Typed::Key(KeyEvent::new(code, modifiers))
}

fn next(bytes: &[u8]) -> Piece {
    match bytes {
        [0x1b] => Piece::Cut,
        [0x1b, 0x1b, ..] => Piece::Whole(Some(key(KeyCode::Esc, KeyModifiers::NONE)), 1),
        [0x1b, b'O', rest @ ..] => match rest {
            [] => Piece::Cut,
            [end, ..] => Piece::Whole(by_end(*end).map(|code| key(code, KeyModifiers::NONE)), 3),
        },
        [0x1b, b'[', rest @ ..] => match bytes.strip_prefix(PASTE_BEGINS) {
            Some(pasted) => paste(pasted),
            None => sequence(rest),
        },
        [0x1b, rest @ ..] => match next(rest) {
            Piece::Whole(Some(Typed::Key(plain)), length) => {
                Piece::Whole(Some(key(plain.code, plain.modifiers | KeyModifiers::ALT)), length + 1)
            }
            Piece::Whole(_, length) => Piece::Whole(None, length + 1),
            Piece::Cut => Piece::Cut,
        },
        [control @ (0..=0x1f | 0x7f), ..] => Piece::Whole(Some(of_control(*control)), 1),
        _ => character(bytes),
    }
}

fn paste(pasted: &[u8]) -> Piece {
    let Some(length) = pasted.windows(PASTE_ENDS.len()).position(|at| at == PASTE_ENDS) else { return Piece::Cut };
    let text = String::from_utf8_lossy(pasted.get(..length).unwrap_or_default()).into_owned();
    Piece::Whole(Some(Typed::Paste(text)), PASTE_BEGINS.len() + length + PASTE_ENDS.len())
}

/// Reads what stands behind `ESC[`.
fn sequence(bytes: &[u8]) -> Piece {
    let Some(length) = bytes.iter().position(|byte| (0x40..=0x7e).contains(byte)) else { return Piece::Cut };
    let numbers = bytes.get(..length).and_then(|codes| std::str::from_utf8(codes).ok()).unwrap_or_default();
    let mut numbers = numbers.split(';').map(|number| number.parse::<u8>().unwrap_or_default());
    let (first, modifier) = (numbers.next().unwrap_or_default(), numbers.next().unwrap_or(1));
    let code = match bytes.get(length) {
        // The library takes this for a place of the cursor.
        Some(b'R') => None,
        Some(b'~') => by_number(first),
        Some(end) => by_end(*end),
        None => None,
    };
    let mut modifiers = KeyModifiers::NONE;
    let bits = modifier.saturating_sub(1);
    for (bit, meaning) in [(1, KeyModifiers::SHIFT), (2, KeyModifiers::ALT), (4, KeyModifiers::CONTROL)] {
        modifiers.set(meaning, bits & bit != 0);
    }
    modifiers.set(KeyModifiers::SHIFT, code == Some(KeyCode::BackTab) || modifiers.contains(KeyModifiers::SHIFT));
    Piece::Whole(code.map(|code| key(code, modifiers)), 2 + length + 1)
}

fn by_end(end: u8) -> Option<KeyCode> {
    Some(match end {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'H' => KeyCode::Home,
        b'F' => KeyCode::End,
        b'P' => KeyCode::F(1),
        b'Q' => KeyCode::F(2),
        b'R' => KeyCode::F(3),
        b'S' => KeyCode::F(4),
        b'Z' => KeyCode::BackTab,
        _ => return None,
    })
}

fn by_number(number: u8) -> Option<KeyCode> {
    Some(match number {
        1 | 7 => KeyCode::Home,
        2 => KeyCode::Insert,
        3 => KeyCode::Delete,
        4 | 8 => KeyCode::End,
        5 => KeyCode::PageUp,
        6 => KeyCode::PageDown,
        11..=15 => KeyCode::F(number - 10),
        17..=21 => KeyCode::F(number - 11),
        23..=24 => KeyCode::F(number - 12),
        _ => return None,
    })
}

fn of_control(control: u8) -> Typed {
    let with_control = |c: u8| key(KeyCode::Char(char::from(c)), KeyModifiers::CONTROL);
    match control {
        b'\r' => key(KeyCode::Enter, KeyModifiers::NONE),
        b'\t' => key(KeyCode::Tab, KeyModifiers::NONE),
        0x7f => key(KeyCode::Backspace, KeyModifiers::NONE),
        0 => with_control(b' '),
        1..=0x1a => with_control(control - 1 + b'a'),
        _ => with_control(control.wrapping_sub(0x1c).wrapping_add(b'4')),
    }
}

fn character(bytes: &[u8]) -> Piece {
    let length = match bytes.first() {
        Some(0xc2..=0xdf) => 2,
        Some(0xe0..=0xef) => 3,
        Some(0xf0..=0xf4) => 4,
        _ => 1,
    };
    let Some(encoded) = bytes.get(..length) else { return Piece::Cut };
    let only = std::str::from_utf8(encoded).ok().and_then(|text| text.chars().next());
    let shift = |c: char| if c.is_uppercase() { KeyModifiers::SHIFT } else { KeyModifiers::NONE };
    match only {
        Some(c) => Piece::Whole(Some(key(KeyCode::Char(c), shift(c))), length),
        None => Piece::Whole(None, 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn told(bytes: &[u8]) -> String {
        let name = |key: &KeyEvent| match key.modifiers.is_empty() {
            true => format!("{:?}", key.code),
            false => format!("{:?}+{:?}", key.modifiers, key.code),
        };
        let one = |incoming: Incoming| match incoming {
            Incoming::Keys(keys) => keys.iter().map(name).collect::<Vec<_>>().join(" "),
            Incoming::Paste(text) => format!("{text:?}"),
            other => format!("{other:?}"),
        };
        keys(bytes).into_iter().map(one).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn keys_are_what_the_keyboard_library_makes_of_them() {
        assert_eq!(told("0政𠮷：".as_bytes()), "Char('0') Char('政') Char('𠮷') Char('：')");
        assert_eq!(told(b"\r\t\x7f\x04"), "Enter Tab Backspace KeyModifiers(CONTROL)+Char('d')");
        assert_eq!(told(b"\x1b[A\x1bOB\x1b[H\x1b[6~\x1b[Z"), "Up Down Home PageDown KeyModifiers(SHIFT)+BackTab");
        assert_eq!(told(b"\x1bOP\x1b[15~\x1b[17~\x1b[21~\x1b[24~"), "F(1) F(5) F(6) F(10) F(12)");
        assert_eq!(told(b"\x1b[1;5A\x1bx"), "KeyModifiers(CONTROL)+Up KeyModifiers(ALT)+Char('x')");
        assert_eq!(told(b"G"), "KeyModifiers(SHIFT)+Char('G')");
        assert_eq!(told(b"\x1b\x1b"), "Esc Esc");
        assert_eq!(told("\x1b[200~一\r二\x1b[201~x".as_bytes()), "\"一\\r二\" Char('x')");
    }

    #[test]
    fn esc_and_a_function_key_that_come_together_are_both_themselves() {
        // As the library tells them: one Esc, and the rest character by character.
        let plain = |code| KeyEvent::new(code, KeyModifiers::NONE);
        let torn = |rest: &str| {
            let char = |c: char| match plain(KeyCode::Char(c)) {
                key if c.is_uppercase() => KeyEvent { modifiers: KeyModifiers::SHIFT, ..key },
                key => key,
            };
            std::iter::once(plain(KeyCode::Esc)).chain(rest.chars().map(char)).collect::<Vec<_>>()
        };
        for (rest, meant) in [
            ("[19~", vec![KeyCode::Esc, KeyCode::F(8)]),
            ("[A1", vec![KeyCode::Esc, KeyCode::Up, KeyCode::Char('1')]),
            ("OSx", vec![KeyCode::Esc, KeyCode::F(4), KeyCode::Char('x')]),
            // What is no key stays what it is.
            ("[", vec![KeyCode::Esc, KeyCode::Char('[')]),
            ("[19", vec![KeyCode::Esc, KeyCode::Char('['), KeyCode::Char('1'), KeyCode::Char('9')]),
            ("19~", vec![KeyCode::Esc, KeyCode::Char('1'), KeyCode::Char('9'), KeyCode::Char('~')]),
            ("[政", vec![KeyCode::Esc, KeyCode::Char('['), KeyCode::Char('政')]),
        ] {
            let codes: Vec<KeyCode> = mended(torn(rest)).into_iter().map(|key| key.code).collect();
            assert_eq!(codes, meant, "{rest}");
        }
        assert_eq!(mended(torn("[19~")[1..].to_vec()).len(), 4, "without an Esc they were typed");
    }

    #[test]
    fn a_place_of_the_cursor_that_comes_late_is_no_key() {
        assert_eq!(told(b"a\x1b[2;3Rb\x1b[1;2Rc"), "Char('a') Char('b') Char('c')");
    }

    #[test]
    fn what_is_cut_off_is_known_to_be() {
        for cut in ["\x1b", "\x1b[", "\x1b[1;", "\x1bO", "a\x1b[200~一"] {
            assert!(!is_whole(cut.as_bytes()), "{cut:?}");
        }
        assert!(!is_whole(&"政".as_bytes()[..2]));
        assert!(is_whole(b"") && is_whole("政\x1b[B".as_bytes()));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_to_their_end(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            let _ = keys(&bytes);
        }

        #[test]
        fn no_character_is_lost(text in "[a-z0-9政务：，“]{0,40}") {
            let code = |key: &KeyEvent| key.code.as_char().expect("a character");
            let chars: String = keys(text.as_bytes()).iter().flat_map(|incoming| match incoming {
                Incoming::Keys(keys) => keys.iter().map(code).collect::<Vec<_>>(),
                other => panic!("{other:?}"),
            }).collect();
            prop_assert_eq!(chars, text);
        }
    }
}
