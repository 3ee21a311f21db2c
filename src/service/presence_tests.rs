//! Presence: several services over one file, as several terminals are.

use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::clock::Clock;
use super::presence::{Place, TerminalId, Whereabouts};
use super::tests::{County, clock, setup};
use super::view::audit::AuditVerify;
use super::{Service, Session};
use crate::domain::calendar::parse_moment;
use crate::domain::ids::ProjectCode;
use crate::domain::meeting::MeetingCode;
use crate::domain::project::Stage;
use crate::domain::workflow::action::Action;

const BUSY: Duration = Duration::ZERO;

/// An office on disk with a project every body of the Centre may see, and one that is only a draft.
struct Office {
    folder: tempfile::TempDir,
    submitted: Place,
    draft: Place,
}

impl Office {
    fn open() -> Office {
        let folder = tempfile::tempdir().unwrap();
        let mut county = County(Service::create(&folder.path().join("a.db"), &setup(), clock()).unwrap());
        let submitted = county.register("62.5");
        county.bring_to(&submitted, Stage::PlanIntake);
        let mut new = super::tests::draft("80");
        new.candidate.declaration.name = "智慧校园".to_owned();
        let draft = county.create(new);
        Office { folder, submitted: Place::Project(submitted), draft: Place::Project(draft) }
    }

    fn database(&self) -> PathBuf {
        self.folder.path().join("a.db")
    }

    fn presence(&self) -> PathBuf {
        self.folder.path().join("a.db.presence")
    }

    fn sit_down(&self, account: &str) -> Seat {
        let service = Service::open(&self.database(), clock()).unwrap();
        Seat { service, session: County::session(account), terminal: TerminalId::new() }
    }
}

/// Somebody at a terminal.
struct Seat {
    service: Service,
    session: Session,
    terminal: TerminalId,
}

impl Seat {
    fn be(&mut self, place: &Place, pointer: &str) -> bool {
        self.service.be(&self.session, &self.terminal, place, pointer, BUSY)
    }

    fn others(&mut self, place: &Place) -> Option<Vec<Whereabouts>> {
        self.service.others(&self.session, &self.terminal, place)
    }

    #[track_caller]
    fn names(&mut self, place: &Place) -> Vec<String> {
        self.others(place).unwrap().into_iter().map(|other| other.name).collect()
    }

    fn at(&mut self, moment: &str) {
        self.service.set_clock(Clock::Fixed(parse_moment(moment).unwrap()));
    }
}

fn meeting(number: u32) -> MeetingCode {
    MeetingCode { year: 2027, number }
}

fn inode(path: &Path) -> u64 {
    std::fs::metadata(path).unwrap().ino()
}

#[test]
fn two_at_one_project_learn_of_each_other_as_soon_as_they_look() {
    let office = Office::open();
    let (mut one, mut two) = (office.sit_down("intake"), office.sit_down("lead"));
    assert!(one.be(&office.submitted, ""));
    let before = one.service.presence_version();
    assert_eq!(one.names(&office.submitted), [""; 0], "oneself is not another");
    assert!(two.be(&office.submitted, "条目 3"));
    assert!(before.is_some() && one.service.presence_version() != before);
    assert_eq!(one.names(&office.submitted), ["lead"]);
    assert_eq!(one.others(&office.submitted).unwrap()[0].pointer, "条目 3");
    assert_eq!(two.names(&office.submitted), ["intake"]);
    let known = one.service.presence_version();
    assert_eq!(one.service.presence_version(), known, "nothing new while nobody writes");
}

#[test]
fn the_second_window_of_an_account_is_another_terminal() {
    let office = Office::open();
    let (mut one, mut two) = (office.sit_down("lead"), office.sit_down("lead"));
    one.be(&office.submitted, "");
    two.be(&office.submitted, "");
    assert_eq!(one.names(&office.submitted), ["lead"]);
}

