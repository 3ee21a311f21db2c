//! The oracle: what must be on record of a project that stands where it stands, said from the regulation and checked
//! on the records alone.

use crate::domain::money::Money;
use crate::domain::project::Stage;
use crate::domain::workflow::action::{Action, Key};
use crate::domain::workflow::dossier::{Deed, Dossier};
use crate::domain::workflow::record::{Agency, Opinion, PanelResult, ReviewResult, VoteResult};

/// The stages of the way in their order; what stands beside it has no place here.
const WAY: &[Stage] = &[
    Stage::Draft,
    Stage::AwaitingSupervisor,
    Stage::PlanIntake,
    Stage::JointReview,
    Stage::AwaitingGovernment,
    Stage::Planned,
    Stage::AwaitingApproval,
    Stage::Approved,
    Stage::SchemeIntake,
    Stage::TechnicalReview,
    Stage::PanelForming,
    Stage::PanelReviewing,
    Stage::PanelConcluding,
    Stage::Revising,
    Stage::OpinionCheck,
    Stage::OpinionSigning,
    Stage::ReviewPassed,
    Stage::FilingReview,
    Stage::Filed,
    Stage::ProcurementPreparation,
    Stage::Procuring,
    Stage::Contracted,
    Stage::Implementing,
    Stage::TrialRun,
    Stage::Acceptance,
    Stage::AcceptanceFailed,
    Stage::Accepted,
    Stage::Operating,
    Stage::Evaluation,
    Stage::EvaluationRectifying,
    Stage::Archived,
];

/// What must be on record, as a look at the records.
type Law = fn(&Dossier) -> Result<(), String>;

/// Tells what is unlawful about a project, if anything.
pub fn check(dossier: &Dossier) -> Result<(), String> {
    let place = |stage| WAY.iter().position(|one| *one == stage);
    let here = match dossier.project.stage {
        Stage::ReviewFailed => place(Stage::OpinionSigning),
        Stage::ProcurementFailed => place(Stage::Procuring),
        stage => place(stage),
    };
    if dossier.project.destroyed.is_some() {
        return destroyed(dossier);
    }
    money(dossier)?;
    let Some(here) = here else { return Ok(()) };
    let beyond = |stage| Some(here) >= place(stage);
    let rules: [(Stage, Law); 10] = [
        (Stage::AwaitingGovernment, agreed),
        (Stage::Planned, decided),
        (Stage::AwaitingApproval, assessed_beforehand),
        (Stage::Approved, approved),
        (Stage::OpinionCheck, opinion),
        (Stage::FilingReview, reviewed),
        (Stage::Filed, filed),
        (Stage::Procuring, prepared),
        (Stage::Contracted, contracted),
        (Stage::Archived, archived),
    ];
    for (from, rule) in rules {
        if beyond(from) {
            rule(dossier)?;
        }
    }
    match dossier.project.stage {
        Stage::Accepted | Stage::Operating | Stage::Evaluation | Stage::EvaluationRectifying | Stage::Archived => {
            accepted(dossier)
        }
        _ => Ok(()),
    }
}

fn must(holds: bool, what: &str) -> Result<(), String> {
    if holds { Ok(()) } else { Err(what.to_owned()) }
}

/// 〔第十七条〕 Of what was destroyed nothing is left to read.
fn destroyed(dossier: &Dossier) -> Result<(), String> {
    let form = &dossier.project.declaration;
    let words = [&form.name, &form.basis, &form.necessity, &form.content, &form.contact, &form.phone];
    must(words.iter().all(|text| text.is_empty()), "no words of a destroyed form")?;
    let records = dossier.deeds.len() + dossier.opinions.len() + dossier.judgements.len() + dossier.votes.len();
    must(records == 0 && dossier.approval.is_none(), "no records of a destroyed project")
}

/// 〔第六条〕 三部门联合审议通过.
fn agreed(dossier: &Dossier) -> Result<(), String> {
    let agrees = |agency: &Agency| {
        dossier.votes.iter().filter(|vote| vote.agency == *agency && vote.result == VoteResult::Agree).count() == 1
    };
    must(Agency::ALL.iter().all(agrees) && dossier.votes.len() == 3, "three agreements")
}

