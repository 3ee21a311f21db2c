//! The architecture, checked: layers, homes of crates, length and completeness of files.
//!
//! Each rule is proved able to fail on a bad snippet before it is asked about the real files.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::unreachable)]
#![allow(clippy::indexing_slicing, clippy::string_slice, clippy::disallowed_methods)]

mod lexer;
mod rules;
mod source;

use rules::{HOMES, Violation};
use source::{Source, sources};

fn every(rule: fn(&Source) -> Vec<Violation>, folders: &[&str]) {
    let files = sources(folders);
    assert!(files.len() > 5, "hardly any file was found in {folders:?}");
    let violations: Vec<Violation> = files.iter().flat_map(rule).collect();
    assert!(violations.is_empty(), "\n{}\n", violations.join("\n"));
}

fn breaks(rule: fn(&Source) -> Vec<Violation>, path: &str, text: &str) -> bool {
    !rule(&Source::new(path, text)).is_empty()
}

#[test]
fn every_file_begins_with_what_it_is_for() {
    assert!(breaks(rules::begins_with_its_purpose, "src/domain/x.rs", "use std::fmt;"));
    assert!(breaks(rules::begins_with_its_purpose, "src/domain/x.rs", "// not a doc comment"));
    assert!(!breaks(rules::begins_with_its_purpose, "src/domain/x.rs", "//! Its purpose."));
    every(rules::begins_with_its_purpose, &["src", "tests", "benches"]);
}

#[test]
fn no_file_is_longer_than_can_be_read_in_one_go() {
    assert!(breaks(rules::is_short, "src/domain/x.rs", &"\n".repeat(401)));
    assert!(!breaks(rules::is_short, "src/domain/x.rs", &"\n".repeat(400)));
    assert!(!breaks(rules::is_short, "src/domain/tests.rs", &"\n".repeat(600)));
    assert!(breaks(rules::is_short, "src/domain/tests.rs", &"\n".repeat(601)));
    every(rules::is_short, &["src", "tests", "benches"]);
}

#[test]
fn nothing_is_left_unfinished_and_no_test_is_put_aside() {
    let attribute = ["#[", "ignore]"].concat();
    assert!(breaks(rules::is_finished, "src/x.rs", &format!("{attribute} fn test() {{}}")));
    assert!(breaks(rules::is_finished, "src/x.rs", "fn f() { todo!() }"));
    assert!(breaks(rules::is_finished, "src/x.rs", "fn f() { unimplemented!(\"later\") }"));
    assert!(breaks(rules::is_finished, "src/x.rs", &["fn f() {} // TO", "DO: more"].concat()));
    assert!(!breaks(rules::is_finished, "src/x.rs", "// todo!() in a comment\nfn f() { \"todo!()\"; }"));
    every(rules::is_finished, &["src", "tests", "benches"]);
}

#[test]
fn layers_are_used_downward_only() {
    let upward = [
        ("src/domain/x.rs", "use crate::service::Service;"),
        ("src/domain/x.rs", "use crate::{\n    domain::ids, wording::{labels, problem},\n};"),
        ("src/domain/x.rs", "use super::super::tui::state;"),
        ("src/domain/x/mod.rs", "fn f() { super::super::cli::run() }"),
        ("src/service/x.rs", "pub fn f() -> crate::wording::Problem { panic!() }"),
        ("src/wording/x.rs", "use crate::documents::archive;"),
        ("src/cli/x.rs", "use crate::tui::run;"),
        ("src/tui/x.rs", "use crate::cli::args;"),
        ("src/elsewhere/x.rs", "use std::fmt;"),
    ];
    for (path, text) in upward {
        assert!(breaks(rules::imports_downward, path, text), "{path}: {text}");
    }
    let downward = [
        (
            "src/domain/x.rs",
            "use crate::domain::ids; use super::ids; // use crate::service\nconst A: &str = \"crate::tui\";",
        ),
        ("src/tui/x.rs", "use crate::{domain::ids, service::{self, view}, wording};"),
        ("src/service/x/y.rs", "use super::super::store; use crate::domain::actor;"),
        ("src/main.rs", "use pingshen::cli;"),
    ];
    for (path, text) in downward {
        assert!(!breaks(rules::imports_downward, path, text), "{path}: {text}");
    }
    every(rules::imports_downward, &["src"]);
}

#[test]
fn crates_from_outside_stay_where_they_belong() {
    assert!(breaks(rules::keeps_crates_at_home, "src/service/gate.rs", "use rusqlite::Row;"));
    assert!(breaks(rules::keeps_crates_at_home, "src/service/gate.rs", "fn f(row: &::rusqlite::Row) {}"));
    assert!(breaks(rules::keeps_crates_at_home, "src/cli/mod.rs", "use crossterm;"));
    assert!(breaks(rules::keeps_crates_at_home, "src/domain/route.rs", "use serde::Serialize;"));
    assert!(!breaks(rules::keeps_crates_at_home, "src/service/store/x.rs", "use rusqlite::Row;"));
    assert!(!breaks(rules::keeps_crates_at_home, "src/domain/x.rs", "let toml = 1; crate::x::pinyin::of(toml);"));
    every(rules::keeps_crates_at_home, &["src"]);
}

#[test]
fn every_dependency_has_a_home() {
    let manifest = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")).unwrap();
    let manifest: toml::Table = manifest.parse().unwrap();
    for name in manifest["dependencies"].as_table().unwrap().keys() {
        let name = name.replace('-', "_");
        assert!(HOMES.iter().any(|(known, _)| *known == name), "say in HOMES where `{name}` may be used");
    }
}

#[test]
fn sql_is_fixed_text_inside_the_store() {
    let built = "fn f() { prepare(&format!(\"SELECT * FROM project WHERE name = '{name}'\")) }";
    assert!(breaks(rules::keeps_sql_in_the_store, "src/service/store/x.rs", built));
    let appended = "fn f() { write!(sql, \" ORDER BY {column}\") }";
    assert!(breaks(rules::keeps_sql_in_the_store, "src/service/store/x.rs", appended));
    assert!(breaks(rules::keeps_sql_in_the_store, "src/cli/x.rs", "const A: &str = \"SELECT 1\";"));
    let fixed = "fn f() { prepare(\"SELECT 1 FROM project WHERE id = ?1\"); format!(\"project {id}\") }";
    assert!(!breaks(rules::keeps_sql_in_the_store, "src/service/store/x.rs", fixed));
    every(rules::keeps_sql_in_the_store, &["src"]);
}

#[test]
fn files_of_the_machine_are_opened_in_few_places() {
    for opened in ["use std::fs;", "fn f() { std::fs::read(path) }", "use rustix::fs::{open, Mode};"] {
        assert!(breaks(rules::opens_files_in_few_places, "src/cli/command/import.rs", opened), "{opened}");
        assert!(!breaks(rules::opens_files_in_few_places, "src/cli/file.rs", opened), "{opened}");
    }
    let tested = "use std::os::unix::fs::MetadataExt;\n#[cfg(test)]\nmod tests { use std::fs; }";
    assert!(!breaks(rules::opens_files_in_few_places, "src/cli/command/import.rs", tested));
    every(rules::opens_files_in_few_places, &["src"]);
}

#[test]
fn modules_are_named_for_what_they_are_about() {
    assert!(breaks(rules::has_a_telling_name, "src/domain/utils.rs", ""));
    assert!(breaks(rules::has_a_telling_name, "src/tui/helpers/x.rs", ""));
    assert!(!breaks(rules::has_a_telling_name, "src/domain/money.rs", ""));
    every(rules::has_a_telling_name, &["src"]);
}
