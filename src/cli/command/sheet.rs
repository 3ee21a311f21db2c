//! A project as a sheet of Chinese text, for `show` without `--json`.

use super::show::{dimensions, route_reason};
use crate::domain::findings::disposition::Weighed;
use crate::domain::project::{Project, ResourceCatalogue, Stage};
use crate::domain::workflow::amounts::AmountStep;
use crate::domain::workflow::record::ReviewResult;
use crate::service::view::show::{Event, ProjectView};
use crate::wording::{self, findings as words, labels};

/// Lays out the sheet.
pub fn text(view: &ProjectView) -> String {
    let project = &view.dossier.project;
    let name = wording::destruction::name(&project.declaration.name);
    let mut sheet = Sheet(vec![format!("{}  {name}", project.code)]);
    standing(&mut sheet, view);
    match &view.destroyed {
        Some(by) => {
            sheet.heading(&wording::destruction::destroyed(by));
            sheet.line(wording::destruction::ELSEWHERE.to_owned());
        }
        None => {
            declaration(&mut sheet, project);
            review(&mut sheet, view);
            if !view.dossier.panels.is_empty() || view.stay_away.is_some() {
                sheet.heading("专家论证");
                super::panel::text(view).lines().for_each(|line| sheet.line(line.to_owned()));
            }
            if !view.findings.items.is_empty() {
                sheet.heading("疑点");
                view.findings.items.iter().for_each(|item| sheet.line(finding(item)));
            }
        }
    }
    sheet.heading("可办事项");
    let open: Vec<&str> = view
        .actions
        .actions
        .iter()
        .filter(|status| status.verdict.is_open())
        .map(|status| labels::action(status.action))
        .collect();
    sheet.line(if open.is_empty() { "本账号目前没有可办的事项".to_owned() } else { open.join("、") });
    sheet.heading("办理记录（最新的在前）");
    view.history.iter().for_each(|event| sheet.line(history(event)));
    sheet.0.join("\n")
}

fn finding(item: &Weighed) -> String {
    let finding = &item.finding;
    let severity = labels::severity(finding.severity);
    format!("{}［{severity}］{}。{}", finding.pattern, words::message(finding), words::standing(item))
}

struct Sheet(Vec<String>);

impl Sheet {
    fn heading(&mut self, heading: &str) {
        self.0.push(String::new());
        self.0.push(format!("【{heading}】"));
    }

    fn line(&mut self, line: String) {
        self.0.push(line);
    }

    /// Adds a field; one without content is left out.
    fn field(&mut self, name: &str, content: impl Into<String>) {
        let content = content.into();
        if !content.trim().is_empty() {
            // Further paragraphs stand under the first.
            self.0.push(format!("{name}：{}", content.trim_end().replace('\n', "\n    ")));
        }
    }
}

fn standing(sheet: &mut Sheet, view: &ProjectView) {
    let project = &view.dossier.project;
    let supervisor = project.supervising_unit.as_ref().map(|unit| format!("（主管：{}）", unit.name));
    sheet.field("建设单位", format!("{}{}", project.unit.name, supervisor.unwrap_or_default()));
    let overlays: String = project.overlays.iter().map(|over| format!("［{}］", labels::overlay(*over))).collect();
    sheet.field("状态", format!("{}{overlays}（第 {} 版）", labels::stage(project.stage), project.version));
    if let Some(due) = view.due {
        let late = (view.now.date_naive() - due).num_days();
        let overdue = if late > 0 { format!("，已逾期 {late} 天") } else { String::new() };
        sheet.field("本环节期限", format!("{due}{overdue}"));
    }
    if view.destroyed.is_some() {
        return;
    }
    if let Some(left) = project.clock.left {
        sheet.field("本环节期限", wording::clock::stopped(left));
    }
    sheet.field("路线", format!("{}：{}", labels::route(project.route.code), route_reason(view)));
    sheet.field("适用规则", wording::policy::edition(&view.rules));
    if let Some(newer) = wording::policy::newer(&view.rules) {
        sheet.field("新版规则", newer);
    }
    let of_step = |step: &AmountStep| {
        let amount = view.dossier.amount_of(*step)?;
        Some(format!("{} {amount}", wording::amounts::name(*step)))
    };
    sheet.field("金额（万元）", AmountStep::ALL.iter().filter_map(of_step).collect::<Vec<_>>().join("，"));
    sheet.field("核减额（万元）", view.dossier.cut().map(|cut| cut.to_string()).unwrap_or_default());
    let drifts = view.dossier.drifts();
    let differing = drifts.iter().filter(|drift| drift.fen != 0);
    let said =
        differing.map(|drift| format!("{}{}", wording::amounts::name(drift.step), wording::amounts::drift(drift)));
    sheet.field("金额变化", said.collect::<Vec<_>>().join("，"));
    if let Some(requested) = view.dossier.requested() {
        sheet.field("申请变更至", format!("{requested} 万元（待调整批复，未生效）"));
    }
}

