//! Claims as a reviewer presses them in the queue.

use super::Tab;
use crate::domain::ids::ProjectCode;
use crate::domain::workflow::action::Action;
use crate::service::Service;
use crate::service::clock::Clock;
use crate::tui::effect::Source;
use crate::tui::testing::{self, Desk};

fn at_review() -> (Service, ProjectCode) {
    let mut service = testing::county();
    let code = testing::register(&mut service, "智慧校园", "县教育局", "62.5");
    testing::to_review(&mut service, &code, "62.5");
    (service, code)
}

fn holder(desk: &Desk) -> Option<String> {
    desk.state.queue.listing.current().and_then(|row| row.holder.as_ref()).map(|(_, name)| name.clone())
}

#[test]
fn c_claims_and_releases_and_u_takes_that_back() {
    let (service, code) = at_review();
    let mut desk = Desk::open(service, "reviewer", (80, 24));
    desk.keys("c");
    assert_eq!(desk.message(), format!("已认领 {code}，由你主办。按 u 撤销"));
    assert_eq!(holder(&desk).as_deref(), Some("张伟"));
    assert!(desk.screen().contains("主办"), "{}", desk.screen());
    desk.keys("c");
    assert_eq!((desk.message().starts_with("已释放"), holder(&desk)), (true, None));
    desk.keys("u");
    assert_eq!(holder(&desk).as_deref(), Some("张伟"));
    desk.keys("u");
    assert_eq!(holder(&desk), None, "{}", desk.message());
    desk.keys("U");
    assert_eq!(holder(&desk).as_deref(), Some("张伟"));
}

#[test]
fn task_4_an_unclaimed_project_is_claimed_and_opened() {
    for keys in ["c Enter", "F8 1"] {
        let (service, _) = at_review();
        let mut desk = Desk::open(service, "reviewer", (80, 24));
        let is_queue = |tab: &Tab| matches!(tab.source, Source::Role(_));
        assert!(desk.state.queue.tabs.iter().any(is_queue));
        desk.keys(keys);
        let view = desk.state.project.as_ref().unwrap().view.as_ref().unwrap();
        assert_eq!(view.dossier.project.reviewer, Some(desk.state.me.id), "{keys}: {}", desk.screen());
        assert!(desk.state.dialog.is_none(), "{keys}: claiming asks nothing");
    }
}

#[test]
fn task_19_a_stale_claim_is_taken_over_with_a_reason_and_seen_in_the_history() {
    let (mut service, code) = at_review();
    testing::act(&mut service, "other", &code, Action::Claim, &[]);
    let later = testing::clock().now() + chrono::TimeDelta::minutes(15);
    service.set_clock(Clock::Fixed(later));
    let mut desk = Desk::open(service, "reviewer", (80, 24));
    desk.keys("0 c");
    assert!(desk.message().contains("由李娜主办") && desk.message().contains("按 C 接管"), "{}", desk.message());
    // Of these the reason is not counted: C, F8, 1, H.
    desk.keys("C 休假 F8");
    assert!(desk.screen().contains("1 确认"), "{}", desk.screen());
    desk.keys("1 H");
    let view = desk.state.project.as_ref().unwrap().view.as_ref().unwrap();
    assert_eq!(view.dossier.project.reviewer, Some(desk.state.me.id), "{}", desk.screen());
    let screen = desk.screen();
    assert!(screen.contains("接管") && screen.contains("休假"), "{screen}");
}
