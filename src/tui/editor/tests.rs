//! The text field as a person types in it.

use proptest::prelude::*;

use super::*;
use crate::tui::screen_text;

fn key(code: KeyCode) -> KeyEvent {
    KeyEvent::new(code, KeyModifiers::NONE)
}

fn ctrl(c: char) -> KeyEvent {
    KeyEvent::new(KeyCode::Char(c), KeyModifiers::CONTROL)
}

fn type_text(editor: &mut Editor, text: &str) {
    for c in text.chars() {
        editor.handle(key(if c == '\n' { KeyCode::Enter } else { KeyCode::Char(c) }));
    }
}

/// Draws the editor in a box of its own and gives the picture and the cursor within it.
fn drawn(editor: &Editor, width: u16, height: u16) -> (String, (u16, u16)) {
    let area = Rect::new(3, 2, width, height);
    let mut buffer = Buffer::empty(area);
    editor.render(area, &mut buffer);
    let (x, y) = editor.cursor_position(area);
    assert!(area.contains((x, y).into()));
    (screen_text(&buffer), (x - area.x, y - area.y))
}

const REMARK: &str = "方案补充了密码应用章节，但未列密评费用，建议补充。";

#[test]
fn a_paragraph_wraps_and_the_caret_is_where_the_text_ends() {
    let mut editor = Editor::new("", Limits::text(500));
    type_text(&mut editor, REMARK);
    let (picture, caret) = drawn(&editor, 23, 4);
    assert_eq!(picture, "方案补充了密码应用章\n节，但未列密评费用，建\n议补充。\n\n");
    assert_eq!(caret, (8, 2));
    assert_eq!(editor.caret_offset(), 25);
}

#[test]
fn home_and_end_are_those_of_the_row_one_sees() {
    let mut editor = Editor::new(REMARK, Limits::text(500));
    drawn(&editor, 23, 4);
    editor.handle(key(KeyCode::Up));
    editor.handle(key(KeyCode::Home));
    assert_eq!(drawn(&editor, 23, 4).1, (0, 1));
    editor.handle(key(KeyCode::End));
    assert_eq!(drawn(&editor, 23, 4).1, (22, 1), "behind the full row, not at the beginning of the next");
    type_text(&mut editor, "！");
    assert!(editor.text().contains("建！议"));
}

#[test]
fn the_column_survives_a_short_row() {
    let mut editor = Editor::new("政务信息化项目\n一\n技术审查意见", Limits::text(500));
    drawn(&editor, 30, 5);
    for (code, caret) in [(KeyCode::Up, (2, 1)), (KeyCode::Up, (12, 0)), (KeyCode::PageDown, (12, 2))] {
        editor.handle(key(code));
        assert_eq!(drawn(&editor, 30, 5).1, caret);
    }
}

#[test]
fn the_window_follows_the_caret() {
    let mut editor = Editor::new("一\n二\n三\n四\n五\n六", Limits::text(500));
    assert_eq!(drawn(&editor, 10, 3).0, "四\n五\n六\n");
    editor.handle(key(KeyCode::Up));
    assert_eq!(drawn(&editor, 10, 3).0, "四\n五\n六\n", "no scrolling before the edge");
    editor.handle(key(KeyCode::PageUp));
    assert_eq!(drawn(&editor, 10, 3), ("三\n四\n五\n".into(), (2, 0)));
    editor.handle(key(KeyCode::PageUp));
    assert_eq!(drawn(&editor, 10, 3), ("一\n二\n三\n".into(), (2, 0)));
    // No room is no reason to fail.
    let nowhere = Rect::new(3, 2, 0, 0);
    editor.render(nowhere, &mut Buffer::empty(nowhere));
    assert_eq!(editor.cursor_position(nowhere), (3, 2));
}

#[test]
fn deleting_never_takes_more_than_one_sees() {
    let mut editor = Editor::new(REMARK, Limits::text(500));
    drawn(&editor, 23, 4);
    assert_eq!(editor.handle(ctrl('u')), Handled::Changed);
    assert_eq!(editor.text(), "方案补充了密码应用章节，但未列密评费用，建");
    editor.handle(key(KeyCode::Backspace));
    editor.handle(ctrl('h'));
    editor.handle(key(KeyCode::Home));
    editor.handle(key(KeyCode::Delete));
    assert_eq!(editor.text(), "方案补充了密码应用章，但未列密评费用");
    assert_eq!(editor.handle(ctrl('w')), Handled::Ignored);
    editor.set_caret_offset(2);
    editor.handle(ctrl('k'));
    assert!(editor.text().starts_with("方案"));
    assert_eq!(editor.handle(key(KeyCode::Left)), Handled::Moved);
    assert_eq!(editor.caret_offset(), 1);
}

#[test]
fn a_cluster_is_deleted_as_one() {
    let mut editor = Editor::new("甲e\u{301}", Limits::text(500));
    editor.handle(key(KeyCode::Backspace));
    assert_eq!(editor.text(), "甲");
}

