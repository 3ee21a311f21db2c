//! The list of meetings, and calling one.

use crate::domain::workflow::action::Action;
use crate::service::Session;
use crate::service::command::{Command, NewExpert};
use crate::service::view::meeting::Meetings;
use crate::service::{OperationId, Service};
use crate::tui::testing::{Desk, act, county, register, to_review};

const FIELDS: [&str; 5] = ["architecture", "security", "cost", "business", "business"];

fn waiting() -> Service {
    let mut service = county();
    let experts = FIELDS.iter().enumerate().map(|(number, field)| NewExpert {
        name: format!("专家{number}"),
        employer: format!("第{number}大学"),
        title: "教授".to_owned(),
        disciplines: vec![(*field).to_owned()],
        ..NewExpert::default()
    });
    let session = Session { account: "secretary".to_owned(), os_user: "os".to_owned() };
    for expert in experts {
        service.execute(&session, OperationId::new(), Command::AddExpert(expert)).unwrap();
    }
    let members: Vec<String> =
        (1..=5).map(|n| format!("Z{n:03}|{}|clear", if n == 1 { "组长" } else { "成员" })).collect();
    for (name, unit) in [("智慧校园二期", "县教育局"), ("指挥调度系统", "县应急局")] {
        let code = register(&mut service, name, unit, "268");
        to_review(&mut service, &code, "268");
        act(&mut service, "reviewer", &code, Action::RequestPanel, &[]);
        let members = members.join("\n");
        let form = [("members", members.as_str()), ("selection", "chosen"), ("reason", "库小")];
        act(&mut service, "secretary", &code, Action::FormPanel, &form);
        act(&mut service, "lead", &code, Action::ConfirmPanel, &[]);
    }
    service
}

#[test]
fn a_meeting_is_called_with_the_panels_chosen_and_gets_the_others_later() {
    let mut desk = Desk::open(waiting(), "secretary", (80, 24));
    desk.keys("2");
    insta::assert_snapshot!("meetings_waiting", desk.screen());
    // The panel under the cursor is chosen already.
    desk.keys("+");
    desk.keys("Tab 三楼会议室 F8");
    assert!(desk.message().contains("已列入评审会"), "{}\n{}", desk.message(), desk.screen());
    let view = desk.worker.service.ask(&desk.worker.session.clone(), Meetings).unwrap();
    assert_eq!((view.meetings.len(), view.meetings[0].items, view.waiting.len()), (1, 1, 1));
    assert_eq!(view.meetings[0].place, "三楼会议室");
    desk.keys("Home + Space F8");
    let view = desk.worker.service.ask(&desk.worker.session.clone(), Meetings).unwrap();
    assert_eq!((view.meetings[0].items, view.waiting.len()), (2, 0));
    insta::assert_snapshot!("meetings_called", desk.screen());
    desk.keys("Esc");
    assert!(desk.screen().contains("2评审会 1"), "{}", desk.screen());
}

#[test]
fn only_a_secretary_calls_and_administrators_see_no_meeting() {
    let mut desk = Desk::open(waiting(), "reviewer", (80, 24));
    desk.keys("2 +");
    assert!(desk.message().contains("专家组秘书"), "{}", desk.message());
    let mut desk = Desk::open(county(), "sysadmin", (80, 24));
    assert!(!desk.screen().contains("评审会"), "{}", desk.screen());
    desk.keys("M");
    assert!(desk.message().contains("不能查看"), "{}", desk.message());
}
