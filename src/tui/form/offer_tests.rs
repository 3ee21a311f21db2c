//! A text offered to the person who fills a form in: it follows until somebody writes, and then it is theirs.

use std::collections::BTreeMap;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::{ActionForm, Outcome};
use crate::domain::calendar::parse_moment;
use crate::domain::workflow::action::{Action, Key};
use crate::domain::workflow::input::fields_of;
use crate::tui::journal::{Content, FieldText};

fn form() -> ActionForm {
    let now = parse_moment("2026-12-21T09:00:00+08:00").unwrap();
    let mut form = ActionForm::new("拟定", fields_of(Action::DraftOpinion), BTreeMap::new(), Vec::new(), now);
    form.offer(Key::Summary, "第一稿\n第二行");
    form
}

fn press(form: &mut ActionForm, code: KeyCode) -> Outcome {
    form.handle(KeyEvent::new(code, KeyModifiers::NONE))
}

fn summary(form: &ActionForm) -> String {
    form.values().remove(Key::Summary.code()).unwrap_or_default()
}

fn draft(text: &str) -> Content {
    let field = FieldText { text: text.to_owned(), ..FieldText::default() };
    Content { fields: [(Key::Summary.code().to_owned(), field)].into(), ..Content::default() }
}

/// Goes to the summary and writes behind what is there.
fn write(form: &mut ActionForm, text: &str) {
    press(form, KeyCode::Tab);
    press(form, KeyCode::Tab);
    text.chars().for_each(|c| drop(press(form, KeyCode::Char(c))));
}

fn told(form: &ActionForm) -> String {
    let area = ratatui::layout::Rect::new(0, 0, 100, 40);
    let mut buffer = ratatui::buffer::Buffer::empty(area);
    form.render(area, &mut buffer);
    crate::tui::screen_text(&buffer)
}

#[test]
fn an_offered_text_follows_until_the_person_writes() {
    let mut form = form();
    assert!(!form.is_changed(), "nobody wrote anything");
    form.offer(Key::Summary, "第二稿");
    assert_eq!(summary(&form), "第二稿");
    write(&mut form, "，我的话");
    form.offer(Key::Summary, "第二稿");
    assert!(!told(&form).contains("请核对文字"), "nothing changed since");
    form.offer(Key::Summary, "第三稿");
    assert_eq!(summary(&form), "第二稿，我的话", "what a person wrote is never overwritten");
    assert!(told(&form).contains("请核对文字"), "{}", told(&form));
}

#[test]
fn a_saved_draft_stays_what_it_was() {
    let mut form = form();
    form.put(&draft("昨天写的"), &Content::default());
    form.offer(Key::Summary, "第二稿");
    form.offer(Key::Summary, "第二稿");
    assert_eq!(summary(&form), "昨天写的");
    assert!(!told(&form).contains("请核对文字"));
    form.put(&draft("第二稿"), &Content::default());
    form.offer(Key::Summary, "第二稿");
    form.offer(Key::Summary, "第三稿");
    assert_eq!(summary(&form), "第三稿", "a draft that nobody wrote on in goes on following");
}

#[test]
fn one_key_takes_the_offered_text_away_and_back_but_never_over_ones_own() {
    let mut form = form();
    press(&mut form, KeyCode::F(4));
    assert_eq!(summary(&form), "");
    form.offer(Key::Summary, "第一稿\n第二行");
    assert_eq!(summary(&form), "", "what was taken away stays away");
    press(&mut form, KeyCode::F(4));
    assert_eq!(summary(&form), "第一稿\n第二行");
    press(&mut form, KeyCode::Char('好'));
    press(&mut form, KeyCode::F(4));
    assert_eq!(summary(&form), "第一稿\n第二行好");
    assert!(told(&form).contains("拟稿已改动"), "{}", told(&form));
}
