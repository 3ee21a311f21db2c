//! The statistics by keys alone: what they count, what a bar leads to, and back.

use std::sync::{LazyLock, Mutex};

use super::*;
use crate::domain::project::Stage;
use crate::domain::workflow::action::Action;
use crate::service::view::queue::List;
use crate::tui::testing::{Desk, act, county, register, to_review, to_review_by};

/// A county with projects at several stages of two years' plans, one of them cut by its review.
fn desk(account: &str, size: (u16, u16)) -> Desk {
    let mut service = county();
    let mut add = |name, unit, wan| register(&mut service, name, unit, wan);
    let first = add("教师培训平台", "县教育局", "62.5");
    let others = [
        add("智慧校园综合管理平台", "县教育局", "268"),
        add("水库雨情监测平台", "县水利局", "128.5"),
        add("政务云密码改造", "县数据局", "96.8"),
    ];
    add("灌区信息化改造", "县水利局", "48");
    to_review(&mut service, &first, "62.5");
    let second = register(&mut service, "学籍管理系统", "县教育局", "80");
    to_review(&mut service, &second, "80");
    for code in &others {
        act(&mut service, "intake", code, Action::Submit, &[]);
    }
    act(&mut service, "intake", &others[0], Action::AcceptPlan, &[]);
    Desk::open(service, account, size)
}

/// The sample data, made once: its numbers fill every page. Only ever looked at.
fn sample(size: (u16, u16), look: impl FnOnce(&mut Desk)) {
    use crate::domain::calendar::parse_moment;
    use crate::service::clock::Clock;
    use crate::service::demo::DemoOptions;
    static SAMPLE: LazyLock<Mutex<Option<Desk>>> = LazyLock::new(|| {
        let now = Clock::Fixed(parse_moment("2026-11-23T10:40:00+08:00").unwrap());
        let service = crate::service::Service::demo_in_memory(now, DemoOptions::default()).unwrap().0;
        Mutex::new(Some(Desk::open(service, "planning", (80, 24))))
    });
    let mut kept = SAMPLE.lock().unwrap();
    let mut desk = kept.take().unwrap();
    desk.resize(size.0, size.1);
    look(&mut desk);
    while desk.state.project.is_some() || desk.state.stats.is_some() {
        desk.keys("Esc");
    }
    *kept = Some(desk);
}

#[test]
fn every_page_at_80_columns() {
    sample((80, 24), |desk| {
        desk.keys("N");
        for digit in ["1", "2", "3", "4", "5"] {
            desk.keys(digit);
            insta::assert_snapshot!(format!("page_{digit}_at_80_columns"), desk.screen());
        }
    });
}

#[test]
fn the_funnel_and_the_cuts_at_every_other_size() {
    for size in [(60, 18), (120, 40), (200, 60)] {
        sample(size, |desk| {
            desk.keys("^");
            insta::assert_snapshot!(format!("funnel_at_{}_columns", size.0), desk.screen());
            desk.keys("4");
            insta::assert_snapshot!(format!("cuts_at_{}_columns", size.0), desk.screen());
        });
    }
}

#[test]
fn what_a_bar_counts_is_what_the_list_shows_behind_it() {
    sample((120, 40), |desk| {
        desk.keys("N");
        let mut followed = 0;
        for page in ["1", "2"] {
            desk.keys(page);
            let blocks = desk.state.stats.as_ref().unwrap().blocks();
            for entry in blocks.iter().flat_map(|block| &block.entries) {
                let Some(Target::Filter(filter)) = entry.target.clone() else { continue };
                let list = List { stage: None, filter, sort: Vec::new(), after: None, limit: 1 };
                let session = desk.worker.session.clone();
                let total = desk.worker.service.ask(&session, list).unwrap().total;
                assert_eq!(total.to_string(), entry.cells[0], "{}", entry.name);
                followed += 1;
            }
        }
        assert!(followed > 20);
    });
}

