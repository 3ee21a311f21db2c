//! What the palette offers: the commands of the place, the actions of the project under the cursor, views, projects.

use crate::domain::ids::ProjectCode;
use crate::domain::search::Terms;
use crate::domain::workflow::action::{Action, Key, Kind};
use crate::service::view::actions::{ActionList, ActionStatus, Possibility};
use crate::tui::form::choice_name;
use crate::tui::keymap::{Cli, Keymap, Op, Scope, of_scope};
use crate::tui::practice;
use crate::tui::screen::project::{Pane, ordered, why_not};
use crate::tui::screen::{plan, project};
use crate::tui::state::State;
use crate::wording::labels;

/// What an entry does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A command of the key table.
    Op(Op),
    /// An action of the workflow, one of its fields filled in already where one was named.
    Action(ProjectCode, Action, Option<(Key, &'static str)>),
    /// Opens a project.
    Project(ProjectCode),
    /// Shows a tab of the queue.
    Tab(usize),
    /// Shows a view of the project.
    Pane(Pane),
    /// A command with what it is to be done with, as typed.
    Typed(String),
}

/// An entry.
#[derive(Debug, Clone)]
pub struct Entry {
    /// What it does.
    pub what: What,
    /// What it is called.
    pub name: String,
    /// Its keys.
    pub keys: String,
    /// What it does, in words.
    pub explained: String,
    /// Why it cannot be done now.
    pub why_not: Option<String>,
    /// The same on the command line.
    pub line: Option<String>,
    /// What it is remembered by; never anything a person wrote.
    pub code: String,
    named: Terms,
    also: Terms,
    further: Terms,
}

impl Entry {
    fn new(what: What, name: &str, code: String) -> Entry {
        Entry {
            what,
            name: name.to_owned(),
            keys: String::new(),
            explained: String::new(),
            why_not: None,
            line: None,
            named: Terms::of([name]),
            also: Terms::of([code.as_str()]),
            further: Terms::default(),
            code,
        }
    }

    fn explained(mut self, explained: &str, also: &str) -> Entry {
        self.explained = explained.to_owned();
        self.also = Terms::of([self.code.as_str(), also]);
        self.further = Terms::of([explained]);
        self
    }

    /// Tells how well what was typed names it; less is better.
    pub fn rank(&self, typed: &str) -> Option<u8> {
        let is_whole = self.name == typed || self.code == typed;
        let ranks = [
            is_whole,
            self.name.starts_with(typed),
            self.named.are_found_by(typed),
            self.also.are_found_by(typed),
            self.further.are_found_by(typed),
        ];
        ranks.iter().position(|fits| *fits).and_then(|rank| u8::try_from(rank).ok())
    }
}

/// Lists the commands of a place; those that would do nothing say why.
pub fn of_place(state: &State, scope: Scope, keymap: &Keymap, code: Option<&ProjectCode>) -> Vec<Entry> {
    of_scope(scope)
        .filter(|binding| binding.op != Op::Palette)
        .map(|binding| {
            let entry = Entry::new(What::Op(binding.op), binding.word, binding.op.code().to_owned());
            Entry {
                keys: keymap.all_keys(scope, binding),
                why_not: why_not_here(state, binding.op),
                line: binding.cli.line(code.map(ProjectCode::as_str)),
                ..entry.explained(binding.explained, binding.aliases)
            }
        })
        .collect()
}

/// Says why a command of the place would do nothing, where that is known before it is run. The service has the last
/// word on everything that changes data.
fn why_not_here(state: &State, op: Op) -> Option<String> {
    let view = state.project.as_ref().and_then(|project| project.view.as_deref());
    match op {
        Op::Import if !project::declares(&state.me) => Some("申报表由受理员、建设单位、主管单位导入".to_owned()),
        Op::Plan if !plan::concerns(&state.me) => Some("三员不参与业务办理，没有可见的年度计划".to_owned()),
        Op::Stats if !plan::concerns(&state.me) => Some("三员不参与业务办理，没有可统计的项目".to_owned()),
        Op::Declaration => view.and_then(|view| project::why_not_edit(&state.me, &view.dossier.project)),
        Op::Remark => view.and_then(project::why_not_judge),
        Op::CopyCode | Op::Preview if state.code_under_cursor().is_none() => Some("光标处没有项目".to_owned()),
        Op::Practice if !state.practice.allowed => Some(practice::ONLY_SAMPLES.to_owned()),
        Op::MarkNone if state.is_in_queue() && state.queue.marks.is_empty() => Some("没有标记的项目".to_owned()),
        Op::Messages if state.messages.is_empty() => Some("还没有消息".to_owned()),
        Op::TakeSeat => {
            let session = state.session.as_ref()?;
            session.writes(&state.me, state.terminal.as_str()).then(|| "本终端已在秘书席".to_owned())
        }
        _ => None,
    }
}

/// Lists the actions of a project, those not possible with the reason.
pub fn of_project(code: &ProjectCode, actions: &ActionList) -> Vec<Entry> {
    ordered(actions).into_iter().map(|status| of_action(code, status)).collect()
}

fn of_action(code: &ProjectCode, status: &ActionStatus) -> Entry {
    let action = status.action;
    let entry =
        Entry::new(What::Action(code.clone(), action, None), labels::action(action), format!("do {}", action.code()));
    let explained = match &status.verdict {
        Possibility::Transcribable(role) => format!("代录{}的决定", labels::role(*role)),
        _ => format!("办理 {code}"),
    };
    let why = why_not(&status.verdict);
    Entry {
        keys: "F8".to_owned(),
        why_not: (!status.verdict.is_open()).then_some(why),
        line: Cli::Changes("do {编号}").line(Some(code.as_str())).map(|line| format!("{line} {}", action.code())),
        ..entry.explained(&explained, aliases(action))
    }
}

/// Lists an action once for each value of its first choice.
pub fn choices(code: &ProjectCode, status: &ActionStatus) -> Vec<Entry> {
    let choice = status.fields.iter().find_map(|field| match field.kind {
        Kind::Choice(codes) => Some((field.key, codes)),
        _ => None,
    });
    let Some((key, codes)) = choice else { return Vec::new() };
    let action = status.action;
    let one = |value: &&'static str| {
        let mut entry = of_action(code, status);
        entry.name = format!("{} {}", labels::action(action), choice_name(value));
        entry.what = What::Action(code.clone(), action, Some((key, value)));
        entry.line = entry.line.map(|line| format!("{line} --set {}={value}", key.code()));
        entry.named = Terms::of([choice_name(value)]);
        entry.also = Terms::of([*value]);
        entry.further = Terms::default();
        entry
    };
    codes.iter().map(one).collect()
}

