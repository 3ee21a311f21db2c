//! The answer given last, given again.

use crate::domain::checklist::Judgement;
use crate::tui::testing::{self, Desk};

fn at_checklist() -> Desk {
    let mut service = testing::county();
    let code = testing::register(&mut service, "智慧校园", "县教育局", "62.5");
    testing::to_review(&mut service, &code, "62.5");
    let mut desk = Desk::open(service, "reviewer", (120, 40));
    desk.keys("Enter");
    desk
}

fn judgement(desk: &Desk, at: usize) -> Option<Judgement> {
    desk.state.project.as_ref().unwrap().items()[at].judgement.clone()
}

#[test]
fn a_verdict_is_given_again_with_its_texts_but_not_its_place() {
    let mut desk = at_checklist();
    desk.keys("4");
    desk.keys("由县里统一提供");
    desk.keys("F8");
    let first = judgement(&desk, 0).unwrap();
    assert_eq!(first.remark, "由县里统一提供", "{}", desk.screen());
    desk.keys("..");
    for at in 1..3 {
        let again = judgement(&desk, at).unwrap_or_else(|| panic!("{}", desk.screen()));
        assert_eq!((again.verdict, &again.remark), (first.verdict, &first.remark), "{at}");
        assert_eq!(again.cite, "");
    }
    assert!(desk.message().starts_with("已判 B03"), "{}", desk.message());
    // Each is an answer of its own, taken back by itself.
    desk.keys("u");
    assert_eq!((judgement(&desk, 1).is_some(), judgement(&desk, 2)), (true, None), "{}", desk.screen());
}

#[test]
fn what_was_written_to_an_item_is_not_overwritten() {
    let mut desk = at_checklist();
    desk.keys("F4");
    desk.keys("另有说明");
    desk.keys("F8 Up Up Up 2");
    let written = judgement(&desk, 0).unwrap();
    desk.keys("Esc Home");
    desk.keys("Down 2");
    desk.keys("没有测算依据");
    desk.keys("F8 Home .");
    assert!(desk.message().contains("B01 已写有别的说明，未覆盖"), "{}", desk.message());
    assert_eq!(judgement(&desk, 0).unwrap().remark, written.remark);
}

#[test]
fn without_an_answer_before_there_is_nothing_to_give_again() {
    let mut desk = at_checklist();
    desk.keys(".");
    assert!(desk.message().starts_with("没有可以重复的判断"), "{}", desk.message());
    assert_eq!(judgement(&desk, 0), None);
    // Nor is the item it was given to answered twice.
    desk.keys("1 Up .");
    assert!(desk.message().starts_with("没有可以重复的判断"), "{}", desk.message());
}
