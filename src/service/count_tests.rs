//! A total is told without reading what it counts; it must be the number of rows there are.

use super::Session;
use super::clock::Clock;
use super::demo::DemoOptions;
use super::view::queue::List;
use crate::domain::actor::Role;
use crate::domain::calendar::parse_moment;
use crate::domain::checklist::{Dimension, Verdict};
use crate::domain::project::{ProjectKind, Stage};
use crate::domain::route::RouteCode;
use crate::domain::search::{Labels, parse};
use crate::service::Service;

/// The filter language with codes for labels; the words of the screen stand above this layer.
const CODES: Labels = Labels {
    stage: Stage::code,
    route: RouteCode::code,
    role: Role::code,
    kind: ProjectKind::code,
    verdict: Verdict::code,
    dimension: Dimension::code,
};

#[test]
fn a_filtered_total_is_the_number_of_rows_the_account_may_see() {
    let now = parse_moment("2026-11-23T09:00:00+08:00").unwrap();
    let (mut service, _) = Service::demo_in_memory(Clock::Fixed(now), DemoOptions::default()).unwrap();
    for account in ["lead", "intake", "jyj", "auditor", "secadmin"] {
        let session = Session { account: account.to_owned(), os_user: "os".to_owned() };
        for text in ["金额>50万", "类型:new", "平台", "-平台", "状态:draft", "期限:逾期", "金额<60万 或 年度:2026"]
        {
            let filter = parse(text, &CODES).unwrap().filter;
            let list = List { stage: None, filter, sort: Vec::new(), after: None, limit: 500 };
            let page = service.ask(&session, list).unwrap();
            assert_eq!(page.total, page.rows.len() as i64, "{account} {text}");
        }
    }
}
