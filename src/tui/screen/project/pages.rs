//! The text pages of a project: 概况, 意见, 历史.

use super::words::{day, minute, moment};
use crate::domain::project::{Declaration, ResourceCatalogue, Stage};
use crate::domain::workflow::action::Key;
use crate::domain::workflow::amounts::AmountStep;
use crate::domain::workflow::record::{Hand, Opinion};
use crate::service::view::show::ProjectView;
use crate::tui::canvas::{Sheet, StyledLine};
use crate::tui::theme::Theme;
use crate::tui::width::Width;
use crate::wording::sentence::basis;
use crate::wording::{self, labels};

/// Writes 概况.
pub(super) fn overview(view: &ProjectView, cells: u16, width: Width, theme: Theme) -> Vec<StyledLine> {
    let mut sheet = Sheet::new(cells, width, theme);
    let project = &view.dossier.project;
    let declaration = &project.declaration;
    sheet.heading(wording::destruction::name(&declaration.name));
    sheet.field("编号", &format!("{}  第 {} 版", project.code, project.version));
    sheet.field("状态", &format!("{} (自 {})", labels::stage(project.stage), moment(project.since)));
    if let Some(due) = view.due {
        sheet.field("办理期限", &due.to_string());
    }
    if let Some(left) = project.clock.left.filter(|_| view.destroyed.is_none()) {
        sheet.field("办理期限", &wording::clock::stopped(left));
    }
    sheet.field("建设单位", &format!("{} ({})", project.unit.name, labels::unit_kind(project.unit.kind)));
    if let Some(supervisor) = &project.supervising_unit {
        sheet.field("主管单位", &supervisor.name);
    }
    if let Some(by) = &view.destroyed {
        sheet.heading(&wording::destruction::destroyed(by));
        sheet.text(0, wording::destruction::ELSEWHERE, theme.plain());
        return sheet.lines;
    }
    add_findings(&mut sheet, view);
    add_route(&mut sheet, view);
    add_amounts(&mut sheet, view);
    add_declaration(&mut sheet, declaration);
    add_records(&mut sheet, view);
    add_files(&mut sheet, view);
    sheet.lines
}

/// Counts what was found: open vetoes stand in the way of a passing opinion, so they are told first.
fn add_findings(sheet: &mut Sheet, view: &ProjectView) {
    let bars = view.findings.bars();
    if !bars.is_empty() {
        let names: Vec<&str> = bars.iter().map(|pattern| labels::pattern(*pattern)).collect();
        let text = format!("[否] 否决类疑点 {} 项未排除：{}", bars.len(), names.join("、"));
        sheet.text(0, &text, sheet.theme().failure());
    }
    if let Some(open) = wording::findings::open(&view.findings) {
        sheet.field("疑点", &open);
    }
}

fn add_route(sheet: &mut Sheet, view: &ProjectView) {
    let project = &view.dossier.project;
    sheet.heading("路线");
    sheet.field("办理路线", labels::route(project.route.code));
    sheet.field("理由", &wording::route::reason(&project.route, project.approved, &view.policy));
    let rules: Vec<String> =
        project.route.rules.iter().map(|rule| format!("{}{}", rule.id(), basis(rule.article()))).collect();
    sheet.field("依据", &rules.join(" "));
    sheet.field("采购需求调查", if project.route.survey_required { "须开展" } else { "不要求" });
    sheet.field("适用规则", &wording::policy::edition(&view.rules));
    if let Some(newer) = wording::policy::newer(&view.rules) {
        sheet.field("新版规则", &newer);
    }
}

fn add_amounts(sheet: &mut Sheet, view: &ProjectView) {
    let project = &view.dossier.project;
    sheet.heading("金额 (万元)");
    let drifts = view.dossier.drifts();
    let mut missing = Vec::new();
    for step in AmountStep::ALL {
        let name = wording::amounts::name(*step);
        let Some(amount) = view.dossier.amount_of(*step) else {
            missing.push(name);
            continue;
        };
        let drift = drifts.iter().find(|drift| drift.step == *step).map(wording::amounts::drift);
        sheet.field(name, &format!("{amount}  {}", drift.unwrap_or_default()));
        match step {
            AmountStep::Declared if project.declaration.managed_amount() != amount => {
                sheet.field("纳入管理额", &project.declaration.managed_amount().to_string());
            }
            AmountStep::Assessed => {
                if let Some(cut) = view.dossier.cut() {
                    sheet.field("核减额", &cut.to_string());
                }
            }
            _ => {}
        }
    }
    if !missing.is_empty() {
        sheet.field("尚无", &missing.join("  "));
    }
    if let Some(requested) = view.dossier.requested() {
        sheet.field("申请变更至", &format!("{requested} (待调整批复，未生效)"));
    }
    for line in &project.declaration.funding {
        sheet.field("资金来源", &format!("{} {} ({})", line.source, line.amount, labels::funding_level(line.level)));
    }
    let sum = project.declaration.funding_sum();
    if sum != project.declaration.amount {
        sheet.text(0, &format!("[缺] 资金来源合计 {sum}，与申报额不一致"), sheet.theme().warning());
    }
}

