//! The queue as it looks, and what keys do to it.

use crate::domain::workflow::action::Action;
use crate::tui::message::Message;
use crate::tui::testing::{Desk, act, county, register, to_review};

fn desk(account: &str, size: (u16, u16)) -> Desk {
    let mut service = county();
    let school = register(&mut service, "教师培训平台", "县教育局", "62.5");
    to_review(&mut service, &school, "62.5");
    let water = register(&mut service, "水库雨情监测平台", "县水利局", "128");
    to_review(&mut service, &water, "128");
    let hospital = register(&mut service, "县医院电子病历系统升级改造及数据中台", "县医院", "1280.5");
    act(&mut service, "intake", &hospital, Action::Submit, &[]);
    register(&mut service, "档案馆数字化加工", "县档案馆", "41");
    Desk::open(service, account, size)
}

#[test]
fn at_80_columns_the_list_has_the_screen_to_itself() {
    insta::assert_snapshot!(desk("reviewer", (80, 24)).screen(), @r#"
     政务信息化项目管理 | 队列 > 技术评审员                        张伟(技术评审员)
     [1技术评审员 2]  0全部   2评审会 0
    +------------------------------------------------------------------------------+
    |  编号        名称                               金额/万 余期   轮到          |
    |> YS2027-0001 教师培训平台                         62.50 27天   拟定意见      |
    |  YS2027-0002 水库雨情监测平台                    128.00 27天   提请论证      |
    |                                                                              |
    |                                                                              |
    |                                                                              |
    |                                                                              |
    |                                                                              |
    |                                                                              |
    |                                                                              |
    |                                                                              |
    |                                                                              |
    |                                                                              |
    |                                                                              |
    |                                                                              |
    |                                                                              |
    |                                                                              |
    +------------------------------------------------------------------------------+

     Enter打开 x办理 Space标记 /筛选 p预览 l换页 :命令 ?帮助 q返回 数字换视图
     队列  1/2
    "#);
}

#[test]
fn at_100_columns_the_preview_stands_beside_the_list() {
    insta::assert_snapshot!(desk("reviewer", (100, 30)).screen(), @r#"
     政务信息化项目管理 | 队列 > 技术评审员                                            张伟(技术评审员)
     [1技术评审员 2]  0全部   2评审会 0
    +---------------------------------------------------------+----------------------------------------+
    |  编号        名称                金额/万 余期   轮到    | 教师培训平台                           |
    |> YS2027-0001 教师培训平台          62.50 27天   拟定意见| YS2027-0001  县教育局                  |
    |  YS2027-0002 水库雨情监测平台     128.00 27天   提请论证| 62.50 万元  中心评审                   |
    |                                                         | 技术评审中 (自 2026-09-12)             |
    |                                                         | 期限 2026-10-09  27天                  |
    |                                                         | 轮到 技术评审员: 拟定技术审核意见      |
    |                                                         |                                        |
    |                                                         | 评审清单                               |
    |                                                         | 建设内容完整性 [------] 0/12           |
    |                                                         | 技术可行性     [------] 0/12           |
    |                                                         | 信息资源共享   [------] 0/11           |
    |                                                         | 信息安全       [------] 0/12           |
    |                                                         |                                        |
    |                                                         | 近况                                   |
    |                                                         | 09-12 09:00 周敏 受理方案              |
    |                                                         | 09-12 09:00 周敏 报送技术方案          |
    |                                                         | 09-12 09:00 陈立 批准立项              |
    |                                                         |                                        |
    |                                                         |                                        |
    |                                                         |                                        |
    |                                                         |                                        |
    |                                                         |                                        |
    +---------------------------------------------------------+----------------------------------------+

     Enter打开 x办理 Space标记 /筛选 p预览 l换页 :命令 ?帮助 q返回 数字换视图
     F1帮助 F2存视图 F3预览 F5刷新 F6换页 F7筛选 F8办理 F9命令 F10返回
     队列  1/2
    "#);
}

#[test]
fn at_120_columns_the_list_tells_the_unit() {
    let mut desk = desk("intake", (120, 40));
    desk.keys("0 Down");
    insta::assert_snapshot!(desk.screen(), @r#"
     政务信息化项目管理 | 队列 > 全部                                                                          周敏(受理员)
      1受理员 1  [0全部]  2评审会 0
    +-----------------------------------------------------------------------------+----------------------------------------+
    |  编号        名称                 金额/万 余期   状态           申报单位    | 县医院电子病历系统升级改造及数据中台   |
    |  YS2027-0004 档案馆数字化加工       41.00        草稿           县档案馆    | YS2027-0003  县医院                    |
    |> YS2027-0003 县医院电子病历系..   1280.50 6天    计划待受理     县医院      | 1280.50 万元  专家论证                 |
    |  YS2027-0002 水库雨情监测平台      128.00 27天   技术评审中     县水利局    | 计划待受理 (自 2026-09-12)             |
    |  YS2027-0001 教师培训平台           62.50 27天   技术评审中     县教育局    | 期限 2026-09-18  6天                   |
    |                                                                             |                                        |
    |                                                                             | 近况                                   |
    |                                                                             | 09-12 09:00 周敏 申报                  |
    |                                                                             | 09-12 09:00 周敏 登记草稿              |
    |                                                                             |                                        |
    |                                                                             |                                        |
    |                                                                             |                                        |
    |                                                                             |                                        |
    |                                                                             |                                        |
    |                                                                             |                                        |
    |                                                                             |                                        |
    |                                                                             |                                        |
    |                                                                             |                                        |
    |                                                                             |                                        |
    |                                                                             |                                        |
    |                                                                             |                                        |
    |                                                                             |                                        |
    |                                                                             |                                        |
    |                                                                             |                                        |
    |                                                                             |                                        |
    |                                                                             |                                        |
    |                                                                             |                                        |
    |                                                                             |                                        |
    |                                                                             |                                        |
    |                                                                             |                                        |
    |                                                                             |                                        |
    |                                                                             |                                        |
    +-----------------------------------------------------------------------------+----------------------------------------+

     Enter打开 x办理 Space标记 /筛选 p预览 l换页 :命令 ?帮助 q返回 数字换视图
     F1帮助 F2存视图 F3预览 F5刷新 F6换页 F7筛选 F8办理 F9命令 F10返回
     队列  2/4
    "#);
}

#[test]
fn at_60_columns_the_list_is_cut_but_whole() {
    insta::assert_snapshot!(desk("reviewer", (60, 18)).screen(), @r#"
     政务信息化项目管理 | 队列 > 技术评审员    张伟(技术评审员)
     [1技术评审员 2]  0全部   2评审会 0
    +----------------------------------------------------------+
    |  编号        名称                 金额/万 余期   轮到    |
    |> YS2027-0001 教师培训平台           62.50 27天   拟定意见|
    |  YS2027-0002 水库雨情监测平台      128.00 27天   提请论证|
    |                                                          |
    |                                                          |
    |                                                          |
    |                                                          |
    |                                                          |
    |                                                          |
    |                                                          |
    |                                                          |
    +----------------------------------------------------------+

     Enter打开 x办理 Space标记 /筛选 p预览 l换页 :命令 ?帮助
     队列  1/2
    "#);
}

#[test]
fn f3_shows_the_preview_below_the_list_at_80_columns() {
    let mut desk = desk("reviewer", (80, 24));
    desk.keys("F3");
    assert!(desk.screen().contains("轮到 技术评审员: 拟定技术审核意见"), "{}", desk.screen());
    desk.keys("F3");
    assert!(!desk.screen().contains("轮到 技术评审员"), "{}", desk.screen());
}

#[test]
fn the_cursor_of_the_terminal_stands_on_the_selected_row_or_in_the_filter() {
    let mut desk = desk("reviewer", (80, 24));
    assert_eq!(desk.drawn().1, (1, 4));
    desk.keys("Down");
    assert_eq!(desk.drawn().1, (1, 5));
    desk.keys("F7 水");
    assert_eq!(desk.drawn().1, (12, 2));
}

#[test]
fn a_filter_narrows_while_it_is_typed_and_esc_brings_everything_back() {
    let mut desk = desk("reviewer", (80, 24));
    desk.keys("F7 金额>100万");
    assert_eq!(desk.state.queue.listing.total(), 1);
    desk.keys("金额");
    assert!(desk.screen().contains("筛选条件第 4 个字"), "{}", desk.screen());
    assert_eq!(desk.state.queue.listing.total(), 1, "the old result stays");
    desk.keys("Enter");
    assert!(desk.message().starts_with("筛选条件有误"));
    desk.keys("Esc");
    assert_eq!((desk.state.queue.listing.total(), desk.state.queue.filter.text.as_str()), (2, ""));
}

#[test]
fn the_only_hit_opens_with_the_enter_that_keeps_the_filter() {
    let mut desk = desk("reviewer", (80, 24));
    desk.keys("F7 sk Enter");
    assert_eq!(desk.state.project.as_ref().map(|project| project.code.as_str()), Some("YS2027-0002"));
}

#[test]
fn where_nothing_is_found_enter_drops_the_condition_that_costs_most() {
    let mut desk = desk("reviewer", (80, 24));
    desk.keys("F7 教师 Space 金额>100万 Enter");
    assert_eq!(desk.state.queue.listing.total(), 0);
    desk.keys("Enter");
    assert_eq!(desk.state.queue.listing.total(), 1, "{}", desk.screen());
}

#[test]
fn an_answer_that_was_overtaken_is_dropped() {
    let mut desk = desk("reviewer", (80, 24));
    desk.hold();
    desk.keys("F7 水库");
    desk.release(true);
    let names: Vec<&str> = desk.state.queue.listing.current().map(|row| row.name.as_str()).into_iter().collect();
    assert_eq!((desk.state.queue.listing.total(), names), (1, vec!["水库雨情监测平台"]));
}

#[test]
fn an_empty_queue_says_where_there_is_work() {
    let mut desk = desk("signer", (80, 24));
    assert!(desk.screen().contains("签发人: 没有待办的项目。"), "{}", desk.screen());
    desk.keys("Enter Down PgDn End Home");
    assert!(desk.state.project.is_none());
}

#[test]
fn others_changes_are_told_and_loaded_on_a_key_with_the_cursor_where_it_was() {
    let mut desk = desk("intake", (80, 24));
    desk.keys("0 Down");
    let before = desk.state.queue.listing.current().unwrap().code.clone();
    register(&mut desk.worker.service, "新登记的平台", "县教育局", "30");
    desk.tell(Message::OthersWrote);
    assert!(desk.screen().contains("有他人更新，按 F5 载入"), "{}", desk.screen());
    assert_eq!(desk.state.queue.listing.total(), 4);
    desk.keys("F5");
    assert_eq!(desk.state.queue.listing.total(), 5);
    assert_eq!(desk.state.queue.listing.current().unwrap().code, before);
    assert!(!desk.screen().contains("有他人更新"));
}
