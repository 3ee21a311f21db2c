//! The check-up at the terminal.

use crossterm::event::{KeyCode, KeyModifiers};

use super::card;
use crate::domain::actor::Role;
use crate::tui::keymap::binding_of;
use crate::tui::message::Message;
use crate::tui::testing::{Desk, county};
use crate::tui::theme::Theme;
use crate::tui::width::Gauge;

/// A reviewer who asked for the check-up by the palette, without a letter.
fn desk(size: (u16, u16)) -> Desk {
    let mut desk = Desk::open(county(), "reviewer", size);
    desk.keys("F9 体检 Enter");
    assert!(desk.screen().contains("终端体检 1/6"), "{}", desk.screen());
    desk
}

#[test]
fn its_pages_fit_an_ordinary_and_the_smallest_window() {
    for (size, name) in [((80, 24), "80x24"), ((60, 18), "60x18")] {
        let mut desk = desk(size);
        desk.state.gauge = Gauge::Measured(false);
        desk.state.theme = Theme::Usual;
        let mut pages = Vec::new();
        for page in 1..=6 {
            assert!(desk.screen().contains(&format!("终端体检 {page}/6")), "{}", desk.screen());
            pages.push(desk.screen());
            if page == 1 {
                desk.keys("2");
                pages.push(desk.screen());
            }
            desk.keys("Enter");
        }
        assert!(desk.state.dialog.is_none(), "behind the last page the work begins");
        insta::assert_snapshot!(format!("checkup_{name}"), pages.join("\n"));
    }
}

#[test]
fn garbage_is_answered_in_ascii_and_leads_back_to_the_line() {
    let mut desk = desk((80, 24));
    desk.keys("2");
    assert!(desk.screen().contains("Set your client to UTF-8"), "{}", desk.screen());
    desk.keys("1");
    assert!(desk.screen().contains("规划——①|"), "{}", desk.screen());
    desk.keys("2");
    desk.press(KeyCode::Left);
    assert!(desk.screen().contains("规划——①|"), "back is back to the line, {}", desk.screen());
}

#[test]
fn a_torn_line_switches_the_width_and_names_the_option_that_keeps_it() {
    let mut desk = desk((80, 24));
    desk.keys("3");
    assert!(desk.state.width.ambiguous_wide);
    assert_eq!(desk.state.gauge, Gauge::Chosen(true));
    assert!(desk.screen().contains("--char-width wide"), "{}", desk.screen());
    desk.keys("3");
    assert!(!desk.state.width.ambiguous_wide);
    assert!(desk.screen().contains("--char-width narrow"), "{}", desk.screen());
    desk.keys("1");
    assert!(desk.screen().contains("本人指定"), "{}", desk.screen());
}

#[test]
fn digits_of_an_input_method_are_digits() {
    let mut desk = desk((80, 24));
    desk.keys("３");
    assert!(desk.state.width.ambiguous_wide);
}

#[test]
fn the_two_bars_of_the_ruler_stand_in_one_column_whatever_the_width() {
    for presses in ["", "3"] {
        let mut desk = desk((60, 18));
        desk.keys(presses);
        let (buffer, _) = desk.drawn();
        let column_of = |row: u16| (8..58).find(|x| buffer[(*x, row)].symbol() == "|");
        let row = (0..18).find(|row| (0..60).any(|x| buffer[(x, *row)].symbol() == "①")).unwrap();
        assert!(column_of(row).is_some_and(|column| column_of(row + 1) == Some(column)), "{}", desk.screen());
    }
}

#[test]
fn each_key_that_arrives_is_ticked_and_another_is_named() {
    let mut desk = desk((80, 24));
    desk.keys("Enter Enter F7");
    assert!(desk.screen().contains("收到的是 F7，不是 F8"), "{}", desk.screen());
    desk.keys("F8");
    desk.press_with(KeyCode::Char('h'), KeyModifiers::CONTROL);
    assert!(desk.screen().contains("收到的是 Ctrl-h"), "{}", desk.screen());
    desk.keys("Up");
    assert_eq!(desk.screen().matches("[到]").count(), 3, "{}", desk.screen());
    assert!(desk.screen().contains("三个键都收到了"), "{}", desk.screen());
}

#[test]
fn colors_that_cannot_be_read_are_switched_off() {
    let mut desk = desk((80, 24));
    desk.state.theme = Theme::Usual;
    desk.keys("Enter Enter Enter 2");
    assert!(!desk.state.theme.has_color());
    assert!(desk.screen().contains("--no-color"), "{}", desk.screen());
}

#[test]
fn the_input_method_page_tells_what_arrived() {
    let mut desk = desk((80, 24));
    desk.keys("Enter Enter Enter Enter 项");
    assert!(desk.screen().contains("收到文字 项"), "{}", desk.screen());
    desk.keys("x");
    assert!(desk.screen().contains("收到字母 x"), "{}", desk.screen());
    desk.keys("Down");
    assert!(desk.screen().contains("收到 方向键下"), "{}", desk.screen());
}

#[test]
fn esc_leaves_from_every_page_and_nothing_below_has_moved() {
    for page in 0..6 {
        let mut desk = desk((80, 24));
        let below = desk.state.queue.tab;
        (0..page).for_each(|_| desk.keys("Enter"));
        desk.keys("Esc");
        assert!(desk.state.dialog.is_none() && !desk.left);
        assert_eq!(desk.state.queue.tab, below);
        assert!(desk.message().contains("体检"), "{}", desk.message());
    }
}

#[test]
fn a_paste_runs_nothing() {
    let mut desk = desk((80, 24));
    desk.tell(Message::Pasted("3".to_owned()));
    assert!(!desk.state.width.ambiguous_wide);
    assert_eq!(desk.message(), super::NO_FIELD);
}

#[test]
fn every_role_has_five_commands_of_the_key_table_and_several_roles_share_five() {
    for role in Role::ALL {
        let commands = card::of([*role]);
        assert_eq!(commands.len(), 5, "{role:?}");
        assert!(commands.iter().all(|op| binding_of(*op).is_some()), "{role:?}");
    }
    let both = card::of([Role::Intake, Role::PanelSecretary]);
    assert_eq!(both.len(), 5);
    assert!(both.starts_with(&[card::of([Role::Intake])[0], card::of([Role::PanelSecretary])[0]]));
}
