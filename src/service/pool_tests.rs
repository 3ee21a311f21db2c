//! The expert pool over time: who is away, who moved, who is imported, who holds an account and must stay away with it.

use super::command::{Attend, Command, Done, ExpertFacts, ExpertImport, ExpertRow, MeetingOrder, NewExpert, Note};
use super::error::{Answer, Error, Invalid, Kind};
use super::panel_tests::{conclude, county, formed};
use super::tests::County;
use super::view::Query;
use super::view::actions::Actions;
use super::view::audit::AuditList;
use super::view::checklist::Checklist;
use super::view::experts::{Advice, ExpertCard, ExpertLine, Experts};
use super::view::findings::Findings;
use super::view::meeting::{Meetings, ShowMeeting};
use super::view::queue::{List, Queue, QueueCounts};
use super::view::rounds::Rounds;
use super::view::show::{ProjectView, Show};
use crate::domain::calendar::parse_date;
use crate::domain::ids::{ExpertId, ProjectCode};
use crate::domain::panel::absence::AbsenceProblem;
use crate::domain::panel::attendance::Presence;
use crate::domain::panel::expert::ExpertField;
use crate::domain::panel::lack::PanelLack;
use crate::domain::panel::recusal::Why;
use crate::domain::permission::Denied;
use crate::domain::project::Stage;
use crate::domain::search::Filter;
use crate::domain::workflow::action::Action;
use crate::domain::workflow::unmet::Unmet;

const SECRETARY: &str = "panel-secretary";

fn ask<Q: Query>(county: &mut County, account: &str, query: Q) -> Q::Answer {
    county.0.ask(&County::session(account), query).unwrap()
}

fn show(county: &mut County, account: &str, code: &ProjectCode) -> ProjectView {
    ask(county, account, Show { project: code.clone() })
}

fn line(county: &mut County, place: usize) -> ExpertLine {
    ask(county, SECRETARY, Experts::default()).swap_remove(place)
}

fn away(county: &mut County, expert: &str, from: &str, until: &str) -> Answer<Done> {
    let day = |text| parse_date(text).unwrap();
    let (expert, reason) = (expert.to_owned(), "出差 上海".to_owned());
    county.run(SECRETARY, Command::SetExpertAway { expert, from: day(from), until: day(until), reason })
}

fn edit(county: &mut County, account: &str, expert: &str, change: ExpertFacts) -> Answer<Done> {
    let command = Command::EditExpert { expert: expert.to_owned(), change: Box::new(change), correction: false };
    county.run(account, command)
}

fn employer(name: &str) -> ExpertFacts {
    ExpertFacts { employer: Some(name.to_owned()), ..ExpertFacts::default() }
}

fn bind(county: &mut County, by: &str, expert: &str, account: Option<&str>) -> Answer<Done> {
    let account = account.map(str::to_owned);
    county.run(by, Command::BindExpert { expert: expert.to_owned(), account })
}

fn say(county: &mut County, code: &ProjectCode, experts: &[&str], conclusion: &str) {
    for expert in experts {
        let raw = [("expert", *expert), ("conclusion", conclusion), ("text", "逐字意见"), ("signed", "true")];
        county.act(SECRETARY, code, Action::RecordExpertOpinion, &raw).unwrap();
    }
}

// 2026-09-12 is the day of these tests.

