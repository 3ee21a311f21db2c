//! How a project looks.

use ratatui::layout::Rect;

use super::{Pane, Project, checklist, findings, pages, panel, rounds, rules, tabs, why_not_judge};
use crate::service::view::show::ProjectView;
use crate::tui::canvas::{Canvas, StyledLine};
use crate::tui::keymap::{Op, Scope, digits, key_name};
use crate::tui::layout::{above, beside, shell};
use crate::tui::state::State;
use crate::wording::{self, labels};

/// From so many columns on, list and details stand side by side.
const ROOM_FOR_DETAILS: u16 = 78;

/// Where the parts of the screen stand.
struct Places {
    tabs: Rect,
    facts: Rect,
    frame: Rect,
    /// The page, or the list.
    main: Rect,
    /// What stands beside or below the list.
    details: Option<Rect>,
    /// What digits mean, in the checklist.
    legend: Option<Rect>,
}

fn places(state: &State, pane: Pane) -> Places {
    let shell = shell(state.area());
    let body = shell.body;
    let facts = Rect { height: 1.min(body.height), ..body };
    let frame = Rect { y: body.y + facts.height, height: body.height - facts.height, ..body };
    let mut inner = Rect {
        x: frame.x + 1,
        y: frame.y + 1,
        width: frame.width.saturating_sub(2),
        height: frame.height.saturating_sub(2),
    };
    let legend = (matches!(pane, Pane::Checklist | Pane::Rounds) && inner.height > 2).then(|| {
        inner.height -= 1;
        Rect { y: inner.bottom(), height: 1, ..inner }
    });
    let opened = state.project.as_ref().is_some_and(|project| project.rounds.opened.is_some());
    let (main, details) = match pane {
        Pane::Rounds if opened => (Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner }, None),
        Pane::Rules | Pane::Checklist | Pane::Findings | Pane::Rounds => {
            let (list, rest) = match inner.width >= ROOM_FOR_DETAILS {
                true => beside(inner, list_width(pane, inner.width)),
                false => above(inner, inner.height / 2),
            };
            (list, Some(Rect { x: rest.x + 1, width: rest.width.saturating_sub(1), ..rest }))
        }
        _ => (Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner }, None),
    };
    Places { tabs: shell.tabs, facts, frame, main, details, legend }
}

/// The actions are short, the questions long.
fn list_width(pane: Pane, width: u16) -> u16 {
    if matches!(pane, Pane::Rules | Pane::Rounds) { width / 3 } else { width * 9 / 20 }
}

/// Tells how many lines the page or list shows.
pub(super) fn page_height(state: &State) -> u16 {
    let pane = state.project.as_ref().map_or(Pane::Overview, |project| project.pane);
    places(state, pane).main.height
}

/// Tells how many lines the details have, and how many of them are shown at a time.
pub(super) fn details_size(state: &State) -> (usize, usize) {
    let Some(project) = &state.project else { return (0, 0) };
    let (Some(view), Some(area)) = (project.view.as_deref(), places(state, project.pane).details) else {
        return (0, 0);
    };
    (details(state, project, view, area.width).len(), usize::from(area.height))
}

fn details(state: &State, project: &Project, view: &ProjectView, cells: u16) -> Vec<StyledLine> {
    match project.pane {
        Pane::Rounds => project.rounds.page(cells, state.width, state.theme),
        Pane::Rules => rules::details(view, project.action, cells, state.width, state.theme),
        Pane::Findings => findings::details(view, project.finding, cells, state.width, state.theme),
        _ => {
            let item = project.items().get(project.item).copied();
            checklist::details(view, item, cells, state.width, state.theme)
        }
    }
}

/// Tells the first line to show, so that the cursor is on the screen and no page ends in emptiness.
pub(super) fn settled_top(state: &State) -> usize {
    let Some(project) = &state.project else { return 0 };
    let Some(view) = project.view.as_deref() else { return 0 };
    let places = places(state, project.pane);
    let height = usize::from(places.main.height).max(1);
    let top = project.top.get(project.pane.index()).copied().unwrap_or(0);
    let follow = |cursor: usize| {
        let lowest = (cursor + 1).saturating_sub(height);
        top.clamp(lowest, cursor.max(lowest))
    };
    match project.pane {
        Pane::Rules => follow(project.action),
        Pane::Findings => follow(project.finding),
        Pane::Rounds if project.rounds.opened.is_none() => follow(project.rounds.selected),
        Pane::Checklist => {
            let rows = checklist::rows(view, places.main.width, state.width, state.theme);
            let row = rows.iter().position(|row| row.item == Some(project.item)).unwrap_or(0);
            // The heading above a dimension's first item is worth its row.
            if row == 1 { 0 } else { follow(row) }
        }
        pane => top.min(text(state, project, view, pane, places.main.width).len().saturating_sub(height)),
    }
}

