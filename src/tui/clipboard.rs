//! The clipboard of the person's own computer, reached through the terminal (OSC 52), and the terminal's title (OSC 2).

use crate::domain::text::clean_line;

/// Terminals take no more than about this.
pub const LARGEST: usize = 70_000;

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Writes the sequence that hands a text to the clipboard.
pub fn copying(text: &str) -> String {
    format!("\x1b]52;c;{}\x07", base64(text.as_bytes()))
}

/// Writes the sequence that names the window. What a person wrote may hold no control of the terminal.
pub fn titled(title: &str) -> String {
    format!("\x1b]2;{}\x07", clean_line(title))
}

fn base64(bytes: &[u8]) -> String {
    let digit = |value: u32| DIGITS.get(value as usize & 63).map_or('=', |digit| char::from(*digit));
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let whole = group.iter().chain(&[0, 0]).take(3).fold(0u32, |whole, byte| whole << 8 | u32::from(*byte));
        for (place, shift) in [18, 12, 6, 0].into_iter().enumerate() {
            text.push(if place <= group.len() { digit(whole >> shift) } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_sent_as_base64() {
        for (plain, coded) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("评审", "6K+E5a6h")] {
            assert_eq!(copying(plain), format!("\x1b]52;c;{coded}\x07"));
        }
    }

    #[test]
    fn a_title_holds_no_control_of_the_terminal() {
        assert_eq!(titled("评审\x07\x1b]52;c;xx\x07 甲").matches(['\x07', '\x1b']).count(), 2);
    }
}