fn add_declaration(sheet: &mut Sheet, declaration: &Declaration) {
    let or_empty = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let month = |month: Option<crate::domain::calendar::YearMonth>| month.map_or("?".to_owned(), |m| m.to_string());
    sheet.heading("申报内容");
    sheet.field("建设性质", declaration.kind.map_or("", labels::project_kind));
    let period = match (declaration.start, declaration.end) {
        (None, None) => String::new(),
        (start, end) => format!("{} 至 {}", month(start), month(end)),
    };
    sheet.field("起止时间", &period);
    sheet.field("建设依据和标准", &declaration.basis);
    sheet.field("建设的必要性", &declaration.necessity);
    sheet.field("建设内容简介", &declaration.content);
    sheet.field("主管单位意见", &or_empty(declaration.supervisor_opinion.as_deref()));
    let custom = declaration.custom_development.map_or("", |custom| if custom { "是" } else { "否" });
    sheet.field("定制开发", custom);
    sheet.field("方案编制单位", &or_empty(declaration.designer.as_deref()));
    let catalogue = match &declaration.catalogue {
        None => String::new(),
        Some(ResourceCatalogue::Entries(entries)) => format!("{entries} 条"),
        Some(ResourceCatalogue::NotApplicable(reason)) => format!("不涉及: {reason}"),
    };
    sheet.field("信息资源目录", &catalogue);
    sheet.field("部署方式", declaration.deployment.map_or("", labels::deployment));
    sheet.field("网络", declaration.network.map_or("", labels::network));
    if let Some(plan) = &declaration.operation {
        let text = format!("免费 {} 个月，其后每年 {} 万元，共 {} 年", plan.free_months, plan.per_year, plan.years);
        sheet.field("运维安排", &text);
    }
    if let Some(added) = &declaration.in_year {
        sheet.field("当年新增", &format!("{}: {}", labels::in_year_reason(added.reason), added.explanation));
        sheet.field("上级文件", &or_empty(added.doc_no.as_deref()));
        let has = |yes| if yes { "已附" } else { "未附" };
        let papers =
            format!("项目资金需求 {}，项目建设方案 {}", has(added.funding_request), has(added.construction_plan));
        sheet.field("当年新增材料", &papers);
    }
    sheet.field("分管领导", &declaration.leader);
    sheet.field("填报联系人", &format!("{} {}", declaration.contact, declaration.phone));
    sheet.field("填报日期", &declaration.filed_on.map_or(String::new(), |day| day.to_string()));
    if !declaration.items.is_empty() {
        sheet.heading("建设清单");
    }
    for item in &declaration.items {
        let excluded = item.excluded.map_or(String::new(), |why| format!(" [不计: {}]", labels::exclusion(why)));
        let quantity = item.quantity.as_deref().map_or(String::new(), |quantity| format!(" {quantity}"));
        sheet
            .field(labels::item_category(item.category), &format!("{}{quantity} {}{excluded}", item.name, item.amount));
    }
}

fn add_records(sheet: &mut Sheet, view: &ProjectView) {
    let dossier = &view.dossier;
    let by = |hand: &Hand| format!("{} {}", hand.name, minute(hand.at));
    if !dossier.votes.is_empty() || dossier.government.is_some() || dossier.approval.is_some() {
        sheet.heading("决定");
    }
    for vote in &dossier.votes {
        let text = format!("{} {} ({})", labels::vote_result(vote.result), vote.opinion, by(&vote.by));
        sheet.field(labels::agency(vote.agency), &text);
    }
    if let Some(decision) = &dossier.government {
        let result = if decision.approved { "批准" } else { "不予批准" };
        let text = format!("{result} {} {} ({})", decision.doc_no, decision.doc_date, by(&decision.by));
        sheet.field("县政府", &text);
    }
    if let Some(assessment) = &dossier.ex_ante {
        let score = assessment.score.map_or(String::new(), |score| format!(" {score} 分"));
        sheet.field("事前绩效评估", &format!("{} {}{score}", assessment.conclusion, assessment.date));
    }
    if let Some(approval) = &dossier.approval {
        let text = format!("{} {} {} 万元", approval.doc_no, approval.doc_date, approval.amount);
        sheet.field("立项批复", &format!("{text} ({})", by(&approval.by)));
    }
    if let Some(scheme) = &dossier.scheme {
        sheet.field("技术方案", &format!("{} 第 {} 版 ({})", scheme.designer, scheme.version, by(&scheme.by)));
    }
}

