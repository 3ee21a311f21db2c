//! Every list, queue, filter and count reads through an index: no statement walks a large table from end to end.
//!
//! The statements are not listed here but caught: each question is asked the way the program asks it, SQLite tells
//! which SQL it runs, and that SQL is explained.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use rusqlite::trace::{TraceEvent, TraceEventCodes};

use crate::domain::actor::Role;
use crate::domain::checklist::{Dimension, Verdict};
use crate::domain::ids::ProjectCode;
use crate::domain::money::Money;
use crate::domain::project::{Network, ProjectKind, Stage};
use crate::domain::route::RouteCode;
use crate::domain::search::{Asked, Changed, Filter, Having, SortBy, SortKey, Term, Test, TextTest, Turn, When, Who};
use crate::service::command::{Command, Disposal};
use crate::service::panel_tests::{add_experts, formed};
use crate::service::store::order::Order;
use crate::service::tests::{County, PEOPLE, draft};
use crate::service::view::Query;
use crate::service::view::actions::Actions;
use crate::service::view::audit::{AuditHead, AuditList};
use crate::service::view::checklist::Checklist;
use crate::service::view::experts::Experts;
use crate::service::view::findings::Findings;
use crate::service::view::plan::{Plan, PlanProjects, PlanWork};
use crate::service::view::queue::{List, Queue, QueueCounts, StageCounts};
use crate::service::view::show::Show;
use crate::service::view::stats::{ReviewStats, Stats};

/// The tables that grow with every project and every year.
const LARGE: &[&str] = &[
    "project",
    "pending",
    "audit",
    "audit_detail",
    "funding",
    "line_item",
    "route_history",
    "vote",
    "judgement",
    "judgement_history",
    "opinion",
    "approval",
    "scheme",
    "ex_ante",
    "government_decision",
    "attachment",
    "panel",
    "panel_recusal",
    "panel_draw",
    "panel_formation",
    "panel_member",
    "expert_opinion",
    "panel_conclusion",
    "fix",
    "panel_correction",
    "deed",
    "disposition",
    "catalogue_name",
];

/// A county whose statements are written down.
struct Watched {
    county: County,
    seen: Arc<Mutex<BTreeSet<String>>>,
}

impl Watched {
    fn new() -> Watched {
        let mut county = County::new();
        // One of them sits at two desks that wait for the same projects.
        let second = Command::ChangeRoles { code: "finance".to_owned(), add: vec![Role::Planning], remove: Vec::new() };
        county.run("secadmin", second).unwrap();
        let code = county.register("62.5");
        county.bring_to(&code, Stage::Planned);
        let seen = Arc::new(Mutex::new(BTreeSet::new()));
        let sink = Arc::clone(&seen);
        let note = move |event: TraceEvent<'_>| {
            if let TraceEvent::Stmt(statement, _) = event {
                sink.lock().unwrap().insert(statement.sql().into_owned());
            }
        };
        county.0.database.connection.trace_v2(TraceEventCodes::SQLITE_TRACE_STMT, Some(note)).unwrap();
        Watched { county, seen }
    }

    /// Asks as everybody; who may not ask is told so, and that reads little.
    fn ask<Q: Query + Clone>(&mut self, question: &Q) {
        for (account, _) in PEOPLE {
            let _ = self.county.0.ask(&County::session(account), question.clone());
        }
    }

    /// Stops watching and lists every walk through a large table.
    fn walks(self) -> Vec<String> {
        let connection = &self.county.0.database.connection;
        let statements = std::mem::take(&mut *self.seen.lock().unwrap());
        let explainable = |sql: &&String| {
            sql.starts_with("SELECT")
                || sql.starts_with("INSERT")
                || sql.starts_with("UPDATE")
                || sql.starts_with("DELETE")
        };
        statements.iter().filter(explainable).flat_map(|sql| walks(connection, sql)).collect()
    }
}