fn text(state: &State, project: &Project, view: &ProjectView, pane: Pane, cells: u16) -> Vec<StyledLine> {
    let (width, theme) = (state.width, state.theme);
    match pane {
        Pane::Opinions => pages::opinions(view, cells, width, theme),
        Pane::History => pages::history(view, cells, width, theme),
        Pane::Panel => panel::panels(view, cells, width, theme),
        Pane::Rounds => project.rounds.page(cells, width, theme),
        _ => pages::overview(view, cells, width, theme),
    }
}

/// Writes the view shown as plain text: lists with their details behind them, pages whole.
pub fn plain_lines(state: &State) -> Vec<String> {
    const CELLS: u16 = 76;
    let Some(project) = &state.project else { return Vec::new() };
    let Some(view) = project.view.as_deref() else { return Vec::new() };
    let (width, theme) = (state.width, state.theme);
    let name = crate::wording::destruction::name(&view.dossier.project.declaration.name);
    let head = vec![format!("{} {name}", project.code), project.pane.name().to_owned(), String::new()];
    let list = match project.pane {
        Pane::Rules => rules::list(view, theme),
        Pane::Findings => findings::list(view, theme),
        Pane::Checklist => checklist::rows(view, CELLS, width, theme).into_iter().map(|row| row.line).collect(),
        Pane::Rounds if project.rounds.opened.is_none() => project.rounds.list(theme),
        pane => text(state, project, view, pane, CELLS),
    };
    let has_details = matches!(project.pane, Pane::Rules | Pane::Findings | Pane::Checklist);
    let details = if has_details { details(state, project, view, CELLS) } else { Vec::new() };
    let gap = (!details.is_empty()).then(String::new);
    let texts = |lines: Vec<StyledLine>| lines.into_iter().map(|line| line.text.trim_end().to_owned());
    head.into_iter().chain(texts(list)).chain(gap).chain(texts(details)).collect()
}

/// Draws the screen; tells where the terminal's cursor stands.
pub fn render(state: &State, canvas: &mut Canvas<'_>) -> Option<(u16, u16)> {
    let project = state.project.as_ref()?;
    let places = places(state, project.pane);
    tabs::draw(project, canvas, places.tabs);
    canvas.frame(places.frame, project.pane.name());
    let Some(view) = project.view.as_deref() else {
        canvas.line(places.main, 0, "正在载入 ...", canvas.theme.plain());
        return Some((places.main.x, places.main.y));
    };
    draw_facts(state, view, canvas, places.facts);
    let top = project.top.get(project.pane.index()).copied().unwrap_or(0);
    if let Some(details) = places.details {
        match details.y == places.main.y {
            true => canvas.divide(places.frame, details.x.saturating_sub(2)),
            false => {
                canvas.rule(Rect { y: details.y.saturating_sub(1), height: 1, x: places.main.x, ..places.main }, 0)
            }
        }
    }
    if let Some(area) = places.details {
        let lines = details(state, project, view, area.width);
        canvas.lines(area, &lines, project.details_top);
        let below = lines.len().saturating_sub(project.details_top + usize::from(area.height));
        if below > 0 {
            let text = format!(" 还有 {below} 行，按 {} 下翻 ", key_name(Op::More));
            let last = Rect { width: area.width, height: places.frame.height, y: places.frame.y, ..area };
            canvas.right(last, places.frame.height.saturating_sub(1), area.x, &text, canvas.theme.heading());
        }
    }
    match project.pane {
        Pane::Rules => {
            let lines = rules::list(view, canvas.theme);
            draw_list(canvas, places.main, lines, top, project.action)
        }
        Pane::Findings => {
            let lines = findings::list(view, canvas.theme);
            draw_list(canvas, places.main, lines, top, project.finding)
        }
        Pane::Checklist => draw_checklist(project, view, canvas, &places, top),
        Pane::Rounds if project.rounds.opened.is_none() => {
            draw_rounds_legend(project, canvas, &places);
            draw_list(canvas, places.main, project.rounds.list(canvas.theme), top, project.rounds.selected)
        }
        pane => {
            draw_rounds_legend(project, canvas, &places);
            let lines = text(state, project, view, pane, places.main.width);
            canvas.lines(places.main, &lines, top);
            draw_more(canvas, places.frame, lines.len(), top, places.main.height);
            Some((places.main.x, places.main.y))
        }
    }
}

