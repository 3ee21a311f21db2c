//! Where things stand for a given size of the terminal; update and view ask the same functions.

use ratatui::layout::Rect;

/// The rows every screen shares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shell {
    /// Title and who is here.
    pub title: Rect,
    /// Tabs or facts below the title.
    pub tabs: Rect,
    /// What the screen fills.
    pub body: Rect,
    /// The last result.
    pub message: Rect,
    /// Keys that work here.
    pub hints: Rect,
    /// The function keys, where there is room.
    pub function_keys: Option<Rect>,
    /// Position and flags.
    pub status: Rect,
}

/// Under so many rows the function keys are left out.
const ROOM_FOR_FUNCTION_KEYS: u16 = 28;

/// Lays out the rows every screen shares.
pub fn shell(area: Rect) -> Shell {
    let row =
        |y: u16| Rect { x: area.x, y: area.y + y.min(area.height), width: area.width, height: 1 }.intersection(area);
    let keys = area.height >= ROOM_FOR_FUNCTION_KEYS;
    let bottom = if keys { 4 } else { 3 };
    let foot = area.height.saturating_sub(bottom);
    let body = Rect { y: area.y + 2.min(area.height), height: foot.saturating_sub(2), ..area };
    Shell {
        title: row(0),
        tabs: row(1),
        body,
        message: row(foot),
        hints: row(foot + 1),
        function_keys: keys.then(|| row(foot + 2)),
        status: row(area.height.saturating_sub(1)),
    }
}

/// Cuts an area into a left part of so many columns and the rest, a dividing column between them.
pub fn beside(area: Rect, left: u16) -> (Rect, Rect) {
    let left = left.min(area.width);
    let rest = area.width.saturating_sub(left + 1);
    (Rect { width: left, ..area }, Rect { x: area.x + left + (area.width - left).min(1), width: rest, ..area })
}

/// Cuts an area into an upper part of so many rows and the rest, a dividing row between them.
pub fn above(area: Rect, upper: u16) -> (Rect, Rect) {
    let upper = upper.min(area.height);
    let rest = area.height.saturating_sub(upper + 1);
    (Rect { height: upper, ..area }, Rect { y: area.y + upper + (area.height - upper).min(1), height: rest, ..area })
}
