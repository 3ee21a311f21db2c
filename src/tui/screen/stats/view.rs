//! How the statistics look.

use ratatui::layout::Rect;

use super::chart::{Layout, lines};
use super::pages::percent;
use super::{Page, StatsScreen};
use crate::domain::project::Overlay;
use crate::service::view::stats::StatsView;
use crate::tui::canvas::Canvas;
use crate::tui::keymap::{Op, key_name};
use crate::tui::layout::shell;
use crate::tui::state::State;

/// The rows above the list: what all of it comes to, and a line.
const SUMMARY: u16 = 2;

fn inner(state: &State) -> Rect {
    let body = shell(state.area()).body;
    let (width, height) = (body.width.saturating_sub(2), body.height.saturating_sub(2));
    Rect { x: body.x + 1.min(body.width), y: body.y + 1.min(body.height), width, height }
}

fn list_area(state: &State) -> Rect {
    let whole = inner(state);
    let above = SUMMARY.min(whole.height);
    Rect { y: whole.y + above, height: whole.height - above, ..whole }
}

/// Tells how many rows the list shows.
pub fn list_height(state: &State) -> usize {
    usize::from(list_area(state).height)
}

/// Draws the screen; tells where the terminal's cursor stands.
pub fn render(stats: &StatsScreen, state: &State, canvas: &mut Canvas<'_>) -> Option<(u16, u16)> {
    draw_tabs(stats, state, canvas);
    canvas.frame(shell(state.area()).body, "");
    let (whole, list) = (inner(state), list_area(state));
    let Some(view) = stats.view.as_deref() else {
        canvas.line(list, 0, "  正在统计，请稍候", canvas.theme.plain());
        return Some((list.x, list.y));
    };
    if view.total.count == 0 {
        let year = format!("  按 {} {} 换年度", key_name(Op::PreviousYear), key_name(Op::NextYear));
        canvas.line(list, 0, "  还没有你可见的项目。", canvas.theme.plain());
        canvas.line(list, 1, if stats.years.is_empty() { "" } else { &year }, canvas.theme.plain());
        return Some((list.x, list.y));
    }
    canvas.line(whole, 0, &format!("  {}", summary(view)), canvas.theme.heading());
    canvas.rule(whole, 1);
    let blocks = stats.blocks();
    if blocks.is_empty() {
        canvas.line(list, 0, "  正在统计，请稍候", canvas.theme.plain());
    }
    let layout = Layout::of(list);
    let mut cursor = None;
    for (row, line) in (0..list.height).zip(lines(&blocks).into_iter().skip(stats.top)) {
        if layout.draw(canvas, list, row, line, stats.at) {
            cursor = Some((list.x, list.y + row));
        }
    }
    cursor.or(Some((list.x, list.y)))
}

/// What all of it comes to, the weightiest first.
fn summary(view: &StatsView) -> String {
    let cuts = &view.total.cuts;
    let suspended = view.overlays.get(&Overlay::Suspended).map_or(0, |sums| sums.count);
    let mut said = format!("{} 个项目  在办 {}  逾期 {}", view.total.count, view.under_way(), view.overdue.count);
    if cuts.reviewed > 0 {
        said.push_str(&format!("  核减 {} ({} 万元)", percent(cuts.per_mille()), cuts.amount));
    }
    if suspended > 0 {
        said.push_str(&format!("  暂停 {suspended}"));
    }
    format!("{said}  总额 {} 万元", view.total.amount)
}

fn draw_tabs(stats: &StatsScreen, state: &State, canvas: &mut Canvas<'_>) {
    let area = shell(state.area()).tabs;
    let mut x = area.x + 1;
    for (number, page) in (1..).zip(Page::ALL) {
        let is_shown = page == stats.page;
        let text = format!("{number}{}", page.name());
        let text = if is_shown { format!("[{text}]") } else { format!(" {text} ") };
        let style = if is_shown { canvas.theme.heading() } else { canvas.theme.plain() };
        x = canvas.line(Rect { x, width: area.right().saturating_sub(x), ..area }, 0, &text, style) + 1;
    }
    let year = stats.year.map_or("全部年度".to_owned(), |year| format!("{year} 年度"));
    canvas.right(area, 0, x, &format!("{year} "), canvas.theme.heading());
}
