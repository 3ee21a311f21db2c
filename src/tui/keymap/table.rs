//! The key table: every command with its letter, its path without letters, and the word the palette finds it by.
//!
//! Nothing else in the program names a key. The lookup, the hint bar, the row of function keys and the help overlay
//! all read this table, so that they cannot disagree; the tests beside it keep forbidden keys out.

use crossterm::event::KeyCode;

use super::key::{Key, ch, ctrl, f, named};

/// A command a key can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Op {
    /// Shows what works here.
    Help,
    /// Finds a command by its word.
    Palette,
    /// Edits the filter line.
    Filter,
    /// Goes back; at the root, leaves.
    Back,
    /// Goes back; a lone Esc may be half of an arrow key on a slow line, so at the root it leaves only when repeated.
    Escape,
    /// The next pane or tab.
    NextPane,
    /// The previous pane or tab.
    PreviousPane,
    /// One row down.
    Down,
    /// One row up.
    Up,
    /// A page down.
    PageDown,
    /// A page up.
    PageUp,
    /// The first row.
    First,
    /// The last row.
    Last,
    /// Opens what the cursor is on.
    Open,
    /// The next project of the list.
    NextProject,
    /// The previous project of the list.
    PreviousProject,
    /// The next unfinished item.
    NextUnfinished,
    /// The previous unfinished item.
    PreviousUnfinished,
    /// The further lines of the details.
    More,
    /// The remark to an item.
    Remark,
    /// What was found in the project.
    Findings,
    /// Takes a finding up.
    AcceptFinding,
    /// Rules a finding out.
    DismissFinding,
    /// What the unit declares about the project.
    Declaration,
    /// Projects from a form.
    Import,
    /// Shows or hides the preview.
    Preview,
    /// What can be done with the project.
    Menu,
    /// The opinions.
    Opinions,
    /// The history.
    History,
    /// The rounds.
    Rounds,
    /// What changed since the round before.
    Compare,
    /// The editions of the rules and the register of interpretations.
    Rulebook,
    /// Sorts the list by a column.
    Sort,
    /// Keeps what the list shows under a digit.
    KeepView,
    /// The yearly plan.
    Plan,
    /// The statistics.
    Stats,
    /// Marks a project and goes on to the next.
    Mark,
    /// Marks what waits, then everything.
    MarkAll,
    /// Takes all marks away.
    MarkNone,
    /// The plan of the next year.
    NextYear,
    /// The plan of the year before.
    PreviousYear,
    /// The meetings of expert panels.
    Meetings,
    /// Adds: a panel to a meeting, something to mend to a list.
    Add,
    /// The next project on the agenda.
    NextItem,
    /// The project before on the agenda.
    PreviousItem,
    /// Signs for the member under the cursor.
    Sign,
    /// Signs for everybody.
    SignAll,
    /// Prints what the meeting did.
    Papers,
    /// Replaces a member who did not come.
    ReplaceMember,
    /// Starts or stops the clock of an item.
    Timer,
    /// Sets it to nothing.
    TimerReset,
    /// Shows the meeting to the room.
    Projector,
    /// Takes the seat that writes.
    TakeSeat,
    /// Takes the last entry back.
    Undo,
    /// Loads others' changes.
    Refresh,
    /// Draws everything anew.
    Repaint,
}

/// Where a command works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The list of projects.
    Queue,
    /// The units of a yearly plan.
    Plan,
    /// The projects of a yearly plan.
    PlanProjects,
    /// The statistics.
    Stats,
    /// A text page of a project.
    Page,
    /// The conditions of a project.
    Rules,
    /// The checklist of a project.
    Checklist,
    /// The rounds of a project.
    Rounds,
    /// What was found in a project.
    Findings,
    /// The list of meetings.
    Meetings,
    /// The agenda of a meeting.
    Agenda,
    /// Who came to it.
    Attendance,
    /// How the members vote.
    Votes,
    /// What the panel concludes.
    Conclusion,
    /// What the room sees.
    Projector,
    /// A dialog in which one chooses.
    Choice,
}

