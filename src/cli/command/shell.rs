//! `completions` and `man`.

use crate::cli::failure::{Failure, FailureKind, Outcome};
use crate::cli::usage;
use crate::service::error::Kind;

/// Writes the completion script of a shell.
pub fn completions(shell: clap_complete::Shell) -> Vec<u8> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut usage::command(), "pingshen", &mut script);
    script
}

/// Writes the manual page.
pub fn manual() -> Outcome<Vec<u8>> {
    let mut page = Vec::new();
    clap_mangen::Man::new(usage::command()).render(&mut page).map_err(|error| {
        Failure::new(FailureKind::Service(Kind::Bug), format!("手册页无法生成：{error}"), "请告知系统管理员")
    })?;
    Ok(page)
}