fn walks(connection: &rusqlite::Connection, sql: &str) -> Vec<String> {
    let mut statement = connection.prepare(&["EXPLAIN QUERY PLAN ", sql].concat()).unwrap();
    let parameters = vec![rusqlite::types::Null; statement.parameter_count()];
    let steps = statement
        .query_map(rusqlite::params_from_iter(parameters), |row| row.get::<_, String>("detail"))
        .unwrap()
        .map(Result::unwrap)
        .collect::<Vec<_>>();
    let walk = |step: &&String| {
        step.strip_prefix("SCAN ")
            .and_then(|rest| rest.split_whitespace().next())
            .is_some_and(|name| is_large(sql, name))
    };
    // The frozen projects are few, and this index holds no others; so are the answers with a page cited.
    // Who asks for all projects with a panel is answered by the narrow index of those that have one.
    let narrow = ["project_frozen", "judgement_cited", "attachment_by_project", "panel_projects", "opinion_projects"];
    let of_few = |step: &&String| {
        let index = |few: &&str| step.ends_with(&["INDEX ", few].concat());
        narrow.iter().chain(&["fix_projects"]).any(index)
    };
    steps.iter().filter(|step| !of_few(step)).filter(walk).map(|step| format!("{step}\n    in {sql}")).collect()
}

/// Tells whether a name in a plan stands for a large table, which the statement may have given another name.
fn is_large(sql: &str, name: &str) -> bool {
    let words: Vec<&str> =
        sql.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty()).collect();
    LARGE.contains(&name) || words.windows(2).any(|pair| LARGE.contains(&pair[0]) && pair[1] == name)
}

fn text(exact: bool, text: &str) -> TextTest {
    TextTest { exact, texts: vec![text.to_owned()] }
}

fn filters() -> Vec<Filter> {
    let amount = |wan| Money::from_wan(wan);
    let terms = [
        Term::Word("教师".to_owned()),
        Term::Word("jspxpt".to_owned()),
        Term::Quoted("平台".to_owned()),
        Term::State(vec![Stage::Planned, Stage::JointReview]),
        Term::Unit(text(false, "教育")),
        Term::Unit(text(true, "县教育局")),
        Term::Id(text(true, "YS2027-0001")),
        Term::Name(text(true, "教师培训平台")),
        Term::Name(text(false, "教师")),
        Term::Amount(Test::Between(amount(50), amount(100))),
        Term::Amount(Test::AtLeast(amount(50))),
        Term::Wait(Test::Above(5)),
        Term::Year(Test::Equal(2027)),
        Term::Route(vec![RouteCode::Centre]),
        Term::Turn(vec![Turn::Me, Turn::Role(Role::Reviewer)]),
        Term::Owner(vec![Who::Me]),
        Term::Kind(vec![ProjectKind::New]),
        Term::Updated(Changed::Ago(Test::Below(3))),
        Term::Updated(Changed::On(Test::Equal(When::Today))),
        Term::Edition(Test::Above(1)),
        Term::Answered(Asked::Dimension(Dimension::Security), vec![Verdict::Fail]),
        Term::Answered(Asked::Item("B04".to_owned()), vec![Verdict::Pass, Verdict::Doubt]),
    ];
    let having = Having::ALL.iter().map(|thing| Filter::Term(Term::Has(vec![*thing])));
    let single = terms.iter().cloned().map(Filter::Term);
    let both = Filter::And(vec![Filter::Term(terms[0].clone()), Filter::Term(terms[10].clone())]);
    let either = Filter::Or(vec![Filter::Term(terms[3].clone()), Filter::Term(terms[13].clone())]);
    let none_of = |term: &Term| Filter::Not(Box::new(Filter::Term(term.clone())));
    single.chain(having).chain([both, either, none_of(&terms[3]), none_of(&terms[13]), Filter::EVERYTHING]).collect()
}

#[test]
fn a_walk_through_a_large_table_is_recognized_under_any_name() {
    let watched = Watched::new();
    let connection = &watched.county.0.database.connection;
    for sql in [
        "SELECT name FROM project WHERE content = ?1",
        "SELECT count(*) FROM unit u JOIN project thing ON thing.unit_id + 0 = u.id",
        "SELECT count(*) FROM audit WHERE account = ?1",
    ] {
        assert!(!walks(connection, sql).is_empty(), "{sql}");
    }
    for sql in ["SELECT name FROM project WHERE code = ?1", "SELECT * FROM account", "SELECT max(seq) FROM audit"] {
        assert_eq!(walks(connection, sql), [""; 0], "{sql}");
    }
}

#[test]
fn queues_and_their_counts_walk_no_large_table() {
    let mut watched = Watched::new();
    for filter in filters() {
        watched.ask(&Queue { role: None, filter, sort: Vec::new(), after: None, limit: 50 });
    }
    watched.ask(&QueueCounts);
    let walks = watched.walks();
    assert!(walks.is_empty(), "\n{}\n", walks.join("\n"));
}

