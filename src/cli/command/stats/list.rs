//! Statistics as one table for a spreadsheet: a line for each year, stage, way and unit.

use crate::documents::csv_out;
use crate::service::view::stats::{StageWaiting, StatsView, Sums};
use crate::wording::labels;

const HEAD: [&str; 19] = [
    "分组",
    "名称",
    "项目数",
    "金额(万元)",
    "申报(万元)",
    "批复(万元)",
    "核定(万元)",
    "合同(万元)",
    "已评审通过",
    "送审额(万元)",
    "核减项目",
    "核减额(万元)",
    "核减比例(%)",
    "等待项目",
    "等待中位(工作日)",
    "等待九成(工作日)",
    "等待最长(工作日)",
    "逾期",
    "停计",
];

/// Writes thousandths as percent: `12.5`.
pub fn percent(per_mille: i64) -> String {
    format!("{}.{}", per_mille / 10, per_mille % 10)
}

/// Writes the table.
pub fn csv(stats: &StatsView) -> Vec<u8> {
    let mut rows = vec![row("合计", "", &stats.total, None)];
    rows.extend(stats.years.iter().map(|(year, sums)| row("年度", &year.to_string(), sums, None)));
    rows.extend(
        stats.stages.iter().map(|(stage, sums)| row("状态", labels::stage(*stage), sums, stats.waiting.get(stage))),
    );
    rows.extend(stats.overlays.iter().map(|(over, sums)| row("情形", labels::overlay(*over), sums, None)));
    rows.extend(stats.routes.iter().map(|(route, sums)| row("路线", labels::route(*route), sums, None)));
    rows.extend(stats.units.iter().map(|unit| row("单位", &unit.name, &unit.sums, None)));
    csv_out::csv(&HEAD, &rows)
}

fn row(group: &str, name: &str, sums: &Sums, waiting: Option<&StageWaiting>) -> Vec<String> {
    let cuts = &sums.cuts;
    let mut cells = vec![
        group.to_owned(),
        name.to_owned(),
        sums.count.to_string(),
        sums.amount.to_string(),
        sums.declared.to_string(),
        sums.approved.to_string(),
        sums.assessed.to_string(),
        sums.contract.to_string(),
        cuts.reviewed.to_string(),
        cuts.before.to_string(),
        cuts.count.to_string(),
        cuts.amount.to_string(),
        percent(cuts.per_mille()),
    ];
    match waiting {
        None => cells.extend(std::iter::repeat_n(String::new(), HEAD.len() - cells.len())),
        Some(StageWaiting { spread, overdue, still }) => {
            let days = [spread.median, spread.ninetieth, spread.longest].map(|days| days.to_string());
            cells.push(spread.count.to_string());
            cells.extend(days);
            cells.extend([overdue.to_string(), still.to_string()]);
        }
    }
    cells
}
