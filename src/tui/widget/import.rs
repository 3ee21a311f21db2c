//! 导入申报表 — which file, then what would become of every row, then a digit.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::layout::Rect;

use super::Dialog;
use crate::domain::intake::Candidate;
use crate::domain::text::clean_line;
use crate::service::command::{Done, ImportReport, Receipt};
use crate::service::error::Error;
use crate::tui::canvas::{Canvas, Sheet, StyledLine};
use crate::tui::editor::{Editor, Limits};
use crate::tui::effect::{Effect, Question, Reply, Ticket};
use crate::tui::files::Completion;
use crate::tui::importing::Preview;
use crate::tui::keymap::Op;
use crate::tui::layout::shell;
use crate::tui::screen::{project, queue};
use crate::tui::state::State;
use crate::tui::update::explain;
use crate::wording::{self, intake as said};

/// The longest path.
const LONGEST: usize = 1000;
/// How many names are shown below the field.
const NAMES: u16 = 6;

/// Asks for the file.
#[derive(Debug)]
pub struct ImportFile {
    editor: Editor,
    names: Vec<String>,
}

/// Shows what would become of the rows.
#[derive(Debug)]
pub struct ImportPreview {
    preview: Preview,
    top: usize,
}

/// Begins: whether files are read here is for the worker to say.
pub fn open(state: &mut State) -> Vec<Effect> {
    if !project::declares(&state.me) {
        state.complain("不能导入：申报表由申报单位、主管单位或受理员导入");
        return Vec::new();
    }
    ask(state, Question::ImportDoor)
}

fn ask(state: &mut State, question: Question) -> Vec<Effect> {
    let ticket = state.tickets.issue();
    state.importing = Some(ticket);
    vec![Effect::Ask(ticket, question)]
}

/// Tells whether the import waits for an answer.
pub fn awaits(state: &State, ticket: Ticket) -> bool {
    state.importing == Some(ticket)
}

/// Takes the answer it waits for.
pub fn answer(state: &mut State, answer: Result<Reply, Error>) -> Vec<Effect> {
    state.importing = None;
    match answer {
        Ok(Reply::ImportDoor(None)) if state.dialog.is_none() && state.project.is_none() => {
            let editor = Editor::new("", Limits::line(LONGEST)).with_width(state.width);
            state.dialog = Some(Dialog::ImportFile(Box::new(ImportFile { editor, names: Vec::new() })));
        }
        Ok(Reply::ImportDoor(why)) => {
            if let Some(why) = why {
                state.complain(why);
            }
        }
        Ok(Reply::Completed(completion)) => take_names(state, completion),
        Ok(Reply::ImportPreview(read)) => match *read {
            Ok(preview) => state.dialog = Some(Dialog::ImportPreview(Box::new(ImportPreview { preview, top: 0 }))),
            Err(why) => state.complain(why),
        },
        Ok(Reply::Done(Receipt { done: Done::Imported(report), .. })) => return imported(state, &report),
        Ok(_) => {}
        Err(error) => explain(state, &error),
    }
    Vec::new()
}

fn take_names(state: &mut State, completion: Completion) {
    let Some(Dialog::ImportFile(dialog)) = &mut state.dialog else { return };
    dialog.editor.set_text(&completion.path);
    dialog.names = if completion.names.len() > 1 { completion.names } else { Vec::new() };
    if dialog.names.is_empty() && completion.path.is_empty() {
        state.mention("没有可选的文件");
    }
}

fn imported(state: &mut State, report: &ImportReport) -> Vec<Effect> {
    state.dialog = None;
    let codes: Vec<String> =
        report.created.iter().filter_map(|(_, code, _)| code.as_ref()).map(ToString::to_string).collect();
    let before = match report.duplicates.len() {
        0 => String::new(),
        count => format!("；{count} 个以前已登记，未重复登记"),
    };
    let effects = queue::show_everything(state);
    state.say(format!("已导入 {} 个项目：{}{before}", codes.len(), codes.join("、")));
    effects
}

