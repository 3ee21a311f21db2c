//! The conclusion with everything that belongs to it, and the text fields in use.

use ratatui::layout::Rect;

use super::editing::Editing;
use super::{Line, Session, gaps};
use crate::domain::meeting::sheet::Field;
use crate::domain::workflow::record::PanelResult;
use crate::service::view::meeting::ItemView;
use crate::tui::canvas::{Canvas, StyledLine, WIDEST_TEXT, paragraph};
use crate::tui::screen::session::Pane;
use crate::tui::wrap::wrap;
use crate::wording::labels;

/// The results in the order of their digits.
const RESULTS: [PanelResult; 4] =
    [PanelResult::Pass, PanelResult::Conditional, PanelResult::Fail, PanelResult::Supplement];

/// Draws it; tells where the cursor stands.
pub fn render(session: &Session, canvas: &mut Canvas<'_>, area: Rect) -> Option<(u16, u16)> {
    if let Some(editing) = &session.editing {
        return Some(edit(editing, canvas, area));
    }
    let item = session.item()?;
    let (lines, starts) = lines(session, item, canvas, area.width);
    let at = starts.iter().find(|(line, _)| *line == session.line).map_or(0, |(_, row)| *row);
    let height = usize::from(area.height).max(1);
    let next = starts.iter().find(|(line, _)| *line == session.line + 1).map_or(at + 1, |(_, row)| *row);
    // The whole of what the cursor is on, if it fits, else its beginning; behind the last row all that follows.
    let last = session.line + 1 >= session.lines().len();
    let bottom = if last { lines.len() } else { next.min(at + height) };
    let top = bottom.saturating_sub(height).min(at);
    canvas.lines(area, &lines, top);
    let row = u16::try_from(at - top).unwrap_or(0).min(area.height.saturating_sub(1));
    if session.pane == Pane::Conclusion {
        canvas.line(Rect { width: 1, ..area }, row, ">", canvas.theme.focus());
    }
    Some((area.x, area.y + row))
}

struct Page<'c> {
    lines: Vec<StyledLine>,
    starts: Vec<(usize, usize)>,
    canvas: &'c Canvas<'c>,
    cells: u16,
}

impl Page<'_> {
    fn start(&mut self) {
        self.starts.push((self.starts.len(), self.lines.len()));
    }

    fn heading(&mut self, text: &str) {
        let rule = "-".repeat(usize::from(self.cells.min(WIDEST_TEXT)));
        self.lines.push(StyledLine { text: rule, style: self.canvas.theme.plain() });
        self.lines.push(StyledLine { text: text.to_owned(), style: self.canvas.theme.heading() });
    }

    fn text(&mut self, indent: usize, text: &str) {
        let cells = self.cells.saturating_sub(u16::try_from(indent).unwrap_or(0));
        for line in paragraph(text, cells, self.canvas.width) {
            let text = format!("{}{line}", " ".repeat(indent));
            self.lines.push(StyledLine { text, style: self.canvas.theme.plain() });
        }
    }

    fn badge(&mut self, badge: &str, text: &str, warns: bool) {
        let style = if warns { self.canvas.theme.warning() } else { self.canvas.theme.plain() };
        for (at, line) in paragraph(text, self.cells.saturating_sub(6), self.canvas.width).into_iter().enumerate() {
            let badge = if at == 0 { badge } else { "    " };
            self.lines.push(StyledLine { text: format!("{badge} {line}"), style });
        }
    }
}

