//! The rules of the house, each a function from a source file to what is wrong with it.

use crate::lexer::Token;
use crate::source::Source;

/// Something wrong, as `path:line: what`.
pub type Violation = String;

/// The layers from the ground up. Each may use those before it; the last two never use each other.
const LAYERS: &[(&str, u8)] =
    &[("domain", 0), ("service", 1), ("wording", 2), ("documents", 3), ("cli", 4), ("tui", 4)];

/// Where each crate from outside may be used. The rules of the trade stay free of everything that does I/O.
pub const HOMES: &[(&str, &[&str])] = &[
    ("rusqlite", &["src/service/store/"]),
    ("sm3", &["src/domain/audit.rs"]),
    ("ssh_key", &["src/domain/key.rs"]),
    ("shlex", &["src/cli/"]),
    ("pinyin", &["src/domain/search/"]),
    ("toml", &["src/domain/policy/parse/", "src/domain/policy/tests.rs", "src/tui/keymap/overrides.rs"]),
    ("serde", &["src/domain/policy/parse/", "src/documents/", "src/cli/", "src/tui/"]),
    ("serde_json", &["src/documents/", "src/cli/", "src/tui/"]),
    ("thiserror", &["src/"]),
    ("chrono", &["src/"]),
    ("rustix", &["src/service/", "src/documents/", "src/cli/", "src/tui/", "src/main.rs"]),
    ("directories", &["src/cli/", "src/tui/", "src/main.rs"]),
    ("signal_hook", &["src/cli/", "src/tui/", "src/main.rs"]),
    ("clap", &["src/cli/"]),
    ("clap_complete", &["src/cli/"]),
    ("clap_mangen", &["src/cli/"]),
    ("ratatui", &["src/tui/"]),
    ("crossterm", &["src/tui/"]),
    ("tui_textarea", &["src/tui/"]),
    ("unicode_width", &["src/wording/", "src/documents/", "src/cli/", "src/tui/"]),
    ("unicode_segmentation", &["src/wording/", "src/documents/", "src/cli/", "src/tui/"]),
    ("textwrap", &["src/wording/", "src/documents/", "src/cli/", "src/tui/"]),
    ("zip", &["src/documents/"]),
    ("calamine", &["src/documents/"]),
    ("rust_xlsxwriter", &["src/documents/"]),
    ("quick_xml", &["src/documents/"]),
    ("encoding_rs", &["src/documents/"]),
    ("crc32fast", &["src/tui/journal/"]),
];

const LONGEST_FILE: usize = 400;
const LONGEST_TESTS: usize = 600;

fn at(source: &Source, line: usize, what: impl std::fmt::Display) -> Violation {
    format!("{}:{line}: {what}", source.path)
}

/// A file introduces itself before anything else.
pub fn begins_with_its_purpose(source: &Source) -> Vec<Violation> {
    match source.text.starts_with("//! ") {
        true => Vec::new(),
        false => vec![at(source, 1, "does not begin with `//!`")],
    }
}

/// A file can be read in one go.
pub fn is_short(source: &Source) -> Vec<Violation> {
    let limit = if source.is_tests() { LONGEST_TESTS } else { LONGEST_FILE };
    match source.text.lines().count() {
        lines if lines > limit => vec![at(source, limit, format_args!("has {lines} lines, at most {limit} fit"))],
        _ => Vec::new(),
    }
}

/// Nothing is left for later and no test is put aside.
pub fn is_finished(source: &Source) -> Vec<Violation> {
    let tokens = &source.tokens;
    let macros = tokens.windows(2).filter(|pair| {
        pair[0].word().is_some_and(|word| matches!(word, "todo" | "unimplemented" | "dbg")) && pair[1].is('!')
    });
    let ignored = tokens
        .windows(3)
        .filter(|three| three[0].is('#') && three[1].is('[') && three[2].word() == Some("ignore"))
        .map(|three| at(source, three[0].line, "a test is ignored"));
    let notes = source.text.lines().enumerate().filter(|(_, line)| {
        let comment = line.split_once("//").map_or("", |(_, comment)| comment);
        ["TO", "FIX", "X"].iter().zip(["DO", "ME", "XX"]).any(|(a, b)| {
            let note = [*a, b].concat();
            comment.split(|c: char| !c.is_alphanumeric()).any(|word| word == note)
        })
    });
    macros
        .map(|pair| {
            at(source, pair[0].line, format_args!("{}! is unfinished work", pair[0].word().unwrap_or_default()))
        })
        .chain(ignored)
        .chain(notes.map(|(index, _)| at(source, index + 1, "a comment announces work instead of doing it")))
        .collect()
}

