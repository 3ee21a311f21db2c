//! Dialogs over the screens, never more than one: help, palette, texts, the actions, forms, confirmation.

pub mod bulk;
pub mod checkup;
pub mod confirm;
pub mod conflict;
mod content;
pub mod declaration;
pub mod drafts;
pub mod finding;
pub mod form;
pub mod help;
pub mod import;
pub mod menu;
mod opinion_form;
pub mod palette;
mod panel_form;
pub mod practice;
pub mod restore;
pub mod rulebook;
pub mod text;

use crossterm::event::KeyEvent;

use super::canvas::Canvas;
use super::drafts::{Topic, present};
use super::effect::{Effect, Question, Reply, Ticket};
use super::form::ActionForm;
use super::keymap::Op;
use super::screen::{project, session};
use super::state::State;
use crate::domain::workflow::action::{Action, Key, Kind};
use crate::service::error::{Error, Invalid};
use crate::service::view::actions::Possibility;
use crate::wording::labels;
use bulk::{BulkCheck, BulkForm};
use checkup::CheckUp;
use confirm::Confirm;
use conflict::Conflict;
use declaration::DeclarationDialog;
use drafts::DraftList;
use finding::FindingDialog;
use form::{ActionDialog, RemarkDialog};
use help::Help;
use import::{ImportFile, ImportPreview};
use menu::{Menu, Step};
use palette::Palette;
use practice::TaskList;
use restore::Restore;
use rulebook::Rulebook;
use text::TextPage;

/// A dialog.
#[derive(Debug)]
pub enum Dialog {
    /// What works here.
    Help(Box<Help>),
    /// Every command, found by its name.
    Palette(Box<Palette>),
    /// A page of text.
    Text(Box<TextPage>),
    /// What can be done with the project.
    Menu(Menu),
    /// The input of an action.
    Action(Box<ActionDialog>),
    /// The texts to a checklist item.
    Remark(Box<RemarkDialog>),
    /// Why a finding is taken up or ruled out.
    Finding(Box<FindingDialog>),
    /// What the unit declares.
    Declaration(Box<DeclarationDialog>),
    /// Which form to import.
    ImportFile(Box<ImportFile>),
    /// What its import would do.
    ImportPreview(Box<ImportPreview>),
    /// The editions of the rules and the register of interpretations.
    Rulebook(Box<Rulebook>),
    /// The input of an action on many projects.
    BulkForm(Box<BulkForm>),
    /// What an action on many projects would come to, or came to.
    BulkCheck(Box<BulkCheck>),
    /// Whether an outward step shall be taken.
    Confirm(Box<Confirm>),
    /// A text that somebody else changed as well.
    Conflict(Box<Conflict>),
    /// What a meeting asks for.
    Session(Box<session::Over>),
    /// A draft an earlier program left of a form.
    Restore(Box<Restore>),
    /// What was typed and not handed in.
    Drafts(DraftList),
    /// Whether the terminal shows and sends what it should.
    CheckUp(Box<CheckUp>),
    /// The tasks one practises.
    Practice(TaskList),
}

/// Draws the dialog; tells where the terminal's cursor stands.
pub fn render(state: &State, canvas: &mut Canvas<'_>) -> Option<(u16, u16)> {
    match state.dialog.as_ref()? {
        Dialog::Help(help) => help.render(state, canvas),
        Dialog::Palette(palette) => palette.render(state, canvas),
        Dialog::Text(page) => page.render(state, canvas),
        Dialog::Menu(menu) => menu.render(state, canvas),
        Dialog::Action(dialog) => dialog.render(state, canvas),
        Dialog::Remark(dialog) => dialog.render(state, canvas),
        Dialog::Finding(dialog) => dialog.render(state, canvas),
        Dialog::Declaration(dialog) => dialog.render(state, canvas),
        Dialog::ImportFile(dialog) => dialog.render(state, canvas),
        Dialog::ImportPreview(dialog) => dialog.render(state, canvas),
        Dialog::Rulebook(page) => page.render(state, canvas),
        Dialog::BulkForm(dialog) => dialog.render(state, canvas),
        Dialog::BulkCheck(dialog) => dialog.render(state, canvas),
        Dialog::Confirm(confirm) => confirm.render(state, canvas),
        Dialog::Conflict(conflict) => conflict.render(state, canvas),
        Dialog::Session(over) => over.render(state, canvas),
        Dialog::Restore(restore) => restore.render(state, canvas),
        Dialog::Drafts(list) => list.render(state, canvas),
        Dialog::CheckUp(checkup) => checkup.render(state, canvas),
        Dialog::Practice(list) => list.render(state, canvas),
    }
}