/// Makes the lines, and for each row the cursor can be on the line it begins at.
fn lines(
    session: &Session,
    item: &ItemView,
    canvas: &Canvas<'_>,
    cells: u16,
) -> (Vec<StyledLine>, Vec<(usize, usize)>) {
    let mut page = Page { lines: Vec::new(), starts: Vec::new(), canvas, cells };
    let concluded = item.panel.conclusion.as_ref();
    let chosen = concluded.map(|conclusion| conclusion.result);
    let chosen = chosen.or_else(|| PanelResult::parse(item.sheet.get(Field::Conclusion)));
    page.start();
    page.lines.push(StyledLine { text: result_line(chosen), style: canvas.theme.heading() });
    if let Some(conclusion) = concluded {
        page.text(1, &format!("已于 {} 定稿，记录人 {}", conclusion.by.at.format("%m-%d %H:%M"), conclusion.by.name));
    }
    for line in session.lines().into_iter().skip(1) {
        draw_line(&mut page, line, item);
    }
    for (at, dissent) in item.panel.dissents().into_iter().enumerate() {
        if at == 0 {
            page.heading("保留意见（照录，不能改动）");
        }
        let left = if dissent.stayed { "" } else { "（已离席或者更换，不计票）" };
        page.text(1, &format!("{}{left}：{}", dissent.seat.name, dissent.text));
    }
    if item.next.is_some() {
        let gaps = gaps::gaps(item);
        let step = item.next.map(labels::action).unwrap_or_default();
        page.heading(&format!("{step}的条件"));
        for gap in &gaps {
            page.badge("[缺]", &gap.text, true);
        }
        for met in gaps::met(item, &gaps) {
            page.badge("[齐]", &met, false);
        }
    }
    (page.lines, page.starts)
}

fn result_line(chosen: Option<PanelResult>) -> String {
    let choice = |(at, result): (usize, &PanelResult)| {
        let text = format!("{} {}", at + 1, labels::panel_result(*result));
        if chosen == Some(*result) { format!("[{text}]") } else { format!(" {text} ") }
    };
    let choices: Vec<String> = RESULTS.iter().enumerate().map(choice).collect();
    format!(" 结论 {}", choices.join(" "))
}

fn draw_line(page: &mut Page<'_>, line: Line, item: &ItemView) {
    let sheet = &item.sheet;
    let concluded = item.panel.conclusion.as_ref();
    match line {
        Line::Result => {}
        Line::Text => {
            let said = concluded.map_or(sheet.get(Field::ConclusionText), |conclusion| conclusion.text.as_str());
            page.heading("");
            page.lines.pop();
            page.start();
            let title = format!(" 专家组意见  {} 字", said.chars().count());
            page.lines.push(StyledLine { text: title, style: page.canvas.theme.heading() });
            if !said.is_empty() {
                page.text(1, said);
            }
        }
        Line::Fix(number) => {
            if !page.lines.iter().any(|line| line.text.contains("修改清单")) {
                page.heading(" 修改清单");
            }
            page.start();
            if let Some(fix) = sheet.fixes().iter().find(|fix| fix.number == number) {
                page.text(1, &format!("{number} {}  责任: {}  {}", fix.text, fix.responsible, fix.due));
            }
        }
        Line::NewFix => {
            if !page.lines.iter().any(|line| line.text.contains("修改清单")) {
                page.heading(" 修改清单");
            }
            page.start();
            page.text(1, "+ 新增一项");
        }
        Line::Explanation => {
            let said =
                concluded.map_or(sheet.get(Field::Explanation), |conclusion| conclusion.chair_explanation.as_str());
            page.start();
            let said = if said.is_empty() { "（结论与票数不符时填写）" } else { said };
            page.text(1, &format!("组长说明  {said}"));
        }
        Line::Signature(expert) => {
            if !page.lines.iter().any(|line| line.text.contains("结论签名")) {
                page.heading(" 结论签名");
            }
            page.start();
            let seat = item.panel.seats().iter().find(|seat| seat.expert == expert);
            let signed = match concluded {
                Some(conclusion) => conclusion.signed_by.contains(&expert),
                None => !sheet.get(Field::Signed(expert)).is_empty(),
            };
            let badge = if signed { "[签]" } else { "[  ]" };
            let chair = if seat.is_some_and(|seat| seat.chair) { "  组长" } else { "" };
            let name = seat.map_or("", |seat| seat.name.as_str());
            page.lines.push(StyledLine { text: format!(" {badge} {name}{chair}"), style: page.canvas.theme.plain() });
        }
    }
}

