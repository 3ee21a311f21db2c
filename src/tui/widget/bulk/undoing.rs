//! Taking back what was done with many projects: all of it by one key, or nothing.
//!
//! What only set a value, such as whose the projects are, is written back at once; a step that handed the projects on is
//! recalled, which is outward and therefore asked about; what took effect stays, and that is said.

use std::collections::BTreeMap;

use super::check;
use crate::domain::undo;
use crate::domain::workflow::action::Action;
use crate::domain::workflow::recall::{Recallability, recallability};
use crate::service::OperationId;
use crate::service::batch::{BatchAnswer, BatchItem, Otherwise};
use crate::service::command::{Command, Undo};
use crate::service::error::Error;
use crate::tui::effect::{Effect, Reply};
use crate::tui::keymap::{Op, key_name};
use crate::tui::marks::Target;
use crate::tui::state::State;
use crate::tui::update::explain;
use crate::wording::{self, labels};

/// A project with what was done with it.
#[derive(Debug)]
pub(super) struct Step {
    /// As it stood then.
    pub target: Target,
    /// Names in the log what was done, or when that was undone the undoing.
    pub op: OperationId,
}

/// What was done last with many projects.
#[derive(Debug)]
pub(super) struct Taken {
    action: Action,
    steps: Vec<Step>,
    /// Whether it was undone, so that it can be done again.
    is_undone: bool,
}

impl Taken {
    /// Remembers what was done with these.
    pub fn of(action: Action, steps: impl Iterator<Item = Step>) -> Taken {
        Taken { action, steps: steps.collect(), is_undone: false }
    }

    /// Tells whether there is a way back at all.
    pub fn can_be_taken_back(&self) -> bool {
        undo::is_value(self.action) || is_recalled(self.action)
    }
}

fn is_recalled(action: Action) -> bool {
    matches!(recallability(action), Recallability::Yes(_))
}

/// Undoes what was done last with many projects, or does it again; `None` where nothing was.
pub fn undo(state: &mut State, redo: bool) -> Option<Vec<Effect>> {
    let taken = state.bulk.last.as_ref()?;
    if state.bulk.undoing.is_some() {
        state.mention("正在撤销，请稍候");
        return Some(Vec::new());
    }
    let name = labels::action(taken.action);
    if redo != taken.is_undone {
        let said = match redo {
            true => format!("没有可以重做的；成批{name}可按 {} 撤销", key_name(Op::Undo)),
            false => format!("成批{name}已撤销；按 {} 重做", key_name(Op::Redo)),
        };
        state.mention(said);
        return Some(Vec::new());
    }
    if undo::is_value(taken.action) {
        let back = |step: &Step| {
            let (project, operation) = (step.target.code.clone(), Some(step.op.as_str().to_owned()));
            BatchItem::new(vec![Command::Undo(Undo { project, operation, redo })])
        };
        let items: Vec<BatchItem> = taken.steps.iter().map(back).collect();
        let ops = items.iter().map(|item| item.op.clone()).collect();
        let ticket = state.tickets.issue();
        state.bulk.undoing = Some((ticket, ops));
        return Some(vec![Effect::ExecuteBatch(ticket, items, Otherwise::Nothing)]);
    }
    if is_recalled(taken.action) {
        let targets = taken.steps.iter().map(|step| step.target.clone()).collect();
        return Some(check::begin(state, (Action::Recall, targets), &BTreeMap::new(), Otherwise::Nothing));
    }
    state.complain(format!("不能撤销：成批{name}已经生效，只能另行办理更正"));
    Some(Vec::new())
}

/// Takes the answer to it.
pub(super) fn answer(state: &mut State, answer: Result<Reply, Error>) -> Vec<Effect> {
    let Some((_, ops)) = state.bulk.undoing.take() else { return Vec::new() };
    match answer {
        Ok(Reply::Batch(answers)) => ended(state, ops, &answers),
        Ok(_) => {}
        // Whether a commit came true may be unknown; what was undone is not undone twice.
        Err(error) => explain(state, &error),
    }
    check::reload(state)
}

fn ended(state: &mut State, ops: Vec<OperationId>, answers: &[BatchAnswer]) {
    let Some(taken) = &mut state.bulk.last else { return };
    let name = labels::action(taken.action);
    let refused = taken.steps.iter().zip(answers).find_map(|(step, answer)| match answer {
        BatchAnswer::Failed(error) => Some((step.target.code.clone(), error)),
        BatchAnswer::Done(_) | BatchAnswer::HeldBack(_) => None,
    });
    let verb = if taken.is_undone { "重做" } else { "撤销" };
    if let Some((code, error)) = refused {
        let said = wording::problem(error);
        let why = said.causes.first().cloned().unwrap_or(said.title);
        let others = match answers.len() {
            1 => String::new(),
            count => format!("；其余 {} 个也保持不变", count - 1),
        };
        state.complain(format!("没有{verb}：{code} {why}{others}"));
        return;
    }
    let count = taken.steps.len();
    for (step, op) in taken.steps.iter_mut().zip(ops) {
        step.op = op;
    }
    taken.is_undone = !taken.is_undone;
    let again = match taken.is_undone {
        true => format!("按 {} 重做", key_name(Op::Redo)),
        false => format!("按 {} 撤销", key_name(Op::Undo)),
    };
    state.say(format!("已{verb}：{count} 个项目的{name}。{again}"));
}
