//! Every gate with its datum and without it, under the rule it comes from; and the table, walked at random.
//!
//! `review` goes from the form to the signed opinion, `delivery` from there to the archive, `overlays` has what may
//! happen at many stages, `walk` the properties.

mod delivery;
mod overlays;
mod panel;
mod review;
mod walk;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::action::{Action, Key};
use super::dossier::{Deed, Dossier};
use super::input::{FieldProblem, InputProblem, Inputs};
use super::record::{
    Agency, Approval, ExAnteAssessment, GovernmentDecision, Hand, Opinion, PanelResult, Record, ReviewResult, Vote,
    VoteResult,
};
use super::unmet::{Clause, FormField, Milestone, Unmet};
use super::waiting::waiting;
use super::{Circumstances, Decision, conditions, decide, overlays_after, table};
use crate::domain::actor::{Role, Unit, UnitKind};
use crate::domain::calendar::{Moment, YearMonth, parse_date, parse_moment};
use crate::domain::checklist::{Judgement, Lack, Verdict, Weight};
use crate::domain::ids::{AccountId, ItemId, ProjectCode, ProjectId, UnitId};
use crate::domain::money::Money;
use crate::domain::policy::Policy;
use crate::domain::project::{
    Declaration, FundingLevel, FundingLine, InYearAddition, InYearReason, Overlay, Project, ProjectKind,
    ResourceCatalogue, Stage,
};
use crate::domain::route;
use proptest::prelude::*;

static POLICY: LazyLock<Policy> = LazyLock::new(|| Policy::county_default().unwrap());

type Raw<'a> = &'a [(&'a str, &'a str)];

/// What is missing, and how to take it away.
type Spoil<What, From> = (What, fn(&mut From));

fn wan(text: &str) -> Money {
    Money::parse_wan(text).unwrap()
}

fn now() -> Moment {
    parse_moment("2026-12-21T09:00:00+08:00").unwrap()
}

fn hand(account: i64) -> Hand {
    Hand { account: AccountId(account), name: String::new(), at: now() }
}

/// A project whose every datum is in place; a test takes one away.
fn complete(stage: Stage, amount: &str) -> Dossier {
    let amount = wan(amount);
    let declaration = Declaration {
        name: "教师培训平台".to_owned(),
        plan_year: Some(2027),
        kind: Some(ProjectKind::New),
        start: YearMonth::new(2027, 5),
        end: YearMonth::new(2027, 11),
        amount,
        funding: vec![FundingLine { source: "县财政".to_owned(), level: FundingLevel::County, amount }],
        basis: "实施方案".to_owned(),
        necessity: "见附件".to_owned(),
        content: "见附件".to_owned(),
        contact: "办公室".to_owned(),
        phone: "0793-2550000".to_owned(),
        catalogue: Some(ResourceCatalogue::Entries(12)),
        ..Declaration::default()
    };
    let unit = Unit {
        id: UnitId(1),
        name: "县教育局".to_owned(),
        kind: UnitKind::CountyOrgan,
        supervisor: None,
        is_centre: false,
    };
    let project = Project {
        id: ProjectId(1),
        code: ProjectCode::compose(2027, 1),
        route: route::compute(&declaration, amount, &POLICY),
        declaration,
        unit,
        supervising_unit: None,
        imported_by: None,
        stage,
        overlays: BTreeSet::new(),
        destroyed: None,
        since: now(),
        clock: Default::default(),
        version: 1,
        round: 1,
        plan_round: 1,
        received_at: Some(now()),
        approved: None,
        assessed: None,
        policy: POLICY.id.clone(),
        reviewer: None,
    };
    let mut dossier = Dossier {
        project,
        votes: Vec::new(),
        government: None,
        ex_ante: None,
        approval: None,
        scheme: None,
        judgements: Vec::new(),
        panels: Vec::new(),
        pool: Vec::new(),
        stay_away: Vec::new(),
        opinions: Vec::new(),
        deeds: Vec::new(),
        vetoes: Vec::new(),
        last_step: None,
    };
    dossier.judgements = answers(&dossier, Verdict::Pass);
    dossier
}

fn answers(dossier: &Dossier, verdict: Verdict) -> Vec<Judgement> {
    let answer = |item: ItemId| Judgement {
        item,
        verdict: Some(verdict),
        remark: "问题".to_owned(),
        suggestion: "建议".to_owned(),
        basis: "依据".to_owned(),
        cite: String::new(),
    };
    dossier.applicable_items(&POLICY).into_iter().map(|item| answer(item.id.clone())).collect()
}

fn with_opinion(stage: Stage, result: ReviewResult) -> Dossier {
    let mut dossier = complete(stage, "62.5");
    dossier.opinions = vec![opinion(result)];
    dossier
}

fn opinion(result: ReviewResult) -> Opinion {
    Opinion {
        round: 1,
        draft: 1,
        result,
        assessed: wan("60"),
        summary: "同意".to_owned(),
        cut_reason: "单价偏高".to_owned(),
        ruling: None,
        drafted: hand(1),
        checked: None,
        check_note: String::new(),
        sent_back: None,
        send_back_reason: String::new(),
        signed: None,
        doc_no: None,
        doc_date: None,
    }
}

/// Adds what was done.
fn did(dossier: &mut Dossier, action: Action, raw: Raw<'_>) {
    let raw = raw.iter().map(|(key, value)| (key.to_string(), value.to_string())).collect();
    let inputs = Inputs::read(action, &raw).unwrap();
    dossier.deeds.push(Deed { action, round: dossier.project.round, effective: true, inputs, by: hand(1) });
}

fn day(text: &str) -> chrono::NaiveDate {
    parse_date(text).unwrap()
}

fn vote(agency: Agency) -> Vote {
    Vote { agency, result: VoteResult::Agree, opinion: String::new(), minutes_no: None, by: hand(1) }
}

fn take_as(capacity: Role, action: Action, raw: Raw<'_>, dossier: &Dossier) -> Result<Decision, Vec<Unmet>> {
    let raw = raw.iter().map(|(key, value)| (key.to_string(), value.to_string())).collect();
    let inputs = Inputs::read(action, &raw).unwrap();
    decide(action, &inputs, Circumstances { dossier, policy: &POLICY, capacity, now: now() })
}

fn take(action: Action, raw: Raw<'_>, dossier: &Dossier) -> Result<Stage, Vec<Unmet>> {
    take_as(Role::Intake, action, raw, dossier).map(|decision| decision.to)
}

/// Takes the action on the complete project, then on the spoiled one: it leads on, then it is refused for exactly
/// this condition.
fn gate(action: Action, raw: Raw<'_>, dossier: &Dossier, spoil: impl FnOnce(&mut Dossier), condition: Unmet) {
    assert!(take(action, raw, dossier).is_ok(), "{action}: {:?}", take(action, raw, dossier));
    let mut spoiled = dossier.clone();
    spoil(&mut spoiled);
    assert_eq!(take(action, raw, &spoiled), Err(vec![condition]), "{action}");
}
