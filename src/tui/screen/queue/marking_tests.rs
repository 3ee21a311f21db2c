//! Marks in the queue, and what is done with many projects at once.

use proptest::prelude::*;

use crate::domain::ids::ProjectCode;
use crate::domain::project::Stage;
use crate::domain::workflow::action::Action;
use crate::service::Service;
use crate::service::view::show::Show;
use crate::tui::marks::MOST;
use crate::tui::message::Message;
use crate::tui::testing::{Desk, act, county, register, to_review};

/// A county with so many projects under technical review.
fn at_review(count: usize) -> (Service, Vec<ProjectCode>) {
    let mut service = county();
    let mut codes = Vec::new();
    for number in 1..=count {
        let code = register(&mut service, &format!("第{number}个平台"), "县教育局", "62.5");
        to_review(&mut service, &code, "62.5");
        codes.push(code);
    }
    (service, codes)
}

fn desk(account: &str, count: usize, size: (u16, u16)) -> (Desk, Vec<ProjectCode>) {
    let (service, codes) = at_review(count);
    let mut desk = Desk::open(service, account, size);
    desk.keys("0");
    (desk, codes)
}

/// Tells the name of whoever holds each project.
fn holders(desk: &mut Desk, codes: &[ProjectCode]) -> Vec<Option<String>> {
    let session = desk.worker.session.clone();
    let mut holder = |code: &ProjectCode| {
        let shown = desk.worker.service.ask(&session, Show { project: code.clone() }).unwrap();
        let holder = shown.dossier.project.reviewer?;
        let listed = crate::service::view::directory::Colleagues { role: crate::domain::actor::Role::Reviewer };
        let people = desk.worker.service.ask(&session, listed).unwrap();
        let named = |account: &str| match account {
            "reviewer" => 2,
            _ => 3,
        };
        people.into_iter().find(|(code, _)| named(code) == holder.0).map(|(_, name)| name)
    };
    codes.iter().map(&mut holder).collect()
}

fn marked(desk: &Desk) -> Vec<ProjectCode> {
    desk.state.queue.marks.targets().map(|target| target.code.clone()).collect()
}

/// Presses keys that count, and tells how many.
fn counted(desk: &mut Desk, keys: &[&str]) -> usize {
    keys.iter().for_each(|key| desk.keys(key));
    keys.len()
}

#[test]
fn marked_rows_and_their_number_at_80_columns() {
    let (mut desk, _) = desk("lead", 4, (80, 24));
    desk.keys("Space Down Space Up");
    insta::assert_snapshot!(desk.screen());
}

#[test]
fn marked_rows_and_the_menu_of_many_at_120_columns() {
    let (mut desk, _) = desk("lead", 4, (120, 40));
    desk.keys("* F8");
    insta::assert_snapshot!(desk.screen());
}

#[test]
fn task_14_the_lead_assigns_all_projects_shown_to_a_reviewer_with_five_keys() {
    let (mut desk, codes) = desk("lead", 12, (80, 24));
    let mut keys = counted(&mut desk, &["*", "a"]);
    desk.keys("李娜");
    keys += counted(&mut desk, &["Enter"]);
    let checked = desk.screen();
    assert!(checked.contains("可办 12，不可办 0") && checked.contains("1 办理 12 个项目"), "{checked}");
    keys += counted(&mut desk, &["1"]);
    assert!(keys <= 5, "{keys}");
    assert_eq!(desk.message(), "指派：已办 12，未办 0。按 u 撤销", "{}", desk.screen());
    assert!(holders(&mut desk, &codes).iter().all(|holder| holder.as_deref() == Some("李娜")));
    assert!(desk.state.dialog.is_none() && desk.state.queue.marks.is_empty());
}

#[test]
fn task_14_without_letters_takes_six_keys() {
    let (mut desk, codes) = desk("lead", 12, (80, 24));
    let mut keys = counted(&mut desk, &["＊", "F8", "2"]);
    desk.keys("李娜");
    keys += counted(&mut desk, &["Enter", "1"]);
    assert!(keys <= 6, "{keys}");
    assert!(holders(&mut desk, &codes).iter().all(|holder| holder.as_deref() == Some("李娜")), "{}", desk.screen());
}

