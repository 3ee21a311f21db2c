//! The names of what is voted, reviewed and concluded.

use crate::domain::checklist::{Dimension, Lack, Nature, Verdict, Weight};
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