/// What a command is for, the groups of the help overlay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// 看.
    See,
    /// 判.
    Judge,
    /// 写.
    Write,
    /// 交.
    Hand,
    /// 走.
    Move,
}

impl Group {
    /// Names the group.
    pub const fn name(self) -> &'static str {
        match self {
            Group::See => "看",
            Group::Judge => "判",
            Group::Write => "写",
            Group::Hand => "办",
            Group::Move => "走",
        }
    }
}

/// One row: a command and its doors.
#[derive(Debug)]
pub struct Binding {
    /// The command.
    pub op: Op,
    /// Letter keys; an input method that is on swallows them.
    pub letters: &'static [Key],
    /// Keys that work while an input method is on.
    pub keys: &'static [Key],
    /// The word by which the palette finds it.
    pub word: &'static str,
    /// What it does, for the help overlay.
    pub explained: &'static str,
    /// Its group.
    pub group: Group,
    /// Where it works.
    pub scopes: &'static [Scope],
    /// Whether the hint bar shows it.
    pub hinted: bool,
}

const EVERYWHERE: &[Scope] = &[
    Scope::Queue,
    Scope::Plan,
    Scope::PlanProjects,
    Scope::Stats,
    Scope::Page,
    Scope::Rules,
    Scope::Checklist,
    Scope::Findings,
    Scope::Rounds,
    Scope::Meetings,
    Scope::Agenda,
    Scope::Attendance,
    Scope::Votes,
    Scope::Conclusion,
    Scope::Projector,
    Scope::Choice,
];
const SCREENS: &[Scope] = &[
    Scope::Queue,
    Scope::Plan,
    Scope::PlanProjects,
    Scope::Stats,
    Scope::Page,
    Scope::Rules,
    Scope::Checklist,
    Scope::Findings,
    Scope::Rounds,
    Scope::Meetings,
    Scope::Agenda,
    Scope::Attendance,
    Scope::Votes,
    Scope::Conclusion,
    Scope::Projector,
];
const VIEWS: &[Scope] = &[
    Scope::Queue,
    Scope::Stats,
    Scope::Page,
    Scope::Rules,
    Scope::Checklist,
    Scope::Findings,
    Scope::Rounds,
    Scope::Meetings,
    Scope::Agenda,
    Scope::Attendance,
    Scope::Votes,
    Scope::Conclusion,
];
const MENUS: &[Scope] = &[
    Scope::Queue,
    Scope::PlanProjects,
    Scope::Page,
    Scope::Rules,
    Scope::Checklist,
    Scope::Findings,
    Scope::Rounds,
    Scope::Meetings,
    Scope::Agenda,
    Scope::Attendance,
    Scope::Votes,
    Scope::Conclusion,
];
/// The panes of a session.
const SESSION: &[Scope] = &[Scope::Agenda, Scope::Attendance, Scope::Votes, Scope::Conclusion];
/// Those with what can be looked up or written.
const SHEETS: &[Scope] = &[Scope::Votes, Scope::Conclusion];
/// The panes, and what the room sees of them.
const MEETING: &[Scope] = &[Scope::Agenda, Scope::Attendance, Scope::Votes, Scope::Conclusion, Scope::Projector];
const HISTORIES: &[Scope] =
    &[Scope::Page, Scope::Rules, Scope::Checklist, Scope::Findings, Scope::Rounds, Scope::Votes, Scope::Conclusion];
const YEARS: &[Scope] = &[Scope::Plan, Scope::PlanProjects, Scope::Stats];
const MARKED: &[Scope] = &[Scope::PlanProjects];
const PROJECT: &[Scope] = &[Scope::Page, Scope::Rules, Scope::Checklist, Scope::Findings, Scope::Rounds];

const fn row(op: Op, letters: &'static [Key], keys: &'static [Key], word: &'static str, group: Group) -> Binding {
    Binding { op, letters, keys, word, explained: "", group, scopes: SCREENS, hinted: false }
}

impl Binding {
    const fn at(self, scopes: &'static [Scope]) -> Binding {
        Binding { scopes, ..self }
    }