#[test]
fn everything_typed_can_be_undone_and_redone() {
    let mut editor = Editor::new("", Limits::text(5_000));
    let text = "评审意见：同意。\n".repeat(30);
    type_text(&mut editor, &text);
    let mut steps = 0;
    while editor.handle(ctrl('z')) == Handled::Changed {
        steps += 1;
    }
    assert_eq!((editor.text().as_str(), steps), ("", text.chars().count()));
    while editor.handle(ctrl('y')) == Handled::Changed {}
    assert_eq!(editor.text(), text);
}

#[test]
fn a_paste_is_cleaned_cut_and_one_step() {
    let mut editor = Editor::new("甲", Limits::text(8));
    let pasted = editor.paste("乙\u{1b}[2J\r\n丙\u{200b}丁戊");
    assert_eq!(pasted, Pasted { inserted: 7, removed: 2, cut: 1 });
    assert_eq!(pasted.message().unwrap(), "已粘贴 7 字；去掉 2 个不可见字符；超出字数上限，末尾 1 字未粘贴");
    assert_eq!(editor.text(), "甲乙[2J\n丙丁");
    assert_eq!(editor.handle(key(KeyCode::Char('己'))), Handled::Full(8));
    assert_eq!(editor.handle(key(KeyCode::Enter)), Handled::Full(8));
    editor.handle(ctrl('z'));
    assert_eq!(editor.text(), "甲");
}

#[test]
fn a_field_of_one_line_stays_one_line() {
    let mut editor = Editor::new("甲\n乙", Limits::line(20));
    assert_eq!(editor.handle(key(KeyCode::Enter)), Handled::Ignored);
    assert_eq!(editor.paste("丙\r\n丁").message(), None);
    assert_eq!(editor.text(), "甲 乙丙 丁");
}

#[test]
fn keys_that_belong_to_others_are_left_alone() {
    let mut editor = Editor::new("甲", Limits::text(20));
    let released = KeyEvent::new_with_kind(KeyCode::Char('a'), KeyModifiers::NONE, KeyEventKind::Release);
    let alt = KeyEvent::new(KeyCode::Char('a'), KeyModifiers::ALT);
    for event in [released, alt, ctrl('a'), key(KeyCode::Tab), key(KeyCode::Esc), key(KeyCode::F(2))] {
        assert_eq!(editor.handle(event), Handled::Ignored);
    }
    assert_eq!(editor.handle(key(KeyCode::Char('\u{202e}'))), Handled::Ignored);
    assert_eq!(editor.text(), "甲");
}

fn keys() -> impl Strategy<Value = KeyEvent> {
    prop_oneof![
        8 => "[项目，。a1 （]".prop_map(|text| key(KeyCode::Char(text.chars().next().unwrap()))),
        1 => prop::sample::select(vec![
            KeyCode::Enter, KeyCode::Backspace, KeyCode::Delete, KeyCode::Left, KeyCode::Right, KeyCode::Up,
            KeyCode::Down, KeyCode::Home, KeyCode::End, KeyCode::PageUp, KeyCode::PageDown,
        ]).prop_map(key),
        1 => prop::sample::select(vec!['u', 'k', 'z', 'y', 'h']).prop_map(ctrl),
    ]
}

proptest! {
    #[test]
    fn the_cursor_is_always_on_the_caret(events in prop::collection::vec(keys(), 0..80), width in 5u16..30) {
        let mut editor = Editor::new("建设方案，\n预算", Limits::text(60));
        let narrow = Width::default();
        let mut after_end = false;
        for event in events {
            match editor.handle(event) {
                Handled::Changed | Handled::Moved => after_end = event.code == KeyCode::End,
                Handled::Full(_) | Handled::Ignored => {}
            }
            let text = editor.text();
            let length = text.chars().count();
            prop_assert!(editor.caret_offset() <= length && length <= 60);
            let (picture, (x, y)) = drawn(&editor, width, 4);
            // What stands under the cursor on the screen is what follows the caret in the text.
            let line: String = picture.lines().nth(y.into()).unwrap_or_default().to_owned();
            let mut column = 0;
            let under = line.chars().find(|c| {
                let here = column == x;
                column += narrow.of_char(*c);
                here
            });
            let under = under.filter(|c| !c.is_whitespace());
            let next = text.chars().nth(editor.caret_offset()).filter(|c| !c.is_whitespace());
            // After End the caret may stand behind a row while the text goes on below.
            prop_assert!(under == next || (after_end && under.is_none()), "{picture} {x},{y} {under:?} {next:?}");
        }
    }

    #[test]
    fn deleting_and_undoing_lead_back(events in prop::collection::vec(keys(), 0..60)) {
        let mut editor = Editor::new("建设方案，\n预算\n\n说明", Limits::text(200));
        for event in events {
            editor.handle(event);
        }
        let text = editor.text();
        while editor.handle(ctrl('y')) == Handled::Changed {}
        while editor.handle(ctrl('z')) == Handled::Changed {}
        prop_assert_eq!(editor.text(), "建设方案，\n预算\n\n说明");
        prop_assert!(text.chars().count() <= 200);
    }
}
