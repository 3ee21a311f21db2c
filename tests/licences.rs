//! Every crate that is built into the program, or into its tests, has a licence on the list in `deny.toml`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::unreachable)]
#![allow(clippy::indexing_slicing, clippy::string_slice, clippy::disallowed_methods)]

use std::collections::BTreeSet;
use std::process::Command;

/// Asks cargo for every package that is really built for this machine, tests and build scripts included.
///
/// `cargo tree` and not `cargo metadata`: the latter also names packages behind features nobody switched on.
fn packages() -> Vec<(String, String)> {
    let output = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--offline",
            "--locked",
            "--edges",
            "normal,build,dev",
            "--prefix",
            "none",
            "--format",
            "{p}\t{l}",
        ])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let packages: BTreeSet<(String, String)> = text
        .lines()
        .filter_map(|line| line.trim_end_matches(" (*)").split_once('\t'))
        .map(|(package, licence)| (package.to_owned(), licence.to_owned()))
        .collect();
    packages.into_iter().collect()
}

fn allowed() -> BTreeSet<String> {
    let list = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/deny.toml")).unwrap();
    let list: toml::Table = list.parse().unwrap();
    let names = list["licenses"]["allow"].as_array().unwrap();
    names.iter().map(|name| name.as_str().unwrap().to_owned()).collect()
}

/// Judges an SPDX expression: with `OR` one side must be allowed, with `AND` both.
fn permits(expression: &str, allowed: &BTreeSet<String>) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    let verdict = either(&words, &mut at, allowed);
    verdict && at == words.len()
}

fn either(words: &[&str], at: &mut usize, allowed: &BTreeSet<String>) -> bool {
    let mut verdict = both(words, at, allowed);
    while words.get(*at) == Some(&"OR") {
        *at += 1;
        verdict |= both(words, at, allowed);
    }
    verdict
}

fn both(words: &[&str], at: &mut usize, allowed: &BTreeSet<String>) -> bool {
    let mut verdict = single(words, at, allowed);
    while words.get(*at) == Some(&"AND") {
        *at += 1;
        verdict &= single(words, at, allowed);
    }
    verdict
}

fn single(words: &[&str], at: &mut usize, allowed: &BTreeSet<String>) -> bool {
    let Some(word) = words.get(*at) else { return false };
    *at += 1;
    if *word == "(" {
        let verdict = either(words, at, allowed);
        *at += 1;
        return verdict;
    }
    match words.get(*at..*at + 2) {
        Some(["WITH", exception]) => {
            *at += 2;
            allowed.contains(&format!("{word} WITH {exception}"))
        }
        _ => allowed.contains(*word),
    }
}

#[test]
fn licence_expressions_are_judged_like_contracts() {
    let allowed = ["MIT", "Zlib", "Apache-2.0 WITH LLVM-exception"].map(str::to_owned).into();
    for expression in
        ["MIT", "GPL-3.0 OR MIT", "MIT/GPL-2.0", "(MIT OR X) AND Zlib", "Apache-2.0 WITH LLVM-exception OR X"]
    {
        assert!(permits(expression, &allowed), "{expression}");
    }
    for expression in ["", "GPL-3.0", "MIT AND GPL-3.0", "(X OR Y) AND MIT", "Apache-2.0", "MIT Zlib", "X OR MIT AND Y"]
    {
        assert!(!permits(expression, &allowed), "{expression}");
    }
}

#[test]
fn every_crate_has_a_licence_on_the_list() {
    let (packages, allowed) = (packages(), allowed());
    assert!(packages.len() > 50, "cargo told of {} packages only", packages.len());
    let strangers: Vec<_> = packages.iter().filter(|(_, licence)| !permits(licence, &allowed)).collect();
    assert!(strangers.is_empty(), "{strangers:#?}");
}
