//! Taking back the step just taken, by its own author, within the grace period.

use super::clock::Clock;
use super::command::{Command, Undo};
use super::error::{Answer, Error};
use super::tests::County;
use super::view::show::Show;
use crate::domain::calendar::parse_moment;
use crate::domain::checklist::Verdict;
use crate::domain::ids::ProjectCode;
use crate::domain::permission::Denied;
use crate::domain::project::{Overlay, Stage};
use crate::domain::workflow::action::Action;
use crate::domain::workflow::dossier::Dossier;
use crate::domain::workflow::unmet::Unmet;

const OPINION: &[(&str, &str)] = &[("result", "pass"), ("assessed_wan", "62.5"), ("summary", "同意")];

fn at(county: &mut County, time: &str) {
    county.0.set_clock(Clock::Fixed(parse_moment(&format!("2026-09-12T{time}+08:00")).unwrap()));
}

fn drafted() -> (County, ProjectCode) {
    let mut county = County::new();
    let code = county.bring_to_review("62.5");
    county.judge_all(&code, Verdict::Pass);
    county.act("reviewer", &code, Action::DraftOpinion, OPINION).unwrap();
    (county, code)
}

fn dossier(county: &mut County, code: &ProjectCode) -> Dossier {
    county.0.ask(&County::session("lead"), Show { project: code.clone() }).unwrap().dossier
}

fn refused<T: std::fmt::Debug>(answer: Answer<T>) -> Vec<Unmet> {
    match answer {
        Err(Error::Refused(unmet)) => unmet,
        other => panic!("not refused: {other:?}"),
    }
}

#[test]
fn a_drafted_opinion_is_taken_back_and_can_be_drafted_again() {
    let (mut county, code) = drafted();
    let entries = county.entries();
    assert_eq!(county.act("reviewer", &code, Action::Recall, &[]).unwrap(), Stage::TechnicalReview);
    assert_eq!(county.entries(), entries + 1, "the log grows");
    let now = dossier(&mut county, &code);
    assert!(now.running_opinion().is_none());
    assert_eq!(now.opinions.len(), 1, "the draft is kept");
    county.act("reviewer", &code, Action::DraftOpinion, OPINION).unwrap();
    assert_eq!(dossier(&mut county, &code).running_opinion().unwrap().draft, 2);
}

#[test]
fn the_clock_of_the_review_goes_on_where_it_stood() {
    let mut county = County::new();
    let code = county.bring_to_review("62.5");
    let due = dossier(&mut county, &code).project.clock;
    county.0.set_clock(Clock::Fixed(parse_moment("2026-09-18T09:00:00+08:00").unwrap()));
    county.judge_all(&code, Verdict::Pass);
    county.act("reviewer", &code, Action::DraftOpinion, OPINION).unwrap();
    assert_ne!(dossier(&mut county, &code).project.clock, due);
    county.act("reviewer", &code, Action::Recall, &[]).unwrap();
    assert_eq!(dossier(&mut county, &code).project.clock, due, "drafting and recalling wins no time");
}

#[test]
fn a_check_is_taken_back_and_the_log_keeps_what_was_noted() {
    let (mut county, code) = drafted();
    county.act("lead", &code, Action::CheckOpinion, &[("note", "同意，请签发")]).unwrap();
    assert_eq!(county.act("lead", &code, Action::Recall, &[]).unwrap(), Stage::OpinionCheck);
    let opinion = dossier(&mut county, &code).running_opinion().unwrap().clone();
    assert_eq!((opinion.checked, opinion.check_note.as_str()), (None, ""));
    let view = county.0.ask(&County::session("lead"), Show { project: code.clone() }).unwrap();
    let kept = view.history.iter().flat_map(|event| event.detail.iter().map(|(_, text)| text.to_owned()));
    assert!(kept.collect::<Vec<_>>().contains(&"同意，请签发".to_owned()));
    county.act("lead", &code, Action::CheckOpinion, &[]).unwrap();
    county.act("signer", &code, Action::SignOpinion, &[("doc_no", "1号")]).unwrap();
}

