//! Names of actions, of the fields they ask for, and of what lies over a stage.

use crate::domain::project::Overlay;
use crate::domain::workflow::action::{Action, Key};
use crate::domain::workflow::unmet::{Clause, Milestone};

/// Names an action.
pub const fn action(action: Action) -> &'static str {
    match action {
        Action::ReportToSupervisor => "报主管单位",
        Action::Endorse => "同意汇总",
        Action::Decline => "退回申报",
        Action::Submit => "申报",
        Action::AcceptPlan => "受理",
        Action::Vote => "联合审议表决",
        Action::RecordGovernmentDecision => "登记县政府决定",
        Action::RequestApproval => "报立项",
        Action::ApproveProject => "批准立项",
        Action::RefuseProject => "不予立项",
        Action::SubmitScheme => "报送技术方案",
        Action::TakeSmallRoute => "转小额流程",
        Action::AcceptScheme => "受理方案",
        Action::DraftOpinion => "拟定技术审核意见",
        Action::CheckOpinion => "审核同意",
        Action::SignOpinion => "签发",
        Action::SendBack => "退回评审",
        Action::RuleOut => "认定不纳入",
        Action::Exempt => "认定条线/另有规定",
        Action::SendToFiling => "送网信备案",
        Action::DecideFiling => "备案审查",
        Action::EnterProcurement => "进入采购",
        Action::RecordSurvey => "登记需求调查",
        Action::FixRequirement => "确定采购需求",
        Action::StartProcurement => "启动采购",
        Action::FailProcurement => "登记废标流标",
        Action::RestartProcurement => "重新采购",
        Action::RegisterContract => "合同备案",
        Action::StartImplementation => "开工",
        Action::StartTrial => "试运行",
        Action::RequestAcceptance => "申请验收",
        Action::RecordAcceptance => "登记验收",
        Action::RequestReacceptance => "整改后再验收",
        Action::RegisterPayment => "登记付款",
        Action::GoLive => "投入正式使用",
        Action::RequestEvaluation => "申请评价",
        Action::RecordEvaluation => "登记绩效评价",
        Action::FinishRectification => "整改完成",
        Action::Archive => "归档",
        Action::ReturnForCorrection => "退回补正",
        Action::Correct => "补正完成",
        Action::Change => "变更",
        Action::Suspend => "暂停",
        Action::Resume => "恢复",
        Action::Withdraw => "撤回",
        Action::Terminate => "终止",
        Action::FreezeSecret => "涉密冻结",
        Action::Unfreeze => "解冻",
        Action::Expunge => "销毁内容",
        Action::FlagViolation => "违规挂牌",
        Action::ClearViolation => "摘牌",
        Action::AskAdvice => "征求会签",
        Action::Advise => "会签意见",
    }
}

/// Names what lies over a stage.
pub const fn overlay(overlay: Overlay) -> &'static str {
    match overlay {
        Overlay::Correcting => "补正中",
        Overlay::Suspended => "已暂停",
        Overlay::Changing => "变更审查中",
        Overlay::SecrecyFrozen => "疑似涉密冻结",
        Overlay::Violation => "违规挂牌",
    }
}

/// Names a decision that procurement rests on.
pub const fn milestone(milestone: Milestone) -> &'static str {
    match milestone {
        Milestone::Approval => "立项审批",
        Milestone::Review => "技术评审",
        Milestone::Filing => "网信备案审查",
    }
}

/// Names a clause every contract must have.
pub const fn clause(clause: Clause) -> &'static str {
    match clause {
        Clause::OmPrice => "免费运维期后的年运维费报价",
        Clause::DataOwnership => "数据归县政府所有",
        Clause::AcceptancePayment => "付款与验收结果挂钩",
    }
}

/// Names a part of a record, such as a member of the acceptance team.
pub fn part(code: &str) -> &str {
    match code {
        "name" => "姓名",
        "unit" => "单位",
        "role" => "职务",
        other => other,
    }
}

/// Names a field of an action's input.
pub const fn key(key: Key) -> &'static str {
    match key {
        Key::OnBehalfOf => "代录单位",
        Key::ScanDigest => "扫描件摘要",
        Key::DocNo => "文号",
        Key::DocDate => "成文日期",
        Key::ReceivedAt => "收到时间",
        Key::Opinion => "意见",
        Key::Result => "结果",
        Key::MinutesNo => "会议纪要文号",
        Key::ExAnteConclusion => "事前绩效评估结论",
        Key::ExAnteDate => "事前评估日期",
        Key::ExAnteScore => "事前评估得分",
        Key::Amount => "金额",
        Key::Reason => "理由",
        Key::Designer => "方案编制单位",
        Key::Version => "方案版本",
        Key::Reviewer => "评审员",
        Key::Assessed => "核定额",
        Key::Summary => "审核意见",
        Key::CutReason => "核减理由",
        Key::Ruling => "解释口径",
        Key::Note => "备注",
        Key::Basis => "认定依据",
        Key::IssuerLevel => "发文层级",
        Key::FilingNo => "备案号",
        Key::BudgetDocNo => "预算文号",
        Key::Methods => "调查方式",
        Key::Respondents => "调查对象数",
        Key::Start => "开始日期",
        Key::End => "结束日期",
        Key::ArchiveNo => "档号",
        Key::Date => "日期",
        Key::Channel => "采购渠道",
        Key::Method => "采购方式",
        Key::Budget => "采购预算",
        Key::Vendor => "供应商",
        Key::SignedOn => "签订日期",
        Key::OmStart => "运维起始日",
        Key::OmEnd => "运维终止日",
        Key::OmPerYear => "每年运维费",
        Key::FreeOmMonths => "免费运维月数",
        Key::Clauses => "合同条款",
        Key::Members => "验收组成员",
        Key::UnitResult => "建设单位结论",
        Key::CentreResult => "中心结论",
        Key::DataAggregated => "数据已汇聚",
        Key::Issues => "问题",
        Key::Answers => "办理情况",
        Key::PaymentKind => "付款性质",
        Key::Score => "得分",
        Key::Grade => "等级",
        Key::Use => "结果应用",
        Key::Items => "补正事项",
        Key::Content => "变更内容",
        Key::AdjustmentDocNo => "调整批复文号",
        Key::RuleId => "违反的规则",
        Key::Facts => "事实",
        Key::To => "征求对象",
    }
}

/// Names a choice of a field; a code without a name of its own is shown as it is.
pub fn choice(code: &str) -> &str {
    match code {
        "pass" => "通过",
        "fail" => "不通过",
        "agree" => "同意",
        "disagree" => "不同意",
        "return" => "退回",
        "approve" => "批准",
        "refuse" => "不予批准",
        "supervisor" => "主管单位",
        "planning" => "县发改委",
        "finance" => "县财政局",
        "government" => "县政府",
        "cyberspace" => "县网信办",
        "national-or-provincial" => "国家和省另有规定",
        "line-special" => "条线业务特殊需要",
        "national" => "国家",
        "provincial" => "省",
        "city" => "市",
        "county" => "县",
        "superior" => "上级要求",
        "other" => "其他特殊原因",
        "e-mall" => "电子卖场",
        "central" => "集中采购",
        "decentralized" => "分散采购",
        "om_price" => "年运维费报价",
        "data_ownership" => "数据归县政府",
        "acceptance_payment" => "付款与验收挂钩",
        "advance" => "预付款",
        "milestone" => "进度款",
        "remaining" => "剩余款",
        "priority" => "优先安排",
        "normal" => "正常安排",
        "cut" => "压减",
        "stop" => "停拨",
        "true" => "是",
        "false" => "否",
        other => other,
    }
}
