//! Who may do what, as one table: a change of the permission matrix shows up here as a changed line.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::unreachable)]
#![allow(clippy::indexing_slicing, clippy::string_slice, clippy::disallowed_methods)]

use pingshen::domain::actor::Role;
use pingshen::domain::permission::matrix::{Relation, Verb, grants};
use pingshen::domain::workflow::action::Action;

fn mark(verb: Verb, role: Role) -> &'static str {
    match grants(verb).iter().find(|(granted, _)| *granted == role) {
        None => ".",
        Some((_, Relation::Any)) => "any",
        Some((_, Relation::OwnUnit)) => "own-unit",
        Some((_, Relation::Supervises)) => "supervises",
        Some((_, Relation::Summarizes)) => "summarizes",
    }
}

fn table() -> String {
    let line = |cells: Vec<&str>| {
        let (first, rest) = cells.split_first().unwrap();
        let columns = Role::ALL.iter().zip(rest);
        let width = |role: &Role| role.code().len().max("supervises".len());
        let cells: String = columns.map(|(role, cell)| format!(" {cell:<width$}", width = width(role))).collect();
        format!("{first:<28}{cells}").trim_end().to_owned()
    };
    let head = std::iter::once("verb").chain(Role::ALL.iter().map(|role| role.code())).collect();
    let rows = Verb::all()
        .map(|verb| line(std::iter::once(verb.code()).chain(Role::ALL.iter().map(|role| mark(verb, *role))).collect()));
    std::iter::once(line(head)).chain(rows).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_role_may_exactly_what_the_committed_table_says() {
    insta::assert_snapshot!(table());
}

#[test]
fn every_verb_is_somebodys_and_no_role_stands_in_a_row_twice() {
    for verb in Verb::all() {
        let granted = grants(verb);
        assert!(!granted.is_empty(), "nobody may {}", verb.code());
        for (role, _) in granted {
            assert_eq!(granted.iter().filter(|(other, _)| other == role).count(), 1, "{role} in {}", verb.code());
        }
    }
}

#[test]
fn the_three_administrators_take_no_part_in_the_business() {
    // 〔第十七条〕 asks for their eyes beside the lead's where a project may hold secrets.
    let secrecy = [Action::FreezeSecret, Action::Unfreeze, Action::Expunge];
    for action in Action::ALL.iter().filter(|action| !secrecy.contains(action)) {
        assert!(grants(Verb::Act(*action)).iter().all(|(role, _)| !role.is_administrator()), "{action}");
    }
    for verb in [Verb::CreateProject, Verb::EditDeclaration, Verb::Judge, Verb::Import] {
        assert!(grants(verb).iter().all(|(role, _)| !role.is_administrator()), "{}", verb.code());
    }
}

#[test]
fn only_the_auditor_reads_the_log_and_does_nothing_else() {
    let auditor: Vec<&str> =
        Verb::all().filter(|verb| mark(*verb, Role::Auditor) != ".").map(|verb| verb.code()).collect();
    assert_eq!(auditor, ["read-audit"]);
    assert_eq!(grants(Verb::ReadAudit).len(), 1);
}
