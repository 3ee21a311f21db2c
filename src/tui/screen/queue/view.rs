//! How the queue looks.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::views::order_name;
use super::{Queue, Tab};
use crate::domain::actor::Actor;
use crate::domain::calendar::Moment;
use crate::service::view::row::ProjectRow;
use crate::service::view::show::ProjectView;
use crate::tui::canvas::{Canvas, Sheet};
use crate::tui::effect::Source;
use crate::tui::keymap::{Op, key_name};
use crate::tui::layout::{above, beside, shell};
use crate::tui::screen::meetings;
use crate::tui::screen::project::words;
use crate::tui::state::State;
use crate::wording::{self, labels};

/// From so many columns on the preview stands beside the list.
const ROOM_FOR_PREVIEW: u16 = 100;
/// From so many columns on the list tells the building unit.
const ROOM_FOR_UNIT: u16 = 120;
/// The columns of a preview beside the list.
const PREVIEW_COLUMNS: u16 = 40;
/// The rows of a preview below the list.
const PREVIEW_ROWS: u16 = 8;

/// Where the parts of the screen stand.
struct Places {
    filter: Option<Rect>,
    problem: Option<Rect>,
    frame: Rect,
    list: Rect,
    preview: Option<Rect>,
}

fn places(state: &State) -> Places {
    let mut body = shell(state.area()).body;
    let mut take = |wanted: bool| {
        let row = Rect { height: 1.min(body.height), ..body };
        if wanted {
            body = Rect { y: body.y + row.height, height: body.height - row.height, ..body };
        }
        wanted.then_some(row)
    };
    let filter = take(state.queue.filter.is_shown());
    let problem = take(state.queue.filter.problem.is_some());
    let frame = body;
    let inner = Rect {
        x: frame.x + 1,
        y: frame.y + 1,
        width: frame.width.saturating_sub(2),
        height: frame.height.saturating_sub(2),
    };
    let (list, preview) = if frame.width >= ROOM_FOR_PREVIEW {
        let (list, preview) = beside(inner, inner.width.saturating_sub(PREVIEW_COLUMNS + 1));
        (list, Some(preview))
    } else if state.queue.preview {
        let (list, preview) = above(inner, inner.height.saturating_sub(PREVIEW_ROWS + 1));
        (list, Some(preview))
    } else {
        (inner, None)
    };
    Places { filter, problem, frame, list, preview }
}

/// Tells how many projects the list shows; its first row names the columns.
pub fn list_height(state: &State) -> u16 {
    places(state).list.height.saturating_sub(1)
}

/// Tells whether the preview is on the screen.
pub fn shows_preview(state: &State) -> bool {
    !state.is_too_small() && places(state).preview.is_some()
}

/// Draws the screen; tells where the terminal's cursor stands.
pub fn render(state: &State, canvas: &mut Canvas<'_>) -> Option<(u16, u16)> {
    let places = places(state);
    draw_tabs(state, canvas);
    canvas.frame(places.frame, "");
    let caret = places.filter.and_then(|area| draw_filter(state, canvas, area));
    if let (Some(area), Some(problem)) = (places.problem, &state.queue.filter.problem) {
        let said = wording::filter::problem(problem);
        canvas.line(area, 0, &format!("   {}；{}", said.message, said.remedy), canvas.theme.warning());
    }
    draw_columns(state, canvas, places.list);
    let cursor = draw_rows(state, canvas, places.list);
    if let Some(preview) = places.preview {
        let beside = preview.x > places.list.x;
        match beside {
            true => canvas.divide(places.frame, preview.x.saturating_sub(1)),
            false => canvas.rule(Rect { y: preview.y.saturating_sub(1), height: 1, ..preview }, 0),
        }
        draw_preview(state, canvas, preview);
    }
    caret.or(cursor)
}