#[test]
fn whoever_is_away_on_the_day_is_not_drawn_and_is_listed_with_the_reason() {
    let mut county = county();
    let code = county.bring_to_review("120");
    county.act("reviewer", &code, Action::RequestPanel, &[]).unwrap();
    away(&mut county, "专家1", "2026-09-10", "2026-09-12").unwrap();
    away(&mut county, "专家3", "2026-09-20", "2026-09-25").unwrap();
    let draw = |county: &mut County, more: &[(&str, &str)]| {
        let raw = [&[("size", "5"), ("draw_seed", "甲"), ("reason", "核对")], more].concat();
        county.act(SECRETARY, &code, Action::DrawPanel, &raw).unwrap();
        show(county, "lead", &code).dossier.panel().unwrap().draws.last().unwrap().clone()
    };
    let kept_out = |draw: &crate::domain::panel::Draw| {
        let away = |(_, name, why): &(ExpertId, String, Why)| match why {
            Why::Away(absence) => format!("{name} {}", absence.reason),
            other => panic!("{other:?}"),
        };
        draw.recused.iter().map(away).collect::<Vec<_>>()
    };
    let today = draw(&mut county, &[]);
    assert_eq!((kept_out(&today), today.candidates.len()), (vec!["专家1 出差 上海".to_owned()], 9));
    let later = draw(&mut county, &[("met_on", "2026-09-22")]);
    assert_eq!(kept_out(&later), ["专家3 出差 上海"], "the day of the meeting counts, not today");
    assert_eq!(later.meets_on, parse_date("2026-09-22"));
    assert!(later.members.iter().all(|(_, name)| name != "专家3"));
    let past =
        county.act(SECRETARY, &code, Action::DrawPanel, &[("size", "5"), ("reason", "x"), ("met_on", "2025-09-22")]);
    let Err(Error::Refused(unmet)) = past else { panic!("{past:?}") };
    let day = parse_date("2025-09-22").unwrap();
    assert_eq!(unmet, [Unmet::Panel(PanelLack::MeetingPast(day))]);
}

#[test]
fn an_absent_expert_may_be_named_and_the_page_warns_of_it() {
    let mut county = county();
    away(&mut county, "Z002", "2026-09-10", "2026-09-30").unwrap();
    let code = county.bring_to_review("120");
    county.act("reviewer", &code, Action::RequestPanel, &[]).unwrap();
    let members = "Z001|组长|clear\nZ002|成员|clear\nZ003|成员|clear\nZ004|成员|clear\nZ005|成员|clear";
    let form = &[("members", members), ("selection", "chosen"), ("reason", "电话确认到会")];
    county.act(SECRETARY, &code, Action::FormPanel, form).unwrap();
    let view = show(&mut county, "lead", &code);
    assert!(matches!(&view.advice[..], [about] if about.name == "专家1" && matches!(about.advice, Advice::Away(_))));
    assert_eq!(county.act("lead", &code, Action::ConfirmPanel, &[]).unwrap(), Stage::PanelReviewing);
}

#[test]
fn whoever_comes_back_early_is_drawn_again() {
    let mut county = county();
    away(&mut county, "Z001", "2026-09-01", "2026-09-30").unwrap();
    assert!(line(&mut county, 0).away.is_some());
    let overlap = away(&mut county, "Z001", "2026-09-30", "2026-10-02").unwrap_err();
    assert!(
        matches!(overlap, Error::Invalid(ref it) if matches!(it[..], [Invalid::Absence(AbsenceProblem::Overlaps(_))]))
    );
    let back = || Command::SetExpertBack { expert: "Z001".to_owned(), on: None };
    county.run(SECRETARY, back()).unwrap();
    let expert = line(&mut county, 0);
    assert_eq!((expert.away, expert.expert.absences[0].until), (None, parse_date("2026-09-11").unwrap()));
    assert_eq!(county.run(SECRETARY, back()).unwrap_err().kind(), Kind::Invalid, "nobody comes back twice");
    assert_eq!(away(&mut county, "Z099", "2026-09-01", "2026-09-30").unwrap_err().kind(), Kind::NotFound);
}

