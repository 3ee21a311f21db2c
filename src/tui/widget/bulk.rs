//! An action on many projects of a plan: its input once, what it would come to for each, a digit, what became of each.

use std::collections::BTreeMap;

use crossterm::event::KeyEvent;
use ratatui::layout::Rect;

use super::Dialog;
use super::form::area;
use super::menu::Menu;
use crate::domain::actor::{Actor, Role};
use crate::domain::ids::ProjectCode;
use crate::domain::permission::matrix::{Verb, grants};
use crate::domain::plan::{BULK, waits_as};
use crate::domain::text::clean_line;
use crate::domain::workflow::action::{Action, InputSpec, Key};
use crate::domain::workflow::input::fields_of;
use crate::domain::workflow::table;
use crate::service::batch::{BatchAnswer, BatchItem};
use crate::service::command::Done;
use crate::service::error::Error;
use crate::service::view::plan::PlanProject;
use crate::tui::canvas::{Canvas, Sheet, StyledLine};
use crate::tui::drafts::{Topic, present};
use crate::tui::effect::{Effect, Reply, Ticket};
use crate::tui::form::{ActionForm, Outcome};
use crate::tui::keymap::Op;
use crate::tui::layout::shell;
use crate::tui::screen::{plan, queue};
use crate::tui::state::State;
use crate::tui::update::explain;
use crate::wording::{self, labels};

/// The input of the action, the same for every project.
#[derive(Debug)]
pub struct BulkForm {
    /// The action.
    pub action: Action,
    /// Its form.
    pub form: ActionForm,
}

/// What the action would come to, and came to.
#[derive(Debug)]
pub struct BulkCheck {
    action: Action,
    phase: Phase,
    fates: Vec<Fate>,
    top: usize,
}

/// How far it has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Checking(Ticket),
    Checked,
    Running(Ticket),
    Ended,
}

/// A project with what is done about it.
#[derive(Debug)]
struct Fate {
    code: ProjectCode,
    name: String,
    item: BatchItem,
    /// To what it leads, or why it cannot be done; unknown before the check.
    told: Option<Result<Done, Error>>,
}

