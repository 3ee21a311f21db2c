//! How the yearly plan looks.

use ratatui::layout::Rect;

use super::{Opened, PlanScreen};
use crate::domain::plan::PlanState;
use crate::domain::text::clean_line;
use crate::domain::workflow::record::{Agency, VoteResult};
use crate::service::view::plan::{PlanProject, PlanView, Standing};
use crate::tui::canvas::{Canvas, Sheet};
use crate::tui::keymap::{Op, key_name};
use crate::tui::layout::{beside, shell};
use crate::tui::state::State;
use crate::wording::{brief, labels};

/// From so many columns on the details of the unit stand beside the list.
const ROOM_FOR_DETAILS: u16 = 110;
/// From so many columns on a list tells every state of a plan.
const ROOM_FOR_STATES: u16 = 92;
/// The columns of the details.
const DETAILS: u16 = 36;

/// Tells how many rows the list shows; its first row names the columns.
pub fn list_height(state: &State) -> usize {
    usize::from(list_area(state).height.saturating_sub(1))
}

fn frame(state: &State) -> Rect {
    shell(state.area()).body
}

fn inner(frame: Rect) -> Rect {
    let (width, height) = (frame.width.saturating_sub(2), frame.height.saturating_sub(2));
    Rect { x: frame.x + 1.min(frame.width), y: frame.y + 1.min(frame.height), width, height }
}

fn has_details(state: &State) -> bool {
    frame(state).width >= ROOM_FOR_DETAILS && state.plan.as_ref().is_some_and(|plan| plan.opened.is_none())
}

fn list_area(state: &State) -> Rect {
    let whole = inner(frame(state));
    match has_details(state) {
        true => beside(whole, whole.width.saturating_sub(DETAILS + 1)).0,
        false => whole,
    }
}

/// Draws the screen; tells where the terminal's cursor stands.
pub fn render(plan: &PlanScreen, state: &State, canvas: &mut Canvas<'_>) -> Option<(u16, u16)> {
    draw_sums(plan, state, canvas);
    let frame = frame(state);
    canvas.frame(frame, "");
    let list = list_area(state);
    if let Some(opened) = &plan.opened {
        return draw_projects(opened, canvas, list);
    }
    let cursor = draw_units(plan, canvas, list);
    if has_details(state) {
        let (_, details) = beside(inner(frame), list.width);
        canvas.divide(frame, details.x.saturating_sub(1));
        if let Some((unit, standing)) = plan.lines().get(plan.cursor.at) {
            draw_details(*unit, standing, canvas, details);
        }
    }
    cursor
}

/// The county's sums, in the row below the title.
fn draw_sums(plan: &PlanScreen, state: &State, canvas: &mut Canvas<'_>) {
    let area = shell(state.area()).tabs;
    let Some(view) = &plan.view else { return };
    let PlanView { total, .. } = &**view;
    let share = total.added_per_mille();
    let text = format!(
        " {}年度  {} 个项目  {} 万元  年中追加 {}  逾期 {}  合占 {}.{}%  待办 {}",
        view.year,
        total.all.count,
        total.all.amount,
        total.in_year.count,
        total.late.count,
        share / 10,
        share % 10,
        total.waits(),
    );
    canvas.line(area, 0, &text, canvas.theme.heading());
}

