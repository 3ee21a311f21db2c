//! What an action on many projects would come to for each, a digit, what became of each.

use std::collections::BTreeMap;

use ratatui::layout::Rect;

use super::super::Dialog;
use super::marks_mut;
use super::undoing::{Step, Taken};
use crate::domain::ids::ProjectCode;
use crate::domain::text::clean_line;
use crate::domain::workflow::action::Action;
use crate::service::batch::{BatchAnswer, BatchItem, Otherwise};
use crate::service::command::Done;
use crate::service::error::Error;
use crate::tui::canvas::{Canvas, Sheet, StyledLine};
use crate::tui::drafts::Topic;
use crate::tui::effect::{Effect, Reply, Ticket};
use crate::tui::keymap::{Op, key_name};
use crate::tui::layout::shell;
use crate::tui::marks::Target;
use crate::tui::screen::{plan, queue};
use crate::tui::state::State;
use crate::tui::update::explain;
use crate::wording::{self, labels};

/// What the action would come to, and came to.
#[derive(Debug)]
pub struct BulkCheck {
    action: Action,
    otherwise: Otherwise,
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
    target: Target,
    item: BatchItem,
    /// To what it leads, or why it cannot be done; unknown before the check.
    told: Option<Result<Done, Error>>,
}

impl Fate {
    fn is_able(&self) -> bool {
        matches!(self.told, Some(Ok(_)))
    }

    /// What was done with it, as one takes it back.
    fn taken(&self) -> Option<Step> {
        match &self.told {
            Some(Ok(Done::Project { stage, version, .. })) => {
                let target = Target { stage: *stage, version: *version, ..self.target.clone() };
                Some(Step { target, op: self.item.op.clone() })
            }
            _ => None,
        }
    }
}

/// Asks what the action would come to for each project.
pub(super) fn begin(
    state: &mut State,
    (action, targets): (Action, Vec<Target>),
    inputs: &BTreeMap<String, String>,
    otherwise: Otherwise,
) -> Vec<Effect> {
    let fate = |target: Target| Fate {
        item: BatchItem::of_plan((&target.code, target.stage, target.version), action, inputs, ""),
        target,
        told: None,
    };
    let fates: Vec<Fate> = targets.into_iter().map(fate).collect();
    let items = fates.iter().map(|fate| fate.item.clone()).collect();
    let ticket = state.tickets.issue();
    let check = BulkCheck { action, otherwise, phase: Phase::Checking(ticket), fates, top: 0 };
    state.dialog = Some(Dialog::BulkCheck(Box::new(check)));
    vec![Effect::CheckBatch(ticket, items)]
}

/// Tells whether the dialog waits for an answer.
pub(super) fn awaits(state: &State, ticket: Ticket) -> bool {
    match &state.dialog {
        Some(Dialog::BulkCheck(check)) => [Phase::Checking(ticket), Phase::Running(ticket)].contains(&check.phase),
        _ => false,
    }
}

/// Takes the answer it waits for.
pub(super) fn answer(state: &mut State, answer: Result<Reply, Error>) -> Vec<Effect> {
    let Some(Dialog::BulkCheck(check)) = &mut state.dialog else { return Vec::new() };
    match answer {
        Ok(Reply::Checked(told)) => {
            for (fate, told) in check.fates.iter_mut().zip(told) {
                fate.told = Some(told);
            }
            check.phase = Phase::Checked;
            learn(state);
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

/// What others changed since it was marked cannot be done as it was seen; the next time it is seen as it is now.
fn learn(state: &mut State) {
    let Some(Dialog::BulkCheck(check)) = &state.dialog else { return };
    let changed = check.fates.iter().filter_map(|fate| match &fate.told {
        Some(Err(Error::Conflict { code, current })) => Some((code.clone(), *current)),
        _ => None,
    });
    let changed: Vec<(ProjectCode, i64)> = changed.collect();
    for (code, version) in changed {
        marks_mut(state).learn_version(&code, version);
    }
}

fn ended(state: &mut State, answers: Vec<BatchAnswer>) -> Vec<Effect> {
    let Some(Dialog::BulkCheck(check)) = &mut state.dialog else { return Vec::new() };
    let is_whole = answers.iter().all(|answer| answer.receipt().is_some());
    for (fate, answer) in check.fates.iter_mut().filter(|fate| fate.is_able()).zip(answers) {
        fate.told = Some(match answer {
            BatchAnswer::Done(receipt) => Ok(receipt.done),
            BatchAnswer::HeldBack(done) => Ok(done),
            BatchAnswer::Failed(error) => Err(error),
        });
    }
    if check.otherwise == Otherwise::Nothing && !is_whole {
        // Nothing was done at all: the page says again what could be and what could not.
        (check.phase, check.top) = (Phase::Checked, 0);
        let said = format!("没有{}：有的已不能办，其余的也保持不变", labels::action(check.action));
        state.complain(said);
        return Vec::new();
    }
    (check.phase, check.top) = (Phase::Ended, 0);
    let action = check.action;
    let taken = Taken::of(action, check.fates.iter().filter_map(Fate::taken));
    let done: Vec<ProjectCode> = check.able().map(|fate| fate.target.code.clone()).collect();
    let left = check.fates.len() - done.len();
    if left == 0 {
        // Nothing is left to be read.
        state.dialog = None;
    }
    // What could not be done stays marked: that is where one goes on.
    marks_mut(state).retain(|code| !done.contains(code));
    let mut back = String::new();
    if !done.is_empty() {
        state.drafts.finish(&Topic::Bulk(action).subject());
        if taken.can_be_taken_back() {
            back = format!("。按 {} 撤销", key_name(Op::Undo));
        }
        state.queue.held = None;
        state.bulk.last = Some(taken);
    }
    state.say(format!("{}：已办 {}，未办 {left}{back}", labels::action(action), done.len()));
    reload(state)
}

/// Loads what shows the projects; an open one is loaded by its own screen.
pub(super) fn reload(state: &mut State) -> Vec<Effect> {
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
        (1, Phase::Checked) if check.can_go() > 0 => {
            let items = check.able().map(|fate| fate.item.clone()).collect();
            let otherwise = check.otherwise;
            let ticket = state.tickets.issue();
            check.phase = Phase::Running(ticket);
            return vec![Effect::ExecuteBatch(ticket, items, otherwise)];
        }
        (1, Phase::Checked) if check.otherwise == Otherwise::Nothing => {
            state.complain("要么全部办，要么一个也不办：有的项目不可办");
        }
        (1, Phase::Checked) => state.complain("没有可办的项目"),
        (1, Phase::Checking(_)) => state.mention("正在逐个检查，请稍候"),
        (2, _) => state.dialog = None,
        _ => state.mention("请按数字选择"),
    }
    Vec::new()
}

impl BulkCheck {
    fn able(&self) -> impl Iterator<Item = &Fate> {
        self.fates.iter().filter(|fate| fate.is_able())
    }

    /// Counts what the digit would do.
    fn can_go(&self) -> usize {
        match self.able().count() {
            able if self.otherwise == Otherwise::LeaveOut || able == self.fates.len() => able,
            _ => 0,
        }
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
        let keys = match (self.phase, self.can_go()) {
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
        let count = self.able().count();
        sheet.text(0, &format!("{able} {count}，{unable} {}", self.fates.len() - count), theme.heading());
        let name = |fate: &Fate| format!("{} {}", fate.target.code, clean_line(&fate.target.name));
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
