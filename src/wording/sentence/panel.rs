//! What an expert panel lacks, in words.

use super::{Sentence, sentence};
use crate::domain::panel::lack::PanelLack;
use crate::domain::panel::recusal::Why;
use crate::wording::labels;

/// Says what is missing, and what to do about it.
pub fn lack(lack: &PanelLack) -> Sentence {
    match lack {
        PanelLack::ReasonMissing => {
            sentence("项目未达到专家论证限额，没有写明为何提请论证", "请填写理由；不需要论证的，直接拟定意见")
        }
        PanelLack::AlreadyConcluded => {
            sentence("本轮已有专家论证结论", "请据此拟定意见；因投诉或者异议须重新论证的，写明投诉或异议")
        }
        PanelLack::NotFormed => sentence("还没有专家组", "请专家组秘书先“组建专家组”"),
        PanelLack::ExpertUnknown(name) => {
            sentence(format!("专家库中没有“{name}”，或者不止一位"), "请用专家编号，如 Z012；专家库用 expert list 查看")
        }
        PanelLack::NamedTwice(name) => sentence(format!("{name}在名单中出现两次"), "每位专家只能占一席"),
        PanelLack::WordUnknown(word) => sentence(
            format!("成员名单中不认识“{word}”"),
            "第二项填 组长 或 成员，第三项填 clear（无回避）、recuse（回避）或 pending（未声明）",
        ),
        PanelLack::DrawDiffers => {
            sentence("名单与最近一次抽取的结果不一致", "请按抽取结果全部列入；改用指定的，产生方式选“指定”并写明理由")
        }
        PanelLack::RedrawNeedsReason => sentence("已经抽取过，没有写明为何重新抽取", "请填写理由；每次抽取均留存"),
        PanelLack::DrawImpossible { candidates, size, disciplines } => {
            let lacking: Vec<&str> = disciplines.iter().map(|code| labels::discipline(code)).collect();
            let lacking = if lacking.is_empty() {
                String::new()
            } else {
                format!("，其中没有{}专家", lacking.join("、"))
            };
            sentence(
                format!("可抽取的专家 {candidates} 位{lacking}，抽不出符合条件的 {size} 人专家组"),
                "请补充专家库，或指定专家并写明理由",
            )
        }
        PanelLack::DrawSizeEven(size) => sentence(format!("抽取 {size} 人，不是单数"), "专家组人数须为单数"),
        PanelLack::MeetingPast(day) => {
            sentence(format!("会议日期 {day} 已经过去"), "请填写今天或者以后的日期；未定的，不填")
        }
        PanelLack::TooFew { members, needed } => {
            sentence(format!("专家组 {members} 人，至少须 {needed} 人"), format!("请增至 {needed} 人以上的单数"))
        }
        PanelLack::Even(members) => sentence(format!("专家组 {members} 人，不是单数"), "请增减一人"),
        PanelLack::NoChair => sentence("专家组没有组长", "请由成员推选一位县外专家任组长"),
        PanelLack::SeveralChairs(names) => {
            sentence(format!("专家组有 {} 位组长：{}", names.len(), names.join("、")), "组长只能有一位")
        }
        PanelLack::ChairLocal(name) => sentence(format!("组长{name}是本县单位人员"), "请由县外专家任组长"),
        PanelLack::TooFewExternal { external, needed } => {
            sentence(format!("县外专家 {external} 人，至少须 {needed} 人"), "请以县外专家替换本县人员")
        }
        PanelLack::SelfBuiltNotExternal(names) => sentence(
            format!("项目由县大数据发展服务中心自建，专家须全为县外人员，{}不是", names.join("、")),
            "请以县外专家替换",
        ),
        PanelLack::DisciplineMissing(code) => {
            sentence(format!("专家组中没有{}专家", labels::discipline(code)), "请增补该专业的专家")
        }
        PanelLack::DeclarationMissing(names) => {
            sentence(format!("尚未作回避声明：{}", names.join("、")), "请收齐声明后重新登记名单")
        }
        PanelLack::Conflict { name, why } => {
            let why: Vec<String> = why.iter().map(|one: &Why| labels::why(one)).collect();
            sentence(format!("{name}应当回避：{}", why.join("；")), format!("请更换{name}"))
        }
        PanelLack::Inactive(name) => sentence(format!("{name}已在专家库停用"), format!("请更换{name}")),
        PanelLack::Discontinuous { kept, before, needed, absent } => {
            let found = format!("补充论证只保留了原 {before} 位专家中的 {kept} 位，至少须保留 {needed} 位");
            match absent.is_empty() {
                true => {
                    sentence(format!("{found}；其余原专家均已停用或者应当回避"), "请由评审负责人决定是否重新提请论证")
                }
                false => sentence(
                    format!("{found}；可以留任或者请回的：{}", absent.join("、")),
                    "请从中保留足够的人，使论证前后衔接",
                ),
            }
        }
        PanelLack::NotAMember(name) => sentence(format!("“{name}”不是本次专家组成员"), "请核对专家编号或姓名"),
        PanelLack::OpinionLocked(name) => {
            sentence(format!("{name}的意见已签名锁定"), "确需更正的，填写更正理由，另存为新版本，原意见照旧保留")
        }
        PanelLack::DissentRemoved(name) => {
            sentence(format!("{name}已提出的保留意见被删改"), "保留意见须一字不动地保留，可以在其后补充")
        }
        PanelLack::NotSitting(name) => {
            sentence(format!("{name}缺席或者回避，不录其意见"), "确已到会的，先更正签到；须有人接替的，先“更换专家”")
        }
        PanelLack::Absent(names) => {
            sentence(format!("有专家缺席：{}", names.join("、")), "请“更换专家”，或者改期，待全体到会再收齐意见")
        }
        PanelLack::TooFewSitting { sitting, needed } => sentence(
            format!("除去缺席和回避，在座专家 {sitting} 人，至少须 {needed} 人"),
            "人数不足，本次论证无效；请“更换专家”补足，或者改期",
        ),
        PanelLack::ChairAway(name) => {
            sentence(format!("组长{name}缺席或者回避"), "请“更换专家”，由接替的县外专家任组长")
        }
        PanelLack::SeatHeld(name) => {
            sentence(format!("评审会由{name}在秘书席录入"), "请由其录入；确需接管的，在评审会中“接管秘书席”并写明理由")
        }
        PanelLack::TakeoverNeedsReason(name) => {
            sentence(format!("秘书席现由{name}使用，没有写明为何接管"), "请填写接管理由，对方未存的文字会留在历史")
        }
        PanelLack::OnAgenda(meeting) => {
            sentence(format!("项目已列入评审会专评{meeting}的议程"), "改到其他评审会的，先从该会议程撤下并写明理由")
        }
        PanelLack::MeetingOver(meeting) => {
            sentence(format!("评审会专评{meeting}已经结束"), "请另行召集评审会，将未形成结论的项目列入议程")
        }
        PanelLack::AgendaEmpty => sentence("评审会没有项目", "请至少选一个已确认专家组的项目"),
        PanelLack::ItemConcluded(number) => {
            sentence(format!("第 {number} 项已形成论证结论"), "不能撤下；结论有误的，“更正论证记录”")
        }
        PanelLack::WithdrawalNeedsReason(number) => {
            sentence(format!("没有写明为何撤下第 {number} 项议题"), "请填写理由")
        }
        PanelLack::DeclaredAway(name) => {
            sentence(format!("{name}已声明回避"), "确无回避情形的，先“声明回避情况”登记为无回避情形，再签到")
        }
        PanelLack::DeclareInstead => sentence("回避不在签到中登记", "请用“声明回避情况”登记，并写明理由"),
        PanelLack::OpinionsClosed => {
            sentence("意见已经收齐，专家的意见不再改动", "确有错漏的，形成结论后“更正论证记录”")
        }
        PanelLack::OpinionsMissing(names) => sentence(
            format!("尚缺签名的意见：{}", names.join("、")),
            "请收齐每位专家签名的意见；不能到会的，先“更换专家”",
        ),
        PanelLack::AgainstTally { conclusion, says, tally } => sentence(
            format!(
                "结论“{}”与票数不符：通过 {}、原则通过 {}、补充论证 {}、不通过 {}，按票数应为“{}”",
                labels::panel_result(*conclusion),
                tally.pass,
                tally.conditional,
                tally.supplement,
                tally.fail,
                labels::panel_result(*says)
            ),
            "请按票数形成结论；不按票数的，由组长书面说明",
        ),
        PanelLack::FixesMissing => sentence("结论为“原则通过”，没有修改清单", "请至少列出一项修改事项、责任人和期限"),
        PanelLack::FixesOutOfPlace => {
            sentence("只有“原则通过”才有修改清单", "须修改的，结论为“原则通过”；否则将要求写入正文")
        }
        PanelLack::FixDue(text) => sentence(format!("修改事项“{text}”的期限不是有效日期"), "请按 2026-12-01 填写"),
        PanelLack::ChairUnsigned(name) => sentence(format!("组长{name}没有在结论上签名"), "结论由组长起草，须有其签名"),
        PanelLack::FixUnknown(number) => sentence(format!("修改清单中没有第“{number}”项"), "请填写清单中的编号"),
        PanelLack::FixClosed(number) => sentence(format!("第 {number} 项已经销号"), "无须重复办理"),
        PanelLack::FixesOpen(open) => {
            let open: Vec<String> = open.iter().map(|(number, text)| format!("第 {number} 项，{text}")).collect();
            sentence(
                format!("修改清单还有 {} 项未销号：{}", open.len(), open.join("；")),
                "请逐项核对修改后的方案，填写页码销号",
            )
        }
        PanelLack::NothingToCorrect => sentence("还没有可更正的论证结论", "结论形成以前，意见可按更正办理"),
    }
}
