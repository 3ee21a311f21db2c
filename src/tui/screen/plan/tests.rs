//! The plan by keys alone: what it shows, what is marked, what is done with many projects.

use crate::domain::ids::ProjectCode;
use crate::domain::project::Stage;
use crate::domain::workflow::action::Action;
use crate::service::view::show::Show;
use crate::tui::message::Message;
use crate::tui::testing::{Desk, act, county, register};

const PROJECTS: [(&str, &str, &str); 5] = [
    ("教师培训平台", "县教育局", "62.5"),
    ("智慧校园综合管理平台", "县教育局", "268"),
    ("水库雨情监测平台", "县水利局", "128"),
    ("政务云密码改造", "县数据局", "96.8"),
    ("灌区信息化改造", "县水利局", "48"),
];

/// A county with four projects in joint review, the last one with a vote, and one that arrived late.
fn desk(account: &str, size: (u16, u16)) -> (Desk, Vec<ProjectCode>) {
    let mut service = county();
    let codes: Vec<ProjectCode> =
        PROJECTS.iter().map(|(name, unit, wan)| register(&mut service, name, unit, wan)).collect();
    for (at, code) in codes.iter().enumerate() {
        let late: &[(&str, &str)] = &[("received_at", "2026-10-01T00:00:00+08:00")];
        act(&mut service, "intake", code, Action::Submit, if at == 4 { late } else { &[] });
        if at != 4 {
            act(&mut service, "intake", code, Action::AcceptPlan, &[]);
        }
    }
    act(&mut service, "finance", &codes[3], Action::Vote, &[("result", "agree")]);
    (Desk::open(service, account, size), codes)
}

fn stage(desk: &mut Desk, code: &ProjectCode) -> Stage {
    let session = desk.worker.session.clone();
    desk.worker.service.ask(&session, Show { project: code.clone() }).unwrap().dossier.project.stage
}

#[test]
fn the_plan_at_80_columns() {
    let (mut desk, _) = desk("lead", (80, 24));
    desk.keys("n");
    insta::assert_snapshot!(desk.screen());
}

#[test]
fn the_plan_at_120_columns_tells_the_units_details() {
    let (mut desk, _) = desk("planning", (120, 40));
    desk.keys("， Down Down");
    insta::assert_snapshot!(desk.screen());
}

#[test]
fn the_projects_of_all_units_with_marks_at_80_columns() {
    let (mut desk, _) = desk("lead", (80, 24));
    desk.keys("n Enter Space Down Space");
    insta::assert_snapshot!(desk.screen());
}

#[test]
fn the_projects_of_all_units_at_120_columns_name_the_unit() {
    let (mut desk, _) = desk("finance", (120, 40));
    desk.keys("n Enter *");
    insta::assert_snapshot!(desk.screen());
}

#[test]
fn r6_2_a_vote_on_all_is_checked_one_by_one_and_done_after_a_digit() {
    let (mut desk, codes) = desk("lead", (80, 24));
    let withdrawn = codes[1].clone();
    desk.keys("n Enter * * x");
    assert!(desk.screen().contains("1 联合审议表决       4 个项目等待你办理"), "{}", desk.screen());
    desk.keys("1 1 Tab Tab 玉联审〔2026〕1号");
    act(&mut desk.worker.service, "intake", &withdrawn, Action::Withdraw, &[("reason", "资金未落实")]);
    desk.keys("F8");
    insta::assert_snapshot!(desk.screen());
    desk.keys("Enter Space");
    assert_eq!(stage(&mut desk, &codes[0]), Stage::JointReview);
    assert!(desk.state.dialog.is_some(), "nothing but a digit decides");
    desk.keys("1");
    assert_eq!(desk.message(), "联合审议表决：已办 3，未办 2");
    insta::assert_snapshot!(desk.screen());
    desk.keys("2");
    let opened = desk.state.plan.as_ref().unwrap().opened.as_ref().unwrap();
    assert_eq!(opened.marks.len(), 2, "what could not be done stays marked");
    assert_eq!(
        opened.rows.iter().filter(|row| row.vote_of(crate::domain::workflow::record::Agency::Centre).is_some()).count(),
        3
    );
    assert_eq!(stage(&mut desk, &codes[3]), Stage::JointReview);
    desk.keys("Esc Esc");
    assert_eq!(desk.state.queue.listing.total(), 0, "the queue has loaded what was done");
}

