//! Whose a project is while it is reviewed: claimed, released, taken over, assigned.

use super::clock::Clock;
use super::command::Command;
use super::error::{Answer, Error, Kind};
use super::presence::{Place, TerminalId};
use super::tests::County;
use super::view::queue::List;
use super::view::show::Show;
use crate::domain::calendar::parse_moment;
use crate::domain::checklist::Verdict;
use crate::domain::ids::ProjectCode;
use crate::domain::permission::Denied;
use crate::domain::search::{Filter, Term, Who};
use crate::domain::workflow::action::Action;
use crate::domain::workflow::unmet::Unmet;
use std::time::Duration;

fn at(county: &mut County, time: &str) {
    county.0.set_clock(Clock::Fixed(parse_moment(&format!("2026-09-12T{time}+08:00")).unwrap()));
}

fn holder(county: &mut County, code: &ProjectCode) -> Option<String> {
    let view = county.0.ask(&County::session("lead"), Show { project: code.clone() }).unwrap();
    let id = view.dossier.project.reviewer?;
    let snapshot = county.0.database.read().unwrap();
    let accounts = snapshot.read().accounts().unwrap();
    accounts.into_iter().find(|account| account.id == id).map(|account| account.code)
}

fn refused<T: std::fmt::Debug>(answer: Answer<T>) -> Vec<Unmet> {
    match answer {
        Err(Error::Refused(unmet)) => unmet,
        other => panic!("not refused: {other:?}"),
    }
}

fn claimed() -> (County, ProjectCode) {
    let mut county = County::new();
    let code = county.bring_to_review("62.5");
    county.act("reviewer", &code, Action::Claim, &[]).unwrap();
    (county, code)
}

const REASON: &[(&str, &str)] = &[("reason", "王芳休假")];

#[test]
fn a_claim_has_one_holder_and_only_the_holder_judges() {
    let (mut county, code) = claimed();
    assert_eq!(holder(&mut county, &code).as_deref(), Some("reviewer"));
    assert_eq!(refused(county.act("other-reviewer", &code, Action::Claim, &[])), [Unmet::AlreadyClaimed]);
    let judged = Command::Judge { project: code.clone(), answers: Vec::new(), if_version: None };
    assert_eq!(county.run("other-reviewer", judged).unwrap_err().kind(), Kind::Denied);
    county.judge_all(&code, Verdict::Pass);
}

#[test]
fn a_claim_is_the_assignment_of_the_scheme() {
    let (mut county, code) = claimed();
    for (who, found) in [("reviewer", 1), ("other-reviewer", 0)] {
        let filter = Filter::Term(Term::Owner(vec![Who::Me]));
        let list = List { stage: None, filter, sort: Vec::new(), after: None, limit: 9 };
        assert_eq!(county.0.ask(&County::session(who), list).unwrap().total, found, "{who}");
    }
    county.act("reviewer", &code, Action::Release, &[]).unwrap();
    assert_eq!(holder(&mut county, &code), None);
    assert_eq!(refused(county.act("reviewer", &code, Action::Release, &[])), [Unmet::NotClaimed]);
}

#[test]
fn the_holder_or_the_lead_releases() {
    let (mut county, code) = claimed();
    let denied = county.act("other-reviewer", &code, Action::Release, &[]).unwrap_err();
    assert!(matches!(denied, Error::Denied(Denied::AssignedToOther)));
    county.act("lead", &code, Action::Release, &[]).unwrap();
    assert_eq!(holder(&mut county, &code), None);
}

#[test]
fn a_stale_claim_is_taken_over_with_a_reason() {
    let (mut county, code) = claimed();
    at(&mut county, "09:14:59");
    let unmet = refused(county.act("other-reviewer", &code, Action::TakeOver, REASON));
    assert_eq!(unmet, [Unmet::HolderAtWork { minutes: 15 }], "what was done last counts as a sign of life");
    at(&mut county, "09:15:00");
    let missing = county.act("other-reviewer", &code, Action::TakeOver, &[]).unwrap_err();
    assert_eq!(missing.kind(), Kind::Invalid);
    let denied = county.act("reviewer", &code, Action::TakeOver, REASON).unwrap_err();
    assert!(matches!(denied, Error::Denied(Denied::HoldsIt)));
    county.act("other-reviewer", &code, Action::TakeOver, REASON).unwrap();
    assert_eq!(holder(&mut county, &code).as_deref(), Some("other-reviewer"));
    let view = county.0.ask(&County::session("lead"), Show { project: code }).unwrap();
    let deed = view.dossier.last(Action::TakeOver).unwrap();
    assert_eq!(deed.inputs.text(crate::domain::workflow::action::Key::Reason), Some("王芳休假"));
}

#[test]
fn whose_program_is_open_keeps_the_claim_and_for_a_while_after_it_was_killed() {
    let (mut county, code) = claimed();
    at(&mut county, "10:00:00");
    let terminal = TerminalId::new();
    assert!(county.0.be(&County::session("reviewer"), &terminal, &Place::Queue, "", Duration::ZERO));
    let take = |county: &mut County| county.act("other-reviewer", &code, Action::TakeOver, REASON);
    assert_eq!(refused(take(&mut county)), [Unmet::HolderAtWork { minutes: 15 }]);
    at(&mut county, "10:14:59");
    // Others' signs of life do not wipe the last one of a program that was killed.
    assert!(county.0.be(&County::session("lead"), &TerminalId::new(), &Place::Queue, "", Duration::ZERO));
    assert_eq!(refused(take(&mut county)), [Unmet::HolderAtWork { minutes: 15 }]);
    at(&mut county, "10:15:00");
    take(&mut county).unwrap();
}

#[test]
fn who_left_in_order_keeps_nothing_back() {
    let (mut county, code) = claimed();
    at(&mut county, "10:00:00");
    let terminal = TerminalId::new();
    county.0.be(&County::session("reviewer"), &terminal, &Place::Queue, "", Duration::ZERO);
    county.0.leave(&terminal);
    county.act("other-reviewer", &code, Action::TakeOver, REASON).unwrap();
}

#[test]
fn the_lead_assigns_at_any_time() {
    let (mut county, code) = claimed();
    county.act("lead", &code, Action::Assign, &[("reviewer", "other-reviewer")]).unwrap();
    assert_eq!(holder(&mut county, &code).as_deref(), Some("other-reviewer"));
    assert_eq!(county.act("lead", &code, Action::Assign, &[("reviewer", "signer")]).unwrap_err().kind(), Kind::Invalid);
}
