//! The table of the twenty tasks: who does which, in how many keys, by which keys, from where, and when it is done.
//!
//! To add one is to write its row; the list, the coach and the tests of the yardstick read this table.

use super::county::County;
use super::press::Press::{self, Digit, Named, Op as Do, Text};
use super::ways::*;
use crate::domain::checklist::Verdict;
use crate::domain::ids::ProjectCode;
use crate::domain::panel::attendance::Presence;
use crate::domain::project::Stage;
use crate::domain::workflow::action::Action;
use crate::service::error::Answer;
use crate::tui::keymap::{Op, Scope};
use crate::tui::screen::project::Pane;
use crate::tui::state::State;

/// The project that is most overdue in the reviewer's queue.
pub const MOST_OVERDUE: &str = "智慧城管视频专网及机房";
/// The project that is looked for among all.
pub const SOUGHT: &str = "智慧校园综合管理平台";
/// The project without a single answer, which nobody holds.
pub const UNJUDGED: &str = "校园安全视频整合接入";
/// The project whose checklist is complete.
pub const COMPLETE: &str = "城乡公交智能调度系统";
/// A project that the other reviewer claimed weeks ago.
pub const HELD: &str = "农民工工资支付监测预警系统";

/// The project whose panel sits in the meeting of the secretary's tasks: three, where the yardstick has seven, so that
/// fewer keys are enough.
pub const HEARD: &str = "馆藏档案数字化与智能检索";

/// The projects under review that nobody holds.
pub const UNHELD: &str = "状态:技术评审中 -主办:张伟 -主办:李娜";

/// What the sentence of task 8 says before and behind the caret.
pub const BROKEN_OFF: (&str, &str) = ("没有列密评费用，建议须", "补正");
/// What both write in task 13: mine, theirs.
pub const BOTH: (&str, &str) = ("未列密评费用。", "密钥轮换没有责任单位。");

/// What the screen shows where a task begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scene {
    /// The queue, its first view, its first row.
    Queue,
    /// The queue with nothing in it but the project.
    Hit,
    /// The project.
    Project,
    /// The project, the cursor on the last item of its checklist.
    LastItem,
    /// A draft of the first item's remark, left where a connection broke.
    Draft,
    /// A remark that somebody else wrote as well.
    Clash,
    /// Nothing here: it is done elsewhere, in this way.
    Elsewhere(&'static str),
}

