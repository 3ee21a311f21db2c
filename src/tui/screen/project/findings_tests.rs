//! The page of findings: why something was found, deciding about it, and what is said where one may not.

use crate::tui::testing::{Desk, county, register, to_review};

/// A project on a private network, in its technical review, opened at its findings.
fn desk(account: &str, size: (u16, u16)) -> Desk {
    let mut service = county();
    let code = register(&mut service, "城管视频专网", "县城管局", "62.50");
    to_review(&mut service, &code, "62.50");
    let mut desk = Desk::open(service, account, size);
    desk.keys("0 Enter f");
    desk
}

fn standing(desk: &Desk) -> String {
    let list = desk.screen().lines().find(|line| line.contains("否决 疑似建设专网")).map(str::to_owned);
    list.unwrap_or_default().chars().skip(2).take(3).collect()
}

#[test]
fn the_page_tells_what_was_found_and_why() {
    insta::assert_snapshot!(desk("reviewer", (80, 24)).screen());
    insta::assert_snapshot!(desk("lead", (120, 40)).screen());
}

#[test]
fn a_reviewer_takes_a_veto_up_and_only_the_lead_rules_it_out() {
    let mut reviewer = desk("reviewer", (80, 24));
    reviewer.keys("D");
    assert_eq!(reviewer.message(), "不能排除：此事须由评审负责人办理");
    reviewer.keys("<");
    assert!(reviewer.screen().contains("采纳疑点：疑似建设专网"), "{}", reviewer.screen());
    reviewer.keys("F8");
    assert!(reviewer.state.dialog.is_some(), "without a reason nothing is handed in");
    reviewer.keys("确属专网 F8");
    assert_eq!(reviewer.message(), "已采纳疑点：疑似建设专网");
    assert_eq!(standing(&reviewer), "[采]", "{}", reviewer.screen());
    assert!(reviewer.screen().contains("已采纳：确属专网（张伟"), "{}", reviewer.screen());

    let mut lead = desk("lead", (80, 24));
    lead.keys("》 省级文件要求 F8");
    assert_eq!(lead.message(), "已排除疑点：疑似建设专网");
    assert_eq!(standing(&lead), "[排]", "{}", lead.screen());
}

#[test]
fn a_reason_not_handed_in_comes_back() {
    let mut desk = desk("lead", (80, 24));
    desk.keys("A 须再核实 Esc");
    assert_eq!(desk.message(), "理由未提交，存为草稿，再次打开时恢复");
    desk.keys("A");
    assert!(desk.screen().contains("须再核实"), "{}", desk.screen());
    desk.keys("Esc D");
    assert!(!desk.screen().contains("须再核实"), "the other decision has a reason of its own");
}

#[test]
fn somebody_elses_change_in_between_costs_no_words() {
    let mut desk = desk("lead", (80, 24));
    desk.keys("A 已核实");
    let code = desk.state.project.as_ref().unwrap().code.clone();
    let suspend = crate::domain::workflow::action::Action::Suspend;
    crate::tui::testing::act(&mut desk.worker.service, "lead", &code, suspend, &[("reason", "等待")]);
    desk.keys("F8");
    assert!(desk.message().contains("已被他人更新"), "{}", desk.message());
    assert!(desk.screen().contains("已核实"), "{}", desk.screen());
    assert_eq!(desk.state.drafts.all().count(), 1);
}

#[test]
fn open_vetoes_are_counted_where_the_opinion_is_prepared() {
    let mut desk = desk("reviewer", (120, 40));
    assert!(desk.screen().contains("4疑点 1"), "{}", desk.screen());
    desk.keys("1");
    assert!(desk.screen().contains("否决类疑点 1 项未排除：疑似建设专网"), "{}", desk.screen());
    desk.keys("2");
    let actions = super::ordered(&desk.state.project.as_ref().unwrap().view.as_ref().unwrap().actions);
    let draft = crate::domain::workflow::action::Action::DraftOpinion;
    let place = actions.iter().position(|status| status.action == draft).unwrap();
    desk.keys(&"Down ".repeat(place));
    assert!(desk.screen().contains("意见拟为“通过”还有 1 项障碍"), "{}", desk.screen());
    assert!(desk.screen().contains("否决类疑点 E6-network"), "{}", desk.screen());
}

#[test]
fn a_project_without_findings_says_so() {
    let mut service = county();
    let code = register(&mut service, "教师培训平台", "县教育局", "62.50");
    to_review(&mut service, &code, "62.50");
    let mut desk = Desk::open(service, "reviewer", (60, 18));
    desk.keys("0 Enter $");
    assert!(desk.screen().contains("没有发现疑点"), "{}", desk.screen());
    desk.keys("A");
    assert_eq!(desk.message(), "不能采纳：光标处没有待处理的疑点");
}
