//! The key table keeps its promises.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::*;

fn all_keys(binding: &Binding) -> impl Iterator<Item = Key> {
    binding.letters.iter().chain(binding.keys).copied()
}

#[test]
fn no_key_is_bound_that_terminals_input_methods_or_browsers_take() {
    // Ctrl-d, u, l have another door each and are the only ones allowed with Ctrl.
    let allowed_with_ctrl = ['d', 'u', 'l', 'k', 'y', 'z'];
    for binding in TABLE {
        for key in all_keys(binding) {
            match key.code {
                KeyCode::Char(c) if key.ctrl => assert!(allowed_with_ctrl.contains(&c), "{:?}", binding.op),
                KeyCode::Char('~') | KeyCode::F(11 | 12) | KeyCode::Insert => panic!("{:?}", binding.op),
                _ => assert!(!key.ctrl, "{:?}", binding.op),
            }
        }
    }
}

#[test]
fn every_command_has_a_door_without_letters_and_a_word() {
    for binding in TABLE {
        assert!(!binding.keys.is_empty(), "{:?}", binding.op);
        let letter = |key: &Key| matches!(key.code, KeyCode::Char(c) if c.is_ascii_alphanumeric()) && !key.ctrl;
        assert!(!binding.keys.iter().any(letter), "{:?}", binding.op);
        assert!(!binding.word.is_empty() && !binding.explained.is_empty(), "{:?}", binding.op);
    }
    let mut words: Vec<&str> = TABLE.iter().map(|binding| binding.word).collect();
    words.sort_unstable();
    words.dedup();
    assert_eq!(words.len(), TABLE.len());
}

#[test]
fn a_key_means_the_same_everywhere_or_nothing() {
    for binding in TABLE {
        for key in all_keys(binding) {
            assert_eq!(key.digit(), None, "digits belong to the place");
            let owners: Vec<Op> = TABLE.iter().filter(|other| other.has(key)).map(|other| other.op).collect();
            assert_eq!(owners, [binding.op]);
        }
    }
}

#[test]
fn the_key_table_itself() {
    let rows: Vec<String> = TABLE.iter().map(|b| format!("{} {} | {}", b.group.name(), b.word, b.all_keys())).collect();
    insta::assert_snapshot!(rows.join("\n"), @"");
}

#[test]
fn keys_of_an_input_method_run_the_command_of_their_twin() {
    let press = |c| translate(Mode::Commands(Scope::Queue), KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE));
    assert_eq!(press('？'), Some(Message::Op(Op::Help)));
    assert_eq!(press('、'), Some(Message::Op(Op::Filter)));
    assert_eq!(press('：'), Some(Message::Op(Op::Palette)));
    assert_eq!(press('３'), Some(Message::Digit(3)));
    assert_eq!(press('ｊ'), Some(Message::Op(Op::Down)));
    assert_eq!(press('申'), Some(Message::Stray('申')));
    assert_eq!(press('Q'), None);
}

#[test]
fn in_a_text_field_every_key_is_text_except_the_repaint() {
    let press = |code, modifiers| translate(Mode::Text, KeyEvent::new(code, modifiers));
    let typed = KeyEvent::new(KeyCode::Char('？'), KeyModifiers::NONE);
    assert_eq!(press(KeyCode::Char('？'), KeyModifiers::NONE), Some(Message::Typed(typed)));
    assert_eq!(press(KeyCode::Char('l'), KeyModifiers::CONTROL), Some(Message::Op(Op::Repaint)));
}