#[test]
fn who_goes_elsewhere_or_leaves_is_no_longer_there() {
    let office = Office::open();
    let (mut one, mut two) = (office.sit_down("intake"), office.sit_down("lead"));
    two.be(&office.submitted, "");
    two.be(&Place::Queue, "");
    assert_eq!(one.names(&office.submitted), [""; 0]);
    two.be(&office.submitted, "");
    assert_eq!(one.names(&office.submitted), ["lead"]);
    two.service.leave(&two.terminal);
    assert_eq!(one.names(&office.submitted), [""; 0]);
}

#[test]
fn who_gives_no_sign_of_life_for_a_minute_and_a_half_is_gone_and_swept_out_later() {
    let office = Office::open();
    let (mut one, mut two) = (office.sit_down("intake"), office.sit_down("lead"));
    two.be(&office.submitted, "");
    one.at("2026-09-12T09:01:30+08:00");
    assert_eq!(one.names(&office.submitted), ["lead"]);
    one.at("2026-09-12T09:01:31+08:00");
    assert_eq!(one.names(&office.submitted), [""; 0]);
    // The last sign of life of who holds a project is asked for after that, too.
    one.at("2026-09-12T11:00:01+08:00");
    one.be(&Place::Queue, "");
    // Back in time the row would count again, were it still there.
    one.at("2026-09-12T09:00:00+08:00");
    assert_eq!(one.names(&office.submitted), [""; 0]);
}

#[test]
fn the_stay_at_a_place_and_the_last_key_are_told() {
    let office = Office::open();
    let (mut one, mut two) = (office.sit_down("intake"), office.sit_down("lead"));
    two.be(&office.submitted, "");
    two.at("2026-09-12T09:01:00+08:00");
    two.service.be(&two.session, &two.terminal, &office.submitted, "", Duration::from_secs(20));
    one.at("2026-09-12T09:01:10+08:00");
    let other = one.others(&office.submitted).unwrap().remove(0);
    assert_eq!(other.since, parse_moment("2026-09-12T09:00:00+08:00").unwrap());
    assert_eq!(other.idle, Duration::from_secs(30));
    let later = Whereabouts { idle: Duration::from_secs(99), ..other.clone() };
    assert!(later.is_no_news_after(&other));
    assert!(!Whereabouts { pointer: "条目 4".to_owned(), ..other.clone() }.is_no_news_after(&other));
}

#[test]
fn the_systems_own_clocks_agree_between_two_programs() {
    let office = Office::open();
    let (mut one, mut two) = (office.sit_down("intake"), office.sit_down("lead"));
    one.service.set_clock(Clock::System);
    two.service.set_clock(Clock::System);
    assert_ne!(Clock::System.uptime().boot, "", "the machine tells which start this is");
    assert!(two.be(&office.submitted, ""));
    assert_eq!(one.names(&office.submitted), ["lead"]);
}

#[test]
fn nobody_is_told_of_at_a_project_the_account_may_not_see() {
    let office = Office::open();
    let mut intake = office.sit_down("intake");
    intake.be(&office.draft, "");
    for stranger in ["unit", "reviewer", "sysadmin"] {
        let mut stranger = office.sit_down(stranger);
        assert_eq!(stranger.names(&office.draft), [""; 0], "drafts are the unit's and the intake clerk's");
        // Nor does one appear there by claiming to be.
        stranger.be(&office.draft, "");
        assert_eq!(intake.names(&office.draft), [""; 0]);
    }
    assert_eq!(office.sit_down("intake").names(&office.draft), ["intake"]);
}

#[test]
fn r17_1_at_a_frozen_project_only_who_may_see_it_learns_who_is_there() {
    let office = Office::open();
    let Place::Project(code) = &office.submitted else { panic!() };
    let mut lead = office.sit_down("lead");
    lead.be(&office.submitted, "");
    assert_eq!(office.sit_down("intake").names(&office.submitted), ["lead"]);
    let mut county = County(Service::open(&office.database(), clock()).unwrap());
    county.act("lead", code, Action::FreezeSecret, &[("reason", "疑似涉密")]).unwrap();
    assert_eq!(office.sit_down("intake").names(&office.submitted), [""; 0]);
    assert_eq!(office.sit_down("secadmin").names(&office.submitted), ["lead"]);
}

