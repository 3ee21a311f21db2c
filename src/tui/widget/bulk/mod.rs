//! An action on many projects: its input once, what it would come to for each, a digit, what became of each, and one
//! key that takes all of it back.
//!
//! | file | what |
//! |---|---|
//! | `check` | the page that tells of every project what would be done, and what was |
//! | `undoing` | taking it back: all of it or nothing |
//!
//! On which projects is told by the [`Marks`] of the list in use, the queue or a yearly plan.

mod check;
mod undoing;

pub use check::{BulkCheck, take_digit, take_op};
pub use undoing::undo;

use std::collections::BTreeMap;

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::layout::Rect;

use super::Dialog;
use super::form::area;
use super::menu::Menu;
use crate::domain::actor::{Actor, Role};
use crate::domain::permission::matrix::{Verb, grants};
use crate::domain::plan::{BULK, waits_as};
use crate::domain::workflow::action::{Action, InputSpec, Key, Kind};
use crate::domain::workflow::input::fields_of;
use crate::domain::workflow::table;
use crate::service::OperationId;
use crate::service::batch::Otherwise;
use crate::service::error::Error;
use crate::tui::canvas::Canvas;
use crate::tui::drafts::{Topic, present};
use crate::tui::effect::{Effect, Question, Reply, Ticket};
use crate::tui::form::{ActionForm, Outcome};
use crate::tui::marks::{Marks, Target};
use crate::tui::state::State;
use crate::tui::update::explain;
use crate::wording::labels;
use undoing::Taken;

/// Whose the projects are, in the order of the menu: a number stays with its action, whoever opens it.
const OF_HOLDERS: [Action; 3] = [Action::Claim, Action::Assign, Action::Release];

/// What is on its way with many projects, and what was done last.
#[derive(Debug, Default)]
pub struct Bulk {
    /// The action whose form waits for the accounts it may name, and what was typed for it meanwhile.
    opening: Option<(Ticket, Action)>,
    typed: Vec<KeyEvent>,
    last: Option<Taken>,
    /// The undoing on its way, and the operation that undoes each.
    undoing: Option<(Ticket, Vec<OperationId>)>,
}

impl Bulk {
    /// Tells whether a form is about to open: what is typed is for it.
    pub fn is_opening(&self) -> bool {
        self.opening.is_some()
    }

    /// Forgets what was done last: something else was, and that is what one takes back now.
    pub fn forget(&mut self) {
        self.last = None;
    }
}

/// The input of the action, the same for every project.
#[derive(Debug)]
pub struct BulkForm {
    /// The action.
    pub action: Action,
    /// Its form.
    pub form: ActionForm,
}

/// How an account may take an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Own,
    /// By transcribing the decision of an authority (代录).
    Transcribing,
}

fn way(me: &Actor, action: Action) -> Option<Way> {
    if grants(Verb::Act(action)).iter().any(|(role, _)| me.has(*role)) {
        return Some(Way::Own);
    }
    (me.has(Role::Intake) && action.transcribable()).then_some(Way::Transcribing)
}

/// Lends the marks of the list in use.
fn marks_mut(state: &mut State) -> &mut Marks {
    match state.plan.as_mut().and_then(|plan| plan.opened.as_mut()) {
        Some(opened) => &mut opened.marks,
        None => &mut state.queue.marks,
    }
}

/// Lists what an action would be taken on: the marked projects of the list in use, without marks that under the cursor.
fn targets(state: &State) -> Vec<Target> {
    match state.plan.as_ref() {
        Some(plan) => plan.opened.as_ref().map(|opened| opened.targets()).unwrap_or_default(),
        None => state.queue.targets(),
    }
}

/// An entry of the menu: how much waits for it, the action, whether it can be taken, a note.
type Entry = (usize, Action, bool, String);

