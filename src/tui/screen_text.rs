//! A drawn buffer as plain text, for snapshots, the page to copy from and linear mode.

use ratatui::buffer::{Buffer, CellWidth};

/// Tells what a person sees in a buffer, line by line, blanks at the end left out.
///
/// The cell behind a wide character keeps whatever was there before and is not seen, so it is skipped.
pub fn screen_text(buffer: &Buffer) -> String {
    let area = buffer.area;
    let mut text = String::new();
    for y in area.top()..area.bottom() {
        let mut line = String::new();
        let mut x = area.left();
        while let Some(cell) = buffer.cell((x, y)).filter(|_| x < area.right()) {
            line.push_str(cell.symbol());
            x = x.saturating_add(cell.cell_width().max(1));
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    #[test]
    fn the_cell_behind_a_wide_character_is_not_seen() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 10, 2));
        buffer.set_string(0, 0, "abcdefghij", Style::default());
        buffer.set_string(0, 0, "行政x", Style::default());
        buffer.set_string(2, 1, "末", Style::default());
        // What an earlier frame left behind a wide character.
        buffer[(1, 0)].set_symbol("z");
        assert_eq!(screen_text(&buffer), "行政xfghij\n  末\n");
    }
}
