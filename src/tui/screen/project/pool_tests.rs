//! The page 专家, as those see it who form the panel and those who must stay away.

use crate::domain::actor::Role;
use crate::domain::calendar::parse_date;
use crate::domain::workflow::action::Action;
use crate::service::command::{Command, NewExpert};
use crate::service::{OperationId, Service, Session};
use crate::tui::testing::{Desk, act, county, register, to_review};

const SECRETARY: &str = "panel-secretary";

fn done(service: &mut Service, account: &str, command: Command) {
    let session = Session { account: account.to_owned(), os_user: "os".to_owned() };
    service.execute(&session, OperationId::new(), command).unwrap();
}

fn expert(name: &str, employer: &str, discipline: &str, account: Option<&str>) -> Command {
    Command::AddExpert(NewExpert {
        name: name.to_owned(),
        employer: employer.to_owned(),
        title: "教授".to_owned(),
        disciplines: vec![discipline.to_owned()],
        account: account.map(str::to_owned),
        ..NewExpert::default()
    })
}

/// A panel laid down whose second member is away; the sixth expert works for the designer and may hold an account.
fn forming(recused: Option<&str>) -> (Service, crate::domain::ids::ProjectCode) {
    let mut service = county();
    let (code, unit) = (SECRETARY.to_owned(), "县大数据发展服务中心".to_owned());
    let (name, roles, os_user) = ("丁香".to_owned(), vec![Role::PanelSecretary], None);
    done(&mut service, "sysadmin", Command::AddAccount { code, name, unit, roles, os_user });
    let people = [("甲", "architecture"), ("乙", "security"), ("丙", "cost"), ("丁", "business"), ("戊", "cost")];
    for (name, discipline) in people {
        done(&mut service, SECRETARY, expert(&format!("{name}教授"), &format!("{name}大学"), discipline, None));
    }
    done(&mut service, SECRETARY, expert("己工", "某设计院", "cost", recused));
    let day = |text| parse_date(text).unwrap();
    let (expert, reason) = ("Z002".to_owned(), "出差".to_owned());
    let (from, until) = (day("2026-09-10"), day("2026-09-20"));
    done(&mut service, SECRETARY, Command::SetExpertAway { expert, from, until, reason });
    let code = register(&mut service, "教师培训平台", "县教育局", "120");
    to_review(&mut service, &code, "120");
    act(&mut service, "reviewer", &code, Action::RequestPanel, &[]);
    let members = "Z001|组长|clear\nZ002|成员|clear\nZ003|成员|clear\nZ004|成员|clear\nZ005|成员|clear";
    let form = &[("members", members), ("selection", "chosen"), ("reason", "专家库小")];
    act(&mut service, SECRETARY, &code, Action::FormPanel, form);
    (service, code)
}

#[test]
fn the_page_and_the_question_before_confirming_warn_of_an_absent_member() {
    let (service, _) = forming(None);
    let mut desk = Desk::open(service, "lead", (80, 24));
    desk.keys("Enter");
    desk.keys("8");
    let warning = "[注] 乙教授 2026-09-10 至 2026-09-20 不能到会（出差）";
    assert!(desk.screen().contains(warning), "{}", desk.screen());
    desk.keys("x Enter F8");
    assert!(desk.screen().contains("确认专家组: 办理后不能自行撤回"), "{}", desk.screen());
    assert!(desk.screen().contains(warning), "{}", desk.screen());
}

#[test]
fn whoever_must_stay_away_sees_the_same_screens_with_no_opinion_as_with_three() {
    let screens = |opinions: usize, size: (u16, u16)| {
        let (mut service, code) = forming(Some("lead"));
        let (account, unit) = ("other-lead".to_owned(), "县大数据发展服务中心".to_owned());
        let (name, roles, os_user) = ("庚".to_owned(), vec![Role::Lead], None);
        done(&mut service, "sysadmin", Command::AddAccount { code: account.clone(), name, unit, roles, os_user });
        act(&mut service, &account, &code, Action::ConfirmPanel, &[]);
        for expert in ["Z001", "Z002", "Z003"].into_iter().take(opinions) {
            let raw = [("expert", expert), ("conclusion", "pass"), ("text", "逐字意见"), ("signed", "true")];
            act(&mut service, SECRETARY, &code, Action::RecordExpertOpinion, &raw);
        }
        let mut desk = Desk::open(service, "lead", size);
        let mut seen = desk.screen();
        desk.keys("0 Enter");
        for page in ["1", "2", "3", "4", "5", "6", "7", "8", "x"] {
            desk.keys(page);
            seen += &desk.screen();
        }
        seen
    };
    for size in [(80, 24), (120, 40)] {
        let none = screens(0, size);
        assert!(none.contains("应当回避本项目的专家论证") && !none.contains("乙教授"), "{none}");
        assert_eq!(screens(3, size), none);
    }
}
