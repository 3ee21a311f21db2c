//! Finding, ordering and keeping views, by keys alone; tasks 2 and 3 of the usability yardstick within their keys.

use crossterm::event::KeyCode;

use crate::domain::search::{SortBy, SortKey};
use crate::service::error::{Error, StoreError};
use crate::service::views::SavedViews;
use crate::tui::message::Message;
use crate::tui::testing::{Desk, county, register, to_review};

const PROJECTS: &[(&str, &str, &str)] = &[
    ("县教育局智慧校园二期", "县教育局", "486"),
    ("教师培训平台", "县教育局", "62.5"),
    ("水库雨情监测平台", "县水利局", "228"),
    ("县医院电子病历系统", "县医院", "1280.5"),
    ("档案馆数字化加工", "县档案馆", "41"),
];

fn desk(account: &str, size: (u16, u16)) -> Desk {
    let mut service = county();
    for (name, unit, wan) in PROJECTS {
        let code = register(&mut service, name, unit, wan);
        if *unit != "县档案馆" {
            to_review(&mut service, &code, wan);
        }
    }
    Desk::open(service, account, size)
}

fn names(desk: &Desk) -> Vec<String> {
    (0..desk.state.queue.listing.total())
        .filter_map(|at| desk.state.queue.listing.row(at))
        .map(|row| row.name.clone())
        .collect()
}

fn tabs(desk: &Desk) -> String {
    desk.screen().lines().nth(1).unwrap_or_default().trim().to_owned()
}

fn kept(desk: &mut Desk) -> Vec<(u8, String, String)> {
    let session = desk.worker.session.clone();
    let views = desk.worker.service.ask(&session, SavedViews).unwrap();
    views.into_iter().map(|view| (view.digit, view.name, view.query)).collect()
}

/// Presses keys one after another and types texts, which are not counted; tells how many keys that took.
fn count(desk: &mut Desk, steps: &[Step]) -> usize {
    for step in steps {
        match step {
            Key(key) => desk.keys(key),
            Text(text) => text.chars().for_each(|c| desk.press(KeyCode::Char(c))),
        }
    }
    steps.iter().filter(|step| matches!(step, Key(_))).count()
}

