//! Undo and recall as a reviewer presses them.

use crate::domain::actor::Role;
use crate::domain::checklist::Verdict;
use crate::domain::project::Stage;
use crate::domain::workflow::action::Action;
use crate::service::Session;
use crate::service::command::{Command, ItemAnswer, VerdictChange};
use crate::service::view::checklist::Checklist;
use crate::tui::testing::{self, Desk};

fn at_review() -> (crate::service::Service, crate::domain::ids::ProjectCode) {
    let mut service = testing::county();
    let code = testing::register(&mut service, "智慧校园", "县教育局", "62.5");
    testing::to_review(&mut service, &code, "62.5");
    (service, code)
}

fn stage(desk: &Desk) -> Stage {
    desk.state.project.as_ref().unwrap().view.as_ref().unwrap().dossier.project.stage
}

fn first_verdict(desk: &Desk) -> Option<Verdict> {
    desk.state.project.as_ref().unwrap().items()[0].judgement.as_ref().and_then(|judgement| judgement.verdict)
}

#[test]
fn a_verdict_is_undone_and_done_again_and_the_message_says_how() {
    let (service, _) = at_review();
    let mut desk = Desk::open(service, "reviewer", (80, 24));
    assert!(desk.state.me.has(Role::Reviewer));
    desk.keys("Enter 1");
    assert!(desk.message().contains("按 u 撤销"), "{}", desk.message());
    assert!(first_verdict(&desk).is_some());
    desk.keys("u");
    assert!(desk.message().starts_with("已撤销：") && desk.message().contains("按 U 重做"), "{}", desk.message());
    assert_eq!(first_verdict(&desk), None);
    assert_eq!(desk.state.project.as_ref().unwrap().item, 0, "the cursor stands on what was undone");
    desk.keys("U");
    assert!(first_verdict(&desk).is_some());
    desk.keys("uu");
    assert!(desk.screen().contains("没有可以撤销的内容"), "{}", desk.screen());
}

fn judged() -> crate::service::Service {
    let (mut service, code) = at_review();
    let session = Session { account: "reviewer".to_owned(), os_user: "os".to_owned() };
    let list = service.ask(&session, Checklist { project: code.clone() }).unwrap();
    let pass = |item: &crate::domain::ids::ItemId| ItemAnswer {
        item: item.clone(),
        verdict: VerdictChange::Set(Verdict::Pass),
        remark: None,
        suggestion: None,
        basis: None,
        cite: None,
    };
    let answers = list.open().into_iter().map(pass).collect();
    testing::run(&mut service, "reviewer", Command::Judge { project: code.clone(), answers, if_version: None });
    let opinion = &[("result", "pass"), ("assessed_wan", "62.5"), ("summary", "同意")];
    testing::act(&mut service, "reviewer", &code, Action::DraftOpinion, opinion);
    service
}

#[test]
fn task_11_a_submitted_opinion_is_recalled_with_two_keys() {
    let mut desk = Desk::open(judged(), "reviewer", (80, 24));
    // The project waits for the lead now; the reviewer finds it among all.
    desk.keys("0 Enter");
    assert_eq!(stage(&desk), Stage::OpinionCheck);
    desk.keys("u");
    let asked = desk.screen();
    assert!(asked.contains("收回") && asked.contains("上一步: 拟定技术审核意见"), "{asked}");
    desk.keys("1");
    assert_eq!(stage(&desk), Stage::TechnicalReview, "{}", desk.screen());
}

#[test]
fn the_question_before_an_outward_step_says_that_it_can_be_recalled() {
    let mut desk = Desk::open(judged(), "lead", (80, 24));
    desk.keys("Enter F8 1");
    if !desk.screen().contains("1 确认") {
        desk.press(crossterm::event::KeyCode::F(2));
    }
    assert!(desk.screen().contains("10 分钟内可以收回"), "{}", desk.screen());
}