#[test]
fn at_the_queue_everybody_is_alone_and_a_meeting_is_the_centres() {
    let office = Office::open();
    let mut lead = office.sit_down("lead");
    for (place, told) in [(Place::Queue, false), (Place::Elsewhere, false), (Place::Meeting(meeting(3)), true)] {
        lead.be(&place, "");
        assert_eq!(office.sit_down("intake").names(&place).len(), usize::from(told), "{place:?}");
        assert_eq!(office.sit_down("unit").names(&place), [""; 0]);
    }
    assert_eq!(office.sit_down("intake").names(&Place::Meeting(meeting(4))), [""; 0]);
    let unknown = Place::Project(ProjectCode::typed("YS2099-0001"));
    assert_eq!(lead.names(&unknown), [""; 0]);
}

#[test]
fn a_damaged_file_is_made_anew_and_the_others_follow() {
    let office = Office::open();
    let (mut one, mut two) = (office.sit_down("intake"), office.sit_down("lead"));
    for damage in ["no database at all".repeat(900), "short".to_owned(), String::new()] {
        one.be(&office.submitted, "");
        two.be(&office.submitted, "");
        let known = one.service.presence_version();
        std::fs::write(office.presence(), damage).unwrap();
        assert!(two.be(&office.submitted, ""));
        assert_ne!(one.service.presence_version(), known, "another file is news");
        assert_eq!(one.names(&office.submitted), ["lead"]);
        assert_eq!(two.names(&office.submitted), ["intake"], "what was said before is said again in the new file");
    }
}

#[test]
fn another_programs_database_is_left_alone() {
    let office = Office::open();
    let copy = office.folder.path().join("copy.db");
    County(Service::open(&office.database(), clock()).unwrap()).0.backup(&County::session("sysadmin"), &copy).unwrap();
    std::fs::rename(&copy, office.presence()).unwrap();
    let before = std::fs::read(office.presence()).unwrap();
    assert!(!office.sit_down("lead").be(&office.submitted, ""));
    assert!(std::fs::read(office.presence()).unwrap() == before);
}

#[test]
fn a_file_that_was_removed_is_made_anew() {
    let office = Office::open();
    let (mut one, mut two) = (office.sit_down("intake"), office.sit_down("lead"));
    one.be(&office.submitted, "");
    two.be(&office.submitted, "");
    std::fs::remove_file(office.presence()).unwrap();
    assert!(one.service.presence_version().is_some());
    assert!(two.service.presence_version().is_some());
    assert_eq!(one.names(&office.submitted), ["lead"]);
    assert_eq!(two.names(&office.submitted), ["intake"]);
}

#[test]
fn a_newer_programs_file_is_left_alone_and_an_older_ones_is_replaced() {
    let office = Office::open();
    office.sit_down("lead").be(&office.submitted, "");
    let version = |version: i64| {
        let file = super::store::presence::tests::open(&office.presence());
        file.pragma_update(None, "user_version", version).unwrap();
        drop(file);
        inode(&office.presence())
    };
    let newer = version(99);
    assert!(!office.sit_down("intake").be(&office.submitted, ""));
    assert_eq!(inode(&office.presence()), newer);
    version(-1);
    assert!(office.sit_down("intake").be(&office.submitted, ""));
    assert_eq!(office.sit_down("lead").names(&office.submitted), ["intake"], "of the older file nothing is kept");
}

#[test]
fn while_another_program_holds_the_file_nobody_waits_for_long() {
    let office = Office::open();
    let mut one = office.sit_down("intake");
    one.be(&office.submitted, "");
    let held = super::store::presence::tests::open(&office.presence());
    held.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let begun = std::time::Instant::now();
    assert!(!one.be(&office.submitted, ""));
    assert_eq!(one.others(&office.submitted), None, "unknown, which is not nobody");
    assert!(begun.elapsed() < Duration::from_secs(1), "{:?}", begun.elapsed());
    held.execute_batch("ROLLBACK").unwrap();
    assert!(one.be(&office.submitted, ""));
}

