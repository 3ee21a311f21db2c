//! A whole page, and what is said of the focus, on demand.

use super::focus;
use super::plain::{Drawn, Part, ROWS, drawn};
use crate::tui::screen::project::Pane;
use crate::tui::state::{Screen, State};

/// Lists what is said of what has the focus.
pub fn details(state: &mut State) -> Vec<String> {
    if state.dialog.is_some() {
        return page(state);
    }
    let lines = drawn(state, Part::Body, true).details;
    if lines.is_empty() { focus::focus(state) } else { lines }
}

/// Lists the whole page.
pub fn page(state: &mut State) -> Vec<String> {
    if state.dialog.is_some() {
        return drawn(state, Part::Dialog, true).lines;
    }
    let mut lines = drawn(state, Part::Tabs, false).lines;
    match state.screen() {
        Screen::Queue if state.queue.listing.current().is_some() => {
            let queue = &state.queue;
            let from = queue.listing.top();
            let rows = (from..from + usize::from(ROWS)).filter_map(|place| queue.listing.row(place));
            let rows: Vec<String> = rows.map(|row| focus::project_row(queue, row)).collect();
            let shown = rows.len();
            lines.extend(rows);
            let below = queue.listing.total().saturating_sub(from + shown);
            if below > 0 {
                lines.push(format!("后面还有 {below} 项，PgDn 下翻"));
            }
        }
        Screen::Project(project) if project.pane == Pane::Checklist && project.view.is_some() => {
            let items = focus::items(project);
            let Drawn { lines: body, details, .. } = drawn(state, Part::Body, true);
            lines.extend(body.into_iter().take(1));
            lines.extend(items);
            lines.push("当前条目".to_owned());
            lines.extend(details);
        }
        Screen::Project(project) => {
            let pane = project.pane.index();
            let top = state.project.as_mut().and_then(|project| project.top.get_mut(pane)).map(std::mem::take);
            lines.extend(drawn(state, Part::Body, true).lines);
            let place = state.project.as_mut().and_then(|project| project.top.get_mut(pane));
            if let (Some(place), Some(top)) = (place, top) {
                *place = top;
            }
        }
        _ => lines.extend(drawn(state, Part::Body, true).lines),
    }
    lines
}