/// A column of numbers: its heading and its width.
type Column = (&'static str, usize);

/// The columns that fit a list of that width; the states in between need more room.
fn columns(width: u16) -> Vec<Column> {
    let (before, after) = ([("项目", 4), ("金额/万", 10)], [("年中", 4), ("逾期", 4), ("待办", 4)]);
    let votes = ("中/发/财", 8);
    let states: &[Column] = match width {
        ROOM_FOR_STATES.. => &[("未报", 4), ("受理", 4), ("审议", 4), votes, ("待批", 4), ("列入", 4), ("退回", 4)],
        _ => &[("受理", 4), ("审议", 4), votes, ("待批", 4)],
    };
    before.iter().chain(states).chain(&after).copied().collect()
}

fn cell(column: &str, standing: &Standing) -> String {
    let number = |count: i64| if count == 0 { "-".to_owned() } else { count.to_string() };
    let at = |state| number(standing.at(state));
    match column {
        "项目" => standing.all.count.to_string(),
        "金额/万" => standing.all.amount.to_string(),
        "未报" => at(PlanState::NotReceived),
        "受理" => at(PlanState::AtIntake),
        "审议" => at(PlanState::JointReview),
        "待批" => at(PlanState::AwaitingGovernment),
        "列入" => at(PlanState::Planned),
        "退回" => at(PlanState::Returned),
        "年中" => number(standing.in_year.count),
        "逾期" => number(standing.late.count),
        "待办" => number(standing.waits()),
        _ if standing.at(PlanState::JointReview) == 0 => "-".to_owned(),
        _ => Agency::ALL.iter().map(|agency| standing.voted(*agency).to_string()).collect::<Vec<_>>().join("/"),
    }
}

/// What is left for the names of units.
fn name_width(list: Rect) -> usize {
    let fixed: usize = columns(list.width).iter().map(|(_, width)| width + 1).sum();
    usize::from(list.width).saturating_sub(fixed + 2)
}

fn unit_text(canvas: &Canvas<'_>, list: Rect, name: &str, cell: impl Fn(&'static str) -> String) -> String {
    let mut text = canvas.width.pad(name, name_width(list));
    for (column, width) in columns(list.width) {
        text.push(' ');
        text.push_str(&canvas.width.pad_left(&cell(column), width));
    }
    text
}

fn draw_units(plan: &PlanScreen, canvas: &mut Canvas<'_>, list: Rect) -> Option<(u16, u16)> {
    let heading = unit_text(canvas, list, "申报单位", str::to_owned);
    canvas.line(list, 0, &format!("  {heading}"), canvas.theme.heading());
    let rows = below_heading(list);
    let lines = plan.lines();
    if plan.view.is_some() && lines.is_empty() {
        let year = format!("按 {} {} 换年度", key_name(Op::PreviousYear), key_name(Op::NextYear));
        return draw_nothing(canvas, rows, &["这个年度还没有你可见的项目。", &year]);
    }
    let mut cursor = None;
    let shown = lines.iter().enumerate().skip(plan.cursor.top).take(usize::from(rows.height));
    for (row, (at, (unit, standing))) in (0..).zip(shown) {
        let name = clean_line(unit.unwrap_or("全部单位"));
        let text = unit_text(canvas, rows, &name, |column| cell(column, standing));
        let style = if standing.waits() > 0 { canvas.theme.heading() } else { canvas.theme.plain() };
        canvas.line(rows, row, &format!("  {text}"), style);
        if at == plan.cursor.at {
            let head =
                Rect { width: u16::try_from(name_width(list) + 2).unwrap_or(rows.width).min(rows.width), ..rows };
            canvas.bar(head, row, &format!("> {name}"), canvas.theme.focus());
            cursor = Some((rows.x, rows.y + row));
        }
    }
    cursor
}

fn below_heading(list: Rect) -> Rect {
    Rect { y: list.y + 1.min(list.height), height: list.height.saturating_sub(1), ..list }
}

fn draw_nothing(canvas: &mut Canvas<'_>, rows: Rect, lines: &[&str]) -> Option<(u16, u16)> {
    let area = Rect { x: rows.x + 2.min(rows.width), width: rows.width.saturating_sub(2), ..rows };
    for (row, line) in (0..).zip(lines) {
        canvas.line(area, row, line, canvas.theme.plain());
    }
    Some((rows.x, rows.y))
}

fn draw_details(unit: Option<&str>, standing: &Standing, canvas: &mut Canvas<'_>, area: Rect) {
    let area = Rect { x: area.x + 1, width: area.width.saturating_sub(1), ..area };
    let mut sheet = Sheet::new(area.width, canvas.width, canvas.theme);
    let plain = canvas.theme.plain();
    sheet.text(0, unit.unwrap_or("全部单位"), canvas.theme.heading());
    sheet.heading("进度");
    for (state, tally) in &standing.states {
        let name = canvas.width.pad(labels::plan_state(*state), 8);
        let count = canvas.width.pad_left(&tally.count.to_string(), 5);
        sheet.text(0, &format!("{name}{count}  {} 万元", tally.amount), plain);
    }
    sheet.heading("路线");
    for (route, tally) in &standing.routes {
        let name = canvas.width.pad(labels::route(*route), 20);
        sheet.text(0, &format!("{name}{}", canvas.width.pad_left(&tally.count.to_string(), 5)), plain);
    }
    if standing.at(PlanState::JointReview) > 0 {
        sheet.heading("联合审议");
        for agency in Agency::ALL {
            let of = |result| standing.votes.get(&(*agency, result)).copied().unwrap_or(0);
            let left = standing.at(PlanState::JointReview) - standing.voted(*agency);
            let name = canvas.width.pad(agency_name(*agency), 8);
            sheet.text(0, &format!("{name}同意 {}  未表决 {left}", of(VoteResult::Agree)), plain);
        }
    }
    if standing.waits() > 0 {
        sheet.heading("等待你办理");
        for (action, count) in &standing.waiting {
            sheet.text(0, &format!("{} {count}", labels::action(*action)), plain);
        }
    }
    canvas.lines(area, &sheet.lines, 0);
}