#[test]
fn an_opinion_sent_back_is_on_its_way_again() {
    let (mut county, code) = drafted();
    county.act("lead", &code, Action::CheckOpinion, &[]).unwrap();
    county.act("signer", &code, Action::SendBack, &[("reason", "核定额请复核")]).unwrap();
    assert_eq!(county.act("signer", &code, Action::Recall, &[]).unwrap(), Stage::OpinionSigning);
    assert!(dossier(&mut county, &code).running_opinion().is_some());
    county.act("signer", &code, Action::SignOpinion, &[("doc_no", "1号")]).unwrap();
}

#[test]
fn a_return_for_correction_is_taken_back() {
    let mut county = County::new();
    let code = county.bring_to_review("62.5");
    county.act("reviewer", &code, Action::ReturnForCorrection, &[("items", "补充目录")]).unwrap();
    assert!(dossier(&mut county, &code).project.overlays.contains(&Overlay::Correcting));
    county.act("reviewer", &code, Action::Recall, &[]).unwrap();
    assert!(dossier(&mut county, &code).project.overlays.is_empty());
    assert!(matches!(
        refused(county.act("intake", &code, Action::Correct, &[("answers", "已补")])).as_slice(),
        [Unmet::NotLying(_)]
    ));
}

#[test]
fn after_the_grace_period_it_is_refused_with_what_to_do_instead() {
    let (mut county, code) = drafted();
    at(&mut county, "09:10:00");
    assert!(county.0.rehearse(&County::session("reviewer"), &act(&code)).is_ok(), "the tenth minute still counts");
    at(&mut county, "09:10:01");
    let unmet = refused(county.act("reviewer", &code, Action::Recall, &[]));
    assert_eq!(unmet, [Unmet::GraceOver { action: Action::DraftOpinion, minutes: 10 }]);
}

fn act(code: &ProjectCode) -> Command {
    Command::Act(super::command::Act {
        project: code.clone(),
        action: Action::Recall,
        inputs: Default::default(),
        note: String::new(),
        attachments: Vec::new(),
        if_version: None,
    })
}

#[test]
fn r8_6_a_signed_opinion_is_not_taken_back() {
    let (mut county, code) = drafted();
    county.act("lead", &code, Action::CheckOpinion, &[]).unwrap();
    county.act("signer", &code, Action::SignOpinion, &[("doc_no", "1号")]).unwrap();
    let unmet = refused(county.act("signer", &code, Action::Recall, &[]));
    assert_eq!(unmet, [Unmet::StepFinal(Action::SignOpinion)]);
    assert_eq!(unmet[0].rule().id(), "R8.6");
}

#[test]
fn only_who_took_the_step_takes_it_back_and_only_while_nobody_acted_on_it() {
    let (mut county, code) = drafted();
    let denied = county.act("lead", &code, Action::Recall, &[]).unwrap_err();
    assert!(matches!(denied, Error::Denied(Denied::NotOwnStep(Action::DraftOpinion))));
    county.act("lead", &code, Action::AskAdvice, &[("to", "县审计局")]).unwrap();
    let unmet = refused(county.act("reviewer", &code, Action::Recall, &[]));
    assert_eq!(unmet, [Unmet::StepFinal(Action::AskAdvice)]);
}

#[test]
fn a_step_is_recalled_and_not_undone() {
    let (mut county, code) = drafted();
    let undo = Command::Undo(Undo { project: code.clone(), operation: None, redo: false });
    assert_eq!(refused(county.run("reviewer", undo)), [Unmet::NothingToUndo]);
    county.act("reviewer", &code, Action::Recall, &[]).unwrap();
    assert_eq!(refused(county.act("reviewer", &code, Action::Recall, &[])), [Unmet::NothingToRecall]);
}
