//! The page of rounds, and the page of the rules over any screen.

use crate::domain::calendar::parse_date;
use crate::domain::workflow::action::Action;
use crate::service::command::{Command, NewRuling};
use crate::service::{OperationId, Session};
use crate::tui::testing::{Desk, act, county, register, to_review};

/// A plan that was returned once, and a review whose opinion a change made void.
fn desk(size: (u16, u16)) -> Desk {
    let mut service = county();
    let school = register(&mut service, "教师培训平台", "县教育局", "62.5");
    act(&mut service, "intake", &school, Action::Submit, &[]);
    act(&mut service, "intake", &school, Action::AcceptPlan, &[]);
    act(&mut service, "lead", &school, Action::Vote, &[("result", "return"), ("opinion", "预算不清")]);
    to_review(&mut service, &school, "62.5");
    let change = &[("amount_wan", "120"), ("reason", "增加模块"), ("adjustment_doc_no", "玉发改〔2026〕9号")];
    act(&mut service, "lead", &school, Action::Change, change);
    let mut desk = Desk::open(service, "lead", size);
    desk.keys("0 Enter");
    desk
}

#[test]
fn the_rounds_stand_in_a_list_with_the_latest_open_beside_it() {
    let mut desk = desk((80, 24));
    desk.keys("7");
    insta::assert_snapshot!(desk.screen(), @r#"
     政务信息化项目管理 | YS2027-0001 教师培训平台               王志强(评审负责人)
      1概况   2条件   3清单 0/47   4疑点   5意见   6历史  [7轮次]  8专家
     120.00 万元  已立项  专家论证  期限 2026-10-15 余33天  县教育局  列表第 1/1 项
    +- 轮次 -------------------+---------------------------------------------------+
    | [封] 第 1 轮计划申报     | 第 2 轮技术评审                                   |
    | [封] 第 2 轮计划申报     | 起止            2026-09-12 09:00 起，进行中       |
    | [封] 第 1 轮技术评审     | 适用规则        玉山县政务信息化项目管理规则（2026|
    |>[行] 第 2 轮技术评审     |                 年版）（yushan-2026）             |
    |                          | 办理路线        专家论证（按 120.00 万元）        |
    |                          | 评审清单        通过 0，不通过 0，存疑 0，不适用 0|
    |                          |                                                   |
    |                          | 逐项判断                                          |
    |                          | 尚未判断                                          |
    |                          |                                                   |
    |                          |                                                   |
    |                          |                                                   |
    |                          |                                                   |
    |                          |                                                   |
    |                          |                                                   |
    | Enter打开  d与前一轮比较                                                     |
    +--------------------------+---------------------------------------------------+

     Enter打开 x办理 l换页 ]下一项目 d与前轮比 :命令 ?帮助 q返回 数字换视图
     项目  轮次
    "#);
}

#[test]
fn a_round_opens_as_a_page_and_is_compared_with_the_one_before() {
    let mut desk = desk((80, 24));
    desk.keys("v Enter");
    assert!(desk.screen().contains("d与前一轮比较"), "{}", desk.screen());
    desk.keys("d");
    let compared = desk.screen();
    assert!(compared.contains("第 1 轮技术评审与第 2 轮技术评审的比较"), "{compared}");
    assert!(compared.contains("方案版本        1.0 → （无）") && compared.contains("d本轮全文"), "{compared}");
    desk.keys("d");
    assert!(desk.screen().contains("d与前一轮比较"), "the same key leads back");
    desk.keys("Esc");
    assert!(desk.screen().contains("[封] 第 1 轮计划申报"), "{}", desk.screen());
    desk.keys("k d");
    assert_eq!(desk.message(), "这是第 1 轮，没有前一轮可以比较");
    desk.keys("g d");
    assert_eq!(desk.message(), "计划申报不作比较，请打开后逐轮查看");
    assert!(desk.screen().contains("退回 预算不清"), "the first round still says why it ended: {}", desk.screen());
    desk.keys("q");
    assert!(desk.state.project.is_none(), "from the list one goes back to the queue");
}

#[test]
fn a_long_round_is_read_to_its_end_and_no_further() {
    let mut desk = desk((60, 18));
    desk.keys("7 g j Enter");
    let first = desk.screen();
    desk.keys("G");
    let last = desk.screen();
    assert_ne!(first, last);
    desk.keys("Down PgDn");
    assert_eq!(desk.screen(), last);
    desk.keys("Home");
    assert_eq!(desk.screen(), first);
}

#[test]
fn the_rules_and_the_register_are_read_over_any_screen() {
    let mut desk = desk((80, 24));
    let ruling = NewRuling {
        question: Some(3),
        text: String::new(),
        answer: "不再单独立项".to_owned(),
        articles: vec![7],
        doc_no: "玉数解〔2026〕1号".to_owned(),
        doc_date: parse_date("2026-09-10").unwrap(),
        signer: "王志强".to_owned(),
        effective_from: parse_date("2027-01-01"),
        settings: vec![("small_route.needs_approval".to_owned(), "false".to_owned())],
    };
    let session = Session { account: "lead".to_owned(), os_user: "os".to_owned() };
    desk.worker.service.execute(&session, OperationId::new(), Command::AddRuling(ruling)).unwrap();
    desk.keys("P");
    let editions = desk.screen();
    assert!(editions.contains("［现行］") && editions.contains("yushan-2026-k1"), "{editions}");
    desk.keys("2");
    let mut pages = vec![desk.screen()];
    loop {
        desk.keys("PgDn");
        if pages.last() == Some(&desk.screen()) {
            break;
        }
        pages.push(desk.screen());
    }
    let read = pages.concat();
    for words in ["解释口径第 1 号", "改变设置      small_route.needs_approval = false", "15. 专家论证至少须几名专家？"]
    {
        assert!(read.contains(words), "{words}\n{read}");
    }
    desk.keys("9");
    assert_eq!(desk.message(), "请按 1 看规则版本，按 2 看解释口径");
    desk.keys("Esc");
    assert!(desk.state.dialog.is_none() && desk.state.project.is_some());
}
