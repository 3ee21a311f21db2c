//! The palette at a desk: what is found, what is refused, what it runs.

use super::*;
use crate::domain::workflow::action::{Action, Key};
use crate::tui::keymap::{Op, TABLE, of_scope};
use crate::tui::testing::{Desk, act, county, register, to_review};

fn desk(account: &str) -> Desk {
    let mut service = county();
    let code = register(&mut service, "教师培训平台", "县教育局", "62.5");
    to_review(&mut service, &code, "62.5");
    Desk::open(service, account, (80, 24))
}

/// A project on which the leader votes.
fn voting() -> Desk {
    let mut service = county();
    let code = register(&mut service, "教师培训平台", "县教育局", "62.5");
    act(&mut service, "intake", &code, Action::Submit, &[]);
    act(&mut service, "intake", &code, Action::AcceptPlan, &[]);
    Desk::open(service, "lead", (80, 24))
}

fn listed(desk: &Desk) -> Vec<Entry> {
    match &desk.state.dialog {
        Some(Dialog::Palette(palette)) => palette.listed().to_vec(),
        other => panic!("{other:?}"),
    }
}

fn names(desk: &Desk) -> Vec<String> {
    listed(desk).into_iter().map(|entry| entry.name).collect()
}

#[track_caller]
fn found(account: &str, typed: &str) -> Vec<String> {
    let mut desk = desk(account);
    desk.keys("0 F9");
    desk.keys(typed);
    names(&desk)
}

#[test]
fn chinese_pinyin_initials_and_english_find_the_same_action() {
    for typed in ["拟定", "nidingjishu", "ndjs", "draft-opinion", "提交结论", "tj", "tijiao", "ｔｊ"] {
        let found = found("reviewer", typed);
        assert!(found.iter().any(|name| name == "拟定技术审核意见"), "{typed}: {found:?}");
    }
}

#[test]
fn a_character_of_two_readings_is_found_under_both() {
    // 重绘: chong, zhong. 行 would be the same.
    for typed in ["chonghui", "zhonghui", "ch", "zh"] {
        assert!(found("reviewer", typed).contains(&"重绘".to_owned()), "{typed}");
    }
}

#[test]
fn every_command_of_the_place_and_every_action_of_the_project_are_listed() {
    let mut desk = desk("reviewer");
    desk.keys("0 F9");
    let listed = listed(&desk);
    for binding in of_scope(desk.state.scope()).filter(|binding| binding.op != Op::Palette) {
        assert!(listed.iter().any(|entry| entry.what == What::Op(binding.op)), "{:?}", binding.op);
    }
    let actions: Vec<&Entry> = listed.iter().filter(|entry| matches!(entry.what, What::Action(..))).collect();
    assert_eq!(actions.len(), crate::domain::workflow::table::TABLE.len());
    let signing = actions.iter().find(|entry| entry.name == "签发").unwrap();
    assert!(signing.why_not.is_some(), "{signing:?}");
    assert_eq!(signing.line.as_deref(), Some("pingshen do YS2027-0001 sign-opinion"));
    // What cannot be done stands below what can.
    let first_refused = listed.iter().position(|entry| entry.why_not.is_some()).unwrap();
    assert!(listed.iter().skip(first_refused).all(|entry| entry.why_not.is_some()));
}

#[test]
fn what_cannot_be_done_says_why_and_runs_nothing() {
    let mut desk = desk("reviewer");
    desk.keys("0 F9 签发 Enter");
    assert!(desk.message().starts_with("不能办理签发："), "{}", desk.message());
    assert!(matches!(desk.state.dialog, Some(Dialog::Palette(_))));
    assert!(desk.state.project.is_none());
}

#[test]
fn an_action_is_begun_from_the_list_with_its_form_open() {
    let mut desk = voting();
    desk.keys("0 F9 biaojue Enter");
    assert!(matches!(&desk.state.dialog, Some(Dialog::Action(dialog)) if dialog.action == Action::Vote));
    assert_eq!(desk.state.recent, ["do vote"]);
}

