//! Refusals of taking back and of holding a project, in words.

use super::{Sentence, sentence};
use crate::domain::workflow::action::Action;
use crate::domain::workflow::unmet::Unmet;
use crate::wording::labels;

/// Says what is wrong, and what to do instead.
pub fn unmet(condition: &Unmet) -> Sentence {
    match condition {
        Unmet::AlreadyClaimed => {
            sentence("项目已有主办的评审员", "请由其办理；其不在的，写明理由“接管”，或请评审负责人“指派”")
        }
        Unmet::NotClaimed => sentence("项目没有主办的评审员", "请先“认领”"),
        Unmet::HolderAtWork { minutes } => sentence(
            format!("主办的评审员正在办理：{minutes} 分钟内有操作"),
            "请与其商量，由其“释放”；或请评审负责人“指派”",
        ),
        Unmet::StepFinal(action) => {
            sentence(format!("上一步“{}”已经生效，不能收回", labels::action(*action)), instead(*action))
        }
        Unmet::GraceOver { action, minutes } => {
            sentence(format!("“{}”已过 {minutes} 分钟的收回期", labels::action(*action)), instead(*action))
        }
        Unmet::NothingToUndo => sentence(
            "没有可以撤销的内容：你在本项目中没有判断、处理疑点或认领，或者其后已办理步骤",
            "刚办理的步骤，请用“收回”",
        ),
        Unmet::ChangedSince(what) => {
            sentence(format!("{what} 其后已有改动，撤销会覆盖改动，未撤销"), "请核对现在的内容，需要的直接修改")
        }
        _ => sentence("没有可以收回的步骤：上一步之后已有人办理，或上一步另有办法撤销", "请看办理历史"),
    }
}

/// Says what can be done where a step is not taken back.
const fn instead(action: Action) -> &'static str {
    match action {
        Action::DraftOpinion => "请评审负责人审核时“退回”，退回后重新拟定",
        Action::CheckOpinion => "请签发人“退回”",
        Action::SendBack => "请评审员重新拟定意见后再送审",
        Action::ReturnForCorrection => "请建设单位办理“补正完成”",
        Action::ReportToSupervisor => "请主管单位“退回”",
        Action::SendToFiling => "请网信办“退回补正”",
        Action::SignOpinion => "意见已签发，以签发的为准；内容须变更的，按变更程序重新评审",
        Action::ConcludePanel | Action::CloseOpinions | Action::RecordExpertOpinion => {
            "论证记录有误的，由专家组秘书“更正论证记录”"
        }
        _ => "须改变的，请由有权的人员办理下一步",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_past_its_grace_period_names_the_way_back() {
        let said = unmet(&Unmet::GraceOver { action: Action::DraftOpinion, minutes: 10 });
        assert_eq!(said.message, "“拟定技术审核意见”已过 10 分钟的收回期");
        assert!(said.remedy.contains("退回"), "{}", said.remedy);
    }
}
