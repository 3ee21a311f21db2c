//! Undoing what sets a value: verdicts, decisions about findings, whose a project is.

use proptest::prelude::*;

use super::OperationId;
use super::batch::{BatchItem, Otherwise};
use super::command::{Command, Disposal, Done, ItemAnswer, Undo, VerdictChange};
use super::error::{Answer, Error};
use super::tests::County;
use super::view::checklist::Checklist;
use super::view::findings::Findings;
use super::view::show::Show;
use crate::domain::checklist::{Judgement, Verdict};
use crate::domain::findings::disposition::Standing;
use crate::domain::ids::{ItemId, ProjectCode};
use crate::domain::workflow::action::Action;
use crate::domain::workflow::unmet::Unmet;

fn answer(item: &str, verdict: VerdictChange, remark: Option<&str>) -> ItemAnswer {
    let remark = remark.map(str::to_owned);
    ItemAnswer { item: ItemId::typed(item), verdict, remark, suggestion: None, basis: None, cite: None }
}

fn judge(code: &ProjectCode, answers: &[ItemAnswer]) -> Command {
    Command::Judge { project: code.clone(), answers: answers.to_vec(), if_version: None }
}

fn undo(code: &ProjectCode, redo: bool) -> Command {
    Command::Undo(Undo { project: code.clone(), operation: None, redo })
}

fn value(county: &mut County, code: &ProjectCode, item: &str) -> Option<Judgement> {
    let list = county.0.ask(&County::session("reviewer"), Checklist { project: code.clone() }).unwrap();
    list.items.into_iter().find(|known| known.item.id.as_str() == item).unwrap().judgement
}

fn refused<T: std::fmt::Debug>(answer: Answer<T>) -> Vec<Unmet> {
    match answer {
        Err(Error::Refused(unmet)) => unmet,
        other => panic!("not refused: {other:?}"),
    }
}

const FAIL: VerdictChange = VerdictChange::Set(Verdict::Fail);
const PASS: VerdictChange = VerdictChange::Set(Verdict::Pass);

#[test]
fn a_verdict_and_its_remark_are_undone_and_done_again_as_new_entries() {
    let mut county = County::new();
    let code = county.bring_to_review("62.5");
    county.run("reviewer", judge(&code, &[answer("K01", PASS, None)])).unwrap();
    let first = value(&mut county, &code, "K01");
    county.run("reviewer", judge(&code, &[answer("K01", FAIL, Some("缺部署图"))])).unwrap();
    let second = value(&mut county, &code, "K01");
    let entries = county.entries();
    let done = county.run("reviewer", undo(&code, false)).unwrap();
    assert!(matches!(&done, Done::Undone { act, subjects, redo: false, .. } if act == "judge" && subjects == &["K01"]));
    assert_eq!(value(&mut county, &code, "K01"), first);
    county.run("reviewer", undo(&code, false)).unwrap();
    assert_eq!(value(&mut county, &code, "K01"), None);
    assert_eq!(refused(county.run("reviewer", undo(&code, false))), [Unmet::NothingToUndo]);
    county.run("reviewer", undo(&code, true)).unwrap();
    county.run("reviewer", undo(&code, true)).unwrap();
    assert_eq!(value(&mut county, &code, "K01"), second);
    assert_eq!(refused(county.run("reviewer", undo(&code, true))), [Unmet::NothingToUndo]);
    assert_eq!(county.entries(), entries + 6, "the log only grows");
}

#[test]
fn what_somebody_changed_since_is_not_undone() {
    let mut county = County::new();
    let code = county.bring_to_review("62.5");
    county.run("reviewer", judge(&code, &[answer("K01", PASS, None), answer("K02", PASS, None)])).unwrap();
    county.run("other-reviewer", judge(&code, &[answer("K02", FAIL, Some("无比选"))])).unwrap();
    let unmet = refused(county.run("reviewer", undo(&code, false)));
    assert_eq!(unmet, [Unmet::ChangedSince("K02".to_owned())]);
    assert!(value(&mut county, &code, "K01").is_some(), "all or nothing");
}

#[test]
fn nobody_undoes_what_another_did() {
    let mut county = County::new();
    let code = county.bring_to_review("62.5");
    let op = OperationId::new();
    let session = County::session("reviewer");
    county.0.execute(&session, op.clone(), judge(&code, &[answer("K01", PASS, None)])).unwrap();
    let named = Undo { project: code.clone(), operation: Some(op.as_str().to_owned()), redo: false };
    let refusal = county.run("other-reviewer", Command::Undo(named.clone()));
    assert_eq!(refused(refusal), [Unmet::NothingToUndo]);
    county.run("reviewer", Command::Undo(named.clone())).unwrap();
    assert_eq!(refused(county.run("reviewer", Command::Undo(named))), [Unmet::NothingToUndo], "only once");
}