fn draw_facts(state: &State, view: &ProjectView, canvas: &mut Canvas<'_>, area: Rect) {
    let project = &view.dossier.project;
    let due = view.due.map_or(String::new(), |due| {
        let late = (view.now.date_naive() - due).num_days();
        match late {
            late if late > 0 => format!("  期限 {due} 已逾{late}天"),
            0 => format!("  期限 {due} 今日"),
            left => format!("  期限 {due} 余{}天", -left),
        }
    });
    let due = match project.clock.left.filter(|_| view.destroyed.is_none()) {
        Some(left) => format!("  {}", wording::clock::stopped(left)),
        None => due,
    };
    let overlays: String = project.overlays.iter().map(|over| format!(" [{}]", labels::overlay(*over))).collect();
    let amount = match view.destroyed {
        Some(_) => wording::destruction::NAMELESS.to_owned(),
        None => format!("{} 万元", project.governing_amount()),
    };
    let text = format!(
        " {amount}  {}{overlays}  {}{due}  {}",
        labels::stage(project.stage),
        labels::route(project.route.code),
        project.unit.name,
    );
    let overdue = view.due.is_some_and(|due| view.now.date_naive() > due);
    let style = if overdue || !project.overlays.is_empty() { canvas.theme.warning() } else { canvas.theme.plain() };
    let x = canvas.line(area, 0, &text, style);
    let (place, total) = (state.queue.listing.selected() + 1, state.queue.listing.total());
    // What was just done may have taken it out of the list.
    if place <= total {
        canvas.right(area, 0, x.saturating_add(1), &format!("列表第 {place}/{total} 项 "), canvas.theme.plain());
    }
}

fn draw_checklist(
    project: &Project,
    view: &ProjectView,
    canvas: &mut Canvas<'_>,
    places: &Places,
    top: usize,
) -> Option<(u16, u16)> {
    let rows = checklist::rows(view, places.main.width, canvas.width, canvas.theme);
    let selected = rows.iter().position(|row| row.item == Some(project.item)).unwrap_or(0);
    if let Some(area) = places.legend {
        let text = match why_not_judge(view) {
            None => format!(" {}", digits(Scope::Checklist)),
            Some(why) => format!(" 只读: {why}"),
        };
        canvas.bar(area, 0, &text, canvas.theme.heading());
    }
    let lines = rows.into_iter().map(|row| row.line).collect();
    draw_list(canvas, places.main, lines, top, selected)
}

fn draw_rounds_legend(project: &Project, canvas: &mut Canvas<'_>, places: &Places) {
    if let (Pane::Rounds, Some(area)) = (project.pane, places.legend) {
        canvas.bar(area, 0, &format!(" {}", rounds::legend(&project.rounds)), canvas.theme.heading());
    }
}

fn draw_list(
    canvas: &mut Canvas<'_>,
    area: Rect,
    lines: Vec<StyledLine>,
    top: usize,
    selected: usize,
) -> Option<(u16, u16)> {
    let mut cursor = Some((area.x, area.y));
    for (row, (at, line)) in lines.iter().enumerate().skip(top).take(usize::from(area.height)).enumerate() {
        let row = u16::try_from(row).unwrap_or(u16::MAX);
        let is_selected = at == selected;
        let mark = if is_selected { ">" } else { " " };
        let text = format!("{mark}{}", line.text);
        match is_selected {
            true => canvas.bar(area, row, &text, canvas.theme.focus()),
            false => {
                canvas.line(area, row, &text, line.style);
            }
        }
        if is_selected {
            cursor = Some((area.x, area.y.saturating_add(row)));
        }
    }
    cursor
}

/// Tells in the border how much of a page is below.
fn draw_more(canvas: &mut Canvas<'_>, frame: Rect, lines: usize, top: usize, height: u16) {
    let below = lines.saturating_sub(top + usize::from(height));
    if below > 0 && frame.height > 1 {
        let area = Rect { width: frame.width.saturating_sub(2), ..frame };
        let text = format!(" 下面还有 {below} 行 ");
        canvas.right(area, frame.height - 1, frame.x, &text, canvas.theme.heading());
    }
}
