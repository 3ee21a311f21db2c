//! The Chinese name of every code: one term, one label.

mod declaration;
mod panel;
mod review;
mod workflow;

use crate::domain::actor::{Role, UnitKind};
use crate::domain::audit::AuditResult;
use crate::domain::permission::Source;
use crate::domain::permission::matrix::Verb;
use crate::domain::plan::PlanState;
use crate::domain::project::{Phase, Stage};
use crate::domain::round::RoundKind;
use crate::domain::route::RouteCode;
use crate::domain::search;
use crate::domain::workflow::action::Action;
use crate::domain::workflow::unmet::FormField;
use crate::service::{AccountStatus, Mode};

pub use declaration::*;
pub use panel::*;
pub use review::*;
pub use workflow::*;

/// Names a stage.
pub const fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Draft => "草稿",
        Stage::AwaitingSupervisor => "待主管单位汇总",
        Stage::PlanIntake => "计划待受理",
        Stage::JointReview => "待联合审议",
        Stage::AwaitingGovernment => "待县政府批准",
        Stage::Planned => "已列入计划",
        Stage::AwaitingApproval => "待立项审批",
        Stage::Approved => "已立项",
        Stage::SchemeIntake => "技术方案待受理",
        Stage::TechnicalReview => "技术评审中",
        Stage::PanelForming => "待组建专家组",
        Stage::PanelReviewing => "专家论证中",
        Stage::PanelConcluding => "待形成论证结论",
        Stage::Revising => "修改完善中",
        Stage::OpinionCheck => "待审核",
        Stage::OpinionSigning => "待签发",
        Stage::ReviewPassed => "技术评审通过",
        Stage::ReviewFailed => "技术评审未通过",
        Stage::FilingReview => "待网信备案审查",
        Stage::Filed => "已备案",
        Stage::ProcurementPreparation => "采购准备",
        Stage::Procuring => "采购中",
        Stage::ProcurementFailed => "废标流标",
        Stage::Contracted => "已签合同",
        Stage::Implementing => "建设实施中",
        Stage::TrialRun => "试运行",
        Stage::Acceptance => "待验收",
        Stage::Accepted => "验收合格",
        Stage::AcceptanceFailed => "验收不合格整改中",
        Stage::Operating => "正式运行",
        Stage::Evaluation => "待绩效评价",
        Stage::EvaluationRectifying => "绩效整改中",
        Stage::Archived => "已归档",
        Stage::Registered => "备案登记",
        Stage::OutOfScope => "不纳入管理",
        Stage::Rejected => "不予通过",
        Stage::Withdrawn => "已撤回",
        Stage::Terminated => "已终止",
    }
}

/// Names a part of the life.
pub const fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Planning => "申报审议",
        Phase::Approval => "列入计划和立项",
        Phase::Review => "技术评审",
        Phase::Procurement => "备案和采购",
        Phase::Delivery => "建设和验收",
        Phase::Operation => "运行和评价",
        Phase::Completed => "办结",
        Phase::Ended => "终止和不纳入",
    }
}

/// Names how far a project has come in its plan.
pub const fn plan_state(state: PlanState) -> &'static str {
    match state {
        PlanState::NotReceived => "未报",
        PlanState::AtIntake => "待受理",
        PlanState::JointReview => "审议中",
        PlanState::AwaitingGovernment => "待批准",
        PlanState::Planned => "已列入",
        PlanState::Returned => "退回",
        PlanState::Rejected => "未通过",
        PlanState::Outside => "不列入",
    }
}

/// Names anything the log records under its code.
pub fn logged(code: &str) -> &str {
    if let Some(known) = Action::parse(code) {
        return action(known);
    }
    match Verb::all().find(|known| known.code() == code) {
        Some(known) => verb(known),
        None => match code {
            "init" => "建立数据库",
            "add-account" => "新增账号",
            "activate-account" => "启用账号",
            "disable-account" => "停用账号",
            "change-roles" => "调整角色",
            "propose-account" => "提出账号",
            "propose-key" => "提出密钥",
            "activate-key" => "启用密钥",
            "revoke-key" => "吊销密钥",
            "ssh-session" => "经 SSH 登录",
            "add-unit" => "登记单位",
            "add-expert" => "登记专家",
            "import-experts" => "导入专家",
            "disable-expert" => "停用专家",
            "enable-expert" => "启用专家",
            "edit-expert" => "更改专家信息",
            "expert-away" => "登记不能到会",
            "expert-back" => "登记返回",
            "bind-expert" => "绑定专家账号",
            "unbind-expert" => "解除专家账号绑定",
            "read-contacts" => "查阅专家联系方式",
            "undo" => "撤销",
            "redo" => "重做",
            "load-regulation" => "载入办法正文",
            "call-meeting" => "召集评审会",
            "add-to-agenda" => "列入议程",
            "withdraw-from-agenda" => "撤下议程",
            "take-up-item" => "进入议题",
            "take-seat" => "就座秘书席",
            "leave-seat" => "离开秘书席",
            "end-meeting" => "结束评审会",
            "attend" => "签到",
            "note" => "会议录入",
            other => other,
        },
    }
}