impl Fate {
    fn is_able(&self) -> bool {
        matches!(self.told, Some(Ok(_)))
    }
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

/// Opens the menu of what can be done with the marked projects.
pub fn open_menu(state: &mut State) {
    let Some(opened) = state.plan.as_ref().and_then(|plan| plan.opened.as_ref()) else { return };
    let targets = opened.targets();
    if targets.is_empty() {
        state.mention("没有可办理的项目");
        return;
    }
    let mut entries: Vec<(usize, Action, bool, String)> = BULK
        .iter()
        .filter_map(|action| Some((*action, way(&state.me, *action)?)))
        .map(|(action, way)| {
            let waiting = targets.iter().filter(|project| waits(project, action)).count();
            let at_stage = targets.iter().filter(|project| waits(project, action) || is_at(project, action)).count();
            let note = match (waiting, at_stage, way) {
                (_, 0, _) => "标记的项目都不在此环节".to_owned(),
                (_, _, Way::Transcribing) => format!("代录其决定，{at_stage} 个项目在此环节"),
                (0, ..) => format!("{at_stage} 个项目在此环节"),
                _ => format!("{waiting} 个项目等待你办理"),
            };
            (waiting, action, at_stage > 0, note)
        })
        .collect();
    if entries.is_empty() {
        state.complain("计划中没有须由你的角色成批办理的事项；按 Enter 打开项目查看");
        return;
    }
    // What is waited for comes first, what cannot be done last.
    entries.sort_by_key(|(waiting, _, is_open, _)| (std::cmp::Reverse(*is_open), std::cmp::Reverse(*waiting)));
    let entries = entries.into_iter().map(|(_, action, is_open, note)| (action, is_open, note)).collect();
    state.dialog = Some(Dialog::Menu(Menu::of_many(entries)));
}

fn waits(project: &PlanProject, action: Action) -> bool {
    project.waiting.iter().any(|waiting| waits_as(action).contains(waiting))
}

fn is_at(project: &PlanProject, action: Action) -> bool {
    table::row_of(action).is_some_and(|row| row.from.contains(&project.stage))
}

/// Begins an action: its form, or for one without input the check.
pub fn begin(state: &mut State, action: Action) -> Vec<Effect> {
    let State { plan: Some(plan), me, .. } = state else { return Vec::new() };
    let Some(opened) = &plan.opened else { return Vec::new() };
    let targets = opened.targets();
    if !targets.iter().any(|project| waits(project, action) || is_at(project, action)) {
        state.complain(format!("不能办理{}：标记的项目都不在此环节", labels::action(action)));
        return Vec::new();
    }
    let fields = fields(me, action);
    let Some(now) = plan.view.as_ref().map(|view| view.now).filter(|_| !fields.is_empty()) else {
        return check(state, action, &BTreeMap::new());
    };
    let title = format!("{}: 用于 {} 个项目", labels::action(action), targets.len());
    let form = ActionForm::new(&title, fields, BTreeMap::new(), Vec::new(), now).with_width(state.width);
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

/// Takes a key for the form.
pub fn take_key(state: &mut State, key: KeyEvent) -> Vec<Effect> {
    let Some(Dialog::BulkForm(mut dialog)) = state.dialog.take() else { return Vec::new() };
    match dialog.form.handle(key) {
        Outcome::Stay => state.dialog = Some(Dialog::BulkForm(dialog)),
        Outcome::Cancel(values) if values.is_empty() => {}
        Outcome::Cancel(_) => state.mention("已填内容存为草稿，再次办理时恢复"),
        Outcome::Submit(inputs) => {
            return check(state, dialog.action, &inputs);
        }
    }
    Vec::new()
}

/// Asks what the action would come to for each project.
fn check(state: &mut State, action: Action, inputs: &BTreeMap<String, String>) -> Vec<Effect> {
    let Some(opened) = state.plan.as_ref().and_then(|plan| plan.opened.as_ref()) else { return Vec::new() };
    let fate = |project: &&PlanProject| Fate {
        code: project.code.clone(),
        name: project.name.clone(),
        item: BatchItem::of_plan((&project.code, project.stage, project.version), action, inputs, ""),
        told: None,
    };
    let fates: Vec<Fate> = opened.targets().iter().map(fate).collect();
    let items = fates.iter().map(|fate| fate.item.clone()).collect();
    let ticket = state.tickets.issue();
    let check = BulkCheck { action, phase: Phase::Checking(ticket), fates, top: 0 };
    state.dialog = Some(Dialog::BulkCheck(Box::new(check)));
    vec![Effect::CheckBatch(ticket, items)]
}

/// Tells whether the dialog waits for an answer.
pub fn awaits(state: &State, ticket: Ticket) -> bool {
    match &state.dialog {
        Some(Dialog::BulkCheck(check)) => [Phase::Checking(ticket), Phase::Running(ticket)].contains(&check.phase),
        _ => false,
    }
}

/// Takes the answer it waits for.
pub fn answer(state: &mut State, answer: Result<Reply, Error>) -> Vec<Effect> {
    let Some(Dialog::BulkCheck(check)) = &mut state.dialog else { return Vec::new() };
    match answer {
        Ok(Reply::Checked(told)) => {
            for (fate, told) in check.fates.iter_mut().zip(told) {
                fate.told = Some(told);
            }
            check.phase = Phase::Checked;
            Vec::new()
        }
        Ok(Reply::Batch(answers)) => ended(state, answers),
        Ok(_) => Vec::new(),
        Err(error) => {
            // Whether a commit came true may be unknown: the same digit sends the very same operations again.
            match check.phase {
                Phase::Running(_) => check.phase = Phase::Checked,
                _ => state.dialog = None,
            }
            explain(state, &error);
            Vec::new()
        }
    }
}

fn ended(state: &mut State, answers: Vec<BatchAnswer>) -> Vec<Effect> {
    let Some(Dialog::BulkCheck(check)) = &mut state.dialog else { return Vec::new() };
    for (fate, answer) in check.fates.iter_mut().filter(|fate| fate.is_able()).zip(answers) {
        fate.told = Some(match answer {
            BatchAnswer::Done(receipt) => Ok(receipt.done),
            BatchAnswer::HeldBack(done) => Ok(done),
            BatchAnswer::Failed(error) => Err(error),
        });
    }
    (check.phase, check.top) = (Phase::Ended, 0);
    let action = check.action;
    let done: Vec<ProjectCode> =
        check.fates.iter().filter(|fate| fate.is_able()).map(|fate| fate.code.clone()).collect();
    let left = check.fates.len() - done.len();
    if let Some(opened) = state.plan.as_mut().and_then(|plan| plan.opened.as_mut()) {
        // What could not be done stays marked: that is where one goes on.
        opened.marked.retain(|code| !done.contains(code));
    }
    if !done.is_empty() {
        state.drafts.finish(&Topic::Bulk(action).subject());
    }
    state.say(format!("{}：已办 {}，未办 {left}", labels::action(action), done.len()));
    let mut effects = plan::load(state);
    effects.extend(queue::refresh(state));
    effects
}

/// Takes a command of the key table.
pub fn take_op(state: &mut State, op: Op) -> Vec<Effect> {
    let text = text_area(state);
    let (width, theme, height) = (state.width, state.theme, usize::from(text.height).max(1));
    let Some(Dialog::BulkCheck(check)) = &mut state.dialog else { return Vec::new() };
    let last = check.lines(Sheet::new(text.width, width, theme)).len().saturating_sub(height);
    check.top = match op {
        Op::Down => check.top + 1,
        Op::Up => check.top.saturating_sub(1),
        Op::PageDown => check.top + height,
        Op::PageUp => check.top.saturating_sub(height),
        Op::First => 0,
        Op::Last => last,
        _ => check.top,
    }
    .min(last);
    match (op, check.phase) {
        (Op::Back | Op::Escape, Phase::Running(_)) => state.mention("正在办理，请稍候"),
        (Op::Back | Op::Escape, _) => state.dialog = None,
        (Op::Open, Phase::Ended) => state.dialog = None,
        (Op::Open, _) => state.mention("请按数字选择"),
        _ => {}
    }
    Vec::new()
}

/// Takes a digit.
pub fn take_digit(state: &mut State, digit: u8) -> Vec<Effect> {
    let Some(Dialog::BulkCheck(check)) = &mut state.dialog else { return Vec::new() };
    match (digit, check.phase) {
        (_, Phase::Running(_)) => state.mention("正在办理，请稍候"),
        (1, Phase::Checked) if check.able() > 0 => {
            let items = check.fates.iter().filter(|fate| fate.is_able()).map(|fate| fate.item.clone()).collect();
            let ticket = state.tickets.issue();
            check.phase = Phase::Running(ticket);
            return vec![Effect::ExecuteBatch(ticket, items)];
        }
        (1, Phase::Checked) => state.complain("没有可办的项目"),
        (1, Phase::Checking(_)) => state.mention("正在逐个检查，请稍候"),
        (2, _) => state.dialog = None,
        _ => state.mention("请按数字选择"),
    }
    Vec::new()
}

impl BulkForm {
    /// Draws it.
    pub fn render(&self, state: &State, canvas: &mut Canvas<'_>) -> Option<(u16, u16)> {
        let area = area(state, |width| self.form.preferred_height(width));
        canvas.clear(Rect { x: area.x.saturating_sub(1), width: area.width + 1, ..area });
        self.form.render(area, canvas.buffer).map(|place| (place.x, place.y))
    }
}

impl BulkCheck {
    fn able(&self) -> usize {
        self.fates.iter().filter(|fate| fate.is_able()).count()
    }

    /// Draws it.
    pub fn render(&self, state: &State, canvas: &mut Canvas<'_>) -> Option<(u16, u16)> {
        let body = shell(state.area()).body;
        canvas.clear(body);
        let title = if self.phase == Phase::Ended { "办理结果" } else { "逐个检查" };
        canvas.frame(body, &format!("{}: {title}", labels::action(self.action)));
        let area = text_area(state);
        let lines = self.lines(Sheet::new(area.width, canvas.width, canvas.theme));
        let shown = canvas.lines(area, &lines, self.top);
        let below = lines.len().saturating_sub(self.top + usize::from(shown));
        let keys = match (self.phase, self.able()) {
            (Phase::Checking(_), _) => "正在逐个检查，请稍候   2 返回".to_owned(),
            (Phase::Running(_), able) => format!("正在办理 {able} 个项目，请稍候"),
            (Phase::Checked, 0) | (Phase::Ended, _) => "2 返回".to_owned(),
            (Phase::Checked, able) => format!("1 办理 {able} 个项目   2 返回"),
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

    fn lines(&self, mut sheet: Sheet) -> Vec<StyledLine> {
        let theme = sheet.theme();
        let (able, unable) = if self.phase == Phase::Ended { ("已办", "未办") } else { ("可办", "不可办") };
        if let Phase::Checking(_) = self.phase {
            sheet.text(0, &format!("{} 个项目", self.fates.len()), theme.heading());
            return sheet.lines;
        }
        let count = self.able();
        sheet.text(0, &format!("{able} {count}，{unable} {}", self.fates.len() - count), theme.heading());
        let name = |fate: &Fate| format!("{} {}", fate.code, clean_line(&fate.name));
        if count < self.fates.len() {
            sheet.heading(&format!("{unable}的项目"));
        }
        for fate in &self.fates {
            let Some(Err(error)) = &fate.told else { continue };
            sheet.marked("[否]", &name(fate), theme.warning());
            let said = wording::problem(error);
            // Of what others changed the version alone says little.
            let reasons = match error {
                Error::Conflict { .. } => vec![format!("{}：{}", said.title, said.causes.join("，"))],
                _ if said.causes.is_empty() => vec![said.title],
                _ => said.causes,
            };
            reasons.iter().for_each(|reason| sheet.text(5, reason, theme.plain()));
        }
        if count > 0 {
            sheet.heading(&format!("{able}的项目"));
        }
        for fate in &self.fates {
            if let Some(Ok(Done::Project { stage, .. })) = &fate.told {
                // A vote that is not the last leaves the project where it stands, so "becomes" would not be true.
                let (badge, leads) =
                    if self.phase == Phase::Ended { ("[毕]", "现为") } else { ("[可]", "办后为") };
                sheet.marked(badge, &format!("{} {leads} {}", name(fate), labels::stage(*stage)), theme.plain());
            }
        }
        sheet.lines
    }
}

/// Where the lines stand: within the frame, above the keys.
fn text_area(state: &State) -> Rect {
    let body = shell(state.area()).body;
    let (width, height) = (body.width.saturating_sub(4), body.height.saturating_sub(4));
    Rect { x: body.x + 2.min(body.width), y: body.y + 1.min(body.height), width, height }
}
