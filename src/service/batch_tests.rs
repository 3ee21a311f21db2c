//! Batches: one transaction, and yet every project for itself.

use std::collections::BTreeMap;

use super::batch::{BatchAnswer, BatchItem, Otherwise};
use super::error::{Error, Kind};
use super::tests::{County, draft};
use super::view::audit::{AuditList, AuditVerify};
use super::view::plan::{PlanItem, PlanProject, PlanProjects, PlanWork};
use super::view::show::Show;
use super::{OperationId, Service};
use crate::domain::actor::Role;
use crate::domain::ids::ProjectCode;
use crate::domain::project::Stage;
use crate::domain::workflow::action::Action;
use crate::domain::workflow::record::{Agency, VoteResult};
use crate::domain::workflow::unmet::Unmet;

const AGREE: &[(&str, &str)] = &[("result", "agree"), ("minutes_no", "玉联审〔2026〕1号")];

/// Brings so many projects of different names to a stage.
fn projects(county: &mut County, count: usize, stage: Stage) -> Vec<ProjectCode> {
    let mut codes = Vec::new();
    for number in 0..count {
        let mut new = draft("62.5");
        new.candidate.declaration.name = format!("第{number}个项目");
        let code = county.create(new);
        if stage != Stage::Draft {
            county.bring_to(&code, stage);
        }
        codes.push(code);
    }
    codes
}

fn plan(county: &mut County) -> Vec<PlanProject> {
    let projects = PlanProjects { year: 2027, unit: None, stage: None };
    county.0.ask(&County::session("intake"), projects).unwrap()
}

fn inputs(given: &[(&str, &str)]) -> BTreeMap<String, String> {
    given.iter().map(|(key, value)| (key.to_string(), value.to_string())).collect()
}

/// Makes a batch of what waits for an account.
fn work(county: &mut County, account: &str, action: Action, given: &[(&str, &str)]) -> Vec<BatchItem> {
    let work = PlanWork { year: 2027, unit: None, action, on_behalf_of: None };
    let items = county.0.ask(&County::session(account), work).unwrap();
    batch(&items, action, given)
}

fn batch(items: &[PlanItem], action: Action, given: &[(&str, &str)]) -> Vec<BatchItem> {
    let item = |item: &PlanItem| BatchItem::of_plan((&item.code, item.stage, item.version), action, &inputs(given), "");
    items.iter().map(item).collect()
}

fn run(service: &mut Service, account: &str, items: &[BatchItem]) -> Vec<BatchAnswer> {
    service.execute_batch(&County::session(account), items, Otherwise::LeaveOut).unwrap()
}

fn stage(county: &mut County, code: &ProjectCode) -> Stage {
    county.0.ask(&County::session("intake"), Show { project: code.clone() }).unwrap().dossier.project.stage
}

