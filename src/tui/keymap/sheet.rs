//! Every key on one page: shown in the program, printed by `pingshen keys`.

use super::merged::Keymap;
use super::op::{Group, Scope};
use super::table::{Binding, TABLE, digits};
use crate::tui::width::Width;

/// Writes the page, in lines of at most 76 cells: by group, then the digits place by place.
pub fn sheet(keymap: &Keymap) -> Vec<String> {
    let width = Width::default();
    let mut lines = vec!["评审 pingshen 按键表".to_owned()];
    lines.push("打印：pingshen keys | lp。更改：keys.toml，用 pingshen config check 核对".to_owned());
    lines.push("中文输入法开着时，用不是字母的键，或按 F9 输入命令的名称、拼音、首字母".to_owned());
    for group in Group::ALL {
        lines.push(String::new());
        lines.push(format!("[{}]", group.name()));
        for binding in TABLE.iter().filter(|binding| binding.group == group) {
            lines.extend(row(keymap, binding, width));
        }
    }
    lines.push(String::new());
    lines.push("[数字]".to_owned());
    for scope in Scope::ALL.iter().filter(|scope| !digits(**scope).is_empty()) {
        lines.push(format!("  {}{}", width.pad(scope.name(), 14), digits(*scope)));
    }
    lines
}

/// One line for each set of keys: a person may have changed them at some places only.
fn row(keymap: &Keymap, binding: &Binding, width: Width) -> Vec<String> {
    let mut sets: Vec<(String, Vec<Scope>)> = Vec::new();
    for scope in binding.scopes {
        let keys = keymap.all_keys(*scope, binding);
        match sets.iter_mut().find(|(known, _)| *known == keys) {
            Some((_, scopes)) => scopes.push(*scope),
            None => sets.push((keys, vec![*scope])),
        }
    }
    let is_split = sets.len() > 1;
    let line = |(keys, scopes): &(String, Vec<Scope>)| {
        let names: Vec<&str> = scopes.iter().map(|scope| scope.name()).collect();
        let place = if is_split { format!("（{}）", names.join("、")) } else { String::new() };
        let keys = if keys.is_empty() { "F9" } else { keys };
        let (word, keys, code) = (width.pad(binding.word, 10), width.pad(keys, 16), width.pad(binding.op.code(), 20));
        width.cut(&format!("  {word}{keys}{code}{}{place}", binding.explained), 76).to_string()
    };
    sets.iter().map(line).collect()
}
