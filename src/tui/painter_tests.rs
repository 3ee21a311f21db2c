//! No column tears: what the painter writes, shown by terminals that do and do not agree about widths.

use proptest::prelude::*;
use ratatui::buffer::{Buffer, CellWidth};
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_width::UnicodeWidthStr;

use super::canvas::Canvas;
use super::glass::Glass;
use super::painter::Painter;
use super::testing::{Desk, act, county, register, to_review};
use super::theme::Theme;
use super::width::Width;
use crate::domain::workflow::action::Action;

const BOTH: [bool; 2] = [false, true];
/// A title of what terminals disagree about, as official titles are.
const TITLE: &str = "“十四五”规划——①期…县域×℃";

fn width(ambiguous_wide: bool) -> Width {
    Width { ambiguous_wide }
}

/// Checks a terminal against a frame: every character all terminals agree about is in its cell, and what they do not
/// agree about is in its own cell or lost to its neighbor; nothing else is anywhere.
fn check(glass: &Glass, frame: &Buffer, lossless: bool) {
    let area = frame.area;
    for y in 0..area.height {
        let mut x = 0;
        while x < area.width {
            let cell = &frame[(x, y)];
            let cells = cell.cell_width().max(1);
            let shown = glass.cell(usize::from(x), usize::from(y));
            let symbol = cell.symbol();
            let agreed = symbol.width() == symbol.width_cjk();
            let lost = !lossless && !agreed && shown == " ";
            assert!(shown == symbol || lost, "{symbol:?} at {x},{y}, shown {shown:?}");
            for behind in x + 1..x + cells {
                let shown = glass.cell(usize::from(behind), usize::from(y));
                assert!(shown.is_empty() || shown == " ", "{shown:?} behind {symbol:?} at {behind},{y}");
            }
            x += cells;
        }
    }
}

/// Draws frames one after the other for a terminal guessed to be so and being so, and checks each.
fn replay(frames: &[(Buffer, (u16, u16))], guess: bool, truth: bool) {
    let mut painter = Painter::default();
    let mut glass: Option<Glass> = None;
    for (frame, cursor) in frames {
        let size = (frame.area.width, frame.area.height);
        let fits = |glass: &Glass| glass.size() == size;
        let glass = match glass.take().filter(fits) {
            Some(kept) => glass.insert(kept),
            None => glass.insert(Glass::new(size, truth)),
        };
        glass.write(&painter.paint(frame.clone(), *cursor));
        check(glass, frame, guess == truth || !truth);
        assert_eq!(glass.cursor(), (usize::from(cursor.0), usize::from(cursor.1)));
    }
}

#[test]
fn no_screen_tears_a_column_however_wide_the_terminal_shows_quotation_marks() {
    for guess in BOTH {
        let mut service = county();
        for at in 0..4 {
            let code = register(&mut service, &format!("{TITLE}{at}"), "县教育局“信息”中心", "62.5");
            if at < 2 {
                to_review(&mut service, &code, "62.5");
            } else {
                act(&mut service, "intake", &code, Action::Submit, &[]);
            }
        }
        let mut desk = Desk::open(service, "reviewer", (100, 30));
        desk.state.width = width(guess);
        let mut frames = vec![desk.drawn()];
        let mut then = |desk: &mut Desk, keys: &str| {
            desk.keys(keys);
            frames.push(desk.drawn());
        };
        for keys in ["Down", "0", "Down", "F3", "F7", "“十四", "Esc", "F1", "Down", "Esc", "Home", "Enter"] {
            then(&mut desk, keys);
        }
        for keys in ["2", "“未列”……——①", "Esc", "Down", "F8", "Esc", "Tab", "Tab", "H", "o", "f", "e"] {
            then(&mut desk, keys);
        }
        for size in [(80, 24), (120, 40), (60, 18), (200, 60), (20, 3), (100, 30)] {
            desk.resize(size.0, size.1);
            then(&mut desk, "Esc");
        }
        for truth in BOTH {
            replay(&frames, guess, truth);
        }
    }
}

fn canvas_of(lines: &[String], guess: bool, popup: Option<(u16, u16)>) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 24, 6));
    let area = buffer.area;
    let mut canvas = Canvas { buffer: &mut buffer, width: width(guess), theme: Theme::Mono };
    let inner = canvas.frame(area, TITLE);
    for (row, line) in (0..).zip(lines) {
        let style = if row == 1 { canvas.theme.focus() } else { Style::new() };
        canvas.bar(inner, row, line, style);
    }
    canvas.line(area, 3, "”", Style::new());
    if let Some(size) = popup {
        let inner = canvas.popup(area, size, "①题");
        canvas.line(inner, 0, "“”……", Style::new());
    }
    buffer
}

proptest! {
    #[test]
    fn frames_after_frames_show_what_each_of_them_says(
        frames in prop::collection::vec(
            (prop::collection::vec("[教育“”…—①×a-d ]{0,30}", 0..5), prop::option::of((2u16..24, 2u16..6))), 1..6),
    ) {
        for guess in BOTH {
            let frames: Vec<_> =
                frames.iter().map(|(lines, popup)| (canvas_of(lines, guess, *popup), (1, 1))).collect();
            for truth in BOTH {
                replay(&frames, guess, truth);
            }
        }
    }
}

#[test]
fn what_did_not_change_is_not_written_again() {
    let frame = canvas_of(&["“十四五”".to_owned()], false, None);
    let mut painter = Painter::default();
    assert!(!painter.paint(frame.clone(), (0, 0)).is_empty());
    assert!(painter.paint(frame.clone(), (0, 0)).is_empty());
    let moved = painter.paint(frame.clone(), (3, 2));
    assert!(moved.ends_with(b"\x1b[3;4H\x1b[?25h\x1b[?2026l") && moved.len() < 40);
    painter.forget();
    assert!(!painter.paint(frame, (3, 2)).is_empty());
}

#[test]
fn without_color_no_color_is_ever_asked_for() {
    for (color, asked) in [(false, false), (true, true)] {
        let mut desk = Desk::open(county(), "reviewer", (100, 30));
        desk.state.theme = if color { Theme::Usual } else { Theme::Mono };
        let mut glass = Glass::new((100, 30), false);
        let (frame, cursor) = desk.drawn();
        glass.write(&Painter::default().paint(frame, cursor));
        let colored = glass.looks.iter().any(|code| matches!(code, 30..=38 | 40..=48 | 90..=107));
        assert_eq!(colored, asked, "{:?}", glass.looks);
        assert!(glass.looks.contains(&1));
    }
}