#[test]
fn r8_2_a_change_of_employer_is_remembered_and_leaves_the_seats_as_they_were() {
    let mut county = county();
    let code = formed(&mut county, "120");
    let change = ExpertFacts {
        title: Some("研究员".to_owned()),
        disciplines: Some(vec!["cost".to_owned()]),
        contact: Some("13511112222".to_owned()),
        more_past_roles: vec!["某公司|顾问".to_owned()],
        ..employer("新大学")
    };
    edit(&mut county, SECRETARY, "Z001", change).unwrap();
    let expert = line(&mut county, 0).expert;
    assert_eq!((expert.employer.as_str(), expert.title.as_str()), ("新大学", "研究员"));
    let roles: Vec<String> = expert.past_roles.iter().map(ToString::to_string).collect();
    assert_eq!(roles, ["某公司|顾问", "第0大学|原工作单位|2026-09"]);
    let seat = show(&mut county, "lead", &code).dossier.panel().unwrap().seats()[0].clone();
    assert_eq!((seat.employer.as_str(), seat.title.as_str()), ("第0大学", "教授"));
    let all = AuditList { project: None, since_millis: 0, before: None, limit: 1 };
    let entry = ask(&mut county, "auditor", all).entries.remove(0);
    let said = entry.detail.unwrap();
    assert_eq!((entry.entry.action.as_str(), said.get("employer")), ("edit-expert", Some("第0大学 -> 新大学")));
    assert_eq!(said.get("contact"), Some("changed"), "the log does not say how to reach anybody");
    let typo = ExpertFacts { employer: Some("新大学计算机学院".to_owned()), ..ExpertFacts::default() };
    let command = Command::EditExpert { expert: "Z001".to_owned(), change: Box::new(typo), correction: true };
    county.run(SECRETARY, command).unwrap();
    assert_eq!(line(&mut county, 0).expert.past_roles.len(), 2, "a correction of a word is no change of employer");
    assert_eq!(edit(&mut county, "reviewer", "Z001", employer("某公司")).unwrap_err().kind(), Kind::Denied);
    let nothing = edit(&mut county, SECRETARY, "Z001", ExpertFacts::default()).unwrap_err();
    assert!(matches!(nothing, Error::Invalid(ref it) if it[..] == [Invalid::NothingToChange]));
}

fn row(row: u32, name: &str, employer: &str, discipline: &str) -> ExpertRow {
    let new = NewExpert {
        name: name.to_owned(),
        employer: employer.to_owned(),
        title: "教授".to_owned(),
        disciplines: vec![discipline.to_owned()],
        contact: "139*****234".to_owned(),
        ..NewExpert::default()
    };
    ExpertRow { row, facts: new.into(), unread: Vec::new() }
}

