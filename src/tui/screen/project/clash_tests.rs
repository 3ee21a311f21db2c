//! Two reviewers at the same project: nothing either wrote is lost, nothing moves under anybody's cursor.

use super::clash::Part;
use crate::domain::checklist::Verdict;
use crate::domain::ids::{ItemId, ProjectCode};
use crate::service::Session;
use crate::service::command::{Command, ItemAnswer, VerdictChange};
use crate::service::view::show::Show;
use crate::tui::message::Message;
use crate::tui::testing::{Desk, county, register, run, to_review};

fn desk() -> (Desk, ProjectCode) {
    let mut service = county();
    let code = register(&mut service, "教师培训平台", "县教育局", "62.5");
    to_review(&mut service, &code, "62.5");
    let mut desk = Desk::open(service, "reviewer", (80, 24));
    desk.keys("0 Enter");
    (desk, code)
}

/// What the other reviewer writes meanwhile, past this screen.
fn meanwhile(desk: &mut Desk, code: &ProjectCode, item: &str, change: impl FnOnce(&mut ItemAnswer)) {
    let mut answer = ItemAnswer {
        item: ItemId::typed(item),
        verdict: VerdictChange::Keep,
        remark: None,
        suggestion: None,
        basis: None,
        cite: None,
    };
    change(&mut answer);
    let command = Command::Judge { project: code.clone(), answers: vec![answer], if_version: None };
    run(&mut desk.worker.service, "other", command);
}

/// What stands in the database at an item.
fn stored(desk: &mut Desk, code: &ProjectCode, item: &str, part: Part) -> String {
    let session = Session { account: "reviewer".to_owned(), os_user: "os".to_owned() };
    let view = desk.worker.service.ask(&session, Show { project: code.clone() }).unwrap();
    part.of(view.dossier.judgement(&ItemId::typed(item)))
}

/// Everything that was ever said at an item, as the log tells.
fn said(desk: &mut Desk, code: &ProjectCode, item: &str) -> String {
    let session = Session { account: "reviewer".to_owned(), os_user: "os".to_owned() };
    let view = desk.worker.service.ask(&session, Show { project: code.clone() }).unwrap();
    view.history.iter().filter_map(|event| event.detail.get(item)).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_colleagues_change_to_another_item_is_merged_without_moving_anything() {
    let (mut desk, code) = desk();
    desk.keys("Down Down");
    let at = desk.state.project.as_ref().unwrap().item;
    meanwhile(&mut desk, &code, "K01", |answer| answer.verdict = VerdictChange::Set(Verdict::Pass));
    desk.tell(Message::OthersWrote);
    assert!(desk.message().starts_with("李娜 ") && desk.message().contains("K01"), "{}", desk.message());
    assert_eq!(desk.state.project.as_ref().unwrap().item, at);
    assert!(desk.screen().contains("技术评审清单 1/47"), "{}", desk.screen());
}

#[test]
fn different_texts_of_one_item_merge_and_none_is_asked_about() {
    let (mut desk, code) = desk();
    desk.keys("i 缺少费用明细");
    meanwhile(&mut desk, &code, "B01", |answer| answer.suggestion = Some("补充测算表".to_owned()));
    desk.tell(Message::OthersWrote);
    assert!(desk.state.dialog.is_some(), "the form stays");
    desk.keys("F8");
    assert!(desk.state.dialog.is_none(), "{}", desk.screen());
    assert_eq!(stored(&mut desk, &code, "B01", Part::Remark), "缺少费用明细");
    assert_eq!(stored(&mut desk, &code, "B01", Part::Suggestion), "补充测算表");
}

/// Both write the same remark; leaves with the question open.
fn at_odds() -> (Desk, ProjectCode) {
    let (mut desk, code) = desk();
    desk.keys("i 未列密评费用，建议补充 F8");
    desk.keys("Home i Up End 后再确认");
    meanwhile(&mut desk, &code, "B01", |answer| answer.remark = Some("密评费用已列 6.8 万元".to_owned()));
    desk.keys("F8");
    assert!(desk.screen().contains("两份都留历史"), "{}", desk.screen());
    (desk, code)
}

#[test]
fn the_same_text_shows_what_both_began_with_theirs_and_mine() {
    let (desk, _) = at_odds();
    insta::assert_snapshot!(desk.screen());
}

#[test]
fn whichever_text_is_chosen_both_are_in_the_history() {
    for (choice, kept) in [
        ("1", "未列密评费用，建议补充后再确认"),
        ("2", "密评费用已列 6.8 万元"),
        ("4", "密评费用已列 6.8 万元\n未列密评费用，建议补充后再确认"),
        ("3 改写 F8", "密评费用已列 6.8 万元\n未列密评费用，建议补充后再确认改写"),
    ] {
        let (mut desk, code) = at_odds();
        desk.keys("Enter Esc q x");
        assert!(desk.state.dialog.is_some(), "only a digit answers");
        desk.keys(choice);
        assert!(desk.state.dialog.is_none(), "{choice}: {}", desk.screen());
        assert_eq!(stored(&mut desk, &code, "B01", Part::Remark), kept, "{choice}");
        let said = said(&mut desk, &code, "B01");
        assert!(said.contains("密评费用已列 6.8 万元"), "{choice}: {said}");
        assert!(said.contains("未列密评费用，建议补充后再确认"), "{choice}: {said}");
    }
}

#[test]
fn a_third_change_while_one_gives_way_is_asked_about_again() {
    let (mut desk, code) = at_odds();
    meanwhile(&mut desk, &code, "B01", |answer| answer.remark = Some("又改".to_owned()));
    desk.keys("2");
    assert!(desk.screen().contains("又改"), "{}", desk.screen());
    desk.keys("1");
    assert_eq!(stored(&mut desk, &code, "B01", Part::Remark), "未列密评费用，建议补充后再确认");
}

#[test]
fn two_different_verdicts_are_asked_about() {
    let (mut desk, code) = desk();
    meanwhile(&mut desk, &code, "B01", |answer| answer.verdict = VerdictChange::Set(Verdict::Doubt));
    desk.keys("1");
    assert!(desk.screen().contains("1 我的为准   2 他人为准"), "{}", desk.screen());
    desk.keys("2");
    assert_eq!(stored(&mut desk, &code, "B01", Part::Verdict), "doubt");
}

#[test]
fn nobody_leaves_a_project_with_an_undecided_text() {
    let (mut desk, _) = at_odds();
    desk.keys("Esc Esc");
    assert!(desk.state.project.is_some());
}
