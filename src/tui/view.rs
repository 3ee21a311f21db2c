//! How the state looks. Pure: reads the state, draws on a buffer, tells where the terminal's cursor stands.

use std::collections::BTreeSet;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::drafts;
use super::keymap::{Binding, Op, Scope, digits, in_force, of_scope};
use super::layout::shell;
use super::screen::{meetings, plan, project, queue, session, stats};
use super::state::{SMALLEST, Screen, State, Tone};
use super::widget;
use super::wrap::wrap;
use crate::domain::text::clean_line;
use crate::service::presence::Place;
use crate::wording::{self, labels};

/// Draws on a buffer and tells where the cursor stands: the terminal's own, where an input method opens its window.
pub fn render(state: &State, buffer: &mut Buffer) -> (u16, u16) {
    let last = (buffer.area.right().saturating_sub(1), buffer.area.bottom().saturating_sub(1));
    let mut canvas = Canvas { buffer, width: state.width, theme: state.theme };
    let cursor = if state.is_too_small() {
        let (columns, rows) = state.size;
        let is_kept = state.drafts.kept.is_some() && state.drafts.unkept.is_none() && state.drafts.trouble.is_none();
        let kept = if is_kept { "草稿已存" } else { "内容仍在" };
        let text = format!("窗口过小 {columns}x{rows}，至少 {}x{}；{kept}，F10 退出", SMALLEST.0, SMALLEST.1);
        let lines = wrap(&text, columns, state.width).texts(&text, 0, usize::from(rows));
        (0..).zip(&lines).for_each(|(row, line)| {
            canvas.line(state.area(), row, line, state.theme.plain());
        });
        None
    } else {
        draw_shell(state, &mut canvas);
        let below = match state.screen() {
            Screen::Project(_) => project::render(state, &mut canvas),
            Screen::Session(open) => session::render(open, state, &mut canvas),
            Screen::Meetings(open) => meetings::render(open, state, &mut canvas),
            Screen::Plan(open) => plan::render(open, state, &mut canvas),
            Screen::Stats(open) => stats::render(open, state, &mut canvas),
            Screen::Queue => queue::render(state, &mut canvas),
        };
        widget::render(state, &mut canvas).or(below)
    };
    let (x, y) = cursor.unwrap_or((0, 0));
    (x.min(last.0), y.min(last.1))
}

fn draw_shell(state: &State, canvas: &mut Canvas<'_>) {
    let shell = shell(state.area());
    draw_title(state, canvas, shell.title);
    draw_message(state, canvas, shell.message);
    let scope = if state.dialog.is_some() || state.is_writing() { None } else { Some(state.scope()) };
    if let Some(scope) = scope {
        draw_hints(canvas, shell.hints, (scope, !state.queue.marks.is_empty()));
        if let Some(area) = shell.function_keys {
            draw_function_keys(canvas, area, scope);
        }
    }
    draw_status(state, canvas, shell.status);
}

/// Names the terminal's window: the project and who is at it.
pub fn window_title(state: &State) -> String {
    const LONGEST: usize = 40;
    let place = match state.screen() {
        Screen::Project(project) => {
            let name = project.view.as_deref().map(|view| view.dossier.project.declaration.name.as_str());
            let name = name.map(wording::destruction::name).unwrap_or_default();
            format!("{} {}", project.code, state.width.cut(&clean_line(name), LONGEST)).trim_end().to_owned()
        }
        Screen::Session(session) => match session.item() {
            Some(item) => format!("评审会 {}", item.code),
            None => "评审会".to_owned(),
        },
        Screen::Meetings(_) => "评审会".to_owned(),
        Screen::Plan(_) => "年度计划".to_owned(),
        Screen::Stats(_) => "统计".to_owned(),
        Screen::Queue => "队列".to_owned(),
    };
    format!("{place} - {} - 政务信息化项目管理", clean_line(&state.me.name))
}

fn draw_title(state: &State, canvas: &mut Canvas<'_>, area: Rect) {
    let place = match state.screen() {
        Screen::Project(project) => {
            let name = project.view.as_deref().map(|view| view.dossier.project.declaration.name.as_str());
            format!("{} {}", project.code, name.map(wording::destruction::name).unwrap_or_default())
        }
        Screen::Session(session) => session::title(session),
        Screen::Meetings(_) => "评审会".to_owned(),
        Screen::Plan(plan) => plan.title(),
        Screen::Stats(stats) => stats.title(),
        Screen::Queue => format!("队列 > {}", state.queue.tabs.get(state.queue.tab).map_or("", |tab| tab.name())),
    };
    let roles: Vec<&str> = state.me.roles.iter().take(2).map(|role| labels::role(*role)).collect();
    let more = if state.me.roles.len() > 2 { "等" } else { "" };
    let drafts = match state.drafts.waiting().len() {
        0 => String::new(),
        count => format!("草稿 {count}  "),
    };
    let practice = state.practice.badge();
    let me = format!("{practice}{drafts}{}({}{more}) ", state.me.name, roles.join(" "));
    let style = canvas.theme.heading();
    let room = u16::try_from(canvas.width.of_str(&me)).unwrap_or(0).min(area.width / 2);
    let left = Rect { width: area.width.saturating_sub(room + 1), ..area };
    let whole = format!(" 政务信息化项目管理 | {place}");
    // Where there is no room for both, the project's name matters more than the program's.
    let fits = canvas.width.of_str(&whole) <= usize::from(left.width);
    let x = canvas.line(left, 0, &if fits { whole } else { format!(" {place}") }, style);
    canvas.right(area, 0, x.saturating_add(1), &me, style);
}

