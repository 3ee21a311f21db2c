//! How things look: the terminal's own colors, and meaning never by color alone.

use ratatui::style::{Color, Modifier, Style};

/// The styles in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    /// Whether colors may be used; without, bold, underline and reverse say the same.
    pub color: bool,
}

impl Theme {
    /// Text as it is.
    pub fn plain(self) -> Style {
        Style::new()
    }

    /// The title row and headings.
    pub fn heading(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// What the cursor is on.
    pub fn focus(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    /// What is there but cannot be used now.
    pub fn faint(self) -> Style {
        match self.color {
            true => Style::new().fg(Color::DarkGray),
            false => Style::new().add_modifier(Modifier::DIM),
        }
    }

    /// What asks for attention.
    pub fn warning(self) -> Style {
        let bold = Style::new().add_modifier(Modifier::BOLD);
        if self.color { bold.fg(Color::Yellow) } else { bold }
    }

    /// What failed or is overdue.
    pub fn failure(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD | Modifier::REVERSED)
    }

    /// Keys in hints.
    pub fn key(self) -> Style {
        let underlined = Style::new().add_modifier(Modifier::BOLD);
        if self.color { underlined.fg(Color::Cyan) } else { underlined }
    }
}