/// Takes a command of the key table.
pub fn take_op(state: &mut State, op: Op) -> Vec<Effect> {
    match &mut state.dialog {
        Some(Dialog::Menu(menu)) => match op {
            Op::Back | Op::Escape => state.dialog = None,
            Op::Open => {
                let chosen = menu.chosen();
                return chosen.map(|step| begin(state, step)).unwrap_or_default();
            }
            op => menu.take_op(op),
        },
        Some(Dialog::ImportPreview(_)) => import::take_op(state, op),
        Some(Dialog::Rulebook(_)) => rulebook::take_op(state, op),
        Some(Dialog::Text(_)) => text::take_op(state, op),
        Some(Dialog::BulkCheck(_)) => return bulk::take_op(state, op),
        Some(Dialog::Session(_)) => return session::take_dialog_op(state, op),
        Some(Dialog::Restore(_)) => restore::take_op(state, op),
        Some(Dialog::Drafts(_)) => return drafts::take_op(state, op),
        Some(Dialog::Practice(_)) => return practice::take_op(state, op),
        Some(Dialog::Confirm(_)) => match op {
            Op::Back | Op::Escape => confirm::go_back(state),
            _ => state.mention("请按 1 确认，按 2 返回"),
        },
        Some(Dialog::Conflict(_)) => conflict::remind(state),
        _ => {}
    }
    Vec::new()
}