const fn agency_name(agency: Agency) -> &'static str {
    match agency {
        Agency::Centre => "中心",
        Agency::Planning => "发改委",
        Agency::Finance => "财政局",
    }
}

fn draw_projects(opened: &Opened, canvas: &mut Canvas<'_>, list: Rect) -> Option<(u16, u16)> {
    let cells = ["编号", "项目名称", "金额/万", "进度", "中", "发", "财", "追加", "申报单位"];
    let heading = project_text(canvas, list, opened, cells);
    canvas.line(list, 0, &format!("    {heading}"), canvas.theme.heading());
    let rows = below_heading(list);
    if opened.is_empty() {
        return draw_nothing(canvas, rows, &["没有你可见的项目。"]);
    }
    let mut cursor = None;
    let shown = opened.rows.iter().enumerate().skip(opened.cursor.top).take(usize::from(rows.height));
    for (row, (at, project)) in (0..).zip(shown) {
        let mark = if opened.marks.has(&project.code) { "*" } else { " " };
        let text = project_line(canvas, list, opened, project);
        let style = match project.waiting.is_empty() {
            true => canvas.theme.plain(),
            false => canvas.theme.heading(),
        };
        let pointer = if at == opened.cursor.at { ">" } else { " " };
        let head = format!("{pointer} {mark} ");
        canvas.line(rows, row, &format!("{head}{text}"), style);
        if at == opened.cursor.at {
            let code = Rect { width: 15.min(rows.width), ..rows };
            canvas.bar(code, row, &format!("{head}{}", project.code), canvas.theme.focus());
            cursor = Some((rows.x, rows.y + row));
        }
    }
    cursor
}

fn project_line(canvas: &Canvas<'_>, list: Rect, opened: &Opened, project: &PlanProject) -> String {
    let turn = match project.waiting.first() {
        Some(action) => format!("待{}", brief::action(*action)),
        None => labels::stage(project.stage).to_owned(),
    };
    let vote = |agency| match project.vote_of(agency) {
        Some(VoteResult::Agree) => "同",
        Some(VoteResult::Disagree) => "否",
        Some(VoteResult::Return) => "退",
        None => "-",
    };
    let added = match (project.in_year, project.late) {
        (Some(_), _) => "年中",
        (None, true) => "逾期",
        (None, false) => "",
    };
    let cells = [
        project.code.as_str(),
        &clean_line(&project.name),
        &project.amount.to_string(),
        &turn,
        vote(Agency::Centre),
        vote(Agency::Planning),
        vote(Agency::Finance),
        added,
        &clean_line(&project.unit),
    ];
    project_text(canvas, list, opened, cells)
}

/// Lays a line of projects out; the unit is told where projects of all units stand together and there is room.
fn project_text(canvas: &Canvas<'_>, list: Rect, opened: &Opened, cells: [&str; 9]) -> String {
    let [code, name, amount, turn, centre, planning, finance, added, unit] = cells;
    let unit_columns = if opened.unit.is_none() && list.width >= 100 { 18 } else { 0 };
    let fixed = 4 + 11 + 9 + 14 + 3 * 2 + 4 + 7 + if unit_columns > 0 { unit_columns + 1 } else { 0 };
    let width = canvas.width;
    let mut text = format!(
        "{} {} {} {} {} {} {} {}",
        width.pad(code, 11),
        width.pad(name, usize::from(list.width).saturating_sub(fixed)),
        width.pad_left(amount, 9),
        width.pad(turn, 14),
        width.pad(centre, 2),
        width.pad(planning, 2),
        width.pad(finance, 2),
        width.pad(added, 4),
    );
    if unit_columns > 0 {
        text.push(' ');
        text.push_str(&width.pad(unit, unit_columns));
    }
    text
}
