//! Whatever is open and however small the terminal becomes: a picture, no panic, the cursor inside; and few bytes.

use crossterm::event::KeyCode;
use proptest::prelude::*;
use ratatui::buffer::Buffer;

use super::glass::Glass;
use super::painter::Painter;
use super::testing::{Desk, act, county, register, to_review};
use super::width::Width;
use crate::domain::workflow::action::Action;
use crate::service::Service;

const SIZES: [(u16, u16); 8] = [(200, 60), (120, 40), (80, 24), (60, 18), (59, 17), (7, 3), (2, 1), (1, 1)];

/// What opens something, or does something in what is open.
const KEYS: &[&str] = &[
    "Enter",
    "Down",
    "Up",
    "PgDn",
    "Home",
    "End",
    "Tab",
    "Space",
    "Esc",
    "F1",
    "F2",
    "F3",
    "F4",
    "F5",
    "F6",
    "F7",
    "F8",
    "F9",
    "F10",
    "1",
    "2",
    "3",
    "4",
    "0",
    "]",
    "[",
    "}",
    "+",
    ",",
    ".",
    "=",
    "@",
    "#",
    "$",
    "&",
    "_",
    "!",
    "%",
    "(",
    "*",
    "-",
    "|",
    "“十四五”——",
    "政务",
    "x",
];

fn busy_county() -> Service {
    let mut service = county();
    for at in 0..5 {
        let code = register(&mut service, &format!("“十四五”规划——①期平台{at}"), "县教育局“信息”中心", "62.5");
        if at < 2 {
            to_review(&mut service, &code, "62.5");
        } else if at < 4 {
            act(&mut service, "intake", &code, Action::Submit, &[]);
        }
    }
    service
}

/// Draws what is open at a size; tells the frame.
fn draw(desk: &mut Desk, (columns, rows): (u16, u16)) -> (Buffer, (u16, u16)) {
    desk.resize(columns, rows);
    let (buffer, (x, y)) = desk.drawn();
    assert!(x < columns && y < rows, "the cursor at {x},{y} of {columns}x{rows}");
    (buffer, (x, y))
}

/// Opens all there is to open at a place and shrinks it.
fn shrink_all(account: &str, place: &str) {
    let mut desk = Desk::open(busy_county(), account, (100, 30));
    for key in KEYS {
        desk.state.dialog = None;
        desk.keys("Esc Esc Esc Esc");
        desk.keys(place);
        desk.keys(key);
        for size in [(200, 60), (60, 18), (7, 3), (1, 1)] {
            draw(&mut desk, size);
        }
        // Keys into what cannot be seen do no harm either.
        desk.press(KeyCode::Char('7'));
        desk.press(KeyCode::Backspace);
        desk.resize(100, 30);
    }
}

#[test]
fn everything_over_the_list_can_be_shrunk_to_one_cell() {
    shrink_all("intake", "");
}

#[test]
fn everything_over_a_project_can_be_shrunk_to_one_cell() {
    shrink_all("reviewer", "Enter");
}

#[test]
fn everything_over_the_meetings_can_be_shrunk_to_one_cell() {
    shrink_all("secretary", ".");
}

#[test]
fn everything_over_the_plan_can_be_shrunk_to_one_cell() {
    shrink_all("planning", ",");
}

#[test]
fn a_window_that_is_too_small_says_how_large_it_must_be() {
    let mut desk = Desk::open(busy_county(), "reviewer", (50, 15));
    assert!(desk.screen().starts_with("窗口过小 50x15，至少 60x18"), "{}", desk.screen());
    desk.resize(100, 30);
    assert!(desk.screen().contains("队列 >"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, ..ProptestConfig::default() })]

    #[test]
    fn whoever_types_at_random_while_sizes_change_sees_whole_pictures(
        steps in prop::collection::vec((prop::sample::select(KEYS), prop::sample::select(&SIZES[..])), 1..20),
        wide in any::<bool>(),
    ) {
        let mut desk = Desk::open(busy_county(), "reviewer", (100, 30));
        desk.state.width = Width { ambiguous_wide: wide };
        for (key, size) in steps {
            desk.keys(key);
            let (buffer, cursor) = draw(&mut desk, size);
            let mut glass = Glass::new(size, wide);
            glass.write(&Painter::default().paint(buffer, cursor));
            prop_assert_eq!(glass.cursor(), (usize::from(cursor.0), usize::from(cursor.1)));
        }
    }
}

/// Prints what a key costs on the line; the answer with the further project's preview comes by itself and later.
#[test]
#[expect(clippy::print_stdout, reason = "the figures are what one runs it for")]
fn one_row_down_costs_at_most_250_bytes_on_average_and_never_400() {
    let mut service = county();
    for at in 0..70 {
        register(&mut service, &format!("智慧校园综合管理平台“十四五”{at}期"), "县教育局", "62.5");
    }
    let mut desk = Desk::open(service, "intake", (120, 40));
    desk.keys("0");
    let mut painter = Painter::default();
    let mut cost = |desk: &Desk| {
        let (frame, cursor) = desk.drawn();
        painter.paint(frame, cursor).len()
    };
    let first = cost(&desk);
    assert_eq!(cost(&desk), 0, "idle");
    // A held key: the keys of one burst are one frame.
    desk.hold();
    desk.keys("Down Down Down Down");
    assert!(cost(&desk) <= 400);
    desk.release(false);
    cost(&desk);
    let (mut moves, mut previews) = (Vec::new(), Vec::new());
    for _ in 0..25 {
        desk.hold();
        desk.keys("Down");
        moves.push(cost(&desk));
        desk.release(false);
        previews.push(cost(&desk));
    }
    let mean = |costs: &[usize]| costs.iter().sum::<usize>() / costs.len();
    println!(
        "120x40: first frame {first}, one row down mean {} max {}, the preview behind it mean {} bytes",
        mean(&moves),
        moves.iter().max().unwrap(),
        mean(&previews)
    );
    assert!(mean(&moves) <= 250 && moves.iter().all(|cost| *cost <= 400), "{moves:?}");
}