/// Takes a digit.
pub fn take_digit(state: &mut State, digit: u8) -> Vec<Effect> {
    match &state.dialog {
        Some(Dialog::Menu(menu)) => match menu.numbered(digit) {
            Some(step) => begin(state, step),
            None => {
                state.mention("没有这个序号");
                Vec::new()
            }
        },
        Some(Dialog::ImportPreview(_)) => import::take_digit(state, digit),
        Some(Dialog::Rulebook(_)) => {
            rulebook::take_digit(state, digit);
            Vec::new()
        }
        Some(Dialog::Text(_)) => text::take_digit(state, digit),
        Some(Dialog::BulkCheck(_)) => bulk::take_digit(state, digit),
        Some(Dialog::Session(_)) => session::take_dialog_digit(state, digit),
        Some(Dialog::Conflict(_)) => conflict::take_digit(state, digit),
        Some(Dialog::Restore(_)) => restore::take_digit(state, digit),
        Some(Dialog::Drafts(_)) => drafts::take_digit(state, digit),
        Some(Dialog::Practice(_)) => practice::take_digit(state, digit),
        Some(Dialog::Confirm(_)) if digit == 1 => confirm::go_on(state),
        Some(Dialog::Confirm(_)) if digit == 2 => {
            confirm::go_back(state);
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// Takes a key for the text in the dialog.
pub fn take_text(state: &mut State, key: KeyEvent) -> Vec<Effect> {
    match &state.dialog {
        Some(Dialog::CheckUp(_)) => checkup::take_key(state, key),
        Some(Dialog::Help(_)) => help::take_text(state, key),
        Some(Dialog::Palette(_)) => palette::take_text(state, key),
        Some(Dialog::Action(_)) => form::take_action_key(state, key),
        Some(Dialog::Remark(_)) => form::take_remark_key(state, key),
        Some(Dialog::Finding(_)) => finding::take_key(state, key),
        Some(Dialog::Declaration(_)) => declaration::take_key(state, key),
        Some(Dialog::ImportFile(_)) => import::take_key(state, key),
        Some(Dialog::BulkForm(_)) => bulk::take_key(state, key),
        Some(Dialog::Session(_)) => session::take_dialog_text(state, key),
        _ => Vec::new(),
    }
}

/// Opens the menu of actions.
pub fn open_menu(state: &mut State) -> Vec<Effect> {
    let Some(project) = &mut state.project else { return Vec::new() };
    match project.view.as_deref().filter(|_| project.is_settled()) {
        Some(view) => state.dialog = Some(Dialog::Menu(Menu::new(&state.me, view))),
        // Fast hands are not to press again, nor to be shown a menu that the answers on their way will change.
        None => project.want_menu(project::MenuOf::Project),
    }
    Vec::new()
}

fn begin(state: &mut State, step: Step) -> Vec<Effect> {
    match step {
        Step::Action(action) => begin_action(state, action),
        Step::Bulk(action) => bulk::begin(state, action),
        Step::Plan => {
            state.dialog = None;
            state.project = None;
            super::screen::plan::open(state)
        }
        Step::Declaration => declaration::open(state),
        Step::Import => {
            state.dialog = None;
            state.project = None;
            import::open(state)
        }
    }
}

/// Opens the menu that was asked for in the queue: over a project, or where there is none with the import alone.
pub fn open_queue_menu(state: &mut State) -> Vec<Effect> {
    open_menu(state);
    let further: Vec<Step> = [
        project::declares(&state.me).then_some(Step::Import),
        super::screen::plan::concerns(&state.me).then_some(Step::Plan),
    ]
    .into_iter()
    .flatten()
    .collect();
    if further.is_empty() {
        return Vec::new();
    }
    match &mut state.dialog {
        Some(Dialog::Menu(menu)) => *menu = std::mem::take(menu).with(&further),
        _ => state.dialog = Some(Dialog::Menu(Menu::default().with(&further))),
    }
    Vec::new()
}

/// Opens what the unit declares.
pub fn open_declaration(state: &mut State) -> Vec<Effect> {
    declaration::open(state)
}

/// Opens the texts to the item under the cursor.
pub fn open_remark(state: &mut State) -> Vec<Effect> {
    form::open_remark(state);
    Vec::new()
}

/// Begins an action: its form, or for one without input the confirmation. One that cannot be taken says why.
pub fn begin_action(state: &mut State, action: Action) -> Vec<Effect> {
    let Some(view) = state.project.as_ref().and_then(|project| project.view.as_deref()) else { return Vec::new() };
    let Some(status) = view.actions.actions.iter().find(|status| status.action == action) else { return Vec::new() };
    if !status.verdict.is_open() {
        let why = project::why_not(&status.verdict);
        if project::lacks_answers(view, action) && matches!(state.dialog, Some(Dialog::Menu(_))) {
            state.dialog = None;
            project::show_first_gap(state);
        }
        state.complain(format!("不能办理{}：{why}", labels::action(action)));
        return Vec::new();
    }
    let fields = form::fields(status);
    let account = fields.iter().find_map(|field| match field.kind {
        Kind::Account(role) => Some(role),
        _ => None,
    });
    if let Some(role) = account {
        let ticket = state.tickets.issue();
        state.opening = Some((ticket, action));
        return vec![Effect::Ask(ticket, Question::Colleagues(role))];
    }
    let offered = match fields.iter().any(|field| matches!(field.kind, Kind::Expert | Kind::Fix)) {
        true => panel_form::offered(view, action),
        false => Vec::new(),
    };
    open_form(state, action, offered)
}

fn open_form(state: &mut State, action: Action, accounts: Vec<(String, String)>) -> Vec<Effect> {
    let Some(view) = state.project.as_ref().and_then(|project| project.view.as_deref()) else { return Vec::new() };
    let Some(status) = view.actions.actions.iter().find(|status| status.action == action) else { return Vec::new() };
    let fields = form::fields(status);
    if fields.is_empty() && action.is_of_holder() {
        // Undone by a key: nothing is asked.
        state.dialog = None;
        return project::execute_action(state, action, std::collections::BTreeMap::new());
    }
    if fields.is_empty() {
        state.dialog = Some(Dialog::Confirm(Box::new(Confirm::plain(action))));
        return Vec::new();
    }
    let project = &view.dossier.project;
    let mut defaults = panel_form::defaults(view, action);
    let dossier = &view.dossier;
    let amount = match action {
        // A request is answered with what was asked for; a change begins from what governs.
        Action::Change => dossier.requested().unwrap_or_else(|| dossier.changeable_amount()),
        _ => project.declaration.amount,
    };
    defaults.insert(Key::Amount, amount.to_string());
    defaults.insert(Key::Assessed, project.governing_amount().to_string());
    if let Some((_, key, value)) = state.given.take_if(|(given, ..)| *given == action) {
        defaults.insert(key, value.to_owned());
    }
    if let Possibility::Transcribable(role) = &status.verdict {
        defaults.insert(Key::OnBehalfOf, role.code().to_owned());
    }
    let heading = match action {
        Action::DraftOpinion => opinion_form::HEADING,
        _ => crate::wording::destruction::caution(action),
    };
    let mut form = ActionForm::new(labels::action(action), fields, defaults, accounts, view.now)
        .with_heading(heading)
        .with_width(state.width);
    opinion_form::offer(&mut form, action, view);
    let topic = Topic::Action(project.code.clone(), action);
    present(state, &topic, Dialog::Action(Box::new(ActionDialog { action, form })));
    Vec::new()
}

/// Offers the text of an opinion again, after a draft was laid over its form.
pub fn refresh_offer(state: &mut State) {
    let view = state.project.as_ref().and_then(|project| project.view.as_deref());
    if let (Some(Dialog::Action(dialog)), Some(view)) = (&mut state.dialog, view) {
        let action = dialog.action;
        opinion_form::offer(&mut dialog.form, action, view);
    }
}

/// Tells whether a dialog waits for an answer.
pub fn awaits(state: &State, ticket: Ticket) -> bool {
    state.opening.is_some_and(|(opening, _)| opening == ticket)
}

/// Takes the answer a dialog waits for.
pub fn answer(state: &mut State, answer: Result<Reply, Error>) -> Vec<Effect> {
    let Some((_, action)) = state.opening.take() else { return Vec::new() };
    match answer {
        Ok(Reply::Colleagues(accounts)) => return open_form(state, action, accounts),
        Ok(_) => {}
        Err(error) => super::update::explain(state, &error),
    }
    Vec::new()
}

/// Shows beside its fields what the service did not accept.
pub fn action_failed(state: &mut State, error: &Error) {
    confirm::back_to_form(state);
    if let (Some(Dialog::Action(dialog)), Error::Invalid(problems)) = (&mut state.dialog, error) {
        let of_input: Vec<_> = problems
            .iter()
            .filter_map(|problem| match problem {
                Invalid::Input(problem) => Some(problem.clone()),
                _ => None,
            })
            .collect();
        dialog.form.set_problems(&of_input);
    }
}
