//! The yearly plan as tables and as JSON.

use serde_json::{Map, Value, json};

use crate::cli::output::{Report, Table};
use crate::domain::plan::PlanState;
use crate::domain::project::Stage;
use crate::domain::workflow::record::{Agency, VoteResult};
use crate::service::view::plan::{PlanProject, PlanView, Standing, Tally};
use crate::wording::labels;

/// Lays the plan out.
pub fn report(plan: &PlanView, projects: &[PlanProject], stage: Option<Stage>) -> Report {
    let units = plan.units.iter().map(|unit| {
        let mut object = standing(&unit.standing);
        object.insert("unit".to_owned(), json!(unit.name));
        Value::Object(object)
    });
    let document = json!({
        "year": plan.year,
        "late_from": plan.late_from.map(|late| late.to_rfc3339()),
        "total": standing(&plan.total),
        "units": units.collect::<Vec<_>>(),
        "projects": projects.iter().map(project).collect::<Vec<_>>(),
    });
    Report::new(document, text(plan, projects, stage))
}

fn tally(tally: Tally) -> Value {
    json!({ "count": tally.count, "amount_wan": tally.amount.to_string() })
}

fn standing(standing: &Standing) -> Map<String, Value> {
    let of_state = |state: &PlanState| tally(standing.states.get(state).copied().unwrap_or_default());
    let votes = |agency: &Agency| {
        let of = |result: &VoteResult| standing.votes.get(&(*agency, *result)).copied().unwrap_or(0);
        VoteResult::ALL.iter().map(|result| (result.code().to_owned(), json!(of(result)))).collect::<Map<_, _>>()
    };
    let mut object = Map::new();
    let mut put = |key: &str, value| object.insert(key.to_owned(), value);
    put("count", json!(standing.all.count));
    put("amount_wan", json!(standing.all.amount.to_string()));
    put("states", PlanState::ALL.iter().map(|state| (state.code().to_owned(), of_state(state))).collect());
    put("routes", standing.routes.iter().map(|(route, sum)| (route.code().to_owned(), tally(*sum))).collect());
    put("in_year", tally(standing.in_year));
    put("late", tally(standing.late));
    put("in_year_share_percent", json!(percent(standing.added_per_mille())));
    put("votes", Agency::ALL.iter().map(|agency| (agency.code().to_owned(), json!(votes(agency)))).collect());
    put("waiting", standing.waiting.iter().map(|(action, n)| (action.code().to_owned(), json!(n))).collect());
    object
}

fn project(project: &PlanProject) -> Value {
    let votes = project.votes.iter().map(|(agency, result)| (agency.code().to_owned(), json!(result.code())));
    json!({
        "code": project.code.as_str(),
        "name": project.name,
        "unit": project.unit,
        "amount_wan": project.amount.to_string(),
        "stage": project.stage.code(),
        "stage_name": labels::stage(project.stage),
        "state": project.state.code(),
        "state_name": labels::plan_state(project.state),
        "overlays": project.overlays.iter().map(|overlay| overlay.code()).collect::<Vec<_>>(),
        "route": project.route.code(),
        "in_year": project.in_year.map(|reason| reason.code()),
        "late": project.late,
        "received_at": project.received_at.map(|at| at.to_rfc3339()),
        "votes": votes.collect::<Map<_, _>>(),
        "waiting": project.waiting.iter().map(|action| action.code()).collect::<Vec<_>>(),
        "version": project.version,
    })
}

/// Writes thousandths as percent: `12.5`.
fn percent(per_mille: i64) -> String {
    format!("{}.{}", per_mille / 10, per_mille % 10)
}

fn text(plan: &PlanView, projects: &[PlanProject], stage: Option<Stage>) -> String {
    let mut lines = vec![format!("{} 年度计划", plan.year)];
    if let Some(late) = plan.late_from {
        lines.push(format!("{} 起收到的为逾期申报，按年中追加看待〔第六条〕", late.format("%Y-%m-%d %H:%M")));
    }
    if plan.units.is_empty() {
        lines.push("还没有可见的项目".to_owned());
        return lines.join("\n");
    }
    let mut table = Table::new(&[
        "单位",
        "项目",
        "金额(万元)",
        "未报",
        "待受理",
        "审议中",
        "待批准",
        "已列入",
        "退回",
        "未通过",
        "年中追加",
        "逾期",
        "待我办",
    ]);
    for column in 1..=12 {
        table = table.right(column);
    }
    for unit in &plan.units {
        table.row(cells(&unit.name, &unit.standing));
    }
    if plan.units.len() > 1 {
        table.row(cells("合计", &plan.total));
    }
    lines.push(table.text());
    lines.push(format!("年中追加（含逾期）占 {}%", percent(plan.total.added_per_mille())));
    if !projects.is_empty() {
        lines.push(String::new());
        let heading = if stage.is_some() { "待联合审议的项目" } else { "全部项目" };
        lines.push(format!("{heading}（{} 个）", projects.len()));
        lines.push(list(projects));
    }
    lines.join("\n")
}

fn cells(name: &str, standing: &Standing) -> Vec<String> {
    let states = [
        PlanState::NotReceived,
        PlanState::AtIntake,
        PlanState::JointReview,
        PlanState::AwaitingGovernment,
        PlanState::Planned,
        PlanState::Returned,
        PlanState::Rejected,
    ];
    let mut cells = vec![name.to_owned(), standing.all.count.to_string(), standing.all.amount.to_string()];
    cells.extend(states.iter().map(|state| standing.at(*state).to_string()));
    cells.extend([standing.in_year.count, standing.late.count, standing.waits()].map(|count| count.to_string()));
    cells
}

fn list(projects: &[PlanProject]) -> String {
    let mut table =
        Table::new(&["编号", "名称", "单位", "金额(万元)", "状态", "中心", "发改委", "财政局", "追加", "待我办"])
            .right(3);
    for project in projects {
        let vote = |agency| project.vote_of(agency).map_or("—", labels::vote_result).to_owned();
        let added = match (project.in_year, project.late) {
            (Some(_), _) => "年中",
            (None, true) => "逾期",
            (None, false) => "",
        };
        let waiting: Vec<&str> = project.waiting.iter().map(|action| labels::action(*action)).collect();
        table.row([
            project.code.to_string(),
            project.name.clone(),
            project.unit.clone(),
            project.amount.to_string(),
            labels::stage(project.stage).to_owned(),
            vote(Agency::Centre),
            vote(Agency::Planning),
            vote(Agency::Finance),
            added.to_owned(),
            waiting.join("、"),
        ]);
    }
    table.text()
}
