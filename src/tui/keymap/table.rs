//! The key table: every command with its four doors: a letter, a path without letters, the word the palette finds it
//! by, and what does the same on the command line.
//!
//! Nothing else in the program names a key. The lookup, the hint bar, the row of function keys, the help overlay, the
//! palette and the printed sheet all read this table, so that they cannot disagree; the tests beside it keep forbidden
//! keys out and every door open. What a person changes in `keys.toml` is laid over it by [`super::Keymap`].

use crossterm::event::KeyCode;

use super::key::{Key, ch, ctrl, f, named};
use super::op::{Group, Op, Scope};
use super::places::*;

/// What does the same on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cli {
    /// This command changes the same data. Words in Chinese stand for what one fills in.
    Changes(&'static str),
    /// This command shows the same.
    Reads(&'static str),
    /// It only moves on the screen or changes how it looks; a command line has nothing of the kind.
    OnScreen,
}

impl Cli {
    /// Tells the command as one types it, the project filled in where there is one.
    pub fn line(self, project: Option<&str>) -> Option<String> {
        let (Cli::Changes(words) | Cli::Reads(words)) = self else { return None };
        let code = project.unwrap_or("编号");
        Some(format!("pingshen {}", words.replace("{编号}", code)))
    }

    /// Tells the words by which the command line knows the command, without what one fills in.
    pub fn verb(self) -> Option<Vec<&'static str>> {
        let (Cli::Changes(words) | Cli::Reads(words)) = self else { return None };
        let is_word = |word: &&str| word.chars().all(|c| c.is_ascii_lowercase() || c == '-') && !word.starts_with('-');
        Some(words.split(' ').take_while(is_word).collect())
    }
}

/// One row: a command and its doors.
#[derive(Debug)]
pub struct Binding {
    /// The command.
    pub op: Op,
    /// Letter keys; an input method that is on swallows them. Without any, its other key is in reach of every hand or
    /// it is rare enough for the palette.
    pub letters: &'static [Key],
    /// Keys that work while an input method is on; without any, the palette is that way.
    pub keys: &'static [Key],
    /// The word by which the palette finds it.
    pub word: &'static str,
    /// What it does, for the help overlay.
    pub explained: &'static str,
    /// Its group.
    pub group: Group,
    /// What does the same on the command line.
    pub cli: Cli,
    /// Further words the palette finds it by, beside its code.
    pub aliases: &'static str,
    /// Where it works.
    pub scopes: &'static [Scope],
    /// Whether the hint bar shows it.
    pub hinted: bool,
}

const fn row(op: Op, letters: &'static [Key], keys: &'static [Key], word: &'static str, group: Group) -> Binding {
    Binding {
        op,
        letters,
        keys,
        word,
        explained: "",
        group,
        cli: Cli::OnScreen,
        aliases: "",
        scopes: SCREENS,
        hinted: false,
    }
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

    const fn changes(self, words: &'static str) -> Binding {
        Binding { cli: Cli::Changes(words), ..self }
    }

    const fn reads(self, words: &'static str) -> Binding {
        Binding { cli: Cli::Reads(words), ..self }
    }

    const fn also(self, aliases: &'static str) -> Binding {
        Binding { aliases, ..self }
    }

    /// Lists the keys it has in the table, letters first, each once.
    pub fn own_keys(&self) -> Vec<Key> {
        let mut keys: Vec<Key> = Vec::new();
        for key in self.letters.iter().chain(self.keys) {
            if !keys.contains(key) {
                keys.push(*key);
            }
        }
        keys
    }
}