#[test]
fn r6_2_three_agencies_vote_on_twelve_projects_at_once_and_the_one_that_cannot_be_is_told() {
    let mut county = County::new();
    let codes = projects(&mut county, 12, Stage::JointReview);
    county.act("lead", &codes[4], Action::ReturnForCorrection, &[("items", "补交资金需求")]).unwrap();
    let seen = plan(&mut county).iter().map(PlanItem::from).collect::<Vec<_>>();
    assert_eq!(work(&mut county, "lead", Action::Vote, AGREE).len(), 11, "who waits for a correction waits for it");
    for account in ["lead", "planning", "finance"] {
        let seen: Vec<PlanItem> = plan(&mut county).iter().map(PlanItem::from).collect();
        let items = batch(&seen, Action::Vote, AGREE);
        let checked = county.0.check_batch(&County::session(account), &items).unwrap();
        let entries = county.entries();
        let answers = run(&mut county.0, account, &items);
        assert_eq!(county.entries() - entries, 12, "one entry per project, the one left out included");
        for (number, (check, answer)) in checked.iter().zip(&answers).enumerate() {
            match answer {
                BatchAnswer::Done(receipt) => assert_eq!(check.as_ref().unwrap(), &receipt.done),
                BatchAnswer::Failed(Error::Refused(unmet)) => {
                    assert!(matches!(unmet.as_slice(), [Unmet::Blocked(_)]), "{unmet:?}");
                    assert_eq!((number, check.as_ref().unwrap_err().kind()), (4, Kind::Refused));
                }
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(answers.iter().filter(|answer| answer.receipt().is_some()).count(), 11);
    }
    assert_eq!(seen.len(), 12);
    for code in &codes {
        let expected = if *code == codes[4] { Stage::JointReview } else { Stage::AwaitingGovernment };
        assert_eq!(stage(&mut county, code), expected);
    }
    let auditor = County::session("auditor");
    assert!(county.0.ask(&auditor, AuditVerify { head: None }).unwrap().is_intact());
    let log = AuditList { project: Some(codes[0].clone()), since_millis: 0, before: None, limit: 50 };
    let votes = county.0.ask(&auditor, log).unwrap();
    assert_eq!(votes.entries.iter().filter(|entry| entry.entry.action == "vote").count(), 3);
}

#[test]
fn a_batch_sent_twice_is_done_once() {
    let mut county = County::new();
    projects(&mut county, 3, Stage::JointReview);
    let items = work(&mut county, "lead", Action::Vote, AGREE);
    let audits = |answers: Vec<BatchAnswer>| -> Vec<_> {
        answers.iter().map(|answer| answer.receipt().map(|receipt| receipt.audit.clone())).collect()
    };
    let first = audits(run(&mut county.0, "lead", &items));
    let entries = county.entries();
    let second = audits(run(&mut county.0, "lead", &items));
    assert_eq!((first.len(), &first), (3, &second));
    assert_eq!(county.entries(), entries);
    assert!(plan(&mut county).iter().all(|project| project.votes == [(Agency::Centre, VoteResult::Agree)]));
}

#[test]
fn what_another_process_moved_between_check_and_run_is_left_out_and_told() {
    let mut county = County::new();
    let codes = projects(&mut county, 3, Stage::JointReview);
    let items = work(&mut county, "lead", Action::Vote, AGREE);
    assert!(county.0.check_batch(&County::session("lead"), &items).unwrap().iter().all(Result::is_ok));
    county.act("finance", &codes[1], Action::Vote, AGREE).unwrap();
    let answers = run(&mut county.0, "lead", &items);
    let conflict = |answer: &BatchAnswer| matches!(answer, BatchAnswer::Failed(Error::Conflict { .. }));
    assert_eq!(answers.iter().map(conflict).collect::<Vec<_>>(), [false, true, false]);
    let votes: Vec<usize> = plan(&mut county).iter().map(|project| project.votes.len()).collect();
    assert_eq!(votes, [1, 1, 1], "the one left out has the other's vote only");
}

#[test]
fn with_all_or_nothing_one_that_cannot_be_done_keeps_the_others_from_being_done() {
    let mut county = County::new();
    let codes = projects(&mut county, 3, Stage::JointReview);
    county.act("lead", &codes[2], Action::Vote, AGREE).unwrap();
    let seen: Vec<PlanItem> = plan(&mut county).iter().map(PlanItem::from).collect();
    let items = batch(&seen, Action::Vote, AGREE);
    let entries = county.entries();
    let answers = county.0.execute_batch(&County::session("lead"), &items, Otherwise::Nothing).unwrap();
    assert!(matches!(
        answers.as_slice(),
        [BatchAnswer::HeldBack(_), BatchAnswer::HeldBack(_), BatchAnswer::Failed(Error::Refused(_))]
    ));
    assert_eq!(county.entries() - entries, 1, "only the refusal");
    let votes: Vec<usize> = plan(&mut county).iter().map(|project| project.votes.len()).collect();
    assert_eq!(votes, [0, 0, 1]);
    let rest = &items[..2];
    let answers = county.0.execute_batch(&County::session("lead"), rest, Otherwise::Nothing).unwrap();
    assert!(answers.iter().all(|answer| answer.receipt().is_some()), "nothing of the first try stayed");
    assert!(county.0.ask(&County::session("auditor"), AuditVerify { head: None }).unwrap().is_intact());
}

#[test]
fn who_may_not_is_denied_project_by_project_and_a_disabled_account_altogether() {
    let mut county = County::new();
    projects(&mut county, 2, Stage::JointReview);
    let items = work(&mut county, "lead", Action::Vote, AGREE);
    let answers = run(&mut county.0, "reviewer", &items);
    assert!(answers.iter().all(|answer| matches!(answer, BatchAnswer::Failed(Error::Denied(_)))));
    let disable = super::command::Command::SetAccountActive { code: "lead".to_owned(), active: false };
    county.run("secadmin", disable).unwrap();
    let entries = county.entries();
    let denied = county.0.execute_batch(&County::session("lead"), &items, Otherwise::LeaveOut).unwrap_err();
    assert_eq!((denied.kind(), county.entries() - entries), (Kind::Denied, 1));
    assert!(county.0.execute_batch(&County::session("finance"), &[], Otherwise::LeaveOut).unwrap().is_empty());
}

#[test]
fn the_clerk_finds_what_to_assist_with_and_what_to_transcribe() {
    let mut county = County::new();
    let codes = projects(&mut county, 2, Stage::Draft);
    let answers = {
        let items = work(&mut county, "intake", Action::Submit, &[]);
        run(&mut county.0, "intake", &items)
    };
    assert_eq!(answers.iter().filter(|answer| answer.receipt().is_some()).count(), 2);
    let items = work(&mut county, "intake", Action::AcceptPlan, &[]);
    run(&mut county.0, "intake", &items);
    let mut find = |on_behalf_of| {
        let work = PlanWork { year: 2027, unit: None, action: Action::Vote, on_behalf_of };
        county.0.ask(&County::session("intake"), work).unwrap().len()
    };
    assert_eq!((find(None), find(Some(Role::Finance))), (0, 2));
    assert_eq!(stage(&mut county, &codes[0]), Stage::JointReview);
}

#[test]
fn an_item_of_several_steps_is_done_whole_or_not_at_all() {
    let mut county = County::new();
    let codes = projects(&mut county, 1, Stage::Draft);
    let act = |action| {
        super::command::Command::Act(super::command::Act {
            project: codes[0].clone(),
            action,
            inputs: BTreeMap::new(),
            note: String::new(),
            attachments: Vec::new(),
            if_version: None,
        })
    };
    let wrong = BatchItem { op: OperationId::new(), commands: vec![act(Action::Submit), act(Action::AcceptScheme)] };
    let answers = run(&mut county.0, "intake", std::slice::from_ref(&wrong));
    assert!(matches!(answers.as_slice(), [BatchAnswer::Failed(Error::Refused(_))]));
    assert_eq!(stage(&mut county, &codes[0]), Stage::Draft);
    let right = BatchItem::new(vec![act(Action::Submit), act(Action::AcceptPlan)]);
    let before = county.entries();
    let checked = county.0.check_batch(&County::session("intake"), std::slice::from_ref(&right)).unwrap();
    assert!(checked[0].is_ok() && county.entries() == before, "a check leaves no trace");
    assert_eq!(stage(&mut county, &codes[0]), Stage::Draft);
    run(&mut county.0, "intake", std::slice::from_ref(&right));
    assert_eq!((county.entries() - before, stage(&mut county, &codes[0])), (2, Stage::JointReview));
    run(&mut county.0, "intake", &[right]);
    assert_eq!(county.entries() - before, 2, "sent twice, done once");
}
