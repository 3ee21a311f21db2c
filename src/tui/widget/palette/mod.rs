//! The palette: one line at the bottom in which a command is found by its Chinese name, pinyin, initials or English
//! code, above it what was found. What cannot be done now is listed all the same, with the reason.

mod entries;
#[cfg(test)]
mod tests;

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::layout::Rect;

pub use entries::{Entry, What};

use super::Dialog;
use crate::domain::ids::ProjectCode;
use crate::domain::search::fold;
use crate::service::error::Error;
use crate::service::view::actions::ActionList;
use crate::tui::canvas::Canvas;
use crate::tui::editor::{Editor, Limits};
use crate::tui::effect::{Effect, Question, Reply, Ticket};
use crate::tui::keymap::in_force;
use crate::tui::layout::shell;
use crate::tui::screen::queue::views;
use crate::tui::screen::{project, queue};
use crate::tui::state::State;
use crate::tui::update::run;

/// No more rows of a list are looked through.
const TALLEST: u16 = 20;

/// The palette while it is open.
#[derive(Debug)]
pub struct Palette {
    editor: Editor,
    selected: usize,
    top: usize,
    /// Everything there is, before anything is typed.
    all: Vec<Entry>,
    /// What was found, the best first.
    shown: Vec<Entry>,
    views: Vec<Entry>,
    /// The project under the cursor and what can be done with it, once known.
    project: Option<(ProjectCode, Option<ActionList>)>,
    /// Whether commands about the list can be typed.
    of_queue: bool,
    /// Whose number tells the year of a bare number.
    like: Option<ProjectCode>,
}

/// Opens the palette of the screen; asks what can be done with the project under the cursor where that is not known.
pub fn open(state: &mut State) -> Vec<Effect> {
    let code = state.code_under_cursor();
    let view = state.project.as_ref().and_then(|project| project.view.as_deref());
    let known = view.filter(|view| Some(&view.dossier.project.code) == code.as_ref()).map(|view| view.actions.clone());
    let asks = code.clone().filter(|_| known.is_none());
    let like = code.clone().or_else(|| state.queue.listing.current().map(|row| row.code.clone()));
    let mut palette = Palette {
        editor: Editor::new("", Limits::line(60)),
        selected: 0,
        top: 0,
        all: entries::of_place(state, state.scope(), in_force(), code.as_ref()),
        shown: Vec::new(),
        views: entries::views(state),
        project: code.map(|code| (code, known)),
        of_queue: state.is_in_queue(),
        like,
    };
    palette.add_actions();
    palette.find(&state.recent);
    state.dialog = Some(Dialog::Palette(Box::new(palette)));
    let Some(code) = asks else { return Vec::new() };
    let ticket = state.tickets.issue();
    state.palette_asked = Some(ticket);
    vec![Effect::Ask(ticket, Question::Project(code))]
}

/// Opens it with a command that is still to be completed.
pub fn open_with(state: &mut State, typed: &str) -> Vec<Effect> {
    let effects = open(state);
    if let Some(Dialog::Palette(palette)) = &mut state.dialog {
        palette.editor = Editor::new(typed, Limits::line(60));
        palette.find(&state.recent);
    }
    effects
}

/// Tells whether the palette waits for an answer.
pub fn awaits(state: &State, ticket: Ticket) -> bool {
    state.palette_asked == Some(ticket)
}

/// Takes the answer it waits for. A project that may not be seen has no actions, which is no news.
pub fn answer(state: &mut State, answer: Result<Reply, Error>) -> Vec<Effect> {
    state.palette_asked = None;
    if let (Some(Dialog::Palette(palette)), Ok(Reply::Project(view))) = (&mut state.dialog, answer)
        && let Some((code, actions)) = &mut palette.project
        && *code == view.dossier.project.code
    {
        *actions = Some(view.actions);
        palette.add_actions();
        // The cursor stays where fast hands have put it: what came is listed behind what was there.
        let at = palette.selected;
        palette.find(&state.recent);
        palette.selected = at.min(palette.shown.len().saturating_sub(1));
    }
    Vec::new()
}

