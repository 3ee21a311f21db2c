//! Statistics as tables in Chinese.

use super::list::percent;
use crate::cli::output::Table;
use crate::domain::checklist::Verdict;
use crate::domain::workflow::record::{PanelResult, ReviewResult};
use crate::service::view::stats::{MOST_LOOKED_AT, ReviewStatsView, StatsView, Sums};
use crate::wording::{destruction, labels};

/// Lays the tables out.
pub fn text(stats: &StatsView, reviews: &ReviewStatsView) -> String {
    let year = stats.year.map_or_else(|| "全部年度".to_owned(), |year| format!("{year} 年度"));
    let unit = stats.unit.as_deref().map(|unit| format!("  {unit}")).unwrap_or_default();
    let mut lines = vec![format!("{year}{unit}")];
    if stats.total.count == 0 {
        lines.push("没有可见的项目".to_owned());
        return lines.join("\n");
    }
    let cuts = &stats.total.cuts;
    lines.push(format!(
        "{} 个项目，{} 万元；在办 {} 个，逾期 {} 个；核减 {} 个、{} 万元（占送审额 {}%）",
        stats.total.count,
        stats.total.amount,
        stats.under_way(),
        stats.overdue.count,
        cuts.count,
        cuts.amount,
        percent(cuts.per_mille()),
    ));
    if stats.years.len() > 1 {
        section(&mut lines, "年度", &money("年度", stats.years.iter().map(|(year, sums)| (year.to_string(), sums))));
    }
    let phases = stats.phases();
    let phases = phases.iter().map(|(phase, (sums, _))| (labels::phase(*phase).to_owned(), sums));
    section(&mut lines, "漏斗", &money("阶段", phases));
    section(&mut lines, "状态", &stages(stats));
    if !stats.overlays.is_empty() {
        let overlays = stats.overlays.iter().map(|(over, sums)| (labels::overlay(*over).to_owned(), sums));
        section(&mut lines, "其中（仍计入所在状态）", &money("情形", overlays));
    }
    let routes = stats.routes.iter().map(|(route, sums)| (labels::route(*route).to_owned(), sums));
    section(&mut lines, "路线", &money("路线", routes));
    section(&mut lines, "单位", &money("单位", stats.units.iter().map(|unit| (unit.name.clone(), &unit.sums))));
    late(&mut lines, stats);
    largest(&mut lines, stats);
    review(&mut lines, reviews);
    lines.join("\n")
}

fn section(lines: &mut Vec<String>, heading: &str, table: &Table) {
    lines.push(format!("\n【{heading}】"));
    lines.push(table.text());
}

fn right_from(table: Table, first: usize, last: usize) -> Table {
    (first..=last).fold(table, Table::right)
}

fn money<'s>(name: &'static str, rows: impl Iterator<Item = (String, &'s Sums)>) -> Table {
    let head = [name, "项目", "金额(万元)", "申报", "批复", "核定", "合同", "已评审", "核减项目", "核减额", "核减比例"];
    let mut table = right_from(Table::new(&head), 1, 10);
    for (name, sums) in rows {
        let amounts = [sums.amount, sums.declared, sums.approved, sums.assessed, sums.contract];
        let mut cells = vec![name, sums.count.to_string()];
        cells.extend(amounts.map(|amount| amount.to_string()));
        cells.extend([sums.cuts.reviewed.to_string(), sums.cuts.count.to_string(), sums.cuts.amount.to_string()]);
        cells.push(format!("{}%", percent(sums.cuts.per_mille())));
        table.row(cells);
    }
    table
}

fn stages(stats: &StatsView) -> Table {
    let head = ["状态", "项目", "金额(万元)", "等待(工作日)中位", "九成", "最长", "逾期", "停计"];
    let mut table = right_from(Table::new(&head), 1, 7);
    for (stage, sums) in &stats.stages {
        let mut cells = vec![labels::stage(*stage).to_owned(), sums.count.to_string(), sums.amount.to_string()];
        match stats.waiting.get(stage) {
            Some(waiting) => {
                let spread = waiting.spread;
                cells.extend([spread.median, spread.ninetieth, spread.longest].map(|days| days.to_string()));
                cells.extend([waiting.overdue, waiting.still].map(|count| count.to_string()));
            }
            None => cells.extend(std::iter::repeat_n("—".to_owned(), 5)),
        }
        table.row(cells);
    }
    table
}

