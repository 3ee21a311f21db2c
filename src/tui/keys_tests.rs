//! Help, messages, clipboard and text page at a desk; and what the hint bar keeps at any width.

use crossterm::event::KeyCode;

use super::keymap::{Op, Scope, of_scope};
use super::message::Message;
use super::testing::{Desk, county, register, to_review};
use super::widget::Dialog;

fn desk(account: &str, keys: &str) -> Desk {
    let mut service = county();
    let code = register(&mut service, "教师培训平台", "县教育局", "62.5");
    to_review(&mut service, &code, "62.5");
    let mut desk = Desk::open(service, account, (80, 24));
    desk.keys(keys);
    desk
}

#[test]
fn the_help_finds_by_chinese_pinyin_initials_code_and_key_and_runs_what_it_found() {
    for typed in ["规则口径", "guizekoujing", "gzkj", "rulebook", "P", "＠"] {
        let mut desk = desk("reviewer", "0 ?");
        desk.keys(typed);
        desk.keys("Enter");
        assert!(matches!(desk.state.dialog, Some(Dialog::Rulebook(_))), "{typed}: {}", desk.screen());
    }
    let mut nothing = desk("reviewer", "0 ? 没有这个命令 Enter");
    assert!(nothing.state.dialog.is_none());
    nothing.keys("F1");
    assert!(nothing.screen().contains("查找: "));
}

#[test]
fn the_help_lists_every_command_that_works_here_by_group() {
    let desk = desk("reviewer", "0 ?");
    let screen = desk.screen();
    let groups: Vec<usize> =
        ["看 ", "写 ", "办 ", "走 "].iter().filter_map(|group| screen.find(&format!("{group} "))).collect();
    assert!(groups.windows(2).all(|pair| pair[0] < pair[1]), "{screen}");
}

#[test]
fn the_key_of_the_help_twice_shows_every_key_on_a_page_without_borders() {
    let mut desk = desk("reviewer", "0 F1 F1");
    let screen = desk.screen();
    assert!(screen.starts_with("评审 pingshen 按键表"), "{screen}");
    assert!(!screen.contains('|') || screen.lines().nth(1).is_some_and(|line| line.contains("| lp")), "{screen}");
    desk.keys("PgDn");
    assert_ne!(desk.screen(), screen);
    desk.keys("Esc");
    assert!(desk.state.dialog.is_none());
}

#[test]
fn the_number_of_the_project_is_copied_and_what_was_sent_is_said() {
    let mut desk = desk("reviewer", "0 y");
    assert_eq!(desk.copied.as_deref(), Some("YS2027-0001"));
    assert!(desk.message().starts_with("已送往剪贴板：YS2027-0001（11 字节）"), "{}", desk.message());
    desk.copied = None;
    // By an input method, through the palette.
    desk.keys("F9 复制编号 Enter");
    assert_eq!(desk.copied.as_deref(), Some("YS2027-0001"));
}

#[test]
fn the_text_page_has_no_borders_and_copies_whole() {
    let mut desk = desk("reviewer", "0 Enter 1 Y");
    let screen = desk.screen();
    assert!(screen.starts_with("YS2027-0001 教师培训平台"), "{screen}");
    assert!(!screen.contains('|') && !screen.contains("+-"), "{screen}");
    desk.keys("1");
    let copied = desk.copied.clone().unwrap();
    assert!(copied.starts_with("YS2027-0001 教师培训平台\n") && copied.lines().count() > 20, "{copied}");
    desk.keys("Esc");
    assert!(desk.state.dialog.is_none() && desk.state.project.is_some());
}

#[test]
fn what_the_message_line_said_is_kept_the_latest_first() {
    let mut desk = desk("reviewer", "0 y");
    desk.press(KeyCode::Esc);
    desk.keys("： 消息 Enter");
    let screen = desk.screen();
    let (later, earlier) = (screen.find("再按一次 Esc").unwrap(), screen.find("已送往剪贴板").unwrap());
    assert!(later < earlier, "{screen}");
}

#[test]
fn chinese_typed_over_a_project_runs_nothing_and_says_so() {
    let mut desk = desk("reviewer", "0 Enter");
    let before = desk.screen().lines().take(20).collect::<Vec<_>>().join("\n");
    desk.keys("符合");
    assert!(desk.message().starts_with("中文输入法已开"), "{}", desk.message());
    desk.tell(Message::Pasted("1111111111".to_owned()));
    assert_eq!(desk.message(), "已拦截粘贴 10 字，未作为命令");
    assert_eq!(desk.screen().lines().take(20).collect::<Vec<_>>().join("\n"), before);
}

#[test]
fn a_paste_in_the_list_is_offered_as_a_filter() {
    let mut desk = desk("reviewer", "0");
    desk.tell(Message::Pasted("教师".to_owned()));
    assert_eq!(desk.message(), "已拦截粘贴 2 字，Enter 作为筛选词「教师」");
    desk.keys("Enter");
    assert_eq!(desk.state.queue.filter.editor.as_ref().map(|editor| editor.text()), Some("教师".to_owned()));
}

#[test]
fn the_hint_bar_always_names_help_and_palette() {
    for scope in Scope::ALL.iter().filter(|scope| of_scope(**scope).any(|binding| binding.op == Op::Help)) {
        for columns in [60, 80, 100] {
            let hints = super::view::hints(*scope, columns);
            assert!(hints.contains("帮助") && hints.contains("命令"), "{scope} at {columns}: {hints}");
        }
    }
}
