//! The mouse and the colors, where somebody asks for them.

use crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

use super::message::Message;
use super::mouse::Gesture;
use super::testing::{Desk, act, county, register, to_review};
use super::theme::Theme;
use super::update::update;
use crate::domain::workflow::action::Action;
use crate::service::Service;

fn filled() -> Service {
    let mut service = county();
    for at in 0..8 {
        let code = register(&mut service, &format!("平台{at}"), "县教育局", "62.5");
        to_review(&mut service, &code, "62.5");
    }
    service
}

fn gesture(desk: &mut Desk, gesture: Gesture) {
    let effects = update(&mut desk.state, Message::Mouse(gesture));
    desk.perform(effects);
}

fn row_of(desk: &Desk, text: &str) -> u16 {
    let at = desk.screen().lines().position(|line| line.contains(text));
    u16::try_from(at.unwrap_or_else(|| panic!("{text} in\n{}", desk.screen()))).unwrap()
}

#[test]
fn the_terminal_keeps_its_mouse_until_somebody_asks() {
    let mut desk = Desk::open(filled(), "reviewer", (120, 40));
    assert!(!desk.state.has_mouse && !desk.screen().contains("鼠标"));
    desk.keys(":");
    desk.keys("鼠标");
    desk.keys("Enter");
    assert!(desk.state.has_mouse && desk.message().starts_with("鼠标已开"), "{}", desk.screen());
    assert!(desk.screen().lines().last().unwrap().contains("鼠标"), "{}", desk.screen());
    desk.keys(":");
    desk.keys("鼠标");
    desk.keys("Enter");
    assert!(!desk.state.has_mouse && desk.message().starts_with("鼠标已关"));
}

#[test]
fn the_wheel_moves_the_cursor_and_a_click_puts_it_on_a_row() {
    let mut desk = Desk::open(filled(), "reviewer", (120, 40));
    let selected = |desk: &Desk| desk.state.queue.listing.selected();
    gesture(&mut desk, Gesture::Wheel(1));
    assert_eq!(selected(&desk), 3);
    gesture(&mut desk, Gesture::Wheel(-1));
    assert_eq!(selected(&desk), 0);
    for (text, at) in [("0007 平台6", 6), ("0003 平台2", 2)] {
        let row = row_of(&desk, text);
        gesture(&mut desk, Gesture::Click(row));
        assert_eq!((row_of(&desk, "|>"), selected(&desk)), (row, at), "{}", desk.screen());
    }
    // Above and below everything it stays within the list.
    for (row, at) in [(0, 0), (39, 7)] {
        gesture(&mut desk, Gesture::Click(row));
        assert_eq!(selected(&desk), at);
    }
}

#[test]
fn a_click_in_the_checklist_finds_its_row_among_headings() {
    let mut desk = Desk::open(filled(), "reviewer", (120, 40));
    desk.keys("Enter");
    for code in ["B09", "B04", "B12"] {
        let row = row_of(&desk, &format!("] {code}"));
        gesture(&mut desk, Gesture::Click(row));
        let project = desk.state.project.as_ref().unwrap();
        assert_eq!(project.items()[project.item].item.id.as_str(), code, "{}", desk.screen());
    }
}

#[test]
fn nothing_is_decided_or_moved_in_a_text_by_the_mouse() {
    let mut service = county();
    let code = register(&mut service, "教师培训平台", "县教育局", "62.5");
    act(&mut service, "intake", &code, Action::Submit, &[]);
    let mut desk = Desk::open(service, "intake", (120, 40));
    desk.keys("0 /");
    desk.keys("教师");
    let before = desk.screen();
    gesture(&mut desk, Gesture::Click(10));
    gesture(&mut desk, Gesture::Wheel(1));
    assert_eq!(desk.screen(), before);
    desk.keys("Esc Enter F8 1");
    let asked = desk.screen();
    assert!(asked.contains("1 确认"), "{asked}");
    for row in 0..40 {
        gesture(&mut desk, Gesture::Click(row));
        gesture(&mut desk, Gesture::Wheel(1));
    }
    assert!(desk.screen().contains("1 确认"), "{}", desk.screen());
}

#[test]
fn only_wheel_and_left_button_mean_something() {
    let event = |kind| MouseEvent { kind, column: 4, row: 9, modifiers: KeyModifiers::NONE };
    assert_eq!(Gesture::of(event(MouseEventKind::ScrollDown)), Some(Gesture::Wheel(1)));
    assert_eq!(Gesture::of(event(MouseEventKind::Down(MouseButton::Left))), Some(Gesture::Click(9)));
    for kind in [MouseEventKind::Moved, MouseEventKind::Down(MouseButton::Right), MouseEventKind::Up(MouseButton::Left)]
    {
        assert_eq!(Gesture::of(event(kind)), None);
    }
}

#[test]
fn the_look_changes_by_name_and_only_where_there_are_colors() {
    let mut desk = Desk::open(filled(), "reviewer", (80, 24));
    let change = |desk: &mut Desk| {
        desk.keys(":");
        desk.keys("主题");
        desk.keys("Enter");
    };
    change(&mut desk);
    assert!(desk.message().contains("只能是单色"), "{}", desk.message());
    assert_eq!(desk.state.theme, Theme::Mono);
    (desk.state.has_color, desk.state.theme) = (true, Theme::Usual);
    change(&mut desk);
    assert_eq!((desk.state.theme, desk.message().starts_with("配色: 高对比")), (Theme::HighContrast, true));
}
