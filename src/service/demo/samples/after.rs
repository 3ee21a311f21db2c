//! What happens to a project beside the way to its signed opinion: all that comes after it, and what may happen at any
//! time.

use super::super::county::OPEN_AS;
use super::super::office_hours::{DAY, HOUR};
use super::super::story::{Given, Story, text};
use crate::domain::workflow::action::{Action, Key};

/// Something that happens.
#[derive(Debug, Clone, Copy)]
pub enum After {
    /// 送网信备案.
    SentToFiling,
    /// 准予备案.
    Filed,
    /// 不予备案, with the reason.
    NotFiled(&'static str),
    /// 进入采购.
    Entered,
    /// 需求调查: methods, how many were asked.
    Surveyed(&'static str, &'static str),
    /// 确定采购需求.
    RequirementFixed,
    /// 启动采购: channel, method, budget.
    Procuring(&'static str, &'static str, &'static str),
    /// 废标流标, with the reason.
    ProcurementFailed(&'static str),
    /// 重新采购.
    Restarted,
    /// 合同备案: vendor, price, free months of maintenance, its yearly price afterwards.
    Contracted(&'static str, &'static str, &'static str, &'static str),
    /// 付款: kind, amount.
    Paid(&'static str, &'static str),
    /// 开工.
    Started,
    /// 试运行.
    OnTrial,
    /// 申请验收.
    AcceptanceRequested,
    /// 验收合格, with the team.
    Accepted(&'static str),
    /// 验收不合格: the team, what the Centre found.
    NotAccepted(&'static str, &'static str),
    /// 整改后再验收, with the answers.
    Reoffered(&'static str),
    /// 投入正式使用.
    Live,
    /// 申请评价.
    EvaluationRequested,
    /// 绩效评价: who, score, grade, what must be put right.
    Evaluated(&'static str, &'static str, &'static str, &'static str),
    /// 整改完成, with the answers.
    Rectified(&'static str),
    /// 归档.
    Archived,
    /// 认定不纳入, with the reason.
    RuledOut(&'static str),
    /// 认定条线/另有规定: basis, level, document, reason.
    Exempted(&'static str, &'static str, &'static str, &'static str),
    /// 退回补正: by whom, the points.
    Returned(&'static str, &'static str),
    /// 补正完成, with the answers.
    Corrected(&'static str),
    /// 变更: its reason, what changes.
    Changed(&'static str, &'static str),
    /// 暂停, with the reason.
    Suspended(&'static str),
    /// 撤回, with the reason.
    Withdrawn(&'static str),
    /// 终止, with the reason.
    Terminated(&'static str),
    /// 涉密冻结, with the reason.
    Frozen(&'static str),
    /// 违规挂牌: by whom, which rule, the facts.
    Flagged(&'static str, &'static str, &'static str),
    /// 摘牌: by whom, why.
    Cleared(&'static str, &'static str),
    /// 征求会签: of whom.
    AdviceAsked(&'static str),
    /// 会签意见.
    Advised(&'static str),
}

impl After {
    /// Adds the step to a story.
    pub fn happened(&self, story: Story) -> Story {
        let today = |key| vec![(key, Given::Today)];
        let because = |why| vec![said(Key::Reason, why)];
        match *self {
            After::SentToFiling => story.act("intake", DAY, Action::SendToFiling, Vec::new()),
            After::Filed => {
                let number = (Key::FilingNo, Given::Document("玉网信备"));
                story.act(
                    "cyberspace",
                    3 * DAY,
                    Action::DecideFiling,
                    vec![said(Key::Result, "approve"), number, day()],
                )
            }
            After::NotFiled(why) => {
                let given = vec![said(Key::Result, "refuse"), day(), said(Key::Reason, why)];
                story.act("cyberspace", 4 * DAY, Action::DecideFiling, given)
            }
            After::Entered => {
                let given = vec![(Key::BudgetDocNo, Given::Document("玉财预指"))];
                story.act_of_unit(7 * DAY, Action::EnterProcurement, given)
            }
            After::Surveyed(methods, asked) => {
                let bound = (Key::ArchiveNo, Given::Document("玉采调档"));
                let dates = [(Key::Start, Given::DaysAgo(9)), (Key::End, Given::Today), bound];
                let given = [said(Key::Methods, methods), said(Key::Respondents, asked)].into_iter().chain(dates);
                story.act_of_unit(8 * DAY, Action::RecordSurvey, given.collect())
            }
            After::RequirementFixed => story.act_of_unit(2 * DAY, Action::FixRequirement, today(Key::Date)),
            After::Procuring(channel, method, budget) => {
                let given = vec![said(Key::Channel, channel), said(Key::Method, method), said(Key::Budget, budget)];
                story.act_of_unit(4 * DAY, Action::StartProcurement, given)
            }
            After::ProcurementFailed(why) => {
                story.act_of_unit(15 * DAY, Action::FailProcurement, vec![said(Key::Reason, why)])
            }
            After::Restarted => story.act_of_unit(4 * DAY, Action::RestartProcurement, Vec::new()),
            After::Contracted(vendor, price, free, yearly) => {
                let given = vec![
                    said(Key::Vendor, vendor),
                    said(Key::Amount, price),
                    (Key::SignedOn, Given::Today),
                    said(Key::Clauses, "om_price,data_ownership,acceptance_payment"),
                    (Key::OmStart, Given::Today),
                    (Key::OmEnd, Given::MonthsOn(36)),
                    said(Key::OmPerYear, yearly),
                    said(Key::FreeOmMonths, free),
                ];
                story.act_of_unit(18 * DAY, Action::RegisterContract, given)
            }
            After::Paid(kind, amount) => {
                let given = vec![said(Key::Amount, amount), said(Key::PaymentKind, kind), (Key::Date, Given::Today)];
                story.act("finance", 5 * DAY, Action::RegisterPayment, given)
            }
            After::Started => story.act_of_unit(3 * DAY, Action::StartImplementation, today(Key::Date)),
            After::OnTrial => story.act_of_unit(40 * DAY, Action::StartTrial, today(Key::Date)),
            After::AcceptanceRequested => story.act_of_unit(22 * DAY, Action::RequestAcceptance, today(Key::Date)),
            After::Accepted(team) => inspected(story, team, "pass", ""),
            After::NotAccepted(team, issues) => inspected(story, team, "fail", issues),
            After::Reoffered(answers) => {
                story.act_of_unit(10 * DAY, Action::RequestReacceptance, vec![said(Key::Answers, answers)])
            }
            After::Live => story.act_of_unit(4 * DAY, Action::GoLive, today(Key::Date)),
            After::EvaluationRequested => story.act_of_unit(45 * DAY, Action::RequestEvaluation, Vec::new()),
            After::Evaluated(who, score, grade, issues) => {
                let usage = if issues.is_empty() { "normal" } else { "cut" };
                let given = [(Key::Score, score), (Key::Grade, grade), (Key::Issues, issues), (Key::Use, usage)];
                story.act(who, 8 * DAY, Action::RecordEvaluation, all_said(given))
            }
            After::Rectified(answers) => {
                story.act_of_unit(15 * DAY, Action::FinishRectification, vec![said(Key::Answers, answers)])
            }
            After::Archived => {
                let given = vec![(Key::ArchiveNo, Given::Document("玉信息档"))];
                story.act("intake", 3 * DAY, Action::Archive, given)
            }
            After::RuledOut(why) => story.act("lead", DAY, Action::RuleOut, because(why)),
            After::Exempted(basis, level, document, why) => {
                let given =
                    [(Key::Basis, basis), (Key::IssuerLevel, level), (Key::DocNo, document), (Key::Reason, why)];
                story.act("lead", 2 * DAY, Action::Exempt, all_said(given))
            }
            After::Returned(who, items) => {
                story.act(who, DAY, Action::ReturnForCorrection, vec![said(Key::Items, items)])
            }
            After::Corrected(answers) => story.act_of_unit(4 * DAY, Action::Correct, vec![said(Key::Answers, answers)]),
            After::Changed(why, content) => {
                let given = vec![said(Key::Reason, why), said(Key::Content, content)];
                story.act_of_unit(6 * DAY, Action::Change, given)
            }
            After::Suspended(why) => story.act("lead", 3 * DAY, Action::Suspend, because(why)),
            After::Withdrawn(why) => story.act_of_unit(3 * DAY, Action::Withdraw, because(why)),
            After::Terminated(why) => {
                let given = vec![said(Key::Reason, why), (Key::DocNo, Given::Document("玉数函"))];
                story.act("lead", 12 * DAY, Action::Terminate, given)
            }
            After::Frozen(why) => story.act("secadmin", 2 * HOUR, Action::FreezeSecret, because(why)),
            After::Flagged(who, rule, facts) => {
                let given = vec![said(Key::RuleId, rule), said(Key::Facts, facts)];
                story.act(who, 5 * DAY, Action::FlagViolation, given)
            }
            After::Cleared(who, why) => story.act(who, 10 * DAY, Action::ClearViolation, because(why)),
            After::AdviceAsked(whom) => story.act("lead", 3 * HOUR, Action::AskAdvice, vec![said(Key::To, whom)]),
            After::Advised(opinion) => {
                story.act("oversight", 2 * DAY, Action::Advise, vec![said(Key::Opinion, opinion)])
            }
        }
    }
}

fn said(key: Key, words: &str) -> (Key, Given) {
    (key, text(words))
}

fn all_said<const N: usize>(given: [(Key, &str); N]) -> Vec<(Key, Given)> {
    given.into_iter().filter(|(_, words)| !words.is_empty()).map(|(key, words)| said(key, words)).collect()
}

fn day() -> (Key, Given) {
    (Key::DocDate, Given::Today)
}

/// 登记验收: the unit is content; the Centre may not be.
fn inspected(story: Story, team: &str, centre: &str, issues: &str) -> Story {
    let given = [
        (Key::Members, team),
        (Key::UnitResult, "pass"),
        (Key::CentreResult, centre),
        (Key::DataAggregated, if centre == "pass" { "true" } else { "false" }),
        (Key::Issues, issues),
    ];
    story.act(OPEN_AS, 7 * DAY, Action::RecordAcceptance, all_said(given).into_iter().chain([day()]).collect())
}
