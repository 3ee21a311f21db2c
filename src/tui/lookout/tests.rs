//! The look around of two terminals over one file; time passes by being given.

use super::*;
use crate::domain::calendar::parse_moment;
use crate::domain::ids::ProjectCode;
use crate::domain::meeting::MeetingCode;
use crate::service::clock::Clock;
use crate::tui::testing::{clock, county_at, register};

const BLINK: Duration = Duration::from_millis(1);
const SECOND: Duration = Duration::from_secs(1);

/// An office on disk, and the time that has passed in it.
struct Office {
    folder: tempfile::TempDir,
    code: ProjectCode,
    now: Instant,
    passed: Duration,
}

impl Office {
    fn open() -> Office {
        let folder = tempfile::tempdir().unwrap();
        let code = register(&mut county_at(&folder.path().join("a.db")), "教师培训平台", "县教育局", "62.5");
        Office { folder, code, now: Instant::now(), passed: Duration::ZERO }
    }

    fn sit_down(&self) -> Seat {
        let service = Service::open(&self.folder.path().join("a.db"), clock()).unwrap();
        let session = Session { account: "intake".to_owned(), os_user: "os".to_owned() };
        Seat { lookout: Lookout::new(TerminalId::new(), &service, self.now), service, session }
    }

    fn project(&self) -> Place {
        Place::Project(self.code.clone())
    }

    fn pass(&mut self, time: Duration) {
        self.now += time;
        self.passed += time;
    }
}

struct Seat {
    lookout: Lookout,
    service: Service,
    session: Session,
}

impl Seat {
    fn go(&mut self, office: &Office, place: Place, pointer: &str) -> Vec<Incoming> {
        self.lookout.go(place, pointer.to_owned(), office.now);
        self.step(office)
    }

    fn step(&mut self, office: &Office) -> Vec<Incoming> {
        let start = parse_moment("2026-09-12T09:00:00+08:00").unwrap();
        self.service.set_clock(Clock::Fixed(start + office.passed));
        self.lookout.step(&mut self.service, &self.session, office.now)
    }

    fn id(&self) -> &TerminalId {
        &self.lookout.terminal
    }
}

