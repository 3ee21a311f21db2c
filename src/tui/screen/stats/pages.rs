//! What the pages show: numbers first, then a bar that is read without them, and what Enter leads to.

use super::Target;
use super::chart::{Block, Column, Entry, Right, wan};
use crate::domain::checklist::Verdict;
use crate::domain::project::Stage;
use crate::domain::search::{Due, Filter, Term, Test, TextTest, Turn, Who};
use crate::domain::workflow::record::{PanelResult, ReviewResult};
use crate::service::view::stats::{MOST_LOOKED_AT, ReviewStatsView, StatsView, Sums};
use crate::wording::{destruction, labels};

/// The cells of an amount.
const MONEY: usize = 11;

const fn column(name: &'static str, width: usize, from: u16) -> Column {
    Column { name, width, from }
}

/// The projects that pass, of the year shown.
fn projects(view: &StatsView, terms: impl IntoIterator<Item = Term>) -> Option<Target> {
    let year = view.year.map(|year| Term::Year(Test::Equal(year)));
    Some(Target::Filter(Filter::all_of(terms.into_iter().chain(year).map(Filter::Term))))
}

fn unit_named(name: &str) -> Term {
    Term::Unit(TextTest { exact: true, texts: vec![name.to_owned()] })
}

/// Writes thousandths as percent.
pub fn percent(per_mille: i64) -> String {
    format!("{}.{}%", per_mille / 10, per_mille % 10)
}

fn dash(count: i64) -> String {
    if count == 0 { "-".to_owned() } else { count.to_string() }
}

/// A line of a number of projects, their money, and how many are overdue.
fn counted(name: &str, sums: &Sums, overdue: i64, target: Option<Target>) -> Entry {
    Entry {
        name: name.to_owned(),
        cells: vec![sums.count.to_string(), dash(overdue), wan(sums.amount, MONEY)],
        right: Right::Bar(overdue, sums.count),
        target,
        urgent: false,
    }
}

/// Where the projects stand: the parts of the life, then every stage.
pub fn funnel(view: &StatsView) -> Vec<Block> {
    let columns = vec![column("个数", 6, 0), column("逾期", 5, 0), column("金额/万", MONEY, 70)];
    let phases = view.phases().into_iter().filter(|(_, (sums, _))| sums.count > 0).map(|(phase, (sums, overdue))| {
        let stages = Stage::ALL.iter().copied().filter(|stage| stage.phase() == phase).collect();
        counted(labels::phase(phase), &sums, overdue, projects(view, [Term::State(stages)]))
    });
    let stages = view.stages.iter().map(|(stage, sums)| {
        let overdue = view.waiting.get(stage).map_or(0, |waiting| waiting.overdue);
        counted(labels::stage(*stage), sums, overdue, projects(view, [Term::State(vec![*stage])]))
    });
    let overlays = view.overlays.iter().map(|(over, sums)| counted(labels::overlay(*over), sums, 0, None));
    let years = view.years.iter().map(|(year, sums)| {
        let target = Target::Filter(Filter::Term(Term::Year(Test::Equal(*year))));
        counted(&format!("{year} 年度"), sums, 0, Some(target))
    });
    let block = |title, legend, entries: Vec<Entry>, note: &str| Block {
        title,
        columns: columns.clone(),
        legend,
        entries,
        note: note.to_owned(),
    };
    let mut blocks = vec![
        block("各阶段", "# 逾期  = 未逾期", phases.collect(), ""),
        block("各状态", "# 逾期  = 未逾期", stages.collect(), ""),
    ];
    let overlays: Vec<Entry> = overlays.collect();
    if !overlays.is_empty() {
        blocks.push(block("其中", "= 个数", overlays, "以上情形的项目仍计入所在状态"));
    }
    let years: Vec<Entry> = years.collect();
    if years.len() > 1 {
        blocks.push(block("各年度", "= 个数", years, ""));
    }
    blocks
}

fn money(name: &str, sums: &Sums, target: Option<Target>) -> Entry {
    Entry {
        name: name.to_owned(),
        cells: vec![
            sums.count.to_string(),
            wan(sums.declared, MONEY),
            wan(sums.approved, MONEY),
            wan(sums.assessed, MONEY),
            wan(sums.contract, MONEY),
        ],
        right: Right::Bar(sums.approved.fen(), sums.declared.fen()),
        target,
        urgent: false,
    }
}