impl Palette {
    /// Takes a paste; tells what to say about it.
    pub fn paste(&mut self, text: &str, recent: &[String]) -> Option<String> {
        let message = self.editor.paste(text).message();
        self.find(recent);
        message
    }

    fn add_actions(&mut self) {
        if let Some((code, Some(actions))) = &self.project {
            self.all.extend(entries::of_project(code, actions));
        }
    }

    /// Finds what was typed.
    fn find(&mut self, recent: &[String]) {
        let text = self.editor.text();
        let whole = fold(text.trim_start());
        let typed = whole.trim_end().to_owned();
        self.selected = 0;
        self.top = 0;
        if self.of_queue && views::command_of(&text).is_some() {
            self.shown = vec![entries::typed(&text)];
            return;
        }
        if let Some(view) = typed.strip_prefix('>') {
            let view = view.trim();
            self.shown = self.views.iter().filter(|entry| entry.rank(view).is_some()).cloned().collect();
            return;
        }
        let age = |entry: &Entry| recent.iter().position(|code| *code == entry.code).unwrap_or(usize::MAX);
        let ranked = |entry: &Entry| entry.rank(&typed).map(|rank| (rank, entry.why_not.is_some(), age(entry)));
        let mut found: Vec<((u8, bool, usize), Entry)> =
            self.all.iter().filter_map(|entry| ranked(entry).map(|rank| (rank, entry.clone()))).collect();
        found.sort_by_key(|(rank, _)| *rank);
        let jump = entries::numbered(&typed, self.like.as_ref()).map(entries::jump);
        self.shown = jump.into_iter().chain(self.completed(&whole)).chain(found.into_iter().map(|(_, e)| e)).collect();
    }

    /// Behind the name of an action and a blank, offers the values of its choice.
    fn completed(&self, typed: &str) -> Vec<Entry> {
        let Some((name, value)) = typed.split_once(' ') else { return Vec::new() };
        let Some((code, Some(actions))) = &self.project else { return Vec::new() };
        let mut named: Vec<(u8, &Entry)> =
            self.all.iter().filter_map(|entry| entry.rank(name).map(|rank| (rank, entry))).collect();
        named.sort_by_key(|(rank, _)| *rank);
        let status = |entry: &Entry| match entry.what {
            What::Action(_, action, _) => actions.actions.iter().find(|status| status.action == action),
            _ => None,
        };
        let of = named.iter().filter(|(rank, _)| *rank <= 3).filter_map(|(_, entry)| status(entry));
        let fits = |entry: &Entry| value.trim().is_empty() || entry.rank(value.trim()).is_some();
        of.flat_map(|status| entries::choices(code, status)).filter(fits).collect()
    }

    fn go_by(&mut self, rows: isize) {
        self.selected = self.selected.saturating_add_signed(rows).min(self.shown.len().saturating_sub(1));
    }

    /// Tells whether anything was found.
    pub fn finds_any(&self) -> bool {
        !self.shown.is_empty()
    }

    /// Tells what is listed, for tests.
    #[cfg(test)]
    pub fn listed(&self) -> &[Entry] {
        &self.shown
    }

