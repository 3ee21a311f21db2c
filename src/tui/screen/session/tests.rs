//! A session from the keys to the database, at a desk over a service in memory.

use crossterm::event::KeyCode;

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
use crate::service::view::notes::{NoteHistory, WorkingSheet};
use crate::service::{OperationId, Service, Session};
use crate::tui::message::Message;
use crate::tui::testing::{Desk, act, clock, county_at, county_with, register, to_review};

const MEETING: MeetingCode = MeetingCode { year: 2026, number: 1 };
const NAMES: [&str; 7] = ["陈立群", "周敏", "吴海", "郑洁", "孙文", "何军", "林涛"];
const FIELDS: [&str; 7] = ["architecture", "security", "cost", "business", "business", "security", "architecture"];
/// The keys of the digit rows as an input method that is on sends them.
const FULL_WIDTH: [char; 10] = ['０', '１', '２', '３', '４', '５', '６', '７', '８', '９'];

fn session(account: &str) -> Session {
    Session { account: account.to_owned(), os_user: "os".to_owned() }
}

/// A meeting of today with two panels of seven; absent and recused members need no replacement.
fn hall(account: &str, size: (u16, u16)) -> (Desk, [ProjectCode; 2]) {
    let mut service = county_with(&EMBEDDED.replace("vacancy = \"replace\"", "vacancy = \"go-on\""));
    let codes = call(&mut service);
    (Desk::open(service, account, size), codes)
}

fn call(service: &mut Service) -> [ProjectCode; 2] {
    let session = session("secretary");
    let experts = NAMES.iter().zip(FIELDS).map(|(name, field)| NewExpert {
        name: (*name).to_owned(),
        employer: format!("{name}所在大学"),
        title: "教授".to_owned(),
        disciplines: vec![field.to_owned()],
        ..NewExpert::default()
    });
    for expert in experts {
        service.execute(&session, OperationId::new(), Command::AddExpert(expert)).unwrap();
    }
    let members: Vec<String> =
        (1..=7).map(|number| format!("Z{number:03}|{}|clear", if number == 1 { "组长" } else { "成员" })).collect();
    let codes = [("县教育局智慧校园二期", "县教育局", "268"), ("应急局指挥调度系统", "县应急局", "180")];
    let codes = codes.map(|(name, unit, wan)| {
        let code = register(service, name, unit, wan);
        to_review(service, &code, wan);
        act(service, "reviewer", &code, Action::RequestPanel, &[]);
        let form = [("members", members.join("\n")), ("selection", "chosen".to_owned()), ("reason", "库小".to_owned())];
        let form: Vec<(&str, &str)> = form.iter().map(|(key, value)| (*key, value.as_str())).collect();
        act(service, "secretary", &code, Action::FormPanel, &form);
        act(service, "lead", &code, Action::ConfirmPanel, &[]);
        code
    });
    let day = parse_date("2026-09-12").unwrap();
    let call = MeetingOrder::Call { day, place: "县数据中心会议室".to_owned(), projects: codes.to_vec() };
    service.execute(&session, OperationId::new(), Command::Meeting(call)).unwrap();
    codes
}

fn show(desk: &mut Desk) -> MeetingView {
    desk.worker.service.ask(&session("secretary"), ShowMeeting { meeting: MEETING, item: None }).unwrap()
}

fn item(desk: &mut Desk) -> ItemView {
    *show(desk).item.unwrap()
}