enum Step {
    Key(&'static str),
    Text(&'static str),
}
use Step::{Key, Text};

#[test]
fn task_2_a_project_is_found_among_all_by_a_few_characters_and_opened() {
    let with_letters = [Key("0"), Key("/"), Text("zhxy"), Key("Enter")];
    let without = [Key("0"), Key("F7"), Text("智慧校园"), Key("Enter")];
    for size in [(80, 24), (120, 40)] {
        for steps in [&with_letters, &without] {
            let mut desk = desk("reviewer", size);
            assert!(count(&mut desk, steps) <= 4);
            let code = desk.state.project.as_ref().map(|project| project.code.to_string());
            assert_eq!(code.as_deref(), Some("YS2027-0001"), "{}", desk.screen());
        }
    }
}

#[test]
fn task_3_a_filter_is_typed_and_kept_as_view_7() {
    let with_letters =
        [Key("/"), Text("金额>200万 期限<60天"), Key("Enter"), Key(":"), Text("存视图 7 资金大户"), Key("Enter")];
    let without = [
        Key("F7"),
        Text("金额＞２００万\u{3000}期限＜60天"),
        Key("Enter"),
        Key("F9"),
        Text("存视图\u{3000}７\u{3000}资金大户"),
        Key("Enter"),
    ];
    for size in [(80, 24), (120, 40)] {
        for steps in [&with_letters, &without] {
            let mut desk = desk("reviewer", size);
            let keys = count(&mut desk, steps);
            assert!(keys <= 5, "{keys}");
            let view = (7, "资金大户".to_owned(), "金额>200万 期限<60天".to_owned());
            assert_eq!(kept(&mut desk), [view], "{}", desk.screen());
            assert_eq!(names(&desk), ["县教育局智慧校园二期", "水库雨情监测平台", "县医院电子病历系统"]);
        }
    }
}

#[test]
fn a_view_kept_is_a_tab_behind_the_roles_and_its_digit_brings_filter_and_order_back() {
    let mut desk = desk("reviewer", (100, 30));
    count(
        &mut desk,
        &[Key("/"), Text("金额>200万 排序:-金额"), Key("Enter"), Key(":"), Text("存视图 7 资金大户"), Key("Enter")],
    );
    assert_eq!(tabs(&desk), "[1技术评审员 4]  7资金大户 3   0全部   2评审会 0");
    desk.keys("0");
    assert_eq!(desk.state.queue.filter.text, "金额>200万 排序:-金额", "what was typed goes along");
    desk.keys("F7");
    desk.keys("Esc");
    desk.keys("7");
    assert_eq!(names(&desk), ["县医院电子病历系统", "县教育局智慧校园二期", "水库雨情监测平台"]);
    assert!(desk.screen().contains("排序: 金额(降)"), "{}", desk.screen());
    assert_eq!(tabs(&desk), "1技术评审员 4  [7资金大户 3]  0全部   2评审会 0");
    desk.keys("1");
    assert_eq!(
        (names(&desk).len(), desk.state.queue.filter.text.as_str()),
        (4, ""),
        "what belongs to a view stays there"
    );
}

#[test]
fn a_view_is_kept_without_letters_from_the_key_that_offers_a_free_digit() {
    let mut desk = desk("reviewer", (80, 24));
    count(&mut desk, &[Key("F7"), Text("水库"), Key("Enter")]);
    desk.keys("Esc"); // the only hit was opened
    count(&mut desk, &[Key("F2"), Text("水利"), Key("Enter")]);
    assert_eq!(kept(&mut desk), [(3, "水利".to_owned(), "水库".to_owned())]);
    count(&mut desk, &[Key("F9"), Text("删视图 3"), Key("Enter")]);
    assert_eq!(kept(&mut desk), []);
    assert_eq!(tabs(&desk), "[1技术评审员 4]  0全部   2评审会 0");
}

#[test]
fn f2_in_the_filter_line_keeps_what_it_says() {
    let mut desk = desk("reviewer", (80, 24));
    count(&mut desk, &[Key("F7"), Text("金额>200万"), Key("F2"), Text("资金大户"), Key("Enter")]);
    assert_eq!(kept(&mut desk), [(3, "资金大户".to_owned(), "金额>200万".to_owned())]);
    count(&mut desk, &[Key("F7"), Text(" 金额>"), Key("F2")]);
    assert!(desk.message().starts_with("筛选条件有误"), "{}", desk.message());
}

#[test]
fn a_digit_of_a_role_and_a_name_that_is_missing_are_refused_with_a_free_digit() {
    let mut desk = desk("reviewer", (80, 24));
    count(&mut desk, &[Key("F9"), Text("存视图 1 我的"), Key("Enter")]);
    assert_eq!(desk.message(), "1 已是“技术评审员”，请换一个数字，如 3");
    count(&mut desk, &[Key("F9"), Text("存视图 2 我的"), Key("Enter")]);
    assert_eq!(desk.message(), "2 已是“评审会”，请换一个数字，如 3");
    count(&mut desk, &[Key("F9"), Text("存视图 7"), Key("Enter")]);
    assert!(desk.message().starts_with("视图的名称不对"), "{}", desk.message());
    count(&mut desk, &[Key("F9"), Text("删视图 5"), Key("Enter")]);
    assert_eq!(desk.message(), "没有以 5 打开的视图");
    assert_eq!(kept(&mut desk), []);
}

#[test]
fn a_view_of_which_one_word_is_not_understood_any_more_is_shown_with_what_is_wrong() {
    let mut desk = desk("reviewer", (80, 24));
    count(&mut desk, &[Key("F9"), Text("存视图 7 坏的"), Key("Enter")]);
    let session = desk.worker.session.clone();
    let mut view = desk.worker.service.ask(&session, SavedViews).unwrap().remove(0);
    view.query = "状态:no-such-stage".to_owned();
    desk.worker.service.keep_view(&session, &view).unwrap();
    desk.keys("F5 7");
    assert!(desk.screen().contains("筛选条件第 4 个字"), "{}", desk.screen());
}

#[test]
fn s_and_a_digit_sorts_with_the_cursor_on_its_project_and_again_the_other_way_round() {
    let mut desk = desk("reviewer", (100, 30));
    desk.keys("Down");
    let before = desk.state.queue.listing.current().unwrap().code.clone();
    desk.keys("s");
    assert!(desk.message().contains("3金额"), "{}", desk.message());
    desk.keys("3");
    assert_eq!(names(&desk), ["教师培训平台", "水库雨情监测平台", "县教育局智慧校园二期", "县医院电子病历系统"]);
    assert_eq!(desk.state.queue.listing.current().unwrap().code, before);
    desk.keys("s 3");
    assert_eq!(desk.state.queue.filter.sort, [SortKey { by: SortBy::Amount, descending: true }]);
    assert_eq!(desk.state.queue.listing.current().unwrap().code, before);
    assert_eq!(names(&desk)[0], "县医院电子病历系统");
    desk.keys("s 0");
    assert_eq!(desk.state.queue.filter.text, "");
    desk.keys("s Down 1");
    assert_eq!(desk.state.queue.filter.sort, [], "another key between makes the digit a tab again");
}

#[test]
fn where_nothing_is_found_each_condition_is_offered_with_what_is_left_without_it() {
    let mut desk = desk("reviewer", (80, 24));
    count(&mut desk, &[Key("/"), Text("县医院 金额<100万 期限<60天"), Key("Enter")]);
    let screen = desk.screen();
    assert!(screen.contains("去掉「县医院」可得 1 项，按 1 或 Enter 去掉"), "{screen}");
    assert!(screen.contains("去掉「金额<100万」可得 1 项，按 2 去掉"), "{screen}");
    assert!(!screen.contains("去掉「期限"), "without it there would still be nothing: {screen}");
    desk.keys("2");
    assert_eq!(names(&desk), ["县医院电子病历系统"]);
}

#[test]
fn nothing_is_asked_while_one_types_and_the_old_result_stays_until_the_new_one_is_there() {
    let mut desk = desk("reviewer", (80, 24));
    let before = names(&desk);
    desk.hold();
    count(&mut desk, &[Key("/"), Text("shui")]);
    assert_eq!((desk.held_back(), names(&desk)), (0, before.clone()), "keys alone ask nothing");
    assert!(desk.screen().contains("查找中"), "the number of the old result is not that of the new line");
    desk.tell(Message::Rested);
    assert_eq!(desk.held_back(), 1);
    desk.tell(Message::Rested);
    assert_eq!((desk.held_back(), names(&desk)), (1, before), "one rest, one question");
    desk.release(false);
    assert_eq!(names(&desk), ["水库雨情监测平台"]);
    assert!(desk.screen().contains("命中 1"), "{}", desk.screen());
}

#[test]
fn the_next_key_gives_up_what_is_being_looked_up() {
    let mut desk = desk("reviewer", (80, 24));
    desk.hold();
    count(&mut desk, &[Key("/"), Text("水")]);
    desk.tell(Message::Rested);
    count(&mut desk, &[Text("库")]);
    assert_eq!(desk.held_back(), 1);
    let given_up = desk.answer_held();
    assert!(matches!(given_up.as_slice(), [Err(Error::Unavailable(StoreError::GivenUp)) | Ok(_)]), "{given_up:?}");
    assert_eq!(names(&desk).len(), 4, "whatever it found is not shown");
    desk.release(false);
    assert_eq!(names(&desk), ["水库雨情监测平台"]);
}

#[test]
fn enter_waits_for_no_rest_and_opens_the_only_hit() {
    let mut desk = desk("reviewer", (80, 24));
    desk.hold();
    count(&mut desk, &[Key("/"), Text("skyq"), Key("Enter")]);
    assert_eq!(desk.held_back(), 1);
    desk.release(false);
    assert!(desk.state.project.is_some(), "{}", desk.screen());
}

#[test]
fn what_is_typed_and_taken_back_lists_what_was_listed_before() {
    let mut desk = desk("reviewer", (80, 24));
    let before = names(&desk);
    count(&mut desk, &[Key("/"), Text("水库")]);
    assert_eq!(names(&desk).len(), 1);
    desk.hold();
    desk.press(KeyCode::Backspace);
    desk.press(KeyCode::Backspace);
    desk.keys("Esc");
    desk.release(false);
    assert_eq!(names(&desk), before);
    assert!(!desk.state.queue.is_loading());
}

#[test]
fn one_chinese_character_initials_and_full_pinyin_find_in_name_unit_and_code() {
    let mut desk = desk("reviewer", (80, 24));
    for (typed, found) in [
        ("雨", "水库雨情监测平台"),
        ("雨情", "水库雨情监测平台"),
        ("yq", "水库雨情监测平台"),
        ("yuqing", "水库雨情监测平台"),
        ("xsl", "水库雨情监测平台"),
        ("ｘｓｌｊ", "水库雨情监测平台"),
        ("0004", "县医院电子病历系统"),
    ] {
        count(&mut desk, &[Key("/"), Text(typed)]);
        assert_eq!(names(&desk), [found], "{typed}");
        desk.keys("Esc");
    }
}