fn draw_message(state: &State, canvas: &mut Canvas<'_>, area: Rect) {
    if let Some(notice) = &state.notice {
        let style = match notice.tone {
            Tone::Good => canvas.theme.heading(),
            Tone::Plain => canvas.theme.plain(),
            Tone::Bad => canvas.theme.warning(),
        };
        canvas.line(area, 0, &format!(" {}", notice.text), style);
    } else if let Some(trouble) = &state.drafts.trouble {
        canvas.line(area, 0, &format!(" {}", drafts::trouble(trouble)), canvas.theme.warning());
    } else if let Some(line) = state.practice.line() {
        canvas.line(area, 0, &format!(" {line}"), canvas.theme.heading());
    } else if state.others_wrote && !matches!(state.screen(), Screen::Session(_)) {
        canvas.line(area, 0, " 有他人更新，按 F5 载入（光标不会移动）", canvas.theme.heading());
    }
}

fn draw_hints(canvas: &mut Canvas<'_>, area: Rect, (scope, has_marks): (Scope, bool)) {
    // In the queue, what one does with marks is said once there are some.
    let with_marks = |op| scope == Scope::Queue && matches!(op, Op::MarkAll | Op::MarkNone);
    let is_idle = |op| if has_marks { scope == Scope::Queue && op == Op::Preview } else { with_marks(op) };
    let hints = of_scope(scope).filter(|binding| binding.hinted && !is_idle(binding.op));
    let mut x = area.x + 1;
    let is_recording = matches!(scope, Scope::Agenda | Scope::Attendance | Scope::Votes | Scope::Conclusion);
    if is_recording {
        // Whoever records a meeting lives by the digits.
        x = canvas.line(
            Rect { x, width: area.right().saturating_sub(x), ..area },
            0,
            digits(scope),
            canvas.theme.key(),
        );
        x = x.saturating_add(1);
    }
    let text = |binding: &Binding| (in_force().shown_key(scope, binding), binding.word);
    let hints: Vec<(&Binding, usize)> = hints
        .map(|binding| {
            let (key, word) = text(binding);
            (binding, canvas.width.of_str(&key) + canvas.width.of_str(word))
        })
        .collect();
    // What leads to all the others is shown however many there are.
    let leads = |binding: &Binding| matches!(binding.op, Op::Help | Op::Palette);
    let mut kept: usize = hints.iter().filter(|(binding, _)| leads(binding)).map(|(_, cells)| cells + 1).sum();
    let mut is_full = false;
    for (binding, cells) in hints {
        let rest = Rect { x, width: area.right().saturating_sub(x), ..area };
        let room = usize::from(rest.width);
        if leads(binding) {
            kept = kept.saturating_sub(cells + 1);
        }
        // Half a hint would name a key that does not exist.
        is_full |= !leads(binding) && cells + 1 + kept > room;
        if is_full && !leads(binding) || cells > room {
            continue;
        }
        let (key, word) = text(binding);
        x = canvas.line(rest, 0, &key, canvas.theme.key());
        let rest = Rect { x, width: area.right().saturating_sub(x), ..area };
        x = canvas.line(rest, 0, word, canvas.theme.plain()).saturating_add(1);
    }
    let text = digits(scope);
    if scope != Scope::Checklist
        && !is_recording
        && canvas.width.of_str(text) < usize::from(area.right().saturating_sub(x))
    {
        canvas.line(Rect { x, width: area.right().saturating_sub(x), ..area }, 0, text, canvas.theme.plain());
    }
}

/// Tells what the hint bar of a place says in so many columns, for tests.
#[cfg(test)]
pub fn hints(scope: Scope, columns: u16) -> String {
    let mut buffer = Buffer::empty(Rect::new(0, 0, columns, 1));
    let mut canvas = Canvas { buffer: &mut buffer, width: Default::default(), theme: super::theme::Theme::Mono };
    draw_hints(&mut canvas, Rect::new(0, 0, columns, 1), (scope, false));
    super::screen_text(&buffer)
}