/// The money of units and ways.
pub fn units(view: &StatsView) -> Vec<Block> {
    let columns = vec![
        column("个数", 6, 0),
        column("申报/万", MONEY, 0),
        column("批复/万", MONEY, 76),
        column("核定/万", MONEY, 110),
        column("合同/万", MONEY, 110),
    ];
    let legend = "# 已批复  = 申报";
    let of_units = view.units.iter().map(|unit| {
        let target = projects(view, [unit_named(&unit.name)]);
        money(&unit.name, &unit.sums, target)
    });
    let routes = view
        .routes
        .iter()
        .map(|(route, sums)| money(labels::route(*route), sums, projects(view, [Term::Route(vec![*route])])));
    let block = |title, entries| Block { title, columns: columns.clone(), legend, entries, note: String::new() };
    vec![block("建设单位（按申报额）", of_units.collect()), block("路线", routes.collect())]
}

/// How long things wait, and whose turn it is.
pub fn waiting(view: &StatsView) -> Vec<Block> {
    let roles = view.overdue.by_role.iter().map(|(role, count)| Entry {
        name: labels::role(*role).to_owned(),
        cells: vec![count.to_string()],
        right: Right::Bar(*count, *count),
        target: projects(view, [Term::Turn(vec![Turn::Role(*role)]), Term::Due(Due::Overdue)]),
        urgent: false,
    });
    let mut roles: Vec<Entry> = roles.collect();
    roles.sort_by_key(|entry| match entry.right {
        Right::Bar(count, _) => -count,
        Right::Text(_) => 0,
    });
    let note = if view.overdue.count == 0 { "没有逾期的项目" } else { "" };
    let late = Block {
        title: "逾期轮到谁",
        columns: vec![column("个数", 6, 0)],
        legend: "# 逾期",
        entries: roles,
        note: note.to_owned(),
    };
    let stages = view.waiting.iter().filter(|(_, waiting)| waiting.spread.count > 0).map(|(stage, waiting)| {
        let spread = waiting.spread;
        Entry {
            name: labels::stage(*stage).to_owned(),
            cells: vec![
                spread.count.to_string(),
                spread.median.to_string(),
                spread.ninetieth.to_string(),
                spread.longest.to_string(),
                dash(waiting.overdue),
            ],
            right: Right::Bar(i64::from(spread.median), i64::from(spread.ninetieth)),
            target: projects(view, [Term::State(vec![*stage])]),
            urgent: false,
        }
    });
    let still: i64 = view.waiting.values().map(|waiting| waiting.still).sum();
    let stages = Block {
        title: "等待（工作日）",
        columns: vec![
            column("个数", 6, 0),
            column("中位", 5, 0),
            column("九成", 5, 0),
            column("最长", 5, 0),
            column("逾期", 5, 70),
        ],
        legend: "# 半数以内  = 九成以内",
        entries: stages.collect(),
        note: if still > 0 {
            format!("另有 {still} 个停计时限（补正、暂停、变更、冻结），不算等待")
        } else {
            String::new()
        },
    };
    let worst = view.overdue.worst.iter().map(|late| Entry {
        name: format!("{} {}", late.code, destruction::name(&late.name)),
        cells: vec![late.days.to_string(), late.due.to_string()],
        right: Right::Text(format!("{}  {}", labels::stage(late.stage), late.unit)),
        target: Some(Target::Project(late.code.clone())),
        urgent: true,
    });
    let worst: Vec<Entry> = worst.collect();
    let mut blocks = vec![late, stages];
    if !worst.is_empty() {
        blocks.push(Block {
            title: "逾期最久",
            columns: vec![column("工作日", 6, 0), column("期限", 10, 0)],
            legend: "状态、单位",
            entries: worst,
            note: String::new(),
        });
    }
    blocks
}

/// What the reviews cut.
pub fn cuts(view: &StatsView) -> Vec<Block> {
    let mut units: Vec<_> = view.units.iter().filter(|unit| unit.sums.cuts.reviewed > 0).collect();
    units.sort_by_key(|unit| std::cmp::Reverse(unit.sums.cuts.amount));
    let line = |name: &str, sums: &Sums, target| Entry {
        name: name.to_owned(),
        cells: vec![
            sums.cuts.reviewed.to_string(),
            wan(sums.cuts.amount, MONEY),
            percent(sums.cuts.per_mille()),
            wan(sums.cuts.before, MONEY),
        ],
        right: Right::Bar(sums.cuts.amount.fen(), sums.cuts.before.fen()),
        target,
        urgent: false,
    };
    let of_units = units.iter().map(|unit| line(&unit.name, &unit.sums, projects(view, [unit_named(&unit.name)])));
    let none = "还没有评审通过的项目";
    let by_unit = Block {
        title: "建设单位（按核减额）",
        columns: vec![
            column("评审", 6, 0),
            column("核减/万", MONEY, 0),
            column("比例", 6, 0),
            column("送审/万", MONEY, 76),
        ],
        legend: "# 核减  = 核定",
        entries: of_units.collect(),
        note: if view.total.cuts.reviewed == 0 { none.to_owned() } else { String::new() },
    };
    let largest = view.largest_cuts.iter().map(|one| Entry {
        name: format!("{} {}", one.code, destruction::name(&one.name)),
        cells: vec![wan(one.cut.amount, MONEY), wan(one.cut.before, MONEY)],
        right: Right::Text(one.reason.clone()),
        target: Some(Target::Project(one.code.clone())),
        urgent: false,
    });
    let largest = Block {
        title: "核减最多的项目",
        columns: vec![column("核减/万", MONEY, 0), column("送审/万", MONEY, 100)],
        legend: "理由",
        entries: largest.collect(),
        note: String::new(),
    };
    if largest.entries.is_empty() { vec![by_unit] } else { vec![by_unit, largest] }
}

