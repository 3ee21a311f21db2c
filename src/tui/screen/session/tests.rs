//! A session from the keys to the database, at a desk over a service in memory.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::{Pane, Pointer, Timer};
use crate::domain::calendar::parse_date;
use crate::domain::ids::{ExpertId, ProjectCode};
use crate::domain::meeting::MeetingCode;
use crate::domain::meeting::sheet::Field;
use crate::domain::panel::attendance::Presence;
use crate::domain::policy::EMBEDDED;
use crate::domain::workflow::action::Action;
use crate::domain::workflow::record::PanelResult;
use crate::service::command::{Command, MeetingOrder, NewExpert, Note};
use crate::service::view::meeting::{ItemView, MeetingView, ShowMeeting};
use crate::service::view::minutes::NoteHistory;
use crate::service::{OperationId, Session};
use crate::tui::message::Message;
use crate::tui::testing::{Desk, act, county_with, register, to_review};

const MEETING: MeetingCode = MeetingCode { year: 2026, number: 1 };
const NAMES: [&str; 7] = ["陈立群", "周敏", "吴海", "郑洁", "孙文", "何军", "林涛"];
const FIELDS: [&str; 7] = ["architecture", "security", "cost", "business", "business", "security", "architecture"];
/// The keys of the digit rows as an input method that is on sends them.
const FULL_WIDTH: [char; 10] = ['０', '１', '２', '３', '４', '５', '６', '７', '８', '９'];

fn desk_of(desk: &Desk, account: &str) -> Session {
    Session { account: account.to_owned(), os_user: desk.worker.session.os_user.clone() }
}

/// A meeting of today with two panels of seven; absent and recused members need no replacement.
fn hall(account: &str, size: (u16, u16)) -> (Desk, [ProjectCode; 2]) {
    let mut service = county_with(&EMBEDDED.replace("vacancy = \"replace\"", "vacancy = \"go-on\""));
    let session = Session { account: "secretary".to_owned(), os_user: "os".to_owned() };
    let experts = NAMES.iter().zip(FIELDS).map(|(name, field)| NewExpert {
        name: (*name).to_owned(),
        employer: format!("{name}所在大学"),
        title: "教授".to_owned(),
        disciplines: vec![field.to_owned()],
        ..NewExpert::default()
    });
    let import = Command::ImportExperts { file: "专家.csv".to_owned(), experts: experts.collect() };
    service.execute(&session, OperationId::new(), import).unwrap();
    let members: Vec<String> = (1..=7)
        .map(|number| format!("Z{number:03}|{}|clear", if number == 1 { "组长" } else { "成员" }))
        .collect();
    let codes = [("县教育局智慧校园二期", "县教育局", "268"), ("应急局指挥调度系统", "县应急局", "180")];
    let codes = codes.map(|(name, unit, wan)| {
        let code = register(&mut service, name, unit, wan);
        to_review(&mut service, &code, wan);
        act(&mut service, "reviewer", &code, Action::RequestPanel, &[]);
        let form = [("members", members.join("\n")), ("selection", "chosen".to_owned()), ("reason", "库小".to_owned())];
        let form: Vec<(&str, &str)> = form.iter().map(|(key, value)| (*key, value.as_str())).collect();
        act(&mut service, "secretary", &code, Action::FormPanel, &form);
        act(&mut service, "lead", &code, Action::ConfirmPanel, &[]);
        code
    });
    let day = parse_date("2026-09-12").unwrap();
    let call = MeetingOrder::Call { day, place: "县数据中心会议室".to_owned(), projects: codes.to_vec() };
    service.execute(&session, OperationId::new(), Command::Meeting(call)).unwrap();
    (Desk::open(service, account, size), codes)
}

fn show(desk: &mut Desk) -> MeetingView {
    let session = desk_of(desk, "secretary");
    desk.worker.service.ask(&session, ShowMeeting { meeting: MEETING, item: None }).unwrap()
}

fn item(desk: &mut Desk) -> ItemView {
    *show(desk).item.unwrap()
}

fn by(desk: &mut Desk, account: &str, command: Command) {
    let session = desk_of(desk, account);
    desk.worker.service.execute(&session, OperationId::new(), command).unwrap();
}

/// Presses keys and counts them: named keys are one each, `"..."` is typed text, which is free.
fn press(desk: &mut Desk, keys: &str, full_width: bool) -> usize {
    let mut count = 0;
    for word in keys.split(' ').filter(|word| !word.is_empty()) {
        if let Some(text) = word.strip_prefix('"') {
            text.trim_end_matches('"').chars().for_each(|c| desk.press(KeyCode::Char(c)));
            continue;
        }
        let twin = |c: char| match c.to_digit(10).and_then(|digit| FULL_WIDTH.get(digit as usize)) {
            Some(wide) if full_width => *wide,
            _ if full_width && c.is_ascii_punctuation() => char::from_u32(c as u32 + 0xFEE0).unwrap(),
            _ => c,
        };
        let named = word.chars().count() > 1 && !word.chars().all(|c| c.is_ascii_digit());
        match named {
            true => {
                desk.keys(word);
                count += 1;
            }
            false => word.chars().for_each(|c| {
                assert!(!full_width || !c.is_ascii_alphabetic(), "a letter");
                desk.press(KeyCode::Char(twin(c)));
                count += 1;
            }),
        }
    }
    count
}