fn by(desk: &mut Desk, account: &str, command: Command) {
    desk.worker.service.execute(&session(account), OperationId::new(), command).unwrap();
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

#[test]
fn what_is_typed_under_a_panel_that_argued_again_does_not_reach_the_next_one() {
    let (mut desk, [code, _]) = hall("secretary", (80, 24));
    press(&mut desk, "2 Enter 0", false);
    for number in (1..=7).map(ExpertId) {
        let vote = (Field::Vote(number), "supplement".to_owned());
        let fields = vec![vote, (Field::Said(number), "测算依据不足".to_owned())];
        let terminal = desk.state.terminal.as_str().to_owned();
        by(&mut desk, "secretary", Command::Note(Note { project: code.clone(), fields, terminal }));
    }
    desk.keys("F5 Tab * 1 F8 1");
    let digits: String = code.as_str().chars().filter(char::is_ascii_digit).collect();
    let last: String = digits.chars().skip(digits.len() - 4).map(|c| format!("{c} ")).collect();
    press(&mut desk, &format!("4 Enter \"补充测算依据后再论证。\" F2 * F8 {last} Enter"), false);
    assert!(desk.message().contains("另开一次"), "{}\n{}", desk.message(), desk.screen());
    for (pane, keys) in
        [(Pane::Attendance, "3"), (Pane::Attendance, "0"), (Pane::Conclusion, "1"), (Pane::Conclusion, "*")]
    {
        let session = desk.state.session.as_mut().unwrap();
        (session.pane, session.seat, session.line) = (pane, 0, 0);
        desk.keys(keys);
        assert!(desk.message().contains("已定稿"), "{keys}: {}", desk.message());
    }
    let next = desk.worker.service.ask(&session("secretary"), WorkingSheet { project: code }).unwrap();
    assert_eq!((next.panel.session, next.panel.attendance.len(), next.sheet.iter().count()), (2, 0, 0));
}

#[test]
fn the_project_and_the_way_to_all_the_keys_are_shown_at_every_width() {
    for size in [(60, 18), (80, 24), (120, 40)] {
        let (mut desk, _) = hall("secretary", size);
        press(&mut desk, "2 Enter", false);
        for pane in Pane::ALL {
            desk.state.session.as_mut().unwrap().pane = pane;
            assert!(desk.screen().contains("县教育局智慧校园二"), "{size:?} {pane:?}\n{}", desk.screen());
            assert!(desk.screen().contains("?帮助"), "{size:?} {pane:?}\n{}", desk.screen());
        }
    }
}

#[test]
fn the_screen_at_every_size_it_is_made_for() {
    let (mut desk, _) = hall("secretary", (120, 40));
    press(&mut desk, TASK_15, false);
    press(&mut desk, "Tab 1 1 2 1", false);
    insta::assert_snapshot!("session_120x40", desk.screen());
    for (size, name) in [((60, 18), "session_60x18"), ((80, 24), "session_80x24"), ((200, 60), "session_200x60")] {
        desk.resize(size.0, size.1);
        insta::assert_snapshot!(name, desk.screen());
    }
    desk.resize(80, 24);
    desk.keys("Tab Down Enter");
    press(&mut desk, "\"一、项目建设依据充分，技术路线基本可行。\"", false);
    insta::assert_snapshot!("session_80x24_editing", desk.screen());
    desk.resize(120, 40);
    insta::assert_snapshot!("session_120x40_editing", desk.screen());
    desk.keys("Esc b");
    insta::assert_snapshot!("session_120x40_projector", desk.screen());
    // A terminal that shrinks to nothing and comes back shows the same.
    let before = desk.screen();
    desk.resize(1, 1);
    desk.resize(120, 40);
    assert_eq!(desk.screen(), before);
}

#[test]
fn the_room_sees_no_vote_and_not_who_voted_before_the_opinions_are_in() {
    let (mut desk, _) = hall("secretary", (120, 40));
    press(&mut desk, "2 Enter 0 Tab 1 3", false);
    desk.keys("b");
    let screen = desk.screen();
    assert!(screen.contains("意见收齐后公布"), "{screen}");
    for hidden in ["周敏", "通过 1", "不通过", "[通过]"] {
        assert!(!screen.contains(hidden), "{hidden}\n{screen}");
    }
    // Digits do nothing there.
    press(&mut desk, "3", false);
    assert_eq!(item(&mut desk).sheet.tally(&item(&mut desk).panel).votes(), 2);
}

#[test]
fn a_text_is_handed_over_within_a_second_and_the_clock_then_stops() {
    let (mut desk, _) = hall("secretary", (80, 24));
    press(&mut desk, "2 Enter 0 Tab Tab Down Enter \"可行\"", false);
    assert!(crate::tui::update::wants_tick(&desk.state), "something is unsaved");
    assert!(desk.screen().contains("未存"), "{}", desk.screen());
    assert_eq!(item(&mut desk).sheet.get(Field::ConclusionText), "");
    desk.tell(Message::Tick(1000));
    assert_eq!(item(&mut desk).sheet.get(Field::ConclusionText), "可行");
    assert!(!crate::tui::update::wants_tick(&desk.state), "nobody is woken while nothing is unsaved");
    assert!(desk.screen().contains("已存 09:00:00"), "{}", desk.screen());
    // The fields stay open, and leaving them by F2 or Esc saves at once.
    press(&mut desk, "\"，无异议\" Esc", false);
    assert_eq!(item(&mut desk).sheet.get(Field::ConclusionText), "可行，无异议");
}

#[test]
fn what_was_typed_last_is_handed_over_before_the_program_ends() {
    let (mut desk, _) = hall("secretary", (80, 24));
    press(&mut desk, "2 Enter 0 Tab Tab Down Enter \"半句话\"", false);
    desk.hold();
    let effects = crate::tui::update::farewell(&mut desk.state);
    assert_eq!(effects.len(), 1, "{effects:?}");
}

#[test]
fn an_entry_is_taken_back_by_writing_what_was_there_before() {
    let (mut desk, [code, _]) = hall("secretary", (80, 24));
    press(&mut desk, "2 Enter 0 Tab 1 3", false);
    desk.keys("u");
    let found = item(&mut desk);
    assert_eq!(found.sheet.get(Field::Vote(ExpertId(2))), "");
    assert_eq!(found.sheet.get(Field::Vote(ExpertId(1))), "pass");
    desk.keys("u u u");
    assert!(desk.message().contains("没有可撤销"), "{}", desk.message());
    let found = item(&mut desk);
    assert!(found.panel.seats().iter().all(|seat| found.panel.presence(seat.expert) == Presence::Expected));
    // Both stay readable.
    let history = NoteHistory { project: code, field: Field::Vote(ExpertId(2)) };
    let versions = desk.worker.service.ask(&session("secretary"), history).unwrap().versions;
    let said: Vec<&str> = versions.iter().map(|(noted, _)| noted.value.as_str()).collect();
    assert_eq!(said, ["fail", ""]);
    desk.keys("Tab Tab Tab Tab H");
    let screen = desk.screen();
    assert!(screen.contains("各版本") && screen.contains("（清除）") && screen.contains("表决"), "{screen}");
}

#[test]
fn who_came_after_all_declares_that_nothing_keeps_him_away() {
    let (mut desk, _) = hall("secretary", (80, 24));
    press(&mut desk, "2 Enter 2 \"顾问\" Enter Home 1 \"核对聘书，已解聘\" Enter", false);
    let found = item(&mut desk);
    assert_eq!(found.panel.presence(ExpertId(1)), Presence::Present);
    assert_eq!(found.panel.recusals.len(), 2);
}

#[test]
fn a_locked_opinion_is_not_voted_over_and_a_member_who_does_not_sit_does_not_vote() {
    let (mut desk, [code, _]) = hall("secretary", (80, 24));
    press(&mut desk, "2 Enter 0", false);
    all_signed(&mut desk, &code);
    desk.keys("Tab Home Space");
    assert!(desk.screen().contains("签名并锁定"), "{}", desk.screen());
    desk.keys("1 Home 3");
    assert!(desk.message().contains("已签名"), "{}", desk.message());
    assert!(item(&mut desk).panel.is_locked(ExpertId(1)));
    desk.keys("Tab Tab Tab Home Down 3 Tab Home Down 1");
    assert!(desk.message().contains("不表决"), "{}", desk.message());
    // Correcting a locked one asks for the reason in the form of the action.
    desk.keys("Home Enter");
    assert!(desk.screen().contains("录入专家意见"), "{}", desk.screen());
    desk.keys("Esc Esc");
    assert!(desk.state.project.is_none() && desk.state.session.is_some());
}

#[test]
fn what_is_missing_is_listed_and_enter_goes_where_it_is_mended() {
    let (mut desk, _) = hall("secretary", (80, 24));
    press(&mut desk, "2 Enter 0 F8", false);
    assert!(desk.screen().contains("尚缺签名的意见"), "{}", desk.screen());
    desk.keys("Enter");
    assert_eq!(desk.state.session.as_ref().unwrap().pane, Pane::Votes);
}

#[test]
fn a_day_that_cannot_be_read_stays_here_until_it_is_mended() {
    let (mut desk, _) = hall("secretary", (80, 24));
    press(&mut desk, "2 Enter 0 Tab Tab + \"补列费用\" Tab Tab \"月底\" F2", false);
    assert!(desk.message().contains("期限"), "{}", desk.message());
    assert_eq!(item(&mut desk).sheet.fixes()[0].text, "补列费用");
    desk.state.session.as_mut().unwrap().line = 2;
    desk.keys("Enter");
    assert!(desk.screen().contains("月底"), "{}", desk.screen());
}

#[test]
fn the_writer_goes_to_the_next_item_and_keys_pressed_on_the_way_land_there() {
    let (mut desk, [first, second]) = hall("secretary", (80, 24));
    press(&mut desk, "2 Enter", false);
    desk.hold();
    press(&mut desk, "] 0", false);
    desk.release(false);
    desk.tell(Message::Resized(80, 24));
    let shown = show(&mut desk);
    assert_eq!(shown.meeting.current, Some(2));
    let found = shown.item.unwrap();
    assert_eq!(found.code, second);
    let present = found.panel.seats().iter().filter(|seat| found.panel.presence(seat.expert) == Presence::Present);
    assert_eq!(present.count(), 7, "{first}: {}", desk.screen());
}

#[test]
fn a_terminal_that_does_not_write_follows_and_is_not_moved_while_it_looks_around() {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("office.db");
    let mut service = county_at(&path);
    let [code, _] = call(&mut service);
    let mut writer = Desk::open(service, "secretary", (80, 24));
    let mut other = Desk::open(Service::open(&path, clock()).unwrap(), "deputy", (80, 24));
    press(&mut writer, "2 Enter 0 Tab 1", false);
    press(&mut other, "2 Enter", false);
    assert!(other.message().contains("秘书席由刘敏使用"), "{}", other.message());
    press(&mut other, "3", false);
    assert!(other.message().contains("接管"), "{}", other.message());
    let pointed = |desk: &Desk| {
        let session = desk.state.session.as_ref().unwrap();
        super::pointer(session, &desk.state.me, desk.state.terminal.as_str()).unwrap()
    };
    let tell = |other: &mut Desk, pointer: Pointer| {
        let effects = super::news(&mut other.state, Some(pointer));
        assert!(effects.is_empty());
        other.tell(Message::OthersWrote);
    };
    tell(&mut other, pointed(&writer));
    let session_of = |desk: &Desk| desk.state.session.as_ref().map(|session| (session.pane, session.seat)).unwrap();
    assert_eq!(session_of(&other), (Pane::Votes, 1));
    assert!(other.screen().contains("通过1") || other.screen().contains("通过 1"), "{}", other.screen());
    // Looking around is left alone until F5.
    other.keys("Tab");
    writer.keys("2");
    tell(&mut other, pointed(&writer));
    assert_eq!(session_of(&other).0, Pane::Conclusion);
    other.keys("F5");
    assert_eq!(session_of(&other), (Pane::Votes, 2));
    // The writer goes to the next item, and so does who follows.
    writer.keys("]");
    tell(&mut other, pointed(&writer));
    assert!(other.state.session.as_ref().unwrap().item().unwrap().code != code);
    writer.keys("[");
    tell(&mut other, pointed(&writer));
    // While a sentence is being written the seat is taken over: the words are kept aside, and nothing is lost.
    writer.state.session.as_mut().unwrap().pane = Pane::Conclusion;
    press(&mut writer, "Home Down Enter \"写了一半\"", false);
    press(&mut other, ") \"刘敏掉线\" Enter", false);
    assert!(other.message().contains("在秘书席"), "{}", other.message());
    writer.tell(Message::Tick(1000));
    assert!(writer.message().contains("另存在历史") || writer.message().contains("接管"), "{}", writer.message());
    let history = NoteHistory { project: code, field: Field::ConclusionText };
    let versions = other.worker.service.ask(&session("deputy"), history).unwrap().versions;
    assert_eq!((versions.len(), versions[0].0.value.as_str(), versions[0].1), (1, "写了一半", true));
    assert!(writer.screen().contains("跟随王芳"), "{}", writer.screen());
}

#[test]
fn the_clock_of_an_item_is_told_against_its_minutes() {
    let (mut desk, _) = hall("secretary", (120, 40));
    press(&mut desk, "2 Enter %", false);
    assert!(crate::tui::update::wants_tick(&desk.state));
    for _ in 0..65 {
        desk.tell(Message::Tick(1000));
    }
    assert!(desk.screen().contains("计时 01:05/15:00"), "{}", desk.screen());
    desk.keys("t");
    assert!(!crate::tui::update::wants_tick(&desk.state));
    desk.keys("T");
    assert_eq!(desk.state.session.as_ref().unwrap().timer, Timer::default());
}

#[test]
fn who_is_no_secretary_sees_how_far_the_members_are_and_no_vote() {
    let (mut desk, [code, _]) = hall("lead", (120, 40));
    let order = MeetingOrder::TakeSeat { meeting: MEETING, terminal: "T".to_owned(), reason: String::new() };
    by(&mut desk, "secretary", Command::Meeting(order));
    let fields = vec![(Field::Vote(ExpertId(2)), "fail".to_owned()), (Field::Said(ExpertId(2)), "不可行".to_owned())];
    by(&mut desk, "secretary", Command::Note(Note { project: code, fields, terminal: "T".to_owned() }));
    desk.keys("2 Enter Tab");
    let screen = desk.screen();
    assert!(screen.contains("[已表]") && screen.contains("不通过 -"), "{screen}");
    for hidden in ["[不通过]", "不可行", "赞成 0"] {
        assert!(!screen.contains(hidden), "{hidden}\n{screen}");
    }
    desk.keys("1");
    assert!(desk.message().contains("只读"), "{}", desk.message());
    desk.keys("H");
    assert!(desk.message().contains("专家组秘书"), "{}", desk.message());
}

#[test]
fn what_a_busy_database_does_not_take_is_kept_and_tried_again() {
    use crate::service::error::{Error, StoreError};
    use crate::tui::effect::Effect;
    use crate::tui::update::{update, wants_tick};
    let (mut desk, _) = hall("secretary", (80, 24));
    press(&mut desk, "2 Enter", false);
    let sent = |effects: &[Effect]| {
        effects.iter().find_map(|effect| match effect {
            Effect::Execute(ticket, command) => Some((*ticket, format!("{command:?}"))),
            _ => None,
        })
    };
    let (ticket, command) = sent(&update(&mut desk.state, Message::Digit(1))).unwrap();
    let busy = Err(Error::Unavailable(StoreError::Busy));
    let effects = update(&mut desk.state, Message::Answered(ticket, busy));
    assert!(sent(&effects).is_none() && desk.message().contains("自动重试"), "{}", desk.message());
    assert!(wants_tick(&desk.state) && desk.screen().contains("未存"), "{}", desk.screen());
    // The entry stays on the screen, and the next second hands it over again.
    assert!(desk.screen().contains("到会1/7"), "{}", desk.screen());
    let (_, again) = sent(&update(&mut desk.state, Message::Tick(1000))).unwrap();
    assert_eq!(again, command);
}
