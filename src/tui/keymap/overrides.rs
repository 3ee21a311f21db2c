//! `keys.toml`: the keys a person changed. Whatever is wrong is told with its line, all at once, and the default kept.
//!
//! ```toml
//! [everywhere]               # wherever the command works
//! menu = ["x", "F8"]
//! [queue]                    # only in the list of projects
//! filter = ["s", "F7"]
//! ```

use std::ops::Range;

use toml::de::{DeArray, DeTable, DeValue};

use super::forbidden::{Unusable, read as read_key};
use super::key::Key;
use super::merged::Keymap;
use super::op::{Op, Scope};
use super::table::{Binding, TABLE, of_scope};

/// The name of the file.
pub const FILE: &str = "keys.toml";

/// Wherever a command works.
const EVERYWHERE: &str = "everywhere";

/// What is wrong with the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where, from 1.
    pub line: usize,
    /// What, in Chinese.
    pub message: String,
}

/// One change that was written.
struct Written {
    line: usize,
    scope: Scope,
    op: Op,
}

/// Reads the file: the keys in force, and what is wrong with it, from the top.
pub fn read(text: &str) -> (Keymap, Vec<Problem>) {
    let mut reader = Reader { text, keymap: Keymap::default(), written: Vec::new(), problems: Vec::new() };
    match DeTable::parse(text) {
        Ok(table) => reader.sections(table.get_ref()),
        Err(error) => {
            let at = error.span().map_or(0, |span| span.start);
            reader.problem(at, "不是 TOML 写法，全部未采用。应写成：命令 = [\"键\", \"键\"]".to_owned());
        }
    }
    reader.settle();
    let Reader { keymap, mut problems, .. } = reader;
    problems.sort_by_key(|problem| problem.line);
    (keymap, problems)
}

struct Reader<'t> {
    text: &'t str,
    keymap: Keymap,
    written: Vec<Written>,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn line(&self, at: usize) -> usize {
        self.text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
    }

    fn problem(&mut self, at: usize, message: String) {
        let line = self.line(at);
        self.problems.push(Problem { line, message });
    }

    fn sections(&mut self, table: &DeTable<'_>) {
        // The particular is laid over the general, whichever is written first.
        let mut names: Vec<_> = table.iter().collect();
        names.sort_by_key(|(name, _)| (name.get_ref() != EVERYWHERE, name.span().start));
        for (name, value) in names {
            let at = name.span().start;
            let scope = match name.get_ref().as_ref() {
                EVERYWHERE => None,
                name => match Scope::parse(name) {
                    Some(scope) => Some(scope),
                    None => {
                        let known: Vec<&str> = Scope::ALL.iter().map(|scope| scope.code()).collect();
                        let known = known.join("、");
                        self.problem(at, format!("没有“{name}”这一节，可用的节：{EVERYWHERE}、{known}"));
                        continue;
                    }
                },
            };
            match value.get_ref() {
                DeValue::Table(commands) => self.commands(scope, commands),
                _ => self.problem(at, format!("“{}”应为一节，写成 [{}]", name.get_ref(), name.get_ref())),
            }
        }
    }

    fn commands(&mut self, scope: Option<Scope>, commands: &DeTable<'_>) {
        let mut lines: Vec<_> = commands.iter().collect();
        lines.sort_by_key(|(name, _)| name.span().start);
        for (name, value) in lines {
            let at = name.span().start;
            let op = Op::parse(name.get_ref());
            let Some(binding) = op.and_then(|op| TABLE.iter().find(|binding| binding.op == op)) else {
                self.problem(at, format!("没有命令“{}”；用 pingshen keys 查看命令的名称", name.get_ref()));
                continue;
            };
            if let Some(scope) = scope.filter(|scope| !binding.scopes.contains(scope)) {
                self.problem(at, format!("“{}”在{}不起作用", binding.word, scope.name()));
                continue;
            }
            match value.get_ref() {
                DeValue::Array(keys) => {
                    if let Some(keys) = self.keys(at, binding, keys) {
                        self.lay(at, scope, binding, &keys);
                    }
                }
                _ => self.problem(at, format!("“{}”的键应写成列表，如 [\"x\", \"F8\"]", name.get_ref())),
            }
        }
    }

    /// Reads the keys of a command; none where one of them cannot be used: half a change helps nobody.
    fn keys(&mut self, at: usize, binding: &Binding, list: &DeArray<'_>) -> Option<Vec<Key>> {
        let before = self.problems.len();
        let mut keys: Vec<Key> = Vec::new();
        for value in list {
            let Range { start, .. } = value.span();
            let DeValue::String(written) = value.get_ref() else {
                self.problem(start, format!("“{}”的键应写在引号里", binding.op.code()));
                continue;
            };
            match read_key(written) {
                Ok(key) if keys.contains(&key) => {}
                Ok(key) => keys.push(key),
                Err(Unusable::Unknown) => {
                    self.problem(start, format!("没有键“{written}”；写法如 x、F8、Ctrl-z、Space、Enter、PgDn、上"));
                }
                Err(Unusable::Forbidden(why)) => self.problem(start, format!("不能用键“{written}”：{why}")),
            }
        }
        let reachable = keys.iter().any(|key| !key.is_letter());
        // The palette is itself reached by a key; what has none in the table has its way through the palette.
        if self.problems.len() == before && !reachable && !binding.keys.is_empty() {
            let own = binding.keys.first().map(|key| key.name()).unwrap_or_default();
            self.problem(
                at,
                format!("“{}”没有留下不用字母的键（如 {own}），开着中文输入法时就按不到；未采用", binding.word),
            );
        }
        (self.problems.len() == before).then_some(keys)
    }

    fn lay(&mut self, at: usize, scope: Option<Scope>, binding: &'static Binding, keys: &[Key]) {
        let line = self.line(at);
        for place in binding.scopes.iter().filter(|place| scope.is_none_or(|scope| scope == **place)) {
            self.keymap.change(*place, binding.op, keys.to_vec());
            self.written.retain(|earlier| (earlier.scope, earlier.op) != (*place, binding.op));
            self.written.push(Written { line, scope: *place, op: binding.op });
        }
    }

    /// Takes back the changes by which a key would mean two things at one place, until there are none: the table alone
    /// has none.
    fn settle(&mut self) {
        while let Some((written, other, key)) = self.clash() {
            let Written { line, scope, op } = self.written.remove(written);
            self.keymap.restore(scope, op);
            let word = |op: Op| TABLE.iter().find(|binding| binding.op == op).map_or("", |binding| binding.word);
            let message = format!(
                "在{}，键“{}”已用于“{}”，不能再用于“{}”；未采用",
                scope.name(),
                key.name(),
                word(other),
                word(op)
            );
            let said = self.problems.iter().any(|problem| {
                problem.line == line && problem.message.contains(&format!("键“{}”已用于“{}”", key.name(), word(other)))
            });
            if !said {
                self.problems.push(Problem { line, message });
            }
        }
    }

    /// Finds the last change that shares a key with another command at its place.
    fn clash(&self) -> Option<(usize, Op, Key)> {
        self.written.iter().enumerate().rev().find_map(|(index, written)| {
            let binding = TABLE.iter().find(|binding| binding.op == written.op)?;
            let own = self.keymap.keys(written.scope, binding);
            of_scope(written.scope).filter(|other| other.op != written.op).find_map(|other| {
                let theirs = self.keymap.keys(written.scope, other);
                own.iter().find(|key| theirs.contains(key)).map(|key| (index, other.op, *key))
            })
        })
    }
}