fn import(county: &mut County, experts: Vec<ExpertRow>, update: bool) -> Answer<ExpertImport> {
    match county.run(SECRETARY, Command::ImportExperts { file: "a.csv".to_owned(), experts, update })? {
        Done::Experts(report) => Ok(report),
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_problem_of_a_list_is_told_with_its_row_and_nothing_is_written() {
    let mut county = county();
    let mut wrong = row(7, "丁", "某大学", "poetry");
    wrong.facts.past_roles = Some(vec!["某公司|顾问|去年".to_owned()]);
    wrong.facts.absences = Some(vec!["下周".to_owned(), "2026-10-02|2026-10-01|出差".to_owned()]);
    wrong.unread = vec![(ExpertField::Local, "大概".to_owned())];
    let list = vec![row(3, "甲", "某大学", "cost"), row(4, "", "", "cost"), row(5, "甲", "某大学", "cost"), wrong];
    let Err(Error::Invalid(problems)) = import(&mut county, list, false) else { panic!() };
    let at = problems.iter().map(|it| match it {
        Invalid::ExpertRow(row, _) => *row,
        other => panic!("{other:?}"),
    });
    assert_eq!(at.collect::<Vec<_>>(), [4, 4, 5, 7, 7, 7, 7, 7]);
    assert_eq!(ask(&mut county, SECRETARY, Experts::default()).len(), 10);
}

#[test]
fn a_list_imported_twice_adds_nobody_twice_and_tells_what_differs() {
    let mut county = county();
    let list = || vec![row(2, "甲", "某大学", "cost"), row(3, "专家0", "第0大学", "security")];
    let first = import(&mut county, list(), false).unwrap();
    assert_eq!(first.added, [(2, Some(ExpertId(11)), "甲".to_owned())]);
    let differ = [(3, ExpertId(1), "专家0".to_owned(), vec![ExpertField::Disciplines])];
    assert_eq!(first.differing, differ, "a masked telephone number says nothing about the number");
    let second = import(&mut county, list(), false).unwrap();
    assert_eq!((second.added.len(), second.unchanged.as_slice()), (0, &[(2, ExpertId(11))][..]));
    let updated = import(&mut county, list(), true).unwrap();
    assert_eq!((updated.updated, updated.differing.as_slice()), (true, &differ[..]));
    let third = import(&mut county, list(), true).unwrap();
    assert_eq!((third.unchanged.len(), third.differing.len()), (2, 0));
    let with_numbers = county.0.contacts(&County::session(SECRETARY), "test").unwrap();
    assert_eq!((with_numbers.len(), with_numbers[0].expert.contact.as_str()), (11, "13907931234"));
}

#[test]
fn reading_telephone_numbers_stands_in_the_log() {
    let mut county = county();
    let before = county.entries();
    county.0.contacts(&County::session(SECRETARY), "export").unwrap();
    assert_eq!(county.entries(), before + 1);
    let all = AuditList { project: None, since_millis: 0, before: None, limit: 1 };
    let entry = ask(&mut county, "auditor", all).entries.remove(0);
    assert_eq!(entry.entry.action, "read-contacts");
    assert_eq!(entry.detail.unwrap().get("purpose"), Some("export"));
    assert_eq!(county.0.contacts(&County::session("lead"), "export").unwrap_err().kind(), Kind::Denied);
    assert_eq!(county.entries(), before + 2, "and so does a denial");
}

#[test]
fn the_card_of_an_expert_tells_the_panels_served_and_the_load_is_told_where_panels_are_formed() {
    let mut county = county();
    let first = formed(&mut county, "120");
    say(&mut county, &first, &["Z001", "Z002", "Z003", "Z004"], "pass");
    let dissent =
        [("expert", "Z005"), ("conclusion", "fail"), ("text", "不宜"), ("dissent", "重复建设"), ("signed", "true")];
    county.act(SECRETARY, &first, Action::RecordExpertOpinion, &dissent).unwrap();
    let card = |county: &mut County, expert: &str| ask(county, "lead", ExpertCard { expert: expert.to_owned() });
    assert!(!card(&mut county, "Z005").panels[0].panel.dissented, "blind until the opinions may be read");
    county.act(SECRETARY, &first, Action::CloseOpinions, &[("met_on", "2026-09-12")]).unwrap();
    let signed = ("signed_by", "Z001\nZ002\nZ003\nZ004");
    let raw = [("conclusion", "pass"), ("text", "同意"), signed];
    county.act(SECRETARY, &first, Action::ConcludePanel, &raw).unwrap();
    let (chair, other) = (card(&mut county, "Z001"), card(&mut county, "专家4"));
    let served = &chair.panels[0];
    assert_eq!(served.project.as_ref().map(|(code, name)| (code, name.as_str())), Some((&first, "教师培训平台")));
    assert_eq!((served.panel.chair, served.panel.signed, served.panel.dissented), (true, Some(true), false));
    assert_eq!((other.panels[0].panel.signed, other.panels[0].panel.dissented), (Some(false), true));
    assert_eq!(served.panel.met_on, parse_date("2026-09-12"));

    for _ in 0..2 {
        formed(&mut county, "120");
    }
    let last = formed(&mut county, "120");
    let advice = show(&mut county, "lead", &last).advice;
    let paired = |name: &str| advice.iter().any(|it| it.name == name && matches!(it.advice, Advice::Paired(_, 3)));
    assert!(paired("专家0") && paired("专家4"), "{advice:?}");
    assert!(show(&mut county, "lead", &first).advice.is_empty(), "what has concluded is past advising");

    let reason = &[("reason", "疑似涉密")];
    county.act("lead", &first, Action::FreezeSecret, reason).unwrap();
    let unseen = ask(&mut county, "reviewer", ExpertCard { expert: "Z001".to_owned() });
    let hidden = unseen.panels.iter().find(|it| it.project.is_none()).unwrap();
    assert!(hidden.panel.name.is_empty() && hidden.panel.code.as_str().is_empty(), "{hidden:?}");
    assert!(!unseen.line.served.contains(&first.to_string()));
}

/// Everything an account can learn, in one text.
fn all_that_is_told(county: &mut County, account: &str, code: &ProjectCode) -> String {
    let project = || code.clone();
    let queue = Queue { role: None, filter: Filter::EVERYTHING, sort: Vec::new(), after: None, limit: 50 };
    let list = List { stage: None, filter: Filter::EVERYTHING, sort: Vec::new(), after: None, limit: 50 };
    let mut told = format!("{:?}", ask(county, account, Show { project: project() }));
    told += &format!("{:?}", ask(county, account, Actions { project: project() }));
    told += &format!("{:?}", ask(county, account, Checklist { project: project() }));
    told += &format!("{:?}", ask(county, account, Findings { project: project() }));
    told += &format!("{:?}", ask(county, account, Rounds { project: project() }));
    told += &format!("{:?} {:?}", ask(county, account, queue), ask(county, account, list));
    told += &format!("{:?}", ask(county, account, QueueCounts));
    let session = County::session(account);
    let meetings = county.0.ask(&session, Meetings);
    for line in meetings.iter().flat_map(|view| &view.meetings) {
        told += &format!("{:?}", ask(county, account, ShowMeeting { meeting: line.code, item: None }));
        told += &format!("{:?}", ask(county, account, ShowMeeting { meeting: line.code, item: Some(1) }));
    }
    told += &format!("{meetings:?}");
    for expert in ["Z001", "Z002", "Z003"] {
        told += &format!("{:?}", county.0.ask(&session, ExpertCard { expert: expert.to_owned() }));
    }
    told += &format!("{:?}", county.0.ask(&session, Experts::default()));
    let log = AuditList { project: Some(project()), since_millis: 0, before: None, limit: 500 };
    told + &format!("{:?}", county.0.ask(&session, log))
}

/// A panel that sits, and the tenth expert, who works for the designer, as the holder of an account.
fn with_recused(account: &str) -> (County, ProjectCode) {
    let mut county = county();
    let code = formed(&mut county, "120");
    edit(&mut county, SECRETARY, "Z010", employer("某设计院")).unwrap();
    bind(&mut county, SECRETARY, "Z010", Some(account)).unwrap();
    (county, code)
}

#[test]
fn a_recused_account_is_told_the_same_with_no_opinion_as_with_three() {
    for account in ["lead", "reviewer", "intake", "signer", SECRETARY] {
        let (mut county, code) = with_recused(account);
        let helper = if account == SECRETARY { second_secretary(&mut county) } else { SECRETARY.to_owned() };
        let (day, place) = (parse_date("2026-09-12").unwrap(), "会议室".to_owned());
        let call = MeetingOrder::Call { day, place, projects: vec![code.clone()] };
        county.run(&helper, Command::Meeting(call)).unwrap();
        let before = all_that_is_told(&mut county, account, &code);
        assert!(show(&mut county, account, &code).stay_away.is_some(), "{account}");
        assert!(show(&mut county, "finance", &code).stay_away.is_none());
        let colleague = all_that_is_told(&mut county, "finance", &code);
        let meeting = ask(&mut county, &helper, Meetings).meetings[0].code;
        let (item, terminal) = (1, String::new());
        county.run(&helper, Command::Meeting(MeetingOrder::TakeUp { meeting, item, terminal })).unwrap();
        let (project, terminal, reason) = (code.clone(), String::new(), String::new());
        let here = Attend { project, experts: Vec::new(), presence: Presence::Present, reason, terminal };
        county.run(&helper, Command::Attend(here.clone())).unwrap();
        for expert in ["Z001", "Z002", "Z003"] {
            let raw = [("expert", expert), ("conclusion", "pass"), ("text", "逐字意见"), ("signed", "true")];
            county.act(&helper, &code, Action::RecordExpertOpinion, &raw).unwrap();
        }
        assert_eq!(all_that_is_told(&mut county, account, &code), before, "{account}");
        assert_ne!(all_that_is_told(&mut county, "finance", &code), colleague, "the comparison sees what is told");
        for expert in ["Z004", "Z005"] {
            let raw = [("expert", expert), ("conclusion", "pass"), ("text", "逐字意见"), ("signed", "true")];
            county.act(&helper, &code, Action::RecordExpertOpinion, &raw).unwrap();
        }
        let after = all_that_is_told(&mut county, account, &code);
        assert_eq!(after, before, "{account}: not that the last one is in, either");
        if account == SECRETARY {
            let barred = |answer: Answer<Done>| assert!(matches!(answer, Err(Error::Denied(Denied::Recused(_)))));
            barred(county.run(SECRETARY, Command::Attend(here)));
            let terminal = String::new();
            barred(county.run(SECRETARY, Command::Note(Note { project: code.clone(), fields: Vec::new(), terminal })));
            let terminal = String::new();
            barred(county.run(SECRETARY, Command::Meeting(MeetingOrder::TakeUp { meeting, item, terminal })));
        }
    }
}

fn second_secretary(county: &mut County) -> String {
    let code = "secretary-2".to_owned();
    let (name, unit) = ("乙".to_owned(), "县大数据发展服务中心".to_owned());
    let roles = vec![crate::domain::actor::Role::PanelSecretary];
    county.run("sysadmin", Command::AddAccount { code: code.clone(), name, unit, roles, os_user: None }).unwrap();
    code
}

#[test]
fn a_recused_account_changes_nothing_of_the_panel_and_every_try_is_logged_with_its_reason() {
    let (mut county, code) = with_recused("lead");
    for (account, expert) in [("reviewer", "Z009"), (SECRETARY, "Z008")] {
        edit(&mut county, SECRETARY, expert, employer("某设计院")).unwrap();
        bind(&mut county, SECRETARY, expert, Some(account)).unwrap();
    }
    for action in Action::ALL.iter().copied().filter(|action| action.is_barred_by_recusal()) {
        for account in ["lead", "reviewer", SECRETARY] {
            let entries = county.entries();
            match county.act(account, &code, action, &[]) {
                Err(Error::Denied(Denied::Recused(why))) => {
                    assert!(why.iter().any(|it| matches!(it, Why::Employer(_))), "{action} {why:?}");
                    let log = AuditList { project: Some(code.clone()), since_millis: 0, before: None, limit: 1 };
                    let entry = ask(&mut county, "auditor", log).entries.remove(0);
                    let reason = entry.detail.unwrap().get("why").map(str::to_owned);
                    assert_eq!((entry.entry.result.as_str(), reason.as_deref()), ("denied", Some("recused")));
                }
                // Another role's step is denied for that.
                Err(Error::Denied(Denied::NeedsRole { .. })) => {}
                other => panic!("{account} {action}: {other:?}"),
            }
            assert_eq!(county.entries(), entries + 1);
        }
    }
}

#[test]
fn a_declaration_keeps_an_account_away_until_it_is_taken_back() {
    let mut county = county();
    let code = formed(&mut county, "120");
    bind(&mut county, SECRETARY, "Z010", Some("lead")).unwrap();
    let panels = |county: &mut County| show(county, "lead", &code).dossier.panels.len();
    assert_eq!(panels(&mut county), 1, "a colleague in the pool with nothing against them works as ever");
    let declare = |county: &mut County, ground: &str| {
        let raw = [("expert", "Z010"), ("ground", ground), ("reason", "近亲属")];
        county.act(SECRETARY, &code, Action::DeclareRecusal, &raw).unwrap();
    };
    declare(&mut county, "kinship");
    assert_eq!(panels(&mut county), 0);
    assert_eq!(
        show(&mut county, "lead", &code).stay_away,
        Some(vec![Why::Declared(crate::domain::panel::recusal::Ground::Kinship)])
    );
}

#[test]
fn a_version_seen_by_a_recused_account_is_good_for_its_other_work() {
    let (mut county, code) = with_recused("lead");
    say(&mut county, &code, &["Z001", "Z002"], "pass");
    let seen = show(&mut county, "lead", &code).dossier.project.version;
    let act = |version| {
        let inputs = [("reason".to_owned(), "等待财政答复".to_owned())].into();
        let (project, note) = (code.clone(), String::new());
        let action = Action::Suspend;
        Command::Act(super::command::Act {
            project,
            action,
            inputs,
            note,
            attachments: Vec::new(),
            if_version: Some(version),
        })
    };
    assert!(matches!(county.run("lead", act(seen - 1)), Err(Error::Conflict { current, .. }) if current == seen));
    let Done::Project { version, .. } = county.run("lead", act(seen)).unwrap() else { panic!() };
    assert_eq!(version, seen + 1);
    assert_eq!(show(&mut county, "lead", &code).dossier.project.version, seen + 1);
}

#[test]
fn another_reviewer_goes_on_where_the_one_in_charge_must_stay_away() {
    let mut county = county();
    let code = county.register("120");
    county.bring_to(&code, Stage::SchemeIntake);
    county.act("intake", &code, Action::AcceptScheme, &[("reviewer", "reviewer")]).unwrap();
    county.act("reviewer", &code, Action::RequestPanel, &[]).unwrap();
    let members = "Z001|组长|clear\nZ002|成员|clear\nZ003|成员|clear\nZ004|成员|clear\nZ005|成员|clear";
    let form = &[("members", members), ("selection", "chosen"), ("reason", "专家库小")];
    county.act(SECRETARY, &code, Action::FormPanel, form).unwrap();
    county.act("lead", &code, Action::ConfirmPanel, &[]).unwrap();
    say(&mut county, &code, &["Z001", "Z002", "Z003", "Z004", "Z005"], "conditional");
    county.act(SECRETARY, &code, Action::CloseOpinions, &[("met_on", "2026-09-12")]).unwrap();
    conclude(&mut county, &code, "conditional", &[("fixes", "补充密评方案|县教育局|2026-12-10")]).unwrap();
    let close = &[("fix", "1"), ("page_ref", "第3页")];
    let other = county.act("other-reviewer", &code, Action::CloseFix, close).unwrap_err();
    assert!(matches!(other, Error::Denied(Denied::AssignedToOther)), "{other:?}");
    edit(&mut county, SECRETARY, "Z010", employer("某设计院")).unwrap();
    bind(&mut county, SECRETARY, "Z010", Some("reviewer")).unwrap();
    let own = county.act("reviewer", &code, Action::CloseFix, close).unwrap_err();
    assert!(matches!(own, Error::Denied(Denied::Recused(_))), "{own:?}");
    county.act("other-reviewer", &code, Action::CloseFix, close).unwrap();
    assert_eq!(county.act("other-reviewer", &code, Action::FinishRevision, &[]).unwrap(), Stage::TechnicalReview);
}

#[test]
fn a_party_learns_what_was_concluded_and_nothing_before() {
    let mut county = county();
    let code = formed(&mut county, "120");
    let (account, name, unit) = ("edu".to_owned(), "经办人".to_owned(), "县教育局".to_owned());
    let roles = vec![crate::domain::actor::Role::Unit];
    county.run("sysadmin", Command::AddAccount { code: account.clone(), name, unit, roles, os_user: None }).unwrap();
    let correction = ExpertFacts { employer: Some("县教育局".to_owned()), ..ExpertFacts::default() };
    let command = Command::EditExpert { expert: "Z010".to_owned(), change: Box::new(correction), correction: true };
    county.run(SECRETARY, command).unwrap();
    bind(&mut county, SECRETARY, "Z010", Some("edu")).unwrap();
    let before = all_that_is_told(&mut county, "edu", &code);
    say(&mut county, &code, &["Z001", "Z002", "Z003"], "pass");
    assert_eq!(all_that_is_told(&mut county, "edu", &code), before);
    say(&mut county, &code, &["Z004", "Z005"], "pass");
    county.act(SECRETARY, &code, Action::CloseOpinions, &[("met_on", "2026-09-12")]).unwrap();
    assert!(show(&mut county, "edu", &code).dossier.panels.is_empty());
    conclude(&mut county, &code, "pass", &[]).unwrap();
    assert_eq!(show(&mut county, "edu", &code).dossier.panels.len(), 1);
}

#[test]
fn nobody_shakes_off_the_entry_about_oneself_and_an_account_is_one_expert() {
    let (mut county, _) = with_recused(SECRETARY);
    let denied = |answer: Answer<Done>| assert!(matches!(answer, Err(Error::Denied(Denied::OwnEntry))));
    denied(bind(&mut county, SECRETARY, "Z010", None));
    denied(edit(&mut county, SECRETARY, "Z010", employer("某大学")));
    let off = Command::SetExpertActive { expert: "Z010".to_owned(), active: false, reason: "退休".to_owned() };
    denied(county.run(SECRETARY, off));
    let twice = bind(&mut county, SECRETARY, "Z001", Some(SECRETARY)).unwrap_err();
    assert!(matches!(twice, Error::Invalid(ref it) if matches!(it[..], [Invalid::AccountBound(..)])), "{twice:?}");
    assert_eq!(bind(&mut county, SECRETARY, "Z001", Some("nobody")).unwrap_err().kind(), Kind::NotFound);
    let helper = second_secretary(&mut county);
    bind(&mut county, &helper, "Z010", None).unwrap();
    assert_eq!(line(&mut county, 9).expert.account, None);
}
