//! Meetings of expert panels over a real SQLite in memory: the seat, the sheet, who came, what followers learn.

use super::command::{Act, Attend, Command, Done, MeetingOrder, Note};
use super::error::{Answer, Error, Kind};
use super::panel_tests::{add_experts, all_entries, county, formed};
use super::tests::{County, clock, setup};
use super::view::meeting::{ItemState, ItemView, MeetingView, Meetings, ShowMeeting};
use super::{Service, Setup};
use crate::domain::actor::Role;
use crate::domain::ids::{ExpertId, ProjectCode};
use crate::domain::meeting::MeetingCode;
use crate::domain::meeting::sheet::Field;
use crate::domain::panel::attendance::Presence;
use crate::domain::panel::lack::PanelLack;
use crate::domain::policy::EMBEDDED;
use crate::domain::project::Stage;
use crate::domain::workflow::action::Action;
use crate::domain::workflow::record::PanelResult;
use crate::domain::workflow::unmet::Unmet;

const SECRETARY: &str = "panel-secretary";
pub(in crate::service) const DESK: &str = "desk";

/// A panel at its meeting.
pub(in crate::service) struct Room {
    pub(in crate::service) county: County,
    meeting: MeetingCode,
    project: ProjectCode,
}

impl Room {
    pub(in crate::service) fn new(wan: &str) -> Room {
        let mut county = county();
        let project = formed(&mut county, wan);
        let meeting = call(&mut county, &project).unwrap();
        Room { county, meeting, project }
    }

    fn order(&mut self, account: &str, order: MeetingOrder) -> Answer<()> {
        self.county.run(account, Command::Meeting(order)).map(drop)
    }

    pub(in crate::service) fn sit(&mut self, terminal: &str, reason: &str) -> Answer<()> {
        let (meeting, terminal) = (self.meeting, terminal.to_owned());
        self.order(SECRETARY, MeetingOrder::TakeSeat { meeting, terminal, reason: reason.to_owned() })
    }

    pub(in crate::service) fn note(&mut self, terminal: &str, fields: &[(&str, &str)]) -> Answer<Done> {
        let fields = fields.iter().map(|(field, value)| (Field::parse(field).unwrap(), (*value).to_owned())).collect();
        let note = Note { project: self.project.clone(), fields, terminal: terminal.to_owned() };
        self.county.run(SECRETARY, Command::Note(note))
    }

    pub(in crate::service) fn attend(&mut self, experts: &[&str], presence: Presence) -> Answer<()> {
        let experts = experts.iter().map(|expert| (*expert).to_owned()).collect();
        let attend = Attend {
            project: self.project.clone(),
            experts,
            presence,
            reason: "另有会议".to_owned(),
            terminal: DESK.to_owned(),
        };
        self.county.run(SECRETARY, Command::Attend(attend)).map(drop)
    }

    fn act(&mut self, action: Action, inputs: std::collections::BTreeMap<String, String>) -> Answer<()> {
        let project = self.project.clone();
        let act = Act { project, action, inputs, note: String::new(), attachments: Vec::new(), if_version: None };
        self.county.run(SECRETARY, Command::Act(act)).map(drop)
    }

    fn show(&mut self, account: &str) -> MeetingView {
        let query = ShowMeeting { meeting: self.meeting, item: None };
        self.county.0.ask(&County::session(account), query).unwrap()
    }

    fn item(&mut self, account: &str) -> Box<ItemView> {
        self.show(account).item.unwrap()
    }

    /// Writes and locks everybody's opinion.
    fn hear(&mut self, votes: &[&str]) {
        for (index, vote) in votes.iter().enumerate() {
            let expert = ExpertId(index as i64 + 1);
            let fields = [(format!("vote/{expert}"), *vote), (format!("said/{expert}"), "架构可行，预算合理")];
            let fields: Vec<(&str, &str)> = fields.iter().map(|(field, value)| (field.as_str(), *value)).collect();
            self.note(DESK, &fields).unwrap();
            let inputs = self.item(SECRETARY).sheet.opinion_inputs(expert);
            self.act(Action::RecordExpertOpinion, inputs).unwrap();
        }
    }

    /// Takes the action that comes next, with what the sheet says.
    fn go_on(&mut self) -> Answer<()> {
        let view = self.show(SECRETARY);
        let item = view.item.unwrap();
        let action = item.next.unwrap();
        self.act(action, item.sheet.next_inputs(action, &item.panel, &view.meeting))
    }
}