fn declaration(sheet: &mut Sheet, project: &Project) {
    let said = &project.declaration;
    sheet.heading("申报内容");
    sheet.field("计划年度", said.plan_year.map(|year| year.to_string()).unwrap_or_default());
    sheet.field("建设性质", said.kind.map(labels::project_kind).unwrap_or_default());
    if let (Some(start), Some(end)) = (said.start, said.end) {
        sheet.field("起止时间", format!("{start} 至 {end}"));
    }
    let funding = said
        .funding
        .iter()
        .map(|line| format!("{} {} 万元（{}）", line.source, line.amount, labels::funding_level(line.level)));
    sheet.field("资金来源", funding.collect::<Vec<_>>().join("；"));
    sheet.field("建设依据和标准", said.basis.as_str());
    sheet.field("建设的必要性", said.necessity.as_str());
    sheet.field("建设内容简介", said.content.as_str());
    sheet.field("主管单位意见", said.supervisor_opinion.clone().unwrap_or_default());
    sheet.field("单位分管领导", said.leader.as_str());
    sheet.field("填报联系人", said.contact.as_str());
    sheet.field("联系电话", said.phone.as_str());
    sheet.field("填报日期", said.filed_on.map(|day| day.to_string()).unwrap_or_default());
    let yes = |flag: Option<bool>| flag.map(|flag| if flag { "是" } else { "否" }).unwrap_or_default();
    sheet.field("定制开发", yes(said.custom_development));
    sheet.field("方案编制单位", said.designer.clone().unwrap_or_default());
    sheet.field(
        "信息资源目录",
        match &said.catalogue {
            None => String::new(),
            Some(ResourceCatalogue::Entries(entries)) => format!("{entries} 条"),
            Some(ResourceCatalogue::NotApplicable(reason)) => format!("不涉及：{reason}"),
        },
    );
    sheet.field("部署方式", said.deployment.map(labels::deployment).unwrap_or_default());
    sheet.field("使用网络", said.network.map(labels::network).unwrap_or_default());
    for item in &said.items {
        let excluded = item.excluded.map(|why| format!("，不计入：{}", labels::exclusion(why))).unwrap_or_default();
        let category = labels::item_category(item.category);
        sheet.line(format!("  · {}（{category}）{} 万元{excluded}", item.name, item.amount));
    }
}

fn review(sheet: &mut Sheet, view: &ProjectView) {
    let dossier = &view.dossier;
    if !dossier.votes.is_empty() {
        sheet.heading("联合审议");
    }
    for vote in &dossier.votes {
        sheet.field(labels::agency(vote.agency), format!("{} {}", labels::vote_result(vote.result), vote.opinion));
    }
    if let Some(decision) = &dossier.government {
        let result = if decision.approved { "批准" } else { "不予批准" };
        sheet.field("县政府决定", format!("{result}，{}，{}", decision.doc_no, decision.doc_date));
    }
    if let Some(approval) = &dossier.approval {
        let said = format!("{} 万元，{}，{}", approval.amount, approval.doc_no, approval.doc_date);
        sheet.field("立项批复", said);
    }
    let (total, answered) = view.checklist.progress(None);
    if dossier.scheme.is_some() {
        sheet.heading("技术评审");
        let parts = dimensions().map(|(dimension, name)| {
            let (total, answered) = view.checklist.progress(Some(dimension));
            format!("{name} {answered}/{total}")
        });
        sheet.field("评审清单", format!("{answered}/{total}（{}）", parts.collect::<Vec<_>>().join("，")));
    }
    for opinion in &dossier.opinions {
        let step = match (&opinion.signed, &opinion.sent_back, &opinion.checked) {
            (Some(hand), ..) => format!("{}签发，{}", hand.name, opinion.doc_no.as_deref().unwrap_or_default()),
            (None, Some(hand), _) => format!("{} 退回：{}", hand.name, opinion.send_back_reason),
            (None, None, Some(_)) => labels::stage(Stage::OpinionSigning).to_owned(),
            (None, None, None) => labels::stage(Stage::OpinionCheck).to_owned(),
        };
        let result = labels::review_result(opinion.result);
        let assessed = match opinion.result {
            ReviewResult::Pass => format!("，核定 {} 万元", opinion.assessed),
            ReviewResult::Fail => String::new(),
        };
        let name = format!("第 {} 轮审核意见", opinion.round);
        sheet.field(&name, format!("{result}{assessed}（{}拟定，{step}）{}", opinion.drafted.name, opinion.summary));
        if let Some(panel) = opinion.panel_in(&dossier.panels) {
            sheet.field("  专家论证", wording::opinion::of_panel(panel));
        }
    }
}

fn history(event: &Event) -> String {
    let stage = |code: &str| Stage::parse(code).map(labels::stage).unwrap_or_default();
    let moved = match event.from == event.to {
        true => String::new(),
        false => format!("，{}→{}", stage(&event.from), stage(&event.to)),
    };
    let note = event.detail.get("note").map(|note| format!("：{note}")).unwrap_or_default();
    let at = event.at.format("%Y-%m-%d %H:%M");
    format!("{at}  {}（{}）  {}{moved}{note}", event.name, event.account, labels::logged(&event.action))
}