    const fn hint(self) -> Binding {
        Binding { hinted: true, ..self }
    }

    const fn says(self, explained: &'static str) -> Binding {
        Binding { explained, ..self }
    }

    /// Names the key people are told: the letter where there is one, else the first other key.
    pub fn shown_key(&self) -> String {
        self.letters.first().or(self.keys.first()).map(|key| key.name()).unwrap_or_default()
    }

    /// Names all keys, letters first.
    pub fn all_keys(&self) -> String {
        let mut names: Vec<String> = self.letters.iter().chain(self.keys).map(|key| key.name()).collect();
        names.dedup();
        names.join(" ")
    }

    /// Tells whether the key is one of this row's.
    pub fn has(&self, key: Key) -> bool {
        self.letters.contains(&key) || self.keys.contains(&key)
    }
}

/// The table itself.
#[rustfmt::skip]
pub const TABLE: &[Binding] = &[
    row(Op::Open, &[], &[named(KeyCode::Enter)], "打开", Group::See).at(EVERYWHERE).hint().says("打开光标所在的一行"),
    row(Op::Menu, &[ch('x'), ch('S')], &[f(8)], "办理", Group::Hand).at(MENUS).hint().says("列出能办的事项，不能办的写明原因"),
    row(Op::Remark, &[ch('i')], &[f(4)], "意见", Group::Write).at(&[Scope::Checklist, Scope::Votes, Scope::Conclusion]).hint().says("填写意见：条目的问题和建议，专家的意见，专家组意见"),
    row(Op::AcceptFinding, &[ch('A')], &[ch('<')], "采纳", Group::Judge).at(&[Scope::Findings]).hint().says("采纳疑点：问题属实，写明理由"),
    row(Op::DismissFinding, &[ch('D')], &[ch('>')], "排除", Group::Judge).at(&[Scope::Findings]).hint().says("排除疑点：不构成问题，写明理由"),
    row(Op::Declaration, &[ch('e')], &[ch('=')], "申报内容", Group::Write).at(PROJECT).says("补充或修改申报内容"),
    row(Op::Add, &[ch('+')], &[ch('+')], "新增", Group::Write).at(&[Scope::Meetings, Scope::Conclusion]).hint().says("召集评审会、加入议程；修改清单新增一项"),
    row(Op::Sign, &[ch(' ')], &[ch(' ')], "签名", Group::Judge).at(SHEETS).hint().says("专家签名：锁定本人意见；在结论上签名"),
    row(Op::SignAll, &[ch('*')], &[ch('*')], "全签", Group::Judge).at(SHEETS).hint().says("齐全的意见全部签名锁定；在座专家均在结论上签名"),
    row(Op::NextItem, &[ch(']')], &[ch(']')], "下一议题", Group::Move).at(SESSION).hint().says("下一个议题；录入人换题，各终端跟随"),
    row(Op::PreviousItem, &[ch('[')], &[ch('[')], "上一议题", Group::Move).at(SESSION).says("上一个议题"),
    row(Op::Timer, &[ch('t')], &[ch('%')], "计时", Group::See).at(MEETING).hint().says("开始或暂停本议题的计时"),
    row(Op::TimerReset, &[ch('T')], &[ch('\'')], "计时归零", Group::See).at(MEETING).says("本议题的计时归零"),
    row(Op::Undo, &[ch('u')], &[ctrl('z')], "撤销", Group::Write).at(SESSION).hint().says("撤销本终端上一次录入，写入原来的内容；历史两者都留"),
    row(Op::Projector, &[ch('b')], &[ch('(')], "投屏", Group::See).at(MEETING).hint().says("供会场观看的只读画面，收齐以前不显示表决"),
    row(Op::TakeSeat, &[ch('C')], &[ch(')')], "接管", Group::Hand).at(SESSION).says("接管秘书席，由本终端录入；他人在席的写明理由"),
    row(Op::Papers, &[ch('e')], &[ch('|')], "文书", Group::Hand).at(SESSION).hint().says("出具会议纪要、论证结论、意见表，写成 Word 文件"),
    row(Op::ReplaceMember, &[ch('E')], &[ch('"')], "换专家", Group::Hand).at(&[Scope::Attendance]).says("更换未到会、须回避的专家（评审负责人办理）"),
    row(Op::Meetings, &[ch('M')], &[ch('.')], "评审会", Group::See).at(&[Scope::Queue]).says("评审会和待上会的专家组"),
    row(Op::Import, &[ch('I')], &[ch('+')], "导入", Group::Write).at(&[Scope::Queue]).says("从申报表文件导入项目"),
    row(Op::Plan, &[ch('n')], &[ch(',')], "年度计划", Group::See).at(&[Scope::Queue]).says("各单位申报、表决情况，成批办理"),
    row(Op::Stats, &[ch('N')], &[ch('^')], "统计", Group::See).at(&[Scope::Queue]).says("各状态、单位、时限、核减、疑点的个数和金额"),
    row(Op::Mark, &[ch(' ')], &[ch(' ')], "标记", Group::Hand).at(MARKED).hint().says("标记或取消标记，并移到下一个项目"),
    row(Op::MarkAll, &[ch('*')], &[ch('*')], "全标", Group::Hand).at(MARKED).hint().says("标记等待你办理的项目；再按一次标记全部"),
    row(Op::MarkNone, &[ch('-')], &[ch('-')], "清标", Group::Hand).at(MARKED).hint().says("取消全部标记"),
    row(Op::NextYear, &[ch(']')], &[ch(']')], "下一年度", Group::Move).at(YEARS).hint().says("下一年度的计划或统计"),
    row(Op::PreviousYear, &[ch('[')], &[ch('[')], "上一年度", Group::Move).at(YEARS).says("上一年度的计划或统计"),
    row(Op::Filter, &[ch('/')], &[f(7)], "筛选", Group::See).at(&[Scope::Queue]).hint().says("按条件筛选，如 状态:技术评审中 金额>200万"),
    row(Op::Sort, &[ch('s')], &[ch('^')], "排序", Group::See).at(&[Scope::Queue]).says("按一列排序，再按数字选列；同一列再选一次则倒序"),
    row(Op::KeepView, &[ch('V')], &[f(2)], "存视图", Group::See).at(&[Scope::Queue]).says("把筛选、排序存为一个数字：存视图 7 资金大户；删视图 7"),
    row(Op::Preview, &[ch('p')], &[f(3)], "预览", Group::See).at(&[Scope::Queue]).hint().says("显示或收起项目预览"),
    row(Op::NextUnfinished, &[ch('}')], &[ch('}')], "下一未完", Group::Judge).at(&[Scope::Checklist]).hint().says("跳到下一个未判或缺说明的条目"),
    row(Op::PreviousUnfinished, &[ch('{')], &[ch('{')], "上一未完", Group::Judge).at(&[Scope::Checklist]).says("跳到上一个未判或缺说明的条目"),
    row(Op::More, &[ch(' ')], &[ch(' ')], "下文", Group::See).at(&[Scope::Rules, Scope::Checklist, Scope::Findings, Scope::Rounds]).says("右侧说明往下翻，到底后回到开头"),
    row(Op::NextPane, &[ch('l')], &[named(KeyCode::Tab), f(6), named(KeyCode::Right)], "换页", Group::Move).at(VIEWS).hint().says("下一个视图"),
    row(Op::PreviousPane, &[ch('h')], &[named(KeyCode::BackTab), named(KeyCode::Left)], "前一页", Group::Move).at(VIEWS).says("上一个视图"),
    row(Op::NextProject, &[ch(']')], &[ch(']')], "下一项目", Group::Move).at(PROJECT).hint().says("打开列表中的下一个项目"),
    row(Op::PreviousProject, &[ch('[')], &[ch('[')], "上一项目", Group::Move).at(PROJECT).says("打开列表中的上一个项目"),
    row(Op::Findings, &[ch('f')], &[ch('$')], "疑点", Group::See).at(PROJECT).says("自动提示的疑点、依据和处理情况"),
    row(Op::Opinions, &[ch('o')], &[ch('&')], "审核意见", Group::See).at(PROJECT).says("技术审核意见的拟定、审核、签发情况"),
    row(Op::History, &[ch('H')], &[ch('#')], "历史", Group::See).at(HISTORIES).says("何人何时办了何事；评审会中看光标处内容的各版本"),
    row(Op::Rounds, &[ch('v')], &[ch('_')], "轮次", Group::See).at(PROJECT).says("各轮计划申报、技术评审、验收，已结束的封存可查"),
    row(Op::Compare, &[ch('c')], &[ch('!')], "与前轮比", Group::See).at(&[Scope::Rounds]).hint().says("与前一轮比较；再按一次看本轮全文"),
    row(Op::Rulebook, &[ch('P')], &[ch('@')], "规则口径", Group::See).says("规则版本和解释口径"),
    row(Op::Down, &[ch('j')], &[named(KeyCode::Down)], "下移", Group::Move).at(EVERYWHERE).says("下一行"),
    row(Op::Up, &[ch('k')], &[named(KeyCode::Up)], "上移", Group::Move).at(EVERYWHERE).says("上一行"),
    row(Op::PageDown, &[ctrl('d')], &[named(KeyCode::PageDown)], "下翻", Group::Move).at(EVERYWHERE).says("下翻一页"),
    row(Op::PageUp, &[ctrl('u')], &[named(KeyCode::PageUp)], "上翻", Group::Move).at(EVERYWHERE).says("上翻一页"),
    row(Op::First, &[ch('g')], &[named(KeyCode::Home)], "首行", Group::Move).at(EVERYWHERE).says("第一行"),
    row(Op::Last, &[ch('G')], &[named(KeyCode::End)], "末行", Group::Move).at(EVERYWHERE).says("最后一行"),
    row(Op::Refresh, &[ch('R')], &[f(5)], "刷新", Group::See).says("载入他人的更新；连按两次重绘全屏"),
    row(Op::Repaint, &[ctrl('l')], &[ctrl('l')], "重绘", Group::See).at(EVERYWHERE).says("画面错乱时重绘全屏"),
    row(Op::Palette, &[ch(':')], &[f(9)], "命令", Group::See).says("按名称查找命令"),
    row(Op::Help, &[ch('?')], &[f(1)], "帮助", Group::See).hint().says("此处可用的全部按键，可输入文字查找"),
    row(Op::Back, &[ch('q')], &[f(10)], "返回", Group::Move).at(EVERYWHERE).hint().says("返回上一层；在队列中退出程序"),
    row(Op::Escape, &[], &[named(KeyCode::Esc)], "取消", Group::Move).at(EVERYWHERE).says("返回上一层；在队列中按两次退出程序"),
];

