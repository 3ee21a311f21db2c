//! How many cells a text takes: one judge for chrome, wrapping, caret and truncation.

use std::num::NonZeroU16;

use ratatui::buffer::{Buffer, CellDiffOption, CellWidth};
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// What stands for the part of a text that is cut off; ASCII, because `…` is one cell here and two there.
const CUT_MARK: &str = "..";

/// The widths of the terminal in use.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Width {
    /// Whether the terminal shows `“ … — ①` and their like two cells wide, as the probe at the start found.
    pub ambiguous_wide: bool,
}

/// How the width of `“` and its like came to be known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Gauge {
    /// Nobody asked: there is no terminal.
    #[default]
    NotAsked,
    /// The terminal was asked and did not say.
    Silent,
    /// The terminal said whether it is wide.
    Measured(bool),
    /// The person said whether it is wide.
    Chosen(bool),
}

impl Gauge {
    /// Tells the widths to go by; a terminal that does not say is taken for narrow, as most are.
    pub fn width(self) -> Width {
        Width { ambiguous_wide: matches!(self, Gauge::Measured(true) | Gauge::Chosen(true)) }
    }

    /// Says it in the status line.
    pub const fn label(self) -> &'static str {
        match self {
            Gauge::NotAsked => "",
            Gauge::Silent => "宽度:未测",
            Gauge::Measured(false) | Gauge::Chosen(false) => "宽度:窄",
            Gauge::Measured(true) | Gauge::Chosen(true) => "宽度:宽",
        }
    }
}

impl Width {
    /// Tells the cells of one character; a control has none.
    pub fn of_char(self, c: char) -> u16 {
        let mut bytes = [0; 4];
        self.of_grapheme(c.encode_utf8(&mut bytes))
    }

    /// Tells the cells of one grapheme, what a reader takes for one character.
    pub fn of_grapheme(self, grapheme: &str) -> u16 {
        // The widgets leave out controls; asking for their width is an error there.
        if grapheme.contains(char::is_control) {
            return 0;
        }
        let narrow = grapheme.cell_width();
        if self.ambiguous_wide { narrow.max(u16::try_from(grapheme.width_cjk()).unwrap_or(u16::MAX)) } else { narrow }
    }

    /// Tells the cells of a text of one line.
    pub fn of_str(self, text: &str) -> usize {
        text.graphemes(true).map(|grapheme| usize::from(self.of_grapheme(grapheme))).sum()
    }

    /// Cuts a text to so many cells, never through a wide character; what is cut ends in `..`.
    pub fn cut(self, text: &str, cells: usize) -> String {
        if self.of_str(text) <= cells {
            return text.to_owned();
        }
        let Some(room) = cells.checked_sub(CUT_MARK.len()) else {
            return ".".repeat(cells);
        };
        let mut used = 0;
        let mut cut: String = text
            .graphemes(true)
            .take_while(|grapheme| {
                used += usize::from(self.of_grapheme(grapheme));
                used <= room
            })
            .collect();
        cut.push_str(CUT_MARK);
        cut
    }

    /// Makes a text exactly so many cells: cut, or followed by blanks.
    pub fn pad(self, text: &str, cells: usize) -> String {
        let mut padded = self.cut(text, cells);
        padded.push_str(&" ".repeat(cells.saturating_sub(self.of_str(&padded))));
        padded
    }

    /// Makes a text exactly so many cells: cut, or preceded by blanks, as amounts are.
    pub fn pad_left(self, text: &str, cells: usize) -> String {
        let cut = self.cut(text, cells);
        let blanks = cells.saturating_sub(self.of_str(&cut));
        format!("{}{cut}", " ".repeat(blanks))
    }

