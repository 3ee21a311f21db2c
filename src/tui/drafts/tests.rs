//! What is typed comes back: after Esc, after the end of the program, beside others' changes; and goes with the receipt.

use std::path::Path;
use std::sync::mpsc::{Receiver, channel};

use crossterm::event::KeyCode;
use tempfile::TempDir;

use super::{Keeper, Topic};
use crate::domain::findings::Pattern;
use crate::domain::ids::{ItemId, ProjectCode};
use crate::domain::meeting::sheet::Field;
use crate::domain::workflow::action::Action;
use crate::service::Service;
use crate::service::command::{Command, ItemAnswer, VerdictChange};
use crate::tui::journal::{Owner, Report, Trouble};
use crate::tui::testing::{Desk, clock, county, register, run, to_review};
use crate::tui::widget::finding::Decision;

fn keeper(state: &Path) -> (Keeper, Receiver<Report>) {
    let owner = Owner { state: state.to_owned(), database: "d".to_owned(), account: "reviewer".to_owned() };
    let (to, reports) = channel();
    let tell = move || {
        let to = to.clone();
        Box::new(move |report| drop(to.send(report))) as Box<dyn Fn(Report) + Send>
    };
    (Keeper::new(Some(owner), clock(), Box::new(tell)), reports)
}

fn sit_down(service: Service, state: &Path) -> Desk {
    Desk::open_with(service, "reviewer", (80, 24), Some(keeper(state).0))
}

/// The program is killed; the database stays.
fn killed(desk: Desk) -> Service {
    desk.worker.service
}

fn in_review() -> (Service, ProjectCode) {
    let mut service = county();
    let code = register(&mut service, "教师培训平台", "县教育局", "62.50");
    to_review(&mut service, &code, "62.50");
    (service, code)
}

fn files(state: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(state).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => found.extend(files(&path)),
            false => found.push(path.to_string_lossy().into_owned()),
        }
    }
    found
}

fn remark(desk: &Desk, at: usize) -> String {
    let items = desk.state.project.as_ref().unwrap().items();
    items[at].judgement.as_ref().map(|judgement| judgement.remark.clone()).unwrap_or_default()
}

#[test]
fn every_topic_is_read_back_from_its_name() {
    let code = ProjectCode::typed("YS2027-0001");
    let meeting = crate::domain::meeting::MeetingCode::typed("2026-03").unwrap();
    let pattern = Pattern::ALL[0];
    let topics = [
        Topic::Action(code.clone(), Action::Vote),
        Topic::Declaration(code.clone()),
        Topic::Remark(code.clone(), ItemId::typed("B01")),
        Topic::Finding(code.clone(), Decision { pattern, accepted: true }),
        Topic::Finding(code.clone(), Decision { pattern, accepted: false }),
        Topic::Sheet(meeting, code, Field::ConclusionText),
        Topic::Bulk(Action::Vote),
        Topic::Meeting("2026-03".to_owned(), "withdraw/2".to_owned()),
    ];
    for topic in topics {
        assert_eq!(Topic::of(&topic.subject()), Some(topic.clone()), "{:?}", topic.subject());
        assert!(!topic.name().is_empty());
    }
}

#[test]
fn after_a_kill_one_key_goes_on_at_the_same_caret() {
    let (service, _) = in_review();
    let state = TempDir::new().unwrap();
    let mut desk = sit_down(service, state.path());
    desk.keys("0 Enter F4 方案未列密评费用 Tab 请补充测算");
    desk.press(KeyCode::Left);
    desk.press(KeyCode::Left);
    let (_, caret) = desk.drawn();
    let mut desk = sit_down(killed(desk), state.path());
    assert!(desk.screen().contains("恢复 09:00 草稿(比已存多 13 字)"), "{}", desk.screen());
    desk.keys("1");
    assert!(desk.screen().contains("方案未列密评费用"), "{}", desk.screen());
    assert_eq!(desk.drawn().1, caret, "{}", desk.screen());
    desk.keys("费用 F8");
    let items = desk.state.project.as_ref().unwrap().items();
    let judgement = items[0].judgement.as_ref().unwrap();
    assert_eq!((judgement.remark.as_str(), judgement.suggestion.as_str()), ("方案未列密评费用", "请补充费用测算"));
    assert_eq!(files(state.path()), [] as [String; 0], "the receipt ends the draft");
    let desk = sit_down(killed(desk), state.path());
    assert!(desk.state.dialog.is_none() && desk.state.drafts.waiting().is_empty());
}