/// Further words people have for an action.
const fn aliases(action: Action) -> &'static str {
    match action {
        Action::Submit => "提交申报 上报",
        Action::SubmitScheme => "提交方案",
        Action::RequestApproval => "提交立项",
        Action::DraftOpinion => "提交结论 提交意见 拟稿",
        Action::CloseOpinions => "提交专家意见",
        Action::ConcludePanel => "提交论证结论 定稿",
        Action::SendToFiling => "提交备案",
        Action::RequestAcceptance => "提交验收",
        Action::ReturnForCorrection => "退回 补正",
        Action::SignOpinion => "签字",
        Action::Terminate => "中止",
        _ => "",
    }
}

/// Lists the views there are: the tabs of the queue, or those of the project.
pub fn views(state: &State) -> Vec<Entry> {
    if state.project.is_some() {
        let entry = |pane: &Pane| Entry::new(What::Pane(*pane), pane.name(), String::new());
        return Pane::ALL.iter().map(entry).collect();
    }
    if !state.is_in_queue() {
        return Vec::new();
    }
    let entry =
        |(at, tab): (usize, &crate::tui::screen::queue::Tab)| Entry::new(What::Tab(at), tab.name(), String::new());
    state.queue.tabs.iter().enumerate().map(entry).collect()
}

/// Reads the number of a project as people shorten it: `YS2027-0012`, `2027-12`, and `12` for the year of the list.
pub fn numbered(typed: &str, like: Option<&ProjectCode>) -> Option<ProjectCode> {
    let digits = |text: &str| (!text.is_empty() && text.chars().all(|c| c.is_ascii_digit())).then(|| text.to_owned());
    let bare = typed.strip_prefix("ys").unwrap_or(typed);
    let (year, number) = match bare.split_once('-') {
        Some((year, number)) => (digits(year)?.parse().ok()?, digits(number)?),
        None => {
            let number = digits(bare).filter(|number| number.len() <= 4)?;
            let year = like?.as_str().chars().skip(2).take(4).collect::<String>().parse().ok()?;
            (year, number)
        }
    };
    Some(ProjectCode::compose(year, number.parse().ok()?))
}

/// Makes the entry of a command that was typed with what it is to be done with.
pub fn typed(text: &str) -> Entry {
    let entry = Entry::new(What::Typed(text.to_owned()), text.trim(), String::new());
    entry.explained("按 Enter 执行", "")
}

/// Makes the entry that opens a project.
pub fn jump(code: ProjectCode) -> Entry {
    let line = Cli::Reads("show {编号}").line(Some(code.as_str()));
    let name = format!("打开 {code}");
    Entry {
        line, explained: "按编号打开项目".to_owned(), ..Entry::new(What::Project(code), &name, String::new())
    }
}
