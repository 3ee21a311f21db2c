//! Files people name: read, and found by the beginning of their names. Runs in the worker, never in update or view.

use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use crate::domain::text::clean_line;

/// The largest file read; the reader of forms refuses anything above it in its own words.
const LARGEST: u64 = 20 * 1024 * 1024 + 1;
/// How many names are offered to choose from.
const OFFERED: usize = 40;

/// Reads a file; says in Chinese why it cannot be read.
pub fn read(typed: &str) -> Result<(String, Vec<u8>), String> {
    let path = expanded(typed);
    let unreadable = |error: std::io::Error| format!("无法读取该文件：{}", reason(&error));
    // Opening a pipe would wait for somebody to write into it.
    if !fs::metadata(&path).map_err(unreadable)?.is_file() {
        return Err("这不是文件，请指定申报表文件".to_owned());
    }
    let mut bytes = Vec::new();
    File::open(&path).map_err(unreadable)?.take(LARGEST).read_to_end(&mut bytes).map_err(unreadable)?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Ok((clean_line(&name).trim().chars().take(200).collect(), bytes))
}

/// Says why the system refused.
pub fn reason(error: &std::io::Error) -> &'static str {
    match error.kind() {
        ErrorKind::NotFound => "没有这个文件或目录",
        ErrorKind::PermissionDenied => "没有权限",
        ErrorKind::NotADirectory => "路径中有一段不是目录",
        _ => "读取出错",
    }
}

/// Lets `~` stand for the person's own folder.
pub fn expanded(typed: &str) -> PathBuf {
    let typed = typed.trim();
    let home = || std::env::var_os("HOME").map(PathBuf::from);
    match (typed.strip_prefix("~/"), typed) {
        (Some(rest), _) => home().map_or_else(|| PathBuf::from(typed), |home| home.join(rest)),
        (None, "~") => home().unwrap_or_else(|| PathBuf::from(typed)),
        _ => PathBuf::from(typed),
    }
}

/// What may follow the beginning of a path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Completion {
    /// The path as far as all names agree.
    pub path: String,
    /// The names, folders ending in `/`.
    pub names: Vec<String>,
}

/// Finds the files whose path begins as typed.
pub fn complete(typed: &str) -> Completion {
    let (folder, begun) = typed.rsplit_once('/').map_or(("", typed), |(folder, begun)| (folder, begun));
    let before = if typed.contains('/') { format!("{folder}/") } else { String::new() };
    let place = if before.is_empty() { PathBuf::from(".") } else { expanded(&before) };
    let mut names: Vec<String> =
        fs::read_dir(place).into_iter().flatten().flatten().filter_map(|entry| name_of(&entry.path(), begun)).collect();
    names.sort();
    let common = names.iter().skip(1).fold(names.first().cloned(), |common, name| {
        common.map(|common| common.chars().zip(name.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a).collect())
    });
    names.truncate(OFFERED);
    let path = common.map_or_else(|| typed.to_owned(), |common| format!("{before}{common}"));
    Completion { path, names }
}

/// Tells a name that begins so; hidden ones only where asked for, and none that a field cannot hold.
fn name_of(path: &Path, begun: &str) -> Option<String> {
    let name = path.file_name()?.to_str()?;
    let is_hidden = name.starts_with('.') && !begun.starts_with('.');
    let fits = name.starts_with(begun) && !is_hidden && clean_line(name) == name;
    fits.then(|| if path.is_dir() { format!("{name}/") } else { name.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_completed_as_far_as_it_is_certain() {
        let completion = complete("assets/sample/01");
        assert_eq!(completion.path, "assets/sample/01_县教育局_申报表.xlsx");
        assert_eq!(complete("assets/sa").path, "assets/sample/");
        let many = complete("assets/sample/0");
        assert_eq!((many.path.as_str(), many.names.len()), ("assets/sample/0", 4));
        assert_eq!(complete("assets/none/x"), Completion { path: "assets/none/x".to_owned(), names: Vec::new() });
    }

    #[test]
    fn what_is_no_file_is_not_read() {
        assert_eq!(read("assets").unwrap_err(), "这不是文件，请指定申报表文件");
        assert!(read("assets/none.xlsx").unwrap_err().contains("没有这个文件"));
        assert_eq!(read(" assets/sample/01_县教育局_申报表.xlsx ").unwrap().0, "01_县教育局_申报表.xlsx");
    }
}