/// The table itself.
#[rustfmt::skip]
pub const TABLE: &[Binding] = &[
    row(Op::Open, &[], &[named(KeyCode::Enter)], "打开", Group::See).at(EVERYWHERE).hint().says("打开光标所在的一行").reads("show {编号}").also("enter"),
    row(Op::Menu, &[ch('x'), ch('S')], &[f(8)], "办理", Group::Hand).at(MENUS).hint().says("列出能办的事项，不能办的写明原因").changes("do {编号} 事项 --set 字段=值").also("act 事项 动作"),
    row(Op::Remark, &[ch('i')], &[f(4)], "意见", Group::Write).at(&[Scope::Checklist, Scope::Votes, Scope::Conclusion]).hint().says("填写意见：条目的问题和建议，专家的意见，专家组意见").changes("judge {编号} 条目 判断 --remark 文字").also("remark opinion 备注"),
    row(Op::AcceptFinding, &[ch('A')], &[ch('<')], "采纳", Group::Judge).at(&[Scope::Findings]).hint().says("采纳疑点：问题属实，写明理由").changes("finding {编号} 疑点 --accept --reason 理由").also("accept"),
    row(Op::DismissFinding, &[ch('D')], &[ch('>')], "排除", Group::Judge).at(&[Scope::Findings]).hint().says("排除疑点：不构成问题，写明理由").changes("finding {编号} 疑点 --dismiss --reason 理由").also("dismiss"),
    row(Op::Declaration, &[ch('e')], &[ch('=')], "申报内容", Group::Write).at(PROJECT).says("补充或修改申报内容").changes("project edit {编号} --set 字段=值").also("edit 修改 补充"),
    row(Op::Add, &[ch('+')], &[ch('+')], "新增", Group::Write).at(&[Scope::Meetings, Scope::Conclusion]).hint().says("召集评审会、加入议程；修改清单新增一项").changes("meeting call").also("new 召集 增加"),
    row(Op::Sign, &[ch(' ')], &[ch(' ')], "签名", Group::Judge).at(SHEETS).hint().says("专家签名：锁定本人意见；在结论上签名").changes("meeting sign").also("签字"),
    row(Op::SignAll, &[ch('*')], &[ch('*')], "全签", Group::Judge).at(SHEETS).hint().says("齐全的意见全部签名锁定；在座专家均在结论上签名").changes("meeting sign").also("全部签字"),
    row(Op::NextItem, &[ch(']')], &[ch(']')], "下一议题", Group::Move).at(SESSION).hint().says("下一个议题；录入人换题，各终端跟随").also("agenda"),
    row(Op::PreviousItem, &[ch('[')], &[ch('[')], "上一议题", Group::Move).at(SESSION).says("上一个议题"),
    row(Op::Timer, &[ch('t')], &[ch('%')], "计时", Group::See).at(MEETING).hint().says("开始或暂停本议题的计时"),
    row(Op::TimerReset, &[ch('T')], &[ch('\'')], "计时归零", Group::See).at(MEETING).says("本议题的计时归零"),
    row(Op::Undo, &[ch('u')], &[ctrl('z')], "撤销", Group::Write).at(UNDOABLE).says("撤销本人上一次判断、处理、认领、录入，写回原来的内容，历史都留；刚办理的步骤可以收回").changes("undo {编号}").also("撤回 收回 recall"),
    row(Op::Projector, &[ch('b')], &[ch('(')], "投屏", Group::See).at(MEETING).hint().says("供会场观看的只读画面，收齐以前不显示表决"),
    row(Op::TakeSeat, &[ch('C')], &[ch(')')], "接管", Group::Hand).at(SESSION).says("接管秘书席，由本终端录入；他人在席的写明理由").changes("meeting seat").also("秘书席 入席"),
    row(Op::Papers, &[ch('e')], &[ch('|')], "文书", Group::Hand).at(SESSION).hint().says("出具会议纪要、论证结论、意见表，写成 Word 文件").reads("meeting minutes --output 文件").also("minutes 纪要 论证结论 意见表 导出 export"),
    row(Op::ReplaceMember, &[ch('E')], &[ch('"')], "换专家", Group::Hand).at(&[Scope::Attendance]).says("更换未到会、须回避的专家（评审负责人办理）").changes("do {编号} replace-expert").also("更换专家"),
    row(Op::Meetings, &[ch('M')], &[], "评审会", Group::See).at(&[Scope::Queue]).says("评审会和待上会的专家组").reads("meeting list").also("会议"),
    row(Op::Import, &[ch('I')], &[ch('+')], "导入", Group::Write).at(&[Scope::Queue]).says("从申报表文件导入项目").changes("import 文件").also("申报表"),
    row(Op::Plan, &[ch('n')], &[ch(',')], "年度计划", Group::See).at(&[Scope::Queue]).says("各单位申报、表决情况，成批办理").reads("plan show"),
    row(Op::Stats, &[ch('N')], &[ch('^')], "统计", Group::See).at(&[Scope::Queue]).says("各状态、单位、时限、核减、疑点的个数和金额").reads("stats").also("statistics 报表 汇总"),
    row(Op::Mark, &[ch(' ')], &[ch(' ')], "标记", Group::Hand).at(MARKED).hint().says("标记或取消标记，并移到下一个项目"),
    row(Op::MarkAll, &[ch('*')], &[ch('*')], "全标", Group::Hand).at(MARKED).hint().says("标记列出的全部项目；计划中先标等待你办理的，再按一次标记全部").also("select all 全选"),
    row(Op::MarkRange, &[ch('v')], &[ch('_')], "标一段", Group::Hand).at(MARKED).says("先在一端按，再在另一端按：其间各行全部标记").also("range 区间"),
    row(Op::MarkNone, &[ch('-')], &[ch('-')], "清标", Group::Hand).at(MARKED).hint().says("取消全部标记"),
    row(Op::NextYear, &[ch(']')], &[ch(']')], "下一年度", Group::Move).at(YEARS).hint().says("下一年度的计划或统计"),
    row(Op::PreviousYear, &[ch('[')], &[ch('[')], "上一年度", Group::Move).at(YEARS).says("上一年度的计划或统计"),
    row(Op::Filter, &[ch('/')], &[f(7)], "筛选", Group::See).at(&[Scope::Queue]).hint().says("按条件筛选，如 状态:技术评审中 金额>200万").reads("queue --filter 条件").also("find search 查找 搜索"),
    row(Op::Sort, &[ch('s')], &[], "排序", Group::See).at(&[Scope::Queue]).says("按一列排序，再按数字选列；同一列再选一次则倒序").reads("queue --filter 排序:列").also("sort order"),
    row(Op::KeepView, &[ch('V')], &[f(2)], "存视图", Group::See).at(&[Scope::Queue]).says("把筛选、排序存为一个数字：存视图 7 资金大户；删视图 7").changes("view save 数字 名称 --filter 条件").also("view save"),
    row(Op::Preview, &[ch('p')], &[f(3)], "预览", Group::See).at(&[Scope::Queue]).hint().says("显示或收起项目预览").reads("show {编号}"),
    row(Op::NextUnfinished, &[ch('}')], &[ch('}')], "下一未完", Group::Judge).at(&[Scope::Checklist]).hint().says("跳到下一个未判或缺说明的条目"),
    row(Op::PreviousUnfinished, &[ch('{')], &[ch('{')], "上一未完", Group::Judge).at(&[Scope::Checklist]).says("跳到上一个未判或缺说明的条目"),
    row(Op::Repeat, &[ch('.')], &[ch('.')], "重复", Group::Judge).at(&[Scope::Checklist]).says("光标处的条目也作刚才的判断，问题、建议、依据同写，引用位置除外").changes("judge {编号} 条目 判断 --remark 文字").also("repeat again 同上"),
    row(Op::More, &[ch(' ')], &[ch(' ')], "下文", Group::See).at(&[Scope::Rules, Scope::Checklist, Scope::Findings, Scope::Rounds]).says("右侧说明往下翻，到底后回到开头"),
    row(Op::NextPane, &[ch('l')], &[named(KeyCode::Tab), f(6), named(KeyCode::Right)], "换页", Group::Move).at(VIEWS).hint().says("下一个视图"),
    row(Op::PreviousPane, &[ch('h')], &[named(KeyCode::BackTab), named(KeyCode::Left)], "前一页", Group::Move).at(VIEWS).says("上一个视图"),
    row(Op::NextProject, &[ch(']')], &[ch(']')], "下一项目", Group::Move).at(PROJECT).hint().says("打开列表中的下一个项目"),
    row(Op::PreviousProject, &[ch('[')], &[ch('[')], "上一项目", Group::Move).at(PROJECT).says("打开列表中的上一个项目"),
    row(Op::Findings, &[ch('f')], &[ch('$')], "疑点", Group::See).at(PROJECT).says("自动提示的疑点、依据和处理情况").reads("findings {编号}"),
    row(Op::Opinions, &[ch('o')], &[ch('&')], "审核意见", Group::See).at(PROJECT).says("技术审核意见的拟定、审核、签发情况").reads("show {编号}"),
    row(Op::History, &[ch('H')], &[ch('#')], "历史", Group::See).at(HISTORIES).says("何人何时办了何事；评审会中看光标处内容的各版本").reads("show {编号}").also("timeline"),
    row(Op::Rounds, &[ch('v')], &[ch('_')], "轮次", Group::See).at(PROJECT).says("各轮计划申报、技术评审、验收，已结束的封存可查").reads("rounds {编号}"),
    row(Op::Compare, &[ch('d')], &[ch('!')], "与前轮比", Group::See).at(&[Scope::Rounds]).hint().says("与前一轮比较；再按一次看本轮全文").reads("rounds {编号} --compare 1,2").also("diff 比较"),
    row(Op::Drafts, &[ch('w')], &[ch('`')], "草稿", Group::See).at(SCREENS).says("没有提交的草稿：恢复、比对、放弃").also("drafts journal 未提交"),
    row(Op::Rulebook, &[ch('P')], &[ch('@')], "规则口径", Group::See).says("规则版本和解释口径").reads("policy show").also("rules 规则版本 解释"),
    row(Op::Down, &[ch('j')], &[named(KeyCode::Down)], "下移", Group::Move).at(EVERYWHERE).says("下一行"),
    row(Op::Up, &[ch('k')], &[named(KeyCode::Up)], "上移", Group::Move).at(EVERYWHERE).says("上一行"),
    row(Op::PageDown, &[ctrl('d')], &[named(KeyCode::PageDown)], "下翻", Group::Move).at(EVERYWHERE).says("下翻一页"),
    row(Op::PageUp, &[ctrl('u')], &[named(KeyCode::PageUp)], "上翻", Group::Move).at(EVERYWHERE).says("上翻一页"),
    row(Op::First, &[ch('g')], &[named(KeyCode::Home)], "首行", Group::Move).at(EVERYWHERE).says("第一行"),
    row(Op::Last, &[ch('G')], &[named(KeyCode::End)], "末行", Group::Move).at(EVERYWHERE).says("最后一行"),
    row(Op::CopyCode, &[ch('y')], &[], "复制编号", Group::See).at(NUMBERED).says("将项目编号送到本机剪贴板（OSC 52）").also("yank osc52 剪贴板"),
    row(Op::TextPage, &[ch('Y')], &[], "文本页", Group::See).says("无边框的文本，供鼠标选取；其中按 y 复制全文").reads("show {编号}").also("plain copy 复制"),
    row(Op::Messages, &[], &[], "消息", Group::See).says("最近的提示和结果，最新的在前").also("log 提示 通知"),
    row(Op::KeySheet, &[], &[], "按键表", Group::See).says("全部按键列成一页，可打印；连按两次帮助键同此").reads("keys").also("cheatsheet 快捷键"),
    row(Op::CheckUp, &[], &[], "体检", Group::See).says("终端体检：字符宽度、按键、颜色、输入法，本角色常用的键").also("checkup terminal 终端体检 宽度 乱码 对齐"),
    row(Op::Practice, &[], &[], "练习", Group::See).says("练习常办的事，数按键，给出参考按键（演示数据）").also("practice 教练 数键"),
    row(Op::Theme, &[], &[], "主题", Group::See).says("换一种配色：默认、高对比、浅底、单色；按账号和终端种类记住").also("theme color 配色 颜色"),
    row(Op::Mouse, &[], &[], "鼠标", Group::See).says("开关鼠标：滚轮移动，点击选中，不改数据；开着时终端自己的选取不可用").also("mouse 滚轮"),
    row(Op::Refresh, &[ch('R')], &[f(5)], "刷新", Group::See).says("载入他人的更新；连按两次重绘全屏").also("reload 载入"),
    row(Op::Repaint, &[ctrl('l')], &[ctrl('l')], "重绘", Group::See).at(EVERYWHERE).says("画面错乱时重绘全屏").also("redraw"),
    row(Op::Palette, &[ch(':')], &[f(9)], "命令", Group::See).hint().says("按名称查找命令"),
    row(Op::Help, &[ch('?')], &[f(1)], "帮助", Group::See).hint().says("此处可用的全部按键，可输入文字查找").reads("keys").also("按键"),
    row(Op::Back, &[ch('q')], &[f(10)], "返回", Group::Move).at(EVERYWHERE).hint().says("返回上一层；在队列中退出程序").also("quit exit 退出"),
    row(Op::Escape, &[], &[named(KeyCode::Esc)], "取消", Group::Move).at(EVERYWHERE).says("返回上一层；在队列中按两次退出程序"),
    row(Op::Redo, &[ch('U')], &[ctrl('y')], "重做", Group::Write).at(HELD).says("重做上一次撤销的内容").changes("undo {编号} --redo"),
    row(Op::Claim, &[ch('c')], &[ch(';')], "认领", Group::Hand).at(&[Scope::Queue]).says("认领光标处或标记的项目，由你主办；光标处的再按一次释放").changes("do {编号} claim").also("释放 release"),
    row(Op::Assign, &[ch('a')], &[], "指派评审员", Group::Hand).at(&[Scope::Queue]).says("为光标处的项目、或者标记的全部项目指派主办的评审员").changes("do {编号} assign --set reviewer=账号").also("分派 委派"),
    row(Op::TakeOver, &[ch('C')], &[ch(')')], "接管项目", Group::Hand).at(&[Scope::Queue]).says("主办人不在的，写明理由接管光标处的项目").changes("do {编号} take-over"),
];

/// The keys whose meaning depends on the place, as that of the digits does: the hints print it. Never two at one place.
pub const BY_PLACE: &[Key] =
    &[ch(' '), ch(']'), ch('['), ch('*'), ch('+'), ch('e'), ch('C'), ch(')'), ch('v'), ch('_')];

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
