//! Queues: every project once, however many of an account's roles it waits for.

use super::command::Command;
use super::tests::{County, draft};
use super::view::queue::{Page, Queue, QueueCounts};
use crate::domain::actor::Role;
use crate::domain::project::Stage;
use crate::domain::search::{Filter, Term};
use crate::domain::workflow::action::Action;

fn queue(county: &mut County, filter: Filter, after: Option<String>) -> Page {
    county.0.ask(&County::session("finance"), Queue { role: None, filter, sort: Vec::new(), after, limit: 2 }).unwrap()
}

#[test]
fn a_project_that_waits_for_two_roles_of_an_account_is_listed_and_counted_once() {
    let mut county = County::new();
    let both = Command::ChangeRoles { code: "finance".to_owned(), add: vec![Role::Planning], remove: Vec::new() };
    county.run("secadmin", both).unwrap();
    for number in 0..5 {
        let mut new = draft("62.5");
        new.candidate.declaration.name = format!("第{number}个项目");
        let code = county.create(new);
        county.bring_to(&code, Stage::JointReview);
        if number == 0 {
            county.act("planning", &code, Action::Vote, &[("result", "agree")]).unwrap();
        }
    }
    let mut pages = vec![queue(&mut county, Filter::EVERYTHING, None)];
    while let Some(next) = pages.last().and_then(|page| page.next.clone()) {
        pages.push(queue(&mut county, Filter::EVERYTHING, Some(next)));
    }
    let sizes: Vec<(usize, i64)> = pages.iter().map(|page| (page.rows.len(), page.total)).collect();
    assert_eq!(sizes, [(2, 5), (2, 5), (1, 5)]);
    let filtered = queue(&mut county, Filter::Term(Term::Word("第3个".to_owned())), None);
    assert_eq!((filtered.rows.len(), filtered.total), (1, 1));
    assert_eq!(filtered.rows[0].waiting.len(), 2);
    let counts = county.0.ask(&County::session("finance"), QueueCounts).unwrap();
    assert_eq!(counts, [(Role::Planning, 4), (Role::Finance, 5)]);
}
