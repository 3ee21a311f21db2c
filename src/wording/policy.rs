//! Which edition of the rules applies, in words.

use super::labels;
use crate::domain::policy::AmendProblem;
use crate::domain::round::RoundKind;
use crate::domain::ruling::RulingProblem;
use crate::service::view::policies::{OpenedRound, PolicyLine, RulesOfProject};

/// Names a round: `第 2 轮技术评审`.
pub fn round(kind: RoundKind, number: u32) -> String {
    format!("第 {number} 轮{}", labels::round_kind(kind))
}

/// Tells from when to when rounds that open follow an edition.
pub fn period(line: &PolicyLine) -> String {
    match line.to {
        Some(_) if line.is_replaced() => format!("{} 当日即被后一版本取代", line.from),
        Some(last) => format!("{} 至 {last}", line.from),
        None => format!("{} 起", line.from),
    }
}

/// Tells the state of an edition.
pub fn state(line: &PolicyLine, today: chrono::NaiveDate) -> &'static str {
    match () {
        () if line.is_replaced() => "未施行",
        () if line.in_force => "现行",
        () if line.from > today => "尚未施行",
        () => "已停用",
    }
}

/// Tells by which edition a project is judged.
pub fn edition(rules: &RulesOfProject) -> String {
    let line = &rules.edition;
    format!("{}（{}，{}）", line.title, line.id, period(line))
}

/// Tells why a newer edition does not apply to the running round.
pub fn newer(rules: &RulesOfProject) -> Option<String> {
    let newer = rules.newer.as_ref()?;
    let begins = match newer.in_force {
        true => format!("已有新版本 {}（{} 起施行）", newer.id, newer.from),
        false => format!("新版本 {} 将自 {} 起施行", newer.id, newer.from),
    };
    Some(match rules.round {
        Some(opened) => format!("{begins}，不适用于本轮：{}，按当时的规则办完", opened_on(opened)),
        None => format!("{begins}；项目尚未申报，申报时适用哪一版本，以送达中心之日为准"),
    })
}

fn opened_on(opened: OpenedRound) -> String {
    format!("{}于 {} 开始", round(opened.kind, opened.number), opened.at.format("%Y-%m-%d %H:%M"))
}

/// Says what is wrong with a ruling to register.
pub fn ruling_problem(problem: &RulingProblem) -> String {
    match problem {
        RulingProblem::QuestionMissing => "没有写明解释的是哪个问题：请写问题编号，或者另写问题".to_owned(),
        RulingProblem::QuestionUnknown(number) => format!("没有第 {number} 个问题；用 pingshen ruling list 查看"),
        RulingProblem::AnswerMissing => "缺少解释内容".to_owned(),
        RulingProblem::ArticlesMissing => "缺少所解释的条款，请写条号，附件写 0".to_owned(),
        RulingProblem::ArticleUnknown(article) => format!("办法没有第 {article} 条"),
        RulingProblem::DocNoMissing => "缺少文号".to_owned(),
        RulingProblem::DocNoTaken(number) => format!("这个文号已登记为解释口径第 {number} 号"),
        RulingProblem::DocDateAhead(day) => format!("文件日期 {day} 晚于今天"),
        RulingProblem::SignerMissing => "缺少签发人".to_owned(),
        RulingProblem::BeforeItsDocument(day) => format!("启用日期不能早于文件日期 {day}"),
        RulingProblem::InThePast(today) => {
            format!("改变设置的解释，启用日期不能早于今天（{today}）：已开始的轮次按当时的规则办完")
        }
        RulingProblem::TooLong(limit) => format!("文字太长，最多 {limit} 个字符"),
        RulingProblem::Setting(problem) => amend_problem(problem),
    }
}

fn amend_problem(problem: &AmendProblem) -> String {
    match problem {
        AmendProblem::Name(name) => format!("“{name}”不是设置名，应写成“节.键”，如 small_route.needs_approval"),
        AmendProblem::Twice(name) => format!("“{name}”写了两次"),
        AmendProblem::NoSection(name) => format!("规则文件中没有“{name}”所在的节"),
        AmendProblem::NotSingle(name) => {
            format!("“{name}”不是单个的值，不能这样改；请另存一份规则文件，改好后安装")
        }
        AmendProblem::Unchanged(name) => format!("“{name}”现在就是这个值，没有改变"),
        AmendProblem::Unreadable => "原规则文件读不出来，不能在其上修改".to_owned(),
    }
}