/// Takes a key for the path.
pub fn take_key(state: &mut State, key: KeyEvent) -> Vec<Effect> {
    let is_busy = state.importing.is_some();
    let Some(Dialog::ImportFile(dialog)) = &mut state.dialog else { return Vec::new() };
    let path = dialog.editor.text();
    match key.code {
        KeyCode::Esc | KeyCode::F(10) => {
            state.dialog = None;
            state.importing = None;
        }
        // An answer to what is no longer typed would write over what is.
        _ if is_busy => state.mention("正在读取，请稍候；Esc 返回"),
        KeyCode::Tab => return ask(state, Question::Complete(path)),
        KeyCode::Enter | KeyCode::F(8) if !path.trim().is_empty() => return ask(state, Question::ImportPreview(path)),
        KeyCode::Enter | KeyCode::F(8) => state.mention("请输入申报表文件的路径"),
        _ => {
            dialog.names.clear();
            if let Some(message) = dialog.editor.handle(key).message() {
                state.complain(message);
            }
        }
    }
    Vec::new()
}

impl ImportFile {
    /// Takes a paste; a file dragged onto a terminal comes as its path between quotation marks.
    pub fn paste(&mut self, text: &str) -> Option<String> {
        let text = text.trim();
        let bare = text.strip_prefix('\'').and_then(|text| text.strip_suffix('\'')).unwrap_or(text);
        self.names.clear();
        self.editor.paste(bare).message()
    }

    /// Draws it.
    pub fn render(&self, state: &State, canvas: &mut Canvas<'_>) -> Option<(u16, u16)> {
        let columns = 78.min(state.size.0.saturating_sub(2));
        let inner = canvas.popup(state.area(), (columns, NAMES + 6), "导入申报表");
        let inner = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
        canvas.line(inner, 0, "申报表文件(xlsx xls ods docx csv)的路径：", canvas.theme.plain());
        let field = Rect { y: inner.y + 1.min(inner.height), height: 1.min(inner.height), ..inner };
        self.editor.render(field, canvas.buffer);
        let list = Rect { y: inner.y + 2.min(inner.height), height: inner.height.saturating_sub(3), ..inner };
        for (row, name) in (0..NAMES).zip(&self.names) {
            canvas.line(list, row, &format!("  {name}"), canvas.theme.plain());
        }
        let more = self.names.len().saturating_sub(usize::from(NAMES));
        if more > 0 {
            canvas.line(list, NAMES, &format!("  另有 {more} 个"), canvas.theme.faint());
        }
        let last = inner.height.saturating_sub(1);
        canvas.line(inner, last, "Tab 补全文件名  Enter 读取并预览  Esc 返回", canvas.theme.key());
        Some(self.editor.cursor_position(field))
    }
}

/// Takes a command of the key table for the preview.
pub fn take_op(state: &mut State, op: Op) {
    let height = usize::from(text_area(state).height).max(1);
    let busy = state.importing.is_some();
    let cells = text_area(state).width;
    let (width, theme) = (state.width, state.theme);
    let Some(Dialog::ImportPreview(dialog)) = &mut state.dialog else { return };
    let last = lines(&dialog.preview, Sheet::new(cells, width, theme)).len().saturating_sub(height);
    dialog.top = match op {
        Op::Down => dialog.top + 1,
        Op::Up => dialog.top.saturating_sub(1),
        Op::PageDown => dialog.top + height,
        Op::PageUp => dialog.top.saturating_sub(height),
        Op::First => 0,
        Op::Last => last,
        _ => dialog.top,
    }
    .min(last);
    match op {
        Op::Back | Op::Escape if busy => state.mention("正在导入，请稍候"),
        Op::Back | Op::Escape => state.dialog = None,
        Op::Open => state.mention("请按数字选择"),
        _ => {}
    }
}

/// Takes a digit for the preview.
pub fn take_digit(state: &mut State, digit: u8) -> Vec<Effect> {
    let Some(Dialog::ImportPreview(dialog)) = &state.dialog else { return Vec::new() };
    match digit {
        _ if state.importing.is_some() => state.mention("正在导入，请稍候"),
        1 if dialog.preview.count() > 0 => {
            let command = dialog.preview.command();
            let ticket = state.tickets.issue();
            state.importing = Some(ticket);
            return vec![Effect::Execute(ticket, Box::new(command))];
        }
        1 => state.complain("没有可以导入的项目"),
        2 => state.dialog = None,
        _ => state.mention("请按数字选择"),
    }
    Vec::new()
}

