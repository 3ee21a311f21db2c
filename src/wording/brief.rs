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
        Action::DraftOpinion => "拟定意见",
        Action::CheckOpinion => "审核意见",
        Action::SignOpinion => "签发意见",
        Action::SendBack => "退回评审",
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
