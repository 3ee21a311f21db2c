//! Drawing on a buffer: text by cells, boxes of ASCII, popups that leave no half characters.

use ratatui::buffer::{Buffer, CellDiffOption, CellWidth};
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::theme::Theme;
use super::width::Width;
use super::wrap::wrap;
use crate::domain::text::{clean_line, clean_text};

/// No line of prose is longer, however wide the terminal: 38 Chinese characters.
pub const WIDEST_TEXT: u16 = 76;

/// A buffer with the terminal's widths and the theme.
pub struct Canvas<'b> {
    /// What is drawn on.
    pub buffer: &'b mut Buffer,
    /// How wide characters are.
    pub width: Width,
    /// How things look.
    pub theme: Theme,
}

impl Canvas<'_> {
    /// Draws a text of one line in an area's row, cut to it; tells the column behind it.
    pub fn line(&mut self, area: Rect, row: u16, text: &str, style: Style) -> u16 {
        if row >= area.height {
            return area.x;
        }
        let text = clean_line(text);
        let cut = self.width.cut(&text, usize::from(area.width));
        self.width.draw(self.buffer, (area.x, area.y + row), &cut, area.width, style)
    }

    /// Draws a text of one line and fills the rest of the row in the same style.
    pub fn bar(&mut self, area: Rect, row: u16, text: &str, style: Style) {
        let padded = self.width.pad(&clean_line(text), usize::from(area.width));
        self.line(area, row, &padded, style);
    }

    /// Draws a text at the right end of a row, if it fits right of `from`; half of it would say nothing.
    pub fn right(&mut self, area: Rect, row: u16, from: u16, text: &str, style: Style) {
        let text = clean_line(text);
        let cells = u16::try_from(self.width.of_str(&text)).unwrap_or(u16::MAX);
        if cells <= area.right().saturating_sub(from) {
            self.line(Rect { x: area.right() - cells, width: cells, ..area }, row, &text, style);
        }
    }

    /// Draws lines from one on, as far as there is room; tells how many rows were used.
    pub fn lines(&mut self, area: Rect, lines: &[StyledLine], from: usize) -> u16 {
        let mut row = 0;
        for line in lines.iter().skip(from).take(usize::from(area.height)) {
            self.line(area, row, &line.text, line.style);
            row += 1;
        }
        row
    }

    /// Draws a border with a title and gives the area within.
    pub fn frame(&mut self, area: Rect, title: &str) -> Rect {
        if area.width < 2 || area.height < 2 {
            return Rect { width: 0, height: 0, ..area };
        }
        let inner = usize::from(area.width - 2);
        let edge = format!("+{}+", "-".repeat(inner));
        self.line(area, 0, &edge, self.theme.plain());
        self.line(area, area.height - 1, &edge, self.theme.plain());
        for row in 1..area.height - 1 {
            self.line(Rect { width: 1, ..area }, row, "|", self.theme.plain());
            self.line(Rect { x: area.right() - 1, width: 1, ..area }, row, "|", self.theme.plain());
        }
        if !title.is_empty() {
            let within = Rect { x: area.x + 2, width: area.width.saturating_sub(4), ..area };
            self.line(within, 0, &format!(" {} ", clean_line(title)), self.theme.heading());
        }
        Rect { x: area.x + 1, y: area.y + 1, width: area.width - 2, height: area.height - 2 }
    }

    /// Draws a line down between two panes of a frame.
    pub fn divide(&mut self, frame: Rect, x: u16) {
        for row in 0..frame.height {
            let mark = if row == 0 || row + 1 == frame.height { "+" } else { "|" };
            self.line(Rect { x, width: 1, ..frame }, row, mark, self.theme.plain());
        }
    }

    /// Draws a line across within a frame.
    pub fn rule(&mut self, area: Rect, row: u16) {
        self.line(area, row, &"-".repeat(usize::from(area.width)), self.theme.plain());
    }

    /// Blanks an area for a popup. A wide character reaching into it from the left goes too: the terminal would
    /// otherwise draw its right half over the popup's border.
    pub fn clear(&mut self, area: Rect) {
        let area = area.intersection(self.buffer.area);
        for y in area.top()..area.bottom() {
            let left = area.x.checked_sub(1).and_then(|x| self.buffer.cell_mut((x, y)));
            if let Some(cell) = left.filter(|cell| cell.cell_width() > 1) {
                cell.set_symbol(" ").set_diff_option(CellDiffOption::None);
            }
            for x in area.left()..area.right() {
                if let Some(cell) = self.buffer.cell_mut((x, y)) {
                    cell.reset();
                }
            }
        }
    }

    /// Opens a popup in the middle of an area and gives the area within its border.
    pub fn popup(&mut self, within: Rect, (columns, rows): (u16, u16), title: &str) -> Rect {
        let width = columns.min(within.width);
        let height = rows.min(within.height);
        let x = within.x + (within.width - width) / 2;
        let y = within.y + (within.height - height) / 2;
        let area = Rect { x, y, width, height };
        let margin = Rect { x: x.saturating_sub(1), width: width + (x - x.saturating_sub(1)), ..area };
        self.clear(margin);
        self.frame(area, title)
    }

    /// Breaks a text of people into lines for a pane.
    pub fn paragraph(&self, text: &str, cells: u16) -> Vec<String> {
        paragraph(text, cells, self.width)
    }
}