fn call(county: &mut County, project: &ProjectCode) -> Answer<MeetingCode> {
    let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
    let order =
        MeetingOrder::Call { day, place: "县数据中心会议室".to_owned(), projects: vec![project.clone()] };
    match county.run(SECRETARY, Command::Meeting(order))? {
        Done::System { subject, .. } => Ok(MeetingCode::typed(&subject).unwrap()),
        other => panic!("{other:?}"),
    }
}

fn lacks<T: std::fmt::Debug>(answer: Answer<T>) -> Vec<PanelLack> {
    let Err(Error::Refused(unmet)) = answer else { panic!("{answer:?}") };
    let lack = |unmet| match unmet {
        Unmet::Panel(lack) => lack,
        other => panic!("{other:?}"),
    };
    unmet.into_iter().map(lack).collect()
}

#[test]
fn a_meeting_hears_a_panel_from_the_call_to_the_conclusion() {
    let mut room = Room::new("268.00");
    room.sit(DESK, "").unwrap();
    let (meeting, terminal) = (room.meeting, DESK.to_owned());
    room.order(SECRETARY, MeetingOrder::TakeUp { meeting, item: 1, terminal }).unwrap();
    assert_eq!(room.show(SECRETARY).items[0].state, ItemState::Current);
    room.attend(&[], Presence::Present).unwrap();
    assert_eq!(room.item(SECRETARY).panel.presence(ExpertId(5)), Presence::Present);
    room.hear(&["pass", "pass", "pass", "conditional", "pass"]);
    room.go_on().unwrap();
    assert_eq!(room.item(SECRETARY).stage, Stage::PanelConcluding);
    let missing = room.item(SECRETARY).lacks.unwrap();
    assert_eq!(missing.kind(), Kind::Invalid, "the conclusion's own fields are still empty");
    let signed: Vec<(String, &str)> = (1..=5).map(|n| (format!("signed/{}", ExpertId(n)), "true")).collect();
    let signed: Vec<(&str, &str)> = signed.iter().map(|(field, value)| (field.as_str(), *value)).collect();
    room.note(DESK, &signed).unwrap();
    room.note(DESK, &[("conclusion", "pass"), ("conclusion-text", "方案可行，同意通过")]).unwrap();
    assert!(room.item(SECRETARY).lacks.is_none());
    room.go_on().unwrap();
    let view = room.show("reviewer");
    assert_eq!(view.items[0].state, ItemState::Concluded(PanelResult::Pass));
    let item = view.item.unwrap();
    assert_eq!(item.panel.closed.as_ref().unwrap().place, "县数据中心会议室");
    assert_eq!(item.stage, Stage::TechnicalReview);
    let snapshot = room.county.0.database.read().unwrap();
    assert_eq!(snapshot.read().verify_audit(|_, _| {}).unwrap().2, None);
}

#[test]
fn one_terminal_writes_and_the_seat_is_taken_from_another_account_only_with_a_reason() {
    let mut room = Room::new("268.00");
    let add = Command::AddAccount {
        code: "secretary-2".to_owned(),
        name: "周敏".to_owned(),
        unit: "县大数据发展服务中心".to_owned(),
        roles: vec![Role::PanelSecretary],
        os_user: None,
    };
    room.county.run("sysadmin", add).unwrap();
    room.county.run("sysadmin", Command::SetAccountActive { code: "secretary-2".to_owned(), active: true }).unwrap();
    room.sit(DESK, "").unwrap();
    let (meeting, terminal) = (room.meeting, "other".to_owned());
    let take = |reason: &str| MeetingOrder::TakeSeat { meeting, terminal: terminal.clone(), reason: reason.to_owned() };
    assert!(matches!(lacks(room.order("secretary-2", take(" "))).as_slice(), [PanelLack::TakeoverNeedsReason(_)]));
    let up = MeetingOrder::TakeUp { meeting, item: 1, terminal: terminal.clone() };
    assert!(matches!(lacks(room.order("secretary-2", up)).as_slice(), [PanelLack::SeatHeld(_)]));
    // Nor is the item taken from under the hands of who writes.
    let withdraw = MeetingOrder::Withdraw { meeting, item: 1, reason: "改期".to_owned() };
    assert!(matches!(lacks(room.order("secretary-2", withdraw)).as_slice(), [PanelLack::SeatHeld(_)]));
    room.order("secretary-2", take("刘敏断线")).unwrap();
    assert!(matches!(lacks(room.attend(&["Z001"], Presence::Present)).as_slice(), [PanelLack::SeatHeld(_)]));
    // The same person at another terminal needs no reason: the line dropped, and the seat is still there.
    room.order("secretary-2", MeetingOrder::TakeSeat { meeting, terminal: "third".to_owned(), reason: String::new() })
        .unwrap();
}