fn late(lines: &mut Vec<String>, stats: &StatsView) {
    if stats.overdue.count == 0 {
        lines.push("\n【逾期】\n没有逾期的项目".to_owned());
        return;
    }
    let roles = stats.overdue.by_role.iter().map(|(role, count)| format!("{} {count}", labels::role(*role)));
    lines.push(format!("\n【逾期】\n共 {} 个，轮到：{}", stats.overdue.count, roles.collect::<Vec<_>>().join("，")));
    let mut table = Table::new(&["编号", "名称", "单位", "状态", "期限", "逾期(工作日)"]).right(5);
    for late in &stats.overdue.worst {
        table.row([
            late.code.to_string(),
            destruction::name(&late.name).to_owned(),
            late.unit.clone(),
            labels::stage(late.stage).to_owned(),
            late.due.to_string(),
            late.days.to_string(),
        ]);
    }
    lines.push(table.text());
}

fn largest(lines: &mut Vec<String>, stats: &StatsView) {
    if stats.largest_cuts.is_empty() {
        return;
    }
    let mut table = Table::new(&["编号", "名称", "单位", "送审(万元)", "核减(万元)", "理由"]).right(3).right(4);
    for one in &stats.largest_cuts {
        table.row([
            one.code.to_string(),
            destruction::name(&one.name).to_owned(),
            one.unit.clone(),
            one.cut.before.to_string(),
            one.cut.amount.to_string(),
            one.reason.clone(),
        ]);
    }
    section(lines, "核减最多的项目", &table);
}

fn review(lines: &mut Vec<String>, reviews: &ReviewStatsView) {
    let mut table = right_from(Table::new(&["维度", "通过", "不通过", "存疑", "不适用"]), 1, 4);
    for (dimension, of) in &reviews.dimensions {
        let counts = Verdict::ALL.iter().map(|verdict| of.of(*verdict).to_string());
        table.row([labels::dimension(*dimension).to_owned()].into_iter().chain(counts));
    }
    section(lines, "评审清单", &table);
    if !reviews.reviewers.is_empty() {
        let head = ["评审员", "在手", "等待(工作日)中位", "最长", "已签发通过", "未通过"];
        let mut table = right_from(Table::new(&head), 1, 5);
        for one in &reviews.reviewers {
            let done = |result| one.done.get(&result).copied().unwrap_or(0).to_string();
            table.row([
                one.name.clone(),
                one.open.count.to_string(),
                one.open.median.to_string(),
                one.open.longest.to_string(),
                done(ReviewResult::Pass),
                done(ReviewResult::Fail),
            ]);
        }
        section(lines, "评审员", &table);
    }
    if !reviews.panels.is_empty() {
        let said = PanelResult::ALL
            .iter()
            .filter_map(|result| Some(format!("{} {}", labels::panel_result(*result), reviews.panels.get(result)?)));
        lines.push(format!("\n【专家论证结论】\n{}", said.collect::<Vec<_>>().join("，")));
    }
    findings(lines, reviews);
}

fn findings(lines: &mut Vec<String>, reviews: &ReviewStatsView) {
    let known = reviews.findings.looked_at.is_some();
    if !reviews.findings.patterns.is_empty() {
        let mut table = right_from(Table::new(&["疑点", "名称", "待处理", "已采纳", "已排除"]), 2, 4);
        for (pattern, of) in &reviews.findings.patterns {
            let open = if known { of.open.to_string() } else { "—".to_owned() };
            table.row([
                pattern.code().to_owned(),
                labels::pattern(*pattern).to_owned(),
                open,
                of.accepted.to_string(),
                of.dismissed.to_string(),
            ]);
        }
        section(lines, "疑点", &table);
    }
    lines.push(match reviews.findings.looked_at {
        Some(count) => format!("待处理的疑点只查评审中的 {count} 个项目"),
        None => format!("评审中的项目超过 {MOST_LOOKED_AT} 个，未逐个查找待处理的疑点"),
    });
}
