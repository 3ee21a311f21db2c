//! Names cut to the width of a column in a list.

use crate::domain::workflow::action::Action;

/// Names an action in at most four characters, for the columns of lists.
pub const fn action(action: Action) -> &'static str {
    match action {
        Action::ReportToSupervisor => "报主管",
        Action::Endorse => "汇总",
        Action::Decline => "退回申报",
        Action::Submit => "申报",
        Action::AcceptPlan => "受理",
        Action::Vote => "表决",
        Action::RecordGovernmentDecision => "登记决定",
        Action::RequestApproval => "报立项",
        Action::ApproveProject => "批准立项",
        Action::RefuseProject => "不予立项",
        Action::SubmitScheme => "报送方案",
        Action::TakeSmallRoute => "转小额",
        Action::AcceptScheme => "受理方案",
        Action::RequestPanel => "提请论证",
        Action::DeclareRecusal => "回避声明",
        Action::DrawPanel => "抽取专家",
        Action::FormPanel => "组专家组",
        Action::ConfirmPanel => "确认专家",
        Action::ReplaceExpert => "更换专家",
        Action::RecordExpertOpinion => "录入意见",
        Action::CloseOpinions => "意见收齐",
        Action::ConcludePanel => "论证结论",
        Action::CloseFix => "销号",
        Action::FinishRevision => "复核通过",
        Action::CorrectPanelRecord => "更正记录",
        Action::DraftOpinion => "拟定意见",
        Action::CheckOpinion => "审核意见",
        Action::SignOpinion => "签发意见",
        Action::SendBack => "退回评审",
        Action::RuleOut => "认定不纳",
        Action::Exempt => "认定条线",
        Action::SendToFiling => "送备案",
        Action::DecideFiling => "备案审查",
        Action::EnterProcurement => "进入采购",
        Action::RecordSurvey => "需求调查",
        Action::FixRequirement => "确定需求",
        Action::StartProcurement => "启动采购",
        Action::FailProcurement => "废标流标",
        Action::RestartProcurement => "重新采购",
        Action::RegisterContract => "合同备案",
        Action::StartImplementation => "开工",
        Action::StartTrial => "试运行",
        Action::RequestAcceptance => "申请验收",
        Action::RecordAcceptance => "登记验收",
        Action::RequestReacceptance => "再验收",
        Action::RegisterPayment => "登记付款",
        Action::GoLive => "投入使用",
        Action::RequestEvaluation => "申请评价",
        Action::RecordEvaluation => "登记评价",
        Action::FinishRectification => "整改完成",
        Action::Archive => "归档",
        Action::ReturnForCorrection => "退回补正",
        Action::Correct => "补正",
        Action::Change => "变更",
        Action::Suspend => "暂停",
        Action::Resume => "恢复",
        Action::Withdraw => "撤回",
        Action::Terminate => "终止",
        Action::FreezeSecret => "冻结",
        Action::Unfreeze => "解冻",
        Action::Expunge => "销毁",
        Action::FlagViolation => "挂牌",
        Action::ClearViolation => "摘牌",
        Action::AskAdvice => "征求会签",
        Action::Advise => "会签",
        Action::Claim => "认领",
        Action::Release => "释放",
        Action::TakeOver => "接管",
        Action::Assign => "指派",
        Action::Recall => "收回",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_brief_name_fits_its_column() {
        for known in Action::ALL {
            assert!((2..=4).contains(&action(*known).chars().count()), "{known}");
        }
    }
}