#[test]
fn what_was_left_with_esc_is_counted_listed_and_opened_after_a_restart() {
    let (service, _) = in_review();
    let state = TempDir::new().unwrap();
    let mut desk = sit_down(service, state.path());
    desk.keys("0 Enter F4 方案未列密评费用 Esc");
    assert!(desk.screen().contains("草稿 1 "), "{}", desk.screen());
    desk.keys("F4");
    assert!(desk.message().contains("已恢复"), "{}", desk.message());
    assert!(desk.screen().contains("方案未列密评费用"), "{}", desk.screen());
    desk.keys("Esc");
    let mut desk = sit_down(killed(desk), state.path());
    assert!(desk.state.dialog.is_none(), "nobody is interrupted for a draft that was left");
    assert!(desk.message().contains("有 1 处草稿没有提交"), "{}", desk.message());
    desk.keys("`");
    assert!(desk.screen().contains("YS2027-0001 B01 备注  8 字"), "{}", desk.screen());
    desk.keys("Enter");
    assert!(desk.screen().contains("[1 恢复]"), "{}", desk.screen());
    desk.keys("2");
    assert!(desk.screen().contains("已存：（空）") && desk.screen().contains("草稿：方案未列密评费用"));
    desk.keys("Esc");
    assert_eq!(files(state.path()).len(), 1, "later is not never");
}

#[test]
fn a_draft_given_up_is_gone_from_the_list_and_kept_in_the_trash() {
    let (service, _) = in_review();
    let state = TempDir::new().unwrap();
    let mut desk = sit_down(service, state.path());
    desk.keys("0 Enter F4 写错了的话");
    let mut desk = sit_down(killed(desk), state.path());
    desk.keys("3");
    assert!(!desk.screen().contains("写错了的话"), "{}", desk.screen());
    assert!(desk.state.dialog.is_some(), "the form is open without it");
    desk.keys("Esc `");
    assert!(desk.screen().contains("没有草稿"), "{}", desk.screen());
    let left = files(state.path());
    assert!(left.len() == 1 && left[0].contains("/trash/"), "{left:?}");
    let desk = sit_down(killed(desk), state.path());
    assert!(desk.state.drafts.waiting().is_empty());
    // In the list it takes the digit twice.
    let mut desk = sit_down(killed(desk), state.path());
    desk.keys("0 Enter F4 又写错了 Esc ` 3");
    assert!(desk.message().contains("再按一次 3"), "{}", desk.message());
    desk.keys("3");
    assert!(desk.state.drafts.waiting().is_empty());
}

#[test]
fn what_others_wrote_meanwhile_is_told_and_fields_left_alone_keep_theirs() {
    let (service, code) = in_review();
    let state = TempDir::new().unwrap();
    let mut desk = sit_down(service, state.path());
    desk.keys("0 Enter F4 我的说明");
    let mut service = killed(desk);
    let theirs = |field: &str| Some(format!("他人的{field}"));
    let answer = ItemAnswer {
        item: ItemId::typed("B01"),
        verdict: VerdictChange::Keep,
        remark: theirs("说明"),
        suggestion: theirs("建议"),
        basis: None,
        cite: None,
    };
    run(&mut service, "other", Command::Judge { project: code, answers: vec![answer], if_version: None });
    let mut desk = sit_down(service, state.path());
    let screen = desk.screen();
    assert!(screen.contains("起草以后，已存的内容又被改过：") && screen.contains("请先比对"), "{screen}");
    desk.keys("1");
    let screen = desk.screen();
    assert!(screen.contains("我的说明") && screen.contains("他人的建议"), "{screen}");
    assert!(!screen.contains("他人的说明"), "{screen}");
    // On the new base it is a draft of its own; the old file waits in the trash.
    let left = files(state.path());
    assert_eq!(left.iter().filter(|file| file.contains("/trash/")).count(), 1, "{left:?}");
    let mut desk = sit_down(killed(desk), state.path());
    assert!(!desk.screen().contains("又被改过"), "{}", desk.screen());
    desk.keys("1 F8");
    assert_eq!(remark(&desk, 0), "我的说明");
}

#[test]
fn a_draft_that_was_handed_in_just_before_the_end_is_not_offered_again() {
    let (service, code) = in_review();
    let state = TempDir::new().unwrap();
    let mut desk = sit_down(service, state.path());
    desk.keys("0 Enter F4 说明");
    let mut service = killed(desk);
    let answer = ItemAnswer {
        item: ItemId::typed("B01"),
        verdict: VerdictChange::Keep,
        remark: Some("说明".to_owned()),
        suggestion: None,
        basis: None,
        cite: None,
    };
    run(&mut service, "reviewer", Command::Judge { project: code, answers: vec![answer], if_version: None });
    let desk = sit_down(service, state.path());
    assert!(!desk.screen().contains("[1 恢复]"), "{}", desk.screen());
    assert!(desk.state.drafts.all().next().is_none());
}