fn draw_function_keys(canvas: &mut Canvas<'_>, area: Rect, scope: Scope) {
    let number_of = |key: super::keymap::Key| match key.code {
        crossterm::event::KeyCode::F(number) => Some(number),
        _ => None,
    };
    let mut keys: Vec<(u8, &str)> = of_scope(scope)
        .filter_map(|binding| {
            in_force().keys(scope, binding).into_iter().find_map(number_of).map(|number| (number, binding.word))
        })
        .collect();
    keys.sort_unstable();
    let text: Vec<String> = keys.iter().map(|(number, word)| format!("F{number}{word}")).collect();
    canvas.line(area, 0, &format!(" {}", text.join(" ")), canvas.theme.plain());
}

fn draw_status(state: &State, canvas: &mut Canvas<'_>, area: Rect) {
    let left = match state.screen() {
        Screen::Project(project) => {
            let saving = if project.outbox.is_empty() { "" } else { "  正在保存" };
            format!(" 项目  {}{saving}", project.pane.name())
        }
        Screen::Session(session) => session::status(session),
        Screen::Meetings(meetings) => meetings.status(),
        Screen::Plan(plan) => plan.status(),
        Screen::Stats(stats) => stats.status(),
        Screen::Queue => {
            let listing = &state.queue.listing;
            let place = if listing.total() == 0 { 0 } else { listing.selected() + 1 };
            let loading = if state.queue.is_loading() { "  载入中" } else { "" };
            format!(" 队列  {place}/{}{}{loading}", listing.total(), state.queue.marks.status())
        }
    };
    let x = canvas.line(area, 0, &left, canvas.theme.plain()).saturating_add(2);
    let x = draw_keeping(state, canvas, Rect { x, width: area.right().saturating_sub(x), ..area });
    // A meeting loads by itself what others wrote, and tells who writes.
    let news = match state.screen() {
        Screen::Session(session) => session::status_right(session, state),
        _ if state.others_wrote => "有他人更新(F5) ".to_owned(),
        _ => String::new(),
    };
    let mouse = if state.has_mouse { "鼠标 " } else { "" };
    let gauge = match state.gauge.label() {
        "" => mouse.to_owned(),
        label => format!("{mouse}{label} "),
    };
    let room = aside(canvas, area, x, &gauge, canvas.theme.plain());
    let room = aside(canvas, room, x, &news, canvas.theme.heading());
    let cells = usize::from(room.right().saturating_sub(x));
    if let Some(company) = company(state, cells) {
        canvas.right(room, 0, x, &company, canvas.theme.plain());
    }
}

/// Draws a text at the right end of a row, where there is room, and gives what is left of it.
fn aside(canvas: &mut Canvas<'_>, area: Rect, from: u16, text: &str, style: ratatui::style::Style) -> Rect {
    let width = u16::try_from(canvas.width.of_str(text)).unwrap_or(u16::MAX);
    if width > area.right().saturating_sub(from) {
        return area;
    }
    canvas.right(area, 0, from, text, style);
    Rect { width: area.width.saturating_sub(width), ..area }
}

/// Says what the disk keeps of the form in use; tells where the next may stand.
fn draw_keeping(state: &State, canvas: &mut Canvas<'_>, area: Rect) -> u16 {
    let drafts = &state.drafts;
    // A meeting tells by itself what is saved, as long as there is no trouble.
    let is_told = matches!(state.screen(), Screen::Session(_)) && state.dialog.is_none();
    let (text, style) = match (drafts.unkept, drafts.kept) {
        (Some(seconds), _) if seconds > drafts::WORRYING => (format!("未存 {seconds} 秒"), canvas.theme.focus()),
        (Some(seconds), _) if seconds > 0 => (format!("未存 {seconds} 秒"), canvas.theme.plain()),
        (_, Some(at)) if drafts.is_writing() && !is_told => {
            (format!("草稿已存 {}", at.format("%T")), canvas.theme.plain())
        }
        _ => return area.x,
    };
    canvas.line(area, 0, &text, style).saturating_add(2)
}

/// Says who else is at the place shown; a long name is cut rather than what it is about.
fn company(state: &State, cells: usize) -> Option<String> {
    let place = match state.seen_at.as_ref().map(|(place, _)| place) {
        Some(Place::Project(_)) => "本项目",
        Some(Place::Meeting(_)) => "会场",
        _ => return None,
    };
    let (mine, others): (Vec<_>, Vec<_>) =
        state.others_here.iter().partition(|other| other.account == state.me.account);
    let people: BTreeSet<&str> = others.iter().map(|other| other.account.as_str()).collect();
    let name = others.first().map(|other| other.name.as_str());
    let (name, rest) = match (name, people.len()) {
        (None, _) if mine.is_empty() => return None,
        (None, _) => ("", format!("另一窗口也打开了{place} ")),
        (Some(name), 1) => (name, format!(" 同在{place} ")),
        (Some(name), people) => (name, format!("等 {people} 人同在{place} ")),
    };
    let room = cells.saturating_sub(state.width.of_str(&rest));
    Some(format!("{}{rest}", state.width.cut(&clean_line(name), room)))
}