/// Draws the text fields in use; tells where the caret stands.
fn edit(editing: &Editing, canvas: &mut Canvas<'_>, area: Rect) -> (u16, u16) {
    let keys = match editing.fields.len() {
        1 => "F2 或 Esc 完成，文字即时保存",
        _ => "Tab 下一栏  F2 或 Esc 完成，文字即时保存",
    };
    let titled = editing.fields.len() > 1;
    if titled {
        canvas.line(area, 0, &editing.title, canvas.theme.heading());
    }
    let width = area.width.saturating_sub(1).min(WIDEST_TEXT + 1);
    let top = u16::from(titled).min(area.height);
    let body = Rect { y: area.y + top, height: area.height.saturating_sub(1 + top), ..area };
    canvas.line(
        Rect { y: area.bottom().saturating_sub(1), height: 1.min(area.height), ..area },
        0,
        keys,
        canvas.theme.key(),
    );
    let heights = heights(editing, canvas, width, body.height);
    let mut y = body.y;
    let mut caret = (body.x, body.y);
    for (at, (field, rows)) in editing.fields.iter().zip(heights).enumerate() {
        if rows == 0 || y >= body.bottom() {
            continue;
        }
        let on = at == editing.at;
        let row = Rect { y, height: 1, ..area };
        let style = if on { canvas.theme.focus() } else { canvas.theme.heading() };
        let x = canvas.line(row, 0, &format!("{}{}", if on { ">" } else { " " }, field.label), style);
        if let Some(problem) = field.problem() {
            let rest = Rect { x: x + 1, width: row.right().saturating_sub(x + 1), ..row };
            canvas.line(rest, 0, &problem, canvas.theme.warning());
        }
        let text = Rect { x: area.x + 1, y: y + 1, width, height: rows.min(body.bottom().saturating_sub(y + 1)) };
        field.editor.render(text, canvas.buffer);
        if on {
            caret = field.editor.cursor_position(text);
        }
        y = y.saturating_add(rows + 1);
    }
    caret
}

/// Shares the rows: each field what it needs, the one with the caret what is left; fields that do not fit are left out,
/// those above the caret first.
fn heights(editing: &Editing, canvas: &Canvas<'_>, width: u16, height: u16) -> Vec<u16> {
    let needs =
        |text: &str| u16::try_from(wrap(text, width.saturating_sub(1), canvas.width).rows().len()).unwrap_or(u16::MAX);
    let mut rows: Vec<u16> = editing.fields.iter().map(|field| needs(&field.editor.text()).min(4)).collect();
    if let Some(current) = rows.get_mut(editing.at) {
        let field = editing.fields.get(editing.at);
        let least = field.filter(|field| field.field.is_long()).map_or(1, |_| 3);
        *current = field.map_or(1, |field| needs(&field.editor.text())).max(least).min(height.saturating_sub(1).max(1));
    }
    let total =
        |rows: &[u16]| rows.iter().filter(|rows| **rows > 0).map(|rows| rows + 1).fold(0u16, u16::saturating_add);
    let order: Vec<usize> = (0..editing.at).chain((editing.at + 1..rows.len()).rev()).collect();
    for at in order {
        if total(&rows) <= height {
            break;
        }
        if let Some(rows) = rows.get_mut(at) {
            *rows = 0;
        }
    }
    // What is left goes to the field with the caret, where it takes several lines.
    let left = height.saturating_sub(total(&rows));
    if let (Some(current), Some(field)) = (rows.get_mut(editing.at), editing.fields.get(editing.at))
        && field.field.is_long()
    {
        *current += left;
    }
    rows
}