/// What was found, judged and concluded.
pub fn findings(view: &StatsView, reviews: &ReviewStatsView) -> Vec<Block> {
    let known = reviews.findings.looked_at.is_some();
    let plain = |name: &str, cells: Vec<String>, part, whole| Entry {
        name: name.to_owned(),
        cells,
        right: Right::Bar(part, whole),
        target: None,
        urgent: false,
    };
    let mut patterns: Vec<_> = reviews.findings.patterns.iter().collect();
    patterns.sort_by_key(|(_, of)| std::cmp::Reverse((of.open, of.accepted + of.dismissed)));
    let patterns = patterns.into_iter().map(|(pattern, of)| {
        let open = if known { dash(of.open) } else { "?".to_owned() };
        let cells = vec![open, dash(of.accepted), dash(of.dismissed)];
        plain(labels::pattern(*pattern), cells, of.open, of.open + of.accepted + of.dismissed)
    });
    let note = match reviews.findings.looked_at {
        Some(count) => format!("待处理的只查评审中的 {count} 个项目，其余按已作的处理计"),
        None => format!("评审中的项目超过 {MOST_LOOKED_AT} 个，未逐个查找待处理的疑点"),
    };
    let patterns = Block {
        title: "疑点",
        columns: vec![column("待处理", 6, 0), column("采纳", 5, 0), column("排除", 5, 0)],
        legend: "# 待处理  = 已处理",
        entries: patterns.collect(),
        note,
    };
    let dimensions = reviews.dimensions.iter().map(|(dimension, of)| {
        let [pass, fail, doubt, na] =
            [Verdict::Pass, Verdict::Fail, Verdict::Doubt, Verdict::NotApplicable].map(|verdict| of.of(verdict));
        let cells = [fail, doubt, pass, na].map(dash).to_vec();
        plain(labels::dimension(*dimension), cells, fail + doubt, of.answered() - na)
    });
    let dimensions = Block {
        title: "评审清单（条次）",
        columns: vec![column("不通过", 6, 0), column("存疑", 5, 0), column("通过", 5, 0), column("不适用", 6, 70)],
        legend: "# 不通过和存疑  = 通过",
        entries: dimensions.collect(),
        note: String::new(),
    };
    let reviewers = reviews.reviewers.iter().map(|one| {
        let done = |result| one.done.get(&result).copied().unwrap_or(0);
        let (passed, failed) = (done(ReviewResult::Pass), done(ReviewResult::Fail));
        let cells = vec![one.open.count.to_string(), one.open.median.to_string(), dash(passed + failed), dash(failed)];
        let target = projects(view, [Term::Owner(vec![Who::Named(one.account.clone())])]);
        Entry { target, ..plain(&one.name, cells, one.open.count, one.open.count + passed + failed) }
    });
    let reviewers = Block {
        title: "评审员",
        columns: vec![column("在手", 6, 0), column("中位", 5, 0), column("签发", 5, 0), column("未通过", 6, 70)],
        legend: "# 在手  = 已签发",
        entries: reviewers.collect(),
        note: String::new(),
    };
    let panels = PanelResult::ALL.iter().filter_map(|result| {
        let count = *reviews.panels.get(result)?;
        Some(plain(labels::panel_result(*result), vec![count.to_string()], 0, count))
    });
    let panels = Block {
        title: "专家论证结论",
        columns: vec![column("个数", 6, 0)],
        legend: "= 个数",
        entries: panels.collect(),
        note: String::new(),
    };
    let blocks = [patterns, dimensions, reviewers, panels];
    blocks.into_iter().filter(|block| !(block.entries.is_empty() && block.note.is_empty())).collect()
}