fn entry(me: &Actor, targets: &[Target], action: Action) -> Option<Entry> {
    let way = way(me, action)?;
    let waiting = targets.iter().filter(|target| waits(target, action)).count();
    let at_stage = targets.iter().filter(|target| waits(target, action) || is_at(target, action)).count();
    let note = match (waiting, at_stage, way) {
        (_, 0, _) => "标记的项目都不在此环节".to_owned(),
        (_, _, Way::Transcribing) => format!("代录其决定，{at_stage} 个项目在此环节"),
        (0, ..) => format!("{at_stage} 个项目在此环节"),
        _ => format!("{waiting} 个项目等待你办理"),
    };
    Some((waiting, action, at_stage > 0, note))
}

/// Tells who may take an action.
fn whose(action: Action) -> String {
    let mut roles: Vec<&str> = grants(Verb::Act(action)).iter().map(|(role, _)| labels::role(*role)).collect();
    roles.dedup();
    format!("须由{}办理", roles.join("、"))
}

/// Opens the menu of what can be done with the marked projects.
pub fn open_menu(state: &mut State) {
    let targets = targets(state);
    if targets.is_empty() {
        state.mention("没有可办理的项目");
        return;
    }
    let me = &state.me;
    let mut entries: Vec<Entry> = BULK.iter().filter_map(|action| entry(me, &targets, *action)).collect();
    // What is waited for comes first, what cannot be done last.
    entries.sort_by_key(|(waiting, _, is_open, _)| (std::cmp::Reverse(*is_open), std::cmp::Reverse(*waiting)));
    if state.plan.is_none() {
        entries.retain(|(_, _, is_open, _)| *is_open);
        entries.splice(0..0, of_reviews(me, &targets));
    }
    if entries.is_empty() {
        let where_from = if state.plan.is_some() { "计划中" } else { "标记的项目" };
        state.complain(format!("{where_from}没有须由你的角色成批办理的事项；按 Enter 打开项目查看"));
        return;
    }
    let entries = entries.into_iter().map(|(_, action, is_open, note)| (action, is_open, note)).collect();
    state.dialog = Some(Dialog::Menu(Menu::of_many(entries)));
}

/// Lists what is done with many projects under review. Whoever may take one of the first is shown all of them, so that
/// each has the number it always has.
fn of_reviews(me: &Actor, targets: &[Target]) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    if OF_HOLDERS.iter().any(|action| way(me, *action).is_some()) {
        let closed = |action| (0, action, false, whose(action));
        entries.extend(OF_HOLDERS.iter().map(|action| entry(me, targets, *action).unwrap_or_else(|| closed(*action))));
    }
    entries.extend(entry(me, targets, Action::ReturnForCorrection));
    entries
}

fn waits(target: &Target, action: Action) -> bool {
    target.waiting.iter().any(|waiting| waits_as(action).contains(waiting))
}

fn is_at(target: &Target, action: Action) -> bool {
    table::row_of(action).is_some_and(|row| row.from.contains(&target.stage))
}

/// Begins an action: its form, or for one without input the check.
pub fn begin(state: &mut State, action: Action) -> Vec<Effect> {
    let targets = targets(state);
    let why = match way(&state.me, action) {
        None => Some(whose(action)),
        Some(_) if !targets.iter().any(|target| waits(target, action) || is_at(target, action)) => {
            Some("标记的项目都不在此环节".to_owned())
        }
        Some(_) => None,
    };
    if let Some(why) = why {
        state.complain(format!("不能办理{}：{why}", labels::action(action)));
        return Vec::new();
    }
    let account = fields(&state.me, action).into_iter().find_map(|field| match field.kind {
        Kind::Account(role) => Some(role),
        _ => None,
    });
    if let Some(role) = account {
        let ticket = state.tickets.issue();
        state.dialog = None;
        (state.bulk.opening, state.bulk.typed) = (Some((ticket, action)), Vec::new());
        return vec![Effect::Ask(ticket, Question::Colleagues(role))];
    }
    open_form(state, action, Vec::new())
}

