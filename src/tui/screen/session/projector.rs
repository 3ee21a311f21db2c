//! What the room sees: large, read only, and before the opinions are in neither votes nor who has voted.

use ratatui::layout::Rect;

use super::view::clock;
use super::{Session, gaps};
use crate::domain::meeting::sheet::Field;
use crate::domain::panel::attendance::Presence;
use crate::tui::canvas::{Canvas, Sheet};
use crate::tui::layout::shell;
use crate::tui::state::State;
use crate::wording::labels;

/// Draws it.
pub fn render(session: &Session, state: &State, canvas: &mut Canvas<'_>) -> Option<(u16, u16)> {
    let frame = shell(state.area()).body;
    let inner = canvas.frame(frame, "");
    let area = Rect {
        x: inner.x + 3.min(inner.width),
        y: inner.y + 1.min(inner.height),
        width: inner.width.saturating_sub(6),
        height: inner.height.saturating_sub(2),
    };
    let Some(view) = session.view.as_deref() else { return Some((area.x, area.y)) };
    let mut sheet = Sheet::new(area.width, canvas.width, canvas.theme);
    let (plain, heading) = (canvas.theme.plain(), canvas.theme.heading());
    sheet.text(0, &format!("专家评审会 {}   {}   {}", view.meeting.code, view.meeting.day, view.meeting.place), plain);
    sheet.blank();
    let Some(item) = session.item() else {
        canvas.lines(area, &sheet.lines, 0);
        return Some((area.x, area.y));
    };
    sheet.text(0, &format!("第 {} 项   {}", item.number, item.name), heading);
    sheet.blank();
    sheet.text(0, &format!("建设单位   {}", item.unit), plain);
    sheet.text(0, &format!("投资额     {} 万元", item.amount), plain);
    sheet.blank();
    let seats = item.panel.seats();
    let of = |presence| seats.iter().filter(|seat| item.panel.presence(seat.expert) == presence).count();
    sheet.text(
        0,
        &format!(
            "专家 {} 位   到会 {}   回避 {}   缺席 {}",
            seats.len(),
            of(Presence::Present),
            of(Presence::Recused),
            of(Presence::Absent)
        ),
        plain,
    );
    let chair = item.panel.chair().map_or("", |seat| seat.name.as_str());
    sheet.text(0, &format!("组长       {chair}"), plain);
    sheet.blank();
    if item.panel.is_open_to_read() {
        let tally = item.panel.tally();
        sheet.text(
            0,
            &format!(
                "表决   通过 {}   原则通过 {}   补充论证 {}   不通过 {}",
                tally.pass, tally.conditional, tally.supplement, tally.fail
            ),
            heading,
        );
    } else {
        sheet.text(0, "表决   意见收齐后公布", heading);
    }
    if let Some(conclusion) = &item.panel.conclusion {
        sheet.text(0, &format!("结论   {}", labels::panel_result(conclusion.result)), heading);
        sheet.text(0, &conclusion.text, plain);
    } else if item.panel.is_open_to_read() {
        let said = item.sheet.get(Field::ConclusionText);
        if !said.is_empty() {
            sheet.text(0, "专家组意见（拟）", heading);
            sheet.text(0, said, plain);
        }
        let missing = gaps::gaps(item).len();
        if item.next.is_some() && missing > 0 {
            sheet.text(0, &format!("定稿尚缺 {missing} 项条件"), plain);
        }
    }
    sheet.blank();
    sheet.text(0, clock(session, item).trim(), heading);
    canvas.lines(area, &sheet.lines, 0);
    Some((area.x, area.y))
}