#[test]
fn the_value_of_a_choice_is_completed_and_filled_in() {
    let mut desk = voting();
    desk.keys("0 F9 biaojue");
    desk.press(KeyCode::Char(' '));
    let offered = listed(&desk);
    let values: Vec<_> = offered.iter().filter(|entry| matches!(entry.what, What::Action(_, _, Some(_)))).collect();
    assert!(values.len() >= 2, "{:?}", names(&desk));
    let What::Action(_, _, Some((key, value))) = values[1].what else { panic!() };
    assert!(values[1].line.as_deref().unwrap().ends_with(&format!("--set {}={value}", key.code())));
    desk.keys("Down Enter");
    let Some(Dialog::Action(dialog)) = &desk.state.dialog else { panic!("{:?}", desk.state.dialog) };
    assert_eq!(dialog.form.values().get(Key::Result.code()).map(String::as_str), Some(value));
    assert_eq!(desk.state.given, None);
}

#[test]
fn a_bare_number_goes_to_the_project() {
    for typed in ["1", "0001", "2027-1", "ys2027-0001", "２０２７－１"] {
        let mut desk = desk("reviewer");
        desk.keys("0 F9");
        desk.keys(typed);
        assert_eq!(names(&desk)[0], "打开 YS2027-0001", "{typed}");
        desk.keys("Enter");
        assert_eq!(desk.state.project.as_ref().unwrap().code.as_str(), "YS2027-0001");
    }
    let mut desk = desk("reviewer");
    desk.keys("0 F9 999 Enter");
    assert!(desk.state.project.is_none());
    assert!(!desk.message().is_empty());
}

#[test]
fn views_are_found_behind_their_sign() {
    let mut desk = desk("reviewer");
    desk.keys("F9 》全部 Enter");
    assert_eq!(desk.state.queue.tab_of_digit(0), Some(desk.state.queue.tab));
    desk.keys("Enter F9 >历史 Enter");
    assert_eq!(desk.state.project.as_ref().unwrap().pane.name(), "历史");
}

#[test]
fn what_was_run_last_stands_first() {
    let mut desk = desk("reviewer");
    desk.keys("0 F9 guizekoujing Enter Esc F9");
    assert_eq!(names(&desk)[0], "规则口径");
    assert_eq!(desk.state.recent, ["rulebook"]);
}

#[test]
fn the_line_for_the_shell_is_shown_for_the_entry_under_the_cursor() {
    let mut desk = desk("reviewer");
    desk.keys("0 Enter F9 疑点");
    assert!(desk.screen().contains("命令行: pingshen findings YS2027-0001"), "{}", desk.screen());
}

#[test]
fn no_entry_executes_anything_by_itself() {
    // Whatever is chosen, a form or a question stands before what changes data; taking a project up is undone by a key.
    for account in ["reviewer", "intake", "lead"] {
        let mut desk = desk(account);
        desk.keys("0 F9");
        let before = version(&mut desk);
        let holds = |entry: &Entry| match entry.what {
            What::Action(_, action, _) => action.is_of_holder(),
            What::Op(op) => matches!(op, Op::Claim | Op::Undo | Op::Redo),
            _ => false,
        };
        for entry in listed(&desk).into_iter().filter(|entry| !holds(entry)) {
            let chosen = super::choose(&mut desk.state, entry);
            assert!(!chosen.iter().any(|effect| matches!(effect, Effect::Execute(..) | Effect::ExecuteBatch(..))));
            desk.perform(chosen.into_iter().filter(|effect| !matches!(effect, Effect::Quit)).collect());
            (desk.state.dialog, desk.state.project, desk.state.meetings) = (None, None, None);
            desk.state.plan = None;
        }
        assert_eq!(version(&mut desk), before);
    }
}

fn version(desk: &mut Desk) -> i64 {
    let question = crate::service::view::show::Show { project: ProjectCode::typed("YS2027-0001") };
    let session = desk.worker.session.clone();
    desk.worker.service.ask(&session, question).unwrap().dossier.project.version
}

#[test]
fn the_palette_at_eighty_columns() {
    let mut desk = desk("reviewer");
    desk.keys("0 F9 tj");
    insta::assert_snapshot!(desk.screen());
    assert!(TABLE.iter().any(|binding| binding.op == Op::Palette));
}