#[test]
fn without_a_file_everything_else_works() {
    let office = Office::open();
    std::fs::create_dir(office.presence()).unwrap();
    let mut lead = office.sit_down("lead");
    assert!(!lead.be(&office.submitted, ""));
    assert_eq!((lead.others(&office.submitted), lead.service.presence_version()), (None, None));
    lead.service.leave(&lead.terminal);
    assert!(lead.service.ask(&County::session("auditor"), AuditVerify { head: None }).unwrap().is_intact());
}

#[test]
fn in_a_folder_that_cannot_be_written_everything_else_works() {
    let office = Office::open();
    let mut county = County(Service::open(&office.database(), clock()).unwrap());
    // Begun, so that the database's own files are there.
    let code = county.create({
        let mut new = super::tests::draft("70");
        new.candidate.declaration.name = "视频会议".to_owned();
        new
    });
    std::fs::set_permissions(office.folder.path(), PermissionsExt::from_mode(0o555)).unwrap();
    // Root writes all the same.
    let writes = std::fs::File::create(office.folder.path().join("probe")).is_ok();
    let (intake, terminal) = (County::session("intake"), TerminalId::new());
    assert_eq!(county.0.be(&intake, &terminal, &office.submitted, "", BUSY), writes);
    assert_eq!(county.act("intake", &code, Action::Submit, &[]).unwrap(), Stage::PlanIntake);
    std::fs::set_permissions(office.folder.path(), PermissionsExt::from_mode(0o755)).unwrap();
}

#[test]
fn the_file_is_as_private_as_the_database_and_no_link_is_followed() {
    let office = Office::open();
    let mode = |path: &Path| std::fs::metadata(path).unwrap().mode() & 0o777;
    assert!(!office.presence().exists(), "a command asks for no presence");
    office.sit_down("lead").be(&office.submitted, "");
    assert_eq!(mode(&office.presence()), 0o600);
    // Users of the system who share a database by its group share this too.
    std::fs::remove_file(office.presence()).unwrap();
    std::fs::set_permissions(office.database(), PermissionsExt::from_mode(0o660)).unwrap();
    office.sit_down("lead").be(&office.submitted, "");
    assert_eq!(mode(&office.presence()), 0o660);
    let elsewhere = office.folder.path().join("elsewhere");
    std::fs::rename(office.presence(), &elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, office.presence()).unwrap();
    assert!(!office.sit_down("lead").be(&office.submitted, ""));
    std::fs::remove_file(office.presence()).unwrap();
    std::fs::hard_link(&elsewhere, office.presence()).unwrap();
    assert!(!office.sit_down("lead").be(&office.submitted, ""));
}

#[test]
fn presence_leaves_no_entry_in_the_log_and_none_in_a_backup() {
    let office = Office::open();
    let mut county = County(Service::open(&office.database(), clock()).unwrap());
    let entries = county.entries();
    let mut lead = office.sit_down("lead");
    lead.be(&office.submitted, "");
    lead.service.leave(&lead.terminal);
    assert_eq!(county.entries(), entries);
    let copy = office.folder.path().join("copy.db");
    county.0.backup(&County::session("sysadmin"), &copy).unwrap();
    assert!(!office.folder.path().join("copy.db.presence").exists());
}

#[test]
fn a_half_made_database_leaves_no_presence_behind() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    std::fs::write(folder.path().join("a.db.presence"), "left over").unwrap();
    let broken = super::Setup { policy: "no policy".to_owned(), ..setup() };
    Service::create(&path, &broken, clock()).unwrap_err();
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn who_has_no_account_here_is_nowhere_and_learns_nothing() {
    let office = Office::open();
    let mut lead = office.sit_down("lead");
    lead.be(&office.submitted, "");
    let mut nobody = office.sit_down("nobody");
    assert!(!nobody.be(&office.submitted, ""));
    assert_eq!(nobody.others(&office.submitted), None);
    assert_eq!(lead.names(&office.submitted), [""; 0]);
}