/// Everybody came, voted 通过 with a word, and signed.
fn all_signed(desk: &mut Desk, code: &ProjectCode) {
    for number in 1..=7 {
        let fields = vec![
            (Field::Vote(ExpertId(number)), "pass".to_owned()),
            (Field::Said(ExpertId(number)), "可行".to_owned()),
        ];
        let terminal = desk.state.terminal.as_str().to_owned();
        by(desk, "secretary", Command::Note(Note { project: code.clone(), fields, terminal }));
    }
    desk.keys("F5");
}

const TASK_15: &str = "2 Enter Down Down Down Down 2 \"申报单位顾问\" Enter Down 3 0";
const TASK_16: &str = "Tab 1 1 2 1 2 1";

#[test]
fn task_15_the_list_of_those_present_within_twelve_keys() {
    for (full_width, size) in [(false, (80, 24)), (true, (120, 40))] {
        let (mut desk, _) = hall("secretary", size);
        assert_eq!(desk.state.queue.digit_of_meetings(), Some(2));
        let keys = press(&mut desk, TASK_15, full_width);
        assert!(keys <= 12, "{keys}");
        let panel = item(&mut desk).panel;
        let presences: Vec<Presence> = panel.seats().iter().map(|seat| panel.presence(seat.expert)).collect();
        let here = Presence::Present;
        assert_eq!(presences, [here, here, here, here, Presence::Recused, here, Presence::Absent]);
        assert_eq!(panel.recusals.last().unwrap().text, "申报单位顾问");
    }
}

#[test]
fn task_16_votes_by_digit_skip_who_does_not_sit_within_eight_keys() {
    let (mut desk, _) = hall("secretary", (80, 24));
    press(&mut desk, TASK_15, false);
    // Five of the seven sit.
    let keys = press(&mut desk, "Tab 1 1 2 1 2", true);
    assert!(keys <= 8, "{keys}");
    let item = item(&mut desk);
    let votes: Vec<_> = item.panel.seats().iter().map(|seat| item.sheet.vote(&item.panel, seat.expert)).collect();
    let (pass, conditional) = (Some(PanelResult::Pass), Some(PanelResult::Conditional));
    assert_eq!(votes, [pass, pass, conditional, pass, None, conditional, None]);
    assert!(desk.message().contains("均已表态"), "{}", desk.message());
}

#[test]
fn task_17_a_conclusion_is_written_signed_and_finalised_within_eleven_keys() {
    for full_width in [false, true] {
        let (mut desk, [code, _]) = hall("secretary", (80, 24));
        press(&mut desk, "2 Enter 0", false);
        all_signed(&mut desk, &code);
        desk.keys("Tab *");
        assert!(desk.screen().contains("7 位签名并锁定"), "{}", desk.screen());
        desk.keys("1");
        desk.keys("F8");
        assert!(desk.screen().contains("在座 7 位的意见均已签名"), "{}", desk.screen());
        desk.keys("1");
        assert!(item(&mut desk).panel.closed.is_some(), "{}", desk.message());
        // What must be mended was written down while it was argued.
        desk.keys("+");
        press(&mut desk, "\"补列密评费用\" Tab \"县教育局\" Tab \"2026年12月20日\" F2", false);
        desk.keys("BackTab");
        desk.state.session.as_mut().unwrap().pane = Pane::Votes;
        let digits: String = code.as_str().chars().filter(char::is_ascii_digit).collect();
        let last: String = digits.chars().skip(digits.len() - 4).map(|c| format!("{c} ")).collect();
        let keys = format!("Tab 2 Enter \"项目可行，应补列密评费用。\" F2 * F8 {last} Enter");
        let keys = press(&mut desk, &keys, full_width);
        assert!(keys <= 11, "{keys}");
        let panel = item(&mut desk).panel;
        let conclusion = panel.conclusion.unwrap_or_else(|| panic!("{}\n{}", desk.message(), desk.screen()));
        assert_eq!(conclusion.result, PanelResult::Conditional);
        assert_eq!((conclusion.text.as_str(), conclusion.signed_by.len()), ("项目可行，应补列密评费用。", 7));
        assert_eq!(panel.fixes[0].due, parse_date("2026-12-20").unwrap());
        assert!(desk.message().contains("下一议题"), "{}", desk.message());
    }
}
