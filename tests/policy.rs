//! Rules, articles and conditions belong together: none stands in the code that the regulation does not carry.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::unreachable)]
#![allow(clippy::indexing_slicing, clippy::string_slice, clippy::disallowed_methods)]

use std::path::Path;

use pingshen::domain::policy::Policy;
use pingshen::domain::rule::Rule;

fn read(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

#[test]
fn every_rule_rests_on_an_article_of_the_policy_that_comes_with_the_program() {
    let policy = Policy::county_default().unwrap();
    for rule in Rule::ALL {
        let article = policy.article(rule.article());
        assert!(article.is_some_and(|article| !article.gist.trim().is_empty()), "{}", rule.id());
    }
}

#[test]
fn a_rule_is_found_again_by_the_id_that_is_printed() {
    for rule in Rule::ALL {
        assert_eq!(Rule::parse(rule.id()), Some(*rule));
        let article = rule.id().trim_start_matches(['R', 'A']).split('.').next().unwrap();
        let article = if article.is_empty() { 0 } else { article.parse().unwrap() };
        assert_eq!(rule.article(), article, "{} cites another article than its id says", rule.id());
    }
}

#[test]
fn every_checklist_item_cites_articles_the_policy_has() {
    let policy = Policy::county_default().unwrap();
    for item in &policy.checklist {
        assert!(!item.articles.is_empty(), "{}", item.id);
        assert!(item.articles.iter().all(|number| policy.article(*number).is_some()), "{}", item.id);
    }
}

/// Reads the names of an enum's variants out of its source text.
fn variants(source: &str, name: &str) -> Vec<String> {
    let (_, body) = source.split_once(&format!("pub enum {name} {{\n")).unwrap();
    let (body, _) = body.split_once("\n}\n").unwrap();
    let variant =
        |line: &str| line.strip_prefix("    ").filter(|rest| rest.starts_with(char::is_uppercase)).map(name_of);
    body.lines().filter_map(variant).collect()
}

fn name_of(line: &str) -> String {
    line.chars().take_while(|c| c.is_alphanumeric()).collect()
}

/// Where conditions are tried: those of the workflow beside it, those of other commands with the service.
const TESTS: &[&str] = &[
    "src/domain/workflow/tests/review.rs",
    "src/domain/workflow/tests/delivery.rs",
    "src/domain/workflow/tests/overlays.rs",
    "src/domain/workflow/tests/panel.rs",
    "src/service/tests.rs",
    "src/service/refusal_tests.rs",
    "src/service/pool_tests.rs",
    "src/service/meeting_tests.rs",
    "src/service/holder_tests.rs",
    "src/service/recall_tests.rs",
    "src/service/undo_tests.rs",
];

fn tried(condition: &str, tests: &str) -> bool {
    let name = format!("Unmet::{condition}");
    tests.match_indices(&name).any(|(at, _)| !tests[at + name.len()..].starts_with(char::is_alphanumeric))
}

#[test]
fn every_condition_is_tried_met_and_unmet_by_a_test() {
    assert_eq!(
        variants("pub enum A {\n    One,\n    Two { x: u8 },\n    Three(X),\n}\n", "A"),
        ["One", "Two", "Three"]
    );
    assert!(!tried("One", "Unmet::OneMore"));
    let tests: String = TESTS.iter().map(|path| read(path)).collect();
    let conditions = variants(&read("src/domain/workflow/unmet.rs"), "Unmet");
    assert!(conditions.len() > 20);
    for condition in conditions {
        assert!(tried(&condition, &tests), "no test names Unmet::{condition}");
    }
    let lacks = variants(&read("src/domain/panel/lack.rs"), "PanelLack");
    assert!(lacks.len() > 20);
    for lack in lacks {
        assert!(tests.contains(&format!("PanelLack::{lack}")), "no test names PanelLack::{lack}");
    }
}