/// What no index answers: exclusions (nearly everything passes them, and a page is full after a few rows, but their count
/// looks at all), and alternatives of which one is a word. Giving up when overtaken is what keeps them from being waited
/// for. Whatever else walks is a fault.
#[test]
fn what_still_walks_is_named_here() {
    let term = |term: Term| Filter::Term(term);
    let word = || term(Term::Word("教师".to_owned()));
    let not = |filter: Filter| Filter::Not(Box::new(filter));
    let amount = || term(Term::Amount(Test::AtLeast(Money::from_wan(50))));
    let asked = [
        ("水", term(Term::Word("水".to_owned())), false),
        ("j", term(Term::Word("j".to_owned())), false),
        ("状态 或 路线", Filter::Or(vec![filters()[3].clone(), filters()[13].clone()]), false),
        ("词 或 词", Filter::Or(vec![word(), term(Term::Word("水利".to_owned()))]), false),
        ("词 或 金额", Filter::Or(vec![word(), amount()]), false),
        ("非 词", not(word()), true),
        ("非 金额", not(amount()), true),
        ("无:专家", not(term(Term::Has(vec![Having::Panel]))), true),
        ("非 词 金额", Filter::And(vec![not(word()), amount()]), false),
    ];
    for (name, filter, walks) in asked {
        let mut watched = Watched::new();
        watched.ask(&List { stage: None, filter, sort: Vec::new(), after: None, limit: 50 });
        let found = watched.walks();
        assert_eq!(!found.is_empty(), walks, "{name}\n{}", found.join("\n"));
    }
}

#[test]
fn lists_and_their_counts_walk_no_large_table() {
    let mut watched = Watched::new();
    for stage in [None, Some(Stage::Planned)] {
        for filter in filters() {
            watched.ask(&List { stage, filter, sort: Vec::new(), after: None, limit: 50 });
        }
    }
    watched.ask(&StageCounts);
    let walks = watched.walks();
    assert!(walks.is_empty(), "\n{}\n", walks.join("\n"));
}

/// Every column, both ways, and one behind another.
fn orders() -> Vec<Vec<SortKey>> {
    let key = |by, descending| SortKey { by, descending };
    let single = SortBy::ALL.iter().flat_map(|by| [vec![key(*by, false)], vec![key(*by, true)]]);
    single.chain([vec![key(SortBy::Due, false), key(SortBy::Amount, true)]]).collect()
}

#[test]
fn lists_in_any_order_begin_and_go_on_in_an_index() {
    let mut watched = Watched::new();
    for sort in orders() {
        for filter in [filters()[0].clone(), filters()[3].clone(), filters()[10].clone(), Filter::EVERYTHING] {
            let list = List { stage: None, filter: filter.clone(), sort: sort.clone(), after: None, limit: 1 };
            watched.ask(&list);
            let account = County::session("intake");
            let next = watched.county.0.ask(&account, list.clone()).unwrap().next;
            watched.ask(&List { after: next, ..list });
            watched.ask(&Queue { role: None, filter, sort: sort.clone(), after: None, limit: 50 });
        }
    }
    let walks = watched.walks();
    assert!(walks.is_empty(), "\n{}\n", walks.join("\n"));
}

#[test]
fn what_is_sorted_in_memory_are_rows_of_equal_rank_or_those_a_filter_left() {
    let watched = Watched::new();
    let connection = &watched.county.0.database.connection;
    for sort in orders() {
        let order = Order::of(&sort).unwrap();
        let mut condition = crate::service::store::page::Condition::default();
        condition.push("p.hidden <> 2 AND ", []);
        order.behind(&order.start(), &mut condition);
        order.write(&mut condition);
        let sql = ["EXPLAIN QUERY PLAN SELECT p.id FROM project p WHERE ", condition.sql()].concat();
        let mut statement = connection.prepare(&sql).unwrap();
        let values = rusqlite::params_from_iter(condition.into_values());
        let steps: Vec<String> =
            statement.query_map(values, |row| row.get("detail")).unwrap().map(Result::unwrap).collect();
        assert!(steps[0].starts_with("SEARCH p USING "), "{sort:?}: {steps:?}");
        let of_ties = |step: &&String| step.contains("LAST");
        let sorted: Vec<&String> =
            steps.iter().filter(|step| step.contains("B-TREE")).filter(|s| !of_ties(s)).collect();
        assert!(sorted.is_empty(), "{sort:?}: {steps:?}");
    }
}