/// Names a verb of the permission matrix.
pub const fn verb(verb: Verb) -> &'static str {
    match verb {
        Verb::Act(known) => action(known),
        Verb::CreateProject => "登记草稿",
        Verb::EditDeclaration => "补充申报内容",
        Verb::Judge => "填写评审清单",
        Verb::DisposeFinding => "处理疑点",
        Verb::Import => "导入申报表",
        Verb::ManageAccounts => "管理账号",
        Verb::ProposeAccounts => "提出账号和密钥",
        Verb::GrantAccounts => "启用账号和密钥、授权",
        Verb::ManageUnits => "登记单位",
        Verb::ManageExperts => "管理专家库",
        Verb::RunMeetings => "组织评审会",
        Verb::RecordMeeting => "记录评审会",
        Verb::InstallPolicy => "安装规则",
        Verb::AddRuling => "登记解释口径",
        Verb::ReadAudit => "查阅审计日志",
        Verb::Backup => "备份",
    }
}

/// Names a role.
pub const fn role(role: Role) -> &'static str {
    match role {
        Role::Unit => "建设单位",
        Role::Supervisor => "主管单位",
        Role::Intake => "受理员",
        Role::Reviewer => "技术评审员",
        Role::Lead => "评审负责人",
        Role::Signer => "签发人",
        Role::PanelSecretary => "专家组秘书",
        Role::Planning => "发改委",
        Role::Finance => "财政局",
        Role::Cyberspace => "网信办",
        Role::Oversight => "监督部门",
        Role::Sysadmin => "系统管理员",
        Role::Secadmin => "安全管理员",
        Role::Auditor => "审计管理员",
    }
}

/// Names a kind of unit.
pub const fn unit_kind(kind: UnitKind) -> &'static str {
    match kind {
        UnitKind::CountyOrgan => "县直党政机关",
        UnitKind::Township => "乡镇（街道）",
        UnitKind::Institution => "事业单位",
        UnitKind::SocialOrganization => "社会团体",
        UnitKind::Subordinate => "下属机构或内设部门",
    }
}

/// Names a route.
pub const fn route(route: RouteCode) -> &'static str {
    match route {
        RouteCode::Panel => "专家论证",
        RouteCode::Centre => "中心评审",
        RouteCode::CentreCatalogue => "中心评审（目录内）",
        RouteCode::EMall => "电子卖场（小额）",
        RouteCode::Exempt => "备案（条线/另有规定）",
        RouteCode::OutOfScope => "不纳入管理",
    }
}

/// Names in whose name a record came about.
pub const fn source(source: Source) -> &'static str {
    match source {
        Source::Direct => "本人办理",
        Source::Assisted => "代办",
        Source::Transcribed => "受理员代录",
    }
}

/// Names how a command was answered.
pub const fn audit_result(result: AuditResult) -> &'static str {
    match result {
        AuditResult::Done => "已办",
        AuditResult::Denied => "无权",
        AuditResult::Refused => "拒绝",
        AuditResult::Conflict => "冲突",
        AuditResult::Failed => "未成",
    }
}

/// Names what a round is a round of.
pub const fn round_kind(kind: RoundKind) -> &'static str {
    match kind {
        RoundKind::Plan => "计划申报",
        RoundKind::Review => "技术评审",
        RoundKind::Acceptance => "验收",
    }
}

/// Names the status of an account.
pub const fn account_status(status: AccountStatus) -> &'static str {
    match status {
        AccountStatus::Proposed => "待启用",
        AccountStatus::Active => "在用",
        AccountStatus::Disabled => "已停用",
    }
}

/// Names the way a database is used.
pub const fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::Local => "本机",
        Mode::Shared => "共享",
    }
}

/// Names a field of the form.
pub const fn form_field(field: FormField) -> &'static str {
    match field {
        FormField::Period => "项目起始时间（起止月份）",
        FormField::Funding => "资金来源",
        FormField::Basis => "建设依据和标准",
        FormField::Necessity => "建设的必要性",
        FormField::Content => "建设内容简介",
        FormField::Contact => "填报联系人",
        FormField::Phone => "联系电话",
    }
}

/// Names an article as it is cited: `第八条`, `附件`.
pub fn article(number: u8) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |n: u8| DIGITS.get(usize::from(n)).copied().unwrap_or_default();
    match number {
        0 => "附件".to_owned(),
        1..=9 => format!("第{}条", digit(number)),
        10..=19 => format!("第十{}条", digit(number - 10)),
        _ => format!("第{number}条"),
    }
}

/// Lends the labels to the filter language.
pub const FILTER: search::Labels = search::Labels { stage, route, role, kind: project_kind, verdict, dimension };

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_stages_share_a_label() {
        let mut labels: Vec<&str> = Stage::ALL.iter().map(|known| stage(*known)).collect();
        labels.sort_unstable();
        labels.dedup();
        assert_eq!(labels.len(), Stage::ALL.len());
    }

    #[test]
    fn articles_are_cited_in_chinese_numerals() {
        assert_eq!([article(0), article(8), article(10), article(19)], ["附件", "第八条", "第十条", "第十九条"]);
    }
}