    /// Draws a text of one line, up to so many cells, and tells the column behind it.
    ///
    /// A character that is wider here than the widgets think is marked as such in the buffer.
    pub fn draw(self, buffer: &mut Buffer, (x, y): (u16, u16), text: &str, cells: u16, style: Style) -> u16 {
        let end = buffer.area.right().min(x.saturating_add(cells));
        let mut x = x;
        for grapheme in text.graphemes(true) {
            let width = self.of_grapheme(grapheme);
            if width == 0 {
                continue;
            }
            let next = x.saturating_add(width);
            if next > end {
                break;
            }
            if let Some(cell) = buffer.cell_mut((x, y)) {
                let forced = NonZeroU16::new(width).filter(|_| width != grapheme.cell_width());
                cell.set_symbol(grapheme).set_style(style);
                cell.set_diff_option(forced.map_or(CellDiffOption::None, CellDiffOption::ForcedWidth));
            }
            for behind in x.saturating_add(1)..next {
                if let Some(cell) = buffer.cell_mut((behind, y)) {
                    cell.reset();
                }
            }
            x = next;
        }
        x
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::screen_text;
    use proptest::prelude::*;
    use ratatui::layout::Rect;

    const NARROW: Width = Width { ambiguous_wide: false };
    const WIDE: Width = Width { ambiguous_wide: true };

    #[test]
    fn chinese_is_two_cells_and_ambiguous_depends_on_the_terminal() {
        assert_eq!(NARROW.of_str("政务ab㎡𠮷"), 10);
        assert_eq!((NARROW.of_str("“①…”"), WIDE.of_str("“①…”")), (4, 8));
        assert_eq!(NARROW.of_char('中'), 2);
        assert_eq!(NARROW.of_char('\u{1b}'), 0);
        assert_eq!(NARROW.of_str("e\u{301}"), 1);
    }

    #[test]
    fn a_long_name_is_cut_at_a_cell_boundary() {
        assert_eq!(NARROW.cut("县教育局智慧校园", 16), "县教育局智慧校园");
        assert_eq!(NARROW.cut("县教育局智慧校园", 15), "县教育局智慧..");
        assert_eq!(NARROW.pad("县教育局智慧校园", 11), "县教育局.. ");
        assert_eq!(NARROW.pad_left("96.8", 6), "  96.8");
        assert_eq!((NARROW.cut("教育", 1), NARROW.cut("教育", 0)), (".".into(), String::new()));
    }

    #[test]
    fn a_text_is_drawn_in_the_cells_it_was_measured_in() {
        let area = Rect::new(0, 0, 12, 1);
        let mut buffer = Buffer::empty(area);
        let end = WIDE.draw(&mut buffer, (0, 0), "“十四五”规划", 12, Style::default());
        assert_eq!((end, buffer[(2, 0)].symbol(), buffer[(8, 0)].symbol()), (12, "十", "”"));
        assert_eq!(screen_text(&buffer), "“十四五”规\n");
        assert_eq!(NARROW.draw(&mut buffer, (10, 0), "规划", 12, Style::default()), 12);
        assert_eq!(NARROW.draw(&mut buffer, (0, 5), "outside", 12, Style::default()), 7);
    }

    proptest! {
        #[test]
        fn what_is_cut_never_exceeds_its_cells(text in any::<String>(), cells in 0usize..30, wide in any::<bool>()) {
            let width = Width { ambiguous_wide: wide };
            prop_assert!(width.of_str(&width.cut(&text, cells)) <= cells);
        }

        #[test]
        fn what_is_padded_fills_its_cells(text in "[教“…a-z①é ]{0,20}", cells in 0usize..30, wide in any::<bool>()) {
            let width = Width { ambiguous_wide: wide };
            prop_assert_eq!(width.of_str(&width.pad(&text, cells)), cells);
            prop_assert_eq!(width.of_str(&width.pad_left(&text, cells)), cells);
        }

        #[test]
        fn drawing_ends_where_measuring_says(text in "[教“…a-z①é ]{0,20}", wide in any::<bool>()) {
            let width = Width { ambiguous_wide: wide };
            let mut buffer = Buffer::empty(Rect::new(0, 0, 80, 1));
            let end = width.draw(&mut buffer, (0, 0), &text, 80, Style::default());
            prop_assert_eq!(usize::from(end), width.of_str(&text));
            let shown = screen_text(&buffer);
            prop_assert_eq!(shown.trim_end(), text.trim_end());
        }
    }
}