/// A task.
#[derive(Debug)]
pub struct Task {
    /// Its number in the yardstick.
    pub number: u8,
    /// Whose it is.
    pub account: &'static str,
    /// The project it is about, where it is about one.
    pub about: &'static str,
    /// What is to be done.
    pub words: &'static str,
    /// At most so many keys.
    pub max: usize,
    /// The same while an input method swallows letters.
    pub max_without_letters: usize,
    /// The reference way.
    pub letters: &'static [Press],
    /// The same without letters.
    pub without_letters: &'static [Press],
    /// Where it begins.
    pub scene: Scene,
    /// Brings about what it begins with.
    pub before: fn(&mut County<'_>) -> Answer<()>,
    /// What somebody else does meanwhile.
    pub elsewhere: fn(&mut County<'_>) -> Answer<()>,
    /// Tells whether the database holds what it should; asked whenever something was stored.
    pub holds: fn(&mut County<'_>) -> Answer<bool>,
    /// Tells whether the screen shows what it should.
    pub shows: fn(&State, &ProjectCode) -> bool,
}

impl Task {
    /// Tells whether it can be practised on the screen.
    pub const fn is_on_screen(&self) -> bool {
        !matches!(self.scene, Scene::Elsewhere(_))
    }
}

/// Finds a task.
pub fn task(number: u8) -> Option<&'static Task> {
    TASKS.iter().find(|task| task.number == number)
}

/// A row that is filled in by those below.
const ROW: Task = Task {
    number: 0,
    account: "reviewer",
    about: "",
    words: "",
    max: 0,
    max_without_letters: 0,
    letters: &[],
    without_letters: &[],
    scene: Scene::Project,
    before: |_| Ok(()),
    elsewhere: |_| Ok(()),
    holds: |_| Ok(true),
    shows: |_, _| true,
};

/// A row of a meeting.
const MEETING: Task = Task {
    account: "panel-secretary",
    scene: Scene::Elsewhere("在评审会里练：pingshen demo --as panel-secretary，打开今天的评审会"),
    ..ROW
};

fn is_open(state: &State, code: &ProjectCode) -> bool {
    state.project.as_ref().is_some_and(|project| project.code == *code && project.view.is_some())
}

fn is_at(state: &State, code: &ProjectCode, item: usize) -> bool {
    let at = state.project.as_ref().filter(|project| project.pane == Pane::Checklist).map(|project| project.item);
    is_open(state, code) && at == Some(item) && state.dialog.is_none()
}

/// The tasks. Task 12, reading the changed passages of a new version, is not there yet.
pub static TASKS: &[Task] = &[
    Task {
        number: 1,
        about: MOST_OVERDUE,
        words: "打开待办中逾期最久的项目",
        max: 2,
        max_without_letters: 2,
        letters: &[ENTER],
        without_letters: &[ENTER],
        scene: Scene::Queue,
        shows: is_open,
        ..ROW
    },
    Task {
        number: 2,
        about: SOUGHT,
        words: "在全部中查“智慧校园综合管理平台”并打开，限输 8 字",
        max: 4,
        max_without_letters: 4,
        letters: &[Digit(0, 1), Do(Op::Filter, Scope::Queue), Text("名称中的几个字"), Named("Enter")],
        without_letters: &[Digit(0, 1), Do(Op::Filter, Scope::Queue), Text("名称中的几个字"), Named("Enter")],
        scene: Scene::Queue,
        shows: is_open,
        ..ROW
    },
    Task {
        number: 3,
        words: "筛出 200 万元以上、7 天内到期的，存为视图 7 资金大户",
        max: 5,
        max_without_letters: 5,
        letters: KEEP_VIEW,
        without_letters: KEEP_VIEW,
        scene: Scene::Queue,
        holds: |county| {
            let views = county.views()?;
            Ok(views.iter().any(|view| view.digit == 7 && view.query.contains("金额") && view.query.contains("期限")))
        },
        ..ROW
    },
    Task {
        number: 4,
        about: UNJUDGED,
        words: "在视图 3 待认领中认领第一个项目，并打开它",
        max: 3,
        max_without_letters: 4,
        letters: &[Digit(3, 1), Do(Op::Claim, Scope::Queue), ENTER],
        without_letters: &[Digit(3, 1), Do(Op::Claim, Scope::Queue), ENTER],
        scene: Scene::Queue,
        before: |county| county.keep_view(3, "待认领", UNHELD),
        holds: |county| county.is_found("主办:我"),
        shows: is_open,
        ..ROW
    },
    Task {
        number: 5,
        about: UNJUDGED,
        words: "评判十项：八项通过，一项不通过并写意见，一项不适用",
        max: 14,
        max_without_letters: 14,
        letters: JUDGE_TEN,
        without_letters: JUDGE_TEN,
        holds: |county| {
            let passed = county.answered(Verdict::Pass, false)?;
            let failed = county.answered(Verdict::Fail, true)?;
            Ok((passed, failed, county.answered(Verdict::NotApplicable, true)?) == (8, 1, 1))
        },
        ..ROW
    },
    Task {
        number: 6,
        about: UNJUDGED,
        words: "给光标处的条目注明引用位置：方案第31页",
        max: 3,
        max_without_letters: 3,
        letters: &[REMARK, Named("Shift-Tab"), Text("第31页"), Named("F8")],
        without_letters: &[REMARK, Named("Shift-Tab"), Text("第31页"), Named("F8")],
        holds: |county| Ok(county.first_item()?.1.contains("31")),
        ..ROW
    },
    Task {
        number: 7,
        about: UNJUDGED,
        words: "给光标处的条目写一段意见，并到下一个未判条目",
        max: 3,
        max_without_letters: 3,
        letters: &[Do(Op::Open, Scope::Checklist), Text("意见"), Named("F8")],
        without_letters: &[Do(Op::Open, Scope::Checklist), Text("意见"), Named("F8")],
        holds: |county| Ok(!county.first_item()?.0.trim().is_empty()),
        shows: |state, code| is_at(state, code, 1),
        ..ROW
    },
    Task {
        number: 8,
        about: UNJUDGED,
        words: "上次写到一半断线：恢复草稿，在光标处接着写完并保存",
        max: 2,
        max_without_letters: 2,
        letters: &[Digit(1, 1), Text("几个字"), Named("F8")],
        without_letters: &[Digit(1, 1), Text("几个字"), Named("F8")],
        scene: Scene::Draft,
        holds: |county| {
            let (remark, _) = county.first_item()?;
            let between = remark.strip_prefix(BROKEN_OFF.0).and_then(|rest| rest.strip_suffix(BROKEN_OFF.1));
            Ok(between.is_some_and(|between| !between.trim().is_empty()))
        },
        ..ROW
    },
    Task {
        number: 9,
        about: UNJUDGED,
        words: "看为什么还不能提交结论，并跳到第一个缺项",
        max: 2,
        max_without_letters: 2,
        letters: &[Do(Op::Menu, Scope::Checklist), Named("Enter")],
        without_letters: &[Do(Op::Menu, Scope::Checklist), Named("Enter")],
        scene: Scene::LastItem,
        before: |county| county.act("reviewer", Action::Claim, &[]),
        // Whoever went there by itself was not told why.
        shows: |state, code| {
            is_at(state, code, 0) && state.notice.as_ref().is_some_and(|notice| notice.text.contains("未作判断"))
        },
        ..ROW
    },
    Task {
        number: 10,
        about: COMPLETE,
        words: "清单已判完：提交结论“通过”",
        max: 4,
        max_without_letters: 4,
        letters: SUBMIT,
        without_letters: SUBMIT,
        holds: |county| Ok(county.view()?.dossier.project.stage == Stage::OpinionCheck),
        ..ROW
    },
    Task {
        number: 11,
        about: COMPLETE,
        words: "刚提交的结论有误：在宽限时间内收回",
        max: 3,
        max_without_letters: 3,
        letters: &[UNDO, Digit(1, 1)],
        without_letters: &[UNDO, Digit(1, 1)],
        before: |county| {
            let form = [("result", "pass"), ("assessed_wan", "72.40"), ("summary", "方案可行，同意按核定额实施。")];
            county.act("reviewer", Action::DraftOpinion, &form)
        },
        holds: |county| Ok(county.view()?.dossier.project.stage == Stage::TechnicalReview),
        ..ROW
    },
    Task {
        number: 13,
        about: UNJUDGED,
        words: "他人同时改了这条意见：把两段合并，补一句并保存",
        max: 3,
        max_without_letters: 3,
        letters: &[Digit(3, 1), Text("一句话"), Named("F8")],
        without_letters: &[Digit(3, 1), Text("一句话"), Named("F8")],
        scene: Scene::Clash,
        elsewhere: |county| county.doubt("reviewer2", BOTH.1),
        holds: |county| {
            let (remark, _) = county.first_item()?;
            let both = remark.contains(BOTH.0) && remark.contains(BOTH.1);
            Ok(both && remark.chars().count() > BOTH.0.chars().count() + BOTH.1.chars().count() + 1)
        },
        ..ROW
    },
    Task {
        number: 14,
        account: "lead",
        words: "把视图 3 待指派中的项目全部指派给李娜",
        max: 5,
        max_without_letters: 6,
        letters: ASSIGN,
        without_letters: ASSIGN_BY_MENU,
        scene: Scene::Queue,
        before: |county| county.keep_view(3, "待指派", UNHELD),
        holds: |county| county.is_empty(UNHELD),
        ..ROW
    },
    Task {
        number: 15,
        account: "panel-secretary",
        about: HEARD,
        words: "打开今天的评审会签到：一位回避写原因，一位缺席",
        max: 9,
        max_without_letters: 9,
        letters: SIGN_IN,
        without_letters: SIGN_IN,
        scene: Scene::Queue,
        before: |county| county.call_meeting(),
        holds: |county| {
            let Some(item) = county.heard()? else { return Ok(false) };
            let count =
                |is: Presence| item.panel.seats().iter().filter(|seat| item.panel.presence(seat.expert) == is).count();
            let (recused, absent) = (count(Presence::Recused), count(Presence::Absent));
            Ok((recused, absent) == (1, 1) && count(Presence::Present) + 2 == item.panel.seats().len())
        },
        ..ROW
    },
    Task {
        number: 16,
        account: "panel-secretary",
        about: HEARD,
        words: "打开今天的评审会录票：两票通过，一票原则通过",
        max: 6,
        max_without_letters: 6,
        letters: VOTE,
        without_letters: VOTE,
        scene: Scene::Queue,
        before: |county| {
            county.call_meeting()?;
            county.all_present()
        },
        holds: |county| {
            let Some(item) = county.heard()? else { return Ok(false) };
            let tally = item.sheet.tally(&item.panel);
            Ok((tally.pass, tally.conditional) == (2, 1))
        },
        ..ROW
    },
    Task {
        number: 17, words: "录入结论“原则通过”和文字，定稿", max: 11, max_without_letters: 11, ..MEETING
    },
    Task {
        number: 18, words: "出具会议纪要、论证结论和意见表的文件", max: 4, max_without_letters: 5, ..MEETING
    },
    Task {
        number: 19,
        about: HELD,
        words: "主办人长期不在：写明理由接管此项目，再看历史",
        max: 5,
        max_without_letters: 8,
        letters: TAKE_OVER,
        without_letters: TAKE_OVER,
        scene: Scene::Hit,
        holds: |county| county.is_found("主办:我"),
        shows: |state, code| {
            is_open(state, code) && state.project.as_ref().is_some_and(|project| project.pane == Pane::History)
        },
        ..ROW
    },
    Task {
        number: 20,
        account: "sysadmin",
        words: "在命令行一行办完：备份、核对日志、列出逾期项目（JSON）",
        scene: Scene::Elsewhere(SHELL_LINE),
        ..ROW
    },
];

/// The line of task 20.
pub const SHELL_LINE: &str =
    "p=pingshen;$p --as sysadmin backup b&&$p --as auditor audit verify&&$p list --filter 期限:逾期 --json";
