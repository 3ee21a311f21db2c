//! The agenda and the experts.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{Pane, Session};
use crate::domain::meeting::sheet::Field;
use crate::domain::panel::Seat;
use crate::domain::panel::attendance::Presence;
use crate::domain::workflow::record::PanelResult;
use crate::service::view::meeting::{ItemLine, ItemState, ItemView};
use crate::tui::canvas::{Canvas, Sheet};
use crate::wording::labels;

/// Names how far an item is, in a badge.
fn badge(state: &ItemState) -> &'static str {
    match state {
        ItemState::Waiting => "[候]",
        ItemState::Current => "[议]",
        ItemState::Paused => "[歇]",
        ItemState::Concluded(_) => "[毕]",
        ItemState::Withdrawn(_) => "[撤]",
    }
}

fn note(state: &ItemState) -> String {
    match state {
        ItemState::Waiting => String::new(),
        ItemState::Current => "进行中".to_owned(),
        ItemState::Paused => "未完".to_owned(),
        ItemState::Concluded(result) => labels::panel_result(*result).to_owned(),
        ItemState::Withdrawn(_) => "已撤出".to_owned(),
    }
}

/// Names a vote in eight cells.
pub(super) fn vote_badge(result: PanelResult) -> &'static str {
    match result {
        PanelResult::Pass => "[通过]  ",
        PanelResult::Conditional => "[原则]  ",
        PanelResult::Supplement => "[补充]  ",
        PanelResult::Fail => "[不通过]",
    }
}

/// Draws the agenda; tells where the cursor stands.
pub fn agenda(session: &Session, canvas: &mut Canvas<'_>, area: Rect) -> Option<(u16, u16)> {
    let view = session.view.as_ref()?;
    let heading = format!(" 议程  {}  {}", view.meeting.day, view.meeting.place);
    canvas.line(area, 0, &heading, heading_style(session, canvas, Pane::Agenda));
    let rows = Rect { y: area.y + 1.min(area.height), height: area.height.saturating_sub(1), ..area };
    let height = usize::from(rows.height);
    let shown = session.item().map(|item| item.number);
    let at_shown = view.items.iter().position(|line| Some(line.number) == shown).unwrap_or(0);
    let at = if session.pane == Pane::Agenda { session.agenda } else { at_shown };
    let top = (at + 1).saturating_sub(height);
    let mut cursor = None;
    for (row, (index, line)) in (0u16..).zip(view.items.iter().enumerate().skip(top).take(height)) {
        let on = session.pane == Pane::Agenda && index == session.agenda;
        let text = agenda_line(canvas, line, usize::from(rows.width), on);
        let style = match () {
            () if on => canvas.theme.focus(),
            () if Some(line.number) == shown => canvas.theme.heading(),
            () if matches!(line.state, ItemState::Withdrawn(_)) => canvas.theme.faint(),
            () => canvas.theme.plain(),
        };
        canvas.line(rows, row, &text, style);
        if on {
            cursor = Some((rows.x, rows.y + row));
        }
    }
    if session.pane == Pane::Agenda
        && let Some(ItemLine { state: ItemState::Withdrawn(why), .. }) = view.items.get(session.agenda)
    {
        let used = u16::try_from(view.items.len()).unwrap_or(u16::MAX).saturating_add(1);
        canvas.line(rows, used, &format!(" 撤出理由：{why}"), canvas.theme.plain());
    }
    cursor
}

fn agenda_line(canvas: &Canvas<'_>, line: &ItemLine, cells: usize, on: bool) -> String {
    let name = line.project.as_ref().map_or("（无权查看）", |(_, name)| name.as_str());
    let note = note(&line.state);
    let head = format!("{}{} {} ", if on { ">" } else { " " }, badge(&line.state), line.number);
    let room = cells.saturating_sub(canvas.width.of_str(&head) + canvas.width.of_str(&note) + 2);
    format!("{head}{} {note}", canvas.width.pad(name, room))
}

fn heading_style(session: &Session, canvas: &Canvas<'_>, pane: Pane) -> Style {
    if session.pane == pane { canvas.theme.focus() } else { canvas.theme.heading() }
}