fn add_files(sheet: &mut Sheet, view: &ProjectView) {
    if view.attachments.is_empty() && view.provenance.is_none() {
        return;
    }
    sheet.heading("材料");
    if let Some(from) = &view.provenance {
        sheet.field("导入自", &format!("{} {} 第 {} 行", from.file, from.sheet, from.row));
    }
    for file in &view.attachments {
        let size = (file.size + 1023) / 1024;
        sheet.field(&format!("附件 {}", file.id), &format!("{} {size}KB {}", file.name, minute(file.at)));
    }
}

/// Writes 意见.
pub(super) fn opinions(view: &ProjectView, cells: u16, width: Width, theme: Theme) -> Vec<StyledLine> {
    let mut sheet = Sheet::new(cells, width, theme);
    let is_told = view.dossier.opinions.last().is_some_and(|last| last.round == view.dossier.project.round);
    if let Some(panel) = view.dossier.panel_result().filter(|_| !is_told) {
        sheet.field("专家论证", labels::panel_result(panel));
    }
    if let Some(by) = &view.destroyed {
        sheet.text(0, &wording::destruction::destroyed(by), theme.plain());
        return sheet.lines;
    }
    if view.dossier.opinions.is_empty() {
        sheet.text(0, "还没有技术审核意见。", theme.plain());
        sheet.text(0, "评审员判完清单后，按 F8 选择拟定技术审核意见。", theme.plain());
    }
    for opinion in view.dossier.opinions.iter().rev() {
        add_opinion(&mut sheet, opinion);
        if let Some(panel) = opinion.panel_in(&view.dossier.panels) {
            sheet.field("专家论证", &wording::opinion::of_panel(panel));
        }
    }
    sheet.lines
}

fn add_opinion(sheet: &mut Sheet, opinion: &Opinion) {
    let state = match opinion {
        Opinion { sent_back: Some(_), .. } => "[退] 已退回",
        Opinion { signed: Some(_), .. } => "[签] 已签发",
        Opinion { checked: Some(_), .. } => "[核] 待签发",
        _ => "[拟] 待审核",
    };
    sheet.heading(&format!("第 {} 轮第 {} 稿  {state}", opinion.round, opinion.draft));
    sheet.field("结论", labels::review_result(opinion.result));
    sheet.field("核定额", &format!("{} 万元", opinion.assessed));
    sheet.field("审核意见", &opinion.summary);
    if !opinion.cut_reason.is_empty() {
        sheet.field("核减理由", &opinion.cut_reason);
    }
    if let Some(ruling) = &opinion.ruling {
        sheet.field("解释口径", ruling);
    }
    let hand = |hand: &Option<Hand>| {
        hand.as_ref().map_or("(未办)".to_owned(), |hand| format!("{} {}", hand.name, moment(hand.at)))
    };
    sheet.field("拟定", &format!("{} {}", opinion.drafted.name, moment(opinion.drafted.at)));
    sheet.field("审核", &format!("{} {}", hand(&opinion.checked), opinion.check_note));
    if opinion.sent_back.is_some() {
        sheet.field("退回", &format!("{}: {}", hand(&opinion.sent_back), opinion.send_back_reason));
        return;
    }
    sheet.field("签发", &hand(&opinion.signed));
    if let Some(doc_no) = &opinion.doc_no {
        let date = opinion.doc_date.map_or(String::new(), |date| date.to_string());
        sheet.field("文号", &format!("{doc_no} {date}"));
    }
}

/// Writes 历史, the latest first.
pub(super) fn history(view: &ProjectView, cells: u16, width: Width, theme: Theme) -> Vec<StyledLine> {
    let mut sheet = Sheet::new(cells, width, theme);
    let stage = |code: &str| Stage::parse(code).map_or("", labels::stage);
    let mut last_day = String::new();
    for event in &view.history {
        let this_day = day(event.at);
        if this_day != last_day {
            sheet.heading(&this_day);
            last_day = this_day;
        }
        let moved = match (stage(&event.from), stage(&event.to)) {
            (from, to) if from == to => String::new(),
            ("", to) => format!("  转为: {to}"),
            (from, to) => format!("  {from} 转为 {to}"),
        };
        let source = crate::domain::permission::Source::parse(&event.source);
        let source = match source {
            None | Some(crate::domain::permission::Source::Direct) => String::new(),
            Some(source) => format!(" ({})", labels::source(source)),
        };
        let time = event.at.format("%H:%M:%S");
        let text = format!("{time}  {}{source}  {}{moved}", event.name, labels::logged(&event.action));
        sheet.text(0, &text, theme.plain());
        // Why something was taken over, sent back or suspended is what one opens the history for.
        let reason = event.detail.get(Key::Reason.code()).filter(|reason| !reason.is_empty());
        if let Some(reason) = reason {
            sheet.text(10, &format!("{}: {reason}", labels::key(Key::Reason)), theme.plain());
        }
    }
    if view.history.is_empty() {
        sheet.text(0, "还没有记录。", theme.plain());
    }
    sheet.lines
}
