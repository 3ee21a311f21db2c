//! The tasks done at a desk, and the table.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::tasks::{TASKS, task};
use super::*;
use crate::tui::testing::{Desk, county};
use crate::tui::width::Width;

/// Presses keys as the keyboard does: a word is a named key, a digit or a letter; `"…` is text.
fn press_all(desk: &mut Desk, keys: &[&str]) {
    for key in keys {
        if let Some(text) = key.strip_prefix('"') {
            text.chars().for_each(|c| one(desk, KeyEvent::from(KeyCode::Char(c))));
            continue;
        }
        let event = match (*key, key.strip_prefix('F').and_then(|number| number.parse().ok())) {
            ("Enter", _) => KeyEvent::from(KeyCode::Enter),
            ("Tab", _) => KeyEvent::from(KeyCode::Tab),
            ("BackTab", _) => KeyEvent::from(KeyCode::BackTab),
            ("Down", _) => KeyEvent::from(KeyCode::Down),
            ("C-z", _) => KeyEvent::new(KeyCode::Char('z'), KeyModifiers::CONTROL),
            (_, Some(number)) => KeyEvent::from(KeyCode::F(number)),
            (text, None) => KeyEvent::from(KeyCode::Char(text.chars().next().unwrap())),
        };
        one(desk, event);
    }
}

fn one(desk: &mut Desk, event: KeyEvent) {
    press(&mut desk.state, event);
    desk.press_with(event.code, event.modifiers);
}

fn sample() -> Desk {
    // What stands there before is never looked at: the county of the tasks is made for them.
    let mut desk = Desk::open(county(), "reviewer", (80, 24));
    desk.state.practice.allowed = true;
    desk
}

fn set_out(desk: &mut Desk, number: u8) {
    let effects = begin(&mut desk.state, task(number).unwrap());
    desk.perform(effects);
    let running = desk.state.practice.running.as_ref().unwrap();
    assert!(running.is_counting(), "{number}: {:?}\n{}", running.phase, desk.screen());
    assert_eq!(running.keys, 0);
}

/// The reference ways as keys, with what is typed.
const WAYS: &[(u8, &[&str])] = &[
    (1, &["Enter"]),
    (2, &["0", "/", "\"智慧校园综合", "Enter"]),
    (3, &["0", "/", "\"金额>200万 期限<7天", "Enter", ":", "\"存视图 7 资金大户", "Enter"]),
    (4, &["3", "c", "Enter"]),
    (5, &["1", "1", "1", "1", "1", "1", "1", "1", "2", "\"没有依据", "F8", "4", "\"由县里统一提供", "F8"]),
    (6, &["i", "BackTab", "\"第31页", "F8"]),
    (7, &["Enter", "\"未列密评费用", "F8"]),
    (8, &["1", "\"尽快", "F8"]),
    (9, &["x", "Enter"]),
    (10, &[":", "\"提交结论 通过", "Enter", "F8", "1"]),
    (11, &["u", "1"]),
    (13, &["3", "\"两处一并补正。", "F8"]),
    (14, &["3", "*", "a", "\"李娜", "Enter", "1"]),
    (15, &["2", "Enter", "j", "2", "\"申报单位顾问", "Enter", "j", "3", "0"]),
    (16, &["2", "Enter", "1", "1", "2"]),
    (19, &["C", "\"出差到月底", "F8", "1", "H"]),
];

/// Some of them while an input method swallows letters and sends marks and digits full-width.
const OTHER_WAYS: &[(u8, &[&str])] = &[
    (4, &["３", "；", "Enter"]),
    (9, &["F8", "Enter"]),
    (11, &["C-z", "１"]),
    (14, &["３", "＊", "F8", "２", "\"李娜", "Enter", "１"]),
    (19, &["）", "\"出差到月底", "F8", "１", "＃"]),
];