fn open_form(state: &mut State, action: Action, accounts: Vec<(String, String)>) -> Vec<Effect> {
    let (targets, fields) = (targets(state), fields(&state.me, action));
    let now = match &state.plan {
        Some(plan) => plan.view.as_ref().map(|view| view.now),
        None => state.queue.now,
    };
    let Some(now) = now.filter(|_| !fields.is_empty()) else {
        return check::begin(state, (action, targets), &BTreeMap::new(), Otherwise::LeaveOut);
    };
    let title = format!("{}: 用于 {} 个项目", labels::action(action), targets.len());
    let form = ActionForm::new(&title, fields, BTreeMap::new(), accounts, now).with_width(state.width);
    present(state, &Topic::Bulk(action), Dialog::BulkForm(Box::new(BulkForm { action, form })));
    Vec::new()
}

/// Lists the fields as this account takes the action; when a paper form arrived is for the intake clerk to say.
fn fields(me: &Actor, action: Action) -> Vec<InputSpec> {
    let mut fields = match way(me, action) {
        Some(Way::Transcribing) => fields_of(action),
        _ => action.inputs().to_vec(),
    };
    fields.retain(|field| field.key != Key::ReceivedAt || me.has(Role::Intake));
    fields
}

/// Takes a key for the form, or for the one about to open.
pub fn take_key(state: &mut State, key: KeyEvent) -> Vec<Effect> {
    if state.bulk.is_opening() {
        state.bulk.typed.push(key);
        return Vec::new();
    }
    let Some(Dialog::BulkForm(mut dialog)) = state.dialog.take() else { return Vec::new() };
    // Enter decides nothing here: the page that follows tells what would be done, and only a digit does it.
    let is_last = key.code == KeyCode::Enter && dialog.form.asks_no_more();
    let key = if is_last { KeyEvent { code: KeyCode::F(8), ..key } } else { key };
    match dialog.form.handle(key) {
        Outcome::Stay => state.dialog = Some(Dialog::BulkForm(dialog)),
        Outcome::Cancel(values) if values.is_empty() => {}
        Outcome::Cancel(_) => state.mention("已填内容存为草稿，再次办理时恢复"),
        Outcome::Submit(inputs) => {
            let aim = (dialog.action, targets(state));
            return check::begin(state, aim, &inputs, Otherwise::LeaveOut);
        }
    }
    Vec::new()
}

/// Tells whether anything here waits for an answer.
pub fn awaits(state: &State, ticket: Ticket) -> bool {
    let opens = state.bulk.opening.is_some_and(|(opening, _)| opening == ticket);
    let undoes = state.bulk.undoing.as_ref().is_some_and(|(undoing, _)| *undoing == ticket);
    opens || undoes || check::awaits(state, ticket)
}

/// Takes the answer it waits for.
pub fn answer(state: &mut State, ticket: Ticket, answer: Result<Reply, Error>) -> Vec<Effect> {
    if let Some((_, action)) = state.bulk.opening.take_if(|(opening, _)| *opening == ticket) {
        return opened(state, action, answer);
    }
    if state.bulk.undoing.as_ref().is_some_and(|(undoing, _)| *undoing == ticket) {
        return undoing::answer(state, answer);
    }
    check::answer(state, answer)
}

/// Opens the form that waited for its accounts, and gives it what was typed meanwhile.
fn opened(state: &mut State, action: Action, answer: Result<Reply, Error>) -> Vec<Effect> {
    let typed = std::mem::take(&mut state.bulk.typed);
    let mut effects = match answer {
        Ok(Reply::Colleagues(accounts)) => open_form(state, action, accounts),
        Ok(_) => Vec::new(),
        Err(error) => {
            explain(state, &error);
            Vec::new()
        }
    };
    for key in typed {
        if matches!(state.dialog, Some(Dialog::BulkForm(_))) {
            effects.extend(take_key(state, key));
        }
    }
    effects
}

impl BulkForm {
    /// Draws it.
    pub fn render(&self, state: &State, canvas: &mut Canvas<'_>) -> Option<(u16, u16)> {
        let area = area(state, |width| self.form.preferred_height(width));
        canvas.clear(Rect { x: area.x.saturating_sub(1), width: area.width + 1, ..area });
        self.form.render(area, canvas.buffer).map(|place| (place.x, place.y))
    }
}