#[test]
fn what_a_refused_command_said_stays_a_draft() {
    let (service, code) = in_review();
    let state = TempDir::new().unwrap();
    let mut desk = sit_down(service, state.path());
    desk.keys("0 Enter F4 我的说明");
    let reason = [("reason", "等待")];
    crate::tui::testing::act(&mut desk.worker.service, "lead", &code, Action::Suspend, &reason);
    desk.keys("F8");
    assert_eq!(desk.state.drafts.waiting().len(), 1, "{}", desk.message());
    assert_eq!(files(state.path()).len(), 1);
}

#[test]
fn words_typed_after_handing_in_outlive_the_receipt() {
    let (service, _) = in_review();
    let state = TempDir::new().unwrap();
    let mut desk = sit_down(service, state.path());
    desk.keys("0 Enter F4 第一句");
    desk.hold();
    desk.keys("F8 Up F4 End 第二句");
    desk.release(false);
    assert_eq!(remark(&desk, 0), "第一句");
    let desk = sit_down(killed(desk), state.path());
    assert!(desk.screen().contains("比已存多 3 字"), "{}", desk.screen());
}

#[test]
fn the_declaration_and_the_reason_of_a_finding_and_an_action_come_back_too() {
    let mut service = county();
    let code = register(&mut service, "教师培训平台", "县教育局", "62.50");
    let state = TempDir::new().unwrap();
    let owner = |account: &str| {
        let owner = Owner { state: state.path().into(), database: "d".into(), account: account.into() };
        Keeper::new(Some(owner), clock(), Box::new(|| Box::new(|_| {})))
    };
    let mut desk = Desk::open_with(service, "intake", (80, 24), Some(owner("intake")));
    desk.keys("0 Enter e Up End 二期");
    let mut desk = Desk::open_with(killed(desk), "intake", (80, 24), Some(owner("intake")));
    desk.keys("1");
    assert!(desk.screen().contains("三个模块二期"), "{}", desk.screen());
    desk.keys("F8");
    assert_eq!(desk.message(), "已保存申报内容", "{}", desk.screen());
    assert_eq!(files(state.path()), [] as [String; 0]);
    to_review(&mut desk.worker.service, &code, "62.50");
    let mut desk = Desk::open_with(killed(desk), "lead", (80, 24), Some(owner("lead")));
    let suspend = "0 Enter F8";
    desk.keys(suspend);
    let at = desk.screen().lines().find_map(|line| {
        let (before, _) = line.split_once("暂停")?;
        before.trim_end().chars().last()
    });
    desk.keys(&format!("{} 等待上级批复", at.unwrap()));
    assert!(desk.screen().contains("等待上级批复"), "{}", desk.screen());
    let mut desk = Desk::open_with(killed(desk), "lead", (80, 24), Some(owner("lead")));
    desk.keys("1");
    assert!(desk.screen().contains("等待上级批复"), "{}", desk.screen());
}

#[test]
fn a_disk_that_keeps_nothing_is_told_and_tried_again_until_it_does() {
    let (service, _) = in_review();
    let state = TempDir::new().unwrap();
    let (full, _reports) = keeper(&state.path().join("missing"));
    std::fs::write(state.path().join("missing"), "a file where the folder should be").unwrap();
    let mut desk = Desk::open(service, "reviewer", (80, 24));
    desk.keeper = Some(full);
    desk.keys("0 Enter F4 方案未列密评费用");
    assert!(desk.state.drafts.trouble.is_some());
    assert!(desk.screen().contains("草稿写不进磁盘") && desk.screen().contains("方案未列密评费用"));
    let second = || crate::tui::message::Message::Tick(1_000);
    (0..12).for_each(|_| desk.tell(second()));
    assert!(desk.screen().contains("未存 12 秒"), "{}", desk.screen());
    std::fs::remove_file(state.path().join("missing")).unwrap();
    desk.tell(second());
    desk.keys("，请补充");
    let desk = sit_down(killed(desk), &state.path().join("missing"));
    assert!(desk.screen().contains("比已存多 12 字"), "{}", desk.screen());
    assert!(super::trouble(&Trouble::Full).contains("磁盘已满"));
}
