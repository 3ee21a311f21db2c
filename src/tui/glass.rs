//! A terminal for tests that shows `“ … — ①` as wide as it is told to, whatever the program believes.
//!
//! It knows the few sequences the painter writes and refuses every other; the line does not wrap at its end, as the
//! program asks of a real one.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// What stands behind a wide character.
const BEHIND: &str = "";

/// The emulator.
pub struct Glass {
    wide: bool,
    rows: Vec<Vec<String>>,
    at: (usize, usize),
    /// The codes of every change of the looks.
    pub looks: Vec<u16>,
}

impl Glass {
    /// A blank terminal.
    pub fn new((columns, rows): (u16, u16), wide: bool) -> Glass {
        let row = vec![" ".to_owned(); usize::from(columns)];
        Glass { wide, rows: vec![row; usize::from(rows)], at: (0, 0), looks: Vec::new() }
    }

    /// Tells columns and rows.
    pub fn size(&self) -> (u16, u16) {
        (u16::try_from(self.rows[0].len()).unwrap(), u16::try_from(self.rows.len()).unwrap())
    }

    /// Tells how wide this terminal shows a character.
    pub fn cells(&self, symbol: &str) -> usize {
        if self.wide { symbol.width_cjk() } else { symbol.width() }
    }

    /// Tells what a cell shows, nothing for the second half of a wide character.
    pub fn cell(&self, x: usize, y: usize) -> &str {
        &self.rows[y][x]
    }

    /// Tells where the cursor is.
    pub fn cursor(&self) -> (usize, usize) {
        self.at
    }

    /// Shows what is written.
    pub fn write(&mut self, bytes: &[u8]) {
        let mut rest = std::str::from_utf8(bytes).expect("whole characters");
        while let Some(grapheme) = rest.graphemes(true).next() {
            let (piece, behind) = if grapheme == "\x1b" {
                let end = rest.find(|c: char| c.is_ascii_alphabetic()).expect("a whole sequence");
                rest.split_at(end + 1)
            } else {
                rest.split_at(grapheme.len())
            };
            match piece.strip_prefix("\x1b[") {
                Some(sequence) => self.obey(sequence),
                None => {
                    assert!(!piece.contains(char::is_control), "{piece:?}");
                    self.show(piece);
                }
            }
            rest = behind;
        }
    }

    fn obey(&mut self, sequence: &str) {
        let (codes, end) = sequence.split_at(sequence.len() - 1);
        let numbers: Vec<usize> = codes.split(';').filter_map(|number| number.parse().ok()).collect();
        let (x, y) = self.at;
        match (end.as_bytes()[0], numbers.as_slice()) {
            (b'H', [row, column]) => {
                assert!(*row <= self.rows.len() && *column <= self.rows[0].len(), "outside: {row};{column}");
                self.at = (column - 1, row - 1);
            }
            (b'J', [2]) => self.rows.iter_mut().flatten().for_each(|cell| *cell = " ".to_owned()),
            (b'K', []) => {
                self.part(x, y);
                self.rows[y][x..].fill(" ".to_owned());
            }
            (b'm', codes) => self.looks.extend(codes.iter().map(|code| u16::try_from(*code).unwrap())),
            (b'h' | b'l', _) if codes.starts_with('?') => {}
            other => panic!("no such sequence: {codes} {other:?}"),
        }
    }

    /// Half a character cannot stand: the other half goes too.
    fn part(&mut self, x: usize, y: usize) {
        let row = &mut self.rows[y];
        if row[x] == BEHIND {
            row[x - 1] = " ".to_owned();
            row[x] = " ".to_owned();
        }
        if row.get(x + 1).is_some_and(|next| next == BEHIND) {
            row[x + 1] = " ".to_owned();
        }
    }

    fn show(&mut self, grapheme: &str) {
        let ((x, y), cells) = (self.at, self.cells(grapheme));
        let columns = self.rows[y].len();
        if x + cells > columns {
            return;
        }
        for covered in x..x + cells {
            self.part(covered, y);
        }
        self.rows[y][x] = grapheme.to_owned();
        self.rows[y][x + 1..x + cells].fill(BEHIND.to_owned());
        // At the end of the line the cursor stays, as the line does not wrap.
        self.at.0 = (x + cells).min(columns - 1);
    }
}