/// Layers are used downward only.
pub fn imports_downward(source: &Source) -> Vec<Violation> {
    let rank = |layer: &str| LAYERS.iter().find(|(name, _)| *name == layer).map(|(_, rank)| *rank);
    let module = source.module();
    let Some(own) = module.first().copied() else { return Vec::new() };
    let Some(own_rank) = rank(own) else {
        return vec![at(source, 1, format_args!("`{own}` is none of the layers"))];
    };
    roots(&source.tokens, module.len())
        .into_iter()
        .filter(|(name, _)| name != own && rank(name).is_some_and(|rank| rank >= own_rank))
        .map(|(name, line)| at(source, line, format_args!("`{own}` uses `{name}`, which stands above or beside it")))
        .collect()
}

/// Finds the first segments of all paths from the crate's root, written with `crate` or with enough `super`s.
fn roots(tokens: &[Token], depth: usize) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    let mut index = 0;
    while index < tokens.len() {
        let mut supers = 0;
        let mut next = index;
        while tokens[next].word() == Some("super") && is_path_separator(tokens, next + 1) {
            supers += 1;
            next += 3;
            if next >= tokens.len() {
                break;
            }
        }
        if supers == 0 && tokens[index].word() == Some("crate") && is_path_separator(tokens, index + 1) {
            heads(tokens, index + 3, &mut found);
        } else if supers >= depth && supers > 0 {
            heads(tokens, next, &mut found);
        }
        index = next.max(index + 1);
    }
    found
}

fn is_path_separator(tokens: &[Token], index: usize) -> bool {
    tokens.get(index).is_some_and(|token| token.is(':')) && tokens.get(index + 1).is_some_and(|token| token.is(':'))
}

/// Reads the segment at a place, or the first segments of a braced group.
fn heads(tokens: &[Token], start: usize, found: &mut Vec<(String, usize)>) {
    let Some(first) = tokens.get(start) else { return };
    if let Some(word) = first.word() {
        found.push((word.to_owned(), first.line));
        return;
    }
    let mut depth = 0;
    let mut expects = false;
    for token in &tokens[start..] {
        match token.word() {
            Some(word) if expects && depth == 1 => {
                found.push((word.to_owned(), token.line));
                expects = false;
            }
            Some(_) => {}
            None if token.is('{') => {
                depth += 1;
                expects = depth == 1;
            }
            None if token.is('}') => {
                depth -= 1;
                if depth <= 0 {
                    return;
                }
            }
            None if token.is(',') => expects = true,
            // A glob or a macro's metavariable: no group of names begins here.
            None if depth == 0 => return,
            None => {}
        }
    }
}

/// Crates from outside stay where they belong.
pub fn keeps_crates_at_home(source: &Source) -> Vec<Violation> {
    let tokens = &source.tokens;
    let mut violations = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        let Some((name, homes)) = token.word().and_then(|word| HOMES.iter().find(|(name, _)| *name == word)) else {
            continue;
        };
        let after_separator = index >= 2 && is_path_separator(tokens, index - 2);
        let root = !after_separator || index < 3 || tokens[index - 3].word().is_none();
        let imported = index > 0 && tokens[index - 1].word() == Some("use");
        let used = root && (is_path_separator(tokens, index + 1) || imported);
        if used && !homes.iter().any(|home| source.path.starts_with(home)) {
            violations.push(at(source, token.line, format_args!("`{name}` is used outside {homes:?}")));
        }
    }
    violations
}