/// Draws the experts: who came, how they vote, who signed; tells where the cursor stands.
pub fn experts(session: &Session, canvas: &mut Canvas<'_>, area: Rect) -> Option<(u16, u16)> {
    let item = session.item()?;
    let wide = area.width >= 70;
    let width = canvas.width;
    let head = |name, field, employer| {
        let employer = if wide { width.pad(employer, 22) } else { String::new() };
        format!(" {} {} {employer}", width.pad(name, 8), width.pad(field, 10))
    };
    let plain = canvas.theme.heading();
    let mut x = canvas.line(area, 0, &head("专家", "专业", "单位"), plain);
    for (pane, name) in [(Pane::Attendance, "到会  "), (Pane::Votes, "表决     签   分")] {
        let rest = Rect { x: x + 1, width: area.right().saturating_sub(x + 1), ..area };
        let style = heading_style(session, canvas, pane);
        x = canvas.line(rest, 0, name, style);
    }
    let seats = item.panel.seats();
    let foot = foot(session, canvas, item, area.width);
    let foot_rows = u16::try_from(foot.lines.len()).unwrap_or(u16::MAX).min(area.height.saturating_sub(4));
    let rows = Rect { y: area.y + 1, height: area.height.saturating_sub(2 + foot_rows), ..area };
    let height = usize::from(rows.height).max(1);
    let top = (session.seat + 1).saturating_sub(height);
    let mut cursor = None;
    for (row, (at, seat)) in (0u16..).zip(seats.iter().enumerate().skip(top).take(height)) {
        let on = at == session.seat && matches!(session.pane, Pane::Attendance | Pane::Votes);
        let discipline = seat.disciplines.iter().next().map_or("", |code| labels::discipline(code));
        let text = head(&seat.name, discipline, &seat.employer);
        let style = if item.panel.sits(seat) { canvas.theme.plain() } else { canvas.theme.faint() };
        canvas.line(rows, row, &format!("{text} {}", seat_text(item, at, seat)), style);
        if on {
            let mark = Rect { width: 10.min(rows.width), ..rows };
            canvas.bar(mark, row, &format!(">{}", seat.name), canvas.theme.focus());
            cursor = Some((rows.x, rows.y + row));
        }
    }
    let used = u16::try_from(seats.len()).unwrap_or(u16::MAX).min(rows.height);
    let below = Rect { y: rows.y + used, height: area.bottom().saturating_sub(rows.y + used), ..area };
    canvas.rule(below, 0);
    let below = Rect {
        x: below.x + 1,
        y: below.y + 1,
        width: below.width.saturating_sub(1),
        height: below.height.saturating_sub(1),
    };
    canvas.lines(below, &foot.lines, 0);
    cursor
}

fn seat_text(item: &ItemView, at: usize, seat: &Seat) -> String {
    let presence = match item.panel.presence(seat.expert) {
        Presence::Expected => "    ",
        presence => labels::presence(presence),
    };
    if !item.panel.sits(seat) {
        return format!("{presence}   --------");
    }
    let state = item.seats.get(at);
    let vote = match (item.sheet.vote(&item.panel, seat.expert), state) {
        (Some(vote), _) => vote_badge(vote),
        (None, Some(state)) if state.voted => "[已表]  ",
        (None, _) => "[    ]  ",
    };
    let locked = if state.is_some_and(|state| state.locked) { "[锁]" } else { "    " };
    let said = !item.sheet.get(Field::Said(seat.expert)).is_empty();
    let locked = if said && locked == "    " { " 文 " } else { locked };
    let score = item.panel.opinion_of(seat.expert).and_then(|opinion| opinion.score).map(|score| score.to_string());
    let score = score.unwrap_or_else(|| item.sheet.get(Field::Score(seat.expert)).to_owned());
    format!("{presence}   {vote} {locked} {score}")
}

/// What stands below the experts: the votes, the rule, who stays away, the member under the cursor.
fn foot(session: &Session, canvas: &Canvas<'_>, item: &ItemView, cells: u16) -> Sheet {
    let mut sheet = Sheet::new(cells.saturating_sub(2), canvas.width, canvas.theme);
    let (plain, heading) = (canvas.theme.plain(), canvas.theme.heading());
    let share = item.rules.favourable_share;
    let sitting = item.panel.sitting().len();
    match (item.tally, item.says) {
        (Some(tally), Some(says)) => {
            let open = sitting.saturating_sub(tally.votes());
            let until =
                if open > 0 { format!("，尚有 {open} 位未表态，照此") } else { "，按票数".to_owned() };
            let favourable = tally.favourable();
            let text = format!("赞成 {favourable}/{sitting}{until}为「{}」", labels::panel_result(says));
            sheet.text(0, &text, heading);
        }
        (Some(_), None) => sheet.text(0, "还没有人表决", plain),
        (None, _) => sheet.text(0, "意见收齐以前不显示票数", plain),
    }
    sheet.text(
        0,
        &format!(
            "议事规则：赞成（通过、原则通过）达 {}/{} 方可通过；过半不通过即不通过；其余补充论证",
            share.parts, share.whole
        ),
        plain,
    );
    let away = |presence| {
        let seats = item.panel.seats().iter().filter(move |seat| item.panel.presence(seat.expert) == presence);
        seats.map(|seat| seat.name.as_str()).collect::<Vec<_>>().join("、")
    };
    for recusal in away_reasons(item) {
        sheet.text(0, &recusal, plain);
    }
    let absent = away(Presence::Absent);
    if !absent.is_empty() {
        sheet.text(0, &format!("缺席：{absent}"), plain);
    }
    if item.panel.sitting().len() < usize::try_from(item.needed).unwrap_or(usize::MAX) {
        sheet.text(0, &format!("在座 {sitting} 位，少于规定的 {} 位", item.needed), canvas.theme.warning());
    }
    if session.pane == Pane::Votes
        && let Some(seat) = item.panel.seats().get(session.seat)
    {
        let said = item.sheet.get(Field::Said(seat.expert));
        let signed = item.panel.opinion_of(seat.expert).map(|opinion| opinion.text.as_str());
        let said = signed.filter(|_| item.panel.is_locked(seat.expert)).unwrap_or(said);
        if !said.is_empty() {
            sheet.text(0, &format!("{}：{said}", seat.name), plain);
        }
    }
    sheet
}

fn away_reasons(item: &ItemView) -> Vec<String> {
    let recused = item.panel.seats().iter().filter(|seat| item.panel.presence(seat.expert) == Presence::Recused);
    let line = |seat: &Seat| {
        let why = item.panel.recusals.iter().rfind(|recusal| recusal.expert == seat.expert);
        let why = why.map_or("", |recusal| recusal.text.as_str());
        format!("回避：{}（{why}）", seat.name)
    };
    recused.map(line).collect()
}