#[test]
fn what_is_typed_before_the_form_is_there_is_typed_into_it() {
    let (mut desk, codes) = desk("lead", 2, (80, 24));
    desk.keys("*");
    desk.hold();
    desk.keys("a 李娜");
    desk.release(false);
    desk.keys("Enter 1");
    assert!(holders(&mut desk, &codes).iter().all(|holder| holder.as_deref() == Some("李娜")), "{}", desk.screen());
}

#[test]
fn nothing_is_done_with_an_unmarked_project() {
    let (mut desk, codes) = desk("lead", 4, (80, 24));
    // The newest stands first.
    desk.keys("Down Space Space a 李娜 Enter 1");
    assert_eq!(holders(&mut desk, &codes), [None, Some("李娜".to_owned()), Some("李娜".to_owned()), None]);
}

#[test]
fn who_cannot_is_told_before_and_stays_marked_after() {
    let (mut desk, codes) = desk("reviewer", 3, (80, 24));
    act(&mut desk.worker.service, "other", &codes[1], Action::Claim, &[]);
    desk.keys("F5 * c");
    insta::assert_snapshot!(desk.screen());
    assert_eq!(holders(&mut desk, &codes[..1]), [None], "nothing is done before the digit");
    desk.keys("Enter Space");
    assert!(desk.state.dialog.is_some());
    desk.keys("1");
    assert_eq!(desk.message(), "认领：已办 2，未办 1。按 u 撤销");
    insta::assert_snapshot!(desk.screen());
    desk.keys("2");
    assert_eq!(marked(&desk), [codes[1].clone()]);
    desk.keys("u");
    assert_eq!(holders(&mut desk, &codes), [None, Some("李娜".to_owned()), None], "{}", desk.message());
}

#[test]
fn one_key_undoes_all_of_it_and_another_does_it_again() {
    let (mut desk, codes) = desk("lead", 3, (80, 24));
    act(&mut desk.worker.service, "reviewer", &codes[0], Action::Claim, &[]);
    desk.keys("F5 * a 李娜 Enter 1 u");
    assert_eq!(desk.message(), "已撤销：3 个项目的指派。按 U 重做");
    assert_eq!(holders(&mut desk, &codes), [Some("张伟".to_owned()), None, None]);
    desk.keys("u");
    assert_eq!(desk.message(), "成批指派已撤销；按 U 重做");
    desk.keys("U");
    assert_eq!(desk.message(), "已重做：3 个项目的指派。按 u 撤销");
    assert!(holders(&mut desk, &codes).iter().all(|holder| holder.as_deref() == Some("李娜")));
    desk.keys("u");
    assert_eq!(holders(&mut desk, &codes), [Some("张伟".to_owned()), None, None]);
}

#[test]
fn where_one_cannot_be_undone_none_is() {
    let (mut desk, codes) = desk("lead", 3, (80, 24));
    desk.keys("* a 李娜 Enter 1");
    act(&mut desk.worker.service, "other", &codes[1], Action::Release, &[]);
    desk.keys("u");
    let said = desk.message();
    assert!(said.starts_with(&format!("没有撤销：{}", codes[1])) && said.ends_with("其余 2 个也保持不变"), "{said}");
    let lina = || Some("李娜".to_owned());
    assert_eq!(holders(&mut desk, &codes), [lina(), None, lina()]);
}

#[test]
fn a_claim_of_one_is_undone_before_what_was_done_with_many() {
    let (mut desk, codes) = desk("reviewer", 3, (80, 24));
    desk.keys("Space c 1 c u");
    // The cursor stood on the second project when it was claimed.
    assert_eq!(holders(&mut desk, &codes), [None, None, Some("张伟".to_owned())], "{}", desk.message());
}

#[test]
fn corrections_asked_of_many_are_recalled_together_after_a_digit() {
    let (mut desk, codes) = desk("reviewer", 2, (80, 24));
    desk.keys("* F8 4 补充等保定级报告 F8 1");
    assert_eq!(desk.message(), "退回补正：已办 2，未办 0。按 u 撤销", "{}", desk.screen());
    desk.keys("u");
    assert!(desk.screen().contains("可办 2，不可办 0"), "{}", desk.screen());
    desk.keys("1");
    assert!(desk.message().starts_with("收回：已办 2，未办 0"), "{}", desk.message());
    let session = desk.worker.session.clone();
    for project in codes {
        let shown = desk.worker.service.ask(&session, Show { project }).unwrap();
        assert_eq!(shown.dossier.project.stage, Stage::TechnicalReview);
        assert!(shown.dossier.project.overlays.is_empty());
    }
}

