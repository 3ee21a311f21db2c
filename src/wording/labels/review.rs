//! The names of what is voted, reviewed and concluded.

use crate::domain::checklist::{Dimension, Lack, Nature, Verdict, Weight};
use crate::domain::findings::disposition::Standing;
use crate::domain::findings::{Pattern, Severity};
use crate::domain::permission::OpinionStep;
use crate::domain::workflow::record::{Agency, PanelResult, ReviewResult, VoteResult};

/// Names a dimension of the review.
pub const fn dimension(dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::Completeness => "建设内容完整性",
        Dimension::Feasibility => "技术可行性",
        Dimension::Sharing => "信息资源共享",
        Dimension::Security => "信息安全",
    }
}

/// Names a weight.
pub const fn weight(weight: Weight) -> &'static str {
    match weight {
        Weight::Veto => "否决",
        Weight::Major => "重大",
        Weight::Minor => "一般",
    }
}

/// Names how much a finding weighs.
pub const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Veto => "否决",
        Severity::Major => "重大",
        Severity::Minor => "一般",
        Severity::Note => "提示",
    }
}

/// Names where a finding stands.
pub const fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Open => "待处理",
        Standing::Accepted => "已采纳",
        Standing::Dismissed => "已排除",
    }
}

/// Names what was recognized.
pub const fn pattern(pattern: Pattern) -> &'static str {
    match pattern {
        Pattern::OwnHardware => "自建机房或自购算力存储",
        Pattern::HiddenRoom => "疑似新建机房",
        Pattern::PrivateNetwork => "疑似建设专网",
        Pattern::Splitting => "疑似拆分申报",
        Pattern::JustUnder => "贴近限额申报",
        Pattern::TierLowered => "剔除后低于限额",
        Pattern::Exclusions => "有不计入管理的内容",
        Pattern::HiddenHardware => "软件夹带硬件",
        Pattern::NoMigration => "未写明迁移安排",
        Pattern::CatalogueMissing => "缺少信息资源目录",
        Pattern::CatalogueWaived => "声明不涉及信息资源",
        Pattern::CatalogueCopied => "信息资源目录雷同",
        Pattern::FiledLate => "逾期申报",
        Pattern::InYearOther => "当年新增理由不具体",
        Pattern::SuperiorUnproven => "上级要求缺少文号",
        Pattern::OperationShare => "年运维费占比偏高",
        Pattern::OperationShareUnknown => "年运维费占比不明",
        Pattern::SeveralYears => "多年运维合计达到限额",
        Pattern::DevelopmentInOperation => "运维夹带开发",
        Pattern::BespokeAsProduct => "疑似以成品名义定制",
        Pattern::OutOfOrder => "次序颠倒",
        Pattern::UsedEarly => "验收前投入使用",
        Pattern::EndlessTrial => "试运行超期",
        Pattern::PaidEarly => "验收前付款偏多",
    }
}

/// Names what a project is made of.
pub const fn nature(nature: Nature) -> &'static str {
    match nature {
        Nature::Software => "软件和服务",
        Nature::Hardware => "硬件",
        Nature::Operation => "运维",
    }
}

/// Names an answer to an item.
pub const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "通过",
        Verdict::Fail => "不通过",
        Verdict::Doubt => "存疑",
        Verdict::NotApplicable => "不适用",
    }
}

/// Names the remark to an answer: of what does not apply it is the reason.
pub const fn remark(verdict: Option<Verdict>) -> &'static str {
    match verdict {
        Some(Verdict::NotApplicable) => "不适用理由",
        Some(Verdict::Pass) => "审查说明",
        Some(Verdict::Fail | Verdict::Doubt) | None => "问题描述",
    }
}

/// Names what an answer lacks.
pub const fn lack(lack: Lack) -> &'static str {
    match lack {
        Lack::Remark => "问题描述（不适用的写明理由）",
        Lack::Suggestion => "修改建议",
        Lack::Basis => "参考依据",
    }
}

/// Names an agency of the joint review.
pub const fn agency(agency: Agency) -> &'static str {
    match agency {
        Agency::Centre => "县大数据发展服务中心",
        Agency::Planning => "县发改委",
        Agency::Finance => "县财政局",
    }
}

/// Names the result of a vote.
pub const fn vote_result(result: VoteResult) -> &'static str {
    match result {
        VoteResult::Agree => "同意",
        VoteResult::Disagree => "不同意",
        VoteResult::Return => "退回",
    }
}

/// Names the result of a review.
pub const fn review_result(result: ReviewResult) -> &'static str {
    match result {
        ReviewResult::Pass => "通过",
        ReviewResult::Fail => "不通过",
    }
}

/// Names the conclusion of a panel.
pub const fn panel_result(result: PanelResult) -> &'static str {
    match result {
        PanelResult::Pass => "通过",
        PanelResult::Conditional => "原则通过",
        PanelResult::Supplement => "补充论证",
        PanelResult::Fail => "不通过",
    }
}

/// Names a step of an opinion.
pub const fn opinion_step(step: OpinionStep) -> &'static str {
    match step {
        OpinionStep::Drafted => "拟定",
        OpinionStep::Checked => "审核",
    }
}
