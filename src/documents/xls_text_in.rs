//! Texts and days inside .xls files.

use chrono::{Days, NaiveDate};

use crate::domain::intake::UnreadableForm;

/// A record that runs over several pieces; a text may change its width where a new piece begins.
pub struct Pieces<'a, 'b> {
    rest: &'a [u8],
    following: std::slice::Iter<'b, &'a [u8]>,
}

impl<'a, 'b> Pieces<'a, 'b> {
    /// Begins at an offset of the first piece.
    pub fn new(pieces: &'b [&'a [u8]], offset: usize) -> Pieces<'a, 'b> {
        let mut following = pieces.iter();
        let first = following.next().copied().unwrap_or_default();
        Pieces { rest: first.get(offset..).unwrap_or_default(), following }
    }

    /// Tells whether nothing is left.
    pub fn is_done(&mut self) -> bool {
        self.rest.is_empty() && !self.go_on()
    }

    /// Goes to the next piece that has content.
    fn go_on(&mut self) -> bool {
        while self.rest.is_empty() {
            match self.following.next() {
                Some(next) => self.rest = next,
                None => return false,
            }
        }
        true
    }

    fn byte(&mut self) -> Result<u8, UnreadableForm> {
        if self.rest.is_empty() {
            self.go_on();
        }
        let (first, rest) = self.rest.split_first().ok_or(UnreadableForm::Damaged)?;
        self.rest = rest;
        Ok(*first)
    }

    fn u16(&mut self) -> Result<u16, UnreadableForm> {
        Ok(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    fn u32(&mut self) -> Result<u32, UnreadableForm> {
        Ok(u32::from_le_bytes([self.byte()?, self.byte()?, self.byte()?, self.byte()?]))
    }

    fn skip(&mut self, bytes: usize) -> Result<(), UnreadableForm> {
        let mut left = bytes;
        while left > 0 {
            if self.rest.is_empty() && !self.go_on() {
                return Err(UnreadableForm::Damaged);
            }
            let step = left.min(self.rest.len());
            self.rest = self.rest.get(step..).unwrap_or_default();
            left -= step;
        }
        Ok(())
    }
}

/// Reads a text with its length (one byte where `short`), flags, and the formats and phonetics that may follow it.
pub fn read_text(pieces: &mut Pieces<'_, '_>, short: bool) -> Result<String, UnreadableForm> {
    let length = if short { u16::from(pieces.byte()?) } else { pieces.u16()? };
    let flags = pieces.byte()?;
    let formats = if flags & 8 != 0 { usize::from(pieces.u16()?) } else { 0 };
    let phonetics = if flags & 4 != 0 { pieces.u32()? as usize } else { 0 };
    let mut is_wide = flags & 1 != 0;
    let mut units = Vec::with_capacity(usize::from(length).min(4096));
    for _ in 0..length {
        if pieces.rest.is_empty() {
            // The continuation says anew how wide its characters are.
            if !pieces.go_on() {
                return Err(UnreadableForm::Damaged);
            }
            is_wide = pieces.byte()? & 1 != 0;
        }
        units.push(if is_wide { pieces.u16()? } else { u16::from(pieces.byte()?) });
    }
    pieces.skip(formats * 4)?;
    pieces.skip(phonetics)?;
    Ok(char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')).collect())
}

/// Tells whether a number format shows a day: it names year, month or day outside quotes and brackets.
pub fn date_format(format: &str) -> bool {
    let (mut quoted, mut bracketed) = (false, false);
    let mut chars = format.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => quoted = !quoted,
            _ if quoted => {}
            '\\' | '_' | '*' => {
                chars.next();
            }
            '[' => bracketed = true,
            ']' => bracketed = false,
            ';' => return false,
            'y' | 'Y' | 'd' | 'D' if !bracketed => return true,
            _ => {}
        }
    }
    false
}

/// Tells the day a number stands for; a time of day after the point is left out.
pub fn day_of(digits: &str, since_1904: bool) -> Option<NaiveDate> {
    let whole = digits.split_once('.').map_or(digits, |(whole, _)| whole);
    let days: u64 = whole.parse().ok().filter(|days| *days < 3_000_000)?;
    let epoch = if since_1904 { NaiveDate::from_ymd_opt(1904, 1, 1) } else { NaiveDate::from_ymd_opt(1899, 12, 30) };
    epoch?.checked_add_days(Days::new(days))
}