impl ImportPreview {
    /// Draws it.
    pub fn render(&self, state: &State, canvas: &mut Canvas<'_>) -> Option<(u16, u16)> {
        let body = shell(state.area()).body;
        canvas.clear(body);
        canvas.frame(body, &format!("导入预览 {}", self.preview.form.file));
        let area = text_area(state);
        let lines = lines(&self.preview, Sheet::new(area.width, canvas.width, canvas.theme));
        let shown = canvas.lines(area, &lines, self.top);
        let below = lines.len().saturating_sub(self.top + usize::from(shown));
        let keys = match (self.preview.count(), self.preview.skips()) {
            (0, _) => "2 返回".to_owned(),
            (count, false) => format!("1 导入 {count} 个项目   2 返回"),
            (count, true) => format!("1 跳过有问题的行，导入 {count} 个项目   2 返回"),
        };
        let foot = Rect { y: body.bottom().saturating_sub(2), height: 1, ..area };
        let x = canvas.line(foot, 0, &keys, canvas.theme.key());
        if below > 0 {
            canvas.right(foot, 0, x.saturating_add(2), &format!("下面还有 {below} 行"), canvas.theme.plain());
        }
        // The cursor stands on the safe choice.
        let back = u16::try_from(canvas.width.of_str(&keys)).unwrap_or(0).saturating_sub(6);
        Some((foot.x.saturating_add(back), foot.y))
    }
}

/// Where the lines of the preview stand: within the frame, above the keys.
fn text_area(state: &State) -> Rect {
    let body = shell(state.area()).body;
    let (width, height) = (body.width.saturating_sub(4), body.height.saturating_sub(4));
    Rect { x: body.x + 2.min(body.width), y: body.y + 1.min(body.height), width, height }
}

fn lines(preview: &Preview, mut sheet: Sheet) -> Vec<StyledLine> {
    let form = &preview.form.form;
    let theme = sheet.theme();
    if preview.form.is_secret {
        sheet.text(0, &said::no_form(&crate::domain::intake::NoForm::Secret), theme.failure());
        return sheet.lines;
    }
    let year = form.plan_year.map(|year| format!("  {year}年度")).unwrap_or_default();
    let unit = form.unit.as_deref().unwrap_or("(表头未写单位)");
    sheet.text(0, &format!("工作表 {}  {unit}{year}", form.sheet), theme.plain());
    match &preview.foreseen {
        Ok(report) => {
            let known = |candidate: &&Candidate| !report.duplicates.iter().any(|(row, _)| *row == candidate.row);
            section(&mut sheet, "可登记的项目", form.candidates.iter().filter(known).map(candidate_line));
            let before = report.duplicates.iter().map(|(row, code)| said::duplicate(*row, code));
            section(&mut sheet, "已登记过的项目", before);
        }
        Err(error) => {
            section(&mut sheet, "表中的项目", form.candidates.iter().map(candidate_line));
            let problem = wording::problem(error);
            sheet.heading(&format!("不能导入：{}", problem.title));
            for cause in &problem.causes {
                sheet.marked("[否]", cause, theme.failure());
            }
            sheet.text(5, &problem.remedy, theme.plain());
        }
    }
    let secret = form.secret_rows.iter().map(|row| said::secret_row(*row));
    section(&mut sheet, "有问题的行", form.problems.iter().map(said::row_problem_at).chain(secret));
    let units = preview.foreseen.iter().flat_map(|report| &report.new_units);
    let units = units.map(|(name, kind)| said::new_unit(name, *kind));
    section(&mut sheet, "请核对", form.warnings.iter().map(said::row_problem_at).chain(units));
    sheet.lines
}

fn section(sheet: &mut Sheet, title: &str, lines: impl Iterator<Item = String>) {
    let lines: Vec<String> = lines.collect();
    if lines.is_empty() {
        return;
    }
    sheet.heading(&format!("{title} {}", lines.len()));
    let plain = sheet.theme().plain();
    for line in lines {
        sheet.text(2, &line, plain);
    }
}

fn candidate_line(candidate: &Candidate) -> String {
    let declared = &candidate.declaration;
    let unit = if candidate.unit.trim().is_empty() { "(未写单位)" } else { candidate.unit.trim() };
    format!("第 {} 行  {unit}  {} 万元  {}", candidate.row, declared.amount, clean_line(&declared.name))
}
