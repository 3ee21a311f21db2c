//! Refusals in words: what is missing, and what to do about it.

mod handling;
mod panel;

use super::labels;
use crate::domain::actor::Role;
use crate::domain::ids::ItemId;
use crate::domain::permission::Denied;
use crate::domain::project::Overlay;
use crate::domain::workflow::unmet::Unmet;

/// What is wrong, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// What is wrong, without a full stop.
    pub message: String,
    /// What to do, without a full stop.
    pub remedy: String,
}

fn sentence(message: impl Into<String>, remedy: impl Into<String>) -> Sentence {
    Sentence { message: message.into(), remedy: remedy.into() }
}

/// Cites the article a condition rests on: `〔第八条〕`.
pub fn basis(article: u8) -> String {
    format!("〔{}〕", labels::article(article))
}

/// Says which condition is not met.
pub fn unmet(unmet: &Unmet) -> Sentence {
    match unmet {
        Unmet::WrongStage { stage, needed } => {
            let needed: Vec<&str> = needed.iter().map(|stage| labels::stage(*stage)).collect();
            sentence(
                format!("项目现为“{}”，此事须在“{}”时办理", labels::stage(*stage), needed.join("”或“")),
                "请先完成前面的环节，或查看“规则与条件”",
            )
        }
        Unmet::FormFieldMissing(field) => {
            sentence(format!("申报表缺少：{}", labels::form_field(*field)), "请补充该项后再申报")
        }
        Unmet::FundingMismatch { declared, sum } => sentence(
            format!("资金来源合计 {sum} 万元，与项目投资额 {declared} 万元不一致"),
            "请核对各项资金，使合计与投资额一致到分",
        ),
        Unmet::ReportsThroughSupervisor => {
            sentence("乡镇（街道）、下属机构和内设部门不能自行申报", "请改用“报主管单位”，由主管单位汇总后统一上报")
        }
        Unmet::SupervisingUnitMissing => {
            sentence("项目没有指明主管单位", "请由受理员登记主管单位；县直单位直接“申报”即可")
        }
        Unmet::FundingRequestMissing => sentence("当年新增项目缺少项目资金需求", "请补交项目资金需求"),
        Unmet::ConstructionPlanMissing => sentence("当年新增项目缺少项目建设方案", "请补交项目建设方案"),
        Unmet::InYearExplanationMissing => sentence("当年新增项目没有写明理由", "请写明为何必须在当年新增"),
        Unmet::SuperiorDocumentMissing => sentence("以上级要求为由，但没有上级文件文号", "请补充上级文件文号"),
        Unmet::LatePapersMissing { received, last_day } => sentence(
            format!("计划于 {received} 送达，晚于截止日 {last_day}，缺少当年新增项目的材料和理由"),
            "请按当年新增项目补充申报内容：项目资金需求、项目建设方案和理由",
        ),
        Unmet::AlreadyVoted(agency) => {
            sentence(format!("{}已表决", labels::agency(*agency)), "每个单位表决一次，请等待其他单位表决")
        }
        Unmet::KindMissing => {
            sentence("没有填写建设性质，无法判断是否须事前绩效评估", "请补充建设性质（新建、改建等）")
        }
        Unmet::ExAnteMissing => {
            sentence("新建项目缺少事前绩效评估", "请填写事前绩效评估结论和日期，完成评估后再报立项")
        }
        Unmet::CatalogueMissing => {
            sentence("缺少信息资源目录", "请补充目录条数；确不涉及信息资源的，填写不涉及声明和理由")
        }
        Unmet::NoReviewOnSmallRoute => {
            sentence("项目走电子卖场（小额）路线，不进行技术评审", "请由受理员办理“转小额流程”")
        }
        Unmet::ReviewRequired => {
            sentence("项目达到限额标准或列入集采目录，须通过技术评审", "请由建设单位“报送技术方案”")
        }
        Unmet::ItemsUnanswered(items) => {
            sentence(format!("评审清单还有 {} 项未作判断：{}", items.len(), list(items)), "请逐项判断后再拟定意见")
        }
        Unmet::AnswerIncomplete { item, verdict, lacks } => {
            let lacks: Vec<&str> = lacks.iter().map(|lack| labels::lack(*lack)).collect();
            sentence(
                format!("{item} 判为“{}”，缺少{}", labels::verdict(*verdict), lacks.join("、")),
                format!("请补充 {item} 的上述内容"),
            )
        }
        Unmet::PanelMissing => {
            sentence("缺少专家论证结论：达到专家论证限额的项目须先经专家论证", "请先组织专家论证并形成结论")
        }
        Unmet::Panel(lack) => panel::lack(lack),
        Unmet::PanelFailed => sentence("专家论证结论为“不通过”", "意见只能为“不通过”，或修改方案后重新论证"),
        Unmet::VetoItemOpen { item, verdict } => sentence(
            format!("否决项 {item} 判为“{}”，意见不能为“通过”", labels::verdict(*verdict)),
            format!("请待整改后改判 {item}，或将意见拟为“不通过”"),
        ),
        Unmet::VetoFindingOpen(pattern) => sentence(
            format!("否决类疑点 {pattern}（{}）没有排除，意见不能为“通过”", labels::pattern(*pattern)),
            "请核实后由评审负责人排除并写明理由，或将意见拟为“不通过”",
        ),
        Unmet::FindingsClosed(stage) => {
            sentence(format!("项目现为“{}”，疑点不再处理", labels::stage(*stage)), "已办结的项目只能查看疑点")
        }
        Unmet::AssessedAboveGoverning { assessed, governing } => sentence(
            format!("核定额 {assessed} 万元高于批复（申报）额 {governing} 万元"),
            "核定额不得高于批复额；确需增加的，请先按变更程序调整批复",
        ),
        Unmet::AssessedZero => sentence("意见为“通过”，但核定额为零", "请填写核定额"),
        Unmet::CutReasonMissing { cut } => sentence(format!("核减 {cut} 万元，没有写明核减理由"), "请填写核减理由"),
        Unmet::RulingMissing => {
            sentence("项目由县大数据发展服务中心自建，评审须依据解释口径", "请填写所依据的解释口径")
        }
        Unmet::OpinionMissing => sentence("没有待办的技术审核意见", "请先由评审员拟定意见"),
        Unmet::IssuerCannotExempt => sentence(
            "以“国家和省另有规定”认定的，依据须是国家或者省级文件",
            "市、县文件不能单独作为依据；确属条线业务特殊需要的，请按该项认定",
        ),
        Unmet::Blocked(overlay) => {
            sentence(format!("项目“{}”，此事暂不能办理", labels::overlay(*overlay)), ending(*overlay))
        }
        Unmet::NotLying(overlay) => {
            sentence(format!("项目没有“{}”", labels::overlay(*overlay)), "无须办理此事，请刷新后核对")
        }
        Unmet::AlreadyLying(overlay) => {
            sentence(format!("项目已经“{}”", labels::overlay(*overlay)), "无须重复办理，请刷新后核对")
        }
        Unmet::NotFrozen => {
            sentence("项目没有冻结，内容不能销毁", "请先办理“涉密冻结”，再由冻结人以外的评审负责人或者安全管理员销毁")
        }
        Unmet::Destroyed => sentence(
            "项目内容已经销毁，不能再办理任何事项",
            "只能查看办理记录；确需建设的，另行登记不涉密的项目，涉密部分按保密规定办理",
        ),
        Unmet::AdjustmentMissing { from, to } => sentence(
            format!("金额由 {from} 万元增至 {to} 万元，超过允许的幅度，缺少调整批复"),
            "请先报县发改委调整批复，并填写调整批复文号",
        ),
        Unmet::RequestOpen { from, requested } => sentence(
            format!("变更申请（由 {from} 万元增至 {requested} 万元）正待县发改委调整批复"),
            format!("批复后填写金额和调整批复文号办结；不予调整或者撤回申请的，金额填回 {from}"),
        ),
        Unmet::AboveRequested { requested, amount } => sentence(
            format!("{amount} 万元高于申请变更的 {requested} 万元"),
            "请按申请的金额以内办结；确需更多的，先将金额填回原额撤回申请，再重新申请",
        ),
        Unmet::ContractAcrossTier { from, to } => sentence(
            format!("合同价由 {from} 万元增至 {to} 万元，跨入须更高一级评审的金额，而项目未经过该级评审"),
            "合同不能增加到该金额；增加的内容另行申报立项，或者终止后按新的金额重新申报、评审",
        ),
        Unmet::ChangeEmpty => sentence("没有写明变更什么", "请填写变更后的金额或者变更内容"),
        Unmet::MilestoneMissing(milestone) => sentence(
            format!("{}尚未通过", labels::milestone(*milestone)),
            "立项审批、技术评审、网信备案审查均通过后，方可进入采购",
        ),
        Unmet::LeftOutWithoutReason(milestone) => sentence(
            format!("按现行规则不办理{}，没有写明理由", labels::milestone(*milestone)),
            "请填写不适用的理由和所依据的解释口径",
        ),
        Unmet::OutOfOrder { earlier, first, later, second } => {
            let (earlier, later) = (labels::milestone(*earlier), labels::milestone(*later));
            sentence(
                format!("{earlier}（{first}）晚于{later}（{second}）"),
                "请核对日期；须依次立项审批、技术评审、网信备案审查、采购启动",
            )
        }
        Unmet::SurveyMissing => sentence(
            "缺少采购需求调查：达到需求调查限额或者定制开发的项目，须先调查再确定采购需求",
            "请先“登记需求调查”",
        ),
        Unmet::SurveyEndsBeforeItStarts => sentence("需求调查的结束日期早于开始日期", "请核对两个日期"),
        Unmet::SurveyAfterRequirement { ended, fixed } => sentence(
            format!("需求调查于 {ended} 结束，晚于确定采购需求的 {fixed}"),
            "须先完成调查，再确定采购需求；请核对日期或重新确定采购需求",
        ),
        Unmet::RequirementNotFixed => sentence("采购需求尚未确定", "请先“确定采购需求”"),
        Unmet::BudgetDocumentMissing => sentence("没有登记预算文号", "请填写县财政局的预算文号"),
        Unmet::BudgetAboveAssessed { budget, assessed } => sentence(
            format!("采购预算 {budget} 万元高于核定（批复）额 {assessed} 万元"),
            "请将采购预算降至核定额以内，或先按变更程序办理",
        ),
        Unmet::ChannelNeedsReason => {
            sentence("限额以下的项目应在电子卖场采购", "请改用电子卖场；确需采用其他渠道的，写明理由")
        }
        Unmet::ContractAboveBudget { contract, budget } => {
            sentence(format!("合同价 {contract} 万元高于采购预算 {budget} 万元"), "合同价不得高于采购预算，请核对合同")
        }
        Unmet::OperationTooLong { longest_months, last_day } => {
            sentence(format!("运维合同期超过 {longest_months} 个月"), format!("按所填起始日，最迟到 {last_day} 为止"))
        }
        Unmet::OperationTermUnclear => {
            sentence("运维合同期的起止日不全，或者止日早于起日", "请同时填写运维起始日和终止日，止日不早于起日")
        }
        Unmet::ClauseMissing(clause) => {
            sentence(format!("合同缺少条款：{}", labels::clause(*clause)), "请补签该条款后再备案")
        }
        Unmet::AcceptanceTeamTooSmall { team, needed } => {
            sentence(format!("验收组只有 {team} 人，至少须 {needed} 人"), "请补足验收组成员后重新验收")
        }
        Unmet::PaymentBeforeAcceptance => {
            sentence("项目尚未验收合格，不予支付剩余款项", "请待验收合格后支付；预付款、进度款按合同约定办理")
        }
        Unmet::PaymentsAboveContract { total, contract } => sentence(
            format!("累计付款 {total} 万元超过合同价 {contract} 万元"),
            "请核对付款金额；合同确有增加的，请先按变更程序办理",
        ),
        Unmet::NotAccepted => sentence("项目尚未验收合格，不得投入正式使用", "请先完成验收"),
        Unmet::EvaluationMissing => sentence("没有绩效评价记录", "请先“登记绩效评价”"),
        Unmet::SurveyNotBound => {
            sentence("需求调查没有随采购文件装订归档（没有档号）", "请在采购准备阶段登记需求调查的档号")
        }
        Unmet::NotDeclaredUnclassified => sentence(
            "没有作出“不涉及国家秘密、工作秘密”的声明，本系统未保存任何内容",
            "涉密项目请按保密规定办理；确不涉密的，请作出声明后重新登记",
        ),
        Unmet::DeclarationClosed(stage) => {
            sentence(format!("项目现为“{}”，申报内容不能修改", labels::stage(*stage)), "请待退回，或按变更程序办理")
        }
        Unmet::SettledByPlan => sentence(
            "项目名称、年度、投资额和资金来源已经联合审议确定",
            "只能补充其他内容；确需调整的，请按变更程序办理",
        ),
        Unmet::AlreadyClaimed
        | Unmet::NotClaimed
        | Unmet::HolderAtWork { .. }
        | Unmet::NothingToRecall
        | Unmet::StepFinal(_)
        | Unmet::NothingToUndo
        | Unmet::ChangedSince(_)
        | Unmet::GraceOver { .. } => handling::unmet(unmet),
        Unmet::ReviewNotRunning(stage) => sentence(
            format!("项目现为“{}”，评审清单只能在“技术评审中”填写", labels::stage(*stage)),
            "请待方案受理后再评审",
        ),
    }
}