    /// Draws it.
    pub fn render(&self, state: &State, canvas: &mut Canvas<'_>) -> Option<(u16, u16)> {
        let body = shell(state.area()).body;
        let height = body.height.min(TALLEST);
        let area = Rect { y: body.bottom().saturating_sub(height), height, ..body };
        canvas.clear(area);
        let possible = self.shown.iter().filter(|entry| entry.why_not.is_none()).count();
        let inner = canvas.frame(area, &format!("命令: 可办 {possible}，不可办 {}", self.shown.len() - possible));
        let list = Rect { height: inner.height.saturating_sub(3), ..inner };
        let rows = usize::from(list.height);
        let top = (self.selected + 1).saturating_sub(rows);
        for (row, (at, entry)) in self.shown.iter().enumerate().skip(top).take(rows).enumerate() {
            let is_selected = at == self.selected;
            let mark = if is_selected { ">" } else { " " };
            let (name, keys) = (canvas.width.pad(&entry.name, 22), canvas.width.pad(&entry.keys, 14));
            let said = match &entry.why_not {
                Some(why) => format!("[缺] {why}"),
                None => entry.explained.clone(),
            };
            let style = match (is_selected, entry.why_not.is_some()) {
                (true, _) => canvas.theme.focus(),
                (false, true) => canvas.theme.faint(),
                (false, false) => canvas.theme.plain(),
            };
            canvas.bar(list, u16::try_from(row).unwrap_or(u16::MAX), &format!("{mark}{name} {keys} {said}"), style);
        }
        if self.shown.is_empty() {
            canvas.line(list, 0, "没有匹配的命令。可输入名称、拼音、首字母、编号，> 查视图", canvas.theme.plain());
        }
        let foot = |above: u16| Rect { y: inner.bottom().saturating_sub(above), height: 1.min(inner.height), ..inner };
        let line = self.shown.get(self.selected).and_then(|entry| entry.line.as_deref());
        let line = line.map_or(String::new(), |line| format!("命令行: {line}"));
        canvas.line(foot(3), 0, &line, canvas.theme.plain());
        let keys = "名称、拼音、首字母、英文均可  编号直达  >视图  Enter 执行  Esc 返回";
        canvas.line(foot(2), 0, keys, canvas.theme.key());
        let prompt = foot(1);
        let x = canvas.line(prompt, 0, ": ", canvas.theme.heading());
        let field = Rect { x, width: prompt.right().saturating_sub(x), ..prompt };
        self.editor.render(field, canvas.buffer);
        Some(self.editor.cursor_position(field))
    }
}

/// Takes a key.
pub fn take_text(state: &mut State, key: KeyEvent) -> Vec<Effect> {
    let State { dialog, recent, .. } = state;
    let Some(Dialog::Palette(palette)) = dialog else { return Vec::new() };
    match key.code {
        KeyCode::Esc | KeyCode::F(9 | 10) => state.dialog = None,
        KeyCode::Down => palette.go_by(1),
        KeyCode::Up => palette.go_by(-1),
        KeyCode::PageDown => palette.go_by(8),
        KeyCode::PageUp => palette.go_by(-8),
        KeyCode::Enter => {
            let chosen = palette.shown.get(palette.selected).cloned();
            return chosen.map(|entry| choose(state, entry)).unwrap_or_default();
        }
        _ => {
            let handled = palette.editor.handle(key);
            palette.find(recent);
            if let Some(message) = handled.message() {
                state.complain(message);
            }
        }
    }
    Vec::new()
}

/// Runs an entry. One that cannot be done says why, and the palette stays.
fn choose(state: &mut State, entry: Entry) -> Vec<Effect> {
    if let Some(why) = &entry.why_not {
        state.complain(format!("不能办理{}：{why}", entry.name));
        return Vec::new();
    }
    state.dialog = None;
    let mut effects = remember(state, &entry.code);
    effects.extend(match entry.what {
        What::Op(op) => run(state, op),
        What::Typed(text) => views::run_typed(state, &text).unwrap_or_default(),
        What::Action(code, action, given) => {
            state.given = given.map(|(key, value)| (action, key, value));
            project::open_with_action(state, code, action)
        }
        What::Project(code) => project::open(state, code),
        What::Tab(tab) => queue::show_tab(state, tab),
        What::Pane(pane) => project::show_pane(state, pane),
    });
    effects
}

/// How many entries are remembered.
pub const REMEMBERED: usize = 50;

fn remember(state: &mut State, code: &str) -> Vec<Effect> {
    if code.is_empty() {
        return Vec::new();
    }
    state.recent.retain(|known| known != code);
    state.recent.insert(0, code.to_owned());
    state.recent.truncate(REMEMBERED);
    vec![Effect::Remember(state.recent.clone())]
}