/// Breaks a text of people into lines of at most so many cells.
pub fn paragraph(text: &str, cells: u16, width: Width) -> Vec<String> {
    let text = clean_text(text);
    let rows = wrap(&text, cells.min(WIDEST_TEXT), width);
    rows.texts(&text, 0, rows.rows().len())
}

/// A line of a pane.
#[derive(Debug, Clone, PartialEq)]
pub struct StyledLine {
    /// What it says.
    pub text: String,
    /// How it looks.
    pub style: Style,
}

/// Collects the lines of a pane.
pub struct Sheet {
    /// The lines so far.
    pub lines: Vec<StyledLine>,
    cells: u16,
    width: Width,
    theme: Theme,
}

impl Sheet {
    /// Begins a sheet of so many cells.
    pub fn new(cells: u16, width: Width, theme: Theme) -> Sheet {
        Sheet { lines: Vec::new(), cells: cells.min(WIDEST_TEXT), width, theme }
    }

    /// Tells the theme.
    pub fn theme(&self) -> Theme {
        self.theme
    }

    /// Adds a text, broken into lines and indented.
    pub fn text(&mut self, indent: u16, text: &str, style: Style) {
        let blanks = " ".repeat(usize::from(indent));
        for line in paragraph(text, self.cells.saturating_sub(indent), self.width) {
            self.lines.push(StyledLine { text: format!("{blanks}{line}"), style });
        }
    }

    /// Adds a text behind a badge, its further lines below its beginning.
    pub fn marked(&mut self, badge: &str, text: &str, style: Style) {
        const BADGE: u16 = 5;
        let badge = self.width.pad(badge, usize::from(BADGE));
        for (at, row) in paragraph(text, self.cells.saturating_sub(BADGE), self.width).into_iter().enumerate() {
            let before = if at == 0 { badge.clone() } else { " ".repeat(usize::from(BADGE)) };
            self.lines.push(StyledLine { text: format!("{before}{row}"), style });
        }
    }

    /// Adds a heading with a blank line before it.
    pub fn heading(&mut self, text: &str) {
        if !self.lines.is_empty() {
            self.blank();
        }
        self.text(0, text, self.theme.heading());
    }

    /// Adds an empty line.
    pub fn blank(&mut self) {
        self.lines.push(StyledLine { text: String::new(), style: self.theme.plain() });
    }

    /// Adds a name and its value, the value's further lines below its beginning.
    pub fn field(&mut self, name: &str, value: &str) {
        const NAMES: u16 = 16;
        let label = self.width.pad(name, usize::from(NAMES));
        let value = if value.trim().is_empty() { "(未填)" } else { value };
        let rows = paragraph(value, self.cells.saturating_sub(NAMES), self.width);
        for (at, row) in rows.into_iter().enumerate() {
            let before = if at == 0 { label.clone() } else { " ".repeat(usize::from(NAMES)) };
            self.lines.push(StyledLine { text: format!("{before}{row}"), style: self.theme.plain() });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::screen_text;

    #[test]
    fn a_popup_keeps_its_left_border_beside_a_wide_character() {
        let area = Rect::new(0, 0, 20, 5);
        let mut buffer = Buffer::empty(area);
        let mut canvas = Canvas { buffer: &mut buffer, width: Width::default(), theme: Theme::Mono };
        for row in 0..5 {
            canvas.line(area, row, "行政许可行政许可行政", Style::new());
        }
        canvas.popup(area, (10, 3), "题");
        assert_eq!(screen_text(&buffer).lines().nth(2), Some("行政 |        | 行政"));
    }

    #[test]
    fn nothing_is_drawn_outside() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 1, 1));
        let mut canvas = Canvas { buffer: &mut buffer, width: Width::default(), theme: Theme::Mono };
        let wide = Rect::new(0, 0, 300, 90);
        canvas.frame(wide, "标题");
        canvas.popup(wide, (40, 10), "题");
        canvas.right(wide, 3, 0, "右", Style::new());
        canvas.bar(Rect::new(5, 5, 0, 0), 0, "无", Style::new());
    }
}