fn draw_tabs(state: &State, canvas: &mut Canvas<'_>) {
    let area = shell(state.area()).tabs;
    let mut x = area.x + 1;
    for (at, tab) in state.queue.tabs.iter().enumerate() {
        let is_shown = at == state.queue.tab;
        let text = tab_text(state.queue.digit_of(at), tab, is_shown);
        let style = if is_shown { canvas.theme.heading() } else { canvas.theme.plain() };
        let rest = Rect { x, width: area.right().saturating_sub(x), ..area };
        x = canvas.line(rest, 0, &text, style) + 1;
    }
    if meetings::concern(&state.me) {
        let rest = Rect { x, width: area.right().saturating_sub(x), ..area };
        canvas.line(rest, 0, &format!(" {} ", meetings::tab_text(&state.queue)), canvas.theme.plain());
    }
}

fn tab_text(digit: Option<u8>, tab: &Tab, is_shown: bool) -> String {
    let digit = digit.map_or(String::new(), |digit| digit.to_string());
    let name = tab.name();
    let text = match tab.count {
        Some(count) => format!("{digit}{name} {count}"),
        None => format!("{digit}{name}"),
    };
    if is_shown { format!("[{text}]") } else { format!(" {text} ") }
}

fn draw_filter(state: &State, canvas: &mut Canvas<'_>, area: Rect) -> Option<(u16, u16)> {
    let filter = &state.queue.filter;
    let label = format!(" 筛选({}): ", key_name(Op::Filter));
    let x = canvas.line(area, 0, &label, canvas.theme.heading());
    let order = match filter.sort.as_slice() {
        [] => String::new(),
        sort => format!("  排序: {}", order_name(sort)),
    };
    // What is listed still belongs to the line before; its number would be taken for that of this one.
    let hits = match state.queue.is_loading() && filter.editor.is_some() {
        true => format!("查找中{order} "),
        false => format!("命中 {}{order} ", state.queue.listing.total()),
    };
    let room = u16::try_from(canvas.width.of_str(&hits)).unwrap_or(0);
    let field = Rect { x, width: area.right().saturating_sub(x + room + 1), ..area };
    canvas.right(area, 0, field.right(), &hits, canvas.theme.plain());
    match &filter.editor {
        Some(editor) => {
            editor.render(field, canvas.buffer);
            Some(editor.cursor_position(field))
        }
        None => {
            canvas.line(field, 0, &filter.text, canvas.theme.plain());
            None
        }
    }
}

/// The columns of a list of a given width.
struct Columns {
    code: usize,
    name: usize,
    amount: usize,
    left: usize,
    turn: usize,
    unit: usize,
}

fn columns(state: &State, list: Rect) -> Columns {
    let stages = state.queue.source() == Source::Everything;
    let wide = list.width >= 76 || stages;
    let (code, amount, left) = (11, 9, 6);
    let turn = if wide { 14 } else { 8 };
    let unit = if state.size.0 >= ROOM_FOR_UNIT { 12 } else { 0 };
    let blanks = if unit > 0 { 5 } else { 4 };
    let fixed = 2 + code + amount + left + turn + unit + blanks;
    Columns { code, name: usize::from(list.width).saturating_sub(fixed), amount, left, turn, unit }
}

fn draw_columns(state: &State, canvas: &mut Canvas<'_>, list: Rect) {
    let turn = if state.queue.source() == Source::Everything { "状态" } else { "轮到" };
    let text = row_text(canvas, &columns(state, list), ["编号", "名称", "金额/万", "余期", turn, "申报单位"]);
    canvas.line(list, 0, &format!("  {text}"), canvas.theme.heading());
}

fn row_text(canvas: &Canvas<'_>, columns: &Columns, cells: [&str; 6]) -> String {
    let [code, name, amount, left, turn, unit] = cells;
    let width = canvas.width;
    let mut text = format!(
        "{} {} {} {} {}",
        width.pad(code, columns.code),
        width.pad(name, columns.name),
        width.pad_left(amount, columns.amount),
        width.pad(left, columns.left),
        width.pad(turn, columns.turn),
    );
    if columns.unit > 0 {
        text.push(' ');
        text.push_str(&width.pad(unit, columns.unit));
    }
    text
}