#[test]
fn enter_shows_the_projects_of_a_bar_and_escape_comes_back_to_it() {
    let mut desk = desk("lead", (80, 24));
    desk.keys("0 N 2 Down");
    let bar = desk.screen();
    assert!(bar.contains("> 县水利局"), "{bar}");
    desk.keys("Enter");
    assert!(desk.screen().contains("单位=县水利局") && desk.screen().contains("命中 1"), "{}", desk.screen());
    assert!(desk.state.is_in_queue());
    desk.keys("Enter");
    assert!(desk.state.project.is_some());
    desk.keys("Esc Esc");
    assert_eq!(desk.screen(), bar);
    desk.keys("Esc");
    assert!(desk.state.stats.is_none() && desk.state.queue.filter.text.is_empty() && !desk.left);
    desk.keys("Esc");
    assert!(!desk.left, "a lone Esc does not leave the program");
}

#[test]
fn the_same_key_that_opens_the_statistics_comes_back_to_them() {
    let mut desk = desk("lead", (80, 24));
    desk.keys("N Enter");
    assert!(desk.state.is_in_queue());
    desk.keys("N");
    assert!(desk.screen().contains("统计 > 漏斗"), "{}", desk.screen());
}

#[test]
fn years_go_round_and_a_year_without_projects_is_not_among_them() {
    let mut desk = desk("lead", (80, 24));
    desk.keys("N");
    assert!(desk.screen().contains("全部年度"));
    desk.keys("]");
    assert!(desk.screen().contains("2027 年度"), "{}", desk.screen());
    desk.keys("Enter");
    let filter = &desk.state.queue.filter.text;
    assert!(filter.contains("年度:2027") || filter.contains("年度=2027"), "{filter}");
    desk.keys("Esc ]");
    assert!(desk.screen().contains("全部年度"), "{}", desk.screen());
}

#[test]
fn the_work_of_reviewers_leads_to_their_projects() {
    let mut service = county();
    let code = register(&mut service, "教师培训平台", "县教育局", "62.5");
    to_review_by(&mut service, &code, "62.5", &[("reviewer", "reviewer")]);
    let code = register(&mut service, "学籍管理系统", "县教育局", "80");
    to_review(&mut service, &code, "80");
    let mut desk = Desk::open(service, "lead", (80, 24));
    desk.keys("N 5");
    let screen = desk.screen();
    assert!(screen.contains("待处理的只查评审中的 2 个项目"), "{screen}");
    assert!(screen.contains("张伟"), "{screen}");
}

#[test]
fn a_county_without_projects_and_an_account_without_business_are_told_so() {
    let mut desk = Desk::open(county(), "lead", (80, 24));
    desk.keys("N");
    assert!(desk.screen().contains("还没有你可见的项目"), "{}", desk.screen());
    desk.keys("Down Enter 5 ] Esc");
    assert!(desk.state.stats.is_none());
    let mut desk = Desk::open(county(), "auditor", (80, 24));
    desk.keys("N");
    assert!(desk.message().starts_with("不能查看"), "{}", desk.message());
}

#[test]
fn keys_pressed_before_the_numbers_are_there_do_no_harm() {
    let mut desk = desk("lead", (80, 24));
    desk.hold();
    desk.keys("N 5 Enter Down ] 1");
    assert!(desk.screen().contains("正在统计"), "{}", desk.screen());
    desk.release(true);
    assert!(desk.screen().contains("个项目"), "{}", desk.screen());
    desk.keys("5");
    assert!(desk.screen().contains("评审清单"), "{}", desk.screen());
}

#[test]
fn the_statistics_are_drawn_at_every_size_with_ascii_bars_alone() {
    sample((80, 24), |desk| {
        desk.keys("N");
        for keys in ["1", "2", "3", "4", "5", "End", "Home PgDn"] {
            desk.keys(keys);
            for (columns, rows) in [(200, 60), (120, 40), (100, 30), (60, 18), (1, 1), (80, 24)] {
                desk.resize(columns, rows);
                let screen = desk.screen();
                let strange = |c: &char| matches!(*c, '\u{2500}'..='\u{27bf}');
                assert!(!screen.chars().any(|c| strange(&c)), "{screen}");
            }
        }
    });
}

#[test]
fn every_stage_belongs_to_a_phase_that_is_shown() {
    let phases: std::collections::BTreeSet<_> = Stage::ALL.iter().map(|stage| stage.phase()).collect();
    assert_eq!(phases.len(), crate::domain::project::Phase::ALL.len());
}