/// 〔第六条〕 报县政府批准后方可实施.
fn decided(dossier: &Dossier) -> Result<(), String> {
    must(dossier.government.as_ref().is_some_and(|decision| decision.approved), "the government's approval")
}

/// 〔第十五条〕 新建项目事前绩效评估；〔第十一条〕 信息资源目录是审批必备条件.
fn assessed_beforehand(dossier: &Dossier) -> Result<(), String> {
    let form = &dossier.project.declaration;
    let is_new = form.kind == Some(crate::domain::project::ProjectKind::New);
    must(!is_new || dossier.ex_ante.is_some(), "the ex-ante assessment")?;
    must(form.catalogue.is_some(), "the resource catalogue")
}

/// 〔第四条〕 立项审批.
fn approved(dossier: &Dossier) -> Result<(), String> {
    must(dossier.approval.is_some() && dossier.project.approved.is_some(), "the approval")
}

/// The opinion that counts in the running round.
fn standing(dossier: &Dossier) -> Option<&Opinion> {
    dossier.opinions.iter().rfind(|opinion| opinion.round == dossier.project.round && opinion.sent_back.is_none())
}

/// Whether the project went past the technical review, which below 50 万元 it may.
fn is_small(dossier: &Dossier) -> bool {
    !dossier.project.route.code.needs_review()
}

/// 〔第七条〕〔第八条〕 逐项审核、书面意见；拟定、审核、签发三人.
fn opinion(dossier: &Dossier) -> Result<(), String> {
    if is_small(dossier) {
        return Ok(());
    }
    let opinion = standing(dossier).ok_or("a standing opinion")?;
    must(!dossier.judgements.is_empty() && dossier.judgements.iter().all(|it| it.verdict.is_some()), "every answer")?;
    let hands: Vec<_> = [Some(&opinion.drafted), opinion.checked.as_ref(), opinion.signed.as_ref()]
        .into_iter()
        .flatten()
        .map(|hand| hand.account)
        .collect();
    let distinct: std::collections::BTreeSet<_> = hands.iter().collect();
    must(distinct.len() == hands.len(), "different people for draft, check and signature")?;
    let of_experts = dossier.project.governing_amount() >= Money::from_wan(100);
    must(!of_experts || dossier.panel_result().is_some(), "the panel's conclusion")
}

/// 〔第八条〕 未通过的不予招标采购.
fn reviewed(dossier: &Dossier) -> Result<(), String> {
    if is_small(dossier) {
        return must(dossier.project.governing_amount() < Money::from_wan(50), "less than 50 万元 without a review");
    }
    let opinion = standing(dossier).ok_or("an opinion")?;
    must(opinion.signed.is_some() && opinion.doc_no.is_some(), "a signed opinion")?;
    must(opinion.result == ReviewResult::Pass, "an opinion that says pass")?;
    must(dossier.panel_result() != Some(PanelResult::Fail), "no panel that failed it")
}

/// 〔第七条〕 立项、评审、备案依次.
fn filed(dossier: &Dossier) -> Result<(), String> {
    let filing = dossier.filed_on().ok_or("an approved filing")?;
    let approval = dossier.approval.as_ref().ok_or("an approval")?.doc_date;
    match standing(dossier).filter(|_| !is_small(dossier)).and_then(|opinion| opinion.doc_date) {
        Some(review) => must(approval <= review && review <= filing, "three decisions in order"),
        None => must(approval <= filing, "two decisions in order"),
    }
}

fn last(dossier: &Dossier, action: Action) -> Option<&Deed> {
    dossier.deeds.iter().rfind(|deed| deed.action == action)
}

