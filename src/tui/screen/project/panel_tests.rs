//! The page 专家 while a scheme is mended: what is open, what is late, and closing it by its own number.

use crossterm::event::KeyCode;

use super::Pane;
use crate::domain::ids::ProjectCode;
use crate::domain::workflow::action::Action;
use crate::service::Service;
use crate::service::command::{Command, NewExpert};
use crate::tui::testing::{Desk, act, county, register, run, to_review};

const DISCIPLINES: [&str; 5] = ["architecture", "security", "cost", "business", "architecture"];
const EXPERTS: [&str; 5] = ["Z001", "Z002", "Z003", "Z004", "Z005"];

fn tell(service: &mut Service, account: &str, command: Command) {
    let session = crate::service::Session { account: account.to_owned(), os_user: "os".to_owned() };
    service.execute(&session, crate::service::OperationId::new(), command).unwrap();
}

/// A project of 120 万元 whose panel of five wants three things mended, the second of them long ago.
fn revising() -> (Service, ProjectCode) {
    let mut service = county();
    let expert = |place: usize| NewExpert {
        name: format!("专家{place}"),
        employer: format!("第{place}大学"),
        title: "教授".to_owned(),
        disciplines: vec![DISCIPLINES[place].to_owned()],
        ..NewExpert::default()
    };
    for place in 0..5 {
        tell(&mut service, "secretary", Command::AddExpert(expert(place)));
    }
    let code = register(&mut service, "智慧校园", "县教育局", "120");
    to_review(&mut service, &code, "120");
    act(&mut service, "reviewer", &code, Action::RequestPanel, &[]);
    let seat = |(place, id): (usize, &&str)| format!("{id}|{}|clear", if place == 0 { "组长" } else { "成员" });
    let members = EXPERTS.iter().enumerate().map(seat).collect::<Vec<_>>().join("\n");
    let form = [("members", members.as_str()), ("selection", "chosen"), ("reason", "专家库小")];
    act(&mut service, "secretary", &code, Action::FormPanel, &form);
    act(&mut service, "lead", &code, Action::ConfirmPanel, &[]);
    for expert in EXPERTS {
        let said = [("expert", expert), ("conclusion", "conditional"), ("text", "须修改"), ("signed", "true")];
        act(&mut service, "secretary", &code, Action::RecordExpertOpinion, &said);
    }
    let met = [("met_on", "2026-09-12"), ("place", "二楼会议室")];
    act(&mut service, "secretary", &code, Action::CloseOpinions, &met);
    let fixes = "细化点位|县教育局|2026-12-01\n补充密码方案|某设计院|2026-09-01\n补充接口|某设计院|2026-12-01";
    let concluded =
        [("conclusion", "conditional"), ("text", "修改后通过"), ("fixes", fixes), ("signed_by", "Z001\nZ002")];
    act(&mut service, "secretary", &code, Action::ConcludePanel, &concluded);
    (service, code)
}

#[test]
fn a_fix_is_closed_by_its_own_number_from_the_list_of_those_open() {
    let (service, _) = revising();
    let mut desk = Desk::open(service, "reviewer", (80, 24));
    desk.keys("Enter");
    assert_eq!(desk.state.project.as_ref().map(|project| project.pane), Some(Pane::Panel));
    let screen = desk.screen();
    assert!(screen.contains("共 3 项，未销号 3 项，逾期 1 项"), "{screen}");
    assert!(screen.contains("[逾] 2. 补充密码方案") && screen.contains("已逾期 11 天"), "{screen}");

    desk.keys("F8 1");
    let screen = desk.screen();
    assert!(screen.contains("1 细化点位") && screen.contains("2 补充密码方案"), "the open ones stand there: {screen}");
    desk.keys("2 Tab 第31页 F8");
    assert!(desk.message().starts_with("已办理：销号"), "{} {}", desk.message(), desk.screen());
    assert!(desk.screen().contains("[销] 2. 补充密码方案 (第31页，张伟"), "{}", desk.screen());

    desk.keys("F8 1");
    assert!(!desk.screen().contains("2 补充密码方案（"), "what is closed is not offered: {}", desk.screen());
    desk.keys("2");
    assert!(desk.screen().contains("第 2 项不在未销号的事项中"), "{}", desk.screen());
    desk.keys("3 Tab 第40页 F8");
    desk.keys("F8 1");
    assert!(desk.screen().contains("1 细化点位"), "the last one is filled in: {}", desk.screen());
    desk.keys("第12页 F8");
    assert!(desk.screen().contains("共 3 项，未销号 0 项"), "{}", desk.screen());
}

#[test]
fn a_fix_is_found_by_its_words_and_by_the_arrows() {
    let (service, _) = revising();
    let mut desk = Desk::open(service, "reviewer", (120, 40));
    desk.keys("Enter F8 1 接口 Tab 第40页");
    assert!(desk.screen().contains("3 补充接口"), "{}", desk.screen());
    // It comes back as it was left, the caret in the second field.
    desk.keys("Esc F8 1 Up");
    desk.press(KeyCode::Left);
    assert!(desk.screen().contains("[2 补充密码方案"), "{}", desk.screen());
}

#[test]
fn the_page_of_opinions_and_that_of_rounds_tell_what_the_panel_concluded() {
    let (mut service, code) = revising();
    for fix in ["1", "2", "3"] {
        act(&mut service, "reviewer", &code, Action::CloseFix, &[("fix", fix), ("page_ref", "第31页")]);
    }
    act(&mut service, "reviewer", &code, Action::FinishRevision, &[]);
    judge_all(&mut service, &code);
    let drafted = [("result", "pass"), ("assessed_wan", "120"), ("summary", "同意")];
    act(&mut service, "reviewer", &code, Action::DraftOpinion, &drafted);
    let mut desk = Desk::open(service, "lead", (80, 24));
    desk.keys("Enter &");
    let screen = desk.screen();
    assert!(screen.contains("2026年9月12日在二楼会议室召开专家论证会") && screen.contains("原则通过 5 票"), "{screen}");
    desk.keys("PgDn");
    let screen = desk.screen();
    assert!(screen.contains("修改事项 3：补充接口") && screen.contains("见第31页。"), "{screen}");
    desk.keys("_ Enter");
    let screen = desk.screen();
    assert!(screen.contains("第 1 次论证     原则通过") && screen.contains("专家0（组长）"), "{screen}");
}

fn judge_all(service: &mut Service, code: &ProjectCode) {
    use crate::domain::checklist::Verdict;
    use crate::service::command::{ItemAnswer, VerdictChange};
    let session = crate::service::Session { account: "reviewer".to_owned(), os_user: "os".to_owned() };
    let project = code.clone();
    let checklist = service.ask(&session, crate::service::view::checklist::Checklist { project }).unwrap();
    let answer = |item: &crate::domain::ids::ItemId| ItemAnswer {
        item: item.clone(),
        verdict: VerdictChange::Set(Verdict::Pass),
        remark: None,
        suggestion: None,
        basis: None,
        cite: None,
    };
    let answers = checklist.open().into_iter().map(answer).collect();
    run(service, "reviewer", Command::Judge { project: code.clone(), answers, if_version: None });
}
