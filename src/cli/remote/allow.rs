//! What may be asked for over SSH: everything about the business, nothing about the machine.

use crate::cli::args::{Config, Line, Noun};
use crate::cli::failure::{Failure, FailureKind, Outcome};
use crate::service::error::Kind;

/// Refuses a line that chooses the database or the account, or a command that concerns the machine.
pub fn allowed(line: &Line) -> Outcome<()> {
    let denied = |message: &str, hint: &str| Err(Failure::new(FailureKind::Service(Kind::Denied), message, hint));
    if line.global.act_as.is_some() {
        return denied("经 SSH 登录不能用 --as 指定账号", "账号由登录所用的密钥确定，请去掉 --as");
    }
    if line.global.db.is_some() {
        return denied("经 SSH 登录不能用 --db 指定数据库", "数据库由服务器设定，请去掉 --db");
    }
    match line.command.as_ref().is_none_or(fits) {
        true => Ok(()),
        false => denied("这个命令只能在服务器上执行", "请系统管理员在服务器上以服务账号办理，见安装说明"),
    }
}

/// Tells whether a command concerns no more than the database. A new command does not compile until it says so.
fn fits(noun: &Noun) -> bool {
    match noun {
        Noun::Init(_) | Noun::Demo(_) | Noun::AuthorizedKeys(_) | Noun::SshSession(_) | Noun::Backup(_) => false,
        Noun::Config(Config::Path | Config::Show | Config::Check { .. }) => false,
        Noun::User(_)
        | Noun::Unit(_)
        | Noun::Project(_)
        | Noun::Import(_)
        | Noun::Queue(_)
        | Noun::List(_)
        | Noun::View(_)
        | Noun::Show(_)
        | Noun::Rounds(_)
        | Noun::Actions(_)
        | Noun::Do(_)
        | Noun::Plan(_)
        | Noun::Stats(_)
        | Noun::Judge(_)
        | Noun::Undo(_)
        | Noun::Checklist(_)
        | Noun::Expert(_)
        | Noun::Panel(_)
        | Noun::Document(_)
        | Noun::Meeting(_)
        | Noun::Opinion(_)
        | Noun::Findings(_)
        | Noun::Finding(_)
        | Noun::Policy(_)
        | Noun::Ruling(_)
        | Noun::Audit(_)
        | Noun::Keys
        | Noun::Completions(_)
        | Noun::Man => true,
    }
}
