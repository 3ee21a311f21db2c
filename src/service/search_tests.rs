//! Filters, orders and kept views over the service, as people of different roles ask.

use super::tests::{County, draft};
use super::view::Query;
use super::view::queue::{List, Page, Queue};
use super::views::{BadView, SavedView, SavedViews};
use crate::domain::actor::Role;
use crate::domain::project::Stage;
use crate::domain::search::{self, Filter, SortBy, SortKey};

const EVERYBODY: [&str; 2] = ["intake", "planning"];

fn county() -> County {
    let mut county = County::new();
    for (at, wan) in ["62.5", "40", "186", "40", "99", "62.5", "30"].iter().enumerate() {
        let mut draft = draft(wan);
        draft.candidate.declaration.name = format!("第{}个项目", ["三", "一", "七", "二", "六", "五", "四"][at]);
        let code = county.create(draft);
        if at % 2 == 0 {
            county.bring_to(&code, Stage::JointReview);
        }
    }
    county
}

/// Reads a list to its end, two at a time.
fn paged<Q: Query<Answer = Page>>(
    county: &mut County,
    account: &str,
    question: impl Fn(Option<String>) -> Q,
) -> Vec<i64> {
    let (mut found, mut after) = (Vec::new(), None);
    loop {
        let page = county.0.ask(&County::session(account), question(after)).unwrap();
        found.extend(page.rows.iter().map(|row| row.id.0));
        after = page.next;
        if after.is_none() {
            assert_eq!(page.total as usize, found.len());
            return found;
        }
    }
}

fn orders() -> Vec<Vec<SortKey>> {
    let key = |by, descending| SortKey { by, descending };
    let pairs = SortBy::ALL.iter().flat_map(|one| SortBy::ALL.iter().map(move |other| (*one, *other)));
    pairs
        .flat_map(|(one, other)| {
            [(false, false), (false, true), (true, false)].map(|(a, b)| vec![key(one, a), key(other, b)])
        })
        .collect()
}

#[test]
fn pages_in_any_order_hold_every_row_once_in_the_order_of_one_long_page() {
    let mut county = county();
    for sort in orders() {
        for account in EVERYBODY {
            let list =
                |after, limit| List { stage: None, filter: Filter::EVERYTHING, sort: sort.clone(), after, limit };
            let whole = county.0.ask(&County::session(account), list(None, 100)).unwrap();
            let whole: Vec<i64> = whole.rows.iter().map(|row| row.id.0).collect();
            assert_eq!(paged(&mut county, account, |after| list(after, 2)), whole, "{sort:?}");
            let queue =
                |after, limit| Queue { role: None, filter: Filter::EVERYTHING, sort: sort.clone(), after, limit };
            let whole = county.0.ask(&County::session(account), queue(None, 100)).unwrap();
            let whole: Vec<i64> = whole.rows.iter().map(|row| row.id.0).collect();
            assert_eq!(paged(&mut county, account, |after| queue(after, 2)), whole, "{sort:?}");
        }
    }
}

#[test]
fn the_dearest_come_first_and_of_equal_amounts_the_latest() {
    let mut county = county();
    let sort = vec![SortKey { by: SortBy::Amount, descending: true }];
    let list = List { stage: None, filter: Filter::EVERYTHING, sort, after: None, limit: 10 };
    let page = county.0.ask(&County::session("intake"), list).unwrap();
    let amounts: Vec<String> = page.rows.iter().map(|row| row.amount.to_string()).collect();
    assert_eq!(amounts, ["186.00", "99.00", "62.50", "62.50", "40.00", "40.00", "30.00"]);
    let ids: Vec<i64> = page.rows.iter().map(|row| row.id.0).collect();
    assert!(ids[2] > ids[3] && ids[4] > ids[5], "{ids:?}");
}

#[test]
fn a_project_two_roles_wait_for_is_one_line_in_any_order() {
    let mut county = county();
    let second = super::command::Command::ChangeRoles {
        code: "finance".to_owned(),
        add: vec![Role::Planning],
        remove: Vec::new(),
    };
    county.run("secadmin", second).unwrap();
    let sort = vec![SortKey { by: SortBy::Name, descending: false }];
    let queue = Queue { role: None, filter: Filter::EVERYTHING, sort, after: None, limit: 10 };
    let page = county.0.ask(&County::session("finance"), queue).unwrap();
    assert_eq!((page.total, page.rows.len()), (4, 4));
    assert!(page.rows.iter().all(|row| row.waiting.len() == 2));
}

#[test]
fn views_belong_to_their_account_and_the_log_says_nothing_of_them() {
    let mut county = county();
    let entries =
        |county: &mut County| county.0.ask(&County::session("auditor"), super::view::audit::AuditHead).unwrap();
    let before = entries(&mut county);
    let query =
        search::Query { filter: Filter::EVERYTHING, sort: vec![SortKey { by: SortBy::Due, descending: false }] };
    let view = SavedView::new(7, " 资金大户\u{1b} ", Some(Role::Intake), &query).unwrap();
    assert_eq!((view.name.as_str(), view.query.as_str()), ("资金大户", "排序:期限"));
    let me = County::session("intake");
    county.0.keep_view(&me, &view).unwrap();
    let renamed = SavedView { name: "急件".to_owned(), ..view };
    county.0.keep_view(&me, &renamed).unwrap();
    assert_eq!(county.0.ask(&me, SavedViews).unwrap(), [renamed]);
    assert_eq!(county.0.ask(&County::session("lead"), SavedViews).unwrap(), []);
    assert!(!county.0.remove_view(&County::session("lead"), 7).unwrap());
    assert!(county.0.remove_view(&me, 7).unwrap());
    assert_eq!(county.0.ask(&me, SavedViews).unwrap(), []);
    assert_eq!(entries(&mut county), before);
}

#[test]
fn a_view_has_a_digit_from_1_to_9_and_a_short_name() {
    let query = search::Query { filter: Filter::EVERYTHING, sort: Vec::new() };
    let make = |digit, name: &str| SavedView::new(digit, name, None, &query).map(|view| view.digit);
    assert_eq!((make(0, "甲"), make(10, "甲")), (Err(BadView::Digit), Err(BadView::Digit)));
    assert_eq!((make(1, " \n"), make(1, &"甲".repeat(13))), (Err(BadView::Name), Err(BadView::Name)));
    assert_eq!(make(9, "甲"), Ok(9));
}

#[test]
fn a_question_that_was_overtaken_is_given_up_and_the_next_is_answered() {
    use super::error::{Error, StoreError};
    let (mut service, _) = super::Service::demo_in_memory(
        super::clock::Clock::Fixed(crate::domain::calendar::parse_moment("2026-11-23T09:00:00+08:00").unwrap()),
        super::demo::DemoOptions::default(),
    )
    .unwrap();
    let account = service.sign_in(Some("intake"), "os").unwrap();
    let sort = vec![SortKey { by: SortBy::Amount, descending: true }];
    let list = || List { stage: None, filter: Filter::EVERYTHING, sort: sort.clone(), after: None, limit: 500 };
    service.give_up_reading_when(Some(|| true));
    let mut given_up = false;
    for _ in 0..20 {
        given_up |= matches!(service.ask(&account, list()), Err(Error::Unavailable(StoreError::GivenUp)));
    }
    assert!(given_up);
    service.give_up_reading_when(None::<fn() -> bool>);
    assert!(!service.ask(&account, list()).unwrap().rows.is_empty());
}