fn draw_rows(state: &State, canvas: &mut Canvas<'_>, list: Rect) -> Option<(u16, u16)> {
    let queue = &state.queue;
    let rows = Rect { y: list.y + 1.min(list.height), height: list.height.saturating_sub(1), ..list };
    if queue.listing.is_loaded() && queue.listing.total() == 0 {
        draw_emptiness(state, canvas, rows);
        return Some((rows.x, rows.y));
    }
    let columns = columns(state, list);
    let mut cursor = None;
    for row in 0..rows.height {
        let place = queue.listing.top() + usize::from(row);
        if place >= queue.listing.total() {
            break;
        }
        let Some(project) = queue.listing.row(place) else {
            canvas.line(rows, row, "  ...", canvas.theme.faint());
            continue;
        };
        let is_selected = place == queue.listing.selected();
        let text = project_text(canvas, (queue, &state.me), &columns, project);
        let style = row_style(canvas, queue, project);
        let mark = match (is_selected, queue.marks.has(&project.code)) {
            (true, true) => ">*",
            (true, false) => "> ",
            (false, true) => "* ",
            (false, false) => "  ",
        };
        canvas.line(rows, row, &format!("{mark}{text}"), style);
        if is_selected {
            // Only the code is reversed: a whole row of Chinese would cost a slow line twice the bytes per key.
            let code = Rect { width: 13.min(rows.width), ..rows };
            canvas.bar(code, row, &format!("{mark}{}", project.code), canvas.theme.focus());
            cursor = Some((rows.x, rows.y + row));
        }
    }
    cursor
}

fn row_style(canvas: &Canvas<'_>, queue: &Queue, project: &ProjectRow) -> Style {
    let overdue = queue.now.is_some_and(|now| project.is_overdue(now.date_naive()));
    if overdue { canvas.theme.warning() } else { canvas.theme.plain() }
}

fn project_text(canvas: &Canvas<'_>, (queue, me): (&Queue, &Actor), columns: &Columns, project: &ProjectRow) -> String {
    let turn = match project.waiting.first() {
        Some((_, action)) => wording::brief::action(*action),
        None => labels::stage(project.stage),
    };
    let mine = project.holder.as_ref().is_some_and(|(holder, _)| *holder == me.id);
    // Where there is room, one's own claims are marked.
    let turn = match mine && columns.turn > canvas.width.of_str(turn) + 4 {
        true => format!("{turn} 主办"),
        false => turn.to_owned(),
    };
    let amount = if project.destroyed { String::new() } else { project.amount.to_string() };
    let cells = [
        project.code.as_str(),
        &crate::domain::text::clean_line(wording::destruction::name(&project.name)),
        &amount,
        &time_left(project, queue.now),
        &turn,
        &crate::domain::text::clean_line(&project.unit),
    ];
    row_text(canvas, columns, cells)
}

/// Says how many days are left: `3天`, `今日`, `逾2天`; where the clock stands still, working days: `停3天`.
pub fn time_left(project: &ProjectRow, now: Option<Moment>) -> String {
    if let Some(left) = project.clock.left.filter(|_| !project.destroyed) {
        let days = left.unsigned_abs();
        return if left < 0 { format!("停逾{days}") } else { format!("停{days}天") };
    }
    match now.and_then(|now| project.days_late(now.date_naive())) {
        None => String::new(),
        Some(0) => "今日".to_owned(),
        Some(late) if late > 0 => format!("逾{late}天"),
        Some(left) => format!("{}天", -left),
    }
}

fn draw_emptiness(state: &State, canvas: &mut Canvas<'_>, area: Rect) {
    let area = Rect { x: area.x + 2, width: area.width.saturating_sub(2), ..area };
    for (row, text) in emptiness(state).iter().enumerate() {
        canvas.line(area, u16::try_from(row).unwrap_or(u16::MAX), text, canvas.theme.plain());
    }
}