/// The keys whose meaning depends on the place, as that of the digits does: the hints print it. Never two at one place.
pub const BY_PLACE: &[Key] = &[ch(' '), ch(']'), ch('['), ch('*'), ch('+'), ch('e')];

/// Lists the commands of a scope, in the order of the table.
pub fn of_scope(scope: Scope) -> impl Iterator<Item = &'static Binding> {
    TABLE.iter().filter(move |binding| binding.scopes.contains(&scope))
}

/// What the digits mean in a scope; the one family of keys that depends on the place, so it is always printed there.
pub const fn digits(scope: Scope) -> &'static str {
    match scope {
        Scope::Plan | Scope::PlanProjects | Scope::Meetings | Scope::Projector => "",
        Scope::Agenda => "1审议此项 2撤出",
        Scope::Attendance => "1到会 2回避 3缺席 0其余到会",
        Scope::Votes | Scope::Conclusion => "1通过 2原则通过 3不通过 4补充论证 0清除",
        Scope::Checklist => "1通过 2不通过 3存疑 4不适用 0清除",
        Scope::Choice => "数字选择",
        // The tabs show their digits.
        Scope::Queue | Scope::Stats | Scope::Page | Scope::Rules | Scope::Findings | Scope::Rounds => "数字换视图",
    }
}
