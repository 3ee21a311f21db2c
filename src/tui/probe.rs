//! Asks the terminal whether it reads UTF-8 and how wide it shows `“`: writes `评审“` and asks where the cursor is now.
//!
//! Nine bytes are five or six cells in UTF-8, and more in every other character set: what the terminal does is better to
//! know than what the environment says about it, which over SSH is often nothing.
//!
//! The question is put on the second row, never the first: the answer `ESC[1;2R` is also what Shift-F3 sends.
//! What the person typed meanwhile is handed on in its order. An answer that comes too late is no key either: the
//! keyboard's library takes every `ESC[…R` for a place of the cursor and hands none of them on.

use std::os::fd::AsFd;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;

use super::typeahead::is_whole;

/// How long an answer may take: one round trip of a slow line. Terminals that do not answer cost this much once.
pub const PATIENCE: Duration = Duration::from_millis(300);

/// How long the rest of a key that has begun may take.
const REST_OF_A_KEY: Duration = Duration::from_millis(50);

/// Writes the characters and asks.
pub const QUESTION: &str = "\x1b[2;1H评审“\x1b[6n";

/// Takes them away again.
pub const TIDY: &[u8] = b"\x1b[2;1H\x1b[K\x1b[1;1H";

/// The row the question is put on.
const ROW: u16 = 2;

/// What was heard.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Heard {
    /// Whether `“` is two cells wide; nothing where the terminal does not say or reads something else than UTF-8.
    pub wide: Option<bool>,
    /// What the person typed meanwhile.
    pub typed: Vec<u8>,
}

/// Listens for the answer.
pub fn listen(input: impl AsFd, patience: Duration) -> Heard {
    let mut heard = Heard::default();
    let mut deadline = Instant::now() + patience;
    let mut buffer = [0; 1024];
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        match wait(&input, left) {
            Err(Errno::INTR) => continue,
            Ok(true) => {}
            // Time is up, or the terminal is gone, which others notice.
            Ok(false) | Err(_) => return heard,
        }
        match rustix::io::read(&input, &mut buffer) {
            Err(Errno::INTR) => continue,
            Ok(0) | Err(_) => return heard,
            Ok(read) => heard.typed.extend(buffer.iter().take(read)),
        }
        if heard.wide.is_none()
            && let Some(column) = take_answer(&mut heard.typed)
        {
            heard.wide = match column {
                6 => Some(false),
                7 => Some(true),
                _ => return heard,
            };
            deadline = Instant::now() + REST_OF_A_KEY;
        }
        if heard.wide.is_some() && is_whole(&heard.typed) {
            return heard;
        }
    }
}

fn wait(input: &impl AsFd, left: Duration) -> Result<bool, Errno> {
    let seconds = i64::try_from(left.as_secs()).unwrap_or(i64::MAX);
    let patience = Timespec { tv_sec: seconds, tv_nsec: i64::from(left.subsec_nanos()) };
    let mut watched = [PollFd::new(input, PollFlags::IN)];
    let ready = poll(&mut watched, Some(&patience))?;
    Ok(ready > 0 && watched.iter().any(|fd| fd.revents().contains(PollFlags::IN)))
}

/// Takes the answer out of what was read and tells its column.
fn take_answer(bytes: &mut Vec<u8>) -> Option<u16> {
    let (start, end, column) = (0..bytes.len()).find_map(|start| {
        let rest = bytes.get(start..)?.strip_prefix(b"\x1b[")?;
        let length = rest.iter().position(|byte| !byte.is_ascii_digit() && *byte != b';')?;
        let numbers = std::str::from_utf8(rest.get(..length)?).ok()?;
        let (row, column) = numbers.split_once(';')?;
        let is_answer = rest.get(length) == Some(&b'R') && row.parse() == Ok(ROW);
        is_answer.then_some((start, start + 2 + length + 1, column.parse().ok()?))
    })?;
    bytes.drain(start..end);
    Some(column)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn heard(pieces: &'static [&'static str]) -> Heard {
        let (input, mut output) = std::io::pipe().unwrap();
        let writer = std::thread::spawn(move || {
            for piece in pieces {
                output.write_all(piece.as_bytes()).unwrap();
                std::thread::yield_now();
            }
            output
        });
        let heard = listen(&input, Duration::from_millis(60));
        drop(writer.join());
        heard
    }

    #[test]
    fn the_column_behind_the_characters_tells_its_width() {
        assert_eq!(heard(&["\x1b[2;6R"]), Heard { wide: Some(false), typed: Vec::new() });
        assert_eq!(heard(&["\x1b[2;7R"]), Heard { wide: Some(true), typed: Vec::new() });
        assert_eq!(heard(&["\x1b[", "2;", "7R"]), Heard { wide: Some(true), typed: Vec::new() });
    }

    #[test]
    fn what_is_typed_meanwhile_is_kept_in_its_order() {
        let typed = "0/教师\r\x1b[B".as_bytes().to_vec();
        assert_eq!(heard(&["0/教师", "\x1b[2;6R", "\r\x1b[B"]).typed[..8], typed[..8]);
        assert_eq!(heard(&["0/教师\x1b[2;6R\r\x1b[B"]), Heard { wide: Some(false), typed });
    }

    #[test]
    fn a_key_cut_in_two_by_the_answer_is_waited_for() {
        assert_eq!(heard(&["\x1b[2;6R\x1b[", "15~"]), Heard { wide: Some(false), typed: b"\x1b[15~".to_vec() });
    }

    #[test]
    fn shift_f3_is_no_answer() {
        let silent = Heard { wide: None, typed: b"\x1b[1;2R".to_vec() };
        assert_eq!(heard(&["\x1b[1;2R"]), silent);
        let told = Heard { wide: Some(true), typed: b"\x1b[1;2R".to_vec() };
        assert_eq!(heard(&["\x1b[1;2R\x1b[2;7R"]), told);
    }

    #[test]
    fn a_terminal_that_says_nothing_or_nonsense_is_not_measured() {
        assert_eq!(heard(&[]), Heard::default());
        assert_eq!(heard(&["x"]), Heard { wide: None, typed: b"x".to_vec() });
        assert_eq!(
            heard(&["\x1b[2;9R"]),
            Heard::default(),
            "a terminal that reads GBK shows four characters and a half"
        );
        assert_eq!(heard(&["\x1b[2;99999999R"]).wide, None);
    }
}