#[test]
fn every_task_on_the_screen_is_done_by_its_reference_keys_and_counted_by_them() {
    let mut desk = sample();
    let on_screen: Vec<u8> = TASKS.iter().filter(|task| task.is_on_screen()).map(|task| task.number).collect();
    let effects = open(&mut desk.state);
    desk.perform(effects);
    assert_eq!(on_screen, WAYS.iter().map(|(number, _)| *number).collect::<Vec<_>>());
    for (number, keys) in WAYS.iter().chain(OTHER_WAYS) {
        set_out(&mut desk, *number);
        assert!(desk.screen().contains(&format!("练习{number} 0/")), "{}", desk.screen());
        press_all(&mut desk, keys);
        let running = desk.state.practice.running.as_ref().unwrap();
        assert_eq!(running.phase, Phase::Done, "{number}\n{}", desk.screen());
        let task = running.task;
        let ways = [keys_of(task.letters), keys_of(task.without_letters)];
        assert!(ways.contains(&running.keys), "{number}: {} is none of {ways:?}", running.keys);
        assert!(reference(task).contains(&way(task.letters, true)));
        assert!(desk.message().starts_with(&format!("完成：用了 {}/", running.keys)), "{}", desk.message());
        assert!(desk.state.practice.best(task).is_some_and(|best| best <= running.keys));
    }
    // Back where one came from, nothing of all that is there.
    let effects = leave(&mut desk.state);
    desk.perform(effects);
    desk.keys("0");
    assert!(desk.screen().contains("没有") && !desk.screen().contains("练习"), "{}", desk.screen());
    assert!(!desk.state.practice.is_on() && desk.tasks.is_empty(), "{:?}", desk.tasks);
}

#[test]
fn a_task_can_be_given_up_and_begun_again_and_a_key_too_many_is_counted() {
    let mut desk = sample();
    set_out(&mut desk, 5);
    press_all(&mut desk, &["1", "j", "k", "２"]);
    assert_eq!(desk.state.practice.running.as_ref().unwrap().keys, 4);
    press_all(&mut desk, &["\"没有依据", "F8"]);
    let effects = give_up(&mut desk.state);
    desk.perform(effects);
    assert!(desk.message().starts_with("已放弃第 5 题。参考：1(8次) 2"), "{}", desk.message());
    press_all(&mut desk, &["1", "1"]);
    assert_eq!(desk.state.practice.running.as_ref().unwrap().keys, 5, "what is given up is not counted");
    set_out(&mut desk, 5);
    assert!(desk.screen().contains(">[  ] B01") && desk.screen().contains("练习5 0/14"), "{}", desk.screen());
    // From the palette, as a person would.
    desk.keys("F9 练习 Enter");
    assert!(desk.screen().contains("要办的事"), "{}", desk.screen());
    desk.keys("1 9");
    assert!(desk.screen().contains("> 19") || desk.screen().contains(">19"), "{}", desk.screen());
    desk.keys("0");
    assert!(desk.message().starts_with("已放弃第 5 题"), "{}", desk.message());

    // Characters of a text are free, digits that choose are not.
    set_out(&mut desk, 10);
    press_all(&mut desk, &["F9", "\"提交结论", "Enter"]);
    assert!(desk.screen().contains("[1 通过]") || desk.screen().contains("1 通过"), "{}", desk.screen());
    assert_eq!(desk.state.practice.running.as_ref().unwrap().keys, 2);
    press_all(&mut desk, &["2", "1"]);
    assert_eq!(desk.state.practice.running.as_ref().unwrap().keys, 4, "{}", desk.screen());
}

#[test]
fn where_there_are_real_projects_nothing_is_practised() {
    let mut desk = Desk::open(county(), "reviewer", (80, 24));
    desk.keys("F9 练习 Enter");
    assert!(desk.message().contains(ONLY_SAMPLES), "{}", desk.message());
    let effects = open(&mut desk.state);
    assert!(effects.is_empty() && desk.state.practice.running.is_none());
}

#[test]
fn the_reference_keys_are_no_more_than_may_be_pressed() {
    let mut last = 0;
    for task in TASKS {
        assert!(task.number > last && task.number <= LAST);
        last = task.number;
        assert!(keys_of(task.letters) <= task.max, "{}", task.number);
        assert!(keys_of(task.without_letters) <= task.max_without_letters, "{}", task.number);
        assert_eq!(task.is_on_screen(), !task.letters.is_empty(), "{}", task.number);
        let letters = way(task.without_letters, false);
        let keys = letters.split(' ').filter(|word| word.len() == 1);
        assert!(keys.clone().all(|key| !key.contains(|c: char| c.is_ascii_alphabetic())), "{letters}");
        // With its counter it is read whole on the smallest screen one works at.
        let line = format!(" 练习 {}/{LAST} {}  {}", task.number, task.words, counted(task, 10));
        assert!(Width { ambiguous_wide: true }.of_str(&line) <= 80, "{line}");
    }
}