/// Says what ends an overlay.
const fn ending(overlay: Overlay) -> &'static str {
    match overlay {
        Overlay::Correcting => "请建设单位先办理“补正完成”",
        Overlay::Suspended => "请评审负责人先办理“恢复”",
        Overlay::Changing => "请待县发改委调整批复，凭文号办结“变更”，或将金额填回原额撤回申请",
        Overlay::SecrecyFrozen => "请评审负责人或者安全管理员核实后办理“解冻”，确属涉密的“销毁内容”",
        Overlay::Violation => "请待摘牌",
    }
}

fn list(items: &[ItemId]) -> String {
    const SHOWN: usize = 12;
    let shown: Vec<&str> = items.iter().take(SHOWN).map(ItemId::as_str).collect();
    let more = if items.len() > SHOWN { " 等" } else { "" };
    format!("{}{more}", shown.join(" "))
}

/// Says why an account may not.
pub fn denied(denied: &Denied) -> Sentence {
    match denied {
        Denied::NeedsRole { roles } => {
            let names: Vec<&str> = roles.iter().map(|role| labels::role(*role)).collect();
            sentence(format!("此事须由{}办理", names.join("或")), who_to_ask(roles))
        }
        Denied::OtherUnit => sentence("只能办理本单位的项目", "请由项目的建设单位或受理员办理"),
        Denied::OtherSupervisor => sentence("只能办理由本单位主管的项目", "请由项目的主管单位办理"),
        Denied::NotSummarized => sentence("只能代办由本单位汇总导入的申报", "请由建设单位“报主管单位”，或由受理员代办"),
        Denied::SamePerson(step) => sentence(
            format!("这份意见由你{}，拟定、审核、签发须为三个不同的人", labels::opinion_step(*step)),
            "请由其他人员办理",
        ),
        Denied::FrozeIt => {
            sentence("项目由你冻结，冻结和销毁须为两个不同的人", "请由其他评审负责人或者安全管理员核实后销毁")
        }
        Denied::Recused(why) => {
            let why: Vec<String> = why.iter().map(labels::why).collect();
            sentence(
                format!("你作为专家应当回避本项目的专家论证：{}", why.join("；")),
                "论证及据此拟定、审核、签发意见，请由无须回避的人员办理；情况有误的，请专家组秘书核对专家库",
            )
        }
        Denied::OwnEntry => sentence("不能办理本人在专家库中的条目，回避与否据此判断", "请由其他专家组秘书办理"),
        Denied::AssignedToOther => sentence("方案已分派给其他评审员", "请由承办的评审员办理"),
        Denied::NotOwnStep(action) => sentence(
            format!("上一步“{}”不是你办理的，只有经办人可以收回", labels::action(*action)),
            "请经办人收回；由你办理的，可以退回",
        ),
        Denied::HoldsIt => sentence("项目现由你主办，不必接管", "请直接办理"),
        Denied::CannotTranscribe => {
            sentence("此事不能为该单位代录", "可代录主管单位、县发改委、县财政局、县网信办和县政府的决定")
        }
        Denied::NotVisible => {
            sentence("你无权查看这个项目", "只能查看职责范围以内的项目；建设单位和主管单位限本单位、由本单位主管的项目")
        }
        Denied::NotActive => sentence("账号未启用或已停用", "请联系系统管理员"),
        Denied::KeyNotInForce => {
            sentence("登录所用的密钥已吊销", "未保存的文字仍在草稿中；请联系系统管理员登记新的密钥")
        }
        Denied::UnknownKey => sentence("未登记的密钥", "请把公钥（.pub 文件）交系统管理员登记，并由安全管理员启用"),
        Denied::OwnProposal => {
            sentence("账号和密钥由一人提出、另一人启用，不能启用自己提出的", "请由另一安全管理员启用")
        }
        Denied::OwnAccount => sentence("不能启用自己的账号，也不能增减自己的角色", "请由另一安全管理员办理"),
    }
}

fn who_to_ask(roles: &[Role]) -> String {
    match roles.first() {
        Some(role) => format!("请换用{}账号，或请其办理", labels::role(*role)),
        None => "请联系系统管理员".to_owned(),
    }
}