#[test]
fn words_from_a_terminal_that_lost_the_seat_are_kept_beside_the_sheet() {
    let mut room = Room::new("268.00");
    room.sit(DESK, "").unwrap();
    room.note(DESK, &[("conclusion-text", "一、技术路线可行")]).unwrap();
    room.sit("laptop", "").unwrap();
    let late = room.note(DESK, &[("conclusion-text", "一、技术路线可行；二、补列密评费用")]).unwrap();
    assert!(matches!(late, Done::Noted { aside: Some(_), ref versions, .. } if versions[0].1 == 2), "{late:?}");
    room.note("laptop", &[("conclusion-text", "一、原则可行")]).unwrap();
    assert_eq!(room.item(SECRETARY).sheet.get(Field::ConclusionText), "一、原则可行");
    let snapshot = room.county.0.database.read().unwrap();
    let project = snapshot.read().project_id(&room.project).unwrap().unwrap();
    let versions = snapshot.read().versions_of_note((project, 1, 1), Field::ConclusionText).unwrap();
    let said: Vec<(&str, bool)> = versions.iter().map(|(noted, aside)| (noted.value.as_str(), *aside)).collect();
    assert_eq!(
        said,
        [("一、技术路线可行", false), ("一、技术路线可行；二、补列密评费用", true), ("一、原则可行", false)]
    );
}

#[test]
fn what_members_say_is_blind_to_all_but_the_secretary_until_the_last_one_is_in() {
    let mut room = Room::new("268.00");
    room.sit(DESK, "").unwrap();
    room.note(DESK, &[("vote/Z001", "fail"), ("said/Z001", "重复建设"), ("conclusion", "fail")]).unwrap();
    let seen = room.item("reviewer");
    assert_eq!((seen.tally, seen.says, seen.sheet.get(Field::Conclusion)), (None, None, ""));
    assert!(seen.seats[0].voted && !seen.seats[1].voted);
    assert_eq!(room.item(SECRETARY).tally.unwrap().fail, 1);
    room.hear(&["fail", "pass", "pass", "pass", "pass"]);
    assert!(room.item("reviewer").panel.opinions.is_empty());
    let log = room.county.0.ask(&County::session("auditor"), all_entries()).unwrap();
    assert!(!format!("{log:?}").contains("重复建设"), "the log tells what a member said");
    room.go_on().unwrap();
    let seen = room.item("reviewer");
    assert_eq!((seen.tally.unwrap().fail, seen.panel.opinions.len()), (1, 5));
}

#[test]
fn who_is_absent_says_nothing_and_must_be_replaced_before_the_opinions_are_closed() {
    let mut room = Room::new("268.00");
    room.sit(DESK, "").unwrap();
    room.attend(&["Z005"], Presence::Absent).unwrap();
    let silent = room.note(DESK, &[("vote/Z005", "pass")]);
    assert_eq!(lacks(silent), [PanelLack::NotSitting("专家4".to_owned())]);
    room.hear(&["pass"; 4]);
    assert_eq!(lacks(room.go_on()), [PanelLack::Absent(vec!["专家4".to_owned()])]);
    let replace = [("expert", "Z005"), ("replacement", "Z010"), ("declaration", "clear"), ("reason", "缺席")];
    room.county.act("lead", &room.project, Action::ReplaceExpert, &replace).unwrap();
    assert_eq!(lacks(room.go_on()), [PanelLack::OpinionsMissing(vec!["专家9".to_owned()])]);
}

#[test]
fn where_the_county_lets_a_panel_go_on_enough_must_sit_and_the_chair_among_them() {
    let policy = EMBEDDED.replace("vacancy = \"replace\"", "vacancy = \"go-on\"");
    let mut county = County(Service::in_memory(&Setup { policy, ..setup() }, clock()).unwrap());
    add_experts(&mut county);
    let project = formed(&mut county, "268.00");
    let meeting = call(&mut county, &project).unwrap();
    let mut room = Room { county, meeting, project };
    room.sit(DESK, "").unwrap();
    room.attend(&["Z001"], Presence::Absent).unwrap();
    room.note(DESK, &[("vote/Z002", "pass"), ("said/Z002", "可行")]).unwrap();
    let found = lacks(room.go_on());
    assert!(found.contains(&PanelLack::TooFewSitting { sitting: 4, needed: 5 }), "{found:?}");
    assert!(found.contains(&PanelLack::ChairAway("专家0".to_owned())), "{found:?}");
}