#[test]
fn all_of_a_filter_is_marked_and_not_only_the_page() {
    let mut service = county();
    for number in 0..MOST + 3 {
        register(
            &mut service,
            &format!("第{number}个平台"),
            if number % 2 == 0 { "县教育局" } else { "县水利局" },
            "62.5",
        );
    }
    let mut desk = Desk::open(service, "intake", (80, 24));
    desk.keys("0 F7 水利 Enter");
    desk.keys("*");
    assert_eq!(desk.state.queue.marks.len(), 251);
    assert_eq!(desk.message(), "已标记列出的全部 251 个项目");
    desk.keys("- F7");
    (0..2).for_each(|_| desk.press(crossterm::event::KeyCode::Backspace));
    desk.keys("Enter");
    desk.hold();
    desk.keys("* x");
    assert_eq!(desk.message(), "正在标记，请稍候", "nothing is done with what is not marked yet");
    desk.release(false);
    assert_eq!(desk.state.queue.marks.len(), MOST);
    assert_eq!(desk.message(), "最多标记 500 个：现已标记 500 个，还有 3 个未标记，请分批办理");
}

#[test]
fn a_stretch_is_marked_from_one_end_to_the_other() {
    let (mut desk, codes) = desk("lead", 5, (80, 24));
    desk.keys("Down v");
    assert!(desk.message().contains(&format!("从 {} 起", codes[3])), "{}", desk.message());
    desk.keys("Down Down v");
    assert_eq!(marked(&desk), codes[1..4]);
    desk.keys("-");
    assert!(desk.state.queue.marks.is_empty());
}

#[test]
fn the_menu_of_many_says_whose_an_action_is_and_offers_what_is_at_its_stage() {
    let (mut desk, _) = desk("reviewer", 2, (80, 24));
    desk.keys("* x 2");
    assert!(desk.screen().contains("须由评审负责人办理"), "{}", desk.screen());
    assert_eq!(desk.message(), "没有这个序号");
    desk.keys("Esc a");
    assert_eq!(desk.message(), "不能办理指派：须由评审负责人办理");
    assert!(!desk.screen().contains("联合审议表决"), "{}", desk.screen());
}

#[test]
fn what_others_changed_meanwhile_is_not_done_unseen_and_can_be_the_next_time() {
    let (mut desk, codes) = desk("lead", 2, (80, 24));
    desk.keys("*");
    act(&mut desk.worker.service, "reviewer", &codes[0], Action::Claim, &[]);
    desk.keys("a 李娜 Enter");
    assert!(desk.screen().contains("可办 1，不可办 1"), "{}", desk.screen());
    desk.keys("2 a Enter");
    assert!(desk.screen().contains("可办 2，不可办 0"), "{}", desk.screen());
}

#[test]
fn the_queue_with_marks_and_its_dialogs_is_drawn_at_every_size() {
    let (mut desk, _) = desk("lead", 3, (80, 24));
    for keys in ["*", "x", "2", "李娜 Enter"] {
        desk.keys(keys);
        for (columns, rows) in [(200, 60), (120, 40), (100, 30), (60, 18), (1, 1), (80, 24)] {
            desk.resize(columns, rows);
            let _ = desk.screen();
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]
    #[test]
    fn marks_survive_reloading_sorting_filtering_and_others(steps in proptest::collection::vec(0u8..7, 1..12)) {
        let (mut desk, codes) = desk("lead", 4, (80, 24));
        desk.keys("Space Down Space");
        let before = marked(&desk);
        prop_assert_eq!(&before, &[codes[1].clone(), codes[3].clone()]);
        for step in steps {
            match step {
                0 => desk.keys("F5"),
                1 => desk.keys("s 3"),
                2 => desk.keys("F7 第2 Down Enter"),
                3 => desk.keys("F7 Esc 0"),
                4 => desk.keys("1"),
                5 => {
                    act(&mut desk.worker.service, "lead", &codes[1], Action::Assign, &[("reviewer", "other")]);
                    desk.tell(Message::OthersWrote);
                }
                _ => desk.keys("Down Up End"),
            }
            if desk.state.project.is_some() {
                desk.keys("Esc");
            }
            prop_assert_eq!(&marked(&desk), &before);
        }
    }
}
