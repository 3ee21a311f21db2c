//! The tabs of a project. However narrow the screen is, the current one is seen whole.

use ratatui::layout::Rect;

use super::{Pane, Project};
use crate::tui::canvas::Canvas;

/// Draws them: with full names, with brief ones, close together; where even these do not fit, scrolled.
pub fn draw(project: &Project, canvas: &mut Canvas<'_>, area: Rect) {
    let tab = |pane: Pane, name: &str| {
        let count = count(project, pane);
        // In the checklist digits judge; there the views are reached by Tab.
        let digit = if project.pane == Pane::Checklist { String::new() } else { (pane.index() + 1).to_string() };
        match pane == project.pane {
            true => format!("[{digit}{name}{count}]"),
            false => format!(" {digit}{name}{count} "),
        }
    };
    let room = usize::from(area.width.saturating_sub(1));
    let wide = |tabs: &[String], gap: usize| tabs.iter().map(|text| canvas.width.of_str(text) + gap).sum::<usize>();
    let full = Pane::ALL.map(|pane| tab(pane, pane.name()));
    let brief = Pane::ALL.map(|pane| tab(pane, pane.brief()));
    let current = project.pane.index();
    let (tabs, gap) = match () {
        () if wide(&full, 1) <= room => (full, 1),
        () if wide(&brief, 1) <= room => (brief, 1),
        () => (brief, 0),
    };
    // One column at each end is kept for the mark that there are more.
    let first = match wide(&tabs, gap) <= room {
        true => 0,
        false => (0..current)
            .find(|first| tabs.get(*first..=current).is_some_and(|seen| wide(seen, gap) < room))
            .unwrap_or(current),
    };
    if first > 0 {
        canvas.line(Rect { width: 1, ..area }, 0, "<", canvas.theme.heading());
    }
    let (mut x, gap) = (area.x + 1, u16::try_from(gap).unwrap_or_default());
    for (at, (pane, text)) in Pane::ALL.iter().zip(&tabs).enumerate().skip(first) {
        let left = usize::from(area.right().saturating_sub(x));
        let kept = usize::from(at + 1 < tabs.len());
        if canvas.width.of_str(text) + kept > left && at != current {
            canvas.right(area, 0, x, ">", canvas.theme.heading());
            return;
        }
        let style = if *pane == project.pane { canvas.theme.heading() } else { canvas.theme.plain() };
        x = canvas.line(Rect { x, width: area.right().saturating_sub(x), ..area }, 0, text, style) + gap;
    }
}

/// Tells how far the checklist is, and how many findings are open.
fn count(project: &Project, pane: Pane) -> String {
    match (pane, project.view.as_deref()) {
        (Pane::Checklist, Some(view)) => {
            let (total, answered) = view.checklist.progress(None);
            format!(" {answered}/{total}")
        }
        (Pane::Findings, Some(view)) => match view.findings.open().count() {
            0 => String::new(),
            open => format!(" {open}"),
        },
        _ => String::new(),
    }
}