#[test]
fn a_panel_is_on_one_agenda_until_it_is_withdrawn_or_the_meeting_is_over() {
    let mut room = Room::new("268.00");
    let first = room.meeting;
    assert_eq!(lacks(call(&mut room.county, &room.project.clone())), [PanelLack::OnAgenda(first)]);
    let withdraw = |reason: &str| MeetingOrder::Withdraw { meeting: first, item: 1, reason: reason.to_owned() };
    assert_eq!(lacks(room.order(SECRETARY, withdraw(""))), [PanelLack::WithdrawalNeedsReason(1)]);
    room.order(SECRETARY, withdraw("建设单位请求改期")).unwrap();
    let second = call(&mut room.county, &room.project.clone()).unwrap();
    assert_eq!(second, MeetingCode { year: 2026, number: 2 });
    room.order(SECRETARY, MeetingOrder::End { meeting: second }).unwrap();
    assert_eq!(lacks(room.order(SECRETARY, MeetingOrder::End { meeting: second })), [PanelLack::MeetingOver(second)]);
    let list = room.county.0.ask(&County::session("lead"), Meetings).unwrap();
    assert_eq!((list.meetings.len(), list.waiting.len(), list.may_call), (2, 1, false));
}

#[test]
fn nobody_but_the_secretary_runs_a_meeting_and_nobody_outside_follows_one() {
    let mut room = Room::new("268.00");
    let (meeting, terminal) = (room.meeting, "x".to_owned());
    for account in ["reviewer", "lead", "unit", "auditor", "sysadmin"] {
        let take = MeetingOrder::TakeSeat { meeting, terminal: terminal.clone(), reason: "代办".to_owned() };
        assert_eq!(room.order(account, take).unwrap_err().kind(), Kind::Denied, "{account}");
    }
    for account in ["unit", "sysadmin"] {
        let answer = room.county.0.ask(&County::session(account), ShowMeeting { meeting, item: None });
        assert_eq!(answer.unwrap_err().kind(), Kind::Denied, "{account}");
    }
}

#[test]
fn a_meeting_without_a_project_and_what_it_heard_taken_off_its_agenda_are_refused() {
    let mut room = Room::new("268.00");
    let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
    let empty = MeetingOrder::Call { day, place: String::new(), projects: Vec::new() };
    assert_eq!(lacks(room.order(SECRETARY, empty)), [PanelLack::AgendaEmpty]);
    room.sit(DESK, "").unwrap();
    room.hear(&["pass"; 5]);
    room.go_on().unwrap();
    assert_eq!(lacks(room.note(DESK, &[("vote/Z001", "fail")])), [PanelLack::OpinionsClosed]);
    assert_eq!(lacks(room.attend(&["Z001"], Presence::Present)), [PanelLack::OpinionsClosed]);
    let signed: Vec<String> = (1..=5).map(|n| format!("signed/{}", ExpertId(n))).collect();
    let signed: Vec<(&str, &str)> = signed.iter().map(|field| (field.as_str(), "true")).collect();
    room.note(DESK, &[signed.as_slice(), &[("conclusion", "pass"), ("conclusion-text", "同意")]].concat()).unwrap();
    room.go_on().unwrap();
    let withdraw = MeetingOrder::Withdraw { meeting: room.meeting, item: 1, reason: "改期".to_owned() };
    assert_eq!(lacks(room.order(SECRETARY, withdraw)), [PanelLack::ItemConcluded(1)]);
}

#[test]
fn staying_away_is_declared_and_not_ticked_on_the_list_of_those_present() {
    let mut room = Room::new("268.00");
    room.sit(DESK, "").unwrap();
    assert_eq!(lacks(room.attend(&["Z002"], Presence::Recused)), [PanelLack::DeclareInstead]);
    let declare = |ground: &str| [("expert", "Z002".to_owned()), ("ground", ground.to_owned())];
    let declared = |room: &mut Room, ground: &str| {
        let with_reason = declare(ground).into_iter().chain([("reason", "申报单位顾问".to_owned())]);
        let inputs = with_reason.map(|(key, value)| (key.to_owned(), value)).collect();
        room.act(Action::DeclareRecusal, inputs).unwrap();
    };
    declared(&mut room, "other");
    assert_eq!(lacks(room.attend(&["Z002"], Presence::Present)), [PanelLack::DeclaredAway("专家1".to_owned())]);
    assert_eq!(lacks(room.note(DESK, &[("vote/Z002", "pass")])), [PanelLack::NotSitting("专家1".to_owned())]);
    declared(&mut room, "none");
    room.attend(&["Z002"], Presence::Present).unwrap();
}