/// Tells which terminals the only piece of news is about.
#[track_caller]
fn terminals(news: &[Incoming]) -> Vec<(&TerminalId, &str)> {
    match news {
        [Incoming::Presence(others)] => others.iter().map(|one| (&one.terminal, one.pointer.as_str())).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn who_comes_is_told_at_the_next_look_and_who_was_there_at_once() {
    let mut office = Office::open();
    let (mut one, mut two) = (office.sit_down(), office.sit_down());
    assert!(one.go(&office, office.project(), "").is_empty());
    office.pass(SECOND / 4);
    assert_eq!(terminals(&two.go(&office, office.project(), "")), [(one.id(), "")]);
    assert!(one.step(&office).is_empty(), "not yet");
    assert!(one.lookout.due() <= office.now + SECOND);
    office.now = one.lookout.due();
    assert_eq!(terminals(&one.step(&office)), [(two.id(), "")]);
    two.lookout.leave(&mut two.service);
    office.now = one.lookout.due();
    assert_eq!(terminals(&one.step(&office)), []);
}

#[test]
fn nothing_is_said_to_the_screen_while_nothing_changes_but_signs_of_life() {
    let mut office = Office::open();
    let (mut one, mut two) = (office.sit_down(), office.sit_down());
    one.go(&office, office.project(), "");
    two.go(&office, office.project(), "");
    office.pass(SECOND);
    assert_eq!(terminals(&one.step(&office)).len(), 1);
    for _ in 0..300 {
        office.pass(SECOND);
        assert!(one.step(&office).is_empty(), "after {:?}", office.passed);
        assert!(two.step(&office).is_empty());
    }
    // Whose signs of life stop is gone after a minute and a half, whoever notices.
    let stopped = office.passed;
    while one.step(&office).is_empty() {
        assert!(office.passed - stopped < Duration::from_secs(125), "still there");
        office.pass(SECOND);
    }
    assert!(office.passed - stopped > Duration::from_secs(60));
}

#[test]
fn the_last_of_many_pointers_is_written_and_five_a_second_at_most() {
    let mut office = Office::open();
    let (mut one, mut two) = (office.sit_down(), office.sit_down());
    one.go(&office, office.project(), "");
    two.go(&office, office.project(), "");
    let (mut versions, mut known) = (0, two.service.presence_version());
    for row in 0..100 {
        office.pass(Duration::from_millis(10));
        one.go(&office, office.project(), &row.to_string());
        let version = two.service.presence_version();
        versions += usize::from(version != known);
        known = version;
    }
    assert!((4..=5).contains(&versions), "{versions}");
    office.now = one.lookout.due();
    one.step(&office);
    office.now = two.lookout.due().max(office.now);
    assert_eq!(terminals(&two.step(&office)), [(one.id(), "99")]);
}

#[test]
fn where_one_is_goes_out_at_once_though_a_pointer_was_only_just_written() {
    let mut office = Office::open();
    let (mut one, mut two) = (office.sit_down(), office.sit_down());
    one.go(&office, Place::Queue, "");
    office.pass(BLINK);
    one.go(&office, office.project(), "");
    assert_eq!(terminals(&two.go(&office, office.project(), "")), [(one.id(), "")]);
    office.pass(BLINK);
    one.go(&office, Place::Queue, "");
    office.pass(SECOND);
    assert_eq!(terminals(&two.step(&office)), []);
    // Back again, the screen knows nobody, so it is told even of whom it knew before.
    one.go(&office, office.project(), "");
    assert!(two.go(&office, Place::Queue, "").is_empty());
    assert_eq!(terminals(&two.go(&office, office.project(), "")), [(one.id(), "")]);
}

#[test]
fn a_meeting_is_followed_at_twice_the_pace() {
    let mut office = Office::open();
    let mut one = office.sit_down();
    one.go(&office, Place::Meeting(MeetingCode { year: 2027, number: 1 }), "");
    assert_eq!(one.lookout.due(), office.now + SECOND);
    one.lookout.look(Pace::Brisk, office.now);
    assert_eq!(one.lookout.due(), office.now + SECOND / 2);
    office.pass(SECOND / 2);
    one.step(&office);
    assert_eq!(one.lookout.due(), office.now + SECOND / 2);
    one.lookout.look(Pace::Usual, office.now);
    office.now = one.lookout.due();
    one.step(&office);
    assert_eq!(one.lookout.due(), office.now + SECOND);
}

#[test]
fn what_others_wrote_is_told_to_who_works_without_a_pause() {
    let mut office = Office::open();
    let (mut one, mut two) = (office.sit_down(), office.sit_down());
    register(&mut two.service, "视频会议", "县教育局", "70");
    let mut told = Vec::new();
    // A step between any two jobs, never an idle moment.
    for _ in 0..150 {
        office.pass(Duration::from_millis(10));
        told.extend(one.step(&office));
    }
    assert!(matches!(told.as_slice(), [Incoming::OthersWrote]), "{told:?}");
}

#[test]
fn the_time_without_a_key_goes_out_with_the_sign_of_life() {
    let mut office = Office::open();
    let (mut one, mut two) = (office.sit_down(), office.sit_down());
    one.go(&office, office.project(), "");
    office.pass(Duration::from_secs(10));
    one.lookout.key(office.now);
    office.pass(Duration::from_secs(20));
    one.step(&office);
    let news = two.go(&office, office.project(), "");
    let [Incoming::Presence(others)] = news.as_slice() else { panic!("{news:?}") };
    assert_eq!(others[0].idle, Duration::from_secs(20));
}

#[test]
fn when_nobody_can_know_any_more_nobody_is_shown() {
    let mut office = Office::open();
    let (mut one, mut two) = (office.sit_down(), office.sit_down());
    one.go(&office, office.project(), "");
    assert_eq!(terminals(&two.go(&office, office.project(), "")).len(), 1);
    let file = office.folder.path().join("a.db.presence");
    std::fs::remove_file(&file).unwrap();
    std::fs::create_dir(&file).unwrap();
    let mut told = Vec::new();
    for _ in 0..10 {
        office.pass(SECOND);
        told.extend(two.step(&office));
    }
    assert_eq!(terminals(&told), []);
    std::fs::remove_dir(&file).unwrap();
    office.pass(SECOND);
    one.go(&office, office.project(), "再来");
    office.pass(SECOND);
    assert_eq!(terminals(&two.step(&office)), [(one.id(), "再来")]);
}