/// 〔第八条〕 需求调查先于采购需求；〔第四条〕 预算不超核定.
fn prepared(dossier: &Dossier) -> Result<(), String> {
    let requirement = last(dossier, Action::FixRequirement).ok_or("a fixed requirement")?;
    must(requirement.round == dossier.project.round, "a requirement of the running round")?;
    if dossier.project.route.survey_required {
        let survey = last(dossier, Action::RecordSurvey).ok_or("a survey")?;
        must(survey.inputs.date(Key::End) <= requirement.inputs.date(Key::Date), "the survey before the requirement")?;
    }
    let start = last(dossier, Action::StartProcurement).ok_or("a start of procurement")?;
    let elsewhere = start.inputs.text(Key::Channel) != Some("e-mall");
    must(!(is_small(dossier) && elsewhere) || start.inputs.text(Key::Reason).is_some(), "the e-mall or a reason")?;
    let budget = start.inputs.money(Key::Budget).ok_or("a budget")?;
    must(dossier.project.assessed.is_none_or(|assessed| budget <= assessed), "a budget within the assessed amount")?;
    must(budget <= dossier.project.governing_amount(), "a budget within the approved amount")
}

/// 〔第九条〕 运维不超三年；〔第九条〕〔第十一条〕〔第十二条〕 三项条款；〔第四条〕 合同不超预算.
fn contracted(dossier: &Dossier) -> Result<(), String> {
    let contract = &last(dossier, Action::RegisterContract).ok_or("a contract")?.inputs;
    must(contract.lines(Key::Clauses).len() == 3, "three clauses")?;
    if let (Some(start), Some(end)) = (contract.date(Key::OmStart), contract.date(Key::OmEnd)) {
        // Three years hold 1095 or 1096 days, the first one included.
        must((end - start).num_days() < 1096, "maintenance of three years at most")?;
    }
    must(contract.money(Key::Amount) <= dossier.budget(), "a contract within the budget")
}

fn passes(deed: &Deed) -> bool {
    deed.action == Action::RecordAcceptance
        && [Key::UnitResult, Key::CentreResult].iter().all(|key| deed.inputs.text(*key) == Some("pass"))
        && deed.inputs.flag(Key::DataAggregated) == Some(true)
}

/// 〔第十二条〕 三人以上、两方合格；〔第十一条〕 数据汇聚.
fn accepted(dossier: &Dossier) -> Result<(), String> {
    let acceptance = last(dossier, Action::RecordAcceptance).ok_or("an acceptance")?;
    must(acceptance.inputs.records(Key::Members).len() >= 3, "a team of three")?;
    must(passes(acceptance), "both parts and the data")
}

/// 〔第十五条〕 绩效评价；〔第八条〕 调查装订归档.
fn archived(dossier: &Dossier) -> Result<(), String> {
    must(last(dossier, Action::RecordEvaluation).is_some(), "an evaluation")?;
    let survey = last(dossier, Action::RecordSurvey);
    let bound = survey.is_some_and(|survey| survey.inputs.text(Key::ArchiveNo).is_some());
    must(!dossier.project.route.survey_required || bound, "a bound survey")
}

/// 〔第四条〕〔第十二条〕 Nothing is assessed, budgeted, contracted or paid beyond what it rests on, and the remaining
/// money follows acceptance.
fn money(dossier: &Dossier) -> Result<(), String> {
    let signed = dossier.opinions.iter().filter(|opinion| opinion.signed.is_some());
    let approved = dossier.deeds.iter().filter(|deed| deed.action == Action::Change);
    let highest =
        approved.filter_map(|deed| deed.inputs.money(Key::Amount)).chain(dossier.approval.iter().map(|it| it.amount));
    let highest = highest.max().unwrap_or(Money::ZERO);
    must(
        signed.map(|opinion| opinion.assessed).all(|assessed| assessed <= highest),
        "an assessment within an approval",
    )?;
    let mut contract = None;
    let mut paid = Money::ZERO;
    let mut is_accepted = false;
    for deed in &dossier.deeds {
        let amount = deed.inputs.money(Key::Amount);
        match deed.action {
            Action::RegisterContract => contract = amount,
            Action::Change if contract.is_some() => contract = amount.or(contract),
            Action::RecordAcceptance => is_accepted = passes(deed),
            Action::RegisterPayment => {
                let remaining = deed.inputs.text(Key::PaymentKind) == Some("remaining");
                must(!remaining || is_accepted, "remaining money after acceptance")?;
                paid = paid + amount.ok_or("an amount paid")?;
            }
            _ => {}
        }
        must(contract.is_none_or(|contract| paid <= contract), "payments within the contract")?;
    }
    must(contract.is_some() || paid.is_zero(), "a contract before any payment")
}
