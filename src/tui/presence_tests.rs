//! Who else is there, as the screen says it.

use super::message::Message;
use super::state::State;
use super::testing::{Desk, clock, county, register};
use super::width::Width;
use crate::domain::ids::ProjectCode;
use crate::service::presence::{Place, TerminalId, Whereabouts};

fn somebody(code: &ProjectCode, account: &str, name: &str) -> Whereabouts {
    Whereabouts {
        terminal: TerminalId::new(),
        account: account.to_owned(),
        name: name.to_owned(),
        place: Place::Project(code.clone()),
        pointer: String::new(),
        idle: std::time::Duration::ZERO,
        since: clock().now(),
    }
}

/// The intake clerk with a project open.
fn desk(size: (u16, u16)) -> (Desk, ProjectCode) {
    let mut service = county();
    let code = register(&mut service, "教师培训平台", "县教育局", "62.5");
    let mut desk = Desk::open(service, "intake", size);
    desk.keys("0 Enter");
    (desk, code)
}

fn status(desk: &Desk) -> String {
    desk.screen().lines().last().unwrap().to_owned()
}

fn place(state: &State) -> Option<&Place> {
    state.seen_at.as_ref().map(|(place, _)| place)
}

#[test]
fn others_learn_which_screen_is_open_whatever_key_opened_it() {
    let (mut desk, code) = desk((80, 24));
    assert_eq!(place(&desk.state), Some(&Place::Project(code)));
    desk.keys("F10");
    assert_eq!(place(&desk.state), Some(&Place::Queue));
    desk.keys("n");
    assert_eq!(place(&desk.state), Some(&Place::Elsewhere));
}

#[test]
fn the_status_row_says_who_else_is_at_the_project() {
    let (mut desk, code) = desk((80, 24));
    let alone = status(&desk);
    desk.tell(Message::Present(vec![somebody(&code, "lead", "王芳")]));
    assert!(status(&desk).ends_with(" 王芳 同在本项目"), "{}", status(&desk));
    // Two windows of one person are one person.
    let (lead, again) = (somebody(&code, "lead", "王芳"), somebody(&code, "lead", "王芳"));
    desk.tell(Message::Present(vec![lead.clone(), again, somebody(&code, "signer", "徐国华")]));
    assert!(status(&desk).ends_with(" 王芳等 2 人同在本项目"), "{}", status(&desk));
    desk.tell(Message::Present(vec![somebody(&code, "intake", "周敏")]));
    assert!(status(&desk).ends_with(" 另一窗口也打开了本项目"), "{}", status(&desk));
    desk.tell(Message::Present(vec![somebody(&code, "intake", "周敏"), lead]));
    assert!(status(&desk).ends_with(" 王芳 同在本项目"), "{}", status(&desk));
    desk.tell(Message::Present(Vec::new()));
    assert_eq!(status(&desk), alone);
}

#[test]
fn others_changes_stand_beside_others_names() {
    let (mut desk, code) = desk((80, 24));
    // What is being loaded is not loaded again.
    desk.hold();
    desk.keys("R");
    desk.tell(Message::Present(vec![somebody(&code, "lead", "王芳")]));
    desk.tell(Message::OthersWrote);
    assert!(status(&desk).ends_with(" 王芳 同在本项目 有他人更新(F5)"), "{}", status(&desk));
}

#[test]
fn a_name_too_long_for_the_row_is_cut_between_characters() {
    for columns in [60, 61, 80] {
        let (mut desk, code) = desk((columns, 24));
        desk.hold();
        desk.keys("R");
        let long = "欧阳司徒上官诸葛".repeat(6);
        desk.tell(Message::Present(vec![somebody(&code, "lead", &long), somebody(&code, "signer", "徐国华")]));
        desk.tell(Message::OthersWrote);
        let row = status(&desk);
        assert!(row.ends_with("..等 2 人同在本项目 有他人更新(F5)"), "{row}");
        assert!(Width::default().of_str(&row) <= usize::from(columns), "{row}");
        assert!(row.starts_with(" 项目  概况"), "{row}");
    }
}

#[test]
fn control_characters_of_a_name_do_nothing() {
    let (mut desk, code) = desk((80, 24));
    desk.tell(Message::Present(vec![somebody(&code, "lead", "王\u{1b}[2J芳\n")]));
    assert!(!desk.screen().contains('\u{1b}') && status(&desk).contains("同在本项目"), "{}", status(&desk));
}

#[test]
fn who_was_at_the_place_before_is_not_shown_at_the_next() {
    let (mut desk, code) = desk((80, 24));
    let other = somebody(&code, "lead", "王芳");
    desk.tell(Message::Present(vec![other.clone()]));
    desk.keys("F10");
    assert!(desk.state.others_here.is_empty());
    desk.tell(Message::Present(vec![other]));
    assert!(desk.state.others_here.is_empty(), "news of a place that was left meanwhile is none");
    assert!(!status(&desk).contains("王芳"), "{}", status(&desk));
}