/// Says why the list is empty and what to do.
fn emptiness(state: &State) -> Vec<String> {
    let queue = &state.queue;
    if !queue.filter.applied.conjuncts().is_empty() {
        let mut lines = vec!["无匹配。".to_owned()];
        for (at, (index, total)) in queue.relaxed.iter().enumerate() {
            let Some(condition) = queue.filter.applied.conjuncts().get(*index) else { continue };
            let shown = condition.shown(&labels::FILTER);
            let enter = if at == 0 { " 或 Enter" } else { "" };
            lines.push(format!("去掉「{shown}」可得 {total} 项，按 {}{enter} 去掉", at + 1));
        }
        lines.push(format!("按 {} 修改条件", key_name(Op::Filter)));
        return lines;
    }
    if queue.source() == Source::Everything {
        return vec![
            "还没有你可见的项目。".to_owned(),
            "受理员用 pingshen import 文件 导入申报表，或用 pingshen project new 登记".to_owned(),
        ];
    }
    let name = queue.tabs.get(queue.tab).map_or("", Tab::name);
    let mut lines = vec![format!("{name}: 没有待办的项目。")];
    for (at, tab) in queue.tabs.iter().enumerate() {
        if let Some(count) = tab.count.filter(|count| *count > 0 && at != queue.tab) {
            let key = queue.digit_of(at).map_or(key_name(Op::NextPane), |digit| digit.to_string());
            lines.push(format!("{}有 {count} 项待办，按 {key} 查看", tab.name()));
        }
    }
    lines.push("按 0 查看全部项目".to_owned());
    lines
}

fn draw_preview(state: &State, canvas: &mut Canvas<'_>, area: Rect) {
    let Some(row) = state.queue.listing.current() else { return };
    let area = Rect { x: area.x + 1, width: area.width.saturating_sub(1), ..area };
    let mut sheet = Sheet::new(area.width, canvas.width, canvas.theme);
    sheet.text(0, wording::destruction::name(&row.name), canvas.theme.heading());
    sheet.text(0, &format!("{}  {}", row.code, row.unit), canvas.theme.plain());
    if !row.destroyed {
        let money = format!("{} 万元  {}", row.amount, labels::route(row.route));
        sheet.text(0, &money, canvas.theme.plain());
    }
    let since = words::day(row.since);
    sheet.text(0, &format!("{} (自 {since})", labels::stage(row.stage)), canvas.theme.plain());
    if let Some(left) = row.clock.left.filter(|_| !row.destroyed) {
        sheet.text(0, &wording::clock::stopped(left), canvas.theme.plain());
    }
    if let Some(due) = row.clock.due {
        let left = time_left(row, state.queue.now);
        sheet.text(0, &format!("期限 {due}  {left}"), canvas.theme.plain());
    }
    for (role, action) in &row.waiting {
        sheet.text(0, &format!("轮到 {}: {}", labels::role(*role), labels::action(*action)), canvas.theme.plain());
    }
    let whole = state.queue.previewed.as_ref().filter(|view| view.dossier.project.code == row.code);
    if let Some(view) = whole {
        add_progress(&mut sheet, view);
        add_recent(&mut sheet, view);
    }
    canvas.lines(area, &sheet.lines, 0);
}

fn add_progress(sheet: &mut Sheet, view: &ProjectView) {
    if !words::is_under_review(view) {
        return;
    }
    sheet.heading("评审清单");
    for line in words::progress_lines(view) {
        sheet.text(0, &line, sheet.theme().plain());
    }
}

fn add_recent(sheet: &mut Sheet, view: &ProjectView) {
    sheet.heading("近况");
    for event in view.history.iter().take(3) {
        let text = format!("{} {} {}", words::minute(event.at), event.name, labels::logged(&event.action));
        sheet.text(0, &text, sheet.theme().plain());
    }
}