/// Where files of the machine are opened. Over SSH no path is the person's own: whatever opens what a person names asks
/// `Reach` first, and that can be seen only where there are few such places.
const OPENERS: &[&str] = &[
    "src/service/",
    "src/documents/file_out.rs",
    "src/cli/file.rs",
    "src/cli/person.rs",
    "src/cli/place.rs",
    "src/cli/remote/",
    "src/tui/files.rs",
    "src/tui/first_start.rs",
    "src/tui/history.rs",
    "src/tui/journal/",
    "src/tui/look.rs",
    "src/tui/papers.rs",
];

/// Files are opened in few places, which ask whether the person may name them.
pub fn opens_files_in_few_places(source: &Source) -> Vec<Violation> {
    if source.is_tests() || OPENERS.iter().any(|place| source.path.starts_with(place)) {
        return Vec::new();
    }
    let tokens = before_tests(&source.tokens);
    let opens = |index: usize, token: &Token| {
        let root = token.word().is_some_and(|word| matches!(word, "std" | "rustix"));
        root && is_path_separator(tokens, index + 1) && tokens.get(index + 3).and_then(Token::word) == Some("fs")
    };
    let found = tokens.iter().enumerate().filter(|(index, token)| opens(*index, token));
    found
        .map(|(_, token)| at(source, token.line, "files are opened outside the places that ask whether they may be"))
        .collect()
}

/// Takes what stands before a file's own tests.
fn before_tests(tokens: &[Token]) -> &[Token] {
    let begins = |window: &[Token]| {
        window[0].word() == Some("cfg") && window[2].word() == Some("test") && window[5].word() == Some("mod")
    };
    let end = tokens.windows(8).position(|window| begins(window) && window[7].is('{'));
    &tokens[..end.unwrap_or(tokens.len())]
}

/// SQL is fixed text inside the store: nothing is written into it, and nobody else speaks it.
pub fn keeps_sql_in_the_store(source: &Source) -> Vec<Violation> {
    let in_store = source.path.starts_with("src/service/store/");
    let tokens = &source.tokens;
    let mut violations = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        if !token.text().is_some_and(is_sql) {
            continue;
        }
        if !in_store {
            violations.push(at(source, token.line, "SQL outside the store"));
        }
        if is_argument_of_format(tokens, index) {
            violations.push(at(source, token.line, "SQL is built with a formatting macro"));
        }
    }
    violations
}

fn is_sql(text: &str) -> bool {
    const PAIRS: &[(&str, &str)] = &[
        ("SELECT ", ""),
        ("INSERT ", " INTO "),
        ("UPDATE ", " SET "),
        ("DELETE FROM ", ""),
        ("CREATE TABLE ", ""),
        ("ATTACH ", ""),
        ("PRAGMA ", ""),
        (" FROM ", ""),
        (" WHERE ", ""),
        (" ORDER BY ", ""),
        (" LIMIT ", ""),
    ];
    PAIRS.iter().any(|(first, second)| text.contains(first) && text.contains(second))
}

/// Walks back to the opening bracket of the call the token stands in and looks for a formatting macro before it.
fn is_argument_of_format(tokens: &[Token], index: usize) -> bool {
    let mut depth = 0;
    for place in (0..index).rev() {
        let token = &tokens[place];
        if token.is(')') {
            depth += 1;
        } else if token.is('(') && depth > 0 {
            depth -= 1;
        } else if token.is('(') {
            let is_macro = place >= 2 && tokens[place - 1].is('!');
            return is_macro
                && tokens[place - 2]
                    .word()
                    .is_some_and(|word| matches!(word, "format" | "write" | "writeln" | "format_args"));
        } else if token.is(';') || token.is('{') {
            return false;
        }
    }
    false
}

/// A module is named for what it is about.
pub fn has_a_telling_name(source: &Source) -> Vec<Violation> {
    let vague = |name: &&str| matches!(*name, "util" | "utils" | "helper" | "helpers" | "common" | "misc");
    source
        .module()
        .iter()
        .filter(|name| vague(name))
        .map(|name| at(source, 1, format_args!("`{name}` says nothing")))
        .collect()
}