#[test]
fn a_years_plan_is_told_without_walking_all_years() {
    let mut watched = Watched::new();
    for unit in [None, Some("县教育局".to_owned())] {
        watched.ask(&Plan { year: None, unit: unit.clone() });
        for stage in [None, Some(Stage::JointReview)] {
            watched.ask(&PlanProjects { year: 2027, unit: unit.clone(), stage });
        }
        for action in crate::domain::plan::BULK {
            let on_behalf_of = Some(Role::Finance);
            watched.ask(&PlanWork { year: 2027, unit: unit.clone(), action: *action, on_behalf_of });
        }
    }
    let walks = watched.walks();
    assert!(walks.is_empty(), "\n{}\n", walks.join("\n"));
}

#[test]
fn statistics_are_answered_by_their_index_year_by_year() {
    let mut watched = Watched::new();
    for unit in [None, Some("县教育局".to_owned())] {
        for year in [None, Some(2027)] {
            let asked = Stats { year, unit: unit.clone(), filter: Filter::EVERYTHING };
            watched.ask(&asked);
            watched.ask(&ReviewStats(asked));
        }
    }
    for filter in filters() {
        watched.ask(&Stats { filter, ..Stats::EVERYTHING });
    }
    let walks = watched.walks();
    assert!(walks.is_empty(), "\n{}\n", walks.join("\n"));
}

#[test]
fn sums_over_all_units_read_nothing_but_their_index() {
    let mut watched = Watched::new();
    let _ = watched.county.0.ask(&County::session("intake"), Stats::EVERYTHING);
    let connection = &watched.county.0.database.connection;
    let statements = std::mem::take(&mut *watched.seen.lock().unwrap());
    let sums: Vec<&String> =
        statements.iter().filter(|sql| sql.contains("sum(") && sql.contains("plan_year")).collect();
    assert_eq!(sums.len(), 2, "{sums:?}");
    for sql in sums {
        let mut statement = connection.prepare(&["EXPLAIN QUERY PLAN ", sql].concat()).unwrap();
        let parameters = vec![rusqlite::types::Null; statement.parameter_count()];
        let steps: Vec<String> = statement
            .query_map(rusqlite::params_from_iter(parameters), |row| row.get::<_, String>("detail"))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        let index = "SEARCH p USING COVERING INDEX project_statistics (plan_year=?)";
        assert!(steps.iter().any(|step| step.starts_with(index)), "{steps:?}\n{sql}");
    }
}

#[test]
fn the_log_is_paged_without_walking_it() {
    let mut watched = Watched::new();
    for project in [None, Some(ProjectCode::compose(2027, 1))] {
        for since_millis in [0, 1_790_000_000_000] {
            watched.ask(&AuditList { project: project.clone(), since_millis, before: None, limit: 50 });
        }
    }
    watched.ask(&AuditHead);
    let walks = watched.walks();
    assert!(walks.is_empty(), "\n{}\n", walks.join("\n"));
}

#[test]
fn one_project_is_read_and_moved_without_walking_any_table() {
    let mut watched = Watched::new();
    let project = ProjectCode::compose(2027, 1);
    watched.ask(&Show { project: project.clone() });
    watched.ask(&Actions { project: project.clone() });
    watched.ask(&Checklist { project: project.clone() });
    watched.ask(&Findings { project });
    let mut second = draft("62.5");
    second.candidate.declaration.name = "第二个项目".to_owned();
    second.candidate.declaration.catalogue_names = vec!["教师基本信息".to_owned()];
    second.candidate.declaration.network = Some(Network::Private);
    second.supervising_unit = Some("县教育局".to_owned());
    let code = watched.county.create(second.clone());
    watched.county.bring_to(&code, Stage::TechnicalReview);
    watched.ask(&Show { project: code.clone() });
    let disposal = Disposal {
        project: code,
        finding: "E6-network".to_owned(),
        accepted: true,
        reason: "属实".to_owned(),
        if_version: None,
    };
    watched.county.run("reviewer", Command::DisposeFinding(disposal)).unwrap();
    watched.county.run("intake", Command::CreateProject(second)).unwrap();
    let walks = watched.walks();
    assert!(walks.is_empty(), "\n{}\n", walks.join("\n"));
}

#[test]
fn experts_and_panels_are_read_through_their_keys() {
    let mut watched = Watched::new();
    add_experts(&mut watched.county);
    let project = formed(&mut watched.county, "120");
    watched.ask(&Show { project });
    watched.ask(&Experts::default());
    assert_eq!(watched.walks(), [""; 0]);
}