#[test]
fn the_third_vote_moves_the_marked_ones_on_and_an_action_without_input_has_no_form() {
    let (mut desk, codes) = desk("intake", (80, 24));
    for agency in ["lead", "planning", "finance"] {
        act(&mut desk.worker.service, agency, &codes[0], Action::Vote, &[("result", "agree")]);
    }
    desk.keys("n Enter End x 1 1");
    assert_eq!(stage(&mut desk, &codes[4]), Stage::JointReview, "accepted: the one under the cursor");
    desk.keys("2 Home Space x 1 1 Tab 玉府办字〔2026〕8号 Tab 2026-10-20 F8 1");
    assert_eq!(desk.message(), "登记县政府决定：已办 1，未办 0", "{}", desk.screen());
    assert_eq!(stage(&mut desk, &codes[0]), Stage::Planned);
}

#[test]
fn while_a_batch_runs_keys_are_answered_and_the_dialog_stays() {
    let (mut desk, codes) = desk("lead", (80, 24));
    desk.keys("n Enter * x 1 1 F8");
    assert!(desk.screen().contains("1 办理 4 个项目   2 返回"), "{}", desk.screen());
    desk.hold();
    desk.keys("1");
    assert!(desk.screen().contains("正在办理 4 个项目，请稍候"), "{}", desk.screen());
    desk.keys("Esc");
    assert_eq!(desk.message(), "正在办理，请稍候");
    desk.keys("1 2 Down");
    desk.tell(Message::Resized(120, 40));
    desk.release(false);
    assert_eq!(desk.message(), "联合审议表决：已办 4，未办 0");
    assert_eq!(stage(&mut desk, &codes[2]), Stage::JointReview);
}

#[test]
fn years_are_turned_with_brackets_and_the_cursor_stays_on_its_unit() {
    let (mut desk, _) = desk("lead", (80, 24));
    desk.keys("n ]");
    assert!(
        desk.screen().contains("2028 年度计划") && desk.screen().contains("还没有你可见的项目"),
        "{}",
        desk.screen()
    );
    desk.keys("【 Down Down");
    let unit = |desk: &Desk| {
        let plan = desk.state.plan.as_ref().unwrap();
        plan.lines()[plan.cursor.at].0.map(str::to_owned)
    };
    let before = unit(&desk);
    desk.keys("F5");
    assert_eq!(unit(&desk), before);
    desk.keys("Enter Enter");
    assert!(desk.state.project.is_some());
    desk.keys("] Esc");
    assert!(desk.state.project.is_none() && desk.state.plan.as_ref().unwrap().opened.is_some());
    desk.keys("Esc Esc");
    assert!(desk.state.plan.is_none() && !desk.left);
}

#[test]
fn keys_pressed_before_the_plan_is_there_are_not_lost_and_act_on_nothing_unseen() {
    let (mut desk, _) = desk("lead", (80, 24));
    desk.hold();
    desk.keys("n Enter");
    desk.release(false);
    assert!(desk.state.plan.as_ref().unwrap().opened.is_some());
    desk.keys("Esc");
    desk.hold();
    desk.keys("Enter * x");
    assert_eq!(desk.message(), "项目正在载入，请稍候");
    desk.release(false);
    assert!(desk.state.dialog.is_none());
}

#[test]
fn the_plan_has_a_door_in_the_menu_and_none_for_the_three_administrators() {
    let (mut desk, _) = desk("reviewer", (80, 24));
    desk.keys("F8");
    assert!(desk.screen().contains("1 年度计划"), "{}", desk.screen());
    desk.keys("1");
    assert!(desk.state.plan.is_some());
    desk.keys("Enter x");
    assert!(desk.message().starts_with("计划中没有须由你的角色成批办理的事项"), "{}", desk.message());
    let (mut desk, _) = super::tests::desk("auditor", (80, 24));
    desk.keys("n");
    assert!(desk.state.plan.is_none());
    assert!(desk.message().starts_with("不能查看"), "{}", desk.message());
}

#[test]
fn the_plan_is_drawn_at_every_size() {
    let (mut desk, _) = desk("lead", (80, 24));
    for keys in ["n", "Enter", "* x", "1", "1 F8"] {
        desk.keys(keys);
        for (columns, rows) in [(200, 60), (120, 40), (100, 30), (60, 18), (1, 1), (80, 24)] {
            desk.resize(columns, rows);
            let _ = desk.screen();
        }
    }
}