#[test]
fn a_decision_about_a_finding_is_undone_to_open_and_to_the_one_before() {
    let mut county = County::new();
    let code = county.bring_to_review("99.99");
    let standing = |county: &mut County| {
        let sheet = county.0.ask(&County::session("reviewer"), Findings { project: code.clone() }).unwrap().sheet;
        let item = sheet.items.into_iter().find(|item| !item.finding.is_for_the_lead()).unwrap();
        (item.finding.pattern.code().to_owned(), item.standing, item.decision())
    };
    let (finding, open, _) = standing(&mut county);
    assert_eq!(open, Standing::Open);
    let decide = |accepted: bool, reason: &str| {
        let (project, finding, reason) = (code.clone(), finding.clone(), reason.to_owned());
        Command::DisposeFinding(Disposal { project, finding, accepted, reason, if_version: None })
    };
    county.run("reviewer", decide(true, "属实")).unwrap();
    county.run("reviewer", decide(false, "已核对")).unwrap();
    county.run("reviewer", undo(&code, false)).unwrap();
    assert_eq!(standing(&mut county).2, Some((true, "属实".to_owned())));
    county.run("reviewer", undo(&code, false)).unwrap();
    assert_eq!(standing(&mut county).1, Standing::Open);
    county.run("reviewer", undo(&code, true)).unwrap();
    assert_eq!(standing(&mut county).2, Some((true, "属实".to_owned())));
}

#[test]
fn a_claim_and_an_assignment_are_undone() {
    let mut county = County::new();
    let code = county.bring_to_review("62.5");
    let holder = |county: &mut County| {
        county.0.ask(&County::session("lead"), Show { project: code.clone() }).unwrap().dossier.project.reviewer
    };
    county.act("reviewer", &code, Action::Claim, &[]).unwrap();
    let mine = holder(&mut county);
    county.act("lead", &code, Action::Assign, &[("reviewer", "other-reviewer")]).unwrap();
    assert_ne!(holder(&mut county), mine);
    assert_eq!(refused(county.run("reviewer", undo(&code, false))).len(), 1, "the lead decided since");
    county.run("lead", undo(&code, false)).unwrap();
    assert_eq!(holder(&mut county), mine);
    county.run("reviewer", undo(&code, false)).unwrap();
    assert_eq!(holder(&mut county), None);
}

#[test]
fn a_batch_is_undone_in_one_or_not_at_all() {
    let mut county = County::new();
    let mut done = Vec::new();
    for _ in 0..3 {
        let code = county.bring_to_review("62.5");
        let op = OperationId::new();
        county.0.execute(&County::session("reviewer"), op.clone(), judge(&code, &[answer("K01", PASS, None)])).unwrap();
        done.push((code, op));
    }
    let items = || -> Vec<BatchItem> {
        let back = |(project, op): &(ProjectCode, OperationId)| {
            let operation = Some(op.as_str().to_owned());
            BatchItem::new(vec![Command::Undo(Undo { project: project.clone(), operation, redo: false })])
        };
        done.iter().map(back).collect()
    };
    county.run("other-reviewer", judge(&done[1].0, &[answer("K01", FAIL, Some("缺图"))])).unwrap();
    let session = County::session("reviewer");
    let answers = county.0.execute_batch(&session, &items(), Otherwise::Nothing).unwrap();
    assert!(answers.iter().all(|answer| answer.receipt().is_none()));
    assert!(value(&mut county, &done[0].0, "K01").is_some());
    county.run("other-reviewer", undo(&done[1].0, false)).unwrap();
    let answers = county.0.execute_batch(&session, &items(), Otherwise::Nothing).unwrap();
    assert!(answers.iter().all(|answer| answer.receipt().is_some()));
    assert!(done.iter().all(|(code, _)| value(&mut county, code, "K01").is_none()));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]
    #[test]
    fn whatever_is_done_and_undone_the_log_grows_and_the_value_is_the_models(
        steps in proptest::collection::vec((0u8..10, 0usize..3), 1..30)
    ) {
        let mut county = County::new();
        let code = county.bring_to_review("62.5");
        let items = ["K01", "K02", "K03"];
        // The model: what stands, what was before each act, what can be done again.
        let mut now = [None; 3];
        let mut behind: Vec<[Option<Verdict>; 3]> = Vec::new();
        let mut ahead: Vec<[Option<Verdict>; 3]> = Vec::new();
        for (what, at) in steps {
            let entries = county.entries();
            match what {
                0..=4 => {
                    let verdict = [Verdict::Pass, Verdict::Fail, Verdict::Doubt][usize::from(what) % 3];
                    county.run("reviewer", judge(&code, &[answer(items[at], VerdictChange::Set(verdict), None)])).unwrap();
                    behind.push(now);
                    now[at] = Some(verdict);
                    ahead.clear();
                }
                5..=7 => match (county.run("reviewer", undo(&code, false)), behind.pop()) {
                    (Ok(_), Some(before)) => ahead.push(std::mem::replace(&mut now, before)),
                    (Err(_), None) => {}
                    other => panic!("{other:?}"),
                },
                _ => match (county.run("reviewer", undo(&code, true)), ahead.pop()) {
                    (Ok(_), Some(after)) => behind.push(std::mem::replace(&mut now, after)),
                    (Err(_), None) => {}
                    other => panic!("{other:?}"),
                },
            }
            prop_assert_eq!(county.entries(), entries + 1);
            for (item, expected) in items.iter().zip(now) {
                let stands = value(&mut county, &code, item).and_then(|judgement| judgement.verdict);
                prop_assert_eq!(stands, expected);
            }
        }
    }
}
